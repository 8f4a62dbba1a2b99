//! What is told of a sync, to people and to programs.

use super::Desktop;
use super::merge::GaveWay;
use super::own::Own;
use crate::commands::Ctx;
use crate::commands::open;
use crate::document::Block;
use crate::document::Document;
use crate::failure::Result;
use crate::git::Commit;
use crate::journal::Known;
use crate::journal::scan::ChainCheck;
use crate::lang::Said;
use crate::lang::sync as say;
use crate::plan::chart::Chart;
use crate::table::Datum;
use std::collections::BTreeMap;

/// What became of a sync so far.
pub(super) struct Told {
    pub(super) own: Option<Own>,
    pub(super) commit: Option<Commit>,
    pub(super) received: BTreeMap<String, u64>,
    pub(super) sent: BTreeMap<String, u64>,
    pub(super) held_back: BTreeMap<String, u64>,
    pub(super) given_way: Vec<GaveWay>,
    pub(super) attempts: u64,
    pub(super) errors: usize,
    pub(super) new_errors: usize,
}

impl Told {
    /// Begins with nothing done.
    pub(super) fn new() -> Told {
        Told {
            own: None,
            commit: None,
            received: BTreeMap::new(),
            sent: BTreeMap::new(),
            held_back: BTreeMap::new(),
            given_way: Vec::new(),
            attempts: 0,
            errors: 0,
            new_errors: 0,
        }
    }

    /// Says on stderr that the commit was made, where what came after it failed.
    pub(super) fn mention_commit(&self, ctx: &Ctx) {
        if let (Some(own), Some(_)) = (&self.own, &self.commit) {
            let said = say::committed(own.entries, own.files.len());
            let zh = say::already_committed(said.zh).zh;
            let en = say::already_committed(said.en).en;
            ctx.say(&Said { zh, en });
        }
    }

    /// Returns what is told.
    pub(super) fn document(&self, desk: &Desktop<'_>) -> Result<Document> {
        let lang = desk.ctx.lang;
        let digest = digest(desk)?;
        let title = match desk.args.dry_run {
            true => say::TITLE_LOOK,
            false => say::TITLE,
        };
        let said = self.lines(desk, &digest);
        let mut blocks = vec![Block::List(
            said.into_iter().map(|said| said.into_text(lang)).collect(),
        )];
        let others = self.own.iter().flat_map(|own| &own.others);
        let others: Vec<String> = others.cloned().collect();
        if !others.is_empty() {
            for said in [say::left_alone(others.join(", ")), say::left_alone_help()] {
                blocks.push(Block::Paragraph(said.into_text(lang)));
            }
        }
        Ok(Document {
            title: title.text(lang).to_owned(),
            blocks,
            data: self.data(desk, &digest, &others),
            lang: lang.code(),
        })
    }

    fn lines(&self, desk: &Desktop<'_>, digest: &str) -> Vec<Said> {
        let is_look = desk.args.dry_run;
        let mut said = Vec::new();
        said.push(match (&self.own, is_look) {
            (Some(own), true) if !own.files.is_empty() => {
                say::would_commit(own.entries, own.files.len())
            }
            (Some(own), false) if !own.files.is_empty() => {
                say::committed(own.entries, own.files.len())
            }
            (Some(_) | None, _) => say::nothing_to_commit(),
        });
        said.extend(self.received.iter().map(|(writer, count)| match is_look {
            true => say::would_receive(writer, count),
            false => say::received(writer, count),
        }));
        if self.received.is_empty() {
            said.push(say::nothing_received());
        }
        said.extend(self.sent.iter().map(|(writer, count)| match is_look {
            true => say::would_send(writer, count),
            false => say::sent(writer, count),
        }));
        let held_back: u64 = self.held_back.values().sum();
        if held_back > 0 {
            said.push(say::not_sent(held_back));
        } else if self.sent.is_empty() {
            said.push(say::nothing_sent());
        }
        if self.attempts > 1 {
            said.push(say::attempts(self.attempts));
        }
        match (self.new_errors, self.errors) {
            (0, 0) => {}
            (0, count) => said.push(say::findings_there_before(count)),
            (count, _) => said.push(say::findings_held_back(count)),
        }
        said.push(say::digest(digest));
        said
    }

    fn data(
        &self,
        desk: &Desktop<'_>,
        digest: &str,
        others: &[String],
    ) -> Vec<(&'static str, Datum)> {
        let own = self.own.as_ref();
        let files = own.map_or(&[][..], |own| &own.files);
        let commit = self.commit.as_ref().map(Commit::as_str);
        vec![
            ("schema", "duban/sync@1".into()),
            ("dry_run", desk.args.dry_run.into()),
            ("plan", desk.plan.id.as_str().into()),
            ("writer", desk.writer.as_str().into()),
            ("remote", desk.shared.upstream.remote.as_str().into()),
            (
                "committed",
                Datum::Map(vec![
                    ("commit", commit.into()),
                    ("entries", own.map_or(0, |own| own.entries).into()),
                    ("files", texts(files)),
                ]),
            ),
            ("received", by_writer(&self.received)),
            ("sent", by_writer(&self.sent)),
            ("held_back", by_writer(&self.held_back)),
            ("attempts", self.attempts.into()),
            ("errors", self.errors.into()),
            ("new_errors", self.new_errors.into()),
            ("gave_way", Datum::List(self.gave_way(desk))),
            ("left_alone", texts(others)),
            ("digest", digest.into()),
        ]
    }

    fn gave_way(&self, desk: &Desktop<'_>) -> Vec<Datum> {
        let of = |gave_way: &GaveWay| {
            let kept = crate::workspace::shown(&gave_way.kept, &desk.ctx.folder);
            Datum::Map(vec![
                ("writer", gave_way.writer.as_str().into()),
                ("kept", kept.into()),
                ("lines", gave_way.lines.into()),
            ])
        };
        self.given_way.iter().map(of).collect()
    }
}

fn texts(texts: &[String]) -> Datum {
    Datum::List(texts.iter().map(|text| text.as_str().into()).collect())
}

fn by_writer(counts: &BTreeMap<String, u64>) -> Datum {
    let of = |(writer, count): (&String, &u64)| {
        Datum::Map(vec![
            ("writer", writer.as_str().into()),
            ("entries", (*count).into()),
        ])
    };
    Datum::List(counts.iter().map(of).collect())
}

/// Returns the digest of the journal as it is now.
fn digest(desk: &Desktop<'_>) -> Result<String> {
    let at = open::workspace(desk.ctx, None)?;
    let plan = super::plan_of(&at)?;
    let chart = Chart::new(plan);
    let scan = open::scan_files(desk.ctx, &at.files, &chart, &Known::All, ChainCheck::Skip)?;
    Ok(scan.digest)
}
