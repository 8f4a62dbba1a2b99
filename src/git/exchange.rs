//! Committing, fetching, merging and pushing, as `sync` does them.
//!
//! Nothing here resets, forces or rewrites: a commit is only added, a merge that cannot be made is
//! taken back, a push that is refused stays refused.

use super::Answered;
use super::Commit;
use super::Git;
use super::Went;
use super::place::Upstream;
use std::io;

/// What came of fetching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// The commit that the branch stands at there.
    At(Commit),
    /// The remote has no such branch yet.
    Nothing,
    /// The remote could not be reached; what git said.
    Failed(String),
}

/// What came of merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Both histories are one.
    Well,
    /// These files were changed on both sides; the merge is still open.
    Conflict(Vec<String>),
    /// Git would not begin; what it said.
    Refused(String),
}

/// What came of pushing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The remote has it.
    Well,
    /// The remote would not take it, such as when another was faster; what git said.
    Rejected(String),
    /// The remote could not be reached; what git said.
    Failed(String),
}

impl Git {
    /// Returns the files in some folders that differ from a commit or are not in it, as git names
    /// them. A folder is named from the top.
    pub fn changed(&self, since: Option<&Commit>, folders: &[String]) -> io::Result<Vec<String>> {
        let mut listed = vec!["ls-files", "-z", "--others"];
        if since.is_none() {
            listed.push("--cached");
        }
        listed.push("--");
        listed.extend(folders.iter().map(String::as_str));
        let mut names = self.act(&listed, b"")?.parts();
        if let Some(commit) = since {
            // Without this, a file whose time alone changed would count as another.
            self.act(&["update-index", "-q", "--refresh"], b"")?;
            let asked = [
                "diff-index",
                "-z",
                "--name-only",
                "--no-renames",
                "--no-ext-diff",
                "--no-textconv",
                commit.as_str(),
                "--",
            ];
            let folders = folders.iter().map(String::as_str);
            let asked: Vec<&str> = asked.into_iter().chain(folders).collect();
            names.extend(self.act(&asked, b"")?.parts());
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Returns which of some files that are not in git yet it was told to ignore.
    pub fn ignored(&self, names: &[String]) -> io::Result<Vec<String>> {
        // This one command of git refuses to take names as they stand.
        let git = self
            .clone()
            .with(&[], &[("GIT_LITERAL_PATHSPECS", "0".to_owned())]);
        let asked = ["check-ignore", "-z", "--stdin"];
        Ok(git.act(&asked, &joined(names))?.parts())
    }

    /// Returns the files that are staged, but for these.
    pub fn staged(&self, head: &Commit) -> io::Result<Vec<String>> {
        let asked = [
            "diff-index",
            "-z",
            "--cached",
            "--name-only",
            "--no-renames",
            head.as_str(),
            "--",
        ];
        Ok(self.act(&asked, b"")?.parts())
    }

    /// Commits these files as they are now, and nothing that is staged besides.
    pub fn commit_only(&self, names: &[String], message: &str) -> io::Result<Answered> {
        let input = joined(names);
        let from_stdin = ["--pathspec-from-file=-", "--pathspec-file-nul"];
        let add = [&["add"][..], &from_stdin].concat();
        let added = self.act(&add, &input)?;
        if added.went == Went::Wrong {
            return Ok(added);
        }
        let commit = ["commit", "--quiet", "--no-verify", "--only", "-m", message];
        self.act(&[&commit[..], &from_stdin].concat(), &input)
    }

    /// Fetches the branch of the upstream.
    pub fn fetch(&self, from: &Upstream) -> io::Result<Fetched> {
        let program = self.pack_program("upload-pack", &from.url);
        let fetched = self.act(
            &[
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-recurse-submodules",
                &program,
                "--",
                &from.remote,
                &from.reference,
            ],
            b"",
        )?;
        if fetched.went == Went::Wrong {
            let heads = ["ls-remote", &program, "--", &from.remote, &from.reference];
            let heads = self.act(&heads, b"")?;
            return Ok(match heads.went == Went::Well && heads.out.is_empty() {
                true => Fetched::Nothing,
                false => Fetched::Failed(fetched.words),
            });
        }
        Ok(match self.commit("FETCH_HEAD")? {
            Some(commit) => Fetched::At(commit),
            None => Fetched::Failed(fetched.words),
        })
    }

    /// Merges a commit into the branch; a conflict stays open until it is taken back.
    pub fn merge(&self, other: &Commit, message: &str) -> io::Result<Merged> {
        let merged = self.act(
            &[
                "merge",
                "--quiet",
                "--ff",
                "--no-edit",
                "--no-verify",
                "--no-stat",
                "--no-autostash",
                "--no-rerere-autoupdate",
                "-m",
                message,
                other.as_str(),
            ],
            b"",
        )?;
        if merged.went == Went::Well {
            return Ok(Merged::Well);
        }
        let asked = [
            "diff",
            "-z",
            "--name-only",
            "--diff-filter=U",
            "--no-ext-diff",
        ];
        let open = self.act(&asked, b"")?.parts();
        Ok(match open.is_empty() {
            true => Merged::Refused(words(&merged)),
            false => Merged::Conflict(open),
        })
    }

    /// Ends an open merge with these files as they are now.
    pub fn conclude(&self, names: &[String], message: &str) -> io::Result<Answered> {
        let add = ["add", "--pathspec-from-file=-", "--pathspec-file-nul"];
        let added = self.act(&add, &joined(names))?;
        match added.went {
            Went::Wrong => Ok(added),
            Went::Well => self.act(&["commit", "--quiet", "--no-verify", "-m", message], b""),
        }
    }

    /// Takes an open merge back.
    pub fn abort_merge(&self) -> io::Result<Answered> {
        self.act(&["merge", "--abort"], b"")
    }

    /// Pushes a commit to the branch of the upstream.
    pub fn push(&self, commit: &Commit, to: &Upstream) -> io::Result<Pushed> {
        let program = self.pack_program("receive-pack", &to.url);
        let what = format!("{}:{}", commit.as_str(), to.reference);
        let pushed = self.act(
            &[
                "push",
                "--porcelain",
                "--quiet",
                "--no-verify",
                "--no-follow-tags",
                "--recurse-submodules=no",
                &program,
                "--",
                &to.remote,
                &what,
            ],
            b"",
        )?;
        if pushed.went == Went::Well {
            return Ok(Pushed::Well);
        }
        // With --porcelain git says what became of each branch; `!` is one that was not taken.
        let text = String::from_utf8_lossy(&pushed.out);
        let is_rejected = text.lines().any(|line| line.starts_with('!'));
        Ok(match is_rejected {
            true => Pushed::Rejected(words(&pushed)),
            false => Pushed::Failed(words(&pushed)),
        })
    }

    /// Returns how git is started at the other end.
    ///
    /// A repository on a disk is opened by a git of this machine: its hooks stay out, too. That a
    /// repository names a program for the other end is outweighed as well.
    fn pack_program(&self, verb: &str, url: &str) -> String {
        match is_path(url) {
            false => format!("--{verb}=git-{verb}"),
            true => {
                let program = self.program.display().to_string().replace('\'', "'\\''");
                let settings: Vec<String> = super::ALWAYS
                    .iter()
                    .map(|setting| format!("-c {setting}"))
                    .collect();
                let settings = settings.join(" ");
                format!("--{verb}='{program}' {settings} -c receive.autogc=false {verb}")
            }
        }
    }
}

/// Tells whether a remote is a folder of this machine or a disk, as git would.
pub fn is_path(url: &str) -> bool {
    if url.starts_with("file://") {
        return true;
    }
    let is_drive = cfg!(windows) && url.as_bytes().get(1) == Some(&b':');
    match (url.find(':'), url.find('/')) {
        (None, _) => true,
        (Some(colon), Some(slash)) => slash < colon || is_drive,
        (Some(_), None) => is_drive,
    }
}

fn joined(names: &[String]) -> Vec<u8> {
    let mut input = Vec::new();
    for name in names {
        input.extend_from_slice(name.as_bytes());
        input.push(0);
    }
    input
}

/// Returns what git said, from either end.
fn words(answered: &Answered) -> String {
    match answered.words.is_empty() {
        false => answered.words.clone(),
        true => String::from_utf8_lossy(&answered.out).trim().to_owned(),
    }
}
