//! Percents, shares and amounts as exact integers; a figure becomes decimal text only when printed.
//!
//! No float anywhere: every threshold is tested against the tenth that is printed (numbers.md §6).

use std::cmp::Ordering;
use std::fmt;

/// A percent in tenths: 0–1000 is 0.0–100.0; differences may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(pub i32);

impl Tenths {
    /// 100.0 percent.
    pub const WHOLE: Tenths = Tenths(1000);
    /// 0.0 percent.
    pub const ZERO: Tenths = Tenths(0);

    /// Returns part of whole as a percent: half up, but 100.0 and 0.0 only where they are exact.
    ///
    /// A part beyond the whole counts as 100.0. `None` where the whole is 0.
    pub fn of(part: u128, whole: u128) -> Option<Tenths> {
        if whole == 0 {
            return None;
        }
        if part >= whole {
            return Some(Tenths::WHOLE);
        }
        if part == 0 {
            return Some(Tenths::ZERO);
        }
        let rounded = (part * 2000 + whole) / (whole * 2);
        i32::try_from(rounded.clamp(1, 999)).ok().map(Tenths)
    }

    /// Returns the mean, rounded like every percent; `None` of nothing.
    pub fn mean(values: impl IntoIterator<Item = Tenths>) -> Option<Tenths> {
        let (sum, count) = values
            .into_iter()
            .fold((0u128, 0u128), |(sum, count), value| {
                (sum + u128::try_from(value.0).unwrap_or(0), count + 1)
            });
        Tenths::of(sum, count * 1000)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{}", size / 10, size % 10)
    }
}

/// A rate before it is printed: so many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The numerator.
    pub part: u64,
    /// The denominator.
    pub whole: u64,
}

impl Share {
    /// Returns the percent, or `None` where the whole is 0.
    pub fn percent(self) -> Option<Tenths> {
        Tenths::of(u128::from(self.part), u128::from(self.whole))
    }

    /// Compares exactly, by cross-multiplication; a share without a whole is below all others.
    pub fn cmp_exact(self, other: Share) -> Ordering {
        match (self.whole, other.whole) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            _ => (u128::from(self.part) * u128::from(other.whole))
                .cmp(&(u128::from(other.part) * u128::from(self.whole))),
        }
    }
}

/// Returns percents of one whole that add to 100.0 by largest remainder; ties go to the earlier part.
///
/// All zero where the parts sum to nothing.
pub fn percents_of_whole(parts: &[u64]) -> Vec<Tenths> {
    let whole: u128 = parts.iter().map(|part| u128::from(*part)).sum();
    if whole == 0 {
        return vec![Tenths::ZERO; parts.len()];
    }
    let mut tenths: Vec<u128> = parts
        .iter()
        .map(|part| u128::from(*part) * 1000 / whole)
        .collect();
    let missing = 1000 - tenths.iter().sum::<u128>();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|at| std::cmp::Reverse(u128::from(parts[*at]) * 1000 % whole));
    for at in by_remainder
        .into_iter()
        .take(usize::try_from(missing).unwrap_or(0))
    {
        tenths[at] += 1;
    }
    tenths
        .into_iter()
        .map(|tenth| Tenths(i32::try_from(tenth).unwrap_or(0)))
        .collect()
}

/// A non-negative decimal of at most 12 digits before and 4 after the point, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(u64);

/// How many of the smallest parts make one.
const SCALE: u64 = 10_000;

impl Amount {
    /// Reads `62`, `62.5`; no sign, no exponent, no separator.
    pub fn parse(text: &str) -> Option<Amount> {
        Amount::parse_bytes(text.as_bytes())
    }

    /// Reads an amount from bytes, without an allocation.
    pub fn parse_bytes(bytes: &[u8]) -> Option<Amount> {
        let point = bytes.iter().position(|byte| *byte == b'.');
        let (whole, fraction) = match point {
            Some(at) => (&bytes[..at], Some(&bytes[at + 1..])),
            None => (bytes, None),
        };
        if whole.is_empty() || whole.len() > 12 {
            return None;
        }
        let fraction = fraction.unwrap_or(b"0");
        if fraction.is_empty() || fraction.len() > 4 {
            return None;
        }
        let padded = number(fraction)? * 10u64.pow(4 - u32::try_from(fraction.len()).ok()?);
        Some(Amount(number(whole)? * SCALE + padded))
    }

    /// Returns how much of `target` this is, as a percent; beyond the target it is 100.0.
    pub fn percent_of(self, target: Amount) -> Option<Tenths> {
        Tenths::of(u128::from(self.0), u128::from(target.0))
    }

    /// Returns this amount read as a percentage: `60` is 60.0, beyond 100 it is 100.0.
    pub fn as_percent(self) -> Option<Tenths> {
        Tenths::of(u128::from(self.0), u128::from(100 * SCALE))
    }

    /// Tells whether the amount is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns the amount in ten-thousandths, the unit in which thresholds are compared.
    pub fn ten_thousandths(self) -> u64 {
        self.0
    }

    /// Returns the amount of so many ten-thousandths.
    pub const fn from_ten_thousandths(parts: u64) -> Amount {
        Amount(parts)
    }
}

/// Reads a run of at most 12 ASCII digits.
fn number(bytes: &[u8]) -> Option<u64> {
    bytes.iter().try_fold(0u64, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u64::from(byte - b'0'))
    })
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / SCALE, self.0 % SCALE);
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{fraction:04}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}
