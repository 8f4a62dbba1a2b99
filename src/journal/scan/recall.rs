//! Plain records that a retract or a seal names: found again by a few bits of their ids, read again
//! from their files, and from there on treated as all others that are not plain.

use super::Key;
use super::block::Block;
use super::compact::Tag;
use super::read::Reading;
use super::source::Lines;
use super::source::Room;
use super::source::Source;
use crate::journal::WriterIx;
use crate::journal::line;
use crate::parallel;
use crate::plan::chart::ObligationIx;
use memchr::memchr;
use std::collections::BTreeSet;
use std::io;

/// What is looked for among the plain records.
struct Wanted {
    /// What retracts name: the obligation and the tag of the id.
    named: BTreeSet<(ObligationIx, Tag)>,
    /// One bit for the first bits of each of these tags, to pass most records by quickly.
    bits: Vec<u64>,
    /// The heads that seals name.
    heads: BTreeSet<(WriterIx, u64)>,
}

/// A line that was read again.
struct Recalled {
    writer: WriterIx,
    line: u32,
    bytes: Box<[u8]>,
}

impl Reading<'_> {
    /// Takes out of the plain records those that retracts and seals name, and keeps them whole.
    pub(super) fn recall(&mut self, sources: &[Option<Source<'_>>]) -> io::Result<()> {
        let wanted = self.wanted();
        if wanted.named.is_empty() && wanted.heads.is_empty() {
            return Ok(());
        }
        let blocks = &self.plain;
        let found = parallel::map(blocks.len(), Room::default, |room, at| {
            let block = &blocks[at];
            let lines = wanted.lines(block);
            if lines.is_empty() {
                return Ok((lines, Vec::new()));
            }
            let source = sources[block.file].as_ref().expect("a block has a source");
            let recalled = read_again(room, source, block, &lines)?;
            Ok::<_, io::Error>((lines, recalled))
        });
        for (at, found) in found.into_iter().enumerate() {
            let (lines, recalled) = found?;
            if lines.is_empty() {
                continue;
            }
            let block = &mut self.plain[at];
            let mut is_taken = vec![false; block.lines as usize];
            lines
                .iter()
                .for_each(|line| is_taken[*line as usize] = true);
            block.retain(|record| !is_taken[record.spot().line as usize]);
            for again in recalled {
                let record = line::read(&again.bytes).map_err(|_| changed())?;
                let (kept, _) = self.kept(&record, again.writer, again.line);
                self.records.push(kept);
            }
        }
        Ok(())
    }

    fn wanted(&self) -> Wanted {
        let mut named = BTreeSet::new();
        let mut bits = vec![0u64; Tag::FIRST / 64];
        for retract in &self.retracts {
            if let (Some(id), Key::Obligation(at)) = (retract.names, self.records[retract.at].key) {
                let tag = Tag::of(id);
                bits[tag.first_bits() / 64] |= 1 << (tag.first_bits() % 64);
                named.insert((at, tag));
            }
        }
        let heads = self.seals.iter().flat_map(|(_, seal, _)| seal.heads.iter());
        let heads = heads.flatten().filter_map(|(writer, head)| {
            let at = self.writers.iter().position(|of| **of == **writer)?;
            Some((WriterIx(u16::try_from(at).ok()?), head.seq))
        });
        Wanted {
            named,
            bits,
            heads: heads.collect(),
        }
    }
}

impl Wanted {
    /// Returns the lines of a block on which something wanted stands, sorted.
    fn lines(&self, block: &Block) -> BTreeSet<u32> {
        let frame = &block.frame;
        let mut lines = BTreeSet::new();
        if !self.named.is_empty() {
            let is_likely = |tag: Tag| {
                let first = tag.first_bits();
                self.bits[first / 64] >> (first % 64) & 1 == 1
            };
            for (at, record) in block.records.iter().enumerate() {
                let tag = record.tag();
                if is_likely(tag) {
                    let posting = frame.posting(*record, block.part_of(at));
                    if self.named.contains(&(posting.obligation, tag)) {
                        lines.insert(record.spot().line);
                    }
                }
            }
        }
        let of_writer = (frame.writer, 0)..=(frame.writer, u64::MAX);
        for (_, seq) in self.heads.range(of_writer) {
            let line = frame.line_of(*seq).filter(|line| *line < block.lines);
            let is_there = |line: &u32| block.records.iter().any(|of| of.spot().line == *line);
            lines.extend(line.filter(is_there));
        }
        lines
    }
}

/// Reads lines of a block again.
fn read_again(
    room: &mut Room,
    source: &Source<'_>,
    block: &Block,
    lines: &BTreeSet<u32>,
) -> io::Result<Vec<Recalled>> {
    let Lines::Whole { bytes, offset } = room.read(source, block.start, block.size)? else {
        return Err(changed());
    };
    let spots = block.records.iter().map(|record| record.spot());
    let mut spots: Vec<_> = spots.filter(|spot| lines.contains(&spot.line)).collect();
    spots.sort_by_key(|spot| spot.line);
    let read = spots.iter().map(|spot| {
        let rest = spot
            .offset
            .checked_sub(offset)
            .and_then(|at| bytes.get(at..));
        let rest = rest.ok_or_else(changed)?;
        let end = memchr(b'\n', rest).ok_or_else(changed)?;
        Ok(Recalled {
            writer: block.frame.writer,
            line: block.frame.first_line + spot.line,
            bytes: Box::from(&rest[..end]),
        })
    });
    read.collect()
}

/// The failure that a file is no longer what it was a moment ago.
fn changed() -> io::Error {
    io::Error::other("the file changed while it was read")
}
