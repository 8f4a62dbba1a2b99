//! Bytes → text in any Chinese encoding, and plain text → lines.

use crate::plan::notice::mark;
use crate::plan::notice::page::Block;
use crate::plan::notice::page::Cell;
use crate::plan::notice::page::Line;
use crate::plan::notice::page::Repeats;
use crate::plan::notice::page::Row;
use crate::plan::notice::page::Table;
use crate::plan::notice::page::tidy;
use crate::plan::notice::signs::Text;
use crate::plan::notice::table;
use encoding_rs::BIG5;
use encoding_rs::Encoding;
use encoding_rs::GB18030;
use encoding_rs::UTF_8;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;

/// A text and how its bytes were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding, where it was not said by the file and not UTF-8.
    pub(super) assumed: Option<&'static str>,
}

/// Reads bytes: by their mark, else as UTF-8, else as GB18030 or Big5, whichever reads as Chinese.
///
/// `None` when no encoding reads them without an error.
pub(super) fn decode(bytes: &[u8], wanted: Option<&'static Encoding>) -> Option<Decoded> {
    if let Some(encoding) = wanted {
        return whole(encoding, bytes).map(known);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[mark..]).map(known);
    }
    if !looks_wide(bytes)
        && let Some(text) = whole(UTF_8, bytes)
    {
        return Some(known(text));
    }
    let readings = match looks_wide(bytes) {
        true => [UTF_16LE, UTF_16BE],
        false => [GB18030, BIG5],
    };
    let mut best: Option<(usize, Decoded)> = None;
    for encoding in readings {
        let Some(text) = whole(encoding, bytes) else {
            continue;
        };
        let score = likeness(&text);
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            let assumed = Some(encoding.name());
            best = Some((score, Decoded { text, assumed }));
        }
    }
    best.map(|(_, decoded)| decoded)
}

fn known(text: String) -> Decoded {
    Decoded {
        text,
        assumed: None,
    }
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then(|| text.into_owned())
}

/// Tells whether bytes look like UTF-16 without its mark: line ends with a zero beside them.
fn looks_wide(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    start.contains(&0)
        && start
            .windows(2)
            .any(|pair| pair == b"\n\0" || pair == b"\0\n")
}

/// Returns how much a text reads as Chinese: the commonest signs of notices in it.
fn likeness(text: &str) -> usize {
    const COMMON: &str = "，。、：的年月日市各工作和县縣府關关于於有政人民实實施应應急管理";
    let sample = text.chars().take(20_000);
    sample.filter(|sign| COMMON.contains(*sign)).count()
}

/// Returns the encoding of a name, such as `gb18030`, `big5`, `utf-8`.
pub(super) fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// Returns the lines of a plain text; lines of cells under known headings become a table.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Open> = None;
    let text = text.replace("\r\n", "\n");
    let lines = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']);
    let lines: Vec<(u32, String)> = (1u32..).zip(lines.map(str::to_owned)).collect();
    for (number, raw) in unwrapped(lines) {
        let raw = raw.as_str();
        let cells = cells(raw);
        let is_rule = cells
            .iter()
            .all(|cell| cell.chars().all(|sign| "-:—= ".contains(sign)));
        if let Some(table) = open.as_mut() {
            if cells.len() > 1 || (is_rule && !raw.trim().is_empty()) {
                if !is_rule {
                    table.take(cells, number);
                }
                continue;
            }
            if raw.trim().is_empty() {
                continue;
            }
        }
        if let Some(table) = open.take() {
            blocks.push(Block::Table(table.close()));
        }
        if cells.len() > 2 && table::is_head(&cells) {
            let mut table = Open { rows: Vec::new() };
            table.take(cells, number);
            open = Some(table);
            continue;
        }
        let text = tidy(raw);
        if !text.is_empty() {
            blocks.push(Block::Line(Line {
                text,
                number,
                ..Line::default()
            }));
        }
    }
    if let Some(table) = open {
        blocks.push(Block::Table(table.close()));
    }
    blocks
}

/// Joins lines that were broken at a fixed width: most long lines have the same length then, and a
/// paragraph begins with a blank or a mark.
fn unwrapped(lines: Vec<(u32, String)>) -> Vec<(u32, String)> {
    let length = |line: &str| line.trim().chars().count();
    let long: Vec<usize> = lines
        .iter()
        .map(|(_, line)| length(line))
        .filter(|length| *length >= 15)
        .collect();
    let widest = long.iter().copied().max().unwrap_or(0);
    let full = long.iter().filter(|length| **length + 3 >= widest).count();
    if long.len() < 12 || widest > 60 || full * 2 < long.len() {
        return lines;
    }
    let mut joined: Vec<(u32, String)> = Vec::new();
    let mut goes_on = false;
    for (number, line) in lines {
        let begins = line.starts_with(|sign: char| sign.is_whitespace())
            || line.trim().is_empty()
            || mark::at_start(&Text::new(line.trim())).is_some();
        let is_full =
            length(&line) + 3 >= widest && !line.trim_end().ends_with(['。', '：', ':', '；']);
        match joined.last_mut() {
            Some((_, before)) if goes_on && !begins => before.push_str(line.trim()),
            Some(_) | None => joined.push((number, line)),
        }
        goes_on = is_full;
    }
    joined
}

/// A table of a plain text as its rows are read.
struct Open {
    rows: Vec<Row>,
}

impl Open {
    fn take(&mut self, cells: Vec<String>, number: u32) {
        let cells = cells.into_iter().map(|text| Cell {
            text,
            repeats: Repeats::No,
        });
        self.rows.push(Row {
            cells: cells.collect(),
            number,
        });
    }

    fn close(self) -> Table {
        Table { rows: self.rows }
    }
}

/// Splits a line into cells at tabs or bars; a line with neither is one cell.
fn cells(raw: &str) -> Vec<String> {
    let separator = match (raw.contains('\t'), raw.contains(['|', '｜', '│'])) {
        (_, true) => ['|', '｜', '│'],
        (true, false) => ['\t', '\t', '\t'],
        (false, false) => return vec![tidy(raw)],
    };
    let inner = raw.trim().trim_start_matches(separator);
    let inner = inner.strip_suffix(separator).unwrap_or(inner);
    inner.split(separator).map(tidy).collect()
}
