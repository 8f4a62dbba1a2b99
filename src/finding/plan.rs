//! Constructors of findings about the plan, one a code.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::calendar::Window;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::error;
use crate::finding::hint;
use crate::finding::warning;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::findings::plan as say;
use crate::lang::findings::plan::LaterForm;
use crate::plan::compare::Change;
use crate::plan::compare::What;

/// What the bytes of a file that is not UTF-8 can be read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// GB18030, without an error.
    Gb18030,
    /// Nothing we know.
    Unknown,
}

/// The text is not TOML; `message` is the parser's.
pub fn syntax(place: Place, message: &str) -> Finding {
    let (what, help) = say::parser(message);
    error("plan/syntax", place, what).help(help)
}

/// The text is not TOML because of a full-width sign where a plain one belongs.
pub fn full_width(place: Place, message: &str, sign: char, plain: &str) -> Finding {
    let (what, _) = say::parser(message);
    error("plan/syntax", place, what).help(say::full_width(sign, plain))
}

/// A form that readers of TOML 1.0 refuse.
pub fn toml11(place: Place, form: LaterForm) -> Finding {
    error("plan/toml11", place, say::toml11(form)).help(say::toml11_help(form))
}

/// A key that the format does not have.
pub fn unknown_key(place: Place, key: &str, nearest: Option<&str>, known: &[&str]) -> Finding {
    error("plan/unknown-key", place, say::unknown_key(key)).help(nearest_or_all(nearest, known))
}

/// A Chinese key without quotes, which TOML does not have.
pub fn chinese_key(place: Place, key: &str, english: Option<&str>) -> Finding {
    let help = match english {
        Some(english) => say::chinese_key_help(english),
        None => say::chinese_key_unknown(),
    };
    error("plan/chinese-key", place, say::chinese_key(key)).help(help)
}

/// A key without which the part says nothing.
pub fn missing_key(place: Place, key: &str, example: &str) -> Finding {
    error("plan/missing-key", place, say::missing_key(key)).help(say::missing_key_help(example))
}

/// A value of another type.
pub fn wrong_type(place: Place, key: &str, wanted: Word, example: &str) -> Finding {
    error("plan/wrong-type", place, say::wrong_type(key, wanted)).help(say::write_example(example))
}

/// A format that this program does not know.
pub fn schema(place: Place, found: &str) -> Finding {
    error("plan/schema", place, say::schema(found)).help(say::schema_help())
}

/// An id that stands elsewhere already.
pub fn duplicate_id(place: Place, id: &str, first_line: u64) -> Finding {
    error(
        "plan/duplicate-id",
        place,
        say::duplicate_id(id, first_line),
    )
    .help(say::duplicate_id_help())
}

/// An id with characters that ids do not have.
pub fn bad_id(place: Place, id: &str, pattern: Word) -> Finding {
    error("plan/bad-id", place, say::bad_id(id)).help(say::id_pattern(pattern))
}

/// A word outside its vocabulary.
pub fn bad_word(
    place: Place,
    key: &str,
    value: &str,
    nearest: Option<&str>,
    known: &[&str],
) -> Finding {
    error("plan/bad-value", place, say::bad_value(key, value)).help(nearest_or_all(nearest, known))
}

/// A number outside its range.
pub fn out_of_range(place: Place, key: &str, value: &str, low: i64, high: i64) -> Finding {
    error("plan/bad-value", place, say::out_of_range(key, value))
        .help(say::out_of_range_help(low, high))
}

/// A decimal that cannot be kept exactly.
pub fn bad_decimal(place: Place, key: &str, value: &str) -> Finding {
    error("plan/bad-value", place, say::bad_value(key, value)).help(say::bad_decimal_help())
}

/// A text of nothing where one is needed.
pub fn blank(place: Place, key: &str) -> Finding {
    error("plan/bad-value", place, say::blank(key)).help(say::blank_help(key))
}

/// A day before the year 0001.
pub fn no_such_year(place: Place, key: &str, value: &str) -> Finding {
    error("plan/bad-value", place, say::bad_value(key, value)).help(say::no_such_year())
}

/// An id that no unit has; `suggestion` is how the one meant is written.
pub fn unknown_unit(place: Place, id: &str, suggestion: Option<&str>) -> Finding {
    let help = suggestion.map_or_else(say::unknown_unit_help, say::write_instead);
    error("plan/unknown-unit", place, say::unknown_unit(id))
        .label(say::unknown_unit_label())
        .help(help)
}

