//! Reading a plan: what it means, what is left out, and that every slip is named with its place.

use duban::calendar::Day;
use duban::finding;
use duban::finding::Finding;
use duban::finding::Severity;
use duban::plan::Plan;
use duban::plan::lint;
use duban::plan::source;
use duban::terms::Kind;
use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::prelude::prop;
use proptest::prop_assert;
use proptest::proptest;
use std::fs;
use std::path::Path;

/// The smallest plan without a finding, in which a test changes what it is about.
struct Draft {
    head: &'static str,
    groups: &'static str,
    item: &'static str,
    rest: &'static str,
}

const PLAIN: Draft = Draft {
    head: "",
    groups: "",
    item: "kind = \"once\"\nlead = [\"czj\"]\ndue = 2013-12-31",
    rest: "",
};

impl Draft {
    fn text(&self) -> String {
        let Draft {
            head,
            groups,
            item,
            rest,
        } = self;
        format!(
            r#"schema = 1
[plan]
id = "case"
title = "应急管理工作计划"
period = {{ start = 2013-01-01, end = 2013-12-31 }}
supervisor = "yjb"
{head}
[[unit]]
id = "yjb"
name = "市政府应急管理办公室"
aliases = ["应急办"]
[[unit]]
id = "czj"
name = "市财政局"
[[unit]]
id = "chikan"
name = "赤坎区"
{groups}
[[chapter]]
id = "1"
title = "保障"
[[measure]]
id = "1.1"
chapter = "1"
title = "经费"
[[measure.item]]
id = "1.1.1"
title = "经费列入预算"
{item}
{rest}
"#
        )
    }

    fn findings(&self) -> Vec<Finding> {
        source::read("plans/case.toml", &self.text()).1
    }

    #[track_caller]
    fn plan(&self) -> Plan {
        let (plan, findings) = source::read("plans/case.toml", &self.text());
        assert_eq!(
            finding::count(&findings, Severity::Error),
            0,
            "{findings:#?}"
        );
        plan.expect("a plan without errors is whole")
    }
}

fn with_item(item: &'static str) -> Draft {
    Draft { item, ..PLAIN }
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[track_caller]
fn check_only(draft: &Draft, code: &str) -> Finding {
    let findings = draft.findings();
    assert_eq!(codes(&findings), [code], "{findings:#?}");
    findings.into_iter().next().unwrap()
}

#[track_caller]
fn check_leads(plan: &Plan, expected: &[&str]) {
    let leads = plan.items[0].lead.iter();
    let ids: Vec<&str> = leads.map(|unit| plan.unit(*unit).id.as_str()).collect();
    assert_eq!(ids, expected);
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn the_smallest_plan_has_no_finding() {
    assert_eq!(PLAIN.findings(), []);
}

/// Findings that the text of a plan alone does not bring out: of its entries and seals, of its size.
const NOT_OF_TEXT: &[&str] = &[
    "added-without-start",
    "changed-since-seal",
    "obligation-gone",
    "too-large",
];

#[test]
fn every_finding_has_a_plan_that_provokes_it() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/findings/plan"));
    for entry in fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if NOT_OF_TEXT.contains(&name.as_str()) {
            continue;
        }
        let bytes = fs::read(folder.join("plans/case.toml")).unwrap();
        let (plan, mut findings) = source::read_bytes("plans/case.toml", &bytes);
        if let Some(plan) = &plan {
            findings.extend(lint::units_past_end(plan, plan.period.end));
        }
        let wanted = format!("plan/{name}");
        assert_eq!(codes(&findings), [wanted], "{findings:#?}");
        assert!(
            findings[0].help.is_some(),
            "{name} does not say what to type"
        );
    }
}

#[test]
fn a_plan_over_four_mebibytes_is_not_read() {
    let bytes = vec![b'\n'; source::LIMIT + 1];
    let (plan, findings) = source::read_bytes("case.toml", &bytes);
    assert!(plan.is_none());
    assert_eq!(codes(&findings), ["plan/too-large"]);
}

#[test]
fn a_gbk_plan_is_recognised_with_the_line_of_its_first_byte() {
    let text = PLAIN.text();
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let (_, findings) = source::read_bytes("case.toml", &bytes);
    assert_eq!(findings[0].place.line, 4);
    assert!(findings[0].help.as_ref().unwrap().en.contains("GB18030"));
}

