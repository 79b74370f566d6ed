//! Whether units, figures and events fit the scheme, and who is in which group.

use std::collections::{BTreeMap, BTreeSet};

use tici_domain::{Name, Problem};

use super::inputs::{EventIn, Inputs};
use crate::assess::scheme::{GroupBy, Scheme};

/// A group and its units.
pub(super) struct Grouped {
    pub key: String,
    pub name: Name,
    pub units: Vec<usize>,
}

/// The groups, and everything that is wrong with the input.
pub(super) fn check(scheme: &Scheme, inputs: &Inputs) -> (Vec<Grouped>, Vec<Problem>) {
    let mut problems = Vec::new();
    let whole = |problem: Problem| problem.at(&inputs.file, "", "");
    if inputs.units.is_empty() {
        problems.push(whole(Problem::error("assess-no-units")));
    }
    let mut codes = BTreeSet::new();
    for unit in &inputs.units {
        if !codes.insert(&unit.code) {
            let problem = Problem::error("assess-unit-twice").arg("unit", &unit.code);
            problems.push(problem.at(&inputs.file, "", &unit.place));
        }
    }
    problems.extend(columns(scheme, inputs).into_iter().map(whole));
    let by_code: BTreeMap<&str, usize> =
        inputs.units.iter().enumerate().map(|(at, unit)| (unit.code.as_str(), at)).collect();
    for event in &inputs.events {
        problems.extend(check_event(scheme, &by_code, event));
    }
    problems.extend(overrides(scheme, inputs, &by_code));
    let groups = groups(scheme, inputs, &mut problems);
    if !Problem::any_error(&problems) {
        for group in groups.iter().filter(|group| group.units.len() == 1) {
            let unit = &inputs.units[group.units[0]];
            let problem = Problem::warning("assess-one-unit").arg("unit", &unit.code);
            problems.push(problem.at(&inputs.file, "", &unit.place));
        }
    }
    (groups, problems)
}

/// Figures that are not there, have nothing in them, or are the same for all.
fn columns(scheme: &Scheme, inputs: &Inputs) -> Vec<Problem> {
    let mut problems = Vec::new();
    for key in scheme.columns() {
        let items = scheme.fed_by(key).join(", ");
        let Some(column) = inputs.figures.get(key) else {
            let problem = Problem::error("assess-figure-missing").arg("column", key);
            problems.push(problem.arg("items", items));
            continue;
        };
        let mut present = column.values.iter().flatten();
        let Some(first) = present.next() else {
            let problem = Problem::error("assess-figure-empty").arg("column", key);
            problems.push(problem.arg("items", items));
            continue;
        };
        let count = 1 + present.clone().count();
        // A target or a baseline may well be the same for all.
        let is_own = scheme.items.iter().all(|item| !item.method.figures().contains(&key));
        if is_own && count > 1 && present.all(|value| value == first) {
            let problem = Problem::warning("assess-column-constant").arg("column", key);
            problems.push(problem.arg("value", first).arg("count", count));
        }
    }
    problems
}

fn check_event(scheme: &Scheme, units: &BTreeMap<&str, usize>, event: &EventIn) -> Option<Problem> {
    let bonus = scheme.bonuses.iter().find(|bonus| bonus.key == event.item);
    let is_veto = scheme.vetoes.iter().any(|veto| veto.key == event.item);
    let is_sound = event.points.as_ref().is_some_and(|points| !points.is_negative());
    let lacks_document = event.document.trim().is_empty();
    let problem = if !units.contains_key(event.unit.as_str()) {
        Problem::error("assess-event-unit").arg("unit", &event.unit)
    } else if bonus.is_none() && !is_veto {
        let bonuses = scheme.bonuses.iter().map(|bonus| bonus.key.as_str());
        let known: Vec<&str> =
            bonuses.chain(scheme.vetoes.iter().map(|veto| veto.key.as_str())).collect();
        let problem = Problem::error("assess-event-item").arg("item", &event.item);
        problem.arg("known", known.join(", "))
    } else if bonus.is_some() && !is_sound {
        Problem::error("assess-event-points").arg("item", &event.item)
    } else if bonus.is_some_and(|bonus| bonus.needs_document) && lacks_document {
        Problem::error("assess-event-document").arg("matter", &event.matter)
    } else {
        return None;
    };
    Some(problem.at(&event.file, "", &event.place))
}

fn overrides(scheme: &Scheme, inputs: &Inputs, units: &BTreeMap<&str, usize>) -> Vec<Problem> {
    let grades = scheme.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let check = |change: &super::Override| {
        let is_grade = change.grade.is_empty() || grades.iter().any(|g| g.key == change.grade);
        let problem = if !units.contains_key(change.unit.as_str()) {
            Problem::error("assess-event-unit").arg("unit", &change.unit)
        } else if !is_grade {
            Problem::error("assess-override-grade").arg("grade", &change.grade)
        } else if change.reason.trim().is_empty() {
            Problem::error("assess-override-reason").arg("unit", &change.unit)
        } else {
            return None;
        };
        Some(problem.at(&change.file, "", &change.place))
    };
    inputs.overrides.iter().filter_map(check).collect()
}

fn groups(scheme: &Scheme, inputs: &Inputs, problems: &mut Vec<Problem>) -> Vec<Grouped> {
    let stated = scheme.groups.groups.iter();
    let mut groups: Vec<Grouped> = stated
        .map(|group| Grouped { key: group.key.clone(), name: group.name.clone(), units: vec![] })
        .collect();
    if scheme.groups.by == GroupBy::None {
        let units = (0..inputs.units.len()).collect();
        return vec![Grouped { key: "all".into(), name: scheme.title.clone(), units }];
    }
    let is_open = groups.is_empty();
    for (at, unit) in inputs.units.iter().enumerate() {
        let found = match &scheme.groups.by {
            GroupBy::Column(column) => {
                let key = unit.texts.get(column).map_or("", String::as_str);
                let known = groups.iter().position(|group| group.key == key);
                if known.is_none() && is_open && !key.is_empty() {
                    let name = Name::new(key.to_owned());
                    groups.push(Grouped { key: key.into(), name, units: Vec::new() });
                    Some(groups.len() - 1)
                } else {
                    known
                }
            }
            _ => scheme.groups.groups.iter().position(|group| {
                group.units.iter().any(|named| *named == unit.code || *named == unit.name)
            }),
        };
        match found {
            Some(group) => groups[group].units.push(at),
            None => {
                let problem = Problem::error("assess-unit-no-group").arg("unit", &unit.code);
                problems.push(problem.at(&inputs.file, "", &unit.place));
            }
        }
    }
    if is_open {
        groups.sort_by(|a, b| a.key.cmp(&b.key));
    }
    groups
}
