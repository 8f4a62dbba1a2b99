//! A Word file → lines and tables, with the numbers that Word shows and the text does not hold.
//!
//! Streamed from the archive with every size counted while reading; nothing goes to the disk.

mod numbering;

use crate::plan::notice::page::Block;
use crate::plan::notice::page::Frame;
use crate::plan::notice::page::Line;
use crate::plan::notice::page::OpenCell;
use crate::plan::notice::page::OpenTable;
use crate::plan::notice::page::tidy;
use numbering::Counters;
use numbering::Numbering;
use quick_xml::Reader;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Cursor;
use std::io::Read;
use zip::ZipArchive;

/// Why a Word file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// No archive, or a damaged one.
    Archive,
    /// More parts than a document has.
    ManyParts,
    /// More bytes than a document has once it is unpacked.
    Large,
    /// XML that cannot be read.
    Xml,
    /// Nested deeper than a document is.
    Deep,
    /// Carries a document type, which a Word file never does.
    Doctype,
    /// An archive without a document in it.
    NoDocument,
}

/// The most parts that an archive may have.
const PARTS: usize = 2_000;

/// The most bytes that all parts together may have once unpacked.
const UNPACKED: u64 = 64 << 20;

/// The most paragraphs that are read.
const PARAGRAPHS: u32 = 200_000;

/// The deepest nesting that is read.
const DEEP: usize = 64;

/// Returns the lines and tables of a Word file.
pub(super) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Broken> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Archive)?;
    if archive.len() > PARTS {
        return Err(Broken::ManyParts);
    }
    let mut left = UNPACKED;
    let numbering = match part(&mut archive, "word/numbering.xml", &mut left)? {
        Some(xml) => numbering::read(&xml)?,
        None => Numbering::default(),
    };
    let styles = match part(&mut archive, "word/styles.xml", &mut left)? {
        Some(xml) => styles(&xml)?,
        None => BTreeMap::new(),
    };
    let Some(document) = archive.index_for_name("word/document.xml") else {
        return Err(Broken::NoDocument);
    };
    let file = archive.by_index(document).map_err(|_| Broken::Archive)?;
    let mut counted = Counted {
        inner: file,
        left,
        ran_out: false,
    };
    let mut body = Body::new(&numbering, &styles);
    let walked = walk(BufReader::new(&mut counted), |step| body.step(step));
    if counted.ran_out {
        return Err(Broken::Large);
    }
    walked?;
    match body.count > PARAGRAPHS {
        true => Err(Broken::Large),
        false => Ok(body.finish()),
    }
}

/// A reader that stops after so many bytes, whatever the archive says of its sizes.
struct Counted<R> {
    inner: R,
    left: u64,
    ran_out: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = match self.left.checked_sub(read as u64) {
            Some(left) => left,
            None => {
                self.ran_out = true;
                return Err(std::io::ErrorKind::FileTooLarge.into());
            }
        };
        Ok(read)
    }
}

/// Returns a whole part; `None` where the archive has none of the name.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
) -> Result<Option<Vec<u8>>, Broken> {
    let Some(index) = archive.index_for_name(name) else {
        return Ok(None);
    };
    let file = archive.by_index(index).map_err(|_| Broken::Archive)?;
    let mut counted = Counted {
        inner: file,
        left: *left,
        ran_out: false,
    };
    let mut bytes = Vec::new();
    let read = counted.read_to_end(&mut bytes);
    match (read, counted.ran_out) {
        (_, true) => Err(Broken::Large),
        (Err(_), false) => Err(Broken::Archive),
        (Ok(_), false) => {
            *left = counted.left;
            Ok(Some(bytes))
        }
    }
}

