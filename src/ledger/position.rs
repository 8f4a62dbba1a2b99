//! Everything that tables say about one obligation on one day (numbers.md §5).

use crate::calendar::Day;
use crate::figures::Tenths;
use crate::ledger::account::Account;
use crate::ledger::light;
use crate::ledger::light::Because;
use crate::plan::Plan;
use crate::plan::chart::Obligation;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::State;

/// Where an obligation stands on a day.
#[derive(Clone, Debug)]
pub struct Position {
    /// The state, `NotBegun` where nothing was reported and the start lies ahead.
    pub state: State,
    /// Past its judged due date and not done, or submitted after it.
    pub overdue: bool,
    /// Its judged due date has come, and it is neither cancelled nor suspended.
    pub is_due: bool,
    /// Closed, and submitted after the judged due date.
    pub closed_late: bool,
    /// Days of lateness.
    pub late_days: Option<i64>,
    /// Days to the current due date; negative when past.
    pub days_left: Option<i64>,
    /// How much of its time has passed.
    pub time_progress: Option<Tenths>,
    /// How far it is.
    pub progress: Option<Tenths>,
    /// Periods with work and periods passed, of a continuing obligation.
    pub work: Option<(u64, u64)>,
    /// Reports missed running.
    pub missed: u32,
    /// The light.
    pub light: Light,
    /// Why it has that colour.
    pub reasons: Vec<Because>,
}

impl Position {
    /// Works out where an obligation stands at the end of a day.
    pub fn of(plan: &Plan, obligation: &Obligation, account: &Account, day: Day) -> Position {
        let state = match account.state {
            State::NotStarted if day < obligation.window.start => State::NotBegun,
            state => state,
        };
        let is_continuing = obligation.kind == Kind::Continuing;
        let submitted_late = account
            .submitted_on
            .is_some_and(|submitted| submitted > account.judged_due);
        let overdue = !is_continuing
            && match state {
                State::NotBegun | State::NotStarted | State::InProgress | State::Returned => {
                    day > account.judged_due
                }
                State::Submitted => submitted_late,
                State::Suspended | State::Closed | State::Cancelled => false,
            };
        let closed_late = state == State::Closed && submitted_late;
        let mut position = Position {
            state,
            overdue,
            is_due: !is_continuing
                && account.judged_due <= day
                && !matches!(state, State::Cancelled | State::Suspended),
            closed_late,
            late_days: late_days(account, state, overdue || closed_late, day),
            days_left: has_due(obligation, state).then(|| account.current_due.days_since(day)),
            time_progress: has_due(obligation, state)
                .then(|| time_progress(obligation.window.start, account.current_due, day)),
            progress: progress(account, is_continuing),
            work: is_continuing.then(|| match state {
                State::Cancelled => (0, 0),
                State::NotBegun
                | State::NotStarted
                | State::InProgress
                | State::Submitted
                | State::Returned
                | State::Suspended
                | State::Closed => {
                    account
                        .reports
                        .worked_of_passed(plan.reporting_periods(), obligation, day)
                }
            }),
            missed: account
                .reports
                .missed(plan.reporting_periods(), day, account.state),
            light: Light::Grey,
            reasons: Vec::new(),
        };
        (position.light, position.reasons) =
            light::judge(&plan.lights, obligation, account, &position);
        position
    }
}

/// Tells whether a due date still means something to the obligation.
fn has_due(obligation: &Obligation, state: State) -> bool {
    obligation.kind != Kind::Continuing && !matches!(state, State::Closed | State::Cancelled)
}

/// Returns the days of lateness of an obligation that is late.
fn late_days(account: &Account, state: State, is_late: bool, day: Day) -> Option<i64> {
    let until = match state {
        State::Closed | State::Submitted => account.submitted_on?,
        State::NotBegun | State::NotStarted | State::InProgress | State::Returned => day,
        State::Suspended | State::Cancelled => return None,
    };
    is_late.then(|| until.days_since(account.judged_due))
}

/// Returns how much of the time from start to due date has passed at the end of a day.
fn time_progress(start: Day, due: Day, day: Day) -> Tenths {
    let passed = day.days_since(start) + 1;
    let whole = due.days_since(start) + 1;
    if passed <= 0 {
        return Tenths::ZERO;
    }
    u128::try_from(whole)
        .ok()
        .and_then(|whole| Tenths::of(u128::try_from(passed).ok()?, whole))
        .unwrap_or(Tenths::WHOLE)
}

/// Returns how far the obligation is; nobody is made to invent a percentage.
fn progress(account: &Account, is_continuing: bool) -> Option<Tenths> {
    if is_continuing {
        return None;
    }
    let untouched = match account.state {
        State::Closed | State::Submitted => return Some(Tenths::WHOLE),
        State::NotBegun | State::NotStarted => true,
        State::Suspended | State::Cancelled => account.left == State::NotStarted,
        State::InProgress | State::Returned => false,
    };
    account.value.or(untouched.then_some(Tenths::ZERO))
}
