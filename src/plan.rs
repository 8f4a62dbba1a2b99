//! The plan as the program believes it: units, groups, chapters, measures, items.
//!
//! Everything here is valid: `plan::source` has left out and reported what was not.
//! Knows no file format and no journal.

pub mod chart;
pub mod compare;
pub mod draft;
pub mod lint;
pub mod notice;
pub mod source;

use crate::calendar::Day;
use crate::calendar::Period;
use crate::calendar::Window;
use crate::figures::Amount;
use crate::lang::Lang;
use crate::terms::Cycle;
use crate::terms::DueIn;
use crate::terms::EvidenceRule;
use crate::terms::Kind;
use crate::terms::Level;
use crate::terms::Owner;

/// Declares the number of a thing in its list: small, `Copy`, not to be mixed up with another's.
macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub u32);

            impl $name {
                /// Returns the index of the thing at a position of its list.
                pub fn at(position: usize) -> $name {
                    $name(u32::try_from(position).expect("a plan of 4 MiB has fewer than 2³² parts"))
                }

                /// Returns the position in its list.
                pub const fn position(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

index! {
    /// A unit, by its place in `Plan::units`.
    UnitIx;
    /// A group, by its place in `Plan::groups`.
    GroupIx;
    /// A chapter, by its place in `Plan::chapters`.
    ChapterIx;
    /// A measure, by its place in `Plan::measures`.
    MeasureIx;
    /// An item, by its place in `Plan::items`.
    ItemIx;
}

/// A yearly work plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its id, also the stem of its file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The number of the document that ordered it.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The day it was issued.
    pub issued: Option<Day>,
    /// The days it covers.
    pub period: Window,
    /// The unit that verifies, returns, extends.
    pub supervisor: UnitIx,
    /// Who verifies what the supervisor itself leads.
    pub own_verifier: Option<UnitIx>,
    /// The upper plan it follows.
    pub parent: Option<Parent>,
    /// The language of its papers.
    pub lang: Option<Lang>,
    /// Who reports when; `None` when nobody has to.
    pub reporting: Option<Reporting>,
    /// The thresholds of the lights.
    pub lights: Thresholds,
    /// Its units, in the order of the file.
    pub units: Vec<Unit>,
    /// Its groups, in the order of the file.
    pub groups: Vec<Group>,
    /// Its chapters, in the order of the file.
    pub chapters: Vec<Chapter>,
    /// Its measures, in the order of the file.
    pub measures: Vec<Measure>,
    /// Its items, in the order of the file.
    pub items: Vec<Item>,
    /// SHA-256 over the text with LF and no BOM, 64 hex digits.
    pub sha256: String,
    /// What bad parts were left out, so that the journal gives no follow-on findings.
    pub left_out: LeftOut,
    /// Where the text says until when its units exist, for findings that depend on the day.
    pub ends: Vec<UnitEnd>,
}

/// The place at which a plan says until when a unit exists.
#[derive(Clone, Debug)]
pub struct UnitEnd {
    /// The unit.
    pub unit: UnitIx,
    /// The file as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The first character, from 1.
    pub column: u32,
    /// The character after the last one.
    pub end_column: u32,
    /// The text of the line.
    pub source: Option<String>,
}

/// Ids that the text has but the plan does not, because their part was bad.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Items.
    pub items: Vec<String>,
    /// Units.
    pub units: Vec<String>,
}

/// The upper plan.
#[derive(Clone, Debug)]
pub struct Parent {
    /// Its document number.
    pub number: Option<String>,
    /// Where its plan file lies, relative to this one.
    pub plan: Option<String>,
}

/// The reporting discipline (domain.md §6). Its periods are worked out once.
#[derive(Clone, Debug)]
pub struct Reporting {
    /// The length of a reporting period.
    pub cycle: Cycle,
    /// The day of the following month by which reports are due.
    pub due_day: u32,
    /// The reporting periods, in order.
    pub periods: Vec<ReportingPeriod>,
}

/// A reporting period (numbers.md §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportingPeriod {
    /// The whole calendar period.
    pub period: Period,
    /// Its days, cut to the window of reporting.
    pub window: Window,
    /// The last day on which its report is in time.
    pub report_day: Day,
}

