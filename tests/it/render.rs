//! What each format makes of a table and a document.

use duban::calendar::Day;
use duban::document::Block;
use duban::document::Document;
use duban::figures::Share;
use duban::figures::Tenths;
use duban::lang::Lang;
use duban::render;
use duban::render::Bom;
use duban::render::Colour;
use duban::render::Format;
use duban::render::Look;
use duban::render::safe::safe;
use duban::table::Align;
use duban::table::Cell;
use duban::table::Column;
use duban::table::Datum;
use duban::table::ReasonCell;
use duban::table::Role;
use duban::table::Row;
use duban::table::Shown;
use duban::table::Table;
use duban::terms::Light;
use unicode_width::UnicodeWidthStr;

pub(crate) const LOOK: Look = Look {
    width: Some(80),
    colour: Colour::Off,
    bom: Bom::Without,
    lang: Lang::Zh,
};

pub(crate) fn shown(table: &Table, format: Format, look: &Look) -> String {
    String::from_utf8(render::table(table, format, look)).unwrap()
}

fn papers(document: &Document, format: Format) -> String {
    String::from_utf8(render::document(document, format, &LOOK)).unwrap()
}

pub(crate) fn column(key: &'static str, title: &str, align: Align, shown: Shown) -> Column {
    Column {
        key,
        title: title.to_owned(),
        align,
        shown,
    }
}

pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn light(light: Light) -> Cell {
    Cell::Light {
        light,
        word: duban::lang::terms::light(light).zh,
    }
}

/// Two units and their total, with a cell of nearly every type.
pub(crate) fn small() -> Table {
    let columns = vec![
        column("key", "编号", Align::Left, Shown::Machine),
        column("name", "单位", Align::Left, Shown::Always),
        column("total", "总数", Align::Right, Shown::Always),
        column("returned", "退回", Align::Right, Shown::WhereFilled),
        column("completion", "完成率%", Align::Right, Shown::Always),
        column("light", "灯", Align::Left, Shown::Always),
        column("lights", "各色灯", Align::Left, Shown::Wide),
        column("reasons", "原因", Align::Left, Shown::Wide),
        column("rank", "名次", Align::Right, Shown::Always),
    ];
    let row = |role, key: &str, name: &str, total, part, colour, reasons, rank| Row {
        role,
        cells: vec![
            text(key),
            text(name),
            Cell::Count(total),
            Cell::Count(0),
            Cell::Share(Share { part, whole: total }),
            light(colour),
            Cell::Counts(vec![("red", part), ("green", 0)]),
            Cell::Reasons(reasons),
            rank,
        ],
    };
    let overdue = ReasonCell {
        code: "overdue",
        value: Datum::Int(12),
        words: "逾期12天".to_owned(),
    };
    let returned = ReasonCell {
        code: "returned",
        value: Datum::Null,
        words: "被退回".to_owned(),
    };
    Table {
        title: "完成情况".to_owned(),
        subtitle: vec!["截至2013年9月30日".to_owned()],
        head: vec![
            ("schema", Datum::from("duban/status@1")),
            ("known_at", Datum::Null),
        ],
        columns,
        rows: vec![
            row(
                Role::Body,
                "chikan",
                "赤坎区",
                11,
                3,
                Light::Red,
                vec![overdue, returned],
                Cell::Count(1),
            ),
            row(
                Role::Body,
                "-",
                "Port office",
                0,
                0,
                Light::Grey,
                vec![],
                Cell::Empty,
            ),
            row(
                Role::Total,
                "",
                "合计",
                11,
                3,
                Light::Red,
                vec![],
                Cell::Empty,
            ),
        ],
        tail: vec![("no_lead", Datum::List(vec![Datum::from("2.3.4")]))],
        total_without: &["key", "name", "rank"],
        notes: vec!["1项没有牵头单位：2.3.4".to_owned()],
        parts: Vec::new(),
        left_out: "各行均为零，未列出".to_owned(),
        lang: "zh",
    }
}

fn small_document() -> Document {
    Document {
        title: "督办单".to_owned(),
        blocks: vec![
            Block::Heading {
                level: 1,
                text: "一、办理要求".to_owned(),
            },
            Block::Paragraph("请于2013年10月15日前书面反馈办理进展。".repeat(3)),
            Block::Facts(vec![
                ("单位".to_owned(), "赤坎区".to_owned()),
                ("办理期限".to_owned(), "2013-10-15".to_owned()),
            ]),
            Block::List(vec!["应急预案修订".to_owned(), "- 不是列表".to_owned()]),
            Block::Table(small()),
        ],
        data: vec![
            ("schema", Datum::from("duban/slip@1")),
            ("unit", Datum::from("chikan")),
            (
                "items",
                Datum::List(vec![Datum::Map(vec![("item", Datum::from("=1+1"))])]),
            ),
        ],
        lang: "zh",
    }
}

