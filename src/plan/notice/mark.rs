//! The mark that a heading begins with: 一、 (一) 1. (1) ① 一是, in all their spellings.

use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;

/// The kinds of marks, from the one that stands highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// 第一部分, 第一章.
    Part,
    /// 一、
    Han,
    /// 任务一：
    Named,
    /// (一)
    HanParen,
    /// 1. or 1、
    Num,
    /// 1.1
    Decimal,
    /// (1)
    NumParen,
    /// ①
    Circle,
    /// 一是, 一要, 第一，
    Shi,
}

/// A mark at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    /// Its number; of 1.2.3 the last.
    pub(super) value: u32,
    /// How deep a decimal is: 1.1 is 2.
    pub(super) depth: usize,
    /// As it is shown: 一, （一）, 1, (1), ①, 一是.
    pub(super) label: String,
    /// The byte of the compared text after the mark and its blanks.
    pub(super) end: usize,
    /// Whether only a blank sets it off, so that the next numbers must agree.
    pub(super) weak: bool,
}

pattern!(
    PART,
    "^第 ?([一二三四五六七八九十百]{1,4}|[0-9]{1,2}) ?(部分|篇|章)[ 、:.,]*"
);
pattern!(
    NAMED,
    "^(?:任务|行动|工程|举措|措施|专项|项目|事项) ?([一二三四五六七八九十]{1,3}|[0-9]{1,2}) ?[:、.][ ]*"
);
pattern!(
    HAN,
    "^([一二三四五六七八九十百]{1,4}) ?(、|\\.|,|:| )[ 、.]*"
);
pattern!(
    HAN_PAREN,
    "^(?:[(\\[] ?([一二三四五六七八九十百]{1,4}) ?[)\\]]|([一二三四五六七八九十]{1,3})\\))[ 、.,:]*"
);
pattern!(NUM, "^([0-9]{1,3}) ?([.、]|,| )[ .、]*");
pattern!(DECIMAL, "^([0-9]{1,2})((?:\\.[0-9]{1,2}){1,3})[ 、.]*");
pattern!(
    NUM_PAREN,
    "^(?:[(\\[] ?([0-9]{1,3}) ?[)\\]]|([0-9]{1,2})\\))[ 、.,:]*"
);
pattern!(SHI, "^([一二三四五六七八九十]{1,2})(是|要|、是)");
pattern!(DI, "^第([一二三四五六七八九十]{1,2})[,、:]");

/// Returns the mark that a text begins with.
pub(super) fn at_start(text: &Text) -> Option<Mark> {
    at(text, 0)
}

/// Returns the mark at a byte of the compared text.
pub(super) fn at(text: &Text, start: usize) -> Option<Mark> {
    let plain = &text.plain[start..];
    let first = plain.chars().next()?;
    let mark = |kind: Kind, value: u32, label: &str, length: usize| Mark {
        kind,
        value,
        depth: 1,
        label: label.to_owned(),
        end: start + length,
        weak: false,
    };
    if let Some((kind, value)) = single_sign(first) {
        let mut length = first.len_utf8();
        let rest = &plain[length..];
        length += rest.len() - rest.trim_start_matches([' ', '、', '.', ',']).len();
        let label = text.slice(start..start + first.len_utf8()).to_owned();
        return Some(mark(kind, value, &label, length));
    }
    let first_group = |captures: &regex::Captures<'_>| {
        let found = captures.get(1).or_else(|| captures.get(2));
        found.and_then(|found| signs::number(found.as_str()))
    };
    // The mark as it was written, without what sets it off.
    let written = |length: usize| {
        let written = text.slice(start..start + length);
        written.trim_end_matches([
            ' ', '\u{3000}', '\u{a0}', '、', '.', '．', ',', '，', ':', '：',
        ])
    };
    if let Some(found) = PART.captures(plain) {
        let length = found[0].len();
        return Some(mark(
            Kind::Part,
            signs::number(&found[1])?,
            written(length),
            length,
        ));
    }
    if let Some(found) = NAMED.captures(plain) {
        let length = found[0].len();
        let value = signs::number(&found[1]).filter(|value| *value > 0)?;
        return Some(mark(Kind::Named, value, written(length), length));
    }
    if let Some(found) = SHI.captures(plain) {
        let length = found[0].len();
        let value = signs::number(&found[1])?;
        return Some(mark(
            Kind::Shi,
            value,
            text.slice(start..start + length),
            length,
        ));
    }
    if let Some(found) = DI.captures(plain) {
        let length = found[0].len();
        return Some(mark(
            Kind::Shi,
            signs::number(&found[1])?,
            written(length),
            length,
        ));
    }
    if let Some(found) = HAN_PAREN.captures(plain) {
        let length = found[0].len();
        let mark = mark(
            Kind::HanParen,
            first_group(&found)?,
            written(length),
            length,
        );
        return (mark.value > 0).then_some(mark);
    }
    if let Some(found) = HAN.captures(plain) {
        let length = found[0].len();
        let value = signs::number(&found[1])?;
        let rest = &plain[length..];
        // “一、二级响应”, “三、四季度”: a pair of numbers, not a mark.
        let is_pair = rest.starts_with(|sign: char| "一二三四五六七八九十".contains(sign))
            && rest
                .chars()
                .nth(1)
                .is_some_and(|sign| "级类期季月年产、".contains(sign));
        if is_pair || value == 0 {
            return None;
        }
        let weak = matches!(&found[2], " " | "," | ":");
        let mark = mark(
            Kind::Han,
            value,
            text.slice(start..start + found[1].len()),
            length,
        );
        return Some(Mark { weak, ..mark });
    }
    if let Some(found) = NUM_PAREN.captures(plain) {
        let length = found[0].len();
        let value = first_group(&found).filter(|value| *value > 0)?;
        return Some(mark(Kind::NumParen, value, written(length), length));
    }
    if let Some(found) = DECIMAL.captures(plain) {
        let length = found[0].len();
        let rest = &plain[length..];
        // “1.2021年…”: a number before a year is met below, not here.
        let follows = rest.chars().next();
        let is_measure = follows.is_none_or(|sign| {
            sign.is_ascii_digit() || "%万亿元倍米公个项场次级月日亩吨℃-~版".contains(sign)
        });
        if !is_measure {
            let parts: Vec<u32> = found[2]
                .split('.')
                .filter_map(|part| part.parse().ok())
                .collect();
            let value = *parts.last()?;
            let mark = mark(Kind::Decimal, value, written(length), length);
            let depth = parts.len() + 1;
            return Some(Mark {
                depth,
                weak: true,
                ..mark
            });
        }
    }
    let found = NUM.captures(plain)?;
    let length = found[0].len();
    let value = signs::number(&found[1]).filter(|value| *value > 0)?;
    let rest = &plain[length..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    // A year may follow a mark; another number makes it a decimal or a pair.
    if digits > 0 && digits != 4 {
        return None;
    }
    if rest.starts_with(|sign: char| "%年月日号".contains(sign)) || rest.is_empty() {
        return None;
    }
    let weak = matches!(&found[2], " " | ",");
    let mark = mark(
        Kind::Num,
        value,
        text.slice(start..start + found[1].len()),
        length,
    );
    Some(Mark { weak, ..mark })
}

