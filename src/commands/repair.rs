//! `repair`: what the hashes prove of damaged journal files, first as a look, then with `--yes`.

use crate::cli::RepairArgs;
use crate::commands::Answer;
use crate::commands::Ctx;
use crate::commands::open;
use crate::commands::open::Workspace;
use crate::document::Block;
use crate::document::Document;
use crate::failure::Exit;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Known;
use crate::journal::chain;
use crate::journal::file::DeskPlaces;
use crate::journal::file::Older;
use crate::journal::file::restore;
use crate::journal::file::restore::Change;
use crate::journal::file::restore::Restoration;
use crate::journal::repair::Field;
use crate::journal::repair::Tail;
use crate::journal::scan::ChainCheck;
use crate::journal::scan::ChainState;
use crate::journal::scan::Content;
use crate::journal::scan::JournalFile;
use crate::journal::writer::Writer;
use crate::lang::Said;
use crate::lang::failures;
use crate::lang::repair as say;
use crate::plan::Plan;
use crate::plan::chart::Chart;
use crate::render;
use crate::render::Format;
use crate::table::Datum;
use std::path::Path;

/// A file and what came of it.
struct Done<'d> {
    file: &'d JournalFile,
    restoration: Restoration,
}

pub(super) fn run(ctx: &Ctx, args: &RepairArgs) -> Result<Answer> {
    let workspace = open::workspace(ctx, None)?;
    let Some(plan) = &workspace.plan else {
        return Err(
            Failure::unreadable(failures::plan_unreadable(&workspace.plan_name))
                .help(failures::run_check()),
        );
    };
    let mut done = Vec::new();
    for file in &workspace.files {
        if let Some(restoration) = restoration(ctx, args, plan, file)? {
            done.push(Done { file, restoration });
        }
    }
    let chain = chain_state(ctx, &workspace, plan)?;
    let is_no = done
        .iter()
        .any(|done| !done.restoration.mended.unproved.is_empty())
        || (args.yes && chain == ChainState::Broken);
    let document = Report {
        ctx,
        args,
        done: &done,
        chain,
    }
    .document();
    let format = args.format.unwrap_or(Format::Table);
    Ok(Answer {
        bytes: render::document(&document, format, &ctx.look(ctx.lang)),
        exit: match is_no {
            true => Exit::Negative,
            false => Exit::Done,
        },
    })
}

/// Looks at one file, or restores it.
fn restoration(
    ctx: &Ctx,
    args: &RepairArgs,
    plan: &Plan,
    file: &JournalFile,
) -> Result<Option<Restoration>> {
    let (Content::Disk(path), Some(writer)) = (&file.content, Writer::parse(&file.writer)) else {
        return Ok(None);
    };
    let start = chain::start(&plan.id, writer.as_str());
    let tail = match args.tail {
        true => Tail::Cut,
        false => Tail::Leave,
    };
    if !args.yes {
        let looked = restore::look(path, start, tail);
        return looked.map(Some).map_err(|error| {
            Failure::unreadable(failures::cannot_read(path.display())).cause(error)
        });
    }
    let who = format!("duban repair {}", ctx.now);
    let places = DeskPlaces {
        state: ctx.homes.as_ref().map(|homes| homes.state.as_path()),
        who: &who,
        pause: std::thread::sleep,
        older: Older::Refuse,
    };
    restore::restore(path, &writer, start, tail, &places, ctx.now).map(Some)
}

/// Reads all files again, as they are now.
fn chain_state(ctx: &Ctx, workspace: &Workspace, plan: &Plan) -> Result<ChainState> {
    let chart = Chart::new(plan);
    let files = &workspace.files;
    Ok(open::scan_files(ctx, files, &chart, &Known::All, ChainCheck::Ids)?.chain)
}

/// What is told.
struct Report<'r> {
    ctx: &'r Ctx,
    args: &'r RepairArgs,
    done: &'r [Done<'r>],
    chain: ChainState,
}

