//! Elements of the XML of Word: built in order, written with every text escaped.

use crate::render::safe::one_line;
use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesEnd;
use quick_xml::events::BytesStart;
use quick_xml::events::BytesText;
use quick_xml::events::Event;

/// The namespaces of a part of a paper.
pub(super) const SPACES: [(&str, &str); 2] = [
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
];

/// An element with its attributes and what is in it.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    within: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// Returns an empty element.
pub(super) fn element(name: &'static str) -> Element {
    Element {
        name,
        attributes: Vec::new(),
        within: Vec::new(),
    }
}

/// Returns an element whose only attribute is its value.
pub(super) fn valued(name: &'static str, value: impl ToString) -> Element {
    element(name).set("w:val", value)
}

impl Element {
    /// Sets an attribute; its text is made safe.
    pub(super) fn set(mut self, name: &'static str, value: impl ToString) -> Element {
        let value = one_line(&value.to_string()).into_owned();
        self.attributes.push((name, value));
        self
    }

    /// Puts an element behind what is in it.
    pub(super) fn with(mut self, child: Element) -> Element {
        self.push(child);
        self
    }

    /// Puts elements behind what is in it.
    pub(super) fn with_all(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.within.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Puts a text behind what is in it; it is made safe and stands on one line.
    pub(super) fn text(mut self, text: &str) -> Element {
        self.within.push(Node::Text(one_line(text).into_owned()));
        self
    }

    /// Puts an element behind what is in it.
    pub(super) fn push(&mut self, child: Element) {
        self.within.push(Node::Element(child));
    }

    /// Puts an element behind the first one in it.
    pub(super) fn put_second(&mut self, child: Element) {
        let at = self.within.len().min(1);
        self.within.insert(at, Node::Element(child));
    }

    /// Tells whether it has an element of a name in it.
    pub(super) fn has(&mut self, name: &str) -> bool {
        self.first_mut(name).is_some()
    }

    /// Returns its name.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the first element in it that has a name.
    pub(super) fn first_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.within.iter_mut().find_map(|node| match node {
            Node::Element(element) if element.name == name => Some(element),
            Node::Element(_) | Node::Text(_) => None,
        })
    }

    /// Returns a whole part of a paper.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new());
        let declaration = BytesDecl::new("1.0", Some("UTF-8"), Some("yes"));
        put(&mut writer, Event::Decl(declaration));
        self.write(&mut writer);
        writer.into_inner()
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) {
        let attributes = self
            .attributes
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let start = BytesStart::new(self.name).with_attributes(attributes);
        if self.within.is_empty() {
            return put(writer, Event::Empty(start));
        }
        put(writer, Event::Start(start));
        for node in &self.within {
            match node {
                Node::Element(element) => element.write(writer),
                Node::Text(text) => put(writer, Event::Text(BytesText::new(text))),
            }
        }
        put(writer, Event::End(BytesEnd::new(self.name)));
    }
}

fn put(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    writer.write_event(event).expect("memory takes every event");
}
