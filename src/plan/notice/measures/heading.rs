//! The heading of a measure: up to the first full stop, without what it says of owners.

use crate::plan::notice::dates;
use crate::plan::notice::dates::Place;
use crate::plan::notice::mark;
use crate::plan::notice::mark::Boundary;
use crate::plan::notice::mark::Inner;
use crate::plan::notice::mark::Kind;
use crate::plan::notice::outline::Node;
use crate::plan::notice::outline::Paragraph;
use crate::plan::notice::owners;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;
use std::ops::Range;

/// A heading taken apart.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) label: Option<String>,
    pub(super) title: String,
    /// What stands behind it in the same paragraph.
    pub(super) rest: String,
}

impl Heading {
    /// Takes the heading of a node apart.
    pub(super) fn of(node: &Node) -> Heading {
        let start = node.mark.as_ref().map_or(0, |mark| mark.end);
        Heading {
            label: node.mark.as_ref().map(|mark| mark.label.clone()),
            ..in_text(&node.text, start)
        }
    }
}

/// Takes a heading apart that begins at a byte of the compared text.
pub(super) fn in_text(text: &Text, start: usize) -> Heading {
    let plain = &text.plain;
    let end = first_stop(plain, start).unwrap_or(plain.len());
    let end = at_blank(plain, start, end);
    let end = at_run(text, start, end);
    let mut spans: Vec<Range<usize>> = owners::find(text).spans;
    spans.extend(due_brackets(text));
    spans.sort_by_key(|span| span.start);
    let mut title = String::new();
    let mut from = start;
    for span in spans {
        if span.start >= end {
            break;
        }
        if span.start > from {
            title.push_str(text.slice(from..span.start));
        }
        from = from.max(span.end);
    }
    if from < end {
        title.push_str(text.slice(from..end));
    }
    let trimmed = title
        .trim()
        .trim_end_matches(['。', '：', ':', ';', '；', '，', ',', ' ', '\u{3000}', '.'])
        .trim();
    let title = match trimmed.is_empty() {
        true => text.slice(start..end).trim().to_owned(),
        false => trimmed.to_owned(),
    };
    // Something must be its name: where nothing stands behind the mark, all of it.
    let title = match title.is_empty() {
        true => text.raw.trim().to_owned(),
        false => title,
    };
    let rest = plain[end..].trim_start_matches(['。', ' ', '.', ':']);
    let rest = text
        .slice(plain.len() - rest.len()..plain.len())
        .trim()
        .to_owned();
    Heading {
        label: None,
        title,
        rest,
    }
}

/// Returns the first full stop outside of brackets and quotes; where all are inside, the first.
fn first_stop(plain: &str, start: usize) -> Option<usize> {
    let mut depth = 0i32;
    let mut inside = None;
    for (at, sign) in plain[start..].char_indices() {
        match sign {
            '(' | '[' | '“' | '《' => depth += 1,
            ')' | ']' | '”' | '》' => depth = (depth - 1).max(0),
            '。' if depth == 0 => return Some(start + at),
            '。' => {
                inside.get_or_insert(start + at);
            }
            _ => {}
        }
    }
    inside
}

/// A short heading that a wide blank sets off from a long text: its line end was lost.
fn at_blank(plain: &str, start: usize, end: usize) -> usize {
    let line = &plain[start..end];
    let Some(at) = line.find(' ') else {
        return end;
    };
    let (head, rest) = line.split_at(at);
    let is_heading = (4..=36).contains(&signs::length(head))
        && !head.contains([',', ';', ':'])
        && head.chars().all(|sign| !sign.is_ascii());
    match is_heading && signs::length(rest) > 24 && rest.contains(',') {
        true => start + at,
        false => end,
    }
}

/// A colon before “①”, “1.” or “一是” ends a heading, too.
fn at_run(text: &Text, start: usize, end: usize) -> usize {
    let line = &text.plain[start..end];
    let runs = line
        .match_indices(':')
        .map(|(at, colon)| (start + at, start + at + colon.len()));
    let mut runs = runs.filter(|(_, after)| {
        let skip = text.plain[*after..].len() - text.plain[*after..].trim_start().len();
        mark::at(text, after + skip).is_some_and(|mark| mark.value == 1)
    });
    runs.next().map_or(end, |(at, _)| at)
}

