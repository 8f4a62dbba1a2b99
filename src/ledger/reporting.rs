//! Who owed a report, who sent it, and who worked: one bit for each reporting period.
//!
//! A plan of ten years has at most 121 months, so the periods fit into 128 bits. Numbers.md §§6, 8.

use crate::calendar::Day;
use crate::calendar::Window;
use crate::journal::scan::Posting;
use crate::plan::ReportingPeriod;
use crate::plan::chart::Obligation;
use crate::terms::Event;
use crate::terms::Kind;
use crate::terms::State;

/// A set of reporting periods, by their place in the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Periods(u128);

impl Periods {
    fn insert(&mut self, at: usize) {
        self.0 |= 1 << at;
    }

    fn contains(self, at: usize) -> bool {
        self.0 >> at & 1 == 1
    }
}

/// What one obligation reported in which period.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reports {
    /// How many periods have ended; their bits in `open` are settled.
    ended: u8,
    /// Periods at whose end the obligation was open and begun, so that it owed a report.
    open: Periods,
    reported: Periods,
    on_time: Periods,
    not_only_nil: Periods,
    worked: Periods,
    /// The suspension that lasts, or the last one that ended.
    suspension: Option<Suspension>,
    stood_still: Periods,
    last_report: Option<Day>,
}

/// Days without work: from the suspend's date to before the resume's.
#[derive(Clone, Copy, Debug)]
struct Suspension {
    from: Day,
    /// The day of the resume; none while it lasts.
    resumed: Option<Day>,
}

/// What one obligation did about one reporting period (numbers.md §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// It owed none.
    NotOwed,
    /// It owed one and sent none.
    Missing,
    /// It sent one by the report day.
    OnTime {
        /// Whether it only said that nothing was done.
        nil: NilOnly,
    },
    /// It sent one that was recorded after the report day.
    Late {
        /// Whether it only said that nothing was done.
        nil: NilOnly,
    },
}

/// Whether all reports of a period were nil reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NilOnly {
    /// All were.
    Yes,
    /// One at least said more.
    No,
}

impl Reports {
    /// Settles the periods that ended before a day, in the state that held until then.
    pub(super) fn end_periods_before(
        &mut self,
        day: Day,
        periods: &[ReportingPeriod],
        obligation: &Obligation,
        state: State,
    ) {
        while let Some(period) = periods.get(usize::from(self.ended)) {
            if period.window.end >= day {
                return;
            }
            if owes(obligation, period.window, state) {
                self.open.insert(usize::from(self.ended));
            }
            self.ended += 1;
        }
    }

    /// Notes what an allowed entry means for reports and for standing still.
    pub(super) fn post(
        &mut self,
        posting: &Posting,
        periods: &[ReportingPeriod],
        obligation: &Obligation,
    ) {
        match posting.event {
            Event::Progress | Event::Nil | Event::Submit => self.note(posting, periods, obligation),
            Event::Suspend => self.suspend(posting.day),
            Event::Resume => self.resume(posting.day, periods, obligation),
            Event::Ack
            | Event::Verify
            | Event::Return
            | Event::Extend
            | Event::Cancel
            | Event::Reopen
            | Event::Urge
            | Event::Light
            | Event::Note
            | Event::Retract
            | Event::Seal => {}
        }
    }

    /// Notes a report in the period that holds its day.
    fn note(&mut self, posting: &Posting, periods: &[ReportingPeriod], obligation: &Obligation) {
        self.last_report = self.last_report.max(Some(posting.day));
        let at = periods.partition_point(|period| period.window.end < posting.day);
        let Some(period) = periods.get(at).filter(|of| of.window.contains(posting.day)) else {
            return;
        };
        self.reported.insert(at);
        if posting.recorded_at.day() <= period.report_day {
            self.on_time.insert(at);
        }
        if posting.event != Event::Nil {
            self.not_only_nil.insert(at);
        }
        if posting.event == Event::Progress && obligation.window.contains(posting.day) {
            self.worked.insert(at);
        }
    }