impl Report<'_> {
    fn document(&self) -> Document {
        let lang = self.ctx.lang;
        let title = match self.args.yes {
            true => say::TITLE_DONE,
            false => say::TITLE_LOOK,
        };
        let mut blocks: Vec<Block> = self
            .done
            .iter()
            .flat_map(|done| self.of_file(done))
            .collect();
        blocks.push(Block::Paragraph(self.outcome().into_text(lang)));
        Document {
            title: title.text(lang).to_owned(),
            blocks,
            data: self.data(),
            lang: lang.code(),
        }
    }

    /// Says what became of one file; nothing where it is as it should be.
    fn of_file(&self, done: &Done<'_>) -> Vec<Block> {
        let lang = self.ctx.lang;
        let mended = &done.restoration.mended;
        let restored = mended
            .restored
            .iter()
            .map(|of| say::restored(of.what, of.lines));
        let fields = mended.fields.iter().map(said_of_field);
        let unproved = mended
            .unproved
            .iter()
            .map(|of| say::unproved(of.line, of.why));
        let kept = done
            .restoration
            .kept
            .iter()
            .map(|path| say::kept(name_of(path)));
        let said: Vec<String> = restored
            .chain(fields)
            .chain(unproved)
            .chain(kept)
            .map(|said| said.into_text(lang))
            .collect();
        if said.is_empty() {
            return Vec::new();
        }
        let heading = say::file(&done.file.name, mended.proved).into_text(lang);
        vec![
            Block::Heading {
                level: 1,
                text: heading,
            },
            Block::List(said),
        ]
    }

    /// Says what there is to do now.
    fn outcome(&self) -> Said {
        let is_change = |done: &Done<'_>| done.restoration.change == Change::Some;
        let has_rest = |done: &Done<'_>| !done.restoration.mended.unproved.is_empty();
        match (self.done.iter().any(is_change), self.args.yes) {
            (true, false) => say::not_written_yet(),
            (true, true) => match self.chain {
                ChainState::Intact => say::chain_intact(),
                ChainState::Broken | ChainState::Unchecked => say::chain_broken(),
            },
            (false, _) if self.done.iter().any(has_rest) => say::nothing_provable(),
            (false, _) => say::nothing_to_do(),
        }
    }

    fn data(&self) -> Vec<(&'static str, Datum)> {
        let files = self.done.iter().map(data_of_file).collect();
        vec![
            ("schema", "duban/repaired@1".into()),
            ("written", self.args.yes.into()),
            ("chain", self.chain.code().into()),
            ("files", Datum::List(files)),
        ]
    }
}

fn data_of_file(done: &Done<'_>) -> Datum {
    let mended = &done.restoration.mended;
    let restored = mended.restored.iter().map(|of| {
        Datum::Map(vec![
            ("what", of.what.code().into()),
            ("lines", of.lines.into()),
        ])
    });
    let fields = mended.fields.iter().map(|field| {
        Datum::Map(vec![
            ("line", field.line.into()),
            ("column", field.column.into()),
            ("from", field.from.as_str().into()),
            ("to", field.to.as_str().into()),
        ])
    });
    let unproved = mended.unproved.iter().map(|of| {
        Datum::Map(vec![
            ("line", of.line.into()),
            ("why", of.why.code().into()),
        ])
    });
    let kept = done
        .restoration
        .kept
        .iter()
        .map(|path| name_of(path).into());
    Datum::Map(vec![
        ("file", (&*done.file.name).into()),
        ("writer", (&*done.file.writer).into()),
        ("changes", (done.restoration.change == Change::Some).into()),
        ("proved", mended.proved.into()),
        ("restored", Datum::List(restored.collect())),
        ("fields", Datum::List(fields.collect())),
        ("unproved", Datum::List(unproved.collect())),
        ("kept", Datum::List(kept.collect())),
    ])
}

fn said_of_field(field: &Field) -> Said {
    say::field(field.line, field.column, &field.from, &field.to)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().display().to_string()
}
