//! `GET /api/lights`: the light of every project, the rule and the figures behind it.

use axum::{Json, extract::RawQuery};
use serde_json::{Value, json};
use tici_domain::Excuse;
use tici_engine::lights::{LightChange, LightRules, Lit, preset};
use tici_ops::view_lights::{
    LightRow, LightsPage, LightsQuery, last_month, view_lights, yesterday,
};

use crate::{Failure, Fields, T, Visit, pages::ledger::Asked, visit::read_pairs};

/// Takes the ledger's filter, `rules` (a preset), `history` (months), and `since`:
/// `yesterday`, `month`, or a number of entries.
pub async fn lights(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<Value>, Failure> {
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
    Ok(Json(answer(&visit.t, &page)))
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
