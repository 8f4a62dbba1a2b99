//! What stands above every report: the plan, the journal's counts and digest, the as-of day.

use crate::calendar::Day;
use crate::journal::scan::ChainState;
use crate::lang::papers;
use crate::report::View;
use crate::report::words;
use crate::table::Datum;

/// What a report says of the journal (contract §3.1).
#[derive(Clone, Debug)]
pub struct JournalHead {
    /// Known records, of whatever event and date.
    pub entries: u64,
    /// Those in force that are skipped.
    pub skipped: u64,
    /// Lines that are no record.
    pub unreadable: u64,
    /// The journal digest.
    pub digest: String,
    /// Whether the chains were checked.
    pub chain: ChainState,
    /// What was asked to be known, as it was typed.
    pub known_at: Option<String>,
}

/// Returns the head of the machine formats.
pub fn data(schema: &'static str, view: &View<'_>) -> Vec<(&'static str, Datum)> {
    let plan = view.plan();
    vec![
        ("schema", schema.into()),
        (
            "plan",
            Datum::Map(vec![
                ("id", plan.id.as_str().into()),
                ("title", plan.title.as_str().into()),
                ("number", plan.number.as_deref().into()),
                ("sha256", plan.sha256.as_str().into()),
            ]),
        ),
        (
            "journal",
            Datum::Map(vec![
                ("entries", view.journal.entries.into()),
                ("skipped", view.journal.skipped.into()),
                ("unreadable", view.journal.unreadable.into()),
                ("digest", view.journal.digest.as_str().into()),
                ("chain", view.journal.chain.code().into()),
            ]),
        ),
        ("as_of", view.book.day.into()),
        ("known_at", view.journal.known_at.as_deref().into()),
        ("public", public(view)),
    ]
}

/// Returns what was withheld, where the report is for everybody.
fn public(view: &View<'_>) -> Datum {
    view.filter.withheld().map_or(Datum::Null, |withheld| {
        Datum::Map(vec![
            ("left_out_items", withheld.items.len().into()),
            ("left_out_units", withheld.units.len().into()),
        ])
    })
}

/// Returns the lines between title and table for people.
pub fn subtitle(view: &View<'_>) -> Vec<String> {
    let plan = view.plan();
    let named = match &plan.number {
        Some(number) => format!("{} {number}", plan.title),
        None => plan.title.clone(),
    };
    let day: Day = view.book.day;
    let as_of = match &view.journal.known_at {
        None => papers::as_of(day),
        Some(known_at) => papers::as_of_known_at(day, known_at),
    };
    vec![named, as_of.into_text(view.lang)]
}

/// Returns the lines below the table for people: items without lead, journal counts and digest.
pub fn notes(view: &View<'_>) -> Vec<String> {
    let plan = view.plan();
    let mut notes = Vec::new();
    let without_lead = view.filter.without_lead(plan);
    if !without_lead.is_empty() {
        let ids: Vec<&str> = without_lead
            .iter()
            .map(|item| plan.item(*item).id.as_str())
            .collect();
        let ids = words::some(&ids, view.lang);
        notes.push(papers::no_lead(without_lead.len(), ids).into_text(view.lang));
    }
    notes.extend(closing(view));
    notes
}

/// Returns the lines that no paper lacks: what is withheld from its readers, and from which entries
/// it was made.
pub fn closing(view: &View<'_>) -> Vec<String> {
    let withheld = view.filter.withheld().map(|withheld| {
        papers::withheld(withheld.items.len(), withheld.units.len()).into_text(view.lang)
    });
    withheld.into_iter().chain([journal_line(view)]).collect()
}

/// Returns the line that says from which entries a report was made.
pub fn journal_line(view: &View<'_>) -> String {
    let journal = view.journal;
    let chain = match journal.chain {
        ChainState::Unchecked => papers::CHAIN_UNCHECKED,
        ChainState::Intact => papers::CHAIN_INTACT,
        ChainState::Broken => papers::CHAIN_BROKEN,
    };
    let mut line = papers::journal(
        journal.entries,
        &journal.digest[..16.min(journal.digest.len())],
        chain.zh,
        chain.en,
    )
    .into_text(view.lang);
    if journal.skipped > 0 {
        line.push_str(papers::skipped(journal.skipped).text(view.lang));
    }
    if journal.unreadable > 0 {
        line.push_str(papers::unreadable(journal.unreadable).text(view.lang));
    }
    line
}
