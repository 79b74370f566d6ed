//! Projects that may be one: proposed with reasons, decided.

use axum::Json;
use serde::{Deserialize, Serialize};
use tici_domain::{PairDecision, PairVerdict};
use tici_engine::pairs::{CountedTwice, Pair};
use tici_ops::keep_pairs::{NewDecision, PairsPage, judge_pair, view_pairs};
use tici_ops::view_ledger::LedgerRow;

use super::{Sent, Written, body};
use crate::{Failure, Visit};

#[derive(Serialize)]
pub struct List {
    /// To be decided, most points first.
    pairs: Vec<Row>,
    /// Starts that would count in two years.
    counted_twice: Vec<CountedTwice>,
    decided: Vec<PairDecision>,
}

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    pair: Pair,
    /// Code and name of each.
    projects: [(String, String); 2],
}

/// The pairs as the API and `tici pairs list --json` give them.
pub fn answer(page: &PairsPage) -> List {
    let named = |row: &LedgerRow| {
        let project = &row.entry.project;
        (project.code.clone(), project.name.text.clone())
    };
    let row = |line: &tici_ops::keep_pairs::PairLine| Row {
        pair: line.pair.clone(),
        projects: [named(&line.first), named(&line.second)],
    };
    List {
        pairs: page.lines.iter().map(row).collect(),
        counted_twice: page.twice.iter().map(|line| line.twice.clone()).collect(),
        decided: page.decided.iter().map(|line| line.decision.clone()).collect(),
    }
}

pub async fn list(visit: Visit) -> Result<Json<List>, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_pairs(desk, session, today)).await?;
    Ok(Json(answer(&page)))
}

/// A decision: `different`, `same` (the project with the higher id is withdrawn) or `phase`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    first: i64,
    second: i64,
    verdict: PairVerdict,
    reason: String,
}

pub async fn decide(visit: Visit, asked: Sent<Decide>) -> Result<Json<Written>, Failure> {
    let Decide { first, second, verdict, reason } = body(asked)?;
    let new = NewDecision { first, second, verdict, reason };
    let (now, today) = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| judge_pair(desk, session, &new, now, today));
    Ok(Json(Written { entries: run.await?.entries }))
}
