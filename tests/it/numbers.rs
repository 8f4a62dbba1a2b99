//! What every figure means, sentence by sentence, in the order of the rules.

#[path = "numbers/counting.rs"]
mod counting;
#[path = "numbers/events.rs"]
mod events;
#[path = "numbers/filters.rs"]
mod filters;
#[path = "numbers/lights.rs"]
mod lights;
#[path = "numbers/obligations.rs"]
mod obligations;
#[path = "numbers/one_obligation.rs"]
mod one_obligation;
#[path = "numbers/records.rs"]
mod records;
#[path = "numbers/reports.rs"]
mod reports;
#[path = "numbers/rows.rs"]
mod rows;
#[path = "numbers/time.rs"]
mod time;
#[path = "numbers/values.rs"]
mod values;
