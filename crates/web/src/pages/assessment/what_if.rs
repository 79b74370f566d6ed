//! What if: other weights, other figures of one unit, another way from figures to points. Both
//! rankings side by side; nothing is saved, everything is in the address.

use askama::Template;
use axum::extract::RawQuery;
use tici_domain::Problem;
use tici_engine::assess::run::what_if::{Tried, Way};
use tici_engine::assess::run::{Run, run};
use tici_engine::assess::score::Number;
use tici_ops::assess::RunPage;

use super::figures::{print, signed};
use super::main::place_name;
use super::sheet::unit_of;
use super::{Tab, opened, tabs};
use crate::{
    Failure,
    i18n::T,
    shell::Shell,
    visit::{PageResult, Rendered, Visit, read_pairs},
};

#[derive(Template)]
#[template(path = "assess_what_if.html")]
pub struct WhatIfView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    sub: String,
    run: i64,
    unit: String,
    units: Vec<(String, String, bool)>,
    weights: Vec<(String, String, String, bool)>,
    figures: Vec<(String, String, String)>,
    ways: Vec<(String, String, bool)>,
    is_geometric: bool,
    rows: Vec<Row>,
    problems: Vec<String>,
    is_tried: bool,
}

struct Row {
    name: String,
    rank: String,
    score: String,
    then_rank: String,
    then_score: String,
    moved: String,
    change: String,
    grade: String,
    then_grade: String,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<WhatIfView> {
    let pairs = read_pairs(query.unwrap_or_default().as_bytes());
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, v)| v.as_str());
    let asked = match value("run").filter(|text| !text.is_empty()) {
        Some(text) => Some(text.parse().map_err(|_| Failure::bad(text.to_owned()))?),
        None => None,
    };
    let page = opened(&visit, asked).await?;
    let at = unit_of(&page, value("unit").filter(|code| !code.is_empty()))?;
    let mut problems = Vec::new();
    let tried = tried(&page, at, &pairs, &mut problems);
    let run = visit.run(move |_, _| {
        let (scheme, inputs) = tried.of(&page.opened.rules, &page.opened.frozen.inputs());
        let (then, found) = run(&scheme, &inputs);
        Ok((page, tried, then, found))
    });
    let (page, tried, then, found) = run.await?;
    problems.extend(found.into_iter().filter(|_| then.is_none()));
    Ok(Rendered(view(&visit, &page, (at, &tried, then.as_ref()), &problems)))
}

/// What the address says differs from the run.
fn tried(
    page: &RunPage,
    at: usize,
    pairs: &[(String, String)],
    problems: &mut Vec<Problem>,
) -> Tried {
    let rules = &page.opened.rules;
    let inputs = page.opened.frozen.inputs();
    let mut tried = Tried::default();
    for (name, text) in pairs.iter().filter(|(_, text)| !text.trim().is_empty()) {
        if name == "way" {
            tried.way = Way::parse(text);
            continue;
        }
        if name == "geometric" {
            tried.geometric = true;
            continue;
        }
        let Some((kind @ ("w" | "f"), key)) = name.split_once('.') else { continue };
        let Some(number) = Number::parse(text) else {
            problems.push(Problem::error("assess-try-number").arg("value", text));
            continue;
        };
        if kind == "w" {
            let known = weight_of(rules, key);
            if number.is_negative() {
                problems.push(Problem::error("assess-try-number").arg("value", text));
            } else if known.is_some_and(|known| known != number) {
                tried.weights.push((key.to_owned(), number));
            }
        } else if inputs.figure(key, at).is_some_and(|known| *known != number) {
            let unit = page.opened.run.units[at].code.clone();
            tried.figures.push((key.to_owned(), unit, number));
        }
    }
    tried
}

fn weight_of(rules: &tici_engine::assess::scheme::Scheme, key: &str) -> Option<Number> {
    let item = rules.item(key).and_then(|at| rules.items[at].weight.clone());
    item.or_else(|| rules.branch(key).and_then(|at| rules.branches[at].weight.clone()))
}

