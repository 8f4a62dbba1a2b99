//! Workbooks: the same bytes each time, texts that stay texts, and figures that read back.

use crate::desk::Office;
use crate::render::LOOK;
use crate::render::small;
use crate::render::text;
use calamine::Data;
use calamine::Range;
use calamine::Reader;
use calamine::Xlsx;
use duban::render;
use duban::render::Format;
use duban::table::Part;
use duban::table::Table;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use zip::ZipArchive;

/// The columns of status for people, and where their figures stand in json.
const FIGURES: [(&str, &[&str]); 27] = [
    ("总数", &["total"]),
    ("未到启动", &["not_begun"]),
    ("未开展", &["not_started"]),
    ("推进中", &["in_progress"]),
    ("待核实", &["submitted"]),
    ("退回", &["returned"]),
    ("中止", &["suspended"]),
    ("办结", &["closed"]),
    ("撤销", &["cancelled"]),
    ("逾期", &["overdue"]),
    ("逾期办结", &["closed_late"]),
    ("已到期", &["due"]),
    ("按期办结", &["closed_on_time"]),
    ("办结率%", &["completion", "percent"]),
    ("按期率%", &["on_time", "percent"]),
    ("进度%", &["progress"]),
    ("事项办结/总数：共", &["items", "total"]),
    ("事项办结/总数：办结", &["items", "closed"]),
    ("持续工作期数：有进展", &["continuing", "worked"]),
    ("持续工作期数：已过期数", &["continuing", "passed"]),
    ("配合", &["assist"]),
    ("各灯数：红", &["lights", "red"]),
    ("各灯数：黄", &["lights", "yellow"]),
    ("各灯数：绿", &["lights", "green"]),
    ("各灯数：完成", &["lights", "done"]),
    ("各灯数：灰", &["lights", "grey"]),
    ("名次", &["rank"]),
];

/// What another hand may write into any free text.
const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "a\u{1b}[31mb\u{0}",
    "a\u{202e}b\u{200b}c\u{fffe}",
    "_x0041_ ]]> &amp;",
    "http://example.invalid/",
];

struct Practice {
    office: Office,
}

impl Practice {
    fn new() -> Practice {
        let office = Office::new();
        office.run_zh(&["demo", "practice"]).done();
        Practice { office }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.office.command(arguments);
        command
            .current_dir(self.office.path("practice"))
            .env("DUBAN_LANG", "zh");
        command
    }

    fn bytes(&self, arguments: &[&str], zone: &str) -> Vec<u8> {
        let output = self
            .command(arguments)
            .env("TZ", zone)
            .env("LC_ALL", "en_US.UTF-8")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        output.stdout
    }

    fn written(&self, arguments: &[&str], file: &str) -> PathBuf {
        let mut arguments = arguments.to_vec();
        arguments.extend(["-o", file]);
        assert!(self.command(&arguments).output().unwrap().status.success());
        self.office.path("practice").join(file)
    }
}

fn book(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// The parts of a workbook by their name, as text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            let name = file.name().unwrap().into_owned();
            (name, text)
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(part, _)| part == name);
    found.unwrap().1
}

/// The rows below the header row, which begins with `first`, as pairs of title and cell.
fn rows<'r>(range: &'r Range<Data>, first: &str) -> Vec<Vec<(String, &'r Data)>> {
    let mut rows = range.rows().skip_while(|row| row[0] != *first);
    let titles: Vec<String> = rows
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    rows.map(|row| titles.iter().cloned().zip(row).collect())
        .collect()
}

fn cell<'r>(row: &[(String, &'r Data)], title: &str) -> Option<&'r Data> {
    row.iter()
        .find(|(of, _)| of == title)
        .map(|(_, cell)| *cell)
}