    /// Begins a suspension; one that begins on the day the last one ended goes on with it.
    fn suspend(&mut self, day: Day) {
        let goes_on = self
            .suspension
            .filter(|last| last.resumed == Some(day))
            .map(|last| last.from);
        self.suspension = Some(Suspension {
            from: goes_on.unwrap_or(day),
            resumed: None,
        });
    }

    /// Ends a suspension and settles the periods that it covered on every day.
    fn resume(&mut self, day: Day, periods: &[ReportingPeriod], obligation: &Obligation) {
        let Some(suspension) = &mut self.suspension else {
            return;
        };
        suspension.resumed = Some(day);
        let still = Window {
            start: suspension.from,
            end: day.plus(-1),
        };
        for (at, period) in periods.iter().enumerate() {
            let cut = period.window.cut_to(obligation.window);
            if cut.is_some_and(|cut| cut.cut_to(still) == Some(cut)) {
                self.stood_still.insert(at);
            }
        }
    }

    /// Returns in how many reporting periods that have passed there was work, and how many passed.
    ///
    /// Of a continuing obligation: periods cut to its window that ended by the day, without those
    /// in which it was suspended on every day.
    pub fn worked_of_passed(
        &self,
        periods: &[ReportingPeriod],
        obligation: &Obligation,
        day: Day,
    ) -> (u64, u64) {
        let mut counts = (0, 0);
        for (at, period) in periods.iter().enumerate() {
            let Some(cut) = period.window.cut_to(obligation.window) else {
                continue;
            };
            if cut.end > day || self.stood_still(at, cut) {
                continue;
            }
            counts.1 += 1;
            counts.0 += u64::from(self.worked.contains(at));
        }
        counts
    }

    /// Tells whether the obligation was suspended on every day of a period cut to its window.
    fn stood_still(&self, at: usize, cut: Window) -> bool {
        let lasts =
            |suspension: &Suspension| suspension.resumed.is_none() && suspension.from <= cut.start;
        self.stood_still.contains(at) || self.suspension.as_ref().is_some_and(lasts)
    }

    /// Returns what the obligation did about a period that has ended.
    pub fn of(&self, at: usize) -> Report {
        if !self.open.contains(at) {
            return Report::NotOwed;
        }
        if !self.reported.contains(at) {
            return Report::Missing;
        }
        let nil = match self.not_only_nil.contains(at) {
            true => NilOnly::No,
            false => NilOnly::Yes,
        };
        match self.on_time.contains(at) {
            true => Report::OnTime { nil },
            false => Report::Late { nil },
        }
    }

    /// Returns how many periods running, going back from one, owed a report and did not send it.
    pub fn missing_run(&self, from: usize) -> u32 {
        let run = (0..=from)
            .rev()
            .take_while(|at| self.of(*at) == Report::Missing);
        u32::try_from(run.count()).unwrap_or(u32::MAX)
    }

    /// Returns how many reports running the obligation has missed on a day in a state.
    pub fn missed(&self, periods: &[ReportingPeriod], day: Day, state: State) -> u32 {
        let past = periods.partition_point(|period| period.report_day < day);
        let Some(latest) = past.checked_sub(1) else {
            return 0;
        };
        let has_reported_since = self
            .last_report
            .is_some_and(|report| report > periods[latest].window.end);
        match state.is_open_for_reports() && !has_reported_since {
            true => self.missing_run(latest),
            false => 0,
        }
    }
}

/// Tells whether an obligation in a state owes a report for a period (numbers.md §8).
fn owes(obligation: &Obligation, period: Window, state: State) -> bool {
    let has_begun = obligation.window.start <= period.end || state != State::NotStarted;
    let takes_part = match obligation.kind {
        Kind::Once => true,
        Kind::Periodic | Kind::Continuing => period.cut_to(obligation.window).is_some(),
    };
    state.is_open_for_reports() && has_begun && takes_part
}
