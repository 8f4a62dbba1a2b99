//! Deadlines in words → days, periods, or a doubt. A day that the words do not name is not made up.

use crate::calendar::Day;
use crate::plan::notice::signs;
use crate::terms::Cycle;
use crate::terms::DueIn;
use regex::Captures;
use regex::Regex;
use std::ops::Range;

/// What the words say about when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// On or before a day.
    Due(Day),
    /// A day that the words only hint at.
    Assumed(Day),
    /// Again and again.
    Every {
        every: Cycle,
        due_day: Option<u32>,
        due_in: Option<DueIn>,
    },
    /// Without an end.
    Continuing,
    /// Before a feast, so many days after something.
    Unclear,
    /// Soon.
    Soon,
    /// A month without a year in a plan of several years.
    NoYear,
    /// Again and again, how often is not said.
    Interval,
    /// Every week, every two months: no period of ours.
    OtherInterval,
    /// Digits are lost.
    Lost,
}

/// A deadline with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deadline {
    pub(super) when: When,
    /// The bytes of the compared text.
    pub(super) range: Range<usize>,
}

/// Whether words stand in a field for deadlines, where a month alone is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the running text.
    Text,
    /// In a field or column of its own.
    Field,
}

// A lost digit: “于月底前”, “年月底前”.
pattern!(
    LOST,
    "(?:^|[于在,。;年至到]) ?月(?:[0-9]{0,2}日|底|末)(?:之?前|以前|完成)|年月日?前|[0-9]年月底?前"
);
pattern!(
    EVERY_MONTH,
    "(?:每个?月(?:度)?(?:的)?|按月|逐月|月月|一月一[^,。;、]|次月|下月)(?:[^0-9,。;]{0,4}([0-9]{1,2}) ?日| ?底| ?末)?(?:之?前|以前)?"
);
pattern!(
    EVERY_QUARTER,
    "(?:每个?季度?|按季度?|逐季|一季度?一[^,。;、])(?:(结束)?[^0-9,。;]{0,2}(首月|第一个?月|首个月|末月|最后一?个?月|末|底|后))?(?:[^0-9,。;]{0,3}([0-9]{1,2}) ?(?:日|个?工作日|天))?(?:之?前|以前|内)?"
);
pattern!(EVERY_HALF, "每半年|按半年|半年一[^,。;、]");
pattern!(
    EVERY_YEAR,
    "每年(?:度)?(?:([0-9]{1,2}) ?月(?:([0-9]{1,2}) ?日|底|末)?(?:之?前|以前)?)?|按年度?|一年一[^,。;、]"
);
pattern!(
    EVERY_OTHER,
    "每(?:个?(?:周|星期|日|天|旬)|[两二三四2-9] ?(?:个月|个?季度|年|周|天)|双月|逢)|按(?:周|日|旬)(?:报|调度|通报|开展)"
);
pattern!(
    DATED,
    "(?:((?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九O]{3}) ?年|(今年|明年|本年|当年|次年))? ?(?:的)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月(?:份)? ?(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?(?:日|号)|(底|末|初|上旬|中旬|下旬))? ?(?:\\(含[^()]*\\))?(之前|以前|前|之内|以内|内|止|完成|组织完成)?"
);
pattern!(
    YEAR_END,
    "(?:到|至|在)?(?:((?:19|20)[0-9]{2}) ?年|(今年|明年|本年|当年|次年)|(每)?年) ?(?:度)?(?:底|末)(?:之前|以前|前)?"
);
pattern!(
    IN_YEAR,
    "(?:((?:19|20)[0-9]{2}) ?年(?:度)?(?:之内|以内|内)|(?:今年|本年度?|当年|年度|年)(?:之内|以内|内))"
);
pattern!(
    QUARTER,
    "(?:((?:19|20)[0-9]{2}) ?年)?(?:第)?([一二三四1-4]) ?季度(末|底)?(前|之前|以前|内|完成)?"
);
pattern!(
    HALF,
    "(?:((?:19|20)[0-9]{2}) ?年)?(上半年|下半年|年中)(前|之前|内|完成|末|底)?"
);
pattern!(
    FLOOD,
    "(?:主?汛期?|入汛)(?:来临|到来|来)?(?:之前|以前|前)|主汛期(?:来临|到来)?前"
);
pattern!(NATIONAL_DAY, "国庆(?:节)?(?:假期)?(?:之前|前)");
pattern!(
    FEAST,
    "(?:春节|清明|端午|中秋|元旦|五一|劳动节|高考|开学|入冬|冬季|台风(?:季|期|季节)?|雨季|防火期|森林防火期|特护期|高温季节?|双节|两节|全国两会|两会)(?:节)?(?:来临|到来)?(?:之前|以前|前)"
);
pattern!(
    AFTER,
    "(?:印发|收到|发布|接到|下发|签订|会议|文件|通知|之日|批准|获批|立项)[^。,;]{0,12}?(?:起|后) ?(?:的)?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|半) ?(?:个)?(?:工作)?(?:日|天|月|年)(?:之内|以内|内)"
);
pattern!(SOON, "抓紧|尽快|尽早|适时|近期|限期|尽快|早日");
pattern!(INTERVAL, "不?定期");
pattern!(
    FOR_EVER,
    "长期坚持|常年坚持|长抓不懈|常抓不懈|贯穿全年|长期实施|常态化(?:开展|推进|实施|坚持|落实|进行)"
);
pattern!(FOR_EVER_FIELD, "长期|持续|常态化?|全年|常年|日常|始终|经常");
pattern!(BY_YEAR, "到 ?((?:19|20)[0-9]{2}) ?年[,、]");
pattern!(YEAR_FIELD, "^ ?((?:19|20)[0-9]{2}) ?年?度? ?$");
pattern!(
    RANGE,
    "([0-9]{1,2}) ?月?(?:份)? ?(?:-|—|–|~|至|到){1,2} ?(?:((?:19|20)[0-9]{2}) ?年)? ?([0-9]{1,2}) ?月(?:份)?(?:([0-9]{1,2}) ?日|底|末)?(前|完成)?"
);
pattern!(
    DOT_DATE,
    "((?:19|20)[0-9]{2})[./-]([0-9]{1,2})(?:[./-]([0-9]{1,2}))?"
);

