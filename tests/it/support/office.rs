//! A plan and its journal in memory, read through the same rooms as the commands read files.
//!
//! Units are `yjb` (the supervisor), `czj`, `jyj` and `chikan`; the plan runs through 2013 unless a
//! test says otherwise. Values are asserted where a user's script meets them: in the json.

use duban::calendar::Day;
use duban::calendar::Instant;
use duban::calendar::Period;
use duban::finding;
use duban::finding::Finding;
use duban::finding::Severity;
use duban::journal::Head;
use duban::journal::Id;
use duban::journal::Known;
use duban::journal::chain;
use duban::journal::line;
use duban::journal::scan;
use duban::journal::scan::ChainCheck;
use duban::journal::scan::Content;
use duban::journal::scan::JournalFile;
use duban::journal::scan::Scan;
use duban::lang::Lang;
use duban::ledger::Ledger;
use duban::plan::Plan;
use duban::plan::chart::Chart;
use duban::plan::source;
use duban::render;
use duban::render::Bom;
use duban::render::Colour;
use duban::render::Format;
use duban::render::Look;
use duban::report::View;
use duban::report::filter::Filter;
use duban::report::head::JournalHead;
use duban::report::list;
use duban::report::missing;
use duban::report::status;
use duban::table::Table;
use duban::terms::By;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

const PLAN_ID: &str = "case";

/// Where a filter comes from: it needs the numbers of the plan's parts.
type FilterOf = fn(&Plan) -> Filter;

/// A plan and a journal that grow by what a test says.
#[derive(Clone)]
pub(crate) struct Office {
    head: String,
    period: (String, String),
    register: String,
    body: String,
    files: BTreeMap<String, File>,
    pen: Pen,
    known: Known,
    filter: FilterOf,
}

/// The journal file of one writer.
#[derive(Clone, Default)]
struct File {
    bytes: Vec<u8>,
    seq: u64,
    above: Option<Id>,
    /// What each number stands for: its id, item, unit and period.
    written: BTreeMap<u64, (String, String)>,
}

/// How the next line is written.
#[derive(Clone)]
struct Pen {
    writer: String,
    recorded_at: Option<String>,
    acting: String,
}

impl Office {
    /// Begins with a plan without items and a journal without lines.
    pub(crate) fn new() -> Office {
        let units = [
            ("yjb", "市应急办"),
            ("czj", "市财政局"),
            ("jyj", "市教育局"),
            ("chikan", "赤坎区"),
        ];
        let register = units
            .iter()
            .map(|(id, name)| format!("[[unit]]\nid = '{id}'\nname = '{name}'\n"))
            .collect();
        Office {
            head: String::new(),
            period: ("2013-01-01".to_owned(), "2013-12-31".to_owned()),
            register,
            body: "[[chapter]]\nid = '1'\ntitle = '保障'\n\
                   [[measure]]\nid = '1.1'\nchapter = '1'\ntitle = '经费'\n"
                .to_owned(),
            files: BTreeMap::new(),
            pen: Pen {
                writer: "li".to_owned(),
                recorded_at: None,
                acting: "yjb".to_owned(),
            },
            known: Known::All,
            filter: |_| Filter::default(),
        }
    }

    /// One item `1.1.1` of kind once, led by `czj`, from 1 January to 30 June.
    pub(crate) fn once() -> Office {
        Office::new().item("1.1.1", "kind = 'once'\nlead = ['czj']\ndue = 2013-06-30")
    }

    /// One item `1.1.1` of kind continuing, led by `czj`, with a report owed every month.
    pub(crate) fn continuing() -> Office {
        Office::new()
            .reporting("cycle = 'month'")
            .item("1.1.1", "kind = 'continuing'\nlead = ['czj']")
    }

    /// Sets the days of the plan.
    pub(crate) fn lasting(mut self, start: &str, end: &str) -> Office {
        self.period = (start.to_owned(), end.to_owned());
        self
    }

