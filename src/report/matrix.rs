//! Item × unit: one light where a unit leads an item.
//!
//! Of a periodic item the light is the worst of its periods that have begun; what lies ahead would
//! only hide it. People get a grid, in blocks where the page is narrow; machines a row a pair.

use crate::document::Block;
use crate::document::Document;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::papers::matrix as say;
use crate::plan::ItemIx;
use crate::plan::Unit;
use crate::plan::UnitIx;
use crate::report::View;
use crate::report::head;
use crate::report::words;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::Light;
use crate::terms::State;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// How wide the page is on which the grid stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// A terminal of 80 columns: so many units side by side as it has room for, then the next.
    Screen,
    /// A sheet of A4 across: so many units that none is cut in print.
    Sheet,
    /// A text without end to its lines: all units side by side.
    Endless,
}

/// The columns of a terminal that item, title and the gaps leave to the units.
const ROOM: usize = 50;

/// How many units stand side by side on a sheet.
const ON_A_SHEET: usize = 16;

/// How many lines the head of a column may take.
const HEAD_LINES: usize = 4;

/// What a unit has to do with an item: how many obligations have each light, those ahead aside.
#[derive(Default)]
struct Pair {
    lights: BTreeMap<Light, u64>,
    obligations: u64,
}

impl Pair {
    fn light(&self) -> Light {
        self.lights.keys().next().copied().unwrap_or(Light::Grey)
    }
}

/// The pairs that have an obligation, items in the order of the plan, then units.
type Pairs = BTreeMap<(ItemIx, UnitIx), Pair>;

/// Makes the table for machines: a row for each unit that leads an item.
pub fn table(view: &View<'_>) -> Table {
    let text = |key, word, shown| words::text_column(key, word, shown, view.lang);
    let figure = |key, word, shown| words::figure_column(key, word, shown, view.lang);
    let rows = pairs(view).into_iter().map(|((item, unit), pair)| {
        let item = view.plan().item(item);
        let unit = view.plan().unit(unit);
        let count = |light: &Light| pair.lights.get(light).copied().unwrap_or(0);
        let lights = Light::ALL.iter().map(|light| (light.code(), count(light)));
        Row {
            role: Role::Body,
            cells: vec![
                Cell::Text(item.id.clone()),
                Cell::Text(item.title.clone()),
                Cell::Text(unit.id.clone()),
                Cell::Text(unit.name.clone()),
                words::light(pair.light(), view.lang),
                Cell::Count(pair.obligations),
                Cell::Counts(lights.collect()),
            ],
        }
    });
    Table {
        title: say::TITLE.text(view.lang).to_owned(),
        subtitle: head::subtitle(view),
        head: head::data("duban/matrix@1", view),
        rows: rows.collect(),
        columns: vec![
            text("item", title::ITEM, Shown::Always),
            text("title", title::TITLE, Shown::Always),
            text("unit", title::UNIT_ID, Shown::Machine),
            text("unit_name", title::UNIT, Shown::Always),
            text("light", title::LIGHT, Shown::Always),
            figure("obligations", title::OBLIGATION, Shown::Always),
            text("lights", title::LIGHTS, Shown::Always),
        ],
        tail: Vec::new(),
        total_without: &[],
        notes: head::notes(view),
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(view.lang).to_owned(),
        lang: view.lang.code(),
    }
}

/// Makes the paper: the grid, and below it what its signs mean.
pub fn document(view: &View<'_>, page: Page) -> Document {
    let machine = table(view);
    let mut data = machine.head.clone();
    data.push(("rows", machine.rows_as_data()));
    let pairs = pairs(view);
    let mut blocks: Vec<Block> = head::subtitle(view)
        .into_iter()
        .map(Block::Paragraph)
        .collect();
    for units in side_by_side(view, &pairs, page) {
        blocks.push(Block::Table(grid(view, &pairs, &units)));
    }
    blocks.push(Block::Paragraph(match pairs.is_empty() {
        true => say::NOTHING.text(view.lang).to_owned(),
        false => legend(view),
    }));
    blocks.extend(head::notes(view).into_iter().map(Block::Paragraph));
    Document {
        title: machine.title,
        blocks,
        data,
        lang: view.lang.code(),
    }
}

