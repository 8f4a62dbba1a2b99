//! The container of a paper: its parts, what they are and how they belong together, in one zip whose
//! bytes do not depend on the clock.

use crate::calendar::Day;
use crate::lang::Lang;
use crate::render::docx::page;
use crate::render::docx::page::FOOTERS;
use crate::render::docx::page::Parity;
use crate::render::docx::styles;
use crate::render::docx::xml::Element;
use crate::render::docx::xml::element;
use std::io::Cursor;
use std::io::Write;
use zip::CompressionMethod;
use zip::DateTime;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PACKAGE: &str = "application/vnd.openxmlformats-package";

/// The parts beside the text: the name of the relation, its kind and the name of the part.
const BESIDE: [(&str, &str, &str); 5] = [
    ("rId1", "styles", "styles"),
    ("rId2", "settings", "settings"),
    ("rId3", "fontTable", "fontTable"),
    (FOOTERS[0], "footer", "footer1"),
    (FOOTERS[1], "footer", "footer2"),
];

/// What a paper says of itself.
pub(super) struct Cover<'a> {
    /// Its title.
    pub(super) title: &'a str,
    /// The day it says it was made on.
    pub(super) day: Option<Day>,
    /// The language of its words.
    pub(super) lang: Lang,
}

/// Returns a paper as bytes.
pub(super) fn bytes(text: &Element, cover: &Cover<'_>) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", types()),
        ("_rels/.rels", relations()),
        ("word/document.xml", text.clone()),
        ("word/_rels/document.xml.rels", relations_of_text()),
        ("word/styles.xml", styles::styles(cover.lang)),
        ("word/settings.xml", styles::settings()),
        ("word/fontTable.xml", styles::font_table()),
        ("word/footer1.xml", page::footer(Parity::Odd)),
        ("word/footer2.xml", page::footer(Parity::Even)),
        ("docProps/core.xml", core(cover)),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in &parts {
        zip.start_file(*name, options)
            .and_then(|()| Ok(zip.write_all(&part.bytes())?))
            .expect("memory takes every part, and each has a name of its own");
    }
    let written = zip.finish().expect("memory takes the list of the parts");
    written.into_inner()
}

fn types() -> Element {
    let default = |(extension, kind): (&str, String)| {
        element("Default")
            .set("Extension", extension)
            .set("ContentType", kind)
    };
    let part = |name: String, kind: String| {
        element("Override")
            .set("PartName", name)
            .set("ContentType", kind)
    };
    let beside = BESIDE
        .map(|(_, kind, name)| part(format!("/word/{name}.xml"), format!("{WORD}.{kind}+xml")));
    element("Types")
        .set("xmlns", TYPES)
        .with(default(("rels", format!("{PACKAGE}.relationships+xml"))))
        .with(default(("xml", "application/xml".to_owned())))
        .with(part(
            "/word/document.xml".to_owned(),
            format!("{WORD}.document.main+xml"),
        ))
        .with_all(beside)
        .with(part(
            "/docProps/core.xml".to_owned(),
            format!("{PACKAGE}.core-properties+xml"),
        ))
}

fn relations() -> Element {
    const CORE: &str =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    element("Relationships")
        .set("xmlns", RELATIONS)
        .with(relation(
            "rId1",
            &format!("{OFFICE}/officeDocument"),
            "word/document.xml",
        ))
        .with(relation("rId2", CORE, "docProps/core.xml"))
}

fn relations_of_text() -> Element {
    let beside = BESIDE
        .map(|(id, kind, name)| relation(id, &format!("{OFFICE}/{kind}"), &format!("{name}.xml")));
    element("Relationships")
        .set("xmlns", RELATIONS)
        .with_all(beside)
}

fn relation(id: &str, kind: &str, target: &str) -> Element {
    element("Relationship")
        .set("Id", id)
        .set("Type", kind)
        .set("Target", target)
}

/// Without a day of its own a paper says one that never changes.
fn core(cover: &Cover<'_>) -> Element {
    let day = cover
        .day
        .map_or_else(|| "2000-01-01".to_owned(), |day| day.to_string());
    let moment = |name: &'static str| {
        element(name)
            .set("xsi:type", "dcterms:W3CDTF")
            .text(&format!("{day}T00:00:00Z"))
    };
    element("cp:coreProperties")
        .set(
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        )
        .set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .set("xmlns:dcterms", "http://purl.org/dc/terms/")
        .set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with(element("dc:title").text(cover.title))
        .with(element("dc:creator").text("duban"))
        .with(moment("dcterms:created"))
        .with(moment("dcterms:modified"))
}
