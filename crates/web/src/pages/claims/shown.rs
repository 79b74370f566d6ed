//! Evidence, claims and re-checks in the reader's language, the same on every page.

use jiff::civil::{Date, DateTime};
use tici_domain::change::Attachment;
use tici_domain::{Problem, Severity, TaskState};
use tici_engine::evidence::{EvidenceRules, Need, PHOTO, metres_between};
use tici_ops::view_claims::{ClaimRow, Judged, RecheckRow};
use tici_ops::view_scrutiny::StatEntry;

use crate::{
    T, Visit,
    pages::{ledger::full_name, project::who},
    ui::{self, Html},
};

/// One file of evidence.
pub struct Paper {
    pub name: String,
    pub kind: String,
    pub size: String,
    pub href: String,
    /// Address of the picture, where a browser shows it.
    pub picture: String,
    pub alt: String,
    /// What a photograph says of itself; empty for other files.
    pub says: String,
    pub hash: String,
}

/// One of the rules' remarks.
pub struct Doubt {
    pub text: String,
    pub fix: String,
    pub is_error: bool,
}

/// One claim in the queue.
pub struct Card {
    pub id: i64,
    pub name: String,
    pub href: String,
    pub code: String,
    pub place: String,
    pub tier: Html,
    pub stage: String,
    pub on: String,
    pub waits: String,
    pub by: String,
    pub entry_href: String,
    pub note: String,
    pub verdict: &'static str,
    pub verdict_name: String,
    pub judged: String,
    pub reason: String,
    pub papers: Vec<Paper>,
    pub doubts: Vec<Doubt>,
    pub may_judge: bool,
    pub may_reverse: bool,
    pub is_own: bool,
}

/// A start to be looked at again.
pub struct Look {
    pub series: i64,
    pub title: String,
    pub now: Html,
    pub due: String,
    pub name: String,
    pub href: String,
    pub started: String,
    pub claim: i64,
    pub found: String,
    pub note: String,
    pub papers: Vec<Paper>,
    pub may_judge: bool,
}

/// The files of a claim, a stop or a re-check, shown by way of their project.
pub fn papers(
    t: T,
    (project, place): (i64, Option<(i64, i64)>),
    files: &[Attachment],
) -> Vec<Paper> {
    files.iter().map(|file| paper(t, (project, place), file)).collect()
}

fn paper(t: T, (project, place): (i64, Option<(i64, i64)>), file: &Attachment) -> Paper {
    let kind = t.code("evidence", &file.kind);
    let href = format!("/projects/{project}/evidence/{}", file.id);
    let is_shown =
        matches!(file.media_type.as_str(), "image/jpeg" | "image/png" | "image/webp" | "image/gif");
    Paper {
        alt: t.t1("claims-evidence-alt", &[("kind", &kind), ("file", &file.file)]),
        name: file.file.clone(),
        size: size(file.bytes),
        picture: if is_shown { format!("{href}/picture") } else { String::new() },
        says: if file.kind == PHOTO { says(t, place, file) } else { String::new() },
        hash: file.sha256.chars().take(12).collect(),
        kind,
        href,
    }
}

fn size(bytes: i64) -> String {
    match bytes {
        bytes if bytes >= 1_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        bytes => format!("{} KB", (bytes + 999) / 1000),
    }
}

/// `拍摄 2026-06-12 09:30，距项目 0.2 公里`.
fn says(t: T, place: Option<(i64, i64)>, file: &Attachment) -> String {
    let taken = file.taken.as_deref().map(|text| {
        let at = text.parse::<DateTime>().ok();
        let at = at.map_or_else(|| text.to_owned(), |at| at.strftime("%Y-%m-%d %H:%M").to_string());
        t.t1("claims-photo-taken", &[("at", &at)])
    });
    let at = file.location.map(|at| match place {
        Some(place) => {
            let km = format!("{:.1}", metres_between(at, place) as f64 / 1_000.0);
            t.t1("claims-photo-near", &[("km", &km)])
        }
        None => {
            let degrees = |millionths: i64| format!("{:.4}°", millionths as f64 / 1e6);
            let place = format!("{} {}", degrees(at.0), degrees(at.1));
            t.t1("claims-photo-at", &[("place", &place)])
        }
    });
    let parts: Vec<String> = [taken, at].into_iter().flatten().collect();
    match parts.is_empty() {
        true => t.t("claims-photo-silent"),
        false => parts.join(t.separator()),
    }
}

pub fn doubts(t: T, problems: &[Problem]) -> Vec<Doubt> {
    let doubt = |problem: &Problem| Doubt {
        text: t.problem(problem),
        fix: t.problem_fix(problem),
        is_error: problem.severity == Severity::Error,
    };
    problems.iter().map(doubt).collect()
}

/// What was said, by whom, and why.
pub fn judged(visit: &Visit, judged: &Judged) -> (String, String) {
    let by = format!("{} {}", visit.t.verdict(judged.verdict), who(visit, Some(&judged.by)));
    (by, judged.reason.clone().unwrap_or_default())
}

