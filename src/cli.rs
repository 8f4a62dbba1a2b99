//! What a user may type. Types only: every text is filled in by `lang::cli`.
#![allow(
    missing_docs,
    reason = "clap would print doc comments; what each argument means is said once, in lang"
)]

use crate::lang::Lang;
use crate::render::Colour;
use crate::render::Format;
use crate::render::Nature;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(name = "duban", version)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub status: StatusArgs,
}

#[derive(Args, Clone, Debug)]
pub struct Global {
    #[arg(short, long, global = true, value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, global = true, value_name = "PATH")]
    pub journal: Option<PathBuf>,
    #[arg(long, global = true, value_name = "zh|en", value_parser = parse_lang)]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<String>,
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColourChoice,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ColourChoice {
    Auto,
    Always,
    Never,
}

impl ColourChoice {
    pub fn on(self, here: Colour) -> Colour {
        match self {
            ColourChoice::Auto => here,
            ColourChoice::Always => Colour::On,
            ColourChoice::Never => Colour::Off,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Status(StatusArgs),
    List(ReadArgs),
    Ledger(ReadArgs),
    Show(ShowArgs),
    Missing(MissingArgs),
    Today(ReadArgs),
    Matrix(ReadArgs),
    Trend(ReadArgs),
    Diff(DiffArgs),
    Bulletin(BulletinArgs),
    Record(RecordArgs),
    Retract(RetractArgs),
    Undo(UndoArgs),
    Sheet(SheetArgs),
    Import(ImportArgs),
    Seal(SealArgs),
    Slip(SlipArgs),
    CarryOver(CarryOverArgs),
    Log(ReadArgs),
    Check(CheckArgs),
    Verify(VerifyArgs),
    Repair(RepairArgs),
    Sync(SyncArgs),
    Explain(ExplainArgs),
    Config(ConfigArgs),
    Demo(DemoArgs),
    Init(InitArgs),
    Schema(SchemaArgs),
}

#[derive(Args, Clone, Debug, Default)]
pub struct ViewArgs {
    #[arg(long, value_name = "DATE|PERIOD|last")]
    pub as_of: Option<String>,
    #[arg(long, value_name = "INSTANT|SEAL")]
    pub known_at: Option<String>,
    #[arg(long, value_name = "UNIT", value_delimiter = ',')]
    pub unit: Vec<String>,
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    pub group: Vec<String>,
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    pub kind_of_unit: Vec<String>,
    #[arg(long, value_name = "CHAPTER", value_delimiter = ',')]
    pub chapter: Vec<String>,
    #[arg(long, value_name = "MEASURE", value_delimiter = ',')]
    pub measure: Vec<String>,
    #[arg(long, value_name = "ITEM", value_delimiter = ',')]
    pub item: Vec<String>,
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub state: Vec<String>,
    #[arg(long, value_name = "LIGHT", value_delimiter = ',')]
    pub light: Vec<String>,
    #[arg(long)]
    pub overdue: bool,
    #[arg(long, value_name = "DAYS")]
    pub due_within: Option<i64>,
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    #[arg(long)]
    pub verify: bool,
    #[arg(long)]
    pub public: bool,
}

#[derive(Args, Clone, Debug, Default)]
pub struct OutputArgs {
    #[arg(short, long, value_name = "FORMAT", value_parser = parse_format)]
    pub format: Option<Format>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
    #[arg(long)]
    pub bom: bool,
}

#[derive(Args, Clone, Debug, Default)]
pub struct ReadArgs {
    #[command(flatten)]
    pub view: ViewArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Overdue,
    Red,
    Missing,
    Findings,
}

#[derive(Args, Clone, Debug, Default)]
pub struct StatusArgs {
    #[arg(long, value_name = "WHAT", default_value = "unit")]
    pub by: By,
    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum By {
    #[default]
    Unit,
    Chapter,
    Measure,
    Item,
    Group,
    Kind,
}

#[derive(Args, Clone, Debug)]
pub struct ShowArgs {
    #[arg(value_name = "REF")]
    pub reference: String,
    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Args, Clone, Debug)]
pub struct MissingArgs {
    #[arg(value_name = "PERIOD", default_value = "last")]
    pub period: String,
    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Args, Clone, Debug)]
pub struct BulletinArgs {
    #[arg(value_name = "PERIOD", default_value = "last")]
    pub period: String,
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    #[arg(long)]
    pub print_template: bool,
    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Args, Clone, Debug)]
pub struct DiffArgs {
    #[arg(value_name = "FROM")]
    pub from: String,
    #[arg(value_name = "TO")]
    pub to: String,
    #[command(flatten)]
    pub read: ReadArgs,
}

#[derive(Args, Clone, Debug)]
pub struct RecordArgs {
    #[arg(value_name = "EVENT", required_unless_present = "from")]
    pub event: Option<String>,
    #[arg(value_name = "TARGET")]
    pub target: Option<String>,
    #[arg(value_name = "UNIT|VALUE", num_args = 0..=2, allow_negative_numbers = true)]
    pub words: Vec<String>,
    #[arg(
        short = 'm',
        long = "note",
        value_name = "NOTE",
        allow_hyphen_values = true
    )]
    pub note: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    #[arg(long = "for", value_name = "PERIOD", conflicts_with = "date")]
    pub for_period: Option<String>,
    #[arg(long = "ref", value_name = "REF", allow_hyphen_values = true)]
    pub reference: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    #[arg(long = "as", value_name = "UNIT")]
    pub acting: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long, value_name = "ENTRY")]
    pub replaces: Option<String>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["target", "words", "note", "date", "for_period", "reference", "evidence", "replaces", "all"])]
    pub from: Option<PathBuf>,
    #[arg(long)]
    pub all: bool,
    #[arg(short, long)]
    pub yes: bool,
    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Args, Clone, Debug, Default)]
