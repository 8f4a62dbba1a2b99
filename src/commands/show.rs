//! `show`: one unit, measure, item, obligation or entry, with its history.

use crate::cli::ShowArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::fail_on;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::private;
use crate::commands::retract;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Entry;
use crate::lang::failures;
use crate::names;
use crate::plan::chart::Chart;
use crate::render;
use crate::report::log::Marks;
use crate::report::show;
use crate::report::show::Subject;

pub(super) fn run(ctx: &Ctx, args: &ShowArgs) -> Result<Answer> {
    let opened = open::open(ctx, &args.read.view)?;
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather(ctx, &chart, &args.read.view, &[])?;
    let subject = find(ctx, &opened, &chart, &args.reference)?;
    let view = gathered.view();
    if !show::is_shown(&view, &subject) {
        return Err(
            Failure::usage(failures::not_for_the_public(&args.reference))
                .help(failures::without_public()),
        );
    }
    let wanted = show::obligations(&view, &subject);
    let day = opened.day;
    let entries = opened.entries(&|_, _, record| record.date <= day)?;
    let is_wanted = |entry: &Entry| {
        let at = chart.of(entry.item(), entry.unit(), entry.period());
        at.is_some_and(|at| wanted.contains(&at)) || subject.is_entry(entry)
    };
    let entries: Vec<Entry> = entries.into_iter().filter(is_wanted).collect();
    let marks: Marks = gathered.marks();
    let document = show::document(&view, &subject, &entries, &marks);
    private::mention_in_document(ctx, &args.read, &document);
    let answer = ctx.deliver(&args.read.output, opened.lang, |format, look| {
        render::document(&document, format, look)
    })?;
    Ok(fail_on::judge(ctx, &args.read, &gathered, answer))
}

/// Finds what a reference names: an entry, an obligation, an item, a measure or a unit.
fn find(ctx: &Ctx, opened: &Opened, chart: &Chart<'_>, typed: &str) -> Result<Subject> {
    let plan = &opened.plan;
    let folded = names::fold(typed);
    if folded.contains(':') {
        return Ok(Subject::Entry(Box::new(retract::entry(opened, &folded)?)));
    }
    if folded.contains('@') {
        let (rest, period) = folded.split_once('#').unwrap_or((&folded, ""));
        let (item, unit) = rest.split_once('@').unwrap_or((rest, ""));
        if item.is_empty() {
            return Ok(Subject::Unit(names::unit(plan, unit, ctx.certainty())?));
        }
        let item_at = names::item(plan, item)?;
        let unit_at = names::unit(plan, unit, ctx.certainty())?;
        let (item, unit) = (&plan.item(item_at).id, &plan.unit(unit_at).id);
        let found = chart.of(item, unit, &period.to_uppercase());
        return found.map(Subject::Obligation).ok_or_else(|| {
            Failure::usage(failures::no_obligation(typed)).help(failures::see_item(item))
        });
    }
    if let Some(item) = plan.item_by_id(&folded) {
        return Ok(Subject::Item(item));
    }
    if let Ok(measure) = names::measure(plan, &folded, names::Certainty::Script) {
        return Ok(Subject::Measure(measure));
    }
    match names::unit(plan, &folded, ctx.certainty()) {
        Ok(unit) => Ok(Subject::Unit(unit)),
        Err(failure) => match is_id_beginning(&folded) {
            true => retract::entry(opened, &folded)
                .map(|entry| Subject::Entry(Box::new(entry)))
                .map_err(|_| nothing_such(opened, typed, failure)),
            false => Err(nothing_such(opened, typed, failure)),
        },
    }
}

/// Says that nothing is called so, with the nearest item, measure or unit.
fn nothing_such(opened: &Opened, typed: &str, unit: Failure) -> Failure {
    let plan = &opened.plan;
    let ids = plan
        .items
        .iter()
        .map(|item| item.id.as_str())
        .chain(plan.measures.iter().map(|measure| measure.id.as_str()));
    let failure = Failure::usage(failures::nothing_such(typed));
    match (names::nearest(typed, ids), unit.help) {
        (Some(id), _) => failure.help(failures::did_you_mean(id)),
        (None, Some(help)) => failure.help(help),
        (None, None) => failure,
    }
}

fn is_id_beginning(typed: &str) -> bool {
    typed.len() >= 4 && typed.bytes().all(|byte| byte.is_ascii_hexdigit())
}
