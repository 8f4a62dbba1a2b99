//! csv of any Chinese encoding → a grid, whose rows bear the numbers of the lines of the file.

use super::Address;
use super::Book;
use super::Epoch;
use super::Fault;
use super::Gathering;
use super::Seen;
use super::Sheet;
use super::Value;
use csv::ReaderBuilder;
use encoding_rs::Encoding;
use encoding_rs::GB18030;
use encoding_rs::UTF_8;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A text and how it was read.
#[derive(Clone, Debug)]
pub struct Decoded<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Whether the bytes prove it.
    pub certainty: Certainty,
}

/// Whether bytes prove their encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// They begin with its mark, or they are UTF-8 from end to end, or somebody said so.
    Sure,
    /// They only can be read so.
    Assumed,
}

/// Decodes a text: the encoding that was named, else its mark, else UTF-8 from end to end, else GB18030.
pub fn decode<'b>(bytes: &'b [u8], named: Option<&str>) -> Result<Decoded<'b>, Fault> {
    let as_said = |encoding: &'static Encoding, certainty, bytes: &'b [u8]| {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        match had_errors {
            true => Err(Fault::Encoding),
            false => Ok(Decoded {
                text,
                encoding: encoding.name(),
                certainty,
            }),
        }
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return as_said(encoding, Certainty::Sure, &bytes[mark..]);
    }
    if let Some(name) = named {
        let encoding = Encoding::for_label(name.as_bytes()).ok_or(Fault::Encoding)?;
        return as_said(encoding, Certainty::Sure, bytes);
    }
    as_said(UTF_8, Certainty::Sure, bytes).or_else(|_| as_said(GB18030, Certainty::Assumed, bytes))
}

/// Reads a text whose fields stand between commas, tabs or semicolons.
pub fn read(text: &str) -> Result<Book, Fault> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet {
        name: String::new(),
        seen: Seen::Visible,
        rows: BTreeMap::new(),
        merges: Vec::new(),
    };
    let mut gathering = Gathering::new();
    for record in reader.records() {
        let record = record.map_err(|error| Fault::Damaged(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = u32::try_from(line).unwrap_or(u32::MAX);
        for (column, field) in (1u32..).zip(record.iter()) {
            let at = Address { row, column };
            gathering.put(&mut sheet, at, Value::Text(field.trim().to_owned()))?;
        }
    }
    Ok(Book {
        sheets: vec![sheet],
        epoch: Epoch::From1900,
    })
}

/// Returns the sign that stands between the fields of the first lines, whichever is there oftener.
fn delimiter(text: &str) -> u8 {
    /// How many lines are looked at.
    const LOOKED_AT: usize = 20;
    let count = |sign: u8| {
        let lines = text.lines().take(LOOKED_AT);
        lines
            .map(|line| line.bytes().filter(|byte| *byte == sign).count())
            .sum::<usize>()
    };
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}
