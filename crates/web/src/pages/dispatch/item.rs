//! One project before everybody: what it is stuck on, its line of time, what has to be done
//! and by whom, and what is decided now.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use jiff::{Span, civil::Date};
use tici_domain::{Light, Name, Problem, Stage, TaskKind};
use tici_engine::agenda::Standing;
use tici_ops::hold_meeting::{
    ItemView, MeetingPage, NewDecision, decide as take_down, view_meeting,
};

use super::one::problems_apart;
use super::words::{TaskLine, task_line};
use super::{number, offices};
use crate::{
    Failure, Fields, Posted, charts,
    done::lead_to,
    i18n::{T, days_from},
    pages::board::short,
    shell::Shell,
    ui::{self, Html},
    visit::{Rendered, Visit},
};

/// Lines of the form; the first stands open.
const LINES: usize = 4;

#[derive(Template)]
#[template(path = "meeting_item.html")]
pub struct ItemPage {
    pub shell: Shell,
    pub t: T,
    pub series: i64,
    pub n: usize,
    pub day: String,
    pub topic: String,
    pub minutes: String,
    pub seconds: u32,
    pub name: String,
    pub firm: String,
    pub place: String,
    pub tier: Html,
    pub total: Option<(String, String)>,
    pub verdict: Html,
    pub time: Option<(Html, Html)>,
    pub tasks: Vec<TaskLine>,
    pub stairs: Html,
    pub decisions: Vec<TaskLine>,
    pub lines: Vec<Line>,
    pub owners: Vec<String>,
    /// What is known where the probability will stand.
    pub known: (String, String),
    pub queue: Vec<Queued>,
    pub previous: String,
    pub next: String,
    pub may_run: bool,
    /// Whether a name is new, and the form has to say so.
    pub asks_office: bool,
    pub done: bool,
    pub problems: Vec<String>,
    pub today: String,
}

/// One line of the form, as sent.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its number in words.
    pub label: String,
    pub what: String,
    pub who: String,
    pub when: String,
}

/// One project of the queue.
pub struct Queued {
    pub n: usize,
    pub href: String,
    pub name: String,
    pub whole: String,
    pub done: bool,
    pub is_here: bool,
}

pub async fn show(
    visit: Visit,
    Path((id, n)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let at = (number(&id)?, item_number(&n)?);
    render(visit, at, &Fields::default(), Vec::new()).await
}

fn item_number(text: &str) -> Result<usize, Failure> {
    text.parse().ok().filter(|n| *n > 0).ok_or(Failure::NotFound)
}

async fn render(
    visit: Visit,
    (id, n): (i64, usize),
    sent: &Fields,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_meeting(desk, session, id, today)).await?;
    let place = page.items.iter().position(|item| item.index + 1 == n).ok_or(Failure::NotFound)?;
    Ok(Rendered(view(&visit, &page, place, (sent, problems))).into_response())
}

/// Takes down the lines that were filled. That nothing was decided has a button of its own,
/// so that a form sent too early does not mark the item as spoken of.
pub async fn decide(
    Path((id, n)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, n) = (number(&id)?, item_number(&n)?);
    let Posted { visit, fields } = posted;
    let lines: Vec<Line> = read_lines(&fields);
    let mut problems = Vec::new();
    let mut decisions = Vec::new();
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        let due: Option<Date> = line.when.parse().ok();
        if due.is_none() && !line.when.is_empty() {
            problems.push(Problem::error("task-day-unreadable").arg("day", &line.when));
        }
        decisions.push(NewDecision { title: line.what, owner: line.who, due });
    }
    let is_bare = decisions.is_empty();
    if is_bare && fields.get("do") != "spoken" {
        problems.push(Problem::error("decision-empty"));
    }
    // A line that lacks something is refused for that first.
    let is_whole = |new: &NewDecision| !new.title.is_empty() && new.due.is_some();
    if problems.is_empty() && decisions.iter().all(is_whole) {
        let typed = decisions.iter().map(|decision| decision.owner.clone()).collect();
        problems.extend(offices::ask(&visit, &fields, typed).await?);
    }
    if problems.is_empty() {
        let (now, today) = (visit.state.now(), visit.today);
        problems = visit
            .run(move |desk, session| {
                problems_apart(take_down(desk, session, (id, n - 1), &decisions, now, today))
            })
            .await?;
    }
    if problems.is_empty() {
        let done = if is_bare { "meeting-spoken" } else { "meeting-decided" };
        return Ok(lead_to(&format!("/meetings/{id}/{n}#decided"), done).into_response());
    }
    render(visit, (id, n), &fields, problems).await
}

