//! The rows of a book: each asks for an entry, is blank, or is refused with its reason.

use super::Around;
use super::Layout;
use super::titles::Key;
use crate::calendar::Day;
use crate::calendar::Window;
use crate::failure::Failure;
use crate::grid::Address;
use crate::grid::Book;
use crate::grid::Sheet;
use crate::grid::Value;
use crate::lang::Said;
use crate::lang::book as words;
use crate::lang::intake as say;
use crate::lang::terms;
use crate::names;
use crate::names::Certainty;
use crate::plan::Item;
use crate::recording::intake;
use crate::recording::intake::Asked;
use crate::recording::intake::Doubt;
use crate::recording::intake::Intake;
use crate::recording::intake::Remark;
use crate::recording::intake::Spot;
use crate::terms::Colour;
use crate::terms::Event;
use std::collections::BTreeMap;

/// A sheet on its way into an intake.
pub(super) struct Reading<'r> {
    pub(super) book: &'r Book,
    pub(super) sheet: &'r Sheet,
    pub(super) layout: &'r Layout,
    pub(super) around: &'r Around<'r>,
    pub(super) intake: &'r mut Intake,
}

/// Why a row is refused, and at which column.
pub(super) struct Refused {
    key: Key,
    why: Said,
    help: Option<Said>,
}

impl Refused {
    pub(super) fn new(key: Key, why: Said) -> Refused {
        Refused {
            key,
            why,
            help: None,
        }
    }

    pub(super) fn of(key: Key, failure: Failure) -> Refused {
        Refused {
            key,
            why: failure.message,
            help: failure.help,
        }
    }
}

/// The cells of one row, by what they hold.
pub(super) struct Cells<'r> {
    pub(super) row: u32,
    values: BTreeMap<Key, Vec<(Address, &'r Value)>>,
}

