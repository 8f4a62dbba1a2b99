//! An office's own book of its entries (台账), csv or workbook → what it asks to be recorded.
//!
//! Columns are found by their titles or as they were named; every row is recorded, found to be there,
//! blank or refused with its reason. Pure.

use crate::calendar::Day;
use crate::calendar::Window;
use crate::failure::Failure;
use crate::grid::Address;
use crate::grid::Book;
use crate::grid::Seen;
use crate::grid::Sheet;
use crate::grid::Value;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::book as words;
use crate::lang::intake as say;
use crate::lang::terms;
use crate::names;
use crate::names::Certainty;
use crate::plan::Item;
use crate::plan::ItemIx;
use crate::plan::Plan;
use crate::plan::Schedule;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::recording::intake;
use crate::recording::intake::Asked;
use crate::recording::intake::Doubt;
use crate::recording::intake::Intake;
use crate::recording::intake::Remark;
use crate::recording::intake::Spot;
use crate::terms::Colour;
use crate::terms::Event;
use std::collections::BTreeMap;

/// How many rows are looked through for the titles.
const LOOKED_THROUGH: usize = 60;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The day it happened.
    Date,
    /// The item, by id or title, or the whole obligation.
    Item,
    /// The title of the item, beside its id.
    Title,
    /// The unit that owes.
    Unit,
    /// The period of a periodic item.
    Period,
    /// What happened.
    Event,
    /// How far it is, the new due date, a colour.
    Value,
    /// What there is to say.
    Note,
    /// The document number.
    Reference,
    /// The person.
    By,
    /// The unit that acts.
    Acting,
    /// Names of files.
    Evidence,
    /// Nothing that is read.
    Nothing,
}

impl Key {
    /// All keys with the words that name them in `--map`.
    pub const CODES: [(Key, &str); 13] = [
        (Key::Date, "date"),
        (Key::Item, "item"),
        (Key::Title, "title"),
        (Key::Unit, "unit"),
        (Key::Period, "period"),
        (Key::Event, "event"),
        (Key::Value, "value"),
        (Key::Note, "note"),
        (Key::Reference, "ref"),
        (Key::By, "by"),
        (Key::Acting, "as"),
        (Key::Evidence, "evidence"),
        (Key::Nothing, "-"),
    ];

    /// Returns the key of a word.
    pub fn from_code(word: &str) -> Option<Key> {
        let found = Key::CODES.iter().find(|(_, code)| *code == word);
        found.map(|(key, _)| *key)
    }

    /// Returns its word.
    pub fn code(self) -> &'static str {
        let found = Key::CODES.iter().find(|(key, _)| *key == self);
        found.map_or("-", |(_, code)| code)
    }

    /// Tells whether a value in merged cells is meant for each of their rows.
    const fn is_shared(self) -> bool {
        match self {
            Key::Date | Key::Item | Key::Title | Key::Unit | Key::Period | Key::By => true,
            Key::Event
            | Key::Value
            | Key::Note
            | Key::Reference
            | Key::Acting
            | Key::Evidence
            | Key::Nothing => false,
        }
    }
}

