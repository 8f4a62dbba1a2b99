//! A table on a page of Word: its columns as wide as what stands in them, its head on every page,
//! no row over two.

use crate::document::Bar;
use crate::document::Chart;
use crate::lang;
use crate::lang::Lang;
use crate::render::cells;
use crate::render::cells::Showing;
use crate::render::cells::Space;
use crate::render::docx::look::Paragraph;
use crate::render::docx::look::Run;
use crate::render::docx::xml::Element;
use crate::render::docx::xml::element;
use crate::render::docx::xml::valued;
use crate::render::safe::one_line;
use crate::render::wrap;
use crate::table::Align;
use crate::table::Cell;
use crate::table::Role;
use crate::table::Row;
use crate::table::Table;
use crate::terms::Light;

/// The widest that a text asks for before it is broken, in halves of a sign.
const TEXT: usize = 20;

/// What a cell takes besides its words, in twentieths of a point.
const EDGES: u32 = 120;

/// How a table may be laid out, the best first: which columns, and the size in half points.
const LAYOUTS: [(Space, u32); 5] = [
    (Space::Wide, 21),
    (Space::Wide, 18),
    (Space::Narrow, 21),
    (Space::Narrow, 18),
    (Space::Narrow, 15),
];

/// From how many rows on a table is set in the smaller letters, so that it takes fewer pages.
const LONG: usize = 40;

/// Returns a table with what stands above and below it.
pub(super) fn table(table: &Table, room: u32, lang: Lang) -> Vec<Element> {
    let with_next = |style| Paragraph {
        with_next: true,
        ..Paragraph::of(style)
    };
    let mut written = Vec::new();
    if !table.title.is_empty() {
        written.push(with_next("Caption").text(&table.title));
    }
    let above = table.subtitle.iter();
    written.extend(above.map(|line| with_next("Note").text(line)));
    let grid = Grid::of(table, room, lang);
    written.push(grid.written());
    if table.rows.is_empty() {
        written.push(Paragraph::of("Note").text(lang::render::NO_ROWS.text(lang)));
    }
    let left_out = cells::left_out_line(table, &grid.showing.left_out, lang);
    let below = left_out.iter().chain(&table.notes);
    written.extend(below.map(|line| Paragraph::of("Note").text(line)));
    written.push(Paragraph::of("Gap").text(""));
    written
}

/// Tells whether a table goes on a page without letters that are too small.
pub(super) fn fits(table: &Table, room: u32, lang: Lang) -> bool {
    LAYOUTS[..4]
        .iter()
        .any(|(space, size)| Grid::laid_out(table, *space, *size, lang).width() <= room)
}

/// Returns bars side by side, each a shaded cell.
pub(super) fn bars(chart: &Chart, room: u32) -> Option<Element> {
    /// How many parts a full bar has.
    const PARTS: u64 = 40;
    /// The sides: label and figure.
    const SIDES: [u32; 2] = [5, 4];
    if chart.bars.is_empty() {
        return None;
    }
    let part = room / (u32::try_from(PARTS).unwrap_or(40) + 4 * (SIDES[0] + SIDES[1]));
    let [label, figure] = SIDES.map(|side| side * 4 * part);
    let cell = |width: u32, parts: u64, fill: Option<&str>, text: &str, align| {
        let mut properties =
            element("w:tcPr").with(element("w:tcW").set("w:w", width).set("w:type", "dxa"));
        if parts > 1 {
            properties.push(valued("w:gridSpan", parts));
        }
        if let Some(fill) = fill {
            let shade = valued("w:shd", "clear").set("w:color", "auto");
            properties.push(shade.set("w:fill", fill));
        }
        properties.push(valued("w:vAlign", "center"));
        let look = Paragraph {
            align: Some(align),
            ..Paragraph::of("Cell")
        };
        element("w:tc").with(properties).with(look.text(text))
    };
    let row = |bar: &Bar| {
        let long = bar.length(chart.full, PARTS);
        let width = |parts: u64| part * u32::try_from(parts).unwrap_or(0);
        let mut row = element("w:tr")
            .with(element("w:trPr").with(element("w:cantSplit")))
            .with(cell(label, 1, None, &bar.label, "right"));
        if long > 0 {
            row.push(cell(width(long), long, Some("2F6DB5"), "", "left"));
        }
        if long < PARTS {
            let rest = PARTS - long;
            row.push(cell(width(rest), rest, None, "", "left"));
        }
        row.with(cell(figure, 1, None, &bar.words, "left"))
    };
    let columns = std::iter::once(label)
        .chain((0..PARTS).map(|_| part))
        .chain([figure]);
    let grid = columns.map(|width| element("w:gridCol").set("w:w", width));
    let whole = label + figure + part * u32::try_from(PARTS).unwrap_or(40);
    Some(
        element("w:tbl")
            .with(properties(whole, Lines::None))
            .with(element("w:tblGrid").with_all(grid))
            .with_all(chart.bars.iter().map(row)),
    )
}

