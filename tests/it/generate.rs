//! The generated workspaces: valid to the last line, and the same for the same arguments.

use duban::terms::Event;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Returns the generator; a test that runs alone builds it first.
fn generator() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let own = std::env::current_exe().unwrap();
        let profile = own.parent().unwrap().parent().unwrap();
        let mut build = Command::new(env!("CARGO"));
        build
            .args(["build", "--quiet", "--example", "generate", "--target-dir"])
            .arg(profile.parent().unwrap())
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        if profile.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success());
        profile.join("examples/generate")
    })
}

fn generate(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(generator())
        .arg(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// One city, as the generator makes it when nothing is said.
struct City {
    world: TempDir,
}

impl City {
    fn made(arguments: &[&str]) -> City {
        let world = TempDir::new().unwrap();
        let made = generate(&world.path().join("city"), arguments);
        assert!(made.status.success(), "{made:?}");
        City { world }
    }

    fn plans(&self) -> PathBuf {
        self.world.path().join("city/plans")
    }

    /// Returns name and text of each journal file.
    fn files(&self) -> Vec<(String, String)> {
        let folder = self.plans().join("generated-2013.journal");
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    /// Returns the fields of all lines, file by file.
    fn records(&self) -> Vec<(String, csv::StringRecord)> {
        let mut records = Vec::new();
        for (name, text) in self.files() {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            records.extend(
                reader
                    .records()
                    .map(|record| (name.clone(), record.unwrap())),
            );
        }
        records
    }

    fn plan(&self) -> String {
        fs::read_to_string(self.plans().join("generated-2013.toml")).unwrap()
    }

    fn duban(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(arguments)
            .current_dir(self.plans())
            .env_clear()
            .env("HOME", self.world.path())
            .env("DUBAN_TODAY", "2013-12-31")
            .output()
            .unwrap()
    }
}

#[test]
fn generated_city_has_no_finding() {
    let city = City::made(&[]);
    for verb in ["check", "verify"] {
        let answer = city.duban(&[verb, "--format", "json"]);
        let found: Value = serde_json::from_slice(&answer.stdout).unwrap();
        assert_eq!(found["findings"], Value::Array(Vec::new()), "{verb}");
        assert!(answer.status.success(), "{verb}: {answer:?}");
    }
}

#[test]
fn every_entry_of_a_generated_city_counts() {
    let city = City::made(&[]);
    let answer = city.duban(&["status", "--format", "json"]);
    let status: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(status["journal"]["entries"], 5000);
    assert_eq!(status["journal"]["skipped"], 0);
    assert_eq!(status["journal"]["unreadable"], 0);
}

#[test]
fn every_event_happens_in_a_generated_city() {
    let words: BTreeSet<String> = City::made(&[])
        .records()
        .iter()
        .map(|(_, record)| record[3].to_owned())
        .collect();
    let events = Event::ALL.iter().filter(|event| **event != Event::Seal);
    let events: BTreeSet<String> = events.map(|event| event.code().to_owned()).collect();
    assert_eq!(words, events);
}

#[test]
fn county_and_supervisor_write_of_the_same_obligations() {
    let records = City::made(&[]).records();
    let of = |supervisor: &str| -> BTreeSet<String> {
        let written = records
            .iter()
            .filter(|(writer, _)| writer.starts_with("yjb") == supervisor.starts_with("yjb"));
        written
            .map(|(_, record)| format!("{},{},{}", &record[4], &record[5], &record[6]))
            .collect()
    };
    assert!(of("yjb").intersection(&of("desk")).count() > 100);
}

#[test]
fn generated_entries_are_quoted_and_dated_back_too() {
    let records = City::made(&[]).records();
    let count = |holds: &dyn Fn(&csv::StringRecord) -> bool| {
        records.iter().filter(|(_, record)| holds(record)).count()
    };
    assert!(count(&|record| record[12].contains(',')) > 10);
    assert!(count(&|record| record[12].contains('"')) > 10);
    assert!(count(&|record| record[2] < record[1][..10]) > 100);
}

#[test]
fn generated_files_are_of_one_size() {
    let files = City::made(&["--writers", "8", "--entries", "20000"]).files();
    let sizes: Vec<usize> = files.iter().map(|(_, text)| text.len()).collect();
    assert_eq!(sizes.len(), 8);
    assert!(sizes.iter().max() < sizes.iter().min().map(|least| least * 3 / 2).as_ref());
}

#[test]
fn one_writer_writes_for_all() {
    let city = City::made(&["--writers", "1", "--units", "3", "--items", "10"]);
    assert_eq!(city.files().len(), 1);
    assert!(city.duban(&["check"]).status.success());
}

#[test]
fn same_arguments_give_the_same_bytes_and_another_seed_others() {
    let (city, again) = (City::made(&[]), City::made(&[]));
    let other = City::made(&["--seed", "2"]);
    assert_eq!(city.plan(), again.plan());
    assert_eq!(city.files(), again.files());
    assert_ne!(city.files(), other.files());
}

#[test]
fn generator_writes_into_an_empty_folder_only() {
    let world = TempDir::new().unwrap();
    fs::write(world.path().join("mine.txt"), "mine").unwrap();
    let refused = generate(world.path(), &[]);
    assert!(!refused.status.success());
    assert_eq!(fs::read_dir(world.path()).unwrap().count(), 1);
}
