//! The account of one obligation: what the entries that count have made of it.

use crate::calendar::Day;
use crate::figures::Tenths;
use crate::journal::scan::Posting;
use crate::journal::scan::Value;
use crate::ledger::EntryRef;
use crate::ledger::reporting::Reports;
use crate::plan::chart::Chart;
use crate::plan::chart::Obligation;
use crate::terms::Colour;
use crate::terms::Event;
use crate::terms::State;

/// Where an obligation stands. Small and `Copy`: there is one for each of 360,000.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// The state; never `NotBegun`, which depends on the day.
    pub state: State,
    /// The state that a suspension or a cancellation left behind.
    pub left: State,
    /// The day of the first ack.
    pub acked_on: Option<Day>,
    /// The last value reported.
    pub value: Option<Tenths>,
    /// The day of the submission in force.
    pub submitted_on: Option<Day>,
    /// The day it was verified.
    pub closed_on: Option<Day>,
    /// The due date by which lateness is judged.
    pub judged_due: Day,
    /// The due date with every extension.
    pub current_due: Day,
    /// How many extensions were granted.
    pub extensions: u32,
    /// Whether one of them was applied for after the judged due date.
    pub extended_late: bool,
    /// How often it was reopened.
    pub reopened: u32,
    /// The light set by hand, while it holds.
    pub manual: Option<Colour>,
    /// The last slip, while it is unanswered.
    pub slip: Option<Colour>,
    /// How many files counted entries name.
    pub evidence: u32,
    /// The last entry that counted.
    pub last_entry: Option<EntryRef>,
    /// What was reported when.
    pub reports: Reports,
}

/// Why an entry was skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The kind of the item has no such event.
    Kind,
    /// The state does not allow the event.
    State(State),
    /// An extension does not lead past the current due date.
    NotLater(Day),
}

impl Account {
    /// Opens the account of an obligation.
    pub fn new(obligation: &Obligation) -> Account {
        Account {
            state: State::NotStarted,
            left: State::NotStarted,
            acked_on: None,
            value: None,
            submitted_on: None,
            closed_on: None,
            judged_due: obligation.window.end,
            current_due: obligation.window.end,
            extensions: 0,
            extended_late: false,
            reopened: 0,
            manual: None,
            slip: None,
            evidence: 0,
            last_entry: None,
            reports: Reports::default(),
        }
    }

    /// Posts one entry, or says why it is skipped; then nothing has changed.
    ///
    /// Entries must come in fold order.
    pub fn post(
        &mut self,
        chart: &Chart<'_>,
        obligation: &Obligation,
        posting: &Posting,
    ) -> Result<(), Refusal> {
        self.allows(obligation, posting.event, posting.value)?;
        let periods = chart.plan.reporting_periods();
        self.reports
            .end_periods_before(posting.day, periods, obligation, self.state);
        self.apply(posting);
        self.reports.post(posting, periods, obligation);
        self.evidence += u32::from(posting.evidence);
        self.last_entry = Some((posting.writer, posting.seq));
        Ok(())
    }

    /// Tells whether an event with its value may come next.
    pub fn allows(
        &self,
        obligation: &Obligation,
        event: Event,
        value: Value,
    ) -> Result<(), Refusal> {
        if !event.fits(obligation.kind) {
            return Err(Refusal::Kind);
        }
        if !event.allowed_in(self.state) {
            return Err(Refusal::State(self.state));
        }
        match (event, value) {
            (Event::Extend, Value::Day(day)) if day <= self.current_due => {
                Err(Refusal::NotLater(self.current_due))
            }
            _ => Ok(()),
        }
    }

    /// Makes of the account what an allowed event says (numbers.md §4).
    fn apply(&mut self, posting: &Posting) {
        match posting.event {
            Event::Ack => self.acked_on = self.acked_on.or(Some(posting.day)),
            Event::Progress => {
                self.answer();
                if self.state == State::NotStarted {
                    self.state = State::InProgress;
                }
                if let Value::Percent(percent) = posting.value {
                    self.value = Some(percent);
                }
            }
            Event::Nil => self.answer(),
            Event::Submit => {
                self.answer();
                self.state = State::Submitted;
                self.submitted_on = Some(posting.day);
            }
            Event::Verify => {
                self.manual = None;
                self.state = State::Closed;
                self.closed_on = Some(posting.day);
            }
            Event::Return => {
                self.manual = None;
                self.state = State::Returned;
                self.submitted_on = None;
            }
            Event::Extend => self.extend(posting),
            Event::Suspend => {
                self.left = self.state;
                self.state = State::Suspended;
            }
            Event::Resume => self.state = self.left,
            Event::Cancel => {
                if self.state != State::Suspended {
                    self.left = self.state;
                }
                self.state = State::Cancelled;
            }
            Event::Reopen => self.reopen(posting.value),
            Event::Urge => self.slip = colour(posting.value),
            Event::Light => self.manual = colour(posting.value),
            Event::Note | Event::Retract | Event::Seal => {}
        }
    }

    /// Takes a report as the answer to a slip and to a light set by hand.
    fn answer(&mut self) {
        self.slip = None;
        self.manual = None;
    }

    /// Grants a later due date; in time it is judged by it, late only shown (numbers.md §5).
    fn extend(&mut self, posting: &Posting) {
        let Value::Day(due) = posting.value else {
            return;
        };
        self.extensions += 1;
        if posting.day <= self.judged_due {
            self.judged_due = due;
        } else {
            self.extended_late = true;
        }
        self.current_due = due;
    }

    fn reopen(&mut self, value: Value) {
        self.manual = None;
        self.state = State::InProgress;
        self.submitted_on = None;
        self.closed_on = None;
        self.reopened += 1;
        if let Value::Day(due) = value {
            self.judged_due = due;
            self.current_due = due;
        }
    }

    /// Returns the account as it stands at the end of a day on which nothing more happens.
    pub fn at(&self, chart: &Chart<'_>, obligation: &Obligation, day: Day) -> Account {
        let mut account = *self;
        let periods = chart.plan.reporting_periods();
        account
            .reports
            .end_periods_before(day.plus(1), periods, obligation, self.state);
        account
    }
}

fn colour(value: Value) -> Option<Colour> {
    match value {
        Value::Colour(colour) => Some(colour),
        Value::Empty | Value::Percent(_) | Value::Day(_) => None,
    }
}
