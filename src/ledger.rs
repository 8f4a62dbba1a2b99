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

/// The accounts as they stood at the end of a day.
#[derive(Debug)]
struct Stop {
    day: Day,
    accounts: Vec<Account>,
}

impl<'c> Ledger<'c> {
    /// Folds postings once and stops at each of the days.
    ///
    /// The postings stand in fold order; the days may come in any order and more than once.
    pub fn post(chart: &'c Chart<'c>, postings: &[Posting], days: &[Day]) -> Ledger<'c> {
        let mut days = days.to_vec();
        days.sort();
        days.dedup();
        let mut accounts: Vec<Account> = chart
            .iter()
            .map(|(_, obligation)| Account::new(obligation))
            .collect();
        let mut refused = Vec::new();
        let mut stops = Vec::with_capacity(days.len());
        let mut rest = postings;
        for day in days {
            let until = rest.partition_point(|posting| posting.day <= day);
            let (due, later) = rest.split_at(until);
            rest = later;
            for posting in due {
                let at = posting.obligation;
                let account = &mut accounts[at.position()];
                if let Err(why) = account.post(chart, chart.obligation(at), posting) {
                    refused.push(Refused {
                        posting: *posting,
                        why,
                    });
                }
            }
            let closed_at_day = accounts.iter().zip(&chart.obligations);
            let accounts = closed_at_day
                .map(|(account, obligation)| account.at(chart, obligation, day))
                .collect();
            stops.push(Stop { day, accounts });
        }
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
            accounts: &stop.accounts,
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
    accounts: &'l [Account],
}

impl Book<'_> {
    /// Returns the account of an obligation.
    pub fn account(&self, at: ObligationIx) -> &Account {
        &self.accounts[at.position()]
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

/// The last entry that counted: who wrote it, and its number.
pub type EntryRef = (WriterIx, u64);
