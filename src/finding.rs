//! Findings: what is wrong or open in the user's files, each with a code, a place and what to type.
//!
//! A finding is data. All of a run are collected, sorted and printed together; none stops a run.
//! The constructors, one a code, are in `finding/`; the rooms that detect call them by name.

pub mod journal;
pub mod plan;

use crate::lang::Said;
use std::rc::Rc;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be relied on until this is mended.
    Error,
    /// A careful reader would ask about this.
    Warning,
    /// Something the notice or the file leaves open; no fault of anyone.
    Hint,
}

impl Severity {
    /// Returns the word of the machine format.
    pub const fn code(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// Where in which file, in characters from 1, with the line itself to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as it is named to the user.
    pub file: Rc<str>,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: u64,
    /// The first character, from 1; 0 when the whole line or file is meant.
    pub column: u32,
    /// The character after the last one.
    pub end_column: u32,
    /// The text of the line, for the excerpt; bytes that are not UTF-8 are replaced.
    pub source: Option<String>,
}

impl Place {
    /// Returns the place that means a whole file.
    pub fn file(name: &str) -> Place {
        Place {
            file: Rc::from(name),
            line: 0,
            column: 0,
            end_column: 0,
            source: None,
        }
    }

    /// Returns the place that means a span of bytes of one line.
    pub fn in_line(file: &Rc<str>, line: u64, text: &str, span: std::ops::Range<usize>) -> Place {
        let column = chars_to(text, span.start) + 1;
        let end_column = (chars_to(text, span.end) + 1).max(column + 1);
        Place {
            file: Rc::clone(file),
            line,
            column,
            end_column,
            source: Some(text.to_owned()),
        }
    }
}

/// Returns how many characters of `text` begin before the byte `at`.
fn chars_to(text: &str, at: usize) -> u32 {
    let count = text
        .char_indices()
        .take_while(|(byte, _)| *byte < at)
        .count();
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}

/// One thing that is wrong or open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The code, `plan/…` or `journal/…`; `explain` has a page for each.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is the case, with the user's own value in quotes.
    pub message: Said,
    /// What to say under the caret; empty means the caret alone.
    pub label: Option<Said>,
    /// What to type to mend it.
    pub help: Option<Said>,
}

impl Finding {
    /// Returns a finding without label and help. Only the constructors of `finding/*` call this.
    fn new(code: &'static str, severity: Severity, place: Place, message: Said) -> Finding {
        Finding {
            code,
            severity,
            place,
            message,
            label: None,
            help: None,
        }
    }

    /// Says something under the caret.
    fn label(mut self, label: Said) -> Finding {
        self.label = Some(label);
        self
    }

    /// Says what to type.
    fn help(mut self, help: Said) -> Finding {
        self.help = Some(help);
        self
    }
}

/// Starts an error.
fn error(code: &'static str, place: Place, message: Said) -> Finding {
    Finding::new(code, Severity::Error, place, message)
}

/// Starts a warning.
fn warning(code: &'static str, place: Place, message: Said) -> Finding {
    Finding::new(code, Severity::Warning, place, message)
}

/// Starts a hint.
fn hint(code: &'static str, place: Place, message: Said) -> Finding {
    Finding::new(code, Severity::Hint, place, message)
}

/// How many findings of one code in one file are shown before the rest are only counted.
const SHOWN_OF_ONE_CODE: usize = 200;

/// Sorts findings by place and folds what exceeds the cap of one code in one file into a count.
pub fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        (&a.place.file, a.place.line, a.place.column, a.code).cmp(&(
            &b.place.file,
            b.place.line,
            b.place.column,
            b.code,
        ))
    });
    let mut counts: std::collections::BTreeMap<(Rc<str>, &'static str), (usize, Severity)> =
        std::collections::BTreeMap::new();
    findings.retain(|finding| {
        let key = (Rc::clone(&finding.place.file), finding.code);
        let count = counts.entry(key).or_insert((0, finding.severity));
        count.0 += 1;
        count.0 <= SHOWN_OF_ONE_CODE
    });
    for ((file, code), (count, severity)) in counts {
        if count > SHOWN_OF_ONE_CODE {
            let rest = count - SHOWN_OF_ONE_CODE;
            let message = crate::lang::findings::more_of_the_same(rest);
            findings.push(Finding::new(code, severity, Place::file(&file), message));
        }
    }
    findings
}

/// Returns how many findings have a severity.
pub fn count(findings: &[Finding], severity: Severity) -> usize {
    findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .count()
}
