//! `import notice`: an official notice → the draft of a plan, and its doubts on stderr.

use crate::cli::ImportNoticeArgs;
use crate::cli::NoticeFormat;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use crate::lang::notice as say;
use crate::names;
use crate::plan::draft;
use crate::plan::notice;
use crate::plan::notice::Notice;
use crate::plan::notice::Refusal;
use crate::plan::notice::Wishes;
use crate::plan::notice::doubt::Code;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::draft as of_notice;
use crate::render;
use crate::render::Format;
use crate::report;
use crate::workspace;
use crate::workspace::paper::Overwrite;
use crate::workspace::paper::write_paper;
use std::io;
use std::io::Read;
use std::path::Path;

pub(super) fn run(ctx: &Ctx, args: &ImportNoticeArgs) -> Result<Answer> {
    let wishes = Wishes {
        encoding: args.encoding.clone(),
        year: args.year,
    };
    let read = notice::read(&bytes(&args.file)?, &wishes).map_err(refused)?;
    let text = match args.wanted {
        Some(NoticeFormat::Json) => {
            let document = report::notice::document(&read, ctx.lang);
            render::document(&document, Format::Json, &ctx.look(ctx.lang))
        }
        Some(NoticeFormat::Toml) | None => {
            let id = id(args, &read)?;
            let (plan, more) = of_notice::plan(&read, &id, ctx.lang)
                .ok_or_else(|| Failure::usage(say::no_year()))?;
            tell(ctx, &read, &more);
            draft::text(&plan).into_bytes()
        }
    };
    let Some(path) = &args.output else {
        return Ok(Answer::done(text));
    };
    let overwrite = match args.force {
        true => Overwrite::Force,
        false => Overwrite::Refuse,
    };
    write_paper(path, &text, overwrite)?;
    ctx.say(&match args.wanted {
        Some(NoticeFormat::Json) => failures::written(path.display()),
        Some(NoticeFormat::Toml) | None => say::draft_written(path.display()),
    });
    Ok(Answer::done(Vec::new()))
}

/// Reads the file, or what comes in; more than a notice has is not read.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    if path != Path::new("-") {
        return workspace::read(path, notice::LARGEST);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(notice::LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::unreadable(failures::cannot_read("-")).cause(error))?;
    match bytes.len() as u64 > notice::LARGEST {
        true => Err(Failure::unreadable(failures::too_large(
            "-",
            notice::LARGEST >> 10,
        ))),
        false => Ok(bytes),
    }
}

fn refused(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Unreadable(why) => Failure::unreadable(why),
        Refusal::NoPlan(why) => Failure {
            exit: Exit::Negative,
            ..Failure::unreadable(why)
        },
    }
}

/// Returns the id of the plan: as asked for, else the name of its file, else by issuer and year.
fn id(args: &ImportNoticeArgs, read: &Notice) -> Result<String> {
    let stem = args
        .output
        .as_deref()
        .and_then(Path::file_stem)
        .and_then(|stem| stem.to_str());
    let wanted = args.id.as_deref().or(stem);
    let Some(wanted) = wanted else {
        return of_notice::id(read).ok_or_else(|| Failure::usage(say::no_year()));
    };
    let id = names::fold(wanted);
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    match !id.is_empty() && id.chars().all(fits) {
        true => Ok(id),
        false => Err(Failure::usage(failures::bad_plan_id(wanted)).help(failures::plan_id_form())),
    }
}

/// Says how much was found, and every doubt; those of one code that have no words of their own
/// together.
fn tell(ctx: &Ctx, read: &Notice, more: &[Doubt]) {
    let doubts: Vec<&Doubt> = read.doubts.iter().chain(more).collect();
    for code in Code::ALL {
        let of_code: Vec<&&Doubt> = doubts.iter().filter(|doubt| doubt.code == *code).collect();
        match of_code.as_slice() {
            [] => {}
            few if few.len() <= 6 => {
                for doubt in few {
                    ctx.say(&say::doubt_line(doubt));
                }
            }
            many => ctx.say(&say::doubt_lines(many)),
        }
    }
    ctx.say(&say::summary(
        read.chapters.len(),
        read.measures.len(),
        doubts.len(),
    ));
}
