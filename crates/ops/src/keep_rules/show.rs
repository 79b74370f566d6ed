//! Which rules go from when, and their text.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::{RuleSet, rule_set};
use tici_engine::Snapshot;

use super::kinds::{KINDS, Read, RuleKind, rule_kind};
use crate::view_project::{EntryMeta, Metas};
use crate::{Action, Desk, OpsError, Session};

/// All kinds with their versions.
pub struct RulesPage {
    pub snapshot: Arc<Snapshot>,
    pub today: Date,
    pub kinds: Vec<KindView>,
    pub may_adopt: bool,
}

/// One kind of rules.
pub struct KindView {
    pub kind: &'static RuleKind,
    /// The latest first.
    pub versions: Vec<VersionView>,
    /// What goes today: one of the versions, what a setting holds, or a preset.
    pub now: Now,
}

/// What a kind goes by on a day.
pub struct Now {
    /// Of the version, where one is adopted.
    pub id: Option<i64>,
    /// Name of the file or preset.
    pub name: String,
    pub text: String,
    pub read: Read,
}

/// One version.
pub struct VersionView {
    pub rules: RuleSet,
    /// Whoever wrote it, and when.
    pub by: Option<EntryMeta>,
    /// The last day before the next version goes; `None` for the last.
    pub until: Option<Date>,
    pub is_now: bool,
}

/// Reads all rules.
pub fn view_rules(desk: &Desk, session: &Session, today: Date) -> Result<RulesPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let view = |kind| kind_view(desk, &snapshot, kind, today);
    let kinds = KINDS.iter().map(view).collect::<Result<_, OpsError>>()?;
    let may_adopt = session.need(Action::KeepRules).is_ok() && session.actor.place.is_none();
    Ok(RulesPage { kinds, today, may_adopt, snapshot })
}

fn kind_view(
    desk: &Desk,
    snapshot: &Snapshot,
    kind: &'static RuleKind,
    today: Date,
) -> Result<KindView, OpsError> {
    let metas = Metas { desk, snapshot };
    let now = now(snapshot, kind, today);
    let (mut versions, mut until) = (Vec::new(), None);
    for kept in snapshot.records.rule_sets_of(kind.key).rev() {
        versions.push(VersionView {
            by: metas.of(kept.entry)?,
            is_now: now.id == Some(kept.row.id),
            until,
            rules: kept.row.clone(),
        });
        until = kept.row.from.yesterday().ok();
    }
    Ok(KindView { kind, versions, now })
}

fn now(snapshot: &Snapshot, kind: &RuleKind, today: Date) -> Now {
    let adopted = snapshot.records.rule_set_on(kind.key, today);
    let (id, name, text) = match adopted {
        Some(row) => (Some(row.id), row.name.clone(), row.text.clone()),
        None => {
            let setting = snapshot.setting(kind.setting).filter(|_| !kind.setting.is_empty());
            let name = setting.unwrap_or(kind.default_preset).trim();
            match (kind.preset(name), setting) {
                (Some(text), _) => (None, name.to_owned(), text.to_owned()),
                // The setting holds the file itself.
                (None, Some(text)) => (None, kind.setting.to_owned(), text.to_owned()),
                (None, None) => (None, name.to_owned(), String::new()),
            }
        }
    };
    let (read, _) = kind.read(&text, &name);
    Now { id, name, text, read }
}

/// Name and text of a kind's rules: a version by number, a preset by name, or `now`.
pub fn rule_text(page: &RulesPage, kind: &str, which: &str) -> Result<(String, String), OpsError> {
    let view = page.kinds.iter().find(|view| view.kind.key == kind);
    let view = view.ok_or_else(|| OpsError::not_found("rules", kind))?;
    if which == "now" {
        return Ok((view.now.name.clone(), view.now.text.clone()));
    }
    if let Ok(version) = which.parse::<i64>() {
        let found = view.versions.iter().find(|known| known.rules.version == version);
        let found = found.ok_or_else(|| OpsError::not_found("rules", which))?;
        return Ok((found.rules.name.clone(), found.rules.text.clone()));
    }
    let preset = rule_kind(kind).and_then(|kind| kind.preset(which));
    let preset = preset.ok_or_else(|| OpsError::not_found("rules", which))?;
    Ok((which.to_owned(), preset.to_owned()))
}

impl VersionView {
    /// The first day; `None` for one that goes from the beginning.
    pub fn from(&self) -> Option<Date> {
        Some(self.rules.from).filter(|day| *day != rule_set::ALWAYS)
    }
}
