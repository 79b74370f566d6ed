//! Collective events: totals by sector, tier and size band, and who may not be counted.

use std::collections::BTreeMap;

use serde::Serialize;
use tici_domain::{Currency, Event, EventItem, ListTier, Problem};

use crate::counting::SizeBands;
use crate::counting::bands::Band;
use crate::facts::FactsTable;
use crate::snapshot::Snapshot;
use crate::statement::printed::Digits;
use crate::statement::words::{Arg, Words};

/// Projects and their amounts, in stored units of one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    pub projects: usize,
    pub total: i128,
    pub plan_year: i128,
    /// Projects whose total is not known: missing from the sum, not zero.
    pub without_total: usize,
    pub without_plan: usize,
}

impl Sum {
    fn add(&mut self, item: &EventItem) {
        self.projects += 1;
        self.total += i128::from(item.total.unwrap_or(0));
        self.plan_year += i128::from(item.plan_year.unwrap_or(0));
        self.without_total += usize::from(item.total.is_none());
        self.without_plan += usize::from(item.plan_year.is_none());
    }
}

/// Sums of an event, all by currency; parts are counted each by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventTotals {
    pub all: BTreeMap<Currency, Sum>,
    /// Sector as announced, or the project's own; none is unnamed.
    pub by_sector: BTreeMap<(Option<String>, Currency), Sum>,
    /// Tier of the lists in force on the lens's day; none is unlisted.
    pub by_tier: BTreeMap<(Option<ListTier>, Currency), Sum>,
    pub by_band: BTreeMap<(Option<Band>, Currency), Sum>,
}

/// Adds an event up.
pub fn totals(
    snapshot: &Snapshot,
    table: &FactsTable,
    event: &Event,
    bands: &SizeBands,
) -> EventTotals {
    let mut out = EventTotals::default();
    for item in &event.items {
        let entry = snapshot.projects.get(item.project);
        let currency = entry.map_or(Currency::CNY, |entry| entry.project.currency);
        let sector = sector_of(snapshot, item);
        let tier = table.get(item.project).and_then(|facts| facts.tier);
        let band = item.total.filter(|_| currency == bands.currency).map(|sum| bands.band(sum));
        out.all.entry(currency).or_default().add(item);
        out.by_sector.entry((sector, currency)).or_default().add(item);
        out.by_tier.entry((tier, currency)).or_default().add(item);
        out.by_band.entry((band, currency)).or_default().add(item);
    }
    out
}

fn sector_of(snapshot: &Snapshot, item: &EventItem) -> Option<String> {
    let of_project = || {
        let project = &snapshot.projects.get(item.project)?.project;
        project.sector.clone().or_else(|| project.chain.clone())
    };
    item.sector.clone().or_else(of_project)
}

/// What stands against an event as it is about to be written. A project counts in one event
/// of a kind; an event lies on or after the day its projects were signed.
pub fn check(snapshot: &Snapshot, event: &Event) -> Vec<Problem> {
    let mut problems = Vec::new();
    if event.items.is_empty() {
        problems.push(Problem::error("event-without-projects"));
    }
    let mut seen = BTreeMap::new();
    for (index, item) in event.items.iter().enumerate() {
        let Some(entry) = snapshot.projects.get(item.project) else {
            problems.push(Problem::error("event-unknown-project").arg("id", item.project));
            continue;
        };
        let code = &entry.project.code;
        if seen.insert(item.project, index).is_some() {
            problems.push(Problem::error("event-project-twice").arg("project", code));
        }
        if let Some(earlier) = counted_in(snapshot, event, item.project) {
            problems.push(
                Problem::error("event-project-counted")
                    .arg("project", code)
                    .arg("event", &earlier.name.text)
                    .arg("on", earlier.on),
            );
        }
        problems.extend(before_signing(entry, event).map(|problem| problem.arg("project", code)));
        let plan_over_total =
            item.total.zip(item.plan_year).is_some_and(|(total, plan)| plan > total);
        if plan_over_total {
            problems.push(Problem::error("event-plan-over-total").arg("project", code));
        }
    }
    problems
}

/// Another event of the same kind that has counted the project.
fn counted_in<'a>(snapshot: &'a Snapshot, event: &Event, project: i64) -> Option<&'a Event> {
    let others = snapshot.records.events.values().map(|kept| &kept.row);
    let mut of_kind = others.filter(|other| {
        other.series != event.series && other.kind == event.kind && !other.withdrawn
    });
    of_kind.find(|other| other.items.iter().any(|item| item.project == project))
}

fn before_signing(entry: &crate::snapshot::ProjectEntry, event: &Event) -> Option<Problem> {
    let signed = entry.claim(tici_domain::Stage::Signed).filter(|state| state.stands())?;
    (event.on < signed.claim.on).then(|| {
        Problem::error("event-before-signing").arg("on", event.on).arg("signed", signed.claim.on)
    })
}

/// The sentence a bulletin would print: 4月18日，全县集中开工项目18个，总投资150.68亿元…
pub fn sentence(event: &Event, totals: &EventTotals, region: &Arg) -> Words {
    let digits = Digits { decimals: 2, ..Digits::default() };
    let parts = totals.all.iter().map(|(currency, sum)| {
        let amount = |amount| Arg::Amount { amount, currency: *currency, digits };
        let words = Words::new("event-sum")
            .with("projects", Arg::Count(sum.projects as i128))
            .with("total", amount(sum.total))
            .with("plan", amount(sum.plan_year));
        Arg::Words(Box::new(words))
    });
    Words::new(format!("event-said-{}", event.kind.code()))
        .with("region", region.clone())
        .with("name", Arg::Name(event.name.clone()))
        .with("on", Arg::Day(event.on))
        .with("year", Arg::Number(event.on.year().to_string()))
        .with("sums", Arg::List(parts.collect()))
}
