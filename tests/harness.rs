//! The harness: what must not break, tried until it does, and the bugs it must catch.
//!
//! Under `cargo test` every row runs with small counts. `cargo test --test harness -- --full` reaches
//! the figures of `docs/reliability.md`, `--write` writes that page, `--bugs` builds the deliberate
//! bugs into a copy of the sources and asks which row catches each.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs
)]

#[path = "harness/bugs.rs"]
mod bugs;
#[path = "harness/calls.rs"]
mod calls;
#[path = "harness/chain.rs"]
mod chain;
#[path = "harness/clock.rs"]
mod clock;
#[path = "harness/damage.rs"]
mod damage;
#[path = "harness/disk.rs"]
mod disk;
#[path = "../fuzz/entries.rs"]
mod entries;
#[path = "harness/fuzz.rs"]
mod fuzz;
#[path = "harness/kills.rs"]
mod kills;
#[path = "harness/many.rs"]
mod many;
#[allow(dead_code)]
#[path = "it/desk.rs"]
mod office;
#[path = "harness/paper.rs"]
mod paper;
#[path = "harness/power.rs"]
mod power;
#[path = "harness/reading.rs"]
mod reading;
#[path = "harness/row.rs"]
mod row;
#[path = "harness/tampering.rs"]
mod tampering;
#[path = "harness/torn.rs"]
mod torn;
#[path = "harness/world.rs"]
mod world;

use row::Depth;
use row::Outcome;
use row::Row;
use std::process::ExitCode;
use std::time::Instant;

/// Every row, in the order of `docs/reliability.md`.
const ROWS: &[Row] = &[
    kills::RANDOM,
    calls::KILLED,
    calls::FAILED,
    calls::SYNCED_FIRST,
    torn::TORN,
    power::POWER,
    damage::CUTS,
    damage::FLIPS,
    tampering::TAMPERING,
    many::WRITERS,
    disk::FULL,
    disk::READ_ONLY,
    disk::STDOUT,
    clock::CLOCK,
    fuzz::FUZZ,
];

/// What was asked for on the command line.
#[derive(Default)]
struct Asked {
    is_full: bool,
    is_write: bool,
    is_bugs: bool,
    filters: Vec<String>,
}

impl Asked {
    /// Reads the arguments; those of the usual test runner are taken and mean nothing here.
    fn read(arguments: impl Iterator<Item = String>) -> Asked {
        let mut asked = Asked::default();
        for argument in arguments {
            match argument.as_str() {
                "--full" => asked.is_full = true,
                "--write" => asked.is_write = true,
                "--bugs" => asked.is_bugs = true,
                option if option.starts_with('-') => {}
                _ => asked.filters.push(argument),
            }
        }
        asked.is_full |= std::env::var_os("DUBAN_HARNESS").is_some_and(|value| value == "full");
        asked
    }

    fn wants(&self, name: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| name.contains(filter))
    }
}

fn main() -> ExitCode {
    let asked = Asked::read(std::env::args().skip(1));
    let depth = match asked.is_full {
        true => Depth::Full,
        false => Depth::Quick,
    };
    let started = Instant::now();
    let wanted: Vec<&Row> = ROWS.iter().filter(|row| asked.wants(row.name)).collect();
    let is_page_asked = asked.filters.is_empty() && !asked.is_write;
    println!(
        "\nrunning {} tests",
        wanted.len() + usize::from(is_page_asked)
    );
    let mut done: Vec<(&Row, Outcome)> = Vec::new();
    for row in wanted {
        let outcome = row.run(depth);
        println!(
            "test harness::{} ... {}",
            row.name,
            outcome.told(row, depth)
        );
        done.push((row, outcome));
    }
    let stale = paper::lacks(ROWS, bugs::BUGS);
    if is_page_asked {
        let told = if stale.is_empty() { "ok" } else { "FAILED" };
        println!("test harness::page_names_every_row ... {told}");
        stale
            .iter()
            .for_each(|lack| println!("  docs/reliability.md lacks {lack}"));
    }
    let mut failed = done
        .iter()
        .filter(|(row, outcome)| outcome.is_failure(row, depth))
        .count();
    for (row, outcome) in &done {
        for bad in outcome.bad.iter().take(12) {
            println!("  {}: {bad}", row.name);
        }
    }
    failed += usize::from(is_page_asked && !stale.is_empty());
    let caught = match asked.is_bugs {
        true => bugs::hunt(),
        false => Vec::new(),
    };
    failed += caught.iter().filter(|bug| !bug.is_caught).count();
    if asked.is_write && failed == 0 {
        paper::write(ROWS, &done, &caught);
    }
    let ignored = done.iter().filter(|(_, outcome)| outcome.skipped.is_some());
    let ignored = ignored.count();
    println!(
        "\ntest result: {}. {} passed; {failed} failed; {ignored} ignored; 0 measured; {} filtered out; finished in {:.2}s\n",
        if failed == 0 { "ok" } else { "FAILED" },
        done.len() + usize::from(is_page_asked) + caught.len() - failed - ignored,
        ROWS.len() - done.len(),
        started.elapsed().as_secs_f32(),
    );
    ExitCode::from(u8::from(failed > 0))
}
