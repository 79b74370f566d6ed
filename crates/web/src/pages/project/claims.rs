//! Stage claims with their evidence and what was said of them.

use tici_ops::{
    Action, permission,
    view_project::{ClaimView, EntryMeta, ProjectPage},
};

use super::drawings::lateness;
use crate::{Visit, i18n::Days};

/// A claim with what was said of it.
pub struct Claim {
    pub id: i64,
    pub stage: String,
    pub on: String,
    pub late: String,
    pub by: String,
    pub note: String,
    pub evidence: Vec<Evidence>,
    /// `verified`, `rejected`, `reversed` or `pending`.
    pub verdict: &'static str,
    pub verdict_name: String,
    pub judged: String,
    pub entry_href: String,
    /// The reader may judge it: not their own, and theirs to judge.
    pub may_judge: bool,
    pub may_reverse: bool,
}

pub struct Evidence {
    pub name: String,
    pub kind: String,
    pub size: String,
    pub href: String,
}

/// Newest stage first.
pub fn claims(visit: &Visit, page: &ProjectPage) -> Vec<Claim> {
    page.claims.iter().rev().map(|claim| one_claim(visit, page, claim)).collect()
}

fn one_claim(visit: &Visit, page: &ProjectPage, view: &ClaimView) -> Claim {
    let t = visit.t;
    let claim = &view.state.claim;
    let planned = page.stairs.iter().find(|stair| stair.stage == claim.stage);
    let late = planned.and_then(|stair| lateness(stair.planned, Some(claim.on)));
    let verdict = view.state.verdict.map_or("pending", |(verdict, _)| verdict.code());
    let session = &visit.session;
    let is_own = view.by.as_ref().is_some_and(|meta| meta.actor == session.actor.id);
    let judges = permission::role_has(session.actor.role, Action::JudgeClaim)
        && session.covers(&page.snapshot, page.row.facts.place)
        && !is_own;
    let id = page.row.facts.project;
    let evidence = view.evidence.iter().map(|file| Evidence {
        name: file.file.clone(),
        kind: t.code("evidence", &file.kind),
        size: size(file.bytes),
        href: format!("/projects/{id}/evidence/{}", file.id),
    });
    Claim {
        id: claim.id,
        stage: t.stage(claim.stage),
        on: claim.on.to_string(),
        late: late.map_or_else(String::new, |days: Days| t.lateness(days)),
        by: who(visit, view.by.as_ref()),
        note: claim.note.clone().unwrap_or_default(),
        evidence: evidence.collect(),
        verdict,
        verdict_name: t.t(&format!("verdict-{verdict}")),
        judged: view.judged.as_ref().map_or_else(String::new, |meta| who(visit, Some(meta))),
        entry_href: format!("/journal/{}", view.state.entry),
        may_judge: judges && verdict == "pending",
        may_reverse: judges && verdict == "verified",
    }
}

/// `经开区统计岗，2026-06-05 16:42`.
pub fn who(visit: &Visit, meta: Option<&EntryMeta>) -> String {
    let t = visit.t;
    meta.map_or_else(String::new, |meta| {
        let at = t.moment(meta.at, &visit.state.config.zone);
        t.t1("trace-by", &[("post", &meta.title.get(t.lang)), ("at", &at)])
    })
}

fn size(bytes: i64) -> String {
    match bytes {
        bytes if bytes >= 1_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        bytes => format!("{} KB", (bytes + 999) / 1000),
    }
}
