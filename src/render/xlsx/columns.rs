//! Columns of a sheet: one for each column of the table, counts that belong together side by side.

use crate::calendar::Day;
use crate::figures::Tenths;
use crate::lang;
use crate::lang::Lang;
use crate::render::cells;
use crate::render::cells::Space;
use crate::render::wrap;
use crate::table::Align;
use crate::table::Cell;
use crate::table::Row;
use crate::table::Table;
use crate::terms::Light;

/// The widest that a text becomes before it goes on in the next line.
const WIDEST: usize = 36;

/// The pixels that a page has room for without making the letters smaller.
const FULL_SIZE: usize = 1_040;

/// The pixels at both edges of a cell.
const EDGES: usize = 8;

/// What a cell of a sheet holds.
pub(super) enum Value {
    /// Nothing.
    Blank,
    /// A text, never a formula.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A figure with one decimal; the sign stands in the title.
    Tenths(Tenths),
    /// A day.
    Date(Day),
    /// The word of a light.
    Light(&'static str),
    /// A sign in the middle, such as a flag.
    Mark(&'static str),
}

/// One column of a sheet.
pub(super) struct Column {
    /// Its place in the table.
    at: usize,
    /// Which of the counts in one cell it holds.
    part: Option<usize>,
    /// Its title on one line.
    pub(super) title: String,
    /// Its width, in pixels.
    pub(super) width: usize,
}

impl Column {
    /// Returns what stands in this column of a row.
    pub(super) fn value(&self, row: &Row, lang: Lang) -> Value {
        let cell = &row.cells[self.at];
        match (cell, self.part) {
            (Cell::Counts(counts), Some(part)) => {
                counts
                    .get(part)
                    .map_or(Value::Blank, |(_, count)| match i64::try_from(*count) {
                        Ok(count) => Value::Whole(count),
                        Err(_) => Value::Text(count.to_string()),
                    })
            }
            _ => value(cell, lang),
        }
    }

    /// Returns the light that stands in this column of a row, with its word.
    pub(super) fn light(&self, row: &Row) -> Option<(Light, &'static str)> {
        match row.cells[self.at] {
            Cell::Light { light, word } => Some((light, word)),
            _ => None,
        }
    }

    /// Returns in how many lines the title stands.
    pub(super) fn title_lines(&self) -> usize {
        wrap::wrap(&self.title, room(self.width)).len()
    }
}

/// Returns in how many lines a value stands in so many pixels; only texts take several.
pub(super) fn lines(value: &Value, width: usize) -> usize {
    match value {
        Value::Text(text) => wrap::wrap(text, room(width)).len(),
        Value::Blank
        | Value::Whole(_)
        | Value::Tenths(_)
        | Value::Date(_)
        | Value::Light(_)
        | Value::Mark(_) => 1,
    }
}

/// Returns the pixels that a text takes on one line.
pub(super) fn text_width(text: &str) -> usize {
    wrap::width(text) * 7 + EDGES
}

/// Returns the columns of some rows of a table and the titles of those in which nothing stands.
pub(super) fn of(table: &Table, rows: &[&Row], lang: Lang) -> Vec<Column> {
    let showing = cells::showing(table, Space::Wide);
    let mut columns = Vec::new();
    for at in showing.columns {
        let title = cells::title(&table.columns[at].title);
        let counts = rows.iter().find_map(|row| match &row.cells[at] {
            Cell::Counts(counts) => Some(counts),
            _ => None,
        });
        match counts {
            None => columns.push(Column {
                at,
                part: None,
                title: title.into_owned(),
                width: 0,
            }),
            Some(counts) => columns.extend(counts.iter().enumerate().map(|(part, (key, _))| {
                let word = lang::render::count(key).map_or(*key, |word| word.text(lang));
                Column {
                    at,
                    part: Some(part),
                    title: format!("{title}{}{word}", lang::render::COLON.text(lang)),
                    width: 0,
                }
            })),
        }
    }
    for column in &mut columns {
        column.width = width(column, table.columns[column.at].align, rows, lang);
    }
    widen(&mut columns, rows, lang);
    columns
}

fn value(cell: &Cell, lang: Lang) -> Value {
    match cell {
        Cell::Empty => Value::Blank,
        Cell::Count(count) => match i64::try_from(*count) {
            Ok(count) => Value::Whole(count),
            Err(_) => Value::Text(count.to_string()),
        },
        Cell::Signed(number) => Value::Whole(*number),
        Cell::Share(share) => share.percent().map_or(Value::Blank, Value::Tenths),
        Cell::Percent(tenths) => Value::Tenths(*tenths),
        Cell::Date(day) => Value::Date(*day),
        Cell::Light { word, .. } => Value::Light(word),
        Cell::Flag(true) => Value::Mark(lang::render::YES.text(lang)),
        Cell::Flag(false) => Value::Blank,
        Cell::Text(_)
        | Cell::Ref(_)
        | Cell::Word { .. }
        | Cell::Words(_)
        | Cell::Shortened { .. }
        | Cell::Counts(_)
        | Cell::List(_)
        | Cell::Reasons(_) => match cells::words(cell, Space::Wide, lang) {
            words if words.is_empty() => Value::Blank,
            words => Value::Text(words),
        },
    }
}

/// Figures and words of a vocabulary stand on one line; a title takes up to three.
///
/// A digit is given more than it takes in 宋体, for machines that have another font; a title is
/// given no more than it takes, so that four signs break in the middle.
fn width(column: &Column, align: Align, rows: &[&Row], lang: Lang) -> usize {
    let widest = rows
        .iter()
        .map(|row| match column.value(row, lang) {
            Value::Blank => 0,
            Value::Text(text) => match row.cells[column.at] {
                Cell::Ref(_) => wrap::width(&text).min(2 * WIDEST) * 8,
                _ => wrap::width(&text).min(WIDEST) * 7,
            },
            Value::Whole(number) => number.to_string().len() * 8,
            Value::Tenths(tenths) => tenths.to_string().len() * 8,
            Value::Date(_) => "2013-09-30".len() * 8,
            Value::Light(word) | Value::Mark(word) => wrap::width(word) * 8,
        })
        .max()
        .unwrap_or(0);
    let lines = match align {
        Align::Left => 2,
        Align::Right => 3,
    };
    let title = pixels(wrap::title_room(&column.title, lines).max(4));
    widest.max(title) + EDGES
}

/// Gives what a page has left to the texts that take several lines, a like share to each.
fn widen(columns: &mut [Column], rows: &[&Row], lang: Lang) {
    let taken: usize = columns.iter().map(|column| column.width).sum();
    let needs: Vec<(usize, usize)> = (0..columns.len())
        .filter_map(|at| {
            let longest = rows.iter().map(|row| match columns[at].value(row, lang) {
                Value::Text(text) => text_width(&text),
                Value::Blank
                | Value::Whole(_)
                | Value::Tenths(_)
                | Value::Date(_)
                | Value::Light(_)
                | Value::Mark(_) => 0,
            });
            let need = longest.max().unwrap_or(0).checked_sub(columns[at].width)?;
            (need > 0).then_some((at, need))
        })
        .collect();
    if let Some(share) = FULL_SIZE.saturating_sub(taken).checked_div(needs.len()) {
        for (at, need) in needs {
            columns[at].width += need.min(share);
        }
    }
}

/// Returns the pixels that so many columns of a terminal take.
fn pixels(columns: usize) -> usize {
    (columns * 20).div_ceil(3)
}

/// Returns how many columns of a terminal stand in so many pixels.
pub(super) fn room(pixels: usize) -> usize {
    (pixels.saturating_sub(EDGES) * 3 / 20).max(2)
}
