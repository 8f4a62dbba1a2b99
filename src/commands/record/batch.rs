//! `record --from`: many entries at once from csv or jsonl, all or nothing.

use super::Asked;
use super::Form;
use super::Settled;
use super::date;
use super::keep_evidence;
use super::plan_one;
use super::said_day;
use super::settle;
use super::target;
use super::target::Meant;
use crate::cli::RecordArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::hand::Hand;
use crate::commands::hand::HandFlags;
use crate::commands::open::Opened;
use crate::commands::receipt;
use crate::commands::session::Planned;
use crate::commands::session::Session;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::Said;
use crate::lang::failures;
use crate::lang::recording as say;
use crate::plan::chart::Chart;
use crate::recording::input;
use crate::recording::input::Line;
use crate::workspace;
use std::io;
use std::io::Read;
use std::path::Path;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

pub(super) fn run(
    ctx: &Ctx,
    args: &RecordArgs,
    opened: &Opened,
    chart: &Chart<'_>,
    path: &Path,
) -> Result<Answer> {
    let name = path.display().to_string();
    let bytes = read(path)?;
    let lines = input::read(&bytes)
        .map_err(|(line, why)| Failure::unreadable(at_line(&name, line, &why)))?;
    if lines.is_empty() {
        return Err(Failure::usage(say::batch_empty()));
    }
    let flags = HandFlags {
        writer: args.write.writer.as_deref(),
        unit: args.acting.as_deref(),
        person: args.person.as_deref(),
    };
    let hand = Hand::take(ctx, &opened.plan, flags)?;
    let mut session = Session::begin(ctx, opened, chart, hand, &args.write)?;
    let mut planned: Vec<(Settled, Planned)> = Vec::new();
    let mut refused: Vec<Failure> = Vec::new();
    for line in &lines {
        match plan_line(ctx, args, &mut session, line) {
            Ok(one) => planned.push(one),
            Err(failure) => {
                let message = at_line(&name, line.number, &failure.message);
                super::super::say(message.text(ctx.lang));
                if let Some(help) = &failure.help {
                    super::super::say(&format!("  = {}", help.text(ctx.lang)));
                }
                refused.push(failure);
            }
        }
    }
    if !refused.is_empty() {
        return Err(all_refused(&refused, lines.len()));
    }
    store(ctx, args, opened, session, planned)
}

/// Writes all lines, once none was refused.
fn store(
    ctx: &Ctx,
    args: &RecordArgs,
    opened: &Opened,
    session: Session<'_>,
    planned: Vec<(Settled, Planned)>,
) -> Result<Answer> {
    let mut drafts = Vec::with_capacity(planned.len());
    let (settled, plans): (Vec<Settled>, Vec<Planned>) = planned.into_iter().unzip();
    session.refuse_twins(ctx, &plans, &args.write)?;
    for (settled, plan) in settled.iter().zip(plans) {
        let mut one = [plan];
        keep_evidence(opened, settled, &mut one, &args.write)?;
        drafts.extend(one);
    }
    receipt::finish(ctx, session, &drafts, &args.write)
}

fn plan_line(
    ctx: &Ctx,
    args: &RecordArgs,
    session: &mut Session<'_>,
    line: &Line,
) -> Result<(Settled, Planned)> {
    let asked = asked(args, line);
    let event = target::event(&asked.event)?;
    let meant = target::understand(ctx, session.plan(), session.chart, event, &asked, false)?;
    let Meant::One(at, value) = &meant else {
        return Err(Failure::usage(say::target_forms()));
    };
    let day = said_day(ctx, session, &asked, None)?;
    let date = date(ctx, session, day, event, &[*at], Form::Columns)?;
    let settled = settle(ctx, session, &asked, event, value, date)?;
    let planned = plan_one(ctx, session, &settled, *at, None, &args.write)?;
    Ok((settled, planned))
}

/// Returns what a line asks for, in the terms of the command line.
fn asked(args: &RecordArgs, line: &Line) -> Asked {
    let text = |key: &str| line.get(key).filter(|text| !text.is_empty());
    let owned = |key: &str| text(key).map(str::to_owned);
    let target = owned("obligation").or_else(|| {
        let mut target = owned("item")?;
        if let Some(unit) = text("unit") {
            target.push_str(&format!("@{unit}"));
        }
        if let Some(period) = text("period") {
            target.push_str(&format!("#{period}"));
        }
        Some(target)
    });
    let evidence = text("evidence").into_iter().flat_map(|all| all.split('|'));
    Asked {
        event: owned("event").unwrap_or_default(),
        target,
        words: owned("value").into_iter().collect(),
        note: owned("note").unwrap_or_default(),
        date: owned("date"),
        for_period: None,
        reference: owned("ref").unwrap_or_default(),
        evidence: evidence.map(Into::into).collect(),
        acting: owned("as").or_else(|| args.acting.clone()),
        person: owned("by").or_else(|| args.person.clone()),
    }
}

fn all_refused(refused: &[Failure], all: usize) -> Failure {
    let message = say::batch_refused(refused.len(), all);
    match refused.iter().all(|failure| failure.exit == Exit::Usage) {
        true => Failure::usage(message),
        false => Failure::refused(message),
    }
}

fn at_line(file: &str, line: u64, why: &Said) -> Said {
    Said {
        zh: say::line_refused(file, line, &why.zh).zh,
        en: say::line_refused(file, line, &why.en).en,
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    if path != Path::new("-") {
        return workspace::read(path, LARGEST);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(LARGEST)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::unreadable(failures::cannot_read("-")).cause(error))?;
    Ok(bytes)
}
