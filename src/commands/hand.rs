//! Who writes: writer, acting unit and person, asked once on the first recording.

use crate::commands::CanAsk;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::writer::Writer;
use crate::lang::failures;
use crate::lang::recording as say;
use crate::names;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::workspace::config;
use crate::workspace::config::Key;

/// Who writes.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    /// The writer.
    pub(super) writer: Writer,
    /// The unit that acts, where somebody said so.
    pub(super) unit: Option<UnitIx>,
    /// The person.
    pub(super) person: String,
}

/// What this command says of who writes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HandFlags<'f> {
    pub(super) writer: Option<&'f str>,
    pub(super) unit: Option<&'f str>,
    pub(super) person: Option<&'f str>,
}

impl Hand {
    /// Settles who writes: options, environment, settings, questions on a terminal, defaults.
    pub(super) fn take(ctx: &Ctx, plan: &Plan, flags: HandFlags<'_>) -> Result<Hand> {
        let writer = ctx.setting(Key::Writer, flags.writer);
        let answers = match (&writer, ctx.terminal.can_ask, &ctx.homes) {
            (None, CanAsk::Yes, Some(_)) => Some(ask(ctx, plan)?),
            _ => None,
        };
        let writer = match (writer, &answers) {
            (Some(writer), _) => parsed(&writer)?,
            (None, Some(answers)) => answers.writer.clone(),
            (None, None) => default_writer(ctx)?,
        };
        let unit = flags
            .unit
            .map(str::to_owned)
            .or_else(|| answers.as_ref().and_then(|answers| answers.unit.clone()))
            .or_else(|| ctx.setting(Key::Unit, None));
        let person = flags
            .person
            .map(str::to_owned)
            .or_else(|| answers.map(|answers| answers.person))
            .or_else(|| ctx.setting(Key::Person, None))
            .or_else(|| ctx.environment.user.clone())
            .unwrap_or_default();
        Ok(Hand {
            writer,
            unit: match unit {
                Some(typed) => Some(names::unit(plan, &typed, ctx.certainty())?),
                None => None,
            },
            person,
        })
    }
}

/// Returns who writes here, without asking.
pub(super) fn writer(ctx: &Ctx, flag: Option<&str>) -> Result<Writer> {
    match ctx.setting(Key::Writer, flag) {
        Some(writer) => parsed(&writer),
        None => default_writer(ctx),
    }
}

fn parsed(writer: &str) -> Result<Writer> {
    Writer::parse(writer).ok_or_else(|| {
        Failure::usage(failures::no_writer_name(writer)).help(failures::writer_form())
    })
}

/// What was answered on the first recording.
struct Answers {
    writer: Writer,
    unit: Option<String>,
    person: String,
}

/// Asks writer, unit and person, and stores what was answered.
fn ask(ctx: &Ctx, plan: &Plan) -> Result<Answers> {
    ctx.say(&say::first_run());
    let made = made_safe(ctx);
    let default = made.as_ref().map_or("", Writer::as_str);
    let writer = loop {
        let answer = ctx.ask(&say::ask_writer(default))?;
        let typed = if answer.is_empty() { default } else { &answer };
        match Writer::parse(typed) {
            Some(writer) => break writer,
            None => ctx.say(&failures::writer_form()),
        }
    };
    let unit = loop {
        let answer = ctx.ask(&say::ask_unit())?;
        if answer.is_empty() {
            break None;
        }
        match names::unit(plan, &answer, names::Certainty::Terminal) {
            Ok(unit) => break Some(plan.unit(unit).id.clone()),
            Err(failure) => super::say(&failure.text(ctx.lang)),
        }
    };
    let user = ctx.environment.user.clone().unwrap_or_default();
    let question = match user.is_empty() {
        true => say::ask_person_name(),
        false => say::ask_person(&user),
    };
    let person = ctx.ask(&question)?;
    let person = if person.is_empty() { user } else { person };
    store(ctx, Key::Writer, writer.as_str())?;
    if let Some(unit) = &unit {
        store(ctx, Key::Unit, unit)?;
    }
    if !person.is_empty() {
        store(ctx, Key::Person, &person)?;
    }
    Ok(Answers {
        writer,
        unit,
        person,
    })
}

fn store(ctx: &Ctx, key: Key, value: &str) -> Result<()> {
    match &ctx.homes {
        Some(homes) => config::set(&homes.config, key, value),
        None => Ok(()),
    }
}

fn made_safe(ctx: &Ctx) -> Option<Writer> {
    let user = ctx.environment.user.as_deref().unwrap_or_default();
    let host = ctx.environment.host.as_deref().unwrap_or_default();
    Writer::made_safe(user, host)
}

/// Returns the writer that user and machine give; where they give none, one that is made up and kept.
fn default_writer(ctx: &Ctx) -> Result<Writer> {
    if let Some(writer) = made_safe(ctx) {
        return Ok(writer);
    }
    let seed = format!("{} {} {:?}", ctx.now, std::process::id(), ctx.folder);
    let writer = Writer::from_seed(seed.as_bytes());
    store(ctx, Key::Writer, writer.as_str())?;
    Ok(writer)
}
