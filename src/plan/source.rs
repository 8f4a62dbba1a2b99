//! Text → plan and findings. Takes text, never a path: a git revision or the plan that a seal kept
//! is read the same way.
//!
//! Bad parts are left out, reported and remembered; the caller goes on only without errors.

mod expansion;
mod head;
mod items;
mod later;
mod part;
mod register;
mod syntax;
mod text;

use crate::calendar::Day;
use crate::calendar::Window;
use crate::finding;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::plan::Encoding;
use crate::plan::LeftOut;
use crate::plan::Plan;
use crate::plan::lint;
use crate::plan::source::head::Head;
use crate::plan::source::items::Body;
use crate::plan::source::part::Part;
use crate::plan::source::part::Reader;
use crate::plan::source::register::Register;
use crate::plan::source::text::Text;
use encoding_rs::GB18030;
use toml::de::DeTable;

/// The largest plan that is read, in bytes.
pub const LIMIT: usize = MEBIBYTES << 20;

const MEBIBYTES: usize = 4;

/// Reads the bytes of a plan file: UTF-8, with or without a BOM.
///
/// `name` is how the user knows the file; its last part without `.toml` must be the plan's id.
pub fn read_bytes(name: &str, bytes: &[u8]) -> (Option<Plan>, Vec<Finding>) {
    if bytes.len() > LIMIT {
        return (None, vec![too_large(name)]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => read(name, text),
        Err(error) => (None, vec![not_utf8(name, bytes, error.valid_up_to())]),
    }
}

/// Reads the text of a plan.
///
/// Returns a plan whenever its id, title, period and supervisor can be read, with errors too:
/// those who check go on with it, everybody else stops at the first error.
pub fn read(name: &str, text: &str) -> (Option<Plan>, Vec<Finding>) {
    if text.len() > LIMIT {
        return (None, vec![too_large(name)]);
    }
    let plain = text::plain(text);
    let text = Text::new(name, &plain);
    let conflicts = syntax::conflicts(&text);
    if !conflicts.is_empty() {
        return (None, conflicts);
    }
    let (root, errors) = DeTable::parse_recoverable(&plain);
    let mut reader = Reader::new(text, &errors);
    let root = Part::new(root.get_ref(), 0..0);
    let plan = plan(&mut reader, &root, stem(name), text::digest(&plain));
    (plan, finding::settle(reader.into_findings()))
}

const ROOT_KEYS: &[&str] = &[
    "schema",
    "plan",
    "reporting",
    "lights",
    "unit",
    "group",
    "chapter",
    "measure",
];

/// Reads everything below the root, in the order in which one part needs the other.
fn plan(
    reader: &mut Reader<'_>,
    root: &Part<'_>,
    stem: Option<&str>,
    sha256: String,
) -> Option<Plan> {
    root.only(reader, ROOT_KEYS);
    schema(reader, root);
    let register = Register::read(reader, root);
    if root.key("plan").is_none() {
        root.missing(reader, "plan", "[plan]");
    }
    let head = root
        .part(reader, "plan", "[plan]")
        .map(|part| head::read(reader, &part, &register, stem));
    let period = head.as_ref().and_then(|head| head.period);
    let body = items::read(reader, root, &register, period);
    let issued = head.as_ref().and_then(|head| head.issued);
    let reporting = head::reporting(reader, root, issued, period.unwrap_or(ONE_DAY));
    let lights = head::thresholds(reader, root);
    let Head {
        id,
        title,
        number,
        issuer,
        issued,
        period,
        supervisor,
        own_verifier,
        parent,
        lang,
    } = head?;
    let supervisor = supervisor?;
    let Body {
        chapters,
        measures,
        items,
        left_out,
        mut marks,
    } = body;
    marks.supervisor = Some(reader.place(&supervisor.span));
    let plan = Plan {
        id: id?,
        title: title?,
        number,
        issuer,
        issued,
        period: period?,
        supervisor: supervisor.value,
        own_verifier,
        parent,
        lang,
        reporting,
        lights,
        left_out: LeftOut {
            items: left_out,
            units: units_left_out(&register),
        },
        units: register.units,
        groups: register.groups,
        chapters,
        measures,
        items,
        sha256,
        ends: register.ends,
    };
    if !reader.is_torn() {
        for finding in lint::check(&plan, &marks) {
            reader.say(finding);
        }
    }
    Some(plan)
}

/// The window for reporting where the plan's own cannot be read: it is thrown away afterwards.
const ONE_DAY: Window = Window {
    start: Day::FIRST,
    end: Day::FIRST,
};

fn schema(reader: &mut Reader<'_>, root: &Part<'_>) {
    if root.key("schema").is_none() {
        root.missing(reader, "schema", "schema = 1");
    }
    let range = (i64::MIN, i64::MAX);
    if let Some(schema) = root.number(reader, "schema", range)
        && schema.value != 1
    {
        let place = reader.place(&schema.span);
        let found = reader.text.raw(&schema.span);
        reader.say(finding::plan::schema(place, found));
    }
}

/// Returns the ids of units that were left out, in an order that does not depend on the run.
fn units_left_out(register: &Register) -> Vec<String> {
    let left_out = register.left_out.iter();
    let mut units: Vec<String> = left_out
        .filter(|id| !id.starts_with('@'))
        .cloned()
        .collect();
    units.sort_unstable();
    units
}

/// Returns what the id of a plan must be by the name of its file.
fn stem(name: &str) -> Option<&str> {
    let file = name.rsplit(['/', '\\', ':']).next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.')?;
    extension.eq_ignore_ascii_case("toml").then_some(stem)
}

fn too_large(name: &str) -> Finding {
    finding::plan::too_large(Place::file(name), MEBIBYTES)
}

/// Says where the first byte stands that is not UTF-8, and what the file may be instead.
fn not_utf8(name: &str, bytes: &[u8], at: usize) -> Finding {
    let line_start = bytes[..at].iter().rposition(|byte| *byte == b'\n');
    let line_start = line_start.map_or(0, |end| end + 1);
    let line_end = bytes[at..].iter().position(|byte| *byte == b'\n');
    let line_end = line_end.map_or(bytes.len(), |length| at + length);
    let (_, _, is_malformed) = GB18030.decode(bytes);
    let encoding = match is_malformed {
        true => Encoding::Unknown,
        false => Encoding::Gb18030,
    };
    let line = String::from_utf8_lossy(&bytes[line_start..line_end.min(line_start + 4096)]);
    let number = 1 + bytes[..line_start]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    let column = at - line_start;
    let place = Place::in_line(&name.into(), number as u64, &line, column..column + 1);
    finding::plan::not_utf8(place, encoding)
}
