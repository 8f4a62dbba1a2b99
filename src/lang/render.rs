//! Words that a format itself writes: signs between words, levels of findings, what was left out.

use crate::finding::Severity;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::sentences;
use crate::lang::words;

words! {
    /// A flag that is set.
    YES => "是", "yes";
    /// Stands between the words of a list.
    COMMA => "、", ", ";
    /// Stands between the reasons of a light.
    SEMICOLON => "；", "; ";
    /// Stands between a name and what it stands for.
    COLON => "：", ": ";
    /// Stands before the title of an annex.
    ANNEX => "附件", "Annexes";
    /// Stands where a table has no row.
    NO_ROWS => "（没有符合条件的内容）", "(nothing to list)";
    /// Stands before what to type.
    HELP => "建议", "help";
    /// Stands where nothing was found.
    NO_FINDINGS => "没有发现问题", "nothing found";
}

sentences! {
    rows(count) => "共 {count} 行", "rows: {count}";
    page_of(page, pages) => "第 {page} 页，共 {pages} 页", "page {page} of {pages}";
    no_room(names) => "窗口太窄，未显示：{names}（加宽窗口或用 --format html）", "no room for: {names} (widen the window or use --format html)";
}

/// Returns the word for how much a finding weighs.
pub const fn severity(severity: Severity) -> Word {
    match severity {
        Severity::Error => word("错误", "error"),
        Severity::Warning => word("警告", "warning"),
        Severity::Hint => word("提示", "hint"),
    }
}

/// Returns the word for a count that stands with others under one key; of an unknown key, nothing.
pub fn count(key: &str) -> Option<Word> {
    match key {
        "red" => Some(word("红", "red")),
        "yellow" => Some(word("黄", "yellow")),
        "green" => Some(word("绿", "green")),
        "done" => Some(word("完成", "done")),
        "grey" => Some(word("灰", "grey")),
        "total" => Some(word("共", "total")),
        "closed" => Some(word("办结", "closed")),
        "worked" => Some(word("有进展", "worked")),
        "passed" => Some(word("已过期数", "passed")),
        _ => None,
    }
}

/// Says how many findings there are of each severity.
pub fn tally(errors: usize, warnings: usize, hints: usize) -> Said {
    let some = |count: usize, severity: Severity| {
        let word = self::severity(severity).text(Lang::En);
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {word}{plural}")
    };
    Said {
        zh: format!("错误 {errors} 处，警告 {warnings} 处，提示 {hints} 处"),
        en: format!(
            "{}, {}, {}",
            some(errors, Severity::Error),
            some(warnings, Severity::Warning),
            some(hints, Severity::Hint)
        ),
    }
}

const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}
