//! `matrix`: item × unit, a light in each cell.

use crate::cli::ReadArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::private;
use crate::failure::Result;
use crate::plan::chart::Chart;
use crate::render;
use crate::render::Format;
use crate::report::matrix;
use crate::report::matrix::Page;

pub(super) fn run(ctx: &Ctx, args: &ReadArgs) -> Result<Answer> {
    let opened = open::open(ctx, &args.view)?;
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather(ctx, &chart, &args.view, &[])?;
    let view = gathered.view();
    private::mention_in_table(ctx, args, &matrix::table(&view));
    let answer = ctx.deliver(&args.output, opened.lang, |format, look| {
        let page = match format {
            // Machines want a row a pair, whose columns do not depend on the plan.
            Format::Csv | Format::Json | Format::Jsonl => {
                return render::table(&matrix::table(&view), format, look);
            }
            Format::Table => Page::Screen,
            Format::Html | Format::Docx => Page::Sheet,
            Format::Plain | Format::Markdown | Format::Xlsx => Page::Endless,
        };
        render::document(&matrix::document(&view, page), format, look)
    })?;
    Ok(fail_on::judge(ctx, args, &gathered, answer))
}
