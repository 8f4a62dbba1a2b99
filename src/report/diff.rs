//! What moved between two days, two seals or two texts of the plan.
//!
//! What was closed or became overdue is read from where the obligations stand; what was sent back,
//! extended or reported from the entries that count on one side and not on the other.

use crate::document::Block;
use crate::document::Document;
use crate::journal::scan::Posting;
use crate::lang::Lang;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::papers::diff as say;
use crate::ledger::account::Account;
use crate::ledger::position::Position;
use crate::plan::Target;
use crate::plan::chart::ObligationIx;
use crate::plan::compare;
use crate::plan::compare::Change;
use crate::plan::compare::What;
use crate::report::View;
use crate::report::head;
use crate::report::words;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Datum;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::Event;
use crate::terms::State;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// One of the two that are compared.
pub struct Side<'s> {
    /// Everything as it stood there.
    pub view: View<'s>,
    /// The entries that counted, in fold order.
    pub counted: Vec<Posting>,
    /// What it is.
    pub name: Name,
}

/// What a side is, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A day.
    Day(String),
    /// A seal.
    Seal(String),
    /// A revision of the plan, with the first digits of its commit.
    Revision(String, String),
}

/// A kind of movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Move {
    Closed,
    Reopened,
    Overdue,
    Returned,
    Extended,
    Reported,
}

const MOVES: [Move; 6] = [
    Move::Closed,
    Move::Reopened,
    Move::Overdue,
    Move::Returned,
    Move::Extended,
    Move::Reported,
];

/// The last entry of each event of each obligation that counts only on the newer side.
type New = BTreeMap<(Move, ObligationIx), Posting>;

/// Makes the paper.
pub fn document(from: &Side<'_>, to: &Side<'_>) -> Document {
    let lang = to.view.lang;
    let new = new_entries(from, to);
    let mut data = head::data("duban/diff@1", &to.view);
    data.push(("from", from.data()));
    data.push(("to", to.data()));
    let mut blocks = vec![
        Block::Paragraph(head::subtitle(&to.view).swap_remove(0)),
        Block::Facts(vec![
            (say::FROM.text(lang).to_owned(), from.words()),
            (say::TO.text(lang).to_owned(), to.words()),
        ]),
    ];
    for of in MOVES {
        let table = moved(from, to, of, &new);
        data.push((of.code(), table.rows_as_data()));
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
    }
    let plan = plan_changes(&from.view, &to.view);
    data.push(("plan_changes", plan.rows_as_data()));
    if !plan.rows.is_empty() {
        blocks.push(Block::Table(plan));
    }
    if !blocks.iter().any(|block| matches!(block, Block::Table(_))) {
        blocks.push(Block::Paragraph(say::NOTHING.text(lang).to_owned()));
    }
    let closing = head::closing(&to.view);
    blocks.extend(closing.into_iter().map(Block::Paragraph));
    Document {
        title: say::TITLE.text(lang).to_owned(),
        blocks,
        data,
        lang: lang.code(),
    }
}

impl Side<'_> {
    fn data(&self) -> Datum {
        let (kind, name) = match &self.name {
            Name::Day(name) => ("day", name),
            Name::Seal(name) => ("seal", name),
            Name::Revision(name, _) => ("revision", name),
        };
        Datum::Map(vec![
            ("kind", kind.into()),
            ("name", name.as_str().into()),
            ("as_of", self.view.book.day.into()),
            ("plan_sha256", self.view.plan().sha256.as_str().into()),
            ("digest", self.view.journal.digest.as_str().into()),
        ])
    }

    fn words(&self) -> String {
        let day = self.view.book.day;
        let digest = &self.view.journal.digest;
        let digest = &digest[..16.min(digest.len())];
        let said = match &self.name {
            Name::Day(name) => say::side_day(name, digest),
            Name::Seal(name) => say::side_seal(name, day, digest),
            Name::Revision(name, commit) => say::side_git(name, commit, day),
        };
        said.into_text(self.view.lang)
    }

    /// Returns the obligation of another side, where this side has it too.
    fn same(&self, other: &Side<'_>, at: ObligationIx) -> Option<ObligationIx> {
        let obligation = other.view.chart.obligation(at);
        let plan = other.view.plan();
        let period = obligation.period.map(|period| period.to_string());
        self.view.chart.of(
            &plan.item(obligation.item).id,
            &plan.unit(obligation.unit).id,
            &period.unwrap_or_default(),
        )
    }

    fn entry_name(&self, posting: &Posting) -> String {
        let writer = &self.view.writers[usize::from(posting.writer.0)];
        format!("{writer}:{}", posting.seq)
    }
}

