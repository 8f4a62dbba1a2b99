//! How long a clerk waits: whole processes, cold, against a program that prints one line.
//!
//! `cargo bench --bench cold` prints medians of one run; `-- --write` also writes them into
//! their part of `docs/performance.md`. Absolute times do not carry to another machine, differences and ratios do.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    missing_docs
)]

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

/// Between these its figures stand; `compare.py` writes its own beside them.
const MARKS: (&str, &str) = ("<!-- cold: begin -->", "<!-- cold: end -->");

/// How often each command is run; they take turns, so that a machine in a mood is so for all.
const RUNS: usize = 41;
const ONE_LINE: &str = "--one-line";

/// A command that is timed.
struct Case {
    name: &'static str,
    arguments: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "`status` on the practice workspace",
        arguments: &["status", "--as-of", "2013-10-31"],
    },
    Case {
        name: "`list --overdue`",
        arguments: &["list", "--overdue", "--as-of", "2013-10-31"],
    },
    Case {
        name: "`status --format json --verify`",
        arguments: &[
            "status",
            "--as-of",
            "2013-10-31",
            "--format",
            "json",
            "--verify",
        ],
    },
    Case {
        name: "`check`",
        arguments: &["check"],
    },
];

fn main() {
    if env::args().any(|argument| argument == ONE_LINE) {
        println!("one line");
        return;
    }
    let page = measure();
    print!("{page}");
    if env::args().any(|argument| argument == "--write") {
        let path = root().join("docs/performance.md");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, placed(&text, &page)).unwrap();
    }
}

/// Puts the figures between their marks and leaves the rest of the page as it is.
fn placed(text: &str, figures: &str) -> String {
    let (before, rest) = text.split_once(MARKS.0).unwrap();
    let (_, after) = rest.split_once(MARKS.1).unwrap();
    format!("{before}{}\n{figures}{}{after}", MARKS.0, MARKS.1)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn measure() -> String {
    let own = env::current_exe().unwrap();
    let mut one_line = Vec::new();
    let mut times: Vec<Vec<Duration>> = CASES.iter().map(|_| Vec::new()).collect();
    for _ in 0..RUNS {
        one_line.push(time(&own, &[ONE_LINE]));
        for (case, times) in CASES.iter().zip(&mut times) {
            times.push(time(Path::new(env!("CARGO_BIN_EXE_duban")), case.arguments));
        }
    }
    let base = median(one_line);
    let mut page = String::new();
    writeln!(page, "## What a clerk waits for\n").unwrap();
    writeln!(page, "Written by `cargo bench --bench cold -- --write`: medians of {RUNS} runs, taken in turn in one run, whole processes.").unwrap();
    writeln!(
        page,
        "A Rust program that prints one line takes {}.\n",
        shown(base)
    )
    .unwrap();
    writeln!(
        page,
        "| command | median | more than one line | times one line |"
    )
    .unwrap();
    writeln!(page, "|---|---:|---:|---:|").unwrap();
    for (case, times) in CASES.iter().zip(times) {
        let median = median(times);
        let more = median.saturating_sub(base);
        let ratio = median.as_secs_f64() / base.as_secs_f64();
        writeln!(
            page,
            "| {} | {} | {} | {ratio:.1} |",
            case.name,
            shown(median),
            shown(more)
        )
        .unwrap();
    }
    page
}

fn time(program: &Path, arguments: &[&str]) -> Duration {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(root().join("examples/practice"))
        .env("DUBAN_TODAY", "2013-10-31")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let begin = Instant::now();
    command.status().unwrap();
    begin.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
