//! What somebody else's table asks to be recorded, cell by cell: what is clear, and what is in doubt.
//!
//! Pure: reads cells as a clerk would, and where two readings are open chooses none.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::calendar::Window;
use crate::figures::Amount;
use crate::grid::Epoch;
use crate::grid::Odd;
use crate::grid::Value;
use crate::lang::Said;
use crate::lang::intake as say;
use crate::lang::terms;
use crate::names;
use crate::plan::Item;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::recording::texts;
use crate::recording::texts::Fault;
use crate::terms::Event;

/// A place in a file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file.
    pub file: String,
    /// The row, by which places stand in order.
    pub row: u32,
    /// The cell, such as `填报!K7`, or the line.
    pub cell: String,
}

/// An entry that a table asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Where.
    pub spot: Spot,
    /// The obligation.
    pub obligation: ObligationIx,
    /// What happened.
    pub event: Event,
    /// The value as it is to stand in the journal.
    pub value: String,
    /// The day it happened, where the table says it.
    pub date: Option<Day>,
    /// The day it counts for where the table does not say it.
    pub else_date: Day,
    /// What there is to say.
    pub note: String,
    /// The document number.
    pub reference: String,
    /// The unit that acts, where the table says it.
    pub acting: Option<UnitIx>,
    /// The person, where the table says it.
    pub by: Option<String>,
    /// The names of files that prove it.
    pub evidence: Vec<String>,
    /// What else to know of it.
    pub remark: Option<Said>,
}

/// Something that is not recorded as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Where.
    pub spot: Spot,
    /// The obligation, where it is known.
    pub obligation: Option<String>,
    /// Why.
    pub why: Said,
    /// What to do about it.
    pub help: Option<Said>,
}

/// Something to know that stands in no way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub spot: Spot,
    /// What.
    pub said: Said,
}

/// What a table says, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// What it asks for.
    pub asked: Vec<Asked>,
    /// What is in doubt.
    pub doubts: Vec<Doubt>,
    /// What else to know.
    pub remarks: Vec<Remark>,
    /// Rows in which nothing was filled in.
    pub blank: usize,
    /// Rows that were looked at.
    pub rows: usize,
}

/// Words that old books have for events, beside those of the program.
const OTHER_WORDS: [(&str, Event); 36] = [
    ("已签收", Event::Ack),
    ("签收确认", Event::Ack),
    ("进展", Event::Progress),
    ("反馈", Event::Progress),
    ("推进中", Event::Progress),
    ("正在推进", Event::Progress),
    ("进行中", Event::Progress),
    ("在办", Event::Progress),
    ("办理中", Event::Progress),
    ("正在办理", Event::Progress),
    ("未办结", Event::Progress),
    ("正在进行", Event::Progress),
    ("无进展", Event::Nil),
    ("未开展", Event::Nil),
    ("未启动", Event::Nil),
    ("完成", Event::Submit),
    ("已完成", Event::Submit),
    ("报送完成", Event::Submit),
    ("待核实", Event::Submit),
    ("申请销号", Event::Submit),
    ("办结", Event::Verify),
    ("已办结", Event::Verify),
    ("销号", Event::Verify),
    ("已销号", Event::Verify),
    ("核实", Event::Verify),
    ("退回", Event::Return),
    ("已退回", Event::Return),
    ("延期至", Event::Extend),
    ("批准延期", Event::Extend),
    ("暂停", Event::Suspend),
    ("已中止", Event::Suspend),
    ("恢复办理", Event::Resume),
    ("取消", Event::Cancel),
    ("已撤销", Event::Cancel),
    ("重新办理", Event::Reopen),
    ("督办", Event::Urge),
];

/// Reads the word of an event, in either language or as old books have it.
pub fn event(word: &str) -> Option<Event> {
    let key = names::look_key(word);
    let recorded = |event: &&Event| !matches!(event, Event::Retract | Event::Seal);
    Event::ALL
        .iter()
        .filter(recorded)
        .copied()
        .find(|event| {
            let said = terms::event(*event);
            [event.code(), said.zh, said.en]
                .iter()
                .any(|word| names::look_key(word) == key)
        })
        .or_else(|| {
            let other = OTHER_WORDS.iter().find(|(word, _)| *word == key);
            other.map(|(_, event)| *event)
        })
}

