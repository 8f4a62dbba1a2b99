//! Due dates, lateness and progress of one obligation.

use crate::support::checks::check_one;
use crate::support::checks::check_total;
use crate::support::office::Office;
use serde_json::json;

const ONE: &str = "1.1.1@czj";

#[track_caller]
fn check_time_progress(office: &Office, as_of: &str, expected: &str) {
    check_one(office, as_of, &json!({"time_progress": expected}));
}

fn submitted(day: &str) -> Office {
    Office::once().on(day, "submit", ONE, "")
}

fn closed(submitted_on: &str, verified_on: &str) -> Office {
    submitted(submitted_on).on(verified_on, "verify", ONE, "")
}

fn late_start() -> Office {
    Office::new().item(
        "1.1.1",
        "kind = 'once'\nlead = ['czj']\nstart = 2013-06-01\ndue = 2013-06-30",
    )
}

#[test]
fn an_extension_applied_for_on_the_due_day_moves_both_due_dates() {
    let office = Office::once().on("2013-06-30", "extend", ONE, "2013-07-31");
    check_one(
        &office,
        "2013-07-31",
        &json!({"due": "2013-06-30", "judged_due": "2013-07-31", "current_due": "2013-07-31",
            "extensions": 1, "extended_late": false, "overdue": false}),
    );
}

#[test]
fn an_extension_applied_for_a_day_late_moves_only_the_current_due_date() {
    let office = Office::once().on("2013-07-01", "extend", ONE, "2013-07-31");
    check_one(
        &office,
        "2013-07-10",
        &json!({"due": "2013-06-30", "judged_due": "2013-06-30", "current_due": "2013-07-31",
            "extensions": 1, "extended_late": true, "overdue": true, "late_days": 10,
            "days_left": 21}),
    );
}

#[test]
fn an_extension_counts_from_the_day_it_was_applied_for() {
    let office = Office::once().at("2013-07-20T09:00:00+08:00").on(
        "2013-06-30",
        "extend",
        ONE,
        "2013-07-31",
    );
    check_one(&office, "2013-07-20", &json!({"extended_late": false}));
}

#[test]
fn a_second_extension_is_judged_by_the_judged_due_date() {
    let office = Office::once()
        .on("2013-07-01", "extend", ONE, "2013-07-31")
        .on("2013-07-15", "extend", ONE, "2013-08-31");
    check_one(
        &office,
        "2013-07-15",
        &json!({"judged_due": "2013-06-30", "current_due": "2013-08-31", "extensions": 2}),
    );
}

#[test]
fn a_late_extension_is_marked_for_good() {
    let office = closed("2013-07-02", "2013-07-03")
        .on("2013-07-01", "extend", ONE, "2013-07-31")
        .on("2013-08-01", "reopen", ONE, "2013-12-31")
        .on("2013-08-02", "extend", ONE, "2014-01-31");
    check_one(
        &office,
        "2013-08-02",
        &json!({"extended_late": true, "extensions": 2, "judged_due": "2014-01-31"}),
    );
}

#[test]
fn open_work_is_overdue_from_the_day_after_its_judged_due_date() {
    let states = [
        Office::once(),
        Office::once().on("2013-05-01", "progress", ONE, "60%"),
        submitted("2013-05-01").on("2013-05-02", "return", ONE, ""),
    ];
    for office in states {
        check_one(
            &office,
            "2013-06-30",
            &json!({"overdue": false, "late_days": null}),
        );
        check_one(
            &office,
            "2013-07-01",
            &json!({"overdue": true, "late_days": 1}),
        );
    }
}

#[test]
fn what_was_submitted_in_time_is_never_overdue() {
    let office = submitted("2013-06-30");
    check_one(
        &office,
        "2013-12-31",
        &json!({"overdue": false, "late_days": null}),
    );
}

#[test]
fn what_was_submitted_late_is_overdue_by_the_days_of_its_submission() {
    let office = submitted("2013-07-03");
    check_one(
        &office,
        "2013-12-31",
        &json!({"overdue": true, "late_days": 3}),
    );
}

#[test]
fn suspended_and_cancelled_work_is_not_overdue() {
    for event in ["suspend", "cancel"] {
        let office = Office::once().on("2013-05-01", event, ONE, "");
        check_one(
            &office,
            "2013-12-31",
            &json!({"overdue": false, "late_days": null}),
        );
    }
}

