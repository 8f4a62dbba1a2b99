//! Deliberate bugs: a harness that has never failed proves nothing.
//!
//! The sources are copied below `target/`, every bug is built into the one copy behind a switch, and
//! the row that must catch it is run against the copy. Without a bug switched on all rows must hold
//! there; a bug whose place in the sources is gone is a failure.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// A bug and what must catch it.
pub(crate) struct Bug {
    /// Its name, which switches it on.
    pub(crate) name: &'static str,
    /// What the program then does.
    pub(crate) does: &'static str,
    /// The row that must fail.
    pub(crate) row: &'static str,
    file: &'static str,
    /// What stands in the sources.
    right: &'static str,
    /// What stands there instead; `BUG` is true where the bug is switched on.
    wrong: &'static str,
}

/// What came of a bug.
pub(crate) struct Caught {
    pub(crate) bug: &'static Bug,
    pub(crate) is_caught: bool,
}

pub(crate) const BUGS: &[Bug] = &[
    Bug {
        name: "drop-the-sync",
        does: "an append does not wait for the disk",
        row: "synced_before_acknowledged",
        file: "src/journal/file.rs",
        right: "        file.sync_data().map_err(|error| self.not_confirmed(error))",
        wrong: "        if BUG { return Ok(()); }
        file.sync_data().map_err(|error| self.not_confirmed(error))",
    },
    Bug {
        name: "acknowledge-first",
        does: "the reference is printed before the entry is written",
        row: "torn_writes",
        file: "src/journal/file.rs",
        right: "        self.write(&text)?;",
        wrong: "        if BUG {
            let _ = writeln!(io::stdout(), \"entry: {}\", last.name);
        }
        self.write(&text)?;",
    },
    Bug {
        name: "any-previous-id",
        does: "`verify` takes any id before a line for the right one",
        row: "tampering_by_row",
        file: "src/journal/scan/read.rs",
        right: "if chain::next(above, &record.body()) == record.id {",
        wrong: "if BUG || chain::next(above, &record.body()) == record.id {",
    },
    Bug {
        name: "skip-the-last-line",
        does: "`verify` does not look at the last line",
        row: "flip_of_every_bit",
        file: "src/journal/scan/join.rs",
        right: "    let mut findings = std::mem::take(&mut reading.findings);",
        wrong: "    let mut findings = std::mem::take(&mut reading.findings);
    if BUG {
        let last = reading.records.iter().map(|of| of.line).max().unwrap_or(0);
        findings.retain(|found| u64::from(last) > found.place.line as u64);
    }",
    },
    Bug {
        name: "seals-unread",
        does: "`verify` does not look for the heads that a seal names",
        row: "cut_at_every_byte",
        file: "src/journal/scan/join.rs",
        right: "    if let Known::All = known {\n        findings.extend(heads_gone",
        wrong: "    if BUG {\n    } else if let Known::All = known {\n        findings.extend(heads_gone",
    },
    Bug {
        name: "forget-what-was-acknowledged",
        does: "the desk does not compare the file with what it acknowledged",
        row: "cut_at_every_byte",
        file: "src/journal/file.rs",
        right: "        if known == self.head {\n            return Ok(());\n        }",
        wrong: "        if BUG || known == self.head {\n            return Ok(());\n        }",
    },
    Bug {
        name: "no-cut-back",
        does: "what a failed write left stays in the file",
        row: "torn_writes",
        file: "src/journal/file.rs",
        right: "        let cut = self.file.as_ref().map(|file| file.set_len(self.length));",
        wrong: "        let cut = self.file.as_ref().map(|file| if BUG { Ok(()) } else { file.set_len(self.length) });",
    },
    Bug {
        name: "ignore-a-failed-write",
        does: "a write that failed is taken for one that did not",
        row: "torn_writes",
        file: "src/journal/file.rs",
        right: "        written.map_err(|error| self.cut_back(error))?;",
        wrong: "        if !BUG {
            written.map_err(|error| self.cut_back(error))?;
        }",
    },
    Bug {
        name: "batch-unkept",
        does: "several lines are appended without being kept whole before",
        row: "torn_writes",
        file: "src/journal/file.rs",
        right: "        if receipts.len() > 1 && self.file.is_some() {",
        wrong: "        if !BUG && receipts.len() > 1 && self.file.is_some() {",
    },
    Bug {
        name: "ignore-the-lock",
        does: "a desk that another window holds is taken all the same",
        row: "writers_at_once",
        file: "src/journal/file/lock.rs",
        right: "            Err(TryLockError::WouldBlock) => (places.pause)(INTERVAL),",
        wrong: "            Err(TryLockError::WouldBlock) if BUG => {
                return Ok(Tried::Held(Lock { _file: file, path, note }));
            }
            Err(TryLockError::WouldBlock) => (places.pause)(INTERVAL),",
    },
    Bug {
        name: "torn-bytes-thrown-away",
        does: "a torn end is cut off and kept nowhere",
        row: "power_failure",
        file: "src/journal/file/mend.rs",
        right: "    io::copy(&mut file, &mut copy)?;",
        wrong: "    if !BUG {
        io::copy(&mut file, &mut copy)?;
    }",
    },
    Bug {
        name: "rename-unsynced",
        does: "a restored file takes the old one's name before it is on the disk",
        row: "synced_before_acknowledged",
        file: "src/workspace/paper.rs",
        right: "    let done = file\n        .sync_all()\n",
        wrong: "    let done = if BUG { Ok(()) } else { file.sync_all() }\n",
    },
    Bug {
        name: "new-name-unsynced",
        does: "a new file's folder is not synced",
        row: "synced_before_acknowledged",
        file: "src/workspace/paper.rs",
        right: "    match cfg!(unix) {\n        true => File::open(folder)?.sync_all(),",
        wrong: "    match cfg!(unix) && !BUG {\n        true => File::open(folder)?.sync_all(),",
    },
    Bug {
        name: "repair-keeps-nothing",
        does: "`repair` does not keep the file as it was",
        row: "killed_at_every_call",
        file: "src/journal/file/restore.rs",
        right: "    done.kept = keep(path, folder, writer, &done.mended, now).map_err(failed)?;",
        wrong: "    if !BUG {
        done.kept = keep(path, folder, writer, &done.mended, now).map_err(failed)?;
    }",
    },
    Bug {
        name: "answer-lost-in-silence",
        does: "an answer that cannot be written is taken for one that was",
        row: "stdout_full",
        file: "src/commands.rs",
        right: "            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,",
        wrong: "            Err(error) if BUG || error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,",
    },
    Bug {
        name: "clock-unread",
        does: "a clock that went back is not said",
        row: "clock",
        file: "src/journal/file.rs",
        right: "        self.last_at.filter(|last| *last > now)",
        wrong: "        self.last_at.filter(|last| !BUG && *last > now)",
    },
];

