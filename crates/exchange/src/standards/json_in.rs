//! JSON as others send it: within bounds, one item of a long list at a time, every value
//! with its pointer (RFC 6901), and what nobody has read counted at the end.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use tici_domain::intake::{At, IntakeFile};
use tici_domain::{Problem, Severity};

use crate::limits::{FILE_BYTES_MAX, JSON_ITEMS_MAX, JSON_NODES_MAX, PROBLEMS_MAX};

const TOO_MANY_VALUES: &str = "tici: too many values";
const TOO_MANY_ITEMS: &str = "tici: too many items";
const NOT_A_LIST: &str = "tici: not a list";

/// One item of a list: the list's name, its index, the item, and a member it has twice.
pub(super) type Item<'a> = (&'a str, usize, Value, Option<String>);

/// Reads a file whose top is an object, handing out the items of `lists` one by one, or a
/// list, whose items have no list's name. Gives the members that are no such list; several
/// documents one behind another, one on each line, are items of a list without a name.
pub(super) fn items(
    bytes: &[u8],
    lists: &[&str],
    each: &mut dyn FnMut(Item<'_>),
) -> Result<Value, Box<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Box::new(Problem::error("file-empty")));
    }
    let mut read = serde_json::Deserializer::from_slice(bytes);
    let top = Top { lists, each }.deserialize(&mut read);
    top.and_then(|rest| read.end().map(|()| rest)).map_err(|error| Box::new(broken(&error)))
}

/// Opens a file: its size and, where it is packed, its content within bounds.
pub(super) fn open<'a>(
    name: &str,
    bytes: &'a [u8],
) -> (IntakeFile, Result<Cow<'a, [u8]>, Box<Problem>>) {
    use sha2::Digest;
    let sha256 = hex::encode(sha2::Sha256::digest(bytes));
    let file = IntakeFile { name: name.to_owned(), sha256, bytes: bytes.len() as u64 };
    if bytes.len() > FILE_BYTES_MAX {
        let problem = Problem::error("file-too-large");
        let problem = problem.arg("bytes", bytes.len()).arg("limit", FILE_BYTES_MAX);
        return (file, Err(Box::new(problem)));
    }
    let content = match bytes {
        [0x1f, 0x8b, ..] => crate::sheet::unpack_gzip(bytes).map(Cow::Owned),
        _ => Ok(Cow::Borrowed(bytes)),
    };
    (file, content)
}

fn broken(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let is = |words: &str| text.contains(words);
    let problem = if is("recursion limit exceeded") {
        Problem::error("json-too-deep")
    } else if is(TOO_MANY_VALUES) {
        Problem::error("json-too-many-values").arg("limit", JSON_NODES_MAX)
    } else if is(TOO_MANY_ITEMS) {
        Problem::error("json-too-many-items").arg("limit", JSON_ITEMS_MAX)
    } else if is(NOT_A_LIST) {
        Problem::error("json-not-a-list")
    } else {
        Problem::error("json-broken").arg("detail", text)
    };
    problem.at("", "", &format!("{}:{}", error.line(), error.column()))
}

struct Top<'a, 'l> {
    lists: &'a [&'l str],
    each: &'a mut dyn FnMut(Item<'_>),
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, read: D) -> Result<Value, D::Error> {
        read.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Value, A::Error> {
        Items { name: "", each: self.each }.visit_seq(seq)?;
        Ok(Value::Null)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let budget = Budget::default();
        let mut rest = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if self.lists.contains(&key.as_str()) {
                map.next_value_seed(Items { name: &key, each: self.each })?;
                rest.insert(key, Value::Null);
            } else {
                rest.insert(key, map.next_value_seed(Tree(&budget))?);
            }
        }
        Ok(Value::Object(rest))
    }
}

