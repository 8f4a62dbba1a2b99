//! Reading the reports that count once more with their texts, for hints about hollow ones.

use super::Workspace;
use super::journal_unreadable;
use crate::failure::Result;
use crate::finding::Finding;
use crate::journal::Known;
use crate::journal::WriterIx;
use crate::journal::hollow;
use crate::journal::line::Record;
use crate::journal::scan::Posting;
use crate::journal::scan::Scan;
use crate::journal::scan::texts;
use crate::plan::chart::Chart;
use std::collections::BTreeSet;

/// Returns the hints; `is_refused` tells which entries were skipped where they fall.
pub(super) fn findings(
    workspace: &Workspace,
    chart: &Chart<'_>,
    scan: &Scan,
    is_refused: &dyn Fn(WriterIx, u32) -> bool,
) -> Result<Vec<Finding>> {
    let is_wanted = |posting: &&Posting| {
        hollow::looks_at(posting.event) && !is_refused(posting.writer, posting.line)
    };
    let wanted: BTreeSet<(WriterIx, u32)> = scan
        .postings
        .in_order()
        .iter()
        .filter(is_wanted)
        .map(|posting| (posting.writer, posting.line))
        .collect();
    let is_wanted = |writer: &str, line: u32, _: &Record<'_>| {
        let writer = scan.writer(writer);
        writer.is_some_and(|writer| wanted.contains(&(writer, line)))
    };
    let entries = texts::entries(&workspace.files, &chart.plan.id, &Known::All, &is_wanted)
        .map_err(|error| journal_unreadable(&workspace.files, error))?;
    Ok(hollow::findings(chart, &entries))
}
