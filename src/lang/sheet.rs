//! Words of fill-in forms: what stands in one, what is said when it is made or comes back.

use crate::lang::Word;
use crate::lang::sentences;
use crate::lang::words;
use crate::sheet::Column;

words! {
    TAB => "填报", "report";
}

/// Returns the title of a column.
pub const fn column(column: Column) -> Word {
    match column {
        Column::Obligation => word("责任事项", "obligation"),
        Column::Title => word("内容", "title"),
        Column::Standard => word("完成标准与成果形式", "counts as done when"),
        Column::Due => word("到期日", "due"),
        Column::State => word("状态", "state"),
        Column::Light => word("灯", "light"),
        Column::LastProgress => word("上次进度", "last progress"),
        Column::LastNote => word("上次情况", "said last"),
        Column::Event => word("本期事件", "event"),
        Column::Progress => word("本期进度", "progress"),
        Column::Date => word("日期", "date"),
        Column::Note => word("进展情况", "note"),
        Column::Evidence => word("佐证文件名", "evidence files"),
    }
}

/// Returns what appears beside a field of a column that is filled in.
pub const fn hint(column: Column) -> Word {
    match column {
        Column::Event => word(
            "从下拉框选。只写进度或情况、不选事件的，按反馈进展登记。",
            "Choose from the list. With progress or a note and no event it counts as progress.",
        ),
        Column::Progress => word(
            "写 60%；有目标数量的也可写累计数，如 62。",
            "Write 60%; where there is an amount to reach, also the amount so far, such as 62.",
        ),
        Column::Date => word(
            "事情发生的日期，如 2013-06-28；不写按本期末日。",
            "The day it happened, such as 2013-06-28; left empty it is the last day of the period.",
        ),
        Column::Note => word(
            "写办了什么、差什么；最多 2,000 字。",
            "What was done and what is missing; 2,000 characters at most.",
        ),
        Column::Evidence => word(
            "与本表放在同一文件夹里的文件名；几个文件用分号隔开。",
            "Names of files in the same folder as this sheet, with semicolons between them.",
        ),
        Column::Obligation
        | Column::Title
        | Column::Standard
        | Column::Due
        | Column::State
        | Column::Light
        | Column::LastProgress
        | Column::LastNote => word("", ""),
    }
}

const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

sentences! {
    title(unit, period) => "{unit} {period} 进展填报表", "{unit}: report for {period}";
    guide(plan, office) => "{plan}。只填白色的格子，没有变化的一行不用动；灰色的格子已锁定，有误请告知{office}。填好后连同佐证文件一起发回，不必改文件名。",
        "{plan}. Fill in the white fields only and leave a row alone where nothing changed; grey fields are locked, tell {office} what is wrong in them. Send it back with the evidence files beside it; its name does not matter.";
    how(end) => "事件从下拉框选；进度写 60%，有目标数量的也可写累计数；日期写事情发生的那天，不写按 {end}；佐证写文件名，几个用分号隔开。",
        "Choose the event from the list; write progress as 60% or, where there is an amount to reach, as the amount so far; the date is the day it happened, {end} where none is given; name evidence files with semicolons between them.";
    send_by(office, day) => "最迟 {day} 发回{office}。", "Send it back to {office} by {day} at the latest.";
    state_on(day, count) => "状态截至 {day}，未办结 {count} 项。", "As things stood on {day}; open: {count}.";
    form_of(form) => "成果形式：{form}", "form: {form}";
    amount_of(value, target, unit) => "{value}/{target}{unit}", "{value}/{target} {unit}";
    said_on(day, event, note) => "{day} {event}：{note}", "{day} {event}: {note}";
    proof(plan, digest, made_on) => "{plan} · 日志摘要 {digest} · {made_on}", "{plan} · journal {digest} · {made_on}";
    nothing_open(unit) => "{unit} 没有要填报的责任事项，不出表", "{unit} has nothing to report on, so there is no sheet";
    no_term() => "看不出填报哪一期", "cannot tell which period the sheets are for";
    say_term() => "加 --for，如 --for 2013-06", "add `--for`, such as `--for 2013-06`";
    no_period(text) => "“{text}”不是周期", "`{text}` is no period";
    not_begun_yet(period, start) => "{period} 从 {start} 才开始", "{period} begins on {start} only";
}
