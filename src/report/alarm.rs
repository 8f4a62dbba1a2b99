//! What a script may ask to be told of: how many obligations are overdue, red or silent.

use crate::report::View;
use crate::terms::Light;

/// How many of the obligations shown give cause for alarm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alarm {
    /// Past their judged due date.
    pub overdue: usize,
    /// With a red light.
    pub red: usize,
    /// Whose last report is missing although its report day has passed.
    pub missing: usize,
}

/// Counts what gives cause for alarm.
pub fn count(view: &View<'_>) -> Alarm {
    let mut alarm = Alarm::default();
    for at in view.obligations() {
        let position = view.book.position(at);
        alarm.overdue += usize::from(position.overdue);
        alarm.red += usize::from(position.light == Light::Red);
        alarm.missing += usize::from(position.missed > 0);
    }
    alarm
}
