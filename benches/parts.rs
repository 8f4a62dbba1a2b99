//! How long the parts take: reading a line and a journal, folding entries, making and writing the table.
//!
//! `cargo bench --bench parts`, or one of them: `cargo bench --bench parts -- line`. For whoever
//! works on one of these rooms; `compare.py` says what a user waits for.
#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use divan::counter::BytesCount;
use divan::counter::ItemsCount;
use duban::calendar::Day;
use duban::journal::Known;
use duban::journal::line;
use duban::journal::scan;
use duban::journal::scan::ChainCheck;
use duban::journal::scan::ChainState;
use duban::journal::scan::Content;
use duban::journal::scan::JournalFile;
use duban::journal::scan::Scan;
use duban::lang::Lang;
use duban::ledger::Ledger;
use duban::plan::Plan;
use duban::plan::chart::Chart;
use duban::plan::source;
use duban::render;
use duban::render::Bom;
use duban::render::Colour;
use duban::render::Format;
use duban::render::Look;
use duban::report::View;
use duban::report::filter::Filter;
use duban::report::head::JournalHead;
use duban::report::status;
use duban::terms::By;
use std::path::PathBuf;
use std::rc::Rc;

const PLAN: &str = include_str!("../examples/practice/plans/practice-2013.toml");

fn main() {
    divan::main();
}

#[divan::bench(args = ["plain", "quoted"])]
fn line_read(bencher: Bencher<'_, '_>, form: &str) {
    let note = match form {
        "quoted" => "\"见\"\"附件2\"\",累计62场\"",
        _ => "见附件二，累计62场",
    };
    let line = format!(
        "3,2013-07-09T08:05:00+08:00,2013-07-08,submit,5.1.2,chikan,,,chikan,经办甲,,,{note},67e25ea30e1520188d709e20cb5188d9"
    );
    bencher
        .counter(BytesCount::of_str(&line))
        .bench(|| line::read(divan::black_box(line.as_bytes())).unwrap().seq);
}

#[divan::bench]
fn plan_read(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(PLAN))
        .bench(|| source::read("practice-2013.toml", divan::black_box(PLAN)).0);
}

#[divan::bench]
fn ledger_post(bencher: Bencher<'_, '_>) {
    let plan = plan();
    let chart = Chart::new(&plan);
    let scan = scanned(&chart, ChainCheck::Skip);
    let postings = &*scan.postings;
    bencher
        .counter(ItemsCount::new(postings.len()))
        .bench(|| Ledger::post(&chart, divan::black_box(postings), &[day(12, 31)]));
}

#[divan::bench(args = [ChainCheck::Skip, ChainCheck::Ids])]
fn journal_scan(bencher: Bencher<'_, '_>, check: ChainCheck) {
    let plan = plan();
    let chart = Chart::new(&plan);
    let entries = scanned(&chart, check).entries;
    bencher
        .counter(ItemsCount::new(entries))
        .bench_local(|| scanned(&chart, check).entries);
}

#[divan::bench]
fn status_table(bencher: Bencher<'_, '_>) {
    with_view(|view| bencher.bench_local(|| status::table(divan::black_box(view), By::Unit, None)));
}

#[divan::bench(args = [Format::Table, Format::Json, Format::Csv, Format::Html])]
fn status_render(bencher: Bencher<'_, '_>, format: Format) {
    let look = Look {
        width: Some(80),
        colour: Colour::Off,
        bom: Bom::Without,
        lang: Lang::Zh,
    };
    with_view(|view| {
        let table = status::table(view, By::Unit, None);
        bencher.bench_local(|| render::table(divan::black_box(&table), format, &look));
    });
}

fn plan() -> Plan {
    source::read("practice-2013.toml", PLAN).0.unwrap()
}

fn day(month: u32, day: u32) -> Day {
    Day::from_ymd(2013, month, day).unwrap()
}

/// Reads the journals of the practice workspace.
fn scanned(chart: &Chart<'_>, check: ChainCheck) -> Scan {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/practice/plans/practice-2013.journal"
    );
    let file = |writer: &str| JournalFile {
        name: Rc::from(writer),
        writer: Rc::from(writer),
        content: Content::Disk(PathBuf::from(format!("{folder}/{writer}.csv"))),
    };
    let files = ["chikan-desk", "depts-wang", "xuwen-desk", "yjb-li"].map(file);
    scan::scan(&files, chart, &Known::All, check, Day::LAST).unwrap()
}

fn with_view(then: impl FnOnce(&View<'_>)) {
    let plan = plan();
    let chart = Chart::new(&plan);
    let scan = scanned(&chart, ChainCheck::Skip);
    let ledger = Ledger::post(&chart, &scan.postings, &[day(10, 31)]);
    let journal = JournalHead {
        entries: scan.entries,
        skipped: 0,
        unreadable: 0,
        digest: String::new(),
        chain: ChainState::Unchecked,
        known_at: None,
    };
    then(&View {
        chart: &chart,
        book: ledger.on(day(10, 31)),
        filter: &Filter::default(),
        journal: &journal,
        writers: &scan.writers,
        lang: Lang::Zh,
    });
}
