//! Which projects a page, a total or an export is about.

use std::collections::BTreeSet;

use tici_domain::{Light, ListTier, SideState, Stage};

use crate::facts::{Facts, FactsTable};
use crate::rule::{Packages, Threshold};
use crate::snapshot::Snapshot;

/// A filter; an empty set or `None` narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Subtrees of places.
    pub places: Vec<i64>,
    pub stages: Vec<Stage>,
    /// Before the first counted stage.
    pub without_stage: bool,
    pub tiers: Vec<ListTier>,
    /// On any list of the year.
    pub listed: bool,
    pub chains: Vec<String>,
    pub lights: Vec<Light>,
    /// Empty for those in force: active and suspended.
    pub states: Vec<SideState>,
    /// Words, all of which must be in the project's or its firm's name or codes.
    pub text: String,
    /// Not started yet.
    pub not_started: bool,
    /// Having a milestone due in the lens's current month.
    pub milestone_this_month: bool,
    pub threshold: Option<Threshold>,
    pub packages: Packages,
    /// Only these projects, when given: a frozen cohort.
    pub projects: Option<BTreeSet<i64>>,
    /// Subtree the account may see; `None` is everything.
    pub scope: Option<i64>,
}

impl Filter {
    /// Indices into `table.rows` of what passes, in the order of ids.
    pub fn apply(&self, snapshot: &Snapshot, table: &FactsTable) -> Vec<usize> {
        let places = self.place_set(snapshot);
        let words: Vec<String> =
            self.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let passes = |facts: &Facts| {
            self.passes_facts(facts, table)
                && places.as_ref().is_none_or(|set| facts.place.is_some_and(|p| set.contains(&p)))
                && self.passes_entry(snapshot, facts, &words)
        };
        let rows = table.rows.iter().enumerate();
        rows.filter(|(_, facts)| passes(facts)).map(|(index, _)| index).collect()
    }

    /// All places in both the asked-for subtrees and the account's own.
    fn place_set(&self, snapshot: &Snapshot) -> Option<BTreeSet<i64>> {
        if self.places.is_empty() && self.scope.is_none() {
            return None;
        }
        let within = |place: i64| {
            let asked = self.places.is_empty()
                || self.places.iter().any(|root| snapshot.place_within(place, *root));
            asked && self.scope.is_none_or(|root| snapshot.place_within(place, root))
        };
        Some(snapshot.places.keys().copied().filter(|place| within(*place)).collect())
    }

    fn passes_facts(&self, facts: &Facts, table: &FactsTable) -> bool {
        let counted = match self.packages {
            Packages::Whole => facts.parent.is_none(),
            Packages::Split => !facts.has_packages,
        };
        let stage = self.stages.is_empty() && !self.without_stage
            || facts.stage.is_some_and(|stage| self.stages.contains(&stage))
            || self.without_stage && facts.stage.is_none();
        counted
            && self.passes_state(facts)
            && stage
            && (self.tiers.is_empty() || facts.tier.is_some_and(|t| self.tiers.contains(&t)))
            && (!self.listed || facts.tier.is_some())
            && (self.lights.is_empty() || self.lights.contains(&facts.light))
            && (!self.not_started || !facts.has_started())
            && (!self.milestone_this_month || has_milestone_this_month(facts, table))
            && self.threshold.is_none_or(|t| facts.total.is_some_and(|total| t.admits(total)))
            && self.projects.as_ref().is_none_or(|set| set.contains(&facts.project))
    }

    /// A project that was terminated or withdrawn counts where it is asked for by name.
    fn passes_state(&self, facts: &Facts) -> bool {
        match self.states.as_slice() {
            [] => facts.is_live(),
            states => states.contains(&facts.state),
        }
    }

    fn passes_entry(&self, snapshot: &Snapshot, facts: &Facts, words: &[String]) -> bool {
        if words.is_empty() && self.chains.is_empty() {
            return true;
        }
        let Some(entry) = snapshot.projects.get(facts.project) else { return false };
        let chain = self.chains.is_empty()
            || entry.project.chain.as_ref().is_some_and(|chain| self.chains.contains(chain));
        let firm = facts.enterprise.and_then(|id| snapshot.enterprises.get(&id));
        let found = |word: &String| {
            entry.search.contains(word.as_str())
                || firm.is_some_and(|firm| {
                    firm.name.text.to_lowercase().contains(word.as_str())
                        || firm.short.text.to_lowercase().contains(word.as_str())
                        || firm.code.as_ref().is_some_and(|c| c.to_lowercase() == *word)
                })
        };
        chain && words.iter().all(found)
    }
}

fn has_milestone_this_month(facts: &Facts, table: &FactsTable) -> bool {
    let today = table.lens.today;
    let due = facts.next_milestone.and_then(|(_, on)| on);
    due.is_some_and(|on| on.year() == today.year() && on.month() == today.month())
}
