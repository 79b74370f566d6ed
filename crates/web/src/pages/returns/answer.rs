//! What people do with a round and with a return.

use axum::{
    extract::{Multipart, Path},
    response::{IntoResponse, Redirect, Response},
};
use tici_domain::Problem;
use tici_ops::OpsError;
use tici_ops::returns::form::FormOut;
use tici_ops::returns::{
    Filled, Judgement, Side, choose_draft, drop_draft, judge_return, lock_round, open_round,
    stage_return, submit_return, unlock_return, view_place,
};

use super::{period_of, place, place_of, round};
use crate::{Failure, Posted, Visit, pages::import::upload, visit::Fields};

pub async fn open(Posted { visit, fields }: Posted) -> Result<Response, Failure> {
    let period = period_of(fields.get("period"))?;
    let due = match fields.get("due") {
        "" => None,
        text => Some(text.parse().map_err(|_| Failure::bad(format!("due={text}")))?),
    };
    let (now, today) = (visit.state.now(), visit.today);
    let done = visit
        .run(move |desk, session| {
            problems_apart(open_round(desk, session, period, due, now, today))
        })
        .await?;
    to_round(visit, period, done).await
}

pub async fn lock(
    Path(period): Path<String>,
    Posted { visit, .. }: Posted,
) -> Result<Response, Failure> {
    let (period, now) = (period_of(&period)?, visit.state.now());
    let done = visit
        .run(move |desk, session| problems_apart(lock_round(desk, session, period, now)))
        .await?;
    to_round(visit, period, done).await
}

pub async fn unlock(
    Path(period): Path<String>,
    Posted { visit, fields }: Posted,
) -> Result<Response, Failure> {
    let (period, now) = (period_of(&period)?, visit.state.now());
    let reason = fields.get("reason").to_owned();
    let done = visit
        .run(move |desk, session| {
            problems_apart(unlock_return(desk, session, period, None, &reason, now))
        })
        .await?;
    to_round(visit, period, done).await
}

async fn to_round(
    visit: Visit,
    period: tici_domain::Period,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    if problems.is_empty() {
        return Ok(Redirect::to(&format!("/returns/{period}")).into_response());
    }
    let t = visit.t;
    let lines = problems.iter().map(|problem| t.problem_line(&t.return_problem(problem)));
    let lines = lines.collect();
    let there = {
        let snapshot = visit.run(|desk, _| desk.snapshot()).await?;
        snapshot.records.round_of(tici_ops::returns::form::MONTHLY, period).is_some()
    };
    round::render(visit, there.then_some(period), lines).await
}

/// A workbook read into the account's draft: it is looked at on the page and sent from there.
pub async fn upload(
    visit: Visit,
    Path((period, place)): Path<(String, String)>,
    parts: Multipart,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let upload = upload::read(parts, visit.state.config.upload_bytes_max).await?;
    visit.check_csrf(&upload.csrf)?;
    let now = visit.state.now();
    let found = visit
        .run(move |desk, session| {
            problems_apart(stage_return(desk, session, at, &upload.file, upload.bytes, now))
        })
        .await?;
    if Problem::any_error(&found) {
        return place::render(visit, at, String::new(), found).await;
    }
    Ok(Redirect::to(&format!("{}#problems", address(at))).into_response())
}

fn address((period, place): (tici_domain::Period, i64)) -> String {
    format!("/returns/{period}/{place}")
}

/// Everything typed is kept first; then the pressed button is done: `check`, `submit`,
/// `forget`, `leave-out`, `fix CELL VALUE`, `mine CELL`, `theirs CELL`, `keep ROW`.
pub async fn fill(
    Path((period, place)): Path<(String, String)>,
    Posted { visit, fields }: Posted,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let button = fields.get("do").to_owned();
    if button == "forget" {
        visit.run(move |desk, session| drop_draft(desk, session, at)).await?;
        return Ok(Redirect::to(&address(at)).into_response());
    }
    let (now, lang) = (visit.state.now(), visit.t.lang);
    let submits = button == "submit";
    let sent = visit
        .run(move |desk, session| {
            let page = view_place(desk, session, at, lang)?;
            let fresh = || begin(&fields, &page.filled);
            let change = |filled: &mut Filled| {
                type_in(filled, &fields, &page.form);
                press(filled, &button);
            };
            choose_draft(desk, session, at, fresh, change, now)?;
            if !submits {
                return Ok(None);
            }
            submit(desk, session, at, lang, now).map(Some)
        })
        .await?;
    let to = match sent {
        None => address(at),
        Some(Sent::Refused) => format!("{}#problems", address(at)),
        Some(Sent::Written) => format!("{}?done=sent", address(at)),
        Some(Sent::Nothing) => format!("{}?done=nothing", address(at)),
    };
    Ok(Redirect::to(&to).into_response())
}

