//! `record` at a clerk's desk: what is understood, what is refused and how, what is told.

use crate::desk::Office;
use crate::desk::Ran;
use crate::desk::Writer;
use std::fs;
use std::process::Stdio;

/// Checks the event, item, unit, period and value of the last line written.
#[track_caller]
fn check_line(office: &Office, arguments: &[&str], wanted: &str) {
    office.record(arguments);
    let lines = office.lines();
    let last = lines.last().unwrap();
    let line: Vec<&str> = last.split(',').skip(2).take(7).collect();
    assert_eq!(line.join(","), wanted);
}

#[test]
fn event_may_be_english_or_chinese() {
    let office = Office::new();
    check_line(
        &office,
        &["ack", "1.1.1@chikan"],
        "2013-07-20,ack,1.1.1,chikan,,,chikan",
    );
    check_line(
        &office,
        &["签收", "1.1.1@xiashan"],
        "2013-07-20,ack,1.1.1,xiashan,,,xiashan",
    );
}

#[test]
fn unit_may_stand_in_the_target_or_after_it_as_id_name_or_alias() {
    let office = Office::new();
    check_line(
        &office,
        &["progress", "1.1.1", "赤坎区", "30%"],
        "2013-07-20,progress,1.1.1,chikan,,30%,chikan",
    );
    check_line(
        &office,
        &["progress", "1.1.1", "40%", "chikan"],
        "2013-07-20,progress,1.1.1,chikan,,40%,chikan",
    );
    check_line(
        &office,
        &["progress", "1.1.2@应急办", "12"],
        "2013-07-20,progress,1.1.2,yjb,,12,yjb",
    );
}

#[test]
fn full_width_signs_are_understood() {
    check_line(
        &Office::new(),
        &["progress", "１.１.１＠chikan", "６０％"],
        "2013-07-20,progress,1.1.1,chikan,,60%,chikan",
    );
}

#[test]
fn options_may_stand_after_the_value() {
    check_line(
        &Office::new(),
        &[
            "progress",
            "1.1.2",
            "62场",
            "--date",
            "2013-06-11",
            "-m",
            "累计",
        ],
        "2013-06-11,progress,1.1.2,yjb,,62,yjb",
    );
}

#[test]
fn period_of_a_periodic_item_stands_after_a_hash_before_or_after_the_unit() {
    let office = Office::new();
    check_line(
        &office,
        &["progress", "1.1.3@chikan#2013-Q3", "10%"],
        "2013-07-20,progress,1.1.3,chikan,2013-Q3,10%,chikan",
    );
    check_line(
        &office,
        &["progress", "1.1.3#2013-q3@chikan", "20%"],
        "2013-07-20,progress,1.1.3,chikan,2013-Q3,20%,chikan",
    );
    office.check_refused(
        &["record", "progress", "1.1.3", "30%"],
        2,
        &["say which period", "2013-Q1, 2013-Q2"],
    );
    office.check_refused(
        &["record", "progress", "1.1.3#2014-Q1", "30%"],
        2,
        &["has no period `2014-Q1`"],
    );
    office.check_refused(
        &["record", "ack", "1.1.1@chikan#2013-Q1"],
        2,
        &["is not periodic"],
    );
}

#[test]
fn several_leads_without_a_unit_are_listed() {
    Office::new().check_refused(
        &["record", "ack", "1.1.1"],
        2,
        &["2 lead units", "chikan 赤坎区, xiashan 霞山区"],
    );
}

#[test]
fn unit_that_does_not_lead_the_item_is_refused_with_those_that_do() {
    Office::new().check_refused(
        &["record", "ack", "1.1.1@zfb"],
        2,
        &["does not lead item 1.1.1", "chikan 赤坎区"],
    );
}

#[test]
fn script_never_guesses_a_name_but_says_the_nearest() {
    let office = Office::new();
    office.check_refused(
        &["record", "ack", "1.1.1@chi"],
        2,
        &["no unit `chi`", "chikan"],
    );
    office.check_refused(
        &["record", "ack", "1.1.1@赤坎"],
        2,
        &["no unit `赤坎`", "chikan (赤坎区)"],
    );
    office.check_refused(
        &["record", "ack", "1.1.9"],
        2,
        &["no item `1.1.9`", "1.1.1"],
    );
    office.check_refused(&["record", "sumbit", "1.1.1"], 2, &["`sumbit`", "`submit`"]);
    office.check_refused(&["record", "报完", "1.1.1"], 2, &["`报完成`"]);
    office.check_refused(&["record", "frob", "1.1.1"], 2, &["ack, progress, nil"]);
}

