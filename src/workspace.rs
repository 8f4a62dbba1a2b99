//! Where plan, journal, evidence, config and state lie, and how papers are written.
//!
//! Asks neither clock nor environment: what those say is handed in. Reads bytes, never their meaning,
//! but for a look at which plan covers which days.

pub mod config;
pub mod home;
pub mod journals;
pub mod paper;
pub mod search;
pub mod tree;

use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// The largest plan that is read, in bytes.
pub const LARGEST_PLAN: u64 = 4 << 20;

/// What belongs to one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The plan.
    pub plan: PathBuf,
    /// Its journal.
    pub journal: JournalPlace,
    /// The folder of its evidence, which need not exist.
    pub evidence: PathBuf,
}

/// Where a journal lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalPlace {
    /// In a folder, which need not exist yet.
    Folder(PathBuf),
    /// In a single file of a folder.
    File(PathBuf),
}

impl JournalPlace {
    /// Returns the folder that the writers' files are in.
    pub fn folder(&self) -> &Path {
        match self {
            JournalPlace::Folder(folder) => folder,
            JournalPlace::File(file) => match file.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent,
                Some(_) | None => Path::new("."),
            },
        }
    }
}

impl Places {
    /// Returns what stands beside a plan, under its name.
    pub fn beside(plan: &Path) -> Places {
        Places {
            plan: plan.to_owned(),
            journal: JournalPlace::Folder(plan.with_extension("journal")),
            evidence: plan.with_extension("evidence"),
        }
    }

    /// Takes a journal that was named (`--journal`): a folder or one `.csv`, which must exist.
    pub fn with_journal(self, named: &Path) -> Result<Places> {
        let found = fs::metadata(named).map_err(|error| cannot_read(named, error))?;
        let is_csv = named
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let journal = match (found.is_dir(), found.is_file() && is_csv) {
            (true, _) => JournalPlace::Folder(named.to_owned()),
            (false, true) => JournalPlace::File(named.to_owned()),
            (false, false) => {
                let message = failures::no_journal_place(named.display());
                return Err(Failure::unreadable(message));
            }
        };
        Ok(Places { journal, ..self })
    }
}

/// Reads a plan as text.
pub fn read_plan(path: &Path) -> Result<String> {
    utf8(path, read(path, LARGEST_PLAN)?)
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..good];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::unreadable(failures::not_utf8(path.display(), line)).help(failures::save_as_utf8())
    })
}

/// Reads a plain file of at most `most` bytes.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>> {
    let bytes = read_first(path, most + 1)?;
    match bytes.len() as u64 > most {
        true => Err(Failure::unreadable(failures::too_large(
            path.display(),
            most >> 10,
        ))),
        false => Ok(bytes),
    }
}

/// Reads a text that an office may keep beside its plan; `None` where there is none.
pub fn read_text_if_there(path: &Path, most: u64) -> Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Ok(_) => read_text(path, most).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot_read(path, error)),
    }
}

/// Reads a text of at most `most` bytes, without the byte order mark that an editor may have put.
pub fn read_text(path: &Path, most: u64) -> Result<String> {
    let text = utf8(path, read(path, most)?)?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Reads the first bytes of a plain file, `most` of them where it has more.
pub fn read_first(path: &Path, most: u64) -> Result<Vec<u8>> {
    let failed = |error| cannot_read(path, error);
    let found = fs::metadata(path).map_err(failed)?;
    if found.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if !found.is_file() {
        return Err(Failure::unreadable(failures::not_a_file(path.display())));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Lists the plain files of a folder whose names end in an extension, by name; `None` of what is no
/// folder. What office programs leave beside an open file (`~$…`, `.~lock…`) is not among them.
pub fn files_in(path: &Path, extension: &str) -> Result<Option<Vec<PathBuf>>> {
    let failed = |error| cannot_read(path, error);
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_left_over = name.starts_with("~$") || name.starts_with('.');
        let has_it = Path::new(&name)
            .extension()
            .is_some_and(|of| of.eq_ignore_ascii_case(extension));
        if has_it && !is_left_over && entry.path().is_file() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(Some(found))
}

/// Returns a path as it is shown: from a folder on, with `/`, where it lies near.
pub fn shown(path: &Path, from: &Path) -> String {
    /// How many folders up still reads better than the whole path.
    const NEAR: usize = 3;
    for (up, folder) in from.ancestors().take(NEAR + 1).enumerate() {
        if let Ok(rest) = path.strip_prefix(folder) {
            let rest = rest.display().to_string().replace('\\', "/");
            return format!("{}{rest}", "../".repeat(up));
        }
    }
    path.display().to_string()
}

fn cannot_read(path: &Path, error: io::Error) -> Failure {
    Failure::unreadable(failures::cannot_read(path.display())).cause(error)
}
