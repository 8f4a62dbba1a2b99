//! `import journal`: an office's own book of a year → entries.
use crate::cli::ImportJournalArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Result;
pub(super) fn run(_ctx: &Ctx, _args: &ImportJournalArgs) -> Result<Answer> {
    Ok(Answer::done(Vec::new()))
}
