//! Wording that an office may edit: a template of text becomes the marked lines of a paper.
//!
//! A template is data: it reaches no file, runs nothing but loops over the facts it is given, and
//! only so many of them. What is filled in is text and is never read as a mark.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::lang::Lang;
use crate::lang::papers::bulletin as say;
use crate::table::Datum;
use minijinja::AutoEscape;
use minijinja::Environment;
use minijinja::Error;
use minijinja::ErrorKind;
use minijinja::UndefinedBehavior;
use minijinja::Value;
use std::collections::BTreeMap;

/// How many steps a template may take; a paper on 3,000 units takes a small part of them.
const FUEL: u64 = 20_000_000;

/// Stands before each text that is filled in, so that it never opens a line like a mark.
const FILLED: char = '\u{1}';

/// A line of a paper, by its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// `# …`: the title of the paper.
    Title(String),
    /// `## …`, `### …`: a heading, 1 is the highest.
    Heading(u8, String),
    /// `- …`: an item of a list.
    Item(String),
    /// A line without a mark.
    Paragraph(String),
    /// `@word …`: a line that has a place of its own.
    Placed(Mark, String),
}

/// Declares the words behind `@`.
macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a line that has a place of its own is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Mark { $($(#[$doc])* $name,)* }

        impl Mark {
            /// Every mark.
            pub const ALL: &[Mark] = &[$(Mark::$name,)*];

            /// Returns the word behind `@`.
            pub const fn word(self) -> &'static str {
                match self { $(Mark::$name => $word,)* }
            }
        }
    };
}

marks! {
    /// The number of the paper.
    Number = "number",
    /// The line below the title.
    Date = "date",
    /// To whom it goes.
    To = "to",
    /// The list of the annexes.
    Annexes = "annexes",
    /// Who issues it; `@on` follows.
    By = "by",
    /// The day of issue.
    On = "on",
    /// A table in the text.
    Table = "table",
    /// A chart in the text.
    Chart = "chart",
    /// A table on pages of its own, with a title.
    Annex = "annex",
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the template, from 1, where it is known.
    pub line: Option<usize>,
    /// What it is.
    pub what: Wrong,
}

/// What may be wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It names what there is not: a fact, a filter, a function.
    Unknown(String),
    /// A word behind `@` that is no mark.
    UnknownMark(String),
    /// A table or chart that there is not, behind its mark.
    UnknownPart(Mark, String),
    /// `@by` without `@on`, or the other way round.
    Unpaired(Mark),
    /// It takes too many steps.
    TooLong,
    /// Anything else, as the reader of templates says it.
    Other(String),
}

impl Fault {
    /// Returns a fault of a line that begins with a mark and, if any, a word behind it.
    pub fn of_mark(text: &str, mark: Mark, word: &str, what: Wrong) -> Fault {
        let wanted = format!("@{} {word}", mark.word());
        let line = line_with(text, wanted.trim_end());
        Fault { line, what }
    }
}

/// Fills facts into a template and reads what came of it, line by line.
pub fn lines(
    text: &str,
    facts: &[(&'static str, Datum)],
    lang: Lang,
) -> std::result::Result<Vec<Line>, Fault> {
    let environment = environment(lang);
    let filled = environment
        .render_named_str("", text, map(facts))
        .map_err(|error| fault(text, &error))?;
    filled.lines().filter_map(|line| read(text, line)).collect()
}

fn environment(lang: Lang) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(|out, _, value| {
        let text = match value.is_none() {
            true => String::new(),
            false => value.to_string(),
        };
        let text = text.replace(['\n', '\r', FILLED, '\u{85}', '\u{2028}', '\u{2029}'], " ");
        Ok(out.write_fmt(format_args!("{FILLED}{text}"))?)
    });
    environment.add_filter("day", move |text: String| {
        Day::parse(&text).map_or(text, |day| say::day(day, lang))
    });
    environment.add_filter("short_day", move |text: String| {
        Day::parse(&text).map_or(text, |day| say::short_day(day, lang))
    });
    environment.add_filter("period", move |text: String| {
        Period::parse(&text).map_or(text, |period| say::period(period, lang))
    });
    environment
}

fn map(facts: &[(&'static str, Datum)]) -> Value {
    let map: BTreeMap<&str, Value> = facts
        .iter()
        .map(|(key, datum)| (*key, value(datum)))
        .collect();
    Value::from_object(map)
}

fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Null => Value::from(()),
        Datum::Bool(flag) => Value::from(*flag),
        Datum::Int(number) => Value::from(*number),
        Datum::Text(text) => Value::from(text.as_str()),
        Datum::List(list) => list.iter().map(value).collect(),
        Datum::Map(facts) => map(facts),
    }
}

/// Reads one line; nothing of one that is blank.
fn read(text: &str, line: &str) -> Option<std::result::Result<Line, Fault>> {
    let line = line.trim_start_matches([' ', '\t']);
    let plain = |text: &str| text.replace(FILLED, "").trim().to_owned();
    let read = if let Some(rest) = line.strip_prefix('@') {
        let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let word = plain(word);
        let Some(mark) = Mark::ALL.iter().find(|mark| mark.word() == word) else {
            return Some(Err(Fault {
                line: line_with(text, &format!("@{word}")),
                what: Wrong::UnknownMark(word),
            }));
        };
        Line::Placed(*mark, plain(rest))
    } else if line.starts_with('#') {
        let rest = line.trim_start_matches('#');
        match line.len() - rest.len() {
            1 => Line::Title(plain(rest)),
            2 => Line::Heading(1, plain(rest)),
            3 => Line::Heading(2, plain(rest)),
            _ => Line::Heading(3, plain(rest)),
        }
    } else if let Some(rest) = line.strip_prefix("- ") {
        Line::Item(plain(rest))
    } else {
        match plain(line) {
            text if text.is_empty() => return None,
            text => Line::Paragraph(text),
        }
    };
    Some(Ok(read))
}

/// Returns the line of a template, from 1, on which a mark stands.
fn line_with(text: &str, wanted: &str) -> Option<usize> {
    let at = text.lines().position(|line| line.contains(wanted))?;
    Some(at + 1)
}

fn fault(text: &str, error: &Error) -> Fault {
    let named = || {
        error
            .range()
            .and_then(|range| text.get(range))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let what = match error.kind() {
        ErrorKind::OutOfFuel => Wrong::TooLong,
        ErrorKind::UndefinedError
        | ErrorKind::UnknownFilter
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownMethod
            if !named().is_empty() =>
        {
            Wrong::Unknown(named())
        }
        kind => Wrong::Other(match error.detail() {
            Some(detail) => detail.to_owned(),
            None => kind.to_string(),
        }),
    };
    Fault {
        line: error.line(),
        what,
    }
}