pub struct WriteArgs {
    #[arg(long, value_name = "WRITER")]
    pub writer: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub late: bool,
    #[arg(long)]
    pub again: bool,
    #[arg(long)]
    pub force: bool,
    #[arg(short, long, value_name = "FORMAT", value_parser = parse_text_format)]
    pub format: Option<Format>,
}

#[derive(Args, Clone, Debug)]
pub struct RetractArgs {
    #[arg(value_name = "ENTRY")]
    pub entry: String,
    #[arg(
        short = 'm',
        long = "note",
        value_name = "WHY",
        required = true,
        allow_hyphen_values = true
    )]
    pub note: String,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long = "as", value_name = "UNIT")]
    pub acting: Option<String>,
    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Args, Clone, Debug)]
pub struct UndoArgs {
    #[arg(
        short = 'm',
        long = "note",
        value_name = "WHY",
        allow_hyphen_values = true
    )]
    pub note: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long = "as", value_name = "UNIT")]
    pub acting: Option<String>,
    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Args, Clone, Debug)]
pub struct SheetArgs {
    #[command(subcommand)]
    pub action: SheetAction,
}

#[derive(Clone, Debug, Subcommand)]
pub enum SheetAction {
    Make(SheetMakeArgs),
    Read(SheetReadArgs),
}

#[derive(Args, Clone, Debug)]
pub struct SheetMakeArgs {
    #[arg(value_name = "UNIT", required_unless_present = "all")]
    pub units: Vec<String>,
    #[arg(long, conflicts_with = "units")]
    pub all: bool,
    #[arg(long = "for", value_name = "PERIOD")]
    pub for_period: Option<String>,
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub output: PathBuf,
    #[arg(long)]
    pub force: bool,
}

#[derive(Args, Clone, Debug)]
pub struct SheetReadArgs {
    #[arg(value_name = "FILE|DIR", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// What every reading of somebody's table takes.
#[derive(Args, Clone, Debug)]
pub struct IntakeArgs {
    #[arg(long, value_name = "DIR")]
    pub evidence_folder: Option<PathBuf>,
    #[arg(long)]
    pub skip_doubtful: bool,
    #[arg(short, long, conflicts_with = "dry_run")]
    pub yes: bool,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub late: bool,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long, value_name = "WRITER")]
    pub writer: Option<String>,
    #[arg(short, long, value_name = "FORMAT", value_parser = parse_text_format)]
    pub format: Option<Format>,
}

#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    #[command(subcommand)]
    pub action: ImportAction,
}

#[derive(Clone, Debug, Subcommand)]
pub enum ImportAction {
    Notice(ImportNoticeArgs),
    Journal(ImportJournalArgs),
}

