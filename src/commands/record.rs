//! `record`: what happened, appended to one's own file.

mod batch;
mod target;

use crate::calendar::Day;
use crate::cli::RecordArgs;
use crate::cli::WriteArgs;
use crate::commands::Answer;
use crate::commands::CanAsk;
use crate::commands::Ctx;
use crate::commands::hand::Hand;
use crate::commands::hand::HandFlags;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::receipt;
use crate::commands::retract;
use crate::commands::session;
use crate::commands::session::Planned;
use crate::commands::session::Session;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Draft;
use crate::journal::Entry;
use crate::journal::evidence;
use crate::journal::scan::Value;
use crate::lang::papers::column;
use crate::lang::recording as say;
use crate::lang::terms;
use crate::names;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::privacy;
use crate::privacy::Private;
use crate::recording;
use crate::recording::Carries;
use crate::recording::EntryLine;
use crate::recording::Has;
use crate::recording::Wish;
use crate::terms::Actor;
use crate::terms::Event;
use std::path::PathBuf;

pub(super) fn run(ctx: &Ctx, args: &RecordArgs) -> Result<Answer> {
    let opened = open::open_to_write(ctx)?;
    let chart = Chart::new(&opened.plan);
    match &args.from {
        Some(path) => batch::run(ctx, args, &opened, &chart, path),
        None => one(ctx, args, &opened, &chart),
    }
}

/// What one line of input asks for, before it is settled.
#[derive(Clone, Debug, Default)]
struct Asked {
    event: String,
    target: Option<String>,
    words: Vec<String>,
    note: String,
    date: Option<String>,
    for_period: Option<String>,
    reference: String,
    evidence: Vec<PathBuf>,
    acting: Option<String>,
    person: Option<String>,
}

impl Asked {
    fn of(args: &RecordArgs) -> Asked {
        Asked {
            event: args.event.clone().unwrap_or_default(),
            target: args.target.clone(),
            words: args.words.clone(),
            note: args.note.clone().unwrap_or_default(),
            date: args.date.clone(),
            for_period: args.for_period.clone(),
            reference: args.reference.clone().unwrap_or_default(),
            evidence: args.evidence.clone(),
            acting: args.acting.clone(),
            person: args.person.clone(),
        }
    }
}

/// How a line of input is written, which decides what help says to type.
#[derive(Clone, Copy)]
enum Form {
    /// As options of the command.
    Options,
    /// As columns of a file.
    Columns,
}

/// What is common to all entries of one line of input.
pub(super) struct Settled {
    pub(super) event: Event,
    pub(super) value: String,
    pub(super) date: Day,
    pub(super) note: String,
    pub(super) reference: String,
    pub(super) evidence: Vec<PathBuf>,
    pub(super) acting: Option<UnitIx>,
    pub(super) by: String,
}

fn one(ctx: &Ctx, args: &RecordArgs, opened: &Opened, chart: &Chart<'_>) -> Result<Answer> {
    let asked = Asked::of(args);
    let event = target::event(&asked.event)?;
    let flags = HandFlags {
        writer: args.write.writer.as_deref(),
        unit: args.acting.as_deref(),
        person: args.person.as_deref(),
    };
    // What was typed is understood before anybody is asked and before the lock is taken.
    let meant = target::understand(ctx, &opened.plan, chart, event, &asked, args.all)?;
    let hand = Hand::take(ctx, &opened.plan, flags)?;
    let mut session = Session::begin(ctx, opened, chart, hand, &args.write)?;
    let replaced = match &args.replaces {
        None => None,
        Some(reference) => Some(retract::find(&session, reference)?),
    };
    let day = said_day(ctx, &session, &asked, replaced.as_ref())?;
    let targets = meant.obligations(&session, ctx, event, day.unwrap_or(ctx.today))?;
    let date = date(ctx, &session, day, event, &targets, Form::Options)?;
    let settled = settle(ctx, &session, &asked, event, meant.value(), date)?;
    if targets.len() > 1 || meant.is_many() {
        confirm_many(ctx, &session, &settled, &targets, args)?;
    }
    let mut planned = Vec::new();
    if let Some(entry) = &replaced {
        let reason = match settled.note.is_empty() {
            true => say::replaced_reason().into_text(opened.lang),
            false => settled.note.clone(),
        };
        planned.push(retract::plan_retract(
            &session,
            entry,
            &reason,
            settled.acting,
        )?);
    }
    for at in targets {
        planned.push(plan_one(
            ctx,
            &mut session,
            &settled,
            at,
            replaced.as_ref(),
            &args.write,
        )?);
    }
    session.refuse_twins(ctx, &planned, &args.write)?;
    keep_evidence(opened, &settled, &mut planned, &args.write)?;
    receipt::finish(ctx, session, &planned, &args.write)
}

