//! What was typed → the event, the obligations and the value that were meant.

use super::Asked;
use super::says_something;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::commands::Ctx;
use crate::commands::open;
use crate::commands::session::Session;
use crate::failure::Failure;
use crate::failure::Result;
use crate::figures::Amount;
use crate::journal::scan;
use crate::journal::scan::Value;
use crate::lang::Said;
use crate::lang::failures;
use crate::lang::recording as say;
use crate::lang::terms;
use crate::names;
use crate::plan::Item;
use crate::plan::ItemIx;
use crate::plan::Plan;
use crate::plan::Schedule;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::chart::Obligation;
use crate::plan::chart::ObligationIx;
use crate::terms::Colour;
use crate::terms::Event;
use crate::terms::State;

/// What a target and the words after it mean.
pub(super) enum Meant {
    /// One obligation, and the value as it is to be stored.
    One(ObligationIx, String),
    /// Everything of a unit that can take the event.
    OfUnit(UnitIx),
    /// Everything of an item that waits to be verified, of one unit or of all.
    AllSubmitted(ItemIx, Option<UnitIx>),
}

/// Reads an event: its English or its Chinese word.
pub(super) fn event(typed: &str) -> Result<Event> {
    let folded = names::fold(typed);
    let found = open::filters::word(&folded, Event::ALL, Event::code, terms::event)
        .map_err(|_| Failure::usage(say::no_event(typed)).help(nearest_event(&folded)))?;
    match found {
        Event::Retract => Err(Failure::usage(say::no_event(typed)).help(say::use_retract())),
        Event::Seal => Err(Failure::usage(say::no_event(typed)).help(say::use_seal())),
        event => Ok(event),
    }
}

/// Names the nearest event, else all of them.
fn nearest_event(typed: &str) -> Said {
    let recorded = || {
        let is_recorded = |event: &&Event| !matches!(event, Event::Retract | Event::Seal);
        Event::ALL.iter().filter(is_recorded)
    };
    let words = recorded().flat_map(|event| [event.code(), terms::event(*event).zh]);
    match names::nearest(typed, words) {
        Some(nearest) => failures::did_you_mean(nearest),
        None => {
            let zh: Vec<&str> = recorded().map(|event| terms::event(*event).zh).collect();
            let en: Vec<&str> = recorded().map(|event| event.code()).collect();
            Said {
                zh: say::events(zh.join("、")).zh,
                en: say::events(en.join(", ")).en,
            }
        }
    }
}

/// Understands target and words of one line of input.
pub(super) fn understand(
    ctx: &Ctx,
    plan: &Plan,
    chart: &Chart<'_>,
    event: Event,
    asked: &Asked,
    all: bool,
) -> Result<Meant> {
    let word = terms::event(event).text(ctx.lang);
    let Some(typed) = &asked.target else {
        return Err(Failure::usage(say::no_target(word)).help(say::target_forms()));
    };
    let target = Target::read(&names::fold(typed));
    let (unit_word, value_word) = sort_words(event, &asked.words)?;
    let unit = unit(ctx, plan, target.unit.as_deref(), unit_word.as_deref())?;
    if all && event != Event::Verify {
        return Err(Failure::usage(say::only_verify_all()));
    }
    let Some(item_typed) = &target.item else {
        return match (event, unit, value_word, all) {
            (Event::Ack | Event::Nil, Some(unit), None, false) => Ok(Meant::OfUnit(unit)),
            _ => Err(Failure::usage(say::only_ack_and_nil()).help(say::target_forms())),
        };
    };
    let at = names::item(plan, item_typed)?;
    if all {
        return Ok(Meant::AllSubmitted(at, unit));
    }
    let item = plan.item(at);
    let lead = lead(plan, item, unit)?;
    let period = period(item, target.period.as_deref())?;
    let obligation = chart
        .of(&item.id, &plan.unit(lead).id, &period)
        .expect("item, lead and period were just found in the plan");
    let value = match value_word {
        Some(word) => stored_value(item, &word),
        None => String::new(),
    };
    Ok(Meant::One(obligation, value))
}

