//! The practice workspace: written from the binary, never over changed files, and worth trying.

use crate::desk::Office;
use std::fs;

/// Splits a line as a shell would, as far as the demo's own lines need it.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut quoted = false;
    let mut word = String::new();
    for sign in line.chars() {
        match sign {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            sign => word.push(sign),
        }
    }
    words.push(word);
    words
}

#[test]
fn every_command_that_the_demo_suggests_works() {
    for lang in ["zh", "en"] {
        let office = Office::new().on("2013-10-31");
        let ran = office.run(&["demo", "practice", "--lang", lang]).done();
        let folder = office.path("practice");
        let lines: Vec<&str> = ran
            .out
            .lines()
            .filter(|line| line.starts_with("  duban "))
            .collect();
        assert!(lines.len() >= 4, "{}", ran.out);
        for line in lines {
            let arguments = words(line.trim_start().strip_prefix("duban ").unwrap());
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let output = office
                .command(&arguments)
                .current_dir(&folder)
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "{line}\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
}

#[test]
fn demo_again_writes_what_is_missing_and_leaves_the_rest() {
    let office = Office::new();
    office.run(&["demo", "practice"]).done();
    let plan = office.path("practice/plans/practice-2013.toml");
    fs::remove_file(&plan).unwrap();
    office.run(&["demo", "practice"]).done();
    assert!(plan.exists());
}

#[test]
fn demo_never_goes_over_a_changed_file() {
    let office = Office::new();
    office.run(&["demo", "practice"]).done();
    let plan = "practice/plans/practice-2013.toml";
    let changed = office.read(plan) + "# mine\n";
    office.write(plan, &changed);
    office.check_refused(&["demo", "practice"], 4, &["practice-2013.toml"]);
    assert_eq!(office.read(plan), changed);
}

#[test]
fn demo_made_anew_takes_entries_again() {
    let office = Office::new().on("2013-10-31");
    let record = [
        "record",
        "progress",
        "5.2.3@xiashan",
        "-m",
        "x",
        "--date",
        "2013-10-31",
    ];
    for _ in 0..2 {
        office.run(&["demo", "practice"]).done();
        let folder = office.path("practice");
        assert!(
            office
                .command(&record)
                .current_dir(&folder)
                .status()
                .unwrap()
                .success()
        );
        fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn plan_that_init_writes_has_no_error() {
    for lang in ["zh", "en"] {
        let office = Office::new();
        fs::create_dir(office.path("own")).unwrap();
        let run = |arguments: &[&str]| {
            let mut command = office.command(arguments);
            command
                .current_dir(office.path("own"))
                .env("DUBAN_LANG", lang);
            command.output().unwrap()
        };
        assert!(
            run(&["init", "our-town-2014", "--year", "2014"])
                .status
                .success()
        );
        let check = run(&["check", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
        assert_eq!(json["errors"], 0, "{json}");
        assert!(run(&["status", "--as-of", "2014-03-31"]).status.success());
        assert_eq!(run(&["init", "our-town-2014"]).status.code(), Some(4));
    }
}
