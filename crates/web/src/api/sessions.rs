//! A program's session: a token for a name and a password.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_ops::{OpsError, accounts};

use super::describe::{Endpoint, post};
use super::{Sent, body};
use crate::{AppState, Failure, visit::off_thread};

pub fn endpoints() -> Vec<Endpoint> {
    let about = "Begins a session of twelve hours with a name and a password.";
    vec![post("/api/sessions", "beginSession", about, begin).once()]
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SessionsSignIn")]
pub struct SignIn {
    login: String,
    password: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SessionsBegun")]
pub struct Begun {
    token: String,
    expires: String,
    role: &'static str,
}

pub async fn begin(
    State(state): State<AppState>,
    asked: Sent<SignIn>,
) -> Result<Json<Begun>, Failure> {
    let SignIn { login, password } = body(asked)?;
    let now = state.now();
    if state.tries.must_wait(&login, now) {
        return Err(Failure::SignIn);
    }
    let (desk, name) = (state.desk.clone(), login.clone());
    let attempt = move || accounts::sign_in(&desk, &name, &password, now);
    match off_thread(attempt).await? {
        Ok(begun) => {
            state.tries.succeeded(&login);
            let role = begun.session.actor.role.code();
            Ok(Json(Begun { token: begun.token, expires: begun.expires.to_string(), role }))
        }
        Err(OpsError::SignInRefused) => {
            state.tries.failed(&login, now);
            Err(Failure::SignIn)
        }
        Err(error) => Err(error.into()),
    }
}
