//! The rules of the house that no lint can hold: which room may know what.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// A room, and what must not appear in its code.
struct Never {
    room: &'static str,
    words: &'static [&'static str],
}

/// The table of `ARCHITECTURE.md`: room → what it never knows.
const NEVERS: &[Never] = &[
    Never {
        room: "render",
        words: &[
            "crate::plan",
            "crate::journal",
            "crate::ledger",
            "crate::report",
            "crate::commands",
            "crate::workspace",
        ],
    },
    Never {
        room: "report",
        words: &[
            "std::io",
            "serde_json",
            "comfy_table",
            "csv::",
            "anstyle",
            "annotate_snippets",
            "quick_xml",
            "minijinja",
            "zip::",
            "crate::render",
            "crate::commands",
            "crate::workspace",
        ],
    },
    Never {
        room: "ledger",
        words: &[
            "toml",
            "csv",
            "clap",
            "crate::lang",
            "crate::report",
            "crate::render",
            "crate::commands",
        ],
    },
    Never {
        room: "plan.rs",
        words: &["serde", "toml", "clap", "crate::journal"],
    },
    Never {
        room: "plan/",
        words: &["crate::journal", "crate::ledger", "crate::report", "clap"],
    },
    Never {
        room: "commands",
        words: &[
            "comfy_table",
            "rust_xlsxwriter",
            "quick_xml",
            "minijinja",
            "zip::",
            "toml::",
            "csv::",
        ],
    },
    Never {
        room: "template.rs",
        words: &[
            "std::fs",
            "std::io",
            "crate::plan",
            "crate::journal",
            "crate::ledger",
            "crate::report",
            "crate::render",
            "crate::workspace",
        ],
    },
    Never {
        room: "grid",
        words: &[
            "crate::plan",
            "crate::journal",
            "crate::lang",
            "crate::commands",
            "crate::workspace",
        ],
    },
    Never {
        room: "sheet",
        words: &[
            "crate::commands",
            "crate::render",
            "crate::workspace",
            "rust_xlsxwriter",
        ],
    },
    Never {
        room: "terms.rs",
        words: &["crate::"],
    },
    Never {
        room: "table.rs",
        words: &[
            "serde_json",
            "crate::plan",
            "crate::journal",
            "crate::ledger",
        ],
    },
];

/// Words that no room may hold, but for those named.
const NOWHERE: &[(&str, &[&str])] = &[
    ("std::fs", &["workspace", "journal/", "git.rs", "git/"]),
    ("process::exit", &[]),
    ("println!", &[]),
    ("eprintln!", &[]),
    ("f64", &["render/xlsx/", "grid/workbook.rs"]), // what a spreadsheet calls a number
    ("f32", &[]),
    ("calamine::", &["grid/workbook.rs"]),
    ("Local::now", &["commands.rs"]),
    ("SystemTime::now", &["commands.rs"]),
    ("env::var", &["commands.rs"]),
    ("env::current_dir", &["commands.rs"]),
    ("todo!", &[]),
    ("unimplemented!", &[]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns the code of a file: its path below `src`, and its lines without comments and tests.
fn rooms() -> Vec<(String, Vec<String>)> {
    sources(Path::new(SRC))
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(SRC).unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let lines = code
                .lines()
                .map(|line| match line.trim_start().starts_with("//") {
                    true => String::new(),
                    false => line.to_owned(),
                })
                .collect();
            (name, lines)
        })
        .collect()
}

#[test]
fn every_room_keeps_its_nevers() {
    let mut broken = Vec::new();
    for (name, lines) in rooms() {
        for never in NEVERS.iter().filter(|never| name.starts_with(never.room)) {
            for word in never.words {
                for (at, line) in lines
                    .iter()
                    .enumerate()
                    .filter(|(_, line)| line.contains(word))
                {
                    broken.push(format!("src/{name}:{}: {word}: {}", at + 1, line.trim()));
                }
            }
        }
        for (word, allowed) in NOWHERE {
            if allowed.iter().any(|room| name.starts_with(room)) {
                continue;
            }
            for (at, line) in lines
                .iter()
                .enumerate()
                .filter(|(_, line)| line.contains(word))
            {
                broken.push(format!("src/{name}:{}: {word}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "a room knows what it never should:\n{}",
        broken.join("\n")
    );
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for path in sources(Path::new(SRC)) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("//! "),
            "{} has no `//!` sentence",
            path.display()
        );
    }
}

#[test]
fn imports_stand_one_a_line_without_globs() {
    for (name, lines) in rooms() {
        for (at, line) in lines.iter().enumerate() {
            let import = line.starts_with("use ") || line.starts_with("pub use ");
            assert!(
                !(import && (line.contains("::*") || line.contains('{'))),
                "src/{name}:{}: {line}",
                at + 1
            );
            assert!(
                !line.starts_with("pub use "),
                "src/{name}:{}: no re-exports",
                at + 1
            );
        }
    }
}

#[test]
fn main_stays_the_edge_of_the_process() {
    let main = fs::read_to_string(format!("{SRC}/main.rs")).unwrap();
    assert!(main.lines().count() <= 40);
}

#[test]
fn no_test_file_is_forgotten() {
    let tests = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"));
    for path in sources(&tests.join("it")) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let door = path.parent().unwrap().with_extension("rs");
        let text = fs::read_to_string(&door).unwrap();
        assert!(
            text.contains(&format!("mod {stem};")),
            "{} is not run",
            path.display()
        );
    }
}