/// Reads how far an item is, as it is to stand in the journal.
pub fn progress(cell: &Value, item: &Item) -> Result<String, Said> {
    match cell {
        Value::Percent(text) => percent(text),
        Value::Text(text) => progress_text(text, item),
        Value::Number(number) => bare(number, item),
        Value::Day(day) => Err(say::date_for_progress(*day)),
        Value::Odd(odd) => Err(say::odd(*odd)),
    }
}

fn progress_text(text: &str, item: &Item) -> Result<String, Said> {
    let folded = names::fold(text).replace([' ', ','], "");
    let folded = folded
        .strip_prefix("累计")
        .or_else(|| folded.strip_prefix("已完成"))
        .or_else(|| folded.strip_prefix("完成"))
        .unwrap_or(&folded);
    if let Some(percent) = folded.strip_prefix("百分之") {
        return self::percent(&format!("{percent}%"));
    }
    if folded.ends_with('%') {
        return percent(folded);
    }
    let of_unit = item
        .target
        .as_ref()
        .and_then(|target| folded.strip_suffix(target.unit.as_str()));
    bare(of_unit.unwrap_or(folded), item).map_err(|why| match Amount::parse(folded) {
        Some(_) => why,
        None => say::no_progress(text),
    })
}

/// Reads a percent that says so.
fn percent(text: &str) -> Result<String, Said> {
    let digits = text.trim_end_matches('%');
    let amount = Amount::parse(digits).ok_or_else(|| say::no_progress(text))?;
    match amount.ten_thousandths() > WHOLE {
        true => Err(say::beyond_whole(text)),
        false => Ok(format!("{amount}%")),
    }
}

/// 100 in ten-thousandths.
const WHOLE: u64 = 1_000_000;

/// 1 in ten-thousandths.
const ONE: u64 = 10_000;

/// Reads a bare number: the amount so far where there is one to reach, else a percent.
fn bare(number: &str, item: &Item) -> Result<String, Said> {
    let amount = Amount::parse(number).ok_or_else(|| say::no_progress(number))?;
    let parts = amount.ten_thousandths();
    match &item.target {
        Some(target) => {
            let is_share = parts > 0 && parts < ONE && target.amount.ten_thousandths() >= ONE;
            match is_share {
                true => Err(say::share_or_amount(number, &target.unit)),
                false => Ok(amount.to_string()),
            }
        }
        None if parts == 0 => Ok("0%".to_owned()),
        None if parts <= ONE => Err(say::share_or_percent(number)),
        None if parts > WHOLE => Err(say::beyond_whole(number)),
        None => Ok(format!("{amount}%")),
    }
}

/// Reads a day: as a date, as the number that a spreadsheet keeps, or as it is written.
///
/// A day without a year is the one inside the days given, where there is exactly one.
pub fn day(cell: &Value, epoch: Epoch, within: Window) -> Result<Day, Said> {
    match cell {
        Value::Day(day) => Ok(*day),
        Value::Number(number) => {
            let written = day_text(number, within);
            let counted = number.parse().ok().and_then(|serial| epoch.day(serial));
            let near = |day: &Day| {
                let years = i64::from(day.year()) - i64::from(within.end.year());
                (-NEAR..=NEAR).contains(&years)
            };
            written
                .or(counted.filter(near))
                .ok_or_else(|| say::no_day(number))
        }
        Value::Text(text) => day_text(text, within).ok_or_else(|| say::no_day(text)),
        Value::Percent(text) => Err(say::no_day(text)),
        Value::Odd(odd) => Err(say::odd(*odd)),
    }
}

/// How many years a number may lie from the days in question and still be a date.
const NEAR: i64 = 20;

