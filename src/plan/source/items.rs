//! Chapters, measures and items. An item with an error is left out whole: half of it would owe
//! something that nobody ordered.

use crate::calendar::Day;
use crate::calendar::Window;
use crate::finding;
use crate::names;
use crate::plan::Chapter;
use crate::plan::ChapterIx;
use crate::plan::Item;
use crate::plan::Measure;
use crate::plan::MeasureIx;
use crate::plan::Recurrence;
use crate::plan::Schedule;
use crate::plan::Target;
use crate::plan::UnitIx;
use crate::plan::lint::ItemMarks;
use crate::plan::lint::Marks;
use crate::plan::source::part::At;
use crate::plan::source::part::Part;
use crate::plan::source::part::Reader;
use crate::plan::source::register::Ids;
use crate::plan::source::register::Pattern;
use crate::plan::source::register::Register;
use crate::terms::Cycle;
use crate::terms::DueIn;
use crate::terms::EvidenceRule;
use crate::terms::Kind;
use crate::terms::Level;
use crate::terms::Owner;
use std::collections::HashSet;
use std::ops::Range;

/// The headings and items as far as they could be read.
pub(super) struct Body {
    pub(super) chapters: Vec<Chapter>,
    pub(super) measures: Vec<Measure>,
    pub(super) items: Vec<Item>,
    /// Ids of items that the text has and the plan has not.
    pub(super) left_out: Vec<String>,
    pub(super) marks: Marks,
}

const CHAPTER_KEYS: &[&str] = &["id", "label", "title"];
const MEASURE_KEYS: &[&str] = &["id", "chapter", "label", "title", "basis", "parent", "item"];
const ITEM_KEYS: &[&str] = &[
    "id",
    "title",
    "kind",
    "every",
    "due_day",
    "due_in",
    "lead",
    "assist",
    "owner",
    "start",
    "due",
    "target",
    "done_when",
    "evidence",
    "form",
    "covers",
    "exempt",
    "carried_from",
    "level",
];
const KINDS: &[&str] = &[
    Kind::Once.code(),
    Kind::Periodic.code(),
    Kind::Continuing.code(),
];
const CYCLES: &[&str] = &[
    Cycle::Month.code(),
    Cycle::Quarter.code(),
    Cycle::Half.code(),
    Cycle::Year.code(),
];
const DUE_INS: &[&str] = &[DueIn::Period.code(), DueIn::Next.code()];
const OWNERS: &[&str] = &[
    Owner::Named.code(),
    Owner::Inferred.code(),
    Owner::Assigned.code(),
];
const EVIDENCE_RULES: &[&str] = &[EvidenceRule::Required.code(), EvidenceRule::Optional.code()];
const LEVELS: &[&str] = &[Level::Public.code(), Level::Internal.code()];

/// Reads chapters, measures and items; `period` is the plan's, where it can be read.
pub(super) fn read(
    reader: &mut Reader<'_>,
    root: &Part<'_>,
    register: &Register,
    period: Option<Window>,
) -> Body {
    let mut items = Items {
        register,
        period,
        ids: Ids::new(Pattern::Item),
        body: Body {
            chapters: chapters(reader, root),
            measures: Vec::new(),
            items: Vec::new(),
            left_out: Vec::new(),
            marks: Marks::default(),
        },
    };
    let mut ids = Ids::new(Pattern::Item);
    for part in root.parts(reader, "measure", "[[measure]]") {
        items.measure(reader, &part, &mut ids);
    }
    items.body
}

fn chapters(reader: &mut Reader<'_>, root: &Part<'_>) -> Vec<Chapter> {
    let mut ids = Ids::new(Pattern::Item);
    let mut chapters = Vec::new();
    for part in root.parts(reader, "chapter", "[[chapter]]") {
        part.only(reader, CHAPTER_KEYS);
        let id = part.needed_text(reader, "id", "id = \"5\"");
        let title = part.needed_text(reader, "title", "title = \"提高应急管理保障水平\"");
        let label = part.words(reader, "label");
        let Some(id) = id.filter(|id| ids.take(reader, id)) else {
            continue;
        };
        chapters.push(Chapter {
            title: title.map_or_else(|| id.value.clone(), |title| title.value),
            id: id.value,
            label,
        });
    }
    chapters
}

