//! Which lines are records, and which of them count.

use crate::support::office::Office;
use crate::support::office::check_journal;
use crate::support::office::check_one;
use duban::journal::line;
use serde_json::Value;
use serde_json::json;

/// The fields of a good line, in which a test changes one.
const FIELDS: [&str; 14] = [
    "1",
    "2013-06-01T09:00:00+08:00",
    "2013-06-01",
    "progress",
    "1.1.1",
    "czj",
    "",
    "60%",
    "czj",
    "经办人",
    "",
    "",
    "",
    "0123456789abcdef0123456789abcdef",
];

const SEQ: usize = 0;
const RECORDED_AT: usize = 1;
const DATE: usize = 2;
const EVENT: usize = 3;
const VALUE: usize = 7;
const ID: usize = 13;

fn with(changes: &[(usize, &str)]) -> String {
    let mut fields = FIELDS;
    for (at, value) in changes {
        fields[*at] = value;
    }
    fields.join(",")
}

/// Checks how many records and how many unreadable lines a line is.
#[track_caller]
fn check_line(line: &str, entries: u64, unreadable: u64) {
    let office = Office::once().raw(line);
    let expected = json!({"entries": entries, "unreadable": unreadable});
    check_journal(&office, "2013-06-30", &expected);
}

/// Checks which values of a field make a line a record, and which do not.
#[track_caller]
fn check_field(at: usize, good: &[&str], bad: &[&str]) {
    for value in good {
        check_line(&with(&[(at, value)]), 1, 0);
    }
    for value in bad {
        check_line(&with(&[(at, value)]), 0, 1);
    }
}

/// Checks that the last entry of a journal is skipped and leaves no trace but in the head.
#[track_caller]
fn check_skipped(with: &Office, without: &Office) {
    let rows = |office: &Office| office.list("2013-06-30")["rows"].clone();
    assert_eq!(rows(with), rows(without));
    check_journal(with, "2013-06-30", &json!({"skipped": 1}));
}

fn id(digit: &str) -> String {
    digit.repeat(32)
}

/// A retract of the chosen id, itself of a chosen id.
fn retract(seq: &str, own: &str, names: &str) -> String {
    with(&[
        (SEQ, seq),
        (EVENT, "retract"),
        (VALUE, &id(names)),
        (ID, &id(own)),
    ])
}

fn progress(seq: &str, own: &str) -> String {
    with(&[(SEQ, seq), (ID, &id(own))])
}

#[test]
fn a_record_has_fourteen_fields() {
    let line = with(&[]);
    check_line(&line, 1, 0);
    check_line(&format!("{line},"), 0, 1);
    check_line(line.split_once(',').unwrap().1, 0, 1);
}

#[test]
fn a_record_is_utf_8() {
    let office =
        Office::once().bytes(b"1,2013-06-01T09:00:00Z,2013-06-01,note,\xb0\xb0,,,,,,,,,x\n");
    check_journal(
        &office,
        "2013-06-30",
        &json!({"entries": 0, "unreadable": 1}),
    );
}

#[test]
fn a_number_is_whole_from_one_without_leading_zeros() {
    check_field(
        SEQ,
        &["1", "7", "99999999999999999999999"],
        &["0", "01", "-1", "+1", "1.0", "", "１", " 1"],
    );
}

#[test]
fn a_recording_time_has_one_form_and_exists() {
    check_field(
        RECORDED_AT,
        &[
            "2013-06-01T00:00:00Z",
            "2013-06-01T23:59:59+23:59",
            "2013-06-01T09:00:00-23:59",
            "0001-01-01T00:00:00Z",
        ],
        &[
            "2013-06-01T24:00:00Z",
            "2013-06-01T09:60:00Z",
            "2013-06-01T09:00:60Z",
            "2013-06-01T09:00:00+24:00",
            "2013-06-01T09:00:00+08:60",
            "2013-06-01T09:00:00",
            "2013-06-01T09:00:00z",
            "2013-06-01T09:00:00.5Z",
            "2013-06-01T09:00Z",
            "2013-06-01t09:00:00Z",
            "2013-06-01 09:00:00Z",
            "2013-06-01T09:00:00+0800",
            "2013-02-29T09:00:00Z",
            "0000-12-31T09:00:00Z",
            "",
        ],
    );
}

#[test]
fn a_date_exists() {
    check_field(
        DATE,
        &["2012-02-29", "0001-01-01", "9999-12-31"],
        &[
            "2013-02-29",
            "2013-00-01",
            "2013-6-1",
            "0000-01-01",
            "2013/06/01",
            "",
        ],
    );
}

