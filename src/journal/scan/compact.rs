//! A plain record in twenty bytes: what a nation's 10⁷ records are kept as until they are folded.
//!
//! What repeats within a block, such as the writer and the year, stands once in its `Frame`. A
//! record that does not fit is not plain and is kept whole.

use super::Posting;
use super::Value;
use super::plain::Plain;
use super::postings::PART;
use crate::calendar::Day;
use crate::calendar::Instant;
use crate::figures::Tenths;
use crate::journal::Id;
use crate::journal::WriterIx;
use crate::plan::chart::ObligationIx;
use crate::terms::Colour;
use crate::terms::Event;

const OFFSET_BITS: u32 = 19;
const LINE_BITS: u32 = 13;
const VALUE_BITS: u32 = 22;
const LOW_TAG_BITS: u32 = 20;

/// What the records of one block have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Who wrote them.
    pub(super) writer: WriterIx,
    /// The line of the file with which the block begins.
    pub(super) first_line: u32,
    /// What must be added to a record's line within the block to get its number.
    base_seq: Option<u64>,
    /// The seconds of the first record.
    base_seconds: i64,
    /// The offsets from UTC that occur, in minutes; at most four.
    offsets: Vec<i64>,
}

/// A plain record, packed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compact {
    /// Obligation within its part (12), low bits of the tag (20).
    who: u32,
    /// Day (22), which offset from UTC (2), high bits of the tag (8).
    when: u32,
    /// Seconds after the first record of the block.
    seconds: u32,
    /// Where in the block the line begins (19), which line of it that is (13).
    place: u32,
    /// Value (22) and its kind (2), event (4), files of evidence (4).
    what: u32,
}

const _: () = assert!(size_of::<Compact>() == 20);

/// A few bits of an id, by which a record is found again; the id itself is then read from the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag(u32);

impl Tag {
    /// Returns the tag of an id.
    pub(super) fn of(id: Id) -> Tag {
        let [a, b, c, d, ..] = id.0;
        Tag(u32::from_be_bytes([a, b, c, d]) >> 4)
    }

    /// How many different values `first_bits` has.
    pub(super) const FIRST: usize = 1 << 20;

    /// Returns its first twenty bits.
    pub(super) const fn first_bits(self) -> usize {
        (self.0 >> 8) as usize
    }
}

/// Where a line stands in its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its first byte, counted from the start of the block.
    pub(super) offset: usize,
    /// Which line of the block it is, from 0.
    pub(super) line: u32,
}

impl Frame {
    /// Packs a record; `None` where it does not fit.
    ///
    /// The line of no record begins at the first byte of a file; one may begin right behind the
    /// block. So places are counted from the second byte.
    pub(super) fn pack(&mut self, plain: &Plain, spot: Spot) -> Option<Compact> {
        let line = u64::from(spot.line);
        let base_seq = plain.seq.wrapping_sub(line);
        let seconds = plain.recorded_at.seconds();
        if self.base_seq.is_none() {
            self.base_seq = Some(base_seq);
            self.base_seconds = seconds;
        }
        if self.base_seq != Some(base_seq) {
            return None;
        }
        let tag = Tag::of(plain.id).0;
        let (kind, value) = pack_value(plain.value);
        let event = Event::ALL.iter().position(|event| *event == plain.event)?;
        let compact = Compact {
            who: within(plain.at)? << LOW_TAG_BITS | low(tag, LOW_TAG_BITS),
            when: fit(plain.day.number(), 22)? << 10
                | self.offset(plain.recorded_at)? << 8
                | tag >> LOW_TAG_BITS,
            seconds: u32::try_from(seconds - self.base_seconds).ok()?,
            place: fit(
                u32::try_from(spot.offset.checked_sub(1)?).ok()?,
                OFFSET_BITS,
            )? << LINE_BITS
                | fit(spot.line, LINE_BITS)?,
            what: fit(value, VALUE_BITS)? << 10
                | kind << 8
                | fit(u32::try_from(event).ok()?, 4)? << 4
                | fit(u32::from(plain.evidence), 4)?,
        };
        Some(compact)
    }

