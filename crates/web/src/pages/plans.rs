//! 计划: every version of a project's annual and monthly plans, and the form that sets the
//! next one.

use askama::Template;
use axum::{
    Router,
    extract::RawQuery,
    response::{IntoResponse, Response},
    routing::get,
};
use tici_domain::money::Magnitude;
use tici_domain::{Currency, Money, Period, Problem};
use tici_ops::keep_lists::{NewPlan, PlansPage, set_plans, view_plans};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, Desk, OpsError, Session};

use super::dispatch::problems_apart;
use super::{Nav, Page};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::{MoneyStyle, Scale, T},
    shell::Shell,
    visit::{Rendered, Visit, encode, read_pairs},
};

pub const PAGE: Page = Page {
    id: "plans",
    nav: Some(Nav { group: "nav-projects", href: "/plans", icon: "trend" }),
    routes: || Router::new().route("/plans", get(show).post(set)),
};

#[derive(Template)]
#[template(path = "plans.html")]
struct PlansView {
    shell: Shell,
    t: T,
    code: String,
    year: String,
    /// The project, its total, its year; blank when none was found.
    said: String,
    href: String,
    rows: Vec<Row>,
    unit: String,
    /// Unit of the table's column.
    shown: String,
    may_keep: bool,
    problems: Vec<String>,
    sent: Sent,
}

/// One version of one plan.
struct Row {
    period: String,
    amount: String,
    version: i64,
    is_current: bool,
    reason: String,
    approver: String,
    by: String,
    at: String,
    href: String,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    period: String,
    amount: String,
    reason: String,
    approver: String,
}

/// The project and year that the address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    code: String,
    year: Option<i16>,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let mut asked = Asked::default();
    for (name, value) in read_pairs(query.unwrap_or_default().as_bytes()) {
        match name.as_str() {
            "code" => asked.code = value.trim().to_owned(),
            "year" if !value.is_empty() => {
                let bad = |_| Failure::bad(format!("year={value}"));
                asked.year = Some(value.parse().map_err(bad)?);
            }
            _ => {}
        }
    }
    render(visit, asked, Sent::default(), Vec::new()).await
}

