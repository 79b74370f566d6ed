//! `GET /api/league`: the league of a month.

use axum::{Json, extract::RawQuery};
use serde_json::{Value, json};
use tici_domain::Period;
use tici_engine::league::{PeerTable, Row};
use tici_ops::view_league::{LeaguePage, LeagueQuery, view_league};

use crate::{Failure, T, Visit, visit::read_pairs};

pub async fn league(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<Value>, Failure> {
    let mut asked = LeagueQuery::default();
    for (name, value) in read_pairs(query.as_deref().unwrap_or_default().as_bytes()) {
        if name == "period" {
            let period = Period::parse(&value).ok_or_else(|| Failure::bad(value))?;
            asked.lens.period = Some(period);
        }
    }
    let today = visit.today;
    let page = visit.run(move |desk, session| view_league(desk, session, asked, today)).await?;
    Ok(Json(answer(&visit.t, &page)))
}

/// The league for machines: scores in millionths of a point, the rules and every formula in
/// the reader's words beside them.
pub fn answer(t: &T, page: &LeaguePage) -> Value {
    let row = |row: &Row| {
        let mut value = json!(row);
        let place = page.snapshot.places.get(&row.place);
        value["place_name"] = json!(place.map(|place| place.short.get(t.lang)));
        value["change"] = json!(row.change());
        value["grade"] = json!(row.grade.map(|grade| &page.rules.grades[grade].key));
        let items = page.rules.items.iter().zip(&row.cells);
        let cells = items.map(|(item, cell)| {
            let mut value = json!(cell);
            value["item"] = json!(item.key);
            value["formula_in_words"] = json!(t.words(&cell.formula));
            value
        });
        value["cells"] = cells.collect();
        value
    };
    let group = |group: &PeerTable| {
        let rows: Vec<Value> = group.rows.iter().map(row).collect();
        json!({ "group": page.rules.groups[group.group].key, "rows": rows })
    };
    json!({
        "rules": page.rules.key,
        "rules_in_words": page.rules.words().iter().map(|w| t.words(w)).collect::<Vec<_>>(),
        "period": page.league.period,
        "before": page.league.before,
        "as_of": page.snapshot.seq,
        "groups": page.league.groups.iter().map(group).collect::<Vec<_>>(),
        "problems": page.problems,
    })
}