impl Line {
    fn is_empty(&self) -> bool {
        self.what.is_empty() && self.who.is_empty() && self.when.is_empty()
    }
}

fn read_lines(fields: &Fields) -> Vec<Line> {
    let all = |name: &str| -> Vec<String> { fields.all(name).map(str::to_owned).collect() };
    let (what, who, when) = (all("what"), all("who"), all("when"));
    let count = what.len().max(who.len()).max(when.len());
    let at = |list: &[String], index: usize| list.get(index).cloned().unwrap_or_default();
    let line = |index| Line {
        label: String::new(),
        what: at(&what, index),
        who: at(&who, index),
        when: at(&when, index),
    };
    (0..count).map(line).collect()
}

fn view(
    visit: &Visit,
    page: &MeetingPage,
    place: usize,
    (sent, problems): (&Fields, Vec<Problem>),
) -> ItemPage {
    let (t, today) = (visit.t, visit.today);
    let item = &page.items[place];
    let facts = &item.row.facts;
    let name = |name: Option<&Name>| name.map_or("", |name| name.get(t.lang)).to_owned();
    let project = name(Some(&item.row.entry.project.name));
    let mut lines = read_lines(sent);
    lines.resize_with(LINES.max(lines.len()), Line::default);
    for (index, line) in lines.iter_mut().enumerate() {
        line.label = t.t1("meeting-line", &[("n", &(index + 1))]);
    }
    let href = |place: usize| {
        let item = page.items.get(place)?;
        Some(format!("/meetings/{}/{}", page.meeting.series, item.index + 1))
    };
    let whole = |minutes: u32| format!("{minutes:02}:00");
    ItemPage {
        shell: visit.shell("dispatch", project.clone()),
        series: page.meeting.series,
        n: item.index + 1,
        day: t.day_of_week(page.meeting.on),
        topic: page.meeting.title.get(t.lang).to_owned(),
        minutes: whole(page.rules.minutes_each),
        seconds: page.rules.minutes_each * 60,
        name: project,
        firm: name(item.row.enterprise.as_ref().map(|firm| &firm.short)),
        place: name(item.row.place.as_ref().map(|place| &place.short)),
        tier: ui::tier(&t, &facts.tier),
        total: facts.total.map(|total| {
            let amount = t.amount(i128::from(total), facts.currency);
            (amount.number, amount.unit)
        }),
        verdict: verdict(t, page, item),
        time: time(t, page, item),
        tasks: item.tasks.iter().map(|view| task_line(t, view, today)).collect(),
        stairs: stairs(t, item),
        decisions: item.decisions.iter().map(|view| task_line(t, view, today)).collect(),
        lines,
        owners: page.owners.iter().map(|owner| owner.get(t.lang).to_owned()).collect(),
        known: known(t, item),
        queue: queue(t, page, place),
        previous: place.checked_sub(1).and_then(href).unwrap_or_default(),
        next: href(place + 1).unwrap_or_default(),
        may_run: page.may_run,
        asks_office: offices::is_asked(&problems),
        done: item.done,
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        today: today.to_string(),
        t,
    }
}

/// Days after the deadline; negative is before it.
fn days_late(item: &ItemView) -> Option<i32> {
    let (expected, due) = item.start?;
    Some(days_from(due?, expected?))
}

/// 卡在 用地批复 和 能评批复，预计 7月29日开工，比时限晚 29 天
fn verdict(t: T, page: &MeetingPage, item: &ItemView) -> Html {
    let em = |text: &str| format!("<em>{}</em>", ui::escape(text));
    let open = item.tasks.iter().filter(|view| view.standing.is_open());
    let names: Vec<String> = open
        .filter(|view| view.task.kind == TaskKind::Blocker)
        .map(|view| em(short(&view.task.title, t)))
        .collect();
    let stuck = match names.as_slice() {
        [] => t.t("meeting-stuck-none"),
        [one] => t.t1("meeting-stuck", &[("what", one)]),
        [first @ .., last] => {
            let what = t.t1("meeting-and", &[("a", &t.list(first)), ("b", last)]);
            t.t1("meeting-stuck", &[("what", &what)])
        }
    };
    let today = page.lens.today;
    let rest = match (item.start, days_late(item)) {
        (None, _) => {
            let facts = &item.row.facts;
            let reason = t.words(&facts.lit.words());
            ui::escape(&reason)
        }
        (Some((Some(expected), _)), Some(days)) if days > 0 => {
            let day = t.day(expected, today);
            t.t1("meeting-start-late", &[("day", &day), ("n", &days)])
        }
        (Some((Some(expected), _)), Some(_)) => {
            t.t1("meeting-start-in-time", &[("day", &t.day(expected, today))])
        }
        (Some((Some(expected), _)), None) => {
            t.t1("meeting-start-expected", &[("day", &t.day(expected, today))])
        }
        (Some((None, _)), _) => t.t("meeting-start-unknown"),
    };
    Html(stuck + &rest)
}

