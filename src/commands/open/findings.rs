//! Findings about the journal, its evidence and the plan since the last seal.

use super::Workspace;
use super::hollow;
use super::journal_unreadable;
use super::scan_files;
use super::seals;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::commands::Ctx;
use crate::failure::Result;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as journal_finding;
use crate::finding::plan as plan_finding;
use crate::journal::Known;
use crate::journal::WriterIx;
use crate::journal::evidence::Wrong;
use crate::journal::evidence::check;
use crate::journal::file::acknowledged::Acknowledged;
use crate::journal::line::Record;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::Scan;
use crate::journal::scan::texts;
use crate::journal::seal;
use crate::journal::writer::Writer;
use crate::ledger::Ledger;
use crate::ledger::Refused;
use crate::ledger::account::Refusal;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::plan::compare;
use crate::terms::Event;
use std::collections::BTreeMap;

/// Reads the bytes of the journal and checks its chains; no ledger is folded.
pub(in crate::commands) fn scan_bytes(
    ctx: &Ctx,
    workspace: &Workspace,
    plan: &Plan,
) -> Result<Scan> {
    let chart = Chart::new(plan);
    scan_files(ctx, &workspace.files, &chart, &Known::All, ChainCheck::Ids)
}

/// Returns every finding about the journal, its chains checked.
pub(in crate::commands) fn journal(
    ctx: &Ctx,
    workspace: &Workspace,
    plan: &Plan,
) -> Result<Vec<Finding>> {
    let chart = Chart::new(plan);
    let scan = scan_files(ctx, &workspace.files, &chart, &Known::All, ChainCheck::Ids)?;
    let ledger = Ledger::post(&chart, &scan.postings, &[Day::LAST]);
    let refused: BTreeMap<(WriterIx, u32), Refused> = ledger
        .refused
        .iter()
        .map(|refused| ((refused.posting.writer, refused.posting.line), *refused))
        .collect();
    let lines = scan.lines(refused.keys().copied());
    let entries = texts::on_lines(&workspace.files, &lines)
        .map_err(|error| journal_unreadable(&workspace.files, error))?;
    let skipped = entries.iter().filter_map(|entry| {
        let refused = refused.get(&(scan.writer(&entry.writer)?, entry.line))?;
        Some(refusal(&chart, refused, entry.place_of_field(3)))
    });
    let mut found = scan.findings.clone();
    found.extend(skipped);
    found.extend(since_last_seal(workspace, plan, &scan));
    let is_refused = |writer: WriterIx, line: u32| refused.contains_key(&(writer, line));
    found.extend(hollow::findings(workspace, &chart, &scan, &is_refused)?);
    Ok(found)
}

/// Compares the plan with the copy that the last seal kept.
fn since_last_seal(workspace: &Workspace, plan: &Plan, scan: &Scan) -> Vec<Finding> {
    let holding = seal::holding(&scan.seals);
    let Some(last) = holding.into_iter().max_by_key(|seal| seal.recorded_at) else {
        return Vec::new();
    };
    // A copy that is lost is a finding of `verify`; there is nothing to compare with.
    let Ok(kept) = seals::kept_plan(workspace, last) else {
        return Vec::new();
    };
    let place = |line: u64| Place {
        line,
        ..Place::file(&workspace.plan_name)
    };
    compare::changes(&kept, plan)
        .iter()
        .filter_map(|change| plan_finding::since_seal(place(change.line), change, last.period))
        .collect()
}

/// Returns the finding about an entry that is skipped where it falls.
fn refusal(chart: &Chart<'_>, refused: &Refused, place: Place) -> Finding {
    let event = refused.posting.event;
    match refused.why {
        Refusal::Kind => {
            let kind = chart.obligation(refused.posting.obligation).kind;
            journal_finding::not_for_kind(place, event, kind)
        }
        Refusal::State(state) => journal_finding::not_allowed(place, event, state),
        Refusal::NotLater(due) => journal_finding::not_later(place, due),
    }
}

/// Returns what is wrong with the files that entries name as evidence.
pub(in crate::commands) fn evidence(workspace: &Workspace, scan: &Scan) -> Result<Vec<Finding>> {
    let entries = texts::on_lines(&workspace.files, &scan.lines_with_evidence())
        .map_err(|error| journal_unreadable(&workspace.files, error))?;
    let mut found = Vec::new();
    for entry in &entries {
        for problem in check(&workspace.places.evidence, entry.evidence()) {
            let (place, path) = (entry.place_of_field(11), problem.path.as_str());
            let sealed = match entry.event {
                Some(Event::Seal) => Period::parse(entry.value()),
                _ => None,
            };
            found.extend(match (problem.what, sealed) {
                // The scan has reported it already.
                (Wrong::BadlyWritten, _) => None,
                (_, Some(period)) => Some(journal_finding::seal_plan(place, period, path)),
                (Wrong::Missing | Wrong::Unreadable, None) => {
                    Some(journal_finding::evidence_missing(place, path))
                }
                (Wrong::Changed, None) => Some(journal_finding::evidence_changed(place, path)),
                (Wrong::Outside, None) => Some(journal_finding::evidence_outside(place, path)),
                (Wrong::NotAFile, None) => Some(journal_finding::evidence_symlink(place, path)),
            });
        }
    }
    Ok(found)
}

/// Reports files that no longer hold the last record which this desk acknowledged.
pub(in crate::commands) fn older_than_acknowledged(
    ctx: &Ctx,
    workspace: &Workspace,
    plan: &Plan,
    scan: &Scan,
) -> Result<Vec<Finding>> {
    let Some(homes) = &ctx.homes else {
        return Ok(Vec::new());
    };
    let folder = workspace.places.journal.folder();
    let mut found = Vec::new();
    for file in &workspace.files {
        let Some(writer) = Writer::parse(&file.writer) else {
            continue;
        };
        let acknowledged = Acknowledged::of(&homes.state, folder, &plan.id, &writer);
        let Some(last) = acknowledged.last() else {
            continue;
        };
        let head = scan.last.get(&*file.writer);
        if head.is_some_and(|head| (head.seq, head.id) == (last.seq, last.id)) {
            continue;
        }
        let is_last = |of: &str, _: u32, record: &Record<'_>| {
            *of == *file.writer && record.seq == last.seq && record.id == last.id
        };
        let there = texts::entries(&workspace.files, &plan.id, &Known::All, &is_last)
            .map_err(|error| journal_unreadable(&workspace.files, error))?;
        if there.is_empty() {
            let name = format!("{}:{}", file.writer, last.seq);
            found.push(journal_finding::older(Place::file(&file.name), &name));
        }
    }
    Ok(found)
}
