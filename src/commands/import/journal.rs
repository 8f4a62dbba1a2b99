//! `import journal`: an office's own book of a year → entries.

use crate::cli::ImportJournalArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::intake;
use crate::commands::intake::Batch;
use crate::commands::intake::Speaks;
use crate::commands::open;
use crate::failure::Failure;
use crate::failure::Result;
use crate::grid;
use crate::grid::lines;
use crate::grid::lines::Certainty;
use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::book as say;
use crate::plan::chart::Chart;
use crate::recording::book;
use crate::recording::book::Around;
use crate::recording::book::Mapping;
use crate::recording::book::NoBook;
use crate::recording::book::titles::Key;
use crate::recording::intake::Remark;
use crate::recording::intake::Spot;
use crate::report::intake::Source;
use crate::table::Datum;
use crate::workspace;
use std::path::Path;
use std::path::PathBuf;

pub(super) fn run(ctx: &Ctx, args: &ImportJournalArgs) -> Result<Answer> {
    let opened = open::open_to_write(ctx)?;
    let chart = Chart::new(&opened.plan);
    let mappings = mappings(&args.map)?;
    let file = workspace::shown(&args.file, &ctx.folder);
    let (grid, encoding, mut remarks) = grid(args, &file)?;
    let around = Around {
        chart: &chart,
        file: &file,
        mappings: &mappings,
        wanted: &args.worksheet,
        lang: ctx.lang,
    };
    let mut read = book::read(&grid, &around).map_err(|why| no_book(&file, why))?;
    let of_file = |said: Said| Remark {
        spot: Spot {
            file: file.clone(),
            row: 0,
            cell: file.clone(),
        },
        said,
    };
    let comma = match ctx.lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    if !read.left.is_empty() {
        remarks.push(of_file(say::columns_left(read.left.join(comma))));
    }
    if !read.left_sheets.is_empty() {
        remarks.push(of_file(say::sheets_left(read.left_sheets.join(comma))));
    }
    remarks.append(&mut read.intake.remarks);
    read.intake.remarks = remarks;
    // What is tried first is what came first: a verification after its submission.
    read.intake.asked.sort_by_key(|asked| asked.date);
    let columns: Vec<String> = read
        .columns
        .iter()
        .map(|(title, key)| match title == key.code() {
            true => title.clone(),
            false => format!("{title}={}", key.code()),
        })
        .collect();
    let listed = columns.iter().map(|column| column.as_str().into());
    let batch = Batch {
        source: Source {
            said: say::read_as(&file, encoding, columns.join(comma)),
            facts: vec![
                ("plan", opened.plan.id.as_str().into()),
                ("unit", None::<&str>.into()),
                ("period", None::<&str>.into()),
                ("made_on", None::<&str>.into()),
                ("reference", None::<&str>.into()),
                ("current", Datum::Null),
                ("encoding", encoding.into()),
                ("columns", Datum::List(listed.collect())),
            ],
            file: file.clone(),
        },
        folder: match &args.intake.evidence_folder {
            Some(folder) => folder.clone(),
            None => folder_of(&args.file),
        },
        intake: read.intake,
    };
    intake::run(
        ctx,
        &args.intake,
        &opened,
        &chart,
        vec![batch],
        Speaks::Often,
    )
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent()
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Reads the file as a workbook or as csv, and says as what.
fn grid(args: &ImportJournalArgs, file: &str) -> Result<(grid::Book, &'static str, Vec<Remark>)> {
    let bytes = intake::bytes(&args.file)?;
    let failed = |fault| intake::unreadable(&args.file, &fault);
    if grid::is_workbook(&bytes) {
        let book = grid::read_workbook(&bytes).map_err(failed)?;
        return Ok((book, "xlsx", Vec::new()));
    }
    let decoded = lines::decode(&bytes, args.encoding.as_deref()).map_err(failed)?;
    let book = lines::read(&decoded.text).map_err(failed)?;
    let remarks = match decoded.certainty {
        Certainty::Sure => Vec::new(),
        Certainty::Assumed => vec![Remark {
            spot: Spot {
                file: file.to_owned(),
                row: 0,
                cell: file.to_owned(),
            },
            said: say::assumed(decoded.encoding),
        }],
    };
    Ok((book, decoded.encoding, remarks))
}

/// Reads what was said of columns.
fn mappings(typed: &[String]) -> Result<Vec<Mapping>> {
    let read = |text: &String| {
        let mapping = text.rsplit_once('=').and_then(|(column, key)| {
            Some(Mapping {
                column: column.trim().to_owned(),
                key: Key::from_code(key.trim())?,
            })
        });
        mapping.ok_or_else(|| {
            let codes = Key::CODES.map(|(_, code)| code).join(", ");
            Failure::usage(say::bad_map(text)).help(say::map_forms(codes))
        })
    };
    typed.iter().map(read).collect()
}

fn no_book(file: &str, why: NoBook) -> Failure {
    match why {
        NoBook::NoTitles => Failure::unreadable(say::no_titles(file)).help(say::no_titles_help()),
        NoBook::Twice(key, first, second) => {
            Failure::usage(say::titles_twice(key.code(), first, &second))
                .help(say::say_which(second))
        }
        NoBook::NoColumn(name) => Failure::usage(say::no_column(name)),
        NoBook::NoSheet(name) => Failure::usage(say::no_sheet(name)),
    }
}
