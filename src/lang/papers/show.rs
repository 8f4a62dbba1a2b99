//! Words of `show`.

use crate::lang::sentences;
use crate::lang::words;

words! {
    OBLIGATIONS => "责任事项", "Obligations";
    HISTORY => "经过", "History";
    ALIASES => "别名", "also called";
    KIND_OF_UNIT => "类别", "kind of unit";
    GROUPS => "所属单位组", "groups";
    FROM => "设立", "from";
    TO => "撤并", "to";
    SUCCESSOR => "承接单位", "successor";
    PARENT => "上级任务", "upper plan";
    PROGRESS => "进度", "progress";
    TIME_PROGRESS => "序时进度", "time progress";
    LEAD => "牵头单位", "lead";
    NO_LEAD => "未定", "not settled";
}

sentences! {
    kind_and_cycle(kind, cycle) => "{kind}（{cycle}）", "{kind} ({cycle})";
    light_because(light, reasons) => "{light}（{reasons}）", "{light} ({reasons})";
    assists(count) => "配合事项 {count} 项（不计入本单位）", "assists {count} items (not counted as its own)";
}
