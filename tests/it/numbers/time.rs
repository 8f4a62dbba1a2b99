//! Which days count, what is known, and where periods begin and end.

use crate::support::checks::check_journal;
use crate::support::checks::check_missing;
use crate::support::checks::check_obligations;
use crate::support::checks::check_one;
use crate::support::office::Office;
use duban::calendar::Day;
use duban::plan::lint;
use duban::terms::By;
use serde_json::json;

#[track_caller]
fn check_reporting(office: &Office, expected: &[(&str, &str, &str)]) {
    let plan = office.plan();
    let periods = plan.reporting_periods().iter();
    let found: Vec<[String; 3]> = periods
        .map(|of| {
            let window = of.window;
            [
                of.period.to_string(),
                window.start.to_string(),
                window.end.to_string(),
            ]
        })
        .collect();
    let expected: Vec<[String; 3]> = expected
        .iter()
        .map(|(name, start, end)| [*name, *start, *end].map(str::to_owned))
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check_report_day(office: &Office, period: &str, report_day: &str) {
    let plan = office.plan();
    let mut periods = plan.reporting_periods().iter();
    let found = periods.find(|of| of.period.to_string() == period).unwrap();
    assert_eq!(found.report_day.to_string(), report_day);
}

#[test]
fn a_due_date_is_the_last_day_in_time() {
    check_one(&Office::once(), "2013-06-30", &json!({"overdue": false}));
    check_one(&Office::once(), "2013-07-01", &json!({"overdue": true}));
}

#[test]
fn the_day_a_unit_ends_is_the_first_without_it() {
    let office = Office::new()
        .unit_keys("to = 2013-07-01")
        .item("1.1.1", "kind = 'once'\nlead = ['chikan']");
    let plan = office.plan();
    let count_on = |day| lint::units_past_end(&plan, Day::parse(day).unwrap()).len();
    assert_eq!([count_on("2013-06-30"), count_on("2013-07-01")], [0, 1]);
}

#[test]
fn thresholds_are_tested_against_the_figure_that_is_printed() {
    // 23 of 231 days are 9.957 percent, printed 10.0.
    let office = Office::new().item("1.1.1", "kind = 'once'\nlead = ['czj']\ndue = 2013-08-19");
    check_one(
        &office,
        "2013-01-23",
        &json!({"time_progress": "10.0", "light": "yellow"}),
    );
    check_one(
        &office,
        "2013-01-22",
        &json!({"time_progress": "9.5", "light": "green"}),
    );
}

#[test]
fn everything_written_is_known_even_from_a_clock_in_the_future() {
    let office =
        Office::once()
            .at("2099-01-01T00:00:00Z")
            .on("2013-06-01", "progress", "1.1.1@czj", "60%");
    check_one(&office, "2013-06-01", &json!({"progress": "60.0"}));
}

#[test]
fn what_was_recorded_at_the_instant_itself_is_known() {
    let office = Office::once()
        .at("2013-06-01T09:00:00+08:00")
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .at("2013-06-01T09:00:01+08:00")
        .on("2013-06-01", "progress", "1.1.1@czj", "70%")
        .known_at("2013-06-01T09:00:00+08:00");
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
}

#[test]
fn instants_are_compared_as_instants() {
    let office = Office::once().at("2013-06-01T09:30:00+09:00").on(
        "2013-06-01",
        "progress",
        "1.1.1@czj",
        "60%",
    );
    let known_at = |instant| office.clone().known_at(instant);
    let before = known_at("2013-06-01T09:00:00+08:00");
    check_one(&before, "2013-06-30", &json!({"progress": "60.0"}));
    let after = known_at("2013-06-01T08:29:59+08:00");
    check_one(&after, "2013-06-30", &json!({"progress": "0.0"}));
}

#[test]
fn z_is_an_offset() {
    let office = Office::once().at("2013-06-01T09:00:00+08:00").on(
        "2013-06-01",
        "progress",
        "1.1.1@czj",
        "60%",
    );
    let same = office.clone().known_at("2013-06-01T01:00:00Z");
    check_one(&same, "2013-06-30", &json!({"progress": "60.0"}));
    let earlier = office.known_at("2013-06-01T00:59:59Z");
    check_one(&earlier, "2013-06-30", &json!({"progress": "0.0"}));
}

#[test]
fn a_seal_knows_each_file_up_to_its_head() {
    let office = Office::once()
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .on("2013-06-02", "progress", "1.1.1@czj", "70%")
        .under(&["li:1"]);
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
}

#[test]
fn a_seal_knows_no_line_of_a_writer_it_does_not_name() {
    let office = Office::once()
        .on("2013-06-01", "progress", "1.1.1@czj", "60%")
        .by("wang")
        .on("2013-06-02", "progress", "1.1.1@czj", "70%")
        .under(&["li:1"]);
    check_one(&office, "2013-06-30", &json!({"progress": "60.0"}));
    check_journal(&office, "2013-06-30", &json!({"entries": 1}));
}

#[test]
fn only_a_seal_gives_the_figures_of_a_closed_month_for_ever() {
    let closed = Office::once().on("2013-06-01", "progress", "1.1.1@czj", "60%");
    // An office whose clock runs behind sends late.
    let later = closed
        .clone()
        .by("wang")
        .at("2013-05-01T09:00:00+08:00")
        .on("2013-06-02", "progress", "1.1.1@czj", "70%");
    let by_clock = later.clone().known_at("2013-06-30T00:00:00+08:00");
    check_one(&by_clock, "2013-06-30", &json!({"progress": "70.0"}));
    assert_eq!(
        later.under(&["li:1"]).status(By::Unit, "2013-06-30"),
        closed.status(By::Unit, "2013-06-30")
    );
}

#[test]
fn the_day_of_an_instant_is_the_day_in_its_own_offset() {
    // In Beijing it is the sixth already.
    let office = Office::once()
        .reporting("cycle = 'month'")
        .at("2013-07-05T23:30:00-05:00")
        .on("2013-06-15", "progress", "1.1.1@czj", "60%");
    check_missing(&office, "2013-06", "2013-08-01", &json!({"on_time": 1}));
}

#[test]
fn reports_may_be_owed_every_month_quarter_half_or_year() {
    let of = |cycle: &str| {
        let office = Office::new().reporting(&format!("cycle = '{cycle}'"));
        let plan = office.plan();
        let periods = plan.reporting_periods();
        let last = periods.last().unwrap().period.to_string();
        (periods.len(), last)
    };
    assert_eq!(of("month"), (12, "2013-12".to_owned()));
    assert_eq!(of("quarter"), (4, "2013-Q4".to_owned()));
    assert_eq!(of("half"), (2, "2013-H2".to_owned()));
    assert_eq!(of("year"), (1, "2013".to_owned()));
}

#[test]
fn a_period_belongs_to_a_window_when_one_of_its_days_does_and_is_cut_to_it() {
    let office = Office::new()
        .lasting("2013-01-01", "2013-05-01")
        .reporting("cycle = 'month'\nfrom = 2013-03-31");
    check_reporting(
        &office,
        &[
            ("2013-03", "2013-03-31", "2013-03-31"),
            ("2013-04", "2013-04-01", "2013-04-30"),
            ("2013-05", "2013-05-01", "2013-05-01"),
        ],
    );
}

#[test]
fn reports_begin_with_the_first_period_after_the_issue() {
    let office = |issued| {
        Office::new()
            .lasting("2013-01-01", "2013-06-30")
            .issued(issued)
            .reporting("cycle = 'quarter'")
    };
    let second = ("2013-Q2", "2013-04-01", "2013-06-30");
    let first = ("2013-Q1", "2013-01-01", "2013-03-31");
    check_reporting(&office("2013-03-01"), &[second]);
    check_reporting(&office("2013-04-01"), &[second]);
    check_reporting(&office("2013-04-02"), &[]);
    check_reporting(&office("2012-11-20"), &[first, second]);
}

#[test]
fn reports_begin_with_the_first_period_after_the_start_of_a_plan() {
    let office = Office::new()
        .lasting("2013-01-02", "2013-02-10")
        .reporting("cycle = 'month'");
    check_reporting(&office, &[("2013-02", "2013-02-01", "2013-02-10")]);
}

#[test]
fn nobody_reports_with_cycle_none_or_without_the_part() {
    check_reporting(&Office::new(), &[]);
    check_reporting(&Office::new().reporting("cycle = 'none'"), &[]);
}

#[test]
fn the_report_day_is_the_fifth_of_the_month_after() {
    let office = Office::new().reporting("cycle = 'month'");
    check_report_day(&office, "2013-06", "2013-07-05");
    check_report_day(&office, "2013-12", "2014-01-05");
    let office = Office::new().reporting("cycle = 'quarter'\ndue_day = 10");
    check_report_day(&office, "2013-Q1", "2013-04-10");
}

#[test]
fn the_report_day_counts_from_the_period_before_it_is_cut() {
    let office = Office::new()
        .lasting("2013-01-01", "2013-05-10")
        .reporting("cycle = 'quarter'");
    check_report_day(&office, "2013-Q2", "2013-07-05");
}

#[test]
fn the_report_day_of_a_short_month_is_its_last() {
    let office = Office::new().reporting("cycle = 'month'\ndue_day = 31");
    check_report_day(&office, "2013-01", "2013-02-28");
    check_report_day(&office, "2013-03", "2013-04-30");
    check_report_day(&office, "2013-04", "2013-05-31");
}

#[test]
fn a_periodic_item_has_the_periods_of_which_one_day_lies_in_its_window() {
    let office = Office::new().item(
        "1.1.1",
        "kind = 'periodic'\nevery = 'half'\nlead = ['czj']\nstart = 2013-06-30\ndue = 2013-07-01",
    );
    check_obligations(&office, &["1.1.1@czj#2013-H1", "1.1.1@czj#2013-H2"]);
}
