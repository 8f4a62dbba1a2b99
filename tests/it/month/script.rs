//! `examples/monthly.sh`: sealed, made once, whole or not at all, whatever stops it.
#![cfg(unix)]

use super::Office;
use super::PLAN;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Output;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/monthly.sh");

/// Entries up to 5 March; two periods have ended.
fn office() -> Office {
    let office = Office::new(PLAN);
    office.record("2013-01-15", "progress 1.1.2@water 3");
    office.record("2013-01-31", "submit 1.1.3@school#2013-01");
    office.record("2013-02-04", "verify 1.1.3@school#2013-01");
    office
}

/// Runs the script on a day with a program in place of `duban`.
fn run_with(office: &Office, program: &Path, today: &str) -> Output {
    office
        .command(Path::new("sh"))
        .args([SCRIPT, "out papers"])
        .env("DUBAN", program)
        .env("DUBAN_TODAY", today)
        .env("GIT_AUTHOR_NAME", "甲")
        .env("GIT_AUTHOR_EMAIL", "a@b")
        .env("GIT_COMMITTER_NAME", "甲")
        .env("GIT_COMMITTER_EMAIL", "a@b")
        .output()
        .unwrap()
}

#[track_caller]
fn run(office: &Office, today: &str) -> String {
    let output = run_with(office, Path::new(env!("CARGO_BIN_EXE_duban")), today);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

fn papers(office: &Office) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = office.folder().join("out papers");
    let mut found = BTreeMap::new();
    for folder in fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        if folder.is_file() {
            found.insert(folder.strip_prefix(&root).unwrap().to_owned(), Vec::new());
            continue;
        }
        for file in fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            let name = file.strip_prefix(&root).unwrap().to_owned();
            found.insert(name, fs::read(&file).unwrap());
        }
    }
    found
}

/// Returns a program that does as `duban`, but at its N-th call stops its caller: before or after.
fn stopper(office: &Office, at: usize, when: &str) -> PathBuf {
    let path = office.root.path().join("stopper.sh");
    let count = office.root.path().join("count");
    fs::write(&count, "0").unwrap();
    let (duban, count) = (env!("CARGO_BIN_EXE_duban"), count.display());
    let text = format!(
        "#!/bin/sh\nn=$(($(cat '{count}') + 1))\necho $n >'{count}'\n\
         [ $n = {at} ] && [ {when} = before ] && {{ kill -9 $PPID; exit 1; }}\n\
         '{duban}' \"$@\"\ncode=$?\n\
         [ $n = {at} ] && [ {when} = after ] && kill -9 $PPID\nexit $code\n"
    );
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn months_that_were_skipped_follow_in_turn() {
    let office = office();
    assert_eq!(run(&office, "2013-03-06"), "2013-01\n2013-02\n");
    let papers = papers(&office);
    for name in [
        "ledger.csv",
        "status-by-unit.json",
        "missing.html",
        "trend.md",
        "matrix.html",
        "bulletin.md",
        "bulletin.html",
        "bulletin.docx",
    ] {
        for period in ["2013-01", "2013-02"] {
            let path = Path::new(period).join(name);
            assert!(papers.contains_key(&path), "{}", path.display());
        }
    }
    let seals = office.ok("log --format csv");
    assert_eq!(seals.matches(",seal,").count(), 2, "{seals}");
}

#[test]
fn a_second_run_changes_no_byte_and_the_next_month_only_adds() {
    let office = office();
    run(&office, "2013-03-06");
    let first = papers(&office);
    assert_eq!(run(&office, "2013-03-07"), "");
    assert_eq!(papers(&office), first);
    office.record("2013-03-10", "progress 1.1.2@water 7");
    office.record("2013-01-20", "progress 1.1.2@school 1 --late");
    assert_eq!(run(&office, "2013-04-06"), "2013-03\n");
    let mut now = papers(&office);
    now.retain(|path, _| !path.starts_with("2013-03"));
    assert!(now == first, "a closed month changed");
}

#[test]
fn papers_of_a_seal_come_out_again_for_ever() {
    let office = office();
    run(&office, "2013-02-06");
    let first = papers(&office);
    office.record("2013-01-20", "progress 1.1.2@school 1 --late");
    office.write_plan(&PLAN.replace("due = 2013-02-20", "due = 2013-01-20"));
    fs::remove_dir_all(office.folder().join("out papers")).unwrap();
    run(&office, "2013-02-20");
    assert!(papers(&office) == first, "a closed month changed");
}

#[test]
fn killed_at_any_step_and_run_again_it_ends_in_the_same_folder() {
    let whole = office();
    let count = stopper(&whole, 0, "never");
    assert!(run_with(&whole, &count, "2013-02-06").status.success());
    let calls = fs::read_to_string(whole.root.path().join("count")).unwrap();
    let calls: usize = calls.trim().parse().unwrap();
    assert!(calls > 40, "{calls} calls");
    // One office takes all the kills: each run goes on from what the last one left.
    let office = office();
    let before = (1..=calls).map(|at| (at, "before"));
    for (at, when) in before.chain([(SEAL, "after"), (calls, "after")]) {
        let stopper = stopper(&office, at, when);
        let stopped = run_with(&office, &stopper, "2013-02-06");
        assert!(!stopped.status.success(), "{when} {at} was not stopped");
        let done = office.folder().join("out papers/2013-01");
        assert!(!done.exists(), "{when} {at}: half a folder stands");
    }
    run(&office, "2013-02-06");
    let pieced = papers(&office);
    // Journals are written at different times, so only the same office can make the same papers.
    fs::remove_dir_all(office.folder().join("out papers")).unwrap();
    run(&office, "2013-02-06");
    assert!(papers(&office) == pieced, "the papers differ");
    assert!(
        pieced.keys().eq(papers(&whole).keys()),
        "papers are missing"
    );
    let seals = office.ok("log --format csv");
    assert_eq!(seals.matches(",seal,").count(), 1, "{seals}");
}

/// Which call writes the seal, the only one that leaves something outside the folder.
const SEAL: usize = 4;

#[test]
fn a_program_that_fails_is_not_taken_for_a_quiet_month() {
    let office = office();
    office.write_plan("schema = 1\n");
    let output = run_with(
        &office,
        Path::new(env!("CARGO_BIN_EXE_duban")),
        "2013-02-06",
    );
    assert!(!output.status.success());
}

#[test]
fn only_its_own_files_are_committed() {
    let office = office();
    let git = |line: &[&str]| {
        let output = office
            .command(Path::new("git"))
            .args(line)
            .output()
            .unwrap();
        assert!(output.status.success(), "git {line:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    fs::write(office.folder().join("draft.txt"), "x").unwrap();
    git(&["add", "draft.txt"]);
    run(&office, "2013-02-06");
    let files = git(&[
        "-c",
        "core.quotePath=false",
        "show",
        "--name-only",
        "--format=%s",
        "HEAD",
    ]);
    let mut files = files.lines();
    assert_eq!(files.next(), Some("papers: 2013-01"));
    assert!(files.all(|line| line.is_empty() || line.starts_with("out papers/2013-01/")));
    let waiting = git(&["status", "--porcelain"]);
    assert!(waiting.contains("A  draft.txt"), "{waiting}");
    assert!(!waiting.contains("out papers"), "{waiting}");
    // Stopped between the folder and its commit: the next run commits it.
    git(&["reset", "--quiet", "--soft", "HEAD"]);
    git(&["update-ref", "-d", "HEAD"]);
    run(&office, "2013-02-07");
    assert!(git(&["log", "--format=%s"]).contains("papers: 2013-01"));
}
