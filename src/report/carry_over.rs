//! Next year's plan as a draft, from what is open and what continues.
//!
//! Nothing is settled here: what a person has to decide stands as a comment above the part.

use crate::calendar::Day;
use crate::calendar::Window;
use crate::calendar::years_later;
use crate::figures::Amount;
use crate::lang::Lang;
use crate::lang::papers;
use crate::lang::papers::carry_over as say;
use crate::lang::terms;
use crate::ledger::position::Position;
use crate::plan::Group;
use crate::plan::ItemIx;
use crate::plan::Measure;
use crate::plan::Plan;
use crate::plan::Recurrence;
use crate::plan::Schedule;
use crate::plan::Thresholds;
use crate::plan::Unit;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::plan::draft::DraftChapter;
use crate::plan::draft::DraftGroup;
use crate::plan::draft::DraftItem;
use crate::plan::draft::DraftKind;
use crate::plan::draft::DraftMeasure;
use crate::plan::draft::DraftPlan;
use crate::plan::draft::DraftReporting;
use crate::plan::draft::DraftUnit;
use crate::report::View;
use crate::report::head;
use crate::terms::EvidenceRule;
use crate::terms::Kind;
use crate::terms::Level;
use crate::terms::State;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What the draft is made for.
#[derive(Clone, Debug)]
pub struct Aim {
    /// The id of the new plan.
    pub id: String,
    /// How many years after the old one it begins, at least one.
    pub years: u32,
}

/// How many items are carried over, and how many are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Once items that somebody still owes.
    pub open: usize,
    /// Periodic ones.
    pub periodic: usize,
    /// Continuing ones.
    pub continuing: usize,
    /// Those closed or cancelled by all.
    pub left: usize,
}

/// Returns the id and the title of the plan so many years later: its year is replaced.
pub fn id_of(plan: &Plan, years: u32) -> String {
    let (old, new) = years_of(plan, years);
    match plan.id.contains(&old) {
        true => plan.id.replace(&old, &new),
        false => format!("{}-{new}", plan.id),
    }
}

fn years_of(plan: &Plan, years: u32) -> (String, String) {
    let year = plan.period.start.year();
    (format!("{year:04}"), format!("{:04}", year + years))
}

/// Makes the draft, and counts what it carries.
pub fn draft(view: &View<'_>, aim: &Aim) -> (DraftPlan, Carried) {
    let plan = view.plan();
    let carrying = Carrying::new(view, aim);
    let mut carried = Carried::default();
    let mut measures: Vec<DraftMeasure> = Vec::new();
    for (at, measure) in plan.measures.iter().enumerate() {
        let items = (0..plan.items.len())
            .map(ItemIx::at)
            .filter(|item| plan.item(*item).measure.position() == at);
        let mut kept = Vec::new();
        for item in items {
            let draft = carrying.item(item);
            let count = match (&draft, plan.item(item).kind()) {
                (None, _) => &mut carried.left,
                (Some(_), Kind::Once) => &mut carried.open,
                (Some(_), Kind::Periodic) => &mut carried.periodic,
                (Some(_), Kind::Continuing) => &mut carried.continuing,
            };
            *count += 1;
            kept.extend(draft);
        }
        if !kept.is_empty() {
            measures.push(carrying.measure(measure, kept));
        }
    }
    let used: BTreeSet<&str> = measures.iter().map(|of| of.chapter.as_str()).collect();
    let chapters = plan
        .chapters
        .iter()
        .filter(|chapter| used.contains(chapter.id.as_str()))
        .map(|chapter| DraftChapter {
            comment: Vec::new(),
            id: chapter.id.clone(),
            label: chapter.label.clone(),
            title: chapter.title.clone(),
        })
        .collect();
    let draft = DraftPlan {
        chapters,
        measures,
        ..carrying.head(carried)
    };
    (draft, carried)
}

/// What every part of the draft is made from.
struct Carrying<'c> {
    view: &'c View<'c>,
    aim: &'c Aim,
    period: Window,
    obligations: BTreeMap<ItemIx, Vec<ObligationIx>>,
}

