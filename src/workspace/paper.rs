//! Writing a paper whole or not at all: a file of its own beside the place, synced, then moved there.

use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use std::fs;
use std::fs::File;
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

/// Refuses before anything is written where one of several papers stands there already.
pub fn refuse_standing(paths: &[PathBuf]) -> Result<()> {
    let standing = paths.iter().find(|path| fs::symlink_metadata(path).is_ok());
    match standing {
        Some(path) => Err(would_overwrite(path)),
        None => Ok(()),
    }
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

/// Writes a small file where none stands yet, and waits for the disk.
pub(crate) fn create_if_absent(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(bytes)?;
            file.sync_all()
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
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
    let (part, file) = write_part(path, bytes).map_err(|error| cannot_write(path, error))?;
    let synced = file.sync_all();
    clear_after(synced, &part).map_err(|error| cannot_write(path, error))?;
    let moved = match fs::hard_link(&part, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let _ = fs::remove_file(&part);
            return Err(would_overwrite(path));
        }
        Ok(()) => fs::remove_file(&part),
        // Some file systems know no second names; there the check before has to do.
        Err(_) => fs::rename(&part, path),
    };
    let done = moved.and_then(|()| sync_folder(folder_of(path)));
    clear_after(done, &part).map_err(|error| cannot_write(path, error))
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
