//! The user's settings: who writes here, for which unit, in which language, on which plan.
//!
//! A flat TOML file outside any workspace. Changing one setting leaves the rest of the file as it is.

use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::writer::Writer;
use crate::lang::Lang;
use crate::lang::failures;
use crate::names::nearest;
use crate::workspace::cannot_read;
use crate::workspace::paper;
use crate::workspace::paper::Overwrite;
use crate::workspace::read;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use toml::de::DeTable;

/// The largest file of settings that is read, in bytes.
const LARGEST: u64 = 64 << 10;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Under which name entries are written.
    Writer,
    /// The unit that acts.
    Unit,
    /// The person.
    Person,
    /// The language of what is printed.
    Lang,
    /// The plan that is meant where several could be.
    DefaultPlan,
}

impl Key {
    /// Every setting, in the order in which they are shown.
    pub const ALL: &[Key] = &[
        Key::Writer,
        Key::Unit,
        Key::Person,
        Key::Lang,
        Key::DefaultPlan,
    ];

    /// Returns its name in the file.
    pub const fn code(self) -> &'static str {
        match self {
            Key::Writer => "writer",
            Key::Unit => "unit",
            Key::Person => "person",
            Key::Lang => "lang",
            Key::DefaultPlan => "default_plan",
        }
    }

    /// Returns the environment variable that stands before the file, where there is one.
    pub const fn variable(self) -> Option<&'static str> {
        match self {
            Key::Writer => Some("DUBAN_WRITER"),
            Key::Lang => Some("DUBAN_LANG"),
            Key::DefaultPlan => Some("DUBAN_PLAN"),
            Key::Unit | Key::Person => None,
        }
    }

    /// Reads the name of a setting as it was typed.
    pub fn parse(typed: &str) -> Result<Key> {
        let found = Key::ALL.iter().find(|key| key.code() == typed);
        found.copied().ok_or_else(|| unknown(typed))
    }

    /// Refuses a value that the setting cannot have.
    fn check(self, value: &str) -> Result<()> {
        match self {
            Key::Writer if Writer::parse(value).is_none() => {
                Err(Failure::usage(failures::no_writer_name(value)).help(failures::writer_form()))
            }
            Key::Lang if Lang::from_code(value).is_none() => {
                Err(Failure::usage(failures::no_language(value)).help(failures::languages()))
            }
            Key::Unit | Key::Person | Key::DefaultPlan | Key::Writer | Key::Lang
                if value.trim().is_empty() =>
            {
                Err(Failure::usage(failures::setting_empty(self.code())))
            }
            Key::Unit | Key::Person | Key::DefaultPlan | Key::Writer | Key::Lang => Ok(()),
        }
    }
}

/// Where a setting's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An option of this command.
    Flag,
    /// The environment variable of this name.
    Environment(&'static str),
    /// The user's file.
    File,
    /// Nobody set it.
    Default,
}

/// A setting with its value and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Which setting.
    pub key: Key,
    /// Its value, where it has one.
    pub value: Option<String>,
    /// Where that comes from.
    pub origin: Origin,
}

/// What stands before and behind the file for one setting.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// What an option of this command says.
    pub flag: Option<&'a str>,
    /// What the environment variable says; empty says nothing.
    pub variable: Option<&'a str>,
    /// What holds where nobody says anything.
    pub default: Option<&'a str>,
}

/// The settings of the user's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    values: BTreeMap<Key, String>,
}

impl Config {
    /// Reads the file; one that does not exist sets nothing.
    pub fn read(path: &Path) -> Result<Config> {
        let text = read_text(path)?;
        let values = parse(path, &text)?
            .into_iter()
            .map(|(key, (value, _))| (key, value))
            .collect();
        Ok(Config { values })
    }

    /// Returns what the file sets.
    pub fn get(&self, key: Key) -> Option<&str> {
        self.values.get(&key).map(String::as_str)
    }

    /// Returns which value holds and where it comes from: option, environment, file, default.
    pub fn setting(&self, key: Key, around: Around) -> Setting {
        let variable = around.variable.filter(|value| !value.is_empty());
        let (value, origin) = match (around.flag, variable.zip(key.variable()), self.get(key)) {
            (Some(value), _, _) => (Some(value), Origin::Flag),
            (None, Some((value, name)), _) => (Some(value), Origin::Environment(name)),
            (None, None, Some(value)) => (Some(value), Origin::File),
            (None, None, None) => (around.default, Origin::Default),
        };
        Setting {
            key,
            value: value.map(str::to_owned),
            origin,
        }
    }
}

/// Sets one setting in the user's file, and leaves everything else in it as it is.
pub fn set(path: &Path, key: Key, value: &str) -> Result<()> {
    key.check(value)?;
    let mut text = read_text(path)?;
    let quoted = toml::Value::String(value.to_owned()).to_string();
    match parse(path, &text)?.remove(&key) {
        Some((_, span)) => text.replace_range(span, &quoted),
        None => {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&format!("{} = {quoted}\n", key.code()));
        }
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| {
            Failure::refused(failures::cannot_write(folder.display())).cause(error)
        })?;
    }
    paper::write_paper(path, text.as_bytes(), Overwrite::Force)
}

/// Reads the file as text without a byte order mark; one that does not exist is empty.
fn read_text(path: &Path) -> Result<String> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(String::new()),
        Err(error) => return Err(cannot_read(path, error)),
        Ok(_) => {}
    }
    let bytes = read(path, LARGEST)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage(failures::config_not_utf8(path.display())))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// A value and where it stands in the text.
type Placed = (String, Range<usize>);

/// Reads the settings with the places of their values.
fn parse(path: &Path, text: &str) -> Result<BTreeMap<Key, Placed>> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        Failure::usage(failures::config_unreadable(
            path.display(),
            line,
            error.message(),
        ))
    })?;
    let mut settings = BTreeMap::new();
    for (name, value) in table.get_ref() {
        let line = line_at(text, name.span().start);
        let key = Key::parse(name.get_ref()).map_err(|failure| Failure {
            message: failures::config_unknown(path.display(), line, name.get_ref()),
            ..failure
        })?;
        let Some(setting) = value.get_ref().as_str() else {
            let message = failures::config_no_text(path.display(), line, key.code());
            return Err(Failure::usage(message).help(failures::write_as_text(key.code())));
        };
        key.check(setting)?;
        settings.insert(key, (setting.to_owned(), value.span()));
    }
    Ok(settings)
}

fn line_at(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Says that there is no such setting, and which is near.
fn unknown(typed: &str) -> Failure {
    let failure = Failure::usage(failures::no_such_setting(typed));
    let codes: Vec<&str> = Key::ALL.iter().map(|key| key.code()).collect();
    match nearest(typed, codes.iter().copied()) {
        Some(code) => failure.help(failures::did_you_mean(code)),
        None => failure.help(failures::settings_there(codes.join(", "))),
    }
}
