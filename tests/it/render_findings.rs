//! How findings are shown to people and given to machines.

use duban::finding::Finding;
use duban::finding::Place;
use duban::finding::Severity;
use duban::lang::Lang;
use duban::lang::Said;
use duban::render::Bom;
use duban::render::Colour;
use duban::render::Look;
use duban::render::findings::findings;
use duban::render::findings::findings_json;
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

const LOOK: Look = Look {
    width: Some(80),
    colour: Colour::Off,
    bom: Bom::Without,
    lang: Lang::Zh,
};

fn said(text: &str) -> Said {
    Said {
        zh: text.to_owned(),
        en: text.to_owned(),
    }
}

fn unknown_unit() -> Finding {
    let line = "lead = [\"发改局\"]";
    Finding {
        code: "plan/unknown-unit",
        severity: Severity::Error,
        place: Place::in_line(&Rc::from("plans/2013.toml"), 41, line, 8..19),
        message: said("事项2.3的牵头单位“发改局”不在名单中"),
        label: Some(said("没有这个单位")),
        help: Some(said("名单里有“发改委”")),
    }
}

#[track_caller]
fn check_findings(found: &[Finding], expected: &str) {
    let written = String::from_utf8(findings(found, &LOOK)).unwrap();
    assert_eq!(written, expected, "\n{written}");
}

#[test]
fn findings_point_at_what_is_meant_under_chinese() {
    check_findings(
        &[unknown_unit()],
        "\
错误[plan/unknown-unit]: 事项2.3的牵头单位“发改局”不在名单中
 --> plans/2013.toml:41:9
   |
41 | lead = [\"发改局\"]
   |         ^^^^^^^^ 没有这个单位
   = 建议: 名单里有“发改委”

错误 1 处，警告 0 处，提示 0 处
",
    );
}

#[test]
fn findings_without_a_line_name_the_file() {
    let whole = Finding {
        severity: Severity::Warning,
        place: Place::file("plans/2013.journal/li.csv"),
        label: None,
        help: None,
        ..unknown_unit()
    };
    check_findings(
        &[whole],
        "\
警告[plan/unknown-unit]: 事项2.3的牵头单位“发改局”不在名单中
 --> plans/2013.journal/li.csv

错误 0 处，警告 1 处，提示 0 处
",
    );
    check_findings(&[], "没有发现问题\n");
}

#[test]
fn findings_in_long_lines_are_cut_around_what_is_meant() {
    let note = "累计培训六十二场\t".repeat(200);
    let line = format!("{note}发改\u{202e}局{note}");
    let span = note.len()..note.len() + 12;
    let long = Finding {
        place: Place::in_line(&Rc::from("li.csv"), 7, &line, span),
        ..unknown_unit()
    };
    let written = String::from_utf8(findings(&[long], &LOOK)).unwrap();
    let excerpt: Vec<&str> = written.lines().filter(|line| line.contains('|')).collect();
    assert!(
        excerpt
            .iter()
            .all(|line| line.width() <= 80 + " 没有这个单位".width()),
        "{written}"
    );
    let meant = excerpt[1].find("发改").unwrap();
    let caret = excerpt[2].find('^').unwrap();
    assert_eq!(
        excerpt[1][..meant].width(),
        excerpt[2][..caret].width(),
        "{written}"
    );
    assert!(excerpt[1].contains("发改\\u{202e}局"), "{written}");
}

#[test]
fn findings_as_json_have_every_key() {
    let whole = Finding {
        place: Place::file("a.toml"),
        help: None,
        ..unknown_unit()
    };
    let bytes = findings_json(&[unknown_unit(), whole], Lang::Zh);
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["errors"], 2);
    assert_eq!(value["findings"][0]["column"], 9);
    assert_eq!(value["findings"][0]["help"], "名单里有“发改委”");
    assert_eq!(value["findings"][1]["line"], serde_json::Value::Null);
    assert_eq!(value["findings"][1]["help"], serde_json::Value::Null);
}

#[test]
fn findings_in_english_count_in_english() {
    let look = Look {
        lang: Lang::En,
        ..LOOK
    };
    let written = String::from_utf8(findings(&[unknown_unit()], &look)).unwrap();
    assert!(
        written.starts_with("error[plan/unknown-unit]: "),
        "{written}"
    );
    assert!(written.contains("\n   = help: "), "{written}");
    assert!(
        written.ends_with("\n\n1 error, 0 warnings, 0 hints\n"),
        "{written}"
    );
}

#[test]
fn findings_after_a_tab_point_at_what_is_meant() {
    let line = "\tlead = [\"发改局\"]";
    let indented = Finding {
        place: Place::in_line(&Rc::from("a.toml"), 7, line, 10..19),
        ..unknown_unit()
    };
    let written = String::from_utf8(findings(&[indented], &LOOK)).unwrap();
    let excerpt: Vec<&str> = written.lines().filter(|line| line.contains('|')).collect();
    let meant = excerpt[1].find("发改局").unwrap();
    let caret = excerpt[2].find('^').unwrap();
    assert_eq!(
        excerpt[1][..meant].width(),
        excerpt[2][..caret].width(),
        "{written}"
    );
}
