//! A form that is filled in: locked where it is given, open and guided where it is not.

use super::names::Names;
use super::sheet;
use crate::calendar::Day;
use crate::form::Field;
use crate::form::Filling;
use crate::form::Form;
use crate::lang;
use crate::lang::Lang;
use crate::render::safe::one_line;
use crate::render::wrap;
use rust_xlsxwriter::DataValidation;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::IgnoreError;
use rust_xlsxwriter::ProtectionOptions;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// How many letters a list of choices may have before it needs cells to stand in.
const LONGEST_LIST: usize = 255;

/// How many letters a hint may have.
const LONGEST_HINT: usize = 255;

/// The number of A4 among the papers of a printer.
const A4: u8 = 9;

/// The column of the hidden page in which long lists of choices stand.
const LISTS: u16 = 10;

/// Returns a form as a workbook.
pub(in crate::render) fn form(form: &Form, lang: Lang) -> Vec<u8> {
    write(form, lang).expect("rows, texts and names are cut to what a sheet holds")
}

fn write(form: &Form, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut names = Names::default();
    let mut page = Worksheet::new();
    page.set_name(names.name(&form.name))?;
    let mut hidden = Worksheet::new();
    hidden.set_name(names.name(&form.hidden_name))?;
    for (at, line) in (0u32..).zip(&form.hidden) {
        for (column, text) in (0u16..).zip(line) {
            if !text.is_empty() {
                hidden.write_string(at, column, text)?;
            }
        }
    }
    Page {
        form,
        looks: Looks::new(lang),
        lang,
    }
    .write(&mut page, &mut hidden)?;
    hidden.set_very_hidden(true);
    hidden.protect();
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(sheet::cut(&form.title, 255))
        .set_creation_datetime(&made_on(form.made_on));
    book.set_properties(&properties);
    book.push_worksheet(page);
    book.push_worksheet(hidden);
    book.save_to_buffer()
}

fn made_on(day: Day) -> ExcelDateTime {
    sheet::date(day)
        .unwrap_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).expect("a day that there was"))
}

/// How a form looks.
struct Looks {
    title: Format,
    guide: Format,
    header: Format,
    open_header: Format,
    given: Format,
    quoted: Format,
    open: Format,
}

impl Looks {
    fn new(lang: Lang) -> Looks {
        let plain = Format::new().set_font_size(10);
        let plain = match lang {
            Lang::Zh => plain.set_font_name("宋体").set_font_charset(134),
            Lang::En => plain,
        };
        let wrapped = plain.clone().set_text_wrap();
        let ruled = wrapped
            .clone()
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_border_color("7F7F7F");
        let given = ruled.clone().set_background_color("F2F2F2");
        let header = ruled.clone().set_bold().set_align(FormatAlign::Center);
        Looks {
            title: wrapped.clone().set_bold().set_font_size(16),
            guide: wrapped.set_align(FormatAlign::Top),
            open_header: header.clone().set_background_color("FFF2CC"),
            header: header.set_background_color("E7ECF2"),
            quoted: given.clone().set_quote_prefix(),
            given,
            // A text stays what was typed: 1.10 no number, 6-28 no day of this year.
            open: ruled.set_unlocked().set_num_format("@"),
        }
    }
}

struct Page<'f> {
    form: &'f Form,
    looks: Looks,
    lang: Lang,
}

