//! Workbooks from outside: whatever they are, an error within the memory of a small machine.

use crate::desk::Office;
use crate::desk::Ran;
use crate::support::workbook::parts;
use crate::support::workbook::zipped;
use duban::grid;
use duban::grid::Address;
use duban::grid::Epoch;
use duban::grid::Fault;
use duban::grid::Value;
use duban::grid::lines;
use proptest::prelude::*;
use std::path::Path;
use std::process::Command;

/// Reads a file as a book with 512 MiB of address space, where the machine can limit it.
fn read_in_little_memory(office: &Office, name: &str) -> Ran {
    let arguments = ["import", "journal", name];
    let plain = office.command(&arguments);
    if !Path::new("/usr/bin/prlimit").exists() {
        return Ran::of(office.command(&arguments).env("DUBAN_LANG", "en"));
    }
    let mut limited = Command::new("/usr/bin/prlimit");
    limited
        .arg("--as=536870912")
        .arg(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(office.ws())
        .env_clear();
    for (name, value) in plain.get_envs() {
        limited.env(name, value.unwrap_or_default());
    }
    Ran::of(limited.env("DUBAN_LANG", "en"))
}

#[track_caller]
fn check_refused(bytes: &[u8], said: &str) {
    let office = Office::new();
    office.write("book.xlsx", bytes);
    let ran = read_in_little_memory(&office, "book.xlsx").ends_with(3);
    assert!(ran.err.contains(said), "{}", ran.all());
    assert_eq!(ran.out, "");
}

fn cell(at: &str, value: &str) -> String {
    format!(
        "<row r=\"{}\"><c r=\"{at}\"><v>{value}</v></c></row>",
        at.trim_start_matches(|sign: char| sign.is_ascii_alphabetic())
    )
}

fn with(name: &str, content: Vec<u8>) -> Vec<u8> {
    let mut parts = parts(&cell("A1", "1"));
    parts.retain(|(of, _)| of != name);
    parts.push((name.to_owned(), content));
    zipped(&parts)
}

#[test]
fn a_workbook_that_spans_the_whole_sheet_is_refused() {
    let corners = format!("{}{}", cell("A1", "1"), cell("XFD1048576", "1"));
    let bytes = zipped(&parts(&corners));
    assert!(bytes.len() < 2_000);
    check_refused(&bytes, "has something in XFD1048576");
}

#[test]
fn what_unpacks_to_240_megabytes_is_refused() {
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    sheet.resize(240 << 20, b' ');
    let bytes = with("xl/worksheets/sheet1.xml", sheet);
    assert!(bytes.len() < 300 << 10);
    check_refused(&bytes, "unpacks to more than 64 MiB");
}

#[test]
fn many_parts_that_unpack_to_much_together_are_refused() {
    let mut parts = parts(&cell("A1", "1"));
    for at in 0..40 {
        parts.push((format!("xl/worksheets/more{at}.xml"), vec![b' '; 4 << 20]));
    }
    check_refused(&zipped(&parts), "unpacks to more than 64 MiB");
}

/// Writes another size for every part into a zip, where the parts and where the list of them say it.
fn lying(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    for (mark, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let found: Vec<usize> = (0..bytes.len() - 4)
            .filter(|at| bytes[*at..*at + 4] == mark[..])
            .collect();
        for at in found {
            bytes[at + offset..at + offset + 4].copy_from_slice(&size.to_le_bytes());
        }
    }
    bytes
}

#[test]
fn sizes_that_lie_change_nothing() {
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    sheet.resize(240 << 20, b' ');
    let bomb = with("xl/worksheets/sheet1.xml", sheet);
    let office = Office::new();
    for size in [1, 1_000, u32::MAX - 1] {
        office.write("bomb.xlsx", lying(bomb.clone(), size));
        read_in_little_memory(&office, "bomb.xlsx").ends_with(3);
        let small = lying(zipped(&parts(&cell("A1", "1"))), size);
        office.write("small.xlsx", small);
        read_in_little_memory(&office, "small.xlsx").ends_with(3);
    }
}

#[test]
fn ten_thousand_parts_are_refused() {
    let mut parts = parts(&cell("A1", "1"));
    parts.extend((0..10_000).map(|at| (format!("xl/worksheets/{at}.xml"), Vec::new())));
    check_refused(&zipped(&parts), "has 10005 parts");
}

#[test]
fn a_zip_in_a_zip_is_not_opened() {
    let mut inner = b"<worksheet><sheetData>".to_vec();
    inner.resize(240 << 20, b' ');
    let inner = with("xl/worksheets/sheet1.xml", inner);
    let nested = zipped(&[("book.xlsx".to_owned(), inner)]);
    check_refused(&nested, "`book.xlsx`");
}

#[test]
fn a_million_nested_tags_are_refused() {
    let deep = format!("{}{}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000));
    let row = format!("<row r=\"1\"><c r=\"A1\">{deep}</c></row>");
    check_refused(&zipped(&parts(&row)), "is damaged");
    check_refused(&with("xl/workbook.xml", deep.clone().into_bytes()), "");
    check_refused(&with("xl/sharedStrings.xml", deep.clone().into_bytes()), "");
    check_refused(&with("xl/styles.xml", deep.into_bytes()), "");
}

#[test]
fn room_for_texts_that_are_only_said_to_be_there_is_not_made() {
    for said in ["99999999999", "18446744073709551615", "2000000"] {
        let strings =
            format!("<!-- <si --><sst a=\">\" uniqueCount = '{said}'><si><t>a</t></si></sst>");
        check_refused(
            &with("xl/sharedStrings.xml", strings.into_bytes()),
            "holds too much",
        );
    }
    let texts = format!("<sst>{}</sst>", "<si/>".repeat(1_200_000));
    check_refused(
        &with("xl/sharedStrings.xml", texts.into_bytes()),
        "holds too much",
    );
}

#[test]
fn one_text_in_a_million_cells_is_refused() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(1_300));
    let row = |row: u32| {
        let cells = "<c t=\"s\"><v>0</v></c>".repeat(200);
        format!("<row r=\"{row}\">{cells}</row>")
    };
    let rows: String = (1..5_000).map(row).collect();
    let mut parts = parts(&rows);
    parts.push(("xl/sharedStrings.xml".to_owned(), strings.into_bytes()));
    check_refused(&zipped(&parts), "holds too much");
}

