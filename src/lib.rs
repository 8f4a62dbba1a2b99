//! duban (督办) tracks whether every unit of a city carries out the yearly work plan.
//!
//! ```text
//! text of plan ─▶ plan::source ─▶ Plan ─▶ Chart ─────────────────────────┐
//!                   └▶ findings                                           ├▶ Ledger::post(&Chart, postings, days) ─▶ report ─▶ Table ─▶ render ─▶ bytes
//! journal files ─▶ journal::scan(files, &Chart, &Known) ─▶ postings ─────┘
//!                   └▶ findings
//!
//! what was typed ─▶ names ─▶ recording (draft checked against the ledger) ─▶ journal::file (the only writer)
//! ```
//!
//! The modules stand in reading order. `ARCHITECTURE.md` says what each must never know.

pub mod terms;

pub mod text;

pub mod calendar;

pub mod figures;

pub mod parallel;

pub mod plan;

pub mod names;

pub mod workspace;

pub mod git;

pub mod journal;

pub mod grid;

pub mod recording;

pub mod ledger;

pub mod template;

pub mod report;

pub mod table;

pub mod document;

pub mod privacy;

pub mod form;

pub mod sheet;

pub mod render;

pub mod finding;

pub mod failure;

pub mod lang;

pub mod schema;

pub mod cli;

pub mod practice;

pub mod commands;
