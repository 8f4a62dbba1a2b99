//! The text of a paper: blocks become paragraphs and tables, sheets that lie become sections.

use crate::document::Annex;
use crate::document::Block;
use crate::document::Chart;
use crate::document::Document;
use crate::document::Formal;
use crate::document::Sheet;
use crate::lang;
use crate::lang::Lang;
use crate::render::docx::grid;
use crate::render::docx::look::Paragraph;
use crate::render::docx::page::Page;
use crate::render::docx::page::SIGN;
use crate::render::docx::xml::Element;
use crate::render::docx::xml::SPACES;
use crate::render::docx::xml::element;
use crate::render::formal;
use crate::render::safe::one_line;
use crate::render::wrap;

/// A text in the making.
pub(super) struct Body {
    written: Vec<Element>,
    sheet: Sheet,
    lang: Lang,
}

impl Body {
    /// Returns the text of a document.
    pub(super) fn of(document: &Document, lang: Lang) -> Element {
        let mut body = Body {
            written: Vec::new(),
            sheet: sheet_of(document, lang),
            lang,
        };
        body.head(document);
        body.close()
    }

    /// Writes number, title and the line below it, then everything else.
    fn head(&mut self, document: &Document) {
        let mut blocks = document.blocks.as_slice();
        if let [Block::Formal(Formal::Number(text)), rest @ ..] = blocks {
            let look = Paragraph {
                red_line: true,
                ..Paragraph::of("Number")
            };
            self.paragraph(look, text);
            self.empty_line();
            self.empty_line();
            blocks = rest;
        }
        if !document.title.is_empty() {
            self.paragraph(Paragraph::of("Title"), &document.title);
        }
        if let [Block::Formal(Formal::Dateline(text)), rest @ ..] = blocks {
            self.paragraph(Paragraph::of("Dateline"), text);
            blocks = rest;
        }
        self.empty_line();
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let style = match level {
                    0 | 1 => "Heading1",
                    2 => "Heading2",
                    3..=u8::MAX => "Heading3",
                };
                self.paragraph(Paragraph::of(style), text);
            }
            Block::Paragraph(text) => self.paragraph(Paragraph::of("Text"), text),
            Block::Facts(facts) => {
                let colon = lang::render::COLON.text(self.lang);
                for (name, value) in facts {
                    self.paragraph(Paragraph::of("Text"), &format!("{name}{colon}{value}"));
                }
            }
            Block::List(texts) => {
                for text in texts {
                    self.paragraph(Paragraph::of("Text"), text);
                }
            }
            Block::Table(table) => {
                let room = Page::of(self.sheet).room();
                self.written.extend(grid::table(table, room, self.lang));
            }
            Block::Steps(steps) => {
                for step in steps {
                    let look = Paragraph {
                        with_next: true,
                        ..Paragraph::of("Text")
                    };
                    self.paragraph(look, &step.text);
                    self.paragraph(Paragraph::of("Command"), &step.command);
                }
            }
            Block::Chart(chart) => self.chart(chart),
            Block::Formal(formal) => self.formal(formal),
            Block::Annex(annex) => self.annex(annex),
        }
    }

    fn chart(&mut self, chart: &Chart) {
        let look = Paragraph {
            with_next: true,
            ..Paragraph::of("Caption")
        };
        self.paragraph(look, &chart.title);
        let room = Page::of(self.sheet).room();
        self.written.extend(grid::bars(chart, room));
        self.gap();
    }

    fn formal(&mut self, formal: &Formal) {
        match formal {
            Formal::Number(text) => self.paragraph(Paragraph::of("Number"), text),
            Formal::Dateline(text) => self.paragraph(Paragraph::of("Dateline"), text),
            Formal::Addressee(text) => self.paragraph(Paragraph::of("Flush"), text),
            Formal::Annexes(titles) => self.annexes(titles),
            Formal::Signature { by, on } => self.signature(by, on),
        }
    }

    /// A line below the text, set in two signs; what goes over a line begins below the first sign
    /// of its title.
    fn annexes(&mut self, titles: &[String]) {
        self.empty_line();
        let lines = formal::annexes(titles, self.lang);
        let first = lines.first().map_or(0, |(before, _)| halves(before));
        for (before, title) in &lines {
            let look = Paragraph {
                left: (4 + first) * SIGN / 2,
                hanging: halves(before) * SIGN / 2,
                ..Paragraph::of("Flush")
            };
            self.paragraph(look, &format!("{before}{title}"));
        }
    }

    /// The day four signs from the right, the unit in the middle above it: room for the stamp.
    fn signature(&mut self, by: &str, on: &str) {
        let (unit, day) = (halves(by), halves(on));
        let [unit_in, day_in] = match (8 + day / 2).checked_sub(unit / 2) {
            Some(room) if room >= 4 => [room, 8],
            Some(_) | None => [4, 4 + (unit.saturating_sub(day)) / 2],
        };
        self.empty_line();
        self.empty_line();
        self.keep_text_with_next();
        let look = |right: u32, with_next: bool| Paragraph {
            right: right * SIGN / 2,
            with_next,
            ..Paragraph::of("Signature")
        };
        self.paragraph(look(unit_in, true), by);
        self.paragraph(look(day_in, false), on);
    }

    /// Keeps the end of the text on the page of the signature: no page holds a signature alone.
    fn keep_text_with_next(&mut self) {
        for last in self.written.iter_mut().rev() {
            if last.name() != "w:p" {
                return;
            }
            let is_text = last.has("w:r");
            let properties = last
                .first_mut("w:pPr")
                .expect("every paragraph has a style");
            let is_annex = properties.has("w:ind");
            if !properties.has("w:keepNext") {
                properties.put_second(element("w:keepNext"));
            }
            if is_text && !is_annex {
                return;
            }
        }
    }

    fn annex(&mut self, annex: &Annex) {
        let turns = annex.sheet != self.sheet;
        if turns {
            self.end_section(annex.sheet);
        }
        let look = Paragraph {
            with_next: true,
            new_page: !turns,
            ..Paragraph::of("AnnexLabel")
        };
        self.paragraph(look, &annex.label);
        let title = Paragraph {
            with_next: true,
            ..Paragraph::of("Title")
        };
        self.paragraph(title, &annex.title);
    }

    /// Ends the section in the last paragraph, whose properties hold what its pages are like.
    fn end_section(&mut self, next: Sheet) {
        if self.written.last().is_none_or(|last| last.name() != "w:p") {
            self.gap();
        }
        let section = Page::of(self.sheet).section(self.sheet);
        let last = self
            .written
            .last_mut()
            .expect("a paragraph was just put there");
        let properties = last
            .first_mut("w:pPr")
            .expect("every paragraph has a style");
        properties.push(section);
        self.sheet = next;
    }

    fn paragraph(&mut self, look: Paragraph, text: &str) {
        self.written.push(look.text(text));
    }

    fn empty_line(&mut self) {
        self.paragraph(Paragraph::of("Flush"), "");
    }

    /// Word asks for a paragraph behind a table.
    fn gap(&mut self) {
        self.paragraph(Paragraph::of("Gap"), "");
    }

    fn close(mut self) -> Element {
        if self.written.last().is_none_or(|last| last.name() != "w:p") {
            self.gap();
        }
        let section = Page::of(self.sheet).section(self.sheet);
        let body = element("w:body").with_all(self.written).with(section);
        let root = SPACES
            .into_iter()
            .fold(element("w:document"), |root, (name, space)| {
                root.set(name, space)
            });
        root.with(body)
    }
}

/// Returns how the pages of a document lie until an annex says otherwise: upright, unless a table
/// that belongs to no annex has more columns than an upright page.
fn sheet_of(document: &Document, lang: Lang) -> Sheet {
    let before_annexes = document
        .blocks
        .iter()
        .take_while(|block| !matches!(block, Block::Annex(_)));
    let room = Page::of(Sheet::Upright).room();
    let mut tables = before_annexes.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::Facts(_)
        | Block::List(_)
        | Block::Steps(_)
        | Block::Chart(_)
        | Block::Formal(_)
        | Block::Annex(_) => None,
    });
    match tables.any(|table| !grid::fits(table, room, lang)) {
        true => Sheet::Lying,
        false => Sheet::Upright,
    }
}

/// Returns how many halves of a sign a text takes.
fn halves(text: &str) -> u32 {
    u32::try_from(wrap::width(&one_line(text))).unwrap_or(u32::MAX / SIGN)
}
