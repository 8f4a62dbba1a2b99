//! Fill-in sheets: made, filled in by other programs, read back; what is in doubt is named by its cell.

use crate::desk::Office;
use crate::desk::Ran;
use crate::support::workbook::Cell;
use crate::support::workbook::Page;
use crate::support::workbook::text;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use zip::ZipArchive;

const CHIKAN: &str = "chikan-2013-06.xlsx";

/// An office at the end of June, before June's report day.
fn office() -> Office {
    Office::new().on("2013-06-28")
}

/// Makes the sheet of a unit and opens it as another program does.
fn made(office: &Office, unit: &str) -> Page {
    office.run_zh(&["sheet", "make", unit, "--force"]).done();
    let name = format!("{unit}-2013-06.xlsx");
    Page::open(&fs::read(office.path(&name)).unwrap())
}

fn read(office: &Office, page: &Page, arguments: &[&str]) -> Ran {
    office.write("back.xlsx", page.save());
    office.run(&[&["sheet", "read", "back.xlsx"], arguments].concat())
}

fn json(office: &Office, page: &Page, arguments: &[&str]) -> Value {
    let ran = read(office, page, &[arguments, &["--format", "json"]].concat());
    let value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.all()));
    crate::schemas::check_output("intake", &value);
    value
}

/// Checks that the only thing in doubt stands in a cell and says why, and that nothing is written.
#[track_caller]
fn check_doubt(office: &Office, page: &Page, cell: &str, why: &str) {
    let value = json(office, page, &["--dry-run"]);
    let doubts = value["doubts"].as_array().unwrap();
    assert_eq!(doubts.len(), 1, "{value}");
    assert_eq!(doubts[0]["cell"], cell, "{value}");
    let message = doubts[0]["message"].as_str().unwrap();
    assert!(message.contains(why), "{message}");
    let before = office.lines();
    read(office, page, &["--yes"])
        .ends_with(4)
        .says(&[cell, "nothing was written: 1 in doubt"]);
    assert_eq!(office.lines(), before);
}

/// Checks that a field is read as a value, and nothing is in doubt.
#[track_caller]
fn check_entry(value: &Value, at: usize, wanted: &[&str; 5]) {
    let entry = &value["entries"][at];
    let found = ["obligation", "event", "value", "date", "note"]
        .map(|key| entry[key].as_str().unwrap_or("?"));
    assert_eq!(found, *wanted, "{value}");
}

