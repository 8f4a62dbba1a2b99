//! The number, the date, the issuer and the years of a notice.

use crate::calendar::Day;
use crate::plan::notice::Wishes;
use crate::plan::notice::doubt;
use crate::plan::notice::head::DATE;
use crate::plan::notice::head::NUMBER;
use crate::plan::notice::head::Parts;
use crate::plan::notice::head::Seen;
use crate::plan::notice::head::YEAR;
use crate::plan::notice::head::title::Titles;
use crate::plan::notice::mark;
use crate::plan::notice::owners;
use crate::plan::notice::signs;

pattern!(
    LOST_NUMBER,
    "^[\u{4e00}-\u{9fff}]{2,10}[\\[(]? ?(?:19|20)[0-9]{2}[\\])]? ?[0-9]{0,5} ?号?$"
);
pattern!(
    PLAIN_DATE,
    "((?:19|20)[0-9]{2}) ?[-/.] ?([0-9]{1,2}) ?[-/.] ?([0-9]{1,2})"
);
pattern!(
    LOST_DATE,
    "^[^0-9。,]{0,24}(?:(?:19|20)[0-9]{3,6}|(?:(?:19|20)[0-9]{2})? ?年 ?[0-9]{0,2} ?月 ?[0-9]{0,2} ?日?)$"
);
pattern!(
    YEARS,
    "((?:19|20)[0-9]{2}) ?年? ?(?:-|—|–|~|至|到){1,2} ?((?:19|20)[0-9]{2})"
);

/// Finds the number of the document in the lines before the body.
pub(super) fn number(seen: &[Seen], body: usize, parts: &mut Parts, used: &mut Vec<usize>) {
    let mut found: Option<(u8, String, usize)> = None;
    let mut lost: Option<(&Seen, String)> = None;
    // Below a title that needs no letter the number may stand in the first lines of the body.
    let below = seen
        .iter()
        .filter(|line| line.at >= body)
        .take(4)
        .take_while(|line| mark::at_start(&line.text).is_none());
    for line in seen.iter().take_while(|line| line.at < body).chain(below) {
        let plain = &line.text.plain;
        let is_below = line.at >= body;
        let is_cited = plain.contains("废止")
            || plain.starts_with("附件")
            || (plain.contains('。') && signs::length(plain) > 60);
        if let Some(captures) = NUMBER.captures(plain) {
            if is_cited {
                continue;
            }
            let whole = captures.get(0).expect("a match has it");
            let rank = match whole.as_str().len() {
                length if length == plain.trim().len() => 0,
                _ if plain.contains("文号") || plain.contains("字号") => 1,
                _ => 2,
            };
            if is_below && rank > 0 {
                continue;
            }
            if found.as_ref().is_none_or(|(other, ..)| rank < *other)
                && let Some(text) = standard(&captures)
            {
                found = Some((rank, text, line.at));
            }
        } else if LOST_NUMBER.is_match(plain.trim())
            && !DATE.is_match(plain)
            && !plain.ends_with(['年', '月', '日'])
        {
            let has_word = ["府", "政", "办", "发", "委", "字", "函", "安", "应急"]
                .iter()
                .any(|word| plain.contains(word));
            if has_word && lost.is_none() {
                lost = Some((line, line.text.raw.clone()));
            }
        }
    }
    if let Some((line, words)) = lost {
        parts
            .doubts
            .push(doubt::number_garbled(line.number, &words));
        used.push(line.at);
    } else if found.is_none() {
        parts.doubts.push(doubt::number_missing(0, ""));
    }
    if let Some((rank, text, at)) = found {
        parts.number = Some(text);
        if rank == 0 {
            used.push(at);
        }
    }
}

/// Returns a number in the brackets of the standard.
fn standard(captures: &regex::Captures<'_>) -> Option<String> {
    let mut sign = captures[1].to_owned();
    for word in [
        "文件", "通知", "意见", "文号", "字号", "方案", "计划", "要点", "决定",
    ] {
        if let Some(at) = sign.rfind(word) {
            sign = sign[at + word.len()..].to_owned();
        }
    }
    let sign = sign.trim_start_matches("编号").to_owned();
    if sign.is_empty() || signs::length(&sign) > 12 {
        return None;
    }
    let year = signs::number(&captures[2])?;
    let number = signs::number(&captures[3])?;
    Some(format!("{sign}〔{year}〕{number}号"))
}

