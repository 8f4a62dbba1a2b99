//! The paper: the lines of a filled-in template, each at its place, with tables, charts and annexes.

use crate::document::Annex;
use crate::document::Bar;
use crate::document::Block;
use crate::document::Chart;
use crate::document::Document;
use crate::document::Formal;
use crate::document::Sheet;
use crate::lang::papers;
use crate::lang::papers::bulletin as say;
use crate::lang::terms;
use crate::report::View;
use crate::report::bulletin::Charts;
use crate::report::bulletin::facts::Facts;
use crate::report::bulletin::facts::rows;
use crate::report::list;
use crate::table::Table;
use crate::template::Fault;
use crate::template::Line;
use crate::template::Mark;
use crate::template::Wrong;
use crate::terms::State;

/// Makes the document of the lines.
pub(super) fn document(
    view: &View<'_>,
    facts: Facts,
    wording: &str,
    lines: &[Line],
    charts: Charts,
) -> std::result::Result<Document, Fault> {
    let mut paper = Paper {
        view,
        facts: &facts,
        wording,
        charts,
        annexes: annexes(lines),
        title: None,
        blocks: Vec::new(),
        items: Vec::new(),
        annex: 0,
        issuer: None,
    };
    for line in lines {
        paper.line(line)?;
    }
    paper.end_list();
    if paper.issuer.is_some() {
        return Err(paper.fault(Mark::By, "", Wrong::Unpaired(Mark::By)));
    }
    Ok(Document {
        title: paper
            .title
            .unwrap_or_else(|| say::TITLE.text(view.lang).to_owned()),
        blocks: paper.blocks,
        data: facts.data,
        lang: view.lang.code(),
    })
}

/// Returns the titles of the annexes, in order.
fn annexes(lines: &[Line]) -> Vec<String> {
    let title = |line: &Line| match line {
        Line::Placed(Mark::Annex, text) => Some(part_and_title(text).1.to_owned()),
        Line::Placed(_, _)
        | Line::Title(_)
        | Line::Heading(_, _)
        | Line::Item(_)
        | Line::Paragraph(_) => None,
    };
    lines.iter().filter_map(title).collect()
}

fn part_and_title(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

/// A paper in the making.
struct Paper<'p> {
    view: &'p View<'p>,
    facts: &'p Facts,
    wording: &'p str,
    charts: Charts,
    annexes: Vec<String>,
    title: Option<String>,
    blocks: Vec<Block>,
    /// The items of the list that is going on.
    items: Vec<String>,
    /// How many annexes have begun.
    annex: usize,
    /// Who issues it, until the day is known.
    issuer: Option<String>,
}