#[test]
fn places_count_characters_and_show_the_line() {
    let finding = check_only(
        &with_item("kind = \"once\"\nlead = [\"czj\", \"发改局\"]\ndue = 2013-12-31"),
        "plan/unknown-unit",
    );
    assert_eq!((finding.place.column, finding.place.end_column), (16, 21));
    let line = "lead = [\"czj\", \"发改局\"]";
    assert_eq!(finding.place.source.as_deref(), Some(line));
}

#[test]
fn a_name_where_an_id_belongs_is_answered_with_the_id() {
    let finding = check_only(
        &with_item("kind = \"once\"\nlead = [\"应急办\"]\ndue = 2013-12-31"),
        "plan/name-for-id",
    );
    assert_eq!(finding.help.unwrap().en, "write \"yjb\"");
}

#[test]
fn the_digest_does_not_see_bom_and_line_ends() {
    let text = PLAIN.text();
    let saved = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let (plain, _) = source::read("case.toml", &text);
    let (windows, findings) = source::read("case.toml", &saved);
    assert_eq!(findings, []);
    assert_eq!(plain.unwrap().sha256, windows.unwrap().sha256);
}

#[test]
fn groups_within_groups_give_each_unit_once_at_its_first_place() {
    let draft = Draft {
        groups: r#"
[[group]]
id = "all"
name = "各单位"
members = ["czj", "@counties", "yjb", "chikan"]
[[group]]
id = "counties"
name = "各县区"
members = ["chikan", "czj"]"#,
        item: "kind = \"once\"\nlead = [\"chikan\", \"@all\"]\ndue = 2013-12-31",
        head: "own_verifier = \"czj\"",
        ..PLAIN
    };
    check_leads(&draft.plan(), &["chikan", "czj", "yjb"]);
}

#[test]
fn a_chain_of_very_many_groups_is_expanded() {
    let mut groups = String::from("[[group]]\nid = \"g0\"\nname = \"零\"\nmembers = [\"czj\"]\n");
    for at in 1..20_000 {
        let before = at - 1;
        groups.push_str(&format!(
            "[[group]]\nid = \"g{at}\"\nname = \"组{at}\"\nmembers = [\"@g{before}\"]\n"
        ));
    }
    let text = PLAIN
        .text()
        .replace("[[chapter]]", &format!("{groups}[[chapter]]"));
    let text = text.replace("lead = [\"czj\"]", "lead = [\"@g19999\"]");
    let (plan, findings) = source::read("case.toml", &text);
    assert_eq!(findings, []);
    check_leads(&plan.unwrap(), &["czj"]);
}

#[test]
fn an_item_with_an_error_is_left_out_and_remembered() {
    let (plan, _) = source::read(
        "case.toml",
        &with_item("kind = \"once\"\nlead = [\"nobody\"]").text(),
    );
    let plan = plan.unwrap();
    assert_eq!(plan.items.len(), 0);
    assert_eq!(plan.left_out.items, ["1.1.1"]);
}

#[test]
fn a_unit_that_is_left_out_gives_no_finding_where_it_is_named() {
    let text = PLAIN
        .text()
        .replace("id = \"czj\"\nname = \"市财政局\"", "id = \"czj\"");
    let (plan, findings) = source::read("case.toml", &text);
    assert_eq!(codes(&findings), ["plan/missing-key"]);
    assert_eq!(plan.unwrap().left_out.units, ["czj"]);
}

#[test]
fn a_line_that_is_no_toml_gives_one_finding_and_no_others() {
    let findings = with_item("kind = \"once\"\nlead = [“czj”]\ndue = 2013-12-31").findings();
    assert_eq!(codes(&findings), ["plan/syntax"], "{findings:#?}");
    let help = findings[0].help.as_ref().unwrap();
    assert!(help.en.contains('"'), "{help:?}");
}

#[test]
fn a_chinese_key_is_answered_with_the_english_one() {
    let finding = check_only(
        &with_item("kind = \"once\"\n牵头单位 = [\"czj\"]\nlead = []\ndue = 2013-12-31"),
        "plan/chinese-key",
    );
    assert_eq!(finding.help.unwrap().en, "write lead =");
    assert_eq!(finding.place.column, 1);
}

#[test]
fn forms_of_toml_1_1_are_found_where_they_stand() {
    let escaped = Draft {
        head: "issuer = \"\\x41\"",
        ..PLAIN
    };
    assert_eq!(check_only(&escaped, "plan/toml11").place.column, 11);
    let spread = with_item(
        "kind = \"once\"\nlead = [\"czj\"]\ndue = 2013-12-31\ntarget = { amount = 1, unit = \"场\", }",
    );
    assert_eq!(check_only(&spread, "plan/toml11").place.column, 34);
}

