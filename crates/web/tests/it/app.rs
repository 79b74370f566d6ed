//! The whole router over the sample county in memory, as a browser or a program sees it.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use std::sync::{Arc, LazyLock};
use tici_ops::{
    Desk,
    load_operations::{LoadedOperation, load_operations},
};
use tici_store::{Location, Signer, Store};
use tici_web::{AppState, Config, router};
use tower::ServiceExt;

/// One county for all tests that only read.
static SHARED: LazyLock<Router> = LazyLock::new(fresh);

/// A county of a test's own, for those that write.
pub fn fresh() -> Router {
    let signer = Signer::from_seed("tests", [7; 32]).expect("a seed makes a signer");
    let store = Store::open(&Location::Memory, signer).expect("memory opens");
    let desk = Desk::open(store).expect("an empty ledger opens");
    let county = tici_testkit::county(&tici_testkit::CountySpec::default());
    let operations = county.operations.into_iter().map(|operation| LoadedOperation {
        at: operation.at,
        actor: operation.actor,
        op: operation.op,
        source: operation.source,
        blobs: operation.blobs.into_iter().map(|(_, bytes)| bytes).collect(),
        changes: operation.changes,
    });
    load_operations(&desk, operations).expect("the county loads");
    let now: jiff::Timestamp = "2026-06-18T00:00:00Z".parse().expect("a moment");
    router(AppState::new(Arc::new(desk), Arc::new(move || now), Config::default()))
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("pages are UTF-8")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).expect("the API speaks JSON")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("plain headers"))
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The address that is led on to, without what it says was done.
    pub fn leads_to(&self) -> String {
        let (rest, fragment) = self.location().split_once('#').unwrap_or((self.location(), ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let kept: Vec<&str> = query.split('&').filter(|part| !part.starts_with("done=")).collect();
        let joint = |mark: &str, text: &str| match text {
            "" => String::new(),
            text => format!("{mark}{text}"),
        };
        format!("{path}{}{}", joint("?", &kept.join("&")), joint("#", fragment))
    }

    /// The hidden token of the page's forms.
    pub fn csrf(&self) -> String {
        self.between("name=\"csrf\" value=\"", "\"").to_owned()
    }

    /// The first text between two marks.
    pub fn between(&self, from: &str, to: &str) -> &str {
        let text = self.text();
        let start = text.find(from).unwrap_or_else(|| panic!("no {from} in:\n{text}")) + from.len();
        let length = text[start..].find(to).unwrap_or_else(|| panic!("no {to} after {from}"));
        &text[start..start + length]
    }
}

/// Somebody with cookies.
pub struct Client {
    router: Router,
    cookies: Vec<String>,
}

impl Client {
    pub fn stranger() -> Client {
        Client::of(SHARED.clone())
    }

    pub fn of(router: Router) -> Client {
        Client { router, cookies: Vec::new() }
    }

    /// Signed in as a sample post of the shared county.
    pub async fn signed_in(login: &str) -> Client {
        Client::signed_in_to(SHARED.clone(), login).await
    }

    pub async fn signed_in_to(router: Router, login: &str) -> Client {
        let mut client = Client::of(router);
        let csrf = client.get("/sign-in").await.csrf();
        // The language is kept with the account: what one test chose must not be another's.
        let lang = ("lang", "zh-Hans");
        let fields = [("csrf", csrf.as_str()), ("login", login), ("next", "/account"), lang];
        let answer = client.post("/sign-in/sample", &fields).await;
        assert_eq!(answer.location(), "/account", "{login} signs in");
        client
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// With headers of its own.
    pub async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers
            .iter()
            .fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        self.send(request, Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[]).await
    }

    /// A form sent with headers of its own.
    pub async fn post_with(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", tici_web::visit::encode(value)))
            .collect();
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request, Body::from(body.join("&"))).await
    }

    /// A form with files: each name, file name and content.
    pub async fn post_files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body: Vec<u8> = Vec::new();
        for (name, value) in fields {
            let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
        }
        for (name, file, bytes) in files {
            let disposition = format!("form-data; name=\"{name}\"; filename=\"{file}\"");
            let head = format!(
                "--x\r\nContent-Disposition: {disposition}\r\nContent-Type: text/plain\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--x--\r\n");
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        self.send(request, Body::from(body)).await
    }

    pub async fn post_json(&mut self, path: &str, body: serde_json::Value) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request, Body::from(body.to_string())).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = match self.cookies.is_empty() {
            true => request,
            false => request.header(header::COOKIE, self.cookies.join("; ")),
        };
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("cookies are plain").split(';').next();
            self.keep(pair.unwrap_or_default());
        }
        let bytes = to_bytes(body, 64 << 20).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    fn keep(&mut self, pair: &str) {
        let name = pair.split('=').next().unwrap_or_default();
        let prefix = format!("{name}=");
        self.cookies.retain(|cookie| !cookie.starts_with(&prefix));
        self.cookies.push(pair.to_owned());
    }
}
