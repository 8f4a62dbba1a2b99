//! `sync`: offices exchange through git without a conflict, nothing is lost, nothing foreign is run.

#[path = "sync/danger.rs"]
mod danger;

use crate::desk::PLAN;
use crate::desk::Ran;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use tempfile::TempDir;

const JOURNAL: &str = "plans/town-2013.journal";

/// Some offices, each with a clone, and the bare repository between them.
struct City {
    folder: TempDir,
}

impl City {
    /// A bare repository that holds the plan, and clones of it.
    fn new(clones: &[&str]) -> City {
        let city = City::empty();
        city.git_in("", &["init", "-q", "--bare", "-b", "main", "stick.git"]);
        city.git_in("", &["clone", "-q", "stick.git", "first"]);
        fs::create_dir(city.path("first/plans")).unwrap();
        fs::write(city.path("first/plans/town-2013.toml"), PLAN).unwrap();
        city.git_in("first", &["add", "-A"]);
        city.git_in("first", &["commit", "-q", "-m", "plan"]);
        city.git_in("first", &["push", "-q", "origin", "HEAD:main"]);
        for name in clones {
            city.git_in("", &["clone", "-q", "stick.git", name]);
        }
        city
    }

    /// A folder with nothing but a home that says who commits.
    fn empty() -> City {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        let name = "[user]\n\tname = city\n\temail = city@example.invalid\n";
        fs::write(folder.path().join("home/.gitconfig"), name).unwrap();
        City { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.path(folder))
            .env_clear()
            .env("HOME", self.path("home"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "400")
            .env("DUBAN_TODAY", "2013-07-20")
            .env("DUBAN_LANG", "en")
            .env("USER", "li")
            .stdin(Stdio::null());
        command
    }

    #[track_caller]
    fn git_in(&self, folder: &str, arguments: &[&str]) -> String {
        let done = self.command("git", folder, arguments).output().unwrap();
        let error = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(done.stdout).unwrap()
    }

    fn duban(&self, clone: &str, arguments: &[&str]) -> Ran {
        let program = env!("CARGO_BIN_EXE_duban");
        Ran::of(&mut self.command(program, clone, arguments))
    }

    fn sync(&self, clone: &str, writer: &str) -> Ran {
        self.duban(clone, &["sync", "--writer", writer])
    }

    /// Syncs and returns the json, held against its schema.
    #[track_caller]
    fn json(&self, clone: &str, writer: &str, more: &[&str]) -> Value {
        let mut arguments = vec!["sync", "--writer", writer, "--format", "json"];
        arguments.extend(more);
        let ran = self.duban(clone, &arguments).done();
        let value: Value = serde_json::from_str(&ran.out).unwrap();
        crate::schemas::check_output("sync", &value);
        value
    }

    /// Records a note that says something.
    #[track_caller]
    fn note(&self, clone: &str, writer: &str, text: &str) {
        let line = ["record", "note", "1.1.1@chikan", "-m", text];
        let more = ["--writer", writer, "--as", "chikan"];
        self.duban(clone, &[&line[..], &more].concat()).done();
    }

    #[track_caller]
    fn digest(&self, clone: &str) -> String {
        let ran = self.duban(clone, &["status", "--format", "json"]).done();
        let value: Value = serde_json::from_str(&ran.out).unwrap();
        value["journal"]["digest"].as_str().unwrap().to_owned()
    }

    fn journal(&self, clone: &str, writer: &str) -> PathBuf {
        self.path(clone).join(format!("{JOURNAL}/{writer}.csv"))
    }

    fn head(&self, folder: &str) -> String {
        self.git_in(folder, &["rev-parse", "main"])
    }
}

#[test]
fn two_offices_exchange_and_neither_sees_a_conflict() {
    let city = City::new(&["a", "b"]);
    city.note("a", "li", "one");
    city.note("a", "li", "two");
    city.note("b", "wang", "three");
    let first = city.json("a", "li", &[]);
    assert_eq!(first["committed"]["entries"], 2);
    assert_eq!(first["sent"][0]["entries"], 2);
    let second = city.json("b", "wang", &[]);
    assert_eq!(second["received"][0]["writer"], "li");
    assert_eq!(second["received"][0]["entries"], 2);
    assert_eq!(second["sent"][0]["writer"], "wang");
    let third = city.json("a", "li", &[]);
    assert_eq!(third["committed"]["commit"], Value::Null);
    assert_eq!(third["received"][0]["entries"], 1);
    assert_eq!(city.digest("a"), city.digest("b"));
    assert_eq!(third["digest"], city.digest("a"));
    for clone in ["a", "b"] {
        let ran = city.duban(clone, &["verify"]).done();
        assert_eq!(ran.out, "");
        assert_eq!(city.git_in(clone, &["status", "--porcelain"]), "");
    }
}

#[test]
fn only_what_is_ones_own_is_committed() {
    let city = City::new(&["a"]);
    city.note("a", "li", "mine");
    city.note("a", "wang", "of another writer at this desk");
    let plan = city.path("a/plans/town-2013.toml");
    fs::write(&plan, PLAN.replace("值班", "值守")).unwrap();
    fs::write(city.path("a/draft.txt"), "draft").unwrap();
    city.git_in("a", &["add", "draft.txt"]);
    let ran = city.sync("a", "li").done();
    let ran = ran.shows(&[
        "changed and are not for this sync",
        "wang.csv",
        "town-2013.toml",
    ]);
    assert!(!ran.out.contains("draft.txt"), "{}", ran.out);
    let said = city.git_in("a", &["log", "-1", "--format=%an %s", "--name-only"]);
    let own = ["li.csv", ".gitattributes", ".gitignore"];
    let mut lines: Vec<&str> = said.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.remove(0), "city duban: town-2013 li 1 entry");
    assert_eq!(lines.len(), own.len(), "{said}");
    let status = city.git_in("a", &["status", "--porcelain"]);
    assert!(status.contains("A  draft.txt"), "{status}");
    assert!(status.contains(" M plans/town-2013.toml"), "{status}");
    assert!(status.contains("wang.csv"), "{status}");
}

