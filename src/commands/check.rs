//! `check`: every finding in plan and journal, in one run.

use crate::cli::CheckArgs;
use crate::cli::Deny;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::open;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::lang::failures;
use crate::plan::lint;
use crate::render::Format;
use crate::render::findings;

pub(super) fn run(ctx: &Ctx, args: &CheckArgs) -> Result<Answer> {
    let workspace = open::workspace(ctx, None)?;
    let mut found = workspace.plan_findings.clone();
    found.extend(workspace.folder_findings.iter().cloned());
    if let Some(plan) = &workspace.plan {
        found.extend(lint::units_past_end(plan, ctx.today));
        found.extend(open::findings::journal(ctx, &workspace, plan)?);
    }
    answer(ctx, args, finding::settle(found))
}

/// Prints the findings; errors, and warnings where they are denied, make the answer no.
fn answer(ctx: &Ctx, args: &CheckArgs, found: Vec<Finding>) -> Result<Answer> {
    let denied = match args.deny {
        Some(Deny::Warnings) => finding::count(&found, Severity::Warning),
        None => 0,
    };
    let is_no = finding::count(&found, Severity::Error) + denied > 0;
    let answer = deliver(ctx, &args.output, &found)?;
    Ok(Answer {
        exit: match is_no {
            true => Exit::Negative,
            false => Exit::Done,
        },
        ..answer
    })
}

/// Renders findings for people or as json.
pub(super) fn deliver(
    ctx: &Ctx,
    output: &crate::cli::OutputArgs,
    found: &[Finding],
) -> Result<Answer> {
    let format = output.format.unwrap_or(Format::Table);
    match format {
        Format::Table | Format::Plain | Format::Json => {}
        Format::Csv
        | Format::Jsonl
        | Format::Markdown
        | Format::Html
        | Format::Xlsx
        | Format::Docx => {
            return Err(Failure::usage(failures::no_such_format_here(format.code()))
                .help(failures::one_of("table, json")));
        }
    }
    ctx.deliver(output, ctx.lang, |format, look| match format {
        Format::Json => findings::findings_json(found, look.lang),
        Format::Table
        | Format::Plain
        | Format::Csv
        | Format::Jsonl
        | Format::Markdown
        | Format::Html
        | Format::Xlsx
        | Format::Docx => findings::findings(found, look),
    })
}
