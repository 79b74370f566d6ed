//! The page of a round.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use tici_domain::{Period, RoundState};
use tici_ops::returns::{PlaceLine, RoundPage, Standing, due_day, rounds, view_round};
use tici_ops::{Action, permission};

use super::period_of;
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
    asked: usize,
    told: String,
    came: String,
    late: String,
    is_late: bool,
    by: String,
    may_fill: bool,
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
                Some(period) => Some(view_round(desk, session, period, None, today, &zone)?),
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
        let may_run = permission::role_has(visit.session.actor.role, Action::RunReturns);
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
        let count = |standing| page.places.iter().filter(|l| l.standing == standing).count();
        let received: [(&str, &dyn std::fmt::Display); 2] =
            [("n", &page.received()), ("all", &page.places.len())];
        let accepted = count(Standing::Accepted) + count(Standing::Locked);
        self.figures = vec![
            (t.t("returns-received"), t.t1("returns-of", &received)),
            (t.t("returns-waiting"), count(Standing::Submitted).to_string()),
            (t.t("returns-accepted"), accepted.to_string()),
            (t.t("returns-standing-returned"), count(Standing::Returned).to_string()),
            (t.t("returns-missing"), count(Standing::Missing).to_string()),
        ];
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
    let moment = |at| t.moment(at, &visit.state.config.zone);
    let is_late = line.days_late > 0;
    RowView {
        place: line.place.short.get(t.lang).to_owned(),
        href: format!("/returns/{period}/{place}"),
        template: format!("/returns/{period}/{place}/form.xlsx"),
        standing: standing(t, line.standing),
        asked: line.asked,
        told: line.last.as_ref().map_or_else(|| t.t("app-none"), |_| line.told.to_string()),
        came: line.first.as_ref().map_or_else(|| t.t("app-none"), |meta| moment(meta.by.at)),
        late: match is_late {
            true => t.t1("returns-late-days", &[("n", &line.days_late)]),
            false if line.first.is_some() => t.t("returns-on-time"),
            false => t.t("app-none"),
        },
        is_late,
        by: line
            .last
            .as_ref()
            .map_or_else(String::new, |meta| meta.by.title.get(t.lang).to_owned()),
        may_fill: visit.session.need_at(Action::SubmitReturn, &page.snapshot, Some(place)).is_ok()
            && !matches!(line.standing, Standing::Accepted | Standing::Locked),
    }
}

/// Shape and word; lights stand for lateness of projects and are not used here.
pub fn standing(t: T, standing: Standing) -> Html {
    let class = standing.code();
    let words = crate::ui::escape(&t.standing(standing));
    Html(format!("<span class=\"rst {class}\">{words}</span>"))
}