/// Returns what a sign that is a whole mark says.
fn single_sign(sign: char) -> Option<(Kind, u32)> {
    let from = |first: char| u32::from(sign) - u32::from(first) + 1;
    match sign {
        '㈠'..='㈩' => Some((Kind::HanParen, from('㈠'))),
        '⑴'..='⒇' => Some((Kind::NumParen, from('⑴'))),
        '⒈'..='⒛' => Some((Kind::Num, from('⒈'))),
        '①'..='⑳' => Some((Kind::Circle, from('①'))),
        '❶'..='❿' => Some((Kind::Circle, from('❶'))),
        '➀'..='➉' => Some((Kind::Circle, from('➀'))),
        '➊'..='➓' => Some((Kind::Circle, from('➊'))),
        '㊀'..='㊉' => Some((Kind::Circle, from('㊀'))),
        _ => None,
    }
}

/// The most marks that are looked for inside one paragraph.
const MOST_INSIDE: usize = 400;

/// Returns where marks may begin inside a text: after a full stop, a semicolon, a colon or a blank.
pub(super) fn inside(text: &Text) -> Vec<Inner> {
    let mut found = Vec::new();
    let mut before = ' ';
    let mut quoted = 0usize;
    for (at_byte, sign) in text.plain.char_indices() {
        match sign {
            '“' | '《' => quoted += 1,
            '”' | '》' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        let boundary = match before {
            _ if at_byte == 0 => None,
            '。' | '!' | '?' => Some(Boundary::Stop),
            ';' => Some(Boundary::Semicolon),
            // “…（市应急局牵头）(二)…”: owners end a sentence without a stop.
            ')' => Some(Boundary::Stop),
            ':' | ']' | ',' => Some(Boundary::Colon),
            ' ' => Some(Boundary::Blank),
            _ => None,
        };
        if found.len() >= MOST_INSIDE {
            break;
        }
        if let Some(boundary) = boundary
            && quoted == 0
            && (is_possible(sign))
            && let Some(mark) = at(text, at_byte)
        {
            found.push(Inner {
                at: at_byte,
                boundary,
                mark,
            });
        }
        before = sign;
    }
    found
}

fn is_possible(sign: char) -> bool {
    matches!(
        sign,
        '(' | '[' | '第' | '任' | '行' | '工' | '举' | '措' | '专' | '项' | '事' | '0'
            ..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    ) || single_sign(sign).is_some()
}

/// A mark inside a text.
#[derive(Clone, Debug)]
pub(super) struct Inner {
    /// The byte of the compared text at which it begins.
    pub(super) at: usize,
    pub(super) boundary: Boundary,
    pub(super) mark: Mark,
}

/// What stands before a mark inside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boundary {
    Stop,
    Semicolon,
    Colon,
    Blank,
}
