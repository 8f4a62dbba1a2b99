//! A small office in a folder of its own, worked through the program as a clerk does.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

/// Two units, a month of reports, one item of each sort.
pub(crate) const PLAN: &str = r#"schema = 1

[plan]
id = "town-2013"
title = "2013年工作计划"
issuer = "县政府办公室"
issued = 2013-01-01
period = { start = 2013-01-01, end = 2013-12-31 }
supervisor = "office"
own_verifier = "mayor"
lang = "zh"

[reporting]
cycle = "month"
due_day = 5
from = 2013-01-01

[[unit]]
id = "office"
name = "县政府办公室"

[[unit]]
id = "mayor"
name = "县政府"

[[unit]]
id = "water"
name = "县水务局"

[[unit]]
id = "school"
name = "县教育局"

[[chapter]]
id = "1"
label = "一"
title = "工作"

[[measure]]
id = "1.1"
chapter = "1"
label = "(一)"
title = "任务"

  [[measure.item]]
  id = "1.1.1"
  title = "修好水库"
  kind = "once"
  lead = ["water"]
  due = 2013-02-20
  done_when = "验收通过"

  [[measure.item]]
  id = "1.1.2"
  title = "开展演练"
  kind = "once"
  lead = ["water", "school"]
  due = 2013-03-31
  target = { amount = 10, unit = "场" }
  done_when = "演练记录齐全"

  [[measure.item]]
  id = "1.1.3"
  title = "报月报"
  kind = "periodic"
  every = "month"
  lead = ["school"]
  due = 2013-06-30
  done_when = "按月报送"
"#;

/// An office: its folder, and a home of its own.
pub(crate) struct Office {
    pub(crate) root: TempDir,
}

impl Office {
    pub(crate) fn new(plan: &str) -> Office {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("work/plans")).unwrap();
        fs::create_dir_all(root.path().join("home")).unwrap();
        let office = Office { root };
        office.write_plan(plan);
        office
    }

    pub(crate) fn write_plan(&self, plan: &str) {
        fs::write(self.plan_path(), plan).unwrap();
    }

    pub(crate) fn plan_path(&self) -> PathBuf {
        self.folder().join("plans/town-2013.toml")
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// Returns a command in the office's folder, with nothing of the outside but `PATH`.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let home = self.root.path().join("home");
        command
            .current_dir(self.folder())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", &home)
            .env("LANG", "C.UTF-8")
            .env("DUBAN_WRITER", "desk")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    pub(crate) fn run(&self, line: &str) -> Output {
        let words = line.split_whitespace();
        self.command(Path::new(env!("CARGO_BIN_EXE_duban")))
            .args(words)
            .output()
            .unwrap()
    }

    /// Runs a line that must succeed, and returns what it printed.
    #[track_caller]
    pub(crate) fn ok(&self, line: &str) -> String {
        let output = self.run(line);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{line}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Records as on a day, whatever the state of the clerk's memory: scripts never ask.
    #[track_caller]
    pub(crate) fn record(&self, day: &str, line: &str) {
        self.ok(&format!("record {line} --date {day} --person 甲 --yes"));
    }

    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.ok(&format!("{line} --format json"))).unwrap()
    }

    /// Runs a line and holds its JSON against the schema of that name.
    #[track_caller]
    pub(crate) fn check_schema(&self, name: &str, line: &str) -> serde_json::Value {
        let value = self.json(line);
        let text = self.ok(&format!("schema {name}"));
        let schema = serde_json::from_str(&text).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{line}: {}", errors.join("\n"));
        value
    }

    /// Holds that every line of a screen fits 80 columns.
    #[track_caller]
    pub(crate) fn check_width(&self, line: &str) {
        for shown in self.ok(line).lines() {
            let width = unicode_width::UnicodeWidthStr::width(shown);
            assert!(width <= 80, "{line}: {width}: {shown}");
        }
    }
}

/// The formats that every reading command has.
pub(crate) const FORMATS: [&str; 7] = ["table", "plain", "csv", "json", "jsonl", "md", "html"];
