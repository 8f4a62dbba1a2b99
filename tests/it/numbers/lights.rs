//! Which light an obligation has, and with which reasons.

use crate::support::checks::check_obligation;
use crate::support::checks::check_one;
use crate::support::office::Office;
use serde_json::Value;
use serde_json::json;

const ONE: &str = "1.1.1@czj";

/// Checks the light of the only obligation and its reasons, each as code and value.
#[track_caller]
fn check_light(office: &Office, as_of: &str, light: &str, reasons: &[(&str, Value)]) {
    let reasons: Vec<Value> = reasons
        .iter()
        .map(|(code, value)| json!({"code": code, "value": value}))
        .collect();
    check_one(office, as_of, &json!({"light": light, "reasons": reasons}));
}

/// A hundred days from 2 January to 11 April, so that a day is a percent.
fn hundred_days() -> Office {
    Office::new().item(
        "1.1.1",
        "kind = 'once'\nlead = ['czj']\nstart = 2013-01-02\ndue = 2013-04-11",
    )
}

/// A year without a due date near, with reports owed every month.
fn reporting() -> Office {
    Office::new()
        .reporting("cycle = 'month'")
        .lights("behind_yellow = 1000\nbehind_red = 1000")
        .item("1.1.1", "kind = 'once'\nlead = ['czj']")
}

#[test]
fn what_is_closed_in_time_is_done() {
    let office = Office::once()
        .on("2013-06-30", "submit", ONE, "")
        .on("2013-07-10", "verify", ONE, "")
        .on("2013-07-11", "light", ONE, "red");
    check_light(&office, "2013-08-01", "done", &[("closed", Value::Null)]);
}

#[test]
fn what_is_closed_late_is_done_and_stays_marked() {
    let office =
        Office::once()
            .on("2013-07-03", "submit", ONE, "")
            .on("2013-07-10", "verify", ONE, "");
    check_light(&office, "2013-08-01", "done", &[("closed_late", json!(3))]);
}

#[test]
fn cancelled_suspended_and_not_begun_work_is_grey() {
    for (event, reason) in [("cancel", "cancelled"), ("suspend", "suspended")] {
        let office = Office::once()
            .on("2013-05-01", "urge", ONE, "red")
            .on("2013-05-02", "light", ONE, "red")
            .on("2013-05-03", event, ONE, "");
        check_light(&office, "2013-12-31", "grey", &[(reason, Value::Null)]);
    }
    check_light(
        &hundred_days(),
        "2013-01-01",
        "grey",
        &[("not_begun", Value::Null)],
    );
}

#[test]
fn a_light_by_hand_goes_before_red() {
    let office = Office::once().on("2013-07-01", "light", ONE, "green");
    let reasons = [
        ("manual", json!("green")),
        ("overdue", json!(2)),
        ("behind", json!("100.0")),
    ];
    check_light(&office, "2013-07-02", "green", &reasons);
}

#[test]
fn the_last_light_by_hand_counts() {
    let office = Office::once().on("2013-01-01", "light", ONE, "red").on(
        "2013-01-02",
        "light",
        ONE,
        "yellow",
    );
    check_light(
        &office,
        "2013-01-02",
        "yellow",
        &[("manual", json!("yellow"))],
    );
}

#[test]
fn a_light_by_hand_holds_until_a_report_or_a_decision() {
    let held = ["ack", "note", "urge"];
    for event in held {
        let office = Office::once().on("2013-01-01", "light", ONE, "yellow").on(
            "2013-01-02",
            event,
            ONE,
            "blue",
        );
        check_one(&office, "2013-01-02", &json!({"light": "yellow"}));
    }
    for event in ["progress", "nil", "submit"] {
        let office = Office::once().on("2013-01-01", "light", ONE, "yellow").on(
            "2013-01-01",
            event,
            ONE,
            "",
        );
        check_one(&office, "2013-01-02", &json!({"light": "green"}));
    }
    let submitted =
        Office::once()
            .on("2013-01-01", "submit", ONE, "")
            .on("2013-01-02", "light", ONE, "red");
    let returned = submitted.clone().on("2013-01-03", "return", ONE, "");
    check_light(
        &returned,
        "2013-01-03",
        "yellow",
        &[("returned", Value::Null)],
    );
    let reopened = submitted
        .on("2013-01-03", "verify", ONE, "")
        .on("2013-01-04", "light", ONE, "red")
        .on("2013-01-05", "reopen", ONE, "");
    check_light(&reopened, "2013-01-05", "green", &[]);
}

