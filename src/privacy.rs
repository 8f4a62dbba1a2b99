//! What in a paper had better not leave the office unseen: numbers of phones and of identity cards.
//!
//! Looks at texts only and says where; whether to go on is for a person.

use crate::document::Block;
use crate::document::Document;
use crate::document::Formal;
use crate::table::Cell;
use crate::table::Table;

/// A kind of number that belongs to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Private {
    /// A mobile phone of 11 digits.
    Phone,
    /// An identity card of 18 digits whose check digit is right.
    Card,
}

/// A place in a paper where such a number stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// What stands there.
    pub what: Private,
    /// Which row or part of the paper, without the number.
    pub place: String,
}

/// Returns the first number of a person in a text.
///
/// A number that is part of a longer one, or of a word such as a digest, is none.
pub fn found(text: &str) -> Option<Private> {
    let digits = text.chars().filter(|sign| narrow(*sign).is_ascii_digit());
    if digits.count() < PHONE {
        return None;
    }
    runs(text).iter().find_map(judge)
}

/// Returns the places of a table where a number of a person stands.
pub fn in_table(table: &Table) -> Vec<Spot> {
    let mut spots = Vec::new();
    let around = table.subtitle.iter().chain(&table.notes);
    for text in std::iter::once(&table.title).chain(around) {
        look(&mut spots, text, &table.title);
    }
    for row in &table.rows {
        let name = row.cells.iter().find_map(|cell| match cell {
            Cell::Ref(name) => Some(name.as_str()),
            _ => None,
        });
        let first = || {
            row.cells.iter().find_map(|cell| match cell {
                Cell::Text(text) => Some(text.as_str()),
                _ => None,
            })
        };
        let name = name.or_else(first).unwrap_or_default();
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            for text in texts(cell) {
                let place = match found(name) {
                    None => format!("{name} {}", column.title),
                    Some(_) => column.title.clone(),
                };
                look(&mut spots, text, place.trim_start());
            }
        }
    }
    spots
}

/// Returns the places of a document where a number of a person stands.
pub fn in_document(document: &Document) -> Vec<Spot> {
    let mut spots = Vec::new();
    look(&mut spots, &document.title, "");
    let mut part = document.title.as_str();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } => {
                look(&mut spots, text, part);
                part = text;
            }
            Block::Paragraph(text) => look(&mut spots, text, part),
            Block::Facts(facts) => {
                for (name, text) in facts {
                    look(&mut spots, text, name);
                }
            }
            Block::List(texts) => {
                for text in texts {
                    look(&mut spots, text, part);
                }
            }
            Block::Table(table) => spots.extend(in_table(table)),
            Block::Steps(steps) => {
                for step in steps {
                    look(&mut spots, &step.text, part);
                }
            }
            Block::Formal(formal) => {
                for text in formal_texts(formal) {
                    look(&mut spots, text, part);
                }
            }
            Block::Annex(annex) => {
                look(&mut spots, &annex.title, part);
                part = &annex.title;
            }
            Block::Chart(chart) => {
                for bar in &chart.bars {
                    look(&mut spots, &bar.label, part);
                }
            }
        }
    }
    // A place is named once, and never by a text that holds such a number itself.
    for spot in &mut spots {
        if found(&spot.place).is_some() {
            spot.place.clear();
        }
    }
    spots.dedup();
    spots
}

fn look(spots: &mut Vec<Spot>, text: &str, place: &str) {
    if let Some(what) = found(text) {
        let spot = Spot {
            what,
            place: place.to_owned(),
        };
        if spots.last() != Some(&spot) {
            spots.push(spot);
        }
    }
}

fn formal_texts(formal: &Formal) -> Vec<&str> {
    match formal {
        Formal::Number(text) | Formal::Dateline(text) | Formal::Addressee(text) => vec![text],
        Formal::Annexes(titles) => titles.iter().map(String::as_str).collect(),
        Formal::Signature { by, on } => vec![by, on],
    }
}

fn texts(cell: &Cell) -> Vec<&str> {
    match cell {
        Cell::Text(text) | Cell::Ref(text) | Cell::Shortened { whole: text, .. } => vec![text],
        Cell::List(texts) => texts.iter().map(String::as_str).collect(),
        Cell::Empty
        | Cell::Count(_)
        | Cell::Signed(_)
        | Cell::Share(_)
        | Cell::Percent(_)
        | Cell::Date(_)
        | Cell::Flag(_)
        | Cell::Word { .. }
        | Cell::Words(_)
        | Cell::Light { .. }
        | Cell::Counts(_)
        | Cell::Reasons(_) => Vec::new(),
    }
}

const PHONE: usize = 11;
const CARD: usize = 18;

/// Digits as they are written together: in groups, where single spaces or hyphens stand between.
type Run = Vec<String>;

/// Returns the runs of digits that no letter touches; full-width digits are digits.
fn runs(text: &str) -> Vec<Run> {
    let signs: Vec<char> = text.chars().map(narrow).collect();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        if !signs[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let mut run = Run::new();
        loop {
            let end = signs[at..]
                .iter()
                .position(|sign| !sign.is_ascii_alphanumeric())
                .map_or(signs.len(), |length| at + length);
            run.push(signs[at..end].iter().collect());
            at = end;
            let goes_on = matches!(signs.get(at), Some(' ' | '-'))
                && signs.get(at + 1).is_some_and(char::is_ascii_alphanumeric);
            if !goes_on {
                break;
            }
            at += 1;
        }
        runs.push(run);
    }
    runs
}

fn narrow(sign: char) -> char {
    match sign {
        '０'..='９' => char::from_u32(u32::from(sign) - 0xff10 + 0x30).unwrap_or(sign),
        'Ｘ' | 'ｘ' => 'X',
        '－' | '—' => '-',
        sign => sign,
    }
}

fn judge(run: &Run) -> Option<Private> {
    let alone = run.iter().find_map(|group| {
        let bare = group.strip_prefix("0086").or(group.strip_prefix("86"));
        let is_mobile = is_phone(group) || bare.is_some_and(is_phone);
        match (is_mobile, is_card(group)) {
            (true, _) => Some(Private::Phone),
            (false, true) => Some(Private::Card),
            (false, false) => None,
        }
    });
    let in_groups = || {
        let mut windows = run.windows(3);
        let is_split = |of: &[String]| {
            let lengths: Vec<usize> = of.iter().map(String::len).collect();
            lengths == [3, 4, 4] && is_phone(&of.concat())
        };
        windows.any(is_split).then_some(Private::Phone)
    };
    alone.or_else(in_groups)
}

fn is_phone(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == PHONE
        && bytes.iter().all(u8::is_ascii_digit)
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1])
}

/// Tells whether a text is the number of an identity card: its check digit spares false alarms.
fn is_card(text: &str) -> bool {
    const WEIGHTS: [u32; CARD - 1] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = text.as_bytes();
    if bytes.len() != CARD || !bytes[..CARD - 1].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let digits = bytes.iter().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    CHECKS[(sum % 11) as usize] == bytes[CARD - 1].to_ascii_uppercase()
}
