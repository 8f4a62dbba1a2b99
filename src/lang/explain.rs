//! The pages of `duban explain`: what each code of a finding means and how it is mended.
//!
//! The prose is in `explain.zh.md` and `explain.en.md`, one section a code, in the same order.

use crate::lang::Lang;
use crate::lang::Word;
use crate::lang::fold::fold;
use crate::lang::pages::section;
use crate::lang::pages::sections;

const ZH: &str = include_str!("explain.zh.md");
const EN: &str = include_str!("explain.en.md");

/// The page of one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// What is the case, in one line.
    pub title: Word,
    /// What it means, why it matters, an example that provokes it and the same one mended.
    pub body: Word,
}

impl Page {
    /// Returns the page as the lines to print, folded to a width, without a last line end.
    pub fn text(&self, lang: Lang, width: usize) -> String {
        let body = fold(self.body.text(lang), width);
        format!("{}\n\n{body}", self.title.text(lang))
    }
}

/// Returns the page of a code; nothing for a code that no finding has.
pub fn page(code: &str) -> Option<Page> {
    let zh = section(ZH, code)?;
    let en = section(EN, code)?;
    Some(Page {
        title: Word {
            zh: zh.title,
            en: en.title,
        },
        body: Word {
            zh: zh.body,
            en: en.body,
        },
    })
}

/// Returns every code that has a page, those of the plan first.
pub fn codes() -> impl Iterator<Item = &'static str> {
    sections(ZH).map(|section| section.key)
}

/// Returns every code that has a page in English; the same as `codes`, which a test holds.
pub fn codes_in_english() -> impl Iterator<Item = &'static str> {
    sections(EN).map(|section| section.key)
}
