//! One sheet: title, lines, header, rows and notes of a table, or the text of a document.

use crate::calendar::Day;
use crate::document::Block;
use crate::figures::Tenths;
use crate::lang;
use crate::lang::Lang;
use crate::render::cells;
use crate::render::cells::Space;
use crate::render::formal;
use crate::render::safe::one_line;
use crate::render::wrap;
use crate::render::xlsx::columns;
use crate::render::xlsx::columns::Column;
use crate::render::xlsx::columns::Value;
use crate::render::xlsx::look;
use crate::render::xlsx::look::RowStyles;
use crate::render::xlsx::look::Styles;
use crate::table::Role;
use crate::table::Row;
use crate::table::Table;
use crate::terms::Light;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::IgnoreError;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeSet;

/// How many UTF-16 units a cell may hold.
const LONGEST: usize = 32_767;

/// How many UTF-16 units a third of a footer may hold, of 255 in all.
const LONGEST_FOOTER: usize = 100;

/// How many pixels go on a page before the letters become too small to read.
const PAGE: usize = 1_900;

/// The pixels of the widest column.
const WIDEST: u32 = 1_790;

/// The number of A4 among the papers of a printer.
const A4: u8 = 9;

/// Rows of a table on one sheet.
pub(super) struct Grid<'a> {
    pub(super) table: &'a Table,
    pub(super) title: &'a str,
    pub(super) rows: &'a [&'a Row],
    pub(super) notes: &'a [String],
    pub(super) styles: &'a Styles,
    pub(super) lang: Lang,
}

impl Grid<'_> {
    /// Writes the sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let columns = columns::of(self.table, self.rows, self.lang);
        for (at, column) in (0u16..).zip(&columns) {
            sheet.set_column_width_pixels(at, pixels(column.width))?;
        }
        let widths: Vec<usize> = columns.iter().map(|column| column.width).collect();
        let pages = widths.iter().sum::<usize>().div_ceil(PAGE);
        let mut lines = Lines::new(sheet, &widths);
        lines.write(self.title, &self.styles.title, 2)?;
        for line in &self.table.subtitle {
            lines.write(line, &self.styles.note, 1)?;
        }
        let header = lines.next;
        let below = self.body(sheet, &columns, header)?;
        let mut lines = Lines {
            next: below,
            ..Lines::new(sheet, &widths)
        };
        for line in self.lines_below() {
            lines.write(&line, &self.styles.note, 1)?;
        }
        sheet.set_freeze_panes(header + 1, 1)?;
        sheet.set_repeat_rows(header, header)?;
        let bodies = self.rows.iter().filter(|row| row.role == Role::Body);
        let left = [
            self.table.subtitle.last().cloned().unwrap_or_default(),
            lang::render::rows(bodies.count()).into_text(self.lang),
        ];
        let proof = self.notes.last().map_or("", String::as_str);
        if pages > 1 {
            // Each page says of which thing its figures are.
            sheet.set_repeat_columns(0, 0)?;
            sheet.set_page_order(true);
        }
        print_on_a4(sheet, pages, [left.join("  ").trim(), proof], self.lang);
        Ok(())
    }

    /// Writes header and rows, and returns the first row below them.
    fn body(
        &self,
        sheet: &mut Worksheet,
        columns: &[Column],
        header: u32,
    ) -> Result<u32, XlsxError> {
        let (Some(last), lines) = (
            columns
                .len()
                .checked_sub(1)
                .and_then(|at| u16::try_from(at).ok()),
            columns.iter().map(Column::title_lines).max().unwrap_or(1),
        ) else {
            return Ok(header);
        };
        // One line more, for the button of the filter.
        sheet.set_row_height(header, height(lines + 1))?;
        for (at, column) in (0u16..).zip(columns) {
            let title = cut(&column.title, LONGEST);
            sheet.write_string_with_format(header, at, title, &self.styles.header)?;
        }
        let mut next = header + 1;
        let mut last_body = header;
        for row in self.rows {
            let styles = match row.role {
                Role::Body => &self.styles.body,
                Role::Total => &self.styles.total,
            };
            let mut lines = 1;
            for (at, column) in (0u16..).zip(columns) {
                let value = column.value(row, self.lang);
                lines = lines.max(columns::lines(&value, column.width));
                write(sheet, next, at, value, styles)?;
            }
            if lines > 1 {
                sheet.set_row_height(next, height(lines))?;
            }
            if row.role == Role::Body {
                last_body = next;
            }
            next += 1;
        }
        if last_body > header {
            sheet.autofilter(header, 0, last_body, last)?;
        }
        if next > header + 1 {
            self.colour(sheet, columns, header + 1, next - 1)?;
            sheet.ignore_error_range(
                header + 1,
                0,
                next - 1,
                last,
                IgnoreError::NumberStoredAsText,
            )?;
        }
        Ok(next)
    }

    /// Colours the words of lights: those that stand here, and those that somebody may type.
    fn colour(
        &self,
        sheet: &mut Worksheet,
        columns: &[Column],
        first: u32,
        last: u32,
    ) -> Result<(), XlsxError> {
        let known = Light::ALL
            .iter()
            .map(|light| (*light, lang::terms::light(*light).text(self.lang)));
        for (at, column) in (0u16..).zip(columns) {
            let lights = self.rows.iter().filter_map(|row| column.light(row));
            let here: BTreeSet<(Light, &str)> = lights.collect();
            if here.is_empty() {
                continue;
            }
            let words: BTreeSet<(Light, &str)> = here.into_iter().chain(known.clone()).collect();
            for (light, word) in words {
                sheet.add_conditional_format(first, at, last, at, &look::rule(light, word))?;
            }
        }
        Ok(())
    }

    fn lines_below(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.rows.is_empty() {
            lines.push(lang::render::NO_ROWS.text(self.lang).to_owned());
        }
        let showing = cells::showing(self.table, Space::Wide);
        lines.extend(cells::left_out_line(
            self.table,
            &showing.left_out,
            self.lang,
        ));
        lines.extend(self.notes.iter().cloned());
        lines
    }
}

