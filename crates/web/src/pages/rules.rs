//! 规则: which rules go from when, their text, and adopting another version.

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    extract::{Multipart, Path},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::civil::Date;
use tici_domain::Problem;
use tici_ops::OpsError;
use tici_ops::keep_rules::{
    KindView, NewRules, RulesPage, VersionView, adopt_rules, rule_text, view_rules,
};

use super::{Nav, Page};
use crate::{
    Failure, Fields,
    done::lead_to,
    i18n::T,
    shell::Shell,
    visit::{PageResult, Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "rules",
    nav: Some(Nav { group: "nav-data", href: "/rules", icon: "scales" }),
    routes: || {
        Router::new()
            .route("/rules", get(list))
            .route("/rules/{kind}", post(adopt))
            .route("/rules/{kind}/{which}", get(show))
    },
};

/// All kinds.
#[derive(Template)]
#[template(path = "rules.html")]
pub struct RulesList {
    pub shell: Shell,
    pub t: T,
    pub kinds: Vec<KindBox>,
}

/// One kind of rules.
pub struct KindBox {
    pub key: &'static str,
    pub title: String,
    pub note: String,
    pub now: String,
    pub now_href: String,
    pub versions: Vec<VersionLine>,
    /// Name, address.
    pub presets: Vec<(String, String)>,
}

/// One version.
pub struct VersionLine {
    pub version: i64,
    pub name: String,
    pub href: String,
    pub from: String,
    pub until: String,
    pub is_now: bool,
    pub approver: String,
    pub reason: String,
    pub by: String,
    pub entry_href: String,
}

/// One text, and the form that adopts another.
#[derive(Template)]
#[template(path = "rule_text.html")]
pub struct RuleTextView {
    pub shell: Shell,
    pub t: T,
    pub kind: &'static str,
    pub kind_title: String,
    pub name: String,
    pub sub: String,
    pub words: Vec<String>,
    /// Each line, and whether something is wrong in it.
    pub lines: Vec<(String, bool)>,
    pub may_adopt: bool,
    pub problems: Vec<String>,
    pub sent: Sent,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub name: String,
    pub text: String,
    pub from: String,
    pub reason: String,
    pub approver: String,
}

async fn list(visit: Visit) -> PageResult<RulesList> {
    let today = visit.today;
    let page = visit.run(move |desk, session| view_rules(desk, session, today)).await?;
    let t = visit.t;
    let kinds = page.kinds.iter().map(|view| kind_box(t, view, today)).collect();
    Ok(Rendered(RulesList { shell: visit.shell("rules", t.t("nav-rules")), kinds, t }))
}

fn kind_box(t: T, view: &KindView, today: Date) -> KindBox {
    let key = view.kind.key;
    let presets = view.kind.presets.iter();
    KindBox {
        key,
        title: t.t(&format!("rules-kind-{key}")),
        note: t.t(&format!("rules-kind-{key}-note")),
        now: title_of(t, view),
        now_href: format!("/rules/{key}/now"),
        versions: view.versions.iter().map(|one| version_line(t, key, one, today)).collect(),
        presets: presets
            .map(|(name, _)| ((*name).to_owned(), format!("/rules/{key}/{name}")))
            .collect(),
    }
}

fn title_of(t: T, view: &KindView) -> String {
    match view.now.read.title.get(t.lang) {
        "" => view.now.name.clone(),
        title => title.to_owned(),
    }
}

fn version_line(t: T, kind: &str, view: &VersionView, today: Date) -> VersionLine {
    let rules = &view.rules;
    let day = |day: Date| t.day(day, today);
    VersionLine {
        version: rules.version,
        name: rules.name.clone(),
        href: format!("/rules/{kind}/{}", rules.version),
        from: view.from().map_or_else(|| t.t("rules-from-ever"), day),
        until: view.until.map_or_else(String::new, day),
        is_now: view.is_now,
        approver: rules.approver.clone().unwrap_or_default(),
        reason: rules.reason.clone().unwrap_or_default(),
        by: view.by.as_ref().map_or_else(String::new, |by| by.title.get(t.lang).to_owned()),
        entry_href: view.by.as_ref().map_or_else(String::new, |by| format!("/journal/{}", by.seq)),
    }
}

async fn show(
    visit: Visit,
    Path((kind, which)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (today, asked) = (visit.today, kind.clone());
    let run = visit.run(move |desk, session| {
        let page = view_rules(desk, session, today)?;
        let text = rule_text(&page, &asked, &which)?;
        Ok((Arc::new(page), text))
    });
    let (page, (name, text)) = run.await?;
    let sent = Sent { name, text, from: today.to_string(), ..Sent::default() };
    text_view(&visit, &page, &kind, sent, &[])
}

fn text_view(
    visit: &Visit,
    page: &RulesPage,
    kind: &str,
    sent: Sent,
    problems: &[Problem],
) -> Result<Response, Failure> {
    let t = visit.t;
    let view = page.kinds.iter().find(|view| view.kind.key == kind).ok_or(Failure::NotFound)?;
    let kind_title = t.t(&format!("rules-kind-{kind}"));
    let (read, _) = view.kind.read(&sent.text, &sent.name);
    let bad: Vec<usize> = problems.iter().filter_map(line_of).collect();
    let is_bad = |(index, line): (usize, &str)| (line.to_owned(), bad.contains(&(index + 1)));
    let view = RuleTextView {
        shell: visit.shell("rules", format!("{kind_title}{}{}", t.separator(), sent.name)),
        kind: view.kind.key,
        kind_title,
        name: sent.name.clone(),
        sub: read.title.get(t.lang).to_owned(),
        words: read.words.iter().map(|words| t.words(words)).collect(),
        lines: sent.text.lines().enumerate().map(is_bad).collect(),
        may_adopt: page.may_adopt,
        problems: problems.iter().map(|problem| t.problem_line(problem)).collect(),
        sent,
        t,
    };
    Ok(Rendered(view).into_response())
}

/// The line of a problem whose place is `line:column`.
fn line_of(problem: &Problem) -> Option<usize> {
    problem.cell.split_once(':').and_then(|(line, _)| line.parse().ok())
}

async fn adopt(
    visit: Visit,
    Path(kind): Path<String>,
    multipart: Multipart,
) -> Result<Response, Failure> {
    let fields = read(multipart, visit.state.config.upload_bytes_max).await?;
    visit.check_csrf(fields.get("csrf"))?;
    let get = |name: &str| fields.get(name).to_owned();
    let (file, file_text) = (fields.get("file_name"), fields.raw("file"));
    let from_file = !file.is_empty();
    // Browsers send line ends of their own; the ledger keeps one kind.
    let text = if from_file { file_text } else { fields.raw("text") }.replace("\r\n", "\n");
    let name = if from_file { file.to_owned() } else { get("name") };
    let sent =
        Sent { name, text, from: get("from"), reason: get("reason"), approver: get("approver") };
    let (today, now) = (visit.today, visit.state.now());
    let (asked, new) = (kind.clone(), sent.clone());
    let run = visit.run(move |desk, session| {
        let problems = match new.from.parse::<Date>() {
            Ok(from) => {
                let Sent { name, text, reason, approver, .. } = new;
                let new = NewRules { kind: asked, name, text, from, reason, approver };
                match adopt_rules(desk, session, &new, now) {
                    Ok(_) => Vec::new(),
                    Err(OpsError::Problems(problems)) => problems,
                    Err(other) => return Err(other),
                }
            }
            Err(_) => vec![Problem::error("rules-no-day").arg("from", &new.from)],
        };
        Ok((view_rules(desk, session, today)?, problems))
    });
    let (page, problems) = run.await?;
    if problems.is_empty() {
        return Ok(lead_to(&format!("/rules#{kind}"), "rules-adopted").into_response());
    }
    text_view(&visit, &page, &kind, sent, &problems)
}

/// The form's fields; those of a chosen file are `file_name` and `file`.
async fn read(mut multipart: Multipart, bytes_max: usize) -> Result<Fields, Failure> {
    let mut fields = Fields::default();
    let too_large = |_| Failure::TooLarge(bytes_max);
    while let Some(field) = multipart.next_field().await.map_err(too_large)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(too_large)?;
        let text = String::from_utf8(bytes.to_vec());
        let text = text.map_err(|_| Failure::bad(format!("{name}: UTF-8")))?;
        if name == "file" && !file.is_empty() {
            fields.0.push(("file_name".to_owned(), file));
        }
        fields.0.push((name, text));
    }
    Ok(fields)
}
