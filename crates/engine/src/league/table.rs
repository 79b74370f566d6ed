//! The league table: groups, totals, ranks, what moved since the month before, and the same
//! over the projects that both months have.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};
use tici_domain::{FigureKey, Period, Place, Problem};

use super::count::{Census, Given};
use super::score::score;
use super::{LeagueRules, MissingRank, PeerGroup, Ratio, Score, Ties};
use crate::facts::FactsTable;
use crate::filter::Filter;
use crate::snapshot::Snapshot;
use crate::statement::words::Words;

/// What a league is made from.
#[derive(Clone, Copy)]
pub struct LeagueInput<'a> {
    pub snapshot: &'a Snapshot,
    /// Facts of the month.
    pub table: &'a FactsTable,
    /// Facts of the month before; not used across a year's end, where scores begin anew.
    pub before: Option<&'a FactsTable>,
    /// Figures from beside the ledger, of the month and of the one before.
    pub given: &'a [Given],
    pub given_before: &'a [Given],
    /// Subtree the account may see.
    pub scope: Option<i64>,
}

/// A league of one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct League {
    pub period: Period,
    /// The month that changes are against.
    pub before: Option<Period>,
    pub groups: Vec<PeerTable>,
}

/// One group, best first; places without a rank come last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeerTable {
    /// Index of the group in the rules.
    pub group: usize,
    pub rows: Vec<Row>,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub place: i64,
    /// Projects of the cohort.
    pub projects: usize,
    /// From 1; `None` where the rules give none.
    pub rank: Option<u32>,
    /// Another place has the same rank.
    pub is_tied: bool,
    pub rank_before: Option<u32>,
    /// Rounded as the rules say; `None` where every item is missing.
    pub total: Option<Score>,
    /// An item is missing.
    pub is_incomplete: bool,
    /// Index of the grade in the rules; none while incomplete.
    pub grade: Option<usize>,
    /// In the order of the items.
    pub cells: Vec<Cell>,
    /// The same over projects of both months; `None` without a month before.
    pub constant: Option<Constant>,
}

/// One score and what it was counted from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// `None` is missing.
    pub score: Option<Score>,
    pub value: Option<Ratio>,
    /// What the value is of: 41 of 62.
    pub parts: Option<(Ratio, Ratio)>,
    /// Projects it was counted from, by id.
    pub projects: Vec<i64>,
    /// Projects that had to report and did not.
    pub unreported: Vec<i64>,
    /// Figures of the place it was read from.
    #[serde(serialize_with = "figure_keys")]
    pub figures: Vec<FigureKey>,
    /// Where figures from beside the ledger came from.
    pub sources: Vec<String>,
    /// The formula with its numbers.
    pub formula: Words,
}

/// A place over the constant cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Constant {
    pub projects: usize,
    pub total: Option<Score>,
    pub rank: Option<u32>,
    pub rank_before: Option<u32>,
}

/// `place/321/invest_ytd/2026-05/reported`
fn figure_keys<S: Serializer>(keys: &[FigureKey], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(keys.iter().map(|key| {
        let (subject, measure) = (key.subject, key.measure.code());
        let (kind, id, basis) = (subject.kind(), subject.id(), key.basis.code());
        format!("{kind}/{id}/{measure}/{}/{basis}", key.period)
    }))
}

impl Row {
    /// Places gained since the month before; negative is lost.
    pub fn change(&self) -> Option<i64> {
        Some(i64::from(self.rank_before?) - i64::from(self.rank?))
    }
}

impl Constant {
    /// Places gained since the month before; negative is lost.
    pub fn change(&self) -> Option<i64> {
        Some(i64::from(self.rank_before?) - i64::from(self.rank?))
    }
}

