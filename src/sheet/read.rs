//! A sheet that came back → what it asks to be recorded, every doubtful cell by its address.
//!
//! Columns are found by their titles, rows by their obligation: what was moved is found, what is gone
//! is said, what does not fit together is left to a person.

use crate::calendar::Day;
use crate::calendar::Window;
use crate::grid::Address;
use crate::grid::Book;
use crate::grid::Seen;
use crate::grid::Sheet;
use crate::grid::Value;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::intake as say;
use crate::lang::sheet as titles;
use crate::lang::terms;
use crate::names;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::recording::intake;
use crate::recording::intake::Asked;
use crate::recording::intake::Doubt;
use crate::recording::intake::Intake;
use crate::recording::intake::Remark;
use crate::recording::intake::Spot;
use crate::sheet::Column;
use crate::sheet::OFFERED;
use crate::sheet::hidden::Found;
use crate::sheet::hidden::Hidden;
use crate::sheet::hidden::Standing;
use crate::terms::Event;
use std::collections::BTreeMap;

/// How many rows are looked through for the titles.
const LOOKED_THROUGH: usize = 60;

/// How many rows that are gone are named.
const NAMED: usize = 5;

/// Why there is nothing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// No page has the columns of a sheet.
    None,
    /// Several have.
    Several(Vec<String>),
}

/// What is known around a sheet that is read.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The obligations of the plan.
    pub chart: &'a Chart<'a>,
    /// How the file is named to the user.
    pub file: &'a str,
    /// The days of the term.
    pub window: Window,
    /// The day of what has none of its own.
    pub else_date: Day,
    /// The language of the words that a message lists.
    pub lang: Lang,
}

/// Returns the hidden page of a workbook, where it has one.
pub fn hidden(book: &Book) -> Option<Found> {
    book.sheets.iter().find_map(Hidden::read)
}

/// Reads the page that was filled in.
pub fn read(book: &Book, hidden: &Hidden, around: &Around<'_>) -> Result<Intake, NoPage> {
    let laid: Vec<(&Sheet, Layout)> = book
        .sheets
        .iter()
        .filter(|sheet| sheet.seen == Seen::Visible)
        .filter_map(|sheet| Some((sheet, Layout::find(sheet, hidden)?)))
        .collect();
    let named = laid
        .iter()
        .position(|(sheet, _)| sheet.name == hidden.sheet);
    let (sheet, layout) = match (laid.as_slice(), named) {
        ([], _) => return Err(NoPage::None),
        ([only], _) => only,
        (_, Some(at)) => &laid[at],
        (several, None) => {
            let names = several.iter().map(|(sheet, _)| sheet.name.clone());
            return Err(NoPage::Several(names.collect()));
        }
    };
    let mut reading = Reading {
        book,
        sheet,
        layout,
        hidden,
        around,
        intake: Intake::default(),
        filled: BTreeMap::new(),
        there: Vec::new(),
    };
    reading.rows();
    reading.what_is_gone();
    Ok(reading.intake)
}

/// Where the columns of a page stand.
struct Layout {
    header: u32,
    columns: BTreeMap<Column, u32>,
}

impl Layout {
    /// Finds the row of titles, and the column of obligations by its content where its title is gone.
    fn find(sheet: &Sheet, hidden: &Hidden) -> Option<Layout> {
        let titles = |cells: &BTreeMap<u32, Value>| {
            let mut columns = BTreeMap::new();
            for (at, value) in cells {
                if let Some(column) = value.text().and_then(|text| titled(&text)) {
                    columns.entry(column).or_insert(*at);
                }
            }
            columns
        };
        let rows = sheet.rows.iter().take(LOOKED_THROUGH);
        let found = rows.map(|(row, cells)| (*row, titles(cells)));
        let (header, mut columns) =
            found.max_by_key(|(row, columns)| (columns.len(), std::cmp::Reverse(*row)))?;
        let has_open = columns.keys().any(|column| column.is_open());
        let key = match columns.get(&Column::Obligation) {
            Some(at) => *at,
            None => key_column(sheet, hidden)?,
        };
        columns.insert(Column::Obligation, key);
        (has_open && columns.len() > 1).then_some(Layout { header, columns })
    }
}

/// Returns the column that a title names, in either language.
fn titled(text: &str) -> Option<Column> {
    let key = names::look_key(text);
    Column::ALL.into_iter().find(|column| {
        let title = titles::column(*column);
        [title.zh, title.en]
            .iter()
            .any(|title| names::look_key(title) == key)
    })
}

/// Returns the column in which most obligations of the sheet stand.
fn key_column(sheet: &Sheet, hidden: &Hidden) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for cells in sheet.rows.values() {
        for (at, value) in cells {
            let is_key = value.text().is_some_and(|text| {
                let text = names::fold(&text);
                hidden.rows.iter().any(|row| row.obligation == text)
            });
            if is_key {
                *counts.entry(*at).or_default() += 1;
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some(most.0)
}

/// A page on its way into an intake.
struct Reading<'r> {
    book: &'r Book,
    sheet: &'r Sheet,
    layout: &'r Layout,
    hidden: &'r Hidden,
    around: &'r Around<'r>,
    intake: Intake,
    /// Which obligation was filled in where.
    filled: BTreeMap<String, Spot>,
    /// Which obligations have a row.
    there: Vec<String>,
}

/// The fields of one row, by column.
type Fields<'r> = BTreeMap<Column, (Address, &'r Value)>;

