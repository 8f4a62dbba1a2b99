//! Who owed a report for a period, who sent it, and who has long been silent.

use crate::support::checks::check_missing;
use crate::support::checks::check_one;
use crate::support::checks::column;
use crate::support::checks::row;
use crate::support::office::Office;
use serde_json::json;

const ONE: &str = "1.1.1@czj";

/// One item of kind once, due on 30 June, with a report owed every month.
fn once() -> Office {
    Office::once().reporting("cycle = 'month'")
}

fn item(keys: &str) -> Office {
    Office::new()
        .reporting("cycle = 'month'")
        .item("1.1.1", &format!("lead = ['czj']\n{keys}"))
}

#[track_caller]
fn check_owed(office: &Office, period: &str, owed: u64) {
    check_missing(office, period, "2013-12-31", &json!({"owed": owed}));
}

#[track_caller]
fn check_missed(office: &Office, as_of: &str, missed: u64) {
    check_one(office, as_of, &json!({"missed": missed}));
}

#[test]
fn open_work_owes_a_report() {
    let states = [
        once(),
        once().on("2013-01-01", "progress", ONE, "60%"),
        once()
            .on("2013-01-01", "submit", ONE, "")
            .on("2013-01-02", "return", ONE, ""),
    ];
    for office in states {
        check_owed(&office, "2013-02", 1);
    }
}

#[test]
fn what_is_done_or_stopped_owes_nothing() {
    for events in [
        &["submit"][..],
        &["submit", "verify"],
        &["suspend"],
        &["cancel"],
    ] {
        let office = events.iter().fold(once(), |office, event| {
            office.on("2013-01-01", event, ONE, "")
        });
        check_owed(&office, "2013-02", 0);
    }
}

#[test]
fn the_state_at_the_end_of_the_period_counts() {
    let office = once()
        .on("2013-02-28", "suspend", ONE, "")
        .on("2013-03-31", "resume", ONE, "");
    check_owed(&office, "2013-01", 1);
    check_owed(&office, "2013-02", 0);
    check_owed(&office, "2013-03", 1);
    let later = once().on("2013-03-01", "cancel", ONE, "");
    check_owed(&later, "2013-02", 1);
}

#[test]
fn a_once_item_owes_also_past_its_due_date() {
    check_owed(&once(), "2013-12", 1);
}

#[test]
fn nobody_owes_before_the_start() {
    let office = item("kind = 'once'\nstart = 2013-03-31");
    check_owed(&office, "2013-02", 0);
    check_owed(&office, "2013-03", 1);
}

#[test]
fn what_begun_before_its_start_owes() {
    let office = item("kind = 'once'\nstart = 2013-06-01").on("2013-02-10", "progress", ONE, "5%");
    check_owed(&office, "2013-01", 0);
    check_owed(&office, "2013-02", 1);
    check_owed(&office, "2013-03", 1);
}

#[test]
fn a_periodic_item_owes_while_a_day_lies_between_start_and_due() {
    let office = item(
        "kind = 'periodic'\nevery = 'quarter'\ndue_day = 1\ndue_in = 'next'\ndue = 2013-03-31",
    );
    check_owed(&office, "2013-03", 1);
    check_owed(&office, "2013-04", 1);
    check_owed(&office, "2013-05", 0);
    let next = item("kind = 'periodic'\nevery = 'quarter'\nstart = 2013-04-30");
    check_owed(&next, "2013-03", 0);
    check_owed(&next, "2013-04", 1);
}

#[test]
fn a_periodic_item_owes_nothing_outside_its_plan_dates_whatever_was_extended() {
    let office = item("kind = 'periodic'\nevery = 'half'\ndue = 2013-06-30").on(
        "2013-06-01",
        "extend",
        "1.1.1@czj#2013-H1",
        "2013-09-30",
    );
    check_owed(&office, "2013-06", 1);
    check_owed(&office, "2013-07", 0);
}

