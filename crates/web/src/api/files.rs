//! Files of the ledger: exports, evidence, the files figures came from.

use axum::{
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
};
use tici_ops::export_projects::export_projects;
use tici_ops::open_file::{KeptFile, open_evidence, open_source};

use super::At;
use super::describe::{Endpoint, get};
use crate::export::{Format, write_projects};
use crate::pages::{ledger::Asked, project::FigureName};
use crate::{Failure, Fields, Visit, visit::read_pairs};

/// What exports are.
const EXPORTS: &[&str] = &[
    "text/csv",
    "application/json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// What people have sent may be anything.
const ANYTHING: &[&str] = &["application/octet-stream"];

pub fn endpoints() -> Vec<Endpoint> {
    let export_about = "Every row the filters let through as a file: `csv`, `xlsx`, `json`.";
    let evidence_path = "/api/projects/{id}/evidence/{attachment}";
    let source_path = "/api/projects/{id}/figures/{figure}/source";
    vec![
        get("/api/projects/export/{format}", "exportProjects", export_about, export)
            .asks(super::projects::FILTERS)
            .asks(super::projects::ORDER)
            .gives(EXPORTS),
        get(evidence_path, "openEvidence", "A file of evidence, as it was sent.", evidence)
            .gives(ANYTHING),
        get(source_path, "openSource", "The file a figure came from.", source).gives(ANYTHING),
    ]
}

async fn export(
    visit: Visit,
    At(format): At<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let format = Format::parse(&format).ok_or(Failure::NotFound)?;
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let mut asked = Asked::read(&fields)?;
    asked.settle(false);
    let (today, t) = (visit.today, visit.t);
    let run = visit.run(move |desk, session| {
        write_projects(t, &export_projects(desk, session, &asked.query(), today)?, format)
    });
    Ok(([(header::CONTENT_TYPE, format.media_type())], run.await?).into_response())
}

async fn evidence(visit: Visit, At((id, attachment)): At<(i64, i64)>) -> Result<Response, Failure> {
    let file = visit.run(move |desk, session| open_evidence(desk, session, id, attachment)).await?;
    Ok(download(file))
}

async fn source(visit: Visit, At((id, figure)): At<(i64, String)>) -> Result<Response, Failure> {
    let FigureName { measure, period, basis } = FigureName::parse(&figure)?;
    let run =
        visit.run(move |desk, session| open_source(desk, session, id, measure, period, basis));
    Ok(download(run.await?))
}

fn download(file: KeptFile) -> Response {
    let name = crate::visit::encode(&file.file).replace('+', "%20");
    let headers = [
        (header::CONTENT_TYPE, ANYTHING[0].to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
    ];
    (headers, file.bytes).into_response()
}
