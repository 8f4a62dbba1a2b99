//! Pages that show commands are run: every `console` block in order, in one empty folder.
//!
//! A line that begins with `$ ` is a command, the lines below it are all it prints, stderr first.
//! `[..]` in such a line stands for any text: an id, a time of writing. `UPDATE=1` writes the pages
//! again and keeps these marks where they still fit. A block that is not run must say what it holds.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use tempfile::TempDir;

/// What a block may hold that is no command.
const NOT_RUN: [&str; 6] = ["csv", "json", "rust", "sh", "text", "toml"];
/// The tag of blocks that are run.
const RUN: &str = "console";
/// What stands before a command.
const PROMPT: &str = "$ ";
/// What stands for any text in a line of output.
const ANYTHING: &str = "[..]";
/// How the program is run right after cloning.
const FROM_SOURCE: &str = "cargo run --release --";

/// A fenced block of a page.
pub(crate) struct Fence {
    /// The line of its opening fence, from 1.
    pub(crate) line: usize,
    /// What it says it holds.
    pub(crate) tag: String,
    /// What it holds.
    pub(crate) text: Vec<String>,
}

/// Returns the path of a page of the repository.
pub(crate) fn page_path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(page)
}

/// Returns the fenced blocks of a page in their order.
pub(crate) fn fences(text: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    for (at, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(tag), None) => {
                open = Some(Fence {
                    line: at + 1,
                    tag: tag.to_owned(),
                    text: Vec::new(),
                });
            }
            (Some(""), Some(_)) => found.extend(open.take()),
            (_, Some(fence)) => fence.text.push(line.to_owned()),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    found
}

/// Fails unless every block of a page is either run or says what else it holds.
#[track_caller]
pub(crate) fn check_fences(page: &str) {
    let text = fs::read_to_string(page_path(page)).unwrap();
    for fence in fences(&text) {
        let place = format!("{page}:{}", fence.line);
        let begins = fence
            .text
            .first()
            .is_some_and(|line| line.starts_with(PROMPT));
        match fence.tag.as_str() {
            RUN => assert!(begins, "{place}: a console block begins with `{PROMPT}`"),
            tag => {
                assert!(
                    NOT_RUN.contains(&tag),
                    "{place}: no block may be tagged `{tag}`"
                );
                let hidden = fence.text.iter().any(|line| line.starts_with(PROMPT));
                assert!(!hidden, "{place}: a command that would not be run");
            }
        }
    }
}

