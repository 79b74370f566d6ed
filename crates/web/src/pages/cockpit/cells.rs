//! The cells of the deadline's panel: every listed project at a glance, or several in one
//! cell where they are many.

use tici_domain::Light;
use tici_engine::cockpit::{Cohort, Unit as EngineUnit};
use tici_ops::view_cockpit::CockpitPage;

use crate::{charts, i18n::T, ui::Html};

/// Cells at most, but for the last ones of each state: more cannot be told apart, and are
/// megabytes of drawing.
const CELLS_MAX: usize = 400;

/// The kinds of cell in their order, with the words for so many of them.
const KINDS: [(charts::UnitState, &str); 5] = [
    (charts::UnitState::Done, "cockpit-cell-started"),
    (charts::UnitState::Likely, "cockpit-cell-in-time"),
    (charts::UnitState::Marked(Light::Amber), "cockpit-cell-late"),
    (charts::UnitState::Marked(Light::Red), "cockpit-cell-late"),
    (charts::UnitState::Marked(Light::Unreported), "cockpit-cell-undated"),
];

/// One cell for each project; where they are too many to be told apart, one for several of
/// the same state.
pub(super) fn cells(t: T, page: &CockpitPage, width_px: u32) -> Html {
    let cohort = &page.cockpit.cohort;
    let each = projects_in_cell(cohort.projects);
    let unit = |unit: &EngineUnit| charts::Unit { title: name(t, page, unit), state: state(unit) };
    let group = |(tier, units): &(tici_domain::ListTier, Vec<EngineUnit>)| charts::UnitGroup {
        label: t.tier(*tier),
        units: match each {
            1 => units.iter().map(unit).collect(),
            _ => together(t, units, each),
        },
    };
    let key = if each == 1 { "cockpit-cells-label" } else { "cockpit-cells-label-each" };
    let label = t.t1(
        key,
        &[
            ("n", &cohort.projects),
            ("each", &each),
            ("started", &cohort.started),
            ("in-time", &cohort.expected_in_time),
            ("late", &cohort.expected_late),
            ("undated", &cohort.without_date),
        ],
    );
    let groups = cohort.tiers.iter().map(group).collect();
    Html(charts::unit_cells(&charts::UnitCells { width_px, groups, label }))
}

/// How many projects one cell stands for: one, or the least round number that keeps the
/// cells few.
fn projects_in_cell(projects: usize) -> usize {
    let round = (0..).flat_map(|power| [1, 2, 5].map(|first| first * 10_usize.pow(power)));
    let mut fitting = round.filter(|each| projects.div_ceil(*each) <= CELLS_MAX);
    fitting.next().unwrap_or(projects)
}

/// Cells of `each` projects of one state; the last of a state may stand for fewer, and a
/// state that occurs at all has one.
fn together(t: T, units: &[EngineUnit], each: usize) -> Vec<charts::Unit> {
    let cells = KINDS.into_iter().flat_map(|(kind, key)| {
        let count = units.iter().filter(|unit| state(unit) == kind).count();
        (0..count.div_ceil(each)).map(move |index| {
            let here = each.min(count - index * each);
            charts::Unit { title: t.t1(key, &[("n", &here)]), state: kind }
        })
    });
    cells.collect()
}

fn name(t: T, page: &CockpitPage, unit: &EngineUnit) -> String {
    let Some(entry) = page.snapshot.projects.get(unit.project) else { return String::new() };
    let firm = entry.project.enterprise.and_then(|id| page.snapshot.enterprises.get(&id));
    let firm = firm.map_or("", |firm| firm.short.get(t.lang));
    format!("{} {firm} {}", entry.project.code, entry.project.name.get(t.lang))
}

/// Mark and words of each kind of cell that occurs, and what a cell stands for.
pub(super) fn legend(t: T, cohort: &Cohort) -> Vec<(Html, String)> {
    let units = || cohort.tiers.iter().flat_map(|(_, units)| units);
    let kinds =
        KINDS.map(|(kind, key)| (kind, key, units().filter(|unit| state(unit) == kind).count()));
    let occurs = kinds.into_iter().filter(|(_, _, count)| *count > 0);
    // Two marks that mean the same are told together, with the sum.
    let mut together: Vec<(String, &str, usize)> = Vec::new();
    for (state, key, count) in occurs {
        let mark = charts::unit_mark(state);
        match together.iter_mut().find(|(_, known, _)| *known == key) {
            Some((marks, _, sum)) => {
                marks.push_str(&mark);
                *sum += count;
            }
            None => together.push((mark, key, count)),
        }
    }
    let words = together.into_iter();
    let mut legend: Vec<(Html, String)> =
        words.map(|(marks, key, count)| (Html(marks), t.t1(key, &[("n", &count)]))).collect();
    let each = projects_in_cell(cohort.projects);
    if each > 1 {
        legend.push((Html(String::new()), t.t1("cockpit-cells-each", &[("n", &each)])));
    }
    legend
}

fn state(unit: &EngineUnit) -> charts::UnitState {
    match (unit.started, unit.days_late) {
        (true, _) => charts::UnitState::Done,
        (false, Some(days)) if days <= 0 => charts::UnitState::Likely,
        (false, Some(_)) => charts::UnitState::Marked(late_light(unit.light)),
        (false, None) => charts::UnitState::Marked(Light::Unreported),
    }
}

/// Late is never green, whatever the thresholds of the lights say.
fn late_light(light: Light) -> Light {
    if light == Light::Amber { Light::Amber } else { Light::Red }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tici_domain::Lang;

    #[test]
    fn a_cell_stands_for_a_round_number() {
        let cases = [(0, 1), (62, 1), (400, 1), (401, 2), (2_000, 5), (2_001, 10), (20_977, 100)];
        for (projects, each) in cases {
            assert_eq!(projects_in_cell(projects), each, "{projects}");
        }
    }

    #[test]
    fn every_state_that_occurs_has_a_cell() {
        let unit = |started, days_late| EngineUnit {
            project: 1,
            started,
            light: Light::Red,
            expected: None,
            days_late,
        };
        let mut units = vec![unit(true, None); 205];
        units.extend([unit(false, Some(-3)), unit(false, Some(9)), unit(false, None)]);
        let cells = together(T::new(Lang::En), &units, 100);
        let titles: Vec<&str> = cells.iter().map(|cell| cell.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Started 100",
                "Started 100",
                "Started 5",
                "Expected in time 1",
                "Expected late 1",
                "No date 1"
            ]
        );
    }
}
