//! What somebody else's table asks for → entries: shown first, recorded together or not at all.

use crate::calendar::Day;
use crate::cli::IntakeArgs;
use crate::cli::WriteArgs;
use crate::commands::Answer;
use crate::commands::CanAsk;
use crate::commands::Ctx;
use crate::commands::hand::Hand;
use crate::commands::hand::HandFlags;
use crate::commands::open::Opened;
use crate::commands::receipt;
use crate::commands::record;
use crate::commands::record::Settled;
use crate::commands::session;
use crate::commands::session::Planned;
use crate::commands::session::Session;
use crate::document::Document;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::grid;
use crate::grid::Fault;
use crate::journal::Draft;
use crate::journal::Entry;
use crate::journal::evidence;
use crate::journal::scan;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::intake as say;
use crate::lang::papers::column;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::recording::intake::Asked;
use crate::recording::intake::Doubt;
use crate::recording::intake::Intake;
use crate::recording::intake::Remark;
use crate::recording::intake::is_plain_name;
use crate::render;
use crate::render::Format;
use crate::report::intake;
use crate::report::intake::Line;
use crate::report::intake::Paper;
use crate::report::intake::Source;
use crate::report::intake::There;
use crate::report::intake::Written;
use crate::workspace;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

/// A file that was read, and what it asks for.
pub(super) struct Batch {
    /// What is said of it.
    pub(super) source: Source,
    /// Where the files that prove its entries lie.
    pub(super) folder: PathBuf,
    /// What it asks for.
    pub(super) intake: Intake,
}

/// How often a table may speak of one obligation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaks {
    /// Once, as a sheet does.
    Once,
    /// As often as things happened.
    Often,
}

/// An entry that may be written.
struct Ready {
    asked: Asked,
    date: Day,
    settled: Settled,
    planned: Planned,
}

/// Tries everything that was read, shows it, and records it where that was said.
pub(super) fn run(
    ctx: &Ctx,
    args: &IntakeArgs,
    opened: &Opened,
    chart: &Chart<'_>,
    batches: Vec<Batch>,
    speaks: Speaks,
) -> Result<Answer> {
    let can_ask = ctx.terminal.can_ask == CanAsk::Yes && !args.dry_run;
    let write = WriteArgs {
        writer: args.writer.clone(),
        dry_run: args.dry_run || !(args.yes || can_ask),
        late: args.late,
        again: true,
        force: false,
        format: args.format,
    };
    let flags = HandFlags {
        writer: args.writer.as_deref(),
        unit: None,
        person: args.person.as_deref(),
    };
    let hand = Hand::take(ctx, &opened.plan, flags)?;
    let mut session = Session::begin(ctx, opened, chart, hand, &write)?;
    let standing = standing(opened, &session, chart, &batches)?;
    let mut trying = Trying {
        ctx,
        session: &mut session,
        write: &write,
        standing: &standing,
        speaks,
        ready: Vec::new(),
        paper: Paper::default(),
    };
    for batch in batches {
        trying.batch(batch)?;
    }
    let (ready, mut paper) = (trying.ready, trying.paper);
    paper.doubts.sort_by(|one, other| one.spot.cmp(&other.spot));
    paper
        .remarks
        .sort_by(|one, other| one.spot.cmp(&other.spot));
    paper.there.sort_by(|one, other| one.spot.cmp(&other.spot));
    paper.entries = ready.iter().map(|one| line(chart, one, ctx.lang)).collect();
    let is_stopped = !paper.doubts.is_empty() && !args.skip_doubtful;
    if !write.dry_run && (!ready.is_empty() || (is_stopped && args.yes)) {
        if is_stopped || !args.yes {
            show(ctx, &paper);
        }
        if is_stopped {
            let stop = Failure::refused(say::doubts_stop(paper.doubts.len()));
            return Err(stop.help(say::doubts_help()));
        }
        if args.yes || ctx.confirm(&say::ask_record(ready.len()))? {
            record_all(ctx, opened, session, ready, &write, &mut paper)?;
        }
    }
    if paper.written == Written::No && !paper.entries.is_empty() && !args.dry_run {
        ctx.say(&say::nothing_written_yes());
    }
    Ok(Answer {
        bytes: render::document(
            &intake::document(&paper, ctx.lang),
            args.format.unwrap_or(Format::Table),
            &ctx.look(ctx.lang),
        ),
        exit: match is_stopped {
            true => Exit::Negative,
            false => Exit::Done,
        },
    })
}

/// Shows on stderr what would be recorded, before a question or a refusal.
fn show(ctx: &Ctx, paper: &Paper) {
    let document: Document = intake::document(paper, ctx.lang);
    let look = ctx.look(ctx.lang);
    let bytes = render::document(&document, Format::Table, &look);
    super::say(String::from_utf8_lossy(&bytes).trim_end());
}

