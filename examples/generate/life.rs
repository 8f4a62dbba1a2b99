//! What happens to the obligations: which one is next, and what the state allows it.
//!
//! Holds a few bytes an obligation, however many entries there are. Entries are made in an order in
//! which the fold of numbers.md §3.5 will find each of them allowed.

use crate::chance::Chance;
use crate::plan::Item;
use crate::plan::Obligation;
use crate::shares::Shares;
use duban::terms::Event;
use duban::terms::Kind;
use duban::terms::State;
use std::collections::VecDeque;

/// Where one obligation stands. Days count from the first day of the year.
#[derive(Clone, Copy)]
pub(crate) struct Life {
    pub(crate) state: State,
    /// The state that a suspension left.
    left: State,
    pub(crate) is_acked: bool,
    percent: u8,
    /// The day since which the state holds.
    since: u16,
    /// The latest day of an entry.
    last: u16,
    /// The current due date.
    due: u16,
}

/// The last entry of an obligation, as long as it can be taken back.
#[derive(Clone, Copy)]
struct Latest {
    id: [u8; 16],
    desk: u8,
    event: Event,
    before: Life,
}

struct Held {
    life: Life,
    latest: Option<Latest>,
}

/// What an entry says beside its event.
pub(crate) enum Value {
    Empty,
    Percent(u8),
    Day(u16),
    Colour(&'static str),
    /// Voids an entry of this writer's file.
    Void {
        id: [u8; 16],
        desk: u8,
        event: Event,
    },
}

/// The next entry, before a writer gives it a number and an id.
pub(crate) struct Step {
    pub(crate) at: usize,
    pub(crate) event: Event,
    pub(crate) date: u16,
    pub(crate) value: Value,
    before: Life,
}

/// All obligations and those that wait for somebody.
pub(crate) struct Lives<'g> {
    items: &'g [Item],
    obligations: &'g [Obligation],
    shares: &'g Shares,
    held: Vec<Held>,
    /// Submitted, returned and suspended ones, in the order in which they began to wait.
    waiting: VecDeque<usize>,
    /// How many wait before somebody looks.
    patience: usize,
}

/// How often another obligation is looked for, when one has not begun or is settled.
const TRIES: u32 = 32;
/// The last day that is written as a value: extensions end there.
pub(crate) const LAST_DAY: u16 = 3 * 365;

impl<'g> Lives<'g> {
    pub(crate) fn new(
        items: &'g [Item],
        obligations: &'g [Obligation],
        shares: &'g Shares,
    ) -> Self {
        let held = obligations.iter().map(|obligation| Held {
            life: Life {
                state: State::NotStarted,
                left: State::NotStarted,
                is_acked: false,
                percent: 0,
                since: 0,
                last: 0,
                due: obligation.due,
            },
            latest: None,
        });
        Lives {
            items,
            obligations,
            shares,
            held: held.collect(),
            waiting: VecDeque::new(),
            patience: obligations.len() / 100,
        }
    }

    /// Makes the next entry, recorded on a day.
    pub(crate) fn next(&mut self, today: u16, chance: &mut Chance) -> Step {
        let at = self.pick(today, chance);
        let kind = self.items[usize::from(self.obligations[at].item)].kind;
        let held = &mut self.held[at];
        let before = held.life;
        if let Some(latest) = held.latest
            && chance.happens(self.shares.retracted)
        {
            *held = Held {
                life: latest.before,
                latest: None,
            };
            let (id, desk, event) = (latest.id, latest.desk, latest.event);
            let value = Value::Void { id, desk, event };
            return Step {
                at,
                event: Event::Retract,
                date: today,
                value,
                before,
            };
        }
        let mut event = self.shares.draw(kind, &before, chance);
        if event == Event::Extend && before.due + 60 > LAST_DAY {
            event = Event::Note;
        }
        let changes = before.is_changed_by(event);
        let from = match changes {
            true => before.last,
            false => before.since,
        };
        let date = match chance.happens(self.shares.backdated) {
            true => today.saturating_sub(1 + chance.below(20) as u16).max(from),
            false => today,
        };
        // A value dated before another one would look like work undone.
        let may_count = changes || date == today;
        let value = match event {
            Event::Progress if may_count => {
                let more = 1 + chance.below(12) as u8;
                Value::Percent((before.percent + more).min(99))
            }
            Event::Extend => Value::Day(before.due + 7 + chance.below(50) as u16),
            Event::Reopen if chance.happens(500) => Value::Day(date + 30),
            Event::Urge => Value::Colour(["blue", "yellow", "red"][chance.below(3) as usize]),
            Event::Light => Value::Colour(["red", "yellow", "green"][chance.below(3) as usize]),
            _ => Value::Empty,
        };
        held.life.take(event, date, &value);
        let waits = held.life.waits();
        if waits && (!before.waits() || before.state != held.life.state) {
            self.wait(at);
        }
        Step {
            at,
            event,
            date,
            value,
            before,
        }
    }

