//! The lines of a damaged file, each with its proof where there is one.

use crate::journal::Id;
use crate::journal::line;
use crate::journal::spreadsheet;
use crate::journal::spreadsheet::Undone;
use encoding_rs::GB18030;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A line of a file.
#[derive(Debug)]
pub(super) struct Found<'b> {
    /// Its number, from 1.
    pub(super) line: u64,
    /// Where it begins in the file.
    pub(super) offset: u64,
    /// The bytes with their end; the first line without the mark.
    pub(super) raw: &'b [u8],
    /// The record that it is, as its id proves.
    pub(super) proof: Option<Proof>,
}

/// A record that its id proves.
#[derive(Debug)]
pub(super) struct Proof {
    /// Its number.
    pub(super) seq: u64,
    /// Its id.
    pub(super) id: Id,
    /// The line in canonical form, without its end.
    pub(super) text: String,
    /// What a spreadsheet had rewritten, with what stands there.
    pub(super) undone: Vec<(Undone, String)>,
    /// Whether it was decoded from GBK.
    pub(super) is_decoded: bool,
    /// Whether it follows from the line above it.
    pub(super) is_in_place: bool,
}

impl Proof {
    /// Returns what the id covers.
    pub(super) fn body(&self) -> &str {
        self.text.rsplit_once(',').map_or("", |(body, _)| body)
    }
}

impl Found<'_> {
    /// Returns the bytes without CR and LF.
    pub(super) fn bare(&self) -> &[u8] {
        let bare = self.raw.strip_suffix(b"\n").unwrap_or(self.raw);
        bare.strip_suffix(b"\r").unwrap_or(bare)
    }

    /// Tells whether a CR stands before the end.
    pub(super) fn has_cr(&self) -> bool {
        self.raw.ends_with(b"\r\n") || self.raw.ends_with(b"\r")
    }

    /// Tells whether the line is ended.
    pub(super) fn has_end(&self) -> bool {
        self.raw.ends_with(b"\n")
    }

    /// Tells whether these are bytes at the end of a file that are no record.
    pub(super) fn is_torn(&self) -> bool {
        !self.has_end() && self.proof.is_none() && !self.is_header()
    }

    /// Tells whether nothing stands on it, but for commas that a spreadsheet adds.
    pub(super) fn is_blank(&self) -> bool {
        self.has_end() && self.bare().iter().all(|byte| *byte == b',')
    }

    /// Tells whether something stands on it that is neither proved nor explained.
    pub(super) fn is_other(&self) -> bool {
        self.proof.is_none() && !self.is_blank() && !self.is_header() && !self.is_torn()
    }

    /// Tells whether it holds the names of the columns, however it is quoted.
    pub(super) fn is_header(&self) -> bool {
        let fields = std::str::from_utf8(self.bare()).ok().map(line::split);
        matches!(fields, Some(Ok(fields)) if fields.values == line::COLUMNS)
    }

    /// Tells whether it has the fields of a record.
    pub(super) fn can_be_read(&self) -> bool {
        self.texts()
            .iter()
            .any(|(text, _)| line::split(text).is_ok())
    }

    /// Tells whether nobody could have written it: it has not the fields of a record, or holds NULs.
    pub(super) fn is_debris(&self) -> bool {
        self.is_other() && (!self.can_be_read() || self.raw.contains(&0))
    }

    /// Tells whether fields are quoted that need not be.
    pub(super) fn has_needless_quotes(&self) -> bool {
        self.texts()
            .iter()
            .any(|(text, _)| line::split(text).is_ok_and(|fields| !fields.is_canonical))
    }

    /// Returns the number of the record that is proved.
    pub(super) fn seq(&self) -> Option<u64> {
        self.proof.as_ref().map(|proof| proof.seq)
    }

    /// Returns what the bytes may say: as UTF-8, and as what Chinese spreadsheets write.
    fn texts(&self) -> Vec<(Cow<'_, str>, bool)> {
        let bare = self.bare();
        let utf8 = std::str::from_utf8(bare).ok().map(Cow::Borrowed);
        let gbk = match bare.is_ascii() {
            true => None,
            false => GB18030.decode_without_bom_handling_and_without_replacement(bare),
        };
        let utf8 = utf8.map(|text| (text, false));
        utf8.into_iter()
            .chain(gbk.map(|text| (text, true)))
            .collect()
    }
}