/// Tells whether a clause says when and little else.
pub(super) fn is_when(plain: &str) -> bool {
    let found = find(plain, Some((2000, 2000)), Place::Field);
    let Some(first) = found.first() else {
        return false;
    };
    let covered = first.range.len();
    signs::length(plain) <= 24 && covered * 2 >= plain.trim().len()
}

/// Returns every deadline of a text, in order; those of years in titles and quotes are none.
pub(super) fn find(plain: &str, years: Option<(u32, u32)>, place: Place) -> Vec<Deadline> {
    if plain.len() > signs::LONGEST {
        return Vec::new();
    }
    let masked = masked(plain);
    let mut search = Search {
        text: &masked,
        years,
        found: Vec::new(),
    };
    search.run(place);
    search.found.sort_by_key(|deadline| deadline.range.start);
    search.found
}

/// Returns a text with what is quoted made unreadable, byte for byte in its place.
fn masked(plain: &str) -> String {
    let mut masked = String::with_capacity(plain.len());
    let mut depth = 0usize;
    for sign in plain.chars() {
        match sign {
            '《' | '“' => depth += 1,
            '》' | '”' => depth = depth.saturating_sub(1),
            '。' => depth = 0,
            _ => {}
        }
        let is_hidden = depth > 0;
        match (is_hidden, sign.len_utf8()) {
            (false, _) => masked.push(sign),
            (true, 1) => masked.push('_'),
            (true, 2) => masked.push('¤'),
            (true, 3) => masked.push('□'),
            (true, _) => masked.push('𝄞'),
        }
    }
    masked
}

struct Search<'t> {
    text: &'t str,
    years: Option<(u32, u32)>,
    found: Vec<Deadline>,
}

