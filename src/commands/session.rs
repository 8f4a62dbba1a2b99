//! A session at a writer's desk: lock, try, append, tell. What every writing command goes through.

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::calendar::Period;
use crate::cli::WriteArgs;
use crate::commands::Ctx;
use crate::commands::hand::Hand;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Draft;
use crate::journal::Entry;
use crate::journal::file::Desk;
use crate::journal::file::DeskPlaces;
use crate::journal::file::Older;
use crate::journal::file::Receipt;
use crate::journal::scan;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::Content;
use crate::journal::scan::JournalFile;
use crate::journal::scan::Posting;
use crate::journal::scan::Scan;
use crate::journal::seal;
use crate::lang::Said;
use crate::lang::failures;
use crate::lang::recording as say;
use crate::lang::terms;
use crate::ledger::account::Refusal;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::plan::chart::ObligationIx;
use crate::recording::Lack;
use crate::recording::Objection;
use crate::recording::Outcome;
use crate::recording::Pen;
use crate::recording::Trial;
use crate::terms::Event;
use std::rc::Rc;
use std::sync::Arc;

/// A writer's desk with its lock held, and the journal as it is.
pub(super) struct Session<'s> {
    pub(super) opened: &'s Opened,
    pub(super) chart: &'s Chart<'s>,
    pub(super) hand: Hand,
    pub(super) scan: Scan,
    pub(super) trial: Trial<'s>,
    desk: Option<Desk>,
}

/// A line that is to be written, with what it changes.
pub(super) struct Planned {
    pub(super) draft: Draft,
    /// The entry that it voids.
    pub(super) voids: Option<String>,
    pub(super) outcome: Option<Outcome>,
}

