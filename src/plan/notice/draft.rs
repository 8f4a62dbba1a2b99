//! A notice → the draft of a plan, with the line of every measure and its doubts as comments.
//!
//! What the notice leaves open stays open in the draft: no lead, no date, no period.

mod register;

use crate::calendar::Day;
use crate::calendar::Window;
use crate::lang::Lang;
use crate::lang::notice as say;
use crate::names::spelling;
use crate::plan::Target;
use crate::plan::draft::DraftChapter;
use crate::plan::draft::DraftItem;
use crate::plan::draft::DraftKind;
use crate::plan::draft::DraftMeasure;
use crate::plan::draft::DraftPlan;
use crate::plan::notice::Item;
use crate::plan::notice::Measure;
use crate::plan::notice::Notice;
use crate::plan::notice::divisions;
use crate::plan::notice::doubt;
use crate::plan::notice::doubt::Code;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::draft::register::Register;
use crate::plan::notice::signs;
use crate::terms::Kind;
use crate::terms::Owner;
use std::collections::BTreeMap;

pattern!(
    PLACE,
    "^(?:中共)?([\u{4e00}-\u{9fff}]{2,8}?)(?:省|市|县|区|自治州|州|地区|盟|旗)"
);
pattern!(
    OFFICE,
    "应急办|应急管理办公室|应急管理局|应急局|应急管理厅|应急厅|督查室|督办|安委办|安委会办公室"
);

/// Returns the id that a plan may have by its notice; `None` where nothing can be spelled.
pub fn id(notice: &Notice) -> Option<String> {
    let (year, _) = notice.years?;
    let sources = [notice.issuer.as_deref(), notice.title.as_deref()];
    let place = sources.into_iter().flatten().find_map(|text| {
        let plain = signs::plain(text);
        let found = PLACE.captures(&plain)?;
        let letters = spelling::letters(&found[1]);
        (!letters.is_empty()).then_some(letters)
    });
    Some(match place {
        Some(place) => format!("{place}-{year}"),
        None => format!("plan-{year}"),
    })
}

/// Returns the draft and the doubts that only it has; `None` where the years are not known.
pub fn plan(notice: &Notice, id: &str, lang: Lang) -> Option<(DraftPlan, Vec<Doubt>)> {
    let (first, last) = notice.years?;
    let period = Window {
        start: Day::from_ymd(first, 1, 1)?,
        end: Day::from_ymd(last, 12, 31)?,
    };
    let mut doubts = Vec::new();
    let mut register = Register::default();
    let counties = notice
        .issuer
        .as_deref()
        .and_then(|issuer| divisions::of(&signs::plain(issuer), first));
    for set in &notice.sets {
        register.group(&set.name, &set.members);
    }
    for name in &notice.addressees {
        register.id(name);
    }
    for measure in &notice.measures {
        for name in measure.lead.iter().chain(&measure.assist) {
            register.id(name);
        }
    }
    if let Some(counties) = &counties {
        let said = notice
            .doubts
            .iter()
            .any(|doubt| doubt.code == Code::GroupFromList);
        doubts.extend(register.fill_counties(counties).filter(|_| !said));
    }
    let supervisor = supervisor(notice, &mut register, &mut doubts);
    let mut by_measure: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut of_head: Vec<String> = Vec::new();
    let places = lines(notice);
    for doubt in &notice.doubts {
        match measure_at(&places, doubt.line) {
            Some(at) => by_measure
                .entry(at)
                .or_default()
                .push(in_words(doubt, lang)),
            None => of_head.push(in_words(doubt, lang)),
        }
    }
    let measures: Vec<DraftMeasure> = notice
        .measures
        .iter()
        .enumerate()
        .map(|(at, measure)| {
            let doubts = by_measure.remove(&at).unwrap_or_default();
            draft_measure(notice, measure, doubts, &mut register, period, lang)
        })
        .collect();
    for group in register
        .groups
        .iter()
        .filter(|group| group.members.is_empty())
    {
        doubts.push(doubt::group_open(&group.name));
    }
    let chapters = notice
        .chapters
        .iter()
        .zip(1..)
        .map(|(chapter, number)| DraftChapter {
            comment: vec![at_line(chapter.line, lang)],
            id: number.to_string(),
            label: chapter.label.clone(),
            title: chapter.title.clone(),
        });
    let mut comment = vec![say::DRAFT_HEAD.text(lang).to_owned()];
    comment.extend(of_head);
    comment.extend(doubts.iter().map(|doubt| in_words(doubt, lang)));
    for duty in &notice.duties {
        comment.push(say::draft_duty(duty.line, &duty.text).into_text(lang));
    }
    let plan = DraftPlan {
        comment,
        id: id.to_owned(),
        title: notice.title.clone().unwrap_or_else(|| id.to_owned()),
        number: notice.number.clone(),
        issuer: notice.issuer.clone(),
        issued: notice.issued,
        period,
        supervisor_comment: vec![say::DRAFT_SUPERVISOR.text(lang).to_owned()],
        supervisor,
        own_verifier: None,
        parent_number: None,
        parent_plan: None,
        lang: None,
        reporting: None,
        lights: Vec::new(),
        units_comment: vec![say::DRAFT_UNITS.text(lang).to_owned()],
        units: register.units,
        groups: register.groups,
        chapters: chapters.collect(),
        measures_comment: Vec::new(),
        measures,
    };
    Some((plan, doubts))
}

