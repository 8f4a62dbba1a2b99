//! One unit, measure, item, obligation or entry, with its history.

use crate::document::Block;
use crate::document::Document;
use crate::journal::Entry;
use crate::lang::Word;
use crate::lang::papers;
use crate::lang::papers::column as title;
use crate::lang::papers::show as say;
use crate::lang::terms;
use crate::plan::Item;
use crate::plan::ItemIx;
use crate::plan::MeasureIx;
use crate::plan::Schedule;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::report::View;
use crate::report::head;
use crate::report::list;
use crate::report::log;
use crate::report::log::Marks;
use crate::report::words;
use crate::table::Datum;
use crate::table::Table;

/// What is shown.
pub enum Subject {
    /// A unit: what it leads and assists.
    Unit(UnitIx),
    /// A measure: its items.
    Measure(MeasureIx),
    /// An item: its obligations.
    Item(ItemIx),
    /// One obligation.
    Obligation(ObligationIx),
    /// One entry.
    Entry(Box<Entry>),
}

impl Subject {
    /// Tells whether this is the entry that is shown.
    pub fn is_entry(&self, entry: &Entry) -> bool {
        match self {
            Subject::Entry(of) => of.writer == entry.writer && of.line == entry.line,
            Subject::Unit(_) | Subject::Measure(_) | Subject::Item(_) | Subject::Obligation(_) => {
                false
            }
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Subject::Unit(_) => "unit",
            Subject::Measure(_) => "measure",
            Subject::Item(_) => "item",
            Subject::Obligation(_) => "obligation",
            Subject::Entry(_) => "entry",
        }
    }
}

/// Tells whether the readers may see a subject at all.
pub fn is_shown(view: &View<'_>, subject: &Subject) -> bool {
    let shows = |at: ObligationIx| {
        let obligation = view.chart.obligation(at);
        view.filter.shows_item(obligation.item) && view.filter.shows_unit(obligation.unit)
    };
    match subject {
        Subject::Unit(unit) => view.filter.shows_unit(*unit),
        Subject::Measure(_) => true,
        Subject::Item(item) => view.filter.shows_item(*item),
        Subject::Obligation(at) => shows(*at),
        Subject::Entry(entry) => !log::is_withheld(view, entry),
    }
}

/// Returns the obligations whose state and history belong to a subject, in the order of the plan.
pub fn obligations(view: &View<'_>, subject: &Subject) -> Vec<ObligationIx> {
    let chart = view.chart;
    let belongs = |at: &ObligationIx| {
        let obligation = chart.obligation(*at);
        match subject {
            Subject::Unit(unit) => obligation.unit == *unit,
            Subject::Measure(measure) => view.plan().item(obligation.item).measure == *measure,
            Subject::Item(item) => obligation.item == *item,
            Subject::Obligation(of) => at == of,
            Subject::Entry(entry) => {
                chart.of(entry.item(), entry.unit(), entry.period()) == Some(*at)
            }
        }
    };
    let mut found = view.obligations();
    found.retain(belongs);
    found
}

/// Makes the document.
pub fn document(view: &View<'_>, subject: &Subject, entries: &[Entry], marks: &Marks) -> Document {
    let obligations = obligations(view, subject);
    let (heading, facts) = describe(view, subject);
    let mut blocks = vec![Block::Facts(facts)];
    if let [only] = obligations.as_slice() {
        blocks.push(Block::Facts(standing(view, *only)));
    } else if !obligations.is_empty() {
        let table = list::some(view, &obligations, say::OBLIGATIONS);
        blocks.push(Block::Table(bare(table)));
    }
    if let Subject::Unit(unit) = subject {
        blocks.extend(assists(view, *unit));
    }
    let history = log::of_entries(view, entries, marks, say::HISTORY);
    if !history.rows.is_empty() {
        blocks.push(Block::Table(bare(history)));
    }
    blocks.extend(head::closing(view).into_iter().map(Block::Paragraph));
    Document {
        title: heading,
        blocks,
        data: data(view, subject, &obligations, entries, marks),
        lang: view.lang.code(),
    }
}

/// Drops what the document says once for all its tables.
fn bare(table: Table) -> Table {
    Table {
        subtitle: Vec::new(),
        notes: Vec::new(),
        ..table
    }
}

fn data(
    view: &View<'_>,
    subject: &Subject,
    obligations: &[ObligationIx],
    entries: &[Entry],
    marks: &Marks,
) -> Vec<(&'static str, Datum)> {
    let mut data = head::data("duban/show@1", view);
    data.push(("kind", subject.code().into()));
    data.push(("id", id(view, subject).into()));
    let list = list::some(view, obligations, say::OBLIGATIONS);
    let log = log::of_entries(view, entries, marks, say::HISTORY);
    data.push(("obligations", list.rows_as_data()));
    data.push(("entries", log.rows_as_data()));
    data
}

