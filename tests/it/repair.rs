//! `repair`: what programs do to journal files is undone byte for byte, and nothing is ever guessed.

use duban::journal::Id;
use duban::journal::chain;
use duban::journal::line;
use duban::journal::repair;
use duban::journal::repair::Mended;
use duban::journal::repair::Tail;
use duban::journal::repair::What;
use duban::journal::repair::Why;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

const PRACTICE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/practice");
const JOURNAL: &str = "plans/practice-2013.journal";
const WRITERS: [&str; 4] = ["chikan-desk", "depts-wang", "xuwen-desk", "yjb-li"];

/// A copy of the practice workspace.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        crate::findings::copy(Path::new(PRACTICE), &folder.path().join("practice"));
        Office { folder }
    }

    fn file(&self, writer: &str) -> PathBuf {
        let journal = self.folder.path().join("practice").join(JOURNAL);
        journal.join(format!("{writer}.csv"))
    }

    fn read(&self, writer: &str) -> Vec<u8> {
        fs::read(self.file(writer)).unwrap()
    }

    /// Puts what a program made of it in the place of a file.
    fn save(&self, writer: &str, program: impl Fn(&[u8]) -> Vec<u8>) {
        let bytes = program(&self.read(writer));
        fs::write(self.file(writer), bytes).unwrap();
    }

    fn run(&self, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(line.split(' '))
            .current_dir(self.folder.path().join("practice"))
            .env_clear()
            .env("HOME", self.folder.path().join("home"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("DUBAN_TODAY", "2013-10-31")
            .env("DUBAN_LANG", "en")
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap()
    }

    #[track_caller]
    fn check(&self, line: &str, exit: i32) -> String {
        let done = self.run(line);
        let said = String::from_utf8(done.stdout).unwrap();
        let error = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(exit), "{line}: {said}{error}");
        said
    }

    /// Runs `repair` and holds its json against the schema.
    #[track_caller]
    fn json(&self, line: &str, exit: i32) -> Value {
        let said = self.check(&format!("{line} --format json"), exit);
        let value = serde_json::from_str(&said).unwrap();
        crate::schemas::check_output("repaired", &value);
        value
    }

    /// Returns the names in the journal folder that hold a word.
    fn kept(&self, word: &str) -> Vec<String> {
        let folder = self.file("x").parent().unwrap().to_owned();
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains(word)).collect()
    }
}

fn original(writer: &str) -> Vec<u8> {
    fs::read(
        Path::new(PRACTICE)
            .join(JOURNAL)
            .join(format!("{writer}.csv")),
    )
    .unwrap()
}

fn start(writer: &str) -> Id {
    chain::start("practice-2013", writer)
}

fn text(bytes: &[u8]) -> String {
    let bare = bytes.strip_prefix(line::BOM).unwrap_or(bytes);
    String::from_utf8(bare.to_vec()).unwrap()
}

fn without_bom(bytes: &[u8]) -> Vec<u8> {
    text(bytes).into_bytes()
}

fn crlf(bytes: &[u8]) -> Vec<u8> {
    text(bytes).replace('\n', "\r\n").into_bytes()
}

fn gbk(bytes: &[u8]) -> Vec<u8> {
    let text = text(bytes).replace('\n', "\r\n");
    let (bytes, _, has_errors) = encoding_rs::GB18030.encode(&text);
    assert!(!has_errors);
    bytes.into_owned()
}

/// Writes every field between quotes.
fn quoted(bytes: &[u8]) -> Vec<u8> {
    each_record(bytes, |fields| {
        let quoted = fields
            .iter()
            .map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
        quoted.collect::<Vec<String>>().join(",")
    })
}

/// Rewrites dates and percents as a spreadsheet shows them, and ends lines with CRLF.
fn spreadsheet(bytes: &[u8]) -> Vec<u8> {
    let rewritten = each_record(bytes, |fields| {
        let mut fields = fields.to_vec();
        fields[2] = slashes(&fields[2]);
        if fields[6].len() == 7 && !fields[6].contains('Q') {
            fields[6] = slashes(&format!("{}-01", fields[6]));
        }
        if let Some(percent) = fields[7].strip_suffix('%') {
            let (whole, tenth) = percent.split_once('.').unwrap_or((percent, ""));
            let share = format!("0.{whole:0>2}{tenth}");
            fields[7] = match percent {
                "100" => "1".to_owned(),
                "0" => "0".to_owned(),
                _ => share.trim_end_matches('0').to_owned(),
            };
        } else if fields[3] == "extend" {
            fields[7] = slashes(&fields[7]);
        }
        format!("{},{}", line::body(&fields), fields[13])
    });
    text(&rewritten).replace('\n', "\r\n").into_bytes()
}

