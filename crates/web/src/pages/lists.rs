//! 名单: who is on the list of a tier and year on a day, in which version, and the form that
//! makes the next version.

use askama::Template;
use axum::{
    Router,
    extract::RawQuery,
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::civil::Date;
use tici_domain::{ListTier, Problem};
use tici_ops::keep_lists::{ListChange, ListChangeRow, ListPage, change_list, view_list};
use tici_ops::{Action, Desk, Session};

use super::dispatch::problems_apart;
use super::promises::day;
use super::{Nav, Page};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    ui::{self, Html},
    visit::{Rendered, Visit, read_pairs},
};

pub const PAGE: Page = Page {
    id: "lists",
    nav: Some(Nav { group: "nav-projects", href: "/lists", icon: "sheet" }),
    routes: || Router::new().route("/lists", get(show).post(change)),
};

#[derive(Template)]
#[template(path = "lists.html")]
struct ListsView {
    shell: Shell,
    t: T,
    tabs: Vec<(String, String, bool)>,
    tier: &'static str,
    year: String,
    years: Vec<(i64, bool)>,
    on: String,
    /// Which list in which version this is.
    said: String,
    /// By currency: projects, total, plan of the year.
    sums: Vec<(usize, String, String)>,
    rule: String,
    rows: Vec<Row>,
    changes: Vec<Changed>,
    may_keep: bool,
    problems: Vec<String>,
    sent: Sent,
}

/// A member.
struct Row {
    href: String,
    code: String,
    name: String,
    firm: String,
    place: String,
    stage: Html,
    light: Html,
    since: String,
}

/// An addition or a removal in mid-year.
struct Changed {
    on: String,
    what: String,
    href: String,
    code: String,
    name: String,
    version: i64,
    reason: String,
    by: String,
    at: String,
    entry_href: String,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    codes: String,
    is_removal: bool,
    on: String,
    reason: String,
}

/// What the address asks for.
#[derive(Clone, Copy, Debug)]
struct Asked {
    tier: ListTier,
    year: Option<i64>,
    on: Option<Date>,
}

impl Asked {
    fn read(pairs: &[(String, String)]) -> Result<Asked, Failure> {
        let mut asked = Asked { tier: ListTier::City, year: None, on: None };
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            let bad = || Failure::bad(format!("{name}={value}"));
            match name.as_str() {
                "tier" => asked.tier = ListTier::parse(value).ok_or_else(bad)?,
                "year" => asked.year = Some(value.parse().map_err(|_| bad())?),
                "on" => asked.on = Some(value.parse().map_err(|_| bad())?),
                _ => {}
            }
        }
        // A day of another year asks for that year's list.
        if let (Some(year), Some(on)) = (asked.year, asked.on) {
            asked.on = Some(on).filter(|on| i64::from(on.year()) == year);
        }
        Ok(asked)
    }
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let asked = Asked::read(&read_pairs(query.unwrap_or_default().as_bytes()))?;
    let sent = Sent { on: visit.today.to_string(), ..Sent::default() };
    render(visit, asked, sent, Vec::new()).await
}

