//! What filters leave of obligations, assists, rows and the head.

use super::rows::every_state;
use super::rows::items;
use crate::support::checks::check_obligations;
use crate::support::checks::check_row;
use crate::support::checks::check_total;
use crate::support::checks::column;
use crate::support::office::Office;
use duban::plan::ItemIx;
use duban::plan::UnitIx;
use duban::report::filter::Filter;
use duban::terms::By;
use duban::terms::Kind;
use duban::terms::Light;
use duban::terms::State;
use serde_json::json;
use std::collections::BTreeSet;

const DAY: &str = "2013-06-30";

fn unit(plan: &duban::plan::Plan, id: &str) -> Vec<BTreeSet<UnitIx>> {
    vec![BTreeSet::from([plan.unit_by_id(id).unwrap()])]
}

fn item(plan: &duban::plan::Plan, id: &str) -> Vec<ItemIx> {
    vec![plan.item_by_id(id).unwrap()]
}

#[test]
fn filters_leave_obligations_out_before_rows_are_made() {
    let office = every_state().only(|_| Filter {
        states: vec![State::Closed, State::Submitted],
        ..Filter::default()
    });
    check_total(
        &office,
        DAY,
        &json!({"total": 2, "completion": {"part": 1, "whole": 2, "percent": "50.0"}}),
    );
    check_obligations(&office, &["1.1.3@czj", "1.1.6@czj"]);
}

#[test]
fn filters_on_kinds_and_lights_leave_obligations_out() {
    let office = Office::continuing().item("1.1.2", "kind = 'once'\nlead = ['czj']");
    let kinds = office.clone().only(|_| Filter {
        kinds: vec![Kind::Once],
        ..Filter::default()
    });
    check_obligations(&kinds, &["1.1.2@czj"]);
    let lights = office
        .on("2013-02-01", "suspend", "1.1.1@czj", "")
        .only(|_| Filter {
            lights: vec![Light::Grey],
            ..Filter::default()
        });
    check_obligations(&lights, &["1.1.1@czj"]);
}

#[test]
fn a_filter_on_units_leaves_the_assists_of_those_units_and_their_rows() {
    let office = Office::new()
        .item(
            "1.1.1",
            "kind = 'once'\nlead = ['czj']\nassist = ['jyj', 'chikan']",
        )
        .item("1.1.2", "kind = 'once'\nlead = ['jyj']\nassist = ['czj']")
        .only(|plan| Filter {
            units: unit(plan, "jyj"),
            ..Filter::default()
        });
    assert_eq!(column(&office.status(By::Unit, DAY), "key"), ["jyj"]);
    check_total(&office, DAY, &json!({"total": 1, "assist": 1}));
    check_row(
        &office,
        By::Item,
        DAY,
        "1.1.1",
        &json!({"total": 0, "assist": 1}),
    );
}

#[test]
fn a_filter_on_items_leaves_the_rows_of_all_units() {
    let office = items(&["'czj'", "'jyj'"]).only(|plan| Filter {
        items: item(plan, "1.1.2"),
        ..Filter::default()
    });
    let status = office.status(By::Unit, DAY);
    assert_eq!(column(&status, "key"), ["yjb", "czj", "jyj", "chikan"]);
    assert_eq!(status["total"]["total"], 1);
    assert_eq!(column(&office.status(By::Item, DAY), "key"), ["1.1.2"]);
}

#[test]
fn the_head_of_the_journal_stays_whole_under_filters() {
    let all = items(&["'czj'", "'jyj'"])
        .on("2013-02-01", "verify", "1.1.1@czj", "")
        .raw("?");
    let some = all.clone().only(|plan| Filter {
        units: unit(plan, "jyj"),
        ..Filter::default()
    });
    let journal = |office: &Office| office.status(By::Unit, DAY)["journal"].clone();
    assert_eq!(journal(&some), journal(&all));
}

#[test]
fn items_without_lead_are_named_as_filters_on_items_leave_them() {
    let office = items(&["", "", "'czj'"]);
    let named = |filter| office.clone().only(filter).status(By::Unit, DAY)["no_lead"].clone();
    assert_eq!(named(|_| Filter::default()), json!(["1.1.1", "1.1.2"]));
    let of_item = named(|plan| Filter {
        items: item(plan, "1.1.2"),
        ..Filter::default()
    });
    assert_eq!(of_item, json!(["1.1.2"]));
    let of_units = named(|plan| Filter {
        units: unit(plan, "czj"),
        ..Filter::default()
    });
    assert_eq!(of_units, json!([]));
    let of_states = named(|_| Filter {
        states: vec![State::NotStarted],
        ..Filter::default()
    });
    assert_eq!(of_states, json!([]));
    let of_lights = named(|_| Filter {
        lights: vec![Light::Grey],
        ..Filter::default()
    });
    assert_eq!(of_lights, json!([]));
}
