//! Who owes a measure, in every form in which notices say it. Names stay as they are written.

pub(super) mod names;

use crate::plan::notice::owners::names::is_unit;
use crate::plan::notice::owners::names::names;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;
use std::ops::Range;

/// What a paragraph says about owners.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Who is said to lead.
    pub(super) lead: Vec<String>,
    /// Who is responsible, without saying who leads.
    pub(super) responsible: Vec<String>,
    /// Who helps.
    pub(super) assist: Vec<String>,
    /// Whether several leads are meant: “分别牵头”.
    pub(super) each_leads: bool,
    /// Words of lists that are open.
    pub(super) open: Vec<String>,
    /// What is said of when, in a field of its own.
    pub(super) due: Vec<String>,
    /// The bytes of the compared text that say so and are no part of a heading.
    pub(super) spans: Vec<Range<usize>>,
    /// Whether the paragraph says nothing else.
    pub(super) is_line: bool,
}

impl Found {
    /// Tells whether it names anybody.
    pub(super) fn names_any(&self) -> bool {
        !self.lead.is_empty() || !self.responsible.is_empty() || !self.assist.is_empty()
    }

    /// Adds what another paragraph of the same measure says.
    pub(super) fn join(&mut self, other: Found) {
        for (mine, theirs) in [
            (&mut self.lead, other.lead),
            (&mut self.responsible, other.responsible),
            (&mut self.assist, other.assist),
            (&mut self.open, other.open),
            (&mut self.due, other.due),
        ] {
            for name in theirs {
                if !mine.contains(&name) {
                    mine.push(name);
                }
            }
        }
        self.each_leads |= other.each_leads;
    }
}

/// What a label says about the names after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Lead,
    Responsible,
    Assist,
    Person,
    Due,
}

pattern!(
    LABEL,
    "\\[?(牵头负责领导|牵头市领导|牵头领导|责任领导|分管领导|包保领导|挂钩领导|主要负责人|责任人|负责人|联系人|第一责任单位|牵头责任单位|牵头负责单位|主要责任单位|牵头单位|牵头部门|牵头处室|牵头科室|主办单位|主责单位|主责部门|主办部门|主要单位|责任单位|责任部门|责任主体|责任处室|责任科室|负责单位|负责部门|承办单位|承办部门|实施单位|实施主体|落实单位|完成单位|配合责任单位|配合单位|配合部门|协同责任单位|协同单位|协同部门|协作单位|协办单位|协办部门|协助单位|参与单位|参加单位|参与部门|完成时限|完成时间|时限要求|时间要求|办理时限|工作时限|完成期限|整改时限|进度要求|时间节点|时间进度|工作进度|进度安排|时间安排|时限|期限) ?(?:\\] ?:?|[:=]|为:)"
);

fn role(label: &str) -> Role {
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if has(&["领导", "责任人", "负责人", "联系人"]) {
        return Role::Person;
    }
    if has(&["时限", "时间", "期限", "进度"]) {
        return Role::Due;
    }
    if has(&["配合", "协同", "协办", "协助", "协作", "参与", "参加"]) {
        return Role::Assist;
    }
    if has(&["牵头", "主办", "主责", "主要", "第一"]) {
        return Role::Lead;
    }
    Role::Responsible
}

/// Tells whether a paragraph is a label alone: its names stand on the next line.
pub(super) fn is_bare_label(text: &Text) -> bool {
    let plain = text.plain.trim();
    LABEL.find(plain).is_some_and(|found| {
        found.start() <= 1 && plain[found.end()..].trim_matches([')', ' ']).is_empty()
    })
}

/// Returns what a paragraph says about owners.
pub(super) fn find(text: &Text) -> Found {
    let mut found = Found::default();
    if text.plain.len() > signs::LONGEST {
        return found;
    }
    labelled(text, &mut found);
    bracketed(text, &mut found);
    if !found.names_any() {
        whole(text, &mut found);
    }
    if !found.names_any() {
        spoken(text, &mut found);
    }
    found
}

