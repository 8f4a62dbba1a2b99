//! The figures of a row: sums over its obligations (numbers.md §6).

use crate::figures::Share;
use crate::figures::Tenths;
use crate::ledger::Book;
use crate::ledger::position::Position;
use crate::plan::ItemIx;
use crate::plan::chart::Obligation;
use crate::plan::chart::ObligationIx;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::State;
use std::collections::BTreeMap;

/// What the obligations of a row come to.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    states: [u64; State::ALL.len()],
    lights: [u64; Light::ALL.len()],
    items: BTreeMap<ItemIx, ItemSum>,
    progress: Vec<Tenths>,
    on_time_of_due: u64,
    /// Past their judged due date.
    pub overdue: u64,
    /// Closed after it.
    pub closed_late: u64,
    /// Whose judged due date has come.
    pub due: u64,
    /// Periods with work of periods passed, of continuing obligations.
    pub continuing: Share,
    /// Pairs of item and assisting unit.
    pub assist: u64,
}

/// How many obligations of an item are in the row, cancelled ones aside.
#[derive(Clone, Copy, Debug, Default)]
struct ItemSum {
    counted: u64,
    closed: u64,
}

impl Sums {
    /// Adds up obligations.
    pub fn of(book: Book<'_>, obligations: impl IntoIterator<Item = ObligationIx>) -> Sums {
        let mut sums = Sums::default();
        for at in obligations {
            sums.add(book, at);
        }
        sums
    }

    /// Adds one obligation.
    pub fn add(&mut self, book: Book<'_>, at: ObligationIx) {
        self.add_position(book.chart.obligation(at), &book.position(at));
    }

    /// Adds one obligation whose position is known.
    pub fn add_position(&mut self, obligation: &Obligation, position: &Position) {
        self.lights[position.light as usize] += 1;
        if obligation.kind == Kind::Continuing {
            let (worked, passed) = position.work.unwrap_or_default();
            self.continuing.part += worked;
            self.continuing.whole += passed;
            return;
        }
        self.states[position.state as usize] += 1;
        let is_closed = position.state == State::Closed;
        let item = self.items.entry(obligation.item).or_default();
        item.counted += u64::from(position.state != State::Cancelled);
        item.closed += u64::from(is_closed);
        self.overdue += u64::from(position.overdue);
        self.closed_late += u64::from(position.closed_late);
        self.due += u64::from(position.is_due);
        self.on_time_of_due += u64::from(is_closed && !position.closed_late && position.is_due);
        if !matches!(position.state, State::Cancelled | State::NotBegun) {
            self.progress.extend(position.progress);
        }
    }

    /// Returns how many obligations there are, continuing ones aside.
    pub fn total(&self) -> u64 {
        self.states.iter().sum()
    }

    /// Returns how many are in a state.
    pub fn in_state(&self, state: State) -> u64 {
        self.states[state as usize]
    }

    /// Returns how many were closed in time.
    pub fn closed_on_time(&self) -> u64 {
        self.in_state(State::Closed) - self.closed_late
    }

    /// Returns the completion rate.
    pub fn completion(&self) -> Share {
        Share {
            part: self.in_state(State::Closed),
            whole: self.total() - self.in_state(State::Cancelled) - self.in_state(State::NotBegun),
        }
    }

    /// Returns the on-time rate.
    pub fn on_time(&self) -> Share {
        Share {
            part: self.on_time_of_due,
            whole: self.due,
        }
    }

    /// Returns the mean progress.
    pub fn progress(&self) -> Option<Tenths> {
        Tenths::mean(self.progress.iter().copied())
    }

    /// Returns how many items the obligations belong to.
    pub fn items_total(&self) -> u64 {
        self.items.len() as u64
    }

    /// Returns how many of these items are closed: they have obligations, and all are.
    pub fn items_closed(&self) -> u64 {
        let is_closed = |item: &&ItemSum| item.counted > 0 && item.closed == item.counted;
        self.items.values().filter(is_closed).count() as u64
    }

    /// Returns how many obligations have a light.
    pub fn with_light(&self, light: Light) -> u64 {
        self.lights[light as usize]
    }

    /// Returns how many obligations there are, continuing ones too.
    pub fn light_count(&self) -> u64 {
        self.lights.iter().sum()
    }

    /// Returns the worst light of all.
    pub fn light(&self) -> Light {
        let worst = Light::ALL.iter().find(|light| self.with_light(**light) > 0);
        worst.copied().unwrap_or(Light::Grey)
    }
}
