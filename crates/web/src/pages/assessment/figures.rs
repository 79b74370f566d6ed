//! Numbers of an assessment as they are read: actual, target, points, where each came from; and
//! the page that follows a delivered figure to its cell.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;
use tici_domain::{Name, Period};
use tici_engine::Snapshot;
use tici_engine::assess::run::ItemRun;
use tici_engine::assess::run::frozen::{Frozen, Trace};
use tici_engine::assess::run::what_if::full_of;
use tici_engine::assess::scheme::{Combine, Figure, FigureFrom, Item, Method, Ref, Scheme, Source};
use tici_engine::assess::score::Number;
use tici_ops::assess::{FigureHistory, OpenedRun, trace_indicator};

use super::Tab;
use crate::{
    Failure,
    i18n::T,
    shell::Shell,
    visit::{PageResult, Rendered, Visit},
};

/// Above this, numbers of a ratio are amounts: the share says more.
const RATIO_MAX: i64 = 100_000;

/// Projects in one address.
const LINKED_PROJECTS_MAX: usize = 60;

/// With so many decimals, a proper minus, and a dash for nothing.
pub fn print(number: Option<&Number>, decimals: u32) -> String {
    number.map_or_else(|| "—".to_owned(), |n| n.print(decimals).replace('-', "\u{2212}"))
}

/// With a sign: `+2.9`, `−1.1`, `0.0`.
pub fn signed(number: &Number, decimals: u32) -> String {
    let text = number.print(decimals).replace('-', "\u{2212}");
    if number.is_positive() { format!("+{text}") } else { text }
}

/// At most so many decimals.
pub fn brief(number: &Number, decimals: u32) -> String {
    number.brief(decimals).replace('-', "\u{2212}")
}

/// The figures of an item that is one over another.
pub fn ratio<'a>(rules: &'a Scheme, item: &'a Item) -> Option<(&'a str, &'a str)> {
    let Source::Formula(formula) = &item.source else { return None };
    let (above, below) = formula.text.split_once('/')?;
    let known = |key: &str| rules.figures.iter().any(|figure| figure.key == key);
    let (above, below) = (above.trim(), below.trim());
    (known(above) && known(below)).then_some((above, below))
}

/// `17 / 23`, `94.4%`, `14.24`.
pub fn actual(opened: &OpenedRun, at: usize, unit: usize) -> String {
    let (rules, item) = (&opened.rules, &opened.rules.items[at]);
    let run = &opened.run.units[unit].items[at];
    if let Some((above, below)) = ratio(rules, item) {
        let value = |key: &str| {
            let text = opened.frozen.figures.get(key)?.values.get(unit)?.as_deref()?;
            text.parse::<i64>().ok()
        };
        if let (Some(above), Some(below)) = (value(above), value(below))
            && above.abs() < RATIO_MAX
            && below.abs() < RATIO_MAX
        {
            return format!("{above} / {below}");
        }
        return percent(run.value.as_ref());
    }
    let Some(value) = &run.value else { return "—".to_owned() };
    let unit = unit_of(rules, item);
    if unit == "%" { format!("{}%", brief(value, 2)) } else { brief(value, 2) }
}

fn percent(value: Option<&Number>) -> String {
    let share = value.map(|value| value * &Number::whole(100));
    share.map_or_else(|| "—".to_owned(), |share| format!("{}%", print(Some(&share), 1)))
}

fn unit_of<'a>(rules: &'a Scheme, item: &Item) -> &'a str {
    let Source::Figure(key) = &item.source else { return "" };
    rules.figures.iter().find(|figure| figure.key == *key).map_or("", |f| f.unit.as_str())
}

/// What the figure is measured against, where the rule states it.
pub fn target(t: T, rules: &Scheme, item: &Item) -> String {
    let Method::Target { target, .. } = &item.method else { return String::new() };
    let number = match target {
        Ref::Number(number) => number,
        Ref::Figure(key) => return name_of(t, rules, key),
    };
    let is_share = ratio(rules, item).is_some();
    if is_share && *number == Number::one() {
        return t.t("assess-target-all");
    }
    match (is_share, unit_of(rules, item)) {
        (true, _) => format!("{}%", brief(&(number * &Number::whole(100)), 1)),
        (_, "%") => format!("{}%", brief(number, 1)),
        _ => brief(number, 2),
    }
}