/// Settles the texts and the actor of a line of input.
fn settle(
    ctx: &Ctx,
    session: &Session<'_>,
    asked: &Asked,
    event: Event,
    value: &str,
    date: Day,
) -> Result<Settled> {
    let acting = match &asked.acting {
        Some(typed) => Some(names::unit(session.plan(), typed, ctx.certainty())?),
        None => session.hand.unit,
    };
    for file in &asked.evidence {
        evidence::look(file)?;
    }
    let texts = [&asked.note, &asked.reference];
    match texts.into_iter().find_map(|text| privacy::found(text)) {
        Some(Private::Phone) => ctx.say(&say::note_holds_phone()),
        Some(Private::Card) => ctx.say(&say::note_holds_card()),
        None => {}
    }
    let by = asked.person.as_deref().unwrap_or(&session.hand.person);
    Ok(Settled {
        event,
        value: value.to_owned(),
        date,
        note: ctx.settle_text(column::NOTE, &asked.note)?,
        reference: ctx.settle_text(column::REFERENCE, &asked.reference)?,
        evidence: asked.evidence.clone(),
        acting,
        by: ctx.settle_text(column::PERSON, by)?,
    })
}

/// Tries one entry in the fold and drafts its line.
pub(super) fn plan_one(
    ctx: &Ctx,
    session: &mut Session<'_>,
    settled: &Settled,
    at: ObligationIx,
    replaced: Option<&Entry>,
    write: &WriteArgs,
) -> Result<Planned> {
    let (plan, chart) = (session.plan(), session.chart);
    session.refuse_sealed(settled.date, write)?;
    let obligation = chart.obligation(at);
    let value = target::value(
        plan,
        obligation,
        settled.event,
        &settled.value,
        settled.date,
    )?;
    let verifier = plan.verifier_of(obligation.unit);
    let acting = settled.acting.unwrap_or(match settled.event.actor() {
        Actor::Unit | Actor::Anyone => obligation.unit,
        Actor::Supervisor => verifier,
    });
    let wish = Wish {
        obligation: at,
        event: settled.event,
        value,
        date: settled.date,
        acting,
        carries: Carries {
            note: Has::text(&settled.note),
            reference: Has::text(&settled.reference),
            evidence: match settled.evidence.is_empty() {
                true => Has::No,
                false => Has::Yes,
            },
        },
    };
    let line = replaced.and_then(|entry| {
        Some(EntryLine {
            writer: session.scan.writer(&entry.writer)?,
            line: entry.line,
        })
    });
    let (outcome, objections) = match line {
        Some(line) => session.trial.replace(line, &wish),
        None => session.trial.add(&wish),
    };
    session.settle(ctx, at, settled.event, &objections, write)?;
    let period = obligation.period.map(|period| period.to_string());
    Ok(Planned {
        draft: Draft {
            date: settled.date,
            event: settled.event,
            item: plan.item(obligation.item).id.clone(),
            unit: plan.unit(obligation.unit).id.clone(),
            period: period.unwrap_or_default(),
            value: settled.value.clone(),
            acting: plan.unit(acting).id.clone(),
            by: settled.by.clone(),
            reference: settled.reference.clone(),
            evidence: String::new(),
            note: settled.note.clone(),
        },
        voids: None,
        outcome: Some(outcome),
    })
}

/// Returns the day that was said: as a date, as a period, as that of the entry replaced.
fn said_day(
    ctx: &Ctx,
    session: &Session<'_>,
    asked: &Asked,
    replaced: Option<&Entry>,
) -> Result<Option<Day>> {
    match (&asked.date, &asked.for_period) {
        (Some(typed), _) => match Day::parse(&names::fold(typed)) {
            Some(day) => Ok(Some(day)),
            None => Err(Failure::usage(say::no_such_day(typed)).help(say::write_a_day())),
        },
        (None, Some(period)) => day_for_period(ctx, session, period).map(Some),
        (None, None) => Ok(replaced.map(|entry| entry.date)),
    }
}

