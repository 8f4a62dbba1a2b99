//! The user's git: which commit a revision names, and what a file was in it.
//!
//! It is started by its absolute path, without a shell, hooks, monitors, questions or network; what
//! was typed reaches it only where git takes it for a revision.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

/// Git at work in one folder.
#[derive(Clone, Debug)]
pub struct Git {
    program: PathBuf,
    folder: PathBuf,
}

/// The full name of a commit that git has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit(String);

impl Commit {
    /// Returns the first digits, as people write them.
    pub fn short(&self) -> &str {
        &self.0[..self.0.len().min(12)]
    }
}

impl Git {
    /// Finds git in the folders of `PATH`; relative ones are passed over, because a workspace may
    /// hold a program of that name.
    pub fn find(path: &OsStr, folder: &Path) -> Option<Git> {
        let name = format!("git{}", std::env::consts::EXE_SUFFIX);
        let program = std::env::split_paths(path)
            .filter(|of| of.is_absolute())
            .map(|of| of.join(&name))
            .find(|program| program.is_file())?;
        Some(Git {
            program,
            folder: folder.to_owned(),
        })
    }

    /// Returns the commit that a revision names, where it names one.
    pub fn commit(&self, revision: &str) -> io::Result<Option<Commit>> {
        if revision.is_empty() || revision.starts_with('-') {
            return Ok(None);
        }
        let wanted = format!("{revision}^{{commit}}");
        let output = self.run(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &wanted,
        ])?;
        let text = String::from_utf8_lossy(&output.stdout);
        let id = text.trim();
        let is_id = id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        Ok((output.status.success() && is_id).then(|| Commit(id.to_owned())))
    }

    /// Returns the bytes of a file of the folder as they were in a commit, where it was there.
    pub fn file(&self, commit: &Commit, name: &str) -> io::Result<Option<Vec<u8>>> {
        // `cat-file` gives the bytes as they are stored; `show` would look at filters and pagers.
        let object = format!("{}:./{name}", commit.0);
        let output = self.run(&["cat-file", "blob", &object])?;
        Ok(output.status.success().then_some(output.stdout))
    }

    fn run(&self, arguments: &[&str]) -> io::Result<Output> {
        Command::new(&self.program)
            .args(["-c", "core.fsmonitor=false"])
            .args(["-c", "core.hooksPath=/dev/null"])
            .args(["--no-pager", "--no-optional-locks"])
            .args(arguments)
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
    }
}

/// Whether the journals of a folder are kept byte for byte by git.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributes {
    /// `-text -merge` holds.
    Kept,
    /// Git may change line ends, or merge lines of two writers into one file.
    Missing,
}

impl Git {
    /// Returns the names of what a commit holds in the folder.
    pub fn names(&self, commit: &Commit) -> io::Result<Vec<String>> {
        let output = self.run(&["ls-tree", "-z", "--name-only", &commit.0])?;
        let names = output.stdout.split(|byte| *byte == 0);
        Ok(names
            .filter(|name| output.status.success() && !name.is_empty())
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect())
    }

    /// Returns how a file of the folder is kept; `None` outside a repository.
    pub fn attributes(&self, name: &str) -> io::Result<Option<Attributes>> {
        let output = self.run(&["check-attr", "-z", "text", "merge", "--", name])?;
        if !output.status.success() {
            return Ok(None);
        }
        let fields: Vec<&[u8]> = output.stdout.split(|byte| *byte == 0).collect();
        let values: Vec<&[u8]> = fields.chunks_exact(3).map(|fields| fields[2]).collect();
        Ok(Some(match values == [b"unset", b"unset"] {
            true => Attributes::Kept,
            false => Attributes::Missing,
        }))
    }
}