/// The switch of the copy.
const SWITCH: &str = "

/// Tells whether a deliberate bug is switched on.
#[allow(missing_docs)]
pub fn bug(name: &str) -> bool {
    std::env::var(\"DUBAN_BUG\").is_ok_and(|bug| bug == name)
}
";

/// Builds all bugs into a copy and asks the rows.
pub(crate) fn hunt() -> Vec<Caught> {
    println!("\nhunting {} deliberate bugs", BUGS.len());
    let copy = make_copy();
    let harness = build(&copy);
    let rows: BTreeSet<&str> = BUGS.iter().map(|bug| bug.row).collect();
    let rows: Vec<&str> = rows.into_iter().collect();
    assert!(
        run(&harness, &rows, ""),
        "the copy fails without a bug: {}",
        rows.join(" ")
    );
    let caught = BUGS.iter().map(|bug| {
        let is_caught = !run(&harness, &[bug.row], bug.name);
        let told = if is_caught { "caught" } else { "NOT CAUGHT" };
        println!("bug {} ... {told} by {}", bug.name, bug.row);
        Caught { bug, is_caught }
    });
    caught.collect()
}

/// Copies the sources and builds every bug in.
fn make_copy() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = root.join("target/bugs/copy");
    let _ = fs::remove_dir_all(&copy);
    for folder in [
        "src",
        "examples",
        "plans",
        "benches",
        "tests/harness",
        "fuzz/corpus",
    ] {
        crate::office::copy(&root.join(folder), &copy.join(folder));
    }
    fs::create_dir_all(copy.join("tests/it")).unwrap();
    for file in [
        "Cargo.toml",
        "Cargo.lock",
        "tests/harness.rs",
        "tests/it/desk.rs",
        "fuzz/entries.rs",
    ] {
        fs::copy(root.join(file), copy.join(file)).unwrap();
    }
    let lib = copy.join("src/lib.rs");
    let text = fs::read_to_string(&lib).unwrap();
    fs::write(&lib, text + SWITCH).unwrap();
    for bug in BUGS {
        let path = copy.join(bug.file);
        let text = fs::read_to_string(&path).unwrap();
        let wrong = bug
            .wrong
            .replace("BUG", &format!("crate::bug(\"{}\")", bug.name));
        assert_eq!(
            text.matches(bug.right).count(),
            1,
            "the bug {} has lost its place in {}: find it again",
            bug.name,
            bug.file
        );
        fs::write(&path, text.replace(bug.right, &wrong)).unwrap();
    }
    copy
}

/// Builds program and harness of the copy; dependencies are taken from this build where they can be.
fn build(copy: &Path) -> PathBuf {
    let target = copy.with_file_name("build");
    if !target.exists() {
        // Links cost nothing; where there can be none, all is built anew.
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/debug");
        for part in ["deps", ".fingerprint", "build"] {
            link_all(&own.join(part), &target.join("debug").join(part));
        }
    }
    let output = Command::new(env!("CARGO"))
        .args([
            "test",
            "--locked",
            "--no-run",
            "--test",
            "harness",
            "--message-format=json",
        ])
        .current_dir(copy)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let made = text.lines().rev().find_map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_harness = value["target"]["name"] == "harness";
        is_harness.then(|| value["executable"].as_str().map(PathBuf::from))?
    });
    made.unwrap_or_else(|| {
        panic!(
            "the copy does not build: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

/// Links files of a build, but for those of this package.
fn link_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let Ok(entries) = fs::read_dir(from) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_owned();
        let is_own = ["duban", "libduban", "it-", "harness-"];
        if is_own
            .iter()
            .any(|own| name.to_string_lossy().starts_with(own))
        {
            continue;
        }
        match path.is_dir() {
            true => link_all(&path, &to.join(name)),
            false => drop(fs::hard_link(&path, to.join(name))),
        }
    }
}

/// Runs rows of the copy; tells whether they hold.
fn run(harness: &Path, rows: &[&str], bug: &str) -> bool {
    let output = Command::new(harness)
        .args(rows)
        .env("DUBAN_BUG", bug)
        .env_remove("DUBAN_HARNESS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!said.contains("skipped"), "a row was skipped: {said}");
    if bug.is_empty() && !output.status.success() {
        println!("{said}");
    }
    output.status.success()
}
