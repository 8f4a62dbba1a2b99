//! `config`, `init` and `demo`: settings, and workspaces to begin with.

use crate::desk::Office;
use crate::desk::Ran;
use std::fs;

#[test]
fn setting_is_kept_and_shown_with_its_origin() {
    let office = Office::new();
    office.run(&["config", "set", "unit", "chikan"]).done();
    office.run(&["config", "show", "--origin"]).done().shows(&[
        "unit = \"chikan\"  # ",
        "config.toml",
        "writer = \"li\"  # the environment variable DUBAN_WRITER",
        "default_plan = \"\"  # not set",
    ]);
    office
        .run(&["config"])
        .done()
        .shows(&["unit = \"chikan\"\n"]);
}

#[test]
fn setting_that_cannot_be_is_refused() {
    let office = Office::new();
    let check = |key: &str, value: &str, said: &[&str]| {
        office.check_refused(&["config", "set", key, value], 2, said);
    };
    check("frob", "x", &["no setting `frob`", "writer, unit"]);
    check("writer", "A B", &["`A B`", "yjb-li"]);
    check("lang", "fr", &["no language `fr`", "zh or en"]);
    check("unit", "", &["cannot be empty"]);
}

#[test]
fn settings_that_cannot_be_read_are_named_with_their_line() {
    let office = Office::new();
    let folder = office.folder.path().join("home/.config/duban");
    fs::create_dir_all(&folder).unwrap();
    let check = |text: &[u8], said: &[&str]| {
        fs::write(folder.join("config.toml"), text).unwrap();
        office.check_refused(&["status"], 2, said);
    };
    check(
        b"writer = \"li\"\nfrob = \"x\"\n",
        &["line 2", "no setting `frob`"],
    );
    check(b"writer = \n", &["line 1"]);
    check(b"unit = 3\n", &["unit must be a text"]);
    check(b"unit = \"\xff\"\n", &["not UTF-8"]);
}

#[test]
fn settings_need_a_home_only_where_they_are_written() {
    let office = Office::new();
    let run = |arguments: &[&str]| {
        let mut command = office.command(arguments);
        command.env_remove("HOME").env("DUBAN_LANG", "en");
        Ran::of(&mut command)
    };
    run(&["status"]).done();
    let set = run(&["config", "set", "unit", "chikan"]);
    // Where the system itself knows a home of the user there is one without HOME.
    assert!(matches!(set.code, 0 | 2), "{}", set.all());
}

#[test]
fn new_workspace_has_a_commented_plan_that_check_accepts() {
    let office = Office::new();
    fs::remove_dir_all(office.path("plans")).unwrap();
    office
        .run(&["init", "own-2014", "--year", "2014"])
        .done()
        .says(&["plans/own-2014.toml"]);
    assert_eq!(office.read("plans/.gitattributes"), "*.toml text eol=lf\n");
    office.run(&["check"]).done().shows(&["0 errors"]);
    office.write("plans/own-2014.toml", "# mine\n");
    office.check_refused(
        &["init", "own-2014", "--year", "2014"],
        4,
        &["plans/own-2014.toml"],
    );
    office.check_refused(&["init", "Own"], 2, &["`Own`", "zhanjiang-2013"]);
}

#[test]
fn practice_workspace_is_written_once_and_never_over_changes() {
    let office = Office::new();
    office
        .run(&["demo"])
        .done()
        .shows(&["2013-10-31", "duban-demo"]);
    office.run(&["demo"]).done();
    let plan = fs::read_dir(office.path("duban-demo/plans"))
        .unwrap()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension().is_some_and(|end| end == "toml"))
        .unwrap();
    fs::write(plan, "# mine\n").unwrap();
    office.check_refused(&["demo"], 4, &["changed", "duban demo DIR"]);
}

#[test]
fn practice_workspace_has_nothing_to_mend() {
    let office = Office::new();
    let ran = office.run(&["demo", "here"]).done();
    assert!(!ran.err.contains("findings"), "{}", ran.err);
    let mut verify = office.command(&["verify"]);
    let verify = Ran::of(verify.current_dir(office.path("here")));
    assert_eq!(verify.code, 0, "{}", verify.all());
}
