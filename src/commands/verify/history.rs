//! What `verify` asks of the past: the last commit, and a digest from an old paper.

use crate::cli::VerifyArgs;
use crate::commands::Ctx;
use crate::commands::open;
use crate::commands::open::Workspace;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::journal as journal_finding;
use crate::git::Attributes;
use crate::git::Git;
use crate::journal::Head;
use crate::journal::Known;
use crate::journal::history;
use crate::journal::history::Mark;
use crate::journal::line::Record;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::Scan;
use crate::journal::scan::texts;
use crate::lang::Said;
use crate::lang::failures;
use crate::lang::repair as say;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::workspace;
use crate::workspace::JournalPlace;
use std::cell::RefCell;
use std::io;

/// Returns what the last commit has and the files lack; nothing without git or a repository.
pub(super) fn since_commit(ctx: &Ctx, at: &Workspace) -> Vec<Finding> {
    let folder = at.places.journal.folder();
    let path = crate::commands::search_path();
    let git = path.and_then(|path| Git::find(&path, folder));
    let is_there = folder.is_dir();
    // Git is the user's own witness; where it cannot be asked, there is nothing to compare with.
    git.filter(|_| is_there)
        .and_then(|git| compare(ctx, at, &git).ok())
        .unwrap_or_default()
}

fn compare(ctx: &Ctx, at: &Workspace, git: &Git) -> io::Result<Vec<Finding>> {
    let folder = at.places.journal.folder();
    let shown = |name: &str| workspace::shown(&folder.join(name), &ctx.folder);
    let mut found = Vec::new();
    if let Some(file) = at.files.first() {
        let name = format!("{}.csv", file.writer);
        if git.attributes(&name)? == Some(Attributes::Missing) {
            let place = Place::file(&shown(".gitattributes"));
            found.push(journal_finding::git_attributes(place));
        }
    }
    let Some(commit) = git.commit("HEAD")? else {
        return Ok(found);
    };
    for name in git.names(&commit)? {
        let is_asked = match &at.places.journal {
            JournalPlace::Folder(_) => name.to_ascii_lowercase().ends_with(".csv"),
            JournalPlace::File(file) => file.file_name().is_some_and(|of| *of == *name),
        };
        if !is_asked {
            continue;
        }
        if let Some(committed) = git.file(&commit, &name)? {
            let path = folder.join(&name);
            found.extend(history::since_commit(&shown(&name), &path, &committed)?);
        }
    }
    Ok(found)
}

/// What came of looking for the state that a digest names.
pub(super) enum Since {
    /// It is found, in words.
    Found(Said),
    /// The journal never was in it.
    Nowhere(Finding),
}

/// Looks for the state that the digest in a line of an old paper names.
pub(super) fn since_paper(
    ctx: &Ctx,
    args: &VerifyArgs,
    at: &Workspace,
    plan: &Plan,
) -> Result<Option<Since>> {
    let Some(typed) = &args.since else {
        return Ok(None);
    };
    let printed = history::printed_digests(typed);
    if printed.is_empty() {
        return Err(Failure::usage(say::no_digest(typed)).help(say::digest_forms()));
    }
    let chart = Chart::new(plan);
    let scan = open::scan_files(ctx, &at.files, &chart, &Known::All, ChainCheck::Skip)?;
    if history::is_printed(&scan.digest, &printed) {
        return Ok(Some(Since::Found(say::since_now())));
    }
    let marks = marks(at, plan)?;
    if let Some(said) = of_seal(&scan, &marks, &printed) {
        return Ok(Some(Since::Found(said)));
    }
    Ok(Some(match history::state(&marks, &printed) {
        Some(count) => Since::Found(say::since_state(count, marks.len() - count)),
        None => {
            let folder = workspace::shown(at.places.journal.folder(), &ctx.folder);
            Since::Nowhere(journal_finding::no_such_state(
                Place::file(&folder),
                &printed[0],
            ))
        }
    }))
}

/// Says which seal has a printed digest; a retracted one counts as well, its paper is printed.
fn of_seal(scan: &Scan, marks: &[Mark], printed: &[String]) -> Option<Said> {
    let mut seals = scan.seals.iter().chain(&scan.void_seals);
    let seal = seals.find(|seal| history::is_printed(&seal.digest, printed))?;
    let name = scan.entry_name(seal.writer, seal.seq);
    let heads = seal.heads.as_ref()?;
    let count = history::count_since(marks, heads);
    Some(say::since_seal(seal.period, name, count))
}

/// Returns every record of the journal in the order of files and lines.
fn marks(at: &Workspace, plan: &Plan) -> Result<Vec<Mark>> {
    let marks = RefCell::new(Vec::new());
    let note = |writer: &str, _: u32, record: &Record<'_>| {
        marks.borrow_mut().push(Mark {
            writer: writer.to_owned(),
            head: Head {
                seq: record.seq,
                id: record.id,
            },
            recorded_at: record.recorded_at,
        });
        false
    };
    texts::entries(&at.files, &plan.id, &Known::All, &note).map_err(|error| {
        let folder = at.places.journal.folder();
        Failure::unreadable(failures::cannot_read(folder.display())).cause(error)
    })?;
    Ok(marks.into_inner())
}
