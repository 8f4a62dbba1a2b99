//! table: what people read on a terminal, aligned under Chinese, within the columns there are.
//!
//! Rules are of ASCII only: box-drawing signs are two columns wide on many Chinese terminals.

use crate::document::Block;
use crate::document::Document;
use crate::lang;
use crate::lang::Lang;
use crate::render::Colour;
use crate::render::Look;
use crate::render::cells;
use crate::render::cells::Space;
use crate::render::chart;
use crate::render::formal;
use crate::render::layout;
use crate::render::layout::Kind;
use crate::render::layout::Layout;
use crate::render::layout::Need;
use crate::render::layout::Weight;
use crate::render::safe::one_line;
use crate::render::steps;
use crate::render::wrap;
use crate::table::Align;
use crate::table::Cell;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::Light;
use anstyle::AnsiColor;
use anstyle::Style;
use comfy_table::CellAlignment;
use comfy_table::ColumnConstraint;
use comfy_table::Width;
use std::borrow::Cow;

/// From how many columns on a terminal shows what pages show.
const WIDE: usize = 120;

/// How many lines a cell may take before it is cut.
const TALLEST: usize = 4;

/// Returns title, subtitle, table and notes.
pub(super) fn table(table: &Table, look: &Look) -> String {
    let mut written = String::new();
    if !table.title.is_empty() {
        written += &(bold(&one_line(&table.title), look) + "\n");
    }
    for line in &table.subtitle {
        written += &paragraph(line, look);
    }
    if !written.is_empty() {
        written += "\n";
    }
    written += &grid(table, look);
    written
}

/// Returns the parts of a document with an empty line between.
pub(super) fn document(document: &Document, look: &Look) -> String {
    let mut parts = vec![heading(&document.title, Some('='), look)];
    parts.extend(document.blocks.iter().map(|block| self::block(block, look)));
    parts.join("\n")
}

fn block(block: &Block, look: &Look) -> String {
    match block {
        Block::Heading { level: 1, text } => heading(text, Some('-'), look),
        Block::Heading { text, .. } => heading(text, None, look),
        Block::Paragraph(text) => paragraph(text, look),
        Block::Facts(facts) => facts_lines(facts, look),
        Block::List(texts) => texts.iter().map(|text| hanging("- ", text, look)).collect(),
        Block::Table(table) => self::table(table, look),
        Block::Steps(all) => steps::lines(all, look),
        Block::Chart(chart) => {
            let title = heading(&chart.title, None, look);
            title + &chart::bars(chart, look.width.unwrap_or(chart::PAGE))
        }
        Block::Formal(formal) => formal::lines(formal, look.lang)
            .iter()
            .map(|line| paragraph(line, look))
            .collect(),
        Block::Annex(annex) => heading(&formal::head(annex), Some('='), look),
    }
}

/// Returns the columns, the line of those left out, and the notes.
fn grid(table: &Table, look: &Look) -> String {
    let space = match look.width {
        Some(width) if width < WIDE => Space::Narrow,
        Some(_) | None => Space::Wide,
    };
    let showing = cells::showing(table, space);
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| cells::row(row, &showing, space, look.lang))
        .collect();
    let needs: Vec<Need> = showing
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| need(table, *column, at, &rows))
        .collect();
    let layout = layout::arrange(&needs, look.width);
    let aligns: Vec<Align> = layout
        .columns
        .iter()
        .map(|at| table.columns[showing.columns[*at]].align)
        .collect();
    let rule = "-".repeat(layout.width()) + "\n";

    let mut written = lines(&[header(&needs, &layout)], &layout, &aligns) + &rule;
    for role in [Role::Body, Role::Total] {
        let of_role = table
            .rows
            .iter()
            .zip(&rows)
            .filter(|(row, _)| row.role == role);
        let cells: Vec<Vec<String>> = of_role
            .map(|(row, words)| cells_of(row, words, &showing.columns, &layout, look))
            .collect();
        if role == Role::Total && !cells.is_empty() {
            written += &rule;
        }
        written += &lines(&cells, &layout, &aligns);
    }
    if table.rows.is_empty() {
        written += &paragraph(lang::render::NO_ROWS.text(look.lang), look);
    }
    written + &below(table, &showing, &needs, &layout, look)
}

