//! Hollow reports: `check` lays two entries side by side and leaves the verdict to the reader.

use super::Office;
use super::PLAN;
use serde_json::Value;

fn hints(office: &Office) -> Vec<Value> {
    let found = office.json("check --lang zh");
    let findings = found["findings"].as_array().unwrap().iter();
    let is_hollow = |of: &&Value| of["code"].as_str().unwrap().contains("hollow");
    findings.filter(is_hollow).cloned().collect()
}

/// Records lines, each with its day, and expects exactly these hints: code and line.
#[track_caller]
fn check_hints(lines: &[(&str, &str)], expected: &[(&str, u64)]) -> Vec<Value> {
    let office = Office::new(PLAN);
    for (day, line) in lines {
        office.record(day, line);
    }
    let found = hints(&office);
    let codes: Vec<(&str, u64)> = found
        .iter()
        .map(|hint| {
            assert_eq!(hint["severity"], "hint");
            let code = hint["code"].as_str().unwrap();
            (
                code.strip_prefix("journal/").unwrap(),
                hint["line"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(codes, expected);
    found
}

#[test]
fn a_note_copied_from_the_last_report_is_shown_beside_it() {
    let found = check_hints(
        &[
            ("2013-01-31", "progress 1.1.2@water 2 -m 正在推进"),
            ("2013-02-28", "progress 1.1.2@water 3 -m 正在推进"),
        ],
        &[("hollow-copied", 3)],
    );
    let help = found[0]["help"].as_str().unwrap();
    assert!(help.contains("desk.csv:2"), "{help}");
    assert!(help.contains("“正在推进”"), "{help}");
}

#[test]
fn a_note_copied_from_the_last_period_is_shown_beside_it() {
    check_hints(
        &[
            ("2013-01-31", "progress 1.1.3@school#2013-01 50% -m 已报"),
            ("2013-02-28", "progress 1.1.3@school#2013-02 50% -m 已报"),
        ],
        &[("hollow-copied", 3)],
    );
}

#[test]
fn a_report_in_between_or_of_one_day_is_no_copy() {
    check_hints(
        &[
            ("2013-01-31", "progress 1.1.2@water 2 -m 正在推进"),
            ("2013-02-15", "progress 1.1.2@water 3 -m 完成三场"),
            ("2013-02-28", "progress 1.1.2@water 4 -m 正在推进"),
            ("2013-02-28", "submit 1.1.2@water -m 正在推进"),
        ],
        &[],
    );
}

#[test]
fn progress_that_falls_is_shown_with_the_value_before() {
    let found = check_hints(
        &[
            ("2013-01-31", "progress 1.1.2@water 7"),
            ("2013-02-28", "progress 1.1.2@water 50%"),
        ],
        &[("hollow-falling", 3)],
    );
    assert_eq!(found[0]["message"], "进度从 70.0% 降到 50.0%");
}

#[test]
fn after_a_return_progress_may_begin_lower() {
    check_hints(
        &[
            ("2013-01-31", "progress 1.1.2@water 7"),
            ("2013-02-01", "submit 1.1.2@water"),
            ("2013-02-05", "return 1.1.2@water -m 不实"),
            ("2013-02-28", "progress 1.1.2@water 5"),
        ],
        &[],
    );
}

#[test]
fn an_amount_beyond_its_target_is_shown_with_the_target() {
    let found = check_hints(
        &[
            ("2013-01-31", "progress 1.1.2@water 10"),
            ("2013-02-28", "progress 1.1.2@water 11"),
        ],
        &[("hollow-beyond-target", 3)],
    );
    assert!(found[0]["help"].as_str().unwrap().contains("10场"));
}

#[test]
fn one_text_for_several_items_of_a_period_is_shown_once_for_each() {
    check_hints(
        &[
            ("2013-01-30", "progress 1.1.1@water 20% -m 已按要求落实"),
            ("2013-01-31", "progress 1.1.2@water 2 -m 已按要求落实"),
            ("2013-02-28", "progress 1.1.2@school 2 -m 已按要求落实"),
        ],
        &[("hollow-same-text", 3)],
    );
}

#[test]
fn what_was_retracted_is_not_laid_beside_anything() {
    let office = Office::new(PLAN);
    office.record("2013-01-31", "progress 1.1.2@water 7");
    office.ok("undo -m 记错 --person 甲");
    office.record("2013-02-28", "progress 1.1.2@water 5");
    assert!(hints(&office).is_empty());
}

#[test]
fn a_hint_makes_no_answer_negative() {
    let office = Office::new(PLAN);
    office.record("2013-01-31", "progress 1.1.2@water 11");
    assert_eq!(office.run("check --deny warnings").status.code(), Some(0));
    assert_eq!(hints(&office).len(), 1);
}
