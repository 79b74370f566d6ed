//! What departments owe for a period, taking in their workbooks, and events that count.

use askama::Template;
use axum::{
    extract::{Multipart, Query},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tici_domain::{Period, Problem};
use tici_engine::assess::run::draw::Due;
use tici_ops::OpsError;
use tici_ops::assess::{
    Delivery, DueView, Fate, NewAssessedEvent, deliver_figures, put_assessed_event, scheme_keys,
    view_assessed_events, view_due,
};

use super::runs::periods;
use super::{Tab, tabs};
use crate::{
    Failure, Posted,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{Rendered, Visit},
};

#[derive(Template)]
#[template(path = "assess_due.html")]
struct DuePage {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    period: String,
    periods: Vec<(String, String, bool)>,
    schemes: Vec<(String, bool)>,
    scheme: String,
    rows: Vec<Row>,
    said: String,
    may_deliver: bool,
    places: Vec<(i64, String)>,
    items: Vec<(String, String)>,
    events: Vec<(String, String, String, String, String)>,
    problems: Vec<String>,
    looked: Option<Looked>,
}

struct Row {
    department: String,
    figure: String,
    key: String,
    unit: String,
    due: String,
    state: String,
    is_late: bool,
    lack: String,
}

/// What a workbook would bring.
struct Looked {
    words: String,
    rows: Vec<(String, String, String, String, String)>,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    scheme: Option<String>,
    period: Option<String>,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let period = match asked.period.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => Some(Period::parse(text).ok_or_else(|| Failure::bad(text.to_owned()))?),
        None => None,
    };
    render(visit, (asked.scheme, period), Vec::new(), None).await
}

async fn render(
    visit: Visit,
    (scheme, period): (Option<String>, Option<Period>),
    problems: Vec<Problem>,
    looked: Option<Delivery>,
) -> Result<Response, Failure> {
    let t = visit.t;
    let choices = periods(&visit);
    let period = period.or_else(|| choices.first().and_then(|(code, ..)| Period::parse(code)));
    let period = period.unwrap_or(Period::month_of(visit.today));
    let read = visit.run(move |desk, session| {
        let snapshot = desk.snapshot()?;
        let keys = scheme_keys(&snapshot);
        let Some(key) = scheme.or_else(|| keys.first().cloned()) else { return Ok(None) };
        let due = view_due(desk, session, (&key, period))?;
        let events = view_assessed_events(desk, session, (&key, period))?;
        Ok(Some((keys, key, due, events)))
    });
    let found = read.await?;
    let mut page = DuePage {
        tabs: tabs(t, None, "assessment/due"),
        period: period.to_string(),
        periods: choices
            .into_iter()
            .map(|(code, words, _)| {
                let here = code == period.to_string();
                (code, words, here)
            })
            .collect(),
        schemes: Vec::new(),
        scheme: String::new(),
        rows: Vec::new(),
        said: t.t("assess-no-scheme"),
        may_deliver: false,
        places: Vec::new(),
        items: Vec::new(),
        events: Vec::new(),
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        looked: looked.map(|delivery| looked_view(t, &delivery)),
        shell: visit.shell("scores", t.t("assess-tab-due")),
        t,
    };
    if let Some((keys, key, due, events)) = found {
        page.schemes = keys.into_iter().map(|known| (known.clone(), known == key)).collect();
        page.scheme = key;
        fill(&visit, &mut page, &due);
        page.events = events
            .iter()
            .filter(|(event, _)| !event.withdrawn)
            .map(|(event, by)| {
                let place = due.snapshot.places.get(&event.place);
                let place = place.map_or_else(String::new, |p| p.short.get(t.lang).to_owned());
                let by = by.as_ref().map_or_else(String::new, |by| t.entry_number(by.seq));
                let points = event.points.clone().unwrap_or_else(|| t.t("assess-veto"));
                let what = format!("{} · {}", kind_name(t, &due, &event.item), event.matter);
                (place, what, points, event.document.clone(), by)
            })
            .collect();
    }
    Ok(Rendered(page).into_response())
}

fn kind_name(t: T, due: &DueView, key: &str) -> String {
    let bonuses = due.rules.bonuses.iter().map(|bonus| (&bonus.key, &bonus.name));
    let mut all = bonuses.chain(due.rules.vetoes.iter().map(|veto| (&veto.key, &veto.name)));
    let found = all.find(|(known, _)| known.as_str() == key);
    found.map_or_else(|| key.to_owned(), |(_, name)| name.get(t.lang).to_owned())
}

fn fill(visit: &Visit, page: &mut DuePage, due: &DueView) {
    let t = visit.t;
    page.may_deliver = due.may_deliver;
    page.rows = due.due.iter().map(|one| row(visit, due, one)).collect();
    let late = due.due.iter().filter(|one| one.is_late(visit.today)).count();
    let whole = due.due.iter().filter(|one| one.lack.is_empty()).count();
    page.said =
        t.t1("assess-due-said", &[("n", &due.due.len()), ("whole", &whole), ("late", &late)]);
    let units = tici_engine::assess::run::draw::units(&due.rules, &due.snapshot, due.period);
    page.places =
        units.iter().map(|place| (place.id, place.short.get(t.lang).to_owned())).collect();
    let bonuses = due.rules.bonuses.iter().map(|bonus| (&bonus.key, &bonus.name));
    let all = bonuses.chain(due.rules.vetoes.iter().map(|veto| (&veto.key, &veto.name)));
    page.items = all.map(|(key, name)| (key.clone(), name.get(t.lang).to_owned())).collect();
}

