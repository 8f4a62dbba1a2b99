//! What the pages under `docs/` claim is held against the program: formats, commands, codes.

use crate::readme::check_fences;
use crate::readme::fences;
use crate::readme::page_path;
use clap::CommandFactory;
use duban::cli::Cli;
use duban::finding::Severity;
use duban::journal::chain;
use duban::journal::line;
use duban::lang::explain;
use duban::plan::source;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

const PLAN: &str = "practice-2013";
const JOURNAL: &str = "examples/practice/plans/practice-2013.journal";

fn page(name: &str) -> String {
    fs::read_to_string(page_path(name)).unwrap()
}

/// Returns the only block of a page with a tag.
#[track_caller]
fn block(name: &str, tag: &str) -> String {
    let mut found = fences(&page(name));
    found.retain(|fence| fence.tag == tag);
    assert_eq!(found.len(), 1, "{name} has one `{tag}` block");
    found.remove(0).text.join("\n") + "\n"
}

#[test]
fn every_block_of_every_page_is_run_or_says_what_it_holds() {
    let is_page = |path: &Path| path.extension().is_some_and(|ending| ending == "md");
    for folder in ["", "docs"] {
        for entry in fs::read_dir(page_path(folder)).unwrap() {
            let path = entry.unwrap().path();
            if is_page(&path) {
                check_fences(path.to_str().unwrap());
            }
        }
    }
}

#[test]
fn every_link_between_pages_leads_to_a_file() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ] {
        check_links(name);
    }
    for entry in fs::read_dir(page_path("docs")).unwrap() {
        let name = entry.unwrap().file_name();
        check_links(&format!("docs/{}", name.to_str().unwrap()));
    }
}

#[track_caller]
fn check_links(name: &str) {
    let path = page_path(name);
    for link in page(name).split("](").skip(1) {
        let target = link.split([')', '#']).next().unwrap();
        assert!(
            !target.contains(':'),
            "{name}: {target} leads out of the repository"
        );
        let lies = path.parent().unwrap().join(target);
        assert!(lies.exists(), "{name}: there is no {target}");
    }
}

// ---- the journal format

/// Runs the chain check of `docs/journal-format.md` over a journal folder.
fn chain_check(journal: &Path) -> Output {
    let temp = TempDir::new().unwrap();
    let script = temp.path().join("chain.sh");
    fs::write(&script, block("docs/journal-format.md", "sh")).unwrap();
    Command::new("sh")
        .arg(&script)
        .arg(PLAN)
        .arg(journal)
        .output()
        .unwrap()
}

/// Returns the text of one writer's practice journal.
fn practice(writer: &str) -> String {
    fs::read_to_string(page_path(JOURNAL).join(format!("{writer}.csv"))).unwrap()
}

/// Runs the chain check over one journal of a writer with the given text.
fn chain_check_of(writer: &str, text: &str) -> Output {
    let temp = TempDir::new().unwrap();
    fs::write(temp.path().join(format!("{writer}.csv")), text).unwrap();
    chain_check(temp.path())
}

#[track_caller]
fn check_caught(change: impl Fn(&mut Vec<String>), first_wrong: &str) {
    let writer = "chikan-desk";
    let mut lines: Vec<String> = practice(writer).lines().map(str::to_owned).collect();
    change(&mut lines);
    let output = chain_check_of(writer, &(lines.join("\n") + "\n"));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "the change went unseen");
    assert!(said.contains(&format!("{writer}:{first_wrong} ")), "{said}");
}

#[test]
fn the_chain_check_passes_the_practice_journals_and_gives_their_digest() {
    let output = chain_check(&page_path(JOURNAL));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(output.status.success());
    let heads = String::from_utf8(output.stdout).unwrap();
    let digest = chain::digest(heads.lines().map(str::to_owned).collect());
    let status = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(["status", "--as-of", "2013-10-31", "-f", "json", "--plan"])
        .arg(page_path("examples/practice/plans/practice-2013.toml"))
        .output()
        .unwrap();
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["journal"]["digest"], digest.as_str());
}

#[test]
fn the_chain_check_catches_a_changed_note() {
    check_caught(|lines| lines[17] = lines[17].replace("70%", "90%"), "17");
}

#[test]
fn the_chain_check_catches_a_line_that_was_taken_out() {
    check_caught(|lines| drop(lines.remove(40)), "41");
}

#[test]
fn the_chain_check_catches_two_lines_that_changed_places() {
    check_caught(|lines| lines.swap(30, 31), "31");
}

#[test]
fn the_chain_check_catches_the_file_of_another_writer() {
    let output = chain_check_of("someone-else", &practice("xuwen-desk"));
    assert!(!output.status.success());
}

#[test]
fn the_chain_check_reads_a_file_without_its_last_line_end() {
    let text = practice("xuwen-desk");
    let output = chain_check_of("xuwen-desk", text.trim_end());
    assert!(output.status.success());
}

#[test]
fn the_known_answer_of_the_page_follows_the_chain() {
    let page = page("docs/journal-format.md");
    let lines = block("docs/journal-format.md", "csv");
    let mut id = chain::start("zhanjiang-2013", "yjb-li");
    assert!(page.contains(&format!("`{id}`")), "the start of the chain");
    let mut head = String::new();
    for text in lines.lines().skip(1) {
        let record = line::read(text.as_bytes()).unwrap();
        id = chain::next(id, &record.body());
        assert_eq!(record.id, id);
        head = format!("yjb-li,{},{id}", record.seq);
    }
    assert_eq!(lines.lines().next(), Some(line::HEADER));
    assert!(
        page.contains(&format!("`{}`", chain::digest(vec![head]))),
        "the digest"
    );
    for column in line::COLUMNS {
        assert!(
            page.contains(&format!("| `{column}` |")),
            "no row for {column}"
        );
    }
}