/// Reads a day as it is written: 2013-6-28, 2013/6/28, 2013.6.28, 2013年6月28日, 20130628, 6月28日.
fn day_text(text: &str, within: Window) -> Option<Day> {
    let folded = names::fold(text).replace(' ', "");
    let all_digits = folded.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits && folded.len() == 8 {
        let part = |range: std::ops::Range<usize>| folded[range].parse().ok();
        return Day::from_ymd(part(0..4)?, part(4..6)?, part(6..8)?);
    }
    let is_sign = |sign: char| matches!(sign, '-' | '/' | '.' | '年' | '月' | '日' | '号');
    let parts: Vec<&str> = folded
        .split(is_sign)
        .filter(|part| !part.is_empty())
        .collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    match *numbers?.as_slice() {
        [year, month, day] if year > 999 => Day::from_ymd(year, month, day),
        [month, day] if folded.contains(is_sign) => {
            let years = within.start.year()..=within.end.year();
            let mut days = years
                .filter_map(|year| Day::from_ymd(year, month, day))
                .filter(|day| within.contains(*day) || within.start.year() == within.end.year());
            let only = days.next()?;
            days.next().is_none().then_some(only)
        }
        _ => None,
    }
}

/// Reads a period: 2013-06, 2013年6月, 2013Q2, 2013年第二季度, 2013年上半年, 2013.
pub fn period(text: &str) -> Option<Period> {
    let folded = names::fold(text).replace(' ', "").to_uppercase();
    let mut written = folded
        .replace('年', "-")
        .replace("月", "")
        .replace(['/', '.'], "-");
    for (word, code) in [
        ("第", ""),
        ("一季度", "Q1"),
        ("二季度", "Q2"),
        ("三季度", "Q3"),
        ("四季度", "Q4"),
        ("1季度", "Q1"),
        ("2季度", "Q2"),
        ("3季度", "Q3"),
        ("4季度", "Q4"),
        ("上半-", "H1"),
        ("下半-", "H2"),
        ("度", ""),
    ] {
        written = written.replace(word, code);
    }
    let written = written.trim_end_matches('-');
    if let Some(period) = Period::parse(written) {
        return Some(period);
    }
    let (year, rest) = (written.get(..4)?, written.get(4..)?);
    let rest = rest.trim_start_matches('-');
    match rest.len() {
        1 => Period::parse(&format!("{year}-0{rest}")),
        _ => Period::parse(&format!("{year}-{rest}")),
    }
}

/// A text that may stand in the journal, and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// What was done.
    pub done: Vec<Said>,
}

/// Reads a text: line breaks are folded and a formula sign becomes full-width, which is said.
pub fn text(cell: &Value) -> Result<Text, Said> {
    let text = cell.text().ok_or_else(|| match cell {
        Value::Odd(odd) => say::odd(*odd),
        Value::Text(_) | Value::Number(_) | Value::Percent(_) | Value::Day(_) => {
            say::odd(Odd::Error)
        }
    })?;
    let mut done = Vec::new();
    let mut text = texts::stored(&text);
    loop {
        match texts::fault(&text) {
            None => return Ok(Text { text, done }),
            Some(Fault::LineBreak) => {
                done.push(say::folded());
                text = texts::folded(&text);
            }
            Some(Fault::Formula(sign)) => {
                let full = texts::full_width(sign);
                done.push(say::made_full_width(sign, full));
                let rest = text.strip_prefix(sign).unwrap_or_default();
                text = format!("{full}{rest}");
            }
            Some(Fault::Hidden(sign)) => {
                return Err(say::hidden(format!("U+{:04X}", u32::from(sign))));
            }
            Some(Fault::TooLong(count)) => return Err(say::too_long(count)),
        }
    }
}

/// Reads names of files, between semicolons, bars or line breaks.
pub fn file_names(text: &str) -> Vec<String> {
    text.split([';', '；', '|', '\n', '\r'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Tells whether a name is that of a file in a folder, and leads nowhere else.
pub fn is_plain_name(name: &str) -> bool {
    !name.contains(['/', '\\', ':']) && name != "." && name != ".."
}
