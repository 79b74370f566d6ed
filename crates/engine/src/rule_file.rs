//! Reads a rule file (TOML) whole: every problem at once, each with its line and column,
//! and no key that nobody reads.

use tici_domain::ratio::Decimal;
use tici_domain::{Name, Problem};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A rule file is a page of text; anything much longer is another file.
pub const RULE_FILE_BYTES_MAX: usize = 256 * 1024;

/// What is being read, and what was wrong with it so far.
pub struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    pub problems: Vec<Problem>,
}

/// One table of the file, and which of its keys have been asked for.
pub struct Tab<'a> {
    table: &'a DeTable<'a>,
    /// Byte offset at which the table begins.
    at: usize,
    known: Vec<&'static str>,
}

/// The file's root table, kept by the caller while it is read.
pub fn parse<'t>(file: &'t str, text: &'t str) -> (Spanned<DeTable<'t>>, Reader<'t>) {
    let mut reader = Reader { file, text, problems: Vec::new() };
    let is_too_large = text.len() > RULE_FILE_BYTES_MAX;
    let (root, errors) = DeTable::parse_recoverable(if is_too_large { "" } else { text });
    if is_too_large {
        let problem = Problem::error("rules-too-large").arg("bytes", text.len());
        reader.problem(0, problem.arg("limit", RULE_FILE_BYTES_MAX));
    }
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.problem(at, Problem::error("rules-broken").arg("detail", error.message()));
    }
    (root, reader)
}

impl<'a> Tab<'a> {
    pub fn root(root: &'a Spanned<DeTable<'a>>) -> Tab<'a> {
        Tab { table: root.get_ref(), at: 0, known: Vec::new() }
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.keys().any(|known| known.get_ref() == key)
    }

    /// Every key of the table: for tables whose keys are data.
    pub fn keys(&self) -> Vec<(String, usize)> {
        self.table.keys().map(|key| (key.get_ref().to_string(), key.span().start)).collect()
    }

    /// Byte offset at which the table begins.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Byte offset of a key's value; of the table where the key is not there.
    pub fn at_key(&self, key: &str) -> usize {
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        found.map_or(self.at, |(_, value)| value.span().start)
    }

    /// Whether a key is there and its value is a text.
    pub fn is_text(&self, key: &str) -> bool {
        self.peek(key).is_some()
    }

    /// The text of a key, without asking for it: for deciding how to read on.
    pub fn peek(&self, key: &str) -> Option<&str> {
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        match found?.1.get_ref() {
            DeValue::String(text) => Some(text),
            _ => None,
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        found.map(|(_, value)| value)
    }
}

