//! Returns for programs: the rounds, who has reported, a form as a workbook, handing one in,
//! and what the office says of it.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery},
    http::header,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tici_domain::{Name, Period, Problem, ReturnRound};
use tici_ops::returns::{
    Judgement, PlaceLine, SheetMeta, Side, SubmitOptions, judge_return, lock_round, open_round,
    read_form, rounds, submit_files, template, unlock_return, view_round,
};

use crate::pages::returns::{period_of, place_of};
use crate::{Failure, Fields, T, Visit, visit::read_pairs};

/// A round with its places.
#[derive(Serialize)]
pub struct Round {
    #[serde(flatten)]
    round: ReturnRound,
    received: usize,
    places: Vec<Place>,
}

#[derive(Serialize)]
struct Place {
    id: i64,
    code: String,
    name: Name,
    /// `missing`, `returned`, `submitted`, `accepted`, `locked`.
    state: &'static str,
    projects_asked: usize,
    projects_told: usize,
    days_late: i32,
    received_at: Option<jiff::Timestamp>,
    /// Why it was sent back, while it is.
    reason: Option<String>,
    /// Of the newest time it was handed in: each by its own account.
    submitted: Option<Step>,
    accepted: Option<Step>,
    locked: Option<Step>,
}

/// Who did something to a return, and when.
#[derive(Serialize)]
struct Step {
    by: Name,
    at: jiff::Timestamp,
    entry: i64,
}

pub async fn list(visit: Visit) -> Result<Json<Vec<ReturnRound>>, Failure> {
    Ok(Json(visit.run(rounds).await?))
}

pub async fn one(visit: Visit, Path(period): Path<String>) -> Result<Json<Round>, Failure> {
    let (period, today) = (period_of(&period)?, visit.today);
    let zone = visit.state.config.zone.clone();
    let page =
        visit.run(move |desk, session| view_round(desk, session, period, today, &zone)).await?;
    Ok(Json(Round {
        received: page.received(),
        places: page.places.iter().map(place).collect(),
        round: page.round,
    }))
}

fn place(line: &PlaceLine) -> Place {
    Place {
        id: line.place.id,
        code: line.place.code.code.clone(),
        name: line.place.name.clone(),
        state: line.standing.code(),
        projects_asked: line.asked,
        projects_told: line.told,
        days_late: line.days_late,
        received_at: line.first.as_ref().map(|meta| meta.by.at),
        reason: line.hands.returned.as_ref().and_then(|meta| meta.sheet.reason.clone()),
        submitted: line.hands.submitted.as_ref().map(step),
        accepted: line.hands.accepted.as_ref().map(step),
        locked: line.hands.locked.as_ref().map(step),
    }
}

fn step(meta: &SheetMeta) -> Step {
    Step { by: meta.by.title.clone(), at: meta.by.at, entry: meta.by.seq }
}

/// What an office says about a round or a return.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Order {
    /// `open` (with `period`), `lock`, `unlock`, `accept` or `return`.
    action: String,
    period: Option<Period>,
    due: Option<Date>,
    reason: String,
}

/// Entries that were written.
#[derive(Serialize)]
pub struct Done {
    entries: Vec<i64>,
}

pub async fn open(visit: Visit, Json(order): Json<Order>) -> Result<Json<Done>, Failure> {
    let period = order.period.ok_or_else(|| Failure::bad("period"))?;
    let (now, today, due) = (visit.state.now(), visit.today, order.due);
    let done = visit
        .run(move |desk, session| open_round(desk, session, period, due, now, today))
        .await
        .map_err(|failure| in_words(visit.t, failure))?;
    Ok(Json(Done { entries: done.entries }))
}

