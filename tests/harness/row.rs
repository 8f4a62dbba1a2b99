//! One row of the table: what is tried how often, what came of it, and the figure asked for.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Mutex;

/// How often things are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// A few times each, in seconds.
    Quick,
    /// Until the figures are reached.
    Full,
}

impl Depth {
    /// Returns one of two counts.
    pub(crate) fn of(self, quick: usize, full: usize) -> usize {
        match self {
            Depth::Quick => quick,
            Depth::Full => full,
        }
    }

    /// Returns what of a list is tried: all, or some of it spread over the whole.
    pub(crate) fn some<T>(self, all: Vec<T>, quick: usize) -> Vec<T> {
        match self {
            Depth::Full => all,
            Depth::Quick => {
                // An odd step meets both kinds of what stands there in pairs.
                let step = all.len().div_ceil(quick).max(1) | 1;
                all.into_iter().step_by(step).collect()
            }
        }
    }
}

/// How the count of a row comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// The same on every machine.
    Exact,
    /// As many as the machine's libraries make system calls, or what else varies: at least this many.
    AtLeast(usize),
}

/// One test of the table.
pub(crate) struct Row {
    /// A short name.
    pub(crate) name: &'static str,
    /// What is done and what must hold.
    pub(crate) what: &'static str,
    /// The figure that was asked for.
    pub(crate) asked: &'static str,
    /// How the count comes about when all is tried.
    pub(crate) count: Count,
    /// Does it.
    pub(crate) run: fn(Depth) -> Outcome,
}

impl Row {
    /// Runs the row; a panic is a failure of it.
    pub(crate) fn run(&self, depth: Depth) -> Outcome {
        catch_unwind(AssertUnwindSafe(|| (self.run)(depth)))
            .unwrap_or_else(|_| Outcome::of(vec![Err("the row itself panicked".to_owned())]))
    }
}

/// What came of a row.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// How often something was tried.
    pub(crate) tried: usize,
    /// What did not survive.
    pub(crate) bad: Vec<String>,
    /// Why the row was not run, where it was not.
    pub(crate) skipped: Option<String>,
    /// What is worth knowing of the survivors.
    pub(crate) remarks: Vec<String>,
}

impl Outcome {
    /// Counts results.
    pub(crate) fn of(results: Vec<Result<(), String>>) -> Outcome {
        Outcome {
            tried: results.len(),
            bad: results.into_iter().filter_map(Result::err).collect(),
            ..Outcome::default()
        }
    }

    /// A row that this machine cannot run.
    pub(crate) fn skipped(why: &str) -> Outcome {
        Outcome {
            skipped: Some(why.to_owned()),
            ..Outcome::default()
        }
    }

    /// Adds a remark.
    pub(crate) fn remark(mut self, remark: String) -> Outcome {
        self.remarks.push(remark);
        self
    }

    /// Tells whether the row failed: something did not survive, or too little was tried.
    pub(crate) fn is_failure(&self, row: &Row, depth: Depth) -> bool {
        let is_short = match (depth, row.count, &self.skipped) {
            (Depth::Full, Count::AtLeast(floor), None) => self.tried < floor,
            (Depth::Full, Count::AtLeast(_) | Count::Exact, _) => self.skipped.is_some(),
            (Depth::Quick, Count::AtLeast(_) | Count::Exact, _) => false,
        };
        is_short || !self.bad.is_empty()
    }

    /// Says what came of the row in the words of the test runner.
    pub(crate) fn told(&self, row: &Row, depth: Depth) -> String {
        let count = format!("{} tried, {} survived", self.tried, self.survived());
        match (&self.skipped, self.is_failure(row, depth)) {
            (Some(why), false) => format!("ignored, skipped: {why}"),
            (Some(why), true) => format!("FAILED (skipped: {why})"),
            (None, true) => format!("FAILED ({count})"),
            (None, false) => format!("ok ({count})"),
        }
    }

    /// Returns how many survived.
    pub(crate) fn survived(&self) -> usize {
        self.tried - self.bad.len()
    }
}

/// Does jobs on all cores and returns their results in no order.
pub(crate) fn in_lanes<T: Send, R: Send>(jobs: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let jobs = Mutex::new(VecDeque::from(jobs));
    let done = Mutex::new(Vec::new());
    let lanes = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..lanes {
            scope.spawn(|| {
                loop {
                    let next = jobs.lock().unwrap().pop_front();
                    let Some(job) = next else {
                        return;
                    };
                    let result = work(job);
                    done.lock().unwrap().push(result);
                }
            });
        }
    });
    done.into_inner().unwrap()
}

/// Splits a list into as many parts as there are cores, every part spread over the whole.
pub(crate) fn parts<T>(all: Vec<T>) -> Vec<Vec<T>> {
    let lanes = std::thread::available_parallelism().map_or(2, usize::from);
    let mut parts: Vec<Vec<T>> = (0..lanes).map(|_| Vec::new()).collect();
    for (at, one) in all.into_iter().enumerate() {
        parts[at % lanes].push(one);
    }
    parts
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// Returns the next number (splitmix).
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }
}
