//! The outer form of a file: what a spreadsheet or an editor did to it, told apart from content.

use super::Line;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as finding;
use crate::journal::Id;
use crate::journal::line;
use crate::journal::line::Record;
use crate::journal::line::Unreadable;
use crate::journal::spreadsheet;
use encoding_rs::GB18030;
use std::ops::Range;
use std::rc::Rc;

/// What was noted about the form while the lines of a file went by.
#[derive(Default)]
pub(super) struct Form {
    pub(super) has_bom: bool,
    crlf: Lines,
    quotes: Lines,
    not_utf8: Vec<Place>,
    not_utf8_count: u64,
    is_other_than_gbk: bool,
}

/// The first line of a kind and how many there are.
#[derive(Default)]
struct Lines {
    first: u64,
    count: u64,
}

impl Lines {
    fn note(&mut self, line: u64) {
        if self.count == 0 {
            self.first = line;
        }
        self.count += 1;
    }
}

impl Form {
    pub(super) fn note_line(&mut self, line: u64, found: &Line<'_>) {
        if found.has_cr {
            self.crlf.note(line);
        }
    }

    pub(super) fn note_quotes(&mut self, line: u64) {
        self.quotes.note(line);
    }

    pub(super) fn note_not_utf8(&mut self, bytes: &[u8], place: Place) {
        let (_, _, has_errors) = GB18030.decode(bytes);
        self.is_other_than_gbk |= has_errors;
        self.not_utf8_count += 1;
        if self.not_utf8.len() < 256 {
            self.not_utf8.push(place);
        }
    }

    /// Tells whether lines were lost to another encoding.
    pub(super) fn is_damaged(&self) -> bool {
        self.not_utf8_count > 0
    }

    /// Returns the findings about the form of the whole file.
    pub(super) fn findings(self, file: &Rc<str>, has_lines: bool) -> Vec<Finding> {
        let at = |line: u64| Place {
            line,
            ..Place::file(file)
        };
        let mut found = Vec::new();
        let is_gbk = self.not_utf8_count > 0 && !self.is_other_than_gbk;
        if has_lines && !self.has_bom && !is_gbk {
            found.push(finding::no_bom(at(1)));
        }
        if self.crlf.count > 0 {
            found.push(finding::crlf(at(self.crlf.first), self.crlf.count));
        }
        if self.quotes.count > 0 {
            found.push(finding::quotes(at(self.quotes.first), self.quotes.count));
        }
        let mut not_utf8 = self.not_utf8.into_iter();
        if self.is_other_than_gbk {
            found.extend(not_utf8.map(finding::not_utf8));
        } else if let Some(first) = not_utf8.next() {
            found.push(finding::gbk(first, self.not_utf8_count));
        }
        found
    }
}

/// Returns the finding about a line that is no record.
pub(super) fn unreadable(
    text: &str,
    why: &Unreadable,
    place: impl Fn(Range<usize>) -> Place,
) -> Finding {
    let whole = 0..text.len();
    match why {
        Unreadable::Blank => finding::blank(Place {
            source: None,
            ..place(0..0)
        }),
        Unreadable::TooLong => finding::too_long(Place {
            source: None,
            ..place(0..0)
        }),
        Unreadable::NotUtf8(at) => finding::not_utf8(place(*at..*at + 1)),
        Unreadable::Quote(at) => finding::quote(place(*at..*at + 1)),
        Unreadable::Columns(count) => finding::columns(place(whole), *count),
        Unreadable::Field(field, span) => {
            let value = &text[span.clone()];
            match spreadsheet::date(value.trim_matches('"')) {
                Some(restored) if matches!(*field, 1 | 2) => finding::spreadsheet(
                    place(span.clone()),
                    line::COLUMNS[*field],
                    value,
                    &restored,
                ),
                _ => finding::field(place(span.clone()), line::COLUMNS[*field], value),
            }
        }
    }
}

/// Returns the first column that a spreadsheet rewrote and what it was, where undoing all of them
/// proves the id.
pub(super) fn restored(record: &Record<'_>, above: Id) -> Option<(usize, String)> {
    let fields: Vec<&str> = record.fields.values.iter().map(|value| &**value).collect();
    let undone = spreadsheet::prove(&fields, above, record.id)?;
    let first = undone.into_iter().next()?;
    Some((first.field, first.text))
}