/// Returns brackets that hold a deadline and nothing else: “（6月底前完成）”.
fn due_brackets(text: &Text) -> Vec<Range<usize>> {
    let plain = &text.plain;
    let mut found = Vec::new();
    let mut start = None;
    for (at, sign) in plain.char_indices() {
        match sign {
            '(' | '[' => start = Some(at),
            ')' | ']' => {
                if let Some(start) = start.take()
                    && dates::is_when(&plain[start + 1..at])
                    && !dates::find(&plain[start + 1..at], Some((2000, 2000)), Place::Field)
                        .is_empty()
                {
                    found.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    found
}

/// Returns every paragraph of a measure, those of its parts too, labels joined to their names.
pub(super) fn paragraphs(node: &Node) -> Vec<Paragraph> {
    let mut all = vec![Paragraph {
        text: node.text.clone(),
        line: node.line,
    }];
    all.extend(super::joined(&node.paragraphs));
    for under in &node.under {
        all.extend(paragraphs(under));
    }
    all
}

/// Returns the whole text of a measure, as written.
pub(super) fn whole(node: &Node) -> String {
    let mut texts = vec![node.text.raw.as_str()];
    collect(node, &mut texts);
    texts.join("\n")
}

fn collect<'n>(node: &'n Node, texts: &mut Vec<&'n str>) {
    texts.extend(
        node.paragraphs
            .iter()
            .map(|paragraph| paragraph.text.raw.as_str()),
    );
    for under in &node.under {
        texts.push(&under.text.raw);
        collect(under, texts);
    }
}

/// Headings inside the text of one node.
#[derive(Debug)]
pub(super) struct Inline {
    pub(super) before: String,
    pub(super) nodes: Vec<Node>,
}

/// Returns the headings that run inside the paragraphs of a chapter, where at least two do.
pub(super) fn inline(node: &Node) -> Option<Inline> {
    let heading = Heading::of(node);
    let start = node.text.plain.len() - signs::plain(&heading.rest).len();
    let mut sources: Vec<(Text, u32)> = Vec::new();
    if !heading.rest.is_empty() {
        sources.push((node.text.from(start), node.line));
    }
    sources.extend(
        node.paragraphs
            .iter()
            .map(|paragraph| (paragraph.text.clone(), paragraph.line)),
    );
    let mut kind: Option<(Kind, usize)> = None;
    let mut next = 1;
    let mut nodes: Vec<Node> = Vec::new();
    let mut before = String::new();
    for (text, line) in sources {
        let cuts = run(&text, &mut kind, &mut next);
        let first = cuts.first().map_or(text.plain.len(), |cut| cut.at);
        let lead = text.slice(0..first).trim();
        if !lead.is_empty() {
            match nodes.last_mut() {
                Some(node) => node.paragraphs.push(Paragraph {
                    text: Text::new(lead),
                    line,
                }),
                None => {
                    if !before.is_empty() {
                        before.push('\n');
                    }
                    before.push_str(lead);
                }
            }
        }
        for (at, cut) in cuts.iter().enumerate() {
            let end = cuts.get(at + 1).map_or(text.plain.len(), |next| next.at);
            let part = Text::new(text.slice(cut.at..end).trim());
            nodes.push(Node {
                mark: mark::at_start(&part),
                text: part,
                line,
                paragraphs: Vec::new(),
                under: Vec::new(),
                tables: Vec::new(),
            });
        }
    }
    (nodes.len() >= 2).then_some(Inline { before, nodes })
}

/// Returns the marks of one run inside a text: 一是 … 二是 …, 1. … 2. …
fn run(text: &Text, kind: &mut Option<(Kind, usize)>, next: &mut u32) -> Vec<Inner> {
    let mut candidates = mark::inside(text);
    if let Some(mark) = mark::at_start(text) {
        candidates.insert(
            0,
            Inner {
                at: 0,
                boundary: Boundary::Stop,
                mark,
            },
        );
    }
    let mut cuts = Vec::new();
    for inner in candidates {
        let level = (inner.mark.kind, inner.mark.depth);
        let same = kind.is_none_or(|kind| kind == level);
        if same && inner.mark.value == *next && !inner.mark.weak {
            *kind = Some(level);
            *next += 1;
            cuts.push(inner);
        }
    }
    cuts
}

/// Returns the parts of a measure: headings under it, or a run inside its text.
pub(super) fn parts(node: &Node) -> Vec<(Text, u32)> {
    if !node.under.is_empty() {
        return node
            .under
            .iter()
            .map(|under| {
                let start = under.mark.as_ref().map_or(0, |mark| mark.end);
                (under.text.from(start), under.line)
            })
            .collect();
    }
    let Some(inline) = inline(node) else {
        return Vec::new();
    };
    inline
        .nodes
        .iter()
        .map(|part| {
            let start = part.mark.as_ref().map_or(0, |mark| mark.end);
            (part.text.from(start), part.line)
        })
        .collect()
}
