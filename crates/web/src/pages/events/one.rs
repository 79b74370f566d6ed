//! One event: its projects as announced and as they stand now, and its sums by part.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use tici_domain::{Currency, Problem};
use tici_engine::ceremony::Sum;
use tici_ops::Action;
use tici_ops::keep_events::{EventPage, EventRow, view_event};

use super::{Line, in_words, line};
use crate::{
    Failure,
    i18n::T,
    shell::Shell,
    ui::{self, Html},
    visit::{Rendered, Visit},
};

#[derive(Template)]
#[template(path = "event.html")]
struct EventView {
    shell: Shell,
    t: T,
    line: Line,
    rows: Vec<Row>,
    parts: Vec<Part>,
    notes: Vec<String>,
    may_keep: bool,
    problems: Vec<String>,
}

struct Row {
    href: String,
    name: String,
    place: String,
    total: String,
    plan: String,
    stage: Html,
}

/// One way of parting the sum; parts are counted each by itself.
struct Part {
    title: String,
    rows: Vec<(String, usize, String, String)>,
}

pub(super) async fn show(visit: Visit, Path(series): Path<String>) -> Result<Response, Failure> {
    let series: i64 = series.parse().map_err(|_| Failure::NotFound)?;
    render(visit, series, Vec::new()).await
}

pub(super) async fn render(
    visit: Visit,
    series: i64,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_event(desk, session, series, today)).await?;
    let t = visit.t;
    let without: usize = page.line.totals.all.values().map(|sum| sum.without_total).sum();
    let may_keep = !page.line.event.withdrawn && visit.session.need(Action::KeepEvents).is_ok();
    let view = EventView {
        shell: visit.shell("events", page.line.event.name.get(t.lang)),
        line: line(t, &page.line),
        rows: page.rows.iter().map(|row| project(t, &page, row)).collect(),
        parts: parts(t, &page),
        notes: match without {
            0 => Vec::new(),
            n => vec![t.t1("event-without-total", &[("n", &n)])],
        },
        may_keep,
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        t,
    };
    Ok(Rendered(view).into_response())
}

fn project(t: T, page: &EventPage, row: &EventRow) -> Row {
    let entry = page.snapshot.projects.get(row.item.project);
    let currency = entry.map_or(Currency::CNY, |entry| entry.project.currency);
    let money = |amount: Option<i64>| {
        amount.map_or_else(|| t.t("app-none"), |amount| t.money_wide(amount.into(), currency))
    };
    let (total, plan) = (money(row.item.total), money(row.item.plan_year));
    let Some(seen) = &row.row else {
        let (href, place, stage) = Default::default();
        return Row { href, name: t.t("promise-row-elsewhere"), place, total, plan, stage };
    };
    let place = seen.place.as_ref().map(|place| place.short.get(t.lang).to_owned());
    Row {
        href: format!("/projects/{}", row.item.project),
        name: seen.entry.project.name.get(t.lang).to_owned(),
        place: place.unwrap_or_default(),
        total,
        plan,
        stage: ui::stairs(&t, &seen.facts.stage),
    }
}

fn parts(t: T, page: &EventPage) -> Vec<Part> {
    let totals = &page.line.totals;
    let row = |name: String, currency: Currency, sum: &Sum| {
        let (projects, total, plan) = in_words(t, currency, sum);
        (name, projects, total, plan)
    };
    let sectors = totals.by_sector.iter().map(|((sector, currency), sum)| {
        let name = sector.as_deref().map_or_else(|| t.t("event-no-sector"), |code| t.chain(code));
        row(name, *currency, sum)
    });
    let tiers = totals.by_tier.iter().map(|((tier, currency), sum)| {
        let name = tier.map_or_else(|| t.t("event-unlisted"), |tier| t.tier(tier));
        row(name, *currency, sum)
    });
    let bands = totals.by_band.iter().map(|((band, currency), sum)| {
        let name = band.map_or_else(|| t.t("event-no-sector"), |band| t.band(&band.code()));
        row(name, *currency, sum)
    });
    vec![
        Part { title: t.t("event-by-sector"), rows: sectors.collect() },
        Part { title: t.t("event-by-tier"), rows: tiers.collect() },
        Part { title: t.t("event-by-band"), rows: bands.collect() },
    ]
}
