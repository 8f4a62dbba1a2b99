//! A drafted plan is a plan file: what was put in comes out again when the text is read.

use duban::calendar::Day;
use duban::calendar::Window;
use duban::figures::Amount;
use duban::lang::Lang;
use duban::plan::Plan;
use duban::plan::Target;
use duban::plan::draft;
use duban::plan::draft::DraftChapter;
use duban::plan::draft::DraftGroup;
use duban::plan::draft::DraftItem;
use duban::plan::draft::DraftKind;
use duban::plan::draft::DraftMeasure;
use duban::plan::draft::DraftPlan;
use duban::plan::draft::DraftReporting;
use duban::plan::draft::DraftUnit;
use duban::plan::source;
use duban::terms::Cycle;
use duban::terms::DueIn;
use duban::terms::EvidenceRule;
use duban::terms::Kind;
use duban::terms::Level;
use duban::terms::Owner;

/// Texts that break files written carelessly.
const HOSTILE: &[&str] = &[
    "引号\"与反斜杠\\",
    "'''单引号'''",
    "\"\"\"三个引号",
    "一行\n两行\r\n三行",
    "制表\t符",
    "# 不是注释",
    "]] [[measure]] = {",
    "\\u0041 不是转义",
    "反向\u{202e}文字",
    "\u{1b}[31m红字",
    "零宽\u{200b}字",
    "",
    " 前后空格 ",
];

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn plan() -> DraftPlan {
    let unit = |id: &str, name: &str| DraftUnit {
        id: id.to_owned(),
        name: name.to_owned(),
        ..DraftUnit::default()
    };
    DraftPlan {
        comment: vec!["由通知拟出，待核。".to_owned()],
        id: "case".to_owned(),
        title: "应急管理工作计划".to_owned(),
        number: Some("湛府办〔2013〕7号".to_owned()),
        issuer: Some("湛江市人民政府办公室".to_owned()),
        issued: Some(day("2013-03-01")),
        period: Window {
            start: day("2013-01-01"),
            end: day("2013-12-31"),
        },
        supervisor_comment: Vec::new(),
        supervisor: "yjb".to_owned(),
        own_verifier: Some("zfb".to_owned()),
        parent_number: Some("粤办函〔2013〕28号".to_owned()),
        parent_plan: None,
        lang: Some(Lang::Zh),
        reporting: Some(DraftReporting {
            comment: Vec::new(),
            cycle: Cycle::Quarter,
            due_day: Some(10),
        }),
        lights: vec![("yellow_days", "20".to_owned())],
        units_comment: vec!["---- 单位 ----".to_owned()],
        units: vec![
            unit("yjb", "市应急办"),
            unit("zfb", "市政府办公室"),
            DraftUnit {
                aliases: vec!["赤坎".to_owned()],
                pinyin: Some("chikan qu".to_owned()),
                kind: Some("county".to_owned()),
                from: Some(day("2006-01-01")),
                to: Some(day("2020-01-01")),
                successor: Some("zfb".to_owned()),
                level: Some(Level::Internal),
                ..unit("chikan", "赤坎区")
            },
        ],
        groups: vec![DraftGroup {
            comment: Vec::new(),
            id: "counties".to_owned(),
            name: "各县(市、区)".to_owned(),
            members: vec!["chikan".to_owned()],
        }],
        chapters: vec![DraftChapter {
            comment: Vec::new(),
            id: "5".to_owned(),
            label: Some("五".to_owned()),
            title: "提高保障水平".to_owned(),
        }],
        measures_comment: Vec::new(),
        measures: vec![DraftMeasure {
            comment: vec!["原文：加大应急管理资金投入。".to_owned()],
            id: "5.1".to_owned(),
            chapter: "5".to_owned(),
            label: Some("(一)".to_owned()),
            title: "加大资金投入".to_owned(),
            basis: Some("湛府办〔2013〕7号 五(一)".to_owned()),
            parent: Some("粤办函〔2013〕28号 五(一)".to_owned()),
            items: vec![item("5.1.1")],
        }],
    }
}

fn item(id: &str) -> DraftItem {
    DraftItem {
        id: id.to_owned(),
        title: "列入预算".to_owned(),
        lead: vec!["@counties".to_owned()],
        ..DraftItem::default()
    }
}

