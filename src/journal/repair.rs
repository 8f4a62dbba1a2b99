//! A damaged file → the same file restored, as far as the hashes prove it. Pure: bytes in, bytes out.
//!
//! A line is rewritten only where its id verifies afterwards; what cannot be proved stays byte for
//! byte as it is and is told. What concerns the file as a whole (its header, the order of lines,
//! blank lines) is restored only where then the whole chain verifies.

mod read;

use crate::journal::Id;
use crate::journal::chain;
use crate::journal::line;
use crate::journal::repair::read::Found;
use crate::journal::repair::read::Proof;
use std::collections::BTreeSet;

/// What to do with bytes at the end that are no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Leave them.
    Leave,
    /// Cut them off; who writes keeps them in a file of their own.
    Cut,
}

/// A file as it would be, and what was found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The bytes of the whole file.
    pub bytes: Vec<u8>,
    /// How many records prove themselves.
    pub proved: u64,
    /// What is restored, in the order of `What`.
    pub restored: Vec<Restored>,
    /// Fields that a spreadsheet rewrote.
    pub fields: Vec<Field>,
    /// What is not proved, by line of the file as it was.
    pub unproved: Vec<Unproved>,
    /// Where the bytes begin that are cut off.
    pub cut: Option<u64>,
}

/// A kind of restoring and how many lines it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What is restored.
    pub what: What,
    /// How many lines.
    pub lines: u64,
}

/// What can be restored besides fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The byte order mark.
    Bom,
    /// The header.
    Header,
    /// Line ends: CRLF became LF.
    LineEnds,
    /// UTF-8, where the file was saved as GBK.
    Encoding,
    /// Canonical quotes.
    Quotes,
    /// The order of lines.
    Order,
    /// Blank lines taken out.
    Blank,
    /// The line end that the last record lacked.
    LastEnd,
    /// Torn bytes cut off.
    Tail,
}

impl What {
    /// Returns the word of the machine format.
    pub const fn code(self) -> &'static str {
        match self {
            What::Bom => "bom",
            What::Header => "header",
            What::LineEnds => "line-ends",
            What::Encoding => "encoding",
            What::Quotes => "quotes",
            What::Order => "order",
            What::Blank => "blank",
            What::LastEnd => "last-end",
            What::Tail => "tail",
        }
    }
}

/// A field that a spreadsheet rewrote, as the id proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The line of the file as it was, from 1.
    pub line: u64,
    /// The name of the column.
    pub column: &'static str,
    /// What stands there.
    pub from: String,
    /// What it was.
    pub to: String,
}

/// Something that is not proved, so that it stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unproved {
    /// The line of the file as it was, from 1.
    pub line: u64,
    /// Why.
    pub why: Why,
}

/// Why something stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The line cannot be read as a record.
    Unreadable,
    /// The id does not verify, whatever is undone.
    Content,
    /// The record proves itself, but not in this place.
    Place,
    /// The same record stands above already.
    Double,
    /// Bytes without a line end that are no record.
    Torn,
    /// The first line is not the header, and not all else is proved.
    Header,
}

impl Why {
    /// Returns the word of the machine format.
    pub const fn code(self) -> &'static str {
        match self {
            Why::Unreadable => "unreadable",
            Why::Content => "content",
            Why::Place => "place",
            Why::Double => "double",
            Why::Torn => "torn",
            Why::Header => "header",
        }
    }
}

/// Restores a file whose chain starts at `start`.
pub fn mend(bytes: &[u8], start: Id, tail: Tail) -> Mended {
    let found = read::lines(bytes, start);
    let mut work = Work {
        bytes,
        start,
        found: &found,
        mended: Mended {
            bytes: Vec::with_capacity(bytes.len()),
            proved: 0,
            restored: Vec::new(),
            fields: Vec::new(),
            unproved: Vec::new(),
            cut: None,
        },
    };
    work.cut_torn(tail);
    match work.judge() {
        Some(order) => work.write_whole(&order),
        None => work.write_lines(),
    }
    work.finish()
}

