//! Sentences for findings about the plan, in the order of `finding/plan.rs`.

use crate::lang::Said;
use crate::lang::Word;
use crate::lang::sentences;
use crate::lang::words;

words! {
    A_TEXT => "文字", "a text";
    A_DATE => "日期", "a date";
    A_NUMBER => "整数", "a whole number";
    A_DECIMAL => "数字", "a number";
    A_LIST => "列表", "a list";
    A_TABLE => "一节", "a table";
    TABLES => "可以重复的节", "a list of tables";

    ID_OF_PLAN => "小写字母、数字和连字符，如 zhanjiang-2013", "small letters, digits and hyphens, such as zhanjiang-2013";
    ID_OF_UNIT => "小写字母开头，后接小写字母、数字、点或连字符，如 yjb", "a small letter, then small letters, digits, dots or hyphens, such as yjb";
    ID_OF_ITEM => "小写字母或数字开头，后接小写字母、数字、点或连字符，如 5.1.2", "a small letter or digit, then small letters, digits, dots or hyphens, such as 5.1.2";
}

sentences! {
    added_without_start(item, period) => "事项 {item} 是 {period} 封账后新加的，没有写 start，第一天就会落后", "item {item} was added after the seal of {period} without a `start`: it is behind on its first day";
    give_start() => "写上开始日期，如 start = 2013-07-01", "give it a start, such as start = 2013-07-01";
    gone_since_seal(item, period) => "{period} 封账时还有事项 {item}，现在计划里没有了", "item {item} stood in the plan when {period} was sealed and is gone";
    cancel_instead(item) => "放回计划，不再要求的用 duban record cancel {item}@单位 撤销", "put it back; what is no longer asked is cancelled: `duban record cancel {item}@UNIT`";
    due_since_seal(item, from, to, period) => "事项 {item} 的期限在 {period} 封账后由 {from} 改成了 {to}", "the due date of item {item} was changed from {from} to {to} after the seal of {period}";
    extend_instead(item, to) => "改回原期限，用 duban record extend {item}@单位 {to} --ref 批准文号 延期", "put the old date back and record it: `duban record extend {item}@UNIT {to} --ref APPROVAL`";
    kind_since_seal(item, period) => "事项 {item} 的类型或周期在 {period} 封账后改了", "the kind or cycle of item {item} was changed after the seal of {period}";
    target_since_seal(item, period) => "事项 {item} 的目标数量在 {period} 封账后改了", "the target of item {item} was changed after the seal of {period}";
    lead_since_seal(item, lost, gained, period) => "事项 {item} 的牵头单位在 {period} 封账后改了（减 {lost}；增 {gained}）", "the lead units of item {item} were changed after the seal of {period} (lost: {lost}; gained: {gained})";
    new_item_instead(item) => "改回去，用 duban record cancel {item}@单位 撤销，另加一个带 start 的新事项", "put it back, cancel it with `duban record cancel {item}@UNIT`, and add a new item with its own `start`";
    syntax(message) => "这里不合 TOML 的写法：{message}", "{message}";
    syntax_help() => "每行写 键 = 值，文字两边加半角引号；说明行首加 #", "write key = value on each line, with quotes around a text; put # before a remark";
    full_width(sign, plain) => "全角的“{sign}”改成半角的 {plain}", "write {plain} in place of `{sign}`";

    unknown_key(key) => "不认识的键“{key}”", "unknown key `{key}`";
    write_instead(word) => "是不是“{word}”？", "did you mean `{word}`?";
    allowed(words) => "可以写：{words}", "one of: {words}";

    chinese_key(key) => "键不能直接写中文：“{key}”", "a key cannot be Chinese without quotes: `{key}`";
    chinese_key_help(word) => "改写成 {word} =", "write {word} =";
    chinese_key_unknown() => "键用英文写；如果是说明，行首加 #", "write the English key; put # before a remark";

    missing_key(key) => "缺少“{key}”", "`{key}` is missing";
    missing_key_help(example) => "加一行：{example}", "add the line: {example}";
    write_example(example) => "写成：{example}", "write: {example}";

    schema(found) => "计划的格式版本“{found}”本程序不认识", "the plan has the format `{found}`, which this program does not know";
    schema_help() => "本程序认识 schema = 1；更新的格式要用更新的程序", "this program knows schema = 1; a newer format needs a newer program";

    duplicate_id(id, line) => "编号“{id}”在第 {line} 行已经用过", "the id `{id}` stands on line {line} already";
    duplicate_id_help() => "换一个没有用过的编号", "choose an id that no other has";
    bad_id(id) => "编号“{id}”含有不能用的字符", "the id `{id}` has characters that an id cannot have";

    bad_value(key, value) => "{key} 不能是“{value}”", "{key} cannot be `{value}`";
    out_of_range(key, value) => "{key} 的“{value}”超出范围", "{key} of `{value}` is out of range";
    out_of_range_help(low, high) => "写 {low} 到 {high} 之间的整数", "write a whole number from {low} to {high}";
    bad_decimal_help() => "写不带正负号的数字，小数点前至多 12 位、后至多 4 位，如 0.15", "write a number without a sign, at most 12 digits before the point and 4 after, such as 0.15";
    blank(key) => "{key} 是空的", "{key} is empty";
    blank_help(key) => "在引号里写上内容，或者删去 {key}", "fill in the text, or leave {key} out";
    no_such_year() => "年份从 0001 起", "years begin with 0001";

    unknown_unit(id) => "名单里没有单位“{id}”", "no unit has the id `{id}`";
    unknown_unit_label() => "没有这个单位", "no such unit";
    unknown_unit_help() => "先用 [[unit]] 写下这个单位", "add the unit with [[unit]]";
    unknown_group(id) => "没有单位组“{id}”", "no group has the id `{id}`";
    unknown_group_help() => "先用 [[group]] 写下这个组", "add the group with [[group]]";
    unknown_chapter(id) => "没有编号为“{id}”的部分", "no chapter has the id `{id}`";
    unknown_chapter_help() => "先用 [[chapter]] 写下这个部分", "add the chapter with [[chapter]]";
    name_for_id(name) => "这里要写编号，“{name}”是名称", "`{name}` is a name; an id belongs here";
    write_id(id) => "写 \"{id}\"", "write \"{id}\"";

    group_cycle(id) => "单位组“{id}”绕回到自己", "the group `{id}` reaches itself";
    group_cycle_help() => "从成员里删去这一个", "take this member out";

    reversed_dates(start, end) => "“{end}”早于“{start}”", "`{end}` lies before `{start}`";
    reversed_dates_help() => "对调这两个日期，或改正其中一个", "swap the two dates, or mend one of them";
    reversed_existence(from, to) => "单位的 to “{to}”不晚于 from “{from}”", "the unit's to `{to}` is not after its from `{from}`";
    reversed_existence_help() => "to 是不再存在的第一天，要晚于 from", "to is the first day on which it is gone; write a day after from";
    outside_period(day) => "“{day}”在计划的起止之外", "`{day}` lies outside the plan's period";
    outside_period_help(start, end) => "写 {start} 到 {end} 之间的日期", "write a day from {start} to {end}";
    period_too_long(start, end) => "计划从“{start}”到“{end}”，超过十年", "the plan runs from `{start}` to `{end}`, over ten years";
    period_too_long_help(last) => "结束日期至迟写 {last}，以后的另立计划", "write {last} as its end at the latest; what follows is another plan";

    target_not_amount(value) => "目标数量“{value}”不能用", "`{value}` cannot be the amount of a target";
    target_not_amount_help() => "写大于零的数，小数点前至多 12 位、后至多 4 位，如 100", "write a number above zero, at most 12 digits before the point and 4 after, such as 100";
    target_of_continuing() => "持续事项不能有目标数量", "a continuing item cannot have a target";
    target_of_continuing_help() => "删去 target，或把 kind 改成 once 或 periodic", "leave target out, or write kind = \"once\" or \"periodic\"";
    not_periodic(key) => "{key} 只用于定期事项", "{key} is for periodic items only";
    not_periodic_help(key) => "删去 {key}，或把 kind 改成 \"periodic\"", "leave {key} out, or write kind = \"periodic\"";
    no_period(id) => "定期事项“{id}”在起止日期之间一期也没有", "the periodic item `{id}` has no period between its start and its end";
    no_period_help() => "放宽 start 和 due，或改 due_day，使每期的期限不早于起日", "widen start and due, or change due_day so that a period is not due before it starts";

    same_name(name, id, line) => "名称“{name}”与第 {line} 行的单位“{id}”相同", "the name `{name}` is also that of the unit `{id}` on line {line}";
    same_name_help() => "改掉其中一个，或把两个单位合成一个", "change one of them, or make one unit of the two";
    too_large(mib) => "计划超过 {mib} MiB", "the plan is larger than {mib} MiB";
    too_large_help() => "把它分成几个计划", "make several plans of it";
    not_utf8() => "这里的字节不是 UTF-8", "these bytes are not UTF-8";
    looks_like_gb() => "整个文件能按 GB18030（GBK）读通：用编辑器另存为 UTF-8", "the whole file reads as GB18030 (GBK): save it as UTF-8 in your editor";
    not_utf8_help() => "用编辑器另存为 UTF-8", "save it as UTF-8 in your editor";
    id_not_stem(id, stem) => "计划编号“{id}”与文件名“{stem}”不一致", "the plan's id `{id}` is not the name of its file, `{stem}`";
    id_not_stem_help(id, stem) => "写 id = \"{stem}\"，或把文件改名为 {id}.toml", "write id = \"{stem}\", or rename the file to {id}.toml";
    conflict_marker() => "git 合并的冲突还没有解决", "a git conflict is not yet resolved";
    conflict_marker_help() => "留下要的一边，删去 <<<<<<<、=======、>>>>>>> 各行", "keep the side you want and delete the lines <<<<<<<, =======, >>>>>>>";
    control_character(code) => "文字里有看不见的字符 {code}", "the text has a character that cannot be seen, {code}";
    control_character_help() => "删去它；换行和制表符也不能写在文字里", "delete it; line breaks and tabs cannot stand in a text either";

    due_before_issue(id, due, issued) => "事项“{id}”的期限 {due} 早于印发日 {issued}", "the item `{id}` is due on {due}, before the plan was issued on {issued}";
    due_before_issue_help() => "核对 due；通知上确实这样写的，留着即可", "check due; leave it where the notice says so";
    no_lead(id) => "事项“{id}”没有牵头单位，不产生责任事项", "the item `{id}` has no lead unit, so nobody owes it";
    no_lead_help() => "定下来以后写 lead = [\"单位编号\"]", "once it is settled write lead = [\"unit-id\"]";
    no_item(id) => "任务“{id}”没有分解事项", "the measure `{id}` has no item";
    no_item_help() => "在它下面加 [[measure.item]]", "add [[measure.item]] below it";
    lead_and_assist(id, units) => "事项“{id}”的 {units} 既牵头又配合，按牵头算", "in the item `{id}` both lead and assist name {units}, which counts as leading";
    lead_and_assist_help(units) => "从 assist 里删去 {units}", "take {units} out of assist";
    self_verified(unit, count) => "督办单位“{unit}”自己牵头 {count} 项，自己核实自己", "the supervisor `{unit}` verifies what it leads itself (items: {count})";
    self_verified_help() => "在 [plan] 里写 own_verifier = \"单位编号\"", "name another unit in [plan]: own_verifier = \"unit-id\"";
    past_end(unit, to, count) => "单位“{unit}”到 {to} 已不存在，名下还牵头 {count} 项", "the unit `{unit}` has been gone since {to} and still leads (items: {count})";
    past_end_successor(id) => "由接续单位牵头的，把 lead 里的它改成 \"{id}\"", "where its successor takes over, write \"{id}\" in lead";
    past_end_help() => "写明 successor = \"单位编号\"，并改 lead", "write successor = \"unit-id\", and change lead";
    look_alike(name, other, id) => "名称“{name}”与单位“{id}”的“{other}”看起来一样", "the name `{name}` looks like `{other}` of the unit `{id}`";
    look_alike_help() => "核对是不是同一个单位；是的话合成一个", "check whether they are one unit; if so make one of them";
    empty_group(id) => "单位组“{id}”没有成员", "the group `{id}` has no member";
    empty_group_help() => "在 members 里写单位编号，或暂且留着", "write unit ids in members, or leave it for now";

    owner_inferred(count, ids) => "{count} 项的责任单位是推定的：{ids}", "owners that somebody inferred (items: {count}): {ids}";
    owner_inferred_help() => "与单位核定后写 owner = \"assigned\"", "once the units have agreed write owner = \"assigned\"";
    no_due(count, ids) => "{count} 项一次性事项没有自己的期限，按计划结束日算：{ids}", "no due date of their own, judged at the plan's end (once items: {count}): {ids}";
    no_due_help(end) => "通知写了期限的，写 due = {end} 这样的日期", "where the notice gives a date, write it like due = {end}";
    vague_verb(id, verb) => "事项“{id}”用了“{verb}”，没有说怎样算完成", "the item `{id}` says “{verb}” and not what counts as done";
    vague_verb_help() => "写 done_when = \"怎样算完成\"，或写数量，如 target = {{ amount = 100, unit = \"场\" }}", "write done_when = \"what proves it\", or a quantity such as target = {{ amount = 100, unit = \"场\" }}";
}

