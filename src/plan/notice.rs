//! An official notice → what a plan needs of it, and what it leaves in doubt.
//!
//! Text, web pages and Word files become lines and tables; from there on all are read alike. Nothing
//! is invented: what the notice does not say is absent and a doubt. Nothing is lost: every paragraph
//! is in a measure, a duty of the cover letter, the head, or is listed as left out.

/// Declares a pattern that is made when it is first needed.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            regex::Regex::new($text).expect("the pattern is written here")
        });
    };
}

mod dates;
mod divisions;
mod docx;
pub mod doubt;
pub mod draft;
mod head;
mod html;
mod mark;
mod measures;
mod outline;
mod owners;
mod page;
mod quantity;
mod refuse;
mod signs;
mod table;
mod tail;
mod text;

use crate::calendar::Day;
use crate::figures::Amount;
use crate::lang::Said;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::page::Block;
use crate::terms::Cycle;
use crate::terms::DueIn;
use crate::terms::Kind;

/// What a notice says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// The title of the plan.
    pub title: Option<String>,
    /// The number of the document, in the brackets of the standard.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The day it was issued.
    pub issued: Option<Day>,
    /// Whom it is addressed to, as written.
    pub addressees: Vec<String>,
    /// Names that the notice defines as a set: “各县(市、区)(含…,下同)”.
    pub sets: Vec<Set>,
    /// The first and the last year of the plan.
    pub years: Option<(u32, u32)>,
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
    /// Its measures, in order.
    pub measures: Vec<Measure>,
    /// What the cover letter orders beside the measures.
    pub duties: Vec<Duty>,
    /// Where each part of the head stands, so that no line is lost.
    pub head: Vec<Placed>,
    /// Headings over measures, with their marks.
    pub headings: Vec<Placed>,
    /// What is in none of these.
    pub left_out: Vec<LeftOut>,
    /// What a reader has to look at.
    pub doubts: Vec<Doubt>,
}

/// A set that the notice defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Its name, as written.
    pub name: String,
    /// Who is said to be in it, beside what the name itself means.
    pub members: Vec<String>,
}

/// A heading over measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its mark, such as 一.
    pub label: Option<String>,
    /// Its title.
    pub title: String,
    /// Its line.
    pub line: u32,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Chapter and place in it, such as 5.1.
    pub id: String,
    /// Its chapter, by its place in `Notice::chapters`.
    pub chapter: usize,
    /// The headings between the chapter and it.
    pub groups: Vec<String>,
    /// Its mark, such as (一).
    pub label: Option<String>,
    /// Its heading.
    pub title: String,
    /// All its paragraphs, as written.
    pub text: String,
    /// The line of its heading.
    pub line: u32,
    /// Who leads, as written.
    pub lead: Vec<String>,
    /// Who assists, as written.
    pub assist: Vec<String>,
    /// What it asks for; at least one.
    pub items: Vec<Item>,
}

/// One thing that a measure asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// How often, where it is periodic and the notice says so.
    pub every: Option<Cycle>,
    /// On which day of the month, where the notice says so.
    pub due_day: Option<u32>,
    /// In which month that day is.
    pub due_in: Option<DueIn>,
    /// By when.
    pub due: Option<Day>,
    /// The words of the notice about when.
    pub due_words: Option<String>,
    /// How many of what.
    pub quantity: Option<Quantity>,
}

/// How many of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// How many.
    pub amount: Amount,
    /// Of what, such as 场.
    pub unit: String,
}

/// An order of the cover letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The sentence.
    pub text: String,
    /// Its line.
    pub line: u32,
}

/// A line that became a part of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The line.
    pub line: u32,
    /// Its text.
    pub text: String,
}

/// A paragraph that is in no measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its line.
    pub line: u32,
    /// Its text.
    pub text: String,
    /// Why.
    pub why: Why,
}

