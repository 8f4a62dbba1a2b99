//! The rules of the lights: the first that holds, with its reasons (numbers.md §7).

use crate::figures::Amount;
use crate::figures::Tenths;
use crate::ledger::account::Account;
use crate::ledger::position::Position;
use crate::plan::Thresholds;
use crate::plan::chart::Obligation;
use crate::terms::Colour;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::Reason;
use crate::terms::State;

/// A reason of a light, with its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because {
    /// What.
    pub reason: Reason,
    /// How much.
    pub figure: Figure,
}

/// The figure that belongs to a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// None.
    Nothing,
    /// Days.
    Days(i64),
    /// Reporting periods.
    Periods(u32),
    /// Points or a percent.
    Points(Tenths),
    /// A colour.
    Colour(Colour),
}

/// Returns the light of an obligation and all reasons of that colour that hold.
///
/// Reads of the position everything but its light and reasons.
pub fn judge(
    thresholds: &Thresholds,
    obligation: &Obligation,
    account: &Account,
    position: &Position,
) -> (Light, Vec<Because>) {
    match position.state {
        State::Closed => return (Light::Done, vec![closed(position)]),
        State::Cancelled => return (Light::Grey, vec![plain(Reason::Cancelled)]),
        State::Suspended => return (Light::Grey, vec![plain(Reason::Suspended)]),
        State::NotBegun => return (Light::Grey, vec![plain(Reason::NotBegun)]),
        State::NotStarted | State::InProgress | State::Submitted | State::Returned => {}
    }
    let drivers = Drivers::of(obligation, account, position);
    let red = drivers.red(thresholds);
    if let Some(colour) = account.manual {
        let mut reasons = vec![Because {
            reason: Reason::Manual,
            figure: Figure::Colour(colour),
        }];
        reasons.extend(red);
        return (light_of(colour), reasons);
    }
    if !red.is_empty() {
        return (Light::Red, red);
    }
    let yellow = drivers.yellow(thresholds);
    if !yellow.is_empty() {
        return (Light::Yellow, yellow);
    }
    let waits = (position.state == State::Submitted).then(|| plain(Reason::Submitted));
    (Light::Green, waits.into_iter().collect())
}

/// What drives a light: lateness, the gap to time progress, missed reports, slips.
struct Drivers {
    overdue: Option<i64>,
    behind: Option<Tenths>,
    days_left: Option<i64>,
    time_left: Option<Tenths>,
    missed: u32,
    slip: Option<Colour>,
    returned: bool,
}

impl Drivers {
    fn of(obligation: &Obligation, account: &Account, position: &Position) -> Drivers {
        let works = position.state.is_open_for_reports();
        let runs_out = works && obligation.kind != Kind::Continuing;
        // A periodic obligation is compared only once a value was reported, else every month
        // would be red on its tenth day.
        let compares = match obligation.kind {
            Kind::Once => runs_out,
            Kind::Periodic => runs_out && account.value.is_some(),
            Kind::Continuing => false,
        };
        let gap = position.time_progress.zip(position.progress);
        Drivers {
            overdue: position.late_days.filter(|_| position.overdue),
            behind: gap
                .filter(|_| compares)
                .map(|(time, progress)| Tenths(time.0 - progress.0)),
            days_left: position.days_left.filter(|_| runs_out),
            time_left: position
                .time_progress
                .filter(|_| runs_out)
                .map(|time| Tenths(Tenths::WHOLE.0 - time.0)),
            missed: position.missed,
            slip: account.slip.filter(|_| works),
            returned: position.state == State::Returned,
        }
    }

    fn red(&self, thresholds: &Thresholds) -> Vec<Because> {
        let overdue = self.overdue.map(|days| Because {
            reason: Reason::Overdue,
            figure: Figure::Days(days),
        });
        let missed = (self.missed >= 2).then(|| missed(self.missed));
        [
            overdue,
            self.behind_by(thresholds.behind_red),
            missed,
            self.slip_of(Colour::Red),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn yellow(&self, thresholds: &Thresholds) -> Vec<Because> {
        let due_soon = self
            .days_left
            .filter(|days| *days <= thresholds.yellow_days)
            .map(|days| Because {
                reason: Reason::DueSoon,
                figure: Figure::Days(days),
            });
        let ending = self
            .time_left
            .filter(|left| is_at_most_share(*left, thresholds.yellow_share))
            .map(|left| Because {
                reason: Reason::PeriodEnding,
                figure: Figure::Points(left),
            });
        let missed = (self.missed == 1).then(|| missed(1));
        [
            due_soon.or(ending),
            self.behind_by(thresholds.behind_yellow),
            missed,
            self.slip_of(Colour::Yellow),
            self.returned.then(|| plain(Reason::Returned)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn behind_by(&self, points: Amount) -> Option<Because> {
        let behind = self.behind.filter(|behind| is_at_least(*behind, points))?;
        Some(Because {
            reason: Reason::Behind,
            figure: Figure::Points(behind),
        })
    }

    fn slip_of(&self, colour: Colour) -> Option<Because> {
        self.slip.filter(|slip| *slip == colour).map(|_| Because {
            reason: Reason::Slip,
            figure: Figure::Colour(colour),
        })
    }
}

/// Tells whether printed points reach a threshold.
fn is_at_least(points: Tenths, threshold: Amount) -> bool {
    // A tenth is a thousand ten-thousandths.
    i128::from(points.0) * 1_000 >= i128::from(threshold.ten_thousandths())
}

/// Tells whether a printed percent is at most a share of 1.
fn is_at_most_share(percent: Tenths, share: Amount) -> bool {
    // 100 × share in ten-thousandths against tenths of a percent.
    i128::from(percent.0) * 1_000 <= i128::from(share.ten_thousandths()) * 100
}

fn closed(position: &Position) -> Because {
    match position.late_days {
        Some(days) => Because {
            reason: Reason::ClosedLate,
            figure: Figure::Days(days),
        },
        None => plain(Reason::Closed),
    }
}

fn missed(periods: u32) -> Because {
    Because {
        reason: Reason::Missed,
        figure: Figure::Periods(periods),
    }
}

const fn plain(reason: Reason) -> Because {
    Because {
        reason,
        figure: Figure::Nothing,
    }
}

const fn light_of(colour: Colour) -> Light {
    match colour {
        Colour::Red => Light::Red,
        Colour::Yellow => Light::Yellow,
        Colour::Green => Light::Green,
        // No light is blue: such a value is not read.
        Colour::Blue => Light::Grey,
    }
}