/// The thresholds of the lights (numbers.md §7).
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// Yellow from so many days before the due date.
    pub yellow_days: i64,
    /// Yellow in the last share of the period, of 1.
    pub yellow_share: Amount,
    /// Yellow from so many points behind time progress.
    pub behind_yellow: Amount,
    /// Red from so many points behind time progress.
    pub behind_red: Amount,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            yellow_days: 15,
            yellow_share: Amount::from_ten_thousandths(1_500),
            behind_yellow: Amount::from_ten_thousandths(100_000),
            behind_red: Amount::from_ten_thousandths(300_000),
        }
    }
}

/// A unit that may owe, assist or verify.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its id; a renamed unit keeps it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names, former ones too.
    pub aliases: Vec<String>,
    /// How it is typed without an input method.
    pub pinyin: Option<String>,
    /// A free word that groups units.
    pub kind: Option<String>,
    /// The first day on which it exists.
    pub from: Option<Day>,
    /// The first day on which it no longer exists.
    pub to: Option<Day>,
    /// The unit that follows it.
    pub successor: Option<UnitIx>,
    /// Who may see it.
    pub level: Level,
}

/// A set of units under one name.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its id, written `@id`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its units, nested groups expanded, each once at its first place.
    pub members: Vec<UnitIx>,
}

/// A heading of the notice.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Its id.
    pub id: String,
    /// Its mark in the notice, such as 五.
    pub label: Option<String>,
    /// Its title.
    pub title: String,
}

/// A task of the notice.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its id.
    pub id: String,
    /// The chapter it stands in.
    pub chapter: ChapterIx,
    /// Its mark in the notice, such as (一).
    pub label: Option<String>,
    /// Its title.
    pub title: String,
    /// Where it is ordered.
    pub basis: Option<String>,
    /// What of the upper plan it follows.
    pub parent: Option<String>,
}

/// What is counted: one deliverable of a measure.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id, never reused.
    pub id: String,
    /// The measure it belongs to.
    pub measure: MeasureIx,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Schedule,
    /// The units that owe it, groups expanded, each once at its first place.
    pub lead: Vec<UnitIx>,
    /// The units that help, groups expanded, each once; those that lead are not among them.
    pub assist: Vec<UnitIx>,
    /// How its owners are known.
    pub owner: Option<Owner>,
    /// Its start to its due date, with the plan's period for what is not given.
    pub window: Window,
    /// Whether the file gives a start.
    pub has_own_start: bool,
    /// Whether the file gives a due date.
    pub has_own_due: bool,
    /// The quantity that is to be reached.
    pub target: Option<Target>,
    /// The completion standard.
    pub done_when: Option<String>,
    /// Whether a submission needs a file.
    pub evidence: EvidenceRule,
    /// What form the result takes.
    pub form: Option<String>,
    /// Items of an upper plan that it carries out.
    pub covers: Vec<String>,
    /// Why an upper item is not carried on.
    pub exempt: Option<String>,
    /// The item of last year's plan that it continues.
    pub carried_from: Option<String>,
    /// Who may see it.
    pub level: Level,
    /// The line of its id in the file, for findings that the journal raises.
    pub line: u64,
}

/// The kind of an item with what only that kind has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// One obligation a lead.
    Once,
    /// One obligation a lead and period; at least one period.
    Periodic(Vec<ItemPeriod>),
    /// One obligation a lead, judged each reporting period.
    Continuing,
}

/// One period of a periodic item (numbers.md §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemPeriod {
    /// The calendar period.
    pub period: Period,
    /// The first day to the due date.
    pub window: Window,
}

/// A quantity to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// How many.
    pub amount: Amount,
    /// Of what, such as 场.
    pub unit: String,
}

impl Item {
    /// Returns the kind as a word of the vocabulary.
    pub const fn kind(&self) -> Kind {
        match self.kind {
            Schedule::Once => Kind::Once,
            Schedule::Periodic(_) => Kind::Periodic,
            Schedule::Continuing => Kind::Continuing,
        }
    }
}

/// What a window and its options say about the periods of a periodic item.
#[derive(Clone, Copy, Debug)]
pub struct Recurrence {
    /// The length of a period.
    pub every: Cycle,
    /// The day on which it is due, where the file gives one.
    pub due_day: Option<u32>,
    /// In which month that day is.
    pub due_in: DueIn,
}

