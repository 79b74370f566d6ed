//! The description of the API.

use axum::Json;
use serde_json::Value;

use super::describe::{Endpoint, get};
use super::gate;
use crate::Failure;

pub fn endpoints() -> Vec<Endpoint> {
    let about = "This description, OpenAPI 3.1.";
    vec![get("/api/openapi.json", "describe", about, description).live()]
}

async fn description() -> Result<Json<Value>, Failure> {
    Ok(Json(gate::description().clone()))
}
