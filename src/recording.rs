//! Drafts → lines that may be written: what record, retract and every import go through.
//!
//! Pure: knows the chart and the postings, no file and no clock. A draft is tried where it falls in
//! the fold; what it would break is named before anything is written.

pub mod book;
pub mod input;
pub mod intake;
pub mod texts;

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::journal::WriterIx;
use crate::journal::scan::Posting;
use crate::journal::scan::Value;
use crate::journal::scan::postings::Postings;
use crate::ledger::account::Account;
use crate::ledger::account::Refusal;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::terms::Actor;
use crate::terms::Event;
use crate::terms::EvidenceRule;
use crate::terms::Kind;
use crate::terms::State;
use std::collections::BTreeMap;
use std::rc::Rc;

/// An entry that somebody wants to write, with its meaning settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The obligation.
    pub obligation: ObligationIx,
    /// What happened.
    pub event: Event,
    /// What the value says.
    pub value: Value,
    /// The day the fact holds.
    pub date: Day,
    /// The unit that acts.
    pub acting: UnitIx,
    /// Which of the texts are there.
    pub carries: Carries,
}

/// Which texts an entry has; what an event must carry is checked against these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carries {
    /// A note.
    pub note: Has,
    /// A document number or approval.
    pub reference: Has,
    /// Evidence.
    pub evidence: Has,
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Has {
    /// It is.
    Yes,
    /// It is not.
    #[default]
    No,
}

impl Has {
    /// Tells whether a text is there.
    pub fn text(text: &str) -> Has {
        match text.is_empty() {
            true => Has::No,
            false => Has::Yes,
        }
    }
}

/// What an event lacks (domain.md §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A percent, an amount or a note.
    Progress,
    /// A reason in the note.
    Reason,
    /// A reason or a document number.
    ReasonOrReference,
    /// The approval.
    Approval,
    /// The value of an extension, a slip or a light.
    Value(Event),
    /// A text.
    Text,
    /// Evidence, which the item asks for.
    Evidence,
}

/// Why a wish is not written as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The event lacks what it must carry.
    Lacks(Lack),
    /// Only another unit may write it.
    Actor(UnitIx),
    /// It would be skipped where it falls.
    Skipped(Refusal),
    /// A line that counts now would be skipped.
    Breaks {
        /// That line.
        later: Posting,
        /// Why.
        why: Refusal,
    },
}

/// Who writes, when and with which number: the place of a wish in the fold.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// The writer.
    pub writer: WriterIx,
    /// The number that the next entry gets.
    pub next_seq: u64,
    /// The time of writing.
    pub now: Instant,
}

/// An entry by its writer and line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// The writer.
    pub writer: WriterIx,
    /// The line in the writer's file.
    pub line: u32,
}

impl EntryLine {
    fn is(self, posting: &Posting) -> bool {
        posting.writer == self.writer && posting.line == self.line
    }
}

/// The postings of a journal, to which wishes are added one after another.
pub struct Trial<'t> {
    chart: &'t Chart<'t>,
    journal: Rc<Postings>,
    /// The obligations whose postings are no longer those of the journal.
    changed: BTreeMap<ObligationIx, Vec<Posting>>,
    pen: Pen,
}

/// What a wish changes.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The account before, as of the wish's place.
    pub before: Account,
    /// The account after it.
    pub after: Account,
}