/// Ranks the places of every group. Problems are warnings: a league is always made.
pub fn league(input: &LeagueInput, rules: &LeagueRules) -> (League, Vec<Problem>) {
    let period = input.table.lens.period;
    let is_same_year = |table: &&FactsTable| {
        table.lens.period < period && table.lens.period.calendar_year() == period.calendar_year()
    };
    let before = input.before.filter(is_same_year);
    let mut problems = Vec::new();
    let groups = grouped(input, rules, &mut problems);
    let filter = filter(input, rules);
    let both = before.map(|before| constant_projects(input, before, &filter));
    let constant = both.map(|both| Filter { projects: Some(both), ..filter.clone() });
    let mut tables = Vec::new();
    for (group, places) in groups.into_iter().enumerate() {
        let stand = |table, given, filter: &Filter| {
            let census = Census::new(input.snapshot, table, (rules, given), filter, &places);
            standing(&census, rules, &places)
        };
        let (mut rows, foreign) = stand(input.table, input.given, &filter);
        if foreign > 0 {
            problems.push(Problem::warning("league-other-currency").arg("n", foreign));
        }
        if let Some(before) = before {
            let (old, _) = stand(before, input.given_before, &filter);
            rows.iter_mut().for_each(|row| row.rank_before = rank_in(&old, row.place));
        }
        if let (Some(before), Some(filter)) = (before, &constant) {
            let (now, _) = stand(input.table, input.given, filter);
            let (old, _) = stand(before, input.given_before, filter);
            for row in &mut rows {
                row.constant = constant_of(&now, &old, row.place);
            }
        }
        tables.push(PeerTable { group, rows });
    }
    (League { period, before: before.map(|table| table.lens.period), groups: tables }, problems)
}

fn filter(input: &LeagueInput, rules: &LeagueRules) -> Filter {
    Filter {
        listed: rules.cohort.listed,
        tiers: rules.cohort.tiers.clone(),
        packages: rules.cohort.packages,
        scope: input.scope,
        ..Filter::default()
    }
}

/// Projects of the cohort in both months that have reported for both.
fn constant_projects(input: &LeagueInput, before: &FactsTable, filter: &Filter) -> BTreeSet<i64> {
    let reported = |table: &FactsTable| -> BTreeSet<i64> {
        let rows = filter.apply(input.snapshot, table).into_iter();
        let rows = rows.map(|index| &table.rows[index]);
        rows.filter(|facts| facts.done_ytd.is_some() || facts.has_packages)
            .map(|facts| facts.project)
            .collect()
    };
    reported(input.table).intersection(&reported(before)).copied().collect()
}

/// The places of each group, in the office's order. The region itself is not compared with
/// its parts, nor a place with those that lie in it, unless the rules name it.
fn grouped(input: &LeagueInput, rules: &LeagueRules, problems: &mut Vec<Problem>) -> Vec<Vec<i64>> {
    let snapshot = input.snapshot;
    let day = input.table.lens.period.last_day();
    let in_scope = |id| input.scope.is_none_or(|root| snapshot.place_within(id, root));
    let mut places: Vec<&Place> =
        snapshot.places.values().filter(|place| place.valid_on(day)).collect();
    places.sort_by_key(|place| (place.rank, place.id));
    let mut homes = BTreeMap::new();
    for place in &places {
        if let Some(group) = group_of(rules, place) {
            homes.insert(place.id, group);
        }
    }
    let above = |place: &Place| {
        let parents = std::iter::successors(place.parent, |at| snapshot.places.get(at)?.parent);
        parents.take(32).any(|parent| {
            let is_region = snapshot.places.get(&parent).is_none_or(|p| p.parent.is_none());
            !is_region && homes.contains_key(&parent)
        })
    };
    let mut groups = vec![Vec::new(); rules.groups.len()];
    for place in places.iter().filter(|place| in_scope(place.id)) {
        let Some((group, is_named)) = homes.get(&place.id) else { continue };
        let is_part = place.parent.is_some() && !above(place);
        if *is_named || is_part {
            groups[*group].push(place.id);
        }
    }
    for (group, places) in rules.groups.iter().zip(&groups) {
        if places.is_empty() {
            problems.push(Problem::warning("league-empty-group").arg("group", &group.name.text));
        }
    }
    groups
}

