//! The JSON Schemas of every JSON output, as files beside this one.
//!
//! A test holds each output against its schema, so that the files cannot fall behind.

/// Every schema: its name and its text.
pub const ALL: &[(&str, &str)] = &[
    ("bulletin", include_str!("schema/bulletin.json")),
    ("diff", include_str!("schema/diff.json")),
    ("findings", include_str!("schema/findings.json")),
    ("intake", include_str!("schema/intake.json")),
    ("ledger", include_str!("schema/ledger.json")),
    ("list", include_str!("schema/list.json")),
    ("log", include_str!("schema/log.json")),
    ("matrix", include_str!("schema/matrix.json")),
    ("missing", include_str!("schema/missing.json")),
    ("notice", include_str!("schema/notice.json")),
    ("recorded", include_str!("schema/recorded.json")),
    ("repaired", include_str!("schema/repaired.json")),
    ("sealed", include_str!("schema/sealed.json")),
    ("show", include_str!("schema/show.json")),
    ("slip", include_str!("schema/slip.json")),
    ("status", include_str!("schema/status.json")),
    ("sync", include_str!("schema/sync.json")),
    ("today", include_str!("schema/today.json")),
    ("trend", include_str!("schema/trend.json")),
];
