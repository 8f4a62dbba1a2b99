//! The units and groups of a plan, and what the ids elsewhere in it mean.

use crate::finding;
use crate::lang::findings::plan as say;
use crate::names;
use crate::plan::Group;
use crate::plan::Unit;
use crate::plan::UnitEnd;
use crate::plan::UnitIx;
use crate::plan::source::expansion;
use crate::plan::source::expansion::Member;
use crate::plan::source::part::At;
use crate::plan::source::part::Part;
use crate::plan::source::part::Reader;
use crate::terms::Level;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ops::Range;

/// Ids of one kind of thing, each with where it stands first.
pub(super) struct Ids {
    pattern: Pattern,
    first: HashMap<String, Range<usize>>,
}

/// Which characters an id may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// `[a-z0-9-]+`.
    Plan,
    /// `[a-z][a-z0-9.-]*`.
    Unit,
    /// `[a-z0-9][a-z0-9.-]*`.
    Item,
}

impl Pattern {
    /// Tells whether an id keeps to the pattern.
    pub(super) fn fits(self, id: &str) -> bool {
        let small = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit();
        let rest = |sign: char| small(sign) || sign == '.' || sign == '-';
        match self {
            Pattern::Plan => !id.is_empty() && id.chars().all(|sign| small(sign) || sign == '-'),
            Pattern::Unit => {
                id.starts_with(|sign: char| sign.is_ascii_lowercase()) && id.chars().all(rest)
            }
            Pattern::Item => id.starts_with(small) && id.chars().all(rest),
        }
    }

    /// Reports an id that does not.
    pub(super) fn check(self, reader: &mut Reader<'_>, id: &At<String>) -> bool {
        let fits = self.fits(&id.value);
        if !fits {
            let words = match self {
                Pattern::Plan => say::ID_OF_PLAN,
                Pattern::Unit => say::ID_OF_UNIT,
                Pattern::Item => say::ID_OF_ITEM,
            };
            let place = reader.place(&id.span);
            reader.say(finding::plan::bad_id(place, &id.value, words));
        }
        fits
    }
}

impl Ids {
    pub(super) fn new(pattern: Pattern) -> Ids {
        Ids {
            pattern,
            first: HashMap::new(),
        }
    }

    /// Takes an id that keeps to the pattern and stands nowhere else yet; reports any other.
    pub(super) fn take(&mut self, reader: &mut Reader<'_>, id: &At<String>) -> bool {
        if let Some(first) = self.first.get(&id.value) {
            let line = reader.text.line(first.start);
            let place = reader.place(&id.span);
            reader.say(finding::plan::duplicate_id(place, &id.value, line));
            return false;
        }
        self.first.insert(id.value.clone(), id.span.clone());
        self.pattern.check(reader, id)
    }
}

/// Units and groups with the ways to them.
pub(super) struct Register {
    pub(super) units: Vec<Unit>,
    pub(super) groups: Vec<Group>,
    pub(super) ends: Vec<UnitEnd>,
    /// Ids of units and `@id`s of groups that the text has and the plan has not.
    pub(super) left_out: HashSet<String>,
    unit_by_id: HashMap<String, UnitIx>,
    group_by_id: HashMap<String, usize>,
    /// Names and aliases, folded → the id to write.
    id_by_name: HashMap<String, String>,
}

/// The units that a list of ids means.
pub(super) struct Expanded {
    pub(super) units: Vec<UnitIx>,
    /// Whether every id of the list meant something.
    pub(super) is_whole: bool,
}

const UNIT_KEYS: &[&str] = &[
    "id",
    "name",
    "aliases",
    "pinyin",
    "kind",
    "from",
    "to",
    "successor",
    "level",
];
const GROUP_KEYS: &[&str] = &["id", "name", "members"];
const LEVELS: &[&str] = &[Level::Public.code(), Level::Internal.code()];

impl Register {
    /// Reads all units and groups.
    pub(super) fn read(reader: &mut Reader<'_>, root: &Part<'_>) -> Register {
        let mut register = Register {
            units: Vec::new(),
            groups: Vec::new(),
            ends: Vec::new(),
            left_out: HashSet::new(),
            unit_by_id: HashMap::new(),
            group_by_id: HashMap::new(),
            id_by_name: HashMap::new(),
        };
        let units = root.parts(reader, "unit", "[[unit]]");
        register.read_units(reader, &units);
        let groups = root.parts(reader, "group", "[[group]]");
        register.read_groups(reader, &groups);
        register
    }

