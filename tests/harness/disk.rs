//! A full disk, a read-only disk, a stdout that takes nothing: a clear error, and nothing half-written.

use crate::row::Count;
use crate::row::Depth;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use crate::world::End;
use crate::world::Said;
use crate::world::Snapshot;
use crate::world::World;
use crate::world::has;
use crate::world::said;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

pub(crate) const FULL: Row = Row {
    name: "disk_full",
    what: "A tmpfs in a mount namespace with 0 to 11 free pages, and a journal that ends just before a page: ten \
           commands that write. Exit 0 and all of it is there, or exit 4, “the disk is full”, and every file is as \
           it was; with room again the same command goes through, so does the next record, and `verify` agrees",
    asked: "small tmpfs in a user namespace: clear error, exit 4, nothing half-written, no panic",
    count: Count::Exact,
    run: full,
};

pub(crate) const READ_ONLY: Row = Row {
    name: "read_only",
    what: "The workspace bind-mounted read-only: what writes ends with exit 4 and “the disk is read-only”, what \
           reads works; the home folder read-only: `record` works and says that it could not keep its note",
    asked: "bind mount read-only: clear error, exit 4, nothing half-written, no panic",
    count: Count::Exact,
    run: read_only,
};

pub(crate) const STDOUT: Row = Row {
    name: "stdout_full",
    what: "stdout is `/dev/full`: exit 4 and a clear error; what was recorded stands and the error says so",
    asked: "`/dev/full` for stdout: clear error, exit 4, nothing half-written, no panic",
    count: Count::Exact,
    run: stdout,
};

/// Commands that write.
const WRITING: [&[&str]; 10] = [
    &["record", "note", "1.1.2@yjb", "-m", "new"],
    &[
        "record",
        "note",
        "1.1.2@yjb",
        "-m",
        "new",
        "--writer",
        "other",
    ],
    &[
        "record",
        "note",
        "1.1.2@yjb",
        "-m",
        "new",
        "--evidence",
        "paper.txt",
    ],
    &["record", "--from", "batch.csv"],
    &["record", "--from", "batch.csv", "--writer", "other"],
    &["retract", "li:2", "-m", "new"],
    &["seal", "2013-06", "--as", "yjb"],
    &["status", "-o", "status.html"],
    &["list", "-o", "list.xlsx"],
    &["demo", "practice"],
];

/// Commands that read.
const READING: [&[&str]; 8] = [
    &["status"],
    &["list", "--format", "json"],
    &["log"],
    &["show", "yjb"],
    &["today"],
    &["matrix"],
    &["explain"],
    &["help"],
];

/// An office whose journal ends a few bytes before a page does.
fn office() -> World {
    let world = World::with_journal();
    let before = world.bytes().len();
    world.office.record(&["note", "1.1.2@yjb", "-m", "x"]);
    let each = world.bytes().len() - before - 1;
    let room = 4096 - world.bytes().len() - each - 40;
    let note = "y".repeat(room.min(1_900));
    world.office.record(&["note", "1.1.2@yjb", "-m", &note]);
    if room > 1_900 + each {
        let note = "z".repeat(room - 1_900 - each);
        world.office.record(&["note", "1.1.2@yjb", "-m", &note]);
    }
    world.office.write("paper.txt", "a paper");
    let mut batch = "event,item,unit,note,date\n".to_owned();
    for at in 1..=4 {
        batch.push_str(&format!("note,1.1.2,yjb,batch {at},2013-07-19\n"));
    }
    world.office.write("batch.csv", batch);
    world
}

/// How to get a mount namespace here; none where this machine gives none.
fn namespace() -> Option<Vec<&'static str>> {
    let ways: [Vec<&str>; 2] = [vec!["unshare", "-m"], vec!["unshare", "-rm"]];
    ways.into_iter().find(|way| {
        has("unshare")
            && Command::new(way[0])
                .args(&way[1..])
                .args(["sh", "-c", "mount -t tmpfs tmpfs /mnt"])
                .output()
                .is_ok_and(|done| done.status.success())
    })
}

