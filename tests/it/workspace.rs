//! Where things lie: the plan that is meant, its journal, the user's settings, papers written whole.

use duban::calendar::Day;
use duban::failure::Exit;
use duban::failure::Failure;
use duban::lang::Lang;
use duban::workspace;
use duban::workspace::JournalPlace;
use duban::workspace::Places;
use duban::workspace::config;
use duban::workspace::config::Around;
use duban::workspace::config::Config;
use duban::workspace::config::Key;
use duban::workspace::config::Origin;
use duban::workspace::home;
use duban::workspace::journals;
use duban::workspace::journals::StrayWhy;
use duban::workspace::paper;
use duban::workspace::paper::Overwrite;
use duban::workspace::search;
use duban::workspace::search::Found;
use duban::workspace::search::Search;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder with a git root.
struct Folder {
    root: TempDir,
}

impl Folder {
    fn new() -> Folder {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join(".git")).unwrap();
        Folder { root }
    }

    fn put(self, name: &str, text: &str) -> Folder {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn plan(self, name: &str, year: u32) -> Folder {
        let text = format!(
            "schema = 1\n[plan]\nid = \"x\"\nperiod = {{ start = {year}-01-01, end = {year}-12-31 }}\n"
        );
        self.put(name, &text)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn find(&self, named: &str, variable: &str, default_plan: &str) -> Result<Found, Failure> {
        self.find_from(self.root.path(), named, variable, default_plan)
    }

    fn find_from(
        &self,
        from: &Path,
        named: &str,
        variable: &str,
        default_plan: &str,
    ) -> Result<Found, Failure> {
        let some = |text| Some(text).filter(|text: &&str| !text.is_empty());
        search::plan(&Search {
            named: some(named),
            variable: Some(variable),
            default_plan: some(default_plan),
            from,
            home: None,
            as_of: Day::parse("2013-09-30").unwrap(),
        })
    }
}

#[track_caller]
fn check_found(found: Result<Found, Failure>, shown: &str) {
    assert_eq!(found.unwrap().shown, shown);
}

#[track_caller]
fn check_failure<T: std::fmt::Debug>(result: Result<T, Failure>, exit: Exit, words: &[&str]) {
    let failure = result.unwrap_err();
    let text = failure.text(Lang::En);
    assert_eq!(failure.exit, exit, "{text}");
    for word in words {
        assert!(text.contains(word), "{text:?} lacks {word:?}");
    }
}

#[test]
fn the_only_plan_is_found_from_below_up_to_the_git_root() {
    let folder = Folder::new()
        .plan("plans/a-2013.toml", 2013)
        .put("src/deep/x", "");
    check_found(folder.find("", "", ""), "plans/a-2013.toml");
    let from = |name: &str| folder.find_from(&folder.at(name), "", "", "");
    check_found(from("src/deep"), "../../plans/a-2013.toml");
    check_found(from("plans"), "a-2013.toml");
}

#[test]
fn nothing_is_looked_for_above_the_git_root() {
    let folder = Folder::new()
        .plan("plans/a.toml", 2013)
        .put("inner/.git/x", "");
    let found = folder.find_from(&folder.at("inner"), "", "", "");
    check_failure(found, Exit::Usage, &["found no plan", "inner", "-p"]);
}

#[test]
fn outside_plans_only_a_file_with_a_plan_table_counts() {
    let folder = Folder::new()
        .put("Cargo.toml", "[package]\nname = \"x\"\n")
        .put("broken.toml", "][")
        .plan("mine.toml", 2013);
    check_found(folder.find("", "", ""), "mine.toml");
    let broken = Folder::new().put("plans/broken.toml", "][");
    check_found(broken.find("", "", ""), "plans/broken.toml");
    let half = Folder::new().put("half.toml", "[plan]\nid = \"a\"\nwrong = = 1\n");
    check_found(half.find("", "", ""), "half.toml");
}

#[test]
fn of_several_plans_the_one_of_the_day_is_taken_and_said() {
    let folder = Folder::new()
        .plan("plans/a.toml", 2012)
        .plan("plans/b.toml", 2013);
    let found = folder.find("", "", "a").unwrap();
    assert_eq!(found.shown, "plans/b.toml");
    assert!(found.notice.unwrap().en.contains("`b`"));
}

#[test]
fn where_the_day_does_not_decide_the_users_default_does() {
    let folder = Folder::new()
        .plan("plans/a.toml", 2013)
        .plan("plans/b.toml", 2013);
    check_found(folder.find("", "", "a"), "plans/a.toml");
    check_failure(folder.find("", "", ""), Exit::Usage, &["a, b", "-p"]);
    check_failure(
        folder.find("", "", "zzz"),
        Exit::Usage,
        &["zzz", "default_plan"],
    );
    let nothing = Folder::new();
    let elsewhere = folder.at("plans/a.toml");
    let found = nothing.find("", "", elsewhere.to_str().unwrap()).unwrap();
    assert_eq!(found.path, elsewhere);
}

#[test]
fn what_was_named_is_taken_at_its_word() {
    let folder = Folder::new()
        .plan("plans/a-2013.toml", 2013)
        .plan("b.toml", 2012);
    check_found(folder.find("a-2013", "b", ""), "plans/a-2013.toml");
    check_found(folder.find("", "b.toml", ""), "b.toml");
    check_found(folder.find("./b.toml", "", ""), "b.toml");
    check_failure(
        folder.find("no.toml", "", ""),
        Exit::Unreadable,
        &["no.toml", "no such file"],
    );
    check_failure(folder.find("", "x/y", ""), Exit::Unreadable, &["x/y"]);
    check_failure(
        folder.find("a-2031", "", ""),
        Exit::Usage,
        &["a-2031", "did you mean `a-2013`"],
    );
    check_failure(
        folder.find("whatever", "", ""),
        Exit::Usage,
        &["there are: a-2013"],
    );
}

#[test]
fn everything_of_a_plan_lies_beside_it() {
    let places = Places::beside(Path::new("plans/a.b.toml"));
    let journal = JournalPlace::Folder(PathBuf::from("plans/a.b.journal"));
    assert_eq!(places.journal, journal);
    assert_eq!(places.evidence, Path::new("plans/a.b.evidence"));
    let folder = Folder::new().put("j/li.csv", "").put("j/x.txt", "");
    let named = |name: &str| places.clone().with_journal(&folder.at(name));
    assert_eq!(named("j").unwrap().journal.folder(), folder.at("j"));
    assert_eq!(named("j/li.csv").unwrap().journal.folder(), folder.at("j"));
    check_failure(named("j/x.txt"), Exit::Unreadable, &["x.txt"]);
    check_failure(named("nothing"), Exit::Unreadable, &["no such file"]);
}

#[test]
fn a_plan_is_read_whole_or_the_failure_says_why() {
    let folder = Folder::new()
        .put("good.toml", "x = 1\n")
        .put("large.toml", &"#".repeat((4 << 20) + 1));
    fs::write(folder.at("gbk.toml"), b"x = 1\n\xd6\xd0\n").unwrap();
    let read = |name: &str| workspace::read_plan(&folder.at(name));
    assert_eq!(read("good.toml").unwrap(), "x = 1\n");
    check_failure(read("large.toml"), Exit::Unreadable, &["4096 KiB"]);
    check_failure(read("gbk.toml"), Exit::Unreadable, &["UTF-8 from line 2"]);
    check_failure(read(".git"), Exit::Unreadable, &["folder"]);
    check_failure(read("nothing"), Exit::Unreadable, &["no such file"]);
}

#[test]
fn only_writers_files_are_read_and_the_rest_is_named() {
    let folder = Folder::new();
    for name in [
        "yjb-li.csv",
        "yjb-li.CSV",
        "czj.CSV",
        "Bad.csv",
        "副本.csv",
        "a b.csv",
        "a.csv/x",
        "a.txt",
        "yjb-li.lock",
        "yjb-li.torn-120-20130710T080000",
        ".gitignore",
    ] {
        let path = folder.at("j").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    let place = JournalPlace::Folder(folder.at("j"));
    let (files, listing) = journals::read(&place).unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.file.name.as_str()).collect();
    assert_eq!(names, ["czj.CSV", "yjb-li.csv"]);
    assert_eq!(files[1].bytes, b"yjb-li.csv");
    let strays: Vec<(&str, &StrayWhy)> = listing
        .strays
        .iter()
        .map(|stray| (stray.name.as_str(), &stray.why))
        .collect();
    let twin = StrayWhy::CaseTwin("yjb-li.csv".to_owned());
    assert_eq!(
        strays,
        [
            ("Bad.csv", &StrayWhy::NoWriter),
            ("a b.csv", &StrayWhy::NoWriter),
            ("a.csv", &StrayWhy::NoFile),
            ("yjb-li.CSV", &twin),
            ("副本.csv", &StrayWhy::NoWriter),
        ]
    );
    assert_eq!(listing.torn, ["yjb-li.torn-120-20130710T080000"]);
}

#[test]
fn a_journal_that_does_not_exist_yet_is_empty() {
    let folder = Folder::new().put("file", "");
    let list = |name: &str| journals::list(&JournalPlace::Folder(folder.at(name)));
    assert_eq!(list("nothing").unwrap(), journals::Listing::default());
    assert!(list("file").is_err());
    let single = JournalPlace::File(folder.at("Bad.csv"));
    check_failure(
        journals::list(&single),
        Exit::Unreadable,
        &["Bad.csv", "yjb-li"],
    );
}

#[test]
fn a_paper_is_never_overwritten_unasked() {
    let folder = Folder::new();
    let path = folder.at("a.md");
    paper::write_paper(&path, b"one", Overwrite::Refuse).unwrap();
    check_failure(
        paper::write_paper(&path, b"two", Overwrite::Refuse),
        Exit::Refused,
        &["a.md", "--force"],
    );
    assert_eq!(fs::read(&path).unwrap(), b"one");
    paper::write_paper(&path, b"two", Overwrite::Force).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    paper::write_paper(&folder.at("new.md"), b"n", Overwrite::Force).unwrap();
    check_failure(
        paper::write_paper(&folder.at(".git"), b"x", Overwrite::Force),
        Exit::Refused,
        &[".git"],
    );
    check_failure(
        paper::write_paper(&folder.at("no/a.md"), b"x", Overwrite::Force),
        Exit::Refused,
        &["no such file"],
    );
    let parts = fs::read_dir(folder.root.path()).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".part")
    });
    assert_eq!(parts.count(), 0);
}

