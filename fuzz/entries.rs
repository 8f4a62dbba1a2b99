//! What is fuzzed: each function takes any bytes and panics where something must not be.
//!
//! The targets and the harness share this file. A new one is a function here, a line in `ENTRIES`,
//! a file under `targets/`, a `[[bin]]` in `Cargo.toml` and a folder of beginnings under `corpus/`.

use duban::calendar::Day;
use duban::journal::Known;
use duban::journal::chain;
use duban::journal::repair::Tail;
use duban::journal::repair::mend;
use duban::journal::scan;
use duban::journal::scan::ChainCheck;
use duban::journal::scan::ChainState;
use duban::journal::scan::Content;
use duban::journal::scan::JournalFile;
use duban::plan::Plan;
use duban::plan::chart::Chart;
use duban::plan::source;
use duban::recording::input;
use std::sync::LazyLock;

/// Takes any bytes.
pub(crate) type Entry = fn(&[u8]);

/// Every target with how often the full run executes it.
pub(crate) const ENTRIES: &[(&str, Entry, usize)] = &[
    ("plan", plan, 60_000),
    ("journal", journal, 60_000),
    ("repair", repair, 40_000),
    ("line", line, 100_000),
    ("input", input, 60_000),
    ("notice", notice, 20_000),
    ("workbook", workbook, 20_000),
    ("book", book, 40_000),
];

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let text = include_str!("../examples/practice/plans/practice-2013.toml");
    source::read("practice-2013.toml", text).0.expect("a plan")
});

/// A plan: a plan or findings, and the same again for the same bytes.
pub(crate) fn plan(bytes: &[u8]) {
    let (plan, findings) = source::read_bytes("plan.toml", bytes);
    assert!(plan.is_some() || !findings.is_empty());
}

/// The file of a writer: postings and findings; what is broken is named.
pub(crate) fn journal(bytes: &[u8]) {
    let chart = Chart::new(&PLAN);
    let files = [JournalFile {
        name: "yjb-li.csv".into(),
        writer: "yjb-li".into(),
        content: Content::Bytes(bytes.into()),
    }];
    let today = Day::parse("2013-12-31").expect("a day");
    let scan = scan::scan(&files, &chart, &Known::All, ChainCheck::Ids, today).expect("no disk");
    assert!(scan.chain != ChainState::Broken || !scan.findings.is_empty());
}

/// A damaged file: mended twice is mended once, and nothing that was proved is lost.
pub(crate) fn repair(bytes: &[u8]) {
    let start = chain::start("practice-2013", "yjb-li");
    for tail in [Tail::Leave, Tail::Cut] {
        let mended = mend(bytes, start, tail);
        let again = mend(&mended.bytes, start, tail);
        assert!(again.proved >= mended.proved);
        assert!(!again.differs_from(&mended.bytes) || !again.restored.is_empty());
    }
}

/// A line of a journal: what is read is written back, and that is read as the same.
pub(crate) fn line(bytes: &[u8]) {
    use duban::journal::line;
    if let Ok(record) = line::read(bytes) {
        let written = format!("{},{}", record.body(), record.id);
        assert_eq!(written.as_bytes() == bytes, record.fields.is_canonical);
        let again = line::read(written.as_bytes()).expect("canonical");
        assert_eq!(again.fields.values, record.fields.values);
    }
}

/// A file of many entries: its lines, or the number of the first that cannot be read.
pub(crate) fn input(bytes: &[u8]) {
    let _ = input::read(bytes);
}

/// A notice as text, web page or Word file: a plan or the reason why there is none.
pub(crate) fn notice(bytes: &[u8]) {
    use duban::plan::notice;
    if let Ok(notice) = notice::read(bytes, &notice::Wishes::default()) {
        assert!(!notice.measures.is_empty());
    }
}

/// A workbook that came back: its cells or the reason why not.
pub(crate) fn workbook(bytes: &[u8]) {
    let _ = duban::grid::read_workbook(bytes);
}

/// An office's own book as csv, in any encoding.
pub(crate) fn book(bytes: &[u8]) {
    use duban::grid::lines;
    if let Ok(decoded) = lines::decode(bytes, None) {
        let _ = lines::read(&decoded.text);
    }
}
