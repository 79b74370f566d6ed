//! What a meeting's decisions clear, if they are kept.

use jiff::civil::Date;
use tici_domain::{Name, Task};

use super::rules::ForecastRules;

/// The things in the way that decisions clear, by series, each with its day.
///
/// A decision clears one thing of its own kind, by the words of both titles; one that is of
/// no kind, or whose kind is gone, clears the first that is left. Decisions without a day
/// clear nothing.
pub fn cleared_by(
    rules: &ForecastRules,
    in_the_way: &[&Task],
    decisions: &[(&Name, Option<Date>)],
) -> Vec<(i64, Date)> {
    let mut left: Vec<&Task> = in_the_way.to_vec();
    let mut cleared = Vec::new();
    let mut others = Vec::new();
    for (title, day) in decisions.iter().filter_map(|(title, day)| Some((title, (*day)?))) {
        let kind = rules.blocker_kind(title);
        let same = |task: &&Task| kind.is_some() && rules.blocker_kind(&task.title) == kind;
        match left.iter().position(same) {
            Some(at) => cleared.push((left.remove(at).series, day)),
            None => others.push(day),
        }
    }
    cleared.extend(left.iter().map(|task| task.series).zip(others));
    cleared
}

#[cfg(test)]
mod tests {
    use tici_domain::{TaskKind, TaskState};

    use super::super::rules::{DEFAULT_PRESET, PRESETS};
    use super::*;

    fn task(series: i64, title: &str) -> Task {
        Task {
            id: series,
            series,
            kind: TaskKind::Blocker,
            project: Some(1),
            meeting: None,
            commitment: None,
            claim: None,
            title: Name::new(title),
            owner: None,
            opened: jiff::civil::date(2026, 6, 1),
            due: None,
            due_original: None,
            state: TaskState::Open,
            closed_on: None,
            note: None,
            finding: None,
            evidence: Vec::new(),
            replaces: None,
        }
    }

    #[test]
    fn a_decision_clears_a_thing_of_its_kind_else_the_first() {
        let (rules, problems) = ForecastRules::parse(PRESETS[0].1, DEFAULT_PRESET);
        assert_eq!(problems, []);
        let things = [task(1, "用地批复"), task(2, "能评批复"), task(3, "市政路口")];
        let things: Vec<&Task> = things.iter().collect();
        let day = |day| Some(jiff::civil::date(2026, 6, day));
        // Titles with their days, and which things they clear on which day of June.
        type Case<'a> = (&'a [(&'a str, Option<Date>)], &'a [(i64, i8)]);
        let cases: [Case; 6] = [
            (&[], &[]),
            (&[("能评意见当日改", day(22))], &[(2, 22)]),
            (&[("能评意见当日改", None)], &[]),
            (&[("专人跟办", day(24))], &[(1, 24)]),
            (&[("专人跟办", day(24)), ("土地证", day(20))], &[(1, 20), (2, 24)]),
            (
                &[("甲", day(1)), ("乙", day(2)), ("丙", day(3)), ("丁", day(4))],
                &[(1, 1), (2, 2), (3, 3)],
            ),
        ];
        for (decisions, expected) in cases {
            let names: Vec<(Name, Option<Date>)> =
                decisions.iter().map(|(text, day)| (Name::new(*text), *day)).collect();
            let asked: Vec<(&Name, Option<Date>)> =
                names.iter().map(|(name, day)| (name, *day)).collect();
            let found = cleared_by(&rules, &things, &asked);
            let found: Vec<(i64, i8)> = found.iter().map(|(of, day)| (*of, day.day())).collect();
            assert_eq!(found, expected, "{decisions:?}");
        }
    }
}
