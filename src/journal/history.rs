//! The journal against its own past: what git kept of it, and which state a printed digest names.
//!
//! A file only ever grows, so each older version must be the beginning of the newer one.

use crate::calendar::Instant;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as finding;
use crate::journal::Head;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::line;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::rc::Rc;

/// The fewest digits by which a printed digest is looked for.
const FEWEST: usize = 12;

/// A record in the few words that its place in time needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Who wrote it.
    pub writer: String,
    /// Its number and id.
    pub head: Head,
    /// When it was written.
    pub recorded_at: Instant,
}

/// Returns what is wrong with a file, given the bytes that the last commit has of it.
pub fn since_commit(name: &str, path: &Path, committed: &[u8]) -> io::Result<Option<Finding>> {
    let now = match fs::read(path) {
        Ok(now) => now,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    if now.starts_with(committed) {
        return Ok(None);
    }
    if let Some(lost) = committed.strip_prefix(now.as_slice()) {
        let lines = lost.split_inclusive(|byte| *byte == b'\n').count();
        return Ok(Some(finding::git_lost(Place::file(name), lines)));
    }
    let same = now
        .iter()
        .zip(committed)
        .take_while(|(a, b)| a == b)
        .count();
    let number = now[..same].iter().filter(|byte| **byte == b'\n').count();
    let text = now.split(|byte| *byte == b'\n').nth(number).unwrap_or(&[]);
    let text = text.strip_prefix(line::BOM).unwrap_or(text);
    let text = String::from_utf8_lossy(text);
    let place = Place::in_line(&Rc::from(name), number as u64 + 1, &text, 0..text.len());
    Ok(Some(finding::git_rewritten(place)))
}

/// Returns the digests in a pasted line, whole or as a report prints their beginning.
pub fn printed_digests(text: &str) -> Vec<String> {
    let is_digest = |part: &&str| (FEWEST..=64).contains(&part.len());
    let lower = text.to_ascii_lowercase();
    let parts = lower.split(|sign: char| !sign.is_ascii_hexdigit());
    parts.filter(is_digest).map(str::to_owned).collect()
}

/// Tells whether a digest is one of those printed.
pub fn is_printed(digest: &str, printed: &[String]) -> bool {
    printed.iter().any(|printed| digest.starts_with(printed))
}

/// Returns how many records had been written when the journal had a printed digest.
///
/// Records of all files are taken in the order of their times, each file in its own order. A state
/// that never was on one machine together, or that lies within one second of several writers, is
/// not found this way.
pub fn state(marks: &[Mark], printed: &[String]) -> Option<usize> {
    let mut latest: BTreeMap<&str, Instant> = BTreeMap::new();
    let mut order: Vec<(Instant, &Mark)> = Vec::with_capacity(marks.len());
    for mark in marks {
        let latest = latest.entry(&mark.writer).or_insert(mark.recorded_at);
        *latest = (*latest).max(mark.recorded_at);
        order.push((*latest, mark));
    }
    order.sort_by_key(|(at, _)| *at);
    let mut heads: BTreeMap<&str, String> = BTreeMap::new();
    let is_now = |heads: &BTreeMap<&str, String>| {
        is_printed(&chain::digest(heads.values().cloned().collect()), printed)
    };
    if is_now(&heads) {
        return Some(0);
    }
    order.iter().zip(1..).find_map(|((_, mark), count)| {
        let line = format!("{},{},{}", mark.writer, mark.head.seq, mark.head.id);
        heads.insert(&mark.writer, line);
        is_now(&heads).then_some(count)
    })
}

/// Returns how many records stand behind the heads that a seal names.
pub fn count_since(marks: &[Mark], heads: &BTreeMap<String, Head>) -> usize {
    let mut under: BTreeMap<&str, Id> = BTreeMap::new();
    for (writer, head) in heads {
        let is_there = |mark: &Mark| mark.writer == *writer && mark.head == *head;
        if marks.iter().any(is_there) {
            under.insert(writer, head.id);
        }
    }
    let mut count = 0;
    for mark in marks {
        match under.get(mark.writer.as_str()) {
            Some(id) if *id == mark.head.id => {
                under.remove(mark.writer.as_str());
            }
            Some(_) => {}
            None => count += 1,
        }
    }
    count
}
