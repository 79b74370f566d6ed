//! The result: bands of grades, scores with their parts, ranks with how far they move, why, the
//! way up, awards.

use askama::Template;
use axum::extract::RawQuery;
use tici_domain::{Period, RunState, ScoreRun};
use tici_engine::assess::run::UnitRun;
use tici_engine::assess::score::Number;
use tici_ops::assess::{LiftView, OpenWhat, OpenedRun, RunPage, view_lift};

use super::figures::{
    actual, contribution, figure_lines, full, full_below, items_below, name_of, print, signed,
    target, top_branches,
};
use super::{Tab, opened, seal, tabs};
use crate::charts::assessment as charts;
use crate::{
    Failure,
    i18n::T,
    shell::Shell,
    ui::Html,
    visit::{PageResult, Rendered, Visit, read_pairs},
};

#[derive(Template)]
#[template(path = "assessment.html")]
pub struct ResultView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    sub: String,
    run: i64,
    /// Every run that may be seen: value, words, whether it is this one.
    runs: Vec<(String, String, bool)>,
    /// Groups where there are several: value, words, whether it is this one.
    groups: Vec<(String, String, bool)>,
    legend: Vec<(Html, String)>,
    slope: Html,
    before: String,
    now: String,
    change_head: String,
    units: usize,
    middle: usize,
    bands: Vec<Band>,
    note: String,
    ties: String,
    source: String,
    unreported: String,
    why: Option<Why>,
    lift: Option<LiftBox>,
    awards: Vec<(String, String, String)>,
    awards_note: String,
    steps: Vec<(String, String)>,
    warnings: Vec<String>,
}

struct Band {
    seal: Html,
    name: String,
    count: String,
    rows: Vec<Row>,
}

struct Row {
    rank: String,
    change: String,
    change_words: String,
    name: String,
    href: String,
    is_chosen: bool,
    score: String,
    delta: String,
    parts: Html,
    spread: Html,
    interval: String,
    tie: String,
}

struct Why {
    seal: Html,
    title: String,
    sub: String,
    branches: Vec<WhyBranch>,
    total: String,
    full: String,
    adjust: Vec<(String, String)>,
    note: String,
    sheet: String,
}

struct WhyBranch {
    name: String,
    points: String,
    full: String,
    items: Vec<WhyItem>,
}

struct WhyItem {
    name: String,
    actual: String,
    href: String,
    target: String,
    points: String,
    full: String,
}

struct LiftBox {
    chart: Html,
    things: Vec<ThingView>,
    answer: String,
    note: String,
    unit: String,
}

struct ThingView {
    at: usize,
    words: String,
    points: String,
    chance: String,
    is_chosen: bool,
}

