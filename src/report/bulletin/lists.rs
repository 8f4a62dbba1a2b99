//! Whom and what a bulletin names: by rule, the same for every unit (docs/bulletin.md).

use crate::calendar::Period;
use crate::figures::Share;
use crate::journal::Entry;
use crate::ledger::position::Position;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::report::bulletin::Happened;
use crate::report::bulletin::Issue;
use crate::report::bulletin::facts::UnitRow;
use crate::report::bulletin::facts::rows;
use crate::report::sums::Sums;
use crate::table::Datum;
use crate::table::Table;
use crate::terms::Event;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::State;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Returns the units that are commended: everything that was due closed in time, above the completion
/// rate of the whole, and nothing overdue, red, sent back or unreported; the highest rate first.
pub(super) fn commended(view: &View<'_>, units: &Table, issue: &Issue) -> Datum {
    let whole = Sums::of(view.book, view.obligations()).completion();
    let faulty = faulty(view, issue);
    let is_above = |share: Share| share.part > 0 && share.cmp_exact(whole).is_gt();
    let is_punctual = |share: Share| share.whole > 0 && share.part == share.whole;
    let mut rows: Vec<UnitRow<'_>> = rows(units)
        .into_iter()
        .filter(|row| is_above(row.share("completion")) && is_punctual(row.share("on_time")))
        .filter(|row| !faulty.contains(row.text("key")))
        .collect();
    rows.sort_by_key(|row| row.number("rank"));
    let unit = |row: &UnitRow<'_>| {
        let share = row.share("completion");
        Datum::Map(vec![
            ("unit", row.text("key").into()),
            ("name", row.text("name").into()),
            ("part", share.part.into()),
            ("whole", share.whole.into()),
            ("percent", share.percent().into()),
            ("rank", row.number("rank").into()),
        ])
    };
    Datum::List(rows.iter().map(unit).collect())
}

/// Returns the ids of units of which something is overdue, red, sent back or unreported.
fn faulty<'v>(view: &View<'v>, issue: &Issue) -> BTreeSet<&'v str> {
    use crate::ledger::reporting::Report;
    let plan = view.plan();
    let past: Vec<usize> = plan
        .reporting_periods()
        .iter()
        .enumerate()
        .filter(|(at, period)| Some(*at) <= issue.at && issue.date > period.report_day)
        .map(|(at, _)| at)
        .collect();
    let last = past.last();
    let is_faulty = |at: &ObligationIx| {
        let position = view.book.position(*at);
        let reports = &view.book.account(*at).reports;
        position.overdue
            || position.light == Light::Red
            || position.state == State::Returned
            || last.is_some_and(|at| reports.of(*at) == Report::Missing)
    };
    let all = view.obligations();
    let faulty = all.iter().filter(|at| is_faulty(at));
    let id = |at: &ObligationIx| plan.unit(view.chart.obligation(*at).unit).id.as_str();
    faulty.map(id).collect()
}

/// Returns the units with overdue obligations, the longest overdue first, each with its items.
pub(super) fn behind(view: &View<'_>, units: &Table) -> Datum {
    let mut late: BTreeMap<UnitIx, Vec<(ObligationIx, Position)>> = BTreeMap::new();
    for at in view.obligations() {
        let position = view.book.position(at);
        if position.overdue {
            let unit = view.chart.obligation(at).unit;
            late.entry(unit).or_default().push((at, position));
        }
    }
    let days = |of: &(ObligationIx, Position)| of.1.late_days.unwrap_or(0);
    let mut late: Vec<(UnitIx, Vec<(ObligationIx, Position)>)> = late.into_iter().collect();
    for (_, items) in &mut late {
        items.sort_by_key(|of| (Reverse(days(of)), of.0));
    }
    let longest = |items: &[(ObligationIx, Position)]| items.first().map_or(0, days);
    late.sort_by_key(|(unit, items)| (Reverse(longest(items)), Reverse(items.len()), *unit));
    let rows = rows(units);
    let unit = |(at, items): &(UnitIx, Vec<(ObligationIx, Position)>)| {
        let unit = view.plan().unit(*at);
        let row = rows.iter().find(|row| row.text("key") == unit.id);
        let item = |(at, position): &(ObligationIx, Position)| {
            let mut item = named(view, *at);
            item.extend([
                ("days", position.late_days.into()),
                ("state", position.state.code().into()),
                ("submitted", (position.state == State::Submitted).into()),
            ]);
            Datum::Map(item)
        };
        Datum::Map(vec![
            ("unit", unit.id.as_str().into()),
            ("name", unit.name.as_str().into()),
            ("overdue", row.map_or(0, |row| row.count("overdue")).into()),
            ("days", longest(items).into()),
            ("items", Datum::List(items.iter().map(item).collect())),
        ])
    };
    Datum::List(late.iter().map(unit).collect())
}

/// Returns what was sent back in the period, in the order of the days.
pub(super) fn returned(view: &View<'_>, happened: &Happened<'_>) -> Datum {
    let entry = |(at, entry): &(ObligationIx, &Entry)| {
        let mut of = named(view, *at);
        of.extend([
            ("date", entry.date.into()),
            ("note", own(view, entry.note())),
            ("ref", own(view, entry.reference())),
            ("state", view.book.position(*at).state.code().into()),
        ]);
        Datum::Map(of)
    };
    let counted = counted(view, happened, Event::Return);
    Datum::List(counted.iter().map(entry).collect())
}

