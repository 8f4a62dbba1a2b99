//! Words of `diff`.

use crate::lang::sentences;
use crate::lang::words;

words! {
    TITLE => "变动", "What moved";
    FROM => "从", "from";
    TO => "到", "to";
    CLOSED => "新办结", "Closed";
    REOPENED => "不再算办结", "No longer closed";
    OVERDUE => "新逾期", "Became overdue";
    RETURNED => "退回", "Sent back";
    EXTENDED => "延期", "Extended";
    REPORTED => "新报送", "Newly reported";
    PLAN => "计划的改动", "Changes of the plan";
    NOTHING => "没有变动", "nothing moved";
    BEFORE => "此前", "before";
    AFTER => "现在", "now";
    WHAT => "改动", "change";
    ADDED => "新增事项", "item added";
    GONE => "事项删去", "item gone";
    DUE => "期限", "due date";
    KIND => "类型", "kind";
    TARGET => "目标", "target";
    LEAD => "牵头单位", "lead";
}

sentences! {
    heading(title, count) => "{title}（{count} 项）", "{title} ({count})";
    side_day(name, digest) => "{name}，日志摘要 {digest}…", "{name}, journal digest {digest}…";
    side_seal(name, day, digest) => "封账 {name}（截至 {day}），日志摘要 {digest}…", "the seal {name} (as of {day}), journal digest {digest}…";
    side_git(name, commit, day) => "计划版本 {name}（{commit}），截至 {day}", "the plan at {name} ({commit}), as of {day}";
}