async fn render(
    visit: Visit,
    asked: Asked,
    sent: Sent,
    mut problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let (t, today) = (visit.t, visit.today);
    let page = find(&visit, &asked).await?;
    if page.is_none() && !asked.code.is_empty() && problems.is_empty() {
        problems.push(Problem::error("list-unknown-code").arg("project", &asked.code));
    }
    let year = asked.year.unwrap_or(today.year());
    let of = page.as_ref();
    let view = PlansView {
        shell: visit.shell("plans", t.t("nav-plans")),
        code: asked.code,
        year: year.to_string(),
        said: of.map_or_else(String::new, |page| said(t, page)),
        href: of.map_or_else(String::new, |page| format!("/projects/{}", page.row.facts.project)),
        rows: of.map_or_else(Vec::new, |page| rows(&visit, page)),
        unit: t.unit(unit(of.map_or(Currency::CNY, |page| page.row.facts.currency))),
        shown: t.unit(shown(t, of.map_or(Currency::CNY, |page| page.row.facts.currency))),
        may_keep: of.is_some() && visit.session.need(Action::KeepLists).is_ok(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent: match sent.period.is_empty() {
            true => Sent { period: year.to_string(), ..sent },
            false => sent,
        },
        t,
    };
    Ok(Rendered(view).into_response())
}

async fn find(visit: &Visit, asked: &Asked) -> Result<Option<PlansPage>, Failure> {
    let (asked, today) = (asked.clone(), visit.today);
    let run = move |desk: &Desk, session: &Session| {
        let found = match project_by_code(desk, session, &asked.code) {
            Ok(project) => view_plans(desk, session, project, asked.year, today),
            Err(error) => Err(error),
        };
        match found {
            Err(OpsError::NotFound { .. }) => Ok(None),
            other => other.map(Some),
        }
    };
    visit.run(run).await
}

/// What forms take: 万元, or millions of another currency.
fn unit(currency: Currency) -> Scale {
    let magnitude = if currency == Currency::CNY { Magnitude::WAN } else { Magnitude::MILLION };
    Scale { magnitude, decimals: 2, currency }
}

/// What the table is in: as forms take it, without the fraction that plans seldom have.
fn shown(t: T, currency: Currency) -> Scale {
    match (t.money, unit(currency)) {
        (MoneyStyle::Plain, _) => t.column(currency),
        (_, scale) if scale.magnitude == Magnitude::WAN => Scale { decimals: 0, ..scale },
        (_, scale) => scale,
    }
}

fn said(t: T, page: &PlansPage) -> String {
    let currency = page.row.facts.currency;
    let total = page.row.facts.total.map(|total| t.money_wide(total.into(), currency));
    let total = total.unwrap_or_else(|| t.t("app-none"));
    let name = page.row.entry.project.name.get(t.lang);
    t.t1("plan-of", &[("project", &name), ("total", &total), ("year", &page.year)])
}

fn rows(visit: &Visit, page: &PlansPage) -> Vec<Row> {
    let t = visit.t;
    let currency = page.row.facts.currency;
    let row = |row: &tici_ops::keep_lists::PlanVersion| Row {
        period: t.period(row.plan.period),
        amount: shown(t, currency).print(row.plan.amount.into()),
        version: row.plan.version,
        is_current: row.is_current,
        reason: row.plan.reason.clone().unwrap_or_default(),
        approver: row.plan.approver.clone().unwrap_or_default(),
        by: row.meta.title.get(t.lang).to_owned(),
        at: t.moment(row.meta.at, &visit.state.config.zone),
        href: format!("/journal/{}", row.meta.seq),
    };
    page.versions.iter().map(row).collect()
}

/// Sets a plan from the form.
async fn set(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let get = |name: &str| fields.get(name).trim().to_owned();
    let asked = Asked { code: get("code"), year: get("year").parse().ok() };
    let sent = Sent {
        period: get("period"),
        amount: get("amount"),
        reason: get("reason"),
        approver: get("approver"),
    };
    let currency = find(&visit, &asked).await?.map(|page| page.row.facts.currency);
    let plan = match read(&asked, &sent, currency.unwrap_or(Currency::CNY)) {
        Ok(plan) => plan,
        Err(problem) => return render(visit, asked, sent, vec![*problem]).await,
    };
    let (now, today, why) = (visit.state.now(), visit.today, sent.clone());
    let run = move |desk: &Desk, session: &Session| {
        let why = (why.reason.as_str(), why.approver.as_str());
        problems_apart(set_plans(desk, session, &[plan], why, now, today))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => {
            let year = asked.year.unwrap_or(today.year());
            let next = format!("/plans?code={}&year={year}", encode(&asked.code));
            Ok(lead_to(&next, "plan-set").into_response())
        }
        false => render(visit, asked, sent, problems).await,
    }
}

fn read(asked: &Asked, sent: &Sent, currency: Currency) -> Result<NewPlan, Box<Problem>> {
    let period = Period::parse(&sent.period)
        .ok_or_else(|| Box::new(Problem::error("plan-period").arg("period", &sent.period)))?;
    let plain = Money::parse(&sent.amount, unit(currency).magnitude, currency).ok();
    // An amount that brings its own unit, such as 2.5亿, says what it is.
    let own = || Money::parse_with_unit(&sent.amount).filter(|money| money.currency == currency);
    let amount = plain.or_else(own).map(|money| money.amount);
    let unreadable = || Box::new(Problem::error("plan-unreadable").arg("amount", &sent.amount));
    Ok(NewPlan { code: asked.code.clone(), period, amount: amount.ok_or_else(unreadable)? })
}
