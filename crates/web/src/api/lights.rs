//! `GET /api/lights`: the light of every project, the rule and the figures behind it.

use axum::{Json, extract::RawQuery};
use schemars::JsonSchema;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tici_domain::{Excuse, Light, Period};
use tici_engine::lights::{LightChange, LightRules, Lit, PRESETS, preset};
use tici_ops::view_lights::{
    LightRow, LightsPage, LightsQuery, last_month, view_lights, yesterday,
};

use super::Shaped;
use super::describe::{Endpoint, Kind, get, param};
use crate::{Failure, Fields, T, Visit, pages::ledger::Asked, visit::read_pairs};

pub fn endpoints() -> Vec<Endpoint> {
    let about = "The light of every project, the rule and the figures behind it.";
    let names = Kind::Codes(|| PRESETS.iter().map(|(name, _)| *name).collect());
    vec![get("/api/lights", "readLights", about, lights).asks(super::projects::FILTERS).asks(&[
        param("rules", names, "Rules to light by instead of the ledger's own."),
        param("history", Kind::Number(0, 36), "Months before this one."),
        param("since", Kind::Text, "What changed: `yesterday`, `month` or a number of entries."),
    ])]
}

/// Takes the ledger's filter, `rules` (a preset), `history` (months), and `since`:
/// `yesterday`, `month`, or a number of entries.
pub async fn lights(
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Result<Json<Shaped<Shape>>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let ledger = Asked::read(&fields)?.query();
    let (mut asked, mut since) = (LightsQuery::default(), String::new());
    for (name, value) in &fields.0 {
        let bad = || Failure::bad(format!("{name}={value}"));
        match name.as_str() {
            "rules" => asked.rules = Some(preset(value).ok_or_else(bad)?),
            "history" => asked.history = value.parse().map_err(|_| bad())?,
            "since" => {
                let is_known = matches!(value.as_str(), "yesterday" | "month");
                if !is_known && value.parse::<i64>().is_err() {
                    return Err(bad());
                }
                since.clone_from(value);
            }
            _ => {}
        }
    }
    let today = visit.today;
    let page = visit.run(move |desk, session| {
        asked.since = match since.as_str() {
            "" => None,
            "yesterday" => Some(yesterday(desk, today)?),
            "month" => Some(last_month(desk, today)?),
            seq => seq.parse().ok().map(|seq| (seq, today)),
        };
        view_lights(desk, session, &ledger, asked, today)
    });
    let page = page.await?;
    Ok(Json(answer(&visit.t, &page).into()))
}

#[derive(JsonSchema)]
#[schemars(rename = "Lights")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
pub struct Shape {
    /// Key of the rules.
    rules: String,
    rules_in_words: Vec<String>,
    period: Period,
    /// Entries that were known.
    as_of: i64,
    /// Projects by light.
    counts: BTreeMap<Light, usize>,
    excused: usize,
    excuses: Vec<Excuse>,
    rows: Vec<RowShape>,
    changes: Vec<ChangeShape>,
}

#[derive(JsonSchema)]
#[schemars(rename = "LightsRow")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct RowShape {
    project: i64,
    code: String,
    name: String,
    place: String,
    light: LitShape,
    /// What each rule by itself says.
    rules: Vec<LitShape>,
    history: Vec<MonthShape>,
}

#[derive(JsonSchema)]
#[schemars(rename = "LightsMonth")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct MonthShape {
    period: Period,
    light: Light,
}

#[derive(JsonSchema)]
#[schemars(rename = "LightsLit")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct LitShape {
    light: Light,
    rule: Option<String>,
    key: String,
    reason: String,
    /// The light it would be without its excuse.
    without_excuse: Option<Light>,
}

#[derive(JsonSchema)]
#[schemars(rename = "LightsChange")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct ChangeShape {
    project: i64,
    code: String,
    from: Option<LitShape>,
    to: Option<LitShape>,
    worse: bool,
}

/// Lights for machines: each reason in the reader's words, and the rules beside them.
pub fn answer(t: &T, page: &LightsPage) -> Value {
    let rules = &page.lens.lights;
    let change = |change: &LightChange| {
        json!({
            "project": change.project, "code": who(t, page, change.project)[0],
            "from": change.from.map(|from| lit(t, &from, &page.rules_before)),
            "to": change.to.map(|to| lit(t, &to, rules)),
            "worse": change.is_worse(),
        })
    };
    json!({
        "rules": rules.key,
        "rules_in_words": rules.words().iter().map(|words| t.words(words)).collect::<Vec<_>>(),
        "period": page.lens.period,
        "as_of": page.snapshot.seq,
        "counts": page.counts,
        "excused": page.excused,
        "excuses": page.excuses().collect::<Vec<&Excuse>>(),
        "rows": page.rows.iter().map(|one| row(t, page, one)).collect::<Vec<_>>(),
        "changes": page.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn row(t: &T, page: &LightsPage, row: &LightRow) -> Value {
    let rules = &page.lens.lights;
    let [code, name, place] = who(t, page, row.project);
    json!({
        "project": row.project, "code": code, "name": name, "place": place,
        "light": lit(t, &row.lit, rules),
        "rules": row.all.iter().map(|one| lit(t, one, rules)).collect::<Vec<_>>(),
        "history": row.history.iter()
            .map(|(period, light)| json!({ "period": period, "light": light }))
            .collect::<Vec<_>>(),
    })
}

fn lit(t: &T, lit: &Lit, rules: &LightRules) -> Value {
    json!({
        "light": lit.light,
        "rule": lit.rule_key(rules),
        "key": lit.key,
        "reason": t.words(&lit.words()),
        "without_excuse": lit.excused,
    })
}

/// Code, name and place of a project.
pub fn who(t: &T, page: &LightsPage, project: i64) -> [String; 3] {
    let Some(entry) = page.snapshot.projects.get(project) else {
        return [project.to_string(), String::new(), String::new()];
    };
    let place = entry.project.place.and_then(|id| page.snapshot.places.get(&id));
    [
        entry.project.code.clone(),
        entry.project.name.get(t.lang).to_owned(),
        place.map_or("", |place| place.short.get(t.lang)).to_owned(),
    ]
}

/// `进度：完成应完成的 82.1%`
pub fn reason(t: &T, rules: &LightRules, lit: &Lit) -> String {
    let words = t.words(&lit.words());
    match rules.rule(lit.rule).map(|rule| rule.name.get(t.lang)) {
        Some(rule) => t.t1("light-by-rule", &[("rule", &rule), ("reason", &words)]),
        None => words,
    }
}
