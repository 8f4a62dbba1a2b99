//! `log`: entries in order, each with its place.

use crate::cli::ReadArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::private;
use crate::failure::Result;
use crate::plan::chart::Chart;
use crate::render;
use crate::report::log;

pub(super) fn run(ctx: &Ctx, args: &ReadArgs) -> Result<Answer> {
    let opened = open::open_whatever(ctx, &args.view)?;
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather_whatever(ctx, &chart, &args.view)?;
    let day = opened.day;
    let entries = opened.entries(&|_, _, record| record.date <= day)?;
    let table = log::table(&gathered.view(), &entries, &gathered.marks());
    private::mention_in_table(ctx, args, &table);
    let answer = ctx.deliver(&args.output, opened.lang, |format, look| {
        render::table(&table, format, look)
    })?;
    Ok(fail_on::judge(ctx, args, &gathered, answer))
}
