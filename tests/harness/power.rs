//! Power failure: every state that a disk may show of bytes that were not synced.

use crate::chain;
use crate::row::Count;
use crate::row::Depth;
use crate::row::Dice;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use crate::row::parts;
use duban::calendar::Day;
use duban::calendar::Instant;
use duban::failure::Exit;
use duban::failure::Failure;
use duban::journal::Draft;
use duban::journal::chain::start;
use duban::journal::file::Desk;
use duban::journal::file::DeskPlaces;
use duban::journal::file::Older;
use duban::journal::file::restore;
use duban::journal::repair::Tail;
use duban::journal::writer::Writer;
use duban::lang::Lang;
use duban::terms::Event;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) const POWER: Row = Row {
    name: "power_failure",
    what: "A disk that lost power in an append: the synced bytes are there, the unsynced ones absent, cut, zero, \
           garbage or there in part by sectors. Acknowledged entries are all there, the next append goes through \
           (behind `repair --tail` where damaged lines have their ends), a batch is there whole or not at all, \
           every byte is kept",
    asked: "≈ 20,000 states",
    count: Count::AtLeast(20_000),
    run,
};

const PLAN: &str = "town-2013";
const NOW: &str = "2013-07-20T09:00:00+08:00";
/// What a disk writes at once.
const SECTOR: usize = 512;

/// What is appended behind which journal.
struct Append {
    /// The synced bytes.
    base: Vec<u8>,
    /// The unsynced bytes.
    written: Vec<u8>,
    /// What was promised to be whole, synced before.
    pending: Option<Vec<u8>>,
    /// How many lines stood there and how many come.
    old: usize,
    new: usize,
}

/// A desk on a disk in memory where there is one.
struct Disk {
    folder: TempDir,
}

impl Disk {
    fn new() -> Disk {
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        Disk {
            folder: folder.unwrap(),
        }
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("town-2013.journal")
    }

    fn csv(&self) -> PathBuf {
        self.journal().join("li.csv")
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("state/acknowledged")
    }

    fn desk(&self) -> Result<Desk, Failure> {
        let state = self.folder.path().join("state");
        Desk::open(&self.journal(), PLAN, &writer(), &places(&state), now())
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.csv()).unwrap_or_default()
    }

    /// Puts the disk into a state: the journal, what was promised, nothing else.
    fn put(&self, file: Option<&[u8]>, pending: Option<&[u8]>) {
        let _ = fs::remove_dir_all(self.journal());
        fs::create_dir_all(self.journal()).unwrap();
        if let Some(bytes) = file {
            fs::write(self.csv(), bytes).unwrap();
        }
        if let Some(bytes) = pending {
            fs::write(self.journal().join("li.pending"), bytes).unwrap();
        }
    }

    /// Returns all bytes in the journal folder that torn files and copies keep.
    fn aside(&self) -> Vec<Vec<u8>> {
        let entries = fs::read_dir(self.journal()).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let kept = paths.filter(|path| {
            let name = path.to_string_lossy().into_owned();
            name.contains(".torn-") || name.contains(".before-repair-")
        });
        kept.map(|path| fs::read(path).unwrap()).collect()
    }
}

fn writer() -> Writer {
    Writer::parse("li").unwrap()
}

fn now() -> Instant {
    Instant::parse(NOW).unwrap()
}

fn places(state: &Path) -> DeskPlaces<'_> {
    DeskPlaces {
        state: Some(state),
        who: "li",
        pause: std::thread::sleep,
        older: Older::Refuse,
    }
}

fn draft(note: &str) -> Draft {
    Draft {
        date: Day::parse("2013-07-19").unwrap(),
        event: Event::Note,
        item: "1.1.2".to_owned(),
        unit: "yjb".to_owned(),
        period: String::new(),
        value: String::new(),
        acting: "yjb".to_owned(),
        by: "li".to_owned(),
        reference: String::new(),
        evidence: String::new(),
        note: note.to_owned(),
    }
}