fn need(table: &Table, column: usize, at: usize, rows: &[Vec<String>]) -> Need {
    let cells = || table.rows.iter().map(|row| &row.cells[column]);
    let weight = match table.columns[column].shown {
        _ if at == 0 || cells().any(|cell| matches!(cell, Cell::Light { .. })) => Weight::Kept,
        Shown::Always => Weight::Heavy,
        Shown::WhereFilled | Shown::Wide | Shown::Machine => Weight::Light,
    };
    Need {
        title: breakable_title(&table.columns[column].title),
        widest: rows
            .iter()
            .map(|row| wrap::width(&row[at]))
            .max()
            .unwrap_or(0),
        kind: if cells().any(wraps) {
            Kind::Text
        } else {
            Kind::Figure
        },
        weight,
    }
}

/// Tells whether a cell is free text rather than a figure or a word of a vocabulary.
fn wraps(cell: &Cell) -> bool {
    match cell {
        Cell::Text(_) | Cell::List(_) | Cell::Words(_) | Cell::Reasons(_) => true,
        Cell::Counts(counts) => counts.len() > 2,
        Cell::Empty
        | Cell::Ref(_)
        | Cell::Count(_)
        | Cell::Signed(_)
        | Cell::Share(_)
        | Cell::Percent(_)
        | Cell::Date(_)
        | Cell::Flag(_)
        | Cell::Word { .. }
        | Cell::Shortened { .. }
        | Cell::Light { .. } => false,
    }
}

/// Returns the title safe, but with the soft hyphens at which it may be broken.
fn breakable_title(title: &str) -> String {
    let parts: Vec<Cow<'_, str>> = title.split('\u{ad}').map(one_line).collect();
    parts.join("\u{ad}")
}

/// Returns the titles broken to their columns, standing on the rule.
fn header(needs: &[Need], layout: &Layout) -> Vec<String> {
    let columns = layout.columns.iter().zip(&layout.widths);
    let titles: Vec<Vec<String>> = columns
        .map(|(at, width)| wrap::wrap(&needs[*at].title, *width))
        .collect();
    let tallest = titles.iter().map(Vec::len).max().unwrap_or(0);
    let lowered = titles.into_iter().map(|title| {
        let above = vec![" ".to_owned(); tallest - title.len()];
        [above, title].concat().join("\n")
    });
    lowered.collect()
}

fn cells_of(
    row: &Row,
    words: &[String],
    columns: &[usize],
    layout: &Layout,
    look: &Look,
) -> Vec<String> {
    let cell = |(at, width): (&usize, &usize)| {
        let lines = wrap::wrap(&words[*at], *width);
        let lines = match lines.len() > TALLEST {
            true => {
                let last = wrap::cut(&lines[TALLEST - 1..].concat(), *width);
                [&lines[..TALLEST - 1], &[last]].concat()
            }
            false => lines,
        };
        match (&row.cells[columns[*at]], look.colour) {
            (Cell::Light { light, .. }, Colour::On) => mark(*light, &lines.join("\n")),
            _ => lines.join("\n"),
        }
    };
    layout
        .columns
        .iter()
        .zip(&layout.widths)
        .map(cell)
        .collect()
}

