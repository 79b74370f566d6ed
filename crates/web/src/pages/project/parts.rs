//! The parts of a project's page that are tables and lists.

use jiff::civil::Date;
use tici_domain::{Basis, Currency, Measure, Percent, Period, SideState};
use tici_engine::Lens;
use tici_ops::{
    Action, permission,
    view_project::{ClaimView, EntryMeta, MonthRow, ProjectPage},
};

use super::{drawings::lateness, trace::FigureName};
use crate::{
    T, Visit,
    i18n::{Days, Scale},
    pages::ledger::figure_href,
};

/// A key figure: label, number with its address, and what it is compared with.
pub struct KeyFigure {
    pub label: String,
    pub value: String,
    pub href: String,
    pub note: String,
}

/// Six figures under the staircase.
pub fn key_figures(t: T, page: &ProjectPage) -> Vec<KeyFigure> {
    let facts = &page.row.facts;
    // One unit for the row, so that its figures can be compared at a glance.
    let scale = t.scale_for(i128::from(facts.total.unwrap_or(0)), facts.currency);
    let money = |amount: Option<i64>| match amount {
        Some(amount) => (scale.print(i128::from(amount)), t.unit(scale)),
        None => ("—".into(), String::new()),
    };
    let share = |part: Option<i64>, base: Option<i64>| {
        Percent::of(i128::from(part?), i128::from(base?)).map(|share| share.to_string())
    };
    let figure = |label: String, amount, href: String, note: String| {
        let (value, unit) = money(amount);
        let note = if unit.is_empty() || note.is_empty() { note } else { t.comma(&note) };
        KeyFigure { label, value, href, note: format!("{unit}{note}") }
    };
    let since = share(facts.done_since_start, facts.total).unwrap_or_default();
    let of_plan = share(facts.done_ytd, facts.plan_year)
        .map_or_else(String::new, |share| t.t1("project-of-plan", &[("share", &share)]));
    let (behind_label, behind) = behind(t, facts.done_ytd, facts.due_ytd);
    let of_due = share(facts.done_ytd, facts.due_ytd)
        .map_or_else(String::new, |share| t.t1("project-of-due", &[("share", &share)]));
    let latest = |measure| latest_href(page, measure);
    vec![
        figure(t.t("column-total"), facts.total, latest(Measure::TOTAL_INVESTMENT), String::new()),
        figure(
            t.t("column-since-start"),
            facts.done_since_start,
            latest(Measure::INVEST_SINCE_START),
            since,
        ),
        figure(t.t("column-plan"), facts.plan_year, "#plans".into(), String::new()),
        figure(
            t.t1("project-done-in", &[("span", &t.year_to_short(page.lens.period))]),
            facts.done_ytd,
            done_href(page),
            of_plan,
        ),
        figure(behind_label, behind, String::new(), of_due),
        next_figure(t, page),
    ]
}

/// `比应完成少` or `比应完成多`, with the difference.
fn behind(t: T, done: Option<i64>, due: Option<i64>) -> (String, Option<i64>) {
    match (done, due) {
        (Some(done), Some(due)) if done > due => (t.t("project-ahead"), Some(done - due)),
        (Some(done), Some(due)) => (t.t("project-behind"), Some(due - done)),
        _ => (t.t("project-behind"), None),
    }
}

fn next_figure(t: T, page: &ProjectPage) -> KeyFigure {
    let today = page.lens.today;
    let Some((name, planned)) = &page.row.next else {
        let label = t.t("column-next");
        return KeyFigure { label, value: "—".into(), href: String::new(), note: String::new() };
    };
    let milestones = page.row.entry.milestones.iter().map(|(row, _)| row);
    let expected = milestones
        .filter(|row| row.name == *name && row.actual.is_none())
        .find_map(|row| row.expected);
    let label = match planned {
        Some(day) => t.t1(
            "project-next-planned",
            &[("name", &name.get(t.lang)), ("day", &t.day(*day, today))],
        ),
        None => name.get(t.lang).to_owned(),
    };
    let shown = expected.or(*planned);
    let late = lateness(*planned, expected).map_or_else(String::new, |days| t.lateness(days));
    KeyFigure {
        label,
        value: shown.map_or_else(|| "—".into(), |day| t.day(day, today)),
        href: String::new(),
        note: if expected.is_some() {
            t.t1("project-node-expected", &[("late", &late)])
        } else {
            String::new()
        },
    }
}