#[test]
fn a_sheet_holds_what_is_open_and_is_locked_where_it_is_given() {
    let office = office();
    office.record(&[
        "progress",
        "1.1.2@yjb",
        "62",
        "-m",
        "累计62场",
        "--date",
        "2013-06-20",
    ]);
    let page = made(&office, "yjb");
    let (row, _) = page.find("1.1.2@yjb");
    for given in [
        "举办讲座",
        "2013-12-31",
        "推进中",
        "62/100场",
        "2013-06-20 反馈进展：累计62场",
    ] {
        assert!(
            page.rows[row].contains(&text(given)),
            "{given}: {:?}",
            page.rows[row]
        );
    }
    let guide = format!("{:?}", &page.rows[..4]);
    assert!(guide.contains("最迟 2013-07-05 发回政府办公室"), "{guide}");
    let bytes = fs::read(office.path("yjb-2013-06.xlsx")).unwrap();
    let mut parts = ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(parts.by_name(name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet1.xml");
    for wanted in [
        "<sheetProtection",
        "type=\"list\"",
        "签收,反馈进展,零报告,报完成,备注",
        "orientation=\"landscape\"",
        "state=\"frozen\"",
    ] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    assert!(!sheet.contains("<f>") && !sheet.contains("password"));
    assert!(part("xl/workbook.xml").contains("state=\"veryHidden\""));
    assert!(part("docProps/core.xml").contains(">2013-06-28T00:00:00Z<"));
}

#[test]
fn texts_of_another_hand_stay_texts() {
    let office = office();
    let record = "1,2013-06-20T09:00:00+08:00,2013-06-20,note,1.1.1,chikan,,,chikan,甲,,,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\u{202e}\u{1b}[31m\"";
    fs::create_dir(office.path("plans/town-2013.journal")).unwrap();
    let text = crate::desk::journal("wang", &[record]);
    office.write("plans/town-2013.journal/wang.csv", text);
    office.run_zh(&["sheet", "make", "chikan"]).done();
    let bytes = fs::read(office.path(CHIKAN)).unwrap();
    let mut parts = ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    for at in 0..parts.len() {
        let part = std::io::read_to_string(parts.by_index(at).unwrap()).unwrap();
        assert!(
            !part.contains("<f>") && !part.contains("<hyperlink"),
            "{part}"
        );
        assert!(!part.contains(['\u{202e}', '\u{1b}']), "{part}");
    }
    let page = Page::open(&bytes);
    assert!(format!("{:?}", page.rows).contains("=HYPERLINK"));
}

#[test]
fn the_same_day_and_journal_give_the_same_bytes() {
    let office = office();
    office.run(&["sheet", "make", "chikan"]).done();
    let first = fs::read(office.path(CHIKAN)).unwrap();
    office.check_refused(&["sheet", "make", "chikan"], 4, &["exists already"]);
    office.run(&["sheet", "make", "chikan", "--force"]).done();
    assert!(first == fs::read(office.path(CHIKAN)).unwrap());
}

#[test]
fn one_sheet_is_made_for_each_unit_that_leads() {
    let office = office();
    let ran = office.run(&["sheet", "make", "--all", "-o", "out"]).done();
    ran.says(&[
        "out/chikan-2013-06.xlsx",
        "out/xiashan-2013-06.xlsx",
        "out/yjb-2013-06.xlsx",
    ]);
    assert_eq!(crate::desk::files(&office.path("out")).len(), 3);
    // One that stands in the way keeps all from being written.
    fs::remove_file(office.path("out/chikan-2013-06.xlsx")).unwrap();
    office.check_refused(
        &["sheet", "make", "--all", "-o", "out"],
        4,
        &["exists already"],
    );
    office.check_refused(&["sheet", "make"], 2, &[]);
    office.check_refused(&["sheet", "make", "nobody"], 2, &["nobody"]);
    office.check_refused(
        &["sheet", "make", "chikan", "--for", "2013-08"],
        2,
        &["2013-08"],
    );
}

#[test]
fn the_period_is_the_one_that_may_still_be_reported_in_time() {
    for (today, period) in [
        ("2013-06-28", "2013-06"),
        ("2013-07-05", "2013-06"),
        ("2013-07-06", "2013-07"),
    ] {
        let office = Office::new().on(today);
        let ran = office.run(&["sheet", "make", "chikan"]).done();
        ran.says(&[&format!("chikan-{period}.xlsx")]);
    }
}

#[test]
fn what_is_closed_or_not_begun_is_not_asked_for() {
    let office = office();
    office.record(&["submit", "1.1.1@chikan", "--date", "2013-06-20"]);
    office.record(&["verify", "1.1.1@chikan", "--date", "2013-06-21"]);
    let page = made(&office, "chikan");
    let all = format!("{:?}", page.rows);
    for there in [
        "1.1.3@chikan#2013-Q1",
        "1.1.3@chikan#2013-Q2",
        "1.1.5@chikan",
    ] {
        assert!(all.contains(there), "{there}");
    }
    for gone in ["1.1.1@chikan", "2013-Q3", "1.1.4@"] {
        assert!(!all.contains(gone), "{gone}");
    }
}

#[test]
fn filled_in_and_read_back_it_changes_what_was_filled_in_and_nothing_else() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("60%"))
        .fill("1.1.1@chikan", "进展情况", text("征求意见"))
        .fill("1.1.3@chikan#2013-Q1", "本期事件", text("报完成"))
        .fill("1.1.3@chikan#2013-Q1", "日期", text("2013-06-25"))
        .fill("1.1.3@chikan#2013-Q2", "本期事件", text("零报告"));
    let shown = read(&office, &page, &[]).done();
    shown
        .shows(&[
            "To be recorded",
            "填报!J6",
            "4 rows",
            "to record 3",
            "blank 1",
        ])
        .says(&["nothing is written yet"]);
    assert!(office.lines().is_empty());
    let value = json(&office, &page, &["--yes", "--person", "经办甲"]);
    check_entry(
        &value,
        0,
        &["1.1.1@chikan", "progress", "60%", "2013-06-28", "征求意见"],
    );
    check_entry(
        &value,
        1,
        &["1.1.3@chikan#2013-Q1", "submit", "", "2013-06-25", ""],
    );
    check_entry(
        &value,
        2,
        &["1.1.3@chikan#2013-Q2", "nil", "", "2013-06-28", ""],
    );
    assert_eq!(value["entries"][2]["entry"], "li:3");
    let reference = value["sources"][0]["reference"].as_str().unwrap();
    let lines = office.lines();
    assert!(
        lines[0].contains(&format!(",chikan,经办甲,{reference},,征求意见,")),
        "{lines:?}"
    );
    let states = office
        .run(&["list", "--unit", "chikan", "--format", "json"])
        .done();
    let states: Value = serde_json::from_str(&states.out).unwrap();
    let state = |at: usize| states["rows"][at]["state"].as_str().unwrap();
    assert_eq!(
        (state(0), state(1), state(2)),
        ("in_progress", "submitted", "not_started")
    );
    // Read again, on another day too, there is nothing more.
    for today in ["2013-06-28", "2013-07-03"] {
        let mut again = office.command(&["sheet", "read", "back.xlsx", "--yes"]);
        let ran = Ran::of(again.env("DUBAN_TODAY", today).env("DUBAN_LANG", "en")).done();
        ran.shows(&["Nothing new", "recorded before 3", "is li:3 already"]);
    }
    assert_eq!(office.lines().len(), 3);
}

