//! `diff`: between two days, two seals, two revisions of the plan.

use super::Office;
use super::PLAN;
use super::office::FORMATS;
use serde_json::Value;
use std::path::Path;

fn office() -> Office {
    let office = Office::new(PLAN);
    office.record("2013-01-15", "progress 1.1.2@water 3");
    office.record("2013-01-31", "submit 1.1.3@school#2013-01");
    office.record("2013-02-04", "verify 1.1.3@school#2013-01");
    office.record("2013-02-10", "progress 1.1.2@water 5");
    office.record("2013-02-12", "extend 1.1.2@water 2013-05-31 --ref 1号");
    office.record("2013-02-14", "submit 1.1.2@school");
    office.record("2013-02-16", "return 1.1.2@school -m 缺记录");
    office
}

fn names<'v>(diff: &'v Value, key: &str) -> Vec<&'v str> {
    let rows = diff[key].as_array().unwrap().iter();
    rows.map(|row| row["obligation"].as_str().unwrap())
        .collect()
}

#[test]
fn everything_that_moved_between_two_days_is_named() {
    let office = office();
    let diff = office.check_schema("diff", "diff 2013-01-31 2013-02-28");
    assert_eq!(names(&diff, "closed"), ["1.1.3@school#2013-01"]);
    assert_eq!(diff["closed"][0]["before"], "submitted");
    assert_eq!(diff["closed"][0]["after"], "2013-02-04");
    assert_eq!(names(&diff, "overdue"), ["1.1.1@water"]);
    assert_eq!(diff["overdue"][0]["after"], 8);
    assert_eq!(names(&diff, "returned"), ["1.1.2@school"]);
    assert_eq!(names(&diff, "extended"), ["1.1.2@water"]);
    assert_eq!(diff["extended"][0]["before"], "2013-03-31");
    assert_eq!(diff["extended"][0]["after"], "2013-05-31");
    assert_eq!(names(&diff, "reported"), ["1.1.2@water", "1.1.2@school"]);
    assert_eq!(diff["reported"][0]["before"], "30.0");
    assert_eq!(diff["reported"][0]["after"], "50.0");
    assert_eq!(diff["plan_changes"], serde_json::json!([]));
}

#[test]
fn between_a_day_and_itself_nothing_moves() {
    let office = office();
    let shown = office.ok("diff 2013-02-28 2013-02-28");
    assert!(shown.contains("没有变动"), "{shown}");
}

#[test]
fn days_that_stand_the_wrong_way_round_are_turned() {
    let output = office().run("diff 2013-02-28 2013-01-31");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("duban diff 2013-01-31 2013-02-28"), "{said}");
}

#[test]
fn between_two_seals_only_what_they_knew_counts() {
    let office = office();
    office.ok("seal 2013-01");
    office.record("2013-01-30", "note 1.1.1@water -m 迟记 --late");
    office.record("2013-01-29", "progress 1.1.1@water 40% --late");
    office.ok("seal 2013-02");
    let diff = office.check_schema("diff", "diff 2013-01 2013-02");
    assert_eq!(diff["from"]["kind"], "seal");
    assert_eq!(names(&diff, "reported")[0], "1.1.1@water");
    let by_days = office.json("diff 2013-01-31 2013-02-28");
    assert!(!names(&by_days, "reported").contains(&"1.1.1@water"));
}

#[test]
fn a_period_without_seal_is_its_last_day_and_that_is_said() {
    let office = office();
    let output = office.run("diff 2013-01 2013-02 --format json");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("2013-01 没有封账"), "{said}");
    let diff: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(diff["from"]["kind"], "day");
    assert_eq!(diff["from"]["as_of"], "2013-01-31");
}

#[test]
fn what_is_no_longer_closed_is_named() {
    let office = office();
    office.record("2013-03-01", "reopen 1.1.3@school#2013-01 -m 有误");
    let diff = office.json("diff 2013-02-28 2013-03-05");
    assert_eq!(names(&diff, "no_longer_closed"), ["1.1.3@school#2013-01"]);
}

#[test]
fn what_is_neither_day_seal_nor_revision_says_what_may_be_written() {
    let output = office().run("diff 2013-01-31 nonsense");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("HEAD~3"), "{said}");
}

/// Runs git in the office; its settings are the office's own.
#[track_caller]
fn git(office: &Office, line: &[&str]) {
    let output = office
        .command(Path::new("git"))
        .args(["-c", "user.name=甲", "-c", "user.email=a@b"])
        .args(line)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {line:?}: {said}");
}

fn revised() -> Office {
    let office = office();
    git(&office, &["init", "--quiet"]);
    git(&office, &["add", "plans/town-2013.toml"]);
    git(&office, &["commit", "--quiet", "-m", "one"]);
    let plan = PLAN
        .replace("due = 2013-02-20", "due = 2013-06-30")
        .replace("lead = [\"water\", \"school\"]", "lead = [\"water\"]");
    office.write_plan(&plan);
    git(&office, &["commit", "--quiet", "-a", "-m", "two"]);
    office
}

#[test]
fn between_two_revisions_the_plan_moved() {
    let office = revised();
    let diff = office.check_schema("diff", "diff HEAD~1 git:HEAD --as-of 2013-02-28");
    assert_eq!(diff["from"]["kind"], "revision");
    let changes = diff["plan_changes"].as_array().unwrap();
    let what: Vec<_> = changes
        .iter()
        .map(|row| (row["item"].as_str().unwrap(), row["what"].as_str().unwrap()))
        .collect();
    assert_eq!(what, [("1.1.1", "due"), ("1.1.2", "lead")]);
    assert_eq!(changes[0]["before"], "2013-02-20");
    assert_eq!(changes[1]["before"], serde_json::json!(["县教育局"]));
    assert_eq!(diff["overdue"], serde_json::json!([]));
}

#[test]
fn a_workspace_cannot_run_anything_through_git() {
    let office = revised();
    let trap = office.folder().join("trap.sh");
    let mark = office.root.path().join("sprung");
    std::fs::write(&trap, format!("#!/bin/sh\ntouch {}\n", mark.display())).unwrap();
    let path = trap.display().to_string();
    office
        .command(Path::new("chmod"))
        .args(["+x", &path])
        .status()
        .unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "core.sshCommand",
    ] {
        git(&office, &["config", key, &path]);
    }
    office.ok("diff HEAD~1 HEAD --as-of 2013-02-28");
    assert!(!mark.exists(), "git ran what the workspace named");
    let output = office.run("diff git:--output=x HEAD");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_difference_fits_a_screen_and_is_the_same_twice() {
    let office = office();
    let line = "diff 2013-01-31 2013-02-28";
    office.check_width(line);
    office.check_width(&format!("{line} --lang en"));
    for format in FORMATS {
        let line = format!("{line} --format {format}");
        assert_eq!(office.ok(&line), office.ok(&line));
    }
}
