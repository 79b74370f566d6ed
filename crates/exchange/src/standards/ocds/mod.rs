//! Open Contracting Data Standard (OCDS) 1.1, in only: release packages, record packages
//! and releases line by line become the history of projects.
//!
//! A contracting process is a project under its `ocid`; a process whose budget names a
//! project is a package of that project. Releases are read in the order of their dates, each
//! as of its own month, so that what a later one says supersedes what an earlier one said.
//! Every figure and stage keeps the release's id in the place of a sheet, and the pointer.

mod release;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tici_domain::intake::{At, Intake, ProjectRow};
use tici_domain::{Measure, Name, Period, Problem};

use super::json_in::{Item, Node, Reading, items, open};
use release::{Paid, Release};

/// Reads a file of releases or records into rows, one for each release and more for the
/// months of its payments.
pub fn read(name: &str, bytes: &[u8]) -> (Intake, Vec<Problem>) {
    let (file, content) = open(name, bytes);
    let mut intake = Intake { files: vec![file], rows: Vec::new() };
    let reading = Reading::of(name);
    let mut releases = Vec::new();
    let read = content.and_then(|content| {
        let mut each = |item: Item<'_>| take(&reading, item, &mut releases);
        items(&content, &["releases", "records"], &mut each)
    });
    match read {
        Err(problem) => reading.say((*problem).clone(), &problem.cell),
        Ok(rest) => {
            if rest.get("ocid").is_some() {
                one(&reading, &rest, "", None, &mut releases);
            } else if releases.is_empty() {
                reading.say(Problem::error("ocds-no-releases"), "");
            }
            intake.rows = rows(&reading, releases);
        }
    }
    (intake, reading.finish())
}

/// A release, or the releases of a record; a record that only links to its releases gives
/// its compiled one.
fn take(reading: &Reading, (list, index, value, twice): Item<'_>, releases: &mut Vec<Release>) {
    let at = if list.is_empty() { format!("/{index}") } else { format!("/{list}/{index}") };
    let is_record = value.get("compiledRelease").is_some() || value.get("releases").is_some();
    if !is_record {
        one(reading, &value, &at, twice, releases);
        return;
    }
    let embedded = value.get("releases").and_then(Value::as_array);
    let embedded = embedded.filter(|all| all.iter().any(|release| release.get("ocid").is_some()));
    match (embedded, value.get("compiledRelease")) {
        (Some(all), _) => {
            for (index, release) in all.iter().enumerate() {
                one(reading, release, &format!("{at}/releases/{index}"), None, releases);
            }
        }
        (None, Some(compiled)) => {
            reading.say(Problem::warning("ocds-compiled-only"), &at);
            one(reading, compiled, &format!("{at}/compiledRelease"), None, releases);
        }
        (None, None) => reading.say(Problem::warning("ocds-compiled-only"), &at),
    }
}

fn one(
    reading: &Reading,
    value: &Value,
    at: &str,
    twice: Option<String>,
    releases: &mut Vec<Release>,
) {
    let node = Node::new(value, at, reading);
    if let Some(member) = twice {
        node.say(Problem::warning("json-member-twice").arg("member", member));
    }
    releases.extend(Release::read(&node));
    reading.leave(value, at);
}

