//! Formats: a Table or a Document becomes bytes. Pure; knows nothing of plans, files or terminals.
//!
//! A new format is an arm in each match below and one file in `render/`. Rounding, sorting and
//! choosing of words are done before; what is left here is which columns a format has room for,
//! how a cell is written, and that no text can do harm where it is read.

mod cells;
mod chart;
mod csv;
mod docx;
pub mod findings;
mod formal;
mod html;
mod json;
mod layout;
mod markdown;
mod plain;
pub mod safe;
mod steps;
mod text;
mod wrap;
mod xlsx;

use crate::document::Document;
use crate::form::Form;
use crate::lang::Lang;
use crate::table::Table;

/// A format of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people at a terminal.
    Table,
    /// For `cut` and `awk`: TAB separated, no colour, no wrapping.
    Plain,
    /// For spreadsheets and databases: every column, keys as titles.
    Csv,
    /// For programs: one object.
    Json,
    /// For programs that read line by line: the head, then a row a line.
    Jsonl,
    /// For papers kept as text.
    Markdown,
    /// For browsers and printers: one self-contained page.
    Html,
    /// For spreadsheets and offices: a workbook that prints on A4.
    Xlsx,
    /// For Word: a paper by the standard of official documents.
    Docx,
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Format; 9] = [
        Format::Table,
        Format::Plain,
        Format::Csv,
        Format::Json,
        Format::Jsonl,
        Format::Markdown,
        Format::Html,
        Format::Xlsx,
        Format::Docx,
    ];

    /// Returns what is typed after `--format`.
    pub const fn code(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Plain => "plain",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Docx => "docx",
        }
    }

    /// Returns whether it is written as text.
    pub const fn nature(self) -> Nature {
        match self {
            Format::Table
            | Format::Plain
            | Format::Csv
            | Format::Json
            | Format::Jsonl
            | Format::Markdown
            | Format::Html => Nature::Text,
            Format::Xlsx | Format::Docx => Nature::Binary,
        }
    }

    /// Returns the format of a code; of nothing else.
    pub fn from_code(code: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.code() == code)
    }

    /// Returns the format that a file name's extension asks for, whatever its case.
    pub fn from_extension(extension: &str) -> Option<Format> {
        match extension.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "jsonl" => Some(Format::Jsonl),
            "md" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "xlsx" => Some(Format::Xlsx),
            "docx" => Some(Format::Docx),
            "txt" => Some(Format::Plain),
            _ => None,
        }
    }
}

/// Whether what a format writes can be read where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Lines of text.
    Text,
    /// Bytes that only a program can read; a terminal would show signs without sense.
    Binary,
}

/// Whether a terminal is to be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// With colours, beside the words, never instead of them.
    On,
    /// Without any escape sequence.
    Off,
}

/// Whether csv begins with a byte order mark, which old spreadsheets need to see Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bom {
    /// With the mark.
    With,
    /// Without it.
    Without,
}

/// How the reader wants to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The columns of the terminal; `None` wraps and leaves out nothing for want of room.
    pub width: Option<usize>,
    /// Whether to colour; `table` and findings only.
    pub colour: Colour,
    /// Whether csv begins with a byte order mark.
    pub bom: Bom,
    /// The language of the few words that a format writes itself.
    pub lang: Lang,
}

/// Returns a table as bytes.
pub fn table(table: &Table, format: Format, look: &Look) -> Vec<u8> {
    match format {
        Format::Table => text::table(table, look).into_bytes(),
        Format::Plain => plain::table(table, look).into_bytes(),
        Format::Csv => csv::table(table, look),
        Format::Json => json::table(table).into_bytes(),
        Format::Jsonl => json::table_lines(table).into_bytes(),
        Format::Markdown => markdown::table(table, look).into_bytes(),
        Format::Html => html::table(table, look).into_bytes(),
        Format::Xlsx => xlsx::table(table, look.lang),
        Format::Docx => docx::table(table, look.lang),
    }
}

/// Returns a document as bytes. Machine formats give its `data`: csv as pairs of path and value.
pub fn document(document: &Document, format: Format, look: &Look) -> Vec<u8> {
    match format {
        Format::Table => text::document(document, look).into_bytes(),
        Format::Plain => plain::document(document, look).into_bytes(),
        Format::Csv => csv::document(document, look),
        Format::Json => json::document(document).into_bytes(),
        Format::Jsonl => json::document_line(document).into_bytes(),
        Format::Markdown => markdown::document(document, look).into_bytes(),
        Format::Html => html::document(document, look).into_bytes(),
        Format::Xlsx => xlsx::document(document, look.lang),
        Format::Docx => docx::document(document, look.lang),
    }
}

/// Returns a form as a workbook to be filled in.
pub fn form(form: &Form, lang: Lang) -> Vec<u8> {
    xlsx::form::form(form, lang)
}
