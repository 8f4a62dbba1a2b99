//! The page of an official paper by GB/T 9704-2012: A4, its margins, 22 lines of 28 signs, and the
//! page number between dashes below them.
//!
//! Lengths are twentieths of a point, in which Word measures: 1 mm is 56.69 of them.

use crate::document::Sheet;
use crate::render::docx::look::Paragraph;
use crate::render::docx::look::Run;
use crate::render::docx::xml::Element;
use crate::render::docx::xml::element;
use crate::render::docx::xml::valued;

/// The pitch of the lines: the height of the text, 225 mm, on 22 lines.
pub(super) const LINE: u32 = 579;

/// What each sign of 16 points gives up so that 28 of them, and not 27, go on 156 mm.
///
/// A grid of signs would say the same to Word, but other programs give a sign that is larger than
/// its square two of them.
pub(super) const GIVEN_UP: u32 = 5;

/// The pitch of the signs on a line.
pub(super) const SIGN: u32 = 320 - GIVEN_UP;

/// The names of the footers in the relations of a paper: of odd pages and of even ones.
pub(super) const FOOTERS: [&str; 2] = ["rId4", "rId5"];

/// What a page is like in twentieths of a point.
pub(super) struct Page {
    /// Its width.
    pub(super) width: u32,
    /// Its height.
    pub(super) height: u32,
    /// The margins: top, right, bottom, left.
    margins: [u32; 4],
    /// From the lower edge to the foot of the page number.
    footer: u32,
}

impl Page {
    /// Returns a page as it lies. A lying one is an upright one turned: its head at the binding.
    pub(super) const fn of(sheet: Sheet) -> Page {
        match sheet {
            // 37, 26, 35 and 28 mm; the dashes stand 7 mm below the text.
            Sheet::Upright => Page {
                width: 11_906,
                height: 16_838,
                margins: [2_098, 1_474, 1_984, 1_587],
                footer: 1_446,
            },
            // 28, 37, 26 and 35 mm.
            Sheet::Lying => Page {
                width: 16_838,
                height: 11_906,
                margins: [1_587, 2_098, 1_474, 1_984],
                footer: 936,
            },
        }
    }

    /// Returns the width of the text.
    pub(super) const fn room(&self) -> u32 {
        self.width - self.margins[1] - self.margins[3]
    }

    /// Returns the properties of a section of such pages.
    pub(super) fn section(&self, sheet: Sheet) -> Element {
        let footer = |(kind, name): (&str, &str)| {
            element("w:footerReference")
                .set("w:type", kind)
                .set("r:id", name)
        };
        let size = element("w:pgSz")
            .set("w:w", self.width)
            .set("w:h", self.height);
        let size = match sheet {
            Sheet::Upright => size,
            Sheet::Lying => size.set("w:orient", "landscape"),
        };
        let [top, right, bottom, left] = self.margins;
        element("w:sectPr")
            .with_all(["default", "even"].into_iter().zip(FOOTERS).map(footer))
            .with(valued("w:type", "nextPage"))
            .with(size)
            .with(
                element("w:pgMar")
                    .set("w:top", top)
                    .set("w:right", right)
                    .set("w:bottom", bottom)
                    .set("w:left", left)
                    .set("w:header", 851)
                    .set("w:footer", self.footer)
                    .set("w:gutter", 0),
            )
            .with(element("w:cols").set("w:space", 425))
            .with(
                element("w:docGrid")
                    .set("w:type", "lines")
                    .set("w:linePitch", LINE),
            )
    }
}

/// Returns the footer of odd pages, its number one sign from the right, or of even ones.
pub(super) fn footer(parity: Parity) -> Element {
    /// One sign of 14 points.
    const IN: u32 = 280;
    let look = Paragraph {
        style: "Footer",
        ..Paragraph::default()
    };
    let look = match parity {
        Parity::Odd => Paragraph {
            align: Some("right"),
            right: IN,
            ..look
        },
        Parity::Even => Paragraph {
            align: Some("left"),
            left: IN,
            ..look
        },
    };
    let number = element("w:fldSimple")
        .set("w:instr", " PAGE ")
        .with(Run::default().of("1"));
    let paragraph = look
        .properties()
        .into_paragraph()
        .with(Run::default().of("— "))
        .with(number)
        .with(Run::default().of(" —"));
    let root = super::xml::SPACES
        .into_iter()
        .fold(element("w:ftr"), |root, (name, space)| {
            root.set(name, space)
        });
    root.with(paragraph)
}

/// Which pages a footer is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Parity {
    /// 1, 3, 5 …
    Odd,
    /// 2, 4, 6 …
    Even,
}