/// Appends all entries at once and notes their references.
fn record_all(
    ctx: &Ctx,
    opened: &Opened,
    mut session: Session<'_>,
    ready: Vec<Ready>,
    write: &WriteArgs,
    paper: &mut Paper,
) -> Result<()> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(ready.len());
    for one in ready {
        let mut planned = [one.planned];
        record::keep_evidence(opened, &one.settled, &mut planned, write)?;
        drafts.extend(planned.map(|planned| planned.draft));
    }
    let receipts = session.append(ctx, &drafts)?;
    for (line, receipt) in paper.entries.iter_mut().zip(receipts) {
        line.entry = Some(receipt.name);
    }
    paper.written = Written::Yes;
    Ok(())
}

fn line(chart: &Chart<'_>, ready: &Ready, lang: Lang) -> Line {
    Line {
        spot: ready.asked.spot.clone(),
        obligation: chart.name(ready.asked.obligation),
        event: ready.asked.event,
        value: ready.asked.value.clone(),
        date: ready.date,
        note: ready.asked.note.clone(),
        evidence: ready.asked.evidence.clone(),
        changed: match &ready.planned.outcome {
            Some(outcome) => receipt::change(outcome, lang),
            None => String::new(),
        },
        entry: None,
    }
}

/// An entry of the journal, and whether it was taken back.
struct Standing {
    entry: Entry,
    is_void: bool,
}

/// Reads the entries of all obligations that are spoken of.
fn standing(
    opened: &Opened,
    session: &Session<'_>,
    chart: &Chart<'_>,
    batches: &[Batch],
) -> Result<BTreeMap<ObligationIx, Vec<Standing>>> {
    let spoken: BTreeSet<ObligationIx> = batches
        .iter()
        .flat_map(|batch| batch.intake.asked.iter().map(|asked| asked.obligation))
        .collect();
    let of = |fields: [&str; 3]| {
        let [item, unit, period] = fields;
        chart
            .of(item, unit, period)
            .filter(|at| spoken.contains(at))
    };
    let entries = opened.entries(&|_, _, record| {
        let values = &record.fields.values;
        of([&values[4], &values[5], &values[6]]).is_some()
    })?;
    let mut standing: BTreeMap<ObligationIx, Vec<Standing>> = BTreeMap::new();
    for entry in entries {
        if let Some(at) = of([entry.item(), entry.unit(), entry.period()]) {
            let is_void = session.scan.is_void_of(&entry.writer, entry.line);
            standing
                .entry(at)
                .or_default()
                .push(Standing { entry, is_void });
        }
    }
    Ok(standing)
}

/// Entries on their way from a table into the journal.
struct Trying<'t, 's> {
    ctx: &'t Ctx,
    session: &'t mut Session<'s>,
    write: &'t WriteArgs,
    standing: &'t BTreeMap<ObligationIx, Vec<Standing>>,
    speaks: Speaks,
    ready: Vec<Ready>,
    paper: Paper,
}

impl Trying<'_, '_> {
    fn batch(&mut self, batch: Batch) -> Result<()> {
        self.paper.sources.push(batch.source);
        self.paper.doubts.extend(batch.intake.doubts);
        self.paper.remarks.extend(batch.intake.remarks);
        self.paper.blank += batch.intake.blank;
        self.paper.rows += batch.intake.rows;
        for asked in batch.intake.asked {
            self.one(asked, &batch.folder);
        }
        Ok(())
    }

    fn one(&mut self, asked: Asked, folder: &Path) {
        let date = asked.date.unwrap_or(asked.else_date);
        if let Some(there) = self.there(&asked, date) {
            match there {
                Ok(there) => self.paper.there.push(there),
                Err(why) => self.doubt(&asked, why, None),
            }
            return;
        }
        let kept = self.session.trial.kept(asked.obligation);
        match self.planned(&asked, date, folder) {
            Ok((settled, planned)) => self.ready.push(Ready {
                asked,
                date,
                settled,
                planned,
            }),
            Err(failure) => {
                self.session.trial.restore(asked.obligation, kept);
                let (why, help) = match &asked.remark {
                    // What came in between explains more than how to look at it.
                    Some(remark) => (together(&failure.message, remark), None),
                    None => {
                        let help = self.help(&asked, date, &failure);
                        (failure.message, help)
                    }
                };
                self.doubt(&asked, why, help);
                return;
            }
        }
        if let Some(one) = self.ready.last()
            && let Some(said) = one.asked.remark.clone()
        {
            let spot = one.asked.spot.clone();
            self.paper.remarks.push(Remark { spot, said });
        }
    }

