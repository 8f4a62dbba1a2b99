//! What a measure asks for: one thing for each part or each sentence with a deadline or a quantity.

use crate::calendar::Day;
use crate::plan::notice::Item;
use crate::plan::notice::dates;
use crate::plan::notice::dates::Deadline;
use crate::plan::notice::dates::Place;
use crate::plan::notice::dates::When;
use crate::plan::notice::doubt;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::head;
use crate::plan::notice::measures::heading;
use crate::plan::notice::measures::heading::Heading;
use crate::plan::notice::outline::Node;
use crate::plan::notice::owners;
use crate::plan::notice::owners::Found;
use crate::plan::notice::quantity;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;
use crate::terms::Kind;

type Years = Option<(u32, u32)>;

/// Returns the items of a measure, at least one, and the doubts about them.
pub(super) fn of(
    node: &Node,
    heading: &Heading,
    found: &Found,
    years: Years,
) -> (Vec<Item>, Vec<Doubt>) {
    let mut reader = Reader {
        years,
        items: Vec::new(),
        doubts: Vec::new(),
    };
    reader.fields(node, heading, found);
    let parts = heading::parts(node);
    if parts.len() >= 2 {
        for (text, line) in &parts {
            reader.part(text, *line);
        }
    } else {
        for paragraph in heading::paragraphs(node) {
            for sentence in sentences(&paragraph.text) {
                reader.sentence(&sentence, paragraph.line, heading);
            }
        }
    }
    if reader.items.is_empty() {
        reader.items.push(plain_item(&heading.title));
    }
    (reader.items, reader.doubts)
}

/// Returns the item of a row of a table.
pub(super) fn of_row(
    title: &str,
    texts: &[&str],
    due: &str,
    line: u32,
    years: Years,
) -> (Vec<Item>, Vec<Doubt>) {
    let mut reader = Reader {
        years,
        items: Vec::new(),
        doubts: Vec::new(),
    };
    if !due.trim().is_empty() {
        reader.field(due, line, title);
    }
    let has_field = !reader.items.is_empty();
    for text in texts {
        for sentence in sentences(&Text::new(text)) {
            let item = reader.read(&sentence, line, Place::Text);
            let Some(read) = item else { continue };
            match (has_field, reader.items.first_mut()) {
                (true, Some(first)) => {
                    if first.quantity.is_none() {
                        first.quantity = read.quantity;
                    }
                }
                (true, None) | (false, _) => {
                    let title = part_title(&sentence, title);
                    reader.items.push(Item { title, ..read });
                }
            }
        }
    }
    if reader.items.is_empty() {
        reader.items.push(plain_item(title));
    }
    (reader.items, reader.doubts)
}

/// Returns a thing of which nothing is said but what it is.
pub(super) fn plain_item(title: &str) -> Item {
    Item {
        title: title.to_owned(),
        kind: Kind::Once,
        every: None,
        due_day: None,
        due_in: None,
        due: None,
        due_words: None,
        quantity: None,
    }
}

struct Reader {
    years: Years,
    items: Vec<Item>,
    doubts: Vec<Doubt>,
}

impl Reader {
    /// Deadlines in fields of their own: “完成时限：6月底”.
    fn fields(&mut self, node: &Node, heading: &Heading, found: &Found) {
        for due in &found.due {
            self.field(due, node.line, &heading.title);
        }
    }

    fn field(&mut self, due: &str, line: u32, title: &str) {
        let text = Text::new(due);
        match self.read(&text, line, Place::Field) {
            Some(read) => self.items.push(Item {
                title: title.to_owned(),
                due_words: Some(due.replace('\n', " ")),
                ..read
            }),
            None => {
                self.doubts.push(doubt::due_unclear(line, due));
                self.items.push(Item {
                    due_words: Some(due.replace('\n', " ")),
                    ..plain_item(title)
                });
            }
        }
    }

    /// A part of a measure: one item, whatever it says.
    fn part(&mut self, text: &Text, line: u32) {
        if text.raw.trim().is_empty() {
            return;
        }
        let title = part_title(text, text.raw.trim());
        let read = self.read(text, line, Place::Text);
        let item = read.unwrap_or_else(|| plain_item(&title));
        self.items.push(Item { title, ..item });
    }

    /// A sentence: an item only where it says when or how many.
    fn sentence(&mut self, text: &Text, line: u32, heading: &Heading) {
        // What stands in a field was read as one.
        let fields = owners::find(text);
        if fields.is_line {
            return;
        }
        let mut outside = text.plain.clone();
        for span in fields.spans.iter().rev().filter(|_| !fields.due.is_empty()) {
            outside.replace_range(span.clone(), "");
        }
        let text = match outside == text.plain {
            true => text.clone(),
            false => Text::new(&outside),
        };
        let Some(read) = self.read(&text, line, Place::Text) else {
            return;
        };
        let says_when = read.due_words.is_some();
        let is_bare = read.quantity.is_none() && !says_when;
        if is_bare {
            return;
        }
        // One deadline in a field holds for the whole measure.
        if let Some(first) = self.items.first_mut()
            && first.due_words.is_some()
            && first.title == heading.title
            && first.quantity.is_none()
            && !says_when
        {
            first.quantity = read.quantity;
            return;
        }
        let title = part_title(&text, &heading.title);
        self.items.push(Item { title, ..read });
    }

