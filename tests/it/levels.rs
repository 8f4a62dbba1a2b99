//! `--public`: nothing internal, no notes and no persons, and it says how much is left out.

use crate::month::office::FORMATS;
use crate::month::office::Office;
use crate::month::office::PLAN;
use serde_json::Value;

/// The plan of the small office, with an internal item and an internal unit.
fn plan() -> String {
    PLAN.replace(
        "done_when = \"验收通过\"",
        "done_when = \"验收通过\"\n  level = \"internal\"",
    )
    .replace(
        "name = \"县教育局\"",
        "name = \"县教育局\"\nlevel = \"internal\"",
    )
    .replace(
        "done_when = \"演练记录齐全\"",
        "done_when = \"演练记录齐全\"\n  assist = [\"office\"]",
    )
}

/// A plan of which one item in three and one unit in four is internal, with reports on all.
fn office() -> Office {
    let office = Office::new(&plan());
    office.record("2013-01-20", "progress 1.1.1@water 30% -m 机密便条甲");
    office.record(
        "2013-01-21",
        "progress 1.1.2@water 3 -m 机密便条乙 --ref 密件一号",
    );
    office.record("2013-01-22", "progress 1.1.2@school 4 -m 机密便条丙");
    office.record("2013-01-25", "submit 1.1.2@water");
    office.record("2013-01-28", "return 1.1.2@water -m 机密便条丁");
    office.ok("seal 2013-01 --person 甲");
    office
}

/// What must not stand in a paper for the public.
const SECRET: &[&str] = &[
    "机密便条",
    "密件一号",
    "修好水库",
    "1.1.1@",
    "县教育局",
    "@school",
    "\"school\"",
    "desk:",
    "甲",
];

const READING: &[&str] = &[
    "status",
    "status --by item",
    "status --by group",
    "list",
    "ledger",
    "missing 2013-01",
    "matrix",
    "trend",
    "today",
    "log",
    "show water",
    "show 1.1.2",
    "show 1.1.2@water",
    "diff 2013-01-01 2013-02-10",
    "bulletin 2013-01",
];

#[test]
fn no_reading_command_shows_the_public_what_is_internal() {
    let office = office();
    for line in READING {
        let day = if line.starts_with("diff") {
            ""
        } else {
            " --as-of 2013-02-10"
        };
        for format in FORMATS {
            let shown = office.ok(&format!("{line} --public{day} --format {format}"));
            for secret in SECRET {
                assert!(
                    !shown.contains(secret),
                    "{line} {format}: {secret}\n{shown}"
                );
            }
        }
    }
}

#[test]
fn the_office_still_sees_all_of_it() {
    let office = office();
    let shown = office.ok("log --as-of 2013-02-10 --format json");
    for secret in ["机密便条甲", "密件一号", "1.1.1@water", "desk:1", "甲"] {
        assert!(shown.contains(secret), "{secret}");
    }
    assert_eq!(
        office.json("status --as-of 2013-02-10")["public"],
        Value::Null
    );
}

#[test]
fn what_is_left_out_is_counted_and_the_totals_are_those_of_the_rows() {
    let office = office();
    let status = office.check_schema("status", "status --as-of 2013-02-10 --public");
    assert_eq!(status["public"]["left_out_items"], 1);
    assert_eq!(status["public"]["left_out_units"], 1);
    let rows = status["rows"].as_array().unwrap();
    let keys: Vec<&str> = rows
        .iter()
        .map(|row| row["key"].as_str().unwrap())
        .collect();
    assert_eq!(keys, ["office", "mayor", "water"]);
    let sum: u64 = rows.iter().map(|row| row["total"].as_u64().unwrap()).sum();
    assert_eq!(status["total"]["total"], sum);
    assert_eq!(sum, 1, "only 1.1.2@water is left");
    let table = office.ok("status --as-of 2013-02-10 --public");
    let said = "略去内部事项 1 项、内部单位 1 个";
    assert!(table.contains(said), "{table}");
    let english = office.ok("log --as-of 2013-02-10 --public --lang en");
    assert!(
        english.contains("internal items left out: 1, internal units: 1"),
        "{english}"
    );
    assert!(
        english.contains("entries not for the public: 2"),
        "{english}"
    );
}

#[test]
fn a_plan_without_anything_internal_says_so_too() {
    let office = Office::new(PLAN);
    let shown = office.ok("list --public --today 2013-02-10");
    assert!(
        shown.contains("略去内部事项 0 项、内部单位 0 个"),
        "{shown}"
    );
}

