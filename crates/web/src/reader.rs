//! Who is reading, before anything is known of an account: language, theme, cookies.

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use tici_domain::Lang;

use crate::{
    done::DONE,
    i18n::{MoneyStyle, T},
    looking_back::{AS_OF, NOW},
    shell::Theme,
    visit::decode,
};

pub const LANG_COOKIE: &str = "tici_lang";
pub const MONEY_COOKIE: &str = "tici_money";
pub const THEME_COOKIE: &str = "tici_theme";
pub const SESSION_COOKIE: &str = "tici_session";
/// Ties the sign-in form to the browser that asked for it.
pub const FORM_COOKIE: &str = "tici_form";

/// A preference outlives the session by a year.
const PREFERENCE_SECONDS: u64 = 365 * 86_400;

/// Put into every request by [`crate::middleware::faces`].
#[derive(Clone, Debug)]
pub struct Reader {
    pub t: T,
    pub theme: Theme,
    /// Path and query, without `lang`, `money`, `theme` and `done`.
    pub here: String,
    pub wants_json: bool,
    pub session_token: Option<String>,
    pub form_token: Option<String>,
    /// Preferences asked for in the address, to be kept as cookies.
    pub set_cookies: Vec<String>,
    /// What this very address asks for, to be kept with the account.
    pub asked: Choices,
    /// What a form has just done, as the address writes it; empty for nothing.
    pub done: String,
    /// A moment to look back to, as the address writes it.
    pub as_of: Option<String>,
    /// Whether the session came as a cookie: a browser's, not a program's.
    pub is_browser: bool,
}

/// How somebody chose to read; `None` where they did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub lang: Option<Lang>,
    pub money: Option<MoneyStyle>,
}

impl Choices {
    /// The cookies that keep the choices in this browser.
    pub fn cookies(&self) -> Vec<String> {
        let lang = self.lang.map(|lang| preference(LANG_COOKIE, lang.tag()));
        let money = self.money.map(|money| preference(MONEY_COOKIE, money.code()));
        [lang, money].into_iter().flatten().collect()
    }
}

impl Reader {
    /// The language is `?lang=`, else the cookie, else what the browser asks for.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Reader {
        let query = Query::split(uri.query().unwrap_or_default());
        let asked = query.lang.as_deref().and_then(Lang::parse);
        let kept = cookie(headers, LANG_COOKIE).and_then(|tag| Lang::parse(&tag));
        let lang = asked.or(kept).unwrap_or_else(|| accepted(headers));
        let asked_money = query.money.as_deref().and_then(MoneyStyle::parse);
        let kept_money = cookie(headers, MONEY_COOKIE).and_then(|code| MoneyStyle::parse(&code));
        let asked = Choices { lang: asked, money: asked_money };
        let asked_theme = query.theme.as_deref().and_then(Theme::parse);
        let kept_theme = cookie(headers, THEME_COOKIE).and_then(|code| Theme::parse(&code));
        let mut set_cookies = asked.cookies();
        set_cookies.extend(asked_theme.map(|theme| preference(THEME_COOKIE, theme.code())));
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        Reader {
            t: T::new(lang).with_money(asked_money.or(kept_money).unwrap_or_default()),
            theme: asked_theme.or(kept_theme).unwrap_or_default(),
            here: query.here(uri.path()),
            wants_json: uri.path().starts_with("/api/")
                || accept.is_some_and(|accept| accept.starts_with("application/json")),
            session_token: cookie(headers, SESSION_COOKIE).or_else(|| bearer(headers)),
            form_token: cookie(headers, FORM_COOKIE),
            set_cookies,
            asked,
            done: query.done.unwrap_or_default(),
            as_of: query.as_of,
            is_browser: cookie(headers, SESSION_COOKIE).is_some(),
        }
    }
}

/// A query with the preferences taken out. A moment looked back to stays in.
#[derive(Default)]
struct Query {
    lang: Option<String>,
    money: Option<String>,
    theme: Option<String>,
    done: Option<String>,
    as_of: Option<String>,
    rest: String,
}

impl Query {
    fn split(query: &str) -> Query {
        let mut split = Query::default();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some(("lang", value)) => split.lang = Some(value.into()),
                Some(("money", value)) => split.money = Some(value.into()),
                Some(("theme", value)) => split.theme = Some(value.into()),
                Some((DONE, value)) => split.done = Some(value.into()),
                Some((AS_OF, "" | NOW)) => {}
                _ => {
                    if let Some((AS_OF, value)) = part.split_once('=') {
                        split.as_of.get_or_insert(decode(value.as_bytes()));
                    }
                    if !split.rest.is_empty() {
                        split.rest.push('&');
                    }
                    split.rest.push_str(part);
                }
            }
        }
        split
    }

    fn here(&self, path: &str) -> String {
        if self.rest.is_empty() { path.into() } else { format!("{path}?{}", self.rest) }
    }
}

fn preference(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age={PREFERENCE_SECONDS}; SameSite=Lax")
}

/// The value of a cookie; `None` when absent or empty.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// The token of a program. One that comes as a cookie goes before it.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    header.strip_prefix("Bearer ").map(|token| token.trim().to_owned())
}

/// The first language of `Accept-Language` that we speak; Chinese when there is none.
fn accepted(headers: &HeaderMap) -> Lang {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let tags = header.unwrap_or_default().split(',');
    tags.filter_map(|tag| Lang::parse(tag.split(';').next().unwrap_or_default()))
        .next()
        .unwrap_or(Lang::ZhHans)
}

/// A cookie that scripts cannot read; `seconds` 0 deletes it.
pub fn private_cookie(name: &str, value: &str, seconds: u64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("tokens are hex")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_leave_the_address() {
        let uri: Uri = "/projects?tier=city&lang=en&theme=dark&done=plan-set&money=plain&page=2"
            .parse()
            .unwrap();
        let reader = Reader::of(&uri, &HeaderMap::new());
        assert_eq!(reader.here, "/projects?tier=city&page=2");
        assert_eq!(reader.t.lang, Lang::En);
        assert_eq!(reader.theme, Theme::Dark);
        assert_eq!(reader.t.money, MoneyStyle::Plain);
        assert_eq!(reader.done, "plan-set");
        assert_eq!(reader.set_cookies.len(), 3);
    }

    #[test]
    fn the_browser_is_asked_last() {
        let uri: Uri = "/".parse().unwrap();
        let cases = [
            ("zh-TW,zh;q=0.9", "", Lang::ZhHant),
            ("fr, en-GB;q=0.8", "", Lang::En),
            ("fr", "", Lang::ZhHans),
            ("en", "a=b; tici_lang=zh-Hans", Lang::ZhHans),
        ];
        for (accept, cookies, lang) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            headers.insert(header::COOKIE, cookies.parse().unwrap());
            assert_eq!(Reader::of(&uri, &headers).t.lang, lang, "{accept} {cookies}");
        }
    }
}
