//! What the raw text shows before anything is read from it: conflicts, hidden characters, TOML.

use crate::finding;
use crate::finding::Finding;
use crate::names;
use crate::plan::source::later;
use crate::plan::source::text::Text;
use std::collections::BTreeSet;
use std::ops::Range;

/// Returns a finding for each git conflict that is not resolved.
pub(super) fn conflicts(text: &Text<'_>) -> Vec<Finding> {
    let mut at = 0;
    let mut findings = Vec::new();
    for line in text.text().split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") && findings.is_empty() {
            let place = text.place(at..at + line.trim_end().len());
            findings.push(finding::plan::conflict_marker(place));
        }
        at += line.len();
    }
    findings
}

/// Returns a finding for the first hidden character of each line.
pub(super) fn hidden(text: &Text<'_>) -> Vec<Finding> {
    let mut lines = BTreeSet::new();
    let characters = text.text().char_indices();
    characters
        .filter(|(_, character)| !matches!(character, '\n' | '\t' | '\r'))
        .filter(|(_, character)| names::is_invisible(*character))
        .filter(|(at, _)| lines.insert(text.line(*at)))
        .map(|(at, character)| {
            let place = text.place(at..at + character.len_utf8());
            finding::plan::control_character(place, character)
        })
        .collect()
}

/// Returns a finding for each form that only TOML 1.1 knows, on lines where nothing else is wrong.
pub(super) fn later_forms(text: &Text<'_>, seen: &[Finding]) -> Vec<Finding> {
    let lines: BTreeSet<u64> = seen.iter().map(|finding| finding.place.line).collect();
    later::forms(text.text())
        .into_iter()
        .filter(|(span, _)| !lines.contains(&text.line(span.start)))
        .map(|(span, form)| finding::plan::toml11(text.place(span), form))
        .collect()
}

/// Returns a finding for the first syntax error of each line.
pub(super) fn errors(
    text: &Text<'_>,
    errors: &[toml::de::Error],
    seen: &[Finding],
) -> Vec<Finding> {
    let mut lines: BTreeSet<u64> = seen.iter().map(|finding| finding.place.line).collect();
    let mut sorted: Vec<&toml::de::Error> = errors.iter().collect();
    sorted.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut findings = Vec::new();
    for error in sorted {
        let span = error.span().unwrap_or(0..0);
        if lines.insert(text.line(span.start)) {
            findings.push(of_error(text, error.message(), span));
        }
    }
    findings
}

/// Returns the finding that says best what the parser stumbled over.
fn of_error(text: &Text<'_>, message: &str, span: Range<usize>) -> Finding {
    let place = text.place(span.clone());
    let message = meant(message, text.raw(&span));
    if let Some(key) = chinese_key(text, &span) {
        let place = text.place(key.clone());
        let key = text.raw(&key);
        return finding::plan::chinese_key(place, key, english_key(key));
    }
    let before = text.text().get(..span.start).unwrap_or_default();
    let around = text.raw(&span).chars().take_while(|sign| *sign != '\n');
    let sign = before
        .chars()
        .next_back()
        .into_iter()
        .chain(around)
        .find_map(|sign| FULL_WIDTH.iter().find(|(full, _)| *full == sign));
    match sign {
        Some((full, plain)) => finding::plan::full_width(place, message, *full, plain),
        None => finding::plan::syntax(place, message),
    }
}

/// Returns what the parser would say if it knew what people write for a date, or for nothing.
fn meant<'m>(message: &'m str, raw: &str) -> &'m str {
    let looks_like_date = raw.starts_with(|sign: char| sign.is_ascii_digit())
        && (raw.contains('/') || raw.contains('年') && raw.contains('月'));
    match message {
        _ if !message.starts_with("string values") => message,
        _ if raw.trim().is_empty() => "missing value",
        _ if looks_like_date => "invalid date",
        _ => message,
    }
}

/// Signs of a Chinese keyboard that TOML wants plain.
const FULL_WIDTH: &[(char, &str)] = &[
    ('“', "\""),
    ('”', "\""),
    ('‘', "\""),
    ('’', "\""),
    ('＂', "\""),
    ('，', ","),
    ('、', ","),
    ('＝', "="),
    ('：', "="),
    ('［', "["),
    ('］', "]"),
    ('【', "["),
    ('】', "]"),
    ('｛', "{"),
    ('｝', "}"),
    ('＃', "#"),
    ('。', "."),
];

/// Returns the Chinese bare key that an error points into: it opens its line and `=` follows.
fn chinese_key(text: &Text<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    let all = text.text();
    let start = all
        .get(..span.start)?
        .rfind(['\n', '{', ',', '['])
        .map_or(0, |at| at + 1);
    let rest = all.get(start..)?;
    let line = rest.split(['\n', '}']).next().unwrap_or_default();
    let end = line.find(['=', ']'])?;
    let key = line[..end].trim();
    let start = start + line[..end].len() - line[..end].trim_start().len();
    let bare = !key.contains(['"', '\'', '“', '”', '#', ' ', '　']);
    let chinese = key
        .chars()
        .any(|sign| sign > '\u{2e7f}' && sign.is_alphabetic());
    let points_here = span.start >= start && span.start <= start + key.len();
    (bare && chinese && points_here).then_some(start..start + key.len())
}

/// Returns the key that a Chinese word stands for.
pub(super) fn english_key(key: &str) -> Option<&'static str> {
    CHINESE_KEYS
        .iter()
        .find(|(chinese, _)| *chinese == key)
        .map(|(_, english)| *english)
}

/// Words that people write for keys.
const CHINESE_KEYS: &[(&str, &str)] = &[
    ("计划", "plan"),
    ("单位", "unit"),
    ("单位组", "group"),
    ("组", "group"),
    ("部分", "chapter"),
    ("章", "chapter"),
    ("章节", "chapter"),
    ("任务", "measure"),
    ("措施", "measure"),
    ("事项", "item"),
    ("分解事项", "item"),
    ("编号", "id"),
    ("序号", "id"),
    ("名称", "name"),
    ("名字", "name"),
    ("标题", "title"),
    ("题目", "title"),
    ("文号", "number"),
    ("印发单位", "issuer"),
    ("发文单位", "issuer"),
    ("发文机关", "issuer"),
    ("印发日期", "issued"),
    ("发文日期", "issued"),
    ("起止", "period"),
    ("时间", "period"),
    ("督办单位", "supervisor"),
    ("核实单位", "own_verifier"),
    ("别名", "aliases"),
    ("简称", "aliases"),
    ("拼音", "pinyin"),
    ("类型", "kind"),
    ("类别", "kind"),
    ("成员", "members"),
    ("依据", "basis"),
    ("上级", "parent"),
    ("周期", "every"),
    ("报告日", "due_day"),
    ("牵头", "lead"),
    ("牵头单位", "lead"),
    ("责任单位", "lead"),
    ("主办单位", "lead"),
    ("配合", "assist"),
    ("配合单位", "assist"),
    ("协办单位", "assist"),
    ("开始", "start"),
    ("起始", "start"),
    ("开始日期", "start"),
    ("期限", "due"),
    ("截止", "due"),
    ("截止日期", "due"),
    ("完成时限", "due"),
    ("结束", "end"),
    ("目标", "target"),
    ("数量", "amount"),
    ("完成标准", "done_when"),
    ("佐证", "evidence"),
    ("证据", "evidence"),
    ("成果形式", "form"),
    ("形式", "form"),
    ("语言", "lang"),
];