fn view(
    visit: &Visit,
    page: &RunPage,
    (at, tried, then): (usize, &Tried, Option<&Run>),
    problems: &[Problem],
) -> WhatIfView {
    let t = visit.t;
    let opened = &page.opened;
    let rules = &opened.rules;
    let inputs = opened.frozen.inputs();
    let unit = &opened.run.units[at];
    let units = opened.run.units.iter().enumerate();
    let figures = rules.figures.iter().filter_map(|figure| {
        let now = tried.figures.iter().find(|(key, ..)| *key == figure.key).map(|(.., n)| n);
        let value = now.or_else(|| inputs.figure(&figure.key, at))?;
        let name = format!("{}/{}", figure.name.get(t.lang), figure.unit);
        Some((figure.key.clone(), name, value.brief(6)))
    });
    let ways = Way::ALL.iter().map(|way| {
        let words = t.t(&format!("assess-way-{}", way.code()));
        (way.code().to_owned(), words, tried.way == Some(*way))
    });
    WhatIfView {
        tabs: tabs(t, Some(page.row.series), "assessment/what-if"),
        sub: format!("{} · {}", rules.title.get(t.lang), t.period(page.row.period)),
        run: page.row.series,
        unit: unit.code.clone(),
        units: units
            .map(|(nth, one)| (one.code.clone(), place_name(t, page, one), nth == at))
            .collect(),
        weights: weights(t, page, tried),
        figures: figures.collect(),
        ways: ways.collect(),
        is_geometric: tried.geometric,
        rows: then.map_or_else(Vec::new, |then| rows(t, page, then)),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        is_tried: !tried.is_nothing(),
        shell: visit.shell("scores", t.t("assess-tab-what-if")),
        t,
    }
}

/// Branches and items that have a weight, in the order of the tree: key, name, weight, whether
/// it is a branch.
fn weights(t: T, page: &RunPage, tried: &Tried) -> Vec<(String, String, String, bool)> {
    let rules = &page.opened.rules;
    let now = |key: &str, weight: &Number| {
        let tried = tried.weights.iter().find(|(known, _)| known == key);
        tried.map_or_else(|| weight.brief(6), |(_, weight)| weight.brief(6))
    };
    let mut lines = Vec::new();
    for (at, branch) in rules.branches.iter().enumerate() {
        if let Some(weight) = &branch.weight {
            let name = branch.name.get(t.lang).to_owned();
            lines.push((branch.key.clone(), name, now(&branch.key, weight), true));
        }
        for item in &rules.items {
            if rules.parent_of(item.parent.as_ref()) == at
                && let Some(weight) = &item.weight
            {
                let name = item.name.get(t.lang).to_owned();
                lines.push((item.key.clone(), name, now(&item.key, weight), false));
            }
        }
    }
    lines
}

fn rows(t: T, page: &RunPage, then: &Run) -> Vec<Row> {
    let opened = &page.opened;
    let grades = opened.rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let grade = |at: Option<usize>| {
        let found = at.and_then(|at| grades.get(at));
        found.map_or_else(|| "—".to_owned(), |grade| grade.name.get(t.lang).to_owned())
    };
    let row = |at: &usize| {
        let (now, other) = (&opened.run.units[*at], &then.units[*at]);
        let ranks = now.rank.as_ref().zip(other.rank.as_ref());
        let totals = now.published.as_ref().zip(other.published.as_ref());
        Row {
            name: place_name(t, page, now),
            rank: print(now.rank.as_ref(), 0),
            score: print(now.published.as_ref(), 1),
            then_rank: print(other.rank.as_ref(), 0),
            then_score: print(other.published.as_ref(), 1),
            moved: ranks.map_or_else(String::new, |(now, then)| match (now - then).to_f64() {
                0.0 => "—".to_owned(),
                up if up > 0.0 => format!("▲{up}"),
                down => format!("▼{}", -down),
            }),
            change: totals.map_or_else(String::new, |(now, then)| signed(&(then - now), 1)),
            grade: grade(now.grade),
            then_grade: grade(other.grade),
        }
    };
    then.groups.iter().flat_map(|group| group.units.iter().map(row)).collect()
}
