//! The lock of a writer: one window at a time appends to a file.
//!
//! A file of its own is locked, never the journal, which others must be able to read meanwhile.

use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::chain;
use crate::journal::file::DeskPlaces;
use crate::journal::file::is_plain_or_absent;
use crate::journal::file::make_folder;
use crate::journal::writer::Writer;
use crate::lang::failures;
use crate::workspace::paper;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

/// How long to wait before the lock is tried again.
const INTERVAL: Duration = Duration::from_millis(50);

/// How often it is tried: ten seconds in all.
const TRIES: u32 = 200;

/// How much of the note about the holder is shown.
const LONGEST_NOTE: usize = 120;

/// The lock, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    /// The open file that holds it.
    _file: File,
    /// Its path.
    path: PathBuf,
    /// The note that says who holds it.
    note: PathBuf,
}

/// What came of trying for a lock.
enum Tried {
    /// It is held now.
    Held(Lock),
    /// The file system knows no locks.
    Unsupported,
}

impl Lock {
    /// Takes the writer's lock, waiting for a window that holds it.
    pub(super) fn take(folder: &Path, writer: &Writer, places: &DeskPlaces) -> Result<Lock> {
        if let Tried::Held(lock) = try_in(folder, writer.as_str(), writer, places)? {
            return Ok(lock);
        }
        let Some(state) = places.state else {
            return Err(Failure::refused(failures::no_locks_here(folder.display())));
        };
        let locks = state.join("locks");
        fs::create_dir_all(&locks).map_err(|error| cannot_lock(&locks, error))?;
        match try_in(&locks, &key(folder, writer), writer, places)? {
            Tried::Held(lock) => Ok(lock),
            Tried::Unsupported => Err(Failure::refused(failures::no_locks_here(locks.display()))),
        }
    }
}

impl Lock {
    /// Takes away the file that is locked: nobody wrote anything beside it.
    ///
    /// Who waits for it finds out that it is gone and begins anew.
    pub(super) fn vanish(&self) {
        let _ = fs::remove_file(&self.note);
        let _ = fs::remove_file(&self.path);
    }
}

/// Returns the name of a lock that stands for a file elsewhere.
fn key(folder: &Path, writer: &Writer) -> String {
    let digest = chain::sha256(folder.as_os_str().as_encoded_bytes());
    format!("{writer}-{}", &digest[..16])
}

/// Tries for a lock by its name in a folder until it is had or the patience ends.
fn try_in(folder: &Path, name: &str, writer: &Writer, places: &DeskPlaces) -> Result<Tried> {
    let path = folder.join(format!("{name}.lock"));
    let note = folder.join(format!("{name}.lock-by"));
    let mut file = open_in(folder, &path)?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) if is_still_there(&file, &path) => {
                leave_note(&note, places.who);
                return Ok(Tried::Held(Lock {
                    _file: file,
                    path,
                    note,
                }));
            }
            // Who held it wrote nothing and took it away.
            Ok(()) => file = open_in(folder, &path)?,
            Err(TryLockError::WouldBlock) => (places.pause)(INTERVAL),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) if is_unsupported(&error) => {
                return Ok(Tried::Unsupported);
            }
            Err(TryLockError::Error(error)) => return Err(cannot_lock(&path, error)),
        }
    }
    let message = match holder(&note) {
        Some(who) => failures::writer_busy_by(writer, who),
        None => failures::writer_busy(writer),
    };
    Err(Failure::refused(message).help(failures::close_other_window()))
}

/// Opens the file that is to be locked, in a folder that may go away with the lock of another.
fn open_in(folder: &Path, path: &Path) -> Result<File> {
    let again = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => make_folder(folder).and_then(|_| open(path)),
        _ => Err(error),
    };
    open(path)
        .or_else(again)
        .map_err(|error| cannot_lock(path, error))
}

/// Tells whether a path still names an open file.
fn is_still_there(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => paper::is_same_file(&held, &named),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => false,
    }
}

fn open(path: &Path) -> io::Result<File> {
    is_plain_or_absent(path)?;
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// Says who holds the lock, for those who wait; without the note the lock holds as well.
fn leave_note(note: &Path, who: &str) {
    if is_plain_or_absent(note).is_ok() {
        let _ = fs::write(note, who);
    }
}

/// Returns who holds the lock, fit to be shown.
fn holder(note: &Path) -> Option<String> {
    is_plain_or_absent(note).ok()?;
    let text = String::from_utf8(fs::read(note).ok()?).ok()?;
    let line = text.lines().next()?;
    let shown: String = line
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST_NOTE)
        .collect();
    (!shown.is_empty()).then_some(shown)
}

/// Tells whether the file system cannot lock; Linux says ENOLCK (37) on some network shares.
fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
        || (cfg!(target_os = "linux") && error.raw_os_error() == Some(37))
}

fn cannot_lock(path: &Path, error: io::Error) -> Failure {
    Failure::refused(failures::cannot_lock(path.display())).cause(error)
}

impl Drop for Lock {
    /// Takes the note away while the lock is still held, so that no other's note is taken.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.note);
    }
}