fn latest_href(page: &ProjectPage, measure: Measure) -> String {
    let id = page.row.facts.project;
    let figures = &page.snapshot.project_figures;
    let cell = figures.latest(id, measure, page.lens.basis, page.lens.period);
    cell.map_or_else(String::new, |cell| figure_href(id, measure, cell.period, &page.lens))
}

fn done_href(page: &ProjectPage) -> String {
    let (id, lens) = (page.row.facts.project, &page.lens);
    let figures = &page.snapshot.project_figures;
    [Measure::INVEST_YTD, Measure::INVEST_MONTH]
        .into_iter()
        .find(|measure| figures.get(id, *measure, lens.basis, lens.period).is_some())
        .map_or_else(String::new, |measure| figure_href(id, measure, lens.period, lens))
}

/// One month of returns.
pub struct Month {
    pub name: String,
    pub plan: String,
    pub done: Cell,
    pub due_ytd: String,
    pub done_ytd: Cell,
    pub of_due: String,
    pub workers: Cell,
    pub progress: String,
    pub on: String,
    pub status: String,
    /// The month whose figure is opened.
    pub is_open: bool,
}

/// A number that may open.
#[derive(Default)]
pub struct Cell {
    pub text: String,
    pub href: String,
    pub is_open: bool,
}

/// Months up to today's, and any later one that has something to say.
pub fn months(visit: &Visit, page: &ProjectPage, open: Option<FigureName>) -> Vec<Month> {
    let this_month = Period::month_of(page.lens.today);
    let shown =
        |row: &&MonthRow| row.period <= this_month || row.done.is_some() || row.done_ytd.is_some();
    let rows = page.months.iter().filter(shown);
    rows.map(|row| month(visit, page, row, open)).collect()
}

fn month(visit: &Visit, page: &ProjectPage, row: &MonthRow, open: Option<FigureName>) -> Month {
    let (t, lens) = (visit.t, &page.lens);
    let id = page.row.facts.project;
    let scale = Scale::column(page.row.facts.currency);
    let money = |amount: Option<i64>| amount.map_or_else(dash, |amount| scale.print(amount.into()));
    let cell = |measure: Measure, text: Option<String>| {
        let is_open = open.is_some_and(|name| name.measure == measure && name.period == row.period);
        match text {
            None => Cell { text: dash(), ..Cell::default() },
            Some(text) => Cell { text, href: figure_href(id, measure, row.period, lens), is_open },
        }
    };
    let amount = |amount: Option<i64>| amount.map(|amount| scale.print(amount.into()));
    let of_due = match (row.done_ytd, row.due_ytd) {
        (Some(done), Some(due)) => t.percent(Percent::of(done.into(), due.into())),
        _ => dash(),
    };
    let progress = match (&row.progress, row.progress_percent) {
        (Some(text), _) => text.clone(),
        (None, Some(hundredths)) => t.percent(Percent::of(hundredths.into(), 10_000)),
        (None, None) => due_note(visit, page, row),
    };
    let zone = &visit.state.config.zone;
    let on = row.reported.as_ref().map(|meta| zone.to_datetime(meta.at).date());
    Month {
        name: t.period_short(row.period),
        plan: money(row.plan),
        done: cell(Measure::INVEST_MONTH, amount(row.done)),
        due_ytd: money(row.due_ytd),
        done_ytd: cell(Measure::INVEST_YTD, amount(row.done_ytd)),
        of_due,
        workers: cell(Measure::WORKERS, row.workers.map(|count| t.count(i128::from(count)))),
        progress,
        on: on.map_or_else(dash, |on| on.strftime("%m-%d").to_string()),
        status: t.t(status(row, lens)),
        is_open: open.is_some_and(|name| name.period == row.period),
    }
}

/// For the month that is being collected: until when.
fn due_note(visit: &Visit, page: &ProjectPage, row: &MonthRow) -> String {
    let t = visit.t;
    let day: Option<i8> =
        page.snapshot.setting(tici_ops::lens::key::RETURN_DUE_DAY).and_then(|d| d.parse().ok());
    let is_ahead = row.reported.is_none() && row.period.last_day() >= page.lens.today;
    let next = row.period.next().first_day();
    let due = day.and_then(|day| Date::new(next.year(), next.month(), day).ok());
    match due {
        Some(due) if is_ahead => {
            t.t1("project-return-due", &[("day", &t.day(due, page.lens.today))])
        }
        _ => dash(),
    }
}

