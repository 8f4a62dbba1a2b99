//! What lies in a journal folder: the writers' files, what is left unread and why, torn tails.
//!
//! Looks at names only; the scanner reads the files.

use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::fork;
use crate::journal::writer::Writer;
use crate::lang::failures;
use crate::workspace::JournalPlace;
use crate::workspace::cannot_read;
use std::collections::BTreeMap;
use std::fs;
use std::fs::File;
use std::fs::FileType;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// One writer's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name in the folder, `yjb-li.csv`.
    pub name: String,
    /// Whose it is.
    pub writer: Writer,
}

/// A file with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalBytes {
    /// Which file.
    pub file: JournalFile,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A `.csv` that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Its name in the folder.
    pub name: String,
    /// Why.
    pub why: StrayWhy,
}

/// Why a `.csv` is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StrayWhy {
    /// Its stem is no writer's name.
    NoWriter,
    /// Its name differs in case only from the one that is read.
    CaseTwin(String),
    /// It is a link, a folder or a device.
    NoFile,
}

/// What lies in a journal folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The writers' files, sorted by writer.
    pub files: Vec<JournalFile>,
    /// What is not read, sorted by name.
    pub strays: Vec<Stray>,
    /// Torn tails that were set aside, sorted by name.
    pub torn: Vec<String>,
    /// Kept sides of forks, with their writers, sorted by name.
    pub forks: Vec<(PathBuf, Writer)>,
}

impl JournalFile {
    /// Opens the file for reading.
    pub fn open(&self) -> Result<File> {
        File::open(&self.path).map_err(|error| cannot_read(&self.path, error))
    }

    /// Reads the whole file.
    pub fn read(self) -> Result<JournalBytes> {
        let bytes = fs::read(&self.path).map_err(|error| cannot_read(&self.path, error))?;
        Ok(JournalBytes { file: self, bytes })
    }
}

/// Lists a journal; a folder that does not exist yet holds nothing.
pub fn list(place: &JournalPlace) -> Result<Listing> {
    match place {
        JournalPlace::File(path) => single(path),
        JournalPlace::Folder(folder) => match entries(folder) {
            Ok(entries) => Ok(sort_out(folder, &entries)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Listing::default()),
            Err(error) => Err(cannot_read(folder, error)),
        },
    }
}

/// Lists a journal and reads every file of it.
pub fn read(place: &JournalPlace) -> Result<(Vec<JournalBytes>, Listing)> {
    let listing = list(place)?;
    let files = listing.files.iter().cloned().map(JournalFile::read);
    Ok((files.collect::<Result<_>>()?, listing))
}

/// Lists the one file that was named.
fn single(path: &Path) -> Result<Listing> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match writer_of(&name) {
        Some(writer) => Ok(Listing {
            files: vec![JournalFile {
                path: path.to_owned(),
                name: name.into_owned(),
                writer,
            }],
            ..Listing::default()
        }),
        None => Err(
            Failure::unreadable(failures::stem_no_writer(path.display()))
                .help(failures::writer_form()),
        ),
    }
}

/// Returns what lies in a folder, sorted by name.
fn entries(folder: &Path) -> io::Result<BTreeMap<String, (PathBuf, FileType)>> {
    fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, (entry.path(), entry.file_type()?)))
        })
        .collect()
}

/// Sorts out which files are read.
fn sort_out(folder: &Path, entries: &BTreeMap<String, (PathBuf, FileType)>) -> Listing {
    let mut listing = Listing::default();
    let mut candidates: BTreeMap<Writer, Vec<&String>> = BTreeMap::new();
    for (name, (path, kind)) in entries {
        if let Some(writer) = fork::writer_of(name).filter(|_| kind.is_file()) {
            listing.forks.push((path.clone(), writer));
        }
        if is_torn(name) {
            listing.torn.push(name.clone());
        }
        if !has_csv_ending(name) {
            continue;
        }
        match writer_of(name) {
            Some(writer) if kind.is_file() => candidates.entry(writer).or_default().push(name),
            Some(_) => listing.strays.push(stray(name, StrayWhy::NoFile)),
            None => listing.strays.push(stray(name, StrayWhy::NoWriter)),
        }
    }
    for (writer, names) in candidates {
        let chosen = names
            .iter()
            .position(|name| name.ends_with(".csv"))
            .unwrap_or(0);
        for (at, name) in names.iter().enumerate() {
            match at == chosen {
                true => listing.files.push(JournalFile {
                    path: folder.join(name),
                    name: (*name).clone(),
                    writer: writer.clone(),
                }),
                false => {
                    let why = StrayWhy::CaseTwin(names[chosen].clone());
                    listing.strays.push(stray(name, why));
                }
            }
        }
    }
    listing.strays.sort_by(|a, b| a.name.cmp(&b.name));
    listing
}

fn stray(name: &str, why: StrayWhy) -> Stray {
    Stray {
        name: name.to_owned(),
        why,
    }
}

/// Tells whether a name ends in `.csv`, compared without case.
fn has_csv_ending(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"))
}

/// Returns whose file a name is, or `None` where its stem is no writer's name.
fn writer_of(name: &str) -> Option<Writer> {
    let (stem, ending) = name.rsplit_once('.')?;
    match ending.eq_ignore_ascii_case("csv") {
        true => Writer::parse(stem),
        false => None,
    }
}

/// Tells whether a name is that of a torn tail: `<writer>.torn-<offset>-<time>`.
fn is_torn(name: &str) -> bool {
    name.split_once(".torn-")
        .is_some_and(|(stem, _)| Writer::parse(stem).is_some())
}