#[test]
fn looks_that_would_fill_the_memory_are_refused() {
    let name = "A".repeat(60_000);
    let styles = format!(
        "<styleSheet><fonts><font><name val=\"{name}\"/></font></fonts><cellXfs>{}</cellXfs></styleSheet>",
        "<xf fontId=\"0\"/>".repeat(60_000)
    );
    check_refused(
        &with("xl/styles.xml", styles.into_bytes()),
        "far too many cell formats",
    );
}

#[test]
fn one_page_under_many_names_is_not_read_over_and_over() {
    let sheets: String = (0..250)
        .map(|at| format!("<sheet name=\"s{at}\" sheetId=\"{at}\" r:id=\"b\"/>"))
        .collect();
    let book = format!(
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{sheets}</sheets></workbook>"
    );
    let mut parts = parts("");
    parts.retain(|(name, _)| name != "xl/workbook.xml" && name != "xl/worksheets/sheet1.xml");
    parts.push(("xl/workbook.xml".to_owned(), book.into_bytes()));
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    sheet.resize(8 << 20, b' ');
    sheet.extend(b"</sheetData></worksheet>");
    parts.push(("xl/worksheets/sheet1.xml".to_owned(), sheet));
    check_refused(&zipped(&parts), "is damaged");
}

#[test]
fn what_is_no_workbook_says_so() {
    check_refused(b"PK\x03\x04", "is no xlsx workbook");
    check_refused(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one",
        "is an old .xls or has a password",
    );
    check_refused(
        b"PK\x05\x06\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0",
        "",
    );
}

