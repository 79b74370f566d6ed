//! Any row of the month's records, for the property that the journal reads what it writes.

use crate::change::{any_id, day, name, text, words};
use crate::period::period;
use proptest::option;
use proptest::prelude::*;
use tici_domain::*;

/// One strategy for each kind of record.
pub fn records() -> Vec<BoxedStrategy<Change>> {
    vec![
        rule_set(),
        return_round(),
        return_sheet(),
        side_change(),
        pair_decision(),
        excuse(),
        commitment(),
        event(),
        meeting(),
        task(),
        package_change(),
    ]
}

fn ids() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(any::<i64>(), 0..3)
}

fn event_item() -> impl Strategy<Value = EventItem> {
    (any::<i64>(), any_id(), any_id(), words()).prop_map(|(project, total, plan_year, sector)| {
        EventItem { project, total, plan_year, sector }
    })
}

fn agenda_item() -> impl Strategy<Value = AgendaItem> {
    (any::<i64>(), text(), any::<bool>()).prop_map(|(project, why, done)| AgendaItem {
        project,
        why,
        done,
    })
}

fn rule_set() -> BoxedStrategy<Change> {
    (any::<i64>(), text(), text(), any::<i64>(), day(), text(), (words(), words(), any_id()))
        .prop_map(|(id, kind, name, version, from, text, (reason, approver, replaces))| {
            Change::RuleSet(RuleSet {
                id,
                kind,
                name,
                version,
                from,
                text,
                reason,
                approver,
                replaces,
            })
        })
        .boxed()
}

fn return_round() -> BoxedStrategy<Change> {
    (
        (
            any::<i64>(),
            any::<i64>(),
            text(),
            period(),
            day(),
            day(),
            prop::sample::select(RoundState::ALL),
            words(),
        ),
        (any_id(),),
    )
        .prop_map(|((id, series, form, period, opened, due, state, reason), (replaces,))| {
            Change::ReturnRound(ReturnRound {
                id,
                series,
                form,
                period,
                opened,
                due,
                state,
                reason,
                replaces,
            })
        })
        .boxed()
}

fn return_sheet() -> BoxedStrategy<Change> {
    (
        any::<i64>(),
        any::<i64>(),
        any::<i64>(),
        prop::sample::select(SheetState::ALL),
        any::<i64>(),
        any_id(),
        words(),
        any_id(),
    )
        .prop_map(|(id, round, place, state, rows, file, reason, replaces)| {
            Change::ReturnSheet(ReturnSheet {
                id,
                round,
                place,
                state,
                rows,
                file,
                reason,
                replaces,
            })
        })
        .boxed()
}

fn side_change() -> BoxedStrategy<Change> {
    (any::<i64>(), any::<i64>(), prop::sample::select(&SideState::ALL[..]), day(), text(), ids())
        .prop_map(|(id, project, state, on, reason, evidence)| {
            Change::SideChange(SideChange { id, project, state, on, reason, evidence })
        })
        .boxed()
}

fn pair_decision() -> BoxedStrategy<Change> {
    (
        any::<i64>(),
        any::<i64>(),
        any::<i64>(),
        prop::sample::select(PairVerdict::ALL),
        text(),
        any_id(),
    )
        .prop_map(|(id, first, second, verdict, reason, replaces)| {
            Change::PairDecision(PairDecision { id, first, second, verdict, reason, replaces })
        })
        .boxed()
}

fn package_change() -> BoxedStrategy<Change> {
    (any::<i64>(), any::<i64>(), any_id(), any_id(), text())
        .prop_map(|(id, project, parent, share, reason)| {
            Change::PackageChange(PackageChange { id, project, parent, share, reason })
        })
        .boxed()
}

fn excuse() -> BoxedStrategy<Change> {
    (
        (any::<i64>(), any::<i64>(), text(), day(), day(), text(), text(), ids()),
        (any::<bool>(), any_id()),
    )
        .prop_map(
            |(
                (id, project, rule, from, until, reason, approver, evidence),
                (withdrawn, replaces),
            )| {
                Change::Excuse(Excuse {
                    id,
                    project,
                    rule,
                    from,
                    until,
                    reason,
                    approver,
                    evidence,
                    withdrawn,
                    replaces,
                })
            },
        )
        .boxed()
}

fn commitment() -> BoxedStrategy<Change> {
    (
        (
            any::<i64>(),
            any::<i64>(),
            name(),
            option::of(prop::sample::select(&Stage::ALL[..])),
            words(),
            ids(),
            prop::collection::vec((text(), text()), 0..3),
            day(),
        ),
        (day(), day(), option::of(name()), any_id(), any::<bool>(), words(), any_id()),
    )
        .prop_map(
            |(
                (id, series, name, stage, milestone, projects, cohort, frozen),
                (due_original, due, owner, place, withdrawn, reason, replaces),
            )| {
                Change::Commitment(Commitment {
                    id,
                    series,
                    name,
                    stage,
                    milestone,
                    projects,
                    cohort,
                    frozen,
                    due_original,
                    due,
                    owner,
                    place,
                    withdrawn,
                    reason,
                    replaces,
                })
            },
        )
        .boxed()
}

fn event() -> BoxedStrategy<Change> {
    (
        (
            any::<i64>(),
            any::<i64>(),
            prop::sample::select(EventKind::ALL),
            name(),
            day(),
            option::of(name()),
            any_id(),
            prop::collection::vec(event_item(), 0..3),
        ),
        (any::<bool>(), words(), any_id()),
    )
        .prop_map(
            |((id, series, kind, name, on, site, place, items), (withdrawn, reason, replaces))| {
                Change::Event(Event {
                    id,
                    series,
                    kind,
                    name,
                    on,
                    site,
                    place,
                    items,
                    withdrawn,
                    reason,
                    replaces,
                })
            },
        )
        .boxed()
}

fn meeting() -> BoxedStrategy<Change> {
    (
        (
            any::<i64>(),
            any::<i64>(),
            name(),
            day(),
            option::of(name()),
            prop::collection::vec(agenda_item(), 0..3),
            any::<bool>(),
            words(),
        ),
        (any_id(),),
    )
        .prop_map(|((id, series, title, on, chair, agenda, closed, minutes), (replaces,))| {
            Change::Meeting(Meeting {
                id,
                series,
                title,
                on,
                chair,
                agenda,
                closed,
                minutes,
                replaces,
            })
        })
        .boxed()
}

fn task() -> BoxedStrategy<Change> {
    (
        (
            any::<i64>(),
            any::<i64>(),
            prop::sample::select(TaskKind::ALL),
            any_id(),
            any_id(),
            any_id(),
            any_id(),
            name(),
        ),
        (
            option::of(name()),
            day(),
            option::of(day()),
            option::of(day()),
            prop::sample::select(TaskState::ALL),
            option::of(day()),
            words(),
            option::of(prop::sample::select(tici_domain::Finding::ALL)),
            any_id(),
        ),
    )
        .prop_map(
            |(
                (id, series, kind, project, meeting, commitment, claim, title),
                (owner, opened, due, due_original, state, closed_on, note, finding, replaces),
            )| {
                Change::Task(Task {
                    id,
                    series,
                    kind,
                    project,
                    meeting,
                    commitment,
                    claim,
                    title,
                    owner,
                    opened,
                    due,
                    due_original,
                    state,
                    closed_on,
                    note,
                    finding,
                    evidence: Vec::new(),
                    replaces,
                })
            },
        )
        .boxed()
}
