//! Signing in and out. In a sample ledger one button signs in as one of its posts.

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use tici_domain::{Lang, Role};
use tici_ops::{
    OpsError,
    accounts::{self, SignedIn},
};

use super::Page;
use crate::{
    AppState, Failure, Fields, Posted, Rendered, Shell, T,
    frame::region,
    reader::{Choices, FORM_COOKIE, Reader, private_cookie},
    session::{self, same_token},
    visit::off_thread,
};

pub const PAGE: Page = Page { id: "sign-in", nav: None, routes };

fn routes() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(show).post(with_password))
        .route("/sign-in/sample", post(as_sample))
        .route("/sign-out", post(sign_out))
}

/// The form's own cookie lives as long as somebody may look at the page.
const FORM_SECONDS: u64 = 86_400;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    shell: Shell,
    t: T,
    login: String,
    next: String,
    /// The language asked for in this page's address, to be kept with the account.
    lang: String,
    /// What went wrong with the last try; empty at first.
    problem: String,
    samples: Vec<SampleButton>,
}

/// One post of the sample.
struct SampleButton {
    login: String,
    post: String,
    role: String,
}

#[derive(Deserialize)]
struct Asked {
    next: Option<String>,
}

async fn show(
    State(state): State<AppState>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let next = asked.next.unwrap_or_default();
    form(state, reader, Form { next, ..Form::default() }).await
}

/// What the form shows again after a try.
#[derive(Default)]
struct Form {
    login: String,
    next: String,
    /// As the posted form had it.
    lang: Option<Lang>,
    problem: &'static str,
}

async fn form(state: AppState, reader: Reader, form: Form) -> Result<Response, Failure> {
    let t = reader.t;
    let desk = state.desk.clone();
    let read = off_thread(move || {
        let snapshot = desk.snapshot()?;
        Ok::<_, OpsError>((region(&snapshot), accounts::sample_accounts(&desk)?))
    });
    let (region, actors) = read.await??;
    let token = match reader.form_token {
        Some(token) => token,
        None => session::new_token()?,
    };
    let shell = Shell {
        theme: reader.theme,
        region: region.get(t.lang).to_owned(),
        sample: !actors.is_empty(),
        csrf: token.clone(),
        here: reader.here,
        ..Shell::bare(t, "sign-in", t.t("signin-title"))
    };
    let button = |actor: tici_domain::Actor| SampleButton {
        post: actor.title.get(t.lang).to_owned(),
        role: t.t(role_note(actor.role)),
        login: actor.login,
    };
    let problem = if form.problem.is_empty() { String::new() } else { t.t(form.problem) };
    let page = SignInPage {
        shell,
        t,
        login: form.login,
        next: form.next,
        lang: reader.asked.lang.or(form.lang).map_or("", |lang| lang.tag()).to_owned(),
        problem,
        samples: actors.into_iter().map(button).collect(),
    };
    let cookie = private_cookie(FORM_COOKIE, &token, FORM_SECONDS, state.config.secure_cookies);
    Ok(([(header::SET_COOKIE, cookie)], Rendered(page)).into_response())
}

/// What a post may do, in a few words, beside its button.
fn role_note(role: Role) -> &'static str {
    match role {
        Role::Reader => "signin-may-reader",
        Role::Reporter => "signin-may-reporter",
        Role::ProjectOffice => "signin-may-project-office",
        Role::AssessmentOffice => "signin-may-assessment-office",
        Role::Auditor => "signin-may-auditor",
        Role::Administrator => "signin-may-administrator",
    }
}

async fn with_password(
    State(state): State<AppState>,
    reader: Reader,
    fields: Fields,
) -> Result<Response, Failure> {
    check_form(&reader, &fields)?;
    let (login, now) = (fields.get("login").to_owned(), state.now());
    let (next, lang) = (fields.get("next").to_owned(), Lang::parse(fields.get("lang")));
    if state.tries.must_wait(&login, now) {
        return form(state, reader, Form { login, next, lang, problem: "signin-wait" }).await;
    }
    let (desk, password) = (state.desk.clone(), fields.get("password").to_owned());
    let name = login.clone();
    let attempt = move || accounts::sign_in(&desk, &name, &password, now);
    match off_thread(attempt).await? {
        Ok(signed_in) => {
            state.tries.succeeded(&login);
            enter(state, signed_in, lang, &next).await
        }
        Err(OpsError::SignInRefused) => {
            state.tries.failed(&login, now);
            form(state, reader, Form { login, next, lang, problem: "signin-refused" }).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn as_sample(
    State(state): State<AppState>,
    reader: Reader,
    fields: Fields,
) -> Result<Response, Failure> {
    check_form(&reader, &fields)?;
    let (desk, now) = (state.desk.clone(), state.now());
    let login = fields.get("login").to_owned();
    let attempt = move || accounts::sign_in_sample(&desk, &login, now);
    let signed_in = off_thread(attempt).await??;
    let lang = Lang::parse(fields.get("lang"));
    enter(state, signed_in, lang, fields.get("next")).await
}

async fn sign_out(
    State(state): State<AppState>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Failure> {
    let token = crate::reader::cookie(&headers, crate::reader::SESSION_COOKIE).unwrap_or_default();
    posted.visit.run(move |desk, _| accounts::sign_out(desk, &token)).await?;
    let cookie = session::no_cookie(&state);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

/// Before there is a session, the form is tied to the cookie that came with it.
fn check_form(reader: &Reader, fields: &Fields) -> Result<(), Failure> {
    let cookie = reader.form_token.as_deref().unwrap_or_default();
    let is_ours = !cookie.is_empty() && same_token(cookie, fields.get("csrf"));
    if is_ours { Ok(()) } else { Err(Failure::FormStale) }
}

/// Leads on, in the language the account has chosen on whatever machine. One chosen on the
/// sign-in page itself goes before it, and is the account's from now on.
async fn enter(
    state: AppState,
    signed_in: SignedIn,
    lang: Option<Lang>,
    next: &str,
) -> Result<Response, Failure> {
    let cookie = session::cookie(&state, &signed_in.token);
    let read = off_thread(move || {
        session::keep_choices(&state, &signed_in.session, Choices { lang, money: None })?;
        session::choices(&state, &signed_in.session)
    });
    let chosen = read.await??;
    let mut response = ([(header::SET_COOKIE, cookie)], Redirect::to(local(next))).into_response();
    for cookie in chosen.cookies() {
        let value = HeaderValue::from_str(&cookie).map_err(Failure::internal)?;
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// Only an address of this server: never one that leads elsewhere.
fn local(next: &str) -> &str {
    let is_local = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/sign-")
        && !next.contains(['\\', '\r', '\n']);
    if is_local { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn the_way_back_never_leaves_the_house() {
        let cases = [
            ("/projects?tier=city", "/projects?tier=city"),
            ("//elsewhere.example", "/"),
            ("https://elsewhere.example", "/"),
            ("/\\elsewhere.example", "/"),
            ("/sign-in", "/"),
            ("", "/"),
        ];
        for (asked, given) in cases {
            assert_eq!(local(asked), given);
        }
    }
}
