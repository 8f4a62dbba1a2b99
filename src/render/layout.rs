//! How wide each column of a terminal table is, and which ones find no room.
//!
//! Figures are never cut. Room is won in this order: titles on two lines, narrower gaps, titles on
//! more lines, long texts wrapped; only then are columns left out, from the right.

use crate::render::wrap;

/// What a column needs.
pub(super) struct Need {
    /// Its title, which may hold soft hyphens.
    pub(super) title: String,
    /// The width of its widest cell.
    pub(super) widest: usize,
    /// Whether its cells may wrap.
    pub(super) kind: Kind,
    /// What is lost with it.
    pub(super) weight: Weight,
}

/// Whether cells may wrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Figures, days and words of a vocabulary: in one piece.
    Figure,
    /// Free texts: over several lines.
    Text,
}

/// Which columns go first when there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// First: those that a table has only where something is in them.
    Light,
    /// Then the others.
    Heavy,
    /// Never: what the row is about, and its light.
    Kept,
}

/// Where the columns stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The columns that found room, by their position among the needs.
    pub(super) columns: Vec<usize>,
    /// Their widths.
    pub(super) widths: Vec<usize>,
    /// The blanks between them.
    pub(super) gap: usize,
}

impl Layout {
    /// Returns the width of the whole table.
    pub(super) fn width(&self) -> usize {
        self.widths.iter().sum::<usize>() + self.gap * self.widths.len().saturating_sub(1)
    }
}

/// A way to save room: blanks between columns, lines of a title, width that a text column asks for.
struct Thrift {
    gap: usize,
    lines: usize,
    text: usize,
}

/// From generous to thrifty.
const THRIFT: [Thrift; 7] = [
    Thrift {
        gap: 2,
        lines: 1,
        text: 28,
    },
    Thrift {
        gap: 2,
        lines: 2,
        text: 24,
    },
    Thrift {
        gap: 1,
        lines: 2,
        text: 20,
    },
    Thrift {
        gap: 1,
        lines: 2,
        text: 14,
    },
    Thrift {
        gap: 1,
        lines: 3,
        text: 20,
    },
    Thrift {
        gap: 1,
        lines: 4,
        text: 20,
    },
    Thrift {
        gap: 1,
        lines: 4,
        text: 12,
    },
];

/// Arranges columns in `room`; without a limit every column is as wide as it likes.
pub(super) fn arrange(needs: &[Need], room: Option<usize>) -> Layout {
    let mut columns: Vec<usize> = (0..needs.len()).collect();
    let Some(room) = room else {
        let widths = needs
            .iter()
            .map(|need| need.widest.max(wrap::width(&need.title)))
            .collect();
        return Layout {
            columns,
            widths,
            gap: 2,
        };
    };
    loop {
        if let Some(layout) = THRIFT
            .iter()
            .find_map(|thrift| fit(needs, &columns, thrift, room))
        {
            return layout;
        }
        let Some(least) = least_missed(needs, &columns) else {
            return squeeze(needs, columns, room);
        };
        columns.retain(|column| *column != least);
    }
}

/// Returns the layout where the columns fit, with the room left over given to texts.
fn fit(needs: &[Need], columns: &[usize], thrift: &Thrift, room: usize) -> Option<Layout> {
    let least = columns.iter().map(|column| least(&needs[*column], thrift));
    let mut layout = Layout {
        columns: columns.to_vec(),
        widths: least.collect(),
        gap: thrift.gap,
    };
    let spare = room.checked_sub(layout.width())?;
    let spare = ease_titles(needs, &mut layout, thrift.lines, spare);
    widen(needs, &mut layout, spare);
    Some(layout)
}

/// Gives titles that stand on several lines what makes them one line less, cheapest first; returns
/// the room that is left.
fn ease_titles(needs: &[Need], layout: &mut Layout, lines: usize, mut spare: usize) -> usize {
    /// A title is not worth more than this: the texts need the room.
    const DEAREST: usize = 2;
    for lines in (1..lines).rev() {
        let cost = |layout: &Layout, at: usize| {
            let title = &needs[layout.columns[at]].title;
            wrap::least_room(title, lines).saturating_sub(layout.widths[at])
        };
        let mut dear: Vec<usize> = (0..layout.columns.len()).collect();
        dear.retain(|at| (1..=DEAREST).contains(&cost(layout, *at)));
        dear.sort_by_key(|at| cost(layout, *at));
        for at in dear {
            let cost = cost(layout, at);
            if cost <= spare {
                layout.widths[at] += cost;
                spare -= cost;
            }
        }
    }
    spare
}

fn least(need: &Need, thrift: &Thrift) -> usize {
    let title = wrap::least_room(&need.title, thrift.lines);
    let cells = match need.kind {
        Kind::Figure => need.widest,
        Kind::Text => need.widest.min(thrift.text),
    };
    title.max(cells)
}

/// Gives a column at a time to the narrowest text that still wraps, so that no one text takes all.
fn widen(needs: &[Need], layout: &mut Layout, spare: usize) {
    for _ in 0..spare {
        let wraps = (0..layout.columns.len())
            .filter(|at| layout.widths[*at] < needs[layout.columns[*at]].widest);
        let Some(narrowest) = wraps.min_by_key(|at| layout.widths[*at]) else {
            return;
        };
        layout.widths[narrowest] += 1;
    }
}

fn least_missed(needs: &[Need], columns: &[usize]) -> Option<usize> {
    let candidates = columns
        .iter()
        .copied()
        .filter(|column| needs[*column].weight != Weight::Kept);
    candidates.min_by_key(|column| (needs[*column].weight, std::cmp::Reverse(*column)))
}

/// A window too narrow even for what is never left out: texts share what the figures leave.
fn squeeze(needs: &[Need], columns: Vec<usize>, room: usize) -> Layout {
    let thrift = Thrift {
        gap: 1,
        lines: 9,
        text: 2,
    };
    let widths = columns
        .iter()
        .map(|column| least(&needs[*column], &thrift).min(room.max(4)));
    Layout {
        widths: widths.collect(),
        gap: thrift.gap,
        columns,
    }
}
