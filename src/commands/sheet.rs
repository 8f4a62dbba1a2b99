//! `sheet make` and `sheet read`: fill-in forms for the units, and back.

mod read;

use crate::calendar::Period;
use crate::cli::SheetAction;
use crate::cli::SheetMakeArgs;
use crate::cli::ViewArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::open::gather::Gathered;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::scan::Posting;
use crate::lang::failures;
use crate::lang::sheet as say;
use crate::names;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::render;
use crate::sheet::Term;
use crate::sheet::make;
use crate::sheet::make::History;
use crate::workspace::paper::Overwrite;
use crate::workspace::paper::make_folder;
use crate::workspace::paper::refuse_standing;
use crate::workspace::paper::write_paper;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

pub(super) fn run(ctx: &Ctx, action: &SheetAction) -> Result<Answer> {
    match action {
        SheetAction::Make(args) => make(ctx, args),
        SheetAction::Read(args) => read::run(ctx, args),
    }
}

fn make(ctx: &Ctx, args: &SheetMakeArgs) -> Result<Answer> {
    let opened = open::open(ctx, &ViewArgs::default())?;
    let chart = Chart::new(&opened.plan);
    let term = term(ctx, &opened.plan, args.for_period.as_deref())?;
    let units = units(ctx, &opened.plan, args)?;
    let gathered = opened.gather(ctx, &chart, &ViewArgs::default(), &[])?;
    let view = gathered.view();
    let mut forms = Vec::new();
    let is_wanted = |posting: &Posting| units.contains(&chart.obligation(posting.obligation).unit);
    let history = history(&opened, &gathered, is_wanted)?;
    for unit in units.iter().copied() {
        let open = make::open_of(&view, unit, &term);
        let of = &opened.plan.unit(unit);
        if open.is_empty() {
            ctx.say(&say::nothing_open(&of.name));
            continue;
        }
        let form = make::form(&view, unit, &term, &open, &history);
        let name = format!("{}-{}.xlsx", of.id, term.period);
        let path = match args.output == Path::new(".") {
            true => PathBuf::from(name),
            false => args.output.join(name),
        };
        forms.push((path, render::form(&form, opened.lang)));
    }
    let overwrite = match args.force {
        true => Overwrite::Force,
        false => Overwrite::Refuse,
    };
    for (path, _) in &forms {
        refuse_standing(path, overwrite)?;
    }
    if !forms.is_empty() {
        make_folder(&args.output)?;
    }
    for (path, bytes) in &forms {
        write_paper(path, bytes, overwrite)?;
        ctx.say(&failures::written(path.display()));
    }
    Ok(Answer::done(Vec::new()))
}

/// Returns what the sheets are for: the period that was named, else the one that sheets go out for today.
fn term(ctx: &Ctx, plan: &Plan, typed: Option<&str>) -> Result<Term> {
    let term = match typed {
        None => Term::on(plan, ctx.today)
            .ok_or_else(|| Failure::usage(say::no_term()).help(say::say_term()))?,
        Some(typed) if !plan.reporting_periods().is_empty() => {
            let at = open::days::reporting_period(ctx, plan, typed)?;
            Term::of(plan, plan.reporting_periods()[at].period)
        }
        Some(typed) => {
            let period = Period::parse(&names::fold(typed).to_uppercase());
            let period = period
                .ok_or_else(|| Failure::usage(say::no_period(typed)).help(failures::day_forms()))?;
            Term::of(plan, period)
        }
    };
    match term.window.start > ctx.today {
        true => Err(Failure::usage(say::not_begun_yet(
            term.period,
            term.window.start,
        ))),
        false => Ok(term),
    }
}

/// Returns the units that were named, each once; with `--all` those that lead anything.
fn units(ctx: &Ctx, plan: &Plan, args: &SheetMakeArgs) -> Result<Vec<UnitIx>> {
    if args.all {
        let leads: BTreeSet<UnitIx> = plan.items.iter().flat_map(|of| of.lead.clone()).collect();
        return Ok(leads.into_iter().collect());
    }
    let mut units = Vec::new();
    for typed in &args.units {
        let unit = names::unit(plan, typed, ctx.certainty())?;
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    Ok(units)
}

/// Returns the entries that count of some obligations, with their texts.
fn history(
    opened: &Opened,
    gathered: &Gathered<'_>,
    is_wanted: impl Fn(&Posting) -> bool,
) -> Result<History> {
    let counted: Vec<Posting> = gathered.counted().into_iter().filter(is_wanted).collect();
    let writers = &gathered.scan.writers;
    let places: BTreeSet<(&str, u32)> = counted
        .iter()
        .map(|posting| (&*writers[usize::from(posting.writer.0)], posting.line))
        .collect();
    let entries = opened.entries(&|writer, line, _| places.contains(&(writer, line)))?;
    let mut by_place: BTreeMap<(String, u32), _> = entries
        .into_iter()
        .map(|entry| ((entry.writer.to_string(), entry.line), entry))
        .collect();
    let mut history: BTreeMap<ObligationIx, Vec<_>> = BTreeMap::new();
    for posting in counted {
        let writer = writers[usize::from(posting.writer.0)].to_string();
        if let Some(entry) = by_place.remove(&(writer, posting.line)) {
            history.entry(posting.obligation).or_default().push(entry);
        }
    }
    Ok(history)
}
