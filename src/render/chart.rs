//! Charts: bars of ASCII signs for a terminal, a drawing for pages.
//!
//! A bar is full only where its figure is, and none is drawn only for zero, like every percent.

use crate::document::Bar;
use crate::document::Chart;
use crate::render::html::escape;
use crate::render::safe::one_line;
use crate::render::wrap;

/// The columns of a page of text, where nobody says how many there are.
pub(super) const PAGE: usize = 80;

/// The longest bar on a terminal.
const LONGEST: usize = 50;

/// Returns a line a bar: label, bar and figure, each aligned with those above.
pub(super) fn bars(chart: &Chart, width: usize) -> String {
    let label = widest(chart, |bar| &bar.label).min(width / 3);
    let words = widest(chart, |bar| &bar.words).min(width / 3);
    let room = width.saturating_sub(label + words + 5).clamp(4, LONGEST);
    let line = |bar: &Bar| {
        let signs = length(chart, bar, room);
        let figure = wrap::cut(&one_line(&bar.words), words);
        format!(
            "{} |{}| {}{figure}",
            wrap::pad(&wrap::cut(&one_line(&bar.label), label), label),
            wrap::pad(&"#".repeat(signs), room),
            " ".repeat(words.saturating_sub(wrap::width(&figure))),
        )
        .trim_end()
        .to_owned()
            + "\n"
    };
    chart.bars.iter().map(line).collect()
}

/// Returns a drawing that needs no script, font or file; its figures are texts that can be read out.
pub(super) fn svg(chart: &Chart) -> String {
    const LINE: usize = 26;
    /// What a half of a sign of 14 takes.
    const HALF: usize = 7;
    const LABEL: usize = 44;
    const ROOM: usize = 420;
    let label = widest(chart, |bar| &bar.label).clamp(18, LABEL);
    let words = widest(chart, |bar| &bar.words).clamp(18, LABEL);
    let left = label * HALF + 24;
    let wide = left + ROOM + words * HALF + 24;
    let row = |(at, bar): (usize, &Bar)| {
        let top = at * LINE;
        let text = top + 18;
        let long = length(chart, bar, ROOM);
        let figure = left + long + 8;
        format!(
            "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\" font-size=\"14\">{}</text>\n\
             <rect x=\"{left}\" y=\"{}\" width=\"{long}\" height=\"16\" fill=\"#2f6db5\"/>\n\
             <text x=\"{figure}\" y=\"{text}\" font-size=\"14\">{}</text>\n",
            left - 8,
            escape(&wrap::cut(&one_line(&bar.label), LABEL)),
            top + 5,
            escape(&bar.words),
        )
    };
    let rows: String = chart.bars.iter().enumerate().map(row).collect();
    let height = chart.bars.len() * LINE + 4;
    let title = escape(&chart.title);
    format!(
        "<h3>{title}</h3>\n<svg viewBox=\"0 0 {wide} {height}\" role=\"img\" aria-label=\"{title}\">\n\
         <line x1=\"{left}\" y1=\"0\" x2=\"{left}\" y2=\"{height}\" stroke=\"#1a1a1a\"/>\n{rows}</svg>\n"
    )
}

fn length(chart: &Chart, bar: &Bar, room: usize) -> usize {
    usize::try_from(bar.length(chart.full, room as u64)).unwrap_or(room)
}

fn widest(chart: &Chart, text: impl Fn(&Bar) -> &String) -> usize {
    let widths = chart
        .bars
        .iter()
        .map(|bar| wrap::width(&one_line(text(bar))));
    widths.max().unwrap_or(0)
}
