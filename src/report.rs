//! Reports: the ledger's figures as tables and documents.
//!
//! Each report chooses rows, columns and words; none knows a format, a file or a terminal.

pub mod alarm;
pub mod bulletin;
pub mod carry_over;
pub mod diff;
pub mod filter;
pub mod head;
pub mod intake;
pub mod list;
pub mod log;
pub mod matrix;
pub mod missing;
pub mod notice;
pub mod show;
pub mod slip;
pub mod status;
pub mod sums;
pub mod today;
pub mod trend;
pub mod words;

use crate::lang::Lang;
use crate::ledger::Book;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::report::filter::Filter;
use crate::report::head::JournalHead;
use std::rc::Rc;

/// What a report looks at.
#[derive(Clone, Copy)]
pub struct View<'v> {
    /// The obligations and their plan.
    pub chart: &'v Chart<'v>,
    /// The accounts at the as-of day.
    pub book: Book<'v>,
    /// What is left out.
    pub filter: &'v Filter,
    /// What is said of the journal.
    pub journal: &'v JournalHead,
    /// The names of the writers, by their number.
    pub writers: &'v [Rc<str>],
    /// The language of the words.
    pub lang: Lang,
}

impl<'v> View<'v> {
    /// Returns the plan.
    pub fn plan(&self) -> &'v Plan {
        self.chart.plan
    }

    /// Returns the obligations that the filters leave, in the order of the plan.
    pub fn obligations(&self) -> Vec<ObligationIx> {
        self.obligations_in(self.book)
    }

    /// Returns the obligations that the filters leave as of another day.
    pub fn obligations_in(&self, book: Book<'_>) -> Vec<ObligationIx> {
        self.chart
            .iter()
            .map(|(at, _)| at)
            .filter(|at| self.filter.keeps(book, *at))
            .collect()
    }
}