/// The titles by which columns are found, as books have them.
const TITLES: [(Key, &[&str]); 12] = [
    (
        Key::Date,
        &[
            "日期",
            "时间",
            "报送日期",
            "报送时间",
            "填报日期",
            "填报时间",
            "反馈日期",
            "反馈时间",
            "办理日期",
            "办理时间",
            "发生日期",
            "记录日期",
            "date",
        ],
    ),
    (
        Key::Item,
        &[
            "事项编号",
            "事项代号",
            "任务编号",
            "责任事项",
            "编号",
            "事项",
            "分解事项",
            "督办事项",
            "工作事项",
            "任务",
            "工作任务",
            "item",
            "obligation",
        ],
    ),
    (
        Key::Title,
        &[
            "事项名称",
            "事项内容",
            "任务名称",
            "任务内容",
            "工作内容",
            "内容",
            "title",
        ],
    ),
    (
        Key::Unit,
        &[
            "责任单位",
            "牵头单位",
            "主办单位",
            "承办单位",
            "办理单位",
            "单位",
            "单位名称",
            "unit",
        ],
    ),
    (
        Key::Period,
        &[
            "周期",
            "期间",
            "报告期",
            "所属期",
            "所属期间",
            "期数",
            "period",
        ],
    ),
    (
        Key::Event,
        &[
            "事件",
            "状态",
            "办理状态",
            "进展状态",
            "完成状态",
            "办理结果",
            "记录类型",
            "event",
        ],
    ),
    (
        Key::Value,
        &[
            "进度",
            "完成进度",
            "本期进度",
            "完成率",
            "完成比例",
            "完成百分比",
            "完成数量",
            "累计完成",
            "累计数",
            "数值",
            "value",
            "progress",
        ],
    ),
    (
        Key::Note,
        &[
            "进展",
            "进展情况",
            "工作进展",
            "办理情况",
            "完成情况",
            "落实情况",
            "情况说明",
            "备注",
            "说明",
            "note",
        ],
    ),
    (
        Key::Reference,
        &["文号", "文件号", "发文字号", "发文号", "批准文号", "ref"],
    ),
    (Key::By, &["经办人", "填报人", "记录人", "联系人", "by"]),
    (Key::Acting, &["行为单位", "报送单位", "填报单位", "as"]),
    (
        Key::Evidence,
        &[
            "佐证",
            "佐证材料",
            "佐证文件",
            "佐证文件名",
            "附件",
            "附件名称",
            "evidence",
        ],
    ),
];

/// What was said of a column: its title, or its letter, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// A title or the letter of a column.
    pub column: String,
    /// What it holds.
    pub key: Key,
}

/// What is known around a book that is read.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The obligations of the plan.
    pub chart: &'a Chart<'a>,
    /// How the file is named to the user.
    pub file: &'a str,
    /// What was said of columns.
    pub mappings: &'a [Mapping],
    /// The sheets that are wanted; all that have titles, where none is named.
    pub wanted: &'a [String],
    /// The language of the words that a message lists.
    pub lang: Lang,
}

/// A book, read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What it asks for.
    pub intake: Intake,
    /// Which columns were read as what.
    pub columns: Vec<(String, Key)>,
    /// Columns that were not read.
    pub left: Vec<String>,
    /// Sheets that were not read.
    pub left_sheets: Vec<String>,
}

/// Why a book is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBook {
    /// No row has the titles that are needed.
    NoTitles,
    /// Two columns hold the same.
    Twice(Key, String, String),
    /// A column that was named is not there.
    NoColumn(String),
    /// A sheet that was named is not there.
    NoSheet(String),
}

/// Reads a book.
pub fn read(book: &Book, around: &Around<'_>) -> Result<Read, NoBook> {
    if let Some(name) = around
        .wanted
        .iter()
        .find(|name| book.sheets.iter().all(|sheet| sheet.name != **name))
    {
        return Err(NoBook::NoSheet(name.clone()));
    }
    let mut read = Read::default();
    let mut found = false;
    for sheet in &book.sheets {
        let is_wanted = match around.wanted {
            [] => sheet.seen == Seen::Visible,
            names => names.contains(&sheet.name),
        };
        let layout = match is_wanted {
            true => Layout::find(sheet, around)?,
            false => None,
        };
        match layout {
            Some(layout) => {
                found = true;
                layout.note_columns(&mut read);
                Reading {
                    book,
                    sheet,
                    layout: &layout,
                    around,
                    intake: &mut read.intake,
                }
                .rows();
            }
            None if sheet.rows.is_empty() => {}
            None => read.left_sheets.push(sheet.name.clone()),
        }
    }
    match (found, unknown(book, around.mappings)) {
        (true, _) => Ok(read),
        (false, Some(column)) => Err(NoBook::NoColumn(column)),
        (false, None) => Err(NoBook::NoTitles),
    }
}

