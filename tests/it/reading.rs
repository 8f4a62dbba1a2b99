//! What every reading command takes: days, knowledge, filters, formats, files.

use crate::desk::Office;
use crate::desk::Ran;
use std::fs;
use std::io::Read;
use std::process::Stdio;

/// An office with some entries.
fn office() -> Office {
    let office = Office::new();
    let record = |arguments: &[&str]| office.record(arguments);
    record(&["submit", "1.1.1@chikan", "--date", "2013-06-20"]);
    record(&["verify", "1.1.1@chikan", "--date", "2013-06-25"]);
    record(&[
        "progress",
        "1.1.2",
        "20",
        "--date",
        "2013-06-11",
        "-m",
        "讲座进校园",
    ]);
    record(&["progress", "1.1.3#2013-Q3", "10%", "--ref", "函１号"]);
    office
}

/// Checks which obligations a filter leaves.
#[track_caller]
fn check_filter(office: &Office, filter: &[&str], wanted: &[&str]) {
    let mut arguments = vec!["list", "-f", "csv"];
    arguments.extend(filter);
    let ran = office.run(&arguments).done();
    let found: Vec<&str> = ran
        .out
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(found, wanted, "{filter:?}");
}

#[test]
fn filters_leave_what_they_name() {
    let office = office();
    let check = |filter: &[&str], wanted: &[&str]| check_filter(&office, filter, wanted);
    check(&["--unit", "霞山区"], &["1.1.1@xiashan", "1.1.4@xiashan"]);
    check(
        &["--unit", "xiashan,应急办"],
        &["1.1.1@xiashan", "1.1.2@yjb", "1.1.4@xiashan"],
    );
    check(
        &["--group", "@counties", "--item", "1.1.1"],
        &["1.1.1@chikan", "1.1.1@xiashan"],
    );
    check(&["--kind-of-unit", "department"], &["1.1.2@yjb"]);
    check(
        &["--chapter", "一", "--kind", "continuing"],
        &["1.1.4@xiashan"],
    );
    check(&["--measure", "预案", "--kind", "持续"], &["1.1.4@xiashan"]);
    check(&["--state", "办结"], &["1.1.1@chikan"]);
    check(&["--state", "closed"], &["1.1.1@chikan"]);
    check(&["--light", "完成"], &["1.1.1@chikan"]);
    check(
        &["--overdue"],
        &["1.1.3@chikan#2013-Q1", "1.1.3@chikan#2013-Q2"],
    );
    check(&["--due-within", "75"], &["1.1.3@chikan#2013-Q3"]);
    check(&["--text", "校园"], &["1.1.2@yjb"]);
    check(&["--text", "函1号"], &["1.1.3@chikan#2013-Q3"]);
}

#[test]
fn filter_that_names_nothing_says_what_there_is() {
    let office = office();
    let check = |filter: &[&str], said: &[&str]| {
        let mut arguments = vec!["list", "-f", "json"];
        arguments.extend(filter);
        office.check_refused(&arguments, 2, said);
    };
    check(&["--unit", "xiashen"], &["no unit `xiashen`", "xiashan"]);
    check(&["--group", "x"], &["no group `x`"]);
    check(&["--kind-of-unit", "x"], &["county, department"]);
    check(&["--chapter", "x"], &["no chapter `x`"]);
    check(&["--measure", "x"], &["no measure `x`"]);
    check(&["--item", "1.1"], &["no item `1.1`"]);
    check(&["--kind", "x"], &["once, periodic, continuing"]);
    check(&["--state", "x"], &["not_begun"]);
    check(&["--light", "x"], &["red, yellow, green"]);
    check(&["--due-within", "x"], &["--due-within"]);
}

#[test]
fn day_may_be_a_date_a_period_or_the_last_one() {
    let office = office();
    let as_of = |typed: &str| {
        let ran = office
            .run(&["status", "-f", "json", "--as-of", typed])
            .done();
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        json["as_of"].as_str().unwrap().to_owned()
    };
    assert_eq!(as_of("2013-06-15"), "2013-06-15");
    assert_eq!(as_of("2013-Q1"), "2013-03-31");
    assert_eq!(as_of("2013-H1"), "2013-06-30");
    assert_eq!(as_of("２０１３-０２"), "2013-02-28");
    assert_eq!(as_of("last"), "2013-06-30");
    office.check_refused(
        &["status", "--as-of", "x"],
        2,
        &["neither a date nor a period", "last"],
    );
    office.check_refused(
        &["status", "--as-of", "last", "--today", "2013-01-10"],
        2,
        &["no reporting period has ended"],
    );
    office.check_refused(&["missing", "2013-09"], 2, &["2013-09"]);
}

#[test]
fn day_past_the_plans_end_is_said_on_stderr() {
    let ran = office().run(&["status", "--as-of", "2014-02-01"]).done();
    ran.says(&["past the plan's end", "--as-of 2013-12-31"]);
}

#[test]
fn what_was_known_at_an_instant_is_shown() {
    let office = office();
    let ran = office
        .run(&[
            "status",
            "-f",
            "json",
            "--known-at",
            "2013-07-01T00:00:00+08:00",
        ])
        .done();
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["journal"]["entries"], 0);
    assert_eq!(json["known_at"], "2013-07-01T00:00:00+08:00");
    office.check_refused(
        &["status", "--known-at", "nothing"],
        2,
        &["neither an instant nor a seal"],
    );
}

