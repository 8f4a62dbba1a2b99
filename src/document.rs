//! The neutral document between figures and formats: headings, paragraphs, lists and tables.
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
