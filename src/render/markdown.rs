//! Markdown: pipe tables; every sign that Markdown would read as its own is escaped.

use crate::document::Bar;
use crate::document::Block;
use crate::document::Chart;
use crate::document::Document;
use crate::document::Step;
use crate::lang;
use crate::render::Look;
use crate::render::cells;
use crate::render::cells::Space;
use crate::render::formal;
use crate::render::safe::one_line;
use crate::table::Align;
use crate::table::Table;

/// Returns a heading, the subtitle, the table and the notes.
pub(super) fn table(table: &Table, look: &Look) -> String {
    join(table_parts(
        table,
        format!("# {}", inline(&table.title)),
        look,
    ))
}

/// Returns a document; the levels of headings begin below its title.
pub(super) fn document(document: &Document, look: &Look) -> String {
    let mut parts = vec![format!("# {}", inline(&document.title))];
    for block in &document.blocks {
        parts.extend(block_parts(block, look));
    }
    join(parts)
}

fn block_parts(block: &Block, look: &Look) -> Vec<String> {
    match block {
        Block::Heading { level, text } => {
            let signs = "#".repeat(usize::from((*level).clamp(1, 5)) + 1);
            vec![format!("{signs} {}", inline(text))]
        }
        Block::Paragraph(text) => vec![opening(text)],
        Block::Facts(facts) => {
            let colon = lang::render::COLON.text(look.lang);
            let fact = |(name, value): &(String, String)| {
                format!("- {}{colon}{}", opening(name), inline(value))
                    .trim_end()
                    .to_owned()
            };
            vec![facts.iter().map(fact).collect::<Vec<_>>().join("\n")]
        }
        Block::List(texts) => {
            let items: Vec<String> = texts
                .iter()
                .map(|text| format!("- {}", opening(text)))
                .collect();
            vec![items.join("\n")]
        }
        Block::Table(table) => {
            let caption = match table.title.is_empty() {
                true => String::new(),
                false => format!("**{}**", inline(&table.title)),
            };
            table_parts(table, caption, look)
        }
        Block::Steps(steps) => {
            let step =
                |Step { text, command }: &Step| format!("- {}: {}", opening(text), inline(command));
            vec![steps.iter().map(step).collect::<Vec<_>>().join("\n")]
        }
        Block::Chart(chart) => vec![format!("**{}**", inline(&chart.title)), bars(chart)],
        Block::Formal(formal) => formal::lines(formal, look.lang)
            .iter()
            .map(|line| opening(line))
            .collect(),
        Block::Annex(annex) => vec![format!("## {}", inline(&formal::head(annex)))],
    }
}

/// Returns a chart as a table with a column of bars.
fn bars(chart: &Chart) -> String {
    const LENGTH: u64 = 20;
    let row = |bar: &Bar| {
        let signs = usize::try_from(bar.length(chart.full, LENGTH)).unwrap_or(0);
        let (label, words) = (inline(&bar.label), inline(&bar.words));
        format!("| {label} | {words} | {} |", "=".repeat(signs))
    };
    let rows = chart.bars.iter().map(row);
    let head = ["|  |  |  |".to_owned(), "| --- | ---: | --- |".to_owned()];
    head.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn table_parts(table: &Table, title: String, look: &Look) -> Vec<String> {
    let showing = cells::showing(table, Space::Wide);
    let mut parts = vec![title];
    parts.extend(table.subtitle.iter().map(|line| opening(line)));
    parts.push(grid(table, &showing.columns, look));
    if table.rows.is_empty() {
        parts.push(lang::render::NO_ROWS.text(look.lang).to_owned());
    }
    parts.extend(
        cells::left_out_line(table, &showing.left_out, look.lang).map(|line| opening(&line)),
    );
    parts.extend(table.notes.iter().map(|note| opening(note)));
    parts
}

fn grid(table: &Table, columns: &[usize], look: &Look) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let titles = columns
        .iter()
        .map(|at| inline(&cells::title(&table.columns[*at].title)));
    let rule = columns.iter().map(|at| match table.columns[*at].align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    });
    let mut lines = vec![line(titles.collect()), line(rule.collect())];
    for row in &table.rows {
        let words = columns
            .iter()
            .map(|at| cells::words(&row.cells[*at], Space::Wide, look.lang));
        lines.push(line(words.map(|words| inline(&words)).collect()));
    }
    lines.join("\n")
}

/// Escapes a text that stands inside a line.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in one_line(text).chars() {
        if matches!(
            char,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '$'
        ) {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// Escapes a text that opens a line, where `-`, `+`, `=` and `1.` would start a list or a heading.
fn opening(text: &str) -> String {
    let escaped = inline(text.trim());
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let at = match escaped.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'-' | b'+' | b'=') if digits == 0 => 0,
        _ => return escaped,
    };
    format!("{}\\{}", &escaped[..at], &escaped[at..])
}

fn join(parts: Vec<String>) -> String {
    let kept: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    kept.join("\n\n") + "\n"
}
