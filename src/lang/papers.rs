//! Words and sentences of tables and papers.

pub mod bulletin;
pub mod carry_over;
pub mod column;
pub mod diff;
pub mod matrix;
pub mod show;
pub mod slip;
pub mod today;
pub mod trend;

use crate::lang::Word;
use crate::lang::sentences;
use crate::lang::words;
use crate::terms::By;
use crate::terms::Reason;

words! {
    TOTAL => "合计", "total";
    NO_GROUP => "未编组单位", "units in no group";
    LEFT_OUT => "未列出（全部为零或空）", "left out, nothing in them";
    GROUPS_OVERLAP => "有单位同属几个单位组，各组相加不等于合计", "some units are in several groups, so the groups do not add up to the total";
    INTERNAL_UNIT => "内部单位", "an internal unit";
    LIST => "责任事项清单", "Obligations";
    LEDGER => "督办台账", "Ledger";
    LOG => "记录", "Entries";
    ENUMERATION => "、", ", ";
    MARK_VOID => "已更正", "void";
    MARK_LATE => "封账后补录", "after the seal";
    MARK_SKIPPED => "未计入", "skipped";
    CHAIN_UNCHECKED => "校验链未核验", "chain not checked";
    CHAIN_INTACT => "校验链完整", "chain intact";
    CHAIN_BROKEN => "校验链有断点，请运行 duban verify", "chain broken, run `duban verify`";
}

sentences! {
    as_of(day) => "截至 {day}", "as of {day}";
    as_of_known_at(day, known_at) => "截至 {day}，按 {known_at} 时已知的记录", "as of {day}, as known at {known_at}";
    no_lead(count, items) => "未定牵头单位的事项 {count} 项：{items}", "items without a lead unit: {count} ({items})";
    and_more(shown, more) => "{shown} 等，另有 {more} 项", "{shown} and {more} more";
    journal(entries, digest, zh_chain, en_chain) => "日志 {entries} 条，摘要 {digest}…，{zh_chain}", "journal entries: {entries}, digest {digest}…, {en_chain}";
    skipped(count) => "；未计入 {count} 条（duban check 看原因）", "; skipped: {count} (see `duban check`)";
    unreadable(count) => "；读不了 {count} 行", "; unreadable lines: {count}";
    self_verified(count) => "督办单位自己牵头且自行核实的责任事项 {count} 项（计划未指定 own_verifier）",
        "obligations verified by the unit that leads them: {count} (the plan names no own_verifier)";
    obligations_shown(count) => "共 {count} 项责任事项", "obligations: {count}";
    withheld(items, units) => "供对外公开：略去内部事项 {items} 项、内部单位 {units} 个，备注、文号、附件和经办人均不列", "for the public: internal items left out: {items}, internal units: {units}; notes, references, files and persons are not shown";
    entries_withheld(count) => "另有 {count} 条记录不对外公开", "entries not for the public: {count}";
    internal_units(count) => "内部单位{count}个", "internal units: {count}";
    entries_shown(count) => "共 {count} 条记录", "entries: {count}";
    missing_table(period) => "{period} 报送情况", "Reports for {period}";
    missing_which(period) => "未报的是哪些事项：duban missing {period} --format plain", "which obligations: `duban missing {period} --format plain`";
    reports_not_yet_due(day) => "报送截止 {day}，尚未到期", "reports are due by {day}, not yet past";
    reports_were_due(day) => "报送截止 {day}", "reports were due by {day}";
    overdue_days(days) => "逾期{days}天", "overdue {days} days";
    closed_late_days(days) => "逾期{days}天办结", "closed {days} days late";
    behind_points(points) => "落后序时{points}点", "{points} behind";
    missed_reports(periods) => "连续{periods}期未报", "{periods} reports missed";
    due_in_days(days) => "{days}天后到期", "due in {days} days";
    time_left(percent) => "时间只剩{percent}%", "{percent}% of the time left";
    light_by_hand(zh, en) => "人工定为{zh}灯", "set to {en} by hand";
    slip_unanswered(zh, en) => "{zh}色督办单未回复", "{en} slip unanswered";
}

words! {
    DUE_TODAY => "今天到期", "due today";
    MISSED_ONE => "上期未报", "last report missed";
    CLOSED => "按期办结", "closed in time";
    CANCELLED => "已撤销", "cancelled";
    SUSPENDED => "已中止", "suspended";
    NOT_BEGUN => "未到启动时间", "not yet begun";
    RETURNED => "退回未重报", "returned, not submitted again";
    WAITS => "已报完成，待核实", "submitted, waits to be verified";
}

/// Returns the title of the completion table.
pub const fn completion_table(by: By) -> Word {
    let (zh, en) = match by {
        By::Unit => ("各单位完成情况", "Completion by unit"),
        By::Chapter => ("各部分完成情况", "Completion by chapter"),
        By::Measure => ("各项任务完成情况", "Completion by measure"),
        By::Item => ("各分解事项完成情况", "Completion by item"),
        By::Group => ("各单位组完成情况", "Completion by group"),
        By::Kind => ("各类事项完成情况", "Completion by kind"),
    };
    Word { zh, en }
}

/// Returns the words of a reason without its figure.
pub const fn plain_reason(reason: Reason) -> Word {
    match reason {
        Reason::Closed => CLOSED,
        Reason::Cancelled => CANCELLED,
        Reason::Suspended => SUSPENDED,
        Reason::NotBegun => NOT_BEGUN,
        Reason::Returned => RETURNED,
        Reason::Submitted => WAITS,
        Reason::ClosedLate => Word {
            zh: "逾期办结",
            en: "closed late",
        },
        Reason::Manual => Word {
            zh: "人工定灯",
            en: "set by hand",
        },
        Reason::Overdue => Word {
            zh: "逾期",
            en: "overdue",
        },
        Reason::Behind => Word {
            zh: "落后序时进度",
            en: "behind time",
        },
        Reason::Missed => MISSED_ONE,
        Reason::Slip => Word {
            zh: "督办单未回复",
            en: "slip unanswered",
        },
        Reason::DueSoon => Word {
            zh: "临近到期",
            en: "due soon",
        },
        Reason::PeriodEnding => Word {
            zh: "时间将尽",
            en: "time is running out",
        },
    }
}
