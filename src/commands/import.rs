//! `import`: what others wrote → files of this workspace.

mod notice;

use crate::cli::ImportAction;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Result;

pub(super) fn run(ctx: &Ctx, action: &ImportAction) -> Result<Answer> {
    match action {
        ImportAction::Notice(args) => notice::run(ctx, args),
    }
}