/// Returns what a cell of owners holds, whose heading says what they are.
pub(super) fn cell(texts: [&str; 3]) -> Found {
    let mut found = Found::default();
    for (text, role) in texts
        .into_iter()
        .zip([Role::Lead, Role::Responsible, Role::Assist])
    {
        let text = Text::new(&text.replace('\n', "、"));
        if LABEL.is_match(&text.plain) {
            labelled(&text, &mut found);
        } else {
            take(&text, 0..text.plain.len(), role, &mut found);
        }
    }
    found
}

/// “牵头单位：…；配合单位：…”, alone on a line, in brackets, or behind a sentence.
fn labelled(text: &Text, found: &mut Found) {
    let plain = &text.plain;
    let labels: Vec<(Range<usize>, Role)> = LABEL
        .captures_iter(plain)
        .map(|captures| {
            let whole = captures.get(0).expect("a match has it").range();
            (whole, role(&captures[1]))
        })
        .collect();
    let Some((first, _)) = labels.first() else {
        return;
    };
    let before = plain[..first.start].trim();
    let opened = before.ends_with('(');
    let begins = before.is_empty() || before == "(" || before == "[";
    // A label in the middle of a sentence is spoken of, not filled in.
    let after_stop = before.ends_with(['。', ';', '(', ')', '[', '!', ','])
        || plain[..first.start].ends_with(' ');
    if !begins && !after_stop {
        return;
    }
    let start = match opened {
        true => plain[..first.start].rfind('(').unwrap_or(first.start),
        false => first.start,
    };
    let mut end = first.end;
    for (at, (label, role)) in labels.iter().enumerate() {
        let next = labels
            .get(at + 1)
            .map_or(plain.len(), |(next, _)| next.start);
        let stop = value_end(plain, label.end, next);
        take(text, label.end..stop, *role, found);
        end = stop;
        // What follows the value is no longer about owners.
        if stop < next
            && !plain[stop..next]
                .trim_matches(['。', ';', ',', ' ', '(', ')', '[', '、', '.'])
                .is_empty()
        {
            break;
        }
    }
    let rest = plain[end..].trim_start_matches([')', '。', ']', ';', ' ', '.']);
    let cut = plain.len() - rest.len();
    found.is_line = begins && rest.trim().is_empty();
    found.spans.push(start..cut.max(end));
}

/// Returns where the value of a label ends: at a full stop, a closing bracket, or the next label.
fn value_end(plain: &str, from: usize, next: usize) -> usize {
    let mut depth = 0i32;
    for (at, sign) in plain[from..next].char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return from + at,
            ')' | ']' => depth -= 1,
            '。' => return from + at,
            _ => {}
        }
    }
    next
}

/// Takes the names of a range in a role; a range that says the roles itself is read as a phrase.
fn take(text: &Text, range: Range<usize>, role: Role, found: &mut Found) {
    let raw = text
        .slice(range.clone())
        .trim_matches([' ', '\u{3000}', ';', '；', ',', '，', '、', '(', '（']);
    if raw.is_empty() || matches!(raw, "无" | "/" | "-" | "—" | "——" | "－") {
        return;
    }
    let value = Text::new(raw);
    match role {
        Role::Person => return,
        Role::Due => {
            found
                .due
                .push(raw.trim_end_matches(['。', '）', ')']).to_owned());
            return;
        }
        Role::Lead | Role::Responsible | Role::Assist => {}
    }
    if (value.plain.contains("牵头") || value.plain.contains("配合"))
        && let Some(said) = phrase(&value)
    {
        found.join(said);
        return;
    }
    note_open(&value, found);
    let (list, more) = match role {
        Role::Lead => (&mut found.lead, &mut found.open),
        Role::Responsible => (&mut found.responsible, &mut found.open),
        Role::Assist | Role::Person | Role::Due => (&mut found.assist, &mut found.open),
    };
    for name in names(raw) {
        let plain = signs::plain(&name);
        if signs::length(&plain) > 40 || plain.contains('。') {
            more.push(name);
        } else if !list.contains(&name) {
            list.push(name);
        }
    }
}

