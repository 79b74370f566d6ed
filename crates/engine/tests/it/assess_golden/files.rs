//! The golden files: manifests, tables, and how two numbers are compared.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tici_engine::assess::{Direction, MISSING, Node, Panel, Tree, Unit, Weight};

/// One case of a manifest.
pub struct Case {
    pub id: String,
    rel_tol: f64,
    folder: PathBuf,
}

/// The cases of the shared golden folder; none, said aloud, where it is absent.
pub fn cases() -> Option<Vec<Case>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/golden/assess");
    if !folder.is_dir() {
        assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "no golden assessments");
        eprintln!("skipped: ../shared/golden/assess absent");
        return None;
    }
    let mut cases = Vec::new();
    for manifest in ["MANIFEST.json", "MANIFEST-extra.json"] {
        let text = std::fs::read_to_string(folder.join(manifest)).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        for case in manifest["cases"].as_array().unwrap() {
            cases.push(Case {
                id: case["id"].as_str().unwrap().to_owned(),
                rel_tol: case["rel_tol"].as_f64().unwrap(),
                folder: folder.clone(),
            });
        }
    }
    Some(cases)
}

impl Case {
    pub fn input(&self, name: &str) -> Table {
        Table::read(&self.folder.join("input").join(name))
    }

    pub fn out(&self, name: &str) -> Table {
        Table::read(&self.folder.join("out").join(name))
    }

    /// Two values by the case's tolerance; two missing ones are the same.
    pub fn same(&self, found: Option<f64>, expected: Option<f64>, what: &str) {
        let near = match (found, expected) {
            (Some(a), Some(b)) => (a - b).abs() <= self.rel_tol * b.abs().max(1.0),
            (a, b) => a.is_none() && b.is_none(),
        };
        assert!(near, "{} {what}: {found:?} instead of {expected:?}", self.id);
    }

    /// Every number of `expected` against what is found under its row's key and its column.
    pub fn same_table(
        &self,
        expected: &Table,
        columns: &[&str],
        found: impl Fn(&str, &str) -> Option<f64>,
    ) {
        assert!(!expected.rows.is_empty() && !columns.is_empty());
        for row in 0..expected.rows.len() {
            let key = &expected.rows[row][0];
            for column in columns {
                let what = format!("{key} {column}");
                self.same(found(key, column), expected.number(row, column), &what);
            }
        }
    }

    /// All columns but the first against a period of a panel, by code.
    pub fn same_panel(&self, expected: &Table, found: &Panel) {
        let columns: Vec<&str> = expected.header[1..].iter().map(String::as_str).collect();
        self.same_table(expected, &columns, |unit, column| cell(found, unit, column));
        assert_eq!(expected.rows.len(), found.units.len(), "{}", self.id);
    }
}

/// A cell by the codes of its unit and column.
pub fn cell(panel: &Panel, unit: &str, column: &str) -> Option<f64> {
    let column = panel.column_index(column).unwrap_or_else(|| panic!("no column {column}"));
    panel.value(0, column, panel.unit_index(unit).unwrap_or_else(|| panic!("no unit {unit}")))
}

/// A table with a header; the first column is the key.
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    places: HashMap<String, usize>,
}

impl Table {
    fn read(path: &Path) -> Table {
        let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let header: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        let row = |row: Result<csv::StringRecord, csv::Error>| {
            row.unwrap().iter().map(String::from).collect()
        };
        let rows = reader.records().map(row).collect();
        let places = header.iter().cloned().zip(0..).collect();
        Table { header, rows, places }
    }

    pub fn text(&self, row: usize, column: &str) -> &str {
        &self.rows[row][self.places[column]]
    }

    /// The number in a cell; none where it is empty or no number.
    pub fn number(&self, row: usize, column: &str) -> Option<f64> {
        match self.text(row, column) {
            "" | "NA" | "NaN" => None,
            "true" => Some(1.0),
            "false" => Some(0.0),
            text => Some(text.parse().unwrap_or_else(|_| panic!("{column}: {text:?}"))),
        }
    }

    pub fn row(&self, key: &str) -> usize {
        self.rows.iter().position(|row| row[0] == key).unwrap_or_else(|| panic!("no row {key}"))
    }

    pub fn column(&self, column: &str) -> Vec<f64> {
        (0..self.rows.len()).map(|row| self.number(row, column).unwrap_or(MISSING)).collect()
    }

    /// A panel of the named columns, the key being the units' code.
    pub fn panel(&self, key: &str, columns: &[&str], groupings: &[&str]) -> Panel {
        let unit = |row: usize| Unit {
            groups: groupings.iter().map(|at| Some(self.text(row, at).to_owned())).collect(),
            ..Unit::new(self.text(row, key))
        };
        let units = (0..self.rows.len()).map(unit).collect();
        let columns = columns.iter().map(|code| ((*code).to_owned(), self.column(code))).collect();
        let mut panel = Panel::of_columns(units, columns);
        panel.groupings = groupings.iter().map(|at| (*at).to_owned()).collect();
        panel
    }
}

/// The tree of the ASEM index, with the weights of `weights` where there are any.
pub fn asem_tree(meta: &Table, weights: Option<&Table>) -> Tree {
    let node = |row: usize| {
        let code = meta.text(row, "iCode");
        let given = |weights: &Table| weights.number(weights.row(code), "Weight").unwrap();
        let some = |column: &str| Some(meta.text(row, column).to_owned()).filter(|t| !t.is_empty());
        Node {
            code: code.to_owned(),
            name: meta.text(row, "iName").to_owned(),
            parent: some("Parent"),
            weight: Weight(weights.map_or(1.0, given)),
            direction: match meta.text(row, "Direction") {
                "-1" => Direction::Lower,
                _ => Direction::Higher,
            },
            denominator: some("Denominator"),
            target: meta.number(row, "Target"),
            ..Node::default()
        }
    };
    let is_node = |row: &usize| matches!(meta.text(*row, "Type"), "Indicator" | "Aggregate");
    let (tree, problems) = Tree::new((0..meta.rows.len()).filter(is_node).map(node).collect());
    assert_eq!(problems, []);
    tree
}