// ---- the plan format

#[test]
fn the_example_of_the_plan_page_is_a_plan_without_findings() {
    let (plan, findings) =
        source::read("zhanjiang-2013.toml", &block("docs/plan-format.md", "toml"));
    assert!(plan.is_some());
    let said: Vec<&str> = findings
        .iter()
        .map(|found| found.message.en.as_str())
        .collect();
    assert!(findings.is_empty(), "{said:#?}");
}

/// Returns the keys that a table of a plan may have, as the program lists them for an unknown one.
fn keys_of(text: &str) -> BTreeSet<String> {
    let (_, findings) = source::read("case.toml", text);
    let unknown = findings
        .iter()
        .find(|found| found.code == "plan/unknown-key");
    let help = unknown.unwrap().help.as_ref().unwrap();
    let listed = help.en.split_once(": ").unwrap().1;
    listed.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_plan_page_explains_every_key() {
    let page = page("docs/plan-format.md");
    let tables = [
        ("", "zzzzzz = 1"),
        ("plan", "[plan]\nzzzzzz = 1"),
        ("reporting", "[reporting]\nzzzzzz = 1"),
        ("lights", "[lights]\nzzzzzz = 1"),
        ("unit", "[[unit]]\nzzzzzz = 1"),
        ("group", "[[group]]\nzzzzzz = 1"),
        ("chapter", "[[chapter]]\nzzzzzz = 1"),
        ("measure", "[[measure]]\nzzzzzz = 1"),
        ("measure.item", "[[measure]]\n[[measure.item]]\nzzzzzz = 1"),
    ];
    for (table, text) in tables {
        let section = section(&page, table);
        for key in keys_of(text) {
            let is_there = section.contains(&format!("`{key}`")) || key == "item";
            assert!(is_there, "[{table}]: `{key}` is not explained");
        }
    }
}

/// Returns the part of the plan page about a table; the part before the first for the whole file.
fn section<'p>(page: &'p str, table: &str) -> &'p str {
    if table.is_empty() {
        return page.split("\n## ").nth(1).unwrap();
    }
    page.split("\n## ")
        .find(|section| {
            let title = section.lines().next().unwrap();
            title.contains(&format!("[{table}]"))
        })
        .unwrap_or_else(|| panic!("no section about [{table}]"))
}

// ---- the commands

#[test]
fn the_page_of_commands_names_every_command_and_option() {
    let page = page("docs/commands.md");
    let cli = Cli::command();
    check_named(&page, &cli, "duban");
    for command in cli.get_subcommands() {
        let name = command.get_name();
        assert!(page.contains(&format!("`{name}")), "no `{name}`");
        check_named(&page, command, name);
    }
}

#[track_caller]
fn check_named(page: &str, command: &clap::Command, name: &str) {
    for option in command.get_arguments().filter_map(clap::Arg::get_long) {
        assert!(
            page.contains(&format!("--{option}")),
            "{name}: no --{option}"
        );
    }
}

// ---- the codes

const CODES: [&str; 2] = ["<!-- codes -->", "<!-- end of codes -->"];

#[test]
fn the_list_of_codes_is_that_of_the_pages() {
    let list: String = explain::codes()
        .filter(|code| code.contains('/'))
        .filter_map(|code| Some((code, explain::page(code)?)))
        .map(|(code, page)| format!("| `{code}` | {} | {} |\n", page.title.en, page.title.zh))
        .collect();
    if list.is_empty() {
        return;
    }
    let text = page("docs/errors.md");
    let (before, rest) = text.split_once(CODES[0]).unwrap();
    let (_, after) = rest.split_once(CODES[1]).unwrap();
    let table = format!("\n| code | what is the case | 是什么问题 |\n|---|---|---|\n{list}");
    let wanted = format!("{before}{}{table}{}{after}", CODES[0], CODES[1]);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(page_path("docs/errors.md"), wanted).unwrap();
    } else {
        assert!(
            text == wanted,
            "docs/errors.md is behind; UPDATE=1 writes its list again"
        );
    }
}

#[test]
fn every_code_that_a_finding_can_have_is_listed() {
    let text = page("docs/errors.md");
    for file in ["plan.rs", "journal.rs"] {
        let source = fs::read_to_string(page_path("src/finding").join(file)).unwrap();
        let quoted = source.split('"').skip(1).step_by(2);
        for code in quoted.filter(|text| text.starts_with("plan/") || text.starts_with("journal/"))
        {
            assert!(text.contains(&format!("`{code}`")), "{code} is not listed");
        }
    }
}

#[test]
fn the_severities_of_the_page_are_those_of_the_program() {
    let text = page("docs/errors.md");
    for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
        assert!(
            text.contains(&format!("| {} |", severity.code())),
            "{severity:?}"
        );
    }
}

#[test]
fn every_test_that_the_page_of_threats_names_is_there() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let text = page("docs/threats.md");
    let names: BTreeSet<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.contains("::") && !name.ends_with("::"))
        .collect();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        let (subject, test) = name.split_once("::").unwrap();
        let files = [
            format!("it/{subject}.rs"),
            format!("it/sync/{subject}.rs"),
            format!("{subject}.rs"),
        ];
        let has_test = |file: &String| {
            let text = fs::read_to_string(tests.join(file)).unwrap_or_default();
            text.contains(&format!("fn {test}("))
        };
        assert!(files.iter().any(has_test), "there is no test {name}");
    }
}
