//! Sentences of reading somebody else's table: what is in doubt, what was done, what would be recorded.

use crate::grid::Fault;
use crate::grid::Odd;
use crate::lang::Said;
use crate::lang::sentences;
use crate::lang::words;

words! {
    WOULD_RECORD => "将要记录", "To be recorded";
    RECORDED => "已记录", "Recorded";
    NOTHING_NEW => "没有新内容，一条也不用记", "Nothing new, there is nothing to record";
    NOTHING_CLEAR => "没有能记的内容", "There is nothing that can be recorded";
    THERE => "早已记录", "Recorded before";
    DOUBTS => "存疑，没有记录", "In doubt, not recorded";
    REMARKS => "注意", "To note";
    CELL => "单元格", "cell";
    FILE => "文件", "file";
    CHANGED => "变化", "changed";
    ENTRY => "记录", "entry";
}

sentences! {
    no_progress(text) => "看不懂进度“{text}”，写 60% 或累计数", "`{text}` is no progress, write 60% or the amount so far";
    beyond_whole(text) => "进度“{text}”超过 100%", "the progress `{text}` is beyond 100%";
    share_or_percent(text) => "“{text}”是 {text}% 还是它的一百倍？写成带百分号的", "is `{text}` {text}% or a hundred times that? write it with a percent sign";
    share_or_amount(text, unit) => "“{text}”是比例还是 {text} {unit}？写成百分数或累计数", "is `{text}` a share or {text} {unit}? write a percent or the amount";
    date_for_progress(day) => "进度格里是日期 {day}", "there is the date {day} where progress belongs";
    no_day(text) => "看不懂日期“{text}”，写成 2013-06-28 的样子", "`{text}` is no date, write it as 2013-06-28";
    no_event(text) => "没有事件“{text}”", "there is no event `{text}`";
    events(words) => "可写：{words}", "one of: {words}";
    hidden(code) => "有看不见的字符 {code}", "there is an invisible character {code}";
    too_long(count) => "有 {count} 字，最多 2,000 字", "it has {count} characters, 2,000 at most";
    folded() => "有换行，折成一行记录", "has line breaks, recorded in one line";
    made_full_width(sign, full) => "以“{sign}”开头，记成全角“{full}”", "begins with `{sign}`, recorded as `{full}`";
    not_offered(event) => "“{event}”不由单位填报", "`{event}` is not for a unit to report";
    value_beside(event, value) => "“{event}”不带进度，却填了“{value}”", "{event} takes no progress, but there is `{value}`";
    only_this(column) => "这一行只填了“{column}”，没有事件、进度或情况", "only `{column}` is filled in, and no event, progress or note";
    evidence_without(column) => "填了“{column}”，没有写事件", "`{column}` is filled in and no event is";
    not_plain_name(name) => "“{name}”不是单纯的文件名", "`{name}` is not the plain name of a file";
    no_file(name) => "旁边没有文件“{name}”；放到一起，或用 --evidence-folder 写明在哪里", "there is no file `{name}` beside it; put it there, or say where it is with `--evidence-folder`";
    look_at(obligation) => "先看 duban show {obligation}", "look at `duban show {obligation}`";
    unknown_row(text) => "“{text}”不是本表的责任事项", "`{text}` is no obligation of this sheet";
    no_row_key() => "这一行没有责任事项，却填了内容", "something is filled in, but the row names no obligation";
    twice(first) => "同一责任事项在 {first} 已有一行", "the same obligation stands in {first} already";
    gone() => "计划里已没有这个责任事项", "the plan no longer has this obligation";
    other_unit(unit) => "这个责任事项不属于 {unit}", "this obligation is not {unit}'s";
    title_differs(title) => "与责任事项对不上：应是“{title}”", "does not belong to the obligation, which is `{title}`";
    due_differs(due) => "到期日被改过，原为 {due}；延期要由督办单位批准，这里不记", "the due date was changed from {due}; an extension is for the supervisor to grant and is not recorded here";
    merged_with(first) => "与 {first} 合并成一格，不知道是不是也填给这一行", "is merged into {first}, so it is not clear whether it was meant for this row";
    changed_since(entry) => "制表以后又有记录：{entry}", "recorded since the sheet was made: {entry}";
    taken_back_since() => "制表以后有记录被更正", "an entry was taken back since the sheet was made";
    plan_changed() => "制表以后计划改过", "the plan was changed after the sheet was made";
    rows_gone(count, rows) => "表里少了 {count} 行：{rows}；按没有变化处理", "rows missing: {count} ({rows}); taken as nothing to report";
    column_gone(column) => "没有“{column}”这一列，按空白处理", "there is no column `{column}`; taken as empty";
    taken_back(entry) => "同样的一条（{entry}）记过又撤了，不再记", "the same entry ({entry}) was recorded and taken back, it is not recorded again";
    recorded_as(entry) => "已是 {entry}", "is {entry} already";
    same_as(spot) => "与 {spot} 相同", "is the same as {spot}";
    differs_from(spot) => "与 {spot} 对同一责任事项说法不一", "says something else of the obligation than {spot}";
    rows_read(rows, asked, there, doubts, blank) => "共 {rows} 行：将记 {asked}，早已记录 {there}，存疑 {doubts}，空白 {blank}", "{rows} rows: to record {asked}, recorded before {there}, in doubt {doubts}, blank {blank}";
    rows_recorded(rows, asked, there, doubts, blank) => "共 {rows} 行：记了 {asked}，早已记录 {there}，存疑 {doubts}，空白 {blank}", "{rows} rows: recorded {asked}, recorded before {there}, in doubt {doubts}, blank {blank}";
    sheet_of(file, unit, period, made_on) => "{file}：{unit} {period}，{made_on} 制表", "{file}: {unit}, {period}, made on {made_on}";
    nothing_written_yes() => "还没有写入；核对后加 --yes", "nothing is written yet; look it over, then add `--yes`";
    doubts_stop(count) => "有 {count} 处存疑，一条也没有写入", "nothing was written: {count} in doubt";
    doubts_help() => "改好再读；其余的要先记，加 --skip-doubtful", "mend them and read again; to record the others, add `--skip-doubtful`";
    ask_record(count) => "记录这 {count} 条吗？", "record these {count}?";
    not_ours(file) => "“{file}”不是本程序做的填报表", "`{file}` is no sheet of this program";
    not_ours_help() => "隐藏页不见了：请用 duban sheet make 重做一张，把内容抄过去", "its hidden page is missing: make a new one with `duban sheet make` and copy the content over";
    other_version(file, version) => "“{file}”是新版本做的（{version}），这一版读不了", "`{file}` was made by a newer version ({version})";
    update_help() => "请更新程序", "update the program";
    hidden_changed(file) => "“{file}”的隐藏页被改动过，不可靠", "the hidden page of `{file}` was changed, it cannot be relied on";
    other_plan(file, plan) => "“{file}”是计划“{plan}”的填报表", "`{file}` is a sheet of the plan `{plan}`";
    name_that_plan(plan) => "加 -p {plan}", "add `-p {plan}`";
    no_such_unit(file, unit) => "“{file}”的单位“{unit}”不在计划里", "the unit `{unit}` of `{file}` is not in the plan";
    no_filled_page(file) => "“{file}”里找不到填报的那一页（没有“责任事项”一列）", "there is no page to fill in in `{file}` (no column of obligations)";
    several_filled_pages(file, pages) => "“{file}”里有几页填报表：{pages}", "`{file}` has several pages that are filled in: {pages}";
    keep_one_page() => "只留一页再读", "keep one of them and read again";
    no_sheets_in(folder) => "“{folder}”里没有 .xlsx", "there is no .xlsx in `{folder}`";
    passed_over(file) => "“{file}”不是填报表，跳过", "`{file}` is no sheet, passed over";
}

