//! 预测: what is to be expected of deadline, promises, stages and money, why, and how well
//! earlier forecasts did.

use askama::Template;
use axum::{Router, extract::RawQuery, routing::get};
use jiff::civil::Date;
use tici_engine::forecast::outlook::{AHEAD_DAYS, Next, Track};
use tici_ops::view_forecast::{ChanceRow, CohortForecast, ForecastPage, view_forecast};
use tici_ops::view_ledger::LedgerRow;

use super::{Nav, Page};
use crate::{
    charts, forecast_words as words,
    i18n::T,
    shell::Shell,
    ui::Html,
    visit::{PageResult, Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "forecast",
    nav: Some(Nav { group: "nav-projects", href: "/forecast", icon: "pulse" }),
    routes: || Router::new().route("/forecast", get(show)),
};

/// What the page shows, in the reader's language.
#[derive(Template)]
#[template(path = "forecast.html")]
pub struct ForecastView {
    pub shell: Shell,
    pub t: T,
    pub learnt: String,
    pub source: String,
    pub deadline: Option<AimView>,
    pub promises: Vec<AimView>,
    pub money: Vec<(String, String)>,
    pub next: Vec<NextView>,
    pub track: Option<TrackView>,
    /// Why there is no record of earlier forecasts; empty when there is.
    pub no_track: String,
}

/// How many reach an aim.
pub struct AimView {
    pub title: String,
    pub href: String,
    pub lead: String,
    pub more: Vec<String>,
    pub chart: Html,
    pub rows: Vec<RowView>,
}

/// A project that has still to make it.
pub struct RowView {
    pub href: String,
    pub firm: String,
    pub project: String,
    pub place: String,
    pub own_day: String,
    pub expected: String,
    pub interval: String,
    pub p: String,
    /// If nothing stood in its way; empty when nothing does.
    pub p_clear: String,
    pub why: String,
}

/// The next stage of a project.
pub struct NextView {
    pub href: String,
    pub firm: String,
    pub project: String,
    pub stage: String,
    pub own_day: String,
    pub expected: String,
    pub interval: String,
    pub p: String,
}

/// How earlier forecasts did.
pub struct TrackView {
    pub lead: String,
    pub sentence: String,
    pub chart: Html,
    pub bins: Vec<(String, String, String, String)>,
    pub scores: Vec<(String, String)>,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<ForecastView> {
    let query = super::cockpit::read_query(query.as_deref().unwrap_or_default())?;
    let today = visit.today;
    let page = visit.run(move |desk, session| view_forecast(desk, session, query, today)).await?;
    let at = (visit.here(), page.lens.period);
    let shell = visit.shell_of_period("forecast", visit.t.t("nav-forecast"), at);
    Ok(Rendered(view(shell, visit.t, &page)))
}

fn view(shell: Shell, t: T, page: &ForecastPage) -> ForecastView {
    let today = page.lens.today;
    let no_track = match (&page.track, page.is_large) {
        (Some(_), _) => String::new(),
        (None, true) => t.t("forecast-track-large"),
        (None, false) => t.t("forecast-track-none"),
    };
    let deadline = page.deadline.as_ref().map(|of| {
        let day = t.day(of.aim.due, today);
        let title = t.t1("forecast-deadline", &[("n", &of.aim.cohort), ("day", &day)]);
        aim(t, of, (title, String::new()), today)
    });
    let promise = |(row, of): &(tici_domain::Commitment, CohortForecast)| {
        let title = row.name.get(t.lang).to_owned();
        aim(t, of, (title, format!("/promises/{}", row.series)), today)
    };
    ForecastView {
        learnt: words::learnt(t, &page.learnt, today),
        source: t.t1("forecast-source", &[("source", &page.learnt.source)]),
        deadline,
        promises: page.promises.iter().map(promise).collect(),
        money: money(t, page),
        next: page.next.iter().map(|(row, next)| next_view(t, row, next, today)).collect(),
        track: page.track.as_ref().map(|track| track_view(t, track)),
        no_track,
        shell,
        t,
    }
}

fn aim(t: T, of: &CohortForecast, (title, href): (String, String), today: Date) -> AimView {
    let mut more = vec![words::worth(t, of), words::blocked(t, of)];
    let spread = t.t1(
        "forecast-spread",
        &[("low", &of.aim.low), ("high", &of.aim.high), ("n", &of.aim.done_in_time)],
    );
    more.insert(0, spread);
    more.retain(|line| !line.is_empty());
    AimView {
        title,
        href,
        lead: words::lead(t, of),
        more,
        chart: words::counts(t, of, today),
        rows: of.chances.iter().map(|row| row_view(t, row, today)).collect(),
    }
}

fn row_view(t: T, of: &ChanceRow, today: Date) -> RowView {
    let forecast = of.chance.forecast.as_ref();
    let (firm, project, href) = names(t, &of.row);
    RowView {
        place: of.row.place.as_ref().map_or("", |place| place.short.get(t.lang)).to_owned(),
        own_day: own_day(t, forecast.and_then(|one| one.own_day), today),
        expected: match forecast {
            Some(one) if one.is_suspended => t.t("forecast-suspended"),
            Some(one) => words::day(t, one.mid, today),
            None => t.t("app-none"),
        },
        interval: forecast
            .filter(|one| !one.is_suspended)
            .map_or_else(String::new, |one| interval(t, (one.low, one.high), today)),
        p: words::chance(of.chance.p),
        p_clear: if of.blockers.is_empty() {
            String::new()
        } else {
            words::chance(of.chance.p_clear)
        },
        why: words::reasons(t, &of.reasons, today),
        href,
        firm,
        project,
    }
}

fn next_view(t: T, row: &LedgerRow, next: &Next, today: Date) -> NextView {
    let (firm, project, href) = names(t, row);
    NextView {
        stage: t.stage(next.stage),
        own_day: own_day(t, next.own_day, today),
        expected: match next.is_suspended {
            true => t.t("forecast-suspended"),
            false => words::day(t, next.mid, today),
        },
        interval: match next.is_suspended {
            true => String::new(),
            false => interval(t, (next.low, next.high), today),
        },
        p: next.by_own_day.map_or_else(|| t.t("app-none"), words::chance),
        href,
        firm,
        project,
    }
}

fn names(t: T, row: &LedgerRow) -> (String, String, String) {
    let project = &row.entry.project;
    let firm = row.enterprise.as_ref().map_or("", |firm| firm.short.get(t.lang));
    let href = format!("/projects/{}", project.id);
    (firm.to_owned(), project.name.get(t.lang).to_owned(), href)
}

fn own_day(t: T, day: Option<Date>, today: Date) -> String {
    day.map_or_else(|| t.t("app-none"), |day| t.day_short(day, today))
}

fn interval(t: T, (low, high): (Option<Date>, Option<Date>), today: Date) -> String {
    let (low, high) = (words::day(t, low, today), words::day(t, high, today));
    t.t1("forecast-days", &[("low", &low), ("high", &high)])
}

fn money(t: T, page: &ForecastPage) -> Vec<(String, String)> {
    let Some(fan) = page.money else { return Vec::new() };
    let scale = t.column(tici_domain::Currency::CNY);
    let print = |value: f64| format!("{} {}", scale.print(value.round() as i128), t.unit(scale));
    let range = format!("{}–{}", scale.print(fan.low.round() as i128), print(fan.high));
    vec![
        (t.t("forecast-money-plan"), print(fan.plan)),
        (t.t("forecast-money-done"), print(fan.done)),
        (t.t("forecast-money-mid"), print(fan.mid)),
        (t.t("forecast-money-range"), range),
    ]
}

/// A record in words and numbers.
pub fn track_view(t: T, track: &Track) -> TrackView {
    let bins = track.bins.iter().filter(|bin| bin.count > 0);
    let class = |bin: &tici_engine::forecast::scores::Bin| {
        format!("{:.0}–{:.0}%", bin.low * 100.0, bin.high * 100.0)
    };
    let rate = |bin: &tici_engine::forecast::scores::Bin| bin.rate().unwrap_or(0.0);
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    // The class that says most: not at an end, with the most forecasts.
    let telling = bins.clone().filter(|bin| bin.low > 0.0 && bin.high < 1.0);
    let sentence = telling.max_by_key(|bin| bin.count).map_or_else(String::new, |bin| {
        t.t1(
            "forecast-track-sentence",
            &[("n", &bin.count), ("class", &class(bin)), ("rate", &percent(rate(bin)))],
        )
    });
    let (inside, known) = track.in_interval;
    let mut scores = vec![
        (t.t("forecast-brier"), format!("{:.3}", track.brier)),
        (t.t("forecast-brier-base"), format!("{:.3}", track.brier_base)),
        (t.t("forecast-brier-word"), format!("{:.3}", track.brier_word)),
        (t.t("forecast-calibration"), format!("{:.3}", track.calibration_error)),
    ];
    if known > 0 {
        let share = percent(inside as f64 / known as f64);
        let args: &[(&str, &dyn std::fmt::Display)] = &[("share", &share), ("n", &known)];
        scores.push((t.t("forecast-coverage"), t.t1("forecast-coverage-of", args)));
    }
    let dot = |bin: &tici_engine::forecast::scores::Bin| charts::ReliabilityDot {
        given: bin.given,
        came: rate(bin),
        count: bin.count,
    };
    let chart = charts::reliability(&charts::Reliability {
        width_px: 360,
        dots: bins.clone().map(dot).collect(),
        given: t.t("forecast-given"),
        came: t.t("forecast-came"),
        label: sentence.clone(),
    });
    let cells = |bin: &tici_engine::forecast::scores::Bin| {
        (class(bin), t.count(bin.count as i128), percent(bin.given), percent(rate(bin)))
    };
    TrackView {
        lead: t.t1(
            "forecast-track-lead",
            &[("moments", &track.moments), ("n", &track.cases), ("days", &AHEAD_DAYS)],
        ),
        sentence,
        chart: Html(chart),
        bins: bins.map(cells).collect(),
        scores,
    }
}