    /// Sets the day the plan was issued.
    pub(crate) fn issued(mut self, day: &str) -> Office {
        self.head.insert_str(0, &format!("issued = {day}\n"));
        self
    }

    /// Adds `[reporting]`.
    pub(crate) fn reporting(mut self, keys: &str) -> Office {
        self.head.push_str(&format!("[reporting]\n{keys}\n"));
        self
    }

    /// Adds `[lights]`.
    pub(crate) fn lights(mut self, keys: &str) -> Office {
        self.head.push_str(&format!("[lights]\n{keys}\n"));
        self
    }

    /// Adds keys to the unit added last.
    pub(crate) fn unit_keys(mut self, keys: &str) -> Office {
        self.register.push_str(&format!("{keys}\n"));
        self
    }

    /// Adds a group; `members` as they stand between the brackets.
    pub(crate) fn group(mut self, id: &str, members: &str) -> Office {
        self.register.push_str(&format!(
            "[[group]]\nid = '{id}'\nname = '{id}组'\nmembers = [{members}]\n"
        ));
        self
    }

    /// Adds a chapter with one measure; the items that follow stand in it.
    pub(crate) fn chapter(mut self, chapter: &str, measure: &str) -> Office {
        self.body.push_str(&format!(
            "[[chapter]]\nid = '{chapter}'\ntitle = '第{chapter}章'\n\
             [[measure]]\nid = '{measure}'\nchapter = '{chapter}'\ntitle = '措施{measure}'\n"
        ));
        self
    }

    /// Adds an item to the measure added last.
    pub(crate) fn item(mut self, id: &str, keys: &str) -> Office {
        self.body.push_str(&format!(
            "[[measure.item]]\nid = '{id}'\ntitle = '第{id}项'\n{keys}\n"
        ));
        self
    }

    /// Lets another writer write from here on.
    pub(crate) fn by(mut self, writer: &str) -> Office {
        self.pen.writer = writer.to_owned();
        self
    }

    /// Lets another unit act from here on.
    pub(crate) fn acting(mut self, unit: &str) -> Office {
        self.pen.acting = unit.to_owned();
        self
    }

    /// Sets when the lines from here on are recorded; until then, at nine on their own day.
    pub(crate) fn at(mut self, instant: &str) -> Office {
        self.pen.recorded_at = Some(instant.to_owned());
        self
    }

    /// Appends an entry about an obligation, written `1.1.1@czj` or `1.1.1@czj#2013-06`.
    pub(crate) fn on(self, date: &str, event: &str, obligation: &str, value: &str) -> Office {
        self.entry(date, event, obligation, value, "")
    }

    /// Appends an entry with references to evidence.
    pub(crate) fn entry(
        self,
        date: &str,
        event: &str,
        obligation: &str,
        value: &str,
        evidence: &str,
    ) -> Office {
        let seq = self.files.get(&self.pen.writer).map_or(0, |file| file.seq) + 1;
        self.numbered(&seq.to_string(), [date, event, obligation, value, evidence])
    }

    /// Appends an entry with a number of the test's choice.
    pub(crate) fn numbered(
        mut self,
        seq: &str,
        [date, event, obligation, value, evidence]: [&str; 5],
    ) -> Office {
        let (name, period) = obligation.split_once('#').unwrap_or((obligation, ""));
        let (item, unit) = name.split_once('@').unwrap_or((name, ""));
        let recorded_at = self
            .pen
            .recorded_at
            .clone()
            .unwrap_or_else(|| format!("{date}T09:00:00+08:00"));
        let acting = &self.pen.acting;
        let body = line::body(&[
            seq,
            &recorded_at,
            date,
            event,
            item,
            unit,
            period,
            value,
            acting,
            "经办人",
            "文号",
            evidence,
            "说明",
        ]);
        let file = self.file();
        let id = chain::next(file.above.expect("a file begins with its chain"), &body);
        file.seq = seq.parse().unwrap_or(file.seq);
        file.above = Some(id);
        file.written
            .insert(file.seq, (id.to_string(), obligation.to_owned()));
        file.bytes
            .extend_from_slice(format!("{body},{id}\n").as_bytes());
        self
    }

