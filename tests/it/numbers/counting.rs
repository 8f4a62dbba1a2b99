//! Which records count: voids, the order of the fold, and what is skipped.

use super::records::EVENT;
use super::records::ID;
use super::records::SEQ;
use super::records::VALUE;
use super::records::id;
use super::records::with;
use crate::support::checks::check_journal;
use crate::support::checks::check_one;
use crate::support::office::Office;
use serde_json::Value;
use serde_json::json;

/// Checks that the last entry of a journal is skipped and leaves no trace but in the head.
#[track_caller]
fn check_skipped(with: &Office, without: &Office) {
    let rows = |office: &Office| office.list("2013-06-30")["rows"].clone();
    assert_eq!(rows(with), rows(without));
    check_journal(with, "2013-06-30", &json!({"skipped": 1}));
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
