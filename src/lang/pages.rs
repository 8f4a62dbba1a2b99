//! Longer texts kept as Markdown beside this file: sections by key, a first line and what follows it.

/// One section: `## key`, then a line that says the whole, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// What follows `## `.
    pub key: &'static str,
    /// The first line of the text.
    pub title: &'static str,
    /// What follows the first line, without blank lines around it; may be empty.
    pub body: &'static str,
}

/// Returns the sections of a text in its order; what stands before the first heading is for translators.
pub fn sections(text: &'static str) -> impl Iterator<Item = Section> {
    text.split("\n## ").skip(1).map(|section| {
        let (key, text) = section.split_once('\n').unwrap_or((section, ""));
        let (title, body) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
        Section {
            key: key.trim(),
            title: title.trim(),
            body: body.trim_matches('\n'),
        }
    })
}

/// Returns the section with exactly this key.
pub fn section(text: &'static str, key: &str) -> Option<Section> {
    sections(text).find(|section| section.key == key)
}
