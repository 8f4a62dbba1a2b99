//! One binary for all tests of behaviour; each file under `it/` is one subject.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs
)]

#[path = "it/append.rs"]
mod append;
#[path = "it/bad_input.rs"]
mod bad_input;
#[path = "it/bulletin.rs"]
mod bulletin;
#[path = "it/carry_over.rs"]
mod carry_over;
#[path = "it/config.rs"]
mod config;
#[path = "it/demo.rs"]
mod demo;
#[path = "it/desk.rs"]
mod desk;
#[cfg(unix)]
#[path = "it/docs.rs"]
mod docs;
#[path = "it/docx.rs"]
mod docx;
#[path = "it/draft.rs"]
mod draft;
#[path = "it/evidence.rs"]
mod evidence;
#[path = "it/findings.rs"]
mod findings;
#[path = "it/generate.rs"]
mod generate;
#[path = "it/hostile.rs"]
mod hostile;
#[path = "it/import_journal.rs"]
mod import_journal;
#[path = "it/laws.rs"]
mod laws;
#[path = "it/levels.rs"]
mod levels;
#[path = "it/month.rs"]
mod month;
#[path = "it/names.rs"]
mod names;
#[path = "it/notice.rs"]
mod notice;
#[path = "it/numbers.rs"]
mod numbers;
#[path = "it/oracle.rs"]
mod oracle;
#[path = "it/plan.rs"]
mod plan;
#[path = "it/reading.rs"]
mod reading;
#[cfg(unix)]
#[path = "it/readme.rs"]
mod readme;
#[path = "it/record.rs"]
mod record;
#[path = "it/render.rs"]
mod render;
#[path = "it/render_findings.rs"]
mod render_findings;
#[path = "it/render_terminal.rs"]
mod render_terminal;
#[path = "it/repair.rs"]
mod repair;
#[path = "it/retract.rs"]
mod retract;
#[path = "it/scan.rs"]
mod scan;
#[path = "it/schemas.rs"]
mod schemas;
#[path = "it/seal.rs"]
mod seal;
#[path = "it/sheet.rs"]
mod sheet;
#[path = "it/slip.rs"]
mod slip;
#[path = "it/supply.rs"]
mod supply;
#[path = "it/support.rs"]
mod support;
#[path = "it/sync.rs"]
mod sync;
#[path = "it/texts.rs"]
mod texts;
#[path = "it/tidy.rs"]
mod tidy;
#[path = "it/workbooks.rs"]
mod workbooks;
#[path = "it/workspace.rs"]
mod workspace;
#[path = "it/xlsx.rs"]
mod xlsx;