#[track_caller]
fn check_table(format: Format, expected: &str) {
    assert_eq!(shown(&small(), format, &LOOK), expected);
}

#[test]
fn table_aligns_chinese_and_rules_off_the_total() {
    check_table(
        Format::Table,
        "\
完成情况
截至2013年9月30日

单位         总数  完成率%  灯  名次
------------------------------------
赤坎区         11     27.3  红     1
Port office     0           灰
------------------------------------
合计           11     27.3  红

各行均为零，未列出：退回
1项没有牵头单位：2.3.4
",
    );
}

#[test]
fn plain_is_titles_and_rows_between_tabs() {
    check_table(
        Format::Plain,
        "\
单位\t总数\t完成率%\t灯\t各色灯\t原因\t名次
赤坎区\t11\t3/11 27.3%\t红\t红 3\t逾期12天；被退回\t1
Port office\t0\t\t灰\t\t\t
合计\t11\t3/11 27.3%\t红\t红 3\t\t
",
    );
}

#[test]
fn csv_has_every_column_flat_and_the_total_last() {
    check_table(
        Format::Csv,
        "\
key,name,total,returned,completion_part,completion_whole,completion_percent,light,lights_red,lights_green,reasons,rank
chikan,赤坎区,11,0,3,11,27.3,red,3,0,overdue:12;returned,1
-,Port office,0,0,0,0,,grey,0,0,,
total,,11,0,3,11,27.3,red,3,0,,
",
    );
}

#[test]
fn csv_begins_with_a_byte_order_mark_where_asked() {
    let look = Look {
        bom: Bom::With,
        ..LOOK
    };
    let bytes = render::table(&small(), Format::Csv, &look);
    assert!(bytes.starts_with(b"\xef\xbb\xbfkey,name"));
}

#[test]
fn json_keeps_the_order_of_keys_and_a_row_a_line() {
    check_table(
        Format::Json,
        r#"{
"schema":"duban/status@1",
"known_at":null,
"rows":[
{"key":"chikan","name":"赤坎区","total":11,"returned":0,"completion":{"part":3,"whole":11,"percent":"27.3"},"light":"red","lights":{"red":3,"green":0},"reasons":[{"code":"overdue","value":12},{"code":"returned","value":null}],"rank":1},
{"key":"-","name":"Port office","total":0,"returned":0,"completion":{"part":0,"whole":0,"percent":null},"light":"grey","lights":{"red":0,"green":0},"reasons":[],"rank":null}
],
"total":{"total":11,"returned":0,"completion":{"part":3,"whole":11,"percent":"27.3"},"light":"red","lights":{"red":3,"green":0},"reasons":[]},
"no_lead":["2.3.4"]
}
"#,
    );
}

#[test]
fn json_has_no_total_where_the_table_has_none() {
    let mut table = small();
    table.rows.pop();
    let value: serde_json::Value =
        serde_json::from_str(&shown(&table, Format::Json, &LOOK)).unwrap();
    assert!(value.get("total").is_none());
    table.rows.clear();
    let value: serde_json::Value =
        serde_json::from_str(&shown(&table, Format::Json, &LOOK)).unwrap();
    assert_eq!(value["rows"], serde_json::json!([]));
}

#[test]
fn jsonl_is_the_head_then_a_row_a_line_then_the_total() {
    let lines = shown(&small(), Format::Jsonl, &LOOK);
    let values: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(values.len(), 4);
    assert_eq!(values[0]["schema"], "duban/status@1");
    assert_eq!(values[0]["no_lead"][0], "2.3.4");
    assert_eq!(values[1]["key"], "chikan");
    assert_eq!(values[3]["key"], "total");
    assert!(
        lines
            .lines()
            .last()
            .unwrap()
            .starts_with(r#"{"key":"total","total":11"#)
    );
}

#[test]
fn markdown_is_a_pipe_table_under_a_heading() {
    check_table(
        Format::Markdown,
        "\
# 完成情况

截至2013年9月30日

| 单位 | 总数 | 完成率% | 灯 | 各色灯 | 原因 | 名次 |
| --- | ---: | ---: | --- | --- | --- | ---: |
| 赤坎区 | 11 | 3/11 27.3% | 红 | 红 3 | 逾期12天；被退回 | 1 |
| Port office | 0 |  | 灰 |  |  |  |
| 合计 | 11 | 3/11 27.3% | 红 | 红 3 |  |  |

各行均为零，未列出：退回

1项没有牵头单位：2.3.4
",
    );
}

#[test]
fn html_is_one_page_with_lights_as_colour_and_word() {
    let page = shown(&small(), Format::Html, &LOOK);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"zh-CN\">"));
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
    assert!(page.contains("<td><span class=\"light red\">红</span></td>"));
    assert!(page.contains("<td class=\"right\">3/11 27.3%</td>"));
    assert!(page.contains("<tr class=\"total\">"));
    assert!(page.contains("@page { size: A4 landscape;"));
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"));
}

