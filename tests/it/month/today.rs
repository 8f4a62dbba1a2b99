//! `today`: what waits for the office, and `--fail-on`.

use super::Office;
use super::PLAN;
use serde_json::Value;

/// An office in the middle of March: something waits in every part.
fn march() -> Office {
    let office = Office::new(PLAN);
    office.record("2013-01-20", "progress 1.1.2@water 3");
    office.record("2013-02-18", "submit 1.1.2@school");
    office.record("2013-02-25", "return 1.1.2@school -m 缺记录");
    office.record("2013-02-28", "submit 1.1.3@school#2013-01");
    office.record("2013-03-01", "urge 1.1.2@water blue");
    office
}

fn part<'v>(today: &'v Value, code: &str) -> &'v Value {
    let sections = today["sections"].as_array().unwrap();
    sections.iter().find(|part| part["part"] == code).unwrap()
}

#[track_caller]
fn check_part(today: &Value, code: &str, count: u64, commands: &[&str]) {
    let part = part(today, code);
    assert_eq!(part["count"], count, "{code}");
    let rows = part["rows"].as_array().unwrap();
    let found: Vec<&str> = rows
        .iter()
        .map(|row| row["command"].as_str().unwrap())
        .collect();
    assert_eq!(found, commands, "{code}");
}

#[test]
fn every_part_has_the_command_that_comes_next() {
    let today = march().check_schema("today", "today --as-of 2013-03-20");
    check_part(
        &today,
        "to_verify",
        1,
        &["duban record verify 1.1.3@school#2013-01"],
    );
    check_part(
        &today,
        "overdue",
        3,
        &[
            "duban record urge 1.1.1@water blue",
            "duban record verify 1.1.3@school#2013-01",
            "duban record urge 1.1.3@school#2013-02 blue",
        ],
    );
    check_part(&today, "returned", 1, &["duban show 1.1.2@school"]);
    check_part(
        &today,
        "slips",
        1,
        &["duban record urge 1.1.2@water yellow"],
    );
    check_part(
        &today,
        "silent",
        3,
        &[
            "duban missing 2013-02 --unit water",
            "duban missing 2013-02 --unit school",
        ],
    );
    check_part(
        &today,
        "due_soon",
        3,
        &[
            "duban record urge 1.1.2@water yellow",
            "duban record urge 1.1.2@school blue",
            "duban record urge 1.1.3@school#2013-03 blue",
        ],
    );
}

#[test]
fn every_command_of_the_morning_works() {
    let office = march();
    let today = office.json("today --as-of 2013-03-20");
    for part in today["sections"].as_array().unwrap() {
        for row in part["rows"].as_array().unwrap() {
            let command = row["command"].as_str().unwrap();
            let line = command.strip_prefix("duban ").unwrap();
            let line = match line.starts_with("record") {
                true => format!("{line} --dry-run --date 2013-03-20"),
                false => line.to_owned(),
            };
            office.ok(&line);
        }
    }
}

#[test]
fn commands_name_the_plan_that_was_named() {
    let office = march();
    let today = office.json("-p plans/town-2013.toml today --as-of 2013-03-20");
    let row = &part(&today, "to_verify")["rows"][0];
    assert_eq!(
        row["command"],
        "duban -p plans/town-2013.toml record verify 1.1.3@school#2013-01"
    );
}

#[test]
fn overdue_counts_what_the_table_counts() {
    let office = march();
    let status = office.json("status --as-of 2013-03-20");
    let today = office.json("today --as-of 2013-03-20");
    assert_eq!(part(&today, "overdue")["count"], status["total"]["overdue"]);
}

#[test]
fn an_office_without_work_is_told_so() {
    let office = Office::new(PLAN);
    let shown = office.ok("today --as-of 2012-12-31");
    assert!(shown.contains("没有等着办的事"), "{shown}");
    assert!(!shown.contains("已逾期"), "{shown}");
}

#[test]
fn the_morning_fits_a_screen_in_both_languages() {
    let office = march();
    office.check_width("today --as-of 2013-03-20");
    office.check_width("today --as-of 2013-03-20 --lang en");
    let lines = office.ok("today --as-of 2013-03-20").lines().count();
    assert!(lines <= 50, "{lines} lines");
}

#[track_caller]
fn check_exit(office: &Office, line: &str, exit: i32) {
    let output = office.run(line);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(exit), "{line}: {said}");
    assert!(!output.stdout.is_empty(), "{line}: the table is missing");
    assert_eq!(said.contains("--fail-on"), exit == 1, "{line}: {said}");
}

#[test]
fn what_was_asked_about_makes_the_exit_code_1() {
    let office = march();
    for command in ["status", "list", "ledger", "today", "missing 2013-02"] {
        let line = |rest: &str| format!("{command} --as-of 2013-03-20 --fail-on {rest}");
        check_exit(&office, &line("overdue"), 1);
        check_exit(&office, &line("findings"), 0);
        check_exit(&office, &line("findings,red"), 1);
        check_exit(&office, &line("missing"), 1);
    }
}

#[test]
fn only_what_the_filters_leave_is_looked_at() {
    let office = march();
    check_exit(
        &office,
        "list --as-of 2013-03-20 --item 1.1.2 --fail-on overdue",
        0,
    );
    check_exit(
        &office,
        "list --as-of 2013-03-20 --item 1.1.1 --fail-on overdue",
        1,
    );
}

#[test]
fn a_report_that_is_not_yet_due_is_not_missing() {
    let office = march();
    check_exit(
        &office,
        "missing 2013-02 --as-of 2013-03-05 --fail-on missing",
        0,
    );
    check_exit(
        &office,
        "missing 2013-02 --as-of 2013-03-06 --fail-on missing",
        1,
    );
}
