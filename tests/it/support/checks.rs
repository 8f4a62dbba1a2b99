//! What a test expects of a report: some fields of some row.

use crate::support::office::Office;
use duban::terms::By;
use serde_json::Value;

/// Checks that an object has these fields with these values, whatever else it has.
#[track_caller]
pub(crate) fn check_fields(found: &Value, expected: &Value) {
    let expected = expected.as_object().expect("a test expects fields");
    for (key, value) in expected {
        assert_eq!(&found[key], value, "`{key}` in {found:#}");
    }
}

/// Checks fields of the only row of `list`.
#[track_caller]
pub(crate) fn check_one(office: &Office, as_of: &str, expected: &Value) {
    let list = office.list(as_of);
    let rows = list["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 1, "{list:#}");
    check_fields(&rows[0], expected);
}

/// Checks fields of one row of `list`.
#[track_caller]
pub(crate) fn check_obligation(office: &Office, as_of: &str, obligation: &str, expected: &Value) {
    check_fields(
        &row(&office.list(as_of), "obligation", obligation),
        expected,
    );
}

/// Checks which obligations there are, in the order of the plan.
#[track_caller]
pub(crate) fn check_obligations(office: &Office, expected: &[&str]) {
    assert_eq!(column(&office.list("2013-12-31"), "obligation"), expected);
}

/// Checks fields of one row of `status`.
#[track_caller]
pub(crate) fn check_row(office: &Office, by: By, as_of: &str, key: &str, expected: &Value) {
    check_fields(&row(&office.status(by, as_of), "key", key), expected);
}

/// Checks fields of the total row of `status`.
#[track_caller]
pub(crate) fn check_total(office: &Office, as_of: &str, expected: &Value) {
    check_fields(&office.status(By::Unit, as_of)["total"], expected);
}

/// Checks fields of what `status` says of the journal.
#[track_caller]
pub(crate) fn check_journal(office: &Office, as_of: &str, expected: &Value) {
    check_fields(&office.status(By::Unit, as_of)["journal"], expected);
}

/// Checks fields of the row of `czj` in `missing`.
#[track_caller]
pub(crate) fn check_missing(office: &Office, period: &str, as_of: &str, expected: &Value) {
    check_fields(&row(&office.missing(period, as_of), "key", "czj"), expected);
}

/// Returns the row of which a field has a value.
#[track_caller]
pub(crate) fn row(report: &Value, field: &str, value: &str) -> Value {
    let rows = report["rows"].as_array().expect("rows");
    let found = rows.iter().find(|row| row[field] == value);
    found
        .unwrap_or_else(|| panic!("no row `{value}` in {report:#}"))
        .clone()
}

/// Returns one field of every row.
pub(crate) fn column(report: &Value, field: &str) -> Vec<String> {
    let rows = report["rows"].as_array().expect("rows");
    let text = |row: &Value| row[field].as_str().unwrap_or_default().to_owned();
    rows.iter().map(text).collect()
}
