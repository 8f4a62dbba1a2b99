//! `bulletin`: the paper of a period, from its seal where it is sealed.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::calendar::Window;
use crate::cli::BulletinArgs;
use crate::cli::ViewArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::open::days;
use crate::commands::open::seals;
use crate::commands::private;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::seal::Seal;
use crate::lang::failures;
use crate::lang::papers::bulletin as say;
use crate::names;
use crate::plan::chart::Chart;
use crate::render;
use crate::render::Format;
use crate::report::bulletin;
use crate::report::bulletin::Charts;
use crate::report::bulletin::Happened;
use crate::report::bulletin::Issue;
use crate::report::bulletin::SealOfPeriod;
use crate::workspace;

/// The largest template that is read, in bytes.
const LARGEST_TEMPLATE: u64 = 256 << 10;

pub(super) fn run(ctx: &Ctx, args: &BulletinArgs) -> Result<Answer> {
    if args.print_template {
        return print_template(ctx);
    }
    let period = period(ctx, args)?;
    let seal = seals::of_period(ctx, period)?;
    let (view_args, seal) = view_args(args, period, seal);
    let opened = open::open(ctx, &view_args)?;
    let periods = opened.plan.reporting_periods();
    // Of a quarter in a plan that reports monthly it is the report of its last month.
    let at = periods
        .iter()
        .position(|of| of.period.window().end == period.window().end);
    check_is_over(ctx, &opened, period)?;
    let (name, wording) = wording(ctx, args, &opened)?;
    let chart = Chart::new(&opened.plan);
    let earlier = periods
        .iter()
        .map(|period| period.window.end)
        .rfind(|end| *end < opened.day);
    let days: Vec<Day> = earlier.into_iter().collect();
    let gathered = opened.gather(ctx, &chart, &view_args, &days)?;
    let as_of = opened.day;
    let in_period = |day: Day| period.window().start <= day && day <= as_of;
    let entries = opened.entries(&|_, _, record| in_period(record.date))?;
    let issue = Issue {
        period,
        at,
        number: args.number.clone(),
        date: date(args, seal.as_ref().map(|(seal, _)| seal), as_of)?,
        seal: seal.map(|(seal, entry)| SealOfPeriod {
            entry,
            digest: seal.digest,
        }),
    };
    let happened = Happened {
        entries: &entries,
        marks: &gathered.marks(),
        earlier: earlier.map(|day| gathered.ledger.on(day)),
    };
    let charts = charts(ctx.format(&args.read.output)?);
    let document = bulletin::document(&gathered.view(), &issue, &happened, &wording, charts)
        .map_err(|fault| {
            Failure::usage(failures::template(&name, &fault)).help(failures::template_help(&fault))
        })?;
    private::mention_in_document(ctx, &args.read, &document);
    let answer = ctx.deliver(&args.read.output, opened.lang, |format, look| {
        render::document(&document, format, look)
    })?;
    Ok(fail_on::judge(ctx, &args.read, &gathered, answer))
}

/// Returns the default wording, in the language of the plan where there is one.
fn print_template(ctx: &Ctx) -> Result<Answer> {
    let opened = open::workspace(ctx, None);
    let plan = opened.ok().and_then(|workspace| workspace.plan);
    let lang = plan.map_or(ctx.lang, |plan| open::paper_lang(ctx, &plan));
    Ok(Answer::done(say::TEMPLATE.text(lang).as_bytes().to_vec()))
}

/// Returns the period that was typed, or the last reporting period that has ended.
fn period(ctx: &Ctx, args: &BulletinArgs) -> Result<Period> {
    let typed = names::fold(&args.period);
    if typed != "last" {
        return Period::parse(&typed).ok_or_else(|| {
            Failure::usage(failures::no_period(&args.period)).help(failures::period_forms())
        });
    }
    let view = ViewArgs {
        known_at: args.read.view.known_at.clone(),
        ..ViewArgs::default()
    };
    let opened = open::open(ctx, &view)?;
    let at = days::reporting_period(ctx, &opened.plan, "last")?;
    Ok(opened.plan.reporting_periods()[at].period)
}

/// Refuses a period outside the plan, and one of which the as-of day lies ahead.
fn check_is_over(ctx: &Ctx, opened: &Opened, period: Period) -> Result<()> {
    let Window { start, end } = opened.plan.period;
    let Some(window) = period.window().cut_to(opened.plan.period) else {
        let message = failures::outside_the_plan(period, start, end);
        return Err(Failure::usage(message));
    };
    let until = opened.day.min(window.end);
    match window.start <= until && until <= ctx.today {
        true => Ok(()),
        false => {
            let day = ctx.today.min(opened.day);
            let message = failures::bulletin_too_early(period, window.end, day);
            Err(Failure::usage(message))
        }
    }
}

const fn charts(format: Format) -> Charts {
    match format {
        Format::Docx => Charts::Without,
        Format::Table
        | Format::Plain
        | Format::Csv
        | Format::Json
        | Format::Jsonl
        | Format::Markdown
        | Format::Html
        | Format::Xlsx => Charts::With,
    }
}

/// Looks at the end of the period from its seal, unless something else is asked for.
fn view_args(
    args: &BulletinArgs,
    period: Period,
    seal: Option<(Seal, String)>,
) -> (ViewArgs, Option<(Seal, String)>) {
    let mut view = args.read.view.clone();
    view.as_of.get_or_insert_with(|| period.to_string());
    let is_of_seal = |known_at: &str, (seal, entry): &(Seal, String)| {
        let known_at = names::fold(known_at);
        known_at == seal.period.to_string() || known_at == *entry
    };
    let seal = match &view.known_at {
        Some(known_at) => seal.filter(|seal| is_of_seal(known_at, seal)),
        None => seal,
    };
    if seal.is_some() {
        view.known_at.get_or_insert_with(|| period.to_string());
    }
    (view, seal)
}

/// Returns the day of the paper: as typed, else that of the seal, else the as-of day. Never today,
/// so that the same journal gives the same paper.
fn date(args: &BulletinArgs, seal: Option<&Seal>, as_of: Day) -> Result<Day> {
    match &args.date {
        Some(typed) => {
            Day::parse(&names::fold(typed)).ok_or_else(|| Failure::usage(failures::no_date(typed)))
        }
        None => Ok(seal.map_or(as_of, |seal| seal.date)),
    }
}

/// Returns the wording and where it is from: the file named, the one beside the plan, the default.
fn wording(ctx: &Ctx, args: &BulletinArgs, opened: &Opened) -> Result<(String, String)> {
    if let Some(named) = &args.template {
        let text = workspace::read_text(&ctx.folder.join(named), LARGEST_TEMPLATE)?;
        return Ok((named.display().to_string(), text));
    }
    let beside = opened.places.plan.with_extension("bulletin.txt");
    let name = workspace::shown(&beside, &ctx.folder);
    let text = workspace::read_text_if_there(&beside, LARGEST_TEMPLATE)?;
    let default = say::TEMPLATE.text(opened.lang);
    Ok((name, text.unwrap_or_else(|| default.to_owned())))
}
