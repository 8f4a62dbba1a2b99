//! Lets another machine's side of a fork stand: one's own is kept beside it, whole.

use crate::failure::Result;
use crate::journal::Head;
use crate::journal::file::DeskPlaces;
use crate::journal::file::acknowledged::Acknowledged;
use crate::journal::file::cannot_write;
use crate::journal::fork;
use crate::journal::line;
use crate::journal::writer::Writer;
use crate::workspace::paper;
use std::path::Path;
use std::path::PathBuf;

/// One writer's file in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The file here.
    pub ours: Vec<u8>,
    /// That of the other machine.
    pub theirs: Vec<u8>,
}

/// Puts the other side in the place of the writer's file and returns where one's own is kept.
///
/// The caller holds the lock. What this desk acknowledged is from now on the end of the other side:
/// its own lines are not lost, they lie beside.
pub fn give_way(
    folder: &Path,
    plan_id: &str,
    writer: &Writer,
    sides: &Sides,
    places: &DeskPlaces<'_>,
) -> Result<PathBuf> {
    let path = folder.join(format!("{writer}.csv"));
    let failed = |error| cannot_write(&path, error);
    let kept = fork::keep(folder, writer, &sides.ours)?;
    paper::replace(&path, &sides.theirs).map_err(failed)?;
    if let (Some(state), Some(head)) = (places.state, last(&sides.theirs)) {
        // Losing this note costs an alarm, never an entry.
        let _ = Acknowledged::of(state, folder, plan_id, writer).keep(head);
    }
    Ok(kept)
}

/// Returns the last record of a file.
fn last(bytes: &[u8]) -> Option<Head> {
    let mut lines = bytes.split(|byte| *byte == b'\n').rev();
    lines.find_map(|bytes| {
        let record = line::read(bytes).ok()?;
        Some(Head {
            seq: record.seq,
            id: record.id,
        })
    })
}
