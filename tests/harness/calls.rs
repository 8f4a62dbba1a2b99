//! System calls that kill or fail: `strace` puts a signal or an error in the place of each.

use crate::row::Count;
use crate::row::Depth;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use crate::row::parts;
use crate::world::End;
use crate::world::Said;
use crate::world::Snapshot;
use crate::world::World;
use crate::world::has;
use crate::world::said;
use std::collections::BTreeMap;
use std::fs;

pub(crate) const KILLED: Row = Row {
    name: "killed_at_every_call",
    what: "SIGKILL at the first, second, … system call of every kind, of nine commands that write, \
           until a run ends unhurt. Then what was acknowledged is there, several lines are all there \
           or none, old bytes are kept, the same command or the next one goes through and `verify` agrees",
    asked: "all (≈ 200) of append, import, seal, repair, 0 bad",
    count: Count::AtLeast(1_000),
    run: killed,
};

pub(crate) const FAILED: Row = Row {
    name: "failing_calls",
    what: "ENOSPC, EIO, EINTR, EROFS and EDQUOT at every open, read, write, sync, lock, cut, rename, link, \
           unlink and mkdir below the office, once and for ever after. Exit 0: it is there; “not recorded”: \
           it is not; never a panic. Then as above",
    asked: "all (≈ 150), once and “for ever after”",
    count: Count::AtLeast(1_500),
    run: failed,
};

pub(crate) const SYNCED_FIRST: Row = Row {
    name: "synced_before_acknowledged",
    what: "The trace of each command: every byte written to a journal, every new name in its folder and every \
           renamed file is synced before the receipt is written to stdout",
    asked: "the reference comes only after the disk has the entry",
    count: Count::Exact,
    run: synced_first,
};

/// A command that writes, with the office it runs in.
struct Scenario {
    name: &'static str,
    arguments: &'static [&'static str],
    /// How many lines it appends, all or none.
    appends: usize,
    /// Whether the journal is there already.
    starts: Starts,
}

/// What stands there before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Starts {
    /// Nothing.
    Empty,
    /// Three records.
    Journal,
    /// Three records, saved by another program.
    Crlf,
    /// Three records and torn bytes.
    Torn,
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "first",
        arguments: &["record", "note", "1.1.2@yjb", "-m", "new"],
        appends: 1,
        starts: Starts::Empty,
    },
    Scenario {
        name: "record",
        arguments: &[
            "record",
            "note",
            "1.1.2@yjb",
            "-m",
            "new",
            "--evidence",
            "paper.txt",
        ],
        appends: 1,
        starts: Starts::Journal,
    },
    Scenario {
        name: "replace",
        arguments: &[
            "record",
            "note",
            "1.1.2@yjb",
            "-m",
            "new",
            "--replaces",
            "li:3",
        ],
        appends: 2,
        starts: Starts::Journal,
    },
    Scenario {
        name: "batch",
        arguments: &["record", "--from", "batch.csv"],
        appends: 4,
        starts: Starts::Journal,
    },
    Scenario {
        name: "first-batch",
        arguments: &["record", "--from", "batch.csv"],
        appends: 4,
        starts: Starts::Empty,
    },
    Scenario {
        name: "torn",
        arguments: &["record", "note", "1.1.2@yjb", "-m", "new"],
        appends: 1,
        starts: Starts::Torn,
    },
    Scenario {
        name: "seal",
        arguments: &["seal", "2013-06", "--as", "yjb"],
        appends: 1,
        starts: Starts::Journal,
    },
    Scenario {
        name: "repair",
        arguments: &["repair", "--yes"],
        appends: 0,
        starts: Starts::Crlf,
    },
    Scenario {
        name: "repair-tail",
        arguments: &["repair", "--tail", "--yes"],
        appends: 0,
        starts: Starts::Torn,
    },
];

/// Bytes that are no record.
const TORN: &[u8] = b"4,2013-07-20T0";

