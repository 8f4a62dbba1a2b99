//! What the rows of the completion table add up to and how they are ranked.

use crate::support::checks::check_row;
use crate::support::checks::check_total;
use crate::support::checks::column;
use crate::support::office::Office;
use duban::figures;
use duban::terms::By;
use serde_json::Value;
use serde_json::json;

const DAY: &str = "2013-06-30";

/// Items of kind once, each led by a unit.
pub(super) fn items(leads: &[&str]) -> Office {
    leads
        .iter()
        .enumerate()
        .fold(Office::new(), |office, (at, lead)| {
            office.item(
                &format!("1.1.{}", at + 1),
                &format!("kind = 'once'\nlead = [{lead}]"),
            )
        })
}

trait Closing {
    /// Submits and verifies an obligation on a day.
    fn close(self, day: &str, obligation: &str) -> Self;
}

impl Closing for Office {
    fn close(self, day: &str, obligation: &str) -> Office {
        self.on(day, "submit", obligation, "")
            .on(day, "verify", obligation, "")
    }
}

/// One obligation in each state.
pub(super) fn every_state() -> Office {
    items(&["'czj'"; 7])
        .item("1.1.8", "kind = 'once'\nlead = ['czj']\nstart = 2013-12-01")
        .on("2013-02-01", "progress", "1.1.2@czj", "40%")
        .on("2013-02-01", "submit", "1.1.3@czj", "")
        .on("2013-02-01", "submit", "1.1.4@czj", "")
        .on("2013-02-02", "return", "1.1.4@czj", "")
        .on("2013-02-01", "suspend", "1.1.5@czj", "")
        .close("2013-02-01", "1.1.6@czj")
        .on("2013-02-01", "cancel", "1.1.7@czj", "")
}

