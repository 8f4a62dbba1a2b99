//! Which line is the title, and where the body begins after it.

use crate::plan::notice::head::DATE;
use crate::plan::notice::head::LABEL;
use crate::plan::notice::head::NUMBER;
use crate::plan::notice::head::Seen;
use crate::plan::notice::head::YEAR;
use crate::plan::notice::head::is_addressed;
use crate::plan::notice::mark;
use crate::plan::notice::mark::Kind;
use crate::plan::notice::owners;
use crate::plan::notice::page::Frame;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;

pattern!(
    PRINTED,
    "关于(?:转发|批转)?.{0,30}?(?:印发|下发|公布|发布|制定)(.{4,90}?)的(?:通知|通告|函|意见)"
);
pattern!(ABOUT, "关于.{2,70}的(?:通知|意见|通告|决定|工作部署)");
pattern!(
    NOW_PRINTED,
    "(?:现将|将)?(?:修订后的|修改后的)?《(.{4,80}?)》(?:\\(.{0,30}?\\))?(?:已|业|经|现|印发|下发|转发|及)"
);
pattern!(
    PLAN_WORD,
    "(?:计划|要点|方案|安排|意见|清单|分解表|任务表|分工表|责任分解|责任分工|任务分解|规划|行动|台账|一览表|工作任务|重点任务|重点工作|工作总结|工作报告|工作汇报|工作思路|举措|措施|目标任务|部署|分工)(?: ?\\([^()]{1,30}\\))*$"
);

/// What was found of titles.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// The title of the plan and its line.
    pub(super) title: Option<(String, u32)>,
    pub(super) is_assumed: bool,
    pub(super) headline: String,
    /// Blocks that are titles.
    pub(super) lines: Vec<usize>,
    /// The block at which the body begins.
    pub(super) body: usize,
    /// Who stands before 关于.
    pub(super) issuer: Option<String>,
}

impl Titles {
    pub(super) fn find(seen: &[Seen], first_table: Option<usize>) -> Titles {
        let mut titles = Titles::default();
        let heading = first_heading(seen, 0, first_table);
        let limit = heading.unwrap_or(usize::MAX);
        // The headline: “…关于印发…的通知”, over up to four lines.
        let mut inner: Option<(String, u32)> = None;
        for from in 0..seen.len().min(200) {
            if seen[from].at > limit {
                break;
            }
            let Some((joined, count)) = join_until(seen, from, 4, |plain| {
                PRINTED.is_match(plain) || ABOUT.is_match(plain)
            }) else {
                continue;
            };
            let line = &joined;
            if signs::length(&line.plain) > 160 || line.plain.contains('。') {
                continue;
            }
            let lines = seen[from..from + count].iter().map(|line| line.at);
            if titles.headline.is_empty() {
                titles.headline.clone_from(&line.plain);
                titles.issuer = before_about(line);
            } else if titles.issuer.is_none() {
                titles.issuer = before_about(line);
            }
            titles.lines.extend(lines);
            if let Some(found) = PRINTED.captures(&line.plain) {
                let name = found.get(1).expect("the pattern has it");
                inner.get_or_insert((bare(line.slice(name.range())), seen[from].number));
            }
        }
        if inner.is_none() {
            inner = seen
                .iter()
                .take_while(|line| line.at < limit)
                .find_map(|line| {
                    let found = NOW_PRINTED.captures(&line.text.plain)?;
                    let name = found.get(1).expect("the pattern has it");
                    PLAN_WORD
                        .is_match(&bare_plain(name.as_str()))
                        .then(|| (bare(line.text.slice(name.range())), line.number))
                });
        }
        match inner {
            Some((inner, line)) => titles.of_printed(seen, &inner, line, first_table),
            None => titles.of_itself(seen, heading, first_table),
        }
        // The same title higher up the page is no text of its own.
        if let Some((title, _)) = &titles.title {
            let key = signs::key(title);
            let again = seen
                .iter()
                .filter(|line| line.at < titles.body && signs::key(&line.text.raw) == key);
            titles.lines.extend(again.map(|line| line.at));
        }
        titles.lines.sort_unstable();
        titles.lines.dedup();
        titles
    }

