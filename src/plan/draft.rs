//! A plan that somebody is to look over: its parts with comments → the text of a plan file.
//!
//! Writes what it is given, in one order and one form; whether that is a sound plan is for
//! `plan::source` to say. Comments stand above the part that they speak of.

use crate::calendar::Day;
use crate::calendar::Window;
use crate::lang::Lang;
use crate::plan::Target;
use crate::terms::Cycle;
use crate::terms::DueIn;
use crate::terms::EvidenceRule;
use crate::terms::Level;
use crate::terms::Owner;
use crate::text;
use std::fmt::Display;

/// A plan as it is drafted. Ids of units stand as they are written, groups as `@id`.
#[derive(Clone, Debug)]
pub struct DraftPlan {
    /// Above everything.
    pub comment: Vec<String>,
    /// Its id, also the stem of its file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The number of the document that orders it.
    pub number: Option<String>,
    /// Who issues it.
    pub issuer: Option<String>,
    /// The day it was issued.
    pub issued: Option<Day>,
    /// The days it covers.
    pub period: Window,
    /// Above `supervisor`.
    pub supervisor_comment: Vec<String>,
    /// The unit that verifies.
    pub supervisor: String,
    /// Who verifies what the supervisor itself leads.
    pub own_verifier: Option<String>,
    /// The document number of the upper plan.
    pub parent_number: Option<String>,
    /// Where the upper plan lies.
    pub parent_plan: Option<String>,
    /// The language of its papers.
    pub lang: Option<Lang>,
    /// Who reports when.
    pub reporting: Option<DraftReporting>,
    /// Thresholds of the lights that are not the default: key and value as they are written.
    pub lights: Vec<(&'static str, String)>,
    /// Above the first unit.
    pub units_comment: Vec<String>,
    /// Its units.
    pub units: Vec<DraftUnit>,
    /// Its groups.
    pub groups: Vec<DraftGroup>,
    /// Its chapters.
    pub chapters: Vec<DraftChapter>,
    /// Above the first measure.
    pub measures_comment: Vec<String>,
    /// Its measures, each with its items.
    pub measures: Vec<DraftMeasure>,
}

/// The reporting discipline.
#[derive(Clone, Debug)]
pub struct DraftReporting {
    /// Above it.
    pub comment: Vec<String>,
    /// The length of a reporting period.
    pub cycle: Cycle,
    /// The day of the following month by which reports are due.
    pub due_day: Option<u32>,
}

/// A unit.
#[derive(Clone, Debug, Default)]
pub struct DraftUnit {
    /// Above it.
    pub comment: Vec<String>,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// How it is typed without an input method.
    pub pinyin: Option<String>,
    /// A free word that groups units.
    pub kind: Option<String>,
    /// The first day on which it exists.
    pub from: Option<Day>,
    /// The first day on which it no longer exists.
    pub to: Option<Day>,
    /// The unit that follows it.
    pub successor: Option<String>,
    /// Who may see it, where the file is to say so.
    pub level: Option<Level>,
}

/// A group.
#[derive(Clone, Debug, Default)]
pub struct DraftGroup {
    /// Above it.
    pub comment: Vec<String>,
    /// Its id, without `@`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Units or `@group`.
    pub members: Vec<String>,
}

/// A chapter.
#[derive(Clone, Debug, Default)]
pub struct DraftChapter {
    /// Above it.
    pub comment: Vec<String>,
    /// Its id.
    pub id: String,
    /// Its mark in the notice.
    pub label: Option<String>,
    /// Its title.
    pub title: String,
}

/// A measure.
#[derive(Clone, Debug, Default)]
pub struct DraftMeasure {
    /// Above it.
    pub comment: Vec<String>,
    /// Its id.
    pub id: String,
    /// The id of its chapter.
    pub chapter: String,
    /// Its mark in the notice.
    pub label: Option<String>,
    /// Its title.
    pub title: String,
    /// Where it is ordered.
    pub basis: Option<String>,
    /// What of the upper plan it follows.
    pub parent: Option<String>,
    /// Its items.
    pub items: Vec<DraftItem>,
}

/// An item.
#[derive(Clone, Debug, Default)]
pub struct DraftItem {
    /// Above it.
    pub comment: Vec<String>,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind, with what only that kind has.
    pub kind: DraftKind,
    /// Units or `@group`; empty: not settled.
    pub lead: Vec<String>,
    /// Units or `@group`.
    pub assist: Vec<String>,
    /// How the owners are known.
    pub owner: Option<Owner>,
    /// Its own start.
    pub start: Option<Day>,
    /// Its own due date.
    pub due: Option<Day>,
    /// The quantity that is to be reached.
    pub target: Option<Target>,
    /// The completion standard.
    pub done_when: Option<String>,
    /// Whether a submission needs a file, where the file is to say so.
    pub evidence: Option<EvidenceRule>,
    /// What form the result takes.
    pub form: Option<String>,
    /// Items of an upper plan that it carries out.
    pub covers: Vec<String>,
    /// Why an upper item is not carried on.
    pub exempt: Option<String>,
    /// The item of last year's plan that it continues.
    pub carried_from: Option<String>,
    /// Who may see it, where the file is to say so.
    pub level: Option<Level>,
}

/// The kind of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DraftKind {
    /// Done once.
    #[default]
    Once,
    /// Done once in each period.
    Periodic {
        /// The length of a period.
        every: Cycle,
        /// The day on which it is due, where the file is to say so.
        due_day: Option<u32>,
        /// In which month that day is, where the file is to say so.
        due_in: Option<DueIn>,
    },
    /// Never finished.
    Continuing,
}

