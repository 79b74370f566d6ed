//! The account itself: how it reads, its password, its calendar, its session.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tici_domain::{Lang, Role};
use tici_ops::preferences::{Preference, keep_preference, preferences};
use tici_ops::{accounts, calendar};

use super::describe::{Endpoint, get, post};
use super::{Sent, body};
use crate::reader::Reader;
use crate::{AppState, Failure, Visit, i18n::MoneyStyle, visit::off_thread};

pub fn endpoints() -> Vec<Endpoint> {
    let end = "Ends the session of the token that is sent.";
    let calendar_about = "Makes a secret calendar address in place of any before, or revokes it.";
    vec![
        get("/api/account", "showAccount", "The account that asks.", show).live(),
        post("/api/account/preferences", "keepPreferences", "Keeps how the account reads.", keep),
        post("/api/account/password", "changePassword", "Sets another password.", password).once(),
        post("/api/account/calendar", "keepCalendar", calendar_about, keep_calendar).once(),
        post("/api/sessions/end", "endSession", end, sign_out).once(),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
pub struct Account {
    id: i64,
    login: String,
    title: String,
    role: Role,
    /// Root of the places it works in; null is everywhere.
    place: Option<i64>,
    lang: Option<String>,
    money: Option<String>,
    has_calendar: bool,
    /// What the token is good for; null for somebody who signed in.
    scopes: Option<Vec<tici_domain::Scope>>,
}

async fn show(visit: Visit) -> Result<Json<Account>, Failure> {
    let lang = visit.t.lang;
    let run = visit.run(move |desk, session| {
        let kept = preferences(desk, session)?;
        let actor = session.actor.clone();
        Ok(Account {
            id: actor.id,
            title: actor.title.get(lang).to_owned(),
            login: actor.login,
            role: actor.role,
            place: actor.place,
            lang: kept.get(Preference::Language).map(str::to_owned),
            money: kept.get(Preference::Money).map(str::to_owned),
            has_calendar: calendar::has_calendar(desk, session)?,
            scopes: session.scopes.clone(),
        })
    });
    Ok(Json(run.await?))
}

/// Choices; one that is left out stays.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AccountPreferences")]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// `zh-Hans`, `zh-Hant` or `en`.
    lang: Option<String>,
    /// `scaled` or `plain`.
    money: Option<String>,
}

/// Something that is no part of the ledger was done.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Done")]
pub struct Done {
    done: bool,
}

impl Done {
    pub fn new() -> Done {
        Done { done: true }
    }
}

async fn keep(visit: Visit, asked: Sent<Choices>) -> Result<Json<Done>, Failure> {
    let Choices { lang, money } = body(asked)?;
    let bad = |name: &str, value: &str| Failure::bad(format!("{name}={value}"));
    if let Some(lang) = lang.as_deref().filter(|lang| Lang::parse(lang).is_none()) {
        return Err(bad("lang", lang));
    }
    if let Some(money) = money.as_deref().filter(|code| MoneyStyle::parse(code).is_none()) {
        return Err(bad("money", money));
    }
    let run = visit.run(move |desk, session| {
        for (preference, value) in [(Preference::Language, lang), (Preference::Money, money)] {
            if let Some(value) = value {
                keep_preference(desk, session, preference, &value)?;
            }
        }
        Ok(())
    });
    run.await?;
    Ok(Json(Done::new()))
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AccountPassword")]
#[serde(deny_unknown_fields)]
pub struct Passwords {
    old: String,
    new: String,
}

async fn password(visit: Visit, asked: Sent<Passwords>) -> Result<Json<Done>, Failure> {
    let Passwords { old, new } = body(asked)?;
    let now = visit.state.now();
    let run = visit.run(move |desk, session| {
        let passwords = (Some(old.as_str()), new.as_str());
        accounts::set_password(desk, session, session.actor.id, passwords, now)
    });
    run.await?;
    Ok(Json(Done::new()))
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AccountCalendarChange")]
#[serde(deny_unknown_fields)]
pub struct CalendarChange {
    /// Takes the address away instead.
    #[serde(default)]
    revoke: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AccountCalendar")]
pub struct Calendar {
    /// The secret address, told this once; null when revoked.
    path: Option<String>,
}

async fn keep_calendar(
    visit: Visit,
    asked: Sent<CalendarChange>,
) -> Result<Json<Calendar>, Failure> {
    let CalendarChange { revoke } = body(asked)?;
    let run = visit.run(move |desk, session| {
        session.need_person()?;
        if revoke {
            calendar::revoke_calendar(desk, session)?;
            return Ok(None);
        }
        calendar::renew_calendar(desk, session).map(Some)
    });
    let path = run.await?.map(|secret| format!("/calendar/{secret}.ics"));
    Ok(Json(Calendar { path }))
}

async fn sign_out(
    State(state): State<AppState>,
    _: Visit,
    reader: Reader,
) -> Result<Json<Done>, Failure> {
    let token = reader.session_token.ok_or(Failure::SignIn)?;
    let desk = state.desk.clone();
    off_thread(move || accounts::sign_out(&desk, &token)).await??;
    Ok(Json(Done::new()))
}
