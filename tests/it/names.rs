//! What a person types, and which unit, group, chapter, measure or item is meant by it.

use duban::failure::Exit;
use duban::names;
use duban::names::Certainty;
use duban::plan::Plan;
use duban::plan::source;

const PLAN: &str = r#"schema = 1
[plan]
id = "case"
title = "应急管理工作计划"
period = { start = 2013-01-01, end = 2013-12-31 }
supervisor = "yjb"
[[unit]]
id = "yjb"
name = "市政府应急管理办公室"
aliases = ["市应急办", "应急办"]
pinyin = "shi yingjiban"
[[unit]]
id = "chikan"
name = "赤坎区"
[[unit]]
id = "xiashan"
name = "霞山区"
[[unit]]
id = "kfq"
name = "经济技术开发区(管委会)"
[[unit]]
id = "chongqing"
name = "重庆路街道"
[[group]]
id = "counties"
name = "各县(市、区)"
members = ["chikan", "xiashan"]
[[chapter]]
id = "5"
label = "五"
title = "提高应急管理保障水平"
[[measure]]
id = "5.1"
chapter = "5"
title = "加大应急管理资金投入"
[[measure.item]]
id = "5.1.2"
title = "经费列入预算"
kind = "once"
lead = ["chikan"]
"#;

fn plan() -> Plan {
    source::read("case.toml", PLAN).0.unwrap()
}

#[track_caller]
fn check_unit(typed: &str, certainty: Certainty, id: &str) {
    let plan = plan();
    match names::unit(&plan, typed, certainty) {
        Ok(unit) => assert_eq!(plan.unit(unit).id, id),
        Err(failure) => panic!("{failure:?}"),
    }
}

#[track_caller]
fn check_refused(typed: &str, certainty: Certainty, help: &str) {
    let failure = names::unit(&plan(), typed, certainty).unwrap_err();
    assert_eq!(failure.exit, Exit::Usage);
    let said = failure.help.expect("a refusal says what to type");
    assert!(said.en.contains(help), "{said:?}");
}

#[test]
fn units_are_meant_by_id_name_alias_and_their_own_pinyin() {
    for typed in [
        "yjb",
        "市政府应急管理办公室",
        "应急办",
        "shiyingjiban",
        " ｙｊｂ ",
    ] {
        check_unit(typed, Certainty::Script, "yjb");
    }
}

#[test]
fn brackets_and_spaces_do_not_matter_in_a_name() {
    check_unit("经济技术开发区（管委会）", Certainty::Script, "kfq");
    check_unit("赤坎 区", Certainty::Script, "chikan");
}

#[test]
fn a_terminal_takes_pinyin_and_initials() {
    check_unit("chikanqu", Certainty::Terminal, "chikan");
    check_unit("xsq", Certainty::Terminal, "xiashan");
}

#[test]
fn every_reading_of_a_character_counts() {
    check_unit("chongqinglujiedao", Certainty::Terminal, "chongqing");
    check_unit("zhongqinglujiedao", Certainty::Terminal, "chongqing");
}

#[test]
fn a_unique_beginning_counts_on_a_terminal_only() {
    check_unit("xia", Certainty::Terminal, "xiashan");
    check_unit("霞", Certainty::Terminal, "xiashan");
    check_refused("xiasha", Certainty::Script, "xiashan");
}

#[test]
fn a_beginning_of_two_units_lists_both() {
    check_refused(
        "ch",
        Certainty::Terminal,
        "chikan (赤坎区), chongqing (重庆路街道)",
    );
}

#[test]
fn a_slip_is_answered_with_the_nearest_name() {
    check_refused("赤砍区", Certainty::Script, "chikan");
    check_refused("zzzzzzzz", Certainty::Script, "status --by unit");
}

#[test]
fn items_are_meant_by_their_whole_id() {
    let plan = plan();
    assert!(names::item(&plan, "５.１.２").is_ok());
    let failure = names::item(&plan, "5.1").unwrap_err();
    assert!(failure.help.unwrap().zh.contains("5.1.2"));
}

#[test]
fn groups_chapters_and_measures_are_meant_by_id_or_name() {
    let plan = plan();
    for typed in ["@counties", "counties", "＠counties", "各县（市、区）"] {
        assert!(
            names::group(&plan, typed, Certainty::Script).is_ok(),
            "{typed}"
        );
    }
    for typed in ["5", "五", "提高应急管理保障水平"] {
        assert!(
            names::chapter(&plan, typed, Certainty::Script).is_ok(),
            "{typed}"
        );
    }
    assert!(names::measure(&plan, "5.1", Certainty::Script).is_ok());
    assert!(names::measure(&plan, "加大", Certainty::Script).is_err());
    assert!(names::measure(&plan, "加大", Certainty::Terminal).is_ok());
}

#[test]
fn look_alikes_share_their_key() {
    for (one, other) in [
        ("⽔务局", "水务局"),
        ("⻢山", "马山"),
        ("局（甲）", "局(甲)"),
        ("市\u{200b}局", "市局"),
        ("市\u{a0}局", "市局"),
    ] {
        assert_eq!(names::look_key(one), names::look_key(other));
    }
}

#[test]
fn the_nearest_word_is_near() {
    assert_eq!(names::nearest("tittle", ["id", "title"]), Some("title"));
    assert_eq!(names::nearest("zzz", ["id", "title"]), None);
}