#[track_caller]
fn check_same_figure(cell: &Data, figure: &Value) {
    match (cell, figure) {
        (Data::Empty, Value::Null) => {}
        (Data::Float(cell), Value::Number(number)) => assert_eq!(Some(*cell), number.as_f64()),
        (Data::Float(cell), Value::String(text)) => {
            assert_eq!(*cell, text.parse::<f64>().unwrap());
        }
        _ => panic!("{cell:?} is not {figure}"),
    }
}

#[test]
fn same_input_gives_same_bytes_in_any_time_zone() {
    let practice = Practice::new();
    for command in [
        "status", "list", "ledger", "log", "matrix", "trend", "today",
    ] {
        let arguments = [command, "--as-of", "2013-09", "--format", "xlsx"];
        let first = practice.bytes(&arguments, "UTC");
        assert!(
            first == practice.bytes(&arguments, "Asia/Shanghai"),
            "{command}"
        );
        let core = part(&first, "docProps/core.xml");
        assert!(core.contains(">2013-09-30T00:00:00Z<"), "{core}");
    }
}

#[test]
fn figures_read_back_equal_those_of_json() {
    let practice = Practice::new();
    let view = ["status", "--as-of", "2013-09", "--format"];
    let json = practice.bytes(&[&view[..], &["json"]].concat(), "UTC");
    let json: Value = serde_json::from_slice(&json).unwrap();
    let bytes = practice.bytes(&[&view[..], &["xlsx"]].concat(), "UTC");
    let range = book(&bytes).worksheet_range_at(0).unwrap().unwrap();
    let rows = rows(&range, "单位");
    let wanted: Vec<&Value> = json["rows"].as_array().unwrap().iter().collect();
    for (row, wanted) in rows.iter().zip(wanted.iter().chain([&&json["total"]])) {
        if let Some(name) = wanted["name"].as_str() {
            assert_eq!(row[0].1, name);
        }
        for (title, path) in FIGURES {
            let figure = path.iter().fold(*wanted, |value, key| &value[*key]);
            check_same_figure(cell(row, title).unwrap(), figure);
        }
    }
    assert_eq!(rows[wanted.len()][0].1, "合计");
}

#[test]
fn days_are_days_and_percents_have_one_decimal() {
    let practice = Practice::new();
    let bytes = practice.bytes(&["list", "--as-of", "2013-09", "--format", "xlsx"], "UTC");
    let range = book(&bytes).worksheet_range_at(0).unwrap().unwrap();
    let row = &rows(&range, "责任事项")[0];
    let day = cell(row, "到期日").unwrap();
    assert!(
        matches!(day, Data::DateTime(day) if day.as_f64() == 41394.0),
        "{day:?}"
    );
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("formatCode=\"0.0\"") && styles.contains("formatCode=\"yyyy-mm-dd\""));
}

