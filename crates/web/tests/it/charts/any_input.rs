//! Whatever finite numbers and words go in, the picture stays whole.

use super::sound::assert_sound;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use tici_domain::Light;
use tici_web::charts::*;

/// Ordinary, empty, tiny, negative and huge, and what must never come but might.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        5 => -100.0..1000.0,
        1 => Just(0.0),
        1 => -1e-9..1e-9,
        1 => -1e18..1e18,
        1 => Just(f64::MAX),
        1 => Just(f64::MIN),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[<&\"'a-z 计划项目]{0,60}", Just(String::new()), "\\PC{0,30}"]
}

fn room() -> impl Strategy<Value = Room> {
    prop_oneof![Just(Room::Wide), Just(Room::Middle), Just(Room::Narrow)]
}

fn day() -> impl Strategy<Value = Date> {
    (0_i32..12_000).prop_map(|days| date(2000, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

fn light_mark() -> impl Strategy<Value = Light> {
    (0_usize..Light::ALL.len()).prop_map(|index| Light::ALL[index])
}

fn point() -> impl Strategy<Value = CurvePoint> {
    let values = (of(number()), of(number()), of(number()), of((number(), number())));
    (words(), values).prop_map(|(label, (plan, actual, forecast, band))| CurvePoint {
        label,
        plan,
        actual,
        forecast,
        band,
    })
}

fn curve() -> impl Strategy<Value = Curve> {
    let row = (words(), vec(words(), 0..14), any::<bool>())
        .prop_map(|(label, cells, is_strong)| CurveRow { label, cells, is_strong });
    let texts = (words(), words(), words(), [words(), words()]);
    (room(), vec(point(), 0..40), of(number()), vec(row, 0..3), texts).prop_map(
        |(room, points, today, rows, (plan, forecast, today_word, callout))| Curve {
            room,
            points,
            today,
            rows,
            words: CurveWords { plan, forecast, today: today_word, callout },
            label: "<finding> & \"more\"".into(),
        },
    )
}

fn gantt_row() -> impl Strategy<Value = GanttRow> {
    let span = || of((day(), day()));
    (words(), span(), span(), span(), words()).prop_map(
        |(name, planned, actual, expected, note)| GanttRow {
            name,
            planned,
            actual,
            expected,
            note,
            is_strong: false,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let state = prop_oneof![
        Just(StepState::Done),
        of(number()).prop_map(StepState::Current),
        Just(StepState::Ahead)
    ];
    let line = || (words(), words());
    (words(), state, words(), any::<bool>(), [line(), line()])
        .prop_map(|(name, state, note, is_late, lines)| Step { name, state, note, is_late, lines })
}

fn unit_group() -> impl Strategy<Value = UnitGroup> {
    let state = prop_oneof![
        Just(UnitState::Done),
        Just(UnitState::Likely),
        light_mark().prop_map(UnitState::Marked)
    ];
    let unit = (words(), state).prop_map(|(title, state)| Unit { title, state });
    (words(), vec(unit, 0..90)).prop_map(|(label, units)| UnitGroup { label, units })
}

fn merkle_step() -> impl Strategy<Value = MerkleStep> {
    (any::<bool>(), words(), words()).prop_map(|(left, sibling, parent)| MerkleStep {
        side: if left { Side::Left } else { Side::Right },
        sibling,
        parent,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn curves(curve in curve()) {
        assert_sound(&s_curve(&curve));
    }

    #[test]
    fn gantts(
        room in room(), from in day(), to in day(),
        ticks in vec((day(), words()), 0..12),
        rows in vec(gantt_row(), 0..12), today in of((day(), words())),
    ) {
        let label = String::new();
        assert_sound(&gantt(&Gantt { room, from, to, ticks, rows, today, label }));
        prop_assert!(month_ticks(from, to, 9).len() <= 10);
    }

    #[test]
    fn steppers(room in room(), steps in vec(step(), 0..10)) {
        assert_sound(&stepper(&Stepper { room, steps, label: "步".into() }));
    }

    #[test]
    fn cells(width_px in any::<u32>(), groups in vec(unit_group(), 0..5)) {
        assert_sound(&unit_cells(&UnitCells { width_px, groups, label: String::new() }));
    }

    #[test]
    fn histograms(
        width_px in any::<u32>(), first in any::<i64>(), weights in vec(number(), 0..60),
        interval in of((any::<i64>(), any::<i64>())), centre in of(any::<i64>()),
        target in of(any::<i64>()), text in words(),
    ) {
        let words = HistogramWords { interval: text.clone(), target: text, ..Default::default() };
        let label = String::new();
        let of = Histogram { width_px, first, weights, interval, centre, target, words, label };
        assert_sound(&histogram(&of));
    }

    #[test]
    fn starts(
        width_px in any::<u32>(), bins in vec((words(), any::<u32>()), 0..40),
        bins_in_time in any::<usize>(), text in words(),
    ) {
        let bins = bins.into_iter().map(|(label, count)| ExpectedBin { label, count }).collect();
        let (deadline, in_time, late, axis) = (text.clone(), text.clone(), text.clone(), text);
        let label = String::new();
        assert_sound(&expected(&Expected {
            width_px, bins, bins_in_time, deadline, in_time, late, axis, label,
        }));
    }

    #[test]
    fn paths(room in room(), leaf in words(), steps in vec(merkle_step(), 0..80), text in words()) {
        let (leaf_word, root_word) = (text.clone(), text);
        let label = String::new();
        assert_sound(&merkle_path(&MerklePath { room, leaf, steps, leaf_word, root_word, label }));
    }

    #[test]
    fn marks(
        value in number(), max in number(), done in of(number()), due in of(number()),
        values in vec(of(number()), 0..30), reached in any::<usize>(), text in words(),
    ) {
        assert_sound(&bar(&Bar { value, max, tone: Tone::First }));
        assert_sound(&bullet(&Bullet { done, due, label: text.clone() }));
        assert_sound(&sparkline(&Sparkline { values, label: text.clone() }));
        assert_sound(&stairs(&Stairs { reached, label: text }));
    }
}
