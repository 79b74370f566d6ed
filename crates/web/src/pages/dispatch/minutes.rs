//! The minutes: what was decided on each project, and how earlier promises were kept; a
//! page to print and a workbook.

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use tici_domain::Name;
use tici_ops::OpsError;
use tici_ops::files::export::xlsx::{XlsxWords, write as write_xlsx};
use tici_ops::files::export::{CellOut, ColumnOut, Document, Kind, TableOut};
use tici_ops::hold_meeting::{ItemView, MeetingPage, view_meeting};
use tici_ops::keep_tasks::TaskView;

use super::number;
use super::one::promises;
use super::words::{TaskLine, standing_words, task_line};
use crate::{
    Failure,
    i18n::T,
    shell::Shell,
    visit::{PageResult, Rendered, Visit, encode},
};

#[derive(Template)]
#[template(path = "minutes.html")]
pub struct MinutesView {
    pub shell: Shell,
    pub t: T,
    pub series: i64,
    pub sub: String,
    pub items: Vec<MinutesItem>,
    pub promises: String,
    pub past: Vec<TaskLine>,
    pub text: Vec<String>,
    pub closed: bool,
}

pub struct MinutesItem {
    pub n: usize,
    pub project: String,
    pub done: bool,
    pub state: String,
    pub decisions: Vec<TaskLine>,
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> PageResult<MinutesView> {
    let (id, today) = (number(&id)?, visit.today);
    let page = visit.run(move |desk, session| view_meeting(desk, session, id, today)).await?;
    let t = visit.t;
    let line = |view| task_line(t, view, today);
    let title = t.t1("minutes-title", &[("title", &page.meeting.title.get(t.lang))]);
    let chair = page.meeting.chair.as_ref().map_or("", |chair| chair.get(t.lang));
    let day = t.day_of_week(page.meeting.on);
    let text = page.meeting.minutes.as_deref().unwrap_or_default();
    Ok(Rendered(MinutesView {
        shell: visit.shell("dispatch", title),
        sub: match chair.is_empty() {
            true => day,
            false => t.t1("minutes-sub", &[("day", &day), ("chair", &chair)]),
        },
        items: page.items.iter().map(|item| minutes_item(t, &page, item)).collect(),
        promises: promises(t, &page),
        past: past(&page).map(|(_, view)| line(view)).collect(),
        text: text.lines().map(str::to_owned).collect(),
        closed: page.meeting.closed,
        series: id,
        t,
    }))
}

fn minutes_item(t: T, page: &MeetingPage, item: &ItemView) -> MinutesItem {
    let today = page.lens.today;
    let state = match item.start {
        Some((Some(expected), Some(due))) => {
            let days = crate::i18n::days_from(due, expected);
            let key = if days > 0 { "minutes-late" } else { "minutes-in-time" };
            let (due, expected) = (t.day(due, today), t.day(expected, today));
            t.t1(key, &[("due", &due), ("expected", &expected), ("n", &days)])
        }
        _ => item.row.facts.stage.map_or_else(|| t.t("stage-none"), |stage| t.stage(stage)),
    };
    MinutesItem {
        n: item.index + 1,
        project: project(t, item),
        done: item.done,
        state,
        decisions: item.decisions.iter().map(|view| task_line(t, view, today)).collect(),
    }
}

fn project(t: T, item: &ItemView) -> String {
    let firm = item.row.enterprise.as_ref().map_or("", |firm| firm.short.get(t.lang));
    format!("{firm} {}", item.row.entry.project.name.get(t.lang)).trim().to_owned()
}

/// Decisions of earlier meetings on the projects of this one.
fn past(page: &MeetingPage) -> impl Iterator<Item = (&ItemView, &TaskView)> {
    let of = |item| {
        let item: &ItemView = item;
        item.tasks.iter().map(move |view| (item, view))
    };
    page.items.iter().flat_map(of).filter(|(_, view)| view.task.meeting.is_some())
}

/// The same as a workbook.
pub async fn workbook(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let (id, today) = (number(&id)?, visit.today);
    let page = visit.run(move |desk, session| view_meeting(desk, session, id, today)).await?;
    let bytes = write_minutes(visit.t, &page)?;
    let title = page.meeting.title.get(visit.t.lang);
    let name = format!("{} {title}.xlsx", page.meeting.on).replace(['/', '\\', '"'], " ");
    let disposition = format!(
        "attachment; filename=\"minutes-{}.xlsx\"; filename*=UTF-8''{}",
        page.meeting.on,
        encode(&name).replace('+', "%20")
    );
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers =
        [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

/// The workbook of a meeting's minutes: decisions, and earlier promises.
pub fn write_minutes(t: T, page: &MeetingPage) -> Result<Vec<u8>, OpsError> {
    let notes_sheet = t.t("file-notes");
    write_xlsx(&document(t, page), XlsxWords { notes_sheet: &notes_sheet })
        .map_err(|problem| OpsError::problem(*problem))
}

fn document(t: T, page: &MeetingPage) -> Document {
    let title = t.t1("minutes-title", &[("title", &page.meeting.title.get(t.lang))]);
    let decided = page.items.iter().flat_map(|item| match item.decisions.is_empty() {
        true => vec![(item, None)],
        false => item.decisions.iter().map(|view| (item, Some(view))).collect(),
    });
    let today = page.lens.today;
    let decided = decided.map(|(item, view)| cells(t, item, view, today)).collect();
    let earlier = past(page).map(|(item, view)| cells(t, item, Some(view), today)).collect();
    let sample = page.snapshot.setting("ledger.sample") == Some("true");
    let mut notes: Vec<String> = sample.then(|| t.t("app-sample")).into_iter().collect();
    notes.push(t.t1("minutes-as-of", &[("day", &t.day(today, today))]));
    notes.push(promises(t, page));
    notes.extend(page.meeting.minutes.iter().flat_map(|text| text.lines()).map(str::to_owned));
    let tables =
        vec![table(t, t.t("minutes-decided"), decided), table(t, t.t("minutes-past"), earlier)];
    Document { title, tables, notes }
}

fn table(t: T, title: String, rows: Vec<Vec<CellOut>>) -> TableOut {
    let text = |key: &str| ColumnOut::new(&t.t(key), None, Kind::Text);
    let columns = vec![
        ColumnOut::new(&t.t("minutes-n"), None, Kind::Integer),
        text("file-code"),
        text("column-name"),
        text("column-place"),
        text("task-what"),
        text("task-who"),
        ColumnOut::new(&t.t("task-when"), None, Kind::Date),
        text("task-now"),
    ];
    TableOut { title, columns, rows, totals: Vec::new(), notes: Vec::new() }
}

fn cells(t: T, item: &ItemView, view: Option<&TaskView>, today: Date) -> Vec<CellOut> {
    let name = |name: Option<&Name>| match name {
        Some(name) => CellOut::text(name.get(t.lang)),
        None => CellOut::Missing,
    };
    let task = view.map(|view| &view.task);
    vec![
        CellOut::Integer(item.index as i64 + 1),
        CellOut::text(&item.row.entry.project.code),
        CellOut::Text(project(t, item)),
        name(item.row.place.as_ref().map(|place| &place.short)),
        name(task.map(|task| &task.title)),
        name(task.and_then(|task| task.owner.as_ref())),
        task.and_then(|task| task.due).map_or(CellOut::Missing, CellOut::Date),
        view.map_or(CellOut::Missing, |v| CellOut::Text(standing_words(t, v.standing, today))),
    ]
}