/// Writes when lines were recorded without seconds and offset.
fn without_seconds(bytes: &[u8]) -> Vec<u8> {
    each_record(bytes, |fields| {
        let mut fields = fields.to_vec();
        fields[1] = format!("{} {}", slashes(&fields[1][..10]), &fields[1][11..16]);
        format!("{},{}", line::body(&fields), fields[13])
    })
}

fn slashes(date: &str) -> String {
    let parts = date.split('-').map(|part| part.trim_start_matches('0'));
    parts.collect::<Vec<&str>>().join("/")
}

/// Sorts the records by item, as a filter button does.
fn sorted_by_item(bytes: &[u8]) -> Vec<u8> {
    let text = text(bytes);
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].sort_by_key(|line| line.split(',').nth(4));
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    [line::BOM, lines.as_bytes()].concat()
}

fn each_record(bytes: &[u8], change: impl Fn(&[String]) -> String) -> Vec<u8> {
    let text = text(bytes);
    let mut lines = text.lines();
    let mut made = format!("{}\n", lines.next().unwrap());
    for line in lines {
        let fields = line::split(line).unwrap().values;
        let fields: Vec<String> = fields.iter().map(|field| field.to_string()).collect();
        made.push_str(&format!("{}\n", change(&fields)));
    }
    [line::BOM, made.as_bytes()].concat()
}

/// Asserts that a program's save is undone in every file of the practice journal.
#[track_caller]
fn check_undone(program: Program) {
    for writer in WRITERS {
        let before = original(writer);
        let saved = program(&before);
        assert_ne!(saved, before, "{writer}");
        let mended = repair::mend(&saved, start(writer), Tail::Leave);
        assert_eq!(mended.unproved, [], "{writer}");
        assert!(mended.bytes == before, "{writer}: {:?}", mended.restored);
    }
}

fn mend(writer: &str, bytes: &[u8]) -> Mended {
    repair::mend(bytes, start(writer), Tail::Leave)
}

#[test]
fn a_lost_mark_is_put_back() {
    check_undone(without_bom);
}

#[test]
fn crlf_becomes_lf() {
    check_undone(crlf);
}

#[test]
fn gbk_becomes_utf8() {
    check_undone(gbk);
}

#[test]
fn needless_quotes_go() {
    check_undone(quoted);
}

#[test]
fn dates_and_percents_that_a_spreadsheet_rewrote_come_back() {
    check_undone(spreadsheet);
}

#[test]
fn times_that_lost_their_seconds_come_back() {
    check_undone(without_seconds);
}

#[test]
fn lines_sorted_by_another_column_come_back_in_order() {
    check_undone(sorted_by_item);
    check_undone(|bytes| gbk(&sorted_by_item(&spreadsheet(bytes).replace_crlf())));
}

/// Takes the CR out again, to stack one program on another.
trait ReplaceCrlf {
    fn replace_crlf(&self) -> Vec<u8>;
}

impl ReplaceCrlf for Vec<u8> {
    fn replace_crlf(&self) -> Vec<u8> {
        text(self).replace("\r\n", "\n").into_bytes()
    }
}

#[test]
fn a_lost_header_comes_back_where_all_else_is_proved() {
    check_undone(|bytes| text(bytes).split_once('\n').unwrap().1.as_bytes().to_vec());
    check_undone(|bytes| text(bytes).replacen("seq,", "序号,", 1).into_bytes());
}

#[test]
fn blank_lines_go_and_the_last_end_comes_back() {
    check_undone(|bytes| [bytes, b",,,,,,,,,,,,,\r\n\n"].concat());
    check_undone(|bytes| bytes[..bytes.len() - 1].to_vec());
}

#[test]
fn edited_content_stays_as_it_is_and_is_told() {
    let before = original("yjb-li");
    let edited = text(&before).replacen("10%", "90%", 1).into_bytes();
    let line = text(&edited)
        .lines()
        .position(|line| line.contains("90%"))
        .unwrap()
        + 1;
    let mended = mend("yjb-li", &crlf(&edited));
    assert_eq!(mended.unproved.len(), 1);
    assert_eq!(mended.unproved[0].line, line as u64);
    assert_eq!(mended.unproved[0].why, Why::Content);
    let kept = text(&mended.bytes);
    assert!(kept.split('\n').nth(line - 1).unwrap().ends_with('\r'));
    assert_eq!(kept.matches('\r').count(), 1);
}

