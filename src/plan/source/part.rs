//! One table of the plan, read key by key: each method gives a value or says what is wrong with it.

use crate::calendar::Day;
use crate::figures::Amount;
use crate::finding;
use crate::finding::Finding;
use crate::finding::Place;
use crate::lang::Word;
use crate::lang::findings::plan as say;
use crate::names;
use crate::plan::source::syntax;
use crate::plan::source::text::Text;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

/// A value with the bytes it was read from.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// The reading of one text: what was found wrong so far.
pub(super) struct Reader<'t> {
    pub(super) text: Text<'t>,
    findings: Vec<Finding>,
    errors: usize,
    suggestions: usize,
    /// Whether the parser stumbled, so that a part that is missing may only be out of its sight.
    torn: bool,
}

/// How many nearest names are looked for in one text; nobody reads more.
const SUGGESTIONS: usize = 200;

/// Findings about what is absent, which mean nothing where the parser lost a part of the text.
const OF_ABSENCE: &[&str] = &[
    "plan/missing-key",
    "plan/unknown-unit",
    "plan/unknown-group",
    "plan/unknown-chapter",
    "plan/empty-group",
];

impl<'t> Reader<'t> {
    /// Starts with what the raw text has shown; `errors` are the parser's.
    pub(super) fn new(text: Text<'t>, errors: &[toml::de::Error]) -> Reader<'t> {
        let mut findings = syntax::hidden(&text);
        findings.extend(syntax::errors(&text, errors, &findings));
        findings.extend(syntax::later_forms(&text, &findings));
        Reader {
            text,
            errors: findings.len(),
            findings,
            suggestions: 0,
            torn: !errors.is_empty(),
        }
    }

    /// Takes a finding.
    pub(super) fn say(&mut self, finding: Finding) {
        self.errors += usize::from(finding.severity == finding::Severity::Error);
        if !(self.torn && OF_ABSENCE.contains(&finding.code)) {
            self.findings.push(finding);
        }
    }

    /// Returns how many errors were met so far, shown or not.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Tells whether the parser lost its way somewhere.
    pub(super) fn is_torn(&self) -> bool {
        self.torn
    }

    /// Returns the place of a span.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        self.text.place(span.clone())
    }

    /// Returns the nearest of some words, for the first findings of a text.
    pub(super) fn nearest<'c>(
        &mut self,
        wanted: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.suggestions += 1;
        match self.suggestions <= SUGGESTIONS {
            true => names::nearest(wanted, candidates),
            false => None,
        }
    }

    /// Returns all that was found.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// A table and the bytes of its head.
#[derive(Clone)]
pub(super) struct Part<'p> {
    table: &'p DeTable<'p>,
    pub(super) span: Range<usize>,
}