#[test]
fn read_after_the_period_it_counts_for_the_period() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("10%"));
    let office = office.on("2013-07-04");
    let value = json(&office, &page, &["--yes"]);
    check_entry(
        &value,
        0,
        &["1.1.1@chikan", "progress", "10%", "2013-06-30", ""],
    );
}

#[test]
fn numbers_percents_and_dates_are_read_as_they_are_meant() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", Cell::Number(60.0))
        .fill("1.1.1@chikan", "日期", Cell::Date(2013, 6, 27))
        .fill("1.1.3@chikan#2013-Q1", "本期进度", Cell::Percent(0.125))
        .fill("1.1.3@chikan#2013-Q1", "日期", Cell::Number(41_451.0))
        .fill("1.1.3@chikan#2013-Q2", "本期进度", text("８０％"))
        .fill("1.1.3@chikan#2013-Q2", "日期", text("6月 25日"))
        .fill("1.1.5@chikan", "本期事件", text(" 备　注 "))
        .fill("1.1.5@chikan", "进展情况", text("-已\n上会"));
    let value = json(&office, &page, &[]);
    assert_eq!(value["doubts"].as_array().unwrap().len(), 0, "{value}");
    check_entry(
        &value,
        0,
        &["1.1.1@chikan", "progress", "60%", "2013-06-27", ""],
    );
    check_entry(
        &value,
        1,
        &[
            "1.1.3@chikan#2013-Q1",
            "progress",
            "12.5%",
            "2013-06-26",
            "",
        ],
    );
    check_entry(
        &value,
        2,
        &["1.1.3@chikan#2013-Q2", "progress", "80%", "2013-06-25", ""],
    );
    check_entry(
        &value,
        3,
        &["1.1.5@chikan", "note", "", "2013-06-28", "－已 上会"],
    );
    let said = value["remarks"].to_string();
    assert!(
        said.contains("line breaks") && said.contains("begins with `-`"),
        "{said}"
    );
    let mut page = made(&office, "yjb");
    for (cell, wanted) in [
        (Cell::Number(62.0), "62"),
        (text("累计62场"), "62"),
        (Cell::Percent(0.62), "62%"),
    ] {
        page.fill("1.1.2@yjb", "本期进度", cell);
        check_entry(
            &json(&office, &page, &[]),
            0,
            &["1.1.2@yjb", "progress", wanted, "2013-06-28", ""],
        );
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_named_by_its_cell() {
    let office = office();
    let doubtful: [(&str, Cell, &str, &str); 9] = [
        (
            "本期进度",
            Cell::Number(0.6),
            "J6",
            "0.6% or a hundred times",
        ),
        ("本期进度", Cell::Number(160.0), "J6", "beyond 100%"),
        ("本期进度", text("过半"), "J6", "is no progress"),
        (
            "本期进度",
            Cell::Date(2013, 6, 1),
            "J6",
            "there is the date 2013-06-01",
        ),
        ("日期", text("月底"), "K6", "is no date"),
        ("本期事件", text("办好了"), "I6", "there is no event"),
        (
            "本期事件",
            text("核实办结"),
            "I6",
            "not for a unit to report",
        ),
        ("佐证文件名", text("照片.jpg"), "M6", "no event is"),
        (
            "进展情况",
            text("看\u{202e}不见"),
            "L6",
            "invisible character U+202E",
        ),
    ];
    for (title, cell, at, why) in doubtful {
        let mut page = made(&office, "chikan");
        page.fill("1.1.1@chikan", title, cell);
        check_doubt(&office, &page, &format!("填报!{at}"), why);
    }
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "日期", text("2013-06-01"));
    check_doubt(&office, &page, "填报!K6", "only `date` is filled in");
    page.fill("1.1.1@chikan", "本期事件", text("零报告")).fill(
        "1.1.1@chikan",
        "本期进度",
        text("5%"),
    );
    check_doubt(&office, &page, "填报!J6", "takes no progress");
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("5%")).fill(
        "1.1.1@chikan",
        "日期",
        text("2099-01-01"),
    );
    check_doubt(&office, &page, "填报!J6", "after the day of recording");
}

