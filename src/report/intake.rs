//! What somebody else's table asks to be recorded, as a paper: entries, doubts, what else to know.

use crate::calendar::Day;
use crate::document::Block;
use crate::document::Document;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::intake as say;
use crate::lang::papers::column as title;
use crate::lang::terms;
use crate::recording::intake::Doubt;
use crate::recording::intake::Remark;
use crate::recording::intake::Spot;
use crate::report::words;
use crate::table::Cell;
use crate::table::Datum;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::Event;

/// Everything there is to say of what was read.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// Whether it was recorded.
    pub written: Written,
    /// What was read, a line for each file.
    pub sources: Vec<Source>,
    /// What is to be recorded, or was.
    pub entries: Vec<Line>,
    /// What was recorded before.
    pub there: Vec<There>,
    /// What is in doubt.
    pub doubts: Vec<Doubt>,
    /// What else to know.
    pub remarks: Vec<Remark>,
    /// Rows in which nothing stands.
    pub blank: usize,
    /// Rows that were looked at.
    pub rows: usize,
}

/// Whether anything was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// It was.
    Yes,
    /// It was only looked at.
    #[default]
    No,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub file: String,
    /// What it is, in words.
    pub said: Said,
    /// What it is, for programs: names and values.
    pub facts: Vec<(&'static str, Datum)>,
}

/// An entry that is to be recorded, or was.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it stands.
    pub spot: Spot,
    /// The obligation.
    pub obligation: String,
    /// What happened.
    pub event: Event,
    /// The value.
    pub value: String,
    /// The day.
    pub date: Day,
    /// What there is to say.
    pub note: String,
    /// The names of files that prove it.
    pub evidence: Vec<String>,
    /// What it changes, in words.
    pub changed: String,
    /// The entry, once it is written.
    pub entry: Option<String>,
}

/// Something that was recorded before.
#[derive(Clone, Debug)]
pub struct There {
    /// Where it stands.
    pub spot: Spot,
    /// The obligation.
    pub obligation: String,
    /// As what.
    pub said: Said,
    /// The entry; of one that stands twice in what was read, none.
    pub entry: Option<String>,
}

/// Makes the paper.
pub fn document(paper: &Paper, lang: Lang) -> Document {
    let title = match (paper.written, paper.entries.is_empty()) {
        (_, true) if paper.doubts.is_empty() => say::NOTHING_NEW,
        (_, true) => say::NOTHING_CLEAR,
        (Written::Yes, false) => say::RECORDED,
        (Written::No, false) => say::WOULD_RECORD,
    };
    let mut blocks: Vec<Block> = paper
        .sources
        .iter()
        .map(|source| Block::Paragraph(source.said.text(lang).to_owned()))
        .collect();
    if !paper.entries.is_empty() {
        blocks.push(Block::Table(entries(paper, lang)));
    }
    let place = |spot: &Spot| match paper.sources.len() {
        0 | 1 => spot.cell.clone(),
        _ => format!("{} {}", spot.file, spot.cell),
    };
    let of = |obligation: Option<&str>| obligation.map_or(String::new(), |of| format!(" {of}"));
    let colon = crate::lang::render::COLON.text(lang);
    let line = |spot: &Spot, obligation: Option<&str>, said: &str| {
        format!("{}{}{colon}{said}", place(spot), of(obligation))
    };
    let mut list = |heading: Word, lines: Vec<String>| {
        if !lines.is_empty() {
            blocks.push(Block::Heading {
                level: 2,
                text: heading.text(lang).to_owned(),
            });
            blocks.push(Block::List(lines));
        }
    };
    let doubts = paper.doubts.iter().map(|doubt| {
        let mut said = doubt.why.text(lang).to_owned();
        if let Some(help) = &doubt.help {
            said = match lang {
                Lang::Zh => format!("{said}（{}）", help.zh),
                Lang::En => format!("{said} ({})", help.en),
            };
        }
        line(&doubt.spot, doubt.obligation.as_deref(), &said)
    });
    list(say::DOUBTS, doubts.collect());
    let remarks = paper.remarks.iter();
    let remarks = remarks.map(|remark| line(&remark.spot, None, remark.said.text(lang)));
    list(say::REMARKS, remarks.collect());
    let there = paper.there.iter();
    let there = there.map(|of| line(&of.spot, Some(&of.obligation), of.said.text(lang)));
    list(say::THERE, there.collect());
    let counts = [
        paper.entries.len(),
        paper.there.len(),
        paper.doubts_in_rows(),
        paper.blank,
    ];
    let [entries, there, doubts, blank] = counts;
    let counted = match paper.written {
        Written::Yes => say::rows_recorded(paper.rows, entries, there, doubts, blank),
        Written::No => say::rows_read(paper.rows, entries, there, doubts, blank),
    };
    blocks.push(Block::Paragraph(counted.into_text(lang)));
    Document {
        title: title.text(lang).to_owned(),
        data: data(paper, lang),
        blocks,
        lang: lang.code(),
    }
}