#[test]
fn lists_over_several_lines_with_a_last_comma_are_toml_1_0() {
    let draft = with_item("kind = \"once\"\nlead = [\n  \"czj\", # 财政\n]\ndue = 2013-12-31");
    assert_eq!(draft.findings(), []);
}

#[test]
fn thresholds_are_exact_decimals() {
    let draft = Draft {
        head: "[lights]\nyellow_share = 0.0625\nbehind_red = 33.3",
        ..PLAIN
    };
    let lights = draft.plan().lights;
    assert_eq!(lights.yellow_share.ten_thousandths(), 625);
    assert_eq!(lights.behind_red.ten_thousandths(), 333_000);
    assert_eq!(lights.yellow_days, 15);
}

#[test]
fn reporting_begins_with_the_first_whole_period_after_the_issue() {
    let draft = Draft {
        head: "issued = 2013-03-02\n[reporting]\ncycle = \"month\"",
        ..PLAIN
    };
    let plan = draft.plan();
    let first = plan.reporting_periods()[0];
    assert_eq!(first.period.to_string(), "2013-04");
    assert_eq!(first.report_day, day("2013-05-05"));
    assert_eq!(plan.reporting_periods().len(), 9);
}

#[test]
fn without_a_cycle_nobody_reports() {
    let draft = Draft {
        head: "[reporting]\ncycle = \"none\"",
        ..PLAIN
    };
    assert!(draft.plan().reporting.is_none());
    assert!(PLAIN.plan().reporting.is_none());
}

#[test]
fn what_is_not_given_has_the_plans_period() {
    let item = &with_item("kind = \"continuing\"\nlead = [\"czj\"]")
        .plan()
        .items[0];
    assert_eq!(item.kind(), Kind::Continuing);
    assert_eq!(item.window.start, day("2013-01-01"));
    assert_eq!(item.window.end, day("2013-12-31"));
    assert!(!item.has_own_start && !item.has_own_due);
}

#[test]
fn a_unit_is_past_its_end_from_its_to_on() {
    let text = PLAIN.text().replace(
        "name = \"市财政局\"",
        "name = \"市财政局\"\nto = 2013-07-01",
    );
    let plan = source::read("case.toml", &text).0.unwrap();
    assert_eq!(lint::units_past_end(&plan, day("2013-06-30")), []);
    let findings = lint::units_past_end(&plan, day("2013-07-01"));
    assert_eq!(codes(&findings), ["plan/unit-past-end"]);
}

#[test]
fn the_plan_of_the_first_year_reads_without_an_error() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/plans/zhanjiang-2013.toml");
    let Ok(bytes) = fs::read(path) else {
        return;
    };
    let (plan, findings) = source::read_bytes(path, &bytes);
    assert_eq!(
        finding::count(&findings, Severity::Error),
        0,
        "{findings:#?}"
    );
    let plan = plan.unwrap();
    assert!(plan.left_out.items.is_empty() && plan.left_out.units.is_empty());
    assert!(plan.measures.len() >= 23, "the notice has 23 measures");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_give_findings_and_never_a_panic(bytes in any::<Vec<u8>>()) {
        let (plan, findings) = source::read_bytes("case.toml", &bytes);
        prop_assert!(plan.is_none() && !findings.is_empty());
    }

    #[test]
    fn any_text_gives_findings_and_never_a_panic(text in "[\\[\\]{}=\",'.#a-c1-3单\n -]{0,60}") {
        let (plan, findings) = source::read("case.toml", &text);
        prop_assert!(plan.is_none() && !findings.is_empty());
    }

    #[test]
    fn any_change_of_a_plan_never_panics(
        at in any::<prop::sample::Index>(),
        length in 0usize..40,
        put in "[\\[\\]{}=\",'@.#a-c0-3单\n\\\\:T-]{0,6}",
    ) {
        let text = PLAIN.text();
        let characters: Vec<char> = text.chars().collect();
        let start = at.index(characters.len());
        let end = (start + length).min(characters.len());
        let changed: String = characters[..start]
            .iter()
            .copied()
            .chain(put.chars())
            .chain(characters[end..].iter().copied())
            .collect();
        let (plan, findings) = source::read("case.toml", &changed);
        prop_assert!(plan.is_some() || !findings.is_empty());
        for finding in findings {
            prop_assert!(finding.place.end_column >= finding.place.column);
        }
    }
}
