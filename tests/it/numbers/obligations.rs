//! Which obligations a plan makes, and from when to when each runs.

use crate::support::checks::check_obligation;
use crate::support::checks::check_obligations;
use crate::support::checks::check_one;
use crate::support::checks::check_row;
use crate::support::office::Office;
use duban::terms::By;
use serde_json::json;

fn periodic(keys: &str) -> Office {
    Office::new().item(
        "1.1.1",
        &format!("kind = 'periodic'\nlead = ['czj']\n{keys}"),
    )
}

#[track_caller]
fn check_window(office: &Office, obligation: &str, start: &str, due: &str) {
    check_obligation(
        office,
        "2013-01-01",
        obligation,
        &json!({"start": start, "due": due, "current_due": due, "judged_due": due}),
    );
}

#[test]
fn each_lead_of_an_item_owes_it() {
    let office = Office::new().item("1.1.1", "kind = 'once'\nlead = ['czj', 'jyj']");
    check_obligations(&office, &["1.1.1@czj", "1.1.1@jyj"]);
}

#[test]
fn each_lead_of_a_periodic_item_owes_it_in_each_period() {
    let office = Office::new().item(
        "1.1.1",
        "kind = 'periodic'\nevery = 'half'\nlead = ['jyj', 'czj']",
    );
    check_obligations(
        &office,
        &[
            "1.1.1@jyj#2013-H1",
            "1.1.1@jyj#2013-H2",
            "1.1.1@czj#2013-H1",
            "1.1.1@czj#2013-H2",
        ],
    );
}

#[test]
fn nested_groups_are_expanded_each_unit_once_at_its_first_place() {
    let office = Office::new()
        .group("inner", "'jyj', 'czj'")
        .group("outer", "'chikan', '@inner'")
        .item("1.1.1", "kind = 'once'\nlead = ['czj', '@outer', 'chikan']");
    check_obligations(&office, &["1.1.1@czj", "1.1.1@chikan", "1.1.1@jyj"]);
}

#[test]
fn an_item_runs_from_the_start_to_the_end_of_the_plan() {
    let office = Office::new()
        .lasting("2013-02-01", "2013-11-30")
        .item("1.1.1", "kind = 'once'\nlead = ['czj']");
    check_window(&office, "1.1.1@czj", "2013-02-01", "2013-11-30");
}

#[test]
fn an_item_may_have_a_start_and_a_due_date_of_its_own() {
    let office = Office::new().item(
        "1.1.1",
        "kind = 'once'\nlead = ['czj']\nstart = 2013-03-01\ndue = 2013-06-30",
    );
    check_window(&office, "1.1.1@czj", "2013-03-01", "2013-06-30");
}

#[test]
fn a_period_is_cut_to_the_window_of_its_item() {
    let office = periodic("every = 'quarter'\nstart = 2013-02-15\ndue = 2013-05-10");
    check_window(&office, "1.1.1@czj#2013-Q1", "2013-02-15", "2013-03-31");
    check_window(&office, "1.1.1@czj#2013-Q2", "2013-04-01", "2013-05-10");
}

#[test]
fn a_period_is_cut_to_the_period_of_the_plan() {
    let office = periodic("every = 'half'").lasting("2013-02-01", "2013-10-31");
    check_window(&office, "1.1.1@czj#2013-H1", "2013-02-01", "2013-06-30");
    check_window(&office, "1.1.1@czj#2013-H2", "2013-07-01", "2013-10-31");
}

#[test]
fn a_due_day_lies_in_the_last_month_of_the_period_before_it_is_cut() {
    let office = periodic("every = 'quarter'\ndue_day = 25\ndue = 2013-05-10");
    check_window(&office, "1.1.1@czj#2013-Q1", "2013-01-01", "2013-03-25");
    check_window(&office, "1.1.1@czj#2013-Q2", "2013-04-01", "2013-06-25");
}

#[test]
fn a_due_day_may_lie_in_the_month_after_the_period() {
    let office = periodic("every = 'quarter'\ndue_day = 10\ndue_in = 'next'");
    check_window(&office, "1.1.1@czj#2013-Q1", "2013-01-01", "2013-04-10");
    check_window(&office, "1.1.1@czj#2013-Q4", "2013-10-01", "2014-01-10");
}

