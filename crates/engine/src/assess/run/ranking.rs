//! From totals to ranks, and what is said where two have the same total.

use super::{Run, adjust};
use crate::assess::scheme::{Incomplete, RankOn, Scheme};
use crate::assess::score::Number;
use crate::assess::score::places::{Ties, places};
use crate::statement::words::{Arg, Words};

/// Ranks all units within their groups and over all, and branches within the groups.
pub(super) fn rank(scheme: &Scheme, run: &mut Run) {
    let keys: Vec<Vec<Option<Number>>> =
        (0..run.units.len()).map(|unit| keys(scheme, run, unit)).collect();
    for (unit, place) in places(&keys, scheme.rank.ties).into_iter().enumerate() {
        run.units[unit].rank_of_all = place;
    }
    for group in 0..run.groups.len() {
        let units = run.groups[group].units.clone();
        let own: Vec<Vec<Option<Number>>> = units.iter().map(|unit| keys[*unit].clone()).collect();
        let ranks = places(&own, scheme.rank.ties);
        for (at, unit) in units.iter().enumerate() {
            run.units[*unit].rank = ranks[at].clone();
            run.units[*unit].tie = tie(scheme, run, (&units, &own), at);
        }
        branches(scheme, run, &units);
        let mut best_first = units;
        best_first.sort_by(|a, b| {
            let rank = |unit: usize| run.units[unit].rank.clone();
            let (a_rank, b_rank) = (rank(*a), rank(*b));
            a_rank.is_none().cmp(&b_rank.is_none()).then(a_rank.cmp(&b_rank)).then(a.cmp(b))
        });
        run.groups[group].units = best_first;
    }
}

/// What units are compared by, the first first: being whole where the scheme asks for it,
/// the total, then the keys that break ties.
fn keys(scheme: &Scheme, run: &Run, unit: usize) -> Vec<Option<Number>> {
    let this = &run.units[unit];
    let excluded = adjust::vetoed(scheme, this).is_excluded
        || (this.is_incomplete && scheme.rank.incomplete == Incomplete::Unranked);
    let total = match scheme.rank.on {
        RankOn::Rounded => this.published.clone(),
        RankOn::Unrounded => this.total.clone(),
    };
    let total = total.filter(|_| !excluded);
    let is_last = this.is_incomplete && scheme.rank.incomplete == Incomplete::Last;
    let first = total.as_ref().map(|_| Number::whole(i64::from(!is_last)));
    let mut keys = vec![first, total];
    keys.extend(scheme.rank.then_by.iter().map(|key| points_of(scheme, run, unit, key)));
    if scheme.rank.then_by_code {
        let before = run.units.iter().filter(|other| other.code < this.code).count();
        keys.push(Some(Number::whole(-(before as i64))));
    }
    keys
}

/// Points of an item or a branch, or the total.
pub(super) fn points_of(scheme: &Scheme, run: &Run, unit: usize, key: &str) -> Option<Number> {
    let unit = &run.units[unit];
    if let Some(item) = scheme.item(key) {
        return unit.items[item].points.clone();
    }
    match scheme.branch(key) {
        Some(branch) => unit.branches[branch].points.clone(),
        None => unit.published.clone(),
    }
}

/// What is said of a unit that has the same total as another of its group.
fn tie(
    scheme: &Scheme,
    run: &Run,
    (units, keys): (&[usize], &[Vec<Option<Number>>]),
    at: usize,
) -> Option<Words> {
    let own = &keys[at];
    own[0].as_ref()?;
    let alike = |other: &usize| *other != at && keys[*other][..2] == own[..2];
    let with: Vec<usize> = (0..units.len()).filter(alike).collect();
    let first = *with.first()?;
    let names = |of: &[usize]| {
        let name = |at: &usize| Arg::Text(run.units[units[*at]].name.clone());
        Arg::List(of.iter().map(name).collect())
    };
    let full: Vec<usize> = with.iter().copied().filter(|other| keys[*other] == *own).collect();
    if !full.is_empty() {
        let key = match scheme.rank.ties {
            Ties::Min => "assess-tie-min",
            Ties::Dense => "assess-tie-dense",
            Ties::Average => "assess-tie-average",
            Ties::Ordinal => "assess-tie-ordinal",
        };
        return Some(Words::new(key).with("names", names(&full)));
    }
    let decided = (2..own.len()).find(|key| keys[first][*key] != own[*key])?;
    let words = Words::new("assess-tie-broken").with("names", names(&with));
    Some(match scheme.rank.then_by.get(decided - 2) {
        Some(key) => {
            let name = scheme.name_of(key).cloned().unwrap_or_default();
            words.with("by", Arg::Name(name))
        }
        None => words.with("by", Arg::Words(Box::new(Words::new("assess-by-code")))),
    })
}

fn branches(scheme: &Scheme, run: &mut Run, units: &[usize]) {
    for branch in 0..scheme.branches.len() {
        let keys: Vec<Vec<Option<Number>>> = (units.iter())
            .map(|unit| vec![run.units[*unit].branches[branch].points.clone()])
            .collect();
        // Branches are not published as such: ties share the better place.
        for (unit, place) in units.iter().zip(places(&keys, Ties::Min)) {
            run.units[*unit].branches[branch].rank = place;
        }
    }
}
