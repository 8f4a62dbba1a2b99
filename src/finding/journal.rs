//! Constructors of findings about the journal, one a code.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::figures::Tenths;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::error;
use crate::finding::hint;
use crate::finding::warning;
use crate::lang::findings::journal as say;
use crate::lang::terms;
use crate::terms::Event;
use crate::terms::Kind;
use crate::terms::State;

/// A file holds nothing, not even the header.
pub fn empty(place: Place) -> Finding {
    error("journal/header", place, say::empty()).help(say::header_help())
}

/// Line 1 is not the header.
pub fn header(place: Place) -> Finding {
    error("journal/header", place, say::header()).help(say::header_help())
}

/// A line has another number of fields.
pub fn columns(place: Place, count: usize) -> Finding {
    error("journal/columns", place, say::columns(count)).help(say::unreadable_help())
}

/// A field of a line cannot be read.
pub fn field(place: Place, column: &str, value: &str) -> Finding {
    error("journal/field", place, say::field(column, value)).help(say::unreadable_help())
}

/// A quote stands where none may.
pub fn quote(place: Place) -> Finding {
    error("journal/quote", place, say::quote()).help(say::unreadable_help())
}

/// A line is blank.
pub fn blank(place: Place) -> Finding {
    error("journal/blank", place, say::blank()).help(say::unreadable_help())
}

/// A line is longer than 1 MiB.
pub fn too_long(place: Place) -> Finding {
    error("journal/too-long", place, say::too_long()).help(say::unreadable_help())
}

/// A line is not UTF-8, nor GBK.
pub fn not_utf8(place: Place) -> Finding {
    error("journal/not-utf8", place, say::not_utf8()).help(say::unreadable_help())
}

/// A file was saved as GBK.
pub fn gbk(place: Place, count: u64) -> Finding {
    error("journal/gbk", place, say::gbk(count)).help(say::form_help())
}

/// A field was rewritten by a spreadsheet so that the line is no record.
pub fn spreadsheet(place: Place, column: &str, value: &str, restored: &str) -> Finding {
    error(
        "journal/spreadsheet",
        place,
        say::spreadsheet(column, value, restored),
    )
    .help(say::form_help())
}

/// A field was rewritten by a spreadsheet, as the hash proves.
pub fn rewritten(place: Place, column: &str, restored: &str) -> Finding {
    error(
        "journal/spreadsheet",
        place,
        say::rewritten(column, restored),
    )
    .help(say::form_help())
}

/// The byte order mark is missing.
pub fn no_bom(place: Place) -> Finding {
    warning("journal/form", place, say::no_bom()).help(say::form_help())
}

/// Lines end with CR LF.
pub fn crlf(place: Place, count: u64) -> Finding {
    warning("journal/form", place, say::crlf(count)).help(say::form_help())
}

/// Fields are quoted that need not be.
pub fn quotes(place: Place, count: u64) -> Finding {
    warning("journal/form", place, say::quotes(count)).help(say::form_help())
}

/// A file has more unreadable lines than records.
pub fn damaged(place: Place, unreadable: u64, records: u64) -> Finding {
    error("journal/damaged", place, say::damaged(unreadable, records)).help(say::form_help())
}

/// The last bytes of a file are no whole line.
pub fn torn_tail(place: Place) -> Finding {
    error("journal/torn-tail", place, say::torn_tail()).help(say::torn_tail_help())
}

/// The last line is a whole record without its end.
pub fn unended(place: Place) -> Finding {
    warning("journal/torn-tail", place, say::unended()).help(say::unended_help())
}

/// A file is a copy of another writer's.
pub fn copied_file(place: Place, writer: &str) -> Finding {
    error("journal/copied-file", place, say::copied_file(writer)).help(say::copied_file_help())
}

/// A file in the folder is not read, because its name is no writer's.
pub fn stray_name(place: Place, name: &str) -> Finding {
    error("journal/stray-file", place, say::stray_name(name)).help(say::stray_name_help())
}

/// A file in the folder is not read, because another one's name differs in case only.
pub fn stray_case(place: Place, other: &str) -> Finding {
    error("journal/stray-file", place, say::stray_case(other)).help(say::stray_case_help())
}

