//! Lines → a tree of headings. Which kind of mark stands under which is learned from the document.

use crate::plan::notice::doubt;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::head::ends_sentence;
use crate::plan::notice::mark;
use crate::plan::notice::mark::Kind;
use crate::plan::notice::mark::Mark;
use crate::plan::notice::page::Block;
use crate::plan::notice::page::Line;
use crate::plan::notice::page::Table;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;

/// A heading with what stands under it.
#[derive(Debug)]
pub(super) struct Node {
    /// Its mark; `None` for a heading that has none.
    pub(super) mark: Option<Mark>,
    /// The paragraph it stands in, with the mark.
    pub(super) text: Text,
    pub(super) line: u32,
    /// Paragraphs of its own below it, before the first heading under it.
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) under: Vec<Node>,
    pub(super) tables: Vec<Table>,
}

/// A paragraph without a mark of its own.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) text: Text,
    pub(super) line: u32,
}

/// A body taken apart.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// What stands before the first heading.
    pub(super) before: Vec<Paragraph>,
    /// Tables before the first heading.
    pub(super) tables: Vec<Table>,
    pub(super) nodes: Vec<Node>,
    /// The list of contents, where there is one.
    pub(super) contents: Vec<Paragraph>,
    pub(super) doubts: Vec<Doubt>,
}

/// A level of headings: a kind of mark and how deep a decimal of it is.
type Level = (Kind, usize);

/// Reads the headings of a body.
pub(super) fn read(body: Vec<Block>) -> Outline {
    let (body, contents) = without_contents(body);
    let mut reader = Reader {
        outline: Outline {
            contents,
            ..Outline::default()
        },
        open: Vec::new(),
        order: Vec::new(),
        last: Vec::new(),
        goes_on: false,
    };
    let plain_chapters = unmarked_chapters(&body);
    for (at, block) in body.into_iter().enumerate() {
        match block {
            Block::Table(table) => reader.table(table),
            Block::Line(line) if plain_chapters.contains(&at) => reader.plain_chapter(&line),
            Block::Line(line) => {
                for piece in reader.pieces(&line) {
                    reader.piece(piece, line.number);
                }
            }
        }
    }
    reader.finish()
}

/// The reading of one body.
struct Reader {
    outline: Outline,
    /// The headings that are open, outermost first.
    open: Vec<(Option<Level>, Node)>,
    /// Which level stands under which, outermost first.
    order: Vec<Level>,
    /// The last number of each level.
    last: Vec<(Level, u32)>,
    /// Whether numbers were seen to go on over chapters.
    goes_on: bool,
}

impl Reader {
    fn table(&mut self, table: Table) {
        match self.open.last_mut() {
            Some((_, node)) => node.tables.push(table),
            None => self.outline.tables.push(table),
        }
    }

    fn plain_chapter(&mut self, line: &Line) {
        self.close_to(0);
        // Under a new chapter every count begins again.
        self.last.clear();
        self.open
            .push((None, node(None, Text::new(&line.text), line.number)));
    }

    /// Splits a line where a heading of the run begins inside it.
    fn pieces(&self, line: &Line) -> Vec<Text> {
        let text = Text::new(&line.text);
        let mut expected: Vec<(Level, u32)> = self.last.clone();
        let start = mark::at_start(&text);
        if let Some(mark) = &start {
            note(&mut expected, mark);
        }
        let mut cuts = Vec::new();
        for inner in mark::inside(&text) {
            let level = (inner.mark.kind, inner.mark.depth);
            // Only the higher kinds are headings inside a line; lower ones are parts of a measure.
            let is_high = matches!(inner.mark.kind, Kind::Part | Kind::Han | Kind::HanParen);
            let next = expected
                .iter()
                .any(|(other, value)| *other == level && value + 1 == inner.mark.value);
            let first = inner.mark.value == 1
                && is_high
                && self
                    .level_of(start.as_ref())
                    .or_else(|| self.top())
                    .is_none_or(|above| above.0 < inner.mark.kind);
            if is_high && (next || first) && ends_sentence(inner.boundary) && !inner.mark.weak {
                cuts.push(inner.at);
                note(&mut expected, &inner.mark);
            }
        }
        let mut pieces = Vec::new();
        let mut from = 0;
        for cut in cuts {
            pieces.push(Text::new(text.slice(from..cut).trim()));
            from = cut;
        }
        pieces.push(Text::new(text.slice(from..text.plain.len()).trim()));
        pieces.retain(|piece| !piece.raw.is_empty());
        pieces
    }