/// Runs a command where its office lies on a small disk, and leaves there what came of it.
const ON_SMALL_DISK: &str = r#"
cp -a "$ROOT" "$KEPT/before"
mount -t tmpfs -o size=4m tmpfs "$ROOT" && cp -a "$KEPT/before/." "$ROOT/" && cd "$ROOT/ws" || exit 90
cat /dev/zero > "$ROOT/filler" 2> /dev/null
truncate -s "-$FREE" "$ROOT/filler" || exit 91
"$0" "$@"
code=$?
rm "$ROOT/filler"
cp -a "$ROOT" "$KEPT/after" || exit 92
again=0
if [ $code = 4 ]; then "$0" "$@" > "$KEPT/again.out" 2>&1; again=$?; fi
echo $again > "$KEPT/again.code"
"$0" record note 1.1.2@yjb -m "with room again" > "$KEPT/next.out" 2>&1
echo $? > "$KEPT/next.code"
"$0" verify > "$KEPT/verify.out" 2>&1
echo $? > "$KEPT/verify.code"
exit $code
"#;

/// Runs a command where folders of its office cannot be written.
const ON_READ_ONLY: &str = r#"
mount --bind "$PLACE" "$PLACE" && mount -o remount,ro,bind "$PLACE" || exit 90
cd . && "$0" "$@"
"#;

fn full(depth: Depth) -> Outcome {
    let Some(namespace) = namespace() else {
        return Outcome::skipped("no mount namespace");
    };
    let free = depth.some((0..12).collect(), 3);
    let jobs = WRITING
        .iter()
        .flat_map(|arguments| free.iter().map(move |pages| (*arguments, *pages)));
    let results = in_lanes(jobs.collect(), |(arguments, pages): (&[&str], usize)| {
        let done = on_small_disk(&namespace, arguments, pages);
        done.map_err(|bad| format!("{arguments:?} with {pages} free pages: {bad}"))
    });
    let refused = results
        .iter()
        .filter(|done| matches!(done, Ok(true)))
        .count();
    let results = results.into_iter().map(|done| done.map(drop)).collect();
    Outcome::of(results).remark(format!("{refused} of them found the disk full"))
}

/// Tells whether the disk was full.
fn on_small_disk(namespace: &[&str], arguments: &[&str], pages: usize) -> Result<bool, String> {
    let world = office();
    let kept = tempfile::tempdir().unwrap();
    let mut program = namespace.to_vec();
    program.extend(["sh", "-c", ON_SMALL_DISK]);
    let mut command = world.under(&program, arguments);
    command
        .env("ROOT", world.office.folder.path())
        .env("KEPT", kept.path())
        .env("FREE", (pages * 4096).to_string());
    let ran = said(&mut command);
    let read = |name: &str| fs::read_to_string(kept.path().join(name)).unwrap_or_default();
    for then in ["again", "next", "verify"] {
        if read(&format!("{then}.code")).trim() != "0" {
            return Err(format!(
                "{ran:?}, then {then}: {}",
                read(&format!("{then}.out"))
            ));
        }
    }
    let before = below(&kept.path().join("before/ws"));
    let after = below(&kept.path().join("after/ws"));
    match ran.end {
        End::Code(0) => Ok(false),
        End::Code(4) if !ran.err.contains("disk is full") => Err(format!("not clear: {ran:?}")),
        End::Code(4) => match difference(&before, &after) {
            None => Ok(true),
            Some(path) => Err(format!("{} is another: {ran:?}", path.display())),
        },
        End::Code(_) | End::Signal(_) => Err(format!("{ran:?}")),
    }
}

/// Reads all files below a folder by their paths from there.
fn below(folder: &Path) -> Snapshot {
    fn gather(root: &Path, folder: &Path, found: &mut Snapshot) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => gather(root, &path, found),
                false => {
                    let name = path.strip_prefix(root).unwrap().to_owned();
                    found.insert(name, Some(fs::read(&path).unwrap()));
                }
            }
        }
    }
    let mut found = Snapshot::new();
    gather(folder, folder, &mut found);
    found
}

