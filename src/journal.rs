//! The journal: what happened, one append-only CSV file for each writer (contract §1.2).
//!
//! `line` is one record, `chain` the ids that bind records, `scan` the only reader of whole
//! journals, `file` the only writer, `evidence` the files that prove entries, `writer` whose a file is,
//! `seal` the closing of a period, `history` the journal against its own past, `repair` what can be
//! proven of a damaged file, `spreadsheet` what those programs make of a field, `hollow` what reports
//! show when they are laid side by side.

pub mod chain;
pub mod evidence;
pub mod file;
pub mod fork;
pub mod history;
pub mod hollow;
pub mod line;
pub mod repair;
pub mod scan;
pub mod seal;
pub mod spreadsheet;
pub mod writer;

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::finding::Place;
use crate::terms::Event;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The id of a record: the first 128 bits of its hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub [u8; 16]);

impl Id {
    /// Reads exactly 32 lower-case hex digits.
    pub fn parse(text: &[u8]) -> Option<Id> {
        let text: &[u8; 32] = text.try_into().ok()?;
        let mut id = [0u8; 16];
        let mut signs = 0u8;
        for (byte, pair) in id.iter_mut().zip(text.chunks_exact(2)) {
            let (high, low) = (DIGITS[usize::from(pair[0])], DIGITS[usize::from(pair[1])]);
            signs |= high | low;
            *byte = high << 4 | low & 15;
        }
        (signs < 16).then_some(Id(id))
    }

    /// Returns the 32 digits as they stand in a file.
    pub fn hex(self) -> [u8; 32] {
        let mut text = [0u8; 32];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = HEX[usize::from(byte >> 4)];
            pair[1] = HEX[usize::from(byte & 15)];
        }
        text
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// What each byte is worth as a lower-case hex digit; 255 where it is none.
const DIGITS: [u8; 256] = {
    let mut digits = [255u8; 256];
    let mut digit = 0u8;
    while digit < 16 {
        digits[HEX[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = self.hex();
        f.write_str(std::str::from_utf8(&hex).expect("hex digits are ASCII"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

/// The number of a writer, in the byte order of their names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriterIx(pub u16);

/// What is known (numbers.md §1): it limits which records take part at all.
#[derive(Clone, Debug)]
pub enum Known {
    /// Everything written.
    All,
    /// What was recorded up to an instant, inclusive.
    Until(Instant),
    /// What stands under a seal's heads: for each writer the last record that it knew.
    Heads(BTreeMap<String, Head>),
}

/// The last record of a writer that a seal knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub seq: u64,
    /// Its id.
    pub id: Id,
}

/// What is to be written, before it has a number, a time and an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The day the fact holds.
    pub date: Day,
    /// What happened.
    pub event: Event,
    /// The item's id.
    pub item: String,
    /// The unit's id.
    pub unit: String,
    /// The period of a periodic item, else empty.
    pub period: String,
    /// The value as it is to stand in the file.
    pub value: String,
    /// The unit that acts.
    pub acting: String,
    /// The person.
    pub by: String,
    /// Document number or approval.
    pub reference: String,
    /// `path#sha256` of each file, joined by `|`.
    pub evidence: String,
    /// Free text.
    pub note: String,
}

/// A record with its texts, read again by its place to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file as it is named to the user.
    pub file: Rc<str>,
    /// The writer, which is the stem of its file.
    pub writer: Rc<str>,
    /// The line in that file, from 1.
    pub line: u32,
    /// Its number.
    pub seq: u64,
    /// When it was written.
    pub recorded_at: Instant,
    /// The day the fact holds.
    pub date: Day,
    /// What happened; `None` when the word is not known to this version.
    pub event: Option<Event>,
    /// Its id.
    pub id: Id,
    /// The fourteen fields as they stand, unquoted.
    pub fields: [String; 14],
}

/// Declares readers of the text fields of an entry.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $at:literal,)*) => {
        impl Entry {
            $($(#[$doc])* pub fn $name(&self) -> &str { &self.fields[$at] })*
        }
    };
}

fields! {
    /// Returns when it was written, as it stands.
    recorded_at_text = 1,
    /// Returns the event's word, as it stands.
    event_text = 3,
    /// Returns the item's id.
    item = 4,
    /// Returns the unit's id.
    unit = 5,
    /// Returns the period.
    period = 6,
    /// Returns the value.
    value = 7,
    /// Returns the unit that acted.
    acting = 8,
    /// Returns the person.
    by = 9,
    /// Returns the document number or approval.
    reference = 10,
    /// Returns the evidence.
    evidence = 11,
    /// Returns the note.
    note = 12,
}

impl Entry {
    /// Returns how the entry is named: `yjb-li:17`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.writer, self.seq)
    }

    /// Returns the obligation as it is written: `5.1.2@chikan`, `2.3.1@yjb#2013-Q2`.
    pub fn obligation(&self) -> String {
        obligation_name(self.item(), self.unit(), self.period())
    }
}

impl Entry {
    /// Returns where it stands, from the folder of the plan on: the same from wherever it is asked.
    pub fn place(&self) -> String {
        let mut parts = self.file.rsplit('/');
        let file = parts.next().unwrap_or_default();
        match parts.next() {
            Some(folder) => format!("{folder}/{file}:{}", self.line),
            None => format!("{file}:{}", self.line),
        }
    }

    /// Returns the place of a field, for a finding about an entry that was read again.
    pub fn place_of_field(&self, field: usize) -> Place {
        let body = line::body(&self.fields);
        let text = format!("{body},{}", self.fields[13]);
        let spans = line::split(&text).map(|fields| fields.spans);
        let span = spans.map_or(0..0, |spans| spans[field].clone());
        Place::in_line(&self.file, u64::from(self.line), &text, span)
    }
}

/// Returns how an obligation is written.
pub fn obligation_name(item: &str, unit: &str, period: &str) -> String {
    match period {
        "" => format!("{item}@{unit}"),
        period => format!("{item}@{unit}#{period}"),
    }
}
