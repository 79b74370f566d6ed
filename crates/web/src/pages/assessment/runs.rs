//! Every run with its state; starting one, taking one a step on, its frozen files.

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tici_domain::{Period, Problem, RunPurpose, RunState};
use tici_ops::assess::{
    NewRun, RunFile, RunLine, Step, list_runs, open_run_file, replay_run, scheme_keys, start_run,
    step_run,
};
use tici_ops::{Action, OpsError};

use super::{Tab, tabs};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit},
};

#[derive(Template)]
#[template(path = "assess_runs.html")]
struct RunsView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    schemes: Vec<String>,
    periods: Vec<(String, String, bool)>,
    purposes: Vec<(String, String)>,
    may_run: bool,
    problems: Vec<String>,
    replayed: String,
}

struct Row {
    run: i64,
    period: String,
    scheme: String,
    purpose: String,
    state: String,
    published: String,
    objections: String,
    reason: String,
    drawn_at: i64,
    steps: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    /// A run to be made again from its frozen files.
    replay: Option<i64>,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let replayed = match asked.replay {
        Some(run) => {
            let same = visit.run(move |desk, session| replay_run(desk, session, run)).await?;
            let key = if same { "assess-replay-same" } else { "assess-replay-differs" };
            visit.t.t1(key, &[("run", &run)])
        }
        None => String::new(),
    };
    render(visit, Vec::new(), replayed).await
}

async fn render(
    visit: Visit,
    problems: Vec<Problem>,
    replayed: String,
) -> Result<Response, Failure> {
    let run = visit.run(|desk, session| Ok((list_runs(desk, session)?, desk.snapshot()?)));
    let (lines, snapshot) = run.await?;
    let t = visit.t;
    let may_run =
        visit.session.need(Action::RunAssessment).is_ok() && visit.session.actor.place.is_none();
    let purpose =
        |purpose: &RunPurpose| (purpose.code().to_owned(), t.code("run-purpose", purpose.code()));
    let view = RunsView {
        tabs: tabs(t, None, "assessment/runs"),
        rows: lines.iter().map(|line| row(&visit, line, may_run)).collect(),
        schemes: scheme_keys(&snapshot),
        periods: periods(&visit),
        purposes: RunPurpose::ALL.iter().map(purpose).collect(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        shell: visit.shell("scores", t.t("assess-tab-runs")),
        may_run,
        replayed,
        t,
    };
    Ok(Rendered(view).into_response())
}

fn row(visit: &Visit, line: &RunLine, may_run: bool) -> Row {
    let (t, run) = (visit.t, &line.row);
    let steps: &[&str] = match (may_run, run.state) {
        (false, _) | (_, RunState::Final | RunState::Withdrawn) => &[],
        (_, RunState::Draft) => &["review", "withdraw"],
        (_, RunState::Reviewed) => &["publish", "withdraw"],
        (_, RunState::Published) => &["finish", "withdraw"],
    };
    let step = |step: &&str| ((*step).to_owned(), t.t(&format!("assess-step-{step}")));
    Row {
        run: run.series,
        period: t.period(run.period),
        scheme: format!("{} {}", run.scheme, run.version),
        purpose: t.code("run-purpose", run.purpose.code()),
        state: t.code("run-state", run.state.code()),
        published: match (run.published, run.objections_until) {
            (Some(on), Some(until)) => {
                let (on, until) = (t.day(on, visit.today), t.day(until, visit.today));
                t.t1("assess-published-on", &[("on", &on), ("until", &until)])
            }
            _ => "—".to_owned(),
        },
        objections: match line.objections {
            0 => "—".to_owned(),
            n => t.t1("assess-objections-of", &[("n", &n), ("open", &line.open_objections)]),
        },
        reason: run.reason.clone().unwrap_or_default(),
        drawn_at: run.drawn_at,
        steps: steps.iter().map(step).collect(),
    }
}

/// Periods to choose from: the quarters and months around today.
pub fn periods(visit: &Visit) -> Vec<(String, String, bool)> {
    let month = Period::month_of(visit.today);
    let quarter = Period::quarter(month.calendar_year(), (month.index() - 1) / 3 + 1);
    let mut periods: Vec<Period> = quarter.into_iter().flat_map(|q| [q, q.previous()]).collect();
    periods.extend([month.previous(), month.previous().previous(), month]);
    periods.extend(Period::half(month.calendar_year(), 1));
    periods.push(Period::year(month.calendar_year()));
    let one =
        |(at, period): (usize, &Period)| (period.to_string(), visit.t.period(*period), at == 0);
    periods.iter().enumerate().map(one).collect()
}

pub async fn start(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let period = Period::parse(fields.get("period"));
    let new = NewRun {
        scheme: fields.get("scheme").to_owned(),
        period: period.ok_or_else(|| Failure::bad(fields.get("period").to_owned()))?,
        purpose: RunPurpose::parse(fields.get("purpose")).unwrap_or(RunPurpose::Regular),
        again: fields.get("again").parse().ok(),
        reason: fields.get("reason").to_owned(),
    };
    let now = (visit.state.now(), visit.today);
    let run = visit.run(move |desk, session| match start_run(desk, session, &new, now) {
        Ok(started) => Ok(Ok(started.run)),
        Err(OpsError::Problems(problems)) => Ok(Err(problems)),
        Err(other) => Err(other),
    });
    match run.await? {
        Ok(run) => Ok(lead_to(&format!("/assessment?run={run}"), "run-started").into_response()),
        Err(problems) => render(visit, problems, String::new()).await,
    }
}

pub async fn step(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let run: i64 =
        fields.get("run").parse().map_err(|_| Failure::bad(fields.get("run").to_owned()))?;
    let step = Step::parse(fields.get("step"));
    let step = step.ok_or_else(|| Failure::bad(fields.get("step").to_owned()))?;
    let reason = fields.get("reason").to_owned();
    let now = (visit.state.now(), visit.today);
    let stepped = visit.run(move |desk, session| {
        crate::pages::dispatch::problems_apart(step_run(desk, session, (run, step, &reason), now))
    });
    let problems = stepped.await?;
    if !problems.is_empty() {
        return render(visit, problems, String::new()).await;
    }
    let done = match step {
        Step::Review => "run-reviewed",
        Step::Publish => "run-published",
        Step::Finish => "run-finished",
        Step::Withdraw => "run-withdrawn",
    };
    let to = match step {
        Step::Withdraw => "/assessment/runs".to_owned(),
        _ => format!("/assessment?run={run}"),
    };
    Ok(lead_to(&to, done).into_response())
}

#[derive(Deserialize)]
pub struct AskedFile {
    run: i64,
    which: String,
}

/// One of a run's frozen files, as it was frozen.
pub async fn file(visit: Visit, Query(asked): Query<AskedFile>) -> Result<Response, Failure> {
    let which = RunFile::parse(&asked.which).ok_or_else(|| Failure::bad(asked.which.clone()))?;
    let read = visit.run(move |desk, session| open_run_file(desk, session, (asked.run, which)));
    let (name, bytes) = read.await?;
    let name: String = name.chars().filter(|c| c.is_ascii_graphic() && *c != '"').collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}
