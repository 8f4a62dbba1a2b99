//! What a notice says, for machines.

use crate::document::Document;
use crate::figures::Amount;
use crate::lang::Lang;
use crate::lang::notice as say;
use crate::plan::notice::Item;
use crate::plan::notice::Measure;
use crate::plan::notice::Notice;
use crate::table::Datum;

/// Returns what was read of a notice, key by key.
pub fn document(notice: &Notice, lang: Lang) -> Document {
    let chapters = notice.chapters.iter().map(|chapter| {
        Datum::Map(vec![
            ("label", maybe(chapter.label.as_deref())),
            ("title", text(&chapter.title)),
        ])
    });
    let duties = notice
        .duties
        .iter()
        .map(|duty| Datum::Map(vec![("text", text(&duty.text)), ("line", line(duty.line))]));
    let left_out = notice.left_out.iter().map(|left| {
        Datum::Map(vec![
            ("line", line(left.line)),
            ("text", text(&left.text)),
            ("why", text(say::why(left.why).text(lang))),
        ])
    });
    let doubts = notice.doubts.iter().map(|doubt| {
        Datum::Map(vec![
            ("code", text(doubt.code.code())),
            ("line", line(doubt.line)),
            (
                "words",
                maybe(Some(doubt.words.as_str()).filter(|words| !words.is_empty())),
            ),
            ("message", text(doubt.message.text(lang))),
        ])
    });
    let title = notice.title.clone().unwrap_or_default();
    Document {
        data: vec![
            ("schema", text("duban/notice@1")),
            ("title", maybe(notice.title.as_deref())),
            ("number", maybe(notice.number.as_deref())),
            ("issuer", maybe(notice.issuer.as_deref())),
            (
                "issued",
                notice
                    .issued
                    .map_or(Datum::Null, |day| text(&day.to_string())),
            ),
            ("addressees", texts(&notice.addressees)),
            ("chapters", Datum::List(chapters.collect())),
            (
                "measures",
                Datum::List(
                    notice
                        .measures
                        .iter()
                        .map(|measure| of_measure(notice, measure))
                        .collect(),
                ),
            ),
            ("duties", Datum::List(duties.collect())),
            ("left_out", Datum::List(left_out.collect())),
            ("doubts", Datum::List(doubts.collect())),
        ],
        title,
        blocks: Vec::new(),
        lang: lang.code(),
    }
}

fn of_measure(notice: &Notice, measure: &Measure) -> Datum {
    let chapter = &notice.chapters[measure.chapter];
    Datum::Map(vec![
        ("id", text(&measure.id)),
        ("chapter", text(&(measure.chapter + 1).to_string())),
        ("chapter_title", text(&chapter.title)),
        ("groups", texts(&measure.groups)),
        ("label", maybe(measure.label.as_deref())),
        ("title", text(&measure.title)),
        ("text", text(&measure.text)),
        ("line", line(measure.line)),
        ("lead", texts(&measure.lead)),
        ("assist", texts(&measure.assist)),
        (
            "items",
            Datum::List(measure.items.iter().map(of_item).collect()),
        ),
    ])
}

fn of_item(item: &Item) -> Datum {
    let quantity = item.quantity.as_ref().map_or(Datum::Null, |quantity| {
        Datum::Map(vec![
            ("amount", amount(quantity.amount)),
            ("unit", text(&quantity.unit)),
        ])
    });
    Datum::Map(vec![
        ("title", text(&item.title)),
        ("kind", text(item.kind.code())),
        ("every", maybe(item.every.map(|every| every.code()))),
        ("due_day", item.due_day.map_or(Datum::Null, line)),
        ("due_in", maybe(item.due_in.map(|due_in| due_in.code()))),
        (
            "due",
            item.due.map_or(Datum::Null, |day| text(&day.to_string())),
        ),
        ("due_words", maybe(item.due_words.as_deref())),
        ("quantity", quantity),
    ])
}

/// Returns a whole amount as a number, any other as a text, so that no digit is lost.
fn amount(amount: Amount) -> Datum {
    const SCALE: u64 = 10_000;
    let parts = amount.ten_thousandths();
    match (parts % SCALE, i64::try_from(parts / SCALE)) {
        (0, Ok(whole)) => Datum::Int(whole),
        _ => text(&amount.to_string()),
    }
}

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

fn texts(list: &[String]) -> Datum {
    Datum::List(list.iter().map(|entry| text(entry)).collect())
}

fn maybe(value: Option<&str>) -> Datum {
    value.map_or(Datum::Null, text)
}

fn line(number: u32) -> Datum {
    Datum::Int(i64::from(number))
}
