//! Seals: a closed month comes out again for ever, and what comes later is marked.

use crate::desk::Office;
use std::fs;

/// What makes a closed month's papers again.
const PAPERS: &[&[&str]] = &[
    &[
        "status",
        "--as-of",
        "2013-06",
        "--known-at",
        "2013-06",
        "--format",
        "json",
    ],
    &[
        "status",
        "--by",
        "item",
        "--as-of",
        "2013-06",
        "--known-at",
        "2013-06",
    ],
    &[
        "list",
        "--as-of",
        "2013-06",
        "--known-at",
        "2013-06",
        "--format",
        "csv",
    ],
    &[
        "ledger",
        "--as-of",
        "2013-06",
        "--known-at",
        "2013-06",
        "--format",
        "html",
    ],
    &[
        "missing",
        "2013-06",
        "--as-of",
        "2013-06",
        "--known-at",
        "2013-06",
        "--format",
        "md",
    ],
    &[
        "log",
        "--as-of",
        "2013-06",
        "--known-at",
        "2013-06",
        "--format",
        "plain",
    ],
];

fn papers(office: &Office) -> Vec<Vec<u8>> {
    let printed = PAPERS
        .iter()
        .map(|paper| office.run(paper).done().out.into_bytes());
    let workbooks = ["status", "list", "ledger", "matrix", "trend", "today"].map(|report| {
        let file = "paper.xlsx";
        let month = ["--as-of", "2013-06", "--known-at", "2013-06"];
        let mut arguments = vec![report, "-o", file, "--force"];
        arguments.extend(month);
        office.run(&arguments).done();
        std::fs::read(office.path(file)).unwrap()
    });
    printed.chain(workbooks).collect()
}

/// An office in July with two reports about June.
fn office_in_july() -> Office {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan", "--date", "2013-06-03"]);
    office.record(&["progress", "1.1.1@chikan", "40%", "--date", "2013-06-20"]);
    office
}

fn seal(office: &Office) -> String {
    let ran = office
        .run(&["seal", "2013-06", "--as", "yjb", "--format", "json"])
        .done();
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    json["entry"].as_str().unwrap().to_owned()
}

#[test]
fn seal_names_the_head_of_every_writer_and_keeps_the_plan() {
    let office = office_in_july();
    seal(&office);
    let line = office.lines().pop().unwrap();
    let fields: Vec<&str> = line.split(',').collect();
    assert_eq!(fields[3..9], ["seal", "", "", "", "2013-06", "yjb"]);
    assert!(fields[12].starts_with("li:2:"), "{line}");
    let (path, sha256) = fields[11].split_once('#').unwrap();
    let kept = fs::read(office.path("plans/town-2013.evidence").join(path)).unwrap();
    assert_eq!(kept, office.read("plans/town-2013.toml").as_bytes());
    assert_eq!(path, format!("sealed/2013-06-{}.toml", &sha256[..8]));
    office.run(&["verify"]).done().shows(&[]);
    assert_eq!(office.run(&["verify"]).out, "");
}

#[test]
fn sealed_again_it_gives_its_reference_and_writes_nothing() {
    let office = office_in_july();
    let first = seal(&office);
    let before = office.lines();
    assert_eq!(seal(&office), first);
    assert_eq!(office.lines(), before);
}

#[test]
fn period_that_has_not_ended_cannot_be_sealed() {
    let office = office_in_july();
    office.check_refused(&["seal", "2013-07"], 2, &["2013-07-31"]);
}

#[test]
fn nobody_but_the_supervisor_seals() {
    let office = office_in_july();
    office.check_refused(&["seal", "2013-06", "--as", "chikan"], 4, &["--as yjb"]);
}

#[test]
fn seal_is_refused_while_the_plan_has_an_error() {
    let office = office_in_july();
    let plan = office
        .read("plans/town-2013.toml")
        .replace("supervisor = \"yjb\"", "supervisor = \"x\"");
    office.write("plans/town-2013.toml", plan);
    office.check_refused(&["seal", "2013-06"], 3, &["duban check"]);
}

