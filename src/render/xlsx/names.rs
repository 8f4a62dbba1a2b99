//! Names of sheets: whole where a workbook can bear them, never twice.

use crate::render::safe::one_line;
use std::collections::BTreeSet;

/// How many UTF-16 units a name may have.
const LONGEST: usize = 31;

/// The names that a workbook has so far, in small letters.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Returns a name like `wanted` that a sheet may have and none has yet.
    pub(super) fn name(&mut self, wanted: &str) -> String {
        let wanted = allowed(wanted);
        let mut name = cut(&wanted, LONGEST);
        let mut number = 1u32;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            let mark = format!(" ({number})");
            name = cut(&wanted, LONGEST - mark.len()) + &mark;
        }
        name
    }
}

/// Replaces what no name may hold; a name is never blank, nor the one that is kept for changes.
fn allowed(wanted: &str) -> String {
    let replaced = one_line(wanted).replace(['[', ']', ':', '*', '?', '/', '\\'], "_");
    let name = replaced.trim().trim_matches('\'').trim();
    match name {
        "" => "1".to_owned(),
        name if name.eq_ignore_ascii_case("history") => format!("{name}_"),
        name => name.to_owned(),
    }
}

fn cut(name: &str, longest: usize) -> String {
    let mut units = 0;
    let kept: String = name
        .chars()
        .take_while(|char| {
            units += char.len_utf16();
            units <= longest
        })
        .collect();
    kept.trim_end_matches([' ', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_names(wanted: &[&str], names: &[&str]) {
        let mut taken = Names::default();
        let given: Vec<String> = wanted.iter().map(|wanted| taken.name(wanted)).collect();
        assert_eq!(given, names);
    }

    #[test]
    fn a_sheet_keeps_its_name_where_it_can() {
        check_names(&["督办台账", "赤坎区"], &["督办台账", "赤坎区"]);
    }

    #[test]
    fn no_name_is_given_twice_whatever_its_case() {
        check_names(&["Port", "port", "PORT"], &["Port", "port (2)", "PORT (3)"]);
        let long = "长".repeat(40);
        let second = format!("{} (2)", "长".repeat(27));
        check_names(&[&long, &long], &["长".repeat(31).as_str(), &second]);
    }

    #[test]
    fn signs_that_no_name_may_hold_are_replaced() {
        check_names(&["a/b:[c]*?\\"], &["a_b__c____"]);
        check_names(&["'=x'", "", "History"], &["=x", "1", "History_"]);
        check_names(&["a\u{202e}b"], &["a_u{202e}b"]);
    }
}
