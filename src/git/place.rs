//! Where a folder stands: in which repository, on which branch, against which upstream.

use super::Commit;
use super::Git;
use super::Went;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// What git works on in a folder.
#[derive(Clone, Debug)]
pub enum Ground {
    /// No repository that git would open; what git said.
    Nowhere(String),
    /// A repository without files.
    Bare,
    /// A working tree.
    Tree(Tree),
}

/// A working tree.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Git, standing at its top.
    pub git: Git,
    /// Its top, without links.
    pub top: PathBuf,
}

/// The branch that one exchanges with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// The remote, as the branch names it.
    pub remote: String,
    /// Where that lies.
    pub url: String,
    /// The branch there, `refs/heads/main`.
    pub reference: String,
}

/// Work of git that was begun and not brought to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnderWay {
    /// A merge.
    Merge,
    /// A rebase.
    Rebase,
    /// A cherry-pick.
    CherryPick,
    /// A revert.
    Revert,
}

/// What git keeps while work is under way.
const MARKS: [(&str, UnderWay); 5] = [
    ("MERGE_HEAD", UnderWay::Merge),
    ("rebase-merge", UnderWay::Rebase),
    ("rebase-apply", UnderWay::Rebase),
    ("CHERRY_PICK_HEAD", UnderWay::CherryPick),
    ("REVERT_HEAD", UnderWay::Revert),
];

impl Git {
    /// Returns what the folder belongs to.
    pub fn ground(&self) -> io::Result<Ground> {
        let inside = self.act(&["rev-parse", "--is-inside-work-tree"], b"")?;
        if inside.went == Went::Wrong {
            return Ok(Ground::Nowhere(inside.words));
        }
        if inside.line() != "true" {
            return Ok(Ground::Bare);
        }
        let top = self.act(&["rev-parse", "--show-toplevel"], b"")?;
        let top = std::fs::canonicalize(top.line())?;
        let git = Git {
            folder: top.clone(),
            ..self.clone()
        };
        Ok(Ground::Tree(Tree { git, top }))
    }

    /// Says settings besides, `key=value`, and sets variables.
    pub fn with(mut self, settings: &[String], variables: &[(&'static str, String)]) -> Git {
        self.settings.extend(settings.iter().cloned());
        self.variables.extend(variables.iter().cloned());
        self
    }

    /// Returns what a setting is, wherever it was made.
    pub fn setting(&self, key: &str) -> io::Result<Option<String>> {
        let answered = self.act(&["config", "--get", key], b"")?;
        Ok((answered.went == Went::Well).then(|| answered.line()))
    }

    /// Returns the branch that HEAD names; none where it names a commit.
    pub fn branch(&self) -> io::Result<Option<String>> {
        let head = self.act(&["symbolic-ref", "--quiet", "HEAD"], b"")?;
        let line = head.line();
        let name = line.strip_prefix("refs/heads/");
        Ok(name.filter(|_| head.went == Went::Well).map(str::to_owned))
    }

    /// Returns what a branch is exchanged with; none where that was never set.
    pub fn upstream(&self, branch: &str) -> io::Result<Option<Upstream>> {
        let remote = self.setting(&format!("branch.{branch}.remote"))?;
        let reference = self.setting(&format!("branch.{branch}.merge"))?;
        let (Some(remote), Some(reference)) = (remote, reference) else {
            return Ok(None);
        };
        // A dot means another branch of this repository, which is no exchange.
        if remote == "." {
            return Ok(None);
        }
        let url = self.act(&["remote", "get-url", "--", &remote], b"")?;
        Ok(Some(Upstream {
            url: match url.went {
                Went::Well => url.line(),
                Went::Wrong => remote.clone(),
            },
            remote,
            reference,
        }))
    }

    /// Returns what was begun and not brought to its end.
    pub fn under_way(&self) -> io::Result<Option<UnderWay>> {
        for (mark, work) in MARKS {
            let path = self.act(&["rev-parse", "--git-path", mark], b"")?;
            if path.went == Went::Well && self.folder.join(path.line()).exists() {
                return Ok(Some(work));
            }
        }
        Ok(None)
    }

    /// Tells whether the history of one commit holds another.
    pub fn holds(&self, later: &Commit, earlier: &Commit) -> io::Result<bool> {
        let asked = [
            "merge-base",
            "--is-ancestor",
            earlier.as_str(),
            later.as_str(),
        ];
        Ok(self.act(&asked, b"")?.went == Went::Well)
    }
}

impl Tree {
    /// Returns a path below the top as git names it; none where it lies elsewhere.
    pub fn name_of(&self, path: &Path) -> Option<String> {
        let parent = std::fs::canonicalize(path.parent()?).ok()?;
        let full = parent.join(path.file_name()?);
        let below = full.strip_prefix(&self.top).ok()?;
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    }

    /// Returns the bytes of a file below the top in a commit, where it was there.
    pub fn file(&self, commit: &Commit, name: &str) -> io::Result<Option<Vec<u8>>> {
        self.git.file(commit, name)
    }
}
