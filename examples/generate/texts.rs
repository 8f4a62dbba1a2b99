//! What people write beside an entry: names of nobody, and notes of which no two are the same.

use crate::chance::Chance;
use crate::life::Step;
use crate::life::Value;
use crate::shares::Shares;
use duban::terms::Event;

const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

/// Returns the name of a person who is none: a role and a sign.
pub(crate) fn person(role: &str, number: usize) -> String {
    format!("{role}{}", STEMS[number % STEMS.len()])
}

/// Returns the note of an entry; the number makes it differ from all others of its file.
pub(crate) fn note(step: &Step, number: u32, shares: &Shares, chance: &mut Chance) -> String {
    let (text, must) = match step.event {
        Event::Progress => ("进展", matches!(step.value, Value::Empty)),
        Event::Ack => return String::new(),
        Event::Nil => ("无进展", false),
        Event::Submit => ("已完成", false),
        Event::Verify => ("现场核实", false),
        Event::Return => ("材料不全", true),
        Event::Extend => ("工期顺延", true),
        Event::Suspend => ("机构调整", true),
        Event::Resume => ("恢复办理", true),
        Event::Cancel => ("并入他项", true),
        Event::Reopen => ("复查不合格", true),
        Event::Urge => ("请抓紧", false),
        Event::Light => ("情况特殊", true),
        Event::Note => ("电话了解", true),
        Event::Retract => ("录入有误", true),
        Event::Seal => return String::new(),
    };
    if !must && !chance.happens(shares.noted) {
        return String::new();
    }
    match (chance.happens(shares.quoted), number % 2) {
        (false, _) => format!("{text}见第{number}号函"),
        (true, 0) => format!("{text},见第{number}号函"),
        (true, _) => format!("{text}见\"第{number}号函\""),
    }
}