    /// Reads when and how many; `None` where a text says neither.
    fn read(&mut self, text: &Text, line: u32, place: Place) -> Option<Item> {
        let deadlines = dates::find(&text.plain, self.years, place);
        let counted = quantity::find(&text.plain);
        for lost in &counted.lost {
            self.doubts
                .push(doubt::digits_lost(line, text.slice(lost.clone())));
        }
        for unclear in &counted.unclear {
            self.doubts
                .push(doubt::quantity(line, text.slice(unclear.clone())));
        }
        let mut item = plain_item("");
        let mut best: Option<&Deadline> = None;
        let has_day = deadlines.iter().any(|deadline| {
            matches!(
                deadline.when,
                When::Due(_) | When::Assumed(_) | When::Every { .. }
            )
        });
        let deadlines = deadlines.iter().filter(|deadline| {
            // “抓紧…，6月底前完成”, “每季度定期召开”: the surer words settle it.
            !has_day || !matches!(deadline.when, When::Soon | When::Interval)
        });
        for deadline in deadlines {
            let words = text.slice(deadline.range.clone()).trim().to_owned();
            match deadline.when {
                When::Due(day) => self.outside(day, line, &words),
                When::Every { .. } | When::Continuing => {}
                When::Assumed(day) => self.doubts.push(doubt::due_assumed(line, &words, day)),
                When::Unclear | When::Soon => self.doubts.push(doubt::due_unclear(line, &words)),
                When::NoYear => self.doubts.push(doubt::due_no_year(line, &words)),
                When::Interval => self.doubts.push(doubt::interval(line, &words)),
                When::OtherInterval => self.doubts.push(doubt::interval_other(line, &words)),
                When::Lost => self.doubts.push(doubt::digits_lost(line, &words)),
            }
            if best.is_none_or(|best| rank(deadline.when) < rank(best.when)) {
                best = Some(deadline);
            }
        }
        item.quantity = counted.quantity.map(|(quantity, _)| quantity);
        let Some(best) = best else {
            return item.quantity.is_some().then_some(item);
        };
        item.due_words = Some(text.slice(best.range.clone()).trim().to_owned());
        match best.when {
            When::Due(day) | When::Assumed(day) => item.due = Some(day),
            When::Every {
                every,
                due_day,
                due_in,
            } => {
                item.kind = Kind::Periodic;
                item.every = Some(every);
                item.due_day = due_day;
                item.due_in = due_in;
            }
            When::Continuing => item.kind = Kind::Continuing,
            When::Interval | When::OtherInterval => item.kind = Kind::Periodic,
            When::Unclear | When::Soon | When::NoYear | When::Lost => {}
        }
        Some(item)
    }

    fn outside(&mut self, day: Day, line: u32, words: &str) {
        let is_inside = self
            .years
            .is_none_or(|(first, last)| (first..=last).contains(&day.year()));
        if !is_inside {
            self.doubts.push(doubt::due_outside(line, words, day));
        }
    }
}

/// Which deadline of several in one sentence is the item's own.
const fn rank(when: When) -> u8 {
    match when {
        When::Every { .. } => 0,
        When::Due(_) => 1,
        When::Assumed(_) => 2,
        When::Continuing => 3,
        When::Interval | When::OtherInterval => 4,
        When::NoYear => 5,
        When::Unclear => 6,
        When::Soon => 7,
        When::Lost => 8,
    }
}

/// Returns the sentences of a paragraph; semicolons end one too.
fn sentences(text: &Text) -> Vec<Text> {
    head::sentences(text)
        .iter()
        .flat_map(|sentence| sentence.split_inclusive([';', '；']))
        .map(|sentence| Text::new(sentence.trim()))
        .filter(|sentence| !sentence.raw.is_empty())
        .collect()
}

/// Returns what a part is called: its heading, without its mark.
fn part_title(text: &Text, whole: &str) -> String {
    let start = crate::plan::notice::mark::at_start(text).map_or(0, |mark| mark.end);
    let title = heading::in_text(text, start).title;
    let title = title.trim_end_matches([';', '；', '。', '，', ',']).trim();
    match title.is_empty() || signs::key(title) == signs::key(whole) {
        true => whole.to_owned(),
        false => title.to_owned(),
    }
}
