//! The plan that is written, and the obligations that it makes.
//!
//! A periodic item makes several obligations for each unit that leads it, so it is led by that part
//! of the units only: a half by half-years, a twelfth by months. Units × items is then the number of
//! obligations, as exactly as the parts come out even.

use duban::terms::Cycle;
use duban::terms::Kind;
use std::fmt::Write;
use std::ops::Range;

/// The year of the plan.
pub(crate) const YEAR: i32 = 2013;
/// Its name, which is that of its file, too.
pub(crate) const ID: &str = "generated-2013";
/// The unit that verifies.
pub(crate) const SUPERVISOR: &str = "yjb";

const CHAPTERS: [&str; 6] = [
    "应急预案",
    "应急演练",
    "监测预警",
    "应急队伍",
    "应急保障",
    "宣传培训",
];
const LABELS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
/// How many items a measure has.
const OF_A_MEASURE: usize = 4;
/// What is done; with no verb that only points a way.
const WORKS: [&str; 8] = [
    "修订专项预案",
    "举办应急演练",
    "排查风险隐患",
    "更新队伍名册",
    "采购应急物资",
    "印发宣传手册",
    "组织干部培训",
    "开通预警平台",
];

/// How the kinds follow one another: of ten items five once, two continuing, three periodic.
const KINDS: [Sort; 10] = [
    Sort::Once,
    Sort::Amount,
    Sort::Continuing,
    Sort::Once,
    Sort::Periodic(Cycle::Half),
    Sort::Once,
    Sort::Periodic(Cycle::Quarter),
    Sort::Continuing,
    Sort::Once,
    Sort::Periodic(Cycle::Month),
];

#[derive(Clone, Copy)]
enum Sort {
    Once,
    /// Once, with a target of a hundred.
    Amount,
    Continuing,
    Periodic(Cycle),
}

/// An item of the plan, as far as its entries depend on it.
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// Whether progress is an amount; the target is 100, so that it is its percent, too.
    pub(crate) is_amount: bool,
    every: Option<Cycle>,
    /// The units that lead it, by number.
    leads: Range<u16>,
    group: String,
    /// The day of the year, from 0, on which it is due.
    due: u16,
}

/// An obligation, by numbers.
#[derive(Clone, Copy)]
pub(crate) struct Obligation {
    pub(crate) item: u16,
    pub(crate) unit: u16,
    pub(crate) period: u8,
    /// Days of the year, from 0.
    pub(crate) start: u16,
    pub(crate) due: u16,
}

/// Returns the id of a unit.
pub(crate) fn unit_id(unit: u16) -> String {
    format!("u{:04}", unit + 1)
}

/// Makes up the items.
pub(crate) fn items(units: u16, count: u16) -> Vec<Item> {
    let measures = usize::from(count).div_ceil(OF_A_MEASURE);
    let mut items = Vec::new();
    let mut in_chapter = [0usize; CHAPTERS.len()];
    for position in 0..usize::from(count) {
        let chapter = position / OF_A_MEASURE * CHAPTERS.len() / measures;
        let number = in_chapter[chapter];
        in_chapter[chapter] += 1;
        let (measure, in_measure) = (number / OF_A_MEASURE, number % OF_A_MEASURE);
        let sort = KINDS[position % KINDS.len()];
        let (kind, every) = match sort {
            Sort::Once | Sort::Amount => (Kind::Once, None),
            Sort::Continuing => (Kind::Continuing, None),
            Sort::Periodic(every) => (Kind::Periodic, Some(every)),
        };
        let parts = every.map_or(1, |every| parts(units, every));
        let part = (position / KINDS.len()) as u16 % parts;
        items.push(Item {
            id: format!("{}.{}.{}", chapter + 1, measure + 1, in_measure + 1),
            kind,
            is_amount: matches!(sort, Sort::Amount),
            every,
            leads: members(units, parts, part),
            group: every.map_or("counties".to_owned(), |every| group_id(every, part)),
            due: 89 + (position * 37 % 276) as u16,
        });
    }
    items
}

/// Returns into how many parts the units are divided for items of a cycle.
fn parts(units: u16, every: Cycle) -> u16 {
    (12 / every.months() as u16).min(units)
}

fn members(units: u16, parts: u16, part: u16) -> Range<u16> {
    let edge = |part: u16| (u32::from(units) * u32::from(part) / u32::from(parts)) as u16;
    edge(part)..edge(part + 1)
}

fn group_id(every: Cycle, part: u16) -> String {
    format!("{}-{}", every.code(), part + 1)
}

/// Lists the obligations in the order of the plan.
pub(crate) fn obligations(items: &[Item]) -> Vec<Obligation> {
    let mut obligations = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let months = item.every.map_or(12, Cycle::months) as u16;
        for unit in item.leads.clone() {
            for period in 0..12 / months {
                let window = match item.every {
                    None => (0, item.due),
                    Some(_) => (
                        month_start(period * months),
                        month_start((period + 1) * months) - 1,
                    ),
                };
                obligations.push(Obligation {
                    item: at as u16,
                    unit,
                    period: period as u8,
                    start: window.0,
                    due: window.1,
                });
            }
        }
    }
    obligations
}