/// An id that no group has.
pub fn unknown_group(place: Place, id: &str, suggestion: Option<&str>) -> Finding {
    let help = suggestion.map_or_else(say::unknown_group_help, say::write_instead);
    error("plan/unknown-group", place, say::unknown_group(id)).help(help)
}

/// An id that no chapter has.
pub fn unknown_chapter(place: Place, id: &str, suggestion: Option<&str>) -> Finding {
    let help = suggestion.map_or_else(say::unknown_chapter_help, say::write_instead);
    error("plan/unknown-chapter", place, say::unknown_chapter(id)).help(help)
}

/// A name where an id belongs.
pub fn name_for_id(place: Place, name: &str, id: &str) -> Finding {
    error("plan/name-for-id", place, say::name_for_id(name)).help(say::write_id(id))
}

/// A group that is among its own members, through others perhaps.
pub fn group_cycle(place: Place, id: &str) -> Finding {
    error("plan/group-cycle", place, say::group_cycle(id)).help(say::group_cycle_help())
}

/// An end before its start.
pub fn reversed_dates(place: Place, window: Window) -> Finding {
    error(
        "plan/reversed-dates",
        place,
        say::reversed_dates(window.start, window.end),
    )
    .help(say::reversed_dates_help())
}

/// A unit that is gone before it exists.
pub fn reversed_existence(place: Place, from: Day, to: Day) -> Finding {
    error(
        "plan/reversed-dates",
        place,
        say::reversed_existence(from, to),
    )
    .help(say::reversed_existence_help())
}

/// A start or due date that the plan does not cover.
pub fn outside_period(place: Place, day: Day, period: Window) -> Finding {
    error("plan/outside-period", place, say::outside_period(day))
        .help(say::outside_period_help(period.start, period.end))
}

/// A plan of more than ten years; `last` is the last day it may have.
pub fn period_too_long(place: Place, period: Window, last: Day) -> Finding {
    error(
        "plan/period-too-long",
        place,
        say::period_too_long(period.start, period.end),
    )
    .help(say::period_too_long_help(last))
}

/// An amount that cannot be reached or kept exactly.
pub fn target_not_amount(place: Place, value: &str) -> Finding {
    error("plan/bad-target", place, say::target_not_amount(value))
        .help(say::target_not_amount_help())
}

/// A target of an item that is never finished.
pub fn target_of_continuing(place: Place) -> Finding {
    error("plan/bad-target", place, say::target_of_continuing())
        .help(say::target_of_continuing_help())
}

/// A key that means something to periodic items only.
pub fn not_periodic(place: Place, key: &str) -> Finding {
    error("plan/not-periodic", place, say::not_periodic(key)).help(say::not_periodic_help(key))
}

/// A periodic item without a period.
pub fn no_period(place: Place, id: &str) -> Finding {
    error("plan/no-period", place, say::no_period(id)).help(say::no_period_help())
}

/// A name or alias that another unit has too.
pub fn same_name(place: Place, name: &str, other: &str, line: u64) -> Finding {
    error("plan/same-name", place, say::same_name(name, other, line)).help(say::same_name_help())
}

/// A file beyond the limit.
pub fn too_large(place: Place, mebibytes: usize) -> Finding {
    error("plan/too-large", place, say::too_large(mebibytes)).help(say::too_large_help())
}

/// A file that is not UTF-8.
pub fn not_utf8(place: Place, encoding: Encoding) -> Finding {
    let help = match encoding {
        Encoding::Gb18030 => say::looks_like_gb(),
        Encoding::Unknown => say::not_utf8_help(),
    };
    error("plan/not-utf8", place, say::not_utf8()).help(help)
}

/// An id that is not the name of the file.
pub fn id_not_stem(place: Place, id: &str, stem: &str) -> Finding {
    error("plan/id-not-stem", place, say::id_not_stem(id, stem))
        .help(say::id_not_stem_help(id, stem))
}

/// A merge that was left half done.
pub fn conflict_marker(place: Place) -> Finding {
    error("plan/conflict-marker", place, say::conflict_marker()).help(say::conflict_marker_help())
}

/// A character that cannot be seen.
pub fn control_character(place: Place, character: char) -> Finding {
    let code = format!("U+{:04X}", u32::from(character));
    error(
        "plan/control-character",
        place,
        say::control_character(code),
    )
    .help(say::control_character_help())
}

