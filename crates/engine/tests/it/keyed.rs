//! The columns of figures against a plain map.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tici_domain::{Basis, FigureKey, Measure, Period, Subject, Value};
use tici_engine::snapshot::KeyedSet;

fn keys() -> impl Strategy<Value = FigureKey> {
    let period = (2020_i16..2027, 0_u8..13).prop_map(|(year, month)| match month {
        0 => Period::year(year),
        month => Period::month(year, month).expect("1 to 12"),
    });
    (1_i64..600, 0_u8..4, 0_usize..3, period).prop_map(|(id, measure, basis, period)| FigureKey {
        subject: Subject::Project(id),
        measure: Measure(measure),
        period,
        basis: Basis::ALL[basis],
    })
}

proptest! {
    /// Whatever is written, in one go or in several, the last value of a key is found, and
    /// `latest` is the greatest period not after the one asked for.
    #[test]
    fn the_last_value_of_a_key_wins(
        writes in prop::collection::vec((keys(), any::<i64>()), 1..200),
        cut in 0_usize..200,
        asked in keys(),
    ) {
        let mut set = KeyedSet::default();
        let mut plain = BTreeMap::new();
        for (index, (key, value)) in writes.iter().enumerate() {
            set.push(*key, &Value::Int(*value), index as i64, 7);
            plain.insert(*key, *value);
            if index == cut {
                set.settle();
            }
        }
        set.settle();
        prop_assert_eq!(set.len(), plain.len());
        for (key, value) in &plain {
            let cell = set.get(key.subject.id(), key.measure, key.basis, key.period);
            let cell = cell.expect("what was written is found");
            prop_assert_eq!(cell.number, *value);
            prop_assert_eq!((cell.measure, cell.basis, cell.period, cell.entry),
                            (key.measure, key.basis, key.period, 7));
        }
        let found = set.latest(asked.subject.id(), asked.measure, asked.basis, asked.period);
        let expected = plain
            .iter()
            .filter(|(key, _)| {
                key.subject == asked.subject
                    && key.measure == asked.measure
                    && key.basis == asked.basis
                    && key.period <= asked.period
            })
            .max_by_key(|(key, _)| key.period);
        prop_assert_eq!(found.map(|cell| cell.number), expected.map(|(_, value)| *value));
    }
}

#[test]
fn values_keep_their_kind() {
    let key = |measure| FigureKey {
        subject: Subject::Project(1),
        measure,
        period: Period::year(2026),
        basis: Basis::Verified,
    };
    let day = Value::Date("2027-05-20".parse().expect("a day"));
    let words = Value::Text("主厂房钢结构 92%".into());
    let mut set = KeyedSet::default();
    set.push(key(Measure::COMPLETION_FORECAST), &day, 1, 1);
    set.push(key(Measure::PROGRESS_TEXT), &words, 2, 1);
    set.push(key(Measure::PROGRESS_TEXT), &words, 3, 2);
    set.settle();
    let values: Vec<Value> = set.of_subject(1).map(|cell| cell.value()).collect();
    assert_eq!(values, [words, day]);
}