#[test]
fn every_public_output_keeps_to_its_schema() {
    let office = office();
    for (schema, line) in [
        ("list", "list"),
        ("ledger", "ledger"),
        ("log", "log"),
        ("show", "show 1.1.2@water"),
        ("today", "today"),
        ("matrix", "matrix"),
        ("trend", "trend"),
        ("missing", "missing 2013-01"),
    ] {
        office.check_schema(schema, &format!("{line} --public --as-of 2013-02-10"));
    }
    office.check_schema("diff", "diff 2013-01-01 2013-02-10 --public");
    let bulletin = office.check_schema("bulletin", "bulletin 2013-01 --public");
    assert_eq!(bulletin["returned"][0]["note"], Value::Null);
    assert_eq!(bulletin["seal"]["entry"], Value::Null);
    let paper = office.ok("bulletin 2013-01 --public --format md");
    assert!(paper.contains("略去内部事项1项、内部单位1个"), "{paper}");
}

#[test]
fn what_is_internal_is_refused_by_name_and_units_that_help_are_masked() {
    let office = office();
    for what in ["1.1.1", "school", "1.1.1@water", "1.1.2@school", "desk:1"] {
        let output = office.run(&format!("show {what} --public --as-of 2013-02-10"));
        assert_eq!(output.status.code(), Some(2), "{what}");
        assert!(output.stdout.is_empty());
    }
    let item = office.ok("show 1.1.2 --public --as-of 2013-02-10");
    assert!(item.contains("县水务局、内部单位1个"), "{item}");
    let id = office.json("log --as-of 2013-02-10")["rows"][1]["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let entry = office.ok(&format!("show {id} --public --as-of 2013-02-10"));
    assert!(entry.contains("反馈进展 1.1.2@water"), "{entry}");
}

#[test]
fn an_internal_verifier_is_masked_in_the_ledger() {
    let plan = PLAN.replace(
        "name = \"县政府办公室\"\n",
        "name = \"县政府办公室\"\nlevel = \"internal\"\n",
    );
    let office = Office::new(&plan);
    let ledger = office.json("ledger --public --as-of 2013-02-10");
    assert_eq!(ledger["rows"][0]["verifier"], "内部单位");
}

#[test]
fn a_word_in_a_note_brings_up_no_row_for_the_public() {
    let office = office();
    let line = "list --text 便条乙 --as-of 2013-02-10";
    assert_eq!(office.json(line)["rows"].as_array().unwrap().len(), 1);
    let public = office.json(&format!("{line} --public"));
    assert_eq!(public["rows"].as_array().unwrap().len(), 0);
}

#[track_caller]
fn check_warned(office: &Office, line: &str, words: &[&str]) {
    let output = office.run(line);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{line}: {said}");
    for word in words {
        assert!(said.contains(word), "{line}: {word} not in {said:?}");
    }
    if words.is_empty() {
        assert!(!said.contains("注意"), "{line}: {said}");
    }
}

#[test]
fn numbers_of_persons_in_an_export_are_pointed_out_without_repeating_them() {
    let office = Office::new(PLAN);
    check_warned(
        &office,
        "record progress 1.1.2@water 3 -m 联系人电话13800138000 --date 2013-01-20 --person 甲",
        &["说明里有手机号", "日志只增不删"],
    );
    check_warned(
        &office,
        "record note 1.1.2@school -m 负责人１１０１０１１９９００３０７７１５８ --date 2013-01-20 --person 甲",
        &[],
    );
    check_warned(
        &office,
        "record note 1.1.2@school -m 负责人11010519491231002X --date 2013-01-20 --person 甲",
        &["身份证号"],
    );
    let at = "--as-of 2013-02-10";
    check_warned(
        &office,
        &format!("log {at} -o out.csv"),
        &["手机号，1 处", "desk:1", "身份证号", "desk:3"],
    );
    check_warned(&office, &format!("log {at} --format html"), &["手机号"]);
    check_warned(&office, &format!("log {at}"), &[]);
    check_warned(&office, &format!("log {at} --public -o public.csv"), &[]);
    let output = office.run(&format!("log {at} --format csv"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("13800138000"), "{said}");
}

#[test]
fn only_numbers_that_are_phones_or_cards_are_taken_for_such() {
    use duban::privacy::Private;
    use duban::privacy::found;
    for phone in [
        "13800138000",
        "电话：138 0013 8000。",
        "138-0013-8000",
        "+8613800138000",
        "１３８００１３８０００",
        "(13800138000)",
    ] {
        assert_eq!(found(phone), Some(Private::Phone), "{phone}");
    }
    for card in ["11010519491231002X", "身份证11010519491231002x号"] {
        assert_eq!(found(card), Some(Private::Card), "{card}");
    }
    for plain in [
        "",
        "12800138000",
        "138001380001",
        "2013-12-31 2013-06-30",
        "a13800138000",
        "13800138000b",
        "110105194912310021",
        "湛府办〔2013〕7号，共计 1380013 元",
        "8e6c4115ac4ab97a740ea2abe7f375bc74e35ac1e13c108c",
    ] {
        assert_eq!(found(plain), None, "{plain}");
    }
}