/// A table laid out.
struct Grid<'a> {
    table: &'a Table,
    showing: Showing<'a>,
    space: Space,
    /// In half points.
    size: u32,
    /// The width of each column shown.
    widths: Vec<u32>,
    lang: Lang,
}

impl<'a> Grid<'a> {
    /// Lays a table out as large as there is room for; what no layout holds is squeezed.
    fn of(table: &'a Table, room: u32, lang: Lang) -> Grid<'a> {
        let grids = || LAYOUTS.map(|(space, size)| Grid::laid_out(table, space, size, lang));
        let largest = if table.rows.len() > LONG { 18 } else { 21 };
        let fitting = grids()
            .into_iter()
            .find(|grid| grid.size <= largest && grid.width() <= room);
        let mut grid = fitting.unwrap_or_else(|| {
            let [.., smallest] = grids();
            smallest
        });
        grid.fill(room);
        grid
    }

    fn laid_out(table: &'a Table, space: Space, size: u32, lang: Lang) -> Grid<'a> {
        let showing = cells::showing(table, space);
        let need = |at: &usize| {
            let halves = need(table, *at, space, lang);
            u32::try_from(halves).unwrap_or(u32::MAX / 1_000) * size * 5 + EDGES
        };
        Grid {
            widths: showing.columns.iter().map(need).collect(),
            table,
            showing,
            space,
            size,
            lang,
        }
    }

    fn width(&self) -> u32 {
        self.widths.iter().sum()
    }

    /// Makes the columns as wide as the page: texts that were broken have it first.
    fn fill(&mut self, room: u32) {
        let spare = room.saturating_sub(self.width());
        let wanted: Vec<u32> = (0..self.widths.len()).map(|at| self.wanted(at)).collect();
        let all: u32 = wanted.iter().sum();
        if all > 0 {
            let given = spare.min(all);
            for (width, wanted) in self.widths.iter_mut().zip(&wanted) {
                *width += scaled(*wanted, given, all);
            }
        }
        let whole = self.width();
        for width in &mut self.widths {
            *width = scaled(*width, room, whole);
        }
    }

    /// Returns how much wider a column would be without a broken text.
    fn wanted(&self, shown: usize) -> u32 {
        let at = self.showing.columns[shown];
        let widths = self.table.rows.iter().map(|row| {
            let cell = &row.cells[at];
            match may_break(cell) {
                true => wrap::width(&cells::words(cell, self.space, self.lang)),
                false => 0,
            }
        });
        let longest = u32::try_from(widths.max().unwrap_or(0))
            .unwrap_or(0)
            .min(200);
        (longest * self.size * 5 + EDGES).saturating_sub(self.widths[shown])
    }

    fn written(&self) -> Element {
        let columns = self
            .widths
            .iter()
            .map(|width| element("w:gridCol").set("w:w", *width));
        element("w:tbl")
            .with(properties(self.width(), Lines::All))
            .with(element("w:tblGrid").with_all(columns))
            .with(self.head())
            .with_all(self.table.rows.iter().map(|row| self.row(row)))
    }

    /// The row of titles comes again on every page.
    fn head(&self) -> Element {
        let run = Run {
            size: Some(self.size),
            ..Run::default()
        };
        let cells = self.showing.columns.iter().zip(&self.widths);
        element("w:tr")
            .with(
                element("w:trPr")
                    .with(element("w:cantSplit"))
                    .with(element("w:tblHeader")),
            )
            .with_all(cells.map(|(at, width)| {
                let title = cells::title(&self.table.columns[*at].title).into_owned();
                let room = width.saturating_sub(EDGES) / (self.size * 5);
                let room = usize::try_from(room).unwrap_or(0);
                // On as few lines as there is room for, but as long one as the other.
                let least = wrap::least_room(&title, wrap::wrap(&title, room).len());
                let lines = wrap::wrap(&title, least.min(room));
                let paragraph = Paragraph::of("CellHead").properties().into_paragraph();
                cell(*width, paragraph.with_all(run.of_lines(&lines)))
            }))
    }

    fn row(&self, row: &Row) -> Element {
        let style = match row.role {
            Role::Body => "Cell",
            Role::Total => "CellHead",
        };
        let cells = self.showing.columns.iter().zip(&self.widths);
        element("w:tr")
            .with(element("w:trPr").with(element("w:cantSplit")))
            .with_all(cells.map(|(at, width)| {
                let look = Paragraph {
                    align: Some(match self.table.columns[*at].align {
                        Align::Left => "left",
                        Align::Right => "right",
                    }),
                    ..Paragraph::of(style)
                };
                let paragraph = look.properties().into_paragraph();
                cell(*width, paragraph.with_all(self.runs(&row.cells[*at])))
            }))
    }

    /// A light is a square and a word: it survives a black-and-white printer.
    fn runs(&self, cell: &Cell) -> Vec<Element> {
        let run = Run {
            size: Some(self.size),
            ..Run::default()
        };
        let words = cells::words(cell, self.space, self.lang);
        match cell {
            Cell::Light { light, .. } => {
                let square = Run {
                    colour: Some(colour(*light)),
                    ..run
                };
                vec![square.of("■"), run.of(&words)]
            }
            Cell::Empty
            | Cell::Text(_)
            | Cell::Ref(_)
            | Cell::Count(_)
            | Cell::Signed(_)
            | Cell::Share(_)
            | Cell::Percent(_)
            | Cell::Date(_)
            | Cell::Flag(_)
            | Cell::Word { .. }
            | Cell::Words(_)
            | Cell::Shortened { .. }
            | Cell::Counts(_)
            | Cell::List(_)
            | Cell::Reasons(_) => match words.is_empty() {
                true => Vec::new(),
                false => vec![run.of(&words)],
            },
        }
    }
}

/// Which lines a table has.
#[derive(Clone, Copy)]
enum Lines {
    All,
    None,
}

fn properties(width: u32, lines: Lines) -> Element {
    let line = |name| {
        element(name)
            .set("w:val", "single")
            .set("w:sz", 4)
            .set("w:space", 0)
            .set("w:color", "auto")
    };
    let borders = [
        "w:top",
        "w:left",
        "w:bottom",
        "w:right",
        "w:insideH",
        "w:insideV",
    ];
    let edge = |name, wide: u32| element(name).set("w:w", wide).set("w:type", "dxa");
    let mut made = element("w:tblPr")
        .with(element("w:tblW").set("w:w", width).set("w:type", "dxa"))
        .with(valued("w:jc", "center"));
    if let Lines::All = lines {
        made.push(element("w:tblBorders").with_all(borders.map(line)));
    }
    made.with(element("w:tblLayout").set("w:type", "fixed"))
        .with(
            element("w:tblCellMar")
                .with(edge("w:top", 28))
                .with(edge("w:left", EDGES / 2))
                .with(edge("w:bottom", 28))
                .with(edge("w:right", EDGES / 2)),
        )
}

fn cell(width: u32, paragraph: Element) -> Element {
    let properties = element("w:tcPr")
        .with(element("w:tcW").set("w:w", width).set("w:type", "dxa"))
        .with(valued("w:vAlign", "center"));
    element("w:tc").with(properties).with(paragraph)
}

/// Returns how many halves of a sign a column asks for.
fn need(table: &Table, at: usize, space: Space, lang: Lang) -> usize {
    let cells = table.rows.iter().map(|row| {
        let cell = &row.cells[at];
        let width = wrap::width(&cells::words(cell, space, lang));
        match (cell, may_break(cell)) {
            (_, true) => width.min(TEXT),
            (Cell::Light { .. }, false) => width + 2,
            (_, false) => width,
        }
    });
    let title = wrap::title_room(&one_line(&cells::title(&table.columns[at].title)), 3);
    // A letter of Latin may be a little wider than half a sign.
    cells.max().unwrap_or(0).max(title) + 1
}

/// Tells whether a cell goes over several lines; figures, days and words of a vocabulary do not.
const fn may_break(cell: &Cell) -> bool {
    match cell {
        Cell::Text(_)
        | Cell::Ref(_)
        | Cell::Words(_)
        | Cell::Counts(_)
        | Cell::List(_)
        | Cell::Reasons(_) => true,
        Cell::Empty
        | Cell::Count(_)
        | Cell::Signed(_)
        | Cell::Share(_)
        | Cell::Percent(_)
        | Cell::Date(_)
        | Cell::Flag(_)
        | Cell::Word { .. }
        | Cell::Light { .. }
        | Cell::Shortened { .. } => false,
    }
}

const fn colour(light: Light) -> &'static str {
    match light {
        Light::Red => "C8102E",
        Light::Yellow => "F2B600",
        Light::Green => "2E8B57",
        Light::Done => "2F6DB5",
        Light::Grey => "B5B5B5",
    }
}

/// Returns a length as it is where `whole` becomes `room`.
fn scaled(length: u32, room: u32, whole: u32) -> u32 {
    let exact = u64::from(length) * u64::from(room) / u64::from(whole.max(1));
    u32::try_from(exact).unwrap_or(u32::MAX)
}