impl Meant {
    /// Returns the obligations, in the order of the plan; none is a failure that says so.
    pub(super) fn obligations(
        &self,
        session: &Session<'_>,
        ctx: &Ctx,
        event: Event,
        day: Day,
    ) -> Result<Vec<ObligationIx>> {
        let plan = session.plan();
        match self {
            Meant::One(obligation, _) => Ok(vec![*obligation]),
            Meant::OfUnit(unit) => {
                let able = session.trial.able(*unit, event, day);
                match able.is_empty() {
                    false => Ok(able),
                    true => {
                        let word = terms::event(event).text(ctx.lang);
                        let name = &plan.unit(*unit).name;
                        Err(Failure::refused(say::nothing_to_take(name, word)))
                    }
                }
            }
            Meant::AllSubmitted(item, unit) => {
                let id = &plan.item(*item).id;
                let mut waiting = session.trial.in_state(id, State::Submitted, ctx.today);
                waiting.retain(|at| {
                    unit.is_none_or(|unit| session.chart.obligation(*at).unit == unit)
                });
                match waiting.is_empty() {
                    false => Ok(waiting),
                    true => Err(Failure::refused(say::nothing_submitted(id))),
                }
            }
        }
    }

    /// Tells whether several entries were asked for at once.
    pub(super) const fn is_many(&self) -> bool {
        match self {
            Meant::One(..) => false,
            Meant::OfUnit(_) | Meant::AllSubmitted(..) => true,
        }
    }

    /// Returns the value as it is to be stored.
    pub(super) fn value(&self) -> &str {
        match self {
            Meant::One(_, value) => value,
            Meant::OfUnit(_) | Meant::AllSubmitted(..) => "",
        }
    }
}

/// `ITEM[@UNIT][#PERIOD]`, or `@UNIT`.
struct Target {
    item: Option<String>,
    unit: Option<String>,
    period: Option<String>,
}

impl Target {
    fn read(typed: &str) -> Target {
        let some = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let part = |sign: char| {
            let (_, after) = typed.split_once(sign)?;
            some(after.split(['@', '#']).next().unwrap_or_default())
        };
        Target {
            item: some(typed.split(['@', '#']).next().unwrap_or_default()),
            unit: part('@'),
            period: part('#'),
        }
    }
}

/// Tells the unit from the value: what reads as this event's value is the value.
fn sort_words(event: Event, words: &[String]) -> Result<(Option<String>, Option<String>)> {
    let mut unit: Option<String> = None;
    let mut value: Option<String> = None;
    for typed in words {
        let word = names::fold(typed);
        if value.is_none() && reads_as_value(event, &word) {
            value = Some(word);
        } else if unit.is_none() {
            unit = Some(word);
        } else {
            let failure = Failure::usage(say::too_many_words(typed));
            return Err(match say::value_forms(event) {
                Some(forms) => failure.help(forms),
                None => failure,
            });
        }
    }
    Ok((unit, value))
}

fn reads_as_value(event: Event, word: &str) -> bool {
    match event {
        Event::Progress => word.starts_with(|first: char| first.is_ascii_digit()),
        Event::Extend | Event::Reopen => word.starts_with(|first: char| first.is_ascii_digit()),
        Event::Urge | Event::Light => colour(word).is_some(),
        Event::Ack
        | Event::Nil
        | Event::Submit
        | Event::Verify
        | Event::Return
        | Event::Suspend
        | Event::Resume
        | Event::Cancel
        | Event::Note
        | Event::Retract
        | Event::Seal => false,
    }
}

/// Reads a colour in either language.
fn colour(word: &str) -> Option<Colour> {
    let word = word.trim_end_matches(['色', '灯']);
    Colour::ALL.iter().copied().find(|colour| {
        let said = terms::colour(*colour);
        colour.code() == word || said.zh == word
    })
}

/// Returns a value as it stands in the journal: the code of a colour, an amount without its unit.
fn stored_value(item: &Item, word: &str) -> String {
    if let Some(colour) = colour(word) {
        return colour.code().to_owned();
    }
    let unit = item.target.as_ref().map(|target| target.unit.as_str());
    match unit.and_then(|unit| word.strip_suffix(unit)) {
        Some(amount) if Amount::parse(amount).is_some() => amount.to_owned(),
        _ => word.to_owned(),
    }
}