    fn read_units(&mut self, reader: &mut Reader<'_>, parts: &[Part<'_>]) {
        let mut ids = Ids::new(Pattern::Unit);
        let mut names = Names::default();
        let mut successors = Vec::new();
        for part in parts {
            part.only(reader, UNIT_KEYS);
            let id = part.needed_text(reader, "id", "id = \"yjb\"");
            let name = part.needed_text(reader, "name", "name = \"市应急办\"");
            let is_free = id.as_ref().is_some_and(|id| ids.take(reader, id));
            let (Some(id), Some(name), true) = (id.clone(), name, is_free) else {
                self.left_out.extend(id.map(|id| id.value));
                continue;
            };
            let at = UnitIx::at(self.units.len());
            let aliases = part.texts(reader, "aliases");
            names.take(reader, &id, &name, &aliases);
            for name in aliases.iter().chain([&name]) {
                self.id_by_name
                    .insert(names::fold(&name.value), id.value.clone());
            }
            let successor = part.text(reader, "successor");
            successors.extend(successor.map(|successor| (at, successor)));
            self.unit_by_id.insert(id.value.clone(), at);
            let unit = self.read_unit(reader, part, at, (id, name, aliases));
            self.units.push(unit);
        }
        for (at, successor) in successors {
            let found = self.unit(reader, "successor", &successor);
            self.units[at.position()].successor = found;
        }
    }

    fn read_unit(
        &mut self,
        reader: &mut Reader<'_>,
        part: &Part<'_>,
        at: UnitIx,
        (id, name, aliases): (At<String>, At<String>, Vec<At<String>>),
    ) -> Unit {
        let from = part.day(reader, "from");
        let to = part.day(reader, "to");
        if let (Some(from), Some(to)) = (&from, &to)
            && to.value <= from.value
        {
            let place = reader.place(&to.span);
            reader.say(finding::plan::reversed_existence(
                place, from.value, to.value,
            ));
        }
        if let Some(to) = &to {
            self.ends.push(unit_end(reader, at, &to.span));
        }
        let level = part.word(reader, "level", Level::from_code, LEVELS);
        Unit {
            id: id.value,
            name: name.value,
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            pinyin: part.words(reader, "pinyin"),
            kind: part.words(reader, "kind"),
            from: from.map(|from| from.value),
            to: to.map(|to| to.value),
            successor: None,
            level: level.map_or(Level::Public, |level| level.value),
        }
    }

    fn read_groups(&mut self, reader: &mut Reader<'_>, parts: &[Part<'_>]) {
        let mut ids = Ids::new(Pattern::Item);
        let mut drafts = Vec::new();
        for part in parts {
            part.only(reader, GROUP_KEYS);
            let id = part.needed_text(reader, "id", "id = \"counties\"");
            let name = part.needed_text(reader, "name", "name = \"各县(市、区)\"");
            if part.key("members").is_none() {
                part.missing(reader, "members", "members = []");
            }
            let is_free = id.as_ref().is_some_and(|id| ids.take(reader, id));
            let (Some(id), Some(name), true) = (id.clone(), name, is_free) else {
                self.left_out.extend(id.map(|id| format!("@{}", id.value)));
                continue;
            };
            self.group_by_id.insert(id.value.clone(), drafts.len());
            let written = format!("@{}", id.value);
            self.id_by_name
                .entry(names::fold(&name.value))
                .or_insert(written);
            drafts.push((id, name, part.texts(reader, "members")));
        }
        let members: Vec<Members> = drafts
            .iter()
            .map(|(_, _, members)| self.members(reader, members))
            .collect();
        let lists: Vec<&[(Member, Range<usize>)]> = members
            .iter()
            .map(|members| members.list.as_slice())
            .collect();
        let expansion = expansion::expand(&lists);
        for (group, span) in expansion.cycles {
            let place = reader.place(&span);
            reader.say(finding::plan::group_cycle(place, &drafts[group].0.value));
        }
        for (((id, name, _), units), members) in
            drafts.into_iter().zip(expansion.units).zip(&members)
        {
            if units.is_empty() && members.is_whole {
                let place = reader.place(&id.span);
                reader.say(finding::plan::empty_group(place, &id.value));
            }
            self.groups.push(Group {
                id: id.value,
                name: name.value,
                members: units,
            });
        }
    }

    /// Returns what the ids of a list mean, reporting those that mean nothing.
    fn members(&self, reader: &mut Reader<'_>, ids: &[At<String>]) -> Members {
        let list: Vec<(Member, Range<usize>)> = ids
            .iter()
            .filter_map(|id| Some((self.member(reader, id)?, id.span.clone())))
            .collect();
        Members {
            is_whole: list.len() == ids.len(),
            list,
        }
    }

    fn member(&self, reader: &mut Reader<'_>, id: &At<String>) -> Option<Member> {
        let Some(group) = id.value.strip_prefix('@') else {
            return self.unit(reader, "", id).map(Member::Unit);
        };
        let found = self.group_by_id.get(group).copied().map(Member::Group);
        if found.is_none() && !self.left_out.contains(&id.value) {
            let place = reader.place(&id.span);
            let finding = match self.id_by_name.get(&names::fold(group)) {
                Some(written) => finding::plan::name_for_id(place, group, written),
                None => {
                    let known = self.groups_named();
                    let nearest = reader.nearest(group, known.iter().copied());
                    let written = nearest.map(|id| format!("@{id}"));
                    finding::plan::unknown_group(place, &id.value, written.as_deref())
                }
            };
            reader.say(finding);
        }
        found
    }

    /// Returns the ids of the groups in an order that does not depend on the run.
    fn groups_named(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.group_by_id.keys().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }

    /// Returns the unit of an id, reporting one that no unit has.
    pub(super) fn unit(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        id: &At<String>,
    ) -> Option<UnitIx> {
        let found = self.unit_by_id.get(&id.value).copied();
        if found.is_none() && !self.left_out.contains(&id.value) {
            let place = reader.place(&id.span);
            let takes_groups = key.is_empty();
            let finding = match self.id_by_name.get(&names::fold(&id.value)) {
                Some(written) if takes_groups || !written.starts_with('@') => {
                    finding::plan::name_for_id(place, &id.value, written)
                }
                Some(_) | None => {
                    let suggestion = self.suggestion(reader, &id.value);
                    finding::plan::unknown_unit(place, &id.value, suggestion.as_deref())
                }
            };
            reader.say(finding);
        }
        found
    }

    /// Returns the id to write in place of one that no unit has: a group's, or the nearest.
    fn suggestion(&self, reader: &mut Reader<'_>, id: &str) -> Option<String> {
        if self.group_by_id.contains_key(id) {
            return Some(format!("@{id}"));
        }
        let ids = self.units.iter().map(|unit| unit.id.as_str());
        let names = self.units.iter().flat_map(|unit| {
            let aliases = unit.aliases.iter().map(String::as_str);
            aliases.chain([unit.name.as_str()])
        });
        let near = reader.nearest(id, ids.chain(names))?;
        let of_name = self.id_by_name.get(&names::fold(near));
        Some(of_name.cloned().unwrap_or_else(|| near.to_owned()))
    }

    /// Returns the units that a list of ids and `@group`s means, each once at its first place.
    pub(super) fn expanded(&self, reader: &mut Reader<'_>, ids: &[At<String>]) -> Expanded {
        let members = self.members(reader, ids);
        let mut seen = HashSet::new();
        let mut units = Vec::new();
        for (member, _) in &members.list {
            match member {
                Member::Unit(unit) => units.extend(seen.insert(*unit).then_some(*unit)),
                Member::Group(group) => {
                    let of_group = self.groups[*group].members.iter().copied();
                    units.extend(of_group.filter(|unit| seen.insert(*unit)));
                }
            }
        }
        Expanded {
            units,
            is_whole: members.is_whole,
        }
    }
}

