//! What a spreadsheet makes of a date, a number or a share, and back: only what an id proves is believed.

use crate::calendar::Day;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::line;

/// How many combinations of candidates are tried for one line.
const MOST_TRIES: usize = 20_000;

/// The offsets that are tried where a spreadsheet dropped the one of an instant.
const OFFSETS: [&str; 2] = ["+08:00", "Z"];

/// The English names of months, as spreadsheets shorten them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A field as it was before a spreadsheet rewrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The number of the field.
    pub field: usize,
    /// What it was.
    pub text: String,
}

/// Returns the fields that a spreadsheet rewrote, where undoing them proves the id; none of them
/// where the fields prove it as they are.
pub fn prove(fields: &[&str], above: Id, id: Id) -> Option<Vec<Undone>> {
    if chain::next(above, &line::body(fields)) == id {
        return Some(Vec::new());
    }
    let open: Vec<(usize, Vec<String>)> = (0..13)
        .map(|field| (field, candidates(field, fields[field])))
        .filter(|(_, texts)| !texts.is_empty())
        .collect();
    let count = open.iter().try_fold(1usize, |count, (_, texts)| {
        count.checked_mul(texts.len() + 1)
    })?;
    if count > MOST_TRIES {
        return None;
    }
    (1..count).find_map(|number| {
        let undone = choice(&open, number);
        let mut tried = fields.to_vec();
        for one in &undone {
            tried[one.field] = &one.text;
        }
        (chain::next(above, &line::body(&tried)) == id).then(|| undone.clone())
    })
}

/// Returns one of all the ways to take a candidate, or none, for each field.
fn choice(open: &[(usize, Vec<String>)], mut number: usize) -> Vec<Undone> {
    let mut chosen = Vec::new();
    for (field, texts) in open {
        let at = number % (texts.len() + 1);
        number /= texts.len() + 1;
        if let Some(text) = at.checked_sub(1).map(|at| &texts[at]) {
            chosen.push(Undone {
                field: *field,
                text: text.clone(),
            });
        }
    }
    chosen
}

/// Returns the day that a spreadsheet would write as `2013/4/2`, in the form of the journal.
pub fn date(value: &str) -> Option<String> {
    let date = value.split(' ').next().unwrap_or(value);
    let parts: Vec<&str> = match date.strip_suffix('日') {
        Some(date) => date.split(['年', '月']).collect(),
        None => date.split(['/', '.']).collect(),
    };
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    Day::from_ymd(number(year)?, number(month)?, number(day)?).map(|day| day.to_string())
}

/// Returns what a field may have been before a spreadsheet rewrote it.
fn candidates(field: usize, value: &str) -> Vec<String> {
    match field {
        1 => instants(value),
        2 => date(value).into_iter().collect(),
        6 => [months(value), dates(value)].concat(),
        7 => [shares(value), months(value), dates(value)].concat(),
        9 | 10 | 12 => [shares(value), months(value), dates(value), zeros(value)].concat(),
        _ => Vec::new(),
    }
}

/// Undoes a rewritten day, which may have been a month before.
fn dates(value: &str) -> Vec<String> {
    match date(value) {
        Some(day) => vec![day[..7].to_owned(), day],
        None => Vec::new(),
    }
}

/// Undoes `2013/4/2 9:15`, which lost its offset and perhaps its seconds.
fn instants(value: &str) -> Vec<String> {
    let Some((day, (_, time))) = date(value).zip(value.split_once(' ')) else {
        return Vec::new();
    };
    let parts: Vec<&str> = time.split(':').collect();
    let is_time = parts.iter().all(|part| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let seconds: Vec<String> = match parts.as_slice() {
        [_, _] => (0..60).map(|second| format!("{second:02}")).collect(),
        [_, _, second] => vec![format!("{second:0>2}")],
        _ => Vec::new(),
    };
    if !is_time {
        return Vec::new();
    }
    let (hour, minute) = (parts[0], parts[1]);
    let instants = seconds.iter().flat_map(|second| {
        OFFSETS.map(|offset| format!("{day}T{hour:0>2}:{minute:0>2}:{second}{offset}"))
    });
    instants.collect()
}

/// Undoes `Jun-13`, `13-Jun` and `2013年6月`.
fn months(value: &str) -> Vec<String> {
    if let Some((year, month)) = value.strip_suffix('月').and_then(|of| of.split_once('年')) {
        return vec![format!("{year}-{month:0>2}")];
    }
    let Some((one, other)) = value.split_once('-') else {
        return Vec::new();
    };
    let number = |text: &str| {
        let at = MONTHS
            .iter()
            .position(|month| text.eq_ignore_ascii_case(month));
        at.map(|at| at + 1)
    };
    match (number(one), number(other)) {
        (Some(month), None) => vec![format!("20{other:0>2}-{month:02}")],
        (None, Some(month)) => vec![format!("20{one:0>2}-{month:02}")],
        (Some(_), Some(_)) | (None, None) => Vec::new(),
    }
}

/// Undoes a share that was written as a number, or a number that got more places.
fn shares(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(share) = value.strip_prefix("0.").filter(|rest| is_digits(rest, 3)) {
        let digits = format!("{share:0<2}");
        let whole = match digits[..2].trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        match &digits[2..] {
            "" => found.push(format!("{whole}%")),
            tenth => found.push(format!("{whole}.{tenth}%")),
        }
    }
    if value == "1" {
        found.push("100%".to_owned());
    }
    if value == "0" {
        found.push("0%".to_owned());
    }
    let (number, sign) = match value.strip_suffix('%') {
        Some(number) => (number, "%"),
        None => (value, ""),
    };
    if let Some((whole, places)) = number.split_once('.')
        && is_digits(places, 4)
    {
        match places.trim_end_matches('0') {
            "" => found.push(format!("{whole}{sign}")),
            short if short.len() < places.len() => found.push(format!("{whole}.{short}{sign}")),
            _ => {}
        }
        if sign.is_empty() {
            found.extend((1..=2).map(|more| format!("{number}{}", "0".repeat(more))));
        }
    }
    found
}

/// Undoes the loss of zeros in front of a number.
fn zeros(value: &str) -> Vec<String> {
    match is_digits(value, 12) {
        true => (1..=6)
            .map(|count| format!("{}{value}", "0".repeat(count)))
            .collect(),
        false => Vec::new(),
    }
}

fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
