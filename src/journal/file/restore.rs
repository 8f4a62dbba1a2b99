//! Puts a restored file in the place of a damaged one, with the old bytes kept beside it.

use crate::calendar::Instant;
use crate::failure::Result;
use crate::journal::Id;
use crate::journal::file::DeskPlaces;
use crate::journal::file::cannot_write;
use crate::journal::file::is_plain_or_absent;
use crate::journal::file::lock::Lock;
use crate::journal::file::mend;
use crate::journal::repair;
use crate::journal::repair::Mended;
use crate::journal::repair::Tail;
use crate::journal::writer::Writer;
use crate::workspace::paper;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// What was restored and where the old bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restoration {
    /// What came of the file.
    pub mended: Mended,
    /// Whether the file is another one now, or would be.
    pub change: Change,
    /// The files that keep old bytes: the whole file, the torn end.
    pub kept: Vec<PathBuf>,
}

/// Whether there is anything to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The file is as it should be, or nothing of it can be proved.
    None,
    /// Some bytes become others.
    Some,
}

/// Tells what would be restored, and writes nothing.
pub fn look(path: &Path, start: Id, tail: Tail) -> io::Result<Restoration> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    let mended = repair::mend(&bytes, start, tail);
    Ok(Restoration {
        change: match mended.differs_from(&bytes) {
            true => Change::Some,
            false => Change::None,
        },
        mended,
        kept: Vec::new(),
    })
}

/// Restores a file under its writer's lock: the old bytes are copied first, then it is replaced whole.
///
/// A kill at any moment leaves the old file or the new one, and never less than one whole copy.
pub fn restore(
    path: &Path,
    writer: &Writer,
    start: Id,
    tail: Tail,
    places: &DeskPlaces<'_>,
    now: Instant,
) -> Result<Restoration> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let failed = |error| cannot_write(path, error);
    is_plain_or_absent(path).map_err(failed)?;
    // A file that is well needs no lock, which would leave a trace beside every file.
    let seen = look(path, start, tail).map_err(failed)?;
    if seen.change == Change::None {
        return Ok(seen);
    }
    let _lock = Lock::take(folder, writer, places)?;
    let mut done = look(path, start, tail).map_err(failed)?;
    if done.change == Change::None {
        return Ok(done);
    }
    done.kept = keep(path, folder, writer, &done.mended, now).map_err(failed)?;
    paper::replace(path, &done.mended.bytes).map_err(failed)?;
    Ok(done)
}

/// Copies the whole file aside, and its torn end where that is cut.
fn keep(
    path: &Path,
    folder: &Path,
    writer: &Writer,
    mended: &Mended,
    now: Instant,
) -> io::Result<Vec<PathBuf>> {
    let file = File::open(path)?;
    let mut kept = vec![mend::copy_whole(&file, folder, writer, now)?];
    if let Some(from) = mended.cut {
        kept.push(mend::copy_aside(&file, from, folder, writer, now)?);
    }
    Ok(kept)
}
