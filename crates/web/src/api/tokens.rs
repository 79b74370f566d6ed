//! Tokens of programs: made, listed, revoked.

use axum::{Json, extract::RawQuery};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_domain::{ApiToken, Scope};
use tici_ops::tokens::{NewToken, TOKEN_DAYS, TokenView, make_token, revoke_token, view_tokens};

use super::describe::{Endpoint, Kind, get, param, post};
use super::{At, Sent, Written, body};
use crate::{Failure, Visit};

pub fn endpoints() -> Vec<Endpoint> {
    let all = param("all", Kind::Flag, "Everybody's, for whoever keeps accounts.");
    let make_about = "Makes a token for the account itself; the secret is shown this once.";
    vec![
        get("/api/tokens", "listTokens", "The account's tokens.", list).asks(&[all]).live(),
        post("/api/tokens", "makeToken", make_about, make).once(),
        post("/api/tokens/{series}/revoke", "revokeToken", "Revokes a token.", revoke),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Tokens")]
pub struct List {
    /// Newest first.
    tokens: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TokensRow")]
struct Row {
    #[serde(flatten)]
    token: ApiToken,
    login: String,
    #[schemars(with = "Option<tici_domain::schema::Moment>")]
    made: Option<Timestamp>,
    #[schemars(with = "Option<tici_domain::schema::Moment>")]
    last_used: Option<Timestamp>,
    /// Neither revoked nor past its end.
    open: bool,
}

/// Tokens as the API and `tici token list --json` give them.
pub fn answer(views: &[TokenView]) -> List {
    let row = |view: &TokenView| Row {
        token: view.token.clone(),
        login: view.login.clone(),
        made: view.made.as_ref().map(|made| made.at),
        last_used: view.last_used,
        open: view.is_open(),
    };
    List { tokens: views.iter().map(row).collect() }
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<List>, Failure> {
    let all = query.unwrap_or_default().split('&').any(|pair| pair == "all=true");
    let now = visit.state.now();
    let views = visit.run(move |desk, session| view_tokens(desk, session, all, now)).await?;
    Ok(Json(answer(&views)))
}

/// A token to be made.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "TokensNew")]
#[serde(deny_unknown_fields)]
pub struct New {
    /// What it is for.
    name: String,
    #[serde(default)]
    scopes: Vec<Scope>,
    /// Days until it ends; 90 when left out, 366 at most.
    days: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TokensMade")]
pub struct Made {
    token: ApiToken,
    /// Send it as `Authorization: Bearer SECRET`. It is not shown again.
    secret: String,
    entries: Vec<i64>,
}

async fn make(visit: Visit, asked: Sent<New>) -> Result<Json<Made>, Failure> {
    let New { name, scopes, days } = body(asked)?;
    let new = NewToken { name, scopes, days: days.unwrap_or(TOKEN_DAYS) };
    let now = visit.state.now();
    let made = visit.run(move |desk, session| make_token(desk, session, &new, now)).await?;
    Ok(Json(Made { token: made.token, secret: made.secret, entries: made.written.entries }))
}

async fn revoke(visit: Visit, At(series): At<i64>) -> Result<Json<Written>, Failure> {
    let now = visit.state.now();
    let run = visit.run(move |desk, session| revoke_token(desk, session, series, now));
    Ok(Json(Written { entries: run.await?.entries }))
}
