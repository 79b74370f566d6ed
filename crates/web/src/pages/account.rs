//! The reader's own page: language, how money is written, colours, password, signing out.

use askama::Template;
use axum::{
    Router,
    extract::Query,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use tici_domain::{Lang, Problem};
use tici_ops::{OpsError, accounts, calendar};

use super::Page;
use crate::{AppState, Failure, Posted, Rendered, Shell, T, Visit, i18n::MoneyStyle, shell::Theme};

pub const PAGE: Page = Page { id: "account", nav: None, routes };

fn routes() -> Router<AppState> {
    Router::new()
        .route("/account", get(show))
        .route("/account/preferences", post(keep_preferences))
        .route("/account/password", post(change_password))
        .route("/account/calendar", post(keep_calendar))
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    shell: Shell,
    t: T,
    login: String,
    role: String,
    /// The place the account works in; empty for everywhere.
    place: String,
    langs: Vec<Choice>,
    moneys: Vec<Choice>,
    themes: Vec<Choice>,
    password_chars_min: usize,
    has_calendar: bool,
    /// The secret address, on the one page that shows it.
    calendar: String,
    /// Said after a form has done its work.
    done: String,
    problems: Vec<String>,
}

struct Choice {
    code: &'static str,
    name: String,
    is_set: bool,
}

#[derive(Deserialize)]
struct Asked {
    done: Option<String>,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let done = match asked.done.as_deref() {
        Some("password") => visit.t.t("account-password-done"),
        Some("calendar") => visit.t.t("account-calendar-revoked"),
        Some("preferences") => visit.t.t("account-preferences-done"),
        _ => String::new(),
    };
    page(visit, done, Vec::new()).await
}

async fn page(visit: Visit, done: String, problems: Vec<Problem>) -> Result<Response, Failure> {
    page_with(visit, done, problems, String::new()).await
}

async fn page_with(
    visit: Visit,
    done: String,
    problems: Vec<Problem>,
    calendar: String,
) -> Result<Response, Failure> {
    let t = visit.t;
    let (place, has_calendar) = visit
        .run(|desk, session| {
            let snapshot = desk.snapshot()?;
            let place = session.actor.place.and_then(|id| snapshot.places.get(&id));
            let has_calendar = calendar::has_calendar(desk, session)?;
            Ok((place.map(|place| place.name.clone()), has_calendar))
        })
        .await?;
    let shell = visit.shell("account", t.t("account-title"));
    let langs = [("简体中文", Lang::ZhHans), ("繁體中文", Lang::ZhHant), ("English", Lang::En)];
    let lang = |(name, lang): (&str, Lang)| Choice {
        code: lang.tag(),
        name: name.into(),
        is_set: lang == t.lang,
    };
    let money = |style: MoneyStyle| Choice {
        code: style.code(),
        name: t.t(&format!("account-money-{}", style.code())),
        is_set: style == t.money,
    };
    let theme = |theme: Theme| Choice {
        code: theme.code(),
        name: t.t(&format!("account-theme-{}", theme.code())),
        is_set: theme == shell.theme,
    };
    let page = AccountPage {
        login: visit.session.actor.login.clone(),
        role: t.role(visit.session.actor.role),
        place: place.map_or_else(String::new, |name| name.get(t.lang).to_owned()),
        langs: langs.into_iter().map(lang).collect(),
        moneys: MoneyStyle::ALL.into_iter().map(money).collect(),
        themes: Theme::ALL.into_iter().map(theme).collect(),
        password_chars_min: accounts::PASSWORD_CHARS_MIN,
        has_calendar,
        calendar,
        done,
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        shell,
        t,
    };
    Ok(Rendered(page).into_response())
}

/// Kept by the address the answer leads to, like everywhere else: in cookies, and language
/// and money with the account.
async fn keep_preferences(posted: Posted) -> Redirect {
    let lang = Lang::parse(posted.fields.get("lang")).unwrap_or(posted.visit.t.lang);
    let theme = Theme::parse(posted.fields.get("theme")).unwrap_or_default();
    let money = MoneyStyle::parse(posted.fields.get("money")).unwrap_or(posted.visit.t.money);
    let (lang, theme, money) = (lang.tag(), theme.code(), money.code());
    let next = format!("/account?done=preferences&lang={lang}&money={money}&theme={theme}");
    Redirect::to(&next)
}

/// Makes, renews or revokes the secret address of the account's calendar. The address is on
/// the answer's page and nowhere else: only its hash is kept.
async fn keep_calendar(headers: HeaderMap, posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    if fields.get("do") == "revoke" {
        visit.run(calendar::revoke_calendar).await?;
        return Ok(Redirect::to("/account?done=calendar").into_response());
    }
    let secret = visit.run(calendar::renew_calendar).await?;
    let base = super::calendar::base(&visit.state, &headers);
    let done = visit.t.t("account-calendar-made");
    page_with(visit, done, Vec::new(), format!("{base}/calendar/{secret}.ics")).await
}

async fn change_password(posted: Posted) -> Result<Response, Failure> {
    let Posted { visit, fields } = posted;
    let (old, new) = (fields.get("old").to_owned(), fields.get("new").to_owned());
    if new != fields.get("again") {
        let problem = Problem::error("account-password-differs");
        return page(visit, String::new(), vec![problem]).await;
    }
    let now = visit.state.now();
    let set = visit
        .run(move |desk, session| {
            let passwords = (Some(old.as_str()), new.as_str());
            match accounts::set_password(desk, session, session.actor.id, passwords, now) {
                Err(OpsError::Problems(problems)) => Ok(Err(problems)),
                other => other.map(Ok),
            }
        })
        .await?;
    match set {
        Ok(()) => Ok(Redirect::to("/account?done=password").into_response()),
        Err(problems) => page(visit, String::new(), problems).await,
    }
}
