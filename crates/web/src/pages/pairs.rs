//! 疑似重复: two projects that may be one, side by side with the reasons, and the decision.

use askama::Template;
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use tici_domain::{PairVerdict, Problem, Stage};
use tici_engine::pairs::Reason;
use tici_ops::keep_pairs::{DecidedLine, NewDecision, PairLine, TwiceLine, judge_pair, view_pairs};
use tici_ops::view_ledger::LedgerRow;
use tici_ops::{Action, Desk, Session};

use super::dispatch::problems_apart;
use super::{Nav, Page};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "pairs",
    nav: Some(Nav { group: "nav-projects", href: "/pairs", icon: "columns" }),
    routes: || Router::new().route("/pairs", get(show).post(decide)),
};

#[derive(Template)]
#[template(path = "pairs.html")]
struct PairsView {
    shell: Shell,
    t: T,
    said: String,
    rows: Vec<Row>,
    twice: Vec<(String, String)>,
    decided: Vec<Decided>,
    verdicts: Vec<(&'static str, String)>,
    may_judge: bool,
    problems: Vec<String>,
    sent: Sent,
}

/// One pair.
struct Row {
    key: String,
    sides: [Side; 2],
    points: String,
    reasons: Vec<String>,
    repeat: String,
}

/// One project of a pair.
struct Side {
    id: i64,
    href: String,
    name: String,
    code: String,
    firm: String,
    place: String,
    total: String,
    started: String,
}

struct Decided {
    sides: [Side; 2],
    verdict: String,
    reason: String,
    by: String,
    at: String,
    href: String,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    key: String,
    verdict: String,
    reason: String,
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    render(visit, Sent::default(), Vec::new()).await
}

async fn render(visit: Visit, sent: Sent, problems: Vec<Problem>) -> Result<Response, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_pairs(desk, session, today)).await?;
    let t = visit.t;
    let verdict = |verdict: &PairVerdict| (verdict.code(), t.code("pair-choice", verdict.code()));
    let view = PairsView {
        shell: visit.shell("pairs", t.t("nav-pairs")),
        said: t.t1("pair-count", &[("n", &page.lines.len())]),
        rows: page.lines.iter().map(|line| row(t, line)).collect(),
        twice: page.twice.iter().map(|line| twice(t, line)).collect(),
        decided: page.decided.iter().map(|line| decided(&visit, line)).collect(),
        verdicts: PairVerdict::ALL.iter().map(verdict).collect(),
        may_judge: visit.session.need(Action::JudgePair).is_ok(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent,
        t,
    };
    Ok(Rendered(view).into_response())
}

fn row(t: T, line: &PairLine) -> Row {
    let pair = &line.pair;
    let repeat = pair
        .repeat_start
        .map(|(first, second)| t.t1("pair-repeat", &[("first", &first), ("second", &second)]));
    Row {
        key: format!("{}-{}", pair.first, pair.second),
        sides: [side(t, &line.first), side(t, &line.second)],
        points: t.t1("pair-points", &[("n", &pair.points)]),
        reasons: pair.reasons.iter().map(|reason| why(t, line, reason)).collect(),
        repeat: repeat.unwrap_or_default(),
    }
}

fn side(t: T, row: &LedgerRow) -> Side {
    let currency = row.facts.currency;
    let started = row.entry.claim(Stage::Started).filter(|state| state.stands());
    let total = row.facts.total.map(|total| t.money_wide(total.into(), currency));
    let firm = row.enterprise.as_ref().map(|firm| firm.short.get(t.lang).to_owned());
    let place = row.place.as_ref().map(|place| place.short.get(t.lang).to_owned());
    Side {
        id: row.facts.project,
        href: format!("/projects/{}", row.facts.project),
        name: row.entry.project.name.get(t.lang).to_owned(),
        code: row.entry.project.code.clone(),
        firm: firm.unwrap_or_default(),
        place: place.unwrap_or_default(),
        total: total.map_or_else(String::new, |total| t.t1("pair-total", &[("total", &total)])),
        started: started
            .map_or_else(String::new, |state| t.t1("pair-started", &[("day", &state.claim.on)])),
    }
}

/// A reason in words.
pub fn why(t: T, line: &PairLine, reason: &Reason) -> String {
    let key = format!("pair-why-{}", reason.code());
    let currency = line.first.facts.currency;
    match reason {
        Reason::Name { percent } => t.t1(&key, &[("percent", percent)]),
        Reason::Site { meters } => t.t1(&key, &[("meters", meters)]),
        Reason::Amount { first, second } => {
            let first = t.money_wide((*first).into(), currency);
            let second = t.money_wide((*second).into(), currency);
            t.t1(&key, &[("first", &first), ("second", &second)])
        }
        _ => t.t(&key),
    }
}

/// A start that would count in two years: its words and its project's page.
fn twice(t: T, line: &TwiceLine) -> (String, String) {
    let project = line.row.entry.project.name.get(t.lang);
    let event = line.event.get(t.lang);
    let words = t.t1(
        "pair-twice",
        &[
            ("project", &project),
            ("event", &event),
            ("celebrated", &line.twice.celebrated),
            ("started", &line.twice.started),
        ],
    );
    (words, format!("/projects/{}", line.twice.project))
}

fn decided(visit: &Visit, line: &DecidedLine) -> Decided {
    let t = visit.t;
    let meta = line.meta.as_ref();
    let at = meta.map(|meta| t.moment(meta.at, &visit.state.config.zone));
    Decided {
        sides: [side(t, &line.first), side(t, &line.second)],
        verdict: t.code("pair-verdict", line.decision.verdict.code()),
        reason: line.decision.reason.clone(),
        by: meta.map_or_else(String::new, |meta| meta.title.get(t.lang).to_owned()),
        at: at.unwrap_or_default(),
        href: meta.map_or_else(String::new, |meta| format!("/journal/{}", meta.seq)),
    }
}

/// Keeps a decision from the form.
async fn decide(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let number =
        |name: &str| fields.get(name).parse::<i64>().map_err(|_| Failure::bad(name.to_owned()));
    let (first, second) = (number("first")?, number("second")?);
    let sent = Sent {
        key: format!("{first}-{second}"),
        verdict: fields.get("verdict").to_owned(),
        reason: fields.get("reason").to_owned(),
    };
    let verdict = PairVerdict::parse(&sent.verdict).ok_or_else(|| Failure::bad("verdict"))?;
    let new = NewDecision { first, second, verdict, reason: sent.reason.clone() };
    let (now, today) = (visit.state.now(), visit.today);
    let run = move |desk: &Desk, session: &Session| {
        problems_apart(judge_pair(desk, session, &new, now, today))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => Ok(lead_to("/pairs", "pair-decided").into_response()),
        false => render(visit, sent, problems).await,
    }
}
