//! Reading the published cases, which lie beside the repository and not in it.

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/golden/forecast")
}

/// The case, or `None` after saying aloud that it is absent.
pub fn case(name: &str) -> Option<Value> {
    let file = folder().join(name);
    let Ok(text) = std::fs::read_to_string(&file) else {
        let must = std::env::var("TICI_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1");
        assert!(!must, "{name} is absent");
        eprintln!("skipped: ../shared/golden/forecast/{name} is absent");
        return None;
    };
    Some(serde_json::from_str(&text).expect("a golden file is JSON"))
}

/// Columns of a data file by name.
pub struct Table {
    names: Vec<String>,
    columns: HashMap<String, Vec<String>>,
}

impl Table {
    pub fn read(name: &str) -> Table {
        let file = folder().join("data").join(name);
        let mut reader = csv::Reader::from_path(&file).expect("the data beside a case");
        let names: Vec<String> =
            reader.headers().expect("a head").iter().map(str::to_owned).collect();
        let mut columns: HashMap<String, Vec<String>> = HashMap::new();
        for record in reader.records() {
            let record = record.expect("a row");
            for (name, value) in names.iter().zip(record.iter()) {
                columns.entry(name.clone()).or_default().push(value.to_owned());
            }
        }
        Table { names, columns }
    }

    /// The rows in which none of `names` is empty or NA.
    pub fn complete(mut self, names: &[&str]) -> Table {
        let rows = self.columns[&self.names[0]].len();
        let whole = |row: usize| names.iter().all(|name| !is_missing(&self.columns[*name][row]));
        let kept: Vec<usize> = (0..rows).filter(|row| whole(*row)).collect();
        for column in self.columns.values_mut() {
            *column = kept.iter().map(|row| column[*row].clone()).collect();
        }
        self
    }

    pub fn text(&self, name: &str) -> &[String] {
        &self.columns[name]
    }

    /// A column of numbers; NaN where nothing is written.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        let read = |text: &String| {
            if is_missing(text) { f64::NAN } else { text.parse().expect("a number") }
        };
        self.columns[name].iter().map(read).collect()
    }

    /// 1 where the column says `value`.
    pub fn is(&self, name: &str, value: &str) -> Vec<f64> {
        self.columns[name].iter().map(|text| f64::from(u8::from(text == value))).collect()
    }

    /// Numbers from 0 for the values of a column, in the order in which they come.
    pub fn codes(&self, name: &str) -> Vec<u32> {
        let mut seen: Vec<&String> = Vec::new();
        self.columns[name]
            .iter()
            .map(|text| match seen.iter().position(|other| *other == text) {
                Some(index) => index as u32,
                None => {
                    seen.push(text);
                    seen.len() as u32 - 1
                }
            })
            .collect()
    }
}

fn is_missing(text: &str) -> bool {
    text.is_empty() || text == "NA"
}

/// Numbers of a JSON list; `None` where it holds null.
pub fn list(value: &Value) -> Vec<Option<f64>> {
    match value {
        Value::Array(items) => items.iter().map(Value::as_f64).collect(),
        other => vec![other.as_f64()],
    }
}

/// Numbers of a JSON list that holds no null.
pub fn values(value: &Value) -> Vec<f64> {
    list(value).into_iter().map(|number| number.expect("a number")).collect()
}

/// Numbers of an object, by `names`.
pub fn named<'a>(value: &Value, names: impl IntoIterator<Item = &'a str>) -> Vec<f64> {
    names.into_iter().map(|name| number(value, name)).collect()
}

/// A number of an object by its name.
pub fn number(value: &Value, name: &str) -> f64 {
    value[name].as_f64().unwrap_or_else(|| panic!("{name} in {value}"))
}

/// Fails unless both lists agree to `tolerance`, relative above 1 and absolute below.
pub fn agree(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    let some = |list: &[f64]| list.iter().copied().map(Some).collect::<Vec<_>>();
    agree_where_known(what, &some(found), &some(expected), tolerance);
}

/// The same where some values are not defined, in the same places.
pub fn agree_where_known(
    what: &str,
    found: &[Option<f64>],
    expected: &[Option<f64>],
    tolerance: f64,
) {
    assert_eq!(found.len(), expected.len(), "{what}: how many");
    for (index, pair) in found.iter().zip(expected).enumerate() {
        let (found, expected) = match pair {
            (None, None) => continue,
            (Some(found), Some(expected)) => (found, expected),
            other => panic!("{what}[{index}]: {other:?}"),
        };
        let off = (found - expected).abs() / expected.abs().max(1.0);
        assert!(off <= tolerance, "{what}[{index}]: {found} instead of {expected}, off {off:e}");
    }
}
