//! The bulletin (通报): the facts of a period for machines and templates, and the paper made of them.
//!
//! Every figure is taken from the tables and positions that the other reports show; none is counted
//! a second time.

mod facts;
mod lists;
mod paper;

use crate::calendar::Day;
use crate::calendar::Period;
use crate::document::Document;
use crate::journal::Entry;
use crate::ledger::Book;
use crate::report::View;
use crate::report::bulletin::facts::Facts;
use crate::report::log::Marks;
use crate::template;
use crate::template::Fault;

/// What a bulletin is about and what its office says of it.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The period.
    pub period: Period,
    /// Its place among the reporting periods of the plan, where it is one.
    pub at: Option<usize>,
    /// The number of the paper, as it was typed.
    pub number: Option<String>,
    /// The day of the paper.
    pub date: Day,
    /// The seal of the period, where it is sealed.
    pub seal: Option<SealOfPeriod>,
}

/// The seal that a bulletin is made from.
#[derive(Clone, Debug)]
pub struct SealOfPeriod {
    /// Its entry.
    pub entry: String,
    /// The journal digest that it states.
    pub digest: String,
}

/// What of the journal a bulletin looks at besides the ledger.
pub struct Happened<'h> {
    /// The entries dated in the period.
    pub entries: &'h [Entry],
    /// What became of them.
    pub marks: &'h Marks,
    /// The ledger at the end of the period before, from which changes of rank are counted.
    pub earlier: Option<Book<'h>>,
}

/// Whether a paper has charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charts {
    /// Where they are asked for.
    With,
    /// Nowhere: an official paper for Word has none.
    Without,
}

/// Makes the bulletin in the wording of a template.
pub fn document(
    view: &View<'_>,
    issue: &Issue,
    happened: &Happened<'_>,
    wording: &str,
    charts: Charts,
) -> std::result::Result<Document, Fault> {
    let facts = Facts::gather(view, issue, happened);
    let lines = template::lines(wording, &facts.data, view.lang)?;
    paper::document(view, facts, wording, &lines, charts)
}
