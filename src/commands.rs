//! Dispatch, and the one place that asks the clock, the locale, the environment and the terminal.
//!
//! Every command takes a `Ctx` and its arguments and gives back what goes to stdout, or a failure.
//! Nothing is printed before the whole answer stands.

mod ask;
mod bulletin;
mod carry_over;
mod check;
mod config;
mod demo;
mod diff;
mod explain;
mod fail_on;
mod hand;
mod import;
mod init;
mod intake;
mod list;
mod log;
mod matrix;
mod missing;
mod open;
mod private;
mod receipt;
mod record;
mod repair;
mod retract;
mod schema;
mod seal;
mod session;
mod sheet;
mod show;
mod slip;
mod status;
mod sync;
mod today;
mod trend;
mod verify;

use crate::calendar::Day;
use crate::calendar::Instant;
use crate::cli::Cli;
use crate::cli::Command;
use crate::cli::Global;
use crate::cli::OutputArgs;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::failures;
use crate::render::Bom;
use crate::render::Colour;
use crate::render::Format;
use crate::render::Look;
use crate::render::Nature;
use crate::render::safe::safe;
use crate::workspace;
use crate::workspace::config::Around;
use crate::workspace::config::Config;
use crate::workspace::config::Key;
use crate::workspace::home::Homes;
use crate::workspace::paper::Overwrite;
use crate::workspace::paper::write_paper;
use chrono::Local;
use std::ffi::OsString;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What a command knows of the world.
#[derive(Debug)]
pub struct Ctx {
    /// The language of messages, and of papers where the plan does not say.
    pub lang: Lang,
    /// Where that comes from.
    pub lang_is_chosen: Chosen,
    /// When this runs.
    pub now: Instant,
    /// The day that counts as today.
    pub today: Day,
    /// The user's folders, where there are any.
    pub homes: Option<Homes>,
    /// The user's settings.
    pub config: Config,
    /// The current folder.
    pub folder: PathBuf,
    /// What the environment says.
    pub environment: Environment,
    /// What stdin and stdout are.
    pub terminal: Terminal,
    /// What every command takes.
    pub global: Global,
}

/// Whether somebody chose the language, or it was guessed from the locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// An option, the environment or the settings say so.
    Yes,
    /// Nobody did.
    No,
}

/// What the environment says, as far as it is asked.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `DUBAN_PLAN`.
    pub plan: Option<String>,
    /// `DUBAN_WRITER`.
    pub writer: Option<String>,
    /// `DUBAN_LANG`.
    pub lang: Option<String>,
    /// The name of the user.
    pub user: Option<String>,
    /// The name of the machine.
    pub host: Option<String>,
    /// Where programs are looked for.
    pub path: Option<OsString>,
}

/// What stands at the ends of this process.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether somebody can answer questions.
    pub can_ask: CanAsk,
    /// How many columns a table may take.
    pub width: usize,
    /// Whether colours are shown.
    pub colour: Colour,
    /// Where stdout goes.
    pub out: Out,
}

/// Where stdout goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Out {
    /// To somebody's eyes.
    Terminal,
    /// To a file or a program.
    Elsewhere,
}

/// Whether somebody sits at a terminal and can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CanAsk {
    /// Stdin and stderr are a terminal.
    Yes,
    /// A script, a pipe, a cron job.
    No,
}

/// What a command gives back: what goes to stdout, and the exit code.
#[derive(Debug)]
pub struct Answer {
    /// For stdout.
    pub bytes: Vec<u8>,
    /// How the process ends.
    pub exit: Exit,
}

impl Answer {
    /// Returns an answer that is no failure.
    pub fn done(bytes: Vec<u8>) -> Answer {
        Answer {
            bytes,
            exit: Exit::Done,
        }
    }
}

/// Runs the command line of a process to its end.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.collect();
    let early = early_lang(&arguments);
    let cli = match lang::cli::parse(early, arguments.into_iter()) {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            let text = error.render().to_string();
            return finish(early, Ok(Answer::done(text.into_bytes())), Leaves::Nothing);
        }
        Err(error) => {
            say(&lang::cli::errors::error_text(early, &error));
            return ExitCode::from(Exit::Usage as u8);
        }
    };
    match Ctx::gather(cli.global.clone()) {
        Ok(ctx) => {
            let leaves = leaves(&cli);
            finish(ctx.lang, dispatch(&ctx, cli), leaves)
        }
        Err(failure) => finish(early, Err(failure), Leaves::Nothing),
    }
}

/// What a command leaves behind besides its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaves {
    /// Nothing: it can be run again.
    Nothing,
    /// Entries or mended files: running it again would do it twice.
    Something,
}

/// Tells what a command leaves behind when it comes to its end.
fn leaves(cli: &Cli) -> Leaves {
    let is_writing = match &cli.command {
        Some(Command::Record(args)) => !args.write.dry_run,
        Some(Command::Retract(args)) => !args.write.dry_run,
        Some(Command::Undo(args)) => !args.write.dry_run,
        Some(Command::Seal(args)) => !args.dry_run,
        Some(Command::Repair(args)) => args.yes,
        Some(_) | None => false,
    };
    match is_writing {
        true => Leaves::Something,
        false => Leaves::Nothing,
    }
}