#[test]
fn an_id_is_32_lower_case_hex_digits() {
    check_field(
        ID,
        &[&id("f")],
        &[
            &id("F"),
            &id("g"),
            &id("0")[1..],
            &format!("{}0", id("0")),
            "",
        ],
    );
}

#[test]
fn a_quote_stands_only_around_a_whole_field_or_doubled_inside_one() {
    check_field(
        VALUE,
        &["\"60%\"", "\"a,b\"", "\"a\"\"b\"", "\"\""],
        &["6\"0%", "60%\"", "\"60%", "\"a\"b", "\"\"\"", "\"a\"b\""],
    );
}

#[test]
fn a_blank_line_is_unreadable() {
    check_line("", 0, 1);
}

#[test]
fn a_line_over_one_mebibyte_is_unreadable() {
    let longest = |length: usize| {
        let plain = with(&[]);
        with(&[(12, &"a".repeat(length - plain.len()))])
    };
    check_line(&longest(line::LONGEST), 1, 0);
    check_line(&longest(line::LONGEST + 1), 0, 1);
}

#[test]
fn line_one_is_no_line_when_its_fields_are_those_of_the_header() {
    let office =
        |first: &str| Office::once().file_of("li", format!("{first}\n{}\n", with(&[])).as_bytes());
    let expected = json!({"entries": 1, "unreadable": 0});
    check_journal(&office(line::HEADER), "2013-06-30", &expected);
    let quoted = line::HEADER.replacen("seq", "\"seq\"", 1);
    check_journal(&office(&quoted), "2013-06-30", &expected);
    let other = office("seq,date");
    check_journal(
        &other,
        "2013-06-30",
        &json!({"entries": 1, "unreadable": 1}),
    );
}

#[test]
fn line_one_may_be_a_record() {
    let office = Office::once().file_of("li", format!("{}\n", with(&[])).as_bytes());
    check_journal(
        &office,
        "2013-06-30",
        &json!({"entries": 1, "unreadable": 0}),
    );
}

#[test]
fn the_header_on_another_line_is_unreadable() {
    check_line(line::HEADER, 0, 1);
}

#[test]
fn a_double_counts_nowhere() {
    let office = Office::once().raw(&with(&[])).raw(&with(&[(VALUE, "90%")]));
    check_journal(
        &office,
        "2013-06-30",
        &json!({"entries": 1, "unreadable": 0}),
    );
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
    assert!(office.findings().contains(&"journal/double"));
}

#[test]
fn the_same_line_in_another_file_is_no_double() {
    let office = Office::once().raw(&with(&[])).by("wang").raw(&with(&[]));
    check_journal(&office, "2013-06-30", &json!({"entries": 2}));
}

#[test]
fn a_file_with_more_unreadable_lines_than_records_is_too_damaged() {
    let even = Office::once().raw(&with(&[])).raw("?");
    assert!(even.scan().damaged.is_empty());
    assert_eq!(even.raw("?").scan().damaged.len(), 1);
}

#[test]
fn a_double_is_neither_record_nor_unreadable_when_a_file_is_judged() {
    let office = Office::once()
        .raw(&with(&[]))
        .raw(&with(&[]))
        .raw("?")
        .raw("?");
    assert_eq!(office.scan().damaged.len(), 1);
}

#[test]
fn the_whole_file_is_judged_whatever_is_known() {
    let office = Office::once()
        .on("2013-06-01", "note", "1.1.1@czj", "")
        .raw("?")
        .raw("?");
    let nothing = office.clone().known_at("2013-01-01T00:00:00Z");
    assert_eq!(nothing.scan().damaged.len(), 1);
    assert_eq!(office.under(&["li:1"]).scan().damaged.len(), 1);
}

#[test]
fn entries_are_all_known_records_of_whatever_event_and_date() {
    let office = Office::once()
        .on("2013-06-01", "note", "1.1.1@czj", "")
        .on("2099-01-01", "note", "1.1.1@czj", "")
        .on("2013-06-01", "seal", "@", "2013-05")
        .on("2013-06-01", "dance", "9.9.9@nobody", "")
        .retract("2013-06-02", "li:1");
    check_journal(&office, "2013-06-30", &json!({"entries": 5}));
    let office = office.known_at("2013-06-01T09:00:00+08:00");
    check_journal(&office, "2013-06-30", &json!({"entries": 3}));
}

