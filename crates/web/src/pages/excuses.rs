//! 缓责: approved excuses with their end, counted, and the forms that enter and end one.

use askama::Template;
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::civil::Date;
use tici_domain::Problem;
use tici_ops::keep_excuses::{
    ALL_RULES, ExcuseLine, ExcuseStanding, ExcusesPage, NewExcuse, end_excuse, put_excuse,
    view_excuses,
};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, Desk, OpsError, Session};

use super::dispatch::problems_apart;
use super::promises::day;
use super::{Nav, Page};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "excuses",
    nav: Some(Nav { group: "nav-projects", href: "/excuses", icon: "shield" }),
    routes: || {
        Router::new().route("/excuses", get(show).post(enter)).route("/excuses/end", post(end))
    },
};

#[derive(Template)]
#[template(path = "excuses.html")]
struct ExcusesView {
    shell: Shell,
    t: T,
    said: String,
    /// Excuses in force by rule and by approver, in words.
    counts: Vec<String>,
    rows: Vec<Row>,
    /// Excuses that can be ended: value and words.
    open: Vec<(String, String)>,
    rules: Vec<(String, String, bool)>,
    may_keep: bool,
    problems: Vec<String>,
    sent: Sent,
}

struct Row {
    href: String,
    code: String,
    name: String,
    place: String,
    rule: String,
    state: String,
    is_in_force: bool,
    from: String,
    until: String,
    days: String,
    reason: String,
    approver: String,
    by: String,
    at: String,
    entry_href: String,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    code: String,
    rule: String,
    from: String,
    until: String,
    reason: String,
    approver: String,
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    let sent = Sent { from: visit.today.to_string(), ..Sent::default() };
    render(visit, sent, Vec::new()).await
}

async fn render(visit: Visit, sent: Sent, problems: Vec<Problem>) -> Result<Response, Failure> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_excuses(desk, session, today)).await?;
    let t = visit.t;
    let lights = &page.lens.lights;
    let keys = lights.rules.iter().map(|rule| rule.key.as_str()).chain([ALL_RULES]);
    let rule = |key: &str| (key.to_owned(), t.excused(lights, key), sent.rule == key);
    let is_open = |line: &&ExcuseLine| {
        matches!(line.standing, ExcuseStanding::InForce | ExcuseStanding::Ahead)
    };
    let open = page.lines.iter().filter(is_open).map(|line| {
        let (code, rule) = (&line.row.entry.project.code, &line.excuse.rule);
        let name = line.row.entry.project.name.get(t.lang);
        (format!("{code} {rule}"), format!("{code} {name} · {}", t.excused(lights, rule)))
    });
    let in_force: usize = page.by_rule.values().sum();
    let view = ExcusesView {
        shell: visit.shell("excuses", t.t("nav-excuses")),
        said: t.t1("excuse-count", &[("n", &in_force), ("projects", &page.projects)]),
        counts: counts(t, &page),
        rows: page.lines.iter().map(|line| row(&visit, &page, line)).collect(),
        open: open.collect(),
        rules: keys.map(rule).collect(),
        may_keep: visit.session.need(Action::KeepPromises).is_ok(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent,
        t,
    };
    Ok(Rendered(view).into_response())
}

fn counts(t: T, page: &ExcusesPage) -> Vec<String> {
    let rules = page.by_rule.iter().map(|(rule, n)| (t.excused(&page.lens.lights, rule), *n));
    let approvers = page.by_approver.iter().map(|(approver, n)| (approver.clone(), *n));
    let say = |(what, n): (String, usize)| t.t1("excuse-of", &[("what", &what), ("n", &n)]);
    let lists: [Vec<String>; 2] = [rules.map(say).collect(), approvers.map(say).collect()];
    lists.iter().filter(|list| !list.is_empty()).map(|list| t.list(list)).collect()
}

