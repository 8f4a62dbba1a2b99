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
#[path = "it/evidence.rs"]
mod evidence;
#[path = "it/month.rs"]
mod month;
#[path = "it/names.rs"]
mod names;
#[path = "it/plan.rs"]
mod plan;
#[path = "it/render.rs"]
mod render;
#[path = "it/render_findings.rs"]
mod render_findings;
#[path = "it/render_terminal.rs"]
mod render_terminal;
#[path = "it/texts.rs"]
mod texts;
#[path = "it/tidy.rs"]
mod tidy;
#[path = "it/workspace.rs"]
mod workspace;
