//! Texts: none is missing in either language, and none is left in the wrong one.

use clap::Arg;
use clap::Command;
use duban::lang::Lang;
use duban::lang::cli::command;
use duban::lang::cli::errors::error_text;
use duban::lang::cli::key;
use duban::lang::cli::parse;
use duban::lang::cli::values;
use duban::lang::cli::wanted_lang;
use duban::lang::explain;
use duban::lang::fold::columns;
use duban::lang::fold::fold;
use duban::render::Format;
use duban::terms::Kind;
use duban::terms::Light;
use duban::terms::State;
use std::collections::BTreeSet;
use std::ffi::OsString;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn typed(line: &str) -> Vec<OsString> {
    line.split_whitespace().map(OsString::from).collect()
}

/// Returns what a line prints instead of running: help, version or an error.
#[track_caller]
fn said(lang: Lang, line: &str) -> String {
    match parse(lang, typed(line).into_iter()) {
        Ok(cli) => panic!("{line} was understood: {cli:?}"),
        Err(error) => error_text(lang, &error),
    }
}

#[track_caller]
fn check_error(line: &str, zh: &str, en: &str) {
    for (lang, wanted) in [(Lang::Zh, zh), (Lang::En, en)] {
        let text = said(lang, line);
        let head = text.split("\n\n").next().unwrap();
        assert_eq!(head, wanted, "{line}");
        assert!(text.contains("--help"), "{text}");
    }
}

fn walk(command: &Command, visit: &mut impl FnMut(&Command)) {
    visit(command);
    for sub in command.get_subcommands() {
        walk(sub, visit);
    }
}

fn has_chinese(text: &str) -> bool {
    text.chars()
        .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

/// Says what a text lacks in a language; a missing text lacks everything.
fn lack(lang: Lang, text: Option<String>) -> Option<&'static str> {
    match (lang, text) {
        (_, None) => Some("has no text"),
        (_, Some(text)) if text.trim().is_empty() => Some("has an empty text"),
        (Lang::Zh, Some(text)) if !has_chinese(&text) => Some("is not in Chinese"),
        (Lang::En, Some(text)) if text.starts_with(|sign: char| !sign.is_ascii()) => {
            Some("is not in English")
        }
        (Lang::Zh | Lang::En, Some(_)) => None,
    }
}

