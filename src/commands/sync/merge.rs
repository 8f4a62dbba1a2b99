//! Merging what the others have, and what to do where one writer went on in two places.

use super::Desktop;
use super::ground::short;
use super::ground::unstarted;
use super::with_places;
use super::with_words;
use crate::failure::Failure;
use crate::failure::Result;
use crate::git::Commit;
use crate::git::Went;
use crate::git::exchange::Merged;
use crate::journal::file;
use crate::journal::file::Held;
use crate::journal::file::give_way::Sides;
use crate::journal::file::give_way::give_way;
use crate::journal::fork;
use crate::journal::writer::Writer;
use crate::lang::sync as say;
use crate::workspace;
use std::path::PathBuf;

/// How many lines of each side are shown.
const SHOWN: usize = 3;

/// A file that gave way to that of another machine.
pub(super) struct GaveWay {
    pub(super) writer: Writer,
    /// Where one's own is kept.
    pub(super) kept: PathBuf,
    /// How many lines only one's own has.
    pub(super) lines: usize,
}

/// One writer's file in two versions.
struct Fork {
    writer: Writer,
    name: String,
    sides: Sides,
}

/// Merges a commit, with the writer's lock held; returns the files that gave way.
pub(super) fn merge(desk: &Desktop<'_>, theirs: &Commit) -> Result<Vec<GaveWay>> {
    let git = &desk.shared.tree.git;
    let _held = hold(desk, desk.writer)?;
    if let Some(ours) = git.commit("HEAD").map_err(unstarted)? {
        if git.holds(&ours, theirs).map_err(unstarted)? {
            return Ok(Vec::new());
        }
        let staged = git.staged(&ours).map_err(unstarted)?;
        if !staged.is_empty() && !git.holds(theirs, &ours).map_err(unstarted)? {
            let message = say::staged(staged.join(", "));
            return Err(Failure::refused(message).help(say::staged_help()));
        }
    }
    let message = message(desk);
    match git.merge(theirs, &message).map_err(unstarted)? {
        Merged::Well => Ok(Vec::new()),
        Merged::Refused(words) => {
            let words = short(&words);
            Err(Failure::refused(with_words(&say::cannot_merge(), &words)))
        }
        Merged::Conflict(names) => {
            let settled = both_sides(desk, theirs, &names);
            settle(desk, theirs, names, settled)
        }
    }
}

fn message(desk: &Desktop<'_>) -> String {
    let remote = &desk.shared.upstream.remote;
    format!("duban: {} merge {remote}", desk.plan.id)
}

fn hold(desk: &Desktop<'_>, writer: &Writer) -> Result<Option<Held>> {
    let folder = desk.at.places.journal.folder();
    match folder.is_dir() {
        true => with_places(desk.ctx, |places| file::hold(folder, writer, places)).map(Some),
        false => Ok(None),
    }
}

/// Returns the journals among the files that both sides changed, with both versions.
fn both_sides(desk: &Desktop<'_>, theirs: &Commit, names: &[String]) -> Result<Vec<Fork>> {
    let tree = &desk.shared.tree;
    let ours = tree.git.commit("HEAD").map_err(unstarted)?;
    let mut forks = Vec::new();
    for name in names {
        let below = name.strip_prefix(&desk.shared.journal);
        let stem = below.and_then(|below| below.strip_prefix('/')?.strip_suffix(".csv"));
        let (Some(writer), Some(ours)) = (stem.and_then(Writer::parse), &ours) else {
            continue;
        };
        let here = tree.file(ours, name).map_err(unstarted)?;
        let there = tree.file(theirs, name).map_err(unstarted)?;
        if let (Some(ours), Some(theirs)) = (here, there) {
            let (name, sides) = (name.clone(), Sides { ours, theirs });
            forks.push(Fork {
                writer,
                name,
                sides,
            });
        }
    }
    Ok(forks)
}

