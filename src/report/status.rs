//! The completion table: what every unit, chapter, measure, item, group or kind owes and has done.

use crate::figures::Share;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::terms;
use crate::ledger::Book;
use crate::parallel;
use crate::plan::ChapterIx;
use crate::plan::ItemIx;
use crate::plan::MeasureIx;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::report::head;
use crate::report::sums::Sums;
use crate::report::words;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Datum;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::By;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::State;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The key of the row for units in no group.
const NO_GROUP: &str = "-";

/// A row before its figures: what it is called and which obligations and assists it takes.
struct Line<'v> {
    key: String,
    name: String,
    takes: Takes<'v>,
}

/// Which obligations and assists belong to a row.
enum Takes<'v> {
    Unit(UnitIx),
    Units(&'v [UnitIx]),
    UnitsOutside(BTreeSet<UnitIx>),
    Chapter(ChapterIx),
    Measure(MeasureIx),
    Item(ItemIx),
    Kind(Kind),
}

/// The rows that take the obligations of each unit and of each item.
struct RowsOf {
    units: Vec<Vec<usize>>,
    items: Vec<Vec<usize>>,
}

impl RowsOf {
    fn new(plan: &Plan, lines: &[Line<'_>]) -> RowsOf {
        let mut rows = RowsOf {
            units: vec![Vec::new(); plan.units.len()],
            items: vec![Vec::new(); plan.items.len()],
        };
        let mut chapters: BTreeMap<ChapterIx, usize> = BTreeMap::new();
        let mut measures: BTreeMap<MeasureIx, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        for (row, line) in lines.iter().enumerate() {
            match &line.takes {
                Takes::Unit(unit) => rows.units[unit.position()].push(row),
                Takes::Units(units) => {
                    let units: BTreeSet<&UnitIx> = units.iter().collect();
                    units
                        .iter()
                        .for_each(|unit| rows.units[unit.position()].push(row));
                }
                Takes::UnitsOutside(groups) => {
                    let outside = |(at, _): &(usize, _)| !groups.contains(&UnitIx::at(*at));
                    let units = rows.units.iter_mut().enumerate().filter(outside);
                    units.for_each(|(_, rows)| rows.push(row));
                }
                Takes::Chapter(chapter) => drop(chapters.insert(*chapter, row)),
                Takes::Measure(measure) => drop(measures.insert(*measure, row)),
                Takes::Item(item) => rows.items[item.position()].push(row),
                Takes::Kind(kind) => drop(kinds.insert(*kind, row)),
            }
        }
        for (at, of_item) in rows.items.iter_mut().enumerate() {
            let at = ItemIx::at(at);
            let item = plan.item(at);
            of_item.extend(chapters.get(&plan.chapter_of(at)));
            of_item.extend(measures.get(&item.measure));
            of_item.extend(kinds.get(&item.kind()));
        }
        rows
    }

    fn of(&self, item: ItemIx, unit: UnitIx) -> impl Iterator<Item = usize> {
        let (of_unit, of_item) = (&self.units[unit.position()], &self.items[item.position()]);
        of_unit.iter().chain(of_item).copied()
    }
}

/// Makes the completion table. `earlier` is the end of the last reporting period before the as-of
/// day, from which the change of rank is counted.
pub fn table(view: &View<'_>, by: By, earlier: Option<Book<'_>>) -> Table {
    let lines = lines(view, by);
    let assists = assists(view);
    let obligations = view.obligations();
    let rows_of = RowsOf::new(view.plan(), &lines);
    let obligations_then = earlier.map(|book| view.obligations_in(book));
    let books: Vec<(Book<'_>, &[ObligationIx])> = [(view.book, obligations.as_slice())]
        .into_iter()
        .chain(earlier.zip(obligations_then.as_deref()))
        .collect();
    let mut sums_of_days = parallel::map(
        books.len(),
        || (),
        |(), at| sums_of(books[at].0, &rows_of, lines.len(), books[at].1),
    )
    .into_iter();
    let (mut sums, mut whole) = sums_of_days.next().expect("the as-of day is the first");
    let then = sums_of_days.next().map(|(sums, _)| sums);
    for (item, unit) in &assists {
        for row in rows_of.of(*item, *unit) {
            sums[row].assist += 1;
        }
    }
    whole.assist = assists.len() as u64;
    let ranks_now = ranks(&lines, &sums);
    let ranks_then = then.map(|then| ranks(&lines, &then));
    let mut rows: Vec<Row> = Vec::with_capacity(lines.len() + 1);
    for (at, (line, sums)) in lines.iter().zip(&sums).enumerate() {
        if line.key == NO_GROUP && sums.light_count() + sums.assist == 0 {
            continue;
        }
        let change = ranks_then
            .as_ref()
            .and_then(|then| Some(then[at]? - ranks_now[at]?));
        rows.push(Row {
            role: Role::Body,
            cells: cells(
                Cell::Text(line.key.clone()),
                Cell::Text(line.name.clone()),
                sums,
                [ranks_now[at], change],
                view,
            ),
        });
    }
    rows.push(Row {
        role: Role::Total,
        cells: cells(
            Cell::Empty,
            Cell::Text(papers::TOTAL.text(view.lang).to_owned()),
            &whole,
            [None, None],
            view,
        ),
    });
    let mut data = head::data("duban/status@1", view);
    data.push(("by", by.code().into()));
    Table {
        title: papers::completion_table(by).text(view.lang).to_owned(),
        subtitle: head::subtitle(view),
        head: data,
        columns: columns(view, by),
        rows,
        tail: vec![("no_lead", no_lead(view))],
        total_without: &["key", "name", "rank", "rank_change"],
        notes: notes(view, by),
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(view.lang).to_owned(),
        lang: view.lang.code(),
    }
}

fn no_lead(view: &View<'_>) -> Datum {
    let items = view.filter.without_lead(view.plan());
    let id = |item: &ItemIx| Datum::from(view.plan().item(*item).id.as_str());
    Datum::List(items.iter().map(id).collect())
}

fn notes(view: &View<'_>, by: By) -> Vec<String> {
    let mut notes = head::notes(view);
    if by == By::Group && groups_overlap(view) {
        notes.insert(0, papers::GROUPS_OVERLAP.text(view.lang).to_owned());
    }
    let self_verified = view
        .obligations()
        .into_iter()
        .filter(|at| {
            view.plan()
                .is_self_verified(view.chart.obligation(*at).unit)
        })
        .count();
    if self_verified > 0 {
        notes.insert(0, papers::self_verified(self_verified).into_text(view.lang));
    }
    notes
}

fn groups_overlap(view: &View<'_>) -> bool {
    let mut seen = BTreeSet::new();
    view.plan()
        .groups
        .iter()
        .flat_map(|group| &group.members)
        .any(|unit| !seen.insert(*unit))
}

/// Returns the rows in the order of the plan, without those that the filters leave out.
fn lines<'v>(view: &View<'v>, by: By) -> Vec<Line<'v>> {
    let (plan, filter) = (view.plan(), view.filter);
    let line = |key: &str, name: String, takes: Takes<'v>| Line {
        key: key.to_owned(),
        name,
        takes,
    };
    match by {
        By::Unit => (0..plan.units.len())
            .map(UnitIx::at)
            .filter(|unit| filter.keeps_unit(*unit))
            .map(|at| {
                let unit = plan.unit(at);
                line(&unit.id, unit.name.clone(), Takes::Unit(at))
            })
            .collect(),
        By::Group => {
            let mut lines: Vec<Line<'v>> = plan
                .groups
                .iter()
                .filter(|group| filter.keeps_group_row(&group.members))
                .map(|group| line(&group.id, group.name.clone(), Takes::Units(&group.members)))
                .collect();
            let grouped = plan.groups.iter().flat_map(|group| group.members.clone());
            lines.push(line(
                NO_GROUP,
                papers::NO_GROUP.text(view.lang).to_owned(),
                Takes::UnitsOutside(grouped.collect()),
            ));
            lines
        }
        By::Chapter => (0..plan.chapters.len())
            .map(ChapterIx::at)
            .filter(|chapter| filter.keeps_chapter_row(plan, *chapter))
            .map(|at| {
                let chapter = &plan.chapters[at.position()];
                line(&chapter.id, chapter.title.clone(), Takes::Chapter(at))
            })
            .collect(),
        By::Measure => (0..plan.measures.len())
            .map(MeasureIx::at)
            .filter(|measure| filter.keeps_measure_row(plan, *measure))
            .map(|at| {
                let measure = &plan.measures[at.position()];
                line(&measure.id, measure.title.clone(), Takes::Measure(at))
            })
            .collect(),
        By::Item => (0..plan.items.len())
            .map(ItemIx::at)
            .filter(|item| filter.keeps_item_row(plan, *item))
            .map(|at| {
                let item = plan.item(at);
                line(&item.id, item.title.clone(), Takes::Item(at))
            })
            .collect(),
        By::Kind => Kind::ALL
            .iter()
            .filter(|kind| filter.keeps_kind_row(**kind))
            .map(|kind| {
                let name = terms::kind(*kind).text(view.lang).to_owned();
                line(kind.code(), name, Takes::Kind(*kind))
            })
            .collect(),
    }
}

