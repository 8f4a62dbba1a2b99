//! Laws: no line of a notice is lost, and nothing is read that it does not hold.

use super::bytes;
use super::check_draft;
use super::folders;
use super::read;
use duban::lang::Lang;
use duban::plan::notice;
use duban::plan::notice::Notice;
use duban::plan::notice::Wishes;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Returns a text without blanks, so that joined and wrapped lines compare.
fn key(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '|')
        .collect()
}

/// Returns everything that a notice kept, without blanks.
fn kept(notice: &Notice) -> String {
    let mut kept = String::new();
    let chapters = notice.chapters.iter().map(|chapter| {
        format!(
            "{0}、{1}{0}{1}",
            chapter.label.as_deref().unwrap_or_default(),
            chapter.title
        )
    });
    for text in chapters
        .chain(notice.measures.iter().map(|measure| measure.text.clone()))
        .chain(
            notice
                .measures
                .iter()
                .flat_map(|measure| measure.groups.clone()),
        )
        .chain(notice.duties.iter().map(|duty| duty.text.clone()))
        .chain(notice.left_out.iter().map(|left| left.text.clone()))
        .chain(notice.headings.iter().map(|placed| placed.text.clone()))
        .chain(notice.head.iter().map(|placed| placed.text.clone()))
    {
        kept.push_str(&key(&text));
        kept.push('\n');
    }
    kept
}

/// Checks that each piece of each line stands somewhere.
#[track_caller]
fn check_nothing_lost(text: &str, notice: &Notice) {
    let kept = kept(notice);
    for (at, line) in text.lines().enumerate() {
        for piece in line.split([
            '。', '，', '、', '；', '：', '（', '）', '(', ')', '|', '\t', '〔', '〕', ' ',
            '\u{3000}', '\u{a0}', '．', '.', ',', ':', '《', '》',
        ]) {
            let piece = key(piece);
            assert!(
                kept.contains(&piece),
                "line {}: `{piece}` of `{line}` is lost\n{kept}",
                at + 1
            );
        }
    }
}

/// Checks that names, titles and words are the notice's own.
#[track_caller]
fn check_nothing_invented(text: &str, notice: &Notice) {
    let text = key(text);
    let has = |what: &str| text.contains(&key(what));
    for name in &notice.addressees {
        assert!(has(name), "addressee {name}");
    }
    for measure in &notice.measures {
        for name in measure.lead.iter().chain(&measure.assist) {
            assert!(has(name), "{}: {name}", measure.id);
        }
        let label = measure.label.as_deref().unwrap_or_default();
        assert!(has(label), "{}: label {label}", measure.id);
        for item in &measure.items {
            if let Some(words) = &item.due_words {
                assert!(has(words), "{}: {words}", measure.id);
            }
            // A day has words that say it.
            assert!(
                item.due.is_none() || item.due_words.is_some(),
                "{}",
                measure.id
            );
        }
    }
    for doubt in notice.doubts.iter().filter(|doubt| doubt.line > 0) {
        for part in doubt.words.split('、') {
            assert!(
                has(part)
                    || text.contains(&fold(&key(part)))
                    || folded(&text).contains(&fold(&key(part))),
                "{doubt:?}"
            );
        }
    }
}

fn fold(text: &str) -> String {
    text.replace(['（', '【', '〔'], "(")
        .replace(['）', '】', '〕'], ")")
        .replace(['，'], ",")
        .replace('：', ":")
}

fn folded(text: &str) -> String {
    fold(text)
}

#[test]
fn no_line_of_a_text_is_lost_and_no_name_invented() {
    for folder in folders() {
        let Ok(text) = fs::read_to_string(folder.join("input.txt")) else {
            continue;
        };
        let Ok(notice) = read(text.as_bytes()) else {
            continue;
        };
        println!("{}", folder.display());
        check_nothing_lost(&text, &notice);
        check_nothing_invented(&text, &notice);
    }
}

/// Pieces of which notices are made, good and bad.
fn piece() -> impl Strategy<Value = String> {
    let marks = prop_oneof![
        Just("一、"),
        Just("二、"),
        Just("三、"),
        Just("（一）"),
        Just("（二）"),
        Just("㈠"),
        Just("1."),
        Just("2."),
        Just("3、"),
        Just("（1）"),
        Just("①"),
        Just("②"),
        Just("一是"),
        Just("二是"),
        Just("1.1"),
        Just("第一部分"),
        Just(""),
    ];
    let heads = prop_oneof![
        Just("完善体系。"),
        Just("加强演练"),
        Just("修订预案，6月底前完成。"),
        Just("总体要求"),
        Just("保障措施。"),
        Just("每月25日前报送。"),
        Just("举办“百人百场”活动"),
        Just("于月底前完成"),
        Just("开展检查不少于次。"),
    ];
    let tails = prop_oneof![
        Just(""),
        Just("（市应急局牵头，市公安局配合）"),
        Just("责任单位：市水利局、各县（市、区）"),
        Just("牵头单位："),
        Just("（市财政局"),
        Just("。定期会商。"),
        Just("\t市教育局\t年底前"),
        Just("附件：1.清单"),
        Just("2021年3月日"),
    ];
    (marks, heads, tails).prop_map(|(mark, head, tail)| format!("{mark}{head}{tail}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn notices_of_any_pieces_lose_and_invent_nothing(
        pieces in proptest::collection::vec(piece(), 1..24),
        has_letter in any::<bool>(),
    ) {
        let letter = match has_letter {
            true => "云澜市政府办公室关于印发2021年工作计划的通知\n云府办〔2021〕3号\n各县（市、区）：\n现印发给你们。\n2021年3月1日\n2021年工作计划\n",
            false => "云澜市2021年工作计划\n",
        };
        let text = format!("{letter}{}", pieces.join("\n"));
        if let Ok(notice) = read(text.as_bytes()) {
            check_nothing_lost(&text, &notice);
            check_nothing_invented(&text, &notice);
            check_draft(&notice, Lang::Zh, Path::new("pieces"));
        }
    }

    #[test]
    fn any_bytes_give_a_notice_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_text_gives_a_notice_or_a_reason(text in "\\PC{0,400}") {
        let _ = read(text.as_bytes());
    }

    #[test]
    fn a_cut_or_changed_notice_gives_a_notice_or_a_reason(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let folders = folders();
        let mut notice = bytes(&folders[which.index(folders.len())]);
        let at = at.index(notice.len());
        notice[at] = byte;
        let _ = read(&notice);
        notice.truncate(at);
        let _ = read(&notice);
    }
}

#[test]
fn the_same_bytes_give_the_same_notice() {
    for folder in folders() {
        let bytes = bytes(&folder);
        assert_eq!(read(&bytes), read(&bytes));
    }
}

#[test]
fn a_year_that_is_said_is_taken() {
    let text = "云澜市应急管理工作计划\n一、甲。年底前完成。\n二、乙。\n";
    let wishes = Wishes {
        year: Some(2030),
        ..Wishes::default()
    };
    let notice = notice::read(text.as_bytes(), &wishes).unwrap();
    assert_eq!(notice.years, Some((2030, 2030)));
    assert_eq!(
        notice.measures[0].items[0].due.unwrap().to_string(),
        "2030-12-31"
    );
}
