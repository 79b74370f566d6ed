//! Any row of the month's records, for the property that the journal reads what it writes.

use crate::change::{any_id, day, name, text, words};
use crate::period::period;
use jiff::Timestamp;
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
        api_token(),
        webhook(),
        scheme(),
        indicator(),
        assessed_event(),
        score_run(),
        objection(),
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

fn api_token() -> BoxedStrategy<Change> {
    let scopes = prop::collection::vec(prop::sample::select(Scope::ALL), 0..4);
    let moment = (0_i64..4_000_000_000).prop_map(|at| Timestamp::from_second(at).unwrap());
    (any::<i64>(), any::<i64>(), any::<i64>(), text(), scopes, moment, any::<bool>(), any_id())
        .prop_map(|(id, series, actor, name, scopes, expires, revoked, replaces)| {
            Change::ApiToken(ApiToken {
                id,
                series,
                actor,
                name,
                scopes,
                expires,
                revoked,
                replaces,
            })
        })
        .boxed()
}

fn webhook() -> BoxedStrategy<Change> {
    let events = prop::collection::vec(prop::sample::select(HookEvent::ALL), 0..4);
    let ids = (any::<i64>(), any::<i64>(), any::<i64>(), any_id());
    (ids, text(), text(), events, any::<bool>(), prop::option::of(text()))
        .prop_map(|((id, series, actor, replaces), name, url, events, active, reason)| {
            Change::Webhook(Webhook {
                id,
                series,
                actor,
                name,
                url,
                events,
                active,
                reason,
                replaces,
            })
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

fn scheme() -> BoxedStrategy<Change> {
    (any::<i64>(), text(), text(), day(), text(), words(), words(), any_id())
        .prop_map(|(id, key, version, from, text, reason, approver, replaces)| {
            Change::Scheme(Scheme { id, key, version, from, text, reason, approver, replaces })
        })
        .boxed()
}

fn indicator() -> BoxedStrategy<Change> {
    (
        (any::<i64>(), text(), any::<i64>(), period(), words()),
        (words(), words(), words(), words(), any_id()),
    )
        .prop_map(|((id, key, place, period, value), (raw, sheet, cell, reason, replaces))| {
            Change::IndicatorFigure(IndicatorFigure {
                id,
                key,
                place,
                period,
                value,
                raw,
                sheet,
                cell,
                reason,
                replaces,
            })
        })
        .boxed()
}

fn assessed_event() -> BoxedStrategy<Change> {
    (
        (any::<i64>(), any::<i64>(), text(), period(), any::<i64>(), text()),
        (text(), words(), text(), ids(), any::<bool>(), any_id()),
    )
        .prop_map(
            |(
                (id, series, scheme, period, place, item),
                (matter, points, document, evidence, withdrawn, replaces),
            )| {
                Change::AssessedEvent(AssessedEvent {
                    id,
                    series,
                    scheme,
                    period,
                    place,
                    item,
                    matter,
                    points,
                    document,
                    evidence,
                    withdrawn,
                    replaces,
                })
            },
        )
        .boxed()
}

fn score_run() -> BoxedStrategy<Change> {
    (
        (any::<i64>(), any::<i64>(), text(), text(), period(), any::<[i64; 4]>()),
        (
            prop::sample::select(RunPurpose::ALL),
            prop::sample::select(RunState::ALL),
            any_id(),
            words(),
            option::of(day()),
            option::of(day()),
            any_id(),
        ),
    )
        .prop_map(
            |(
                (id, series, scheme, version, period, files),
                (purpose, state, again, reason, published, objections_until, replaces),
            )| {
                Change::ScoreRun(ScoreRun {
                    id,
                    series,
                    scheme,
                    version,
                    period,
                    purpose,
                    state,
                    scheme_file: files[0],
                    inputs_file: files[1],
                    result_file: files[2],
                    drawn_at: files[3],
                    again,
                    reason,
                    published,
                    objections_until,
                    replaces,
                })
            },
        )
        .boxed()
}

fn objection() -> BoxedStrategy<Change> {
    (
        (any::<i64>(), any::<i64>(), any::<i64>(), any::<i64>(), text(), text(), ids()),
        (day(), prop::sample::select(ObjectionState::ALL), words(), option::of(day()), any_id()),
    )
        .prop_map(
            |(
                (id, series, run, place, about, claim, evidence),
                (filed, state, answer, answered, replaces),
            )| {
                Change::Objection(Objection {
                    id,
                    series,
                    run,
                    place,
                    about,
                    claim,
                    evidence,
                    filed,
                    state,
                    answer,
                    answered,
                    replaces,
                })
            },
        )
        .boxed()
}
