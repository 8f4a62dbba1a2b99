//! `slip`: the letters that urge units, and the entries that say they were sent.
//!
//! The paper is written first and recorded after: what is cut off between leaves a paper that is not
//! in the journal, never an entry without its paper, and nothing is counted twice.

mod earlier;
mod number;

use crate::calendar::Day;
use crate::cli::SlipArgs;
use crate::cli::ViewArgs;
use crate::cli::WriteArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::hand::Hand;
use crate::commands::hand::HandFlags;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::private;
use crate::commands::receipt;
use crate::commands::session;
use crate::commands::session::Planned;
use crate::commands::session::Session;
use crate::commands::slip::earlier::Urges;
use crate::document::Document;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Draft;
use crate::journal::file::Receipt;
use crate::journal::scan::Value;
use crate::lang::papers::column;
use crate::lang::papers::slip as say;
use crate::lang::recording;
use crate::ledger::Ledger;
use crate::names;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::privacy;
use crate::recording::Carries;
use crate::recording::Has;
use crate::recording::Wish;
use crate::render;
use crate::render::Format;
use crate::report::View;
use crate::report::filter::Filter;
use crate::report::slip;
use crate::report::slip::Letter;
use crate::report::slip::Patience;
use crate::report::slip::Slip;
use crate::report::slip::Urged;
use crate::terms::Event;
use crate::workspace::paper::Overwrite;
use crate::workspace::paper::make_folder;
use crate::workspace::paper::refuse_standing;
use crate::workspace::paper::write_paper;
use std::path::Path;
use std::path::PathBuf;

/// How many days a unit has to answer.
const DAYS_TO_REPLY: i64 = 7;

pub(super) fn run(ctx: &Ctx, args: &SlipArgs) -> Result<Answer> {
    let date = date(ctx, args)?;
    let reply_by = reply_by(args, date)?;
    let view_args = ViewArgs {
        known_at: args.known_at.clone(),
        ..ViewArgs::default()
    };
    let mut opened = open_for(ctx, args, &view_args)?;
    opened.day = date;
    let chart = Chart::new(&opened.plan);
    let asked = units(ctx, &opened, args)?;
    let flags = HandFlags {
        writer: args.writer.as_deref(),
        unit: args.acting.as_deref(),
        person: args.person.as_deref(),
    };
    let hand = Hand::take(ctx, &opened.plan, flags)?;
    let write = WriteArgs {
        dry_run: args.dry_run,
        late: args.late,
        again: args.again,
        ..WriteArgs::default()
    };
    let mut session = Session::begin(ctx, &opened, &chart, hand, &write)?;
    let ledger = Ledger::post(&chart, &session.scan.postings, &[date]);
    let urges = Urges::of(&session, date, DAYS_TO_REPLY)?;
    let filter = Filter::default();
    let head = opened.journal_head(&view_args, &session.scan, &ledger);
    let writers = session.scan.writers.clone();
    let view = View {
        chart: &chart,
        book: ledger.on(date),
        filter: &filter,
        journal: &head,
        writers: &writers,
        lang: opened.lang,
    };
    let slips = find(ctx, args, &view, &session, &asked, &urges)?;
    if slips.is_empty() {
        return nothing(ctx, args, &view, &asked);
    }
    let slips = lettered(ctx, args, &view, &session, &urges, slips, reply_by)?;
    let mut planned = Vec::new();
    for (slip, letter) in &slips {
        for urged in &slip.urged {
            planned.push(plan_urge(ctx, &mut session, urged, letter, date, &write)?);
        }
    }
    session.refuse_twins(ctx, &planned, &write)?;
    hand_over(ctx, args, &view, &slips, session, &planned)
}

/// Returns the day of the slips: one that was said, or today.
fn date(ctx: &Ctx, args: &SlipArgs) -> Result<Day> {
    let date = match &args.date {
        None => ctx.today,
        Some(typed) => Day::parse(&names::fold(typed)).ok_or_else(|| {
            Failure::usage(recording::no_such_day(typed)).help(recording::write_a_day())
        })?,
    };
    session::not_in_the_future(ctx, date)
}

fn reply_by(args: &SlipArgs, date: Day) -> Result<Day> {
    let Some(typed) = &args.reply_by else {
        return Ok(date.plus(DAYS_TO_REPLY));
    };
    let day = Day::parse(&names::fold(typed)).ok_or_else(|| {
        Failure::usage(recording::no_such_day(typed)).help(recording::write_a_day())
    })?;
    match day > date {
        true => Ok(day),
        false => Err(Failure::usage(say::reply_not_later(day, date))),
    }
}

