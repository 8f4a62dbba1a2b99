//! Groups within groups, expanded to units: each once, at its first place.

use crate::plan::UnitIx;
use std::collections::HashSet;
use std::ops::Range;

/// What a member of a group means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Member {
    /// A unit.
    Unit(UnitIx),
    /// A group, by its place in the list.
    Group(usize),
}

/// How far a group is expanded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Untouched,
    Open,
    Done,
}

/// What groups come to.
pub(super) struct Expansion {
    /// The units of each group.
    pub(super) units: Vec<Vec<UnitIx>>,
    /// The members by which a group, by its place, reaches itself.
    pub(super) cycles: Vec<(usize, Range<usize>)>,
}

/// Returns the units of each group, and the members by which a group reaches itself.
///
/// Walks with a list of its own instead of the stack: a chain of groups may be as long as the file.
pub(super) fn expand(groups: &[&[(Member, Range<usize>)]]) -> Expansion {
    let mut progress = vec![Progress::Untouched; groups.len()];
    let mut expanded: Vec<Vec<UnitIx>> = vec![Vec::new(); groups.len()];
    let mut cycles = Vec::new();
    for first in 0..groups.len() {
        let mut path = vec![(first, 0usize)];
        while let Some((group, next)) = path.pop() {
            if progress[group] == Progress::Done {
                continue;
            }
            progress[group] = Progress::Open;
            match groups[group].get(next) {
                None => {
                    expanded[group] = units_of(groups[group], &expanded);
                    progress[group] = Progress::Done;
                }
                Some((Member::Unit(_), _)) => path.push((group, next + 1)),
                Some((Member::Group(inner), span)) => {
                    path.push((group, next + 1));
                    match progress[*inner] {
                        Progress::Untouched => path.push((*inner, 0)),
                        Progress::Open => cycles.push((*inner, span.clone())),
                        Progress::Done => {}
                    }
                }
            }
        }
    }
    Expansion {
        units: expanded,
        cycles,
    }
}

/// Returns the units of a group whose inner groups are expanded; one still open has none yet.
fn units_of(members: &[(Member, Range<usize>)], expanded: &[Vec<UnitIx>]) -> Vec<UnitIx> {
    let mut seen = HashSet::new();
    let mut units = Vec::new();
    for (member, _) in members {
        match member {
            Member::Unit(unit) => units.extend(seen.insert(*unit).then_some(*unit)),
            Member::Group(inner) => {
                let of_group = expanded[*inner].iter().copied();
                units.extend(of_group.filter(|unit| seen.insert(*unit)));
            }
        }
    }
    units
}