fn id(view: &View<'_>, subject: &Subject) -> String {
    let plan = view.plan();
    match subject {
        Subject::Unit(unit) => plan.unit(*unit).id.clone(),
        Subject::Measure(measure) => plan.measures[measure.position()].id.clone(),
        Subject::Item(item) => plan.item(*item).id.clone(),
        Subject::Obligation(at) => view.chart.name(*at),
        Subject::Entry(entry) => match view.filter.withheld() {
            None => entry.name(),
            Some(_) => entry.id.to_string(),
        },
    }
}

/// A name and what it stands for.
type Fact = (String, String);

fn describe(view: &View<'_>, subject: &Subject) -> (String, Vec<Fact>) {
    match subject {
        Subject::Unit(unit) => describe_unit(view, *unit),
        Subject::Measure(measure) => describe_measure(view, *measure),
        Subject::Item(item) => describe_item(view, *item),
        Subject::Obligation(at) => {
            let obligation = view.chart.obligation(*at);
            let (_, mut facts) = describe_item(view, obligation.item);
            let unit = &view.plan().unit(obligation.unit).name;
            facts.insert(0, fact(view, title::UNIT, unit));
            let item = &view.plan().item(obligation.item).title;
            (format!("{} {item}", view.chart.name(*at)), facts)
        }
        Subject::Entry(entry) => describe_entry(view, entry),
    }
}

fn fact(view: &View<'_>, name: Word, text: &str) -> Fact {
    (name.text(view.lang).to_owned(), text.to_owned())
}

fn facts<'f>(view: &View<'_>, all: impl IntoIterator<Item = (Word, Option<&'f str>)>) -> Vec<Fact> {
    all.into_iter()
        .filter_map(|(name, text)| Some(fact(view, name, text.filter(|text| !text.is_empty())?)))
        .collect()
}

fn describe_unit(view: &View<'_>, at: UnitIx) -> (String, Vec<Fact>) {
    let plan = view.plan();
    let unit = plan.unit(at);
    let groups = plan
        .groups
        .iter()
        .filter(|group| group.members.contains(&at))
        .map(|group| group.name.as_str());
    let groups: Vec<&str> = groups.collect();
    let separator = papers::ENUMERATION.text(view.lang);
    let days = |day: Option<crate::calendar::Day>| day.map(|day| day.to_string());
    let successor = unit.successor.map(|unit| words::unit(view, unit));
    let facts = facts(
        view,
        [
            (title::UNIT_ID, Some(unit.id.as_str())),
            (say::ALIASES, Some(unit.aliases.join(separator).as_str())),
            (say::KIND_OF_UNIT, unit.kind.as_deref()),
            (say::GROUPS, Some(groups.join(separator).as_str())),
            (say::FROM, days(unit.from).as_deref()),
            (say::TO, days(unit.to).as_deref()),
            (say::SUCCESSOR, successor),
        ],
    );
    (unit.name.clone(), facts)
}

fn describe_measure(view: &View<'_>, at: MeasureIx) -> (String, Vec<Fact>) {
    let plan = view.plan();
    let measure = &plan.measures[at.position()];
    let chapter = &plan.chapters[measure.chapter.position()];
    let facts = facts(
        view,
        [
            (title::CHAPTER, Some(chapter.title.as_str())),
            (title::BASIS, measure.basis.as_deref()),
            (say::PARENT, measure.parent.as_deref()),
        ],
    );
    (format!("{} {}", measure.id, measure.title), facts)
}

fn describe_item(view: &View<'_>, at: ItemIx) -> (String, Vec<Fact>) {
    let plan = view.plan();
    let item = plan.item(at);
    let measure = plan.measure_of(at);
    let separator = papers::ENUMERATION.text(view.lang);
    let names = |units: &[UnitIx]| {
        let shown = units.iter().filter(|unit| view.filter.shows_unit(**unit));
        let mut names: Vec<String> = shown.map(|unit| plan.unit(*unit).name.clone()).collect();
        let internal = units.len() - names.len();
        if internal > 0 {
            names.push(papers::internal_units(internal).into_text(view.lang));
        }
        names.join(separator)
    };
    let lead = match item.lead.is_empty() {
        true => say::NO_LEAD.text(view.lang).to_owned(),
        false => names(&item.lead),
    };
    let target = item
        .target
        .as_ref()
        .map(|target| format!("{}{}", target.amount, target.unit));
    let facts = facts(
        view,
        [
            (
                title::MEASURE,
                Some(format!("{} {}", measure.id, measure.title).as_str()),
            ),
            (title::BASIS, measure.basis.as_deref()),
            (title::KIND, Some(kind(view, item).as_str())),
            (say::LEAD, Some(lead.as_str())),
            (title::ASSIST, Some(names(&item.assist).as_str())),
            (
                title::OWNER,
                item.owner.map(|owner| terms::owner(owner).text(view.lang)),
            ),
            (title::START, Some(item.window.start.to_string().as_str())),
            (title::DUE, Some(item.window.end.to_string().as_str())),
            (title::TARGET, target.as_deref()),
            (title::DONE_WHEN, item.done_when.as_deref()),
            (title::FORM, item.form.as_deref()),
            (title::CARRIED_FROM, item.carried_from.as_deref()),
        ],
    );
    (format!("{} {}", item.id, item.title), facts)
}

