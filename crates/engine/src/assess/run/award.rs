//! Awards by rule, with who met each and by what.

use super::inputs::Inputs;
use super::ranking::points_of;
use super::{AwardRun, Run, Winner, adjust};
use crate::assess::scheme::{Award, AwardRule, Scheme};
use crate::assess::score::Number;
use crate::assess::score::places::{Ties, places_of};
use crate::statement::words::{Arg, Words};

/// Decimals of the points an award is explained by, where the scheme publishes none.
const DECIMALS: u32 = 4;

/// Who met every award. A unit that a veto excludes gets none.
pub(super) fn awards(scheme: &Scheme, inputs: &Inputs, run: &Run) -> Vec<AwardRun> {
    let award = |(at, award): (usize, &Award)| {
        let all: Vec<usize> = (0..run.units.len()).collect();
        let groups = run.groups.iter().map(|group| group.units.clone());
        let pools = if award.over_all { vec![all] } else { groups.collect() };
        let winners = pools.iter().flat_map(|units| winners(scheme, inputs, run, award, units));
        AwardRun { award: at, winners: winners.collect() }
    };
    scheme.awards.iter().enumerate().map(award).collect()
}

fn winners(
    scheme: &Scheme,
    inputs: &Inputs,
    run: &Run,
    award: &Award,
    units: &[usize],
) -> Vec<Winner> {
    let in_contest = |unit: &&usize| !adjust::vetoed(scheme, &run.units[**unit]).is_excluded;
    let units: Vec<usize> = units.iter().filter(in_contest).copied().collect();
    let points = |unit: usize| points_of(scheme, run, unit, &award.of);
    match &award.rule {
        AwardRule::Threshold { from } => {
            let met = units.iter().filter_map(|unit| Some((*unit, points(*unit)?)));
            met.filter(|(_, points)| points >= from)
                .map(|(unit, points)| Winner { unit, by: met_by(&points, from) })
                .collect()
        }
        AwardRule::First { count } => {
            let values: Vec<Option<Number>> = units.iter().map(|unit| points(*unit)).collect();
            first(&units, &values, *count, |place, points| {
                let words = Words::new("assess-award-first").with("place", number(place));
                words.with("points", number(points))
            })
        }
        AwardRule::BestRiser { count } => risers(inputs, run, &units, *count),
    }
}

/// Who rose the most places; nobody who did not rise.
fn risers(inputs: &Inputs, run: &Run, units: &[usize], count: u32) -> Vec<Winner> {
    let Some(before) = &inputs.before else { return Vec::new() };
    let rise = |unit: &usize| {
        let unit = &run.units[*unit];
        let rise = before.ranks.get(&unit.code)? - unit.rank.as_ref()?;
        rise.is_positive().then_some(rise)
    };
    let rises: Vec<Option<Number>> = units.iter().map(rise).collect();
    let mut winners = first(units, &rises, count, |_, rise| {
        Words::new("assess-award-riser").with("places", number(rise))
    });
    for winner in &mut winners {
        let unit = &run.units[winner.unit];
        let from = before.ranks.get(&unit.code).map(number);
        let to = unit.rank.as_ref().map(number);
        if let (Some(from), Some(to)) = (from, to) {
            winner.by = winner.by.clone().with("from", from).with("to", to);
        }
    }
    winners
}

/// The first so many by a value; those tied with the last are in.
fn first(
    units: &[usize],
    values: &[Option<Number>],
    count: u32,
    by: impl Fn(&Number, &Number) -> Words,
) -> Vec<Winner> {
    let count = Number::whole(count.into());
    let placed = units.iter().zip(values).zip(places_of(values, Ties::Min));
    let mut won: Vec<(Number, Winner)> = placed
        .filter_map(|((unit, value), place)| {
            let (place, value) = (place?, value.as_ref()?);
            let winner = Winner { unit: *unit, by: by(&place, value) };
            (place <= count).then_some((place, winner))
        })
        .collect();
    won.sort_by(|a, b| a.0.cmp(&b.0));
    won.into_iter().map(|(_, winner)| winner).collect()
}

fn met_by(points: &Number, from: &Number) -> Words {
    Words::new("assess-award-threshold").with("points", number(points)).with("from", number(from))
}

fn number(number: &Number) -> Arg {
    Arg::Number(number.brief(DECIMALS))
}
