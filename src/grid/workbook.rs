//! The cells of a workbook, read one after another; the one place that knows a reader of workbooks.

use super::Address;
use super::Book;
use super::Epoch;
use super::Fault;
use super::Gathering;
use super::MOST_SHEETS;
use super::MOST_UNPACKED;
use super::Merge;
use super::OLE;
use super::Odd;
use super::Seen;
use super::Sheet;
use super::Value;
use super::package;
use crate::calendar::Day;
use calamine::DataRef;
use calamine::Reader;
use calamine::SheetVisible;
use calamine::Style;
use calamine::Xlsx;
use calamine::XlsxError;
use std::collections::BTreeMap;
use std::io;
use std::io::Cursor;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;

/// How many merged cells are kept.
const MOST_MERGES: usize = 20_000;

/// How often the bytes of a workbook may be gone through: sheets may share one part.
const MOST_PASSES: u64 = 4;

pub(super) fn read(bytes: &[u8]) -> Result<Book, Fault> {
    if bytes.starts_with(OLE) {
        return Err(Fault::OldOrLocked);
    }
    if !bytes.starts_with(b"PK") {
        return Err(Fault::NotAWorkbook);
    }
    let counted = Counted {
        bytes: Cursor::new(package::unpacked(bytes)?),
        left: MOST_PASSES * MOST_UNPACKED,
    };
    let mut book = Xlsx::new(counted).map_err(fault)?;
    let found = book.sheets_metadata().to_vec();
    if found.is_empty() {
        return Err(Fault::NotAWorkbook);
    }
    if found.len() > MOST_SHEETS {
        return Err(Fault::TooManySheets(found.len()));
    }
    let epoch = match book.has_1904_epoch() {
        true => Epoch::From1904,
        false => Epoch::From1900,
    };
    let mut gathering = Gathering::new();
    let mut sheets = Vec::new();
    for sheet in found {
        let seen = match sheet.visible {
            SheetVisible::Visible => Seen::Visible,
            SheetVisible::Hidden | SheetVisible::VeryHidden => Seen::Hidden,
        };
        let mut into = Sheet {
            name: sheet.name,
            seen,
            rows: BTreeMap::new(),
            merges: Vec::new(),
        };
        match cells(&mut book, &mut into, &mut gathering, epoch)? {
            Kind::Cells => sheets.push(into),
            Kind::Other => {}
        }
    }
    Ok(Book { sheets, epoch })
}

/// What a tab of a workbook shows.
enum Kind {
    /// Cells.
    Cells,
    /// A chart or a dialog.
    Other,
}

/// Reads the cells and the merges of one sheet.
fn cells(
    book: &mut Xlsx<Counted>,
    into: &mut Sheet,
    gathering: &mut Gathering,
    epoch: Epoch,
) -> Result<Kind, Fault> {
    let name = into.name.clone();
    let mut reader = match book.worksheet_cells_reader(&name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Kind::Other),
        Err(error) => return Err(fault(error)),
    };
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(fault)? {
        let (row, column) = cell.get_position();
        let is_percent = reader.styles().get(style).is_some_and(shows_percent);
        if let Some(value) = value(cell.get_value(), is_percent, epoch) {
            let at = Address {
                row: row.saturating_add(1),
                column: column.saturating_add(1),
            };
            gathering.put(into, at, value)?;
        }
    }
    drop(reader);
    let merges = book.merge_cells_by_sheet_name(&name).map_err(fault)?;
    let address = |(row, column): (u32, u32)| Address {
        row: row.saturating_add(1),
        column: column.saturating_add(1),
    };
    into.merges = merges
        .into_iter()
        .take(MOST_MERGES)
        .map(|merge| Merge {
            first: address(merge.start),
            last: address(merge.end),
        })
        .collect();
    Ok(Kind::Cells)
}

/// Tells whether cells of a style show their number as a percent.
fn shows_percent(style: &Style) -> bool {
    style
        .number_format
        .as_ref()
        .is_some_and(|format| format.format_code.contains('%'))
}

/// Returns what stands in a cell; a blank one holds nothing.
fn value(data: &DataRef<'_>, is_percent: bool, epoch: Epoch) -> Option<Value> {
    let text = |text: &str| match text.is_empty() {
        true => None,
        false => Some(Value::Text(text.to_owned())),
    };
    match data {
        DataRef::Empty => None,
        DataRef::String(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::Int(number) => Some(number_value(&number.to_string(), is_percent)),
        DataRef::Float(number) => Some(number_value(&decimal(*number), is_percent)),
        DataRef::Bool(_) => Some(Value::Odd(Odd::Flag)),
        DataRef::Error(_) => Some(Value::Odd(Odd::Error)),
        DataRef::DateTime(time) if time.is_duration() => Some(Value::Odd(Odd::Time)),
        DataRef::DateTime(time) => Some(match day(time.as_f64(), epoch) {
            Some(day) => Value::Day(day),
            None => Value::Odd(Odd::Time),
        }),
        DataRef::DateTimeIso(words) => Some(match Day::parse(words.get(..10).unwrap_or(words)) {
            Some(day) => Value::Day(day),
            None => Value::Odd(Odd::Time),
        }),
        DataRef::DurationIso(_) => Some(Value::Odd(Odd::Time)),
    }
}

fn number_value(decimal: &str, is_percent: bool) -> Value {
    match is_percent {
        true => Value::Percent(format!("{}%", times_hundred(decimal))),
        false => Value::Number(decimal.to_owned()),
    }
}

/// Returns the day of a number that is shown as a date; the time of day is left aside.
fn day(number: f64, epoch: Epoch) -> Option<Day> {
    let digits = decimal(number);
    let whole = digits.split('.').next()?;
    epoch.day(whole.parse().ok()?)
}

/// Returns a number in decimal digits, as many as a spreadsheet shows: 0.1 + 0.2 is 0.3.
fn decimal(number: f64) -> String {
    let digits = format!("{number:.9}");
    match digits.contains('.') {
        true => digits
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => digits,
    }
}

/// Moves the point of a decimal by two digits.
fn times_hundred(decimal: &str) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", decimal),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{fraction:0<2}");
    let (more, rest) = padded.split_at(2);
    let joined = format!("{whole}{more}");
    let whole = match joined.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    match rest {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

fn fault(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::OldOrLocked,
        error => Fault::Damaged(error.to_string()),
    }
}

/// Bytes that may be read so often and no oftener.
struct Counted {
    bytes: Cursor<Vec<u8>>,
    left: u64,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("its sheets are read over and over"))?;
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}
