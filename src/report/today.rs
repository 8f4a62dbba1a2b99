//! The clerk's morning: what waits for the office, each with the command to type next.
//!
//! An obligation stands in every part that it belongs to, so that each count is that of `list`.

use crate::document::Block;
use crate::document::Document;
use crate::document::Step;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::papers::today as say;
use crate::lang::terms;
use crate::ledger::account::Account;
use crate::ledger::position::Position;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::report::head;
use crate::table::Datum;
use crate::terms::Colour;
use crate::terms::State;

/// How many things of one part are shown on a screen; the rest are counted, with how to see them.
const SHOWN: usize = 5;

/// A part of the morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    ToVerify,
    Overdue,
    Returned,
    Slips,
    Silent,
    DueSoon,
}

/// In the order in which a clerk deals with them: what others wait for comes first.
const PARTS: [Part; 6] = [
    Part::ToVerify,
    Part::Overdue,
    Part::Returned,
    Part::Slips,
    Part::Silent,
    Part::DueSoon,
];

/// A thing that waits: for people one line and a command, for machines an object.
struct Waiting {
    step: Step,
    data: Datum,
}

/// How commands that work in this workspace begin: `duban`, or with the plan that was named.
#[derive(Clone, Copy, Debug)]
pub struct Program<'p>(pub &'p str);

/// Makes the paper.
pub fn document(view: &View<'_>, program: Program<'_>) -> Document {
    let lang = view.lang;
    let obligations = view.obligations();
    let mut blocks: Vec<Block> = head::subtitle(view)
        .into_iter()
        .map(Block::Paragraph)
        .collect();
    let mut sections = Vec::new();
    for part in PARTS {
        let waiting = match part {
            Part::Silent => silent(view, program, &obligations),
            Part::ToVerify | Part::Overdue | Part::Returned | Part::Slips | Part::DueSoon => {
                of_part(view, program, part, &obligations)
            }
        };
        let count = of(view, part, &obligations).count();
        if !waiting.is_empty() {
            let heading = say::heading(part.title().text(lang), count).into_text(lang);
            blocks.push(Block::Heading {
                level: 2,
                text: heading,
            });
            blocks.extend(shown(view, program, part, &waiting));
        }
        let rows = waiting.into_iter().map(|waiting| waiting.data);
        sections.push(Datum::Map(vec![
            ("part", part.code().into()),
            ("count", count.into()),
            ("rows", Datum::List(rows.collect())),
        ]));
    }
    if !blocks.iter().any(|block| matches!(block, Block::Steps(_))) {
        blocks.push(Block::Paragraph(say::NOTHING.text(lang).to_owned()));
    }
    blocks.extend(head::notes(view).into_iter().map(Block::Paragraph));
    let mut data = head::data("duban/today@1", view);
    data.push(("sections", Datum::List(sections)));
    Document {
        title: say::TITLE.text(lang).to_owned(),
        blocks,
        data,
        lang: lang.code(),
    }
}

/// Returns as many as a screen has room for, and how to see the rest.
fn shown(view: &View<'_>, program: Program<'_>, part: Part, waiting: &[Waiting]) -> Vec<Block> {
    // One more line costs no more room than the line that would count it.
    let fit = match part.all(view) {
        Some(_) if waiting.len() > SHOWN + 1 => SHOWN,
        Some(_) | None => waiting.len(),
    };
    let mut steps: Vec<Step> = waiting[..fit].iter().map(|of| of.step.clone()).collect();
    let rest = waiting.len() - fit;
    steps.extend(part.all(view).filter(|_| rest > 0).map(|command| Step {
        text: say::and_more(rest).into_text(view.lang),
        command: format!("{} {command}", program.0),
    }));
    vec![Block::Steps(steps)]
}

