//! A request of somebody signed in: the extractor every page starts from.

use axum::{
    RequestExt,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, OptionalFromRequestParts, Request},
    http::request::Parts,
    response::{Html as HtmlResponse, IntoResponse, Response},
};
use jiff::civil::Date;
use std::{
    any::Any,
    convert::Infallible,
    sync::{Arc, OnceLock},
};
use tici_domain::{Period, Problem};
use tici_ops::{Desk, OpsError, Session};

use crate::{
    AppState, done,
    error::Failure,
    frame::FrameFacts,
    i18n::T,
    looking_back::Moment,
    period_chooser::PeriodChooser,
    reader::{Choices, Reader},
    session,
    shell::Shell,
};

/// Who asks, in which language, and everything needed to answer.
pub struct Visit {
    pub state: AppState,
    pub session: Arc<Session>,
    pub t: T,
    pub today: Date,
    pub facts: Arc<FrameFacts>,
    /// The frame of the page, to be given its name.
    frame: Shell,
}

/// Where the extractor leaves the reader's frame, so that an error page has it too.
#[derive(Clone, Default)]
pub struct FrameSlot(pub Arc<OnceLock<Shell>>);

impl Visit {
    /// The frame of page `id` with its title.
    pub fn shell(&self, id: &'static str, title: impl Into<String>) -> Shell {
        Shell { page: id, title: title.into(), ..self.frame.clone() }
    }

    /// The frame of a page that looks through `period`, with the way to other months.
    /// `address` is the page's own, with what else it asks for.
    pub fn shell_of_period(
        &self,
        id: &'static str,
        title: impl Into<String>,
        (address, period): (&str, Period),
    ) -> Shell {
        let chooser = PeriodChooser::new(self.t, address, &self.facts.months, period);
        Shell { period: self.t.period(period), periods: Some(chooser), ..self.shell(id, title) }
    }

    /// Path and query of this page, without what is kept elsewhere.
    pub fn here(&self) -> &str {
        &self.frame.here
    }

    /// Runs one operation off the async threads.
    pub async fn run<R, F>(&self, op: F) -> Result<R, Failure>
    where
        R: Send + 'static,
        F: FnOnce(&Desk, &Session) -> Result<R, OpsError> + Send + 'static,
    {
        let (desk, session) = (self.state.desk.clone(), self.session.clone());
        Ok(off_thread(move || op(&desk, &session)).await??)
    }

    /// Refuses a form that this session did not hand out.
    pub fn check_csrf(&self, token: &str) -> Result<(), Failure> {
        let is_ours = !token.is_empty() && session::same_token(token, &self.session.csrf);
        if is_ours { Ok(()) } else { Err(Failure::FormStale) }
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Visit, Failure> {
        let reader = reader(parts);
        let token = reader.session_token.clone().ok_or(Failure::SignIn)?;
        let for_thread = state.clone();
        let t = reader.t;
        let asked = if reader.is_browser { reader.asked } else { Choices::default() };
        let as_of = reader.as_of.clone();
        let run = off_thread(move || {
            let session = session::find(&for_thread, &token)?;
            session::keep_choices(&for_thread, &session, asked)?;
            let zone = &for_thread.config.zone;
            let moment =
                as_of.map(|text| Moment::read(&text, &for_thread.desk, zone)).transpose()?;
            let state = moment.as_ref().map_or(for_thread.clone(), |past| past.state(&for_thread));
            let today = moment.as_ref().and_then(Moment::day).unwrap_or(state.today());
            let frame = FrameFacts::of(&state, &session, today)?;
            Ok::<_, Failure>((session, frame, moment, state, today))
        });
        let (session, facts, moment, state, today) = run.await??;
        let mut frame = Shell::bare(t, "", String::new());
        frame.theme = reader.theme;
        frame.here = reader.here;
        frame.done = done::words(t, &reader.done);
        frame.as_of = t.moment(state.now(), &state.config.zone);
        frame.past = moment.map_or(String::new(), |past| past.words(t, &state.config.zone));
        facts.fill(&mut frame, &session);
        if let Some(FrameSlot(slot)) = parts.extensions.get::<FrameSlot>() {
            // A second extraction of one request would only set the same again.
            let _ = slot.set(frame.clone());
        }
        Ok(Visit { state, session: Arc::new(session), t, today, facts, frame })
    }
}

/// Runs work off the async threads. What is to be done goes there in a box, so that the
/// machinery of a task is compiled once and not for every page.
pub async fn off_thread<R, F>(work: F) -> Result<R, Failure>
where
    R: Send + 'static,
    F: FnOnce() -> R + Send + 'static,
{
    type Answer = Box<dyn Any + Send>;
    let work: Box<dyn FnOnce() -> Answer + Send> = Box::new(move || Box::new(work()));
    let answer = tokio::task::spawn_blocking(work).await.map_err(Failure::internal)?;
    Ok(*answer.downcast().expect("the work that was sent answers with its own kind"))
}

/// Somebody signed in, or nobody; a page that both may see.
impl OptionalFromRequestParts<AppState> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Option<Visit>, Infallible> {
        let visit = <Visit as FromRequestParts<AppState>>::from_request_parts(parts, state).await;
        Ok(visit.ok())
    }
}

