//! A clerk's desk: a workspace in a temporary folder, and the real binary in a clean environment.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use tempfile::TempDir;

/// A small plan with every kind of item.
pub(crate) const PLAN: &str = r#"schema = 1

[plan]
id = "town-2013"
title = "2013年应急工作计划"
issuer = "市政府"
issued = 2013-01-05
period = { start = 2013-01-01, end = 2013-12-31 }
supervisor = "yjb"
own_verifier = "zfb"

[reporting]
cycle = "month"
due_day = 5

[[unit]]
id = "yjb"
name = "应急办公室"
aliases = ["应急办"]
kind = "department"

[[unit]]
id = "zfb"
name = "政府办公室"
kind = "department"

[[unit]]
id = "chikan"
name = "赤坎区"
kind = "county"

[[unit]]
id = "xiashan"
name = "霞山区"
kind = "county"

[[group]]
id = "counties"
name = "各区"
members = ["chikan", "xiashan"]

[[chapter]]
id = "1"
label = "一"
title = "准备"

[[measure]]
id = "1.1"
chapter = "1"
label = "(一)"
title = "预案"

[[measure.item]]
id = "1.1.1"
title = "修订总体预案"
kind = "once"
lead = ["@counties"]
due = 2013-10-31

[[measure.item]]
id = "1.1.2"
title = "举办讲座"
kind = "once"
lead = ["yjb"]
due = 2013-12-31
target = { amount = 100, unit = "场" }

[[measure.item]]
id = "1.1.3"
title = "季度排查"
kind = "periodic"
every = "quarter"
lead = ["chikan"]

[[measure.item]]
id = "1.1.4"
title = "值班"
kind = "continuing"
lead = ["xiashan"]

[[measure.item]]
id = "1.1.5"
title = "经费列入预算"
kind = "once"
lead = ["chikan"]
evidence = "required"
due = 2013-12-31
"#;

/// A workspace, a home and a day that counts as today.
pub(crate) struct Office {
    /// The folder of everything.
    pub(crate) folder: TempDir,
    /// `DUBAN_TODAY`.
    pub(crate) today: &'static str,
}

impl Office {
    /// An office with the small plan, on a day after every report day of the month before.
    pub(crate) fn new() -> Office {
        Office::with_plan(PLAN)
    }

    /// An office with another plan.
    pub(crate) fn with_plan(text: &str) -> Office {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("ws/plans")).unwrap();
        fs::create_dir_all(folder.path().join("home")).unwrap();
        fs::write(folder.path().join("ws/plans/town-2013.toml"), text).unwrap();
        let today = "2013-07-20";
        Office { folder, today }
    }

    /// The same office on another day.
    pub(crate) fn on(mut self, today: &'static str) -> Office {
        self.today = today;
        self
    }

    /// The folder that commands stand in.
    pub(crate) fn ws(&self) -> PathBuf {
        self.folder.path().join("ws")
    }

    /// A path in the workspace.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.ws().join(name)
    }

    /// The text of a file in the workspace.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes a file into the workspace.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    /// The lines of the desk's own journal without its header, none where there is no file.
    pub(crate) fn lines(&self) -> Vec<String> {
        let file = self.path("plans/town-2013.journal/li.csv");
        let text = fs::read_to_string(file).unwrap_or_default();
        text.lines().skip(1).map(str::to_owned).collect()
    }

    /// A command of this office in a clean environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command
            .args(arguments)
            .current_dir(self.ws())
            .env_clear()
            .env("HOME", self.folder.path().join("home"))
            .env("PATH", "/usr/bin:/bin")
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .env("DUBAN_TODAY", self.today)
            .env("DUBAN_WRITER", "li")
            .env("USER", "li")
            .stdin(Stdio::null());
        command
    }

    /// Runs a command in English.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).env("DUBAN_LANG", "en"))
    }

    /// Runs a command in Chinese.
    pub(crate) fn run_zh(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).env("DUBAN_LANG", "zh"))
    }

    /// Runs a command that reads a text from stdin.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(arguments)
            .env("DUBAN_LANG", "en")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        Ran::from(child.wait_with_output().unwrap())
    }

    /// Runs a command at a terminal that types answers; `None` where this machine has no `script`.
    pub(crate) fn run_at_terminal(
        &self,
        arguments: &[&str],
        typed: &str,
        writer: Writer,
    ) -> Option<Ran> {
        if !Path::new("/usr/bin/script").exists() {
            eprintln!("skipped: no `script` command to make a terminal with");
            return None;
        }
        let quoted = |word: &&str| format!("'{}'", word.replace('\'', r"'\''"));
        let words: Vec<String> = arguments.iter().map(quoted).collect();
        let line = format!("{} {}", env!("CARGO_BIN_EXE_duban"), words.join(" "));
        let mut command = self.command(&[]);
        let mut script = Command::new("/usr/bin/script");
        script
            .args(["-qec", &line, "/dev/null"])
            .current_dir(self.ws())
            .env_clear()
            .env("SHELL", "/bin/sh")
            .env("DUBAN_LANG", "en")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, value) in command.env("TERM", "xterm").get_envs() {
            script.env(name, value.unwrap_or_default());
        }
        if writer == Writer::Unknown {
            script.env_remove("DUBAN_WRITER");
        }
        let mut child = script.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(typed.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        Some(Ran::from(output))
    }

    /// Records what must be recorded.
    #[track_caller]
    pub(crate) fn record(&self, arguments: &[&str]) -> Ran {
        let mut all = vec!["record"];
        all.extend(arguments);
        self.run(&all).done()
    }

    /// Checks that a command in English ends with a code, says something on stderr and writes nothing.
    #[track_caller]
    pub(crate) fn check_refused(&self, arguments: &[&str], code: i32, said: &[&str]) {
        let before = files(&self.ws());
        let ran = self.run(arguments);
        assert_eq!(ran.code, code, "{}", ran.all());
        for said in said {
            assert!(ran.err.contains(said), "`{said}` is not in:\n{}", ran.err);
        }
        assert_eq!(ran.out, "", "stdout stays empty");
        assert_eq!(files(&self.ws()), before, "nothing is written");
    }
}

