//! The rule of the lights at its edges.

use tici_domain::Light;
use tici_engine::lights_old::{LightInput, LightRule, light};
use tici_testkit::table;

/// `late` is days after the deadline; an empty cell is nothing known.
const CASES: &str = "
    started | finished | done | due | late | light      | key
    yes     |          | 799  | 1000|      | red        | light-done-of-due
    yes     |          | 800  | 1000|      | amber      | light-done-of-due
    yes     |          | 949  | 1000|      | amber      | light-done-of-due
    yes     |          | 950  | 1000|      | green      | light-done-of-due
    yes     | yes      | 1    | 1000|      | green      | light-done-of-due
    yes     |          | 0    | 1000|      | red        | light-done-of-due
    yes     |          |      | 1000|      | unreported | light-unreported
    yes     |          | 5    | 0   |      | green      | light-no-plan
    yes     |          | 5    |     |      | green      | light-no-plan
    yes     |          |      |     |      | green      | light-no-plan
    no      |          |      |     | 15   | red        | light-start-late
    no      |          |      |     | 14   | amber      | light-start-late
    no      |          |      |     | 1    | amber      | light-start-late
    no      |          |      |     | 0    | green      | light-start-in-time
    no      |          |      |     | -30  | green      | light-start-in-time
    no      |          |      | 10  |      | unreported | light-unreported
    no      |          | 3    | 10  |      | green      | light-no-plan
    no      |          |      |     |      | green      | light-no-plan
";

#[test]
fn each_edge_falls_on_its_side() {
    for row in table::parse(CASES).rows() {
        let input = LightInput {
            has_started: row.text("started") == "yes",
            is_finished: row.text("finished") == "yes",
            done: row.some_int("done"),
            due: row.some_int("due"),
            start_days_late: row.some_int("late").map(|days| days as i32),
        };
        let lit = light(&LightRule::default(), &input);
        let expected = Light::parse(row.text("light"));
        assert_eq!((Some(lit.light), lit.key), (expected, row.text("key")), "{input:?}");
    }
}

#[test]
fn a_threshold_is_not_moved_by_rounding() {
    let rule = LightRule::default();
    // 94.9999…% prints as 95.0% and is still below 95%.
    let input = LightInput {
        has_started: true,
        done: Some(949_999_999),
        due: Some(1_000_000_000),
        ..LightInput::default()
    };
    let lit = light(&rule, &input);
    assert_eq!((lit.light, lit.value), (Light::Amber, 950));
}
