//! A repository from somebody else, with everything in it that could start a program.

use super::City;
use super::JOURNAL;
use std::fs;
use std::path::Path;

/// Settings that make git start a program; the command comes in place of `RUN`.
const SETTINGS: [(&str, &str); 28] = [
    ("core.fsmonitor", "RUN"),
    ("core.hooksPath", "hooks"),
    ("core.pager", "RUN"),
    ("core.editor", "RUN"),
    ("core.sshCommand", "RUN"),
    ("core.askPass", "RUN"),
    ("core.gitProxy", "RUN"),
    ("core.alternateRefsCommand", "RUN"),
    ("core.attributesFile", "attributes"),
    ("credential.helper", "!RUN"),
    ("filter.x.clean", "RUN"),
    ("filter.x.smudge", "RUN"),
    ("filter.x.process", "RUN"),
    ("diff.x.textconv", "RUN"),
    ("diff.x.command", "RUN"),
    ("diff.external", "RUN"),
    ("merge.x.driver", "RUN"),
    ("remote.origin.uploadpack", "RUN"),
    ("remote.origin.receivepack", "RUN"),
    ("remote.origin.vcs", "evil"),
    ("gpg.program", "RUN"),
    ("gc.recentObjectsHook", "RUN"),
    ("pager.log", "RUN"),
    ("sequence.editor", "RUN"),
    ("include.path", "more"),
    ("url.ext::RUN.insteadOf", "/"),
    ("protocol.ext.allow", "always"),
    ("core.worktree", "/"),
];

/// The commands that ask git anything.
const COMMANDS: [&[&str]; 7] = [
    &["verify"],
    &["check"],
    &["status"],
    &["diff", "git:HEAD", "2013-07-20"],
    &["diff", "git:HEAD~1", "git:HEAD"],
    &["sync", "--dry-run", "--writer", "li"],
    &["sync", "--writer", "li"],
];

/// The hooks that git knows.
const HOOKS: [&str; 16] = [
    "applypatch-msg",
    "commit-msg",
    "fsmonitor-watchman",
    "post-checkout",
    "post-commit",
    "post-merge",
    "post-receive",
    "post-rewrite",
    "post-update",
    "pre-commit",
    "pre-merge-commit",
    "pre-push",
    "pre-receive",
    "prepare-commit-msg",
    "reference-transaction",
    "update",
];

/// Two offices that have something to exchange, with hooks in the clone and on the stick.
fn city() -> City {
    let city = City::new(&["a", "b"]);
    city.note("b", "wang", "one");
    city.sync("b", "wang").done();
    city.note("a", "li", "two");
    let hook = format!("#!/bin/sh\ntouch {}\n", city.path("marker").display());
    for folder in ["a/.git/hooks", "a/hooks", "stick.git/hooks"] {
        fs::create_dir_all(city.path(folder)).unwrap();
        for name in HOOKS {
            executable(&city.path(folder).join(name), &hook);
        }
    }
    city
}