#[test]
fn a_light_by_hand_outlasts_a_suspension() {
    let office = Office::once()
        .on("2013-01-01", "light", ONE, "yellow")
        .on("2013-01-02", "suspend", ONE, "")
        .on("2013-01-03", "resume", ONE, "");
    check_light(
        &office,
        "2013-01-03",
        "yellow",
        &[("manual", json!("yellow"))],
    );
}

#[test]
fn overdue_is_red_with_the_days_late() {
    let office = Office::once().on("2013-06-01", "progress", ONE, "");
    check_light(&office, "2013-07-01", "red", &[("overdue", json!(1))]);
    let submitted = Office::once().on("2013-07-03", "submit", ONE, "");
    check_light(&submitted, "2013-12-31", "red", &[("overdue", json!(3))]);
}

#[test]
fn thirty_points_behind_is_red_and_ten_are_yellow() {
    let office = hundred_days();
    check_light(&office, "2013-01-10", "green", &[]);
    check_light(
        &office,
        "2013-01-11",
        "yellow",
        &[("behind", json!("10.0"))],
    );
    check_light(
        &office,
        "2013-01-30",
        "yellow",
        &[("behind", json!("29.0"))],
    );
    check_light(&office, "2013-01-31", "red", &[("behind", json!("30.0"))]);
    let reported = office.on("2013-01-31", "progress", ONE, "0.1%");
    check_light(
        &reported,
        "2013-01-31",
        "yellow",
        &[("behind", json!("29.9"))],
    );
}

#[test]
fn the_thresholds_of_the_plan_count() {
    let office = hundred_days().lights("behind_yellow = 5.5\nbehind_red = 6.5\nyellow_days = 0");
    check_light(&office, "2013-01-06", "green", &[]);
    check_light(&office, "2013-01-07", "yellow", &[("behind", json!("6.0"))]);
    check_light(&office, "2013-01-08", "red", &[("behind", json!("7.0"))]);
}

#[test]
fn without_a_percentage_nobody_is_behind() {
    let office = hundred_days().on("2013-01-02", "progress", ONE, "");
    check_light(&office, "2013-03-01", "green", &[]);
}

#[test]
fn submitted_work_is_not_behind() {
    let office = hundred_days().on("2013-03-01", "submit", ONE, "");
    check_light(
        &office,
        "2013-04-11",
        "green",
        &[("submitted", Value::Null)],
    );
}

#[test]
fn periodic_work_is_behind_only_once_a_value_was_reported() {
    let office = Office::new().lights("yellow_days = 0").item(
        "1.1.1",
        "kind = 'periodic'\nevery = 'half'\nlead = ['czj']\ndue = 2013-06-30",
    );
    let one = "1.1.1@czj#2013-H1";
    check_light(&office, "2013-04-01", "green", &[]);
    let acked = office.clone().on("2013-01-01", "ack", one, "");
    check_light(&acked, "2013-04-01", "green", &[]);
    let reported = office.on("2013-01-01", "progress", one, "0%");
    check_light(&reported, "2013-04-01", "red", &[("behind", json!("50.3"))]);
}

#[test]
fn one_missed_report_is_yellow_and_two_are_red() {
    check_light(&reporting(), "2013-02-05", "green", &[]);
    check_light(
        &reporting(),
        "2013-02-06",
        "yellow",
        &[("missed", json!(1))],
    );
    check_light(&reporting(), "2013-03-06", "red", &[("missed", json!(2))]);
}

#[test]
fn a_red_slip_is_red_and_a_yellow_one_yellow_and_a_blue_one_nothing() {
    for (colour, light) in [("red", "red"), ("yellow", "yellow")] {
        let office = Office::once().on("2013-01-01", "urge", ONE, colour);
        check_light(&office, "2013-01-02", light, &[("slip", json!(colour))]);
    }
    let office =
        Office::once()
            .on("2013-01-01", "urge", ONE, "red")
            .on("2013-01-02", "urge", ONE, "blue");
    check_light(&office, "2013-01-02", "green", &[]);
}

#[test]
fn a_slip_holds_until_a_report_answers_it() {
    let slip = Office::once().on("2013-01-01", "urge", ONE, "red");
    let acked = slip.clone().on("2013-01-02", "ack", ONE, "");
    check_one(&acked, "2013-01-03", &json!({"light": "red"}));
    for event in ["progress", "nil", "submit"] {
        let answered = slip.clone().on("2013-01-02", event, ONE, "");
        check_one(&answered, "2013-01-03", &json!({"light": "green"}));
    }
}