impl<'t> Trial<'t> {
    /// Begins with what is in the journal.
    pub fn new(chart: &'t Chart<'t>, journal: Rc<Postings>, pen: Pen) -> Trial<'t> {
        Trial {
            chart,
            journal,
            changed: BTreeMap::new(),
            pen,
        }
    }

    /// Returns the account of an obligation as of the end of a day.
    pub fn account(&self, at: ObligationIx, day: Day) -> Account {
        let postings = self.postings(at);
        let until = postings.iter().filter(|posting| posting.day <= day);
        let (account, _) = self.fold(at, until);
        account.at(self.chart, self.chart.obligation(at), day)
    }

    /// Returns the postings of an obligation in fold order.
    fn postings(&self, at: ObligationIx) -> Vec<Posting> {
        match self.changed.get(&at) {
            Some(changed) => changed.clone(),
            None => self.journal.of(at),
        }
    }

    fn fold<'p>(
        &self,
        at: ObligationIx,
        postings: impl Iterator<Item = &'p Posting>,
    ) -> (Account, Vec<Option<Refusal>>) {
        let obligation = self.chart.obligation(at);
        let mut account = Account::new(obligation);
        let refusals = postings
            .map(|posting| account.post(self.chart, obligation, posting).err())
            .collect();
        (account, refusals)
    }

    /// Adds a wish, and says what it changes and what speaks against it.
    pub fn add(&mut self, wish: &Wish) -> (Outcome, Vec<Objection>) {
        let before = self.postings(wish.obligation);
        self.put(wish, &before, before.clone())
    }

    /// Returns what stands of an obligation, to be put back by `restore`.
    pub fn kept(&self, at: ObligationIx) -> Vec<Posting> {
        self.postings(at)
    }

    /// Puts back what stood of an obligation before a wish that came to nothing.
    pub fn restore(&mut self, at: ObligationIx, kept: Vec<Posting>) {
        self.changed.insert(at, kept);
    }

    /// Adds a wish in place of an entry that is taken out at the same time.
    pub fn replace(&mut self, entry: EntryLine, wish: &Wish) -> (Outcome, Vec<Objection>) {
        let before = self.postings(wish.obligation);
        let mut without = before.clone();
        without.retain(|posting| !entry.is(posting));
        if without.len() < before.len() {
            return self.put(wish, &before, without);
        }
        let mut objections = self.void(entry);
        let (outcome, more) = self.add(wish);
        objections.extend(more);
        (outcome, objections)
    }

    /// Puts a wish among postings of its obligation and compares with those that stood before.
    fn put(
        &mut self,
        wish: &Wish,
        before: &[Posting],
        among: Vec<Posting>,
    ) -> (Outcome, Vec<Objection>) {
        let mut objections = lacks(self.chart, wish);
        let verifier = self
            .chart
            .plan
            .verifier_of(self.chart.obligation(wish.obligation).unit);
        if wish.event.actor() == Actor::Supervisor && wish.acting != verifier {
            objections.push(Objection::Actor(verifier));
        }
        let posting = self.posting(wish);
        self.pen.next_seq += 1;
        let at = among.partition_point(|other| fold_key(other) <= fold_key(&posting));
        let (outcome, refusal) = self.outcome(&among[..at], &posting);
        objections.extend(refusal.map(Objection::Skipped));
        let mut after = among;
        after.insert(at, posting);
        let broken = self.newly_refused(wish.obligation, before, &after);
        let others = broken.into_iter().filter(|(later, _)| *later != posting);
        objections.extend(others.map(|(later, why)| Objection::Breaks { later, why }));
        self.changed.insert(wish.obligation, after);
        (outcome, objections)
    }

    /// Takes an entry out, and says which lines that count now would be skipped.
    pub fn void(&mut self, entry: EntryLine) -> Vec<Objection> {
        let Some(posting) = self.journal.on_line(entry.writer, entry.line) else {
            return Vec::new();
        };
        let at = posting.obligation;
        let before = self.postings(at);
        let mut after = before.clone();
        after.retain(|posting| !entry.is(posting));
        let broken = self.newly_refused(at, &before, &after);
        self.changed.insert(at, after);
        broken
            .into_iter()
            .map(|(later, why)| Objection::Breaks { later, why })
            .collect()
    }

    /// Puts an entry back that was void, and says which lines would be skipped.
    pub fn revive(&mut self, posting: Posting) -> Vec<Objection> {
        let before = self.postings(posting.obligation);
        let at = before.partition_point(|other| fold_key(other) <= fold_key(&posting));
        let mut after = before.clone();
        after.insert(at, posting);
        let broken = self.newly_refused(posting.obligation, &before, &after);
        self.changed.insert(posting.obligation, after);
        broken
            .into_iter()
            .map(|(later, why)| match later == posting {
                true => Objection::Skipped(why),
                false => Objection::Breaks { later, why },
            })
            .collect()
    }

    fn posting(&self, wish: &Wish) -> Posting {
        Posting {
            obligation: wish.obligation,
            day: wish.date,
            recorded_at: self.pen.now,
            writer: self.pen.writer,
            seq: self.pen.next_seq,
            line: u32::MAX,
            event: wish.event,
            value: wish.value,
            evidence: 0,
        }
    }

    fn outcome(&self, above: &[Posting], posting: &Posting) -> (Outcome, Option<Refusal>) {
        let (before, _) = self.fold(posting.obligation, above.iter());
        let mut after = before;
        let obligation = self.chart.obligation(posting.obligation);
        let refusal = after.post(self.chart, obligation, posting).err();
        (Outcome { before, after }, refusal)
    }

    /// Returns the lines that are skipped after a change and were not before it.
    fn newly_refused(
        &self,
        at: ObligationIx,
        before: &[Posting],
        after: &[Posting],
    ) -> Vec<(Posting, Refusal)> {
        let refused_before: Vec<Posting> = before
            .iter()
            .zip(self.fold(at, before.iter()).1)
            .filter(|(_, refusal)| refusal.is_some())
            .map(|(posting, _)| *posting)
            .collect();
        after
            .iter()
            .zip(self.fold(at, after.iter()).1)
            .filter_map(|(posting, refusal)| Some((*posting, refusal?)))
            .filter(|(posting, _)| !refused_before.contains(posting))
            .collect()
    }

    /// Returns the obligations of a unit that can take an event on a day, in the order of the plan.
    pub fn able(&self, unit: UnitIx, event: Event, day: Day) -> Vec<ObligationIx> {
        let takes = |at: &ObligationIx| {
            let obligation = self.chart.obligation(*at);
            let account = self.account(*at, day);
            let has_begun = day >= obligation.window.start || account.state != State::NotStarted;
            let is_over = obligation.kind != Kind::Once && day > account.current_due;
            let acked = event == Event::Ack && account.acked_on.is_some();
            obligation.unit == unit
                && account.allows(obligation, event, Value::Empty).is_ok()
                && (event == Event::Ack || (has_begun && !is_over))
                && !acked
        };
        self.chart.iter().map(|(at, _)| at).filter(takes).collect()
    }

    /// Returns the obligations of an item that are in a state on a day.
    pub fn in_state(&self, item: &str, state: State, day: Day) -> Vec<ObligationIx> {
        let holds = |at: &ObligationIx| {
            self.chart.plan.item(self.chart.obligation(*at).item).id == item
                && self.account(*at, day).state == state
        };
        self.chart.iter().map(|(at, _)| at).filter(holds).collect()
    }
}