/// What an item can give in the total; none where parts do not add up.
pub fn full(rules: &Scheme, at: usize, run: &ItemRun) -> Option<Number> {
    let item = &rules.items[at];
    let parent = &rules.branches[rules.parent_of(item.parent.as_ref())];
    let own = full_of(&item.method)?;
    match parent.combine {
        Combine::Mean => run.weight.as_ref().map(|weight| weight * &own),
        Combine::Sum => Some(own),
        _ => None,
    }
}

/// Items below a branch.
pub fn items_below(rules: &Scheme, branch: usize) -> Vec<usize> {
    let is_below = |at: &usize| {
        let mut up = rules.parent_of(rules.items[*at].parent.as_ref());
        loop {
            if up == branch {
                return true;
            }
            match &rules.branches[up].parent {
                Some(parent) => match rules.branch(parent) {
                    Some(next) => up = next,
                    None => return false,
                },
                None => return false,
            }
        }
    };
    (0..rules.items.len()).filter(is_below).collect()
}

/// Branches right below the total, or the total itself where items hang on it.
pub fn top_branches(rules: &Scheme) -> Vec<usize> {
    let root = rules.root();
    let below: Vec<usize> = (0..rules.branches.len())
        .filter(|at| *at != root && rules.parent_of(rules.branches[*at].parent.as_ref()) == root)
        .collect();
    if below.is_empty() { vec![root] } else { below }
}

/// What items of a branch add to the total of a unit.
pub fn contribution(opened: &OpenedRun, items: &[usize], unit: usize) -> Option<Number> {
    let unit = &opened.run.units[unit];
    let parts: Vec<&Number> =
        items.iter().filter_map(|at| unit.items[*at].contribution.as_ref()).collect();
    (!parts.is_empty()).then(|| Number::sum(parts))
}

pub fn full_below(opened: &OpenedRun, items: &[usize], unit: usize) -> Option<Number> {
    let unit = &opened.run.units[unit];
    let fulls: Vec<Number> =
        (items.iter()).filter_map(|at| full(&opened.rules, *at, &unit.items[*at])).collect();
    (!fulls.is_empty()).then(|| Number::sum(&fulls))
}

pub fn name_of(t: T, rules: &Scheme, key: &str) -> String {
    rules.name_of(key).map_or_else(|| key.to_owned(), |name: &Name| name.get(t.lang).to_owned())
}

/// One figure behind an item, with its address.
pub struct FigureLine {
    pub name: String,
    pub value: String,
    pub unit: String,
    pub source: String,
    pub href: String,
    pub note: String,
}

/// The figures that an item is made of, each leading to where it came from.
pub fn figure_lines(
    t: T,
    (rules, frozen): (&Scheme, &Frozen),
    (item, unit): (&Item, usize),
    (snapshot, place): (&Snapshot, Option<i64>),
) -> Vec<FigureLine> {
    let line = |key: &str| {
        let figure = rules.figures.iter().find(|figure| figure.key == key)?;
        Some(figure_line(t, frozen, (figure, unit), (snapshot, place)))
    };
    item.columns(rules).into_iter().filter_map(line).collect()
}

fn figure_line(
    t: T,
    frozen: &Frozen,
    (figure, unit): (&Figure, usize),
    (snapshot, place): (&Snapshot, Option<i64>),
) -> FigureLine {
    let trace = frozen.trace(&figure.key, unit).cloned().unwrap_or_default();
    let value = frozen.figures.get(&figure.key).and_then(|column| column.values.get(unit));
    let value = value.and_then(|text| Number::read_exact(text.as_deref()?));
    let place = place.map_or_else(String::new, |id| id.to_string());
    let (source, href, note) = match &figure.from {
        FigureFrom::Ledger { .. } => {
            let href = projects_href(snapshot, &trace, (&place, &frozen.month));
            let note = match trace.unreported.is_empty() {
                true => String::new(),
                false => t.t1("assess-unreported", &[("codes", &t.list(&trace.unreported))]),
            };
            let counted = t.t1("assess-from-ledger", &[("n", &trace.projects.len())]);
            (counted, href, note)
        }
        FigureFrom::Department { name, .. } => {
            let href = format!(
                "/assessment/figure?key={}&place={place}&period={}",
                figure.key, frozen.period
            );
            let cell = trace.text();
            let source = if value.is_none() {
                t.t1("assess-not-delivered", &[("department", name)])
            } else if cell.is_empty() {
                name.clone()
            } else {
                format!("{name} {cell}")
            };
            (source, href, String::new())
        }
    };
    let href = if value.is_none() { String::new() } else { href };
    FigureLine {
        name: figure.name.get(t.lang).to_owned(),
        value: value.as_ref().map_or_else(|| "—".to_owned(), |value| grouped(t, value)),
        unit: figure.unit.clone(),
        source,
        href,
        note,
    }
}

