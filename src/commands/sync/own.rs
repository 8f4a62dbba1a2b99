//! What a desk commits: its own journal, the evidence that names it, and what keeps both as they are.

use super::ground::Shared;
use super::ground::short;
use super::ground::unstarted;
use crate::commands::Ctx;
use crate::commands::open::Workspace;
use crate::commands::verify;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::git::Commit;
use crate::git::Went;
use crate::journal::Known;
use crate::journal::chain;
use crate::journal::evidence::Reference;
use crate::journal::line::Record;
use crate::journal::repair;
use crate::journal::repair::Tail;
use crate::journal::scan::Content;
use crate::journal::scan::JournalFile;
use crate::journal::scan::texts;
use crate::journal::writer::Writer;
use crate::lang::failures;
use crate::lang::sync as say;
use crate::plan::Plan;
use std::collections::BTreeSet;

/// What is to be committed.
pub(super) struct Own {
    /// The files, as git names them.
    pub(super) files: Vec<String>,
    /// How many entries are new in them.
    pub(super) entries: u64,
    /// What was changed besides and is left alone.
    pub(super) others: Vec<String>,
}

/// Returns what of the desk's own differs from the last commit.
pub(super) fn changed(
    ctx: &Ctx,
    at: &Workspace,
    plan: &Plan,
    shared: &Shared,
    writer: &Writer,
) -> Result<Own> {
    let head = shared.tree.git.commit("HEAD").map_err(unstarted)?;
    let own = format!("{}/{writer}.csv", shared.journal);
    let wanted = wanted(at, plan, shared, writer)?;
    let mut folders = vec![shared.journal.clone()];
    folders.extend(shared.evidence.clone());
    folders.retain(|folder| shared.tree.top.join(folder).is_dir());
    let plan_file = shared.tree.name_of(&at.places.plan);
    folders.extend(plan_file.clone());
    let changed = shared
        .tree
        .git
        .changed(head.as_ref(), &folders)
        .map_err(unstarted)?;
    let is_there = |name: &&String| shared.tree.top.join(name).exists();
    // What tells git how to keep the folders is written once; who changed it since, commits it.
    let standing = match &head {
        Some(head) => attributes_in(shared, head)?,
        None => Vec::new(),
    };
    let files: Vec<String> = changed
        .iter()
        .filter(|name| wanted.contains(*name) && !standing.contains(*name))
        .filter(is_there)
        .cloned()
        .collect();
    let others = changed.iter().filter(|name| {
        let is_journal = name.ends_with(".csv") && name.starts_with(&shared.journal);
        !files.contains(name) && (is_journal || Some(*name) == plan_file.as_ref())
    });
    let others = others.cloned().collect();
    let ignored = shared.tree.git.ignored(&files).map_err(unstarted)?;
    if ignored.contains(&own) {
        return Err(Failure::refused(say::ignored(&own)).help(say::ignored_help()));
    }
    if !ignored.is_empty() {
        ctx.say(&say::evidence_ignored(ignored.len()));
    }
    Ok(Own {
        entries: new_entries(shared, head.as_ref(), &own)?,
        files: files
            .into_iter()
            .filter(|name| !ignored.contains(name))
            .collect(),
        others,
    })
}