/// Where a signature may stand.
pub(super) struct Zone {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) tail: usize,
}

impl Zone {
    /// Returns the lines after the letter, and those after the body.
    fn lines<'s>(&self, seen: &'s [Seen]) -> impl Iterator<Item = (usize, &'s Seen)> + use<'s> {
        let (from, to, tail) = (self.from, self.to, self.tail);
        seen.iter()
            .enumerate()
            .filter(move |(_, line)| (from..to).contains(&line.at) || line.at >= tail)
    }
}

/// Finds the date of issue: beside the signature, else where the page says 成文日期.
pub(super) fn dated(seen: &[Seen], zone: &Zone, parts: &mut Parts, used: &mut Vec<usize>) {
    for (_, line) in zone.lines(seen) {
        let plain = line.text.plain.trim();
        if signs::length(plain) > 45
            || plain.contains('。')
            || plain.contains("印发")
            || is_posting(plain)
        {
            continue;
        }
        if let Some(day) = day_in(plain) {
            parts.issued = Some(day);
            used.push(line.at);
            return;
        }
    }
    let mut is_lost = false;
    for (_, line) in zone.lines(seen) {
        let plain = line.text.plain.trim();
        if LOST_DATE.is_match(plain) && day_in(plain).is_none() {
            parts
                .doubts
                .push(doubt::date_garbled(line.number, line.text.raw.trim()));
            used.push(line.at);
            is_lost = true;
            break;
        }
    }
    let labelled = seen.iter().enumerate().find_map(|(at, line)| {
        let plain = &line.text.plain;
        let place = plain
            .find("成文日期")
            .or_else(|| plain.find("成文时间"))
            .or_else(|| plain.find("发文日期"))?;
        let rest = &plain[place..];
        day_in(rest).or_else(|| day_in(&seen.get(at + 1)?.text.plain))
    });
    if labelled.is_some() {
        parts.issued = labelled;
        return;
    }
    if is_lost {
        return;
    }
    // “(2013年3月1日)” under the title.
    let alone = seen
        .iter()
        .take_while(|line| line.at < zone.to)
        .find(|line| {
            let plain = line.text.plain.trim().trim_matches(['(', ')']);
            DATE.find(plain)
                .is_some_and(|found| found.as_str().len() == plain.len())
        });
    if let Some(line) = alone {
        parts.issued = day_in(&line.text.plain);
        used.push(line.at);
        return;
    }
    let printed = zone.lines(seen).find(|(_, line)| {
        line.text.plain.contains("印发")
            && signs::length(&line.text.plain) < 60
            && day_in(&line.text.plain).is_some()
    });
    if let Some((_, line)) = printed {
        parts.issued = day_in(&line.text.plain);
        parts
            .doubts
            .push(doubt::date_assumed(line.number, &line.text.raw));
        return;
    }
    parts.doubts.push(doubt::date_missing(0, ""));
}

/// Tells whether a line says when a page was posted.
fn is_posting(plain: &str) -> bool {
    [
        "发布",
        "时间",
        "来源",
        "浏览",
        "点击",
        "更新",
        "作者",
        "日期:",
        "上一篇",
        "下一篇",
        "废止",
        "失效",
    ]
    .iter()
    .any(|word| plain.contains(word))
}

/// Returns the first whole date in a text.
fn day_in(plain: &str) -> Option<Day> {
    let found = DATE
        .captures(plain)
        .or_else(|| PLAIN_DATE.captures(plain))?;
    let part = |at: usize| signs::number(&found[at]);
    Day::from_ymd(part(1)?, part(2)?, part(3)?)
}

