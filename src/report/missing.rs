//! Who owed a report for a period and did not send it (numbers.md §8).

use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::ledger::reporting::NilOnly;
use crate::ledger::reporting::Report;
use crate::plan::ReportingPeriod;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::report::head;
use crate::report::words;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;

/// What the obligations of a row owed and sent.
#[derive(Default)]
struct Reported {
    owed: u64,
    on_time: u64,
    late: u64,
    nil: u64,
    running: u64,
    missing: Vec<String>,
}

/// Makes the table of a reporting period, by its place among the plan's; it has ended.
pub fn table(view: &View<'_>, at: usize) -> Table {
    let period = view.plan().reporting_periods()[at];
    let obligations = view.obligations();
    let mut whole = Reported::default();
    let mut rows = Vec::new();
    for unit in (0..view.plan().units.len()).map(UnitIx::at) {
        if !view.filter.keeps_unit(unit) {
            continue;
        }
        let mut reported = Reported::default();
        for of in &obligations {
            if view.chart.obligation(*of).unit == unit {
                reported.add(view, *of, at);
                whole.add(view, *of, at);
            }
        }
        let unit = view.plan().unit(unit);
        rows.push(Row {
            role: Role::Body,
            cells: reported.cells(Cell::Text(unit.id.clone()), Cell::Text(unit.name.clone())),
        });
    }
    rows.push(Row {
        role: Role::Total,
        cells: whole.cells(
            Cell::Empty,
            Cell::Text(papers::TOTAL.text(view.lang).to_owned()),
        ),
    });
    let mut data = head::data("duban/missing@1", view);
    data.push(("period", period.period.to_string().into()));
    Table {
        title: papers::missing_table(period.period).into_text(view.lang),
        subtitle: head::subtitle(view),
        head: data,
        columns: columns(view, &period),
        rows,
        tail: Vec::new(),
        total_without: &["key", "name", "running", "obligations"],
        notes: notes(view, &period),
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(view.lang).to_owned(),
        lang: view.lang.code(),
    }
}

/// Returns how many reports of a period are missing; none while its report day lies ahead.
pub fn past_report_day(view: &View<'_>, at: usize) -> usize {
    if is_not_yet_due(view, &view.plan().reporting_periods()[at]) {
        return 0;
    }
    let is_missing = |of: &ObligationIx| view.book.account(*of).reports.of(at) == Report::Missing;
    view.obligations()
        .iter()
        .filter(|of| is_missing(of))
        .count()
}

impl Reported {
    fn add(&mut self, view: &View<'_>, obligation: ObligationIx, at: usize) {
        let reports = &view.book.account(obligation).reports;
        let nil = match reports.of(at) {
            Report::NotOwed => return,
            Report::Missing => {
                self.owed += 1;
                self.running = self.running.max(u64::from(reports.missing_run(at)));
                return self.missing.push(view.chart.name(obligation));
            }
            Report::OnTime { nil } => {
                self.on_time += 1;
                nil
            }
            Report::Late { nil } => {
                self.late += 1;
                nil
            }
        };
        self.owed += 1;
        self.nil += u64::from(nil == NilOnly::Yes);
    }

    /// Returns the cells in the order of `columns`.
    fn cells(&self, key: Cell, name: Cell) -> Vec<Cell> {
        vec![
            key,
            name,
            Cell::Count(self.owed),
            Cell::Count(self.on_time),
            Cell::Count(self.late),
            Cell::Count(self.nil),
            Cell::Count(self.missing.len() as u64),
            Cell::Count(self.running),
            Cell::List(self.missing.clone()),
        ]
    }
}

fn columns(view: &View<'_>, period: &ReportingPeriod) -> Vec<Column> {
    let lang = view.lang;
    let figure = |key, word, shown| words::figure_column(key, word, shown, lang);
    let text = |key, word, shown| words::text_column(key, word, shown, lang);
    let missing = match is_not_yet_due(view, period) {
        true => title::NOT_YET_DUE,
        false => title::MISSING,
    };
    use Shown as S;
    vec![
        text("key", title::KEY, S::Machine),
        text("name", title::UNIT, S::Always),
        figure("owed", title::OWED, S::Always),
        figure("on_time", title::REPORTED_ON_TIME, S::Always),
        figure("late", title::REPORTED_LATE, S::Always),
        figure("nil", title::NIL, S::WhereFilled),
        figure("missing", missing, S::Always),
        figure("running", title::RUNNING, S::WhereFilled),
        text("obligations", title::MISSING_OBLIGATIONS, S::Wide),
    ]
}

/// While the as-of day is not past the report day, what was not sent is not yet due.
fn is_not_yet_due(view: &View<'_>, period: &ReportingPeriod) -> bool {
    view.book.day <= period.report_day
}

fn notes(view: &View<'_>, period: &ReportingPeriod) -> Vec<String> {
    let due = match is_not_yet_due(view, period) {
        true => papers::reports_not_yet_due(period.report_day),
        false => papers::reports_were_due(period.report_day),
    };
    let mut notes = vec![
        due.into_text(view.lang),
        papers::missing_which(period.period).into_text(view.lang),
    ];
    notes.extend(head::notes(view));
    notes
}