#[test]
fn the_rest_is_recorded_only_when_that_is_said() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("过半")).fill(
        "1.1.5@chikan",
        "本期进度",
        text("20%"),
    );
    read(&office, &page, &["--yes"]).ends_with(4);
    assert!(office.lines().is_empty());
    read(&office, &page, &["--yes", "--skip-doubtful"])
        .done()
        .shows(&["li:1", "In doubt", "填报!J6"]);
    assert_eq!(office.lines().len(), 1);
}

#[test]
fn moved_columns_deleted_rows_and_other_pages_do_not_mislead() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.5@chikan", "本期进度", text("20%"));
    let (gone, _) = page.find("1.1.1@chikan");
    page.rows.remove(gone);
    for row in &mut page.rows {
        row.rotate_right(3);
        row.insert(2, Cell::Blank);
    }
    page.rows.insert(0, vec![text("赤坎区收")]);
    page.name = "赤坎6月".to_owned();
    page.more_pages.push("汇总".to_owned());
    let value = json(&office, &page, &[]);
    check_entry(
        &value,
        0,
        &["1.1.5@chikan", "progress", "20%", "2013-06-28", ""],
    );
    assert_eq!(value["doubts"].as_array().unwrap().len(), 0, "{value}");
    let said = value["remarks"].to_string();
    assert!(said.contains("rows missing: 1 (1.1.1@chikan)"), "{said}");
    // Without its title the column of obligations is known by what stands in it.
    let (row, column) = page.find("责任事项");
    page.rows[row][column] = Cell::Blank;
    check_entry(
        &json(&office, &page, &[]),
        0,
        &["1.1.5@chikan", "progress", "20%", "2013-06-28", ""],
    );
}

#[test]
fn what_does_not_belong_together_is_in_doubt() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("20%")).fill(
        "1.1.1@chikan",
        "内容",
        text("经费列入预算"),
    );
    check_doubt(
        &office,
        &page,
        "填报!B6",
        "does not belong to the obligation",
    );
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("20%")).fill(
        "1.1.5@chikan",
        "责任事项",
        text("1.1.1@chikan"),
    );
    page.rows.last_mut().unwrap()[9] = text("30%");
    page.rows.last_mut().unwrap()[1] = text("修订总体预案");
    check_doubt(&office, &page, "填报!J9", "stands in 填报!J6 already");
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("20%"));
    page.merges.push((5, 9, 6, 9));
    check_doubt(&office, &page, "填报!J7", "is merged into J6");
    let mut page = made(&office, "chikan");
    let mut row = vec![Cell::Blank; 13];
    row[11] = text("另外还办了一件事");
    page.rows.push(row);
    check_doubt(&office, &page, "填报!L10", "the row names no obligation");
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "到期日", text("2013-12-31"))
        .fill("1.1.1@chikan", "本期进度", text("20%"));
    let said = json(&office, &page, &[])["remarks"].to_string();
    assert!(
        said.contains("the due date was changed from 2013-10-31"),
        "{said}"
    );
}

