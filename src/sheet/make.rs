//! A unit's open obligations → the form that it fills in for a period.

use crate::calendar::Day;
use crate::form;
use crate::form::Field;
use crate::form::Filling;
use crate::form::Form;
use crate::journal::Entry;
use crate::lang::Lang;
use crate::lang::sheet as say;
use crate::lang::terms;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::sheet::Column;
use crate::sheet::Term;
use crate::sheet::hidden;
use crate::sheet::hidden::Hidden;
use crate::sheet::hidden::Standing;
use crate::sheet::offered;
use crate::terms::Event;
use crate::terms::Kind;
use crate::terms::State;
use std::collections::BTreeMap;

/// The entries that count of each obligation, in fold order.
pub type History = BTreeMap<ObligationIx, Vec<Entry>>;

/// Returns what a unit has to report on in a term: what is open, and has begun by its end.
pub fn open_of(view: &View<'_>, unit: UnitIx, term: &Term) -> Vec<ObligationIx> {
    let is_open = |at: &ObligationIx| {
        let obligation = view.chart.obligation(*at);
        let account = view.book.account(*at);
        let is_done = matches!(account.state, State::Closed | State::Cancelled);
        let has_begun =
            obligation.window.start <= term.window.end || account.state != State::NotStarted;
        let is_over =
            obligation.kind == Kind::Continuing && obligation.window.end < term.window.start;
        obligation.unit == unit && !is_done && has_begun && !is_over
    };
    view.chart
        .iter()
        .map(|(at, _)| at)
        .filter(is_open)
        .collect()
}

/// Makes the form of a unit.
pub fn form(
    view: &View<'_>,
    unit: UnitIx,
    term: &Term,
    open: &[ObligationIx],
    history: &History,
) -> Form {
    let (plan, lang, day) = (view.plan(), view.lang, view.book.day);
    let name = &plan.unit(unit).name;
    let office = &plan.unit(plan.verifier_of(unit)).name;
    let mut guide = vec![say::guide(&plan.title, office).into_text(lang)];
    guide.push(say::how(term.window.end).into_text(lang));
    let mut lines = vec![say::state_on(day, open.len()).into_text(lang)];
    if let Some(report_day) = term.report_day {
        lines.insert(0, say::send_by(office, report_day).into_text(lang));
    }
    guide.push(lines.join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    }));
    let short: String = view.journal.digest.chars().take(8).collect();
    Form {
        name: say::TAB.text(lang).to_owned(),
        title: say::title(name, term.period).into_text(lang),
        guide,
        columns: Column::ALL.iter().map(|of| column(*of, lang)).collect(),
        rows: open.iter().map(|at| row(view, *at, history)).collect(),
        hidden_name: hidden::NAME.to_owned(),
        hidden: hidden(view, unit, term, open, history).lines(),
        made_on: day,
        footer: say::proof(&plan.id, short, day).into_text(lang),
    }
}

fn column(of: Column, lang: Lang) -> form::Column {
    form::Column {
        title: say::column(of).text(lang).to_owned(),
        width: of.width(),
        filling: match of.is_open() {
            true => Filling::Open {
                hint: say::hint(of).text(lang).to_owned(),
            },
            false => Filling::Given,
        },
    }
}

fn row(view: &View<'_>, at: ObligationIx, history: &History) -> Vec<Field> {
    let (plan, lang) = (view.plan(), view.lang);
    let obligation = view.chart.obligation(at);
    let item = plan.item(obligation.item);
    let (account, position) = (view.book.account(at), view.book.position(at));
    let entries = history.get(&at).map_or(&[][..], Vec::as_slice);
    let form = item.form.as_ref();
    let form = form.map(|form| say::form_of(form).into_text(lang));
    let standard: Vec<String> = item.done_when.iter().cloned().chain(form).collect();
    let given = |text: &str| Field::Given(text.to_owned());
    let field = |of: &Column| match of {
        Column::Obligation => Field::Given(view.chart.name(at)),
        Column::Title => given(&item.title),
        Column::Standard => Field::Given(standard.join("\n")),
        Column::Due => Field::Given(due(view, at)),
        Column::State => given(terms::state(position.state).text(lang)),
        Column::Light => given(terms::light(position.light).text(lang)),
        Column::LastProgress => Field::Given(last_progress(view, at, entries)),
        Column::LastNote => Field::Given(last_note(entries, lang)),
        Column::Event => {
            let words = offered(obligation, account).into_iter();
            Field::Choice(
                words
                    .map(|of| terms::event(of).text(lang).to_owned())
                    .collect(),
            )
        }
        Column::Progress | Column::Date | Column::Note | Column::Evidence => Field::Open,
    };
    Column::ALL.iter().map(field).collect()
}

/// Returns the current due date, where there is one to miss.
fn due(view: &View<'_>, at: ObligationIx) -> String {
    match view.chart.obligation(at).kind {
        Kind::Once | Kind::Periodic => view.book.account(at).current_due.to_string(),
        Kind::Continuing => String::new(),
    }
}

/// Returns how far it was: the amount as it was reported, or a percent.
fn last_progress(view: &View<'_>, at: ObligationIx, entries: &[Entry]) -> String {
    let target = view
        .plan()
        .item(view.chart.obligation(at).item)
        .target
        .as_ref();
    let reported = entries
        .iter()
        .rfind(|entry| entry.event == Some(Event::Progress) && !entry.value().is_empty());
    match (reported.map(Entry::value), target) {
        (Some(value), Some(target)) if !value.ends_with('%') => {
            say::amount_of(value, target.amount, &target.unit).into_text(view.lang)
        }
        (Some(value), _) => value.to_owned(),
        (None, _) => String::new(),
    }
}

/// Returns what was said last, and by which event.
fn last_note(entries: &[Entry], lang: Lang) -> String {
    let said = entries.iter().rfind(|entry| !entry.note().is_empty());
    said.map_or_else(String::new, |entry| {
        let event = entry
            .event
            .map_or("", |event| terms::event(event).text(lang));
        say::said_on(entry.date, event, entry.note()).into_text(lang)
    })
}

fn hidden(
    view: &View<'_>,
    unit: UnitIx,
    term: &Term,
    open: &[ObligationIx],
    history: &History,
) -> Hidden {
    let plan = view.plan();
    let standing = |at: &ObligationIx| Standing {
        obligation: view.chart.name(*at),
        last: last_id(history, *at),
        count: history.get(at).map_or(0, Vec::len).to_string(),
        title: plan.item(view.chart.obligation(*at).item).title.clone(),
        due: due(view, *at),
    };
    let made_on: Day = view.book.day;
    Hidden {
        plan: plan.id.clone(),
        plan_sha256: plan.sha256.clone(),
        unit: plan.unit(unit).id.clone(),
        period: term.period.to_string(),
        made_on: made_on.to_string(),
        journal: view.journal.digest.clone(),
        sheet: say::TAB.text(view.lang).to_owned(),
        rows: open.iter().map(standing).collect(),
        digest: String::new(),
    }
}

/// Returns the id of the last entry of an obligation that counts; nothing where there is none.
pub fn last_id(history: &History, at: ObligationIx) -> String {
    let last = history.get(&at).and_then(|entries| entries.last());
    last.map_or_else(String::new, |entry| entry.id.to_string())
}
