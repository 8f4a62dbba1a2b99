//! Evidence: files that prove entries, copied in beside the plan and named by path and hash.
//!
//! A copy never overwrites and never leaves its folder; a reference is checked against the bytes.

pub mod name;

use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::chain;
use crate::lang::failures;
use crate::workspace::paper;
use crate::workspace::paper::is_same_file;
use sha2::Digest;
use sha2::Sha256;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// A file that lies in the evidence folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// How an entry names it: `path#sha256`.
    pub reference: String,
    /// Its path below the evidence folder.
    pub path: String,
    /// How many bytes it has.
    pub size: u64,
}

/// What is wrong with one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceProblem {
    /// The path, or the whole reference where it is badly written.
    pub path: String,
    /// What is wrong.
    pub what: Wrong,
}

/// What can be wrong with a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is not `path#sha256`.
    BadlyWritten,
    /// It names a place outside the evidence folder, or a name that some machines read otherwise.
    Outside,
    /// No such file.
    Missing,
    /// The bytes are not those that were attached.
    Changed,
    /// A link, a folder or a device stands there.
    NotAFile,
    /// The machine could not read it.
    Unreadable,
}

/// One `path#sha256`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'f> {
    /// The path below the evidence folder.
    pub path: &'f str,
    /// The hash of its bytes, 64 hex digits.
    pub sha256: &'f str,
}

impl Reference<'_> {
    /// Reads one reference.
    pub fn parse(text: &str) -> Option<Reference<'_>> {
        let (path, sha256) = text.rsplit_once('#')?;
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_hash = sha256.len() == 64 && sha256.bytes().all(is_hex);
        (is_hash && !path.is_empty()).then_some(Reference { path, sha256 })
    }
}

/// Tells whether a file can be attached, before anything is copied.
pub fn look(source: &Path) -> Result<()> {
    open_source(source).map(drop)
}

/// Copies a file into the evidence folder and returns how entries name it.
///
/// The name is the file's own with a part of its hash. The same bytes are kept once, under the name
/// they came with first.
pub fn store(folder: &Path, source: &Path) -> Result<Stored> {
    let mut file = open_source(source)?;
    let (sha256, size) = hash(&mut file).map_err(|error| cannot_read(source, error))?;
    let wanted = match source.file_name() {
        Some(own) => name::safe(&own.to_string_lossy()),
        None => return Err(not_attachable(source)),
    };
    make_folder(folder)?;
    keep_from_git(folder)?;
    let name = match place_for(folder, &wanted, &sha256, size)? {
        Place::There(name) => name,
        Place::Free(name) => {
            file.rewind().map_err(|error| cannot_read(source, error))?;
            copy_in(folder, &name, &mut file, source, &sha256)?;
            name
        }
    };
    Ok(stored(name, &sha256, size))
}

/// Keeps the plan that a seal saw, as `sealed/<period>-<sha8>.toml`.
pub fn keep_plan(folder: &Path, period: &str, plan: &[u8]) -> Result<Stored> {
    let sha256 = chain::sha256(plan);
    let sealed = folder.join(name::SEALED);
    make_folder(folder)?;
    keep_from_git(folder)?;
    make_folder(&sealed)?;
    let name = format!("{period}-{}.toml", &sha256[..8]);
    let path = sealed.join(&name);
    let stands = fs::read(&path).is_ok_and(|bytes| bytes == plan);
    if !stands {
        paper::write_paper(&path, plan, paper::Overwrite::Refuse)?;
    }
    let size = plan.len() as u64;
    Ok(stored(format!("{}/{name}", name::SEALED), &sha256, size))
}

/// Checks every reference of an entry's evidence field against the files.
pub fn check(folder: &Path, field: &str) -> Vec<EvidenceProblem> {
    let references = field.split('|').filter(|_| !field.is_empty());
    let problem = |path: &str, what| EvidenceProblem {
        path: path.to_owned(),
        what,
    };
    references
        .filter_map(|text| match Reference::parse(text) {
            None => Some(problem(text, Wrong::BadlyWritten)),
            Some(reference) => {
                let read = read_named(folder, reference.path, &mut io::sink());
                let what = match read {
                    Ok(sha256) if sha256 == reference.sha256 => return None,
                    Ok(_) => Wrong::Changed,
                    Err(what) => what,
                };
                Some(problem(reference.path, what))
            }
        })
        .collect()
}

