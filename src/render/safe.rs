//! Text that came from a file, made safe to look at: what could hide or act is shown as its code.
//!
//! For formats that people read. Machine formats keep texts exact.

use crate::text::is_hidden;
use crate::text::is_variation;
use std::borrow::Cow;

/// Returns the text with every control, direction mark and invisible sign shown as `\u{202e}`.
///
/// Line breaks and TAB too: the result is one line, whatever was in the text.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !Hidden::in_text(text).any(|(_, hidden)| hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (char, hidden) in Hidden::in_text(text) {
        if hidden {
            shown.extend(char.escape_unicode());
        } else {
            shown.push(char);
        }
    }
    Cow::Owned(shown)
}

/// Returns the text safe and on one line, with a space where a TAB or line break was meant as space.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\t', '\n', '\r']) {
        return safe(text);
    }
    let spaced = text.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ");
    Cow::Owned(safe(&spaced).into_owned())
}

/// The characters of a text, each with whether it would not be seen for what it is.
struct Hidden<'a> {
    chars: std::str::Chars<'a>,
    before: char,
}

impl<'a> Hidden<'a> {
    fn in_text(text: &'a str) -> Hidden<'a> {
        Hidden {
            chars: text.chars(),
            before: ' ',
        }
    }
}

impl Iterator for Hidden<'_> {
    type Item = (char, bool);

    fn next(&mut self) -> Option<(char, bool)> {
        let char = self.chars.next()?;
        // A variant of the sign before it (old forms of names, pictures) is rightful; a lone one hides.
        let hidden = match is_variation(char) {
            true => self.before.is_ascii() || is_variation(self.before) || is_hidden(self.before),
            false => is_hidden(char),
        };
        self.before = char;
        Some((char, hidden))
    }
}
