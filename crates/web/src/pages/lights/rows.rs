//! Lines of the page of lights.

use std::collections::BTreeMap;

use tici_domain::{Light, Period};
use tici_engine::lights::{LightChange, LightRules, Lit};
use tici_ops::view_lights::{LightRow, LightsPage};

use super::ORDER;
use crate::{
    api::lights::{reason, who},
    charts,
    i18n::T,
    pages::ledger::with_firm,
    ui::{self, Html},
};

/// One project.
pub struct RowView {
    pub light: Html,
    pub code: String,
    pub name: String,
    pub place: String,
    pub href: String,
    pub reason: String,
    /// What the other rules say, where they are not green.
    pub others: Vec<String>,
    /// A mark for each month, the oldest first, with its month and word.
    pub history: Vec<Html>,
}

/// A light that is not what it was.
pub struct ChangeView {
    pub code: String,
    pub name: String,
    pub place: String,
    pub href: String,
    pub from: Html,
    pub to: Html,
    pub reason: String,
    pub before: String,
    pub is_worse: bool,
}

/// A column of the table of months.
pub struct MonthView {
    pub name: String,
    pub href: String,
}

/// How many of a light there were in each month.
pub struct MonthLine {
    pub light: Html,
    pub counts: Vec<usize>,
}

pub fn row(t: T, page: &LightsPage, (row, lit): &(&LightRow, Lit)) -> RowView {
    let rules = &page.lens.lights;
    let [code, name, place] = named(t, page, row.project);
    let others = row.all.iter().filter(|one| one.rule != lit.rule && one.light != Light::Green);
    RowView {
        light: ui::light(&t, &lit.light),
        code,
        name,
        place,
        href: format!("/projects/{}", row.project),
        reason: reason(&t, rules, lit),
        others: others.map(|one| reason(&t, rules, one)).collect(),
        history: row.history.iter().map(|(month, light)| mark(t, *month, *light)).collect(),
    }
}

fn mark(t: T, month: Period, light: Light) -> Html {
    let label = format!("{} {}", t.period(month), t.light(light));
    let title = ui::escape(&label);
    Html(format!("<span title=\"{title}\">{}</span>", charts::light(light, &label)))
}

pub fn change(t: T, page: &LightsPage, change: &LightChange) -> ChangeView {
    let [code, name, place] = named(t, page, change.project);
    let light = |lit: Option<Lit>| match lit {
        Some(lit) => ui::light(&t, &lit.light),
        None => Html(t.t("app-none")),
    };
    let said = |rules: &LightRules, lit: Option<Lit>| {
        lit.map_or_else(String::new, |lit| reason(&t, rules, &lit))
    };
    ChangeView {
        code,
        name,
        place,
        href: format!("/projects/{}", change.project),
        from: light(change.from),
        to: light(change.to),
        reason: said(&page.lens.lights, change.to),
        before: match said(&page.rules_before, change.from) {
            before if before.is_empty() => before,
            before => t.t1("lights-was", &[("reason", &before)]),
        },
        is_worse: change.is_worse(),
    }
}

/// The months before and the one that is shown, with the lights of each.
pub fn months(t: T, page: &LightsPage) -> (Vec<MonthView>, Vec<MonthLine>) {
    // Each project has the same months; one that a month did not know yet has fewer.
    let longest = page.rows.iter().map(|row| &row.history).max_by_key(|history| history.len());
    let before = longest.into_iter().flatten().map(|(period, _)| *period);
    let periods: Vec<Period> = before.chain([page.lens.period]).collect();
    let mut counts = BTreeMap::<(Light, Period), usize>::new();
    for row in &page.rows {
        let now = (page.lens.period, row.lit.light);
        for (period, light) in row.history.iter().copied().chain([now]) {
            *counts.entry((light, period)).or_default() += 1;
        }
    }
    let line = |light: &Light| MonthLine {
        light: ui::light(&t, light),
        counts: periods
            .iter()
            .map(|period| counts.get(&(*light, *period)).copied().unwrap_or(0))
            .collect(),
    };
    let lines = ORDER.iter().map(line).collect();
    let month = |period: &Period| MonthView {
        // The year where it changes: thirteen months have one name twice.
        name: match period.index() {
            1 => t.period(*period),
            _ if Some(period) == periods.first() => t.period(*period),
            _ => t.period_short(*period),
        },
        href: format!("/lights?period={period}"),
    };
    (periods.iter().map(month).collect(), lines)
}

/// Code, name as people say it, and place of a project.
pub fn named(t: T, page: &LightsPage, project: i64) -> [String; 3] {
    let [code, name, place] = who(&t, page, project);
    let entry = page.snapshot.projects.get(project);
    let firm = entry.and_then(|entry| entry.project.enterprise);
    let firm = firm.and_then(|firm| page.snapshot.enterprises.get(&firm));
    [code, with_firm(t, &name, firm), place]
}
