//! `--fail-on`: the table is given whatever it says, and the exit code tells a script to look.

use crate::cli::FailOn;
use crate::cli::ReadArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::open::gather::Gathered;
use crate::failure::Exit;
use crate::lang::failures;
use crate::lang::failures::Tripped;
use crate::report::alarm;
use crate::report::alarm::Alarm;

/// Makes an answer negative where what was asked about is there, and says so on stderr.
pub(super) fn judge(ctx: &Ctx, args: &ReadArgs, gathered: &Gathered<'_>, answer: Answer) -> Answer {
    match args.fail_on.is_empty() {
        true => answer,
        false => judge_by(ctx, args, gathered, alarm::count(&gathered.view()), answer),
    }
}

/// The same by counts that the command knows better.
pub(super) fn judge_by(
    ctx: &Ctx,
    args: &ReadArgs,
    gathered: &Gathered<'_>,
    alarm: Alarm,
    answer: Answer,
) -> Answer {
    let mut exit = answer.exit;
    for asked in &args.fail_on {
        let (count, what) = match asked {
            FailOn::Overdue => (alarm.overdue, Tripped::Overdue),
            FailOn::Red => (alarm.red, Tripped::Red),
            FailOn::Missing => (alarm.missing, Tripped::Missing),
            FailOn::Findings => (gathered.findings(), Tripped::Findings),
        };
        if count > 0 {
            ctx.say(&failures::tripped(what, count));
            exit = Exit::Negative;
        }
    }
    Answer { exit, ..answer }
}
