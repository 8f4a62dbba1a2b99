//! Reading the reports that count once more with their texts, for hints about hollow ones.

use super::Workspace;
use super::journal_unreadable;
use crate::failure::Result;
use crate::finding::Finding;
use crate::journal::WriterIx;
use crate::journal::hollow;
use crate::journal::scan::Posting;
use crate::journal::scan::Scan;
use crate::journal::scan::texts;
use crate::plan::chart::Chart;

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
    let postings = scan.postings.in_order();
    let wanted = postings.iter().filter(is_wanted);
    let lines = scan.lines(wanted.map(|posting| (posting.writer, posting.line)));
    let entries = texts::on_lines(&workspace.files, &lines)
        .map_err(|error| journal_unreadable(&workspace.files, error))?;
    Ok(hollow::findings(chart, &entries))
}
