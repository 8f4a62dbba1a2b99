//! `init`: a workspace of one's own, with a commented plan.

use crate::cli::InitArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::demo;
use crate::lang::failures;
use crate::names;
use crate::workspace::tree::write_tree;

/// Where git is told about plans; one that stands there already is left alone.
const ATTRIBUTES_FILE: &str = "plans/.gitattributes";

/// Keeps plans from being rewritten with other line ends, which would change their hash.
const GIT_ATTRIBUTES: &str = "*.toml text eol=lf\n";

pub(super) fn run(ctx: &Ctx, args: &InitArgs) -> Result<Answer> {
    let id = names::fold(&args.id);
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    if id.is_empty() || !id.chars().all(fits) {
        return Err(Failure::usage(failures::bad_plan_id(&args.id)).help(failures::plan_id_form()));
    }
    let year = args.year.unwrap_or_else(|| ctx.today.year());
    let name = format!("plans/{id}.toml");
    let plan = demo::plan(ctx.lang, &id, year);
    let mut files = vec![(name.clone(), plan.as_bytes())];
    if !ctx.folder.join(ATTRIBUTES_FILE).exists() {
        files.push((ATTRIBUTES_FILE.to_owned(), GIT_ATTRIBUTES.as_bytes()));
    }
    match write_tree(&ctx.folder, &files)? {
        Ok(()) => {
            ctx.say(&failures::init_done(&name));
            Ok(Answer::done(Vec::new()))
        }
        Err(there) => Err(Failure::refused(failures::init_exists(there.display()))),
    }
}
