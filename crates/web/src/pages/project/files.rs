//! A project as files of other programs: its schedule and its calendar.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use tici_ops::calendar::{export_calendar, to_ical};

use super::project_id;
use crate::{
    AppState, Failure, Visit,
    export::write_schedule,
    pages::calendar::{base, calendar},
};

/// `/projects/{id}/schedule.xml`: Microsoft Project XML.
pub async fn schedule(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = project_id(&id)?;
    let look = (visit.t, visit.today);
    let text = visit.run(move |desk, session| write_schedule(desk, session, id, look)).await?;
    Ok(file("application/xml; charset=utf-8", format!("project-{id}.xml"), text))
}

/// `/projects/{id}/calendar.ics`: its steps and tasks.
pub async fn ics(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id = project_id(&id)?;
    let (t, today, base) = (visit.t, visit.today, base(&state, &headers));
    let feed =
        visit.run(move |desk, session| export_calendar(desk, session, Some(id), today)).await?;
    let text = to_ical(&calendar(t, &base, &feed));
    Ok(file("text/calendar; charset=utf-8", format!("project-{id}.ics"), text))
}

fn file(kind: &'static str, name: String, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).expect("plain letters");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, text).into_response()
}
