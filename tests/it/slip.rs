//! `slip`: who is urged for what and how loudly, the letter, and the entries that say it was sent.

use crate::month::office::Office;
use crate::month::office::PLAN;
use serde_json::Value;
use std::fs;

/// An office in the middle of March: the water office is overdue, silent and behind.
fn march() -> Office {
    let office = Office::new(PLAN);
    office.record("2013-01-20", "progress 1.1.1@water 10%");
    office.record("2013-01-20", "progress 1.1.2@water 1");
    office.record("2013-03-02", "progress 1.1.2@school 8");
    office.record("2013-02-01", "submit 1.1.3@school#2013-01");
    office.record("2013-03-01", "submit 1.1.3@school#2013-02");
    office
}

const DAY: &str = "--date 2013-03-20";

fn slips(json: &Value) -> &Vec<Value> {
    json["slips"].as_array().unwrap()
}

/// Returns obligation and colour of each row of the only slip.
fn rows(json: &Value) -> Vec<(String, String)> {
    assert_eq!(slips(json).len(), 1, "{json}");
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows = json["slips"][0]["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| (text(row, "obligation"), text(row, "colour")))
        .collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(name, colour)| ((*name).to_owned(), (*colour).to_owned()))
        .collect()
}

#[track_caller]
fn said(office: &Office, line: &str, code: i32) -> String {
    let output = office.run(line);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{line}: {said}");
    said
}

#[test]
fn a_unit_is_urged_for_what_is_overdue_silent_or_far_behind() {
    let office = march();
    let json = office.check_schema("slip", &format!("slip water {DAY} --dry-run"));
    let rows = json["slips"][0]["rows"].as_array().unwrap();
    let asked = |at: usize| rows[at]["asked"].clone();
    assert_eq!(rows[0]["obligation"], "1.1.1@water");
    assert_eq!(rows[0]["late_days"], 28);
    assert_eq!(rows[0]["current_due"], "2013-02-20");
    assert_eq!(
        asked(0),
        serde_json::json!(["finish", "report", "catch_up"])
    );
    assert_eq!(rows[1]["obligation"], "1.1.2@water");
    assert_eq!(rows[1]["late_days"], Value::Null);
    assert_eq!(asked(1), serde_json::json!(["report", "catch_up"]));
    assert_eq!(json["slips"][0]["reply_by"], "2013-03-27");
    assert_eq!(json["slips"][0]["by"], "office");
}

#[test]
fn what_is_on_course_submitted_or_done_is_not_urged() {
    let office = march();
    assert!(said(&office, &format!("slip school {DAY}"), 0).contains("没有要督办的事项"));
    office.record("2013-03-10", "submit 1.1.1@water");
    office.record("2013-03-11", "suspend 1.1.2@water -m 停工");
    let json = office.json(&format!("slip water {DAY}"));
    assert_eq!(slips(&json).len(), 0, "{json}");
    assert_eq!(json["entries"], serde_json::json!([]));
}