pattern!(
    OPEN,
    "等(?:有关|相关|市直|县直|部门|单位|$|按|,|配合|参与|负责)|各?(?:有关|相关)(?:部门|单位|成员单位)|各成员单位|其他.{0,6}单位"
);

fn note_open(text: &Text, found: &mut Found) {
    if let Some(open) = OPEN.find(&text.plain) {
        let words = text.slice(open.range()).to_owned();
        if !found.open.contains(&words) {
            found.open.push(words);
        }
    }
}

/// “（省应急厅牵头）”, “（市应急局牵头，市公安局配合）”, “（市应急局、市公安局按职责分工负责）”.
fn bracketed(text: &Text, found: &mut Found) {
    let plain = &text.plain;
    for range in brackets(plain) {
        if found
            .spans
            .iter()
            .any(|span| span.start <= range.start && range.end <= span.end)
        {
            continue;
        }
        let inner = Text::new(text.slice(range.start + 1..range.end - 1));
        let rest = plain[range.end..].trim_start();
        let at_end = rest.is_empty() || rest.starts_with(['。', ';', '(', ',', '!']);
        let has_role = ROLE.is_match(&inner.plain);
        if !has_role && !at_end {
            continue;
        }
        if let Some(said) = phrase(&inner).filter(|said| said.names_any() || !said.due.is_empty()) {
            if !has_role && !said.names_any() && !at_end {
                continue;
            }
            found.is_line |= plain[..range.start].trim().is_empty()
                && rest.trim_matches(['。', ' ', ';']).is_empty();
            found.join(said);
            found.spans.push(range);
        }
    }
}

