//! Automatic numbers of a Word file: what stands before a paragraph and is in no run of text.

use crate::plan::notice::docx::Broken;
use crate::plan::notice::docx::Step;
use crate::plan::notice::docx::attribute;
use crate::plan::notice::docx::walk;
use std::collections::BTreeMap;

/// The numberings of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// A numbering → what it is made from, and the starts it sets itself.
    made_from: BTreeMap<u32, (u32, BTreeMap<u32, u32>)>,
    /// What numberings are made from: level → how it counts.
    levels: BTreeMap<u32, BTreeMap<u32, Level>>,
}

/// How a level counts.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// Such as `（%1）`.
    text: String,
}

/// Reads the numberings.
pub(super) fn read(xml: &[u8]) -> Result<Numbering, Broken> {
    let mut numbering = Numbering::default();
    let mut abstract_id: Option<u32> = None;
    let mut number: Option<u32> = None;
    let mut level: Option<u32> = None;
    walk(xml, |step| {
        let Step::Start(name, start) = step else {
            if let Step::End(name) = step {
                match name {
                    "abstractNum" => abstract_id = None,
                    "num" => number = None,
                    "lvl" | "lvlOverride" => level = None,
                    _ => {}
                }
            }
            return;
        };
        let own = |name: &str| attribute(start, name).and_then(|value| value.parse::<u32>().ok());
        match name {
            "abstractNum" => abstract_id = own("abstractNumId"),
            "num" => number = own("numId"),
            "lvl" | "lvlOverride" => {
                level = own("ilvl");
                if let (Some(id), Some(level), "lvl") = (abstract_id, level, name) {
                    let levels = numbering.levels.entry(id).or_default();
                    levels.insert(
                        level,
                        Level {
                            start: 1,
                            format: "decimal".to_owned(),
                            text: String::new(),
                        },
                    );
                }
            }
            "abstractNumId" => {
                if let (Some(number), Some(id)) = (number, own("val")) {
                    numbering.made_from.entry(number).or_default().0 = id;
                }
            }
            "startOverride" => {
                if let (Some(number), Some(level), Some(value)) = (number, level, own("val")) {
                    let made = numbering.made_from.entry(number).or_default();
                    made.1.insert(level, value);
                }
            }
            _ => {
                let found = abstract_id
                    .and_then(|id| numbering.levels.get_mut(&id))
                    .and_then(|levels| levels.get_mut(&level?));
                let (Some(found), Some(value)) = (found, attribute(start, "val")) else {
                    return;
                };
                match name {
                    "start" => found.start = value.parse().unwrap_or(1),
                    "numFmt" => found.format = value,
                    "lvlText" => found.text = value,
                    _ => {}
                }
            }
        }
    })?;
    Ok(numbering)
}

/// Where the counting of each numbering stands.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// (what it is made from, level) → the last number.
    counts: BTreeMap<(u32, u32), u32>,
    /// Numberings that have set their own start already.
    started: Vec<(u32, u32)>,
}

impl Counters {
    /// Counts one paragraph on and returns the mark that Word shows before it; `None` for bullets.
    pub(super) fn next(
        &mut self,
        numbering: &Numbering,
        number: u32,
        level: u32,
    ) -> Option<String> {
        let (id, starts) = numbering.made_from.get(&number)?;
        let levels = numbering.levels.get(id)?;
        let own = levels.get(&level)?;
        let restart = starts
            .get(&level)
            .filter(|_| !self.started.contains(&(number, level)));
        let count = match (restart, self.counts.get(&(*id, level))) {
            (Some(start), _) => *start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => own.start,
        };
        if restart.is_some() {
            self.started.push((number, level));
        }
        self.counts.insert((*id, level), count);
        self.counts
            .retain(|(other, deeper), _| other != id || *deeper <= level);
        if own.format == "bullet" || own.format == "none" || own.text.is_empty() {
            return None;
        }
        let mut mark = own.text.clone();
        for deep in 0..=level.min(8) {
            let shown = levels.get(&deep)?;
            let count = self
                .counts
                .get(&(*id, deep))
                .copied()
                .unwrap_or(shown.start);
            mark = mark.replace(&format!("%{}", deep + 1), &written(count, &shown.format));
        }
        Some(mark)
    }
}

/// Returns a number as a format writes it.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographTraditional"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "chineseLegalSimplified"
        | "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "koreanDigital2" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let sign = u32::from('①') + number.saturating_sub(1);
            match (1..=20).contains(&number) {
                true => char::from_u32(sign).map(String::from).unwrap_or_default(),
                false => format!("({number})"),
            }
        }
        "decimalFullWidth" | "decimalFullWidth2" => number.to_string(),
        "lowerLetter" | "upperLetter" => {
            let letter = char::from_u32(u32::from('a') + number.saturating_sub(1) % 26);
            letter.map(String::from).unwrap_or_default()
        }
        _ => number.to_string(),
    }
}

/// Returns a number up to 99 in Chinese.
fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: u32| DIGITS[(value % 10) as usize];
    match number {
        0..=9 => digit(number).to_owned(),
        10 => "十".to_owned(),
        11..=19 => format!("十{}", digit(number)),
        20..=99 if number.is_multiple_of(10) => format!("{}十", digit(number / 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number)),
        _ => number.to_string(),
    }
}