fn pairs(view: &View<'_>) -> Pairs {
    let mut pairs = Pairs::new();
    for at in view.obligations() {
        let obligation = view.chart.obligation(at);
        let position = view.book.position(at);
        let pair = pairs.entry((obligation.item, obligation.unit)).or_default();
        pair.obligations += 1;
        if position.state != State::NotBegun {
            *pair.lights.entry(position.light).or_default() += 1;
        }
    }
    pairs
}

/// Returns the units that lead anything, in the order of the plan, as many together as fit.
fn side_by_side(view: &View<'_>, pairs: &Pairs, page: Page) -> Vec<Vec<UnitIx>> {
    let mut units: Vec<UnitIx> = pairs.keys().map(|(_, unit)| *unit).collect();
    units.sort();
    units.dedup();
    let mut blocks: Vec<Vec<UnitIx>> = Vec::new();
    let mut left = 0;
    for unit in units {
        let width = head_width(short_name(view.plan().unit(unit))) + 1;
        match blocks.last_mut() {
            Some(block) if has_room(page, block, width, left) => block.push(unit),
            Some(_) | None => {
                blocks.push(vec![unit]);
                left = ROOM;
            }
        }
        left = left.saturating_sub(width);
    }
    blocks
}

fn has_room(page: Page, block: &[UnitIx], width: usize, left: usize) -> bool {
    match page {
        Page::Screen => width <= left,
        Page::Sheet => block.len() < ON_A_SHEET,
        Page::Endless => true,
    }
}

/// Returns the shortest of the names by which a unit is known.
fn short_name(unit: &Unit) -> &str {
    let names = std::iter::once(&unit.name).chain(&unit.aliases);
    names
        .min_by_key(|name| name.width())
        .map_or(unit.id.as_str(), String::as_str)
}

/// Returns the columns that a head takes: Chinese breaks anywhere, other words only between them.
fn head_width(name: &str) -> usize {
    let longest_word = name
        .split(|sign: char| !sign.is_ascii_graphic())
        .map(str::len)
        .max()
        .unwrap_or(0);
    // A column of two signs has room for one of Chinese.
    let share = name.width().div_ceil(HEAD_LINES).next_multiple_of(2);
    share.max(longest_word).max(2)
}

fn grid(view: &View<'_>, pairs: &Pairs, units: &[UnitIx]) -> Table {
    let mut columns = vec![
        words::text_column("item", title::ITEM, Shown::Always, view.lang),
        words::text_column("title", title::TITLE, Shown::Always, view.lang),
    ];
    columns.extend(units.iter().map(|unit| Column {
        title: short_name(view.plan().unit(*unit)).to_owned(),
        ..words::text_column("light", title::LIGHT, Shown::Always, view.lang)
    }));
    let mut items: Vec<ItemIx> = pairs
        .keys()
        .filter(|(_, unit)| units.contains(unit))
        .map(|(item, _)| *item)
        .collect();
    items.dedup();
    let rows = items.iter().map(|at| {
        let item = view.plan().item(*at);
        let mut cells = vec![Cell::Text(item.id.clone()), Cell::Text(item.title.clone())];
        cells.extend(units.iter().map(|unit| match pairs.get(&(*at, *unit)) {
            Some(pair) => Cell::Light {
                light: pair.light(),
                word: sign(pair.light()).text(view.lang),
            },
            None => Cell::Empty,
        }));
        Row {
            role: Role::Body,
            cells,
        }
    });
    Table {
        title: String::new(),
        subtitle: Vec::new(),
        head: Vec::new(),
        rows: rows.collect(),
        columns,
        tail: Vec::new(),
        total_without: &[],
        notes: Vec::new(),
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(view.lang).to_owned(),
        lang: view.lang.code(),
    }
}

const fn sign(light: Light) -> Word {
    match light {
        Light::Red => say::RED,
        Light::Yellow => say::YELLOW,
        Light::Green => say::GREEN,
        Light::Done => say::DONE,
        Light::Grey => say::GREY,
    }
}

fn legend(view: &View<'_>) -> String {
    let lang = view.lang;
    let sign = |light: &Light| {
        let (sign, means) = (sign(*light), say::means(*light));
        format!("{} {}", sign.text(lang), means.text(lang))
    };
    let signs: Vec<String> = Light::ALL.iter().map(sign).collect();
    let signs = signs.join(say::BETWEEN.text(lang));
    say::legend(signs).into_text(lang)
}