impl<'r> Cells<'r> {
    pub(super) fn value(&self, key: Key) -> Option<&'r Value> {
        self.values.get(&key)?.first().map(|(_, value)| *value)
    }

    pub(super) fn text(&self, key: Key) -> Option<String> {
        let text = self.value(key)?.text()?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl<'r> Reading<'r> {
    pub(super) fn rows(&mut self) {
        let sheet = self.sheet;
        for (row, cells) in sheet.rows.range(self.layout.header + 1..) {
            self.intake.rows += 1;
            let cells = self.cells(*row, cells);
            let has_own = cells
                .values
                .values()
                .flatten()
                .any(|(at, _)| at.row == *row);
            if !has_own || self.is_titles(&cells) {
                self.intake.blank += 1;
                continue;
            }
            match self.row(&cells) {
                Ok(asked) => self.intake.asked.push(asked),
                Err(refused) => {
                    let at = cells
                        .values
                        .get(&refused.key)
                        .and_then(|found| found.first());
                    let doubt = Doubt {
                        spot: self.spot(*row, at.map(|(at, _)| *at)),
                        obligation: None,
                        why: refused.why,
                        help: refused.help,
                    };
                    self.intake.doubts.push(doubt);
                }
            }
        }
    }

    /// Gathers the cells of a row, those that it shares by merging too.
    fn cells(&self, row: u32, cells: &'r BTreeMap<u32, Value>) -> Cells<'r> {
        let mut values: BTreeMap<Key, Vec<(Address, &'r Value)>> = BTreeMap::new();
        for (key, columns) in &self.layout.columns {
            for column in columns {
                let at = Address {
                    row,
                    column: *column,
                };
                let own = cells.get(column).map(|value| (at, value));
                let shared = || {
                    let first = self.sheet.merged_into(at)?.first;
                    Some((first, self.sheet.get(first)?))
                };
                let found = own.or_else(|| match key.is_shared() {
                    true => shared(),
                    false => None,
                });
                if let (Some(found), true) = (found, *key != Key::Nothing) {
                    values.entry(*key).or_default().push(found);
                }
            }
        }
        Cells { row, values }
    }

    /// Tells whether a row only repeats the titles, as long books do on every page.
    fn is_titles(&self, cells: &Cells<'r>) -> bool {
        cells.values.values().flatten().all(|(at, value)| {
            let title = self.layout.titles.get(&at.column);
            value.text().as_ref() == title
        })
    }

    fn row(&mut self, cells: &Cells<'r>) -> Result<Asked, Refused> {
        for (key, found) in &cells.values {
            for (_, value) in found {
                if let Value::Odd(odd) = value {
                    return Err(Refused::new(*key, say::odd(*odd)));
                }
            }
        }
        let obligation = self.obligation(cells)?;
        let plan = self.around.chart.plan;
        let item = plan.item(self.around.chart.obligation(obligation).item);
        let date = self.date(cells)?;
        let (note, done) = self.note(cells)?;
        let value_cell = cells.value(Key::Value);
        let event = match cells.text(Key::Event) {
            Some(word) => intake::event(&word).ok_or_else(|| Refused {
                help: Some(words::events()),
                ..Refused::new(Key::Event, say::no_event(word))
            })?,
            None if value_cell.is_some() || !note.is_empty() => Event::Progress,
            None => return Err(Refused::new(Key::Item, words::says_nothing())),
        };
        let value = match value_cell {
            Some(cell) => self.event_value(event, cell, item, date)?,
            None => String::new(),
        };
        let text = |key: Key| match cells.value(key) {
            None => Ok(None),
            Some(cell) => match intake::text(cell) {
                Ok(text) => Ok(Some(text.text)),
                Err(why) => Err(Refused::new(key, why)),
            },
        };
        let acting = match cells.text(Key::Acting) {
            Some(name) => Some(
                names::unit(plan, &name, Certainty::Script)
                    .map_err(|failure| Refused::of(Key::Acting, failure))?,
            ),
            None => None,
        };
        let evidence = cells.text(Key::Evidence).unwrap_or_default();
        let first = cells.values.values().flatten().map(|(at, _)| *at);
        let spot = self.spot(cells.row, first.filter(|at| at.row == cells.row).min());
        for said in done {
            let spot = spot.clone();
            self.intake.remarks.push(Remark { spot, said });
        }
        Ok(Asked {
            spot,
            obligation,
            event,
            value,
            date: Some(date),
            else_date: date,
            note,
            reference: text(Key::Reference)?.unwrap_or_default(),
            acting,
            by: text(Key::By)?,
            evidence: intake::file_names(&evidence),
            remark: None,
        })
    }

    fn date(&self, cells: &Cells<'r>) -> Result<Day, Refused> {
        let Some(cell) = cells.value(Key::Date) else {
            return Err(Refused::new(Key::Item, words::no_date()));
        };
        let period: Window = self.around.chart.plan.period;
        intake::day(cell, self.book.epoch, period).map_err(|why| Refused::new(Key::Date, why))
    }

    /// Returns the texts of all columns of notes, joined, and what was done to them.
    fn note(&self, cells: &Cells<'r>) -> Result<(String, Vec<Said>), Refused> {
        let mut texts = Vec::new();
        let mut done = Vec::new();
        for (_, value) in cells.values.get(&Key::Note).into_iter().flatten() {
            let text = intake::text(value).map_err(|why| Refused::new(Key::Note, why))?;
            if !texts.contains(&text.text) {
                texts.push(text.text);
            }
            done.extend(text.done);
        }
        Ok((texts.join("；"), done))
    }

    /// Reads a value as the event takes it.
    fn event_value(
        &self,
        event: Event,
        cell: &Value,
        item: &Item,
        date: Day,
    ) -> Result<String, Refused> {
        let refused = |why: Said| Refused::new(Key::Value, why);
        match event {
            Event::Progress => intake::progress(cell, item).map_err(refused),
            Event::Extend | Event::Reopen => {
                let within = Window {
                    start: date,
                    end: self.around.chart.plan.period.end,
                };
                let day = intake::day(cell, self.book.epoch, within).map_err(refused)?;
                Ok(day.to_string())
            }
            Event::Urge | Event::Light => {
                let text = names::fold(&cell.text().unwrap_or_default());
                let word = text.trim_end_matches(['色', '灯', '单']);
                let colour = Colour::ALL.iter().find(|colour| {
                    let said = terms::colour(**colour);
                    colour.code() == word || said.zh == word
                });
                colour
                    .map(|colour| colour.code().to_owned())
                    .ok_or_else(|| refused(words::no_colour(text)))
            }
            // What these take no value for may stand there in a book all the same: 办结 100%.
            Event::Ack
            | Event::Nil
            | Event::Submit
            | Event::Verify
            | Event::Return
            | Event::Suspend
            | Event::Resume
            | Event::Cancel
            | Event::Note
            | Event::Retract
            | Event::Seal => match intake::progress(cell, item) {
                Ok(value) if value == full(item) || value == "100%" => Ok(String::new()),
                Ok(value) if event == Event::Nil && value.trim_end_matches('%') == "0" => {
                    Ok(String::new())
                }
                Ok(value) => {
                    let word = terms::event(event).text(self.around.lang);
                    Err(refused(say::value_beside(word, value)))
                }
                Err(why) => Err(refused(why)),
            },
        }
    }

    pub(super) fn spot(&self, row: u32, at: Option<Address>) -> Spot {
        let cell = match (self.sheet.name.as_str(), at) {
            ("", _) => words::line(row).into_text(self.around.lang),
            (sheet, Some(at)) => format!("{sheet}!{at}"),
            (sheet, None) => format!("{sheet}!A{row}"),
        };
        Spot {
            file: self.around.file.to_owned(),
            row,
            cell,
        }
    }
}

/// Returns the value that says that everything is reached.
fn full(item: &Item) -> String {
    let target = item.target.as_ref();
    target.map_or_else(|| "100%".to_owned(), |target| target.amount.to_string())
}