impl<'r> Reading<'r> {
    fn rows(&mut self) {
        let sheet = self.sheet;
        for (row, cells) in sheet.rows.range(self.layout.header + 1..) {
            let fields: Fields<'r> = self
                .layout
                .columns
                .iter()
                .filter_map(|(column, at)| {
                    let address = Address {
                        row: *row,
                        column: *at,
                    };
                    Some((*column, (address, cells.get(at)?)))
                })
                .collect();
            self.row(*row, &fields);
        }
    }

    fn row(&mut self, row: u32, fields: &Fields<'r>) {
        let first_open = fields.iter().find(|(column, _)| column.is_open());
        let first_open = first_open.map(|(_, (at, _))| *at);
        let key = fields
            .get(&Column::Obligation)
            .and_then(|(_, value)| value.text())
            .map(|text| names::fold(&text));
        let standing = key
            .as_ref()
            .and_then(|key| self.hidden.rows.iter().find(|of| of.obligation == *key));
        let (Some(key), Some(standing)) = (&key, standing) else {
            if let Some(at) = first_open {
                self.intake.rows += 1;
                let why = match &key {
                    Some(key) => say::unknown_row(key),
                    None => say::no_row_key(),
                };
                self.doubt(at, None, why, None);
            }
            return;
        };
        self.intake.rows += 1;
        self.there.push(key.clone());
        if self.merged(row, key) {
            return;
        }
        let Some(at) = first_open else {
            self.intake.blank += 1;
            return;
        };
        if let Some(first) = self.filled.get(key) {
            let why = say::twice(&first.cell);
            self.doubt(at, Some(key), why, None);
            return;
        }
        self.filled.insert(key.clone(), self.spot(at));
        if !self.belongs(fields, standing) {
            return;
        }
        match self.obligation(key) {
            Ok(obligation) => self.asked(key, obligation, fields, at),
            Err(why) => self.doubt(at, Some(key), why, None),
        }
    }

    /// Tells whether an open field of a row is part of another row's, and says so.
    fn merged(&mut self, row: u32, key: &str) -> bool {
        let open = self.layout.columns.iter();
        let open = open.filter(|(column, _)| column.is_open());
        let merged = open.map(|(_, column)| *column).find_map(|column| {
            let at = Address { row, column };
            let merge = self.sheet.merged_into(at)?;
            let is_filled = self.sheet.get(merge.first).is_some();
            (merge.first.row != row && is_filled).then_some((at, merge.first))
        });
        match merged {
            Some((at, first)) => {
                self.doubt(at, Some(key), say::merged_with(first), None);
                true
            }
            None => false,
        }
    }

    /// Tells whether what was given still belongs to the obligation.
    fn belongs(&mut self, fields: &Fields<'r>, standing: &Standing) -> bool {
        if let Some((at, due)) = fields.get(&Column::Due) {
            let is_same = match due {
                Value::Day(day) => day.to_string() == standing.due,
                other => other.text().is_some_and(|text| text.trim() == standing.due),
            };
            if !is_same {
                self.remark(*at, say::due_differs(&standing.due));
            }
        }
        let Some((at, title)) = fields.get(&Column::Title) else {
            return true;
        };
        let is_same = title
            .text()
            .is_some_and(|text| names::look_key(&text) == names::look_key(&standing.title));
        if !is_same {
            let why = say::title_differs(&standing.title);
            self.doubt(*at, Some(&standing.obligation), why, None);
        }
        is_same
    }

    fn obligation(&self, key: &str) -> Result<ObligationIx, Said> {
        let chart = self.around.chart;
        let (item, rest) = key.split_once('@').unwrap_or((key, ""));
        let (unit, period) = rest.split_once('#').unwrap_or((rest, ""));
        if unit != self.hidden.unit {
            return Err(say::other_unit(&self.hidden.unit));
        }
        chart.of(item, unit, period).ok_or_else(say::gone)
    }

