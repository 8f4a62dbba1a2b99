//! The tree of headings → chapters and measures, with their owners, deadlines and quantities.

mod heading;
mod items;
mod rows;

use crate::plan::lint;
use crate::plan::notice::Chapter;
use crate::plan::notice::Item;
use crate::plan::notice::LeftOut;
use crate::plan::notice::Measure;
use crate::plan::notice::Notice;
use crate::plan::notice::Placed;
use crate::plan::notice::Why;
use crate::plan::notice::doubt;
use crate::plan::notice::doubt::Doubt;
use crate::plan::notice::head::Parts;
use crate::plan::notice::mark::Kind;
use crate::plan::notice::measures::heading::Heading;
use crate::plan::notice::outline;
use crate::plan::notice::outline::Node;
use crate::plan::notice::outline::Outline;
use crate::plan::notice::outline::Paragraph;
use crate::plan::notice::owners;
use crate::plan::notice::owners::Found;
use crate::plan::notice::page::Table;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;

// A notice that says that the first of a list leads.
pattern!(
    FIRST_LEADS,
    "(?:首位|第一位|第1位|排名第一|列第一|第一个|排首|排在最?前|最前面|第一家)[^。]{0,24}(?:牵头|主要责任|第一责任|主责)"
);
pattern!(
    NO_TASK,
    "^(?:总体要求|指导思想|基本原则|总体思路|总体目标|工作原则|工作思路|工作目标|主要目标|目标要求|总体要求和.{2,10}|指导思想(?:和|与|及).{2,10}|编制依据|编制背景|背景|总则|形势(?:与|和)?.{0,8}|基本情况|工作要求|有关要求|相关要求|几点要求|具体要求|保障措施|组织保障|组织领导|工作保障|组织实施|组织保障措施|保障机制|附则|(?:切实|进一步)?(?:加强|强化|健全)组织领导(?:和.{2,10})?|总体要求及.{2,10}|重要意义|重大意义|充分认识.{0,40}|提高(?:思想)?认识.{0,20})$"
);
pattern!(
    MUST,
    "(各(?:[^,。;:、“《()]|\\([^()]*\\)){0,16}?(?:政府|单位|部门|管委会|乡镇|街道|企业|局|委|办)|[^,。;:、“《()]{2,14}(?:局|委|办|厅|政府|办公室))(?:要|须|应当|必须|应)[^急对用付当]"
);

/// Reads chapters and measures out of the body.
pub(super) fn read(parts: Parts, doubts: Vec<Doubt>) -> Notice {
    let Parts {
        title,
        number,
        issuer,
        issued,
        addressees,
        sets,
        years,
        head,
        duties,
        left_out,
        doubts: of_head,
        body,
        lines,
        headline: _,
    } = parts;
    let notice = Notice {
        title,
        number,
        issuer,
        issued,
        addressees,
        sets,
        years,
        head,
        duties,
        left_out,
        doubts: doubts.into_iter().chain(of_head).collect(),
        ..Notice::default()
    };
    let first_leads = lines.iter().any(|line| FIRST_LEADS.is_match(&line.plain));
    let mut outline = outline::read(body);
    let mut writer = Writer {
        notice,
        rule: match first_leads {
            true => Rule::FirstLeads,
            false => Rule::Unsaid,
        },
        counts: Vec::new(),
        tables: Vec::new(),
    };
    writer.notice.doubts.append(&mut outline.doubts);
    writer.outline(outline);
    writer.finish()
}

/// Whether the notice says how lists of units are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// It says that the first one leads.
    FirstLeads,
    /// It does not say.
    Unsaid,
}

/// The notice as it is written together.
struct Writer {
    notice: Notice,
    rule: Rule,
    /// How many measures each chapter has.
    counts: Vec<usize>,
    /// Tables with the chapter they stand in.
    tables: Vec<(Table, Option<usize>)>,
}

/// What a measure inherits from the headings above it.
#[derive(Clone, Default)]
struct Above {
    groups: Vec<String>,
    owners: Found,
}

impl Writer {
    fn outline(&mut self, outline: Outline) {
        for paragraph in &outline.contents {
            self.leave(paragraph.line, &paragraph.text.raw, Why::Contents);
        }
        let mut of_all = Found::default();
        for paragraph in &outline.before {
            let found = owners::find(&paragraph.text);
            if found.is_line {
                of_all.join(found);
            }
            self.leave(paragraph.line, &paragraph.text.raw, Why::Introduction);
        }
        for table in outline.tables {
            self.tables.push((table, None));
        }
        let above = Above {
            groups: Vec::new(),
            owners: of_all,
        };
        if is_flat(&outline.nodes) {
            let line = outline.nodes.first().map_or(0, |node| node.line);
            let title = self.notice.title.clone().unwrap_or_default();
            let chapter = self.chapter(None, &title, line);
            for node in outline.nodes {
                self.node(node, chapter, &above);
            }
            return;
        }
        for node in outline.nodes {
            self.top(node, &above);
        }
    }

