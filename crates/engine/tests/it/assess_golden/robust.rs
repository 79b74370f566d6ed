//! Figures of columns, correlations, noise, and leaving out.

use std::collections::HashMap;

use tici_engine::assess::robustness::correlation::Correlation;
use tici_engine::assess::robustness::describe::describe as described;
use tici_engine::assess::robustness::leave_one_out::leave_one_out as left_out;
use tici_engine::assess::robustness::noise::tally;
use tici_engine::assess::robustness::profile::{SkipLast, strengths_and_weaknesses};
use tici_engine::assess::robustness::{Replay, reliability};
use tici_engine::assess::treat::Treat;
use tici_engine::assess::{Options, Tree};

use super::asem::{asem, asem_options, leaf_table, outcome};
use super::files::{Case, Table, asem_tree};

pub fn describe(case: &Case) {
    for (from, file) in [
        ("d02_imputed_group_mean.csv", "d05_stats_imputed.csv"),
        ("d04_treated.csv", "d05_stats_treated.csv"),
    ] {
        let (table, expected) = (case.out(from), case.out(file));
        let numbers = expected.header[1..].iter().filter(|name| !name.starts_with("Flag"));
        let columns: Vec<&str> = numbers.map(String::as_str).collect();
        case.same_table(&expected, &columns, |code, column| figure(&table.column(code), column));
        for row in 0..expected.rows.len() {
            let column = table.column(&expected.rows[row][0]);
            let pass = Treat::default().shape(&column).is_none_or(|shape| shape.pass);
            assert_eq!(if pass { "ok" } else { "OUT" }, expected.text(row, "Flag.SkewKurt"));
        }
    }
}

fn figure(column: &[f64], name: &str) -> Option<f64> {
    let found = described(column);
    match name {
        "Min" => found.min,
        "Max" => found.max,
        "Mean" => found.mean,
        "Median" => found.median,
        "Std" => found.sd,
        "Skew" => found.skew,
        "Kurt" => found.kurtosis,
        "N.Avail" => Some(found.present as f64),
        "N.NonZero" => Some(found.non_zero as f64),
        "N.Unique" => Some(found.unique as f64),
        "N.Same" => Some(found.same as f64),
        "Frc.Avail" => Some(found.share(found.present)),
        "Frc.NonZero" => Some(found.share(found.non_zero)),
        "Frc.Unique" => Some(found.share(found.unique)),
        "Frc.Same" => Some(found.share(found.same)),
        other => panic!("{other}"),
    }
}

pub fn correlations(case: &Case) {
    let scores = case.out("d07_minmax_arith.csv");
    for (by, name) in [(Correlation::Pearson, "pearson"), (Correlation::Spearman, "spearman")] {
        let expected = case.out(&format!("d12_corr_{name}_L1_L2.csv"));
        for row in 0..expected.rows.len() {
            let column = |key| scores.column(expected.text(row, key));
            let found = by.of(&column("Var1"), &column("Var2"));
            let what = expected.rows[row].join(" ");
            case.same(found, expected.number(row, "Correlation"), &what);
        }
    }
}

pub fn cronbach(case: &Case) {
    let min_max = case.out("d06_minmax.csv");
    let tree = asem_tree(&case.input("asem_meta.csv"), None);
    case.same_table(&case.out("d13_cronbach_pillars.csv"), &["alpha"], |pillar, _| {
        let leaves = tree.children(tree.index(pillar)?).iter();
        let columns: Vec<Vec<f64>> =
            leaves.map(|leaf| min_max.column(&tree.nodes()[*leaf].code)).collect();
        reliability::cronbach(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>())
    });
}

/// Pillars and what is above them, but the index.
fn upper(tree: &Tree) -> Vec<usize> {
    let is_upper = |node: &usize| !tree.is_leaf(*node) && tree.parent(*node).is_some();
    (0..tree.nodes().len()).filter(is_upper).collect()
}