impl<'s> Session<'s> {
    /// Takes the lock (but for a dry run) and reads the journal.
    pub(super) fn begin(
        ctx: &Ctx,
        opened: &'s Opened,
        chart: &'s Chart<'s>,
        hand: Hand,
        write: &WriteArgs,
    ) -> Result<Session<'s>> {
        let desk = match write.dry_run {
            true => None,
            false => Some(sit_down(ctx, opened, &hand, write)?),
        };
        for notice in desk.iter().flat_map(Desk::notices) {
            ctx.say(notice);
        }
        let scan = scan_with_own_file(ctx, opened, chart, &hand)?;
        let pen = Pen {
            writer: scan
                .writer(hand.writer.as_str())
                .expect("the writer's own file was added to the scan"),
            next_seq: desk
                .as_ref()
                .map_or(u64::MAX / 2, |desk| desk.head().seq + 1),
            now: ctx.clock(),
        };
        Ok(Session {
            trial: Trial::new(chart, Rc::clone(&scan.postings), pen),
            opened,
            chart,
            hand,
            scan,
            desk,
        })
    }

    /// Returns the plan.
    pub(super) fn plan(&self) -> &'s Plan {
        &self.opened.plan
    }

    /// Turns objections into a failure, but for those that `--force` sets aside.
    pub(super) fn settle(
        &self,
        ctx: &Ctx,
        obligation: ObligationIx,
        event: Event,
        objections: &[Objection],
        write: &WriteArgs,
    ) -> Result<()> {
        for objection in objections {
            let failure = self.failure(ctx, obligation, event, objection);
            match objection {
                Objection::Skipped(_) | Objection::Breaks { .. } if write.force => {
                    ctx.say(&failure.message);
                }
                Objection::Lacks(_)
                | Objection::Actor(_)
                | Objection::Skipped(_)
                | Objection::Breaks { .. } => return Err(failure),
            }
        }
        Ok(())
    }

    fn failure(
        &self,
        ctx: &Ctx,
        obligation: ObligationIx,
        event: Event,
        objection: &Objection,
    ) -> Failure {
        let name = self.chart.name(obligation);
        let word = terms::event(event).text(ctx.lang);
        match objection {
            Objection::Lacks(lack) => self.lacking(obligation, word, *lack),
            Objection::Actor(verifier) => {
                let verifier = self.plan().unit(*verifier);
                Failure::refused(say::wrong_actor(word, &verifier.name))
                    .help(say::act_as(&verifier.id))
            }
            Objection::Skipped(why) => {
                let message = match why {
                    Refusal::Kind => {
                        let kind = self.chart.obligation(obligation).kind;
                        say::skipped_kind(&name, word, terms::kind(kind).text(ctx.lang))
                    }
                    Refusal::State(state) => {
                        say::skipped_state(&name, word, terms::state(*state).text(ctx.lang))
                    }
                    Refusal::NotLater(due) => say::skipped_not_later(&name, due),
                };
                Failure::refused(message).help(self.help_for_place(ctx, obligation, &name))
            }
            Objection::Breaks { later, .. } => {
                let entry = self.entry_name(later);
                let later_word = terms::event(later.event).text(ctx.lang);
                Failure::refused(say::breaks(entry, later_word, later.day))
                    .help(self.help_for_place(ctx, obligation, &name))
            }
        }
    }

    /// Says how to look, or that another writer's clock is the cause.
    fn help_for_place(&self, ctx: &Ctx, obligation: ObligationIx, name: &str) -> Said {
        let now = ctx.clock();
        let ahead = self
            .scan
            .postings
            .of(obligation)
            .into_iter()
            .find(|posting| posting.recorded_at > now);
        match ahead {
            Some(posting) => {
                let writer = &self.scan.writers[usize::from(posting.writer.0)];
                say::clock_ahead(writer, posting.recorded_at)
            }
            None => say::see_then_force(name),
        }
    }

    fn entry_name(&self, posting: &Posting) -> String {
        self.scan.entry_name(posting.writer, posting.seq)
    }

    fn lacking(&self, obligation: ObligationIx, event: &str, lack: Lack) -> Failure {
        let item = &self.plan().item(self.chart.obligation(obligation).item).id;
        let (message, help) = match lack {
            Lack::Progress => (say::lacks_progress(), say::value_forms_progress()),
            Lack::Reason => (say::lacks_reason(event), say::add_note()),
            Lack::ReasonOrReference => (
                say::lacks_reason_or_reference(event),
                say::add_note_or_reference(),
            ),
            Lack::Approval => (say::lacks_approval(), say::add_reference()),
            Lack::Value(of) => (
                say::lacks_value(event),
                say::value_forms(of).unwrap_or_else(say::target_forms),
            ),
            Lack::Text => (say::lacks_text(), say::add_note()),
            Lack::Evidence => (say::lacks_evidence(item), say::add_evidence()),
        };
        Failure::usage(message).help(help)
    }

    /// Refuses what this desk wrote already within ten minutes: a retry must not count twice.
    pub(super) fn refuse_twins(
        &self,
        ctx: &Ctx,
        drafts: &[Planned],
        write: &WriteArgs,
    ) -> Result<()> {
        let Some(desk) = self.desk.as_ref().filter(|_| !write.again) else {
            return Ok(());
        };
        let recent = desk.recent(ctx.clock())?;
        let twin = drafts
            .iter()
            .find_map(|planned| recent.iter().find(|recent| recent.is_same(&planned.draft)));
        match twin {
            Some(twin) => Err(Failure::refused(say::twice(&twin.name)).help(say::add_again())),
            None => Ok(()),
        }
    }

    /// Refuses a day inside a sealed period, unless it is said to be late.
    pub(super) fn refuse_sealed(&self, date: Day, write: &WriteArgs) -> Result<()> {
        match self.seal_over(date) {
            Some((period, seal)) if !write.late => {
                Err(Failure::refused(say::sealed_period(date, period, seal)).help(say::add_late()))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Returns the seal of a period in which a day lies.
    pub(super) fn seal_over(&self, date: Day) -> Option<(Period, String)> {
        let holding = seal::holding(&self.scan.seals);
        let seal = holding
            .into_iter()
            .find(|seal| seal.period.window().contains(date))?;
        Some((seal.period, self.scan.entry_name(seal.writer, seal.seq)))
    }

    /// Appends one line and returns its reference.
    pub(super) fn append_one(&mut self, ctx: &Ctx, draft: Draft) -> Result<String> {
        let receipts = self.append(ctx, &[draft])?;
        Ok(receipts.into_iter().map(|receipt| receipt.name).collect())
    }

    /// Appends lines, if this is no dry run, and says what there is to say.
    pub(super) fn append(&mut self, ctx: &Ctx, drafts: &[Draft]) -> Result<Vec<Receipt>> {
        let Some(desk) = &mut self.desk else {
            return Ok(Vec::new());
        };
        let now = ctx.clock();
        if let Some(last) = desk.clock_went_back(now) {
            ctx.say(&say::clock_went_back(last));
        }
        let appended = desk.append(now, drafts)?;
        for notice in &appended.notices {
            ctx.say(notice);
        }
        Ok(appended.receipts)
    }
}

/// Returns a day on which a fact may hold: none after the day of recording.
pub(super) fn not_in_the_future(ctx: &Ctx, date: Day) -> Result<Day> {
    let recorded_on = ctx.clock().day();
    match date > recorded_on {
        true => {
            Err(Failure::usage(say::future_date(date, recorded_on)).help(say::write_a_past_date()))
        }
        false => Ok(date),
    }
}

fn sit_down(ctx: &Ctx, opened: &Opened, hand: &Hand, write: &WriteArgs) -> Result<Desk> {
    let who = format!("{} {}", hand.person, ctx.now);
    Desk::open(
        opened.places.journal.folder(),
        &opened.plan.id,
        &hand.writer,
        &DeskPlaces {
            state: ctx.homes.as_ref().map(|homes| homes.state.as_path()),
            who: &who,
            pause: std::thread::sleep,
            older: match write.force {
                true => Older::GoOn,
                false => Older::Refuse,
            },
        },
        ctx.clock(),
    )
}

/// Scans the journal with the writer's own file among the others, also where it does not exist yet.
fn scan_with_own_file(ctx: &Ctx, opened: &Opened, chart: &Chart<'_>, hand: &Hand) -> Result<Scan> {
    let mut files = opened.files.clone();
    let own = hand.writer.as_str();
    if files.iter().all(|file| &*file.writer != own) {
        files.push(JournalFile {
            name: Rc::from(own),
            writer: Rc::from(own),
            content: Content::Bytes(Arc::from(&b""[..])),
        });
    }
    let scan = open::scan_files(ctx, &files, chart, &opened.known, ChainCheck::Skip)?;
    match scan.damaged.first() {
        Some(file) => {
            Err(Failure::unreadable(failures::journal_damaged(file)).help(failures::run_verify()))
        }
        None => Ok(scan),
    }
}

impl Ctx {
    /// Asks the clock again: a lock or an answer may have taken its time.
    pub(super) fn clock(&self) -> Instant {
        super::clock().0
    }
}

impl Session<'_> {
    /// Returns what an entry is to the ledger, where it names an obligation and can be read.
    pub(super) fn posting_of(&self, entry: &Entry) -> Option<Posting> {
        let event = entry.event?;
        let obligation = self.chart.of(entry.item(), entry.unit(), entry.period())?;
        let target = self.chart.obligation(obligation).target;
        Some(Posting {
            obligation,
            day: entry.date,
            recorded_at: entry.recorded_at,
            writer: self.scan.writer(&entry.writer)?,
            seq: entry.seq,
            line: entry.line,
            event,
            value: scan::value(event, entry.value(), target, entry.date)?,
            evidence: 0,
        })
    }
}