    /// Appends a retract of an entry, named `li:3`; it repeats the entry's obligation.
    pub(crate) fn retract(self, date: &str, entry: &str) -> Office {
        let (id, obligation) = self.written(entry);
        self.on(date, "retract", &obligation, &id)
    }

    /// Appends a line as it is, without its end.
    pub(crate) fn raw(self, line: &str) -> Office {
        self.bytes(format!("{line}\n").as_bytes())
    }

    /// Appends bytes as they are.
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Office {
        self.file().bytes.extend_from_slice(bytes);
        self
    }

    /// Takes the last byte off the writer's file.
    pub(crate) fn cut_last_byte(mut self) -> Office {
        self.file().bytes.pop();
        self
    }

    /// Gives a writer a file of exactly these bytes, without header.
    pub(crate) fn file_of(mut self, writer: &str, bytes: &[u8]) -> Office {
        let file = File {
            bytes: bytes.to_vec(),
            ..File::default()
        };
        self.files.insert(writer.to_owned(), file);
        self
    }

    /// Limits what is known to what was recorded up to an instant.
    pub(crate) fn known_at(mut self, instant: &str) -> Office {
        let instant = Instant::parse(instant).expect("a test writes instants that exist");
        self.known = Known::Until(instant);
        self
    }

    /// Limits what is known to what stands under these heads, named `li:3`.
    pub(crate) fn under(mut self, heads: &[&str]) -> Office {
        let head = |entry: &&str| {
            let (writer, seq) = entry.split_once(':').expect("a head is `writer:seq`");
            let id = Id::parse(self.written(entry).0.as_bytes()).expect("an id was written");
            let seq = seq.parse().expect("a number");
            (writer.to_owned(), Head { seq, id })
        };
        self.known = Known::Heads(heads.iter().map(head).collect());
        self
    }

    /// Asks for some obligations only.
    pub(crate) fn only(mut self, filter: FilterOf) -> Office {
        self.filter = filter;
        self
    }

    fn file(&mut self) -> &mut File {
        let writer = self.pen.writer.clone();
        self.files.entry(writer).or_insert_with_key(|writer| File {
            bytes: [line::BOM, line::HEADER.as_bytes(), b"\n"].concat(),
            above: Some(chain::start(PLAN_ID, writer)),
            ..File::default()
        })
    }

    /// Returns the id and the obligation of an entry, named `li:3`.
    fn written(&self, entry: &str) -> (String, String) {
        let (writer, seq) = entry.split_once(':').expect("an entry is `writer:seq`");
        let seq: u64 = seq.parse().expect("a number");
        self.files[writer].written[&seq].clone()
    }

    /// Returns the id of an entry, named `li:3`.
    pub(crate) fn id(&self, entry: &str) -> String {
        self.written(entry).0
    }

    /// Returns the text of the plan.
    pub(crate) fn text(&self) -> String {
        let (start, end) = &self.period;
        let Office {
            head,
            register,
            body,
            ..
        } = self;
        format!(
            "schema = 1\n[plan]\nid = '{PLAN_ID}'\ntitle = '应急管理工作计划'\n\
             period = {{ start = {start}, end = {end} }}\nsupervisor = 'yjb'\n\
             {head}{register}{body}"
        )
    }

