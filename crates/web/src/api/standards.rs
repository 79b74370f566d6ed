//! Projects as files of published standards.

use axum::{
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
};
use tici_ops::files::standards::{Crs, Standard};

use super::At;
use super::describe::{Endpoint, Kind, get, param};
use crate::pages::standards::standard_of;
use crate::{Failure, Fields, Visit, visit::read_pairs};

const TYPES: &[&str] = &["application/json", "application/geo+json", "application/xml"];

pub fn endpoints() -> Vec<Endpoint> {
    let about = "Projects as OC4IDS, GeoJSON or IATI.";
    let systems = || Crs::ALL.map(Crs::code).to_vec();
    vec![
        get("/api/standards/{standard}", "exportStandard", about, export)
            .asks(&[
                param("crs", Kind::Codes(systems), "Coordinate system of GeoJSON."),
                param("public", Kind::Flag, "Leaves out words, posts and files."),
            ])
            .gives(TYPES),
    ]
}

async fn export(
    visit: Visit,
    At(standard): At<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let standard = Standard::parse(&standard).ok_or(Failure::NotFound)?;
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let crs = match fields.get("crs") {
        "" => None,
        code => Some(Crs::parse(code).ok_or_else(|| Failure::bad(code))?),
    };
    let public = fields.get("public") == "true";
    let bytes = standard_of(&visit, standard, crs, public).await?;
    Ok(([(header::CONTENT_TYPE, standard.media_type())], bytes).into_response())
}