/// Returns a column that was named and stands nowhere among what may be titles.
fn unknown(book: &Book, mappings: &[Mapping]) -> Option<String> {
    let rows = |sheet: &'_ Sheet| -> Vec<(u32, String)> {
        let rows = sheet.rows.values().take(LOOKED_THROUGH);
        rows.flatten()
            .filter_map(|(at, value)| Some((*at, value.text()?)))
            .collect()
    };
    let cells: Vec<(u32, String)> = book.sheets.iter().flat_map(rows).collect();
    let is_there = |mapping: &&Mapping| {
        cells
            .iter()
            .any(|(at, title)| is_named(*at, title, &mapping.column))
    };
    let gone = mappings.iter().find(|mapping| !is_there(mapping));
    gone.map(|mapping| mapping.column.clone())
}

/// Where the columns of a sheet stand.
struct Layout {
    header: u32,
    /// The columns, by what they hold; a note may stand in several.
    columns: BTreeMap<Key, Vec<u32>>,
    titles: BTreeMap<u32, String>,
}

impl Layout {
    /// Finds the row of titles: the one that names most, and an item and something of it at least.
    fn find(sheet: &Sheet, around: &Around<'_>) -> Result<Option<Layout>, NoBook> {
        let rows = sheet.rows.iter().take(LOOKED_THROUGH);
        let best = rows
            .map(|(row, cells)| (*row, cells, known(cells, around).len()))
            .filter(|(_, _, count)| *count > 1)
            .max_by_key(|(row, _, count)| (*count, std::cmp::Reverse(*row)));
        let Some((header, cells, _)) = best else {
            return Ok(None);
        };
        let titles: BTreeMap<u32, String> = cells
            .iter()
            .filter_map(|(at, value)| Some((*at, value.text()?)))
            .collect();
        let mut columns: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
        for (at, key) in known(cells, around) {
            columns.entry(key).or_default().push(at);
        }
        for mapping in around.mappings {
            let is_there = titles
                .iter()
                .any(|(at, title)| is_named(*at, title, &mapping.column));
            if !is_there {
                return Err(NoBook::NoColumn(mapping.column.clone()));
            }
        }
        for (key, at) in &columns {
            if let ([first, second, ..], false) =
                (at.as_slice(), matches!(key, Key::Note | Key::Nothing))
            {
                let title = |at: &u32| titles.get(at).cloned().unwrap_or_default();
                return Err(NoBook::Twice(*key, title(first), title(second)));
            }
        }
        let names_items = columns.contains_key(&Key::Item) || columns.contains_key(&Key::Title);
        Ok(names_items.then_some(Layout {
            header,
            columns,
            titles,
        }))
    }

    /// Notes which columns are read, and which are not.
    fn note_columns(&self, read: &mut Read) {
        for (at, title) in &self.titles {
            let key = self
                .columns
                .iter()
                .find(|(key, columns)| **key != Key::Nothing && columns.contains(at));
            match key {
                Some((key, _)) if !read.columns.contains(&(title.clone(), *key)) => {
                    read.columns.push((title.clone(), *key));
                }
                Some(_) => {}
                None if !read.left.contains(title) => read.left.push(title.clone()),
                None => {}
            }
        }
    }
}

/// Returns the columns of a row of titles that are known.
fn known(cells: &BTreeMap<u32, Value>, around: &Around<'_>) -> Vec<(u32, Key)> {
    let mut found: Vec<(u32, Key)> = cells
        .iter()
        .filter_map(|(at, value)| {
            let title = value.text()?;
            let said = around
                .mappings
                .iter()
                .find(|mapping| is_named(*at, &title, &mapping.column));
            let key = said.map(|mapping| mapping.key).or_else(|| titled(&title))?;
            Some((*at, key))
        })
        .collect();
    // A title that stands for the item itself where no other column does.
    if found.iter().all(|(_, key)| *key != Key::Item) {
        for (_, key) in &mut found {
            if *key == Key::Title {
                *key = Key::Item;
            }
        }
    }
    found
}

