//! Which obligations, assists and rows a report leaves out (contract §3, numbers.md §6).

use crate::ledger::Book;
use crate::plan::ChapterIx;
use crate::plan::ItemIx;
use crate::plan::MeasureIx;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::terms::Kind;
use crate::terms::Level;
use crate::terms::Light;
use crate::terms::State;
use std::collections::BTreeSet;

/// What is asked for. An empty list asks for nothing in particular; all that is asked must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Units by name, by group and by kind: each list that was given, as the units it leaves.
    pub units: Vec<BTreeSet<UnitIx>>,
    /// Chapters.
    pub chapters: Vec<ChapterIx>,
    /// Measures.
    pub measures: Vec<MeasureIx>,
    /// Items.
    pub items: Vec<ItemIx>,
    /// Kinds of item.
    pub kinds: Vec<Kind>,
    /// States.
    pub states: Vec<State>,
    /// Lights.
    pub lights: Vec<Light>,
    /// Whether only overdue ones are asked for.
    pub overdue: OnlyOverdue,
    /// Due within so many days from the as-of day.
    pub due_within: Option<i64>,
    /// What a text was found in.
    pub text: Option<TextMatch>,
    /// For whom the report is made.
    pub readers: Readers,
}

/// For whom a report is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    /// For the office, which sees everything.
    #[default]
    Office,
    /// For everybody, from whom something is withheld.
    Everybody(Withheld),
}

/// What is not for everybody: what the plan calls internal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Items.
    pub items: BTreeSet<ItemIx>,
    /// Units.
    pub units: BTreeSet<UnitIx>,
}

impl Withheld {
    /// Returns what a plan calls internal.
    pub fn of(plan: &Plan) -> Withheld {
        let items = (0..plan.items.len()).map(ItemIx::at);
        let units = (0..plan.units.len()).map(UnitIx::at);
        Withheld {
            items: items
                .filter(|item| plan.item(*item).level == Level::Internal)
                .collect(),
            units: units
                .filter(|unit| plan.unit(*unit).level == Level::Internal)
                .collect(),
        }
    }
}

/// Whether only overdue obligations are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnlyOverdue {
    /// They are.
    Yes,
    /// They are not.
    #[default]
    No,
}

/// Where a text was found.
#[derive(Clone, Debug, Default)]
pub struct TextMatch {
    /// Items whose title holds it.
    pub items: BTreeSet<ItemIx>,
    /// Obligations of which an entry's note or ref holds it.
    pub obligations: BTreeSet<ObligationIx>,
}

impl Filter {
    /// Returns what is withheld from the readers; `None` where they are the office.
    pub const fn withheld(&self) -> Option<&Withheld> {
        match &self.readers {
            Readers::Office => None,
            Readers::Everybody(withheld) => Some(withheld),
        }
    }

    /// Tells whether the readers may see an item.
    pub fn shows_item(&self, item: ItemIx) -> bool {
        self.withheld()
            .is_none_or(|withheld| !withheld.items.contains(&item))
    }

    /// Tells whether the readers may see a unit.
    pub fn shows_unit(&self, unit: UnitIx) -> bool {
        self.withheld()
            .is_none_or(|withheld| !withheld.units.contains(&unit))
    }

    /// Tells whether an obligation is left in.
    pub fn keeps(&self, book: Book<'_>, at: ObligationIx) -> bool {
        let obligation = book.chart.obligation(at);
        let text_holds = self.text.as_ref().is_none_or(|found| {
            found.items.contains(&obligation.item) || found.obligations.contains(&at)
        });
        self.keeps_unit(obligation.unit)
            && self.keeps_place(book.chart.plan, obligation.item)
            && text_holds
            && self.keeps_position(book, at)
    }

    /// Tells whether a unit is left in.
    pub fn keeps_unit(&self, unit: UnitIx) -> bool {
        self.shows_unit(unit) && self.units.iter().all(|asked| asked.contains(&unit))
    }

    /// Tells whether an item is left in by chapter, measure, item and kind.
    fn keeps_place(&self, plan: &Plan, item: ItemIx) -> bool {
        self.shows_item(item)
            && asks_for(&self.chapters, &plan.chapter_of(item))
            && asks_for(&self.measures, &plan.item(item).measure)
            && asks_for(&self.items, &item)
            && asks_for(&self.kinds, &plan.item(item).kind())
    }