/// Returns the pairs of item and assisting unit that the filters leave.
fn assists(view: &View<'_>) -> Vec<(ItemIx, UnitIx)> {
    let plan = view.plan();
    let items = (0..plan.items.len()).map(ItemIx::at);
    items
        .flat_map(|item| plan.item(item).assist.iter().map(move |unit| (item, *unit)))
        .filter(|(item, unit)| view.filter.keeps_assist(plan, *item, *unit))
        .collect()
}

/// Adds up the obligations of each row, and all of them.
fn sums_of(
    book: Book<'_>,
    rows_of: &RowsOf,
    rows: usize,
    obligations: &[ObligationIx],
) -> (Vec<Sums>, Sums) {
    let mut sums = vec![Sums::default(); rows];
    let mut whole = Sums::default();
    for at in obligations {
        let obligation = book.chart.obligation(*at);
        let position = book.position(*at);
        for row in rows_of.of(obligation.item, obligation.unit) {
            sums[row].add_position(obligation, &position);
        }
        whole.add_position(obligation, &position);
    }
    (sums, whole)
}

/// Ranks by exact completion, highest first; equal ones share; none without a whole.
fn ranks(lines: &[Line<'_>], sums: &[Sums]) -> Vec<Option<i64>> {
    let shares: Vec<Option<Share>> = lines
        .iter()
        .zip(sums)
        .map(|(line, sums)| {
            let share = sums.completion();
            (line.key != NO_GROUP && share.whole > 0).then_some(share)
        })
        .collect();
    let mut falling: Vec<Share> = shares.iter().flatten().copied().collect();
    falling.sort_by(|a, b| b.cmp_exact(*a));
    let higher_than = |own: Share| falling.partition_point(|other| other.cmp_exact(own).is_gt());
    shares
        .iter()
        .map(|share| share.map(|share| i64::try_from(higher_than(share)).unwrap_or(0) + 1))
        .collect()
}

fn columns(view: &View<'_>, by: By) -> Vec<Column> {
    let lang = view.lang;
    let figure = |key, word, shown| words::figure_column(key, word, shown, lang);
    let text = |key, word, shown| words::text_column(key, word, shown, lang);
    use Shown as S;
    vec![
        text("key", title::KEY, key_shown(by)),
        text("name", title::name_of(by), S::Always),
        figure("total", title::TOTAL, S::Always),
        figure("not_begun", title::NOT_BEGUN, S::WhereFilled),
        figure("not_started", title::NOT_STARTED, S::WhereFilled),
        figure("in_progress", title::IN_PROGRESS, S::WhereFilled),
        figure("submitted", title::SUBMITTED, S::WhereFilled),
        figure("returned", title::RETURNED, S::WhereFilled),
        figure("suspended", title::SUSPENDED, S::WhereFilled),
        figure("closed", title::CLOSED, S::Always),
        figure("cancelled", title::CANCELLED, S::WhereFilled),
        figure("overdue", title::OVERDUE, S::Always),
        figure("closed_late", title::CLOSED_LATE, S::Wide),
        figure("due", title::DUE_COUNT, S::Wide),
        figure("closed_on_time", title::CLOSED_ON_TIME, S::Wide),
        figure("completion", title::COMPLETION, S::Always),
        figure("on_time", title::ON_TIME, S::Always),
        figure("progress", title::PROGRESS, S::Wide),
        figure("items", title::ITEMS, S::Wide),
        figure("continuing", title::CONTINUING, S::Wide),
        figure("assist", title::ASSIST, S::Wide),
        text("light", title::LIGHT, S::Always),
        text("lights", title::LIGHTS, S::Wide),
        figure("rank", title::RANK, S::Always),
        figure("rank_change", title::RANK_CHANGE, S::WhereFilled),
    ]
}

/// The ids of chapters, measures and items are how people speak of them; those of units are not.
const fn key_shown(by: By) -> Shown {
    match by {
        By::Chapter | By::Measure | By::Item => Shown::Always,
        By::Unit | By::Group | By::Kind => Shown::Machine,
    }
}

/// Returns the cells in the order of `columns`; `ranks` are rank and change of rank.
fn cells(
    key: Cell,
    name: Cell,
    sums: &Sums,
    ranks: [Option<i64>; 2],
    view: &View<'_>,
) -> Vec<Cell> {
    let state = |state: State| Cell::Count(sums.in_state(state));
    let light = |light: Light| (light.code(), sums.with_light(light));
    vec![
        key,
        name,
        Cell::Count(sums.total()),
        state(State::NotBegun),
        state(State::NotStarted),
        state(State::InProgress),
        state(State::Submitted),
        state(State::Returned),
        state(State::Suspended),
        state(State::Closed),
        state(State::Cancelled),
        Cell::Count(sums.overdue),
        Cell::Count(sums.closed_late),
        Cell::Count(sums.due),
        Cell::Count(sums.closed_on_time()),
        Cell::Share(sums.completion()),
        Cell::Share(sums.on_time()),
        Cell::maybe(sums.progress(), Cell::Percent),
        Cell::Counts(vec![
            ("total", sums.items_total()),
            ("closed", sums.items_closed()),
        ]),
        Cell::Counts(vec![
            ("worked", sums.continuing.part),
            ("passed", sums.continuing.whole),
        ]),
        Cell::Count(sums.assist),
        words::light(sums.light(), view.lang),
        Cell::Counts(vec![
            light(Light::Red),
            light(Light::Yellow),
            light(Light::Green),
            light(Light::Done),
            light(Light::Grey),
        ]),
        Cell::maybe(ranks[0], Cell::Signed),
        Cell::maybe(ranks[1], Cell::Signed),
    ]
}
