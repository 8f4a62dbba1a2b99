//! plain: TAB separated lines under a line of titles; documents as unwrapped lines.

use crate::document::Bar;
use crate::document::Block;
use crate::document::Document;
use crate::document::Step;
use crate::lang;
use crate::lang::Lang;
use crate::render::Look;
use crate::render::cells;
use crate::render::cells::Space;
use crate::render::formal;
use crate::render::safe::one_line;
use crate::table::Table;

/// Returns the titles and the rows, nothing else, so that `cut` and `awk` see one shape.
pub(super) fn table(table: &Table, look: &Look) -> String {
    let showing = cells::showing(table, Space::Wide);
    let titles = showing
        .columns
        .iter()
        .map(|at| cells::title(&table.columns[*at].title));
    let mut written = line(titles.collect::<Vec<_>>().join("\t"));
    for row in &table.rows {
        written += &line(cells::row(row, &showing, Space::Wide, look.lang).join("\t"));
    }
    written
}

/// Returns the parts of a document with an empty line between.
pub(super) fn document(document: &Document, look: &Look) -> String {
    let mut parts = vec![line(one_line(&document.title))];
    parts.extend(document.blocks.iter().map(|block| self::block(block, look)));
    parts.join("\n")
}

fn block(block: &Block, look: &Look) -> String {
    match block {
        Block::Heading { text, .. } => line(one_line(text)),
        Block::Paragraph(text) => line(one_line(text)),
        Block::Facts(facts) => facts
            .iter()
            .map(|fact| self::fact(fact, look.lang))
            .collect(),
        Block::List(texts) => texts
            .iter()
            .map(|text| line(format!("- {}", one_line(text))))
            .collect(),
        Block::Table(table) => {
            let mut written = String::new();
            if !table.title.is_empty() {
                written += &line(one_line(&table.title));
            }
            written += &self::table(table, look);
            written.extend(table.notes.iter().map(|note| line(one_line(note))));
            written
        }
        Block::Steps(steps) => {
            let step = |Step { text, command }: &Step| {
                line(format!("{}\t{}", one_line(text), one_line(command)))
            };
            steps.iter().map(step).collect()
        }
        Block::Chart(chart) => {
            let bar = |bar: &Bar| {
                line(format!(
                    "{}\t{}",
                    one_line(&bar.label),
                    one_line(&bar.words)
                ))
            };
            line(one_line(&chart.title)) + &chart.bars.iter().map(bar).collect::<String>()
        }
        Block::Formal(formal) => formal::lines(formal, look.lang)
            .iter()
            .map(|text| line(one_line(text)))
            .collect(),
        Block::Annex(annex) => line(one_line(&formal::head(annex))),
    }
}

fn fact((name, value): &(String, String), lang: Lang) -> String {
    let colon = lang::render::COLON.text(lang);
    line(format!("{}{colon}{}", one_line(name), one_line(value)))
}

fn line(text: impl AsRef<str>) -> String {
    format!("{}\n", text.as_ref())
}
