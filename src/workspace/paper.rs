//! Writing a paper whole or not at all: a file of its own beside the place, synced, then moved there.

use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use std::fs;
use std::fs::File;
use std::fs::Metadata;
use std::fs::OpenOptions;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// What to do with a paper that stands there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// Leave it and refuse.
    Refuse,
    /// Put the new one in its place.
    Force,
}

/// Writes a paper; what stood there stays whole until the new one is.
///
/// A link is followed, so that the paper it names is replaced and the link stays.
pub fn write_paper(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<()> {
    let standing = match fs::symlink_metadata(path) {
        Ok(found) => Some(found),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(cannot_write(path, error)),
    };
    match (overwrite, standing) {
        (Overwrite::Refuse, Some(_)) => Err(would_overwrite(path)),
        (Overwrite::Refuse, None) => put_where_nothing_is(path, bytes),
        (Overwrite::Force, None) => replace(path, bytes).map_err(|error| cannot_write(path, error)),
        (Overwrite::Force, Some(_)) => {
            let real = fs::canonicalize(path).map_err(|error| cannot_write(path, error))?;
            let is_file = fs::metadata(&real).is_ok_and(|found| found.is_file());
            if !is_file {
                return Err(Failure::refused(failures::not_a_file(path.display())));
            }
            replace(&real, bytes).map_err(|error| cannot_write(path, error))
        }
    }
}

/// Refuses where a paper may not be written because one stands there; asked for all of several
/// papers before the first is written.
pub fn refuse_standing(path: &Path, overwrite: Overwrite) -> Result<()> {
    let stands = fs::symlink_metadata(path).is_ok();
    match (overwrite, stands) {
        (Overwrite::Refuse, true) => Err(would_overwrite(path)),
        (Overwrite::Refuse, false) | (Overwrite::Force, _) => Ok(()),
    }
}

/// Makes a folder for papers, unless it is there.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| cannot_write(path, error))
}

/// Puts bytes in the place of a file and waits for the disk.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (part, file) = write_part(path, bytes)?;
    let done = file
        .sync_all()
        .and_then(|()| keep_permissions(path, &part))
        .and_then(|()| fs::rename(&part, path))
        .and_then(|()| sync_folder(folder_of(path)));
    clear_after(done, &part)
}

/// Puts bytes in the place of a file, whole or not at all, without waiting for the disk.
pub(crate) fn replace_unsynced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (part, _) = write_part(path, bytes)?;
    clear_after(fs::rename(&part, path), &part)
}

/// Writes a small file where none stands yet, whole or not at all, and waits for the disk.
pub(crate) fn create_if_absent(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            let written = file.write_all(bytes).and_then(|()| file.sync_all());
            clear_after(written, path)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Tells whether two looks at a path saw the same file.
#[cfg(unix)]
pub(crate) fn is_same_file(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.dev() == other.dev() && one.ino() == other.ino()
}

/// Tells whether two looks at a path saw the same file, as far as this system says.
#[cfg(not(unix))]
pub(crate) fn is_same_file(one: &Metadata, other: &Metadata) -> bool {
    one.is_file() == other.is_file() && one.created().ok() == other.created().ok()
}

/// Waits until the disk has the names in a folder; Windows does so by itself.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(folder)?.sync_all(),
        false => Ok(()),
    }
}

/// Moves a new file to a place only while nothing stands there.
fn put_where_nothing_is(path: &Path, bytes: &[u8]) -> Result<()> {
    create(path, bytes).map_err(|uncreated| match uncreated {
        Uncreated::Not(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            would_overwrite(path)
        }
        Uncreated::Not(error) | Uncreated::Unconfirmed(error) => cannot_write(path, error),
    })
}

/// Why a new file is not there for certain.
#[derive(Debug)]
pub(crate) enum Uncreated {
    /// It is not there.
    Not(io::Error),
    /// It is there whole, and the disk did not confirm its name.
    Unconfirmed(io::Error),
}

/// Creates a file where none stands, whole or not at all, and waits for the disk.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> std::result::Result<(), Uncreated> {
    let (part, file) = write_part(path, bytes).map_err(Uncreated::Not)?;
    clear_after(file.sync_all(), &part).map_err(Uncreated::Not)?;
    match fs::hard_link(&part, path) {
        // What remains of the part is a second name of the same file, and in nobody's way.
        Ok(()) => drop(fs::remove_file(&part)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return clear_after(Err(error), &part).map_err(Uncreated::Not);
        }
        // Some file systems know no second names; there the check before has to do.
        Err(_) => clear_after(fs::rename(&part, path), &part).map_err(Uncreated::Not)?,
    }
    sync_folder(folder_of(path)).map_err(Uncreated::Unconfirmed)
}

/// Writes bytes to a new file beside the place that they are meant for.
fn write_part(path: &Path, bytes: &[u8]) -> io::Result<(PathBuf, File)> {
    let name = path
        .file_name()
        .ok_or(io::ErrorKind::IsADirectory)?
        .to_owned();
    let mut number = 0u32;
    loop {
        let mut part = std::ffi::OsString::from(".");
        part.push(&name);
        part.push(format!(".{number}.part"));
        let part = folder_of(path).join(part);
        match OpenOptions::new().write(true).create_new(true).open(&part) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
            Ok(mut file) => {
                let written = file.write_all(bytes);
                return clear_after(written, &part).map(|()| (part, file));
            }
        }
    }
}

/// Removes the part where something failed, and passes the failure on.
fn clear_after(done: io::Result<()>, part: &Path) -> io::Result<()> {
    if done.is_err() {
        let _ = fs::remove_file(part);
    }
    done
}

/// Gives the new file the permissions of the one it replaces.
fn keep_permissions(old: &Path, new: &Path) -> io::Result<()> {
    match fs::metadata(old) {
        Ok(found) => fs::set_permissions(new, found.permissions()),
        Err(_) => Ok(()),
    }
}

/// Returns the folder a file is in; `.` where only its name is given.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => Path::new("."),
    }
}

fn would_overwrite(path: &Path) -> Failure {
    Failure::refused(failures::would_overwrite(path.display()))
        .help(failures::force_or_other_name())
}

fn cannot_write(path: &Path, error: io::Error) -> Failure {
    let failure = Failure::refused(failures::cannot_write(path.display()));
    match is_held_open(&error) {
        true => failure.cause(error).help(failures::close_it_first()),
        false => failure.cause(error),
    }
}

/// Tells whether another program holds the file open; Windows says 32 or 33 then.
pub(crate) fn is_held_open(error: &io::Error) -> bool {
    let is_shared = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    is_shared
        || matches!(
            error.kind(),
            io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
        )
}
