//! Sentences of reading an office's own book.

use crate::lang::sentences;

sentences! {
    line(number) => "第 {number} 行", "line {number}";
    events() => "写签收、反馈进展、零报告、报完成、核实办结、退回整改、延期、中止、恢复、撤销、重开、催办、人工定灯或备注",
        "write ack, progress, nil, submit, verify, return, extend, suspend, resume, cancel, reopen, urge, light or note";
    says_nothing() => "没有事件、进度，也没有情况", "there is no event, no progress and no note";
    no_date() => "没有日期", "there is no date";
    no_item() => "没有事项", "there is no item";
    no_colour(text) => "看不懂颜色“{text}”", "`{text}` is no colour";
    title_of_another(item, title) => "名称与编号对不上：{item} 是“{title}”", "the title does not go with the id: {item} is `{title}`";
    number_for_id(number, item) => "编号是数字 {number}，按 {item} 读：表格软件会丢掉末尾的零", "the id is the number {number}, taken as {item}: spreadsheets drop a zero at the end";
    number_for_ids(number, items) => "编号是数字 {number}，可能是 {items}：把这一列设成文本再写", "the id is the number {number}, which may be {items}; make the column text and write it again";
    title_of_several(title, items) => "有几个事项叫“{title}”：{items}，请写编号", "several items are called `{title}`: {items}; write the id";
    not_a_lead(unit, item, leads) => "“{unit}”不牵头 {item}，牵头单位：{leads}", "`{unit}` does not lead {item}; its leads: {leads}";
    nobody_leads(item) => "{item} 还没有牵头单位", "{item} has no lead unit yet";
    which_lead(item, leads) => "{item} 有几个牵头单位，写明是哪一个：{leads}", "{item} has several leads, say which one: {leads}";
    no_such_period(item, period, periods) => "{item} 没有“{period}”这一期；各期：{periods}", "{item} has no period `{period}`; there are: {periods}";
    which_period(item, periods) => "{item} 是定期事项，写明是哪一期：{periods}", "{item} is periodic, say which period: {periods}";
    no_titles(file) => "“{file}”里找不到表头", "no row of titles is found in `{file}`";
    no_titles_help() => "表头要有“事项”和“日期”等列；名称不同的用 --map 写明，如 --map 工作名称=item",
        "it needs titles such as item and date; say with `--map` what other titles mean, such as `--map Task=item`";
    titles_twice(key, first, second) => "“{first}”和“{second}”都像是 {key}", "`{first}` and `{second}` both look like {key}";
    say_which(second) => "用 --map 写明，如 --map {second}=-（不读）", "say which with `--map`, such as `--map {second}=-` to leave it out";
    no_column(name) => "没有“{name}”这一列", "there is no column `{name}`";
    no_sheet(name) => "没有工作表“{name}”", "there is no sheet `{name}`";
    bad_map(text) => "看不懂 --map “{text}”", "cannot read `--map {text}`";
    map_forms(codes) => "写成 列名=含义，含义可写 {codes}", "write TITLE=COLUMN; COLUMN is one of {codes}";
    read_as(file, encoding, columns) => "{file}（{encoding}）：{columns}", "{file} ({encoding}): {columns}";
    columns_left(columns) => "没有读的列：{columns}", "columns that are not read: {columns}";
    sheets_left(sheets) => "没有读的工作表：{sheets}", "sheets that are not read: {sheets}";
    assumed(encoding) => "不是 UTF-8，按 {encoding} 读", "it is not UTF-8 and was read as {encoding}";
}
