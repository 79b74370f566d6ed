//! What an entry of the journal tells: one message for each kind of news.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tici_domain::change::Verdict;
use tici_domain::{Change, Entry, HookEvent, RoundState, Subject};
use tici_engine::Snapshot;
use tici_engine::lights::LightChange;

use crate::Session;

/// Rows told in one message; what is beyond them is counted.
const ROWS_MAX: usize = 200;

/// A piece of news: its kind, and what is told.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    pub event: HookEvent,
    pub kind: &'static str,
    pub data: Value,
}

/// Everything an entry tells whoever may see these places.
pub fn of_entry(snapshot: &Snapshot, session: &Session, entry: &Entry) -> Vec<News> {
    let reader = Reader { snapshot, session };
    let mut found: BTreeMap<&'static str, (HookEvent, Vec<Value>)> = BTreeMap::new();
    for change in &entry.changes {
        let Some((event, kind, row)) = reader.told(change) else { continue };
        found.entry(kind).or_insert((event, Vec::new())).1.push(row);
    }
    let news = |(kind, (event, rows)): (&'static str, (HookEvent, Vec<Value>))| News {
        event,
        kind,
        data: listed(rows),
    };
    found.into_iter().map(news).collect()
}

/// The lights that changed.
pub fn of_lights(snapshot: &Snapshot, changes: &[LightChange]) -> Option<News> {
    let row = |change: &LightChange| {
        let entry = snapshot.projects.get(change.project);
        json!({
            "project": change.project,
            "code": entry.map(|entry| &entry.project.code),
            "from": change.from.map(|lit| lit.light),
            "to": change.to.map(|lit| lit.light),
            "worse": change.is_worse(),
        })
    };
    let data = listed(changes.iter().map(row).collect());
    (!changes.is_empty()).then_some(News { event: HookEvent::Light, kind: "light.changed", data })
}

fn listed(mut rows: Vec<Value>) -> Value {
    let count = rows.len();
    rows.truncate(ROWS_MAX);
    json!({ "count": count, "rows": rows })
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    session: &'a Session,
}

impl Reader<'_> {
    fn told(&self, change: &Change) -> Option<(HookEvent, &'static str, Value)> {
        use HookEvent as E;
        Some(match change {
            Change::StageClaim(row) => {
                let project = self.project(row.project)?;
                let told = json!({ "claim": row.id, "stage": row.stage, "on": row.on });
                (E::Stage, "stage.claimed", joined(project, told))
            }
            Change::StageVerdict(row) => {
                let id = self.snapshot.projects.project_of_claim(row.claim)?;
                let kind = match row.verdict {
                    Verdict::Verified => "stage.verified",
                    Verdict::Rejected => "stage.rejected",
                    Verdict::Reversed => "stage.reversed",
                };
                let told = json!({ "claim": row.claim, "reason": row.reason });
                (E::Stage, kind, joined(self.project(id)?, told))
            }
            Change::SideChange(row) => {
                let told = json!({ "state": row.state, "on": row.on, "reason": row.reason });
                (E::Stage, "stage.state", joined(self.project(row.project)?, told))
            }
            Change::Figure(row) => {
                let told = json!({
                    "measure": row.measure, "period": row.period, "basis": row.basis,
                    "value": row.value,
                });
                let Subject::Project(id) = row.subject else { return None };
                (E::Figure, "figure.written", joined(self.project(id)?, told))
            }
            other => return self.published(other),
        })
    }

    fn published(&self, change: &Change) -> Option<(HookEvent, &'static str, Value)> {
        let (kind, told) = match change {
            Change::ListMembership(row) => {
                let told = json!({
                    "tier": row.tier, "year": row.year, "from": row.from, "until": row.until,
                });
                ("publish.list", joined(self.project(row.project)?, told))
            }
            Change::RuleSet(row) => {
                let told = json!({ "kind": row.kind, "name": row.name, "version": row.version });
                ("publish.rules", told)
            }
            Change::ReturnRound(row) if row.state == RoundState::Locked => {
                ("publish.round", json!({ "period": row.period }))
            }
            Change::Meeting(row) if row.closed => {
                ("publish.meeting", json!({ "meeting": row.series, "title": row.title }))
            }
            _ => return None,
        };
        Some((HookEvent::Publish, kind, told))
    }

    /// The project, if it is among the places of whoever is told.
    fn project(&self, id: i64) -> Option<Value> {
        let entry = self.snapshot.projects.get(id)?;
        let is_seen = self.session.covers(self.snapshot, entry.project.place);
        let project = &entry.project;
        is_seen.then(|| json!({ "project": id, "code": project.code, "name": project.name.text }))
    }
}

fn joined(mut project: Value, told: Value) -> Value {
    if let (Value::Object(into), Value::Object(more)) = (&mut project, told) {
        into.extend(more);
    }
    project
}
