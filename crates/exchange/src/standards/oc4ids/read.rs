//! Reads a package, an array of projects or one project alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;
use tici_domain::Problem;
use tici_domain::intake::{At, Intake, ProjectRow};

use super::codes;
use super::read_project::ProjectReader;
use crate::standards::json_in::{Item, Node, Reading, items, open};

/// Reads a package into rows: for each project one of what does not change, and one for
/// each period and series of its figures. Every cell is a JSON pointer.
///
/// Nothing a package says makes the whole of it unreadable but broken JSON: values that are
/// odd are named and left out, elements the ledger has no place for are counted.
pub fn read(name: &str, bytes: &[u8]) -> (Intake, Vec<Problem>) {
    let (file, content) = open(name, bytes);
    let mut intake = Intake { files: vec![file], rows: Vec::new() };
    let reading = Reading::of(name);
    let mut package = Package { reading: &reading, known: BTreeMap::new(), rows: Vec::new() };
    let read = content.and_then(|content| {
        let mut each = |item: Item<'_>| package.item(item);
        items(&content, &["projects"], &mut each)
    });
    match read {
        Ok(rest) => {
            package.rest(rest);
            package.settle();
            intake.rows = package.rows;
        }
        Err(problem) => reading.say((*problem).clone(), &problem.cell),
    }
    (intake, reading.finish())
}

struct Package<'r> {
    reading: &'r Reading,
    /// The office's code of each project of the file, by the standard's identifier.
    known: BTreeMap<String, String>,
    rows: Vec<ProjectRow>,
}

impl Package<'_> {
    fn item(&mut self, (list, index, value, twice): Item<'_>) {
        let at = match list {
            "" => format!("/{index}"),
            list => format!("/{list}/{index}"),
        };
        self.project(&value, &at, twice);
    }

    fn project(&mut self, value: &Value, at: &str, twice: Option<String>) {
        let node = Node::new(value, at, self.reading);
        if let Some(member) = twice {
            node.say(Problem::warning("json-member-twice").arg("member", member));
        }
        if !value.is_object() {
            node.say(Problem::error("standard-not-object"));
            return;
        }
        let Some(id) = node.text("id") else {
            node.say(Problem::error("standard-no-id"));
            return;
        };
        if !id.value.starts_with("oc4ids-") {
            let problem = Problem::warning("standard-id-prefix").arg("id", &id.value);
            self.reading.say(problem, &id.cell);
        }
        let (code, rows) = ProjectReader::read(&node, &id);
        if self.known.insert(id.value.clone(), code).is_some() {
            let problem = Problem::error("standard-id-twice").arg("id", &id.value);
            self.reading.say(problem, &id.cell);
        }
        self.rows.extend(rows);
        self.reading.leave(value, at);
    }

    /// What stands around the projects; a file that has none may be one project itself.
    fn rest(&mut self, rest: Value) {
        let is_list = rest.is_null();
        let node = Node::new(&rest, "", self.reading);
        if is_list {
            node.say(Problem::warning("standard-bare-list"));
            return;
        }
        if rest.get("projects").is_none() {
            let looks = ["id", "title", "status", "period"];
            if looks.iter().any(|key| rest.get(key).is_some()) {
                node.say(Problem::warning("standard-bare-project"));
                self.project(&rest, "", None);
            } else {
                node.say(Problem::error("standard-no-projects"));
            }
            return;
        }
        match node.text("version") {
            Some(version) if version.value.starts_with("0.9") => {}
            Some(version) => {
                let problem = Problem::warning("standard-version").arg("found", &version.value);
                self.reading.say(problem, &version.cell);
            }
            None => node.say(Problem::warning("standard-no-version")),
        }
        let published = node.date("publishedDate").map(|at| at.value);
        self.date(published);
    }

    /// Rows that have figures or stages without a day are of the day of publication.
    fn date(&mut self, published: Option<Date>) {
        let Some(day) = published else { return };
        let undated = |row: &&mut ProjectRow| row.period.is_none();
        for row in self.rows.iter_mut().filter(undated) {
            let needs = !row.figures.is_empty() || row.stages.iter().any(|at| at.value.1.is_none());
            if needs {
                row.period = Some(tici_domain::Period::month_of(day));
            }
        }
    }

    /// Puts the office's codes where rows name other projects by the standard's identifiers.
    fn settle(&mut self) {
        for row in &mut self.rows {
            if let Some(At { value, .. }) = &mut row.parent {
                let known = self.known.get(value.as_str()).cloned();
                *value = known.unwrap_or_else(|| codes::without_prefix(value).to_owned());
            }
        }
    }
}
