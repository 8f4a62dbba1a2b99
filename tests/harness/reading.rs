//! Journals in memory, read by the one reader with its chains checked.

use crate::office::PLAN;
use crate::office::digest;
use crate::row::Dice;
use duban::calendar::Day;
use duban::finding::Finding;
use duban::finding::Severity;
use duban::journal::Known;
use duban::journal::scan;
use duban::journal::scan::ChainCheck;
use duban::journal::scan::Content;
use duban::journal::scan::JournalFile;
use duban::plan::Plan;
use duban::plan::chart::Chart;
use duban::plan::source;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// The header with its mark.
pub(crate) const HEADER: &str =
    "\u{feff}seq,recorded_at,date,event,item,unit,period,value,as,by,ref,evidence,note,id";

/// A journal: the bytes of every writer's file.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The small plan.
pub(crate) fn plan() -> Plan {
    source::read("town-2013.toml", PLAN).0.unwrap()
}

/// Returns what `verify` would say of the bytes: errors and warnings, in their order.
pub(crate) fn findings(plan: &Plan, files: &Files) -> Vec<Finding> {
    let chart = Chart::new(plan);
    let files: Vec<JournalFile> = files
        .iter()
        .map(|(writer, bytes)| JournalFile {
            name: Rc::from(format!("{writer}.csv").as_str()),
            writer: Rc::from(writer.as_str()),
            content: Content::Bytes(Arc::from(&bytes[..])),
        })
        .collect();
    let today = Day::parse("2013-12-31").unwrap();
    let scan = scan::scan(&files, &chart, &Known::All, ChainCheck::Ids, today).unwrap();
    let is_grave = |found: &Finding| found.severity != Severity::Hint;
    scan.findings.into_iter().filter(is_grave).collect()
}

/// The lines of a file behind its header, each without its end.
pub(crate) fn lines(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

/// A file of some lines.
pub(crate) fn file(lines: &[String]) -> Vec<u8> {
    let mut text = format!("{HEADER}\n");
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text.into_bytes()
}

/// Chains lines anew from one on, as who rewrites a file would; the ids before stay.
pub(crate) fn chained(writer: &str, lines: &[String], from: usize) -> Vec<String> {
    let mut above = digest(&format!("duban-journal/1,town-2013,{writer}"));
    let chain = lines.iter().enumerate().map(|(at, line)| {
        let (body, id) = line.rsplit_once(',').unwrap();
        let id = match at < from {
            true => id.to_owned(),
            false => digest(&format!("{above},{body}")),
        };
        above.clone_from(&id);
        format!("{body},{id}")
    });
    chain.collect()
}

/// A file of random entries that all count.
pub(crate) fn journal(writer: &str, records: usize, dice: &mut Dice) -> Vec<u8> {
    const NOTES: [&str; 5] = [
        "",
        "已布置",
        "\"累计62场,其中进校园20场\"",
        "\"见\"\"附件2\"\"\"",
        "ok",
    ];
    let lines: Vec<String> = (1..=records)
        .map(|seq| {
            let (hour, minute, second) = (8 + seq / 3600, seq / 60 % 60, seq % 60);
            let at = format!("2013-07-20T{hour:02}:{minute:02}:{second:02}+08:00");
            let unit = ["chikan", "xiashan"][dice.below(2)];
            let day = 1 + dice.below(28);
            let (what, is_note) = match dice.below(3) {
                0 => (
                    format!("progress,1.1.1,{unit},,{}%,{unit}", dice.below(100)),
                    false,
                ),
                1 => (format!("note,1.1.4,xiashan,,,{unit}"), true),
                _ => (format!("note,1.1.1,{unit},,,{unit}"), true),
            };
            // A note must say something.
            let note = NOTES[usize::from(is_note) + dice.below(NOTES.len() - 1)];
            format!("{seq},{at},2013-06-{day:02},{what},经办甲,,,{note},")
        })
        .collect();
    file(&chained(writer, &lines, 0))
}

/// The file of who sealed June over the heads of other files.
pub(crate) fn seal(writer: &str, files: &Files) -> Vec<u8> {
    let heads: Vec<(String, String, String)> = files
        .iter()
        .map(|(writer, bytes)| {
            let last = lines(bytes).pop().unwrap();
            let seq = last.split(',').next().unwrap().to_owned();
            (
                writer.clone(),
                seq,
                last.rsplit_once(',').unwrap().1.to_owned(),
            )
        })
        .collect();
    let stated = heads
        .iter()
        .map(|(writer, seq, id)| format!("{writer},{seq},{id}\n"));
    let stated = duban::journal::chain::sha256(stated.collect::<String>().as_bytes());
    let note: Vec<String> = heads
        .iter()
        .map(|(writer, seq, id)| format!("{writer}:{seq}:{id}"))
        .collect();
    let line = format!(
        "1,2013-07-21T09:00:00+08:00,2013-07-21,seal,,,,2013-06,yjb,经办乙,{stated},sealed/2013-06-{}.toml#{},{},",
        &stated[..8],
        stated,
        note.join(" "),
    );
    file(&chained(writer, &[line], 0))
}
