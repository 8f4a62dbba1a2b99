//! The neutral document between figures and formats: headings, paragraphs, lists, tables, charts.
//!
//! Holds data only, like `table`.

use crate::table::Datum;
use crate::table::Table;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading below the title; level 1 is the highest.
    Heading {
        /// How deep it stands.
        level: u8,
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// Names and what they stand for, one a line.
    Facts(Vec<(String, String)>),
    /// A list of texts.
    List(Vec<String>),
    /// A table; its title is its caption.
    Table(Table),
    /// Things to do, each with the command to type.
    Steps(Vec<Step>),
    /// Bars side by side.
    Chart(Chart),
    /// A line of an official paper that has a place of its own.
    Formal(Formal),
    /// An annex begins, on a page of its own where there are pages.
    Annex(Annex),
}

/// A line of an official paper that has a place of its own (GB/T 9704).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formal {
    /// The number of the paper; stands above the title where it is the first block.
    Number(String),
    /// The line below the title: what days the paper is about.
    Dateline(String),
    /// To whom it goes.
    Addressee(String),
    /// The annexes, by their titles.
    Annexes(Vec<String>),
    /// Who issues it, and on which day.
    Signature {
        /// The unit.
        by: String,
        /// The day in words.
        on: String,
    },
}

/// The head of an annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// Its mark, such as 附件1.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How its pages lie.
    pub sheet: Sheet,
}

/// How a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Higher than wide.
    Upright,
    /// Wider than high.
    Lying,
}

/// A thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub text: String,
    /// What to type; never broken over lines.
    pub command: String,
}

/// Figures that are compared by length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What is compared.
    pub title: String,
    /// The figure that a bar of full length stands for.
    pub full: u64,
    /// The bars, in order.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its figure; `None` where there is none, which is not zero.
    pub value: Option<u64>,
    /// The figure in words.
    pub words: String,
}

impl Bar {
    /// Returns how many of `room` parts the bar fills: all only where it is full, none only at zero.
    pub fn length(&self, full: u64, room: u64) -> u64 {
        let Some(value) = self.value.filter(|value| *value > 0 && full > 0) else {
            return 0;
        };
        if value >= full || room < 2 {
            return room;
        }
        let exact =
            (u128::from(value) * u128::from(room) * 2 + u128::from(full)) / (u128::from(full) * 2);
        u64::try_from(exact).unwrap_or(room).clamp(1, room - 1)
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The title.
    pub title: String,
    /// The parts in order.
    pub blocks: Vec<Block>,
    /// The same facts for machines, `schema` first.
    pub data: Vec<(&'static str, Datum)>,
    /// The language of its words, as a code.
    pub lang: &'static str,
}
