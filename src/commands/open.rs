//! Opening a workspace: plan, journal, the day and the knowledge asked for, the filters.

pub(super) mod days;
pub(super) mod filters;
pub(super) mod findings;
pub(super) mod gather;
mod hollow;
pub(super) mod seals;
pub(super) mod sides;

use crate::calendar::Day;
use crate::cli::ViewArgs;
use crate::commands::Chosen;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::finding;
use crate::finding::Finding;
use crate::finding::Place;
use crate::finding::Severity;
use crate::finding::journal as journal_finding;
use crate::journal::Entry;
use crate::journal::Known;
use crate::journal::fork;
use crate::journal::line::Record;
use crate::journal::scan;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::Content;
use crate::journal::scan::JournalFile;
use crate::journal::scan::Scan;
use crate::journal::scan::texts;
use crate::lang::Lang;
use crate::lang::failures;
use crate::ledger::Ledger;
use crate::names;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::plan::source;
use crate::render::findings::findings as render_findings;
use crate::report::head::JournalHead;
use crate::workspace;
use crate::workspace::Places;
use crate::workspace::journals;
use crate::workspace::journals::StrayWhy;
use crate::workspace::search;
use crate::workspace::search::Search;
use std::path::Path;
use std::rc::Rc;

/// A workspace as its files are, before anything is made of them.
pub(super) struct Workspace {
    /// Where its parts lie.
    pub(super) places: Places,
    /// How the plan is shown.
    pub(super) plan_name: String,
    /// The plan, where enough of it can be read.
    pub(super) plan: Option<Plan>,
    /// What is wrong or open in the plan.
    pub(super) plan_findings: Vec<Finding>,
    /// The journal files that are read.
    pub(super) files: Vec<JournalFile>,
    /// What is wrong with the folder of the journal.
    pub(super) folder_findings: Vec<Finding>,
}

/// A workspace whose plan has no error.
pub(super) struct Opened {
    /// Where its parts lie.
    pub(super) places: Places,
    /// The plan.
    pub(super) plan: Plan,
    /// The journal files that are read.
    pub(super) files: Vec<JournalFile>,
    /// What is wrong with the folder of the journal.
    pub(super) folder_findings: Vec<Finding>,
    /// The as-of day.
    pub(super) day: Day,
    /// What is known.
    pub(super) known: Known,
    /// The language of the report.
    pub(super) lang: Lang,
}

/// Finds and reads the files of a workspace.
pub(super) fn workspace(ctx: &Ctx, as_of: Option<&str>) -> Result<Workspace> {
    let day = as_of.and_then(days::plain_day).unwrap_or(ctx.today);
    let found = search::plan(&Search {
        named: ctx.global.plan.as_deref(),
        variable: ctx.environment.plan.as_deref(),
        default_plan: ctx.config.get(workspace::config::Key::DefaultPlan),
        from: &ctx.folder,
        home: ctx.homes.as_ref().map(|homes| homes.home.as_path()),
        as_of: day,
    })?;
    if let Some(notice) = &found.notice {
        ctx.say(notice);
    }
    // One byte more than a plan may have, so that the reader of plans says what is the case.
    let bytes = workspace::read_first(&found.path, workspace::LARGEST_PLAN + 1)?;
    let (plan, plan_findings) = source::read_bytes(&found.shown, &bytes);
    let places = Places::beside(&found.path);
    let places = match &ctx.global.journal {
        Some(named) => places.with_journal(&ctx.folder.join(named))?,
        None => places,
    };
    let listing = journals::list(&places.journal)?;
    let shown_in_folder =
        |name: &str| workspace::shown(&places.journal.folder().join(name), &ctx.folder);
    let files = listing
        .files
        .iter()
        .map(|file| JournalFile {
            name: Rc::from(shown_in_folder(&file.name)),
            writer: Rc::from(file.writer.as_str()),
            content: Content::Disk(file.path.clone()),
        })
        .collect();
    let strays = listing.strays.iter().map(|stray| {
        let place = Place::file(&shown_in_folder(&stray.name));
        match &stray.why {
            StrayWhy::NoWriter => journal_finding::stray_name(place, &stray.name),
            StrayWhy::CaseTwin(other) => journal_finding::stray_case(place, other),
            StrayWhy::NoFile => journal_finding::stray_kind(place),
        }
    });
    let torn = listing
        .torn
        .iter()
        .map(|name| journal_finding::torn_file(Place::file(&shown_in_folder(name))));
    let forks = listing.forks.iter().map(|(path, writer)| {
        let own = listing.files.iter().find(|file| file.writer == *writer);
        let own = own.map_or(Ok(Vec::new()), |file| {
            workspace::read(&file.path, u64::MAX - 1)
        });
        let kept = workspace::read(path, u64::MAX - 1)?;
        let name = workspace::shown(path, &ctx.folder);
        Ok(fork::finding(&name, writer, &own?, &kept))
    });
    let forks: Vec<Finding> = forks.collect::<Result<_>>()?;
    Ok(Workspace {
        folder_findings: strays.chain(torn).chain(forks).collect(),
        plan_name: found.shown,
        plan,
        plan_findings,
        files,
        places,
    })
}

