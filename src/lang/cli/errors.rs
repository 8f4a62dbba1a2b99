//! What clap finds wrong with the arguments, in words.

use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::cli::values;
use crate::lang::failures;
use crate::lang::sentences;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

sentences! {
    unknown_option(typed) => "没有“{typed}”这个选项", "there is no option `{typed}`";
    one_word_too_many(typed) => "多了一个“{typed}”", "`{typed}` is one word too many";
    unknown_command(typed) => "没有“{typed}”这个命令", "there is no command `{typed}`";
    command_is_missing(typed) => "“{typed}”后面还要写一个命令", "`{typed}` needs a command after it";
    is_missing(args) => "还要写{args}", "{args} must be given";
    value_is_missing(arg) => "“{arg}”后面要写值", "`{arg}` needs a value";
    value_unreadable(typed, arg) => "“{arg}”不认识“{typed}”", "`{arg}` does not know `{typed}`";
    takes_no_value(typed, arg) => "“{arg}”后面不用写值，却写了“{typed}”", "`{arg}` takes no more values, `{typed}` was given";
    too_few_values(arg, least, given) => "“{arg}”至少要 {least} 个值，只写了 {given} 个", "`{arg}` needs at least {least} values, {given} given";
    other_count_of_values(arg, wanted, given) => "“{arg}”要 {wanted} 个值，写了 {given} 个", "`{arg}` needs {wanted} values, {given} given";
    equals_is_missing(arg) => "“{arg}”和它的值之间要写等号", "`{arg}` needs an equals sign before its value";
    given_twice(arg) => "“{arg}”只能写一次", "`{arg}` can be given only once";
    not_together(arg, others) => "“{arg}”不能和{others}一起写", "`{arg}` cannot stand together with {others}";
    not_utf8() => "参数里有不是 UTF-8 的文字", "an argument is not UTF-8 text";
    not_understood() => "这条命令看不懂", "the command line cannot be understood";
    did_you_mean(near) => "要写的是不是{near}", "did you mean {near}";
    one_of(values) => "可以写：{values}", "it takes: {values}";
    whole_number() => "要写整数，如 15", "it takes a whole number, such as 15";
    write_it_so(mended) => "要写在命令后面：{mended}", "write it after the command: {mended}";
    as_words(typed) => "如果“{typed}”是内容而不是选项，在它前面加一个 --", "if `{typed}` is meant as text, put -- before it";
    more_help(command) => "详细说明: {command} --help", "For more: {command} --help";
}

/// Returns an error as the lines to print: what is wrong, what to type, the usage, where help is.
///
/// For help and version it is their text.
pub fn error_text(lang: Lang, error: &clap::Error) -> String {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return error.render().to_string();
    }
    let mut text = format!("{}{}", failures::ERROR.text(lang), what(error).text(lang));
    for hint in hints(error) {
        text.push_str(&format!("\n  = {}", hint.text(lang)));
    }
    if let Some(usage) = usage(error) {
        let command = command_of(&usage);
        let title = values::USAGE.text(lang);
        let more = more_help(command);
        text.push_str(&format!("\n\n{title}: {usage}\n{}", more.text(lang)));
    }
    text.push('\n');
    text
}

/// Says what is wrong.
fn what(error: &clap::Error) -> Said {
    let arg = one(error, ContextKind::InvalidArg);
    let value = one(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if arg.starts_with('-') => unknown_option(arg),
        ErrorKind::UnknownArgument => one_word_too_many(arg),
        ErrorKind::InvalidSubcommand => unknown_command(one(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => {
            command_is_missing(one(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => {
            join(&all(error, ContextKind::InvalidArg), is_missing)
        }
        ErrorKind::InvalidValue if value.is_empty() => value_is_missing(arg),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => value_unreadable(value, arg),
        ErrorKind::TooManyValues if !arg.starts_with('-') => one_word_too_many(value),
        ErrorKind::TooManyValues => takes_no_value(value, arg),
        ErrorKind::TooFewValues => too_few_values(
            arg,
            number(error, ContextKind::MinValues),
            number(error, ContextKind::ActualNumValues),
        ),
        ErrorKind::WrongNumberOfValues => other_count_of_values(
            arg,
            number(error, ContextKind::ExpectedNumValues),
            number(error, ContextKind::ActualNumValues),
        ),
        ErrorKind::NoEquals => equals_is_missing(arg),
        ErrorKind::ArgumentConflict => conflict(error, arg),
        ErrorKind::InvalidUtf8 => not_utf8(),
        _ => not_understood(),
    }
}

/// Says which arguments exclude each other; clap names one argument twice when it was given twice.
fn conflict(error: &clap::Error, arg: String) -> Said {
    let others = all(error, ContextKind::PriorArg);
    if others.is_empty() || others == [arg.clone()] {
        return given_twice(arg);
    }
    join(&others, |others| not_together(arg.clone(), others))
}

/// Says what to type instead.
fn hints(error: &clap::Error) -> Vec<Said> {
    let mut hints = Vec::new();
    for kind in [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ] {
        let near = all(error, kind);
        if !near.is_empty() {
            hints.push(join(&near, did_you_mean));
        }
    }
    let valid = all(error, ContextKind::ValidValue);
    if !valid.is_empty() {
        hints.push(one_of(valid.join(", ")));
    }
    if error.kind() == ErrorKind::ValueValidation {
        hints.push(expected(error));
    }
    let mended = one(error, ContextKind::SuggestedCommand);
    if !mended.is_empty() {
        hints.push(write_it_so(mended));
    }
    let arg = one(error, ContextKind::InvalidArg);
    let may_be_text = error.get(ContextKind::Suggested).is_some();
    if error.kind() == ErrorKind::UnknownArgument && may_be_text && hints.is_empty() {
        hints.push(as_words(arg));
    }
    hints
}

/// Says what a parser of ours expects: the codes it lists, else it is one for numbers.
fn expected(error: &clap::Error) -> Said {
    let source = std::error::Error::source(error).map(ToString::to_string);
    match source {
        Some(codes) if codes.split(", ").all(is_code) => one_of(codes),
        _ => whole_number(),
    }
}

fn is_code(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Says a sentence about several typed things, each in quotes.
fn join(things: &[String], sentence: impl Fn(String) -> Said) -> Said {
    let zh: Vec<String> = things.iter().map(|thing| format!("“{thing}”")).collect();
    let en: Vec<String> = things.iter().map(|thing| format!("`{thing}`")).collect();
    Said {
        zh: sentence(zh.join("、")).zh,
        en: sentence(en.join(", ")).en,
    }
}

/// Returns the one text that clap gives of a kind, empty where it gives none.
fn one(error: &clap::Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

/// Returns the texts that clap gives of a kind.
fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

fn number(error: &clap::Error, kind: ContextKind) -> isize {
    match error.get(kind) {
        Some(ContextValue::Number(number)) => *number,
        _ => 0,
    }
}

/// Returns the usage without a title.
fn usage(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => {
            let usage = usage.to_string();
            Some(usage.trim_start_matches("Usage: ").to_owned())
        }
        _ => None,
    }
}

/// Returns the words of a usage line that name the command.
fn command_of(usage: &str) -> String {
    let names: Vec<&str> = usage
        .split_whitespace()
        .take_while(|word| {
            word.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        })
        .take_while(|word| !word.starts_with('-'))
        .collect();
    names.join(" ")
}
