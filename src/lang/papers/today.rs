//! Words of `today`.

use crate::lang::sentences;
use crate::lang::words;

words! {
    TITLE => "今日待办", "Today";
    NOTHING => "没有等着办的事", "nothing waits";
    TO_VERIFY => "待核实", "To verify";
    OVERDUE => "已逾期", "Overdue";
    RETURNED => "退回未重报", "Sent back, not submitted again";
    RETURNED_ONE => "已退回", "sent back";
    SLIPS => "督办单未回复", "Slips not answered";
    SILENT => "过了报送日未报", "Silent past the report day";
    DUE_SOON => "临近到期", "Due soon";
}

sentences! {
    heading(title, count) => "{title}（{count} 项）", "{title} ({count})";
    line(unit, why, title) => "{unit} {why}：{title}", "{unit}, {why}: {title}";
    and_more(count) => "另有 {count} 行，全部见", "{count} more, all of them with";
    submitted(day) => "{day} 报完成", "submitted on {day}";
    submitted_late(day, days) => "{day} 报完成（逾期{days}天）", "submitted on {day}, {days} days late";
    overdue(days) => "逾期{days}天", "{days} days overdue";
    slip(zh, en) => "{zh}色督办单", "{en} slip";
    due_today(day) => "今天（{day}）到期", "due today ({day})";
}

/// Says when something is due, and how soon that is.
pub fn due(day: impl std::fmt::Display, days: i64) -> crate::lang::Said {
    crate::lang::Said {
        zh: format!("{day} 到期（{days}天后）"),
        en: match days {
            1 => format!("due tomorrow ({day})"),
            _ => format!("due on {day}, in {days} days"),
        },
    }
}

/// Says how many obligations a unit kept silent about, and for how many periods running.
pub fn silent(unit: impl std::fmt::Display, count: usize, periods: u32) -> crate::lang::Said {
    crate::lang::Said {
        zh: match periods {
            1 => format!("{unit} 上期未报 {count} 项"),
            _ => format!("{unit} 未报 {count} 项，最长连续{periods}期"),
        },
        en: match periods {
            1 => format!("{unit}, {count} not reported last time"),
            _ => format!("{unit}, {count} not reported, {periods} periods running"),
        },
    }
}
