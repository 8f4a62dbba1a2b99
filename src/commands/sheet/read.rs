//! `sheet read`: sheets that came back, shown as what they would change, recorded once that was said.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::cli::SheetReadArgs;
use crate::cli::ViewArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::intake;
use crate::commands::intake::Batch;
use crate::commands::intake::Speaks;
use crate::commands::open;
use crate::commands::open::Opened;
use crate::commands::open::gather::Gathered;
use crate::failure::Failure;
use crate::failure::Result;
use crate::grid;
use crate::journal::Entry;
use crate::lang::Said;
use crate::lang::intake as say;
use crate::lang::sheet as sheet_words;
use crate::lang::terms;
use crate::plan::chart::Chart;
use crate::recording::intake::Remark;
use crate::recording::intake::Spot;
use crate::report::intake::Source;
use crate::sheet::Term;
use crate::sheet::hidden::Found;
use crate::sheet::hidden::Hidden;
use crate::sheet::make::History;
use crate::sheet::read;
use crate::sheet::read::Around;
use crate::sheet::read::NoPage;
use crate::workspace;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

pub(super) fn run(ctx: &Ctx, args: &SheetReadArgs) -> Result<Answer> {
    let opened = open::open_to_write(ctx)?;
    let chart = Chart::new(&opened.plan);
    let gathered = opened.gather_silently(ctx, &chart, &ViewArgs::default(), &[])?;
    let mut returned = Vec::new();
    for path in &args.files {
        match workspace::files_in(path, "xlsx")? {
            None => returned.push(returned_sheet(ctx, &opened, path)?),
            Some(files) => {
                if files.is_empty() {
                    return Err(Failure::unreadable(say::no_sheets_in(path.display())));
                }
                for file in files {
                    match returned_sheet(ctx, &opened, &file) {
                        Ok(sheet) => returned.push(sheet),
                        Err(NotRead::NotOurs(_)) => ctx.say(&say::passed_over(file.display())),
                        Err(NotRead::Failed(failure)) => return Err(failure),
                    }
                }
            }
        }
    }
    let spoken: BTreeSet<&str> = returned
        .iter()
        .flat_map(|sheet| sheet.hidden.rows.iter().map(|row| row.obligation.as_str()))
        .collect();
    let history = super::history(&opened, &gathered, |posting| {
        spoken.contains(chart.name(posting.obligation).as_str())
    })?;
    let mut batches = Vec::new();
    for sheet in &returned {
        batches.push(batch(ctx, args, &gathered, &chart, sheet, &history)?);
    }
    intake::run(ctx, &args.intake, &opened, &chart, batches, Speaks::Once)
}

/// A sheet that came back, known to be ours.
struct Returned {
    path: PathBuf,
    book: grid::Book,
    hidden: Hidden,
}

/// Why a file is not read as a sheet.
enum NotRead {
    /// It has no hidden page of ours.
    NotOurs(Failure),
    /// Something else is wrong with it.
    Failed(Failure),
}

impl From<NotRead> for Failure {
    fn from(why: NotRead) -> Failure {
        match why {
            NotRead::NotOurs(failure) | NotRead::Failed(failure) => failure,
        }
    }
}

impl From<Failure> for NotRead {
    fn from(failure: Failure) -> NotRead {
        NotRead::Failed(failure)
    }
}

/// Opens a workbook and checks whose it is: the program, the plan, the unit.
fn returned_sheet(
    ctx: &Ctx,
    opened: &Opened,
    path: &Path,
) -> std::result::Result<Returned, NotRead> {
    let shown = workspace::shown(path, &ctx.folder);
    let bytes = intake::bytes(path)?;
    let book = grid::read_workbook(&bytes).map_err(|fault| intake::unreadable(path, &fault))?;
    drop(bytes);
    let hidden = match read::hidden(&book) {
        Some(Found::Whole(hidden)) => *hidden,
        Some(Found::Version(version)) => {
            let failure = Failure::unreadable(say::other_version(&shown, version));
            return Err(failure.help(say::update_help()).into());
        }
        Some(Found::Changed) => {
            let failure = Failure::unreadable(say::hidden_changed(&shown));
            return Err(failure.help(say::not_ours_help()).into());
        }
        None => {
            let failure = Failure::unreadable(say::not_ours(&shown));
            return Err(NotRead::NotOurs(failure.help(say::not_ours_help())));
        }
    };
    if hidden.plan != opened.plan.id {
        let failure = Failure::usage(say::other_plan(&shown, &hidden.plan));
        return Err(failure.help(say::name_that_plan(&hidden.plan)).into());
    }
    Ok(Returned {
        path: path.to_owned(),
        book,
        hidden,
    })
}

