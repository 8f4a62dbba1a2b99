//! Tables that other hands wrote: bytes of a workbook or of csv → typed cells with their addresses.
//!
//! Pure and capped: whatever the bytes are, there comes a grid or a fault, never more memory than the
//! caps allow. Knows no plan; what the cells mean is settled elsewhere.

pub mod lines;
mod package;
mod workbook;

use crate::calendar::Day;
use std::collections::BTreeMap;
use std::fmt;

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 32 << 20;

/// How many bytes a workbook may have once it is unpacked.
pub const MOST_UNPACKED: u64 = 64 << 20;

/// How many parts a workbook may have.
pub const MOST_PARTS: usize = 1_000;

/// How many sheets a workbook may have.
pub const MOST_SHEETS: usize = 256;

/// The last row that is read.
pub const MOST_ROWS: u32 = 100_000;

/// The last column that is read.
pub const MOST_COLUMNS: u32 = 256;

/// How many bytes a cell may have: the longest note there is, in any script.
pub const LONGEST: usize = 8_192;

/// How many cells a file may have.
const MOST_CELLS: usize = 1_000_000;

/// How many bytes all texts together may have.
const MOST_TEXT: usize = 64 << 20;

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Book {
    /// Its sheets, in their order; csv has one without a name.
    pub sheets: Vec<Sheet>,
    /// What day its numbers are counted from.
    pub epoch: Epoch,
}

/// One sheet: the cells in which something stands.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether a reader sees it.
    pub seen: Seen,
    /// Its rows that are not blank, by number from 1; in each its cells, by column from 1.
    pub rows: BTreeMap<u32, BTreeMap<u32, Value>>,
    /// Cells that were merged into one.
    pub merges: Vec<Merge>,
}

/// Whether a reader sees a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Its tab is there.
    Visible,
    /// It is hidden.
    Hidden,
}

/// The day from which a workbook counts days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epoch {
    /// 1 is 1900-01-01, and there was a 29 February.
    From1900,
    /// 0 is 1904-01-01.
    From1904,
}

/// Where a cell stands; both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

/// Cells that were merged: from the one that holds the value to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The cell whose value all have.
    pub first: Address,
    /// The last cell.
    pub last: Address,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, not empty.
    Text(String),
    /// A number, in decimal digits.
    Number(String),
    /// A number that is shown as a percent, such as `60%`.
    Percent(String),
    /// A number that is shown as a date.
    Day(Day),
    /// Something that no entry can hold.
    Odd(Odd),
}

/// What no entry can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// A text of so many bytes.
    TooLong(usize),
    /// The error of a formula.
    Error,
    /// TRUE or FALSE.
    Flag,
    /// A time without a day.
    Time,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no workbook.
    NotAWorkbook,
    /// It is a workbook of the old binary kind, or one with a password.
    OldOrLocked,
    /// A part of it is damaged; what the reader said.
    Damaged(String),
    /// It has too many parts.
    TooManyParts(usize),
    /// It unpacks to too many bytes.
    TooMuchUnpacked,
    /// It has too many sheets.
    TooManySheets(usize),
    /// Something stands beyond the last row or column.
    TooFar(Address),
    /// It has too many cells, or too much text in them.
    TooMuch,
    /// Its looks alone would fill the memory.
    TooManyStyles,
    /// Its text is in no encoding that is known.
    Encoding,
}

/// Reads a workbook.
pub fn read_workbook(bytes: &[u8]) -> Result<Book, Fault> {
    workbook::read(bytes)
}

/// Tells a workbook from a text by its first bytes.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(OLE)
}

/// What files of the old binary kind, and those with a password, begin with.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

impl Sheet {
    /// Returns what stands in a cell.
    pub fn get(&self, at: Address) -> Option<&Value> {
        self.rows.get(&at.row)?.get(&at.column)
    }

    /// Returns the merged cells that hold a cell, other than as their first.
    pub fn merged_into(&self, at: Address) -> Option<Merge> {
        let holds = |merge: &&Merge| {
            (merge.first.row..=merge.last.row).contains(&at.row)
                && (merge.first.column..=merge.last.column).contains(&at.column)
                && merge.first != at
        };
        self.merges.iter().find(holds).copied()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
            rest /= 26;
        }
        let letters: String = letters.iter().rev().collect();
        write!(f, "{letters}{}", self.row)
    }
}

impl Epoch {
    /// Returns the day that a whole number stands for.
    pub fn day(self, serial: i64) -> Option<Day> {
        if !(1..=MOST_DAYS).contains(&serial) {
            return None;
        }
        let (base, days) = match self {
            Epoch::From1904 => ((1904, 1, 1), serial),
            // The 60th day of 1900 is one that never was.
            Epoch::From1900 if serial < 60 => ((1899, 12, 31), serial),
            Epoch::From1900 => ((1899, 12, 30), serial),
        };
        let (year, month, day) = base;
        Day::from_ymd(year, month, day).map(|base| base.plus(days))
    }
}

/// The number of the last day of the year 9999.
const MOST_DAYS: i64 = 2_958_465;

impl Value {
    /// Returns the value as a text, where it is one or reads like one.
    pub fn text(&self) -> Option<String> {
        match self {
            Value::Text(text) | Value::Number(text) | Value::Percent(text) => Some(text.clone()),
            Value::Day(day) => Some(day.to_string()),
            Value::Odd(_) => None,
        }
    }
}

/// Cells that are being gathered, and how much they may still be.
struct Gathering {
    cells: usize,
    text: usize,
}

impl Gathering {
    fn new() -> Gathering {
        Gathering { cells: 0, text: 0 }
    }

    /// Puts a text or another value into a sheet; blanks are no value.
    fn put(&mut self, sheet: &mut Sheet, at: Address, value: Value) -> Result<(), Fault> {
        let value = match value {
            Value::Text(text) if text.trim().is_empty() => return Ok(()),
            Value::Text(text) if text.len() > LONGEST => Value::Odd(Odd::TooLong(text.len())),
            value => value,
        };
        if at.row > MOST_ROWS || at.column > MOST_COLUMNS {
            return Err(Fault::TooFar(at));
        }
        self.cells += 1;
        if let Value::Text(text) = &value {
            self.text += text.len();
        }
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(Fault::TooMuch);
        }
        sheet
            .rows
            .entry(at.row)
            .or_default()
            .insert(at.column, value);
        Ok(())
    }
}
