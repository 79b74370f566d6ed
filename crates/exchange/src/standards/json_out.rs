//! JSON with its members in the order they are put, numbers as exact decimals, and nothing
//! that is empty: the standards here refuse empty lists, objects and texts.

/// A value on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Text(String),
    /// An exact decimal.
    Number(String),
    List(Vec<Json>),
    Object(Object),
}

/// Members in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Object(Vec<(String, Json)>);

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Json {
        Json::Object(object)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(list: Vec<T>) -> Json {
        Json::List(list.into_iter().map(Into::into).collect())
    }
}

impl Json {
    fn is_empty(&self) -> bool {
        match self {
            Json::Null => true,
            Json::Text(text) | Json::Number(text) => text.is_empty(),
            Json::List(list) => list.is_empty(),
            Json::Object(Object(members)) => members.is_empty(),
        }
    }

    /// Writes the value, two blanks for each level.
    pub fn write(&self, out: &mut String, level: usize) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Text(text) => out.push_str(&quoted(text)),
            Json::Number(number) => out.push_str(number),
            Json::List(list) if list.iter().all(|item| matches!(item, Json::Number(_))) => {
                let numbers: Vec<String> = list.iter().map(Json::plain).collect();
                out.push_str(&format!("[{}]", numbers.join(", ")));
            }
            Json::List(list) => block(out, level, ('[', ']'), list, |out, item| {
                item.write(out, level + 1);
            }),
            Json::Object(Object(members)) => {
                block(out, level, ('{', '}'), members, |out, (key, value)| {
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.write(out, level + 1);
                });
            }
        }
    }

    fn plain(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }
}

impl Object {
    /// Puts a member, unless its value is empty.
    pub fn put(mut self, key: &str, value: impl Into<Json>) -> Object {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((key.to_owned(), value));
        }
        self
    }

    /// Puts a member that may not be there.
    pub fn opt(self, key: &str, value: Option<impl Into<Json>>) -> Object {
        match value {
            Some(value) => self.put(key, value),
            None => self,
        }
    }

    /// Puts a member also when it is empty, where a standard wants it there.
    pub fn always(mut self, key: &str, value: impl Into<Json>) -> Object {
        self.0.push((key.to_owned(), value.into()));
        self
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is always JSON")
}

fn block<T>(
    out: &mut String,
    level: usize,
    (open, close): (char, char),
    items: &[T],
    write: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(level + 1));
        write(out, item);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(level));
    out.push(close);
}