/// Whether the environment names the writer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// It is `li`.
    Li,
    /// It does not.
    Unknown,
}

/// What a command gave.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: i32,
    /// What went to stdout.
    pub(crate) out: String,
    /// What went to stderr.
    pub(crate) err: String,
}

impl Ran {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Ran {
        Ran::from(command.output().unwrap())
    }

    /// Checks that the command did what was asked.
    #[track_caller]
    pub(crate) fn done(self) -> Ran {
        assert_eq!(self.code, 0, "{}", self.all());
        self
    }

    /// Checks that stdout holds texts.
    #[track_caller]
    pub(crate) fn shows(self, texts: &[&str]) -> Ran {
        for text in texts {
            assert!(
                self.out.contains(text),
                "`{text}` is not in:\n{}",
                self.all()
            );
        }
        self
    }

    /// Checks that stderr holds texts.
    #[track_caller]
    pub(crate) fn says(self, texts: &[&str]) -> Ran {
        for text in texts {
            assert!(
                self.err.contains(text),
                "`{text}` is not in:\n{}",
                self.all()
            );
        }
        self
    }

    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{}", self.all());
        self
    }

    /// Everything, for messages of tests.
    pub(crate) fn all(&self) -> String {
        format!("exit {}\n{}\n{}", self.code, self.out, self.err)
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Every file below a folder with its size, sorted; lock files do not count.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if kind.is_dir() {
            found.extend(files(&entry.path()));
        } else if !name.contains(".lock") {
            found.push((entry.path(), entry.metadata().unwrap().len()));
        }
    }
    found.sort();
    found
}

/// Copies a folder with everything below it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &place),
            false => drop(fs::copy(entry.path(), place).unwrap()),
        }
    }
}

/// A journal file by another hand: whole records without their ids, chained as the contract says.
pub(crate) fn journal(writer: &str, records: &[&str]) -> String {
    let mut text =
        "\u{feff}seq,recorded_at,date,event,item,unit,period,value,as,by,ref,evidence,note,id\n"
            .to_owned();
    let mut last = digest(&format!("duban-journal/1,town-2013,{writer}"));
    for record in records {
        last = digest(&format!("{last},{record}"));
        text.push_str(&format!("{record},{last}\n"));
    }
    text
}

/// The first 32 hex digits of a SHA-256.
pub(crate) fn digest(text: &str) -> String {
    use sha2::Digest;
    use std::fmt::Write;
    let hash = sha2::Sha256::digest(text.as_bytes());
    hash.iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