/// A due date before the day of issue.
pub fn due_before_issue(place: Place, id: &str, due: Day, issued: Day) -> Finding {
    warning(
        "plan/due-before-issue",
        place,
        say::due_before_issue(id, due, issued),
    )
    .help(say::due_before_issue_help())
}

/// An item that nobody owes.
pub fn no_lead(place: Place, id: &str) -> Finding {
    warning("plan/no-lead", place, say::no_lead(id)).help(say::no_lead_help())
}

/// A measure of which nothing is counted.
pub fn no_item(place: Place, id: &str) -> Finding {
    warning("plan/no-item", place, say::no_item(id)).help(say::no_item_help())
}

/// Units that lead and assist one item.
pub fn lead_and_assist(place: Place, id: &str, units: &str) -> Finding {
    warning(
        "plan/lead-and-assist",
        place,
        say::lead_and_assist(id, units),
    )
    .help(say::lead_and_assist_help(units))
}

/// A supervisor that verifies its own work.
pub fn self_verified(place: Place, unit: &str, count: usize) -> Finding {
    warning("plan/self-verified", place, say::self_verified(unit, count))
        .help(say::self_verified_help())
}

/// A unit that is gone and still leads.
pub fn unit_past_end(
    place: Place,
    unit: &str,
    to: Day,
    count: usize,
    successor: Option<&str>,
) -> Finding {
    let help = successor.map_or_else(say::past_end_help, say::past_end_successor);
    warning("plan/unit-past-end", place, say::past_end(unit, to, count)).help(help)
}

/// A name that looks like another unit's.
pub fn look_alike(place: Place, name: &str, other: &str, id: &str) -> Finding {
    warning("plan/look-alike", place, say::look_alike(name, other, id)).help(say::look_alike_help())
}

/// A group of nobody.
pub fn empty_group(place: Place, id: &str) -> Finding {
    warning("plan/empty-group", place, say::empty_group(id)).help(say::empty_group_help())
}

/// Items whose owners somebody read into the notice.
pub fn owner_inferred(place: Place, count: usize, ids: &str) -> Finding {
    hint(
        "plan/owner-inferred",
        place,
        say::owner_inferred(count, ids),
    )
    .help(say::owner_inferred_help())
}

/// Once items without a due date of their own.
pub fn no_due(place: Place, count: usize, ids: &str, end: Day) -> Finding {
    hint("plan/no-due", place, say::no_due(count, ids)).help(say::no_due_help(end))
}

/// A title that does not say what counts as done.
pub fn vague_verb(place: Place, id: &str, verb: &str) -> Finding {
    hint("plan/vague-verb", place, say::vague_verb(id, verb)).help(say::vague_verb_help())
}

/// Returns ids in a row, or a dash where there is none.
fn listed(ids: &[String]) -> String {
    match ids.is_empty() {
        true => "-".to_owned(),
        false => ids.join(", "),
    }
}

/// Says the nearest word, or all of them where none is near.
fn nearest_or_all(nearest: Option<&str>, known: &[&str]) -> Said {
    nearest.map_or_else(|| say::allowed(known.join(", ")), say::write_instead)
}

/// The plan was edited after a seal in a way that an entry should have said; `None` for a change
/// that is no fault.
pub fn since_seal(place: Place, change: &Change, period: Period) -> Option<Finding> {
    let item = &change.item;
    let (message, help) = match &change.what {
        What::Added { start: Some(_) } | What::LeadSettled { .. } => return None,
        What::Added { start: None } => {
            return Some(
                warning(
                    "plan/added-without-start",
                    place,
                    say::added_without_start(item, period),
                )
                .help(say::give_start()),
            );
        }
        What::Gone => (
            say::gone_since_seal(item, period),
            say::cancel_instead(item),
        ),
        What::Due { from, to } => (
            say::due_since_seal(item, from, to, period),
            say::extend_instead(item, to),
        ),
        What::Kind { .. } => (
            say::kind_since_seal(item, period),
            say::new_item_instead(item),
        ),
        What::Target { .. } => (
            say::target_since_seal(item, period),
            say::new_item_instead(item),
        ),
        What::Lead { lost, gained } => (
            say::lead_since_seal(item, listed(lost), listed(gained), period),
            say::new_item_instead(item),
        ),
    };
    Some(warning("plan/changed-since-seal", place, message).help(help))
}