    /// The plan is printed by a letter: it begins where its title stands last.
    fn of_printed(&mut self, seen: &[Seen], inner: &str, line: u32, first_table: Option<usize>) {
        let wanted = signs::key(inner);
        let mut last: Option<(usize, usize)> = None;
        let keys: Vec<String> = seen.iter().map(|line| signs::key(&line.text.raw)).collect();
        for from in 0..seen.len() {
            for count in 1..=4.min(seen.len() - from) {
                let joined = keys[from..from + count].concat();
                if joined.chars().count() > wanted.chars().count() + 30 {
                    break;
                }
                if is_same_title(&joined, &wanted) {
                    last = Some((from, count));
                    break;
                }
            }
        }
        // A title behind the plan is a link to it, so a heading must follow.
        let found = last
            .filter(|(from, count)| first_heading(seen, from + count, first_table).is_some())
            .or_else(|| {
                let (before, _) = last?;
                let same = (0..before)
                    .rev()
                    .filter(|from| is_same_title(&keys[*from], &wanted));
                same.take(20).find_map(|from| {
                    let follows = first_heading(seen, from + 1, first_table).is_some();
                    follows.then_some((from, 1))
                })
            });
        match found {
            Some((from, count)) => {
                let mut end = from + count;
                let mut title: String = seen[from..end]
                    .iter()
                    .map(|line| line.text.raw.as_str())
                    .collect();
                while let Some(more) = seen.get(end).filter(|line| is_title_rest(&line.text)) {
                    title.push_str(&more.text.raw);
                    end += 1;
                }
                self.lines
                    .extend(seen[from..end].iter().map(|line| line.at));
                self.title = Some((bare(&title), seen[from].number));
                self.body = seen.get(end).map_or(usize::MAX, |line| line.at);
                if let Some(table) = first_table
                    && table > seen[end - 1].at
                {
                    self.body = self.body.min(table);
                }
            }
            None => {
                self.title = Some((inner.to_owned(), line));
                self.is_assumed = true;
                self.after_letter(seen, first_table);
            }
        }
    }

    /// No letter prints it: the title stands over the first heading.
    fn of_itself(&mut self, seen: &[Seen], heading: Option<usize>, first_table: Option<usize>) {
        let limit = heading.unwrap_or(usize::MAX);
        let mut best: Option<(usize, usize)> = None;
        for from in 0..seen.len() {
            if seen[from].at >= limit {
                break;
            }
            let text = &seen[from].text;
            let is_plan = |text: &Text| {
                let length = signs::length(&text.plain);
                (5..=60).contains(&length)
                    && PLAN_WORD.is_match(&text.plain)
                    && !text.plain.contains(['。', ':', ';', '|', '>'])
                    && !text.plain.starts_with("附件")
                    && mark::at_start(text).is_none()
            };
            if is_plan(text) && seen[from].frame == Frame::Inside {
                let begins = from > 0
                    && best.is_none_or(|(_, end)| end < from)
                    && begins_title(&seen[from - 1].text, text);
                best = Some((if begins { from - 1 } else { from }, from + 1));
            }
        }
        // A notice that is itself the plan: “关于做好…的通知”.
        if best.is_none() {
            if let Some(first) = self.lines.first().copied() {
                let from = seen.iter().position(|line| line.at == first).unwrap_or(0);
                let joined = join_until(seen, from, 4, |plain| ABOUT.is_match(plain));
                if let Some((title, _)) = joined {
                    self.title = Some((bare(&title.raw), seen[from].number));
                }
                self.after_letter(seen, first_table);
                return;
            }
            self.body = match (first_heading(seen, 0, first_table), first_table) {
                (Some(at), Some(table)) => at.min(table),
                (Some(at), None) | (None, Some(at)) => at,
                (None, None) => 0,
            };
            // Whatever short line stands last before it may be the title.
            let before = seen
                .iter()
                .take_while(|line| line.at < self.body)
                .filter(|line| {
                    line.frame == Frame::Inside
                        && (5..=50).contains(&signs::length(&line.text.plain))
                        && !line.text.plain.contains(['。', ':', '|', '>'])
                        && mark::at_start(&line.text).is_none()
                });
            if let Some(line) = before.last() {
                self.title = Some((bare(&line.text.raw), line.number));
                self.headline.clone_from(&line.text.plain);
                self.is_assumed = true;
                self.lines.push(line.at);
            }
            return;
        }
        if let Some((from, mut end)) = best {
            let mut title: String = seen[from..end]
                .iter()
                .map(|line| line.text.raw.as_str())
                .collect();
            while let Some(more) = seen.get(end).filter(|line| is_title_rest(&line.text)) {
                title.push_str(&more.text.raw);
                end += 1;
            }
            if self.headline.is_empty() {
                self.headline = signs::plain(&title);
            }
            self.lines
                .extend(seen[from..end].iter().map(|line| line.at));
            self.title = Some((bare(&title), seen[from].number));
            self.body = seen.get(end).map_or(usize::MAX, |line| line.at);
            if let Some(table) = first_table
                && table > seen[end - 1].at
            {
                self.body = self.body.min(table);
            }
        }
    }

