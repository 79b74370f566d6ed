//! What the journal writes it must read back: every change, through JSON, is itself.

use crate::period::period;
use jiff::civil::{Date, date};
use proptest::option;
use proptest::prelude::*;
use tici_domain::change::*;
use tici_domain::place::PlaceKind;
use tici_domain::*;

pub(crate) fn day() -> impl Strategy<Value = Date> {
    (1990_i16..2050, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

/// Words of a cell, often such as look like something else.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        day().prop_map(|day| day.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        Just("null".to_owned()),
        Just("{\"date\":\"2026-05-01\"}".to_owned()),
    ]
}

pub(crate) fn words() -> BoxedStrategy<Option<String>> {
    option::of(text()).boxed()
}

pub(crate) fn name() -> BoxedStrategy<Name> {
    (text(), words(), words()).prop_map(|(text, hant, en)| Name { text, hant, en }).boxed()
}

fn value() -> impl Strategy<Value = figure::Value> {
    prop_oneof![
        any::<i64>().prop_map(figure::Value::Int),
        day().prop_map(figure::Value::Date),
        text().prop_map(figure::Value::Text),
    ]
}

fn subject() -> impl Strategy<Value = Subject> {
    (prop::sample::select(vec!["project", "enterprise", "place"]), any::<i64>())
        .prop_map(|(kind, id)| Subject::from_parts(kind, id).unwrap())
}

pub(crate) fn any_id() -> impl Strategy<Value = Option<i64>> {
    option::of(any::<i64>())
}

fn actor() -> BoxedStrategy<Change> {
    (any::<i64>(), text(), name(), prop::sample::select(&Role::ALL[..]), any_id(), any::<bool>())
        .prop_map(|(id, login, title, role, place, active)| {
            Change::Actor(Actor { id, login, title, role, place, active })
        })
        .boxed()
}

fn place() -> BoxedStrategy<Change> {
    let kind = prop::sample::select(&PlaceKind::ALL[..]);
    let dates = (option::of(day()), option::of(day()));
    ((any::<i64>(), any::<i64>(), any_id()), text(), text(), kind, name(), name(), dates, words())
        .prop_map(|((id, rank, parent), scheme, code, kind, name, short, dates, boundary)| {
            let code = PlaceCode { scheme, code };
            let (valid_from, valid_to) = dates;
            let place =
                Place { id, code, kind, name, short, parent, rank, valid_from, valid_to, boundary };
            Change::Place(place)
        })
        .boxed()
}

fn enterprise() -> BoxedStrategy<Change> {
    (any::<i64>(), words(), name(), name(), any_id(), words(), words(), any::<bool>())
        .prop_map(|(id, code, name, short, place, chain, industry, is_key)| {
            Change::Enterprise(Enterprise { id, code, name, short, place, chain, industry, is_key })
        })
        .boxed()
}

fn project() -> BoxedStrategy<Change> {
    let ids = (any::<i64>(), any_id(), any_id(), any_id(), any_id(), any_id());
    let texts = (text(), words(), words(), words(), words());
    let names = (name(), option::of(name()), option::of(name()), option::of(name()));
    let dates = (option::of(day()), option::of(day()));
    let location = option::of((any::<i64>(), any::<i64>()));
    let state = prop::sample::select(&SideState::ALL[..]);
    let aliases = prop::collection::vec(text(), 0..3);
    (ids, texts, names, dates, location, state, aliases)
        .prop_map(|(ids, texts, names, dates, location, state, aliases)| {
            Change::Project(Project {
                id: ids.0,
                code: texts.0,
                national_code: texts.1,
                name: names.0,
                parent: ids.1,
                parent_share: ids.2,
                enterprise: ids.3,
                place: ids.4,
                currency: Currency::USD,
                chain: texts.2,
                industry: texts.3,
                sector: texts.4,
                nature: ids.5,
                content: names.1,
                build_from: dates.0,
                build_to: dates.1,
                lead_unit: names.2,
                sponsor: names.3,
                state,
                location,
                aliases,
            })
        })
        .boxed()
}

fn list_membership() -> BoxedStrategy<Change> {
    let numbers = any::<[i64; 4]>();
    let tier = prop::sample::select(&ListTier::ALL[..]);
    (numbers, tier, day(), option::of(day()), words(), any_id())
        .prop_map(|([id, project, year, version], tier, from, until, reason, replaces)| {
            Change::ListMembership(ListMembership {
                id,
                project,
                tier,
                year,
                version,
                from,
                until,
                reason,
                replaces,
            })
        })
        .boxed()
}

fn plan() -> BoxedStrategy<Change> {
    (any::<[i64; 4]>(), period(), words(), words(), words(), words(), any_id())
        .prop_map(
            |([id, project, amount, version], period, reason, approver, sheet, cell, replaces)| {
                Change::Plan(Plan {
                    id,
                    project,
                    period,
                    amount,
                    version,
                    reason,
                    approver,
                    sheet,
                    cell,
                    replaces,
                })
            },
        )
        .boxed()
}

