//! Sentences of recording: what was asked, what was refused, what was written.

use crate::lang::Said;
use crate::lang::sentences;
use crate::lang::words;
use crate::terms::Event;

words! {
    RECORDED => "已记录", "Recorded";
    WOULD_RECORD => "试运行，没有写入", "Dry run, nothing is written";
    ENTRY => "记录", "entry";
    OBLIGATION => "责任事项", "obligation";
    EVENT => "事件", "event";
    COUNTS_FOR => "计入", "counts for";
    CHANGED => "变化", "changed";
    DATE => "日期", "date";
    EVIDENCE => "佐证", "evidence";
    NOTHING_CHANGED => "状态不变", "nothing, the state stays as it was";
    YES_OR_NO => "[y/N] ", " [y/N] ";
    WRITERS => "记录人", "writers";
    ENTRIES => "记录条数", "entries";
    ENTRIES_INSIDE => "期内记录", "dated inside it";
    DIGEST => "日志摘要", "journal digest";
    MARK => "标记", "mark";
    AFTER_SEAL => "封账后补录", "after the seal";
}

sentences! {
    note_holds_phone() => "注意：说明里有手机号；日志只增不删，写下去就一直在", "mind: the note holds a phone number; a journal only grows, so it stays there";
    note_holds_card() => "注意：说明里有身份证号；日志只增不删，写下去就一直在", "mind: the note holds an identity number; a journal only grows, so it stays there";
    sealed(period) => "{period} 已封账", "{period} is sealed";
    would_seal(period) => "试运行：将为 {period} 封账", "dry run: would seal {period}";
    sealed_already(period, entry) => "{period} 早已封账（{entry}）", "{period} was sealed before ({entry})";
    not_over_yet(period, end) => "{period} 到 {end} 才结束，还不能封账", "{period} ends on {end} and cannot be sealed yet";
    sealed_period(date, period, entry) => "{date} 属于 {period}，已封账（{entry}）", "{date} lies in {period}, which is sealed ({entry})";
    add_late() => "确实要补录，加 --late（处处标明“封账后补录”）", "to record it all the same, add `--late`; it is marked wherever it shows";
    no_event(word) => "没有事件“{word}”", "there is no event `{word}`";
    events(words) => "可写：{words}", "one of: {words}";
    use_retract() => "更正记录用 duban retract，撤回自己的最后一条用 duban undo", "void an entry with `duban retract`, your own last one with `duban undo`";
    use_seal() => "封账用 duban seal", "close a period with `duban seal`";
    no_target(event) => "“{event}”对哪个事项？", "{event} of which item?";
    target_forms() => "写 事项、事项@单位、定期事项再加 #周期，如 5.1.2@chikan、2.3.1@yjb#2013-Q2",
        "write ITEM, ITEM@UNIT, for a periodic item also #PERIOD, such as 5.1.2@chikan, 2.3.1@yjb#2013-Q2";
    only_ack_and_nil() => "只写 @单位 的，只有签收和零报告", "`@UNIT` alone goes with ack and nil only";
    only_verify_all() => "--all 只用于核实办结", "--all goes with verify only";
    two_units(one, other) => "写了两个单位：“{one}”和“{other}”", "two units are named: `{one}` and `{other}`";
    too_many_words(word) => "多出来的“{word}”看不懂", "do not know what `{word}` is for";
    value_forms_progress() => "进度写 60% 或累计数量 62", "write progress as 60% or as the amount reached so far";
    value_forms_day() => "写新的到期日，如 2013-10-31", "write the new due date, such as 2013-10-31";
    value_forms_slip() => "写 蓝、黄 或 红", "write blue, yellow or red";
    value_forms_light() => "写 红、黄 或 绿", "write red, yellow or green";
    no_lead(item) => "事项 {item} 还没有牵头单位，不能记录", "item {item} has no lead unit yet, nothing can be recorded";
    settle_lead() => "先在计划里定下 lead", "settle its `lead` in the plan first";
    which_unit(item, count) => "事项 {item} 有 {count} 个牵头单位，写明是哪一个", "item {item} has {count} lead units, say which one";
    leads(names) => "牵头单位：{names}", "leads: {names}";
    not_a_lead(unit, item) => "“{unit}”不牵头事项 {item}", "`{unit}` does not lead item {item}";
    which_period(item) => "{item} 是定期事项，写明是哪一期", "{item} is periodic, say which period";
    no_such_period(item, period) => "{item} 没有“{period}”这一期", "{item} has no period `{period}`";
    periods(list) => "各期：{list}", "periods: {list}";
    no_period_here(item) => "{item} 不是定期事项，不用写 #周期", "{item} is not periodic and takes no #PERIOD";
    no_value(event, value) => "“{event}”的数值“{value}”看不懂", "the value `{value}` of {event} cannot be read";
    future_date(date, recorded) => "日期 {date} 晚于记录当天 {recorded}", "{date} lies after the day of recording, {recorded}";
    write_a_past_date() => "写事情发生的日期，还没发生的不能记", "write the day on which it happened; what has not happened cannot be recorded";
    write_a_day() => "写成 2013-06-30 的样子", "write it as 2013-06-30";
    no_such_day(text) => "“{text}”不是日期", "`{text}` is no date";
    which_period_is_meant(period, day, obligation) => "{obligation} 的 {period} 还没有报（报送截止 {day}）：这一条算哪一期？",
        "{obligation} is still silent for {period} (due by {day}): which period is this for?";
    say_for_or_date(period, today) => "报 {period} 的加 --for {period}，报今天的加 --date {today}", "add `--for {period}`, or `--date {today}` if it is about today";
    say_in_date_column(period_end, today) => "在“日期”列写明：报上一期的写 {period_end}，报今天的写 {today}", "say it in the column `date`: {period_end} for the period that has ended, {today} if it is about today";
    is_it_for(period) => "算 {period} 的吗？", "is it for {period}?";
    lacks_progress() => "反馈进展要写百分比、累计数量或备注", "progress needs a percent, an amount or a note";
    lacks_target(item) => "事项 {item} 没有目标数量，进度要写百分比", "item {item} has no target, write progress as a percent";
    lacks_reason(event) => "“{event}”要写理由", "{event} needs a reason";
    lacks_reason_or_reference(event) => "“{event}”要写理由或文号", "{event} needs a reason or a document number";
    lacks_approval() => "延期要写批准文号", "an extension needs its approval";
    lacks_value(event) => "“{event}”缺数值", "{event} needs a value";
    lacks_text() => "备注要有内容", "a note needs a text";
    lacks_evidence(item) => "事项 {item} 报完成要附佐证", "item {item} asks for evidence with a submission";
    add_note() => "加 -m 说明", "add `-m NOTE`";
    add_reference() => "加 --ref 文号", "add `--ref NUMBER`";
    add_note_or_reference() => "加 -m 说明 或 --ref 文号", "add `-m NOTE` or `--ref NUMBER`";
    add_evidence() => "加 --evidence 文件", "add `--evidence FILE`";
    wrong_actor(event, verifier) => "“{event}”只能由 {verifier} 作出", "only {verifier} may record {event}";
    act_as(unit) => "由该单位记录，或写明 --as {unit}", "let that unit record it, or say `--as {unit}`";
    skipped_state(obligation, event, state) => "{obligation} 当时的状态是“{state}”，不能“{event}”", "{obligation} is {state} at that place, {event} is not allowed";
    skipped_kind(obligation, event, kind) => "{obligation} 是“{kind}”事项，没有“{event}”", "{obligation} is {kind} and has no {event}";
    skipped_not_later(obligation, due) => "{obligation} 的现到期日是 {due}，延期要晚于它", "{obligation} is due on {due}, an extension must be later";
    breaks(entry, event, date) => "这样一来，已计入的 {entry}（{date} {event}）就不能计入了", "then {entry} ({event}, {date}), which counts now, would be skipped";
    see_then_force(obligation) => "先看 duban show {obligation}；确实要写，加 --force", "look at `duban show {obligation}`; if it must be written, add `--force`";
    clock_ahead(writer, instant) => "{writer} 的时钟可能快了：它有一条记在 {instant}，比现在还晚", "the clock of {writer} may be ahead: it has an entry recorded at {instant}, later than now";
    twice(entry) => "十分钟内已有同样的一条：{entry}", "the same entry was written within ten minutes: {entry}";
    add_again() => "确实要再记一条，加 --again", "if it happened twice, add `--again`";
    has_line_break(field) => "{field}里有换行", "there is a line break in the {field}";
    fold_line_breaks() => "写成一行", "write it in one line";
    has_hidden(field, code) => "{field}里有看不见的字符 {code}", "there is an invisible character {code} in the {field}";
    remove_hidden() => "删掉它再记", "remove it and record again";
    starts_like_formula(field, sign) => "{field}以“{sign}”开头，表格软件会当公式执行", "the {field} begins with `{sign}`, a spreadsheet would run it";
    use_full_width(sign) => "改用全角“{sign}”", "use the full-width sign `{sign}`";
    too_long(field, count) => "{field}有 {count} 字，最多 2,000 字", "the {field} has {count} characters; it may have 2,000";
    shorten_text() => "缩短，或作为佐证附上：--evidence 文件", "shorten it, or attach it with `--evidence FILE`";
    ask_fold() => "有换行，折成一行吗？", "there are line breaks, fold them into one line?";
    ask_full_width() => "以公式符号开头，改成全角吗？", "it begins like a formula, use the full-width sign?";
    nothing_to_take(unit, event) => "{unit} 没有可以“{event}”的责任事项", "{unit} has no obligation that can take {event}";
    nothing_submitted(item) => "事项 {item} 没有待核实的", "nothing of item {item} waits to be verified";
    will_write(count) => "将记录 {count} 条：", "{count} entries would be written:";
    ask_write() => "写入吗？", "write them?";
    add_yes() => "确认写入，加 --yes", "to write them, add `--yes`";
    not_written() => "没有写入", "nothing was written";
    no_entry(reference) => "没有记录“{reference}”", "there is no entry `{reference}`";
    entry_forms() => "写 记录人:序号（如 yjb-li:17），或校验码开头至少 4 位", "write WRITER:SEQ, such as yjb-li:17, or at least 4 digits of its id";
    several_entries(reference, entries) => "“{reference}”可以是 {entries}", "`{reference}` may be {entries}";
    already_void(entry) => "{entry} 已经更正过", "{entry} is void already";
    nothing_to_undo(writer) => "{writer} 没有可以撤回的记录", "{writer} has no entry to undo";
    not_yours(entry, supervisor) => "{entry} 是别人记的，只有原记录人或 {supervisor} 可以更正", "{entry} was written by another writer, only they or {supervisor} may retract it";
    undoing(entry, what) => "撤回的是 {entry}：{what}", "this takes back {entry}: {what}";
    undo_reason() => "撤回", "undone";
    replaced_reason() => "以新记录代替", "replaced by a new entry";
    ask_writer(default) => "记录人代号（小写字母、数字、连字符）[{default}]：", "writer (lower-case letters, digits, hyphens) [{default}]: ";
    ask_unit() => "本单位（代号、名称或简称；可空）：", "your unit (id, name or alias; may be empty): ";
    ask_person(default) => "经办人 [{default}]：", "person [{default}]: ";
    ask_person_name() => "经办人：", "person: ";
    first_run() => "第一次在这台机器上记录，先问三件事（以后用 duban config set 修改）", "first recording on this machine; three questions (change them later with `duban config set`)";
    not_in_any_period() => "不在任何报告期内", "no reporting period";
    in_period(period) => "{period} 报告期", "the reporting period {period}";
    state_changed(from, to) => "{from} → {to}", "{from} → {to}";
    described(obligation, unit, title) => "{obligation} {unit}：{title}", "{obligation} {unit}: {title}";
    event_percent(event, percent) => "{event}，{percent}", "{event}, {percent}";
    event_amount(event, amount, target, unit) => "{event}，累计 {amount} {unit}（目标 {target} {unit}）", "{event}, {amount} of {target} {unit} so far";
    event_due(event, due) => "{event}至 {due}", "{event} to {due}";
    event_again_due(event, due) => "{event}，期限 {due}", "{event}, due {due}";
    event_colour(event, colour) => "{event}（{colour}）", "{event} ({colour})";
    event_voids(event, entry) => "{event}，作废 {entry}", "{event}, voids {entry}";
    progress_changed(from, to) => "进度 {from}% → {to}%", "progress {from}% → {to}%";
    acknowledged(day) => "{day} 已签收", "acknowledged on {day}";
    light_set(colour) => "人工定为{colour}灯，到下次报告为止", "light set to {colour} until the next report";
    slip_open(colour) => "{colour}色督办单待回应", "a {colour} slip is unanswered";
    due_changed(from, to) => "到期日 {from} → {to}", "due {from} → {to}";
    due_changed_late(from, to) => "到期日 {from} → {to}（逾期后申请，仍按原到期日考核）", "due {from} → {to} (applied for late, still judged by the old date)";
    evidence_kept(path, size, digest) => "{path}（{size}，SHA-256 {digest}…）", "{path} ({size}, SHA-256 {digest}…)";
    bytes(count) => "{count} 字节", "{count} B";
    clock_went_back(last) => "上一条记在 {last}，比现在还晚：时钟倒走了？", "the last entry was recorded at {last}, later than now: did the clock go back?";
    line_refused(file, line, why) => "{file}:{line}：{why}", "{file}:{line}: {why}";
    batch_refused(refused, all) => "{all} 行中有 {refused} 行不能记录，一条也没有写入", "{refused} of {all} lines cannot be recorded, nothing was written";
    batch_no_column(column) => "没有“{column}”这一列", "there is no column `{column}`";
    batch_columns(titles, keys) => "列名可用：{titles}，或 {keys}", "columns may be: {keys}, or {titles}";
    batch_not_utf8() => "不是 UTF-8 编码，在表格软件里另存为“CSV UTF-8”", "not UTF-8, save it as `CSV UTF-8` in the spreadsheet";
    batch_empty() => "没有要记录的行", "there are no lines to record";
    batch_unreadable(why) => "读不了：{why}", "cannot be read: {why}";
    batch_not_object() => "这一行不是 JSON 对象", "this line is no JSON object";
    batch_not_text(key) => "“{key}”的值要写成文字或数字", "the value of `{key}` must be a text or a number";
}

/// Returns what the value of an event looks like, where it takes one.
pub fn value_forms(event: Event) -> Option<Said> {
    match event {
        Event::Progress => Some(value_forms_progress()),
        Event::Extend | Event::Reopen => Some(value_forms_day()),
        Event::Urge => Some(value_forms_slip()),
        Event::Light => Some(value_forms_light()),
        Event::Ack
        | Event::Nil
        | Event::Submit
        | Event::Verify
        | Event::Return
        | Event::Suspend
        | Event::Resume
        | Event::Cancel
        | Event::Note
        | Event::Retract
        | Event::Seal => None,
    }
}

/// Says how large a file is: bytes exactly, from 1 KiB on rounded up.
pub fn size(count: u64) -> Said {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    let written = match count {
        ..KIB => return bytes(count),
        KIB..MIB => format!("{} KiB", count.div_ceil(KIB)),
        MIB.. => {
            let tenths = (count * 10).div_ceil(MIB);
            format!("{}.{} MiB", tenths / 10, tenths % 10)
        }
    };
    Said {
        zh: written.clone(),
        en: written,
    }
}