/// Why a paragraph is in no measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Menus, links and footers of a web page.
    Page,
    /// The letter before the plan.
    Letter,
    /// The text before the first heading.
    Introduction,
    /// The text between a heading and the first heading below it.
    Between,
    /// A chapter that orders no task.
    NoTask,
    /// A table of contents.
    Contents,
    /// A list of annexes, or an annex that is no table of tasks.
    Annex,
    /// Signature, distribution and printing notes.
    Closing,
    /// A row of a table that orders nothing.
    TableHead,
}

/// Why a file gives no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read as what it is.
    Unreadable(Said),
    /// It can be read and holds no plan.
    NoPlan(Said),
}

/// What the reader says about the file beside its bytes.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The name of its encoding, for text and web pages.
    pub encoding: Option<String>,
    /// The year of the plan, where the notice does not say it.
    pub year: Option<u32>,
}

/// The most bytes of a file that are read.
pub const LARGEST: u64 = 32 << 20;

/// The most bytes of text that a notice may have; a year's plan has some ten thousand.
const LARGEST_TEXT: usize = 1 << 20;

/// The most bytes of a text file or web page, pictures inside it included.
const LARGEST_PAGE: usize = 8 << 20;

/// Reads a notice from the bytes of a text, a web page or a Word file.
pub fn read(bytes: &[u8], wishes: &Wishes) -> Result<Notice, Refusal> {
    use crate::lang::notice as say;
    let mut doubts = Vec::new();
    let blocks = match bytes {
        [b'P', b'K', 3 | 5, ..] => docx::blocks(bytes).map_err(|broken| {
            Refusal::Unreadable(say::broken_word_file(match broken {
                docx::Broken::Archive => say::BROKEN_ARCHIVE,
                docx::Broken::ManyParts => say::MANY_PARTS,
                docx::Broken::Large => say::LARGE,
                docx::Broken::Xml => say::BROKEN_XML,
                docx::Broken::Deep => say::DEEP,
                docx::Broken::Doctype => say::DOCTYPE,
                docx::Broken::NoDocument => say::NO_DOCUMENT,
            }))
        })?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(Refusal::Unreadable(say::old_word_file())),
        [b'%', b'P', b'D', b'F', ..] => return Err(Refusal::Unreadable(say::pdf_file())),
        [b'{', b'\\', b'r', b't', b'f', ..] => {
            return Err(Refusal::Unreadable(say::old_word_file()));
        }
        _ => {
            let wanted = match &wishes.encoding {
                None => None,
                Some(label) => match text::encoding(label) {
                    Some(encoding) => Some(encoding),
                    None => return Err(Refusal::Unreadable(say::no_such_encoding(label))),
                },
            };
            if bytes.len() > LARGEST_PAGE {
                return Err(Refusal::Unreadable(say::too_much_text(LARGEST_PAGE >> 20)));
            }
            let decoded = text::decode(bytes, wanted)
                .ok_or_else(|| Refusal::Unreadable(say::no_encoding()))?;
            if let Some(name) = decoded.assumed {
                doubts.push(doubt::encoding(name));
            }
            match html::is_page(&decoded.text) {
                true => html::blocks(&decoded.text),
                false => text::blocks(&decoded.text),
            }
        }
    };
    let notice = read_blocks(blocks, wishes, doubts)?;
    Ok(notice)
}

/// Reads a notice from its lines and tables.
fn read_blocks(blocks: Vec<Block>, wishes: &Wishes, doubts: Vec<Doubt>) -> Result<Notice, Refusal> {
    let length: usize = blocks
        .iter()
        .map(|block| match block {
            // Very many short lines are no notice either.
            Block::Line(line) => line.text.len() + 16,
            Block::Table(table) => table.length(),
        })
        .sum();
    if length > LARGEST_TEXT {
        let most = LARGEST_TEXT >> 20;
        return Err(Refusal::Unreadable(crate::lang::notice::too_much_text(
            most,
        )));
    }
    let parts = head::read(head::split_long(blocks), wishes);
    refuse::check(&parts)?;
    let mut notice = measures::read(parts, doubts);
    refuse::check_measures(&notice)?;
    notice.doubts.sort_by_key(|doubt| (doubt.line, doubt.code));
    notice.left_out.sort_by_key(|left| left.line);
    Ok(notice)
}
