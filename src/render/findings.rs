//! Findings for people, each with its line and a caret under what is meant; and for machines.
//!
//! The excerpt is written here: a line is shown safe and cut by columns, yet named by its own
//! line and column, which ready-made snippet writers compute from the text they are given.

use crate::finding;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::Severity;
use crate::lang;
use crate::lang::Lang;
use crate::render::Colour;
use crate::render::Look;
use crate::render::json;
use crate::render::safe::one_line;
use crate::render::wrap;
use crate::table::Datum;
use anstyle::AnsiColor;
use anstyle::Style;
use std::ops::Range;

/// How wide an excerpt may be where no terminal says so.
const WIDTH: usize = 100;

/// The look of what stands around an excerpt.
const FRAME: Style = AnsiColor::Blue.on_default().bold();

/// Returns the findings in their order, and a last line that counts them.
pub fn findings(findings: &[Finding], look: &Look) -> Vec<u8> {
    let mut written = String::new();
    for finding in findings {
        written += &shown(finding, look);
        written += "\n\n";
    }
    written += &tally(findings, look.lang);
    written.push('\n');
    written.into_bytes()
}

/// Returns the findings as one object, in one language.
pub fn findings_json(findings: &[Finding], lang: Lang) -> Vec<u8> {
    let count = |severity| finding::count(findings, severity);
    let list: Vec<String> = findings
        .iter()
        .map(|finding| json::datum(&Datum::Map(fields(finding, lang))))
        .collect();
    let object = [
        "\"schema\":\"duban/findings@1\"".to_owned(),
        format!("\"errors\":{}", count(Severity::Error)),
        format!("\"warnings\":{}", count(Severity::Warning)),
        format!("\"hints\":{}", count(Severity::Hint)),
        format!("\"findings\":{}", json::lines('[', &list, ']')),
    ];
    (json::lines('{', &object, '}') + "\n").into_bytes()
}

fn tally(findings: &[Finding], lang: Lang) -> String {
    let count = |severity| finding::count(findings, severity);
    match findings.is_empty() {
        true => lang::render::NO_FINDINGS.text(lang).to_owned(),
        false => lang::render::tally(
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Hint),
        )
        .into_text(lang),
    }
}

fn fields(finding: &Finding, lang: Lang) -> Vec<(&'static str, Datum)> {
    let place = &finding.place;
    let known = |number: u64| (number > 0).then_some(number);
    let help = finding.help.as_ref().map(|help| help.text(lang).to_owned());
    vec![
        ("code", Datum::from(finding.code)),
        ("severity", Datum::from(finding.severity.code())),
        ("file", Datum::from(&*place.file)),
        ("line", Datum::from(known(place.line))),
        ("column", Datum::from(known(u64::from(place.column)))),
        (
            "end_column",
            Datum::from(known(u64::from(place.end_column))),
        ),
        ("message", Datum::from(finding.message.text(lang))),
        ("help", Datum::from(help)),
    ]
}

/// Returns one finding: what is the case, where, the line with a caret, and what to type.
fn shown(finding: &Finding, look: &Look) -> String {
    let severity = lang::render::severity(finding.severity).text(look.lang);
    let title = format!("{severity}[{}]", finding.code);
    let message = one_line(finding.message.text(look.lang));
    let number = match finding.place.line {
        0 => String::new(),
        line => line.to_string(),
    };
    let gutter = " ".repeat(number.len());
    let mut lines = vec![
        format!(
            "{}: {}",
            paint(&title, colour_of(finding.severity), look),
            paint(&message, Style::new().bold(), look)
        ),
        format!(
            " {} {}",
            paint("-->", FRAME, look),
            where_it_is(&finding.place)
        ),
    ];
    if let Some(excerpt) = Excerpt::of(&finding.place, look) {
        let label = finding
            .label
            .as_ref()
            .map_or("", |label| label.text(look.lang));
        let caret = format!("{} {}", "^".repeat(excerpt.wide), one_line(label));
        let caret = paint(caret.trim_end(), colour_of(finding.severity), look);
        let bar = paint("|", FRAME, look);
        lines.push(format!("{gutter} {bar}"));
        lines.push(format!(
            "{} {bar} {}",
            paint(&number, FRAME, look),
            excerpt.text
        ));
        lines.push(format!(
            "{gutter} {bar} {}{caret}",
            " ".repeat(excerpt.before)
        ));
    }
    if let Some(help) = &finding.help {
        let word = lang::render::HELP.text(look.lang);
        let help = one_line(help.text(look.lang));
        lines.push(format!(
            "{gutter} {} {word}: {help}",
            paint("=", FRAME, look)
        ));
    }
    lines.join("\n")
}

fn where_it_is(place: &Place) -> String {
    let file = one_line(&place.file);
    match (place.line, place.column) {
        (0, _) => file.into_owned(),
        (line, 0) => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}

/// A line made safe and cut around what is meant, with the columns before and under that.
struct Excerpt {
    text: String,
    before: usize,
    wide: usize,
}

impl Excerpt {
    fn of(place: &Place, look: &Look) -> Option<Excerpt> {
        let source = place
            .source
            .as_deref()
            .filter(|_| place.line > 0 && place.column > 0)?;
        let chars = |range: Range<u32>| -> String {
            let (from, to) = (range.start.saturating_sub(1), range.end.saturating_sub(1));
            let length = usize::try_from(to.saturating_sub(from)).unwrap_or(usize::MAX);
            let text = source
                .chars()
                .skip(usize::try_from(from).unwrap_or(usize::MAX))
                .take(length);
            expanded(&text.collect::<String>())
        };
        let before = chars(1..place.column);
        let meant = chars(place.column..place.end_column);
        let after = chars(place.end_column..u32::MAX);
        let gutter = place.line.to_string().len() + 3;
        let room = look.width.unwrap_or(WIDTH).saturating_sub(gutter).max(24);
        Some(Excerpt::cut(&before, &meant, after.trim_end(), room))
    }

    /// Keeps what is meant; of the rest a third of the room goes to what stands before.
    fn cut(before: &str, meant: &str, after: &str, room: usize) -> Excerpt {
        let meant = wrap::cut(meant, room * 2 / 3);
        let spare = room - wrap::width(&meant);
        let needed = wrap::width(after).min(spare * 2 / 3);
        let before = cut_left(before, spare - needed);
        let after = wrap::cut(after, spare - wrap::width(&before));
        Excerpt {
            before: wrap::width(&before),
            wide: wrap::width(&meant).max(1),
            text: format!("{before}{meant}{after}"),
        }
    }
}

/// Returns the text with blanks for TABs and the codes of what cannot be seen.
fn expanded(text: &str) -> String {
    one_line(&text.replace('\t', "    ")).into_owned()
}

/// Returns the end of a text in `room` columns, with `..` where something is missing.
fn cut_left(text: &str, room: usize) -> String {
    match wrap::width(text) <= room {
        true => text.to_owned(),
        false => format!("..{}", wrap::tail(text, room.saturating_sub(2))),
    }
}

fn colour_of(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Hint => AnsiColor::Cyan.on_default().bold(),
    }
}

fn paint(text: &str, style: Style, look: &Look) -> String {
    match look.colour {
        Colour::On => format!("{style}{text}{style:#}"),
        Colour::Off => text.to_owned(),
    }
}