#[test]
fn findings_of_the_journal_are_one_line_on_stderr_and_no_failure() {
    let office = office();
    office.write(
        "plans/town-2013.journal/wang.csv",
        crate::desk::journal(
            "wang",
            &["1,2013-07-02T00:00:00+08:00,2013-07-01,verify,1.1.1,xiashan,,,yjb,wang,,,"],
        ),
    );
    let ran = office.run(&["status"]).done();
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    ran.says(&["findings in the journal: 1", "duban check"]);
}

#[test]
fn journal_with_more_damage_than_records_is_not_counted_on() {
    let office = office();
    office.write("plans/town-2013.journal/wang.csv", "a;b\nc;d\ne;f\n");
    for command in ["status", "list", "ledger", "missing"] {
        office.check_refused(&[command, "-f", "json"], 3, &["wang.csv", "duban verify"]);
    }
    office.run(&["log"]).done();
}

#[test]
fn error_in_the_plan_stops_all_but_check_log_verify_and_explain() {
    let office = office();
    let plan = office.read("plans/town-2013.toml");
    office.write(
        "plans/town-2013.toml",
        plan.replace("\"@counties\"", "\"@countis\""),
    );
    for command in [
        &["status"][..],
        &["list"],
        &["ledger"],
        &["missing"],
        &["show", "1.1"],
        &["record", "ack", "1.1.2"],
        &["retract", "li:1", "-m", "x"],
        &["undo"],
    ] {
        office.check_refused(command, 3, &["countis", "duban check"]);
    }
    assert_eq!(office.run(&["check"]).code, 1);
    office.run(&["log"]).done().shows(&["li:1"]);
    office.run(&["explain"]).done();
    let verify = office.run(&["verify"]);
    assert!(matches!(verify.code, 0 | 1), "{}", verify.all());
}

#[test]
fn format_follows_from_the_name_of_the_file() {
    let office = office();
    for (name, begins) in [
        ("a.csv", "obligation,"),
        ("a.json", "{"),
        ("a.jsonl", "{"),
        ("a.md", "#"),
        ("a.html", "<!DOCTYPE html>"),
    ] {
        let ran = office.run(&["list", "-o", name]).done().says(&[name]);
        assert_eq!(ran.out, "");
        let text = office.read(name);
        let same = text.to_lowercase().starts_with(&begins.to_lowercase());
        assert!(same, "{name}: {}", &text[..40]);
    }
    office.check_refused(&["list", "-o", "a.frob"], 2, &["a.frob", "csv"]);
}

#[test]
fn file_is_not_overwritten_without_force_and_never_half_written() {
    let office = office();
    office.write("a.csv", "mine\n");
    office.check_refused(
        &["list", "-o", "a.csv"],
        4,
        &["`a.csv` exists already", "--force"],
    );
    assert_eq!(office.read("a.csv"), "mine\n");
    office
        .run(&["list", "-o", "a.csv", "--force", "--bom"])
        .done();
    assert!(office.read("a.csv").starts_with("\u{feff}obligation,"));
    office.check_refused(
        &["list", "-o", "none/a.csv"],
        4,
        &["none/a.csv", "no such file"],
    );
    fs::create_dir(office.path("folder.csv")).unwrap();
    let ran = office.run(&["list", "-o", "folder.csv", "--force"]);
    assert_eq!(ran.code, 4, "{}", ran.all());
    let left = fs::read_dir(office.ws()).unwrap().count();
    assert_eq!(left, 3, "plans, a.csv, folder.csv and no leavings");
}

#[test]
fn closed_pipe_is_no_failure() {
    let office = office();
    let mut child = office
        .command(&["list", "-f", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert_eq!(status.code(), Some(0));
    assert_eq!(err, "");
}

#[test]
fn full_disk_is_a_failure_that_says_so() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let office = office();
    let mut command = office.command(&["status"]);
    let ran = Ran::from(
        command
            .env("DUBAN_LANG", "en")
            .stdout(Stdio::from(full))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap(),
    );
    ran.ends_with(4).says(&["cannot write", "the disk is full"]);
}

#[test]
fn same_inputs_give_the_same_bytes_anywhere() {
    let office = office();
    let deeper = office.folder.path().join("a/b/c/d");
    crate::desk::copy(&office.ws(), &deeper);
    for format in ["table", "plain", "csv", "json", "jsonl", "md", "html"] {
        for command in ["status", "list", "ledger", "missing", "log"] {
            let arguments = [command, "-f", format, "--lang", "zh"];
            let here = Ran::of(&mut office.command(&arguments)).done();
            let mut elsewhere = office.command(&arguments);
            elsewhere
                .current_dir(&deeper)
                .env("TZ", "America/Anchorage")
                .env("LC_ALL", "en_US.UTF-8");
            let elsewhere = Ran::of(&mut elsewhere).done();
            assert_eq!(here.out, elsewhere.out, "{command} {format}");
        }
    }
}
