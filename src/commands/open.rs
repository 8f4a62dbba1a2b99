//! Opening a workspace: plan, journal, the day and the knowledge asked for, the filters.

mod hollow;
mod seals;
pub(super) mod sides;

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::calendar::Period;
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
use crate::finding::plan as plan_finding;
use crate::journal::Entry;
use crate::journal::Known;
use crate::journal::evidence;
use crate::journal::evidence::Wrong;
use crate::journal::file::acknowledged::Acknowledged;
use crate::journal::line::Record;
use crate::journal::scan;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::Content;
use crate::journal::scan::JournalFile;
use crate::journal::scan::Posting;
use crate::journal::scan::Scan;
use crate::journal::scan::WriterIx;
use crate::journal::scan::texts;
use crate::journal::seal;
use crate::journal::writer::Writer;
use crate::lang::Lang;
use crate::lang::failures;
use crate::ledger::Ledger;
use crate::ledger::Refused;
use crate::ledger::account::Refusal;
use crate::names;
use crate::plan::ItemIx;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::plan::compare;
use crate::plan::source;
use crate::render::findings::findings as render_findings;
use crate::report::View;
use crate::report::filter::Filter;
use crate::report::filter::OnlyOverdue;
use crate::report::filter::TextMatch;
use crate::report::head::JournalHead;
use crate::report::log::Marks;
use crate::terms::Event;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::State;
use crate::workspace;
use crate::workspace::Places;
use crate::workspace::journals;
use crate::workspace::journals::StrayWhy;
use crate::workspace::search;
use crate::workspace::search::Search;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
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
    let day = as_of.and_then(plain_day).unwrap_or(ctx.today);
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
    Ok(Workspace {
        folder_findings: strays.chain(torn).collect(),
        plan_name: found.shown,
        plan,
        plan_findings,
        files,
        places,
    })
}

