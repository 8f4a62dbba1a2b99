//! Goes through the lines of one file after another and keeps what joining needs.

use super::ChainCheck;
use super::ChainState;
use super::JournalFile;
use super::Kept;
use super::Key;
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
use super::void::Voids;
use crate::calendar::Day;
use crate::calendar::Instant;
use crate::calendar::Period;
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
use crate::journal::seal;
use crate::journal::seal::Seal;
use crate::plan::chart::Chart;
use crate::terms::Event;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

pub(super) mod entry;
mod form;

use form::Form;

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

/// Something that entries name and the plan does not have.
struct Other {
    /// Makes the finding from the number of records; none where the plan itself is at fault.
    finding: Option<entry::Unknown>,
    records: Vec<usize>,
}

/// What the finding about a retract needs.
struct RetractFacts {
    at: usize,
    file: Rc<str>,
    /// The line as it stands.
    text: Box<str>,
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

    /// Keeps a known record and reports what it says.
    fn keep(&mut self, progress: &Progress<'_>, record: &Record<'_>) {
        let at = self.records.len();
        self.entries += 1;
        let event = Event::from_code(&record.fields.values[3]);
        let line = u32::try_from(progress.line).unwrap_or(u32::MAX);
        let (kept, value) = self.kept(record, progress.writer, line);
        let key = kept.key;
        self.records.push(kept);
        match event {
            Some(Event::Retract) => self.keep_retract(at, progress, record),
            Some(Event::Seal) => self.keep_seal(at, progress, record),
            Some(event) => self.judge(at, key, event, value, progress, record),
            None => {
                self.nameless.push(at);
                let place = progress
                    .here()
                    .place(record.text, record.fields.spans[3].clone());
                let finding = finding::unknown_event(place, &record.fields.values[3]);
                self.of_records.push((at, finding));
            }
        }
        let found = entry::text_findings(record, self.today, |span| {
            progress.here().place(record.text, span)
        });
        self.of_records
            .extend(found.into_iter().map(|finding| (at, finding)));
    }

    /// Returns what is kept of a record, and its value.
    pub(super) fn kept(
        &mut self,
        record: &Record<'_>,
        writer: WriterIx,
        line: u32,
    ) -> (Kept, Option<Value>) {
        let event = Event::from_code(&record.fields.values[3]);
        let key = self.key(record);
        let value = match (key, event) {
            (Key::Obligation(obligation), Some(event)) => {
                let target = self.chart.obligation(obligation).target;
                entry::value(event, &record.fields.values[7], target, record.date)
            }
            (Key::Other(_), _) | (_, None) => None,
        };
        let kept = Kept {
            id: record.id,
            key,
            day: record.date,
            recorded_at: record.recorded_at,
            writer,
            seq: record.seq,
            line,
            counts: event
                .zip(value)
                .filter(|(event, _)| !matches!(event, Event::Retract | Event::Seal)),
            evidence: entry::evidence_count(&record.fields.values[11]),
            is_seal: event == Some(Event::Seal),
        };
        (kept, value)
    }

    fn keep_retract(&mut self, at: usize, progress: &Progress<'_>, record: &Record<'_>) {
        self.retracts.push(Retract {
            at,
            names: Id::parse(record.fields.values[7].as_bytes()),
        });
        self.retract_facts.push(RetractFacts {
            at,
            file: Rc::clone(&progress.file),
            text: Box::from(record.text),
        });
    }

