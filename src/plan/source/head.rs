//! What holds for the whole plan: `[plan]`, `[reporting]`, `[lights]`.

use crate::calendar;
use crate::calendar::Day;
use crate::calendar::Window;
use crate::figures::Amount;
use crate::finding;
use crate::lang::Lang;
use crate::plan::Parent;
use crate::plan::Reporting;
use crate::plan::Thresholds;
use crate::plan::UnitIx;
use crate::plan::source::part::At;
use crate::plan::source::part::Part;
use crate::plan::source::part::Reader;
use crate::plan::source::register::Pattern;
use crate::plan::source::register::Register;
use crate::terms::Cycle;

/// What `[plan]` says, each as far as it could be read.
pub(super) struct Head {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) issued: Option<Day>,
    pub(super) period: Option<Window>,
    pub(super) supervisor: Option<At<UnitIx>>,
    pub(super) own_verifier: Option<UnitIx>,
    pub(super) parent: Option<Parent>,
    pub(super) lang: Option<Lang>,
}

/// How `reporting.cycle` reads: a cycle, or that nobody has to report.
#[derive(Clone, Copy)]
enum Discipline {
    Each(Cycle),
    Never,
}

const PLAN_KEYS: &[&str] = &[
    "id",
    "title",
    "number",
    "issuer",
    "issued",
    "period",
    "supervisor",
    "own_verifier",
    "parent",
    "lang",
];
const LANGS: &[&str] = &[Lang::Zh.code(), Lang::En.code()];
const CYCLES: &[&str] = &[
    Cycle::Month.code(),
    Cycle::Quarter.code(),
    Cycle::Half.code(),
    Cycle::Year.code(),
    "none",
];
/// The day of the following month by which reports are due, where the plan does not say.
const DUE_DAY: u32 = 5;
/// The most years a plan may cover.
const YEARS: u32 = 10;

/// Reads `[plan]`; `stem` is what the id must be, where the file has a name.
pub(super) fn read(
    reader: &mut Reader<'_>,
    part: &Part<'_>,
    register: &Register,
    stem: Option<&str>,
) -> Head {
    part.only(reader, PLAN_KEYS);
    let id = part.needed_text(reader, "id", "id = \"zhanjiang-2013\"");
    let id = id.filter(|id| Pattern::Plan.check(reader, id));
    if let (Some(id), Some(stem)) = (&id, stem)
        && id.value != stem
    {
        let place = reader.place(&id.span);
        reader.say(finding::plan::id_not_stem(place, &id.value, stem));
    }
    let title = part.needed_text(reader, "title", "title = \"2013年全市应急管理工作计划\"");
    let period = period(reader, part);
    let supervisor = part.needed_text(reader, "supervisor", "supervisor = \"yjb\"");
    let supervisor = supervisor.and_then(|id| {
        let value = register.unit(reader, "supervisor", &id)?;
        Some(At {
            value,
            span: id.span,
        })
    });
    let own_verifier = part.text(reader, "own_verifier");
    let lang = part.word(reader, "lang", Lang::from_code, LANGS);
    Head {
        id: id.map(|id| id.value),
        title: title.map(|title| title.value),
        number: part.words(reader, "number"),
        issuer: part.words(reader, "issuer"),
        issued: part.day(reader, "issued").map(|issued| issued.value),
        period,
        supervisor,
        own_verifier: own_verifier.and_then(|id| register.unit(reader, "own_verifier", &id)),
        parent: parent(reader, part),
        lang: lang.map(|lang| lang.value),
    }
}

const PERIOD_EXAMPLE: &str = "period = { start = 2013-01-01, end = 2013-12-31 }";

fn period(reader: &mut Reader<'_>, part: &Part<'_>) -> Option<Window> {
    if part.key("period").is_none() {
        part.missing(reader, "period", PERIOD_EXAMPLE);
    }
    let inner = part.part(reader, "period", PERIOD_EXAMPLE)?;
    inner.only(reader, &["start", "end"]);
    for key in ["start", "end"] {
        if inner.key(key).is_none() {
            inner.missing(reader, key, PERIOD_EXAMPLE);
        }
    }
    let start = inner.day(reader, "start");
    let end = inner.day(reader, "end");
    let (start, end) = (start?, end?);
    let window = Window {
        start: start.value,
        end: end.value,
    };
    let place = reader.place(&end.span);
    let beyond = calendar::years_later(window.start, YEARS);
    if window.end < window.start {
        reader.say(finding::plan::reversed_dates(place, window));
        return None;
    }
    if window.end >= beyond {
        reader.say(finding::plan::period_too_long(
            place,
            window,
            beyond.plus(-1),
        ));
        return None;
    }
    Some(window)
}