#[test]
fn unique_beginning_of_a_unit_counts_at_a_terminal_only() {
    let office = Office::new();
    let Some(ran) = office.run_at_terminal(&["record", "ack", "1.1.1@chi"], "", Writer::Li) else {
        return;
    };
    ran.done().shows(&["1.1.1@chikan"]);
}

#[test]
fn acting_unit_is_the_obligations_for_reports_and_the_verifier_for_the_rest() {
    let office = Office::new();
    office.record(&["submit", "1.1.1@chikan"]);
    check_line(
        &office,
        &["verify", "1.1.1@chikan"],
        "2013-07-20,verify,1.1.1,chikan,,,yjb",
    );
    office.record(&["submit", "1.1.2"]);
    check_line(
        &office,
        &["verify", "1.1.2"],
        "2013-07-20,verify,1.1.2,yjb,,,zfb",
    );
}

#[test]
fn acting_unit_may_be_configured() {
    let office = Office::new();
    office.run(&["config", "set", "unit", "chikan"]).done();
    office.record(&["submit", "1.1.1@chikan"]);
    office.check_refused(
        &["record", "verify", "1.1.1@chikan"],
        4,
        &["only 应急办公室 may record verify", "--as yjb"],
    );
    office.record(&["verify", "1.1.1@chikan", "--as", "yjb"]);
}

#[test]
fn what_an_event_must_carry_is_asked_for() {
    let office = Office::new();
    let target = "1.1.1@chikan";
    let check = |event: &[&str], said: &[&str]| {
        let mut arguments = vec!["record", event[0], target];
        arguments.extend(&event[1..]);
        office.check_refused(&arguments, 2, said);
    };
    check(&["progress"], &["percent, an amount or a note"]);
    check(&["progress", "62"], &["has no target"]);
    check(&["return"], &["needs a reason", "-m NOTE"]);
    check(&["extend", "2013-11-30"], &["needs its approval", "--ref"]);
    check(
        &["extend", "--ref", "x"],
        &["needs a value", "new due date"],
    );
    check(&["suspend"], &["a reason or a document number"]);
    check(&["cancel"], &["a reason or a document number"]);
    check(&["reopen"], &["a reason or a document number"]);
    check(&["urge"], &["needs a value", "blue, yellow or red"]);
    check(&["urge", "绿"], &["`green` of urge", "blue, yellow or red"]);
    check(&["light", "red"], &["needs a reason"]);
    check(&["note"], &["needs a text"]);
    office.check_refused(
        &["record", "submit", "1.1.5"],
        2,
        &["asks for evidence", "--evidence FILE"],
    );
}

#[test]
fn event_that_its_place_does_not_allow_is_refused() {
    let office = Office::new();
    office.check_refused(
        &["record", "verify", "1.1.1@chikan"],
        4,
        &["not started", "duban show 1.1.1@chikan", "--force"],
    );
    office.check_refused(
        &["record", "submit", "1.1.4"],
        4,
        &["continuing", "no submit"],
    );
    office.check_refused(
        &[
            "record",
            "extend",
            "1.1.1@chikan",
            "2013-09-30",
            "--ref",
            "x",
        ],
        4,
        &["due on 2013-10-31", "must be later"],
    );
}

#[test]
fn line_that_would_make_a_later_one_fail_is_refused_with_that_line() {
    let office = Office::new();
    office.record(&["progress", "1.1.1@chikan", "30%", "--date", "2013-06-10"]);
    office.check_refused(
        &[
            "record",
            "cancel",
            "1.1.1@chikan",
            "-m",
            "x",
            "--date",
            "2013-06-01",
        ],
        4,
        &["li:1 (progress, 2013-06-10)"],
    );
    office.record(&[
        "cancel",
        "1.1.1@chikan",
        "-m",
        "x",
        "--date",
        "2013-06-01",
        "--force",
    ]);
}

#[test]
fn clock_of_another_writer_that_is_ahead_is_named_as_the_cause() {
    let office = Office::new();
    let desk = "plans/town-2013.journal/wang.csv";
    office.record(&["ack", "1.1.1@chikan"]);
    office.write(
        desk,
        crate::desk::journal(
            "wang",
            &["1,2099-01-01T00:00:00+08:00,2013-07-20,submit,1.1.1,chikan,,,chikan,wang,,,"],
        ),
    );
    office.check_refused(
        &["record", "verify", "1.1.1@chikan"],
        4,
        &["clock of wang", "2099-01-01"],
    );
}

