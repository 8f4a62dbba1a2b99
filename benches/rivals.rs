//! The small programs that `compare.py` runs beside duban: what plain means can do.
//!
//! ```text
//! rivals one-line                            prints one line
//! rivals last-event DAY FILE…                unit,event,count of the last entries up to a day
//! rivals append FILE                         opens, locks, appends a line, syncs
//! rivals append-step FOLDER PLAN WRITER N    appends N times as `record` does; microseconds each
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::iter_over_hash_type, // the table is sorted afterwards
    missing_docs
)]

use csv::ByteRecord;
use csv::ReaderBuilder;
use duban::calendar::Day;
use duban::calendar::Instant;
use duban::journal::Draft;
use duban::journal::file::Desk;
use duban::journal::file::DeskPlaces;
use duban::journal::file::Older;
use duban::journal::writer::Writer;
use duban::terms::Event;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::env;
use std::fs::File;
use std::io;
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["one-line"] => println!("one line"),
        ["last-event", day, ref files @ ..] => last_event(day, files),
        ["append", file] => append(file),
        ["append-step", folder, plan, writer, times] => {
            append_step(Path::new(folder), plan, writer, times.parse().unwrap());
        }
        // `cargo bench` runs every bench; this one has nothing to measure by itself.
        _ => println!("rivals are run by benches/compare/compare.py"),
    }
}

/// The last entry of an obligation: when, and what.
struct Last {
    when: Vec<u8>,
    event: Vec<u8>,
}

/// The csv crate as one would plainly use it: a record, a map, a table.
fn last_event(day: &str, files: &[&str]) {
    let mut last: HashMap<Vec<u8>, Last> = HashMap::new();
    let mut record = ByteRecord::new();
    let (mut key, mut when) = (Vec::new(), Vec::new());
    for file in files {
        let mut reader = ReaderBuilder::new()
            .buffer_capacity(1 << 16)
            .from_path(file)
            .unwrap();
        while reader.read_byte_record(&mut record).unwrap() {
            if &record[2] > day.as_bytes() {
                continue;
            }
            key.clear();
            for (field, end) in [(5, b','), (4, b','), (6, b',')] {
                key.extend(&record[field]);
                key.push(end);
            }
            when.clear();
            when.extend(&record[2]);
            when.extend(&record[1]);
            match last.get_mut(&key) {
                Some(last) if last.when >= when => {}
                Some(last) => {
                    last.when.clone_from(&when);
                    last.event.clear();
                    last.event.extend(&record[3]);
                }
                None => {
                    let event = record[3].to_vec();
                    let when = when.clone();
                    last.insert(key.clone(), Last { when, event });
                }
            }
        }
    }
    let mut counts: BTreeMap<(&[u8], &[u8]), u64> = BTreeMap::new();
    for (key, last) in &last {
        let unit = key.split(|byte| *byte == b',').next().unwrap();
        *counts.entry((unit, &last.event)).or_default() += 1;
    }
    let mut table = Vec::new();
    for ((unit, event), count) in counts {
        let (unit, event) = (
            String::from_utf8_lossy(unit),
            String::from_utf8_lossy(event),
        );
        writeln!(table, "{unit},{event},{count}").unwrap();
    }
    io::stdout().write_all(&table).unwrap();
}

/// What an append costs without any question asked.
fn append(path: &str) {
    let lock = File::create(format!("{path}.lock")).unwrap();
    lock.lock().unwrap();
    let mut file = File::options()
        .append(true)
        .create(true)
        .open(path)
        .unwrap();
    let line = "7,2013-07-09T08:05:00+08:00,2013-07-08,note,5.1.2,chikan,,,chikan,经办甲,,,电话了解,67e25ea30e1520188d709e20cb5188d9\n";
    file.write_all(line.as_bytes()).unwrap();
    file.sync_data().unwrap();
}

/// The append as `record` does it, without what comes before: lock, tail, chain, write, sync.
fn append_step(folder: &Path, plan: &str, writer: &str, times: u32) {
    let writer = Writer::parse(writer).unwrap();
    let places = DeskPlaces {
        state: None,
        who: "rivals",
        pause: thread::sleep,
        older: Older::GoOn,
    };
    let now = Instant::parse("2026-11-24T09:00:00+08:00").unwrap();
    for number in 0..times {
        let draft = Draft {
            date: Day::parse("2013-12-31").unwrap(),
            event: Event::Note,
            item: "1.1.1".to_owned(),
            unit: "u0001".to_owned(),
            period: String::new(),
            value: String::new(),
            acting: "u0001".to_owned(),
            by: "经办甲".to_owned(),
            reference: String::new(),
            evidence: String::new(),
            note: format!("第{number}次电话了解"),
        };
        let begin = time::Instant::now();
        let mut desk = Desk::open(folder, plan, &writer, &places, now).unwrap();
        desk.append(now, &[draft]).unwrap();
        drop(desk);
        println!("{}", begin.elapsed().as_micros());
    }
}