fn status(row: &MonthRow, lens: &Lens) -> &'static str {
    match (&row.reported, row.is_verified) {
        (Some(_), true) => "month-verified",
        (Some(_), false) => "month-reported",
        (None, _) if row.period.last_day() >= lens.today => "month-open",
        (None, _) => "month-missing",
    }
}

/// A basis to look through.
pub struct BasisLink {
    pub name: String,
    pub href: String,
    pub is_here: bool,
}

pub fn bases(t: T, page: &ProjectPage) -> Vec<BasisLink> {
    let id = page.row.facts.project;
    let link = |basis: Basis| BasisLink {
        name: t.basis(basis),
        href: format!("/projects/{id}?period={}&basis={}#months", page.lens.period, basis.code()),
        is_here: basis == page.lens.basis,
    };
    Basis::ALL.into_iter().map(link).collect()
}

/// A claim with what was said of it.
pub struct Claim {
    pub id: i64,
    pub stage: String,
    pub on: String,
    pub late: String,
    pub by: String,
    pub note: String,
    pub evidence: Vec<Evidence>,
    /// `verified`, `rejected`, `reversed` or `pending`.
    pub verdict: &'static str,
    pub verdict_name: String,
    pub judged: String,
    pub entry_href: String,
    /// The reader may judge it: not their own, and theirs to judge.
    pub may_judge: bool,
    pub may_reverse: bool,
}

pub struct Evidence {
    pub name: String,
    pub kind: String,
    pub size: String,
    pub href: String,
}

/// Newest stage first.
pub fn claims(visit: &Visit, page: &ProjectPage) -> Vec<Claim> {
    page.claims.iter().rev().map(|claim| one_claim(visit, page, claim)).collect()
}

fn one_claim(visit: &Visit, page: &ProjectPage, view: &ClaimView) -> Claim {
    let t = visit.t;
    let claim = &view.state.claim;
    let planned = page.stairs.iter().find(|stair| stair.stage == claim.stage);
    let late = planned.and_then(|stair| lateness(stair.planned, Some(claim.on)));
    let verdict = view.state.verdict.map_or("pending", |(verdict, _)| verdict.code());
    let session = &visit.session;
    let is_own = view.by.as_ref().is_some_and(|meta| meta.actor == session.actor.id);
    let judges = permission::role_has(session.actor.role, Action::JudgeClaim)
        && session.covers(&page.snapshot, page.row.facts.place)
        && !is_own;
    let id = page.row.facts.project;
    let evidence = view.evidence.iter().map(|file| Evidence {
        name: file.file.clone(),
        kind: t.code("evidence", &file.kind),
        size: size(file.bytes),
        href: format!("/projects/{id}/evidence/{}", file.id),
    });
    Claim {
        id: claim.id,
        stage: t.stage(claim.stage),
        on: claim.on.to_string(),
        late: late.map_or_else(String::new, |days: Days| t.lateness(days)),
        by: who(visit, view.by.as_ref()),
        note: claim.note.clone().unwrap_or_default(),
        evidence: evidence.collect(),
        verdict,
        verdict_name: t.t(&format!("verdict-{verdict}")),
        judged: view.judged.as_ref().map_or_else(String::new, |meta| who(visit, Some(meta))),
        entry_href: format!("/journal/{}", view.state.entry),
        may_judge: judges && verdict == "pending",
        may_reverse: judges && verdict == "verified",
    }
}

/// `经开区统计岗，2026-06-05 16:42`.
pub fn who(visit: &Visit, meta: Option<&EntryMeta>) -> String {
    let t = visit.t;
    meta.map_or_else(String::new, |meta| {
        let at = t.moment(meta.at, &visit.state.config.zone);
        t.t1("trace-by", &[("post", &meta.title.get(t.lang)), ("at", &at)])
    })
}

fn size(bytes: i64) -> String {
    match bytes {
        bytes if bytes >= 1_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        bytes => format!("{} KB", (bytes + 999) / 1000),
    }
}

/// A line of the lists and plans beside the milestones.
pub struct Line {
    pub what: String,
    pub value: String,
    pub note: String,
    pub entry_href: String,
}