/// Finds who issued it: the line over the date, else who stands before 关于 in the title.
pub(super) fn issuer(
    seen: &[Seen],
    zone: &Zone,
    titles: &Titles,
    parts: &mut Parts,
    used: &mut Vec<usize>,
) {
    let date_at = zone.lines(seen).find(|(_, line)| {
        used.contains(&line.at)
            && (day_in(&line.text.plain).is_some() || LOST_DATE.is_match(line.text.plain.trim()))
    });
    if let Some((at, line)) = date_at {
        let plain = &line.text.plain;
        let date = DATE.find(plain).map(|found| found.start());
        let before = date.map(|start| line.text.slice(0..start).trim().to_owned());
        if let Some(name) = before.filter(|name| owners::names::is_unit(&signs::plain(name))) {
            parts.issuer = Some(name);
            return;
        }
        let mut names: Vec<(String, usize)> = Vec::new();
        for line in seen[..at].iter().rev().take(6) {
            let plain = line.text.plain.trim();
            let fits = (3..=40).contains(&signs::length(plain))
                && owners::names::is_unit(plain)
                && !plain.contains(['。', ':', ',', '、'])
                && !plain.starts_with(['各', '('])
                && line.at >= zone.from;
            if !fits {
                break;
            }
            names.insert(
                0,
                (
                    line.text.raw.trim().replace([' ', '\u{3000}'], " "),
                    line.at,
                ),
            );
        }
        if !names.is_empty() {
            used.extend(names.iter().map(|(_, at)| *at));
            let names: Vec<String> = names.into_iter().map(|(name, _)| squeezed(&name)).collect();
            parts.issuer = Some(names.join("、"));
            return;
        }
    }
    if let Some(name) = &titles.issuer {
        parts.issuer = Some(name.clone());
        return;
    }
    let labelled = seen.iter().enumerate().find_map(|(at, line)| {
        let plain = &line.text.plain;
        let label = ["发文机关", "发布机构", "发文单位", "制发机关"]
            .iter()
            .find(|label| plain.contains(**label))?;
        let after = plain.find(label)? + label.len();
        let rest = line
            .text
            .slice(after..plain.len())
            .trim_start_matches([':', '：', ' '])
            .trim();
        let name = match rest.is_empty() {
            true => seen.get(at + 1)?.text.raw.clone(),
            false => rest.split([' ', '\u{3000}']).next()?.to_owned(),
        };
        owners::names::is_unit(&signs::plain(&name)).then_some(name)
    });
    parts.issuer = labelled;
    if parts.issuer.is_none() {
        parts.doubts.push(doubt::issuer_missing(0, ""));
    }
}

/// Returns a name without the blanks that spread it over a line.
fn squeezed(name: &str) -> String {
    let is_spread = name.split(' ').all(|part| signs::length(part) <= 2);
    match is_spread {
        true => name.replace(' ', ""),
        false => name.to_owned(),
    }
}

/// Finds the years of the plan: by its title, else by its date.
pub(super) fn years(titles: &Titles, seen: &[Seen], wishes: &Wishes, parts: &mut Parts) {
    if let Some(year) = wishes.year {
        parts.years = Some((year, year));
        return;
    }
    let written = parts.title.clone().unwrap_or_default();
    let title = signs::plain(&written);
    let line = titles.title.as_ref().map_or(0, |(_, line)| *line);
    for text in [title.as_str(), titles.headline.as_str()] {
        if let Some((first, last)) = span(text) {
            parts.years = Some((first, last));
            return;
        }
    }
    let several = ["三年行动", "三年计划", "五年行动"]
        .iter()
        .any(|word| title.contains(word));
    if several
        && let Some((first, last)) = seen.iter().find_map(|line| {
            let range = YEARS.captures(&line.text.plain)?;
            range_of(&range)
        })
    {
        parts.years = Some((first, last));
        parts.doubts.push(doubt::years(line, &written, first));
        return;
    }
    for text in [title.as_str(), titles.headline.as_str()] {
        if let Some(found) = YEAR.captures(text).or_else(|| YEAR_ALONE.captures(text))
            && let Some(year) = signs::number(&found[1])
        {
            parts.years = Some((year, year));
            return;
        }
    }
    for (word, first) in [
        ("十四五", 2021),
        ("十三五", 2016),
        ("十二五", 2011),
        ("十五五", 2026),
        ("十一五", 2006),
    ] {
        if title.contains(word) {
            parts.years = Some((first, first + 4));
            parts.doubts.push(doubt::years(line, word, first));
            return;
        }
    }
    match parts.issued {
        Some(day) => {
            parts.years = Some((day.year(), day.year()));
            parts.doubts.push(doubt::years(line, &written, day.year()));
        }
        None => parts.doubts.push(doubt::years_missing()),
    }
}

pattern!(YEAR_ALONE, "^(?:[^0-9]*)((?:19|20)[0-9]{2})(?:[^0-9]|$)");

fn span(text: &str) -> Option<(u32, u32)> {
    range_of(&YEARS.captures(text)?)
}

fn range_of(found: &regex::Captures<'_>) -> Option<(u32, u32)> {
    let first: u32 = found[1].parse().ok()?;
    let last: u32 = found[2].parse().ok()?;
    (first < last && last - first < 10).then_some((first, last))
}
