//! The facts of a bulletin: named as in its json, which are also the names that templates use.

use crate::figures::Share;
use crate::figures::percents_of_whole;
use crate::lang::papers::bulletin as say;
use crate::lang::terms;
use crate::ledger::reporting::Report;
use crate::plan::ReportingPeriod;
use crate::report::View;
use crate::report::bulletin::Happened;
use crate::report::bulletin::Issue;
use crate::report::bulletin::lists;
use crate::report::head;
use crate::report::missing;
use crate::report::status;
use crate::report::words;
use crate::table::Cell;
use crate::table::Datum;
use crate::table::Role;
use crate::table::Row;
use crate::table::Table;
use crate::terms::By;
use crate::terms::State;

/// The facts, and the tables that they were taken from.
pub(super) struct Facts {
    /// For machines and templates.
    pub(super) data: Vec<(&'static str, Datum)>,
    /// The completion table by unit.
    pub(super) units: Table,
    /// The completion table by chapter.
    pub(super) chapters: Table,
    /// How many obligations are in each state, and their percents of one whole.
    pub(super) states: Vec<(State, u64, String)>,
}

/// A row of a table, read by the keys of its columns.
pub(super) struct UnitRow<'t> {
    table: &'t Table,
    row: &'t Row,
}

impl UnitRow<'_> {
    /// Returns a count.
    pub(super) fn count(&self, key: &str) -> u64 {
        let Cell::Count(count) = self.cell(key) else {
            return 0;
        };
        *count
    }

    /// Returns a share.
    pub(super) fn share(&self, key: &str) -> Share {
        let Cell::Share(share) = self.cell(key) else {
            return Share::default();
        };
        *share
    }

    /// Returns a number, where there is one.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        let Cell::Signed(number) = self.cell(key) else {
            return None;
        };
        Some(*number)
    }

    /// Returns a text.
    pub(super) fn text(&self, key: &str) -> &str {
        let Cell::Text(text) = self.cell(key) else {
            return "";
        };
        text
    }

    /// Returns the texts of a list.
    pub(super) fn list(&self, key: &str) -> &[String] {
        let Cell::List(texts) = self.cell(key) else {
            return &[];
        };
        texts
    }

    fn cell(&self, key: &str) -> &Cell {
        let at = self.table.columns.iter().position(|of| of.key == key);
        at.map_or(&Cell::Empty, |at| &self.row.cells[at])
    }
}

/// Returns the rows of a table that are no total.
pub(super) fn rows(table: &Table) -> Vec<UnitRow<'_>> {
    let body = table.rows.iter().filter(|row| row.role == Role::Body);
    body.map(|row| UnitRow { table, row }).collect()
}

fn total(table: &Table) -> UnitRow<'_> {
    let row = table.rows.iter().find(|row| row.role == Role::Total);
    let row = row.expect("the completion table has a total");
    UnitRow { table, row }
}

impl Facts {
    /// Gathers them from the tables of the other reports.
    pub(super) fn gather(view: &View<'_>, issue: &Issue, happened: &Happened<'_>) -> Facts {
        let plan = view.plan();
        let units = status::table(view, By::Unit, happened.earlier);
        let chapters = status::table(view, By::Chapter, None);
        let states = states(&units);
        let reports = issue.at.map(|at| reports(view, issue, at));
        let mut data = head::data("duban/bulletin@1", view);
        let leads = rows(&units)
            .iter()
            .filter(|row| row.count("total") > 0)
            .count();
        let text = |text: &Option<String>| Datum::from(text.as_deref());
        let parent = plan
            .parent
            .as_ref()
            .and_then(|parent| parent.number.clone());
        let issuer = plan.issuer.clone();
        data.extend([
            ("period", issue.period.to_string().into()),
            ("number", text(&issue.number)),
            ("date", issue.date.into()),
            ("seal", seal(view, issue)),
            (
                "issuer",
                issuer
                    .unwrap_or_else(|| words::unit(view, plan.supervisor).to_owned())
                    .into(),
            ),
            ("supervisor", words::unit(view, plan.supervisor).into()),
            ("parent", parent.into()),
            ("filtered", filtered(view)),
            ("items", items(view).into()),
            ("leads", leads.into()),
            ("total", units.total_as_data()),
            ("states", states_data(view, &states)),
            ("commended", lists::commended(view, &units, issue)),
            ("behind", lists::behind(view, &units)),
            ("reports", reports.into()),
            ("earlier", earlier(view, issue).into()),
            ("returned", lists::returned(view, happened)),
            ("extended", lists::extended(view, happened)),
            ("risen", lists::moved(&units, |change| change > 0)),
            ("fallen", lists::moved(&units, |change| change < 0)),
            ("next", lists::next(view, issue)),
            ("units", units.rows_as_data()),
        ]);
        Facts {
            data,
            units,
            chapters,
            states,
        }
    }
}

