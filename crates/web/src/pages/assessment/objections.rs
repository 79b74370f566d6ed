//! Objections: filed within the window, answered, and what they led to.

use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tici_domain::{ObjectionState, Problem};
use tici_engine::Snapshot;
use tici_ops::assess::{
    NewObjection, ObjectionView, RunQuery, answer_objection, file_objection, open_run,
    view_objections,
};
use tici_ops::{Action, OpsError};

use super::{Tab, tabs};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit},
};

#[derive(Template)]
#[template(path = "assess_objections.html")]
struct ObjectionsView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    may_answer: bool,
    problems: Vec<String>,
}

struct Row {
    series: i64,
    place: String,
    run: String,
    run_href: String,
    about: String,
    claim: String,
    filed: String,
    state: String,
    is_open: bool,
    may_withdraw: bool,
    answer: String,
    answered: String,
    entry: String,
    rerun: Option<i64>,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    run: Option<i64>,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    render(visit, asked.run, Vec::new()).await
}

async fn render(
    visit: Visit,
    run: Option<i64>,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let read = visit.run(move |desk, session| {
        let (snapshot, views) = view_objections(desk, session, run)?;
        let mut named = Vec::new();
        for view in views {
            let query = RunQuery { run: Some(view.run.series) };
            let opened = open_run(desk, session, &query)?.opened;
            let name = opened.rules.name_of(&view.row.about).cloned();
            named.push((view, name));
        }
        Ok((snapshot, named))
    });
    let (snapshot, views) = read.await?;
    let t = visit.t;
    let named = |name: &Option<tici_domain::Name>| {
        name.as_ref().map_or_else(|| t.t("assess-about-all"), |name| name.get(t.lang).to_owned())
    };
    let rows = views.iter().map(|(view, name)| row(&visit, &snapshot, view, named(name)));
    let view = ObjectionsView {
        rows: rows.collect(),
        tabs: tabs(t, run, "assessment/objections"),
        may_answer: visit.session.need(Action::RunAssessment).is_ok(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        shell: visit.shell("scores", t.t("assess-tab-objections")),
        t,
    };
    Ok(Rendered(view).into_response())
}

fn row(visit: &Visit, snapshot: &Snapshot, view: &ObjectionView, about: String) -> Row {
    let (t, row) = (visit.t, &view.row);
    let place = snapshot.places.get(&row.place);
    let answered = row.answered.map_or_else(String::new, |day| t.day(day, visit.today));
    Row {
        series: row.series,
        place: place.map_or_else(String::new, |place| place.short.get(t.lang).to_owned()),
        run: format!("{} #{}", t.period(view.run.period), row.run),
        run_href: format!("/assessment?run={}", row.run),
        about,
        claim: row.claim.clone(),
        filed: t.day(row.filed, visit.today),
        state: t.code("objection-state", row.state.code()),
        is_open: row.state == ObjectionState::Open,
        may_withdraw: view.may_withdraw,
        answer: row.answer.clone().unwrap_or_default(),
        answered,
        entry: view.by.as_ref().map_or_else(String::new, |entry| t.entry_number(entry.seq)),
        rerun: view.rerun,
    }
}

pub async fn file(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let run: i64 =
        fields.get("run").parse().map_err(|_| Failure::bad(fields.get("run").to_owned()))?;
    let (code, about) = (fields.get("unit").to_owned(), fields.get("about").to_owned());
    let claim = fields.get("claim").to_owned();
    let now = (visit.state.now(), visit.today);
    let filed = visit.run(move |desk, session| {
        let snapshot = desk.snapshot()?;
        let place = snapshot.places.values().find(|place| place.code.code == code);
        let place = place.ok_or_else(|| OpsError::not_found("place", &code))?.id;
        let new = NewObjection { run, place, about, claim };
        crate::pages::dispatch::problems_apart(file_objection(desk, session, &new, now))
    });
    let problems = filed.await?;
    if !problems.is_empty() {
        return render(visit, Some(run), problems).await;
    }
    let to = format!("/assessment/objections?run={run}");
    Ok(lead_to(&to, "objection-filed").into_response())
}

pub async fn answer(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let series = fields.get("objection");
    let series: i64 = series.parse().map_err(|_| Failure::bad(series.to_owned()))?;
    let state = ObjectionState::parse(fields.get("state"));
    let state = state.ok_or_else(|| Failure::bad(fields.get("state").to_owned()))?;
    let answer = fields.get("answer").to_owned();
    let now = (visit.state.now(), visit.today);
    let answered = visit.run(move |desk, session| {
        match answer_objection(desk, session, (series, state, &answer), now) {
            Ok((_, started)) => Ok(Ok(started.map(|started| started.run))),
            Err(OpsError::Problems(problems)) => Ok(Err(problems)),
            Err(other) => Err(other),
        }
    });
    match answered.await? {
        Ok(Some(run)) => {
            Ok(lead_to(&format!("/assessment?run={run}"), "objection-upheld").into_response())
        }
        Ok(None) => Ok(lead_to("/assessment/objections", "objection-answered").into_response()),
        Err(problems) => render(visit, None, problems).await,
    }
}