    /// A heading of the highest level: a chapter, and a measure where nothing stands under it.
    fn top(&mut self, node: Node, above: &Above) {
        let heading = Heading::of(&node);
        let chapter = self.chapter(heading.label.clone(), &heading.title, node.line);
        if orders_nothing(&node, &heading) {
            self.leave_whole(node, Why::NoTask);
            return;
        }
        if node.under.is_empty() {
            let has_text = !node.paragraphs.is_empty() || !heading.rest.is_empty();
            if !node.tables.is_empty() && !has_text {
                self.tables
                    .extend(node.tables.into_iter().map(|table| (table, Some(chapter))));
                return;
            }
            match heading::inline(&node) {
                Some(parts) => self.inline(node, parts, chapter, above),
                None => self.measure(node, chapter, above),
            }
            return;
        }
        self.group(node, chapter, above);
    }

    fn chapter(&mut self, label: Option<String>, title: &str, line: u32) -> usize {
        self.notice.chapters.push(Chapter {
            label,
            title: title.to_owned(),
            line,
        });
        self.counts.push(0);
        self.notice.chapters.len() - 1
    }

    /// A heading below a chapter: a measure, or a group of them.
    fn node(&mut self, node: Node, chapter: usize, above: &Above) {
        let heading = Heading::of(&node);
        if node.under.is_empty() || holds_its_parts(&node) {
            match node.under.is_empty() && orders_nothing(&node, &heading) {
                true => self.leave_whole(node, Why::NoTask),
                false => self.measure(node, chapter, above),
            }
            return;
        }
        if orders_nothing(&node, &heading) {
            self.leave_whole(node, Why::NoTask);
            return;
        }
        let mut above = above.clone();
        above.groups.push(heading.title);
        self.group(node, chapter, &above);
    }

    /// The headings under a heading, with what it says of owners for all of them.
    fn group(&mut self, mut node: Node, chapter: usize, above: &Above) {
        let mut above = above.clone();
        let mut shared = owners::find(&node.text);
        for paragraph in joined(&node.paragraphs) {
            let found = owners::find(&paragraph.text);
            if found.names_any() {
                shared.join(found);
            }
        }
        let heading = Heading::of(&node);
        let named = format!("{}{}", heading.label.unwrap_or_default(), heading.title);
        // What its own line says beyond the heading is in no measure.
        if signs::length(&signs::key(&node.text.raw)) > signs::length(&named) + 2 {
            self.leave(node.line, &node.text.raw, Why::Between);
        }
        self.notice.headings.push(Placed {
            line: node.line,
            text: named,
        });
        for paragraph in &node.paragraphs {
            self.leave(paragraph.line, &paragraph.text.raw, Why::Between);
        }
        let mut note = None;
        if !shared.names_any()
            && let Some(paragraphs) = take_shared(&mut node)
        {
            for paragraph in &paragraphs {
                note = Some(paragraph.line);
                shared.join(owners::find(&paragraph.text));
                self.leave(paragraph.line, &paragraph.text.raw, Why::Between);
            }
        }
        if shared.names_any() {
            let words = words(&shared);
            self.doubt(doubt::owner_shared(note.unwrap_or(node.line), &words));
            above.owners = shared;
        }
        self.tables.extend(
            std::mem::take(&mut node.tables)
                .into_iter()
                .map(|table| (table, Some(chapter))),
        );
        for under in node.under {
            self.node(under, chapter, &above);
        }
    }

    /// Headings inside the one paragraph of a chapter.
    fn inline(&mut self, node: Node, parts: heading::Inline, chapter: usize, above: &Above) {
        if !parts.before.is_empty() {
            self.leave(node.line, &parts.before, Why::Between);
        }
        for part in parts.nodes {
            self.measure(part, chapter, above);
        }
        self.tables
            .extend(node.tables.into_iter().map(|table| (table, Some(chapter))));
    }

    /// One measure.
    fn measure(&mut self, mut node: Node, chapter: usize, above: &Above) {
        let heading = Heading::of(&node);
        let tables = std::mem::take(&mut node.tables);
        self.tables
            .extend(tables.into_iter().map(|table| (table, Some(chapter))));
        let mut found = Found::default();
        for paragraph in heading::paragraphs(&node) {
            found.join(owners::find(&paragraph.text));
        }
        if !found.names_any() && above.owners.names_any() {
            let due = std::mem::take(&mut found.due);
            found = above.owners.clone();
            if !due.is_empty() {
                found.due = due;
            }
        }
        self.same_as_above(&mut found, node.line);
        let text = heading::whole(&node);
        let (items, doubts) = items::of(&node, &heading, &found, self.notice.years);
        self.notice.doubts.extend(doubts);
        let (lead, assist) = self.settle(&found, node.line, &heading.title);
        if lead.is_empty() {
            self.in_text(&node);
        }
        self.vague(&heading.title, node.line, &items);
        self.counts[chapter] += 1;
        let id = format!("{}.{}", chapter + 1, self.counts[chapter]);
        self.notice.measures.push(Measure {
            id,
            chapter,
            groups: above.groups.clone(),
            label: heading.label,
            title: heading.title,
            text,
            line: node.line,
            lead,
            assist,
            items,
        });
    }