/// Says that a key holds something of another type.
pub fn wrong_type(key: &str, wanted: Word) -> Said {
    Said {
        zh: format!("“{key}”应当写{}", wanted.zh),
        en: format!("`{key}` takes {}", wanted.en),
    }
}

/// A form that only TOML 1.1 knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaterForm {
    /// A line break within braces.
    InlineLines,
    /// A comma before the closing brace.
    InlineComma,
    /// `\\e` or `\\xHH`.
    Escape,
    /// A time without seconds.
    ShortTime,
}

/// Says that a form is known to TOML 1.1 only.
pub fn toml11(form: LaterForm) -> Said {
    let form = match form {
        LaterForm::InlineLines => word("花括号里换行", "a line break within braces"),
        LaterForm::InlineComma => word("花括号末尾的逗号", "a comma before the closing brace"),
        LaterForm::Escape => word("转义 \\e 和 \\x", "the escape \\e or \\x"),
        LaterForm::ShortTime => word("没有秒的时刻", "a time without seconds"),
    };
    Said {
        zh: format!("{}是 TOML 1.1 才有的写法，别的程序读不了", form.zh),
        en: format!(
            "{} is known to TOML 1.1 only; other readers refuse it",
            form.en
        ),
    }
}

/// Says how TOML 1.0 writes it.
pub fn toml11_help(form: LaterForm) -> Said {
    Said::from(match form {
        LaterForm::InlineLines => word(
            "把花括号里的内容写在一行",
            "write all between the braces on one line",
        ),
        LaterForm::InlineComma => word("删去最后一个逗号", "delete the last comma"),
        LaterForm::Escape => word(
            "直接写这个字符，或写 \\u00 加两位",
            "write the character itself, or \\u00 and the two digits",
        ),
        LaterForm::ShortTime => word(
            "加上秒，如 09:30:00；日期后面不写时刻",
            "add seconds, like 09:30:00; a date takes no time at all",
        ),
    })
}