fn batch(
    ctx: &Ctx,
    args: &SheetReadArgs,
    gathered: &Gathered<'_>,
    chart: &Chart<'_>,
    sheet: &Returned,
    history: &History,
) -> Result<Batch> {
    let (plan, hidden) = (chart.plan, &sheet.hidden);
    let file = workspace::shown(&sheet.path, &ctx.folder);
    let unit = plan
        .unit_by_id(&hidden.unit)
        .ok_or_else(|| Failure::unreadable(say::no_such_unit(&file, &hidden.unit)))?;
    let period = Period::parse(&hidden.period)
        .ok_or_else(|| Failure::unreadable(say::hidden_changed(&file)))?;
    let term = Term::of(plan, period);
    let around = Around {
        chart,
        file: &file,
        window: term.window,
        else_date: Day::min(term.window.end, ctx.today),
        lang: ctx.lang,
    };
    let mut intake = read::read(&sheet.book, hidden, &around).map_err(|why| match why {
        NoPage::None => Failure::unreadable(say::no_filled_page(&file)),
        NoPage::Several(pages) => {
            Failure::unreadable(say::several_filled_pages(&file, pages.join("、")))
                .help(say::keep_one_page())
        }
    })?;
    for asked in &mut intake.asked {
        let name = chart.name(asked.obligation);
        let standing = hidden.rows.iter().find(|row| row.obligation == name);
        let entries = history
            .get(&asked.obligation)
            .map_or(&[][..], Vec::as_slice);
        // What this very sheet brought in is no news.
        let others: Vec<&Entry> = entries
            .iter()
            .filter(|entry| entry.reference() != hidden.reference())
            .collect();
        let is_as_it_was = standing.is_none_or(|row| {
            let last = others
                .last()
                .map_or(String::new(), |entry| entry.id.to_string());
            row.last == last && row.count == others.len().to_string()
        });
        if is_as_it_was {
            continue;
        }
        let newest = others.iter().max_by_key(|entry| entry.recorded_at);
        asked.remark = Some(newest.map_or_else(say::taken_back_since, |entry| {
            let event = entry.event.map(terms::event);
            let said = |event: &str| format!("{} {event} {}", entry.name(), entry.date);
            Said {
                zh: say::changed_since(said(event.map_or("", |word| word.zh))).zh,
                en: say::changed_since(said(event.map_or("", |word| word.en))).en,
            }
        }));
    }
    if hidden.plan_sha256 != plan.sha256 {
        intake.remarks.push(Remark {
            spot: Spot {
                file: file.clone(),
                row: 0,
                cell: sheet_words::TAB.text(ctx.lang).to_owned(),
            },
            said: say::plan_changed(),
        });
    }
    let is_current = hidden.journal == gathered.view().journal.digest;
    let name = &plan.unit(unit).name;
    Ok(Batch {
        source: Source {
            said: say::sheet_of(&file, name, &hidden.period, &hidden.made_on),
            facts: vec![
                ("plan", hidden.plan.as_str().into()),
                ("unit", hidden.unit.as_str().into()),
                ("period", hidden.period.as_str().into()),
                ("made_on", hidden.made_on.as_str().into()),
                ("reference", hidden.reference().into()),
                ("current", is_current.into()),
                ("encoding", None::<&str>.into()),
                ("columns", crate::table::Datum::List(Vec::new())),
            ],
            file,
        },
        folder: match &args.intake.evidence_folder {
            Some(folder) => folder.clone(),
            None => sheet
                .path
                .parent()
                .map_or_else(|| PathBuf::from("."), Path::to_owned),
        },
        intake,
    })
}