    /// Tells whether an item is left in by every filter on items, its title included.
    pub fn keeps_item(&self, plan: &Plan, item: ItemIx) -> bool {
        let text_holds = self
            .text
            .as_ref()
            .is_none_or(|found| found.items.contains(&item));
        self.keeps_place(plan, item) && text_holds
    }

    fn keeps_position(&self, book: Book<'_>, at: ObligationIx) -> bool {
        if !self.asks_for_position() {
            return true;
        }
        let position = book.position(at);
        let due_within = self.due_within.is_none_or(|within| {
            position
                .days_left
                .is_some_and(|days| (0..=within).contains(&days))
        });
        asks_for(&self.states, &position.state)
            && asks_for(&self.lights, &position.light)
            && (self.overdue == OnlyOverdue::No || position.overdue)
            && due_within
    }

    /// Tells whether anything is asked about units.
    pub fn asks_for_units(&self) -> bool {
        !self.units.is_empty()
    }

    /// Tells whether anything is asked that only an obligation has: a state, a light, a date.
    pub fn asks_for_position(&self) -> bool {
        !self.states.is_empty()
            || !self.lights.is_empty()
            || self.overdue == OnlyOverdue::Yes
            || self.due_within.is_some()
    }

    /// Tells whether nothing is asked for, so that only what is withheld is left out.
    pub fn asks_for_nothing(&self) -> bool {
        !self.asks_for_units()
            && !self.asks_for_position()
            && self.chapters.is_empty()
            && self.measures.is_empty()
            && self.items.is_empty()
            && self.kinds.is_empty()
            && self.text.is_none()
    }

    /// Tells whether a unit assisting an item is left in. A pair has no state and no light.
    pub fn keeps_assist(&self, plan: &Plan, item: ItemIx, unit: UnitIx) -> bool {
        !self.asks_for_position() && self.keeps_unit(unit) && self.keeps_item(plan, item)
    }

    /// Returns the items without an obligation that a report has to name.
    pub fn without_lead(&self, plan: &Plan) -> Vec<ItemIx> {
        if self.asks_for_units() || self.asks_for_position() {
            return Vec::new();
        }
        (0..plan.items.len())
            .map(ItemIx::at)
            .filter(|item| plan.item(*item).lead.is_empty() && self.keeps_item(plan, *item))
            .collect()
    }

    /// Tells whether the row of a chapter is left in: by name, or for a measure or item in it.
    pub fn keeps_chapter_row(&self, plan: &Plan, chapter: ChapterIx) -> bool {
        let of_chapter = |measure: &MeasureIx| {
            plan.measures[measure.position()].chapter == chapter
                && self.keeps_measure_row(plan, *measure)
        };
        match self.items.is_empty() && self.measures.is_empty() {
            true => asks_for(&self.chapters, &chapter),
            false => (0..plan.measures.len())
                .map(MeasureIx::at)
                .any(|at| of_chapter(&at)),
        }
    }

    /// Tells whether the row of a measure is left in: by name, or for an item in it.
    pub fn keeps_measure_row(&self, plan: &Plan, measure: MeasureIx) -> bool {
        let holds_item = |item: &ItemIx| plan.item(*item).measure == measure;
        asks_for(&self.chapters, &plan.measures[measure.position()].chapter)
            && asks_for(&self.measures, &measure)
            && (self.items.is_empty() || self.items.iter().any(holds_item))
    }

    /// Tells whether the row of an item is left in.
    pub fn keeps_item_row(&self, plan: &Plan, item: ItemIx) -> bool {
        self.keeps_place(plan, item)
    }

    /// Tells whether the row of a kind is left in.
    pub fn keeps_kind_row(&self, kind: Kind) -> bool {
        asks_for(&self.kinds, &kind)
    }

    /// Tells whether the row of a group is left in.
    pub fn keeps_group_row(&self, members: &[UnitIx]) -> bool {
        let shown = members.iter().filter(|unit| self.shows_unit(**unit));
        let is_shown = members.is_empty() || shown.count() > 0;
        is_shown && (!self.asks_for_units() || members.iter().any(|unit| self.keeps_unit(*unit)))
    }
}

/// Tells whether a thing is asked for, or nothing in particular is.
fn asks_for<T: PartialEq>(asked: &[T], thing: &T) -> bool {
    asked.is_empty() || asked.contains(thing)
}
