//! `today`: what waits for the office this morning.

use crate::cli::ReadArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::private;
use crate::failure::Result;
use crate::plan::chart::Chart;
use crate::render;
use crate::report::today;
use crate::report::today::Program;
use std::borrow::Cow;

pub(super) fn run(ctx: &Ctx, args: &ReadArgs) -> Result<Answer> {
    let opened = open::open(ctx, &args.view)?;
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather(ctx, &chart, &args.view, &[])?;
    let program = program(ctx);
    let document = today::document(&gathered.view(), Program(&program));
    private::mention_in_document(ctx, args, &document);
    let answer = ctx.deliver(&args.output, opened.lang, |format, look| {
        render::document(&document, format, look)
    })?;
    Ok(fail_on::judge(ctx, args, &gathered, answer))
}

/// Returns how a command begins that finds the same plan and journal as this one did.
fn program(ctx: &Ctx) -> String {
    let mut words = vec!["duban".to_owned()];
    if let Some(plan) = &ctx.global.plan {
        words.extend(["-p".to_owned(), quoted(plan).into_owned()]);
    }
    if let Some(journal) = &ctx.global.journal {
        let journal = journal.to_string_lossy();
        words.extend(["--journal".to_owned(), quoted(&journal).into_owned()]);
    }
    words.join(" ")
}

/// Quotes a word that a shell would not take as it stands.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain =
        |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | '/' | ':' | '@');
    match !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(format!("'{}'", word.replace('\'', "'\\''"))),
    }
}
