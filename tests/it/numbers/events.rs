//! What each event does, and in which states.

use crate::support::checks::check_journal;
use crate::support::checks::check_one;
use crate::support::office::Office;
use serde_json::json;

const ONE: &str = "1.1.1@czj";

/// The states an obligation can be in, each with the entries of May that lead there.
const STATES: [(&str, &[&str]); 7] = [
    ("not_started", &[]),
    ("in_progress", &["progress"]),
    ("submitted", &["submit"]),
    ("returned", &["submit", "return"]),
    ("suspended", &["suspend"]),
    ("closed", &["submit", "verify"]),
    ("cancelled", &["cancel"]),
];

fn after(events: &[&str]) -> Office {
    events.iter().fold(Office::once(), |office, event| {
        office.on("2013-05-01", event, ONE, "")
    })
}

/// Checks in which states an event is allowed and where it leads; elsewhere it must be skipped.
#[track_caller]
fn check_event(event: &str, value: &str, leads: &[(&str, &str)]) {
    for (state, before) in STATES {
        let office = after(before).on("2013-06-01", event, ONE, value);
        let to = leads.iter().find(|(from, _)| *from == state);
        let (reached, skipped) = to.map_or((state, 1), |(_, to)| (*to, 0));
        let list = office.list("2013-06-01");
        let expected = json!({"state": reached, "skipped": skipped});
        let found = json!({
            "state": list["rows"][0]["state"],
            "skipped": list["journal"]["skipped"],
        });
        assert_eq!(found, expected, "{event} in {state}");
    }
}

const STAYS: [(&str, &str); 7] = [
    ("not_started", "not_started"),
    ("in_progress", "in_progress"),
    ("submitted", "submitted"),
    ("returned", "returned"),
    ("suspended", "suspended"),
    ("closed", "closed"),
    ("cancelled", "cancelled"),
];

#[test]
fn a_new_obligation_is_not_started() {
    check_one(
        &Office::once(),
        "2013-01-01",
        &json!({"state": "not_started", "acked_on": null, "submitted_on": null,
            "closed_on": null, "last_entry": null, "reopened": 0}),
    );
}

#[test]
fn an_ack_is_allowed_until_it_is_over_and_changes_no_state() {
    check_event("ack", "", &STAYS[..5]);
}

#[test]
fn progress_begins_the_work_and_leaves_what_was_returned_returned() {
    check_event(
        "progress",
        "60%",
        &[
            ("not_started", "in_progress"),
            ("in_progress", "in_progress"),
            ("returned", "returned"),
        ],
    );
}

#[test]
fn a_nil_report_changes_no_state() {
    check_event("nil", "", &[STAYS[0], STAYS[1], STAYS[3]]);
}

#[test]
fn a_submission_may_come_while_work_is_open() {
    check_event(
        "submit",
        "",
        &[
            ("not_started", "submitted"),
            ("in_progress", "submitted"),
            ("returned", "submitted"),
        ],
    );
}

#[test]
fn only_what_is_submitted_is_verified() {
    check_event("verify", "", &[("submitted", "closed")]);
}

#[test]
fn only_what_is_submitted_is_returned() {
    check_event("return", "", &[("submitted", "returned")]);
}

#[test]
fn an_extension_is_allowed_until_it_is_over_and_changes_no_state() {
    check_event("extend", "2013-07-31", &STAYS[..5]);
}

#[test]
fn a_suspension_is_allowed_while_it_is_open_or_submitted() {
    check_event(
        "suspend",
        "",
        &[
            ("not_started", "suspended"),
            ("in_progress", "suspended"),
            ("submitted", "suspended"),
            ("returned", "suspended"),
        ],
    );
}

#[test]
fn only_what_is_suspended_is_resumed() {
    check_event("resume", "", &[("suspended", "not_started")]);
}

#[test]
fn all_but_what_is_over_can_be_cancelled() {
    let leads: Vec<(&str, &str)> = STAYS[..5]
        .iter()
        .map(|(from, _)| (*from, "cancelled"))
        .collect();
    check_event("cancel", "", &leads);
}

#[test]
fn only_what_is_over_is_reopened() {
    check_event(
        "reopen",
        "",
        &[("closed", "in_progress"), ("cancelled", "in_progress")],
    );
}