/// The window of an item where the plan's own cannot be read: every day fits.
const ANY_TIME: Window = Window {
    start: Day::FIRST,
    end: Day::LAST,
};

/// The reading of the measures, one after the other.
struct Items<'r> {
    register: &'r Register,
    period: Option<Window>,
    ids: Ids,
    body: Body,
}

impl Items<'_> {
    fn measure(&mut self, reader: &mut Reader<'_>, part: &Part<'_>, ids: &mut Ids) {
        part.only(reader, MEASURE_KEYS);
        let id = part.needed_text(reader, "id", "id = \"5.1\"");
        let title = part.needed_text(reader, "title", "title = \"加大应急管理资金投入\"");
        let chapter = part.needed_text(reader, "chapter", "chapter = \"5\"");
        let chapter = chapter.and_then(|id| self.chapter(reader, &id));
        let label = part.words(reader, "label");
        let basis = part.words(reader, "basis");
        let parent = part.words(reader, "parent");
        let items = part.parts(reader, "item", "[[measure.item]]");
        let is_free = id.as_ref().is_some_and(|id| ids.take(reader, id));
        let (Some(id), Some(title), Some(chapter), true) = (id, title, chapter, is_free) else {
            for item in &items {
                let read = self.item(reader, item, MeasureIx::at(0));
                self.body.left_out.extend(read.map(|(item, _)| item.id));
            }
            return;
        };
        let measure = MeasureIx::at(self.body.measures.len());
        self.body.marks.measures.push(reader.place(&id.span));
        self.body.marks.has_items.push(!items.is_empty());
        self.body.measures.push(Measure {
            id: id.value,
            chapter,
            label,
            title: title.value,
            basis,
            parent,
        });
        for item in &items {
            if let Some((item, marks)) = self.item(reader, item, measure) {
                self.body.items.push(item);
                self.body.marks.items.push(marks);
            }
        }
    }

    fn chapter(&self, reader: &mut Reader<'_>, id: &At<String>) -> Option<ChapterIx> {
        let chapters = &self.body.chapters;
        let found = chapters.iter().position(|chapter| chapter.id == id.value);
        if found.is_none() {
            let key = names::fold(&id.value);
            let named = chapters.iter().find(|chapter| {
                let label = chapter.label.as_deref().map(names::fold);
                names::fold(&chapter.title) == key || label.as_ref() == Some(&key)
            });
            let place = reader.place(&id.span);
            let finding = match named {
                Some(named) => finding::plan::name_for_id(place, &id.value, &named.id),
                None => {
                    let known = chapters.iter().map(|chapter| chapter.id.as_str());
                    let nearest = reader.nearest(&id.value, known);
                    finding::plan::unknown_chapter(place, &id.value, nearest)
                }
            };
            reader.say(finding);
        }
        found.map(ChapterIx::at)
    }

    /// Reads one item; one with an error is remembered by its id only.
    fn item(
        &mut self,
        reader: &mut Reader<'_>,
        part: &Part<'_>,
        measure: MeasureIx,
    ) -> Option<(Item, ItemMarks)> {
        let before = reader.errors();
        part.only(reader, ITEM_KEYS);
        let id = part.needed_text(reader, "id", "id = \"5.1.2\"");
        if let Some(id) = &id {
            self.ids.take(reader, id);
        }
        let read = self.fields(reader, part, measure, id.clone());
        let is_sound = reader.errors() == before;
        if !is_sound {
            self.body.left_out.extend(id.map(|id| id.value));
            return None;
        }
        read
    }

    fn fields(
        &self,
        reader: &mut Reader<'_>,
        part: &Part<'_>,
        measure: MeasureIx,
        id: Option<At<String>>,
    ) -> Option<(Item, ItemMarks)> {
        let title = part.needed_text(
            reader,
            "title",
            "title = \"应急办工作经费列入本级财政预算\"",
        );
        let dates = self.dates(reader, part);
        let kind = self.kind(reader, part, id.as_ref(), dates.window);
        let owners = self.owners(reader, part);
        let target = target(reader, part, kind.as_ref());
        let owner = part.word(reader, "owner", Owner::from_code, OWNERS);
        let evidence = part.word(reader, "evidence", EvidenceRule::from_code, EVIDENCE_RULES);
        let level = part.word(reader, "level", Level::from_code, LEVELS);
        let covers = part.texts(reader, "covers");
        let done_when = part.words(reader, "done_when");
        let form = part.words(reader, "form");
        let exempt = part.words(reader, "exempt");
        let carried_from = part.words(reader, "carried_from");
        let (id, title) = (id?, title?);
        let marks = ItemMarks {
            id: reader.place(&id.span),
            title: reader.place(&title.span),
            lead: reader.place(&owners.lead_span?),
            assist: owners.assist_span.map(|span| reader.place(&span)),
            owner: owner.as_ref().map(|owner| reader.place(&owner.span)),
            due: dates.due_span.map(|span| reader.place(&span)),
            doubled: owners.doubled,
            lead_is_whole: owners.lead_is_whole,
        };
        let item = Item {
            line: reader.text.line(id.span.start),
            id: id.value,
            measure,
            title: title.value,
            kind: kind?,
            lead: owners.lead,
            assist: owners.assist,
            owner: owner.map(|owner| owner.value),
            window: dates.window,
            has_own_start: dates.has_start,
            has_own_due: part.key("due").is_some(),
            target,
            done_when,
            evidence: evidence.map_or(EvidenceRule::Optional, |rule| rule.value),
            form,
            covers: covers.into_iter().map(|item| item.value).collect(),
            exempt,
            carried_from,
            level: level.map_or(Level::Public, |level| level.value),
        };
        Some((item, marks))
    }

    fn dates(&self, reader: &mut Reader<'_>, part: &Part<'_>) -> Dates {
        let start = part.day(reader, "start");
        let due = part.day(reader, "due");
        let period = self.period.unwrap_or(ANY_TIME);
        let inside = [&start, &due].map(|day| self.is_inside(reader, day.as_ref()));
        let window = Window {
            start: start.as_ref().map_or(period.start, |day| day.value),
            end: due.as_ref().map_or(period.end, |day| day.value),
        };
        let later = due.as_ref().or(start.as_ref());
        if let Some(later) = later
            && window.end < window.start
            && inside == [true, true]
        {
            let place = reader.place(&later.span);
            reader.say(finding::plan::reversed_dates(place, window));
        }
        Dates {
            window,
            has_start: start.is_some(),
            due_span: due.map(|due| due.span),
        }
    }

    fn is_inside(&self, reader: &mut Reader<'_>, day: Option<&At<Day>>) -> bool {
        let Some(At { value: day, span }) = day else {
            return true;
        };
        let Some(period) = self.period.filter(|period| !period.contains(*day)) else {
            return true;
        };
        let place = reader.place(span);
        reader.say(finding::plan::outside_period(place, *day, period));
        false
    }

    fn kind(
        &self,
        reader: &mut Reader<'_>,
        part: &Part<'_>,
        id: Option<&At<String>>,
        window: Window,
    ) -> Option<Schedule> {
        if part.key("kind").is_none() {
            part.missing(reader, "kind", "kind = \"once\"");
        }
        let kind = part.word(reader, "kind", Kind::from_code, KINDS);
        let every = part.word(reader, "every", Cycle::from_code, CYCLES);
        let due_day = part.number(reader, "due_day", (1, 31));
        let due_in = part.word(reader, "due_in", DueIn::from_code, DUE_INS);
        let kind = kind?.value;
        if kind != Kind::Periodic {
            for key in ["every", "due_day", "due_in"] {
                if let Some(span) = part.key(key) {
                    let place = reader.place(&span);
                    reader.say(finding::plan::not_periodic(place, key));
                }
            }
        }
        match kind {
            Kind::Once => Some(Schedule::Once),
            Kind::Continuing => Some(Schedule::Continuing),
            Kind::Periodic => {
                if part.key("every").is_none() {
                    part.missing(reader, "every", "every = \"quarter\"");
                }
                let recurrence = Recurrence {
                    every: every?.value,
                    due_day: due_day.and_then(|day| u32::try_from(day.value).ok()),
                    due_in: due_in.map_or(DueIn::Period, |due_in| due_in.value),
                };
                self.periodic(reader, id?, recurrence, window)
            }
        }
    }

    /// Works out the periods of a periodic item, of which there must be one.
    fn periodic(
        &self,
        reader: &mut Reader<'_>,
        id: &At<String>,
        recurrence: Recurrence,
        window: Window,
    ) -> Option<Schedule> {
        let periods = recurrence.periods(window, self.period?);
        if !periods.is_empty() {
            return Some(Schedule::Periodic(periods));
        }
        if window.start <= window.end {
            let place = reader.place(&id.span);
            reader.say(finding::plan::no_period(place, &id.value));
        }
        None
    }

    fn owners(&self, reader: &mut Reader<'_>, part: &Part<'_>) -> Owners {
        if part.key("lead").is_none() {
            part.missing(reader, "lead", "lead = []");
        }
        let lead = part.texts(reader, "lead");
        let assist = part.texts(reader, "assist");
        let lead = self.register.expanded(reader, &lead);
        let assist = self.register.expanded(reader, &assist);
        let leads: HashSet<UnitIx> = lead.units.iter().copied().collect();
        let (doubled, assist) = assist
            .units
            .into_iter()
            .partition(|unit| leads.contains(unit));
        Owners {
            lead_is_whole: lead.is_whole,
            lead: lead.units,
            assist,
            doubled,
            lead_span: part.key("lead"),
            assist_span: part.key("assist"),
        }
    }
}