#[test]
fn evidence_is_taken_from_beside_the_sheet() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.5@chikan", "本期事件", text("报完成"));
    check_doubt(&office, &page, "填报!I9", "asks for evidence");
    page.fill("1.1.5@chikan", "佐证文件名", text("批复.pdf；照片.jpg"));
    check_doubt(&office, &page, "填报!I9", "no file `批复.pdf`");
    office.write("批复.pdf", "批");
    office.write("照片.jpg", "照");
    read(&office, &page, &["--yes"]).done().shows(&["批复.pdf"]);
    let line = &office.lines()[0];
    assert!(line.contains(",批复-") && line.contains("|照片-"), "{line}");
    let kept = line
        .split([',', '|'])
        .find(|field| field.starts_with("批复-"));
    let (name, _) = kept.unwrap().split_once('#').unwrap();
    assert_eq!(
        office.read(&format!("plans/town-2013.evidence/{name}")),
        "批"
    );
    page.fill("1.1.3@chikan#2013-Q1", "本期事件", text("报完成"))
        .fill(
            "1.1.3@chikan#2013-Q1",
            "佐证文件名",
            text("../plans/town-2013.toml"),
        );
    check_doubt(&office, &page, "填报!M7", "not the plain name of a file");
}

#[test]
fn what_was_recorded_since_the_sheet_was_made_is_said() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("60%"));
    office.record(&["progress", "1.1.1@chikan", "50%", "--date", "2013-06-20"]);
    let value = json(&office, &page, &[]);
    assert_eq!(value["sources"][0]["current"], false);
    let said = value["remarks"].to_string();
    assert!(
        said.contains("recorded since the sheet was made: li:1 progress 2013-06-20"),
        "{said}"
    );
    office.record(&["submit", "1.1.1@chikan", "--date", "2013-06-21"]);
    check_doubt(
        &office,
        &page,
        "填报!J6",
        "is submitted at that place, progress is not allowed; recorded since",
    );
    office.run(&["undo"]).done();
    office.run(&["undo"]).done();
    let said = json(&office, &page, &[])["remarks"].to_string();
    assert_eq!(said, "[]");
}

#[test]
fn a_folder_is_read_at_once_and_copies_in_it_are_no_second_report() {
    let office = office();
    fs::create_dir(office.path("in")).unwrap();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("60%"));
    office.write("in/a.xlsx", page.save());
    office.write("in/a (1).xlsx", page.save());
    let mut other = made(&office, "yjb");
    other.fill("1.1.2@yjb", "本期进度", text("7"));
    office.write("in/b.xlsx", other.save());
    office.write("in/~$b.xlsx", "left over");
    let status = ["status", "-o", "in/status.xlsx"];
    office.run(&status).done();
    let ran = office.run(&["sheet", "read", "in", "--yes"]).done();
    ran.shows(&[
        "in/b.xlsx",
        "recorded 2",
        "recorded before 1",
        "is the same as in/a (1).xlsx 填报!J6",
    ])
    .says(&["`in/status.xlsx` is no sheet, passed over"]);
    assert_eq!(office.lines().len(), 2);
    page.fill("1.1.5@chikan", "本期进度", text("10%"));
    office.write("in/a.xlsx", page.save());
    page.fill("1.1.5@chikan", "本期进度", text("90%"));
    office.write("in/a (1).xlsx", page.save());
    office
        .run(&["sheet", "read", "in", "--yes"])
        .ends_with(4)
        .says(&["says something else of the"]);
}

