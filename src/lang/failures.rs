//! Sentences for failures: the verb, the path, and what to type.

use crate::lang::Said;
use crate::lang::sentences;
use crate::lang::words;
use crate::template::Fault;
use crate::template::Mark;
use crate::template::Wrong;
use std::fmt;
use std::io;

words! {
    /// Stands before every failure.
    ERROR => "错误：", "error: ";
    /// Stands between a failure and its cause.
    COLON => "：", ": ";
}

sentences! {
    cannot_read(path) => "读不了“{path}”", "cannot read `{path}`";
    cannot_write(path) => "写不了“{path}”", "cannot write `{path}`";
}

sentences! {
    cannot_lock(path) => "锁不住“{path}”", "cannot lock `{path}`";
    no_locks_here(path) => "“{path}”所在的磁盘不支持文件锁", "the disk of `{path}` cannot lock files";
    writer_busy(writer) => "“{writer}”的日志正由另一个窗口登记", "another window is recording as `{writer}`";
    writer_busy_by(writer, who) => "“{writer}”的日志正由另一个窗口登记（{who}）", "another window is recording as `{writer}` ({who})";
    close_other_window() => "等它完成或关掉它，再登记一次", "wait for it or close it, then record again";
    desk_spent(path) => "刚才没能写好“{path}”，须重新打开再写", "`{path}` could not be written a moment ago; it must be opened again first";
    no_more_numbers(path) => "“{path}”的序号已用尽", "`{path}` has no numbers left";
    line_too_long(bytes) => "这条记录有 {bytes} 字节，一条最多 1 MiB", "this entry has {bytes} bytes; one may have 1 MiB";
    shorten() => "缩短说明，或作为附件（--evidence）登记", "shorten the note, or attach it with --evidence";
    line_breaks_inside() => "记录里有换行等字符，写下去就读不回来", "the entry holds a line break or another character that could not be read back";
    older_than_acknowledged(path, entry) => "“{path}”比本机确认过的旧：已确认的 {entry} 不在其中", "`{path}` is older than what this desk acknowledged: {entry} is not in it";
    see_what_is_missing() => "duban verify 列出缺了什么；确认就以现在的文件为准，加 --force", "`duban verify` shows what is missing; to go on from the file as it is, add --force";
    interrupted_but_recorded(entry) => "{entry} 已记入，只是上次没来得及确认", "{entry} is recorded, although the last command did not get to confirm it";
    line_end_added(entry) => "上次登记被中断，{entry} 是完整的，已补上行尾并保留", "the last recording was interrupted; {entry} is whole, its line end was added";
    several_completed(last) => "上次一起登记的几条被中断，已照原样补齐，到 {last} 为止", "the last command was interrupted while it recorded several entries; they were completed as they were meant, up to {last}";
    torn_set_aside(path, bytes, copy) => "“{path}”末尾有 {bytes} 字节残缺（如断电所致），不成记录；已原样移到“{copy}”", "`{path}` ended in {bytes} torn bytes that are no record, as after a power cut; they were moved to `{copy}`";
    lost_mark(path) => "“{path}”丢了文件头标记（BOM），用电子表格打开会乱码；duban repair 可补上", "`{path}` lost its byte order mark, so a spreadsheet would garble it; `duban repair` puts it back";
    no_header(path) => "“{path}”第一行不是日志的表头", "the first line of `{path}` is not the header of a journal";
    form_changed(path) => "“{path}”被别的软件另存过，格式变了（换行、编码或引号）", "`{path}` was saved by another program in another form (line ends, encoding or quotes)";
    last_line_damaged(path) => "“{path}”最后一行读不通，或编号与上一行接不上", "the last line of `{path}` cannot be read, or its id does not follow from the line before";
    copied_from_another(path) => "“{path}”是另一记录人日志的复制件，写进去的不会计入", "`{path}` is a copy of another writer's file; what is written there would not count";
    repair() => "先运行 duban repair", "run `duban repair` first";
    verify_then_repair() => "duban verify 指出变动，duban repair 恢复可以证明的部分", "`duban verify` shows what changed, `duban repair` mends what can be proven";
    name_differs_in_case(found, wanted) => "已有“{found}”，与“{wanted}”只差大小写", "`{found}` is there and differs from `{wanted}` in case only";
    rename_to(name) => "把它改名为“{name}”", "rename it to `{name}`";
    remains_left() => "文件末尾可能留有残余，下次登记前会移开；先看 duban verify", "remains may stand at the end of the file; the next recording sets them aside, look at `duban verify` first";
    written_not_confirmed(path) => "已写入“{path}”，但磁盘没有确认", "written to `{path}`, not confirmed by the disk";
    look_before_again() => "检查磁盘后用 duban log 看这条是否在，不要直接重登", "check the disk, then look with `duban log` whether it is there; do not simply record it again";
}

