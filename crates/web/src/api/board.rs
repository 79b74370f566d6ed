//! The stage board: columns, moves of the month, and the estimate with what it rests on.

use axum::{Json, extract::RawQuery};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use tici_engine::board::{Card, Column, Pipeline, Thin};
use tici_ops::view_board::{BoardPage, view_board};

use crate::{Failure, Visit, pages::board::Ask};

#[derive(Serialize)]
pub struct Answer {
    from: Date,
    until: Date,
    projects: usize,
    before_first: usize,
    columns: Vec<Stage>,
    pipeline: Estimate,
}

#[derive(Serialize)]
struct Stage {
    stage: &'static str,
    projects: usize,
    /// Total investment in stored units, by currency.
    total: BTreeMap<String, i128>,
    dwell_days_median: Option<i32>,
    limit_days: Option<i32>,
    over_limit: usize,
    /// Came from the stage before this month; into the first, newly entered.
    arrived: usize,
    ended: usize,
    cards: Vec<Project>,
    rest: usize,
}

#[derive(Serialize)]
struct Project {
    project: i64,
    code: String,
    light: &'static str,
    days: Option<i32>,
    over_limit: bool,
    new_this_month: bool,
    start_days_late: Option<i32>,
    /// Series of the tasks that stand in the way.
    blockers: Vec<i64>,
}

/// An estimate, not a forecast: the last twelve months carried on.
#[derive(Serialize)]
struct Estimate {
    signed_12_months: usize,
    landed_12_months: usize,
    started_12_months: usize,
    signed_to_started_days: Option<i32>,
    signed_to_started_days_before: Option<i32>,
    window_from: Date,
    window_until: Date,
    waiting: usize,
    ripe: usize,
    starts: Option<usize>,
    starts_low: Option<usize>,
    starts_high: Option<usize>,
    gap: Option<usize>,
    sign_by: Option<Date>,
    /// Why nothing is estimated: `young`, `few_starts`, or null.
    thin: Option<&'static str>,
}

/// Takes `place`, `chain`, `sort`, `all` and `period` as the page does.
pub async fn board(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<Answer>, Failure> {
    let ask = Ask::read(query.as_deref().unwrap_or_default())?;
    let (today, query) = (visit.today, ask.query());
    let page = visit.run(move |desk, session| view_board(desk, session, &query, today)).await?;
    Ok(Json(answer(&page)))
}

/// The board as the API and `tici board --json` give it.
pub fn answer(page: &BoardPage) -> Answer {
    let board = &page.board;
    Answer {
        from: board.month.0,
        until: board.month.1,
        projects: board.projects,
        before_first: board.before_first,
        columns: board.columns.iter().map(|column| stage(page, column)).collect(),
        pipeline: estimate(&board.pipeline),
    }
}

fn stage(page: &BoardPage, column: &Column) -> Stage {
    let total = column.sums.iter().map(|(currency, sum)| (currency.to_string(), *sum));
    Stage {
        stage: column.stage.code(),
        projects: column.projects,
        total: total.collect(),
        dwell_days_median: column.dwell_median,
        limit_days: column.limit,
        over_limit: column.over_limit,
        arrived: column.arrived,
        ended: column.ended,
        cards: column.cards.iter().filter_map(|card| project(page, card)).collect(),
        rest: column.rest,
    }
}

fn project(page: &BoardPage, card: &Card) -> Option<Project> {
    let row = page.rows.get(&card.project)?;
    Some(Project {
        project: card.project,
        code: row.entry.project.code.clone(),
        light: row.facts.light.code(),
        days: card.days,
        over_limit: card.is_over,
        new_this_month: card.is_new,
        start_days_late: card.days_late,
        blockers: card.blockers.clone(),
    })
}

fn estimate(found: &Pipeline) -> Estimate {
    Estimate {
        signed_12_months: found.pace.signed,
        landed_12_months: found.pace.landed,
        started_12_months: found.pace.started,
        signed_to_started_days: found.dwell.now,
        signed_to_started_days_before: found.dwell.before,
        window_from: found.window.0,
        window_until: found.window.1,
        waiting: found.waiting,
        ripe: found.ripe,
        starts: found.starts.map(|starts| starts.mid),
        starts_low: found.starts.map(|starts| starts.low),
        starts_high: found.starts.map(|starts| starts.high),
        gap: found.next_year.map(|next| next.gap),
        sign_by: found.next_year.map(|next| next.sign_by),
        thin: found.thin.map(|thin| match thin {
            Thin::Young(_) => "young",
            Thin::FewStarts(_) => "few_starts",
        }),
    }
}
