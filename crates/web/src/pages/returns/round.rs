//! The page of a round.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use tici_domain::{Period, RoundState};
use tici_ops::returns::{PlaceLine, RoundPage, SheetMeta, Standing, due_day, rounds, view_round};
use tici_ops::{Action, permission};

use super::{period_of, standing_chip};
use crate::{Failure, Rendered, Shell, T, Visit, ui::Html};

/// A round in words.
#[derive(Template)]
#[template(path = "returns.html")]
pub struct RoundView {
    shell: Shell,
    t: T,
    /// Code and words; empty before the first round.
    period: String,
    title: String,
    sub: String,
    is_locked: bool,
    state: String,
    /// Label and value of the key figures.
    figures: Vec<(String, String)>,
    /// What counts as having reported.
    rule: String,
    rows: Vec<RowView>,
    reminders: String,
    reminder_lines: usize,
    /// Code, words, and whether it is this one.
    others: Vec<(String, String, bool)>,
    may_run: bool,
    /// Period and due day that would be opened next; empty when nothing is left to open.
    next: Vec<(String, String)>,
    next_due: String,
    problems: Vec<String>,
}

pub struct RowView {
    place: String,
    href: String,
    template: String,
    standing: Html,
    told: String,
    late: String,
    is_late: bool,
    /// Who handed it in, accepted it and locked it, and when: three people in general.
    steps: [Step; 3],
    /// By whom and when it was sent back, and why.
    back: Option<(String, String)>,
    may_fill: bool,
}

/// Who did it, and when; both empty where nobody has.
pub struct Step {
    post: String,
    at: String,
}

pub async fn newest(visit: Visit) -> Result<Response, Failure> {
    let all = visit.run(rounds).await?;
    match all.first() {
        Some(round) => Ok(Redirect::to(&format!("/returns/{}", round.period)).into_response()),
        None => render(visit, None, Vec::new()).await,
    }
}

pub async fn show(visit: Visit, Path(period): Path<String>) -> Result<Response, Failure> {
    let period = period_of(&period)?;
    render(visit, Some(period), Vec::new()).await
}

/// The page with what went wrong on it.
pub async fn render(
    visit: Visit,
    period: Option<Period>,
    problems: Vec<String>,
) -> Result<Response, Failure> {
    let (today, zone) = (visit.today, visit.state.config.zone.clone());
    let (page, next) = visit
        .run(move |desk, session| {
            let page = match period {
                Some(period) => Some(view_round(desk, session, period, today, &zone)?),
                None => None,
            };
            let snapshot = desk.snapshot()?;
            let month = Period::month_of(today);
            let open = [month, month.previous()].into_iter().filter(|period| {
                snapshot.records.round_of(tici_ops::returns::form::MONTHLY, *period).is_none()
            });
            let next: Vec<_> = open.map(|period| (period, due_day(&snapshot, period))).collect();
            Ok((page, next))
        })
        .await?;
    let view = RoundView::new(&visit, page.as_ref(), &next, problems);
    Ok(Rendered(view).into_response())
}

impl RoundView {
    fn new(
        visit: &Visit,
        page: Option<&RoundPage>,
        next: &[(Period, jiff::civil::Date)],
        problems: Vec<String>,
    ) -> RoundView {
        let t = visit.t;
        // Nothing is opened or locked in the past.
        let is_now = visit.shell("returns", "").past.is_empty();
        let may_run = is_now && permission::role_has(visit.session.actor.role, Action::RunReturns);
        let (next_due, next) = match next.first() {
            Some((_, due)) if may_run => {
                let named = next.iter().map(|(p, _)| (p.to_string(), t.period(*p))).collect();
                (due.to_string(), named)
            }
            _ => (String::new(), Vec::new()),
        };
        let title = match page {
            Some(page) => format!("{} {}", t.period(page.round.period), t.t("nav-returns")),
            None => t.t("nav-returns"),
        };
        let mut view = RoundView {
            shell: visit.shell("returns", title.clone()),
            t,
            period: String::new(),
            title,
            sub: String::new(),
            is_locked: false,
            state: String::new(),
            figures: Vec::new(),
            rule: String::new(),
            rows: Vec::new(),
            reminders: String::new(),
            reminder_lines: 0,
            others: Vec::new(),
            may_run,
            next,
            next_due,
            problems,
        };
        if let Some(page) = page {
            view.fill(visit, page);
        }
        view
    }