    fn keep_seal(&mut self, at: usize, progress: &Progress<'_>, record: &Record<'_>) {
        let here = progress.here();
        let values = &record.fields.values;
        let heads = seal::read_note(&values[12]);
        let Some(period) = Period::parse(&values[7]) else {
            let place = here.place(record.text, record.fields.spans[7].clone());
            let finding = finding::seal_unreadable(place);
            return self.of_records.push((at, finding));
        };
        let agrees = heads
            .as_ref()
            .is_some_and(|heads| seal::digest(heads) == values[10]);
        if !agrees {
            let place = here.place(record.text, record.fields.spans[10].clone());
            self.of_records.push((at, finding::seal_unreadable(place)));
        }
        let seal = Seal {
            period,
            writer: progress.writer,
            seq: record.seq,
            line: u32::try_from(progress.line).unwrap_or(u32::MAX),
            id: record.id,
            date: record.date,
            recorded_at: record.recorded_at,
            digest: values[10].to_string(),
            heads,
            plan: values[11].to_string(),
        };
        let note = here.place(record.text, record.fields.spans[12].clone());
        self.seals.push((at, seal, note));
    }

    /// Settles whether an entry names an obligation and says something, and who may say it.
    fn judge(
        &mut self,
        at: usize,
        key: Key,
        event: Event,
        value: Option<Value>,
        progress: &Progress<'_>,
        record: &Record<'_>,
    ) {
        let place = |field: usize| {
            progress
                .here()
                .place(record.text, record.fields.spans[field].clone())
        };
        let obligation = match key {
            Key::Obligation(obligation) => self.chart.obligation(obligation),
            Key::Other(other) => {
                self.nameless.push(at);
                let other = &mut self.others[other as usize];
                if other.records.is_empty() {
                    other.finding = entry::unknown(self.chart.plan, record, place);
                }
                return other.records.push(at);
            }
        };
        if value.is_none() {
            self.nameless.push(at);
            let finding = finding::value(place(7), event, &record.fields.values[7]);
            self.of_records.push((at, finding));
        }
        let found = entry::authority_findings(self.chart.plan, obligation, event, record, place);
        self.of_records
            .extend(found.into_iter().map(|finding| (at, finding)));
    }

    /// Returns what the fields item, unit and period name.
    fn key(&mut self, record: &Record<'_>) -> Key {
        let [item, unit, period] = [4, 5, 6].map(|field| &*record.fields.values[field]);
        if let Some(obligation) = self.chart.of(item, unit, period) {
            return Key::Obligation(obligation);
        }
        let text = record.key();
        if let Some(other) = self.other_keys.get(&*text) {
            return Key::Other(*other);
        }
        let other = u32::try_from(self.others.len()).expect("fewer than 2³² lines");
        self.others.push(Other {
            finding: None,
            records: Vec::new(),
        });
        self.other_keys.insert(text.into_owned(), other);
        Key::Other(other)
    }

    /// Reports retracts that name nothing, or whose writer may not retract.
    pub(super) fn judge_retracts(&mut self, voids: &Voids) {
        for facts in std::mem::take(&mut self.retract_facts) {
            let targets = voids.names.get(&facts.at).map_or(&[][..], Vec::as_slice);
            let fields = line::split(&facts.text).expect("it was split when it was read");
            let place = |field: usize| {
                let line = u64::from(self.records[facts.at].line);
                let span = fields.spans[field].clone();
                Place::in_line(&facts.file, line, &facts.text, span)
            };
            if targets.is_empty() {
                let finding = finding::retract_nothing(place(7));
                self.of_records.push((facts.at, finding));
                continue;
            }
            let own = targets
                .iter()
                .all(|target| self.records[*target].writer == self.records[facts.at].writer);
            let plan = self.chart.plan;
            let is_supervisor = plan.unit(plan.supervisor).id == *fields.values[8];
            if !own && !is_supervisor {
                let finding = finding::retract_actor(place(8), &plan.unit(plan.supervisor).id);
                self.of_records.push((facts.at, finding));
            }
        }
    }

    /// Returns the findings about what entries name and the plan does not have, one a thing named.
    pub(super) fn gone(&mut self, is_void: &dyn Fn(usize) -> bool) -> Vec<Finding> {
        let mut found = Vec::new();
        for other in std::mem::take(&mut self.others) {
            let count = other.records.iter().filter(|at| !is_void(**at)).count();
            if count > 0
                && let Some(finding) = other.finding
            {
                found.push(finding(count));
            }
        }
        found
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
