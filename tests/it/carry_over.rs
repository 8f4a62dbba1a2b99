//! `carry-over`: what goes on into next year's plan, and that the draft is a sound plan.

use crate::month::office::Office;
use crate::month::office::PLAN;
use duban::plan::Plan;
use duban::plan::source;
use std::fs;
use std::path::Path;

const PRACTICE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/practice");

/// The small office with one more item of each sort that matters.
fn office() -> Office {
    let more = r#"
  [[measure.item]]
  id = "1.1.4"
  title = "长期巡查"
  kind = "continuing"
  lead = ["@both"]
  done_when = "当月有巡查记录"

  [[measure.item]]
  id = "1.1.5"
  title = "谁来办未定"
  kind = "once"
  lead = []
  due = 2013-11-30
  done_when = "2013年内定下"

  [[measure.item]]
  id = "1.1.6"
  title = "按季小结"
  kind = "periodic"
  every = "quarter"
  due_day = 10
  due_in = "next"
  lead = ["@both"]
  start = 2013-02-01
  covers = ["city-2013:1.1"]
  done_when = "按季报送"

[[measure]]
id = "1.2"
chapter = "1"
title = "都办结的任务"

  [[measure.item]]
  id = "1.2.1"
  title = "已办结"
  kind = "once"
  lead = ["water"]
  done_when = "印发"

[[group]]
id = "both"
name = "两局"
members = ["water", "school"]
"#;
    let head = "due_day = 5\nfrom = 2013-01-01\n\n[lights]\nyellow_days = 20\nbehind_red = 25.5";
    let plan = PLAN
        .replace("due_day = 5\nfrom = 2013-01-01", head)
        .replace(
            "issued = 2013-01-01",
            "issued = 2013-01-01\nnumber = \"县府办〔2013〕1号\"\nparent = { number = \"市府办〔2013〕2号\" }",
        );
    let office = Office::new(&format!("{plan}{more}"));
    office.record("2013-12-01", "submit 1.2.1@water");
    office.record("2013-12-02", "verify 1.2.1@water");
    office.record("2013-12-03", "submit 1.1.2@school");
    office.record("2013-12-04", "verify 1.1.2@school");
    office.record("2013-03-01", "progress 1.1.2@water 6");
    office.record(
        "2013-02-10",
        "extend 1.1.1@water 2014-03-31 --ref 县府批1号",
    );
    office.record("2013-12-05", "cancel 1.1.4@school -m 划归水务");
    office
}

const DRAW: &str = "carry-over --to 2014 --as-of 2013-12-31";

#[track_caller]
fn read(text: &str, name: &str) -> Plan {
    let (plan, findings) = source::read(name, text);
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == duban::finding::Severity::Error);
    let errors: Vec<String> = errors.map(|finding| finding.message.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    plan.unwrap()
}

fn leads(plan: &Plan, item: &str) -> Vec<String> {
    let item = plan.item(plan.item_by_id(item).unwrap());
    let id = |unit: &duban::plan::UnitIx| plan.unit(*unit).id.clone();
    item.lead.iter().map(id).collect()
}

#[test]
fn what_is_open_goes_on_with_those_who_still_owe_it() {
    let plan = read(&office().ok(DRAW), "town-2014.toml");
    let ids: Vec<&str> = plan.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.1.6"]);
    assert_eq!(leads(&plan, "1.1.2"), ["water"]);
    assert_eq!(leads(&plan, "1.1.4"), ["water"]);
    assert_eq!(leads(&plan, "1.1.6"), ["water", "school"]);
    assert!(leads(&plan, "1.1.5").is_empty());
    assert_eq!(
        plan.measures.len(),
        1,
        "a measure of which nothing is left goes"
    );
    for item in &plan.items {
        let from = format!("town-2013:{}", item.id);
        assert_eq!(item.carried_from.as_deref(), Some(&*from));
    }
}

#[test]
fn the_head_is_last_years_but_for_what_must_be_new() {
    let text = office().ok(DRAW);
    let plan = read(&text, "town-2014.toml");
    assert_eq!(plan.id, "town-2014");
    assert_eq!(plan.title, "2014年工作计划");
    assert_eq!(plan.period.start.to_string(), "2014-01-01");
    assert_eq!(plan.period.end.to_string(), "2014-12-31");
    assert_eq!(plan.number, None);
    assert!(text.contains("# 上年文号 县府办〔2013〕1号"), "{text}");
    assert!(
        text.contains("# 上年的上级文件 市府办〔2013〕2号"),
        "{text}"
    );
    assert_eq!(plan.lights.yellow_days, 20);
    assert_eq!(plan.lights.behind_red.to_string(), "25.5");
    assert_eq!(plan.unit(plan.own_verifier.unwrap()).id, "mayor");
    assert_eq!(plan.reporting.as_ref().unwrap().due_day, 5);
}

#[test]
fn dates_move_on_and_a_granted_extension_into_the_new_year_stays() {
    let text = office().ok(DRAW);
    let plan = read(&text, "town-2014.toml");
    let due = |id: &str| {
        plan.item(plan.item_by_id(id).unwrap())
            .window
            .end
            .to_string()
    };
    assert_eq!(due("1.1.1"), "2014-03-31");
    assert_eq!(due("1.1.2"), "2014-12-31");
    assert_eq!(due("1.1.3"), "2014-06-30");
    let quarter = plan.item(plan.item_by_id("1.1.6").unwrap());
    assert_eq!(quarter.window.start.to_string(), "2014-02-01");
    let duban::plan::Schedule::Periodic(periods) = &quarter.kind else {
        panic!("1.1.6 is periodic");
    };
    let ends: Vec<String> = periods.iter().map(|of| of.window.end.to_string()).collect();
    assert_eq!(
        ends,
        ["2014-04-10", "2014-07-10", "2014-10-10", "2015-01-10"]
    );
}

