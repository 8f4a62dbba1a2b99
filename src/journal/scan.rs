//! The only reader of whole journals: bytes of all files → postings, heads, findings.
//!
//! Files are cut into `block`s, read side by side; there the quick way of `plain` takes the lines
//! that say nothing unusual, and `read`, the exact way, goes through all others in order. `void`
//! settles what retracts take out, `recall` finds again what they and seals name, and this file
//! joins everything into what the ledger folds. No text outlives a line but in findings; `texts`
//! reads records again for those who show them.

mod block;
mod claims;
mod compact;
mod horizon;
mod join;
mod lines;
mod plain;
pub mod postings;
mod read;
mod recall;
mod seen;
mod source;
pub mod texts;
mod void;

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::figures::Amount;
use crate::figures::Tenths;
use crate::finding::Finding;
use crate::journal::Head;
use crate::journal::Known;
use crate::journal::WriterIx;
use crate::journal::seal::Seal;
use crate::parallel;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::terms::Colour;
use crate::terms::Event;
use block::Block;
use block::Cut;
use block::Desk;
use join::Kept;
use join::Key;
use postings::Postings;
use source::Source;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

/// One journal file that is to be read.
#[derive(Clone, Debug)]
pub struct JournalFile {
    /// How the file is named to the user.
    pub name: Rc<str>,
    /// The writer, which is the stem.
    pub writer: Rc<str>,
    /// Where its bytes are.
    pub content: Content,
}

/// Where the bytes of a journal file are.
#[derive(Clone, Debug)]
pub enum Content {
    /// On the disk; read line by line.
    Disk(PathBuf),
    /// In memory.
    Bytes(Arc<[u8]>),
}

/// A record that counts, without any text: what the ledger folds.
///
/// A nation's journals hold 10⁷ of them, so it is `Copy` and at most 48 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The obligation it names.
    pub obligation: ObligationIx,
    /// The day the fact holds.
    pub day: Day,
    /// When it was written.
    pub recorded_at: Instant,
    /// Who wrote it.
    pub writer: WriterIx,
    /// Its number in the writer's file.
    pub seq: u64,
    /// The line of that file.
    pub line: u32,
    /// What happened.
    pub event: Event,
    /// What its value says.
    pub value: Value,
    /// How many files it names as evidence.
    pub evidence: u16,
}

const _: () = assert!(size_of::<Posting>() <= 48);

/// A value that was read (numbers.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// None, or one that the event does not take.
    Empty,
    /// Progress, rounded to tenths of a percent at once.
    Percent(Tenths),
    /// A new due date.
    Day(Day),
    /// The colour of a slip or a light.
    Colour(Colour),
}

/// Reads the value of an event (numbers.md §4); `None` when it cannot be read.
pub fn value(event: Event, text: &str, target: Option<Amount>, date: Day) -> Option<Value> {
    read::entry::value(event, text, target, date)
}

/// Whether the ids are computed again while reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainCheck {
    /// Only form and sequence are looked at.
    Skip,
    /// Every id is computed again.
    Ids,
}

/// What is known of the chains after reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainState {
    /// The ids were not computed.
    Unchecked,
    /// Every record follows from the one before it.
    Intact,
    /// Some record does not.
    Broken,
}

impl ChainState {
    /// Returns the word of the machine formats.
    pub const fn code(self) -> &'static str {
        match self {
            ChainState::Unchecked => "unchecked",
            ChainState::Intact => "intact",
            ChainState::Broken => "broken",
        }
    }
}

/// Lines of files, by writer.
pub type Lines = BTreeMap<Rc<str>, BTreeSet<u32>>;

/// What all files together say.
#[derive(Debug)]
pub struct Scan {
    /// The writers whose files were read, in byte order.
    pub writers: Vec<Rc<str>>,
    /// The records that count.
    pub postings: Rc<Postings>,
    /// The days of records in force that name nothing or cannot be read, sorted: they are skipped.
    pub nameless: Vec<Day>,
    /// Where these records stand, sorted by writer and line.
    pub nameless_places: Vec<(WriterIx, u32)>,
    /// How many known records there are.
    pub entries: u64,
    /// How many lines are no record.
    pub unreadable: u64,
    /// The journal digest (contract §3.1).
    pub digest: String,
    /// What is known of the chains.
    pub chain: ChainState,
    /// Known records that a retract took out, by writer and line.
    pub void: Vec<(WriterIx, u32)>,
    /// The seals that stand, in the order of files and lines.
    pub seals: Vec<Seal>,
    /// The seals that were retracted.
    pub void_seals: Vec<Seal>,
    /// Known records dated inside a sealed period and not under its heads, by writer and line.
    pub late: Vec<(WriterIx, u32)>,
    /// Known records that name evidence and are not packed, by writer and line.
    with_evidence: Vec<(WriterIx, u32)>,
    /// The last known record of each writer that has one.
    pub last: BTreeMap<String, Head>,
    /// What is wrong in the files.
    pub findings: Vec<Finding>,
    /// Files with more unreadable lines than records: too damaged to count on.
    pub damaged: Vec<Rc<str>>,
    /// Writers whose head, named by a seal, was not found.
    pub lost_heads: Vec<String>,
}

impl Scan {
    /// Returns the name of an entry: `yjb-li:17`.
    pub fn entry_name(&self, writer: WriterIx, seq: u64) -> String {
        format!("{}:{seq}", self.writers[usize::from(writer.0)])
    }

    /// Returns how many entries dated up to a day name nothing or cannot be read.
    pub fn nameless_until(&self, day: Day) -> u64 {
        self.nameless.partition_point(|of| *of <= day) as u64
    }

