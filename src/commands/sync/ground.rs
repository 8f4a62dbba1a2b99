//! Whether this is a place to sync in: the repository, its branch and upstream, its settings.

use crate::commands::CanAsk;
use crate::commands::Ctx;
use crate::commands::open::Workspace;
use crate::failure::Failure;
use crate::failure::Result;
use crate::git::Git;
use crate::git::place::Ground;
use crate::git::place::Tree;
use crate::git::place::Upstream;
use crate::journal::writer::Writer;
use crate::lang::failures;
use crate::lang::sync as say;
use std::io;

/// The repository of a workspace, ready to be exchanged.
pub(super) struct Shared {
    /// The working tree.
    pub(super) tree: Tree,
    /// What it is exchanged with.
    pub(super) upstream: Upstream,
    /// The folder of the journal, as git names it.
    pub(super) journal: String,
    /// The folder of the evidence, where it lies in the repository.
    pub(super) evidence: Option<String>,
}

/// Finds the repository and says why it cannot be synced, where it cannot.
pub(super) fn shared(ctx: &Ctx, at: &Workspace, writer: &Writer) -> Result<Shared> {
    let journal = at.places.journal.folder();
    let folder = match journal.is_dir() {
        true => journal,
        false => at.places.plan.parent().unwrap_or(journal),
    };
    let path = ctx.environment.path.as_deref();
    let git = path.and_then(|path| Git::find(path, folder));
    let git = git.ok_or_else(|| Failure::usage(failures::no_git()))?;
    let tree = match git.ground().map_err(unstarted)? {
        Ground::Tree(tree) => tree,
        Ground::Bare => {
            return Err(Failure::usage(say::bare()).help(say::no_repository_help()));
        }
        // The one word that stays the same in every language of git.
        Ground::Nowhere(words) if words.contains("safe.directory") => {
            let words = short(&words);
            return Err(Failure::usage(say::other_owner(words)).help(say::other_owner_help()));
        }
        Ground::Nowhere(_) => {
            return Err(Failure::usage(say::no_repository(folder.display()))
                .help(say::no_repository_help()));
        }
    };
    refuse_doubtful(&tree.git)?;
    if let Some(work) = tree.git.under_way().map_err(unstarted)? {
        return Err(Failure::refused(say::work_under_way(work)).help(say::under_way_help()));
    }
    let branch = tree.git.branch().map_err(unstarted)?;
    let branch =
        branch.ok_or_else(|| Failure::usage(say::detached()).help(say::detached_help()))?;
    let upstream = tree.git.upstream(&branch).map_err(unstarted)?;
    let upstream = upstream.ok_or_else(|| {
        Failure::usage(say::no_upstream(&branch)).help(say::no_upstream_help(&branch))
    })?;
    let journal = tree
        .name_of(journal)
        .ok_or_else(|| Failure::usage(say::outside(journal.display(), tree.top.display())))?;
    let tree = Tree {
        git: tree
            .git
            .clone()
            .with(&settings(&tree.git, writer)?, &variables(ctx, &tree.git)?),
        ..tree
    };
    Ok(Shared {
        evidence: tree.name_of(&at.places.evidence),
        journal,
        upstream,
        tree,
    })
}

/// Stops where the repository brings settings along that could start something.
fn refuse_doubtful(git: &Git) -> Result<()> {
    let doubtful = git.doubtful_settings().map_err(unstarted)?;
    match doubtful.first() {
        None => Ok(()),
        Some(first) => {
            Err(Failure::usage(say::doubtful(doubtful.join(", "))).help(say::doubtful_help(first)))
        }
    }
}

/// Returns who commits where git was never told, and when a dead line is given up.
fn settings(git: &Git, writer: &Writer) -> Result<Vec<String>> {
    let mut settings = vec![
        "http.lowSpeedLimit=1".to_owned(),
        "http.lowSpeedTime=60".to_owned(),
    ];
    let own = [
        ("user.name", writer.to_string()),
        ("user.email", format!("{writer}@localhost")),
    ];
    for (key, value) in own {
        if git.setting(key).map_err(unstarted)?.is_none() {
            settings.push(format!("{key}={value}"));
        }
    }
    Ok(settings)
}

/// In a script ssh must not wait for a password that nobody types.
fn variables(ctx: &Ctx, git: &Git) -> Result<Vec<(&'static str, String)>> {
    let is_set = ["GIT_SSH_COMMAND", "GIT_SSH"]
        .iter()
        .any(|name| crate::commands::variable(name).is_some());
    let is_own = is_set || git.setting("core.sshCommand").map_err(unstarted)?.is_some();
    Ok(match (ctx.terminal.can_ask, is_own) {
        (CanAsk::No, false) => vec![(
            "GIT_SSH_COMMAND",
            "ssh -o BatchMode=yes -o ConnectTimeout=20".to_owned(),
        )],
        (CanAsk::No, true) | (CanAsk::Yes, _) => Vec::new(),
    })
}

/// The failure that git itself could not be started.
pub(super) fn unstarted(error: io::Error) -> Failure {
    Failure::unreadable(failures::git_failed()).cause(error)
}

/// Returns the lines of git that matter, in one, without a password that a remote's address holds.
pub(super) fn short(words: &str) -> String {
    const LINES: usize = 4;
    let lines = words
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("hint:"));
    let text = lines.take(LINES).collect::<Vec<&str>>().join("; ");
    without_password(&text)
}

fn without_password(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = after.find(['/', ' ', '\'']).unwrap_or(after.len());
        rest = match after[..end].rfind('@') {
            Some(sign) => &after[sign + 1..],
            None => after,
        };
    }
    shown + rest
}