#[test]
fn every_command_and_argument_has_a_text_in_both_languages() {
    let mut lacking = Vec::new();
    for lang in BOTH {
        walk(&command(lang), &mut |command| {
            let name = command.get_bin_name().unwrap_or("duban").to_owned();
            let own = [command.get_about(), command.get_long_about()];
            for text in own {
                if let Some(lack) = lack(lang, text.map(ToString::to_string)) {
                    lacking.push(format!("{}: {name} {lack}", lang.code()));
                }
            }
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string);
                if let Some(lack) = lack(lang, help) {
                    lacking.push(format!("{}: {name} {} {lack}", lang.code(), key(arg)));
                }
            }
        });
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn short_texts_have_no_period_and_fit_a_line() {
    let mut long = Vec::new();
    for lang in BOTH {
        walk(&command(lang), &mut |command| {
            let args = command.get_arguments().filter_map(Arg::get_help);
            for text in args.chain(command.get_about()) {
                let text = text.to_string();
                if text.ends_with(['。', '.']) || columns(&text) > 60 {
                    long.push(text);
                }
            }
        });
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_name_of_a_value_is_known() {
    use clap::CommandFactory;
    walk(&duban::cli::Cli::command(), &mut |command| {
        for arg in command.get_arguments() {
            for name in arg.get_value_names().into_iter().flatten() {
                let takes = arg.get_action().takes_values();
                assert!(!takes || values::name(name).is_some(), "{name}");
            }
        }
    });
}

#[test]
fn every_value_of_a_closed_list_is_named_in_the_help_of_its_option() {
    let codes = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let lists = [
        (
            "format",
            codes(Format::ALL.iter().map(|word| word.code()).collect()),
        ),
        (
            "state",
            codes(State::ALL.iter().map(|word| word.code()).collect()),
        ),
        (
            "light",
            codes(Light::ALL.iter().map(|word| word.code()).collect()),
        ),
        (
            "kind",
            codes(Kind::ALL.iter().map(|word| word.code()).collect()),
        ),
    ];
    for lang in BOTH {
        walk(&command(lang), &mut |command| {
            for arg in command.get_arguments() {
                let help = arg
                    .get_long_help()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                let mut codes: Vec<String> = arg
                    .get_possible_values()
                    .iter()
                    .filter(|_| arg.get_action().takes_values())
                    .map(|value| value.get_name().to_owned())
                    .collect();
                let names_list = !help.contains("duban list --help");
                for (id, list) in &lists {
                    if arg.get_id() == id && names_list {
                        codes.extend(list.iter().cloned());
                    }
                }
                for code in codes {
                    let name = command.get_name();
                    assert!(
                        help.contains(&format!("\n  {code} ")),
                        "{name} {}: {code}",
                        key(arg)
                    );
                }
            }
        });
    }
}

#[test]
fn no_page_of_help_is_wider_than_a_terminal() {
    for lang in BOTH {
        walk(&command(lang), &mut |command| {
            for page in [
                command.clone().render_help(),
                command.clone().render_long_help(),
            ] {
                for line in page.to_string().lines() {
                    assert!(columns(line) <= 80, "{}: {line}", command.get_name());
                }
            }
        });
    }
}

#[test]
fn no_english_of_the_parser_is_left_in_chinese_help() {
    walk(&command(Lang::Zh), &mut |command| {
        for page in [
            command.clone().render_help(),
            command.clone().render_long_help(),
        ] {
            let page = page.to_string();
            for word in [
                "Usage",
                "Options",
                "OPTIONS",
                "Arguments",
                "Commands",
                "COMMAND",
                "default:",
                "possible values",
                "Possible values",
                "Print",
            ] {
                assert!(!page.contains(word), "{word} in {page}");
            }
        }
    });
}

#[test]
fn help_by_word_and_by_option_is_the_same() {
    for lang in BOTH {
        assert_eq!(
            said(lang, "duban help record"),
            said(lang, "duban record --help")
        );
        assert_eq!(
            said(lang, "duban help config set"),
            said(lang, "duban config set --help")
        );
        assert_eq!(said(lang, "duban help"), said(lang, "duban --help"));
    }
}

#[test]
fn version_is_one_line() {
    assert_eq!(
        said(Lang::Zh, "duban -V"),
        format!("duban {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn options_may_follow_the_value_of_a_record() {
    use duban::cli::Command;
    let cli = parse(
        Lang::Zh,
        typed("duban record progress 4.2.1 60% -m 已办 --yes").into_iter(),
    );
    let Some(Command::Record(record)) = cli.unwrap().command else {
        panic!("not a record");
    };
    assert_eq!(record.words, ["60%"]);
    assert_eq!(record.note.as_deref(), Some("已办"));
    assert!(record.yes);
}

#[test]
fn options_for_all_commands_may_stand_before_the_command() {
    let cli = parse(Lang::Zh, typed("duban -p zj --lang en list").into_iter()).unwrap();
    assert_eq!(cli.global.plan.as_deref(), Some("zj"));
    assert_eq!(cli.global.lang, Some(Lang::En));
}

#[test]
fn an_option_of_status_before_another_command_is_not_forgotten() {
    check_error(
        "duban --format json list",
        "错误：“--format <格式>”不能和“list”一起写\n  = 要写在命令后面：duban list --format …",
        "error: `--format <FORMAT>` cannot stand together with `list`\n  = write it after the command: duban list --format …",
    );
}

#[test]
fn an_unknown_option_names_the_nearest() {
    check_error(
        "duban list --fromat json",
        "错误：没有“--fromat”这个选项\n  = 要写的是不是“--format”",
        "error: there is no option `--fromat`\n  = did you mean `--format`",
    );
}

#[test]
fn an_unknown_command_names_the_nearest() {
    check_error(
        "duban statsu",
        "错误：没有“statsu”这个命令\n  = 要写的是不是“status”",
        "error: there is no command `statsu`\n  = did you mean `status`",
    );
}

#[test]
fn a_missing_argument_is_named() {
    check_error(
        "duban retract yjb-li:17",
        "错误：还要写“--note <原因>”",
        "error: `--note <WHY>` must be given",
    );
}

#[test]
fn an_unknown_value_names_the_possible_ones() {
    check_error(
        "duban check --deny errors",
        "错误：“--deny <方式>”不认识“errors”\n  = 可以写：warnings",
        "error: `--deny <WHAT>` does not know `errors`\n  = it takes: warnings",
    );
}

#[test]
fn a_format_that_does_not_exist_names_those_that_do() {
    let text = said(Lang::Zh, "duban list --format jsn");
    for format in Format::ALL {
        assert!(text.contains(format.code()), "{text}");
    }
}

#[test]
fn a_word_that_is_no_number_says_so() {
    check_error(
        "duban list --due-within 十五",
        "错误：“--due-within <天数>”不认识“十五”\n  = 要写整数，如 15",
        "error: `--due-within <DAYS>` does not know `十五`\n  = it takes a whole number, such as 15",
    );
}

#[test]
fn a_missing_value_is_asked_for() {
    check_error(
        "duban list --plan",
        "错误：“--plan <计划>”后面要写值",
        "error: `--plan <PLAN>` needs a value",
    );
}

#[test]
fn two_options_that_exclude_each_other_are_named() {
    check_error(
        "duban record submit 5.1.2 --for 2013-06 --date 2013-06-30",
        "错误：“--for <期间>”不能和“--date <日期>”一起写",
        "error: `--for <PERIOD>` cannot stand together with `--date <DATE>`",
    );
}

#[test]
fn an_option_given_twice_is_named() {
    check_error(
        "duban list --plan a --plan b",
        "错误：“--plan <计划>”只能写一次",
        "error: `--plan <PLAN>` can be given only once",
    );
}

#[test]
fn words_too_many_are_named() {
    check_error(
        "duban list x",
        "错误：多了一个“x”",
        "error: `x` is one word too many",
    );
    check_error(
        "duban record progress 4.2.1 yjb 60% 3",
        "错误：多了一个“3”",
        "error: `3` is one word too many",
    );
    check_error(
        "duban list --overdue=3",
        "错误：“--overdue”后面不用写值，却写了“3”",
        "error: `--overdue` takes no more values, `3` was given",
    );
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8_is_said() {
    use std::os::unix::ffi::OsStringExt;
    let mut args = typed("duban show");
    args.push(OsString::from_vec(vec![0xb5, 0xff]));
    let error = parse(Lang::Zh, args.into_iter()).unwrap_err();
    assert!(error_text(Lang::Zh, &error).starts_with("错误：参数里有不是 UTF-8 的文字\n"));
}

#[test]
fn the_language_is_known_before_parsing() {
    assert_eq!(wanted_lang(&typed("duban list --lang en")), Some(Lang::En));
    assert_eq!(wanted_lang(&typed("duban --lang=zh list")), Some(Lang::Zh));
    assert_eq!(wanted_lang(&typed("duban list --lang fr")), None);
    assert_eq!(wanted_lang(&typed("duban record -- --lang en")), None);
}

#[test]
fn chinese_folds_between_signs_and_never_before_a_comma() {
    assert_eq!(fold("单位，任务。", 4), "单\n位，\n任\n务。");
    assert_eq!(fold("看 duban list 的", 10), "看 duban\nlist 的");
    assert_eq!(fold("  kept as it stands", 4), "  kept as it stands");
}

#[test]
fn both_languages_explain_the_same_codes_in_the_same_order() {
    let zh: Vec<&str> = explain::codes().collect();
    let en: Vec<&str> = explain::codes_in_english().collect();
    assert_eq!(zh, en);
    let once: BTreeSet<&str> = zh.iter().copied().collect();
    assert_eq!(once.len(), zh.len(), "a code has two pages");
}

#[test]
fn every_page_has_a_title_and_6_to_14_lines_in_both_languages() {
    for code in explain::codes() {
        let page = explain::page(code).unwrap();
        for lang in BOTH {
            let title = page.title.text(lang);
            let lines = page.body.text(lang).lines().count() + 1;
            assert!(
                !title.is_empty() && !title.ends_with(['。', '.']),
                "{code}: {title}"
            );
            assert!(
                (6..=14).contains(&lines),
                "{code}: {lines} lines in {}",
                lang.code()
            );
            let chinese = has_chinese(title);
            assert_eq!(chinese, lang == Lang::Zh, "{code}: {title}");
        }
    }
}

#[test]
fn no_page_is_wider_than_a_terminal_but_for_its_examples() {
    for code in explain::codes() {
        for lang in BOTH {
            let text = explain::page(code).unwrap().text(lang, 80);
            for line in text.lines().filter(|line| !line.starts_with(' ')) {
                assert!(columns(line) <= 80, "{code}: {line}");
            }
        }
    }
}

#[test]
fn a_code_that_no_finding_has_is_not_explained() {
    assert_eq!(explain::page("plan/no-such-thing"), None);
}