    fn level_of(&self, mark: Option<&Mark>) -> Option<Level> {
        mark.map(|mark| (mark.kind, mark.depth))
    }

    fn top(&self) -> Option<Level> {
        self.open.last().and_then(|(level, _)| *level)
    }

    fn piece(&mut self, text: Text, line: u32) {
        let mark = mark::at_start(&text).filter(|mark| self.fits(mark, &text));
        let Some(mark) = mark else {
            self.paragraph(Paragraph { text, line });
            return;
        };
        let level = (mark.kind, mark.depth);
        let known = self.order.iter().position(|other| *other == level);
        let place = match known {
            Some(place) => place,
            None => self.learn(level),
        };
        // Everything at or below this level ends here.
        let keep = self
            .open
            .iter()
            .take_while(|(open, _)| match open {
                None => true,
                Some(open) => self
                    .order
                    .iter()
                    .position(|other| other == open)
                    .is_some_and(|at| at < place),
            })
            .count();
        self.close_to(keep);
        self.check_number(level, &mark, line, &text);
        self.last.retain(|(other, _)| *other != level);
        self.last.push((level, mark.value));
        self.open.push((Some(level), node(Some(mark), text, line)));
    }

    /// Puts a level that is met for the first time under the one that is open.
    fn learn(&mut self, level: Level) -> usize {
        let place = match level.0 {
            Kind::Part => 0,
            Kind::Han => usize::from(
                self.order
                    .first()
                    .is_some_and(|first| first.0 == Kind::Part),
            ),
            _ => {
                let top = self.open.iter().rev().find_map(|(level, _)| *level);
                let above = top.and_then(|top| self.order.iter().position(|other| *other == top));
                above.map_or(0, |above| above + 1)
            }
        };
        self.order.insert(place, level);
        place
    }

    /// Tells whether a mark can be a heading here; otherwise it is a part of the text.
    fn fits(&self, mark: &Mark, text: &Text) -> bool {
        let level = (mark.kind, mark.depth);
        let last = self
            .last
            .iter()
            .find(|(other, _)| *other == level)
            .map(|(_, value)| *value);
        let goes_on = last.is_some_and(|last| mark.value == last + 1);
        let begins = mark.value == 1;
        let rest = text.plain[mark.end..].trim();
        if rest.is_empty() {
            return false;
        }
        if mark.kind == Kind::Shi {
            // “一是…” is a heading only right under a chapter.
            return (begins || goes_on) && self.shi_is_heading();
        }
        if goes_on || (begins && !mark.weak) {
            return true;
        }
        if begins {
            return !rest.starts_with(|sign: char| sign.is_ascii());
        }
        // A number that is out of order is one that was mistyped or whose neighbour was lost.
        let near = last.is_some_and(|last| mark.value <= last + 3 && mark.value + 2 >= last);
        !mark.weak && near && mark.kind <= Kind::NumParen
    }

    fn shi_is_heading(&self) -> bool {
        match self.open.as_slice() {
            [] => false,
            [_] => true,
            [_, (Some((Kind::Shi, _)), _)] => true,
            _ => false,
        }
    }

