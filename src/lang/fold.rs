//! Folding of text into lines, where Chinese breaks between signs and English between words.
//!
//! clap folds at spaces only, so a Chinese paragraph would run out of the terminal.

/// Signs that may not begin a line.
const CLOSING: &str = "，。、；：？！）》”’】」…%％,.;:?!)]}>";

/// Signs that may not end a line.
const OPENING: &str = "（《“‘【「([{<";

/// Folds each line of a text to a width in columns; a line that begins with a space is kept as it is.
pub fn fold(text: &str, width: usize) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| match line.starts_with(' ') {
            true => line.to_owned(),
            false => fold_line(line, width),
        })
        .collect();
    lines.join("\n")
}

/// Returns the columns that a text takes, the signs of Chinese being two wide.
pub fn columns(text: &str) -> usize {
    text.chars()
        .map(|sign| if is_narrow(sign) { 1 } else { 2 })
        .sum()
}

fn fold_line(line: &str, width: usize) -> String {
    let mut folded = String::new();
    let mut used = 0;
    for piece in pieces(line) {
        let bare = piece.trim_end();
        if used > 0 && used + columns(bare) > width {
            folded.truncate(folded.trim_end().len());
            folded.push('\n');
            used = 0;
        }
        folded.push_str(piece);
        used += columns(piece);
    }
    folded
}

/// Cuts a line where it may break: after spaces, and beside a Chinese sign where none is bound.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, sign) in line.char_indices() {
        if before.is_some_and(|before| may_break(before, sign)) {
            pieces.push(&line[start..at]);
            start = at;
        }
        before = Some(sign);
    }
    pieces.push(&line[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if after == ' ' || OPENING.contains(before) || CLOSING.contains(after) {
        return false;
    }
    before == ' ' || !is_narrow(before) || !is_narrow(after)
}

/// Tells whether a sign takes one column; quotes and dashes count as two, as Chinese fonts draw them.
fn is_narrow(sign: char) -> bool {
    u32::from(sign) < 0x250
}
