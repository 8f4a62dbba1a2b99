//! Texts of another hand that would do harm: whatever shows them shows them harmless.

use crate::desk::Office;
use crate::desk::Ran;
use crate::desk::journal;

/// What a page, a spreadsheet, a terminal and an eye must not meet.
const SCRIPT: &str = "<script>alert(1)</script>";
const FORMULA: &str = "=HYPERLINK(1)";
/// Signs beyond ASCII that turn the direction of a line, join, part or stand for nothing.
const UNSEEN: [char; 24] = [
    '\u{ad}', '\u{61c}', '\u{180e}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}',
    '\u{2028}', '\u{2029}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2060}',
    '\u{2061}', '\u{2063}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}', '\u{fff9}',
];

/// Every sign that no text may carry to an eye or a terminal, controls first; those that lay out a
/// line, and NUL, which no command line can hold, are left out.
fn signs() -> Vec<char> {
    let controls = (1u8..0xa0).map(char::from).filter(|sign| sign.is_control());
    let controls = controls.filter(|sign| !matches!(sign, '\t' | '\n' | '\r'));
    controls.chain(UNSEEN).collect()
}

const COMMANDS: [&[&str]; 18] = [
    &["status"],
    &["status", "--by", "item"],
    &["status", "--by", "chapter"],
    &["status", "--by", "measure"],
    &["status", "--by", "group"],
    &["list"],
    &["ledger"],
    &["log"],
    &["missing"],
    &["show", "chikan"],
    &["show", "1.1.1"],
    &["show", "evil:1"],
    &["today"],
    &["matrix"],
    &["trend"],
    &["diff", "2013-06-30", "2013-07-20"],
    &["missing", "2013-06", "--unit", "xiashan"],
    &["bulletin", "2013-06", "--number", "=1+1<b>"],
];

/// An office whose every free text is meant to do harm.
fn office() -> Office {
    let mut plan = crate::desk::PLAN.to_owned();
    let harm = format!("{FORMULA}{SCRIPT}\\u001b[31m\\u202e\\u200b\\u0007");
    for name in [
        "2013年应急工作计划",
        "市政府",
        "赤坎区",
        "霞山区",
        "各区",
        "准备",
        "预案",
        "修订总体预案",
        "值班",
    ] {
        plan = plan.replace(&format!("\"{name}\""), &format!("\"{harm}{name}\""));
    }
    plan = plan.replace("kind = \"county\"", &format!("kind = \"{harm}\""));
    plan = plan.replace("unit = \"场\"", &format!("unit = \"{harm}场\""));
    let office = Office::with_plan(&plan);
    std::fs::create_dir_all(office.path("plans/town-2013.journal")).unwrap();
    let harm = format!("{FORMULA}{SCRIPT}{}", String::from_iter(signs()));
    office.write(
        "plans/town-2013.journal/evil.csv",
        journal(
            "evil",
            &[
                &format!("1,2013-07-01T00:00:00+08:00,2013-07-01,note,1.1.1,chikan,,,chikan,{harm},{harm},,{harm}"),
                &format!("2,2013-07-01T00:00:00+08:00,2013-07-01,progress,1.1.1,xiashan,,30%,xiashan,{harm},{harm},,{harm}"),
                &format!("3,2013-07-01T00:00:00+08:00,2013-07-01,{harm},1.1.1,xiashan,,{harm},{harm},{harm},{harm},,{harm}"),
                &format!("4,2013-07-01T00:00:00+08:00,2013-07-01,note,{harm},{harm},,,xiashan,{harm},{harm},,{harm}"),
            ],
        ),
    );
    office
}

/// Returns whether anything a terminal or an eye must not meet is in a text.
fn hidden(text: &str) -> Option<char> {
    signs().into_iter().find(|sign| text.contains(*sign))
}

#[test]
fn hidden_characters_in_a_plan_are_refused_and_not_echoed() {
    let office = office();
    for arguments in [&["check"][..], &["status"], &["list", "-f", "json"]] {
        let ran = office.run(arguments);
        assert_ne!(ran.code, 0, "{}", ran.all());
        assert_eq!(hidden(&ran.err), None, "{:?}", ran.err);
        assert_eq!(hidden(&ran.out), None, "{:?}", ran.out);
    }
}

#[test]
fn markup_and_formulas_in_a_plan_do_no_harm() {
    let office = office();
    let plan = office.read("plans/town-2013.toml");
    let plan = plan.replace("\\u001b[31m\\u202e\\u200b\\u0007", "");
    office.write("plans/town-2013.toml", plan);
    check_harmless(&office);
}

#[test]
fn nothing_in_the_journal_of_another_hand_does_harm() {
    let office = office();
    office.write("plans/town-2013.toml", crate::desk::PLAN);
    check_harmless(&office);
    for command in [&["check"][..], &["verify"]] {
        let Ran { out, err, .. } = office.run(command);
        assert_eq!(hidden(&out), None, "{out:?}");
        assert_eq!(hidden(&err), None, "{err:?}");
    }
}