impl Page<'_> {
    fn write(&self, page: &mut Worksheet, hidden: &mut Worksheet) -> Result<(), XlsxError> {
        let form = self.form;
        for (at, column) in (0u16..).zip(&form.columns) {
            page.set_column_width(at, column.width)?;
        }
        let width: usize = form.columns.iter().map(|of| usize::from(of.width)).sum();
        let last = u16::try_from(form.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        page.set_row_height(0, 24)?;
        page.merge_range(0, 0, 0, last, &shown(&form.title), &self.looks.title)?;
        let mut next = 1;
        for line in form.guide.iter().map(|line| shown(line)) {
            let line = line.as_str();
            page.set_row_height(next, height(wrap::wrap(line, width).len()))?;
            page.merge_range(next, 0, next, last, line, &self.looks.guide)?;
            next += 1;
        }
        let header = next;
        page.set_row_height(header, height(2))?;
        for (at, column) in (0u16..).zip(&form.columns) {
            let look = match column.filling {
                Filling::Given => &self.looks.header,
                Filling::Open { .. } => &self.looks.open_header,
            };
            page.write_string_with_format(header, at, &column.title, look)?;
        }
        self.rows(page, hidden, header + 1)?;
        page.set_freeze_panes(header + 1, 2)?;
        page.set_repeat_rows(header, header)?;
        if let Some(first) = form
            .columns
            .iter()
            .position(|of| of.filling != Filling::Given)
        {
            let first = u16::try_from(first).unwrap_or(0);
            page.set_selection(header + 1, first, header + 1, first)?;
        }
        // What helps to read is allowed; there is no password: the lock guards against slips only.
        page.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
        let pages = lang::render::page_of("&P", "&N").into_text(self.lang);
        let footer = sheet::cut(&form.footer, 120).replace('&', "&&");
        page.set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3)
            .set_footer(format!("&L{footer}&R{pages}"));
        Ok(())
    }

    fn rows(
        &self,
        page: &mut Worksheet,
        hidden: &mut Worksheet,
        first: u32,
    ) -> Result<(), XlsxError> {
        let mut lists = 0;
        for (row, fields) in (first..).zip(&self.form.rows) {
            let mut lines = 1;
            for ((at, column), field) in (0u16..).zip(&self.form.columns).zip(fields) {
                match field {
                    Field::Given(text) => {
                        let text = sheet::cut(&shown(text), 4_000);
                        lines = lines.max(lines_of(&text, column.width));
                        let look = match text.starts_with(['=', '+', '-', '@']) {
                            true => &self.looks.quoted,
                            false => &self.looks.given,
                        };
                        page.write_string_with_format(row, at, text, look)?;
                    }
                    Field::Open | Field::Choice(_) => {
                        page.write_blank(row, at, &self.looks.open)?;
                    }
                }
                let rule = match field {
                    Field::Given(_) => None,
                    Field::Open => Some(DataValidation::new().allow_any_value()),
                    Field::Choice(words) => Some(choice(words, hidden, &mut lists)?),
                };
                if let (Some(rule), Filling::Open { hint }) = (rule, &column.filling) {
                    let rule = rule
                        .set_input_title(sheet::cut(&column.title, 30))?
                        .set_input_message(sheet::cut(hint, LONGEST_HINT))?;
                    page.add_data_validation(row, at, row, at, &rule)?;
                }
            }
            page.set_row_height(row, height(lines.max(2)))?;
        }
        let last = first + u32::try_from(self.form.rows.len().saturating_sub(1)).unwrap_or(0);
        let columns = u16::try_from(self.form.columns.len().saturating_sub(1)).unwrap_or(0);
        if !self.form.rows.is_empty() {
            page.ignore_error_range(first, 0, last, columns, IgnoreError::NumberStoredAsText)?;
        }
        Ok(())
    }
}

/// Returns the rule of a drop-down; a list too long for the rule itself stands in the hidden page.
fn choice(
    words: &[String],
    hidden: &mut Worksheet,
    lists: &mut u16,
) -> Result<DataValidation, XlsxError> {
    let letters: usize = words.iter().map(|word| word.chars().count() + 1).sum();
    if letters <= LONGEST_LIST {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        return DataValidation::new().allow_list_strings(&words);
    }
    let column = LISTS + *lists;
    *lists += 1;
    for (row, word) in (0u32..).zip(words) {
        hidden.write_string(row, column, word)?;
    }
    let letter = rust_xlsxwriter::utility::column_number_to_name(column);
    let range = format!("={}!${letter}$1:${letter}${}", hidden.name(), words.len());
    Ok(DataValidation::new().allow_list_formula(Formula::new(range)))
}

/// Returns a text without what cannot be seen, line by line.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(one_line).collect();
    lines.join("\n")
}

/// Returns how many lines a text takes in a column.
fn lines_of(text: &str, width: u16) -> usize {
    let room = usize::from(width).saturating_sub(1).max(1);
    text.lines()
        .map(|line| wrap::wrap(line, room).len().max(1))
        .sum::<usize>()
        .max(1)
}

/// Returns the height of so many lines in points.
fn height(lines: usize) -> u16 {
    u16::try_from(lines * 14 + 4).unwrap_or(409).min(409)
}
