//! 标准交换: projects in the forms that others read, with what each form cannot carry, and
//! files of those standards looked at and read in.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use tici_domain::{Basis, Problem};
use tici_ops::files::standards::{Choices, Crs, Incoming, Standard};
use tici_ops::import::{ImportOptions, RowFate};
use tici_ops::import_projects::ImportOutcome;
use tici_ops::import_standard::import_standard;
use tici_ops::publish_projects::{
    PublishQuery, Published, publish_projects, standard_file, standard_notes,
};
use tici_ops::{Action, OpsError, permission::role_has};

use super::{Nav, Page};
use crate::{AppState, Failure, PageResult, Rendered, Shell, T, Visit};

pub const PAGE: Page = Page {
    id: "standards",
    nav: Some(Nav { group: "nav-data", href: "/standards", icon: "map" }),
    routes,
};

fn routes() -> Router<AppState> {
    Router::new()
        .route("/standards", get(show).post(hand_in))
        .route("/standards/export/{standard}", get(download))
        .layer(DefaultBodyLimit::disable())
}

/// Problems shown of a file; the command lists all.
const PROBLEMS_SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "standards.html")]
struct StandardsView {
    shell: Shell,
    t: T,
    count: String,
    outgoing: Vec<Outgoing>,
    systems: Vec<(&'static str, String)>,
    may_export: bool,
    may_import: bool,
    incoming: Option<HandedIn>,
    limit: String,
}

/// One standard that goes out.
struct Outgoing {
    code: &'static str,
    title: String,
    about: String,
    has_systems: bool,
    notes: Vec<(String, String)>,
}

/// What came of a file.
struct HandedIn {
    file: String,
    said: String,
    written: bool,
    stopped: bool,
    /// Severity, place, words, way forward.
    problems: Vec<(&'static str, String, String, String)>,
    more: String,
}

async fn show(visit: Visit) -> PageResult<StandardsView> {
    page(visit, None).await
}

async fn page(visit: Visit, incoming: Option<HandedIn>) -> PageResult<StandardsView> {
    let t = visit.t;
    let may = |action| role_has(visit.session.actor.role, action);
    let (may_export, may_import) = (may(Action::ExportProjects), may(Action::ImportProjects));
    let (today, now) = (visit.today, visit.state.now());
    let published = match may_export {
        true => Some(
            visit
                .run(move |desk, session| {
                    let query = PublishQuery::default();
                    let published = publish_projects(desk, session, &query, (today, now))?;
                    let notes = Standard::ALL.map(|standard| noted(&published, standard));
                    Ok((published.records.len(), notes))
                })
                .await?,
        ),
        false => None,
    };
    let (count, notes) = published.unwrap_or((0, Default::default()));
    let outgoing = Standard::ALL.into_iter().zip(notes).map(|(standard, notes)| Outgoing {
        code: standard.code(),
        title: t.t(&format!("standard-is-{}", standard.code())),
        about: t.t(&format!("standard-is-{}-about", standard.code())),
        has_systems: standard == Standard::Geojson,
        notes: notes.iter().map(|note| (t.problem(note), t.problem_fix(note))).collect(),
    });
    let system = |crs: Crs| (crs.code(), t.t(&format!("standard-crs-{}", crs.code())));
    let megabytes = visit.state.config.upload_bytes_max >> 20;
    Ok(Rendered(StandardsView {
        shell: visit.shell("standards", t.t("nav-standards")),
        count: t.t1("standard-count", &[("n", &count)]),
        outgoing: outgoing.collect(),
        systems: Crs::ALL.map(system).to_vec(),
        may_export,
        may_import,
        incoming,
        limit: t.t1("import-form-limit", &[("max", &megabytes)]),
        t,
    }))
}

fn noted(published: &Published, standard: Standard) -> Vec<Problem> {
    standard_notes(published, standard, choices(None))
}

fn choices(crs: Option<Crs>) -> Choices {
    Choices { crs: crs.unwrap_or(Crs::Wgs84), basis: Basis::Reported }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    crs: String,
    #[serde(default)]
    public: String,
}

/// `/standards/export/oc4ids?public=1`
async fn download(
    visit: Visit,
    Path(standard): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let standard = Standard::parse(&standard)
        .ok_or_else(|| Failure::from(OpsError::not_found("format", standard)))?;
    let crs = match asked.crs.as_str() {
        "" => None,
        code => Some(Crs::parse(code).ok_or_else(|| Failure::bad(code))?),
    };
    let bytes = standard_of(&visit, standard, crs, !asked.public.is_empty()).await?;
    let name = format!("{}-{}.{}", standard.code(), visit.today, standard.extension());
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(standard.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("plain letters")),
    ];
    Ok((headers, bytes).into_response())
}

/// The file of a standard with all that the reader may see, names in the reader's language.
pub(crate) async fn standard_of(
    visit: &Visit,
    standard: Standard,
    crs: Option<Crs>,
    public: bool,
) -> Result<Vec<u8>, Failure> {
    let (today, now, lang) = (visit.today, visit.state.now(), visit.t.lang);
    visit
        .run(move |desk, session| {
            let query = PublishQuery { public, lang: Some(lang), ..PublishQuery::default() };
            let published = publish_projects(desk, session, &query, (today, now))?;
            Ok(standard_file(&published, standard, choices(crs)).0)
        })
        .await
}

/// What a file may be of, by the form's and the API's word for it.
pub(crate) fn incoming(kind: &str, crs: &str) -> Option<Incoming> {
    match kind {
        "oc4ids" => Some(Incoming::Oc4ids),
        "ocds" => Some(Incoming::Ocds),
        "geojson" => Some(Incoming::Geojson(Crs::parse(crs))),
        _ => None,
    }
}

/// The form as it was sent.
#[derive(Default)]
struct Sent {
    csrf: String,
    kind: String,
    crs: String,
    reason: String,
    places: bool,
    write: bool,
    file: String,
    bytes: Vec<u8>,
}

async fn sent(mut parts: Multipart, bytes_max: usize) -> Result<Sent, Failure> {
    let mut sent = Sent::default();
    let too_large = |_| Failure::TooLarge(bytes_max);
    while let Some(part) = parts.next_field().await.map_err(too_large)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.file = super::import::upload::file_name(&part);
        }
        let bytes = part.bytes().await.map_err(too_large)?;
        if sent.bytes.len() + bytes.len() > bytes_max {
            return Err(Failure::TooLarge(bytes_max));
        }
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "csrf" => sent.csrf = text(),
            "kind" => sent.kind = text(),
            "crs" => sent.crs = text(),
            "reason" => sent.reason = text(),
            "places" => sent.places = true,
            "act" => sent.write = text() == "write",
            "file" => sent.bytes = bytes.to_vec(),
            _ => {}
        }
    }
    Ok(sent)
}

