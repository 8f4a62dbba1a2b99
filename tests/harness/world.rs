//! An office to break things in: the real program, its files put back as they were before each try.

use crate::chain;
use crate::chain::Line;
use crate::office::Office;
use crate::office::Ran;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// The journal folder, below the workspace.
pub(crate) const JOURNAL: &str = "plans/town-2013.journal";

/// An office and what to tell its program.
pub(crate) struct World {
    pub(crate) office: Office,
    notes: u32,
}

/// Every file of an office.
pub(crate) type Snapshot = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a code.
    Code(i32),
    /// By a signal.
    Signal(i32),
}

/// What a command gave, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) end: End,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Tells whether a receipt stands on stdout: what it names was acknowledged.
    pub(crate) fn is_acknowledged(&self) -> bool {
        self.out.contains("entry:") || self.out.contains("entries:")
    }
}

impl World {
    /// An office without a journal.
    pub(crate) fn new() -> World {
        World {
            office: Office::new(),
            notes: 0,
        }
    }

    /// An office whose journal holds three records.
    pub(crate) fn with_journal() -> World {
        let world = World::new();
        for note in ["one", "two", "three"] {
            world.office.record(&["note", "1.1.2@yjb", "-m", note]);
        }
        world
    }

    /// A command in English; a deliberate bug is passed on to the program that holds all of them.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.office.command(arguments);
        // One zone, so that every record has the same length everywhere.
        command.env("DUBAN_LANG", "en").env("TZ", "CST-8");
        if let Some(bug) = std::env::var_os("DUBAN_BUG") {
            command.env("DUBAN_BUG", bug);
        }
        command
    }

    /// The same command started by another program: `strace`, `prlimit`, `unshare`.
    pub(crate) fn under(&self, program: &[&str], arguments: &[&str]) -> Command {
        let own = self.command(arguments);
        let mut command = Command::new(program[0]);
        command
            .args(&program[1..])
            .arg(own.get_program())
            .args(own.get_args())
            .current_dir(self.office.ws())
            .env_clear()
            .stdin(std::process::Stdio::null());
        for (name, value) in own.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        said(&mut self.command(arguments))
    }

    /// Records a note that was never recorded before; says what went wrong.
    pub(crate) fn record_next(&mut self) -> Result<(), String> {
        self.notes += 1;
        let note = format!("after {}", self.notes);
        let ran = self.run(&["record", "note", "1.1.2@yjb", "-m", &note]);
        match (&ran.end, ran.is_acknowledged()) {
            (End::Code(0), true) => Ok(()),
            _ => Err(format!("the next record failed: {ran:?}")),
        }
    }

    /// The bytes of the writer's file, none where it is not there.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        fs::read(self.csv()).unwrap_or_default()
    }

    /// Where the writer's file is.
    pub(crate) fn csv(&self) -> PathBuf {
        self.office.path(&format!("{JOURNAL}/li.csv"))
    }

    /// The records of the writer's file, each following from the one above.
    pub(crate) fn lines(&self) -> Result<Vec<Line>, String> {
        chain::read(&self.bytes(), "li")
    }

    /// The files in the journal folder whose names hold a word, with their bytes.
    pub(crate) fn beside(&self, word: &str) -> Vec<Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.office.path(JOURNAL)) else {
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.retain(|path| path.to_string_lossy().contains(word));
        paths.iter().map(|path| fs::read(path).unwrap()).collect()
    }

    /// Asks `verify`; nothing but files that keep torn bytes may be named.
    pub(crate) fn verify(&self) -> Result<(), String> {
        let ran = self.run(&["verify", "--format", "json"]);
        let codes = codes(&ran.out);
        match (
            &ran.end,
            codes.iter().all(|code| code == "journal/torn-file"),
        ) {
            (End::Code(0), true) => Ok(()),
            _ => Err(format!("verify: {:?} {codes:?} {}", ran.end, ran.err)),
        }
    }

    /// Takes a picture of every file.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut found = Snapshot::new();
        gather(self.office.folder.path(), &mut found);
        found
    }

    /// Puts every file back as it was in a picture.
    pub(crate) fn restore(&self, snapshot: &Snapshot) {
        let root = self.office.folder.path();
        for entry in fs::read_dir(root).unwrap() {
            fs::remove_dir_all(entry.unwrap().path()).unwrap();
        }
        for (path, bytes) in snapshot {
            match bytes {
                None => fs::create_dir_all(path).unwrap(),
                Some(bytes) => fs::write(path, bytes).unwrap(),
            }
        }
    }
}

/// Returns the codes of findings in json.
pub(crate) fn codes(json: &str) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let findings = value["findings"].as_array().cloned().unwrap_or_default();
    let code = |finding: &serde_json::Value| finding["code"].as_str().unwrap_or("?").to_owned();
    findings.iter().map(code).collect()
}

fn gather(folder: &Path, found: &mut Snapshot) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => {
                found.insert(path.clone(), None);
                gather(&path, found);
            }
            false => drop(found.insert(path.clone(), Some(fs::read(&path).unwrap()))),
        }
    }
}

/// Runs a command and keeps what it said.
pub(crate) fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    let end = match output.status.code() {
        Some(code) => End::Code(code),
        None => End::Signal(output.status.signal().unwrap_or_default()),
    };
    let ran = Ran::from(output);
    Said {
        end,
        out: ran.out,
        err: ran.err,
    }
}

/// Tells whether this machine has a program.
pub(crate) fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok()
}