    /// Remembers who wrote a step, so that it can be taken back.
    pub(crate) fn written(&mut self, step: &Step, id: [u8; 16], desk: u8) {
        let (event, before) = (step.event, step.before);
        if event != Event::Retract {
            self.held[step.at].latest = Some(Latest {
                id,
                desk,
                event,
                before,
            });
        }
    }

    /// Chooses the obligation: now and then one that has waited long enough, else any that is open.
    fn pick(&mut self, today: u16, chance: &mut Chance) -> usize {
        if self.waiting.len() > self.patience
            && chance.happens(300)
            && let Some(at) = self.waiting.pop_front()
            && self.held[at].life.waits()
        {
            self.wait(at);
            return at;
        }
        let count = self.obligations.len() as u32;
        let mut at = chance.below(count) as usize;
        for _ in 0..TRIES {
            let is_begun = self.obligations[at].start <= today;
            let is_settled = matches!(self.held[at].life.state, State::Closed | State::Cancelled);
            if is_begun && (!is_settled || chance.happens(60)) {
                break;
            }
            at = chance.below(count) as usize;
        }
        at
    }

    fn wait(&mut self, at: usize) {
        if self.waiting.len() < self.obligations.len() {
            self.waiting.push_back(at);
        }
    }
}

impl Life {
    /// Tells whether the next entries depend on this one: then none may be dated before it.
    const fn is_changed_by(&self, event: Event) -> bool {
        match event {
            Event::Progress => matches!(self.state, State::NotStarted),
            Event::Ack | Event::Nil | Event::Urge | Event::Light | Event::Note => false,
            Event::Submit
            | Event::Verify
            | Event::Return
            | Event::Extend
            | Event::Suspend
            | Event::Resume
            | Event::Cancel
            | Event::Reopen
            | Event::Retract
            | Event::Seal => true,
        }
    }

    /// Tells whether somebody has to do something about it soon.
    const fn waits(&self) -> bool {
        matches!(
            self.state,
            State::Submitted | State::Returned | State::Suspended
        )
    }

    fn take(&mut self, event: Event, date: u16, value: &Value) {
        match value {
            Value::Percent(percent) => self.percent = *percent,
            Value::Day(due) => self.due = *due,
            Value::Empty | Value::Colour(_) | Value::Void { .. } => {}
        }
        let state = match event {
            Event::Progress if matches!(self.state, State::NotStarted) => State::InProgress,
            Event::Submit => State::Submitted,
            Event::Verify => State::Closed,
            Event::Return => State::Returned,
            Event::Suspend => State::Suspended,
            Event::Resume => self.left,
            Event::Cancel => State::Cancelled,
            Event::Reopen => State::InProgress,
            Event::Ack
            | Event::Progress
            | Event::Nil
            | Event::Extend
            | Event::Urge
            | Event::Light
            | Event::Note
            | Event::Retract
            | Event::Seal => self.state,
        };
        if event == Event::Suspend {
            self.left = self.state;
        }
        if matches!(event, Event::Return | Event::Reopen) {
            self.percent /= 2;
        }
        self.is_acked |= event == Event::Ack;
        if self.is_changed_by(event) {
            self.since = date;
        }
        self.state = state;
        self.last = self.last.max(date);
    }
}

/// Tells whether an event fits a kind and a state; a settled obligation gets no slip and no light.
pub(crate) const fn may_follow(kind: Kind, life: &Life, event: Event) -> bool {
    let is_settled = matches!(life.state, State::Closed | State::Cancelled);
    let is_odd = match event {
        Event::Ack => life.is_acked,
        Event::Urge | Event::Light => is_settled,
        _ => false,
    };
    event.fits(kind) && event.allowed_in(life.state) && !is_odd
}