    /// Returns the lines of each writer's file on which known records name evidence.
    pub fn lines_with_evidence(&self) -> Lines {
        let packed = self.postings.with_evidence();
        let all = packed.chain(self.with_evidence.iter().copied());
        self.lines(all)
    }

    /// Returns lines by the names of their writers.
    pub fn lines(&self, places: impl IntoIterator<Item = (WriterIx, u32)>) -> Lines {
        let mut lines = Lines::new();
        for (writer, line) in places {
            let writer = &self.writers[usize::from(writer.0)];
            lines.entry(Rc::clone(writer)).or_default().insert(line);
        }
        lines
    }

    /// Tells whether the record on a line was taken out by a retract.
    pub fn is_void(&self, writer: WriterIx, line: u32) -> bool {
        self.void.binary_search(&(writer, line)).is_ok()
    }

    /// Tells whether the record on a line came after its period was sealed.
    pub fn is_late(&self, writer: WriterIx, line: u32) -> bool {
        self.late.binary_search(&(writer, line)).is_ok()
    }

    /// Tells whether a record was voided, by the writer's name.
    pub fn is_void_of(&self, writer: &str, line: u32) -> bool {
        self.writer(writer)
            .is_some_and(|writer| self.is_void(writer, line))
    }

    /// Returns the number of a writer.
    pub fn writer(&self, name: &str) -> Option<WriterIx> {
        let at = self.writers.iter().position(|writer| &**writer == name)?;
        u16::try_from(at).ok().map(WriterIx)
    }
}

/// How the lines of files are taken. What comes out is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In blocks of so many bytes, side by side.
    Blocks(usize),
    /// One after another.
    Lines,
}

/// Reads all files of a journal.
///
/// Files need not be in any order. `today` only serves the finding about records from the future.
pub fn scan(
    files: &[JournalFile],
    chart: &Chart<'_>,
    known: &Known,
    check: ChainCheck,
    today: Day,
) -> io::Result<Scan> {
    scan_as(
        Way::Blocks(source::BLOCK),
        files,
        chart,
        known,
        check,
        today,
    )
}

/// Reads all files of a journal in a way that is chosen: tests hold one against the other.
pub fn scan_as(
    way: Way,
    files: &[JournalFile],
    chart: &Chart<'_>,
    known: &Known,
    check: ChainCheck,
    today: Day,
) -> io::Result<Scan> {
    let mut files: Vec<&JournalFile> = files.iter().collect();
    files.sort_by(|a, b| a.writer.as_bytes().cmp(b.writer.as_bytes()));
    let copies = claims::copies(&files, &chart.plan.id)?;
    let copy_of = |file: &JournalFile| {
        copies
            .iter()
            .find(|copy| Rc::ptr_eq(&copy.file, &file.name))
    };
    let read_files: Vec<&JournalFile> = files
        .iter()
        .copied()
        .filter(|file| copy_of(file).is_none())
        .collect();
    let sources = match way {
        Way::Blocks(_) => sources(&read_files)?,
        Way::Lines => read_files.iter().map(|_| None).collect(),
    };
    let reader = block::Reader {
        rules: plain::Rules { chart, today },
        check,
        until: match known {
            Known::Until(instant) => Some(*instant),
            Known::All | Known::Heads(_) => None,
        },
    };
    let mut blocks = match way {
        Way::Blocks(size) => blocks(&reader, &read_files, &sources, known, size)?,
        Way::Lines => Vec::new(),
    }
    .into_iter();
    let mut reading = read::Reading::new(chart, known, check, today);
    for file in files {
        match copy_of(file) {
            Some(copy) => reading.refuse_copy(copy),
            None => match blocks.next().flatten() {
                Some(blocks) => reading.blocks(file, blocks)?,
                None => reading.file(file)?,
            },
        }
    }
    reading.recall(&sources)?;
    Ok(join::join(reading, known))
}

/// Opens files so that they can be read in any order.
fn sources<'f>(files: &[&'f JournalFile]) -> io::Result<Vec<Option<Source<'f>>>> {
    files
        .iter()
        .map(|file| Source::open(&file.content))
        .collect()
}

/// Reads the blocks of all files; nothing for a file that must be read line by line.
fn blocks(
    reader: &block::Reader<'_>,
    files: &[&JournalFile],
    sources: &[Option<Source<'_>>],
    known: &Known,
    size: usize,
) -> io::Result<Vec<Option<Vec<Block>>>> {
    let heads: Vec<Option<u64>> = files
        .iter()
        .map(|file| match known {
            Known::All | Known::Until(_) => None,
            Known::Heads(heads) => heads.get(&*file.writer).map(|head| head.seq),
        })
        .collect();
    let cuts: Vec<Cut> = sources
        .iter()
        .enumerate()
        .flat_map(|(file, source)| {
            let length = source.as_ref().map_or(0, Source::length);
            let starts = (0..length).step_by(size);
            starts.map(move |start| Cut { file, start, size })
        })
        .collect();
    let read = parallel::map(cuts.len(), Desk::default, |desk, at| {
        let cut = cuts[at];
        let source = sources[cut.file].as_ref().expect("only sources are cut");
        reader.read(desk, source, cut, heads[cut.file])
    });
    let mut of_files: Vec<Option<Vec<Block>>> = sources
        .iter()
        .map(|source| source.as_ref().map(|_| Vec::new()))
        .collect();
    for (cut, block) in cuts.iter().zip(read) {
        let blocks = &mut of_files[cut.file];
        match (blocks.as_mut(), block?) {
            (Some(blocks), Some(block)) => blocks.push(block),
            (_, None) => *blocks = None,
            (None, Some(_)) => {}
        }
    }
    Ok(of_files
        .into_iter()
        .map(|blocks| blocks.filter(|blocks| read::are_in_order(blocks)))
        .collect())
}