#[test]
fn evidence_and_the_plan_of_a_seal_go_with_the_entries_that_name_them() {
    let city = City::new(&["a", "b"]);
    fs::write(city.path("a/批复.pdf"), "yes").unwrap();
    fs::write(city.path("a/plans/unrelated.txt"), "no").unwrap();
    let submit = [
        "record",
        "submit",
        "1.1.5",
        "--evidence",
        "批复.pdf",
        "--writer",
        "li",
    ];
    city.duban("a", &submit).done();
    city.duban("a", &["seal", "2013-06", "--writer", "li", "--as", "yjb"])
        .done();
    let sent = city.json("a", "li", &[]);
    let files: Vec<&str> = sent["committed"]["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file.as_str().unwrap())
        .collect();
    assert!(
        files.iter().any(|file| file.ends_with("批复-8a798890.pdf")),
        "{files:?}"
    );
    assert!(
        files.iter().any(|file| file.contains("/sealed/2013-06-")),
        "{files:?}"
    );
    assert!(
        !files.iter().any(|file| file.contains("unrelated")),
        "{files:?}"
    );
    city.sync("b", "wang").done();
    assert_eq!(city.duban("b", &["verify"]).done().out, "");
}

#[test]
fn evidence_that_git_ignores_is_told_and_left_out() {
    let city = City::new(&["a"]);
    fs::write(city.path("a/.gitignore"), "*.pdf\n").unwrap();
    fs::write(city.path("a/p.pdf"), "yes").unwrap();
    let submit = [
        "record",
        "submit",
        "1.1.5",
        "--evidence",
        "p.pdf",
        "--writer",
        "li",
    ];
    city.duban("a", &submit).done();
    city.sync("a", "li")
        .done()
        .says(&["evidence files that .gitignore leaves out"]);
    fs::write(city.path("a/.gitignore"), "*.csv\n").unwrap();
    city.note("a", "wang", "x");
    city.sync("a", "wang")
        .ends_with(4)
        .says(&[".gitignore", "wang.csv"]);
}

#[test]
fn a_half_written_line_is_never_committed() {
    let city = City::new(&["a", "b"]);
    city.note("a", "li", "whole");
    let path = city.journal("a", "li");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [&whole[..], b"2,2013-07-20T09:0"].concat()).unwrap();
    city.sync("a", "li").done().says(&["torn bytes"]);
    city.sync("b", "wang").done();
    assert_eq!(fs::read(city.journal("b", "li")).unwrap(), whole);
}