/// The text of a document on one sheet; its tables stand on their own.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) styles: &'a Styles,
    pub(super) lang: Lang,
}

impl Page<'_> {
    /// Writes the sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet, blocks: &[Block]) -> Result<(), XlsxError> {
        let names = blocks.iter().flat_map(names);
        let widest = names.map(columns::text_width).max().unwrap_or(0);
        let name = widest.clamp(180, 560);
        let widths = [name, 960 - name];
        for (at, width) in (0u16..).zip(widths) {
            sheet.set_column_width_pixels(at, pixels(width))?;
        }
        let mut lines = Lines::new(sheet, &widths);
        lines.write(self.title, &self.styles.title, 2)?;
        for block in blocks {
            match block {
                Block::Heading { text, .. } => lines.write(text, &self.styles.heading, 1)?,
                Block::Paragraph(text) => lines.write(text, &self.styles.note, 1)?,
                Block::List(texts) => {
                    for text in texts {
                        lines.write(text, &self.styles.note, 1)?;
                    }
                }
                Block::Facts(facts) => {
                    for (name, text) in facts {
                        lines.fact(name, text, &self.styles.body)?;
                    }
                }
                Block::Steps(steps) => {
                    for step in steps {
                        lines.fact(&step.text, &step.command, &self.styles.body)?;
                    }
                }
                Block::Chart(chart) => {
                    lines.write(&chart.title, &self.styles.heading, 1)?;
                    for bar in &chart.bars {
                        lines.fact(&bar.label, &bar.words, &self.styles.body)?;
                    }
                }
                Block::Formal(formal) => {
                    for line in formal::lines(formal, self.lang) {
                        lines.write(&line, &self.styles.note, 1)?;
                    }
                }
                Block::Annex(annex) => {
                    lines.write(&formal::head(annex), &self.styles.heading, 1)?;
                }
                Block::Table(_) => {}
            }
        }
        print_on_a4(sheet, 1, [self.title, ""], self.lang);
        Ok(())
    }
}

/// Returns what stands in the left of two columns.
fn names(block: &Block) -> Vec<&str> {
    match block {
        Block::Facts(facts) => facts.iter().map(|(name, _)| name.as_str()).collect(),
        Block::Steps(steps) => steps.iter().map(|step| step.text.as_str()).collect(),
        Block::Chart(chart) => chart.bars.iter().map(|bar| bar.label.as_str()).collect(),
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Table(_)
        | Block::Formal(_)
        | Block::Annex(_) => Vec::new(),
    }
}

/// Lines that go over all columns, one below the other.
struct Lines<'a> {
    sheet: &'a mut Worksheet,
    widths: &'a [usize],
    next: u32,
}

