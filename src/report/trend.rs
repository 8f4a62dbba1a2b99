//! Period by period: what was closed, overdue and missing at the end of each, and on the as-of day.

use crate::calendar::Day;
use crate::document::Bar;
use crate::document::Block;
use crate::document::Chart;
use crate::document::Document;
use crate::figures::Share;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::papers::trend as say;
use crate::ledger::Book;
use crate::ledger::reporting::Report;
use crate::plan::Plan;
use crate::report::View;
use crate::report::head;
use crate::report::sums::Sums;
use crate::report::words;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::State;

/// Returns the days on which the trend looks: the ends of the periods that ended, and the day.
pub fn days(plan: &Plan, day: Day) -> Vec<Day> {
    let ends = plan.reporting_periods().iter().map(|of| of.window.end);
    let mut days: Vec<Day> = ends.take_while(|end| *end <= day).collect();
    if days.last() != Some(&day) {
        days.push(day);
    }
    days
}

/// One stop of the walk.
struct Point {
    day: Day,
    /// The place of the period that ends on the day; none of an as-of day inside a period.
    period: Option<usize>,
    sums: Sums,
    owed: u64,
    missing: u64,
}

/// Makes the table for machines: a row for each of `books`, in the order of their days.
pub fn table(view: &View<'_>, books: &[Book<'_>]) -> Table {
    of_points(view, &points(view, books))
}

/// Makes the paper: two charts, and the table below them.
pub fn document(view: &View<'_>, books: &[Book<'_>]) -> Document {
    let points = points(view, books);
    let mut table = of_points(view, &points);
    let notes = std::mem::take(&mut table.notes);
    let subtitle = std::mem::take(&mut table.subtitle);
    let title = std::mem::take(&mut table.title);
    let mut data = table.head.clone();
    data.push(("rows", table.rows_as_data()));
    let mut blocks: Vec<Block> = subtitle.into_iter().map(Block::Paragraph).collect();
    blocks.push(Block::Chart(completion(view, &points)));
    blocks.push(Block::Chart(overdue(view, &points)));
    blocks.push(Block::Table(table));
    blocks.extend(notes.into_iter().map(Block::Paragraph));
    Document {
        title,
        blocks,
        data,
        lang: view.lang.code(),
    }
}

fn points(view: &View<'_>, books: &[Book<'_>]) -> Vec<Point> {
    let periods = view.plan().reporting_periods();
    let point = |book: &Book<'_>| {
        let obligations = view.obligations_in(*book);
        let period = periods.iter().position(|of| of.window.end == book.day);
        let reported = |wanted: fn(Report) -> bool| {
            let Some(at) = period else {
                return 0;
            };
            let is_wanted = |report: &Report| wanted(*report);
            let reports = obligations
                .iter()
                .map(|of| book.account(*of).reports.of(at));
            reports.filter(is_wanted).count() as u64
        };
        Point {
            day: book.day,
            period,
            owed: reported(|report| report != Report::NotOwed),
            missing: reported(|report| report == Report::Missing),
            sums: Sums::of(*book, obligations.iter().copied()),
        }
    };
    books.iter().map(point).collect()
}

fn of_points(view: &View<'_>, points: &[Point]) -> Table {
    let mut closed_before = 0;
    let rows = points.iter().map(|point| {
        let closed = point.sums.in_state(State::Closed);
        let change = difference(closed, closed_before);
        closed_before = closed;
        Row {
            role: Role::Body,
            cells: cells(view, point, change),
        }
    });
    Table {
        title: say::TITLE.text(view.lang).to_owned(),
        subtitle: head::subtitle(view),
        head: head::data("duban/trend@1", view),
        rows: rows.collect(),
        columns: columns(view),
        tail: Vec::new(),
        total_without: &[],
        notes: notes(view, points),
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(view.lang).to_owned(),
        lang: view.lang.code(),
    }
}

fn difference(now: u64, before: u64) -> i64 {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    signed(now) - signed(before)
}

fn columns(view: &View<'_>) -> Vec<Column> {
    let figure = |key, word, shown| words::figure_column(key, word, shown, view.lang);
    let text = |key, word, shown| words::text_column(key, word, shown, view.lang);
    use Shown as S;
    vec![
        text("period", title::PERIOD, S::Machine),
        text("as_of", say::AS_OF, S::Always),
        figure("total", title::TOTAL, S::Always),
        figure("closed", title::CLOSED, S::Always),
        figure("closed_change", say::CLOSED_CHANGE, S::Always),
        figure("overdue", title::OVERDUE, S::Always),
        figure("completion", title::COMPLETION, S::Always),
        figure("on_time", title::ON_TIME, S::Always),
        figure("owed", title::OWED, S::Always),
        figure("missing", title::MISSING, S::Always),
    ]
}

/// Returns the cells in the order of `columns`. A day inside a period has no reports to count.
fn cells(view: &View<'_>, point: &Point, change: i64) -> Vec<Cell> {
    let periods = view.plan().reporting_periods();
    let period = point.period.map(|at| periods[at].period.to_string());
    let of_period = |count: u64| Cell::maybe(point.period, |_| Cell::Count(count));
    vec![
        Cell::maybe(period, Cell::Text),
        Cell::Date(point.day),
        Cell::Count(point.sums.total()),
        Cell::Count(point.sums.in_state(State::Closed)),
        Cell::Signed(change),
        Cell::Count(point.sums.overdue),
        Cell::Share(point.sums.completion()),
        Cell::Share(point.sums.on_time()),
        of_period(point.owed),
        of_period(point.missing),
    ]
}

/// A report that is not yet due is no silence: the papers say so of the last period.
fn notes(view: &View<'_>, points: &[Point]) -> Vec<String> {
    let periods = view.plan().reporting_periods();
    let last = points.iter().rev().find_map(|point| point.period);
    let open = last
        .map(|at| &periods[at])
        .filter(|period| view.book.day <= period.report_day);
    let open = open.map(|of| say::not_yet_due(of.period, of.report_day).into_text(view.lang));
    open.into_iter().chain(head::notes(view)).collect()
}

fn completion(view: &View<'_>, points: &[Point]) -> Chart {
    let bars = points.iter().map(|point| {
        let share: Share = point.sums.completion();
        let percent = share.percent();
        Bar {
            label: point.day.to_string(),
            value: percent.and_then(|percent| u64::try_from(percent.0).ok()),
            words: percent.map_or(String::new(), |percent| {
                format!("{percent}% ({}/{})", share.part, share.whole)
            }),
        }
    });
    chart(view, say::COMPLETION, 1000, bars.collect())
}

fn overdue(view: &View<'_>, points: &[Point]) -> Chart {
    let most = points.iter().map(|point| point.sums.overdue).max();
    let bars = points.iter().map(|point| Bar {
        label: point.day.to_string(),
        value: Some(point.sums.overdue),
        words: point.sums.overdue.to_string(),
    });
    chart(view, say::OVERDUE, most.unwrap_or(0), bars.collect())
}

fn chart(view: &View<'_>, title: Word, full: u64, bars: Vec<Bar>) -> Chart {
    Chart {
        title: title.text(view.lang).to_owned(),
        full,
        bars,
    }
}
