//! One binary for all tests of behaviour; each file under `it/` is one subject.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs
)]

#[path = "it/texts.rs"]
mod texts;
#[path = "it/tidy.rs"]
mod tidy;
