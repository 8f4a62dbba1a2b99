//! The chain of a journal file, checked from the written rules alone: none of the program's code.

use crate::office::digest;

/// A line that follows from the one above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number.
    pub(crate) seq: u64,
    /// Its note, where that needs no quotes.
    pub(crate) note: String,
    /// Its id.
    pub(crate) id: String,
}

/// Reads a whole file; says what is wrong with the first line that does not follow.
pub(crate) fn read(bytes: &[u8], writer: &str) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    if bytes.is_empty() {
        return Ok(lines);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let text = text
        .strip_prefix("\u{feff}seq,recorded_at,date,event,item,unit,period,value,as,by,ref,evidence,note,id\n")
        .ok_or("no header")?;
    let mut above = digest(&format!("duban-journal/1,town-2013,{writer}"));
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let line = line.strip_suffix('\n').ok_or("no line end")?;
        let (body, id) = line.rsplit_once(',').ok_or("no id")?;
        if digest(&format!("{above},{body}")) != id {
            return Err(format!("record {} does not follow: {line}", at + 1));
        }
        if body.split(',').next() != Some(&(at + 1).to_string()) {
            return Err(format!("record {} has another number: {line}", at + 1));
        }
        above = id.to_owned();
        lines.push(Line {
            seq: at as u64 + 1,
            note: body.rsplit(',').next().unwrap_or_default().to_owned(),
            id: id.to_owned(),
        });
    }
    Ok(lines)
}
