//! Goes through the lines of one file after another and keeps what joining needs.

use super::ChainCheck;
use super::ChainState;
use super::JournalFile;
use super::Kept;
use super::Value;
use super::block::Block;
use super::block::Run;
use super::claims::Copy;
use super::horizon::Horizon;
use super::lines::Line;
use super::lines::Lines;
use super::seen::Seen;
use super::seen::Standing;
use super::void::Retract;
use crate::calendar::Day;
use crate::calendar::Instant;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as finding;
use crate::journal::Head;
use crate::journal::Id;
use crate::journal::Known;
use crate::journal::WriterIx;
use crate::journal::chain;
use crate::journal::line;
use crate::journal::line::Record;
use crate::journal::line::Unreadable;
use crate::journal::seal::Seal;
use crate::plan::chart::Chart;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

pub(super) mod entry;
mod form;
mod said;

use form::Form;
use said::Other;
use said::RetractFacts;

/// What was gathered from all files so far.
pub(super) struct Reading<'c> {
    /// The known records that are not plain, or were named by a retract or a seal.
    pub(super) records: Vec<Kept>,
    /// The plain records.
    pub(super) plain: Vec<Block>,
    /// How many known records there are.
    pub(super) entries: u64,
    pub(super) retracts: Vec<Retract>,
    /// Records that name nothing or cannot be read.
    pub(super) nameless: Vec<usize>,
    /// Findings that a retract of their record settles.
    pub(super) of_records: Vec<(usize, Finding)>,
    /// All other findings.
    pub(super) findings: Vec<Finding>,
    pub(super) unreadable: u64,
    pub(super) heads: Vec<String>,
    pub(super) damaged: Vec<Rc<str>>,
    pub(super) writers: Vec<Rc<str>>,
    pub(super) found_heads: BTreeSet<String>,
    /// Seals, with their record and the place of their note.
    pub(super) seals: Vec<(usize, Seal, Place)>,
    pub(super) last: BTreeMap<String, Head>,
    pub(super) chart: &'c Chart<'c>,
    known: &'c Known,
    check: ChainCheck,
    today: Day,
    is_broken: bool,
    other_keys: HashMap<String, u32>,
    others: Vec<Other>,
    retract_facts: Vec<RetractFacts>,
}

/// What is known while one file is read.
struct Progress<'k> {
    file: Rc<str>,
    writer: WriterIx,
    line: u64,
    records: u64,
    unreadable: u64,
    seen: Seen,
    previous: Option<Previous>,
    /// How many lines since the record above are no record: they may hold the numbers between.
    damaged_since: u64,
    horizon: Horizon<'k>,
    last_known: Option<String>,
    last_head: Option<Head>,
    form: Form,
}

/// A line of a file, by its number.
struct Here {
    file: Rc<str>,
    line: u64,
}

impl Here {
    fn place(&self, text: &str, span: std::ops::Range<usize>) -> Place {
        Place::in_line(&self.file, self.line, text, span)
    }
}

impl Progress<'_> {
    fn here(&self) -> Here {
        Here {
            file: Rc::clone(&self.file),
            line: self.line,
        }
    }
}

/// The record above.
struct Previous {
    seq: u64,
    id: Id,
    recorded_at: Instant,
}

