//! Lines of a terminal: how wide a text is, where it may break, how it is cut and padded.

use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// Signs that never begin a line.
const CLOSING: &str = "，。、；：！？）》〉」』】〕”’…%％)]};:,.!?";

/// Signs that never end a line.
const OPENING: &str = "（《〈「『【〔“‘([{";

/// A place in a title where a narrow column may break a word, with a hyphen.
const SOFT_HYPHEN: char = '\u{ad}';

/// Returns the columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
        - text
            .matches(SOFT_HYPHEN)
            .map(UnicodeWidthStr::width)
            .sum::<usize>()
}

/// Returns the text in lines of at most `room` columns; only what has no place to break is broken
/// anywhere.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        let sign = usize::from(piece.hyphen_after);
        let space = if piece.space_before && !line.is_empty() {
            " "
        } else {
            ""
        };
        if width(line) + space.len() + width(&piece.text) + sign <= room {
            line.push_str(space);
            line.push_str(&piece.text);
            continue;
        }
        if piece.hyphen_before && !line.is_empty() {
            line.push('-');
        }
        let mut parts = chop(&piece.text, room);
        if line.is_empty() && !parts.is_empty() {
            *line = parts.remove(0);
        }
        lines.extend(parts);
    }
    lines
}

/// Returns the least room in which a text takes at most so many lines without a broken word.
pub(super) fn least_room(text: &str, lines: usize) -> usize {
    let pieces = pieces(text);
    let least = pieces
        .iter()
        .map(|piece| width(&piece.text) + usize::from(piece.hyphen_after));
    let most = width(text).max(1);
    (least.max().unwrap_or(1)..most)
        .find(|room| wrap(text, *room).len() <= lines)
        .unwrap_or(most)
}

/// Returns the room of a column title on at most so many lines; a short one stays in one piece.
pub(super) fn title_room(title: &str, lines: usize) -> usize {
    match width(title) {
        short @ ..=6 => short,
        _ => least_room(title, lines).max(4),
    }
}

/// Returns the text cut to `room` columns, with `..` where something is missing.
pub(super) fn cut(text: &str, room: usize) -> String {
    match width(text) <= room {
        true => text.to_owned(),
        false => format!("{}..", head(text, room.saturating_sub(2)).trim_end()),
    }
}

/// Returns the longest beginning of a text that takes at most `room` columns.
pub(super) fn head(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let end = text.char_indices().find(|(_, char)| {
        taken += char.width().unwrap_or(0);
        taken > room
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Returns the longest end of a text that takes at most `room` columns.
pub(super) fn tail(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let end = text.char_indices().rev().find(|(_, char)| {
        taken += char.width().unwrap_or(0);
        taken > room
    });
    &text[end.map_or(0, |(at, char)| at + char.len_utf8())..]
}

/// Returns the text with spaces behind it up to `room` columns.
pub(super) fn pad(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(width(text))))
}

/// What stays together on a line.
struct Piece {
    text: String,
    space_before: bool,
    hyphen_before: bool,
    hyphen_after: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before = ' ';
    for char in text.chars() {
        if char == SOFT_HYPHEN {
            if let Some(piece) = pieces.last_mut() {
                piece.hyphen_after = true;
            }
        } else if char != ' ' {
            match pieces.last_mut() {
                Some(piece) if !may_break(before, char) => piece.text.push(char),
                _ => pieces.push(Piece {
                    text: char.to_string(),
                    space_before: before == ' ',
                    hyphen_before: before == SOFT_HYPHEN,
                    hyphen_after: false,
                }),
            }
        }
        before = char;
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if matches!(before, ' ' | SOFT_HYPHEN) {
        return true;
    }
    if CLOSING.contains(after) || OPENING.contains(before) || after.width() == Some(0) {
        return false;
    }
    let wide = |char: char| char.width() == Some(2);
    if before.is_ascii_digit() && wide(after) {
        return false; // 2013年, 12天
    }
    wide(before) || wide(after) || (before == '-' && after.is_alphabetic())
}

/// Breaks a piece that no line can hold.
fn chop(text: &str, room: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let part = match head(rest, room) {
            "" => rest,
            part => part,
        };
        parts.push(part.to_owned());
        rest = &rest[part.len()..];
    }
    parts
}