    fn check_number(&mut self, level: Level, mark: &Mark, line: u32, text: &Text) {
        let siblings = match self.open.last() {
            Some((_, above)) => &above.under,
            None => &self.outline.nodes,
        };
        let before = siblings.iter().rev().find_map(|node| {
            let mark = node.mark.as_ref()?;
            ((mark.kind, mark.depth) == level).then_some(mark.value)
        });
        let words: String = text.raw.chars().take(24).collect();
        match before {
            Some(before) if mark.value != before + 1 => {
                self.outline.doubts.push(doubt::numbering_gap(line, &words));
            }
            Some(_) => {}
            None if mark.value != 1 => {
                let overall = self.last.iter().find(|(other, _)| *other == level);
                match overall {
                    Some((_, last)) if mark.value == last + 1 => {
                        // Said once: it is the way of the whole notice.
                        if !std::mem::replace(&mut self.goes_on, true) {
                            self.outline.doubts.push(doubt::numbering_on(line, &words));
                        }
                    }
                    Some(_) | None => self.outline.doubts.push(doubt::numbering_gap(line, &words)),
                }
            }
            None => {}
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        match self.open.last_mut() {
            Some((_, node)) => node.paragraphs.push(paragraph),
            None => self.outline.before.push(paragraph),
        }
    }

    fn close_to(&mut self, keep: usize) {
        while self.open.len() > keep {
            let Some((_, node)) = self.open.pop() else {
                return;
            };
            match self.open.last_mut() {
                Some((_, above)) => above.under.push(node),
                None => self.outline.nodes.push(node),
            }
        }
    }

    fn finish(mut self) -> Outline {
        self.close_to(0);
        self.outline
    }
}

fn note(expected: &mut Vec<(Level, u32)>, mark: &Mark) {
    let level = (mark.kind, mark.depth);
    // A new heading starts the counts below it again.
    expected.retain(|(other, _)| other.0 <= level.0 && *other != level);
    expected.push((level, mark.value));
}

fn node(mark: Option<Mark>, text: Text, line: u32) -> Node {
    Node {
        mark,
        text,
        line,
        paragraphs: Vec::new(),
        under: Vec::new(),
        tables: Vec::new(),
    }
}

/// Takes a list of contents out: lines after 目录 up to where its first entry stands again.
fn without_contents(body: Vec<Block>) -> (Vec<Block>, Vec<Paragraph>) {
    let text = |block: &Block| match block {
        Block::Line(line) => signs::key(&line.text),
        Block::Table(_) => String::new(),
    };
    let entry = |key: &str| -> String {
        let cut = key.trim_end_matches(|sign: char| {
            sign.is_ascii_digit() || matches!(sign, '.' | '…' | '-' | '—' | '(' | ')')
        });
        cut.to_owned()
    };
    let start = body.iter().take(40).position(|block| text(block) == "目录");
    let again = start.and_then(|start| {
        let first = entry(&text(body.get(start + 1)?));
        if first.is_empty() {
            return None;
        }
        body.iter()
            .enumerate()
            .skip(start + 2)
            .find(|(_, block)| entry(&text(block)) == first)
            .map(|(at, _)| (start, at))
    });
    let Some((start, again)) = again else {
        return (body, Vec::new());
    };
    let mut rest = Vec::new();
    let mut contents = Vec::new();
    for (at, block) in body.into_iter().enumerate() {
        match block {
            Block::Line(line) if (start..again).contains(&at) => contents.push(Paragraph {
                text: Text::new(&line.text),
                line: line.number,
            }),
            Block::Line(_) | Block::Table(_) => rest.push(block),
        }
    }
    (rest, contents)
}

/// Finds chapters without a mark: short lines each before a run that begins again at one, or lines
/// in a heading style when no marked line carries one.
fn unmarked_chapters(body: &[Block]) -> Vec<usize> {
    let lines: Vec<(usize, &Line, Text)> = body
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block {
            Block::Line(line) => Some((at, line, Text::new(&line.text))),
            Block::Table(_) => None,
        })
        .collect();
    let is_bare = |text: &Text| {
        (2..=40).contains(&signs::length(&text.plain))
            && !text.plain.ends_with(['。', ':', ';', ',', '、'])
            && !text.plain.contains('。')
            && mark::at_start(text).is_none()
    };
    // The highest kind of mark that the body has.
    let marks: Vec<Option<Mark>> = lines
        .iter()
        .map(|(.., text)| mark::at_start(text).filter(|mark| !mark.weak))
        .collect();
    let Some(top) = marks
        .iter()
        .flatten()
        .filter(|mark| mark.kind != Kind::Shi)
        .map(|mark| mark.kind)
        .min()
    else {
        return Vec::new();
    };
    let starts: Vec<usize> = marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| {
            mark.as_ref()
                .is_some_and(|mark| mark.kind == top && mark.value == 1)
        })
        .map(|(at, _)| at)
        .collect();
    if starts.len() >= 2 {
        let heads: Vec<usize> = starts
            .iter()
            .filter(|start| **start > 0)
            .map(|start| start - 1)
            .filter(|at| is_bare(&lines[*at].2))
            .collect();
        // The first run may begin without one; every later one must have it.
        if heads.len() + 1 >= starts.len()
            && !heads.is_empty()
            && heads.len() >= 2.min(starts.len())
        {
            return heads.into_iter().map(|at| lines[at].0).collect();
        }
    }
    let styled: Vec<usize> = lines
        .iter()
        .filter(|(_, line, text)| line.heading.is_some() && is_bare(text))
        .map(|(at, ..)| *at)
        .collect();
    let marked_style = lines
        .iter()
        .any(|(_, line, text)| line.heading.is_some() && mark::at_start(text).is_some());
    match styled.len() >= 2 && !marked_style && top > Kind::Han {
        true => styled,
        false => Vec::new(),
    }
}