#[track_caller]
fn check_ranks(office: &Office, as_of: &str, expected: &[(&str, Value, Value)]) {
    let status = office.status(By::Unit, as_of);
    let rows = status["rows"].as_array().unwrap().iter();
    let found: Vec<(String, Value, Value)> = rows
        .map(|row| {
            let key = row["key"].as_str().unwrap().to_owned();
            (key, row["rank"].clone(), row["rank_change"].clone())
        })
        .collect();
    let expected: Vec<(String, Value, Value)> = expected
        .iter()
        .map(|(key, rank, change)| ((*key).to_owned(), rank.clone(), change.clone()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_row_counts_the_states_and_they_add_up_to_the_total() {
    check_total(
        &every_state(),
        DAY,
        &json!({"total": 8, "not_begun": 1, "not_started": 1, "in_progress": 1, "submitted": 1,
            "returned": 1, "suspended": 1, "closed": 1, "cancelled": 1}),
    );
}

#[test]
fn continuing_obligations_are_in_no_count_but_their_own() {
    let office = Office::continuing().on("2013-02-15", "progress", "1.1.1@czj", "");
    check_total(
        &office,
        DAY,
        &json!({"total": 0, "due": 0, "items": {"total": 0, "closed": 0}, "progress": null,
            "continuing": {"worked": 1, "passed": 6},
            "completion": {"part": 0, "whole": 0, "percent": null},
            "lights": {"red": 1, "yellow": 0, "green": 0, "done": 0, "grey": 0}}),
    );
}

#[test]
fn worked_and_passed_periods_are_summed() {
    let office = Office::continuing()
        .item(
            "1.1.2",
            "kind = 'continuing'\nlead = ['czj']\nstart = 2013-06-01",
        )
        .on("2013-02-15", "progress", "1.1.1@czj", "")
        .on("2013-06-15", "progress", "1.1.2@czj", "");
    check_total(
        &office,
        DAY,
        &json!({"continuing": {"worked": 2, "passed": 7}}),
    );
}

#[test]
fn completion_leaves_out_what_is_cancelled_or_not_begun() {
    let completion = json!({"part": 1, "whole": 6, "percent": "16.7"});
    check_total(&every_state(), DAY, &json!({"completion": completion}));
}

#[test]
fn the_on_time_rate_is_of_what_is_due() {
    let office = Office::new()
        .item("1.1.1", "kind = 'once'\nlead = ['czj']\ndue = 2013-05-31")
        .item("1.1.2", "kind = 'once'\nlead = ['czj']\ndue = 2013-05-31")
        .item("1.1.3", "kind = 'once'\nlead = ['czj']\ndue = 2013-05-31")
        .item("1.1.4", "kind = 'once'\nlead = ['czj']\ndue = 2013-09-30")
        .close("2013-05-31", "1.1.1@czj")
        .close("2013-06-01", "1.1.2@czj")
        .close("2013-02-01", "1.1.4@czj");
    check_total(
        &office,
        DAY,
        &json!({"due": 3, "closed_on_time": 2, "closed_late": 1, "overdue": 1,
            "on_time": {"part": 1, "whole": 3, "percent": "33.3"}}),
    );
    check_total(
        &office,
        "2013-09-30",
        &json!({"on_time": {"part": 2, "whole": 4, "percent": "50.0"}}),
    );
}

#[test]
fn progress_is_the_mean_of_those_that_have_one() {
    // 0, 40, 100 and 100 percent, suspended 0; returned has none.
    check_total(&every_state(), DAY, &json!({"progress": "48.0"}));
    let silent = items(&["'czj'"]).on("2013-02-01", "progress", "1.1.1@czj", "");
    check_total(&silent, DAY, &json!({"progress": null}));
    let cancelled = items(&["'czj'"]).on("2013-02-01", "cancel", "1.1.1@czj", "");
    check_total(&cancelled, DAY, &json!({"progress": null}));
}

#[test]
fn a_joint_item_is_one_item_for_the_city_and_one_for_each_lead() {
    let office = items(&["'czj', 'jyj'"]).close("2013-02-01", "1.1.1@czj");
    check_row(
        &office,
        By::Unit,
        DAY,
        "czj",
        &json!({"items": {"total": 1, "closed": 1}}),
    );
    check_row(
        &office,
        By::Unit,
        DAY,
        "jyj",
        &json!({"items": {"total": 1, "closed": 0}}),
    );
    check_total(
        &office,
        DAY,
        &json!({"total": 2, "items": {"total": 1, "closed": 0}}),
    );
    let both = office.close("2013-02-01", "1.1.1@jyj");
    check_total(&both, DAY, &json!({"items": {"total": 1, "closed": 1}}));
}

#[test]
fn cancelled_obligations_keep_no_item_open_and_close_none() {
    let office = items(&["'czj', 'jyj'"]).on("2013-02-01", "cancel", "1.1.1@jyj", "");
    check_total(&office, DAY, &json!({"items": {"total": 1, "closed": 0}}));
    let closed = office.clone().close("2013-02-01", "1.1.1@czj");
    check_total(&closed, DAY, &json!({"items": {"total": 1, "closed": 1}}));
    let all = office.on("2013-02-01", "cancel", "1.1.1@czj", "");
    check_total(&all, DAY, &json!({"items": {"total": 1, "closed": 0}}));
}

#[test]
fn a_period_not_begun_keeps_its_item_open() {
    let office = Office::new()
        .item("1.1.1", "kind = 'periodic'\nevery = 'half'\nlead = ['czj']")
        .close("2013-06-01", "1.1.1@czj#2013-H1");
    check_total(
        &office,
        DAY,
        &json!({"not_begun": 1, "items": {"total": 1, "closed": 0}}),
    );
}

#[test]
fn a_unit_assists_an_item_once_unless_it_leads_it() {
    let office = Office::new()
        .group("all", "'czj', 'jyj'")
        .item(
            "1.1.1",
            "kind = 'periodic'\nevery = 'month'\nlead = ['czj']\nassist = ['@all', 'jyj']",
        )
        .item(
            "1.1.2",
            "kind = 'continuing'\nlead = ['czj']\nassist = ['jyj', 'chikan']",
        )
        .item("1.1.3", "kind = 'once'\nlead = ['czj']\nassist = ['jyj']")
        .on("2013-02-01", "cancel", "1.1.3@czj", "");
    check_row(&office, By::Unit, DAY, "czj", &json!({"assist": 0}));
    check_row(&office, By::Unit, DAY, "jyj", &json!({"assist": 3}));
    check_row(&office, By::Item, DAY, "1.1.2", &json!({"assist": 2}));
    check_row(&office, By::Kind, DAY, "periodic", &json!({"assist": 1}));
    check_row(&office, By::Group, DAY, "all", &json!({"assist": 3}));
    check_total(&office, DAY, &json!({"assist": 4}));
}

/// Five obligations, of which one is done, one suspended and three have lights set by hand.
fn lit(colours: [&str; 3]) -> Office {
    let office = items(&["'czj'"; 5]).close("2013-02-01", "1.1.4@czj").on(
        "2013-02-01",
        "suspend",
        "1.1.5@czj",
        "",
    );
    (1..).zip(colours).fold(office, |office, (at, colour)| {
        office.on("2013-02-01", "light", &format!("1.1.{at}@czj"), colour)
    })
}

#[test]
fn the_light_of_a_row_is_the_worst_of_its_lights() {
    let day = "2013-02-01";
    check_total(
        &lit(["green", "yellow", "red"]),
        day,
        &json!({"light": "red"}),
    );
    check_total(
        &lit(["green", "yellow", "green"]),
        day,
        &json!({"light": "yellow"}),
    );
    check_total(
        &lit(["green", "green", "green"]),
        day,
        &json!({"light": "green"}),
    );
    let done = items(&["'czj'"; 2]).close("2013-02-01", "1.1.1@czj").on(
        "2013-02-01",
        "suspend",
        "1.1.2@czj",
        "",
    );
    check_total(
        &done,
        DAY,
        &json!({"light": "done",
            "lights": {"red": 0, "yellow": 0, "green": 0, "done": 1, "grey": 1}}),
    );
}

#[test]
fn the_light_of_nothing_is_grey() {
    check_row(
        &items(&["'czj'"]),
        By::Unit,
        DAY,
        "jyj",
        &json!({"light": "grey"}),
    );
}

#[test]
fn a_percent_is_100_and_0_only_where_it_is_exactly_so() {
    let percent = |part, whole| {
        let share = figures::Share { part, whole };
        share.percent().map(|percent| percent.to_string())
    };
    assert_eq!(percent(1999, 2000).as_deref(), Some("99.9"));
    assert_eq!(percent(2000, 2000).as_deref(), Some("100.0"));
    assert_eq!(percent(1, 10_000).as_deref(), Some("0.1"));
    assert_eq!(percent(0, 10_000).as_deref(), Some("0.0"));
    assert_eq!(percent(49, 400).as_deref(), Some("12.3"));
    assert_eq!(percent(0, 0), None);
}

#[test]
fn a_mean_is_100_and_0_only_where_all_are() {
    let office = items(&["'czj'", "'czj'"])
        .on("2013-02-01", "submit", "1.1.1@czj", "")
        .on("2013-02-01", "progress", "1.1.2@czj", "99.9%");
    check_total(&office, DAY, &json!({"progress": "99.9"}));
    let office = items(&["'czj'", "'czj'"]).on("2013-02-01", "progress", "1.1.2@czj", "0.1%");
    check_total(&office, DAY, &json!({"progress": "0.1"}));
}

#[test]
fn parts_of_one_whole_add_to_100_by_largest_remainder() {
    let shown = |parts: &[u64]| -> Vec<String> {
        let percents = figures::percents_of_whole(parts);
        percents.iter().map(ToString::to_string).collect()
    };
    // Rounded one by one they are 7.7 + 4.5 + 10.8 + 4.1 + 73.0.
    assert_eq!(
        shown(&[769, 448, 1079, 408, 7296]),
        ["7.7", "4.5", "10.8", "4.1", "72.9"]
    );
    assert_eq!(shown(&[1, 1, 1]), ["33.4", "33.3", "33.3"]);
}

#[test]
fn the_total_row_counts_each_obligation_once_where_groups_overlap() {
    let office = items(&["'czj'", "'jyj'"])
        .group("both", "'czj', 'jyj'")
        .group("one", "'czj'");
    let status = office.status(By::Group, DAY);
    assert_eq!(column(&status, "key"), ["both", "one"]);
    let totals = status["rows"].as_array().unwrap().iter();
    let totals: Vec<&Value> = totals.map(|row| &row["total"]).collect();
    assert_eq!(totals, [2, 1]);
    assert_eq!(status["total"]["total"], 2);
}

#[test]
fn the_last_row_by_group_holds_the_units_in_no_group() {
    let office = items(&["'czj'", "'jyj'"])
        .group("one", "'czj'")
        .close("2013-02-01", "1.1.2@jyj");
    let expected = json!({"total": 1, "closed": 1, "rank": null, "rank_change": null});
    check_row(&office, By::Group, DAY, "-", &expected);
    check_row(&office, By::Group, DAY, "one", &json!({"rank": 1}));
}

#[test]
fn the_row_of_no_group_stands_for_assists_too_and_for_nothing_not_at_all() {
    let keys = |item: &str| {
        let office = Office::new().group("one", "'czj'").item("1.1.1", item);
        column(&office.status(By::Group, DAY), "key")
    };
    assert_eq!(keys("kind = 'once'\nlead = ['czj']"), ["one"]);
    let assisted = "kind = 'once'\nlead = ['czj']\nassist = ['jyj']";
    assert_eq!(keys(assisted), ["one", "-"]);
    assert_eq!(keys("kind = 'continuing'\nlead = ['jyj']"), ["one", "-"]);
}

#[test]
fn the_highest_completion_is_first_and_equal_ones_share_a_rank() {
    let office = items(&["'yjb'", "'czj'", "'jyj'"])
        .close("2013-02-01", "1.1.1@yjb")
        .close("2013-02-01", "1.1.2@czj");
    check_ranks(
        &office,
        DAY,
        &[
            ("yjb", json!(1), Value::Null),
            ("czj", json!(1), Value::Null),
            ("jyj", json!(3), Value::Null),
            ("chikan", Value::Null, Value::Null),
        ],
    );
}

#[test]
fn ranks_compare_exact_shares_not_printed_percents() {
    // 1 of 120 and 1 of 119 months both print 0.8.
    let office = Office::new()
        .lasting("2013-01-01", "2022-12-31")
        .item(
            "1.1.1",
            "kind = 'periodic'\nevery = 'month'\nlead = ['czj']",
        )
        .item(
            "1.1.2",
            "kind = 'periodic'\nevery = 'month'\nlead = ['jyj']\nstart = 2013-02-01",
        )
        .close("2013-03-01", "1.1.1@czj#2013-03")
        .close("2013-03-01", "1.1.2@jyj#2013-03");
    let of = |whole: u64| json!({"part": 1, "whole": whole, "percent": "0.8"});
    let day = "2022-12-31";
    check_row(
        &office,
        By::Unit,
        day,
        "czj",
        &json!({"completion": of(120), "rank": 2}),
    );
    check_row(
        &office,
        By::Unit,
        day,
        "jyj",
        &json!({"completion": of(119), "rank": 1}),
    );
}

#[test]
fn a_rank_that_rose_since_the_last_report_is_positive() {
    let office = items(&["'czj'", "'czj'", "'jyj'"])
        .reporting("cycle = 'month'")
        .close("2013-02-01", "1.1.1@czj")
        .close("2013-06-30", "1.1.3@jyj");
    let ranks = |day: &str, czj: [i64; 2], jyj: [i64; 2]| {
        check_ranks(
            &office,
            day,
            &[
                ("yjb", Value::Null, Value::Null),
                ("czj", json!(czj[0]), json!(czj[1])),
                ("jyj", json!(jyj[0]), json!(jyj[1])),
                ("chikan", Value::Null, Value::Null),
            ],
        );
    };
    // On the last day of a period the one before it is the latest that ended before.
    ranks("2013-06-29", [1, 0], [2, 0]);
    ranks("2013-06-30", [2, -1], [1, 1]);
    ranks("2013-07-01", [2, 0], [1, 0]);
}

#[test]
fn without_a_rank_then_there_is_no_change() {
    let office = Office::new()
        .reporting("cycle = 'month'")
        .item("1.1.1", "kind = 'once'\nlead = ['czj']\nstart = 2013-06-15");
    let expected = json!({"rank": 1, "rank_change": null});
    check_row(&office, By::Unit, DAY, "czj", &expected);
    let before_any = items(&["'czj'"]).reporting("cycle = 'month'");
    check_row(&before_any, By::Unit, "2013-01-31", "czj", &expected);
}

#[test]
fn rows_stand_in_the_order_of_the_plan_with_zeros_too() {
    let office = Office::new()
        .group("b", "'chikan'")
        .group("a", "'czj'")
        .item("1.1.2", "kind = 'once'\nlead = ['czj']")
        .item("1.1.1", "kind = 'continuing'\nlead = ['czj']")
        .chapter("0", "0.1")
        .item("0.1.1", "kind = 'once'\nlead = []");
    let keys = |by| column(&office.status(by, DAY), "key");
    assert_eq!(keys(By::Unit), ["yjb", "czj", "jyj", "chikan"]);
    assert_eq!(keys(By::Group), ["b", "a"]);
    assert_eq!(keys(By::Chapter), ["1", "0"]);
    assert_eq!(keys(By::Measure), ["1.1", "0.1"]);
    assert_eq!(keys(By::Item), ["1.1.2", "1.1.1", "0.1.1"]);
    assert_eq!(keys(By::Kind), ["once", "periodic", "continuing"]);
    check_row(
        &office,
        By::Item,
        DAY,
        "0.1.1",
        &json!({"total": 0, "light": "grey"}),
    );
}

#[test]
fn rows_by_kind_are_of_the_kind_of_the_item() {
    let office = Office::continuing().item("1.1.2", "kind = 'once'\nlead = ['czj']");
    check_row(&office, By::Kind, DAY, "once", &json!({"total": 1}));
    check_row(&office, By::Kind, DAY, "periodic", &json!({"total": 0}));
    check_row(
        &office,
        By::Kind,
        DAY,
        "continuing",
        &json!({"total": 0, "continuing": {"worked": 0, "passed": 6}}),
    );
}