#[test]
fn sorted_lines_of_which_one_was_edited_stay_where_they_are() {
    let edited = text(&original("yjb-li")).replacen("10%", "90%", 1);
    let sorted = sorted_by_item(edited.as_bytes());
    let mended = mend("yjb-li", &sorted);
    assert!(mended.bytes == sorted);
    assert!(mended.unproved.iter().any(|of| of.why == Why::Place));
}

#[test]
fn doubles_are_told_and_left() {
    let text = text(&original("yjb-li"));
    let second = text.lines().nth(2).unwrap();
    let doubled = text.replacen(second, &format!("{second}\n{second}"), 1);
    let mended = mend("yjb-li", doubled.as_bytes());
    assert_eq!(mended.unproved.len(), 1);
    assert_eq!(
        (mended.unproved[0].line, mended.unproved[0].why),
        (4, Why::Double)
    );
    assert_eq!(mended.bytes, [line::BOM, doubled.as_bytes()].concat());
}

#[test]
fn a_file_in_which_nothing_is_proved_is_not_touched() {
    let saved = crlf(&original("yjb-li"));
    let another_year = text(&saved).replace("2013-", "2012-").into_bytes();
    let mended = mend("yjb-li", &another_year);
    assert_eq!(mended.proved, 0);
    assert!(mended.bytes == another_year);
}

#[test]
fn torn_bytes_are_cut_only_when_asked_for_and_kept() {
    let office = Office::new();
    let before = office.read("yjb-li");
    office.save("yjb-li", |bytes| [bytes, b"61,2013-10-\0\0\0\0"].concat());
    let torn = office.read("yjb-li");
    let said = office.check("repair --yes", 1);
    assert!(said.contains("add `--tail`"), "{said}");
    assert!(office.read("yjb-li") == torn);
    office.json("repair --tail", 0);
    assert!(office.read("yjb-li") == torn);
    let done = office.json("repair --tail --yes", 0);
    assert_eq!(done["chain"], "intact");
    assert!(office.read("yjb-li") == before);
    let kept = office.kept(".torn-");
    let bytes = fs::read(office.file("x").with_file_name(&kept[0])).unwrap();
    assert_eq!(bytes, b"61,2013-10-\0\0\0\0");
}

#[test]
fn damaged_lines_at_the_end_are_cut_only_where_nobody_can_have_written_them() {
    let whole = original("yjb-li");
    let start = start("yjb-li");
    for left in [
        &b"\0\0\0\0,note\n"[..],
        b"61,2013-\n",
        b"\0\n\n\xff\xfe\n61,20",
    ] {
        let damaged = [&whole, left].concat();
        let mended = repair::mend(&damaged, start, Tail::Leave);
        assert!(mended.bytes == damaged);
        assert!(mended.unproved.iter().all(|of| of.why == Why::Torn));
        let mended = repair::mend(&damaged, start, Tail::Cut);
        assert!(mended.bytes == whole);
        assert_eq!(mended.cut, Some(whole.len() as u64));
    }
    // A record with another content stays: it may be an edit.
    let text = text(&whole);
    let last = text.lines().last().unwrap();
    let edited = [&whole, last.replace("2013", "2012").as_bytes(), b"\n"].concat();
    let mended = repair::mend(&edited, start, Tail::Cut);
    assert!(mended.bytes == edited);
    assert_eq!(mended.cut, None);
}

#[test]
fn it_only_looks_until_it_is_told_to_write() {
    let office = Office::new();
    office.save("depts-wang", gbk);
    let saved = office.read("depts-wang");
    let looked = office.json("repair", 0);
    assert_eq!(looked["written"], false);
    assert_eq!(looked["chain"], "broken");
    assert_eq!(looked["files"][1]["restored"][2]["what"], "encoding");
    assert!(office.read("depts-wang") == saved);
    assert_eq!(office.kept("before-repair"), [""; 0]);
}

