//! How paragraphs and runs look, each property at the place that the schema of Word gives it.

use crate::render::docx::xml::Element;
use crate::render::docx::xml::element;
use crate::render::docx::xml::valued;

/// The look of a paragraph; what is left at its default is what the style says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paragraph {
    /// The name of the style.
    pub(super) style: &'static str,
    /// Whether it stays with the next one.
    pub(super) with_next: bool,
    /// Whether it begins a page.
    pub(super) new_page: bool,
    /// Whether a red line stands below it.
    pub(super) red_line: bool,
    /// How far it is set in from the left.
    pub(super) left: u32,
    /// How far it is set in from the right.
    pub(super) right: u32,
    /// How far its first line hangs out to the left.
    pub(super) hanging: u32,
    /// How it is aligned.
    pub(super) align: Option<&'static str>,
}

/// The properties of a paragraph, made.
pub(super) struct Properties(Element);

impl Paragraph {
    /// Returns the look of a style.
    pub(super) fn of(style: &'static str) -> Paragraph {
        Paragraph {
            style,
            ..Paragraph::default()
        }
    }

    /// Returns its properties in the order of the schema.
    pub(super) fn properties(self) -> Properties {
        let mut made = element("w:pPr").with(valued("w:pStyle", self.style));
        if self.with_next {
            made.push(element("w:keepNext"));
        }
        if self.new_page {
            made.push(element("w:pageBreakBefore"));
        }
        if self.red_line {
            made.push(element("w:pBdr").with(red_line()));
        }
        if (self.left, self.right, self.hanging) != (0, 0, 0) {
            made.push(self.indent());
        }
        if let Some(align) = self.align {
            made.push(valued("w:jc", align));
        }
        Properties(made)
    }

    fn indent(self) -> Element {
        let made = element("w:ind")
            .set("w:left", self.left)
            .set("w:right", self.right);
        match self.hanging {
            0 => made.set("w:firstLine", 0),
            hanging => made.set("w:hanging", hanging),
        }
    }

    /// Returns a paragraph with one text.
    pub(super) fn text(self, text: &str) -> Element {
        let paragraph = self.properties().into_paragraph();
        match text {
            "" => paragraph,
            text => paragraph.with(Run::default().of(text)),
        }
    }
}

impl Properties {
    /// Returns a paragraph that has them, and nothing in it yet.
    pub(super) fn into_paragraph(self) -> Element {
        element("w:p").with(self.0)
    }
}

/// 1.5 points of red, 4 mm below the text.
fn red_line() -> Element {
    element("w:bottom")
        .set("w:val", "single")
        .set("w:sz", 12)
        .set("w:space", 11)
        .set("w:color", "FF0000")
}

/// The look of a run; what is left at its default is what the paragraph says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    /// The colour, as six hexadecimal digits.
    pub(super) colour: Option<&'static str>,
    /// The size, in half points.
    pub(super) size: Option<u32>,
}

impl Run {
    /// Returns lines that look so, broken where they are.
    pub(super) fn of_lines(self, lines: &[String]) -> Vec<Element> {
        let mut runs = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                runs.push(element("w:r").with(element("w:br")));
            }
            runs.push(self.of(line));
        }
        runs
    }

    /// Returns a text that looks so. Quotes and dashes beside Chinese signs are Chinese ones.
    pub(super) fn of(self, text: &str) -> Element {
        let mut properties = element("w:rPr");
        if text.contains(|sign| ('\u{2e80}'..='\u{ffef}').contains(&sign)) {
            properties.push(element("w:rFonts").set("w:hint", "eastAsia"));
        }
        if let Some(colour) = self.colour {
            properties.push(valued("w:color", colour));
        }
        if let Some(size) = self.size {
            properties.push(valued("w:sz", size));
            properties.push(valued("w:szCs", size));
        }
        element("w:r")
            .with(properties)
            .with(element("w:t").set("xml:space", "preserve").text(text))
    }
}
