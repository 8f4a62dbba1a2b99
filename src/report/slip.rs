//! Slips (督办单): what a unit is urged for, how loudly, and the letter that says so.
//!
//! An obligation is urged for when it is overdue, far behind its time or silent past a report day.
//! The colour is the next one after an earlier slip that was not answered in time.

use crate::calendar::Day;
use crate::document::Annex;
use crate::document::Block;
use crate::document::Document;
use crate::document::Formal;
use crate::document::Sheet;
use crate::figures::Tenths;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::papers::slip as say;
use crate::lang::terms;
use crate::ledger::account::Account;
use crate::ledger::position::Position;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::report::head;
use crate::report::words;
use crate::table::Cell;
use crate::table::Datum;
use crate::table::Role;
use crate::table::Row;
use crate::table::Shown;
use crate::table::Table;
use crate::terms::Colour;
use crate::terms::Light;
use crate::terms::Reason;
use crate::terms::State;
use std::collections::BTreeMap;

/// What is asked of a unit about one obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// It is overdue.
    Finish,
    /// It was sent back.
    Rework,
    /// Its report is missing.
    Report,
    /// It is far behind its time.
    CatchUp,
}

/// The last slip of an obligation, which nothing answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its colour.
    pub colour: Colour,
    /// The day it was sent.
    pub day: Day,
    /// The day by which it was to be answered.
    pub reply_by: Day,
    /// Its number, where it has one.
    pub number: String,
}

/// The earlier slips that are unanswered, by obligation.
pub type Unanswered = BTreeMap<ObligationIx, Earlier>;

/// One obligation in a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urged {
    /// The obligation.
    pub obligation: ObligationIx,
    /// Why and for what, in the order of `Want`; never empty.
    pub wants: Vec<Want>,
    /// The earlier slip that was not answered.
    pub earlier: Option<Earlier>,
    /// How loudly.
    pub colour: Colour,
}

/// What a unit is urged for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The unit.
    pub unit: UnitIx,
    /// The obligations, in the order of the plan; never empty.
    pub urged: Vec<Urged>,
}

/// What the office says of a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its number.
    pub number: String,
    /// The unit that sends it.
    pub by: UnitIx,
    /// The day by which it is to be answered.
    pub reply_by: Day,
}

/// Whether a slip whose time to answer still runs keeps an obligation from being urged again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// It does.
    Waits,
    /// It does not.
    None,
}

impl Slip {
    /// Returns the loudest colour of its obligations.
    pub fn colour(&self) -> Colour {
        let colours = self.urged.iter().map(|urged| urged.colour);
        colours.max().unwrap_or(Colour::Blue)
    }
}

/// What was found for one unit.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What it is urged for.
    pub urged: Vec<Urged>,
    /// The days by which earlier slips are to be answered whose time still runs.
    pub waiting: Vec<Day>,
}

/// Finds what a unit is to be urged for on the as-of day.
pub fn find(view: &View<'_>, unit: UnitIx, earlier: &Unanswered, patience: Patience) -> Found {
    let mut found = Found::default();
    for at in view.obligations() {
        if view.chart.obligation(at).unit != unit {
            continue;
        }
        let (account, position) = (view.book.account(at), view.book.position(at));
        let wants = wants(account, &position);
        if wants.is_empty() {
            continue;
        }
        let earlier = account.slip.and(earlier.get(&at)).cloned();
        let waits = earlier
            .as_ref()
            .map(|earlier| earlier.reply_by)
            .filter(|reply_by| patience == Patience::Waits && view.book.day <= *reply_by);
        if let Some(reply_by) = waits {
            found.waiting.push(reply_by);
            continue;
        }
        found.urged.push(Urged {
            obligation: at,
            wants,
            colour: louder(earlier.as_ref().map(|earlier| earlier.colour)),
            earlier,
        });
    }
    found
}

/// Returns what is asked about an obligation; nothing where it is on course or not the unit's turn.
fn wants(account: &Account, position: &Position) -> Vec<Want> {
    let works = position.state.is_open_for_reports() && position.state != State::NotBegun;
    if !works {
        return Vec::new();
    }
    let is_red = position.light == Light::Red || account.manual.is_some();
    let mut reasons = position.reasons.iter();
    let is_behind = is_red && reasons.any(|because| because.reason == Reason::Behind);
    let silent = position.missed > 0;
    if !(position.overdue || silent || is_behind) {
        return Vec::new();
    }
    [
        (position.overdue, Want::Finish),
        (position.state == State::Returned, Want::Rework),
        (silent, Want::Report),
        (is_behind, Want::CatchUp),
    ]
    .into_iter()
    .filter_map(|(holds, want)| holds.then_some(want))
    .collect()
}

/// Returns the colour that follows one that is unanswered: blue, yellow, red, and red again.
pub const fn louder(earlier: Option<Colour>) -> Colour {
    match earlier {
        None | Some(Colour::Green) => Colour::Blue,
        Some(Colour::Blue) => Colour::Yellow,
        Some(Colour::Yellow | Colour::Red) => Colour::Red,
    }
}

