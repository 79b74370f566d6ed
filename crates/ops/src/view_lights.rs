//! Reads the lights of projects: what each is and why, by which other rules, how it was in
//! the months before, and what changed since an earlier moment of the journal.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use tici_domain::{Excuse, Light, Period};
use tici_engine::lights::{LightChange, LightRules, Lit, changes, lights_of, lights_over};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};

use crate::as_of::AsOf;
use crate::lens::{LensQuery, lens};
use crate::rule_files::{light_rules, rules_day};
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

/// What a page of lights was made for: entries, lens, filter, months of history, and the
/// moment it is compared with.
pub(crate) type LightsKey = (i64, Lens, Filter, usize, Option<(i64, Date)>);

/// What the lights of a month were made for: entries and lens.
pub(crate) type MonthKey = (i64, Lens);

/// The light of every project, in the order of ids.
pub(crate) type Lights = Vec<(i64, Lit)>;

impl LightsPage {
    /// The excuses of the listed projects that hold on the lens's day.
    pub fn excuses(&self) -> impl Iterator<Item = &Excuse> {
        let records = &self.snapshot.records;
        let is_here =
            |project: i64| self.rows.binary_search_by_key(&project, |row| row.project).is_ok();
        let today = self.lens.today;
        let all = records.excuses.values().map(|kept| &kept.row).filter(|row| !row.withdrawn);
        all.filter(move |row| row.from <= today && today <= row.until && is_here(row.project))
    }
}

/// Reads the lights of what a query lets through. They are kept until the next write.
pub fn view_lights(
    desk: &Desk,
    session: &Session,
    query: &LedgerQuery,
    asked: LightsQuery,
    today: Date,
) -> Result<Arc<LightsPage>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let own = asked.rules.map(Arc::new);
    let mut lens = with_rules(lens(&snapshot, query.lens, today), own.clone());
    // An earlier month is lit as its own last day saw it, as it is in the history.
    let newest = crate::lens::lens(&snapshot, LensQuery::default(), today).period;
    if lens.period < newest {
        lens.today = lens.period.last_day().min(today);
    }
    let filter = Filter { scope: session.actor.place, ..query.filter.clone() };
    let months = asked.history.min(HISTORY_MONTHS_MAX);
    let key = (snapshot.seq, lens.clone(), filter.clone(), months, asked.since);
    desk.lights.get_or_make(key, || {
        let mut page = make(desk, snapshot, (lens, &own), &filter, months);
        if let Some((seq, day)) = asked.since {
            since(desk, query, own, &mut page, (seq, day))?;
        }
        Ok(page)
    })
}

fn make(
    desk: &Desk,
    snapshot: Arc<Snapshot>,
    (lens, own): (Lens, &Option<Arc<LightRules>>),
    filter: &Filter,
    months: usize,
) -> LightsPage {
    let table = desk.facts(&snapshot, &lens);
    let history = history(desk, &snapshot, (&lens, own), months);
    let row = |index: usize| {
        let facts = &table.rows[index];
        let all = lights_of(&snapshot, &table, facts.project);
        let history = history.iter().filter_map(|(period, lights)| {
            let at = lights.binary_search_by_key(&facts.project, |(id, _)| *id).ok()?;
            Some((*period, lights[at].1.light))
        });
        LightRow { project: facts.project, lit: facts.lit, all, history: history.collect() }
    };
    let rows: Vec<LightRow> = filter.apply(&snapshot, &table).into_par_iter().map(row).collect();
    let mut counts = BTreeMap::new();
    rows.iter().for_each(|row| *counts.entry(row.lit.light).or_insert(0) += 1);
    let is_excused = |row: &&LightRow| row.all.iter().any(|lit| lit.excused.is_some());
    LightsPage {
        excused: rows.iter().filter(is_excused).count(),
        counts,
        rows,
        changes: Vec::new(),
        rules_before: lens.lights.clone(),
        lens,
        snapshot,
    }
}

