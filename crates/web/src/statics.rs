//! The stylesheet and the script, inside the binary, at addresses that change with their
//! content, so that browsers may keep them for ever.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// One stylesheet, written in parts: one file for each page. Layers, not order, decide.
const CSS: &str = concat!(
    include_str!("../static/css/tokens.css"),
    include_str!("../static/css/base.css"),
    include_str!("../static/css/shell.css"),
    include_str!("../static/css/parts.css"),
    include_str!("../static/css/charts.css"),
    include_str!("../static/css/signin.css"),
    include_str!("../static/css/cockpit.css"),
    include_str!("../static/css/ledger.css"),
    include_str!("../static/css/project.css"),
    include_str!("../static/css/import.css"),
    include_str!("../static/css/returns.css"),
    include_str!("../static/css/journal.css"),
    include_str!("../static/css/board.css"),
    include_str!("../static/css/claims.css"),
    include_str!("../static/css/dispatch.css"),
    include_str!("../static/css/league.css"),
    include_str!("../static/css/looking_back.css"),
    include_str!("../static/css/rules.css"),
    include_str!("../static/css/components.css"),
    include_str!("../static/css/print.css"),
);

struct Static {
    name: &'static str,
    media_type: &'static str,
    text: &'static str,
}

const STATICS: &[Static] = &[
    Static { name: "tici.css", media_type: "text/css; charset=utf-8", text: CSS },
    Static {
        name: "tici.js",
        media_type: "text/javascript; charset=utf-8",
        text: include_str!("../static/tici.js"),
    },
    Static {
        name: "icon.svg",
        media_type: "image/svg+xml",
        text: include_str!("../static/icon.svg"),
    },
];

static HASHES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let hash = |file: &Static| hex::encode(&Sha256::digest(file.text)[..6]);
    STATICS.iter().map(hash).collect()
});

/// `/static/3f2a…/tici.css`.
pub fn address(name: &str) -> String {
    let index = STATICS.iter().position(|file| file.name == name);
    let hash = index.map_or("0", |index| HASHES[index].as_str());
    format!("/static/{hash}/{name}")
}

pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{hash}/{name}", get(serve))
}

/// An old hash still answers, with the newest content and without the promise that it
/// stays: a page open during an update keeps its looks.
async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some(index) = STATICS.iter().position(|file| file.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let caching = match HASHES[index] == hash {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let file = &STATICS[index];
    let headers = [(header::CONTENT_TYPE, file.media_type), (header::CACHE_CONTROL, caching)];
    (headers, file.text).into_response()
}
