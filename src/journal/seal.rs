//! Seals: the closing of a period by naming the last record of every writer (contract §1.2).
//!
//! A seal proves what was known: whoever rewrites a file afterwards no longer finds its head in it.

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::calendar::Period;
use crate::journal::Head;
use crate::journal::Id;
use crate::journal::WriterIx;
use crate::journal::chain;
use std::collections::BTreeMap;

/// A seal that stands in a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The period it closes.
    pub period: Period,
    /// Who wrote it.
    pub writer: WriterIx,
    /// Its number.
    pub seq: u64,
    /// The line of the writer's file.
    pub line: u32,
    /// Its id.
    pub id: Id,
    /// The day on which it was sealed.
    pub date: Day,
    /// When it was written.
    pub recorded_at: Instant,
    /// The journal digest that it states.
    pub digest: String,
    /// The last record of every writer; `None` when its note cannot be read.
    pub heads: Option<BTreeMap<String, Head>>,
    /// The plan that it kept, as `path#sha256`.
    pub plan: String,
}

/// Returns the note of a seal: `writer:seq:id` of every file's last record, sorted by writer.
pub fn note(heads: &BTreeMap<String, Head>) -> String {
    let parts = heads
        .iter()
        .map(|(writer, head)| format!("{writer}:{}:{}", head.seq, head.id));
    parts.collect::<Vec<String>>().join(" ")
}

/// Reads the note of a seal.
pub fn read_note(note: &str) -> Option<BTreeMap<String, Head>> {
    if note.is_empty() {
        return Some(BTreeMap::new());
    }
    note.split(' ')
        .map(|part| {
            let mut fields = part.splitn(3, ':');
            let (writer, seq, id) = (fields.next()?, fields.next()?, fields.next()?);
            let seq = seq.parse().ok().filter(|seq| *seq > 0)?;
            let id = Id::parse(id.as_bytes())?;
            Some((writer.to_owned(), Head { seq, id }))
        })
        .collect()
}

/// Returns the journal digest of the heads that a seal names.
pub fn digest(heads: &BTreeMap<String, Head>) -> String {
    let lines = heads
        .iter()
        .map(|(writer, head)| format!("{writer},{},{}", head.seq, head.id));
    chain::digest(lines.collect())
}

/// Returns the seals that hold: of each period the earliest by time, writer and number.
///
/// Voided seals must be left out before.
pub fn holding(seals: &[Seal]) -> Vec<&Seal> {
    let mut by_period: BTreeMap<Period, &Seal> = BTreeMap::new();
    let key = |seal: &Seal| (seal.recorded_at, seal.writer, seal.seq);
    for seal in seals {
        let holds = by_period.entry(seal.period).or_insert(seal);
        if key(seal) < key(holds) {
            *holds = seal;
        }
    }
    by_period.into_values().collect()
}