async fn render(
    visit: Visit,
    asked: Asked,
    sent: Sent,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let today = visit.today;
    let run = move |desk: &Desk, session: &Session| {
        view_list(desk, session, (asked.tier, asked.year, asked.on), today)
    };
    let page = visit.run(run).await?;
    let t = visit.t;
    let tab = |tier: ListTier| {
        let (code, year, on) = (tier.code(), page.year, page.on);
        let href = format!("/lists?tier={code}&year={year}&on={on}");
        (t.code("list-tier", code), href, tier == page.tier)
    };
    let sums = page.count.all.totals.sums.iter();
    let sums = sums.map(|(currency, sum)| {
        let money = |amount| t.money_wide(amount, *currency);
        (sum.projects, money(sum.total), money(sum.plan_year))
    });
    let mut years = page.years.clone();
    if !years.contains(&page.year) {
        years.push(page.year);
    }
    let view = ListsView {
        shell: visit.shell("lists", t.t("nav-lists")),
        tabs: ListTier::ALL.into_iter().map(tab).collect(),
        tier: page.tier.code(),
        year: page.year.to_string(),
        years: years.into_iter().map(|year| (year, year == page.year)).collect(),
        on: page.on.to_string(),
        said: said(t, &page),
        sums: sums.collect(),
        rule: t.rule_line(&page.count.all.totals.rule),
        rows: page.members.iter().map(|row| member(t, row, today)).collect(),
        changes: page.changes.iter().map(|row| changed(&visit, row)).collect(),
        may_keep: visit.session.need(Action::KeepLists).is_ok(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent,
        t,
    };
    Ok(Rendered(view).into_response())
}

fn said(t: T, page: &ListPage) -> String {
    let tier = t.code("list-tier", page.tier.code());
    let on = page.on;
    match &page.version {
        Some(version) => t.t1(
            "list-version",
            &[
                ("tier", &tier),
                ("year", &page.year),
                ("on", &on),
                ("version", &version.version),
                ("from", &version.from),
                ("n", &page.members.len()),
            ],
        ),
        None => t.t1("list-none-yet", &[("tier", &tier), ("year", &page.year), ("on", &on)]),
    }
}

fn member(t: T, row: &ListChangeRow, today: Date) -> Row {
    let seen = &row.row;
    let firm = seen.enterprise.as_ref().map(|firm| firm.short.get(t.lang).to_owned());
    let place = seen.place.as_ref().map(|place| place.short.get(t.lang).to_owned());
    Row {
        href: format!("/projects/{}", seen.facts.project),
        code: seen.entry.project.code.clone(),
        name: seen.entry.project.name.get(t.lang).to_owned(),
        firm: firm.unwrap_or_default(),
        place: place.unwrap_or_default(),
        stage: ui::stairs(&t, &seen.facts.stage),
        light: ui::light_tag(&seen.facts.light, &t.light(seen.facts.light)),
        since: t.day(row.membership.from, today),
    }
}

fn changed(visit: &Visit, row: &ListChangeRow) -> Changed {
    let t = visit.t;
    let membership = &row.membership;
    let key = if membership.until.is_some() { "list-left" } else { "list-joined" };
    let meta = row.meta.as_ref();
    let at = meta.map(|meta| t.moment(meta.at, &visit.state.config.zone));
    Changed {
        on: membership.until.unwrap_or(membership.from).to_string(),
        what: t.t(key),
        href: format!("/projects/{}", row.row.facts.project),
        code: row.row.entry.project.code.clone(),
        name: row.row.entry.project.name.get(t.lang).to_owned(),
        version: membership.version,
        reason: membership.reason.clone().unwrap_or_default(),
        by: meta.map_or_else(String::new, |meta| meta.title.get(t.lang).to_owned()),
        at: at.unwrap_or_default(),
        entry_href: meta.map_or_else(String::new, |meta| format!("/journal/{}", meta.seq)),
    }
}

/// Adds to or takes from a list by the form.
async fn change(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let asked = Asked::read(
        &fields.0.iter().filter(|(name, _)| name != "on").cloned().collect::<Vec<_>>(),
    )?;
    let sent = Sent {
        codes: fields.get("codes").to_owned(),
        is_removal: fields.get("do") == "remove",
        on: fields.get("on").to_owned(),
        reason: fields.get("reason").to_owned(),
    };
    let on = match day(&sent.on) {
        Ok(on) => on.unwrap_or(visit.today),
        Err(problem) => return render(visit, asked, sent, vec![*problem]).await,
    };
    let codes: Vec<String> = sent.codes.split_whitespace().map(str::to_owned).collect();
    let (add, remove) = if sent.is_removal { (Vec::new(), codes) } else { (codes, Vec::new()) };
    let year = asked.year.unwrap_or(i64::from(on.year()));
    let change =
        ListChange { tier: asked.tier, year, add, remove, on, reason: sent.reason.clone() };
    let now = visit.state.now();
    let run = move |desk: &Desk, session: &Session| {
        problems_apart(change_list(desk, session, &change, now))
    };
    let problems = visit.run(run).await?;
    match problems.is_empty() {
        true => {
            let tier = asked.tier.code();
            let next = format!("/lists?tier={tier}&year={year}&on={on}");
            Ok(lead_to(&next, "list-changed").into_response())
        }
        false => render(visit, asked, sent, problems).await,
    }
}