/// Something that ends in `.csv` is no file.
pub fn stray_kind(place: Place) -> Finding {
    error("journal/stray-file", place, say::stray_kind()).help(say::stray_kind_help())
}

/// Bytes that a power cut left were kept in a file of their own.
pub fn torn_file(place: Place) -> Finding {
    warning("journal/torn-file", place, say::torn_file()).help(say::torn_file_help())
}

/// Two machines went on with one writer's file; the other side is kept in this file.
pub fn fork(place: Place, writer: &str, count: usize, ours: Option<&str>) -> Finding {
    let line = place.line;
    let help = match ours {
        Some(ours) => say::fork_beside(writer, line, shortened(ours)),
        None => say::fork_longer(writer),
    };
    error("journal/fork", place, say::fork(writer, count)).help(help)
}

/// A kept side of a fork of which the writer's file has every line.
pub fn fork_settled(place: Place, writer: &str) -> Finding {
    warning("journal/fork", place, say::fork_settled(writer)).help(say::fork_settled_help())
}

/// Cuts a line to what can be compared at a glance.
fn shortened(line: &str) -> String {
    const SHOWN: usize = 160;
    let mut text: String = line.chars().take(SHOWN).collect();
    if text.len() < line.len() {
        text.push('…');
    }
    text
}

/// The same record stands twice.
pub fn double(place: Place, seq: u64) -> Finding {
    error("journal/double", place, say::double(seq)).help(say::double_help())
}

/// One number stands twice with different ids.
pub fn same_seq(place: Place, seq: u64) -> Finding {
    error("journal/same-seq", place, say::same_seq(seq)).help(say::same_seq_help())
}

/// A number does not follow the one above.
pub fn sequence(place: Place, seq: u64, expected: u64) -> Finding {
    error("journal/sequence", place, say::sequence(seq, expected)).help(say::history_help())
}

/// An id does not follow from the record above.
pub fn chain(place: Place) -> Finding {
    error("journal/chain", place, say::chain()).help(say::history_help())
}

/// The content of a line, or the id above it, was changed.
pub fn changed(place: Place) -> Finding {
    error("journal/changed", place, say::changed()).help(say::history_help())
}

/// A line was recorded before the one above it.
pub fn clock_back(place: Place, seconds: i64) -> Finding {
    warning("journal/clock-back", place, say::clock_back(seconds)).help(say::clock_help())
}

/// A line was recorded after today.
pub fn future(place: Place, recorded: Day) -> Finding {
    warning("journal/future", place, say::future(recorded)).help(say::clock_help())
}

/// The fact lies after the day on which it was recorded.
pub fn after_recording(place: Place, date: Day, recorded: Day) -> Finding {
    error(
        "journal/after-recording",
        place,
        say::after_recording(date, recorded),
    )
    .help(say::retract_help())
}

/// A text holds characters that cannot be seen.
pub fn control_character(place: Place, sign: char) -> Finding {
    let code = format!("U+{:04X}", u32::from(sign));
    warning(
        "journal/control-character",
        place,
        say::control_character(code),
    )
    .help(say::retract_help())
}

/// Entries name an item that no plan can have.
pub fn unknown_item(place: Place, item: &str, count: usize, nearest: Option<&str>) -> Finding {
    error(
        "journal/unknown-item",
        place,
        say::unknown_item(item, count),
    )
    .help(match nearest {
        Some(nearest) => say::nearest_help(nearest),
        None => say::retract_help(),
    })
}

/// Entries name a unit that the plan does not have.
pub fn unknown_unit(place: Place, unit: &str, count: usize, nearest: Option<&str>) -> Finding {
    error(
        "journal/unknown-unit",
        place,
        say::unknown_unit(unit, count),
    )
    .help(match nearest {
        Some(nearest) => say::nearest_help(nearest),
        None => say::retract_help(),
    })
}

/// Entries lack a period, have one too many, or one that the item does not have.
pub fn unknown_period(
    place: Place,
    obligation: &str,
    period: &str,
    kind: Kind,
    count: usize,
) -> Finding {
    let message = match kind {
        Kind::Periodic if period.is_empty() => say::lacks_period(obligation, count),
        Kind::Periodic => say::unknown_period(obligation, count),
        Kind::Once | Kind::Continuing => say::needless_period(obligation, count),
    };
    error("journal/unknown-period", place, message).help(say::retract_help())
}

