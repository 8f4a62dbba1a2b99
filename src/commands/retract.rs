//! `retract` and `undo`: voiding an entry by a new line. Nothing is ever edited.

use crate::cli::RetractArgs;
use crate::cli::UndoArgs;
use crate::cli::WriteArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::hand::Hand;
use crate::commands::hand::HandFlags;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::receipt;
use crate::commands::session;
use crate::commands::session::Planned;
use crate::commands::session::Session;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Draft;
use crate::journal::Entry;
use crate::journal::scan::texts;
use crate::lang::papers::column;
use crate::lang::recording as say;
use crate::lang::terms;
use crate::names;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::recording::EntryLine;
use crate::recording::Objection;
use crate::recording::Outcome;
use crate::terms::Event;

pub(super) fn run(ctx: &Ctx, args: &RetractArgs) -> Result<Answer> {
    let opened = open::open_to_write(ctx)?;
    let chart = Chart::new(&opened.plan);
    let note = ctx.settle_text(column::NOTE, &args.note)?;
    if note.is_empty() {
        let event = terms::event(Event::Retract).text(ctx.lang);
        return Err(Failure::usage(say::lacks_reason(event)).help(say::add_note()));
    }
    let flags = flags(&args.write, args.acting.as_deref(), args.person.as_deref());
    let hand = Hand::take(ctx, &opened.plan, flags)?;
    let session = Session::begin(ctx, &opened, &chart, hand, &args.write)?;
    let entry = find(&session, &args.entry)?;
    write(ctx, session, &entry, &note, &args.write)
}

pub(super) fn undo(ctx: &Ctx, args: &UndoArgs) -> Result<Answer> {
    let opened = open::open_to_write(ctx)?;
    let chart = Chart::new(&opened.plan);
    let flags = flags(&args.write, args.acting.as_deref(), args.person.as_deref());
    let hand = Hand::take(ctx, &opened.plan, flags)?;
    let session = Session::begin(ctx, &opened, &chart, hand, &args.write)?;
    let entry = last_own(&session)?;
    let note = match &args.note {
        Some(note) => ctx.settle_text(column::NOTE, note)?,
        None => say::undo_reason().into_text(opened.lang),
    };
    let event = entry.event.map_or(entry.event_text(), |event| {
        terms::event(event).text(ctx.lang)
    });
    let what = format!("{event} {} {}", entry.obligation(), entry.value());
    ctx.say(&say::undoing(entry.name(), what.trim_end()));
    write(ctx, session, &entry, &note, &args.write)
}

fn flags<'f>(
    write: &'f WriteArgs,
    unit: Option<&'f str>,
    person: Option<&'f str>,
) -> HandFlags<'f> {
    HandFlags {
        writer: write.writer.as_deref(),
        unit,
        person,
    }
}

/// Checks what taking the entry out would break, and writes the retract.
fn write(
    ctx: &Ctx,
    mut session: Session<'_>,
    entry: &Entry,
    note: &str,
    write: &WriteArgs,
) -> Result<Answer> {
    let acting = session.hand.unit;
    let mut planned = plan_retract(&session, entry, note, acting)?;
    session::not_in_the_future(ctx, planned.draft.date)?;
    let at = session.chart.of(entry.item(), entry.unit(), entry.period());
    let account = |session: &Session<'_>| Some(session.trial.account(at?, session.today()));
    let before = account(&session);
    let objections = objections(&mut session, entry);
    if let Some(at) = at {
        session.settle(ctx, at, Event::Retract, &objections, write)?;
    }
    if let (Some(before), Some(after)) = (before, account(&session)) {
        planned.outcome = Some(Outcome { before, after });
    }
    receipt::finish(ctx, session, &[planned], write)
}

/// Returns what speaks against voiding an entry; of a retract, against what it voided coming back.
fn objections(session: &mut Session<'_>, entry: &Entry) -> Vec<Objection> {
    if entry.event == Some(Event::Retract) {
        return session.revive(entry.value());
    }
    match session.scan.writer(&entry.writer) {
        Some(writer) => session.trial.void(EntryLine {
            writer,
            line: entry.line,
        }),
        None => Vec::new(),
    }
}

