//! A word on stderr where a paper that may leave the office holds numbers of persons.

use crate::cli::OutputArgs;
use crate::cli::ReadArgs;
use crate::commands::Ctx;
use crate::document::Document;
use crate::lang::Said;
use crate::lang::failures;
use crate::privacy;
use crate::privacy::Private;
use crate::privacy::Spot;
use crate::render::Format;
use crate::table::Table;

/// How many places are named.
const SHOWN: usize = 3;

/// Warns of numbers of persons in a table that is exported.
pub(super) fn mention_in_table(ctx: &Ctx, read: &ReadArgs, table: &Table) {
    if leaves(read) {
        mention(ctx, &privacy::in_table(table));
    }
}

/// Warns of numbers of persons in a document that is exported.
pub(super) fn mention_in_document(ctx: &Ctx, read: &ReadArgs, document: &Document) {
    if leaves(read) {
        mention(ctx, &privacy::in_document(document));
    }
}

/// Names the places where numbers of persons stand.
pub(super) fn mention(ctx: &Ctx, spots: &[Spot]) {
    for (what, say) in [
        (
            Private::Phone,
            failures::holds_phones as fn(usize, String) -> Said,
        ),
        (Private::Card, failures::holds_cards),
    ] {
        let places: Vec<&str> = spots
            .iter()
            .filter(|spot| spot.what == what)
            .map(|spot| spot.place.as_str())
            .collect();
        let named: Vec<&str> = places
            .iter()
            .copied()
            .filter(|place| !place.is_empty())
            .collect();
        if !places.is_empty() {
            ctx.say(&say(
                places.len(),
                named[..named.len().min(SHOWN)].join("; "),
            ));
        }
    }
}

/// Tells whether a paper may leave the office: it is for everybody, or not for this screen.
fn leaves(read: &ReadArgs) -> bool {
    read.view.public || is_export(&read.output)
}

fn is_export(output: &OutputArgs) -> bool {
    let format = output.format.unwrap_or(Format::Table);
    output.output.is_some() || !matches!(format, Format::Table | Format::Plain)
}