/// Checks every command in every format that people or spreadsheets read.
#[track_caller]
fn check_harmless(office: &Office) {
    for command in COMMANDS {
        for format in ["table", "plain", "md", "html"] {
            let mut arguments = command.to_vec();
            arguments.extend(["-f", format]);
            let ran = office.run(&arguments).done();
            let what = format!("{arguments:?}");
            assert_eq!(hidden(&ran.out), None, "{what}\n{:?}", ran.out);
            assert_eq!(hidden(&ran.err), None, "{what}\n{:?}", ran.err);
            if matches!(format, "html" | "md") {
                assert!(!ran.out.contains("<script>"), "{what}\n{}", ran.out);
            }
        }
        check_csv(office, command);
        check_container(office, command, "out.xlsx");
        check_container(office, command, "out.docx");
    }
}

/// Checks that a workbook or a paper holds no formula, no script and no sign that is not seen.
#[track_caller]
fn check_container(office: &Office, command: &[&str], name: &str) {
    let mut arguments = command.to_vec();
    arguments.extend(["-o", name, "--force"]);
    office.run(&arguments).done();
    let file = std::fs::File::open(office.path(name)).unwrap();
    let mut workbook = zip::ZipArchive::new(file).unwrap();
    for at in 0..workbook.len() {
        let mut text = String::new();
        let mut part = workbook.by_index(at).unwrap();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let what = format!("{arguments:?}, part {at}");
        assert!(!text.contains("<f>") && !text.contains("<f "), "{what}");
        assert!(!text.contains("<script>"), "{what}");
        assert_eq!(hidden(&text), None, "{what}");
    }
}

/// Checks that no cell of a csv begins like a formula.
#[track_caller]
fn check_csv(office: &Office, command: &[&str]) {
    let mut arguments = command.to_vec();
    arguments.extend(["-f", "csv"]);
    let ran = office.run(&arguments).done();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(ran.out.as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(
                !cell.starts_with(['=', '+', '@', '\t', '\r']),
                "{arguments:?}: {cell}"
            );
        }
    }
}

#[test]
fn exact_texts_come_back_exactly_in_json() {
    let office = office();
    office.write("plans/town-2013.toml", crate::desk::PLAN);
    let ran = office.run(&["log", "-f", "json"]).done();
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let harm = format!("{FORMULA}{SCRIPT}{}", String::from_iter(signs()));
    assert_eq!(json["rows"][0]["note"], harm.as_str());
    assert_eq!(hidden(&ran.out), None, "they stand as their codes");
}

#[test]
fn typed_words_that_would_do_harm_are_echoed_harmless() {
    let office = Office::new();
    let harm = format!("x{}", String::from_iter(signs()));
    for arguments in [
        &["record", &harm, "1.1.1"][..],
        &["record", "ack", &harm],
        &["list", "--unit", &harm],
        &["show", &harm],
        &["status", "--as-of", &harm],
        &["status", "-f", &harm],
        &["status", "-p", &harm],
        &[&harm],
        &["explain", &harm],
    ] {
        let ran = office.run(arguments);
        assert_ne!(ran.code, 0);
        assert_eq!(hidden(&ran.err), None, "{arguments:?}: {:?}", ran.err);
    }
}

#[test]
fn there_are_more_than_sixty_signs_to_keep_out() {
    assert!(signs().len() >= 60, "{}", signs().len());
}

#[test]
fn names_of_files_are_shown_harmless() {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan"]);
    let harm = String::from_iter(signs().into_iter().filter(|sign| *sign < '\u{80}'));
    let harm = format!("x{harm}\u{202e}\u{200b}");
    let journal = "plans/town-2013.journal";
    for name in [
        format!("{harm}.csv"),
        format!("li.torn-{harm}"),
        format!("li.fork-{}", harm.replace('.', "")),
    ] {
        office.write(&format!("{journal}/{name}"), "x");
    }
    office.write(&format!("{harm}.pdf"), "x");
    let attach = [
        "record",
        "submit",
        "1.1.5",
        "--evidence",
        &format!("{harm}.pdf"),
    ];
    for command in [
        &["check"][..],
        &["verify"],
        &["verify", "-f", "plain"],
        &["repair"],
        &["repair", "--yes"],
        &["status"],
        &["log"],
        &attach,
        &["show", "li:2"],
        &["seal", "2013-06", "--as", "yjb"],
        &["record", "note", "1.1.1@chikan", "-m", &harm],
        &[
            "record",
            "note",
            "1.1.1@chikan",
            "-m",
            "x",
            "--person",
            &harm,
        ],
        &[
            "record",
            "note",
            "1.1.1@chikan",
            "-m",
            "x",
            "--evidence",
            &harm,
        ],
        &["config", "set", "person", &harm],
        &["config"],
    ] {
        let Ran { out, err, .. } = office.run(command);
        assert_eq!(hidden(&out), None, "{command:?}: {out:?}");
        assert_eq!(hidden(&err), None, "{command:?}: {err:?}");
    }
}