#[test]
fn a_window_that_is_recording_is_waited_for_not_cut_in_half() {
    let city = City::new(&["a"]);
    city.note("a", "li", "one");
    let lock = city.journal("a", "li").with_extension("lock");
    let held = fs::File::create(lock).unwrap();
    held.lock().unwrap();
    let before = city.head("a");
    city.sync("a", "li")
        .ends_with(4)
        .says(&["another window is recording"]);
    assert_eq!(city.head("a"), before);
}

#[test]
fn a_journal_of_ones_own_that_was_edited_is_not_committed_and_a_repaired_one_is() {
    let city = City::new(&["a", "b"]);
    city.note("a", "li", "one");
    city.note("a", "li", "two");
    city.sync("a", "li").done();
    let path = city.journal("a", "li");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replace(",one,", ",uno,")).unwrap();
    let before = city.head("a");
    city.sync("a", "li")
        .ends_with(1)
        .says(&["journal/changed", "nothing was committed"]);
    assert_eq!(city.head("a"), before);
    // A spreadsheet's version that somebody committed by hand may be put right.
    fs::write(&path, good.replace('\n', "\r\n")).unwrap();
    city.git_in("a", &["commit", "-q", "-am", "saved by a spreadsheet"]);
    city.duban("a", &["repair", "--yes"]).done();
    city.sync("a", "li").done();
    city.sync("b", "wang").done();
    assert_eq!(fs::read_to_string(city.journal("b", "li")).unwrap(), good);
}

#[test]
fn a_journal_of_ones_own_that_is_gone_is_not_committed_away() {
    let city = City::new(&["a"]);
    city.note("a", "li", "one");
    city.sync("a", "li").done();
    fs::remove_file(city.journal("a", "li")).unwrap();
    city.sync("a", "li")
        .ends_with(1)
        .says(&["journal/git-lost"]);
    assert!(city.git_in("a", &["ls-files"]).contains("li.csv"));
}

/// Two clones in which one writer went on in both; `b` was faster.
fn forked() -> City {
    let city = City::new(&["a", "b"]);
    city.note("a", "li", "before");
    city.sync("a", "li").done();
    city.sync("b", "li").done();
    city.note("b", "li", "there");
    city.sync("b", "li").done();
    city.note("a", "li", "here");
    city
}

#[test]
fn a_fork_keeps_both_sides_and_sends_nothing() {
    let city = forked();
    let there = city.head("stick.git");
    let here = fs::read(city.journal("a", "li")).unwrap();
    city.sync("a", "li").ends_with(4).says(&[
        "two machines wrote as li and part at line 3",
        ",here,",
        ",there,",
        "--give-way",
        "committed: new entries 1",
    ]);
    assert_eq!(city.head("stick.git"), there, "nothing was pushed");
    assert_eq!(fs::read(city.journal("a", "li")).unwrap(), here);
    let kept = names(&city.path("a").join(JOURNAL), ".fork-");
    assert_eq!(kept.len(), 1);
    let kept = fs::read(city.path("a").join(JOURNAL).join(&kept[0])).unwrap();
    assert_eq!(kept, fs::read(city.journal("b", "li")).unwrap());
    city.duban("a", &["verify"])
        .ends_with(1)
        .shows(&["journal/fork", ",here,", "there"]);
    // Again it is the same, and no second copy is made.
    city.sync("a", "li").ends_with(4);
    assert_eq!(names(&city.path("a").join(JOURNAL), ".fork-").len(), 1);
}

