//! Every JSON output against its schema, by a reader that is not ours; no key without a schema.

use duban::schema;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const PRACTICE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/practice");

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

    /// Runs a command that is written as on the command line and returns its JSON.
    fn json(&self, line: &str) -> Value {
        let done = Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(line.split(' '))
            .args(["--format", "json"])
            .current_dir(self.folder.path().join("practice"))
            .env_clear()
            .env("HOME", self.folder.path().join("home"))
            .env("DUBAN_TODAY", "2013-10-31")
            .env("DUBAN_WRITER", "schema-desk")
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{line}: {said}"))
    }

    #[track_caller]
    fn check(&self, name: &str, line: &str) -> Value {
        let value = self.json(line);
        check_output(name, &value);
        value
    }
}

fn schema_of(name: &str) -> Value {
    let (_, text) = schema::ALL.iter().find(|(of, _)| *of == name).unwrap();
    serde_json::from_str(text).unwrap()
}

/// Holds an output against its schema, and the schema against the keys of the output.
#[track_caller]
pub(crate) fn check_output(name: &str, value: &Value) {
    let root = schema_of(name);
    let validator = jsonschema::draft202012::new(&root).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    let mut unnamed = Vec::new();
    compare_keys(&root, &[&root], value, name, &mut unnamed);
    assert!(unnamed.is_empty(), "{}", unnamed.join("\n"));
}

/// Gathers the keys that are written and not named, at every depth.
fn compare_keys(root: &Value, at: &[&Value], value: &Value, path: &str, unnamed: &mut Vec<String>) {
    let mut schemas = Vec::new();
    for schema in at {
        gather(root, schema, &mut schemas);
    }
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let named: Vec<&Value> = schemas
                    .iter()
                    .filter_map(|schema| schema.get("properties")?.get(key))
                    .collect();
                let path = format!("{path}.{key}");
                match named.is_empty() {
                    true => unnamed.push(format!("{path} is in no schema")),
                    false => compare_keys(root, &named, value, &path, unnamed),
                }
            }
        }
        Value::Array(values) => {
            let items: Vec<&Value> = schemas
                .iter()
                .filter_map(|schema| schema.get("items"))
                .collect();
            for value in values {
                compare_keys(root, &items, value, &format!("{path}[]"), unnamed);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Gathers a schema and all that it refers to.
fn gather<'s>(root: &'s Value, schema: &'s Value, into: &mut Vec<&'s Value>) {
    into.push(schema);
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        gather(root, target, into);
    }
    for key in ["allOf", "anyOf"] {
        let parts = schema.get(key).and_then(Value::as_array);
        for part in parts.into_iter().flatten() {
            gather(root, part, into);
        }
    }
}

#[test]
fn every_schema_is_one_and_bears_its_name() {
    for (name, text) in schema::ALL {
        let schema: Value = serde_json::from_str(text).unwrap();
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
        assert_eq!(schema["$id"], format!("duban/{name}@1"));
        assert_eq!(
            schema["properties"]["schema"]["const"],
            format!("duban/{name}@1")
        );
        for key in ["title", "description"] {
            assert!(schema[key].is_string(), "{name} has no {key}");
        }
    }
}

#[test]
fn every_key_that_a_schema_names_is_required() {
    for (name, _) in schema::ALL {
        check_required(name, &schema_of(name));
    }
}

#[track_caller]
fn check_required(name: &str, schema: &Value) {
    match schema {
        Value::Object(object) => {
            if let (Some(properties), Some(required)) =
                (object.get("properties"), object.get("required"))
            {
                let named: BTreeSet<&str> = properties
                    .as_object()
                    .unwrap()
                    .keys()
                    .map(String::as_str)
                    .collect();
                let required: BTreeSet<&str> = required
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|key| key.as_str().unwrap())
                    .collect();
                assert_eq!(named, required, "{name}");
            }
            object.values().for_each(|part| check_required(name, part));
        }
        Value::Array(parts) => parts.iter().for_each(|part| check_required(name, part)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn reports_are_what_their_schemas_say() {
    let office = Office::new();
    for by in ["unit", "chapter", "measure", "item", "group", "kind"] {
        office.check("status", &format!("status --by {by}"));
    }
    office.check(
        "status",
        "status --verify --known-at 2013-07-05T18:00:00+08:00",
    );
    office.check("status", "status --as-of 2012-12-31 --unit chikan");
    office.check("list", "list");
    office.check("list", "list --as-of 2014-03-31");
    office.check("ledger", "ledger");
    office.check("missing", "missing 2013-09");
    for month in ["2013-04", "2013-06", "2013-09"] {
        office.check("bulletin", &format!("bulletin {month}"));
    }
    office.check("bulletin", "bulletin 2013-09 --date 2013-10-08 --number 9");
    let log = office.check("log", "log");
    let marks = log["rows"].as_array().unwrap().iter();
    assert!(
        marks.clone().any(|row| row["marks"][0] == "void"),
        "no entry is void"
    );
}

#[test]
fn what_is_shown_is_what_its_schema_says() {
    let office = Office::new();
    let kinds = [
        ("chikan", "unit"),
        ("5.1", "measure"),
        ("5.1.2", "item"),
        ("5.1.2@chikan", "obligation"),
        ("yjb-li:17", "entry"),
    ];
    for (reference, kind) in kinds {
        let shown = office.check("show", &format!("show {reference}"));
        assert_eq!(shown["kind"], kind);
        assert_eq!(shown["id"], reference);
    }
}

#[test]
fn what_was_written_is_what_its_schema_says() {
    let office = Office::new();
    let entry = "record note 1.2.3@chikan -m 已核对 --person 经办甲";
    let tried = office.check("recorded", &format!("{entry} --dry-run"));
    assert!(tried["entries"][0]["entry"].is_null());
    let recorded = office.check("recorded", entry);
    assert_eq!(recorded["entries"][0]["entry"], "schema-desk:1");
    office.check("recorded", "retract schema-desk:1 -m 误记 --person 经办甲");
    office.check("sealed", "seal 2013-09 --dry-run");
    office.check("sealed", "seal 2013-09");
    office.check("sealed", "seal 2013-09");
    office.check("log", "log --known-at 2013-09");
    office.check("status", "status --known-at 2013-09");
    let sealed = office.check("bulletin", "bulletin 2013-09");
    assert!(sealed["seal"]["entry"].is_string());
}

#[test]
fn findings_are_what_their_schema_says() {
    let office = Office::new();
    let found = office.check("findings", "check");
    assert!(!found["findings"].as_array().unwrap().is_empty());
    office.check("findings", "verify");
}