    /// The body follows the title line and the addressees; there is no letter of its own.
    fn after_letter(&mut self, seen: &[Seen], first_table: Option<usize>) {
        let after = self.lines.last().copied().map_or(0, |at| at + 1);
        let first = seen
            .iter()
            .position(|line| line.at >= after)
            .unwrap_or(seen.len());
        let addressed = seen[first..]
            .iter()
            .take(12)
            .find(|line| is_addressed(&line.text))
            .map(|line| line.at + 1);
        self.body = addressed.unwrap_or_else(|| {
            let rest = &seen[first..];
            let begin = rest.iter().find(|line| {
                !LABEL.is_match(&line.text.plain)
                    && !NUMBER.is_match(&line.text.plain)
                    && (signs::length(&line.text.plain) > 40
                        || mark::at_start(&line.text).is_some())
            });
            begin.map_or(after, |line| line.at)
        });
        if let Some(table) = first_table {
            self.body = self.body.min(table);
        }
    }
}

/// Joins lines until they hold what is looked for; tells how many it took.
fn join_until(
    seen: &[Seen],
    from: usize,
    most: usize,
    holds: impl Fn(&str) -> bool,
) -> Option<(Text, usize)> {
    let mut joined = String::new();
    for (count, line) in seen[from..].iter().take(most).enumerate() {
        // What comes after the first line goes on with a title, so it has no full stop or label.
        if count > 0 && (line.text.plain.contains(['。', ':']) || NUMBER.is_match(&line.text.plain))
        {
            return None;
        }
        joined.push_str(&line.text.raw);
        let text = Text::new(&joined);
        if holds(&text.plain) {
            return Some((text, count + 1));
        }
        if count == 0 && !begins_headline(&line.text.plain) {
            return None;
        }
    }
    None
}

/// Tells whether a line may be the first of a headline over several lines.
fn begins_headline(plain: &str) -> bool {
    let length = signs::length(plain);
    (2..=60).contains(&length)
        && (plain.contains("关于") || owners::names::is_unit(plain))
        && !plain.contains(['。', '|', '>', ';'])
}

fn is_same_title(key: &str, wanted: &str) -> bool {
    if key == wanted {
        return true;
    }
    if key.contains("关于") || key.contains("的通知") {
        return false;
    }
    let key_length = key.chars().count();
    let wanted_length = wanted.chars().count();
    let strip = |key: &str| -> String { key.split('(').next().unwrap_or(key).to_owned() };
    (key.ends_with(wanted) && key_length <= wanted_length + 12)
        || (wanted.ends_with(key) && key_length >= 8 && key_length + 12 >= wanted_length)
        || (strip(key) == strip(wanted) && key_length >= 8)
}