/// Returns the text of the plan file, with LF.
pub fn text(plan: &DraftPlan) -> String {
    let mut page = Page::default();
    page.comment("", &plan.comment);
    page.gap();
    page.line("", "schema", "1");
    page.head(plan);
    if let Some(reporting) = &plan.reporting {
        page.table("", "[reporting]", &reporting.comment);
        page.text("", "cycle", reporting.cycle.code());
        page.value("", "due_day", reporting.due_day);
    }
    if !plan.lights.is_empty() {
        page.table("", "[lights]", &[]);
        for (key, value) in &plan.lights {
            page.line("", key, value);
        }
    }
    page.remark(&plan.units_comment);
    for unit in &plan.units {
        page.unit(unit);
    }
    for group in &plan.groups {
        page.table("", "[[group]]", &group.comment);
        page.text("", "id", &group.id);
        page.text("", "name", &group.name);
        page.line("", "members", &list(&group.members));
    }
    for chapter in &plan.chapters {
        page.table("", "[[chapter]]", &chapter.comment);
        page.text("", "id", &chapter.id);
        page.maybe("", "label", chapter.label.as_deref());
        page.text("", "title", &chapter.title);
    }
    page.remark(&plan.measures_comment);
    for measure in &plan.measures {
        page.measure(measure);
    }
    page.text
}

