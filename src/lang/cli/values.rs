//! Headings of help, and the names that stand for values.

use crate::lang::Word;
use crate::lang::words;
use clap::Arg;

words! {
    /// Before the usage line.
    USAGE => "用法", "Usage";
    /// Above the commands.
    COMMANDS => "命令", "Commands";
    /// In place of a command.
    COMMAND => "命令", "COMMAND";
    /// In place of any options.
    ANY_OPTIONS => "[选项]", "[OPTIONS]";
    /// Above what is told by its place.
    ARGUMENTS => "参数", "Arguments";
    /// Above what belongs to one command.
    OPTIONS => "选项", "Options";
    /// Above the day and the knowledge that is spoken of.
    POINT_IN_TIME => "时点", "Point in time";
    /// Above what leaves rows out.
    FILTERS => "筛选", "Filters";
    /// Above where and how a result is written.
    OUTPUT => "输出", "Output";
    /// Above what every command takes.
    GLOBAL => "通用选项", "Global options";
}

/// Returns the heading that an argument stands under in the help of a command.
pub fn heading(arg: &Arg, path: &str) -> Word {
    if arg.is_positional() {
        return ARGUMENTS;
    }
    if arg.is_global_set() {
        return GLOBAL;
    }
    let writes_entries = matches!(path, "record" | "retract" | "undo");
    match arg.get_id().as_str() {
        "help" | "version" => GLOBAL,
        "as_of" | "known_at" => POINT_IN_TIME,
        "unit" | "group" | "kind_of_unit" | "chapter" | "measure" | "item" | "kind" | "state"
        | "light" | "overdue" | "due_within" | "text" => FILTERS,
        "force" if writes_entries => OPTIONS,
        "format" | "output" | "force" | "bom" => OUTPUT,
        _ => OPTIONS,
    }
}

/// Returns the words for the name of a value, as `crate::cli` writes it.
pub fn name(name: &str) -> Option<Word> {
    let (zh, en) = match name {
        "CHAPTER" => ("部分", "CHAPTER"),
        "CODE" => ("代码", "CODE"),
        "COMMAND" => ("命令", "COMMAND"),
        "DATE" => ("日期", "DATE"),
        "DATE|PERIOD|last" => ("日期|期间|last", "DATE|PERIOD|last"),
        "DAYS" => ("天数", "DAYS"),
        "DIGEST" => ("摘要", "DIGEST"),
        "DIR" => ("文件夹", "DIR"),
        "ENCODING" => ("编码", "ENCODING"),
        "ENTRY" => ("记录", "ENTRY"),
        "EVENT" => ("事件", "EVENT"),
        "FILE" => ("文件", "FILE"),
        "FORMAT" => ("格式", "FORMAT"),
        "FROM" => ("起", "FROM"),
        "GROUP" => ("单位组", "GROUP"),
        "INSTANT|SEAL" => ("时刻|封账", "INSTANT|SEAL"),
        "ITEM" => ("事项", "ITEM"),
        "KEY" => ("名称", "KEY"),
        "KIND" => ("类型", "KIND"),
        "LIGHT" => ("灯", "LIGHT"),
        "MEASURE" => ("任务", "MEASURE"),
        "NAME" => ("名称", "NAME"),
        "NOTE" => ("备注", "NOTE"),
        "PATH" => ("路径", "PATH"),
        "PERIOD" => ("期间", "PERIOD"),
        "PERSON" => ("姓名", "PERSON"),
        "PLAN" => ("计划", "PLAN"),
        "PLAN-ID" => ("计划编号", "PLAN-ID"),
        "REF" => ("编号", "REF"),
        "STATE" => ("状态", "STATE"),
        "TARGET" => ("对象", "TARGET"),
        "TO" => ("止", "TO"),
        "TEXT" => ("文字", "TEXT"),
        "UNIT" => ("单位", "UNIT"),
        "UNIT|VALUE" => ("单位|值", "UNIT|VALUE"),
        "VALUE" => ("值", "VALUE"),
        "WHAT" => ("方式", "WHAT"),
        "WHEN" => ("何时", "WHEN"),
        "WHY" => ("原因", "WHY"),
        "WORD" => ("类别", "WORD"),
        "WRITER" => ("记录人", "WRITER"),
        "YEAR" => ("年份", "YEAR"),
        "zh|en" => ("zh|en", "zh|en"),
        _ => return None,
    };
    Some(Word { zh, en })
}