fn kind(view: &View<'_>, item: &Item) -> String {
    let word = terms::kind(item.kind()).text(view.lang);
    match &item.kind {
        Schedule::Once | Schedule::Continuing => word.to_owned(),
        Schedule::Periodic(periods) => match periods.first() {
            Some(period) => {
                let cycle = terms::cycle(period.period.cycle()).text(view.lang);
                say::kind_and_cycle(word, cycle).into_text(view.lang)
            }
            None => word.to_owned(),
        },
    }
}

fn describe_entry(view: &View<'_>, entry: &Entry) -> (String, Vec<Fact>) {
    let event = entry.event.map_or(entry.event_text(), |event| {
        terms::event(event).text(view.lang)
    });
    let obligation = entry.obligation();
    if view.filter.withheld().is_some() {
        let facts = facts(
            view,
            [
                (title::OBLIGATION, Some(obligation.as_str())),
                (title::DATE, Some(entry.date.to_string().as_str())),
                (title::RECORDED_AT, Some(entry.recorded_at_text())),
                (title::VALUE, Some(entry.value())),
                (title::ID, Some(entry.id.to_string().as_str())),
            ],
        );
        return (format!("{event} {obligation}"), facts);
    }
    let facts = facts(
        view,
        [
            (title::PLACE, Some(entry.place().as_str())),
            (title::OBLIGATION, Some(obligation.as_str())),
            (title::DATE, Some(entry.date.to_string().as_str())),
            (title::RECORDED_AT, Some(entry.recorded_at_text())),
            (title::VALUE, Some(entry.value())),
            (title::ACTING, Some(entry.acting())),
            (title::PERSON, Some(entry.by())),
            (title::REFERENCE, Some(entry.reference())),
            (title::EVIDENCE_FILES, Some(entry.evidence())),
            (title::NOTE, Some(entry.note())),
            (title::ID, Some(entry.id.to_string().as_str())),
        ],
    );
    (format!("{} {event}", entry.name()), facts)
}

/// Returns where one obligation stands, in words.
fn standing(view: &View<'_>, at: ObligationIx) -> Vec<Fact> {
    let (account, position) = (view.book.account(at), view.book.position(at));
    let lang = view.lang;
    let reasons = words::reason_texts(&position.reasons, lang);
    let light = terms::light(position.light).text(lang);
    let light = match reasons.is_empty() {
        true => light.to_owned(),
        false => {
            say::light_because(light, reasons.join(papers::ENUMERATION.text(lang))).into_text(lang)
        }
    };
    let percent = |tenths: crate::figures::Tenths| format!("{tenths}%");
    let day = |day: Option<crate::calendar::Day>| day.map(|day| day.to_string());
    let work = position
        .work
        .map(|(worked, passed)| format!("{worked}/{passed}"));
    let due = position.days_left.map(|_| account.current_due.to_string());
    let extensions = (account.extensions > 0).then(|| account.extensions.to_string());
    facts(
        view,
        [
            (title::STATE, Some(terms::state(position.state).text(lang))),
            (title::LIGHT, Some(light.as_str())),
            (title::CURRENT_DUE, due.as_deref()),
            (title::EXTENSIONS, extensions.as_deref()),
            (say::PROGRESS, position.progress.map(percent).as_deref()),
            (
                say::TIME_PROGRESS,
                position.time_progress.map(percent).as_deref(),
            ),
            (title::CONTINUING, work.as_deref()),
            (title::ACKED_ON, day(account.acked_on).as_deref()),
            (title::SUBMITTED_ON, day(account.submitted_on).as_deref()),
            (title::CLOSED_ON, day(account.closed_on).as_deref()),
        ],
    )
}

/// Returns what a unit assists, never counted as its own.
fn assists(view: &View<'_>, unit: UnitIx) -> Vec<Block> {
    let items = (0..view.plan().items.len())
        .map(ItemIx::at)
        .filter(|at| view.filter.shows_item(*at))
        .map(|at| view.plan().item(at))
        .filter(|item| item.assist.contains(&unit))
        .map(|item| format!("{} {}", item.id, item.title));
    let items: Vec<String> = items.collect();
    match items.is_empty() {
        true => Vec::new(),
        false => vec![
            Block::Heading {
                level: 2,
                text: say::assists(items.len()).into_text(view.lang),
            },
            Block::List(items),
        ],
    }
}
