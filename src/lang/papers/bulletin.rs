//! Words of the bulletin, and the wording that is used where an office has none of its own.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::lang::Lang;
use crate::lang::Word;
use crate::lang::sentences;
use crate::lang::words;
use crate::terms::Cycle;

words! {
    /// The title where a template has none.
    TITLE => "通报", "Bulletin";
    STATES => "责任事项构成", "Obligations by state";
    CHAPTERS => "各部分办结率", "Completion by chapter";
    OPEN => "未办结责任事项", "Open obligations";
    FILTERED => "本通报只含筛选出的责任事项。", "This bulletin covers the obligations that were filtered for only.";
}

sentences! {
    annex(number) => "附件{number}", "Annex {number}";
    share(count, percent) => "{count}项，{percent}%", "{count}, {percent}%";
    completion(part, whole, percent) => "{percent}%（{part}/{whole}）", "{percent}% ({part}/{whole})";
}

/// The wording that is used where an office has none of its own.
pub const TEMPLATE: Word = Word {
    zh: include_str!("bulletin.zh.txt"),
    en: include_str!("bulletin.en.txt"),
};

/// The months in English.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns a day as papers write it.
pub fn day(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}", day.year(), short_day(day, lang)),
        Lang::En => format!("{} {}", short_day(day, lang), day.year()),
    }
}

/// Returns a day without its year.
pub fn short_day(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", day.month(), day.day_of_month()),
        Lang::En => format!("{} {}", day.day_of_month(), month(day)),
    }
}

/// Returns a period as papers write it.
pub fn period(period: Period, lang: Lang) -> String {
    let start = period.window().start;
    let (year, before) = (start.year(), start.month() - 1);
    let ordinal_zh = |at: u32| ["一", "二", "三", "四"][at as usize % 4];
    let ordinal_en = |at: u32| ["first", "second", "third", "fourth"][at as usize % 4];
    match (lang, period.cycle()) {
        (Lang::Zh, Cycle::Month) => format!("{year}年{}月", start.month()),
        (Lang::Zh, Cycle::Quarter) => format!("{year}年第{}季度", ordinal_zh(before / 3)),
        (Lang::Zh, Cycle::Half) => format!("{year}年{}半年", ["上", "下"][before as usize / 6]),
        (Lang::Zh, Cycle::Year) => format!("{year}年"),
        (Lang::En, Cycle::Month) => format!("{} {year}", month(start)),
        (Lang::En, Cycle::Quarter) => format!("the {} quarter of {year}", ordinal_en(before / 3)),
        (Lang::En, Cycle::Half) => format!("the {} half of {year}", ordinal_en(before / 6)),
        (Lang::En, Cycle::Year) => year.to_string(),
    }
}

fn month(day: Day) -> &'static str {
    MONTHS[day.month() as usize - 1]
}