#[test]
fn what_is_written_is_the_original_and_the_old_file_is_kept() {
    let office = Office::new();
    office.save("depts-wang", |bytes| gbk(&sorted_by_item(bytes)));
    office.save("yjb-li", spreadsheet);
    let saved = office.read("depts-wang");
    let done = office.json("repair --yes", 0);
    assert_eq!(done["chain"], "intact");
    for writer in WRITERS {
        assert!(office.read(writer) == original(writer), "{writer}");
    }
    let kept = office.kept("depts-wang.before-repair-");
    assert!(fs::read(office.file("x").with_file_name(&kept[0])).unwrap() == saved);
    office.check("verify", 0);
    let again = office.check("repair --yes", 0);
    assert!(again.contains("nothing to repair"), "{again}");
    assert_eq!(office.kept("before-repair").len(), 2);
}

#[test]
fn a_repair_that_was_killed_before_the_end_is_simply_run_again() {
    let office = Office::new();
    office.save("yjb-li", crlf);
    let saved = office.read("yjb-li");
    let beside = |name: &str| office.file("x").with_file_name(name);
    fs::write(beside("yjb-li.before-repair-20131031T090000"), &saved).unwrap();
    fs::write(beside(".yjb-li.csv.0.part"), &saved[..100]).unwrap();
    office.check("repair --yes", 0);
    assert!(office.read("yjb-li") == original("yjb-li"));
    assert!(fs::read(beside("yjb-li.before-repair-20131031T090000")).unwrap() == saved);
    office.check("verify", 0);
}

#[test]
fn a_held_lock_refuses_and_changes_nothing() {
    let office = Office::new();
    office.save("yjb-li", crlf);
    let saved = office.read("yjb-li");
    let lock = fs::File::create(office.file("x").with_file_name("yjb-li.lock")).unwrap();
    lock.lock().unwrap();
    office.check("repair --yes", 4);
    assert!(office.read("yjb-li") == saved);
}

#[test]
fn a_pasted_digest_names_the_state_it_was_printed_in() {
    let office = Office::new();
    let digest = |line: &str| {
        let value: Value = serde_json::from_str(&office.check(line, 0)).unwrap();
        value["journal"]["digest"].as_str().unwrap()[..12].to_owned()
    };
    let now = digest("status --format json");
    let july = digest("status --format json --known-at 2013-07-05T18:00:00+08:00");
    let since = |digest: &str, exit: i32| {
        let paper = format!("--since=digest:{digest}…,chain:intact");
        office.check(&format!("verify {paper}"), exit)
    };
    assert!(since(&now, 0).contains("nothing came since"));
    assert!(since(&july, 0).contains("entries since"));
    assert!(since("0123456789ab", 1).contains("no-such-state"));
    office.check("verify --since=nothing", 2);
    office.check("seal 2013-09 --writer yjb-li --person 经办甲", 0);
    let seal = since(&now, 0);
    assert!(
        seal.contains("the seal of 2013-09") && seal.contains("entries since: 1"),
        "{seal}"
    );
}

#[test]
fn what_git_has_and_the_folder_lacks_is_named() {
    let office = Office::new();
    let git = |line: &str| {
        let done = Command::new("git")
            .args(line.split(' '))
            .current_dir(office.folder.path().join("practice"))
            .env("HOME", office.folder.path().join("home"))
            .status();
        assert!(done.unwrap().success(), "{line}");
    };
    git("init -q");
    git("add -A");
    git("-c user.name=a -c user.email=a@b -c commit.gpgsign=false commit -q -m first");
    office.check("verify", 0);
    office.check(
        "record note 1.2.3@chikan -m ok --writer yjb-li --as yjb --person a",
        0,
    );
    office.check("verify", 0);
    fs::remove_file(office.file("xuwen-desk")).unwrap();
    let said = office.check("verify", 1);
    assert!(
        said.contains("git-lost") && said.contains("xuwen-desk.csv"),
        "{said}"
    );
    git("checkout -q HEAD -- plans/practice-2013.journal/xuwen-desk.csv");
    office.save("yjb-li", crlf);
    assert!(office.check("verify", 1).contains("git-rewritten"));
    office.check("repair --yes", 0);
    office.check("verify", 0);
}

#[test]
fn a_hook_or_monitor_of_a_repository_is_never_run() {
    let office = Office::new();
    let practice = office.folder.path().join("practice");
    let marker = office.folder.path().join("marker");
    let git = |words: &[&str]| {
        let done = Command::new("git")
            .args(words)
            .current_dir(&practice)
            .output();
        assert!(done.unwrap().status.success(), "{words:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&[
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "commit",
        "-q",
        "-m",
        "first",
    ]);
    let command = format!("touch {}", marker.display());
    for key in [
        "core.fsmonitor",
        "core.pager",
        "filter.x.smudge",
        "filter.x.clean",
        "diff.x.textconv",
    ] {
        git(&["config", key, &command]);
    }
    let attributes = office.file("x").with_file_name(".gitattributes");
    fs::write(attributes, "*.csv -text -merge filter=x diff=x\n").unwrap();
    office.check("verify", 0);
    assert!(!marker.exists());
}

