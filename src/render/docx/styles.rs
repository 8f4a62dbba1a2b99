//! The styles of an official paper and the fonts that they ask for, with what stands in for each.

use crate::lang::Lang;
use crate::render::docx::page::GIVEN_UP;
use crate::render::docx::page::LINE;
use crate::render::docx::page::SIGN;
use crate::render::docx::xml::Element;
use crate::render::docx::xml::SPACES;
use crate::render::docx::xml::element;
use crate::render::docx::xml::valued;

/// The fonts of the standard: name, what another system calls a like one, and its family.
const FONTS: [(&str, Option<&str>, &str); 7] = [
    ("方正小标宋简体", Some("华文中宋"), "roman"),
    ("仿宋_GB2312", Some("仿宋"), "modern"),
    ("楷体_GB2312", Some("楷体"), "modern"),
    ("黑体", Some("SimHei"), "modern"),
    ("宋体", Some("SimSun"), "auto"),
    ("Times New Roman", None, "roman"),
    ("Arial", None, "swiss"),
];

/// Fonts of Chinese signs and of Latin ones.
type Faces = (&'static str, &'static str);

const SONG_TITLE: Faces = ("方正小标宋简体", "Times New Roman");
const FANG_SONG: Faces = ("仿宋_GB2312", "Times New Roman");
const KAI: Faces = ("楷体_GB2312", "Times New Roman");
const HEI: Faces = ("黑体", "Arial");
const SONG: Faces = ("宋体", "宋体");

/// How a style differs from the text.
struct Style {
    id: &'static str,
    name: &'static str,
    faces: Option<Faces>,
    /// In half points.
    size: Option<u32>,
    first_line: u32,
    align: Option<&'static str>,
    spacing: Spacing,
    outline: Option<u32>,
}

/// How high the lines of a style are.
#[derive(Clone, Copy)]
enum Spacing {
    /// 22 on a page, whatever stands on them.
    Lines,
    /// As high as their signs ask for, off the grid.
    Free,
    /// Exactly so high.
    Exactly(u32),
}

const PLAIN: Style = Style {
    id: "",
    name: "",
    faces: None,
    size: None,
    first_line: 0,
    align: None,
    spacing: Spacing::Lines,
    outline: None,
};

/// 2号 is 22 points, 3号 16, 4号 14; a text is set in two signs.
const STYLES: [Style; 17] = [
    Style {
        id: "Text",
        name: "Body Text",
        first_line: 2 * SIGN,
        ..PLAIN
    },
    Style {
        id: "Flush",
        name: "Flush Text",
        ..PLAIN
    },
    Style {
        id: "Title",
        name: "Title",
        faces: Some(SONG_TITLE),
        size: Some(44),
        align: Some("center"),
        // On the grid a title of two lines would take four of them.
        spacing: Spacing::Exactly(LINE),
        ..PLAIN
    },
    Style {
        id: "Number",
        name: "Number",
        align: Some("center"),
        ..PLAIN
    },
    Style {
        id: "Dateline",
        name: "Dateline",
        faces: Some(KAI),
        align: Some("center"),
        ..PLAIN
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        faces: Some(HEI),
        first_line: 2 * SIGN,
        outline: Some(0),
        ..PLAIN
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        faces: Some(KAI),
        first_line: 2 * SIGN,
        outline: Some(1),
        ..PLAIN
    },
    Style {
        id: "Heading3",
        name: "heading 3",
        first_line: 2 * SIGN,
        outline: Some(2),
        ..PLAIN
    },
    Style {
        id: "AnnexLabel",
        name: "Annex Label",
        faces: Some(HEI),
        outline: Some(0),
        ..PLAIN
    },
    Style {
        id: "Signature",
        name: "Signature",
        align: Some("right"),
        ..PLAIN
    },
    Style {
        id: "Caption",
        name: "caption",
        faces: Some(HEI),
        size: Some(24),
        align: Some("center"),
        spacing: Spacing::Free,
        ..PLAIN
    },
    Style {
        id: "Cell",
        name: "Cell",
        size: Some(21),
        align: Some("left"),
        spacing: Spacing::Free,
        ..PLAIN
    },
    Style {
        id: "CellHead",
        name: "Cell Head",
        faces: Some(HEI),
        size: Some(21),
        align: Some("center"),
        spacing: Spacing::Free,
        ..PLAIN
    },
    Style {
        id: "Note",
        name: "Note",
        size: Some(21),
        align: Some("left"),
        spacing: Spacing::Free,
        ..PLAIN
    },
    Style {
        id: "Command",
        name: "Command",
        faces: Some(SONG),
        size: Some(24),
        first_line: 2 * SIGN,
        align: Some("left"),
        spacing: Spacing::Free,
        ..PLAIN
    },
    Style {
        id: "Gap",
        name: "Gap",
        size: Some(2),
        spacing: Spacing::Exactly(20),
        ..PLAIN
    },
    Style {
        id: "Footer",
        name: "footer",
        faces: Some(SONG),
        size: Some(28),
        align: Some("right"),
        spacing: Spacing::Exactly(280),
        ..PLAIN
    },
];