fn seal(view: &View<'_>, issue: &Issue) -> Datum {
    let data = issue.seal.as_ref().map(|seal| {
        Datum::Map(vec![
            // An entry's name holds its writer's, who may be a person.
            (
                "entry",
                view.filter
                    .withheld()
                    .is_none()
                    .then(|| seal.entry.clone())
                    .into(),
            ),
            ("digest", seal.digest.as_str().into()),
        ])
    });
    data.unwrap_or(Datum::Null)
}

/// A paper on a part of the plan says so.
fn filtered(view: &View<'_>) -> Datum {
    match view.filter.asks_for_nothing() {
        true => Datum::Null,
        false => say::FILTERED.text(view.lang).into(),
    }
}

/// Returns how many items the paper is about, those without a lead unit too.
fn items(view: &View<'_>) -> usize {
    let mut items: Vec<_> = view
        .obligations()
        .iter()
        .map(|at| view.chart.obligation(*at).item)
        .collect();
    items.dedup();
    items.len() + view.filter.without_lead(view.plan()).len()
}

/// Returns each state with its count and its percent of the whole; all percents add to 100.0.
fn states(units: &Table) -> Vec<(State, u64, String)> {
    let total = total(units);
    let counts: Vec<u64> = State::ALL
        .iter()
        .map(|state| total.count(state.code()))
        .collect();
    let percents = percents_of_whole(&counts);
    let all = State::ALL.iter().zip(counts).zip(percents);
    all.filter(|((_, count), _)| *count > 0)
        .map(|((state, count), percent)| (*state, count, percent.to_string()))
        .collect()
}

fn states_data(view: &View<'_>, states: &[(State, u64, String)]) -> Datum {
    let state = |(state, count, percent): &(State, u64, String)| {
        Datum::Map(vec![
            ("state", state.code().into()),
            ("word", terms::state(*state).text(view.lang).into()),
            ("count", (*count).into()),
            ("percent", percent.as_str().into()),
        ])
    };
    Datum::List(states.iter().map(state).collect())
}

/// Returns who owed a report for the period. Until the paper's day is past the report day, what was
/// not sent is not yet due, and no unit is named.
fn reports(view: &View<'_>, issue: &Issue, at: usize) -> Datum {
    let period = view.plan().reporting_periods()[at];
    let table = missing::table(view, at);
    let not_yet_due = issue.date <= period.report_day;
    let mut data = reports_of(&table, &period, not_yet_due);
    data.insert(1, ("not_yet_due", not_yet_due.into()));
    Datum::Map(data)
}

/// Returns the reports of the period before that are still missing, where any are.
fn earlier(view: &View<'_>, issue: &Issue) -> Option<Datum> {
    let at = issue.at?.checked_sub(1)?;
    let period = view.plan().reporting_periods()[at];
    let is_missing = |of: &_| view.book.account(*of).reports.of(at) == Report::Missing;
    if issue.date <= period.report_day || !view.obligations().iter().any(is_missing) {
        return None;
    }
    let table = missing::table(view, at);
    Some(Datum::Map(reports_of(&table, &period, false)))
}

fn reports_of(
    table: &Table,
    period: &ReportingPeriod,
    not_yet_due: bool,
) -> Vec<(&'static str, Datum)> {
    let total = total(table);
    let unit = |row: &UnitRow<'_>| {
        let obligations = row.list("obligations").iter();
        Datum::Map(vec![
            ("unit", row.text("key").into()),
            ("name", row.text("name").into()),
            ("missing", row.count("missing").into()),
            ("running", row.count("running").into()),
            (
                "obligations",
                Datum::List(obligations.map(|name| name.as_str().into()).collect()),
            ),
        ])
    };
    let rows = rows(table);
    let silent = rows
        .iter()
        .filter(|row| !not_yet_due && row.count("missing") > 0);
    vec![
        ("period", period.period.to_string().into()),
        ("report_day", period.report_day.into()),
        ("owed", total.count("owed").into()),
        ("on_time", total.count("on_time").into()),
        ("late", total.count("late").into()),
        ("missing", total.count("missing").into()),
        ("units", Datum::List(silent.map(unit).collect())),
    ]
}
