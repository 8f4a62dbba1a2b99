//! `import`: what others wrote, read into this workspace: a notice, an office's own book.

mod journal;
mod notice;

use crate::cli::ImportAction;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Result;

pub(super) fn run(ctx: &Ctx, action: &ImportAction) -> Result<Answer> {
    match action {
        ImportAction::Notice(args) => notice::run(ctx, args),
        ImportAction::Journal(args) => journal::run(ctx, args),
    }
}
