//! What a person typed → the unit, group, chapter, measure or item that was meant.
//!
//! Each way of naming is tried in turn, the surest first; the first that names anything decides,
//! and where it names several nothing is guessed.

pub mod nearness;
pub mod spelling;

use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::Said;
use crate::lang::names as say;
use crate::names::spelling::Spelled;
use crate::plan::ChapterIx;
use crate::plan::GroupIx;
use crate::plan::ItemIx;
use crate::plan::MeasureIx;
use crate::plan::Plan;
use crate::plan::Unit;
use crate::plan::UnitIx;
use crate::text;
use unicode_normalization::UnicodeNormalization;

/// How sure a short form must be: what a person sees echoed may be shorter than what a script says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// A person reads the answer: derived pinyin and unique beginnings count.
    Terminal,
    /// Nobody looks: ids, names, aliases and the plan's own pinyin only.
    Script,
}

/// Folds what was typed: NFKC (％ ＠ ６０ become % @ 60), trimmed.
pub fn fold(typed: &str) -> String {
    typed.nfkc().collect::<String>().trim().to_owned()
}

/// Returns what two names have in common that look alike: NFKC, without spaces, brackets and what
/// cannot be seen, in small letters.
pub fn look_key(name: &str) -> String {
    name.nfkc()
        .filter(|character| !is_invisible(*character) && !is_bracket_or_space(*character))
        .map(unify_radical)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Tells whether a character is one that a text cannot show: control, bidi, zero width.
pub const fn is_invisible(character: char) -> bool {
    text::is_hidden(character) || text::is_variation(character)
}

/// Returns the unit that was meant: by id, name, alias, pinyin; on a terminal by a unique beginning.
pub fn unit(plan: &Plan, typed: &str, certainty: Certainty) -> Result<UnitIx> {
    let typed = fold(typed);
    let ways: &[fn(&Unit, &str) -> bool] = match certainty {
        Certainty::Terminal => &[has_id, has_name, has_pinyin, spells, begins],
        Certainty::Script => &[has_id, has_name, has_pinyin],
    };
    for way in ways {
        let found: Vec<usize> = positions(&plan.units, |unit| way(unit, &typed));
        if !found.is_empty() {
            return only(&typed, &found, |at| unit_label(&plan.units[at])).map(UnitIx::at);
        }
    }
    let labels = near(&typed, &plan.units, unit_words, unit_label);
    Err(nothing(say::no_unit(&typed), labels, say::see_units()))
}

/// Returns the group that was meant: by id, with or without `@`, or name.
pub fn group(plan: &Plan, typed: &str, certainty: Certainty) -> Result<GroupIx> {
    let typed = fold(typed);
    let bare = typed.strip_prefix('@').unwrap_or(&typed);
    let list = Listed {
        things: &plan.groups,
        id: |group| &group.id,
        words: |group| vec![&group.name],
    };
    list.find(bare, certainty, say::no_group(&typed), say::see_groups())
        .map(GroupIx::at)
}

/// Returns the chapter that was meant: by id, title or label.
pub fn chapter(plan: &Plan, typed: &str, certainty: Certainty) -> Result<ChapterIx> {
    let typed = fold(typed);
    let list = Listed {
        things: &plan.chapters,
        id: |chapter| &chapter.id,
        words: |chapter| {
            let label = chapter.label.as_deref();
            label.into_iter().chain([chapter.title.as_str()]).collect()
        },
    };
    list.find(
        &typed,
        certainty,
        say::no_chapter(&typed),
        say::see_chapters(),
    )
    .map(ChapterIx::at)
}

/// Returns the measure that was meant: by id or title.
pub fn measure(plan: &Plan, typed: &str, certainty: Certainty) -> Result<MeasureIx> {
    let typed = fold(typed);
    let list = Listed {
        things: &plan.measures,
        id: |measure| &measure.id,
        words: |measure| vec![&measure.title],
    };
    list.find(
        &typed,
        certainty,
        say::no_measure(&typed),
        say::see_measures(),
    )
    .map(MeasureIx::at)
}

/// Returns the item that was meant: by its whole id only, on a terminal too.
pub fn item(plan: &Plan, typed: &str) -> Result<ItemIx> {
    let typed = fold(typed);
    if let Some(item) = plan.item_by_id(&typed) {
        return Ok(item);
    }
    let labels = near(
        &typed,
        &plan.items,
        |item| vec![&item.id, &item.title],
        |item| say::candidate(&item.id, &item.title),
    );
    Err(nothing(say::no_item(&typed), labels, say::see_items()))
}

/// Returns the candidate nearest to what was wanted, or `None` where none is near.
pub fn nearest<'c>(wanted: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((nearness::distance(wanted, candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Things that have an id and words, and are found by either.
struct Listed<'p, T> {
    things: &'p [T],
    id: fn(&T) -> &str,
    words: fn(&T) -> Vec<&str>,
}