fn parent(reader: &mut Reader<'_>, part: &Part<'_>) -> Option<Parent> {
    let inner = part.part(
        reader,
        "parent",
        "parent = { number = \"粤办函〔2013〕28号\" }",
    )?;
    inner.only(reader, &["number", "plan"]);
    Some(Parent {
        number: inner.words(reader, "number"),
        plan: inner.words(reader, "plan"),
    })
}

/// Reads `[reporting]`; absent, or of cycle `none`, nobody has to report.
pub(super) fn reporting(
    reader: &mut Reader<'_>,
    root: &Part<'_>,
    issued: Option<Day>,
    period: Window,
) -> Option<Reporting> {
    let part = root.part(reader, "reporting", "[reporting]")?;
    part.only(reader, &["cycle", "due_day", "from"]);
    if part.key("cycle").is_none() {
        part.missing(reader, "cycle", "cycle = \"month\"");
    }
    let cycle = part.word(reader, "cycle", discipline, CYCLES);
    let due_day = part.number(reader, "due_day", (1, 31));
    let from = part.day(reader, "from");
    let Discipline::Each(cycle) = cycle?.value else {
        return None;
    };
    let due_day = due_day.and_then(|day| u32::try_from(day.value).ok());
    let earliest = issued.map_or(period.start, |issued| issued.max(period.start));
    let default = Reporting::default_from(cycle, earliest);
    let window = Window {
        start: from.as_ref().map_or(default, |from| from.value),
        end: period.end,
    };
    if let Some(from) = from
        && window.end >= calendar::years_later(window.start, YEARS)
    {
        let place = reader.place(&from.span);
        reader.say(finding::plan::outside_period(place, from.value, period));
        return None;
    }
    Some(Reporting::new(cycle, due_day.unwrap_or(DUE_DAY), window))
}

fn discipline(code: &str) -> Option<Discipline> {
    match code {
        "none" => Some(Discipline::Never),
        _ => Cycle::from_code(code).map(Discipline::Each),
    }
}

/// Reads `[lights]`; what is absent has its default.
pub(super) fn thresholds(reader: &mut Reader<'_>, root: &Part<'_>) -> Thresholds {
    let mut thresholds = Thresholds::default();
    let Some(part) = root.part(reader, "lights", "[lights]") else {
        return thresholds;
    };
    part.only(
        reader,
        &["yellow_days", "yellow_share", "behind_yellow", "behind_red"],
    );
    if let Some(days) = part.number(reader, "yellow_days", (0, 36_500)) {
        thresholds.yellow_days = days.value;
    }
    let share = threshold(reader, &part, "yellow_share", 1);
    thresholds.yellow_share = share.unwrap_or(thresholds.yellow_share);
    let behind = threshold(reader, &part, "behind_yellow", 1_000);
    thresholds.behind_yellow = behind.unwrap_or(thresholds.behind_yellow);
    let behind = threshold(reader, &part, "behind_red", 1_000);
    thresholds.behind_red = behind.unwrap_or(thresholds.behind_red);
    thresholds
}

/// Reads a threshold from 0 to `most`.
fn threshold(reader: &mut Reader<'_>, part: &Part<'_>, key: &str, most: u64) -> Option<Amount> {
    let At { value, span } = part.amount(reader, key, &format!("{key} = {most}"))?;
    let limit = Amount::from_ten_thousandths(most * 10_000);
    let place = reader.place(&span);
    let raw = reader.text.raw(&span);
    match value {
        Some(amount) if amount <= limit => Some(amount),
        Some(_) => {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            reader.say(finding::plan::out_of_range(place, key, raw, 0, most));
            None
        }
        None => {
            reader.say(finding::plan::bad_decimal(place, key, raw));
            None
        }
    }
}
