//! Papers for Word: the same bytes each time, in the order that Word's schema asks for, on the page
//! of the standard.

use crate::render::LOOK;
use crate::render::small;
use crate::render::text;
use duban::document::Annex;
use duban::document::Bar;
use duban::document::Block;
use duban::document::Chart;
use duban::document::Document;
use duban::document::Formal;
use duban::document::Sheet;
use duban::document::Step;
use duban::render;
use duban::render::Format;
use duban::table::Table;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::io::Read;
use std::path::Path;
use std::process::Command;
use zip::ZipArchive;

/// The order of children in ISO/IEC 29500-1, as far as papers have them.
const ORDERS: [(&str, &[&str]); 14] = [
    ("w:document", &["w:body"]),
    ("w:p", &["w:pPr", "w:r", "w:fldSimple"]),
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:pBdr",
            "w:wordWrap",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rFonts",
            "w:b",
            "w:color",
            "w:spacing",
            "w:sz",
            "w:szCs",
            "w:lang",
        ],
    ),
    ("w:r", &["w:rPr", "w:br", "w:t"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
        ],
    ),
    (
        "w:tblBorders",
        &[
            "w:top",
            "w:left",
            "w:bottom",
            "w:right",
            "w:insideH",
            "w:insideV",
        ],
    ),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    ("w:tr", &["w:trPr", "w:tc"]),
    ("w:tc", &["w:tcPr", "w:p"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:shd", "w:vAlign"]),
    (
        "w:sectPr",
        &[
            "w:footerReference",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:cols",
            "w:docGrid",
        ],
    ),
    (
        "w:style",
        &[
            "w:name",
            "w:basedOn",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
        ],
    ),
];

/// What another hand may write into any free text.
const HOSTILE: [&str; 6] = [
    "</w:t></w:r></w:p><w:p><w:r><w:t>x",
    "]]> <!-- & &amp; <w:instrText>QUOTE</w:instrText>",
    "=HYPERLINK(\"http://x\",\"y\")",
    "\u{0}\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}\u{fffe}\u{ffff}",
    "\u{202e}drow\u{202c}\u{200b}\u{feff}",
    "a\tb\r\nc\u{2028}d",
];

/// An element of a part: its name, its attributes, its text, what is in it.
#[derive(Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    within: Vec<Element>,
}

impl Element {
    fn parse(xml: &str) -> Element {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Element::default()];
        let began = |start: &quick_xml::events::BytesStart<'_>| Element {
            name: start.name().as_ref().to_owned(),
            attributes: start
                .attributes()
                .map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.value.into_owned();
                    (key, value)
                })
                .collect(),
            ..Element::default()
        };
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(began(&start)),
                Event::Empty(start) => open.last_mut().unwrap().within.push(began(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().within.push(done);
                }
                Event::Text(text) => {
                    open.last_mut().unwrap().text.push_str(&text);
                }
                Event::GeneralRef(name) => {
                    let sign = match &*name {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "apos" => "'",
                        "quot" => "\"",
                        other => panic!("&{other};"),
                    };
                    open.last_mut().unwrap().text.push_str(sign);
                }
                Event::Eof => break,
                Event::Decl(_) => {}
                other => panic!("{other:?}"),
            }
        }
        open.pop().unwrap().within.pop().unwrap()
    }

    fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Element)) {
        see(self);
        for child in &self.within {
            child.each(see);
        }
    }

    fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.each(&mut |element| {
            if element.name == name {
                found.push(element);
            }
        });
        found
    }

    fn words(&self) -> String {
        self.all("w:t")
            .iter()
            .map(|element| element.text.as_str())
            .collect()
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let read = |name: String| {
        let mut text = String::new();
        let mut part = zip.by_name(&name).unwrap();
        assert_eq!(part.last_modified().unwrap().year(), 1980, "{name}");
        part.read_to_string(&mut text).unwrap();
        (name.clone(), text)
    };
    names.into_iter().map(read).collect()
}

