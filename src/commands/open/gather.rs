//! Everything that a report looks at: the journal scanned, folded for the days, and filtered.

use super::Opened;
use super::scan_files;
use crate::calendar::Day;
use crate::cli::ViewArgs;
use crate::commands::Ctx;
use crate::failure::Result;
use crate::journal::WriterIx;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::Posting;
use crate::journal::scan::Scan;
use crate::ledger::Ledger;
use crate::plan::chart::Chart;
use crate::report::View;
use crate::report::filter::Filter;
use crate::report::head::JournalHead;
use crate::report::log::Marks;
use std::collections::BTreeSet;

/// Everything that a report looks at, gathered: the chart's plan must outlive it.
pub(in crate::commands) struct Gathered<'g> {
    opened: &'g Opened,
    chart: &'g Chart<'g>,
    /// What the journal says.
    pub(in crate::commands) scan: Scan,
    /// What it came to on the days asked for.
    pub(in crate::commands) ledger: Ledger<'g>,
    filter: Filter,
    head: JournalHead,
}

impl Opened {
    /// Scans and folds for the as-of day and some more days, and reads the filters.
    pub(in crate::commands) fn gather<'g>(
        &'g self,
        ctx: &Ctx,
        chart: &'g Chart<'g>,
        args: &ViewArgs,
        more_days: &[Day],
    ) -> Result<Gathered<'g>> {
        let gathered = self.gather_silently(ctx, chart, args, more_days)?;
        self.mention_findings(ctx, &gathered.scan, &gathered.ledger);
        Ok(gathered)
    }

    /// The same without a word on stderr, for a command that gathers twice.
    pub(in crate::commands) fn gather_silently<'g>(
        &'g self,
        ctx: &Ctx,
        chart: &'g Chart<'g>,
        args: &ViewArgs,
        more_days: &[Day],
    ) -> Result<Gathered<'g>> {
        let check = match args.verify {
            true => ChainCheck::Ids,
            false => ChainCheck::Skip,
        };
        let scan = self.scan(ctx, chart, check)?;
        let mut days = vec![self.day];
        days.extend(more_days);
        let ledger = Ledger::post(chart, &scan.postings, &days);
        self.gathered(ctx, chart, args, scan, ledger)
    }

    /// Scans and folds for the as-of day even where files are too damaged to count on.
    pub(in crate::commands) fn gather_whatever<'g>(
        &'g self,
        ctx: &Ctx,
        chart: &'g Chart<'g>,
        args: &ViewArgs,
    ) -> Result<Gathered<'g>> {
        let scan = scan_files(ctx, &self.files, chart, &self.known, ChainCheck::Skip)?;
        let ledger = Ledger::post(chart, &scan.postings, &[self.day]);
        self.mention_findings(ctx, &scan, &ledger);
        self.gathered(ctx, chart, args, scan, ledger)
    }

    fn gathered<'g>(
        &'g self,
        ctx: &Ctx,
        chart: &'g Chart<'g>,
        args: &ViewArgs,
        scan: Scan,
        ledger: Ledger<'g>,
    ) -> Result<Gathered<'g>> {
        Ok(Gathered {
            filter: self.filter(ctx, chart, args, &scan)?,
            head: self.journal_head(args, &scan, &ledger),
            opened: self,
            chart,
            scan,
            ledger,
        })
    }
}

impl<'g> Gathered<'g> {
    /// Returns what a report looks at.
    pub(in crate::commands) fn view(&'g self) -> View<'g> {
        View {
            chart: self.chart,
            book: self.ledger.on(self.opened.day),
            filter: &self.filter,
            journal: &self.head,
            writers: &self.scan.writers,
            lang: self.opened.lang,
        }
    }
}

impl Gathered<'_> {
    /// Returns the entries that count on the as-of day, in fold order.
    pub(in crate::commands) fn counted(&self) -> Vec<Posting> {
        let refused: BTreeSet<(WriterIx, u32)> = self
            .ledger
            .refused
            .iter()
            .map(|refused| (refused.posting.writer, refused.posting.line))
            .collect();
        let is_counted = |posting: &Posting| {
            posting.day <= self.opened.day && !refused.contains(&(posting.writer, posting.line))
        };
        let postings = self.scan.postings.in_order();
        postings.into_iter().filter(is_counted).collect()
    }

    /// Returns how many findings the journal has.
    pub(in crate::commands) fn findings(&self) -> usize {
        self.opened.count_findings(&self.scan, &self.ledger)
    }

    /// Returns what became of entries: voided, skipped.
    pub(in crate::commands) fn marks(&self) -> Marks {
        let refused = self.ledger.refused.iter();
        Marks {
            void: self.scan.void.iter().copied().collect(),
            late: self.scan.late.iter().copied().collect(),
            skipped: refused
                .map(|refused| (refused.posting.writer, refused.posting.line))
                .chain(self.scan.nameless_places.iter().copied())
                .collect(),
        }
    }
}