/// Says which characters an id may have.
pub fn id_pattern(pattern: Word) -> Said {
    Said {
        zh: format!("编号用{}", pattern.zh),
        en: format!("write {}", pattern.en),
    }
}

/// Returns what a parser's message means and how it is mended, for the slips that people make.
///
/// A message that is not in the table is shown as the parser words it.
pub fn parser(message: &str) -> (Said, Said) {
    let found = SLIPS
        .iter()
        .find(|(start, ..)| message.starts_with(start))
        .map(|(_, what, help)| (Said::from(*what), Said::from(*help)));
    found.unwrap_or_else(|| (syntax(message), syntax_help()))
}

/// What the parser says, what that means, and how it is mended.
const SLIPS: &[(&str, Word, Word)] = &[
    (
        "missing opening quote",
        word("文字前面缺少引号", "the text lacks its first quote"),
        word("在前面补上半角引号 \"", "put \" before the text"),
    ),
    (
        "duplicate key",
        word("这个键已经写过", "the key stands here already"),
        word("两处留一处", "keep one of the two"),
    ),
    (
        "string values must be quoted",
        word("文字要放在引号里", "a text stands in quotes"),
        word("两边加上半角引号 \"", "put \" before and after it"),
    ),
    (
        "invalid basic string",
        word("引号没有成对", "a quote is not closed"),
        word("在末尾补上半角引号 \"", "put \" after the text"),
    ),
    (
        "unclosed array table",
        word("节名缺少 ]]", "the name of the table lacks ]]"),
        word("写成 [[unit]] 这样", "write it like [[unit]]"),
    ),
    (
        "unclosed array",
        word("列表缺少 ]", "the list lacks ]"),
        word("在末尾补上 ]", "put ] after the last one"),
    ),
    (
        "unclosed inline table",
        word("花括号缺少 }", "the braces lack }"),
        word("在末尾补上 }", "put } after the last one"),
    ),
    (
        "unclosed table",
        word("节名缺少 ]", "the name of the table lacks ]"),
        word("写成 [plan] 这样", "write it like [plan]"),
    ),
    (
        "missing comma",
        word("两项之间缺少逗号", "a comma is missing between the two"),
        word("加上半角逗号", "put a comma between them"),
    ),
    (
        "extra comma",
        word("多了一个逗号", "there is one comma too many"),
        word("删去它", "delete it"),
    ),
    (
        "key with no value",
        word(
            "这里只有键，没有等号和值",
            "a key stands here without = and value",
        ),
        word(
            "写成 键 = 值；说明行首加 #",
            "write key = value; put # before a remark",
        ),
    ),
    (
        "missing value",
        word("等号后面没有值", "nothing stands after ="),
        word(
            "写上值，或删去这一行",
            "write the value, or delete the line",
        ),
    ),
    (
        "missing assignment",
        word("键后面缺少等号", "= is missing after the key"),
        word("写成 键 = 值", "write key = value"),
    ),
    (
        "invalid unquoted key",
        word(
            "键里有不能直接写的字符",
            "the key has characters that need quotes",
        ),
        word(
            "键只用小写英文字母和下划线",
            "write small English letters and _ only",
        ),
    ),
    (
        "invalid date",
        word("日期的写法不对", "the date is not written as one"),
        word(
            "写成 2013-03-01：月和日各两位，那一天要存在",
            "write it like 2013-03-01: two digits each, a day that exists",
        ),
    ),
    (
        "missing escaped value",
        word("反斜杠后面不能是这个字符", "this cannot follow a backslash"),
        word(
            "要写反斜杠本身，就写两个",
            "write two for the backslash itself",
        ),
    ),
    (
        "invalid boolean",
        word("文字要放在引号里", "a text stands in quotes"),
        word("两边加上半角引号 \"", "put \" before and after it"),
    ),
    (
        "unexpected key or value",
        word("值的后面还有别的", "something follows the value"),
        word(
            "一行只写一个键；说明前面加 #",
            "write one key on a line; put # before a remark",
        ),
    ),
    (
        "unexpected leading zero",
        word("数字不能以 0 开头", "a number cannot begin with 0"),
        word(
            "去掉开头的 0；编号加引号，日期写成 2013-03-01",
            "leave the 0 out; put quotes around an id, write a date like 2013-03-01",
        ),
    ),
    (
        "cannot recurse further",
        word("嵌套太深", "it is nested too deep"),
        word("减少括号的层数", "use fewer brackets within brackets"),
    ),
    (
        "carriage return must be followed by newline",
        word("单独的回车符", "a carriage return stands alone"),
        word("把换行改成 LF", "make the line ends LF"),
    ),
];

const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}