/// Opens a workspace for a command that needs a plan without errors.
pub(super) fn open(ctx: &Ctx, view: &ViewArgs) -> Result<Opened> {
    let mut opened = match view.known_at.as_deref().map(days::known_at) {
        None => sound(ctx, view.as_of.as_deref())?,
        Some(days::KnownAt::Instant(instant)) => {
            let mut opened = sound(ctx, view.as_of.as_deref())?;
            opened.known = Known::Until(instant);
            opened
        }
        Some(days::KnownAt::Seal(typed)) => {
            let workspace = workspace(ctx, view.as_of.as_deref())?;
            seals::open(ctx, workspace, &typed)?
        }
    };
    opened.day = days::as_of(ctx, &opened.plan, view.as_of.as_deref())?;
    if opened.day > opened.plan.period.end {
        ctx.say(&failures::past_the_plan(opened.day, opened.plan.period.end));
    }
    Ok(opened)
}

/// Opens a workspace for a command that writes: today, everything known, nothing said of the day.
pub(super) fn open_to_write(ctx: &Ctx) -> Result<Opened> {
    sound(ctx, None)
}

/// Opens a workspace whose plan must have no error.
fn sound(ctx: &Ctx, as_of: Option<&str>) -> Result<Opened> {
    let workspace = workspace(ctx, as_of)?;
    let (name, findings) = (workspace.plan_name.clone(), workspace.plan_findings.clone());
    let errors = finding::count(&findings, Severity::Error);
    match usable(ctx, workspace) {
        Some(opened) if errors == 0 => Ok(opened),
        _ => Err(refuse_plan(ctx, &name, &findings)),
    }
}

/// Opens a workspace for a command that goes on with errors in the plan (`log`).
pub(super) fn open_whatever(ctx: &Ctx, view: &ViewArgs) -> Result<Opened> {
    if view.known_at.is_some() {
        return open(ctx, view);
    }
    let workspace = workspace(ctx, view.as_of.as_deref())?;
    let (name, findings) = (workspace.plan_name.clone(), workspace.plan_findings.clone());
    let mut opened = usable(ctx, workspace).ok_or_else(|| refuse_plan(ctx, &name, &findings))?;
    opened.day = days::as_of(ctx, &opened.plan, view.as_of.as_deref())?;
    Ok(opened)
}

/// Returns what can be worked with, where enough of the plan can be read.
fn usable(ctx: &Ctx, workspace: Workspace) -> Option<Opened> {
    let plan = workspace.plan?;
    Some(Opened {
        lang: paper_lang(ctx, &plan),
        places: workspace.places,
        files: workspace.files,
        folder_findings: workspace.folder_findings,
        plan,
        day: ctx.today,
        known: Known::All,
    })
}

/// Says why a plan cannot be worked with: its first errors, and to run `check`.
fn refuse_plan(ctx: &Ctx, name: &str, findings: &[Finding]) -> Failure {
    const SHOWN: usize = 3;
    let errors: Vec<Finding> = finding::settle(findings.to_vec())
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    let shown = &errors[..errors.len().min(SHOWN)];
    let text = String::from_utf8_lossy(&render_findings(shown, &ctx.look(ctx.lang))).into_owned();
    super::say(text.trim_end());
    Failure::unreadable(failures::plan_has_errors(name, errors.len())).help(failures::run_check())
}