/// Returns what was extended in the period: from the due date of the plan to the one granted.
pub(super) fn extended(view: &View<'_>, happened: &Happened<'_>) -> Datum {
    let entry = |(at, entry): &(ObligationIx, &Entry)| {
        let mut of = named(view, *at);
        of.extend([
            ("date", entry.date.into()),
            ("due", view.chart.obligation(*at).window.end.into()),
            ("to", entry.value().into()),
            ("ref", own(view, entry.reference())),
            ("note", own(view, entry.note())),
        ]);
        Datum::Map(of)
    };
    let counted = counted(view, happened, Event::Extend);
    Datum::List(counted.iter().map(entry).collect())
}

/// Returns the entries of an event that count, with their obligations, in fold order.
fn counted<'h>(
    view: &View<'_>,
    happened: &Happened<'h>,
    event: Event,
) -> Vec<(ObligationIx, &'h Entry)> {
    let marks = happened.marks;
    let counts = |entry: &Entry| {
        let writer = view
            .writers
            .iter()
            .position(|writer| *writer == entry.writer);
        let place = writer
            .and_then(|at| u16::try_from(at).ok())
            .map(|at| (crate::journal::WriterIx(at), entry.line));
        place.is_some_and(|place| !marks.void.contains(&place) && !marks.skipped.contains(&place))
    };
    let of_event = happened
        .entries
        .iter()
        .filter(|entry| entry.event == Some(event) && counts(entry));
    let mut found: Vec<(ObligationIx, &Entry)> = of_event
        .filter_map(|entry| {
            let at = view.chart.of(entry.item(), entry.unit(), entry.period())?;
            view.filter.keeps(view.book, at).then_some((at, entry))
        })
        .collect();
    found.sort_by(|(_, a), (_, b)| {
        (a.date, a.recorded_at, &a.writer, a.seq).cmp(&(b.date, b.recorded_at, &b.writer, b.seq))
    });
    found
}

/// Returns the units whose rank moved in a direction, the farthest first.
pub(super) fn moved(units: &Table, is_wanted: impl Fn(i64) -> bool) -> Datum {
    let mut rows: Vec<(i64, UnitRow<'_>)> = rows(units)
        .into_iter()
        .filter_map(|row| Some((row.number("rank_change")?, row)))
        .filter(|(change, _)| is_wanted(*change))
        .collect();
    rows.sort_by_key(|(change, row)| (Reverse(change.abs()), row.number("rank")));
    let unit = |(change, row): &(i64, UnitRow<'_>)| {
        Datum::Map(vec![
            ("unit", row.text("key").into()),
            ("name", row.text("name").into()),
            ("rank", row.number("rank").into()),
            ("change", change.abs().into()),
        ])
    };
    Datum::List(rows.iter().map(unit).collect())
}

/// Returns what comes next: what is due by the end of the following period, and the next reports.
pub(super) fn next(view: &View<'_>, issue: &Issue) -> Datum {
    let following = issue.period.next().unwrap_or(issue.period);
    let until = following.window().end;
    let is_due = |at: &ObligationIx| {
        let account = view.book.account(*at);
        let position = view.book.position(*at);
        let due = account.current_due;
        view.chart.obligation(*at).kind != Kind::Continuing
            && position.state.is_open_for_reports()
            && view.book.day < due
            && due <= until
    };
    let mut due: Vec<ObligationIx> = view.obligations();
    due.retain(is_due);
    due.sort_by_key(|at| (view.book.account(*at).current_due, *at));
    let item = |at: &ObligationIx| {
        let mut item = named(view, *at);
        item.push(("due", view.book.account(*at).current_due.into()));
        Datum::Map(item)
    };
    Datum::Map(vec![
        ("until", until.into()),
        ("due", Datum::List(due.iter().map(item).collect())),
        ("report", next_report(view, issue).into()),
    ])
}

/// Returns the first report that falls due on or after the paper's day.
fn next_report(view: &View<'_>, issue: &Issue) -> Option<Datum> {
    let period = view
        .plan()
        .reporting_periods()
        .iter()
        .find(|period| issue.date <= period.report_day)?;
    let named: Period = period.period;
    Some(Datum::Map(vec![
        ("period", named.to_string().into()),
        ("report_day", period.report_day.into()),
    ]))
}

/// Returns how an obligation is named in a list.
fn named(view: &View<'_>, at: ObligationIx) -> Vec<(&'static str, Datum)> {
    let plan = view.plan();
    let obligation = view.chart.obligation(at);
    let (item, unit) = (plan.item(obligation.item), plan.unit(obligation.unit));
    vec![
        ("obligation", view.chart.name(at).into()),
        ("item", item.id.as_str().into()),
        ("title", item.title.as_str().into()),
        (
            "period",
            obligation.period.map(|period| period.to_string()).into(),
        ),
        ("unit", unit.id.as_str().into()),
        ("name", unit.name.as_str().into()),
    ]
}

/// Returns a text of an entry, which is not for the public.
fn own(view: &View<'_>, text: &str) -> Datum {
    match text.is_empty() || view.filter.withheld().is_some() {
        true => Datum::Null,
        false => text.into(),
    }
}