#[test]
fn cells_keep_their_type() {
    let row = "<row r=\"2\"><c r=\"B2\"><v>0.1</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>文字</t></is></c><c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\"><v>41453</v></c></row>";
    let book = grid::read_workbook(&zipped(&parts(row))).unwrap();
    let sheet = &book.sheets[0];
    let at = |column: u32| sheet.get(Address { row: 2, column });
    assert_eq!(at(2), Some(&Value::Number("0.1".to_owned())));
    assert_eq!(at(3), Some(&Value::Text("文字".to_owned())));
    assert_eq!(at(4), Some(&Value::Odd(grid::Odd::Flag)));
    assert_eq!(at(5), Some(&Value::Number("41453".to_owned())));
    assert_eq!(at(1), None);
    let address = Address { row: 7, column: 28 };
    assert_eq!(address.to_string(), "AB7");
}

#[test]
fn numbers_of_days_are_those_of_spreadsheets() {
    let day = |epoch: Epoch, serial: i64| epoch.day(serial).map(|day| day.to_string());
    let from_1900 = |serial| day(Epoch::From1900, serial);
    assert_eq!(from_1900(41_453).as_deref(), Some("2013-06-28"));
    assert_eq!(from_1900(1).as_deref(), Some("1900-01-01"));
    assert_eq!(from_1900(59).as_deref(), Some("1900-02-28"));
    assert_eq!(from_1900(61).as_deref(), Some("1900-03-01"));
    assert_eq!(from_1900(0), None);
    let from_1904 = day(Epoch::From1904, 39_991);
    assert_eq!(from_1904.as_deref(), Some("2013-06-28"));
}

#[test]
fn csv_says_how_it_was_read() {
    let decoded = |bytes: &[u8]| {
        let read = lines::decode(bytes, None).unwrap();
        (read.text.into_owned(), read.encoding, read.certainty)
    };
    let sure = lines::Certainty::Sure;
    assert_eq!(
        decoded("事项".as_bytes()),
        ("事项".to_owned(), "UTF-8", sure)
    );
    assert_eq!(decoded(b"\xef\xbb\xbfa"), ("a".to_owned(), "UTF-8", sure));
    assert_eq!(decoded(b"\xff\xfea\0"), ("a".to_owned(), "UTF-16LE", sure));
    let gbk = decoded(b"\xca\xc2\xcf\xee");
    assert_eq!(
        gbk,
        ("事项".to_owned(), "gb18030", lines::Certainty::Assumed)
    );
    assert_eq!(
        lines::decode(b"\xff\xff\xff", None).unwrap_err(),
        Fault::Encoding
    );
    let big5 = lines::decode(b"\xa8\xc6\xb6\xb5", Some("big5")).unwrap();
    assert_eq!(big5.text, "事項");
}

/// A workbook whose parts are mostly those of one.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let row =
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>41453</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>";
    let strings = "<sst uniqueCount=\"1\"><si><t>a</t></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"165\" formatCode=\"0%\"/></numFmts><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let merges = "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>";
    let mut whole = parts(row);
    whole.push(("xl/sharedStrings.xml".to_owned(), strings.into()));
    whole.push(("xl/styles.xml".to_owned(), styles.into()));
    let sheet = whole
        .iter_mut()
        .find(|(name, _)| name.contains("sheet1"))
        .unwrap();
    let text = String::from_utf8(sheet.1.clone()).unwrap();
    sheet.1 = text
        .replace("</sheetData>", &format!("</sheetData>{merges}"))
        .into_bytes();
    let edit = (
        0..whole.len(),
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<u8>(), 0..6),
        0usize..8,
    );
    prop::collection::vec(edit, 1..5).prop_map(move |edits| {
        let mut parts = whole.clone();
        for (part, at, bytes, cut) in edits {
            let content = &mut parts[part].1;
            if content.is_empty() {
                continue;
            }
            let from = at.index(content.len());
            let to = (from + cut).min(content.len());
            content.splice(from..to, bytes);
        }
        zipped(&parts)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_grid_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = grid::read_workbook(&bytes);
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend(&bytes);
        let _ = grid::read_workbook(&zip);
        if let Ok(decoded) = lines::decode(&bytes, None) {
            let _ = lines::read(&decoded.text);
        }
    }

    #[test]
    fn a_workbook_with_any_wound_gives_a_grid_or_a_fault(bytes in mutated()) {
        let _ = grid::read_workbook(&bytes);
    }
}
