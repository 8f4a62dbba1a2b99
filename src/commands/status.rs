//! `status`: the completion table.

use crate::cli;
use crate::cli::StatusArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::private;
use crate::failure::Result;
use crate::plan::chart::Chart;
use crate::render;
use crate::report::status;
use crate::terms::By;

pub(super) fn run(ctx: &Ctx, args: &StatusArgs) -> Result<Answer> {
    let opened = open::open(ctx, &args.read.view)?;
    let chart = Chart::new(&opened.plan);
    // The change of rank is counted from the end of the latest reporting period before the day.
    let earlier = opened
        .plan
        .reporting_periods()
        .iter()
        .map(|period| period.window.end)
        .rfind(|end| *end < opened.day);
    let days: Vec<_> = earlier.into_iter().collect();
    let gathered = opened.gather(ctx, &chart, &args.read.view, &days)?;
    let earlier = earlier.map(|day| gathered.ledger.on(day));
    let table = status::table(&gathered.view(), by(args.by), earlier);
    private::mention_in_table(ctx, &args.read, &table);
    let answer = ctx.deliver(&args.read.output, opened.lang, |format, look| {
        render::table(&table, format, look)
    })?;
    Ok(fail_on::judge(ctx, &args.read, &gathered, answer))
}

const fn by(by: cli::By) -> By {
    match by {
        cli::By::Unit => By::Unit,
        cli::By::Chapter => By::Chapter,
        cli::By::Measure => By::Measure,
        cli::By::Item => By::Item,
        cli::By::Group => By::Group,
        cli::By::Kind => By::Kind,
    }
}