/// Returns the language of a report: the one chosen, else the plan's, else that of the locale.
pub(super) fn paper_lang(ctx: &Ctx, plan: &Plan) -> Lang {
    match ctx.lang_is_chosen {
        Chosen::Yes => ctx.lang,
        Chosen::No => plan.lang.unwrap_or(ctx.lang),
    }
}

impl Workspace {
    /// Returns how a file of the journal is shown.
    pub(super) fn shown_in_journal(&self, ctx: &Ctx, name: &str) -> String {
        workspace::shown(&self.places.journal.folder().join(name), &ctx.folder)
    }
}

impl Opened {
    /// Scans the journal; files too damaged to count on are a failure.
    pub(super) fn scan(&self, ctx: &Ctx, chart: &Chart<'_>, check: ChainCheck) -> Result<Scan> {
        let scan = scan_files(ctx, &self.files, chart, &self.known, check)?;
        if let Some(file) = scan.damaged.first() {
            return Err(
                Failure::unreadable(failures::journal_damaged(file)).help(failures::run_verify())
            );
        }
        match scan.lost_heads.first() {
            Some(writer) => {
                Err(Failure::unreadable(failures::seal_head_lost(writer))
                    .help(failures::run_verify()))
            }
            None => Ok(scan),
        }
    }

    /// Says on stderr how many findings the journal has.
    pub(super) fn mention_findings(&self, ctx: &Ctx, scan: &Scan, ledger: &Ledger<'_>) {
        let count = self.count_findings(scan, ledger);
        if count > 0 {
            ctx.say(&failures::journal_has_findings(count));
        }
    }

    /// Returns how many findings the journal has.
    fn count_findings(&self, scan: &Scan, ledger: &Ledger<'_>) -> usize {
        scan.findings.len() + ledger.refused.len() + self.folder_findings.len()
    }

    /// Returns what reports say of the journal as of a day.
    pub(super) fn journal_head(
        &self,
        view: &ViewArgs,
        scan: &Scan,
        ledger: &Ledger<'_>,
    ) -> JournalHead {
        JournalHead {
            entries: scan.entries,
            skipped: scan.nameless_until(self.day) + ledger.refused_until(self.day),
            unreadable: scan.unreadable,
            digest: scan.digest.clone(),
            chain: scan.chain,
            known_at: view.known_at.clone(),
        }
    }

    /// Reads the known records that are wanted with their texts.
    pub(super) fn entries(
        &self,
        wanted: &dyn Fn(&str, u32, &Record<'_>) -> bool,
    ) -> Result<Vec<Entry>> {
        texts::entries(&self.files, &self.plan.id, &self.known, wanted)
            .map_err(|error| journal_unreadable(&self.files, error))
    }
}

/// Scans journal files.
pub(super) fn scan_files(
    ctx: &Ctx,
    files: &[JournalFile],
    chart: &Chart<'_>,
    known: &Known,
    check: ChainCheck,
) -> Result<Scan> {
    // `--today` looks back in practice; a record is from the future only to the real clock.
    let latest = ctx.today.max(ctx.now.day());
    scan::scan(files, chart, known, check, latest).map_err(|error| journal_unreadable(files, error))
}

fn journal_unreadable(files: &[JournalFile], error: std::io::Error) -> Failure {
    let folder = files
        .first()
        .and_then(|file| Path::new(&*file.name).parent())
        .map_or_else(|| ".".to_owned(), |folder| folder.display().to_string());
    Failure::unreadable(failures::cannot_read(folder)).cause(error)
}

impl Ctx {
    /// Returns whether a prefix may stand for a name: only where somebody sees what came of it.
    pub(super) fn certainty(&self) -> names::Certainty {
        match self.terminal.can_ask {
            super::CanAsk::Yes => names::Certainty::Terminal,
            super::CanAsk::No => names::Certainty::Script,
        }
    }
}
