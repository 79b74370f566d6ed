//! What a project's page tells of packages: its own, the project it is one of, how it came to
//! be one, what counts once; and the form that says so.

use axum::extract::Path;
use axum::response::Response;
use tici_domain::Problem;
use tici_engine::pairs::packages::shares_of;
use tici_ops::keep_packages::{NewPackage, PackageStep, set_package, share_of};
use tici_ops::view_ledger::LedgerRow;
use tici_ops::{Action, view_project::ProjectPage};

use super::claims::who;
use super::{forms, project_id};
use crate::pages::dispatch::problems_apart;
use crate::ui::{self, Html};
use crate::{Failure, Posted, T, Visit};

/// Everything of packages on the page.
pub struct PackagePart {
    pub packages: Vec<Package>,
    /// Code, address and name of the project it is a package of, and its share.
    pub parent: Option<Parent>,
    /// What is wrong with the shares of its packages.
    pub shares: String,
    /// What of its starts does not count by itself.
    pub once: Vec<String>,
    pub steps: Vec<Step>,
    pub may_keep: bool,
}

/// A package of the project.
pub struct Package {
    pub href: String,
    pub name: String,
    pub code: String,
    pub stage: Html,
    pub light: Html,
    pub total: String,
    pub share: String,
}

/// The project it is a package of.
pub struct Parent {
    pub href: String,
    pub name: String,
    pub code: String,
    pub share: String,
}

/// It became a package, or stood by itself again.
pub struct Step {
    pub what: String,
    pub reason: String,
    pub by: String,
    pub entry_href: String,
}

impl PackagePart {
    /// Whether there is anything to show.
    pub fn is_shown(&self) -> bool {
        self.may_keep
            || self.parent.is_some()
            || !self.packages.is_empty()
            || !self.steps.is_empty()
            || !self.once.is_empty()
    }
}

pub fn part(visit: &Visit, view: &ProjectPage) -> PackagePart {
    let (t, project) = (visit.t, &view.row.entry.project);
    let shares = shares_of(&view.snapshot, project.id).problem(&project.code);
    let covers = visit.session.covers(&view.snapshot, view.row.facts.place);
    PackagePart {
        packages: view.packages.iter().map(|row| package(t, row)).collect(),
        parent: view.parent.as_ref().map(|row| Parent {
            href: format!("/projects/{}", row.entry.project.id),
            name: row.entry.project.name.get(t.lang).to_owned(),
            code: row.entry.project.code.clone(),
            share: project.parent_share.map_or_else(String::new, |share| t.share(share)),
        }),
        shares: shares.map_or_else(String::new, |problem| t.problem_line(&problem)),
        once: view.once.iter().map(|words| t.words(words)).collect(),
        steps: view.package_steps.iter().map(|step| step_line(visit, step)).collect(),
        may_keep: covers && visit.session.need(Action::KeepPackages).is_ok(),
    }
}

fn package(t: T, row: &LedgerRow) -> Package {
    let (scale, project) = (t.column(row.facts.currency), &row.entry.project);
    Package {
        href: format!("/projects/{}", project.id),
        name: project.name.get(t.lang).to_owned(),
        code: project.code.clone(),
        stage: ui::stairs(&t, &row.facts.stage),
        light: ui::light(&t, &row.facts.light),
        total: row.facts.total.map_or_else(|| "—".into(), |total| scale.print(total.into())),
        share: project.parent_share.map_or_else(|| "—".into(), |share| t.share(share)),
    }
}

fn step_line(visit: &Visit, step: &PackageStep) -> Step {
    let by = step.by.as_ref();
    Step {
        what: words(visit.t, step),
        reason: step.change.reason.clone(),
        by: who(visit, by),
        entry_href: by.map_or_else(String::new, |by| format!("/journal/{}", by.seq)),
    }
}

/// A step in words.
pub fn words(t: T, step: &PackageStep) -> String {
    match (&step.parent, step.change.share) {
        (Some(parent), Some(share)) => {
            t.t1("package-step-share", &[("project", parent), ("share", &t.share(share))])
        }
        (Some(parent), None) => t.t1("package-step", &[("project", parent)]),
        (None, _) => t.t("package-alone"),
    }
}

/// Makes the project a package, or lets it stand by itself.
pub async fn change(Path(id): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let id = project_id(&id)?;
    let Posted { visit, fields } = posted;
    let alone = !fields.get("alone").is_empty();
    let (parent, share) = (fields.get("parent").trim(), fields.get("share").trim());
    let hundredths = share_of(share);
    let mut problems = Vec::new();
    if !alone && parent.is_empty() {
        problems.push(Problem::error("package-parent-unknown").arg("parent", "-"));
    }
    if !alone && !share.is_empty() && hundredths.is_none() {
        problems.push(Problem::error("package-share-range").arg("project", share));
    }
    let new = NewPackage {
        project: id,
        parent: (!alone).then(|| parent.to_owned()),
        share: hundredths.filter(|_| !alone),
        reason: fields.get("reason").to_owned(),
    };
    let now = visit.state.now();
    if problems.is_empty() {
        problems = visit
            .run(move |desk, session| problems_apart(set_package(desk, session, &new, now)))
            .await?;
    }
    let done = if alone { "package-cleared" } else { "package-set" };
    forms::answer(visit, (id, "packages"), (problems, done)).await
}