/// Returns the lines at which measures begin, in their order, each with its measure.
fn lines(notice: &Notice) -> Vec<(u32, usize)> {
    let lines = notice.measures.iter().enumerate();
    let mut lines: Vec<(u32, usize)> = lines.map(|(at, measure)| (measure.line, at)).collect();
    lines.sort_unstable();
    lines
}

/// Returns the measure that holds a line: the last that begins at or before it.
fn measure_at(lines: &[(u32, usize)], line: u32) -> Option<usize> {
    let after = lines.partition_point(|(begins, _)| *begins <= line);
    lines[..after].last().map(|(_, at)| *at)
}

fn draft_measure(
    notice: &Notice,
    measure: &Measure,
    doubts: Vec<String>,
    register: &mut Register,
    period: Window,
    lang: Lang,
) -> DraftMeasure {
    let mut comment = vec![at_line(measure.line, lang)];
    if !measure.groups.is_empty() {
        comment.push(measure.groups.join(" / "));
    }
    comment.extend(doubts);
    let lead: Vec<String> = measure.lead.iter().map(|name| register.id(name)).collect();
    let assist: Vec<String> = measure
        .assist
        .iter()
        .map(|name| register.id(name))
        .filter(|id| !lead.contains(id))
        .collect();
    let items = measure.items.iter().zip(1..).map(|(item, number)| {
        let id = format!("{}.{number}", measure.id);
        draft_item(item, id, &lead, &assist, period, lang)
    });
    let chapter = &notice.chapters[measure.chapter];
    let basis = notice.number.as_ref().map(|number| {
        let path = [chapter.label.as_deref(), measure.label.as_deref()];
        let path: String = path.into_iter().flatten().collect();
        format!("{number} {path}").trim().to_owned()
    });
    DraftMeasure {
        comment,
        id: measure.id.clone(),
        chapter: (measure.chapter + 1).to_string(),
        label: measure.label.clone(),
        title: measure.title.clone(),
        basis,
        parent: None,
        items: items.collect(),
    }
}

fn draft_item(
    item: &Item,
    id: String,
    lead: &[String],
    assist: &[String],
    period: Window,
    lang: Lang,
) -> DraftItem {
    let mut comment: Vec<String> = item
        .due_words
        .iter()
        .map(|words| say::draft_words(words).into_text(lang))
        .collect();
    let kind = match (item.kind, item.every) {
        (Kind::Once, _) => DraftKind::Once,
        (Kind::Continuing, _) => DraftKind::Continuing,
        (Kind::Periodic, Some(every)) => DraftKind::Periodic {
            every,
            due_day: item.due_day,
            due_in: item.due_in,
        },
        (Kind::Periodic, None) => {
            comment.push(say::DRAFT_INTERVAL.text(lang).to_owned());
            DraftKind::Continuing
        }
    };
    let target = item.quantity.as_ref().map(|quantity| Target {
        amount: quantity.amount,
        unit: quantity.unit.clone(),
    });
    let target = match (kind, target) {
        (DraftKind::Continuing, Some(target)) => {
            comment.push(say::draft_target(target.amount, &target.unit).into_text(lang));
            None
        }
        (DraftKind::Continuing | DraftKind::Once | DraftKind::Periodic { .. }, target) => target,
    };
    let due = item.due.filter(|day| period.contains(*day));
    if let (Some(day), None) = (item.due, due) {
        comment.push(say::draft_outside(day).into_text(lang));
    }
    DraftItem {
        comment,
        id,
        title: item.title.clone(),
        kind,
        lead: lead.to_vec(),
        assist: assist.to_vec(),
        owner: (!lead.is_empty()).then_some(Owner::Named),
        due: due.filter(|_| kind == DraftKind::Once),
        target,
        ..DraftItem::default()
    }
}

fn at_line(line: u32, lang: Lang) -> String {
    say::draft_line(line).into_text(lang)
}

fn in_words(doubt: &Doubt, lang: Lang) -> String {
    let words = match doubt.words.is_empty() {
        true => String::new(),
        false => say::quoted(doubt.words.replace('\n', " ")).into_text(lang),
    };
    format!(
        "{} [{}]{}{}",
        say::DOUBT.text(lang),
        doubt.code.code(),
        words,
        say::colon(doubt.message.text(lang)).into_text(lang)
    )
}

/// Returns the unit that is to supervise: an emergency office that is named, else the issuer.
fn supervisor(notice: &Notice, register: &mut Register, doubts: &mut Vec<Doubt>) -> String {
    let office = register
        .units
        .iter()
        .find(|unit| OFFICE.is_match(&signs::plain(&unit.name)))
        .map(|unit| (unit.id.clone(), unit.name.clone()));
    if let Some((id, name)) = office {
        doubts.push(doubt::supervisor(&name));
        return id;
    }
    let issuer = notice
        .issuer
        .as_deref()
        .and_then(|issuer| issuer.split('、').next());
    let name = issuer.unwrap_or("督办单位");
    doubts.push(doubt::supervisor(name));
    register.unit(name)
}