impl Recurrence {
    /// Returns a recurrence that gives these periods: what was written, or what comes to the same.
    pub fn of(periods: &[ItemPeriod], item: Window, plan: Window) -> Recurrence {
        let every = periods
            .first()
            .map_or(Cycle::Month, |period| period.period.cycle());
        let at_the_end = Recurrence {
            every,
            due_day: None,
            due_in: DueIn::Period,
        };
        let on_a_day = |due_in: &DueIn| {
            let due_in = *due_in;
            (1..=31).map(move |day| Recurrence {
                every,
                due_day: Some(day),
                due_in,
            })
        };
        std::iter::once(at_the_end)
            .chain(DueIn::ALL.iter().flat_map(on_a_day))
            .find(|recurrence| recurrence.periods(item, plan) == periods)
            .unwrap_or(at_the_end)
    }

    /// Returns the periods of an item's window inside the plan's period (numbers.md §2).
    ///
    /// A period whose due date would fall before its start is left out, so the list may be empty.
    pub fn periods(self, item: Window, plan: Window) -> Vec<ItemPeriod> {
        let Some(window) = item.cut_to(plan) else {
            return Vec::new();
        };
        let due = |period: Period, cut: Window| match (self.due_day, self.due_in) {
            (None, _) => cut.end,
            (Some(day), DueIn::Period) => period.day_in_last_month(day),
            (Some(day), DueIn::Next) => period.day_in_month_after(day),
        };
        Period::of(window, self.every)
            .into_iter()
            .filter_map(|period| {
                let cut = period.window().cut_to(window)?;
                let window = Window {
                    start: cut.start,
                    end: due(period, cut),
                };
                (window.start <= window.end).then_some(ItemPeriod { period, window })
            })
            .collect()
    }
}

impl Reporting {
    /// Works out the reporting periods of a cycle between two days (numbers.md §1).
    pub fn new(cycle: Cycle, due_day: u32, window: Window) -> Reporting {
        let periods = Period::of(window, cycle)
            .into_iter()
            .filter_map(|period| {
                Some(ReportingPeriod {
                    period,
                    window: period.window().cut_to(window)?,
                    report_day: period.day_in_month_after(due_day),
                })
            })
            .collect();
        Reporting {
            cycle,
            due_day,
            periods,
        }
    }

    /// Returns the first day of the first period that begins on or after a day: the default of `from`.
    pub fn default_from(cycle: Cycle, earliest: Day) -> Day {
        let holding = Period::holding(earliest, cycle);
        if holding.window().start == earliest {
            return earliest;
        }
        holding
            .next()
            .map_or(holding.window().end, |next| next.window().start)
    }
}

impl Plan {
    /// Returns the unit with exactly this id.
    pub fn unit_by_id(&self, id: &str) -> Option<UnitIx> {
        self.units
            .iter()
            .position(|unit| unit.id == id)
            .map(UnitIx::at)
    }

    /// Returns the item with exactly this id.
    pub fn item_by_id(&self, id: &str) -> Option<ItemIx> {
        self.items
            .iter()
            .position(|item| item.id == id)
            .map(ItemIx::at)
    }

    /// Returns a unit.
    pub fn unit(&self, unit: UnitIx) -> &Unit {
        &self.units[unit.position()]
    }

    /// Returns an item.
    pub fn item(&self, item: ItemIx) -> &Item {
        &self.items[item.position()]
    }

    /// Returns the measure of an item.
    pub fn measure_of(&self, item: ItemIx) -> &Measure {
        &self.measures[self.item(item).measure.position()]
    }

    /// Returns the chapter of an item.
    pub fn chapter_of(&self, item: ItemIx) -> ChapterIx {
        self.measure_of(item).chapter
    }

    /// Returns the reporting periods; none where nobody has to report.
    pub fn reporting_periods(&self) -> &[ReportingPeriod] {
        self.reporting
            .as_ref()
            .map_or(&[], |reporting| reporting.periods.as_slice())
    }

    /// Returns the unit that verifies what a unit leads (contract: authority).
    ///
    /// The supervisor; for what the supervisor itself leads the `own_verifier`, and where none is
    /// named the supervisor again, which tables mark.
    pub fn verifier_of(&self, lead: UnitIx) -> UnitIx {
        match self.own_verifier {
            Some(own) if lead == self.supervisor => own,
            _ => self.supervisor,
        }
    }

    /// Tells whether what a unit leads is verified by that unit itself.
    pub fn is_self_verified(&self, lead: UnitIx) -> bool {
        self.verifier_of(lead) == lead
    }
}