/// The items of one list.
struct Items<'a, 'n> {
    name: &'n str,
    each: &'a mut dyn FnMut(Item<'_>),
}

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, read: D) -> Result<(), D::Error> {
        read.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(NOT_A_LIST)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        for index in 0.. {
            let budget = Budget::default();
            let Some(item) = seq.next_element_seed(Tree(&budget))? else { break };
            if index >= JSON_ITEMS_MAX {
                return Err(A::Error::custom(TOO_MANY_ITEMS));
            }
            (self.each)((self.name, index, item, budget.twice.take()));
        }
        Ok(())
    }
}

/// How many values of an item have been read, and the first member it has twice.
#[derive(Default)]
struct Budget {
    nodes: Cell<usize>,
    twice: Cell<Option<String>>,
}

impl Budget {
    fn spend<E: serde::de::Error>(&self) -> Result<(), E> {
        self.nodes.set(self.nodes.get() + 1);
        match self.nodes.get() > JSON_NODES_MAX {
            true => Err(E::custom(TOO_MANY_VALUES)),
            false => Ok(()),
        }
    }
}

/// One value, counted.
#[derive(Clone, Copy)]
struct Tree<'a>(&'a Budget);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, read: D) -> Result<Value, D::Error> {
        self.0.spend()?;
        read.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(self)?;
            if members.insert(key.clone(), value).is_some() {
                self.0.twice.set(Some(key));
            }
        }
        Ok(Value::Object(members))
    }
}

/// What is said while one file is read.
#[derive(Default)]
pub(super) struct Reading {
    file: String,
    problems: RefCell<Vec<Problem>>,
    /// Pointers of what has been read of the item at hand.
    taken: RefCell<HashSet<String>>,
    /// What nobody read, by its path without numbers: how often, and where first.
    left: RefCell<BTreeMap<String, (usize, String)>>,
}

impl Reading {
    pub fn of(file: &str) -> Reading {
        Reading { file: file.to_owned(), ..Reading::default() }
    }

    /// Keeps a problem. Past four times what is ever listed, warnings are no longer kept,
    /// and of errors no more than are listed: a hostile file could have millions.
    pub fn say(&self, problem: Problem, at: &str) {
        let mut problems = self.problems.borrow_mut();
        let is_full = problems.len() >= 4 * PROBLEMS_MAX;
        let is_error = problem.severity == Severity::Error;
        if !is_full || (is_error && problems.len() < 5 * PROBLEMS_MAX) {
            problems.push(problem.at(&self.file, "", at));
        }
    }

    /// Counts what of an item nobody has read, the highest value of which nothing was.
    pub fn leave(&self, item: &Value, at: &str) {
        let taken = self.taken.take();
        let above: HashSet<&str> = taken.iter().flat_map(|pointer| ancestors(pointer)).collect();
        let mut left = self.left.borrow_mut();
        walk(item, at, "", &mut |pointer, path| {
            if taken.contains(pointer) {
                return false;
            }
            if above.contains(pointer) {
                return true;
            }
            left.entry(path.to_owned()).or_insert_with(|| (0, pointer.to_owned())).0 += 1;
            false
        });
    }

    /// Everything said, and what was left of all items.
    pub fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        for (path, (count, first)) in self.left.into_inner() {
            let problem = Problem::warning("standard-left").arg("element", path);
            problems.push(problem.arg("count", count).at(&self.file, "", &first));
        }
        crate::read::limited(problems)
    }
}

/// Every pointer above one, the root excepted.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    pointer.match_indices('/').map(|(end, _)| &pointer[..end])
}

/// Goes through a value; `enter` says whether to go on inside. Nothing is not worth a word.
fn walk(value: &Value, at: &str, path: &str, enter: &mut impl FnMut(&str, &str) -> bool) {
    let is_empty = match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    if is_empty || !enter(at, path) {
        return;
    }
    match value {
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                walk(item, &format!("{at}/{index}"), path, enter);
            }
        }
        Value::Object(members) => {
            for (key, item) in members {
                let inner = if path.is_empty() { key.clone() } else { format!("{path}/{key}") };
                walk(item, &below(at, key), &inner, enter);
            }
        }
        _ => {}
    }
}

fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// A value with its pointer.
#[derive(Clone)]
pub(super) struct Node<'v, 'r> {
    pub value: &'v Value,
    pub at: String,
    pub reading: &'r Reading,
}

impl<'v, 'r> Node<'v, 'r> {
    pub fn new(value: &'v Value, at: &str, reading: &'r Reading) -> Node<'v, 'r> {
        Node { value, at: at.to_owned(), reading }
    }

    pub fn say(&self, problem: Problem) {
        self.reading.say(problem, &self.at);
    }

    /// A value, with its pointer and as it stood.
    pub fn cell<T>(&self, value: T) -> At<T> {
        let raw = match self.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        At { value, cell: self.at.clone(), raw }
    }

    /// Counts the value, and everything in it, as read.
    pub fn take(&self) {
        self.reading.taken.borrow_mut().insert(self.at.clone());
    }

    /// A member that is there and not null.
    pub fn get(&self, key: &str) -> Option<Node<'v, 'r>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Node { value, at: below(&self.at, key), reading: self.reading })
    }

    /// A member anywhere below.
    pub fn find(&self, path: &[&str]) -> Option<Node<'v, 'r>> {
        path.iter().try_fold(self.clone(), |node, key| node.get(key))
    }

    /// The items of a list; anything else is said and has none.
    pub fn list(&self, key: &str) -> Vec<Node<'v, 'r>> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let Value::Array(list) = node.value else {
            node.take();
            node.say(Problem::warning("standard-not-list").arg("found", shown(node.value)));
            return Vec::new();
        };
        let items = list.iter().enumerate().filter(|(_, value)| !value.is_null());
        let item = |(index, value)| Node { value, at: format!("{}/{index}", node.at), ..*self };
        items.map(item).collect()
    }

    /// Words of a member; a number is taken for its digits, with a word on it.
    pub fn text(&self, key: &str) -> Option<At<String>> {
        self.get(key)?.as_text()
    }

    pub fn as_text(&self) -> Option<At<String>> {
        self.take();
        match self.value {
            Value::String(text) if text.trim().is_empty() => {
                self.say(Problem::warning("standard-empty"));
                None
            }
            Value::String(text) => Some(self.cell(text.trim().to_owned())),
            Value::Number(number) => {
                self.say(Problem::warning("standard-not-text").arg("found", number));
                Some(self.cell(number.to_string()))
            }
            other => {
                self.say(Problem::warning("standard-not-text").arg("found", shown(other)));
                None
            }
        }
    }

    /// The digits of a number; words that are a number are taken, with a word on them.
    pub fn number(&self, key: &str) -> Option<At<String>> {
        let node = self.get(key)?;
        node.take();
        match node.value {
            Value::Number(number) => Some(node.cell(number.to_string())),
            Value::String(text) if text.trim().parse::<f64>().is_ok() => {
                node.say(Problem::warning("standard-number-as-text").arg("found", text));
                Some(node.cell(text.trim().to_owned()))
            }
            other => {
                node.say(Problem::warning("standard-not-number").arg("found", shown(other)));
                None
            }
        }
    }

    /// The day of a moment, as its own clock has it.
    pub fn date(&self, key: &str) -> Option<At<Date>> {
        let node = self.get(key)?;
        let at = node.as_text()?;
        let day = at.value.get(..10).and_then(|day| day.parse::<Date>().ok());
        let Some(day) = day else {
            node.say(Problem::warning("standard-not-date").arg("found", &at.value));
            return None;
        };
        if at.value.len() == 10 {
            node.say(Problem::warning("standard-date-alone").arg("found", &at.value));
        } else if at.value.parse::<jiff::Timestamp>().is_err() {
            node.say(Problem::warning("standard-not-moment").arg("found", &at.value));
        }
        Some(node.cell(day))
    }
}

/// A value for a message, cut short.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
