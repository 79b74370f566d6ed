//! Returns for programs: the rounds, who has reported, a form as a workbook, handing one in,
//! and what the office says of it.

use axum::{
    Json,
    body::Bytes,
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tici_domain::{Name, Period, Problem, ReturnRound};
use tici_ops::OpsError;
use tici_ops::returns::{
    Filled, Judgement, PlaceLine, SheetMeta, Side, SubmitOptions, choose_draft, judge_return,
    lock_round, open_round, read_form, rounds, submit_files, template, unlock_return, view_place,
    view_round,
};

use super::describe::{Endpoint, Kind, get, param, post};
use super::{At, body};
use crate::pages::returns::answer::{Sent as Refusable, submit};
use crate::pages::returns::{period_of, place_of};
use crate::{Failure, Fields, T, Visit, visit::read_pairs};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub fn endpoints() -> Vec<Endpoint> {
    let (round, place) = ("/api/returns/{period}", "/api/returns/{period}/{place}");
    let cells = "/api/returns/{period}/{place}/cells";
    let form_path = "/api/returns/{period}/{place}/form.xlsx";
    vec![
        get("/api/returns", "listRounds", "Rounds of monthly returns.", list),
        post("/api/returns", "openRound", "Opens the round of a month.", open),
        post("/api/returns/sheets", "sendReturn", "Hands in a filled form.", send).asks(&[
            param("file", Kind::Text, "Name of the file."),
            param(
                "conflicts",
                Kind::Codes(|| vec!["mine", "theirs"]),
                "Cells others changed since.",
            ),
            param("leave_out", Kind::Flag, "Passes over rows of other places."),
            param("dry_run", Kind::Flag, "Checks and writes nothing."),
        ]),
        get(round, "showRound", "A round with its places: who has reported.", one),
        post(round, "changeRound", "Locks or unlocks a round.", change),
        post(place, "judgeReturn", "Accepts, sends back or unlocks a return.", judge),
        post(cells, "fillReturn", "Fills in cells of a return, and sends it.", fill),
        get(form_path, "downloadForm", "The prefilled form of a place.", form)
            .gives(&[XLSX])
            .live(),
    ]
}

/// A round with its places.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReturnsRound")]
pub struct Round {
    #[serde(flatten)]
    round: ReturnRound,
    received: usize,
    places: Vec<Place>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReturnsPlace")]
struct Place {
    id: i64,
    code: String,
    name: Name,
    /// `missing`, `returned`, `submitted`, `accepted`, `locked`.
    state: &'static str,
    projects_asked: usize,
    projects_told: usize,
    days_late: i32,
    #[schemars(with = "Option<tici_domain::schema::Moment>")]
    received_at: Option<jiff::Timestamp>,
    /// Why it was sent back, while it is.
    reason: Option<String>,
    /// Of the newest time it was handed in: each by its own account.
    submitted: Option<Step>,
    accepted: Option<Step>,
    locked: Option<Step>,
}

/// Who did something to a return, and when.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReturnsStep")]
struct Step {
    by: Name,
    #[schemars(with = "tici_domain::schema::Moment")]
    at: jiff::Timestamp,
    entry: i64,
}

pub async fn list(visit: Visit) -> Result<Json<Vec<ReturnRound>>, Failure> {
    Ok(Json(visit.run(rounds).await?))
}

pub async fn one(visit: Visit, At(period): At<String>) -> Result<Json<Round>, Failure> {
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
#[derive(Default, Deserialize, JsonSchema)]
#[schemars(rename = "ReturnsOrder")]
#[serde(default)]
pub struct Order {
    /// `open` (with `period`), `lock`, `unlock`, `accept` or `return`.
    action: String,
    period: Option<Period>,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    due: Option<Date>,
    reason: String,
}

/// Entries that were written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReturnsDone")]
pub struct Done {
    entries: Vec<i64>,
}

pub async fn open(visit: Visit, sent: super::Sent<Order>) -> Result<Json<Done>, Failure> {
    let order = body(sent)?;
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
    At(period): At<String>,
    sent: super::Sent<Order>,
) -> Result<Json<Done>, Failure> {
    let order = body(sent)?;
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
    At((period, place)): At<(String, String)>,
    sent: super::Sent<Order>,
) -> Result<Json<Done>, Failure> {
    let order = body(sent)?;
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

/// Cells as they would be typed: by project, then by column.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ReturnsCells")]
#[serde(deny_unknown_fields)]
pub struct Cells {
    cells: BTreeMap<i64, BTreeMap<String, String>>,
    /// What the reporter says to the office.
    note: Option<String>,
    /// Sends the return; without it the cells are kept in the draft.
    #[serde(default)]
    submit: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReturnsFilled")]
pub struct FilledIn {
    /// Sent, and anything was new.
    written: bool,
    /// Of the draft as it stands.
    problems: Vec<Problem>,
}

pub async fn fill(
    visit: Visit,
    At((period, place)): At<(String, String)>,
    asked: super::Sent<Cells>,
) -> Result<Json<FilledIn>, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let Cells { cells, note, submit: submits } = body(asked)?;
    let (now, lang) = (visit.state.now(), visit.t.lang);
    let run = visit.run(move |desk, session| {
        let page = view_place(desk, session, at, lang)?;
        let fresh = || page.filled.clone();
        let change = |filled: &mut Filled| {
            if let Some(note) = note {
                filled.note = note.trim().to_owned();
            }
            for (project, columns) in &cells {
                if let Some(row) = page.form.rows.iter().find(|row| row.project == *project) {
                    filled.take_in(row);
                }
                columns.iter().for_each(|(column, text)| filled.put(*project, column, text.trim()));
            }
        };
        choose_draft(desk, session, at, fresh, change, now)?;
        let sent = match submits {
            true => Some(submit(desk, session, at, lang, now)?),
            false => None,
        };
        let after = view_place(desk, session, at, lang)?;
        match sent {
            Some(Refusable::Refused) => Err(OpsError::Problems(after.plan.problems)),
            sent => Ok(FilledIn {
                written: matches!(sent, Some(Refusable::Written)),
                problems: after.plan.problems,
            }),
        }
    });
    let t = visit.t;
    run.await.map(Json).map_err(|failure| in_words(t, failure))
}

/// The prefilled form of a place.
pub async fn form(
    visit: Visit,
    At((period, place)): At<(String, String)>,
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
    Ok(([(header::CONTENT_TYPE, XLSX)], bytes).into_response())
}

/// What became of a workbook.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReturnsSent")]
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