impl Part {
    const fn code(self) -> &'static str {
        match self {
            Part::ToVerify => "to_verify",
            Part::Overdue => "overdue",
            Part::Returned => "returned",
            Part::Slips => "slips",
            Part::Silent => "silent",
            Part::DueSoon => "due_soon",
        }
    }

    const fn title(self) -> Word {
        match self {
            Part::ToVerify => say::TO_VERIFY,
            Part::Overdue => say::OVERDUE,
            Part::Returned => say::RETURNED,
            Part::Slips => say::SLIPS,
            Part::Silent => say::SILENT,
            Part::DueSoon => say::DUE_SOON,
        }
    }

    fn has(self, view: &View<'_>, account: &Account, position: &Position) -> bool {
        let works = position.state.is_open_for_reports() && position.state != State::NotBegun;
        let soon = |days: i64| (0..=view.plan().lights.yellow_days).contains(&days);
        match self {
            Part::ToVerify => position.state == State::Submitted,
            Part::Overdue => position.overdue,
            Part::Returned => position.state == State::Returned,
            Part::Slips => works && account.slip.is_some(),
            Part::Silent => position.missed > 0,
            Part::DueSoon => works && position.days_left.is_some_and(soon),
        }
    }

    /// Returns the command that shows the whole part, without the program, where there is one.
    fn all(self, view: &View<'_>) -> Option<String> {
        match self {
            Part::ToVerify => Some("list --state submitted".to_owned()),
            Part::Overdue => Some("list --overdue".to_owned()),
            Part::Returned => Some("list --state returned".to_owned()),
            Part::Slips => None,
            Part::Silent => {
                let at = last_past(view)?;
                let period = view.plan().reporting_periods()[at].period;
                Some(format!("missing {period}"))
            }
            Part::DueSoon => Some(format!(
                "list --due-within {} --state not_started,in_progress,returned",
                view.plan().lights.yellow_days
            )),
        }
    }
}

/// Returns the obligations of a part.
fn of<'a>(
    view: &'a View<'_>,
    part: Part,
    obligations: &'a [ObligationIx],
) -> impl Iterator<Item = ObligationIx> + 'a {
    obligations
        .iter()
        .copied()
        .filter(move |at| part.has(view, view.book.account(*at), &view.book.position(*at)))
}

/// Returns what waits in a part, the most pressing first.
fn of_part(
    view: &View<'_>,
    program: Program<'_>,
    part: Part,
    obligations: &[ObligationIx],
) -> Vec<Waiting> {
    let mut found: Vec<(ObligationIx, Position)> = of(view, part, obligations)
        .map(|at| (at, view.book.position(at)))
        .collect();
    found.sort_by_key(|(at, position)| (pressing(view, part, *at, position), *at));
    let waiting =
        |(at, position): &(ObligationIx, Position)| waiting(view, program, part, *at, position);
    found.iter().map(waiting).collect()
}

/// Returns what a part is sorted by: who has waited longest, or has least time.
fn pressing(view: &View<'_>, part: Part, at: ObligationIx, position: &Position) -> i64 {
    let account = view.book.account(at);
    match part {
        Part::ToVerify => account
            .submitted_on
            .map_or(0, |day| -view.book.day.days_since(day)),
        Part::Overdue => -position.late_days.unwrap_or(0),
        Part::Slips => match account.slip {
            Some(Colour::Red) => 0,
            Some(Colour::Yellow) => 1,
            Some(Colour::Blue | Colour::Green) | None => 2,
        },
        Part::Returned | Part::Silent | Part::DueSoon => position.days_left.unwrap_or(0),
    }
}

fn waiting(
    view: &View<'_>,
    program: Program<'_>,
    part: Part,
    at: ObligationIx,
    position: &Position,
) -> Waiting {
    let (plan, account) = (view.plan(), view.book.account(at));
    let obligation = view.chart.obligation(at);
    let (item, unit) = (plan.item(obligation.item), plan.unit(obligation.unit));
    let name = view.chart.name(at);
    let command = format!("{} {}", program.0, next(part, &name, account, position));
    let why = why(part, account, position).into_text(view.lang);
    let slip = account.slip.map(Colour::code);
    Waiting {
        data: Datum::Map(vec![
            ("obligation", name.as_str().into()),
            ("title", item.title.as_str().into()),
            ("unit", unit.id.as_str().into()),
            ("unit_name", unit.name.as_str().into()),
            ("current_due", due(position, account)),
            ("days_left", position.days_left.into()),
            ("late_days", position.late_days.into()),
            ("submitted_on", account.submitted_on.into()),
            ("slip", slip.into()),
            ("command", command.as_str().into()),
        ]),
        step: Step {
            text: say::line(&unit.name, why, &item.title).into_text(view.lang),
            command,
        },
    }
}

