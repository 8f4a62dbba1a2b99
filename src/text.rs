//! Rules about texts that several rooms share: hidden characters, shapes of ids.

/// Returns the first character that a reader cannot see and that may deceive: control characters,
/// bidirectional marks, zero-width characters.
pub fn hidden_character(text: &str) -> Option<char> {
    let is_plain = |byte: u8| (b' '..0x7f).contains(&byte);
    if text.bytes().all(is_plain) {
        return None;
    }
    text.chars().find(|sign| is_hidden(*sign))
}

/// Tells whether a character is hidden: not seen, or changing how others are seen.
///
/// Variation selectors are not among them: after some signs they are rightful.
pub const fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' // soft hyphen
        | '\u{34f}' | '\u{61c}' // grapheme joiner, Arabic letter mark
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // fillers
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' // zero width, direction marks
        | '\u{2028}'..='\u{202e}' // line and paragraph separators, embeddings, overrides
        | '\u{2060}'..='\u{206f}' // joiners, isolates, invisible signs
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' // no characters at all; XML forbids them
        | '\u{e0000}'..='\u{e007f}') // tags
}

/// Tells whether a character only chooses a variant of the sign before it.
pub const fn is_variation(sign: char) -> bool {
    matches!(sign, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Tells whether a text has the shape of an item's id: `[a-z0-9][a-z0-9.-]*`.
pub fn is_item_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
        && text.chars().all(is_id_sign)
}

const fn is_id_sign(sign: char) -> bool {
    sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '.' | '-')
}
