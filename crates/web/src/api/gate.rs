//! What every request of the API passes: its limit, what its address may ask, tags of answers,
//! and parts of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
    time::Instant,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tici_domain::Table;
use tici_ops::{Session, expectation::Expectation};

use super::{COMMON, FIELDS, GROUPS, describe, fields::Wanted, once};
use crate::{
    AppState, Failure,
    looking_back::AS_OF,
    reader::Reader,
    session,
    visit::{off_thread, read_pairs},
};

/// Type of an answer of which only a part was asked for.
pub const PART: &str = "application/vnd.tici.part+json";

/// No answer is as large.
const ANSWER_BYTES_MAX: usize = 256 << 20;

/// The account whose token came with the request; found once.
#[derive(Clone)]
pub struct Known(pub Arc<Session>);

/// What a writer believes of the record, from `If-Match`.
#[derive(Clone, Copy)]
pub struct Expected(pub Expectation);

/// What the gate knows of an endpoint.
struct Rule {
    params: Vec<describe::Param>,
    is_live: bool,
    is_file: bool,
    takes_key: bool,
    record: Option<(&'static str, &'static str)>,
    /// Schema of the answer.
    answer: Value,
}

type Rules = BTreeMap<(&'static str, Method), Rule>;

/// The description, and what the gate reads off it.
static KNOWN: LazyLock<(Value, Rules)> = LazyLock::new(|| {
    let description = describe::description();
    let mut rules = BTreeMap::new();
    for endpoint in GROUPS.iter().flat_map(|(_, endpoints)| endpoints()) {
        let method = endpoint.method.as_str().to_ascii_lowercase();
        let content = &description["paths"][endpoint.path][&method]["responses"]["200"]["content"];
        let rule = Rule {
            answer: content["application/json"]["schema"].clone(),
            is_live: endpoint.is_live,
            is_file: !endpoint.files.is_empty(),
            record: endpoint.record,
            takes_key: endpoint.takes_key,
            params: endpoint.params,
        };
        rules.insert((endpoint.path, endpoint.method), rule);
    }
    (description, rules)
});

/// The description, made once.
pub fn description() -> &'static Value {
    &KNOWN.0
}

/// Lets a request through to its handler, and its answer out.
pub async fn gate(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match pass(state, request, next).await {
        Ok(response) => response,
        Err(failure) => failure.into_response(),
    }
}

async fn pass(state: AppState, mut request: Request, next: Next) -> Result<Response, Failure> {
    let Some(rule) = rule_of(&request) else { return Ok(next.run(request).await) };
    let reader = Reader::of(request.uri(), request.headers());
    let known = who(&state, &reader).await?;
    let account = known.as_ref().map_or(0, |(session, _)| session.actor.id);
    if let Err(seconds) = state.buckets.take(account, state.config.api_per_minute, Instant::now()) {
        let wait = [(header::RETRY_AFTER, seconds)];
        return Ok((wait, Failure::TooMany(seconds)).into_response());
    }
    let wanted = check_query(rule, &request)?;
    let tag = known.as_ref().filter(|_| !rule.is_live).map(|(session, head)| {
        let today = state.today().to_string();
        tag_of(&reader, (session, *head), &today)
    });
    let once = match once::key_of(&request)? {
        Some(_) if !rule.takes_key => return Err(Failure::bad("Idempotency-Key")),
        Some(key) => known.as_ref().map(|(session, _)| (session.clone(), key)),
        None => None,
    };
    if let Some((session, head)) = known {
        if let Some(expected) = expected(rule, &request, head)? {
            request.extensions_mut().insert(expected);
        }
        request.extensions_mut().insert(Known(session));
    }
    if let Some(once) = once {
        return once::once(state, once, request, next).await;
    }
    if *request.method() != Method::GET {
        return Ok(next.run(request).await);
    }
    let names = if_none_match(request.headers());
    if let Some(tag) = tag.as_ref().filter(|tag| names.contains(tag)) {
        return Ok(unchanged(tag));
    }
    let response = next.run(request).await;
    finish(response, wanted, tag, &names).await
}

fn rule_of(request: &Request) -> Option<&'static Rule> {
    let path = request.extensions().get::<MatchedPath>()?.as_str();
    let method = match *request.method() {
        Method::HEAD => Method::GET,
        ref method => method.clone(),
    };
    let mut rules = KNOWN.1.iter();
    rules.find(|((known, of), _)| *known == path && *of == method).map(|(_, rule)| rule)
}

/// The session, and how many entries the journal has.
async fn who(state: &AppState, reader: &Reader) -> Result<Option<(Arc<Session>, i64)>, Failure> {
    let Some(token) = reader.session_token.clone() else { return Ok(None) };
    let state = state.clone();
    let find = move || {
        let head = state.desk.head()?;
        match session::find(&state, &token) {
            Ok(session) => Ok(Some((Arc::new(session), head))),
            Err(Failure::SignIn) => Ok(None),
            Err(failure) => Err(failure),
        }
    };
    off_thread(find).await?
}

