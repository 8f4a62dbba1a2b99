//! Clocks that are set back, years that end, days that leap, machines that stand elsewhere.

use crate::chain;
use crate::row::Count;
use crate::row::Depth;
use crate::row::Outcome;
use crate::row::Row;
use crate::world::End;
use crate::world::JOURNAL;
use crate::world::Said;
use crate::world::World;
use crate::world::codes;
use crate::world::said;
use duban::calendar::Day;
use duban::calendar::Instant;
use duban::journal::Draft;
use duban::journal::file::Desk;
use duban::journal::file::DeskPlaces;
use duban::journal::file::Older;
use duban::journal::writer::Writer;
use duban::terms::Event;

pub(crate) const CLOCK: Row = Row {
    name: "clock",
    what: "Entries written at instants that are handed in: an hour back, ten years back, 31 December 23:59:59+08:00, \
           a leap day, other offsets of one instant. Nothing is lost, the chain holds, the order stays, `verify` names \
           the clock that went back; the same bytes come out in every TZ",
    asked: "back an hour, back ten years, 31 Dec 23:59:59+08:00, TZ=UTC at 20:00Z, leap day",
    count: Count::Exact,
    run,
};

/// Instants at which entries are written, one after another, and what `verify` says of them.
struct Case {
    name: &'static str,
    at: &'static [&'static str],
    day: &'static str,
    verify: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "forward",
        at: &[
            "2013-07-01T09:00:00+08:00",
            "2013-07-01T09:00:00+08:00",
            "2013-07-02T09:00:00+08:00",
        ],
        day: "2013-06-30",
        verify: &[],
    },
    Case {
        name: "back an hour",
        at: &[
            "2013-07-01T09:00:00+08:00",
            "2013-07-01T08:00:00+08:00",
            "2013-07-01T08:00:01+08:00",
        ],
        day: "2013-06-30",
        verify: &["journal/clock-back"],
    },
    Case {
        name: "back ten years",
        at: &["2023-07-01T09:00:00+08:00", "2013-07-01T09:00:00+08:00"],
        day: "2013-06-30",
        verify: &["journal/clock-back"],
    },
    Case {
        name: "the last second of a year",
        at: &[
            "2012-12-31T23:59:59+08:00",
            "2013-12-31T23:59:59+08:00",
            "2014-01-01T00:00:00+08:00",
        ],
        day: "2012-12-31",
        verify: &[],
    },
    Case {
        name: "a leap day",
        at: &["2016-02-29T23:59:59+08:00", "2016-03-01T00:00:00+08:00"],
        day: "2016-02-29",
        verify: &[],
    },
    Case {
        name: "one instant at several offsets",
        at: &[
            "2013-07-01T04:00:00+08:00",
            "2013-06-30T20:00:00Z",
            "2013-06-30T15:00:00-05:00",
        ],
        day: "2013-06-30",
        verify: &[],
    },
];

/// The zones in which the same command must say the same.
const ZONES: [&str; 4] = [
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "Pacific/Kiritimati",
];

fn run(_: Depth) -> Outcome {
    let mut results: Vec<Result<(), String>> = CASES.iter().map(written).collect();
    results.extend(CASES.iter().map(read_everywhere));
    results.push(a_clock_set_back_is_said());
    results.extend(ZONES.iter().map(|zone| recorded_in(zone)));
    Outcome::of(results)
}

/// An office whose entries were written at the instants of a case.
fn office(case: &Case) -> Result<World, String> {
    let world = World::new();
    let state = world.office.folder.path().join("home/.local/state/duban");
    for (at, number) in case.at.iter().zip(1u64..) {
        let now = Instant::parse(at).unwrap();
        let places = DeskPlaces {
            state: Some(&state),
            who: "li",
            pause: std::thread::sleep,
            older: Older::Refuse,
        };
        let folder = world.office.path(JOURNAL);
        let writer = Writer::parse("li").unwrap();
        let mut desk = Desk::open(&folder, "town-2013", &writer, &places, now)
            .map_err(|failure| failure.text(duban::lang::Lang::En))?;
        let appended = desk
            .append(now, &[draft(case.day, number)])
            .map_err(|failure| failure.text(duban::lang::Lang::En))?;
        if appended.receipts[0].seq != number {
            return Err(format!("{at}: {:?}", appended.receipts));
        }
    }
    Ok(world)
}

fn draft(day: &str, number: u64) -> Draft {
    Draft {
        date: Day::parse(day).unwrap(),
        event: Event::Note,
        item: "1.1.2".to_owned(),
        unit: "yjb".to_owned(),
        period: String::new(),
        value: String::new(),
        acting: "yjb".to_owned(),
        by: "li".to_owned(),
        reference: String::new(),
        evidence: String::new(),
        note: format!("entry {number}"),
    }
}

/// Everything is there in its order, and `verify` names the clock alone.
fn written(case: &Case) -> Result<(), String> {
    let world = office(case)?;
    let lines = chain::read(&world.bytes(), "li")?;
    if lines.len() != case.at.len() {
        return Err(format!("{}: {lines:?}", case.name));
    }
    let ran = said(
        world
            .command(&["verify", "--format", "json"])
            .env("DUBAN_TODAY", "2026-01-01"),
    );
    let found = codes(&ran.out);
    match found == case.verify && ran.end == End::Code(0) {
        true => Ok(()),
        false => Err(format!("{}: verify says {found:?} {}", case.name, ran.err)),
    }
}

/// The tables are the same bytes wherever the machine stands.
fn read_everywhere(case: &Case) -> Result<(), String> {
    let world = office(case)?;
    for arguments in [
        &["log", "--format", "json"][..],
        &["status", "--format", "json"],
        &["list", "--format", "csv"],
    ] {
        let in_zone = |zone: &str| {
            let mut command = world.command(arguments);
            said(command.env("TZ", zone).env("DUBAN_TODAY", "2013-12-31"))
        };
        let first = in_zone(ZONES[0]);
        for zone in ZONES {
            let ran = in_zone(zone);
            if ran.out != first.out || ran.end != End::Code(0) || ran.out.is_empty() {
                return Err(format!("{}: {arguments:?} in {zone}: {ran:?}", case.name));
            }
        }
    }
    Ok(())
}

/// A desk whose last entry lies in the future says so, writes all the same, and `verify` names it.
fn a_clock_set_back_is_said() -> Result<(), String> {
    let world = office(&Case {
        name: "the future",
        at: &["2199-01-01T09:00:00+08:00"],
        day: "2013-06-30",
        verify: &[],
    })?;
    let ran = world.run(&["record", "note", "1.1.2@yjb", "-m", "now"]);
    let verified = world.run(&["verify", "--format", "json"]);
    let is_named = codes(&verified.out).contains(&"journal/clock-back".to_owned());
    match ran.is_acknowledged() && ran.err.contains("clock") && is_named {
        true => Ok(()),
        false => Err(format!("{ran:?} {verified:?}")),
    }
}

/// What is recorded in a zone carries its offset, follows, and is dated by the office's today.
fn recorded_in(zone: &str) -> Result<(), String> {
    let world = World::with_journal();
    let record = |note: &str| -> Said {
        said(
            world
                .command(&["record", "note", "1.1.2@yjb", "-m", note])
                .env("TZ", zone),
        )
    };
    record("one zone");
    let ran = record("another");
    let lines = world.lines()?;
    world.verify()?;
    match ran.is_acknowledged() && lines.len() == 5 {
        true => Ok(()),
        false => Err(format!("{zone}: {ran:?}")),
    }
}
