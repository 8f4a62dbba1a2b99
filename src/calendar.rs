//! Days, instants and calendar periods, as files write them and as rules compare them.
//!
//! Knows no clock: "today" is handed in by the command layer. The rules are numbers.md §1.

use crate::terms::Cycle;
use chrono::Datelike;
use chrono::FixedOffset;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use std::fmt;

/// A civil day, counted from 0001-01-01 (which is 1). Small and `Copy`, so that an account is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The first day there is, 0001-01-01.
    pub const FIRST: Day = Day(FIRST);
    /// The last day there is, 9999-12-31.
    pub const LAST: Day = Day(LAST);

    /// Reads exactly `YYYY-MM-DD`, a day that exists, from year 0001 on.
    pub fn parse(text: &str) -> Option<Day> {
        Day::parse_bytes(text.as_bytes())
    }

    /// Reads exactly `YYYY-MM-DD` from bytes, without an allocation.
    pub fn parse_bytes(bytes: &[u8]) -> Option<Day> {
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *bytes else {
            return None;
        };
        let year = digits(&[y0, y1, y2, y3])?;
        Day::from_ymd(year, digits(&[m0, m1])?, digits(&[d0, d1])?)
    }

    /// Returns the day of a year, month and day of month, where it exists.
    pub fn from_ymd(year: u32, month: u32, day: u32) -> Option<Day> {
        if year == 0 || year > 9999 {
            return None;
        }
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(Day::from)
    }

    /// Returns the year.
    pub fn year(self) -> u32 {
        u32::try_from(self.date().year()).unwrap_or(0)
    }

    /// Returns the month, 1–12.
    pub fn month(self) -> u32 {
        self.date().month()
    }

    /// Returns the day of the month, 1–31.
    pub fn day_of_month(self) -> u32 {
        self.date().day()
    }

    /// Returns the day `days` later (earlier when negative), kept inside the years 0001–9999.
    pub fn plus(self, days: i64) -> Day {
        let wanted = i64::from(self.0).saturating_add(days);
        Day(i32::try_from(wanted.clamp(i64::from(FIRST), i64::from(LAST))).unwrap_or(LAST))
    }

    /// Returns how many days `self` lies after `other`; negative when before.
    pub fn days_since(self, other: Day) -> i64 {
        i64::from(self.0) - i64::from(other.0)
    }

    /// Returns how many days it is after the day before 0001-01-01: 1 to 3,652,059.
    pub const fn number(self) -> u32 {
        self.0.unsigned_abs()
    }

    /// Returns the day of such a number; the last one for numbers beyond.
    pub fn of_number(number: u32) -> Day {
        Day(i32::try_from(number).unwrap_or(LAST).clamp(FIRST, LAST))
    }

    fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0).unwrap_or(NaiveDate::MIN)
    }
}

/// 0001-01-01.
const FIRST: i32 = 1;
/// 9999-12-31.
const LAST: i32 = 3_652_059;

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce().clamp(FIRST, LAST))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(
            f,
            "{:04}-{:02}-{:02}",
            date.year(),
            date.month(),
            date.day()
        )
    }
}

/// Reads a run of ASCII digits as a number; nothing else is a digit.
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u32::from(byte - b'0'))
    })
}

/// A moment with the offset it was written in; ordered and compared as a moment.
///
/// Both stand in one number, so that a posting stays small: the seconds above, the offset below.
#[derive(Clone, Copy, Debug)]
pub struct Instant(i64);

/// How many bits the offset takes: ±23:59 in minutes.
const OFFSET_BITS: u32 = 12;
/// What is added to an offset to keep it positive.
const OFFSET_BIAS: i64 = 1440;

impl Instant {
    /// The day before 0001-01-01 in UTC; no file holds it.
    pub const FIRST: Instant = Instant(OFFSET_BIAS);

    /// Returns the instant of seconds since the day before 0001-01-01 in UTC, written in an offset.
    pub fn new(seconds: i64, offset_minutes: i64) -> Instant {
        Instant(seconds << OFFSET_BITS | (offset_minutes + OFFSET_BIAS))
    }

