//! Several lines that a desk means to append as one: an accident leaves all of them or none.
//!
//! They are written whole to `<writer>.pending` and synced before the first of them goes into the
//! journal. Whoever sits down next completes what was begun; once all is on the disk the file goes.

use crate::calendar::Instant;
use crate::failure::Result;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::file::Desk;
use crate::journal::file::cannot_write;
use crate::journal::file::is_plain_or_absent;
use crate::journal::file::mend;
use crate::journal::file::tail;
use crate::journal::line;
use crate::journal::writer::Writer;
use crate::lang::failures;
use crate::workspace::paper;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// Where the lines of one writer are kept until they are all on the disk.
#[derive(Debug)]
pub(super) struct Pending {
    folder: PathBuf,
    path: PathBuf,
}

/// Lines and the place in the journal that they were meant for.
#[derive(Debug, PartialEq, Eq)]
struct Meant {
    /// The length of the journal before.
    offset: u64,
    /// The lines, each with its end.
    text: String,
}

impl Pending {
    /// Returns the place for a writer of a journal folder.
    pub(super) fn of(folder: &Path, writer: &Writer) -> Pending {
        Pending {
            folder: folder.to_owned(),
            path: folder.join(format!("{writer}.pending")),
        }
    }

    /// Keeps lines that are about to be appended, and waits for the disk.
    pub(super) fn keep(&self, offset: u64, text: &str) -> io::Result<()> {
        is_plain_or_absent(&self.path)?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        let mut file = options.open(&self.path)?;
        let kept = writeln!(file, "{offset},{}", chain::sha256(text.as_bytes()))
            .and_then(|()| file.write_all(text.as_bytes()))
            .and_then(|()| file.sync_all())
            .and_then(|()| paper::sync_folder(&self.folder));
        if kept.is_err() {
            self.forget();
        }
        kept
    }

    /// Forgets the lines: they are all in the journal, or none of them.
    ///
    /// Where that fails they are found again, and seen to be there.
    pub(super) fn forget(&self) {
        let _ = fs::remove_file(&self.path);
    }

    /// Returns what was kept; none where nothing was, or it was not kept whole: then nothing was begun.
    fn meant(&self) -> io::Result<Option<Meant>> {
        is_plain_or_absent(&self.path)?;
        match fs::read(&self.path) {
            Ok(bytes) => Ok(parse(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn parse(bytes: Vec<u8>) -> Option<Meant> {
    let text = String::from_utf8(bytes).ok()?;
    let (first, text) = text.split_once('\n')?;
    let (offset, sha256) = first.split_once(',')?;
    (chain::sha256(text.as_bytes()) == sha256).then_some(Meant {
        offset: offset.parse().ok()?,
        text: text.to_owned(),
    })
}

impl Desk {
    /// Completes lines that were begun and cut off, then forgets them.
    ///
    /// Other bytes in their place are copied aside. Where anything speaks against it that they
    /// belong there, nothing is touched: the end of the file is then read as any other.
    pub(super) fn complete(&mut self, now: Instant) -> Result<()> {
        let failed = |error| cannot_write(&self.path, error);
        let meant = self.pending.meant().map_err(failed)?;
        if let (Some(meant), Some(file)) = (meant, &self.file) {
            let stands = standing(file, &meant, self.head.id).map_err(failed)?;
            if let Some(same) = stands {
                self.write_rest(file, &meant, same, now).map_err(failed)?;
                let last = meant.text.lines().last().unwrap_or_default();
                let seq = last.split(',').next().unwrap_or_default();
                let name = format!("{}:{seq}", self.writer);
                self.notices.push(failures::several_completed(name));
            }
        }
        self.pending.forget();
        Ok(())
    }

    /// Writes lines from where the file differs from them; what stands there is copied aside.
    fn write_rest(
        &self,
        mut file: &File,
        meant: &Meant,
        same: usize,
        now: Instant,
    ) -> io::Result<()> {
        let from = meant.offset + same as u64;
        if file.metadata()?.len() > from {
            mend::copy_aside(file, from, &self.folder, &self.writer, now)?;
            file.set_len(from)?;
        }
        file.seek(SeekFrom::Start(from))?;
        file.write_all(&meant.text.as_bytes()[same..])?;
        file.sync_data()
    }
}

/// Returns how many bytes of lines stand in their place already, where they were begun and are not
/// all there; none where there is nothing to complete.
fn standing(file: &File, meant: &Meant, start: Id) -> io::Result<Option<usize>> {
    let length = file.metadata()?.len();
    if length <= meant.offset {
        return Ok(None);
    }
    let Some(above) = id_above(file, meant, start)? else {
        return Ok(None);
    };
    let text = meant.text.as_bytes();
    let stands = tail::bytes(file, meant.offset, length)?;
    let pairs = stands.iter().zip(text);
    let same = pairs.take_while(|(one, other)| one == other).count();
    if same == text.len() || has_other_record(&stands, meant, above) {
        return Ok(None);
    }
    match stands.len() > same {
        // Aside go whole lines, never the half of one.
        true => {
            let end = text[..same].iter().rposition(|byte| *byte == b'\n');
            Ok(Some(end.map_or(0, |at| at + 1)))
        }
        false => Ok(Some(same)),
    }
}

/// Returns the id above the first of the lines, where that follows from it.
fn id_above(file: &File, meant: &Meant, start: Id) -> io::Result<Option<Id>> {
    let is_header = |text: &&str| text.trim_start_matches('\u{feff}') == line::HEADER;
    let first = meant.text.lines().find(|text| !is_header(text));
    let Some(Ok(first)) = first.map(|text| line::read(text.as_bytes())) else {
        return Ok(None);
    };
    let above = match first.seq {
        1 => Some(start),
        _ => tail::Backwards::before(file, meant.offset)
            .next_line()?
            .and_then(|line| tail::id_of(&line)),
    };
    Ok(above.filter(|above| chain::next(*above, &first.body()) == first.id))
}

/// Tells whether a record stands there that is none of the lines and follows from the one above it:
/// the file went on without them.
fn has_other_record(stands: &[u8], meant: &Meant, above: Id) -> bool {
    let mut above = Some(above);
    let mut whole = stands.split_inclusive(|byte| *byte == b'\n');
    whole.any(|found| {
        let Some(line) = found.strip_suffix(b"\n") else {
            return false;
        };
        let from = std::mem::replace(&mut above, tail::id_of(line));
        let follows = match (from, line::read(line)) {
            (Some(from), Ok(record)) => chain::next(from, &record.body()) == record.id,
            (Some(_) | None, Ok(_) | Err(_)) => false,
        };
        follows && meant.text.lines().all(|of| of.as_bytes() != line)
    })
}
