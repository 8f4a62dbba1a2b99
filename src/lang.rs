//! Every word a reader sees, by language: the one room that holds prose.
//!
//! A text is built in all languages at once (`Said`), so that the rooms below the command layer
//! need not know which one will be read. A language is a field here and a column in `lang/*`.

pub mod book;
pub mod cli;
pub mod demo;
pub mod explain;
pub mod failures;
pub mod findings;
pub mod fold;
pub mod intake;
pub mod names;
pub mod notice;
pub mod pages;
pub mod papers;
pub mod recording;
pub mod render;
pub mod repair;
pub mod sheet;
pub mod sync;
pub mod terms;

use std::fmt;

/// A language that papers and messages can be read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Returns the language of a code such as `zh`, `en`; of nothing else.
    pub fn from_code(code: &str) -> Option<Lang> {
        match code {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// Returns the code of this language.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

/// A fixed word or sentence in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Word {
    /// Returns the word in one language.
    pub const fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A sentence with its particulars filled in, in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// Returns the sentence in one language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Returns the sentence in one language, owned.
    pub fn into_text(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

impl From<Word> for Said {
    fn from(word: Word) -> Said {
        Said {
            zh: word.zh.to_owned(),
            en: word.en.to_owned(),
        }
    }
}

impl fmt::Display for Said {
    /// Writes both languages; only for messages of last resort, where none is chosen yet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.zh, self.en)
    }
}

/// Declares fixed words: `name => "中文", "English";` becomes a constant `NAME: Word`.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident => $zh:literal, $en:literal;)*) => {
        $(
            $(#[$doc])*
            #[doc = concat!("The word “", $en, "”.")]
            pub const $name: $crate::lang::Word = $crate::lang::Word { zh: $zh, en: $en };
        )*
    };
}

/// Declares sentences: `name(arg, …) => "中文 {arg}", "English {arg}";` becomes a function to `Said`.
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident($($arg:ident),* $(,)?) => $zh:literal, $en:literal;)*) => {
        $(
            $(#[$doc])*
            #[doc = concat!("Says “", $en, "”.")]
            pub fn $name($($arg: impl std::fmt::Display),*) -> $crate::lang::Said {
                $crate::lang::Said { zh: format!($zh), en: format!($en) }
            }
        )*
    };
}

pub(crate) use sentences;
pub(crate) use words;
