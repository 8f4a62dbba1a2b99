//! Texts: filled in with the rooms that need them.
