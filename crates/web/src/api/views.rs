//! Views of the ledger that the account has named.

use axum::Json;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_ops::saved_views::{forget_view, save_view, saved_views};

use super::account::Done;
use super::describe::{Endpoint, get, post};
use super::{Sent, body};
use crate::{Failure, Visit};

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/api/views", "listViews", "Views the account has named.", list).live(),
        post("/api/views", "saveView", "Names a view.", save),
        post("/api/views/forget", "forgetView", "Forgets a view.", forget),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Views")]
pub struct List {
    views: Vec<View>,
}

/// A name, and the query of the ledger's address.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "View")]
#[serde(deny_unknown_fields)]
pub struct View {
    name: String,
    query: String,
}

async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    let views = visit.run(saved_views).await?;
    let views = views.into_iter().map(|view| View { name: view.name, query: view.query });
    Ok(Json(List { views: views.collect() }))
}

async fn save(visit: Visit, asked: Sent<View>) -> Result<Json<Done>, Failure> {
    let View { name, query } = body(asked)?;
    visit.run(move |desk, session| save_view(desk, session, &name, &query)).await?;
    Ok(Json(Done::new()))
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ViewsForget")]
#[serde(deny_unknown_fields)]
pub struct Forget {
    name: String,
}

async fn forget(visit: Visit, asked: Sent<Forget>) -> Result<Json<Done>, Failure> {
    let Forget { name } = body(asked)?;
    visit.run(move |desk, session| forget_view(desk, session, &name)).await?;
    Ok(Json(Done::new()))
}