/// Says what in a cell no entry can hold.
pub fn odd(odd: Odd) -> Said {
    let (zh, en) = match odd {
        Odd::TooLong(bytes) => (
            format!("内容太长（{bytes} 字节）"),
            format!("the content is too long ({bytes} bytes)"),
        ),
        Odd::Error => (
            "公式出错，没有值".to_owned(),
            "a formula failed, there is no value".to_owned(),
        ),
        Odd::Flag => (
            "是真假值，不是文字".to_owned(),
            "it is TRUE or FALSE, not a text".to_owned(),
        ),
        Odd::Time => (
            "是时间，不是日期".to_owned(),
            "it is a time, not a date".to_owned(),
        ),
    };
    Said { zh, en }
}

/// Says why a file is not read.
pub fn fault(file: &str, fault: &Fault) -> Said {
    let said = |zh: String, en: String| Said {
        zh: format!("“{file}”{zh}"),
        en: format!("`{file}` {en}"),
    };
    let plain = |zh: &str, en: &str| said(zh.to_owned(), en.to_owned());
    match fault {
        Fault::NotAWorkbook => plain("不是 xlsx 工作簿", "is no xlsx workbook"),
        Fault::OldOrLocked => plain(
            "是旧格式 .xls 或设了密码的工作簿，读不了",
            "is an old .xls or has a password, it cannot be read",
        ),
        Fault::Damaged(why) => said(
            format!("损坏，读不了（{why}）"),
            format!("is damaged and cannot be read ({why})"),
        ),
        Fault::TooManyParts(count) => said(
            format!("里有 {count} 个部件，太多了，不读"),
            format!("has {count} parts, too many to be read"),
        ),
        Fault::TooMuchUnpacked => plain(
            "展开后超过 64 MiB，不读",
            "unpacks to more than 64 MiB and is not read",
        ),
        Fault::TooManySheets(count) => said(
            format!("有 {count} 张工作表，太多了，不读"),
            format!("has {count} sheets, too many to be read"),
        ),
        Fault::TooFar(at) => said(
            format!("的 {at} 格超出第 100,000 行或第 256 列，不读"),
            format!("has something in {at}, beyond row 100,000 or column 256, and is not read"),
        ),
        Fault::TooMuch => plain("内容太多，不读", "holds too much and is not read"),
        Fault::TooManyStyles => plain(
            "的格式多得不正常，不读",
            "has far too many cell formats and is not read",
        ),
        Fault::Encoding => plain(
            "既不是 UTF-8，也不是 GB18030",
            "is neither UTF-8 nor GB18030",
        ),
    }
}

/// Says what to do about a file that is not read.
pub fn fault_help(fault: &Fault) -> Option<Said> {
    let said = |zh: &str, en: &str| {
        Some(Said {
            zh: zh.to_owned(),
            en: en.to_owned(),
        })
    };
    match fault {
        Fault::OldOrLocked | Fault::NotAWorkbook => said(
            "在 Excel 或 WPS 里打开，另存为 .xlsx（不设密码）",
            "open it in Excel and save it as .xlsx without a password",
        ),
        Fault::TooFar(_) | Fault::TooManyStyles | Fault::TooMuch => said(
            "把有用的内容复制到一个新的工作簿里再读",
            "copy what matters into a new workbook and read that",
        ),
        Fault::Encoding => said(
            "用 --encoding 写明编码，如 --encoding big5",
            "say its encoding with `--encoding`, such as `--encoding big5`",
        ),
        Fault::Damaged(_)
        | Fault::TooManyParts(_)
        | Fault::TooMuchUnpacked
        | Fault::TooManySheets(_) => None,
    }
}