fn attachment() -> BoxedStrategy<Change> {
    let location = option::of((any::<i64>(), any::<i64>()));
    (any::<[i64; 2]>(), text(), text(), text(), text(), words(), location)
        .prop_map(|([id, bytes], sha256, file, media_type, kind, taken, location)| {
            Change::Attachment(Attachment {
                id,
                sha256,
                file,
                bytes,
                media_type,
                kind,
                taken,
                location,
            })
        })
        .boxed()
}

fn stage_claim() -> BoxedStrategy<Change> {
    let stage = prop::sample::select(&Stage::ALL[..]);
    let evidence = prop::collection::vec(any::<i64>(), 0..3);
    (any::<[i64; 2]>(), stage, day(), evidence, words(), words(), words(), any_id())
        .prop_map(|([id, project], stage, on, evidence, note, sheet, cell, replaces)| {
            Change::StageClaim(StageClaim {
                id,
                project,
                stage,
                on,
                evidence,
                note,
                sheet,
                cell,
                replaces,
            })
        })
        .boxed()
}

fn stage_verdict() -> BoxedStrategy<Change> {
    let verdict =
        prop::sample::select(vec![Verdict::Verified, Verdict::Rejected, Verdict::Reversed]);
    (any::<[i64; 2]>(), verdict, words())
        .prop_map(|([id, claim], verdict, reason)| {
            Change::StageVerdict(StageVerdict { id, claim, verdict, reason })
        })
        .boxed()
}

fn milestone() -> BoxedStrategy<Change> {
    let days = prop::array::uniform5(option::of(day()));
    (any::<[i64; 2]>(), text(), name(), days, words(), any_id())
        .prop_map(|([id, project], key, name, days, reason, replaces)| {
            let [planned_from, planned, actual_from, actual, expected] = days;
            Change::Milestone(Milestone {
                id,
                project,
                key,
                name,
                planned_from,
                planned,
                actual_from,
                actual,
                expected,
                reason,
                replaces,
            })
        })
        .boxed()
}

fn figure() -> BoxedStrategy<Change> {
    let measure = prop::sample::select(Measure::all().collect::<Vec<_>>());
    let basis = prop::sample::select(&Basis::ALL[..]);
    let texts = (words(), words(), words(), words());
    (any::<i64>(), subject(), measure, period(), basis, value(), texts, any_id())
        .prop_map(
            |(id, subject, measure, period, basis, value, (raw, sheet, cell, reason), replaces)| {
                let figure = Figure {
                    id,
                    subject,
                    measure,
                    period,
                    basis,
                    value,
                    raw,
                    sheet,
                    cell,
                    replaces,
                    reason,
                };
                Change::Figure(figure)
            },
        )
        .boxed()
}

fn setting() -> BoxedStrategy<Change> {
    (text(), text()).prop_map(|(key, value)| Change::Setting(Setting { key, value })).boxed()
}

fn any_change() -> impl Strategy<Value = Change> {
    let registers = prop_oneof![actor(), place(), enterprise(), project(), setting()];
    let lists = prop_oneof![list_membership(), plan(), attachment(), milestone(), figure()];
    let month = proptest::strategy::Union::new(crate::records::records());
    prop_oneof![2 => registers, 2 => lists, 1 => stage_claim(), 1 => stage_verdict(), 4 => month]
}

#[test]
fn every_table_has_a_change_that_comes_back() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut tables: Vec<Table> =
        (0..400).map(|_| any_change().new_tree(&mut runner).unwrap().current().table()).collect();
    tables.sort();
    tables.dedup();
    assert_eq!(tables, Table::ALL, "the property below must reach every kind of change");
}

proptest! {
    #[test]
    fn json_brings_every_change_back(change in any_change()) {
        let json = serde_json::to_string(&change).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Change>(&json).unwrap(), &change, "{}", json);
        let object: serde_json::Value = serde_json::from_str(&json).unwrap();
        prop_assert!(object.get(change.table().name()).is_some(), "tagged by its table");
        let id = object[change.table().name()].get("id").and_then(serde_json::Value::as_i64);
        prop_assert_eq!(id, change.id());
    }
}

/// Remarks that look like days stay remarks; days stay days.
#[test]
fn words_are_never_taken_for_days() {
    let check = |value: figure::Value, json: &str| {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(serde_json::from_str::<figure::Value>(json).unwrap(), value);
    };
    check(figure::Value::Text("2026-05-01".into()), "\"2026-05-01\"");
    check(figure::Value::Text("12".into()), "\"12\"");
    check(figure::Value::Date(date(2026, 5, 1)), "{\"date\":\"2026-05-01\"}");
    check(figure::Value::Int(-12), "-12");
}

#[test]
fn names_fall_back_to_what_was_given() {
    let name = Name::of("经开区", "經開區", "Development Zone");
    assert_eq!((name.get(Lang::ZhHant), name.get(Lang::En)), ("經開區", "Development Zone"));
    assert_eq!(Name::new("Riverside").get(Lang::ZhHans), "Riverside");
}
