//! The ledger: postings folded into one small account for each obligation.
//!
//! Pure and total: the plan's chart, the postings and the days asked for go in, every figure comes
//! out. One walk serves all days, because what is dated up to a day is a prefix of the fold order.
//! The rules are numbers.md §§4–5.

pub mod account;
pub mod light;
pub mod position;
pub mod reporting;

use crate::calendar::Day;
use crate::journal::WriterIx;
use crate::journal::scan::Posting;
use crate::journal::scan::postings::PART;
use crate::journal::scan::postings::Part;
use crate::journal::scan::postings::Postings;
use crate::journal::scan::postings::fold_key;
use crate::ledger::account::Account;
use crate::ledger::account::Refusal;
use crate::ledger::position::Position;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;

/// What every obligation came to, on each of the days asked for.
#[derive(Debug)]
pub struct Ledger<'c> {
    chart: &'c Chart<'c>,
    stops: Vec<Stop>,
    /// Entries that were not allowed where they fall, in fold order.
    pub refused: Vec<Refused>,
}

/// An entry that was skipped, and why.
#[derive(Clone, Copy, Debug)]
pub struct Refused {
    /// The entry.
    pub posting: Posting,
    /// Why it was skipped.
    pub why: Refusal,
}

/// The accounts as they stood at the end of a day, part by part of the chart.
#[derive(Debug)]
struct Stop {
    day: Day,
    parts: Vec<Vec<Account>>,
}

impl<'c> Ledger<'c> {
    /// Folds postings once and stops at each of the days, which may come in any order.
    pub fn post(chart: &'c Chart<'c>, postings: &Postings, days: &[Day]) -> Ledger<'c> {
        let mut days = days.to_vec();
        days.sort();
        days.dedup();
        let mut stops: Vec<Stop> = days
            .iter()
            .map(|day| Stop {
                day: *day,
                parts: Vec::new(),
            })
            .collect();
        let mut refused = Vec::new();
        for folded in postings.by_part(|part| fold(chart, part, &days)) {
            refused.extend(folded.refused);
            for (stop, accounts) in stops.iter_mut().zip(folded.accounts) {
                stop.parts.push(accounts);
            }
        }
        refused.sort_by_key(|refused| fold_key(&refused.posting));
        Ledger {
            chart,
            stops,
            refused,
        }
    }

    /// Returns the state of affairs at the end of one of the days that were asked for.
    pub fn on(&self, day: Day) -> Book<'_> {
        let stop = self
            .stops
            .iter()
            .find(|stop| stop.day == day)
            .expect("only days that were asked for are read");
        Book {
            chart: self.chart,
            day,
            parts: &stop.parts,
        }
    }

    /// Returns how many postings dated up to a day were skipped.
    pub fn refused_until(&self, day: Day) -> u64 {
        let up_to = |refused: &&Refused| refused.posting.day <= day;
        self.refused.iter().filter(up_to).count() as u64
    }
}

/// All accounts as they stood at the end of one day.
#[derive(Clone, Copy, Debug)]
pub struct Book<'l> {
    /// The obligations.
    pub chart: &'l Chart<'l>,
    /// The day.
    pub day: Day,
    parts: &'l [Vec<Account>],
}

impl Book<'_> {
    /// Returns the account of an obligation.
    pub fn account(&self, at: ObligationIx) -> &Account {
        &self.parts[at.position() / PART][at.position() % PART]
    }

    /// Returns everything that tables say about an obligation on this day.
    pub fn position(&self, at: ObligationIx) -> Position {
        Position::of(
            self.chart.plan,
            self.chart.obligation(at),
            self.account(at),
            self.day,
        )
    }
}

/// What folding a part of the chart gave: the accounts on each day, and what was skipped.
struct Folded {
    accounts: Vec<Vec<Account>>,
    refused: Vec<Refused>,
}

/// Folds the postings of some obligations: what is dated up to a day is a prefix of each one's.
fn fold(chart: &Chart<'_>, part: Part<'_>, days: &[Day]) -> Folded {
    let mut accounts: Vec<Vec<Account>> = days.iter().map(|_| Vec::with_capacity(PART)).collect();
    let mut refused = Vec::new();
    for (at, postings) in part.iter() {
        let obligation = chart.obligation(at);
        let mut account = Account::new(obligation);
        let mut rest = postings;
        for (day, accounts) in days.iter().zip(&mut accounts) {
            let until = rest.partition_point(|posting| posting.day <= *day);
            let (due, later) = rest.split_at(until);
            rest = later;
            for posting in due {
                if let Err(why) = account.post(chart, obligation, posting) {
                    refused.push(Refused {
                        posting: *posting,
                        why,
                    });
                }
            }
            accounts.push(account.at(chart, obligation, *day));
        }
    }
    Folded { accounts, refused }
}

/// The last entry that counted: who wrote it, and its number.
pub type EntryRef = (WriterIx, u64);