/// Splits a file into lines and proves those that can be.
pub(super) fn lines(bytes: &[u8], start: Id) -> Vec<Found<'_>> {
    let mut found = split(bytes);
    let above = claims(&found, start);
    let mut previous = start;
    for line in &mut found {
        if line.raw.len() <= line::LONGEST {
            line.proof = prove(line, previous, &above);
        }
        if let Some(id) = id_of(line.bare()) {
            previous = id;
        }
    }
    found
}

fn split(bytes: &[u8]) -> Vec<Found<'_>> {
    let rest = bytes.strip_prefix(line::BOM).unwrap_or(bytes);
    let mut offset = bytes.len() - rest.len();
    let mut found = Vec::new();
    for (raw, line) in rest.split_inclusive(|byte| *byte == b'\n').zip(1..) {
        found.push(Found {
            line,
            offset: offset as u64,
            raw,
            proof: None,
        });
        offset += raw.len();
    }
    found
}

/// Returns the ids that may stand above each number: those which lines with the number before claim.
fn claims(found: &[Found<'_>], start: Id) -> BTreeMap<u64, Vec<Id>> {
    let mut above: BTreeMap<u64, Vec<Id>> = BTreeMap::new();
    above.insert(1, vec![start]);
    for line in found {
        if let Some((seq, id)) = seq_of(line.bare()).zip(id_of(line.bare()))
            && let Some(next) = seq.checked_add(1)
        {
            above.entry(next).or_default().push(id);
        }
    }
    above
}

fn prove(found: &Found<'_>, previous: Id, above: &BTreeMap<u64, Vec<Id>>) -> Option<Proof> {
    let (seq, id) = seq_of(found.bare()).zip(id_of(found.bare()))?;
    // One number stands in few lines; many would be no journal, and not worth the time.
    let claimed = above
        .get(&seq)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .take(4);
    let places = std::iter::once(previous).chain(claimed.copied().filter(|of| *of != previous));
    for place in places {
        for (text, is_decoded) in found.texts() {
            let Ok(fields) = line::split(&text) else {
                continue;
            };
            let values: Vec<&str> = fields.values.iter().map(|value| &**value).collect();
            let Some(undone) = spreadsheet::prove(&values, place, id) else {
                continue;
            };
            let mut proved = values.clone();
            for one in &undone {
                proved[one.field] = &one.text;
            }
            let text = format!("{},{id}", line::body(&proved));
            if line::read(text.as_bytes()).is_err() {
                continue;
            }
            let with_old = |one: &Undone| (one.clone(), values[one.field].to_owned());
            return Some(Proof {
                seq,
                id,
                undone: undone.iter().map(with_old).collect(),
                text,
                is_decoded,
                is_in_place: place == previous,
            });
        }
    }
    None
}

/// Returns the number at the beginning of a line, whatever else the line holds.
fn seq_of(line: &[u8]) -> Option<u64> {
    let comma = line.iter().position(|byte| *byte == b',')?;
    std::str::from_utf8(unquoted(&line[..comma]))
        .ok()?
        .parse()
        .ok()
}

/// Returns the id at the end of a line, whatever else the line holds.
pub(super) fn id_of(line: &[u8]) -> Option<Id> {
    let comma = line.iter().rposition(|byte| *byte == b',')?;
    Id::parse(unquoted(&line[comma + 1..]))
}

fn unquoted(field: &[u8]) -> &[u8] {
    let inner = field
        .strip_prefix(b"\"")
        .and_then(|of| of.strip_suffix(b"\""));
    inner.unwrap_or(field)
}