#[test]
fn the_other_side_of_a_fork_may_stand_and_ones_own_is_recorded_again() {
    let city = forked();
    let here = fs::read(city.journal("a", "li")).unwrap();
    let told = city.json("a", "li", &["--give-way"]);
    assert_eq!(told["gave_way"][0]["lines"], 1);
    let kept = city
        .path("a")
        .join(told["gave_way"][0]["kept"].as_str().unwrap());
    assert_eq!(fs::read(&kept).unwrap(), here);
    let there = fs::read(city.journal("b", "li")).unwrap();
    assert_eq!(fs::read(city.journal("a", "li")).unwrap(), there);
    city.duban("a", &["verify"])
        .ends_with(1)
        .shows(&["journal/fork", ",here,"]);
    city.note("a", "li-2", "here");
    city.sync("a", "li-2").done();
    city.sync("b", "li").done();
    assert_eq!(city.digest("a"), city.digest("b"));
    fs::remove_file(kept).unwrap();
    assert_eq!(city.duban("a", &["verify"]).done().out, "");
    city.note("b", "li", "goes on");
}

#[test]
fn one_name_on_two_machines_is_told_before_it_becomes_a_fork() {
    let city = City::new(&["a", "b"]);
    city.note("a", "li", "one");
    city.sync("a", "li").done();
    city.sync("b", "li")
        .done()
        .says(&["another machine writes under this name"]);
}

#[test]
fn a_plan_that_both_sides_edited_is_left_to_people() {
    let city = City::new(&["a", "b"]);
    for (clone, word) in [("a", "值守"), ("b", "带班")] {
        let plan = city.path(clone).join("plans/town-2013.toml");
        fs::write(plan, PLAN.replace("值班", word)).unwrap();
        city.git_in(clone, &["commit", "-q", "-am", "plan"]);
    }
    city.note("a", "li", "one");
    city.sync("b", "wang").done();
    city.sync("a", "li")
        .ends_with(4)
        .says(&["plans/town-2013.toml", "git merge"]);
    let status = city.git_in("a", &["status", "--porcelain"]);
    assert_eq!(status, "", "the merge is taken back");
    assert!(
        city.git_in("a", &["log", "--format=%s"])
            .contains("li 1 entry")
    );
}

#[test]
fn staged_changes_stop_a_merge_before_anything_is_touched() {
    let city = City::new(&["a", "b"]);
    city.note("b", "wang", "one");
    city.sync("b", "wang").done();
    city.note("a", "li", "two");
    fs::write(city.path("a/draft.txt"), "draft").unwrap();
    city.git_in("a", &["add", "draft.txt"]);
    city.sync("a", "li")
        .ends_with(4)
        .says(&["draft.txt", "git restore --staged"]);
    city.git_in("a", &["restore", "--staged", "draft.txt"]);
    city.sync("a", "li").done();
}

#[test]
fn an_error_is_handed_on_only_where_the_others_have_it_already() {
    let city = City::new(&["a", "b"]);
    city.note("b", "wang", "one");
    city.sync("b", "wang").done();
    city.sync("a", "li").done();
    // Somebody edits another's journal and commits it by hand: that must not go out.
    let path = city.journal("a", "wang");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replace(",one,", ",uno,")).unwrap();
    city.git_in("a", &["commit", "-q", "-am", "edited"]);
    city.note("a", "li", "mine");
    let before = city.head("stick.git");
    city.sync("a", "li")
        .ends_with(1)
        .says(&["journal/changed"])
        .shows(&[
            "nothing was sent",
            "not sent, kept in this machine's commits: 1",
        ]);
    assert_eq!(city.head("stick.git"), before);
    // Once it stands upstream, it is told and the exchange goes on.
    city.git_in("a", &["push", "-q", "origin", "HEAD:main"]);
    city.note("b", "wang", "two");
    let ran = city.sync("b", "wang");
    assert_ne!(ran.code, 0, "{}", ran.all());
    let city = City::new(&["a", "b"]);
    city.note("a", "zhao", "one");
    let path = city.journal("a", "zhao");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replace(",one,", ",uno,")).unwrap();
    city.git_in("a", &["add", "-A"]);
    city.git_in("a", &["commit", "-q", "-m", "by hand"]);
    city.git_in("a", &["push", "-q", "origin", "HEAD:main"]);
    city.note("b", "wang", "two");
    city.sync("b", "wang")
        .ends_with(1)
        .shows(&["sent of wang: 1", "the exchange went on"]);
}