#[test]
fn report_between_a_periods_end_and_its_report_day_must_say_which_it_means() {
    let office = Office::new().on("2013-07-03");
    office.check_refused(
        &["record", "progress", "1.1.1@chikan", "60%"],
        2,
        &[
            "still silent for 2013-06",
            "--for 2013-06",
            "--date 2013-07-03",
        ],
    );
    check_line(
        &office,
        &["progress", "1.1.1@chikan", "60%", "--for", "2013-06"],
        "2013-06-30,progress,1.1.1,chikan,,60%,chikan",
    );
    // June is reported now, so nothing is open to doubt.
    check_line(
        &office,
        &["progress", "1.1.1@chikan", "70%"],
        "2013-07-03,progress,1.1.1,chikan,,70%,chikan",
    );
}

#[test]
fn person_at_a_terminal_is_asked_which_period_is_meant() {
    let office = Office::new().on("2013-07-03");
    let arguments = ["record", "progress", "1.1.1@chikan", "60%"];
    let Some(ran) = office.run_at_terminal(&arguments, "y\n", Writer::Li) else {
        return;
    };
    ran.done().shows(&["is it for 2013-06?", "2013-06-30"]);
    assert!(office.lines()[0].contains("2013-06-30,progress"));
}

#[test]
fn dry_run_writes_nothing_at_all() {
    let office = Office::new();
    office.write("proof.txt", "x");
    let before = crate::desk::files(&office.ws());
    office
        .run(&[
            "record",
            "submit",
            "1.1.5",
            "--evidence",
            "proof.txt",
            "--dry-run",
        ])
        .done()
        .shows(&["nothing is written", "1.1.5@chikan"]);
    assert_eq!(crate::desk::files(&office.ws()), before);
    assert!(!office.path("plans/town-2013.journal").exists());
    let refused = office.run(&[
        "record",
        "submit",
        "1.1.5",
        "--evidence",
        "none.txt",
        "--dry-run",
    ]);
    assert_ne!(refused.code, 0, "what would be refused is refused here too");
}

#[test]
fn same_entry_within_ten_minutes_needs_again() {
    let office = Office::new();
    office.record(&["progress", "1.1.1@chikan", "30%"]);
    office.check_refused(
        &["record", "progress", "1.1.1@chikan", "30%"],
        4,
        &["li:1", "--again"],
    );
    office.record(&["progress", "1.1.1@chikan", "30%", "--again"]);
    assert_eq!(office.lines().len(), 2);
}

#[test]
fn replacing_voids_and_writes_in_one_append() {
    let office = Office::new();
    office.record(&["progress", "1.1.1@chikan", "30%", "--date", "2013-06-10"]);
    office
        .record(&["progress", "1.1.1@chikan", "40%", "--replaces", "li:1"])
        .shows(&["voids li:1", "entry:      li:3"]);
    let lines = office.lines();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].contains(",retract,1.1.1,chikan,"));
    assert!(lines[2].contains(",2013-06-10,progress,1.1.1,chikan,,40%,"));
    office.check_refused(
        &[
            "record",
            "progress",
            "1.1.1@chikan",
            "50%",
            "--replaces",
            "li:1",
        ],
        4,
        &["li:1 is void already"],
    );
}

#[test]
fn whole_unit_is_listed_first_and_needs_yes_in_a_script() {
    let office = Office::new();
    let ran = office.run(&["record", "ack", "@xiashan"]).ends_with(2);
    ran.says(&["2 entries", "1.1.1@xiashan", "1.1.4@xiashan", "--yes"]);
    assert_eq!(office.lines().len(), 0);
    office.record(&["ack", "@xiashan", "--yes"]);
    assert_eq!(office.lines().len(), 2);
    office.check_refused(
        &["record", "ack", "@xiashan", "--yes"],
        4,
        &["no obligation that can take ack"],
    );
    office.check_refused(&["record", "submit", "@xiashan"], 2, &["ack and nil only"]);
}

#[test]
fn zero_report_of_a_unit_is_for_what_was_open_on_its_day() {
    let office = Office::new();
    let ran = office.record(&["nil", "@chikan", "--for", "2013-06", "--yes", "-f", "json"]);
    assert!(ran.out.contains("1.1.3@chikan#2013-Q2"), "{}", ran.out);
    assert!(!ran.out.contains("2013-Q3"), "{}", ran.out);
}

