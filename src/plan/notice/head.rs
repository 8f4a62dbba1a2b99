//! The head of a notice: title, number, issuer, date, addressees; and where the body begins and ends.

mod fields;
mod title;

use crate::calendar::Day;
use crate::plan::notice::Duty;
use crate::plan::notice::LeftOut;
use crate::plan::notice::Placed;
use crate::plan::notice::Set;
use crate::plan::notice::Why;
use crate::plan::notice::Wishes;
use crate::plan::notice::divisions;
use crate::plan::notice::doubt;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::head::fields::Zone;
use crate::plan::notice::head::title::Titles;
use crate::plan::notice::mark;
use crate::plan::notice::mark::Boundary;
use crate::plan::notice::owners;
use crate::plan::notice::owners::names;
use crate::plan::notice::page::Block;
use crate::plan::notice::page::Frame;
use crate::plan::notice::page::Line;
use crate::plan::notice::page::Repeats;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;
use crate::plan::notice::tail;

/// A notice taken apart: its head is read, its body is not.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) title: Option<String>,
    /// Everything that could be a title, for telling what kind of document it is.
    pub(super) headline: String,
    pub(super) number: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) issued: Option<Day>,
    pub(super) addressees: Vec<String>,
    pub(super) sets: Vec<Set>,
    pub(super) years: Option<(u32, u32)>,
    pub(super) head: Vec<Placed>,
    pub(super) duties: Vec<Duty>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) body: Vec<Block>,
    /// All lines, for telling what kind of document it is.
    pub(super) lines: Vec<Text>,
}

pattern!(
    NUMBER,
    "([\u{4e00}-\u{9fff}]{1,24}) ?[\\[(《<] ?((?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九O]{3}) ?[\\])》>] ?第? ?([0-9]{1,5}|[一二三四五六七八九十百]{1,5}) ?号"
);
// A number of another document that has lost its bracket: “〔201215号”.
pattern!(
    LOST_INSIDE,
    "[\u{4e00}-\u{9fff}]{1,4}\\[(?:19|20)[0-9]{3,6} ?号"
);
pattern!(
    DATE,
    "((?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九O]{3}) ?年 ?([0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?月 ?([0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?日"
);
pattern!(
    SET,
    "(各[^,。;:“”]{1,24}?) ?\\(含(.{2,200}?)[,、]? ?下同\\)"
);
pattern!(
    YEAR,
    "((?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九O]{3}) ?年"
);
pattern!(
    LABEL,
    "^(?:索引号|索 引 号|主题分类|发布机构|发文机关|发文单位|制发机关|成文日期|成文时间|生成日期|发布日期|发布时间|公开日期|日期|时间|来源|信息来源|文章来源|作者|浏览次数|浏览量|点击数|点击率|访问次数|字体|字号|文号|文 号|发文字号|标题|标 题|名称|名 称|关键词|主题词|有效性|是否有效|废止日期|体裁分类|组配分类|信息分类|公开方式|公开范围|责任编辑|编辑|审核|打印|分享|视力保护色|当前位置|您所在的位置|您现在所在的位置|您的位置|位置|公开形式|文件状态|内容概述|服务对象|统一编号|稿源|撰稿|字数|收藏|联系人|联系电话|电话|邮箱|附件|此件)"
);

/// A line with its place among the blocks.
struct Seen {
    at: usize,
    number: u32,
    text: Text,
    frame: Frame,
}

/// Splits lines that hold a whole page in one: text whose line ends were lost.
pub(super) fn split_long(blocks: Vec<Block>) -> Vec<Block> {
    /// The longest line that is left as it is; a long paragraph has fewer characters.
    const LONG: usize = 200;
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks {
        let line = match block {
            Block::Line(line) if signs::length(&line.text) > LONG && line.text.contains(' ') => {
                line
            }
            Block::Line(_) | Block::Table(_) => {
                split.push(block);
                continue;
            }
        };
        let is_wide = |sign: Option<char>| sign.is_some_and(|sign| !sign.is_ascii());
        let mut start = 0;
        let mut pieces = Vec::new();
        for (at, _) in line.text.match_indices(' ') {
            let before = line.text[..at].chars().next_back();
            let after = line.text[at + 1..].chars().next();
            let ahead: String = line.text[at + 1..].chars().take(16).collect();
            let starts_mark = mark::at_start(&Text::new(&ahead)).is_some();
            let is_word = signs::length(&line.text[start..at]) < 4;
            if !is_word
                && ((is_wide(before) && is_wide(after))
                    || (starts_mark && is_wide(before))
                    || (is_wide(before)
                        && after.is_some_and(|sign| sign.is_ascii_digit())
                        && is_dated(&line.text[at + 1..])))
            {
                pieces.push(&line.text[start..at]);
                start = at + 1;
            }
        }
        pieces.push(&line.text[start..]);
        for text in pieces.into_iter().filter(|piece| !piece.trim().is_empty()) {
            split.push(Block::Line(Line {
                text: text.trim().to_owned(),
                ..line.clone()
            }));
        }
    }
    split
}

