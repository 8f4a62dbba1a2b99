//! One block of a file: plain records packed, the other lines kept for the exact way.
//!
//! A block is read without knowing what stands before it. So its first line is never plain, and a
//! plain record always follows a record of the same block, with the next number, not written
//! earlier, and, where chains are checked, with the id that follows.

use super::ChainCheck;
use super::compact::Compact;
use super::compact::Frame;
use super::compact::Spot;
use super::lines::Line;
use super::plain;
use super::plain::LastDays;
use super::plain::Plain;
use super::plain::Rules;
use super::plain::Texts;
use super::postings::PART;
use super::source::LONGEST_QUICK;
use super::source::Lines;
use super::source::Room;
use super::source::Source;
use crate::calendar::Instant;
use crate::journal::Head;
use crate::journal::chain;
use crate::journal::line;
use memchr::memchr;
use std::io;
use std::mem;

/// What one block holds.
#[derive(Debug)]
pub(super) struct Block {
    /// The file, by its place in the list of those read.
    pub(super) file: usize,
    /// Where in the file it begins.
    pub(super) start: u64,
    /// How many bytes of the file are its own.
    pub(super) size: usize,
    /// How many lines begin in it.
    pub(super) lines: u32,
    /// What its plain records have in common.
    pub(super) frame: Frame,
    /// The plain records, by part of the chart.
    pub(super) records: Vec<Compact>,
    /// Where each part begins in `records`, and the end.
    parts: Vec<u16>,
    /// The lines that are not plain, each with the plain records that follow it.
    pub(super) stretches: Vec<Stretch>,
}

/// A line that is not plain, and the plain records up to the next such line.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) odd: Odd,
    pub(super) run: Run,
}

/// A line for the exact way.
#[derive(Debug)]
pub(super) struct Odd {
    bytes: Box<[u8]>,
    has_cr: bool,
    is_torn: bool,
    pub(super) has_bom: bool,
    /// The number of the record on it, where it is one.
    pub(super) seq: Option<u64>,
}

impl Odd {
    /// Returns the line as the exact way takes it.
    pub(super) fn line(&self) -> Line<'_> {
        Line {
            bytes: &self.bytes,
            has_cr: self.has_cr,
            is_torn: self.is_torn,
        }
    }
}

/// Plain records, one after another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    /// How many lines.
    pub(super) lines: u32,
    /// The last of them.
    pub(super) last: Option<Last>,
    /// How many of them are known.
    pub(super) known: u32,
    /// The last known one.
    pub(super) last_known: Option<Head>,
}

/// The last record of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Last {
    pub(super) head: Head,
    pub(super) recorded_at: Instant,
}

/// Which block of which file is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) file: usize,
    pub(super) start: u64,
    pub(super) size: usize,
}

/// What a reader of blocks must know beside the rules for one line.
pub(super) struct Reader<'c> {
    pub(super) rules: Rules<'c>,
    pub(super) check: ChainCheck,
    /// The instant until which records are known.
    pub(super) until: Option<Instant>,
}

/// Where a thread reads its blocks.
#[derive(Default)]
pub(super) struct Desk {
    room: Room,
    records: Vec<(u32, Compact)>,
    counts: Vec<u16>,
}

impl Reader<'_> {
    /// Reads a block; `None` where its file must be read line by line.
    ///
    /// `head` is the number of the last record of this file that is known.
    pub(super) fn read(
        &self,
        desk: &mut Desk,
        source: &Source<'_>,
        cut: Cut,
        head: Option<u64>,
    ) -> io::Result<Option<Block>> {
        let Desk {
            room,
            records,
            counts,
        } = desk;
        let (mut bytes, mut offset) = match room.read(source, cut.start, cut.size)? {
            Lines::Whole { bytes, offset } => (bytes, offset),
            Lines::Unfit => return Ok(None),
        };
        let has_bom = cut.start == 0 && bytes.starts_with(line::BOM);
        if has_bom {
            bytes = &bytes[line::BOM.len()..];
            offset += line::BOM.len();
        }
        records.clear();
        let mut part = Partial {
            reader: self,
            texts: plain::look(bytes),
            head,
            days: LastDays::default(),
            frame: Frame::default(),
            previous: None,
            stretches: Vec::new(),
            records: mem::take(records),
        };
        let mut line = 0u32;
        let mut at = 0;
        while at < bytes.len() {
            let end = memchr(b'\n', &bytes[at..]).map(|end| at + end);
            let of_line = &bytes[at..end.unwrap_or(bytes.len())];
            let spot = Spot {
                offset: offset + at,
                line,
            };
            let is_odd = match end {
                Some(_) => part.take(of_line, spot).is_none(),
                None => true,
            };
            if is_odd {
                part.keep(of_line, end.is_none(), has_bom && line == 0);
            }
            if of_line.len() > LONGEST_QUICK || part.is_mostly_odd(line) {
                *records = part.records;
                return Ok(None);
            }
            line += 1;
            at += of_line.len() + 1;
        }
        let block = part.finish(cut, line, self.rules.chart.obligations.len(), counts);
        let (block, used) = block;
        *records = used;
        Ok(Some(block))
    }
}