/// A paper with everything that papers can hold.
fn whole() -> Document {
    let bar = |value| Bar {
        label: "2013-06".to_owned(),
        value,
        words: "50.0%".to_owned(),
    };
    let heading = |level, text: &str| Block::Heading {
        level,
        text: text.to_owned(),
    };
    let annex = |at: u8, sheet| {
        Block::Annex(Annex {
            label: format!("附件{at}"),
            title: "各单位完成情况".to_owned(),
            sheet,
        })
    };
    let formal = |text: &str| text.to_owned();
    Document {
        title: "关于6月份情况的通报".to_owned(),
        blocks: vec![
            Block::Formal(Formal::Number(formal("第6期"))),
            Block::Formal(Formal::Dateline(formal("截至2013年6月30日"))),
            Block::Formal(Formal::Addressee(formal("各单位："))),
            heading(1, "一、总体情况"),
            heading(2, "（一）进度"),
            heading(3, "1. 甲"),
            Block::Paragraph("正文".to_owned()),
            Block::Facts(vec![("名".to_owned(), "值".to_owned())]),
            Block::List(vec!["其一".to_owned(), "其二".to_owned()]),
            Block::Steps(vec![Step {
                text: "核实".to_owned(),
                command: "duban record verify 1.1".to_owned(),
            }]),
            Block::Chart(Chart {
                title: "办结率".to_owned(),
                full: 100,
                bars: vec![bar(Some(50)), bar(Some(100)), bar(Some(0)), bar(None)],
            }),
            Block::Formal(Formal::Annexes(vec![formal("甲"), formal("乙")])),
            Block::Formal(Formal::Signature {
                by: formal("市政府办公室"),
                on: formal("2013年7月5日"),
            }),
            annex(1, Sheet::Lying),
            Block::Table(small()),
            annex(2, Sheet::Upright),
            Block::Table(small()),
            annex(3, Sheet::Upright),
            Block::Table(small()),
        ],
        data: vec![("as_of", "2013-06-30".into())],
        lang: "zh",
    }
}

fn docx(document: &Document) -> Vec<u8> {
    render::document(document, Format::Docx, &LOOK)
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(docx(&whole()), docx(&whole()));
}

#[test]
fn children_stand_in_the_order_of_the_schema() {
    let orders: BTreeMap<&str, &[&str]> = ORDERS.into_iter().collect();
    for (name, xml) in parts(&docx(&whole())) {
        if !name.starts_with("word/") || name.ends_with(".rels") {
            continue;
        }
        Element::parse(&xml).each(&mut |element| {
            let Some(order) = orders.get(element.name.as_str()) else {
                return;
            };
            let mut last = 0;
            for child in &element.within {
                let at = order.iter().position(|known| *known == child.name);
                let at = at.unwrap_or_else(|| panic!("{name}: {} in {}", child.name, element.name));
                let may_mix = element.name == "w:p" && at > 0;
                assert!(
                    at >= last || may_mix,
                    "{name}: {} in {}",
                    child.name,
                    element.name
                );
                last = at;
            }
        });
    }
}

