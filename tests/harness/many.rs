//! Writers at once: many processes append to one file while others read it.

use crate::row::Count;
use crate::row::Depth;
use crate::row::Outcome;
use crate::row::Row;
use crate::world::End;
use crate::world::World;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

pub(crate) const WRITERS: Row = Row {
    name: "writers_at_once",
    what: "16 processes append 50 entries each to one new file, 4 others read it meanwhile with `log`, `status`, \
           `verify` and `check`. Every entry is there once, the chain holds, readers never fail nor find anything",
    asked: "16 processes × 50 appends on one file with 4 readers, 0 lost",
    count: Count::Exact,
    run,
};

const READERS: [&[&str]; 4] = [
    &["log", "--format", "jsonl"],
    &["status", "--format", "json"],
    &["verify"],
    &["check", "--deny", "warnings"],
];

fn run(depth: Depth) -> Outcome {
    let (writers, each) = (depth.of(6, 16), depth.of(4, 50));
    let world = World::new();
    let is_over = AtomicBool::new(false);
    let (mut results, read) = std::thread::scope(|scope| {
        let world = &world;
        let is_over = &is_over;
        let readers: Vec<_> = READERS
            .iter()
            .map(|arguments| scope.spawn(move || read(world, arguments, is_over)))
            .collect();
        let writers: Vec<_> = (0..writers)
            .map(|writer| scope.spawn(move || write(world, writer, each)))
            .collect();
        let written: Vec<_> = writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap())
            .collect();
        is_over.store(true, Ordering::Relaxed);
        let read: Vec<_> = readers
            .into_iter()
            .map(|reader| reader.join().unwrap())
            .collect();
        (written, read)
    });
    let lines = world.lines();
    for (at, result) in results.iter_mut().enumerate() {
        let note = format!("entry {} {}", at / each, at % each);
        let count = match &lines {
            Ok(lines) => lines.iter().filter(|line| line.note == note).count(),
            Err(bad) => {
                *result = Err(bad.clone());
                continue;
            }
        };
        if count != 1 {
            *result = Err(format!("`{note}` is there {count} times"));
        }
    }
    let mut outcome = Outcome::of(results);
    let mut reads = 0;
    for reader in read {
        match reader {
            Ok(times) => reads += times,
            Err(bad) => outcome.bad.push(bad),
        }
    }
    if let Err(bad) = world.verify() {
        outcome.bad.push(bad);
    }
    if reads < READERS.len() {
        outcome.bad.push("a reader never came to read".to_owned());
    }
    outcome
}

/// Records entries one after another; an entry that found the desk busy is recorded again.
fn write(world: &World, writer: usize, each: usize) -> Vec<Result<(), String>> {
    let entries = (0..each).map(|at| {
        let note = format!("entry {writer} {at}");
        for _ in 0..20 {
            let ran = world.run(&["record", "note", "1.1.2@yjb", "-m", &note]);
            let is_busy = ran.end == End::Code(4) && ran.err.contains("another window");
            match (&ran.end, ran.is_acknowledged()) {
                (End::Code(0), true) => return Ok(()),
                _ if is_busy => {}
                _ => return Err(format!("{note}: {ran:?}")),
            }
        }
        Err(format!("{note}: the desk was always busy"))
    });
    entries.collect()
}

/// Reads until the writers are done; returns how often.
fn read(world: &World, arguments: &[&str], is_over: &AtomicBool) -> Result<usize, String> {
    let mut times = 0;
    loop {
        let ran = world.run(arguments);
        let is_silent = arguments[0] != "verify" || ran.out.is_empty();
        if ran.end != End::Code(0) || !is_silent || !ran.err.is_empty() {
            return Err(format!("{arguments:?}: {ran:?}"));
        }
        times += 1;
        if is_over.load(Ordering::Relaxed) {
            return Ok(times);
        }
    }
}
