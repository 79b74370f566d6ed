//! What holds of every assessment, whatever the numbers.

use proptest::prelude::*;
use tici_engine::assess::aggregate::{Aggregate, TopsisScale};
use tici_engine::assess::chain::run;
use tici_engine::assess::impute::Impute;
use tici_engine::assess::lean::index;
use tici_engine::assess::normalise::{Normalise, Reversed};
use tici_engine::assess::robustness::noise::rank_spread;
use tici_engine::assess::robustness::{Replay, WeightNoise};
use tici_engine::assess::screen::Screen;
use tici_engine::assess::treat::Treat;
use tici_engine::assess::weigh::{PcaBy, Weigh};
use tici_engine::assess::{
    Bounds, Direction, MISSING, Node, Options, Outcome, Panel, Tree, Unit, ZeroRange,
};

const COLUMNS: usize = 5;

/// Two pillars of three and two indicators, one of which is better low.
fn tree() -> Tree {
    let node = |code: &str, parent: &str| Node {
        code: code.into(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        ..Node::default()
    };
    let (tree, problems) = Tree::new(vec![
        node("x0", "p"),
        Node { direction: Direction::Lower, ..node("x1", "p") },
        node("x2", "p"),
        node("x3", "q"),
        node("x4", "q"),
        node("p", "i"),
        node("q", "i"),
        node("i", ""),
    ]);
    assert_eq!(problems, []);
    tree
}

/// Every way there is of weighing, scaling and putting together, one in each set of options.
fn all_options() -> Vec<Options> {
    let base = || Options {
        impute: Impute::Mean,
        treat: Treat::default(),
        normalise: Normalise::MinMax { lower: 1.0, upper: 100.0 },
        ..Options::default()
    };
    let mut all = vec![
        Options { impute: Impute::GroupMedian { grouping: "kind".into() }, ..base() },
        Options { impute: Impute::RowMean, ..base() },
        Options { impute: Impute::LastValue { periods_back_max: 1 }, ..base() },
        Options { impute: Impute::Linear, bounds: Bounds::AllPeriods, ..base() },
        Options { bounds: Bounds::OnePeriod("1".into()), ..base() },
        Options { impute: Impute::None, present_share_min: 0.6, ..base() },
        Options {
            screen: Screen { present_share_min: Some(0.5), non_zero_share_min: Some(0.2) },
            ..base()
        },
    ];
    for zero_range in [ZeroRange::Lowest, ZeroRange::Middle, ZeroRange::Highest] {
        all.push(Options { zero_range, ..base() });
    }
    let normalise = [
        Normalise::ZScore { mean: 100.0, sd: 10.0 },
        Normalise::Rank,
        Normalise::Borda,
        Normalise::PercentileRank,
        Normalise::DistanceToMax,
        Normalise::DistanceToTarget { cap: true },
        Normalise::DistanceToReference { unit: "u0".into(), cap: false },
        Normalise::FractionOfMax { reversed: Reversed::MinOver },
        Normalise::Goalposts { lo: 1.0, hi: 50.0, scale: 100.0, log: true, clip: true },
        Normalise::FixedScale { a: 0.0, b: 10.0, k: 5.0 },
        Normalise::Moderate { best: 3.0 },
        Normalise::Interval { from: 2.0, to: 5.0 },
        Normalise::None,
    ];
    all.extend(normalise.map(|normalise| Options { normalise, ..base() }));
    let aggregate = [
        Aggregate::Sum,
        Aggregate::Geometric,
        Aggregate::Harmonic,
        Aggregate::Power { p: 0.5 },
        Aggregate::Median,
        Aggregate::Min,
        Aggregate::Olympic,
        Aggregate::Owa { a: 2.0 },
        Aggregate::Topsis { scale: TopsisScale::Vector },
        Aggregate::Topsis { scale: TopsisScale::MinMax },
        Aggregate::Vikor { v: 0.5 },
        Aggregate::Copeland,
    ];
    all.extend(aggregate.map(|method| Options { aggregate: vec![method], ..base() }));
    let weigh = [
        Weigh::Equal,
        Weigh::Entropy { shift: 0.0 },
        Weigh::Entropy { shift: 0.01 },
        Weigh::Critic,
        Weigh::StandardDeviation,
        Weigh::Variation,
        Weigh::Pca { by: PcaBy::First },
        Weigh::Pca { by: PcaBy::Rotated },
        Weigh::EqualInfluence,
        Weigh::BenefitOfDoubt { share_min: 0.1, share_max: 0.9 },
    ];
    all.extend(weigh.map(|weigh| Options { weigh, ..base() }));
    all
}

/// Rows of units, two periods side by side; cells may be missing, zero, negative, tied.
fn rows() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let cell = prop_oneof![
        4 => -20.0..100.0,
        2 => (0_i32..6).prop_map(f64::from),
        1 => Just(MISSING),
        1 => Just(1e6),
    ];
    prop::collection::vec(prop::collection::vec(cell, 2 * COLUMNS), 1..14)
}