/// The group of a place, and whether it is there by its name.
fn group_of(rules: &LeagueRules, place: &Place) -> Option<(usize, bool)> {
    let names = [&place.code.code, &place.name.text, &place.short.text];
    let is_named = |group: &PeerGroup| group.places.iter().any(|named| names.contains(&named));
    let named = rules.groups.iter().position(is_named).map(|group| (group, true));
    let kind = || rules.groups.iter().position(|group| group.kinds.contains(&place.kind));
    named.or_else(|| kind().map(|group| (group, false)))
}

/// Scores and ranks of one group, best first, and how many projects were left out for their
/// currency.
fn standing(census: &Census, rules: &LeagueRules, places: &[i64]) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> =
        places.iter().map(|place| blank(*place, census.size(*place))).collect();
    for item in &rules.items {
        for (row, scored) in rows.iter_mut().zip(score(census, item, places)) {
            let counted = scored.counted;
            let ids = counted.rows.iter().map(|index| census.table.rows[*index].project);
            row.cells.push(Cell {
                score: scored.score,
                value: counted.value,
                parts: counted.parts,
                projects: ids.collect(),
                unreported: counted.unreported,
                figures: counted.figures,
                sources: counted.sources,
                formula: scored.formula,
            });
        }
    }
    for row in &mut rows {
        let known: Vec<Score> = row.cells.iter().filter_map(|cell| cell.score).collect();
        let total = known.iter().fold(Score::ZERO, |sum, score| sum.plus(*score));
        row.is_incomplete = known.len() < row.cells.len();
        row.total = (!known.is_empty()).then(|| total.rounded(rules.rank.decimals));
        let whole = row.total.filter(|_| !row.is_incomplete);
        row.grade =
            whole.and_then(|total| rules.grades.iter().position(|grade| total >= grade.from));
    }
    rank(&mut rows, rules);
    (rows, census.foreign)
}

fn blank(place: i64, projects: usize) -> Row {
    Row {
        place,
        projects,
        rank: None,
        is_tied: false,
        rank_before: None,
        total: None,
        is_incomplete: false,
        grade: None,
        cells: Vec::new(),
        constant: None,
    }
}

/// Sorts best first and numbers the rows; those without a rank follow in the order given.
fn rank(rows: &mut [Row], rules: &LeagueRules) {
    let missing = rules.rank.missing;
    // What is compared: whole ones first where the rules say so, then the total.
    let key = |row: &Row| {
        let is_ranked =
            row.total.is_some() && !(row.is_incomplete && missing == MissingRank::Unranked);
        let is_behind = row.is_incomplete && missing == MissingRank::Last;
        (!is_ranked, is_behind, Reverse(row.total))
    };
    rows.sort_by_key(key);
    let (mut place, mut last) = (0_u32, None);
    let keys: Vec<_> = rows.iter().map(key).collect();
    for (index, row) in rows.iter_mut().enumerate() {
        let (is_unranked, ..) = keys[index];
        if is_unranked {
            continue;
        }
        if last != Some(keys[index]) {
            place = match rules.rank.ties {
                Ties::Skip => index as u32 + 1,
                Ties::Dense => place + 1,
            };
        }
        last = Some(keys[index]);
        row.rank = Some(place);
        row.is_tied = keys.iter().filter(|other| **other == keys[index]).count() > 1;
    }
}

fn rank_in(rows: &[Row], place: i64) -> Option<u32> {
    rows.iter().find(|row| row.place == place)?.rank
}

fn constant_of(now: &[Row], old: &[Row], place: i64) -> Option<Constant> {
    let row = now.iter().find(|row| row.place == place)?;
    let rank_before = rank_in(old, place);
    Some(Constant { projects: row.projects, total: row.total, rank: row.rank, rank_before })
}
