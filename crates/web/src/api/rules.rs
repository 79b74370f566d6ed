//! Rule files: which version goes from when, their text, adopting one, and figures that
//! other offices give for the league.

use axum::Json;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tici_domain::Period;
use tici_ops::keep_rules::{
    KindView, NewRules, VersionView, adopt_rules, keep_given, rule_text, view_given, view_rules,
};

use super::describe::{Endpoint, get, post};
use super::{At, Sent, Shaped, body};
use crate::{Failure, T, Visit};

pub fn endpoints() -> Vec<Endpoint> {
    let given_path = "/api/league/given/{period}";
    vec![
        get("/api/rules", "listRules", "Rule files: which version goes from when.", list),
        post("/api/rules/{kind}", "adoptRules", "Adopts rules from a day on.", adopt),
        get("/api/rules/{kind}/{which}", "readRules", "The text of a version or preset.", text),
        get(given_path, "showGiven", "Figures that other offices give for the league.", given),
        post(given_path, "giveFigures", "Keeps the figures of a month.", give),
    ]
}

/// All kinds with their versions.
pub async fn list(visit: Visit) -> Result<Json<Shaped<Kinds>>, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_rules(desk, session, today)).await?;
    Ok(Json(answer(&visit.t, &page.kinds).into()))
}

#[derive(JsonSchema)]
#[schemars(rename = "Rules")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
pub struct Kinds {
    kinds: Vec<KindShape>,
}

#[derive(JsonSchema)]
#[schemars(rename = "RulesKind")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct KindShape {
    kind: String,
    title: String,
    /// Name of the version in force.
    now: String,
    now_version: Option<i64>,
    in_words: Vec<String>,
    versions: Vec<VersionShape>,
    presets: Vec<String>,
}

#[derive(JsonSchema)]
#[schemars(rename = "RulesVersion")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct VersionShape {
    version: i64,
    name: String,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    from: Option<Date>,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    until: Option<Date>,
    is_now: bool,
    reason: Option<String>,
    approver: Option<Value>,
    entry: Option<i64>,
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

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RulesText")]
pub struct Text {
    name: String,
    text: String,
}

/// The text of a version by its number, a preset by its name, or `now`.
pub async fn text(
    visit: Visit,
    At((kind, which)): At<(String, String)>,
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
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RulesNew")]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    text: String,
    #[schemars(with = "tici_domain::schema::Day")]
    from: Date,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    approver: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RulesDone")]
pub struct Done {
    /// Empty where there was nothing new.
    entries: Vec<i64>,
}

pub async fn adopt(
    visit: Visit,
    At(kind): At<String>,
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

/// Figures of a month, as CSV, and which items of the rules need them.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RulesGivenFigures")]
pub struct GivenFigures {
    needed: Vec<String>,
    text: String,
    problems: Vec<tici_domain::Problem>,
}

/// What the league of a month needs from other offices, and what is kept.
pub async fn given(visit: Visit, At(period): At<String>) -> Result<Json<GivenFigures>, Failure> {
    let (period, today) = (period_of(&period)?, visit.today);
    let page = visit.run(move |desk, session| view_given(desk, session, period, today)).await?;
    Ok(Json(GivenFigures { needed: page.needed, text: page.text, problems: page.problems }))
}

/// The CSV of a month.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RulesGiven")]
#[serde(deny_unknown_fields)]
pub struct Given {
    name: String,
    text: String,
}

pub async fn give(
    visit: Visit,
    At(period): At<String>,
    sent: Sent<Given>,
) -> Result<Json<Done>, Failure> {
    let period = period_of(&period)?;
    let Given { name, text } = body(sent)?;
    let moment = (visit.state.now(), visit.today);
    let run =
        visit.run(move |desk, session| keep_given(desk, session, (period, &name, &text), moment));
    Ok(Json(Done { entries: run.await?.entries }))
}