/// Says first that nothing was recorded, then why.
pub fn not_recorded(why: Said) -> Said {
    Said {
        zh: format!("未记入：{}", why.zh),
        en: format!("not recorded: {}", why.en),
    }
}

/// Says that an entry is recorded but a later loss of it would not be noticed.
pub fn not_kept_as_acknowledged(why: Said) -> Said {
    Said {
        zh: format!(
            "已记入，但本机没能留下确认记号（{}），以后若丢失将不易发觉",
            why.zh
        ),
        en: format!(
            "recorded, but this desk could not keep a note of it ({}), so a later loss may go unseen",
            why.en
        ),
    }
}

sentences! {
    done_all_the_same() => "要做的已经做完，只是没能显示；不要重做，用 duban log 或 duban verify 查看", "what was asked is done, only the answer could not be shown; do not repeat it, look with `duban log` or `duban verify`";
    would_overwrite(path) => "“{path}”已经存在", "`{path}` exists already";
    force_or_other_name() => "换个名字，或加 --force 覆盖", "take another name, or overwrite it with --force";
    close_it_first() => "先在 Excel 或 WPS 里关掉它", "close it in Excel first";
    not_a_file(path) => "“{path}”不是普通文件", "`{path}` is not a plain file";
    not_a_plain_folder(path) => "“{path}”不是普通文件夹", "`{path}` is not a plain folder";
    not_attachable(path) => "“{path}”不是普通文件，不能作附件", "`{path}` is not a plain file, so it cannot be attached";
    name_the_file_itself() => "写出文件本身的路径；文件夹先打包，链接写它指向的文件", "name the file itself: pack a folder first, and give what a link points to";
    changed_while_copied(path) => "“{path}”在复制过程中变了", "`{path}` changed while it was copied";
    no_journal_place(path) => "“{path}”既不是文件夹，也不是 .csv", "`{path}` is neither a folder nor a .csv";
    stem_no_writer(path) => "“{path}”的文件名不是记录人代号", "the name of `{path}` is not a writer's";
    too_large(path, kib) => "“{path}”超过 {kib} KiB", "`{path}` is larger than {kib} KiB";
    not_utf8(path, line) => "“{path}”第 {line} 行起不是 UTF-8 编码", "`{path}` is not UTF-8 from line {line} on";
    save_as_utf8() => "在编辑器里另存为 UTF-8", "save it as UTF-8 in the editor";
    no_plan(looked) => "没有找到计划（查找范围：{looked}）", "found no plan (looked in {looked})";
    name_plan() => "用 -p 写出计划文件或编号，或用 duban init 新建", "name its file or id with -p, or make one with `duban init`";
    no_such_plan(name, looked) => "没有编号为“{name}”的计划（查找范围：{looked}）", "no plan has the id `{name}` (looked in {looked})";
    plans_there(ids) => "现有：{ids}", "there are: {ids}";
    did_you_mean(word) => "是不是“{word}”？", "did you mean `{word}`?";
    several_plans(ids, looked) => "有几个计划，不知用哪一个：{ids}（查找范围：{looked}）", "there are several plans: {ids} (looked in {looked})";
    plan_of_the_day(id, day, count) => "{count} 个计划中，{day} 属于“{id}”的计划期", "of {count} plans, `{id}` is the one that covers {day}";
    default_plan_says_so(id) => "这是设置 default_plan 里写的；改：duban config set default_plan …，现为“{id}”", "the setting default_plan says `{id}`; change it with `duban config set default_plan …`";
    no_home() => "找不到用户主目录，没有地方存放设置", "there is no home folder to keep settings in";
    set_home() => "设置环境变量 HOME，或在命令里写明（如 --writer）", "set HOME, or say it in the command, such as with --writer";
    no_writer_name(name) => "“{name}”不能作记录人代号", "`{name}` cannot be a writer's name";
    writer_form() => "代号只用小写字母、数字和连字符，如 yjb-li", "write small letters, digits and hyphens, such as yjb-li";
    no_language(code) => "没有“{code}”这种语言", "there is no language `{code}`";
    languages() => "写 zh 或 en", "write zh or en";
    setting_empty(key) => "设置 {key} 不能为空", "the setting {key} cannot be empty";
    no_such_setting(key) => "没有“{key}”这项设置", "there is no setting `{key}`";
    settings_there(keys) => "可设置：{keys}", "there are: {keys}";
    config_not_utf8(path) => "设置文件“{path}”不是 UTF-8 编码", "the settings in `{path}` are not UTF-8";
    config_unreadable(path, line, why) => "设置文件“{path}”第 {line} 行读不通（{why}）", "line {line} of the settings in `{path}` cannot be read ({why})";
    config_unknown(path, line, key) => "设置文件“{path}”第 {line} 行：没有“{key}”这项设置", "line {line} of the settings in `{path}`: there is no setting `{key}`";
    config_no_text(path, line, key) => "设置文件“{path}”第 {line} 行：{key} 的值要写成文字", "line {line} of the settings in `{path}`: {key} must be a text";
    write_as_text(key) => "写成 {key} = \"…\"", "write {key} = \"…\"";
}