/// Returns the outermost round brackets of a text, those in its whole length left out.
fn brackets(plain: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, sign) in plain.char_indices() {
        match sign {
            '(' | '[' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            ')' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    found
}

pattern!(
    ROLE,
    "牵头|配合|协助|协同|参与|负责|按职责|会同|分工|承办|主办|落实"
);
pattern!(
    CLAUSE_ROLE,
    "(分别)?(?:联合|共同)?(牵头|配合|协助|协同|参与|参加|会同|按(?:照)?(?:各自)?(?:职责|职能|分工|任务)[^,;、]{0,8}|分工负责|分别负责|共同负责|具体负责|负责|承办|主办|落实|组织实施|抓好落实)"
);

/// Reads “A牵头，B、C配合，6月底前完成”; `None` where a clause is of something else.
fn phrase(text: &Text) -> Option<Found> {
    let mut said = Found::default();
    let mut pending: Vec<String> = Vec::new();
    let clauses = clauses(&text.plain);
    for clause in clauses {
        let raw = text.slice(clause.clone());
        let clause = Text::new(raw.trim());
        let plain = clause.plain.trim_start_matches('由');
        let skipped = clause.plain.len() - plain.len();
        if plain.is_empty() {
            continue;
        }
        if let Some(label) = LABEL.find(&clause.plain).filter(|label| label.start() == 0) {
            take(
                &clause,
                label.end()..clause.plain.len(),
                role(label.as_str()),
                &mut said,
            );
            continue;
        }
        note_open(&clause, &mut said);
        let Some(captures) = CLAUSE_ROLE.captures(plain) else {
            let names = names(clause.slice(skipped..clause.plain.len()));
            if !names.is_empty()
                && names
                    .iter()
                    .all(|name| is_unit(&signs::plain(name)) && signs::length(name) >= 3)
            {
                pending.extend(names);
                continue;
            }
            if super::dates::is_when(plain) {
                said.due.push(clause.raw.clone());
                continue;
            }
            return None;
        };
        let word = captures.get(2).expect("the pattern has it");
        let start = captures.get(0).expect("a match has it").start();
        let mut who = std::mem::take(&mut pending);
        who.extend(names(clause.slice(skipped..skipped + start)));
        if who.is_empty() || !who.iter().all(|name| is_unit(&signs::plain(name))) {
            return None;
        }
        let each = captures.get(1).is_some() || plain[word.end()..].starts_with("分别");
        match word.as_str() {
            "牵头" => {
                said.each_leads |= each;
                said.lead.extend(who);
                // “A牵头会同B负责”.
                let rest = &plain[word.end()..];
                if let Some(at) = rest.find("会同") {
                    let from = skipped + word.end() + at + "会同".len();
                    said.assist.extend(helpers(&clause, from));
                }
            }
            "会同" => {
                said.lead.extend(who);
                said.assist.extend(helpers(&clause, skipped + word.end()));
            }
            "配合" | "协助" | "协同" | "参与" | "参加" => said.assist.extend(who),
            _ => said.responsible.extend(who),
        }
    }
    // A list without a role: responsible, if there is a list at all.
    match (pending.is_empty(), said.lead.is_empty()) {
        (true, _) => {}
        (false, true) => said.responsible.extend(pending),
        (false, false) => said.assist.extend(pending),
    }
    Some(said)
}

/// Returns the units that stand after a word, up to what they do.
fn helpers(clause: &Text, from: usize) -> Vec<String> {
    let rest = &clause.plain[from..];
    let end = CLAUSE_ROLE
        .find(rest)
        .map_or(rest.len(), |found| found.start());
    let names = names(clause.slice(from..from + end));
    names
        .into_iter()
        .filter(|name| is_unit(&signs::plain(name)))
        .collect()
}

/// Returns the clauses of a text between commas and semicolons that are in no bracket.
fn clauses(plain: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0i32;
    let mut start = 0;
    for (at, sign) in plain.char_indices() {
        match sign {
            '(' | '[' | '“' | '《' => depth += 1,
            ')' | ']' | '”' | '》' => depth -= 1,
            ',' | ';' | '。' | '\n' if depth <= 0 => {
                found.push(start..at);
                start = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    found.push(start..plain.len());
    found
}

/// “市发展改革委牵头，市财政局配合”, as a paragraph of its own.
fn whole(text: &Text, found: &mut Found) {
    let plain = text.plain.trim_end_matches(['。', ';', ' ']);
    let is_short = signs::length(plain) <= 120 && !plain.contains(['。', ':']);
    if !is_short || !ROLE.is_match(plain) || super::mark::at_start(text).is_some() {
        return;
    }
    let phrase = phrase(&Text::new(text.slice(0..plain.len()))).filter(Found::names_any);
    if let Some(said) = phrase {
        found.join(said);
        found.is_line = true;
        found.spans.push(0..text.plain.len());
    }
}

pattern!(BY, "^由(.{2,80}?)(分别)?(?:联合|共同)?(?:牵头|负责)");
pattern!(
    LEADS,
    "^(.{2,60}?)(分别)?(?:联合|共同)?牵头(?:负责|组织|,|。|会同|$)"
);

/// “由市应急局牵头，市公安局配合”, as a sentence without brackets.
fn spoken(text: &Text, found: &mut Found) {
    let clauses = clauses(&text.plain);
    for (at, range) in clauses.iter().enumerate() {
        let clause = &text.plain[range.clone()];
        let Some(captures) = BY.captures(clause).or_else(|| LEADS.captures(clause)) else {
            continue;
        };
        let who = captures.get(1).expect("the pattern has it");
        let start = range.start + who.start();
        let listed = names(text.slice(start..range.start + who.end()));
        if listed.is_empty()
            || !listed
                .iter()
                .all(|name| is_unit(&signs::plain(name)) && signs::length(name) >= 3)
        {
            continue;
        }
        found.each_leads |= captures.get(2).is_some();
        match clause.contains("牵头") {
            true => found.lead.extend(listed),
            false => found.responsible.extend(listed),
        }
        // “…，市公安局、市财政局配合” right behind it.
        for next in clauses.iter().skip(at + 1) {
            let clause = Text::new(text.slice(next.clone()));
            let Some(said) =
                phrase(&clause).filter(|said| !said.assist.is_empty() && said.lead.is_empty())
            else {
                break;
            };
            found.join(said);
        }
        return;
    }
}
