//! A table on a page: on the screen in one piece, on paper as wide as A4 and never cut.
//!
//! The letters on paper are as large as the columns leave room for; what would become too small to
//! read goes on in a further table, which begins with the first column again.

use crate::lang;
use crate::lang::Lang;
use crate::render::Look;
use crate::render::cells;
use crate::render::cells::Showing;
use crate::render::cells::Space;
use crate::render::html::element;
use crate::render::html::escape;
use crate::render::wrap;
use crate::table::Align;
use crate::table::Cell;
use crate::table::Role;
use crate::table::Row;
use crate::table::Table;

/// The widest that a text asks for before it is broken, in columns of a terminal: half an em each.
const TEXT: usize = 20;

/// What a cell takes besides its words.
const EDGES: usize = 2;

/// How many of these columns go on a line of A4 landscape, times the size of the letters in points.
const LINE: usize = 1_520;

/// The sizes of letters that there are on paper, in points.
const SIZES: [usize; 5] = [10, 9, 8, 7, 6];

/// Returns a table with its notes.
pub(super) fn grid(table: &Table, caption: Option<&str>, look: &Look) -> String {
    let grid = Grid {
        table,
        caption,
        needs: (0..table.columns.len())
            .map(|at| need(table, at, look.lang))
            .collect(),
        lang: look.lang,
    };
    let showing = cells::showing(table, Space::Wide);
    let mut written = grid.tables(&showing);
    if table.rows.is_empty() {
        written += &element("p", "note", lang::render::NO_ROWS.text(look.lang));
    }
    for line in cells::left_out_line(table, &showing.left_out, look.lang)
        .iter()
        .chain(&table.notes)
    {
        written += &element("p", "note", line);
    }
    written
}

struct Grid<'a> {
    table: &'a Table,
    caption: Option<&'a str>,
    needs: Vec<usize>,
    lang: Lang,
}

impl Grid<'_> {
    fn tables(&self, showing: &Showing<'_>) -> String {
        let whole: usize = showing.columns.iter().map(|at| self.needs[*at]).sum();
        match SIZES.iter().find(|size| whole * **size <= LINE) {
            Some(size) => self.written(&showing.columns, &format!("scroll p{size}")),
            None => {
                let mut written = self.written(&showing.columns, "scroll screen");
                for columns in self.bands(&showing.columns) {
                    written += &self.written(&columns, "paper p7");
                }
                written
            }
        }
    }

    fn written(&self, columns: &[usize], class: &str) -> String {
        let caption = self.caption.map_or(String::new(), |text| {
            format!("<caption>{}</caption>\n", escape(text))
        });
        let titles: String = columns.iter().map(|at| self.head(*at)).collect();
        let rows: String = self
            .table
            .rows
            .iter()
            .map(|row| self.row(row, columns))
            .collect();
        format!(
            "<div class=\"{class}\">\n<table>\n{caption}<thead>\n<tr>{titles}</tr>\n</thead>\n\
             <tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        )
    }

    /// Returns the columns of each further table on paper, the first column before the others.
    fn bands(&self, columns: &[usize]) -> Vec<Vec<usize>> {
        let room = LINE / 7;
        let mut bands: Vec<Vec<usize>> = Vec::new();
        let mut taken = room;
        for at in &columns[1..] {
            if taken + self.needs[*at] > room {
                bands.push(vec![columns[0]]);
                taken = self.needs[columns[0]];
            }
            if let Some(band) = bands.last_mut() {
                band.push(*at);
            }
            taken += self.needs[*at];
        }
        bands
    }

    /// Breaks a title where a reader would, and keeps the column as wide as it asks for.
    fn head(&self, at: usize) -> String {
        let title = cells::title(&self.table.columns[at].title);
        let align = self.table.columns[at].align;
        let title: Vec<String> = wrap::wrap(&title, self.needs[at] - EDGES)
            .iter()
            .map(|line| escape(line))
            .collect();
        let class = match align {
            Align::Left => "",
            Align::Right => " class=\"right\"",
        };
        let halves = self.needs[at] - EDGES;
        format!(
            "<th scope=\"col\"{class} style=\"min-width:{}.{}em\">{}</th>",
            halves / 2,
            halves % 2 * 5,
            title.join("<br>")
        )
    }

    fn row(&self, row: &Row, columns: &[usize]) -> String {
        let cells: String = columns
            .iter()
            .map(|at| {
                let cell = &row.cells[*at];
                let class = match (self.table.columns[*at].align, may_break(cell)) {
                    (Align::Right, _) => " class=\"right\"",
                    (Align::Left, true) => " class=\"text\"",
                    (Align::Left, false) => "",
                };
                format!("<td{class}>{}</td>", self.cell(cell))
            })
            .collect();
        match row.role {
            Role::Body => format!("<tr>{cells}</tr>\n"),
            Role::Total => format!("<tr class=\"total\">{cells}</tr>\n"),
        }
    }

    fn cell(&self, cell: &Cell) -> String {
        let words = escape(&cells::words(cell, Space::Wide, self.lang));
        match cell {
            Cell::Light { light, .. } => {
                format!("<span class=\"light {}\">{words}</span>", light.code())
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
            | Cell::Reasons(_) => words,
        }
    }
}

/// Returns the columns of a terminal that a column asks for.
fn need(table: &Table, at: usize, lang: Lang) -> usize {
    let cells = table.rows.iter().map(|row| {
        let cell = &row.cells[at];
        let width = wrap::width(&cells::words(cell, Space::Wide, lang));
        match (cell, may_break(cell)) {
            (_, true) => width.min(TEXT),
            (Cell::Light { .. }, false) => width + 3,
            (_, false) => width,
        }
    });
    let column = &table.columns[at];
    let title = title_room(&cells::title(&column.title), column.align);
    cells.max().unwrap_or(0).max(title) + EDGES
}

/// Returns the room of a title on few lines; one of figures, which are narrow, takes more of them.
fn title_room(title: &str, align: Align) -> usize {
    let lines = match align {
        Align::Left => 2,
        Align::Right => 3,
    };
    wrap::title_room(title, lines)
}

/// Tells whether a cell goes over several lines; figures, days and words of a vocabulary do not.
const fn may_break(cell: &Cell) -> bool {
    match cell {
        Cell::Text(_) | Cell::Words(_) | Cell::Counts(_) | Cell::List(_) | Cell::Reasons(_) => true,
        Cell::Empty
        | Cell::Ref(_)
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
