//! The figures of each place of a group, through the counting function, with what each was
//! counted from.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tici_domain::{Currency, FigureKey, Measure, Subject};

use super::pick::{Clock, Story, event_projects, start_events, story};
use super::{Amount, Item, LeagueRules, Only, Quantity, Ratio, Unreported};
use crate::facts::{Facts, FactsTable};
use crate::filter::Filter;
use crate::snapshot::Snapshot;
use crate::totals::{Money, money, packages_of};

/// A figure of a place that the ledger has no measure for, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Given {
    pub place: i64,
    /// As the rule file names it: `criticism_city`.
    pub key: String,
    /// Millionths.
    pub value: i64,
    pub source: String,
}

/// One figure of one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// `None` is missing.
    pub value: Option<Ratio>,
    /// The two parts of a share.
    pub parts: Option<(Ratio, Ratio)>,
    /// How many the base of a share counts.
    pub base_count: Option<i64>,
    /// Indices into the facts table.
    pub rows: Vec<usize>,
    /// Projects with a plan that have not reported.
    pub unreported: Vec<i64>,
    /// Figures of the place it was read from.
    pub figures: Vec<FigureKey>,
    /// Sources of figures from beside the ledger.
    pub sources: Vec<String>,
}

/// The cohort of one month, sorted by place.
pub(super) struct Census<'a> {
    snapshot: &'a Snapshot,
    pub table: &'a FactsTable,
    rules: &'a LeagueRules,
    given: &'a [Given],
    clock: Clock,
    /// Projects of each place, those of its parts included.
    by_place: BTreeMap<i64, Vec<Counting>>,
    start_events: BTreeMap<i64, i64>,
    /// Projects whose money is in another currency than yuan, and is left out.
    pub foreign: usize,
}

/// One project as a league counts it.
#[derive(Clone, Copy)]
pub(super) struct Counting {
    /// Index into the facts table.
    pub index: usize,
    pub story: Story,
    /// As the counting function has it; in yuan, or nothing.
    money: Money,
    done_month: Option<i64>,
}

impl<'a> Census<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        table: &'a FactsTable,
        (rules, given): (&'a LeagueRules, &'a [Given]),
        filter: &Filter,
        places: &[i64],
    ) -> Census<'a> {
        let clock = Clock::new(table.lens.period);
        let events = event_projects(snapshot, clock);
        let home = homes(snapshot, places);
        let packages = packages_of(table, filter.packages);
        let (mut by_place, mut foreign) = (BTreeMap::<i64, Vec<Counting>>::new(), 0);
        for index in filter.apply(snapshot, table) {
            let facts = &table.rows[index];
            let Some(homes) = facts.place.and_then(|place| home.get(&place)) else { continue };
            let Some(entry) = snapshot.projects.get(facts.project) else { continue };
            let story = story(entry, facts, (table, clock), (&rules.classes, &events));
            let parts = packages.get(&facts.project);
            let is_yuan = facts.currency == Currency::CNY;
            foreign += usize::from(!is_yuan);
            let money = if is_yuan { money(facts, parts, table) } else { Money::default() };
            let done_month = is_yuan.then(|| done_month(snapshot, table, facts, parts)).flatten();
            for place in homes {
                let counting = Counting { index, story, money, done_month };
                by_place.entry(*place).or_default().push(counting);
            }
        }
        let mut held = BTreeMap::new();
        for event in start_events(snapshot, clock) {
            for place in event.place.and_then(|place| home.get(&place)).into_iter().flatten() {
                *held.entry(*place).or_insert(0) += 1;
            }
        }
        Census { snapshot, table, rules, given, clock, by_place, start_events: held, foreign }
    }

    /// What an item counts in a place.
    pub fn count(&self, item: &Item, place: i64) -> Counted {
        let mut of = self.quantity(&item.of, &item.only, place);
        let Some(by) = &item.by else { return of };
        let by = self.quantity(by, &item.only, place);
        of.parts = of.value.zip(by.value);
        of.base_count = by.value.filter(|value| value.den == 1).map(|value| clamp(value.num));
        of.value = of.parts.and_then(|(of, by)| of.over(by));
        of.unreported.extend(by.unreported);
        of.unreported.sort_unstable();
        of.unreported.dedup();
        of.figures.extend(by.figures);
        of.sources.extend(by.sources);
        // A base without projects of its own is shown by those that it counts.
        if of.rows.is_empty() {
            of.rows = by.rows;
        }
        of
    }

    /// Projects of a place that an item looks at.
    pub fn projects<'b>(
        &'b self,
        only: &'b Only,
        place: i64,
    ) -> impl Iterator<Item = &'b Counting> {
        let projects = self.by_place.get(&place).into_iter().flatten();
        projects.filter(move |counting| self.admits(only, counting))
    }

    fn admits(&self, only: &Only, counting: &Counting) -> bool {
        let tier = self.table.rows[counting.index].tier;
        let class = counting.story.class.map(|class| &self.rules.classes[class].key);
        (only.tiers.is_empty() || tier.is_some_and(|tier| only.tiers.contains(&tier)))
            && (only.classes.is_empty() || class.is_some_and(|key| only.classes.contains(key)))
    }

    fn quantity(&self, quantity: &Quantity, only: &Only, place: i64) -> Counted {
        match quantity {
            Quantity::Projects(pick) => {
                let all = self.projects(only, place);
                let picked = all.filter(|counting| counting.story.is(*pick, self.clock));
                let rows: Vec<usize> = picked.map(|counting| counting.index).collect();
                let value = Some(Ratio::whole(rows.len() as i128));
                Counted { value, rows, ..Counted::default() }
            }
            Quantity::Money(amount) => self.money(*amount, only, place),
            Quantity::StartEvents => {
                let held = self.start_events.get(&place).copied().unwrap_or(0);
                Counted { value: Some(Ratio::whole(held.into())), ..Counted::default() }
            }
            Quantity::Given(key) => self.given(key, place),
            Quantity::Percent => Counted { value: Some(Ratio::whole(100)), ..Counted::default() },
        }
    }

    /// A sum; missing where nobody who had to report has.
    fn money(&self, amount: Amount, only: &Only, place: i64) -> Counted {
        let mut out = Counted::default();
        let (mut sum, mut reported, mut silent) = (0_i128, false, false);
        let left_out = self.rules.unreported == Unreported::LeftOut;
        for counting in self.projects(only, place) {
            let is_silent = counting.money.plan_year.is_some() && counting.money.done_ytd.is_none();
            reported |= counting.money.done_ytd.is_some();
            if is_silent && amount != Amount::Total {
                out.unreported.push(self.table.rows[counting.index].project);
                silent = true;
                if left_out {
                    continue;
                }
            }
            out.rows.push(counting.index);
            sum += i128::from(counting.amount(amount).unwrap_or(0));
        }
        let is_missing = silent
            && !reported
            && (left_out || matches!(amount, Amount::DoneYtd | Amount::DoneMonth));
        out.value = (!is_missing).then(|| Ratio::whole(sum));
        out
    }

    /// A figure of the place: of the ledger where its key is a measure, else given beside it.
    pub fn given(&self, key: &str, place: i64) -> Counted {
        let lens = &self.table.lens;
        let kept = Measure::parse(key).and_then(|measure| {
            let subject = Subject::Place(place);
            let key = FigureKey { subject, measure, period: lens.period, basis: lens.basis };
            self.snapshot.figure(&key).map(|cell| (key, cell.number))
        });
        if let Some((key, number)) = kept {
            let value = Some(Ratio::whole(number.into()));
            return Counted { value, figures: vec![key], ..Counted::default() };
        }
        let found = self.given.iter().find(|given| given.place == place && given.key == key);
        let Some(given) = found else { return Counted::default() };
        let value = Ratio::of(given.value.into(), 1_000_000);
        Counted { value, sources: vec![given.source.clone()], ..Counted::default() }
    }

    /// How many projects of the cohort lie in a place.
    pub fn size(&self, place: i64) -> usize {
        self.by_place.get(&place).map_or(0, Vec::len)
    }

    /// Key of the class of a project.
    pub fn class(&self, counting: &Counting) -> Option<&str> {
        counting.story.class.map(|class| self.rules.classes[class].key.as_str())
    }
}

