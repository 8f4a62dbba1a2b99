//! What retracts take out: numbers.md §3.3, as a graph.

use super::Kept;
use crate::journal::Id;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A known retract: which record it is, and the id it names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retract {
    /// The number of its own record.
    pub(super) at: usize,
    /// The id in its value; `None` when the value is no id, so that it names nothing.
    pub(super) names: Option<Id>,
}

/// What the retracts come to.
#[derive(Debug, Default)]
pub(super) struct Voids {
    /// Records that are void, sorted.
    pub(super) void: Vec<usize>,
    /// Retracts that name nothing, sorted.
    pub(super) name_nothing: Vec<usize>,
    /// What each retract names, by the retract's record.
    pub(super) names: BTreeMap<usize, Vec<usize>>,
}

/// Settles which records are void.
///
/// A retract names every record whose id is its value and whose item, unit and period equal its
/// own. In a circle of retracts the members name nothing. A void retract voids nothing.
pub(super) fn settle(records: &[Kept], retracts: &[Retract]) -> Voids {
    if retracts.is_empty() {
        return Voids::default();
    }
    let mut names = targets(records, retracts);
    for member in circle_members(&names) {
        names.insert(member, Vec::new());
    }
    let void = void_records(&names);
    let name_nothing = names
        .iter()
        .filter(|(_, targets)| targets.is_empty())
        .map(|(at, _)| *at)
        .collect();
    Voids {
        void,
        name_nothing,
        names,
    }
}

/// Returns what each retract names, circles not yet taken out.
fn targets(records: &[Kept], retracts: &[Retract]) -> BTreeMap<usize, Vec<usize>> {
    let wanted: BTreeSet<Id> = retracts
        .iter()
        .filter_map(|retract| retract.names)
        .collect();
    let mut by_id: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        if wanted.contains(&record.id) {
            by_id.entry(record.id).or_default().push(at);
        }
    }
    retracts
        .iter()
        .map(|retract| {
            let named = retract.names.and_then(|id| by_id.get(&id));
            let same_obligation = |at: &&usize| records[**at].key == records[retract.at].key;
            let targets = named.into_iter().flatten().filter(same_obligation).copied();
            (retract.at, targets.collect())
        })
        .collect()
}

/// Returns the retracts from which a way over retracts leads back to themselves.
fn circle_members(names: &BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    // A retract that no retract names, or that names no retract, is in no circle: peel them off
    // from both ends. What is left over lies in a circle or between two; only those are searched.
    let mut left: BTreeMap<usize, BTreeSet<usize>> = names
        .iter()
        .map(|(at, targets)| {
            let retracts = targets.iter().filter(|target| names.contains_key(target));
            (*at, retracts.copied().collect())
        })
        .collect();
    loop {
        let named: BTreeSet<usize> = left.values().flatten().copied().collect();
        let before = left.len();
        left.retain(|at, targets| named.contains(at) && !targets.is_empty());
        let kept: BTreeSet<usize> = left.keys().copied().collect();
        for targets in left.values_mut() {
            targets.retain(|target| kept.contains(target));
        }
        if left.len() == before {
            break;
        }
    }
    left.keys()
        .copied()
        .filter(|at| reaches_itself(*at, &left))
        .collect()
}

fn reaches_itself(start: usize, edges: &BTreeMap<usize, BTreeSet<usize>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<usize> = edges[&start].iter().copied().collect();
    while let Some(at) = open.pop() {
        if at == start {
            return true;
        }
        if seen.insert(at) {
            open.extend(edges.get(&at).into_iter().flatten());
        }
    }
    false
}

/// Returns the void records of a graph without circles, sorted.
fn void_records(names: &BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    let mut unsettled: BTreeMap<usize, usize> = names.keys().map(|at| (*at, 0)).collect();
    for target in names.values().flatten() {
        if let Some(count) = unsettled.get_mut(target) {
            *count += 1;
        }
    }
    let mut void = BTreeSet::new();
    let mut ready: Vec<usize> = unsettled
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(at, _)| *at)
        .collect();
    while let Some(retract) = ready.pop() {
        let counts = !void.contains(&retract);
        for target in &names[&retract] {
            if counts {
                void.insert(*target);
            }
            if let Some(count) = unsettled.get_mut(target) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*target);
                }
            }
        }
    }
    void.into_iter().collect()
}