#[test]
fn all_submitted_ones_of_an_item_are_verified_together() {
    let office = Office::new();
    office.check_refused(
        &["record", "verify", "1.1.1", "--all", "--yes"],
        4,
        &["nothing of item 1.1.1 waits"],
    );
    office.record(&["submit", "1.1.1@chikan"]);
    office.record(&["submit", "1.1.1@xiashan"]);
    office
        .run(&["record", "verify", "1.1.1", "--all"])
        .ends_with(2)
        .says(&["1.1.1@chikan", "1.1.1@xiashan", "--yes"]);
    office.record(&["verify", "1.1.1", "--all", "--yes"]);
    assert_eq!(office.lines().len(), 4);
    office.check_refused(
        &["record", "submit", "1.1.1", "--all"],
        2,
        &["--all goes with verify only"],
    );
}

#[test]
fn evidence_is_copied_hashed_and_kept_once() {
    let office = Office::new();
    office.write("proof.txt", "x");
    office
        .record(&[
            "submit",
            "1.1.5",
            "--evidence",
            "proof.txt",
            "--evidence",
            "proof.txt",
        ])
        .shows(&["proof-2d711642.txt (1 B, SHA-256 2d711642…)"]);
    let copies = fs::read_dir(office.path("plans/town-2013.evidence")).unwrap();
    let names = copies.map(|copy| copy.unwrap().file_name().into_string().unwrap());
    let files: Vec<String> = names.filter(|name| name != ".gitattributes").collect();
    assert_eq!(files, ["proof-2d711642.txt"]);
    let line = office.lines().remove(0);
    assert_eq!(line.matches("#2d711642").count(), 1, "{line}");
}

#[test]
fn folder_and_link_are_no_evidence() {
    let office = Office::new();
    fs::create_dir(office.path("folder")).unwrap();
    office.check_refused(
        &["record", "submit", "1.1.5", "--evidence", "folder"],
        3,
        &["`folder`", "not a plain file"],
    );
    office.check_refused(
        &["record", "submit", "1.1.5", "--evidence", "none"],
        3,
        &["`none`", "no such file"],
    );
    #[cfg(unix)]
    {
        office.write("proof.txt", "x");
        std::os::unix::fs::symlink("proof.txt", office.path("link")).unwrap();
        office.check_refused(
            &["record", "submit", "1.1.5", "--evidence", "link"],
            3,
            &["`link`", "not a plain file"],
        );
    }
}

#[test]
fn text_that_a_spreadsheet_would_run_is_refused_with_what_to_type() {
    let office = Office::new();
    for (sign, wide) in [("=", "＝"), ("+", "＋"), ("-", "－"), ("@", "＠")] {
        let note = format!("{sign}1");
        office.check_refused(
            &["record", "note", "1.1.4", "-m", &note],
            2,
            &["a spreadsheet would run it", wide],
        );
        office.check_refused(
            &["record", "note", "1.1.4", "-m", "x", "--ref", &note],
            2,
            &[wide],
        );
    }
}

#[test]
fn text_with_line_breaks_or_hidden_characters_is_refused() {
    let office = Office::new();
    let check = |note: &str, said: &str| {
        office.check_refused(&["record", "note", "1.1.4", "-m", note], 2, &[said]);
    };
    check("a\nb", "line break");
    check("a\u{202e}b", "U+202E");
    check("a\u{200b}b", "U+200B");
    check("a\u{1b}[31mb", "U+001B");
    check(&"字".repeat(2_001), "2001 characters");
    office.record(&["note", "1.1.4", "-m", &"字".repeat(2_000)]);
}

#[test]
fn line_breaks_are_folded_where_a_person_agrees() {
    let office = Office::new();
    let arguments = ["record", "note", "1.1.4", "-m", "a\nb"];
    let Some(ran) = office.run_at_terminal(&arguments, "y\n", Writer::Li) else {
        return;
    };
    ran.done();
    assert!(office.lines()[0].contains(",a b,"));
}

#[test]
fn fact_of_the_future_is_refused() {
    let office = Office::new();
    office.check_refused(
        &["record", "note", "1.1.4", "-m", "x", "--date", "2099-01-01"],
        2,
        &["2099-01-01 lies after the day of recording"],
    );
    office.check_refused(
        &["record", "note", "1.1.4", "-m", "x", "--date", "2013/01/01"],
        2,
        &["`2013/01/01` is no date", "2013-06-30"],
    );
    office.check_refused(
        &["record", "note", "1.1.4", "-m", "x", "--for", "2013-12"],
        2,
        &["2013-12"],
    );
}