    /// Reads the open fields of a row.
    fn asked(&mut self, key: &str, obligation: ObligationIx, fields: &Fields<'r>, at: Address) {
        let doubts = self.intake.doubts.len();
        let item = {
            let plan = self.around.chart.plan;
            plan.item(self.around.chart.obligation(obligation).item)
        };
        let event = self.field(fields, Column::Event, key, |value, _| {
            let word = value.text().unwrap_or_default();
            intake::event(&word).ok_or_else(|| say::no_event(word))
        });
        let progress = self.field(fields, Column::Progress, key, |value, _| {
            intake::progress(value, item)
        });
        let window = self.around.window;
        let date = self.field(fields, Column::Date, key, |value, reading| {
            intake::day(value, reading.book.epoch, window)
        });
        let note = self.field(fields, Column::Note, key, |value, _| intake::text(value));
        let evidence = self.field(fields, Column::Evidence, key, |value, _| {
            let text = value.text().unwrap_or_default();
            let names = intake::file_names(&text);
            match names.iter().find(|name| !intake::is_plain_name(name)) {
                Some(name) => Err(say::not_plain_name(name)),
                None => Ok(names),
            }
        });
        if self.intake.doubts.len() > doubts {
            return;
        }
        let title = |column: Column| titles::column(column).text(self.around.lang);
        let settled = match (event, &progress, &note, &evidence) {
            (Some(event), Some(value), _, _) if !takes(event, value) => {
                let word = terms::event(event).text(self.around.lang);
                Err((Column::Progress, say::value_beside(word, value)))
            }
            (Some(event), ..) if !OFFERED.contains(&event) => {
                let word = terms::event(event).text(self.around.lang);
                Err((Column::Event, say::not_offered(word)))
            }
            (Some(event), ..) => Ok(event),
            (None, None, None, Some(_)) => Err((
                Column::Evidence,
                say::evidence_without(title(Column::Evidence)),
            )),
            (None, None, None, None) => Err((Column::Date, say::only_this(title(Column::Date)))),
            (None, ..) => Ok(Event::Progress),
        };
        match settled {
            Err((column, why)) => {
                let at = fields.get(&column).map_or(at, |(at, _)| *at);
                self.doubt(at, Some(key), why, None);
            }
            Ok(event) => {
                let note = note.map(|note| {
                    let (at, _) = fields[&Column::Note];
                    for done in note.done {
                        self.remark(at, done);
                    }
                    note.text
                });
                self.intake.asked.push(Asked {
                    spot: self.spot(at),
                    obligation,
                    event,
                    value: match event == Event::Progress {
                        true => progress.unwrap_or_default(),
                        false => String::new(),
                    },
                    date,
                    else_date: self.around.else_date,
                    note: note.unwrap_or_default(),
                    reference: self.hidden.reference(),
                    acting: None,
                    by: None,
                    evidence: evidence.unwrap_or_default(),
                    remark: None,
                });
            }
        }
    }

    /// Reads one open field; one that cannot be read is a doubt.
    fn field<T>(
        &mut self,
        fields: &Fields<'r>,
        column: Column,
        key: &str,
        read: impl FnOnce(&Value, &Reading<'r>) -> Result<T, Said>,
    ) -> Option<T> {
        let (at, value) = fields.get(&column)?;
        if let Value::Odd(odd) = value {
            self.doubt(*at, Some(key), say::odd(*odd), None);
            return None;
        }
        match read(value, self) {
            Ok(read) => Some(read),
            Err(why) => {
                let help = (column == Column::Event).then(|| {
                    let words = OFFERED.map(|event| terms::event(event).text(self.around.lang));
                    say::events(words.join(match self.around.lang {
                        Lang::Zh => "、",
                        Lang::En => ", ",
                    }))
                });
                self.doubt(*at, Some(key), why, help);
                None
            }
        }
    }

    /// Says which rows and columns of the sheet are no longer there.
    fn what_is_gone(&mut self) {
        let gone: Vec<&str> = self
            .hidden
            .rows
            .iter()
            .map(|row| row.obligation.as_str())
            .filter(|key| !self.there.iter().any(|there| there == key))
            .collect();
        let mut said = Vec::new();
        if !gone.is_empty() {
            let mut named = gone[..gone.len().min(NAMED)].join(" ");
            if gone.len() > NAMED {
                named.push_str(" …");
            }
            said.push(say::rows_gone(gone.len(), named));
        }
        let columns = Column::ALL.into_iter().filter(|column| column.is_open());
        let gone = columns.filter(|column| !self.layout.columns.contains_key(column));
        said.extend(
            gone.map(|column| say::column_gone(titles::column(column).text(self.around.lang))),
        );
        let spot = Spot {
            file: self.around.file.to_owned(),
            row: 0,
            cell: self.sheet.name.clone(),
        };
        self.intake
            .remarks
            .extend(said.into_iter().map(|said| Remark {
                spot: spot.clone(),
                said,
            }));
    }

    fn spot(&self, at: Address) -> Spot {
        Spot {
            file: self.around.file.to_owned(),
            row: at.row,
            cell: format!("{}!{at}", self.sheet.name),
        }
    }

    fn doubt(&mut self, at: Address, obligation: Option<&str>, why: Said, help: Option<Said>) {
        let doubt = Doubt {
            spot: self.spot(at),
            obligation: obligation.map(str::to_owned),
            why,
            help,
        };
        self.intake.doubts.push(doubt);
    }

    fn remark(&mut self, at: Address, said: Said) {
        let spot = self.spot(at);
        self.intake.remarks.push(Remark { spot, said });
    }
}

/// Tells whether an event may stand beside a progress: its own, or one that says the same.
fn takes(event: Event, value: &str) -> bool {
    event == Event::Progress
        || (event == Event::Submit && value == "100%")
        || (event == Event::Nil && value == "0%")
}
