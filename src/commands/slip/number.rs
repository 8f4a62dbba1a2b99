//! The numbers of slips: counted on from the last one, or from the one that was typed.

use crate::calendar::Day;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::Lang;
use crate::lang::papers::slip as say;
use std::collections::BTreeMap;

/// Stands for the count where a number is taken apart.
const HERE: &str = "\u{0}";

/// Returns so many numbers after the last one of the year, in whichever language that was written.
pub(super) fn following(
    used: &BTreeMap<String, String>,
    day: Day,
    lang: Lang,
    count: usize,
) -> Vec<String> {
    let pattern = say::number(day.year(), HERE);
    let count_of = |number: &str| {
        [&pattern.zh, &pattern.en].into_iter().find_map(|pattern| {
            let (before, after) = pattern.split_once(HERE)?;
            let count = number.strip_prefix(before)?.strip_suffix(after)?;
            count.parse::<u32>().ok()
        })
    };
    let last = used.keys().filter_map(|number| count_of(number)).max();
    let numbers = (u64::from(last.unwrap_or(0)) + 1..).take(count);
    numbers
        .map(|number| say::number(day.year(), number).into_text(lang))
        .collect()
}

/// Returns so many numbers from the one that was typed on: its last figure counts.
pub(super) fn counted(first: &str, count: usize) -> Result<Vec<String>> {
    if count == 1 {
        return Ok(vec![first.to_owned()]);
    }
    let is_digit = |sign: char| sign.is_ascii_digit();
    let figure = first.rfind(is_digit).and_then(|last| {
        let end = last + 1;
        let start = first[..end].rfind(|sign: char| !is_digit(sign));
        let start = start.map_or(0, |at| {
            at + first[at..].chars().next().map_or(1, char::len_utf8)
        });
        let number = first[start..end].parse::<u32>().ok()?;
        Some((&first[..start], u64::from(number), &first[end..]))
    });
    let Some((before, number, after)) = figure else {
        return Err(Failure::usage(say::number_needs_digits(first)).help(say::number_form()));
    };
    let numbers = (number..).take(count);
    Ok(numbers
        .map(|number| format!("{before}{number}{after}"))
        .collect())
}
