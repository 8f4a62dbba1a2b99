//! `sync`: commit one's own, take in what the others have, check, hand on. Never resets, never forces.

mod exchange;
mod ground;
mod merge;
mod own;
mod told;

use crate::cli::SyncArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::hand;
use crate::commands::open;
use crate::commands::open::Workspace;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding::Finding;
use crate::journal::file::Desk;
use crate::journal::file::DeskPlaces;
use crate::journal::file::Older;
use crate::journal::writer::Writer;
use crate::lang::Said;
use crate::lang::failures;
use crate::lang::sync as say;
use crate::plan::Plan;
use crate::render;
use crate::render::Format;
use crate::render::findings::findings as render_findings;
use ground::Shared;
use told::Told;

/// Who syncs what.
struct Desktop<'d> {
    ctx: &'d Ctx,
    args: &'d SyncArgs,
    at: &'d Workspace,
    plan: &'d Plan,
    writer: &'d Writer,
    shared: &'d Shared,
}

pub(super) fn run(ctx: &Ctx, args: &SyncArgs) -> Result<Answer> {
    let at = open::workspace(ctx, None)?;
    let plan = plan_of(&at)?;
    let writer = hand::writer(ctx, args.writer.as_deref())?;
    let shared = ground::shared(ctx, &at, &writer)?;
    let desk = Desktop {
        ctx,
        args,
        at: &at,
        plan,
        writer: &writer,
        shared: &shared,
    };
    let mut told = Told::new();
    commit(&desk, &mut told)?;
    exchange::exchange(&desk, &mut told).inspect_err(|_| told.mention_commit(ctx))?;
    let format = args.format.unwrap_or(Format::Table);
    let document = told.document(&desk)?;
    Ok(Answer {
        bytes: render::document(&document, format, &ctx.look(ctx.lang)),
        exit: match told.errors {
            0 => Exit::Done,
            _ => Exit::Negative,
        },
    })
}

fn plan_of(at: &Workspace) -> Result<&Plan> {
    at.plan.as_ref().ok_or_else(|| {
        Failure::unreadable(failures::plan_unreadable(&at.plan_name)).help(failures::run_check())
    })
}

/// Commits what is one's own, with the writer's lock held: no half-written line gets in.
fn commit(desk: &Desktop<'_>, told: &mut Told) -> Result<()> {
    let Desktop {
        ctx,
        at,
        plan,
        writer,
        shared,
        ..
    } = *desk;
    let folder = at.places.journal.folder();
    let is_there = folder.join(format!("{writer}.csv")).exists();
    let _seat = match is_there && !desk.args.dry_run {
        true => {
            let seat = with_places(ctx, |places| {
                Desk::sit_down(folder, &plan.id, writer, places, ctx.clock())
            })?;
            for notice in seat.notices() {
                ctx.say(notice);
            }
            Some(seat)
        }
        false => None,
    };
    own::refuse_damaged(ctx, at, plan, shared, writer)?;
    let own = own::changed(ctx, at, plan, shared, writer)?;
    if !own.files.is_empty() && !desk.args.dry_run {
        told.commit = own::commit(shared, plan, writer, &own)?;
    }
    told.own = Some(own);
    Ok(())
}

/// Hands out what a desk needs to know of the machine.
fn with_places<T>(ctx: &Ctx, run: impl FnOnce(&DeskPlaces<'_>) -> T) -> T {
    let who = format!("duban sync {}", ctx.now);
    run(&DeskPlaces {
        state: ctx.homes.as_ref().map(|homes| homes.state.as_path()),
        who: &who,
        pause: std::thread::sleep,
        older: Older::Refuse,
    })
}

/// Shows findings on stderr; stdout is for what became of the sync.
fn show(ctx: &Ctx, found: &[Finding]) {
    let text = render_findings(found, &ctx.look(ctx.lang));
    super::say(String::from_utf8_lossy(&text).trim_end());
}

/// Says what could not be done, and what git said of it.
fn with_words(what: &Said, words: &str) -> Said {
    let zh = say::git_said(&what.zh, words).zh;
    let en = say::git_said(&what.en, words).en;
    match words.is_empty() {
        true => what.clone(),
        false => Said { zh, en },
    }
}