/// Opens the workspace; with what was known once only to look.
fn open_for(ctx: &Ctx, args: &SlipArgs, view: &ViewArgs) -> Result<Opened> {
    match (&args.known_at, args.dry_run) {
        (None, _) => open::open_to_write(ctx),
        (Some(_), true) => open::open(ctx, view),
        (Some(_), false) => Err(Failure::usage(say::known_at_is_for_looking())),
    }
}

/// Returns the units that were named, each once, or all.
fn units(ctx: &Ctx, opened: &Opened, args: &SlipArgs) -> Result<Vec<UnitIx>> {
    if args.all_behind {
        return Ok((0..opened.plan.units.len()).map(UnitIx::at).collect());
    }
    let mut units = Vec::new();
    for typed in &args.units {
        let unit = names::unit(&opened.plan, typed, ctx.certainty())?;
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    Ok(units)
}

/// Finds what each unit is to be urged for, and says who is left out and why.
fn find(
    ctx: &Ctx,
    args: &SlipArgs,
    view: &View<'_>,
    session: &Session<'_>,
    asked: &[UnitIx],
    urges: &Urges,
) -> Result<Vec<Slip>> {
    let plan = view.plan();
    let patience = match args.again {
        true => Patience::None,
        false => Patience::Waits,
    };
    let mut slips = Vec::new();
    let mut waiting = Vec::new();
    for unit in asked {
        let found = slip::find(view, *unit, &urges.unanswered, patience);
        waiting.extend(found.waiting);
        let verifier = plan.verifier_of(*unit);
        let is_mine = session.hand.unit.is_none_or(|own| own == verifier);
        match (found.urged.is_empty(), is_mine || !args.all_behind) {
            (true, _) => {}
            (false, true) => slips.push(Slip {
                unit: *unit,
                urged: found.urged,
            }),
            (false, false) => ctx.say(&say::not_yours_to_urge(
                &plan.unit(*unit).name,
                &plan.unit(verifier).name,
            )),
        }
    }
    if let Some(first) = waiting.iter().min() {
        ctx.say(&say::waiting(waiting.len(), first));
    }
    Ok(slips)
}

/// Says that there is nothing to send; machines get an empty list.
fn nothing(ctx: &Ctx, args: &SlipArgs, view: &View<'_>, asked: &[UnitIx]) -> Result<Answer> {
    match asked {
        [unit] => ctx.say(&say::nothing_for(&view.plan().unit(*unit).name)),
        _ => ctx.say(&say::nothing_at_all()),
    }
    let is_for_machines = matches!(args.output.format, Some(Format::Json | Format::Jsonl));
    match args.output.output.is_none() && is_for_machines {
        true => {
            let mut document = slip::together(view, &[]);
            document.data.push(receipt::entries(&[], &[]));
            ctx.deliver(&args.output, view.lang, |format, look| {
                render::document(&document, format, look)
            })
        }
        false => Ok(Answer::done(Vec::new())),
    }
}

/// Gives each slip its number, its sender and its day to answer by.
fn lettered(
    ctx: &Ctx,
    args: &SlipArgs,
    view: &View<'_>,
    session: &Session<'_>,
    urges: &Urges,
    slips: Vec<Slip>,
    reply_by: Day,
) -> Result<Vec<(Slip, Letter)>> {
    let numbers = match &args.number {
        None => number::following(&urges.numbers, view.book.day, view.lang, slips.len()),
        Some(typed) => {
            let first = ctx.settle_text(column::REFERENCE, typed)?;
            number::counted(&first, slips.len())?
        }
    };
    if !args.dry_run
        && let Some((number, entry)) = numbers
            .iter()
            .find_map(|number| Some((number, urges.numbers.get(number)?)))
    {
        return Err(Failure::refused(say::number_used(number, entry)));
    }
    let letter = |(slip, number): (Slip, String)| {
        let verifier = view.plan().verifier_of(slip.unit);
        let by = session.hand.unit.unwrap_or(verifier);
        let letter = Letter {
            number,
            by,
            reply_by,
        };
        (slip, letter)
    };
    Ok(slips.into_iter().zip(numbers).map(letter).collect())
}

/// Tries one `urge` in the fold and drafts its line.
fn plan_urge(
    ctx: &Ctx,
    session: &mut Session<'_>,
    urged: &Urged,
    letter: &Letter,
    date: Day,
    write: &WriteArgs,
) -> Result<Planned> {
    session.refuse_sealed(date, write)?;
    let (plan, chart) = (session.plan(), session.chart);
    let obligation = chart.obligation(urged.obligation);
    let wish = Wish {
        obligation: urged.obligation,
        event: Event::Urge,
        value: Value::Colour(urged.colour),
        date,
        acting: letter.by,
        carries: Carries {
            note: Has::Yes,
            reference: Has::Yes,
            evidence: Has::No,
        },
    };
    let (outcome, objections) = session.trial.add(&wish);
    session.settle(ctx, urged.obligation, Event::Urge, &objections, write)?;
    let period = obligation.period.map(|period| period.to_string());
    Ok(Planned {
        draft: Draft {
            date,
            event: Event::Urge,
            item: plan.item(obligation.item).id.clone(),
            unit: plan.unit(obligation.unit).id.clone(),
            period: period.unwrap_or_default(),
            value: urged.colour.code().to_owned(),
            acting: plan.unit(letter.by).id.clone(),
            by: ctx.settle_text(column::PERSON, &session.hand.person)?,
            reference: letter.number.clone(),
            evidence: String::new(),
            note: say::note(letter.reply_by).into_text(session.opened.lang),
        },
        voids: None,
        outcome: Some(outcome),
    })
}

/// Writes the papers, then records; what is printed are the receipts, or the paper itself.
fn hand_over(
    ctx: &Ctx,
    args: &SlipArgs,
    view: &View<'_>,
    slips: &[(Slip, Letter)],
    mut session: Session<'_>,
    planned: &[Planned],
) -> Result<Answer> {
    let document = match slips {
        [(slip, letter)] => slip::document(view, slip, letter),
        slips => slip::together(view, slips),
    };
    private::mention(ctx, &privacy::in_document(&document));
    let with = |entries| {
        let mut document = document.clone();
        document.data.push(entries);
        ctx.deliver(&args.output, view.lang, |format, look| {
            render::document(&document, format, look)
        })
    };
    if let Some(folder) = folder(args) {
        each_for_itself(ctx, args, view, slips, &folder)?;
    } else {
        // On stdout this only tries whether the paper can be shown there at all.
        with(receipt::entries(&[], &[]))?;
    }
    let receipts = receipt::append(ctx, &mut session, planned).inspect_err(|_| {
        if args.output.output.is_some() {
            ctx.say(&say::written_not_recorded());
        }
    })?;
    tell(ctx, &receipts);
    match args.output.output {
        Some(_) => Ok(receipt::print(
            ctx,
            &session,
            planned,
            &receipts,
            Format::Table,
        )),
        None => with(receipt::entries(planned, &receipts)),
    }
}

fn tell(ctx: &Ctx, receipts: &[Receipt]) {
    ctx.say(&match receipts {
        [first, .., last] => say::recorded(receipts.len(), &first.name, &last.name),
        [only] => say::recorded(1, &only.name, &only.name),
        [] => say::not_recorded(),
    });
}

/// Returns the folder that the papers go to, one for each unit.
fn folder(args: &SlipArgs) -> Option<PathBuf> {
    let path = args.output.output.as_ref()?;
    let ends_as_folder = path.to_string_lossy().ends_with(['/', '\\']);
    (ends_as_folder || path.is_dir()).then(|| path.clone())
}

/// Writes a paper for each unit, none where one of them would stand over another.
fn each_for_itself(
    ctx: &Ctx,
    args: &SlipArgs,
    view: &View<'_>,
    slips: &[(Slip, Letter)],
    folder: &Path,
) -> Result<()> {
    let format = args.output.format.unwrap_or(Format::Docx);
    let ending = match format {
        Format::Table | Format::Plain => "txt",
        format => format.code(),
    };
    let overwrite = match args.output.force {
        true => Overwrite::Force,
        false => Overwrite::Refuse,
    };
    let papers: Vec<(PathBuf, Document)> = slips
        .iter()
        .map(|(slip, letter)| {
            let unit = &view.plan().unit(slip.unit).id;
            let mut document = slip::document(view, slip, letter);
            document.data.push(receipt::entries(&[], &[]));
            (folder.join(format!("{unit}.{ending}")), document)
        })
        .collect();
    for (path, _) in &papers {
        refuse_standing(path, overwrite)?;
    }
    make_folder(folder)?;
    let look = ctx.look_of_files(view.lang);
    for (path, document) in &papers {
        write_paper(path, &render::document(document, format, &look), overwrite)?;
        ctx.say(&crate::lang::failures::written(path.display()));
    }
    Ok(())
}
