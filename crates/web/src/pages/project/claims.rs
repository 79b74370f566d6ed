//! Stage claims with their evidence and what was said of them.

use tici_ops::{
    Action, permission,
    view_project::{ClaimView, EntryMeta, ProjectPage},
};

use super::drawings::lateness;
use crate::{
    Visit,
    i18n::Days,
    pages::claims::shown::{Doubt, Paper, doubts, judged, papers},
};

/// A claim with what was said of it.
pub struct Claim {
    pub id: i64,
    pub stage: String,
    pub on: String,
    pub late: String,
    pub by: String,
    pub note: String,
    pub papers: Vec<Paper>,
    /// What the rules say of a claim that waits.
    pub doubts: Vec<Doubt>,
    /// `verified`, `rejected`, `reversed` or `pending`.
    pub verdict: &'static str,
    pub verdict_name: String,
    /// Who said what, and why; newest first.
    pub judged: Vec<(String, String)>,
    pub entry_href: String,
    /// The reader may judge it: not their own, and theirs to judge.
    pub may_judge: bool,
    pub may_reverse: bool,
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
    let scrutiny = &page.scrutiny;
    let said = scrutiny.judged.iter().filter(|(of, _)| *of == claim.id);
    let found = scrutiny.doubts.iter().find(|(of, _)| *of == claim.id);
    let of = (page.row.facts.project, page.row.entry.project.location);
    Claim {
        id: claim.id,
        stage: t.stage(claim.stage),
        on: claim.on.to_string(),
        late: late.map_or_else(String::new, |days: Days| t.lateness(days)),
        by: who(visit, view.by.as_ref()),
        note: claim.note.clone().unwrap_or_default(),
        papers: papers(t, of, &view.evidence),
        doubts: found.map(|(_, problems)| doubts(t, problems)).unwrap_or_default(),
        verdict,
        verdict_name: t.t(&format!("verdict-{verdict}")),
        judged: said.map(|(_, said)| judged(visit, said)).collect(),
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
