//! `diff`: what moved between two days, two seals or two revisions of the plan.

use crate::cli::DiffArgs;
use crate::cli::ViewArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open::Opened;
use crate::commands::open::gather::Gathered;
use crate::commands::open::sides;
use crate::commands::private;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use crate::plan::chart::Chart;
use crate::render;
use crate::report::diff;
use crate::report::diff::Name;
use crate::report::diff::Side;

pub(super) fn run(ctx: &Ctx, args: &DiffArgs) -> Result<Answer> {
    let view = &args.read.view;
    let (older, from) = sides::open(ctx, view, &args.from)?;
    let (newer, to) = sides::open(ctx, view, &args.to)?;
    if older.day > newer.day {
        let failure = Failure::usage(failures::diff_backwards(&args.from, &args.to));
        return Err(failure.help(failures::diff_swap(&args.to, &args.from)));
    }
    let charts = (Chart::new(&older.plan), Chart::new(&newer.plan));
    let before = gather(ctx, &older, &charts.0, view, &from)?;
    let after = gather(ctx, &newer, &charts.1, view, &to)?;
    newer.mention_findings(ctx, &after.scan, &after.ledger);
    let document = diff::document(&side(&before, from), &side(&after, to));
    private::mention_in_document(ctx, &args.read, &document);
    let answer = ctx.deliver(&args.read.output, newer.lang, |format, look| {
        render::document(&document, format, look)
    })?;
    Ok(fail_on::judge(ctx, &args.read, &after, answer))
}

/// Gathers one side; the heads of a seal are what it knew, whatever else was asked to be known.
fn gather<'g>(
    ctx: &Ctx,
    opened: &'g Opened,
    chart: &'g Chart<'g>,
    view: &ViewArgs,
    name: &Name,
) -> Result<Gathered<'g>> {
    let known_at = match name {
        Name::Seal(seal) => Some(seal.clone()),
        Name::Day(_) | Name::Revision(..) => view.known_at.clone(),
    };
    let view = ViewArgs {
        known_at,
        ..view.clone()
    };
    opened.gather_silently(ctx, chart, &view, &[])
}

fn side<'g>(gathered: &'g Gathered<'_>, name: Name) -> Side<'g> {
    Side {
        view: gathered.view(),
        counted: gathered.counted(),
        name,
    }
}
