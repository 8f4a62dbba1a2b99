//! What the columns of a table of tasks mean, told by their headings.

use crate::plan::notice::page::Repeats;
use crate::plan::notice::page::Table;
use crate::plan::notice::signs;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// A number in a row.
    Number,
    /// The class of tasks, often over several rows.
    Class,
    /// The task.
    Task,
    /// What is to be done in detail, or what counts as done.
    Detail,
    /// Who leads.
    Lead,
    /// Who is responsible, without saying who leads.
    Responsible,
    /// Who helps.
    Assist,
    /// A person.
    Person,
    /// By when.
    Due,
    /// Anything else.
    Other,
}

/// Tells whether the cells of a row are the headings of a table of tasks.
pub(super) fn is_head(cells: &[String]) -> bool {
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let has = |wanted: &[Column]| columns.iter().any(|column| wanted.contains(column));
    has(&[Column::Task, Column::Detail])
        && has(&[
            Column::Lead,
            Column::Responsible,
            Column::Assist,
            Column::Due,
        ])
}

/// Returns what a heading says about its column.
fn column(heading: &str) -> Column {
    let plain: String = signs::key(heading);
    if plain.is_empty() || signs::length(&plain) > 16 {
        return Column::Other;
    }
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(&["负责人", "责任人", "领导", "联系人", "人员", "电话"]) {
        return Column::Person;
    }
    if has(&["时限", "时间", "期限", "节点", "进度"]) {
        return Column::Due;
    }
    if has(&["配合", "协同", "协助", "协办", "参与", "参加"]) {
        return Column::Assist;
    }
    if has(&["牵头", "主办", "主责", "承办"]) {
        return Column::Lead;
    }
    if has(&[
        "责任单位",
        "责任部门",
        "负责单位",
        "责任主体",
        "实施单位",
        "落实单位",
        "负责部门",
        "责任分工",
        "完成单位",
    ]) {
        return Column::Responsible;
    }
    match plain.as_str() {
        "序号" | "编号" | "号" | "序" => return Column::Number,
        "类别" | "分类" | "领域" | "类型" | "部分" | "任务类别" | "项目类别" | "工作类别"
        | "板块" => {
            return Column::Class;
        }
        _ => {}
    }
    if has(&[
        "具体", "细化", "措施", "要求", "标准", "内容", "举措", "目标", "成果",
    ]) {
        // “任务内容” is the task itself, “具体任务” its detail.
        return match has(&["任务内容", "工作内容", "任务目标", "目标任务", "事项内容"])
            && !has(&["具体"])
        {
            true => Column::Task,
            false => Column::Detail,
        };
    }
    if has(&["任务", "事项", "工作", "项目"]) {
        return Column::Task;
    }
    Column::Other
}

/// One task of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// What stands over it: a class column or a row of one wide cell.
    pub(super) class: Option<String>,
    pub(super) task: String,
    pub(super) detail: Vec<String>,
    pub(super) lead: String,
    pub(super) responsible: String,
    pub(super) assist: String,
    pub(super) due: String,
    /// The row as it was written.
    pub(super) text: String,
    pub(super) number: u32,
}

/// What a table holds.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) entries: Vec<Entry>,
    /// Rows that order nothing: headings above all.
    pub(super) left: Vec<(u32, String)>,
}

/// Reads the tasks of a table.
pub(super) fn read(table: &Table) -> Read {
    let mut read = Read::default();
    let mut columns: Vec<Column> = Vec::new();
    let mut class: Option<String> = None;
    for row in &table.rows {
        let texts: Vec<String> = row.cells.iter().map(|cell| cell.text.clone()).collect();
        let shown: Vec<&str> = row
            .cells
            .iter()
            .filter(|cell| cell.repeats == Repeats::No && !cell.text.is_empty())
            .map(|cell| cell.text.as_str())
            .collect();
        let whole = shown.join(" | ");
        if is_head(&texts) {
            columns = heads(&texts);
            read.left.push((row.number, whole));
            continue;
        }
        if columns.is_empty() {
            read.left.push((row.number, whole));
            continue;
        }
        let alone = shown.len() == 1
            && (row.cells.len() == 1
                || row
                    .cells
                    .iter()
                    .skip(1)
                    .all(|cell| cell.repeats == Repeats::Before || cell.text.is_empty()));
        if alone {
            class = Some(shown[0].replace('\n', ""));
            read.left.push((row.number, whole));
            continue;
        }
        let mut entry = Entry {
            class: class.clone(),
            number: row.number,
            text: whole,
            ..Entry::default()
        };
        let mut own_task = false;
        for (cell, column) in row.cells.iter().zip(&columns) {
            if cell.repeats == Repeats::Before {
                continue;
            }
            let text = &cell.text;
            match column {
                Column::Class => entry.class = Some(text.replace('\n', "")),
                Column::Task if entry.task.is_empty() => {
                    own_task = cell.repeats == Repeats::No;
                    entry.task.clone_from(text);
                }
                Column::Task | Column::Detail => entry.detail.push(text.clone()),
                Column::Lead => join(&mut entry.lead, text),
                Column::Responsible => join(&mut entry.responsible, text),
                Column::Assist => join(&mut entry.assist, text),
                Column::Due => join(&mut entry.due, text),
                Column::Number | Column::Person | Column::Other => {}
            }
        }
        entry.detail.retain(|detail| !detail.is_empty());
        // A task over several rows is what stands above their details.
        if !entry.task.is_empty() && !own_task && !entry.detail.is_empty() {
            let detail = entry.detail.remove(0);
            let class = std::mem::replace(&mut entry.task, detail);
            entry.class = Some(class.replace('\n', ""));
            if let Some(before) = read
                .entries
                .last_mut()
                .filter(|before| Some(&before.task) == entry.class.as_ref())
            {
                raise(before);
            }
        }
        if entry.task.is_empty() && !entry.detail.is_empty() {
            entry.task = entry.detail.remove(0);
        }
        match entry.task.is_empty() {
            true => read.left.push((row.number, entry.text)),
            false => read.entries.push(entry),
        }
    }
    read
}

/// Makes the first row of a tall task one of its details, like the rows below it.
fn raise(entry: &mut Entry) {
    if !entry.detail.is_empty() {
        let detail = entry.detail.remove(0);
        let class = std::mem::replace(&mut entry.task, detail);
        entry.class = Some(class);
    }
}

fn heads(texts: &[String]) -> Vec<Column> {
    texts.iter().map(|text| column(text)).collect()
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push('、');
    }
    text.push_str(more);
}
