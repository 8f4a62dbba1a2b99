//! json and jsonl: every column, keys in their order, texts exact.
//!
//! Written by hand around `serde_json`'s escaping, because its maps sort their keys.

use crate::document::Document;
use crate::table::Cell;
use crate::table::Column;
use crate::table::Datum;
use crate::table::Role;
use crate::table::Row;
use crate::table::Table;
use crate::text::hidden_character;
use crate::text::is_hidden;

/// Returns one object: a field a line, then a row a line.
pub(super) fn table(table: &Table) -> String {
    let mut fields: Vec<String> = table.head.iter().map(field).collect();
    fields.push(format!("\"rows\":{}", lines('[', &rows(table), ']')));
    fields.extend(total(table).map(|total| format!("\"total\":{{{}}}", total.join(","))));
    fields.extend(table.tail.iter().map(field));
    lines('{', &fields, '}') + "\n"
}

/// Returns the head and tail as one object on the first line, then a row a line; the total, if any,
/// is the last and begins with `"key":"total"`.
pub(super) fn table_lines(table: &Table) -> String {
    let head: Vec<String> = table.head.iter().chain(&table.tail).map(field).collect();
    let mut written = vec![format!("{{{}}}", head.join(","))];
    written.extend(rows(table));
    written.extend(total(table).map(|total| {
        let fields = [vec!["\"key\":\"total\"".to_owned()], total].concat();
        format!("{{{}}}", fields.join(","))
    }));
    written.join("\n") + "\n"
}

/// Returns the data of a document, a field a line.
pub(super) fn document(document: &Document) -> String {
    let fields: Vec<String> = document.data.iter().map(field).collect();
    lines('{', &fields, '}') + "\n"
}

/// Returns the data of a document on one line.
pub(super) fn document_line(document: &Document) -> String {
    let fields: Vec<String> = document.data.iter().map(field).collect();
    format!("{{{}}}\n", fields.join(","))
}

/// Returns a value on one line.
pub(super) fn datum(datum: &Datum) -> String {
    match datum {
        Datum::Null => "null".to_owned(),
        Datum::Bool(flag) => flag.to_string(),
        Datum::Int(number) => number.to_string(),
        Datum::Text(text) => string(text),
        Datum::List(list) => {
            let list: Vec<String> = list.iter().map(self::datum).collect();
            format!("[{}]", list.join(","))
        }
        Datum::Map(map) => {
            let fields: Vec<String> = map.iter().map(field).collect();
            format!("{{{}}}", fields.join(","))
        }
    }
}

/// Returns members one a line, between signs that open and close.
pub(super) fn lines(open: char, members: &[String], close: char) -> String {
    match members.is_empty() {
        true => format!("{open}{close}"),
        false => format!("{open}\n{}\n{close}", members.join(",\n")),
    }
}

fn field((key, value): &(&'static str, Datum)) -> String {
    format!("{}:{}", string(key), datum(value))
}

/// Returns a text between quotes. What is not seen stands as its code: exact for programs, and
/// harmless where somebody looks at it on a terminal.
fn string(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    if hidden_character(&quoted).is_none() {
        return quoted;
    }
    let mut written = String::with_capacity(quoted.len() + 16);
    for sign in quoted.chars() {
        match is_hidden(sign) {
            false => written.push(sign),
            true => {
                let mut units = [0; 2];
                for unit in sign.encode_utf16(&mut units) {
                    written.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    written
}

fn rows(table: &Table) -> Vec<String> {
    let body = table.rows.iter().filter(|row| row.role == Role::Body);
    body.map(|row| {
        let fields: Vec<String> = table
            .columns
            .iter()
            .zip(&row.cells)
            .map(cell_field)
            .collect();
        format!("{{{}}}", fields.join(","))
    })
    .collect()
}

fn total(table: &Table) -> Option<Vec<String>> {
    let row: &Row = table.rows.iter().find(|row| row.role == Role::Total)?;
    let cells = table.columns.iter().zip(&row.cells);
    let kept = cells.filter(|(column, _)| !table.total_without.contains(&column.key));
    Some(kept.map(cell_field).collect())
}

fn cell_field((column, cell): (&Column, &Cell)) -> String {
    format!("{}:{}", string(column.key), datum(&cell.datum()))
}
