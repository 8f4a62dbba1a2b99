//! Fetch, merge, check, push, and again where another was faster.

use super::Desktop;
use super::ground::short;
use super::ground::unstarted;
use super::merge;
use super::own;
use super::show;
use super::told::Told;
use super::with_words;
use crate::commands::open;
use crate::commands::open::Workspace;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::git::Commit;
use crate::git::exchange::Fetched;
use crate::git::exchange::Pushed;
use crate::journal::chain;
use crate::journal::scan::Content;
use crate::journal::scan::JournalFile;
use crate::lang::sync as say;
use crate::plan::Plan;
use std::collections::BTreeMap;
use std::time::Duration;

/// How often a push is tried while others push.
const TRIES: u64 = 12;

/// How often one is tried that is refused although nobody was faster.
const TRIES_UNMOVED: u64 = 3;

/// Brings both sides together.
pub(super) fn exchange(desk: &Desktop<'_>, told: &mut Told) -> Result<()> {
    let git = &desk.shared.tree.git;
    let upstream = &desk.shared.upstream;
    let mut before: Option<Commit> = None;
    let (mut unmoved, mut words) = (0, String::new());
    for attempt in 1..=TRIES {
        told.attempts = attempt;
        let theirs = fetch(desk)?;
        if attempt > 1 && theirs == before {
            unmoved += 1;
            if unmoved == TRIES_UNMOVED {
                return Err(rejected(desk, &words));
            }
        }
        receive(desk, theirs.as_ref(), told)?;
        if desk.args.dry_run {
            told.sent = sendable(desk, theirs.as_ref())?;
            let own = told.own.as_ref().map_or(0, |own| own.entries);
            if own > 0 {
                *told.sent.entry(desk.writer.to_string()).or_default() += own;
            }
            return Ok(());
        }
        if let Some(theirs) = &theirs {
            told.given_way.extend(merge::merge(desk, theirs)?);
        }
        let Some(ours) = git.commit("HEAD").map_err(unstarted)? else {
            return Ok(());
        };
        let to_send = sendable(desk, theirs.as_ref())?;
        if !may_be_sent(desk, theirs.as_ref(), told)? {
            told.held_back = to_send;
            return Ok(());
        }
        if theirs.as_ref() == Some(&ours) {
            return Ok(());
        }
        match git.push(&ours, upstream).map_err(unstarted)? {
            Pushed::Well => {
                told.sent = to_send;
                return Ok(());
            }
            Pushed::Rejected(said) => words = said,
            Pushed::Failed(said) => {
                let what = say::cannot_push(&upstream.remote);
                let message = with_words(&what, &short(&said));
                return Err(Failure::refused(message).help(say::cannot_fetch_help()));
            }
        }
        before = theirs;
        std::thread::sleep(pause(desk, attempt));
    }
    Err(Failure::refused(say::raced(TRIES)).help(say::raced_help()))
}

/// Returns how long to wait: longer each time, and not the same for two desks.
fn pause(desk: &Desktop<'_>, attempt: u64) -> Duration {
    let own = chain::sha256(desk.writer.as_str().as_bytes());
    let own = u64::from_str_radix(&own[..2], 16).unwrap_or(0);
    Duration::from_millis(attempt * 10 + own % 32)
}

fn fetch(desk: &Desktop<'_>) -> Result<Option<Commit>> {
    let upstream = &desk.shared.upstream;
    match desk.shared.tree.git.fetch(upstream).map_err(unstarted)? {
        Fetched::At(commit) => Ok(Some(commit)),
        Fetched::Nothing => Ok(None),
        Fetched::Failed(words) if words.contains("safe.directory") => {
            let message = say::other_owner(short(&words));
            Err(Failure::unreadable(message).help(say::other_owner_help()))
        }
        Fetched::Failed(words) => {
            let message = with_words(&say::cannot_fetch(&upstream.remote), &short(&words));
            Err(Failure::unreadable(message).help(say::cannot_fetch_help()))
        }
    }
}

