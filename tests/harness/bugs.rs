//! later
pub(crate) struct Caught {
    pub(crate) is_caught: bool,
}
pub(crate) fn hunt() -> Vec<Caught> {
    Vec::new()
}