    /// Tells whether the journal, or this reading, has it already.
    fn there(&self, asked: &Asked, date: Day) -> Option<std::result::Result<There, Said>> {
        let there = |said: Said, entry: Option<String>| There {
            spot: asked.spot.clone(),
            obligation: self.session.chart.name(asked.obligation),
            said,
            entry,
        };
        let all = self.standing.get(&asked.obligation);
        let mut same = all
            .into_iter()
            .flatten()
            .filter(|standing| self.is_same(asked, date, &standing.entry))
            .collect::<Vec<_>>();
        same.sort_by_key(|standing| standing.is_void);
        if let Some(standing) = same.first() {
            let name = standing.entry.name();
            return Some(match standing.is_void {
                true => Err(say::taken_back(name)),
                false => Ok(there(say::recorded_as(&name), Some(name))),
            });
        }
        let before = self
            .ready
            .iter()
            .find(|one| one.asked.obligation == asked.obligation && self.meets(one, asked, date))?;
        let before_spot = &before.asked.spot;
        let spot = match before_spot.file == asked.spot.file {
            true => before_spot.cell.clone(),
            false => format!("{} {}", before_spot.file, before_spot.cell),
        };
        let is_same = before.asked.event == asked.event
            && before.asked.value == asked.value
            && before.asked.note == asked.note
            && before.date == date;
        Some(match is_same {
            true => Ok(there(say::same_as(spot), None)),
            false => Err(say::differs_from(spot)),
        })
    }

    /// Tells whether two of what was read must be the same: in sheets of one period, which speak once.
    fn meets(&self, before: &Ready, asked: &Asked, date: Day) -> bool {
        match self.speaks {
            Speaks::Once => term(&before.asked.reference) == term(&asked.reference),
            Speaks::Often => {
                before.asked.event == asked.event
                    && before.asked.value == asked.value
                    && before.asked.note == asked.note
                    && before.date == date
            }
        }
    }

    /// Tells whether an entry says what is asked for. One from the same sheet says it on whatever day,
    /// where the sheet leaves the day open.
    fn is_same(&self, asked: &Asked, date: Day, entry: &Entry) -> bool {
        let target = self.session.chart.obligation(asked.obligation).target;
        let value = |text: &str, date: Day| scan::value(asked.event, text, target, date);
        let is_of_this_sheet = self.speaks == Speaks::Once && entry.reference() == asked.reference;
        let is_same_day = entry.date == date || (is_of_this_sheet && asked.date.is_none());
        let is_same_value = entry.value() == asked.value
            || (!asked.value.is_empty()
                && !entry.value().is_empty()
                && value(entry.value(), entry.date) == value(&asked.value, date));
        entry.event == Some(asked.event)
            && is_same_value
            && entry.note() == asked.note
            && is_same_day
    }

    fn planned(&mut self, asked: &Asked, date: Day, folder: &Path) -> Result<(Settled, Planned)> {
        session::not_in_the_future(self.ctx, date)?;
        let mut files = Vec::new();
        for name in &asked.evidence {
            if !is_plain_name(name) {
                return Err(Failure::usage(say::not_plain_name(name)));
            }
            let path = folder.join(name);
            evidence::look(&path).map_err(|_| Failure::usage(say::no_file(name)))?;
            files.push(path);
        }
        let by = asked.by.clone();
        let by = by.unwrap_or_else(|| self.session.hand.person.clone());
        let settled = Settled {
            event: asked.event,
            value: asked.value.clone(),
            date,
            note: asked.note.clone(),
            reference: self.ctx.settle_text(column::REFERENCE, &asked.reference)?,
            evidence: files,
            acting: asked.acting,
            by: self.ctx.settle_text(column::PERSON, &by)?,
        };
        let planned = record::plan_one(
            self.ctx,
            self.session,
            &settled,
            asked.obligation,
            None,
            self.write,
        )?;
        Ok((settled, planned))
    }

    /// Returns what to do about a failure, where help speaks of options that are none here.
    fn help(&self, asked: &Asked, date: Day, failure: &Failure) -> Option<Said> {
        let is_sealed = self.session.seal_over(date).is_some() && !self.write.late;
        match failure.exit {
            Exit::Refused if !is_sealed => {
                let name = self.session.chart.name(asked.obligation);
                Some(say::look_at(name))
            }
            Exit::Refused => failure.help.clone(),
            Exit::Usage | Exit::Done | Exit::Negative | Exit::Unreadable => None,
        }
    }

    fn doubt(&mut self, asked: &Asked, why: Said, help: Option<Said>) {
        self.paper.doubts.push(Doubt {
            spot: asked.spot.clone(),
            obligation: Some(self.session.chart.name(asked.obligation)),
            why,
            help,
        });
    }
}

/// Returns what the reference of a sheet says of its period: without its digest.
fn term(reference: &str) -> &str {
    reference
        .rsplit_once(':')
        .map_or(reference, |(term, _)| term)
}

/// Joins two sentences.
fn together(one: &Said, other: &Said) -> Said {
    Said {
        zh: format!("{}；{}", one.zh, other.zh),
        en: format!("{}; {}", one.en, other.en),
    }
}

/// Reads a file of at most so many bytes as a workbook is allowed to have.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>> {
    workspace::read(path, grid::LARGEST)
}

/// Returns the failure of a file that cannot be read as a table.
pub(super) fn unreadable(path: &Path, fault: &Fault) -> Failure {
    let failure = Failure::unreadable(say::fault(&path.display().to_string(), fault));
    match say::fault_help(fault) {
        Some(help) => failure.help(help),
        None => failure,
    }
}
