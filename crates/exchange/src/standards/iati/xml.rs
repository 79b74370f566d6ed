//! XML elements with their attributes and children, escaped.

/// An element on its way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    pub fn new(name: &'static str) -> Element {
        Element { name, ..Element::default() }
    }

    /// An element of a code, as the standard has most.
    pub fn code(name: &'static str, code: &str) -> Element {
        Element::new(name).attribute("code", code)
    }

    pub fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push((name, value.into()));
        self
    }

    pub fn attribute_opt(self, name: &'static str, value: Option<String>) -> Element {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    pub fn text(mut self, text: impl Into<String>) -> Element {
        self.text = text.into();
        self
    }

    /// Puts words as the standard has them, in a narrative of their own.
    pub fn narrative(self, words: &str) -> Element {
        self.child(Element::new("narrative").text(words))
    }

    pub fn child(mut self, child: Element) -> Element {
        self.children.push(child);
        self
    }

    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children);
        self
    }

    pub fn write(&self, out: &mut String, level: usize) {
        let indent = "  ".repeat(level);
        out.push_str(&format!("{indent}<{}", self.name));
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
        if self.children.is_empty() && self.text.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        out.push_str(&escaped(&self.text));
        if !self.children.is_empty() {
            out.push('\n');
            self.children.iter().for_each(|child| child.write(out, level + 1));
            out.push_str(&indent);
        }
        out.push_str(&format!("</{}>\n", self.name));
    }
}

/// The text with what XML means otherwise written out, and without the control characters
/// that XML 1.0 cannot hold at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
