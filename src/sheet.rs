//! Fill-in forms (填报表): what stands in one when it is made, and what is found in one that comes back.
//!
//! Pure. A sheet bears a hidden page that says whose it is and where each row stood, so that columns
//! may move and rows may go; its form is a promise, `docs/sheet-format.md`.

pub mod hidden;
pub mod make;
pub mod read;

use crate::calendar::Day;
use crate::calendar::Period;
use crate::calendar::Window;
use crate::ledger::account::Account;
use crate::plan::Plan;
use crate::plan::chart::Obligation;
use crate::terms::Event;

/// What a sheet is filled in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The calendar period.
    pub period: Period,
    /// Its days, as far as anybody reports on them.
    pub window: Window,
    /// The last day on which a report is in time; none where nobody has to report.
    pub report_day: Option<Day>,
}

impl Term {
    /// Returns the term for which sheets go out on a day: the one that has ended and may still be
    /// reported in time, else the one that runs, else the last.
    pub fn on(plan: &Plan, day: Day) -> Option<Term> {
        let periods = plan.reporting_periods();
        let in_time = |term: &Term| {
            term.window.end < day && term.report_day.is_some_and(|report_day| day <= report_day)
        };
        let terms = || periods.iter().map(|of| Term::of(plan, of.period));
        terms()
            .find(in_time)
            .or_else(|| terms().find(|term| term.window.contains(day)))
            .or_else(|| terms().rfind(|term| term.window.end < day))
    }

    /// Returns the term of a period: that of the plan's reporting period, else the whole period.
    pub fn of(plan: &Plan, period: Period) -> Term {
        let found = plan
            .reporting_periods()
            .iter()
            .find(|of| of.period == period);
        Term {
            period,
            window: found.map_or_else(|| period.window(), |of| of.window),
            report_day: found.map(|of| of.report_day),
        }
    }
}

/// What a unit may say of an obligation, in the order in which it is offered.
const OFFERED: [Event; 5] = [
    Event::Ack,
    Event::Progress,
    Event::Nil,
    Event::Submit,
    Event::Note,
];

/// Returns what a unit may say of an obligation as it stands.
pub fn offered(obligation: &Obligation, account: &Account) -> Vec<Event> {
    let may = |event: &Event| {
        event.fits(obligation.kind)
            && event.allowed_in(account.state)
            && !(*event == Event::Ack && account.acked_on.is_some())
    };
    OFFERED.into_iter().filter(may).collect()
}

/// A column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The obligation, by which a row is found.
    Obligation,
    /// The title of the item.
    Title,
    /// When it counts as done, and what form the result takes.
    Standard,
    /// The current due date.
    Due,
    /// The state.
    State,
    /// The light.
    Light,
    /// How far it was.
    LastProgress,
    /// What was said last.
    LastNote,
    /// What happened.
    Event,
    /// How far it is.
    Progress,
    /// When it happened.
    Date,
    /// What there is to say.
    Note,
    /// The names of files.
    Evidence,
}

impl Column {
    /// All columns, in the order in which a sheet is made.
    pub const ALL: [Column; 13] = [
        Column::Obligation,
        Column::Title,
        Column::Standard,
        Column::Due,
        Column::State,
        Column::Light,
        Column::LastProgress,
        Column::LastNote,
        Column::Event,
        Column::Progress,
        Column::Date,
        Column::Note,
        Column::Evidence,
    ];

    /// Tells whether a unit fills it in.
    pub const fn is_open(self) -> bool {
        match self {
            Column::Event | Column::Progress | Column::Date | Column::Note | Column::Evidence => {
                true
            }
            Column::Obligation
            | Column::Title
            | Column::Standard
            | Column::Due
            | Column::State
            | Column::Light
            | Column::LastProgress
            | Column::LastNote => false,
        }
    }

    /// Returns how many narrow letters it is wide.
    const fn width(self) -> u16 {
        match self {
            Column::Obligation => 16,
            Column::Title => 26,
            Column::Standard | Column::LastNote => 22,
            Column::Due | Column::Date => 12,
            Column::State | Column::Progress => 11,
            Column::Event => 12,
            Column::Light => 6,
            Column::LastProgress => 13,
            Column::Note => 32,
            Column::Evidence => 18,
        }
    }
}