sentences! {
    no_current_folder() => "读不了当前文件夹", "cannot read the current folder";
    no_date(text) => "“{text}”不是日期", "`{text}` is no date";
    written(path) => "已写入“{path}”", "written to `{path}`";
    no_format_for(path) => "看不出“{path}”该用什么格式", "cannot tell the format of `{path}`";
    formats(codes) => "扩展名用 csv、json、jsonl、md、html、xlsx、docx，或写 --format：{codes}", "let its name end in csv, json, jsonl, md, html, xlsx or docx, or say `--format`: {codes}";
    not_for_a_terminal(code) => "{code} 不能在终端上显示", "{code} cannot be shown on a terminal";
    into_a_file(code) => "存成文件：加 -o 文件名.{code}", "write a file: add `-o NAME.{code}`";
    no_such_format_here(code) => "这个命令没有 {code} 格式", "this command has no format {code}";
    past_the_plan(day, end) => "注意：{day} 已过计划期末；看期末加 --as-of {end}", "note: {day} lies past the plan's end; for its end add `--as-of {end}`";
    plan_has_errors(plan, count) => "计划“{plan}”有 {count} 处错误", "errors in the plan `{plan}`: {count}";
    plan_unreadable(plan) => "计划“{plan}”读不了", "the plan `{plan}` cannot be read";
    run_check() => "运行 duban check 看全部", "see them all with `duban check`";
    run_verify() => "运行 duban verify 看哪些行坏了", "see the damaged lines with `duban verify`";
    no_day_or_period(text) => "“{text}”不是日期，也不是周期", "`{text}` is neither a date nor a period";
    day_forms() => "日期写 2013-06-30；周期写 2013-06、2013-Q2、2013-H1、2013 或 last", "write a date as 2013-06-30, a period as 2013-06, 2013-Q2, 2013-H1, 2013 or last";
    no_last_period(today) => "到 {today} 还没有结束的报告期", "no reporting period has ended by {today}";
    no_reporting_period(text) => "“{text}”不是本计划的报告期", "`{text}` is no reporting period of this plan";
    reporting_periods(first, last) => "报告期从 {first} 到 {last}，或写 last", "reporting periods run from {first} to {last}, or write last";
    nobody_reports() => "本计划没有报告期（[reporting]）", "this plan has no reporting periods (`[reporting]`)";
    outside_the_plan(period, start, end) => "{period} 不在计划期间（{start} 至 {end}）之内", "{period} is not within the plan's period, {start} to {end}";
    bulletin_too_early(period, end, day) => "{period} 到 {end} 才结束，截至 {day} 还不能出通报", "{period} ends on {end}, on {day} there is no bulletin of it yet";
    no_period(text) => "“{text}”不是一个期间", "`{text}` is no period";
    period_forms() => "写 2013-06、2013-Q2、2013-H1、2013 或 last", "write 2013-06, 2013-Q2, 2013-H1, 2013 or last";
    edit_template() => "duban bulletin --print-template 打印默认模板，可对照着改", "`duban bulletin --print-template` prints the default to compare with";
    period_not_over(period, end, day) => "{period} 到 {end} 才结束，截至 {day} 还不能说谁未报", "{period} ends on {end}, on {day} nobody can have missed it yet";
    no_known_at(text) => "“{text}”不是时刻，也不是封账", "`{text}` is neither an instant nor a seal";
    known_at_forms() => "时刻写 2013-07-05T18:00:00+08:00；封账写周期（2013-06）或编号（yjb-li:17）", "write an instant as 2013-07-05T18:00:00+08:00, a seal as its period (2013-06) or its reference (yjb-li:17)";
    diff_unknown(text) => "“{text}”不是日期、封账，也不是计划的 git 版本", "`{text}` is no day, no seal and no git revision of the plan";
    diff_forms() => "写 2013-06-30、2013-06（封账或期末）、yjb-li:17、HEAD~3 或 git:标签", "write 2013-06-30, 2013-06 (its seal or last day), yjb-li:17, HEAD~3 or git:TAG";
    diff_not_sealed(period, day) => "{period} 没有封账，按现在知道的看到 {day}", "{period} is not sealed; taking {day} with what is known now";
    diff_backwards(from, to) => "“{from}”在“{to}”之后", "`{from}` lies after `{to}`";
    diff_swap(from, to) => "调换一下：duban diff {from} {to}", "turn them around: duban diff {from} {to}";
    no_git() => "没有找到 git", "found no git";
    git_failed() => "git 启动不了", "git cannot be started";
    no_revision(revision) => "git 里没有版本“{revision}”", "git knows no revision `{revision}`";
    not_in_revision(plan, revision) => "版本“{revision}”里没有“{plan}”", "`{plan}` is not in the revision `{revision}`";
    seal_unreadable(name) => "封账“{name}”读不了", "the seal `{name}` cannot be read";
    seal_was_retracted(name) => "注意：封账 {name} 后来撤销了", "note: the seal {name} was retracted later";
    seal_plan_lost(period, path) => "{period} 封账时留存的计划“{path}”不见了、变了或读不了", "the plan `{path}` kept by the seal of {period} is missing, changed or unreadable";
    seal_head_lost(writer) => "封账时 {writer} 的末条已不在文件里", "the last record of {writer} that the seal names is no longer in its file";
    journal_damaged(file) => "日志“{file}”读不了的行多于记录，不能用来统计", "the journal `{file}` has more unreadable lines than records, it cannot be counted on";
    journal_has_findings(count) => "日志有 {count} 处问题，运行 duban check 查看", "findings in the journal: {count}, see `duban check`";
    no_kind_of_unit(word) => "没有类别为“{word}”的单位", "no unit is of the kind `{word}`";
    one_of(words) => "可写：{words}", "one of: {words}";
    no_word(word) => "不认识“{word}”", "do not know `{word}`";
    no_answer() => "没有回答", "there was no answer";
    no_such_code(code) => "没有代码“{code}”", "there is no code `{code}`";
    list_codes() => "duban explain 列出全部代码", "`duban explain` lists all codes";
    set_in(key, value, path) => "{key} = “{value}”，存于 {path}", "{key} = `{value}`, kept in {path}";
    from_option() => "命令行选项", "an option of this command";
    from_environment(name) => "环境变量 {name}", "the environment variable {name}";
    from_file(path) => "{path}", "{path}";
    from_nowhere() => "未设置", "not set";
    no_obligation(text) => "没有责任事项“{text}”", "there is no obligation `{text}`";
    see_item(item) => "看它有哪些：duban show {item}", "see which there are: `duban show {item}`";
    nothing_such(text) => "没有叫“{text}”的单位、任务、事项或记录", "no unit, measure, item or entry is called `{text}`";
    no_schema(name) => "没有名为“{name}”的格式说明", "there is no schema `{name}`";
    demo_ready(folder) => "练习工作区在 {folder}（内容均为虚构）", "the practice workspace is in {folder} (all of it invented)";
    demo_changed(path) => "“{path}”已改动过，不覆盖", "`{path}` was changed and is not overwritten";
    demo_other_folder() => "换一个文件夹：duban demo 新文件夹", "name another folder: `duban demo DIR`";
    init_done(path) => "已写好计划样本“{path}”，改成自己的，然后 duban check", "wrote a commented plan to `{path}`; make it yours, then run `duban check`";
    init_exists(path) => "“{path}”已经存在，不覆盖", "`{path}` exists and is not overwritten";
    bad_plan_id(id) => "“{id}”不能作计划编号", "`{id}` cannot be the id of a plan";
    plan_id_form() => "编号只用小写字母、数字和连字符，如 zhanjiang-2013", "write lower-case letters, digits and hyphens, such as zhanjiang-2013";
}

