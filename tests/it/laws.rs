//! What holds for every journal, whatever stands in it.

use crate::support::office::Office;
use duban::calendar::Day;
use duban::figures;
use duban::figures::Tenths;
use duban::journal::Id;
use duban::journal::chain;
use duban::journal::line;
use duban::journal::scan::ChainState;
use duban::journal::scan::Content;
use duban::journal::scan::JournalFile;
use duban::report::filter::Filter;
use duban::terms::By;
use proptest::array;
use proptest::collection;
use proptest::prelude::Just;
use proptest::prelude::ProptestConfig;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::prop_oneof;
use proptest::proptest;
use proptest::sample;
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;

const DAY: &str = "2013-07-15";
const STATES: [&str; 8] = [
    "not_begun",
    "not_started",
    "in_progress",
    "submitted",
    "returned",
    "suspended",
    "closed",
    "cancelled",
];

/// One entry, before a writer writes it.
#[derive(Clone, Debug)]
struct Step {
    writer: &'static str,
    recorded_at: String,
    date: String,
    event: &'static str,
    obligation: &'static str,
    value: &'static str,
    /// Takes out one of the writer's earlier entries instead.
    retracts: Option<usize>,
}

/// A small plan with every kind of item, joint ones and periods.
fn plan() -> Office {
    Office::new()
        .reporting("cycle = 'month'")
        .group("towns", "'chikan', 'jyj'")
        .group("some", "'jyj'")
        .item("1.1.1", "kind = 'once'\nlead = ['czj', '@towns']\ndue = 2013-06-30")
        .item("1.1.2", "kind = 'periodic'\nevery = 'quarter'\nlead = ['czj']\nassist = ['jyj']\ndue_day = 20")
        .chapter("2", "2.1")
        .item("2.1.1", "kind = 'continuing'\nlead = ['jyj', 'yjb']\nstart = 2013-02-10")
        .item(
            "2.1.2",
            "kind = 'once'\nlead = ['yjb']\nstart = 2013-08-01\ntarget = { amount = 8, unit = '场' }",
        )
}

const OBLIGATIONS: [&str; 11] = [
    "1.1.1@czj",
    "1.1.1@chikan",
    "1.1.1@jyj",
    "1.1.2@czj#2013-Q1",
    "1.1.2@czj#2013-Q2",
    "1.1.2@czj#2013-Q3",
    "2.1.1@jyj",
    "2.1.1@yjb",
    "2.1.2@yjb",
    "1.1.2@czj",
    "9.9.9@czj",
];

const EVENTS: [&str; 16] = [
    "ack", "progress", "nil", "submit", "verify", "return", "extend", "suspend", "resume",
    "cancel", "reopen", "urge", "light", "note", "seal", "dance",
];

fn date() -> impl Strategy<Value = String> {
    let first = Day::parse("2013-01-01").unwrap();
    (0i64..365).prop_map(move |days| first.plus(days).to_string())
}

fn step() -> impl Strategy<Value = Step> {
    let value = sample::select(vec![
        "",
        "60%",
        "5",
        "100%",
        "red",
        "yellow",
        "blue",
        "2013-07-31",
        "2013-12-31",
        "?",
    ]);
    (
        sample::select(vec!["li", "wang", "zhao-1"]),
        (date(), sample::select(vec!["Z", "+08:00", "-11:30"])),
        date(),
        sample::select(EVENTS.to_vec()),
        sample::select(OBLIGATIONS.to_vec()),
        value,
        prop_oneof![9 => Just(None), 1 => (0usize..40).prop_map(Some)],
    )
        .prop_map(
            |(writer, (recorded_on, offset), date, event, obligation, value, retracts)| Step {
                writer,
                recorded_at: format!("{recorded_on}T10:00:00{offset}"),
                date,
                event,
                obligation,
                value,
                retracts,
            },
        )
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    collection::vec(step(), 0..60)
}

/// Writes the steps down, each writer in a file of its own.
fn written(steps: &[Step]) -> Office {
    let mut count = [("li", 0usize), ("wang", 0), ("zhao-1", 0)];
    steps.iter().fold(plan(), |office, step| {
        let (writer, written) = count.iter_mut().find(|of| of.0 == step.writer).unwrap();
        let office = office.by(writer).at(&step.recorded_at);
        *written += 1;
        match step.retracts.filter(|_| *written > 1) {
            Some(at) => {
                let earlier = format!("{writer}:{}", at % (*written - 1) + 1);
                office.retract(&step.date, &earlier)
            }
            None => office.on(&step.date, step.event, step.obligation, step.value),
        }
    })
}

fn count(row: &Value, key: &str) -> u64 {
    row[key].as_u64().unwrap()
}

/// Returns the figures of a report without what it says of plan and journal.
fn figures_of(report: &Value) -> [Value; 2] {
    [report["rows"].clone(), report["total"].clone()]
}

