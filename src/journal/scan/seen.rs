//! Which numbers and ids a file has shown so far, to tell doubles and forks.

use crate::journal::Id;
use std::collections::BTreeSet;

/// How a record stands to those above it in its file.
pub(super) enum Standing {
    New,
    SameSeq,
    Double,
}

/// The numbers and ids of the records above, to tell doubles.
#[derive(Default)]
pub(super) struct Seen {
    in_order: Vec<(u64, Id)>,
    sorted: Option<BTreeSet<(u64, Id)>>,
    highest: u64,
}

impl Seen {
    /// Passes records up to a number, in a file whose numbers only rise.
    pub(super) fn pass(&mut self, seq: u64) {
        self.highest = seq;
    }

    pub(super) fn add(&mut self, seq: u64, id: Id) -> Standing {
        if seq > self.highest {
            self.highest = seq;
            self.in_order.push((seq, id));
            if let Some(sorted) = &mut self.sorted {
                sorted.insert((seq, id));
            }
            return Standing::New;
        }
        let sorted = self
            .sorted
            .get_or_insert_with(|| self.in_order.iter().copied().collect());
        let has_seq = sorted
            .range((seq, Id([0; 16]))..=(seq, Id([255; 16])))
            .next()
            .is_some();
        match (sorted.insert((seq, id)), has_seq) {
            (false, _) => Standing::Double,
            (true, true) => Standing::SameSeq,
            (true, false) => Standing::New,
        }
    }
}
