//! Names of evidence files: what a file is called in the folder, and what a reference may name.
//!
//! A name must mean the same on every machine that the workspace is copied to.

use crate::text;
use unicode_normalization::UnicodeNormalization;

/// The longest name in bytes; file systems stop at 255, and a mark may be added.
const LONGEST: usize = 200;

/// Names that Windows keeps for devices, with or without an extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The folder that holds the plans which seals kept.
pub const SEALED: &str = "sealed";

/// Returns the name that a file gets in the evidence folder: its own where that is safe everywhere.
pub fn safe(name: &str) -> String {
    let plain: String = name
        .nfc()
        .map(|letter| match may_stand(letter) {
            true => letter,
            false => '_',
        })
        .collect();
    let plain = plain.trim().trim_end_matches(['.', ' ']);
    let name = match needs_prefix(plain) {
        true => format!("_{plain}"),
        false => plain.to_owned(),
    };
    shortened(&name)
}

/// Tells whether a path from a reference stays inside the evidence folder on every machine.
pub fn is_safe_path(path: &str) -> bool {
    !path.is_empty() && path.split('/').all(is_safe_part)
}

/// Returns a name with a mark between stem and extension.
pub fn marked(name: &str, mark: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem}-{mark}.{extension}"),
        Some(_) | None => format!("{name}-{mark}"),
    }
}

/// Tells whether a part of a path is a name that no machine reads as something else.
fn is_safe_part(part: &str) -> bool {
    let is_trimmed = part.trim() == part && !part.ends_with('.');
    is_trimmed && !part.is_empty() && part.chars().all(may_stand) && !is_device(part)
}

/// Tells whether a character may stand in a name: Windows, the journal and the screen each forbid some.
fn may_stand(letter: char) -> bool {
    !text::is_hidden(letter)
        && !matches!(
            letter,
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '\u{fffd}'
        )
}

/// Tells whether a name would be hidden, run by a spreadsheet, or mean a device or our own folder.
fn needs_prefix(name: &str) -> bool {
    name.is_empty()
        || name.starts_with(['.', '=', '+', '-', '@', '~'])
        || is_device(name)
        || name.eq_ignore_ascii_case(SEALED)
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    DEVICES
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
}

/// Cuts the stem of a name that file systems would refuse; the extension stays.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() < 20 => (stem, format!(".{extension}")),
        Some(_) | None => (name, String::new()),
    };
    let end = stem.floor_char_boundary(LONGEST - extension.len());
    format!("{}{extension}", stem[..end].trim_end())
}
