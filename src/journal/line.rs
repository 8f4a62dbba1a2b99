//! One line ⇄ one record: the strict reading and the canonical writing of fourteen fields.
//!
//! Knows nothing of files, chains or plans. The rule is numbers.md §3.1 and contract §1.2.

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::journal::Draft;
use crate::journal::Id;
use std::borrow::Cow;
use std::ops::Range;

/// The names of the columns, in order.
pub const COLUMNS: [&str; 14] = [
    "seq",
    "recorded_at",
    "date",
    "event",
    "item",
    "unit",
    "period",
    "value",
    "as",
    "by",
    "ref",
    "evidence",
    "note",
    "id",
];

/// The first line of every file.
pub const HEADER: &str =
    "seq,recorded_at,date,event,item,unit,period,value,as,by,ref,evidence,note,id";

/// The byte order mark that keeps Chinese Excel from reading GBK.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// The longest line that is read, in bytes.
pub const LONGEST: usize = 1 << 20;

/// A line that is a record, borrowed from the bytes it was read from.
#[derive(Clone, Debug)]
pub struct Record<'l> {
    /// Its number; one beyond 2⁶⁴ counts as 2⁶⁴ − 1.
    pub seq: u64,
    /// When it was written.
    pub recorded_at: Instant,
    /// The day the fact holds.
    pub date: Day,
    /// Its id.
    pub id: Id,
    /// The line as text, without its end.
    pub text: &'l str,
    /// The fields and where they stand.
    pub fields: Fields<'l>,
}

/// The fourteen fields of a line.
#[derive(Clone, Debug)]
pub struct Fields<'l> {
    /// The fields, unquoted.
    pub values: [Cow<'l, str>; 14],
    /// Where each stands in the line, quotes included.
    pub spans: [Range<usize>; 14],
    /// Whether every field is quoted just where it must be.
    pub is_canonical: bool,
}

/// Why a line is no record, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing stands on it.
    Blank,
    /// It is longer than `LONGEST`.
    TooLong,
    /// It is not UTF-8; the byte at which it stops being so.
    NotUtf8(usize),
    /// A quote stands where none may; the byte.
    Quote(usize),
    /// It has another number of fields.
    Columns(usize),
    /// A field cannot be read; its number and where it stands.
    Field(usize, Range<usize>),
}

/// Reads a line without its end as a record.
pub fn read(line: &[u8]) -> Result<Record<'_>, Unreadable> {
    if line.is_empty() {
        return Err(Unreadable::Blank);
    }
    if line.len() > LONGEST {
        return Err(Unreadable::TooLong);
    }
    let text =
        std::str::from_utf8(line).map_err(|error| Unreadable::NotUtf8(error.valid_up_to()))?;
    let fields = split(text)?;
    let bad = |at: usize| Unreadable::Field(at, fields.spans[at].clone());
    let seq = read_seq(&fields.values[0]).ok_or_else(|| bad(0))?;
    let recorded_at = Instant::parse(&fields.values[1]).ok_or_else(|| bad(1))?;
    let date = Day::parse(&fields.values[2]).ok_or_else(|| bad(2))?;
    let id = Id::parse(fields.values[13].as_bytes()).ok_or_else(|| bad(13))?;
    Ok(Record {
        seq,
        recorded_at,
        date,
        id,
        text,
        fields,
    })
}

/// Splits a line into its fourteen fields.
pub fn split(text: &str) -> Result<Fields<'_>, Unreadable> {
    let mut values: [Cow<'_, str>; 14] = [const { Cow::Borrowed("") }; 14];
    let mut spans: [Range<usize>; 14] = [const { 0..0 }; 14];
    let mut is_canonical = true;
    let mut count = 0;
    let mut at = 0;
    loop {
        let (value, end, canonical) = next_field(text, at)?;
        if count < 14 {
            values[count] = value;
            spans[count] = at..end;
        }
        is_canonical &= canonical;
        count += 1;
        if end == text.len() {
            break;
        }
        at = end + 1;
    }
    match count {
        14 => Ok(Fields {
            values,
            spans,
            is_canonical,
        }),
        other => Err(Unreadable::Columns(other)),
    }
}

/// Reads the field that begins at a byte: its value, where it ends, whether its quotes are canonical.
fn next_field(text: &str, at: usize) -> Result<(Cow<'_, str>, usize, bool), Unreadable> {
    let rest = &text[at..];
    if !rest.starts_with('"') {
        let length = rest.find(',').unwrap_or(rest.len());
        return match rest[..length].find('"') {
            Some(quote) => Err(Unreadable::Quote(at + quote)),
            None => Ok((Cow::Borrowed(&rest[..length]), at + length, true)),
        };
    }
    let mut from = 1;
    loop {
        let Some(quote) = rest[from..].find('"').map(|found| from + found) else {
            return Err(Unreadable::Quote(at));
        };
        match rest.as_bytes().get(quote + 1) {
            Some(b'"') => from = quote + 2,
            None | Some(b',') => {
                let inner = &rest[1..quote];
                let value = match inner.contains('"') {
                    true => Cow::Owned(inner.replace("\"\"", "\"")),
                    false => Cow::Borrowed(inner),
                };
                let canonical = needs_quotes(&value);
                return Ok((value, at + quote + 1, canonical));
            }
            Some(_) => return Err(Unreadable::Quote(at + quote + 1)),
        }
    }
}

/// Reads a whole number of at least 1 without leading zeros.
fn read_seq(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    (is_number && !text.is_empty()).then(|| text.parse().unwrap_or(u64::MAX))
}

/// Tells whether a value must be quoted: only when it holds a comma or a quote.
fn needs_quotes(value: &str) -> bool {
    value.contains([',', '"'])
}

/// Appends one field in canonical form.
fn push_field(line: &mut String, value: &str) {
    if needs_quotes(value) {
        line.push('"');
        line.push_str(&value.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(value);
    }
}

/// Returns the canonical bytes of all fields but the id, without the last comma: what the id covers.
pub fn body<S: AsRef<str>>(fields: &[S]) -> String {
    let mut line = String::new();
    for (at, field) in fields.iter().take(13).enumerate() {
        if at > 0 {
            line.push(',');
        }
        push_field(&mut line, field.as_ref());
    }
    line
}

impl Record<'_> {
    /// Returns what the id covers: the line up to the last comma, or its canonical form.
    pub fn body(&self) -> Cow<'_, str> {
        match self.fields.is_canonical {
            true => Cow::Borrowed(&self.text[..self.fields.spans[12].end]),
            false => Cow::Owned(body(&self.fields.values)),
        }
    }

    /// Returns the bytes `item,unit,period` by which the chart finds an obligation.
    pub fn key(&self) -> Cow<'_, str> {
        let spans = &self.fields.spans;
        let together = &self.text[spans[4].start..spans[6].end];
        match together.contains('"') {
            false => Cow::Borrowed(together),
            true => Cow::Owned(self.fields.values[4..=6].join(",")),
        }
    }
}

/// Returns the canonical body of a draft that gets a number and a time.
pub fn body_of(draft: &Draft, seq: u64, recorded_at: Instant) -> String {
    body(&[
        seq.to_string().as_str(),
        &recorded_at.to_string(),
        &draft.date.to_string(),
        draft.event.code(),
        &draft.item,
        &draft.unit,
        &draft.period,
        &draft.value,
        &draft.acting,
        &draft.by,
        &draft.reference,
        &draft.evidence,
        &draft.note,
    ])
}