/// Returns the bytes that a reference names, where they are still those.
pub fn read(folder: &Path, reference: Reference<'_>) -> std::result::Result<Vec<u8>, Wrong> {
    let mut bytes = Vec::new();
    match read_named(folder, reference.path, &mut bytes)? == reference.sha256 {
        true => Ok(bytes),
        false => Err(Wrong::Changed),
    }
}

/// Returns how many bytes the file has that a reference names, where it can be looked at.
pub fn size(folder: &Path, reference: Reference<'_>) -> Option<u64> {
    let found = fs::symlink_metadata(folder.join(reference.path)).ok()?;
    let is_plain = name::is_safe_path(reference.path) && found.is_file();
    is_plain.then_some(found.len())
}

fn stored(path: String, sha256: &str, size: u64) -> Stored {
    Stored {
        reference: format!("{path}#{sha256}"),
        path,
        size,
    }
}

/// Copies a file that a reference names and returns its hash. No link on the way is followed.
fn read_named(
    folder: &Path,
    path: &str,
    to: &mut impl Write,
) -> std::result::Result<String, Wrong> {
    if !name::is_safe_path(path) {
        return Err(Wrong::Outside);
    }
    let mut full = folder.to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    for (at, part) in parts.iter().enumerate() {
        full.push(part);
        let found = fs::symlink_metadata(&full).map_err(wrong)?;
        let is_right = match at + 1 == parts.len() {
            true => found.is_file(),
            false => found.is_dir(),
        };
        if !is_right {
            return Err(Wrong::NotAFile);
        }
    }
    let mut file = File::open(&full).map_err(wrong)?;
    if !file.metadata().map_err(wrong)?.is_file() {
        return Err(Wrong::NotAFile);
    }
    let mut hashing = Hashing::new(to);
    io::copy(&mut file, &mut hashing).map_err(wrong)?;
    Ok(hashing.done().0)
}

fn wrong(error: io::Error) -> Wrong {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Wrong::Missing,
        _ => Wrong::Unreadable,
    }
}

/// Opens what is to be attached; only a plain file can be.
fn open_source(source: &Path) -> Result<File> {
    let before = fs::symlink_metadata(source).map_err(|error| cannot_read(source, error))?;
    if !before.is_file() {
        return Err(not_attachable(source));
    }
    let file = File::open(source).map_err(|error| cannot_read(source, error))?;
    let after = file
        .metadata()
        .map_err(|error| cannot_read(source, error))?;
    match after.is_file() && is_same_file(&before, &after) {
        true => Ok(file),
        false => Err(not_attachable(source)),
    }
}

/// Creates a folder where it is missing; a link in its place is refused.
fn make_folder(folder: &Path) -> Result<()> {
    match fs::create_dir(folder) {
        Ok(()) => {
            let parent = folder.parent().filter(|parent| parent.is_dir());
            let synced = parent.map_or(Ok(()), paper::sync_folder);
            synced.map_err(|error| cannot_write(folder, error))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => refuse_link(folder),
        Err(error) => Err(cannot_write(folder, error)),
    }
}

/// Tells git to leave the bytes alone: with other line ends they would no longer prove anything.
fn keep_from_git(folder: &Path) -> Result<()> {
    let path = folder.join(".gitattributes");
    paper::create_if_absent(&path, b"* -text -merge\n").map_err(|error| cannot_write(&path, error))
}

fn refuse_link(folder: &Path) -> Result<()> {
    let found = fs::symlink_metadata(folder).map_err(|error| cannot_write(folder, error))?;
    match found.is_dir() {
        true => Ok(()),
        false => Err(Failure::refused(failures::not_a_plain_folder(
            folder.display(),
        ))),
    }
}

/// Where bytes belong in the evidence folder.
enum Place {
    /// They lie there already, under this name.
    There(String),
    /// Nothing has this name.
    Free(String),
}

/// Finds the bytes in the folder, or a name for them that is free on every machine.
fn place_for(folder: &Path, wanted: &str, sha256: &str, size: u64) -> Result<Place> {
    let standing = listing(folder).map_err(|error| cannot_read(folder, error))?;
    for (standing_name, length) in &standing {
        if *length == Some(size) && is_content(folder, standing_name, sha256) {
            return Ok(Place::There(standing_name.clone()));
        }
    }
    let is_free = |name: &str| {
        let folded = name.to_lowercase();
        standing
            .iter()
            .all(|(other, _)| other.to_lowercase() != folded)
    };
    // Two offices attach files of one name; what git brings together must have different ones.
    let short = &sha256[..8];
    let mut name = name::marked(wanted, short);
    let mut number = 2u32;
    while !is_free(&name) {
        name = name::marked(wanted, &format!("{short}-{number}"));
        number += 1;
    }
    Ok(Place::Free(name))
}

/// Lists what lies in the folder by name; the size of plain files.
fn listing(folder: &Path) -> io::Result<Vec<(String, Option<u64>)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        let size = metadata.is_file().then_some(metadata.len());
        found.push((entry.file_name().to_string_lossy().into_owned(), size));
    }
    found.sort();
    Ok(found)
}