#[test]
fn every_part_is_declared_and_every_relation_leads_to_a_part() {
    let parts = parts(&docx(&whole()));
    let types = Element::parse(&parts["[Content_Types].xml"]);
    let declared: BTreeSet<String> = types
        .all("Override")
        .iter()
        .map(|of| of.attributes["PartName"].trim_start_matches('/').to_owned())
        .collect();
    let extensions: Vec<&str> = types
        .all("Default")
        .iter()
        .map(|of| of.attributes["Extension"].as_str())
        .collect();
    assert_eq!(extensions, ["rels", "xml"]);
    let real: BTreeSet<String> = parts
        .keys()
        .filter(|name| *name != "[Content_Types].xml" && !name.ends_with(".rels"))
        .cloned()
        .collect();
    assert_eq!(declared, real);
    for (file, folder) in [
        ("_rels/.rels", ""),
        ("word/_rels/document.xml.rels", "word/"),
    ] {
        let relations = Element::parse(&parts[file]);
        let mut ids = BTreeSet::new();
        for relation in relations.all("Relationship") {
            assert!(ids.insert(relation.attributes["Id"].clone()));
            assert!(parts.contains_key(&format!("{folder}{}", relation.attributes["Target"])));
        }
    }
    let relations = Element::parse(&parts["word/_rels/document.xml.rels"]);
    let ids: BTreeSet<&str> = relations
        .all("Relationship")
        .iter()
        .map(|relation| relation.attributes["Id"].as_str())
        .collect();
    let text = Element::parse(&parts["word/document.xml"]);
    for reference in text.all("w:footerReference") {
        assert!(ids.contains(reference.attributes["r:id"].as_str()));
    }
    let styles = Element::parse(&parts["word/styles.xml"]);
    let defined: BTreeSet<&str> = styles
        .all("w:style")
        .iter()
        .map(|style| style.attributes["w:styleId"].as_str())
        .collect();
    for used in text.all("w:pStyle") {
        assert!(defined.contains(used.attributes["w:val"].as_str()));
    }
}

#[test]
fn the_page_is_that_of_the_standard() {
    /// Twentieths of a point in 100 mm, rounded.
    fn twips(tenths_of_mm: u32) -> u32 {
        (tenths_of_mm * 144_000 + 12_700) / 25_400
    }
    let parts = parts(&docx(&whole()));
    let text = Element::parse(&parts["word/document.xml"]);
    let sections = text.all("w:sectPr");
    assert_eq!(sections.len(), 3, "upright, lying, upright again");
    let upright = sections[0];
    let size = &upright.all("w:pgSz")[0].attributes;
    assert_eq!((&*size["w:w"], &*size["w:h"]), ("11906", "16838"));
    let margin = &upright.all("w:pgMar")[0].attributes;
    for (side, tenths) in [
        ("w:top", 370),
        ("w:bottom", 350),
        ("w:left", 280),
        ("w:right", 260),
    ] {
        let set: u32 = margin[side].parse().unwrap();
        assert!(
            set.abs_diff(twips(tenths)) <= 1,
            "{side}: {set}, not {}",
            twips(tenths)
        );
    }
    let pitch: u32 = upright.all("w:docGrid")[0].attributes["w:linePitch"]
        .parse()
        .unwrap();
    let height = 16_838 - twips(370) - twips(350);
    assert_eq!(height / pitch, 22, "lines on a page");
    let width = 11_906 - twips(280) - twips(260);
    let styles = Element::parse(&parts["word/styles.xml"]);
    let normal = styles.all("w:style")[0];
    let spacing = normal
        .all("w:rPr")
        .first()
        .map(|of| of.all("w:spacing")[0].attributes["w:val"].parse::<i32>());
    let sign = 320 + spacing.unwrap().unwrap();
    assert_eq!(i32::try_from(width).unwrap() / sign, 28, "signs on a line");
    let lying = &sections[1].all("w:pgSz")[0].attributes;
    assert_eq!(lying["w:orient"], "landscape");
    assert!(parts["word/settings.xml"].contains("w:evenAndOddHeaders"));
    for (footer, side) in [("word/footer1.xml", "right"), ("word/footer2.xml", "left")] {
        let footer = Element::parse(&parts[footer]);
        assert_eq!(footer.words(), "— 1 —");
        assert_eq!(footer.all("w:fldSimple")[0].attributes["w:instr"], " PAGE ");
        assert_eq!(footer.all("w:jc")[0].attributes["w:val"], side);
    }
}

#[test]
fn the_head_of_a_table_comes_again_and_no_row_is_torn() {
    let parts = parts(&docx(&whole()));
    let text = Element::parse(&parts["word/document.xml"]);
    let tables = text.all("w:tbl");
    let ruled: Vec<&&Element> = tables
        .iter()
        .filter(|table| !table.all("w:tblBorders").is_empty())
        .collect();
    assert_eq!(ruled.len(), 3);
    for table in ruled {
        let rows = table.all("w:tr");
        assert_eq!(rows[0].all("w:tblHeader").len(), 1);
        assert_eq!(table.all("w:tblHeader").len(), 1);
        assert!(rows.iter().all(|row| row.all("w:cantSplit").len() == 1));
        let columns = table.all("w:gridCol").len();
        assert!(rows.iter().all(|row| row.all("w:tc").len() == columns));
    }
}

