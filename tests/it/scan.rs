//! However the lines of a journal are taken, the same comes out: in blocks of any size, one after
//! another, or by a reader of csv that is not ours.

use duban::calendar::Day;
use duban::calendar::Instant;
use duban::journal::Id;
use duban::journal::Known;
use duban::journal::scan;
use duban::journal::scan::ChainCheck;
use duban::journal::scan::Content;
use duban::journal::scan::JournalFile;
use duban::journal::scan::Scan;
use duban::journal::scan::Way;
use duban::plan::Plan;
use duban::plan::chart::Chart;
use duban::plan::source;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::OnceLock;

/// The practice workspace: its plan and the bytes of its journals.
struct Practice {
    plan: Plan,
    files: BTreeMap<String, Vec<u8>>,
}

fn practice() -> &'static Practice {
    static PRACTICE: OnceLock<Practice> = OnceLock::new();
    PRACTICE.get_or_init(|| {
        let folder = PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/examples/practice/plans"
        ));
        let text = fs::read_to_string(folder.join("practice-2013.toml")).unwrap();
        let (plan, _) = source::read("practice-2013.toml", &text);
        let names = ["yjb-li", "depts-wang", "chikan-desk", "xuwen-desk"];
        let file = |name: &&str| {
            let path = folder.join(format!("practice-2013.journal/{name}.csv"));
            ((*name).to_owned(), fs::read(path).unwrap())
        };
        Practice {
            plan: plan.unwrap(),
            files: names.iter().map(file).collect(),
        }
    })
}

fn files(bytes: &BTreeMap<String, Vec<u8>>) -> Vec<JournalFile> {
    let file = |(writer, bytes): (&String, &Vec<u8>)| JournalFile {
        name: Rc::from(format!("{writer}.csv")),
        writer: Rc::from(writer.as_str()),
        content: Content::Bytes(Arc::from(bytes.as_slice())),
    };
    bytes.iter().map(file).collect()
}

fn scanned(way: Way, bytes: &BTreeMap<String, Vec<u8>>, known: &Known, check: ChainCheck) -> Scan {
    let chart = Chart::new(&practice().plan);
    let today = Day::parse("2014-02-01").unwrap();
    scan::scan_as(way, &files(bytes), &chart, known, check, today).unwrap()
}

/// Everything that a scan says.
fn said(scan: &Scan) -> String {
    let findings: BTreeSet<String> = scan.findings.iter().map(|of| format!("{of:?}")).collect();
    format!(
        "{:#?}",
        (
            (&scan.writers, scan.postings.in_order()),
            (&scan.nameless, &scan.nameless_places),
            (scan.entries, scan.unreadable, &scan.digest, scan.chain),
            (&scan.void, &scan.seals, &scan.void_seals, &scan.late),
            (&scan.last, findings, scan.findings.len()),
            (&scan.damaged, &scan.lost_heads),
        )
    )
}

#[track_caller]
fn check_same(size: usize, bytes: &BTreeMap<String, Vec<u8>>, known: &Known) {
    for check in [ChainCheck::Skip, ChainCheck::Ids] {
        let blocks = said(&scanned(Way::Blocks(size), bytes, known, check));
        let lines = said(&scanned(Way::Lines, bytes, known, check));
        if blocks != lines {
            let differ = |(a, b): &(&str, &str)| a != b;
            let first = blocks.lines().zip(lines.lines()).find(differ);
            panic!("blocks of {size} bytes: {first:?}");
        }
    }
}

/// What may befall the bytes of one file.
#[derive(Clone, Debug)]
enum Harm {
    Cut(Index),
    Flip(Index, u8),
    Drop(Index),
    Double(Index),
    Swap(Index),
    Carriage(Index),
    Quote(Index),
    Blank(Index),
    Insert(Index, Vec<u8>),
    Append(Index),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<Index>;
    let signs = prop_oneof![
        Just(b','),
        Just(b'"'),
        Just(b'\n'),
        Just(b'\r'),
        Just(0u8),
        any::<u8>()
    ];
    let bits = prop::collection::vec(signs.clone(), 1..6);
    prop_oneof![
        at().prop_map(Harm::Cut),
        (at(), signs).prop_map(|(at, to)| Harm::Flip(at, to)),
        at().prop_map(Harm::Drop),
        at().prop_map(Harm::Double),
        at().prop_map(Harm::Swap),
        at().prop_map(Harm::Carriage),
        at().prop_map(Harm::Quote),
        at().prop_map(Harm::Blank),
        (at(), bits).prop_map(|(at, bytes)| Harm::Insert(at, bytes)),
        at().prop_map(Harm::Append),
    ]
}

fn harmed(bytes: &[u8], harm: &Harm) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|b| *b == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    match harm {
        Harm::Cut(at) => return bytes[..at.index(bytes.len())].to_vec(),
        Harm::Flip(at, to) => {
            let mut bytes = bytes.to_vec();
            let at = at.index(bytes.len());
            bytes[at] = *to;
            return bytes;
        }
        Harm::Insert(at, more) => {
            let at = at.index(bytes.len());
            return [&bytes[..at], more, &bytes[at..]].concat();
        }
        Harm::Drop(at) => drop(lines.remove(at.index(lines.len()))),
        Harm::Double(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at].clone());
        }
        Harm::Swap(at) => {
            let at = at.index(lines.len() - 1);
            lines.swap(at, at + 1);
        }
        Harm::Carriage(at) => {
            let at = at.index(lines.len());
            let end = lines[at].len() - 1;
            lines[at].insert(end, b'\r');
        }
        Harm::Quote(at) => {
            let at = at.index(lines.len());
            let text = String::from_utf8(lines[at].clone()).unwrap();
            let (seq, rest) = text.split_once(',').unwrap();
            lines[at] = format!("\"{seq}\",{rest}").into_bytes();
        }
        Harm::Blank(at) => lines.insert(at.index(lines.len()), b"\n".to_vec()),
        Harm::Append(at) => {
            let again = lines[at.index(lines.len())..].to_vec();
            lines.extend(again);
        }
    }
    lines.concat()
}