fn executable(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[track_caller]
fn check_unmarked(city: &City, what: &str) {
    assert!(!city.path("marker").exists(), "{what} started a program");
}

#[test]
fn hooks_of_the_clone_and_of_the_stick_are_never_run() {
    let city = city();
    for command in COMMANDS {
        city.duban("a", command);
        check_unmarked(&city, &format!("{command:?}"));
    }
    // It did go out: what was not run is not for want of an exchange.
    let told = city.json("b", "wang", &[]);
    assert_eq!(told["received"][0]["writer"], "li");
    // And the trap is one: plain git runs into it.
    city.note("a", "li", "three");
    city.git_in("a", &["commit", "-q", "-am", "by hand"]);
    assert!(city.path("marker").exists());
}

#[test]
fn no_setting_of_a_repository_starts_a_program() {
    let city = city();
    city.sync("a", "li").done();
    let run = format!("touch {}", city.path("marker").display());
    let more = format!("[core]\n\tsshCommand = {run}\n");
    fs::write(city.path("a/.git/more"), more).unwrap();
    fs::write(city.path("a/attributes"), "* filter=x diff=x merge=x\n").unwrap();
    let attributes = "*.csv -text filter=x diff=x merge=x\n";
    fs::write(
        city.path("a").join(JOURNAL).join(".gitattributes"),
        attributes,
    )
    .unwrap();
    let config = city.path("a/.git/config");
    let text = fs::read_to_string(&config).unwrap();
    for (at, (key, value)) in SETTINGS.iter().enumerate() {
        city.note("a", "li", &format!("note {at}"));
        let (key, value) = (key.replace("RUN", &run), value.replace("RUN", &run));
        fs::write(&config, text.clone() + &section(&key, &value)).unwrap();
        for command in COMMANDS {
            city.duban("a", command);
            check_unmarked(&city, &format!("{key}: {command:?}"));
        }
    }
    // It was the settings that stood in the way: without them all of it goes out.
    fs::write(&config, text).unwrap();
    city.sync("a", "li").done();
}

/// Writes a setting as it stands in a file: git itself would start some of them when asked to.
fn section(key: &str, value: &str) -> String {
    let (first, rest) = key.split_once('.').unwrap();
    let (middle, last) = match rest.rsplit_once('.') {
        Some((middle, last)) => (format!(" \"{middle}\""), last),
        None => (String::new(), rest),
    };
    format!("\n[{first}{middle}]\n\t{last} = \"{value}\"\n")
}

#[test]
fn a_setting_that_could_start_a_program_stops_sync_and_is_named() {
    let city = city();
    city.git_in("a", &["config", "core.sshCommand", "ssh -v"]);
    let head = city.head("a");
    city.sync("a", "li").ends_with(2).says(&[
        "core.sshcommand",
        "git config --local --unset-all core.sshcommand",
    ]);
    assert_eq!(city.head("a"), head);
    // The user's own are the user's.
    city.git_in("a", &["config", "--local", "--unset", "core.sshCommand"]);
    city.git_in("a", &["config", "--global", "core.sshCommand", "ssh -v"]);
    city.sync("a", "li").done();
}

#[test]
fn a_remote_that_is_a_command_is_not_run() {
    let city = city();
    let run = format!("ext::sh -c 'touch {}'", city.path("marker").display());
    city.git_in("a", &["config", "remote.origin.url", &run]);
    city.sync("a", "li").ends_with(3);
    check_unmarked(&city, "ext::");
}

#[test]
fn a_submodule_is_neither_fetched_nor_entered() {
    let city = city();
    let modules = "[submodule \"x\"]\n\tpath = x\n\turl = ../evil\n\tupdate = !touch marker\n";
    fs::write(city.path("b/.gitmodules"), modules).unwrap();
    city.git_in("b", &["add", ".gitmodules"]);
    let entry = format!("160000,{},x", city.head("b").trim());
    city.git_in("b", &["update-index", "--add", "--cacheinfo", &entry]);
    city.git_in("b", &["commit", "-q", "-m", "submodule"]);
    city.sync("b", "wang").done();
    city.sync("a", "li").done();
    check_unmarked(&city, "a submodule");
}

#[test]
fn what_git_says_is_shown_without_what_a_terminal_obeys() {
    let city = city();
    let url = city.path("gone\u{1b}[31m\u{202e}\u{200b}\u{7}.git");
    city.git_in("a", &["config", "remote.origin.url", url.to_str().unwrap()]);
    for format in ["table", "json"] {
        let ran = city.duban("a", &["sync", "--writer", "li", "--format", format]);
        assert_eq!(ran.code, 3, "{}", ran.all());
        for sign in ['\u{1b}', '\u{202e}', '\u{200b}', '\u{7}'] {
            assert!(!ran.all().contains(sign), "{:?}", ran.all());
        }
    }
}

#[test]
fn names_of_files_and_remotes_are_shown_harmless() {
    let city = city();
    let harm = "\u{1b}[31m\u{202e}x";
    city.git_in("a", &["remote", "rename", "origin", "up"]);
    fs::write(city.path("a").join(format!("{harm}.txt")), "x").unwrap();
    city.git_in("a", &["add", &format!("{harm}.txt")]);
    let stray = format!("{JOURNAL}/{harm}.csv");
    fs::write(city.path("a").join(stray), "x").unwrap();
    for arguments in [
        &["sync", "--writer", "li"][..],
        &["sync", "--writer", "li", "-f", "html"],
    ] {
        let ran = city.duban("a", arguments);
        assert!(
            ran.all().contains("x.txt") || ran.all().contains("x.csv"),
            "{}",
            ran.all()
        );
        for sign in ['\u{1b}', '\u{202e}'] {
            assert!(!ran.all().contains(sign), "{:?}", ran.all());
        }
    }
}

#[test]
fn a_password_in_an_address_is_not_shown() {
    let city = city();
    let url = "http://li:geheim@127.0.0.1:1/x.git";
    city.git_in("a", &["config", "remote.origin.url", url]);
    let ran = city.sync("a", "li").ends_with(3);
    assert!(!ran.all().contains("geheim"), "{}", ran.all());
}