#[test]
fn colour_adds_to_the_words_and_moves_nothing() {
    let look = Look {
        colour: Colour::On,
        ..LOOK
    };
    let coloured = shown(&small(), Format::Table, &look);
    assert!(
        coloured.contains("\u{1b}[31m红\u{1b}[0m")
            || coloured.contains("\u{1b}[1m\u{1b}[31m红\u{1b}[0m")
    );
    assert!(!coloured.contains('\u{e007f}'));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, shown(&small(), Format::Table, &LOOK));
}

#[test]
fn documents_read_in_every_format_for_people() {
    let text = papers(&small_document(), Format::Table);
    assert!(text.starts_with("督办单\n======\n\n一、办理要求\n------------\n\n请于"));
    assert!(text.contains("\n单位：    赤坎区\n办理期限：2013-10-15\n"));
    assert!(text.lines().all(|line| line.width() <= 80));
    let plain = papers(&small_document(), Format::Plain);
    assert!(plain.contains("\n单位：赤坎区\n"));
    let markdown = papers(&small_document(), Format::Markdown);
    assert!(markdown.contains("\n## 一、办理要求\n"));
    assert!(markdown.contains("\n- \\- 不是列表\n"));
    let page = papers(&small_document(), Format::Html);
    assert!(page.contains("<dt>办理期限</dt><dd>2013-10-15</dd>"));
    assert!(page.contains("<caption>完成情况</caption>"));
}

#[test]
fn documents_give_their_data_to_machines() {
    let json: serde_json::Value =
        serde_json::from_str(&papers(&small_document(), Format::Json)).unwrap();
    assert_eq!(json["items"][0]["item"], "=1+1");
    let line = papers(&small_document(), Format::Jsonl);
    assert_eq!(line.lines().count(), 1);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&line).unwrap(),
        json
    );
    assert_eq!(
        papers(&small_document(), Format::Csv),
        "key,value\nschema,duban/slip@1\nunit,chikan\nitems.0.item,'=1+1\n"
    );
}

#[test]
fn codes_and_extensions_name_formats() {
    for format in Format::ALL {
        assert_eq!(Format::from_code(format.code()), Some(format));
    }
    assert_eq!(Format::from_extension("HTM"), Some(Format::Html));
    assert_eq!(Format::from_extension("txt"), Some(Format::Plain));
    assert_eq!(Format::from_extension("xyz"), None);
}

const HOSTILE: [&str; 9] = [
    "\u{1b}[2J\u{1b}]0;x\u{7}清屏",
    "赤坎\u{202e}区坎赤\u{202c}",
    "\u{2066}a\u{2069}\u{200b}\u{feff}\u{ad}\u{e0041}",
    "<script>alert(1)</script>",
    "a|b`c`*d*_e_[f](javascript:g)\\",
    "=HYPERLINK(\"http://x\",\"点\")",
    "\"'onmouseover=x",
    "一\r\n二\t三\u{2028}四",
    "@SUM(1)",
];

#[test]
fn hostile_text_is_harmless_in_every_format_for_people() {
    for payload in HOSTILE {
        let mut table = small();
        table.title = payload.to_owned();
        table.rows[0].cells[1] = text(payload);
        table.columns[1].title = payload.to_owned();
        table.notes = vec![payload.to_owned()];
        let document = Document {
            blocks: vec![
                Block::Heading {
                    level: 2,
                    text: payload.to_owned(),
                },
                Block::Facts(vec![(payload.to_owned(), payload.to_owned())]),
                Block::List(vec![payload.to_owned()]),
                Block::Table(table.clone()),
            ],
            ..small_document()
        };
        for format in [Format::Table, Format::Plain, Format::Markdown, Format::Html] {
            check_harmless(&shown(&table, format, &LOOK), format);
            check_harmless(&papers(&document, format), format);
        }
    }
}