#[test]
fn continuing_work_owes_while_a_day_lies_in_its_window() {
    let office = item("kind = 'continuing'\nstart = 2013-03-31\ndue = 2013-05-01");
    for (period, owed) in [
        ("2013-02", 0),
        ("2013-03", 1),
        ("2013-05", 1),
        ("2013-06", 0),
    ] {
        check_owed(&office, period, owed);
    }
}

#[test]
fn progress_nil_and_submissions_are_reports() {
    for event in ["progress", "nil"] {
        let office = once().on("2013-02-28", event, ONE, "");
        check_missing(
            &office,
            "2013-02",
            "2013-12-31",
            &json!({"owed": 1, "on_time": 1, "missing": 0, "obligations": []}),
        );
    }
    let returned = once()
        .on("2013-02-10", "submit", ONE, "")
        .on("2013-02-11", "return", ONE, "");
    check_missing(&returned, "2013-02", "2013-12-31", &json!({"on_time": 1}));
    let acked = once().on("2013-02-10", "ack", ONE, "");
    check_missing(&acked, "2013-02", "2013-12-31", &json!({"missing": 1}));
}

#[test]
fn a_report_counts_for_the_period_that_holds_its_date() {
    let office = once().on("2013-03-01", "progress", ONE, "");
    check_missing(&office, "2013-02", "2013-12-31", &json!({"missing": 1}));
    check_missing(&office, "2013-03", "2013-12-31", &json!({"missing": 0}));
}

#[test]
fn a_report_that_is_skipped_is_none() {
    let office = once().on("2013-02-10", "progress", ONE, "a lot");
    check_missing(&office, "2013-02", "2013-12-31", &json!({"missing": 1}));
}

#[test]
fn a_report_recorded_on_the_report_day_is_on_time_and_a_day_later_late() {
    let recorded = |at: &str| once().at(at).on("2013-02-15", "progress", ONE, "");
    check_missing(
        &recorded("2013-03-05T23:59:59+08:00"),
        "2013-02",
        "2013-12-31",
        &json!({"on_time": 1, "late": 0, "missing": 0}),
    );
    check_missing(
        &recorded("2013-03-06T00:00:00+08:00"),
        "2013-02",
        "2013-12-31",
        &json!({"on_time": 0, "late": 1, "missing": 0}),
    );
}

#[test]
fn one_report_on_time_is_enough() {
    let office = once()
        .at("2013-03-01T09:00:00+08:00")
        .on("2013-02-15", "nil", ONE, "")
        .at("2013-04-01T09:00:00+08:00")
        .on("2013-02-20", "progress", ONE, "60%");
    check_missing(
        &office,
        "2013-02",
        "2013-12-31",
        &json!({"on_time": 1, "late": 0, "nil": 0}),
    );
}

#[test]
fn a_nil_report_is_counted_also_in_on_time_or_late() {
    let office = once().on("2013-02-15", "nil", ONE, "");
    check_missing(
        &office,
        "2013-02",
        "2013-12-31",
        &json!({"on_time": 1, "nil": 1}),
    );
    let late = once()
        .at("2013-04-01T09:00:00+08:00")
        .on("2013-02-15", "nil", ONE, "");
    check_missing(
        &late,
        "2013-02",
        "2013-12-31",
        &json!({"late": 1, "nil": 1}),
    );
}

#[test]
fn a_report_is_nil_only_when_all_of_them_are() {
    let office = once()
        .on("2013-02-15", "nil", ONE, "")
        .on("2013-02-20", "progress", ONE, "");
    check_missing(
        &office,
        "2013-02",
        "2013-12-31",
        &json!({"on_time": 1, "nil": 0}),
    );
}

#[test]
fn what_reported_and_owes_nothing_counts_nowhere() {
    let office = once().on("2013-02-15", "submit", ONE, "");
    check_missing(
        &office,
        "2013-02",
        "2013-12-31",
        &json!({"owed": 0, "on_time": 0, "late": 0, "nil": 0, "missing": 0}),
    );
}