/// Settles the unit from target and word, which must not disagree.
fn unit(
    ctx: &Ctx,
    plan: &Plan,
    in_target: Option<&str>,
    word: Option<&str>,
) -> Result<Option<UnitIx>> {
    let find = |typed: &str| names::unit(plan, typed, ctx.certainty());
    match (in_target, word) {
        (None, None) => Ok(None),
        (Some(typed), None) | (None, Some(typed)) => Ok(Some(find(typed)?)),
        (Some(one), Some(other)) => match (find(one)?, find(other)?) {
            (first, second) if first == second => Ok(Some(first)),
            _ => Err(Failure::usage(say::two_units(one, other))),
        },
    }
}

/// Settles the lead unit: the one that was named, or the only one.
fn lead(plan: &Plan, item: &Item, unit: Option<UnitIx>) -> Result<UnitIx> {
    let names = || {
        let name = |unit: &UnitIx| {
            let unit = plan.unit(*unit);
            format!("{} {}", unit.id, unit.name)
        };
        let all: Vec<String> = item.lead.iter().map(name).collect();
        listed(&all, say::leads)
    };
    match (unit, item.lead.as_slice()) {
        (_, []) => Err(Failure::usage(say::no_lead(&item.id)).help(say::settle_lead())),
        (Some(unit), leads) if leads.contains(&unit) => Ok(unit),
        (Some(unit), _) => {
            let name = &plan.unit(unit).name;
            Err(Failure::usage(say::not_a_lead(name, &item.id)).help(names()))
        }
        (None, [only]) => Ok(*only),
        (None, leads) => Err(Failure::usage(say::which_unit(&item.id, leads.len())).help(names())),
    }
}

/// Puts a list into a sentence, joined as each language joins.
fn listed(all: &[String], sentence: impl Fn(String) -> Said) -> Said {
    Said {
        zh: sentence(all.join("、")).zh,
        en: sentence(all.join(", ")).en,
    }
}

/// Settles the period, as text: the one that was named, or the only one; empty where there is none.
fn period(item: &Item, typed: Option<&str>) -> Result<String> {
    let periods = match (&item.kind, typed) {
        (Schedule::Once | Schedule::Continuing, None) => return Ok(String::new()),
        (Schedule::Once | Schedule::Continuing, Some(_)) => {
            return Err(Failure::usage(say::no_period_here(&item.id)));
        }
        (Schedule::Periodic(periods), _) => periods,
    };
    let list = || {
        let all: Vec<String> = periods.iter().map(|of| of.period.to_string()).collect();
        listed(&all, say::periods)
    };
    match (typed, periods.as_slice()) {
        (Some(typed), _) => {
            let wanted = Period::parse(&typed.to_uppercase());
            let is_there =
                wanted.is_some_and(|wanted| periods.iter().any(|period| period.period == wanted));
            match wanted.filter(|_| is_there) {
                Some(period) => Ok(period.to_string()),
                None => Err(Failure::usage(say::no_such_period(&item.id, typed)).help(list())),
            }
        }
        (None, [only]) => Ok(only.period.to_string()),
        (None, _) => Err(Failure::usage(say::which_period(&item.id)).help(list())),
    }
}

/// Reads the value for an obligation; one that cannot be read is refused with its forms.
pub(super) fn value(
    plan: &Plan,
    obligation: &Obligation,
    event: Event,
    text: &str,
    date: Day,
) -> Result<Value> {
    let word = terms::event(event);
    if text.is_empty() && matches!(event, Event::Extend | Event::Urge | Event::Light) {
        return Ok(Value::Empty);
    }
    let read = scan::value(event, text, obligation.target, date);
    let failure = || {
        let colour = Colour::from_code(text).map(terms::colour);
        let failure = Failure::usage(Said {
            zh: say::no_value(word.zh, colour.map_or(text, |colour| colour.zh)).zh,
            en: say::no_value(word.en, text).en,
        });
        match say::value_forms(event) {
            Some(forms) => failure.help(forms),
            None => failure,
        }
    };
    let value = read.ok_or_else(failure)?;
    // A bare number means nothing where there is no amount to reach.
    if event == Event::Progress && !text.is_empty() && !says_something(value) {
        let item = &plan.item(obligation.item).id;
        return Err(Failure::usage(say::lacks_target(item)).help(say::value_forms_progress()));
    }
    Ok(value)
}
