//! Whether letters spell a Chinese name: in full or by initials, by any reading of each character.
//!
//! Single readings are wrong for many place names, so all are tried; for lookup only.

use pinyin::PinyinMulti;
use pinyin::ToPinyinMulti;

/// How much of a name the letters spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelled {
    /// All of it.
    Whole,
    /// Its beginning.
    Beginning,
    /// Something else.
    Not,
}

/// Tells how much of a name the letters spell, in full pinyin or by first letters.
pub fn spelled(name: &str, letters: &str) -> Spelled {
    if letters.is_empty() || !letters.is_ascii() {
        return Spelled::Not;
    }
    let ways = [walk(name, letters, full), walk(name, letters, initial)];
    match ways {
        ways if ways.contains(&Spelled::Whole) => Spelled::Whole,
        ways if ways.contains(&Spelled::Beginning) => Spelled::Beginning,
        _ => Spelled::Not,
    }
}

/// Walks the name character by character, keeping every place in the letters that may be reached.
fn walk(name: &str, letters: &str, syllables: fn(PinyinMulti) -> Vec<&'static str>) -> Spelled {
    let mut reached = vec![0usize];
    let mut begins = false;
    for character in name.chars() {
        let sounds = sounds(character, syllables);
        if sounds.is_empty() {
            continue;
        }
        let mut next = Vec::new();
        for from in &reached {
            let rest = &letters[*from..];
            begins |= sounds.iter().any(|sound| sound.starts_with(rest));
            let after = sounds
                .iter()
                .filter(|sound| rest.starts_with(sound.as_str()));
            next.extend(after.map(|sound| from + sound.len()));
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    match (reached.contains(&letters.len()), begins) {
        (true, _) => Spelled::Whole,
        (false, true) => Spelled::Beginning,
        (false, false) => Spelled::Not,
    }
}

/// Returns what a character may be typed as; nothing for signs.
fn sounds(character: char, syllables: fn(PinyinMulti) -> Vec<&'static str>) -> Vec<String> {
    if character.is_ascii_alphanumeric() {
        return vec![character.to_ascii_lowercase().to_string()];
    }
    let readings = character.to_pinyin_multi().map(syllables);
    readings
        .unwrap_or_default()
        .into_iter()
        .map(|syllable| syllable.replace('ü', "v"))
        .collect()
}

fn full(readings: PinyinMulti) -> Vec<&'static str> {
    readings
        .into_iter()
        .map(|reading| reading.plain())
        .collect()
}

fn initial(readings: PinyinMulti) -> Vec<&'static str> {
    let letters = readings.into_iter();
    letters.map(|reading| reading.first_letter()).collect()
}

/// Returns a name in full pinyin by the first reading of each character; signs are left out.
pub fn letters(name: &str) -> String {
    first_readings(name, full)
}

/// Returns the first letters of a name by the first reading of each character.
pub fn initials(name: &str) -> String {
    first_readings(name, initial)
}

fn first_readings(name: &str, syllables: fn(PinyinMulti) -> Vec<&'static str>) -> String {
    name.chars()
        .filter_map(|character| sounds(character, syllables).into_iter().next())
        .collect()
}