/// A draft begins at the state of the ledger that the page was made from: what others wrote
/// since then must not be overwritten unseen.
fn begin(fields: &Fields, filled: &Filled) -> Filled {
    let stated = fields.get("base").parse().ok().filter(|base| *base < filled.base);
    let mut filled = filled.clone();
    if let Some(base) = stated {
        filled.base = base;
        // What the page showed is no longer what the ledger has: it is asked of the journal.
        filled.rows.iter_mut().for_each(|row| row.base = None);
    }
    filled
}

fn type_in(filled: &mut Filled, fields: &Fields, form: &FormOut) {
    let note = fields.0.iter().find(|(name, _)| name == "note");
    if let Some((_, note)) = note {
        filled.note = note.trim().to_owned();
    }
    for (name, text) in &fields.0 {
        let cell = name.strip_prefix("c.").and_then(|key| key.split_once('.'));
        let Some((project, column)) = cell else { continue };
        let Ok(project) = project.parse() else { continue };
        let text = text.trim();
        let row = form.rows.iter().find(|row| row.project == project);
        if let Some(row) = row.filter(|_| !text.is_empty()) {
            filled.take_in(row);
        }
        // A stage is sent by its code; a workbook's own word for it says the same.
        if !is_same_stage(filled.text(project, column), text, column) {
            filled.put(project, column, text);
        }
    }
}

fn is_same_stage(before: &str, text: &str, column: &str) -> bool {
    use tici_ops::returns::form::{Column, parse_cell};
    let Some(column) = Column::find(column).filter(|column| column.is_stage()) else {
        return false;
    };
    let read = |text: &str| parse_cell(column, text, tici_domain::Currency::CNY).ok();
    read(before).is_some() && read(before) == read(text)
}

fn press(filled: &mut Filled, button: &str) {
    let mut words = button.splitn(3, ' ');
    let (verb, cell) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match (verb, words.next()) {
        ("fix", Some(value)) => {
            if let Some((project, column)) = cell.split_once('.')
                && let Ok(project) = project.parse()
            {
                filled.put(project, column, value);
            }
        }
        ("mine", _) => {
            filled.decided.insert(cell.to_owned(), Side::Mine);
        }
        ("theirs", _) => {
            filled.decided.insert(cell.to_owned(), Side::Theirs);
        }
        ("leave-out", _) => filled.leave_out = true,
        ("keep", _) => {
            if let Ok(line) = cell.parse() {
                filled.keep_line(line);
            }
        }
        _ => {}
    }
}

enum Sent {
    Written,
    Nothing,
    /// The problems are shown on the page; the draft is kept.
    Refused,
}

fn submit(
    desk: &tici_ops::Desk,
    session: &tici_ops::Session,
    at: (tici_domain::Period, i64),
    lang: tici_domain::Lang,
    now: jiff::Timestamp,
) -> Result<Sent, OpsError> {
    let page = view_place(desk, session, at, lang)?;
    let bytes = tici_ops::returns::draft_file(desk, session, at)?;
    let file = bytes.as_deref().map(|bytes| (page.file.as_str(), bytes));
    match submit_return(desk, session, at, &page.filled, file, now) {
        Ok((written, _)) => {
            drop_draft(desk, session, at)?;
            Ok(if written.entries.is_empty() { Sent::Nothing } else { Sent::Written })
        }
        Err(OpsError::Problems(_)) => Ok(Sent::Refused),
        Err(error) => Err(error),
    }
}

pub async fn verdict(
    Path((period, place)): Path<(String, String)>,
    Posted { visit, fields }: Posted,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let reason = fields.get("reason").to_owned();
    let verdict = fields.get("verdict").to_owned();
    let now = visit.state.now();
    let problems = visit
        .run(move |desk, session| {
            let judge =
                |judgement| problems_apart(judge_return(desk, session, at, &judgement, now));
            match verdict.as_str() {
                "accept" => judge(Judgement::Accept),
                "unlock" => {
                    let place = Some(at.1);
                    problems_apart(unlock_return(desk, session, at.0, place, &reason, now))
                }
                _ => judge(Judgement::Return { reason }),
            }
        })
        .await?;
    if problems.is_empty() {
        return Ok(Redirect::to(&address(at)).into_response());
    }
    place::render(visit, at, String::new(), problems).await
}

/// Problems of the input are shown on the page itself; anything else fails the request.
fn problems_apart<R>(done: Result<R, OpsError>) -> Result<Vec<Problem>, OpsError> {
    match done {
        Ok(_) => Ok(Vec::new()),
        Err(OpsError::Problems(problems)) => Ok(problems),
        Err(error) => Err(error),
    }
}
