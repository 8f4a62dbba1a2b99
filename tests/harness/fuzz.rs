//! Fuzzing: a few mutations of the kept corpus at once, and with `--full` the coverage-guided run.

use crate::entries::ENTRIES;
use crate::row::Count;
use crate::row::Depth;
use crate::row::Dice;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

pub(crate) const FUZZ: Row = Row {
    name: "fuzz",
    what: "libFuzzer over the kept corpus of `fuzz/`: any bytes as a plan, a journal, a damaged journal, a line, a \
           file of entries, a notice, a workbook, an office's book. No panic, at most 256 MB",
    asked: "≥ 250,000 executions with a kept corpus; 0 panics, memory ≤ 256 MB",
    count: Count::AtLeast(300_000),
    run,
};

/// What tells the compiler to say which parts of the program an input reaches, as libFuzzer wants it.
const COVERED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-sanitizer-coverage-stack-depth --cfg fuzzing";

fn run(depth: Depth) -> Outcome {
    match depth {
        Depth::Quick => mutate(),
        Depth::Full => fuzz(),
    }
}

/// Returns the kept inputs of a target.
fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = folder().join("corpus").join(target);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// Runs every kept input, and changes each in a few ways.
fn mutate() -> Outcome {
    let mut results = Vec::new();
    for (target, entry, _) in ENTRIES {
        for path in corpus(target) {
            let kept = fs::read(&path).unwrap();
            let mut dice = Dice::new(kept.len() as u64);
            for way in 0..4 {
                let mut bytes = kept.clone();
                (0..way).for_each(|_| change(&mut bytes, &mut dice));
                let done = catch_unwind(|| entry(&bytes));
                results.push(
                    done.map_err(|_| format!("{target}: {} changed {way} times", path.display())),
                );
            }
        }
    }
    Outcome::of(results)
}

fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let other = dice.below(bytes.len() + 1);
    let (from, to) = (at.min(other), at.max(other));
    match dice.below(4) {
        0 => drop(bytes.drain(from..to)),
        1 => bytes.insert(at, (dice.next() & 0xff) as u8),
        2 => {
            let part = bytes[from..to].to_vec();
            bytes.splice(from..from, part);
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
    }
}

/// Builds the targets and runs each as often as it says.
fn fuzz() -> Outcome {
    let build = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--profile", "fuzz", "--target", TRIPLE])
        .current_dir(folder())
        .env("CARGO_TARGET_DIR", folder().join("target"))
        .env("RUSTFLAGS", COVERED)
        .output()
        .unwrap();
    if !build.status.success() {
        let said = String::from_utf8_lossy(&build.stderr);
        return match said.contains("find tool \"c++\"") {
            true => Outcome::skipped("no C++ compiler for libFuzzer"),
            false => Outcome::of(vec![Err(format!("the targets do not build: {said}"))]),
        };
    }
    let done = in_lanes(ENTRIES.to_vec(), |(target, _, runs)| one(target, runs));
    let mut outcome = Outcome::default();
    for (executed, bad) in done {
        outcome.tried += executed;
        outcome.bad.extend(bad);
    }
    outcome
}

/// Where the flags hold for the targets and not for what builds them.
const TRIPLE: &str = match cfg!(target_arch = "aarch64") {
    true => "aarch64-unknown-linux-gnu",
    false => "x86_64-unknown-linux-gnu",
};

/// Runs one target; returns how often it was executed and what broke.
fn one(target: &str, runs: usize) -> (usize, Option<String>) {
    let found = tempfile::tempdir().unwrap();
    let output = Command::new(
        folder()
            .join("target")
            .join(TRIPLE)
            .join("fuzz")
            .join(target),
    )
    .arg(format!("-runs={runs}"))
    .args([
        "-seed=1",
        "-rss_limit_mb=256",
        "-malloc_limit_mb=256",
        "-max_len=16384",
        "-timeout=10",
    ])
    .args(["-print_final_stats=1", "-verbosity=0"])
    .arg(format!("-artifact_prefix={}/", found.path().display()))
    .arg(found.path())
    .arg(folder().join("corpus").join(target))
    .output()
    .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let executed = said
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(0);
    let bad = match output.status.success() {
        true => None,
        false => Some(format!(
            "{target}: {}",
            said.lines().rev().take(30).collect::<Vec<_>>().join("\n")
        )),
    };
    (executed, bad)
}