impl Scenario {
    /// Makes the office.
    fn world(&self) -> World {
        let world = match self.starts {
            Starts::Empty => World::new(),
            Starts::Journal | Starts::Crlf | Starts::Torn => World::with_journal(),
        };
        world.office.write("paper.txt", "a paper");
        let mut batch = "event,item,unit,note,date\n".to_owned();
        for at in 1..=4 {
            batch.push_str(&format!("note,1.1.2,yjb,batch {at},2013-07-19\n"));
        }
        world.office.write("batch.csv", batch);
        let bytes = world.bytes();
        match self.starts {
            Starts::Empty | Starts::Journal => {}
            Starts::Crlf => {
                let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
                fs::write(world.csv(), text).unwrap();
            }
            Starts::Torn => fs::write(world.csv(), [&bytes, TORN].concat()).unwrap(),
        }
        world
    }

    fn is_repair(&self) -> bool {
        self.arguments[0] == "repair"
    }

    /// Runs it to see which system calls it makes, one line each.
    fn trace(&self, world: &World) -> Vec<String> {
        let log = world.office.folder.path().join("trace");
        let path = log.to_str().unwrap();
        let program = ["strace", "-f", "-qq", "-y", "-o", path];
        let ran = said(&mut world.under(&program, self.arguments));
        assert_eq!(ran.end, End::Code(0), "{}: {ran:?}", self.name);
        let text = fs::read_to_string(log).unwrap();
        let lines = text.lines().filter(|line| !line.contains(" resumed>"));
        // Where the program stands is no file that it touches.
        let standing = format!("AT_FDCWD<{}>", world.office.ws().display());
        lines
            .filter_map(|line| line.split_once(' '))
            .map(|(_, call)| call.trim_start().replace(&standing, "AT_FDCWD"))
            .filter(|call| call.contains('('))
            .collect()
    }

    /// What must hold after an accident.
    fn check(
        &self,
        world: &mut World,
        before: &Before,
        ran: &Said,
        is_mute: bool,
    ) -> Result<(), String> {
        if ran.end == End::Code(101) {
            return Err(format!("panicked: {}", ran.err));
        }
        match self.is_repair() {
            true => self.check_repaired(world, before, ran),
            false => self.check_appended(world, before, ran, is_mute),
        }
    }

    fn check_repaired(&self, world: &World, before: &Before, ran: &Said) -> Result<(), String> {
        let is_kept = |bytes: &Vec<u8>| *bytes == before.damaged;
        let stands = world.bytes();
        let is_new = stands == before.bytes;
        if !is_kept(&stands) && !is_new {
            return Err("the file is neither the old one nor the new one".to_owned());
        }
        if is_new && !world.beside("before-repair").iter().any(is_kept) {
            return Err("the old bytes are not kept".to_owned());
        }
        if ran.end == End::Code(0) && !is_new {
            return Err("exit 0, and nothing was repaired".to_owned());
        }
        let again = world.run(self.arguments);
        if again.end != End::Code(0) || world.bytes() != before.bytes {
            return Err(format!("repairing again: {again:?}"));
        }
        Ok(())
    }

    fn check_appended(
        &self,
        world: &mut World,
        before: &Before,
        ran: &Said,
        is_mute: bool,
    ) -> Result<(), String> {
        let acknowledged = ran.end == End::Code(0) || ran.is_acknowledged();
        let is_denied = ran.err.contains("not recorded");
        if acknowledged && is_denied {
            return Err(format!("both said: {ran:?}"));
        }
        let is_said =
            ran.end == End::Code(0) || matches!(ran.end, End::Signal(_)) || !ran.err.is_empty();
        // Where every write fails, stderr does too.
        if !is_said && !is_mute {
            return Err(format!("failed in silence: {ran:?}"));
        }
        let is_denied = is_denied && !ran.err.contains("remains may stand");
        if is_denied && world.bytes().len() > before.damaged.len() {
            return Err("“not recorded”, and the file grew".to_owned());
        }
        world.record_next()?;
        let lines = world.lines()?;
        let old = before.count;
        if !world.bytes().starts_with(&before.bytes) {
            return Err("bytes that stood there are gone".to_owned());
        }
        let new = lines.len() - old - 1;
        if new != 0 && new != self.appends {
            return Err(format!("{new} of {} lines are there", self.appends));
        }
        if acknowledged && new == 0 {
            return Err("acknowledged, and not there".to_owned());
        }
        if is_denied && new > 0 {
            return Err("“not recorded”, and there".to_owned());
        }
        let is_cut = self.starts == Starts::Torn;
        if is_cut && !world.beside(".torn-").iter().any(|bytes| bytes == TORN) {
            return Err("the torn bytes are not kept".to_owned());
        }
        Ok(())
    }
}

