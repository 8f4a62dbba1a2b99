//! Writes a workspace of any size: a plan and journals in which everything a plan meets happens.
//!
//! ```text
//! cargo run --release --example generate -- DIR --units 30 --items 60 --entries 5000 --writers 4
//! ```
//!
//! The same arguments give the same bytes on every machine. Entries are made one after the other in
//! the order in which they are recorded and go to their writer's file at once, so memory grows with
//! the obligations and not with the entries. Counties report through their own writers, the
//! supervisor answers through its own: the same obligation stands in several files.
#![allow(clippy::print_stdout)]

mod chance;
mod desk;
mod life;
mod plan;
mod shares;
mod texts;

use crate::chance::Chance;
use crate::desk::Desk;
use crate::life::Lives;
use crate::life::Step;
use crate::life::Value;
use crate::plan::Item;
use crate::plan::Obligation;
use crate::shares::Shares;
use clap::Parser;
use duban::calendar::Day;
use duban::terms::Actor;
use duban::terms::Event;
use duban::workspace::LARGEST_PLAN;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Write a workspace with a plan and journals of any size
#[derive(Parser)]
#[command(name = "generate")]
struct Args {
    /// The folder to write into; it must be empty or not be there.
    dir: PathBuf,
    /// Units that lead, beside the supervisor.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=9999))]
    units: u16,
    /// Items; units × items is the number of obligations.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=999))]
    items: u16,
    /// Entries in all files together; one a second of the year's office hours at most.
    #[arg(long, default_value_t = 5000, value_parser = clap::value_parser!(u32).range(0..=15_000_000))]
    entries: u32,
    /// Files; a quarter of them are the supervisor's.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=99))]
    writers: u8,
    /// What decides everything that is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    shares: Shares,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let items = plan::items(args.units, args.items);
    let obligations = plan::obligations(&items);
    let days = days()?;
    let journal = write_plan(&args, &items, &days)?;
    let mut office = Office::open(&args, &journal, &items, &days)?;
    let mut lives = Lives::new(&items, &obligations, &args.shares);
    let mut chance = Chance::new(args.seed);
    let mut counts: BTreeMap<Event, u32> = BTreeMap::new();
    for number in 0..args.entries {
        let time = Time::of(number, args.entries);
        let step = lives.next(time.day, &mut chance);
        let (id, desk) = office.write(time, &step, &obligations[step.at], &mut chance)?;
        lives.written(&step, id, desk);
        *counts.entry(step.event).or_default() += 1;
    }
    for desk in office.desks {
        desk.close()?;
    }
    println!(
        "{} obligations, {} entries",
        obligations.len(),
        args.entries
    );
    for (event, count) in counts {
        println!("{count:>9} {}", event.code());
    }
    Ok(())
}

/// Writes the plan and makes the folder of its journal.
fn write_plan(args: &Args, items: &[Item], days: &[String]) -> Result<PathBuf, Box<dyn Error>> {
    let text = plan::text(args.units, items, &|day| days[usize::from(day)].clone())?;
    if text.len() as u64 > LARGEST_PLAN {
        return Err("the plan would be larger than duban reads: fewer units or items".into());
    }
    if args.dir.exists() && fs::read_dir(&args.dir)?.next().is_some() {
        return Err(format!("`{}` is not empty", args.dir.display()).into());
    }
    let plans = args.dir.join("plans");
    let journal = plans.join(format!("{}.journal", plan::ID));
    fs::create_dir_all(&journal)?;
    fs::write(plans.join(format!("{}.toml", plan::ID)), text)?;
    Ok(journal)
}

/// Returns every day that may be written, from the first of the year on.
fn days() -> Result<Vec<String>, Box<dyn Error>> {
    let first = Day::from_ymd(plan::YEAR.unsigned_abs(), 1, 1).ok_or("no such year")?;
    let days = 0..=i64::from(life::LAST_DAY) + 60;
    Ok(days.map(|day| first.plus(day).to_string()).collect())
}

/// When an entry is recorded: the day of the year and the second of the day.
#[derive(Clone, Copy)]
struct Time {
    day: u16,
    second: u32,
}

impl Time {
    /// Spreads entries over the year; an office day lasts from eight to eight.
    fn of(number: u32, entries: u32) -> Time {
        const FIRST: u32 = 8 * 3600;
        const OPEN: u64 = 12 * 3600;
        let second = u64::from(number) * 365 * OPEN / u64::from(entries);
        Time {
            day: (second / OPEN) as u16,
            second: FIRST + (second % OPEN) as u32,
        }
    }

