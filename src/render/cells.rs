//! What people read: which columns have room, and each cell in words, safe and on one line.

use crate::figures::Share;
use crate::lang;
use crate::lang::Lang;
use crate::render::safe::one_line;
use crate::table::Cell;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use std::borrow::Cow;

/// How much room a format has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// A terminal of 80 columns: a share is its percent, the sign stands in the title.
    Narrow,
    /// A page or a wide terminal: a share is part, whole and percent.
    Wide,
}

/// Which columns of a table are shown.
pub(super) struct Showing<'a> {
    /// Their positions, in order.
    pub(super) columns: Vec<usize>,
    /// The titles of those in which nothing stands.
    pub(super) left_out: Vec<Cow<'a, str>>,
}

/// Returns the columns for people. Without rows none is left out for being empty.
pub(super) fn showing(table: &Table, space: Space) -> Showing<'_> {
    let mut showing = Showing {
        columns: Vec::new(),
        left_out: Vec::new(),
    };
    for (at, column) in table.columns.iter().enumerate() {
        match column.shown {
            Shown::Always => showing.columns.push(at),
            Shown::WhereFilled if table.rows.is_empty() || is_filled(table, at) => {
                showing.columns.push(at);
            }
            Shown::WhereFilled => showing.left_out.push(title(&column.title)),
            Shown::Wide if space == Space::Wide => showing.columns.push(at),
            Shown::Wide | Shown::Machine => {}
        }
    }
    showing
}

/// Returns the line that names what was left out, where something was.
pub(super) fn left_out_line(
    table: &Table,
    left_out: &[Cow<'_, str>],
    lang: Lang,
) -> Option<String> {
    (!left_out.is_empty()).then(|| {
        let names = left_out.join(lang::render::COMMA.text(lang));
        format!(
            "{}{}{names}",
            one_line(&table.left_out),
            lang::render::COLON.text(lang)
        )
    })
}

/// Returns a title on one line, without the soft hyphens at which a narrow table may break it.
pub(super) fn title(title: &str) -> Cow<'_, str> {
    match title.contains('\u{ad}') {
        true => Cow::Owned(one_line(&title.replace('\u{ad}', "")).into_owned()),
        false => one_line(title),
    }
}

/// Returns the cells of a row that are shown, in words.
pub(super) fn row(row: &Row, showing: &Showing<'_>, space: Space, lang: Lang) -> Vec<String> {
    let cells = showing.columns.iter().map(|at| &row.cells[*at]);
    cells.map(|cell| words(cell, space, lang)).collect()
}

/// Returns a cell in words. What says nothing is blank; a zero that was counted is `0`.
pub(super) fn words(cell: &Cell, space: Space, lang: Lang) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Ref(text) => one_line(text).into_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Signed(number) => number.to_string(),
        Cell::Share(share) => share_words(*share, space),
        Cell::Percent(tenths) => match space {
            Space::Narrow => tenths.to_string(),
            Space::Wide => format!("{tenths}%"),
        },
        Cell::Date(day) => day.to_string(),
        Cell::Flag(true) => lang::render::YES.text(lang).to_owned(),
        Cell::Flag(false) => String::new(),
        Cell::Word { word, .. } | Cell::Light { word, .. } => one_line(word).into_owned(),
        Cell::Words(words) => join(
            words.iter().map(|(_, word)| *word),
            lang::render::COMMA.text(lang),
        ),
        Cell::Shortened { short, .. } => one_line(short).into_owned(),
        Cell::Counts(counts) => counts_words(counts, lang),
        Cell::List(texts) => join(
            texts.iter().map(String::as_str),
            lang::render::COMMA.text(lang),
        ),
        Cell::Reasons(reasons) => join(
            reasons.iter().map(|reason| reason.words.as_str()),
            lang::render::SEMICOLON.text(lang),
        ),
    }
}

fn is_filled(table: &Table, at: usize) -> bool {
    let mut body = table.rows.iter().filter(|row| row.role == Role::Body);
    body.any(|row| !row.cells[at].is_nothing())
}

fn share_words(share: Share, space: Space) -> String {
    match (share.percent(), space) {
        (None, _) => String::new(),
        (Some(percent), Space::Narrow) => percent.to_string(),
        (Some(percent), Space::Wide) => format!("{}/{} {percent}%", share.part, share.whole),
    }
}

/// Two counts of which one is part of the other read as a fraction, others by their words.
fn counts_words(counts: &[(&'static str, u64)], lang: Lang) -> String {
    let fraction = |part: u64, whole: u64| match whole {
        0 => String::new(),
        _ => format!("{part}/{whole}"),
    };
    match counts {
        [("worked", part), ("passed", whole)] | [("total", whole), ("closed", part)] => {
            fraction(*part, *whole)
        }
        _ => counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| match lang::render::count(key) {
                Some(word) => format!("{} {count}", word.text(lang)),
                None => format!("{key} {count}"),
            })
            .collect::<Vec<_>>()
            .join(lang::render::COMMA.text(lang)),
    }
}

fn join<'a>(texts: impl Iterator<Item = &'a str>, sign: &str) -> String {
    texts.map(one_line).collect::<Vec<_>>().join(sign)
}
