//! How far into one file the records are known (numbers.md §1).

use crate::journal::Head;
use crate::journal::Known;
use crate::journal::line::Record;

/// What is known of one file, asked record by record from its top.
pub(super) struct Horizon<'k> {
    known: &'k Known,
    head: Option<&'k Head>,
    is_past_head: bool,
    has_met_head: bool,
}

impl<'k> Horizon<'k> {
    /// Begins at the top of a writer's file.
    pub(super) fn of(known: &'k Known, writer: &str) -> Horizon<'k> {
        let head = match known {
            Known::All | Known::Until(_) => None,
            Known::Heads(heads) => heads.get(writer),
        };
        Horizon {
            known,
            head,
            is_past_head: matches!(known, Known::Heads(_)) && head.is_none(),
            has_met_head: false,
        }
    }

    /// Tells whether the next record is known, and moves past it.
    pub(super) fn knows(&mut self, record: &Record<'_>) -> bool {
        match self.known {
            Known::All => true,
            Known::Until(instant) => record.recorded_at <= *instant,
            Known::Heads(_) => {
                let is_known = !self.is_past_head;
                let is_head = self
                    .head
                    .is_some_and(|head| (head.seq, head.id) == (record.seq, record.id));
                if is_known && is_head {
                    self.is_past_head = true;
                    self.has_met_head = true;
                }
                is_known
            }
        }
    }

    /// Tells whether lines that are no record no longer stand under the head.
    pub(super) const fn is_past_head(&self) -> bool {
        self.is_past_head
    }

    /// Tells whether the head was met.
    pub(super) const fn has_met_head(&self) -> bool {
        self.has_met_head
    }
}
