//! What a desk does with the end of its file before it may append (contract §1.2, A bad tail).
//!
//! Nothing is invented and no byte is thrown away: a whole record gets its line end, other bytes are
//! copied aside before they are cut, and anything else is refused.

use crate::calendar::Instant;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Head;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::file::Desk;
use crate::journal::file::cannot_write;
use crate::journal::file::lost_mark;
use crate::journal::file::tail;
use crate::journal::file::tail::Ending;
use crate::journal::file::tail::Last;
use crate::journal::file::tail::Trouble;
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

impl Desk {
    /// Refuses a file that was copied from another writer's: what is appended there is never read.
    pub(super) fn refuse_copy(&self, plan_id: &str) -> Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let start = chain::start(plan_id, self.writer.as_str());
        let others = other_starts(&self.folder, plan_id, &self.writer)
            .map_err(|error| self.unreadable(error))?;
        let is_copy = tail::is_copy(file, self.length, start, &others)
            .map_err(|error| self.unreadable(error))?;
        match is_copy {
            true => Err(
                Failure::refused(failures::copied_from_another(self.path.display()))
                    .help(failures::verify_then_repair()),
            ),
            false => Ok(()),
        }
    }

    /// Reads the end of the file and mends it where that is proven to be right.
    pub(super) fn read_tail(&mut self, now: Instant) -> Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let length = file
            .metadata()
            .map_err(|error| self.unreadable(error))?
            .len();
        let tail = tail::read(file, length, self.head.id)
            .map_err(|trouble| refusal(&self.path, trouble))?;
        if let Some(last) = tail.last {
            self.stand_on(last);
        }
        self.length = length;
        match tail.ending {
            Ending::Clean => {}
            Ending::BareHeader => self.add_line_end()?,
            Ending::BareRecord(last) => {
                self.add_line_end()?;
                self.stand_on(last);
                let name = self.name(self.head.seq);
                self.notices.push(failures::line_end_added(name));
            }
            Ending::Torn(from) => self.set_aside(from, now)?,
        }
        if self.length > 0 {
            self.notices.extend(lost_mark(tail.mark, &self.path));
        }
        Ok(())
    }

    fn stand_on(&mut self, last: Last) {
        self.head = Head {
            seq: last.head.seq,
            id: last.head.id,
        };
        self.last_at = Some(last.recorded_at);
    }

    /// Ends the last line, which lacks nothing else.
    fn add_line_end(&mut self) -> Result<()> {
        let Some(mut file) = self.file.as_ref() else {
            return Ok(());
        };
        let added = file
            .seek(SeekFrom::Start(self.length))
            .and_then(|_| file.write_all(b"\n"))
            .and_then(|()| file.sync_data());
        added.map_err(|error| cannot_write(&self.path, error))?;
        self.length += 1;
        Ok(())
    }

    /// Copies the bytes from an offset on to a file of their own, then cuts them off.
    fn set_aside(&mut self, from: u64, now: Instant) -> Result<()> {
        let Some(file) = self.file.as_ref() else {
            return Ok(());
        };
        let aside = copy_aside(file, from, &self.folder, &self.writer, now)
            .map_err(|error| cannot_write(&self.folder, error))?;
        file.set_len(from)
            .and_then(|()| file.sync_data())
            .map_err(|error| cannot_write(&self.path, error))?;
        let name = aside.file_name().unwrap_or_default().display();
        let count = self.length - from;
        self.notices
            .push(failures::torn_set_aside(self.path.display(), count, name));
        self.length = from;
        Ok(())
    }
}

/// Returns the starts of the chains of the other writers in a folder.
fn other_starts(folder: &Path, plan_id: &str, writer: &Writer) -> io::Result<Vec<Id>> {
    let mut starts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().to_lowercase();
        let other = name.strip_suffix(".csv").and_then(Writer::parse);
        if let Some(other) = other.filter(|other| other != writer) {
            starts.push(chain::start(plan_id, other.as_str()));
        }
    }
    Ok(starts)
}

/// Copies the end of a file to `<writer>.torn-<offset>-<time>` and waits for the disk.
pub(super) fn copy_aside(
    file: &File,
    from: u64,
    folder: &Path,
    writer: &Writer,
    now: Instant,
) -> io::Result<PathBuf> {
    let stem = format!("{writer}.torn-{from}-{}", stamp(now));
    copy_from(file, from, folder, &stem)
}

/// Copies a whole file to `<writer>.before-repair-<time>` and waits for the disk.
pub(super) fn copy_whole(
    file: &File,
    folder: &Path,
    writer: &Writer,
    now: Instant,
) -> io::Result<PathBuf> {
    let stem = format!("{writer}.before-repair-{}", stamp(now));
    copy_from(file, 0, folder, &stem)
}

/// Returns an instant as it stands in the name of a file.
fn stamp(now: Instant) -> String {
    let time = now.to_string();
    time.chars()
        .take(19)
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

fn copy_from(mut file: &File, from: u64, folder: &Path, stem: &str) -> io::Result<PathBuf> {
    let (path, mut copy) = create_numbered(folder, stem)?;
    file.seek(SeekFrom::Start(from))?;
    io::copy(&mut file, &mut copy)?;
    copy.sync_all()?;
    paper::sync_folder(folder)?;
    Ok(path)
}

/// Creates a file under a name that is free.
fn create_numbered(folder: &Path, stem: &str) -> io::Result<(PathBuf, File)> {
    let mut number = 1u32;
    loop {
        let name = match number {
            1 => stem.to_owned(),
            number => format!("{stem}-{number}"),
        };
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
            Ok(file) => return Ok((path, file)),
        }
    }
}

/// Says why nothing may be appended, and what to type.
fn refusal(path: &Path, trouble: Trouble) -> Failure {
    let shown = path.display();
    match trouble {
        Trouble::NotAJournal => {
            Failure::refused(failures::no_header(shown)).help(failures::repair())
        }
        Trouble::Form => Failure::refused(failures::form_changed(shown)).help(failures::repair()),
        Trouble::Damaged => Failure::refused(failures::last_line_damaged(shown))
            .help(failures::verify_then_repair()),
        Trouble::Machine(error) => Failure::unreadable(failures::cannot_read(shown)).cause(error),
    }
}
