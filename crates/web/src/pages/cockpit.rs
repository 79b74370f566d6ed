//! 驾驶舱: where the year's promises stand, what is late by its own people's word, and
//! what changed since yesterday.

mod cells;
mod change;
mod deadline;
mod money;
mod reports;
mod stages;

pub use change::ChangeView;
pub use deadline::{DeadlineView, LateView};
pub use money::MoneyView;
pub use reports::{ReportView, ReportsView};
pub use stages::{StageView, StagesView};

use askama::Template;
use axum::{Router, extract::RawQuery, routing::get};
use jiff::civil::Date;
use tici_domain::{Currency, Period};
use tici_engine::board::Dwell;
use tici_ops::lens::LensQuery;
use tici_ops::view_board::{BoardQuery, view_board};
use tici_ops::view_cockpit::{CockpitPage, view_cockpit};
use tici_ops::view_league::{LeagueQuery, view_league};

use super::league::LeagueStrip;
use super::{Nav, Page};
use crate::{
    error::Failure,
    i18n::T,
    shell::Shell,
    visit::{PageResult, Rendered, Visit, read_pairs},
};

/// Changes listed, lights first.
const CHANGES_MAX: usize = 6;

pub const PAGE: Page = Page {
    id: "cockpit",
    nav: Some(Nav { group: "nav-overview", href: "/", icon: "cockpit" }),
    routes: || Router::new().route("/", get(show)),
};

/// What the page shows, in the reader's language.
#[derive(Template)]
#[template(path = "cockpit.html")]
pub struct CockpitView {
    pub shell: Shell,
    pub t: T,
    pub sub: String,
    pub deadline: DeadlineView,
    pub money: MoneyView,
    pub stages: StagesView,
    pub reports: ReportsView,
    /// Towns and parks compared, where the ledger has more than one.
    pub league: Option<LeagueStrip>,
    /// From signing to start, now and a year ago.
    pub dwell: String,
    pub changes: Vec<ChangeView>,
    pub changes_note: String,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<CockpitView> {
    let query = read_query(query.as_deref().unwrap_or_default())?;
    let today = visit.today;
    let run = visit.run(move |desk, session| {
        let league = LeagueQuery { lens: query, ..LeagueQuery::default() };
        let page = view_cockpit(desk, session, query, today)?;
        let board = BoardQuery { lens: query, ..BoardQuery::default() };
        let board = view_board(desk, session, &board, today)?;
        Ok((page, view_league(desk, session, league, today)?, board.board.pipeline.dwell))
    });
    let (page, league, dwell) = run.await?;
    let at = (visit.here(), page.lens.period);
    let shell = visit.shell_of_period("cockpit", visit.t.t("nav-cockpit"), at);
    let view = CockpitView::new(shell, visit.t, &page, &visit.state.config.zone);
    let league = LeagueStrip::new(visit.t, &league);
    Ok(Rendered(CockpitView { league, dwell: dwell_words(visit.t, dwell), ..view }))
}

fn read_query(query: &str) -> Result<LensQuery, Failure> {
    let mut asked = LensQuery::default();
    for (name, value) in read_pairs(query.as_bytes()) {
        if name == "period" && !value.is_empty() {
            asked.period = Some(Period::parse(&value).ok_or_else(|| Failure::bad(value))?);
        }
    }
    Ok(asked)
}

impl CockpitView {
    pub fn new(shell: Shell, t: T, page: &CockpitPage, zone: &jiff::tz::TimeZone) -> CockpitView {
        let today = page.lens.today;
        let lights = page.lights.iter();
        let lights = lights.map(|row| ChangeView::of_light(t, row, &page.lens.lights));
        let entries = page.changes.iter().map(|row| ChangeView::new(t, row, today, zone));
        let changes: Vec<ChangeView> = lights.chain(entries).take(CHANGES_MAX).collect();
        CockpitView {
            sub: sub(t, page, today),
            deadline: DeadlineView::new(t, page),
            money: MoneyView::new(t, page),
            stages: StagesView::new(t, page),
            changes_note: t.t1(
                "cockpit-changes-note",
                &[("n", &(page.changes_count + page.lights_count)), ("shown", &changes.len())],
            ),
            reports: ReportsView::new(t, page),
            league: None,
            dwell: String::new(),
            changes,
            shell,
            t,
        }
    }
}

/// How long projects take from signing to start, against a year ago where that is known.
fn dwell_words(t: T, dwell: Dwell) -> String {
    let Some(days) = dwell.now else { return String::new() };
    let Some(before) = dwell.before else {
        return t.t1("cockpit-signed-to-start", &[("days", &days)]);
    };
    let key = match days.cmp(&before) {
        std::cmp::Ordering::Less => "cockpit-signed-to-start-faster",
        std::cmp::Ordering::Equal => "cockpit-signed-to-start-same",
        std::cmp::Ordering::Greater => "cockpit-signed-to-start-slower",
    };
    t.t1(key, &[("days", &days), ("n", &(days - before).abs())])
}

fn sub(t: T, page: &CockpitPage, today: Date) -> String {
    t.t1(
        "cockpit-sub",
        &[
            ("year", &today.year().to_string().as_str()),
            ("day", &t.day_of_week(today)),
            ("week", &today.iso_week_date().week()),
            ("seq", &t.count(i128::from(page.snapshot.seq))),
            ("period", &t.period(page.lens.period)),
        ],
    )
}

/// The currency most of the listed money is in; a ledger normally has one.
fn currency(page: &CockpitPage) -> Currency {
    let most = page.listed.sums.iter().max_by_key(|(_, sums)| sums.projects);
    most.map_or(Currency::CNY, |(currency, _)| *currency)
}