    /// Returns which of the offsets an instant was written in.
    fn offset(&mut self, recorded_at: Instant) -> Option<u32> {
        let minutes = recorded_at.offset_minutes();
        let known = self.offsets.iter().position(|offset| *offset == minutes);
        let at = known.unwrap_or(self.offsets.len());
        if at == 4 {
            return None;
        }
        if known.is_none() {
            self.offsets.push(minutes);
        }
        u32::try_from(at).ok()
    }

    /// Unpacks a record of a part of the chart.
    pub(super) fn posting(&self, compact: Compact, part: usize) -> Posting {
        let line = compact.spot().line;
        let part = u32::try_from(part).expect("a chart has fewer than 2³² obligations");
        let offset = self.offsets[(compact.when >> 8 & 3) as usize];
        Posting {
            obligation: ObligationIx(part * PART as u32 + (compact.who >> LOW_TAG_BITS)),
            day: compact.day(),
            recorded_at: Instant::new(self.base_seconds + i64::from(compact.seconds), offset),
            writer: self.writer,
            seq: self.seq(line),
            line: self.first_line + line,
            event: Event::ALL[(compact.what >> 4 & 15) as usize],
            value: unpack_value(compact.what >> 8 & 3, compact.what >> 10),
            evidence: low(compact.what, 4) as u16,
        }
    }

    /// Returns the number of the record on a line of the block.
    pub(super) fn seq(&self, line: u32) -> u64 {
        self.base_seq.unwrap_or(0).wrapping_add(u64::from(line))
    }

    /// Returns the line of the block on which a plain record with this number would stand.
    pub(super) fn line_of(&self, seq: u64) -> Option<u32> {
        u32::try_from(seq.checked_sub(self.base_seq?)?).ok()
    }
}

impl Compact {
    /// Returns the day that it is dated.
    pub(super) fn day(self) -> Day {
        Day::of_number(self.when >> 10)
    }

    /// Returns the number of its obligation within the part.
    pub(super) const fn within(self) -> usize {
        (self.who >> LOW_TAG_BITS) as usize
    }

    /// Returns where it stands in its block.
    pub(super) fn spot(self) -> Spot {
        Spot {
            offset: (self.place >> LINE_BITS) as usize + 1,
            line: low(self.place, LINE_BITS),
        }
    }

    /// Returns the tag of its id.
    pub(super) fn tag(self) -> Tag {
        Tag(low(self.when, 8) << LOW_TAG_BITS | low(self.who, LOW_TAG_BITS))
    }

    /// Returns how many files it names as evidence.
    pub(super) fn evidence(self) -> u32 {
        low(self.what, 4)
    }
}

/// Returns the number of an obligation within its part.
fn within(at: ObligationIx) -> Option<u32> {
    u32::try_from(at.position() % PART).ok()
}

/// Returns the lowest bits of a number.
const fn low(number: u32, bits: u32) -> u32 {
    number & ((1 << bits) - 1)
}

/// Returns a number that has at most so many bits.
fn fit(number: u32, bits: u32) -> Option<u32> {
    (number >> bits == 0).then_some(number)
}

/// Returns the kind of a value and its number; one that is too large does not `fit`.
fn pack_value(value: Value) -> (u32, u32) {
    match value {
        Value::Empty => (0, 0),
        Value::Percent(percent) => (1, u32::try_from(percent.0).unwrap_or(u32::MAX)),
        Value::Day(day) => (2, day.number()),
        Value::Colour(colour) => {
            let at = Colour::ALL.iter().position(|of| *of == colour);
            (3, at.map_or(u32::MAX, |at| at as u32))
        }
    }
}

fn unpack_value(kind: u32, number: u32) -> Value {
    match kind {
        0 => Value::Empty,
        1 => Value::Percent(Tenths(number.cast_signed())),
        2 => Value::Day(Day::of_number(number)),
        _ => Value::Colour(Colour::ALL[number as usize]),
    }
}