/// What stood there before the accident.
struct Before {
    /// The writer's file as it should be.
    bytes: Vec<u8>,
    /// The same as it was left by another program or a power cut.
    damaged: Vec<u8>,
    /// How many records.
    count: usize,
    all: Snapshot,
}

impl Before {
    fn of(world: &World, starts: Starts) -> Before {
        let damaged = world.bytes();
        let bytes = match starts {
            Starts::Empty | Starts::Journal => damaged.clone(),
            Starts::Crlf => String::from_utf8(damaged.clone())
                .unwrap()
                .replace("\r\n", "\n")
                .into_bytes(),
            Starts::Torn => damaged[..damaged.len() - TORN.len()].to_vec(),
        };
        Before {
            count: crate::chain::read(&bytes, "li").unwrap().len(),
            bytes,
            damaged,
            all: world.snapshot(),
        }
    }
}

/// Where `strace` puts what: `write:error=EIO:when=3+`.
#[derive(Clone, Debug)]
struct Injection(String);

/// Runs a scenario under each injection.
fn inject(scenario: &Scenario, injections: Vec<Injection>) -> Vec<Result<(), String>> {
    let lanes = in_lanes(parts(injections), |injections| {
        let mut world = scenario.world();
        let before = Before::of(&world, scenario.starts);
        let tried = injections.into_iter().enumerate().map(|(at, injection)| {
            world.restore(&before.all);
            let what = format!("inject={}", injection.0);
            let program = [
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=all",
                "-e",
                &what,
            ];
            let ran = said(&mut world.under(&program, scenario.arguments));
            let is_mute = injection.0.starts_with("write:error") && injection.0.ends_with('+');
            let mut done = scenario.check(&mut world, &before, &ran, is_mute);
            // The chain itself was checked already, by other code.
            if at % 5 == 0 {
                done = done.and_then(|()| world.verify());
            }
            done.map_err(|bad| format!("{} {}: {bad}", scenario.name, injection.0))
        });
        tried.collect::<Vec<_>>()
    });
    lanes.into_iter().flatten().collect()
}

fn killed(depth: Depth) -> Outcome {
    if !has("strace") {
        return Outcome::skipped("no strace");
    }
    let mut results = Vec::new();
    for scenario in SCENARIOS {
        let world = scenario.world();
        let trace = scenario.trace(&world);
        let office = world.office.folder.path().to_str().unwrap();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut injections = Vec::new();
        let mut is_begun = false;
        for call in &trace {
            let name = call.split('(').next().unwrap();
            let at = counts.entry(name).or_default();
            *at += 1;
            // Before the program looks at the office nothing can have happened to it.
            is_begun |= call.contains(office) && name != "execve";
            if is_begun && is_injectable(name) {
                injections.push(Injection(format!("{name}:signal=SIGKILL:when={at}")));
            }
        }
        let mut injections = depth.some(injections, 3);
        let unhurt = counts.get("write").map_or(1, |count| count + 1);
        injections.push(Injection(format!("write:signal=SIGKILL:when={unhurt}")));
        results.extend(inject(scenario, injections));
    }
    Outcome::of(results)
}

/// Tells whether `strace` can stop a call: those that start and end the process are not ours.
fn is_injectable(name: &str) -> bool {
    !matches!(name, "execve" | "exit_group" | "exit" | "rt_sigreturn")
}