/// Tells whether a column is the one that was named: by its title or its letter.
fn is_named(at: u32, title: &str, named: &str) -> bool {
    let letter = Address { row: 0, column: at }.to_string();
    names::look_key(title) == names::look_key(named)
        || letter.trim_end_matches('0').eq_ignore_ascii_case(named)
}

/// Returns what a title says that a column holds; what stands in brackets is left aside.
fn titled(title: &str) -> Option<Key> {
    let folded = names::fold(title);
    let bare = folded.split('(').next().unwrap_or_default();
    let key = names::look_key(bare.trim_end_matches('%'));
    let found = TITLES
        .iter()
        .find(|(_, titles)| titles.iter().any(|title| names::look_key(title) == key));
    found.map(|(key, _)| *key)
}

/// A sheet on its way into an intake.
struct Reading<'r> {
    book: &'r Book,
    sheet: &'r Sheet,
    layout: &'r Layout,
    around: &'r Around<'r>,
    intake: &'r mut Intake,
}

/// Why a row is refused, and at which column.
struct Refused {
    key: Key,
    why: Said,
    help: Option<Said>,
}

impl Refused {
    fn new(key: Key, why: Said) -> Refused {
        Refused {
            key,
            why,
            help: None,
        }
    }

    fn of(key: Key, failure: Failure) -> Refused {
        Refused {
            key,
            why: failure.message,
            help: failure.help,
        }
    }
}

/// The cells of one row, by what they hold.
struct Cells<'r> {
    row: u32,
    values: BTreeMap<Key, Vec<(Address, &'r Value)>>,
}

