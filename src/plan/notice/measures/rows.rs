//! Tables of tasks → measures, or the owners and deadlines of measures that the text has already.

use crate::plan::notice::Measure;
use crate::plan::notice::Why;
use crate::plan::notice::mark;
use crate::plan::notice::measures::Writer;
use crate::plan::notice::measures::heading;
use crate::plan::notice::measures::items;
use crate::plan::notice::owners;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;
use crate::plan::notice::table;
use crate::plan::notice::table::Entry;
use std::collections::BTreeMap;

impl Writer {
    /// Reads all tables, in the order in which they stand.
    pub(super) fn rows(&mut self) {
        let tables = std::mem::take(&mut self.tables);
        let had_measures = !self.notice.measures.is_empty();
        // Chapters that the text has, by their titles, so that a table can speak of them.
        let mut chapters: BTreeMap<String, usize> = BTreeMap::new();
        for (at, chapter) in self.notice.chapters.iter().enumerate() {
            chapters.entry(signs::key(&chapter.title)).or_insert(at);
        }
        for (table, place) in tables {
            let read = table::read(&table);
            for (line, text) in read.left {
                self.leave(line, &text, Why::TableHead);
            }
            let mut own: Option<usize> = place.filter(|place| self.counts[*place] == 0);
            for entry in read.entries {
                self.entry(entry, had_measures, &mut own, &mut chapters);
            }
        }
    }

    fn entry(
        &mut self,
        entry: Entry,
        had_measures: bool,
        own: &mut Option<usize>,
        chapters: &mut BTreeMap<String, usize>,
    ) {
        let text = Text::new(&entry.task.replace('\n', ""));
        let mark = mark::at_start(&text);
        let start = mark.as_ref().map_or(0, |mark| mark.end);
        let heading = heading::in_text(&text, start);
        let mut found = owners::cell([&entry.lead, &entry.responsible, &entry.assist]);
        if !found.names_any() {
            found.join(owners::find(&text));
            for detail in &entry.detail {
                found.join(owners::find(&Text::new(detail)));
            }
        }
        self.same_as_above(&mut found, entry.number);
        let details: Vec<&str> = entry.detail.iter().map(String::as_str).collect();
        let mut texts = vec![text.raw.as_str()];
        texts.extend(&details);
        let due = match (entry.due.is_empty(), found.due.first()) {
            (true, Some(due)) => due.clone(),
            (true, None) | (false, _) => entry.due.clone(),
        };
        let years = self.notice.years;
        let (items, doubts) = items::of_row(&heading.title, &texts, &due, entry.number, years);
        if had_measures && let Some(at) = self.same(&heading.title) {
            self.notice.doubts.extend(doubts);
            self.fill(at, &found, items, entry.number, &entry.text);
            return;
        }
        self.notice.doubts.extend(doubts);
        let chapter = match &entry.class {
            Some(class) => {
                let class = Text::new(class);
                let mark = mark::at_start(&class);
                let start = mark.as_ref().map_or(0, |mark| mark.end);
                let title = heading::in_text(&class, start).title;
                let key = signs::key(&title);
                match chapters.get(&key) {
                    Some(chapter) => *chapter,
                    None => {
                        let label = mark.map(|mark| mark.label);
                        let chapter = self.chapter(label, &title, entry.number);
                        chapters.insert(key, chapter);
                        chapter
                    }
                }
            }
            None => match own {
                Some(chapter) => *chapter,
                None => {
                    let title = self.notice.title.clone().unwrap_or_default();
                    let chapter = self.chapter(None, &title, entry.number);
                    *own = Some(chapter);
                    chapter
                }
            },
        };
        let (lead, assist) = self.settle(&found, entry.number, &heading.title);
        self.vague(&heading.title, entry.number, &items);
        self.counts[chapter] += 1;
        self.notice.measures.push(Measure {
            id: format!("{}.{}", chapter + 1, self.counts[chapter]),
            chapter,
            groups: Vec::new(),
            label: mark.map(|mark| mark.label),
            title: heading.title,
            text: entry.text,
            line: entry.number,
            lead,
            assist,
            items,
        });
    }

    /// Returns the measure of the text that a row speaks of.
    fn same(&self, title: &str) -> Option<usize> {
        let key = signs::key(title);
        if key.chars().count() < 4 {
            return None;
        }
        let measures = &self.notice.measures;
        let exact = measures
            .iter()
            .position(|measure| signs::key(&measure.title) == key);
        exact.or_else(|| {
            let starts = |measure: &Measure| {
                let other = signs::key(&measure.title);
                other.chars().count() >= 6 && (other.starts_with(&key) || key.starts_with(&other))
            };
            measures.iter().position(starts)
        })
    }

    /// Gives a measure of the text what a row of a table says of it.
    fn fill(
        &mut self,
        at: usize,
        found: &owners::Found,
        items: Vec<crate::plan::notice::Item>,
        line: u32,
        text: &str,
    ) {
        let is_bare = self.notice.measures[at].lead.is_empty();
        if is_bare && found.names_any() {
            let title = self.notice.measures[at].title.clone();
            let of = self.notice.measures[at].line;
            self.notice
                .doubts
                .retain(|doubt| doubt.line != of || !doubt.code.code().starts_with("owner"));
            let (lead, assist) = self.settle(found, line, &title);
            self.notice.measures[at].lead = lead;
            self.notice.measures[at].assist = assist;
        }
        let measure = &mut self.notice.measures[at];
        if measure.items.iter().all(|item| item.due_words.is_none())
            && items.iter().any(|item| item.due_words.is_some())
        {
            measure.items = items;
        }
        measure.text.push('\n');
        measure.text.push_str(text);
    }
}
