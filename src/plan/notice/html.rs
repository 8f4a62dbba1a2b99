//! A web page → lines and tables. Only the tokenizer is used: no tree is built, so no nesting is too
//! deep, and nothing of the page is run or fetched.

use crate::plan::notice::page::Block;
use crate::plan::notice::page::Frame;
use crate::plan::notice::page::Line;
use crate::plan::notice::page::OpenCell;
use crate::plan::notice::page::OpenTable;
use crate::plan::notice::page::tidy;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::BufferQueue;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::TagKind;
use html5ever::tokenizer::Token;
use html5ever::tokenizer::TokenSink;
use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::Tokenizer;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tokenizer::states::RawKind;
use std::cell::RefCell;

/// Tells whether a text is a web page.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(2000).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || [
            "<html", "<head", "<body", "<meta ", "<div", "<p>", "<p ", "<table", "<span",
        ]
        .iter()
        .any(|tag| start.contains(tag))
}

/// Returns the lines and tables of a web page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let sink = Sink(RefCell::new(Page::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    while let html5ever::TokenizerResult::Script(_) = tokenizer.feed(&queue) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        page.here = u32::try_from(line).unwrap_or(u32::MAX);
        match token {
            Token::CharacterTokens(text) => page.text(&text),
            Token::TagToken(tag) => return page.tag(&tag),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// The deepest nesting of tables that is kept apart; deeper ones join the table around them.
const TABLES: usize = 32;

/// The page as it is read.
#[derive(Default)]
struct Page {
    here: u32,
    text: String,
    /// The line at which the text began.
    began: u32,
    /// How many characters of it lead elsewhere.
    linked: usize,
    in_link: bool,
    heading: Option<u8>,
    /// How deep inside menus, headers and footers of the page.
    frame: usize,
    /// The numbers of the lists around, innermost last; `None` for lists without numbers.
    lists: Vec<Option<u32>>,
    item: Option<u32>,
    done: Vec<Block>,
    tables: Vec<OpenTable>,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.text.trim().is_empty() {
            self.began = self.here.saturating_sub(newlines(text.trim_end()));
            let leading = text.len() - text.trim_start().len();
            self.began += newlines(&text[..leading]);
        }
        // A line end of the source is only a blank; between Chinese signs it is nothing.
        let text = text.replace(['\n', '\r'], " ");
        let text = match text.trim().is_empty() && self.text.is_empty() {
            true => "",
            false => &text,
        };
        if self.in_link {
            self.linked += text.trim().chars().count();
        }
        self.text.push_str(text);
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let is_start = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "script" if is_start => return TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" if is_start => {
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "textarea" | "title" if is_start => return self.skip(tag),
            "title" | "textarea" | "script" | "style" => self.text.clear(),
            "a" => self.in_link = is_start && attribute(tag, "href").is_some(),
            "br" => self.line(),
            "nav" | "footer" | "aside" | "select" | "button" | "form" | "noscript" => {
                self.line();
                match (is_start, &*tag.name) {
                    // A form may be the whole page: many old servers wrap all of it in one.
                    (_, "form") => {}
                    (true, _) => self.frame += 1,
                    (false, _) => self.frame = self.frame.saturating_sub(1),
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.line();
                let level = tag.name.as_bytes()[1] - b'0';
                self.heading = is_start.then_some(level);
            }
            "ol" | "ul" => self.list(tag, is_start),
            "li" => {
                self.line();
                if is_start && let Some(Some(number)) = self.lists.last_mut() {
                    *number = value(tag).unwrap_or(*number + 1);
                    self.item = Some(*number);
                }
            }
            "table" => self.table(is_start),
            "tr" => {
                self.line();
                if is_start && let Some(table) = self.tables.last_mut() {
                    table.rows.push((self.here, Vec::new()));
                }
            }
            "td" | "th" => self.cell(tag, is_start),
            "p" | "div" | "section" | "article" | "main" | "header" | "body" | "html" | "head"
            | "center" | "blockquote" | "dl" | "dt" | "dd" | "pre" | "hr" | "caption" | "thead"
            | "tbody" | "tfoot" | "option" | "fieldset" | "address" | "figure" | "label" => {
                self.line();
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn skip(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        self.line();
        match &*tag.name {
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn list(&mut self, tag: &Tag, is_start: bool) {
        self.line();
        match (is_start, &*tag.name) {
            (true, "ol") => {
                let start = attribute(tag, "start").and_then(|start| start.parse().ok());
                let is_numbered = attribute(tag, "type").is_none_or(|kind| kind == "1");
                let first: u32 = start.unwrap_or(1);
                self.lists
                    .push(is_numbered.then(|| first.saturating_sub(1)));
            }
            (true, _) => self.lists.push(None),
            (false, _) => {
                self.lists.pop();
            }
        }
        self.lists.truncate(64);
    }

    fn table(&mut self, is_start: bool) {
        self.line();
        match is_start {
            true if self.tables.len() < TABLES => self.tables.push(OpenTable::default()),
            true => {}
            false => {
                if let Some(table) = self.tables.pop() {
                    let blocks = table.close();
                    self.put(blocks);
                }
            }
        }
    }

    fn cell(&mut self, tag: &Tag, is_start: bool) {
        self.line();
        let here = self.here;
        if let Some(table) = self.tables.last_mut()
            && is_start
        {
            if table.rows.is_empty() {
                table.rows.push((here, Vec::new()));
            }
            let span = |name: &str| {
                let span = attribute(tag, name).and_then(|span| span.trim().parse().ok());
                span.unwrap_or(1)
            };
            let cell = OpenCell {
                wide: span("colspan"),
                tall: span("rowspan"),
                ..OpenCell::default()
            };
            if let Some((_, cells)) = table.rows.last_mut() {
                cells.push(cell);
            }
        }
    }

    /// Ends the line that is being read.
    fn line(&mut self) {
        let text = tidy(&self.text);
        self.text.clear();
        let linked = std::mem::take(&mut self.linked);
        if text.is_empty() {
            return;
        }
        let item = self.item.take();
        let length = text.chars().count();
        let is_frame = self.frame > 0 || linked * 5 > length * 4;
        let text = match item {
            Some(number) if !text.starts_with(|sign: char| sign.is_ascii_digit()) => {
                format!("{number}. {text}")
            }
            Some(_) | None => text,
        };
        let line = Line {
            text,
            number: self.began.max(1),
            heading: self.heading,
            frame: match is_frame {
                true => Frame::Outside,
                false => Frame::Inside,
            },
        };
        self.put(vec![Block::Line(line)]);
    }

    fn put(&mut self, blocks: Vec<Block>) {
        let cell = self
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut())
            .and_then(|(_, cells)| cells.last_mut());
        match cell {
            Some(cell) => cell.blocks.extend(blocks),
            None => self.done.extend(blocks),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.line();
        while let Some(table) = self.tables.pop() {
            let blocks = table.close();
            self.put(blocks);
        }
        self.done
    }
}

fn newlines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let found = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}

fn value(tag: &Tag) -> Option<u32> {
    attribute(tag, "value").and_then(|value| value.parse().ok())
}
