//! The receipt of a writing command: reference, obligation, value in words, what it counts for and
//! what it changed.

use crate::calendar::Day;
use crate::cli::WriteArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::session::Planned;
use crate::commands::session::Session;
use crate::document::Block;
use crate::document::Document;
use crate::failure::Result;
use crate::figures::Tenths;
use crate::journal::Draft;
use crate::journal::evidence;
use crate::journal::evidence::Reference;
use crate::journal::file::Receipt;
use crate::journal::obligation_name;
use crate::journal::scan;
use crate::journal::scan::Value;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::recording as say;
use crate::lang::terms;
use crate::plan::chart::Chart;
use crate::recording;
use crate::recording::Outcome;
use crate::render;
use crate::render::Format;
use crate::table::Datum;
use crate::terms::Colour;
use crate::terms::Event;

/// Appends the lines and returns what to print. A dry run writes nothing.
pub(super) fn finish(
    ctx: &Ctx,
    mut session: Session<'_>,
    planned: &[Planned],
    write: &WriteArgs,
) -> Result<Answer> {
    let receipts = append(ctx, &mut session, planned)?;
    let format = write.format.unwrap_or(Format::Table);
    Ok(print(ctx, &session, planned, &receipts, format))
}

/// Appends the lines. A dry run writes nothing and gives no receipts.
pub(super) fn append(
    ctx: &Ctx,
    session: &mut Session<'_>,
    planned: &[Planned],
) -> Result<Vec<Receipt>> {
    let drafts = planned.iter().map(|planned| planned.draft.clone());
    let drafts: Vec<Draft> = drafts.collect();
    session.append(ctx, &drafts)
}

/// Returns the receipts as they are printed.
pub(super) fn print(
    ctx: &Ctx,
    session: &Session<'_>,
    planned: &[Planned],
    receipts: &[Receipt],
    format: Format,
) -> Answer {
    let document = document(ctx, session, planned, receipts);
    let look = ctx.look(ctx.lang);
    Answer::done(render::document(&document, format, &look))
}

/// Returns the entries for machines.
pub(super) fn entries(planned: &[Planned], receipts: &[Receipt]) -> (&'static str, Datum) {
    let entries = planned.iter().enumerate().map(|(at, planned)| {
        let receipt = receipts.get(at);
        Datum::Map(vec![
            ("entry", receipt.map(|receipt| receipt.name.as_str()).into()),
            ("id", receipt.map(|receipt| receipt.id.to_string()).into()),
            ("obligation", obligation_of(&planned.draft).into()),
        ])
    });
    ("entries", Datum::List(entries.collect()))
}

/// Returns the receipt; without receipts of the desk it was a dry run.
fn document(
    ctx: &Ctx,
    session: &Session<'_>,
    planned: &[Planned],
    receipts: &[Receipt],
) -> Document {
    let title = match receipts.is_empty() {
        false => say::RECORDED,
        true => say::WOULD_RECORD,
    };
    let blocks = planned.iter().enumerate().map(|(at, planned)| {
        let receipt = receipts.get(at);
        Block::Facts(facts(ctx.lang, session, planned, receipt))
    });
    Document {
        title: title.text(ctx.lang).to_owned(),
        data: vec![
            ("schema", "duban/recorded@1".into()),
            entries(planned, receipts),
        ],
        blocks: blocks.collect(),
        lang: ctx.lang.code(),
    }
}

fn facts(
    lang: Lang,
    session: &Session<'_>,
    planned: &Planned,
    receipt: Option<&Receipt>,
) -> Vec<(String, String)> {
    let chart = session.chart;
    let draft = &planned.draft;
    let mut facts = Vec::new();
    let mut fact = |name: Word, text: String| facts.push((name.text(lang).to_owned(), text));
    if let Some(receipt) = receipt {
        fact(say::ENTRY, receipt.name.clone());
    }
    fact(say::OBLIGATION, described(chart, draft).into_text(lang));
    fact(
        say::EVENT,
        event_in_words(lang, chart, planned).into_text(lang),
    );
    fact(say::DATE, draft.date.to_string());
    if draft.event.is_report() {
        let period = recording::reporting_period_of(chart.plan, draft.date);
        let said = match period {
            Some(at) => say::in_period(chart.plan.reporting_periods()[at].period),
            None => say::not_in_any_period(),
        };
        fact(say::COUNTS_FOR, said.into_text(lang));
    }
    if session.seal_over(draft.date).is_some() && draft.event != Event::Retract {
        fact(say::MARK, say::AFTER_SEAL.text(lang).to_owned());
    }
    for file in draft.evidence.split('|').filter_map(Reference::parse) {
        let digest: String = file.sha256.chars().take(8).collect();
        let folder = &session.opened.places.evidence;
        let size = evidence::size(folder, file)
            .map_or_else(String::new, |bytes| say::size(bytes).into_text(lang));
        fact(
            say::EVIDENCE,
            say::evidence_kept(file.path, size, digest).into_text(lang),
        );
    }
    if let Some(outcome) = &planned.outcome {
        fact(say::CHANGED, change(outcome, lang));
    }
    facts
}

