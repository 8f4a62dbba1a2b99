//! Sentences for what was typed and named nothing, or several things.

use crate::lang::sentences;

sentences! {
    no_unit(typed) => "没有单位“{typed}”", "there is no unit `{typed}`";
    no_group(typed) => "没有单位组“{typed}”", "there is no group `{typed}`";
    no_chapter(typed) => "没有部分“{typed}”", "there is no chapter `{typed}`";
    no_measure(typed) => "没有任务“{typed}”", "there is no measure `{typed}`";
    no_item(typed) => "没有事项“{typed}”", "there is no item `{typed}`";
    several(typed) => "“{typed}”指的不止一个", "`{typed}` means more than one";
    choose(candidates) => "写编号：{candidates}", "write the id: {candidates}";
    nearest(candidates) => "是不是：{candidates}", "did you mean: {candidates}";
    see_units() => "用 duban status --by unit 看单位名单", "see the units with `duban status --by unit`";
    see_items() => "用 duban list 看事项编号", "see the items with `duban list`";
    see_groups() => "用 duban status --by group 看单位组", "see the groups with `duban status --by group`";
    see_chapters() => "用 duban status --by chapter 看各部分", "see the chapters with `duban status --by chapter`";
    see_measures() => "用 duban status --by measure 看各任务", "see the measures with `duban status --by measure`";
    candidate(id, name) => "{id}（{name}）", "{id} ({name})";
}
