//! The text of a plan: one form for every way it was saved, and the way from bytes to places.

use crate::finding::Place;
use sha2::Digest;
use sha2::Sha256;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// Returns the text with LF and no BOM, the form that is parsed and whose digest counts.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.contains("\r\n") {
        true => Cow::Owned(text.replace("\r\n", "\n")),
        false => Cow::Borrowed(text),
    }
}

/// Returns the SHA-256 of a plain text, as `sha256sum` prints it.
pub(super) fn digest(plain: &str) -> String {
    let digest = Sha256::digest(plain.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A plain text under the name of its file.
pub(super) struct Text<'t> {
    file: Rc<str>,
    text: &'t str,
    line_starts: Vec<usize>,
    /// How many characters begin before every `STEP`th byte: lines may be as long as the file.
    chars_before: Vec<usize>,
}

/// How many bytes apart characters are counted beforehand.
const STEP: usize = 128;
/// Lines longer than this are not shown: an excerpt of them helps nobody.
const SHOWN_LINE: usize = 4096;

impl<'t> Text<'t> {
    /// Counts the lines and characters of a plain text.
    pub(super) fn new(file: &str, text: &'t str) -> Text<'t> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        let mut chars_before = Vec::new();
        let mut chars = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STEP == 0 {
                chars_before.push(chars);
            }
            chars += usize::from(begins_character(byte));
        }
        Text {
            file: Rc::from(file),
            text,
            line_starts,
            chars_before,
        }
    }

    /// Returns the whole text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the bytes of a span as they stand in the text.
    pub(super) fn raw(&self, span: &Range<usize>) -> &'t str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Returns the line, from 1, that holds a byte.
    pub(super) fn line(&self, at: usize) -> u64 {
        self.line_starts.partition_point(|start| *start <= at) as u64
    }

    /// Returns the place of a span; of one over several lines its first line.
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        let start = span.start.min(self.text.len());
        let line = self.line_starts.partition_point(|begin| *begin <= start);
        let line_start = self.line_starts[line - 1];
        let line_end = match self.line_starts.get(line) {
            Some(next) => next - 1,
            None => self.text.len(),
        };
        let end = span.end.clamp(start, line_end.max(start));
        let column = 1 + self.chars_to(start) - self.chars_to(line_start);
        let end_column = 1 + self.chars_to(end) - self.chars_to(line_start);
        let shown = line_end - line_start <= SHOWN_LINE;
        Place {
            file: Rc::clone(&self.file),
            line: line as u64,
            column: clipped(column),
            end_column: clipped(end_column.max(column + 1)),
            source: shown.then(|| self.text[line_start..line_end].to_owned()),
        }
    }

    /// Returns the place that means the whole file.
    pub(super) fn whole(&self) -> Place {
        Place::file(&self.file)
    }

    /// Returns how many characters begin before a byte.
    fn chars_to(&self, at: usize) -> usize {
        let step = (at / STEP).min(self.chars_before.len().saturating_sub(1));
        let before = self.chars_before.get(step).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(step * STEP..at).unwrap_or(&[]);
        let begin = rest.iter().filter(|byte| begins_character(**byte));
        before + begin.count()
    }
}

/// Tells whether a byte of UTF-8 is the first of a character.
fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn clipped(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}
