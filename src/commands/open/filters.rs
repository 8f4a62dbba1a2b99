//! The filters as they are typed: names, words and texts.

use super::Opened;
use crate::cli::ViewArgs;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::line::Record;
use crate::journal::scan::Scan;
use crate::lang::failures;
use crate::names;
use crate::plan::ItemIx;
use crate::plan::Plan;
use crate::plan::UnitIx;
use crate::plan::chart::Chart;
use crate::report::filter::Filter;
use crate::report::filter::OnlyOverdue;
use crate::report::filter::Readers;
use crate::report::filter::TextMatch;
use crate::report::filter::Withheld;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::State;
use std::collections::BTreeSet;

impl Opened {
    /// Reads the filters.
    pub(super) fn filter(
        &self,
        ctx: &Ctx,
        chart: &Chart<'_>,
        args: &ViewArgs,
        scan: &Scan,
    ) -> Result<Filter> {
        let plan = &self.plan;
        let certainty = ctx.certainty();
        let mut units = Vec::new();
        if !args.unit.is_empty() {
            units.push(each(&args.unit, |typed| {
                names::unit(plan, typed, certainty)
            })?);
        }
        if !args.group.is_empty() {
            let groups = each(&args.group, |typed| names::group(plan, typed, certainty))?;
            let members = groups
                .iter()
                .map(|group| &plan.groups[group.position()].members);
            units.push(members.flatten().copied().collect());
        }
        if !args.kind_of_unit.is_empty() {
            units.push(units_of_kind(plan, &args.kind_of_unit)?);
        }
        let units = units.into_iter().map(BTreeSet::from_iter).collect();
        Ok(Filter {
            units,
            chapters: each(&args.chapter, |typed| {
                names::chapter(plan, typed, certainty)
            })?,
            measures: each(&args.measure, |typed| {
                names::measure(plan, typed, certainty)
            })?,
            items: each(&args.item, |typed| names::item(plan, typed))?,
            kinds: each(&args.kind, |typed| {
                word(typed, Kind::ALL, Kind::code, crate::lang::terms::kind)
            })?,
            states: each(&args.state, |typed| {
                word(typed, State::ALL, State::code, crate::lang::terms::state)
            })?,
            lights: each(&args.light, |typed| {
                word(typed, Light::ALL, Light::code, crate::lang::terms::light)
            })?,
            overdue: match args.overdue {
                true => OnlyOverdue::Yes,
                false => OnlyOverdue::No,
            },
            due_within: args.due_within,
            text: match &args.text {
                Some(text) => Some(self.text_match(chart, scan, args, text)?),
                None => None,
            },
            readers: match args.public {
                true => Readers::Everybody(Withheld::of(plan)),
                false => Readers::Office,
            },
        })
    }

    /// Finds a text in titles, notes and refs, without regard to case and width.
    ///
    /// For everybody only titles are searched: which rows a word brings up would tell what notes say.
    fn text_match(
        &self,
        chart: &Chart<'_>,
        scan: &Scan,
        args: &ViewArgs,
        text: &str,
    ) -> Result<TextMatch> {
        let wanted = names::fold(text).to_lowercase();
        let holds = |text: &str| names::fold(text).to_lowercase().contains(&wanted);
        let items = (0..self.plan.items.len())
            .map(ItemIx::at)
            .filter(|item| holds(&self.plan.item(*item).title));
        let in_force = |writer: &str, line: u32, record: &Record<'_>| {
            !args.public
                && record.date <= self.day
                && !scan.is_void_of(writer, line)
                && (holds(&record.fields.values[10]) || holds(&record.fields.values[12]))
        };
        let entries = self.entries(&in_force)?;
        let obligations = entries
            .iter()
            .filter_map(|entry| chart.of(entry.item(), entry.unit(), entry.period()));
        Ok(TextMatch {
            items: items.collect(),
            obligations: obligations.collect(),
        })
    }
}

fn each<T>(typed: &[String], read: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    typed.iter().map(|typed| read(typed)).collect()
}

fn units_of_kind(plan: &Plan, kinds: &[String]) -> Result<Vec<UnitIx>> {
    let known: BTreeSet<&str> = plan
        .units
        .iter()
        .filter_map(|unit| unit.kind.as_deref())
        .collect();
    for typed in kinds {
        if !known.contains(typed.as_str()) {
            let all: Vec<&str> = known.iter().copied().collect();
            return Err(Failure::usage(failures::no_kind_of_unit(typed))
                .help(failures::one_of(all.join(", "))));
        }
    }
    let is_asked = |at: &UnitIx| {
        let kind = plan.unit(*at).kind.as_deref();
        kind.is_some_and(|kind| kinds.iter().any(|typed| typed == kind))
    };
    Ok((0..plan.units.len())
        .map(UnitIx::at)
        .filter(is_asked)
        .collect())
}

/// Reads a word of a closed vocabulary: its code, or its word in either language.
pub(in crate::commands) fn word<T: Copy>(
    typed: &str,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    words: impl Fn(T) -> crate::lang::Word,
) -> Result<T> {
    let wanted = names::fold(typed);
    let is_meant = |of: &&T| {
        let said = words(**of);
        code(**of) == wanted || said.zh == wanted || said.en == wanted
    };
    all.iter().find(is_meant).copied().ok_or_else(|| {
        let codes: Vec<&str> = all.iter().map(|of| code(*of)).collect();
        Failure::usage(failures::no_word(&wanted)).help(
            match names::nearest(&wanted, codes.iter().copied()) {
                Some(nearest) => failures::did_you_mean(nearest),
                None => failures::one_of(codes.join(", ")),
            },
        )
    })
}
