//! `schema`: the JSON Schema of each JSON output.

use crate::cli::SchemaArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use crate::names;
use crate::schema;

pub(super) fn run(_: &Ctx, args: &SchemaArgs) -> Result<Answer> {
    let names = || schema::ALL.iter().map(|(name, _)| *name);
    let Some(typed) = &args.name else {
        let lines: String = names().map(|name| format!("{name}\n")).collect();
        return Ok(Answer::done(lines.into_bytes()));
    };
    let wanted = names::fold(typed);
    match schema::ALL.iter().find(|(name, _)| *name == wanted) {
        Some((_, text)) => Ok(Answer::done(text.as_bytes().to_vec())),
        None => {
            let failure = Failure::usage(failures::no_schema(typed));
            Err(match names::nearest(&wanted, names()) {
                Some(nearest) => failure.help(failures::did_you_mean(nearest)),
                None => failure.help(failures::one_of(names().collect::<Vec<_>>().join(", "))),
            })
        }
    }
}