/// Writes a valid file of some records with these notes and percents.
fn journal(records: &[(String, u32)]) -> Vec<u8> {
    let mut bytes = [line::BOM, line::HEADER.as_bytes(), b"\n"].concat();
    let mut above = start("li");
    for ((note, percent), seq) in records.iter().zip(1..) {
        let (seq, value) = (seq.to_string(), format!("{percent}%"));
        let day = format!("2013-{:02}-{:02}", percent % 12 + 1, percent % 28 + 1);
        let at = format!("{day}T09:15:{:02}+08:00", percent % 60);
        let body = line::body(&[
            seq.as_str(),
            &at,
            &day,
            "progress",
            "1.1.1",
            "czj",
            "2013-06",
            &value,
            "czj",
            "经办甲",
            "赤财预〔2013〕12号",
            "",
            note,
        ]);
        above = chain::next(above, &body);
        bytes.extend_from_slice(format!("{body},{above}\n").as_bytes());
    }
    bytes
}

fn records() -> impl Strategy<Value = Vec<(String, u32)>> {
    let note = "[ -~一-龥，。]{0,12}";
    prop::collection::vec((note, 0u32..=100), 1..12)
}

/// What a program makes of a file when it saves it.
type Program = fn(&[u8]) -> Vec<u8>;

const PROGRAMS: [Program; 6] = [without_bom, crlf, gbk, quoted, spreadsheet, without_seconds];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_programs_do_to_any_journal_is_undone(
        records in records(),
        program in 0..PROGRAMS.len(),
    ) {
        let before = journal(&records);
        let saved = PROGRAMS[program](&before);
        let mended = mend("li", &saved);
        let notes: Vec<_> = records.iter().map(|(note, _)| note).collect();
        prop_assert!(mended.bytes == before, "{:?} {:?}", notes, mended.unproved);
        let again = mend("li", &mended.bytes);
        prop_assert!(again.restored.is_empty() && !again.differs_from(&before));
    }

    #[test]
    fn no_line_is_ever_written_that_its_id_does_not_prove(
        records in records(),
        program in 0..PROGRAMS.len(),
        at in 0usize..4096,
        byte in any::<u8>(),
    ) {
        let mut saved = PROGRAMS[program](&journal(&records));
        let at = at % saved.len();
        saved[at] = byte;
        let mended = repair::mend(&saved, start("li"), Tail::Cut);
        let old: Vec<&[u8]> = saved.split(|byte| *byte == b'\n').collect();
        let good = journal(&records);
        let good: Vec<&[u8]> = good.split(|byte| *byte == b'\n').collect();
        let bare = |line: &'_ [u8]| line.strip_prefix(line::BOM).unwrap_or(line).to_vec();
        for line in mended.bytes.split(|byte| *byte == b'\n') {
            let is_old = old.iter().any(|of| bare(of) == bare(line));
            let is_good = good.iter().any(|of| bare(of) == bare(line));
            prop_assert!(is_old || is_good, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn shuffled_lines_come_back_in_order_or_stay(
        records in records(),
        program in 0..PROGRAMS.len(),
        swaps in prop::collection::vec((0usize..64, 0usize..64), 0..20),
        edited in any::<bool>(),
    ) {
        let before = journal(&records);
        let mut lines: Vec<Vec<u8>> =
            before.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        for (one, other) in swaps {
            let count = records.len();
            lines.swap(1 + one % count, 1 + other % count);
        }
        let mut saved = PROGRAMS[program](&lines.concat());
        if edited {
            saved = String::from_utf8_lossy(&saved).replacen("czj", "jyj", 1).into_bytes();
        }
        let mended = mend("li", &saved);
        match edited {
            false => prop_assert!(mended.bytes == before, "{:?}", mended.unproved),
            true => prop_assert!(!mended.unproved.is_empty()),
        }
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mended = repair::mend(&bytes, start("li"), Tail::Leave);
        prop_assert_eq!(mended.proved, 0);
        let is_only_form = mended.restored.iter().all(|of| {
            matches!(of.what, What::Bom | What::LineEnds | What::Blank)
        });
        prop_assert!(mended.bytes == bytes || is_only_form);
    }
}