#[test]
fn slips_lights_and_notes_are_allowed_in_all_states() {
    check_event("urge", "red", &STAYS);
    check_event("light", "green", &STAYS);
    check_event("note", "", &STAYS);
}

#[test]
fn the_first_ack_is_the_one_that_is_shown() {
    let office = Office::once()
        .on("2013-06-02", "ack", ONE, "")
        .on("2013-06-01", "ack", ONE, "");
    check_one(&office, "2013-06-30", &json!({"acked_on": "2013-06-01"}));
}

#[test]
fn the_last_value_counts_and_values_may_fall() {
    let office = Office::once().on("2013-06-01", "progress", ONE, "60%").on(
        "2013-06-02",
        "progress",
        ONE,
        "40%",
    );
    check_one(&office, "2013-06-30", &json!({"progress": "40.0"}));
}

#[test]
fn a_report_without_a_value_leaves_the_last_value() {
    let office = Office::once().on("2013-06-01", "progress", ONE, "60%").on(
        "2013-06-02",
        "progress",
        ONE,
        "",
    );
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
}

#[test]
fn a_nil_report_is_no_work() {
    let office = Office::continuing().on("2013-06-15", "nil", ONE, "");
    check_one(&office, "2013-06-30", &json!({"worked": 0, "passed": 6}));
}

#[test]
fn the_date_of_a_submission_is_the_one_in_force() {
    let office = Office::once()
        .at("2013-06-10T09:00:00+08:00")
        .on("2013-06-01", "submit", ONE, "");
    check_one(
        &office,
        "2013-06-30",
        &json!({"submitted_on": "2013-06-01"}),
    );
}

#[test]
fn a_verification_gives_the_day_of_closing() {
    let office = after(&["submit"]).on("2013-06-05", "verify", ONE, "");
    check_one(
        &office,
        "2013-06-30",
        &json!({"closed_on": "2013-06-05", "submitted_on": "2013-05-01"}),
    );
}

#[test]
fn a_return_takes_the_submission_out_of_force() {
    let office = after(&["submit"]).on("2013-06-05", "return", ONE, "");
    check_one(&office, "2013-06-30", &json!({"submitted_on": null}));
    let office = office.on("2013-06-08", "submit", ONE, "");
    check_one(
        &office,
        "2013-06-30",
        &json!({"submitted_on": "2013-06-08"}),
    );
}

#[test]
fn a_suspension_a_resumption_and_a_cancellation_leave_the_submission() {
    let office = after(&["submit"]).on("2013-06-01", "suspend", ONE, "");
    let expected = json!({"submitted_on": "2013-05-01"});
    check_one(&office, "2013-06-30", &expected);
    let resumed = office.clone().on("2013-06-02", "resume", ONE, "");
    check_one(&resumed, "2013-06-30", &expected);
    let cancelled = office.on("2013-06-02", "cancel", ONE, "");
    check_one(&cancelled, "2013-06-30", &expected);
}

#[test]
fn an_extension_leads_past_the_current_due_date() {
    for value in ["2013-06-29", "2013-06-30"] {
        let office = Office::once().on("2013-06-01", "extend", ONE, value);
        check_journal(&office, "2013-06-30", &json!({"skipped": 1}));
    }
    let office = Office::once()
        .on("2013-06-01", "extend", ONE, "2013-07-01")
        .on("2013-06-02", "extend", ONE, "2013-07-01");
    check_one(&office, "2013-06-30", &json!({"extensions": 1}));
}

#[test]
fn the_clock_of_the_due_date_runs_on_while_work_is_suspended() {
    let office =
        Office::once()
            .on("2013-06-01", "suspend", ONE, "")
            .on("2013-07-02", "resume", ONE, "");
    check_one(&office, "2013-06-28", &json!({"days_left": 2}));
    check_one(
        &office,
        "2013-07-02",
        &json!({"overdue": true, "late_days": 2}),
    );
}

#[test]
fn a_resumption_leads_back_to_the_state_before() {
    for (state, before) in &STATES[..4] {
        let office =
            after(before)
                .on("2013-06-01", "suspend", ONE, "")
                .on("2013-06-02", "resume", ONE, "");
        check_one(&office, "2013-06-30", &json!({"state": state}));
    }
}