impl<T> Listed<'_, T> {
    /// Finds the position of the thing meant: by id, by a word, on a terminal by a unique beginning.
    fn find(&self, typed: &str, certainty: Certainty, missing: Said, look: Said) -> Result<usize> {
        let key = look_key(typed);
        let label = |thing: &T| {
            let words = (self.words)(thing);
            say::candidate((self.id)(thing), words.last().copied().unwrap_or_default())
        };
        let by_id = positions(self.things, |thing| (self.id)(thing) == typed);
        let by_word = || {
            positions(self.things, |thing| {
                (self.words)(thing).iter().any(|word| look_key(word) == key)
            })
        };
        let by_beginning = || match certainty {
            Certainty::Script => Vec::new(),
            Certainty::Terminal => positions(self.things, |thing| {
                let words = (self.words)(thing);
                !key.is_empty() && words.iter().any(|word| look_key(word).starts_with(&key))
            }),
        };
        let found = first_filled([&|| by_id.clone(), &by_word, &by_beginning]);
        if !found.is_empty() {
            return only(typed, &found, |at| label(&self.things[at]));
        }
        let labels = near(typed, self.things, |thing| (self.words)(thing), label);
        Err(nothing(missing, labels, look))
    }
}

/// Returns what the first way finds that finds anything.
fn first_filled<const N: usize>(ways: [&dyn Fn() -> Vec<usize>; N]) -> Vec<usize> {
    ways.into_iter()
        .map(|way| way())
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// Returns the positions of the things that a way of naming names.
fn positions<T>(things: &[T], named: impl Fn(&T) -> bool) -> Vec<usize> {
    things
        .iter()
        .enumerate()
        .filter(|(_, thing)| named(thing))
        .map(|(position, _)| position)
        .collect()
}

/// Returns the only position found; several are a failure that lists them.
fn only(typed: &str, found: &[usize], label: impl Fn(usize) -> Said) -> Result<usize> {
    match *found {
        [one] => Ok(one),
        _ => {
            let labels: Vec<Said> = found.iter().take(SHOWN).map(|at| label(*at)).collect();
            Err(Failure::usage(say::several(typed)).help(listed(&labels, say::choose)))
        }
    }
}

/// How many candidates a message names.
const SHOWN: usize = 5;

/// Returns labels of the things nearest to what was typed, nearest first.
fn near<'t, T>(
    typed: &str,
    things: &'t [T],
    words: impl Fn(&'t T) -> Vec<&'t str>,
    label: impl Fn(&'t T) -> Said,
) -> Vec<Said> {
    let mut found: Vec<(usize, &T)> = things
        .iter()
        .filter_map(|thing| {
            let distances = words(thing)
                .into_iter()
                .filter_map(|word| nearness::distance(typed, word));
            Some((distances.min()?, thing))
        })
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    let nearest = found.into_iter().take(SHOWN);
    nearest.map(|(_, thing)| label(thing)).collect()
}

/// Returns the failure of a name that names nothing, with the nearest names or where to look.
fn nothing(missing: Said, labels: Vec<Said>, look: Said) -> Failure {
    let help = match labels.is_empty() {
        true => look,
        false => listed(&labels, say::nearest),
    };
    Failure::usage(missing).help(help)
}

/// Joins labels in each language and puts them into a sentence.
fn listed(labels: &[Said], sentence: impl Fn(String) -> Said) -> Said {
    let join = |text: fn(&Said) -> &str, separator: &str| {
        let texts: Vec<&str> = labels.iter().map(text).collect();
        texts.join(separator)
    };
    Said {
        zh: sentence(join(|label| &label.zh, "、")).zh,
        en: sentence(join(|label| &label.en, ", ")).en,
    }
}

fn unit_label(unit: &Unit) -> Said {
    say::candidate(&unit.id, &unit.name)
}

fn unit_words(unit: &Unit) -> Vec<&str> {
    let mut words = vec![unit.id.as_str()];
    words.extend(names_of(unit));
    words
}

/// Returns the name and the aliases of a unit.
fn names_of(unit: &Unit) -> impl Iterator<Item = &str> {
    [unit.name.as_str()]
        .into_iter()
        .chain(unit.aliases.iter().map(String::as_str))
}

fn has_id(unit: &Unit, typed: &str) -> bool {
    unit.id == typed
}

fn has_name(unit: &Unit, typed: &str) -> bool {
    let key = look_key(typed);
    !key.is_empty() && names_of(unit).any(|name| look_key(name) == key)
}

fn has_pinyin(unit: &Unit, typed: &str) -> bool {
    let key = look_key(typed);
    let pinyin = unit.pinyin.as_deref().map(look_key);
    !key.is_empty() && pinyin.is_some_and(|pinyin| pinyin == key)
}

fn spells(unit: &Unit, typed: &str) -> bool {
    let key = look_key(typed);
    names_of(unit).any(|name| spelling::spelled(name, &key) == Spelled::Whole)
}

fn begins(unit: &Unit, typed: &str) -> bool {
    let key = look_key(typed);
    if key.is_empty() {
        return false;
    }
    let pinyin = unit.pinyin.as_deref().map(look_key);
    unit.id.starts_with(typed)
        || pinyin.is_some_and(|pinyin| pinyin.starts_with(&key))
        || names_of(unit).any(|name| {
            look_key(name).starts_with(&key) || spelling::spelled(name, &key) == Spelled::Beginning
        })
}

fn is_bracket_or_space(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '(' | ')' | '[' | ']' | '〔' | '〕' | '【' | '】' | '〖' | '〗' | '「' | '」'
        )
}

/// Returns the character that a radical of the CJK supplement is drawn like, where NFKC leaves it.
fn unify_radical(character: char) -> char {
    RADICALS
        .iter()
        .find(|(radical, _)| *radical == character)
        .map_or(character, |(_, drawn)| *drawn)
}

/// Radicals of U+2E80–2EF3 that are whole characters in names and have no mapping in Unicode.
const RADICALS: &[(char, char)] = &[
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺴', '网'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];
