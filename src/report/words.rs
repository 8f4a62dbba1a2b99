//! Cells and phrases that several reports share.

use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::terms;
use crate::ledger::light::Because;
use crate::ledger::light::Figure;
use crate::plan::UnitIx;
use crate::report::View;
use crate::table::Align;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Datum;
use crate::table::ReasonCell;
use crate::table::Shown;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::Reason;
use crate::terms::State;

/// Returns a column of texts.
pub fn text_column(key: &'static str, title: Word, shown: Shown, lang: Lang) -> Column {
    Column {
        key,
        title: title.text(lang).to_owned(),
        align: Align::Left,
        shown,
    }
}

/// Returns a column of figures.
pub fn figure_column(key: &'static str, title: Word, shown: Shown, lang: Lang) -> Column {
    Column {
        align: Align::Right,
        ..text_column(key, title, shown, lang)
    }
}

/// Returns the name of a unit, or that it is an internal one.
pub fn unit<'v>(view: &View<'v>, unit: UnitIx) -> &'v str {
    match view.filter.shows_unit(unit) {
        true => &view.plan().unit(unit).name,
        false => papers::INTERNAL_UNIT.text(view.lang),
    }
}

/// Returns the cell of a state.
pub fn state(state: State, lang: Lang) -> Cell {
    Cell::Word {
        code: state.code(),
        word: terms::state(state).text(lang),
    }
}

/// Returns the cell of a kind.
pub fn kind(kind: Kind, lang: Lang) -> Cell {
    Cell::Word {
        code: kind.code(),
        word: terms::kind(kind).text(lang),
    }
}

/// Returns the cell of a light.
pub fn light(light: Light, lang: Lang) -> Cell {
    Cell::Light {
        light,
        word: terms::light(light).text(lang),
    }
}

/// Returns the cell of the reasons of a light.
pub fn reasons(reasons: &[Because], lang: Lang) -> Cell {
    Cell::Reasons(
        reasons
            .iter()
            .map(|because| reason(because, lang))
            .collect(),
    )
}

/// Returns the reasons of a light in words.
pub fn reason_texts(reasons: &[Because], lang: Lang) -> Vec<String> {
    let text = |because: &Because| reason_words(because).into_text(lang);
    reasons.iter().map(text).collect()
}

fn reason(because: &Because, lang: Lang) -> ReasonCell {
    ReasonCell {
        code: because.reason.code(),
        value: match because.figure {
            Figure::Nothing => Datum::Null,
            Figure::Days(days) => days.into(),
            Figure::Periods(periods) => periods.into(),
            Figure::Points(points) => points.into(),
            Figure::Colour(colour) => colour.code().into(),
        },
        words: reason_words(because).into_text(lang),
    }
}

/// Returns a reason of a light in words.
fn reason_words(because: &Because) -> Said {
    match (because.reason, because.figure) {
        (Reason::Overdue, Figure::Days(days)) => papers::overdue_days(days),
        (Reason::ClosedLate, Figure::Days(days)) => papers::closed_late_days(days),
        (Reason::DueSoon, Figure::Days(0)) => papers::DUE_TODAY.into(),
        (Reason::DueSoon, Figure::Days(days)) => papers::due_in_days(days),
        (Reason::Behind, Figure::Points(points)) => papers::behind_points(points),
        (Reason::PeriodEnding, Figure::Points(left)) => papers::time_left(left),
        (Reason::Missed, Figure::Periods(1)) => papers::MISSED_ONE.into(),
        (Reason::Missed, Figure::Periods(periods)) => papers::missed_reports(periods),
        (Reason::Manual, Figure::Colour(colour)) => {
            let word = terms::colour(colour);
            papers::light_by_hand(word.zh, word.en)
        }
        (Reason::Slip, Figure::Colour(colour)) => {
            let word = terms::colour(colour);
            papers::slip_unanswered(word.zh, word.en)
        }
        (reason, _) => papers::plain_reason(reason).into(),
    }
}

/// Returns the first texts of a list, and how many more there are.
pub fn some(texts: &[&str], lang: Lang) -> String {
    const SHOWN: usize = 12;
    let separator = papers::ENUMERATION.text(lang);
    let shown = texts[..texts.len().min(SHOWN)].join(separator);
    match texts.len().checked_sub(SHOWN) {
        None | Some(0) => shown,
        Some(more) => papers::and_more(shown, more).into_text(lang),
    }
}
