//! `import`: what other programs and other years kept, read into this journal.

mod journal;

use crate::cli::ImportAction;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Result;

pub(super) fn run(ctx: &Ctx, action: &ImportAction) -> Result<Answer> {
    match action {
        ImportAction::Journal(args) => journal::run(ctx, args),
    }
}
