//! Meetings, and the agenda the next one should have.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use tici_domain::Problem;
use tici_engine::agenda::Why;
use tici_ops::OpsError;
use tici_ops::hold_meeting::{
    CandidateView, MeetingLine, MeetingsPage, NewMeeting, prepare_meeting, view_meetings,
};

use super::words::{TaskLine, red_light, task_line};
use crate::{
    Failure, Fields, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    ui::{self, Html},
    visit::{PageResult, Rendered, Visit},
};

#[derive(Template)]
#[template(path = "meetings.html")]
pub struct MeetingsView {
    pub shell: Shell,
    pub t: T,
    pub sub: String,
    pub meetings: Vec<LineView>,
    pub rows: Vec<ProposedView>,
    pub proposed_note: String,
    pub rule: String,
    pub may_run: bool,
    pub problems: Vec<String>,
    pub title: String,
    pub on: String,
    pub chair: String,
}

pub struct LineView {
    pub href: String,
    pub title: String,
    pub on: String,
    pub state: String,
    pub items: String,
    pub decisions: String,
    pub kept: usize,
    pub broken: usize,
    pub open: String,
}

pub struct ProposedView {
    /// Project and reason, as the form sends them.
    pub value: String,
    pub is_chosen: bool,
    pub href: String,
    pub firm: String,
    pub name: String,
    pub place: String,
    pub light: Html,
    pub why: String,
    pub past: Vec<TaskLine>,
}

pub async fn show(visit: Visit) -> PageResult<MeetingsView> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_meetings(desk, session, today)).await?;
    Ok(Rendered(view(&visit, &page, &Fields::default(), Vec::new())))
}

/// Prepares a meeting from the projects that were ticked.
pub async fn prepare(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let (now, today) = (visit.state.now(), visit.today);
    let on = fields.get("on");
    let day: Option<Date> = if on.is_empty() { Some(today) } else { on.parse().ok() };
    let items = fields.all("item").filter_map(|value| {
        let (project, why) = value.split_once(':')?;
        Some((project.parse().ok()?, Why::parse(why)?))
    });
    let new = NewMeeting {
        title: fields.get("title").to_owned(),
        on: day.unwrap_or(today),
        chair: fields.get("chair").to_owned(),
        items: items.collect(),
    };
    let unreadable = day.is_none().then(|| Problem::error("task-day-unreadable").arg("day", on));
    let run = move |desk: &tici_ops::Desk, session: &tici_ops::Session| {
        if let Some(problem) = unreadable {
            return Ok(Err(vec![problem]));
        }
        match prepare_meeting(desk, session, &new, now) {
            Ok((_, series)) => Ok(Ok(series)),
            Err(OpsError::Problems(problems)) => Ok(Err(problems)),
            Err(error) => Err(error),
        }
    };
    match visit.run(run).await? {
        Ok(series) => {
            Ok(lead_to(&format!("/meetings/{series}"), "meeting-prepared").into_response())
        }
        Err(problems) => {
            let page = visit.run(move |desk, session| view_meetings(desk, session, today)).await?;
            Ok(Rendered(view(&visit, &page, &fields, problems)).into_response())
        }
    }
}

fn view(visit: &Visit, page: &MeetingsPage, sent: &Fields, problems: Vec<Problem>) -> MeetingsView {
    let (t, today) = (visit.t, visit.today);
    let chosen: Vec<&str> = sent.all("item").collect();
    let rows = page.candidates.iter().enumerate().map(|(index, candidate)| {
        let row = proposed(t, page, candidate, today);
        let first = chosen.is_empty() && index < page.rules.items_max;
        ProposedView { is_chosen: first || chosen.contains(&row.value.as_str()), ..row }
    });
    let or = |name: &str, default: String| match sent.get(name) {
        "" => default,
        sent => sent.to_owned(),
    };
    let count = page.candidates.len();
    MeetingsView {
        shell: visit.shell("dispatch", t.t("nav-dispatch")),
        sub: t.t1("meeting-list-sub", &[("n", &page.meetings.len())]),
        meetings: page.meetings.iter().map(|line| line_view(t, line, today)).collect(),
        rows: rows.collect(),
        proposed_note: match page.found > count {
            true => t.t1("meeting-proposed-some", &[("n", &page.found), ("shown", &count)]),
            false => t.t1("meeting-proposed-all", &[("n", &page.found)]),
        },
        rule: t.t1("meeting-rule", &[("title", &page.rules.title.get(t.lang))]),
        may_run: page.may_run,
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        title: or("title", t.t1("meeting-default-title", &[("day", &t.day(today, today))])),
        on: or("on", today.to_string()),
        chair: sent.get("chair").to_owned(),
        t,
    }
}

fn line_view(t: T, line: &MeetingLine, today: Date) -> LineView {
    let open = match line.late {
        0 => line.open.to_string(),
        late => t.t1("meeting-open-late", &[("n", &line.open), ("late", &late)]),
    };
    LineView {
        href: format!("/meetings/{}", line.series),
        title: line.title.get(t.lang).to_owned(),
        on: t.day_short(line.on, today),
        state: t.t(if line.closed { "meeting-closed-mark" } else { "meeting-open-mark" }),
        items: format!("{} / {}", line.spoken_of, line.items),
        decisions: line.decisions.to_string(),
        kept: line.kept,
        broken: line.broken,
        open,
    }
}

fn proposed(t: T, page: &MeetingsPage, view: &CandidateView, today: Date) -> ProposedView {
    let (row, candidate) = (&view.row, &view.candidate);
    let first = candidate.why.first().copied().unwrap_or(Why::Asked);
    ProposedView {
        value: format!("{}:{}", candidate.project, first.code()),
        is_chosen: false,
        href: format!("/projects/{}", candidate.project),
        firm: row.enterprise.as_ref().map_or("", |firm| firm.short.get(t.lang)).to_owned(),
        name: row.entry.project.name.get(t.lang).to_owned(),
        place: row.place.as_ref().map_or("", |place| place.short.get(t.lang)).to_owned(),
        light: ui::light(&t, &row.facts.light),
        why: why(t, page, view),
        past: view.past.iter().map(|past| task_line(t, past, today)).collect(),
    }
}

/// Every reason with its number: 预计晚 29 天开工；任务超期 8 天.
fn why(t: T, page: &MeetingsPage, view: &CandidateView) -> String {
    let found = &view.candidate;
    let reason = |why: &Why| match why {
        Why::RedLight => match found.start_days_late {
            Some(days) => t.t1("meeting-why-start-late", &[("n", &days)]),
            None => red_light(t, &page.lens, &view.row.facts),
        },
        Why::OverdueTask => {
            let days = found.task_days_late.unwrap_or(0);
            t.t1("meeting-why-task-late", &[("n", &found.overdue_tasks), ("days", &days)])
        }
        Why::BrokenPromise => t.t1("meeting-why-broken-n", &[("n", &found.broken)]),
        Why::Dwell => {
            let days = found.days_over_limit.unwrap_or(0);
            t.t1("meeting-why-dwell-n", &[("n", &days)])
        }
        Why::Asked => t.t("meeting-why-asked"),
    };
    let reasons: Vec<String> = found.why.iter().map(reason).collect();
    reasons.join(&t.t("meeting-semicolon"))
}