/// Returns the part that holds the styles.
pub(super) fn styles(lang: Lang) -> Element {
    let tongue = element("w:lang")
        .set("w:val", "en-US")
        .set("w:eastAsia", "zh-CN");
    let defaults = element("w:docDefaults")
        .with(
            element("w:rPrDefault").with(
                element("w:rPr")
                    .with(fonts(FANG_SONG))
                    .with(valued("w:sz", 32))
                    .with(valued("w:szCs", 32))
                    .with(tongue),
            ),
        )
        .with(element("w:pPrDefault"));
    // Words of English are not torn apart to fill a line.
    let align = match lang {
        Lang::Zh => "both",
        Lang::En => "left",
    };
    let normal = element("w:style")
        .set("w:type", "paragraph")
        .set("w:default", 1)
        .set("w:styleId", "Normal")
        .with(valued("w:name", "Normal"))
        .with(element("w:qFormat"))
        .with(
            element("w:pPr")
                .with(valued("w:widowControl", 0))
                .with(spacing(LINE, "exact"))
                .with(valued("w:jc", align)),
        )
        .with(
            element("w:rPr")
                .with(valued("w:spacing", format!("-{GIVEN_UP}")))
                .with(valued("w:sz", 32))
                .with(valued("w:szCs", 32)),
        );
    let table = element("w:style")
        .set("w:type", "table")
        .set("w:default", 1)
        .set("w:styleId", "TableNormal")
        .with(valued("w:name", "Normal Table"))
        .with(valued("w:uiPriority", 99))
        .with(element("w:semiHidden"))
        .with(element("w:unhideWhenUsed"))
        .with(element("w:tblPr").with(element("w:tblInd").set("w:w", 0).set("w:type", "dxa")));
    root("w:styles")
        .with(defaults)
        .with(normal)
        .with(table)
        .with_all(STYLES.iter().map(style))
}

fn style(style: &Style) -> Element {
    let mut paragraph = element("w:pPr");
    if style.outline.is_some() {
        paragraph.push(element("w:keepNext"));
    }
    if let Spacing::Free = style.spacing {
        // Off the grid long names of items may be broken anywhere: a column is narrow.
        paragraph.push(valued("w:wordWrap", 0));
    }
    if let Spacing::Free | Spacing::Exactly(_) = style.spacing {
        paragraph.push(valued("w:snapToGrid", 0));
    }
    match style.spacing {
        Spacing::Lines => {}
        Spacing::Free => paragraph.push(spacing(240, "auto")),
        Spacing::Exactly(high) => paragraph.push(spacing(high, "exact")),
    }
    if style.first_line > 0 {
        paragraph.push(
            element("w:ind")
                .set("w:firstLineChars", 200)
                .set("w:firstLine", style.first_line),
        );
    }
    if let Some(align) = style.align {
        paragraph.push(valued("w:jc", align));
    }
    if let Some(level) = style.outline {
        paragraph.push(valued("w:outlineLvl", level));
    }
    let mut run = element("w:rPr");
    if let Some(faces) = style.faces {
        run.push(fonts(faces));
    }
    if let Spacing::Free | Spacing::Exactly(_) = style.spacing {
        run.push(valued("w:spacing", 0));
    }
    if let Some(size) = style.size {
        run.push(valued("w:sz", size));
        run.push(valued("w:szCs", size));
    }
    element("w:style")
        .set("w:type", "paragraph")
        .set("w:styleId", style.id)
        .with(valued("w:name", style.name))
        .with(valued("w:basedOn", "Normal"))
        .with(element("w:qFormat"))
        .with(paragraph)
        .with(run)
}

fn spacing(line: u32, rule: &str) -> Element {
    element("w:spacing")
        .set("w:before", 0)
        .set("w:after", 0)
        .set("w:line", line)
        .set("w:lineRule", rule)
}

fn fonts((chinese, latin): Faces) -> Element {
    element("w:rFonts")
        .set("w:ascii", latin)
        .set("w:hAnsi", latin)
        .set("w:eastAsia", chinese)
        .set("w:cs", latin)
}

/// Returns the part that says by which name a system without the fonts may look for them.
pub(super) fn font_table() -> Element {
    let font = |(name, other, family): (&str, Option<&str>, &str)| {
        let mut font = element("w:font").set("w:name", name);
        if let Some(other) = other {
            font.push(valued("w:altName", other));
        }
        let charset = match other {
            Some(_) => "86",
            None => "00",
        };
        font.with(valued("w:charset", charset))
            .with(valued("w:family", family))
            .with(valued("w:pitch", "variable"))
    };
    root("w:fonts").with_all(FONTS.into_iter().map(font))
}

/// Returns the part that says that odd and even pages differ, and to which Word the paper is made.
pub(super) fn settings() -> Element {
    let mode = element("w:compatSetting")
        .set("w:name", "compatibilityMode")
        .set("w:uri", "http://schemas.microsoft.com/office/word")
        .set("w:val", 15);
    root("w:settings")
        .with(valued("w:defaultTabStop", 420))
        .with(element("w:evenAndOddHeaders"))
        .with(valued("w:characterSpacingControl", "doNotCompress"))
        .with(element("w:compat").with(mode))
}

fn root(name: &'static str) -> Element {
    SPACES
        .into_iter()
        .fold(element(name), |root, (name, space)| root.set(name, space))
}