pub fn card(visit: &Visit, row: &ClaimRow) -> Card {
    let t = visit.t;
    let (claim, facts) = (&row.state.claim, &row.row.facts);
    let project = &row.row.entry.project;
    let verdict = row.state.verdict.map_or("pending", |(verdict, _)| verdict.code());
    let (judged, reason) = row.judged.as_ref().map(|said| judged(visit, said)).unwrap_or_default();
    let days = row.by.as_ref().map_or(0, |by| {
        let day = visit.state.config.zone.to_datetime(by.at).date();
        (visit.today - day).get_days()
    });
    let waits = match (verdict, days) {
        ("pending", days) if days > 0 => t.t1("claims-waits", &[("n", &days)]),
        ("pending", _) => t.t("claims-waits-today"),
        _ => String::new(),
    };
    Card {
        id: claim.id,
        name: full_name(t, &row.row),
        href: format!("/projects/{}", facts.project),
        code: project.code.clone(),
        place: row.row.place.as_ref().map_or_else(String::new, |p| p.short.get(t.lang).to_owned()),
        tier: ui::tier(&t, &facts.tier),
        stage: t.stage(claim.stage),
        on: t.t1("claims-on", &[("day", &claim.on)]),
        waits,
        by: who(visit, row.by.as_ref()),
        entry_href: format!("/journal/{}", row.state.entry),
        note: claim.note.clone().unwrap_or_default(),
        verdict,
        verdict_name: t.t(&format!("verdict-{verdict}")),
        judged,
        reason,
        papers: papers(t, (facts.project, project.location), &row.evidence),
        doubts: doubts(t, &row.doubts),
        may_judge: row.may_judge,
        may_reverse: row.may_reverse,
        is_own: row.by.as_ref().is_some_and(|by| by.actor == visit.session.actor.id),
    }
}

pub fn look(visit: &Visit, row: &RecheckRow) -> Look {
    let (t, task) = (visit.t, &row.view.task);
    let line = crate::pages::dispatch::task_line(t, &row.view, visit.today);
    let ledger = row.view.project.as_ref();
    let location = ledger.and_then(|row| row.entry.project.location);
    let claim = row.claim.as_ref().map(|state| &state.claim);
    let started =
        claim.map_or_else(String::new, |claim| t.t1("recheck-started", &[("day", &claim.on)]));
    Look {
        series: task.series,
        title: task.title.get(t.lang).to_owned(),
        now: line.now,
        due: line.due,
        name: ledger.map_or_else(String::new, |row| full_name(t, row)),
        href: line.project_href,
        started,
        claim: claim.map_or(0, |claim| claim.id),
        found: finding(t, task).unwrap_or_default(),
        note: task.note.clone().unwrap_or_default(),
        papers: papers(t, (task.project.unwrap_or_default(), location), &row.evidence),
        may_judge: row.may_judge,
    }
}

/// `2026-07-11 看过：在建`, of a re-check that is closed.
pub fn finding(t: T, task: &tici_domain::Task) -> Option<String> {
    let on = task.closed_on.filter(|_| task.state != TaskState::Open)?;
    let finding = t.code("finding", task.finding?.code());
    Some(t.t1("recheck-done", &[("day", &on), ("finding", &finding)]))
}

/// `2026-05-12 纳统，开工后 38 天`: the parts of the line about statistical entry.
pub fn stat_line(t: T, entry: &StatEntry) -> Vec<String> {
    let entered: Option<Date> =
        entry.claim.as_ref().filter(|state| state.stands()).map(|state| state.claim.on);
    let lag = entry.lag_days;
    match (entered, lag) {
        (Some(on), lag) => {
            let after = match lag {
                None => t.t("stat-entry-no-start"),
                Some(0) => t.t("stat-entry-same"),
                Some(days) if days < 0 => t.t1("stat-entry-before", &[("n", &-days)]),
                Some(days) => t.t1("stat-entry-after", &[("n", &days)]),
            };
            vec![t.t1("stat-entry-on", &[("day", &on)]), after]
        }
        (None, Some(days)) => vec![t.t1("stat-entry-waits", &[("n", &days)])],
        (None, None) => vec![t.t("stat-entry-none")],
    }
}

/// What each stage needs, by the region's rules: stage, then its papers.
pub fn needs(t: T, rules: &EvidenceRules) -> Vec<(String, Vec<String>)> {
    let need = |need: &Need| {
        let kinds = t.kinds(need.any.iter().map(String::as_str));
        let kinds = match need.files {
            0 | 1 => kinds,
            files => t.t1("claims-need-files", &[("kinds", &kinds), ("n", &files)]),
        };
        let key = match need.weight? {
            Severity::Error => "claims-need-any",
            Severity::Warning => "claims-need-should",
        };
        Some(t.t1(key, &[("kinds", &kinds)]))
    };
    let stages = rules.stages.iter();
    stages.map(|rule| (t.stage(rule.stage), rule.needs.iter().filter_map(need).collect())).collect()
}
