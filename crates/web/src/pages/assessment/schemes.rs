//! Versions of schemes, and adopting one.

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::Deserialize;
use tici_domain::Problem;
use tici_ops::Action;
use tici_ops::assess::{NewScheme, SchemeVersion, adopt_scheme, scheme_text, view_schemes};

use super::{Tab, tabs};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit},
};

#[derive(Template)]
#[template(path = "assess_schemes.html")]
struct SchemesView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    may_adopt: bool,
    from: String,
    text: String,
    problems: Vec<String>,
}

struct Row {
    title: String,
    version: String,
    href: String,
    from: String,
    items: usize,
    runs: usize,
    state: String,
    by: String,
    reason: String,
}

pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let from = visit.today.to_string();
    render(visit, (from, String::new()), Vec::new()).await
}

async fn render(
    visit: Visit,
    (from, text): (String, String),
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let versions = visit.run(view_schemes).await?;
    let t = visit.t;
    let view = SchemesView {
        tabs: tabs(t, None, "assessment/schemes"),
        rows: versions.iter().map(|version| row(&visit, version)).collect(),
        may_adopt: visit.session.need(Action::KeepRules).is_ok()
            && visit.session.actor.place.is_none(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        shell: visit.shell("scores", t.t("assess-tab-schemes")),
        from,
        text,
        t,
    };
    Ok(Rendered(view).into_response())
}

fn row(visit: &Visit, version: &SchemeVersion) -> Row {
    let (t, row) = (visit.t, &version.row);
    let key = crate::visit::encode(&row.key);
    let by = version.by.as_ref();
    Row {
        title: version.rules.title.get(t.lang).to_owned(),
        version: format!("{} {}", row.key, row.version),
        href: format!(
            "/assessment/schemes/text?key={key}&version={}",
            crate::visit::encode(&row.version)
        ),
        from: t.day(row.from, visit.today),
        items: version.rules.items.len(),
        runs: version.runs,
        state: t.t(if version.is_fixed { "assess-scheme-fixed" } else { "assess-scheme-open" }),
        by: by.map_or_else(String::new, |by| by.title.get(t.lang).to_owned()),
        reason: row.reason.clone().unwrap_or_default(),
    }
}

pub async fn adopt(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let text = fields.raw("text").replace("\r\n", "\n");
    let from: Date =
        fields.get("from").parse().map_err(|_| Failure::bad(fields.get("from").to_owned()))?;
    let new = NewScheme {
        file: "scheme.toml".to_owned(),
        text: text.clone(),
        from,
        reason: fields.get("reason").to_owned(),
        approver: fields.get("approver").to_owned(),
    };
    let now = visit.state.now();
    let adopted = visit.run(move |desk, session| {
        crate::pages::dispatch::problems_apart(adopt_scheme(desk, session, &new, now))
    });
    let problems = adopted.await?;
    match problems.is_empty() {
        true => Ok(lead_to("/assessment/schemes", "scheme-adopted").into_response()),
        false => render(visit, (from.to_string(), text), problems).await,
    }
}

#[derive(Deserialize)]
pub struct Asked {
    key: String,
    version: String,
}

pub async fn text(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let read =
        visit.run(move |desk, session| scheme_text(desk, session, &asked.key, &asked.version));
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], read.await?).into_response())
}