impl<'p> Part<'p> {
    /// Returns the part of a table; that of the whole file has an empty span.
    pub(super) fn new(table: &'p DeTable<'p>, span: Range<usize>) -> Part<'p> {
        Part { table, span }
    }

    /// Reports every key that the format does not have here.
    pub(super) fn only(&self, reader: &mut Reader<'_>, known: &[&str]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            let span = key.span();
            let bare_chinese = !name.is_ascii() && !reader.text.raw(&span).starts_with(['"', '\'']);
            if known.contains(&name) || bare_chinese {
                continue;
            }
            let nearest = syntax::english_key(name)
                .filter(|english| known.contains(english))
                .or_else(|| reader.nearest(name, known.iter().copied()));
            let place = reader.place(&span);
            reader.say(finding::plan::unknown_key(place, name, nearest, known));
        }
    }

    /// Returns where a key stands, if it does.
    pub(super) fn key(&self, key: &str) -> Option<Range<usize>> {
        self.table.get_key_value(key).map(|(key, _)| key.span())
    }

    /// Reports a key that must be there; `example` is a line to add.
    pub(super) fn missing(&self, reader: &mut Reader<'_>, key: &str, example: &str) {
        let place = match self.span.is_empty() {
            true => reader.text.whole(),
            false => reader.place(&self.span),
        };
        reader.say(finding::plan::missing_key(place, key, example));
    }

    /// Reads a text.
    pub(super) fn text(&self, reader: &mut Reader<'_>, key: &str) -> Option<At<String>> {
        let value = self.table.get(key)?;
        text_of(reader, key, value)
    }

    /// Reads a text that must be there.
    pub(super) fn needed_text(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        example: &str,
    ) -> Option<At<String>> {
        if self.key(key).is_none() {
            self.missing(reader, key, example);
        }
        self.text(reader, key)
    }

    /// Reads a text that may be left empty, and forgets where it stood.
    pub(super) fn words(&self, reader: &mut Reader<'_>, key: &str) -> Option<String> {
        let raw = self.table.get(key)?.get_ref().as_str();
        if raw.is_some_and(|text| text.trim().is_empty()) {
            return None;
        }
        self.text(reader, key).map(|text| text.value)
    }

    /// Reads a list of texts; an absent one is empty.
    pub(super) fn texts(&self, reader: &mut Reader<'_>, key: &str) -> Vec<At<String>> {
        let Some(value) = self.table.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            let raw = reader.text.raw(&value.span());
            let example = match value.get_ref().is_str() {
                true => format!("{key} = [{}]", excerpt(raw)),
                false => format!("{key} = [\"…\"]"),
            };
            wrong_type(reader, key, value, say::A_LIST, &example);
            return Vec::new();
        };
        list.iter()
            .filter_map(|value| text_of(reader, key, value))
            .collect()
    }

    /// Reads a native date.
    pub(super) fn day(&self, reader: &mut Reader<'_>, key: &str) -> Option<At<Day>> {
        let value = self.table.get(key)?;
        let date = value.get_ref().as_datetime().and_then(|moment| {
            let whole = moment.time.is_none() && moment.offset.is_none();
            moment.date.filter(|_| whole)
        });
        let Some(date) = date else {
            let example = format!("{key} = {}", likely_date(reader.text.raw(&value.span())));
            wrong_type(reader, key, value, say::A_DATE, &example);
            return None;
        };
        let (year, month, day) = (date.year.into(), date.month.into(), date.day.into());
        let span = value.span();
        let Some(day) = Day::from_ymd(year, month, day) else {
            let place = reader.place(&span);
            reader.say(finding::plan::no_such_year(place, key, &date.to_string()));
            return None;
        };
        Some(At { value: day, span })
    }

    /// Reads a whole number of a range.
    pub(super) fn number(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        (low, high): (i64, i64),
    ) -> Option<At<i64>> {
        let value = self.table.get(key)?;
        let span = value.span();
        if !value.get_ref().is_integer() {
            wrong_type(reader, key, value, say::A_NUMBER, &format!("{key} = {low}"));
            return None;
        }
        let raw = reader.text.raw(&span);
        match raw.replace('_', "").parse() {
            Ok(value) if (low..=high).contains(&value) => Some(At { value, span }),
            Ok(_) | Err(_) => {
                let place = reader.place(&span);
                let raw = excerpt(raw);
                reader.say(finding::plan::out_of_range(place, key, raw, low, high));
                None
            }
        }
    }

    /// Reads a number as it is written: exactly, or `None` as its value where it cannot be kept so.
    pub(super) fn amount(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        example: &str,
    ) -> Option<At<Option<Amount>>> {
        let value = self.table.get(key)?;
        let number = value.get_ref().is_integer() || value.get_ref().is_float();
        if !number {
            wrong_type(reader, key, value, say::A_DECIMAL, example);
            return None;
        }
        let span = value.span();
        let amount = Amount::parse(&reader.text.raw(&span).replace('_', ""));
        Some(At {
            value: amount,
            span,
        })
    }

    /// Reads a word of a closed vocabulary.
    pub(super) fn word<T>(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        from_code: fn(&str) -> Option<T>,
        codes: &[&str],
    ) -> Option<At<T>> {
        let At { value: word, span } = self.text(reader, key)?;
        let found = from_code(&word);
        if found.is_none() {
            let nearest = reader.nearest(&word, codes.iter().copied());
            let place = reader.place(&span);
            reader.say(finding::plan::bad_word(place, key, &word, nearest, codes));
        }
        found.map(|value| At { value, span })
    }

    /// Reads a table within this one.
    pub(super) fn part(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        example: &str,
    ) -> Option<Part<'p>> {
        let value = self.table.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            wrong_type(reader, key, value, say::A_TABLE, example);
            return None;
        };
        Some(Part::new(table, value.span()))
    }

    /// Reads a list of tables; an absent one is empty.
    pub(super) fn parts(&self, reader: &mut Reader<'_>, key: &str, example: &str) -> Vec<Part<'p>> {
        let Some(value) = self.table.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            wrong_type(reader, key, value, say::TABLES, example);
            return Vec::new();
        };
        let mut parts = Vec::new();
        for value in list.iter() {
            match value.get_ref().as_table() {
                Some(table) => parts.push(Part::new(table, value.span())),
                None => wrong_type(reader, key, value, say::TABLES, example),
            }
        }
        parts
    }
}

/// Reads a text that says something and hides nothing, in the composed form (NFC).
fn text_of(reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
    let span = value.span();
    let Some(text) = value.get_ref().as_str() else {
        let raw = excerpt(reader.text.raw(&span));
        let example = match value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                format!("{key} = \"{raw}\"")
            }
            _ => format!("{key} = \"…\""),
        };
        wrong_type(reader, key, value, say::A_TEXT, &example);
        return None;
    };
    if text.trim().is_empty() {
        let place = reader.place(&span);
        reader.say(finding::plan::blank(place, key));
        return None;
    }
    let hidden = text
        .chars()
        .find(|character| names::is_invisible(*character));
    if let Some(character) = hidden {
        let shown_already =
            !matches!(character, '\n' | '\t' | '\r') && reader.text.raw(&span).contains(character);
        if !shown_already {
            let place = reader.place(&span);
            reader.say(finding::plan::control_character(place, character));
        }
    }
    Some(At {
        value: text.nfc().collect(),
        span,
    })
}

fn wrong_type(
    reader: &mut Reader<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    wanted: Word,
    example: &str,
) {
    let place = reader.place(&value.span());
    reader.say(finding::plan::wrong_type(place, key, wanted, example));
}

/// Returns the date that a text seems to mean, or one to copy.
fn likely_date(raw: &str) -> &str {
    let bare = raw.trim_matches(['"', '\'']);
    let date = bare.get(..10).unwrap_or_default();
    match Day::parse(date) {
        Some(_) => date,
        None => "2013-12-31",
    }
}

/// Returns as much of a raw value as a message can hold.
fn excerpt(raw: &str) -> &str {
    let line = raw.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => &line[..end],
        None => line,
    }
}
