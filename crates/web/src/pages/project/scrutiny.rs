//! What a project's page tells of scrutiny: statistical entry, earlier claims, re-checks,
//! stops and restarts with their form.

use tici_domain::SideState;
use tici_ops::{
    Action,
    view_project::ProjectPage,
    view_scrutiny::{Scrutiny, Stop},
};

use super::claims::who;
use crate::{
    Visit,
    pages::claims::shown::{Paper, finding, judged, papers, stat_line},
};

/// Everything of a project's scrutiny beside its current claims.
pub struct ScrutinyPart {
    /// `2026-05-12 纳统，开工后 38 天`.
    pub entered: String,
    /// `pending`, `verified`, …; empty without an entry.
    pub entered_verdict: &'static str,
    pub entered_verdict_name: String,
    pub earlier: Vec<Earlier>,
    pub looks: Vec<LookLine>,
    pub stops: Vec<StopLine>,
    pub may_stop: bool,
    /// Codes and words of the states it may be given.
    pub states: Vec<(&'static str, String)>,
}

/// A claim that a later one of its stage has replaced.
pub struct Earlier {
    pub stage: String,
    pub on: String,
    pub by: String,
    pub entry_href: String,
    pub note: String,
    pub judged: Vec<(String, String)>,
}

/// A re-check of the project's start.
pub struct LookLine {
    pub title: String,
    pub due: String,
    /// What was found, or empty while it is open.
    pub found: String,
    pub note: String,
    pub is_open: bool,
}

/// A suspension, restart or end.
pub struct StopLine {
    pub what: String,
    pub on: String,
    pub reason: String,
    pub by: String,
    pub entry_href: String,
    pub papers: Vec<Paper>,
}

pub fn part(visit: &Visit, page: &ProjectPage) -> ScrutinyPart {
    let (t, scrutiny) = (visit.t, &page.scrutiny);
    let state = page.row.facts.state;
    let entered = scrutiny.entered.claim.as_ref();
    let verdict = entered.map_or("", |state| match state.verdict {
        None => "pending",
        Some((verdict, _)) => verdict.code(),
    });
    let may_stop = visit.session.need(Action::StopProject).is_ok()
        && visit.session.covers(&page.snapshot, page.row.facts.place);
    ScrutinyPart {
        entered: stat_line(t, &scrutiny.entered).join(t.separator()),
        entered_verdict: verdict,
        entered_verdict_name: match verdict {
            "" => String::new(),
            code => t.t(&format!("verdict-{code}")),
        },
        earlier: earlier(visit, scrutiny),
        looks: looks(visit, scrutiny),
        stops: scrutiny.stops.iter().map(|stop| stop_line(visit, page, stop)).collect(),
        may_stop,
        states: next_states(state)
            .iter()
            .map(|state| (state.code(), t.t(&format!("stops-do-{}", state.code()))))
            .collect(),
    }
}

/// What may become of a project that stands so.
fn next_states(state: SideState) -> &'static [SideState] {
    use SideState as S;
    match state {
        S::Active => &[S::Suspended, S::Terminated, S::Withdrawn],
        S::Suspended => &[S::Active, S::Terminated, S::Withdrawn],
        S::Terminated | S::Withdrawn => &[S::Active],
    }
}

fn earlier(visit: &Visit, scrutiny: &Scrutiny) -> Vec<Earlier> {
    let line = |(claim, by): &(tici_domain::change::StageClaim, _)| {
        let said = scrutiny.judged.iter().filter(|(of, _)| *of == claim.id);
        let by: &tici_ops::view_project::EntryMeta = by;
        Earlier {
            stage: visit.t.stage(claim.stage),
            on: claim.on.to_string(),
            by: who(visit, Some(by)),
            entry_href: format!("/journal/{}", by.seq),
            note: claim.note.clone().unwrap_or_default(),
            judged: said.map(|(_, said)| judged(visit, said)).collect(),
        }
    };
    scrutiny.earlier.iter().map(line).collect()
}

fn looks(visit: &Visit, scrutiny: &Scrutiny) -> Vec<LookLine> {
    let t = visit.t;
    let line = |task: &tici_domain::Task| LookLine {
        title: task.title.get(t.lang).to_owned(),
        due: task.due.map_or_else(|| t.t("app-none"), |due| due.to_string()),
        found: finding(t, task).unwrap_or_else(|| match task.state {
            tici_domain::TaskState::Open => String::new(),
            _ => t.t("task-dropped"),
        }),
        note: task.note.clone().unwrap_or_default(),
        is_open: task.state == tici_domain::TaskState::Open,
    };
    scrutiny.rechecks.iter().rev().map(line).collect()
}

fn stop_line(visit: &Visit, page: &ProjectPage, stop: &Stop) -> StopLine {
    let t = visit.t;
    let of = (page.row.facts.project, page.row.entry.project.location);
    StopLine {
        what: t.t(&format!("stops-did-{}", stop.change.state.code())),
        on: stop.change.on.to_string(),
        reason: stop.change.reason.clone(),
        by: who(visit, stop.by.as_ref()),
        entry_href: stop.by.as_ref().map_or_else(String::new, |by| format!("/journal/{}", by.seq)),
        papers: papers(t, of, &stop.evidence),
    }
}