    /// “责任单位：同上” means those of the measure before.
    fn same_as_above(&mut self, found: &mut Found, line: u32) {
        let is_same = |name: &String| {
            let plain = signs::plain(name);
            matches!(plain.as_str(), "同上" | "同前" | "〃")
        };
        let names = found
            .lead
            .iter()
            .chain(&found.responsible)
            .chain(&found.assist);
        if found.names_any() && names.clone().all(is_same) {
            let words = words(found);
            found.lead.clear();
            found.responsible.clear();
            found.assist.clear();
            if let Some(before) = self.notice.measures.last() {
                found.lead.clone_from(&before.lead);
                found.assist.clone_from(&before.assist);
                found.each_leads = true;
            }
            self.doubt(doubt::owner_shared(line, &words));
        }
    }

    /// Settles who leads and who assists, and says what was settled without a word of the notice.
    fn settle(&mut self, found: &Found, line: u32, title: &str) -> (Vec<String>, Vec<String>) {
        let mut lead = found.lead.clone();
        let mut assist: Vec<String> = Vec::new();
        if lead.is_empty() {
            lead.extend(found.responsible.first().cloned());
            assist.extend(found.responsible.iter().skip(1).cloned());
            if !assist.is_empty() && self.rule == Rule::Unsaid {
                let words = found.responsible.join("、");
                self.doubt(doubt::owner_order(line, &words));
            }
        } else {
            assist.extend(found.responsible.iter().cloned());
        }
        assist.extend(found.assist.iter().cloned());
        let mut seen: Vec<String> = Vec::new();
        assist.retain(|name| {
            let is_new = !lead.contains(name) && !seen.contains(name);
            seen.push(name.clone());
            is_new
        });
        if lead.len() > 1 && !found.each_leads {
            self.doubt(doubt::owner_several(line, &lead.join("、")));
        }
        if !found.open.is_empty() {
            self.doubt(doubt::owner_open(line, &found.open.join("、")));
        }
        if lead.is_empty() {
            self.doubt(doubt::owner_missing(line, title));
        }
        (lead, assist)
    }

    fn in_text(&mut self, node: &Node) {
        for paragraph in heading::paragraphs(node) {
            if let Some(found) = MUST.find(&paragraph.text.plain) {
                let words: String = paragraph
                    .text
                    .slice(found.start()..paragraph.text.plain.len())
                    .chars()
                    .take(24)
                    .collect();
                self.doubt(doubt::owner_in_text(paragraph.line, &words));
                return;
            }
        }
    }

    fn vague(&mut self, title: &str, line: u32, items: &[Item]) {
        let title = Text::new(title);
        let has_end = items.iter().any(|item| item.quantity.is_some());
        let verb = lint::VAGUE.iter().find_map(|verb| {
            let at = title.plain.find(verb)?;
            Some(title.slice(at..at + verb.len()).to_owned())
        });
        if let Some(verb) = verb.filter(|_| !has_end) {
            self.doubt(doubt::vague_verb(line, &verb));
        }
    }

    fn doubt(&mut self, doubt: Doubt) {
        self.notice.doubts.push(doubt);
    }

    fn leave(&mut self, line: u32, text: &str, why: Why) {
        self.notice.left_out.push(LeftOut {
            line,
            text: text.to_owned(),
            why,
        });
    }

    fn leave_whole(&mut self, node: Node, why: Why) {
        self.leave(node.line, &node.text.raw, why);
        for paragraph in &node.paragraphs {
            self.leave(paragraph.line, &paragraph.text.raw, why);
        }
        self.tables
            .extend(node.tables.into_iter().map(|table| (table, None)));
        for under in node.under {
            self.leave_whole(under, why);
        }
    }

    fn finish(mut self) -> Notice {
        self.rows();
        self.notice
    }
}

/// Returns the owners of a list in a few words.
fn words(found: &Found) -> String {
    let all = found
        .lead
        .iter()
        .chain(&found.responsible)
        .chain(&found.assist);
    all.cloned().collect::<Vec<_>>().join("、")
}