/// A line that only goes on with the title above it: “(2021-2023年)”, “(试行)”.
fn is_title_rest(text: &Text) -> bool {
    let plain = text.plain.trim();
    signs::length(plain) <= 30
        && plain.starts_with('(')
        && plain.ends_with(')')
        && mark::at_start(text).is_none()
}

/// Tells whether a title begins on the line before it.
fn begins_title(before: &Text, title: &Text) -> bool {
    let plain = &before.plain;
    let has_year = YEAR.is_match(&title.plain);
    !has_year
        && (4..=30).contains(&signs::length(plain))
        && (YEAR.is_match(plain) || plain.ends_with(['市', '县', '区', '省']))
        && !plain.contains(['。', ':', ',', '>', '|'])
        && !DATE.is_match(plain)
        && !NUMBER.is_match(plain)
        && mark::at_start(before).is_none()
}

fn before_about(line: &Text) -> Option<String> {
    let at = line.plain.find("关于")?;
    let name = line.slice(0..at).trim();
    let plain = signs::plain(name);
    let cut = plain.rfind([' ', ']', '号', ':']).map_or(0, |at| {
        at + plain[at..].chars().next().map_or(0, char::len_utf8)
    });
    let name = Text::new(name).slice(cut..plain.len()).trim().to_owned();
    owners::names::is_unit(&signs::plain(&name)).then_some(name)
}

/// Returns a title without the marks and the number around it.
fn bare(title: &str) -> String {
    let text = Text::new(title.trim());
    let plain = text.plain.trim_end();
    let mut end = plain.len();
    // “…的通知(湛府办〔2013〕7号)”: the number is no part of the title.
    if let Some(found) = NUMBER.find_iter(plain).last()
        && plain[found.end()..]
            .trim_matches([')', ' ', ']'])
            .is_empty()
        && found.start() > 0
    {
        end = plain[..found.start()]
            .trim_end_matches(['(', ' ', '['])
            .len();
    }
    let name = text.slice(0..end).trim();
    let inner = name
        .strip_prefix(['《', '〈', '<'])
        .and_then(|name| name.strip_suffix(['》', '〉', '>']));
    inner
        .unwrap_or(name)
        .trim()
        .trim_end_matches(['。', '.'])
        .to_owned()
}

fn bare_plain(title: &str) -> String {
    signs::plain(&bare(title))
}

/// Returns the block of the first heading of a run, from a line on.
pub(super) fn first_heading(
    seen: &[Seen],
    from: usize,
    first_table: Option<usize>,
) -> Option<usize> {
    let first_line = seen.get(from).map(|line| line.at);
    let table = first_table.filter(|table| first_line.is_none_or(|line| *table >= line));
    let mut starts: Vec<(usize, usize, Kind)> = Vec::new();
    // Where the second of each kind stands last: a first one before it begins a run.
    let mut seconds: Vec<(Kind, usize)> = Vec::new();
    for (place, line) in seen.iter().enumerate().skip(from) {
        let marks = mark::at_start(&line.text)
            .into_iter()
            .chain(mark::inside(&line.text).into_iter().map(|inner| inner.mark));
        for mark in marks.filter(|mark| mark.kind != Kind::Circle && line.frame == Frame::Inside) {
            match mark.value {
                1 if starts.len() < 1000 && (!mark.weak || mark.kind == Kind::Num) => {
                    starts.push((place, line.at, mark.kind))
                }
                2 => {
                    seconds.retain(|(kind, _)| *kind != mark.kind);
                    seconds.push((mark.kind, place));
                }
                _ => {}
            }
        }
    }
    let begun = starts.iter().find(|(place, _, kind)| {
        seconds
            .iter()
            .any(|(other, last)| other == kind && last >= place)
    });
    match (begun, table) {
        (Some((_, at, _)), Some(table)) => Some(table.min(*at)),
        (Some((_, at, _)), None) => Some(*at),
        (None, table) => table,
    }
}
