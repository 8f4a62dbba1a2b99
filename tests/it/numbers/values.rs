//! Which values each event takes, and what a reported value comes to.

use crate::support::checks::check_fields;
use crate::support::checks::check_journal;
use crate::support::checks::check_one;
use crate::support::office::Office;
use serde_json::json;

const ONE: &str = "1.1.1@czj";

/// Checks what progress a value comes to, of an item without target.
#[track_caller]
fn check_value(value: &str, progress: &str) {
    let office = Office::once().on("2013-06-01", "progress", ONE, value);
    check_one(&office, "2013-06-01", &json!({"progress": progress}));
}

/// Checks what progress an amount comes to, of a target.
#[track_caller]
fn check_amount(target: &str, value: &str, progress: &str) {
    let office = Office::new()
        .item(
            "1.1.1",
            &format!(
                "kind = 'once'\nlead = ['czj']\ntarget = {{ amount = {target}, unit = '场' }}"
            ),
        )
        .on("2013-06-01", "progress", ONE, value);
    check_one(&office, "2013-06-01", &json!({"progress": progress}));
}

#[test]
fn a_percentage_is_a_value() {
    check_value("60%", "60.0");
    check_value("0%", "0.0");
    check_value("060%", "60.0");
    check_value("33.3333%", "33.3");
    check_value("999999999999.9999%", "100.0");
}

#[test]
fn a_value_over_100_percent_counts_as_100() {
    check_value("100.1%", "100.0");
    check_amount("100", "101", "100.0");
}

#[test]
fn a_bare_number_is_the_total_reached_against_the_target() {
    check_amount("100", "62", "62.0");
    check_amount("0.5", "0.25", "50.0");
    let office = Office::new()
        .item(
            "1.1.1",
            "kind = 'once'\nlead = ['czj']\ntarget = { amount = 100, unit = '场' }",
        )
        .on("2013-06-01", "progress", ONE, "40")
        .on("2013-06-02", "progress", ONE, "62");
    check_one(&office, "2013-06-30", &json!({"progress": "62.0"}));
}

#[test]
fn a_percentage_may_be_reported_of_an_item_with_target() {
    check_amount("200", "50%", "50.0");
}

#[test]
fn a_value_is_rounded_to_tenths_at_once() {
    // Half up, but never up to 100.0 nor down to 0.0.
    check_value("12.25%", "12.3");
    check_value("12.2499%", "12.2");
    check_value("99.9999%", "99.9");
    check_value("0.0001%", "0.1");
    check_amount("3", "2", "66.7");
}

#[test]
fn what_is_no_value_is_skipped() {
    for value in [
        "-1%",
        "+60%",
        "1234567890123%",
        "1.12345%",
        "60 %",
        " 60%",
        "60％",
        "６０%",
        ".5%",
        "5.%",
        "%",
        "60%%",
        "1e2%",
        "1,000",
        "六成",
        "-5",
    ] {
        let office = Office::once().on("2013-06-01", "progress", ONE, value);
        let row = &office.list("2013-06-30")["rows"][0];
        check_fields(row, &json!({"state": "not_started", "last_entry": null}));
        check_journal(&office, "2013-06-30", &json!({"skipped": 1}));
    }
}

#[test]
fn twelve_digits_before_and_four_after_the_point_are_a_value() {
    check_amount("999999999999", "999999999998.9999", "99.9");
}

#[test]
fn an_empty_value_is_a_report_without_a_value() {
    let office = Office::once().on("2013-06-01", "progress", ONE, "");
    check_one(
        &office,
        "2013-06-30",
        &json!({"state": "in_progress", "progress": null}),
    );
}

#[test]
fn a_bare_number_on_an_item_without_target_is_a_report_without_a_value() {
    let office = Office::once().on("2013-06-01", "progress", ONE, "62");
    check_one(
        &office,
        "2013-06-30",
        &json!({"state": "in_progress", "progress": null}),
    );
}

#[test]
fn a_slip_is_blue_yellow_or_red() {
    let skipped = |value| {
        let office = Office::once().on("2013-06-01", "urge", ONE, value);
        office.list("2013-06-30")["journal"]["skipped"].clone()
    };
    for (value, count) in [
        ("blue", 0),
        ("yellow", 0),
        ("red", 0),
        ("green", 1),
        ("", 1),
    ] {
        assert_eq!(skipped(value), count, "{value}");
    }
}

#[test]
fn a_light_by_hand_is_red_yellow_or_green() {
    let skipped = |value| {
        let office = Office::once().on("2013-06-01", "light", ONE, value);
        office.list("2013-06-30")["journal"]["skipped"].clone()
    };
    for (value, count) in [
        ("red", 0),
        ("yellow", 0),
        ("green", 0),
        ("blue", 1),
        ("Red", 1),
    ] {
        assert_eq!(skipped(value), count, "{value}");
    }
}

#[test]
fn an_extension_without_a_day_is_skipped() {
    for value in ["", "2013-7-31", "2013-06-31", "60%"] {
        let office = Office::once().on("2013-06-01", "extend", ONE, value);
        check_journal(&office, "2013-06-30", &json!({"skipped": 1}));
    }
}

#[test]
fn a_value_where_the_event_takes_none_is_not_read() {
    let office = Office::once()
        .on("2013-06-01", "ack", ONE, "？")
        .on("2013-06-02", "nil", ONE, "60%")
        .on("2013-06-03", "submit", ONE, "?")
        .on("2013-06-04", "verify", ONE, "2013-99-99");
    check_one(&office, "2013-06-30", &json!({"state": "closed"}));
    check_journal(&office, "2013-06-30", &json!({"skipped": 0}));
}
