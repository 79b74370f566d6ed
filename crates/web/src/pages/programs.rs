//! Programs: the account's tokens, the addresses that are told what happens, and what the API
//! has.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use tici_domain::{HookEvent, Problem, Scope};
use tici_ops::tokens::{NewToken, TOKEN_DAYS, TokenView, make_token, revoke_token, view_tokens};
use tici_ops::webhooks::{
    Delivery, NewWebhook, PRIVATE_SETTING, allow_private, put_webhook, send_again, send_test,
    set_active, view_webhook, view_webhooks,
};
use tici_ops::{Action, OpsError, permission::role_has};

use super::Page;
use crate::{Failure, Posted, Rendered, Shell, T, Visit, api::GROUPS, visit::PageResult};

pub const PAGE: Page = Page {
    id: "programs",
    nav: None,
    routes: || {
        Router::new()
            .route("/api", get(reference))
            .route("/programs", get(show))
            .route("/programs/tokens", post(make))
            .route("/programs/tokens/{series}/revoke", post(revoke))
            .route("/programs/webhooks", post(put))
            .route("/programs/networks", post(allow))
            .route("/programs/webhooks/{series}", get(log).post(act))
    },
};

#[derive(Template)]
#[template(path = "programs.html")]
struct ProgramsPage {
    shell: Shell,
    t: T,
    /// A secret, on the one page that shows it.
    secret: String,
    problems: Vec<String>,
    tokens: Vec<TokenLine>,
    scopes: Vec<(&'static str, String)>,
    days: u32,
    keeps_webhooks: bool,
    webhooks: Vec<HookLine>,
    events: Vec<(&'static str, String)>,
    /// Private networks that may be written to; `None` for whoever may not say so.
    networks: Option<String>,
}

struct TokenLine {
    series: i64,
    name: String,
    scopes: String,
    made: String,
    expires: String,
    last_used: String,
    state: String,
    is_open: bool,
}

struct HookLine {
    series: i64,
    name: String,
    url: String,
    events: String,
    state: String,
    last: String,
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    page(visit, String::new(), Vec::new()).await
}

async fn page(visit: Visit, secret: String, problems: Vec<Problem>) -> Result<Response, Failure> {
    let (t, now) = (visit.t, visit.state.now());
    let role = visit.session.actor.role;
    let keeps_webhooks = role_has(role, Action::KeepWebhooks);
    let may_allow = role_has(role, Action::ManageAccounts);
    let (tokens, hooks, networks) = visit
        .run(move |desk, session| {
            let hooks = if keeps_webhooks { view_webhooks(desk, session)? } else { Vec::new() };
            let snapshot = desk.snapshot()?;
            let networks = snapshot.setting(PRIVATE_SETTING).unwrap_or_default().to_owned();
            Ok((view_tokens(desk, session, false, now)?, hooks, networks))
        })
        .await?;
    let zone = visit.state.config.zone.clone();
    let moment = |at: Option<jiff::Timestamp>| at.map_or("—".into(), |at| t.moment(at, &zone));
    let token = |view: &TokenView| TokenLine {
        series: view.token.series,
        name: view.token.name.clone(),
        scopes: list(t, view.token.scopes.iter().map(|scope| scope_word(t, *scope))),
        made: moment(view.made.as_ref().map(|made| made.at)),
        expires: moment(Some(view.token.expires)),
        last_used: moment(view.last_used),
        state: t.t(token_state(view)),
        is_open: view.is_open(),
    };
    let hook = |view: &tici_ops::webhooks::WebhookView| HookLine {
        series: view.webhook.series,
        name: view.webhook.name.clone(),
        url: view.webhook.url.clone(),
        events: list(t, view.webhook.events.iter().map(|event| event_word(t, *event))),
        state: t.t(super::journal::webhook_state(view.webhook.active)),
        last: view.last.as_ref().map_or("—".into(), |last| delivery_state(t, last)),
    };
    let scopes = Scope::ALL.iter().filter(|scope| **scope != Scope::Read);
    let page = ProgramsPage {
        shell: visit.shell("programs", t.t("programs-title")),
        secret,
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        tokens: tokens.iter().map(token).collect(),
        scopes: scopes.map(|scope| (scope.code(), scope_word(t, *scope))).collect(),
        days: TOKEN_DAYS,
        keeps_webhooks,
        webhooks: hooks.iter().map(hook).collect(),
        events: HookEvent::ALL.iter().map(|event| (event.code(), event_word(t, *event))).collect(),
        networks: may_allow.then_some(networks),
        t,
    };
    Ok(Rendered(page).into_response())
}

fn list(t: T, words: impl Iterator<Item = String>) -> String {
    t.list(&words.collect::<Vec<_>>())
}

fn scope_word(t: T, scope: Scope) -> String {
    t.code("scope", scope.code())
}

fn event_word(t: T, event: HookEvent) -> String {
    t.code("hook-event", event.code())
}

fn token_state(view: &TokenView) -> &'static str {
    match (view.token.revoked, view.has_expired) {
        (true, _) => "token-revoked",
        (_, true) => "token-expired",
        _ => "token-open",
    }
}

fn delivery_state(t: T, message: &Delivery) -> String {
    let state = t.code("delivery", &message.state);
    let answer = message.status.map(|status| status.to_string());
    match answer.or_else(|| message.error.clone()) {
        Some(answer) => format!("{state} · {answer}"),
        None => state,
    }
}

/// Problems of the input are shown on the page; anything else fails the request.
fn apart<R>(done: Result<R, OpsError>) -> Result<Result<R, Vec<Problem>>, OpsError> {
    match done {
        Err(OpsError::Problems(problems)) => Ok(Err(problems)),
        other => other.map(Ok),
    }
}

async fn make(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let scopes = fields.all("scope").filter_map(Scope::parse).collect();
    let days = fields.get("days").parse().unwrap_or(0);
    let new = NewToken { name: fields.get("name").to_owned(), scopes, days };
    let now = visit.state.now();
    let run = visit.run(move |desk, session| apart(make_token(desk, session, &new, now)));
    match run.await? {
        Ok(made) => page(visit, made.secret, Vec::new()).await,
        Err(problems) => page(visit, String::new(), problems).await,
    }
}

async fn revoke(Path(series): Path<i64>, posted: Posted) -> Result<Redirect, Failure> {
    let now = posted.visit.state.now();
    posted.visit.run(move |desk, session| revoke_token(desk, session, series, now)).await?;
    Ok(Redirect::to("/programs"))
}

async fn put(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let events = fields.all("event").filter_map(HookEvent::parse).collect();
    let (name, url) = (fields.get("name").to_owned(), fields.get("url").to_owned());
    let new = NewWebhook { series: None, name, url, events };
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| apart(put_webhook(desk, session, &new, now, today)));
    match run.await? {
        Ok(made) => page(visit, made.secret.unwrap_or_default(), Vec::new()).await,
        Err(problems) => page(visit, String::new(), problems).await,
    }
}