/// A step through the XML: names are local, without their prefix.
pub(super) enum Step<'s> {
    Start(&'s str, &'s BytesStart<'s>),
    End(&'s str),
    Text(&'s str),
}

/// Walks through XML without ever resolving what it refers to.
pub(super) fn walk<R: BufRead>(xml: R, mut take: impl FnMut(Step<'_>)) -> Result<(), Broken> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let mut buffer = Vec::new();
    let mut depth = 0usize;
    loop {
        buffer.clear();
        match reader
            .read_event_into(&mut buffer)
            .map_err(|_| Broken::Xml)?
        {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(Broken::Doctype),
            Event::Start(start) => {
                depth += 1;
                if depth > DEEP {
                    return Err(Broken::Deep);
                }
                let name = start.local_name();
                take(Step::Start(name.as_ref(), &start));
            }
            Event::Empty(start) => {
                let name = start.local_name();
                take(Step::Start(name.as_ref(), &start));
                take(Step::End(name.as_ref()));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Step::End(end.local_name().as_ref()));
            }
            Event::Text(text) => take(Step::Text(&text)),
            Event::CData(text) => take(Step::Text(&text)),
            Event::GeneralRef(name) => {
                let sign = match name.resolve_char_ref() {
                    Ok(Some(sign)) => Some(sign),
                    Ok(None) => named_sign(&name),
                    Err(_) => None,
                };
                if let Some(sign) = sign {
                    take(Step::Text(sign.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn named_sign(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Returns the value of an attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = quick_xml::escape::unescape(&found.value).ok()?;
    Some(value.into_owned())
}

/// What a paragraph style says.
#[derive(Clone, Debug, Default)]
struct Style {
    heading: Option<u8>,
    numbering: Option<(u32, u32)>,
    above: Option<String>,
}

/// Reads which styles are headings and which carry numbers.
fn styles(xml: &[u8]) -> Result<BTreeMap<String, Style>, Broken> {
    let mut styles: BTreeMap<String, Style> = BTreeMap::new();
    let mut id: Option<String> = None;
    let mut style = Style::default();
    let mut number = None;
    let mut level = 0;
    walk(xml, |step| match step {
        Step::Start("style", start) => {
            id = attribute(start, "styleId");
            style = Style::default();
            number = None;
            level = 0;
        }
        Step::Start("basedOn", start) => style.above = attribute(start, "val"),
        Step::Start("outlineLvl", start) => {
            let level: Option<u8> = attribute(start, "val").and_then(|value| value.parse().ok());
            style.heading = level.filter(|level| *level < 9).map(|level| level + 1);
        }
        Step::Start("numId", start) => {
            number = attribute(start, "val").and_then(|value| value.parse().ok());
        }
        Step::Start("ilvl", start) => {
            level = attribute(start, "val")
                .and_then(|value| value.parse().ok())
                .unwrap_or(0);
        }
        Step::End("style") => {
            style.numbering = number.map(|number| (number, level));
            if let Some(id) = id.take() {
                styles.insert(id, std::mem::take(&mut style));
            }
        }
        Step::Start(..) | Step::End(_) | Step::Text(_) => {}
    })?;
    Ok(styles)
}

/// The paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    number: Option<u32>,
    level: Option<u32>,
    heading: Option<u8>,
}

/// The body of the document as it is read.
struct Body<'d> {
    numbering: &'d Numbering,
    styles: &'d BTreeMap<String, Style>,
    counters: Counters,
    paragraph: Paragraph,
    /// Paragraphs around the one that is being read: text boxes stand inside a paragraph.
    outer: Vec<Paragraph>,
    count: u32,
    in_text: bool,
    /// How deep inside what is not shown: deleted text, the second reading of an alternative.
    hidden: usize,
    tables: Vec<OpenTable>,
    done: Vec<Block>,
}

/// Elements whose content is not shown.
const HIDDEN: &[&str] = &[
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
];

impl<'d> Body<'d> {
    fn new(numbering: &'d Numbering, styles: &'d BTreeMap<String, Style>) -> Body<'d> {
        Body {
            numbering,
            styles,
            counters: Counters::default(),
            paragraph: Paragraph::default(),
            outer: Vec::new(),
            count: 0,
            in_text: false,
            hidden: 0,
            tables: Vec::new(),
            done: Vec::new(),
        }
    }

    fn step(&mut self, step: Step<'_>) {
        if self.count > PARAGRAPHS {
            return;
        }
        match step {
            Step::Start(name, _) if HIDDEN.contains(&name) => self.hidden += 1,
            Step::End(name) if HIDDEN.contains(&name) => {
                self.hidden = self.hidden.saturating_sub(1)
            }
            Step::Start(..) | Step::End(_) | Step::Text(_) if self.hidden > 0 => {}
            Step::Start(name, start) => self.start(name, start),
            Step::End(name) => self.end(name),
            Step::Text(text) if self.in_text => self.paragraph.text.push_str(text),
            Step::Text(_) => {}
        }
    }

    fn start(&mut self, name: &str, start: &BytesStart<'_>) {
        let value = || attribute(start, "val");
        let number = || value().and_then(|value| value.parse().ok());
        match name {
            "p" => {
                self.outer.push(std::mem::take(&mut self.paragraph));
                self.count += 1;
            }
            "t" => self.in_text = true,
            "tab" | "ptab" if !self.outer.is_empty() => self.paragraph.text.push(' '),
            "br" | "cr" => self.paragraph.text.push('\n'),
            "noBreakHyphen" => self.paragraph.text.push('-'),
            "pStyle" => self.paragraph.style = value(),
            "numId" => self.paragraph.number = number(),
            "ilvl" => self.paragraph.level = number(),
            "outlineLvl" => {
                let level = number().filter(|level| *level < 9);
                self.paragraph.heading = level.and_then(|level| u8::try_from(level + 1).ok());
            }
            "tbl" => self.tables.push(OpenTable::default()),
            "tr" => {
                let number = self.count + 1;
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push((number, Vec::new()));
                }
            }
            "tc" => {
                if let Some((_, cells)) = self
                    .tables
                    .last_mut()
                    .and_then(|table| table.rows.last_mut())
                {
                    cells.push(OpenCell {
                        wide: 1,
                        tall: 1,
                        ..OpenCell::default()
                    });
                }
            }
            "gridSpan" => {
                let wide = number().unwrap_or(1) as usize;
                self.cell(|cell| cell.wide = wide);
            }
            "vMerge" => {
                let goes_on = value().is_none_or(|value| value != "restart");
                self.cell(|cell| cell.goes_on = goes_on);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.close_paragraph(),
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let blocks = table.close();
                    self.put(blocks);
                }
            }
            _ => {}
        }
    }

    fn cell(&mut self, change: impl FnOnce(&mut OpenCell)) {
        let table = self.tables.last_mut();
        if let Some(cell) = table
            .and_then(|table| table.rows.last_mut())
            .and_then(|(_, cells)| cells.last_mut())
        {
            change(cell);
        }
    }

    fn close_paragraph(&mut self) {
        let around = self.outer.pop().unwrap_or_default();
        let paragraph = std::mem::replace(&mut self.paragraph, around);
        let style = self.style(paragraph.style.as_deref());
        let number = match (paragraph.number, style.numbering) {
            (Some(number), _) => Some((number, paragraph.level.unwrap_or(0))),
            (None, Some((number, level))) => Some((number, paragraph.level.unwrap_or(level))),
            (None, None) => None,
        };
        let mut texts = paragraph
            .text
            .split('\n')
            .map(tidy)
            .filter(|text| !text.is_empty());
        let Some(first) = texts.next() else { return };
        let mark =
            number.and_then(|(number, level)| self.counters.next(self.numbering, number, level));
        let first = match mark {
            Some(mark) => format!("{mark}{first}"),
            None => first,
        };
        let rest: Vec<String> = texts.collect();
        let heading = paragraph.heading.or(style.heading);
        for (at, text) in std::iter::once(first).chain(rest).enumerate() {
            let line = Line {
                text,
                number: self.count,
                heading: heading.filter(|_| at == 0),
                frame: Frame::Inside,
            };
            self.put(vec![Block::Line(line)]);
        }
    }

    /// Returns a style with what the styles it is based on say.
    fn style(&self, id: Option<&str>) -> Style {
        let mut whole = Style::default();
        let mut next = id.map(str::to_owned);
        for _ in 0..10 {
            let Some(style) = next.as_ref().and_then(|id| self.styles.get(id)) else {
                break;
            };
            whole.heading = whole.heading.or(style.heading);
            whole.numbering = whole.numbering.or(style.numbering);
            next.clone_from(&style.above);
        }
        whole
    }

    fn put(&mut self, blocks: Vec<Block>) {
        let cell = self
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut())
            .and_then(|(_, cells)| cells.last_mut());
        match cell {
            Some(cell) => cell.blocks.extend(blocks),
            None => self.done.extend(blocks),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        while let Some(table) = self.tables.pop() {
            let blocks = table.close();
            self.put(blocks);
        }
        self.done
    }
}
