//! What changed between two texts of one plan: items added or gone, dates, kinds, targets, owners.

use crate::calendar::Day;
use crate::plan::Item;
use crate::plan::Plan;
use crate::plan::Schedule;
use crate::plan::Target;
use crate::terms::Kind;

/// One change, in the order of the newer plan; items that are gone come last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item: String,
    /// Its title, of the newer plan where it has one.
    pub title: String,
    /// The line of the newer plan; 0 for an item that is gone.
    pub line: u64,
    /// What changed.
    pub what: What,
}

/// What changed of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was not there before.
    Added {
        /// The start that the file gives; without one it is behind on its first day.
        start: Option<Day>,
    },
    /// It is no longer there.
    Gone,
    /// Its due date.
    Due {
        /// Before.
        from: Day,
        /// Now.
        to: Day,
    },
    /// Its kind, or the periods of a periodic item.
    Kind {
        /// Before.
        from: Kind,
        /// Now.
        to: Kind,
    },
    /// Its target.
    Target {
        /// Before.
        from: Option<Target>,
        /// Now.
        to: Option<Target>,
    },
    /// It had no lead unit and has some now, by id.
    LeadSettled {
        /// Those that lead it now.
        gained: Vec<String>,
    },
    /// The units that lead it, by id.
    Lead {
        /// Those that no longer do.
        lost: Vec<String>,
        /// Those that newly do.
        gained: Vec<String>,
    },
}

/// Compares two texts of one plan.
pub fn changes(older: &Plan, newer: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    for item in &newer.items {
        let found = match older.item_by_id(&item.id) {
            Some(before) => of_item(older, older.item(before), newer, item),
            None => vec![What::Added {
                start: item.has_own_start.then_some(item.window.start),
            }],
        };
        changes.extend(found.into_iter().map(|what| Change {
            item: item.id.clone(),
            title: item.title.clone(),
            line: item.line,
            what,
        }));
    }
    let is_gone = |item: &&Item| newer.item_by_id(&item.id).is_none();
    changes.extend(older.items.iter().filter(is_gone).map(|item| Change {
        item: item.id.clone(),
        title: item.title.clone(),
        line: 0,
        what: What::Gone,
    }));
    changes
}

fn of_item(older: &Plan, before: &Item, newer: &Plan, now: &Item) -> Vec<What> {
    let mut found = Vec::new();
    if before.window.end != now.window.end {
        found.push(What::Due {
            from: before.window.end,
            to: now.window.end,
        });
    }
    if before.kind() != now.kind() || cycle(before) != cycle(now) {
        found.push(What::Kind {
            from: before.kind(),
            to: now.kind(),
        });
    }
    if before.target != now.target {
        found.push(What::Target {
            from: before.target.clone(),
            to: now.target.clone(),
        });
    }
    let (had, has) = (leads(older, before), leads(newer, now));
    let lost: Vec<String> = had
        .iter()
        .filter(|unit| !has.contains(unit))
        .cloned()
        .collect();
    let gained: Vec<String> = has.into_iter().filter(|unit| !had.contains(unit)).collect();
    if before.lead.is_empty() && !gained.is_empty() {
        found.push(What::LeadSettled { gained });
    } else if !lost.is_empty() || !gained.is_empty() {
        found.push(What::Lead { lost, gained });
    }
    found
}

fn cycle(item: &Item) -> Option<crate::terms::Cycle> {
    match &item.kind {
        Schedule::Once | Schedule::Continuing => None,
        Schedule::Periodic(periods) => periods.first().map(|period| period.period.cycle()),
    }
}

fn leads(plan: &Plan, item: &Item) -> Vec<String> {
    item.lead
        .iter()
        .map(|unit| plan.unit(*unit).id.clone())
        .collect()
}
