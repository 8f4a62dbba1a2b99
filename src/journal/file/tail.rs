//! The end of a writer's file: its last record, whether it holds, and what stands torn behind it.
//!
//! Reads backwards from the end, so that the work does not grow with the file. Changes nothing.

use crate::calendar::Instant;
use crate::journal::Head;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::line;
use crate::journal::line::Unreadable;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;

/// How many bytes are read at a time.
const BLOCK: u64 = 16 << 10;

/// Why nothing may be appended behind the last line.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The first line is not the header.
    NotAJournal,
    /// The last line was written again in another form: CRLF, GBK, needless quotes.
    Form,
    /// The last line cannot be read, or its id does not follow from the line before.
    Damaged,
    /// The machine could not read it.
    Machine(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Machine(error)
    }
}

/// A record as the desk needs it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Last {
    /// Its number and id.
    pub(super) head: Head,
    /// When it was written.
    pub(super) recorded_at: Instant,
}

/// What stands behind the last line end.
#[derive(Debug)]
pub(super) enum Ending {
    /// Nothing.
    Clean,
    /// The header, which lacks only its line end.
    BareHeader,
    /// A record that lacks only its line end.
    BareRecord(Last),
    /// Bytes that are no record; they begin at this offset.
    Torn(u64),
}

/// Whether the file begins with a byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It does.
    There,
    /// It was lost: only the form changed, but a spreadsheet would now misread the file.
    Lost,
}

/// The end of a file.
#[derive(Debug)]
pub(super) struct Tail {
    /// The last whole record.
    pub(super) last: Option<Last>,
    /// What stands behind it.
    pub(super) ending: Ending,
    /// How the file begins.
    pub(super) mark: Mark,
}

/// Reads the end of a file of `length` bytes whose chain starts at `start`.
pub(super) fn read(file: &File, length: u64, start: Id) -> Result<Tail, Trouble> {
    let ended = after_last_line_end(file, length)?;
    if ended == 0 {
        return Ok(without_line_end(
            &bytes(file, 0, length.min(BLOCK))?,
            length,
        ));
    }
    let mark = read_header(file, length)?;
    let mut lines = Backwards::before(file, ended);
    let last = match lines.next_line()? {
        Some(line) if lines.offset() > 0 => {
            let before = match lines.next_line()? {
                Some(before) if lines.offset() > 0 => id_of(&before).ok_or(Trouble::Damaged)?,
                Some(_) | None => start,
            };
            Some(judge(&line, before)?)
        }
        Some(_) | None => None,
    };
    let before = last.map_or(start, |last| last.head.id);
    let ending = read_ending(file, ended, length, before)?;
    Ok(Tail { last, ending, mark })
}

/// Tells whether the first record can be read and does not follow from a start of the chain, but
/// does from one of others: then the file is a copy of another writer's.
pub(super) fn is_copy(file: &File, length: u64, start: Id, others: &[Id]) -> io::Result<bool> {
    let most = (line::BOM.len() + line::HEADER.len() + 2 + line::LONGEST) as u64;
    let first = bytes(file, 0, length.min(BLOCK))?;
    let first = match first.iter().filter(|byte| **byte == b'\n').count() {
        0 | 1 if length > BLOCK => bytes(file, 0, length.min(most))?,
        _ => first,
    };
    let line = first.split(|byte| *byte == b'\n').nth(1).unwrap_or(&[]);
    let Ok(record) = line::read(line) else {
        return Ok(false);
    };
    let follows = |from: Id| chain::next(from, &record.body()) == record.id;
    Ok(!follows(start) && others.iter().any(|other| follows(*other)))
}

/// Says what a file without any line end holds.
fn without_line_end(bytes: &[u8], length: u64) -> Tail {
    let bare = bytes.strip_prefix(line::BOM).unwrap_or(bytes);
    let mark = mark_of(bytes);
    let ending = match length {
        0 => Ending::Clean,
        _ if bare == line::HEADER.as_bytes() => Ending::BareHeader,
        _ => Ending::Torn(0),
    };
    Tail {
        last: None,
        ending,
        mark,
    }
}

fn mark_of(bytes: &[u8]) -> Mark {
    match bytes.starts_with(line::BOM) {
        true => Mark::There,
        false => Mark::Lost,
    }
}

/// Checks the first line.
fn read_header(file: &File, length: u64) -> Result<Mark, Trouble> {
    let most = (line::BOM.len() + line::HEADER.len() + 2) as u64;
    let first = bytes(file, 0, length.min(most))?;
    let bare = first.strip_prefix(line::BOM).unwrap_or(&first);
    match bare.strip_prefix(line::HEADER.as_bytes()) {
        Some([b'\n', ..]) => Ok(mark_of(&first)),
        Some(b"\r\n" | [b'\r', ..]) => Err(Trouble::Form),
        Some(_) | None => Err(Trouble::NotAJournal),
    }
}