#[test]
fn bars_fill_a_table_of_forty_parts() {
    let parts = parts(&docx(&whole()));
    let text = Element::parse(&parts["word/document.xml"]);
    let chart = text.all("w:tbl")[0];
    let filled = chart.all("w:tr").into_iter().map(|row| {
        let spans = row.all("w:gridSpan");
        let of = |element: &Element| element.attributes["w:val"].parse::<u32>().unwrap();
        assert_eq!(spans.iter().map(|span| of(span)).sum::<u32>(), 40);
        row.all("w:shd").len()
    });
    assert_eq!(filled.collect::<Vec<_>>(), [1, 1, 0, 0]);
}

#[test]
fn texts_of_another_hand_stay_texts() {
    for payload in HOSTILE {
        let mut document = whole();
        let mut table: Table = small();
        table.title = payload.to_owned();
        table.rows[0].cells[1] = text(payload);
        table.notes.push(payload.to_owned());
        document.title = payload.to_owned();
        document.blocks = vec![
            Block::Formal(Formal::Number(payload.to_owned())),
            Block::Paragraph(payload.to_owned()),
            Block::Table(table),
        ];
        let parts = parts(&docx(&document));
        let calm = whole();
        let allowed: BTreeSet<String> = {
            let parts = self::parts(&docx(&calm));
            let mut names = BTreeSet::new();
            Element::parse(&parts["word/document.xml"]).each(&mut |element| {
                names.insert(element.name.clone());
            });
            names
        };
        let xml = &parts["word/document.xml"];
        assert!(
            xml.chars()
                .all(|sign| matches!(sign, ' '..='\u{7e}' | '\u{a0}'..)),
            "{payload:?}"
        );
        let text = Element::parse(xml);
        text.each(&mut |element| assert!(allowed.contains(&element.name), "{}", element.name));
        let shown = render::safe::one_line(payload);
        assert_eq!(
            text.words().matches(&*shown).count(),
            6,
            "{payload:?}: {}",
            text.words()
        );
        Element::parse(&parts["docProps/core.xml"]);
    }
}

#[test]
fn a_table_alone_is_a_paper_too() {
    let bytes = render::table(&small(), Format::Docx, &LOOK);
    let text = Element::parse(&parts(&bytes)["word/document.xml"]);
    assert_eq!(text.all("w:tbl").len(), 1);
    assert!(text.words().starts_with(&small().title));
}

/// Converts a long paper with LibreOffice and measures its pages, where both are there.
#[test]
fn pages_measure_what_the_standard_says() {
    let has = |program: &str, argument: &str| {
        let ran = Command::new(program).arg(argument).output();
        ran.is_ok_and(|output| output.status.success())
    };
    if !has("python3", "--version") || !has("soffice", "--version") || !has("pdftotext", "-v") {
        eprintln!("skipped: python3, LibreOffice or pdftotext is not here");
        return;
    }
    let mut document = whole();
    let long = "汉".repeat(28 * 50);
    let mut table = small();
    let row = table.rows[0].clone();
    table.rows = vec![row; 80];
    document.blocks = vec![
        Block::Paragraph(long),
        Block::Annex(Annex {
            label: "附件".to_owned(),
            title: "表".to_owned(),
            sheet: Sheet::Lying,
        }),
        Block::Table(table),
    ];
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("paper.docx");
    fs::write(&paper, docx(&document)).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page_check.py");
    let output = Command::new("python3")
        .args([&script, &paper])
        .args(["单位", "赤坎区"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(77) {
        eprintln!("skipped: {}", said.trim());
        return;
    }
    assert!(output.status.success(), "{said}");
    println!("{}", String::from_utf8_lossy(&output.stdout));
}
