//! Entries in order, each with its place and with what became of it.

use crate::journal::Entry;
use crate::journal::WriterIx;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::terms;
use crate::report::View;
use crate::report::head;
use crate::report::words;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::Colour;
use crate::terms::Event;
use std::collections::BTreeSet;

/// What became of entries, by writer and line.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Voided by a retract.
    pub void: BTreeSet<(WriterIx, u32)>,
    /// Recorded after their period was sealed.
    pub late: BTreeSet<(WriterIx, u32)>,
    /// Skipped where they fall.
    pub skipped: BTreeSet<(WriterIx, u32)>,
}

/// Makes the table of entries in fold order: date, time of recording, writer, number.
pub fn table(view: &View<'_>, entries: &[Entry], marks: &Marks) -> Table {
    of_entries(view, entries, marks, papers::LOG)
}

/// Makes a table of some entries under a caption.
pub fn of_entries(view: &View<'_>, entries: &[Entry], marks: &Marks, caption: Word) -> Table {
    let withheld = entries.iter().filter(|entry| is_withheld(view, entry));
    let withheld = withheld.count();
    let mut entries: Vec<&Entry> = entries.iter().filter(|entry| keeps(view, entry)).collect();
    entries.sort_by(|a, b| {
        (a.date, a.recorded_at, &a.writer, a.seq).cmp(&(b.date, b.recorded_at, &b.writer, b.seq))
    });
    let rows = entries.iter().map(|entry| Row {
        role: Role::Body,
        cells: cells(view, entry, marks),
    });
    let mut notes = vec![papers::entries_shown(entries.len()).into_text(view.lang)];
    if withheld > 0 {
        notes.push(papers::entries_withheld(withheld).into_text(view.lang));
    }
    notes.extend(head::notes(view));
    Table {
        title: caption.text(view.lang).to_owned(),
        subtitle: head::subtitle(view),
        head: head::data("duban/log@1", view),
        columns: columns(view),
        rows: rows.collect(),
        tail: Vec::new(),
        total_without: &[],
        notes,
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(view.lang).to_owned(),
        lang: view.lang.code(),
    }
}

/// Tells whether the filters leave an entry in; one that names no obligation only without filters.
fn keeps(view: &View<'_>, entry: &Entry) -> bool {
    match view.chart.of(entry.item(), entry.unit(), entry.period()) {
        Some(at) => view.filter.keeps(view.book, at),
        None => view.filter.asks_for_nothing() && !is_withheld(view, entry),
    }
}

/// Tells whether an entry is not for everybody: what it is about is internal, or cannot be told.
pub fn is_withheld(view: &View<'_>, entry: &Entry) -> bool {
    if view.filter.withheld().is_none() || entry.event == Some(Event::Seal) {
        return false;
    }
    let at = view.chart.of(entry.item(), entry.unit(), entry.period());
    at.is_none_or(|at| {
        let obligation = view.chart.obligation(at);
        !view.filter.shows_item(obligation.item) || !view.filter.shows_unit(obligation.unit)
    })
}

fn columns(view: &View<'_>) -> Vec<Column> {
    let text = |key, word, shown| words::text_column(key, word, shown, view.lang);
    // What everybody does not see leaves no empty column behind.
    let own = |key, word, shown| match view.filter.withheld() {
        None => text(key, word, shown),
        Some(_) => text(key, word, Shown::Machine),
    };
    use Shown as S;
    vec![
        own("entry", title::ENTRY, S::Always),
        own("place", title::PLACE, S::Wide),
        text("recorded_at", title::RECORDED_AT, S::Wide),
        text("date", title::DATE, S::Always),
        text("event", title::EVENT, S::Always),
        text("obligation", title::OBLIGATION, S::Always),
        text("value", title::VALUE, S::WhereFilled),
        text("as", title::ACTING, S::Wide),
        own("by", title::PERSON, S::Wide),
        own("ref", title::REFERENCE, S::Wide),
        own("evidence", title::EVIDENCE_FILES, S::Wide),
        own("note", title::NOTE, S::Always),
        text("marks", title::MARKS, S::WhereFilled),
        text("id", title::ID, S::Wide),
    ]
}

/// Returns the cells in the order of `columns`.
fn cells(view: &View<'_>, entry: &Entry, marks: &Marks) -> Vec<Cell> {
    let text = |text: &str| match text.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(text.to_owned()),
    };
    let event = match entry.event {
        Some(event) => Cell::Word {
            code: event.code(),
            word: terms::event(event).text(view.lang),
        },
        None => text(entry.event_text()),
    };
    let value = match entry.event {
        Some(Event::Retract) if !entry.value().is_empty() => Cell::Shortened {
            whole: entry.value().to_owned(),
            short: entry.value().chars().take(8).collect(),
        },
        Some(Event::Urge | Event::Light) => match Colour::from_code(entry.value()) {
            Some(colour) => Cell::Word {
                code: colour.code(),
                word: terms::colour(colour).text(view.lang),
            },
            None => text(entry.value()),
        },
        _ => text(entry.value()),
    };
    let obligation = match entry.item().is_empty() {
        true => Cell::Empty,
        false => Cell::Ref(entry.obligation()),
    };
    // An entry's name and place hold its writer's, who may be a person.
    let own = |cell: Cell| match view.filter.withheld() {
        None => cell,
        Some(_) => Cell::Empty,
    };
    let acting = view.plan().unit_by_id(entry.acting());
    let acting = match acting.is_none_or(|unit| view.filter.shows_unit(unit)) {
        true => text(entry.acting()),
        false => Cell::Empty,
    };
    vec![
        own(Cell::Ref(entry.name())),
        own(Cell::Ref(entry.place())),
        text(entry.recorded_at_text()),
        Cell::Date(entry.date),
        event,
        obligation,
        value,
        acting,
        own(text(entry.by())),
        own(text(entry.reference())),
        own(text(entry.evidence())),
        own(text(entry.note())),
        Cell::Words(mark_words(view, entry, marks)),
        Cell::Text(entry.id.to_string()),
    ]
}

fn mark_words(view: &View<'_>, entry: &Entry, marks: &Marks) -> Vec<(&'static str, &'static str)> {
    let writer = view.writers.iter().position(|name| *name == entry.writer);
    let Some(writer) = writer.and_then(|at| u16::try_from(at).ok()) else {
        return Vec::new();
    };
    let place = (WriterIx(writer), entry.line);
    [
        ("void", &marks.void, papers::MARK_VOID),
        ("late", &marks.late, papers::MARK_LATE),
        ("skipped", &marks.skipped, papers::MARK_SKIPPED),
    ]
    .into_iter()
    .filter(|(_, set, _)| set.contains(&place))
    .map(|(code, _, word)| (code, word.text(view.lang)))
    .collect()
}