#[test]
fn sheets_of_two_months_may_say_different_things() {
    let office = office();
    fs::create_dir(office.path("in")).unwrap();
    let mut june = made(&office, "chikan");
    june.fill("1.1.1@chikan", "本期进度", text("60%"));
    office.write("in/june.xlsx", june.save());
    let office = office.on("2013-07-20");
    office
        .run_zh(&["sheet", "make", "chikan", "-o", "in"])
        .done();
    let bytes = fs::read(office.path("in/chikan-2013-07.xlsx")).unwrap();
    let mut july = Page::open(&bytes);
    july.fill("1.1.1@chikan", "本期进度", text("70%"));
    office.write("in/chikan-2013-07.xlsx", july.save());
    let ran = office.run(&["sheet", "read", "in", "--yes"]).done();
    ran.shows(&["recorded 2", "60%", "70%"]);
}

#[test]
fn what_was_taken_back_is_not_recorded_again_by_the_same_sheet() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("60%"));
    read(&office, &page, &["--yes"]).done();
    office.run(&["undo"]).done();
    check_doubt(
        &office,
        &page,
        "填报!J6",
        "(li:1) was recorded and taken back",
    );
}

#[test]
fn what_is_no_sheet_of_this_plan_is_refused() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("60%"));
    let hidden = page.hidden.clone();
    page.hidden.clear();
    office.write("back.xlsx", page.save());
    office.check_refused(
        &["sheet", "read", "back.xlsx"],
        3,
        &["no sheet of this program"],
    );
    page.hidden = hidden.clone();
    page.hidden[3][1] = text("xiashan");
    office.write("back.xlsx", page.save());
    office.check_refused(
        &["sheet", "read", "back.xlsx"],
        3,
        &["hidden page of `back.xlsx` was changed"],
    );
    page.hidden = hidden.clone();
    page.hidden[0][0] = text("duban-sheet/2");
    office.write("back.xlsx", page.save());
    office.check_refused(
        &["sheet", "read", "back.xlsx"],
        3,
        &["newer version (duban-sheet/2)"],
    );
    page.hidden = hidden;
    office.write("back.xlsx", "text");
    office.check_refused(&["sheet", "read", "back.xlsx"], 3, &["is no xlsx workbook"]);
    fs::create_dir(office.path("empty")).unwrap();
    office.check_refused(&["sheet", "read", "empty"], 3, &["no .xlsx"]);
    office.write("back.xlsx", page.save());
    let other = crate::desk::PLAN.replace("\"town-2013\"", "\"other-2013\"");
    office.write("plans/other-2013.toml", other);
    office.check_refused(
        &["-p", "other-2013", "sheet", "read", "back.xlsx"],
        2,
        &["a sheet of the plan `town-2013`", "-p town-2013"],
    );
}

#[test]
fn a_changed_plan_is_said_and_an_obligation_that_is_gone_is_in_doubt() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.5@chikan", "本期进度", text("60%"));
    let plan = crate::desk::PLAN;
    office.write(
        "plans/town-2013.toml",
        &plan[..plan.find("[[measure.item]]\nid = \"1.1.5\"").unwrap()],
    );
    check_doubt(&office, &page, "填报!J9", "no longer has this obligation");
    let said = json(&office, &page, &[])["remarks"].to_string();
    assert!(said.contains("the plan was changed"), "{said}");
}

#[test]
fn a_terminal_is_asked() {
    let office = office();
    let mut page = made(&office, "chikan");
    page.fill("1.1.1@chikan", "本期进度", text("60%"));
    office.write("back.xlsx", page.save());
    let read = ["sheet", "read", "back.xlsx"];
    if let Some(ran) = office.run_at_terminal(&read, "n\n", crate::desk::Writer::Li) {
        assert!(ran.all().contains("record these 1?"), "{}", ran.all());
        assert!(office.lines().is_empty());
        office.run_at_terminal(&read, "y\n", crate::desk::Writer::Li);
        assert_eq!(office.lines().len(), 1);
    }
}