#[test]
fn a_dry_run_tells_all_and_changes_nothing() {
    let city = City::new(&["a", "b"]);
    city.note("b", "wang", "one");
    city.sync("b", "wang").done();
    city.note("a", "li", "two");
    let (here, there) = (city.head("a"), city.head("stick.git"));
    let told = city.json("a", "li", &["--dry-run"]);
    assert_eq!(told["committed"]["entries"], 1);
    assert_eq!(told["committed"]["commit"], Value::Null);
    assert_eq!(told["received"][0]["writer"], "wang");
    assert_eq!(told["sent"][0]["writer"], "li");
    assert_eq!((city.head("a"), city.head("stick.git")), (here, there));
    assert!(!city.journal("a", "wang").exists());
}

#[test]
fn where_it_cannot_be_done_it_says_so_and_what_to_type() {
    let city = City::empty();
    fs::create_dir_all(city.path("plain/plans")).unwrap();
    fs::write(city.path("plain/plans/town-2013.toml"), PLAN).unwrap();
    city.note("plain", "li", "works without git");
    city.sync("plain", "li")
        .ends_with(2)
        .says(&["no git repository", "without git"]);
    city.git_in("plain", &["init", "-q", "-b", "main"]);
    city.sync("plain", "li")
        .ends_with(2)
        .says(&["no upstream", "git push -u origin main"]);

    let city = City::new(&["a", "b"]);
    city.note("a", "li", "one");
    city.git_in("a", &["checkout", "-q", "--detach"]);
    city.sync("a", "li")
        .ends_with(2)
        .says(&["detached HEAD", "git switch"]);
    city.git_in("a", &["checkout", "-q", "main"]);
    fs::write(city.path("a/.git/MERGE_HEAD"), city.head("a")).unwrap();
    city.sync("a", "li")
        .ends_with(4)
        .says(&["a merge is under way"]);
    fs::remove_file(city.path("a/.git/MERGE_HEAD")).unwrap();
    fs::rename(city.path("stick.git"), city.path("away")).unwrap();
    city.sync("a", "li").ends_with(3).says(&[
        "cannot fetch from origin",
        "is the stick in",
        "committed: new entries 1",
    ]);
    fs::rename(city.path("away"), city.path("stick.git")).unwrap();
    city.sync("a", "li").done().shows(&["sent of li: 1"]);
}

#[test]
fn a_stick_with_any_name_and_nothing_on_it_yet_will_do() {
    let city = City::empty();
    city.git_in(
        "",
        &["init", "-q", "--bare", "-b", "main", "U 盘's 仓库.git"],
    );
    city.git_in("", &["clone", "-q", "U 盘's 仓库.git", "a"]);
    fs::create_dir(city.path("a/plans")).unwrap();
    fs::write(city.path("a/plans/town-2013.toml"), PLAN).unwrap();
    city.git_in("a", &["add", "-A"]);
    city.git_in("a", &["commit", "-q", "-m", "plan"]);
    city.note("a", "li", "one");
    city.sync("a", "li").done().shows(&["sent of li: 1"]);
    city.git_in("", &["clone", "-q", "U 盘's 仓库.git", "b"]);
    assert_eq!(city.digest("a"), city.digest("b"));
}

#[test]
fn a_desk_that_never_told_git_a_name_commits_as_its_writer() {
    let city = City::new(&["a"]);
    fs::remove_file(city.path("home/.gitconfig")).unwrap();
    city.note("a", "li", "one");
    city.sync("a", "li").done();
    let said = city.git_in("a", &["log", "-1", "--format=%an <%ae>"]);
    assert_eq!(said, "li <li@localhost>\n");
}

fn names(folder: &Path, word: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(word)).collect()
}