fn weight_set(sets: &Table, set: &str, tree: &Tree) -> Vec<f64> {
    let mut weights = tree.weights();
    for node in upper(tree) {
        weights[node] = sets.number(sets.row(set), &tree.nodes()[node].code).unwrap();
    }
    weights
}

pub fn noise(case: &Case) {
    let (outcome, (_, tree), options) = (outcome(case), asem(case), asem_options());
    let replay = Replay::new(&outcome.scores, 0, &tree, &options, &upper(&tree));
    let (sets, drawn) = (case.input("d14_noisy_weights_100.csv"), case.input("d14_drawn.csv"));
    let set = |replication: usize| weight_set(&sets, drawn.text(replication, "weight_set"), &tree);
    let scores = case.out("d14_scores.csv");
    let mut found: HashMap<String, Vec<f64>> =
        (0..100).map(|at| (format!("r_{}", at + 1), replay.index(&set(at)))).collect();
    found.insert("Nominal".into(), replay.nominal().to_vec());
    let columns: Vec<&str> = scores.header[1..].iter().map(String::as_str).collect();
    let unit = |code: &str| outcome.scores.unit_index(code);
    case.same_table(&scores, &columns, |code, column| Some(found[column][unit(code)?]));
    let spreads = tally(&replay, 100, set).spreads(&replay.ranks(replay.nominal()));
    let columns = ["Nominal", "Mean", "Median", "Q5", "Q95"];
    case.same_table(&case.out("d14_rank_stats.csv"), &columns, |code, column| {
        let spread = &spreads[unit(code)?];
        Some(match column {
            "Nominal" => spread.nominal,
            "Mean" => spread.mean,
            "Median" => spread.median,
            "Q5" => spread.q5,
            _ => spread.q95,
        })
    });
}

pub fn leave_one_out(case: &Case) {
    let (outcome, (_, tree), options) = (outcome(case), asem(case), Options::default());
    let scores = case.out("d15_leave_one_pillar_out_scores.csv");
    let pillars: Vec<usize> =
        scores.header[2..].iter().map(|code| tree.index(code).unwrap()).collect();
    let replay = Replay::new(&outcome.scores, 0, &tree, &options, &pillars);
    let found = left_out(&replay, &tree.weights(), &pillars);
    let columns: Vec<&str> = scores.header[2..].iter().map(String::as_str).collect();
    let unit = |code: &str| outcome.scores.unit_index(code);
    let of = |code: &str| &found[columns.iter().position(|known| *known == code).unwrap()];
    case.same_table(&scores, &columns, |code, pillar| Some(of(pillar).scores[unit(code)?]));
    let shifts = case.out("d15_leave_one_pillar_out_rankdiffs.csv");
    case.same_table(&shifts, &columns, |code, pillar| Some(of(pillar).shifts[unit(code)?]));
    let means = case.out("d15_mean_abs_rank_change.csv");
    case.same_table(&means, &["MeanAbsDiff"], |pillar, _| match pillar {
        "Nominal" => Some(0.0),
        pillar => of(pillar).mean_abs_shift,
    });
}

pub fn profile(case: &Case) {
    let (_, tree) = asem(case);
    let units = case.input("asem_units.csv");
    let mut table = leaf_table(&units, &tree);
    for (unit, row) in table.units.iter_mut().zip(&units.rows) {
        unit.code.clone_from(&row[1]);
    }
    let unit = table.unit_index("AUT").unwrap();
    let (best, worst) = strengths_and_weaknesses(&table, &tree, (0, unit), 5, SkipLast::Always);
    let expected = case.out("d17_strengths_weaknesses_AUT.csv");
    for (row, found) in best.iter().chain(&worst).enumerate() {
        let node = &tree.nodes()[found.node];
        assert_eq!(node.code, expected.text(row, "Code"));
        assert_eq!(
            tree.nodes()[tree.parent(found.node).unwrap()].code,
            expected.text(row, "Pillar")
        );
        case.same(Some(found.place), expected.number(row, "Rank"), &node.code);
        case.same(Some(found.value), expected.number(row, "Value"), &node.code);
    }
    assert_eq!(expected.rows.len(), 10);
}