fn row(visit: &Visit, page: &ExcusesPage, line: &ExcuseLine) -> Row {
    let (t, today) = (visit.t, visit.today);
    let excuse = &line.excuse;
    let place = line.row.place.as_ref().map(|place| place.short.get(t.lang).to_owned());
    let is_in_force = line.standing == ExcuseStanding::InForce;
    let meta = line.meta.as_ref();
    let at = meta.map(|meta| t.moment(meta.at, &visit.state.config.zone));
    Row {
        href: format!("/projects/{}", excuse.project),
        code: line.row.entry.project.code.clone(),
        name: line.row.entry.project.name.get(t.lang).to_owned(),
        place: place.unwrap_or_default(),
        rule: t.excused(&page.lens.lights, &excuse.rule),
        state: t.t(&format!("excuse-is-{}", line.standing.code())),
        is_in_force,
        from: t.day(excuse.from, today),
        until: t.day(excuse.until, today),
        days: match is_in_force {
            true => t.t1("excuse-days-left", &[("n", &days_left(excuse.until, today))]),
            false => String::new(),
        },
        reason: excuse.reason.clone(),
        approver: excuse.approver.clone(),
        by: meta.map_or_else(String::new, |meta| meta.title.get(t.lang).to_owned()),
        at: at.unwrap_or_default(),
        entry_href: meta.map_or_else(String::new, |meta| format!("/journal/{}", meta.seq)),
    }
}

/// The last day included.
fn days_left(until: Date, today: Date) -> i32 {
    (until - today).get_days() + 1
}

/// Enters an excuse from the form.
async fn enter(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let get = |name: &str| fields.get(name).trim().to_owned();
    let sent = Sent {
        code: get("code"),
        rule: get("rule"),
        from: get("from"),
        until: get("until"),
        reason: get("reason"),
        approver: get("approver"),
    };
    let (from, until) = match (day(&sent.from), day(&sent.until)) {
        (Ok(from), Ok(Some(until))) => (from.unwrap_or(visit.today), until),
        (Err(problem), _) | (_, Err(problem)) => return render(visit, sent, vec![*problem]).await,
        (_, Ok(None)) => {
            let problem = Problem::error("excuse-needs-end");
            return render(visit, sent, vec![problem]).await;
        }
    };
    let (now, asked) = (visit.state.now(), sent.clone());
    let run = move |desk: &Desk, session: &Session| {
        let Sent { code, rule, reason, approver, .. } = asked;
        let project = match known(desk, session, &code)? {
            Ok(project) => project,
            Err(problem) => return Ok(vec![problem]),
        };
        let withdrawn = false;
        let new = NewExcuse { project, rule, from, until, reason, approver, withdrawn };
        problems_apart(put_excuse(desk, session, &new, now))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => Ok(lead_to("/excuses", "excuse-entered").into_response()),
        false => render(visit, sent, problems).await,
    }
}

/// A project by its code; one that is not there is said beside the form.
fn known(desk: &Desk, session: &Session, code: &str) -> Result<Result<i64, Problem>, OpsError> {
    match project_by_code(desk, session, code) {
        Err(OpsError::NotFound { .. }) => {
            Ok(Err(Problem::error("list-unknown-code").arg("project", code)))
        }
        other => other.map(Ok),
    }
}

/// Ends an excuse from the form.
async fn end(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let which = fields.get("which").to_owned();
    let (code, rule) = which.split_once(' ').ok_or_else(|| Failure::bad("which"))?;
    let (code, rule) = (code.to_owned(), rule.to_owned());
    let reason = fields.get("reason").to_owned();
    let last = match day(fields.get("last")) {
        Ok(last) => last.unwrap_or(visit.today),
        Err(problem) => return render(visit, Sent::default(), vec![*problem]).await,
    };
    let now = visit.state.now();
    let run = move |desk: &Desk, session: &Session| {
        let project = match known(desk, session, &code)? {
            Ok(project) => project,
            Err(problem) => return Ok(vec![problem]),
        };
        problems_apart(end_excuse(desk, session, (project, &rule), (last, &reason), now))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => Ok(lead_to("/excuses", "excuse-ended").into_response()),
        false => {
            let sent = Sent { from: visit.today.to_string(), ..Sent::default() };
            render(visit, sent, problems).await
        }
    }
}
