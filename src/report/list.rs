//! Obligations, one a row: `list` with what a clerk looks at, `ledger` (台账) with everything.

use crate::calendar::Day;
use crate::lang::Lang;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::terms;
use crate::plan::Item;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::report::head;
use crate::report::words;
use crate::table::Align;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Part;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::Kind;
use std::collections::BTreeMap;

/// Makes the list of obligations.
pub fn list(view: &View<'_>) -> Table {
    let obligations = view.obligations();
    of_obligations(
        view,
        &obligations,
        "duban/list@1",
        papers::LIST,
        |column| column,
        |_| Vec::new(),
    )
}

/// Makes the ledger: the same rows with every column.
pub fn ledger(view: &View<'_>) -> Table {
    let obligations = view.obligations();
    let everywhere = |column: Column| Column {
        shown: match (column.shown, column.key) {
            // The obligation says these three.
            (_, "item" | "unit" | "period") => Shown::Machine,
            (Shown::Always, _) => Shown::Always,
            (Shown::WhereFilled | Shown::Wide | Shown::Machine, _) => Shown::Wide,
        },
        ..column
    };
    let mut table = of_obligations(
        view,
        &obligations,
        "duban/ledger@1",
        papers::LEDGER,
        everywhere,
        |at| ledger_cells(view, at),
    );
    table.columns.extend(ledger_columns(view.lang));
    table.parts = by_unit(view, &obligations);
    table
}

/// Returns a part for each unit that has obligations, in the order of the plan.
fn by_unit(view: &View<'_>, obligations: &[ObligationIx]) -> Vec<Part> {
    let mut rows: BTreeMap<UnitIx, Vec<usize>> = BTreeMap::new();
    for (row, at) in obligations.iter().enumerate() {
        rows.entry(view.chart.obligation(*at).unit)
            .or_default()
            .push(row);
    }
    let part = |(unit, rows): (UnitIx, Vec<usize>)| Part {
        name: view.plan().unit(unit).name.clone(),
        notes: {
            let mut notes = vec![papers::obligations_shown(rows.len()).into_text(view.lang)];
            notes.extend(head::closing(view));
            notes
        },
        rows,
    };
    rows.into_iter().map(part).collect()
}

/// Makes a list of some obligations, as `show` has it.
pub fn some(view: &View<'_>, obligations: &[ObligationIx], caption: Word) -> Table {
    of_obligations(
        view,
        obligations,
        "duban/list@1",
        caption,
        |column| column,
        |_| Vec::new(),
    )
}