    /// Returns the seconds since the day before 0001-01-01, in UTC.
    pub fn seconds(self) -> i64 {
        self.0 >> OFFSET_BITS
    }

    /// Returns the minutes by which the place of writing is ahead of UTC.
    pub fn offset_minutes(self) -> i64 {
        (self.0 & ((1 << OFFSET_BITS) - 1)) - OFFSET_BIAS
    }

    fn local_seconds(self) -> i64 {
        self.seconds() + self.offset_minutes() * 60
    }

    /// Reads exactly `YYYY-MM-DDTHH:MM:SS` and `Z` or `±HH:MM`, a time that exists.
    pub fn parse(text: &str) -> Option<Instant> {
        Instant::parse_bytes(text.as_bytes())
    }

    /// Reads an instant from bytes, without an allocation.
    pub fn parse_bytes(bytes: &[u8]) -> Option<Instant> {
        let day = Day::parse_bytes(bytes.get(..10)?)?;
        Instant::parse_time(day, bytes)
    }

    /// Reads what stands behind the date of an instant, which was read already.
    pub fn parse_time(day: Day, bytes: &[u8]) -> Option<Instant> {
        let [b'T', h0, h1, b':', m0, m1, b':', s0, s1] = *bytes.get(10..19)? else {
            return None;
        };
        let (hours, minutes, seconds) =
            (digits(&[h0, h1])?, digits(&[m0, m1])?, digits(&[s0, s1])?);
        if hours > 23 || minutes > 59 || seconds > 59 {
            return None;
        }
        let offset_minutes = parse_offset(&bytes[19..])?;
        let local = i64::from(day.0) * 86_400
            + i64::from(hours) * 3_600
            + i64::from(minutes) * 60
            + i64::from(seconds);
        Some(Instant::new(local - offset_minutes * 60, offset_minutes))
    }

    /// Returns the instant of a civil time and its offset from UTC.
    pub fn from_local(local: NaiveDateTime, offset: FixedOffset) -> Instant {
        let day = Day::from(local.date());
        let in_day = local
            .time()
            .signed_duration_since(NaiveTime::MIN)
            .num_seconds();
        let offset_minutes = i64::from(offset.local_minus_utc() / 60);
        let seconds = i64::from(day.0) * 86_400 + in_day - offset_minutes * 60;
        Instant::new(seconds, offset_minutes)
    }

    /// Returns the day of the instant in its own offset.
    pub fn day(self) -> Day {
        Day(i32::try_from(self.local_seconds().div_euclid(86_400)).unwrap_or(FIRST))
    }

    /// Returns how many seconds `self` lies after `other`; negative when before.
    pub fn seconds_since(self, other: Instant) -> i64 {
        self.seconds() - other.seconds()
    }
}

/// Reads `Z` or `±HH:MM`, offsets to ±23:59.
fn parse_offset(bytes: &[u8]) -> Option<i64> {
    match *bytes {
        [b'Z'] => Some(0),
        [sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] => {
            let (hours, minutes) = (digits(&[h0, h1])?, digits(&[m0, m1])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let total = i64::from(hours * 60 + minutes);
            Some(if sign == b'-' { -total } else { total })
        }
        _ => None,
    }
}

impl PartialEq for Instant {
    fn eq(&self, other: &Instant) -> bool {
        self.seconds() == other.seconds()
    }
}

impl Eq for Instant {}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Instant) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Instant) -> std::cmp::Ordering {
        self.seconds().cmp(&other.seconds())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_day = self.local_seconds().rem_euclid(86_400);
        let (hours, minutes, seconds) = (in_day / 3_600, in_day / 60 % 60, in_day % 60);
        write!(f, "{}T{hours:02}:{minutes:02}:{seconds:02}", self.day())?;
        let sign = if self.offset_minutes() < 0 { '-' } else { '+' };
        let offset = self.offset_minutes().abs();
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

/// Two days and all between them, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub start: Day,
    /// The last day; before `start` in a window of no day.
    pub end: Day,
}

impl Window {
    /// Tells whether the day lies in the window.
    pub fn contains(self, day: Day) -> bool {
        self.start <= day && day <= self.end
    }