/// Tells whether a date begins a text.
fn is_dated(text: &str) -> bool {
    let start: String = text
        .chars()
        .take(16)
        .map(|sign| signs::plain(&sign.to_string()))
        .collect();
    DATE.find(&start).is_some_and(|found| found.start() == 0)
}

/// Reads the head and finds the body.
pub(super) fn read(blocks: Vec<Block>, wishes: &Wishes) -> Parts {
    let seen: Vec<Seen> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block {
            Block::Line(line) => Some(Seen {
                at,
                number: line.number,
                text: Text::new(&line.text),
                frame: line.frame,
            }),
            Block::Table(_) => None,
        })
        .collect();
    let tables: Vec<usize> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block, Block::Table(_)))
        .map(|(at, _)| at)
        .collect();
    let first_table = tables.first().copied();
    let mut parts = Parts::default();
    let titles = Titles::find(&seen, first_table);
    parts.headline = titles.headline.clone();
    let body = titles.body;
    let lines: Vec<(usize, &Text, Frame)> = seen
        .iter()
        .map(|line| (line.at, &line.text, line.frame))
        .collect();
    let end = tail::begin(&lines, &tables, body).unwrap_or(blocks.len());
    let addressed = addressees(&seen, body);
    let mut used: Vec<usize> = titles.lines.clone();
    if let Some((at, names)) = &addressed {
        parts.addressees.clone_from(names);
        used.push(*at);
    }
    fields::number(&seen, body, &mut parts, &mut used);
    let signature = Zone {
        from: addressed
            .as_ref()
            .map_or(titles.lines.first().map_or(0, |at| at + 1), |(at, _)| {
                at + 1
            }),
        to: body,
        tail: end,
    };
    fields::dated(&seen, &signature, &mut parts, &mut used);
    fields::issuer(&seen, &signature, &titles, &mut parts, &mut used);
    match &titles.title {
        Some((title, _)) => parts.title = Some(title.clone()),
        None => parts.doubts.push(doubt::title_missing(0, "")),
    }
    if titles.is_assumed
        && let Some((title, line)) = &titles.title
    {
        parts.doubts.push(doubt::title_assumed(*line, title));
    }
    fields::years(&titles, &seen, wishes, &mut parts);
    for line in &seen {
        for found in SET.captures_iter(&line.text.plain) {
            let name = found.get(1).expect("the pattern has it");
            let members = found.get(2).expect("the pattern has it");
            let set = Set {
                name: line.text.slice(name.range()).to_owned(),
                members: owners::names::names(line.text.slice(members.range())),
            };
            if !parts.sets.contains(&set) {
                parts.sets.push(set);
            }
        }
    }
    for line in &seen {
        for lost in LOST_INSIDE.find_iter(&line.text.plain) {
            let words = line.text.slice(lost.range());
            parts.doubts.push(doubt::digits_lost(line.number, words));
        }
    }
    if let Some((at, _)) = &addressed {
        let number = seen
            .iter()
            .find(|line| line.at == *at)
            .map_or(0, |line| line.number);
        name_counties(&mut parts, number);
    }
    share_out(
        blocks,
        seen,
        &used,
        addressed.map(|(at, _)| at),
        body,
        end,
        &mut parts,
    );
    parts
}

/// Adds the counties that “各县(市、区)” means, where the issuer is a city of the national list; and
/// calls a place by the name that the notice defines for it.
fn name_counties(parts: &mut Parts, line: u32) {
    let defined: Vec<String> = parts
        .sets
        .iter()
        .flat_map(|set| set.members.clone())
        .collect();
    for name in &mut parts.addressees {
        if let Some(own) = defined
            .iter()
            .find(|own| names::key(own) == names::key(name))
        {
            name.clone_from(own);
        }
    }
    let Some(at) = parts
        .addressees
        .iter()
        .position(|name| names::is_all_counties(&signs::plain(name)))
    else {
        return;
    };
    let year = parts.years.map_or(0, |(first, _)| first);
    let issuer = parts.issuer.as_deref().map(signs::plain);
    let Some(counties) = issuer.and_then(|issuer| divisions::of(&issuer, year)) else {
        return;
    };
    let words = parts.addressees[at].clone();
    parts.doubts.push(doubt::group_from_list(
        line,
        &words,
        counties.city,
        counties.year,
    ));
    let new = counties.names.iter().map(|name| (*name).to_owned());
    let mut new: Vec<String> = new
        .filter(|name| !parts.addressees.contains(name))
        .collect();
    let rest = parts.addressees.split_off(at + 1);
    parts.addressees.append(&mut new);
    parts.addressees.extend(rest);
}

