//! The one counting function: every total of every page, file and bulletin is made here,
//! and carries the rule it was made by.

use std::collections::BTreeMap;

use serde::Serialize;
use tici_domain::{Currency, Light, Percent, Period};

use crate::counting::cohort::ListVersion;
use crate::facts::{Facts, FactsTable};
use crate::filter::Filter;
use crate::rule::{Packages, PlanVersions, Rule};
use crate::snapshot::Snapshot;

/// Sums over a cohort. Money is kept apart by currency; nothing is ever converted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub rule: Rule,
    pub projects: usize,
    pub started: usize,
    /// Claims waiting for a verifier, which the rule counts or leaves out.
    pub pending_claims: usize,
    /// Projects of the cohort with a plan and no report for the period: their money is
    /// missing from the sums, not zero.
    pub unreported: Vec<i64>,
    pub by_light: BTreeMap<Light, usize>,
    pub sums: BTreeMap<Currency, Sums>,
}

/// Sums of one currency, in its stored unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    pub projects: usize,
    pub total: i128,
    pub plan_year: i128,
    pub done_ytd: i128,
    pub due_ytd: i128,
    pub done_since_start: i128,
    /// Due of those that have reported: the base that `done_ytd` belongs to.
    pub due_ytd_reported: i128,
}

impl Sums {
    /// Done as a share of the annual plan, from unrounded amounts.
    pub fn done_of_plan(&self) -> Option<Percent> {
        Percent::of(self.done_ytd, self.plan_year)
    }

    /// Done as a share of what was due by now.
    pub fn done_of_due(&self) -> Option<Percent> {
        Percent::of(self.done_ytd, self.due_ytd)
    }

    fn add(&mut self, money: &Money) {
        self.projects += 1;
        self.total += i128::from(money.total.unwrap_or(0));
        self.plan_year += i128::from(money.plan_year.unwrap_or(0));
        self.done_ytd += i128::from(money.done_ytd.unwrap_or(0));
        self.due_ytd += i128::from(money.due_ytd.unwrap_or(0));
        self.done_since_start += i128::from(money.done_since_start.unwrap_or(0));
        if money.done_ytd.is_some() {
            self.due_ytd_reported += i128::from(money.due_ytd.unwrap_or(0));
        }
    }
}

/// Money of a project as counted: its own, or its packages' where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Money {
    pub total: Option<i64>,
    pub plan_year: Option<i64>,
    pub done_ytd: Option<i64>,
    pub due_ytd: Option<i64>,
    pub done_since_start: Option<i64>,
}

/// Adds up what `filter` lets through.
pub fn totals(snapshot: &Snapshot, table: &FactsTable, filter: &Filter) -> Totals {
    let rows = filter.apply(snapshot, table);
    totals_of(snapshot, table, filter, &rows)
}

/// Adds up the rows a filter has already chosen.
pub fn totals_of(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    rows: &[usize],
) -> Totals {
    let packages = packages_of(table, filter.packages);
    let mut out = Totals {
        rule: rule(snapshot, table, filter),
        projects: rows.len(),
        started: 0,
        pending_claims: 0,
        unreported: Vec::new(),
        by_light: BTreeMap::new(),
        sums: BTreeMap::new(),
    };
    for facts in rows.iter().map(|index| &table.rows[*index]) {
        let money = money(facts, packages.get(&facts.project), table);
        out.started += usize::from(facts.has_started());
        out.pending_claims += usize::from(facts.pending_claims);
        *out.by_light.entry(facts.light).or_default() += 1;
        if money.plan_year.is_some() && money.done_ytd.is_none() {
            out.unreported.push(facts.project);
        }
        out.sums.entry(facts.currency).or_default().add(&money);
        let parts = packages.get(&facts.project).into_iter().flatten();
        let parts = parts.map(|index| &table.rows[*index]).filter(|part| part.is_live());
        add_plans(snapshot, &mut out.rule.plans, facts, parts);
    }
    out
}