#[track_caller]
fn read(text: &str) -> Plan {
    let (plan, findings) = source::read("plans/case.toml", text);
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity == duban::finding::Severity::Error)
        .map(|finding| finding.message.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new(), "{text}");
    plan.unwrap()
}

#[test]
fn every_key_that_is_drafted_is_read_again() {
    let mut draft = plan();
    draft.measures[0].items = vec![
        DraftItem {
            assist: vec!["yjb".to_owned()],
            owner: Some(Owner::Inferred),
            start: Some(day("2013-02-01")),
            due: Some(day("2013-11-30")),
            target: Some(Target {
                amount: Amount::parse("99.5").unwrap(),
                unit: "场".to_owned(),
            }),
            done_when: Some("预算批复文件".to_owned()),
            evidence: Some(EvidenceRule::Required),
            form: Some("批复".to_owned()),
            covers: vec!["guangdong-2013:5.1.1".to_owned()],
            carried_from: Some("case-2012:5.1.3".to_owned()),
            level: Some(Level::Internal),
            ..item("5.1.1")
        },
        DraftItem {
            kind: DraftKind::Periodic {
                every: Cycle::Half,
                due_day: Some(25),
                due_in: Some(DueIn::Period),
            },
            ..item("5.1.2")
        },
        DraftItem {
            kind: DraftKind::Continuing,
            lead: Vec::new(),
            ..item("5.1.3")
        },
    ];
    let plan = read(&draft::text(&draft));
    assert_eq!(plan.title, draft.title);
    assert_eq!(plan.number, draft.number);
    assert_eq!(plan.issued, draft.issued);
    assert_eq!(plan.period, draft.period);
    assert_eq!(plan.unit(plan.own_verifier.unwrap()).id, "zfb");
    assert_eq!(plan.parent.as_ref().unwrap().number, draft.parent_number);
    assert_eq!(plan.lights.yellow_days, 20);
    assert_eq!(plan.reporting.as_ref().unwrap().due_day, 10);
    assert_eq!(plan.groups[0].members.len(), 1);
    assert_eq!(plan.measures[0].basis, draft.measures[0].basis);
    let chikan = plan.unit(plan.unit_by_id("chikan").unwrap());
    assert_eq!(chikan.aliases, ["赤坎"]);
    assert_eq!(chikan.level, Level::Internal);
    assert_eq!(chikan.to, Some(day("2020-01-01")));
    let first = &plan.items[0];
    assert_eq!(first.target, draft.measures[0].items[0].target);
    assert_eq!(first.window.end, day("2013-11-30"));
    assert_eq!(first.carried_from.as_deref(), Some("case-2012:5.1.3"));
    assert_eq!(first.evidence, EvidenceRule::Required);
    assert_eq!(first.level, Level::Internal);
    let kinds: Vec<Kind> = plan.items.iter().map(|item| item.kind()).collect();
    assert_eq!(kinds, [Kind::Once, Kind::Periodic, Kind::Continuing]);
    assert!(plan.items[2].lead.is_empty());
}

#[test]
fn hostile_texts_stay_inside_their_strings_and_comments() {
    for hostile in HOSTILE {
        let mut draft = plan();
        draft.comment = vec![(*hostile).to_owned()];
        draft.measures[0].comment = vec![(*hostile).to_owned()];
        draft.measures[0].items[0].comment = vec![(*hostile).to_owned()];
        draft.measures[0].items[0].title = format!("标题{hostile}");
        draft.measures[0].items[0].done_when = Some(format!("标准{hostile}"));
        let text = draft::text(&draft);
        let tree: toml::Table = text.parse().unwrap();
        let item = &tree["measure"][0]["item"][0];
        assert_eq!(item["title"].as_str(), Some(&*format!("标题{hostile}")));
        assert_eq!(item["done_when"].as_str(), Some(&*format!("标准{hostile}")));
        let seen = text
            .chars()
            .find(|sign| *sign != '\n' && duban::text::is_hidden(*sign));
        assert_eq!(seen, None, "{text:?}");
    }
}

#[test]
fn the_same_draft_is_the_same_text() {
    assert_eq!(draft::text(&plan()), draft::text(&plan()));
    assert!(draft::text(&plan()).starts_with("# 由通知拟出，待核。\n\nschema = 1\n\n[plan]\n"));
}