#[test]
fn a_missed_report_counts_from_the_day_after_the_report_day() {
    check_missed(&once(), "2013-02-05", 0);
    check_missed(&once(), "2013-02-06", 1);
    check_missed(&once(), "2013-03-05", 1);
    check_missed(&once(), "2013-03-06", 2);
}

#[test]
fn a_report_ends_the_run() {
    let office = once().on("2013-02-15", "nil", ONE, "");
    check_missed(&office, "2013-03-06", 0);
    check_missed(&office, "2013-04-06", 1);
    check_missed(&office, "2013-05-06", 2);
}

#[test]
fn a_period_that_owed_nothing_ends_the_run() {
    let office = once()
        .on("2013-02-10", "suspend", ONE, "")
        .on("2013-03-10", "resume", ONE, "");
    check_missed(&office, "2013-04-06", 1);
}

#[test]
fn a_report_after_the_latest_period_leaves_nothing_missed() {
    let office = once().on("2013-03-01", "progress", ONE, "60%");
    check_missed(&office, "2013-02-28", 1);
    check_missed(&office, "2013-03-01", 0);
    check_missed(&office, "2013-03-06", 0);
    // The period after the latest one whose report day is past has ended, too.
    let ended = once().on("2013-02-15", "progress", ONE, "60%");
    check_missed(&ended, "2013-03-05", 0);
}

#[test]
fn what_is_done_or_stopped_has_missed_nothing() {
    for events in [
        &["submit"][..],
        &["submit", "verify"],
        &["suspend"],
        &["cancel"],
    ] {
        // Dated in the latest period, so that the state alone decides.
        let office = events.iter().fold(once(), |office, event| {
            office.on("2013-04-03", event, ONE, "")
        });
        check_missed(&office, "2013-04-02", 2);
        check_missed(&office, "2013-04-03", 0);
    }
}

#[test]
fn nobody_has_missed_a_report_that_nobody_asks_for() {
    check_missed(&Office::once(), "2013-12-31", 0);
}

#[test]
fn every_unit_has_a_row() {
    let missing = once().missing("2013-02", "2013-12-31");
    assert_eq!(column(&missing, "key"), ["yjb", "czj", "jyj", "chikan"]);
    let idle = json!({"owed": 0, "missing": 0, "running": 0});
    crate::support::checks::check_fields(&row(&missing, "key", "jyj"), &idle);
}

#[test]
fn missing_is_what_was_owed_and_did_not_come() {
    let office = once()
        .item("1.1.2", "kind = 'once'\nlead = ['czj', 'jyj']")
        .item("1.1.3", "kind = 'once'\nlead = ['czj']")
        .on("2013-02-15", "progress", ONE, "60%")
        .at("2013-04-01T09:00:00+08:00")
        .on("2013-02-15", "progress", "1.1.2@czj", "60%");
    let expected = json!({"owed": 3, "on_time": 1, "late": 1, "missing": 1,
        "obligations": ["1.1.3@czj"]});
    check_missing(&office, "2013-02", "2013-12-31", &expected);
    let total = office.missing("2013-02", "2013-12-31")["total"].clone();
    let expected = json!({"owed": 4, "on_time": 1, "late": 1, "nil": 0, "missing": 2});
    assert_eq!(total, expected);
}

#[test]
fn running_is_the_longest_run_of_the_unit_going_back_from_the_period() {
    let office = once()
        .item("1.1.2", "kind = 'once'\nlead = ['czj']")
        .on("2013-02-15", "progress", ONE, "60%")
        .on("2013-01-15", "progress", "1.1.2@czj", "60%");
    check_missing(&office, "2013-01", "2013-12-31", &json!({"running": 1}));
    check_missing(&office, "2013-02", "2013-12-31", &json!({"running": 1}));
    check_missing(&office, "2013-04", "2013-12-31", &json!({"running": 3}));
}

