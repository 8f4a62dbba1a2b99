//! html: one page that needs nothing else, runs nothing, and prints well on A4.

mod grid;

use crate::document::Block;
use crate::document::Document;
use crate::document::Formal;
use crate::document::Sheet;
use crate::document::Step;
use crate::lang::Lang;
use crate::render::Look;
use crate::render::chart;
use crate::render::formal;
use crate::render::safe::one_line;
use crate::table::Table;

/// The look of every page. A light is a square and a word: it survives a black-and-white printer.
const STYLE: &str = "\
@page { size: A4 landscape; margin: 14mm 12mm; }
body { margin: 2rem auto; padding: 0 1.5rem; max-width: 90rem; color: #1a1a1a; background: #fff;
  font: 15px/1.6 \"Source Han Serif SC\", \"Noto Serif CJK SC\", \"Songti SC\", SimSun, serif; }
h1 { font-size: 1.5rem; line-height: 1.35; margin: 0 0 .4rem; text-align: center; }
h2 { font-size: 1.2rem; margin: 1.6rem 0 .4rem; }
h3, h4, h5, h6 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
p { margin: .4rem 0; }
.subtitle { text-align: center; color: #444; margin: .1rem 0; }
.note { color: #444; font-size: .87rem; margin: .2rem 0; }
.scroll { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; font-variant-numeric: tabular-nums lining-nums; }
caption { font-weight: bold; padding: .3rem; }
th, td { padding: .3em .5em; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top; white-space: nowrap; }
.text { white-space: normal; overflow-wrap: anywhere; }
thead th { border-top: 2px solid #1a1a1a; border-bottom: 1px solid #1a1a1a; vertical-align: bottom; }
tbody tr:last-child td { border-bottom: 2px solid #1a1a1a; }
tr.total td { border-top: 1px solid #1a1a1a; border-bottom: 2px solid #1a1a1a; font-weight: bold; }
.right { text-align: right; }
.paper { display: none; }
.scroll th:first-child, .scroll td:first-child { position: sticky; left: 0; background: #fff; }
.light::before { content: \"\"; display: inline-block; width: .8em; height: .8em; margin-right: .35em;
  border: 1px solid rgba(0, 0, 0, .35); vertical-align: -.05em; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.light.red::before { background: #c8102e; }
.light.yellow::before { background: #f2b600; }
.light.green::before { background: #2e8b57; }
.light.done::before { background: #2f6db5; }
.light.grey::before { background: #b5b5b5; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: .6rem 0; }
dt { font-weight: bold; }
dd { margin: 0; }
code { font: .87rem/1.6 \"Noto Sans Mono CJK SC\", Consolas, monospace; }
svg { display: block; width: 100%; max-width: 48rem; height: auto; margin: .4rem 0; break-inside: avoid; }
section.upright, section.lying { margin: 0 auto; }
section.upright { max-width: 46rem; }
.official p { text-indent: 2em; text-align: justify; }
.official h2, .official h3 { text-indent: 2em; }
.official h3 { font-weight: normal; }
.official .number, .official .subtitle { text-indent: 0; text-align: center; }
.official .number { border-bottom: 2px solid #c8102e; padding-bottom: .7rem; margin-bottom: 1.8rem; }
.official .addressee, .official .note { text-indent: 0; text-align: left; }
.official .signature { text-align: right; margin-right: 4em; }
.official h2.annex { text-indent: 0; text-align: center; }
@page upright { size: A4 portrait; margin: 37mm 26mm 35mm 28mm; }
@page lying { size: A4 landscape; margin: 14mm 12mm; }
@media print {
  section.upright { page: upright; max-width: none; }
  section.lying { page: lying; }
  section + section { break-before: page; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }
  .scroll { overflow: visible; }
  .scroll th:first-child, .scroll td:first-child { position: static; }
  .screen { display: none; }
  .paper { display: block; margin: .8rem 0; }
  .paper + .paper { break-before: page; }
  th, td { padding: .2em .45em; }
  .p10 table { font-size: 10pt; }
  .p9 table { font-size: 9pt; }
  .p8 table { font-size: 8pt; }
  .p7 table { font-size: 7pt; }
  .p6 table { font-size: 6pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h1, h2, h3, h4, h5, h6, caption { break-after: avoid; }
}
";

/// Returns a page with one table.
pub(super) fn table(table: &Table, look: &Look) -> String {
    let mut body = format!("<h1>{}</h1>\n", escape(&table.title));
    for line in &table.subtitle {
        body += &element("p", "subtitle", line);
    }
    body += &grid::grid(table, None, look);
    page(&table.title, table.lang, &body)
}

/// Returns a page with the parts of a document.
pub(super) fn document(document: &Document, look: &Look) -> String {
    let title = format!("<h1>{}</h1>\n", escape(&document.title));
    let blocks = document.blocks.as_slice();
    let (above, rest) = match blocks {
        [number @ Block::Formal(Formal::Number(_)), rest @ ..] => (self::block(number, look), rest),
        blocks => (String::new(), blocks),
    };
    let mut body = above + &title;
    for block in rest {
        if let Block::Annex(annex) = block {
            body += &section(annex.sheet);
        }
        body += &self::block(block, look);
    }
    if blocks
        .iter()
        .any(|block| matches!(block, Block::Formal(_) | Block::Annex(_)))
    {
        body = format!(
            "<div class=\"official\">\n<section class=\"upright\">\n{body}</section>\n</div>\n"
        );
    }
    page(&document.title, document.lang, &body)
}

/// Ends the pages before an annex and begins its own.
fn section(sheet: Sheet) -> String {
    let class = match sheet {
        Sheet::Upright => "upright",
        Sheet::Lying => "lying",
    };
    format!("</section>\n<section class=\"{class}\">\n")
}

fn page(title: &str, lang: &str, body: &str) -> String {
    // A bare `zh` lets a browser choose Japanese forms of the signs.
    let lang = match Lang::from_code(lang) {
        Some(Lang::Zh) => "zh-CN",
        Some(Lang::En) | None => lang,
    };
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(lang),
        escape(title),
    )
}

fn block(block: &Block, look: &Look) -> String {
    match block {
        Block::Heading { level, text } => {
            let level = (*level).clamp(1, 5) + 1;
            format!("<h{level}>{}</h{level}>\n", escape(text))
        }
        Block::Paragraph(text) => format!("<p>{}</p>\n", escape(text)),
        Block::Facts(facts) => {
            let fact = |(name, value): &(String, String)| {
                format!("<dt>{}</dt><dd>{}</dd>\n", escape(name), escape(value))
            };
            let facts: String = facts.iter().map(fact).collect();
            format!("<dl>\n{facts}</dl>\n")
        }
        Block::List(texts) => {
            let items: String = texts
                .iter()
                .map(|text| format!("<li>{}</li>\n", escape(text)))
                .collect();
            format!("<ul>\n{items}</ul>\n")
        }
        Block::Table(table) => {
            let caption = (!table.title.is_empty()).then_some(table.title.as_str());
            let subtitle: String = table
                .subtitle
                .iter()
                .map(|line| element("p", "note", line))
                .collect();
            subtitle + &grid::grid(table, caption, look)
        }
        Block::Steps(steps) => {
            let step = |step: &Step| {
                let (text, command) = (escape(&step.text), escape(&step.command));
                format!("<li>{text}<br><code>{command}</code></li>\n")
            };
            let steps: String = steps.iter().map(step).collect();
            format!("<ul>\n{steps}</ul>\n")
        }
        Block::Chart(chart) => chart::svg(chart),
        Block::Formal(formal) => self::formal(formal, look.lang),
        Block::Annex(annex) => format!(
            "<h2 class=\"annex\">{}</h2>\n",
            escape(&formal::head(annex))
        ),
    }
}

fn formal(formal: &Formal, lang: Lang) -> String {
    let class = match formal {
        Formal::Number(_) => "number",
        Formal::Dateline(_) => "subtitle",
        Formal::Addressee(_) => "addressee",
        Formal::Annexes(_) => "annexes",
        Formal::Signature { .. } => "signature",
    };
    let lines = formal::lines(formal, lang);
    lines.iter().map(|line| element("p", class, line)).collect()
}

fn element(name: &str, class: &str, text: &str) -> String {
    format!("<{name} class=\"{class}\">{}</{name}>\n", escape(text))
}

/// Escapes a text for content and attributes alike; the only way for a text into a page.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in one_line(text).chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            char => escaped.push(char),
        }
    }
    escaped
}