#[test]
fn unreadable_lines_all_count_whatever_the_instant() {
    let office = Office::once()
        .on("2013-06-01", "note", "1.1.1@czj", "")
        .raw("?")
        .known_at("2013-01-01T00:00:00Z");
    check_journal(
        &office,
        "2013-06-30",
        &json!({"entries": 0, "unreadable": 1}),
    );
}

#[test]
fn unreadable_lines_count_up_to_the_heads_of_a_seal() {
    let office = Office::once()
        .raw("?")
        .on("2013-06-01", "note", "1.1.1@czj", "")
        .raw("?")
        .on("2013-06-02", "note", "1.1.1@czj", "")
        .by("wang")
        .raw("?");
    check_journal(&office, "2013-06-30", &json!({"unreadable": 3}));
    let office = office.under(&["li:1"]);
    check_journal(&office, "2013-06-30", &json!({"unreadable": 1}));
}

#[test]
fn a_head_that_is_not_found_is_named() {
    let office = Office::once().on("2013-06-01", "note", "1.1.1@czj", "");
    assert!(office.clone().under(&["li:1"]).scan().lost_heads.is_empty());
    let replaced = office
        .under(&["li:1"])
        .file_of("li", format!("{}\n", with(&[])).as_bytes());
    assert_eq!(replaced.scan().lost_heads, ["li"]);
}

#[test]
fn the_digest_is_made_of_known_records_only() {
    let first = Office::once().on("2013-06-01", "note", "1.1.1@czj", "");
    let second = first
        .clone()
        .on("2013-06-02", "note", "1.1.1@czj", "")
        .by("wang")
        .on("2013-06-02", "note", "1.1.1@czj", "");
    assert_ne!(second.scan().digest, first.scan().digest);
    let known = second.clone().known_at("2013-06-01T09:00:00+08:00");
    assert_eq!(known.scan().digest, first.scan().digest);
    assert_eq!(second.under(&["li:1"]).scan().digest, first.scan().digest);
}

#[test]
fn what_a_retract_names_is_void() {
    let office = Office::once()
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .on("2013-06-02", "progress", "1.1.1@czj", "90%")
        .retract("2013-06-03", "li:2");
    check_one(
        &office,
        "2013-06-30",
        &json!({"progress": "60.0", "last_entry": "li:1"}),
    );
}

#[test]
fn a_retract_with_part_of_an_id_names_nothing() {
    let office = Office::once().on("2013-06-01", "progress", "1.1.1@czj", "60%");
    let prefix = office.id("li:1")[..8].to_owned();
    let office = office.on("2013-06-02", "retract", "1.1.1@czj", &prefix);
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
}

#[test]
fn a_retract_of_another_obligation_names_nothing() {
    let office = Office::once().on("2013-06-01", "progress", "1.1.1@czj", "60%");
    let whole = office.id("li:1");
    for obligation in ["1.1.1@jyj", "1.1.1@czj#2013-06", "@"] {
        let office = office
            .clone()
            .on("2013-06-02", "retract", obligation, &whole);
        check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
        check_journal(&office, "2013-06-30", &json!({"skipped": 1}));
    }
}

#[test]
fn a_retract_names_every_record_with_the_id_and_obligation() {
    let office = Office::once()
        .raw(&progress("1", "a"))
        .raw(&retract("2", "b", "a"))
        .by("wang")
        .raw(&progress("1", "a"));
    check_one(&office, "2013-06-30", &json!({"progress": "0.0"}));
}

#[test]
fn a_retracted_retract_voids_nothing() {
    let office = Office::once()
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .retract("2013-06-02", "li:1")
        .retract("2013-06-03", "li:2");
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
    let office = office.retract("2013-06-04", "li:3");
    check_one(&office, "2013-06-30", &json!({"progress": "0.0"}));
}

#[test]
fn one_retract_that_counts_is_enough() {
    let office = Office::once()
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .retract("2013-06-02", "li:1")
        .retract("2013-06-02", "li:1")
        .retract("2013-06-03", "li:2");
    check_one(&office, "2013-06-30", &json!({"progress": "0.0"}));
}

#[test]
fn the_members_of_a_circle_of_retracts_name_nothing() {
    let office = Office::once()
        .raw(&retract("1", "a", "b"))
        .raw(&retract("2", "b", "a"));
    check_journal(&office, "2013-06-30", &json!({"skipped": 2}));
}

#[test]
fn a_retract_of_itself_names_nothing() {
    let office = Office::once().raw(&retract("1", "a", "a"));
    check_journal(&office, "2013-06-30", &json!({"skipped": 1}));
}

