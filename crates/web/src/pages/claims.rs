//! 认定审核: the claims that wait for somebody's word, and the starts to be looked at again.

pub mod shown;
pub mod upload;

use askama::Template;
use axum::{
    Router,
    extract::{Multipart, Path, RawQuery},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::civil::Date;
use tici_domain::{Finding, Place, Problem, Stage, change::Verdict};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_rechecks::{NewFinding, record_finding};
use tici_ops::view_claims::{ClaimsPage, ClaimsQuery, ClaimsWhich, view_claims};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, OpsError};

use super::dispatch::problems_apart;
use super::{Nav, Page};
use crate::{
    Failure, Fields, Posted,
    choice::{self, Choice},
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit, read_pairs},
};
use shown::{Card, Look};
use upload::Upload;

pub const PAGE: Page = Page {
    id: "claims",
    nav: Some(Nav { group: "nav-projects", href: "/claims", icon: "shield" }),
    routes: || {
        Router::new()
            .route("/claims", get(show))
            .route("/claims/new", get(choose))
            .route("/claims/{claim}/verdicts", post(judge))
            .route("/claims/rechecks/{series}", post(find))
    },
};

#[derive(Template)]
#[template(path = "claims.html")]
struct ClaimsView {
    shell: Shell,
    t: T,
    found: String,
    tabs: Vec<Tab>,
    which: &'static str,
    /// Whether the account makes claims, and its projects where a list can hold them.
    may_claim: bool,
    own: Vec<Choice>,
    stages: Vec<Choice>,
    places: Vec<Choice>,
    cards: Vec<Card>,
    looks: Vec<Look>,
    looks_open: String,
    stopped: Vec<Look>,
    rules: String,
    rules_source: String,
    needs: Vec<(String, Vec<String>)>,
    today: String,
    here: String,
    previous: String,
    next: String,
    problems: Vec<String>,
}

struct Tab {
    name: String,
    count: usize,
    href: String,
    is_here: bool,
}

/// Reads what the address asks for.
pub fn read_query(query: &str) -> Result<ClaimsQuery, Failure> {
    let mut asked = ClaimsQuery::default();
    for (name, value) in read_pairs(query.as_bytes()) {
        let bad = || Failure::bad(format!("{name}={value}"));
        match name.as_str() {
            _ if value.is_empty() => {}
            "which" => asked.which = ClaimsWhich::parse(&value).ok_or_else(bad)?,
            "stage" => asked.stage = Some(Stage::parse(&value).ok_or_else(bad)?),
            "place" => asked.place = Some(value.parse().map_err(|_| bad())?),
            "project" => asked.project = Some(value.parse().map_err(|_| bad())?),
            "page" => {
                let page: usize = value.parse().map_err(|_| bad())?;
                asked.page = page.saturating_sub(1);
            }
            _ => {}
        }
    }
    Ok(asked)
}

/// The address that asks for the same.
fn address(asked: &ClaimsQuery) -> String {
    let mut parts = vec![format!("which={}", asked.which.code())];
    parts.extend(asked.stage.map(|stage| format!("stage={}", stage.code())));
    parts.extend(asked.place.map(|place| format!("place={place}")));
    parts.extend(asked.project.map(|project| format!("project={project}")));
    if asked.page > 0 {
        parts.push(format!("page={}", asked.page + 1));
    }
    format!("/claims?{}", parts.join("&"))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let asked = read_query(query.as_deref().unwrap_or_default())?;
    render(visit, asked, Vec::new()).await
}

async fn render(
    visit: Visit,
    asked: ClaimsQuery,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let (today, query) = (visit.today, asked.clone());
    let page = visit.run(move |desk, session| view_claims(desk, session, &query, today)).await?;
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let problems = problems.iter().map(|problem| visit.t.problem_line(problem)).collect();
    let view = ClaimsView { problems, ..view(&visit, &asked, &page) };
    Ok((status, Rendered(view)).into_response())
}

fn view(visit: &Visit, asked: &ClaimsQuery, page: &ClaimsPage) -> ClaimsView {
    let t = visit.t;
    let turned = |page: usize| address(&ClaimsQuery { page, ..asked.clone() });
    ClaimsView {
        shell: visit.shell("claims", t.t("claims-title")),
        found: t.t1("claims-found", &[("n", &page.found)]),
        tabs: tabs(t, asked, page),
        which: asked.which.code(),
        may_claim: visit.session.need(Action::ClaimStage).is_ok(),
        own: own(visit, asked, page),
        stages: stages(t, asked),
        places: places(visit, asked, page),
        cards: page.rows.iter().map(|row| shown::card(visit, row)).collect(),
        looks: page.rechecks.iter().map(|row| shown::look(visit, row)).collect(),
        looks_open: t.t1("recheck-open", &[("n", &page.rechecks_open)]),
        stopped: page.stopped.iter().map(|row| shown::look(visit, row)).collect(),
        rules: t.t1("claims-rules", &[("title", &page.rules.title.get(t.lang))]),
        rules_source: t.t1("claims-rules-source", &[("source", &page.rules.source)]),
        needs: shown::needs(t, &page.rules),
        today: page.today.to_string(),
        here: turned(page.page),
        previous: if page.page > 0 { turned(page.page - 1) } else { String::new() },
        next: if page.page + 1 < page.pages { turned(page.page + 1) } else { String::new() },
        problems: Vec::new(),
        t,
    }
}

fn tabs(t: T, asked: &ClaimsQuery, page: &ClaimsPage) -> Vec<Tab> {
    let tab = |(which, count): (ClaimsWhich, usize)| Tab {
        name: t.code("claims-which", which.code()),
        count,
        href: address(&ClaimsQuery { which, page: 0, ..asked.clone() }),
        is_here: which == asked.which,
    };
    ClaimsWhich::ALL.into_iter().zip(page.counts).map(tab).collect()
}