impl Want {
    const fn code(self) -> &'static str {
        match self {
            Want::Finish => "finish",
            Want::Rework => "rework",
            Want::Report => "report",
            Want::CatchUp => "catch_up",
        }
    }

    const fn word(self) -> Word {
        match self {
            Want::Finish => say::FINISH,
            Want::Rework => say::REWORK,
            Want::Report => say::REPORT,
            Want::CatchUp => say::CATCH_UP,
        }
    }

    const fn sentence(self) -> Word {
        match self {
            Want::Finish => say::ASK_FINISH,
            Want::Rework => say::ASK_REWORK,
            Want::Report => say::ASK_REPORT,
            Want::CatchUp => say::ASK_CATCH_UP,
        }
    }
}

/// Makes the letter to one unit.
pub fn document(view: &View<'_>, slip: &Slip, letter: &Letter) -> Document {
    let mut blocks = vec![Block::Formal(Formal::Number(letter.number.clone()))];
    blocks.extend(body(view, slip, letter));
    Document {
        title: heading(view, slip),
        blocks,
        data: data(view, &[(slip, letter)]),
        lang: view.lang.code(),
    }
}

/// Makes one paper of the letters to several units, each on a page of its own.
pub fn together(view: &View<'_>, slips: &[(Slip, Letter)]) -> Document {
    let names: Vec<&str> = slips
        .iter()
        .map(|(slip, _)| view.plan().unit(slip.unit).name.as_str())
        .collect();
    let names = names.join(papers::ENUMERATION.text(view.lang));
    let day = in_words(view, view.book.day);
    let mut blocks = vec![Block::Paragraph(
        say::several_of(day, names).into_text(view.lang),
    )];
    for (slip, letter) in slips {
        blocks.push(Block::Annex(Annex {
            label: letter.number.clone(),
            title: heading(view, slip),
            sheet: Sheet::Upright,
        }));
        blocks.extend(body(view, slip, letter));
    }
    let pairs: Vec<(&Slip, &Letter)> = slips.iter().map(|(slip, letter)| (slip, letter)).collect();
    Document {
        title: say::several(slips.len()).into_text(view.lang),
        blocks,
        data: data(view, &pairs),
        lang: view.lang.code(),
    }
}

fn heading(view: &View<'_>, slip: &Slip) -> String {
    let word = terms::colour(slip.colour());
    say::title(word.zh, word.en).into_text(view.lang)
}

fn in_words(view: &View<'_>, day: Day) -> String {
    say::day(day).into_text(view.lang)
}

fn body(view: &View<'_>, slip: &Slip, letter: &Letter) -> Vec<Block> {
    let (plan, lang) = (view.plan(), view.lang);
    let text = |said: Said| said.into_text(lang);
    let named = text(match &plan.number {
        Some(number) => say::plan_named(&plan.title, number),
        None => say::plan_unnamed(&plan.title),
    });
    let mut intro = text(say::intro(
        named,
        in_words(view, view.book.day),
        slip.urged.len(),
    ));
    let unanswered = slip.urged.iter().filter(|urged| urged.earlier.is_some());
    let unanswered = unanswered.count();
    let next_sentence = say::NEXT_SENTENCE.text(lang);
    if unanswered > 0 {
        intro.push_str(next_sentence);
        intro.push_str(&text(say::unanswered(unanswered)));
    }
    let mut wants: Vec<Want> = slip.urged.iter().flat_map(|of| of.wants.clone()).collect();
    wants.sort();
    wants.dedup();
    let asked: Vec<&str> = wants.iter().map(|of| of.sentence().text(lang)).collect();
    let asked = asked.join(say::AND.text(lang));
    let mut asked = text(say::ask(in_words(view, letter.reply_by), asked));
    asked.push_str(next_sentence);
    asked.push_str(say::NEXT.text(lang));
    let addressee = text(say::addressee(&plan.unit(slip.unit).name));
    let items = say::ITEMS.text(lang).to_owned();
    vec![
        Block::Formal(Formal::Addressee(addressee)),
        Block::Paragraph(intro),
        Block::Paragraph(asked),
        Block::Formal(Formal::Annexes(vec![items.clone()])),
        Block::Formal(Formal::Signature {
            by: plan.unit(letter.by).name.clone(),
            on: in_words(view, view.book.day),
        }),
        // A letter stays on one page; its table has the width that it needs.
        Block::Annex(Annex {
            label: say::ANNEX.text(lang).to_owned(),
            title: items,
            sheet: Sheet::Lying,
        }),
        Block::Table(Table {
            subtitle: vec![head::journal_line(view)],
            ..table(view, slip)
        }),
    ]
}