/// Runs the console blocks of a page and compares what they print.
#[track_caller]
pub(crate) fn check_page(page: &str) {
    check_fences(page);
    let text = fs::read_to_string(page_path(page)).unwrap();
    let mut desk = Desk::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    // From the end, so that a block of another length does not move those before it.
    let runs: Vec<(Fence, Vec<String>)> = fences(&text)
        .into_iter()
        .filter(|fence| fence.tag == RUN)
        .map(|fence| {
            let printed = desk.run_all(page, &fence);
            (fence, printed)
        })
        .collect();
    assert!(!runs.is_empty(), "{page} shows no command");
    for (fence, printed) in runs.into_iter().rev() {
        if printed != fence.text {
            let body = fence.line..fence.line + fence.text.len();
            wrong.push(difference(page, &fence, &printed));
            lines.splice(body, printed);
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(page_path(page), lines.join("\n") + "\n").unwrap();
    } else {
        wrong.reverse();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn difference(page: &str, fence: &Fence, printed: &[String]) -> String {
    let at = (0..)
        .find(|at| fence.text.get(*at) != printed.get(*at))
        .unwrap_or(0);
    let side = |lines: &[String]| lines.get(at).cloned().unwrap_or("(nothing)".to_owned());
    format!(
        "{page}:{}: the page says\n  {}\nand the program prints\n  {}\n(UPDATE=1 writes the page again)",
        fence.line + 1 + at,
        side(&fence.text),
        side(printed)
    )
}

/// The desk at which a reader types: a folder, what was exported, a home of its own.
struct Desk {
    _temp: TempDir,
    home: PathBuf,
    folder: PathBuf,
    exported: Vec<(String, String)>,
}

impl Desk {
    fn new() -> Desk {
        let temp = TempDir::new().unwrap();
        let [home, folder] = ["home", "work"].map(|name| temp.path().join(name));
        fs::create_dir(&home).unwrap();
        fs::create_dir(&folder).unwrap();
        let exported = [
            ("DUBAN_TODAY", "2013-10-31"),
            ("DUBAN_WRITER", "yjb-zhang"),
            ("LC_ALL", "C.UTF-8"),
            ("COLUMNS", "80"),
            ("USER", "zhang"),
            ("TZ", "UTC"),
        ];
        Desk {
            _temp: temp,
            home,
            folder,
            exported: exported
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        }
    }

    /// Runs the commands of a block and returns the block as it should stand.
    fn run_all(&mut self, page: &str, fence: &Fence) -> Vec<String> {
        let mut block = Vec::new();
        let starts = |line: &&String| line.starts_with(PROMPT);
        for (at, line) in fence
            .text
            .iter()
            .enumerate()
            .filter(|(_, line)| starts(line))
        {
            let shown = &fence.text[at + 1..];
            let length = shown.iter().position(|line| starts(&line));
            let shown = &shown[..length.unwrap_or(shown.len())];
            block.push(line.clone());
            let printed = self.run(page, &line[PROMPT.len()..]);
            block.extend(settled(shown, &printed));
        }
        block
    }

    /// Runs one command and returns the lines it prints.
    fn run(&mut self, page: &str, command: &str) -> Vec<String> {
        if command == "cargo test" {
            let ci = fs::read_to_string(page_path(".ci/run")).unwrap();
            let is_called = ci.lines().any(|line| line.starts_with(command));
            assert!(is_called, "{page}: .ci/run does not call `{command}`");
            return Vec::new();
        }
        if let Some(folder) = command.strip_prefix("cd ") {
            self.folder = self.folder.join(folder);
            assert!(self.folder.is_dir(), "{page}: no folder for `{command}`");
            return Vec::new();
        }
        if let Some(pair) = command.strip_prefix("export ") {
            let (name, value) = pair.split_once('=').unwrap();
            self.exported.push((name.to_owned(), value.to_owned()));
            return Vec::new();
        }
        if let Some(name) = command.strip_prefix("unset ") {
            self.exported.retain(|(exported, _)| exported != name);
            return Vec::new();
        }
        let command = match command.strip_prefix(FROM_SOURCE) {
            Some(arguments) => format!("duban{arguments}"),
            None => command.to_owned(),
        };
        let program = Path::new(env!("CARGO_BIN_EXE_duban"));
        let path = std::env::var("PATH").unwrap();
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("{{ {command}\n}} 2>&1"))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .env_clear()
            .env(
                "PATH",
                format!("{}:{path}", program.parent().unwrap().display()),
            )
            .env("HOME", &self.home)
            .envs(self.exported.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }
}

/// Returns what was printed, with the marks of the page where its lines still fit.
fn settled(shown: &[String], printed: &[String]) -> Vec<String> {
    let fits = |pattern: &&String, line: &str| pattern.contains(ANYTHING) && is_like(pattern, line);
    printed
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let same_place = shown.get(at).filter(|pattern| fits(pattern, line));
            same_place
                .or_else(|| shown.iter().find(|pattern| fits(pattern, line)))
                .unwrap_or(line)
                .clone()
        })
        .collect()
}

/// Tells whether a line is what a pattern with marks says.
fn is_like(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split(ANYTHING);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    check_page("README.md");
}

#[test]
fn the_guide_of_the_clerk_shows_what_the_program_prints() {
    check_page("docs/guide.zh.md");
}

#[test]
fn a_mark_stands_for_any_text_within_its_line() {
    assert!(is_like("id: [..]", "id: 0f3c"));
    assert!(is_like("[..] of [..]", "1 of 2"));
    assert!(!is_like("id: [..]", "an id: 0f3c"));
    assert!(!is_like("[..] of 3", "1 of 2"));
}