#[test]
fn a_slip_counts_while_work_is_open_only() {
    let office =
        Office::once()
            .on("2013-01-01", "submit", ONE, "")
            .on("2013-01-02", "urge", ONE, "red");
    check_light(
        &office,
        "2013-01-02",
        "green",
        &[("submitted", Value::Null)],
    );
    let returned = office.on("2013-01-03", "return", ONE, "");
    check_light(&returned, "2013-01-03", "red", &[("slip", json!("red"))]);
}

#[test]
fn fifteen_days_before_the_due_date_it_is_due_soon() {
    let office = Office::once().on("2013-01-01", "progress", ONE, "");
    let office = office.lights("yellow_share = 0");
    check_light(&office, "2013-06-14", "green", &[]);
    check_light(&office, "2013-06-15", "yellow", &[("due_soon", json!(15))]);
    check_light(&office, "2013-06-30", "yellow", &[("due_soon", json!(0))]);
}

#[test]
fn with_15_percent_of_the_time_left_the_period_is_ending() {
    let office = hundred_days()
        .lights("yellow_days = 3")
        .on("2013-01-02", "progress", ONE, "");
    check_light(&office, "2013-03-26", "green", &[]);
    check_light(
        &office,
        "2013-03-27",
        "yellow",
        &[("period_ending", json!("15.0"))],
    );
    check_light(
        &office,
        "2013-04-07",
        "yellow",
        &[("period_ending", json!("4.0"))],
    );
    check_light(&office, "2013-04-08", "yellow", &[("due_soon", json!(3))]);
}

#[test]
fn due_soon_counts_to_the_current_due_date() {
    let office = Office::once().on("2013-01-01", "progress", ONE, "").on(
        "2013-06-01",
        "extend",
        ONE,
        "2013-12-31",
    );
    check_light(&office, "2013-06-30", "green", &[]);
}

#[test]
fn what_was_returned_is_yellow_until_it_is_submitted_again() {
    let office =
        Office::once()
            .on("2013-01-01", "submit", ONE, "")
            .on("2013-01-02", "return", ONE, "");
    check_light(
        &office,
        "2013-01-02",
        "yellow",
        &[("returned", Value::Null)],
    );
    let again = office.on("2013-01-03", "submit", ONE, "");
    check_light(&again, "2013-01-03", "green", &[("submitted", Value::Null)]);
}

#[test]
fn all_red_reasons_stand_in_their_order_and_no_yellow_one_beside_them() {
    let office = Office::new()
        .reporting("cycle = 'month'")
        .item("1.1.1", "kind = 'once'\nlead = ['czj']\ndue = 2013-06-30")
        .on("2013-01-31", "submit", ONE, "")
        .on("2013-01-31", "return", ONE, "")
        .on("2013-01-31", "progress", ONE, "20%")
        .on("2013-05-01", "urge", ONE, "red");
    let reasons = [
        ("overdue", json!(6)),
        ("behind", json!("80.0")),
        ("missed", json!(5)),
        ("slip", json!("red")),
    ];
    check_light(&office, "2013-07-06", "red", &reasons);
}

#[test]
fn all_yellow_reasons_stand_in_their_order() {
    let office = Office::new()
        .reporting("cycle = 'month'\nfrom = 2013-05-01")
        .item("1.1.1", "kind = 'once'\nlead = ['czj']\ndue = 2013-06-30")
        .on("2013-05-01", "progress", ONE, "80%")
        .on("2013-04-02", "submit", ONE, "")
        .on("2013-04-03", "return", ONE, "")
        .on("2013-05-02", "urge", ONE, "yellow");
    let reasons = [
        ("due_soon", json!(10)),
        ("behind", json!("14.5")),
        ("slip", json!("yellow")),
        ("returned", Value::Null),
    ];
    check_light(&office, "2013-06-20", "yellow", &reasons);
}

#[test]
fn continuing_work_is_neither_behind_nor_due_soon() {
    let office = Office::new().item(
        "1.1.1",
        "kind = 'continuing'\nlead = ['czj']\ndue = 2013-06-30",
    );
    check_light(&office, "2013-06-30", "green", &[]);
    check_light(&office, "2013-12-31", "green", &[]);
}

#[test]
fn continuing_work_has_slips_and_missed_reports() {
    let office = Office::continuing().on("2013-01-01", "urge", ONE, "yellow");
    let reasons = [("missed", json!(1)), ("slip", json!("yellow"))];
    check_light(&office, "2013-02-06", "yellow", &reasons);
}

#[test]
fn the_same_obligation_has_another_light_on_another_day() {
    let office = Office::once().on("2013-07-02", "submit", ONE, "");
    check_obligation(&office, "2013-07-01", ONE, &json!({"light": "red"}));
    check_obligation(&office, "2013-01-01", ONE, &json!({"light": "green"}));
}
