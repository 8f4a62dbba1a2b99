//! What the program is built from: `deny.toml` holds for every dependency, also where `cargo deny` is not at hand.

use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The rules of `deny.toml` that need no list from elsewhere.
struct Rules {
    allow: BTreeSet<String>,
    deny: BTreeSet<String>,
    registries: BTreeSet<String>,
}

fn rules() -> Rules {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml")).unwrap();
    let rules: toml::Table = toml::from_str(&text).unwrap();
    let texts = |value: &toml::Value| -> BTreeSet<String> {
        let values = value.as_array().unwrap().iter();
        values
            .map(|text| text.as_str().unwrap().to_owned())
            .collect()
    };
    let denied = rules["bans"]["deny"].as_array().unwrap().iter();
    Rules {
        allow: texts(&rules["licenses"]["allow"]),
        deny: denied
            .map(|of| of["crate"].as_str().unwrap().to_owned())
            .collect(),
        registries: texts(&rules["sources"]["allow-registry"]),
    }
}

/// Returns every package that the program or its tests are built from, but itself.
fn packages() -> Vec<Value> {
    let done = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let metadata: Value = serde_json::from_slice(&done.stdout).unwrap();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let needs: BTreeMap<&str, &Value> = nodes
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), &node["deps"]))
        .collect();
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let (mut open, mut met) = (vec![root], BTreeSet::new());
    while let Some(id) = open.pop() {
        if met.insert(id) {
            let deps = needs[id].as_array().unwrap().iter();
            open.extend(deps.map(|dep| dep["pkg"].as_str().unwrap()));
        }
    }
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .filter(|of| of["id"] != root && met.contains(of["id"].as_str().unwrap()))
        .cloned()
        .collect()
}

/// Tells whether a licence expression can be met with the allowed ones: `OR` offers, `AND` asks for both.
fn is_met(expression: &str, allow: &BTreeSet<String>) -> bool {
    let text = expression.trim().replace('/', " OR ");
    if let Some((one, other)) = split(&text, " OR ") {
        return is_met(&one, allow) || is_met(&other, allow);
    }
    if let Some((one, other)) = split(&text, " AND ") {
        return is_met(&one, allow) && is_met(&other, allow);
    }
    match text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    {
        Some(inside) => is_met(inside, allow),
        None => allow.contains(text.trim()),
    }
}

/// Splits at the first word that stands outside parentheses.
fn split(text: &str, word: &str) -> Option<(String, String)> {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 && text[at..].starts_with(word) {
            return Some((text[..at].to_owned(), text[at + word.len()..].to_owned()));
        }
    }
    None
}

#[test]
fn licence_expressions_are_read_as_they_are_meant() {
    let allow: BTreeSet<String> = ["MIT", "Zlib"].map(str::to_owned).into();
    for met in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/Apache-2.0",
        "(MIT OR X) AND Zlib",
        "X OR (MIT AND Zlib)",
    ] {
        assert!(is_met(met, &allow), "{met}");
    }
    for unmet in [
        "GPL-3.0",
        "MIT AND X",
        "(MIT OR Zlib) AND X",
        "X OR (MIT AND Y)",
        "",
    ] {
        assert!(!is_met(unmet, &allow), "{unmet}");
    }
}

#[test]
fn every_dependency_has_an_allowed_licence_a_known_source_and_is_not_banned() {
    let rules = rules();
    let packages = packages();
    assert!(
        packages.len() > 50,
        "only {} packages were seen",
        packages.len()
    );
    let mut wrong = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_met(licence, &rules.allow) {
            wrong.push(format!("{name}: the licence `{licence}` is not allowed"));
        }
        let source = package["source"].as_str().unwrap_or_default();
        let registry = source.strip_prefix("registry+").unwrap_or(source);
        if !rules.registries.contains(registry) {
            wrong.push(format!("{name}: comes from `{source}`"));
        }
        if rules.deny.contains(name) {
            wrong.push(format!("{name}: is banned"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_is_built_from_the_locked_versions() {
    let run = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run")).unwrap();
    let builds = ["cargo clippy", "cargo test", "cargo build", "cargo run"];
    for line in run.lines().map(str::trim) {
        let is_build = builds.iter().any(|build| line.contains(build));
        assert!(
            !is_build || line.starts_with('#') || line.contains("--locked"),
            "not locked: {line}"
        );
    }
}
