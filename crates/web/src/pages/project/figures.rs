//! Six figures under the staircase, and the line under the name.

use tici_domain::{Measure, Percent, SideState};
use tici_ops::view_project::ProjectPage;

use super::drawings::lateness;
use crate::{
    T,
    pages::ledger::{build, figure_href},
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
        let span = build(t, project.build_from, project.build_to);
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
