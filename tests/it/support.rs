//! What several subjects need: workspaces made in memory.

#[path = "support/checks.rs"]
pub(crate) mod checks;
#[path = "support/office.rs"]
pub(crate) mod office;
#[path = "support/workbook.rs"]
pub(crate) mod workbook;