/// What the ids of a list mean.
struct Members {
    list: Vec<(Member, Range<usize>)>,
    is_whole: bool,
}

fn unit_end(reader: &Reader<'_>, unit: UnitIx, span: &Range<usize>) -> UnitEnd {
    let place = reader.place(span);
    UnitEnd {
        unit,
        file: place.file.to_string(),
        line: place.line,
        column: place.column,
        end_column: place.end_column,
        source: place.source,
    }
}

/// The names taken so far, to tell units apart.
#[derive(Default)]
struct Names {
    same: HashMap<String, Owner>,
    alike: HashMap<String, Owner>,
}

#[derive(Clone)]
struct Owner {
    id: String,
    name: String,
    line: u64,
}

impl Names {
    /// Takes the names of a unit; reports those that another unit has or seems to have.
    fn take(
        &mut self,
        reader: &mut Reader<'_>,
        id: &At<String>,
        name: &At<String>,
        aliases: &[At<String>],
    ) {
        for name in [name].into_iter().chain(aliases) {
            let owner = Owner {
                id: id.value.clone(),
                name: name.value.clone(),
                line: reader.text.line(name.span.start),
            };
            let place = reader.place(&name.span);
            let same = self
                .same
                .entry(names::fold(&name.value))
                .or_insert_with(|| owner.clone());
            let key = names::look_key(&name.value);
            let alike = self.alike.entry(key).or_insert(owner);
            if same.id != id.value {
                reader.say(finding::plan::same_name(
                    place,
                    &name.value,
                    &same.id,
                    same.line,
                ));
            } else if alike.id != id.value {
                let (other, id) = (&alike.name, &alike.id);
                reader.say(finding::plan::look_alike(place, &name.value, other, id));
            }
        }
    }
}
