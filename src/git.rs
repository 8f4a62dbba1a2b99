//! The user's git: which commit a revision names, what a file was in it, and what `sync` asks of it.
//!
//! It is started by its absolute path, without a shell, hooks, monitors, pagers or questions; what
//! was typed reaches it only where git takes it for a revision or a path. Reading never reaches the
//! network. `git::trust` says which settings of a repository's own are borne.

pub mod exchange;
pub mod place;
pub mod trust;

use std::ffi::OsStr;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

/// What is said to git before every command; it outweighs what a repository says.
///
/// The last one would be run by git where a repository borrows the objects of another.
const ALWAYS: [&str; 4] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.alternateRefsCommand=true",
];

/// Variables that point git at another repository than the folder it stands in, such as in a hook.
const MISLEADING: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
];

/// Git at work in one folder.
#[derive(Clone, Debug)]
pub struct Git {
    program: PathBuf,
    folder: PathBuf,
    /// Settings that are said besides, `key=value`.
    settings: Vec<String>,
    /// Variables that are set besides.
    variables: Vec<(&'static str, String)>,
}

/// What git gave back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Whether it could do what was asked.
    pub went: Went,
    /// What it wrote to stdout.
    pub out: Vec<u8>,
    /// What it wrote to stderr, as text.
    pub words: String,
}

/// Whether git could do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// Exit code 0.
    Well,
    /// Any other end.
    Wrong,
}

impl Answered {
    /// Returns the first line of stdout.
    pub fn line(&self) -> String {
        let text = String::from_utf8_lossy(&self.out);
        text.lines().next().unwrap_or_default().to_owned()
    }

    /// Returns the parts of stdout between NULs.
    pub fn parts(&self) -> Vec<String> {
        let parts = self.out.split(|byte| *byte == 0);
        parts
            .filter(|part| !part.is_empty())
            .map(|part| String::from_utf8_lossy(part).into_owned())
            .collect()
    }
}

/// The full name of a commit that git has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit(String);

impl Commit {
    /// Returns the first digits, as people write them.
    pub fn short(&self) -> &str {
        &self.0[..self.0.len().min(12)]
    }

    /// Returns all its digits.
    pub fn as_str(&self) -> &str {
        &self.0
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
            settings: Vec::new(),
            variables: Vec::new(),
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

    /// Asks something that only reads.
    fn run(&self, arguments: &[&str]) -> io::Result<Output> {
        self.command()
            .args(arguments)
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .stdin(Stdio::null())
            .output()
    }

    /// Has something done that may write or reach the remote; `input` is what git reads from stdin.
    fn act(&self, arguments: &[&str], input: &[u8]) -> io::Result<Answered> {
        let mut child = self
            .command()
            .args(arguments)
            .env("GIT_ALLOW_PROTOCOL", trust::PROTOCOLS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        feed(&mut child, input)?;
        let output = child.wait_with_output()?;
        Ok(Answered {
            went: match output.status.success() {
                true => Went::Well,
                false => Went::Wrong,
            },
            out: output.stdout,
            words: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        for setting in ALWAYS {
            command.args(["-c", setting]);
        }
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        for name in MISLEADING {
            command.env_remove(name);
        }
        command
            .args(["--no-pager", "--no-optional-locks"])
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_LITERAL_PATHSPECS", "1")
            .env("GIT_EDITOR", ":")
            .current_dir(&self.folder);
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }
}

/// Hands git what it reads from stdin; that it stopped reading shows in its answer.
fn feed(child: &mut Child, input: &[u8]) -> io::Result<()> {
    let Some(mut stdin) = child.stdin.take() else {
        return Ok(());
    };
    match stdin.write_all(input) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        Ok(()) | Err(_) => Ok(()),
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

    /// Returns the names of what a commit holds in a folder below, none where it has no such folder.
    pub fn names_below(&self, commit: &Commit, folder: &str) -> io::Result<Vec<String>> {
        let tree = format!("{}:{folder}", commit.0);
        let listed = self.act(&["ls-tree", "-z", "--name-only", &tree], b"")?;
        Ok(match listed.went {
            Went::Well => listed.parts(),
            Went::Wrong => Vec::new(),
        })
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