#[cfg(unix)]
#[test]
fn a_link_keeps_pointing_and_a_device_is_left_alone() {
    let folder = Folder::new().put("real.md", "one");
    std::os::unix::fs::symlink(folder.at("real.md"), folder.at("link.md")).unwrap();
    paper::write_paper(&folder.at("link.md"), b"two", Overwrite::Force).unwrap();
    assert_eq!(fs::read(folder.at("real.md")).unwrap(), b"two");
    assert!(folder.at("link.md").is_symlink());
    assert!(paper::write_paper(Path::new("/dev/null"), b"x", Overwrite::Force).is_err());
}

#[test]
fn a_setting_says_where_it_comes_from() {
    let folder = Folder::new().put("config.toml", "writer = \"yjb-li\"\nlang = \"en\"\n");
    let config = Config::read(&folder.at("config.toml")).unwrap();
    let around = |flag, variable| Around {
        flag,
        variable,
        default: Some("d"),
    };
    let writer = |around| {
        let setting = config.setting(Key::Writer, around);
        (setting.value.unwrap(), setting.origin)
    };
    assert_eq!(
        writer(around(Some("f"), Some("v"))),
        ("f".to_owned(), Origin::Flag)
    );
    let environment = Origin::Environment("DUBAN_WRITER");
    assert_eq!(
        writer(around(None, Some("v"))),
        ("v".to_owned(), environment)
    );
    assert_eq!(
        writer(around(None, Some(""))),
        ("yjb-li".to_owned(), Origin::File)
    );
    let unit = config.setting(Key::Unit, around(None, None));
    assert_eq!(
        (unit.value.as_deref(), unit.origin),
        (Some("d"), Origin::Default)
    );
}