#[test]
fn unanswered_slips_go_from_blue_to_yellow_to_red_and_stay_red() {
    let office = march();
    let mut numbers = Vec::new();
    for (day, colour) in [
        ("2013-03-20", "blue"),
        ("2013-03-28", "yellow"),
        ("2013-04-10", "red"),
        ("2013-04-25", "red"),
    ] {
        let json = office.check_schema("slip", &format!("slip water --date {day}"));
        assert_eq!(
            rows(&json),
            pairs(&[("1.1.1@water", colour), ("1.1.2@water", colour)]),
            "{day}"
        );
        assert_eq!(json["entries"].as_array().unwrap().len(), 2);
        numbers.push(json["slips"][0]["number"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        numbers,
        [
            "督〔2013〕1号",
            "督〔2013〕2号",
            "督〔2013〕3号",
            "督〔2013〕4号"
        ]
    );
    let list = office.json("list --item 1.1.1 --as-of 2013-04-25");
    let light = &list["rows"][0];
    assert!(light["reasons"].to_string().contains("\"slip\""), "{light}");
}

#[test]
fn an_answer_ends_the_climb_and_each_item_has_its_own_colour() {
    let office = march();
    office.ok(&format!("slip water {DAY}"));
    office.record("2013-03-25", "progress 1.1.2@water 2");
    let json = office.json("slip water --date 2013-04-20");
    assert_eq!(
        rows(&json),
        pairs(&[("1.1.1@water", "yellow"), ("1.1.2@water", "blue")])
    );
    assert_eq!(json["slips"][0]["colour"], "yellow");
    assert_eq!(json["slips"][0]["rows"][0]["earlier_colour"], "blue");
    assert_eq!(json["slips"][0]["rows"][0]["earlier_on"], "2013-03-20");
}

#[test]
fn nothing_is_urged_again_while_the_time_to_answer_runs() {
    let office = march();
    office.ok(&format!("slip water {DAY} --reply-by 2013-04-10"));
    for day in ["2013-03-20", "2013-03-28", "2013-04-10"] {
        let said = said(&office, &format!("slip water --date {day}"), 0);
        assert!(said.contains("回复期内的 2 项"), "{said}");
        assert!(said.contains("2013-04-10"), "{said}");
    }
    let log = office.json("log --as-of 2013-12-31");
    let urges = log["rows"].as_array().unwrap();
    assert_eq!(urges.iter().filter(|row| row["event"] == "urge").count(), 2);
    let again = office.json("slip water --date 2013-03-28 --again --dry-run");
    assert_eq!(again["slips"][0]["colour"], "yellow");
    let after = office.json("slip water --date 2013-04-11 --dry-run");
    assert_eq!(after["slips"][0]["colour"], "yellow");
}

#[test]
fn a_slip_recorded_by_hand_counts_and_has_a_week() {
    let office = march();
    office.record("2013-03-14", "urge 1.1.1@water yellow");
    let early = office.json("slip water --date 2013-03-21 --dry-run");
    assert_eq!(rows(&early), pairs(&[("1.1.2@water", "blue")]));
    let late = office.json("slip water --date 2013-03-22 --dry-run");
    assert_eq!(
        rows(&late),
        pairs(&[("1.1.1@water", "red"), ("1.1.2@water", "blue")])
    );
}

#[test]
fn the_entries_hold_colour_number_and_the_day_to_answer_by() {
    let office = march();
    office.ok(&format!(
        "slip 县水务局 {DAY} --number 水督5号 --reply-by 2013-03-30"
    ));
    let log = office.json("log --as-of 2013-03-20");
    let urge = log["rows"].as_array().unwrap().last().unwrap();
    assert_eq!(urge["event"], "urge");
    assert_eq!(urge["value"], "blue");
    assert_eq!(urge["ref"], "水督5号");
    assert_eq!(urge["note"], "限 2013-03-30 前回复");
    assert_eq!(urge["as"], "office");
    assert_eq!(urge["date"], "2013-03-20");
    office.ok("check");
}

#[test]
fn a_dry_run_makes_the_same_paper_and_records_nothing() {
    let office = march();
    let before = fs::read(office.folder().join("plans/town-2013.journal/desk.csv")).unwrap();
    let tried = office.ok(&format!("slip water {DAY} --dry-run --format html"));
    let after = fs::read(office.folder().join("plans/town-2013.journal/desk.csv")).unwrap();
    assert_eq!(before, after);
    let sent = office.ok(&format!("slip water {DAY} --format html"));
    assert_eq!(tried, sent);
}

#[test]
fn an_old_slip_comes_out_again_by_what_was_known() {
    let office = march();
    let log = office.json("log --as-of 2013-12-31");
    let last = log["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["recorded_at"].as_str().unwrap().to_owned());
    let known = last.max().unwrap();
    let first = office.ok(&format!("slip water {DAY} --dry-run --format md"));
    let again = office.ok(&format!(
        "slip water {DAY} --dry-run --format md --known-at {known}"
    ));
    assert_eq!(first, again);
    let refused = said(&office, &format!("slip water {DAY} --known-at {known}"), 2);
    assert!(refused.contains("--dry-run"), "{refused}");
}

#[test]
fn all_behind_gives_each_unit_its_own_file_and_number() {
    let office = march();
    office.record("2013-03-12", "return 1.1.3@school#2013-01 -m 缺附表");
    office.ok(&format!(
        "slip --all-behind {DAY} --number 督〔2013〕9号 -o slips/"
    ));
    let mut files: Vec<String> = fs::read_dir(office.folder().join("slips"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["school.docx", "water.docx"]);
    for name in &files {
        let bytes = fs::read(office.folder().join("slips").join(name)).unwrap();
        assert!(bytes.starts_with(b"PK"), "{name}");
    }
    let log = office.json("log --as-of 2013-03-20");
    let refs: Vec<&str> = log["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["event"] == "urge")
        .map(|row| row["ref"].as_str().unwrap())
        .collect();
    assert_eq!(refs, ["督〔2013〕9号", "督〔2013〕9号", "督〔2013〕10号"]);
}

#[test]
fn slips_together_are_one_paper_with_a_page_each() {
    let office = march();
    office.record("2013-03-12", "return 1.1.3@school#2013-01 -m 缺附表");
    let paper = office.ok(&format!("slip --all-behind {DAY} --dry-run --format md"));
    for words in [
        "# 督办单汇编（2 份）",
        "县水务局：",
        "县教育局：",
        "督〔2013〕2号 蓝色督办单",
    ] {
        assert!(paper.contains(words), "{words}\n{paper}");
    }
    let html = office.ok(&format!("slip --all-behind {DAY} --dry-run --format html"));
    assert_eq!(html.matches("<section").count(), 5);
}

#[test]
fn the_letter_says_what_is_asked_until_when_in_both_languages() {
    let office = march();
    let zh = office.ok(&format!("slip water {DAY} --dry-run"));
    for words in [
        "督〔2013〕1号",
        "蓝色督办单",
        "县水务局：",
        "《2013年工作计划》",
        "请于2013年3月27日前书面回复",
        "未报送的补报进展",
        "提高督办等级",
        "县政府办公室",
        "2013年3月20日",
    ] {
        assert!(zh.replace(['\n', ' '], "").contains(words), "{words}\n{zh}");
    }
    assert!(!zh.contains("已退回的"), "{zh}");
    let en = office.ok(&format!("slip water {DAY} --dry-run --lang en"));
    for words in [
        "Slip (blue)",
        "To 县水务局",
        "by 27 March 2013",
        "send the report",
    ] {
        assert!(en.contains(words), "{words}\n{en}");
    }
    office.check_width(&format!("slip water {DAY} --dry-run"));
    office.check_width(&format!("slip water {DAY} --dry-run --lang en"));
}

#[test]
fn a_paper_that_stands_there_is_not_written_over_and_nothing_is_recorded() {
    let office = march();
    fs::write(office.folder().join("slip.html"), "kept").unwrap();
    said(&office, &format!("slip water {DAY} -o slip.html"), 4);
    fs::create_dir(office.folder().join("out")).unwrap();
    fs::write(office.folder().join("out/water.docx"), "kept").unwrap();
    said(&office, &format!("slip --all-behind {DAY} -o out"), 4);
    let log = office.ok("log --as-of 2013-12-31");
    assert!(!log.contains("催办"), "{log}");
    assert_eq!(
        fs::read(office.folder().join("slip.html")).unwrap(),
        b"kept"
    );
    assert_eq!(
        fs::read(office.folder().join("out/water.docx")).unwrap(),
        b"kept"
    );
    let receipts = office.ok(&format!("slip water {DAY} -o slip.html --force"));
    assert!(receipts.contains("催办（蓝）"), "{receipts}");
}

#[test]
fn a_number_is_used_once_and_days_must_make_sense() {
    let office = march();
    office.ok(&format!("slip water {DAY} --number 督5"));
    let used = said(&office, "slip water --date 2013-04-20 --number 督5", 4);
    assert!(used.contains("督5"), "{used}");
    let reply = said(
        &office,
        "slip water --date 2013-04-20 --reply-by 2013-04-20",
        2,
    );
    assert!(reply.contains("2013-04-20"), "{reply}");
    said(&office, "slip water --date 2999-01-01", 2);
    said(&office, "slip water --date gestern", 2);
    said(&office, "slip nobody", 2);
    said(&office, "slip", 2);
    said(&office, "slip water --all-behind", 2);
    said(&office, "slip water --number =1+1 --date 2013-04-20", 2);
}

#[test]
fn several_slips_need_a_number_that_can_be_counted_on() {
    let office = march();
    office.record("2013-03-12", "return 1.1.3@school#2013-01 -m 缺附表");
    let refused = said(
        &office,
        &format!("slip --all-behind {DAY} --number 督字"),
        2,
    );
    assert!(refused.contains("递增"), "{refused}");
    let json = office.json(&format!(
        "slip --all-behind {DAY} --dry-run --number 督９９号-8号"
    ));
    let numbers: Vec<&str> = slips(&json)
        .iter()
        .map(|slip| slip["number"].as_str().unwrap())
        .collect();
    assert_eq!(numbers, ["督９９号-8号", "督９９号-9号"]);
}

#[test]
fn only_the_supervisor_urges_and_what_it_leads_itself_is_for_another() {
    let plan = PLAN.replace(
        "lead = [\"water\"]\n  due = 2013-02-20",
        "lead = [\"office\"]\n  due = 2013-02-20",
    );
    let office = Office::new(&plan);
    let json = office.json(&format!("slip office {DAY} --dry-run"));
    assert_eq!(json["slips"][0]["by"], "mayor");
    let refused = said(&office, &format!("slip office {DAY} --as office"), 4);
    assert!(refused.contains("县政府"), "{refused}");
    let all = said(
        &office,
        &format!("slip --all-behind {DAY} --as office --dry-run"),
        0,
    );
    assert!(all.contains("“县政府办公室”由 县政府 督办"), "{all}");
}

#[test]
fn a_day_inside_a_sealed_month_needs_late() {
    let office = march();
    office.ok("seal 2013-03");
    let refused = said(&office, &format!("slip water {DAY}"), 4);
    assert!(refused.contains("--late"), "{refused}");
    office.ok(&format!("slip water {DAY} --late"));
}

#[test]
fn an_append_that_fails_leaves_the_paper_and_says_not_to_send_it() {
    let office = march();
    let journal = office.folder().join("plans/town-2013.journal/desk.csv");
    // A spreadsheet saved over the file: the desk refuses to append before anything is written.
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replace('\n', "\r\n")).unwrap();
    said(&office, &format!("slip water {DAY} -o slip.docx"), 4);
    assert!(!office.folder().join("slip.docx").exists());
}

#[test]
fn hostile_titles_do_no_harm_in_any_format() {
    let plan = PLAN.replace(
        "title = \"修好水库\"",
        r#"title = "<script>alert(1)</script> =1+1 | **粗** `码` [链](http://x)""#,
    );
    let office = Office::new(&plan);
    let line = format!("slip water {DAY} --dry-run");
    let html = office.ok(&format!("{line} --format html"));
    assert!(!html.contains("<script>"), "{html}");
    let md = office.ok(&format!("{line} --format md"));
    assert!(!md.contains("<script>") && !md.contains("[链]("), "{md}");
    office.ok(&format!("{line} -o slip.docx"));
    let json = office.json(&line);
    assert_eq!(
        json["slips"][0]["rows"][0]["title"],
        "<script>alert(1)</script> =1+1 | **粗** `码` [链](http://x)"
    );
    let once = fs::read(office.folder().join("slip.docx")).unwrap();
    office.ok(&format!("{line} -o again.docx"));
    assert_eq!(once, fs::read(office.folder().join("again.docx")).unwrap());
}