fn python() -> bool {
    let found = Command::new("python3")
        .args(["-c", "import openpyxl"])
        .output();
    let is_here = found.is_ok_and(|output| output.status.success());
    if !is_here {
        eprintln!("skipped: python3 with openpyxl is not here");
    }
    is_here
}

/// Fills in a sheet with openpyxl.
fn filled_by_openpyxl(office: &Office, fields: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheet_fill.py");
    let mut child = Command::new("python3")
        .arg(script)
        .args([CHIKAN, "back.xlsx"])
        .current_dir(office.ws())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), fields.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

const FIELDS: &str = r#"[
    {"row": "1.1.1@chikan", "column": "本期进度", "value": 0.6, "format": "0%"},
    {"row": "1.1.1@chikan", "column": "日期", "value": {"date": "2013-06-27"}},
    {"row": "1.1.1@chikan", "column": "进展情况", "value": "征求意见"},
    {"row": "1.1.3@chikan#2013-Q1", "column": "本期事件", "value": "报完成"},
    {"row": "1.1.3@chikan#2013-Q1", "column": "日期", "value": 41450},
    {"row": "1.1.3@chikan#2013-Q2", "column": "本期进度", "value": 45},
    {"do": "add_sheet", "name": "备忘"},
    {"do": "insert_column", "before": "日期"},
    {"do": "delete_row", "row": "1.1.5@chikan"}
]"#;

/// A sheet of `duban-sheet/1`, filled in as above, that is never made again.
#[test]
fn a_sheet_that_was_made_long_ago_is_read() {
    let office = office();
    let kept = include_bytes!("../compat/v0.1/chikan-2013-06.xlsx");
    office.write("back.xlsx", kept);
    check_round_trip(&office);
}

/// Checks what was filled in above, read twice.
fn check_round_trip(office: &Office) {
    let read = ["sheet", "read", "back.xlsx", "--yes", "--format", "json"];
    let ran = office.run(&read).done();
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    check_entry(
        &value,
        0,
        &["1.1.1@chikan", "progress", "60%", "2013-06-27", "征求意见"],
    );
    check_entry(
        &value,
        1,
        &["1.1.3@chikan#2013-Q1", "submit", "", "2013-06-25", ""],
    );
    check_entry(
        &value,
        2,
        &["1.1.3@chikan#2013-Q2", "progress", "45%", "2013-06-28", ""],
    );
    assert_eq!(office.lines().len(), 3);
    let states = office
        .run(&["list", "--unit", "chikan", "--format", "json"])
        .done();
    let states: Value = serde_json::from_str(&states.out).unwrap();
    let row = |at: usize| {
        (
            states["rows"][at]["state"].as_str(),
            states["rows"][at]["progress"].as_str(),
        )
    };
    assert_eq!(row(0), (Some("in_progress"), Some("60.0")));
    assert_eq!(row(1), (Some("submitted"), Some("100.0")));
    assert_eq!(row(2), (Some("in_progress"), Some("45.0")));
    office.run(&read).done();
    assert_eq!(office.lines().len(), 3, "read twice, it adds nothing");
    office.run(&["verify"]).done();
}

#[test]
fn a_sheet_goes_through_openpyxl_and_back() {
    let office = office();
    office.run_zh(&["sheet", "make", "chikan"]).done();
    if python() {
        filled_by_openpyxl(&office, FIELDS);
        check_round_trip(&office);
    }
}

#[test]
fn a_sheet_goes_through_libreoffice_and_back() {
    let office = office();
    office.run_zh(&["sheet", "make", "chikan"]).done();
    if !Path::new("/usr/bin/soffice").exists() || !python() {
        eprintln!("skipped: soffice or openpyxl is not here");
        return;
    }
    filled_by_openpyxl(&office, FIELDS);
    let profile = format!(
        "-env:UserInstallation=file://{}",
        office.folder.path().join("lo").display()
    );
    let output = Command::new("/usr/bin/soffice")
        .args([
            &profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            "saved",
            "back.xlsx",
        ])
        .current_dir(office.ws())
        .env("HOME", office.folder.path().join("home"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    fs::rename(office.path("saved/back.xlsx"), office.path("back.xlsx")).unwrap();
    check_round_trip(&office);
}
