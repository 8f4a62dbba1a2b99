//! Which files are copies of another writer's file; they are not read (contract §1.2).

use super::Content;
use super::JournalFile;
use super::lines::Lines;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::line;
use std::io;
use std::rc::Rc;

/// A file that is a copy of another writer's.
#[derive(Debug)]
pub(super) struct Copy {
    /// The copy.
    pub(super) file: Rc<str>,
    /// The writer whose records it holds.
    pub(super) of: Rc<str>,
}

/// Returns the files whose first record follows from the name of another writer's file.
pub(super) fn copies(files: &[&JournalFile], plan_id: &str) -> io::Result<Vec<Copy>> {
    let mut copies = Vec::new();
    for file in files {
        let Some((id, body)) = first_record(&file.content)? else {
            continue;
        };
        let follows_from = |writer: &str| chain::next(chain::start(plan_id, writer), &body) == id;
        if follows_from(&file.writer) {
            continue;
        }
        let original = files
            .iter()
            .find(|other| other.writer != file.writer && follows_from(&other.writer));
        copies.extend(original.map(|original| Copy {
            file: Rc::clone(&file.name),
            of: Rc::clone(&original.writer),
        }));
    }
    Ok(copies)
}

/// Returns the id and body of the first record of a file.
fn first_record(content: &Content) -> io::Result<Option<(Id, String)>> {
    let mut lines = Lines::open(content)?;
    while let Some(found) = lines.next_line()? {
        if let Ok(record) = line::read(found.bytes) {
            return Ok(Some((record.id, record.body().into_owned())));
        }
    }
    Ok(None)
}