/// Entries name an obligation that is no longer in the plan.
pub fn obligation_gone(place: Place, obligation: &str, count: usize) -> Finding {
    error(
        "plan/obligation-gone",
        place,
        say::obligation_gone(obligation, count),
    )
    .help(say::obligation_gone_help())
}

/// An event's word is not known to this version.
pub fn unknown_event(place: Place, word: &str) -> Finding {
    error("journal/unknown-event", place, say::unknown_event(word)).help(say::unknown_event_help())
}

/// A value cannot be read; the entry is skipped.
pub fn value(place: Place, event: Event, value: &str) -> Finding {
    let help = match event {
        Event::Progress => say::progress_value_help(),
        Event::Extend | Event::Reopen => say::day_value_help(),
        Event::Urge => say::urge_value_help(),
        Event::Light
        | Event::Ack
        | Event::Nil
        | Event::Submit
        | Event::Verify
        | Event::Return
        | Event::Suspend
        | Event::Resume
        | Event::Cancel
        | Event::Note
        | Event::Retract
        | Event::Seal => say::light_value_help(),
    };
    let (zh, en) = (terms::event(event).zh, terms::event(event).en);
    error("journal/value", place, say::value(zh, en, value)).help(help)
}

/// An event is not allowed where it falls; the entry is skipped.
pub fn not_allowed(place: Place, event: Event, state: State) -> Finding {
    let (event, state) = (terms::event(event), terms::state(state));
    error(
        "journal/not-allowed",
        place,
        say::not_allowed(event.zh, state.zh, event.en, state.en),
    )
    .help(say::not_allowed_help())
}

/// An event does not fit the kind of the item; the entry is skipped.
pub fn not_for_kind(place: Place, event: Event, kind: Kind) -> Finding {
    let (event, kind) = (terms::event(event), terms::kind(kind));
    error(
        "journal/not-allowed",
        place,
        say::not_for_kind(event.zh, kind.zh, event.en, kind.en),
    )
    .help(say::not_allowed_help())
}

/// An extension does not lead past the current due date; the entry is skipped.
pub fn not_later(place: Place, current_due: Day) -> Finding {
    error("journal/not-allowed", place, say::not_later(current_due)).help(say::not_allowed_help())
}

/// An event was written by a unit that may not write it.
pub fn wrong_actor(place: Place, event: Event, acting: &str, verifier: &str) -> Finding {
    let event = terms::event(event);
    error(
        "journal/wrong-actor",
        place,
        say::wrong_actor(event.zh, event.en, acting, verifier),
    )
    .help(say::wrong_actor_help(verifier))
}

/// An event lacks what it must carry.
pub fn carries(place: Place, event: Event) -> Finding {
    let event = terms::event(event);
    warning("journal/carries", place, say::carries(event.zh, event.en)).help(say::carries_help())
}

/// A submission lacks the evidence that its item asks for.
pub fn evidence_required(place: Place, item: &str) -> Finding {
    error(
        "journal/evidence-required",
        place,
        say::evidence_required(item),
    )
    .help(say::evidence_required_help())
}

/// A reference to evidence is badly written.
pub fn evidence_reference(place: Place, value: &str) -> Finding {
    error(
        "journal/evidence-reference",
        place,
        say::evidence_reference(value),
    )
    .help(say::retract_help())
}

/// A file named as evidence is not there.
pub fn evidence_missing(place: Place, path: &str) -> Finding {
    error(
        "journal/evidence-missing",
        place,
        say::evidence_missing(path),
    )
    .help(say::evidence_help())
}

/// A file named as evidence has other content now.
pub fn evidence_changed(place: Place, path: &str) -> Finding {
    error(
        "journal/evidence-changed",
        place,
        say::evidence_changed(path),
    )
    .help(say::evidence_help())
}

/// A file named as evidence lies outside the evidence folder.
pub fn evidence_outside(place: Place, path: &str) -> Finding {
    error(
        "journal/evidence-outside",
        place,
        say::evidence_outside(path),
    )
    .help(say::retract_help())
}

