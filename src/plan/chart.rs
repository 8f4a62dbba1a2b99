//! The chart of obligations: what entries may name, each by a small number.
//!
//! Built once from a plan; maps the bytes `item,unit,period` of a journal line to an obligation
//! without an allocation, because a nation's 10⁷ lines go through here.

use crate::calendar::Period;
use crate::calendar::Window;
use crate::figures::Amount;
use crate::plan::ItemIx;
use crate::plan::Plan;
use crate::plan::Schedule;
use crate::plan::UnitIx;
use crate::terms::Kind;
use std::collections::HashMap;
use std::fmt::Write;

/// An obligation, by its place in the order of the plan: items, then leads, then periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObligationIx(pub u32);

impl ObligationIx {
    /// Returns the position in `Chart::obligations`.
    pub const fn position(self) -> usize {
        self.0 as usize
    }
}

/// Item × lead unit (× period): the atom of every table (numbers.md §2).
#[derive(Clone, Copy, Debug)]
pub struct Obligation {
    /// The item.
    pub item: ItemIx,
    /// The unit that owes.
    pub unit: UnitIx,
    /// The period, of a periodic item only.
    pub period: Option<Period>,
    /// The kind of the item.
    pub kind: Kind,
    /// Start to due date.
    pub window: Window,
    /// The amount to reach.
    pub target: Option<Amount>,
}

/// Every obligation of a plan, and the way from a journal's bytes to them.
#[derive(Debug)]
pub struct Chart<'p> {
    /// The plan it was built from.
    pub plan: &'p Plan,
    /// The obligations in the order of the plan.
    pub obligations: Vec<Obligation>,
    by_key: HashMap<Box<[u8]>, ObligationIx>,
}

impl<'p> Chart<'p> {
    /// Lists the obligations of a plan.
    pub fn new(plan: &'p Plan) -> Chart<'p> {
        let mut obligations = Vec::new();
        for (position, item) in plan.items.iter().enumerate() {
            let of_item = |unit: UnitIx, period: Option<Period>, window: Window| Obligation {
                item: ItemIx::at(position),
                unit,
                period,
                kind: item.kind(),
                window,
                target: item.target.as_ref().map(|target| target.amount),
            };
            for unit in &item.lead {
                match &item.kind {
                    Schedule::Once | Schedule::Continuing => {
                        obligations.push(of_item(*unit, None, item.window));
                    }
                    Schedule::Periodic(periods) => obligations.extend(
                        periods
                            .iter()
                            .map(|period| of_item(*unit, Some(period.period), period.window)),
                    ),
                }
            }
        }
        let mut by_key = HashMap::with_capacity(obligations.len());
        for (position, obligation) in obligations.iter().enumerate() {
            let key = key(plan, obligation).into_bytes().into_boxed_slice();
            let position = u32::try_from(position).expect("fewer than 2³² obligations");
            by_key.insert(key, ObligationIx(position));
        }
        Chart {
            plan,
            obligations,
            by_key,
        }
    }

    /// Returns the obligation that the bytes `item,unit,period` of a line name exactly.
    pub fn find(&self, key: &[u8]) -> Option<ObligationIx> {
        self.by_key.get(key).copied()
    }

    /// Returns the obligation of an item, unit and period.
    pub fn of(&self, item: &str, unit: &str, period: &str) -> Option<ObligationIx> {
        self.find(format!("{item},{unit},{period}").as_bytes())
    }

    /// Returns an obligation.
    pub fn obligation(&self, at: ObligationIx) -> &Obligation {
        &self.obligations[at.position()]
    }

    /// Returns all obligations with their numbers, in the order of the plan.
    pub fn iter(&self) -> impl Iterator<Item = (ObligationIx, &Obligation)> {
        (0u32..).map(ObligationIx).zip(self.obligations.iter())
    }

    /// Returns how an obligation is written: `5.1.2@chikan`, `2.3.1@yjb#2013-Q2`.
    pub fn name(&self, at: ObligationIx) -> String {
        let obligation = self.obligation(at);
        let item = &self.plan.item(obligation.item).id;
        let unit = &self.plan.unit(obligation.unit).id;
        match obligation.period {
            Some(period) => format!("{item}@{unit}#{period}"),
            None => format!("{item}@{unit}"),
        }
    }
}

/// Returns the bytes by which a journal line names an obligation.
fn key(plan: &Plan, obligation: &Obligation) -> String {
    let mut key = format!(
        "{},{},",
        plan.item(obligation.item).id,
        plan.unit(obligation.unit).id
    );
    if let Some(period) = obligation.period {
        write!(key, "{period}").expect("writing to a String cannot fail");
    }
    key
}