impl Paper<'_> {
    fn line(&mut self, line: &Line) -> std::result::Result<(), Fault> {
        if let Line::Item(text) = line {
            self.items.push(text.clone());
            return Ok(());
        }
        self.end_list();
        match line {
            Line::Title(text) => self.title = Some(text.clone()),
            Line::Heading(level, text) => self.blocks.push(Block::Heading {
                level: *level,
                text: text.clone(),
            }),
            Line::Item(_) => {}
            Line::Paragraph(text) => self.blocks.push(Block::Paragraph(text.clone())),
            Line::Placed(mark, text) => self.placed(*mark, text)?,
        }
        Ok(())
    }

    fn end_list(&mut self) {
        if !self.items.is_empty() {
            self.blocks
                .push(Block::List(std::mem::take(&mut self.items)));
        }
    }

    fn placed(&mut self, mark: Mark, text: &str) -> std::result::Result<(), Fault> {
        let owned = || text.to_owned();
        match mark {
            Mark::Number => self.formal(Formal::Number(owned())),
            Mark::Date => self.formal(Formal::Dateline(owned())),
            Mark::To => self.formal(Formal::Addressee(owned())),
            Mark::Annexes if self.annexes.is_empty() => {}
            Mark::Annexes => self.formal(Formal::Annexes(self.annexes.clone())),
            Mark::By => self.issuer = Some(owned()),
            Mark::On => match self.issuer.take() {
                Some(by) => self.formal(Formal::Signature { by, on: owned() }),
                None => return Err(self.fault(mark, text, Wrong::Unpaired(mark))),
            },
            Mark::Table => {
                let mut table = self.table(mark, text)?;
                table.notes.clear();
                self.blocks.push(Block::Table(table));
            }
            Mark::Chart => {
                let chart = self.chart(text)?;
                if self.charts == Charts::With {
                    self.blocks.push(Block::Chart(chart));
                }
            }
            Mark::Annex => self.annex(text)?,
        }
        Ok(())
    }

    fn formal(&mut self, formal: Formal) {
        self.blocks.push(Block::Formal(formal));
    }

    /// A table on pages of its own, which lie, because it has many columns.
    fn annex(&mut self, text: &str) -> std::result::Result<(), Fault> {
        let (part, title) = part_and_title(text);
        let mut table = self.table(Mark::Annex, part)?;
        if !title.is_empty() {
            table.title = String::new();
        }
        self.annex += 1;
        let label = match self.annexes.len() {
            1 => say::annex(""),
            _ => say::annex(self.annex),
        };
        self.blocks.push(Block::Annex(Annex {
            label: label.text(self.view.lang).trim_end().to_owned(),
            title: title.to_owned(),
            sheet: Sheet::Lying,
        }));
        self.blocks.push(Block::Table(table));
        Ok(())
    }

    fn table(&self, mark: Mark, part: &str) -> std::result::Result<Table, Fault> {
        let mut table = match part {
            "units" => self.facts.units.clone(),
            "chapters" => self.facts.chapters.clone(),
            "ledger" => self.ledger(),
            _ => return Err(self.unknown_part(mark, part)),
        };
        // The paper says its days and its plan once, above.
        table.subtitle.clear();
        Ok(table)
    }

    /// Returns what is still to be done: neither closed nor cancelled, of every kind.
    fn ledger(&self) -> Table {
        let is_open = |state: State| !matches!(state, State::Closed | State::Cancelled);
        let mut open = self.view.obligations();
        open.retain(|at| is_open(self.view.book.position(*at).state));
        let mut table = list::some(self.view, &open, say::OPEN);
        table.notes = vec![papers::obligations_shown(open.len()).into_text(self.view.lang)];
        table
    }

    fn chart(&self, part: &str) -> std::result::Result<Chart, Fault> {
        let lang = self.view.lang;
        match part {
            "states" => {
                let states = &self.facts.states;
                let bar = |(state, count, percent): &(State, u64, String)| Bar {
                    label: terms::state(*state).text(lang).to_owned(),
                    value: Some(*count),
                    words: say::share(count, percent).into_text(lang),
                };
                Ok(Chart {
                    title: say::STATES.text(lang).to_owned(),
                    full: states.iter().map(|(_, count, _)| *count).sum(),
                    bars: states.iter().map(bar).collect(),
                })
            }
            "chapters" => {
                let rows = rows(&self.facts.chapters);
                let bars = rows.iter().map(|row| {
                    let share = row.share("completion");
                    let percent = share.percent();
                    let words =
                        percent.map(|percent| say::completion(share.part, share.whole, percent));
                    Bar {
                        label: row.text("name").to_owned(),
                        value: percent.and_then(|percent| u64::try_from(percent.0).ok()),
                        words: words.map_or(String::new(), |words| words.into_text(lang)),
                    }
                });
                Ok(Chart {
                    title: say::CHAPTERS.text(lang).to_owned(),
                    full: 1000,
                    bars: bars.collect(),
                })
            }
            _ => Err(self.unknown_part(Mark::Chart, part)),
        }
    }

    fn unknown_part(&self, mark: Mark, part: &str) -> Fault {
        self.fault(mark, part, Wrong::UnknownPart(mark, part.to_owned()))
    }

    fn fault(&self, mark: Mark, word: &str, what: Wrong) -> Fault {
        Fault::of_mark(self.wording, mark, word, what)
    }
}
