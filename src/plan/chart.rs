//! The chart of obligations: what entries may name, each by a small number.
//!
//! Built once from a plan; maps the bytes of item, unit and period in a journal line to an obligation
//! without an allocation and within the fast memory of a processor, because a nation's 10⁷ lines go
//! through here.

use crate::calendar::Period;
use crate::calendar::Window;
use crate::figures::Amount;
use crate::plan::ItemIx;
use crate::plan::Plan;
use crate::plan::Schedule;
use crate::plan::UnitIx;
use crate::terms::Kind;
use foldhash::fast::FixedState;
use std::collections::BTreeMap;
use std::collections::HashMap;

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
    items: Names<'p, ItemIx>,
    units: Names<'p, UnitIx>,
    blocks: Vec<Block>,
    /// Lists of leads; many items share one, where a group leads.
    leads: Vec<Leads>,
}

/// The obligations of one item: lead by lead, of each lead period by period.
#[derive(Debug)]
struct Block {
    first: u32,
    /// The periods as journals write them; one empty text where the item has none.
    periods: Vec<Short>,
    /// Its leads, by their place in the chart's list.
    leads: usize,
}

/// Which lead of an item a unit is.
#[derive(Debug)]
enum Leads {
    /// Most units lead: the place of each, by unit; `NOT_LEAD` where it is none.
    Most(Vec<u32>),
    /// Some do: sorted by unit.
    Some(Vec<(UnitIx, u32)>),
}

/// Stands for the place of a unit that does not lead.
const NOT_LEAD: u32 = u32::MAX;

/// Ids and what they name. Short ones stand in the table itself: nothing else is touched for them.
#[derive(Debug)]
struct Names<'p, T> {
    short: HashMap<Short, T, FixedState>,
    long: HashMap<&'p [u8], T, FixedState>,
}

/// A text of at most seven bytes in one number: a period, most ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Short(u64);

/// Where the bytes of a line lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// The obligation.
    pub at: ObligationIx,
    /// Its item.
    pub item: ItemIx,
    /// Its unit.
    pub unit: UnitIx,
}

impl<'p> Chart<'p> {
    /// Lists the obligations of a plan.
    pub fn new(plan: &'p Plan) -> Chart<'p> {
        let mut obligations = Vec::new();
        let mut blocks = Vec::with_capacity(plan.items.len());
        let mut leads = Vec::new();
        let mut lists: BTreeMap<&[UnitIx], usize> = BTreeMap::new();
        for (position, item) in plan.items.iter().enumerate() {
            let first = u32::try_from(obligations.len()).expect("fewer than 2³² obligations");
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
            let of_item = *lists.entry(&item.lead).or_insert_with(|| {
                leads.push(Leads::of(&item.lead, plan.units.len()));
                leads.len() - 1
            });
            blocks.push(Block {
                first,
                periods: match &item.kind {
                    Schedule::Once | Schedule::Continuing => vec![Short(0)],
                    Schedule::Periodic(periods) => {
                        periods.iter().map(|of| Short::period(of.period)).collect()
                    }
                },
                leads: of_item,
            });
        }
        let items = plan.items.iter().enumerate();
        let units = plan.units.iter().enumerate();
        Chart {
            plan,
            obligations,
            items: Names::of(items.map(|(at, item)| (item.id.as_bytes(), ItemIx::at(at)))),
            units: Names::of(units.map(|(at, unit)| (unit.id.as_bytes(), UnitIx::at(at)))),
            blocks,
            leads,
        }
    }

    /// Returns the obligation that the bytes of item, unit and period in a line name exactly.
    pub fn locate(&self, item: &[u8], unit: &[u8], period: &[u8]) -> Option<Located> {
        let item = self.items.get(item)?;
        let unit = self.units.get(unit)?;
        let block = &self.blocks[item.position()];
        let lead = self.leads[block.leads].place(unit)?;
        let wanted = Short::pack(period)?;
        let place = block.periods.iter().position(|period| *period == wanted)?;
        let periods = u32::try_from(block.periods.len()).ok()?;
        let at = block.first + lead * periods + u32::try_from(place).ok()?;
        Some(Located {
            at: ObligationIx(at),
            item,
            unit,
        })
    }

    /// Returns the obligation of an item, unit and period.
    pub fn of(&self, item: &str, unit: &str, period: &str) -> Option<ObligationIx> {
        let located = self.locate(item.as_bytes(), unit.as_bytes(), period.as_bytes())?;
        Some(located.at)
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

impl<'p, T: Copy> Names<'p, T> {
    fn of(names: impl Iterator<Item = (&'p [u8], T)>) -> Names<'p, T> {
        let (mut short, mut long) = (HashMap::default(), HashMap::default());
        for (name, thing) in names {
            match Short::pack(name) {
                Some(packed) => drop(short.insert(packed, thing)),
                None => drop(long.insert(name, thing)),
            }
        }
        Names { short, long }
    }

    fn get(&self, name: &[u8]) -> Option<T> {
        match Short::pack(name) {
            Some(packed) => self.short.get(&packed).copied(),
            None => self.long.get(name).copied(),
        }
    }
}

impl Leads {
    fn of(leads: &[UnitIx], units: usize) -> Leads {
        let places = || leads.iter().copied().zip(0u32..);
        // A table of all units is quick to read; it is kept where it is not much larger.
        if leads.len() * 8 >= units {
            let mut most = vec![NOT_LEAD; units];
            for (unit, place) in places() {
                most[unit.position()] = place;
            }
            return Leads::Most(most);
        }
        let mut some: Vec<(UnitIx, u32)> = places().collect();
        some.sort_unstable();
        Leads::Some(some)
    }

    fn place(&self, unit: UnitIx) -> Option<u32> {
        match self {
            Leads::Most(most) => Some(most[unit.position()]).filter(|place| *place != NOT_LEAD),
            Leads::Some(some) => {
                let at = some.binary_search_by_key(&unit, |(unit, _)| *unit).ok()?;
                Some(some[at].1)
            }
        }
    }
}

impl Short {
    fn period(period: Period) -> Short {
        Short::pack(period.to_string().as_bytes()).expect("a period is written in 7 bytes")
    }

    /// Packs at most seven bytes and their number, so that different texts differ.
    fn pack(bytes: &[u8]) -> Option<Short> {
        if bytes.len() > 7 {
            return None;
        }
        let pack = |packed: u64, byte: &u8| packed << 8 | u64::from(*byte);
        let packed = bytes.iter().fold(0, pack);
        Some(Short(packed << 8 | bytes.len() as u64))
    }
}