/// The days of an item.
struct Dates {
    window: Window,
    has_start: bool,
    due_span: Option<Range<usize>>,
}

/// The units of an item.
struct Owners {
    lead: Vec<UnitIx>,
    lead_is_whole: bool,
    assist: Vec<UnitIx>,
    /// Units named as both.
    doubled: Vec<UnitIx>,
    lead_span: Option<Range<usize>>,
    assist_span: Option<Range<usize>>,
}

const TARGET_EXAMPLE: &str = "target = { amount = 100, unit = \"场\" }";

/// Reads the quantity of an item that can have one.
fn target(reader: &mut Reader<'_>, part: &Part<'_>, kind: Option<&Schedule>) -> Option<Target> {
    let span = part.key("target")?;
    let inner = part.part(reader, "target", TARGET_EXAMPLE)?;
    inner.only(reader, &["amount", "unit"]);
    if kind == Some(&Schedule::Continuing) {
        let place = reader.place(&span);
        reader.say(finding::plan::target_of_continuing(place));
        return None;
    }
    if inner.key("amount").is_none() {
        inner.missing(reader, "amount", TARGET_EXAMPLE);
    }
    let unit = inner.words(reader, "unit");
    let At { value, span } = inner.amount(reader, "amount", TARGET_EXAMPLE)?;
    let amount = value.filter(|amount| !amount.is_zero());
    if amount.is_none() {
        let place = reader.place(&span);
        let raw = reader.text.raw(&span);
        reader.say(finding::plan::target_not_amount(place, raw));
    }
    Some(Target {
        amount: amount?,
        unit: unit.unwrap_or_default(),
    })
}