fn stages(t: T, asked: &ClaimsQuery) -> Vec<Choice> {
    let choice = |stage: Stage| Choice {
        value: stage.code().to_owned(),
        name: t.stage(stage),
        is_set: asked.stage == Some(stage),
    };
    Stage::ALL.into_iter().map(choice).collect()
}

/// Places within the account's own.
fn places(visit: &Visit, asked: &ClaimsQuery, page: &ClaimsPage) -> Vec<Choice> {
    let covered = |place: &Place| visit.session.covers(&page.snapshot, Some(place.id));
    choice::places(visit.t, &page.snapshot, covered, |place| asked.place == Some(place))
}

/// No longer list helps; beyond it a project is named by its code.
const OWN_MAX: usize = 200;

/// The account's projects, by code; none when they are too many for a list.
fn own(visit: &Visit, asked: &ClaimsQuery, page: &ClaimsPage) -> Vec<Choice> {
    let snapshot = &page.snapshot;
    if visit.session.actor.place.is_none() || visit.session.need(Action::ClaimStage).is_err() {
        return Vec::new();
    }
    let covered = snapshot
        .projects
        .iter()
        .filter(|entry| visit.session.covers(snapshot, entry.project.place));
    let mut own: Vec<Choice> = covered
        .take(OWN_MAX + 1)
        .map(|entry| Choice {
            value: entry.project.code.clone(),
            name: format!("{} {}", entry.project.code, entry.project.name.get(visit.t.lang)),
            is_set: asked.project == Some(entry.project.id),
        })
        .collect();
    own.sort_by(|one, other| one.value.cmp(&other.value));
    if own.len() > OWN_MAX { Vec::new() } else { own }
}

/// Leads to the form of a claim on the page of the project of a code.
async fn choose(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let code = fields.get("code").to_owned();
    let sought = code.clone();
    let found = visit.run(move |desk, session| match project_by_code(desk, session, &sought) {
        Err(OpsError::NotFound { .. }) => Ok(None),
        other => other.map(Some),
    });
    match found.await? {
        Some(id) => Ok(Redirect::to(&format!("/projects/{id}#claim-form")).into_response()),
        None => {
            let problem = Problem::error("list-unknown-code").arg("project", code);
            render(visit, ClaimsQuery::default(), vec![problem]).await
        }
    }
}

/// Verifies, rejects or reverses a claim.
async fn judge(Path(claim): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let claim: i64 = claim.parse().map_err(|_| Failure::NotFound)?;
    let Posted { visit, fields } = posted;
    let code = fields.get("verdict");
    let verdict = Verdict::parse(code).ok_or_else(|| Failure::bad(format!("verdict={code}")))?;
    let (reason, now, today) = (fields.get("reason").to_owned(), visit.state.now(), visit.today);
    let problems = visit
        .run(move |desk, session| {
            let said = judge_claim(desk, session, claim, verdict, Some(&reason), now, today);
            problems_apart(said)
        })
        .await?;
    answer(visit, fields.get("here"), (problems, said(verdict))).await
}

/// What is said of a verdict that was kept.
pub fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "claim-verified",
        Verdict::Rejected => "claim-rejected",
        Verdict::Reversed => "claim-reversed",
    }
}

/// Records what was found where a start was looked at again.
async fn find(
    visit: Visit,
    Path(series): Path<String>,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let series: i64 = series.parse().map_err(|_| Failure::NotFound)?;
    let mut form = Upload::read(multipart, visit.state.config.upload_bytes_max).await?;
    visit.check_csrf(form.fields.get("csrf"))?;
    let here = form.fields.get("here").to_owned();
    let new = match read_finding(&mut form)? {
        Ok(new) => new,
        Err(problem) => return answer(visit, &here, (vec![*problem], "recheck-recorded")).await,
    };
    let (now, today) = (visit.state.now(), visit.today);
    let problems = visit
        .run(move |desk, session| {
            problems_apart(record_finding(desk, session, series, &new, now, today))
        })
        .await?;
    answer(visit, &here, (problems, "recheck-recorded")).await
}

fn read_finding(form: &mut Upload) -> Result<Result<NewFinding, Box<Problem>>, Failure> {
    let code = form.fields.get("finding").to_owned();
    let finding = Finding::parse(&code).ok_or_else(|| Failure::bad(format!("finding={code}")))?;
    let on = match form.day("on") {
        Ok(on) => on,
        Err(problem) => return Ok(Err(problem)),
    };
    let note = form.fields.get("note").to_owned();
    Ok(form.evidence("photo").map(|evidence| NewFinding { finding, on, note, evidence }))
}

impl Upload {
    /// A day as people write it.
    pub fn day(&self, name: &str) -> Result<Date, Box<Problem>> {
        let text = self.fields.get(name);
        let unreadable = |_| Box::new(Problem::error("claim-day-unreadable").arg("day", text));
        text.parse().map_err(unreadable)
    }
}

/// Back to the list the form stood on; with problems the list is shown again.
async fn answer(
    visit: Visit,
    here: &str,
    (problems, done): (Vec<Problem>, &'static str),
) -> Result<Response, Failure> {
    let is_ours = here == "/claims" || here.starts_with("/claims?");
    let here = if is_ours { here } else { "/claims" };
    if problems.is_empty() {
        return Ok(lead_to(here, done).into_response());
    }
    let asked = read_query(here.split_once('?').map_or("", |(_, query)| query))?;
    render(visit, asked, problems).await
}
