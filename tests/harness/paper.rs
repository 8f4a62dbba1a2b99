//! later
use crate::row::*;
pub(crate) fn write(_: &[(&Row, Outcome)], _: &[crate::bugs::Caught]) {}
