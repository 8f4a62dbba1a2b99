//! Writes `docs/reliability.md`: the table of what was tried, and the bugs that were caught.

use crate::bugs;
use crate::bugs::Bug;
use crate::bugs::Caught;
use crate::row::Count;
use crate::row::Outcome;
use crate::row::Row;
use std::fs;

/// What stands above the table.
const HEAD: &str = "# Reliability

An inspection after an accident will ask the journal what was known, when, and by whom.
This page says how often the ways to lose or falsify that were tried, and how often the journal survived.
It is written by the harness itself, from a run in which nothing failed; do not edit it.

```sh
cargo test --test harness                            # every row, a few times each, in seconds
cargo test --test harness -- --full                  # every row up to its figure
cargo test --test harness -- --full --bugs --write   # the deliberate bugs too, and this page
```

The full run needs Debian's `strace`, `prlimit` and `unshare` (util-linux), and for the fuzzing a C++ compiler; `.ci/run` installs them.
Without them `cargo test` says which rows it skipped.
A count with ≥ depends on the machine: how many system calls its libraries make.
`docs/track-record.md` lists what the harness has found.

";

/// Writes the page; what was not run this time stays as it stood there.
pub(crate) fn write(rows: &[Row], done: &[(&Row, Outcome)], caught: &[Caught]) {
    let before = fs::read_to_string(PAGE).unwrap_or_default();
    let stood = |name: &str| {
        let start = format!("| `{name}` |");
        let line = before.lines().find(|line| line.starts_with(&start));
        line.map(|line| format!("{line}\n")).unwrap_or_default()
    };
    let mut page = format!("{HEAD}{TRIED}");
    for row in rows {
        let run = done.iter().find(|(of, _)| of.name == row.name);
        page.push_str(&match run {
            Some((_, outcome)) => line_of(row, outcome),
            None => stood(row.name),
        });
    }
    page.push_str(BUGS_HEAD);
    for bug in bugs::BUGS {
        let is_caught = caught.iter().any(|of| of.bug.name == bug.name);
        page.push_str(&match is_caught {
            true => format!("{}\n", line_of_bug(bug)),
            false => stood(bug.name),
        });
    }
    page.push_str(LIMITS);
    fs::write(PAGE, page).unwrap();
    println!("wrote {PAGE}");
}

/// Stands above the rows.
const TRIED: &str = "## What was tried

| test | what is done, and what must hold | tried | survived | figure asked for |
|---|---|---|---|---|
";

/// Stands above the bugs.
const BUGS_HEAD: &str = "
## The deliberate bugs

Each is built into a copy of the sources; the row beside it must fail there, and without it must not.

| bug | what the program then does | caught by |
|---|---|---|
";

fn line_of(row: &Row, outcome: &Outcome) -> String {
    let (tried, survived) = match row.count {
        Count::Exact => (number(outcome.tried), number(outcome.survived())),
        Count::AtLeast(floor) => (format!("≥ {}", number(floor)), "all".to_owned()),
    };
    let remarks = outcome.remarks.iter().map(|remark| format!(". {remark}"));
    let remarks: String = remarks.collect();
    format!(
        "| `{}` | {}{remarks} | {tried} | {survived} | {} |\n",
        row.name, row.what, row.asked
    )
}

fn line_of_bug(bug: &Bug) -> String {
    format!("| `{}` | {} | `{}` |", bug.name, bug.does, bug.row)
}

/// Returns what the page lacks: a row or a bug that it does not name, or names in other words.
pub(crate) fn lacks(rows: &[Row], bugs: &[Bug]) -> Vec<String> {
    let page = fs::read_to_string(PAGE).unwrap_or_default();
    let rows = rows.iter().filter(|row| {
        let line = page
            .lines()
            .find(|line| line.starts_with(&format!("| `{}` |", row.name)));
        !line.is_some_and(|line| line.contains(row.what) && line.contains(row.asked))
    });
    let bugs = bugs.iter().filter(|bug| !page.contains(&line_of_bug(bug)));
    let rows = rows.map(|row| format!("the row {}", row.name));
    rows.chain(bugs.map(|bug| format!("the bug {}", bug.name)))
        .collect()
}

/// Where the page is.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reliability.md");

/// What is not shown here.
const LIMITS: &str = "
## What this does not show

- Power failures are states put on a disk, not power that was cut: a drive that says it has written what it has not is beyond any program.
- Windows locks, NTFS, the full sync of macOS, network file systems and real spreadsheets are not tried here.
- A last line that reads like a record with another content may be what a power cut left or what somebody changed: it is refused and named, and a person decides.
- A file cut at the end of a line is a whole journal of an earlier day. The chain alone cannot know better; the seal, the desk that acknowledged the entry, git and every printed digest do.
";

/// Writes a number with its thousands apart.
fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
