//! The pages, their charts and the JSON API.
//!
//! A request passes through [`middleware`] (who reads, in which language; the face of a
//! failure), reaches a handler of [`pages`] or [`api`], which asks [`tici_ops`] one thing
//! off the async threads and renders one template. HTML works without script; the one
//! small script only saves clicks.

pub mod api;
pub mod charts;
pub mod choice;
pub mod done;
pub mod error;
pub mod export;
pub mod frame;
pub mod i18n;
pub mod looking_back;
pub mod marked;
pub mod middleware;
pub mod pages;
mod period_chooser;
pub mod reader;
mod serve;
pub mod session;
pub mod shell;
mod state;
pub mod statics;
pub mod ui;
pub mod visit;

pub use error::Failure;
pub use i18n::T;
pub use serve::serve;
pub use shell::Shell;
pub use state::{AppState, Clock, Config};
pub use visit::{Fields, PageResult, Posted, Rendered, Visit};

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// Everything that is served.
pub fn router(state: AppState) -> Router {
    let body_limit = DefaultBodyLimit::max(state.config.upload_bytes_max);
    let around = ServiceBuilder::new()
        .layer(CompressionLayer::new())
        .layer(from_fn(middleware::headers))
        .layer(from_fn(middleware::faces))
        .layer(CatchPanicLayer::custom(middleware::panicked));
    Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .merge(statics::routes())
        .fallback(pages::failure::not_found)
        .method_not_allowed_fallback(pages::failure::wrong_method)
        .layer(body_limit)
        .layer(around)
        .with_state(state)
}
