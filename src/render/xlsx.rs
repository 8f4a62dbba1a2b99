//! xlsx: a workbook whose numbers are numbers, whose texts stay texts, and that prints on A4.
//!
//! The same table gives the same bytes: what a file knows of its making is the as-of day.

mod columns;
pub(super) mod form;
mod look;
mod names;
mod sheet;

use crate::document::Block;
use crate::document::Document;
use crate::lang;
use crate::lang::Lang;
use crate::render::safe::one_line;
use crate::render::xlsx::look::Styles;
use crate::render::xlsx::names::Names;
use crate::render::xlsx::sheet::Grid;
use crate::render::xlsx::sheet::Page;
use crate::table::Datum;
use crate::table::Row;
use crate::table::Table;
use crate::table::as_of;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// How many rows go on one sheet; a longer table goes on in the next. A sheet holds 1,048,576.
const ROWS: usize = 1_000_000;

/// Returns a workbook with a sheet for the table and one for each of its parts.
pub(super) fn table(table: &Table, lang: Lang) -> Vec<u8> {
    Book::new(lang)
        .written(|book| book.whole_and_parts(table))
        .bytes(&table.title, &table.head)
}

/// Returns a workbook whose first sheet is the text, followed by one sheet for each table; of a
/// table with nothing but paragraphs around it, one sheet.
pub(super) fn document(document: &Document, lang: Lang) -> Vec<u8> {
    Book::new(lang)
        .written(|book| match only_table(document) {
            Some(table) => book.whole_and_parts(&table),
            None => book.text_and_tables(document),
        })
        .bytes(&document.title, &document.data)
}

/// A workbook in the making.
struct Book {
    workbook: Workbook,
    names: Names,
    styles: Styles,
    lang: Lang,
}

impl Book {
    fn new(lang: Lang) -> Book {
        Book {
            workbook: Workbook::new(),
            names: Names::default(),
            styles: Styles::new(lang),
            lang,
        }
    }

    fn written(mut self, write: impl FnOnce(&mut Book) -> Result<(), XlsxError>) -> Book {
        write(&mut self).expect("rows, texts and names are cut to what a sheet holds");
        self
    }

    fn bytes(mut self, title: &str, head: &[(&'static str, Datum)]) -> Vec<u8> {
        let properties = DocProperties::new()
            .set_title(sheet::cut(&one_line(title), 255))
            .set_creation_datetime(&made_on(head));
        self.workbook.set_properties(&properties);
        self.workbook
            .save_to_buffer()
            .expect("a workbook in memory meets no full disk, and its names are unique")
    }

    fn whole_and_parts(&mut self, table: &Table) -> Result<(), XlsxError> {
        let rows: Vec<&Row> = table.rows.iter().collect();
        self.grid(table, &table.title, &table.title, &rows, &table.notes)?;
        for part in &table.parts {
            let colon = lang::render::COLON.text(self.lang);
            let title = format!("{}{colon}{}", table.title, part.name);
            let rows: Vec<&Row> = part.rows.iter().map(|at| &table.rows[*at]).collect();
            self.grid(table, &title, &part.name, &rows, &part.notes)?;
        }
        Ok(())
    }

    fn text_and_tables(&mut self, document: &Document) -> Result<(), XlsxError> {
        let mut sheet = self.sheet(&document.title)?;
        Page {
            title: &document.title,
            styles: &self.styles,
            lang: self.lang,
        }
        .write(&mut sheet, &document.blocks)?;
        self.workbook.push_worksheet(sheet);
        // What proves the figures is said once for all tables, in the last paragraph.
        let proof = document.blocks.iter().rev().find_map(paragraph);
        for table in document.blocks.iter().filter_map(table_of) {
            let title = match table.title.as_str() {
                "" => document.title.as_str(),
                title => title,
            };
            let notes: Vec<String> = table.notes.iter().chain(proof).cloned().collect();
            let rows: Vec<&Row> = table.rows.iter().collect();
            self.grid(table, title, title, &rows, &notes)?;
        }
        Ok(())
    }

    /// Adds rows of a table, on as many sheets as they need.
    fn grid(
        &mut self,
        table: &Table,
        title: &str,
        name: &str,
        rows: &[&Row],
        notes: &[String],
    ) -> Result<(), XlsxError> {
        let mut chunks: Vec<&[&Row]> = rows.chunks(ROWS).collect();
        if chunks.is_empty() {
            chunks.push(&[]);
        }
        for rows in chunks {
            let mut sheet = self.sheet(name)?;
            Grid {
                table,
                title,
                rows,
                notes,
                styles: &self.styles,
                lang: self.lang,
            }
            .write(&mut sheet)?;
            self.workbook.push_worksheet(sheet);
        }
        Ok(())
    }

    fn sheet(&mut self, name: &str) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(self.names.name(name))?;
        Ok(sheet)
    }
}

/// Returns the one table of a document, with its paragraphs as the lines above and below it.
fn only_table(document: &Document) -> Option<Table> {
    let at = document
        .blocks
        .iter()
        .position(|block| table_of(block).is_some())?;
    let (above, below) = (&document.blocks[..at], &document.blocks[at + 1..]);
    let table = table_of(&document.blocks[at])?.clone();
    let above: Option<Vec<&String>> = above.iter().map(paragraph).collect();
    let below: Option<Vec<&String>> = below.iter().map(paragraph).collect();
    Some(Table {
        title: document.title.clone(),
        subtitle: above?.into_iter().chain(&table.subtitle).cloned().collect(),
        notes: table.notes.iter().chain(below?).cloned().collect(),
        ..table
    })
}

fn paragraph(block: &Block) -> Option<&String> {
    match block {
        Block::Paragraph(text) => Some(text),
        Block::Heading { .. }
        | Block::Facts(_)
        | Block::List(_)
        | Block::Table(_)
        | Block::Steps(_)
        | Block::Chart(_)
        | Block::Formal(_)
        | Block::Annex(_) => None,
    }
}

fn table_of(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::Facts(_)
        | Block::List(_)
        | Block::Steps(_)
        | Block::Chart(_)
        | Block::Formal(_)
        | Block::Annex(_) => None,
    }
}

/// Returns the day that the file says it was made on: the as-of day, else one that never changes.
fn made_on(head: &[(&'static str, Datum)]) -> ExcelDateTime {
    as_of(head)
        .and_then(sheet::date)
        .unwrap_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).expect("a day that there was"))
}
