//! Random `kill -9` during appends: what was acknowledged is there.

use crate::row::Count;
use crate::row::Depth;
use crate::row::Dice;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use crate::world::World;
use crate::world::said;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

pub(crate) const RANDOM: Row = Row {
    name: "random_kills",
    what: "`kill -9` at a random moment of a `record`; the parent reads the acknowledgement from a pipe. \
           After each the chain holds and every acknowledged entry is in it",
    asked: "1,000 kills, 0 acknowledged entries lost, chain valid after each",
    count: Count::Exact,
    run,
};

fn run(depth: Depth) -> Outcome {
    let each = depth.of(10, 500);
    let results = in_lanes(vec![1, 2], |seed| lane(seed, each));
    Outcome::of(results.into_iter().flatten().collect())
}

/// Kills one writer again and again.
fn lane(seed: u64, kills: usize) -> Vec<Result<(), String>> {
    let world = World::with_journal();
    let mut dice = Dice::new(seed);
    let usual = usual_time(&world);
    let mut acknowledged: Vec<String> = Vec::new();
    let mut results: Vec<Result<(), String>> = (0..kills)
        .map(|at| {
            let note = format!("kill {at}");
            let mut command = world.command(&["record", "note", "1.1.2@yjb", "-m", &note]);
            command.stdout(Stdio::piped()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            let micros = dice.below(usize::try_from(usual.as_micros()).unwrap() * 5 / 4);
            std::thread::sleep(Duration::from_micros(micros as u64));
            let _ = child.kill();
            let output = child.wait_with_output().unwrap();
            if String::from_utf8_lossy(&output.stdout).contains("entry:") {
                acknowledged.push(note);
            }
            all_there(&world, &acknowledged)
        })
        .collect();
    if let (Some(last), Err(bad)) = (results.last_mut(), world.verify()) {
        *last = Err(bad);
    }
    results
}

/// Measures how long a record takes, so that kills fall all over it.
fn usual_time(world: &World) -> Duration {
    let started = Instant::now();
    for note in ["warm 1", "warm 2", "warm 3"] {
        said(&mut world.command(&["record", "note", "1.1.2@yjb", "-m", note]));
    }
    started.elapsed() / 3
}

fn all_there(world: &World, acknowledged: &[String]) -> Result<(), String> {
    let lines = world.lines()?;
    for note in acknowledged {
        if !lines.iter().any(|line| line.note == *note) {
            return Err(format!("`{note}` was acknowledged and is lost"));
        }
    }
    Ok(())
}
