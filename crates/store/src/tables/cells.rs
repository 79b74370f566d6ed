//! Cells of a row, written and read one after the other in the order of the columns.

use crate::StoreError;
use crate::conn::{Row, Value};
use jiff::civil::Date;
use std::borrow::Cow;
use tici_domain::Name;

/// Cells on their way into the database.
pub(crate) struct Out<'a, 'v> {
    pub values: &'v mut Vec<Value<'a>>,
}

impl<'a> Out<'a, '_> {
    pub fn int(&mut self, value: i64) -> &mut Self {
        self.values.push(Value::Int(value));
        self
    }

    pub fn opt_int(&mut self, value: Option<i64>) -> &mut Self {
        self.values.push(Value::from(value));
        self
    }

    pub fn text(&mut self, value: &'a str) -> &mut Self {
        self.values.push(Value::from(value));
        self
    }

    pub fn opt_text(&mut self, value: Option<&'a str>) -> &mut Self {
        self.values.push(Value::from(value));
        self
    }

    /// A value that is stored as the text it prints as.
    pub fn printed(&mut self, value: impl ToString) -> &mut Self {
        self.values.push(Value::Text(Cow::Owned(value.to_string())));
        self
    }

    pub fn opt_printed(&mut self, value: Option<impl ToString>) -> &mut Self {
        let text = value.map(|value| Value::Text(Cow::Owned(value.to_string())));
        self.values.push(text.unwrap_or(Value::Null));
        self
    }

    /// The three columns of a name.
    pub fn name(&mut self, name: &'a Name) -> &mut Self {
        self.text(&name.text).opt_text(name.hant.as_deref()).opt_text(name.en.as_deref())
    }

    pub fn opt_name(&mut self, name: Option<&'a Name>) -> &mut Self {
        match name {
            Some(name) => self.name(name),
            None => self.opt_text(None).opt_text(None).opt_text(None),
        }
    }
}

/// Cells on their way out of the database.
pub(crate) struct In<'a> {
    row: &'a Row<'a>,
    next: usize,
}

impl<'a> In<'a> {
    pub fn new(row: &'a Row<'a>) -> In<'a> {
        In { row, next: 0 }
    }

    fn step(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    pub fn int(&mut self) -> Result<i64, StoreError> {
        let column = self.step();
        self.row.int(column)
    }

    pub fn opt_int(&mut self) -> Result<Option<i64>, StoreError> {
        let column = self.step();
        self.row.opt_int(column)
    }

    pub fn str(&mut self) -> Result<&'a str, StoreError> {
        let column = self.step();
        self.row.text(column)
    }

    pub fn opt_str(&mut self) -> Result<Option<&'a str>, StoreError> {
        let column = self.step();
        self.row.opt_text(column)
    }

    pub fn text(&mut self) -> Result<String, StoreError> {
        Ok(self.str()?.to_string())
    }

    pub fn opt_text(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.opt_str()?.map(str::to_string))
    }

    /// A code of the domain, read by its own parser.
    pub fn code<T>(&mut self, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let code = self.str()?;
        parse(code).ok_or_else(|| StoreError::damaged(format!("unknown code {code:?}")))
    }

    pub fn opt_code<T>(
        &mut self,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(code) = self.opt_str()? else { return Ok(None) };
        let read = parse(code);
        read.map(Some).ok_or_else(|| StoreError::damaged(format!("unknown code {code:?}")))
    }

    pub fn date(&mut self) -> Result<Date, StoreError> {
        read_date(self.str()?)
    }

    pub fn opt_date(&mut self) -> Result<Option<Date>, StoreError> {
        self.opt_str()?.map(read_date).transpose()
    }

    pub fn name(&mut self) -> Result<Name, StoreError> {
        Ok(Name { text: self.text()?, hant: self.opt_text()?, en: self.opt_text()? })
    }

    pub fn opt_name(&mut self) -> Result<Option<Name>, StoreError> {
        let (text, hant, en) = (self.opt_text()?, self.opt_text()?, self.opt_text()?);
        Ok(text.map(|text| Name { text, hant, en }))
    }

    /// A small list, kept as JSON.
    pub fn list<T: serde::de::DeserializeOwned>(&mut self) -> Result<Vec<T>, StoreError> {
        let json = self.str()?;
        serde_json::from_str(json).map_err(|error| StoreError::damaged(error.to_string()))
    }
}

fn read_date(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::damaged(format!("not a date: {text:?}")))
}

/// A small list as JSON.
pub(super) fn json_list<T: serde::Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).expect("a list of numbers or texts is always JSON")
}
