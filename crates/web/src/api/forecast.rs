//! `GET /api/forecast`: what is to be expected of the deadline, of promises, of every
//! project's next stage and of the year's money, and how earlier forecasts did.

use axum::{Json, extract::RawQuery};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use tici_domain::{Commitment, Name};
use tici_engine::forecast::outlook;
use tici_ops::view_forecast::{ChanceRow, CohortForecast, ForecastPage, view_forecast};
use tici_ops::view_ledger::LedgerRow;

use super::describe::{Endpoint, PERIOD, get};
use crate::{Failure, Visit, forecast_words, i18n::T, pages::cockpit::read_query};

pub fn endpoints() -> Vec<Endpoint> {
    let about = "What is to be expected of deadline, commitments, stages and money, and why.";
    vec![get("/api/forecast", "readForecast", about, forecast).asks(&[PERIOD])]
}

/// Probabilities are numbers from 0 to 1. A day is null where it lies beyond the horizon.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Forecast")]
pub struct Answer {
    /// Entries that were known.
    as_of: i64,
    #[schemars(with = "tici_domain::schema::Day")]
    today: Date,
    learnt: Learnt,
    /// Listed projects against the year's deadline; null without one, and after it.
    deadline: Option<Aim>,
    promises: Vec<Promise>,
    /// Next stages, likeliest to miss their own day first; 30 at most.
    next: Vec<Next>,
    money: Option<Money>,
    track: Option<Track>,
}

/// What the forecast was learnt from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastLearnt")]
struct Learnt {
    /// Steps of ten days seen, and stages that came.
    steps: usize,
    events: usize,
    #[schemars(with = "tici_domain::schema::Day")]
    until: Date,
    source: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastAim")]
struct Aim {
    #[schemars(with = "tici_domain::schema::Day")]
    due: Date,
    cohort: usize,
    done: usize,
    mean: f64,
    /// Ends of the interval that holds eight in ten.
    low: usize,
    high: usize,
    /// Probability that all make it.
    all: f64,
    /// Probability of each number of those that are still to make it.
    distribution: Vec<f64>,
    worth: Vec<Worth>,
    projects: Vec<Project>,
}

/// What clearing things of one kind today would bring.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastWorth")]
struct Worth {
    /// Null for things of no kind.
    kind: Option<Name>,
    projects: usize,
    more: f64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastProject")]
struct Project {
    project: i64,
    code: String,
    p: f64,
    /// If nothing stood in its way from today on.
    p_if_cleared: f64,
    days: Days,
    in_the_way: Vec<Name>,
    /// The three that weigh most, in the reader's words.
    reasons: Vec<String>,
}

/// The day its own people name, and the forecast's.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastDays")]
struct Days {
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    own: Option<Date>,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    low: Option<Date>,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    mid: Option<Date>,
    #[schemars(with = "Option<tici_domain::schema::Day>")]
    high: Option<Date>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastPromise")]
struct Promise {
    series: i64,
    name: Name,
    forecast: Aim,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastNext")]
struct Next {
    project: i64,
    code: String,
    stage: String,
    days: Days,
    /// Probability of its own day; null without one.
    p_own_day: Option<f64>,
    p_90_days: f64,
    suspended: bool,
}

/// Of the listed projects, in stored units.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastMoney")]
struct Money {
    plan: i64,
    done: i64,
    low: i64,
    mid: i64,
    high: i64,
}

/// How the forecasts of past month ends did.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastTrack")]
struct Track {
    cases: usize,
    moments: usize,
    came: usize,
    brier: f64,
    /// Of the same rate for all, and of reported days at their word.
    brier_base: f64,
    brier_word: f64,
    calibration_error: f64,
    /// Days inside the 80% interval, and days known.
    in_interval: usize,
    in_interval_of: usize,
    bins: Vec<Bin>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ForecastBin")]
struct Bin {
    low: f64,
    high: f64,
    count: usize,
    happened: usize,
    given: f64,
}

pub async fn forecast(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<Answer>, Failure> {
    let query = read_query(query.as_deref().unwrap_or_default())?;
    let today = visit.today;
    let page = visit.run(move |desk, session| view_forecast(desk, session, query, today));
    Ok(Json(answer(visit.t, &*page.await?)))
}

/// The page for machines.
pub fn answer(t: T, page: &ForecastPage) -> Answer {
    let today = page.lens.today;
    let promise = |(row, of): &(Commitment, CohortForecast)| Promise {
        series: row.series,
        name: row.name.clone(),
        forecast: aim(t, of, today),
    };
    let whole = |value: f64| value.round() as i64;
    Answer {
        as_of: page.snapshot.seq,
        today,
        learnt: Learnt {
            steps: page.learnt.steps,
            events: page.learnt.events,
            until: page.learnt.until,
            source: page.learnt.source.clone(),
        },
        deadline: page.deadline.as_ref().map(|of| aim(t, of, today)),
        promises: page.promises.iter().map(promise).collect(),
        next: page.next.iter().map(|(row, one)| next(row, one)).collect(),
        money: page.money.map(|fan| Money {
            plan: whole(fan.plan),
            done: whole(fan.done),
            low: whole(fan.low),
            mid: whole(fan.mid),
            high: whole(fan.high),
        }),
        track: page.track.as_ref().map(track),
    }
}

fn aim(t: T, of: &CohortForecast, today: Date) -> Aim {
    let worth = |(kind, worth): &(Option<Name>, outlook::Worth)| Worth {
        kind: kind.clone(),
        projects: worth.projects,
        more: worth.more,
    };
    Aim {
        due: of.aim.due,
        cohort: of.aim.cohort,
        done: of.aim.done_in_time,
        mean: of.aim.mean(),
        low: of.aim.low,
        high: of.aim.high,
        all: of.aim.all(),
        distribution: of.aim.counts.whole(),
        worth: of.worth.iter().map(worth).collect(),
        projects: of.chances.iter().map(|row| project(t, row, today)).collect(),
    }
}

fn project(t: T, row: &ChanceRow, today: Date) -> Project {
    let forecast = row.chance.forecast.as_ref();
    Project {
        project: row.chance.project,
        code: row.row.entry.project.code.clone(),
        p: row.chance.p,
        p_if_cleared: row.chance.p_clear,
        days: Days {
            own: forecast.and_then(|one| one.own_day),
            low: forecast.and_then(|one| one.low),
            mid: forecast.and_then(|one| one.mid),
            high: forecast.and_then(|one| one.high),
        },
        in_the_way: row.blockers.clone(),
        reasons: row.reasons.iter().map(|one| forecast_words::reason(t, one, today)).collect(),
    }
}

fn next(row: &LedgerRow, one: &outlook::Next) -> Next {
    Next {
        project: one.project,
        code: row.entry.project.code.clone(),
        stage: one.stage.code().to_owned(),
        days: Days { own: one.own_day, low: one.low, mid: one.mid, high: one.high },
        p_own_day: one.by_own_day,
        p_90_days: one.p_ahead,
        suspended: one.is_suspended,
    }
}

fn track(of: &outlook::Track) -> Track {
    Track {
        cases: of.cases,
        moments: of.moments,
        came: of.came,
        brier: of.brier,
        brier_base: of.brier_base,
        brier_word: of.brier_word,
        calibration_error: of.calibration_error,
        in_interval: of.in_interval.0,
        in_interval_of: of.in_interval.1,
        bins: of
            .bins
            .iter()
            .map(|bin| Bin {
                low: bin.low,
                high: bin.high,
                count: bin.count,
                happened: bin.happened,
                given: bin.given,
            })
            .collect(),
    }
}
