//! Rule files: which version goes from when, their text, adopting one, and figures that
//! other offices give for the league.

use axum::{Json, extract::Path};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tici_domain::Period;
use tici_ops::keep_rules::{
    KindView, NewRules, VersionView, adopt_rules, keep_given, rule_text, view_given, view_rules,
};

use super::{Sent, body};
use crate::{Failure, T, Visit};

/// All kinds with their versions.
pub async fn list(visit: Visit) -> Result<Json<Value>, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_rules(desk, session, today)).await?;
    Ok(Json(answer(&visit.t, &page.kinds)))
}

/// The kinds for machines.
pub fn answer(t: &T, kinds: &[KindView]) -> Value {
    let version = |version: &VersionView| {
        let rules = &version.rules;
        json!({
            "version": rules.version,
            "name": rules.name,
            "from": version.from(),
            "until": version.until,
            "is_now": version.is_now,
            "reason": rules.reason,
            "approver": rules.approver,
            "entry": version.by.as_ref().map(|by| by.seq),
        })
    };
    let kind = |view: &KindView| {
        let presets = view.kind.presets.iter().map(|(name, _)| *name);
        json!({
            "kind": view.kind.key,
            "title": t.t(&format!("rules-kind-{}", view.kind.key)),
            "now": view.now.name,
            "now_version": view.versions.iter().find(|v| v.is_now).map(|v| v.rules.version),
            "in_words": view.now.read.words.iter().map(|w| t.words(w)).collect::<Vec<_>>(),
            "versions": view.versions.iter().map(version).collect::<Vec<_>>(),
            "presets": presets.collect::<Vec<_>>(),
        })
    };
    json!({ "kinds": kinds.iter().map(kind).collect::<Vec<_>>() })
}

#[derive(Serialize)]
pub struct Text {
    name: String,
    text: String,
}

/// The text of a version by its number, a preset by its name, or `now`.
pub async fn text(
    visit: Visit,
    Path((kind, which)): Path<(String, String)>,
) -> Result<Json<Text>, Failure> {
    let today = visit.today;
    let run = visit.run(move |desk, session| {
        let page = view_rules(desk, session, today)?;
        rule_text(&page, &kind, &which)
    });
    let (name, text) = run.await?;
    Ok(Json(Text { name, text }))
}

/// A version to be adopted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    text: String,
    from: Date,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    approver: String,
}

#[derive(Serialize)]
pub struct Done {
    /// Empty where there was nothing new.
    entries: Vec<i64>,
}

pub async fn adopt(
    visit: Visit,
    Path(kind): Path<String>,
    sent: Sent<New>,
) -> Result<Json<Done>, Failure> {
    let New { name, text, from, reason, approver } = body(sent)?;
    let new = NewRules { kind, name, text, from, reason, approver };
    let now = visit.state.now();
    let written = visit.run(move |desk, session| adopt_rules(desk, session, &new, now)).await?;
    Ok(Json(Done { entries: written.entries }))
}

fn period_of(text: &str) -> Result<Period, Failure> {
    Period::parse(text).ok_or_else(|| Failure::bad(text.to_owned()))
}

/// What the league of a month needs from other offices, and what is kept.
pub async fn given(visit: Visit, Path(period): Path<String>) -> Result<Json<Value>, Failure> {
    let (period, today) = (period_of(&period)?, visit.today);
    let page = visit.run(move |desk, session| view_given(desk, session, period, today)).await?;
    Ok(Json(json!({ "needed": page.needed, "text": page.text, "problems": page.problems })))
}

/// The CSV of a month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    name: String,
    text: String,
}

pub async fn give(
    visit: Visit,
    Path(period): Path<String>,
    sent: Sent<Given>,
) -> Result<Json<Done>, Failure> {
    let period = period_of(&period)?;
    let Given { name, text } = body(sent)?;
    let moment = (visit.state.now(), visit.today);
    let run =
        visit.run(move |desk, session| keep_given(desk, session, (period, &name, &text), moment));
    Ok(Json(Done { entries: run.await?.entries }))
}