fn with_rules(lens: Lens, own: Option<Arc<LightRules>>) -> Lens {
    Lens { lights: own.unwrap_or_else(|| lens.lights.clone()), ..lens }
}

/// Lights at the end of the months before, each by the rules of its time.
fn history(
    desk: &Desk,
    snapshot: &Snapshot,
    (lens, own): (&Lens, &Option<Arc<LightRules>>),
    months: usize,
) -> Vec<(Period, Arc<Lights>)> {
    let before = std::iter::successors(Some(lens.period.previous()), |p| Some(p.previous()));
    let mut months: Vec<Period> = before.take(months).collect();
    months.reverse();
    let lights = |month: &Period| {
        let rules = own.clone();
        let rules = rules.unwrap_or_else(|| light_rules(snapshot, rules_day(*month, lens.today)));
        let mut lens = Lens { lights: rules, ..lens.clone() };
        lens.today = month.last_day().min(lens.today);
        let key = (snapshot.seq, Lens { period: *month, ..lens.clone() });
        let make = || {
            let mut made = lights_over(snapshot, &lens, [*month]);
            Ok::<_, std::convert::Infallible>(made.pop().map_or_else(Vec::new, |(_, lit)| lit))
        };
        let Ok(lights) = desk.light_months.get_or_make(key, make);
        (*month, lights)
    };
    // One after the other: each month is already made on all processors.
    months.iter().map(lights).collect()
}

/// What changed of the rows since an earlier moment, by the rules of each.
fn since(
    desk: &Desk,
    query: &LedgerQuery,
    own: Option<Arc<LightRules>>,
    page: &mut LightsPage,
    (seq, day): (i64, Date),
) -> Result<(), OpsError> {
    let (before, lights) = lights_then(desk, query.lens, own, (seq, day))?;
    let rows = &page.rows;
    let is_here = |project: i64| rows.binary_search_by_key(&project, |row| row.project).is_ok();
    let old: Lights = lights.iter().filter(|(project, _)| is_here(*project)).copied().collect();
    let new: Lights = rows.iter().map(|row| (row.project, row.lit)).collect();
    let mut changed = changes((&before, &old), (&page.lens.lights, &new));
    changed.sort_by_key(|change| (!change.is_worse(), change.project));
    page.changes = changed;
    page.rules_before = before;
    Ok(())
}

/// The rules and lights of an earlier moment. They stay what they were, so that a day's
/// comparison with yesterday reads the journal once.
pub(crate) fn lights_then(
    desk: &Desk,
    asked: LensQuery,
    own: Option<Arc<LightRules>>,
    (seq, day): (i64, Date),
) -> Result<(Arc<LightRules>, Arc<Lights>), OpsError> {
    let then = desk.snapshot_as_of(seq)?;
    let before = with_rules(lens(&then, asked, day), own);
    let rules = before.lights.clone();
    let lights = desk.light_months.get_or_make((then.seq, before.clone()), || {
        let table = FactsTable::new(&then, &before);
        let lights = table.rows.iter().map(|facts| (facts.project, facts.lit)).collect();
        Ok::<_, OpsError>(lights)
    })?;
    Ok((rules, lights))
}

/// How many entries there were when yesterday began, and the day before it: what changed
/// since is what an office finds new in the morning, as the first page tells it.
pub fn yesterday(desk: &Desk, today: Date) -> Result<(i64, Date), OpsError> {
    let day = today.yesterday().and_then(|day| day.yesterday()).unwrap_or(today);
    at_end_of(desk, day)
}

/// The same for the last day of the month before `today`'s.
pub fn last_month(desk: &Desk, today: Date) -> Result<(i64, Date), OpsError> {
    at_end_of(desk, Period::month_of(today).previous().last_day())
}

fn at_end_of(desk: &Desk, day: Date) -> Result<(i64, Date), OpsError> {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let end = day.to_datetime(jiff::civil::time(23, 59, 59, 0));
    let Ok(end) = zone.to_timestamp(end) else { return Ok((0, day)) };
    Ok((AsOf::At(end, day).entries(desk)?, day))
}
