//! `GET /api/league`: the league of a month.

use axum::{Json, extract::RawQuery};
use schemars::JsonSchema;
use serde_json::{Value, json};
use tici_domain::Period;
use tici_engine::league::{PeerTable, Row};
use tici_ops::view_league::{LeaguePage, LeagueQuery, view_league};

use super::Shaped;
use super::describe::{Endpoint, PERIOD, get};
use crate::{Failure, T, Visit, visit::read_pairs};

pub fn endpoints() -> Vec<Endpoint> {
    let about = "The league of a month: ranks, scores and every formula with its numbers.";
    vec![get("/api/league", "readLeague", about, league).asks(&[PERIOD])]
}

pub async fn league(
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Result<Json<Shaped<Shape>>, Failure> {
    let mut asked = LeagueQuery::default();
    for (name, value) in read_pairs(query.as_deref().unwrap_or_default().as_bytes()) {
        if name == "period" {
            let period = Period::parse(&value).ok_or_else(|| Failure::bad(value))?;
            asked.lens.period = Some(period);
        }
    }
    let today = visit.today;
    let page = visit.run(move |desk, session| view_league(desk, session, asked, today)).await?;
    Ok(Json(answer(&visit.t, &page).into()))
}

#[derive(JsonSchema)]
#[schemars(rename = "League")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
pub struct Shape {
    /// Key of the rules.
    rules: String,
    rules_in_words: Vec<String>,
    period: Period,
    /// The month ranks are compared with.
    before: Option<Period>,
    /// Entries that were known.
    as_of: i64,
    groups: Vec<GroupShape>,
    problems: Vec<tici_domain::Problem>,
}

#[derive(JsonSchema)]
#[schemars(rename = "LeagueGroup")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct GroupShape {
    group: String,
    rows: Vec<RowShape>,
}

/// A place with its score in millionths of a point; what else the rules ask for stands beside.
#[derive(JsonSchema)]
#[schemars(rename = "LeagueRow")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct RowShape {
    place: i64,
    place_name: Option<String>,
    change: Option<i64>,
    grade: Option<String>,
    cells: Vec<CellShape>,
    #[schemars(flatten)]
    more: serde_json::Map<String, Value>,
}

#[derive(JsonSchema)]
#[schemars(rename = "LeagueCell")]
#[expect(dead_code, reason = "the shape of what `answer` puts together")]
struct CellShape {
    item: String,
    formula_in_words: String,
    #[schemars(flatten)]
    more: serde_json::Map<String, Value>,
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