#[test]
fn comments_say_where_each_item_stood() {
    let text = office().ok(DRAW);
    for comment in [
        "# 县水务局：未开展，原期限 2013-02-20，延期 1 次至 2014-03-31",
        "# 期限沿用已批准的延期 2014-03-31",
        "# 县水务局：推进中，进度 60.0%，原期限 2013-03-31，逾期275天",
        "# 新的一年从零累计",
        "# 还没有定牵头单位",
        "# 文字里有“2013”，请核对",
        "# 上年对应上级事项 city-2013:1.1",
        "# 结转事项：未办结 3 项，定期 2 项，持续 1 项；已办结或撤销而不再列入 1 项",
    ] {
        assert!(text.contains(comment), "{comment}\n{text}");
    }
    let english = office().ok(&format!("{DRAW} --lang en"));
    let line = "# 县水务局: not started, due 2013-02-20, extensions: 1, to 2014-03-31";
    assert!(english.contains(line), "{english}");
}

#[test]
fn what_was_verified_in_january_is_not_carried_by_a_draft_of_february() {
    let office = office();
    office.record("2014-01-08", "submit 1.1.2@water --today 2014-01-08");
    office.record("2014-01-09", "verify 1.1.2@water --today 2014-01-09");
    let year_end = read(&office.ok(DRAW), "town-2014.toml");
    assert!(year_end.item_by_id("1.1.2").is_some());
    let later = office.ok("carry-over --to 2014 --today 2014-02-01");
    assert!(read(&later, "town-2014.toml").item_by_id("1.1.2").is_none());
}

#[test]
fn the_draft_is_a_file_that_check_passes_and_that_is_never_overwritten() {
    let office = office();
    let line = format!("{DRAW} -o plans/next-2014.toml");
    office.ok(&line);
    office.ok("check -p next-2014");
    let first = fs::read(office.folder().join("plans/next-2014.toml")).unwrap();
    assert!(String::from_utf8_lossy(&first).contains("id = \"next-2014\""));
    let again = office.run(&format!("-p town-2013 {line}"));
    assert_eq!(again.status.code(), Some(4));
    office.ok(&format!("-p town-2013 {line} --force"));
    let second = fs::read(office.folder().join("plans/next-2014.toml")).unwrap();
    assert_eq!(first, second, "same inputs, same bytes");
}

#[track_caller]
fn check_refused(line: &str, word: &str) {
    let office = office();
    let output = office.run(line);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{line}: {said}");
    assert!(output.stdout.is_empty());
    assert!(said.contains(word), "{line}: {said}");
}

#[test]
fn a_year_that_is_not_later_and_a_file_that_is_no_plan_are_refused() {
    check_refused("carry-over --to 2013 --as-of 2013-12-31", "最早写 2014");
    check_refused("carry-over --to 99999 --as-of 2013-12-31", "最早写 2014");
    check_refused(
        &format!("{DRAW} -o plans/明年.toml"),
        "plans/名称-2014.toml",
    );
    check_refused(&format!("{DRAW} -o next.csv"), "plans/名称-2014.toml");
    check_refused(&format!("{DRAW} -o plans/town-2013.toml --force"), "新文件");
}

#[test]
fn levels_and_hostile_texts_survive_into_the_draft() {
    let title = r#"title = "引号\"反斜杠\\ # ]] ''' 修好水库""#;
    let plan = PLAN.replace(
        "title = \"修好水库\"",
        &format!("{title}\n  level = \"internal\""),
    );
    let office = Office::new(&plan);
    let text = office.ok(DRAW);
    let plan = read(&text, "town-2014.toml");
    assert_eq!(plan.items[0].title, "引号\"反斜杠\\ # ]] ''' 修好水库");
    assert_eq!(plan.items[0].level, duban::terms::Level::Internal);
}

#[test]
fn the_practice_plan_is_carried_over_without_an_error() {
    let office = Office::new(PLAN);
    let there = office.folder().join("practice");
    crate::findings::copy(Path::new(PRACTICE), &there);
    let plan = "practice/plans/practice-2013.toml";
    let text = office.ok(&format!("-p {plan} {DRAW}"));
    let draft = read(&text, "practice-2014.toml");
    assert!(draft.items.len() > 60, "{}", draft.items.len());
    let old = read(
        &fs::read_to_string(there.join("plans/practice-2013.toml")).unwrap(),
        plan,
    );
    for item in &draft.items {
        assert!(old.item_by_id(&item.id).is_some());
    }
    let open = office.json(&format!(
        "-p {plan} list --as-of 2013-12-31 --kind once --state not_started,in_progress,submitted,returned,suspended"
    ));
    let expected = open["rows"].as_array().unwrap().len();
    let once = draft
        .items
        .iter()
        .filter(|item| item.kind() == duban::terms::Kind::Once);
    assert_eq!(once.map(|item| item.lead.len()).sum::<usize>(), expected);
}
