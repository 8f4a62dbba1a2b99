//! A fork: one writer's file that two machines went on with. Both sides are kept, none is chosen.
//!
//! The other side is put beside the file under a name that is not read, `<writer>.fork-<sha8>`.

use crate::failure::Failure;
use crate::failure::Result;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as finding;
use crate::journal::chain;
use crate::journal::line;
use crate::journal::writer::Writer;
use crate::lang::failures;
use crate::workspace::paper;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::rc::Rc;

/// Where two files of one writer part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The first line that is not the same, from 1.
    pub line: u64,
    /// The lines that only the file has.
    pub ours: Vec<String>,
    /// The lines that only the other one has.
    pub theirs: Vec<String>,
}

/// Compares two files of one writer line by line.
pub fn parting(ours: &[u8], theirs: &[u8]) -> Parting {
    let (ours, theirs) = (lines(ours), lines(theirs));
    let same = ours
        .iter()
        .zip(&theirs)
        .take_while(|(one, other)| one == other)
        .count();
    Parting {
        line: same as u64 + 1,
        ours: ours[same..].to_vec(),
        theirs: theirs[same..].to_vec(),
    }
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let bytes = bytes.strip_prefix(line::BOM).unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    text.lines().map(str::to_owned).collect()
}

/// Returns the name under which the other side of a fork is kept.
pub fn name(writer: &Writer, side: &[u8]) -> String {
    format!("{writer}.fork-{}", &chain::sha256(side)[..8])
}

/// Tells whose fork a file is, by its name.
pub fn writer_of(name: &str) -> Option<Writer> {
    let (stem, mark) = name.split_once(".fork-")?;
    (!mark.contains('.')).then(|| Writer::parse(stem))?
}

/// Keeps one side of a fork beside the file; the same bytes are kept once.
pub fn keep(folder: &Path, writer: &Writer, side: &[u8]) -> Result<PathBuf> {
    let path = folder.join(name(writer, side));
    match fs::read(&path) {
        Ok(standing) if standing == side => return Ok(path),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            return Err(Failure::refused(failures::cannot_write(path.display())).cause(error));
        }
    }
    paper::write_paper(&path, side, paper::Overwrite::Refuse)?;
    Ok(path)
}

/// Returns what there is to say of a kept side: both lines where they part, or that nothing is open.
pub fn finding(name: &str, writer: &Writer, own: &[u8], kept: &[u8]) -> Finding {
    let parting = parting(own, kept);
    let file: Rc<str> = Rc::from(name);
    match parting.theirs.first() {
        None => finding::fork_settled(Place::file(name), writer.as_str()),
        Some(theirs) => {
            let ours = parting.ours.first().map(String::as_str);
            let same = same_start(theirs, ours.unwrap_or_default());
            let place = Place::in_line(&file, parting.line, theirs, same..theirs.len());
            finding::fork(place, writer.as_str(), parting.theirs.len(), ours)
        }
    }
}

/// Returns how many bytes two lines begin alike with.
fn same_start(one: &str, other: &str) -> usize {
    let mut signs = one.char_indices().zip(other.chars());
    let parted = signs.find(|((_, one), other)| one != other);
    parted.map_or(0, |((at, _), _)| at)
}
