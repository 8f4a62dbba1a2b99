//! What a careful reader would ask about a valid plan: no lead, no standard, work verified by itself.

use crate::calendar::Day;
use crate::finding;
use crate::finding::Finding;
use crate::finding::Place;
use crate::plan::Item;
use crate::plan::Plan;
use crate::plan::UnitEnd;
use crate::plan::UnitIx;
use crate::terms::Kind;
use crate::terms::Owner;
use std::rc::Rc;

/// Where in the text the measures and items of a plan stand, in the order of the plan.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) supervisor: Option<Place>,
    pub(super) measures: Vec<Place>,
    /// Whether the text gives the measure an item, be it one that was left out.
    pub(super) has_items: Vec<bool>,
    pub(super) items: Vec<ItemMarks>,
}

/// Where the parts of one item stand.
pub(super) struct ItemMarks {
    pub(super) id: Place,
    pub(super) title: Place,
    pub(super) lead: Place,
    pub(super) assist: Option<Place>,
    pub(super) owner: Option<Place>,
    pub(super) due: Option<Place>,
    /// Units that the text names both as lead and as assist.
    pub(super) doubled: Vec<UnitIx>,
    /// Whether every lead of the text is in the plan.
    pub(super) lead_is_whole: bool,
}

/// Returns the warnings and hints about a plan that do not depend on the day.
pub(super) fn check(plan: &Plan, marks: &Marks) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((measure, place), has_items) in plan
        .measures
        .iter()
        .zip(&marks.measures)
        .zip(&marks.has_items)
    {
        if !has_items {
            findings.push(finding::plan::no_item(place.clone(), &measure.id));
        }
    }
    for (item, marks) in plan.items.iter().zip(&marks.items) {
        findings.extend(of_item(plan, item, marks));
    }
    findings.extend(self_verified(plan, marks));
    findings.extend(owners_inferred(plan, marks));
    findings.extend(vague_headings(plan, marks));
    findings.extend(without_due(plan, marks));
    findings
}

/// Returns a warning for each unit that is gone on a day and still leads items.
pub fn units_past_end(plan: &Plan, day: Day) -> Vec<Finding> {
    plan.ends
        .iter()
        .filter_map(|end| {
            let unit = plan.unit(end.unit);
            let to = unit.to.filter(|to| *to <= day)?;
            let count = led_by(plan, end.unit);
            let successor = unit.successor.map(|unit| plan.unit(unit).id.as_str());
            (count > 0).then(|| {
                finding::plan::unit_past_end(place_of(end), &unit.name, to, count, successor)
            })
        })
        .collect()
}

fn place_of(end: &UnitEnd) -> Place {
    Place {
        file: Rc::from(end.file.as_str()),
        line: end.line,
        column: end.column,
        end_column: end.end_column,
        source: end.source.clone(),
    }
}

/// Returns how many items a unit leads.
fn led_by(plan: &Plan, unit: UnitIx) -> usize {
    let led = plan.items.iter().filter(|item| item.lead.contains(&unit));
    led.count()
}

fn of_item(plan: &Plan, item: &Item, marks: &ItemMarks) -> Vec<Finding> {
    let mut findings = Vec::new();
    if item.lead.is_empty() && marks.lead_is_whole {
        findings.push(finding::plan::no_lead(marks.lead.clone(), &item.id));
    }
    if let (Some(due), Some(issued)) = (&marks.due, plan.issued)
        && item.window.end < issued
    {
        let end = item.window.end;
        findings.push(finding::plan::due_before_issue(
            due.clone(),
            &item.id,
            end,
            issued,
        ));
    }
    if let (Some(assist), false) = (&marks.assist, marks.doubled.is_empty()) {
        let units: Vec<&str> = marks
            .doubled
            .iter()
            .map(|unit| plan.unit(*unit).id.as_str())
            .collect();
        let units = listed(&units);
        findings.push(finding::plan::lead_and_assist(
            assist.clone(),
            &item.id,
            &units,
        ));
    }
    let is_counted = match item.kind() {
        Kind::Once | Kind::Periodic => true,
        Kind::Continuing => false,
    };
    let verb = VAGUE.iter().find(|verb| item.title.contains(**verb));
    if let Some(verb) = verb
        && is_counted
        && item.done_when.is_none()
        && item.target.is_none()
    {
        findings.push(finding::plan::vague_verb(
            marks.title.clone(),
            &item.id,
            verb,
        ));
    }
    findings
}

/// Verbs of notices that name a direction and no end.
pub(in crate::plan) const VAGUE: &[&str] = &[
    "加强", "推进", "推动", "探索", "完善", "提高", "提升", "深化", "健全", "强化", "促进", "加大",
    "加快", "优化", "规范", "落实", "做好", "抓好",
];

/// Headings that only point a way: what counts as done is then the office's own reading.
fn vague_headings(plan: &Plan, marks: &Marks) -> Option<Finding> {
    let (ids, places): (Vec<&str>, Vec<&Place>) = plan
        .measures
        .iter()
        .zip(&marks.measures)
        .filter(|(measure, _)| VAGUE.iter().any(|verb| measure.title.contains(verb)))
        .map(|(measure, place)| (measure.id.as_str(), place))
        .unzip();
    let place = (*places.first()?).clone();
    Some(finding::plan::vague_headings(
        place,
        ids.len(),
        &listed(&ids),
    ))
}

fn self_verified(plan: &Plan, marks: &Marks) -> Option<Finding> {
    let count = led_by(plan, plan.supervisor);
    let name = &plan.unit(plan.supervisor).name;
    let place = marks.supervisor.clone()?;
    let own = plan.is_self_verified(plan.supervisor) && count > 0;
    own.then(|| finding::plan::self_verified(place, name, count))
}

fn owners_inferred(plan: &Plan, marks: &Marks) -> Option<Finding> {
    let (ids, places): (Vec<&str>, Vec<&Option<Place>>) = plan
        .items
        .iter()
        .zip(&marks.items)
        .filter(|(item, _)| item.owner == Some(Owner::Inferred))
        .map(|(item, marks)| (item.id.as_str(), &marks.owner))
        .unzip();
    let place = (*places.first()?).clone()?;
    Some(finding::plan::owner_inferred(
        place,
        ids.len(),
        &listed(&ids),
    ))
}

fn without_due(plan: &Plan, marks: &Marks) -> Option<Finding> {
    let (ids, places): (Vec<&str>, Vec<&Place>) = plan
        .items
        .iter()
        .zip(&marks.items)
        .filter(|(item, _)| item.kind() == Kind::Once && !item.has_own_due)
        .map(|(item, marks)| (item.id.as_str(), &marks.id))
        .unzip();
    let place = (*places.first()?).clone();
    Some(finding::plan::no_due(
        place,
        ids.len(),
        &listed(&ids),
        plan.period.end,
    ))
}

/// How many ids a sentence names.
const NAMED: usize = 5;

fn listed(ids: &[&str]) -> String {
    let named = ids[..ids.len().min(NAMED)].join(" ");
    match ids.len() > NAMED {
        true => format!("{named} …"),
        false => named,
    }
}
