//! `explain`: the page of a finding's code, or the list of all codes.

use crate::cli::ExplainArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::explain;
use crate::lang::failures;
use crate::names;

pub(super) fn run(ctx: &Ctx, args: &ExplainArgs) -> Result<Answer> {
    match &args.code {
        None => Ok(Answer::done(list(ctx).into_bytes())),
        Some(typed) => one(ctx, typed),
    }
}

fn list(ctx: &Ctx) -> String {
    let width = explain::codes().map(str::len).max().unwrap_or(0);
    explain::codes()
        .filter_map(|code| Some((code, explain::page(code)?)))
        .map(|(code, page)| format!("{code:width$}  {}\n", page.title.text(ctx.lang)))
        .collect()
}

fn one(ctx: &Ctx, typed: &str) -> Result<Answer> {
    let code = names::fold(typed);
    match explain::page(&code) {
        Some(page) => {
            let text = page.text(ctx.lang, ctx.terminal.width.min(100));
            Ok(Answer::done(
                format!("{code}\n{}\n", text.trim_end()).into_bytes(),
            ))
        }
        None => {
            let failure = Failure::usage(failures::no_such_code(typed));
            Err(match names::nearest(&code, explain::codes()) {
                Some(nearest) => failure.help(failures::did_you_mean(nearest)),
                None => failure.help(failures::list_codes()),
            })
        }
    }
}
