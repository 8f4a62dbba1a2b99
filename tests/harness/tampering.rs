//! Tampering by row: each way of changing a journal gives the finding with its name.

use crate::reading;
use crate::reading::Files;
use crate::reading::chained;
use crate::reading::file;
use crate::reading::lines;
use crate::row::Count;
use crate::row::Depth;
use crate::row::Dice;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use crate::row::parts;

pub(crate) const TAMPERING: Row = Row {
    name: "tampering_by_row",
    what: "Fourteen ways to change a sealed journal of two writers, each on 200 random journals; each gives the \
           finding that names it",
    asked: "12 operators × 200 random journals; each gives the *named* finding",
    count: Count::Exact,
    run,
};

/// What somebody does to a file of lines; the writer's file is the last `zfb` sealed over.
struct Operator {
    name: &'static str,
    /// The finding that must come.
    code: &'static str,
    does: fn(&mut Journal, &mut Dice),
}

/// A journal that is being changed.
struct Journal {
    lines: Vec<String>,
    /// The lines of another writer.
    other: Vec<String>,
    files: Files,
}

const OPERATORS: &[Operator] = &[
    Operator {
        name: "change a field",
        code: "journal/changed",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines[at] = journal.lines[at].replacen("2013-06-", "2013-05-", 1);
        },
    },
    Operator {
        name: "change an id",
        code: "journal/changed",
        does: |journal, dice| {
            let at = dice.below(journal.lines.len());
            let digit = journal.lines[at].pop().unwrap();
            journal.lines[at].push(if digit == '0' { '1' } else { '0' });
        },
    },
    Operator {
        name: "swap two lines",
        code: "journal/sequence",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines.swap(at - 1, at);
        },
    },
    Operator {
        name: "delete a line",
        code: "journal/sequence",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines.remove(at);
        },
    },
    Operator {
        name: "delete the first line",
        code: "journal/sequence",
        does: |journal, _| drop(journal.lines.remove(0)),
    },
    Operator {
        name: "duplicate a line",
        code: "journal/double",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines.insert(at, journal.lines[at].clone());
        },
    },
    Operator {
        name: "splice a line from another writer",
        code: "journal/same-seq",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines.insert(at + 1, journal.other[at].clone());
        },
    },
    Operator {
        name: "put a line of another writer in the place of one",
        code: "journal/changed",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines[at].clone_from(&journal.other[at]);
        },
    },
    Operator {
        name: "change a field and compute all ids behind it again",
        code: "journal/seal-head",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines[at] = journal.lines[at].replacen("2013-06-", "2013-05-", 1);
            journal.lines = chained("li", &journal.lines, at);
        },
    },
    Operator {
        name: "delete a line, number and compute all behind it again",
        code: "journal/seal-head",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines.remove(at);
            let renumbered = journal.lines.iter().enumerate().map(|(at, line)| {
                let (_, rest) = line.split_once(',').unwrap();
                format!("{},{rest}", at + 1)
            });
            journal.lines = chained("li", &renumbered.collect::<Vec<_>>(), at);
        },
    },
    Operator {
        name: "roll back the tail",
        code: "journal/seal-head",
        does: |journal, dice| {
            let at = inside(journal, dice);
            journal.lines.truncate(at);
        },
    },
    Operator {
        name: "replace the file by another valid one",
        code: "journal/seal-head",
        does: |journal, dice| journal.lines = lines(&reading::journal("li", 12, dice)),
    },
    Operator {
        name: "take the file away",
        code: "journal/seal-head",
        does: |journal, _| drop(journal.files.remove("li")),
    },
    Operator {
        name: "copy the file under another writer's name",
        code: "journal/copied-file",
        does: |journal, _| {
            let bytes = file(&journal.lines);
            journal.files.insert("copy".to_owned(), bytes);
        },
    },
];

/// Returns a line that is neither the first nor the last.
fn inside(journal: &Journal, dice: &mut Dice) -> usize {
    1 + dice.below(journal.lines.len() - 2)
}

fn run(depth: Depth) -> Outcome {
    let each = depth.of(4, 200) as u64;
    let jobs = OPERATORS
        .iter()
        .flat_map(|operator| (0..each).map(move |seed| (operator, seed)));
    let lanes = in_lanes(parts(jobs.collect()), |jobs| {
        let plan = reading::plan();
        let tried = jobs.into_iter().map(|(operator, seed): (&Operator, u64)| {
            let mut dice = Dice::new(seed);
            let (mine, theirs) = (5 + dice.below(20), 30);
            let li = reading::journal("li", mine, &mut dice);
            let other = reading::journal("wang", theirs, &mut dice);
            let mut files = Files::from([("li".to_owned(), li), ("wang".to_owned(), other)]);
            files.insert("zfb".to_owned(), reading::seal("zfb", &files));
            let clean = reading::findings(&plan, &files);
            if !clean.is_empty() {
                return Err(format!(
                    "the journal itself is not clean: {}",
                    clean[0].code
                ));
            }
            let mut journal = Journal {
                lines: lines(&files["li"]),
                other: lines(&files["wang"]),
                files,
            };
            (operator.does)(&mut journal, &mut dice);
            if let Some(bytes) = journal.files.get_mut("li") {
                *bytes = file(&journal.lines);
            }
            let found = reading::findings(&plan, &journal.files);
            match found.iter().any(|found| found.code == operator.code) {
                true => Ok(()),
                false => Err(format!(
                    "{} (seed {seed}): {} is not among {:?}",
                    operator.name,
                    operator.code,
                    found.iter().map(|found| found.code).collect::<Vec<_>>()
                )),
            }
        });
        tried.collect::<Vec<_>>()
    });
    Outcome::of(lanes.into_iter().flatten().collect())
}