fn panel(rows: &[Vec<f64>], order: &[usize]) -> Panel {
    let unit = |at: &usize| Unit {
        groups: vec![[None, Some("1"), Some("2")][at % 3].map(String::from)],
        ..Unit::new(&format!("u{at}"))
    };
    let columns = (0..COLUMNS).map(|at| format!("x{at}")).collect();
    let periods = vec!["1".to_owned(), "2".to_owned()];
    let mut panel = Panel::new(order.iter().map(unit).collect(), columns, periods);
    panel.groupings = vec!["kind".into()];
    for period in 0..2 {
        for column in 0..COLUMNS {
            for (cell, row) in panel.column_mut(period, column).iter_mut().zip(order) {
                *cell = rows[*row][period * COLUMNS + column];
            }
        }
    }
    panel
}

fn in_order(rows: &[Vec<f64>]) -> Panel {
    panel(rows, &(0..rows.len()).collect::<Vec<_>>())
}

fn is_finite_or_missing(panel: &Panel) -> bool {
    panel.cells().iter().all(|cell| !cell.is_infinite())
}

/// The same scores and places by unit code, to the last digit.
fn same_by_unit(a: &Outcome, b: &Outcome, tolerance: f64) -> Result<(), TestCaseError> {
    for (at, unit) in a.scores.units.iter().enumerate() {
        let other = b.scores.unit_index(&unit.code).unwrap();
        for period in 0..2 {
            for node in 0..a.scores.columns().len() {
                let (x, y) =
                    (a.scores.value(period, node, at), b.scores.value(period, node, other));
                let near = match (x, y) {
                    (Some(x), Some(y)) => (x - y).abs() <= tolerance * y.abs().max(1.0),
                    (x, y) => x == y,
                };
                prop_assert!(
                    near,
                    "{} of {}: {x:?} and {y:?}",
                    a.scores.columns()[node],
                    unit.code
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_units_does_not_matter(rows in rows(), turn in 0_usize..14) {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.rotate_left(turn % rows.len());
        order.reverse();
        let tree = tree();
        for options in all_options() {
            let (a, found) = run(&in_order(&rows), &tree, &options);
            let (b, other) = run(&panel(&rows, &order), &tree, &options);
            prop_assert_eq!(found, other, "{:?}", options);
            prop_assert!(is_finite_or_missing(&a.scores) && is_finite_or_missing(&a.ranks));
            let by_search = matches!(
                options.weigh,
                Weigh::EqualInfluence | Weigh::BenefitOfDoubt { .. }
            );
            same_by_unit(&a, &b, if by_search { 1e-6 } else { 1e-13 })?;
        }
    }

    #[test]
    fn the_number_of_threads_does_not_matter(rows in rows()) {
        let (panel, tree) = (in_order(&rows), tree());
        let noise = WeightNoise { by_level: vec![(1, 0.3), (2, 0.2)], replications: 150, seed: 3 };
        for options in all_options() {
            let everything = |threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| {
                    let (outcome, problems) = run(&panel, &tree, &options);
                    let replay =
                        Replay::new(&outcome.scores, 1, &tree, &options, &noise.varying(&tree));
                    let spread = rank_spread(&replay, &outcome.shares[1], &noise);
                    (outcome, problems, format!("{spread:?}"))
                })
            };
            let one = everything(1);
            prop_assert_eq!(&one, &everything(2));
            prop_assert_eq!(&one, &everything(7));
        }
    }

    #[test]
    fn the_lean_way_gives_the_same_index(rows in rows()) {
        let (panel, tree) = (in_order(&rows), tree());
        for options in all_options() {
            for treat in [Treat::none(), Treat::default()] {
                let options = Options { impute: Impute::None, treat, ..options.clone() };
                let (whole, _) = run(&panel, &tree, &options);
                let (lean, _) = index(&panel, &tree, &options);
                for (at, node) in [5, 6, 7].into_iter().enumerate() {
                    for period in 0..2 {
                        let bits = |panel: &Panel, column| {
                            let cells = panel.column(period, column).iter();
                            cells.map(|cell| cell.to_string()).collect::<Vec<_>>()
                        };
                        prop_assert_eq!(bits(&lean.scores, at), bits(&whole.scores, node));
                        prop_assert_eq!(bits(&lean.ranks, at), bits(&whole.ranks, node));
                    }
                }
            }
        }
    }

    #[test]
    fn more_is_never_worse(
        rows in rows(),
        unit in 0_usize..14,
        column in 0_usize..COLUMNS,
        more in 0.5_f64..50.0,
    ) {
        let unit = unit % rows.len();
        let tree = tree();
        let mut better = rows.clone();
        // The second indicator is better low.
        better[unit][column] += if column == 1 { -more } else { more };
        for aggregate in [
            Aggregate::Arithmetic,
            Aggregate::Geometric,
            Aggregate::Harmonic,
            Aggregate::Median,
            Aggregate::Min,
            Aggregate::Owa { a: 0.5 },
        ] {
            // Bounds that do not move with the unit.
            let (lo, hi) = (-30.0, 200.0);
            let normalise = Normalise::Goalposts { lo, hi, scale: 1.0, log: false, clip: true };
            let options = Options { normalise, aggregate: vec![aggregate], ..Options::default() };
            let (before, _) = run(&in_order(&rows), &tree, &options);
            let (after, _) = run(&in_order(&better), &tree, &options);
            let root = tree.root();
            let score = |outcome: &Outcome| outcome.scores.value(0, root, unit);
            let place = |outcome: &Outcome| outcome.ranks.value(0, root, unit);
            if let (Some(old), Some(new)) = (score(&before), score(&after)) {
                prop_assert!(new >= old - 1e-12, "{new} after {old}");
                prop_assert!(new < old + 1e-12 || place(&after) <= place(&before));
            }
        }
    }

    #[test]
    fn units_of_measure_do_not_matter(
        rows in rows(),
        shift in -50.0_f64..50.0,
        power in -8_i32..9,
    ) {
        let scale = 2_f64.powi(power);
        let tree = tree();
        let other: Vec<Vec<f64>> =
            rows.iter().map(|row| row.iter().map(|x| x * scale + shift).collect()).collect();
        for normalise in [
            Normalise::default(),
            Normalise::ZScore { mean: 50.0, sd: 10.0 },
            Normalise::Rank,
            Normalise::PercentileRank,
            Normalise::DistanceToMax,
        ] {
            let options = Options { normalise, ..Options::default() };
            let (a, _) = run(&in_order(&rows), &tree, &options);
            let (b, _) = run(&in_order(&other), &tree, &options);
            same_by_unit(&a, &b, 1e-6)?;
        }
    }
}

#[test]
fn poor_input_has_a_stated_result() {
    let tree = tree();
    let keys = |panel: &Panel, tree: &Tree, options: &Options| {
        let (outcome, problems) = run(panel, tree, options);
        assert!(is_finite_or_missing(&outcome.scores));
        let mut keys: Vec<String> = problems.into_iter().map(|problem| problem.key).collect();
        keys.dedup();
        keys
    };
    let plain = Options::default();
    let none: [&str; 0] = [];
    assert_eq!(keys(&in_order(&[]), &tree, &plain), ["assess-no-units"]);
    assert_eq!(keys(&in_order(&[vec![1.0; 10]]), &Tree::default(), &plain), ["assess-tree-empty"]);
    assert_eq!(keys(&in_order(&[vec![1.0; 10]]), &tree, &plain), ["assess-zero-range"]);
    assert_eq!(keys(&in_order(&[vec![MISSING; 10]]), &tree, &plain), ["assess-column-empty"]);
    let infinite = in_order(&[vec![f64::INFINITY; 10], vec![1.0; 10], vec![2.0; 10]]);
    assert!(is_finite_or_missing(&run(&infinite, &tree, &plain).0.scores));
    let fixed = Options { zero_range: ZeroRange::Middle, ..plain.clone() };
    let (outcome, _) = run(&in_order(&[vec![1.0; 10]]), &tree, &fixed);
    assert_eq!(outcome.scores.value(0, tree.root(), 0), Some(50.0));
    assert_eq!(outcome.ranks.value(0, tree.root(), 0), Some(1.0));
    let two = Options { bounds: Bounds::OnePeriod("1999".into()), ..plain.clone() };
    assert_eq!(keys(&in_order(&[vec![1.0; 10]]), &tree, &two), ["assess-period-unknown"]);
    let good = in_order(&[vec![1.0; 10], vec![2.0; 10]]);
    assert_eq!(keys(&good, &tree, &plain), none);
    let mut nodes = tree.nodes().to_vec();
    nodes[0].code = "y".into();
    assert_eq!(keys(&good, &Tree::new(nodes).0, &plain), ["assess-column-missing"]);
}

#[test]
fn a_value_that_is_not_finite_is_named_when_it_is_taken() {
    let mut panel = in_order(&[vec![1.0; 10]]);
    let problem = panel.take(0, 2, 0, Some(f64::NEG_INFINITY)).unwrap();
    assert_eq!(problem.key, "assess-value-not-finite");
    assert_eq!(panel.value(0, 2, 0), None);
    assert_eq!(panel.take(0, 2, 0, Some(7.0)), None);
    assert_eq!(panel.take(0, 2, 0, None), None);
}

#[test]
fn trees_that_do_not_stand_are_refused() {
    let node = |code: &str, parent: &str| Node {
        code: code.into(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        ..Node::default()
    };
    for (nodes, key) in [
        (vec![], "assess-tree-empty"),
        (vec![node("a", "b"), node("b", "c"), node("c", "b"), node("i", "")], "assess-tree-cycle"),
        (vec![node("a", "i"), node("a", "i"), node("i", "")], "assess-tree-duplicate"),
        (vec![node("a", "z"), node("i", "")], "assess-tree-parent-unknown"),
        (vec![node("a", ""), node("i", "")], "assess-tree-roots"),
        (
            vec![
                Node { weight: tici_engine::assess::Weight(-1.0), ..node("a", "i") },
                node("i", ""),
            ],
            "assess-tree-weight",
        ),
        (
            vec![
                Node { weight: tici_engine::assess::Weight(0.0), ..node("a", "i") },
                node("i", ""),
            ],
            "assess-tree-weights-zero",
        ),
    ] {
        let (_, problems) = Tree::new(nodes);
        assert_eq!(problems.first().map(|problem| problem.key.as_str()), Some(key));
    }
}
