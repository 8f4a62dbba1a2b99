//! Every finding as a clerk reads it: one folder for each code, with what `duban` says in both languages.
//!
//! `UPDATE=1 cargo test --test it findings` writes the expected texts anew; read them before you commit.

use duban::lang::explain;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

const FINDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/findings");
const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// Findings that need the bytes of other files or this desk's memory; `check` does not look there.
const OF_VERIFY: &[&str] = &[
    "journal/evidence-changed",
    "journal/evidence-missing",
    "journal/evidence-outside",
    "journal/evidence-symlink",
    "journal/git-attributes",
    "journal/git-lost",
    "journal/git-rewritten",
    "journal/no-such-state",
    "journal/older",
    "journal/seal-plan",
];

/// A folder that provokes a finding, named by the code.
struct Case {
    code: String,
    folder: PathBuf,
}

impl Case {
    fn all() -> Vec<Case> {
        let mut cases = Vec::new();
        for room in ["journal", "plan"] {
            for entry in fs::read_dir(Path::new(FINDINGS).join(room)).unwrap() {
                let folder = entry.unwrap().path();
                let name = folder.file_name().unwrap().to_str().unwrap();
                cases.push(Case {
                    code: format!("{room}/{name}"),
                    folder,
                });
            }
        }
        cases.sort_by(|a, b| a.code.cmp(&b.code));
        cases
    }

    fn command(&self) -> Vec<&'static str> {
        let mut words = match OF_VERIFY.contains(&self.code.as_str()) {
            true => vec!["verify"],
            false => vec!["check"],
        };
        if self.code == "journal/no-such-state" {
            words.extend(["--since", "journal entries: 1, digest 000000000000…"]);
        }
        words
    }

    /// Returns what stdout and the exit code should be, or writes them where that is asked for.
    fn expected(&self, lang: &str, found: &str) -> String {
        let path = self.folder.join(format!("expected.{lang}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, found).unwrap();
        }
        fs::read_to_string(&path).unwrap_or_default()
    }
}

/// A copy of a case with a home of its own.
struct Office {
    folder: TempDir,
}

impl Office {
    /// Copies a case and adds what git cannot keep.
    fn of(case: &Case) -> Office {
        let office = Office {
            folder: tempfile::tempdir().unwrap(),
        };
        copy(&case.folder.join("plans"), &office.plans());
        fs::create_dir(office.home()).unwrap();
        office.complete(&case.code);
        office
    }

