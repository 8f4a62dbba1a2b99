//! Many wishes in one text: csv with a header, or one JSON object a line.
//!
//! Gives names and values as they stand, with the line of each; what they mean is settled elsewhere.

use crate::lang::Said;
use crate::lang::recording as say;
use crate::names;
use std::collections::BTreeMap;

/// What a line may say: the name of each column, and its title in the journal's words.
const KEYS: [(&str, &str); 12] = [
    ("event", "事件"),
    ("obligation", "责任事项"),
    ("item", "事项"),
    ("unit", "单位"),
    ("period", "周期"),
    ("value", "数值"),
    ("date", "日期"),
    ("as", "行为单位"),
    ("by", "经办人"),
    ("ref", "文号"),
    ("evidence", "佐证"),
    ("note", "备注"),
];

/// One line: names and values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the text, from 1.
    pub number: u64,
    values: BTreeMap<&'static str, String>,
}

impl Line {
    /// Returns what the line says under a name.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }
}

/// Reads all lines, or says on which one reading failed.
///
/// A text whose first sign is `{` is JSON lines, everything else csv.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, (u64, Said)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| (line_of(bytes, error.valid_up_to()), say::batch_not_utf8()))?;
    match text.trim_start().starts_with('{') {
        true => json_lines(text),
        false => csv(text),
    }
}

fn line_of(bytes: &[u8], at: usize) -> u64 {
    bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}

fn csv(text: &str) -> Result<Vec<Line>, (u64, Said)> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        (line, say::batch_unreadable(error))
    };
    let header = reader.headers().map_err(unreadable)?.clone();
    let keys = header
        .iter()
        .map(|name| key(name).map_err(|said| (1, said)))
        .collect::<Result<Vec<_>, _>>()?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let number = record.position().map_or(0, csv::Position::line);
        let values = keys.iter().copied().zip(record.iter().map(str::to_owned));
        lines.push(Line {
            number,
            values: values.collect(),
        });
    }
    Ok(lines)
}

fn json_lines(text: &str) -> Result<Vec<Line>, (u64, Said)> {
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let number = at as u64 + 1;
        if line.trim().is_empty() {
            continue;
        }
        let failed = |said: Said| (number, said);
        let value: serde_json::Value =
            serde_json::from_str(line).map_err(|error| failed(say::batch_unreadable(error)))?;
        let serde_json::Value::Object(object) = value else {
            return Err(failed(say::batch_not_object()));
        };
        let mut values = BTreeMap::new();
        for (name, value) in object {
            let text = match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Number(number) => number.to_string(),
                serde_json::Value::Null => String::new(),
                serde_json::Value::Bool(_)
                | serde_json::Value::Array(_)
                | serde_json::Value::Object(_) => {
                    return Err(failed(say::batch_not_text(name)));
                }
            };
            values.insert(key(&name).map_err(failed)?, text);
        }
        lines.push(Line { number, values });
    }
    Ok(lines)
}

/// Returns the name that is meant: in English, or the title of the journal's column in Chinese.
fn key(name: &str) -> Result<&'static str, Said> {
    let folded = names::fold(name).to_lowercase();
    KEYS.into_iter()
        .find(|(key, title)| *key == folded || *title == folded)
        .map(|(key, _)| key)
        .ok_or_else(|| {
            let said = say::batch_no_column(name);
            let keys = KEYS.map(|(key, _)| key).join(", ");
            let columns = say::batch_columns(KEYS.map(|(_, title)| title).join("、"), keys);
            Said {
                zh: format!("{}；{}", said.zh, columns.zh),
                en: format!("{}; {}", said.en, columns.en),
            }
        })
}
