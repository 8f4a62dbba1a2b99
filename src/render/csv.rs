//! csv: every column under its key, figures flat, texts exact but for the guard against spreadsheets.

use crate::document::Document;
use crate::render::Bom;
use crate::render::Look;
use crate::table::Cell;
use crate::table::Datum;
use crate::table::Role;
use crate::table::Table;
use std::borrow::Cow;

/// What a spreadsheet would run when a cell begins with it.
const RUNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Returns a header of keys and a record for each row, the total last.
pub(super) fn table(table: &Table, look: &Look) -> Vec<u8> {
    let shapes: Vec<Shape> = (0..table.columns.len())
        .map(|at| Shape::of_column(table, at))
        .collect();
    let header = table.columns.iter().zip(&shapes);
    let mut records = vec![
        header
            .flat_map(|(column, shape)| shape.keys(column.key))
            .collect(),
    ];
    for row in &table.rows {
        let mut record = Vec::new();
        for ((column, shape), cell) in table.columns.iter().zip(&shapes).zip(&row.cells) {
            match row.role {
                Role::Total if column.key == "key" => record.push("total".to_owned()),
                Role::Total if table.total_without.contains(&column.key) => {
                    record.extend(shape.fields(&Cell::Empty));
                }
                Role::Body if *cell == Cell::Text("-".to_owned()) && column.key == "key" => {
                    record.push("-".to_owned());
                }
                Role::Body | Role::Total => record.extend(shape.fields(cell)),
            }
        }
        records.push(record);
    }
    write(&records, look)
}

/// Returns the data of a document as pairs: the path of each value, such as `rows.0.name`, and it.
pub(super) fn document(document: &Document, look: &Look) -> Vec<u8> {
    let mut records = vec![vec!["key".to_owned(), "value".to_owned()]];
    for (key, datum) in &document.data {
        flatten(key, datum, &mut records);
    }
    write(&records, look)
}

/// Into which fields the cells of a column fall apart.
enum Shape {
    One,
    Share,
    Counts(Vec<&'static str>),
}

impl Shape {
    /// The first cell that shows a shape gives it to the whole column.
    fn of_column(table: &Table, at: usize) -> Shape {
        let shape = |cell: &Cell| match cell {
            Cell::Share(_) => Some(Shape::Share),
            Cell::Counts(counts) => {
                Some(Shape::Counts(counts.iter().map(|(key, _)| *key).collect()))
            }
            Cell::Empty
            | Cell::Text(_)
            | Cell::Ref(_)
            | Cell::Count(_)
            | Cell::Signed(_)
            | Cell::Percent(_)
            | Cell::Date(_)
            | Cell::Flag(_)
            | Cell::Word { .. }
            | Cell::Words(_)
            | Cell::Shortened { .. }
            | Cell::Light { .. }
            | Cell::List(_)
            | Cell::Reasons(_) => None,
        };
        let mut cells = table.rows.iter().map(|row| &row.cells[at]);
        cells.find_map(shape).unwrap_or(Shape::One)
    }

    fn keys(&self, key: &str) -> Vec<String> {
        match self {
            Shape::One => vec![key.to_owned()],
            Shape::Share => ["part", "whole", "percent"]
                .map(|part| format!("{key}_{part}"))
                .to_vec(),
            Shape::Counts(keys) => keys.iter().map(|part| format!("{key}_{part}")).collect(),
        }
    }

    fn fields(&self, cell: &Cell) -> Vec<String> {
        match (self, cell) {
            (Shape::Share, Cell::Share(share)) => vec![
                share.part.to_string(),
                share.whole.to_string(),
                share
                    .percent()
                    .map_or(String::new(), |percent| percent.to_string()),
            ],
            (Shape::Counts(keys), Cell::Counts(counts)) => keys
                .iter()
                .map(|key| counts.iter().find(|(counted, _)| counted == key))
                .map(|count| count.map_or(String::new(), |(_, count)| count.to_string()))
                .collect(),
            (Shape::Share, _) => vec![String::new(); 3],
            (Shape::Counts(keys), _) => vec![String::new(); keys.len()],
            (Shape::One, cell) => vec![field(cell)],
        }
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        // Compound cells have a shape of their own and never come here.
        Cell::Empty | Cell::Share(_) | Cell::Counts(_) => String::new(),
        Cell::Text(text) | Cell::Ref(text) => guarded(text).into_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Signed(number) => number.to_string(),
        Cell::Percent(tenths) => tenths.to_string(),
        Cell::Date(day) => day.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Word { code, .. } => (*code).to_owned(),
        Cell::Words(words) => {
            let codes: Vec<&str> = words.iter().map(|(code, _)| *code).collect();
            codes.join(";")
        }
        Cell::Shortened { whole, .. } => guarded(whole).into_owned(),
        Cell::Light { light, .. } => light.code().to_owned(),
        Cell::List(texts) => guarded(&texts.join(";")).into_owned(),
        Cell::Reasons(reasons) => {
            let reasons: Vec<String> = reasons
                .iter()
                .map(|reason| match plain(&reason.value) {
                    value if value.is_empty() => reason.code.to_owned(),
                    value => format!("{}:{value}", reason.code),
                })
                .collect();
            reasons.join(";")
        }
    }
}

/// Puts an apostrophe before a text that a spreadsheet would run; it shows the text and runs nothing.
fn guarded(text: &str) -> Cow<'_, str> {
    match text.starts_with(RUNS) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

fn flatten(path: &str, datum: &Datum, records: &mut Vec<Vec<String>>) {
    match datum {
        Datum::Map(map) => {
            for (key, datum) in map {
                flatten(&format!("{path}.{key}"), datum, records);
            }
        }
        Datum::List(list) => {
            for (at, datum) in list.iter().enumerate() {
                flatten(&format!("{path}.{at}"), datum, records);
            }
        }
        Datum::Text(text) => records.push(vec![path.to_owned(), guarded(text).into_owned()]),
        Datum::Null | Datum::Bool(_) | Datum::Int(_) => {
            records.push(vec![path.to_owned(), plain(datum)]);
        }
    }
}

fn plain(datum: &Datum) -> String {
    match datum {
        Datum::Null => String::new(),
        Datum::Bool(flag) => flag.to_string(),
        Datum::Int(number) => number.to_string(),
        Datum::Text(text) => text.clone(),
        Datum::List(list) => list.iter().map(plain).collect::<Vec<_>>().join(";"),
        Datum::Map(map) => map
            .iter()
            .map(|(_, datum)| plain(datum))
            .collect::<Vec<_>>()
            .join(";"),
    }
}

fn write(records: &[Vec<String>], look: &Look) -> Vec<u8> {
    let mut bytes = match look.bom {
        Bom::With => "\u{feff}".as_bytes().to_vec(),
        Bom::Without => Vec::new(),
    };
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(&mut bytes);
    for record in records {
        writer
            .write_record(record)
            .expect("a vector takes every byte");
    }
    writer.flush().expect("a vector takes every byte");
    drop(writer);
    bytes
}