fn run(depth: Depth) -> Outcome {
    let mut jobs = Vec::new();
    let appends = [
        (3, 1),
        (3, 4),
        (0, 1),
        (0, 4),
        (1, 40),
        (60, 1),
        (2, 2),
        (1, 6),
        (3, 8),
    ];
    for ((old, new), seed) in appends.into_iter().zip(0..) {
        let append = Arc::new(append(old, new));
        for state in states(&append, seed) {
            jobs.push((Arc::clone(&append), state));
        }
    }
    let jobs = depth.some(jobs, 700);
    let lanes = in_lanes(parts(jobs), |jobs| {
        let disk = Disk::new();
        let mut notes = BTreeMap::new();
        let tried = jobs.into_iter().map(|(append, state)| {
            let note = notes
                .entry(append.old)
                .or_insert_with(|| acknowledged(&disk, append.old));
            let done = survive(&disk, &append, note.as_ref(), &state.bytes);
            done.map_err(|bad| {
                format!(
                    "{} behind {} lines, {}: {bad}",
                    append.new, append.old, state.name
                )
            })
        });
        tried.collect::<Vec<_>>()
    });
    let results: Vec<Result<Went, String>> = lanes.into_iter().flatten().collect();
    let named = results
        .iter()
        .filter(|went| matches!(went, Ok(Went::Named)))
        .count();
    let results = results.into_iter().map(|went| went.map(drop)).collect();
    Outcome::of(results).remark(format!(
        "{named} of the states end in a line that reads like an edited record: refused, named, left as it is"
    ))
}

/// Makes an append and looks at what it wrote.
fn append(old: usize, new: usize) -> Append {
    let disk = Disk::new();
    acknowledged(&disk, old);
    let base = disk.bytes();
    let drafts: Vec<Draft> = (0..new).map(|at| draft(&format!("新 {at}"))).collect();
    let mut desk = disk.desk().unwrap();
    desk.append(now(), &drafts).unwrap();
    let written = disk.bytes()[base.len()..].to_vec();
    Append {
        pending: (new > 1 && old > 0).then(|| kept(&base, &written)),
        base,
        written,
        old,
        new,
    }
}

/// What a desk keeps of several lines before it appends them.
fn kept(base: &[u8], written: &[u8]) -> Vec<u8> {
    let first = format!(
        "{},{}\n",
        base.len(),
        duban::journal::chain::sha256(written)
    );
    [first.as_bytes(), written].concat()
}

/// Appends some lines and returns the desk's note of the last one; the same bytes every time.
fn acknowledged(disk: &Disk, lines: usize) -> Option<(PathBuf, Vec<u8>)> {
    disk.put(None, None);
    let _ = fs::remove_dir_all(disk.notes());
    let mut desk = disk.desk().unwrap();
    for at in 0..lines {
        desk.append(now(), &[draft(&format!("old {at}"))]).unwrap();
    }
    let note = fs::read_dir(disk.notes()).ok()?.next()?.unwrap().path();
    let bytes = fs::read(&note).unwrap();
    Some((note, bytes))
}

/// What a disk may show of the unsynced bytes.
struct State {
    name: String,
    bytes: Option<Vec<u8>>,
}

fn states(append: &Append, seed: u64) -> Vec<State> {
    let mut dice = Dice::new(seed);
    let whole = &append.written;
    let mut states = Vec::new();
    if append.old == 0 {
        // A new file is synced before it gets its name.
        states.push(State {
            name: "no file".to_owned(),
            bytes: None,
        });
        states.push(State {
            name: "whole".to_owned(),
            bytes: Some(whole.clone()),
        });
        return states;
    }
    let mut add = |name: String, tail: Vec<u8>| {
        let bytes = [&append.base, &tail[..]].concat();
        states.push(State {
            name,
            bytes: Some(bytes),
        });
    };
    let step = whole.len().div_ceil(700);
    for at in (0..=whole.len()).step_by(step) {
        add(format!("cut at {at}"), whole[..at].to_vec());
        let mut zeros = whole[..at].to_vec();
        zeros.resize(whole.len(), 0);
        add(format!("zero from {at}"), zeros);
        let mut more = whole[..at].to_vec();
        more.resize(at.next_multiple_of(SECTOR) + SECTOR, 0);
        add(format!("zero from {at} to the end of a sector"), more);
        for way in 0..3 {
            let mut garbage = whole[..at].to_vec();
            let length = if way == 0 {
                whole.len()
            } else {
                at + 1 + dice.below(900)
            };
            while garbage.len() < length {
                let byte = (dice.next() & 0xff) as u8;
                // Two in three hold no line end, as torn records mostly do not.
                garbage.push(if way < 2 && byte == b'\n' { b' ' } else { byte });
            }
            add(format!("garbage {way} from {at}"), garbage);
        }
        let mut behind = vec![0; at];
        behind.extend_from_slice(&whole[at..]);
        add(format!("zero up to {at}, the rest there"), behind);
        let mut cut_out = whole[..at / 2].to_vec();
        cut_out.extend_from_slice(&whole[at..]);
        add(format!("bytes {}..{at} not there", at / 2), cut_out);
    }
    let from = append.base.len() % SECTOR;
    let sectors = (from + whole.len()).div_ceil(SECTOR);
    for subset in 0..(1u32 << sectors.min(9)) {
        for fill in [0u8, 0xff, b'\n'] {
            let mut tail = whole.clone();
            for (at, byte) in tail.iter_mut().enumerate() {
                if subset & (1 << ((from + at) / SECTOR).min(8)) == 0 {
                    *byte = fill;
                }
            }
            add(format!("sectors {subset:b} there, others {fill:#x}"), tail);
        }
    }
    states
}