/// Says what the bytes behind the last line end are.
fn read_ending(file: &File, from: u64, length: u64, before: Id) -> Result<Ending, Trouble> {
    if from == length {
        return Ok(Ending::Clean);
    }
    if length - from > line::LONGEST as u64 {
        return Ok(Ending::Torn(from));
    }
    match judge(&bytes(file, from, length)?, before) {
        Ok(last) => Ok(Ending::BareRecord(last)),
        Err(Trouble::Machine(error)) => Err(Trouble::Machine(error)),
        Err(Trouble::NotAJournal | Trouble::Form | Trouble::Damaged) => Ok(Ending::Torn(from)),
    }
}

/// Tells whether a line is a record in canonical form whose id follows from the one before.
fn judge(bytes: &[u8], before: Id) -> Result<Last, Trouble> {
    if bytes.ends_with(b"\r") {
        return Err(Trouble::Form);
    }
    let record = match line::read(bytes) {
        Ok(record) => record,
        Err(Unreadable::NotUtf8(_)) if reads_as_gbk(bytes) => return Err(Trouble::Form),
        Err(
            Unreadable::Blank
            | Unreadable::TooLong
            | Unreadable::NotUtf8(_)
            | Unreadable::Quote(_)
            | Unreadable::Columns(_)
            | Unreadable::Field(_, _),
        ) => return Err(Trouble::Damaged),
    };
    if !record.fields.is_canonical {
        return Err(Trouble::Form);
    }
    if chain::next(before, &record.body()) != record.id {
        return Err(Trouble::Damaged);
    }
    Ok(Last {
        head: Head {
            seq: record.seq,
            id: record.id,
        },
        recorded_at: record.recorded_at,
    })
}

/// Tells whether bytes are a record once they are taken for what Chinese spreadsheets write.
fn reads_as_gbk(bytes: &[u8]) -> bool {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.is_some_and(|text| line::read(text.as_bytes()).is_ok())
}

/// Returns the id at the end of a line, whatever else the line holds.
pub(super) fn id_of(line: &[u8]) -> Option<Id> {
    let comma = line.iter().rposition(|byte| *byte == b',')?;
    Id::parse(&line[comma + 1..])
}

/// Returns the offset behind the last line end; 0 where there is none.
fn after_last_line_end(file: &File, length: u64) -> io::Result<u64> {
    let mut end = length;
    while end > 0 {
        let from = end.saturating_sub(BLOCK);
        let block = bytes(file, from, end)?;
        if let Some(at) = block.iter().rposition(|byte| *byte == b'\n') {
            return Ok(from + at as u64 + 1);
        }
        end = from;
    }
    Ok(0)
}

/// Reads the bytes between two offsets.
pub(super) fn bytes(mut file: &File, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let wanted = usize::try_from(to - from).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let mut bytes = vec![0; wanted];
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Gives the lines of a file from its end towards its beginning.
pub(super) struct Backwards<'f> {
    file: &'f File,
    /// Where `buffer` begins in the file.
    start: u64,
    /// Bytes read but not given yet; they end with a line end.
    buffer: Vec<u8>,
}

impl Backwards<'_> {
    /// Starts before an offset that stands just behind a line end, or at 0.
    pub(super) fn before(file: &File, end: u64) -> Backwards<'_> {
        Backwards {
            file,
            start: end,
            buffer: Vec::new(),
        }
    }

    /// Returns the offset at which the line begins that was given last.
    pub(super) fn offset(&self) -> u64 {
        self.start + self.buffer.len() as u64
    }

    /// Returns the line before, without its end.
    ///
    /// Of a line longer than any record only a part is given, which is too long to be one as well;
    /// nothing given after it means anything.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.buffer.is_empty() && !self.fill()? {
            return Ok(None);
        }
        loop {
            let body = self.buffer.len() - 1;
            let before = self.buffer[..body].iter().rposition(|byte| *byte == b'\n');
            let from = match before {
                Some(at) => at + 1,
                None if body > line::LONGEST || !self.fill()? => 0,
                None => continue,
            };
            let mut line = self.buffer.split_off(from);
            line.pop();
            return Ok(Some(line));
        }
    }

    /// Reads the block before; tells whether there was one.
    fn fill(&mut self) -> io::Result<bool> {
        let from = self.start.saturating_sub(BLOCK);
        if from == self.start {
            return Ok(false);
        }
        let mut block = bytes(self.file, from, self.start)?;
        block.append(&mut self.buffer);
        self.buffer = block;
        self.start = from;
        Ok(true)
    }
}
