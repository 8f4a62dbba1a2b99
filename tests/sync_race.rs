//! Four offices that push at the same time: nothing is lost, nobody meets a conflict, all end alike.
//!
//! Real processes and real git. `DUBAN_RACE` says how many entries each office records and syncs;
//! the continuous run takes 50, `cargo test` a few.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

const OFFICES: [&str; 4] = ["li", "wang", "zhao", "chen"];

const PLAN: &str = r#"schema = 1

[plan]
id = "race"
title = "工作计划"
period = { start = 2013-01-01, end = 2013-12-31 }
supervisor = "yjb"

[[unit]]
id = "yjb"
name = "应急办"

[[chapter]]
id = "1"
title = "准备"

[[measure]]
id = "1.1"
chapter = "1"
title = "预案"

[[measure.item]]
id = "1.1.1"
title = "修订预案"
kind = "once"
lead = ["yjb"]
due = 2013-10-31
"#;

fn command(program: &str, folder: &Path, arguments: &[&str]) -> Command {
    let home = folder.parent().unwrap();
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", home)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LC_ALL", "C.UTF-8")
        .env("DUBAN_LANG", "en")
        .env("DUBAN_TODAY", "2013-07-20")
        .stdin(Stdio::null());
    command
}

#[track_caller]
fn git(folder: &Path, arguments: &[&str]) -> String {
    let done = command("git", folder, arguments).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

fn duban(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_duban");
    command(program, folder, arguments).output().unwrap()
}

/// Records and syncs, one entry after another; returns the references that were given out, how
/// often a push came too late, and how often a sync gave up and was simply run again.
fn work(folder: &Path, writer: &str, count: u32) -> (Vec<String>, u64, u64) {
    let (mut given, mut late, mut given_up) = (Vec::new(), 0, 0);
    for number in 1..=count {
        let note = format!("{writer} {number}");
        let line = [
            "record",
            "note",
            "1.1.1@yjb",
            "-m",
            &note,
            "--writer",
            writer,
        ];
        let done = duban(folder, &[&line[..], &["--format", "json"]].concat());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(0), "{said}");
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        given.push(json["entries"][0]["id"].as_str().unwrap().to_owned());
        loop {
            let done = duban(folder, &["sync", "--writer", writer, "--format", "json"]);
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(!said.contains("both sides"), "a conflict: {said}");
            if said.contains("others kept sending") {
                given_up += 1;
                continue;
            }
            assert_eq!(done.status.code(), Some(0), "{said}");
            let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
            late += json["attempts"].as_u64().unwrap() - 1;
            break;
        }
    }
    (given, late, given_up)
}

/// Returns the ids of all records of a clone.
fn ids(folder: &Path) -> BTreeSet<String> {
    let journal = folder.join("plans/race.journal");
    OFFICES
        .iter()
        .flat_map(|writer| {
            let text = fs::read_to_string(journal.join(format!("{writer}.csv"))).unwrap();
            let ids = text
                .lines()
                .skip(1)
                .map(|line| line.rsplit(',').next().unwrap().to_owned());
            ids.collect::<Vec<String>>()
        })
        .collect()
}

#[test]
fn four_offices_that_push_at_once_lose_nothing_and_end_alike() {
    let count: u32 = std::env::var("DUBAN_RACE").map_or(4, |count| count.parse().unwrap());
    let temp = tempfile::tempdir().unwrap();
    let at = |name: &str| -> PathBuf { temp.path().join(name) };
    fs::create_dir(at("stick.git")).unwrap();
    git(&at("stick.git"), &["init", "-q", "--bare", "-b", "main"]);
    fs::create_dir(at("first")).unwrap();
    git(&at("first"), &["clone", "-q", "../stick.git", "."]);
    fs::create_dir(at("first/plans")).unwrap();
    fs::write(at("first/plans/race.toml"), PLAN).unwrap();
    git(&at("first"), &["add", "-A"]);
    let who = [
        "-c",
        "user.name=city",
        "-c",
        "user.email=city@example.invalid",
    ];
    git(
        &at("first"),
        &[&who[..], &["commit", "-q", "-m", "plan"]].concat(),
    );
    git(&at("first"), &["push", "-q", "origin", "HEAD:main"]);
    for writer in OFFICES {
        fs::create_dir(at(writer)).unwrap();
        git(&at(writer), &["clone", "-q", "../stick.git", "."]);
    }

    let worked: Vec<(Vec<String>, u64, u64)> = std::thread::scope(|scope| {
        let work_at = |writer| {
            let folder = at(writer);
            scope.spawn(move || work(&folder, writer, count))
        };
        let offices = OFFICES.map(work_at);
        offices.map(|office| office.join().unwrap()).into()
    });

    let mut digests = BTreeSet::new();
    let given: BTreeSet<String> = worked
        .iter()
        .flat_map(|(given, _, _)| given.clone())
        .collect();
    assert_eq!(given.len(), 4 * count as usize);
    for writer in OFFICES {
        let done = duban(
            &at(writer),
            &["sync", "--writer", writer, "--format", "json"],
        );
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        digests.insert(json["digest"].as_str().unwrap().to_owned());
        assert_eq!(ids(&at(writer)), given, "{writer} lacks or invents entries");
        let verify = duban(&at(writer), &["verify"]);
        let said = String::from_utf8_lossy(&verify.stdout).into_owned();
        assert_eq!((verify.status.code(), said.as_str()), (Some(0), ""));
        assert_eq!(git(&at(writer), &["status", "--porcelain"]), "");
    }
    assert_eq!(digests.len(), 1, "the offices do not end alike");
    let late: u64 = worked.iter().map(|(_, late, _)| late).sum();
    let given_up: u64 = worked.iter().map(|(_, _, given_up)| given_up).sum();
    eprintln!(
        "{} entries, {late} pushes came too late, {given_up} syncs were run again",
        given.len()
    );
}