/// Opens the desk on a state and goes on.
fn survive(
    disk: &Disk,
    append: &Append,
    note: Option<&(PathBuf, Vec<u8>)>,
    state: &Option<Vec<u8>>,
) -> Result<Went, String> {
    let _ = fs::remove_dir_all(disk.notes());
    fs::create_dir_all(disk.notes()).unwrap();
    if let Some((path, bytes)) = note {
        fs::write(path, bytes).unwrap();
    }
    disk.put(state.as_deref(), append.pending.as_deref());
    let bytes = state.clone().unwrap_or_default();
    let mut desk = match disk.desk() {
        Ok(desk) => desk,
        Err(failure) => {
            let text = failure.text(Lang::En);
            let is_line = bytes
                .get(append.base.len()..)
                .is_some_and(|tail| tail.contains(&b'\n'));
            if failure.exit != Exit::Refused || !text.contains("duban repair") || !is_line {
                return Err(text);
            }
            if disk.bytes() != bytes {
                return Err("refused, and the file was changed".to_owned());
            }
            let state = disk.folder.path().join("state");
            let start = start(PLAN, "li");
            restore::restore(
                &disk.csv(),
                &writer(),
                start,
                Tail::Cut,
                &places(&state),
                now(),
            )
            .map_err(|failure| failure.text(Lang::En))?;
            all_kept(disk, &bytes, &disk.bytes())?;
            match disk.desk() {
                Ok(desk) => desk,
                Err(_) if reads_like_an_edit(&disk.bytes()[append.base.len()..]) => {
                    return Ok(Went::Named);
                }
                Err(failure) => return Err(format!("behind repair: {}", failure.text(Lang::En))),
            }
        }
    };
    let stands = disk.bytes();
    if !stands.starts_with(&append.base) {
        return Err("acknowledged bytes are gone".to_owned());
    }
    let new = chain::read(&stands, "li")?.len() - append.old;
    if new != 0 && new != append.new {
        return Err(format!("{new} of {} lines are there", append.new));
    }
    all_kept(disk, &bytes, &stands)?;
    desk.append(now(), &[draft("next")])
        .map_err(|failure| failure.text(Lang::En))?;
    drop(desk);
    let lines = chain::read(&disk.bytes(), "li")?;
    match lines.len() == append.old + new + 1 {
        true => Ok(Went::On),
        false => Err("the next record is not there".to_owned()),
    }
}

/// How a desk went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Went {
    /// The next record is there.
    On,
    /// A line could be a record that somebody changed: it is refused, named and left as it is.
    Named,
}

/// Tells whether the last line has the fields of a record and holds no zeros: nothing tells it from
/// an edit, and edits are never undone by guess. `verify` names it.
fn reads_like_an_edit(tail: &[u8]) -> bool {
    let Some(line) = tail.strip_suffix(b"\n") else {
        return false;
    };
    let line = line
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let fields =
        std::str::from_utf8(line).is_ok_and(|text| duban::journal::line::split(text).is_ok());
    fields && !line.contains(&0)
}

/// Says which bytes are neither in the file nor beside it.
fn all_kept(disk: &Disk, before: &[u8], stands: &[u8]) -> Result<(), String> {
    let same = before
        .iter()
        .zip(stands)
        .take_while(|(one, other)| one == other)
        .count();
    let line = before[..same]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let rest = &before[line..];
    let is_kept =
        stands.starts_with(before) || disk.aside().iter().any(|bytes| bytes.ends_with(rest));
    match is_kept {
        true => Ok(()),
        false => Err(format!("{} bytes are thrown away", rest.len())),
    }
}
