//! The command line with every text in one language, and its errors in words.
//!
//! `crate::cli` holds the types; the prose is in `cli/help.zh.md` and `cli/help.en.md`. A command or
//! argument without a section there is found by a test, not by a user.

pub mod errors;
pub mod values;

use crate::cli::Cli;
use crate::lang::Lang;
use crate::lang::fold::fold;
use crate::lang::pages::Section;
use crate::lang::pages::section;
use clap::Arg;
use clap::ArgAction;
use clap::ArgMatches;
use clap::Command;
use clap::CommandFactory;
use clap::FromArgMatches;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use std::ffi::OsString;

const ZH: &str = include_str!("cli/help.zh.md");
const EN: &str = include_str!("cli/help.en.md");

/// The columns of the page that help is folded for.
const PAGE: usize = 80;

/// The columns that clap puts before the text of an argument in long help.
const INDENT: usize = 10;

/// Where help and version stand under their heading.
const LAST: usize = 1000;

/// Returns the language that the arguments ask for with `--lang`, before they are parsed.
pub fn wanted_lang(args: &[OsString]) -> Option<Lang> {
    let mut words = args
        .iter()
        .map(|arg| arg.to_str().unwrap_or_default())
        .take_while(|arg| *arg != "--");
    while let Some(word) = words.next() {
        if word == "--lang" {
            return words.next().and_then(Lang::from_code);
        }
        if let Some(code) = word.strip_prefix("--lang=") {
            return Lang::from_code(code);
        }
    }
    None
}

/// Parses arguments, the name of the program first.
///
/// Help and version come back as errors of their own kinds, as clap has it.
pub fn parse(lang: Lang, args: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let args: Vec<OsString> = args.collect();
    // Texts are filled in only where somebody will read them: a table must not wait for help pages.
    if let Ok(cli) = read(&mut bare(), &args) {
        return Ok(cli);
    }
    let mut command = command(lang);
    read(&mut command, &args).map_err(|mut error| {
        let usage = usage(typed_command(&command, &args), lang);
        error.insert(ContextKind::Usage, ContextValue::StyledStr(usage.into()));
        error
    })
}

/// Returns the command line with every text filled in.
///
/// The root's help hides the options of `status`: `duban --help` is the list of commands.
pub fn command(lang: Lang) -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .display_order(LAST)
        .action(ArgAction::Version);
    let asked = Arg::new("commands").num_args(0..).value_name("COMMAND");
    let root = bare()
        .max_term_width(PAGE)
        .mut_args(|arg| {
            let of_status = !arg.is_global_set();
            arg.hide(of_status)
        })
        .arg(version)
        .subcommand(Command::new("help").arg(asked));
    let mut root = spoken(root, "", lang);
    root.build();
    with_usage(root, lang)
}

/// Returns the command line without a word of text: what it takes to tell what was typed.
fn bare() -> Command {
    Cli::command()
        .args_conflicts_with_subcommands(false)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .mut_subcommand("record", options_after_words)
}

/// Returns the key of an argument's text: `--long`, or `<id>` for one that is told by its place.
pub fn key(arg: &Arg) -> String {
    match arg.get_long() {
        Some(long) => format!("--{long}"),
        None => format!("<{}>", arg.get_id()),
    }
}

/// Keeps `-m NOTE` an option after a value: the words take negative numbers, not any hyphen.
fn options_after_words(record: Command) -> Command {
    record.mut_arg("words", |words| {
        words
            .allow_hyphen_values(false)
            .allow_negative_numbers(true)
    })
}

/// Parses with a command line that is filled in.
fn read(command: &mut Command, args: &[OsString]) -> Result<Cli, clap::Error> {
    let matches = command.try_get_matches_from_mut(args)?;
    if let Some(("help", asked)) = matches.subcommand() {
        help(command, asked)?;
    }
    refuse_misplaced(command, &matches)?;
    Cli::from_arg_matches(&matches)
}

/// Gives the long help of the command that `duban help …` names, which clap calls an error.
fn help(command: &mut Command, asked: &ArgMatches) -> Result<(), clap::Error> {
    let names = asked.get_many::<String>("commands").into_iter().flatten();
    let mut typed = vec!["duban".to_owned()];
    typed.extend(names.cloned());
    typed.push("--help".to_owned());
    command.try_get_matches_from_mut(typed).map(|_| ())
}

