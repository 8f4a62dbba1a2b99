//! `list` and `ledger`: obligations, one a row.

use crate::cli::ReadArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::private;
use crate::failure::Result;
use crate::plan::chart::Chart;
use crate::render;
use crate::report::list;

/// Which of the two.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    List,
    Ledger,
}

pub(super) fn run(ctx: &Ctx, args: &ReadArgs, what: What) -> Result<Answer> {
    let opened = open::open(ctx, &args.view)?;
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather(ctx, &chart, &args.view, &[])?;
    let table = match what {
        What::List => list::list(&gathered.view()),
        What::Ledger => list::ledger(&gathered.view()),
    };
    private::mention_in_table(ctx, args, &table);
    let answer = ctx.deliver(&args.output, opened.lang, |format, look| {
        render::table(&table, format, look)
    })?;
    Ok(fail_on::judge(ctx, args, &gathered, answer))
}