    fn fill(&mut self, visit: &Visit, page: &RoundPage) {
        let t = visit.t;
        let day = |day| t.day(day, visit.today);
        let round = &page.round;
        self.period = round.period.to_string();
        self.is_locked = round.state == RoundState::Locked;
        self.state = t.code("returns-state", round.state.code());
        let days: [(&str, &dyn std::fmt::Display); 2] =
            [("opened", &day(round.opened)), ("due", &day(round.due))];
        self.sub = t.t1("returns-sub", &days);
        let received: [(&str, &dyn std::fmt::Display); 2] =
            [("n", &page.received()), ("all", &page.reporting.places.len())];
        // Each by its own name, so that the numbers of the states add up to all places.
        let by_state = Standing::ALL.into_iter().rev();
        let by_state = by_state.map(|s| (t.standing(s), page.reporting.count(s).to_string()));
        let all = (t.t("returns-received"), t.t1("returns-of", &received));
        self.figures = std::iter::once(all).chain(by_state).collect();
        self.rule = t.reporting_rule(page.reporting.counted);
        self.rows = page.places.iter().map(|line| row(visit, page, line)).collect();
        let lines: Vec<String> = page
            .reminders()
            .into_iter()
            .map(|line| t.reminder(&page.round, line, visit.today))
            .collect();
        self.reminder_lines = lines.len().clamp(2, 40);
        self.reminders = lines.join("\n");
        let named =
            |period: &Period| (period.to_string(), t.period(*period), *period == round.period);
        self.others = page.others.iter().take(24).map(named).collect();
    }
}

fn row(visit: &Visit, page: &RoundPage, line: &PlaceLine) -> RowView {
    let t = visit.t;
    let (period, place) = (page.round.period, line.place.id);
    let is_late = line.days_late > 0;
    let returned = line.hands.returned.as_ref();
    RowView {
        place: line.place.short.get(t.lang).to_owned(),
        href: format!("/returns/{period}/{place}"),
        template: format!("/returns/{period}/{place}/form.xlsx"),
        standing: standing_chip(t, line.standing),
        told: format!("{} / {}", line.told, line.asked),
        late: match is_late {
            true => t.t1("returns-late-days", &[("n", &line.days_late)]),
            false if line.first.is_some() => t.t("returns-on-time"),
            false => t.t("app-none"),
        },
        is_late,
        steps: [&line.hands.submitted, &line.hands.accepted, &line.hands.locked]
            .map(|meta| step(visit, meta.as_ref())),
        back: returned.map(|meta| {
            let Step { post, at } = step(visit, Some(meta));
            let by = t.t1("trace-by", &[("post", &post), ("at", &at)]);
            (t.t1("return-back", &[("by", &by)]), meta.sheet.reason.clone().unwrap_or_default())
        }),
        may_fill: visit.session.need_at(Action::SubmitReturn, &page.snapshot, Some(place)).is_ok()
            && !matches!(line.standing, Standing::Accepted | Standing::Locked),
    }
}

fn step(visit: &Visit, meta: Option<&SheetMeta>) -> Step {
    let t = visit.t;
    Step {
        post: meta.map_or_else(String::new, |meta| meta.by.title.get(t.lang).to_owned()),
        at: meta
            .map_or_else(|| t.t("app-none"), |meta| t.moment(meta.by.at, &visit.state.config.zone)),
    }
}
