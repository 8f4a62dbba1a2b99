//! Which obligation a row of a book is about: item, unit and period, as far as they leave no doubt.

use super::rows::Cells;
use super::rows::Reading;
use super::rows::Refused;
use super::titles::Key;
use crate::grid::Value;
use crate::lang::book as words;
use crate::lang::intake as say;
use crate::names;
use crate::names::Certainty;
use crate::plan::Item;
use crate::plan::ItemIx;
use crate::plan::Plan;
use crate::plan::Schedule;
use crate::plan::UnitIx;
use crate::plan::chart::ObligationIx;
use crate::recording::intake;
use crate::recording::intake::Remark;

impl<'r> Reading<'r> {
    /// Finds the obligation that a row is about.
    pub(super) fn obligation(&mut self, cells: &Cells<'r>) -> Result<ObligationIx, Refused> {
        let chart = self.around.chart;
        let plan = chart.plan;
        let Some(cell) = cells.value(Key::Item) else {
            return Err(Refused::new(Key::Title, words::no_item()));
        };
        let typed = cell.text().unwrap_or_default();
        let typed = typed.trim();
        let (item_part, rest) = match typed.split_once('@') {
            Some((item, rest)) => (item, Some(rest)),
            None => (typed, None),
        };
        let at = self.item(cells, cell, item_part)?;
        if let Some(title) = cells.text(Key::Title)
            && names::look_key(&title) != names::look_key(&plan.item(at).title)
        {
            let why = words::title_of_another(&plan.item(at).id, &plan.item(at).title);
            return Err(Refused::new(Key::Title, why));
        }
        let (unit_part, period_part) = match rest.and_then(|rest| rest.split_once('#')) {
            Some((unit, period)) => (Some(unit.to_owned()), Some(period.to_owned())),
            None => (rest.map(str::to_owned), None),
        };
        let item = plan.item(at);
        let unit = unit_part.or_else(|| cells.text(Key::Unit));
        let unit = lead(plan, item, unit.as_deref())?;
        let period = period_part.or_else(|| cells.text(Key::Period));
        let period = period_of(item, period.as_deref())?;
        chart
            .of(&item.id, &plan.unit(unit).id, &period)
            .ok_or_else(|| Refused::new(Key::Item, say::gone()))
    }

    /// Finds the item: by its id, by its title; a number may have lost the zero at its end.
    fn item(&mut self, cells: &Cells<'r>, cell: &Value, typed: &str) -> Result<ItemIx, Refused> {
        let plan = self.around.chart.plan;
        if let Value::Number(number) = cell {
            let is_meant = |item: &&Item| {
                let has_one_point = item.id.matches('.').count() == 1;
                has_one_point && item.id.trim_end_matches('0').trim_end_matches('.') == number
                    || item.id == *number
            };
            let found: Vec<&Item> = plan.items.iter().filter(is_meant).collect();
            match found.as_slice() {
                [] => {}
                [only] => {
                    if only.id != *number {
                        let spot = self.spot(cells.row, None);
                        let said = words::number_for_id(number, &only.id);
                        self.intake.remarks.push(Remark { spot, said });
                    }
                    return plan
                        .item_by_id(&only.id)
                        .ok_or_else(|| Refused::new(Key::Item, say::gone()));
                }
                several => {
                    let ids: Vec<&str> = several.iter().map(|item| item.id.as_str()).collect();
                    let why = words::number_for_ids(number, ids.join("、"));
                    return Err(Refused::new(Key::Item, why));
                }
            }
        }
        let key = names::look_key(typed);
        let by_title: Vec<usize> = plan
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| names::look_key(&item.title) == key)
            .map(|(at, _)| at)
            .collect();
        match (names::item(plan, typed), by_title.as_slice()) {
            (Ok(at), _) => Ok(at),
            (Err(_), [only]) => Ok(ItemIx::at(*only)),
            (Err(failure), []) => Err(Refused::of(Key::Item, failure)),
            (Err(_), several) => {
                let ids: Vec<&str> = several
                    .iter()
                    .map(|at| plan.items[*at].id.as_str())
                    .collect();
                let why = words::title_of_several(typed, ids.join("、"));
                Err(Refused::new(Key::Item, why))
            }
        }
    }
}

/// Settles the lead unit: the one that is named, or the only one.
fn lead(plan: &Plan, item: &Item, named: Option<&str>) -> Result<UnitIx, Refused> {
    let names = || {
        let names = item.lead.iter().map(|unit| plan.unit(*unit).name.as_str());
        let names: Vec<&str> = names.collect();
        names.join("、")
    };
    let unit = match named {
        Some(name) => Some(
            names::unit(plan, name, Certainty::Script)
                .map_err(|failure| Refused::of(Key::Unit, failure))?,
        ),
        None => None,
    };
    match (unit, item.lead.as_slice()) {
        (Some(unit), leads) if leads.contains(&unit) => Ok(unit),
        (Some(unit), _) => {
            let why = words::not_a_lead(&plan.unit(unit).name, &item.id, names());
            Err(Refused::new(Key::Unit, why))
        }
        (None, [only]) => Ok(*only),
        (None, []) => Err(Refused::new(Key::Item, words::nobody_leads(&item.id))),
        (None, _) => Err(Refused::new(
            Key::Item,
            words::which_lead(&item.id, names()),
        )),
    }
}

/// Settles the period: the one that is named, or the only one; nothing where there is none.
fn period_of(item: &Item, named: Option<&str>) -> Result<String, Refused> {
    let Schedule::Periodic(periods) = &item.kind else {
        return Ok(String::new());
    };
    let listed = || {
        let all: Vec<String> = periods.iter().map(|of| of.period.to_string()).collect();
        all.join("、")
    };
    match (named, periods.as_slice()) {
        (Some(named), _) => {
            let wanted = intake::period(named);
            let found = periods.iter().find(|of| Some(of.period) == wanted);
            found.map(|of| of.period.to_string()).ok_or_else(|| {
                Refused::new(
                    Key::Period,
                    words::no_such_period(&item.id, named, listed()),
                )
            })
        }
        (None, [only]) => Ok(only.period.to_string()),
        (None, _) => Err(Refused::new(
            Key::Item,
            words::which_period(&item.id, listed()),
        )),
    }
}