/// Refuses an option of `status` before another command, where it would be read and forgotten.
fn refuse_misplaced(command: &Command, matches: &ArgMatches) -> Result<(), clap::Error> {
    let Some(verb) = matches.subcommand_name() else {
        return Ok(());
    };
    let typed = |arg: &&Arg| {
        !arg.is_global_set()
            && matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
    };
    let Some(arg) = command.get_arguments().find(typed) else {
        return Ok(());
    };
    let mended = format!("duban {verb} {} …", key(arg));
    let mut error = clap::Error::new(ErrorKind::ArgumentConflict).with_cmd(command);
    for (kind, text) in [
        (ContextKind::InvalidArg, arg.to_string()),
        (ContextKind::PriorArg, verb.to_owned()),
        (ContextKind::SuggestedCommand, mended),
    ] {
        error.insert(kind, ContextValue::String(text));
    }
    Err(error)
}

/// Returns the command that the arguments name, as far as they name one.
fn typed_command<'a>(root: &'a Command, args: &[OsString]) -> &'a Command {
    args.iter().skip(1).fold(root, |command, arg| {
        arg.to_str()
            .filter(|arg| *arg != "help")
            .and_then(|arg| command.find_subcommand(arg))
            .unwrap_or(command)
    })
}

/// Fills in the texts of a command, its arguments and its subcommands; `path` is empty for the root.
fn spoken(command: Command, path: &str, lang: Lang) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .display_order(LAST)
        .action(ArgAction::Help);
    let layout = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}",
        values::USAGE.text(lang)
    );
    let command = match text(if path.is_empty() { "duban" } else { path }, lang) {
        Some(text) => command.about(text.title).long_about(long(text, PAGE)),
        None => command.about(None).long_about(None),
    };
    command
        .arg(help)
        .help_template(layout)
        .subcommand_help_heading(values::COMMANDS.text(lang))
        .subcommand_value_name(values::COMMAND.text(lang))
        .mut_args(|arg| spoken_arg(arg, path, lang))
        .mut_subcommands(|sub| {
            let path = format!("{path} {}", sub.get_name());
            spoken(sub, path.trim_start(), lang)
        })
}

/// Fills in the texts of one argument.
fn spoken_arg(arg: Arg, path: &str, lang: Lang) -> Arg {
    let key = key(&arg);
    let heading = values::heading(&arg, path).text(lang);
    let mut arg = arg.help_heading(heading);
    if arg.get_action().takes_values() {
        // clap would write both out in English; the texts name them.
        arg = arg.hide_default_value(true).hide_possible_values(true);
    }
    if let Some(names) = spoken_names(&arg, lang) {
        arg = arg.value_names(names);
    }
    match text(&format!("{path} {key}"), lang).or_else(|| text(&key, lang)) {
        Some(text) if text.body.is_empty() => arg.help(text.title).long_help(None),
        Some(text) => arg.help(text.title).long_help(long(text, PAGE - INDENT)),
        None => arg.help(None).long_help(None),
    }
}

/// Returns what stands for the values of an argument; a flag has none.
fn spoken_names(arg: &Arg, lang: Lang) -> Option<Vec<String>> {
    let names = arg.get_value_names()?;
    let spoken = |name: &str| match values::name(name) {
        Some(word) => word.text(lang).to_owned(),
        None => name.to_owned(),
    };
    Some(names.iter().map(|name| spoken(name.as_str())).collect())
}

/// Writes out the usage line of a command and its subcommands, which clap would give in English.
fn with_usage(command: Command, lang: Lang) -> Command {
    let line = usage(&command, lang);
    command
        .override_usage(line)
        .mut_subcommands(|sub| with_usage(sub, lang))
}

/// Returns the usage of a command without a title.
fn usage(command: &Command, lang: Lang) -> String {
    let own = text(
        &format!(
            "usage {}",
            command.get_bin_name().unwrap_or(command.get_name())
        ),
        lang,
    );
    if let Some(own) = own {
        return format!("{}\n{}", own.title, own.body).trim_end().to_owned();
    }
    let line = command.clone().render_usage().to_string();
    line.trim_start_matches("Usage: ")
        .replace("[OPTIONS]", values::ANY_OPTIONS.text(lang))
}

/// Returns the long form of a text: its first line, then the rest, folded.
fn long(text: Section, width: usize) -> String {
    match text.body {
        "" => text.title.to_owned(),
        body => format!("{}\n\n{}", text.title, fold(body, width)),
    }
}

fn text(key: &str, lang: Lang) -> Option<Section> {
    let pages = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    section(pages, key)
}
