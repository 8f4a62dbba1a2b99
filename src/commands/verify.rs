//! `verify`: the chains, the evidence and the past, from the raw bytes. Silent when all is well.

mod history;

use crate::cli::VerifyArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::check;
use crate::commands::open;
use crate::commands::open::Workspace;
use crate::commands::verify::history::Since;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::lang::Said;
use crate::lang::failures;
use crate::plan::Plan;
use crate::render::Format;

pub(super) fn run(ctx: &Ctx, args: &VerifyArgs) -> Result<Answer> {
    let workspace = open::workspace(ctx, None)?;
    let Some(plan) = &workspace.plan else {
        return Err(
            Failure::unreadable(failures::plan_unreadable(&workspace.plan_name))
                .help(failures::run_check()),
        );
    };
    let mut found = findings(ctx, &workspace, plan)?;
    let said = match history::since_paper(ctx, args, &workspace, plan)? {
        Some(Since::Found(said)) => Some(said),
        Some(Since::Nowhere(finding)) => {
            found.push(finding);
            None
        }
        None => None,
    };
    answer(ctx, args, finding::settle(found), said)
}

/// Returns what is wrong with files, chains, evidence and the past.
pub(super) fn findings(ctx: &Ctx, workspace: &Workspace, plan: &Plan) -> Result<Vec<Finding>> {
    let mut found = workspace.folder_findings.clone();
    let scan = open::findings::scan_bytes(ctx, workspace, plan)?;
    let of_bytes = scan.findings.iter();
    found.extend(of_bytes.filter(|found| is_about_integrity(found)).cloned());
    found.extend(open::findings::evidence(workspace, &scan)?);
    found.extend(open::findings::older_than_acknowledged(
        ctx, workspace, plan, &scan,
    )?);
    found.extend(history::since_commit(ctx, workspace));
    Ok(found)
}

/// Prints what was found of the past and what is wrong; errors make the answer no.
fn answer(ctx: &Ctx, args: &VerifyArgs, found: Vec<Finding>, said: Option<Said>) -> Result<Answer> {
    let is_json = args.output.format == Some(Format::Json);
    let mut text = Vec::new();
    match said {
        Some(said) if is_json || args.output.output.is_some() => ctx.say(&said),
        Some(said) => text = format!("{}\n", said.text(ctx.lang)).into_bytes(),
        None => {}
    }
    if found.is_empty() && !is_json {
        return Ok(Answer::done(text));
    }
    let is_no = finding::count(&found, Severity::Error) > 0;
    let answer = check::deliver(ctx, &args.output, &found)?;
    text.extend(answer.bytes);
    Ok(Answer {
        bytes: text,
        exit: match is_no {
            true => Exit::Negative,
            false => Exit::Done,
        },
    })
}

/// Tells whether a finding is about bytes and chains, not about what plan and entries mean.
pub(super) fn is_about_integrity(found: &Finding) -> bool {
    const ABOUT_MEANING: [&str; 9] = [
        "journal/unknown-item",
        "journal/unknown-unit",
        "journal/unknown-period",
        "journal/unknown-event",
        "journal/value",
        "journal/wrong-actor",
        "journal/carries",
        "journal/evidence-required",
        "journal/retract-actor",
    ];
    found.severity != Severity::Hint
        && !found.code.starts_with("plan/")
        && !ABOUT_MEANING.contains(&found.code)
}
