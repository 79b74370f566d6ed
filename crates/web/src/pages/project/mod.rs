//! One project: staircase, money, milestones, monthly returns, and where each figure
//! comes from.

mod claims;
mod drawings;
mod figures;
mod forms;
mod months;
pub mod packages;
mod register;
mod return_form;
mod scrutiny;
mod tasks;
mod trace;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use tici_domain::{Basis, Period, Problem};
use tici_ops::{
    Action,
    files::photo::picture_type,
    lens::LensQuery,
    open_file::{KeptFile, open_evidence, open_source},
    permission,
    view_project::{Provenance, StairState, project_by_code, trace_figure, view_project},
};

use super::Page;
use crate::{
    AppState, Failure, Rendered, Shell, T, Visit,
    ui::{self, Html},
    visit::encode,
};
use claims::Claim;
pub use claims::who;
use drawings::Drawing;
use figures::KeyFigure;
use months::{BasisLink, Month};
use packages::PackagePart;
use register::Line;
use scrutiny::ScrutinyPart;
pub use trace::FigureName;
use trace::Trace;

pub const PAGE: Page = Page { id: "project", nav: None, routes };

fn routes() -> Router<AppState> {
    Router::new()
        .route("/projects/{id}", get(show))
        .route("/projects/by-code/{code}", get(by_code))
        .route("/projects/{id}/evidence/{attachment}", get(evidence))
        .route("/projects/{id}/evidence/{attachment}/picture", get(picture))
        .route("/projects/{id}/source", get(source))
        .route("/projects/{id}/claims", post(forms::claim))
        .route("/projects/{id}/state", post(forms::change))
        .route("/projects/{id}/package", post(packages::change))
        .route("/projects/{id}/claims/{claim}/verdicts", post(forms::judge))
}