#[test]
fn a_due_day_in_a_short_month_is_its_last_day() {
    let office = periodic("every = 'month'\ndue_day = 31");
    check_window(&office, "1.1.1@czj#2013-02", "2013-02-01", "2013-02-28");
    check_window(&office, "1.1.1@czj#2013-04", "2013-04-01", "2013-04-30");
    let office = periodic("every = 'month'\ndue_day = 31\ndue_in = 'next'");
    check_window(&office, "1.1.1@czj#2013-01", "2013-01-01", "2013-02-28");
}

#[test]
fn a_period_that_would_be_due_before_its_start_is_left_out() {
    let keys =
        |start: &str| format!("every = 'month'\ndue_day = 25\nstart = {start}\ndue = 2013-04-30");
    check_obligations(
        &periodic(&keys("2013-03-25")),
        &["1.1.1@czj#2013-03", "1.1.1@czj#2013-04"],
    );
    check_obligations(&periodic(&keys("2013-03-26")), &["1.1.1@czj#2013-04"]);
}

#[test]
fn a_periodic_item_of_which_all_periods_are_left_out_is_an_error() {
    let office = periodic("every = 'year'\ndue_day = 1\nstart = 2013-12-02");
    assert_eq!(office.plan_errors(), ["plan/no-period"]);
}

#[test]
fn a_periodic_item_whose_window_holds_no_period_is_an_error() {
    let office = periodic("every = 'month'\nstart = 2013-05-02\ndue = 2013-05-01");
    assert_eq!(office.plan_errors(), ["plan/reversed-dates"]);
}

#[test]
fn a_continuing_item_has_no_due_date_to_miss() {
    let office = Office::new().item(
        "1.1.1",
        "kind = 'continuing'\nlead = ['czj']\ndue = 2013-06-30",
    );
    check_one(
        &office,
        "2013-07-01",
        &json!({"start": "2013-01-01", "due": "2013-06-30", "current_due": null,
            "judged_due": null, "overdue": false}),
    );
}

#[test]
fn a_target_holds_whole_for_each_lead() {
    let office = Office::new()
        .item(
            "1.1.1",
            "kind = 'once'\nlead = ['czj', 'jyj']\ntarget = { amount = 100, unit = '场' }",
        )
        .on("2013-06-01", "progress", "1.1.1@czj", "50");
    check_obligation(
        &office,
        "2013-06-01",
        "1.1.1@czj",
        &json!({"progress": "50.0"}),
    );
    check_obligation(
        &office,
        "2013-06-01",
        "1.1.1@jyj",
        &json!({"progress": "0.0"}),
    );
}

#[test]
fn a_target_holds_whole_for_each_period() {
    let office = periodic("every = 'half'\ntarget = { amount = 8, unit = '场' }").on(
        "2013-06-01",
        "progress",
        "1.1.1@czj#2013-H1",
        "4",
    );
    check_obligation(
        &office,
        "2013-06-01",
        "1.1.1@czj#2013-H1",
        &json!({"progress": "50.0"}),
    );
}

#[test]
fn an_item_without_lead_makes_no_obligation_and_is_named() {
    let office = Office::new()
        .group("empty", "")
        .item("1.1.1", "kind = 'once'\nlead = []")
        .item("1.1.2", "kind = 'once'\nlead = ['@empty']");
    check_obligations(&office, &[]);
    assert_eq!(
        office.status(By::Unit, "2013-06-30")["no_lead"],
        json!(["1.1.1", "1.1.2"])
    );
}

#[test]
fn the_assists_of_an_item_without_lead_count() {
    let office = Office::new().item("1.1.1", "kind = 'once'\nlead = []\nassist = ['jyj']");
    check_row(
        &office,
        By::Unit,
        "2013-06-30",
        "jyj",
        &json!({"assist": 1}),
    );
}

#[test]
fn from_to_and_successor_of_a_unit_change_no_number() {
    let rows = |office: Office| {
        let office = office.item("1.1.1", "kind = 'once'\nlead = ['chikan']").on(
            "2013-06-01",
            "progress",
            "1.1.1@chikan",
            "60%",
        );
        office.status(By::Unit, "2013-09-30")["rows"].clone()
    };
    let ended = "from = 2013-02-01\nto = 2013-03-01\nsuccessor = 'czj'";
    assert_eq!(rows(Office::new().unit_keys(ended)), rows(Office::new()));
}
