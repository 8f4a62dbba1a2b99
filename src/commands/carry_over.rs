//! `carry-over`: next year's plan as a draft, from what is open and what continues.

use crate::cli::CarryOverArgs;
use crate::cli::ViewArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::open;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use crate::lang::papers::carry_over as say;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::plan::draft;
use crate::report::carry_over;
use crate::report::carry_over::Aim;
use crate::report::carry_over::Carried;
use crate::workspace::paper::Overwrite;
use crate::workspace::paper::write_paper;
use std::path::Path;

pub(super) fn run(ctx: &Ctx, args: &CarryOverArgs) -> Result<Answer> {
    let view = ViewArgs {
        as_of: args.as_of.clone(),
        known_at: args.known_at.clone(),
        ..ViewArgs::default()
    };
    let opened = open::open(ctx, &view)?;
    let aim = aim(&opened.plan, args)?;
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather(ctx, &chart, &view, &[])?;
    let (draft, carried) = carry_over::draft(&gathered.view(), &aim);
    let text = draft::text(&draft);
    let Carried {
        open,
        periodic,
        continuing,
        left,
    } = carried;
    let Some(path) = &args.output else {
        return Ok(Answer::done(text.into_bytes()));
    };
    let overwrite = match args.force {
        true => Overwrite::Force,
        false => Overwrite::Refuse,
    };
    write_paper(path, text.as_bytes(), overwrite)?;
    ctx.say(&failures::written(path.display()));
    ctx.say(&say::drafted(open, periodic, continuing, left));
    ctx.say(&say::check_next(path.display()));
    Ok(Answer::done(Vec::new()))
}

/// Settles the year and the id: that of the file it goes to, else the old one with its year replaced.
fn aim(plan: &Plan, args: &CarryOverArgs) -> Result<Aim> {
    let first = plan.period.start.year();
    let years = args.to.checked_sub(first).filter(|years| *years > 0);
    let Some(years) = years.filter(|_| args.to <= LAST_YEAR) else {
        return Err(Failure::usage(say::not_later(args.to, first + 1)));
    };
    let id = match &args.output {
        None => carry_over::id_of(plan, years),
        Some(path) => id_of_file(path)?,
    };
    match id == plan.id {
        true => Err(Failure::usage(say::own_file())),
        false => Ok(Aim { id, years }),
    }
}

/// The last year that a plan's day may lie in.
const LAST_YEAR: u32 = 9980;

fn id_of_file(path: &Path) -> Result<String> {
    let is_plan = path.extension().is_some_and(|ending| ending == "toml");
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    match stem.filter(|stem| is_plan && stem.chars().all(fits)) {
        Some(stem) => Ok(stem.to_owned()),
        None => {
            Err(Failure::usage(say::not_a_plan_file(path.display())).help(say::plan_file_form()))
        }
    }
}
