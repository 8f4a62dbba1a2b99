//! The quick way through one line: a record that says nothing unusual.
//!
//! `None` means only that the exact way must decide. What is returned, the exact way would return,
//! and it would find nothing to report; a property test holds the two together.

use super::Value;
use super::read::entry;
use crate::calendar::Day;
use crate::calendar::Instant;
use crate::journal::Id;
use crate::journal::evidence::Reference;
use crate::journal::line;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::chart::Located;
use crate::plan::chart::ObligationIx;
use crate::terms::Actor;
use crate::terms::Event;
use crate::terms::EvidenceRule;
use crate::text;
use memchr::memchr;
use memchr::memmem;
use std::str;

/// A record that counts and about which nothing is to be said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    pub(super) seq: u64,
    pub(super) recorded_at: Instant,
    pub(super) day: Day,
    pub(super) event: Event,
    pub(super) at: ObligationIx,
    pub(super) value: Value,
    pub(super) evidence: u16,
    pub(super) id: Id,
}

/// What a line is held against.
pub(super) struct Rules<'c> {
    pub(super) chart: &'c Chart<'c>,
    /// The day after which a record is from the future.
    pub(super) today: Day,
}

/// How closely the texts of a block must be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texts {
    /// All of it is UTF-8 and holds no hidden character.
    Clear,
    /// Each line must be looked at by itself.
    Unclear,
}

/// Dates repeat from line to line: the one read last is kept.
#[derive(Default)]
pub(super) struct LastDay {
    text: [u8; 10],
    day: Option<Day>,
}

impl LastDay {
    fn read(&mut self, text: &[u8]) -> Option<Day> {
        let text: &[u8; 10] = text.try_into().ok()?;
        if *text != self.text || self.day.is_none() {
            self.text = *text;
            self.day = Day::parse_bytes(text);
        }
        self.day
    }
}

/// The days read last, of either column.
#[derive(Default)]
pub(super) struct LastDays {
    recorded: LastDay,
    dated: LastDay,
}

/// Looks at the texts of a whole block at once.
pub(super) fn look(block: &[u8]) -> Texts {
    let is_rare = |byte: u8| {
        (byte < b' ') & (byte != b'\n')
            | (byte == 0x7f)
            | (byte == 0xc2)
            | (byte == 0xcd)
            | (byte == 0xd8)
            | (byte == 0xe1)
            | (byte == 0xf3)
    };
    let is_unclear = block
        .iter()
        .fold(false, |found, byte| found | is_rare(*byte))
        || memchr::memchr2_iter(0xe2, 0xef, block).any(|at| hides(&block[at..]))
        || memmem::find(block, "\u{3164}".as_bytes()).is_some()
        || simdutf8::basic::from_utf8(block).is_err();
    match is_unclear {
        true => Texts::Unclear,
        false => Texts::Clear,
    }
}

/// Tells whether the character at the front may be a hidden one, from its first two bytes.
fn hides(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xe2, 0x80 | 0x81, ..] | [0xef, 0xbb | 0xbe | 0xbf, ..]
    ) && !is_quotation_or_dash(bytes)
        && !is_full_width_sign(bytes)
}

/// Tells the common “ ” ‘ ’ — … from the hidden characters that begin with the same byte.
fn is_quotation_or_dash(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, 0x90..=0xa7 | 0xb0..=0xbf, ..])
}

/// Tells the common ￥ and its like from the hidden characters that begin with the same bytes.
fn is_full_width_sign(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xbf, 0xa0..=0xae, ..])
}

/// Reads a line without its end; `None` where the exact way must decide.
pub(super) fn read(
    line: &[u8],
    rules: &Rules<'_>,
    texts: Texts,
    days: &mut LastDays,
) -> Option<Plain> {
    if texts == Texts::Unclear {
        let text = str::from_utf8(line).ok()?;
        if text::hidden_character(text).is_some() {
            return None;
        }
    }
    if memchr(b'"', line).is_none() {
        return judge(&split(line)?, rules, days);
    }
    let record = line::read(line).ok()?;
    if !record.fields.is_canonical {
        return None;
    }
    let fields = record
        .fields
        .values
        .each_ref()
        .map(|value| value.as_bytes());
    judge(&fields, rules, days)
}

