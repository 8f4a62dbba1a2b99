//! To be built next.