/// Returns rows padded to the columns, one or more lines each.
fn lines(rows: &[Vec<String>], layout: &Layout, aligns: &[Align]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut grid = comfy_table::Table::new();
    grid.load_style(comfy_table::TableStyle::new());
    grid.add_rows(rows);
    for (at, column) in grid.column_iter_mut().enumerate() {
        let gap = if at == 0 { 0 } else { layout.gap };
        let narrow = |columns: usize| u16::try_from(columns).unwrap_or(u16::MAX);
        column.set_padding((narrow(gap), 0));
        // The width of a constraint is that of the content with its padding.
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(narrow(
            layout.widths[at] + gap,
        ))));
        column.set_cell_alignment(match aligns[at] {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    grid.lines()
        .map(|line| paint(line.trim_end()) + "\n")
        .collect()
}

fn below(
    table: &Table,
    showing: &cells::Showing<'_>,
    needs: &[Need],
    layout: &Layout,
    look: &Look,
) -> String {
    let no_room: Vec<Cow<'_, str>> = (0..needs.len())
        .filter(|at| !layout.columns.contains(at))
        .map(|at| cells::title(&table.columns[showing.columns[at]].title))
        .collect();
    let names = no_room.join(lang::render::COMMA.text(look.lang));
    let squeezed = (!no_room.is_empty()).then(|| lang::render::no_room(names).into_text(look.lang));
    let left_out = cells::left_out_line(table, &showing.left_out, look.lang);
    let notes = table.notes.iter().cloned();
    let below: String = left_out
        .into_iter()
        .chain(squeezed)
        .chain(notes)
        .map(|note| paragraph(&note, look))
        .collect();
    if below.is_empty() {
        below
    } else {
        format!("\n{below}")
    }
}

fn heading(text: &str, underline: Option<char>, look: &Look) -> String {
    let text = one_line(text);
    let width = wrap::width(&text).min(look.width.unwrap_or(usize::MAX));
    let line = underline.map(|sign| sign.to_string().repeat(width) + "\n");
    format!("{}\n{}", bold(&text, look), line.unwrap_or_default())
}

fn paragraph(text: &str, look: &Look) -> String {
    hanging("", text, look)
}

fn facts_lines(facts: &[(String, String)], look: &Look) -> String {
    let colon = lang::render::COLON.text(look.lang);
    let name = |name: &str| format!("{}{}", one_line(name), colon.trim_end());
    let widest = facts
        .iter()
        .map(|(fact, _)| wrap::width(&name(fact)))
        .max()
        .unwrap_or(0);
    let most = look.width.map_or(usize::MAX, |width| width / 3);
    let column = widest.min(most) + gap_after(look.lang);
    facts
        .iter()
        .map(|(fact, value)| hanging(&wrap::pad(&name(fact), column), value, look))
        .collect()
}

/// A full-width colon brings its own blank.
fn gap_after(lang: Lang) -> usize {
    match lang {
        Lang::Zh => 0,
        Lang::En => 1,
    }
}

/// Returns a text wrapped behind a mark, its further lines set in as far.
fn hanging(mark: &str, text: &str, look: &Look) -> String {
    let text = one_line(text);
    let indent = wrap::width(mark);
    let lines = match look.width {
        Some(width) => wrap::wrap(&text, width.saturating_sub(indent).max(8)),
        None => vec![text.into_owned()],
    };
    let blank = " ".repeat(indent);
    let lines = lines.iter().enumerate().map(|(at, line)| {
        let before = if at == 0 { mark } else { &blank };
        format!("{before}{line}").trim_end().to_owned() + "\n"
    });
    lines.collect()
}

fn bold(text: &str, look: &Look) -> String {
    let style = Style::new().bold();
    match look.colour {
        Colour::On => format!("{style}{text}{style:#}"),
        Colour::Off => text.to_owned(),
    }
}

/// Where a light ends. Tag signs are zero columns wide, so the table is laid out as without them,
/// and `safe` lets none through from any text, so they can only be ours.
const LIGHT_ENDS: char = '\u{e007f}';

/// Puts marks around the word of a light; `paint` turns them into colours once the line is laid out.
fn mark(light: Light, word: &str) -> String {
    format!("{}{word}{LIGHT_ENDS}", light_begins(light))
}

fn light_begins(light: Light) -> char {
    match light {
        Light::Red => '\u{e0031}',
        Light::Yellow => '\u{e0032}',
        Light::Green => '\u{e0033}',
        Light::Done => '\u{e0034}',
        Light::Grey => '\u{e0035}',
    }
}

fn paint(line: &str) -> String {
    let mut painted = line.to_owned();
    for light in Light::ALL {
        let style = light_style(*light).render().to_string();
        painted = painted.replace(light_begins(*light), &style);
    }
    painted.replace(LIGHT_ENDS, &anstyle::Reset.render().to_string())
}

fn light_style(light: Light) -> Style {
    match light {
        Light::Red => AnsiColor::Red.on_default().bold(),
        Light::Yellow => AnsiColor::Yellow.on_default(),
        Light::Green => AnsiColor::Green.on_default(),
        Light::Done => AnsiColor::Blue.on_default(),
        Light::Grey => AnsiColor::BrightBlack.on_default(),
    }
}