fn table(view: &View<'_>, slip: &Slip) -> Table {
    let lang = view.lang;
    let text = |key, word, shown| words::text_column(key, word, shown, lang);
    let figure = |key, word, shown| words::figure_column(key, word, shown, lang);
    use Shown as S;
    let earlier_shown = match slip.urged.iter().any(|urged| urged.earlier.is_some()) {
        true => S::Always,
        false => S::Machine,
    };
    Table {
        title: String::new(),
        subtitle: Vec::new(),
        head: Vec::new(),
        columns: vec![
            text("obligation", title::OBLIGATION, S::Machine),
            text("item", title::ITEM, S::Always),
            text("title", title::TITLE, S::Always),
            text("current_due", title::CURRENT_DUE, S::Always),
            figure("late_days", say::OVERDUE_DAYS, S::Always),
            figure("progress", title::PROGRESS, S::Machine),
            text("missed", title::MISSED, S::Machine),
            text("situation", say::SITUATION, S::Always),
            text("asked", say::ASKED, S::Always),
            text("earlier_colour", say::EARLIER, S::Machine),
            text("earlier_number", say::EARLIER, S::Machine),
            text("earlier_on", say::EARLIER, S::Machine),
            text("earlier", say::EARLIER, earlier_shown),
            text("colour", say::LEVEL, S::Always),
        ],
        rows: slip.urged.iter().map(|urged| row(view, urged)).collect(),
        tail: Vec::new(),
        total_without: &[],
        notes: Vec::new(),
        parts: Vec::new(),
        left_out: papers::LEFT_OUT.text(lang).to_owned(),
        lang: lang.code(),
    }
}

/// Returns a row, its cells in the order of the columns.
fn row(view: &View<'_>, urged: &Urged) -> Row {
    let (lang, at) = (view.lang, urged.obligation);
    let obligation = view.chart.obligation(at);
    let (account, position) = (view.book.account(at), view.book.position(at));
    let item = view.plan().item(obligation.item);
    let wants = urged.wants.iter();
    let colour = terms::colour(urged.colour);
    Row {
        role: Role::Body,
        cells: vec![
            Cell::Ref(view.chart.name(at)),
            Cell::Ref(match obligation.period {
                Some(period) => format!("{}#{period}", item.id),
                None => item.id.clone(),
            }),
            Cell::Text(item.title.clone()),
            Cell::maybe(position.days_left, |_| Cell::Date(account.current_due)),
            Cell::maybe(position.late_days, Cell::Signed),
            Cell::maybe(position.progress, Cell::Percent),
            Cell::Count(u64::from(position.missed)),
            Cell::Text(situation(view, urged, &position)),
            Cell::Words(
                wants
                    .map(|want| (want.code(), want.word().text(lang)))
                    .collect(),
            ),
            Cell::maybe(urged.earlier.as_ref(), |earlier| Cell::Word {
                code: earlier.colour.code(),
                word: terms::colour(earlier.colour).text(lang),
            }),
            Cell::maybe(urged.earlier.as_ref(), |earlier| {
                Cell::Text(earlier.number.clone())
            }),
            Cell::maybe(urged.earlier.as_ref(), |earlier| Cell::Date(earlier.day)),
            Cell::maybe(urged.earlier.as_ref(), |earlier| {
                Cell::Text(earlier_in_words(view, earlier))
            }),
            Cell::Word {
                code: urged.colour.code(),
                word: colour.text(lang),
            },
        ],
    }
}

/// Says how an obligation stands: state, progress, silence, how far behind.
fn situation(view: &View<'_>, urged: &Urged, position: &Position) -> String {
    let lang = view.lang;
    let mut parts = vec![terms::state(position.state).text(lang).to_owned()];
    if let Some(progress) = position
        .progress
        .filter(|_| position.state != State::NotStarted)
    {
        parts.push(say::progress(progress).into_text(lang));
    }
    for want in &urged.wants {
        let said = match (want, position.time_progress, position.progress) {
            (Want::Report, ..) => match position.missed {
                1 => papers::MISSED_ONE.into(),
                periods => papers::missed_reports(periods),
            },
            (Want::CatchUp, Some(time), Some(progress)) => say::behind(Tenths(time.0 - progress.0)),
            (Want::Finish | Want::Rework | Want::CatchUp, ..) => continue,
        };
        parts.push(said.into_text(lang));
    }
    parts.join(papers::carry_over::BETWEEN.text(lang))
}

/// Says in short which slip was not answered.
fn earlier_in_words(view: &View<'_>, earlier: &Earlier) -> String {
    let word = terms::colour(earlier.colour);
    let said = match earlier.number.is_empty() {
        true => say::earlier_unnumbered(word.zh, word.en, earlier.day),
        false => say::earlier(word.zh, word.en, &earlier.number, earlier.day),
    };
    said.into_text(view.lang)
}

fn data(view: &View<'_>, slips: &[(&Slip, &Letter)]) -> Vec<(&'static str, Datum)> {
    let plan = view.plan();
    let slips = slips.iter().map(|(slip, letter)| {
        Datum::Map(vec![
            ("number", letter.number.as_str().into()),
            ("unit", plan.unit(slip.unit).id.as_str().into()),
            ("unit_name", plan.unit(slip.unit).name.as_str().into()),
            ("by", plan.unit(letter.by).id.as_str().into()),
            ("colour", slip.colour().code().into()),
            ("reply_by", letter.reply_by.into()),
            ("rows", table(view, slip).rows_as_data()),
        ])
    });
    let mut data = head::data("duban/slip@1", view);
    data.push(("slips", Datum::List(slips.collect())));
    data
}