#[test]
fn ledger_has_a_sheet_for_all_and_one_for_each_unit() {
    let practice = Practice::new();
    let json = practice.bytes(&["ledger", "--as-of", "2013-09", "--format", "json"], "UTC");
    let json: Value = serde_json::from_slice(&json).unwrap();
    let all = json["rows"].as_array().unwrap();
    let units: BTreeSet<&str> = all
        .iter()
        .map(|row| row["unit"].as_str().unwrap())
        .collect();
    let bytes = fs::read(practice.written(&["ledger", "--as-of", "2013-09"], "台账.xlsx")).unwrap();
    let mut book = book(&bytes);
    let sheets = book.worksheets();
    assert_eq!(sheets.len(), 1 + units.len());
    assert_eq!(sheets[0].0, "督办台账");
    let on_sheet = |range: &Range<Data>| {
        let rows = rows(range, "责任事项");
        rows.iter()
            .take_while(|row| row[0].1.to_string().contains('@'))
            .count()
    };
    assert_eq!(on_sheet(&sheets[0].1), all.len());
    for (name, range) in &sheets[1..] {
        let of_unit = all.iter().filter(|row| row["unit_name"] == **name).count();
        assert_eq!(on_sheet(range), of_unit, "{name}");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    for payload in HOSTILE {
        let mut table = small();
        table.title = payload.to_owned();
        table.subtitle = vec![payload.to_owned()];
        table.notes = vec![payload.to_owned()];
        table.rows[0].cells[1] = text(payload);
        table.parts = vec![part_of(payload), part_of(payload)];
        let bytes = render::table(&table, Format::Xlsx, &LOOK);
        check_only_text(&bytes, payload);
        let mut book = book(&bytes);
        let names = book.sheet_names();
        assert_eq!(names.len(), 3);
        let formulas = book.worksheet_formula(&names[0]).unwrap();
        assert!(formulas.is_empty(), "{payload:?}");
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let shown = duban::render::safe::one_line(payload);
        assert_eq!(rows(&range, "单位")[0][0].1, &*shown);
    }
}

fn part_of(name: &str) -> Part {
    Part {
        name: name.to_owned(),
        rows: vec![0],
        notes: Vec::new(),
    }
}

#[track_caller]
fn check_only_text(bytes: &[u8], payload: &str) {
    for (name, text) in parts(bytes) {
        assert!(
            !text.contains("<f>") && !text.contains("<f "),
            "{name}: {payload:?}"
        );
        assert!(!text.contains("<hyperlink"), "{name}: {payload:?}");
        assert!(!text.contains("<script"), "{name}: {payload:?}");
        let forbidden = |char: char| matches!(char, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' | '\u{202e}' | '\u{200b}');
        assert!(
            !text.replace("\r\n", "\n").contains(forbidden),
            "{name}: {payload:?}"
        );
    }
}

#[test]
fn a_sheet_is_ready_to_filter_and_to_print() {
    let bytes = render::table(&small(), Format::Xlsx, &LOOK);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for wanted in [
        "state=\"frozen\"",
        "<autoFilter ref=",
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "<formula>\"红\"</formula>",
        "&amp;P",
    ] {
        assert!(sheet.contains(wanted), "{wanted}: {sheet}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

#[test]
fn what_a_cell_cannot_hold_is_cut_where_it_can_be_seen() {
    let mut table = small();
    table.rows[0].cells[1] = text(&"长".repeat(40_000));
    let bytes = render::table(&table, Format::Xlsx, &LOOK);
    let range = book(&bytes).worksheet_range_at(0).unwrap().unwrap();
    let shown = rows(&range, "单位")[0][0].1.to_string();
    assert_eq!(shown.chars().count(), 32_767);
    assert!(shown.ends_with('…'));
}

#[test]
fn table_without_rows_is_a_sheet_that_says_so() {
    let table = Table {
        rows: Vec::new(),
        ..small()
    };
    let bytes = render::table(&table, Format::Xlsx, &LOOK);
    let range = book(&bytes).worksheet_range_at(0).unwrap().unwrap();
    let said = range.rows().any(|row| row[0] == "（没有符合条件的内容）");
    assert!(said);
}

#[test]
fn workbook_is_not_poured_onto_a_terminal() {
    let office = Office::new();
    let arguments = ["status", "--format", "xlsx"];
    if let Some(ran) = office.run_at_terminal(&arguments, "", crate::desk::Writer::Li) {
        let all = ran.ends_with(2).all();
        assert!(all.contains("`-o NAME.xlsx`"), "{all}");
    }
    let receipt = ["record", "ack", "1.1@east", "--format", "xlsx"];
    office.check_refused(&receipt, 2, &["xlsx"]);
}

/// Reads a workbook with openpyxl, where python has it.
#[test]
fn another_program_reads_the_same_figures() {
    let python = |arguments: &[&str]| Command::new("python3").args(arguments).output();
    if !python(&["-c", "import openpyxl"]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: python3 with openpyxl is not here");
        return;
    }
    let practice = Practice::new();
    let view = ["status", "--as-of", "2013-09"];
    let workbook = practice.written(&view, "status.xlsx");
    let json = practice.written(&view, "status.json");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xlsx_check.py");
    let paths = [&script, &workbook, &json].map(|path| path.to_str().unwrap());
    let output = python(&paths).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
