//! The neutral form between a sheet that is made and its bytes: what is given, what may be filled in.
//!
//! Holds data only, like `table` and `document`; knows no format and nothing of plans.

use crate::calendar::Day;

/// A form that somebody fills in with a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The name of the sheet.
    pub name: String,
    /// The line at the top.
    pub title: String,
    /// What whoever fills it in must know.
    pub guide: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, as many fields in each as there are columns.
    pub rows: Vec<Vec<Field>>,
    /// The name of the sheet that nobody sees.
    pub hidden_name: String,
    /// What stands in it.
    pub hidden: Vec<Vec<String>>,
    /// The day that the file says it was made on.
    pub made_on: Day,
    /// What stands at the foot of a printed page.
    pub footer: String,
}

/// A column of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// How many narrow letters it is wide.
    pub width: u16,
    /// Whether it is filled in.
    pub filling: Filling,
}

/// Whether a column is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filling {
    /// It is given and locked.
    Given,
    /// It is left open; what appears beside the cell once it is chosen.
    Open {
        /// What to write there.
        hint: String,
    },
}

/// A field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// A text that is given.
    Given(String),
    /// A field to be filled in.
    Open,
    /// A field to be filled in with one of these.
    Choice(Vec<String>),
}