#[test]
fn continuing_work_is_never_overdue() {
    let office = Office::new().item(
        "1.1.1",
        "kind = 'continuing'\nlead = ['czj']\ndue = 2013-06-30",
    );
    check_one(
        &office,
        "2013-12-31",
        &json!({"overdue": false, "late_days": null}),
    );
}

#[test]
fn what_was_submitted_in_time_is_closed_on_time_whenever_it_was_verified() {
    let office = closed("2013-06-30", "2013-09-30");
    check_one(
        &office,
        "2013-12-31",
        &json!({"closed_late": false, "late_days": null}),
    );
    check_total(
        &office,
        "2013-12-31",
        &json!({"closed_on_time": 1, "closed_late": 0}),
    );
}

#[test]
fn what_was_submitted_late_is_closed_late() {
    let office = closed("2013-07-01", "2013-07-01");
    check_one(
        &office,
        "2013-12-31",
        &json!({"closed_late": true, "late_days": 1, "overdue": false}),
    );
    check_total(
        &office,
        "2013-12-31",
        &json!({"closed_on_time": 0, "closed_late": 1}),
    );
}

#[test]
fn what_was_returned_and_submitted_again_late_is_closed_late() {
    let office = submitted("2013-06-30")
        .on("2013-07-01", "return", ONE, "")
        .on("2013-07-02", "submit", ONE, "")
        .on("2013-07-03", "verify", ONE, "");
    check_one(
        &office,
        "2013-12-31",
        &json!({"closed_late": true, "late_days": 2}),
    );
}

#[test]
fn an_obligation_is_due_from_its_judged_due_date_on() {
    check_total(&Office::once(), "2013-06-29", &json!({"due": 0}));
    check_total(&Office::once(), "2013-06-30", &json!({"due": 1}));
    let extended = Office::once().on("2013-06-30", "extend", ONE, "2013-07-31");
    check_total(&extended, "2013-07-30", &json!({"due": 0}));
    check_total(&extended, "2013-07-31", &json!({"due": 1}));
    let late = Office::once().on("2013-07-01", "extend", ONE, "2013-07-31");
    check_total(&late, "2013-07-01", &json!({"due": 1}));
}

#[test]
fn cancelled_and_suspended_obligations_are_not_due() {
    for event in ["suspend", "cancel"] {
        let office = Office::once().on("2013-05-01", event, ONE, "");
        check_total(&office, "2013-12-31", &json!({"due": 0}));
    }
    check_total(
        &closed("2013-05-01", "2013-05-02"),
        "2013-12-31",
        &json!({"due": 1}),
    );
}

#[test]
fn an_obligation_has_begun_on_its_first_day() {
    check_one(&late_start(), "2013-05-31", &json!({"state": "not_begun"}));
    check_one(
        &late_start(),
        "2013-06-01",
        &json!({"state": "not_started"}),
    );
}

#[test]
fn days_left_count_to_the_current_due_date() {
    check_one(&Office::once(), "2013-06-20", &json!({"days_left": 10}));
    check_one(&Office::once(), "2013-06-30", &json!({"days_left": 0}));
    check_one(&Office::once(), "2013-07-02", &json!({"days_left": -2}));
    let suspended = Office::once().on("2013-05-01", "suspend", ONE, "");
    check_one(&suspended, "2013-06-20", &json!({"days_left": 10}));
    check_one(
        &submitted("2013-05-01"),
        "2013-06-20",
        &json!({"days_left": 10}),
    );
}

#[test]
fn what_is_over_or_continuing_has_no_days_left_and_no_time_progress() {
    let none = json!({"days_left": null, "time_progress": null});
    check_one(&closed("2013-05-01", "2013-05-02"), "2013-06-01", &none);
    let cancelled = Office::once().on("2013-05-01", "cancel", ONE, "");
    check_one(&cancelled, "2013-06-01", &none);
    check_one(&Office::continuing(), "2013-06-01", &none);
}

#[test]
fn time_progress_counts_both_the_first_and_the_last_day() {
    check_time_progress(&late_start(), "2013-06-01", "3.3");
    check_time_progress(&late_start(), "2013-06-15", "50.0");
    check_time_progress(&late_start(), "2013-06-29", "96.7");
    check_time_progress(&late_start(), "2013-06-30", "100.0");
}