fn new_entries(from: &Side<'_>, to: &Side<'_>) -> New {
    let before: BTreeSet<String> = from
        .counted
        .iter()
        .map(|posting| from.entry_name(posting))
        .collect();
    let is_new = |posting: &&Posting| !before.contains(&to.entry_name(posting));
    let mut new = New::new();
    for posting in to.counted.iter().filter(is_new) {
        let of = match posting.event {
            Event::Return => Move::Returned,
            Event::Extend => Move::Extended,
            Event::Progress | Event::Nil | Event::Submit => Move::Reported,
            Event::Ack
            | Event::Verify
            | Event::Suspend
            | Event::Resume
            | Event::Cancel
            | Event::Reopen
            | Event::Urge
            | Event::Light
            | Event::Note
            | Event::Retract
            | Event::Seal => continue,
        };
        new.insert((of, posting.obligation), *posting);
    }
    new
}

impl Move {
    const fn code(self) -> &'static str {
        match self {
            Move::Closed => "closed",
            Move::Reopened => "no_longer_closed",
            Move::Overdue => "overdue",
            Move::Returned => "returned",
            Move::Extended => "extended",
            Move::Reported => "reported",
        }
    }

    const fn title(self) -> Word {
        match self {
            Move::Closed => say::CLOSED,
            Move::Reopened => say::REOPENED,
            Move::Overdue => say::OVERDUE,
            Move::Returned => say::RETURNED,
            Move::Extended => say::EXTENDED,
            Move::Reported => say::REPORTED,
        }
    }

    /// Only what is read from entries has one to name.
    const fn entry_shown(self) -> Shown {
        match self {
            Move::Closed | Move::Reopened | Move::Overdue => Shown::Machine,
            Move::Returned | Move::Extended | Move::Reported => Shown::Always,
        }
    }

    /// Returns the title of the column that says how it stands now.
    const fn now(self) -> Word {
        match self {
            Move::Closed => title::CLOSED_ON,
            Move::Overdue => title::LATE_DAYS,
            Move::Reopened | Move::Returned => title::STATE,
            Move::Extended => title::CURRENT_DUE,
            Move::Reported => title::PROGRESS,
        }
    }
}

/// Where an obligation stands on one side.
struct Standing<'a> {
    account: &'a Account,
    position: Position,
}

impl<'a> Standing<'a> {
    fn of(view: &'a View<'_>, at: ObligationIx) -> Standing<'a> {
        Standing {
            account: view.book.account(at),
            position: view.book.position(at),
        }
    }

    fn is_closed(&self) -> bool {
        self.position.state == State::Closed
    }
}

