//! Grades of all units, after vetoes, with what somebody changed by hand.

use super::Run;
use super::adjust::vetoed;
use super::inputs::Inputs;
use crate::assess::grade::quota::{Contestant, Quota, grades};
use crate::assess::grade::threshold;
use crate::assess::scheme::{GradeBy, Grading, RankOn, Scheme};
use crate::assess::score::Number;

/// Grades every unit; units without a rank have none.
pub(super) fn grade(scheme: &Scheme, inputs: &Inputs, run: &mut Run) {
    let Some(grading) = &scheme.grading else { return };
    match grading.by {
        GradeBy::Threshold => {
            let from: Vec<Option<Number>> =
                grading.grades.iter().map(|grade| grade.from.clone()).collect();
            for unit in 0..run.units.len() {
                let score = score(scheme, run, unit).filter(|_| run.units[unit].rank.is_some());
                run.units[unit].grade = score.and_then(|score| threshold::grade(&score, &from));
            }
        }
        GradeBy::Quota => {
            let all: Vec<usize> = (0..run.units.len()).collect();
            let groups = run.groups.iter().map(|group| group.units.clone());
            let groups = if grading.over_all { vec![all] } else { groups.collect() };
            for units in groups {
                quotas(scheme, run, grading, &units);
            }
        }
    }
    for unit in &mut run.units {
        unit.grade = vetoed(scheme, unit).grade(unit.grade);
    }
    overrides(grading, inputs, run);
}

fn score(scheme: &Scheme, run: &Run, unit: usize) -> Option<Number> {
    match scheme.rank.on {
        RankOn::Rounded => run.units[unit].published.clone(),
        RankOn::Unrounded => run.units[unit].total.clone(),
    }
}

fn quotas(scheme: &Scheme, run: &mut Run, grading: &Grading, units: &[usize]) {
    let place = |unit: usize| {
        let unit = &run.units[unit];
        if grading.over_all { unit.rank_of_all.clone() } else { unit.rank.clone() }
    };
    let contest: Vec<(usize, Contestant)> = units
        .iter()
        .filter_map(|&unit| {
            Some((unit, Contestant { place: place(unit)?, score: score(scheme, run, unit)? }))
        })
        .collect();
    let contestants: Vec<Contestant> =
        contest.iter().map(|(_, contestant)| contestant.clone()).collect();
    let quota = |grade: &crate::assess::scheme::Grade| Quota {
        share: grade.share.clone(),
        min: grade.from.clone(),
    };
    let quotas: Vec<Quota> = grading.grades.iter().map(quota).collect();
    let how = (grading.places, grading.boundary);
    let given = grades(&contestants, units.len(), &quotas, how);
    for ((unit, _), grade) in contest.iter().zip(given) {
        run.units[*unit].grade = grade;
    }
}

fn overrides(grading: &Grading, inputs: &Inputs, run: &mut Run) {
    for change in &inputs.overrides {
        let grade = grading.grades.iter().position(|grade| grade.key == change.grade);
        let Some(unit) = run.units.iter_mut().find(|unit| unit.code == change.unit) else {
            continue;
        };
        unit.overridden = Some((unit.grade, change.reason.clone()));
        unit.grade = grade;
    }
}