    /// Returns the codes of what is wrong in the plan so that no figure can be made.
    pub(crate) fn plan_errors(&self) -> Vec<&'static str> {
        let (_, findings) = source::read("plans/case.toml", &self.text());
        codes(&findings, &[Severity::Error])
    }

    /// Returns the plan.
    #[track_caller]
    pub(crate) fn plan(&self) -> Plan {
        let (plan, findings) = source::read("plans/case.toml", &self.text());
        let errors = finding::count(&findings, Severity::Error);
        assert_eq!(errors, 0, "{findings:#?}\n{}", self.text());
        plan.expect("a plan without errors is whole")
    }

    /// Returns the files of the journal.
    pub(crate) fn journal(&self) -> Vec<JournalFile> {
        let file = |(writer, file): (&String, &File)| JournalFile {
            name: Rc::from(format!("{writer}.csv")),
            writer: Rc::from(writer.as_str()),
            content: Content::Bytes(Arc::from(file.bytes.as_slice())),
        };
        self.files.iter().map(file).collect()
    }

    /// Reads the journal, its chains computed again.
    #[track_caller]
    pub(crate) fn scan(&self) -> Scan {
        self.scan_files(&self.journal())
    }

    /// Reads these files instead of the journal.
    #[track_caller]
    pub(crate) fn scan_files(&self, files: &[JournalFile]) -> Scan {
        let plan = self.plan();
        let chart = Chart::new(&plan);
        scan::scan(files, &chart, &self.known, ChainCheck::Ids, Day::LAST)
            .expect("bytes in memory can be read")
    }

    /// Returns the codes of what is wrong in the journal.
    #[track_caller]
    pub(crate) fn findings(&self) -> Vec<&'static str> {
        use Severity as S;
        codes(&self.scan().findings, &[S::Error, S::Warning, S::Hint])
    }

    /// Returns `status --format json`.
    #[track_caller]
    pub(crate) fn status(&self, by: By, as_of: &str) -> Value {
        self.report(as_of, |view, earlier| status::table(view, by, earlier))
    }

    /// Returns `list --format json`.
    #[track_caller]
    pub(crate) fn list(&self, as_of: &str) -> Value {
        self.report(as_of, |view, _| list::list(view))
    }

    /// Returns `missing PERIOD --format json`.
    #[track_caller]
    pub(crate) fn missing(&self, period: &str, as_of: &str) -> Value {
        self.report(as_of, |view, _| {
            let wanted = Period::parse(period).expect("a test writes periods that exist");
            let periods = view.plan().reporting_periods();
            let at = periods.iter().position(|of| of.period == wanted);
            missing::table(view, at.expect("the plan has this reporting period"))
        })
    }

    /// Makes a report of a day as the commands do, and reads its json.
    #[track_caller]
    fn report(
        &self,
        as_of: &str,
        table: impl Fn(&View<'_>, Option<duban::ledger::Book<'_>>) -> Table,
    ) -> Value {
        let day = Day::parse(as_of).expect("a test writes days that exist");
        let plan = self.plan();
        let chart = Chart::new(&plan);
        let scan = scan::scan(
            &self.journal(),
            &chart,
            &self.known,
            ChainCheck::Skip,
            Day::LAST,
        )
        .expect("bytes in memory can be read");
        let ends = plan.reporting_periods().iter().map(|of| of.window.end);
        let earlier = ends.rev().find(|end| *end < day);
        let days: Vec<Day> = earlier.into_iter().chain([day]).collect();
        let ledger = Ledger::post(&chart, &scan.postings, &days);
        let journal = JournalHead {
            entries: scan.entries,
            skipped: scan.nameless_until(day) + ledger.refused_until(day),
            unreadable: scan.unreadable,
            digest: scan.digest.clone(),
            chain: scan.chain,
            known_at: None,
        };
        let view = View {
            chart: &chart,
            book: ledger.on(day),
            filter: &(self.filter)(&plan),
            journal: &journal,
            writers: &scan.writers,
            lang: Lang::Zh,
        };
        let table = table(&view, earlier.map(|day| ledger.on(day)));
        serde_json::from_slice(&render::table(&table, Format::Json, &LOOK)).expect("json is json")
    }
}

const LOOK: Look = Look {
    width: None,
    colour: Colour::Off,
    bom: Bom::Without,
    lang: Lang::Zh,
};

fn codes(findings: &[Finding], severities: &[Severity]) -> Vec<&'static str> {
    let wanted = |finding: &&Finding| severities.contains(&finding.severity);
    let mut codes: Vec<&'static str> = findings
        .iter()
        .filter(wanted)
        .map(|finding| finding.code)
        .collect();
    codes.sort_unstable();
    codes
}