impl Search<'_> {
    fn run(&mut self, place: Place) {
        self.each(&LOST, |_, _| Some(When::Lost));
        self.each(&EVERY_OTHER, |_, _| Some(When::OtherInterval));
        self.each(&EVERY_MONTH, |search, found| Some(search.monthly(found)));
        self.each(&EVERY_QUARTER, |_, found| Some(quarterly(found)));
        self.each(&EVERY_HALF, |_, _| Some(every(Cycle::Half)));
        self.each(&EVERY_YEAR, |search, found| search.yearly(found));
        self.each(&AFTER, |_, _| Some(When::Unclear));
        self.each(&FLOOD, |search, _| Some(search.on(4, 15, When::Assumed)));
        self.each(&NATIONAL_DAY, |search, _| {
            Some(search.on(9, 30, When::Assumed))
        });
        self.each(&FEAST, |_, _| Some(When::Unclear));
        if place == Place::Field {
            self.each(&RANGE, |search, found| search.range(found));
            self.each(&DOT_DATE, |_, found| dotted(found));
        }
        self.each(&DATED, |search, found| search.dated(found, place));
        self.each(&YEAR_END, |search, found| search.year_end(found));
        self.each(&IN_YEAR, |search, found| {
            let at = found.get(0).expect("a match has it").start();
            let year = found.get(1).map(|year| year.as_str());
            (!search.is_counted(at)).then(|| search.at_year(year, 12, 31))
        });
        self.each(&QUARTER, |search, found| search.quarter(found, place));
        self.each(&HALF, |search, found| search.half(found, place));
        self.each(&BY_YEAR, |_, found| {
            let year = signs::number(&found[1])?;
            Some(When::Assumed(Day::from_ymd(year, 12, 31)?))
        });
        self.each(&FOR_EVER, |_, _| Some(When::Continuing));
        if place == Place::Field {
            self.each(&YEAR_FIELD, |_, found| {
                let year = signs::number(&found[1])?;
                Some(When::Due(Day::from_ymd(year, 12, 31)?))
            });
            self.each(&FOR_EVER_FIELD, |_, _| Some(When::Continuing));
        }
        self.each(&INTERVAL, |_, _| Some(When::Interval));
        self.each(&SOON, |_, _| Some(When::Soon));
    }

    /// Takes every match that no surer one covers.
    fn each(&mut self, pattern: &Regex, read: impl Fn(&Search<'_>, &Captures<'_>) -> Option<When>) {
        let text = self.text;
        for found in pattern.captures_iter(text) {
            let range = found.get(0).expect("a match has it").range();
            let is_taken = self
                .found
                .iter()
                .any(|other| other.range.start < range.end && range.start < other.range.end);
            if is_taken {
                continue;
            }
            if let Some(when) = read(self, &found) {
                let words = &text[range.clone()];
                let lead = words.len() - words.trim_start().len();
                let range = range.start + lead..range.end - (words.len() - words.trim_end().len());
                self.found.push(Deadline { when, range });
            }
        }
    }

    /// Returns the year that is meant where none is said: the plan's, if it has only one.
    fn year(&self, said: Option<&str>, before: usize) -> Option<u32> {
        let only = self
            .years
            .filter(|(first, last)| first == last)
            .map(|(first, _)| first);
        match said {
            None => only.or_else(|| self.year_before(before)),
            Some("今年" | "本年" | "当年") => only,
            Some("明年" | "次年") => only.map(|year| year + 1),
            Some(year) => signs::number(year),
        }
    }

    /// Returns the last year said before a place in the same sentence.
    fn year_before(&self, at: usize) -> Option<u32> {
        let before = &self.text[..at];
        let sentence = before.rfind('。').map_or(0, |stop| stop + '。'.len_utf8());
        SAID_YEAR
            .captures_iter(&before[sentence..])
            .last()
            .and_then(|found| signs::number(&found[1]))
    }

    fn on(&self, month: u32, day: u32, make: fn(Day) -> When) -> When {
        let day = self
            .year(None, 0)
            .and_then(|year| Day::from_ymd(year, month, day));
        day.map_or(When::NoYear, make)
    }

    fn at_year(&self, said: Option<&str>, month: u32, day: u32) -> When {
        let day = self
            .year(said, 0)
            .and_then(|year| Day::from_ymd(year, month, day));
        day.map_or(When::NoYear, When::Due)
    }

    fn monthly(&self, found: &Captures<'_>) -> When {
        let words = &found[0];
        let day = found
            .get(1)
            .and_then(|day| day.as_str().parse().ok())
            .filter(|day| (1..=31).contains(day));
        let end = found.get(0).expect("a match has it").end();
        let rest: String = self.text[end..].chars().take(24).collect();
        let is_next = words.starts_with("次月")
            || words.starts_with("下月")
            || (day.is_some()
                && (rest.contains("上月") || rest.contains("上个月") || rest.contains("上一月")));
        // “次月” without a day is no period.
        match (words.starts_with("次月") || words.starts_with("下月"), day) {
            (true, None) => When::Unclear,
            (_, day) => When::Every {
                every: Cycle::Month,
                due_day: day,
                due_in: day.map(|_| match is_next {
                    true => DueIn::Next,
                    false => DueIn::Period,
                }),
            },
        }
    }

    fn yearly(&self, found: &Captures<'_>) -> Option<When> {
        // “每年年底前” and “每年6月底前” of one year are a day; in several years they come again.
        let year = self
            .years
            .filter(|(first, last)| first == last)
            .map(|(first, _)| first);
        let month = found.get(1).and_then(|month| month.as_str().parse().ok());
        match (year, month) {
            (Some(year), Some(month)) => {
                let day = found.get(2).and_then(|day| day.as_str().parse().ok());
                Some(day_or_end(year, month, day).map_or(When::Unclear, When::Due))
            }
            (Some(_) | None, _) => Some(every(Cycle::Year)),
        }
    }

    fn dated(&self, found: &Captures<'_>, place: Place) -> Option<When> {
        let whole = found.get(0).expect("a match has it");
        let month = signs::number(&found[3])?;
        let text = self.text;
        let before = text[..whole.start()].chars().next_back();
        let after = text[whole.end()..].chars().next();
        // “3个月”, “12.5月”, “自6月起”, “每月” are no days; “6月起” begins.
        if before.is_some_and(|sign| {
            sign.is_ascii_digit()
                || sign == '.'
                || sign == '每'
                || sign == '自'
                || sign == '从'
                || sign == '第'
        }) {
            return None;
        }
        if after.is_some_and(|sign| "起至-—~到".contains(sign)) {
            return None;
        }
        let said = found
            .get(1)
            .or_else(|| found.get(2))
            .map(|year| year.as_str());
        let suffix = found.get(6).map(|suffix| suffix.as_str());
        let part = found.get(5).map(|part| part.as_str());
        let number = found.get(4).map(|day| signs::number(day.as_str()));
        let is_before = matches!(suffix, Some("前" | "之前" | "以前"));
        let rest = &text[whole.end()..];
        // A month that something is done in: “9月份开展演练”.
        let is_done_in = suffix.is_none()
            && (rest.starts_with("开展")
                || rest.starts_with("组织")
                || rest.starts_with("举办")
                || rest.starts_with("前完成")
                || rest.starts_with("全面完成")
                || rest.starts_with("基本完成"));
        let is_deadline = suffix.is_some()
            || is_done_in
            || place == Place::Field
            || matches!(part, Some("底" | "末"));
        if !is_deadline {
            return None;
        }
        let Some(year) = self.year(said, whole.start()) else {
            return Some(When::NoYear);
        };
        let day = match (number, part) {
            (Some(number), _) => Day::from_ymd(year, month, number?),
            (None, Some("底" | "末" | "下旬")) => day_or_end(year, month, None),
            (None, Some("上旬")) => Day::from_ymd(year, month, 10),
            (None, Some("中旬")) => Day::from_ymd(year, month, 20),
            // “6月初前”, “6月前”: before the month or in it, nobody can tell.
            (None, Some(_)) => return Some(When::Unclear),
            (None, None) if is_before => return Some(When::Unclear),
            (None, None) => day_or_end(year, month, None),
        };
        Some(day.map_or(When::Unclear, When::Due))
    }

    fn year_end(&self, found: &Captures<'_>) -> Option<When> {
        if found.get(3).is_some() {
            return Some(every(Cycle::Year));
        }
        let at = found.get(0).expect("a match has it").start();
        if self.is_counted(at) {
            return None;
        }
        let said = found
            .get(1)
            .or_else(|| found.get(2))
            .map(|year| year.as_str());
        let day = self
            .year(said, at)
            .and_then(|year| Day::from_ymd(year, 12, 31));
        Some(day.map_or(When::NoYear, When::Due))
    }

    /// Tells whether a number of years or another year stands before a place: “三年内”, “去年底”.
    fn is_counted(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end().chars().next_back();
        before.is_some_and(|sign| {
            sign.is_ascii_digit() || "一二三四五六七八九十两几数去上前近".contains(sign)
        })
    }

    fn quarter(&self, found: &Captures<'_>, place: Place) -> Option<When> {
        let whole = found.get(0).expect("a match has it");
        let before = self.text[..whole.start()].chars().next_back();
        if before.is_some_and(|sign| sign == '每' || sign == '、') {
            return None;
        }
        let rest = &self.text[whole.end()..];
        let suffix = found.get(4).map(|suffix| suffix.as_str());
        let is_report =
            rest.starts_with("工作情况") || rest.starts_with("情况") || rest.starts_with("以来");
        if is_report && place == Place::Text {
            return None;
        }
        if found.get(3).is_none() && matches!(suffix, Some("前" | "之前" | "以前")) {
            return Some(When::Unclear);
        }
        let quarter = signs::number(&found[2]).filter(|quarter| (1..=4).contains(quarter))?;
        let said = found.get(1).map(|year| year.as_str());
        let day = self
            .year(said, whole.start())
            .and_then(|year| day_or_end(year, quarter * 3, None));
        Some(day.map_or(When::NoYear, When::Due))
    }

    fn half(&self, found: &Captures<'_>, place: Place) -> Option<When> {
        let whole = found.get(0).expect("a match has it");
        let rest = &self.text[whole.end()..];
        let is_report = ["工作", "总结", "情况", "以来", "的"]
            .iter()
            .any(|word| rest.starts_with(word));
        if is_report && place == Place::Text && found.get(3).is_none() {
            return None;
        }
        let said = found.get(1).map(|year| year.as_str());
        let year = self.year(said, whole.start());
        let (month, make): (u32, fn(Day) -> When) = match &found[2] {
            "上半年" => (6, When::Due),
            "下半年" => (12, When::Due),
            _ => (6, When::Assumed),
        };
        let day = year.and_then(|year| day_or_end(year, month, None));
        Some(day.map_or(When::NoYear, make))
    }

    fn range(&self, found: &Captures<'_>) -> Option<When> {
        let whole = found.get(0).expect("a match has it");
        let month = signs::number(&found[3]).filter(|month| (1..=12).contains(month))?;
        let number = found.get(4).and_then(|day| day.as_str().parse().ok());
        let said = found.get(2).map(|year| year.as_str());
        let year = self.year(said, whole.start());
        let day = year.and_then(|year| day_or_end(year, month, number));
        Some(day.map_or(When::NoYear, When::Due))
    }
}

