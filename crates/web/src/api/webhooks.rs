//! Addresses that are told what happens: kept, tried, and their log.

use axum::{Json, extract::RawQuery};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_domain::{HookEvent, Webhook};
use tici_ops::webhooks::{
    NewWebhook, WebhookView, allow_private, put_webhook, send_again, send_test, set_active,
    view_webhook, view_webhooks,
};

use super::account::Done;
use super::describe::{Endpoint, PAGE, get, post};
use super::{At, Sent, Written, body};
use crate::{Failure, Fields, Visit, visit::read_pairs};

pub fn endpoints() -> Vec<Endpoint> {
    let one = "/api/webhooks/{series}";
    let again_path = "/api/webhooks/{series}/deliveries/{delivery}/again";
    let put_about = "Sets an address to tell; the secret of a new one is shown this once.";
    let networks = "Private networks that may be written to, such as `10.0.0.0/8`.";
    vec![
        get("/api/webhooks", "listWebhooks", "Addresses that are told.", list).live(),
        post("/api/webhooks", "putWebhook", put_about, put).once(),
        get(one, "showWebhook", "An address with its log of messages.", show).asks(&[PAGE]).live(),
        post("/api/webhooks/{series}/active", "switchWebhook", "Stops or restarts one.", switch),
        post("/api/webhooks/{series}/tests", "testWebhook", "Sends a message to try one.", test),
        post(again_path, "resendDelivery", "Sends a message again.", again),
        post("/api/webhooks/networks", "allowNetworks", networks, allow),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Webhooks")]
pub struct List {
    webhooks: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhooksRow")]
struct Row {
    #[serde(flatten)]
    webhook: Webhook,
    /// Entries it has not been told of.
    behind: i64,
    #[schemars(with = "Option<tici_domain::schema::Moment>")]
    failing_since: Option<Timestamp>,
    last: Option<Message>,
}

/// A message, and what became of it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Delivery")]
pub struct Message {
    id: String,
    kind: String,
    entry: Option<i64>,
    #[schemars(with = "tici_domain::schema::Moment")]
    made: Timestamp,
    /// `waiting`, `delivered` or `failed`.
    state: String,
    attempts: i64,
    #[schemars(with = "Option<tici_domain::schema::Moment>")]
    next: Option<Timestamp>,
    /// Status of the last answer.
    status: Option<i64>,
    error: Option<String>,
    #[schemars(with = "Option<tici_domain::schema::Moment>")]
    delivered: Option<Timestamp>,
    body: String,
}

/// A message as the API and `tici webhook log --json` give it.
pub fn message(of: &tici_ops::webhooks::Delivery) -> Message {
    Message {
        id: of.id.clone(),
        kind: of.kind.clone(),
        entry: of.entry,
        made: of.made,
        state: of.state.clone(),
        attempts: of.attempts,
        next: of.next,
        status: of.status,
        error: of.error.clone(),
        delivered: of.done,
        body: of.body.clone(),
    }
}

fn row(view: &WebhookView) -> Row {
    Row {
        webhook: view.webhook.clone(),
        behind: view.behind,
        failing_since: view.failing_since,
        last: view.last.as_ref().map(message),
    }
}

/// Addresses as the API and `tici webhook list --json` give them.
pub fn answer(views: &[WebhookView]) -> List {
    List { webhooks: views.iter().map(row).collect() }
}

async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    Ok(Json(answer(&visit.run(view_webhooks).await?)))
}

/// An address to tell; with `series`, another shape of one that is there.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "WebhooksPut")]
#[serde(deny_unknown_fields)]
pub struct Put {
    series: Option<i64>,
    name: String,
    url: String,
    events: Vec<HookEvent>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhooksMade")]
pub struct Made {
    webhook: Webhook,
    /// Messages are signed with it. It is not shown again.
    secret: Option<String>,
    entries: Vec<i64>,
}

async fn put(visit: Visit, asked: Sent<Put>) -> Result<Json<Made>, Failure> {
    let Put { series, name, url, events } = body(asked)?;
    let new = NewWebhook { series, name, url, events };
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| put_webhook(desk, session, &new, now, today));
    let made = run.await?;
    Ok(Json(Made { webhook: made.webhook, secret: made.secret, entries: made.written.entries }))
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookLog")]
pub struct One {
    #[serde(flatten)]
    row: Row,
    found: i64,
    /// From 1.
    page: i64,
    pages: i64,
    log: Vec<Message>,
}

async fn show(
    visit: Visit,
    At(series): At<i64>,
    RawQuery(query): RawQuery,
) -> Result<Json<One>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let page: i64 = fields.get("page").parse().unwrap_or(1);
    let run = visit.run(move |desk, session| view_webhook(desk, session, series, page - 1));
    let view = run.await?;
    Ok(Json(One {
        row: row(&view.view),
        found: view.found,
        page: view.page + 1,
        pages: view.pages,
        log: view.log.iter().map(message).collect(),
    }))
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "WebhooksSwitch")]
#[serde(deny_unknown_fields)]
pub struct Switch {
    active: bool,
}

async fn switch(
    visit: Visit,
    At(series): At<i64>,
    asked: Sent<Switch>,
) -> Result<Json<Written>, Failure> {
    let Switch { active } = body(asked)?;
    let now = visit.state.now();
    let run = visit.run(move |desk, session| set_active(desk, session, series, active, now));
    Ok(Json(Written { entries: run.await?.entries }))
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhooksTested")]
pub struct Tested {
    /// Id of the message; the log says what became of it.
    delivery: String,
}

async fn test(visit: Visit, At(series): At<i64>) -> Result<Json<Tested>, Failure> {
    let now = visit.state.now();
    let run = visit.run(move |desk, session| send_test(desk, session, series, now));
    Ok(Json(Tested { delivery: run.await? }))
}

async fn again(visit: Visit, At((series, id)): At<(i64, String)>) -> Result<Json<Done>, Failure> {
    let now = visit.state.now();
    visit.run(move |desk, session| send_again(desk, session, (series, &id), now)).await?;
    Ok(Json(Done::new()))
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "WebhooksNetworks")]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// `10.0.0.0/8, 192.168.4.0/24`; blank for none.
    networks: String,
}

async fn allow(visit: Visit, asked: Sent<Allowed>) -> Result<Json<Written>, Failure> {
    let Allowed { networks } = body(asked)?;
    let now = visit.state.now();
    let run = visit.run(move |desk, session| allow_private(desk, session, &networks, now));
    Ok(Json(Written { entries: run.await?.entries }))
}
