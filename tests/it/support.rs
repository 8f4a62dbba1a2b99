//! What several subjects need: workspaces made in memory.

#[path = "support/office.rs"]
pub(crate) mod office;
