//! docx: a paper for Word by GB/T 9704-2012: its page, fonts, headings, annexes and page numbers.
//!
//! Written part by part, in the order that the schema of Word asks for. The same document gives the
//! same bytes: what a file knows of its making is the as-of day.

mod body;
mod grid;
mod look;
mod package;
mod page;
mod styles;
mod xml;

use crate::document::Block;
use crate::document::Document;
use crate::lang::Lang;
use crate::render::docx::body::Body;
use crate::render::docx::package::Cover;
use crate::table::Table;
use crate::table::as_of;

/// Returns a paper.
pub(super) fn document(document: &Document, lang: Lang) -> Vec<u8> {
    let cover = Cover {
        title: &document.title,
        day: as_of(&document.data),
        lang,
    };
    package::bytes(&Body::of(document, lang), &cover)
}

/// Returns a paper that holds nothing but a table.
pub(super) fn table(table: &Table, lang: Lang) -> Vec<u8> {
    let mut inner = table.clone();
    inner.title = String::new();
    document(
        &Document {
            title: table.title.clone(),
            blocks: vec![Block::Table(inner)],
            data: table.head.clone(),
            lang: table.lang,
        },
        lang,
    )
}
