//! What all files gave together: voids settled, seals held against their heads, nothing left but
//! what the ledger folds and what is to be reported.

use super::Posting;
use super::Scan;
use super::Value;
use super::postings::Postings;
use super::read::Reading;
use super::void;
use crate::calendar::Day;
use crate::calendar::Instant;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as finding;
use crate::journal::Id;
use crate::journal::Known;
use crate::journal::WriterIx;
use crate::journal::chain;
use crate::journal::seal;
use crate::journal::seal::Seal;
use crate::plan::chart::ObligationIx;
use crate::terms::Event;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Joins what the files gave: settles voids, drops what they take out, sorts into fold order.
pub(super) fn join(mut reading: Reading<'_>, known: &Known) -> Scan {
    let voids = void::settle(&reading.records, &reading.retracts);
    reading.judge_retracts(&voids);
    let is_void = |at: usize| voids.void.binary_search(&at).is_ok();

    let others: Vec<Posting> = reading
        .records
        .iter()
        .enumerate()
        .filter(|(at, _)| !is_void(*at))
        .filter_map(|(_, record)| record.posting())
        .collect();

    let nameless: Vec<&Kept> = reading
        .nameless
        .iter()
        .copied()
        .chain(voids.name_nothing.iter().copied())
        .filter(|at| !is_void(*at))
        .map(|at| &reading.records[at])
        .collect();
    let mut nameless_places: Vec<(WriterIx, u32)> = nameless
        .iter()
        .map(|record| (record.writer, record.line))
        .collect();
    nameless_places.sort();
    let mut nameless: Vec<Day> = nameless.iter().map(|record| record.day).collect();
    nameless.sort();

    let mut findings = std::mem::take(&mut reading.findings);
    findings.extend(
        reading
            .of_records
            .drain(..)
            .filter(|(at, _)| !is_void(*at))
            .map(|(_, finding)| finding),
    );
    findings.extend(reading.gone(&is_void));
    let (void_seals, standing): (Vec<_>, Vec<_>) = std::mem::take(&mut reading.seals)
        .into_iter()
        .partition(|(at, _, _)| is_void(*at));
    if let Known::All = known {
        findings.extend(heads_gone(&reading, &standing));
    }
    let only_seals = |seals: Vec<(usize, Seal, Place)>| -> Vec<Seal> {
        seals.into_iter().map(|(_, seal, _)| seal).collect()
    };
    let (seals, void_seals) = (only_seals(standing), only_seals(void_seals));
    let late = late(&reading, &seals);
    let with_evidence = reading.records.iter().filter(|record| record.evidence > 0);
    let with_evidence = with_evidence
        .map(|record| (record.writer, record.line))
        .collect();
    let mut void: Vec<(WriterIx, u32)> = voids
        .void
        .iter()
        .map(|at| (reading.records[*at].writer, reading.records[*at].line))
        .collect();
    void.sort();
    Scan {
        postings: Rc::new(Postings::new(
            std::mem::take(&mut reading.plain),
            others,
            reading.chart.obligations.len(),
        )),
        nameless,
        nameless_places,
        entries: reading.entries,
        unreadable: reading.unreadable,
        digest: chain::digest(std::mem::take(&mut reading.heads)),
        chain: reading.chain_state(),
        void,
        late,
        with_evidence,
        seals,
        void_seals,
        last: std::mem::take(&mut reading.last),
        findings,
        damaged: std::mem::take(&mut reading.damaged),
        lost_heads: lost_heads(&reading, known),
        writers: std::mem::take(&mut reading.writers),
    }
}

/// Reports heads that standing seals name and that are no longer in their files.
fn heads_gone(reading: &Reading<'_>, seals: &[(usize, Seal, Place)]) -> Vec<Finding> {
    let wanted: BTreeSet<Id> = seals
        .iter()
        .flat_map(|(_, seal, _)| seal.heads.iter().flat_map(|heads| heads.values()))
        .map(|head| head.id)
        .collect();
    let there: BTreeSet<(&str, u64, Id)> = reading
        .records
        .iter()
        .filter(|record| wanted.contains(&record.id))
        .map(|record| {
            let writer = &*reading.writers[usize::from(record.writer.0)];
            (writer, record.seq, record.id)
        })
        .collect();
    let mut found = Vec::new();
    for (_, seal, place) in seals {
        for (writer, head) in seal.heads.iter().flatten() {
            if !there.contains(&(writer.as_str(), head.seq, head.id)) {
                let place = place.clone();
                found.push(finding::seal_head_lost(
                    place,
                    seal.period,
                    writer,
                    head.seq,
                ));
            }
        }
    }
    found
}

/// Returns the records dated inside a sealed period and not under its heads, sorted.
fn late(reading: &Reading<'_>, seals: &[Seal]) -> Vec<(WriterIx, u32)> {
    let mut late = Vec::new();
    for seal in seal::holding(seals) {
        let Some(heads) = &seal.heads else {
            continue;
        };
        let period = seal.period.window();
        let mut head_lines: BTreeMap<WriterIx, u32> = BTreeMap::new();
        for record in &reading.records {
            let writer = &reading.writers[usize::from(record.writer.0)];
            let is_head = heads
                .get(&**writer)
                .is_some_and(|head| head.seq == record.seq && head.id == record.id);
            if is_head {
                head_lines.insert(record.writer, record.line);
            }
        }
        let is_late = |record: &&Kept| {
            let under = head_lines.get(&record.writer).copied().unwrap_or(0);
            period.contains(record.day) && record.line > under && !record.is_seal
        };
        let of_seal = reading.records.iter().filter(is_late);
        late.extend(of_seal.map(|record| (record.writer, record.line)));
        for block in &reading.plain {
            let frame = &block.frame;
            let under = head_lines.get(&frame.writer).copied().unwrap_or(0);
            if frame.first_line + block.lines <= under {
                continue;
            }
            let lines = block
                .records
                .iter()
                .filter(|record| period.contains(record.day()));
            let lines = lines.map(|record| frame.first_line + record.spot().line);
            late.extend(
                lines
                    .filter(|line| *line > under)
                    .map(|line| (frame.writer, line)),
            );
        }
    }
    late.sort();
    late.dedup();
    late
}

/// Returns the writers whose head was named and not found.
fn lost_heads(reading: &Reading<'_>, known: &Known) -> Vec<String> {
    match known {
        Known::All | Known::Until(_) => Vec::new(),
        Known::Heads(heads) => heads
            .keys()
            .filter(|writer| !reading.found_heads.contains(*writer))
            .cloned()
            .collect(),
    }
}

/// A known record in the few bytes that joining needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub(super) id: Id,
    pub(super) key: Key,
    pub(super) day: Day,
    pub(super) recorded_at: Instant,
    pub(super) writer: WriterIx,
    pub(super) seq: u64,
    pub(super) line: u32,
    /// The event and value, where the record names an obligation and can be read.
    pub(super) counts: Option<(Event, Value)>,
    pub(super) evidence: u16,
    pub(super) is_seal: bool,
}

/// What the fields item, unit and period name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// An obligation of the plan.
    Obligation(ObligationIx),
    /// Something the plan does not have, numbered by its text.
    Other(u32),
}

impl Kept {
    fn posting(&self) -> Option<Posting> {
        let (event, value) = self.counts?;
        match self.key {
            Key::Obligation(obligation) => Some(Posting {
                obligation,
                day: self.day,
                recorded_at: self.recorded_at,
                writer: self.writer,
                seq: self.seq,
                line: self.line,
                event,
                value,
                evidence: self.evidence,
            }),
            Key::Other(_) => None,
        }
    }
}