/// Locks or unlocks a round.
pub async fn change(
    visit: Visit,
    Path(period): Path<String>,
    Json(order): Json<Order>,
) -> Result<Json<Done>, Failure> {
    let (period, now) = (period_of(&period)?, visit.state.now());
    if !["lock", "unlock"].contains(&order.action.as_str()) {
        return Err(Failure::bad(format!("action={}", order.action)));
    }
    let done = visit
        .run(move |desk, session| match order.action.as_str() {
            "lock" => lock_round(desk, session, period, now),
            _ => unlock_return(desk, session, period, None, &order.reason, now),
        })
        .await
        .map_err(|failure| in_words(visit.t, failure))?;
    Ok(Json(Done { entries: done.entries }))
}

/// Accepts, sends back or unlocks a place's return.
pub async fn judge(
    visit: Visit,
    Path((period, place)): Path<(String, String)>,
    Json(order): Json<Order>,
) -> Result<Json<Done>, Failure> {
    let (at, now) = ((period_of(&period)?, place_of(&place)?), visit.state.now());
    if !["accept", "return", "unlock"].contains(&order.action.as_str()) {
        return Err(Failure::bad(format!("action={}", order.action)));
    }
    let done = visit
        .run(move |desk, session| match order.action.as_str() {
            "accept" => judge_return(desk, session, at, &Judgement::Accept, now),
            "return" => {
                let judgement = Judgement::Return { reason: order.reason.clone() };
                judge_return(desk, session, at, &judgement, now)
            }
            _ => unlock_return(desk, session, at.0, Some(at.1), &order.reason, now),
        })
        .await
        .map_err(|failure| in_words(visit.t, failure))?;
    Ok(Json(Done { entries: done.entries }))
}

/// The prefilled form of a place.
pub async fn form(
    visit: Visit,
    Path((period, place)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let t = visit.t;
    let bytes = visit
        .run(move |desk, session| {
            let snapshot = desk.snapshot()?;
            let named = snapshot.places.get(&at.1).map(|place| place.short.get(t.lang));
            let words = t.form_words(named.unwrap_or_default(), at.0);
            template(desk, session, at, t.lang, &words)
        })
        .await?;
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(([(header::CONTENT_TYPE, XLSX)], bytes).into_response())
}

/// What became of a workbook.
#[derive(Serialize)]
pub struct Sent {
    period: Option<Period>,
    place: Option<i64>,
    figures: usize,
    entry: Option<i64>,
    /// Warnings; with an error the answer is `problem+json` and nothing was written.
    problems: Vec<Problem>,
}

/// Hands in a workbook, which says itself which form it is. `conflicts=mine|theirs` decides
/// cells that others changed since; `leave_out=true` passes over rows of other places.
pub async fn send(
    visit: Visit,
    RawQuery(query): RawQuery,
    bytes: Bytes,
) -> Result<Json<Sent>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let options = SubmitOptions {
        leave_out: fields.get("leave_out") == "true",
        conflicts: match fields.get("conflicts") {
            "" => None,
            "mine" => Some(Side::Mine),
            "theirs" => Some(Side::Theirs),
            other => return Err(Failure::bad(format!("conflicts={other}"))),
        },
        dry_run: fields.get("dry_run") == "true",
    };
    let name = match fields.get("file") {
        "" => "form.xlsx".to_owned(),
        name => name.to_owned(),
    };
    let now = visit.state.now();
    let outcome = visit
        .run(move |desk, session| {
            let reads = vec![read_form(&name, &bytes)];
            let files = [(name, bytes.to_vec())];
            let mut sent = submit_files(desk, session, &files, reads, options, now)?;
            Ok(sent.pop())
        })
        .await?;
    let outcome = outcome.ok_or_else(|| Failure::bad("file"))?;
    if outcome.is_refused() {
        return Err(in_words(visit.t, Failure::Problems(outcome.problems)));
    }
    Ok(Json(Sent {
        period: outcome.period,
        place: outcome.place,
        figures: outcome.plan.figures.len(),
        entry: outcome.entry,
        problems: outcome.problems,
    }))
}

fn in_words(t: T, failure: Failure) -> Failure {
    match failure {
        Failure::Problems(problems) => {
            Failure::Problems(problems.iter().map(|problem| t.return_problem(problem)).collect())
        }
        other => other,
    }
}
