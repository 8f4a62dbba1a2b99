//! What every kind of file becomes before it is read: lines and tables, each with its place.

/// A line of the document, or a table whose columns mean something.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A paragraph.
    Line(Line),
    /// A table with a row of headings that we know.
    Table(Table),
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its text, without the blanks around it; automatic numbers are put before it.
    pub(super) text: String,
    /// The line of the file, from 1; in Word files the paragraph.
    pub(super) number: u32,
    /// The level of the heading style it carries, where it carries one.
    pub(super) heading: Option<u8>,
    /// Whether most of it leads elsewhere or stands in the frame of a web page.
    pub(super) frame: Frame,
}

/// Whether a line belongs to the frame of a web page, as far as the markup tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Frame {
    /// Links, menus, footers.
    Outside,
    /// The text itself, or nobody knows.
    #[default]
    Inside,
}

/// A table: rows of cells, wide and tall cells repeated in every place they cover.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Its rows, the row of headings first.
    pub(super) rows: Vec<Row>,
}

impl Table {
    /// Returns how many bytes of text it has; what repeats counts each time.
    pub(super) fn length(&self) -> usize {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.text.len() + 1).sum()
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its cells from left to right.
    pub(super) cells: Vec<Cell>,
    /// The line of the file.
    pub(super) number: u32,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its lines, joined.
    pub(super) text: String,
    /// Whether it repeats the cell above or before it.
    pub(super) repeats: Repeats,
}

/// Whether a cell shows a text of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Repeats {
    /// The cell above covers it.
    Above,
    /// The cell before it covers it.
    Before,
    /// It has a text of its own.
    #[default]
    No,
}

/// A cell as it is read, before it is known what its table is.
#[derive(Debug, Default)]
pub(super) struct OpenCell {
    pub(super) blocks: Vec<Block>,
    pub(super) wide: usize,
    pub(super) tall: usize,
    /// Whether a Word file says that the cell above goes on here.
    pub(super) goes_on: bool,
}

/// A table as it is read.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    pub(super) rows: Vec<(u32, Vec<OpenCell>)>,
}

/// The most columns that a table may have; no plan has more.
const COLUMNS: usize = 64;

/// How many bytes wide and tall cells may repeat in one table; what is beyond is shown once.
const REPEATED: usize = 1 << 20;

impl OpenTable {
    /// Returns a table where its headings are known ones, else the lines of its cells in order.
    pub(super) fn close(self) -> Vec<Block> {
        if !self.has_known_headings() {
            let cells = self.rows.into_iter().flat_map(|(_, cells)| cells);
            return cells.flat_map(|cell| cell.blocks).collect();
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut hanging: Vec<(usize, String)> = Vec::new();
        let mut left = REPEATED;
        let mut again = |text: &String| {
            left = left.saturating_sub(text.len());
            match left {
                0 => String::new(),
                _ => text.clone(),
            }
        };
        for (number, cells) in self.rows {
            let mut row = Row {
                cells: Vec::new(),
                number,
            };
            let mut cells = cells.into_iter();
            while row.cells.len() < COLUMNS {
                let column = row.cells.len();
                if let Some((left, text)) = hanging.get_mut(column).filter(|(left, _)| *left > 0) {
                    *left -= 1;
                    row.cells.push(Cell {
                        text: again(text),
                        repeats: Repeats::Above,
                    });
                    continue;
                }
                let Some(cell) = cells.next() else { break };
                let text = match (cell.goes_on, rows.last()) {
                    (true, Some(above)) => {
                        let above = above.cells.get(column);
                        above.map_or_else(String::new, |cell| again(&cell.text))
                    }
                    (true, None) | (false, _) => text_of(&cell.blocks),
                };
                for offset in 0..cell.wide.clamp(1, COLUMNS) {
                    let repeats = match (cell.goes_on, offset) {
                        (true, _) => Repeats::Above,
                        (false, 0) => Repeats::No,
                        (false, _) => Repeats::Before,
                    };
                    row.cells.push(Cell {
                        text: match offset {
                            0 => text.clone(),
                            _ => again(&text),
                        },
                        repeats,
                    });
                    if cell.tall > 1 {
                        let at = column + offset;
                        hanging.resize(hanging.len().max(at + 1), (0, String::new()));
                        hanging[at] = (cell.tall - 1, again(&text));
                    }
                }
            }
            rows.push(row);
        }
        rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
        vec![Block::Table(Table { rows })]
    }

    fn has_known_headings(&self) -> bool {
        self.rows.iter().take(3).any(|(_, cells)| {
            let texts: Vec<String> = cells.iter().map(|cell| text_of(&cell.blocks)).collect();
            super::table::is_head(&texts)
        })
    }
}

/// Returns the lines of a cell as one text.
fn text_of(blocks: &[Block]) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for block in blocks {
        match block {
            Block::Line(line) => texts.push(&line.text),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                texts.extend(cells.map(|cell| cell.text.as_str()));
            }
        }
    }
    texts.join("\n")
}

/// Returns a text without blanks at its ends, runs of blanks as one, and without hidden signs.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for sign in text.chars() {
        let is_blank = sign.is_whitespace();
        if is_blank && (tidy.is_empty() || tidy.ends_with(' ')) {
            continue;
        }
        match (is_blank, crate::text::is_hidden(sign)) {
            (true, _) => tidy.push(' '),
            (false, true) => {}
            (false, false) => tidy.push(sign),
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}
