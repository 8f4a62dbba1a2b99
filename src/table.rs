//! The neutral table between figures and formats: typed cells, machine keys, translated titles.
//!
//! Holds data only. Whoever makes a table has chosen the words; whoever renders it chooses the look.

use crate::calendar::Day;
use crate::figures::Share;
use crate::figures::Tenths;
use crate::terms::Light;

/// A value of a machine format, in the order in which it is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Nothing stands there.
    Null,
    /// A flag.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text, also a date or a figure with one decimal.
    Text(String),
    /// A list.
    List(Vec<Datum>),
    /// An object whose keys keep their order.
    Map(Vec<(&'static str, Datum)>),
}

impl From<&str> for Datum {
    fn from(text: &str) -> Datum {
        Datum::Text(text.to_owned())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Datum {
        Datum::Text(text)
    }
}

impl From<bool> for Datum {
    fn from(flag: bool) -> Datum {
        Datum::Bool(flag)
    }
}

impl From<i64> for Datum {
    fn from(number: i64) -> Datum {
        Datum::Int(number)
    }
}

impl From<u64> for Datum {
    fn from(number: u64) -> Datum {
        Datum::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Datum {
    fn from(number: u32) -> Datum {
        Datum::Int(i64::from(number))
    }
}

impl From<usize> for Datum {
    fn from(number: usize) -> Datum {
        Datum::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Tenths> for Datum {
    fn from(tenths: Tenths) -> Datum {
        Datum::Text(tenths.to_string())
    }
}

impl From<Day> for Datum {
    fn from(day: Day) -> Datum {
        Datum::Text(day.to_string())
    }
}

impl<T: Into<Datum>> From<Option<T>> for Datum {
    fn from(value: Option<T>) -> Datum {
        value.map_or(Datum::Null, Into::into)
    }
}

/// A reason of a light: its code and figure for machines, its words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonCell {
    /// The code of numbers.md §7.
    pub code: &'static str,
    /// The figure, colour or nothing that belongs to it.
    pub value: Datum,
    /// The reason in words, such as “逾期12天”.
    pub words: String,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: null, an empty cell, a blank.
    Empty,
    /// A free text.
    Text(String),
    /// What is typed to name a thing: in one piece, never wrapped.
    Ref(String),
    /// A number of things.
    Count(u64),
    /// A number that may be negative: days, a change of rank.
    Signed(i64),
    /// So many of so many, with its percent.
    Share(Share),
    /// A figure with one decimal.
    Percent(Tenths),
    /// A day.
    Date(Day),
    /// A flag.
    Flag(bool),
    /// A word of a closed vocabulary: its code for machines, its word for people.
    Word {
        /// For machines.
        code: &'static str,
        /// For people.
        word: &'static str,
    },
    /// Words of a closed vocabulary that belong together: the code and the word of each.
    Words(Vec<(&'static str, &'static str)>),
    /// A long text, such as a hash, of which people see the beginning only.
    Shortened {
        /// For machines.
        whole: String,
        /// For people.
        short: String,
    },
    /// A light, with its word.
    Light {
        /// The colour.
        light: Light,
        /// The word beside the colour.
        word: &'static str,
    },
    /// Counts that belong together under one key, such as `lights` or `continuing`.
    Counts(Vec<(&'static str, u64)>),
    /// Texts that belong together.
    List(Vec<String>),
    /// The reasons of a light.
    Reasons(Vec<ReasonCell>),
}

impl Cell {
    /// Returns the cell of an optional value.
    pub fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell) -> Cell {
        value.map_or(Cell::Empty, cell)
    }

    /// Returns the cell as machine formats have it.
    pub fn datum(&self) -> Datum {
        match self {
            Cell::Empty => Datum::Null,
            Cell::Text(text) | Cell::Ref(text) => Datum::from(text.as_str()),
            Cell::Count(count) => Datum::from(*count),
            Cell::Signed(number) => Datum::from(*number),
            Cell::Share(share) => Datum::Map(vec![
                ("part", Datum::from(share.part)),
                ("whole", Datum::from(share.whole)),
                ("percent", Datum::from(share.percent())),
            ]),
            Cell::Percent(tenths) => Datum::from(*tenths),
            Cell::Date(day) => Datum::from(*day),
            Cell::Flag(flag) => Datum::from(*flag),
            Cell::Word { code, .. } => Datum::from(*code),
            Cell::Words(words) => {
                Datum::List(words.iter().map(|(code, _)| Datum::from(*code)).collect())
            }
            Cell::Shortened { whole, .. } => Datum::from(whole.as_str()),
            Cell::Light { light, .. } => Datum::from(light.code()),
            Cell::Counts(counts) => Datum::Map(
                counts
                    .iter()
                    .map(|(key, count)| (*key, Datum::from(*count)))
                    .collect(),
            ),
            Cell::List(texts) => Datum::List(
                texts
                    .iter()
                    .map(|text| Datum::from(text.as_str()))
                    .collect(),
            ),
            Cell::Reasons(reasons) => Datum::List(
                reasons
                    .iter()
                    .map(|reason| {
                        Datum::Map(vec![
                            ("code", Datum::from(reason.code)),
                            ("value", reason.value.clone()),
                        ])
                    })
                    .collect(),
            ),
        }
    }

    /// Tells whether the cell says nothing that a reader would miss: empty, zero, no.
    pub fn is_nothing(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) | Cell::Ref(text) => text.is_empty(),
            Cell::Count(count) => *count == 0,
            Cell::Signed(number) => *number == 0,
            Cell::Share(share) => share.whole == 0,
            Cell::Flag(flag) => !flag,
            Cell::Counts(counts) => counts.iter().all(|(_, count)| *count == 0),
            Cell::Words(words) => words.is_empty(),
            Cell::Shortened { whole, .. } => whole.is_empty(),
            Cell::List(texts) => texts.is_empty(),
            Cell::Reasons(reasons) => reasons.is_empty(),
            Cell::Percent(_) | Cell::Date(_) | Cell::Word { .. } | Cell::Light { .. } => false,
        }
    }
}

/// Where a column is shown. Machine formats always have every column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// In every format.
    Always,
    /// For people only where a row has something in it; else it is named below the table.
    WhereFilled,
    /// For people only in formats that have the width (html, csv, ledger); not in 80 columns.
    Wide,
    /// In machine formats only.
    Machine,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Texts.
    Left,
    /// Figures.
    Right,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The key of machine formats; never changes.
    pub key: &'static str,
    /// The title for people, translated.
    pub title: String,
    /// How it is aligned.
    pub align: Align,
    /// Where it is shown.
    pub shown: Shown,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One of the things that the table lists.
    Body,
    /// The sum below them.
    Total,
}

/// One row; as many cells as there are columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub role: Role,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// Some rows of a table that a workbook shows once more, on a sheet of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name, which the sheet takes.
    pub name: String,
    /// The positions of its rows in the table.
    pub rows: Vec<usize>,
    /// Lines below it, in place of those of the whole table.
    pub notes: Vec<String>,
}

/// A table of a report, with what stands above and below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The title for people.
    pub title: String,
    /// Lines between title and table for people: as-of day, counts.
    pub subtitle: Vec<String>,
    /// What stands before `rows` in json, `schema` first.
    pub head: Vec<(&'static str, Datum)>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; a total, if any, is the last.
    pub rows: Vec<Row>,
    /// What stands after `rows` and `total` in json.
    pub tail: Vec<(&'static str, Datum)>,
    /// The columns that the total row lacks in json (`key`, `name`, `rank` …).
    pub total_without: &'static [&'static str],
    /// Lines below the table for people; the last says from which entries it was made.
    pub notes: Vec<String>,
    /// What a workbook shows on sheets of their own, besides the whole.
    pub parts: Vec<Part>,
    /// The word that names the columns left out because nothing is in them, e.g. “未列出全为零的列”.
    pub left_out: String,
    /// The language of its words, as a code, for `html lang`.
    pub lang: &'static str,
}

/// Returns the as-of day that a head or the data of a document names.
pub fn as_of(head: &[(&'static str, Datum)]) -> Option<Day> {
    head.iter().find_map(|(key, value)| match (*key, value) {
        ("as_of", Datum::Text(day)) => Day::parse(day),
        _ => None,
    })
}

impl Table {
    /// Returns the total row as an object, as json has it; null where there is none.
    pub fn total_as_data(&self) -> Datum {
        let Some(row) = self.rows.iter().find(|row| row.role == Role::Total) else {
            return Datum::Null;
        };
        let cells = self.columns.iter().zip(&row.cells);
        let kept = cells.filter(|(column, _)| !self.total_without.contains(&column.key));
        Datum::Map(kept.map(|(of, cell)| (of.key, cell.datum())).collect())
    }

    /// Returns the body rows as objects, as a document holds them.
    pub fn rows_as_data(&self) -> Datum {
        let body = self.rows.iter().filter(|row| row.role == Role::Body);
        let object = |row: &Row| {
            let cells = self.columns.iter().zip(&row.cells);
            Datum::Map(
                cells
                    .map(|(column, cell)| (column.key, cell.datum()))
                    .collect(),
            )
        };
        Datum::List(body.map(object).collect())
    }
}