fn due(position: &Position, account: &Account) -> Datum {
    match position.days_left {
        Some(_) => account.current_due.into(),
        None => Datum::Null,
    }
}

/// Returns the command that comes next, without the program.
fn next(part: Part, obligation: &str, account: &Account, position: &Position) -> String {
    match part {
        Part::Overdue if position.state == State::Submitted => {
            format!("record verify {obligation}")
        }
        Part::ToVerify => format!("record verify {obligation}"),
        Part::Returned | Part::Silent => format!("show {obligation}"),
        Part::Overdue | Part::Slips | Part::DueSoon => match louder(account.slip) {
            Some(colour) => format!("record urge {obligation} {}", colour.code()),
            // There is nothing louder than a red slip: somebody has to look at it.
            None => format!("show {obligation}"),
        },
    }
}

/// Returns the slip that follows one that is unanswered: blue, yellow, red.
const fn louder(slip: Option<Colour>) -> Option<Colour> {
    match slip {
        None => Some(Colour::Blue),
        Some(Colour::Blue) => Some(Colour::Yellow),
        Some(Colour::Yellow) => Some(Colour::Red),
        Some(Colour::Red | Colour::Green) => None,
    }
}

fn why(part: Part, account: &Account, position: &Position) -> Said {
    match part {
        Part::ToVerify => match account.submitted_on {
            Some(day) if position.overdue => {
                say::submitted_late(day, position.late_days.unwrap_or(0))
            }
            Some(day) => say::submitted(day),
            None => say::TO_VERIFY.into(),
        },
        Part::Overdue => say::overdue(position.late_days.unwrap_or(0)),
        Part::Returned => say::RETURNED_ONE.into(),
        Part::Slips => {
            let word = terms::colour(account.slip.unwrap_or(Colour::Blue));
            say::slip(word.zh, word.en)
        }
        Part::Silent => say::SILENT.into(),
        Part::DueSoon => match position.days_left.unwrap_or(0) {
            0 => say::due_today(account.current_due),
            days => say::due(account.current_due, days),
        },
    }
}

/// Returns the units that kept silent, the longest first: one call settles all that a unit owes.
fn silent(view: &View<'_>, program: Program<'_>, obligations: &[ObligationIx]) -> Vec<Waiting> {
    let Some(at) = last_past(view) else {
        return Vec::new();
    };
    let period = view.plan().reporting_periods()[at].period;
    let mut units: Vec<(UnitIx, u32, Vec<String>)> = Vec::new();
    for at in of(view, Part::Silent, obligations) {
        let unit = view.chart.obligation(at).unit;
        let missed = view.book.position(at).missed;
        let name = view.chart.name(at);
        match units.iter_mut().find(|(of, ..)| *of == unit) {
            Some((_, longest, names)) => {
                *longest = missed.max(*longest);
                names.push(name);
            }
            None => units.push((unit, missed, vec![name])),
        }
    }
    units.sort_by_key(|(unit, missed, _)| (std::cmp::Reverse(*missed), *unit));
    let waiting = |(unit, missed, names): (UnitIx, u32, Vec<String>)| {
        let unit = view.plan().unit(unit);
        let command = format!("{} missing {period} --unit {}", program.0, unit.id);
        let text = say::silent(&unit.name, names.len(), missed);
        Waiting {
            data: Datum::Map(vec![
                ("unit", unit.id.as_str().into()),
                ("unit_name", unit.name.as_str().into()),
                ("missed", missed.into()),
                (
                    "obligations",
                    Datum::List(names.into_iter().map(Datum::from).collect()),
                ),
                ("command", command.as_str().into()),
            ]),
            step: Step {
                text: text.into_text(view.lang),
                command,
            },
        }
    };
    units.into_iter().map(waiting).collect()
}

/// Returns the latest reporting period whose report day has passed.
fn last_past(view: &View<'_>) -> Option<usize> {
    let periods = view.plan().reporting_periods();
    periods
        .iter()
        .rposition(|period| period.report_day < view.book.day)
}