/// Returns what the machine said, in words where the field has better ones.
pub fn cause(cause: &io::Error) -> Said {
    let word = |zh: &str, en: &str| Said {
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    match cause.kind() {
        io::ErrorKind::NotFound => word("没有这个文件或文件夹", "no such file or folder"),
        io::ErrorKind::PermissionDenied => word("没有权限", "permission denied"),
        io::ErrorKind::IsADirectory => word("这是文件夹，不是文件", "it is a folder, not a file"),
        io::ErrorKind::NotADirectory => word(
            "路径中有一段不是文件夹",
            "a part of the path is not a folder",
        ),
        io::ErrorKind::StorageFull => word("磁盘已满", "the disk is full"),
        io::ErrorKind::ReadOnlyFilesystem => word("磁盘是只读的", "the disk is read-only"),
        io::ErrorKind::QuotaExceeded => word("超出磁盘配额", "the disk quota is used up"),
        io::ErrorKind::FileTooLarge => word("文件超出允许的大小", "the file would be too large"),
        io::ErrorKind::AlreadyExists => word("已经存在", "it exists already"),
        _ => word(&cause.to_string(), &cause.to_string()),
    }
}

sentences! {
    not_for_the_public(typed) => "“{typed}”是内部的，不对外公开", "`{typed}` is internal and not shown to the public";
    without_public() => "去掉 --public 给办公室看", "leave --public out to see it in the office";
    holds_private(what_zh, what_en, count, places) => "注意：要送出去的内容里有{what_zh}，{count} 处：{places}", "mind: what is to leave the office holds {what_en}, places: {count} ({places})";
    holds_private_unnamed(what_zh, what_en, count) => "注意：要送出去的内容里有{what_zh}，{count} 处", "mind: what is to leave the office holds {what_en}, places: {count}";
}

/// Warns of phone numbers in a paper.
pub fn holds_phones(count: usize, places: String) -> Said {
    holds("手机号", "phone numbers", count, &places)
}

/// Warns of identity numbers in a paper.
pub fn holds_cards(count: usize, places: String) -> Said {
    holds("身份证号", "identity numbers", count, &places)
}

fn holds(what_zh: &str, what_en: &str, count: usize, places: &str) -> Said {
    match places.is_empty() {
        true => holds_private_unnamed(what_zh, what_en, count),
        false => holds_private(what_zh, what_en, count, places),
    }
}

/// What `--fail-on` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tripped {
    /// Obligations past their due date.
    Overdue,
    /// Obligations with a red light.
    Red,
    /// Reports that were not sent.
    Missing,
    /// Findings in the journal.
    Findings,
}