async fn allow(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let (networks, now) = (fields.get("networks").to_owned(), visit.state.now());
    let run = visit.run(move |desk, session| apart(allow_private(desk, session, &networks, now)));
    match run.await? {
        Ok(_) => Ok(Redirect::to("/programs").into_response()),
        Err(problems) => page(visit, String::new(), problems).await,
    }
}

#[derive(Template)]
#[template(path = "webhook.html")]
struct WebhookPageView {
    shell: Shell,
    t: T,
    series: i64,
    url: String,
    events: String,
    state: String,
    reason: String,
    active: bool,
    log: Vec<LogLine>,
    newer: i64,
    older: i64,
}

struct LogLine {
    id: String,
    made: String,
    kind: String,
    entry: Option<i64>,
    state: String,
    attempts: i64,
    next: String,
    body: String,
}

#[derive(Deserialize)]
struct Asked {
    page: Option<i64>,
}

async fn log(
    visit: Visit,
    Path(series): Path<i64>,
    Query(asked): Query<Asked>,
) -> PageResult<WebhookPageView> {
    let page = asked.page.unwrap_or(1) - 1;
    let view = visit.run(move |desk, session| view_webhook(desk, session, series, page)).await?;
    let (t, zone) = (visit.t, visit.state.config.zone.clone());
    let line = |message: &Delivery| LogLine {
        id: message.id.clone(),
        made: t.moment(message.made, &zone),
        kind: message.kind.clone(),
        entry: message.entry,
        state: delivery_state(t, message),
        attempts: message.attempts,
        next: message.next.map_or_else(String::new, |next| t.moment(next, &zone)),
        body: message.body.clone(),
    };
    let hook = &view.view.webhook;
    Ok(Rendered(WebhookPageView {
        shell: visit.shell("programs", hook.name.clone()),
        series,
        url: hook.url.clone(),
        events: list(t, hook.events.iter().map(|event| event_word(t, *event))),
        state: t.t(super::journal::webhook_state(hook.active)),
        reason: hook.reason.clone().unwrap_or_default(),
        active: hook.active,
        log: view.log.iter().map(line).collect(),
        newer: view.page,
        older: if view.page + 1 < view.pages { view.page + 2 } else { 0 },
        t,
    }))
}

/// `stop`, `start`, `test`, or `again` with the message's id.
async fn act(Path(series): Path<i64>, posted: Posted) -> Result<Redirect, Failure> {
    let Posted { visit, fields } = posted;
    let (verb, id) = (fields.get("do").to_owned(), fields.get("id").to_owned());
    let now = visit.state.now();
    let run = visit.run(move |desk, session| match verb.as_str() {
        "stop" => set_active(desk, session, series, false, now).map(drop),
        "start" => set_active(desk, session, series, true, now).map(drop),
        "again" => send_again(desk, session, (series, &id), now),
        _ => send_test(desk, session, series, now).map(drop),
    });
    run.await?;
    Ok(Redirect::to(&format!("/programs/webhooks/{series}")))
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    shell: Shell,
    t: T,
    groups: Vec<(&'static str, Vec<OperationLine>)>,
}

struct OperationLine {
    id: &'static str,
    method: String,
    path: &'static str,
    about: &'static str,
    asks: Vec<(&'static str, &'static str)>,
}

/// What the API has, to be read.
async fn reference(visit: Visit) -> PageResult<ApiPage> {
    let groups = GROUPS.iter().map(|(tag, endpoints)| {
        let line = |endpoint: crate::api::describe::Endpoint| OperationLine {
            id: endpoint.id,
            method: endpoint.method.to_string(),
            path: endpoint.path,
            about: endpoint.about,
            asks: endpoint.params.iter().map(|param| (param.name, param.about)).collect(),
        };
        (*tag, endpoints().into_iter().map(line).collect())
    });
    let groups = groups.collect();
    let shell = visit.shell("programs", visit.t.t("api-title"));
    Ok(Rendered(ApiPage { shell, t: visit.t, groups }))
}
