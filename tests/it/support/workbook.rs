//! Workbooks by other hands: parts zipped as a test wants them, and sheets filled in and saved again.

use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use std::io::Cursor;
use std::io::Write;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What stands in a cell that a test fills in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    Number(f64),
    /// A number in a cell that shows a percent.
    Percent(f64),
    /// A date cell.
    Date(u16, u8, u8),
}

/// A text.
pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// A sheet of ours as another program holds it: the page that is seen, and the hidden one.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) merges: Vec<(u32, u16, u32, u16)>,
    pub(crate) more_pages: Vec<String>,
    pub(crate) hidden: Vec<Vec<Cell>>,
}

impl Page {
    /// Opens a sheet that was made.
    pub(crate) fn open(bytes: &[u8]) -> Page {
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let names = book.sheet_names();
        let mut rows = |at: usize| -> Vec<Vec<Cell>> {
            let range = book.worksheet_range_at(at).unwrap().unwrap();
            assert_eq!(range.start(), Some((0, 0)));
            let cell = |data: &Data| match data {
                Data::Empty => Cell::Blank,
                Data::String(of) => text(of),
                other => panic!("{other:?} in a sheet of ours"),
            };
            range
                .rows()
                .map(|row| row.iter().map(cell).collect())
                .collect()
        };
        Page {
            rows: rows(0),
            hidden: rows(1),
            name: names[0].clone(),
            merges: Vec::new(),
            more_pages: Vec::new(),
        }
    }

    /// Where a text stands: row and column from 0.
    #[track_caller]
    pub(crate) fn find(&self, wanted: &str) -> (usize, usize) {
        let rows = self.rows.iter().enumerate();
        let mut found = rows.filter_map(|(row, cells)| {
            let column = cells.iter().position(|cell| *cell == text(wanted))?;
            Some((row, column))
        });
        found
            .next()
            .unwrap_or_else(|| panic!("there is no {wanted}"))
    }

    /// Fills in a field of a row.
    #[track_caller]
    pub(crate) fn fill(&mut self, row: &str, title: &str, value: Cell) -> &mut Page {
        let (row, _) = self.find(row);
        let (_, column) = self.find(title);
        let cells = &mut self.rows[row];
        cells.resize(cells.len().max(column + 1), Cell::Blank);
        cells[column] = value;
        self
    }

    /// Saves it as another program would.
    pub(crate) fn save(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for name in &self.more_pages {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            sheet.write_string(0, 0, "责任事项").unwrap();
        }
        let sheet = book.add_worksheet().set_name(&self.name).unwrap();
        write(sheet, &self.rows);
        for (row, column, to_row, to_column) in &self.merges {
            let value = &self.rows[*row as usize][usize::from(*column)];
            let Cell::Text(value) = value else {
                panic!("only texts are merged")
            };
            sheet
                .merge_range(*row, *column, *to_row, *to_column, value, &Format::new())
                .unwrap();
        }
        if !self.hidden.is_empty() {
            let sheet = book.add_worksheet().set_name("duban").unwrap();
            write(sheet, &self.hidden);
            sheet.set_hidden(true);
        }
        book.save_to_buffer().unwrap()
    }
}

fn write(sheet: &mut rust_xlsxwriter::Worksheet, rows: &[Vec<Cell>]) {
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => {
                    sheet.write_string(row, column, text).unwrap();
                }
                Cell::Number(number) => {
                    sheet.write_number(row, column, *number).unwrap();
                }
                Cell::Percent(number) => {
                    let look = Format::new().set_num_format("0.0%");
                    sheet
                        .write_number_with_format(row, column, *number, &look)
                        .unwrap();
                }
                Cell::Date(year, month, day) => {
                    let date = ExcelDateTime::from_ymd(*year, *month, *day).unwrap();
                    let look = Format::new().set_num_format("yyyy/m/d");
                    sheet
                        .write_datetime_with_format(row, column, &date, &look)
                        .unwrap();
                }
            }
        }
    }
}

/// Zips parts.
pub(crate) fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        to.start_file(name, options).unwrap();
        to.write_all(content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// The parts of the smallest workbook, with the xml of its one sheet.
pub(crate) fn parts(sheet: &str) -> Vec<(String, Vec<u8>)> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    [
        (
            "[Content_Types].xml",
            format!("<Types xmlns=\"{PACKAGE}/content-types\"/>"),
        ),
        (
            "_rels/.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"b\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ]
    .map(|(name, content)| (name.to_owned(), content.into_bytes()))
    .to_vec()
}