/// What is named as evidence is a link or no file.
pub fn evidence_symlink(place: Place, path: &str) -> Finding {
    error(
        "journal/evidence-symlink",
        place,
        say::evidence_symlink(path),
    )
    .help(say::evidence_symlink_help())
}

/// A retract names no known record.
pub fn retract_nothing(place: Place) -> Finding {
    error("journal/retract-nothing", place, say::retract_nothing())
        .help(say::retract_nothing_help())
}

/// A retract was written by neither the same writer nor the supervisor.
pub fn retract_actor(place: Place, supervisor: &str) -> Finding {
    error(
        "journal/retract-actor",
        place,
        say::retract_actor(supervisor),
    )
    .help(say::wrong_actor_help(supervisor))
}

/// A file no longer holds the last record that this desk acknowledged.
pub fn older(place: Place, entry: &str) -> Finding {
    error("journal/older", place, say::older(entry)).help(say::history_help())
}

/// A seal's period, heads or digest cannot be read or do not agree.
pub fn seal_unreadable(place: Place) -> Finding {
    error("journal/seal", place, say::seal_unreadable()).help(say::history_help())
}

/// A seal names a last record that is no longer in its file.
pub fn seal_head_lost(place: Place, period: Period, writer: &str, seq: u64) -> Finding {
    error(
        "journal/seal-head",
        place,
        say::seal_head_lost(period, writer, seq),
    )
    .help(say::history_help())
}

/// The plan that a seal kept is missing or changed.
pub fn seal_plan(place: Place, period: Period, path: &str) -> Finding {
    error("journal/seal-plan", place, say::seal_plan(period, path)).help(say::evidence_help())
}

/// The entry that stands beside the one a hint is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its file and line, as they are named to the user.
    pub place: String,
    /// Its day.
    pub date: Day,
    /// What it says.
    pub text: String,
}

/// A note is that of the unit's last report on the same item.
pub fn hollow_copied(place: Place, other: &Other) -> Finding {
    hint("journal/hollow-copied", place, say::hollow_copied()).help(beside(other))
}

/// A value is lower than the one before.
pub fn hollow_falling(place: Place, from: Tenths, to: Tenths, other: &Other) -> Finding {
    let message = say::hollow_falling(from, to);
    hint("journal/hollow-falling", place, message).help(beside(other))
}

/// A value is more than the target; `item` is its id and its line in the plan.
pub fn hollow_beyond_target(place: Place, value: &str, target: &str, item: (&str, u64)) -> Finding {
    let message = say::hollow_beyond_target(value, target);
    let (id, line) = item;
    let help = say::hollow_beyond_target_help(id, line, target);
    hint("journal/hollow-beyond-target", place, message).help(help)
}

/// A note is that of another item's report of the same period.
pub fn hollow_same_text(place: Place, obligation: &str, other: &Other) -> Finding {
    let message = say::hollow_same_text(obligation);
    hint("journal/hollow-same-text", place, message).help(beside(other))
}

/// Shows the other entry, its text cut to what can be compared at a glance.
fn beside(other: &Other) -> crate::lang::Said {
    const SHOWN: usize = 60;
    let mut text: String = other.text.chars().take(SHOWN).collect();
    if text.len() < other.text.len() {
        text.push('…');
    }
    say::hollow_beside(&other.place, other.date, text)
}

/// The last commit has lines at the end that the file lacks.
pub fn git_lost(place: Place, lines: usize) -> Finding {
    error("journal/git-lost", place, say::git_lost(lines)).help(say::git_help())
}

/// What the last commit has of a file is not its beginning.
pub fn git_rewritten(place: Place) -> Finding {
    error("journal/git-rewritten", place, say::git_rewritten()).help(say::git_help())
}

/// The folder of the journal lacks the attributes that keep git from touching it.
pub fn git_attributes(place: Place) -> Finding {
    warning("journal/git-attributes", place, say::git_attributes()).help(say::git_attributes_help())
}

/// No state of the journal has a digest that was printed.
pub fn no_such_state(place: Place, digest: &str) -> Finding {
    error("journal/no-such-state", place, say::no_such_state(digest))
        .help(say::no_such_state_help())
}