/// Returns every figure that two journals may be compared by.
fn all_figures(office: &Office, as_of: &str) -> Vec<Value> {
    let mut all = vec![office.list(as_of)["rows"].clone()];
    for by in By::ALL {
        all.extend(figures_of(&office.status(*by, as_of)));
    }
    all.extend(figures_of(&office.missing("2013-05", as_of)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_states_of_every_row_add_up_to_its_total(steps in steps()) {
        let office = written(&steps);
        for by in By::ALL {
            let status = office.status(*by, DAY);
            let rows = status["rows"].as_array().unwrap().iter();
            for row in rows.chain([&status["total"]]) {
                let states: u64 = STATES.iter().map(|state| count(row, state)).sum();
                prop_assert_eq!(states, count(row, "total"));
                prop_assert_eq!(
                    count(row, "closed"),
                    count(row, "closed_on_time") + count(row, "closed_late")
                );
                let completion = &row["completion"];
                prop_assert_eq!(count(completion, "part"), count(row, "closed"));
                prop_assert_eq!(
                    count(completion, "whole"),
                    count(row, "total") - count(row, "cancelled") - count(row, "not_begun")
                );
                prop_assert!(count(&row["on_time"], "part") <= count(row, "due"));
                prop_assert!(count(&row["continuing"], "worked") <= count(&row["continuing"], "passed"));
            }
        }
    }

    #[test]
    fn the_rows_of_the_units_add_up_to_the_total_row(steps in steps()) {
        let office = written(&steps);
        for by in [By::Unit, By::Chapter, By::Measure, By::Item, By::Kind] {
            let status = office.status(by, DAY);
            let rows = status["rows"].as_array().unwrap();
            for key in STATES.iter().chain(&["total", "overdue", "due", "closed_late", "assist"]) {
                let sum: u64 = rows.iter().map(|row| count(row, key)).sum();
                prop_assert_eq!(sum, count(&status["total"], key), "{} by {}", key, by.code());
            }
            for light in ["red", "yellow", "green", "done", "grey"] {
                let sum: u64 = rows.iter().map(|row| count(&row["lights"], light)).sum();
                prop_assert_eq!(sum, count(&status["total"]["lights"], light));
            }
        }
    }

    #[test]
    fn what_was_owed_came_on_time_or_late_or_is_missing(steps in steps()) {
        let office = written(&steps);
        let missing = office.missing("2013-05", DAY);
        for row in missing["rows"].as_array().unwrap() {
            let came = count(row, "on_time") + count(row, "late");
            prop_assert_eq!(count(row, "owed"), came + count(row, "missing"));
            prop_assert!(count(row, "nil") <= came);
            prop_assert_eq!(count(row, "running") > 0, count(row, "missing") > 0);
        }
    }

    #[test]
    fn what_is_dated_after_the_day_changes_no_figure(steps in steps()) {
        let is_later = |step: &Step| step.date.as_str() > DAY && step.retracts.is_none();
        // Retracts name entries by number: they stay out, they work whatever their date.
        let plain: Vec<Step> = steps.into_iter().map(|step| Step { retracts: None, ..step }).collect();
        let before: Vec<Step> = plain.iter().filter(|step| !is_later(step)).cloned().collect();
        let renumbered = |office: &Office| {
            let mut figures = all_figures(office, DAY);
            for row in figures[0].as_array_mut().unwrap() {
                row["last_entry"] = Value::Null;
            }
            figures
        };
        let (with, without) = (written(&plain), written(&before));
        prop_assert_eq!(renumbered(&with), renumbered(&without));
        let skipped = |office: &Office| office.list(DAY)["journal"]["skipped"].clone();
        prop_assert_eq!(skipped(&with), skipped(&without));
    }

    #[test]
    fn what_is_not_known_changes_nothing_at_all(steps in steps(), later in steps()) {
        let known_at = "2013-12-31T23:59:59-12:00";
        let later: Vec<Step> = later
            .into_iter()
            .map(|step| Step { recorded_at: "2014-06-01T00:00:00Z".to_owned(), ..step })
            .collect();
        let both: Vec<Step> = steps.iter().chain(&later).cloned().collect();
        let (one, both) = (written(&steps).known_at(known_at), written(&both).known_at(known_at));
        prop_assert_eq!(one.status(By::Unit, DAY), both.status(By::Unit, DAY));
        prop_assert_eq!(one.list(DAY), both.list(DAY));
        prop_assert_eq!(one.missing("2013-05", DAY), both.missing("2013-05", DAY));
    }

    #[test]
    fn the_order_of_files_does_not_matter(steps in steps(), turn in 0usize..3) {
        let office = written(&steps);
        let mut files = office.journal();
        let scan = office.scan_files(&files);
        files.reverse();
        let places = files.len().max(1);
        files.rotate_left(turn % places);
        let turned = office.scan_files(&files);
        prop_assert_eq!(scan.postings.in_order(), turned.postings.in_order());
        prop_assert_eq!(&scan.digest, &turned.digest);
        prop_assert_eq!(&scan.void, &turned.void);
        prop_assert_eq!(&scan.findings, &turned.findings);
    }

    #[test]
    fn the_order_in_which_writers_took_turns_does_not_matter(steps in steps()) {
        let mut merged = steps.clone();
        merged.sort_by_key(|step| step.writer);
        let (one, other) = (written(&steps), written(&merged));
        prop_assert_eq!(one.status(By::Unit, DAY), other.status(By::Unit, DAY));
        prop_assert_eq!(one.list(DAY), other.list(DAY));
    }

    #[test]
    fn a_filter_that_asks_for_nothing_leaves_everything(steps in steps()) {
        let office = written(&steps);
        let filtered = office.clone().only(|_| Filter::default());
        prop_assert_eq!(office.list(DAY), filtered.list(DAY));
    }

    #[test]
    fn what_is_written_is_an_intact_chain(steps in steps()) {
        let scan = written(&steps).scan();
        prop_assert_eq!(scan.chain, ChainState::Intact);
        prop_assert_eq!(scan.entries, steps.len() as u64);
        prop_assert_eq!(scan.unreadable, 0);
    }
}

/// Any text without a line break, many with the signs that csv must quote.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[^\r\n]{0,12}", "[,\"a测 ]{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fourteen_texts_survive_writing_and_reading(texts in array::uniform14(text())) {
        let body = line::body(&texts);
        let last = line::body(std::slice::from_ref(&texts[13]));
        let line = format!("{body},{last}");
        let fields = line::split(&line).unwrap();
        prop_assert!(fields.is_canonical);
        prop_assert_eq!(&fields.values[..], &texts[..]);
        prop_assert_eq!(&line[..fields.spans[12].end], body);
    }

    #[test]
    fn a_canonical_line_proves_itself_and_a_needless_quote_changes_no_content(
        texts in array::uniform9(text()), above in any::<[u8; 16]>()
    ) {
        let above = Id(above);
        let mut fields = vec!["7", "2013-06-01T09:00:00+08:00", "2013-06-01", "note"];
        fields.extend(texts.iter().map(String::as_str));
        let body = line::body(&fields);
        let id = chain::next(above, &body);
        let plain = format!("{body},{id}");
        let record = line::read(plain.as_bytes()).unwrap();
        prop_assert_eq!(record.id, chain::next(above, &record.body()));
        let quoted = plain.replacen("7,", "\"7\",", 1);
        let record = line::read(quoted.as_bytes()).unwrap();
        prop_assert!(!record.fields.is_canonical);
        prop_assert_eq!(record.id, chain::next(above, &record.body()));
    }

    #[test]
    fn any_bytes_as_a_journal_give_findings_and_never_a_panic(bytes in collection::vec(any::<u8>(), 0..400)) {
        let office = plan();
        let file = JournalFile {
            name: Rc::from("li.csv"),
            writer: Rc::from("li"),
            content: Content::Bytes(Arc::from(bytes.as_slice())),
        };
        let scan = office.scan_files(&[file]);
        prop_assert!(!scan.findings.is_empty());
        prop_assert_eq!(scan.chain == ChainState::Intact, bytes.is_empty());
    }

    #[test]
    fn a_journal_with_one_byte_changed_is_read_and_its_chain_is_broken(
        steps in collection::vec(step(), 1..8), at in any::<sample::Index>(), byte in any::<u8>()
    ) {
        let office = written(&steps);
        let mut files = office.journal();
        let Content::Bytes(bytes) = &files[0].content else { unreachable!() };
        let start = line::BOM.len() + line::HEADER.len() + 1;
        let mut bytes = bytes.to_vec();
        let place = start + at.index(bytes.len() - start);
        let is_last = place + 1 == bytes.len();
        let is_changed = bytes[place] != byte;
        bytes[place] = byte;
        files[0].content = Content::Bytes(Arc::from(bytes.as_slice()));
        let scan = office.scan_files(&files);
        if is_changed && !is_last {
            prop_assert_eq!(scan.chain, ChainState::Broken);
            prop_assert!(!scan.findings.is_empty());
        }
    }

    #[test]
    fn percents_of_one_whole_add_to_100(parts in collection::vec(0u64..5_000, 1..12)) {
        let sum: i32 = figures::percents_of_whole(&parts).iter().map(|tenths| tenths.0).sum();
        let whole: u64 = parts.iter().sum();
        prop_assert_eq!(Tenths(sum), if whole == 0 { Tenths::ZERO } else { Tenths::WHOLE });
    }
}