/// Tells whether the highest headings are themselves the tasks: a list without chapters.
fn is_flat(nodes: &[Node]) -> bool {
    let is_low = nodes.iter().all(|node| {
        node.mark.as_ref().is_some_and(|mark| {
            matches!(
                mark.kind,
                Kind::Named
                    | Kind::Num
                    | Kind::NumParen
                    | Kind::HanParen
                    | Kind::Circle
                    | Kind::Shi
            )
        })
    });
    nodes.len() > 1
        && is_low
        && nodes
            .iter()
            .all(|node| node.under.is_empty() || holds_its_parts(node))
}

/// Tells whether a heading and all under it orders no task.
fn orders_nothing(node: &Node, heading: &Heading) -> bool {
    let plain = signs::key(&heading.title);
    NO_TASK.is_match(plain.trim_end_matches(':')) && !names_owners(node)
}

fn names_owners(node: &Node) -> bool {
    let own =
        std::iter::once(&node.text).chain(node.paragraphs.iter().map(|paragraph| &paragraph.text));
    let mut own = own;
    own.any(|text| {
        let found = owners::find(text);
        !found.lead.is_empty() || (found.is_line && found.names_any()) || !found.due.is_empty()
    }) || node.under.iter().any(names_owners)
        || !node.tables.is_empty()
}

/// Tells whether the headings under one are its parts and no measures of their own.
fn holds_its_parts(node: &Node) -> bool {
    let Some(first) = node.under.first() else {
        return false;
    };
    let kind = first.mark.as_ref().map(|mark| mark.kind);
    let own = std::iter::once(&node.text)
        .chain(node.paragraphs.iter().map(|paragraph| &paragraph.text))
        .any(|text| owners::find(text).names_any());
    let owned: Vec<bool> = node.under.iter().map(is_owned).collect();
    let is_low = matches!(kind, Some(Kind::NumParen | Kind::Circle | Kind::Shi));
    if node
        .under
        .iter()
        .any(|under| !under.under.is_empty() && !holds_its_parts(under))
    {
        return false;
    }
    let none_owned = owned.iter().all(|owned| !owned);
    if is_low && none_owned {
        let under_number = node
            .mark
            .as_ref()
            .is_some_and(|mark| mark.kind >= Kind::Num);
        return own || under_number || matches!(kind, Some(Kind::Circle | Kind::Shi));
    }
    let Some((last, before)) = owned.split_last() else {
        return false;
    };
    let ends_with_owners = *last
        && before.iter().all(|owned| !owned)
        && !before.is_empty()
        && node
            .under
            .last()
            .is_some_and(|last| !shared_lines(last).is_empty());
    if !ends_with_owners {
        return false;
    }
    let short = node.under.iter().all(|under| {
        let own_lines = under.paragraphs.len() - shared_lines(under).len();
        own_lines == 0 && under.text.plain.matches('。').count() <= 1
    });
    is_low || short
}

fn is_owned(node: &Node) -> bool {
    owners::find(&node.text).names_any()
        || joined(&node.paragraphs)
            .iter()
            .any(|paragraph| owners::find(&paragraph.text).names_any())
        || node.under.iter().any(is_owned)
}

/// Returns the lines at the end of a heading that say owners and nothing else.
fn shared_lines(node: &Node) -> Vec<Paragraph> {
    let is_line = |paragraph: &&Paragraph| {
        let found = owners::find(&paragraph.text);
        found.is_line || owners::is_bare_label(&paragraph.text)
    };
    let count = node.paragraphs.iter().rev().take_while(is_line).count();
    node.paragraphs[node.paragraphs.len() - count..].to_vec()
}

/// Takes the owners at the end of a group that are those of all in it.
fn take_shared(node: &mut Node) -> Option<Vec<Paragraph>> {
    if node.under.len() < 2 {
        return None;
    }
    let (last, before) = node.under.split_last_mut()?;
    if before.iter().any(is_owned) || owners::find(&last.text).names_any() || !last.under.is_empty()
    {
        return None;
    }
    let lines = shared_lines(last);
    let names_any = lines
        .iter()
        .any(|line| owners::find(&line.text).names_any());
    if !names_any || lines.len() < last.paragraphs.len() && lines.is_empty() {
        return None;
    }
    last.paragraphs
        .truncate(last.paragraphs.len() - lines.len());
    Some(lines)
}

/// Returns paragraphs with each label that stands alone joined to the line of its names.
fn joined(paragraphs: &[Paragraph]) -> Vec<Paragraph> {
    let mut joined: Vec<Paragraph> = Vec::new();
    let mut label: Option<&Paragraph> = None;
    for paragraph in paragraphs {
        if let Some(before) = label.take() {
            joined.push(Paragraph {
                text: Text::new(&format!("{}{}", before.text.raw, paragraph.text.raw)),
                line: before.line,
            });
            continue;
        }
        match owners::is_bare_label(&paragraph.text) {
            true => label = Some(paragraph),
            false => joined.push(paragraph.clone()),
        }
    }
    joined.extend(label.cloned());
    joined
}