/// Says why `--fail-on` makes the exit code 1.
pub fn tripped(what: Tripped, count: usize) -> Said {
    let (zh, en) = match what {
        Tripped::Overdue => ("逾期", "overdue"),
        Tripped::Red => ("红灯", "red"),
        Tripped::Missing => ("未报", "not reported"),
        Tripped::Findings => ("日志问题", "findings in the journal"),
    };
    Said {
        zh: format!("--fail-on：{zh} {count} 项"),
        en: format!("--fail-on: {count} {en}"),
    }
}

/// Says what is wrong with a template, and where.
pub fn template(name: impl fmt::Display, fault: &Fault) -> Said {
    let place = match fault.line {
        Some(line) => format!("{name}:{line}"),
        None => name.to_string(),
    };
    let (zh, en) = match &fault.what {
        Wrong::Unknown(word) => (
            format!("模板里的“{word}”没有这样的数据或用法"),
            format!("the template names `{word}`, which is no fact, filter or function"),
        ),
        Wrong::UnknownMark(word) => (
            format!("没有“@{word}”这个标记"),
            format!("there is no mark `@{word}`"),
        ),
        Wrong::UnknownPart(mark, word) => (
            format!("“@{} {word}”没有这张表或图", mark.word()),
            format!("`@{} {word}` is no table or chart", mark.word()),
        ),
        Wrong::Unpaired(mark) => (
            format!("“@{}”不成对：先 @by 落款，下一行 @on 日期", mark.word()),
            format!(
                "`@{}` stands alone: `@by` comes first, then `@on`",
                mark.word()
            ),
        ),
        Wrong::TooLong => (
            "模板循环太多，停下了".to_owned(),
            "the template takes too many steps and was stopped".to_owned(),
        ),
        Wrong::Other(detail) => (
            format!("模板读不了：{detail}"),
            format!("the template cannot be read: {detail}"),
        ),
    };
    Said {
        zh: format!("{place}：{zh}"),
        en: format!("{place}: {en}"),
    }
}

/// Says what to type instead of an unknown word of a template.
pub fn template_help(fault: &Fault) -> Said {
    match &fault.what {
        Wrong::UnknownMark(_) => {
            let marks: Vec<String> = Mark::ALL
                .iter()
                .map(|mark| format!("@{}", mark.word()))
                .collect();
            one_of(marks.join(", "))
        }
        Wrong::UnknownPart(Mark::Chart, _) => one_of("states, chapters"),
        Wrong::UnknownPart(_, _) => one_of("units, chapters, ledger"),
        Wrong::Unknown(_) | Wrong::Unpaired(_) | Wrong::TooLong | Wrong::Other(_) => {
            edit_template()
        }
    }
}