#[derive(Template)]
#[template(path = "project.html")]
struct ProjectPage {
    shell: Shell,
    t: T,
    id: i64,
    code: String,
    name: String,
    tier: Html,
    light: Html,
    meta: String,
    content: String,
    parent: Option<(String, String)>,
    stairs: Drawing,
    figures: Vec<KeyFigure>,
    unit: String,
    /// Unit of the curve, where amounts are plain elsewhere.
    curve_unit: String,
    curve: Drawing,
    nodes: Drawing,
    claims: Vec<Claim>,
    scrutiny: ScrutinyPart,
    may_claim: bool,
    /// Address of its lines in the open return; empty where there are none to fill in.
    return_href: String,
    stages: Vec<(&'static str, String)>,
    /// The step that comes next, which most claims are of.
    next_stage: &'static str,
    today: String,
    evidence_kinds: Vec<(&'static str, String)>,
    issues: Vec<(String, String)>,
    tasks: tasks::TaskPart,
    lists: Vec<Line>,
    plans: Vec<Line>,
    months: Vec<Month>,
    year: String,
    years: Vec<(String, String)>,
    bases: Vec<BasisLink>,
    packages: PackagePart,
    trace: Option<Trace>,
    /// The opened figure stands in the table of months, this many rows above its foot.
    trace_row: Option<usize>,
    /// What was wrong with a form.
    problems: Vec<String>,
}

#[derive(Clone, Deserialize, Default)]
struct Asked {
    figure: Option<String>,
    period: Option<String>,
    basis: Option<String>,
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    match id.parse() {
        Ok(id) => render(visit, id, asked, Vec::new()).await,
        // People write and send the code they know; the number is the page's own address.
        Err(_) => Ok(by_code(visit, Path(id)).await?.into_response()),
    }
}

/// The page's own address: a form that was refused is answered at the form's.
fn page_address(here: &str, id: i64) -> String {
    let path = format!("/projects/{id}");
    match here.split_once('?') {
        Some((at, query)) if at == path => format!("{path}?{query}"),
        _ => path,
    }
}

/// A project's number in an address; anything else names no page.
fn project_id(id: &str) -> Result<i64, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

impl Asked {
    /// The month and basis to look through. An opened figure brings its own.
    fn lens(&self, open: Option<FigureName>) -> Result<LensQuery, Failure> {
        let period = match &self.period {
            Some(text) => {
                Some(Period::parse(text).ok_or_else(|| Failure::bad(format!("period={text}")))?)
            }
            None => None,
        };
        let basis = match (&self.basis, open) {
            (Some(text), _) => {
                Some(Basis::parse(text).ok_or_else(|| Failure::bad(format!("basis={text}")))?)
            }
            (None, open) => open.map(|name| name.basis),
        };
        Ok(LensQuery { period, basis, ..LensQuery::default() })
    }
}

/// Shows the page, with what was wrong when a form was refused.
async fn render(
    visit: Visit,
    id: i64,
    asked: Asked,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let open = asked.figure.as_deref().map(FigureName::parse).transpose()?;
    let mut lens = asked.lens(open)?;
    let today = visit.today;
    if let (Some(name), None) = (open, lens.period) {
        // The table of months turns to the year of one of its own figures. Any other is
        // opened above, and the page stays as it is.
        if name.is_monthly() && name.period.calendar_year() < today.year() {
            lens.period = Period::month(name.period.calendar_year(), 12);
        }
    }
    let (view, traced) = visit
        .run(move |desk, session| {
            let view = view_project(desk, session, id, lens, today)?;
            let traced = match open {
                Some(FigureName { measure, period, basis }) => {
                    Some(trace_figure(desk, session, id, measure, period, basis)?)
                }
                None => None,
            };
            Ok((view, traced))
        })
        .await?;
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let problems = problems.iter().map(|problem| visit.t.problem_line(problem)).collect();
    let page = page(&visit, &view, open, traced.as_ref());
    Ok((status, Rendered(ProjectPage { problems, ..page })).into_response())
}

fn page(
    visit: &Visit,
    view: &tici_ops::view_project::ProjectPage,
    open: Option<FigureName>,
    traced: Option<&Provenance>,
) -> ProjectPage {
    let t = visit.t;
    let (facts, project) = (&view.row.facts, &view.row.entry.project);
    let currency = facts.currency;
    let name = super::ledger::full_name(t, &view.row);
    let months = months::months(visit, view, open);
    let trace_row = open
        .filter(|name| name.is_monthly())
        .and_then(|_| months.iter().rev().position(|month| month.is_open));
    let address = page_address(visit.here(), project.id);
    let reason = t.words(&facts.lit.words());
    let light = t.t1("project-light", &[("light", &t.light(facts.light)), ("reason", &reason)]);
    ProjectPage {
        shell: visit.shell_of_period("ledger", name.as_str(), (&address, view.lens.period)),
        id: project.id,
        code: project.code.clone(),
        tier: ui::tier(&t, &facts.tier),
        light: ui::light_tag(&facts.light, &light),
        meta: figures::meta_line(t, view),
        content: project.content.as_ref().map_or_else(String::new, |c| c.get(t.lang).to_owned()),
        parent: view.parent.as_ref().map(|row| {
            (row.entry.project.code.clone(), format!("/projects/{}", row.entry.project.id))
        }),
        stairs: drawings::staircase(t, view),
        figures: figures::key_figures(t, view),
        unit: t.unit(t.column(currency)),
        curve_unit: t.unit(drawings::curve_scale(t, currency)),
        curve: drawings::curve(t, view, currency),
        nodes: drawings::milestones(t, view),
        claims: claims::claims(visit, view),
        scrutiny: scrutiny::part(visit, view),
        return_href: return_form::href(visit, view),
        may_claim: permission::role_has(visit.session.actor.role, Action::ClaimStage)
            && visit.session.covers(&view.snapshot, facts.place),
        stages: forms::stages(t),
        next_stage: view
            .stairs
            .iter()
            .find(|stair| stair.state == StairState::Ahead)
            .map_or("", |stair| stair.stage.code()),
        today: view.lens.today.to_string(),
        evidence_kinds: forms::evidence_kinds(t),
        issues: register::issues(t, view),
        tasks: tasks::part(visit, view),
        lists: register::lists(t, view),
        plans: register::plans(visit, view, currency),
        year: t.period(Period::year(view.lens.period.calendar_year())),
        years: months::years(view),
        bases: months::bases(t, view),
        packages: packages::part(visit, view),
        trace: traced.and_then(|found| trace::trace(visit, project.id, currency, found)),
        trace_row,
        months,
        problems: Vec::new(),
        name,
        t,
    }
}

/// The address people know a project by leads to its page.
async fn by_code(visit: Visit, Path(code): Path<String>) -> Result<Redirect, Failure> {
    let id = visit.run(move |desk, session| project_by_code(desk, session, &code)).await?;
    Ok(Redirect::to(&format!("/projects/{id}")))
}

async fn evidence(
    visit: Visit,
    Path((id, attachment)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (id, attachment) = (project_id(&id)?, project_id(&attachment)?);
    let file = visit.run(move |desk, session| open_evidence(desk, session, id, attachment)).await?;
    Ok(download(file))
}

async fn source(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let id = project_id(&id)?;
    let name = FigureName::parse(asked.figure.as_deref().unwrap_or_default())?;
    let FigureName { measure, period, basis } = name;
    let file = visit
        .run(move |desk, session| open_source(desk, session, id, measure, period, basis))
        .await?;
    Ok(download(file))
}

/// A photograph as the page shows it: only what begins as a picture does, under the name of
/// such a picture, so that no browser takes it for anything that runs.
async fn picture(
    visit: Visit,
    Path((id, attachment)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (id, attachment) = (project_id(&id)?, project_id(&attachment)?);
    let file = visit.run(move |desk, session| open_evidence(desk, session, id, attachment)).await?;
    let media_type = picture_type(&file.bytes).ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        // Kept by its content, so that it never changes.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, file.bytes).into_response())
}

/// Never shown inside the page: what people send may be anything.
fn download(file: KeptFile) -> Response {
    let name = encode(&file.file).replace('+', "%20");
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("encoded")),
    ];
    (headers, file.bytes).into_response()
}