/// The place of a posting in the fold order.
fn fold_key(posting: &Posting) -> (Day, Instant, WriterIx, u64) {
    (
        posting.day,
        posting.recorded_at,
        posting.writer,
        posting.seq,
    )
}

/// Returns what an event lacks of what it must carry (domain.md §3).
fn lacks(chart: &Chart<'_>, wish: &Wish) -> Vec<Objection> {
    let Carries {
        note,
        reference,
        evidence,
    } = wish.carries;
    let obligation = chart.obligation(wish.obligation);
    let item = chart.plan.item(obligation.item);
    let lack = match wish.event {
        Event::Progress if wish.value == Value::Empty && note == Has::No => Some(Lack::Progress),
        Event::Submit if item.evidence == EvidenceRule::Required && evidence == Has::No => {
            Some(Lack::Evidence)
        }
        Event::Return | Event::Light if note == Has::No => Some(Lack::Reason),
        Event::Extend if reference == Has::No => Some(Lack::Approval),
        Event::Suspend | Event::Resume | Event::Cancel | Event::Reopen
            if note == Has::No && reference == Has::No =>
        {
            Some(Lack::ReasonOrReference)
        }
        Event::Note if note == Has::No => Some(Lack::Text),
        Event::Extend | Event::Urge | Event::Light if wish.value == Value::Empty => {
            Some(Lack::Value(wish.event))
        }
        Event::Ack
        | Event::Progress
        | Event::Nil
        | Event::Submit
        | Event::Verify
        | Event::Return
        | Event::Extend
        | Event::Suspend
        | Event::Resume
        | Event::Cancel
        | Event::Reopen
        | Event::Urge
        | Event::Light
        | Event::Note
        | Event::Retract
        | Event::Seal => None,
    };
    lack.map(Objection::Lacks).into_iter().collect()
}

/// Returns the reporting period that a report on a day counts for, by its place.
pub fn reporting_period_of(plan: &Plan, day: Day) -> Option<usize> {
    plan.reporting_periods()
        .iter()
        .position(|period| period.window.contains(day))
}

/// Returns the period that a report made today may be meant for instead of today's: one that has
/// ended, whose report day is not past, and for which the obligation is still silent (contract §3).
pub fn silent_period(plan: &Plan, account: &Account, today: Day) -> Option<usize> {
    let at = plan
        .reporting_periods()
        .iter()
        .rposition(|period| period.window.end < today && today <= period.report_day)?;
    let is_silent = account.reports.of(at) == crate::ledger::reporting::Report::Missing;
    is_silent.then_some(at)
}
