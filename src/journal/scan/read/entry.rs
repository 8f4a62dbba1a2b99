//! What one record says: its value, and what is wrong with its texts and its author.

use super::Value;
use crate::calendar::Day;
use crate::figures::Amount;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as finding;
use crate::journal::evidence;
use crate::journal::line::Record;
use crate::journal::obligation_name;
use crate::names;
use crate::plan::Plan;
use crate::plan::chart::Obligation;
use crate::terms::Actor;
use crate::terms::Colour;
use crate::terms::Event;
use crate::terms::EvidenceRule;
use crate::text;
use std::ops::Range;

/// Reads the value of an event (numbers.md §4); `None` when it cannot be read.
pub(in crate::journal::scan) fn value(
    event: Event,
    text: &str,
    target: Option<Amount>,
    date: Day,
) -> Option<Value> {
    match event {
        Event::Progress => progress(text, target),
        Event::Extend => Day::parse(text).map(Value::Day),
        Event::Reopen if text.is_empty() => Some(Value::Empty),
        Event::Reopen => Day::parse(text).filter(|day| *day >= date).map(Value::Day),
        Event::Urge => colour(text, &[Colour::Blue, Colour::Yellow, Colour::Red]),
        Event::Light => colour(text, &[Colour::Red, Colour::Yellow, Colour::Green]),
        Event::Ack
        | Event::Nil
        | Event::Submit
        | Event::Verify
        | Event::Return
        | Event::Suspend
        | Event::Resume
        | Event::Cancel
        | Event::Note
        | Event::Retract
        | Event::Seal => Some(Value::Empty),
    }
}

/// Reads `60%`, an amount against the target, or nothing.
fn progress(text: &str, target: Option<Amount>) -> Option<Value> {
    if text.is_empty() {
        return Some(Value::Empty);
    }
    if let Some(percent) = text.strip_suffix('%') {
        return Amount::parse(percent)?.as_percent().map(Value::Percent);
    }
    let amount = Amount::parse(text)?;
    Some(match target {
        Some(target) => Value::Percent(amount.percent_of(target)?),
        None => Value::Empty,
    })
}

fn colour(text: &str, allowed: &[Colour]) -> Option<Value> {
    Colour::from_code(text)
        .filter(|colour| allowed.contains(colour))
        .map(Value::Colour)
}

/// Returns how many files a record names as evidence.
pub(in crate::journal::scan) fn evidence_count(field: &str) -> u16 {
    let count = field.split('|').filter(|part| !part.is_empty()).count();
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Tells whether one of the references is not `path#sha256`.
fn is_badly_written(field: &str) -> bool {
    let mut references = field.split('|');
    !field.is_empty() && references.any(|text| evidence::Reference::parse(text).is_none())
}

/// Returns what is wrong with the texts and days of a record, whatever it names.
pub(super) fn text_findings(
    record: &Record<'_>,
    today: Day,
    place: impl Fn(Range<usize>) -> Place,
) -> Vec<Finding> {
    let field = |at: usize| place(record.fields.spans[at].clone());
    let mut found = Vec::new();
    let recorded_on = record.recorded_at.day();
    if record.date > recorded_on {
        found.push(finding::after_recording(field(2), record.date, recorded_on));
    }
    if recorded_on > today {
        found.push(finding::future(field(1), recorded_on));
    }
    for span in &record.fields.spans {
        let text = &record.text[span.clone()];
        if let Some(sign) = text::hidden_character(text) {
            let at = span.start + text.find(sign).unwrap_or(0);
            let place = place(at..at + sign.len_utf8());
            found.push(finding::control_character(place, sign));
        }
    }
    if is_badly_written(&record.fields.values[11]) {
        found.push(finding::evidence_reference(
            field(11),
            &record.fields.values[11],
        ));
    }
    found
}

/// Returns what is wrong with who acted and with what the event must carry (domain.md §3).
pub(super) fn authority_findings(
    plan: &Plan,
    obligation: &Obligation,
    event: Event,
    record: &Record<'_>,
    place: impl Fn(usize) -> Place,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let verifier = &plan.unit(plan.verifier_of(obligation.unit)).id;
    if event.actor() == Actor::Supervisor && record.fields.values[8] != **verifier {
        found.push(finding::wrong_actor(
            place(8),
            event,
            &record.fields.values[8],
            verifier,
        ));
    }
    let is_empty = |field: usize| record.fields.values[field].is_empty();
    if lacks(event, is_empty) {
        found.push(finding::carries(place(3), event));
    }
    let item = plan.item(obligation.item);
    if event == Event::Submit
        && item.evidence == EvidenceRule::Required
        && record.fields.values[11].is_empty()
    {
        found.push(finding::evidence_required(place(11), &item.id));
    }
    found
}

/// Tells whether an entry lacks what its event must carry, its evidence apart (domain.md §3).
pub(in crate::journal::scan) fn lacks(event: Event, is_empty: impl Fn(usize) -> bool) -> bool {
    const VALUE: usize = 7;
    const REFERENCE: usize = 10;
    const NOTE: usize = 12;
    match event {
        Event::Return | Event::Light | Event::Note => is_empty(NOTE),
        Event::Extend => is_empty(REFERENCE),
        Event::Suspend | Event::Resume | Event::Cancel | Event::Reopen => {
            is_empty(NOTE) && is_empty(REFERENCE)
        }
        Event::Progress => is_empty(VALUE) && is_empty(NOTE),
        Event::Ack
        | Event::Nil
        | Event::Submit
        | Event::Verify
        | Event::Urge
        | Event::Retract
        | Event::Seal => false,
    }
}

/// Makes the finding about something unknown from the number of records that name it.
pub(super) type Unknown = Box<dyn FnOnce(usize) -> Finding>;

/// Returns how to report that a record names no obligation of the plan.
///
/// `None` where the plan itself is at fault and says so already.
pub(super) fn unknown(
    plan: &Plan,
    record: &Record<'_>,
    place: impl Fn(usize) -> Place,
) -> Option<Unknown> {
    let [item, unit, period] = [4, 5, 6].map(|field| record.fields.values[field].to_string());
    let left_out = plan.left_out.items.contains(&item) || plan.left_out.units.contains(&unit);
    if left_out {
        return None;
    }
    let name = obligation_name(&item, &unit, &period);
    let Some(known) = plan.item_by_id(&item).map(|at| plan.item(at)) else {
        let place = place(4);
        if text::is_item_id(&item) {
            return Some(Box::new(move |count| {
                finding::obligation_gone(place, &name, count)
            }));
        }
        let folded = names::fold(&item);
        let nearest = names::nearest(&folded, plan.items.iter().map(|item| item.id.as_str()));
        let nearest = nearest.map(str::to_owned);
        return Some(Box::new(move |count| {
            finding::unknown_item(place, &item, count, nearest.as_deref())
        }));
    };
    let Some(lead) = plan.unit_by_id(&unit) else {
        let nearest = names::nearest(&unit, plan.units.iter().map(|unit| unit.id.as_str()));
        let (place, nearest) = (place(5), nearest.map(str::to_owned));
        return Some(Box::new(move |count| {
            finding::unknown_unit(place, &unit, count, nearest.as_deref())
        }));
    };
    if !known.lead.contains(&lead) {
        let place = place(5);
        return Some(Box::new(move |count| {
            finding::obligation_gone(place, &name, count)
        }));
    }
    let (place, kind) = (place(6), known.kind());
    Some(Box::new(move |count| {
        finding::unknown_period(place, &name, &period, kind, count)
    }))
}