impl<'c> Carrying<'c> {
    fn new(view: &'c View<'c>, aim: &'c Aim) -> Carrying<'c> {
        let mut obligations: BTreeMap<ItemIx, Vec<ObligationIx>> = BTreeMap::new();
        for at in view.obligations() {
            let item = view.chart.obligation(at).item;
            obligations.entry(item).or_default().push(at);
        }
        let Window { start, end } = view.plan().period;
        Carrying {
            view,
            aim,
            period: Window {
                start: years_later(start, aim.years),
                end: years_later(end, aim.years),
            },
            obligations,
        }
    }

    fn lang(&self) -> Lang {
        self.view.lang
    }

    fn obligations_of(&self, item: ItemIx) -> &[ObligationIx] {
        self.obligations.get(&item).map_or(&[], Vec::as_slice)
    }

    fn head(&self, carried: Carried) -> DraftPlan {
        let (plan, lang) = (self.view.plan(), self.lang());
        let (old, new) = years_of(plan, self.aim.years);
        let text = |said: crate::lang::Said| said.into_text(lang);
        let Carried {
            open,
            periodic,
            continuing,
            left,
        } = carried;
        let mut comment = vec![
            text(say::made_from(&plan.id, self.view.book.day)),
            head::journal_line(self.view),
            text(say::carried(open, periodic, continuing, left)),
            say::LOOK_OVER.text(lang).to_owned(),
        ];
        if let Some(number) = &plan.number {
            comment.push(text(say::old_number(number)));
        }
        let parent = plan.parent.as_ref();
        if let Some(number) = parent.and_then(|parent| parent.number.as_ref()) {
            comment.push(text(say::old_parent(number)));
        }
        DraftPlan {
            comment,
            id: self.aim.id.clone(),
            title: plan.title.replace(&old, &new),
            number: None,
            issuer: plan.issuer.clone(),
            issued: None,
            period: self.period,
            supervisor_comment: Vec::new(),
            supervisor: plan.unit(plan.supervisor).id.clone(),
            own_verifier: plan.own_verifier.map(|unit| plan.unit(unit).id.clone()),
            parent_number: None,
            parent_plan: None,
            lang: plan.lang,
            reporting: plan.reporting.as_ref().map(|reporting| DraftReporting {
                comment: Vec::new(),
                cycle: reporting.cycle,
                due_day: Some(reporting.due_day),
            }),
            lights: lights(&plan.lights),
            units_comment: vec![say::UNITS.text(lang).to_owned()],
            units: plan.units.iter().map(|unit| self.unit(unit)).collect(),
            groups: plan.groups.iter().map(|group| self.group(group)).collect(),
            chapters: Vec::new(),
            measures_comment: vec![say::MEASURES.text(lang).to_owned()],
            measures: Vec::new(),
        }
    }

    fn unit(&self, unit: &Unit) -> DraftUnit {
        let plan = self.view.plan();
        let successor = unit.successor.map(|at| plan.unit(at));
        let is_gone = unit.to.is_some_and(|to| to <= self.period.start);
        let comment = unit.to.filter(|_| is_gone).map(|to| match successor {
            Some(next) => say::unit_gone_to(&unit.name, to, &next.name),
            None => say::unit_gone(&unit.name, to),
        });
        DraftUnit {
            comment: comment
                .into_iter()
                .map(|said| said.into_text(self.lang()))
                .collect(),
            id: unit.id.clone(),
            name: unit.name.clone(),
            aliases: unit.aliases.clone(),
            pinyin: unit.pinyin.clone(),
            kind: unit.kind.clone(),
            from: unit.from,
            to: unit.to,
            successor: successor.map(|next| next.id.clone()),
            level: internal(unit.level),
        }
    }

    fn group(&self, group: &Group) -> DraftGroup {
        DraftGroup {
            comment: Vec::new(),
            id: group.id.clone(),
            name: group.name.clone(),
            members: ids(self.view.plan(), &group.members),
        }
    }

    fn measure(&self, measure: &Measure, items: Vec<DraftItem>) -> DraftMeasure {
        let plan = self.view.plan();
        DraftMeasure {
            comment: Vec::new(),
            id: measure.id.clone(),
            chapter: plan.chapters[measure.chapter.position()].id.clone(),
            label: measure.label.clone(),
            title: measure.title.clone(),
            basis: measure.basis.clone(),
            parent: measure.parent.clone(),
            items,
        }
    }

    /// Returns the item as it goes on; nothing of one that all its leads have closed or lost.
    fn item(&self, at: ItemIx) -> Option<DraftItem> {
        let plan = self.view.plan();
        let item = plan.item(at);
        let lead = self.remaining(at);
        if lead.is_empty() && !item.lead.is_empty() {
            return None;
        }
        let (old, _) = years_of(plan, self.aim.years);
        let mut draft = DraftItem {
            id: item.id.clone(),
            title: item.title.clone(),
            lead: compressed(plan, &lead),
            assist: compressed(plan, &item.assist),
            owner: item.owner,
            target: item.target.clone(),
            done_when: item.done_when.clone(),
            evidence: match item.evidence {
                EvidenceRule::Required => Some(EvidenceRule::Required),
                EvidenceRule::Optional => None,
            },
            form: item.form.clone(),
            carried_from: Some(format!("{}:{}", plan.id, item.id)),
            level: internal(item.level),
            ..DraftItem::default()
        };
        match &item.kind {
            Schedule::Once => self.once(at, &lead, &mut draft),
            Schedule::Periodic(periods) => {
                let recurrence = Recurrence::of(periods, item.window, plan.period);
                draft.kind = DraftKind::Periodic {
                    every: recurrence.every,
                    due_day: recurrence.due_day,
                    due_in: recurrence.due_day.map(|_| recurrence.due_in),
                };
                self.recurring(at, &mut draft);
            }
            Schedule::Continuing => {
                draft.kind = DraftKind::Continuing;
                self.recurring(at, &mut draft);
            }
        }
        let mut comment = |said: crate::lang::Said| draft.comment.push(said.into_text(self.lang()));
        if item.lead.is_empty() {
            comment(say::NO_LEAD.into());
        }
        if !item.covers.is_empty() {
            comment(say::old_covers(item.covers.join(", ")));
        }
        let texts = [Some(&item.title), item.done_when.as_ref()];
        if texts.into_iter().flatten().any(|text| text.contains(&old)) {
            comment(say::old_year_inside(old));
        }
        Some(draft)
    }

    /// Returns the leads that an item still has: of a once item those who owe it, of the others
    /// those from whom it was not taken back.
    fn remaining(&self, at: ItemIx) -> Vec<UnitIx> {
        let goes_on = |unit: &&UnitIx| {
            self.obligations_of(at).iter().any(|of| {
                let obligation = self.view.chart.obligation(*of);
                let state = self.view.book.position(*of).state;
                let is_over = match obligation.kind {
                    Kind::Once => matches!(state, State::Closed | State::Cancelled),
                    Kind::Periodic | Kind::Continuing => state == State::Cancelled,
                };
                obligation.unit == **unit && !is_over
            })
        };
        let item = self.view.plan().item(at);
        item.lead.iter().filter(goes_on).copied().collect()
    }

    fn once(&self, at: ItemIx, lead: &[UnitIx], draft: &mut DraftItem) {
        let view = self.view;
        let open: Vec<ObligationIx> = self
            .obligations_of(at)
            .iter()
            .filter(|of| lead.contains(&view.chart.obligation(**of).unit))
            .copied()
            .collect();
        for of in &open {
            draft.comment.push(self.standing(*of));
        }
        let dues: BTreeSet<Day> = open
            .iter()
            .map(|of| view.book.account(*of).current_due)
            .collect();
        let granted = dues
            .first()
            .filter(|due| dues.len() == 1 && self.period.contains(**due));
        draft.due = Some(granted.copied().unwrap_or(self.period.end));
        let lang = self.lang();
        draft.comment.push(match granted {
            Some(due) => say::due_granted(due).into_text(lang),
            None => say::due_open(self.period.end).into_text(lang),
        });
        let has_value = |of: &ObligationIx| view.book.account(*of).value.is_some();
        if draft.target.is_some() && open.iter().any(has_value) {
            draft.comment.push(say::TARGET_RESTS.text(lang).to_owned());
        }
    }

    /// Says where an obligation stands, in one line.
    fn standing(&self, at: ObligationIx) -> String {
        let (view, lang) = (self.view, self.lang());
        let obligation = view.chart.obligation(at);
        let (account, position) = (view.book.account(at), view.book.position(at));
        let mut parts = vec![terms::state(position.state).text(lang).to_owned()];
        let mut part = |said: crate::lang::Said| parts.push(said.into_text(lang));
        if let Some(progress) = shown_progress(&position) {
            part(say::progress(progress));
        }
        part(say::was_due(obligation.window.end));
        if account.extensions > 0 {
            part(say::extended(account.extensions, account.current_due));
        }
        if let Some(days) = position.late_days {
            part(papers::overdue_days(days));
        }
        let unit = &view.plan().unit(obligation.unit).name;
        let separator = say::BETWEEN.text(lang);
        say::standing(unit, parts.join(separator)).into_text(lang)
    }

    /// What comes round again: its own dates a year on, and how it went.
    fn recurring(&self, at: ItemIx, draft: &mut DraftItem) {
        let (view, lang) = (self.view, self.lang());
        let item = view.plan().item(at);
        let shifted = |day: Day| years_later(day, self.aim.years);
        draft.start = item.has_own_start.then(|| shifted(item.window.start));
        draft.due = item.has_own_due.then(|| shifted(item.window.end));
        let dates = [draft.start, draft.due];
        let positions: Vec<Position> = self
            .obligations_of(at)
            .iter()
            .map(|of| view.book.position(*of))
            .collect();
        let said = match item.kind() {
            Kind::Continuing => {
                let work = positions.iter().filter_map(|position| position.work);
                let (worked, passed) = work.fold((0, 0), |(worked, passed), of| {
                    (worked + of.0, passed + of.1)
                });
                say::continuing(worked, passed)
            }
            Kind::Once | Kind::Periodic => {
                let closed = positions.iter().filter(|of| of.state == State::Closed);
                say::periodic(closed.count(), positions.len())
            }
        };
        draft.comment.push(said.into_text(lang));
        if dates.iter().any(Option::is_some) {
            draft.comment.push(say::DATES_SHIFTED.text(lang).to_owned());
        }
    }
}

fn shown_progress(position: &Position) -> Option<crate::figures::Tenths> {
    match position.state {
        State::NotBegun | State::NotStarted | State::Submitted | State::Closed => None,
        State::InProgress | State::Returned | State::Suspended | State::Cancelled => {
            position.progress
        }
    }
}

/// A level is written only where it is not the default.
const fn internal(level: Level) -> Option<Level> {
    match level {
        Level::Internal => Some(Level::Internal),
        Level::Public => None,
    }
}

fn ids(plan: &Plan, units: &[UnitIx]) -> Vec<String> {
    units
        .iter()
        .map(|unit| plan.unit(*unit).id.clone())
        .collect()
}

/// Writes units that stand as in a group by the group's name, the longest that fits first.
fn compressed(plan: &Plan, units: &[UnitIx]) -> Vec<String> {
    let mut written = Vec::new();
    let mut rest = units;
    while let Some((unit, others)) = rest.split_first() {
        let fits = |group: &&Group| group.members.len() > 1 && rest.starts_with(&group.members);
        let longest = plan
            .groups
            .iter()
            .filter(fits)
            .max_by_key(|group| (group.members.len(), std::cmp::Reverse(&group.id)));
        match longest {
            Some(group) => {
                written.push(format!("@{}", group.id));
                rest = &rest[group.members.len()..];
            }
            None => {
                written.push(plan.unit(*unit).id.clone());
                rest = others;
            }
        }
    }
    written
}

/// Returns the thresholds that differ from the default, as they are written.
fn lights(of: &Thresholds) -> Vec<(&'static str, String)> {
    let default = Thresholds::default();
    let amount = |key, of: Amount, default: Amount| (of != default).then(|| (key, of.to_string()));
    let days = of.yellow_days != default.yellow_days;
    [
        days.then(|| ("yellow_days", of.yellow_days.to_string())),
        amount("yellow_share", of.yellow_share, default.yellow_share),
        amount("behind_yellow", of.behind_yellow, default.behind_yellow),
        amount("behind_red", of.behind_red, default.behind_red),
    ]
    .into_iter()
    .flatten()
    .collect()
}
