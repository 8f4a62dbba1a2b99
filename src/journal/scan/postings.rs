//! All records that count, in little room, and the way back to postings: obligation by obligation.

use super::Posting;
use super::Value;
use super::block::Block;
use crate::calendar::Day;
use crate::calendar::Instant;
use crate::journal::WriterIx;
use crate::parallel;
use crate::plan::chart::ObligationIx;
use crate::terms::Event;

/// How many obligations one part of the chart has; packed, their numbers within it take twelve bits.
pub const PART: usize = 1 << 12;

/// The records that count.
///
/// They are kept packed, in the order of their lines, and unpacked for some obligations at a time,
/// so that memory does not grow by much with them.
#[derive(Debug, Default)]
pub struct Postings {
    blocks: Vec<Block>,
    /// Those that were not packed, by obligation.
    others: Vec<Posting>,
    obligations: usize,
    count: usize,
}

impl Postings {
    /// Joins packed records with others, in any order.
    pub(super) fn new(
        blocks: Vec<Block>,
        mut others: Vec<Posting>,
        obligations: usize,
    ) -> Postings {
        others.sort_by_key(|posting| posting.obligation);
        let packed: usize = blocks.iter().map(|block| block.records.len()).sum();
        Postings {
            count: packed + others.len(),
            blocks,
            others,
            obligations,
        }
    }

    /// Returns how many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Tells whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns what `work` makes of the obligations of each part of the chart, in order.
    ///
    /// A part's obligations are `PART` in a row. Threads take part where that pays.
    pub fn by_part<R: Send>(&self, work: impl Fn(Part<'_>) -> R + Sync) -> Vec<R> {
        /// Fewer postings than this are folded before another thread has begun.
        const FEW: usize = 20_000;
        let parts = self.obligations.div_ceil(PART);
        let work = |desk: &mut Desk, part: usize| work(self.part(desk, part));
        match self.count < FEW {
            true => {
                let mut desk = Desk::default();
                (0..parts).map(|part| work(&mut desk, part)).collect()
            }
            false => parallel::map(parts, Desk::default, work),
        }
    }

    /// Returns the postings of one obligation in fold order.
    pub fn of(&self, at: ObligationIx) -> Vec<Posting> {
        let mut desk = Desk::default();
        let part = at.position() / PART;
        self.part(&mut desk, part).of(at).to_vec()
    }

    /// Returns all postings in fold order: date, instant, writer, number.
    pub fn in_order(&self) -> Vec<Posting> {
        let mut all: Vec<Posting> = self
            .by_part(|part| part.postings.to_vec())
            .into_iter()
            .flatten()
            .collect();
        all.sort_by_key(fold_key);
        all
    }

    /// Returns the posting of the record on a line of a writer's file.
    pub fn on_line(&self, writer: WriterIx, line: u32) -> Option<Posting> {
        let is_here = |posting: &Posting| posting.writer == writer && posting.line == line;
        if let Some(other) = self.others.iter().find(|posting| is_here(posting)) {
            return Some(*other);
        }
        let mut blocks = self.blocks.iter().filter(|block| {
            let first = block.frame.first_line;
            block.frame.writer == writer && (first..first + block.lines).contains(&line)
        });
        let block = blocks.next()?;
        let postings = block.records.iter().enumerate();
        postings
            .map(|(at, record)| block.frame.posting(*record, block.part_of(at)))
            .find(is_here)
    }

    /// Returns the days of all postings, in no order.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        let packed = self.blocks.iter().flat_map(|block| &block.records);
        let others = self.others.iter().map(|posting| posting.day);
        packed.map(|record| record.day()).chain(others)
    }

    /// Returns the writer and line of all packed records that name evidence.
    pub(super) fn with_evidence(&self) -> impl Iterator<Item = (WriterIx, u32)> {
        self.blocks.iter().flat_map(|block| {
            let frame = &block.frame;
            let records = block.records.iter().filter(|record| record.evidence() > 0);
            records.map(|record| (frame.writer, frame.first_line + record.spot().line))
        })
    }

    /// Unpacks the postings of a part, sorted by obligation, each obligation's in fold order.
    fn part<'d>(&self, desk: &'d mut Desk, part: usize) -> Part<'d> {
        let first = part * PART;
        let last = self.obligations.min(first + PART);
        let Desk { postings, starts } = desk;
        let is_before = |end: usize| move |posting: &Posting| posting.obligation.position() < end;
        let from = self.others.partition_point(is_before(first));
        let to = self.others.partition_point(is_before(last));
        let others = &self.others[from..to];
        let within = |posting: &Posting| posting.obligation.position() - first;
        // Each obligation's place is counted out before anything is unpacked, so that each posting
        // is written once, where it belongs.
        starts.clear();
        starts.resize(last - first + 2, 0u32);
        for record in self.blocks.iter().flat_map(|block| block.of_part(part)) {
            starts[record.within() + 2] += 1;
        }
        for posting in others {
            starts[within(posting) + 2] += 1;
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let count = starts.last().map_or(0, |count| *count as usize);
        postings.resize(count.max(postings.len()), Posting::NONE);
        let mut put = |within: usize, posting: Posting| {
            let next = &mut starts[within + 1];
            postings[*next as usize] = posting;
            *next += 1;
        };
        for block in &self.blocks {
            for record in block.of_part(part) {
                put(record.within(), block.frame.posting(*record, part));
            }
        }
        for posting in others {
            put(within(posting), *posting);
        }
        starts.pop();
        for bounds in starts.windows(2) {
            let of_one = &mut postings[bounds[0] as usize..bounds[1] as usize];
            if !of_one.is_sorted_by_key(fold_key) {
                of_one.sort_by_key(fold_key);
            }
        }
        Part {
            first: ObligationIx(u32::try_from(first).expect("fewer than 2³² obligations")),
            postings: &postings[..count],
            starts,
        }
    }
}

impl Posting {
    /// What stands where a posting is about to be written.
    const NONE: Posting = Posting {
        obligation: ObligationIx(0),
        day: Day::FIRST,
        recorded_at: Instant::FIRST,
        writer: WriterIx(0),
        seq: 0,
        line: 0,
        event: Event::Note,
        value: Value::Empty,
        evidence: 0,
    };
}

/// The order in which postings are folded (numbers.md §3).
pub fn fold_key(posting: &Posting) -> (Day, Instant, WriterIx, u64, u32) {
    (
        posting.day,
        posting.recorded_at,
        posting.writer,
        posting.seq,
        posting.line,
    )
}

/// The postings of some obligations that stand in a row in the chart.
#[derive(Clone, Copy, Debug)]
pub struct Part<'d> {
    /// The first of the obligations.
    pub first: ObligationIx,
    postings: &'d [Posting],
    starts: &'d [u32],
}

impl<'d> Part<'d> {
    /// Returns each obligation with its postings in fold order.
    pub fn iter(self) -> impl Iterator<Item = (ObligationIx, &'d [Posting])> {
        let of = |bounds: &[u32]| &self.postings[bounds[0] as usize..bounds[1] as usize];
        (self.first.0..)
            .map(ObligationIx)
            .zip(self.starts.windows(2).map(of))
    }

    /// Returns the postings of one of its obligations in fold order.
    fn of(self, at: ObligationIx) -> &'d [Posting] {
        let within = (at.0 - self.first.0) as usize;
        &self.postings[self.starts[within] as usize..self.starts[within + 1] as usize]
    }
}

/// Where a thread unpacks a part.
#[derive(Default)]
struct Desk {
    postings: Vec<Posting>,
    starts: Vec<u32>,
}