fn dispatch(ctx: &Ctx, cli: Cli) -> Result<Answer> {
    match cli.command.unwrap_or(Command::Status(cli.status)) {
        Command::Status(args) => status::run(ctx, &args),
        Command::List(args) => list::run(ctx, &args, list::What::List),
        Command::Ledger(args) => list::run(ctx, &args, list::What::Ledger),
        Command::Show(args) => show::run(ctx, &args),
        Command::Missing(args) => missing::run(ctx, &args),
        Command::Today(args) => today::run(ctx, &args),
        Command::Matrix(args) => matrix::run(ctx, &args),
        Command::Trend(args) => trend::run(ctx, &args),
        Command::Diff(args) => diff::run(ctx, &args),
        Command::Bulletin(args) => bulletin::run(ctx, &args),
        Command::Record(args) => record::run(ctx, &args),
        Command::Retract(args) => retract::run(ctx, &args),
        Command::Undo(args) => retract::undo(ctx, &args),
        Command::Import(args) => import::run(ctx, &args.action),
        Command::Log(args) => log::run(ctx, &args),
        Command::Check(args) => check::run(ctx, &args),
        Command::Verify(args) => verify::run(ctx, &args),
        Command::Repair(args) => repair::run(ctx, &args),
        Command::Sync(args) => sync::run(ctx, &args),
        Command::Explain(args) => explain::run(ctx, &args),
        Command::Config(args) => config::run(ctx, &args),
        Command::Demo(args) => demo::run(ctx, &args),
        Command::Init(args) => init::run(ctx, &args),
        Command::Sheet(args) => sheet::run(ctx, &args.action),
        Command::Seal(args) => seal::run(ctx, &args),
        Command::Slip(args) => slip::run(ctx, &args),
        Command::CarryOver(args) => carry_over::run(ctx, &args),
        Command::Schema(args) => schema::run(ctx, &args),
    }
}

/// Writes the answer or the failure, and returns the exit code.
fn finish(lang: Lang, answer: Result<Answer>, leaves: Leaves) -> ExitCode {
    let exit = match answer {
        Ok(answer) => match write_out(&answer.bytes) {
            Ok(()) => answer.exit,
            // Whoever reads has seen enough: `duban log | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Err(error) => {
                let failure = Failure::refused(failures::cannot_write("stdout")).cause(error);
                let failure = match leaves {
                    Leaves::Something => failure.help(failures::done_all_the_same()),
                    Leaves::Nothing => failure,
                };
                say(&failure.text(lang));
                failure.exit
            }
        },
        Err(failure) => {
            say(&failure.text(lang));
            failure.exit
        }
    };
    ExitCode::from(exit as u8)
}

fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Writes a line to stderr; where even that fails there is nobody left to tell.
fn say(text: &str) {
    let lines: Vec<_> = text.lines().map(safe).collect();
    let _ = writeln!(io::stderr().lock(), "{}", lines.join("\n"));
}

/// Returns the language in which errors of the command line itself are said.
fn early_lang(arguments: &[OsString]) -> Lang {
    lang::cli::wanted_lang(arguments)
        .or_else(|| Lang::from_code(&variable("DUBAN_LANG")?))
        .or_else(|| {
            let config = Config::read(&workspace::home::find()?.config).ok()?;
            Lang::from_code(config.get(Key::Lang)?)
        })
        .unwrap_or_else(locale_lang)
}

/// Returns the language of the locale: one that begins with zh or en, else Chinese.
fn locale_lang() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    match locale.starts_with("en") {
        true => Lang::En,
        false => Lang::Zh,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks the environment"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks the environment"
)]
fn search_path() -> Option<OsString> {
    std::env::var_os("PATH")
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks where it is"
)]
fn current_folder() -> Result<PathBuf> {
    std::env::current_dir()
        .map_err(|error| Failure::unreadable(failures::no_current_folder()).cause(error))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that asks the clock"
)]
fn clock() -> (Instant, Day) {
    let now = Local::now();
    (
        Instant::from_local(now.naive_local(), *now.offset()),
        Day::from(now.date_naive()),
    )
}

impl Terminal {
    fn look() -> Terminal {
        let out = io::stdout();
        let is_terminal = out.is_terminal();
        let asked = io::stdin().is_terminal() && io::stderr().is_terminal();
        let width = variable("COLUMNS")
            .and_then(|columns| columns.parse().ok())
            .or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
            .unwrap_or(80);
        Terminal {
            can_ask: if asked { CanAsk::Yes } else { CanAsk::No },
            width: width.max(40),
            colour: match is_terminal && variable("NO_COLOR").is_none() {
                true => Colour::On,
                false => Colour::Off,
            },
            out: match is_terminal {
                true => Out::Terminal,
                false => Out::Elsewhere,
            },
        }
    }
}

