//! The name of who writes a file of the journal: it is the stem of that file.
//!
//! Knows no configuration: where a name comes from is the workspace's matter.

use crate::journal::chain;
use std::fmt;

/// The longest name that is made up; a name that somebody chose may be longer.
const LONGEST_MADE: usize = 48;

/// Names that Windows keeps for devices, so that no file can bear them.
const DEVICES: [&str; 4] = ["con", "nul", "aux", "prn"];

/// A writer's name, `[a-z0-9-]+`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Writer(String);

impl Writer {
    /// Reads a name of small letters, digits and hyphens; nothing else is one.
    pub fn parse(text: &str) -> Option<Writer> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (!text.is_empty() && text.bytes().all(fits)).then(|| Writer(text.to_owned()))
    }

    /// Makes a name from those of a user and a machine, or `None` where nothing usable is left.
    pub fn made_safe(user: &str, host: &str) -> Option<Writer> {
        let mut name = String::new();
        for letter in format!("{user}-{host}").chars() {
            match letter.to_ascii_lowercase() {
                plain if plain.is_ascii_alphanumeric() => name.push(plain),
                _ if name.ends_with('-') => {}
                _ => name.push('-'),
            }
        }
        let name: String = name.trim_matches('-').chars().take(LONGEST_MADE).collect();
        let name = match DEVICES.contains(&name.as_str()) {
            true => format!("w-{name}"),
            false => name,
        };
        Writer::parse(name.trim_end_matches('-'))
    }

    /// Makes a name that says nothing, `w-` and six hex digits, from bytes that are this desk's own.
    pub fn from_seed(seed: &[u8]) -> Writer {
        Writer(format!("w-{}", &chain::sha256(seed)[..6]))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