/// Looks at a file, or reads it into the ledger, as the button says.
async fn hand_in(visit: Visit, parts: Multipart) -> PageResult<StandardsView> {
    let sent = sent(parts, visit.state.config.upload_bytes_max).await?;
    visit.check_csrf(&sent.csrf)?;
    let incoming = incoming(&sent.kind, &sent.crs).ok_or_else(|| Failure::bad(&sent.kind))?;
    let (file, write, now) = (sent.file.clone(), sent.write, visit.state.now());
    let looked = visit
        .run(move |desk, session| {
            let options = ImportOptions {
                create_places: sent.places,
                reason: (!sent.reason.is_empty()).then_some(sent.reason),
                ..ImportOptions::default()
            };
            let files = [(sent.file, sent.bytes)];
            let (of, at) = ((incoming, files.as_slice()), write.then_some(now));
            let outcome = import_standard(desk, session, of, &options, at);
            match outcome {
                Err(OpsError::Problems(problems)) => Ok(Err(problems)),
                other => other.map(Ok),
            }
        })
        .await?;
    let handed = handed_in(visit.t, file, looked, write);
    page(visit, Some(handed)).await
}

fn handed_in(
    t: T,
    file: String,
    looked: Result<ImportOutcome, Vec<Problem>>,
    write: bool,
) -> HandedIn {
    let (said, problems, writes) = match &looked {
        Ok(outcome) => {
            let count = |fate| outcome.count(fate);
            let (new, changed) = (count(RowFate::New), count(RowFate::Changed));
            let (same, out) = (count(RowFate::Unchanged), count(RowFate::LeftOut));
            let said = t.t1(
                "standard-rows",
                &[("new", &new), ("changed", &changed), ("same", &same), ("out", &out)],
            );
            (said, &outcome.problems, outcome.writes)
        }
        Err(problems) => (String::new(), problems, 0),
    };
    let stopped = Problem::any_error(problems);
    let end = match (stopped, write, writes) {
        (true, ..) => t.t("standard-stopped"),
        (_, _, 0) => t.t("standard-nothing"),
        (_, true, _) => t.t1("standard-written", &[("writes", &writes)]),
        (_, false, _) => t.t1("standard-would-write", &[("writes", &writes)]),
    };
    let shown = problems.iter().take(PROBLEMS_SHOWN).map(|problem| {
        let severity = match problem.severity {
            tici_domain::Severity::Error => "bad",
            tici_domain::Severity::Warning => "warn",
        };
        (severity, t.problem_place(problem), t.problem(problem), t.problem_fix(problem))
    });
    let more = problems.len().saturating_sub(PROBLEMS_SHOWN);
    HandedIn {
        file,
        said: [said, end].join(" ").trim().to_owned(),
        written: write && !stopped && writes > 0,
        stopped,
        problems: shown.collect(),
        more: if more > 0 { t.t1("standard-more", &[("n", &more)]) } else { String::new() },
    }
}
