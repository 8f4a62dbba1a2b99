//! What one known record says: whom it names, what it is worth, who may say it; retracts and seals
//! are kept for when all files were read.

use super::Progress;
use super::Reading;
use super::entry;
use crate::calendar::Period;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as finding;
use crate::journal::Id;
use crate::journal::WriterIx;
use crate::journal::line;
use crate::journal::line::Record;
use crate::journal::scan::Kept;
use crate::journal::scan::Key;
use crate::journal::scan::Value;
use crate::journal::scan::void::Retract;
use crate::journal::scan::void::Voids;
use crate::journal::seal;
use crate::journal::seal::Seal;
use crate::terms::Event;
use std::rc::Rc;

/// Something that entries name and the plan does not have.
pub(super) struct Other {
    /// Makes the finding from the number of records; none where the plan itself is at fault.
    pub(super) finding: Option<entry::Unknown>,
    pub(super) records: Vec<usize>,
}

/// What the finding about a retract needs.
pub(super) struct RetractFacts {
    pub(super) at: usize,
    pub(super) file: Rc<str>,
    /// The line as it stands.
    pub(super) text: Box<str>,
}

impl Reading<'_> {
    /// Keeps a known record and reports what it says.
    pub(super) fn keep(&mut self, progress: &Progress<'_>, record: &Record<'_>) {
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
    pub(in crate::journal::scan) fn kept(
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
    pub(in crate::journal::scan) fn judge_retracts(&mut self, voids: &Voids) {
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
    pub(in crate::journal::scan) fn gone(
        &mut self,
        is_void: &dyn Fn(usize) -> bool,
    ) -> Vec<Finding> {
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