/// What is known: all, up to an instant, or under the heads of some line of each file.
fn known() -> impl Strategy<Value = Known> {
    prop_oneof![
        3 => Just(Known::All),
        1 => (1u32..13, 1u32..29).prop_map(|(month, day)| {
            let text = format!("2013-{month:02}-{day:02}T09:00:00+08:00");
            Known::Until(Instant::parse(&text).unwrap())
        }),
        1 => any::<Index>().prop_map(|at| {
            let head = |(writer, bytes): (&String, &Vec<u8>)| {
                let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                let line = lines[1 + at.index(lines.len() - 2)];
                let text = std::str::from_utf8(line).unwrap();
                let seq = text.split(',').next().unwrap().parse().unwrap();
                let id = Id::parse(text.rsplit(',').next().unwrap().as_bytes()).unwrap();
                (writer.clone(), duban::journal::Head { seq, id })
            };
            Known::Heads(practice().files.iter().map(head).collect())
        }),
    ]
}

#[test]
fn blocks_of_every_size_say_what_line_after_line_says() {
    for size in [
        1,
        7,
        64,
        100,
        257,
        512,
        1000,
        4096,
        10_000,
        65_536,
        512 << 10,
    ] {
        check_same(size, &practice().files, &Known::All);
    }
}

#[test]
fn a_line_longer_than_a_block_is_read_whole() {
    let mut bytes = practice().files.clone();
    let own = bytes.get_mut("chikan-desk").unwrap();
    own.extend(format!("9,{}\n", "长".repeat(30_000)).into_bytes());
    own.extend(vec![b'x'; (1 << 20) + 9]);
    check_same(512, &bytes, &Known::All);
    check_same(512 << 10, &bytes, &Known::All);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn harmed_bytes_say_the_same_in_blocks_and_line_after_line(
        harms in prop::collection::vec((0usize..4, harm()), 0..4),
        size in prop_oneof![40usize..3000, Just(512 << 10)],
        known in known(),
    ) {
        let mut bytes = practice().files.clone();
        for (file, harm) in &harms {
            let bytes = bytes.values_mut().nth(*file).unwrap();
            if bytes.iter().filter(|byte| **byte == b'\n').count() > 2 && std::str::from_utf8(bytes).is_ok() {
                *bytes = harmed(bytes, harm);
            }
        }
        check_same(size, &bytes, &known);
    }

    #[test]
    fn a_reader_of_csv_that_is_not_ours_finds_the_same_entries_in_cut_files(
        cuts in prop::array::uniform4(any::<Index>()),
        size in prop_oneof![40usize..3000, Just(512 << 10)],
    ) {
        let mut bytes = practice().files.clone();
        for (bytes, cut) in bytes.values_mut().zip(&cuts) {
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        let scan = scanned(Way::Blocks(size), &bytes, &Known::All, ChainCheck::Skip);
        let rows: Vec<Row> = bytes.iter().flat_map(|(writer, bytes)| rows(writer, bytes)).collect();
        prop_assert_eq!(scan.entries, rows.len() as u64);
        let chart = Chart::new(&practice().plan);
        let ours: BTreeSet<Vec<String>> = scan.postings.in_order().iter().map(|posting| {
            let writer = scan.writers[usize::from(posting.writer.0)].to_string();
            let event = posting.event.code().to_owned();
            vec![writer, posting.seq.to_string(), posting.day.to_string(), event, chart.name(posting.obligation)]
        }).collect();
        prop_assert_eq!(ours, in_force(&rows));
    }
}

/// A line as the csv crate reads it: the writer and fourteen fields.
type Row = (String, Vec<String>);

fn rows(writer: &str, bytes: &[u8]) -> Vec<Row> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').skip(1);
    let read = |line: &[u8]| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(line);
        let row = reader.records().next()?.ok()?;
        let fields: Vec<String> = row.iter().map(str::to_owned).collect();
        let is_whole = fields.len() == 14 && fields[13].len() == 32;
        is_whole.then(|| (writer.to_owned(), fields))
    };
    lines.filter_map(read).collect()
}

/// The rows that name an obligation and that no standing retract names, as the ledger sees them.
fn in_force(rows: &[Row]) -> BTreeSet<Vec<String>> {
    let retracts = |id: &str| {
        rows.iter()
            .any(|(_, row)| row[3] == "retract" && row[7] == id)
    };
    let is_void = |id: &str| {
        let names = |(_, row): &&Row| row[3] == "retract" && row[7] == id;
        rows.iter()
            .filter(names)
            .any(|(_, row)| !retracts(&row[13]))
    };
    let counts =
        |(_, row): &&Row| !["retract", "seal"].contains(&row[3].as_str()) && !is_void(&row[13]);
    rows.iter()
        .filter(counts)
        .map(|(writer, row)| {
            let period = if row[6].is_empty() {
                String::new()
            } else {
                format!("#{}", row[6])
            };
            let obligation = format!("{}@{}{period}", row[4], row[5]);
            vec![
                writer.clone(),
                row[0].clone(),
                row[2].clone(),
                row[3].clone(),
                obligation,
            ]
        })
        .collect()
}