/// Takes the merge back and keeps both sides, or lets theirs stand where that was asked for.
fn settle(
    desk: &Desktop<'_>,
    theirs: &Commit,
    names: Vec<String>,
    forks: Result<Vec<Fork>>,
) -> Result<Vec<GaveWay>> {
    let forks = match forks {
        Ok(forks) => forks,
        Err(failure) => {
            abort(desk)?;
            return Err(failure);
        }
    };
    let is_fork = |name: &String| forks.iter().any(|fork| fork.name == *name);
    let others: Vec<String> = names.into_iter().filter(|name| !is_fork(name)).collect();
    if desk.args.give_way && others.is_empty() {
        return let_theirs_stand(desk, forks);
    }
    abort(desk)?;
    match forks.first() {
        None => Err(Failure::refused(say::both_changed(others.join(", ")))
            .help(say::both_changed_help(theirs.short()))),
        Some(_) if desk.args.give_way => {
            Err(Failure::refused(say::cannot_give_way(others.join(", ")))
                .help(say::both_changed_help(theirs.short())))
        }
        Some(fork) => Err(explained(desk, fork)?),
    }
}

fn abort(desk: &Desktop<'_>) -> Result<()> {
    let aborted = desk.shared.tree.git.abort_merge().map_err(unstarted)?;
    match aborted.went {
        Went::Well => Ok(()),
        Went::Wrong => {
            let message = with_words(&say::cannot_merge(), &short(&aborted.words));
            Err(Failure::refused(message).help(say::under_way_help()))
        }
    }
}

/// Keeps the other side beside the file and shows both where they part.
fn explained(desk: &Desktop<'_>, fork: &Fork) -> Result<Failure> {
    let ctx = desk.ctx;
    let folder = desk.at.places.journal.folder();
    let kept = fork::keep(folder, &fork.writer, &fork.sides.theirs)?;
    let parting = fork::parting(&fork.sides.ours, &fork.sides.theirs);
    for line in parting.ours.iter().take(SHOWN) {
        ctx.say(&say::fork_ours(line));
    }
    if parting.ours.len() > SHOWN {
        ctx.say(&say::fork_more(parting.ours.len() - SHOWN));
    }
    for line in parting.theirs.iter().take(SHOWN) {
        ctx.say(&say::fork_theirs(line));
    }
    if parting.theirs.len() > SHOWN {
        ctx.say(&say::fork_more(parting.theirs.len() - SHOWN));
    }
    let kept = workspace::shown(&kept, &ctx.folder);
    let message = say::forked(&fork.writer, parting.line);
    Ok(Failure::refused(message).help(say::fork_help(kept)))
}

/// Puts the other side of each fork in its place and ends the merge.
fn let_theirs_stand(desk: &Desktop<'_>, forks: Vec<Fork>) -> Result<Vec<GaveWay>> {
    let folder = desk.at.places.journal.folder();
    let mut given_way = Vec::new();
    let mut names = Vec::new();
    for fork in forks {
        let held = match fork.writer == *desk.writer {
            true => None,
            false => hold(desk, &fork.writer)?,
        };
        let kept = with_places(desk.ctx, |places| {
            give_way(folder, &desk.plan.id, &fork.writer, &fork.sides, places)
        })?;
        drop(held);
        let parting = fork::parting(&fork.sides.ours, &fork.sides.theirs);
        let lines = parting.ours.len();
        desk.ctx.say(&say::gave_way(
            &fork.writer,
            workspace::shown(&kept, &desk.ctx.folder),
            lines,
        ));
        given_way.push(GaveWay {
            writer: fork.writer,
            kept,
            lines,
        });
        names.push(fork.name);
    }
    let git = &desk.shared.tree.git;
    let done = git.conclude(&names, &message(desk)).map_err(unstarted)?;
    match done.went {
        Went::Well => Ok(given_way),
        Went::Wrong => {
            let message = with_words(&say::cannot_commit(), &short(&done.words));
            Err(Failure::refused(message).help(say::under_way_help()))
        }
    }
}