/// A block while its lines go by.
struct Partial<'r> {
    reader: &'r Reader<'r>,
    texts: Texts,
    head: Option<u64>,
    days: LastDays,
    frame: Frame,
    /// The record above, where the line above is one.
    previous: Option<Last>,
    stretches: Vec<Stretch>,
    records: Vec<(u32, Compact)>,
}

impl Partial<'_> {
    /// Takes a line as a plain record, where it is one and follows from the record above.
    fn take(&mut self, line: &[u8], spot: Spot) -> Option<()> {
        let above = self.previous?;
        let plain = plain::read(line, &self.reader.rules, self.texts, &mut self.days)?;
        let follows = plain.seq == above.head.seq + 1 && plain.recorded_at >= above.recorded_at;
        if !follows || self.head == Some(plain.seq) {
            return None;
        }
        if self.reader.check == ChainCheck::Ids {
            let body = &line[..line.len() - 33];
            if chain::next_of_bytes(above.head.id, body) != plain.id {
                return None;
            }
        }
        let compact = self.frame.pack(&plain, spot)?;
        let run = &mut self.stretches.last_mut()?.run;
        let head = Head {
            seq: plain.seq,
            id: plain.id,
        };
        let is_known = self
            .reader
            .until
            .is_none_or(|until| plain.recorded_at <= until);
        if is_known {
            run.known += 1;
            run.last_known = Some(head);
            self.records.push((plain.at.0, compact));
        }
        let last = last(&plain, head);
        run.lines += 1;
        run.last = Some(last);
        self.previous = Some(last);
        Some(())
    }

    /// Keeps a line for the exact way.
    fn keep(&mut self, line: &[u8], is_torn: bool, has_bom: bool) {
        let without_cr = line.strip_suffix(b"\r");
        let line = without_cr.unwrap_or(line);
        let record = line::read(line).ok();
        self.previous = record.as_ref().map(|record| Last {
            head: Head {
                seq: record.seq,
                id: record.id,
            },
            recorded_at: record.recorded_at,
        });
        self.stretches.push(Stretch {
            odd: Odd {
                bytes: Box::from(line),
                has_cr: without_cr.is_some(),
                is_torn,
                has_bom,
                seq: record.map(|record| record.seq),
            },
            run: Run::default(),
        });
    }

    /// Tells whether so many lines are not plain that keeping them gains nothing.
    fn is_mostly_odd(&self, line: u32) -> bool {
        const FEW: usize = 64;
        self.stretches.len() > FEW && self.stretches.len() * 4 > line as usize
    }

    /// Sorts the plain records by part of the chart; gives the room for them back.
    fn finish(
        self,
        cut: Cut,
        lines: u32,
        obligations: usize,
        counts: &mut Vec<u16>,
    ) -> (Block, Vec<(u32, Compact)>) {
        let parts = obligations.div_ceil(PART);
        counts.clear();
        counts.resize(parts + 1, 0);
        for (at, _) in &self.records {
            counts[*at as usize / PART + 1] += 1;
        }
        for part in 1..counts.len() {
            counts[part] += counts[part - 1];
        }
        let starts = counts.clone();
        let mut records = Vec::with_capacity(self.records.len());
        if let Some((_, any)) = self.records.first() {
            records.resize(self.records.len(), *any);
        }
        for (at, compact) in &self.records {
            let next = &mut counts[*at as usize / PART];
            records[usize::from(*next)] = *compact;
            *next += 1;
        }
        let block = Block {
            file: cut.file,
            start: cut.start,
            size: cut.size,
            lines,
            frame: self.frame,
            records,
            parts: starts,
            stretches: self.stretches,
        };
        (block, self.records)
    }
}

fn last(plain: &Plain, head: Head) -> Last {
    Last {
        head,
        recorded_at: plain.recorded_at,
    }
}

impl Block {
    /// Returns the plain records of a part of the chart, in the order of their lines.
    pub(super) fn of_part(&self, part: usize) -> &[Compact] {
        match self.parts.get(part..part + 2) {
            Some(&[from, to]) => &self.records[usize::from(from)..usize::from(to)],
            _ => &[],
        }
    }

    /// Returns the part of the chart to which a record at a place of `records` belongs.
    pub(super) fn part_of(&self, at: usize) -> usize {
        self.parts
            .partition_point(|start| usize::from(*start) <= at)
            - 1
    }

    /// Takes out the records that are not wanted.
    pub(super) fn retain(&mut self, is_wanted: impl Fn(Compact) -> bool) {
        let mut kept = 0;
        let mut from = 0;
        for part in 1..self.parts.len() {
            let to = usize::from(self.parts[part]);
            for at in from..to {
                if is_wanted(self.records[at]) {
                    self.records[kept] = self.records[at];
                    kept += 1;
                }
            }
            from = to;
            self.parts[part] = u16::try_from(kept).expect("a block has fewer than 2¹³ records");
        }
        self.records.truncate(kept);
    }
}
