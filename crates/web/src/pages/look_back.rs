//! 回看: chooses a moment of the past for the page somebody comes from.

use askama::Template;
use axum::{Router, extract::RawQuery, routing::get};
use jiff::{ToSpan, civil::Date};

use super::Page;
use crate::{
    Fields, PageResult, Rendered, Shell, T, Visit,
    looking_back::{AS_OF, NOW},
    visit::{encode, read_pairs},
};

pub const PAGE: Page =
    Page { id: "look-back", nav: None, routes: || Router::new().route("/look-back", get(show)) };

#[derive(Template)]
#[template(path = "look_back.html")]
struct LookBackView {
    shell: Shell,
    t: T,
    /// Path of the page that is to look back, and the rest of its address.
    action: String,
    kept: Vec<(String, String)>,
    today: String,
    choices: Vec<Choice>,
    now: String,
}

/// A moment that is often asked for.
struct Choice {
    href: String,
    name: String,
    day: String,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<LookBackView> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let next = fields.get("next");
    // Only pages of this very site; the first page for anything else.
    let is_ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let next = if is_ours { next } else { "/" };
    let (action, query) = next.split_once('?').unwrap_or((next, ""));
    let mut kept = read_pairs(query.as_bytes());
    kept.retain(|(name, _)| !matches!(name.as_str(), AS_OF | "page"));
    let (t, today) = (visit.t, visit.today);
    let href = |moment: &str| {
        let pairs = kept.iter().map(|(name, value)| format!("{}={}&", encode(name), encode(value)));
        format!("{action}?{}{AS_OF}={moment}", pairs.collect::<String>())
    };
    let choice = |(key, day): (&str, Date)| Choice {
        href: href(&day.to_string()),
        name: t.t(key),
        day: t.day_of_week(day),
    };
    let choices = moments(today).into_iter().map(choice).collect();
    Ok(Rendered(LookBackView {
        shell: visit.shell("look-back", t.t("look-back-title")),
        t,
        now: href(NOW),
        action: action.to_owned(),
        today: today.to_string(),
        choices,
        kept,
    }))
}

/// Yesterday, a week ago, the day returns close, and the ends of months and of the year.
fn moments(today: Date) -> Vec<(&'static str, Date)> {
    let month = today.first_of_month();
    let twentieth = month.saturating_add(19.days());
    let twentieth = if twentieth < today { twentieth } else { twentieth.saturating_sub(1.month()) };
    vec![
        ("look-back-yesterday", today.saturating_sub(1.day())),
        ("look-back-week", today.saturating_sub(7.days())),
        ("look-back-twentieth", twentieth),
        ("look-back-month", month.saturating_sub(1.day())),
        ("look-back-year", today.first_of_year().saturating_sub(1.day())),
    ]
}
