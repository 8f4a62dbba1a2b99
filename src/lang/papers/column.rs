//! Titles of columns.

use crate::lang::Word;
use crate::lang::words;
use crate::terms::By;

words! {
    KEY => "代号", "key";
    TOTAL => "总数", "total";
    NOT_BEGUN => "未到启动", "not begun";
    NOT_STARTED => "未开展", "to do";
    IN_PROGRESS => "推进中", "doing";
    SUBMITTED => "待核实", "sent in";
    RETURNED => "退回", "sent back";
    SUSPENDED => "中止", "on hold";
    CLOSED => "办结", "done";
    CANCELLED => "撤销", "void";
    OVERDUE => "逾期", "overdue";
    CLOSED_LATE => "逾期办结", "closed late";
    DUE_COUNT => "已到期", "due";
    CLOSED_ON_TIME => "按期办结", "closed in time";
    COMPLETION => "办结率%", "done %";
    ON_TIME => "按期率%", "on time %";
    PROGRESS => "进度%", "progress %";
    ITEMS => "事项办结/总数", "items closed/total";
    CONTINUING => "持续工作期数", "continuing work";
    ASSIST => "配合", "assists";
    LIGHT => "灯", "light";
    LIGHTS => "各灯数", "lights";
    RANK => "名次", "rank";
    RANK_CHANGE => "名次升降", "rank change";
    OBLIGATION => "责任事项", "obligation";
    ITEM => "事项", "item";
    TITLE => "内容", "title";
    UNIT_ID => "单位代号", "unit id";
    UNIT => "单位", "unit";
    PERIOD => "周期", "period";
    KIND => "类型", "kind";
    STATE => "状态", "state";
    START => "开始", "start";
    DUE => "原到期日", "original due";
    CURRENT_DUE => "到期日", "due";
    JUDGED_DUE => "考核到期日", "judged due";
    EXTENSIONS => "延期次数", "extensions";
    EXTENDED_LATE => "逾期后延期", "extended late";
    REOPENED => "重开次数", "reopened";
    DAYS_LEFT => "剩余天数", "days left";
    LATE_DAYS => "逾期天数", "days late";
    TIME_PROGRESS => "序时进度%", "time %";
    WORKED => "有工作期数", "periods worked";
    PASSED => "已过期数", "periods passed";
    MISSED => "连续未报", "missed running";
    ACKED_ON => "签收日", "acked on";
    SUBMITTED_ON => "报完成日", "submitted on";
    CLOSED_ON => "办结日", "closed on";
    EVIDENCE => "佐证数", "evidence";
    REASONS => "原因", "reasons";
    LAST_ENTRY => "最近记录", "last entry";
    SELF_VERIFIED => "自行核实", "self-verified";
    CHAPTER => "部分", "chapter";
    MEASURE => "任务", "measure";
    BASIS => "依据", "basis";
    OWNER => "责任来源", "owner";
    VERIFIER => "核实单位", "verifier";
    TARGET => "目标数量", "target";
    DONE_WHEN => "完成标准", "done when";
    FORM => "成果形式", "form";
    CARRIED_FROM => "上年结转自", "carried from";
    OWED => "应报", "owed";
    REPORTED_ON_TIME => "按时报", "in time";
    REPORTED_LATE => "逾期录入", "late";
    NIL => "零报告", "nil";
    MISSING => "未报", "missing";
    NOT_YET_DUE => "未到期", "not yet due";
    RUNNING => "连续未报期数", "missed running";
    MISSING_OBLIGATIONS => "未报事项", "obligations missing";
    ENTRY => "记录", "entry";
    PLACE => "位置", "place";
    RECORDED_AT => "记录时间", "recorded at";
    DATE => "日期", "date";
    EVENT => "事件", "event";
    VALUE => "数值", "value";
    ACTING => "行为单位", "as";
    PERSON => "经办人", "person";
    REFERENCE => "文号", "ref";
    EVIDENCE_FILES => "佐证", "evidence";
    NOTE => "备注", "note";
    ID => "校验码", "id";
    MARKS => "标记", "marks";
}

/// Returns the title of the column that names the rows of the completion table.
pub const fn name_of(by: By) -> Word {
    let (zh, en) = match by {
        By::Unit => ("单位", "unit"),
        By::Chapter => ("部分", "chapter"),
        By::Measure => ("任务", "measure"),
        By::Item => ("分解事项", "item"),
        By::Group => ("单位组", "group"),
        By::Kind => ("类型", "kind"),
    };
    Word { zh, en }
}
