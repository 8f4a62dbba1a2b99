//! What this desk told its user was recorded: the last record for each journal and writer.
//!
//! It lies in the user's state folder, outside the workspace, so that a file that was replaced by
//! an older one is noticed. The folder is part of the key: a copy of a workspace is another journal.

use crate::journal::Head;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::writer::Writer;
use crate::workspace::paper;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// The folder of these notes below the state folder.
const NOTES: &str = "acknowledged";

/// Where the last acknowledged record of one file is kept.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    path: PathBuf,
    folder: PathBuf,
}

impl Acknowledged {
    /// Returns the place for a writer's file in a journal folder.
    pub fn of(state: &Path, folder: &Path, plan_id: &str, writer: &Writer) -> Acknowledged {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let mut key = format!("{plan_id},{writer},").into_bytes();
        key.extend_from_slice(folder.as_os_str().as_encoded_bytes());
        let name = format!("{writer}-{}", &chain::sha256(&key)[..16]);
        let path = state.join(NOTES).join(name);
        Acknowledged { path, folder }
    }

    /// Returns the last record that was acknowledged here; none where nothing was, or the note is torn.
    pub fn last(&self) -> Option<Head> {
        let text = fs::read_to_string(&self.path).ok()?;
        let (seq, id) = text.lines().next()?.split_once(',')?;
        Some(Head {
            seq: seq.parse().ok()?,
            id: Id::parse(id.as_bytes())?,
        })
    }

    /// Keeps a record as acknowledged.
    ///
    /// It is not synced: losing it in a power cut costs an alarm, never a false one.
    pub(super) fn keep(&self, head: Head) -> io::Result<()> {
        let text = format!("{},{}\n{}\n", head.seq, head.id, self.folder.display());
        if let Some(parent) = self.path.parent() {
            fs::create_dir_all(parent)?;
        }
        paper::replace_unsynced(&self.path, text.as_bytes())
    }
}

/// Forgets what was acknowledged in a journal folder that is made anew, such as that of the demo.
pub fn forget(state: &Path, folder: &Path) -> io::Result<()> {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let folder = folder.display().to_string();
    let notes = match fs::read_dir(state.join(NOTES)) {
        Ok(notes) => notes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for note in notes {
        let path = note?.path();
        let is_of_folder = fs::read_to_string(&path)
            .is_ok_and(|text| text.lines().nth(1) == Some(folder.as_str()));
        if is_of_folder {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
