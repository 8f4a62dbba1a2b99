//! The slips that were sent before: which are unanswered until when, and which numbers are used.

use crate::calendar::Day;
use crate::commands::session::Session;
use crate::failure::Result;
use crate::journal::Entry;
use crate::journal::scan::Posting;
use crate::journal::scan::Value;
use crate::plan::chart::ObligationIx;
use crate::report::slip::Earlier;
use crate::report::slip::Unanswered;
use crate::terms::Event;
use std::collections::BTreeMap;

/// What the journal says of earlier slips.
pub(super) struct Urges {
    /// The last slip of each obligation.
    pub(super) unanswered: Unanswered,
    /// The numbers that were used, each with its entry; those of void entries too.
    pub(super) numbers: BTreeMap<String, String>,
}

impl Urges {
    /// Reads the slips dated up to a day.
    ///
    /// The day by which one was to be answered stands in its note; where none does, it is so many
    /// days after.
    pub(super) fn of(session: &Session<'_>, day: Day, days_to_reply: i64) -> Result<Urges> {
        let entries = session
            .opened
            .entries(&|_, _, record| record.fields.values[3] == Event::Urge.code())?;
        let numbered = entries.iter().filter(|entry| !entry.reference().is_empty());
        let numbers = numbered
            .map(|entry| (entry.reference().to_owned(), entry.name()))
            .collect();
        let mut last: BTreeMap<ObligationIx, Posting> = BTreeMap::new();
        for posting in session.scan.postings.in_order() {
            if posting.event != Event::Urge || posting.day > day {
                continue;
            }
            last.insert(posting.obligation, posting);
        }
        let unanswered = last.into_iter().filter_map(|(at, posting)| {
            let Value::Colour(colour) = posting.value else {
                return None;
            };
            let writer = &*session.scan.writers[usize::from(posting.writer.0)];
            let is_it = |entry: &&Entry| &*entry.writer == writer && entry.line == posting.line;
            let entry = entries.iter().find(is_it);
            let reply_by = entry.and_then(|entry| day_in(entry.note()));
            let earlier = Earlier {
                colour,
                day: posting.day,
                reply_by: reply_by
                    .filter(|reply_by| *reply_by > posting.day)
                    .unwrap_or(posting.day.plus(days_to_reply)),
                number: entry.map_or(String::new(), |entry| entry.reference().to_owned()),
            };
            Some((at, earlier))
        });
        Ok(Urges {
            unanswered: unanswered.collect(),
            numbers,
        })
    }
}

/// Returns the first day in a note that is written as 2013-10-15.
fn day_in(note: &str) -> Option<Day> {
    note.split(|sign: char| !sign.is_ascii_digit() && sign != '-')
        .find_map(Day::parse)
}