#[test]
fn first_recording_at_a_terminal_asks_three_things_and_keeps_them() {
    let office = Office::new();
    let arguments = ["record", "ack", "1.1.1@chikan"];
    let Some(ran) = office.run_at_terminal(&arguments, "wang-2\n赤坎区\n王五\n", Writer::Unknown)
    else {
        return;
    };
    ran.done().shows(&["wang-2:1"]);
    let settings = fs::read_to_string(office.folder.path().join("home/.config/duban/config.toml"));
    let settings = settings.unwrap();
    for wanted in [
        "writer = \"wang-2\"",
        "unit = \"chikan\"",
        "person = \"王五\"",
    ] {
        assert!(settings.contains(wanted), "{settings}");
    }
    let journal = office.read("plans/town-2013.journal/wang-2.csv");
    assert!(journal.contains(",chikan,王五,"), "{journal}");
}

#[test]
fn writer_is_the_option_else_the_environment_else_the_settings_else_user_and_host() {
    let office = Office::new();
    office.run(&["config", "set", "writer", "kept"]).done();
    let record = |note: &str, more: &[&str], named: Option<&str>| -> Ran {
        let mut arguments = vec!["record", "note", "1.1.4", "-m", note, "-f", "json"];
        arguments.extend(more);
        let mut command = office.command(&arguments);
        match named {
            Some(name) => command.env("DUBAN_WRITER", name),
            None => command.env_remove("DUBAN_WRITER"),
        };
        Ran::of(command.env("HOSTNAME", "desk").env("DUBAN_LANG", "en")).done()
    };
    record("a", &["--writer", "said"], Some("env")).shows(&["\"said:1\""]);
    record("b", &[], Some("env")).shows(&["\"env:1\""]);
    record("c", &[], None).shows(&["\"kept:1\""]);
    fs::remove_file(office.folder.path().join("home/.config/duban/config.toml")).unwrap();
    record("d", &[], None).shows(&["\"li-desk:1\""]);
    office.check_refused(
        &["record", "note", "1.1.4", "-m", "x", "--writer", "A B"],
        2,
        &["`A B` cannot be a writer's name", "yjb-li"],
    );
}

#[test]
fn many_from_csv_with_chinese_headers_are_recorded_in_one_go() {
    let office = Office::new();
    office.write(
        "many.csv",
        "\u{feff}事件,事项,单位,数值,日期,备注\r\n反馈进展,1.1.1,赤坎区,50%,2013-07-01,甲\r\nnil,1.1.4,,,2013-07-01,\r\n",
    );
    office.record(&["--from", "many.csv"]).shows(&["li:2"]);
    assert_eq!(office.lines().len(), 2);
}

#[test]
fn one_refused_line_of_many_keeps_all_from_being_written() {
    let office = Office::new();
    office.write(
        "many.csv",
        "event,item,unit,value,date\nprogress,1.1.1,chikan,50%,2013-07-01\nverify,1.1.4,,,2013-07-01\nack,9.9,,,\n",
    );
    office.check_refused(
        &["record", "--from", "many.csv"],
        4,
        &[
            "many.csv:3: ",
            "many.csv:4: ",
            "no item `9.9`",
            "2 of 3 lines",
        ],
    );
    office.write("many.csv", "event,thing\nack,1\n");
    office.check_refused(
        &["record", "--from", "many.csv"],
        3,
        &["many.csv:1", "no column `thing`", "obligation", "事项"],
    );
    office.write("many.csv", "");
    office.check_refused(&["record", "--from", "many.csv"], 2, &["no lines"]);
    office.write("many.csv", b"event,item\nack,\xd6\xd0\n");
    office.check_refused(
        &["record", "--from", "many.csv"],
        3,
        &["many.csv:2", "UTF-8"],
    );
    office.check_refused(&["record", "--from", "none.csv"], 3, &["no such file"]);
}

#[test]
fn line_of_a_file_that_may_mean_two_periods_asks_for_its_date() {
    let office = Office::new().on("2013-07-03");
    office.write(
        "many.csv",
        "event,obligation,value\nprogress,1.1.1@chikan,50%\n",
    );
    office.check_refused(
        &["record", "--from", "many.csv"],
        2,
        &[
            "many.csv:2",
            "still silent for 2013-06",
            "column `date`",
            "2013-06-30",
        ],
    );
}