/// Notes which version of the annual plan was added: the project's own or its packages'.
fn add_plans<'a>(
    snapshot: &Snapshot,
    plans: &mut PlanVersions,
    facts: &Facts,
    packages: impl Iterator<Item = &'a Facts>,
) {
    let mut note = |project| {
        let version = snapshot.plan_version(project, Period::year(plans.year));
        *plans.of.entry(version).or_default() += 1;
    };
    match facts.plan_year {
        Some(_) => note(facts.project),
        None => packages.filter(|p| p.plan_year.is_some()).for_each(|p| note(p.project)),
    }
}

/// Packages of each parent, where the rule counts parents.
pub(crate) fn packages_of(table: &FactsTable, packages: Packages) -> BTreeMap<i64, Vec<usize>> {
    let mut of = BTreeMap::<i64, Vec<usize>>::new();
    if packages == Packages::Whole {
        for (index, facts) in table.rows.iter().enumerate() {
            if let Some(parent) = facts.parent {
                of.entry(parent).or_default().push(index);
            }
        }
    }
    of
}

pub(crate) fn money(facts: &Facts, packages: Option<&Vec<usize>>, table: &FactsTable) -> Money {
    let pick = |get: fn(&Facts) -> Option<i64>| {
        let own = get(facts);
        let children = packages.into_iter().flatten().map(|index| &table.rows[*index]);
        own.or_else(|| {
            let known: Vec<i64> = children.filter(|c| c.is_live()).filter_map(get).collect();
            (!known.is_empty()).then(|| known.iter().sum())
        })
    };
    Money {
        total: pick(|facts| facts.total),
        plan_year: pick(|facts| facts.plan_year),
        done_ytd: pick(|facts| facts.done_ytd),
        due_ytd: pick(|facts| facts.due_ytd),
        done_since_start: pick(|facts| facts.done_since_start),
    }
}

/// The rule of a total, with its cohort as the filter narrows it.
pub fn rule(snapshot: &Snapshot, table: &FactsTable, filter: &Filter) -> Rule {
    Rule {
        cohort: cohort(snapshot, filter),
        packages: filter.packages,
        stage_status: table.lens.stage_status,
        basis: table.lens.basis,
        threshold: filter.threshold,
        threshold_in: filter.threshold_in.clone(),
        ceiling: filter.ceiling,
        stat_entered: filter.stat_entered,
        reached: filter.reached,
        period: table.lens.period,
        on: table.lens.today,
        cohort_on: table.lens.cohort,
        list_reading: filter.list_reading,
        lists: lists(snapshot, table, filter),
        plans: PlanVersions { year: table.lens.period.calendar_year(), ..Default::default() },
        as_of: snapshot.seq,
    }
}

/// The lists a cohort asks for, each in the version it was read in.
fn lists(snapshot: &Snapshot, table: &FactsTable, filter: &Filter) -> Vec<ListVersion> {
    let tiers = &filter.tiers;
    if !filter.listed && tiers.is_empty() {
        return Vec::new();
    }
    let versions = table.list_versions(snapshot).iter();
    versions.filter(|list| tiers.is_empty() || tiers.contains(&list.tier)).cloned().collect()
}

fn cohort(snapshot: &Snapshot, filter: &Filter) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut say = |field: &str, value: String| out.push((field.to_owned(), value));
    for place in filter.scope.iter().chain(&filter.places) {
        let name = snapshot.places.get(place).map_or("?", |place| place.short.text.as_str());
        say("place", name.to_owned());
    }
    if filter.listed {
        say("listed", String::new());
    }
    filter.tiers.iter().for_each(|tier| say("tier", tier.code().into()));
    filter.stages.iter().for_each(|stage| say("stage", stage.code().into()));
    if filter.without_stage {
        say("without-stage", String::new());
    }
    filter.chains.iter().for_each(|chain| say("chain", chain.clone()));
    filter.lights.iter().for_each(|light| say("light", light.code().into()));
    filter.states.iter().for_each(|state| say("state", state.code().into()));
    if filter.not_started {
        say("not-started", String::new());
    }
    if filter.milestone_this_month {
        say("milestone-this-month", String::new());
    }
    if !filter.text.trim().is_empty() {
        say("text", filter.text.trim().to_owned());
    }
    if let Some(projects) = &filter.projects {
        say("selected", projects.len().to_string());
    }
    out
}