fn of_obligations(
    view: &View<'_>,
    obligations: &[ObligationIx],
    schema: &'static str,
    caption: Word,
    columns_as: impl Fn(Column) -> Column,
    more: impl Fn(ObligationIx) -> Vec<Cell>,
) -> Table {
    let rows = obligations.iter().map(|at| {
        let mut cells = cells(view, *at);
        cells.extend(more(*at));
        Row {
            role: Role::Body,
            cells,
        }
    });
    Table {
        title: caption.text(view.lang).to_owned(),
        subtitle: head::subtitle(view),
        head: head::data(schema, view),
        columns: columns(view.lang).into_iter().map(columns_as).collect(),
        rows: rows.collect(),
        tail: Vec::new(),
        total_without: &[],
        notes: {
            let mut notes = vec![papers::obligations_shown(obligations.len()).into_text(view.lang)];
            notes.extend(head::notes(view));
            notes
        },
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(view.lang).to_owned(),
        lang: view.lang.code(),
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    let figure = |key, word, shown| words::figure_column(key, word, shown, lang);
    let text = |key, word, shown| words::text_column(key, word, shown, lang);
    use Shown as S;
    vec![
        text("obligation", title::OBLIGATION, S::Always),
        text("item", title::ITEM, S::Machine),
        text("title", title::TITLE, S::Always),
        text("unit", title::UNIT_ID, S::Machine),
        text("unit_name", title::UNIT, S::WhereFilled),
        text("period", title::PERIOD, S::Machine),
        text("kind", title::KIND, S::Machine),
        text("state", title::STATE, S::Always),
        text("start", title::START, S::Machine),
        text("due", title::DUE, S::Machine),
        text("current_due", title::CURRENT_DUE, S::Always),
        text("judged_due", title::JUDGED_DUE, S::Machine),
        figure("extensions", title::EXTENSIONS, S::Machine),
        text("extended_late", title::EXTENDED_LATE, S::Machine),
        figure("reopened", title::REOPENED, S::Machine),
        text("overdue", title::OVERDUE, S::Machine),
        figure("days_left", title::DAYS_LEFT, S::Wide),
        figure("late_days", title::LATE_DAYS, S::Wide),
        figure("progress", title::PROGRESS, S::WhereFilled),
        figure("time_progress", title::TIME_PROGRESS, S::Wide),
        figure("worked", title::WORKED, S::Machine),
        figure("passed", title::PASSED, S::Machine),
        figure("missed", title::MISSED, S::Wide),
        text("acked_on", title::ACKED_ON, S::Machine),
        text("submitted_on", title::SUBMITTED_ON, S::Machine),
        text("closed_on", title::CLOSED_ON, S::Wide),
        text("closed_late", title::CLOSED_LATE, S::Machine),
        figure("evidence", title::EVIDENCE, S::Machine),
        text("light", title::LIGHT, S::Always),
        text("reasons", title::REASONS, S::Always),
        text("last_entry", title::LAST_ENTRY, S::Wide),
        text("self_verified", title::SELF_VERIFIED, S::WhereFilled),
    ]
}

/// Returns the cells in the order of `columns`.
fn cells(view: &View<'_>, at: ObligationIx) -> Vec<Cell> {
    let (plan, lang) = (view.plan(), view.lang);
    let obligation = view.chart.obligation(at);
    let (account, position) = (view.book.account(at), view.book.position(at));
    let item = plan.item(obligation.item);
    let unit = plan.unit(obligation.unit);
    let is_continuing = obligation.kind == Kind::Continuing;
    let unless_continuing = |day: Day| match is_continuing {
        true => Cell::Empty,
        false => Cell::Date(day),
    };
    let day = |day: Option<Day>| Cell::maybe(day, Cell::Date);
    // An entry's name holds its writer's, who may be a person.
    let last = account
        .last_entry
        .filter(|_| view.filter.withheld().is_none())
        .map(|(writer, seq)| format!("{}:{seq}", view.writers[usize::from(writer.0)]));
    vec![
        Cell::Ref(view.chart.name(at)),
        Cell::Text(item.id.clone()),
        Cell::Text(item.title.clone()),
        Cell::Text(unit.id.clone()),
        Cell::Text(unit.name.clone()),
        Cell::maybe(obligation.period, |period| Cell::Text(period.to_string())),
        words::kind(obligation.kind, lang),
        words::state(position.state, lang),
        Cell::Date(obligation.window.start),
        Cell::Date(obligation.window.end),
        unless_continuing(account.current_due),
        unless_continuing(account.judged_due),
        Cell::Count(u64::from(account.extensions)),
        Cell::Flag(account.extended_late),
        Cell::Count(u64::from(account.reopened)),
        Cell::Flag(position.overdue),
        Cell::maybe(position.days_left, Cell::Signed),
        Cell::maybe(position.late_days, Cell::Signed),
        Cell::maybe(position.progress, Cell::Percent),
        Cell::maybe(position.time_progress, Cell::Percent),
        Cell::maybe(position.work, |(worked, _)| Cell::Count(worked)),
        Cell::maybe(position.work, |(_, passed)| Cell::Count(passed)),
        Cell::Count(u64::from(position.missed)),
        day(account.acked_on),
        day(account.submitted_on),
        day(account.closed_on),
        Cell::Flag(position.closed_late),
        Cell::Count(u64::from(account.evidence)),
        words::light(position.light, lang),
        words::reasons(&position.reasons, lang),
        Cell::maybe(last, Cell::Ref),
        Cell::Flag(plan.is_self_verified(obligation.unit)),
    ]
}

fn ledger_columns(lang: Lang) -> Vec<Column> {
    [
        ("chapter", title::CHAPTER),
        ("measure", title::MEASURE),
        ("basis", title::BASIS),
        ("owner", title::OWNER),
        ("assist", title::ASSIST),
        ("verifier", title::VERIFIER),
        ("target", title::TARGET),
        ("done_when", title::DONE_WHEN),
        ("form", title::FORM),
        ("carried_from", title::CARRIED_FROM),
    ]
    .into_iter()
    .map(|(key, word)| Column {
        key,
        title: word.text(lang).to_owned(),
        align: Align::Left,
        shown: Shown::Wide,
    })
    .collect()
}

fn ledger_cells(view: &View<'_>, at: ObligationIx) -> Vec<Cell> {
    let plan = view.plan();
    let obligation = view.chart.obligation(at);
    let item = plan.item(obligation.item);
    let measure = plan.measure_of(obligation.item);
    let chapter = &plan.chapters[measure.chapter.position()];
    let text = |text: &Option<String>| Cell::maybe(text.clone(), Cell::Text);
    vec![
        Cell::Text(chapter.title.clone()),
        Cell::Text(measure.title.clone()),
        text(&measure.basis),
        Cell::maybe(item.owner, |owner| Cell::Word {
            code: owner.code(),
            word: terms::owner(owner).text(view.lang),
        }),
        Cell::List(assisting(view, item)),
        Cell::Text(words::unit(view, plan.verifier_of(obligation.unit)).to_owned()),
        Cell::maybe(item.target.as_ref(), |target| {
            Cell::Text(format!("{}{}", target.amount, target.unit))
        }),
        text(&item.done_when),
        text(&item.form),
        text(&item.carried_from),
    ]
}

/// Returns the names of the units that assist an item, as far as the readers may see them.
fn assisting(view: &View<'_>, item: &Item) -> Vec<String> {
    let shown = item
        .assist
        .iter()
        .filter(|unit| view.filter.shows_unit(**unit));
    shown
        .map(|unit| view.plan().unit(*unit).name.clone())
        .collect()
}