#[test]
fn setting_one_thing_leaves_the_rest_of_the_file() {
    let folder = Folder::new().put(
        "c/config.toml",
        "# 我的设置\nlang = \"zh\" # 中文\nunit = \"yjb\"",
    );
    let path = folder.at("c/config.toml");
    config::set(&path, Key::Lang, "en").unwrap();
    config::set(&path, Key::Person, "李\"四\"\\").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with("# 我的设置\nlang = \"en\" # 中文\nunit = \"yjb\"\nperson = "),
        "{text}"
    );
    assert_eq!(
        Config::read(&path).unwrap().get(Key::Person),
        Some("李\"四\"\\")
    );
    let fresh = folder.at("new/folder/config.toml");
    config::set(&fresh, Key::Writer, "a").unwrap();
    assert_eq!(Config::read(&fresh).unwrap().get(Key::Writer), Some("a"));
    check_failure(
        config::set(&path, Key::Writer, "A B"),
        Exit::Usage,
        &["`A B`"],
    );
    check_failure(
        config::set(&path, Key::Lang, "fr"),
        Exit::Usage,
        &["zh or en"],
    );
    check_failure(config::set(&path, Key::Unit, " "), Exit::Usage, &["unit"]);
}

#[test]
fn settings_that_cannot_be_meant_are_named_with_their_line() {
    let cases = [
        (
            "\nwritr = \"a\"",
            &["line 2", "`writr`", "did you mean `writer`"][..],
        ),
        ("[plan]\nid = 1", &["line 1", "plan"]),
        ("writer = 3", &["writer must be a text"]),
        ("writer = \"A\"", &["`A`"]),
        ("writer = ", &["line 1"]),
        ("\n\nlang = \"zh\"\nlang = \"en\"", &["line 4"]),
    ];
    for (text, words) in cases {
        let folder = Folder::new().put("config.toml", text);
        check_failure(Config::read(&folder.at("config.toml")), Exit::Usage, words);
    }
    assert_eq!(
        Config::read(Path::new("/nothing/config.toml")).unwrap(),
        Config::default()
    );
    check_failure(Key::parse("persn"), Exit::Usage, &["did you mean `person`"]);
    check_failure(
        Key::parse("xyzzyxyzzy"),
        Exit::Usage,
        &["writer, unit, person"],
    );
}

#[test]
fn a_missing_home_matters_only_where_it_is_needed() {
    check_failure(home::needed(None), Exit::Usage, &["home", "HOME"]);
}