#[test]
fn closed_month_is_the_same_bytes_after_more_writers_a_revised_plan_and_a_year() {
    let office = office_in_july();
    seal(&office);
    let before = papers(&office);
    let office = office.on("2014-07-20");
    for number in 0..10 {
        let writer = format!("{}-desk", "abcdefghijz".chars().nth(number).unwrap());
        let writer = writer.as_str();
        office
            .run(&[
                "record",
                "progress",
                "1.1.4@xiashan",
                "-m",
                "later",
                "--date",
                "2014-01-08",
                "--writer",
                writer,
            ])
            .done();
        office
            .run(&[
                "record",
                "progress",
                "1.1.1@xiashan",
                "10%",
                "--date",
                "2013-06-30",
                "--late",
                "--writer",
                writer,
            ])
            .done();
    }
    let plan = office
        .read("plans/town-2013.toml")
        .replace("due = 2013-10-31", "due = 2013-05-31")
        .replace("修订总体预案", "修订总体预案（改）");
    office.write("plans/town-2013.toml", plan);
    assert_eq!(papers(&office), before);
}

#[test]
fn entry_written_before_the_seal_that_arrives_after_it_is_not_known_to_it() {
    let office = office_in_july();
    // Another office wrote this before the seal; its file comes with the next exchange.
    let other = Office::new();
    other
        .run(&[
            "record",
            "submit",
            "1.1.1@xiashan",
            "--date",
            "2013-06-28",
            "--writer",
            "far",
        ])
        .done();
    seal(&office);
    let before = papers(&office);
    let name = "plans/town-2013.journal/far.csv";
    office.write(name, fs::read(other.path(name)).unwrap());
    assert_eq!(papers(&office), before);
    office
        .run(&["log", "--item", "1.1.1"])
        .done()
        .shows(&["far:1", "after the seal"]);
}

#[test]
fn clocks_apart_do_not_change_what_a_seal_knew() {
    let office = office_in_july();
    let ahead = crate::desk::journal(
        "ahead",
        &["1,2099-01-01T00:00:00+08:00,2013-06-21,progress,1.1.1,xiashan,,30%,xiashan,wang,,,"],
    );
    office.write("plans/town-2013.journal/ahead.csv", ahead);
    seal(&office);
    let json = office.run(PAPERS[0]).done().out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["journal"]["entries"], 3);
    let row = json["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["key"] == "xiashan")
        .unwrap();
    assert_eq!(row["in_progress"], 1);
}

#[test]
fn entry_dated_inside_a_sealed_period_needs_late_and_is_marked() {
    let office = office_in_july();
    seal(&office);
    office.check_refused(
        &[
            "record",
            "progress",
            "1.1.1@xiashan",
            "10%",
            "--date",
            "2013-06-30",
        ],
        4,
        &["2013-06", "--late"],
    );
    office.record(&[
        "progress",
        "1.1.1@xiashan",
        "10%",
        "--date",
        "2013-06-30",
        "--late",
    ]);
    office.run(&["log"]).done().shows(&["after the seal"]);
    office
        .run(&["show", "1.1.1@xiashan"])
        .done()
        .shows(&["after the seal"]);
    office.record(&["progress", "1.1.1@xiashan", "20%", "--date", "2013-07-19"]);
}

#[test]
fn sealed_period_may_be_retracted_and_sealed_anew() {
    let office = office_in_july();
    let first = seal(&office);
    office.record(&[
        "progress",
        "1.1.1@xiashan",
        "10%",
        "--date",
        "2013-06-30",
        "--late",
    ]);
    office
        .run(&["retract", &first, "-m", "one report was missing"])
        .done();
    let second = seal(&office);
    assert_ne!(first, second);
    let json = office.run(PAPERS[0]).done().out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["journal"]["entries"], 5);
    // The old bulletin can still be made again, by the reference of its seal.
    let old = office
        .run(&[
            "status",
            "--as-of",
            "2013-06",
            "--known-at",
            &first,
            "--format",
            "json",
        ])
        .done()
        .says(&["retracted"]);
    let json: serde_json::Value = serde_json::from_str(&old.out).unwrap();
    assert_eq!(json["journal"]["entries"], 2);
}