fn is_content(folder: &Path, name: &str, sha256: &str) -> bool {
    read_named(folder, name, &mut io::sink()).is_ok_and(|found| found == sha256)
}

/// Copies the opened file to a new one in the folder and waits for the disk.
fn copy_in(folder: &Path, name: &str, from: &mut File, source: &Path, sha256: &str) -> Result<()> {
    let path = folder.join(name);
    let mut copy = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(|error| cannot_write(&path, error))?;
    let done = fill(&mut copy, from, source, &path, sha256);
    if done.is_err() {
        let _ = fs::remove_file(&path);
    }
    done
}

fn fill(
    copy: &mut File,
    from: &mut File,
    source: &Path,
    path: &PathBuf,
    sha256: &str,
) -> Result<()> {
    let mut hashing = Hashing::new(&mut *copy);
    io::copy(from, &mut hashing).map_err(|error| cannot_write(path, error))?;
    if hashing.done().0 != sha256 {
        return Err(Failure::refused(failures::changed_while_copied(
            source.display(),
        )));
    }
    let folder = path.parent().unwrap_or(path);
    copy.sync_all()
        .and_then(|()| paper::sync_folder(folder))
        .map_err(|error| cannot_write(path, error))?;
    let made = copy.metadata().map_err(|error| cannot_write(path, error))?;
    let lies_there = fs::symlink_metadata(path).is_ok_and(|found| is_same_file(&found, &made));
    refuse_link(folder)?;
    match lies_there {
        true => Ok(()),
        false => Err(Failure::refused(failures::not_a_plain_folder(
            folder.display(),
        ))),
    }
}

/// Returns the hash and the size of everything that can be read.
fn hash(from: &mut impl Read) -> io::Result<(String, u64)> {
    let mut sink = io::sink();
    let mut hashing = Hashing::new(&mut sink);
    io::copy(from, &mut hashing)?;
    Ok(hashing.done())
}

/// Passes bytes on and hashes them.
struct Hashing<'w, W> {
    to: &'w mut W,
    hash: Sha256,
    size: u64,
}

impl<W: Write> Hashing<'_, W> {
    fn new(to: &mut W) -> Hashing<'_, W> {
        Hashing {
            to,
            hash: Sha256::new(),
            size: 0,
        }
    }

    /// Returns the hash in hex digits and the number of bytes.
    fn done(self) -> (String, u64) {
        let digest = self.hash.finalize();
        let hex = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        (hex, self.size)
    }
}

impl<W: Write> Write for Hashing<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn not_attachable(source: &Path) -> Failure {
    Failure::unreadable(failures::not_attachable(source.display()))
        .help(failures::name_the_file_itself())
}

fn cannot_read(path: &Path, error: io::Error) -> Failure {
    Failure::unreadable(failures::cannot_read(path.display())).cause(error)
}

fn cannot_write(path: &Path, error: io::Error) -> Failure {
    Failure::refused(failures::cannot_write(path.display())).cause(error)
}