/// Rows in the order of time.
fn rows(reading: &Reading, mut releases: Vec<Release>) -> Vec<ProjectRow> {
    // A file may hold the same release twice, in a record and beside it.
    let mut seen = BTreeSet::new();
    releases.retain(|release| {
        let is_new = seen.insert((release.ocid.clone(), release.id.clone()));
        if !is_new {
            let problem = Problem::warning("standard-id-twice").arg("id", &release.id);
            reading.say(problem, &release.row.cell);
        }
        is_new
    });
    releases.sort_by_key(|release| release.at);
    let mut projects: BTreeMap<String, String> = BTreeMap::new();
    for release in &releases {
        if let Some(project) = &release.project {
            projects.insert(release.ocid.clone(), project.code.value.clone());
        }
    }
    last_of_each_month(&mut releases);
    let mut rows = Vec::new();
    let mut made = BTreeSet::new();
    let mut books: BTreeMap<String, Book> = BTreeMap::new();
    for release in releases {
        if let Some(project) = &release.project
            && made.insert(project.code.value.clone())
        {
            rows.push(project.row(&release));
        }
        let book = books.entry(release.ocid.clone()).or_default();
        let paid = book.enter(&release);
        let mut row = release.row;
        let parent = projects.get(&release.ocid).filter(|_| row.parent.is_none());
        row.parent = row.parent.or_else(|| {
            let cell = row.cell.clone();
            parent.map(|code| At { value: code.clone(), cell, raw: code.clone() })
        });
        let head = ProjectRow {
            sheet: row.sheet.clone(),
            cell: row.cell.clone(),
            code: row.code.clone(),
            currency: row.currency,
            ..ProjectRow::default()
        };
        rows.push(row);
        rows.extend(paid.into_iter().map(|(period, at)| ProjectRow {
            period: Some(period),
            figures: vec![(Measure::PAID_YTD, at)],
            ..head.clone()
        }));
    }
    rows
}

/// Of several releases of a process in one month the last tells what the month's figures
/// are: otherwise the same file again would go through them once more.
fn last_of_each_month(releases: &mut [Release]) {
    let mut told = BTreeSet::new();
    for release in releases.iter_mut().rev() {
        let (ocid, period) = (release.ocid.clone(), release.row.period);
        release.row.figures.retain(|(measure, _)| told.insert((ocid.clone(), period, *measure)));
    }
}

/// Payments of a process as far as they are known, by their ids.
#[derive(Default)]
struct Book {
    paid: BTreeMap<String, Paid>,
    told: BTreeMap<Period, i64>,
}

impl Book {
    /// Enters the payments of a release: what was paid in each year up to each month with a
    /// payment, where that has changed.
    fn enter(&mut self, release: &Release) -> Vec<(Period, At<tici_domain::Value>)> {
        for paid in &release.paid {
            self.paid.insert(paid.id.clone(), paid.clone());
        }
        let months: BTreeSet<Period> =
            self.paid.values().map(|paid| Period::month_of(paid.on)).collect();
        let mut changed = Vec::new();
        for month in months {
            let until = self.paid.values().filter(|paid| {
                paid.on.year() == month.calendar_year() && paid.on <= month.last_day()
            });
            let (sum, last) = until.fold((0_i64, None::<&Paid>), |(sum, last), paid| {
                let last = last.filter(|last| last.on > paid.on).or(Some(paid));
                (sum.saturating_add(paid.amount.value), last)
            });
            if self.told.insert(month, sum) == Some(sum) {
                continue;
            }
            let Some(last) = last else { continue };
            let value = tici_domain::Value::Int(sum);
            let (cell, raw) = (last.amount.cell.clone(), last.amount.raw.clone());
            changed.push((month, At { value, cell, raw }));
        }
        changed
    }
}

/// A project that a budget names.
pub(super) struct Named {
    pub code: At<String>,
    pub name: Option<At<String>>,
}

impl Named {
    /// The whole of which the processes are packages.
    fn row(&self, release: &Release) -> ProjectRow {
        let name = self.name.clone().unwrap_or_else(|| self.code.clone());
        ProjectRow {
            sheet: release.row.sheet.clone(),
            cell: release.row.cell.clone(),
            code: Some(self.code.clone()),
            name: Some(At { value: Name::new(name.value), cell: name.cell, raw: name.raw }),
            enterprise: release.row.enterprise.clone(),
            enterprise_code: release.row.enterprise_code.clone(),
            currency: release.row.currency,
            ..ProjectRow::default()
        }
    }
}
