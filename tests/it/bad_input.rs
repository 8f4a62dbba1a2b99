//! Input that cannot be read: a clear message, the right exit code, nothing half-written.

use crate::desk::Office;
use crate::desk::Ran;
use std::fs;

const PLAN: &str = "plans/town-2013.toml";

#[test]
fn plan_that_is_not_there_is_named_with_where_it_was_looked_for() {
    let office = Office::new();
    office.check_refused(
        &["status", "-p", "plans/none.toml"],
        3,
        &["plans/none.toml", "no such file"],
    );
    office.check_refused(
        &["status", "-p", "twon-2013"],
        2,
        &["twon-2013", "town-2013"],
    );
    fs::remove_file(office.path(PLAN)).unwrap();
    office.check_refused(&["status"], 2, &["found no plan", "duban init"]);
}

#[test]
fn journal_that_was_named_and_is_not_there_is_an_error() {
    Office::new().check_refused(
        &["status", "--journal", "none"],
        3,
        &["none", "no such file"],
    );
}

#[test]
fn empty_plan_is_told_apart_from_a_missing_one() {
    let office = Office::with_plan("");
    office.check_refused(&["status"], 3, &[PLAN]);
    assert_eq!(office.run(&["check"]).code, 1);
}

#[test]
fn folder_in_place_of_the_plan_is_said() {
    let office = Office::new();
    fs::create_dir(office.path("plans/other.toml")).unwrap();
    office.check_refused(
        &["status", "-p", "plans/other.toml"],
        3,
        &["plans/other.toml"],
    );
}

#[test]
fn plan_over_four_mebibytes_is_refused() {
    let office = Office::new();
    let plan = office.read(PLAN);
    let filler = "# filler\n".repeat((4 << 20) / 9 + 1);
    office.write(PLAN, format!("{plan}{filler}"));
    office.check_refused(&["status"], 3, &[PLAN, "4 MiB"]);
}

#[test]
fn plan_that_is_not_utf8_names_the_line() {
    let office = Office::new();
    let mut plan = office.read(PLAN).into_bytes();
    plan.extend(b"# \xd6\xd0\n");
    office.write(PLAN, plan);
    office.check_refused(&["status"], 3, &[PLAN, "UTF-8"]);
}

#[cfg(unix)]
#[test]
fn plan_that_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new();
    fs::set_permissions(office.path(PLAN), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(office.path(PLAN)).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    office.check_refused(&["status"], 3, &["permission denied"]);
}

#[test]
fn words_that_nobody_knows_are_answered_in_the_language_chosen() {
    let office = Office::new();
    let zh = |arguments: &[&str], said: &[&str]| {
        let ran = office.run_zh(arguments).ends_with(2);
        assert_eq!(ran.out, "");
        ran.says(said);
    };
    zh(&["stauts"], &["stauts"]);
    zh(&["status", "--frob"], &["没有“--frob”这个选项"]);
    zh(&["status", "-f", "frob"], &["frob", "json"]);
    zh(&["record"], &["事件"]);
    zh(&["record", "签收"], &["“签收”对哪个事项？"]);
    zh(
        &["record", "签收", "1.1.1"],
        &["chikan 赤坎区、xiashan 霞山区"],
    );
    zh(&["status", "--lang", "fr"], &["fr"]);
    zh(&["status", "--today", "x"], &["“x”不是日期"]);
    zh(&["schema", "frob"], &["frob"]);
    zh(&["explain", "frob"], &["没有代码“frob”"]);
    zh(&["show", "frob"], &["frob"]);
}

#[test]
fn machine_formats_leave_stdout_empty_on_an_error() {
    let office = Office::with_plan("schema = 1\n");
    for format in ["csv", "json", "jsonl", "md", "html", "plain"] {
        for command in ["status", "list", "ledger", "missing"] {
            let ran = office.run(&[command, "-f", format]).ends_with(3);
            assert_eq!(ran.out, "", "{command} {format}");
        }
    }
}

#[test]
fn record_without_a_home_still_records() {
    let office = Office::new();
    let mut command = office.command(&["record", "ack", "1.1.1@chikan"]);
    let ran = Ran::of(command.env_remove("HOME").env("DUBAN_LANG", "en"));
    ran.done();
    assert_eq!(office.lines().len(), 1);
}
