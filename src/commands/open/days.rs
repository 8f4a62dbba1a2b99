//! Days, periods and instants as they are typed: which day is meant, and what is known.

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::calendar::Period;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use crate::names;
use crate::plan::Plan;

/// Reads a date, or the last calendar day of a period.
pub(super) fn plain_day(text: &str) -> Option<Day> {
    let text = names::fold(text);
    Day::parse(&text).or_else(|| Period::parse(&text).map(|period| period.window().end))
}

/// Returns the as-of day: a date, the last day of a period, `last`, or today.
pub(in crate::commands) fn as_of(ctx: &Ctx, plan: &Plan, typed: Option<&str>) -> Result<Day> {
    match typed {
        None => Ok(ctx.today),
        Some("last") => {
            let at = last_period(ctx, plan)?;
            Ok(plan.reporting_periods()[at].window.end)
        }
        Some(typed) => plain_day(typed).ok_or_else(|| {
            Failure::usage(failures::no_day_or_period(typed)).help(failures::day_forms())
        }),
    }
}

/// Returns the place of the last reporting period that has ended by today.
fn last_period(ctx: &Ctx, plan: &Plan) -> Result<usize> {
    plan.reporting_periods()
        .iter()
        .rposition(|period| period.window.end <= ctx.today)
        .ok_or_else(|| Failure::usage(failures::no_last_period(ctx.today)))
}

/// Returns the place of a reporting period that was typed: `2013-06` or `last`.
pub(in crate::commands) fn reporting_period(ctx: &Ctx, plan: &Plan, typed: &str) -> Result<usize> {
    let typed = names::fold(typed);
    if typed == "last" {
        return last_period(ctx, plan);
    }
    let periods = plan.reporting_periods();
    let found = Period::parse(&typed)
        .and_then(|wanted| periods.iter().position(|period| period.period == wanted));
    found.ok_or_else(|| {
        let failure = Failure::usage(failures::no_reporting_period(&typed));
        match (periods.first(), periods.last()) {
            (Some(first), Some(last)) => {
                failure.help(failures::reporting_periods(first.period, last.period))
            }
            _ => failure.help(failures::nobody_reports()),
        }
    })
}

/// What `--known-at` names.
pub(super) enum KnownAt {
    Instant(Instant),
    Seal(String),
}

/// Tells an instant from the name of a seal.
pub(super) fn known_at(typed: &str) -> KnownAt {
    match Instant::parse(&names::fold(typed)) {
        Some(instant) => KnownAt::Instant(instant),
        None => KnownAt::Seal(typed.to_owned()),
    }
}