/// Splits a line without quotes at its commas, of which eight bytes at a time are looked through:
/// most fields are shorter than a search that begins anew for each would pay for.
fn split(line: &[u8]) -> Option<[&[u8]; 14]> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f * ONES;
    const COMMAS: u64 = b',' as u64 * ONES;
    let mut fields: [&[u8]; 14] = [&[]; 14];
    let mut count = 0;
    let mut from = 0;
    let mut end_at = |at: usize| -> Option<()> {
        *fields.get_mut(count)? = &line[from..at];
        count += 1;
        from = at + 1;
        Some(())
    };
    let words = line.chunks_exact(8);
    let rest = words.remainder();
    for (at, word) in words.enumerate() {
        let word: [u8; 8] = word.try_into().expect("a chunk has eight bytes");
        // A byte is zero where a comma stands; the high bit of each such byte is found set.
        let differs = u64::from_le_bytes(word) ^ COMMAS;
        let mut found = !(((differs & LOW) + LOW) | differs | LOW);
        while found != 0 {
            end_at(at * 8 + found.trailing_zeros() as usize / 8)?;
            found &= found - 1;
        }
    }
    let begin = line.len() - rest.len();
    for (at, byte) in rest.iter().enumerate() {
        if *byte == b',' {
            end_at(begin + at)?;
        }
    }
    if count != 13 {
        return None;
    }
    fields[13] = &line[from..];
    Some(fields)
}

/// Judges the fields of a line whose texts hide nothing.
fn judge(fields: &[&[u8]; 14], rules: &Rules<'_>, days: &mut LastDays) -> Option<Plain> {
    let seq = read_seq(fields[0])?;
    let recorded_on = days.recorded.read(fields[1].get(..10)?)?;
    let recorded_at = Instant::parse_time(recorded_on, fields[1])?;
    let day = days.dated.read(fields[2])?;
    if day > recorded_on || recorded_on > rules.today {
        return None;
    }
    let event = Event::from_bytes(fields[3])?;
    if matches!(event, Event::Retract | Event::Seal) {
        return None;
    }
    let place = rules.chart.locate(fields[4], fields[5], fields[6])?;
    let value = value(event, fields[7], rules.chart.plan, place, day)?;
    if event.actor() == Actor::Supervisor && !is_verifier(rules.chart.plan, place.unit, fields[8]) {
        return None;
    }
    let evidence = evidence(fields[11])?;
    if lacks(event, fields) || lacks_evidence(event, evidence, rules.chart.plan, place) {
        return None;
    }
    Some(Plain {
        seq,
        recorded_at,
        day,
        event,
        at: place.at,
        value,
        evidence,
        id: Id::parse(fields[13])?,
    })
}

/// Reads a number of at most 18 digits; longer ones are left to the exact way.
fn read_seq(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 18 || text[0] == b'0' {
        return None;
    }
    text.iter().try_fold(0u64, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum * 10 + u64::from(digit))
    })
}

/// Reads the value, where the event takes one and it is not empty.
fn value(event: Event, text: &[u8], plan: &Plan, place: Located, day: Day) -> Option<Value> {
    let takes_none = match event {
        Event::Progress | Event::Reopen => text.is_empty(),
        Event::Extend | Event::Urge | Event::Light => false,
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
        | Event::Seal => true,
    };
    if takes_none {
        return Some(Value::Empty);
    }
    let target = plan.item(place.item).target.as_ref();
    let target = target.map(|target| target.amount);
    entry::value(event, str::from_utf8(text).ok()?, target, day)
}

fn is_verifier(plan: &Plan, lead: UnitIx, acting: &[u8]) -> bool {
    plan.unit(plan.verifier_of(lead)).id.as_bytes() == acting
}

/// Counts the files of evidence, all of them well named.
fn evidence(field: &[u8]) -> Option<u16> {
    if field.is_empty() {
        return Some(0);
    }
    let field = str::from_utf8(field).ok()?;
    let is_well_named = |text: &str| Reference::parse(text).is_some();
    field
        .split('|')
        .all(is_well_named)
        .then(|| entry::evidence_count(field))
}

/// Tells whether an entry lacks what its event must carry (domain.md §3).
fn lacks(event: Event, fields: &[&[u8]; 14]) -> bool {
    let is_empty = |field: usize| fields[field].is_empty();
    entry::lacks(event, is_empty)
}

fn lacks_evidence(event: Event, evidence: u16, plan: &Plan, place: Located) -> bool {
    event == Event::Submit
        && evidence == 0
        && plan.item(place.item).evidence == EvidenceRule::Required
}