#[test]
fn time_progress_is_cut_to_0_and_100() {
    check_time_progress(&late_start(), "2013-05-31", "0.0");
    check_time_progress(&late_start(), "2013-01-01", "0.0");
    check_time_progress(&late_start(), "2013-07-01", "100.0");
}

#[test]
fn time_progress_is_measured_by_the_current_due_date() {
    let office = late_start().on("2013-07-01", "extend", ONE, "2013-07-30");
    check_time_progress(&office, "2013-06-30", "100.0");
    check_time_progress(&office, "2013-07-01", "51.7");
}

#[test]
fn time_progress_of_a_window_of_no_day_is_0_before_the_start_and_100_from_it_on() {
    let office = late_start().on("2013-02-01", "cancel", ONE, "").on(
        "2013-02-01",
        "reopen",
        ONE,
        "2013-05-31",
    );
    check_time_progress(&office, "2013-05-31", "0.0");
    check_time_progress(&office, "2013-06-01", "100.0");
}

#[test]
fn what_is_submitted_or_closed_is_100_percent() {
    let reported = Office::once().on("2013-05-01", "progress", ONE, "40%");
    let submitted = reported.on("2013-05-02", "submit", ONE, "");
    check_one(&submitted, "2013-06-01", &json!({"progress": "100.0"}));
    let closed = submitted.clone().on("2013-05-03", "verify", ONE, "");
    check_one(&closed, "2013-06-01", &json!({"progress": "100.0"}));
    let returned = submitted.on("2013-05-03", "return", ONE, "");
    check_one(&returned, "2013-06-01", &json!({"progress": "40.0"}));
}

#[test]
fn what_was_never_touched_is_0_percent() {
    check_one(&late_start(), "2013-05-31", &json!({"progress": "0.0"}));
    check_one(&late_start(), "2013-06-01", &json!({"progress": "0.0"}));
    for event in ["suspend", "cancel"] {
        let office = Office::once().on("2013-05-01", event, ONE, "");
        check_one(&office, "2013-06-01", &json!({"progress": "0.0"}));
    }
    let both =
        Office::once()
            .on("2013-05-01", "suspend", ONE, "")
            .on("2013-05-02", "cancel", ONE, "");
    check_one(&both, "2013-06-01", &json!({"progress": "0.0"}));
}

#[test]
fn nobody_is_made_to_invent_a_percentage() {
    let begun = Office::once().on("2013-05-01", "progress", ONE, "");
    check_one(&begun, "2013-06-01", &json!({"progress": null}));
    for event in ["suspend", "cancel"] {
        let office = begun.clone().on("2013-05-02", event, ONE, "");
        check_one(&office, "2013-06-01", &json!({"progress": null}));
    }
    let returned = submitted("2013-05-01").on("2013-05-02", "return", ONE, "");
    check_one(&returned, "2013-06-01", &json!({"progress": null}));
    let suspended = submitted("2013-05-01").on("2013-05-02", "suspend", ONE, "");
    check_one(&suspended, "2013-06-01", &json!({"progress": null}));
    let reopened =
        Office::once()
            .on("2013-05-01", "cancel", ONE, "")
            .on("2013-05-02", "reopen", ONE, "");
    check_one(&reopened, "2013-06-01", &json!({"progress": null}));
}

#[test]
fn a_value_is_kept_through_suspension_cancellation_and_reopening() {
    let office = Office::once().on("2013-05-01", "progress", ONE, "40%").on(
        "2013-05-02",
        "suspend",
        ONE,
        "",
    );
    check_one(&office, "2013-06-01", &json!({"progress": "40.0"}));
    let office = office.on("2013-05-03", "cancel", ONE, "");
    check_one(&office, "2013-06-01", &json!({"progress": "40.0"}));
    let office = office.on("2013-05-04", "reopen", ONE, "");
    check_one(&office, "2013-06-01", &json!({"progress": "40.0"}));
}

#[test]
fn continuing_work_has_no_progress() {
    let office = Office::continuing().on("2013-05-01", "progress", ONE, "40%");
    check_one(&office, "2013-06-01", &json!({"progress": null}));
}