/// Returns a file that is not as it was; locks and whole copies of evidence and plans may be new.
fn difference(before: &Snapshot, after: &Snapshot) -> Option<PathBuf> {
    let is_allowed = |path: &Path| {
        let name = path.to_string_lossy();
        // What keeps git from touching evidence says nothing of it, and is whole or not there.
        let keeps_git_off = name.ends_with(".evidence/.gitattributes")
            && after
                .get(path)
                .is_some_and(|bytes| bytes.as_deref() == Some(b"* -text -merge\n"));
        let is_whole = after.get(path).is_some_and(|bytes| {
            let sources = ["paper.txt", "plans/town-2013.toml"].map(Path::new);
            sources
                .iter()
                .any(|source| before.get(*source) == Some(bytes))
        });
        // The practice workspace is many files, each whole; the same command goes on where it stopped.
        name.ends_with(".lock")
            || name.starts_with("practice/")
            || (name.contains(".evidence/") && is_whole)
            || keeps_git_off
    };
    let changed = before
        .iter()
        .find(|(path, bytes)| after.get(*path) != Some(*bytes));
    let new = after
        .keys()
        .find(|path| !before.contains_key(*path) && !is_allowed(path));
    changed.map(|(path, _)| path).or(new).cloned()
}

fn read_only(_: Depth) -> Outcome {
    let Some(namespace) = namespace() else {
        return Outcome::skipped("no mount namespace");
    };
    let mut program = namespace;
    program.extend(["sh", "-c", ON_READ_ONLY]);
    let run = |world: &World, place: &str, arguments: &[&str]| {
        let mut command = world.under(&program, arguments);
        command.env("PLACE", world.office.folder.path().join(place));
        said(&mut command)
    };
    let writing = WRITING.iter().map(|arguments| {
        let world = office();
        let before = below(&world.office.ws());
        // The shell stands in the folder as it was mounted before; what is typed names it anew.
        let ran = run(&world, "ws", arguments);
        check_read_only(arguments, &ran)?;
        match below(&world.office.ws()) == before {
            true => Ok(()),
            false => Err(format!("{arguments:?}: something was written")),
        }
    });
    let reading = READING.iter().map(|arguments| {
        let ran = run(&office(), "ws", arguments);
        match ran.end == End::Code(0) && !ran.out.is_empty() {
            true => Ok(()),
            false => Err(format!("{arguments:?}: {ran:?}")),
        }
    });
    let home = WRITING.iter().take(2).map(|arguments| {
        let world = office();
        let ran = run(&world, "home", arguments);
        let is_said = ran.err.contains("could not keep a note");
        match ran.end == End::Code(0) && ran.is_acknowledged() && is_said {
            true => Ok(()),
            false => Err(format!("{arguments:?}: {ran:?}")),
        }
    });
    Outcome::of(writing.chain(reading).chain(home).collect())
}

fn check_read_only(arguments: &[&str], ran: &Said) -> Result<(), String> {
    match ran.end == End::Code(4) && ran.err.contains("read-only") && ran.out.is_empty() {
        true => Ok(()),
        false => Err(format!("{arguments:?}: {ran:?}")),
    }
}

fn stdout(_: Depth) -> Outcome {
    if !Path::new("/dev/full").exists() {
        return Outcome::skipped("no /dev/full");
    }
    let to_full = |world: &World, arguments: &[&str]| {
        let program = ["sh", "-c", "exec \"$0\" \"$@\" > /dev/full"];
        said(&mut world.under(&program, arguments))
    };
    let reading = READING.iter().map(|arguments| {
        let ran = to_full(&office(), arguments);
        let is_clear = ran.err.contains("stdout") && ran.err.contains("disk is full");
        match ran.end == End::Code(4) && is_clear && !ran.err.contains("is done") {
            true => Ok(()),
            false => Err(format!("{arguments:?}: {ran:?}")),
        }
    });
    let writing = WRITING.iter().take(7).map(|arguments| {
        let world = office();
        let before = below(&world.office.ws()).len() + world.bytes().len();
        let ran = to_full(&world, arguments);
        let is_there = below(&world.office.ws()).len() + world.bytes().len() > before;
        let is_clear = ran.err.contains("stdout") && ran.err.contains("is done");
        match ran.end == End::Code(4) && is_clear && is_there && !ran.err.contains("not recorded") {
            true => Ok(()),
            false => Err(format!("{arguments:?}: {ran:?}")),
        }
    });
    Outcome::of(reading.chain(writing).collect())
}