/// The calls that touch files.
const TOUCHING: [&str; 16] = [
    "openat",
    "read",
    "write",
    "fsync",
    "fdatasync",
    "flock",
    "ftruncate",
    "rename",
    "link",
    "linkat",
    "unlink",
    "mkdir",
    "lseek",
    "copy_file_range",
    "sendfile",
    "chmod",
];

fn failed(depth: Depth) -> Outcome {
    if !has("strace") {
        return Outcome::skipped("no strace");
    }
    let mut results = Vec::new();
    for scenario in SCENARIOS {
        let world = scenario.world();
        let trace = scenario.trace(&world);
        let office = world.office.folder.path().to_str().unwrap();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut injections = Vec::new();
        for call in &trace {
            let name = call.split('(').next().unwrap();
            let at = counts.entry(name).or_default();
            *at += 1;
            let is_ours = call.contains(office) || call.starts_with("write(1<");
            if !TOUCHING.contains(&name) || !is_ours {
                continue;
            }
            for error in errors_of(call) {
                injections.push(Injection(format!("{name}:error={error}:when={at}")));
                // What is interrupted is made again, for ever where it always is.
                if *error != "EINTR" {
                    injections.push(Injection(format!("{name}:error={error}:when={at}+")));
                }
            }
        }
        results.extend(inject(scenario, depth.some(injections, 4)));
    }
    Outcome::of(results)
}

/// Returns the errors that a call can meet: what only reads meets no full or read-only disk.
fn errors_of(call: &str) -> &'static [&'static str] {
    let is_open = call.starts_with("openat(");
    let is_reading = call.starts_with("read(")
        || call.starts_with("lseek(")
        || (is_open && !call.contains("O_CREAT") && !call.contains("O_RDWR"));
    match (is_reading, is_open) {
        (true, false) => &["EIO"],
        (true, true) => &["EIO", "EINTR"],
        (false, _) => &["ENOSPC", "EIO", "EINTR", "EROFS", "EDQUOT"],
    }
}

fn synced_first(_: Depth) -> Outcome {
    if !has("strace") {
        return Outcome::skipped("no strace");
    }
    let tried = SCENARIOS.iter().map(|scenario| {
        let world = scenario.world();
        let plans = world.office.path("plans");
        let trace = scenario.trace(&world);
        let unsynced = unsynced(&trace, plans.to_str().unwrap());
        match unsynced.is_empty() {
            true => Ok(()),
            false => Err(format!(
                "{}: acknowledged before synced: {unsynced:?}",
                scenario.name
            )),
        }
    });
    Outcome::of(tried.collect())
}

/// Returns what was not yet synced in a folder when the receipt was written.
fn unsynced(trace: &[String], folder: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let is_ours = |path: &str| path.starts_with(folder) && !path.contains(".lock");
    for call in trace {
        let name = call.split('(').next().unwrap();
        // `-y` writes the path of each open file: `write(4</tmp/…/li.csv>, …`.
        let which = if name == "copy_file_range" { 2 } else { 1 };
        let opened = call
            .split('<')
            .nth(which)
            .and_then(|rest| rest.split('>').next());
        let named = call.rsplit('"').nth(1).filter(|path| is_ours(path));
        let parent = named
            .and_then(|path| path.rsplit_once('/'))
            .map(|(parent, _)| parent);
        match (name, opened.filter(|path| is_ours(path)), parent) {
            ("write" | "ftruncate" | "copy_file_range" | "sendfile", Some(path), _) => {
                open.push(path.to_owned());
            }
            ("fsync" | "fdatasync", Some(path), _) => open.retain(|of| of != path),
            ("write", None, _) if call.starts_with("write(1<") => return open,
            ("openat", _, Some(parent)) if call.contains("O_EXCL") => open.push(parent.to_owned()),
            ("rename" | "link" | "linkat", _, Some(parent)) => open.push(parent.to_owned()),
            _ => {}
        }
    }
    vec!["no receipt was written".to_owned()]
}