fn rejected(desk: &Desktop<'_>, words: &str) -> Failure {
    let what = say::rejected(&desk.shared.upstream.remote);
    Failure::refused(with_words(&what, &short(words))).help(say::rejected_help())
}

/// Counts what the others have and the files here lack.
fn receive(desk: &Desktop<'_>, theirs: Option<&Commit>, told: &mut Told) -> Result<()> {
    let theirs = counts(desk, theirs)?;
    let folder = desk.at.places.journal.folder();
    for (writer, there) in theirs {
        let path = folder.join(format!("{writer}.csv"));
        let here = crate::workspace::read(&path, u64::MAX - 1).unwrap_or_default();
        let more = there.saturating_sub(own::entries(&here));
        if more > 0 {
            if writer == desk.writer.as_str() {
                desk.ctx.say(&say::own_file_grew(&writer));
            }
            *told.received.entry(writer).or_default() += more;
        }
    }
    Ok(())
}

/// Counts the entries that our commits have and the upstream lacks.
fn sendable(desk: &Desktop<'_>, theirs: Option<&Commit>) -> Result<BTreeMap<String, u64>> {
    let head = desk.shared.tree.git.commit("HEAD").map_err(unstarted)?;
    let theirs = counts(desk, theirs)?;
    let mut more = counts(desk, head.as_ref())?;
    for (writer, count) in &mut more {
        *count = count.saturating_sub(theirs.get(writer).copied().unwrap_or(0));
    }
    more.retain(|_, count| *count > 0);
    Ok(more)
}

/// Returns how many entries each writer has in a commit.
fn counts(desk: &Desktop<'_>, commit: Option<&Commit>) -> Result<BTreeMap<String, u64>> {
    let Some(commit) = commit else {
        return Ok(BTreeMap::new());
    };
    let files = own::files_of(desk.ctx, desk.at, desk.shared, commit)?;
    let count = |file: &JournalFile| match &file.content {
        Content::Bytes(bytes) => own::entries(bytes),
        Content::Disk(_) => 0,
    };
    let counted = files
        .iter()
        .map(|file| (file.writer.to_string(), count(file)));
    Ok(counted.collect())
}

/// Checks the merged journal: an error that the others do not have yet is not handed on.
fn may_be_sent(desk: &Desktop<'_>, theirs: Option<&Commit>, told: &mut Told) -> Result<bool> {
    let now = open::workspace(desk.ctx, None)?;
    let plan = super::plan_of(&now)?;
    let errors = errors(desk, &now, plan)?;
    told.errors = errors.len();
    if errors.is_empty() {
        return Ok(true);
    }
    let files = match theirs {
        Some(theirs) => own::files_of(desk.ctx, &now, desk.shared, theirs)?,
        None => Vec::new(),
    };
    let before = Workspace {
        places: now.places.clone(),
        plan_name: now.plan_name.clone(),
        plan: None,
        plan_findings: Vec::new(),
        files,
        folder_findings: Vec::new(),
    };
    let before = self::errors(desk, &before, plan)?;
    let is_new = |found: &&Finding| {
        let is_same = |of: &Finding| of.code == found.code && of.place == found.place;
        !before.iter().any(is_same)
    };
    told.new_errors = errors.iter().filter(is_new).count();
    show(desk.ctx, &finding::settle(errors));
    Ok(told.new_errors == 0)
}

/// Returns the errors in chains, seals and evidence.
fn errors(desk: &Desktop<'_>, at: &Workspace, plan: &Plan) -> Result<Vec<Finding>> {
    let scan = open::findings::scan_bytes(desk.ctx, at, plan)?;
    let mut found = scan.findings.clone();
    found.retain(crate::commands::verify::is_about_integrity);
    found.extend(open::findings::evidence(at, &scan)?);
    found.retain(|found| found.severity == Severity::Error);
    Ok(found)
}
