//! Which projects a page, a total or an export is about.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use tici_domain::{Currency, Light, ListTier, SideState, Stage};

use crate::counting::cohort::Lists;
use crate::counting::starts::reached;
use crate::facts::{Facts, FactsTable};
use crate::rule::{Packages, Reached, Threshold};
use crate::snapshot::{ProjectEntry, Snapshot};

/// Fewer rows are not worth another thread.
pub(crate) const ROWS_TOGETHER_MIN: usize = 2048;

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
    /// The threshold's amount in other currencies; the amount itself where none is given.
    pub threshold_in: BTreeMap<Currency, i64>,
    /// Total investment of at most, or less than.
    pub ceiling: Option<Threshold>,
    /// How `tiers` takes a project that is on several lists.
    pub list_reading: Lists,
    /// Only those entered, or not entered, with the statistics bureau.
    pub stat_entered: Option<bool>,
    pub reached: Option<Reached>,
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
        let text = self.text.to_lowercase();
        let words: Vec<Word<'_>> = text.split_whitespace().map(Word::new).collect();
        let whole = self.packages_totals(table);
        let passes = |facts: &Facts| {
            self.passes_facts(facts, table)
                && self.passes_size(facts, &whole)
                && places.as_ref().is_none_or(|set| facts.place.is_some_and(|p| set.contains(&p)))
                && self.passes_entry(snapshot, facts, &words)
                && self.passes_claims(snapshot, facts, table)
        };
        let rows = table.rows.par_iter().enumerate().with_min_len(ROWS_TOGETHER_MIN);
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
            && self.passes_state(facts, table)
            && stage
            && (self.tiers.is_empty()
                || self.list_reading == Lists::Each
                || facts.tier.is_some_and(|t| self.tiers.contains(&t)))
            && (!self.listed || facts.tier.is_some())
            && (self.lights.is_empty() || self.lights.contains(&facts.light))
            && (!self.not_started || !facts.has_started())
            && (!self.milestone_this_month || has_milestone_this_month(facts, table))
            && self.projects.as_ref().is_none_or(|set| set.contains(&facts.project))
    }

    /// A project that was terminated or withdrawn counts where it is asked for by name.
    /// So does one that was on a list whose first version is asked for.
    fn passes_state(&self, facts: &Facts, table: &FactsTable) -> bool {
        match self.states.as_slice() {
            [] => {
                let asks_lists = self.listed || !self.tiers.is_empty();
                facts.is_live()
                    || asks_lists && table.lens.cohort.keeps_ended() && facts.tier.is_some()
            }
            states => states.contains(&facts.state),
        }
    }

    /// Total investment of the packages of each parent that has none of its own, where a
    /// size is asked for: a project is as large as it is counted.
    fn packages_totals(&self, table: &FactsTable) -> BTreeMap<i64, i64> {
        let mut totals = BTreeMap::new();
        let by_size = self.threshold.is_some() || self.ceiling.is_some();
        if by_size && self.packages == Packages::Whole {
            for facts in table.rows.iter().filter(|facts| facts.is_live()) {
                if let (Some(parent), Some(total)) = (facts.parent, facts.total) {
                    *totals.entry(parent).or_insert(0_i64) += total;
                }
            }
        }
        totals
    }

    fn passes_size(&self, facts: &Facts, packages: &BTreeMap<i64, i64>) -> bool {
        if self.threshold.is_none() && self.ceiling.is_none() {
            return true;
        }
        let total = facts.total.or_else(|| packages.get(&facts.project).copied());
        let Some(total) = total else { return false };
        let floor = self.threshold.map(|threshold| Threshold {
            amount: *self.threshold_in.get(&facts.currency).unwrap_or(&threshold.amount),
            ..threshold
        });
        floor.is_none_or(|floor| floor.admits(total))
            && self.ceiling.is_none_or(|ceiling| ceiling.caps(total))
    }

    /// What only the project's own record knows: lists one by one, and dated claims.
    fn passes_claims(&self, snapshot: &Snapshot, facts: &Facts, table: &FactsTable) -> bool {
        let each = self.list_reading == Lists::Each && !self.tiers.is_empty();
        if !each && self.stat_entered.is_none() && self.reached.is_none() {
            return true;
        }
        let Some(entry) = snapshot.projects.get(facts.project) else { return false };
        let on_list =
            |entry: &ProjectEntry| table.lists.tiers(entry).any(|tier| self.tiers.contains(&tier));
        let parent = facts.parent.and_then(|parent| snapshot.projects.get(parent));
        let on = |stage| reached(entry, &table.lens, stage);
        (!each || on_list(entry) || parent.is_some_and(|parent| on_list(parent)))
            && self.stat_entered.is_none_or(|asked| on(Stage::StatEntered).is_some() == asked)
            && self.reached.is_none_or(|asked| {
                on(asked.stage).is_some_and(|day| asked.from <= day && day <= asked.to)
            })
    }

    fn passes_entry(&self, snapshot: &Snapshot, facts: &Facts, words: &[Word<'_>]) -> bool {
        if words.is_empty() && self.chains.is_empty() {
            return true;
        }
        let Some(entry) = snapshot.projects.get(facts.project) else { return false };
        let chain = self.chains.is_empty()
            || entry.project.chain.as_ref().is_some_and(|chain| self.chains.contains(chain));
        let firm = facts.enterprise.and_then(|id| snapshot.enterprises.get(&id));
        let found = |word: &Word<'_>| {
            entry.search.contains(word.lower)
                || firm.is_some_and(|firm| {
                    word.is_in(&firm.name.text)
                        || word.is_in(&firm.short.text)
                        || firm.code.as_ref().is_some_and(|c| c.to_lowercase() == word.lower)
                })
        };
        chain && words.iter().all(found)
    }
}

/// A word looked for, in lower case.
struct Word<'a> {
    lower: &'a str,
    /// It has no letters with two cases, as Chinese has none: a text need not be put into
    /// lower case to look into it.
    caseless: bool,
}

impl Word<'_> {
    fn new(lower: &str) -> Word<'_> {
        Word { lower, caseless: lower.to_uppercase() == lower }
    }

    fn is_in(&self, text: &str) -> bool {
        if self.caseless {
            text.contains(self.lower)
        } else {
            text.to_lowercase().contains(self.lower)
        }
    }
}

fn has_milestone_this_month(facts: &Facts, table: &FactsTable) -> bool {
    let today = table.lens.today;
    let due = facts.next_milestone.and_then(|(_, on)| on);
    due.is_some_and(|on| on.year() == today.year() && on.month() == today.month())
}