/// A file while it is restored.
struct Work<'w> {
    bytes: &'w [u8],
    start: Id,
    found: &'w [Found<'w>],
    mended: Mended,
}

impl<'w> Work<'w> {
    /// Returns the lines that stay.
    fn lines(&self) -> impl Iterator<Item = &'w Found<'w>> + use<'w> {
        let cut = self.mended.cut;
        self.found
            .iter()
            .filter(move |found| cut.is_none_or(|cut| found.offset < cut))
    }

    /// Cuts or tells what a power cut left at the end: torn bytes, and lines above them that nobody
    /// wrote. A line that could be a record with changed content is none of these, nor is one whose id
    /// another record follows from: without it that record could no longer be proved.
    fn cut_torn(&mut self, tail: Tail) {
        let moved: Vec<&Proof> = self
            .found
            .iter()
            .filter_map(|found| found.proof.as_ref())
            .filter(|proof| !proof.is_in_place)
            .collect();
        let is_needed = |found: &Found<'_>| {
            let id = read::id_of(found.bare());
            id.is_some_and(|id| {
                let mut moved = moved.iter();
                moved.any(|proof| chain::next(id, proof.body()) == proof.id)
            })
        };
        let is_left = |found: &&Found<'_>| {
            let is_damaged = found.is_torn() || (found.is_debris() && found.line > 1);
            found.is_blank() || (is_damaged && !is_needed(found))
        };
        let count = self.found.iter().rev().take_while(is_left).count();
        let left = &self.found[self.found.len() - count..];
        let mut left = left.iter().skip_while(|found| found.is_blank()).peekable();
        let Some(first) = left.peek() else {
            if let Some(torn) = self.found.last().filter(|found| found.is_torn()) {
                self.tell(torn, Why::Torn);
            }
            return;
        };
        match tail {
            Tail::Cut => {
                self.mended.cut = Some(first.offset);
                self.note(What::Tail);
            }
            Tail::Leave => left.for_each(|found| self.tell(found, Why::Torn)),
        }
    }

    fn note(&mut self, what: What) {
        let restored = &mut self.mended.restored;
        match restored.iter_mut().find(|of| of.what == what) {
            Some(of) => of.lines += 1,
            None => restored.push(Restored { what, lines: 1 }),
        }
    }

    /// Tells of a line once: what is known of it first says most.
    fn tell(&mut self, found: &Found<'_>, why: Why) {
        let line = found.line;
        if self.mended.unproved.iter().all(|of| of.line != line) {
            self.mended.unproved.push(Unproved { line, why });
        }
    }

    /// Notes what is proved and what is not; returns the records in order where the chain is whole.
    fn judge(&mut self) -> Option<Vec<&'w Found<'w>>> {
        let mut order: Vec<&Found<'_>> = self.lines().filter(|of| of.proof.is_some()).collect();
        self.mended.proved = order.len() as u64;
        order.sort_by_key(|found| found.seq());
        let first = self.lines().next()?;
        // The header may be damaged; then the records must prove that it is no record.
        let has_basis = first.is_header() || !order.is_empty();
        let has_rest =
            self.lines().skip(1).any(Found::is_other) || self.lines().any(Found::is_torn);
        if has_basis && !has_rest && self.is_chain(&order) {
            return Some(order);
        }
        self.tell_rest(first);
        None
    }

    /// Tells whether records follow from the start of the chain, each from the one before it.
    fn is_chain(&self, order: &[&Found<'_>]) -> bool {
        let mut above = self.start;
        order.iter().zip(1..).all(|(found, seq)| {
            let Some(proof) = &found.proof else {
                return false;
            };
            let from = std::mem::replace(&mut above, proof.id);
            proof.seq == seq && chain::next(from, proof.body()) == proof.id
        })
    }

    fn tell_rest(&mut self, first: &Found<'_>) {
        let mut seen = BTreeSet::new();
        for found in self.lines() {
            if let Some(proof) = &found.proof {
                let is_new = seen.insert((proof.seq, proof.id));
                match (is_new, proof.is_in_place) {
                    (false, _) => self.tell(found, Why::Double),
                    (true, false) => self.tell(found, Why::Place),
                    (true, true) => {}
                }
            } else if found.is_blank() {
                self.tell(found, Why::Unreadable);
            } else if found.is_other() {
                let is_first = first.line == found.line;
                self.tell(
                    found,
                    match (is_first, found.can_be_read()) {
                        (true, _) => Why::Header,
                        (false, true) => Why::Content,
                        (false, false) => Why::Unreadable,
                    },
                );
            }
        }
    }

    /// Writes a file whose chain verifies as a whole: header, then the records in order.
    fn write_whole(&mut self, order: &[&'w Found<'w>]) {
        let first = self.lines().next();
        if !self.bytes.starts_with(line::BOM) {
            self.note(What::Bom);
        }
        self.mended.bytes.extend_from_slice(line::BOM);
        match first.filter(|first| first.is_header()) {
            Some(header) => {
                let doubled = self.lines().skip(1).filter(|found| found.is_header());
                (0..doubled.count()).for_each(|_| self.note(What::Header));
                self.write_header(header);
            }
            None => {
                self.note(What::Header);
                self.push(line::HEADER, "\n");
            }
        }
        let blank = self.lines().filter(|found| found.is_blank()).count();
        (0..blank).for_each(|_| self.note(What::Blank));
        let is_sorted = order.is_sorted_by_key(|found| found.line);
        for found in order {
            let is_moved = !is_sorted && found.seq().map(|seq| seq + 1) != Some(found.line);
            if is_moved {
                self.note(What::Order);
            }
            if let Some(proof) = &found.proof {
                self.write_proved(found, proof);
            }
        }
    }

    /// Writes a file line by line, each record that is proved restored, all else as it is.
    fn write_lines(&mut self) {
        let has_proof = self.mended.proved > 0;
        let has_bom = self.bytes.starts_with(line::BOM);
        let has_header = self.lines().next().is_some_and(Found::is_header);
        if has_bom {
            self.mended.bytes.extend_from_slice(line::BOM);
        } else if has_proof && has_header {
            self.note(What::Bom);
            self.mended.bytes.extend_from_slice(line::BOM);
        }
        for (at, found) in self.lines().enumerate() {
            match &found.proof {
                Some(proof) => self.write_proved(found, proof),
                None if at == 0 && has_header && has_proof => self.write_header(found),
                None => self.mended.bytes.extend_from_slice(found.raw),
            }
        }
    }

    fn push(&mut self, text: &str, end: &str) {
        self.mended.bytes.extend_from_slice(text.as_bytes());
        self.mended.bytes.extend_from_slice(end.as_bytes());
    }

    fn write_header(&mut self, header: &Found<'_>) {
        self.note_form(header, line::HEADER);
        self.push(line::HEADER, "\n");
    }

    fn write_proved(&mut self, found: &Found<'_>, proof: &Proof) {
        self.note_form(found, &proof.text);
        for (undone, from) in &proof.undone {
            self.mended.fields.push(Field {
                line: found.line,
                column: line::COLUMNS[undone.field],
                from: from.clone(),
                to: undone.text.clone(),
            });
        }
        self.push(&proof.text, "\n");
    }

    /// Notes what of the form of a line is restored.
    fn note_form(&mut self, found: &Found<'_>, text: &str) {
        if found.has_cr() {
            self.note(What::LineEnds);
        }
        if !found.has_end() {
            self.note(What::LastEnd);
        }
        let has_undone = found.proof.as_ref().is_some_and(|of| !of.undone.is_empty());
        if found.proof.as_ref().is_some_and(|proof| proof.is_decoded) {
            self.note(What::Encoding);
        } else if found.bare() != text.as_bytes() && (!has_undone || found.has_needless_quotes()) {
            self.note(What::Quotes);
        }
    }

    fn finish(mut self) -> Mended {
        self.mended.restored.sort_by_key(|of| of.what);
        self.mended.unproved.sort_by_key(|of| of.line);
        self.mended
    }
}

impl Mended {
    /// Tells whether the file would become another.
    pub fn differs_from(&self, bytes: &[u8]) -> bool {
        self.bytes != bytes
    }
}