#[derive(Args, Clone, Debug)]
pub struct ImportJournalArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "TITLE=COLUMN")]
    pub map: Vec<String>,
    #[arg(long, value_name = "SHEET")]
    pub worksheet: Vec<String>,
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<String>,
    #[command(flatten)]
    pub intake: IntakeArgs,
}

#[derive(Args, Clone, Debug)]
pub struct SealArgs {
    #[arg(value_name = "PERIOD")]
    pub period: String,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long = "as", value_name = "UNIT")]
    pub acting: Option<String>,
    #[arg(long, value_name = "WRITER")]
    pub writer: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(short, long, value_name = "FORMAT", value_parser = parse_text_format)]
    pub format: Option<Format>,
}

#[derive(Args, Clone, Debug)]
pub struct SlipArgs {
    #[arg(value_name = "UNIT", required_unless_present = "all_behind")]
    pub units: Vec<String>,
    #[arg(long, conflicts_with = "units")]
    pub all_behind: bool,
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub reply_by: Option<String>,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub number: Option<String>,
    #[arg(long = "as", value_name = "UNIT")]
    pub acting: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long, value_name = "WRITER")]
    pub writer: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "INSTANT|SEAL")]
    pub known_at: Option<String>,
    #[arg(long)]
    pub late: bool,
    #[arg(long)]
    pub again: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Args, Clone, Debug)]
pub struct CarryOverArgs {
    #[arg(long, value_name = "YEAR")]
    pub to: u32,
    #[arg(long, value_name = "DATE|PERIOD|last")]
    pub as_of: Option<String>,
    #[arg(long, value_name = "INSTANT|SEAL")]
    pub known_at: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
}

#[derive(Args, Clone, Debug)]
pub struct ImportNoticeArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "PLAN-ID")]
    pub id: Option<String>,
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u32>,
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<String>,
    #[arg(short = 'f', long = "format", value_name = "FORMAT")]
    pub wanted: Option<NoticeFormat>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NoticeFormat {
    Toml,
    Json,
}

#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

#[derive(Args, Clone, Debug)]
pub struct RepairArgs {
    #[arg(long)]
    pub tail: bool,
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    #[arg(short, long)]
    pub yes: bool,
    #[arg(short, long, value_name = "FORMAT", value_parser = parse_format)]
    pub format: Option<Format>,
}

#[derive(Args, Clone, Debug)]
pub struct SyncArgs {
    #[arg(long, value_name = "WRITER")]
    pub writer: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, conflicts_with = "dry_run")]
    pub give_way: bool,
    #[arg(short, long, value_name = "FORMAT", value_parser = parse_text_format)]
    pub format: Option<Format>,
}

#[derive(Args, Clone, Debug)]
pub struct VerifyArgs {
    #[arg(long, value_name = "DIGEST")]
    pub since: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Args, Clone, Debug)]
pub struct ConfigArgs {
    #[command(subcommand)]
    pub action: Option<ConfigAction>,
}

#[derive(Clone, Debug, Subcommand)]
pub enum ConfigAction {
    Show {
        #[arg(long)]
        origin: bool,
    },
    Set {
        #[arg(value_name = "KEY")]
        key: String,
        #[arg(value_name = "VALUE")]
        value: String,
    },
}

#[derive(Args, Clone, Debug)]
pub struct DemoArgs {
    #[arg(value_name = "DIR", default_value = "./duban-demo")]
    pub folder: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub struct InitArgs {
    #[arg(value_name = "PLAN-ID")]
    pub id: String,
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u32>,
}

#[derive(Args, Clone, Debug)]
pub struct SchemaArgs {
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

fn parse_lang(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| "zh, en".to_owned())
}

fn parse_format(code: &str) -> Result<Format, String> {
    among(code, &Format::ALL)
}

/// A receipt has no file to go to: it is a text.
fn parse_text_format(code: &str) -> Result<Format, String> {
    let texts = Format::ALL
        .into_iter()
        .filter(|format| format.nature() == Nature::Text);
    among(code, &texts.collect::<Vec<_>>())
}

fn among(code: &str, formats: &[Format]) -> Result<Format, String> {
    let found = formats.iter().find(|format| format.code() == code);
    found.copied().ok_or_else(|| {
        let codes: Vec<&str> = formats.iter().map(|format| format.code()).collect();
        codes.join(", ")
    })
}