fn month_start(month: u16) -> u16 {
    const STARTS: [u16; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    STARTS[usize::from(month)]
}

impl Item {
    /// Returns how the period of an obligation is written; empty where it has none.
    pub(crate) fn period(&self, period: u8) -> String {
        let number = u32::from(period) + 1;
        match self.every {
            None => String::new(),
            Some(Cycle::Month) => format!("{YEAR}-{number:02}"),
            Some(Cycle::Quarter) => format!("{YEAR}-Q{number}"),
            Some(Cycle::Half) => format!("{YEAR}-H{number}"),
            Some(Cycle::Year) => YEAR.to_string(),
        }
    }
}

/// Writes the plan; `day` gives the words of a day of the year.
pub(crate) fn text(
    units: u16,
    items: &[Item],
    day: &dyn Fn(u16) -> String,
) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(
        text,
        "# 由 examples/generate 写出：一切都是编的，只用来量快慢。

schema = 1

[plan]
id = \"{ID}\"
title = \"{YEAR}年全域应急管理工作计划(生成)\"
issued = {YEAR}-01-01
period = {{ start = {YEAR}-01-01, end = {YEAR}-12-31 }}
supervisor = \"{SUPERVISOR}\"
lang = \"zh\"

[reporting]
cycle = \"month\"
due_day = 5

[[unit]]
id = \"{SUPERVISOR}\"
name = \"应急管理办公室\"
kind = \"department\""
    )?;
    for unit in 0..units {
        let (id, number) = (unit_id(unit), unit + 1);
        writeln!(
            text,
            "\n[[unit]]\nid = \"{id}\"\nname = \"第{number}县\"\nkind = \"county\""
        )?;
    }
    groups(&mut text, units)?;
    let mut last = (String::new(), String::new());
    for (position, item) in items.iter().enumerate() {
        let (measure, _) = item.id.rsplit_once('.').unwrap_or_default();
        let (chapter, _) = measure.rsplit_once('.').unwrap_or_default();
        let at = chapter.parse::<usize>().unwrap_or(1) - 1;
        if last.0 != chapter {
            let (label, title) = (LABELS[at], CHAPTERS[at]);
            writeln!(
                text,
                "\n[[chapter]]\nid = \"{chapter}\"\nlabel = \"{label}\"\ntitle = \"{title}\""
            )?;
        }
        if last.1 != measure {
            let title = CHAPTERS[at];
            writeln!(
                text,
                "\n[[measure]]\nid = \"{measure}\"\nchapter = \"{chapter}\"\ntitle = \"{title}任务{measure}\""
            )?;
        }
        last = (chapter.to_owned(), measure.to_owned());
        item_text(&mut text, position, item, day)?;
    }
    Ok(text)
}

/// Writes the groups: parts of the units for each cycle, and all of them as the two halves.
fn groups(text: &mut String, units: u16) -> std::fmt::Result {
    for every in [Cycle::Month, Cycle::Quarter, Cycle::Half] {
        for part in 0..parts(units, every) {
            let members = members(units, parts(units, every), part);
            let ids: Vec<String> = members
                .map(|unit| format!("\"{}\"", unit_id(unit)))
                .collect();
            let (id, ids, number) = (group_id(every, part), ids.join(", "), part + 1);
            let name = match every {
                Cycle::Month => "月报",
                Cycle::Quarter => "季报",
                Cycle::Half | Cycle::Year => "半年报",
            };
            writeln!(
                text,
                "\n[[group]]\nid = \"{id}\"\nname = \"{name}第{number}组\"\nmembers = [{ids}]"
            )?;
        }
    }
    let halves: Vec<String> = (0..parts(units, Cycle::Half))
        .map(|part| format!("\"@{}\"", group_id(Cycle::Half, part)))
        .collect();
    let halves = halves.join(", ");
    writeln!(
        text,
        "\n[[group]]\nid = \"counties\"\nname = \"各县\"\nmembers = [{halves}]"
    )
}

fn item_text(
    text: &mut String,
    position: usize,
    item: &Item,
    day: &dyn Fn(u16) -> String,
) -> std::fmt::Result {
    let (id, group, kind) = (&item.id, &item.group, item.kind.code());
    let work = WORKS[position % WORKS.len()];
    writeln!(
        text,
        "\n  [[measure.item]]\n  id = \"{id}\"\n  title = \"{work}(事项{id})\"\n  kind = \"{kind}\""
    )?;
    writeln!(
        text,
        "  lead = [\"@{group}\"]\n  done_when = \"有正式文件和现场记录\""
    )?;
    if let Some(every) = item.every {
        writeln!(text, "  every = \"{}\"", every.code())?;
    }
    if matches!(item.kind, Kind::Once) {
        writeln!(text, "  due = {}", day(item.due))?;
    }
    if item.is_amount {
        writeln!(text, "  target = {{ amount = 100, unit = \"场\" }}")?;
    }
    match position % 10 {
        8 => writeln!(text, "  assist = [\"{SUPERVISOR}\"]"),
        _ => Ok(()),
    }
}
