//! Which lines are records, and what the head counts of them.

use crate::support::checks::check_journal;
use crate::support::checks::check_one;
use crate::support::office::Office;
use duban::journal::line;
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

pub(super) const SEQ: usize = 0;
const RECORDED_AT: usize = 1;
const DATE: usize = 2;
pub(super) const EVENT: usize = 3;
pub(super) const VALUE: usize = 7;
pub(super) const ID: usize = 13;

/// The good line with some fields changed.
pub(super) fn with(changes: &[(usize, &str)]) -> String {
    let mut fields = FIELDS;
    for (at, value) in changes {
        fields[*at] = value;
    }
    fields.join(",")
}

/// An id that a test chooses.
pub(super) fn id(digit: &str) -> String {
    digit.repeat(32)
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