#[test]
fn a_run_is_counted_whatever_came_after_the_period() {
    let office = once().on("2013-03-15", "progress", ONE, "60%");
    check_missing(&office, "2013-02", "2013-12-31", &json!({"running": 2}));
}

#[test]
fn the_figures_are_the_same_before_the_report_day_has_passed() {
    let figures = json!({"owed": 1, "missing": 1, "running": 2});
    check_missing(&once(), "2013-02", "2013-02-28", &figures);
    check_missing(&once(), "2013-02", "2013-03-06", &figures);
}

#[test]
fn what_is_dated_after_the_day_has_not_come_yet() {
    let office = once().on("2013-02-28", "progress", ONE, "60%");
    check_missing(
        &office,
        "2013-01",
        "2013-02-20",
        &json!({"missing": 1, "running": 1}),
    );
    check_missed(&office, "2013-02-27", 1);
    check_missed(&office, "2013-02-28", 0);
}

#[test]
fn continuing_work_counts_the_periods_that_passed_and_those_with_progress() {
    let office = Office::continuing()
        .on("2013-01-31", "progress", ONE, "")
        .on("2013-02-15", "nil", ONE, "")
        .on("2013-03-01", "progress", ONE, "")
        .on("2013-03-31", "progress", ONE, "");
    check_one(&office, "2013-01-30", &json!({"worked": 0, "passed": 0}));
    check_one(&office, "2013-01-31", &json!({"worked": 1, "passed": 1}));
    check_one(&office, "2013-03-31", &json!({"worked": 2, "passed": 3}));
}

#[test]
fn periods_of_continuing_work_are_cut_to_its_window() {
    let office = item("kind = 'continuing'\nstart = 2013-02-15\ndue = 2013-04-10")
        .on("2013-02-10", "progress", ONE, "")
        .on("2013-04-20", "progress", ONE, "");
    check_one(&office, "2013-04-09", &json!({"worked": 0, "passed": 2}));
    check_one(&office, "2013-04-10", &json!({"worked": 0, "passed": 3}));
    check_one(&office, "2013-12-31", &json!({"worked": 0, "passed": 3}));
}

#[test]
fn a_period_suspended_on_every_day_has_not_passed() {
    let passed = |from: &str, to: &str| {
        let office = Office::continuing()
            .on(from, "suspend", ONE, "")
            .on(to, "resume", ONE, "");
        office.list("2013-12-31")["rows"][0]["passed"].clone()
    };
    assert_eq!(passed("2013-02-01", "2013-03-01"), 11);
    assert_eq!(passed("2013-02-02", "2013-03-01"), 12);
    assert_eq!(passed("2013-02-01", "2013-02-28"), 12);
    let lasting = Office::continuing().on("2013-03-01", "suspend", ONE, "");
    check_one(&lasting, "2013-03-31", &json!({"passed": 2}));
}

#[test]
fn two_suspensions_without_a_day_between_are_one() {
    let office = Office::continuing()
        .on("2013-02-01", "suspend", ONE, "")
        .on("2013-02-15", "resume", ONE, "")
        .on("2013-02-15", "suspend", ONE, "")
        .on("2013-03-01", "resume", ONE, "");
    check_one(&office, "2013-03-31", &json!({"passed": 2}));
}

#[test]
fn suspended_days_are_those_of_the_window_only() {
    let office = item("kind = 'continuing'\nstart = 2013-02-15")
        .on("2013-02-15", "suspend", ONE, "")
        .on("2013-03-01", "resume", ONE, "");
    check_one(&office, "2013-03-31", &json!({"passed": 1}));
}

#[test]
fn cancelled_continuing_work_adds_nothing() {
    let office = Office::continuing()
        .on("2013-01-15", "progress", ONE, "")
        .on("2013-03-01", "cancel", ONE, "");
    check_one(&office, "2013-02-28", &json!({"worked": 1, "passed": 2}));
    check_one(&office, "2013-03-01", &json!({"worked": 0, "passed": 0}));
}
