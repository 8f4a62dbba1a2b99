//! Opening a workspace as a seal knew it: exactly its lines, and the plan that it kept.

use super::Opened;
use super::Workspace;
use super::scan_files;
use super::usable;
use crate::calendar::Period;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding;
use crate::finding::Severity;
use crate::journal::Known;
use crate::journal::evidence;
use crate::journal::evidence::Reference;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::Scan;
use crate::journal::seal;
use crate::journal::seal::Seal;
use crate::lang::failures;
use crate::names;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::plan::source;

/// Opens what stood under a seal. The plan of today only lends its id.
pub(super) fn open(ctx: &Ctx, mut workspace: Workspace, typed: &str) -> Result<Opened> {
    let seal = look(ctx, &workspace, typed)?.ok_or_else(|| {
        Failure::usage(failures::no_known_at(typed)).help(failures::known_at_forms())
    })?;
    let heads = seal
        .heads
        .clone()
        .ok_or_else(|| Failure::unreadable(failures::seal_unreadable(typed)))?;
    workspace.plan = Some(kept_plan(&workspace, &seal)?);
    let mut opened = usable(ctx, workspace).expect("the plan was just put there");
    opened.known = Known::Heads(heads);
    Ok(opened)
}

/// Returns the seal that a period or a reference names, where one does.
pub(super) fn look(ctx: &Ctx, workspace: &Workspace, typed: &str) -> Result<Option<Seal>> {
    let plan = workspace.plan.as_ref().ok_or_else(|| {
        Failure::unreadable(failures::plan_unreadable(&workspace.plan_name))
            .help(failures::run_check())
    })?;
    let chart = Chart::new(plan);
    let scan = scan_files(ctx, &workspace.files, &chart, &Known::All, ChainCheck::Skip)?;
    Ok(find(ctx, &scan, typed))
}

/// Returns the seal that holds for a period and the name of its entry, where the period is sealed.
pub(in crate::commands) fn of_period(ctx: &Ctx, period: Period) -> Result<Option<(Seal, String)>> {
    let workspace = super::workspace(ctx, Some(&period.to_string()))?;
    let Some(plan) = &workspace.plan else {
        return Ok(None);
    };
    let chart = Chart::new(plan);
    let scan = scan_files(ctx, &workspace.files, &chart, &Known::All, ChainCheck::Skip)?;
    let holding = seal::holding(&scan.seals);
    let found = holding.into_iter().find(|seal| seal.period == period);
    Ok(found.map(|seal| (seal.clone(), scan.entry_name(seal.writer, seal.seq))))
}

/// Finds the seal that a period or a reference names.
fn find(ctx: &Ctx, scan: &Scan, typed: &str) -> Option<Seal> {
    let wanted = names::fold(typed);
    let by_period = Period::parse(&wanted).and_then(|period| {
        let holding = seal::holding(&scan.seals);
        holding.into_iter().find(|seal| seal.period == period)
    });
    if let Some(seal) = by_period {
        return Some(seal.clone());
    }
    let is_meant = |seal: &&Seal| {
        scan.entry_name(seal.writer, seal.seq) == wanted
            || (wanted.len() >= 4 && seal.id.to_string().starts_with(&wanted))
    };
    if let Some(seal) = scan.seals.iter().find(is_meant) {
        return Some(seal.clone());
    }
    let retracted = scan.void_seals.iter().find(is_meant)?;
    ctx.say(&failures::seal_was_retracted(&wanted));
    Some(retracted.clone())
}

/// Reads the plan that a seal kept.
pub(in crate::commands) fn kept_plan(workspace: &Workspace, seal: &Seal) -> Result<Plan> {
    let unreadable = || Failure::unreadable(failures::seal_plan_lost(seal.period, &seal.plan));
    let reference = Reference::parse(&seal.plan).ok_or_else(unreadable)?;
    let bytes = evidence::read(&workspace.places.evidence, reference).map_err(|_| unreadable())?;
    let (plan, findings) = source::read_bytes(&workspace.plan_name, &bytes);
    match plan {
        Some(plan) if finding::count(&findings, Severity::Error) == 0 => Ok(plan),
        _ => Err(unreadable()),
    }
}
