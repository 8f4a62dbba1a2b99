//! Words of `carry-over`: the comments of the draft.

use crate::lang::sentences;
use crate::lang::words;

words! {
    LOOK_OVER => "草稿：逐项看过上面写着的情况，定下期限、数量和责任单位，删去不再需要的，再删掉这些注释。", "A draft: read what stands above each item, settle dates, amounts and owners, take out what is not needed, then take these comments out.";
    UNITS => "---- 单位 ----", "---- units ----";
    MEASURES => "---- 任务和事项 ----", "---- measures and items ----";
    NO_LEAD => "还没有定牵头单位", "no lead unit was settled";
    TARGET_RESTS => "新的一年从零累计：数量请改为余下的部分，或保留全年的数", "amounts count from zero in the new year: write what is left, or keep the whole";
    DATES_SHIFTED => "起止日期按去年顺延一年，请核对", "its own dates are those of last year, moved on; check them";
    BETWEEN => "，", ", ";
}

sentences! {
    made_from(plan, day) => "由 {plan} 结转，截至 {day}", "carried over from {plan} as of {day}";
    carried(open, periodic, continuing, left) => "结转事项：未办结 {open} 项，定期 {periodic} 项，持续 {continuing} 项；已办结或撤销而不再列入 {left} 项", "carried over: open {open}, periodic {periodic}, continuing {continuing}; closed or cancelled and left behind: {left}";
    old_number(number) => "上年文号 {number}；新文号 number、印发日期 issued 待印发后填写", "last year's number was {number}; fill in `number` and `issued` when the new one is issued";
    old_parent(number) => "上年的上级文件 {number}；新的上级计划 parent 待填写", "last year's upper document was {number}; fill in `parent` for the new one";
    unit_gone(unit, day) => "{unit} 自 {day} 起已撤并，仍由它牵头的事项请改", "{unit} is gone from {day} on; change the items that it still leads";
    unit_gone_to(unit, day, successor) => "{unit} 自 {day} 起由 {successor} 承接，仍由它牵头的事项请改", "{unit} is followed by {successor} from {day} on; change the items that it still leads";
    standing(unit, parts) => "{unit}：{parts}", "{unit}: {parts}";
    progress(percent) => "进度 {percent}%", "progress {percent}%";
    was_due(day) => "原期限 {day}", "due {day}";
    extended(times, day) => "延期 {times} 次至 {day}", "extensions: {times}, to {day}";
    due_granted(day) => "期限沿用已批准的延期 {day}", "the due date is the extension granted, {day}";
    due_open(day) => "期限暂写 {day}，请定", "the due date is put at {day} for now; settle it";
    periodic(closed, all) => "定期事项：上年 {all} 期次，办结 {closed}", "periodic: closed last year {closed} of {all}";
    continuing(worked, passed) => "持续事项：上年有工作 {worked}/{passed} 期次", "continuing: work in {worked} of {passed} periods last year";
    old_covers(items) => "上年对应上级事项 {items}；新的 covers 待填写", "last year it carried out {items}; fill in the new `covers`";
    old_year_inside(year) => "文字里有“{year}”，请核对", "its words hold `{year}`; check them";
    drafted(open, periodic, continuing, left) => "结转：未办结 {open}，定期 {periodic}，持续 {continuing}；不再列入 {left}", "carried over: open {open}, periodic {periodic}, continuing {continuing}; left behind {left}";
    check_next(path) => "逐项看过注释后运行 duban check -p {path}", "go through the comments, then run `duban check -p {path}`";
    not_later(year, first) => "{year} 年不在计划之后，最早写 {first}", "{year} is not after the plan; the earliest is {first}";
    not_a_plan_file(path) => "“{path}”不是计划文件的名字", "`{path}` is no name of a plan file";
    plan_file_form() => "写成 plans/名称-2014.toml，名称只用小写字母、数字和连字符", "write plans/NAME-2014.toml, the name in small letters, digits and hyphens";
    own_file() => "结转的草稿要放在新文件里", "the draft goes into a file of its own";
}