/// Anybody, signed in or not.
impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Failure> {
        Ok(reader(parts))
    }
}

fn reader(parts: &Parts) -> Reader {
    let known = parts.extensions.get::<Reader>().cloned();
    known.unwrap_or_else(|| Reader::of(&parts.uri, &parts.headers))
}

/// The fields of a posted form whose token has been checked.
pub struct Posted {
    pub visit: Visit,
    pub fields: Fields,
}

/// A form as pairs; a field may come more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of a field, trimmed; empty when absent.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The first value of a field as it was sent; empty when absent.
    pub fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }
}

impl FromRequest<AppState> for Posted {
    type Rejection = Failure;

    async fn from_request(mut request: Request, state: &AppState) -> Result<Posted, Failure> {
        let visit = request.extract_parts_with_state::<Visit, _>(state).await?;
        let fields = Fields::from_request(request, state).await?;
        visit.check_csrf(fields.get("csrf"))?;
        Ok(Posted { visit, fields })
    }
}

impl FromRequest<AppState> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Fields, Failure> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| Failure::TooLarge(state.config.upload_bytes_max))?;
        let fields = Fields(read_pairs(&bytes));
        let has_nul =
            |(name, value): &(String, String)| name.contains('\0') || value.contains('\0');
        match fields.0.iter().any(has_nul) {
            true => Err(Failure::Problems(vec![Problem::error("text-has-nul")])),
            false => Ok(fields),
        }
    }
}

/// Reads `application/x-www-form-urlencoded`, forgiving as browsers are.
pub fn read_pairs(bytes: &[u8]) -> Vec<(String, String)> {
    let parts = bytes.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let at = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
            (decode(&part[..at]), decode(part.get(at + 1..).unwrap_or_default()))
        })
        .collect()
}

pub fn decode(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex_digit(*high), hex_digit(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(b'%'),
            },
            (byte, _) => out.push(*byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// A part of a query, percent-encoded.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(byte.into())
            }
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A page, rendered.
pub struct Rendered<P>(pub P);

impl<P: askama::Template> IntoResponse for Rendered<P> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => HtmlResponse(html).into_response(),
            Err(error) => Failure::from(error).into_response(),
        }
    }
}

/// What a page handler returns.
pub type PageResult<P> = Result<Rendered<P>, Failure>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        let cases: [(&str, &[(&str, &str)]); 4] = [
            ("a=1&b=%E6%A2%AF+x", &[("a", "1"), ("b", "梯 x")]),
            ("id=1&id=2", &[("id", "1"), ("id", "2")]),
            ("a", &[("a", "")]),
            ("a=100%&b=%zz", &[("a", "100%"), ("b", "%zz")]),
        ];
        for (text, expected) in cases {
            let pairs = read_pairs(text.as_bytes());
            let pairs: Vec<(&str, &str)> =
                pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(pairs, expected, "{text}");
        }
    }

    #[test]
    fn encoding_reads_back() {
        let text = "砚溪 a&b=c%+";
        assert_eq!(decode(encode(text).as_bytes()), text);
    }
}