#[test]
fn undo_never_takes_a_seal() {
    let office = office_in_july();
    seal(&office);
    office.run(&["undo"]).done();
    office.run(&["status", "--known-at", "2013-06"]).done();
}

#[test]
fn seal_that_is_not_there_is_a_question_of_usage() {
    let office = office_in_july();
    office.check_refused(&["status", "--known-at", "2013-06"], 2, &["2013-06"]);
    office.check_refused(&["status", "--known-at", "li:9"], 2, &["li:9"]);
}

#[test]
fn plan_edited_after_a_seal_is_told_with_the_entry_that_should_have_been_recorded() {
    let office = office_in_july();
    seal(&office);
    let added = "\n[[measure.item]]\nid = \"1.1.9\"\ntitle = \"新增事项\"\nkind = \"once\"\nlead = [\"yjb\"]\n";
    let plan = office
        .read("plans/town-2013.toml")
        .replace("due = 2013-10-31", "due = 2013-11-30");
    office.write("plans/town-2013.toml", plan + added);
    office.run(&["check"]).done().shows(&[
        "plan/changed-since-seal",
        "duban record extend 1.1.1@UNIT 2013-11-30",
        "plan/added-without-start",
    ]);
}

#[test]
fn file_cut_below_a_sealed_head_is_an_error() {
    let office = office_in_july();
    let other = "plans/town-2013.journal/far.csv";
    office
        .run(&[
            "record",
            "ack",
            "1.1.1@xiashan",
            "--date",
            "2013-06-05",
            "--writer",
            "far",
        ])
        .done();
    office
        .run(&[
            "record",
            "progress",
            "1.1.1@xiashan",
            "5%",
            "--date",
            "2013-06-06",
            "--writer",
            "far",
        ])
        .done();
    seal(&office);
    let text = office.read(other);
    let cut: String = text.split_inclusive('\n').take(2).collect();
    office.write(other, cut);
    office
        .run(&["check"])
        .ends_with(1)
        .shows(&["journal/seal-head"]);
    office
        .run(&["status", "--known-at", "2013-06"])
        .ends_with(3)
        .says(&["far"]);
}

#[test]
fn plan_that_a_seal_kept_and_that_is_gone_is_an_error() {
    let office = office_in_july();
    seal(&office);
    fs::remove_dir_all(office.path("plans/town-2013.evidence/sealed")).unwrap();
    office.run(&["verify"]).ends_with(1);
    office
        .run(&["status", "--known-at", "2013-06"])
        .ends_with(3)
        .says(&["sealed/2013-06"]);
}

/// Whoever writes a whole file anew gives it a chain that is whole; the seal remembers its old end.
#[test]
fn file_written_anew_with_a_whole_chain_below_a_sealed_head_is_an_error() {
    let office = office_in_july();
    let far = "plans/town-2013.journal/far.csv";
    let line = "2013-06-05T09:00:00+08:00,2013-06-05,progress,1.1.1,xiashan,,5%,xiashan,wang,,,";
    office.write(far, crate::desk::journal("far", &[&format!("1,{line}")]));
    seal(&office);
    assert_eq!(office.run(&["verify"]).done().out, "");
    let anew = line.replace("5%", "95%");
    office.write(far, crate::desk::journal("far", &[&format!("1,{anew}")]));
    office
        .run(&["verify"])
        .ends_with(1)
        .shows(&["journal/seal-head", "far"]);
}

#[test]
fn copy_of_the_plan_that_a_seal_kept_and_that_was_changed_is_an_error() {
    let office = office_in_july();
    seal(&office);
    let sealed = office.path("plans/town-2013.evidence/sealed");
    let kept = fs::read_dir(sealed)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let text = fs::read_to_string(&kept).unwrap();
    fs::write(&kept, text.replace("2013-10-31", "2013-11-30")).unwrap();
    office
        .run(&["verify"])
        .ends_with(1)
        .shows(&["journal/seal-plan"]);
}
