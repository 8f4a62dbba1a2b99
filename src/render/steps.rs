//! Things to do on a terminal: each beside the command to type, which is never broken.

use crate::document::Step;
use crate::render::Look;
use crate::render::safe::one_line;
use crate::render::wrap;

/// The narrowest column in which a text is still read with ease.
const NARROWEST: usize = 24;

/// Returns the steps in two columns, or one above the other where there is no room for two.
pub(super) fn lines(steps: &[Step], look: &Look) -> String {
    let commands = steps
        .iter()
        .map(|step| wrap::width(&one_line(&step.command)));
    let widest = commands.max().unwrap_or(0);
    let texts = steps.iter().map(|step| wrap::width(&one_line(&step.text)));
    let longest = texts.max().unwrap_or(0);
    let room = match look.width {
        Some(width) => width.saturating_sub(widest + 4),
        None => longest,
    };
    let step = |step: &Step| match room >= NARROWEST.min(longest) {
        true => beside(step, room.min(longest)),
        false => above(step, look.width.unwrap_or(longest)),
    };
    steps.iter().map(step).collect()
}

/// A text is cut to its line: the command beside it shows the rest.
fn beside(step: &Step, room: usize) -> String {
    let text = wrap::cut(&one_line(&step.text), room.max(1));
    format!(
        "- {}  {}\n",
        wrap::pad(&text, room),
        one_line(&step.command)
    )
}

fn above(step: &Step, width: usize) -> String {
    let lines = wrap::wrap(&one_line(&step.text), width.saturating_sub(2).max(8));
    let text: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{}{line}\n", if at == 0 { "- " } else { "  " }))
        .collect();
    format!("{text}    {}\n", one_line(&step.command))
}