/// The line of time, wide and narrow; none for a project that has started.
fn time(t: T, page: &MeetingPage, item: &ItemView) -> Option<(Html, Html)> {
    let (expected, due) = item.start?;
    if expected.is_none() && due.is_none() {
        return None;
    }
    let today = page.lens.today;
    let days = [Some(today), due, expected];
    let first = days.iter().flatten().min()?.first_of_month();
    let latest = *days.iter().flatten().max()?;
    let room = (days_from(first, latest) / 4).max(15);
    let last = latest.checked_add(Span::new().days(room)).ok()?;
    let span = f64::from(days_from(first, last).max(1));
    let share = |day: Date| f64::from(days_from(first, day)) / span;
    let late = days_late(item).filter(|days| *days > 0);
    let expected_words = expected.map_or_else(String::new, |day| {
        let day = t.day(day, today);
        match late {
            Some(n) => t.t1("meeting-expected-late", &[("day", &day), ("n", &n)]),
            None => t.t1("meeting-expected", &[("day", &day)]),
        }
    });
    let due_words =
        due.map_or_else(String::new, |day| t.t1("meeting-due", &[("day", &t.day(day, today))]));
    let words = charts::TimeLineWords {
        label: [due_words.clone(), expected_words.clone()].join(t.separator()),
        first: t.day(first, today),
        last: t.day(last, today),
        today: t.t("meeting-today"),
        due: due_words,
        expected: expected_words,
    };
    let of = charts::TimeLine {
        today: share(today),
        due: due.map(share),
        expected: expected.map(share),
        words,
        is_late: late.is_some(),
        is_narrow: false,
    };
    let wide = Html(charts::time_line(&of));
    let narrow = Html(charts::time_line(&charts::TimeLine { is_narrow: true, ..of }));
    Some((wide, narrow))
}

fn stairs(t: T, item: &ItemView) -> Html {
    let reached = item.row.facts.stage.map_or(0, Stage::steps);
    let names: Vec<String> = Stage::STAIRS.into_iter().map(|stage| t.stage(stage)).collect();
    let next = names.get(reached).cloned().unwrap_or_else(|| t.t("app-none"));
    let now = item.row.facts.stage.map_or_else(|| t.t("stage-none"), |stage| t.stage(stage));
    let label = t.t1("meeting-stairs", &[("now", &now), ("next", &next)]);
    let is_late = item.row.facts.light == Light::Red;
    Html(charts::big_stairs(&charts::BigStairs { reached, names, is_late, label }))
}

/// How many things stand in the way, and the worst of them.
fn known(t: T, item: &ItemView) -> (String, String) {
    let open: Vec<Standing> =
        item.tasks.iter().map(|view| view.standing).filter(|s| s.is_open()).collect();
    let late = open.iter().filter_map(|standing| match standing {
        Standing::Late { days } => Some(*days),
        _ => None,
    });
    let worst = match late.max() {
        Some(days) => t.t1("task-late", &[("n", &days)]),
        None if open.is_empty() => t.t("app-none"),
        None => t.t("meeting-known-in-time"),
    };
    (t.t1("meeting-known", &[("n", &open.len())]), worst)
}

fn queue(t: T, page: &MeetingPage, here: usize) -> Vec<Queued> {
    let queued = |(place, item): (usize, &ItemView)| {
        let project = item.row.entry.project.name.get(t.lang);
        let firm = item.row.enterprise.as_ref().map(|firm| firm.short.get(t.lang));
        Queued {
            n: item.index + 1,
            href: format!("/meetings/{}/{}", page.meeting.series, item.index + 1),
            name: firm.unwrap_or(project).to_owned(),
            whole: format!("{} {project}", firm.unwrap_or("")).trim().to_owned(),
            done: item.done,
            is_here: place == here,
        }
    };
    page.items.iter().enumerate().map(queued).collect()
}
