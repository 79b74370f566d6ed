//! 亮灯: the light of every project with its reason, how the lights were in the months
//! before, what changed, and which are excused until when.

mod ask;
mod excused;
mod rows;

pub use excused::ExcuseView;
pub use rows::{ChangeView, MonthLine, MonthView, RowView};

use ask::{Ask, Since};
use askama::Template;
use axum::{
    Router,
    extract::RawQuery,
    response::{IntoResponse, Response},
    routing::get,
};
use tici_domain::{Light, Place};
use tici_engine::lights::Lit;
use tici_ops::view_lights::{
    LightRow, LightsPage, LightsQuery, last_month, view_lights, yesterday,
};

use super::{Nav, Page};
use crate::{
    Failure,
    choice::{self, Choice},
    i18n::T,
    shell::Shell,
    ui::{self, Html},
    visit::{Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "lights",
    nav: Some(Nav { group: "nav-projects", href: "/lights", icon: "pulse" }),
    routes: || Router::new().route("/lights", get(show)),
};

/// Months of history beside each project and in the table of months.
const HISTORY_MONTHS: usize = 12;

/// Rows of a page.
const PAGE_ROWS: usize = 50;

/// Lights, the worst first.
const ORDER: [Light; 5] =
    [Light::Red, Light::Amber, Light::Unreported, Light::Excused, Light::Green];

/// What the page shows, in the reader's language.
#[derive(Template)]
#[template(path = "lights.html")]
pub struct LightsView {
    pub shell: Shell,
    pub t: T,
    pub sub: String,
    pub tabs: Vec<Tab>,
    pub lights: Vec<LightLink>,
    pub places: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub tiers: Vec<Choice>,
    pub kept: Vec<(&'static str, String)>,
    pub rows: Vec<RowView>,
    pub found: String,
    pub previous: String,
    pub next: String,
    /// With a `since`, what changed in place of all rows.
    pub changes: Vec<ChangeView>,
    pub is_changes: bool,
    pub since_words: String,
    pub excuses: Vec<ExcuseView>,
    pub is_excuses: bool,
    pub months: Vec<MonthView>,
    pub month_lines: Vec<MonthLine>,
    pub rules: Vec<String>,
    pub rules_title: String,
}

pub struct Tab {
    pub name: String,
    pub count: Option<usize>,
    pub href: String,
    pub is_here: bool,
}

pub struct LightLink {
    pub mark: Html,
    pub count: usize,
    pub href: String,
    pub is_set: bool,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let ask = Ask::read(query.as_deref().unwrap_or_default())?;
    let (today, since, ledger) = (visit.today, ask.since, ask.query());
    let run = visit.run(move |desk, session| {
        let since = match since {
            Some(Since::Yesterday) => Some(yesterday(desk, today)?),
            Some(Since::Month) => Some(last_month(desk, today)?),
            None => None,
        };
        let asked = LightsQuery { rules: None, history: HISTORY_MONTHS, since };
        let page = view_lights(desk, session, &ledger, asked, today)?;
        Ok((page, since))
    });
    let (page, since) = run.await?;
    let view = view(&visit, &page, &ask, since.map(|(_, day)| day));
    Ok(Rendered(view).into_response())
}

fn view(
    visit: &Visit,
    page: &LightsPage,
    ask: &Ask,
    since: Option<jiff::civil::Date>,
) -> LightsView {
    let t = visit.t;
    let judged = judged(page, ask);
    let shown: Vec<(&LightRow, Lit)> = judged
        .iter()
        .filter(|(_, lit)| ask.lights.is_empty() || ask.lights.contains(&lit.light))
        .copied()
        .collect();
    let first = ask.page * PAGE_ROWS;
    let turn = |page: Option<usize>| page.map_or_else(String::new, |page| ask.to_page(page));
    let more = first + PAGE_ROWS < shown.len();
    let rules = &page.lens.lights;
    let here = (visit.here(), page.lens.period);
    let (months, month_lines) = rows::months(t, page);
    LightsView {
        shell: visit.shell_of_period("lights", t.t("nav-lights"), here),
        sub: t.t1(
            "lights-sub",
            &[("rules", &rules.title.get(t.lang)), ("period", &t.period(page.lens.period))],
        ),
        tabs: tabs(t, page, ask),
        lights: light_links(t, &judged, ask),
        places: places(visit, page, ask),
        kinds: kinds(t, page, ask),
        tiers: tiers(t, ask),
        kept: ask.kept(),
        rows: shown.iter().skip(first).take(PAGE_ROWS).map(|one| rows::row(t, page, one)).collect(),
        found: t.t1("lights-found", &[("n", &shown.len())]),
        previous: turn(ask.page.checked_sub(1)),
        next: turn(Some(ask.page + 1).filter(|_| more)),
        changes: page.changes.iter().map(|change| rows::change(t, page, change)).collect(),
        is_changes: ask.since.is_some(),
        since_words: since.map_or_else(String::new, |day| {
            t.t1("lights-since", &[("day", &t.day(day, visit.today))])
        }),
        excuses: excused::excuses(t, page),
        is_excuses: ask.excuses,
        months,
        month_lines,
        rules: rules.words().iter().map(|words| t.words(words)).collect(),
        rules_title: rules.title.get(t.lang).to_owned(),
        t,
    }
}

/// The rows with the light that is asked about: of one rule, or the one that decides; the
/// worst first.
fn judged<'a>(page: &'a LightsPage, ask: &Ask) -> Vec<(&'a LightRow, Lit)> {
    let rules = &page.lens.lights;
    let lit = |row: &LightRow| match ask.rule.as_str() {
        "" => Some(row.lit),
        rule => row.all.iter().find(|lit| lit.rule_key(rules) == Some(rule)).copied(),
    };
    let mut rows: Vec<_> = page.rows.iter().filter_map(|row| Some((row, lit(row)?))).collect();
    rows.sort_by_key(|(_, lit)| ORDER.iter().position(|light| *light == lit.light));
    rows
}

fn tabs(t: T, page: &LightsPage, ask: &Ask) -> Vec<Tab> {
    let tab = |key: &str, since: Option<Since>, excuses: bool, count: Option<usize>| Tab {
        name: t.t(key),
        count,
        href: Ask { since, excuses, page: 0, ..ask.clone() }.address(),
        is_here: ask.since == since && ask.excuses == excuses,
    };
    let changed = |since| Some(page.changes.len()).filter(|_| ask.since == Some(since));
    let (yesterday, month) = (Since::Yesterday, Since::Month);
    vec![
        tab("lights-tab-now", None, false, Some(page.rows.len())),
        tab("lights-tab-yesterday", Some(yesterday), false, changed(yesterday)),
        tab("lights-tab-month", Some(month), false, changed(month)),
        tab("lights-tab-excused", None, true, Some(page.excuses().count())),
    ]
}

fn light_links(t: T, judged: &[(&LightRow, Lit)], ask: &Ask) -> Vec<LightLink> {
    let link = |light: &Light| {
        let is_set = ask.lights == [*light];
        let lights = if is_set { Vec::new() } else { vec![*light] };
        LightLink {
            mark: ui::light(&t, light),
            count: judged.iter().filter(|(_, lit)| lit.light == *light).count(),
            href: Ask { lights, page: 0, ..ask.clone() }.address(),
            is_set,
        }
    };
    ORDER.iter().map(link).collect()
}

/// Places within the account's own.
fn places(visit: &Visit, page: &LightsPage, ask: &Ask) -> Vec<Choice> {
    let covered = |place: &Place| visit.session.covers(&page.snapshot, Some(place.id));
    choice::places(visit.t, &page.snapshot, covered, |place| ask.place == Some(place))
}

fn kinds(t: T, page: &LightsPage, ask: &Ask) -> Vec<Choice> {
    let choice = |rule: &tici_engine::lights::LightRule| Choice {
        value: rule.key.clone(),
        name: rule.name.get(t.lang).to_owned(),
        is_set: ask.rule == rule.key,
    };
    page.lens.lights.rules.iter().map(choice).collect()
}

fn tiers(t: T, ask: &Ask) -> Vec<Choice> {
    let listed = ("listed".to_owned(), t.t("lights-listed"));
    let tiers = tici_domain::ListTier::ALL.into_iter();
    let tiers = tiers.map(|tier| (tier.code().to_owned(), t.tier(tier)));
    let all = std::iter::once(listed).chain(tiers);
    let choice = |(value, name): (String, String)| {
        let is_set = ask.tier == value;
        Choice { value, name, is_set }
    };
    all.map(choice).collect()
}