    /// Returns the days that both windows hold, or `None` where they share none.
    pub fn cut_to(self, other: Window) -> Option<Window> {
        let start = self.start.max(other.start);
        let end = self.end.min(other.end);
        (start <= end).then_some(Window { start, end })
    }
}

/// A calendar month, quarter, half or year, whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: u32,
    /// Which one of the year, from 0.
    number: u32,
    cycle: Cycle,
}

impl Period {
    /// Reads `2013-06`, `2013-Q2`, `2013-H1` or `2013`.
    pub fn parse(text: &str) -> Option<Period> {
        let bytes = text.as_bytes();
        let year = digits(bytes.get(..4)?).filter(|year| *year > 0)?;
        let (cycle, number) = match &bytes[4..] {
            [] => (Cycle::Year, 1),
            [b'-', b'Q', quarter] => (Cycle::Quarter, digits(&[*quarter])?),
            [b'-', b'H', half] => (Cycle::Half, digits(&[*half])?),
            [b'-', m0, m1] => (Cycle::Month, digits(&[*m0, *m1])?),
            _ => return None,
        };
        let within = (1..=12 / cycle.months()).contains(&number);
        within.then(|| Period {
            year,
            number: number - 1,
            cycle,
        })
    }

    /// Returns the period of a cycle that holds a day.
    pub fn holding(day: Day, cycle: Cycle) -> Period {
        Period {
            year: day.year(),
            number: (day.month() - 1) / cycle.months(),
            cycle,
        }
    }

    /// Returns the cycle whose period this is.
    pub fn cycle(self) -> Cycle {
        self.cycle
    }

    /// Returns the period that follows, or `None` after the year 9999.
    pub fn next(self) -> Option<Period> {
        let last = self.number + 1 == 12 / self.cycle.months();
        let next = match last {
            true => Period {
                year: self.year + 1,
                number: 0,
                ..self
            },
            false => Period {
                number: self.number + 1,
                ..self
            },
        };
        (next.year <= 9999).then_some(next)
    }

    /// Returns its first and last day.
    pub fn window(self) -> Window {
        let first_month = self.number * self.cycle.months() + 1;
        let last_month = first_month + self.cycle.months() - 1;
        Window {
            start: day_in_month(self.year, first_month, 1),
            end: day_in_month(self.year, last_month, 31),
        }
    }

    /// Returns a day of its last month, or that month's last day if it is shorter.
    pub fn day_in_last_month(self, day: u32) -> Day {
        let end = self.window().end;
        day_in_month(end.year(), end.month(), day)
    }

    /// Returns a day of the month after it, or that month's last day if it is shorter.
    pub fn day_in_month_after(self, day: u32) -> Day {
        let after = self.window().end.plus(1);
        day_in_month(after.year(), after.month(), day)
    }

    /// Returns the periods of a cycle of which one day at least lies in the window, in order.
    pub fn of(window: Window, cycle: Cycle) -> Vec<Period> {
        if window.end < window.start {
            return Vec::new();
        }
        std::iter::successors(Some(Period::holding(window.start, cycle)), |period| {
            period.next()
        })
        .take_while(|period| period.window().start <= window.end)
        .collect()
    }
}

/// Returns a day of a month, or the month's last day if it is shorter.
fn day_in_month(year: u32, month: u32, day: u32) -> Day {
    (1..=day)
        .rev()
        .find_map(|day| Day::from_ymd(year, month, day))
        .unwrap_or(Day(LAST))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number + 1;
        match self.cycle {
            Cycle::Month => write!(f, "{:04}-{number:02}", self.year),
            Cycle::Quarter => write!(f, "{:04}-Q{number}", self.year),
            Cycle::Half => write!(f, "{:04}-H{number}", self.year),
            Cycle::Year => write!(f, "{:04}", self.year),
        }
    }
}

/// Returns the same day so many years later (29 February becomes 28 where needed).
pub fn years_later(day: Day, years: u32) -> Day {
    day_in_month(day.year() + years, day.month(), day.day_of_month())
}