impl Paper {
    /// Returns in how many rows something is in doubt: what is read and not otherwise counted.
    fn doubts_in_rows(&self) -> usize {
        self.rows
            .saturating_sub(self.blank + self.there.len() + self.entries.len())
    }
}

fn entries(paper: &Paper, lang: Lang) -> Table {
    let some = |text: &str| match text.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(text.to_owned()),
    };
    let cells = |line: &Line| -> [Cell; 10] {
        [
            Cell::maybe(line.entry.clone(), Cell::Ref),
            match paper.sources.len() {
                0 | 1 => Cell::Empty,
                _ => some(&line.spot.file),
            },
            Cell::Ref(line.spot.cell.clone()),
            Cell::Ref(line.obligation.clone()),
            Cell::Word {
                code: line.event.code(),
                word: terms::event(line.event).text(lang),
            },
            some(&line.value),
            Cell::Date(line.date),
            some(&line.note),
            some(&line.changed),
            match line.evidence.is_empty() {
                true => Cell::Empty,
                false => Cell::List(line.evidence.clone()),
            },
        ]
    };
    let titles = [
        ("entry", say::ENTRY),
        ("file", say::FILE),
        ("cell", say::CELL),
        ("obligation", title::OBLIGATION),
        ("event", title::EVENT),
        ("value", title::VALUE),
        ("date", title::DATE),
        ("note", title::NOTE),
        ("changed", say::CHANGED),
        ("evidence", title::EVIDENCE_FILES),
    ];
    let rows: Vec<[Cell; 10]> = paper.entries.iter().map(cells).collect();
    // A column in which nothing stands is none: the paper is a proposal, not a record.
    let is_filled = |at: usize| rows.iter().any(|row| row[at] != Cell::Empty);
    let kept: Vec<usize> = (0..titles.len()).filter(|at| is_filled(*at)).collect();
    let columns = kept.iter().map(|at| {
        let (key, title) = titles[*at];
        words::text_column(key, title, Shown::Always, lang)
    });
    let columns = columns.collect();
    let rows = rows.iter().map(|row| Row {
        role: Role::Body,
        cells: kept.iter().map(|at| row[*at].clone()).collect(),
    });
    Table {
        title: String::new(),
        subtitle: Vec::new(),
        head: Vec::new(),
        columns,
        rows: rows.collect(),
        tail: Vec::new(),
        total_without: &[],
        notes: Vec::new(),
        parts: Vec::new(),
        left_out: String::new(),
        lang: lang.code(),
    }
}

fn data(paper: &Paper, lang: Lang) -> Vec<(&'static str, Datum)> {
    let place = |spot: &Spot| {
        vec![
            ("file", Datum::from(spot.file.as_str())),
            ("cell", spot.cell.as_str().into()),
        ]
    };
    let with = |mut pairs: Vec<(&'static str, Datum)>, more: Vec<(&'static str, Datum)>| {
        pairs.extend(more);
        Datum::Map(pairs)
    };
    let count = |count: usize| Datum::from(count as u64);
    let sources = paper.sources.iter().map(|source| {
        with(
            vec![("file", source.file.as_str().into())],
            source.facts.clone(),
        )
    });
    let entries = paper.entries.iter().map(|line| {
        let evidence = line.evidence.iter().map(|name| name.as_str().into());
        with(
            place(&line.spot),
            vec![
                ("obligation", line.obligation.as_str().into()),
                ("event", line.event.code().into()),
                ("value", line.value.as_str().into()),
                ("date", line.date.to_string().into()),
                ("note", line.note.as_str().into()),
                ("evidence", Datum::List(evidence.collect())),
                ("changed", line.changed.as_str().into()),
                ("entry", line.entry.as_deref().into()),
            ],
        )
    });
    let there = paper.there.iter().map(|of| {
        with(
            place(&of.spot),
            vec![
                ("obligation", of.obligation.as_str().into()),
                ("entry", of.entry.as_deref().into()),
            ],
        )
    });
    let doubts = paper.doubts.iter().map(|doubt| {
        with(
            place(&doubt.spot),
            vec![
                ("obligation", doubt.obligation.as_deref().into()),
                ("message", doubt.why.text(lang).into()),
                (
                    "help",
                    doubt.help.as_ref().map(|help| help.text(lang)).into(),
                ),
            ],
        )
    });
    let remarks = paper.remarks.iter().map(|remark| {
        with(
            place(&remark.spot),
            vec![("message", remark.said.text(lang).into())],
        )
    });
    vec![
        ("schema", "duban/intake@1".into()),
        ("written", (paper.written == Written::Yes).into()),
        ("rows", count(paper.rows)),
        ("blank", count(paper.blank)),
        ("sources", Datum::List(sources.collect())),
        ("entries", Datum::List(entries.collect())),
        ("there", Datum::List(there.collect())),
        ("doubts", Datum::List(doubts.collect())),
        ("remarks", Datum::List(remarks.collect())),
    ]
}