impl<'r> Cells<'r> {
    fn value(&self, key: Key) -> Option<&'r Value> {
        self.values.get(&key)?.first().map(|(_, value)| *value)
    }

    fn text(&self, key: Key) -> Option<String> {
        let text = self.value(key)?.text()?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl<'r> Reading<'r> {
    fn rows(&mut self) {
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

    /// Finds the obligation that a row is about.
    fn obligation(&mut self, cells: &Cells<'r>) -> Result<ObligationIx, Refused> {
        let chart = self.around.chart;
        let plan = chart.plan;
        let Some(cell) = cells.value(Key::Item) else {
            return Err(Refused::new(Key::Title, words::no_item()));
        };
        let typed = cell.text().unwrap_or_default();
        let typed = typed.trim();
        let (item_part, rest) = match typed.split_once('@') {
            Some((item, rest)) => (item, Some(rest)),
            None => (typed, None),
        };
        let at = self.item(cells, cell, item_part)?;
        if let Some(title) = cells.text(Key::Title)
            && names::look_key(&title) != names::look_key(&plan.item(at).title)
        {
            let why = words::title_of_another(&plan.item(at).id, &plan.item(at).title);
            return Err(Refused::new(Key::Title, why));
        }
        let (unit_part, period_part) = match rest.and_then(|rest| rest.split_once('#')) {
            Some((unit, period)) => (Some(unit.to_owned()), Some(period.to_owned())),
            None => (rest.map(str::to_owned), None),
        };
        let item = plan.item(at);
        let unit = unit_part.or_else(|| cells.text(Key::Unit));
        let unit = lead(plan, item, unit.as_deref())?;
        let period = period_part.or_else(|| cells.text(Key::Period));
        let period = period_of(item, period.as_deref())?;
        chart
            .of(&item.id, &plan.unit(unit).id, &period)
            .ok_or_else(|| Refused::new(Key::Item, say::gone()))
    }

    /// Finds the item: by its id, by its title; a number may have lost the zero at its end.
    fn item(&mut self, cells: &Cells<'r>, cell: &Value, typed: &str) -> Result<ItemIx, Refused> {
        let plan = self.around.chart.plan;
        if let Value::Number(number) = cell {
            let is_meant = |item: &&Item| {
                let has_one_point = item.id.matches('.').count() == 1;
                has_one_point && item.id.trim_end_matches('0').trim_end_matches('.') == number
                    || item.id == *number
            };
            let found: Vec<&Item> = plan.items.iter().filter(is_meant).collect();
            match found.as_slice() {
                [] => {}
                [only] => {
                    if only.id != *number {
                        let spot = self.spot(cells.row, None);
                        let said = words::number_for_id(number, &only.id);
                        self.intake.remarks.push(Remark { spot, said });
                    }
                    return plan
                        .item_by_id(&only.id)
                        .ok_or_else(|| Refused::new(Key::Item, say::gone()));
                }
                several => {
                    let ids: Vec<&str> = several.iter().map(|item| item.id.as_str()).collect();
                    let why = words::number_for_ids(number, ids.join("、"));
                    return Err(Refused::new(Key::Item, why));
                }
            }
        }
        let key = names::look_key(typed);
        let by_title: Vec<usize> = plan
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| names::look_key(&item.title) == key)
            .map(|(at, _)| at)
            .collect();
        match (names::item(plan, typed), by_title.as_slice()) {
            (Ok(at), _) => Ok(at),
            (Err(_), [only]) => Ok(ItemIx::at(*only)),
            (Err(failure), []) => Err(Refused::of(Key::Item, failure)),
            (Err(_), several) => {
                let ids: Vec<&str> = several
                    .iter()
                    .map(|at| plan.items[*at].id.as_str())
                    .collect();
                let why = words::title_of_several(typed, ids.join("、"));
                Err(Refused::new(Key::Item, why))
            }
        }
    }

    fn spot(&self, row: u32, at: Option<Address>) -> Spot {
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

/// Settles the lead unit: the one that is named, or the only one.
fn lead(plan: &Plan, item: &Item, named: Option<&str>) -> Result<UnitIx, Refused> {
    let names = || {
        let names = item.lead.iter().map(|unit| plan.unit(*unit).name.as_str());
        let names: Vec<&str> = names.collect();
        names.join("、")
    };
    let unit = match named {
        Some(name) => Some(
            names::unit(plan, name, Certainty::Script)
                .map_err(|failure| Refused::of(Key::Unit, failure))?,
        ),
        None => None,
    };
    match (unit, item.lead.as_slice()) {
        (Some(unit), leads) if leads.contains(&unit) => Ok(unit),
        (Some(unit), _) => {
            let why = words::not_a_lead(&plan.unit(unit).name, &item.id, names());
            Err(Refused::new(Key::Unit, why))
        }
        (None, [only]) => Ok(*only),
        (None, []) => Err(Refused::new(Key::Item, words::nobody_leads(&item.id))),
        (None, _) => Err(Refused::new(
            Key::Item,
            words::which_lead(&item.id, names()),
        )),
    }
}

/// Settles the period: the one that is named, or the only one; nothing where there is none.
fn period_of(item: &Item, named: Option<&str>) -> Result<String, Refused> {
    let Schedule::Periodic(periods) = &item.kind else {
        return Ok(String::new());
    };
    let listed = || {
        let all: Vec<String> = periods.iter().map(|of| of.period.to_string()).collect();
        all.join("、")
    };
    match (named, periods.as_slice()) {
        (Some(named), _) => {
            let wanted = intake::period(named);
            let found = periods.iter().find(|of| Some(of.period) == wanted);
            found.map(|of| of.period.to_string()).ok_or_else(|| {
                Refused::new(
                    Key::Period,
                    words::no_such_period(&item.id, named, listed()),
                )
            })
        }
        (None, [only]) => Ok(only.period.to_string()),
        (None, _) => Err(Refused::new(
            Key::Item,
            words::which_period(&item.id, listed()),
        )),
    }
}
