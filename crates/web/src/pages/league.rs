//! 乡镇比拼: towns and parks by the region's rule file, each score with its formula and the
//! projects it was counted from.

mod strip;

pub use strip::{LeagueStrip, StripItem};

use askama::Template;
use axum::{
    Router,
    extract::RawQuery,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tici_domain::{Period, Problem};
use tici_engine::league::{Cell, Item, PeerTable, Row};
use tici_ops::keep_rules::{GivenPage, keep_given, view_given};
use tici_ops::view_league::{LeaguePage, LeagueQuery, view_league};
use tici_ops::{Action, OpsError};

use super::{Nav, Page};
use crate::{
    Posted, charts,
    done::lead_to,
    error::Failure,
    i18n::T,
    shell::Shell,
    ui::{self, Html},
    visit::{PageResult, Rendered, Visit, read_pairs},
};

pub const PAGE: Page = Page {
    id: "league",
    nav: Some(Nav { group: "nav-assessment", href: "/league", icon: "trend" }),
    routes: || Router::new().route("/league", get(show)).route("/league/given", post(give)),
};

/// Projects in one address; a longer list is shown by its place.
const LINKED_PROJECTS_MAX: usize = 100;

/// What the page shows, in the reader's language.
#[derive(Template)]
#[template(path = "league.html")]
pub struct LeagueView {
    pub shell: Shell,
    pub t: T,
    pub sub: String,
    pub groups: Vec<GroupView>,
    /// Name and place of each grade, with where it begins.
    pub grades: Vec<(Html, String)>,
    /// The rules in words.
    pub rules: Vec<String>,
    pub source: String,
    /// What the rules found wanting, with the way forward.
    pub problems: Vec<(String, String)>,
    /// What other offices give, where the rules ask for any.
    pub given: Option<GivenView>,
}

/// Figures of a month from outside the ledger.
pub struct GivenView {
    pub period: String,
    /// Key and name of each that the rules ask for.
    pub needed: Vec<(String, String)>,
    pub text: String,
    pub may_keep: bool,
    pub problems: Vec<String>,
}

/// One group of places.
pub struct GroupView {
    pub name: String,
    pub id: String,
    pub items: Vec<String>,
    pub rows: Vec<RowView>,
    pub has_grades: bool,
    pub has_constant: bool,
    pub has_incomplete: bool,
    pub has_unreported: bool,
}

/// One place.
pub struct RowView {
    pub rank: String,
    pub change: String,
    pub change_words: String,
    pub name: String,
    pub href: String,
    pub total: String,
    /// The total beside the largest.
    pub bar: Html,
    pub is_incomplete: bool,
    pub seal: Html,
    pub cells: Vec<CellView>,
    pub constant_rank: String,
    pub constant_change: String,
    pub constant_total: String,
}

/// One score.
pub struct CellView {
    pub score: String,
    /// Blank where there is nothing to lead to.
    pub href: String,
    /// The formula with its numbers, and who has not reported.
    pub title: String,
    pub is_missing: bool,
    pub is_partial: bool,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<LeagueView> {
    let query = read_query(query.as_deref().unwrap_or_default())?;
    let today = visit.today;
    let run = visit.run(move |desk, session| {
        let page = view_league(desk, session, query, today)?;
        let given = view_given(desk, session, page.league.period, today)?;
        Ok((page, given))
    });
    let (page, given) = run.await?;
    let text = given.text.clone();
    Ok(Rendered(shown(&visit, &page, given, (text, &[]))))
}

fn shown(
    visit: &Visit,
    page: &LeaguePage,
    given: GivenPage,
    (text, problems): (String, &[Problem]),
) -> LeagueView {
    let t = visit.t;
    let at = (visit.here(), page.lens.period);
    let shell = visit.shell_of_period("league", t.t("nav-league"), at);
    let name = |key: &String| (key.clone(), t.t(&format!("given-{}", key.replace('_', "-"))));
    let given = (!given.needed.is_empty()).then(|| GivenView {
        period: given.period.to_string(),
        needed: given.needed.iter().map(name).collect(),
        may_keep: visit.session.need(Action::KeepRules).is_ok(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        text,
    });
    LeagueView { given, ..LeagueView::new(shell, t, page) }
}

/// Keeps what other offices give for a month.
async fn give(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let period = Period::parse(fields.get("period"));
    let period = period.ok_or_else(|| Failure::bad(fields.get("period").to_owned()))?;
    let text = fields.raw("text").replace("\r\n", "\n");
    let (now, today, sent) = (visit.state.now(), visit.today, text.clone());
    let run = visit.run(move |desk, session| {
        let name = format!("{period}.csv");
        let problems = match keep_given(desk, session, (period, &name, &sent), (now, today)) {
            Ok(_) => Vec::new(),
            Err(OpsError::Problems(problems)) => problems,
            Err(other) => return Err(other),
        };
        let mut query = LeagueQuery::default();
        query.lens.period = Some(period);
        let page = view_league(desk, session, query, today)?;
        Ok((page, view_given(desk, session, period, today)?, problems))
    });
    let (page, given, problems) = run.await?;
    if problems.is_empty() {
        let next = format!("/league?period={period}#given");
        return Ok(lead_to(&next, "given-kept").into_response());
    }
    Ok(Rendered(shown(&visit, &page, given, (text, &problems))).into_response())
}

fn read_query(query: &str) -> Result<LeagueQuery, Failure> {
    let mut asked = LeagueQuery::default();
    for (name, value) in read_pairs(query.as_bytes()) {
        if name == "period" && !value.is_empty() {
            let period = Period::parse(&value).ok_or_else(|| Failure::bad(value))?;
            asked.lens.period = Some(period);
        }
    }
    Ok(asked)
}

/// The seals of the grades, each with the score it begins at; the last with the one it stays
/// below.
pub(super) fn legend(t: T, page: &LeaguePage) -> Vec<(Html, String)> {
    let grades = &page.rules.grades;
    let one = |(index, grade): (usize, &tici_engine::league::Grade)| {
        let above = index.checked_sub(1).filter(|_| index + 1 == grades.len());
        let bound = match above.map(|above| grades[above].from) {
            Some(above) => t.t1("league-below", &[("below", &above.print(0))]),
            None => t.t1("league-from", &[("from", &grade.from.print(0))]),
        };
        (seal(index, grades.len(), grade.name.get(t.lang)), bound)
    };
    grades.iter().enumerate().map(one).collect()
}

impl LeagueView {
    pub fn new(shell: Shell, t: T, page: &LeaguePage) -> LeagueView {
        let problem = |problem| (t.problem(problem), t.problem_fix(problem));
        LeagueView {
            sub: sub(t, page),
            groups: page.league.groups.iter().map(|group| group_view(t, page, group)).collect(),
            grades: legend(t, page),
            rules: page.rules.words().iter().map(|words| t.words(words)).collect(),
            source: page.rules.source.clone(),
            problems: page.problems.iter().map(problem).collect(),
            given: None,
            shell,
            t,
        }
    }
}

fn sub(t: T, page: &LeaguePage) -> String {
    let title = page.rules.title.get(t.lang);
    let period = t.period(page.league.period);
    match page.league.before {
        Some(before) => t.t1(
            "league-sub",
            &[("rules", &title), ("period", &period), ("before", &t.period(before))],
        ),
        None => t.t1("league-sub-first", &[("rules", &title), ("period", &period)]),
    }
}

fn group_view(t: T, page: &LeaguePage, group: &PeerTable) -> GroupView {
    let rules = &page.rules;
    let peer = &rules.groups[group.group];
    let cells = || group.rows.iter().flat_map(|row| &row.cells);
    let most = group.rows.iter().filter_map(value).fold(0.0, f64::max);
    GroupView {
        name: peer.name.get(t.lang).to_owned(),
        id: format!("group-{}", group.group),
        items: rules.items.iter().map(|item| item.name.get(t.lang).to_owned()).collect(),
        has_grades: !rules.grades.is_empty(),
        has_constant: group.rows.iter().any(|row| row.constant.is_some()),
        has_incomplete: group.rows.iter().any(|row| row.is_incomplete),
        has_unreported: cells().any(|cell| !cell.unreported.is_empty()),
        rows: group.rows.iter().map(|row| row_view(t, page, row, most)).collect(),
    }
}

/// A total as a length; `None` for a place without one.
fn value(row: &Row) -> Option<f64> {
    row.total?.print(2).parse().ok()
}

fn row_view(t: T, page: &LeaguePage, row: &Row, most: f64) -> RowView {
    let rules = &page.rules;
    let decimals = u32::from(rules.rank.decimals);
    let constant = row.constant;
    let grade = row
        .grade
        .map(|index| seal(index, rules.grades.len(), rules.grades[index].name.get(t.lang)));
    let items = rules.items.iter().zip(&row.cells);
    RowView {
        rank: rank(t, row.rank, row.is_tied),
        change: change(row.change()),
        change_words: change_words(t, row.change()),
        name: place_name(t, page, row.place),
        href: place_href(page, row.place),
        total: row.total.map_or_else(|| t.t("league-missing"), |total| total.print(decimals)),
        bar: Html(charts::bar(&charts::Bar {
            value: value(row).unwrap_or(0.0).max(0.0),
            max: if most > 0.0 { most } else { 1.0 },
            tone: charts::Tone::First,
        })),
        is_incomplete: row.is_incomplete,
        seal: grade.unwrap_or_else(|| Html(String::new())),
        cells: items.map(|(item, cell)| cell_view(t, page, (row, item), cell)).collect(),
        constant_rank: constant.map_or_else(String::new, |c| rank(t, c.rank, false)),
        constant_change: constant.map_or_else(String::new, |c| change(c.change())),
        constant_total: constant
            .and_then(|constant| constant.total)
            .map_or_else(String::new, |total| total.print(decimals)),
    }
}

fn cell_view(t: T, page: &LeaguePage, (row, item): (&Row, &Item), cell: &Cell) -> CellView {
    let mut title = t.words(&cell.formula);
    if !cell.unreported.is_empty() {
        let silent = t.t1("league-unreported", &[("n", &cell.unreported.len())]);
        title = format!("{title}{}{silent}", t.separator());
    }
    for source in &cell.sources {
        title = format!("{title}{}{source}", t.separator());
    }
    let decimals = u32::from(item.decimals.unwrap_or(2));
    CellView {
        score: cell.score.map_or_else(|| t.t("league-missing"), |score| score.print(decimals)),
        href: cell_href(page, row, cell),
        title,
        is_missing: cell.score.is_none(),
        is_partial: !cell.unreported.is_empty(),
    }
}

/// The ledger with exactly the projects of a cell; with the place's where they are too many
/// for an address.
fn cell_href(page: &LeaguePage, row: &Row, cell: &Cell) -> String {
    let mut ids: Vec<i64> = cell.projects.iter().chain(&cell.unreported).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return String::new();
    }
    if ids.len() > LINKED_PROJECTS_MAX {
        return place_href(page, row.place);
    }
    let ids: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
    format!("/projects?tier=all&period={}&{}", page.league.period, ids.join("&"))
}

fn place_href(page: &LeaguePage, place: i64) -> String {
    let tier = if page.rules.cohort.listed { "listed" } else { "all" };
    let tiers = page.rules.cohort.tiers.iter().map(|tier| format!("tier={}", tier.code()));
    let tiers: Vec<String> = tiers.collect();
    let tier = if tiers.is_empty() { format!("tier={tier}") } else { tiers.join("&") };
    format!("/projects?{tier}&place={place}&period={}", page.league.period)
}

fn place_name(t: T, page: &LeaguePage, place: i64) -> String {
    let place = page.snapshot.places.get(&place);
    place.map_or_else(|| "?".to_owned(), |place| place.short.get(t.lang).to_owned())
}

fn rank(t: T, rank: Option<u32>, is_tied: bool) -> String {
    match rank {
        None => "—".to_owned(),
        Some(rank) if is_tied => t.t1("league-tied", &[("rank", &rank)]),
        Some(rank) => rank.to_string(),
    }
}

fn change(change: Option<i64>) -> String {
    match change {
        None => String::new(),
        Some(0) => "—".to_owned(),
        Some(up @ 1..) => format!("▲{up}"),
        Some(down) => format!("▼{}", -down),
    }
}

fn change_words(t: T, change: Option<i64>) -> String {
    match change {
        None => String::new(),
        Some(0) => t.t("league-same"),
        Some(up @ 1..) => t.t1("league-up", &[("n", &up)]),
        Some(down) => t.t1("league-down", &[("n", &(-down))]),
    }
}

/// 优, 良, 中, 差: filled, tinted, outlined, dashed, whatever the grades are called.
fn seal(index: usize, grades: usize, name: &str) -> Html {
    let style = match index {
        0 => 1,
        last if last + 1 == grades => 4,
        1 => 2,
        _ => 3,
    };
    let is_long = name.chars().count() > 1;
    let class = if is_long { "tier" } else { "seal" };
    Html(format!("<span class=\"{class} g{style}\">{}</span>", ui::escape(name)))
}
