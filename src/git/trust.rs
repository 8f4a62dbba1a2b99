//! Which settings a repository may bring along: a folder that was copied from elsewhere brings its own.
//!
//! Settings can name programs that git starts (ssh commands, filters, credential helpers, merge
//! drivers, …), and new ones come with every version. So those that are known to start nothing are
//! listed, and anything else of the repository's own stops `sync`. The user's own settings, in the
//! home folder and of the machine, are trusted: nobody's copy brings them.

use super::Git;
use super::Went;
use std::io;

/// The ways to a remote that start nothing but git and the user's ssh.
pub(super) const PROTOCOLS: &str = "file:git:http:https:ssh";

/// Settings that start nothing, in small letters.
const HARMLESS: &[&str] = &[
    "commit.gpgsign",
    "core.abbrev",
    "core.autocrlf",
    "core.bare",
    "core.bigfilethreshold",
    "core.checkstat",
    "core.compression",
    "core.eol",
    "core.filemode",
    "core.fscache",
    "core.hidedotfiles",
    "core.ignorecase",
    "core.logallrefupdates",
    "core.longpaths",
    "core.precomposeunicode",
    "core.preloadindex",
    "core.protecthfs",
    "core.protectntfs",
    "core.quotepath",
    "core.repositoryformatversion",
    "core.safecrlf",
    "core.sharedrepository",
    "core.symlinks",
    "core.trustctime",
    "core.untrackedcache",
    "core.whitespace",
    "extensions.objectformat",
    "extensions.refstorage",
    "extensions.worktreeconfig",
    "fetch.prune",
    "gc.auto",
    "http.postbuffer",
    "i18n.commitencoding",
    "init.defaultbranch",
    "lfs.repositoryformatversion",
    "merge.conflictstyle",
    "merge.ff",
    "pull.ff",
    "pull.rebase",
    "push.autosetupremote",
    "push.default",
    "rebase.autostash",
    "remote.pushdefault",
    "user.email",
    "user.name",
    "user.signingkey",
];

/// Settings that would start something, but that are outweighed by what is said to every command.
const OUTWEIGHED: &[&str] = &[
    "core.editor",
    "core.fsmonitor",
    "core.hookspath",
    "core.pager",
    "sequence.editor",
];

/// Whole sections that start nothing here.
const SECTIONS: &[&str] = &["alias.", "color.", "gui.", "advice."];

/// The last words of settings of a remote or a branch that start nothing.
const OF_REMOTE: &[&str] = &["url", "pushurl", "fetch", "prune", "tagopt"];
const OF_BRANCH: &[&str] = &["remote", "merge", "rebase", "pushremote", "description"];

impl Git {
    /// Returns the repository's own settings that are not known to be harmless, sorted.
    pub fn doubtful_settings(&self) -> io::Result<Vec<String>> {
        let listed = self.act(
            &["config", "--list", "--includes", "--show-scope", "-z"],
            b"",
        )?;
        if listed.went == Went::Wrong {
            return Err(io::Error::other(listed.words));
        }
        let parts = listed.parts();
        let mut doubtful: Vec<String> = parts
            .chunks_exact(2)
            .filter(|pair| matches!(pair[0].as_str(), "local" | "worktree"))
            .map(|pair| pair[1].split('\n').next().unwrap_or_default().to_owned())
            .filter(|key| !is_harmless(key))
            .collect();
        doubtful.sort();
        doubtful.dedup();
        Ok(doubtful)
    }
}

/// Tells whether a setting starts nothing. Git gives the first and the last word in small letters.
pub fn is_harmless(key: &str) -> bool {
    let is_listed = |list: &[&str]| list.contains(&key);
    if is_listed(HARMLESS) || is_listed(OUTWEIGHED) {
        return true;
    }
    let last = key.rsplit('.').next().unwrap_or_default();
    let has_three = key.matches('.').count() >= 2;
    SECTIONS.iter().any(|section| key.starts_with(section))
        || (key.starts_with("remote.") && has_three && OF_REMOTE.contains(&last))
        || (key.starts_with("branch.") && has_three && OF_BRANCH.contains(&last))
}