/// List memberships, newest year first.
pub fn lists(t: T, page: &ProjectPage) -> Vec<Line> {
    let rows = page.row.entry.lists.iter().rev();
    rows.map(|(row, entry)| Line {
        what: format!("{} {}", t.period(Period::year(row.year as i16)), t.tier(row.tier)),
        value: match row.until {
            Some(until) => format!("{} – {until}", row.from),
            None => t.t1("project-list-from", &[("day", &row.from)]),
        },
        note: list_note(t, row.version, row.reason.as_deref()),
        entry_href: format!("/journal/{entry}"),
    })
    .collect()
}

fn list_note(t: T, version: i64, reason: Option<&str>) -> String {
    let version = t.t1("project-version", &[("n", &version)]);
    match reason {
        Some(reason) => format!("{version}{}", t.comma(reason)),
        None => version,
    }
}

/// Every version of the year's plan, newest first.
pub fn plans(visit: &Visit, page: &ProjectPage, currency: Currency) -> Vec<Line> {
    let t = visit.t;
    let line = |(plan, meta): &(tici_domain::change::Plan, Option<EntryMeta>)| {
        let amount = t.amount(i128::from(plan.amount), currency);
        let approver = plan.approver.as_deref().map(|post| t.comma(post)).unwrap_or_default();
        let reason = list_note(t, plan.version, plan.reason.as_deref());
        Line {
            what: t.period(plan.period),
            value: format!("{} {}", amount.number, amount.unit),
            note: format!("{reason}{approver}{}", t.comma(&who(visit, meta.as_ref()))),
            entry_href: meta.as_ref().map_or_else(String::new, |m| format!("/journal/{}", m.seq)),
        }
    };
    page.plans.iter().map(line).collect()
}

/// What the months say stands in the way, newest first.
pub fn issues(t: T, page: &ProjectPage) -> Vec<(String, String)> {
    let said = page.months.iter().rev().filter_map(|row| {
        let issue = row.issue.as_deref().filter(|issue| !issue.trim().is_empty())?;
        Some((t.period_short(row.period), issue.to_owned()))
    });
    let mut issues: Vec<(String, String)> = said.collect();
    // A problem that is carried from month to month is told once, at its newest.
    let mut seen = std::collections::BTreeSet::new();
    issues.retain(|(_, issue)| seen.insert(issue.clone()));
    issues
}

/// State, place, chain, years, who answers for it.
pub fn meta_line(t: T, page: &ProjectPage) -> String {
    let project = &page.row.entry.project;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(page.row.place.as_ref().map(|place| place.name.get(t.lang).to_owned()));
    parts.extend(page.row.enterprise.as_ref().map(|firm| firm.name.get(t.lang).to_owned()));
    parts.extend(
        project.chain.as_deref().map(|chain| t.t1("project-chain", &[("chain", &t.chain(chain))])),
    );
    if project.build_from.or(project.build_to).is_some() {
        let span = super::super::ledger::build(t, project.build_from, project.build_to);
        parts.push(t.t1("project-build", &[("span", &span)]));
    }
    let named = [("project-sponsor", &project.sponsor), ("project-lead-unit", &project.lead_unit)];
    for (key, name) in named {
        parts.extend(name.as_ref().map(|name| t.t1(key, &[("name", &name.get(t.lang))])));
    }
    if project.state != SideState::Active {
        parts.push(t.state(project.state));
    }
    parts.extend(project.national_code.clone());
    parts.join(t.separator())
}

/// Earlier years with returns, to turn to.
pub fn years(page: &ProjectPage) -> Vec<(String, String)> {
    let id = page.row.facts.project;
    let figures = &page.snapshot.project_figures;
    let mut years: Vec<i16> = figures
        .series(id, Measure::INVEST_YTD, page.lens.basis)
        .chain(figures.series(id, Measure::INVEST_MONTH, page.lens.basis))
        .map(|cell| cell.period.calendar_year())
        .filter(|year| *year != page.lens.period.calendar_year())
        .collect();
    years.sort_unstable();
    years.dedup();
    let link = |year: i16| {
        let period = if year == page.lens.today.year() {
            String::new()
        } else {
            format!("period={year}-12&")
        };
        (format!("{year}"), format!("/projects/{id}?{period}#months"))
    };
    years.into_iter().rev().map(link).collect()
}

fn dash() -> String {
    "—".into()
}