/// Drafts the retract of an entry, if this hand may write it.
pub(super) fn plan_retract(
    session: &Session<'_>,
    entry: &Entry,
    note: &str,
    acting: Option<UnitIx>,
) -> Result<Planned> {
    let plan = session.plan();
    let is_own = &*entry.writer == session.hand.writer.as_str();
    if !is_own && acting != Some(plan.supervisor) {
        let supervisor = plan.unit(plan.supervisor);
        return Err(
            Failure::refused(say::not_yours(entry.name(), &supervisor.name))
                .help(say::act_as(&supervisor.id)),
        );
    }
    if session.scan.is_void_of(&entry.writer, entry.line) {
        return Err(Failure::refused(say::already_void(entry.name())));
    }
    let acting = acting.map_or(entry.acting(), |unit| &plan.unit(unit).id);
    Ok(Planned {
        draft: Draft {
            date: session.today(),
            event: Event::Retract,
            item: entry.item().to_owned(),
            unit: entry.unit().to_owned(),
            period: entry.period().to_owned(),
            value: entry.id.to_string(),
            acting: acting.to_owned(),
            by: session.hand.person.clone(),
            reference: String::new(),
            evidence: String::new(),
            note: note.to_owned(),
        },
        voids: Some(entry.name()),
        outcome: None,
    })
}

/// Finds the entry that a reference names: `writer:seq`, or a unique beginning of the id.
pub(super) fn find(session: &Session<'_>, reference: &str) -> Result<Entry> {
    entry(session.opened, reference)
}

/// Finds the entry that a reference names in a workspace.
pub(super) fn entry(opened: &Opened, reference: &str) -> Result<Entry> {
    let folded = names::fold(reference);
    let wanted = |writer: &str, _: u32, record: &crate::journal::line::Record<'_>| match folded
        .split_once(':')
    {
        Some((of, seq)) => writer == of && record.fields.values[0] == seq,
        None => folded.len() >= 4 && record.fields.values[13].starts_with(&folded),
    };
    let mut found = opened.entries(&wanted)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::usage(say::no_entry(reference)).help(say::entry_forms())),
        _ => {
            let names: Vec<String> = found.iter().map(name_with_line).collect();
            let message = say::several_entries(reference, names.join(", "));
            Err(Failure::usage(message).help(say::entry_forms()))
        }
    }
}

fn name_with_line(entry: &Entry) -> String {
    format!("{} ({}:{})", entry.name(), entry.file, entry.line)
}

/// Returns one's own last entry that is neither a retract, a seal nor void.
fn last_own(session: &Session<'_>) -> Result<Entry> {
    let own = session.hand.writer.as_str();
    let wanted = |writer: &str, line: u32, record: &crate::journal::line::Record<'_>| {
        let event = Event::from_code(&record.fields.values[3]);
        writer == own
            && !matches!(event, Some(Event::Retract | Event::Seal))
            && !session.scan.is_void_of(writer, line)
    };
    session
        .opened
        .entries(&wanted)?
        .pop()
        .ok_or_else(|| Failure::refused(say::nothing_to_undo(own)))
}

impl Session<'_> {
    /// Returns the day on which retracts are dated.
    fn today(&self) -> crate::calendar::Day {
        self.opened.day
    }

    /// Tries what comes back when a retract is voided: the entry whose id it names.
    fn revive(&mut self, id: &str) -> Vec<Objection> {
        let found = texts::entries(
            &self.opened.files,
            &self.opened.plan.id,
            &self.opened.known,
            &|_, _, record| record.fields.values[13] == id,
        );
        let Some(entry) = found.unwrap_or_default().pop() else {
            return Vec::new();
        };
        match self.posting_of(&entry) {
            Some(posting) => self.trial.revive(posting),
            None => Vec::new(),
        }
    }
}
