//! `config`: what is set, where it comes from, and setting it.

use crate::cli::ConfigAction;
use crate::cli::ConfigArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Result;
use crate::lang::failures;
use crate::render::safe::safe;
use crate::workspace::config;
use crate::workspace::config::Around;
use crate::workspace::config::Key;
use crate::workspace::config::Origin;
use crate::workspace::home;

pub(super) fn run(ctx: &Ctx, args: &ConfigArgs) -> Result<Answer> {
    match &args.action {
        None | Some(ConfigAction::Show { origin: false }) => Ok(show(ctx, With::Values)),
        Some(ConfigAction::Show { origin: true }) => Ok(show(ctx, With::Origins)),
        Some(ConfigAction::Set { key, value }) => {
            let key = Key::parse(key)?;
            let homes = home::needed(ctx.homes.as_ref())?;
            config::set(&homes.config, key, value)?;
            ctx.say(&failures::set_in(key.code(), value, homes.config.display()));
            Ok(Answer::done(Vec::new()))
        }
    }
}

/// What is shown of each setting.
#[derive(Clone, Copy)]
enum With {
    Values,
    Origins,
}

fn show(ctx: &Ctx, with: With) -> Answer {
    let mut text = String::new();
    for key in Key::ALL {
        let variable = match key {
            Key::Writer => ctx.environment.writer.as_deref(),
            Key::DefaultPlan => ctx.environment.plan.as_deref(),
            Key::Lang => ctx.environment.lang.as_deref(),
            Key::Unit | Key::Person => None,
        };
        let flag = match key {
            Key::Lang => ctx.global.lang.map(crate::lang::Lang::code),
            Key::Writer | Key::Unit | Key::Person | Key::DefaultPlan => None,
        };
        let around = Around {
            flag,
            variable,
            default: None,
        };
        let setting = ctx.config.setting(*key, around);
        let value = setting.value.as_deref().unwrap_or_default();
        text.push_str(&format!("{} = \"{}\"", key.code(), safe(value)));
        if let With::Origins = with {
            text.push_str(&format!("  # {}", safe(&origin(ctx, setting.origin))));
        }
        text.push('\n');
    }
    Answer::done(text.into_bytes())
}

fn origin(ctx: &Ctx, origin: Origin) -> String {
    let said = match origin {
        Origin::Flag => failures::from_option(),
        Origin::Environment(name) => failures::from_environment(name),
        Origin::File => match &ctx.homes {
            Some(homes) => failures::from_file(homes.config.display()),
            None => failures::from_nowhere(),
        },
        Origin::Default => failures::from_nowhere(),
    };
    said.into_text(ctx.lang)
}
