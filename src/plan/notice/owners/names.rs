//! Lists of units → names, and what reads like the name of a unit.

use crate::names::look_key;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;
use std::ops::Range;

pattern!(
    AFTER_NAME,
    "(?:等)?(?:按(?:照)?(?:各自)?(?:职责|职能|分工).*|分工负责|分别负责|共同负责|具体负责|负责落实|负责|分别|牵头|配合)$|等(?:有关|相关|市直|县直)?(?:部门|单位)?(?:\\(.*\\))?$|等$"
);

/// Splits a list of units. Brackets inside a name stay with it, and so does 和 inside one.
pub(in crate::plan::notice) fn names(list: &str) -> Vec<String> {
    let text = Text::new(list.trim());
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut depth = 0i32;
    let mut start = 0;
    for (at, sign) in text.plain.char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '、' | ',' | ';' | '\n' | '/' | '|' if depth <= 0 => {
                pieces.push(start..at);
                start = at + sign.len_utf8();
            }
            ' ' if depth <= 0 && is_unit(text.plain[start..at].trim()) => {
                pieces.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(start..text.plain.len());
    let mut found: Vec<String> = Vec::new();
    for piece in together(&text, pieces) {
        for part in at_and(&text, piece) {
            let raw = text.slice(part).trim();
            let plain = Text::new(raw);
            let end = AFTER_NAME
                .find(&plain.plain)
                .map_or(plain.plain.len(), |tail| tail.start());
            let from = plain.plain.len() - plain.plain.trim_start_matches('由').len();
            let name = plain
                .slice(from.min(end)..end)
                .trim()
                .trim_matches(['。', '.', '：', ':'])
                .to_owned();
            if !name.is_empty() && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// Joins what a comma parts inside one name: “各县、区人民政府”, “各县委、人民政府”.
fn together(text: &Text, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        let plain = text.plain[piece.clone()].trim();
        let is_end = matches!(
            plain,
            "人民政府" | "政府" | "管委会" | "办事处" | "区人民政府" | "区政府"
        );
        let before = joined
            .last()
            .map(|last| text.plain[last.clone()].trim().to_owned());
        let is_open = before.as_ref().is_some_and(|before| {
            matches!(
                before.as_str(),
                "各县"
                    | "各市"
                    | "各区"
                    | "各乡"
                    | "各镇"
                    | "各区县"
                    | "各县市"
                    | "各市县"
                    | "各旗"
                    | "各乡镇"
                    | "各省"
                    | "各自治区"
            )
        });
        let goes_on =
            is_open && plain.starts_with(['县', '市', '区', '乡', '镇', '旗', '自', '直', '(']);
        match joined.last_mut() {
            Some(last)
                if goes_on || (is_end && before.is_some_and(|before| before.starts_with('各'))) =>
            {
                last.end = piece.end
            }
            Some(_) | None => joined.push(piece),
        }
    }
    joined
}

/// Splits “市公安局和市财政局”, but not “市发展和改革局”: what stands before 和 must be a unit.
fn at_and(text: &Text, piece: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = piece.start;
    let plain = &text.plain[piece.clone()];
    for (at, sign) in plain.char_indices() {
        let at = piece.start + at;
        if at < start || !matches!(sign, '和' | '及' | '与' | '以') {
            continue;
        }
        let word = match sign {
            '以' if text.plain[at..].starts_with("以及") => "以及".len(),
            '以' => continue,
            _ => sign.len_utf8(),
        };
        let before = text.plain[start..at].trim();
        let after = text.plain[at + word..piece.end].trim();
        if signs::length(before) >= 3
            && is_unit(before)
            && !before.ends_with(['会', '站', '院'])
            && is_unit(after)
        {
            parts.push(start..at);
            start = at + word;
        }
    }
    parts.push(start..piece.end);
    parts
}

pattern!(
    UNIT,
    "(?:局|委|办|厅|部|院|政府|管委会|办公室|单位|部门|县|区|市|镇|乡|街道|办事处|党校|大学|学院|学校|银行|法院|检察院|工会|妇联|联合会|工商联|科协|社联|残联|文联|侨联|军分区|武警.{0,10}|支队|总队|大队|中队|指挥部|委员会|领导小组|工作组|专班|海关|日报社|报社|电视台|广播台|台|中心|公司|集团|政法委|人武部|协会|学会|商会|红十字会|供销社|联社|园区|开发区|新区|高新区|功能区|保护区|景区|林场|农场|分公司|分局|医院|公安机关|管理处|管理所|服务所|气象站|监测站|站|所|队|组|处|科|署|会|社|馆|县市区|县区|区县|市县|市直|县直|企业|机构|团体|成员|乡镇|镇街|街镇|镇办|乡办|村居|村|社区|电网|铁塔|电信|移动|联通|纪委监委|监委|编办|组织部|宣传部|统战部|团市委|团县委|团省委|团区委|团委|处室|科室)(?:\\([^()]*(?:\\([^()]*\\)[^()]*)*\\))?(?:人民政府|政府|管委会|办事处|机关|各部门)?$"
);

/// Tells whether a text is the name of a unit or a group of units, as far as its end tells.
pub(in crate::plan::notice) fn is_unit(plain: &str) -> bool {
    let plain = plain.trim();
    let length = signs::length(plain);
    (2..=40).contains(&length)
        && UNIT.is_match(plain)
        && !plain.contains(['。', '“', '《', ':', '%'])
        && !NO_UNIT.is_match(plain)
}

pattern!(
    NO_UNIT,
    "^组织[^部]|^建设[^局厅委]|^(?:加强|推进|完善|建立|做好|开展|落实|提高|提升|强化|健全|实现|确保|通过|按照|根据|对|在|以|把|为|从|不|并|及时|积极|认真|进一步|深入|全面|切实|继续|指导|督促|配合|协助|一是|二是|共同|会同|(?:含|不含|包括|其中|以下|简称|原|见|附|详见|试行|讨论稿|征求意见稿))|的$|工作部$|机会$|社会$|全会$|大会$|市场$|内部$|全部$|干部$|外部$|局部$|范围内.*|[0-9]{2,}|组织机构$|体系$|力量$"
);

/// Returns what two spellings of a name have in common: without brackets, and without what only says
/// that a place has a government.
pub(in crate::plan::notice) fn key(name: &str) -> String {
    let key = look_key(&signs::plain(name));
    let bare = ["人民政府", "管理委员会", "管委会", "政府"]
        .iter()
        .find_map(|end| key.strip_suffix(end));
    match bare {
        Some(bare)
            if bare.chars().count() >= 2
                && !matches!(bare, "省" | "市" | "县" | "区")
                && !bare.ends_with("直") =>
        {
            bare.to_owned()
        }
        Some(_) | None => key,
    }
}

/// Tells whether a name means every county of a city: “各县(市、区)”, “各区县”.
pub(in crate::plan::notice) fn is_all_counties(plain: &str) -> bool {
    COUNTIES.is_match(plain)
}

pattern!(
    COUNTIES,
    "^各(?:县|区|市)?(?:县|区|市|\\((?:市|县|区|、|，|,)+\\))+(?:人民政府|政府)?$"
);
