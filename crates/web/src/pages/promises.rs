//! 时限承诺: what was promised, by when, of which projects, and how it stands.

mod one;

use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::civil::Date;
use tici_domain::{Light, ListTier, Problem, Stage};
use tici_engine::promise::Standing;
use tici_ops::keep_promises::{
    NewPromise, PromiseLine, Revision, make_promise, projects_by_code, revise_promise,
    view_promises,
};
use tici_ops::lens::LensQuery;
use tici_ops::{Action, Desk, Session};

use super::dispatch::problems_apart;
use super::{Nav, Page};
use crate::{
    Failure, Fields, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    ui::{Html, light_tag},
    visit::{Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "promises",
    nav: Some(Nav { group: "nav-projects", href: "/promises", icon: "clock" }),
    routes: || {
        Router::new()
            .route("/promises", get(show).post(make))
            .route("/promises/{series}", get(one::show).post(revise))
    },
};

/// Stages that a promise can be about.
const GOALS: [Stage; 6] = [
    Stage::Signed,
    Stage::Landed,
    Stage::Started,
    Stage::Completed,
    Stage::InProduction,
    Stage::AtCapacity,
];

#[derive(Template)]
#[template(path = "promises.html")]
struct PromisesView {
    shell: Shell,
    t: T,
    rows: Vec<Line>,
    may_keep: bool,
    goals: Vec<(&'static str, String, bool)>,
    tiers: Vec<(&'static str, String, bool)>,
    problems: Vec<String>,
    sent: Sent,
}

/// One promise as the list and its own page show it.
pub(super) struct Line {
    pub href: String,
    pub name: String,
    pub goal: String,
    pub owner: String,
    pub due: String,
    /// The first day, when it was moved.
    pub due_first: String,
    pub tag: Html,
    pub cohort: usize,
    pub done: usize,
    pub pending: usize,
    /// Percent of the cohort, for the bar.
    pub share: String,
    pub rate: String,
    pub pace: String,
    /// What must be said beside the count: silent, gone, joined, left.
    pub notes: Vec<String>,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    name: String,
    goal: String,
    due: String,
    owner: String,
    listed: bool,
    tiers: Vec<String>,
    /// Exactly these, when given.
    codes: String,
    /// Key of a milestone, in place of a stage.
    milestone: String,
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    render(visit, Sent { listed: true, ..Sent::default() }, Vec::new()).await
}

async fn render(visit: Visit, sent: Sent, problems: Vec<Problem>) -> Result<Response, Failure> {
    let today = visit.today;
    let run = move |desk: &Desk, session: &Session| {
        view_promises(desk, session, LensQuery::default(), today)
    };
    let page = visit.run(run).await?;
    let t = visit.t;
    let goal = |stage: Stage| {
        let is_set = match sent.goal.as_str() {
            "" => stage == Stage::Started,
            goal => goal == stage.code(),
        };
        (stage.code(), t.stage(stage), is_set)
    };
    let tier = |tier: &ListTier| {
        (tier.code(), t.tier(*tier), sent.tiers.iter().any(|code| code == tier.code()))
    };
    let view = PromisesView {
        shell: visit.shell("promises", t.t("nav-promises").replace('\u{ad}', "")),
        rows: page.lines.iter().map(|row| line(t, row, today)).collect(),
        may_keep: visit.session.need(Action::KeepPromises).is_ok(),
        goals: GOALS.into_iter().map(goal).collect(),
        tiers: ListTier::ALL.iter().map(tier).collect(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent,
        t,
    };
    Ok(Rendered(view).into_response())
}

/// A promise in words.
pub(super) fn line(t: T, row: &PromiseLine, today: Date) -> Line {
    let PromiseLine { promise, standing } = row;
    let (light, key) = state(promise.withdrawn, standing);
    let goal = match (promise.stage, &promise.milestone) {
        (Some(stage), _) => t.stage(stage),
        (None, milestone) => milestone.clone().unwrap_or_default(),
    };
    let moved = promise.due != promise.due_original;
    let rate = standing.rate();
    Line {
        href: format!("/promises/{}", promise.series),
        name: promise.name.get(t.lang).to_owned(),
        goal,
        owner: promise.owner.as_ref().map_or_else(String::new, |name| name.get(t.lang).to_owned()),
        due: t.day(promise.due, today),
        due_first: match moved {
            true => t.t1("promise-first", &[("day", &t.day(promise.due_original, today))]),
            false => String::new(),
        },
        tag: light_tag(&light, &t.t(key)),
        cohort: standing.cohort,
        done: standing.done.len(),
        pending: standing.pending.len(),
        share: rate.map_or_else(|| "0".to_owned(), |rate| (rate.tenths() / 10).to_string()),
        rate: t.percent(rate),
        pace: pace(t, standing),
        notes: notes(t, standing),
    }
}

/// The light of a promise, and the message that names how it stands.
pub fn state(withdrawn: bool, standing: &Standing) -> (Light, &'static str) {
    match () {
        () if withdrawn => (Light::Unreported, "promise-is-withdrawn"),
        () if standing.is_kept => (Light::Green, "promise-is-kept"),
        () if standing.pending.is_empty() => (Light::Amber, "promise-is-kept-late"),
        () if standing.is_broken => (Light::Red, "promise-is-broken"),
        () if standing.expected_in_time() < standing.cohort => (Light::Amber, "promise-is-at-risk"),
        () => (Light::Green, "promise-is-on-course"),
    }
}

fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

fn pace(t: T, standing: &Standing) -> String {
    let pace = standing.pace;
    let lately = tenths(pace.lately_week_tenths);
    match pace.needed_week_tenths {
        Some(needed) => {
            let (needed, days) = (tenths(needed), pace.days_left);
            t.t1("promise-pace", &[("days", &days), ("needed", &needed), ("lately", &lately)])
        }
        None => String::new(),
    }
}

fn notes(t: T, standing: &Standing) -> Vec<String> {
    let counts = [
        ("promise-note-silent", standing.silent),
        ("promise-note-gone", standing.gone),
        ("promise-note-joined", standing.joined.len()),
        ("promise-note-left", standing.left.len()),
    ];
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(key, count)| t.t1(key, &[("n", &count)])).collect()
}

/// Makes a promise from the form.
async fn make(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let sent = Sent {
        name: fields.get("name").to_owned(),
        goal: fields.get("goal").to_owned(),
        due: fields.get("due").to_owned(),
        owner: fields.get("owner").to_owned(),
        listed: fields.get("listed") == "1",
        tiers: fields.all("tier").map(str::to_owned).collect(),
        codes: fields.get("codes").to_owned(),
        milestone: fields.get("milestone").trim().to_owned(),
    };
    let new = match read_new(&visit, &sent) {
        Ok(new) => new,
        Err(problem) => return render(visit, sent, vec![*problem]).await,
    };
    let (now, today) = (visit.state.now(), visit.today);
    let codes: Vec<String> = sent.codes.split_whitespace().map(str::to_owned).collect();
    let run = move |desk: &Desk, session: &Session| {
        problems_apart(projects_by_code(desk, session, &codes).and_then(|projects| {
            make_promise(desk, session, &NewPromise { projects, ..new }, now, today)
        }))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => Ok(lead_to("/promises", "promise-made").into_response()),
        false => render(visit, sent, problems).await,
    }
}

fn read_new(visit: &Visit, sent: &Sent) -> Result<NewPromise, Box<Problem>> {
    Ok(NewPromise {
        name: sent.name.clone(),
        stage: Stage::parse(&sent.goal).filter(|_| sent.milestone.is_empty()),
        milestone: Some(sent.milestone.clone()).filter(|key| !key.is_empty()),
        due: day(&sent.due)?,
        tiers: sent.tiers.iter().filter_map(|code| ListTier::parse(code)).collect(),
        listed: sent.listed,
        place: visit.session.actor.place,
        projects: Vec::new(),
        owner: sent.owner.clone(),
    })
}

pub(super) fn day(text: &str) -> Result<Option<Date>, Box<Problem>> {
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = |_| Box::new(Problem::error("task-day-unreadable").arg("day", text));
    text.parse().map(Some).map_err(unreadable)
}

/// Another day, or the end of a promise.
async fn revise(Path(series): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let series: i64 = series.parse().map_err(|_| Failure::NotFound)?;
    let done = match fields.get("do") {
        "withdraw" => "promise-withdrawn",
        _ => "promise-revised",
    };
    let problems = match read_revision(&fields) {
        Err(problem) => vec![*problem],
        Ok(revision) => {
            let (now, today) = (visit.state.now(), visit.today);
            let run = move |desk: &Desk, session: &Session| {
                problems_apart(revise_promise(desk, session, series, &revision, now, today))
            };
            visit.run(run).await?
        }
    };
    match problems.is_empty() {
        true => Ok(lead_to(&format!("/promises/{series}"), done).into_response()),
        false => one::render(visit, series, problems).await,
    }
}

fn read_revision(fields: &Fields) -> Result<Revision, Box<Problem>> {
    let withdrawn = fields.get("do") == "withdraw";
    let due = if withdrawn { None } else { day(fields.get("due"))? };
    Ok(Revision { due, withdrawn, reason: fields.get("reason").to_owned() })
}
