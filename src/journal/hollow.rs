//! Reports in which little seems to stand (形式主义): what a careful supervisor would lay side by side.
//!
//! Pure over entries that count; it stands in the journal because it reads texts, which the ledger
//! never sees, and changes no figure. It shows two entries and leaves the verdict to the reader.

use crate::calendar::Period;
use crate::figures::Amount;
use crate::figures::Tenths;
use crate::finding::Finding;
use crate::finding::journal as finding;
use crate::finding::journal::Other;
use crate::journal::Entry;
use crate::journal::scan;
use crate::journal::scan::Value;
use crate::names;
use crate::plan::ItemIx;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::terms::Cycle;
use crate::terms::Event;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The field of the value and the field of the note.
const VALUE: usize = 7;
const NOTE: usize = 12;

/// Tells whether an event is looked at; the others say nothing about work.
pub fn looks_at(event: Event) -> bool {
    match event {
        Event::Progress | Event::Submit | Event::Return | Event::Reopen => true,
        Event::Ack
        | Event::Nil
        | Event::Verify
        | Event::Extend
        | Event::Suspend
        | Event::Resume
        | Event::Cancel
        | Event::Urge
        | Event::Light
        | Event::Note
        | Event::Retract
        | Event::Seal => false,
    }
}

/// Returns the hints about entries, which may come in any order and must all count.
pub fn findings(chart: &Chart<'_>, entries: &[Entry]) -> Vec<Finding> {
    let mut reading = Reading::new(chart);
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_by_key(|entry| (entry.date, entry.recorded_at, &entry.writer, entry.seq));
    for entry in entries {
        let at = chart.of(entry.item(), entry.unit(), entry.period());
        if let (Some(at), Some(event)) = (at, entry.event) {
            reading.read(at, event, entry);
        }
    }
    reading.found
}

/// What was read so far, as far as later entries are laid beside it.
struct Reading<'r> {
    chart: &'r Chart<'r>,
    /// The last report of each unit on each item, whatever the period of a periodic one.
    last: BTreeMap<(ItemIx, UnitIx), &'r Entry>,
    /// The last value of each obligation.
    values: BTreeMap<ObligationIx, (Tenths, &'r Entry)>,
    /// Who wrote what in which period: the first entry with it, and the items it was said of.
    texts: BTreeMap<(UnitIx, Period, String), (&'r Entry, BTreeSet<ItemIx>)>,
    found: Vec<Finding>,
}

impl<'r> Reading<'r> {
    fn new(chart: &'r Chart<'r>) -> Reading<'r> {
        Reading {
            chart,
            last: BTreeMap::new(),
            values: BTreeMap::new(),
            texts: BTreeMap::new(),
            found: Vec::new(),
        }
    }

    fn read(&mut self, at: ObligationIx, event: Event, entry: &'r Entry) {
        match event {
            Event::Progress => {
                self.value(at, entry);
                self.note(at, entry);
            }
            Event::Submit => self.note(at, entry),
            // Work that was sent back may well begin again lower.
            Event::Return | Event::Reopen => {
                self.values.remove(&at);
            }
            Event::Ack
            | Event::Nil
            | Event::Verify
            | Event::Extend
            | Event::Suspend
            | Event::Resume
            | Event::Cancel
            | Event::Urge
            | Event::Light
            | Event::Note
            | Event::Retract
            | Event::Seal => {}
        }
    }

    fn value(&mut self, at: ObligationIx, entry: &'r Entry) {
        let obligation = self.chart.obligation(at);
        let value = scan::value(
            Event::Progress,
            entry.value(),
            obligation.target,
            entry.date,
        );
        let Some(Value::Percent(percent)) = value else {
            return;
        };
        if is_beyond(entry.value(), obligation.target) {
            let item = self.chart.plan.item(obligation.item);
            let target = item.target.as_ref();
            let target = target.map(|of| format!("{}{}", of.amount, of.unit));
            self.found.push(finding::hollow_beyond_target(
                entry.place_of_field(VALUE),
                entry.value(),
                &target.unwrap_or_else(|| "100%".to_owned()),
                (&item.id, item.line),
            ));
        }
        let before = self.values.insert(at, (percent, entry));
        if let Some((last, other)) = before.filter(|(last, _)| percent < *last) {
            let place = entry.place_of_field(VALUE);
            let other = side_by_side(other, other.value());
            self.found
                .push(finding::hollow_falling(place, last, percent, &other));
        }
    }

    fn note(&mut self, at: ObligationIx, entry: &'r Entry) {
        let obligation = *self.chart.obligation(at);
        let text = names::fold(entry.note()).trim().to_lowercase();
        let last = self.last.insert((obligation.item, obligation.unit), entry);
        if text.is_empty() {
            return;
        }
        // Progress and completion of one day are one report in two lines.
        let copied = last.filter(|last| {
            last.date != entry.date && names::fold(last.note()).trim().to_lowercase() == text
        });
        if let Some(other) = copied {
            let place = entry.place_of_field(NOTE);
            let other = side_by_side(other, other.note());
            self.found.push(finding::hollow_copied(place, &other));
        }
        let key = (obligation.unit, self.period(entry), text);
        let (first, items) = self
            .texts
            .entry(key)
            .or_insert_with(|| (entry, BTreeSet::new()));
        if items.insert(obligation.item) && items.len() > 1 {
            let place = entry.place_of_field(NOTE);
            let other = side_by_side(first, first.note());
            let name = first.obligation();
            self.found
                .push(finding::hollow_same_text(place, &name, &other));
        }
    }

    /// Returns the reporting period of an entry; its month where nobody has to report.
    fn period(&self, entry: &Entry) -> Period {
        let periods = self.chart.plan.reporting_periods();
        let cycle = periods.first().map_or(Cycle::Month, |of| of.period.cycle());
        Period::holding(entry.date, cycle)
    }
}

/// Tells whether a value says more than the whole: an amount over its target, a percent over 100.
fn is_beyond(text: &str, target: Option<Amount>) -> bool {
    let (amount, whole) = match text.strip_suffix('%') {
        Some(percent) => (Amount::parse(percent), Amount::parse("100")),
        None => (Amount::parse(text), target),
    };
    amount
        .zip(whole)
        .is_some_and(|(amount, whole)| amount.ten_thousandths() > whole.ten_thousandths())
}

fn side_by_side(entry: &Entry, text: &str) -> Other {
    Other {
        place: format!("{}:{}", entry.file, entry.line),
        date: entry.date,
        text: text.to_owned(),
    }
}
