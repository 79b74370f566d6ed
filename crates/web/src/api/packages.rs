//! Packages: what a project is a package of, its own packages, and saying so.

use axum::{Json, extract::Path};
use serde::{Deserialize, Serialize};
use tici_domain::Problem;
use tici_engine::pairs::packages::shares_of;
use tici_engine::statement::words::Words;
use tici_ops::keep_packages::{NewPackage, PackageWritten, set_package};
use tici_ops::view_ledger::LedgerRow;
use tici_ops::view_project::{ProjectPage, view_project};

use super::{Sent, body};
use crate::{Failure, Visit};

#[derive(Serialize)]
pub struct Packages {
    /// The project it is a package of.
    parent: Option<Line>,
    /// Its share of that, in hundredths of a percent.
    share: Option<i64>,
    packages: Vec<Line>,
    /// What is wrong with the shares of its packages.
    problems: Vec<Problem>,
    /// What of its starts does not count by itself.
    counts_once: Vec<Words>,
    /// How it came to be a package, newest first.
    history: Vec<Step>,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    code: String,
    name: String,
    share: Option<i64>,
}

#[derive(Serialize)]
struct Step {
    parent: Option<String>,
    share: Option<i64>,
    reason: String,
    entry: Option<i64>,
    by: Option<String>,
}

/// The packages of a project as the API and `tici package show --json` give them.
pub fn answer(page: &ProjectPage) -> Packages {
    let project = &page.row.entry.project;
    let problem = shares_of(&page.snapshot, project.id).problem(&project.code);
    let step = |step: &tici_ops::keep_packages::PackageStep| Step {
        parent: step.parent.clone(),
        share: step.change.share,
        reason: step.change.reason.clone(),
        entry: step.by.as_ref().map(|by| by.seq),
        by: step.by.as_ref().map(|by| by.title.text.clone()),
    };
    Packages {
        parent: page.parent.as_ref().map(line),
        share: project.parent_share,
        packages: page.packages.iter().map(line).collect(),
        problems: problem.into_iter().collect(),
        counts_once: page.once.clone(),
        history: page.package_steps.iter().map(step).collect(),
    }
}

fn line(row: &LedgerRow) -> Line {
    let project = &row.entry.project;
    let (code, name) = (project.code.clone(), project.name.text.clone());
    Line { id: project.id, code, name, share: project.parent_share }
}

pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Json<Packages>, Failure> {
    let today = visit.today;
    let page = visit
        .run(move |desk, session| view_project(desk, session, id, Default::default(), today))
        .await?;
    Ok(Json(answer(&page)))
}

/// Where a project belongs: `parent` is a code; without one it stands by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    parent: Option<String>,
    /// In hundredths of a percent: 4000 is 40 %.
    share: Option<i64>,
    reason: String,
}

#[derive(Serialize)]
pub struct Changed {
    entries: Vec<i64>,
    /// What is to be said of the shares now.
    warnings: Vec<Problem>,
}

pub async fn change(
    visit: Visit,
    Path(project): Path<i64>,
    asked: Sent<Change>,
) -> Result<Json<Changed>, Failure> {
    let Change { parent, share, reason } = body(asked)?;
    let (new, now) = (NewPackage { project, parent, share, reason }, visit.state.now());
    let done = visit.run(move |desk, session| set_package(desk, session, &new, now)).await?;
    let PackageWritten { written, warnings } = done;
    Ok(Json(Changed { entries: written.entries, warnings }))
}