/// Opens a workspace for a command that needs a plan without errors.
pub(super) fn open(ctx: &Ctx, view: &ViewArgs) -> Result<Opened> {
    let mut opened = match view.known_at.as_deref().map(known_at) {
        None => sound(ctx, view.as_of.as_deref())?,
        Some(KnownAt::Instant(instant)) => {
            let mut opened = sound(ctx, view.as_of.as_deref())?;
            opened.known = Known::Until(instant);
            opened
        }
        Some(KnownAt::Seal(typed)) => {
            let workspace = workspace(ctx, view.as_of.as_deref())?;
            seals::open(ctx, workspace, &typed)?
        }
    };
    opened.day = as_of(ctx, &opened.plan, view.as_of.as_deref())?;
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
    opened.day = as_of(ctx, &opened.plan, view.as_of.as_deref())?;
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

/// Reads a date, or the last calendar day of a period.
fn plain_day(text: &str) -> Option<Day> {
    let text = names::fold(text);
    Day::parse(&text).or_else(|| Period::parse(&text).map(|period| period.window().end))
}

/// Returns the as-of day: a date, the last day of a period, `last`, or today.
pub(super) fn as_of(ctx: &Ctx, plan: &Plan, typed: Option<&str>) -> Result<Day> {
    match typed {
        None => Ok(ctx.today),
        Some("last") => {
            let at = last_period(ctx, plan)?;
            Ok(plan.reporting_periods()[at].window.end)
        }
        Some(typed) => plain_day(typed).ok_or_else(|| {
            Failure::usage(failures::no_day_or_period(typed)).help(failures::day_forms())
        }),
    }
}

/// Returns the place of the last reporting period that has ended by today.
fn last_period(ctx: &Ctx, plan: &Plan) -> Result<usize> {
    plan.reporting_periods()
        .iter()
        .rposition(|period| period.window.end <= ctx.today)
        .ok_or_else(|| Failure::usage(failures::no_last_period(ctx.today)))
}

/// Returns the place of a reporting period that was typed: `2013-06` or `last`.
pub(super) fn reporting_period(ctx: &Ctx, plan: &Plan, typed: &str) -> Result<usize> {
    let typed = names::fold(typed);
    if typed == "last" {
        return last_period(ctx, plan);
    }
    let periods = plan.reporting_periods();
    let found = Period::parse(&typed)
        .and_then(|wanted| periods.iter().position(|period| period.period == wanted));
    found.ok_or_else(|| {
        let failure = Failure::usage(failures::no_reporting_period(&typed));
        match (periods.first(), periods.last()) {
            (Some(first), Some(last)) => {
                failure.help(failures::reporting_periods(first.period, last.period))
            }
            _ => failure.help(failures::nobody_reports()),
        }
    })
}

/// What `--known-at` names.
enum KnownAt {
    Instant(Instant),
    Seal(String),
}

/// Tells an instant from the name of a seal.
fn known_at(typed: &str) -> KnownAt {
    match Instant::parse(&names::fold(typed)) {
        Some(instant) => KnownAt::Instant(instant),
        None => KnownAt::Seal(typed.to_owned()),
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

/// Everything that a report looks at, gathered: the chart's plan must outlive it.
pub(super) struct Gathered<'g> {
    opened: &'g Opened,
    chart: &'g Chart<'g>,
    /// What the journal says.
    pub(super) scan: Scan,
    /// What it came to on the days asked for.
    pub(super) ledger: Ledger<'g>,
    filter: Filter,
    head: JournalHead,
}

impl Opened {
    /// Scans and folds for the as-of day and some more days, and reads the filters.
    pub(super) fn gather<'g>(
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
    pub(super) fn gather_silently<'g>(
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
    pub(super) fn gather_whatever<'g>(
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

    /// Reads the filters.
    fn filter(&self, ctx: &Ctx, chart: &Chart<'_>, args: &ViewArgs, scan: &Scan) -> Result<Filter> {
        let plan = &self.plan;
        let certainty = ctx.certainty();
        let mut units = Vec::new();
        if !args.unit.is_empty() {
            units.push(each(&args.unit, |typed| {
                names::unit(plan, typed, certainty)
            })?);
        }
        if !args.group.is_empty() {
            let groups = each(&args.group, |typed| names::group(plan, typed, certainty))?;
            let members = groups
                .iter()
                .map(|group| &plan.groups[group.position()].members);
            units.push(members.flatten().copied().collect());
        }
        if !args.kind_of_unit.is_empty() {
            units.push(units_of_kind(plan, &args.kind_of_unit)?);
        }
        let units = units.into_iter().map(BTreeSet::from_iter).collect();
        Ok(Filter {
            units,
            chapters: each(&args.chapter, |typed| {
                names::chapter(plan, typed, certainty)
            })?,
            measures: each(&args.measure, |typed| {
                names::measure(plan, typed, certainty)
            })?,
            items: each(&args.item, |typed| names::item(plan, typed))?,
            kinds: each(&args.kind, |typed| {
                word(typed, Kind::ALL, Kind::code, crate::lang::terms::kind)
            })?,
            states: each(&args.state, |typed| {
                word(typed, State::ALL, State::code, crate::lang::terms::state)
            })?,
            lights: each(&args.light, |typed| {
                word(typed, Light::ALL, Light::code, crate::lang::terms::light)
            })?,
            overdue: match args.overdue {
                true => OnlyOverdue::Yes,
                false => OnlyOverdue::No,
            },
            due_within: args.due_within,
            text: match &args.text {
                Some(text) => Some(self.text_match(chart, scan, text)?),
                None => None,
            },
        })
    }

    /// Finds a text in titles, notes and refs, without regard to case and width.
    fn text_match(&self, chart: &Chart<'_>, scan: &Scan, text: &str) -> Result<TextMatch> {
        let wanted = names::fold(text).to_lowercase();
        let holds = |text: &str| names::fold(text).to_lowercase().contains(&wanted);
        let items = (0..self.plan.items.len())
            .map(ItemIx::at)
            .filter(|item| holds(&self.plan.item(*item).title));
        let in_force = |writer: &str, line: u32, record: &Record<'_>| {
            record.date <= self.day
                && !scan.is_void_of(writer, line)
                && (holds(&record.fields.values[10]) || holds(&record.fields.values[12]))
        };
        let entries = self.entries(&in_force)?;
        let obligations = entries
            .iter()
            .filter_map(|entry| chart.of(entry.item(), entry.unit(), entry.period()));
        Ok(TextMatch {
            items: items.collect(),
            obligations: obligations.collect(),
        })
    }
}

impl<'g> Gathered<'g> {
    /// Returns what a report looks at.
    pub(super) fn view(&'g self) -> View<'g> {
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
    pub(super) fn counted(&self) -> Vec<Posting> {
        let refused: BTreeSet<(WriterIx, u32)> = self
            .ledger
            .refused
            .iter()
            .map(|refused| (refused.posting.writer, refused.posting.line))
            .collect();
        let is_counted = |posting: &&Posting| {
            posting.day <= self.opened.day && !refused.contains(&(posting.writer, posting.line))
        };
        self.scan
            .postings
            .iter()
            .filter(is_counted)
            .copied()
            .collect()
    }

    /// Returns how many findings the journal has.
    pub(super) fn findings(&self) -> usize {
        self.opened.count_findings(&self.scan, &self.ledger)
    }

    /// Returns what became of entries: voided, skipped.
    pub(super) fn marks(&self) -> Marks {
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

/// Returns every finding about the journal, its chains checked.
pub(super) fn journal_findings(
    ctx: &Ctx,
    workspace: &Workspace,
    plan: &Plan,
) -> Result<Vec<Finding>> {
    let chart = Chart::new(plan);
    let scan = scan_files(ctx, &workspace.files, &chart, &Known::All, ChainCheck::Ids)?;
    let ledger = Ledger::post(&chart, &scan.postings, &[Day::LAST]);
    let refused: BTreeMap<(WriterIx, u32), Refused> = ledger
        .refused
        .iter()
        .map(|refused| ((refused.posting.writer, refused.posting.line), *refused))
        .collect();
    let place_of = |writer: &str, line: u32| {
        let writer = scan.writer(writer)?;
        refused.get(&(writer, line))
    };
    let entries = texts::entries(
        &workspace.files,
        &plan.id,
        &Known::All,
        &|writer, line, _| place_of(writer, line).is_some(),
    )
    .map_err(|error| journal_unreadable(&workspace.files, error))?;
    let skipped = entries.iter().filter_map(|entry| {
        let refused = place_of(&entry.writer, entry.line)?;
        Some(refusal(&chart, refused, entry.place_of_field(3)))
    });
    let mut found = scan.findings.clone();
    found.extend(skipped);
    found.extend(since_last_seal(workspace, plan, &scan));
    let is_refused = |writer: WriterIx, line: u32| refused.contains_key(&(writer, line));
    found.extend(hollow::findings(workspace, &chart, &scan, &is_refused)?);
    Ok(found)
}

/// Compares the plan with the copy that the last seal kept.
fn since_last_seal(workspace: &Workspace, plan: &Plan, scan: &Scan) -> Vec<Finding> {
    let holding = seal::holding(&scan.seals);
    let Some(last) = holding.into_iter().max_by_key(|seal| seal.recorded_at) else {
        return Vec::new();
    };
    // A copy that is lost is a finding of `verify`; there is nothing to compare with.
    let Ok(kept) = seals::kept_plan(workspace, last) else {
        return Vec::new();
    };
    let place = |line: u64| Place {
        line,
        ..Place::file(&workspace.plan_name)
    };
    compare::changes(&kept, plan)
        .iter()
        .filter_map(|change| plan_finding::since_seal(place(change.line), change, last.period))
        .collect()
}

/// Returns the finding about an entry that is skipped where it falls.
fn refusal(chart: &Chart<'_>, refused: &Refused, place: Place) -> Finding {
    let event = refused.posting.event;
    match refused.why {
        Refusal::Kind => {
            let kind = chart.obligation(refused.posting.obligation).kind;
            journal_finding::not_for_kind(place, event, kind)
        }
        Refusal::State(state) => journal_finding::not_allowed(place, event, state),
        Refusal::NotLater(due) => journal_finding::not_later(place, due),
    }
}

/// Returns what is wrong with the files that entries name as evidence.
pub(super) fn evidence_findings(workspace: &Workspace, plan: &Plan) -> Result<Vec<Finding>> {
    let has_evidence = |_: &str, _: u32, record: &Record<'_>| !record.fields.values[11].is_empty();
    let entries = texts::entries(&workspace.files, &plan.id, &Known::All, &has_evidence)
        .map_err(|error| journal_unreadable(&workspace.files, error))?;
    let mut found = Vec::new();
    for entry in &entries {
        for problem in evidence::check(&workspace.places.evidence, entry.evidence()) {
            let (place, path) = (entry.place_of_field(11), problem.path.as_str());
            let sealed = match entry.event {
                Some(Event::Seal) => Period::parse(entry.value()),
                _ => None,
            };
            found.extend(match (problem.what, sealed) {
                // The scan has reported it already.
                (Wrong::BadlyWritten, _) => None,
                (_, Some(period)) => Some(journal_finding::seal_plan(place, period, path)),
                (Wrong::Missing | Wrong::Unreadable, None) => {
                    Some(journal_finding::evidence_missing(place, path))
                }
                (Wrong::Changed, None) => Some(journal_finding::evidence_changed(place, path)),
                (Wrong::Outside, None) => Some(journal_finding::evidence_outside(place, path)),
                (Wrong::NotAFile, None) => Some(journal_finding::evidence_symlink(place, path)),
            });
        }
    }
    Ok(found)
}

/// Reports files that no longer hold the last record which this desk acknowledged.
pub(super) fn older_than_acknowledged(
    ctx: &Ctx,
    workspace: &Workspace,
    plan: &Plan,
) -> Result<Vec<Finding>> {
    let Some(homes) = &ctx.homes else {
        return Ok(Vec::new());
    };
    let folder = workspace.places.journal.folder();
    let mut found = Vec::new();
    for file in &workspace.files {
        let Some(writer) = Writer::parse(&file.writer) else {
            continue;
        };
        let acknowledged = Acknowledged::of(&homes.state, folder, &plan.id, &writer);
        let Some(last) = acknowledged.last() else {
            continue;
        };
        let is_last = |of: &str, _: u32, record: &Record<'_>| {
            *of == *file.writer && record.seq == last.seq && record.id == last.id
        };
        let there = texts::entries(&workspace.files, &plan.id, &Known::All, &is_last)
            .map_err(|error| journal_unreadable(&workspace.files, error))?;
        if there.is_empty() {
            let name = format!("{}:{}", file.writer, last.seq);
            found.push(journal_finding::older(Place::file(&file.name), &name));
        }
    }
    Ok(found)
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

fn each<T>(typed: &[String], read: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    typed.iter().map(|typed| read(typed)).collect()
}

fn units_of_kind(plan: &Plan, kinds: &[String]) -> Result<Vec<UnitIx>> {
    let known: BTreeSet<&str> = plan
        .units
        .iter()
        .filter_map(|unit| unit.kind.as_deref())
        .collect();
    for typed in kinds {
        if !known.contains(typed.as_str()) {
            let all: Vec<&str> = known.iter().copied().collect();
            return Err(Failure::usage(failures::no_kind_of_unit(typed))
                .help(failures::one_of(all.join(", "))));
        }
    }
    let is_asked = |at: &UnitIx| {
        let kind = plan.unit(*at).kind.as_deref();
        kind.is_some_and(|kind| kinds.iter().any(|typed| typed == kind))
    };
    Ok((0..plan.units.len())
        .map(UnitIx::at)
        .filter(is_asked)
        .collect())
}

/// Reads a word of a closed vocabulary: its code, or its word in either language.
pub(super) fn word<T: Copy>(
    typed: &str,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    words: impl Fn(T) -> crate::lang::Word,
) -> Result<T> {
    let wanted = names::fold(typed);
    let is_meant = |of: &&T| {
        let said = words(**of);
        code(**of) == wanted || said.zh == wanted || said.en == wanted
    };
    all.iter().find(is_meant).copied().ok_or_else(|| {
        let codes: Vec<&str> = all.iter().map(|of| code(*of)).collect();
        Failure::usage(failures::no_word(&wanted)).help(
            match names::nearest(&wanted, codes.iter().copied()) {
                Some(nearest) => failures::did_you_mean(nearest),
                None => failures::one_of(codes.join(", ")),
            },
        )
    })
}