pattern!(SAID_YEAR, "((?:19|20)[0-9]{2}) ?年");

const fn every(every: Cycle) -> When {
    When::Every {
        every,
        due_day: None,
        due_in: None,
    }
}

fn quarterly(found: &Captures<'_>) -> When {
    let day: Option<u32> = found
        .get(3)
        .and_then(|day| day.as_str().parse().ok())
        .filter(|day| (1..=31).contains(day));
    let is_next = found.get(2).is_some_and(|month| {
        matches!(
            month.as_str(),
            "首月" | "第一个月" | "第一月" | "首个月" | "后"
        )
    });
    When::Every {
        every: Cycle::Quarter,
        due_day: day,
        due_in: day.map(|_| match is_next {
            true => DueIn::Next,
            false => DueIn::Period,
        }),
    }
}

fn dotted(found: &Captures<'_>) -> Option<When> {
    let year = signs::number(&found[1])?;
    let month = signs::number(&found[2])?;
    let number = found.get(3).and_then(|day| day.as_str().parse().ok());
    day_or_end(year, month, number).map(When::Due)
}

/// Returns a day of a month, or its last one.
fn day_or_end(year: u32, month: u32, day: Option<u32>) -> Option<Day> {
    match day {
        Some(day) => Day::from_ymd(year, month, day),
        None => (28..=31)
            .rev()
            .find_map(|day| Day::from_ymd(year, month, day)),
    }
}
