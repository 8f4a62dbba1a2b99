//! Texts that may stand in a journal: one line, visible, nothing a spreadsheet would run.

use crate::text;
use unicode_normalization::UnicodeNormalization;

/// How many characters a note may have.
const LONGEST: usize = 2_000;

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has line breaks.
    LineBreak,
    /// It has a character that cannot be seen.
    Hidden(char),
    /// It begins like a formula, with this sign.
    Formula(char),
    /// It is too long; so many characters.
    TooLong(usize),
}

/// Returns the text as it is stored: NFC, without blanks at its ends.
pub fn stored(text: &str) -> String {
    text.trim().nfc().collect()
}

/// Returns what speaks against a text, if anything does.
pub fn fault(text: &str) -> Option<Fault> {
    if text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        return Some(Fault::LineBreak);
    }
    if let Some(sign) = text::hidden_character(text) {
        return Some(Fault::Hidden(sign));
    }
    if let Some(sign) = text.chars().next().filter(|sign| is_formula_sign(*sign)) {
        return Some(Fault::Formula(sign));
    }
    let count = text.chars().count();
    (count > LONGEST).then_some(Fault::TooLong(count))
}

/// Tells whether a spreadsheet takes a text that begins so for a formula.
const fn is_formula_sign(sign: char) -> bool {
    matches!(sign, '=' | '+' | '-' | '@')
}

/// Returns the full-width form of a formula sign.
pub const fn full_width(sign: char) -> char {
    match sign {
        '=' => '＝',
        '+' => '＋',
        '-' => '－',
        '@' => '＠',
        other => other,
    }
}

/// Returns the text in one line.
pub fn folded(text: &str) -> String {
    let parts = text.split(['\n', '\r', '\u{2028}', '\u{2029}']);
    let parts: Vec<&str> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}
