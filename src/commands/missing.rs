//! `missing`: who owed a report and did not send it.

use crate::cli::MissingArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::private;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use crate::plan::chart::Chart;
use crate::render;
use crate::report::alarm;
use crate::report::alarm::Alarm;
use crate::report::missing;

pub(super) fn run(ctx: &Ctx, args: &MissingArgs) -> Result<Answer> {
    let opened = open::open(ctx, &args.read.view)?;
    let at = open::days::reporting_period(ctx, &opened.plan, &args.period)?;
    let period = opened.plan.reporting_periods()[at];
    if period.window.end > opened.day {
        let message = failures::period_not_over(period.period, period.window.end, opened.day);
        return Err(Failure::usage(message));
    }
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather(ctx, &chart, &args.read.view, &[])?;
    let table = missing::table(&gathered.view(), at);
    private::mention_in_table(ctx, &args.read, &table);
    let answer = ctx.deliver(&args.read.output, opened.lang, |format, look| {
        render::table(&table, format, look)
    })?;
    let alarm = Alarm {
        missing: missing::past_report_day(&gathered.view(), at),
        ..alarm::count(&gathered.view())
    };
    Ok(fail_on::judge_by(ctx, &args.read, &gathered, alarm, answer))
}
