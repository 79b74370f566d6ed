//! The score sheet of one unit: every item with its figures, where each stands, bounds and who
//! holds them, the formula with its numbers, points and share; bonus, deduction and vetoes with
//! their documents.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;
use tici_engine::assess::run::{BoundsRun, ItemRun, UnitRun};
use tici_ops::assess::RunPage;

use super::figures::{
    FigureLine, actual, brief, contribution, figure_lines, full, full_below, items_below, print,
    top_branches,
};
use super::main::place_name;
use super::{Tab, opened, tabs};
use crate::{
    Failure,
    i18n::T,
    shell::Shell,
    visit::{PageResult, Rendered, Visit},
};

#[derive(Deserialize)]
pub struct Asked {
    run: Option<i64>,
    unit: Option<String>,
}

#[derive(Template)]
#[template(path = "assess_sheet.html")]
pub struct SheetView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    sub: String,
    run: i64,
    unit: String,
    facts: Vec<(String, String)>,
    branches: Vec<Branch>,
    events: Vec<Event>,
    may_object: bool,
    file: String,
}

struct Branch {
    name: String,
    points: String,
    full: String,
    rank: String,
    items: Vec<Item>,
}

struct Item {
    key: String,
    name: String,
    actual: String,
    bounds: String,
    how: String,
    points: String,
    weight: String,
    part: String,
    full: String,
    figures: Vec<FigureLine>,
}

struct Event {
    kind: String,
    matter: String,
    document: String,
    points: String,
    counted: String,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult<SheetView> {
    let page = opened(&visit, asked.run).await?;
    let at = unit_of(&page, asked.unit.as_deref())?;
    let t = visit.t;
    let unit = &page.opened.run.units[at];
    let name = place_name(t, &page, unit);
    let place = page.snapshot.places.values().find(|place| place.code.code == unit.code);
    let own = place.map(|place| place.id);
    let may_object = page.row.state == tici_domain::RunState::Published
        && visit.session.need_at(tici_ops::Action::FileObjection, &page.snapshot, own).is_ok();
    let title = t.t1("assess-sheet-title", &[("name", &name)]);
    let branches = top_branches(&page.opened.rules).into_iter();
    Ok(Rendered(SheetView {
        tabs: tabs(t, Some(page.row.series), ""),
        sub: format!("{} · {}", page.opened.rules.title.get(t.lang), t.period(page.row.period)),
        run: page.row.series,
        facts: facts(t, &page, unit),
        branches: branches.map(|branch| branch_view(t, &page, branch, at)).collect(),
        events: events(t, &page, unit),
        file: page.opened.result_sha256.clone(),
        unit: unit.code.clone(),
        shell: visit.shell("scores", title),
        may_object,
        t,
    }))
}

/// The unit of a code; the first where none is asked for.
pub fn unit_of(page: &RunPage, code: Option<&str>) -> Result<usize, Failure> {
    let units = &page.opened.run.units;
    match code {
        None => Ok(0),
        Some(code) => {
            let found = units.iter().position(|unit| unit.code == code);
            found.ok_or_else(|| Failure::bad(code.to_owned()))
        }
    }
}

fn facts(t: T, page: &RunPage, unit: &UnitRun) -> Vec<(String, String)> {
    let rules = &page.opened.rules;
    let grades = rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let grade = unit.grade.and_then(|grade| grades.get(grade));
    let mut facts = vec![
        (t.t("assess-head-score"), print(unit.published.as_ref(), 2)),
        (t.t("assess-scored"), print(unit.scored.as_ref(), 4)),
        (t.t("assess-bonus"), brief(&unit.bonus, 2)),
        (t.t("assess-deduction"), brief(&unit.deduction, 2)),
        (t.t("assess-head-rank"), print(unit.rank.as_ref(), 0)),
    ];
    if let Some(grade) = grade {
        facts.push((t.t("assess-grade"), grade.name.get(t.lang).to_owned()));
    }
    if let Some(words) = &unit.tie {
        facts.push((t.t("assess-tie"), t.words(words)));
    }
    if let Some((_, reason)) = &unit.overridden {
        facts.push((t.t("assess-overridden"), reason.clone()));
    }
    facts
}

fn branch_view(t: T, page: &RunPage, branch: usize, at: usize) -> Branch {
    let opened = &page.opened;
    let items = items_below(&opened.rules, branch);
    Branch {
        name: opened.rules.branches[branch].name.get(t.lang).to_owned(),
        points: print(contribution(opened, &items, at).as_ref(), 2),
        full: print(full_below(opened, &items, at).as_ref(), 1),
        rank: print(opened.run.units[at].branches[branch].rank.as_ref(), 0),
        items: items.iter().map(|item| item_view(t, page, *item, at)).collect(),
    }
}

fn item_view(t: T, page: &RunPage, item: usize, at: usize) -> Item {
    let opened = &page.opened;
    let unit = &opened.run.units[at];
    let (rule, run): (_, &ItemRun) = (&opened.rules.items[item], &unit.items[item]);
    let place = page.snapshot.places.values().find(|place| place.code.code == unit.code);
    let of = (page.snapshot.as_ref(), place.map(|place| place.id));
    Item {
        key: rule.key.clone(),
        name: rule.name.get(t.lang).to_owned(),
        actual: actual(opened, item, at),
        bounds: run
            .bounds
            .as_ref()
            .map_or_else(String::new, |bounds| bounds_words(t, page, bounds)),
        how: t.words(&run.how),
        points: print(run.points.as_ref(), 2),
        weight: run.weight.as_ref().map_or_else(String::new, |weight| {
            let share = weight * &tici_engine::assess::score::Number::whole(100);
            format!("{}%", brief(&share, 2))
        }),
        part: print(run.contribution.as_ref(), 3),
        full: print(full(&opened.rules, item, run).as_ref(), 1),
        figures: figure_lines(t, (&opened.rules, &opened.frozen), (rule, at), of),
    }
}

/// Both ends and who holds them.
fn bounds_words(t: T, page: &RunPage, bounds: &BoundsRun) -> String {
    let names = |codes: &[String]| {
        let name = |code: &String| {
            let unit = page.opened.run.unit(code);
            unit.map_or_else(|| code.clone(), |unit| place_name(t, page, unit))
        };
        match codes.is_empty() {
            true => t.t("assess-bound-stated"),
            false => t.list(&codes.iter().map(name).collect::<Vec<_>>()),
        }
    };
    t.t1(
        "assess-bounds",
        &[
            ("lo", &brief(&bounds.lo, 4)),
            ("low", &names(&bounds.lo_by)),
            ("hi", &brief(&bounds.hi, 4)),
            ("high", &names(&bounds.hi_by)),
        ],
    )
}

fn events(t: T, page: &RunPage, unit: &UnitRun) -> Vec<Event> {
    let rules = &page.opened.rules;
    let mut events = Vec::new();
    for bonus in &unit.bonuses {
        let rule = &rules.bonuses[bonus.bonus];
        let sign = if rule.is_deduction { "−" } else { "+" };
        events.extend(bonus.events.iter().map(|event| Event {
            kind: rule.name.get(t.lang).to_owned(),
            matter: event.matter.clone(),
            document: event.document.clone(),
            points: format!("{sign}{}", brief(&event.points, 2)),
            counted: format!("{sign}{}", brief(&event.counted, 2)),
        }));
    }
    events.extend(unit.vetoes.iter().map(|veto| Event {
        kind: rules.vetoes[veto.veto].name.get(t.lang).to_owned(),
        matter: veto.matter.clone(),
        document: veto.document.clone(),
        points: t.t("assess-veto"),
        counted: String::new(),
    }));
    events
}