impl<'a> Lines<'a> {
    /// Begins at the top; lines end where the first page does.
    fn new(sheet: &'a mut Worksheet, widths: &'a [usize]) -> Lines<'a> {
        let mut room = PAGE;
        let fits = |width: &&usize| {
            let fits = **width <= room;
            room = room.saturating_sub(**width);
            fits
        };
        let on_page = widths.iter().take_while(fits).count().max(1);
        Lines {
            sheet,
            widths: &widths[..on_page.min(widths.len())],
            next: 0,
        }
    }

    /// Writes a line whose letters are `size` times as high as those of the table.
    fn write(&mut self, text: &str, style: &Format, size: usize) -> Result<(), XlsxError> {
        let text = cut(&one_line(text), LONGEST);
        let room = columns::room(self.widths.iter().sum::<usize>() / size);
        let lines = wrap::wrap(&text, room).len();
        self.sheet.set_row_height(self.next, height(lines * size))?;
        match self.widths.len() {
            0 | 1 => {
                self.sheet
                    .write_string_with_format(self.next, 0, text, style)?;
            }
            columns => {
                let last = u16::try_from(columns - 1).unwrap_or(u16::MAX);
                self.sheet
                    .merge_range(self.next, 0, self.next, last, &text, style)?;
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Writes a name and what it stands for.
    fn fact(&mut self, name: &str, text: &str, styles: &RowStyles) -> Result<(), XlsxError> {
        let name = Value::Text(one_line(name).into_owned());
        let text = Value::Text(one_line(text).into_owned());
        let lines = [&name, &text].into_iter().zip(self.widths);
        let lines = lines.map(|(value, width)| columns::lines(value, *width));
        let lines = lines.max().unwrap_or(1);
        self.sheet.set_row_height(self.next, height(lines))?;
        write(self.sheet, self.next, 0, name, styles)?;
        write(self.sheet, self.next, 1, text, styles)?;
        self.next += 1;
        Ok(())
    }
}

/// Returns a day as a sheet counts it, where it can: from 1900 on.
pub(super) fn date(day: Day) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let month = u8::try_from(day.month()).ok()?;
    ExcelDateTime::from_ymd(year, month, u8::try_from(day.day_of_month()).ok()?).ok()
}

/// Returns the text cut to so many UTF-16 units, with `…` where something is missing.
pub(super) fn cut(text: &str, longest: usize) -> String {
    if text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut units = 1;
    let kept = text.chars().take_while(|char| {
        units += char.len_utf16();
        units <= longest
    });
    kept.collect::<String>() + "…"
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Value,
    styles: &RowStyles,
) -> Result<(), XlsxError> {
    match value {
        Value::Blank => sheet.write_blank(row, column, &styles.text)?,
        Value::Text(text) => {
            let style = match text.starts_with(['=', '+', '-', '@']) {
                true => &styles.quoted,
                false => &styles.text,
            };
            sheet.write_string_with_format(row, column, cut(&text, LONGEST), style)?
        }
        Value::Whole(whole) => match i32::try_from(whole) {
            Ok(number) => sheet.write_number_with_format(row, column, number, &styles.whole)?,
            Err(_) => {
                sheet.write_string_with_format(row, column, whole.to_string(), &styles.text)?
            }
        },
        Value::Tenths(tenths) => {
            sheet.write_number_with_format(row, column, decimal(tenths), &styles.tenths)?
        }
        Value::Date(day) => match date(day) {
            Some(date) => sheet.write_datetime_with_format(row, column, &date, &styles.date)?,
            None => sheet.write_string_with_format(row, column, day.to_string(), &styles.text)?,
        },
        Value::Light(word) | Value::Mark(word) => {
            sheet.write_string_with_format(row, column, word, &styles.centred)?
        }
    };
    Ok(())
}

/// Returns a printed figure as the number that a sheet holds; nothing is reckoned with it.
fn decimal(tenths: Tenths) -> f64 {
    let printed = tenths.to_string();
    printed
        .parse()
        .expect("a figure with one decimal is a number")
}

/// Returns a width as a sheet has it, up to the widest column there is.
fn pixels(width: usize) -> u32 {
    u32::try_from(width).unwrap_or(WIDEST).min(WIDEST)
}

/// Returns the height of so many lines in points, up to the highest row there is.
fn height(lines: usize) -> u16 {
    u16::try_from(lines * 14 + 3).unwrap_or(409).min(409)
}

/// Sets the paper; a table too wide to be read on one page goes on in those beside it.
fn print_on_a4(sheet: &mut Worksheet, pages_wide: usize, footer: [&str; 2], lang: Lang) {
    let [left, centre] = footer;
    let part = |text: &str| cut(&one_line(text), LONGEST_FOOTER).replace('&', "&&");
    let pages = lang::render::page_of("&P", "&N").into_text(lang);
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(u16::try_from(pages_wide.max(1)).unwrap_or(1), 0)
        .set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3)
        .set_footer(format!("&L{}&C{}&R{pages}", part(left), part(centre)));
}