fn row(visit: &Visit, due: &DueView, one: &Due) -> Row {
    let t = visit.t;
    let figure = &due.rules.figures[one.figure];
    let name = |id: &i64| {
        let place = due.snapshot.places.get(id);
        place.map_or_else(|| id.to_string(), |place| place.short.get(t.lang).to_owned())
    };
    let is_late = one.is_late(visit.today);
    let state = match (one.lack.is_empty(), is_late) {
        (true, _) => t.t("assess-due-whole"),
        (_, true) => t.t("assess-due-late"),
        _ => t.t("assess-due-waiting"),
    };
    let lack = match (one.lack.len(), one.have.is_empty()) {
        (0, _) => String::new(),
        (_, true) => t.t("assess-due-all"),
        _ => t.list(&one.lack.iter().map(name).collect::<Vec<_>>()),
    };
    Row {
        department: one.department.clone(),
        figure: figure.name.get(t.lang).to_owned(),
        key: figure.key.clone(),
        unit: figure.unit.clone(),
        due: one.due.map_or_else(|| "—".to_owned(), |day| t.day(day, visit.today)),
        state,
        is_late,
        lack,
    }
}

fn looked_view(t: T, delivery: &Delivery) -> Looked {
    let counts: [(&str, &dyn std::fmt::Display); 3] = [
        ("new", &delivery.count(Fate::New)),
        ("changed", &delivery.count(Fate::Changed)),
        ("same", &delivery.count(Fate::Same)),
    ];
    let key = if delivery.entries.is_empty() { "assess-looked" } else { "assess-delivered" };
    let changed = delivery.rows.iter().filter(|row| row.fate != Fate::Same).take(200);
    let rows = changed.map(|row| {
        let place = delivery.snapshot.places.get(&row.place);
        let place = place.map_or_else(String::new, |place| place.short.get(t.lang).to_owned());
        let cell = match row.sheet.is_empty() {
            true => row.cell.clone(),
            false => format!("{}!{}", row.sheet, row.cell),
        };
        let old = row.old.clone().unwrap_or_else(|| "—".to_owned());
        (place, row.key.clone(), old, row.raw.clone(), cell)
    });
    Looked { words: t.t1(key, &counts), rows: rows.collect() }
}

/// Takes a workbook in, or only looks at it.
pub async fn take(visit: Visit, mut parts: Multipart) -> Result<Response, Failure> {
    let too_large = |_| Failure::TooLarge(visit.state.config.upload_bytes_max);
    let (mut fields, mut file) = (crate::Fields::default(), (String::new(), Vec::new()));
    while let Some(part) = parts.next_field().await.map_err(too_large)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            file.0 = part.file_name().unwrap_or_default().to_owned();
            file.1 = part.bytes().await.map_err(too_large)?.to_vec();
        } else {
            fields.0.push((name, part.text().await.map_err(too_large)?));
        }
    }
    visit.check_csrf(fields.get("csrf"))?;
    let period = Period::parse(fields.get("period"));
    let period = period.ok_or_else(|| Failure::bad(fields.get("period").to_owned()))?;
    let (scheme, reason) = (fields.get("scheme").to_owned(), fields.get("reason").to_owned());
    let dry = fields.get("do") != "deliver";
    let (now, key) = (visit.state.now(), scheme.clone());
    let taken = visit.run(move |desk, session| {
        let of = (file.0.as_str(), file.1.as_slice(), reason.as_str());
        match deliver_figures(desk, session, (&key, period, dry), of, now) {
            Ok(delivery) => Ok((delivery.problems.clone(), Some(delivery))),
            Err(OpsError::Problems(problems)) => Ok((problems, None)),
            Err(other) => Err(other),
        }
    });
    let (problems, delivery) = taken.await?;
    let wrote = delivery.as_ref().is_some_and(|delivery| !delivery.entries.is_empty());
    if wrote && problems.is_empty() {
        let to = format!("/assessment/due?scheme={scheme}&period={period}");
        return Ok(lead_to(&to, "figures-delivered").into_response());
    }
    render(visit, (Some(scheme), Some(period)), problems, delivery).await
}

/// Writes down an event that adds points, takes them, or is a veto.
pub async fn event(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let period = Period::parse(fields.get("period"));
    let period = period.ok_or_else(|| Failure::bad(fields.get("period").to_owned()))?;
    let scheme = fields.get("scheme").to_owned();
    let new = NewAssessedEvent {
        scheme: scheme.clone(),
        period,
        place: fields.get("place").parse().unwrap_or_default(),
        item: fields.get("item").to_owned(),
        matter: fields.get("matter").to_owned(),
        points: fields.get("points").to_owned(),
        document: fields.get("document").to_owned(),
    };
    let now = visit.state.now();
    let put = visit.run(move |desk, session| {
        crate::pages::dispatch::problems_apart(put_assessed_event(desk, session, &new, now))
    });
    let problems = put.await?;
    if problems.is_empty() {
        let to = format!("/assessment/due?scheme={scheme}&period={period}");
        return Ok(lead_to(&to, "event-counted").into_response());
    }
    render(visit, (Some(scheme), Some(period)), problems, None).await
}