#[track_caller]
fn check_harmless(text: &str, format: Format) {
    let hidden =
        |char: char| !matches!(char, '\n' | '\t') && safe(&char.to_string()) != char.to_string();
    assert!(!text.contains(hidden), "{format:?}: {text:?}");
    match format {
        Format::Html => {
            assert!(!text.contains("<script"), "{text}");
            assert!(
                !text.contains("'onmouseover") && !text.contains("\"'on"),
                "{text}"
            );
        }
        Format::Markdown => {
            for line in text.lines().filter(|line| line.starts_with('|')) {
                let pipes = line
                    .replace("\\\\", "")
                    .replace("\\|", "")
                    .matches('|')
                    .count();
                assert_eq!(pipes, 8, "{line}");
            }
            assert!(
                !text.contains("\n<") && !text.replace("\\<", "").contains('<'),
                "{text}"
            );
        }
        Format::Plain
        | Format::Table
        | Format::Csv
        | Format::Json
        | Format::Jsonl
        | Format::Xlsx
        | Format::Docx => {}
    }
}

#[test]
fn csv_guards_what_a_spreadsheet_would_run_and_keeps_the_rest_exact() {
    for payload in HOSTILE {
        let mut table = small();
        table.rows[0].cells[1] = text(payload);
        let bytes = render::table(&table, Format::Csv, &LOOK);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        let guard = if payload.starts_with(['=', '@']) {
            "'"
        } else {
            ""
        };
        assert_eq!(&record[1], format!("{guard}{payload}"));
    }
}

#[test]
fn csv_guards_a_dash_but_for_the_key_and_never_a_number() {
    let mut table = small();
    table.rows[1].cells[1] = text("-");
    table.rows[1].cells[2] = Cell::Signed(-3);
    let csv = shown(&table, Format::Csv, &LOOK);
    assert!(csv.contains("\n-,'-,-3,"), "{csv}");
}

#[test]
fn json_keeps_hostile_text_exact() {
    for payload in HOSTILE {
        let mut table = small();
        table.rows[0].cells[1] = text(payload);
        for format in [Format::Json, Format::Jsonl] {
            let written = shown(&table, format, &LOOK);
            let value: serde_json::Value = match format {
                Format::Json => {
                    serde_json::from_str::<serde_json::Value>(&written).unwrap()["rows"][0].clone()
                }
                _ => serde_json::from_str(written.lines().nth(1).unwrap()).unwrap(),
            };
            assert_eq!(value["name"], payload);
        }
    }
}

#[test]
fn cells_of_every_type_have_their_form_in_json_and_csv() {
    let table = Table {
        columns: vec![
            column("day", "日", Align::Left, Shown::Always),
            column("flag", "旗", Align::Left, Shown::Always),
            column("word", "词", Align::Left, Shown::Always),
            column("list", "单", Align::Left, Shown::Always),
            column("percent", "率", Align::Right, Shown::Always),
            column("change", "变", Align::Right, Shown::Always),
        ],
        rows: vec![Row {
            role: Role::Body,
            cells: vec![
                Cell::Date(Day::parse("2013-09-30").unwrap()),
                Cell::Flag(true),
                Cell::Word {
                    code: "once",
                    word: "一次性",
                },
                Cell::List(vec!["a".to_owned(), "b".to_owned()]),
                Cell::Percent(Tenths(1000)),
                Cell::Signed(-2),
            ],
        }],
        ..small()
    };
    let json = shown(&table, Format::Json, &LOOK);
    assert!(json.contains(r#"{"day":"2013-09-30","flag":true,"word":"once","list":["a","b"],"percent":"100.0","change":-2}"#));
    assert!(shown(&table, Format::Csv, &LOOK).ends_with("2013-09-30,true,once,a;b,100.0,-2\n"));
    assert!(
        shown(&table, Format::Plain, &LOOK).ends_with("2013-09-30\t是\t一次性\ta、b\t100.0%\t-2\n")
    );
}

#[test]
fn same_input_gives_same_bytes() {
    for format in Format::ALL {
        assert_eq!(
            render::table(&small(), format, &LOOK),
            render::table(&small(), format, &LOOK)
        );
        let document = small_document();
        assert_eq!(
            render::document(&document, format, &LOOK),
            render::document(&document, format, &LOOK)
        );
    }
}

#[test]
fn safe_shows_what_hides_and_leaves_the_rest() {
    assert_eq!(safe("赤坎区 “一” ①"), "赤坎区 “一” ①");
    assert_eq!(safe("a\u{202e}b\u{1b}"), "a\\u{202e}b\\u{1b}");
    assert_eq!(safe("葛\u{e0100}"), "葛\u{e0100}");
    assert_eq!(safe("a\u{fe0f}"), "a\\u{fe0f}");
}
