//! `seal`: closing a period, by naming the last record of every writer.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::cli::SealArgs;
use crate::cli::WriteArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::hand::Hand;
use crate::commands::hand::HandFlags;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::session::Session;
use crate::document::Block;
use crate::document::Document;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Draft;
use crate::journal::evidence;
use crate::journal::seal;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::failures;
use crate::lang::recording as say;
use crate::lang::terms;
use crate::names;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::render;
use crate::render::Format;
use crate::table::Datum;
use crate::terms::Event;
use crate::workspace;
use std::collections::BTreeMap;

pub(super) fn run(ctx: &Ctx, args: &SealArgs) -> Result<Answer> {
    let opened = open::open_to_write(ctx)?;
    let period = period(ctx, &opened, &args.period)?;
    let chart = Chart::new(&opened.plan);
    let flags = HandFlags {
        writer: args.writer.as_deref(),
        unit: args.acting.as_deref(),
        person: args.person.as_deref(),
    };
    let hand = Hand::take(ctx, &opened.plan, flags)?;
    let acting = acting(ctx, &opened, &hand)?;
    let write = WriteArgs {
        dry_run: args.dry_run,
        ..WriteArgs::default()
    };
    let mut session = Session::begin(ctx, &opened, &chart, hand, &write)?;
    let standing = seal::holding(&session.scan.seals)
        .into_iter()
        .find(|seal| seal.period == period);
    if let Some(seal) = standing {
        let name = session.scan.entry_name(seal.writer, seal.seq);
        ctx.say(&say::sealed_already(period, &name));
        let writers = seal.heads.as_ref().map_or(0, BTreeMap::len);
        return Ok(print(
            ctx,
            args,
            &told(ctx, period, &name, writers, &seal.digest),
        ));
    }
    let counts = Counts::of(&session, period);
    if args.dry_run {
        return Ok(print(ctx, args, &counts.receipt(ctx, None)));
    }
    let bytes = workspace::read(&opened.places.plan, workspace::LARGEST_PLAN)?;
    let kept = evidence::keep_plan(&opened.places.evidence, &period.to_string(), &bytes)?;
    let heads = &session.scan.last;
    let draft = Draft {
        date: ctx.today,
        event: Event::Seal,
        item: String::new(),
        unit: String::new(),
        period: String::new(),
        value: period.to_string(),
        acting: opened.plan.unit(acting).id.clone(),
        by: session.hand.person.clone(),
        reference: seal::digest(heads),
        evidence: kept.reference,
        note: seal::note(heads),
    };
    let name = session.append_one(ctx, draft)?;
    Ok(print(ctx, args, &counts.receipt(ctx, Some(&name))))
}

/// Returns the period that is to be closed; it has ended.
fn period(ctx: &Ctx, opened: &Opened, typed: &str) -> Result<Period> {
    let periods = opened.plan.reporting_periods();
    let (period, end) = match periods.is_empty() {
        false => {
            let period = periods[open::days::reporting_period(ctx, &opened.plan, typed)?];
            (period.period, period.window.end)
        }
        true => {
            let period = Period::parse(&names::fold(typed)).ok_or_else(|| {
                Failure::usage(failures::no_day_or_period(typed)).help(failures::day_forms())
            })?;
            (period, period.window().end)
        }
    };
    match end > ctx.today {
        true => Err(Failure::usage(say::not_over_yet(period, end))),
        false => Ok(period),
    }
}

/// Returns the unit that seals: the supervisor, nobody else.
fn acting(ctx: &Ctx, opened: &Opened, hand: &Hand) -> Result<UnitIx> {
    let supervisor = opened.plan.supervisor;
    match hand.unit {
        None => Ok(supervisor),
        Some(unit) if unit == supervisor => Ok(supervisor),
        Some(_) => {
            let word = terms::event(Event::Seal).text(ctx.lang);
            let unit = opened.plan.unit(supervisor);
            Err(Failure::refused(say::wrong_actor(word, &unit.name)).help(say::act_as(&unit.id)))
        }
    }
}

fn print(ctx: &Ctx, args: &SealArgs, document: &Document) -> Answer {
    let format = args.format.unwrap_or(Format::Table);
    Answer::done(render::document(document, format, &ctx.look(ctx.lang)))
}

/// What a seal closes.
struct Counts {
    period: Period,
    writers: usize,
    entries: u64,
    inside: usize,
    digest: String,
}

impl Counts {
    fn of(session: &Session<'_>, period: Period) -> Counts {
        let scan = &session.scan;
        let is_inside = |day: &Day| period.window().contains(*day);
        Counts {
            period,
            writers: scan.last.len(),
            entries: scan.entries,
            inside: scan.postings.days().filter(is_inside).count(),
            digest: scan.digest.clone(),
        }
    }

    /// Returns what is told of a new seal: its reference, what it closes, the digest to print.
    fn receipt(&self, ctx: &Ctx, name: Option<&str>) -> Document {
        let title = match name {
            Some(_) => say::sealed(self.period),
            None => say::would_seal(self.period),
        };
        let facts = [
            (say::ENTRY, name.unwrap_or_default().to_owned()),
            (say::WRITERS, self.writers.to_string()),
            (say::ENTRIES, self.entries.to_string()),
            (say::ENTRIES_INSIDE, self.inside.to_string()),
            (say::DIGEST, self.digest.clone()),
        ];
        let mut document = document(ctx, &title, &facts);
        document.data = data(
            self.period,
            name,
            self.writers,
            &self.digest,
            [Datum::from(self.entries), Datum::from(self.inside)],
        );
        document
    }
}

/// Returns what is told of a seal that stands already.
fn told(ctx: &Ctx, period: Period, name: &str, writers: usize, digest: &str) -> Document {
    let facts = [
        (say::ENTRY, name.to_owned()),
        (say::WRITERS, writers.to_string()),
        (say::DIGEST, digest.to_owned()),
    ];
    let mut document = document(ctx, &say::sealed(period), &facts);
    document.data = data(
        period,
        Some(name),
        writers,
        digest,
        [Datum::Null, Datum::Null],
    );
    document
}

fn document(ctx: &Ctx, title: &Said, facts: &[(Word, String)]) -> Document {
    let filled = facts.iter().filter(|(_, text)| !text.is_empty());
    let facts = filled.map(|(word, text)| (word.text(ctx.lang).to_owned(), text.clone()));
    Document {
        title: title.text(ctx.lang).to_owned(),
        blocks: vec![Block::Facts(facts.collect())],
        data: Vec::new(),
        lang: ctx.lang.code(),
    }
}

/// Returns the same for machines; `counts` are the entries in all and those dated inside.
fn data(
    period: Period,
    name: Option<&str>,
    writers: usize,
    digest: &str,
    counts: [Datum; 2],
) -> Vec<(&'static str, Datum)> {
    let [entries, inside] = counts;
    vec![
        ("schema", "duban/sealed@1".into()),
        ("period", period.to_string().into()),
        ("entry", name.into()),
        ("writers", writers.into()),
        ("entries", entries),
        ("entries_inside", inside),
        ("digest", digest.into()),
    ]
}