impl Ctx {
    fn gather(global: Global) -> Result<Ctx> {
        let homes = workspace::home::find();
        let config = match &homes {
            Some(homes) => Config::read(&homes.config)?,
            None => Config::default(),
        };
        let environment = Environment {
            plan: variable("DUBAN_PLAN"),
            writer: variable("DUBAN_WRITER"),
            lang: variable("DUBAN_LANG"),
            user: variable("USER").or_else(|| variable("USERNAME")),
            host: variable("HOSTNAME")
                .or_else(|| variable("COMPUTERNAME"))
                .or_else(workspace::home::host_name),
            path: search_path(),
        };
        let (now, local_day) = clock();
        let today = match global.today.clone().or_else(|| variable("DUBAN_TODAY")) {
            Some(text) => {
                Day::parse(&text).ok_or_else(|| Failure::usage(failures::no_date(text)))?
            }
            None => local_day,
        };
        let chosen = global
            .lang
            .or_else(|| Lang::from_code(environment.lang.as_deref()?))
            .or_else(|| Lang::from_code(config.get(Key::Lang)?));
        let mut terminal = Terminal::look();
        terminal.colour = global.color.on(terminal.colour);
        Ok(Ctx {
            lang: chosen.unwrap_or_else(locale_lang),
            lang_is_chosen: match chosen {
                Some(_) => Chosen::Yes,
                None => Chosen::No,
            },
            now,
            today,
            homes,
            config,
            folder: current_folder()?,
            environment,
            terminal,
            global,
        })
    }

    /// Returns the same, standing in another folder and looking at nothing but it.
    pub fn inside(&self, folder: PathBuf) -> Ctx {
        Ctx {
            lang: self.lang,
            lang_is_chosen: self.lang_is_chosen,
            now: self.now,
            today: self.today,
            homes: self.homes.clone(),
            config: self.config.clone(),
            environment: Environment {
                plan: None,
                ..self.environment.clone()
            },
            terminal: self.terminal,
            global: Global {
                plan: None,
                journal: None,
                ..self.global.clone()
            },
            folder,
        }
    }

    /// Says something on stderr, in the language of messages.
    pub fn say(&self, said: &Said) {
        say(said.text(self.lang));
    }

    /// Returns how tables are to look.
    pub fn look(&self, lang: Lang) -> Look {
        Look {
            width: Some(self.terminal.width),
            colour: self.terminal.colour,
            bom: Bom::Without,
            lang,
        }
    }

    /// Returns how papers are to look that no terminal shows.
    pub fn look_of_files(&self, lang: Lang) -> Look {
        Look {
            width: None,
            colour: Colour::Off,
            ..self.look(lang)
        }
    }

    /// Returns a setting: option, environment, file.
    pub fn setting(&self, key: Key, flag: Option<&str>) -> Option<String> {
        let variable = match key {
            Key::Writer => self.environment.writer.as_deref(),
            Key::DefaultPlan => self.environment.plan.as_deref(),
            Key::Lang => self.environment.lang.as_deref(),
            Key::Unit | Key::Person => None,
        };
        let around = Around {
            flag,
            variable,
            default: None,
        };
        self.config.setting(key, around).value
    }

    /// Renders a result in the format asked for and puts it where it was asked to go.
    pub fn deliver(
        &self,
        args: &OutputArgs,
        lang: Lang,
        render: impl FnOnce(Format, &Look) -> Vec<u8>,
    ) -> Result<Answer> {
        let format = self.format(args)?;
        let mut look = self.look(lang);
        if args.bom {
            look.bom = Bom::With;
        }
        let Some(path) = &args.output else {
            if (format.nature(), self.terminal.out) == (Nature::Binary, Out::Terminal) {
                return Err(Failure::usage(failures::not_for_a_terminal(format.code()))
                    .help(failures::into_a_file(format.code())));
            }
            return Ok(Answer::done(render(format, &look)));
        };
        look = Look {
            bom: look.bom,
            ..self.look_of_files(lang)
        };
        let overwrite = match args.force {
            true => Overwrite::Force,
            false => Overwrite::Refuse,
        };
        write_paper(path, &render(format, &look), overwrite)?;
        self.say(&failures::written(path.display()));
        Ok(Answer::done(Vec::new()))
    }

    /// Returns the format: as asked for, else by the extension of the file, else a table.
    fn format(&self, args: &OutputArgs) -> Result<Format> {
        match (args.format, &args.output) {
            (Some(format), _) => Ok(format),
            (None, None) => Ok(Format::Table),
            (None, Some(path)) => {
                let extension = path.extension().and_then(|extension| extension.to_str());
                extension.and_then(Format::from_extension).ok_or_else(|| {
                    Failure::usage(failures::no_format_for(path.display()))
                        .help(failures::formats(format_codes()))
                })
            }
        }
    }
}

fn format_codes() -> String {
    let codes: Vec<&str> = Format::ALL.iter().map(|format| format.code()).collect();
    codes.join(", ")
}
