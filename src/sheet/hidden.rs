//! The hidden page of a sheet: whose it is, for when, and where each row stood when it was made.

use crate::grid::Sheet;
use crate::grid::Value;
use crate::journal::chain;

/// How the page begins, with the version of its form.
pub const MARK: &str = "duban-sheet/1";

/// How pages of every version begin.
const FAMILY: &str = "duban-sheet/";

/// The name of the page.
pub const NAME: &str = "duban";

/// What the hidden page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The plan's id.
    pub plan: String,
    /// The digest of the plan's text.
    pub plan_sha256: String,
    /// The unit's id.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The day on which it was made.
    pub made_on: String,
    /// The digest of the journal as it was.
    pub journal: String,
    /// The name of the page that is filled in.
    pub sheet: String,
    /// The rows.
    pub rows: Vec<Standing>,
    /// The digest of all that.
    pub digest: String,
}

/// Where an obligation stood when the sheet was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The obligation.
    pub obligation: String,
    /// The id of its last entry; empty where there was none.
    pub last: String,
    /// How many of its entries counted.
    pub count: String,
    /// The title of the item.
    pub title: String,
    /// The current due date.
    pub due: String,
}

/// What a page is, that begins like a hidden page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One that is whole.
    Whole(Box<Hidden>),
    /// One of a version that is not known.
    Version(String),
    /// One whose content is not what was written.
    Changed,
}

impl Hidden {
    /// Returns the page, line by line; the last line proves the others.
    pub fn lines(&self) -> Vec<Vec<String>> {
        let mut lines = self.body();
        lines.push(vec!["digest".to_owned(), digest(&lines)]);
        lines
    }

    fn body(&self) -> Vec<Vec<String>> {
        let pair = |name: &str, value: &str| vec![name.to_owned(), value.to_owned()];
        let mut lines = vec![
            vec![MARK.to_owned()],
            pair("plan", &self.plan),
            pair("plan_sha256", &self.plan_sha256),
            pair("unit", &self.unit),
            pair("period", &self.period),
            pair("made_on", &self.made_on),
            pair("journal", &self.journal),
            pair("sheet", &self.sheet),
        ];
        lines.extend(self.rows.iter().map(|row| {
            [
                "row",
                &row.obligation,
                &row.last,
                &row.count,
                &row.title,
                &row.due,
            ]
            .map(str::to_owned)
            .to_vec()
        }));
        lines
    }

    /// Reads a page, where it begins like one.
    pub fn read(sheet: &Sheet) -> Option<Found> {
        let mut rows = sheet.rows.values();
        let first = rows.next()?.values().next().and_then(Value::text)?;
        if first != MARK {
            let is_ours = first.starts_with(FAMILY);
            return is_ours.then_some(Found::Version(first));
        }
        let mut hidden = Hidden::default();
        for row in rows {
            // Columns count from the first: an empty field in between leaves no cell.
            let field = |at: u32| row.get(&at).and_then(Value::text).unwrap_or_default();
            let value = field(2);
            match field(1).as_str() {
                "plan" => hidden.plan = value,
                "plan_sha256" => hidden.plan_sha256 = value,
                "unit" => hidden.unit = value,
                "period" => hidden.period = value,
                "made_on" => hidden.made_on = value,
                "journal" => hidden.journal = value,
                "sheet" => hidden.sheet = value,
                "digest" => hidden.digest = value,
                "row" => hidden.rows.push(Standing {
                    obligation: value,
                    last: field(3),
                    count: field(4),
                    title: field(5),
                    due: field(6),
                }),
                _ => {}
            }
        }
        Some(match digest(&hidden.body()) == hidden.digest {
            true => Found::Whole(Box::new(hidden)),
            false => Found::Changed,
        })
    }

    /// Returns how entries name the sheet: its period and the beginning of its digest.
    pub fn reference(&self) -> String {
        let short: String = self.digest.chars().take(8).collect();
        format!("sheet:{}:{short}", self.period)
    }
}

/// Returns the digest of lines: their fields between TABs, each line ended by LF.
fn digest(lines: &[Vec<String>]) -> String {
    let mut text = String::new();
    for line in lines {
        let trimmed: Vec<&str> = line.iter().map(String::as_str).collect();
        text.push_str(trimmed.join("\t").trim_end_matches('\t'));
        text.push('\n');
    }
    chain::sha256(text.as_bytes())
}
