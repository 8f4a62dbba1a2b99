//! Which counties a city has, by the national standard (GB/T 2260): what “各县(市、区)” means.
//!
//! Used for the draft only and always said as a doubt: the notice itself does not name them.

/// The standard as it stood at the end of 2013 and in April 2019: a city, then its counties, a line.
const REVISIONS: [(u32, &str); 2] = [
    (2013, include_str!("divisions.2013.txt")),
    (2019, include_str!("divisions.2019.txt")),
];

/// A city's counties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counties {
    /// The year of the standard.
    pub(super) year: u32,
    pub(super) city: &'static str,
    pub(super) names: Vec<&'static str>,
}

/// Returns the counties of the city that a text begins with, as near to a year as is known.
pub(super) fn of(issuer: &str, year: u32) -> Option<Counties> {
    let bare = issuer.trim_start_matches("中共");
    let (revision, lines) = REVISIONS
        .into_iter()
        .min_by_key(|(revision, _)| revision.abs_diff(year))?;
    // “广东省湛江市…” begins with a province.
    let bare = match bare.split_once('省') {
        Some((province, rest)) if province.chars().count() <= 3 && !rest.is_empty() => rest,
        Some(_) | None => bare,
    };
    let line = lines.lines().find(|line| {
        let city = line.split(' ').next().unwrap_or(line);
        bare.starts_with(city)
    })?;
    let mut words = line.split(' ');
    let city = words.next()?;
    // “湛江市赤坎区…” is one of the counties, not the city.
    let rest = &bare[city.len()..];
    let names: Vec<&'static str> = words.collect();
    let is_county = names.iter().any(|name| rest.starts_with(name));
    (!is_county).then_some(Counties {
        year: revision,
        city,
        names,
    })
}
