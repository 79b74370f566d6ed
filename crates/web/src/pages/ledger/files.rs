//! The ledger as a file: every row of the view, not only the page's.

use axum::{
    extract::{Path, RawQuery},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use tici_ops::{OpsError, export_projects::export_projects};

use super::asked::Asked;
use crate::{
    Failure, Fields, Visit,
    export::{Format, write_projects},
    visit::read_pairs,
};

/// `/projects/export/xlsx?…`: the view of the address in the asked format.
pub async fn export(
    visit: Visit,
    Path(format): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let format = Format::parse(&format)
        .ok_or_else(|| Failure::from(OpsError::not_found("format", format)))?;
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let mut asked = Asked::read(&fields)?;
    asked.settle(visit.facts.has_lists);
    let (today, t) = (visit.today, visit.t);
    let (name, bytes) = visit
        .run(move |desk, session| {
            let export = export_projects(desk, session, &asked.query(), today)?;
            let bytes = write_projects(t, &export, format)?;
            Ok((format!("projects-{}.{}", export.page.lens.period, format.extension()), bytes))
        })
        .await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("plain letters")),
    ];
    Ok((headers, bytes).into_response())
}
