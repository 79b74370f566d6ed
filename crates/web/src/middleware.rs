//! What happens around every request: the reader, the face of failures, the headers that
//! keep a page from being misused.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    error::Failure,
    looking_back::{carry, carry_location},
    pages::failure::FailurePage,
    reader::Reader,
    shell::Shell,
    visit::{FrameSlot, encode},
};
use askama::Template;

/// No script but our own file, no style sheet but our own file, nothing from elsewhere.
/// `style` attributes are allowed: bars are as wide as their numbers, and an attribute
/// can neither run nor load anything under this policy.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FIXED_HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// No page is as large.
const PAGE_BYTES_MAX: usize = 64 << 20;

/// Knows the reader before the handler runs, and gives a failure its face after.
pub async fn faces(mut request: Request, next: Next) -> Response {
    if is_cross_site_write(&request) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut reader = Reader::of(request.uri(), request.headers());
    // The answer to a form stands at an address that cannot be opened; what leads on from it
    // leads from the page that the form was on.
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        reader.here = form_page(request.headers()).unwrap_or_else(|| "/".into());
    }
    let slot = FrameSlot::default();
    request.extensions_mut().insert(reader.clone());
    request.extensions_mut().insert(slot.clone());
    let mut response = next.run(request).await;
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        let allowed = response.headers_mut().remove(header::ALLOW);
        response = face(&failure, &reader, slot.0.get());
        if let Some(allowed) = allowed {
            response.headers_mut().insert(header::ALLOW, allowed);
        }
    }
    if let Some(moment) = &reader.as_of {
        response = looking_back(response, moment).await;
    }
    for cookie in &reader.set_cookies {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// Path and query of the page that sent a form, from what the browser says of itself.
fn form_page(headers: &HeaderMap) -> Option<String> {
    let from: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let is_ours = from.authority().is_some_and(|authority| authority.as_str() == host);
    is_ours.then(|| Reader::of(&from, &HeaderMap::new()).here)
}

/// A page of the past leads to pages of the same past.
async fn looking_back(mut response: Response, moment: &str) -> Response {
    let moment = encode(moment);
    let location = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    if let Some(location) = location {
        if let Ok(onward) = HeaderValue::from_str(&carry_location(location, &moment)) {
            response.headers_mut().insert(header::LOCATION, onward);
        }
        return response;
    }
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let html = carry(&String::from_utf8_lossy(&bytes), &moment);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(html))
}

/// A browser says where a form came from; one of another site is refused at once. The
/// token in every form is the guard for browsers that do not say.
fn is_cross_site_write(request: &Request) -> bool {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        && site.is_some_and(|site| site == "cross-site")
}

fn face(failure: &Failure, reader: &Reader, frame: Option<&Shell>) -> Response {
    if reader.wants_json {
        let headers = [(header::CONTENT_TYPE, "application/problem+json")];
        return (failure.status(), headers, failure.problem_json(reader.t)).into_response();
    }
    if *failure == Failure::SignIn {
        return Redirect::to(&format!("/sign-in?next={}", encode(&reader.here))).into_response();
    }
    let title = failure.title(reader.t);
    let shell = match frame {
        Some(frame) => Shell { title: title.clone(), ..frame.clone() },
        None => {
            let bare = Shell::bare(reader.t, "", title.clone());
            Shell { theme: reader.theme, here: reader.here.clone(), ..bare }
        }
    };
    let page = FailurePage {
        t: reader.t,
        title,
        fix: failure.fix(reader.t),
        lines: failure.lines(reader.t),
        status: failure.status().as_u16(),
        shell,
    };
    match page.render() {
        Ok(html) => (failure.status(), Html(html)).into_response(),
        Err(_) => (failure.status(), failure.title(reader.t)).into_response(),
    }
}

/// Sets the headers every answer carries; a page is never kept by a shared cache.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED_HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// A panic becomes a numbered fault, and the next request is served as ever.
pub fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".into());
    Failure::internal(text).into_response()
}
