//! Opening one of two that are compared: a day, a seal, or the plan at a revision of git.

use super::Opened;
use super::Workspace;
use super::seals;
use super::usable;
use super::workspace;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::cli::ViewArgs;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding;
use crate::finding::Severity;
use crate::git::Git;
use crate::lang::failures;
use crate::names;
use crate::plan::Plan;
use crate::plan::source;
use crate::report::diff::Name;
use crate::workspace::LARGEST_PLAN;
use std::path::Path;

/// Opens what was typed: a day, a period, a seal, `git:` and a revision, or a bare revision.
///
/// A period that is sealed means its seal; else its last day.
pub(in crate::commands) fn open(ctx: &Ctx, view: &ViewArgs, typed: &str) -> Result<(Opened, Name)> {
    if let Some(revision) = typed.strip_prefix("git:") {
        return at_revision(ctx, view, revision)?.ok_or_else(|| no_revision(revision));
    }
    let folded = names::fold(typed);
    if Day::parse(&folded).is_some() {
        return Ok((on_day(ctx, view, &folded)?, Name::Day(folded)));
    }
    let here = workspace(ctx, None)?;
    if let Some(seal) = seals::look(ctx, &here, &folded)? {
        let view = ViewArgs {
            as_of: Some(seal.period.to_string()),
            known_at: Some(folded.clone()),
            ..view.clone()
        };
        return Ok((super::open(ctx, &view)?, Name::Seal(folded)));
    }
    if Period::parse(&folded).is_some() || folded == "last" {
        let opened = on_day(ctx, view, &folded)?;
        ctx.say(&failures::diff_not_sealed(&folded, opened.day));
        let name = Name::Day(opened.day.to_string());
        return Ok((opened, name));
    }
    at_revision(ctx, view, typed)?
        .ok_or_else(|| Failure::usage(failures::diff_unknown(typed)).help(failures::diff_forms()))
}

fn on_day(ctx: &Ctx, view: &ViewArgs, day: &str) -> Result<Opened> {
    let view = ViewArgs {
        as_of: Some(day.to_owned()),
        ..view.clone()
    };
    super::open(ctx, &view)
}

/// Opens the journal of today with the plan of a commit; nothing where git knows no such revision.
fn at_revision(ctx: &Ctx, view: &ViewArgs, revision: &str) -> Result<Option<(Opened, Name)>> {
    let mut workspace = workspace(ctx, view.as_of.as_deref())?;
    let path = workspace.places.plan.clone();
    let folder = path.parent().unwrap_or(Path::new("."));
    let program = ctx.environment.path.as_deref();
    let Some(git) = program.and_then(|path| Git::find(path, folder)) else {
        return Err(Failure::usage(failures::no_git()));
    };
    let broken = |error| Failure::unreadable(failures::git_failed()).cause(error);
    let Some(commit) = git.commit(revision).map_err(broken)? else {
        return Ok(None);
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = git.file(&commit, &file).map_err(broken)?;
    let bytes = bytes.ok_or_else(|| {
        Failure::unreadable(failures::not_in_revision(&workspace.plan_name, revision))
    })?;
    workspace.plan = Some(plan_of(&workspace, revision, &bytes)?);
    let mut opened = usable(ctx, workspace).expect("the plan was just put there");
    opened.day = super::days::as_of(ctx, &opened.plan, view.as_of.as_deref())?;
    let name = Name::Revision(revision.to_owned(), commit.short().to_owned());
    Ok(Some((opened, name)))
}

/// Reads the plan of a commit, which must have no error.
fn plan_of(workspace: &Workspace, revision: &str, bytes: &[u8]) -> Result<Plan> {
    let name = format!("{revision}:{}", workspace.plan_name);
    if bytes.len() as u64 > LARGEST_PLAN {
        return Err(Failure::unreadable(failures::too_large(
            name,
            LARGEST_PLAN / 1024,
        )));
    }
    let (plan, findings) = source::read_bytes(&workspace.plan_name, bytes);
    let errors = finding::count(&findings, Severity::Error);
    plan.filter(|_| errors == 0)
        .ok_or_else(|| Failure::unreadable(failures::plan_has_errors(name, errors)))
}

fn no_revision(revision: &str) -> Failure {
    Failure::usage(failures::no_revision(revision))
}
