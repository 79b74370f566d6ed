//! A program's session: a token for a name and a password.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use tici_ops::{OpsError, accounts};

use crate::{AppState, Failure, visit::off_thread};

#[derive(Deserialize)]
pub struct SignIn {
    login: String,
    password: String,
}

#[derive(Serialize)]
pub struct Begun {
    token: String,
    expires: String,
    role: &'static str,
}

pub async fn begin(
    State(state): State<AppState>,
    asked: Result<Json<SignIn>, axum::extract::rejection::JsonRejection>,
) -> Result<Json<Begun>, Failure> {
    let Json(SignIn { login, password }) =
        asked.map_err(|error| Failure::bad(error.body_text()))?;
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