/// The ledger with exactly the projects that were counted; the place's where they are too
/// many for an address.
fn projects_href(snapshot: &Snapshot, trace: &Trace, (place, month): (&str, &str)) -> String {
    let codes: Vec<&String> = trace.projects.iter().chain(&trace.unreported).collect();
    if codes.is_empty() || codes.len() > LINKED_PROJECTS_MAX {
        return format!("/projects?tier=listed&place={place}&period={month}");
    }
    let found = snapshot.projects.iter().filter(|entry| codes.contains(&&entry.project.code));
    let ids: Vec<String> = found.map(|entry| format!("id={}", entry.project.id)).collect();
    format!("/projects?tier=all&period={month}&{}", ids.join("&"))
}

/// `1,498,180,000`, or with its decimals.
fn grouped(t: T, value: &Number) -> String {
    match value.exact().parse::<i128>() {
        Ok(whole) => t.count(whole),
        Err(_) => brief(value, 4),
    }
}

#[derive(Deserialize)]
pub struct Asked {
    key: String,
    place: i64,
    period: String,
}

#[derive(Template)]
#[template(path = "assess_figure.html")]
pub struct FigureView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    sub: String,
    rows: Vec<FigureRow>,
}

struct FigureRow {
    value: String,
    raw: String,
    file: String,
    cell: String,
    by: String,
    at: String,
    reason: String,
    entry: String,
    href: String,
    is_current: bool,
}

/// Follows a delivered figure to its cell, file and entry.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult<FigureView> {
    let period = Period::parse(&asked.period).ok_or_else(|| Failure::bad(asked.period.clone()))?;
    let key = asked.key.clone();
    let run =
        visit.run(move |desk, session| trace_indicator(desk, session, (&key, asked.place, period)));
    let found = run.await?;
    let t = visit.t;
    let place = found.snapshot.places.get(&found.place);
    let place = place.map_or_else(String::new, |place| place.short.get(t.lang).to_owned());
    let title = t.t("assess-figure-title");
    let sub = format!("{place} · {} · {}", found.key, t.period(found.period));
    let rows = found.rows.iter().enumerate().map(|(at, row)| figure_row(&visit, &found, at, row));
    Ok(Rendered(FigureView {
        rows: rows.collect(),
        tabs: tabs_of(t),
        shell: visit.shell("scores", title),
        sub,
        t,
    }))
}

fn tabs_of(t: T) -> Vec<Tab> {
    super::tabs(t, None, "")
}

fn figure_row(
    visit: &Visit,
    _: &FigureHistory,
    at: usize,
    (row, entry): &(tici_domain::IndicatorFigure, tici_ops::view_project::EntryMeta),
) -> FigureRow {
    let t = visit.t;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let cell = match (&row.sheet, &row.cell) {
        (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
        (_, cell) => text(cell),
    };
    let value = row.value.as_deref();
    FigureRow {
        value: value.map_or_else(|| "—".to_owned(), str::to_owned),
        raw: row.raw.clone().or_else(|| row.value.clone()).unwrap_or_default(),
        file: entry.source.as_ref().map(|source| source.file.clone()).unwrap_or_default(),
        cell,
        by: entry.title.get(t.lang).to_owned(),
        at: t.moment(entry.at, &visit.state.config.zone),
        reason: text(&row.reason),
        entry: t.entry_number(entry.seq),
        href: format!("/journal/{}", entry.seq),
        is_current: at == 0,
    }
}