#[test]
fn a_retract_that_only_leads_into_a_circle_names_its_target() {
    let office = Office::once()
        .raw(&retract("1", "a", "b"))
        .raw(&retract("2", "b", "a"))
        .raw(&retract("3", "c", "a"));
    // The target is void and thus not in force; of the circle only the other member is skipped.
    check_journal(&office, "2013-06-30", &json!({"skipped": 1}));
}

#[test]
fn a_member_of_a_circle_does_not_void_what_it_names_besides() {
    // Two records share the id `a`: an entry and a retract, so that `b` names both.
    let office = Office::once()
        .raw(&retract("1", "a", "b"))
        .raw(&retract("2", "b", "a"))
        .by("wang")
        .raw(&progress("1", "a"));
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
}

#[test]
fn a_retract_works_for_every_day_whatever_its_own_date() {
    let office = Office::once()
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .retract("2013-09-01", "li:1");
    check_one(&office, "2013-06-30", &json!({"progress": "0.0"}));
}

#[test]
fn a_retract_that_is_not_known_voids_nothing() {
    let office = Office::once()
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .retract("2013-06-02", "li:1")
        .known_at("2013-06-01T12:00:00+08:00");
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
}

#[test]
fn an_entry_is_in_force_from_its_date_on() {
    let office = Office::once().on("2013-06-15", "progress", "1.1.1@czj", "60%");
    check_one(&office, "2013-06-14", &json!({"progress": "0.0"}));
    check_one(&office, "2013-06-15", &json!({"progress": "60.0"}));
}

#[test]
fn seals_take_part_in_nothing() {
    let office = Office::once().on("2013-06-01", "seal", "1.1.1@czj", "2013-05");
    check_one(&office, "2013-06-30", &json!({"last_entry": null}));
    check_journal(&office, "2013-06-30", &json!({"entries": 1, "skipped": 0}));
}

#[test]
fn entries_are_folded_by_date_first() {
    let office = Office::once()
        .on("2013-06-02", "progress", "1.1.1@czj", "90%")
        .at("2013-06-20T09:00:00+08:00")
        .on("2013-06-01", "progress", "1.1.1@czj", "60%");
    check_one(&office, "2013-06-30", &json!({"progress": "90.0"}));
}

#[test]
fn entries_of_one_day_are_folded_by_the_instant_of_recording() {
    let office = Office::once()
        .at("2013-06-01T09:00:00+08:00")
        .on("2013-06-01", "progress", "1.1.1@czj", "90%")
        .by("wang")
        .at("2013-06-01T09:30:00+09:00")
        .on("2013-06-01", "progress", "1.1.1@czj", "60%");
    check_one(&office, "2013-06-30", &json!({"progress": "90.0"}));
}

#[test]
fn entries_of_one_instant_are_folded_by_the_bytes_of_the_writer() {
    let office = |first: &str, second: &str| {
        Office::once()
            .by(second)
            .at("2013-06-01T09:00:00+08:00")
            .on("2013-06-01", "progress", "1.1.1@czj", "90%")
            .by(first)
            .at("2013-06-01T01:00:00Z")
            .on("2013-06-01", "progress", "1.1.1@czj", "60%")
    };
    for (first, second) in [
        ("li", "wang"),
        ("li-2", "li2"),
        ("li", "li-2"),
        ("li10", "li9"),
    ] {
        let office = office(first, second);
        check_one(&office, "2013-06-30", &json!({"progress": "90.0"}));
    }
}

#[test]
fn entries_of_one_writer_and_instant_are_folded_by_number() {
    let office = Office::once()
        .raw(&with(&[(SEQ, "10"), (VALUE, "90%"), (ID, &id("a"))]))
        .raw(&with(&[(SEQ, "9"), (VALUE, "60%"), (ID, &id("b"))]));
    check_one(
        &office,
        "2013-06-30",
        &json!({"progress": "90.0", "last_entry": "li:10"}),
    );
}

#[test]
fn an_entry_that_names_no_obligation_exactly_is_skipped() {
    let office = Office::new()
        .item("1.1.1", "kind = 'once'\nlead = ['czj']\nassist = ['jyj']")
        .item(
            "1.1.2",
            "kind = 'periodic'\nevery = 'quarter'\nlead = ['czj']",
        );
    for named in [
        "9.9.9@czj",
        "1.1.1@nobody",
        "1.1.1@jyj",
        "1.1.1@czj#2013-06",
        "1.1.2@czj",
        "1.1.2@czj#2013-06",
        "1.1.2@czj#2014-Q1",
        "1.1.2@czj#2013-q1",
        "1.1.2@市财政局#2013-Q1",
        "@",
    ] {
        for (event, value) in [("progress", "60%"), ("note", ""), ("urge", "red")] {
            let with = office.clone().on("2013-06-01", event, named, value);
            check_skipped(&with, &office);
        }
    }
}