    fn plans(&self) -> PathBuf {
        self.folder.path().join("plans")
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn journal(&self) -> PathBuf {
        self.plans().join("case.journal")
    }

    fn complete(&self, code: &str) {
        match code {
            "journal/evidence-symlink" => self.link_evidence(),
            "journal/older" => self.go_back(),
            "journal/git-lost" => {
                self.keep_bytes();
                self.commit();
                let file = self.journal().join("czj-wang.csv");
                let text = fs::read_to_string(&file).unwrap();
                fs::write(file, &text[..text.find('\n').unwrap() + 1]).unwrap();
            }
            "journal/git-rewritten" => {
                self.keep_bytes();
                self.commit();
                let file = self.journal().join("czj-wang.csv");
                let text = fs::read_to_string(&file).unwrap();
                fs::write(file, text.replace('\n', "\r\n")).unwrap();
            }
            "journal/git-attributes" => self.commit(),
            "journal/stray-file" => self.add_strays(),
            "journal/too-long" => self.add_long_line(),
            "plan/too-large" => self.swell_plan(),
            _ => {}
        }
    }

    /// Puts a link where the evidence should be; it leads to the very bytes that were attached.
    fn link_evidence(&self) {
        let evidence = self.plans().join("case.evidence");
        std::os::unix::fs::symlink("原件.txt", evidence.join("预算批复.txt")).unwrap();
    }

    /// Keeps git from touching the journal.
    fn keep_bytes(&self) {
        let attributes = self.journal().join(".gitattributes");
        fs::write(attributes, "*.csv -text -merge\n").unwrap();
    }

    /// Commits the workspace, as an office that keeps it in git does.
    fn commit(&self) {
        for line in [
            "init -q",
            "add -A",
            "-c user.name=a -c user.email=a@b -c commit.gpgsign=false commit -q -m first",
        ] {
            let done = Command::new("git")
                .args(line.split(' '))
                .current_dir(self.plans())
                .env("HOME", self.home())
                .output()
                .unwrap();
            assert!(done.status.success(), "{line}: {}", text(&done.stderr));
        }
    }

    /// Records an entry and then puts the file back as it was before.
    fn go_back(&self) {
        let file = self.journal().join("czj-wang.csv");
        let before = fs::read(&file).unwrap();
        let words = ["--writer", "czj-wang", "--as", "czj", "--person", "经办甲"];
        let note = ["record", "note", "1.1.1", "-m", "已与市应急办核对"];
        let done = self.run(&[&note[..], &words[..]].concat());
        assert!(done.status.success(), "{}", text(&done.stderr));
        fs::write(file, before).unwrap();
    }

    /// Adds a folder, and a name that differs from another in case only.
    fn add_strays(&self) {
        let journal = self.journal();
        fs::copy(journal.join("czj-wang.csv"), journal.join("czj-wang.CSV")).unwrap();
        fs::create_dir(journal.join("yjb-li.csv")).unwrap();
    }

    /// Adds a line that is longer than 1 MiB.
    fn add_long_line(&self) {
        let file = self.journal().join("czj-wang.csv");
        let mut bytes = fs::read(&file).unwrap();
        bytes.extend(std::iter::repeat_n(b'1', (1 << 20) + 1));
        bytes.push(b'\n');
        fs::write(file, bytes).unwrap();
    }

    /// Fills the plan with remarks up to more than it may hold.
    fn swell_plan(&self) {
        let file = self.plans().join("case.toml");
        let mut plan = fs::read_to_string(&file).unwrap();
        plan.push_str(&"# 备注\n".repeat(1 << 21));
        fs::write(file, plan).unwrap();
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.home())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("DUBAN_TODAY", "2013-12-31")
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .output()
            .unwrap()
    }
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Returns the codes that the constructors of findings name.
fn codes_in_source() -> BTreeSet<String> {
    let sources = ["finding/journal.rs", "finding/plan.rs"];
    let source: String = sources
        .iter()
        .map(|name| fs::read_to_string(format!("{SRC}/{name}")).unwrap())
        .collect();
    let is_code = |text: &&str| text.starts_with("plan/") || text.starts_with("journal/");
    source
        .split('"')
        .filter(is_code)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_finding_reads_as_its_folder_says() {
    let mut differ = Vec::new();
    for case in Case::all() {
        let office = Office::of(&case);
        for lang in ["zh", "en"] {
            let done = office.run(&[&case.command()[..], &["--lang", lang]].concat());
            let exit = done.status.code().unwrap();
            let found = format!("{}exit {exit}\n", text(&done.stdout));
            let expected = case.expected(lang, &found);
            if found != expected || !done.stderr.is_empty() {
                let said = text(&done.stderr);
                differ.push(format!(
                    "{} in {lang}: expected\n{expected}\nfound\n{found}{said}",
                    case.code
                ));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn every_folder_provokes_the_finding_it_is_named_after() {
    for case in Case::all() {
        let done = Office::of(&case).run(&[&case.command()[..], &["--format", "json"]].concat());
        let found: Value = serde_json::from_slice(&done.stdout).unwrap();
        crate::schemas::check_output("findings", &found);
        let codes: Vec<&str> = found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["code"].as_str().unwrap())
            .collect();
        assert!(
            codes.contains(&case.code.as_str()),
            "{}: {codes:?}",
            case.code
        );
        let has_help = |finding: &Value| finding["help"].is_string();
        let all = found["findings"].as_array().unwrap();
        assert!(
            all.iter().all(has_help),
            "{} does not say what to type",
            case.code
        );
    }
}

#[test]
fn every_code_has_a_folder_and_every_folder_a_code() {
    let folders: BTreeSet<String> = Case::all().into_iter().map(|case| case.code).collect();
    assert_eq!(folders, codes_in_source());
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let codes = codes_in_source();
    let in_chinese: BTreeSet<String> = explain::codes().map(str::to_owned).collect();
    let in_english: BTreeSet<String> = explain::codes_in_english().map(str::to_owned).collect();
    assert_eq!(in_chinese, codes);
    assert_eq!(in_english, codes);
    let home = tempfile::tempdir().unwrap();
    for code in &codes {
        let page = explain::page(code).unwrap();
        for (lang, title) in [("zh", page.title.zh), ("en", page.title.en)] {
            let done = Command::new(env!("CARGO_BIN_EXE_duban"))
                .args(["explain", code, "--lang", lang])
                .env_clear()
                .env("HOME", home.path())
                .output()
                .unwrap();
            let said = text(&done.stdout);
            assert!(
                done.status.success() && said.contains(title),
                "{code} in {lang}: {said}"
            );
        }
    }
}

#[test]
fn the_journals_are_what_their_script_writes() {
    if !crate::oracle::has_python() {
        println!("skipped: no python3 of 3.11 or later");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("make.py");
    fs::copy(Path::new(FINDINGS).join("make.py"), &script).unwrap();
    let made = Command::new("python3").arg(&script).status().unwrap();
    assert!(made.success());
    for room in ["journal", "plan"] {
        for entry in fs::read_dir(folder.path().join(room)).unwrap() {
            let made = entry.unwrap();
            let kept = Path::new(FINDINGS).join(room).join(made.file_name());
            assert_same(&made.path().join("plans"), &kept.join("plans"));
        }
    }
}

/// Asserts that two folders hold the same files with the same bytes.
#[track_caller]
pub(crate) fn assert_same(made: &Path, kept: &Path) {
    let names = |folder: &Path| -> BTreeSet<std::ffi::OsString> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    };
    assert_eq!(names(made), names(kept), "{}", kept.display());
    for name in names(made) {
        let (made, kept) = (made.join(&name), kept.join(&name));
        match made.is_dir() {
            true => assert_same(&made, &kept),
            false => assert!(
                fs::read(&made).unwrap() == fs::read(&kept).unwrap(),
                "{} differs",
                kept.display()
            ),
        }
    }
}

/// What `verify` must name on a line, and what it names on a whole file.
const ON_A_LINE: &[&str] = &[
    "after-recording",
    "blank",
    "chain",
    "changed",
    "clock-back",
    "columns",
    "control-character",
    "double",
    "evidence-changed",
    "evidence-missing",
    "evidence-outside",
    "evidence-reference",
    "evidence-symlink",
    "field",
    "fork",
    "future",
    "git-rewritten",
    "quote",
    "retract-nothing",
    "same-seq",
    "seal",
    "seal-head",
    "seal-plan",
    "sequence",
    "spreadsheet",
    "torn-tail",
];
const ON_A_FILE: &[&str] = &[
    "copied-file",
    "damaged",
    "form",
    "gbk",
    "git-attributes",
    "git-lost",
    "header",
    "no-such-state",
    "not-utf8",
    "older",
    "stray-file",
    "too-long",
    "torn-file",
];

#[test]
fn verify_names_what_is_wrong_with_bytes_its_place_and_its_cure() {
    for (names, is_on_line) in [(ON_A_LINE, true), (ON_A_FILE, false)] {
        for name in names {
            let case = Case {
                code: format!("journal/{name}"),
                folder: Path::new(FINDINGS).join("journal").join(name),
            };
            let mut words = vec!["verify", "--format", "json"];
            if *name == "no-such-state" {
                words.extend(["--since", "000000000000"]);
            }
            let done = Office::of(&case).run(&words);
            let found: Value = serde_json::from_slice(&done.stdout).unwrap();
            let all = found["findings"].as_array().unwrap();
            let wanted = all.iter().find(|finding| {
                let is_placed = !is_on_line || finding["line"].is_u64();
                finding["code"] == case.code.as_str() && is_placed
            });
            let Some(finding) = wanted else {
                panic!("verify does not name {}: {all:?}", case.code);
            };
            assert!(
                finding["file"]
                    .as_str()
                    .is_some_and(|file| !file.is_empty())
            );
            assert!(finding["message"].is_string() && finding["help"].is_string());
            if is_on_line {
                let has_place = |key: &str| finding[key].as_u64().is_some_and(|at| at > 0);
                assert!(has_place("line") && has_place("column"), "{finding}");
            }
            let exit = i32::from(found["errors"].as_u64().unwrap() > 0);
            assert_eq!(done.status.code(), Some(exit), "{}", case.code);
        }
    }
}

#[test]
fn verify_says_nothing_of_what_entries_mean() {
    let named = || ON_A_LINE.iter().chain(ON_A_FILE);
    let of_meaning = Case::all().into_iter().filter(|case| {
        let name = case.code.strip_prefix("journal/");
        name.is_some_and(|name| !named().any(|of| *of == name))
    });
    let mut count = 0;
    for case in of_meaning {
        count += 1;
        let done = Office::of(&case).run(&["verify"]);
        assert_eq!(text(&done.stdout), "", "{}", case.code);
        assert_eq!(done.status.code(), Some(0), "{}", case.code);
    }
    assert!(count > 5);
}