/// The text as far as it is written.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn push(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Leaves one line blank, unless nothing stands above.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn comment(&mut self, indent: &str, comment: &[String]) {
        for line in comment.iter().flat_map(|text| text.split('\n')) {
            let line: String = line.trim_end_matches('\r').chars().map(seen).collect();
            self.push(&format!("{indent}# {line}"));
        }
    }

    /// Writes a comment that stands by itself.
    fn remark(&mut self, comment: &[String]) {
        if !comment.is_empty() {
            self.gap();
            self.comment("", comment);
        }
    }

    fn table(&mut self, indent: &str, header: &str, comment: &[String]) {
        self.gap();
        self.comment(indent, comment);
        self.push(&format!("{indent}{header}"));
    }

    fn line(&mut self, indent: &str, key: &str, value: &str) {
        self.push(&format!("{indent}{key} = {value}"));
    }

    fn text(&mut self, indent: &str, key: &str, value: &str) {
        self.line(indent, key, &quoted(value));
    }

    fn maybe(&mut self, indent: &str, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(indent, key, value);
        }
    }

    fn value(&mut self, indent: &str, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.line(indent, key, &value.to_string());
        }
    }

    fn many(&mut self, indent: &str, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.line(indent, key, &list(values));
        }
    }

    fn head(&mut self, plan: &DraftPlan) {
        self.table("", "[plan]", &[]);
        self.text("", "id", &plan.id);
        self.text("", "title", &plan.title);
        self.maybe("", "number", plan.number.as_deref());
        self.maybe("", "issuer", plan.issuer.as_deref());
        self.value("", "issued", plan.issued);
        let Window { start, end } = plan.period;
        self.line("", "period", &format!("{{ start = {start}, end = {end} }}"));
        self.comment("", &plan.supervisor_comment);
        self.text("", "supervisor", &plan.supervisor);
        self.maybe("", "own_verifier", plan.own_verifier.as_deref());
        let parent = [("number", &plan.parent_number), ("plan", &plan.parent_plan)];
        let parent: Vec<String> = parent
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key} = {}", quoted(value.as_deref()?))))
            .collect();
        if !parent.is_empty() {
            self.line("", "parent", &format!("{{ {} }}", parent.join(", ")));
        }
        self.maybe("", "lang", plan.lang.map(Lang::code));
    }

    fn unit(&mut self, unit: &DraftUnit) {
        self.table("", "[[unit]]", &unit.comment);
        self.text("", "id", &unit.id);
        self.text("", "name", &unit.name);
        self.many("", "aliases", &unit.aliases);
        self.maybe("", "pinyin", unit.pinyin.as_deref());
        self.maybe("", "kind", unit.kind.as_deref());
        self.value("", "from", unit.from);
        self.value("", "to", unit.to);
        self.maybe("", "successor", unit.successor.as_deref());
        self.maybe("", "level", unit.level.map(Level::code));
    }

    fn measure(&mut self, measure: &DraftMeasure) {
        self.table("", "[[measure]]", &measure.comment);
        self.text("", "id", &measure.id);
        self.text("", "chapter", &measure.chapter);
        self.maybe("", "label", measure.label.as_deref());
        self.text("", "title", &measure.title);
        self.maybe("", "basis", measure.basis.as_deref());
        self.maybe("", "parent", measure.parent.as_deref());
        for item in &measure.items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &DraftItem) {
        const IN: &str = "  ";
        self.table(IN, "[[measure.item]]", &item.comment);
        self.text(IN, "id", &item.id);
        self.text(IN, "title", &item.title);
        match item.kind {
            DraftKind::Once => self.text(IN, "kind", "once"),
            DraftKind::Continuing => self.text(IN, "kind", "continuing"),
            DraftKind::Periodic {
                every,
                due_day,
                due_in,
            } => {
                self.text(IN, "kind", "periodic");
                self.text(IN, "every", every.code());
                self.value(IN, "due_day", due_day);
                self.maybe(IN, "due_in", due_in.map(DueIn::code));
            }
        }
        self.line(IN, "lead", &list(&item.lead));
        self.many(IN, "assist", &item.assist);
        self.maybe(IN, "owner", item.owner.map(Owner::code));
        self.value(IN, "start", item.start);
        self.value(IN, "due", item.due);
        if let Some(Target { amount, unit }) = &item.target {
            let target = format!("{{ amount = {amount}, unit = {} }}", quoted(unit));
            self.line(IN, "target", &target);
        }
        self.maybe(IN, "done_when", item.done_when.as_deref());
        self.maybe(IN, "evidence", item.evidence.map(EvidenceRule::code));
        self.maybe(IN, "form", item.form.as_deref());
        self.many(IN, "covers", &item.covers);
        self.maybe(IN, "exempt", item.exempt.as_deref());
        self.maybe(IN, "carried_from", item.carried_from.as_deref());
        self.maybe(IN, "level", item.level.map(Level::code));
    }
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}

/// Returns a basic string of TOML on one line, hidden characters written out.
fn quoted(value: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in value.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            sign if text::is_hidden(sign) => {
                quoted.push_str(&format!("\\U{:08X}", u32::from(sign)));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// A comment has no way to write a hidden character out.
fn seen(sign: char) -> char {
    match text::is_hidden(sign) {
        true => '\u{fffd}',
        false => sign,
    }
}
