//! Reads the lights of projects: what each is and why, by which other rules, how it was in
//! the months before, and what changed since an earlier moment of the journal.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::{Light, Period};
use tici_engine::lights::{LightChange, LightRules, Lit, changes, lights_of, lights_over};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};

use crate::lens::lens;
use crate::rule_files::light_rules;
use crate::view_ledger::LedgerQuery;
use crate::{Action, Desk, OpsError, Session};

/// Months of history that are read at once.
pub const HISTORY_MONTHS_MAX: usize = 36;

/// What is asked beside the ledger's query.
#[derive(Clone, Debug, Default)]
pub struct LightsQuery {
    /// Other rules than the ledger's.
    pub rules: Option<LightRules>,
    /// Months before the period, whose lights are given too.
    pub history: usize,
    /// Compared with what was known after so many entries, on that day.
    pub since: Option<(i64, Date)>,
}

/// Lights with everything needed to read them.
#[derive(Clone, Debug)]
pub struct LightsPage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub rows: Vec<LightRow>,
    pub counts: BTreeMap<Light, usize>,
    /// Projects of which a light is excused, whatever light is shown.
    pub excused: usize,
    /// What changed since the moment asked for; the worse ones first.
    pub changes: Vec<LightChange>,
    /// The rules of that moment.
    pub rules_before: Arc<LightRules>,
}

/// One project.
#[derive(Clone, Debug)]
pub struct LightRow {
    pub project: i64,
    pub lit: Lit,
    /// What each rule that applies says, in the order of the rules.
    pub all: Vec<Lit>,
    /// Lights of earlier months, the oldest first.
    pub history: Vec<(Period, Light)>,
}

/// Reads the lights of what a query lets through.
pub fn view_lights(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    asked: LightsQuery,
    today: Date,
) -> Result<LightsPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = match query.as_of {
        Some(seq) => desk.snapshot_as_of(seq)?,
        None => desk.snapshot()?,
    };
    let own = asked.rules.map(Arc::new);
    let lens = with_rules(lens(&snapshot, query.lens, today), own.clone());
    let table = desk.facts(&snapshot, &lens);
    let filter = Filter { scope: session.actor.place, ..query.filter.clone() };
    let history = history(&snapshot, &lens, asked.history.min(HISTORY_MONTHS_MAX));
    let mut rows = Vec::new();
    for index in filter.apply(&snapshot, &table) {
        let facts = &table.rows[index];
        let all = lights_of(&snapshot, &table, facts.project);
        let history = history.iter().filter_map(|(period, lights)| {
            let at = lights.binary_search_by_key(&facts.project, |(id, _)| *id).ok()?;
            Some((*period, lights[at].1.light))
        });
        let history = history.collect();
        rows.push(LightRow { project: facts.project, lit: facts.lit, all, history });
    }
    let mut counts = BTreeMap::new();
    rows.iter().for_each(|row| *counts.entry(row.lit.light).or_insert(0) += 1);
    let is_excused = |row: &&LightRow| row.all.iter().any(|lit| lit.excused.is_some());
    let (changes, rules_before) = match asked.since {
        Some((seq, day)) => since(desk, query, (&lens, own), &rows, (seq, day))?,
        None => (Vec::new(), lens.lights.clone()),
    };
    Ok(LightsPage {
        excused: rows.iter().filter(is_excused).count(),
        counts,
        rows,
        changes,
        rules_before,
        lens,
        snapshot,
    })
}

fn with_rules(lens: Lens, own: Option<Arc<LightRules>>) -> Lens {
    Lens { lights: own.unwrap_or_else(|| lens.lights.clone()), ..lens }
}

type Lights = Vec<(i64, Lit)>;

fn history(snapshot: &Snapshot, lens: &Lens, months: usize) -> Vec<(Period, Lights)> {
    let before = std::iter::successors(Some(lens.period.previous()), |p| Some(p.previous()));
    let mut months: Vec<Period> = before.take(months).collect();
    months.reverse();
    lights_over(snapshot, lens, months)
}

/// What changed of the rows since an earlier moment, by the rules of each.
fn since(
    desk: &Desk,
    query: &LedgerQuery,
    (now, own): (&Lens, Option<Arc<LightRules>>),
    rows: &[LightRow],
    (seq, day): (i64, Date),
) -> Result<(Vec<LightChange>, Arc<LightRules>), OpsError> {
    let then = desk.snapshot_as_of(seq)?;
    let before = with_rules(lens(&then, query.lens, day), own);
    let table = FactsTable::new(&then, &before);
    let is_here = |project: i64| rows.binary_search_by_key(&project, |row| row.project).is_ok();
    let old: Lights = table
        .rows
        .iter()
        .filter(|facts| is_here(facts.project))
        .map(|facts| (facts.project, facts.lit))
        .collect();
    let new: Lights = rows.iter().map(|row| (row.project, row.lit)).collect();
    let rules_then = light_rules(&then);
    let rules_then = if now.lights == before.lights { now.lights.clone() } else { rules_then };
    let mut changed = changes((&rules_then, &old), (&now.lights, &new));
    changed.sort_by_key(|change| (!change.is_worse(), change.project));
    Ok((changed, rules_then))
}