/// Puts every line where it belongs: head, letter, frame, body.
fn share_out(
    blocks: Vec<Block>,
    seen: Vec<Seen>,
    used: &[usize],
    addressed: Option<usize>,
    body: usize,
    end: usize,
    parts: &mut Parts,
) {
    let mut in_annex = false;
    for line in &seen {
        if used.contains(&line.at) {
            parts.head.push(Placed {
                line: line.number,
                text: line.text.raw.clone(),
            });
            continue;
        }
        if (body..end).contains(&line.at) {
            continue;
        }
        let in_letter = line.at < body && addressed.is_some_and(|at| line.at > at);
        if in_letter && line.frame == Frame::Inside {
            letter(line, parts);
            continue;
        }
        let is_page = line.frame == Frame::Outside || tail::is_foot(&line.text.plain);
        in_annex |= line.at >= end && tail::is_annex(&line.text.plain);
        let is_closing = line.at >= end && tail::is_closing(&line.text.plain);
        parts.left_out.push(LeftOut {
            line: line.number,
            text: line.text.raw.clone(),
            why: match (is_page, in_annex, is_closing) {
                (true, ..) | (false, false, false) => Why::Page,
                (false, true, _) => Why::Annex,
                (false, false, true) => Why::Closing,
            },
        });
    }
    for (at, block) in blocks.into_iter().enumerate() {
        match block {
            block if (body..end).contains(&at) && !used.contains(&at) => parts.body.push(block),
            Block::Table(table) => {
                for row in table.rows {
                    let cells = row.cells.iter().filter(|cell| cell.repeats == Repeats::No);
                    let texts: Vec<&str> = cells.map(|cell| cell.text.as_str()).collect();
                    parts.left_out.push(LeftOut {
                        line: row.number,
                        text: texts.join(" | "),
                        why: Why::Annex,
                    });
                }
            }
            Block::Line(_) => {}
        }
    }
    parts.lines = seen.into_iter().map(|line| line.text).collect();
}

/// Keeps what the letter orders, and the rest as left out.
fn letter(line: &Seen, parts: &mut Parts) {
    let mut rest = String::new();
    for sentence in sentences(&line.text) {
        let plain = signs::plain(&sentence);
        match is_duty(&plain) {
            true => {
                parts.doubts.push(doubt::duty(line.number, sentence.trim()));
                parts.duties.push(Duty {
                    text: sentence.trim().to_owned(),
                    line: line.number,
                });
            }
            false => rest.push_str(&sentence),
        }
    }
    if !rest.trim().is_empty() {
        parts.left_out.push(LeftOut {
            line: line.number,
            text: rest.trim().to_owned(),
            why: match tail::is_closing(&line.text.plain) {
                true => Why::Closing,
                false => Why::Letter,
            },
        });
    }
}

pattern!(
    ORDERS,
    "(?:各|单位|部门|政府|牵头|有关)[^。]{0,60}?(?:要|须|应[^急对用付]|务必|请|必须)[^。]{2,}|请[^。]{0,40}(?:报送|报|上报|反馈|备案)|[0-9]{1,2}日前[^。]{0,40}报"
);
pattern!(
    BOILERPLATE,
    "印发给你们|遵照执行|认真贯彻(?:执行|落实)|请认真(?:按照|组织|贯彻|抓好)?(?:执行|实施|落实)|抓好落实"
);

/// Tells whether a sentence of the letter orders something of its own.
fn is_duty(plain: &str) -> bool {
    ORDERS.is_match(plain) && !BOILERPLATE.is_match(plain)
}

/// Returns the sentences of a text with their full stops.
pub(super) fn sentences(text: &Text) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, stop) in text.plain.match_indices('。') {
        found.push(text.slice(start..at + stop.len()).to_owned());
        start = at + stop.len();
    }
    if start < text.plain.len() {
        found.push(text.slice(start..text.plain.len()).to_owned());
    }
    found
}

/// Returns the line of the addressees and their names.
fn addressees(seen: &[Seen], body: usize) -> Option<(usize, Vec<String>)> {
    let found = seen
        .iter()
        .filter(|line| line.at < body)
        .find(|line| is_addressed(&line.text))?;
    let colon = found.text.plain.find(':').unwrap_or(found.text.plain.len());
    let names = owners::names::names(found.text.slice(0..colon));
    Some((found.at, names))
}

/// Tells whether a line names those a letter is written to, and little else.
fn is_addressed(text: &Text) -> bool {
    let plain = &text.plain;
    let Some(names) = plain.strip_suffix(':') else {
        return false;
    };
    if LABEL.is_match(plain)
        || signs::length(names) > 400
        || names.contains('。')
        || mark::at_start(text).is_some()
    {
        return false;
    }
    let names = owners::names::names(names);
    let units = names
        .iter()
        .filter(|name| owners::names::is_unit(&signs::plain(name)))
        .count();
    !names.is_empty() && units * 3 >= names.len() * 2
}

/// The signs before an inner mark that end a sentence, for those who split at it.
pub(super) const fn ends_sentence(boundary: Boundary) -> bool {
    match boundary {
        Boundary::Stop | Boundary::Blank => true,
        Boundary::Semicolon | Boundary::Colon => false,
    }
}