/// Names the obligation with its unit and title.
fn described(chart: &Chart<'_>, draft: &Draft) -> Said {
    let name = obligation_of(draft);
    match chart.of(&draft.item, &draft.unit, &draft.period) {
        None => Said {
            zh: name.clone(),
            en: name,
        },
        Some(at) => {
            let obligation = chart.obligation(at);
            let unit = &chart.plan.unit(obligation.unit).name;
            say::described(name, unit, &chart.plan.item(obligation.item).title)
        }
    }
}

/// Says the event and its value in words.
fn event_in_words(lang: Lang, chart: &Chart<'_>, planned: &Planned) -> Said {
    let draft = &planned.draft;
    let event = terms::event(draft.event).text(lang);
    if let Some(voided) = &planned.voids {
        return say::event_voids(event, voided);
    }
    let at = chart.of(&draft.item, &draft.unit, &draft.period);
    let target = at.and_then(|at| {
        let item = chart.plan.item(chart.obligation(at).item);
        item.target.as_ref()
    });
    let amount = target.map(|target| target.amount);
    let value = scan::value(draft.event, &draft.value, amount, draft.date);
    match (value, target) {
        (Some(Value::Percent(_)), Some(target)) if !draft.value.ends_with('%') => {
            say::event_amount(event, &draft.value, target.amount, &target.unit)
        }
        (Some(Value::Percent(_)), _) => say::event_percent(event, &draft.value),
        (Some(Value::Day(due)), _) if draft.event == Event::Reopen => {
            say::event_again_due(event, due)
        }
        (Some(Value::Day(due)), _) => say::event_due(event, due),
        (Some(Value::Colour(colour)), _) => say::event_colour(event, word_of(colour, lang)),
        (Some(Value::Empty) | None, _) => Said {
            zh: event.to_owned(),
            en: event.to_owned(),
        },
    }
}

fn obligation_of(draft: &Draft) -> String {
    obligation_name(&draft.item, &draft.unit, &draft.period)
}

fn word_of(colour: Colour, lang: Lang) -> &'static str {
    terms::colour(colour).text(lang)
}

/// Says what an entry changed: state, progress, receipt, due date, light, slip.
pub(super) fn change(outcome: &Outcome, lang: Lang) -> String {
    let (before, after) = (&outcome.before, &outcome.after);
    let mut changes = Vec::new();
    if before.state != after.state {
        let [from, to] = [before.state, after.state].map(|state| terms::state(state).text(lang));
        changes.push(say::state_changed(from, to));
    }
    if before.value != after.value {
        let [from, to] = [before.value, after.value].map(|value| value.unwrap_or(Tenths::ZERO));
        changes.push(say::progress_changed(from, to));
    }
    if let (None, Some(day)) = (before.acked_on, after.acked_on) {
        changes.push(say::acknowledged(day));
    }
    if before.current_due != after.current_due {
        let (from, to): (Day, Day) = (before.current_due, after.current_due);
        changes.push(
            match after.extended_late && after.judged_due == before.judged_due {
                true => say::due_changed_late(from, to),
                false => say::due_changed(from, to),
            },
        );
    }
    if let Some(colour) = after.manual.filter(|_| before.manual != after.manual) {
        changes.push(say::light_set(word_of(colour, lang)));
    }
    if let Some(colour) = after.slip.filter(|_| before.slip != after.slip) {
        changes.push(say::slip_open(word_of(colour, lang)));
    }
    let separator = match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    };
    let changes: Vec<String> = changes
        .into_iter()
        .map(|said| said.into_text(lang))
        .collect();
    match changes.is_empty() {
        true => say::NOTHING_CHANGED.text(lang).to_owned(),
        false => changes.join(separator),
    }
}
