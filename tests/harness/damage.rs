//! Truncation at every byte and a flip of every bit: nothing goes unseen, nothing panics.

use crate::reading;
use crate::reading::Files;
use crate::row::Count;
use crate::row::Depth;
use crate::row::Dice;
use crate::row::Outcome;
use crate::row::Row;
use crate::row::in_lanes;
use crate::row::parts;
use crate::world::World;
use duban::journal::Id;
use duban::journal::chain;
use duban::journal::repair;
use duban::journal::repair::Tail;
use std::fs;

pub(crate) const CUTS: Row = Row {
    name: "cut_at_every_byte",
    what: "A journal of more than 10,000 bytes cut at every byte. The chain sees every cut inside a line; one at \
           the end of a line is a whole journal of an earlier day: the seal that names the lost head sees it, and \
           so does the desk that acknowledged it",
    asked: "10,000 cuts, 0 undetected, 0 panics",
    count: Count::Exact,
    run: cuts,
};

pub(crate) const FLIPS: Row = Row {
    name: "flip_of_every_bit",
    what: "Every bit of a journal of more than 2,000 bytes turned, one at a time. `verify` sees it; `repair` \
           brings back the original byte for byte or leaves the line as it is and names it",
    asked: "16,000 flips, 0 undetected, 0 panics",
    count: Count::Exact,
    run: flips,
};

fn cuts(depth: Depth) -> Outcome {
    let whole = reading::journal("li", 120, &mut Dice::new(1));
    assert!(whole.len() > 10_000);
    let lengths = depth.some((0..10_000).collect(), 250);
    let lanes = in_lanes(parts(lengths), |lengths| {
        let plan = reading::plan();
        let mut sealed = Files::from([("li".to_owned(), whole.clone())]);
        sealed.insert("zfb".to_owned(), reading::seal("zfb", &sealed));
        assert!(reading::findings(&plan, &sealed).is_empty());
        let tried = lengths.into_iter().map(|length: usize| {
            let cut = whole[..length].to_vec();
            // A header alone is a whole journal too, with its line end or without.
            let is_line_end =
                length == reading::HEADER.len() || (length > 0 && whole[length - 1] == b'\n');
            let alone = Files::from([("li".to_owned(), cut.clone())]);
            let seen = !reading::findings(&plan, &alone).is_empty();
            if seen == is_line_end {
                return Err(format!("cut at {length}: the chain alone says {seen}"));
            }
            let mut files = sealed.clone();
            files.insert("li".to_owned(), cut);
            let found = reading::findings(&plan, &files);
            match found.iter().any(|found| found.code == "journal/seal-head") {
                true => Ok(()),
                false => Err(format!(
                    "cut at {length}: the seal does not see it: {found:?}"
                )),
            }
        });
        tried.collect::<Vec<_>>()
    });
    let ends = whole[..10_000]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    let mut outcome = Outcome::of(lanes.into_iter().flatten().collect());
    if let Err(bad) = acknowledged_cuts() {
        outcome.bad.push(bad);
    }
    outcome.remark(format!(
        "{ends} of the cuts are at the end of a line: only the seal and the desk see them"
    ))
}

/// Cuts a real desk's file at the end of each line: the desk knows what it acknowledged.
fn acknowledged_cuts() -> Result<(), String> {
    let world = World::with_journal();
    let whole = world.bytes();
    let ends = (1..whole.len()).filter(|at| whole[at - 1] == b'\n');
    for end in ends {
        fs::write(world.csv(), &whole[..end]).unwrap();
        let verified = world.run(&["verify", "--format", "json"]);
        let recorded = world.run(&["record", "note", "1.1.2@yjb", "-m", "next"]);
        let is_seen =
            verified.out.contains("journal/older") && recorded.err.contains("not recorded");
        if !is_seen {
            return Err(format!(
                "cut at the line end {end}: {verified:?} {recorded:?}"
            ));
        }
    }
    Ok(())
}

fn flips(depth: Depth) -> Outcome {
    let whole = reading::journal("li", 24, &mut Dice::new(2));
    assert!(whole.len() > 2_000);
    let bits = depth.some((0..whole.len() * 8).collect(), 400);
    let lanes = in_lanes(parts(bits), |bits| {
        let plan = reading::plan();
        let start = chain::start("town-2013", "li");
        let tried = bits.into_iter().map(|bit: usize| {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let files = Files::from([("li".to_owned(), flipped.clone())]);
            if reading::findings(&plan, &files).is_empty() {
                return Err(format!("bit {bit}: not seen"));
            }
            mended(&flipped, &whole, start).map_err(|bad| format!("bit {bit}: {bad}"))
        });
        tried.collect::<Vec<_>>()
    });
    Outcome::of(lanes.into_iter().flatten().collect())
}

/// Repairs flipped bytes: the original, or the same bytes with what is wrong named.
fn mended(flipped: &[u8], whole: &[u8], start: Id) -> Result<(), String> {
    let mended = repair::mend(flipped, start, Tail::Leave);
    if mended.bytes == whole {
        return Ok(());
    }
    match !mended.unproved.is_empty() || mended.bytes == flipped {
        true => Ok(()),
        false => {
            Err("repair wrote something that is not the original and named nothing".to_owned())
        }
    }
}
