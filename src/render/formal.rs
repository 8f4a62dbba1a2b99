//! The formal lines of an official paper where there is no page: as plain lines, in their order.

use crate::document::Annex;
use crate::document::Formal;
use crate::lang;
use crate::lang::Lang;

/// Returns the lines that a formal part takes.
pub(super) fn lines(formal: &Formal, lang: Lang) -> Vec<String> {
    match formal {
        Formal::Number(text) | Formal::Dateline(text) | Formal::Addressee(text) => {
            vec![text.clone()]
        }
        Formal::Annexes(titles) => annexes(titles, lang)
            .into_iter()
            .map(|(before, title)| format!("{before}{title}"))
            .collect(),
        Formal::Signature { by, on } => vec![by.clone(), on.clone()],
    }
}

/// Returns each annex with what stands before it: the word with its colon, a number where there are
/// several.
pub(super) fn annexes(titles: &[String], lang: Lang) -> Vec<(String, &str)> {
    let colon = lang::render::COLON.text(lang);
    let word = format!("{}{colon}", lang::render::ANNEX.text(lang));
    let line = |(at, title)| {
        let number = match titles.len() {
            1 => String::new(),
            _ => format!("{}. ", at + 1),
        };
        let word = if at == 0 { word.as_str() } else { "" };
        (format!("{word}{number}"), title)
    };
    let titles_in_order = titles.iter().map(String::as_str).enumerate();
    titles_in_order.map(line).collect()
}

/// Returns the head of an annex on one line.
pub(super) fn head(annex: &Annex) -> String {
    format!("{} {}", annex.label, annex.title)
}
