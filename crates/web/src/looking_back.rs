//! An address that looks back: `as_of` in it shows any page as it was known at that moment,
//! and leads to addresses that look back as well.

use jiff::{civil::Date, tz::TimeZone};
use tici_domain::Problem;
use tici_ops::{Desk, OpsError, as_of::AsOf};

use crate::{AppState, Failure, i18n::T};

/// The name in an address.
pub const AS_OF: &str = "as_of";

/// Its value for the ledger as it stands: the way back.
pub const NOW: &str = "now";

/// Pages that look at everything ever written, or at the reader, whatever the moment.
const ALWAYS_NOW: [&str; 8] = [
    "/static/",
    "/journal/verify",
    "/account",
    "/sign-",
    "/import",
    "/look-back",
    "/calendar",
    "/rules",
];

/// A moment that a request looks back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    as_of: AsOf,
    pub entries: i64,
}

impl Moment {
    /// Reads what an address asks for, in the clock of the office.
    pub fn read(text: &str, desk: &Desk, zone: &TimeZone) -> Result<Moment, Failure> {
        let as_of = AsOf::parse(text, zone).ok_or_else(|| {
            Failure::from(OpsError::Problems(vec![
                Problem::error("looking-back-unreadable").arg("asked", text),
            ]))
        })?;
        Ok(Moment { as_of, entries: as_of.entries(desk)? })
    }

    /// The state whose desk looks back.
    pub fn state(&self, state: &AppState) -> AppState {
        AppState { desk: state.desk.looking_back(self.entries).into(), ..state.clone() }
    }

    /// The day that counts as today.
    pub fn day(&self) -> Option<Date> {
        self.as_of.day()
    }

    /// In words, for the head of a page.
    pub fn words(&self, t: T, zone: &TimeZone) -> String {
        let entries = t.count(i128::from(self.entries));
        match self.as_of {
            AsOf::At(at, _) => {
                let at = t.moment(at, zone);
                t.t1("looking-back-at", &[("at", &at), ("entries", &entries)])
            }
            AsOf::Entries(_) => t.t1("looking-back-entries", &[("entries", &entries)]),
        }
    }
}

/// Lets every address and form of a page look back to `moment` as the page does. What names
/// a moment itself stays as it is.
pub fn carry(html: &str, moment: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        // `>` inside an attribute is written `&gt;` by the templates.
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        carry_tag(tag, moment, &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn carry_tag(tag: &str, moment: &str, out: &mut String) {
    let is_post = tag.contains("method=\"post\"");
    let attribute = match tag {
        _ if tag.starts_with("<a ") => " href=\"",
        _ if tag.starts_with("<form ") && is_post => " action=\"",
        _ if tag.starts_with("<form ") => {
            out.push_str(tag);
            out.push_str("<input type=\"hidden\" name=\"as_of\" value=\"");
            out.push_str(moment);
            out.push_str("\">");
            return;
        }
        _ => return out.push_str(tag),
    };
    let Some(start) = tag.find(attribute).map(|at| at + attribute.len()) else {
        return out.push_str(tag);
    };
    let Some(length) = tag[start..].find('"') else { return out.push_str(tag) };
    out.push_str(&tag[..start]);
    out.push_str(&address(&tag[start..start + length], moment, "&amp;"));
    out.push_str(&tag[start + length..]);
}

/// Where a page of the past sends its reader on to.
pub fn carry_location(location: &str, moment: &str) -> String {
    address(location, moment, "&")
}

fn address(address: &str, moment: &str, and: &str) -> String {
    let stays = !address.starts_with('/')
        || ALWAYS_NOW.iter().any(|page| address.starts_with(page))
        || address.contains("as_of=");
    if stays {
        return address.to_owned();
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let joint = if path.contains('?') { and } else { "?" };
    let hash = if fragment.is_empty() { "" } else { "#" };
    format!("{path}{joint}as_of={moment}{hash}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::carry;

    #[test]
    fn links_and_forms_look_back_as_well() {
        let cases = [
            (r#"<a href="/projects/3">x</a>"#, r#"<a href="/projects/3?as_of=5">x</a>"#),
            (
                r##"<a class="b" href="/projects?tier=city#top">"##,
                r##"<a class="b" href="/projects?tier=city&amp;as_of=5#top">"##,
            ),
            (r#"<a href="/?as_of=now">"#, r#"<a href="/?as_of=now">"#),
            (r##"<a href="#main">"##, r##"<a href="#main">"##),
            (r#"<a href="/journal/4">"#, r#"<a href="/journal/4?as_of=5">"#),
            (
                r#"<form method="post" action="/journal/verify">"#,
                r#"<form method="post" action="/journal/verify">"#,
            ),
            (r#"<a href="https://example.org/">"#, r#"<a href="https://example.org/">"#),
            (
                r#"<form method="get" action="/projects">"#,
                concat!(
                    r#"<form method="get" action="/projects">"#,
                    r#"<input type="hidden" name="as_of" value="5">"#
                ),
            ),
            (
                r#"<form method="post" action="/tasks">"#,
                r#"<form method="post" action="/tasks?as_of=5">"#,
            ),
            ("1 < 2 <b>梯次</b> <", "1 < 2 <b>梯次</b> <"),
            (r#"<link href="/static/tici.css">"#, r#"<link href="/static/tici.css">"#),
        ];
        for (page, carried) in cases {
            assert_eq!(carry(page, "5"), carried);
        }
    }
}
