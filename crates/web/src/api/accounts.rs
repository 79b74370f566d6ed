//! Accounts, for whoever keeps them.

use axum::Json;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_domain::{Actor, Name, Role};
use tici_ops::accounts::{put_account, set_password, view_accounts};

use super::describe::{Endpoint, get, post};
use super::{Sent, body};
use crate::{Failure, Visit};

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/api/accounts", "listAccounts", "Accounts of the ledger.", list),
        post("/api/accounts", "putAccount", "Makes or changes the account of a login.", put).once(),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Accounts")]
pub struct List {
    accounts: Vec<Actor>,
}

async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    Ok(Json(List { accounts: visit.run(view_accounts).await? }))
}

/// An account as it shall be.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AccountsPut")]
#[serde(deny_unknown_fields)]
pub struct Put {
    login: String,
    /// The post, never a person's name; the login when left out.
    title: Option<String>,
    role: Role,
    /// Root of the places it works in; everywhere when left out.
    place: Option<i64>,
    #[serde(default = "yes")]
    active: bool,
    /// Left out, the password stays as it is.
    password: Option<String>,
}

fn yes() -> bool {
    true
}

async fn put(visit: Visit, asked: Sent<Put>) -> Result<Json<Actor>, Failure> {
    let Put { login, title, role, place, active, password } = body(asked)?;
    let title = Name::new(title.unwrap_or_else(|| login.clone()));
    let wanted = Actor { id: 0, login, title, role, place, active };
    let now = visit.state.now();
    let run = visit.run(move |desk, session| {
        let made = put_account(desk, session, wanted, now)?;
        if let Some(password) = password {
            set_password(desk, session, made.id, (None, &password), now)?;
        }
        Ok(made)
    });
    Ok(Json(run.await?))
}