/// What the address asks for.
#[derive(Default)]
struct Asked {
    run: Option<i64>,
    unit: Option<String>,
    group: Option<String>,
    /// Things chosen for the way up; `tried` says that none is meant where none is named.
    things: Vec<usize>,
    tried: bool,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<ResultView> {
    let mut asked = Asked::default();
    for (name, value) in read_pairs(query.unwrap_or_default().as_bytes()) {
        match name.as_str() {
            "run" if !value.is_empty() => {
                asked.run = Some(value.parse().map_err(|_| Failure::bad(value))?);
            }
            "unit" if !value.is_empty() => asked.unit = Some(value),
            "group" if !value.is_empty() => asked.group = Some(value),
            "thing" => asked.things.extend(value.parse::<usize>()),
            "tried" => asked.tried = true,
            _ => {}
        }
    }
    let page = opened(&visit, asked.run).await?;
    let group = asked
        .group
        .as_ref()
        .and_then(|key| page.opened.run.groups.iter().position(|group| group.key == *key));
    let group = group.unwrap_or(0);
    let unit = chosen_unit(&visit, &page, group, asked.unit.as_deref());
    let today = visit.today;
    let chosen = asked.tried.then(|| asked.things.clone());
    let run = visit.run(move |desk, session| {
        // Drawn here, off the threads that answer requests.
        page.opened.spreads();
        let lift = match unit {
            Some(unit) => view_lift(desk, session, (&page, unit), chosen.as_deref(), today)?,
            None => LiftView::default(),
        };
        Ok((page, lift))
    });
    let (page, lift) = run.await?;
    Ok(Rendered(view(&visit, &page, (group, unit), lift)))
}

/// The unit asked for; else the account's own; else the first below the highest grade.
fn chosen_unit(visit: &Visit, page: &RunPage, group: usize, asked: Option<&str>) -> Option<usize> {
    let units = &page.opened.run.units;
    let by_code = |code: &str| units.iter().position(|unit| unit.code == code);
    if let Some(unit) = asked.and_then(by_code) {
        return Some(unit);
    }
    let own = visit.session.actor.place.and_then(|id| page.snapshot.places.get(&id));
    if let Some(unit) = own.and_then(|place| by_code(&place.code.code)) {
        return Some(unit);
    }
    let ranked = &page.opened.run.groups.get(group)?.units;
    let spreads = page.opened.rules.grading.as_ref().map_or(0, |grading| grading.grades.len());
    // The first whose grade is the last but one: the closest reading of "who is near a step".
    let near = ranked.iter().find(|at| units[**at].grade.is_some_and(|g| g + 2 == spreads));
    near.or(ranked.first()).copied()
}

fn view(
    visit: &Visit,
    page: &RunPage,
    (group, unit): (usize, Option<usize>),
    lift: LiftView,
) -> ResultView {
    let t = visit.t;
    let opened = &page.opened;
    let ranked = opened.run.groups.get(group).map_or(&[][..], |group| &group.units);
    let before = opened.frozen.before.as_ref().and_then(|before| Period::parse(&before.period));
    let before = before.map_or_else(String::new, |period| t.period_short(period));
    let bands = bands(t, page, ranked, unit);
    let title = t.t("nav-scores");
    let several = opened.run.groups.len() > 1;
    let groups = opened
        .run
        .groups
        .iter()
        .enumerate()
        .map(|(at, one)| (one.key.clone(), one.name.get(t.lang).to_owned(), at == group));
    ResultView {
        tabs: tabs(t, Some(page.row.series), "assessment"),
        sub: sub(visit, page),
        run: page.row.series,
        runs: page.runs.iter().map(|run| run_choice(t, run, page.row.series)).collect(),
        groups: if several { groups.collect() } else { Vec::new() },
        legend: legend(t, opened),
        slope: slope(t, page, (ranked, unit), &bands),
        change_head: t.t1("assess-head-change-from", &[("before", &before)]),
        now: t.period_short(page.row.period),
        units: ranked.len(),
        middle: ranked.len().div_ceil(2),
        note: t.t1(
            "assess-interval-note",
            &[
                ("noise", &format!("{:.0}", opened.frozen.noise * 100.0)),
                ("n", &t.count(opened.frozen.replications as i128)),
            ],
        ),
        ties: ties(t, page, ranked),
        source: source(t, opened),
        unreported: unreported(t, page),
        why: unit.map(|unit| why(t, page, unit)),
        lift: unit.and_then(|unit| lift_box(t, page, unit, lift)),
        awards: awards(t, page),
        awards_note: t.t1("assess-awards-note", &[("period", &t.period(page.row.period))]),
        steps: steps(t, page),
        warnings: warnings(t, page),
        shell: visit.shell("scores", title),
        before,
        bands,
        t,
    }
}

fn warnings(t: T, page: &RunPage) -> Vec<String> {
    let mut lines = Vec::new();
    if !page.opened.is_same {
        lines.push(t.t("assess-differs"));
    }
    if let Some(again) = page.row.again {
        lines.push(t.t1("assess-is-again", &[("run", &again)]));
    }
    for run in &page.again {
        lines.push(t.t1("assess-was-again", &[("run", run)]));
    }
    lines
}

fn run_choice(t: T, run: &ScoreRun, here: i64) -> (String, String, bool) {
    let words = format!(
        "{} · {} · {} #{}",
        t.period(run.period),
        t.code("run-purpose", run.purpose.code()),
        t.code("run-state", run.state.code()),
        run.series
    );
    (run.series.to_string(), words, run.series == here)
}

fn sub(visit: &Visit, page: &RunPage) -> String {
    let t = visit.t;
    let row = &page.row;
    let state = match (row.state, row.objections_until) {
        (RunState::Published, Some(until)) => t.t1(
            "assess-state-published",
            &[("until", &t.day(until, visit.today)), ("n", &page.open_objections)],
        ),
        _ => t.t(&format!("assess-state-{}", row.state.code())),
    };
    t.t1(
        "assess-sub",
        &[
            ("period", &t.period(row.period)),
            ("n", &page.opened.run.units.len()),
            ("title", &page.opened.rules.title.get(t.lang)),
            ("version", &row.version),
            ("purpose", &t.code("run-purpose", row.purpose.code())),
            ("state", &state),
        ],
    )
}

/// What may be done with the run next: step and words.
fn steps(t: T, page: &RunPage) -> Vec<(String, String)> {
    if !page.may_run {
        return Vec::new();
    }
    let next = match page.row.state {
        RunState::Draft => Some("review"),
        RunState::Reviewed => Some("publish"),
        RunState::Published => Some("finish"),
        RunState::Final | RunState::Withdrawn => None,
    };
    next.map(|step| (step.to_owned(), t.t(&format!("assess-step-{step}")))).into_iter().collect()
}

fn legend(t: T, opened: &OpenedRun) -> Vec<(Html, String)> {
    let one = |(at, branch): (usize, usize)| {
        let name = opened.rules.branches[branch].name.get(t.lang);
        let items = items_below(&opened.rules, branch);
        let full = full_below(opened, &items, 0);
        let full = full.map_or_else(String::new, |full| format!(" {}", full.brief(1)));
        let mark = format!(
            "<svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" \
             height=\"12\" fill=\"var(--c{})\"/></svg>",
            at % 6 + 1
        );
        (Html(mark), format!("{name}{full}"))
    };
    top_branches(&opened.rules).into_iter().enumerate().map(one).collect()
}

fn bands(t: T, page: &RunPage, ranked: &[usize], chosen: Option<usize>) -> Vec<Band> {
    let opened = &page.opened;
    let grades = opened.rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let mut bands: Vec<Band> = Vec::new();
    let mut last = None;
    for unit in ranked {
        let grade = opened.run.units[*unit].grade;
        if last != Some(grade) {
            last = Some(grade);
            bands.push(band(t, page, grade));
        }
        if let Some(band) = bands.last_mut() {
            band.rows.push(row(t, page, *unit, chosen));
        }
    }
    for band in &mut bands {
        band.count = t.t1("assess-band-count", &[("n", &band.rows.len())]);
    }
    if grades.is_empty()
        && let Some(only) = bands.first_mut()
    {
        only.name = t.t("assess-band-none");
    }
    bands
}

fn band(t: T, page: &RunPage, grade: Option<usize>) -> Band {
    let grading = page.opened.rules.grading.as_ref();
    let grades = grading.map_or(&[][..], |grading| &grading.grades);
    let Some((at, found)) = grade.and_then(|at| Some((at, grades.get(at)?))) else {
        let (seal, count, rows) = (Html::default(), String::new(), Vec::new());
        return Band { seal, name: t.t("assess-band-ungraded"), count, rows };
    };
    let name = found.name.get(t.lang).to_owned();
    let above = at.checked_sub(1).and_then(|above| grades[above].from.clone());
    let bound = match (&found.from, above) {
        (Some(from), Some(above)) if at + 1 < grades.len() => {
            t.t1("assess-band-between", &[("from", &from.brief(1)), ("to", &above.brief(1))])
        }
        (_, Some(above)) => t.t1("assess-band-below", &[("to", &above.brief(1))]),
        (Some(from), None) => t.t1("assess-band-from", &[("from", &from.brief(1))]),
        (None, None) => String::new(),
    };
    let words = if bound.is_empty() { name.clone() } else { t.list(&[name.clone(), bound]) };
    let words = words.replace('、', "，");
    let seal = seal(t, &name, (at, grades.len()), false);
    Band { seal, name: words, count: String::new(), rows: Vec::new() }
}

/// How a unit stood before: its rank and total.
fn before_of(opened: &OpenedRun, unit: &UnitRun) -> (Option<Number>, Option<Number>) {
    let before = opened.frozen.before.as_ref();
    let rank = before.and_then(|before| Number::read_exact(before.ranks.get(&unit.code)?));
    let total = before.and_then(|before| Number::read_exact(before.totals.get(&unit.code)?));
    (rank, total)
}

fn row(t: T, page: &RunPage, at: usize, chosen: Option<usize>) -> Row {
    let opened = &page.opened;
    let unit = &opened.run.units[at];
    let (rank_before, total_before) = before_of(opened, unit);
    let rise = rank_before.zip(unit.rank.as_ref()).map(|(before, now)| &before - now);
    let delta = total_before.zip(unit.published.as_ref()).map(|(before, now)| now - &before);
    let parts: Vec<(String, f64)> = (top_branches(&opened.rules).into_iter())
        .map(|branch| {
            let items = items_below(&opened.rules, branch);
            let points = contribution(opened, &items, at);
            let name = opened.rules.branches[branch].name.get(t.lang);
            (format!("{name} {}", print(points.as_ref(), 1)), points.map_or(0.0, |p| p.to_f64()))
        })
        .collect();
    let label: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    let (spread, interval) = spread_of(t, page, at);
    Row {
        rank: print(unit.rank.as_ref(), 0),
        change: rise.as_ref().map_or_else(String::new, arrow),
        change_words: rise.as_ref().map_or_else(String::new, |rise| arrow_words(t, rise)),
        name: place_name(t, page, unit),
        href: format!("/assessment?run={}&unit={}", page.row.series, unit.code),
        is_chosen: chosen == Some(at),
        score: print(unit.published.as_ref(), 1),
        delta: delta.map_or_else(|| "—".to_owned(), |delta| signed(&delta, 1)),
        parts: Html(charts::parts(&parts, &t.list(&label))),
        tie: unit.tie.as_ref().map_or_else(String::new, |words| t.words(words)),
        spread,
        interval,
    }
}

fn spread_of(t: T, page: &RunPage, at: usize) -> (Html, String) {
    let Some(spread) = page.opened.spreads().get(at).filter(|s| s.nominal.is_finite()) else {
        return (Html::default(), "—".to_owned());
    };
    let (low, high) = interval(spread);
    let words = if low == high { format!("{low}") } else { format!("{low}–{high}") };
    let group = page.opened.run.units[at].group;
    let units = page.opened.run.groups.get(group).map_or(1, |group| group.units.len());
    let label = t.t1("assess-interval-label", &[("interval", &words)]);
    let of = (spread.nominal, low as f64, high as f64);
    (Html(charts::whisker(of, units, &label)), words)
}

/// Whole ranks that hold nine tenths of the recomputations, and the rank itself.
fn interval(spread: &tici_engine::assess::robustness::RankSpread) -> (i64, i64) {
    let low = spread.q5.floor().min(spread.nominal) as i64;
    let high = spread.q95.ceil().max(spread.nominal) as i64;
    (low, high)
}

fn arrow(rise: &Number) -> String {
    match (rise.is_positive(), rise.is_zero()) {
        (true, _) => format!("▲{}", rise.brief(1)),
        (_, true) => "—".to_owned(),
        _ => format!("▼{}", rise.abs().brief(1)),
    }
}

fn arrow_words(t: T, rise: &Number) -> String {
    let n = rise.abs().brief(1);
    match (rise.is_positive(), rise.is_zero()) {
        (true, _) => t.t1("assess-rose", &[("n", &n)]),
        (_, true) => t.t("assess-stayed"),
        _ => t.t1("assess-fell", &[("n", &n)]),
    }
}

pub fn place_name(t: T, page: &RunPage, unit: &UnitRun) -> String {
    let place = page.snapshot.places.values().find(|place| place.code.code == unit.code);
    place.map_or_else(|| unit.name.clone(), |place| place.short.get(t.lang).to_owned())
}

fn slope(
    t: T,
    page: &RunPage,
    (ranked, chosen): (&[usize], Option<usize>),
    bands: &[Band],
) -> Html {
    let opened = &page.opened;
    let mut slots = Vec::new();
    let mut y = 0.0;
    for band in bands {
        y += charts::BAND_PX;
        for _ in &band.rows {
            slots.push(y + charts::ROW_PX / 2.0);
            y += charts::ROW_PX;
        }
    }
    let mut earlier: Vec<(Number, usize)> = (ranked.iter())
        .filter_map(|at| Some((before_of(opened, &opened.run.units[*at]).0?, *at)))
        .collect();
    if earlier.is_empty() {
        return Html::default();
    }
    earlier.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    let slot_before = |unit: usize| earlier.iter().position(|(_, at)| *at == unit);
    let line = |(now, at): (usize, &usize)| {
        let unit = &opened.run.units[*at];
        let before = slot_before(*at).map(|slot| (earlier[slot].0.brief(1), slot));
        charts::SlopeLine {
            name: place_name(t, page, unit),
            before,
            now,
            is_chosen: chosen == Some(*at),
        }
    };
    Html(charts::slope(&charts::Slope {
        slots,
        height_px: y,
        lines: ranked.iter().enumerate().map(line).collect(),
        label: t.t("assess-slope-label"),
    }))
}

/// Units next to each other whose ranks nobody can tell apart: each one's interval holds the
/// rank of every other.
fn ties(t: T, page: &RunPage, ranked: &[usize]) -> String {
    let opened = &page.opened;
    let spreads = opened.spreads();
    let holds = |of: usize, other: usize| {
        let (Some(of), Some(other)) = (spreads.get(of), spreads.get(other)) else { return false };
        let (low, high) = interval(of);
        (low as f64..=high as f64).contains(&other.nominal)
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for unit in ranked.iter().filter(|unit| opened.run.units[**unit].rank.is_some()) {
        let fits = |group: &Vec<usize>| {
            group.iter().all(|other| holds(*unit, *other) && holds(*other, *unit))
        };
        match groups.last_mut().filter(|group| fits(group)) {
            Some(group) => group.push(*unit),
            None => groups.push(vec![*unit]),
        }
    }
    let name = |unit: &usize| place_name(t, page, &opened.run.units[*unit]);
    let words: Vec<String> = (groups.iter().filter(|group| group.len() > 1))
        .map(|group| t.list(&group.iter().map(name).collect::<Vec<_>>()))
        .collect();
    let separator = if t.lang == tici_domain::Lang::En { "; " } else { "；" };
    match words.is_empty() {
        true => t.t("assess-ties-none"),
        false => t.t1("assess-ties", &[("groups", &words.join(separator))]),
    }
}

fn source(t: T, opened: &OpenedRun) -> String {
    let present = opened.frozen.figures.values().flat_map(|column| &column.values).flatten();
    t.t1(
        "assess-source",
        &[("items", &opened.rules.items.len()), ("n", &t.count(present.count() as i128))],
    )
}

/// Who has not reported in full, as the trace of the counted figures says.
fn unreported(t: T, page: &RunPage) -> String {
    let frozen = &page.opened.frozen;
    let silent = |at: &usize| {
        frozen
            .figures
            .values()
            .any(|column| column.traces.get(*at).is_some_and(|trace| !trace.unreported.is_empty()))
    };
    let units: Vec<String> = (0..frozen.units.len())
        .filter(silent)
        .map(|at| place_name(t, page, &page.opened.run.units[at]))
        .collect();
    match units.is_empty() {
        true => String::new(),
        false => t.t1("assess-some-unreported", &[("places", &t.list(&units))]),
    }
}

fn why(t: T, page: &RunPage, at: usize) -> Why {
    let opened = &page.opened;
    let unit = &opened.run.units[at];
    let grades = opened.rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let name = place_name(t, page, unit);
    let score = print(unit.published.as_ref(), 1);
    let seal = match unit.grade.and_then(|grade| Some((grade, grades.get(grade)?))) {
        Some((at, grade)) => seal(t, grade.name.get(t.lang), (at, grades.len()), true),
        None => Html::default(),
    };
    let items: Vec<usize> = (0..opened.rules.items.len()).collect();
    let adjust = [("assess-bonus", &unit.bonus, "+"), ("assess-deduction", &unit.deduction, "−")];
    let adjust = adjust.into_iter().filter(|(_, points, _)| !points.is_zero());
    let code = &unit.code;
    Why {
        seal,
        title: t.t1("assess-why", &[("name", &name), ("score", &score)]),
        sub: why_sub(t, page, unit),
        branches: (top_branches(&opened.rules).into_iter())
            .map(|branch| why_branch(t, page, branch, at))
            .collect(),
        total: score,
        full: print(full_below(opened, &items, at).as_ref(), 0),
        adjust: adjust
            .map(|(key, points, sign)| (t.t(key), format!("{sign}{}", points.brief(2))))
            .collect(),
        note: t.t("assess-why-note"),
        sheet: format!("/assessment/sheet?run={}&unit={code}", page.row.series),
    }
}

fn why_sub(t: T, page: &RunPage, unit: &UnitRun) -> String {
    let opened = &page.opened;
    let mut parts = Vec::new();
    if let Some(rank) = &unit.rank {
        parts.push(t.t1("assess-rank-nth", &[("rank", &rank.brief(1))]));
    }
    let (before, _) = before_of(opened, unit);
    if let Some((before, now)) = before.zip(unit.rank.as_ref()) {
        parts.push(arrow_words(t, &(&before - now)));
    }
    let grades = opened.rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let above = unit.grade.and_then(|grade| grades.get(grade.checked_sub(1)?));
    let gap = above.and_then(|above| Some(above.from.as_ref()? - unit.published.as_ref()?));
    if let Some((above, gap)) = above.zip(gap) {
        let (grade, gap) = (above.name.get(t.lang), print(Some(&gap), 1));
        parts.push(t.t1("assess-gap", &[("grade", &grade), ("gap", &gap)]));
    }
    let separator = if t.lang == tici_domain::Lang::En { "; " } else { "，" };
    parts.join(separator)
}

fn why_branch(t: T, page: &RunPage, branch: usize, at: usize) -> WhyBranch {
    let opened = &page.opened;
    let items = items_below(&opened.rules, branch);
    let unit = &opened.run.units[at];
    let place = page.snapshot.places.values().find(|place| place.code.code == unit.code);
    let item = |item: &usize| {
        let rule = &opened.rules.items[*item];
        let run = &unit.items[*item];
        let of = (page.snapshot.as_ref(), place.map(|place| place.id));
        let lines = figure_lines(t, (&opened.rules, &opened.frozen), (rule, at), of);
        // One figure leads straight to its cell, several to their lines in the sheet.
        let href = match lines.as_slice() {
            [only] if !only.href.is_empty() => only.href.clone(),
            _ => {
                format!("/assessment/sheet?run={}&unit={}#{}", page.row.series, unit.code, rule.key)
            }
        };
        WhyItem {
            name: rule.name.get(t.lang).to_owned(),
            actual: actual(opened, *item, at),
            href,
            target: target(t, &opened.rules, rule),
            points: print(run.contribution.as_ref().or(run.points.as_ref()), 1),
            full: print(full(&opened.rules, *item, run).as_ref(), 0),
        }
    };
    WhyBranch {
        name: name_of(t, &opened.rules, &opened.rules.branches[branch].key),
        points: print(contribution(opened, &items, at).as_ref(), 1),
        full: print(full_below(opened, &items, at).as_ref(), 0),
        items: items.iter().map(item).collect(),
    }
}

fn lift_box(t: T, page: &RunPage, unit: usize, view: LiftView) -> Option<LiftBox> {
    let lift = view.lift.as_ref()?;
    let opened = &page.opened;
    let run = &opened.run.units[unit];
    let grades = &opened.rules.grading.as_ref()?.grades;
    let above = grades.get(run.grade?.checked_sub(1)?)?;
    let chosen = view.chosen.as_ref().map_or(&[][..], |reached| &reached.things);
    // What is chosen stands first, then what brings the most.
    let mut order: Vec<usize> =
        (0..view.things.len()).filter(|at| view.things[*at].points.is_positive()).collect();
    order.sort_by(|a, b| {
        let key =
            |at: &usize| (!chosen.contains(at), std::cmp::Reverse(view.things[*at].points.clone()));
        key(a).cmp(&key(b))
    });
    let mut steps = Vec::new();
    let mut things = Vec::new();
    for (nth, at) in order.iter().enumerate() {
        let thing = &view.things[*at];
        let (points, is_chosen) = (signed(&thing.points, 1), chosen.contains(at));
        let name = format!("{} {points}", nth + 1);
        steps.push(charts::LiftStep { name, points: thing.points.to_f64(), is_chosen });
        let chance = thing.does.chance;
        things.push(ThingView {
            at: *at,
            words: thing_words(t, page, &thing.what),
            chance: chance.map_or_else(String::new, |c| t.t1("assess-chance", &[("n", &c)])),
            points,
            is_chosen,
        });
    }
    let from = run.published.as_ref()?.to_f64();
    let goal = above.from.as_ref().map_or(from, |from| from.to_f64());
    let grade_name = above.name.get(t.lang).to_owned();
    let goal_name = t.t1("assess-goal", &[("grade", &grade_name), ("from", &format!("{goal}"))]);
    let chart = charts::LiftChart { from, goal, goal_name, steps, label: t.t("assess-lift-label") };
    Some(LiftBox {
        chart: if things.is_empty() { Html::default() } else { Html(charts::lift(&chart)) },
        answer: lift_answer(t, page, (&view, lift), &grade_name),
        note: t.t1("assess-lift-note", &[("tried", &lift.tried)]),
        unit: run.code.clone(),
        things,
    })
}

fn thing_words(t: T, page: &RunPage, what: &OpenWhat) -> String {
    let project = |id: &i64| {
        let entry = page.snapshot.projects.get(*id);
        entry.map_or_else(|| id.to_string(), |e| e.project.name.get(t.lang).to_owned())
    };
    let rules = &page.opened.rules;
    match what {
        OpenWhat::Start { project: id } => t.t1("assess-thing-start", &[("name", &project(id))]),
        OpenWhat::Report { project: id } => t.t1("assess-thing-report", &[("name", &project(id))]),
        OpenWhat::Close { item, count } => {
            t.t1("assess-thing-close", &[("item", &name_of(t, rules, item)), ("n", count)])
        }
        OpenWhat::Bring { figure } => {
            t.t1("assess-thing-bring", &[("figure", &name_of(t, rules, figure))])
        }
    }
}

fn lift_answer(
    t: T,
    page: &RunPage,
    (view, lift): (&LiftView, &tici_engine::assess::run::lift::Lift),
    goal: &str,
) -> String {
    if view.things.iter().all(|thing| !thing.points.is_positive()) {
        return t.t("assess-lift-nothing");
    }
    let Some(reached) = &view.chosen else {
        let all = lift.all.as_ref().map(|all| print(Some(&all.total), 1));
        let all = all.unwrap_or_else(|| "—".to_owned());
        return t.t1("assess-lift-short", &[("grade", &goal), ("total", &all)]);
    };
    let grades = page.opened.rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let grade = reached.grade.and_then(|grade| grades.get(grade));
    let grade = grade.map_or_else(|| "—".to_owned(), |grade| grade.name.get(t.lang).to_owned());
    t.t1(
        "assess-lift-answer",
        &[
            ("n", &reached.things.len()),
            ("total", &print(Some(&reached.total), 1)),
            ("grade", &grade),
            ("rank", &print(reached.rank.as_ref(), 0)),
        ],
    )
}

fn awards(t: T, page: &RunPage) -> Vec<(String, String, String)> {
    let opened = &page.opened;
    let mut lines = Vec::new();
    for award in &opened.run.awards {
        let rule = &opened.rules.awards[award.award];
        let name = |winner: &tici_engine::assess::run::Winner| {
            place_name(t, page, &opened.run.units[winner.unit])
        };
        let names: Vec<String> = award.winners.iter().map(name).collect();
        let by = award.winners.first().map_or_else(String::new, |winner| t.words(&winner.by));
        let who = if names.is_empty() { t.t("assess-award-nobody") } else { t.list(&names) };
        lines.push((rule.name.get(t.lang).to_owned(), who, by));
    }
    lines
}