/// Returns which of the files that tell git how to keep the folders are in a commit already.
fn attributes_in(shared: &Shared, head: &Commit) -> Result<Vec<String>> {
    let folders = [Some(&shared.journal), shared.evidence.as_ref()];
    let mut found = Vec::new();
    for folder in folders.into_iter().flatten() {
        for name in shared
            .tree
            .git
            .names_below(head, folder)
            .map_err(unstarted)?
        {
            if name.starts_with(".git") {
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    Ok(found)
}

/// Returns what belongs to a desk, whether or not it is there.
fn wanted(
    at: &Workspace,
    plan: &Plan,
    shared: &Shared,
    writer: &Writer,
) -> Result<BTreeSet<String>> {
    let journal = &shared.journal;
    let mut wanted: BTreeSet<String> = [&format!("{writer}.csv"), ".gitattributes", ".gitignore"]
        .map(|name| format!("{journal}/{name}"))
        .into();
    let Some(evidence) = &shared.evidence else {
        return Ok(wanted);
    };
    wanted.insert(format!("{evidence}/.gitattributes"));
    let has_evidence = |of: &str, _: u32, record: &Record<'_>| {
        of == writer.as_str() && !record.fields.values[11].is_empty()
    };
    let entries = texts::entries(&at.files, &plan.id, &Known::All, &has_evidence)
        .map_err(|error| Failure::unreadable(failures::cannot_read(journal)).cause(error))?;
    for entry in &entries {
        let references = entry.evidence().split('|').filter_map(Reference::parse);
        wanted.extend(references.map(|reference| format!("{evidence}/{}", reference.path)));
    }
    Ok(wanted)
}

fn new_entries(shared: &Shared, head: Option<&Commit>, own: &str) -> Result<u64> {
    let now = bytes_of(shared, own);
    let before = match head {
        Some(head) => shared.tree.file(head, own).map_err(unstarted)?,
        None => None,
    };
    Ok(entries(&now).saturating_sub(entries(&before.unwrap_or_default())))
}

fn bytes_of(shared: &Shared, name: &str) -> Vec<u8> {
    crate::workspace::read(&shared.tree.top.join(name), u64::MAX - 1).unwrap_or_default()
}

/// Returns how many entries the bytes of a journal hold: its lines but the header.
pub(super) fn entries(bytes: &[u8]) -> u64 {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    lines.saturating_sub(1)
}

/// Refuses to commit a journal of one's own that is not as it was written.
pub(super) fn refuse_damaged(
    ctx: &Ctx,
    at: &Workspace,
    plan: &Plan,
    shared: &Shared,
    writer: &Writer,
) -> Result<()> {
    let name = at.shown_in_journal(ctx, &format!("{writer}.csv"));
    let found: Vec<Finding> = verify::findings(ctx, at, plan)?
        .into_iter()
        .filter(|finding| *finding.place.file == *name && finding.severity == Severity::Error)
        .filter(|finding| !is_about_evidence(finding.code))
        .collect();
    let is_of_git = |finding: &Finding| finding.code == "journal/git-rewritten";
    if found.is_empty() || (found.iter().all(is_of_git) && is_repair(plan, shared, writer)?) {
        return Ok(());
    }
    super::show(ctx, &found);
    Err(Failure {
        exit: crate::failure::Exit::Negative,
        ..Failure::refused(say::damaged_own(writer, found.len()))
    }
    .help(say::damaged_own_help()))
}

fn is_about_evidence(code: &str) -> bool {
    code.starts_with("journal/evidence-") || code == "journal/seal-plan" || code == "journal/fork"
}

/// Tells whether the file is what its own ids prove the last commit of it should have been.
fn is_repair(plan: &Plan, shared: &Shared, writer: &Writer) -> Result<bool> {
    let own = format!("{}/{writer}.csv", shared.journal);
    let Some(head) = shared.tree.git.commit("HEAD").map_err(unstarted)? else {
        return Ok(false);
    };
    let committed = shared.tree.file(&head, &own).map_err(unstarted)?;
    let start = chain::start(&plan.id, writer.as_str());
    let mended = repair::mend(&committed.unwrap_or_default(), start, Tail::Cut);
    Ok(mended.unproved.is_empty() && bytes_of(shared, &own).starts_with(&mended.bytes))
}

/// Commits the files and returns the commit.
pub(super) fn commit(
    shared: &Shared,
    plan: &Plan,
    writer: &Writer,
    own: &Own,
) -> Result<Option<Commit>> {
    let what = match own.entries {
        0 => "files".to_owned(),
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    let message = format!("duban: {} {writer} {what}", plan.id);
    let git = &shared.tree.git;
    let done = git.commit_only(&own.files, &message).map_err(unstarted)?;
    match done.went {
        Went::Well => git.commit("HEAD").map_err(unstarted),
        Went::Wrong => {
            let words = short(match done.words.is_empty() {
                true => std::str::from_utf8(&done.out).unwrap_or_default(),
                false => &done.words,
            });
            let what = say::cannot_commit();
            Err(Failure::refused(super::with_words(&what, &words)))
        }
    }
}

/// Returns the journal files of a commit, as they would be read from the disk.
pub(super) fn files_of(
    ctx: &Ctx,
    at: &Workspace,
    shared: &Shared,
    commit: &Commit,
) -> Result<Vec<JournalFile>> {
    let git = &shared.tree.git;
    let mut files = Vec::new();
    let names = git
        .names_below(commit, &shared.journal)
        .map_err(unstarted)?;
    for name in names {
        let Some(writer) = name.strip_suffix(".csv").and_then(Writer::parse) else {
            continue;
        };
        let path = format!("{}/{name}", shared.journal);
        if let Some(bytes) = shared.tree.file(commit, &path).map_err(unstarted)? {
            files.push(JournalFile {
                name: at.shown_in_journal(ctx, &name).into(),
                writer: writer.as_str().into(),
                content: Content::Bytes(bytes.into()),
            });
        }
    }
    Ok(files)
}