impl Reader<'_> {
    /// Adds a problem at a byte offset of the file.
    pub fn problem(&mut self, at: usize, problem: Problem) {
        let place = place_of(self.text, at);
        self.problems.push(problem.at(self.file, "", &place));
    }

    /// Adds a problem of a table as a whole.
    pub fn problem_of(&mut self, tab: &Tab, problem: Problem) {
        self.problem(tab.at, problem);
    }

    /// `line:column` of a byte offset of the file.
    pub fn place(&self, at: usize) -> String {
        place_of(self.text, at)
    }

    /// Name of the file that is read.
    pub fn file(&self) -> &str {
        self.file
    }

    /// Adds a problem at a key's value.
    pub fn problem_at_key(&mut self, tab: &Tab, key: &str, problem: Problem) {
        self.problem(tab.at_key(key), problem);
    }

    pub fn text(&mut self, tab: &mut Tab, key: &'static str) -> Option<String> {
        let value = tab.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => self.wrong(value, Problem::error("rules-not-text"), key),
        }
    }

    pub fn truth(&mut self, tab: &mut Tab, key: &'static str) -> Option<bool> {
        let value = tab.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(truth) => Some(*truth),
            _ => self.wrong(value, Problem::error("rules-not-truth"), key),
        }
    }

    /// A number as a whole number of 10^-`power`; one that does not fit exactly is refused.
    pub fn number(&mut self, tab: &mut Tab, key: &'static str, power: i32) -> Option<i64> {
        let value = tab.get(key)?;
        self.number_of(value, key, power)
    }

    /// A number exactly as it is written.
    pub fn decimal(&mut self, tab: &mut Tab, key: &'static str) -> Option<Decimal> {
        let value = tab.get(key)?;
        self.decimal_of(value, key)
    }

    /// A list of numbers exactly as they are written.
    pub fn decimals(&mut self, tab: &mut Tab, key: &'static str) -> Vec<Decimal> {
        let Some(value) = tab.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong::<()>(value, Problem::error("rules-not-list"), key);
            return Vec::new();
        };
        list.iter().filter_map(|item| self.decimal_of(item, key)).collect()
    }

    /// A list of lists of numbers, or of texts that say one (`"1/3"`), as they are written.
    pub fn rows(&mut self, tab: &mut Tab, key: &'static str) -> Vec<Vec<String>> {
        let Some(value) = tab.get(key) else { return Vec::new() };
        let DeValue::Array(rows) = value.get_ref() else {
            self.wrong::<()>(value, Problem::error("rules-not-list"), key);
            return Vec::new();
        };
        let mut read = Vec::new();
        for row in rows.iter() {
            let DeValue::Array(cells) = row.get_ref() else {
                self.wrong::<()>(row, Problem::error("rules-not-list"), key);
                continue;
            };
            let cell = |cell: &Spanned<DeValue>| match cell.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => self.decimal_of(cell, key).map(|decimal| decimal.to_string()),
            };
            read.push(cells.iter().filter_map(cell).collect());
        }
        read
    }

    fn decimal_of(&mut self, value: &Spanned<DeValue>, key: &str) -> Option<Decimal> {
        let decimal = match value.get_ref() {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(Decimal::whole)
            }
            DeValue::Float(number) => Decimal::parse(number.as_str()),
            _ => None,
        };
        match decimal {
            Some(decimal) => Some(decimal),
            None => self.wrong(value, Problem::error("rules-not-number"), key),
        }
    }

    fn number_of(&mut self, value: &Spanned<DeValue>, key: &str, power: i32) -> Option<i64> {
        let decimal = self.decimal_of(value, key)?;
        let scaled = decimal.scaled(power);
        let finer = decimal.scaled(power + 6);
        if scaled.and_then(|number| number.checked_mul(1_000_000)) != finer || finer.is_none() {
            let problem = Problem::error("rules-too-fine").arg("value", decimal);
            return self.wrong(value, problem.arg("decimals", power), key);
        }
        scaled
    }

    /// One of the words of `choices`.
    pub fn choice<T: Copy>(
        &mut self,
        tab: &mut Tab,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let word = self.text(tab, key)?;
        if let Some((_, found)) = choices.iter().find(|(name, _)| *name == word) {
            return Some(*found);
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let problem = Problem::error("rules-choice").arg("value", word);
        let problem = problem.arg("choices", names.join(", "));
        let value = tab.get(key)?;
        self.wrong(value, problem, key)
    }

    pub fn texts(&mut self, tab: &mut Tab, key: &'static str) -> Vec<(String, usize)> {
        let Some(value) = tab.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong::<()>(value, Problem::error("rules-not-list"), key);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), item.span().start)),
                _ => {
                    self.wrong::<()>(item, Problem::error("rules-not-text"), key);
                }
            }
        }
        texts
    }

    /// A list of words of `choices`.
    pub fn choices<T: Copy>(
        &mut self,
        tab: &mut Tab,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (word, at) in self.texts(tab, key) {
            match choices.iter().find(|(name, _)| *name == word) {
                Some((_, choice)) => found.push(*choice),
                None => {
                    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                    let problem = Problem::error("rules-choice").arg("value", &word);
                    let problem = problem.arg("choices", names.join(", ")).arg("key", key);
                    self.problem(at, problem);
                }
            }
        }
        found
    }

    /// A list of numbers in 10^-`power`.
    pub fn numbers(&mut self, tab: &mut Tab, key: &'static str, power: i32) -> Vec<i64> {
        let Some(value) = tab.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong::<()>(value, Problem::error("rules-not-list"), key);
            return Vec::new();
        };
        list.iter().filter_map(|item| self.number_of(item, key, power)).collect()
    }

    /// A name: a text, or a table of `text`, `hant` and `en`.
    pub fn name(&mut self, tab: &mut Tab, key: &'static str) -> Option<Name> {
        let value = tab.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Name::new(text.to_string())),
            DeValue::Table(table) => {
                let mut tab = Tab { table, at: value.span().start, known: Vec::new() };
                let text = self.text(&mut tab, "text");
                let (hant, en) = (self.text(&mut tab, "hant"), self.text(&mut tab, "en"));
                let text = self.needed(&tab, "text", text);
                self.end(&tab);
                Some(Name { text: text?, hant, en })
            }
            _ => self.wrong(value, Problem::error("rules-not-text"), key),
        }
    }

    pub fn table<'a>(&mut self, tab: &mut Tab<'a>, key: &'static str) -> Option<Tab<'a>> {
        let value = tab.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Tab { table, at: value.span().start, known: Vec::new() }),
            _ => self.wrong(value, Problem::error("rules-not-table"), key),
        }
    }

    /// The tables of a list: `[[item]]`, or tables between brackets.
    pub fn tables<'a>(&mut self, tab: &mut Tab<'a>, key: &'static str) -> Vec<Tab<'a>> {
        let Some(value) = tab.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong::<()>(value, Problem::error("rules-not-list"), key);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in list.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    tables.push(Tab { table, at: item.span().start, known: Vec::new() });
                }
                _ => {
                    self.wrong::<()>(item, Problem::error("rules-not-table"), key);
                }
            }
        }
        tables
    }

    /// The numbers of a table whose keys are data, in 10^-`power`.
    pub fn numbers_by_key(&mut self, tab: &Tab, power: i32) -> Vec<(String, i64)> {
        let mut numbers = Vec::new();
        for (key, value) in tab.table.iter() {
            if let Some(number) = self.number_of(value, key.get_ref(), power) {
                numbers.push((key.get_ref().to_string(), number));
            }
        }
        numbers
    }

    /// Passes on what was read, and says so when the key is not there at all.
    pub fn needed<T>(&mut self, tab: &Tab, key: &'static str, read: Option<T>) -> Option<T> {
        if read.is_none() && !tab.has(key) {
            self.problem(tab.at, Problem::error("rules-missing-key").arg("key", key));
        }
        read
    }

    /// Refuses every key that nobody asked for.
    pub fn end(&mut self, tab: &Tab) {
        for (key, _) in tab.table.iter() {
            if !tab.known.iter().any(|known| key.get_ref() == *known) {
                let mut known = tab.known.clone();
                known.sort_unstable();
                known.dedup();
                let problem = Problem::error("rules-unknown-key").arg("key", key.get_ref());
                self.problem(key.span().start, problem.arg("known", known.join(", ")));
            }
        }
    }

    fn wrong<T>(&mut self, value: &Spanned<DeValue>, problem: Problem, key: &str) -> Option<T> {
        self.problem(value.span().start, problem.arg("key", key));
        None
    }
}

/// `line:column` of a byte offset, both counted from 1.
fn place_of(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("{line}:{column}")
}
