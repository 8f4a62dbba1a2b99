//! The command: draft on stdout or into a file, doubts on stderr, what was read as json.

use super::NOTICES;
use crate::schemas::check_output;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use tempfile::TempDir;

fn input(name: &str) -> PathBuf {
    PathBuf::from(NOTICES).join(name).join("input.txt")
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .env_clear()
        .env("HOME", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn the_draft_goes_into_a_file_and_is_checked_without_errors() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("plans")).unwrap();
    let notice = input("letter-and-plan");
    let arguments = [
        "import",
        "notice",
        notice.to_str().unwrap(),
        "-o",
        "plans/yunlan-2019.toml",
    ];
    let done = run(&folder, &arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(0), "{said}");
    assert!(done.stdout.is_empty());
    assert!(said.contains("存疑[owner-order]"), "{said}");
    let checked = run(&folder, &["check"]);
    assert_eq!(
        checked.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&checked.stdout)
    );
    let draft = fs::read_to_string(folder.path().join("plans/yunlan-2019.toml")).unwrap();
    assert!(draft.contains("id = \"yunlan-2019\""));
    assert!(draft.contains("# 通知第 17 行"), "{draft}");
    let again = run(&folder, &arguments);
    assert_eq!(again.status.code(), Some(4), "nothing is overwritten");
    let forced = [&arguments[..], &["--force"]].concat();
    assert_eq!(run(&folder, &forced).status.code(), Some(0));
}

#[test]
fn a_notice_without_a_plan_ends_with_its_reason() {
    let folder = TempDir::new().unwrap();
    for (name, reason) in [
        ("refused-news", "新闻"),
        ("refused-law", "法规"),
        ("refused-reply", "批复"),
        ("refused-speech", "讲话"),
        ("refused-summary", "总结"),
    ] {
        let notice = input(name);
        let done = run(&folder, &["import", "notice", notice.to_str().unwrap()]);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(reason), "{name}: {said}");
        assert!(done.stdout.is_empty());
    }
}

#[test]
fn what_was_read_is_what_the_schema_says() {
    let folder = TempDir::new().unwrap();
    for name in [
        "letter-and-plan",
        "deadlines",
        "lost-digits",
        "groups",
        "annex-table",
    ] {
        let notice = input(name);
        let done = run(
            &folder,
            &["import", "notice", notice.to_str().unwrap(), "-f", "json"],
        );
        let value: Value = serde_json::from_slice(&done.stdout).unwrap();
        check_output("notice", &value);
    }
}

#[test]
fn what_cannot_be_asked_for_is_usage() {
    let folder = TempDir::new().unwrap();
    let notice = input("letter-and-plan");
    let notice = notice.to_str().unwrap();
    for (arguments, exit) in [
        (vec!["import", "notice", notice, "--id", "云澜"], 2),
        (vec!["import", "notice", notice, "-o", "云澜.toml"], 2),
        (vec!["import", "notice", notice, "--encoding", "klingon"], 3),
        (vec!["import", "notice", "no-such-file.txt"], 3),
        (vec!["import", "notice", notice, "--encoding", "gb18030"], 3),
    ] {
        let done = run(&folder, &arguments);
        assert_eq!(done.status.code(), Some(exit), "{arguments:?}");
        assert!(done.stdout.is_empty());
    }
}
