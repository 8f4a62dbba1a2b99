//! Reads records again with their texts, for those who show them.

use super::JournalFile;
use super::Lines as Wanted;
use super::claims;
use super::horizon::Horizon;
use super::lines::Lines;
use super::seen::Seen;
use super::seen::Standing;
use crate::journal::Entry;
use crate::journal::Known;
use crate::journal::line;
use crate::journal::line::Record;
use crate::terms::Event;
use std::io;
use std::rc::Rc;

/// Returns the known records of all files that are wanted, file by file in the order of their lines.
///
/// `wanted` is asked with the writer, the line and the record. Copies of files and doubles are left
/// out as in `scan`.
pub fn entries(
    files: &[JournalFile],
    plan_id: &str,
    known: &Known,
    wanted: &dyn Fn(&str, u32, &Record<'_>) -> bool,
) -> io::Result<Vec<Entry>> {
    let mut files: Vec<&JournalFile> = files.iter().collect();
    files.sort_by(|a, b| a.writer.as_bytes().cmp(b.writer.as_bytes()));
    let copies = claims::copies(&files, plan_id)?;
    let mut found = Vec::new();
    for file in files {
        if copies.iter().any(|copy| Rc::ptr_eq(&copy.file, &file.name)) {
            continue;
        }
        of_file(file, known, wanted, &mut found)?;
    }
    Ok(found)
}

/// Returns the records on lines that a scan named, file by file in the order of their lines.
///
/// Other lines are only counted.
pub fn on_lines(files: &[JournalFile], wanted: &Wanted) -> io::Result<Vec<Entry>> {
    let mut files: Vec<&JournalFile> = files.iter().collect();
    files.sort_by(|a, b| a.writer.as_bytes().cmp(b.writer.as_bytes()));
    let mut found = Vec::new();
    for file in files {
        let Some(last) = wanted.get(&file.writer).and_then(|lines| lines.last()) else {
            continue;
        };
        let mut lines = Lines::open(&file.content)?;
        let mut number = 0u32;
        while number < *last
            && let Some(line) = lines.next_line()?
        {
            number += 1;
            if wanted[&file.writer].contains(&number)
                && let Ok(record) = line::read(line.bytes)
            {
                found.push(entry(file, number, record));
            }
        }
    }
    Ok(found)
}

fn of_file(
    file: &JournalFile,
    known: &Known,
    wanted: &dyn Fn(&str, u32, &Record<'_>) -> bool,
    found: &mut Vec<Entry>,
) -> io::Result<()> {
    let mut lines = Lines::open(&file.content)?;
    let mut seen = Seen::default();
    let mut horizon = Horizon::of(known, &file.writer);
    let mut number = 0u32;
    while let Some(line) = lines.next_line()? {
        number = number.saturating_add(1);
        let Ok(record) = line::read(line.bytes) else {
            continue;
        };
        if let Standing::Double = seen.add(record.seq, record.id) {
            continue;
        }
        if horizon.knows(&record) && wanted(&file.writer, number, &record) {
            found.push(entry(file, number, record));
        }
    }
    Ok(())
}

fn entry(file: &JournalFile, line: u32, record: Record<'_>) -> Entry {
    let fields = record.fields.values.map(|value| value.into_owned());
    Entry {
        file: Rc::clone(&file.name),
        writer: Rc::clone(&file.writer),
        line,
        seq: record.seq,
        recorded_at: record.recorded_at,
        date: record.date,
        event: Event::from_code(&fields[3]),
        id: record.id,
        fields,
    }
}
