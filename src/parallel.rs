//! Work in numbered parts, shared out among the cores; what comes out stands in the order of the
//! numbers, as if one hand had done all of it.

use std::num::NonZero;
use std::panic;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

/// Returns what `work` makes of each part from 0 on, in order.
///
/// Each thread sets up one `desk` and keeps it from part to part. One part needs no thread.
pub fn map<D, R: Send>(
    parts: usize,
    desk: impl Fn() -> D + Sync,
    work: impl Fn(&mut D, usize) -> R + Sync,
) -> Vec<R> {
    if parts <= 1 {
        let mut desk = desk();
        return (0..parts).map(|part| work(&mut desk, part)).collect();
    }
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let hand = || {
        let mut desk = desk();
        let mut done = Vec::new();
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= parts {
                return done;
            }
            done.push((part, work(&mut desk, part)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(parts)).map(|_| scope.spawn(hand)).collect();
        let mut done = hand();
        for other in others {
            done.extend(other.join().unwrap_or_else(|why| panic::resume_unwind(why)));
        }
        done
    });
    done.sort_unstable_by_key(|(part, _)| *part);
    done.into_iter().map(|(_, result)| result).collect()
}
