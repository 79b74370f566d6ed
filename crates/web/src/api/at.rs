//! What handlers of the API are given: bodies and parts of the path, refused as the API
//! words it.

use axum::{
    Json,
    extract::{FromRequestParts, Path, rejection::JsonRejection},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{AppState, Failure};

/// A body as JSON, or why it cannot be read.
pub type Sent<T> = Result<Json<T>, JsonRejection>;

/// The body, with its fault as the API words it.
pub fn body<T>(sent: Sent<T>) -> Result<T, Failure> {
    sent.map(|Json(body)| body).map_err(|error| match error {
        JsonRejection::MissingJsonContentType(_) => Failure::MediaType,
        error if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge(0),
        error => Failure::bad(error.body_text()),
    })
}

/// Parts of the path. What cannot be read there names nothing.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for At<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<At<T>, Failure> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(path)| At(path)).map_err(|_| Failure::NotFound)
    }
}
