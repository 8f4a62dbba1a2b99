//! `retract` and `undo`: who may take back what, and what it would break.

use crate::desk::Office;
use crate::desk::Ran;

#[test]
fn retract_needs_a_reason_and_an_entry_that_is_there() {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan"]);
    office.check_refused(&["retract", "li:1"], 2, &["--note <WHY>"]);
    office.check_refused(&["retract", "li:1", "-m", " "], 2, &["needs a reason"]);
    office.check_refused(
        &["retract", "li:9", "-m", "x"],
        2,
        &["no entry `li:9`", "WRITER:SEQ"],
    );
    office.check_refused(&["retract", "zzzz", "-m", "x"], 2, &["no entry `zzzz`"]);
}

#[test]
fn entry_may_be_named_by_the_beginning_of_its_id() {
    let office = Office::new();
    let ran = office.record(&["ack", "1.1.1@chikan", "-f", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let id = json["entries"][0]["id"].as_str().unwrap();
    office.check_refused(&["retract", &id[..3], "-m", "x"], 2, &["at least 4 digits"]);
    office.run(&["retract", &id[..6], "-m", "x"]).done();
}

#[test]
fn only_the_same_writer_or_the_supervisor_may_retract() {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan", "--writer", "wang"]);
    office.check_refused(
        &["retract", "wang:1", "-m", "x"],
        4,
        &["another writer", "应急办公室", "--as yjb"],
    );
    office.check_refused(
        &["retract", "wang:1", "-m", "x", "--as", "chikan"],
        4,
        &["another writer"],
    );
    office
        .run(&["retract", "wang:1", "-m", "x", "--as", "yjb"])
        .done();
}

#[test]
fn retract_that_would_make_later_lines_fail_is_refused_with_the_line() {
    let office = Office::new();
    office.record(&["submit", "1.1.1@chikan", "--date", "2013-07-01"]);
    office.record(&["verify", "1.1.1@chikan", "--date", "2013-07-02"]);
    office.check_refused(
        &["retract", "li:1", "-m", "x"],
        4,
        &["li:2 (verify, 2013-07-02)", "--force"],
    );
    office
        .run(&["retract", "li:1", "-m", "x", "--force"])
        .done();
}

#[test]
fn retract_of_a_retract_brings_the_entry_back() {
    let office = Office::new();
    office.record(&["submit", "1.1.1@chikan", "--date", "2013-07-01"]);
    office.run(&["retract", "li:1", "-m", "x"]).done();
    office
        .run(&["retract", "li:2", "-m", "y"])
        .done()
        .shows(&["voids li:2", "not started → submitted"]);
    office.check_refused(
        &["retract", "li:2", "-m", "y"],
        4,
        &["li:2 is void already"],
    );
}

#[test]
fn retract_dated_after_the_day_of_recording_is_refused() {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan"]);
    office.check_refused(
        &["retract", "li:1", "-m", "x", "--today", "2099-01-01"],
        2,
        &["after the day of recording"],
    );
}

#[test]
fn undo_takes_back_the_last_own_entry_and_says_which() {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan"]);
    office.record(&["progress", "1.1.1@chikan", "30%"]);
    office.record(&["ack", "1.1.4", "--writer", "wang"]);
    let undo = || office.run(&["undo"]);
    undo().done().says(&["li:2", "progress 1.1.1@chikan 30%"]);
    undo().done().says(&["li:1"]);
    undo().ends_with(4).says(&["li has no entry to undo"]);
    assert_eq!(office.lines().len(), 4);
}

#[test]
fn undo_in_a_dry_run_writes_nothing_and_does_not_say_it_did() {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan"]);
    let Ran { out, err, .. } = office.run(&["undo", "--dry-run"]).done();
    assert!(out.contains("nothing is written"), "{out}");
    assert!(!err.contains("undone"), "{err}");
    assert_eq!(office.lines().len(), 1);
}