/// Refuses what the address may not ask; gives the parts of the answer that are wanted.
fn check_query(rule: &Rule, request: &Request) -> Result<Option<Wanted>, Failure> {
    let pairs = read_pairs(request.uri().query().unwrap_or_default().as_bytes());
    let mut wanted = None;
    for (at, (name, value)) in pairs.iter().enumerate() {
        let all = rule.params.iter().chain(&COMMON).chain([&FIELDS]);
        let Some(param) = all.into_iter().find(|param| param.name == name) else {
            return Err(Failure::bad(format!("{name}={value}")));
        };
        let came_before = pairs[..at].iter().any(|(before, _)| before == name);
        if came_before && !param.repeats {
            return Err(Failure::bad(format!("{name}={value}")));
        }
        param.check(value)?;
        if name == FIELDS.name {
            let read = Wanted::read(value).filter(|_| !rule.is_file && !rule.answer.is_null());
            let read = read.ok_or_else(|| Failure::bad(format!("fields={value}")))?;
            if let Some(unknown) = read.unknown(description(), &rule.answer) {
                return Err(Failure::bad(format!("fields={unknown}")));
            }
            wanted = Some(read);
        }
        if name == AS_OF && *request.method() == Method::POST {
            return Err(Failure::bad(format!("{AS_OF}={value}")));
        }
    }
    Ok(wanted)
}

/// `"SEQ-HASH"`: how many entries there were, and everything else the answer depends on.
fn tag_of(reader: &Reader, (session, head): (&Session, i64), today: &str) -> String {
    let mut hash = Sha256::new();
    let actor = serde_json::to_vec(&session.actor).unwrap_or_default();
    let lang = reader.t.lang.tag().as_bytes();
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let money = reader.t.money.code().as_bytes();
    let as_of = reader.as_of.as_deref().unwrap_or_default().as_bytes();
    for part in [&actor[..], lang, money, version, today.as_bytes(), as_of, reader.here.as_bytes()]
    {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    quoted(head, &hex::encode(&hash.finalize()[..8]))
}

fn quoted(head: i64, hash: &str) -> String {
    format!("\"{head}-{hash}\"")
}

fn if_none_match(headers: &HeaderMap) -> Vec<String> {
    tags(headers, header::IF_NONE_MATCH)
}

/// Tags of a header, without the sign of weak ones.
fn tags(headers: &HeaderMap, name: header::HeaderName) -> Vec<String> {
    let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let tags = lines.flat_map(|line| line.split(',')).map(str::trim);
    tags.map(|tag| tag.strip_prefix("W/").unwrap_or(tag).to_owned()).collect()
}

/// What `If-Match` says of the record the path names.
fn expected(rule: &Rule, request: &Request, head: i64) -> Result<Option<Expected>, Failure> {
    let named = tags(request.headers(), header::IF_MATCH);
    let (Some((table, name)), [tag, ..]) = (rule.record, named.as_slice()) else {
        return Ok(None);
    };
    if tag == "*" {
        return Ok(None);
    }
    let number = tag.trim_matches('"').split('-').next().and_then(|number| number.parse().ok());
    let entries: i64 = number.filter(|entries| *entries <= head).ok_or(Failure::Changed)?;
    let pattern = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let brace = format!("{{{name}}}");
    let at = pattern.unwrap_or_default().split('/').position(|part| part == brace);
    let id = at.and_then(|at| request.uri().path().split('/').nth(at)?.parse().ok());
    let table = Table::ALL.into_iter().find(|known| known.name() == table);
    let (Some(table), Some(id)) = (table, id) else { return Ok(None) };
    Ok(Some(Expected(Expectation { entries, table, id })))
}

fn unchanged(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    set_tag(&mut response, tag);
    response
}

fn set_tag(response: &mut Response, tag: &str) {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    let depends = HeaderValue::from_static("Authorization, Cookie, Accept-Language");
    response.headers_mut().append(header::VARY, depends);
}

/// Tags an answer, and leaves out what was not asked for.
async fn finish(
    response: Response,
    wanted: Option<Wanted>,
    tag: Option<String>,
    names: &[String],
) -> Result<Response, Failure> {
    if response.status() != StatusCode::OK {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let (body, tag) = match (wanted, tag) {
        (None, Some(tag)) => (body, tag),
        (wanted, tag) => {
            let bytes = to_bytes(body, ANSWER_BYTES_MAX).await.map_err(Failure::internal)?;
            let tag = tag
                .unwrap_or_else(|| format!("\"{}\"", hex::encode(&Sha256::digest(&bytes)[..12])));
            let bytes = match &wanted {
                Some(wanted) => {
                    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PART));
                    parts.headers.remove(header::CONTENT_LENGTH);
                    picked(&bytes, wanted)?
                }
                None => bytes,
            };
            (Body::from(bytes), tag)
        }
    };
    if names.contains(&tag) {
        return Ok(unchanged(&tag));
    }
    let mut response = Response::from_parts(parts, body);
    set_tag(&mut response, &tag);
    Ok(response)
}

fn picked(bytes: &Bytes, wanted: &Wanted) -> Result<Bytes, Failure> {
    let value: Value = serde_json::from_slice(bytes).map_err(Failure::internal)?;
    Ok(wanted.pick(value).to_string().into())
}
