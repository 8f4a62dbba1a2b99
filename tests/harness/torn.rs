//! Really torn writes: the kernel stops a write in the middle of a line.

use crate::row::Count;
use crate::row::Depth;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use crate::row::parts;
use crate::world::End;
use crate::world::World;
use crate::world::has;
use crate::world::said;

pub(crate) const TORN: Row = Row {
    name: "torn_writes",
    what: "`prlimit --fsize=L` at every byte length of one record and of a batch of four, the process killed by \
           SIGXFSZ or told EFBIG. Not acknowledged; then the next record goes through, a batch is there whole or \
           not at all, every torn byte is kept, `verify` agrees",
    asked: "every byte length of one record and of a batch (101 true torn tails in 102 runs)",
    count: Count::AtLeast(700),
    run,
};

/// What happens at the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AtLimit {
    /// The process is killed.
    Killed,
    /// The write fails.
    Fails,
}

/// A command and the lines that it appends.
#[derive(Clone, Copy, Debug)]
struct Append {
    arguments: &'static [&'static str],
    lines: usize,
}

const RECORD: Append = Append {
    arguments: &["record", "note", "1.1.2@yjb", "-m", "torn"],
    lines: 1,
};

const BATCH: Append = Append {
    arguments: &["record", "--from", "batch.csv"],
    lines: 4,
};

fn run(depth: Depth) -> Outcome {
    if !has("prlimit") {
        return Outcome::skipped("no prlimit");
    }
    let mut jobs = Vec::new();
    for append in [RECORD, BATCH] {
        let world = office();
        let base = world.bytes().len();
        let ran = world.run(append.arguments);
        assert_eq!(ran.end, End::Code(0), "{ran:?}");
        // A record's time may be written shorter or longer by a byte on another machine, never here.
        for limit in base..world.bytes().len() {
            jobs.push((append, limit, AtLimit::Killed));
            jobs.push((append, limit, AtLimit::Fails));
        }
    }
    let jobs = depth.some(jobs, 24);
    let lanes = in_lanes(parts(jobs), |jobs| {
        let mut world = office();
        let before = world.snapshot();
        let tried = jobs.into_iter().map(|(append, limit, at_limit)| {
            world.restore(&before);
            let done = tear(&mut world, append, limit, at_limit);
            done.map_err(|bad| format!("{append:?} cut at {limit}, {at_limit:?}: {bad}"))
        });
        tried.collect::<Vec<_>>()
    });
    let results: Vec<Result<bool, String>> = lanes.into_iter().flatten().collect();
    let torn = results
        .iter()
        .filter(|done| matches!(done, Ok(true)))
        .count();
    let results = results.into_iter().map(|done| done.map(drop)).collect();
    Outcome::of(results).remark(format!("{torn} true torn tails"))
}

fn office() -> World {
    let world = World::with_journal();
    let mut batch = "event,item,unit,note,date\n".to_owned();
    for at in 1..=4 {
        batch.push_str(&format!("note,1.1.2,yjb,batch {at},2013-07-19\n"));
    }
    world.office.write("batch.csv", batch);
    world
}

/// Tears one append; tells whether a torn tail was left.
fn tear(
    world: &mut World,
    append: Append,
    limit: usize,
    at_limit: AtLimit,
) -> Result<bool, String> {
    let before = world.bytes();
    let fsize = format!("--fsize={limit}");
    let program: &[&str] = match at_limit {
        AtLimit::Killed => &["prlimit", &fsize],
        // What is ignored stays ignored in the program that is started.
        AtLimit::Fails => &[
            "prlimit",
            &fsize,
            "sh",
            "-c",
            "trap '' XFSZ; exec \"$0\" \"$@\"",
        ],
    };
    let ran = said(&mut world.under(program, append.arguments));
    if ran.is_acknowledged() {
        return Err(format!("acknowledged: {ran:?}"));
    }
    let left = world.bytes();
    match at_limit {
        AtLimit::Killed if !matches!(ran.end, End::Signal(_)) => return Err(format!("{ran:?}")),
        AtLimit::Fails if ran.end != End::Code(4) || !ran.err.contains("not recorded") => {
            return Err(format!("{ran:?}"));
        }
        AtLimit::Fails if left != before => return Err("was not cut back".to_owned()),
        AtLimit::Killed | AtLimit::Fails => {}
    }
    let tail = left[before.len()..].to_vec();
    world.record_next()?;
    if !world.bytes().starts_with(&before) {
        return Err("bytes that stood there are gone".to_owned());
    }
    let new = world.lines()?.len() - 3 - 1;
    if new != 0 && new != append.lines {
        return Err(format!("{new} of {} lines are there", append.lines));
    }
    let whole_lines = tail
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let is_kept = world.bytes().starts_with(&left)
        || world
            .beside(".torn-")
            .iter()
            .any(|bytes| *bytes == tail[whole_lines..]);
    if !is_kept {
        return Err("torn bytes are not kept".to_owned());
    }
    world.verify()?;
    Ok(!tail.is_empty() && !tail.ends_with(b"\n"))
}
