//! `trend`: the figures at the end of every reporting period, from one walk over the journal.

use crate::cli::ReadArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::failure::Result;
use crate::ledger::Book;
use crate::plan::chart::Chart;
use crate::render;
use crate::render::Format;
use crate::report::trend;

pub(super) fn run(ctx: &Ctx, args: &ReadArgs) -> Result<Answer> {
    let opened = open::open(ctx, &args.view)?;
    let chart = Chart::new(&opened.plan);
    let days = trend::days(&opened.plan, opened.day);
    let gathered = opened.gather(ctx, &chart, &args.view, &days)?;
    let view = gathered.view();
    let books: Vec<Book<'_>> = days.iter().map(|day| gathered.ledger.on(*day)).collect();
    let answer = ctx.deliver(&args.output, opened.lang, |format, look| match format {
        // Machines and spreadsheets want rows; the charts are for readers.
        Format::Csv | Format::Json | Format::Jsonl | Format::Xlsx => {
            render::table(&trend::table(&view, &books), format, look)
        }
        Format::Table | Format::Plain | Format::Markdown | Format::Html | Format::Docx => {
            render::document(&trend::document(&view, &books), format, look)
        }
    })?;
    Ok(fail_on::judge(ctx, args, &gathered, answer))
}
