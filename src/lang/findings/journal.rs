//! Sentences of findings about the journal.

use crate::lang::sentences;

sentences! {
    empty() => "文件是空的，连表头也没有", "the file is empty, even the header is missing";
    header() => "第一行不是日志的表头", "line 1 is not the header of a journal";
    header_help() => "从 git 取回原文件，或运行 duban verify 看哪些行还能自证",
        "take the file back from git, or run `duban verify` to see which lines still prove themselves";
    columns(count) => "这一行有 {count} 列，应为 14 列，不能计入", "this line has {count} fields instead of 14 and is not counted";
    field(column, value) => "{column} 列的“{value}”读不了，这一行不能计入", "`{value}` in column {column} cannot be read, the line is not counted";
    quote() => "引号的位置不对，这一行不能计入", "a quote stands where none may, the line is not counted";
    blank() => "多了一个空行", "a blank line stands between the records";
    too_long() => "这一行超过 1 MiB，不能计入", "this line is longer than 1 MiB and is not counted";
    not_utf8() => "这一行不是 UTF-8 文字，不能计入", "this line is not UTF-8 text and is not counted";
    unreadable_help() => "不要手改；运行 duban verify，或用 git diff 看原来是什么",
        "do not edit it by hand; run `duban verify`, or see with `git diff` what it was";
    gbk(count) => "文件被另存为 GBK 编码，{count} 行读不了", "the file was saved as GBK (lines that cannot be read: {count})";
    spreadsheet(column, value, restored) => "{column} 列的“{value}”像是被电子表格改写过，原来应为“{restored}”",
        "`{value}` in column {column} looks rewritten by a spreadsheet, it would have been `{restored}`";
    rewritten(column, restored) => "{column} 列被电子表格改写过，校验码证明原来是“{restored}”",
        "column {column} was rewritten by a spreadsheet, the id proves that it was `{restored}`";
    no_bom() => "文件开头缺少 BOM，内容没有变", "the byte order mark is missing, the content is the same";
    crlf(count) => "{count} 行以 CRLF 结尾，内容没有变", "lines that end with CRLF: {count}; the content is the same";
    quotes(count) => "{count} 行有多余的引号，内容没有变", "lines with needless quotes: {count}; the content is the same";
    form_help() => "duban repair 恢复能证明的部分；今后用 duban log 看，不要用表格软件保存",
        "`duban repair` restores what can be proved; look at it with `duban log`, do not save it from a spreadsheet";
    damaged(unreadable, records) => "读不了的行（{unreadable}）多于记录（{records}），这个文件不能用来统计",
        "more unreadable lines ({unreadable}) than records ({records}), the file is too damaged to count on";
    torn_tail() => "文件末尾是不完整的一行，像是断电留下的", "the file ends in the middle of a line, as after a power cut";
    torn_tail_help() => "下一次 duban record 会把这些字节另存后切掉，一个字节也不丢",
        "the next `duban record` keeps these bytes in a file of their own and cuts them off";
    unended() => "最后一条记录缺少换行，记录本身完整", "the last record lacks its line end, the record itself is whole";
    unended_help() => "下一次 duban record 会补上换行", "the next `duban record` adds it";
    copied_file(writer) => "这是 {writer} 的日志的副本，没有读入", "this is a copy of the journal of {writer} and is not read";
    copied_file_help() => "把副本移出日志文件夹；一个记录人只有一个文件", "move the copy out of the folder; a writer has one file";
    stray_name(name) => "“{name}”不是记录人的名字，这个文件没有读入", "`{name}` is not the name of a writer, the file is not read";
    stray_name_help() => "记录人只用小写字母、数字和连字符；把文件移出，或改回原名",
        "a writer has lower-case letters, digits and hyphens only; move the file out, or give it its old name";
    stray_case(other) => "与“{other}”只有大小写不同，没有读入", "its name differs from `{other}` in case only, it is not read";
    stray_case_help() => "比较两个文件，把多余的移出日志文件夹", "compare the two files and move one out of the folder";
    stray_kind() => "这不是普通文件，没有读入", "this is no ordinary file and is not read";
    stray_kind_help() => "把它移出日志文件夹", "move it out of the folder";
    torn_file() => "断电后切下的字节保存在这里", "the bytes that a power cut left are kept here";
    torn_file_help() => "看过、确认没有遗漏后，可移出日志文件夹", "look at it, and move it out when nothing is missing";
    fork(writer, count) => "两台机器同用记录人 {writer}：另一边的 {count} 行保存在这里，没有计入",
        "two machines wrote as {writer}: lines of the other side that are kept here and not counted: {count}";
    fork_beside(writer, line, ours) => "本机 {writer}.csv 第 {line} 行是“{ours}”；怎样合到一起：duban explain journal/fork",
        "line {line} of {writer}.csv here is `{ours}`; how to bring both together: `duban explain journal/fork`";
    fork_longer(writer) => "{writer}.csv 缺这些行；怎样合到一起：duban explain journal/fork",
        "{writer}.csv lacks these lines; how to bring both together: `duban explain journal/fork`";
    fork_settled(writer) => "这里保存的各行 {writer}.csv 都有了", "{writer}.csv has every line that is kept here";
    fork_settled_help() => "可移出日志文件夹", "move it out of the folder";
    double(seq) => "第 {seq} 号记录重复出现，只计一次", "record {seq} stands twice and is counted once";
    double_help() => "多半是合并时出的错；用 git log 找到那次合并", "most likely a bad merge; find it with `git log`";
    same_seq(seq) => "第 {seq} 号有两条不同的记录：同一记录人在两处写过", "number {seq} has two different records: one writer wrote in two places";
    same_seq_help() => "两条都算数；给其中一台机器换记录人：duban config set writer 新名",
        "both count; give one of the machines another writer: `duban config set writer NAME`";
    sequence(seq, expected) => "序号是 {seq}，应为 {expected}", "the number is {seq}, it should be {expected}";
    chain() => "校验码接不上上一条：中间少了或插入了记录", "the id does not follow from the record above: lines are missing or were put in";
    changed() => "这一行的内容被改过，校验码对不上", "the content of this line was changed, the id does not fit";
    history_help() => "用 git log -p 看是谁、何时改的；从 git 或其他单位的副本取回原文",
        "see with `git log -p` who changed it and when; take the original from git or another office's copy";
    clock_back(seconds) => "记录时间比上一条早 {seconds} 秒：这台机器的时钟倒走过",
        "recorded {seconds} seconds before the line above: the clock of this machine went back";
    future(recorded) => "记录时间是 {recorded}，这一天还没有到", "recorded on {recorded}, a day that has not come yet";
    clock_help() => "校准这台机器的时钟；记录本身照常计入", "set the clock of this machine; the record counts all the same";
    after_recording(date, recorded) => "事实日期 {date} 晚于记录日 {recorded}", "the fact is dated {date}, after it was recorded on {recorded}";
    retract_help() => "用 duban retract 更正这一条，再重新记录", "void it with `duban retract` and record it anew";
    control_character(code) => "文字里有看不见的字符 {code}", "the text holds the invisible character {code}";
    unknown_item(item, count) => "没有事项“{item}”，{count} 条记录没有计入", "there is no item `{item}` (entries not counted: {count})";
    unknown_unit(unit, count) => "没有单位“{unit}”，{count} 条记录没有计入", "there is no unit `{unit}` (entries not counted: {count})";
    nearest_help(nearest) => "是不是“{nearest}”？用 duban retract 更正这一条，再重新记录",
        "did you mean `{nearest}`? void it with `duban retract` and record it anew";
    lacks_period(obligation, count) => "定期事项要写明周期：{obligation}，{count} 条记录没有计入",
        "the item is periodic and needs a period: {obligation} (entries not counted: {count})";
    unknown_period(obligation, count) => "定期事项没有这个周期：{obligation}，{count} 条记录没有计入",
        "the periodic item has no such period: {obligation} (entries not counted: {count})";
    needless_period(obligation, count) => "这不是定期事项，不应写周期：{obligation}，{count} 条记录没有计入",
        "the item is not periodic and takes no period: {obligation} (entries not counted: {count})";
    obligation_gone(obligation, count) => "{obligation} 已不在计划里，它的 {count} 条记录没有计入",
        "{obligation} is no longer in the plan (entries not counted: {count})";
    obligation_gone_help() => "把事项放回计划；不再要求的，用 duban record cancel 撤销，不要删",
        "put it back into the plan; what is no longer asked is cancelled with `duban record cancel`, not deleted";
    unknown_event(word) => "这一版不认识事件“{word}”，没有计入", "this version does not know the event `{word}`, it is not counted";
    unknown_event_help() => "升级 duban，或用 duban retract 更正", "upgrade duban, or void the line with `duban retract`";
    value(zh, en, value) => "“{zh}”的数值“{value}”读不了，没有计入", "the value `{value}` of {en} cannot be read, it is not counted";
    progress_value_help() => "进度写 60% 或累计数量 62（整数不超过 12 位、小数不超过 4 位），也可不填",
        "write progress as 60% or as the amount reached so far, such as 62, or leave it empty";
    day_value_help() => "写新的到期日，如 2013-10-31，不早于本条日期", "write the new due date, such as 2013-10-31, not before the entry's own date";
    urge_value_help() => "写 blue、yellow 或 red（蓝、黄、红）", "write blue, yellow or red";
    light_value_help() => "写 red、yellow 或 green（红、黄、绿）", "write red, yellow or green";
    not_allowed(zh_event, zh_state, en_event, en_state) => "当时的状态是“{zh_state}”，不能“{zh_event}”，没有计入",
        "{en_event} is not allowed in the state `{en_state}`, it is not counted";
    not_for_kind(zh_event, zh_kind, en_event, en_kind) => "{zh_kind}事项没有“{zh_event}”这一步，没有计入",
        "a {en_kind} item has no {en_event}, it is not counted";
    not_later(due) => "延期后的日期不晚于现到期日 {due}，没有计入", "the extension does not lead past the current due date {due}, it is not counted";
    not_allowed_help() => "用 duban show 看这一事项的经过，再更正", "see its history with `duban show`, then correct it";
    wrong_actor(zh, en, acting, verifier) => "“{zh}”应由 {verifier} 作出，这里写的是“{acting}”",
        "{en} is for {verifier} to write, here it says `{acting}`";
    wrong_actor_help(unit) => "更正这一条，由 {unit} 重新记录：--as {unit}", "void it and let {unit} record it: `--as {unit}`";
    carries(zh, en) => "“{zh}”缺少应带的理由、文号或内容", "{en} lacks the reason, approval or text that it must carry";
    carries_help() => "补一条备注说明：duban record note", "add what is missing with `duban record note`";
    evidence_required(item) => "事项 {item} 报完成要附佐证，这一条没有", "item {item} asks for evidence with a submission, here is none";
    evidence_required_help() => "退回，或更正后带佐证重报：--evidence 文件", "return it, or submit again with `--evidence FILE`";
    evidence_reference(value) => "佐证写法不对：“{value}”，应为 路径#sha256", "the evidence `{value}` is badly written, it should be path#sha256";
    evidence_missing(path) => "佐证文件不见了：“{path}”", "the evidence file `{path}` is missing";
    evidence_changed(path) => "佐证文件的内容变了：“{path}”", "the evidence file `{path}` has other content now";
    evidence_outside(path) => "佐证文件在佐证文件夹之外：“{path}”", "the evidence file `{path}` lies outside the evidence folder";
    evidence_symlink(path) => "佐证不是普通文件：“{path}”", "the evidence `{path}` is no ordinary file";
    evidence_symlink_help() => "用文件本身换下链接或文件夹；内容要与登记时一样", "put the file itself in its place, with the bytes that were attached";
    evidence_help() => "从 git 或原单位取回原文件", "take the original from git or from the unit";
    older(entry) => "文件比本机确认过的旧：已确认的 {entry} 不在其中", "the file is older than what this desk acknowledged: {entry} is not in it";
    seal_unreadable() => "封账记录的周期、各记录人末条或摘要读不了，或相互不符", "the period, heads or digest of this seal cannot be read or do not agree";
    seal_head_lost(period, writer, seq) => "{period} 封账时 {writer} 的末条是第 {seq} 号，现在文件里没有这一条：被截断或改写过",
        "when {period} was sealed the last record of {writer} was number {seq}; it is no longer there: the file was cut or rewritten";
    seal_plan(period, path) => "{period} 封账时留存的计划“{path}”不见了或变了", "the plan `{path}` kept by the seal of {period} is missing or changed";
    retract_nothing() => "这条更正没有指到任何记录", "this retract names no known record";
    retract_nothing_help() => "更正要写被更正记录的完整校验码，并重复它的事项、单位和周期",
        "a retract holds the full id of the entry and repeats its item, unit and period";
    retract_actor(supervisor) => "只有原记录人或 {supervisor} 可以更正", "only the same writer or {supervisor} may retract it";
    hollow_copied() => "备注与该单位上次报告的一字不差", "the note is that of the unit's last report, word for word";
    hollow_falling(from, to) => "进度从 {from}% 降到 {to}%", "progress falls from {from}% to {to}%";
    hollow_beyond_target(value, target) => "“{value}”超过目标 {target}", "`{value}` is more than the target of {target}";
    hollow_beyond_target_help(item, line, target) => "对照：计划第 {line} 行，事项 {item} 的目标是 {target}", "beside it: line {line} of the plan, the target of item {item} is {target}";
    hollow_same_text(obligation) => "备注与同期 {obligation} 的一字不差", "the note is that of {obligation} in the same period, word for word";
    hollow_beside(place, date, text) => "对照：{place}（{date}）“{text}”", "beside it: {place} ({date}) `{text}`";
    git_lost(count) => "最近一次提交（git HEAD）里有的末尾 {count} 行，现在的文件里没有", "the last commit (git HEAD) has lines at the end that the file lacks: {count}";
    git_rewritten() => "从这一行起与最近一次提交（git HEAD）不同：已提交的记录被改写过", "from this line on the file differs from the last commit (git HEAD): committed records were rewritten";
    git_attributes() => "日志文件夹没有 git 属性 *.csv -text -merge，git 可能改动换行或把两处的记录合到一起",
        "the folder lacks the git attributes `*.csv -text -merge`, so git may change line ends or merge lines";
    git_help() => "用 git diff HEAD 看差别；确是误改，用 git checkout HEAD -- 文件名 取回",
        "see the difference with `git diff HEAD`; take a file that was changed by mistake back with `git checkout HEAD -- FILE`";
    git_attributes_help() => "在日志文件夹的 .gitattributes 里写一行：*.csv -text -merge", "write `*.csv -text -merge` into `.gitattributes` in the folder";
    no_such_state(digest) => "日志从来没有过摘要为“{digest}”的状态", "the journal never was in a state with the digest `{digest}`";
    no_such_state_help() => "核对抄写；无误则日志自那份文件之后被改写过，或当时有别的单位的文件不在这里：从 git 或他们的副本比对",
        "check the digits; if they are right, the journal was rewritten since that paper, or a file it counted is not here: compare with git or the other offices' copies";
}