/// Returns the day that the fact holds: the one that was said, or today.
///
/// A report made between a period's end and its report day may be meant for that period: then it is
/// asked, and in a script it must be said.
fn date(
    ctx: &Ctx,
    session: &Session<'_>,
    said: Option<Day>,
    event: Event,
    targets: &[ObligationIx],
    form: Form,
) -> Result<Day> {
    let date = match said {
        Some(day) => day,
        None => match silent(ctx, session, event, targets) {
            Some((at, obligation)) => meant_for(ctx, session, at, obligation, form)?,
            None => ctx.today,
        },
    };
    session::not_in_the_future(ctx, date)
}

/// Returns the last day of a reporting period, or today where the period still runs.
fn day_for_period(ctx: &Ctx, session: &Session<'_>, typed: &str) -> Result<Day> {
    let at = open::days::reporting_period(ctx, session.plan(), typed)?;
    let window = session.plan().reporting_periods()[at].window;
    match window.start > ctx.today {
        true => Err(Failure::usage(say::future_date(window.start, ctx.today))
            .help(say::write_a_past_date())),
        false => Ok(window.end.min(ctx.today)),
    }
}

/// Returns a period that has ended and for which one of the targets is still silent.
fn silent(
    ctx: &Ctx,
    session: &Session<'_>,
    event: Event,
    targets: &[ObligationIx],
) -> Option<(usize, ObligationIx)> {
    if !matches!(event, Event::Progress | Event::Nil) {
        return None;
    }
    targets.iter().find_map(|target| {
        let account = session.trial.account(*target, ctx.today);
        let at = recording::silent_period(session.plan(), &account, ctx.today)?;
        Some((at, *target))
    })
}

fn meant_for(
    ctx: &Ctx,
    session: &Session<'_>,
    at: usize,
    obligation: ObligationIx,
    form: Form,
) -> Result<Day> {
    let period = session.plan().reporting_periods()[at];
    let name = session.chart.name(obligation);
    let question = say::which_period_is_meant(period.period, period.report_day, name);
    if ctx.terminal.can_ask == CanAsk::No {
        return Err(Failure::usage(question).help(match form {
            Form::Options => say::say_for_or_date(period.period, ctx.today),
            Form::Columns => say::say_in_date_column(period.window.end, ctx.today),
        }));
    }
    ctx.say(&question);
    Ok(match ctx.confirm(&say::is_it_for(period.period))? {
        true => period.window.end,
        false => ctx.today,
    })
}

/// Lists what would be written and asks; in a script `--yes` must have been said.
fn confirm_many(
    ctx: &Ctx,
    session: &Session<'_>,
    settled: &Settled,
    targets: &[ObligationIx],
    args: &RecordArgs,
) -> Result<()> {
    if args.write.dry_run {
        return Ok(());
    }
    let plan = session.plan();
    let event = terms::event(settled.event).text(ctx.lang);
    ctx.say(&say::will_write(targets.len()));
    for at in targets {
        let title = &plan.item(session.chart.obligation(*at).item).title;
        super::say(&format!("  {event} {} {title}", session.chart.name(*at)));
    }
    if args.yes {
        return Ok(());
    }
    match ctx.terminal.can_ask {
        CanAsk::No => Err(Failure::usage(say::not_written()).help(say::add_yes())),
        CanAsk::Yes => match ctx.confirm(&say::ask_write())? {
            true => Ok(()),
            false => Err(Failure::usage(say::not_written())),
        },
    }
}

/// Copies the evidence in, once everything else has been checked, and names it in the lines.
pub(super) fn keep_evidence(
    opened: &Opened,
    settled: &Settled,
    planned: &mut [Planned],
    write: &WriteArgs,
) -> Result<()> {
    if settled.evidence.is_empty() || write.dry_run {
        return Ok(());
    }
    let mut references: Vec<String> = Vec::new();
    for file in &settled.evidence {
        let reference = evidence::store(&opened.places.evidence, file)?.reference;
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    let references = references.join("|");
    for planned in planned {
        if planned.draft.event != Event::Retract {
            planned.draft.evidence.clone_from(&references);
        }
    }
    Ok(())
}

/// Tells whether a value that was read says anything.
fn says_something(value: Value) -> bool {
    match value {
        Value::Empty => false,
        Value::Percent(_) | Value::Day(_) | Value::Colour(_) => true,
    }
}
