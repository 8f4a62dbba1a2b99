//! The units and groups of a draft: each name once, with an id made of its pinyin.

use crate::names::spelling;
use crate::plan::draft::DraftGroup;
use crate::plan::draft::DraftUnit;
use crate::plan::notice::divisions::Counties;
use crate::plan::notice::doubt;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::owners::names;
use crate::plan::notice::signs;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

pattern!(
    GROUP,
    "^各|(?:有关|相关|直属|所属|成员|市直|县直|区直|市级|县级|市属).{0,6}(?:单位|部门|企业)|各(?:有关|相关)?(?:单位|部门)|^县\\(|县区$|县市区|乡镇$|镇街$|街道\\)|^(?:全市|全县|全区|市县)"
);

/// The units and groups of the draft, each name once.
#[derive(Default)]
pub(super) struct Register {
    pub(super) units: Vec<DraftUnit>,
    pub(super) groups: Vec<DraftGroup>,
    /// Name, as it is compared → id, groups with `@`.
    known: BTreeMap<String, String>,
    ids: BTreeSet<String>,
}

impl Register {
    /// Returns how a name is written in lists: a unit's id, or `@` and a group's.
    pub(super) fn id(&mut self, name: &str) -> String {
        if let Some(id) = self.known.get(&names::key(name)) {
            return id.clone();
        }
        match GROUP.is_match(&signs::plain(name)) {
            true => self.group(name, &[]),
            false => self.unit(name),
        }
    }

    pub(super) fn unit(&mut self, name: &str) -> String {
        let key = names::key(name);
        if let Some(id) = self.known.get(&key).filter(|id| !id.starts_with('@')) {
            return id.clone();
        }
        let id = self.free(&unit_id(name));
        self.known.insert(key, id.clone());
        self.units.push(DraftUnit {
            id: id.clone(),
            name: name.trim().to_owned(),
            kind: unit_kind(name).map(str::to_owned),
            ..DraftUnit::default()
        });
        id
    }

    pub(super) fn group(&mut self, name: &str, members: &[String]) -> String {
        let key = names::key(name);
        if let Some(id) = self.known.get(&key) {
            return id.clone();
        }
        let id = self.free(&group_id(name));
        let written = format!("@{id}");
        self.known.insert(key, written.clone());
        let members: Vec<String> = members
            .iter()
            .map(|name| self.id(name))
            .filter(|id| *id != written)
            .collect();
        self.groups.push(DraftGroup {
            id,
            name: name.trim().to_owned(),
            members,
            ..DraftGroup::default()
        });
        written
    }

    /// Gives the group of all counties its members, before those that the notice adds to it.
    pub(super) fn fill_counties(&mut self, counties: &Counties) -> Option<Doubt> {
        let at = self
            .groups
            .iter()
            .position(|group| names::is_all_counties(&signs::plain(&group.name)))?;
        let mut members: Vec<String> = counties.names.iter().map(|name| self.unit(name)).collect();
        let group = &mut self.groups[at];
        let own = std::mem::take(&mut group.members);
        members.extend(own);
        let mut seen = BTreeSet::new();
        members.retain(|id| seen.insert(id.clone()));
        group.members = members;
        Some(doubt::group_from_list(
            0,
            &group.name,
            counties.city,
            counties.year,
        ))
    }

    /// Returns an id that nothing has yet.
    fn free(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
    }
}

fn unit_id(name: &str) -> String {
    let plain = signs::plain(name);
    let bare = plain.split('(').next().unwrap_or(&plain).trim();
    let bare = ["人民政府", "管理委员会", "管委会"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))
        .filter(|bare| signs::length(bare) >= 2)
        .unwrap_or(bare);
    let is_place = signs::length(bare) <= 5 && bare.ends_with(['县', '区', '市', '镇', '乡', '旗']);
    let id = match is_place {
        true => spelling::letters(bare.trim_end_matches(['县', '区', '市', '镇', '乡', '旗'])),
        false => {
            let own = bare.trim_start_matches(['省', '市', '县', '区', '州']);
            let own = match signs::length(own) >= 2 {
                true => own,
                false => bare,
            };
            spelling::initials(own)
        }
    };
    shaped(&id, "unit")
}

fn group_id(name: &str) -> String {
    let plain = signs::plain(name);
    let is_counties = plain.contains('县') && plain.starts_with('各');
    match is_counties {
        true => "counties".to_owned(),
        false => shaped(&spelling::initials(&plain), "group"),
    }
}

/// Returns letters as an id: it begins with a letter, and is not too long.
fn shaped(letters: &str, fallback: &str) -> String {
    let id: String = letters
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .skip_while(char::is_ascii_digit)
        .take(16)
        .collect::<String>()
        .to_ascii_lowercase();
    match id.is_empty() {
        true => fallback.to_owned(),
        false => id,
    }
}

fn unit_kind(name: &str) -> Option<&'static str> {
    let plain = signs::plain(name);
    let bare = plain.trim_end_matches("人民政府");
    if plain.contains("开发区")
        || plain.contains("管委会")
        || plain.contains("高新区")
        || plain.contains("经济区")
    {
        return Some("zone");
    }
    if signs::length(bare) <= 5 && bare.ends_with(['县', '区', '市', '旗']) {
        return Some("county");
    }
    if plain.contains("委组织部")
        || plain.contains("委宣传部")
        || plain.contains("政法委")
        || plain.contains("统战部")
    {
        return Some("party");
    }
    plain
        .ends_with(['局', '办', '委', '厅'])
        .then_some("department")
}