#[test]
fn an_unknown_event_is_skipped() {
    let office = Office::once();
    for event in ["dance", "Progress", "进展", ""] {
        let with = office.clone().on("2013-06-01", event, "1.1.1@czj", "");
        check_skipped(&with, &office);
    }
}

#[test]
fn an_event_that_the_state_does_not_allow_is_skipped() {
    let office = Office::once();
    let with = office.clone().on("2013-06-01", "verify", "1.1.1@czj", "");
    check_skipped(&with, &office);
}

#[test]
fn a_value_that_cannot_be_read_is_skipped_with_its_entry() {
    let office = Office::once();
    let with = office
        .clone()
        .entry("2013-06-01", "progress", "1.1.1@czj", "a lot", "a.pdf#0");
    check_skipped(&with, &office);
}

#[test]
fn only_entries_in_force_are_counted_as_skipped() {
    let office = Office::once()
        .on("2013-06-15", "verify", "1.1.1@czj", "")
        .on("2013-06-15", "note", "9.9.9@czj", "")
        .on("2013-06-15", "retract", "1.1.1@czj", &id("0"));
    check_journal(&office, "2013-06-14", &json!({"skipped": 0}));
    check_journal(&office, "2013-06-15", &json!({"skipped": 3}));
    let office = office
        .retract("2013-06-16", "li:1")
        .retract("2013-06-16", "li:2")
        .retract("2013-06-16", "li:3");
    check_journal(&office, "2013-06-15", &json!({"skipped": 0}));
}

/// Checks that the one entry of a journal is counted though there is a finding about it.
#[track_caller]
fn check_counted(office: &Office, code: &str, expected: &Value) {
    assert!(office.findings().contains(&code), "{:?}", office.findings());
    check_one(office, "2013-06-30", expected);
    check_journal(office, "2013-06-30", &json!({"skipped": 0}));
}

#[test]
fn who_acted_is_no_reason_to_skip() {
    let office = Office::once()
        .on("2013-06-01", "submit", "1.1.1@czj", "")
        .acting("czj")
        .on("2013-06-02", "verify", "1.1.1@czj", "");
    check_counted(&office, "journal/wrong-actor", &json!({"state": "closed"}));
}

#[test]
fn missing_evidence_is_no_reason_to_skip() {
    let office = Office::new()
        .item(
            "1.1.1",
            "kind = 'once'\nlead = ['czj']\nevidence = 'required'",
        )
        .on("2013-06-01", "submit", "1.1.1@czj", "");
    check_counted(
        &office,
        "journal/evidence-required",
        &json!({"state": "submitted"}),
    );
}

#[test]
fn a_date_after_the_day_of_recording_is_no_reason_to_skip() {
    let office = Office::once().at("2013-06-01T23:59:59+08:00").on(
        "2013-06-02",
        "progress",
        "1.1.1@czj",
        "60%",
    );
    check_counted(
        &office,
        "journal/after-recording",
        &json!({"progress": "60.0"}),
    );
}

#[test]
fn a_late_recording_is_no_reason_to_skip() {
    let office = Office::once().at("2013-12-01T09:00:00+08:00").on(
        "2013-06-02",
        "progress",
        "1.1.1@czj",
        "60%",
    );
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
}

#[test]
fn a_broken_chain_is_no_reason_to_skip() {
    let office = Office::once().raw(&with(&[]));
    check_counted(&office, "journal/changed", &json!({"progress": "60.0"}));
}

#[test]
fn a_wrong_number_is_no_reason_to_skip() {
    let office = Office::once().raw(&with(&[(SEQ, "7")]));
    check_counted(&office, "journal/sequence", &json!({"last_entry": "li:7"}));
}

#[test]
fn a_missing_last_line_end_is_no_reason_to_skip() {
    let office = Office::once()
        .on("2013-06-02", "progress", "1.1.1@czj", "60%")
        .cut_last_byte();
    check_counted(&office, "journal/torn-tail", &json!({"progress": "60.0"}));
}

#[test]
fn one_number_twice_with_different_ids_is_no_reason_to_skip() {
    let office = Office::once()
        .raw(&with(&[(ID, &id("a"))]))
        .raw(&with(&[(ID, &id("b")), (VALUE, "90%")]));
    check_counted(&office, "journal/same-seq", &json!({"progress": "90.0"}));
    check_journal(&office, "2013-06-30", &json!({"entries": 2}));
}