#[test]
fn later_line_of_many_may_build_on_an_earlier_one() {
    let office = Office::new();
    let lines = "{\"event\":\"submit\",\"obligation\":\"1.1.1@chikan\",\"date\":\"2013-07-01\"}\n{\"event\":\"verify\",\"obligation\":\"1.1.1@chikan\",\"date\":\"2013-07-02\"}\n";
    office
        .run_with_input(&["record", "--from", "-", "-f", "json"], lines)
        .done()
        .shows(&["\"li:1\"", "\"li:2\""]);
}

#[test]
fn receipt_says_everything_in_words_in_both_languages() {
    let office = Office::new();
    office.record(&["progress", "1.1.2", "62"]).shows(&[
        "entry:      li:1\n",
        "obligation: 1.1.2@yjb 应急办公室: 举办讲座\n",
        "event:      progress, 62 of 100 场 so far\n",
        "date:       2013-07-20\n",
        "counts for: the reporting period 2013-07\n",
        "changed:    not started → in progress; progress 0.0% → 62.0%\n",
    ]);
    let zh = |arguments: &[&str]| office.run_zh(arguments).done();
    zh(&["record", "反馈进展", "1.1.2", "70场"]).shows(&[
        "责任事项：1.1.2@yjb 应急办公室：举办讲座\n",
        "事件：    反馈进展，累计 70 场（目标 100 场）\n",
        "计入：    2013-07 报告期\n",
        "变化：    进度 62.0% → 70.0%\n",
    ]);
    zh(&[
        "record",
        "延期",
        "1.1.1@chikan",
        "2013-11-30",
        "--ref",
        "批1",
    ])
    .shows(&["延期至 2013-11-30", "到期日 2013-10-31 → 2013-11-30"]);
    zh(&["record", "催办", "1.1.1@chikan", "黄"]).shows(&["催办（黄）", "黄色督办单待回应"]);
    zh(&["record", "签收", "1.1.1@chikan"]).shows(&["2013-07-20 已签收"]);
    zh(&["retract", "li:3", "-m", "批件有误"])
        .shows(&["更正，作废 li:3", "到期日 2013-11-30 → 2013-10-31"]);
}

#[test]
fn receipt_in_json_has_the_shape_that_scripts_rely_on() {
    let ran = Office::new().record(&["ack", "1.1.1@chikan", "-f", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["schema"], "duban/recorded@1");
    assert_eq!(json["entries"][0]["entry"], "li:1");
    assert_eq!(json["entries"][0]["obligation"], "1.1.1@chikan");
    assert_eq!(json["entries"][0]["id"].as_str().unwrap().len(), 32);
    assert_eq!(json["entries"][0].as_object().unwrap().len(), 3);
}

#[test]
fn journal_that_another_process_holds_is_waited_for_then_named() {
    let office = Office::new();
    office.record(&["ack", "1.1.1@chikan"]);
    let lock = fs::File::open(office.path("plans/town-2013.journal/li.lock")).unwrap();
    lock.lock().unwrap();
    office.write("plans/town-2013.journal/li.lock-by", "王五 2013-07-20\n");
    let begun = std::time::Instant::now();
    let ran = office
        .run(&["record", "ack", "1.1.1@xiashan"])
        .ends_with(4)
        .says(&["another window is recording as `li`", "王五"]);
    assert_eq!(ran.out, "");
    assert!(begun.elapsed().as_secs() <= 12);
    assert_eq!(office.lines().len(), 1);
}

#[test]
fn receipt_that_cannot_be_shown_is_a_failure_though_the_entry_stands() {
    let office = Office::new();
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let mut command = office.command(&["record", "ack", "1.1.1@chikan"]);
    let output = command
        .env("DUBAN_LANG", "en")
        .stdout(Stdio::from(full))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("what was asked is done"), "{said}");
    assert_eq!(office.lines().len(), 1);
}

#[test]
fn a_refused_first_entry_leaves_nothing_behind() {
    let office = Office::new();
    office.check_refused(&["record", "verify", "1.1.1@chikan"], 4, &["error"]);
    assert!(!office.path("plans/town-2013.journal").exists());
    // Beside another writer's file the folder stays, and nothing of this one is in it.
    office.record(&["note", "1.1.2@yjb", "-m", "one", "--writer", "wang"]);
    office.check_refused(&["record", "verify", "1.1.1@chikan"], 4, &["error"]);
    let lock = office.path("plans/town-2013.journal/li.lock");
    assert!(!lock.exists());
}
