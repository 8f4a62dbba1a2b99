//! Forms that only TOML 1.1 knows: the parser takes them in silence, other readers refuse them.
//!
//! Walks the tokens of the text by itself and believes nothing of the parsed tree.

use crate::lang::findings::plan::LaterForm as Form;
use std::ops::Range;

/// Returns every form of TOML 1.1 with its place, in the order of the text.
pub(super) fn forms(text: &str) -> Vec<(Range<usize>, Form)> {
    let mut walk = Walk {
        text,
        at: 0,
        open: Vec::new(),
        comma: None,
        found: Vec::new(),
    };
    while walk.at < text.len() {
        walk.step();
    }
    walk.found
}

/// A bracket that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `{`, and whether a line break in it was reported.
    Brace { reported: bool },
    /// `[`.
    Bracket,
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    /// Where a comma stands after which only blanks were seen.
    comma: Option<usize>,
    found: Vec<(Range<usize>, Form)>,
}

impl Walk<'_> {
    /// Takes one token.
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let first = rest.as_bytes()[0];
        match first {
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\n' => self.line_break(),
            b'#' => self.at += rest.find('\n').unwrap_or(rest.len()),
            b',' => {
                self.comma = Some(self.at);
                self.at += 1;
            }
            b'{' | b'[' => self.open(first),
            b'}' | b']' => self.close(first),
            b'"' | b'\'' => self.string(first),
            _ => self.atom(),
        }
    }

    fn line_break(&mut self) {
        let span = self.at..self.at + 1;
        if let Some(Open::Brace { reported }) = self.open.last_mut()
            && !*reported
        {
            *reported = true;
            self.found.push((span, Form::InlineLines));
        }
        self.at += 1;
    }

    fn open(&mut self, first: u8) {
        self.comma = None;
        self.open.push(match first {
            b'{' => Open::Brace { reported: false },
            _ => Open::Bracket,
        });
        self.at += 1;
    }

    fn close(&mut self, first: u8) {
        let is_told = self.open.pop() == Some(Open::Brace { reported: true });
        if let Some(comma) = self.comma.take()
            && first == b'}'
            && !is_told
        {
            self.found.push((comma..comma + 1, Form::InlineComma));
        }
        self.at += 1;
    }

    /// Takes a string of any of the four kinds; only basic ones have escapes.
    fn string(&mut self, quote: u8) {
        self.comma = None;
        let bytes = self.text.as_bytes();
        let long = bytes[self.at..].starts_with(&[quote; 3]);
        let width = if long { 3 } else { 1 };
        self.at += width;
        while self.at < bytes.len() {
            match bytes[self.at] {
                b'\\' if quote == b'"' => self.escape(),
                b'\n' if !long => return,
                byte if byte == quote && bytes[self.at..].starts_with(&[quote; 3][..width]) => {
                    self.at += width;
                    while long && bytes.get(self.at) == Some(&quote) {
                        self.at += 1;
                    }
                    return;
                }
                _ => self.at += character_width(self.text, self.at),
            }
        }
    }

    fn escape(&mut self) {
        let next = self.text.as_bytes().get(self.at + 1);
        if matches!(next, Some(b'e' | b'x')) {
            self.found.push((self.at..self.at + 2, Form::Escape));
        }
        self.at += 1;
        if self.at < self.text.len() && next != Some(&b'\n') {
            self.at += character_width(self.text, self.at);
        }
    }

    /// Takes what stands bare: a key, a number, a date, a time.
    fn atom(&mut self) {
        self.comma = None;
        let rest = &self.text[self.at..];
        let end = rest
            .find(|sign: char| " \t\r\n#,{}[]\"'=".contains(sign))
            .unwrap_or(rest.len())
            .max(1);
        if let Some(time) = short_time(&rest.as_bytes()[..end]) {
            let span = self.at + time.start..self.at + time.end;
            self.found.push((span, Form::ShortTime));
        }
        self.at += end;
    }
}

/// Returns where `HH:MM` without seconds stands: at the beginning or after the T of a date.
fn short_time(atom: &[u8]) -> Option<Range<usize>> {
    let start = match atom.iter().position(|byte| matches!(byte, b'T' | b't')) {
        Some(at) => at + 1,
        None => 0,
    };
    let [h0, h1, b':', m0, m1, after @ ..] = atom.get(start..)? else {
        return None;
    };
    let digits = [h0, h1, m0, m1].iter().all(|byte| byte.is_ascii_digit());
    (digits && after.first() != Some(&b':')).then_some(start..start + 5)
}

/// Returns how many bytes the character at a place has.
fn character_width(text: &str, at: usize) -> usize {
    let first = text.get(at..).and_then(|rest| rest.chars().next());
    first.map_or(1, char::len_utf8)
}
