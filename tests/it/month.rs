//! The month's round: the clerk's morning, the papers of a month, what a script is told.

use crate::month::office::Office;
use crate::month::office::PLAN;

#[path = "month/diff.rs"]
mod diff;
#[path = "month/grids.rs"]
mod grids;
#[path = "month/hollow.rs"]
mod hollow;
#[path = "month/office.rs"]
pub(crate) mod office;
#[path = "month/script.rs"]
mod script;
#[path = "month/today.rs"]
mod today;