impl Counting {
    /// Its money in yuan; `None` is not known.
    pub fn amount(&self, amount: Amount) -> Option<i64> {
        match amount {
            Amount::Total => self.money.total,
            Amount::PlanYear => self.money.plan_year,
            Amount::DoneYtd => self.money.done_ytd,
            Amount::DueYtd => self.money.due_ytd,
            Amount::DoneMonth => self.done_month,
        }
    }
}

/// How much the cumulative figure rose in the lens's month, its packages' where a project
/// has none of its own; the month's own figure where no cumulative one is kept.
fn done_month(
    snapshot: &Snapshot,
    table: &FactsTable,
    facts: &Facts,
    packages: Option<&Vec<usize>>,
) -> Option<i64> {
    let (period, basis) = (table.lens.period, table.lens.basis);
    let figures = &snapshot.project_figures;
    let own = |project| {
        let Some(now) = figures.get(project, Measure::INVEST_YTD, basis, period) else {
            return figures.get(project, Measure::INVEST_MONTH, basis, period).map(|c| c.number);
        };
        let before = figures.latest(project, Measure::INVEST_YTD, basis, period.previous());
        let before = before.filter(|cell| cell.period.calendar_year() == period.calendar_year());
        Some(now.number - before.map_or(0, |cell| cell.number))
    };
    own(facts.project).or_else(|| {
        let parts = packages?.iter().map(|index| &table.rows[*index]);
        let known: Vec<i64> =
            parts.filter(|part| part.is_live()).filter_map(|part| own(part.project)).collect();
        (!known.is_empty()).then(|| known.iter().sum())
    })
}

/// The places of `places` that each place of the ledger lies in.
fn homes(snapshot: &Snapshot, places: &[i64]) -> BTreeMap<i64, Vec<i64>> {
    let roots: BTreeSet<i64> = places.iter().copied().collect();
    let within = |place: &i64| {
        let above = std::iter::successors(Some(*place), |at| snapshot.places.get(at)?.parent);
        // Depth is bounded, as in `Snapshot::place_within`.
        let homes: Vec<i64> = above.take(32).filter(|at| roots.contains(at)).collect();
        (!homes.is_empty()).then_some((*place, homes))
    };
    snapshot.places.keys().filter_map(within).collect()
}

fn clamp(number: i128) -> i64 {
    number.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}
