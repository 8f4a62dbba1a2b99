//! `demo`: the practice workspace, written from the binary itself, and its table.

use crate::cli::DemoArgs;
use crate::cli::ReadArgs;
use crate::cli::StatusArgs;
use crate::cli::ViewArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::status;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::file::acknowledged;
use crate::lang::demo as say;
use crate::lang::failures;
use crate::practice;
use crate::workspace::tree::write_tree;
use std::io;
use std::path::Path;

pub(super) fn run(ctx: &Ctx, args: &DemoArgs) -> Result<Answer> {
    let folder = ctx.folder.join(&args.folder);
    let journal = folder.join(practice::JOURNAL);
    let is_new = !journal.exists();
    if let Err(changed) = write_tree(&folder, &practice::files())? {
        return Err(Failure::refused(failures::demo_changed(changed.display()))
            .help(failures::demo_other_folder()));
    }
    // An earlier practice workspace in this place has nothing to do with the new one.
    if let Some(homes) = ctx.homes.as_ref().filter(|_| is_new) {
        acknowledged::forget(&homes.state, &journal)
            .map_err(|error| failures_of_state(&homes.state, error))?;
    }
    let shown = args.folder.display().to_string();
    let inside = ctx.inside(folder);
    let table = status::run(
        &inside,
        &StatusArgs {
            read: ReadArgs {
                view: ViewArgs {
                    as_of: Some(practice::AS_OF.to_owned()),
                    ..ViewArgs::default()
                },
                ..ReadArgs::default()
            },
            ..StatusArgs::default()
        },
    )?;
    let mut bytes = table.bytes;
    bytes.extend(say::next_steps(&shown).text(ctx.lang).as_bytes());
    Ok(Answer::done(bytes))
}

fn failures_of_state(state: &Path, error: io::Error) -> Failure {
    Failure::refused(failures::cannot_write(state.display())).cause(error)
}