fn moved(from: &Side<'_>, to: &Side<'_>, of: Move, new: &New) -> Table {
    let lang = to.view.lang;
    let mut rows = Vec::new();
    for at in to.view.obligations() {
        let before = from.same(to, at).map(|at| Standing::of(&from.view, at));
        let now = Standing::of(&to.view, at);
        let entry = new.get(&(of, at));
        let was = |is: fn(&Standing<'_>) -> bool| before.as_ref().is_some_and(is);
        let has_moved = match of {
            Move::Closed => now.is_closed() && !was(|of| of.is_closed()),
            Move::Reopened => !now.is_closed() && was(|of| of.is_closed()),
            Move::Overdue => now.position.overdue && !was(|of| of.position.overdue),
            Move::Returned | Move::Extended | Move::Reported => entry.is_some(),
        };
        if has_moved {
            // An entry's name holds its writer's, who may be a person.
            let entry = entry
                .filter(|_| to.view.filter.withheld().is_none())
                .map(|posting| to.entry_name(posting));
            rows.push(row(&to.view, at, of, [before.as_ref(), Some(&now)], entry));
        }
    }
    let text = |key, word, shown| words::text_column(key, word, shown, lang);
    table(
        say::heading(of.title().text(lang), rows.len()).into_text(lang),
        vec![
            text("obligation", title::OBLIGATION, Shown::Always),
            text("title", title::TITLE, Shown::Always),
            text("unit", title::UNIT_ID, Shown::Machine),
            text("unit_name", title::UNIT, Shown::Always),
            text("before", say::BEFORE, Shown::Always),
            text("after", of.now(), Shown::Always),
            text("entry", title::ENTRY, of.entry_shown()),
        ],
        rows,
        lang,
    )
}

/// Returns a row; `sides` are how it stood before, where it was there, and how it stands now.
fn row(
    view: &View<'_>,
    at: ObligationIx,
    of: Move,
    sides: [Option<&Standing<'_>>; 2],
    entry: Option<String>,
) -> Row {
    let obligation = view.chart.obligation(at);
    let (item, unit) = (
        view.plan().item(obligation.item),
        view.plan().unit(obligation.unit),
    );
    let [before, now] = sides;
    Row {
        role: Role::Body,
        cells: vec![
            Cell::Text(view.chart.name(at)),
            Cell::Text(item.title.clone()),
            Cell::Text(unit.id.clone()),
            Cell::Text(unit.name.clone()),
            Cell::maybe(before, |standing| before_cell(of, standing, view.lang)),
            Cell::maybe(now, |standing| now_cell(of, standing, view.lang)),
            Cell::maybe(entry, Cell::Text),
        ],
    }
}

fn before_cell(of: Move, standing: &Standing<'_>, lang: Lang) -> Cell {
    match of {
        Move::Closed | Move::Reopened | Move::Overdue | Move::Returned => {
            words::state(standing.position.state, lang)
        }
        Move::Extended => Cell::Date(standing.account.current_due),
        Move::Reported => Cell::maybe(standing.position.progress, Cell::Percent),
    }
}

fn now_cell(of: Move, standing: &Standing<'_>, lang: Lang) -> Cell {
    match of {
        Move::Closed => Cell::maybe(standing.account.closed_on, Cell::Date),
        Move::Overdue => Cell::maybe(standing.position.late_days, Cell::Signed),
        Move::Reopened | Move::Returned => words::state(standing.position.state, lang),
        Move::Extended => Cell::Date(standing.account.current_due),
        Move::Reported => Cell::maybe(standing.position.progress, Cell::Percent),
    }
}

/// Returns what changed in the plan, but for what one of the two calls internal.
fn plan_changes(older: &View<'_>, newer: &View<'_>) -> Table {
    let lang = newer.lang;
    let sides = [newer, older];
    let mut changes = compare::changes(older.plan(), newer.plan());
    changes.retain(|change| {
        sides.iter().all(|view| {
            let item = view.plan().item_by_id(&change.item);
            item.is_none_or(|item| view.filter.shows_item(item))
        })
    });
    let names = |ids: &[String]| -> Cell {
        let name = |id: &String| {
            let found = sides.into_iter().find_map(|view| {
                let unit = view.plan().unit_by_id(id)?;
                Some(words::unit(view, unit).to_owned())
            });
            found.unwrap_or_else(|| id.clone())
        };
        Cell::List(ids.iter().map(name).collect())
    };
    let target = |target: &Option<Target>| {
        Cell::maybe(target.as_ref(), |of| {
            Cell::Text(format!("{}{}", of.amount, of.unit))
        })
    };
    let of_change = |change: &Change| {
        let (code, word, before, after) = match &change.what {
            What::Added { start } => {
                let start = Cell::maybe(*start, Cell::Date);
                ("added", say::ADDED, Cell::Empty, start)
            }
            What::Gone => ("gone", say::GONE, Cell::Empty, Cell::Empty),
            What::Due { from, to } => ("due", say::DUE, Cell::Date(*from), Cell::Date(*to)),
            What::Kind { from, to } => {
                let (from, to) = (words::kind(*from, lang), words::kind(*to, lang));
                ("kind", say::KIND, from, to)
            }
            What::Target { from, to } => ("target", say::TARGET, target(from), target(to)),
            What::LeadSettled { gained } => {
                ("lead", say::LEAD, Cell::List(Vec::new()), names(gained))
            }
            What::Lead { lost, gained } => ("lead", say::LEAD, names(lost), names(gained)),
        };
        Row {
            role: Role::Body,
            cells: vec![
                Cell::Text(change.item.clone()),
                Cell::Text(change.title.clone()),
                Cell::Word {
                    code,
                    word: word.text(lang),
                },
                before,
                after,
            ],
        }
    };
    let text = |key, word| words::text_column(key, word, Shown::Always, lang);
    table(
        say::heading(say::PLAN.text(lang), changes.len()).into_text(lang),
        vec![
            text("item", title::ITEM),
            text("title", title::TITLE),
            text("what", say::WHAT),
            text("before", say::BEFORE),
            text("after", say::AFTER),
        ],
        changes.iter().map(of_change).collect(),
        lang,
    )
}

fn table(title: String, columns: Vec<Column>, rows: Vec<Row>, lang: Lang) -> Table {
    Table {
        title,
        subtitle: Vec::new(),
        head: Vec::new(),
        columns,
        rows,
        tail: Vec::new(),
        total_without: &[],
        notes: Vec::new(),
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(lang).to_owned(),
        lang: lang.code(),
    }
}
