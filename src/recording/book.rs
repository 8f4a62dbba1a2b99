//! An office's own book of its entries (台账), csv or workbook → what it asks to be recorded.
//!
//! Columns are found by their titles or as they were named; every row is recorded, found to be there,
//! blank or refused with its reason. Pure.

mod obligation;
mod rows;
pub mod titles;

use self::rows::Reading;
use self::titles::Key;
use self::titles::is_named;
use self::titles::titled;
use crate::grid::Book;
use crate::grid::Seen;
use crate::grid::Sheet;
use crate::grid::Value;
use crate::lang::Lang;
use crate::plan::chart::Chart;
use crate::recording::intake::Intake;
use std::collections::BTreeMap;

/// How many rows are looked through for the titles.
const LOOKED_THROUGH: usize = 60;
/// What was said of a column: its title, or its letter, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// A title or the letter of a column.
    pub column: String,
    /// What it holds.
    pub key: Key,
}

/// What is known around a book that is read.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The obligations of the plan.
    pub chart: &'a Chart<'a>,
    /// How the file is named to the user.
    pub file: &'a str,
    /// What was said of columns.
    pub mappings: &'a [Mapping],
    /// The sheets that are wanted; all that have titles, where none is named.
    pub wanted: &'a [String],
    /// The language of the words that a message lists.
    pub lang: Lang,
}

/// A book, read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What it asks for.
    pub intake: Intake,
    /// Which columns were read as what.
    pub columns: Vec<(String, Key)>,
    /// Columns that were not read.
    pub left: Vec<String>,
    /// Sheets that were not read.
    pub left_sheets: Vec<String>,
}

/// Why a book is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBook {
    /// No row has the titles that are needed.
    NoTitles,
    /// Two columns hold the same.
    Twice(Key, String, String),
    /// A column that was named is not there.
    NoColumn(String),
    /// A sheet that was named is not there.
    NoSheet(String),
}

/// Reads a book.
pub fn read(book: &Book, around: &Around<'_>) -> Result<Read, NoBook> {
    if let Some(name) = around
        .wanted
        .iter()
        .find(|name| book.sheets.iter().all(|sheet| sheet.name != **name))
    {
        return Err(NoBook::NoSheet(name.clone()));
    }
    let mut read = Read::default();
    let mut found = false;
    for sheet in &book.sheets {
        let is_wanted = match around.wanted {
            [] => sheet.seen == Seen::Visible,
            names => names.contains(&sheet.name),
        };
        let layout = match is_wanted {
            true => Layout::find(sheet, around)?,
            false => None,
        };
        match layout {
            Some(layout) => {
                found = true;
                layout.note_columns(&mut read);
                Reading {
                    book,
                    sheet,
                    layout: &layout,
                    around,
                    intake: &mut read.intake,
                }
                .rows();
            }
            None if sheet.rows.is_empty() => {}
            None => read.left_sheets.push(sheet.name.clone()),
        }
    }
    match (found, unknown(book, around.mappings)) {
        (true, _) => Ok(read),
        (false, Some(column)) => Err(NoBook::NoColumn(column)),
        (false, None) => Err(NoBook::NoTitles),
    }
}

/// Returns a column that was named and stands nowhere among what may be titles.
fn unknown(book: &Book, mappings: &[Mapping]) -> Option<String> {
    let rows = |sheet: &'_ Sheet| -> Vec<(u32, String)> {
        let rows = sheet.rows.values().take(LOOKED_THROUGH);
        rows.flatten()
            .filter_map(|(at, value)| Some((*at, value.text()?)))
            .collect()
    };
    let cells: Vec<(u32, String)> = book.sheets.iter().flat_map(rows).collect();
    let is_there = |mapping: &&Mapping| {
        cells
            .iter()
            .any(|(at, title)| is_named(*at, title, &mapping.column))
    };
    let gone = mappings.iter().find(|mapping| !is_there(mapping));
    gone.map(|mapping| mapping.column.clone())
}

/// Where the columns of a sheet stand.
struct Layout {
    header: u32,
    /// The columns, by what they hold; a note may stand in several.
    columns: BTreeMap<Key, Vec<u32>>,
    titles: BTreeMap<u32, String>,
}

impl Layout {
    /// Finds the row of titles: the one that names most, and an item and something of it at least.
    fn find(sheet: &Sheet, around: &Around<'_>) -> Result<Option<Layout>, NoBook> {
        let rows = sheet.rows.iter().take(LOOKED_THROUGH);
        let best = rows
            .map(|(row, cells)| (*row, cells, known(cells, around).len()))
            .filter(|(_, _, count)| *count > 1)
            .max_by_key(|(row, _, count)| (*count, std::cmp::Reverse(*row)));
        let Some((header, cells, _)) = best else {
            return Ok(None);
        };
        let titles: BTreeMap<u32, String> = cells
            .iter()
            .filter_map(|(at, value)| Some((*at, value.text()?)))
            .collect();
        let mut columns: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
        for (at, key) in known(cells, around) {
            columns.entry(key).or_default().push(at);
        }
        for mapping in around.mappings {
            let is_there = titles
                .iter()
                .any(|(at, title)| is_named(*at, title, &mapping.column));
            if !is_there {
                return Err(NoBook::NoColumn(mapping.column.clone()));
            }
        }
        for (key, at) in &columns {
            if let ([first, second, ..], false) =
                (at.as_slice(), matches!(key, Key::Note | Key::Nothing))
            {
                let title = |at: &u32| titles.get(at).cloned().unwrap_or_default();
                return Err(NoBook::Twice(*key, title(first), title(second)));
            }
        }
        let names_items = columns.contains_key(&Key::Item) || columns.contains_key(&Key::Title);
        Ok(names_items.then_some(Layout {
            header,
            columns,
            titles,
        }))
    }

    /// Notes which columns are read, and which are not.
    fn note_columns(&self, read: &mut Read) {
        for (at, title) in &self.titles {
            let key = self
                .columns
                .iter()
                .find(|(key, columns)| **key != Key::Nothing && columns.contains(at));
            match key {
                Some((key, _)) if !read.columns.contains(&(title.clone(), *key)) => {
                    read.columns.push((title.clone(), *key));
                }
                Some(_) => {}
                None if !read.left.contains(title) => read.left.push(title.clone()),
                None => {}
            }
        }
    }
}

/// Returns the columns of a row of titles that are known.
fn known(cells: &BTreeMap<u32, Value>, around: &Around<'_>) -> Vec<(u32, Key)> {
    let mut found: Vec<(u32, Key)> = cells
        .iter()
        .filter_map(|(at, value)| {
            let title = value.text()?;
            let said = around
                .mappings
                .iter()
                .find(|mapping| is_named(*at, &title, &mapping.column));
            let key = said.map(|mapping| mapping.key).or_else(|| titled(&title))?;
            Some((*at, key))
        })
        .collect();
    // A title that stands for the item itself where no other column does.
    if found.iter().all(|(_, key)| *key != Key::Item) {
        for (_, key) in &mut found {
            if *key == Key::Title {
                *key = Key::Item;
            }
        }
    }
    found
}