    fn text(self, days: &[String]) -> String {
        let (hours, minutes, seconds) =
            (self.second / 3600, self.second / 60 % 60, self.second % 60);
        let day = &days[usize::from(self.day)];
        format!("{day}T{hours:02}:{minutes:02}:{seconds:02}+08:00")
    }
}

/// All files: first those of the supervisor, then those of the units.
struct Office<'g> {
    desks: Vec<Desk>,
    of_supervisor: u16,
    of_units: u16,
    items: &'g [Item],
    units: Vec<String>,
    days: &'g [String],
    shares: &'g Shares,
}

impl<'g> Office<'g> {
    fn open(
        args: &'g Args,
        journal: &Path,
        items: &'g [Item],
        days: &'g [String],
    ) -> Result<Office<'g>, Box<dyn Error>> {
        let writers = u16::from(args.writers);
        let of_supervisor = (writers / 4).max(1);
        // A single writer writes for everybody.
        let of_units = writers - of_supervisor;
        let supervisors = (1..=of_supervisor).map(|number| format!("yjb-{number:02}"));
        let names = supervisors.chain((1..=of_units).map(|number| format!("desk-{number:02}")));
        let desks: Result<Vec<Desk>, _> = names
            .map(|name| Desk::create(journal, plan::ID, &name))
            .collect();
        Ok(Office {
            desks: desks?,
            of_supervisor,
            of_units,
            items,
            units: (0..args.units).map(plan::unit_id).collect(),
            days,
            shares: &args.shares,
        })
    }

    /// Writes a step into the file of whoever takes it.
    fn write(
        &mut self,
        time: Time,
        step: &Step,
        obligation: &Obligation,
        chance: &mut Chance,
    ) -> Result<([u8; 16], u8), Box<dyn Error>> {
        let at = self.desk(step, obligation.unit);
        let by_supervisor = at < usize::from(self.of_supervisor) && !self.is_units_event(step);
        let unit = &self.units[usize::from(obligation.unit)];
        let (acting, person) = match by_supervisor {
            true => (plan::SUPERVISOR, texts::person("督办", at)),
            false => (
                unit.as_str(),
                texts::person("经办", usize::from(obligation.unit)),
            ),
        };
        let item = &self.items[usize::from(obligation.item)];
        let desk = &mut self.desks[at];
        let number = desk.seq + 1;
        let value = match &step.value {
            Value::Empty => String::new(),
            Value::Percent(amount) if item.is_amount => amount.to_string(),
            Value::Percent(percent) => format!("{percent}%"),
            Value::Day(day) => self.days[usize::from(*day)].clone(),
            Value::Colour(colour) => (*colour).to_owned(),
            Value::Void { id, .. } => String::from_utf8(desk::hex(id).to_vec())?,
        };
        let reference = match step.event {
            Event::Extend => format!("督办〔{}〕{number}号", plan::YEAR),
            _ => String::new(),
        };
        let id = desk.write(&[
            &time.text(self.days),
            &self.days[usize::from(step.date)],
            step.event.code(),
            &item.id,
            unit,
            &item.period(obligation.period),
            &value,
            acting,
            &person,
            &reference,
            "",
            &texts::note(step, number, self.shares, chance),
        ])?;
        Ok((id, at as u8))
    }

    /// Returns whose file it is: what anyone may write goes where fewer lines are.
    fn desk(&self, step: &Step, unit: u16) -> usize {
        if let Value::Void { desk, .. } = step.value {
            return usize::from(desk);
        }
        let supervisor = usize::from(unit % self.of_supervisor);
        if self.of_units == 0 {
            return supervisor;
        }
        let own = usize::from(self.of_supervisor + unit % self.of_units);
        match step.event.actor() {
            Actor::Unit => own,
            Actor::Supervisor => supervisor,
            Actor::Anyone if self.desks[own].seq < self.desks[supervisor].seq => own,
            Actor::Anyone => supervisor,
        }
    }

    /// Tells whether a unit acts, whoever's file it stands in.
    fn is_units_event(&self, step: &Step) -> bool {
        let event = match step.value {
            Value::Void { event, .. } => event,
            _ => step.event,
        };
        event.actor() == Actor::Unit
    }
}