impl<'c> Reading<'c> {
    /// Begins with nothing read.
    pub(super) fn new(
        chart: &'c Chart<'c>,
        known: &'c Known,
        check: ChainCheck,
        today: Day,
    ) -> Reading<'c> {
        Reading {
            records: Vec::new(),
            plain: Vec::new(),
            entries: 0,
            retracts: Vec::new(),
            nameless: Vec::new(),
            of_records: Vec::new(),
            findings: Vec::new(),
            unreadable: 0,
            heads: Vec::new(),
            damaged: Vec::new(),
            writers: Vec::new(),
            found_heads: BTreeSet::new(),
            seals: Vec::new(),
            last: BTreeMap::new(),
            chart,
            known,
            check,
            today,
            is_broken: false,
            other_keys: HashMap::new(),
            others: Vec::new(),
            retract_facts: Vec::new(),
        }
    }

    /// Leaves out a copy of another writer's file and says so.
    pub(super) fn refuse_copy(&mut self, copy: &Copy) {
        self.is_broken = true;
        self.findings
            .push(finding::copied_file(Place::file(&copy.file), &copy.of));
    }

    /// Returns what is known of the chains.
    pub(super) fn chain_state(&self) -> ChainState {
        match (self.check, self.is_broken) {
            (ChainCheck::Skip, _) => ChainState::Unchecked,
            (ChainCheck::Ids, false) => ChainState::Intact,
            (ChainCheck::Ids, true) => ChainState::Broken,
        }
    }

    /// Reads one file line by line.
    pub(super) fn file(&mut self, file: &JournalFile) -> io::Result<()> {
        let mut lines = Lines::open(&file.content)?;
        let mut progress = self.begin(file)?;
        while let Some(found) = lines.next_line()? {
            progress.line += 1;
            self.line(&mut progress, &found);
        }
        progress.form.has_bom = lines.has_bom;
        self.finish(progress);
        Ok(())
    }

    /// Takes a file whose blocks were read: only the lines that are not plain are gone through.
    pub(super) fn blocks(&mut self, file: &JournalFile, blocks: Vec<Block>) -> io::Result<()> {
        let mut progress = self.begin(file)?;
        for mut block in blocks {
            block.frame.writer = progress.writer;
            block.frame.first_line = u32::try_from(progress.line + 1).unwrap_or(u32::MAX);
            let begins = progress.line;
            let mut known_lines = block.lines;
            for stretch in std::mem::take(&mut block.stretches) {
                progress.line += 1;
                progress.form.has_bom |= stretch.odd.has_bom;
                self.line(&mut progress, &stretch.odd.line());
                if progress.horizon.is_past_head() {
                    let line = u32::try_from(progress.line - begins).unwrap_or(u32::MAX);
                    known_lines = known_lines.min(line);
                }
                self.run(&mut progress, &stretch.run);
            }
            if known_lines < block.lines {
                block.retain(|record| record.spot().line < known_lines);
            }
            self.plain.push(block);
        }
        self.finish(progress);
        Ok(())
    }

    /// Takes plain records, of which nothing is to be said.
    fn run(&mut self, progress: &mut Progress<'_>, run: &Run) {
        let Some(last) = run.last else {
            return;
        };
        progress.line += u64::from(run.lines);
        progress.records += u64::from(run.lines);
        progress.seen.pass(last.head.seq);
        progress.previous = Some(Previous {
            seq: last.head.seq,
            id: last.head.id,
            recorded_at: last.recorded_at,
        });
        if progress.horizon.is_past_head() {
            return;
        }
        self.entries += u64::from(run.known);
        if let Some(head) = run.last_known {
            let writer = &self.writers[usize::from(progress.writer.0)];
            progress.last_known = Some(format!("{writer},{},{}", head.seq, head.id));
            progress.last_head = Some(head);
        }
    }

    fn begin(&mut self, file: &JournalFile) -> io::Result<Progress<'c>> {
        let writer = u16::try_from(self.writers.len())
            .map_err(|_| io::Error::other("more than 65,535 journal files"))?;
        self.writers.push(Rc::clone(&file.writer));
        Ok(Progress {
            file: Rc::clone(&file.name),
            writer: WriterIx(writer),
            line: 0,
            records: 0,
            unreadable: 0,
            seen: Seen::default(),
            previous: None,
            damaged_since: 0,
            horizon: Horizon::of(self.known, &file.writer),
            last_known: None,
            last_head: None,
            form: Form::default(),
        })
    }

    /// Settles what only the end of a file tells.
    fn finish(&mut self, progress: Progress<'_>) {
        if progress.line == 0 {
            self.findings
                .push(finding::empty(Place::file(&progress.file)));
        }
        let damaged = progress.unreadable > progress.records;
        if damaged {
            self.findings.push(finding::damaged(
                Place::file(&progress.file),
                progress.unreadable,
                progress.records,
            ));
            self.damaged.push(Rc::clone(&progress.file));
        }
        self.is_broken |= progress.form.is_damaged();
        self.findings
            .extend(progress.form.findings(&progress.file, progress.line > 0));
        let writer = &self.writers[usize::from(progress.writer.0)];
        if progress.horizon.has_met_head() {
            self.found_heads.insert(writer.to_string());
        }
        if let Some(head) = progress.last_head {
            self.last.insert(writer.to_string(), head);
        }
        self.heads.extend(progress.last_known);
    }

    /// Reads one line.
    fn line(&mut self, progress: &mut Progress<'_>, found: &Line<'_>) {
        progress.form.note_line(progress.line, found);
        let stands_for_header = progress.line == 1;
        if stands_for_header && is_header(found.bytes) {
            return;
        }
        let read = line::read(found.bytes);
        if stands_for_header && (read.is_ok() || !found.is_torn) {
            let text = String::from_utf8_lossy(found.bytes);
            let whole = progress.here().place(&text, 0..text.len());
            self.findings.push(finding::header(whole));
        }
        match read {
            Ok(record) => self.record(progress, &record, found),
            Err(_) if stands_for_header && !found.is_torn => self.count_unreadable(progress),
            Err(why) => self.unreadable(progress, found, &why),
        }
    }

    /// Counts a line that is no record.
    fn count_unreadable(&mut self, progress: &mut Progress<'_>) {
        progress.unreadable += 1;
        if !progress.horizon.is_past_head() {
            self.unreadable += 1;
        }
        self.is_broken = true;
    }

    /// Counts and reports a line that is no record.
    fn unreadable(&mut self, progress: &mut Progress<'_>, found: &Line<'_>, why: &Unreadable) {
        self.count_unreadable(progress);
        progress.damaged_since += u64::from(*why != Unreadable::Blank);
        let text = String::from_utf8_lossy(found.bytes);
        if found.is_torn {
            let torn = finding::torn_tail(progress.here().place(&text, 0..text.len()));
            return self.findings.push(torn);
        }
        if let Unreadable::NotUtf8(at) = why {
            let at = progress.here().place(&text, *at..*at + 1);
            return progress.form.note_not_utf8(found.bytes, at);
        }
        self.findings.push(form::unreadable(&text, why, |span| {
            progress.here().place(&text, span)
        }));
    }

    /// Takes a record: doubles out, then form, chain, and what it says.
    fn record(&mut self, progress: &mut Progress<'_>, record: &Record<'_>, found: &Line<'_>) {
        let here = progress.here();
        let whole = || here.place(record.text, 0..record.text.len());
        let field = |at: usize| here.place(record.text, record.fields.spans[at].clone());
        let standing = progress.seen.add(record.seq, record.id);
        if let Standing::Double = standing {
            self.is_broken = true;
            self.findings.push(finding::double(field(0), record.seq));
            return;
        }
        progress.records += 1;
        if found.is_torn {
            self.findings.push(finding::unended(whole()));
        }
        if !record.fields.is_canonical {
            progress.form.note_quotes(progress.line);
        }
        let sequence_holds = self.check_sequence(progress, record, &standing);
        if self.check == ChainCheck::Ids {
            self.check_id(progress, record, &standing, sequence_holds);
        }
        if let Some(above) = &progress.previous
            && record.recorded_at < above.recorded_at
        {
            self.findings.push(finding::clock_back(
                field(1),
                -record.recorded_at.seconds_since(above.recorded_at),
            ));
        }
        progress.previous = Some(Previous {
            seq: record.seq,
            id: record.id,
            recorded_at: record.recorded_at,
        });
        progress.damaged_since = 0;
        if progress.horizon.knows(record) {
            progress.last_known = Some(format!(
                "{},{},{}",
                self.writers[usize::from(progress.writer.0)],
                record.fields.values[0],
                record.id
            ));
            progress.last_head = Some(Head {
                seq: record.seq,
                id: record.id,
            });
            self.keep(progress, record);
        }
    }

    /// Reports a number that does not follow; tells whether it does.
    fn check_sequence(
        &mut self,
        progress: &Progress<'_>,
        record: &Record<'_>,
        standing: &Standing,
    ) -> bool {
        let expected = progress
            .previous
            .as_ref()
            .map_or(1, |above| above.seq.saturating_add(1));
        if record.seq == expected {
            return true;
        }
        self.is_broken = true;
        if (expected..=expected.saturating_add(progress.damaged_since)).contains(&record.seq) {
            return true;
        }
        let at = progress
            .here()
            .place(record.text, record.fields.spans[0].clone());
        self.findings.push(match standing {
            Standing::SameSeq => finding::same_seq(at, record.seq),
            Standing::New | Standing::Double => finding::sequence(at, record.seq, expected),
        });
        false
    }

    /// Reports an id that does not follow from the record above, where no other finding says so.
    fn check_id(
        &mut self,
        progress: &Progress<'_>,
        record: &Record<'_>,
        standing: &Standing,
        sequence_holds: bool,
    ) {
        let above = match &progress.previous {
            Some(above) => above.id,
            None => chain::start(
                &self.chart.plan.id,
                &self.writers[usize::from(progress.writer.0)],
            ),
        };
        if chain::next(above, &record.body()) == record.id {
            return;
        }
        self.is_broken = true;
        let is_fork = matches!(standing, Standing::SameSeq) && !sequence_holds;
        if progress.damaged_since > 0 || is_fork {
            return;
        }
        let at = progress
            .here()
            .place(record.text, record.fields.spans[13].clone());
        self.findings.push(match form::restored(record, above) {
            Some((column, text)) => finding::rewritten(
                progress
                    .here()
                    .place(record.text, record.fields.spans[column].clone()),
                line::COLUMNS[column],
                &text,
            ),
            None if sequence_holds => finding::changed(at),
            None => finding::chain(at),
        });
    }
}

/// Tells whether the numbers in a file only rise, so that no record can be there twice.
pub(super) fn are_in_order(blocks: &[Block]) -> bool {
    let mut highest = 0;
    for stretch in blocks.iter().flat_map(|block| &block.stretches) {
        if stretch.odd.seq.is_some_and(|seq| seq <= highest) {
            return false;
        }
        let last = stretch.run.last.map(|last| last.head.seq);
        highest = last.or(stretch.odd.seq).unwrap_or(highest);
    }
    true
}

/// Tells whether a line holds the names of the columns, however it is quoted.
fn is_header(bytes: &[u8]) -> bool {
    let fields = std::str::from_utf8(bytes).ok().map(line::split);
    matches!(fields, Some(Ok(fields)) if fields.values == line::COLUMNS)
}