#[test]
fn reopening_clears_submission_and_closing_and_is_counted() {
    let office = after(&["submit", "verify"]).on("2013-06-01", "reopen", ONE, "");
    check_one(
        &office,
        "2013-06-30",
        &json!({"submitted_on": null, "closed_on": null, "reopened": 1,
            "judged_due": "2013-06-30", "current_due": "2013-06-30"}),
    );
    let again = office
        .on("2013-06-02", "cancel", ONE, "")
        .on("2013-06-03", "reopen", ONE, "");
    check_one(&again, "2013-06-30", &json!({"reopened": 2}));
}

#[test]
fn the_value_of_a_reopening_becomes_judged_and_current_due() {
    let office = after(&["submit", "verify"]);
    for value in ["2013-06-01", "2013-09-30"] {
        let office = office.clone().on("2013-06-01", "reopen", ONE, value);
        check_one(
            &office,
            "2013-06-01",
            &json!({"due": "2013-06-30", "judged_due": value, "current_due": value}),
        );
    }
}

#[test]
fn the_value_of_a_reopening_is_a_day_not_before_its_date() {
    for value in ["2013-05-31", "soon", "2013-06-31"] {
        let office = after(&["cancel"]).on("2013-06-01", "reopen", ONE, value);
        check_journal(&office, "2013-06-30", &json!({"skipped": 1}));
    }
}

#[test]
fn continuing_items_take_nine_events() {
    let taken = [
        ("ack", "", true),
        ("progress", "", true),
        ("nil", "", true),
        ("urge", "blue", true),
        ("light", "red", true),
        ("note", "", true),
        ("suspend", "", true),
        ("cancel", "", true),
        ("submit", "", false),
        ("verify", "", false),
        ("return", "", false),
        ("extend", "2014-06-30", false),
        ("reopen", "", false),
    ];
    for (event, value, is_taken) in taken {
        let office = Office::continuing().on("2013-06-01", event, ONE, value);
        let skipped = office.list("2013-06-01")["journal"]["skipped"].clone();
        assert_eq!(skipped, u64::from(!is_taken), "{event}");
    }
    let office = Office::continuing()
        .on("2013-06-01", "suspend", ONE, "")
        .on("2013-06-02", "resume", ONE, "");
    check_one(&office, "2013-06-30", &json!({"state": "not_started"}));
}

#[test]
fn a_cancelled_continuing_item_is_not_reopened() {
    let office = Office::continuing().on("2013-06-01", "cancel", ONE, "").on(
        "2013-06-02",
        "reopen",
        ONE,
        "",
    );
    check_one(&office, "2013-06-30", &json!({"state": "cancelled"}));
}

#[test]
fn progress_before_the_start_makes_it_begun() {
    let office = Office::new().item("1.1.1", "kind = 'once'\nlead = ['czj']\nstart = 2013-06-01");
    let acked = office.clone().on("2013-03-01", "ack", ONE, "");
    check_one(
        &acked,
        "2013-03-31",
        &json!({"state": "not_begun", "acked_on": "2013-03-01"}),
    );
    let begun = office.on("2013-03-01", "progress", ONE, "5%");
    check_one(
        &begun,
        "2013-03-31",
        &json!({"state": "in_progress", "progress": "5.0"}),
    );
}

#[test]
fn the_last_entry_is_the_last_counted_one_whatever_its_event() {
    let office = after(&["submit", "verify"]).on("2013-06-01", "note", ONE, "");
    check_one(&office, "2013-06-30", &json!({"last_entry": "li:3"}));
    let skipped = office.clone().on("2013-06-02", "submit", ONE, "");
    check_one(&skipped, "2013-06-30", &json!({"last_entry": "li:3"}));
    let retracted = office.retract("2013-06-02", "li:3");
    check_one(&retracted, "2013-06-30", &json!({"last_entry": "li:2"}));
}

#[test]
fn evidence_counts_the_files_that_counted_entries_name() {
    let (one, other) = ("a.pdf#00", "b.pdf#11");
    let both = format!("{one}|{other}");
    let office = Office::once()
        .entry("2013-06-01", "progress", ONE, "60%", &both)
        .entry("2013-06-02", "note", ONE, "", one)
        .entry("2013-06-03", "verify", ONE, "", other);
    check_one(&office, "2013-06-30", &json!({"evidence": 3}));
}
