//! The ASEM index, step by step and from end to end.

use tici_engine::assess::aggregate::Aggregate;
use tici_engine::assess::chain::{rank_all, run, treatment};
use tici_engine::assess::impute::Impute;
use tici_engine::assess::normalise::Normalise;
use tici_engine::assess::rank::{RankRule, ranks_within};
use tici_engine::assess::roll_up::{RolledUp, roll_up};
use tici_engine::assess::screen::{self, Screen};
use tici_engine::assess::treat::{Treat, Treated};
use tici_engine::assess::{How, Node, Options, Outcome, Panel, Step, Tree};

use super::files::{Case, Table, asem_tree, cell};

const DENOMINATORS: [&str; 4] = ["Area", "Energy", "GDP", "Population"];
const GROUPINGS: [&str; 2] = ["EurAsia_group", "GDP_group"];

/// The units as they come, and the tree.
pub fn asem(case: &Case) -> (Panel, Tree) {
    let tree = asem_tree(&case.input("asem_meta.csv"), None);
    let units = case.input("asem_units.csv");
    let leaves = tree.leaves().map(|leaf| tree.nodes()[leaf].code.as_str());
    let columns: Vec<&str> = leaves.chain(DENOMINATORS).collect();
    (units.panel("uCode", &columns, &GROUPINGS), tree)
}

pub fn asem_options() -> Options {
    Options {
        impute: Impute::GroupMean { grouping: "EurAsia_group".into() },
        screen: Screen { present_share_min: Some(0.9), non_zero_share_min: None },
        treat: Treat::default(),
        ..Options::default()
    }
}

/// The whole ASEM index from its units.
pub fn outcome(case: &Case) -> Outcome {
    let (panel, tree) = asem(case);
    let (outcome, problems) = run(&panel, &tree, &asem_options());
    assert_eq!(problems, []);
    outcome
}

fn stage(case: &Case, step: Step) -> Panel {
    outcome(case).stage(step).unwrap().clone()
}

pub fn denominate(case: &Case) {
    case.same_panel(&case.out("d01_denominated.csv"), &stage(case, Step::Denominated));
}

pub fn impute(case: &Case) {
    let expected = case.out("d02_imputed_group_mean.csv");
    case.same_panel(&expected, &stage(case, Step::Imputed));
    let before = case.out("d01_denominated.csv");
    let gaps = before.rows.iter().flatten().filter(|text| text.is_empty()).count();
    let touched = outcome(case).touched;
    assert_eq!(touched.iter().filter(|cell| cell.how == How::Imputed).count(), gaps);
}

pub fn treat(case: &Case) {
    let outcome = outcome(case);
    case.same_panel(&case.out("d04_treated.csv"), outcome.stage(Step::Treated).unwrap());
    let (_, tree) = asem(case);
    let details = treatment(outcome.stage(Step::Screened).unwrap(), 0, &tree, &asem_options());
    let leaf = |code: &str| tree.leaves().position(|leaf| tree.nodes()[leaf].code == code).unwrap();
    let expected = case.out("d04_treat_details.csv");
    let columns: Vec<&str> = expected.header[1..].iter().map(String::as_str).collect();
    case.same_table(&expected, &columns, |code, column| detail(&details[leaf(code)], column));
    same_points(case, &outcome, &tree);
}

fn detail(treated: &Treated, column: &str) -> Option<f64> {
    let shape = if column.contains("SkewKurt0") { treated.before } else { treated.winsorised };
    match column.rsplit('.').next().unwrap() {
        "nwin" => treated.winsorised.map(|_| treated.points as f64),
        "Pass" => shape.map(|shape| f64::from(u8::from(shape.pass))),
        "Skew" => shape.map(|shape| shape.skew),
        "Kurt" => shape.map(|shape| shape.kurtosis),
        other => panic!("{other}"),
    }
}

/// Every point that was drawn in, and no other.
fn same_points(case: &Case, outcome: &Outcome, tree: &Tree) {
    let points = case.out("d04_treated_points.csv");
    let mut expected = Vec::new();
    for (row, cells) in points.rows.iter().enumerate() {
        for column in &points.header[1..] {
            let how = points.text(row, column);
            if !how.is_empty() {
                expected.push((cells[0].clone(), column.clone(), how.to_owned()));
            }
        }
    }
    let drawn_in = outcome.touched.iter().filter(|cell| cell.how != How::Imputed);
    let mut found: Vec<_> = drawn_in
        .map(|cell| {
            let how = if cell.how == How::WinsorisedHigh { "winhi" } else { "winlo" };
            let unit = outcome.scores.units[cell.unit].code.clone();
            (unit, tree.nodes()[cell.node].code.clone(), how.to_owned())
        })
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{}", case.id);
}

pub fn normalise(case: &Case) {
    case.same_panel(&case.out("d06_minmax.csv"), &stage(case, Step::Normalised));
}

pub fn arithmetic(case: &Case) {
    let outcome = outcome(case);
    case.same_panel(&case.out("d07_minmax_arith.csv"), &outcome.scores);
    case.same_panel(&case.out("d07_minmax_arith_ranks.csv"), &outcome.ranks);
}

/// Leaves as a file has them, rolled up with unequal weights by `method`.
fn rolled(case: &Case, leaves: &str, method: Aggregate, unequal: bool) -> RolledUp {
    let weights = case.input("asem_weights_unequal.csv");
    let tree = asem_tree(&case.input("asem_meta.csv"), Some(&weights).filter(|_| unequal));
    let table = leaf_table(&case.out(leaves), &tree);
    let options = Options { aggregate: vec![method], ..Options::default() };
    let (rolled, problems) = roll_up(&table, &tree, &options);
    assert_eq!(problems, []);
    rolled
}

pub fn leaf_table(table: &Table, tree: &Tree) -> Panel {
    let leaves: Vec<&str> = tree.leaves().map(|leaf| tree.nodes()[leaf].code.as_str()).collect();
    table.panel(&table.header[0], &leaves, &[])
}

pub fn arithmetic_unequal(case: &Case) {
    let rolled = rolled(case, "d06_minmax.csv", Aggregate::Arithmetic, true);
    case.same_panel(&case.out("d08_minmax_arith_unequal.csv"), &rolled.scores);
    let ranks = rank_all(&rolled.scores, &Options::default());
    case.same_panel(&case.out("d08_minmax_arith_unequal_ranks.csv"), &ranks);
}

pub fn geometric(case: &Case) {
    let (panel, tree) = asem(case);
    let z_score = Normalise::ZScore { mean: 100.0, sd: 10.0 };
    let options = Options { normalise: z_score, ..asem_options() };
    let (outcome, _) = run(&panel, &tree, &options);
    case.same_panel(&case.out("d09_zscore.csv"), outcome.stage(Step::Normalised).unwrap());
    let rolled = rolled(case, "d09_zscore.csv", Aggregate::Geometric, true);
    case.same_panel(&case.out("d09_zscore_geom_unequal.csv"), &rolled.scores);
    let ranks = rank_all(&rolled.scores, &Options::default());
    case.same_panel(&case.out("d09_zscore_geom_unequal_ranks.csv"), &ranks);
}

pub fn ranks(case: &Case) {
    let meta = case.input("asem_meta.csv");
    let nodes = asem_tree(&meta, None).nodes().to_vec();
    let plain = nodes.into_iter().map(|node| Node { denominator: None, ..node });
    let (tree, _) = Tree::new(plain.collect());
    let options = Options { normalise: Normalise::Rank, ..Options::default() };
    let (outcome, problems) = run(&asem(case).0, &tree, &options);
    assert_eq!(problems, []);
    case.same_panel(&case.out("d10_rank.csv"), outcome.stage(Step::Normalised).unwrap());
    case.same_panel(&case.out("d10_rank_arith.csv"), &outcome.scores);
}

pub fn effective_weights(case: &Case) {
    let weights = case.input("asem_weights_unequal.csv");
    for (file, weights) in [("equal", None), ("unequal", Some(&weights))] {
        let tree = asem_tree(&case.input("asem_meta.csv"), weights);
        let effective = tree.effective_weights(&tree.weights());
        let expected = case.out(&format!("d11_effective_weights_{file}.csv"));
        case.same_table(&expected, &["EffWeight", "Level"], |code, column| {
            let node = tree.index(code).unwrap();
            Some(if column == "Level" { tree.level(node) as f64 } else { effective[node] })
        });
    }
}

pub fn group_ranks(case: &Case) {
    let scores = outcome(case).scores;
    let (groups, names) = scores.groups("GDP_group").unwrap();
    let expected = case.out("d16_group_ranks_GDP_group.csv");
    let columns: Vec<&str> = expected.header[2..].iter().map(String::as_str).collect();
    for column in columns {
        let values = scores.column(0, scores.column_index(column).unwrap());
        let places = ranks_within::<&str>(values, &groups, &[], &RankRule::default());
        case.same_table(&expected, &[column], |unit, _| Some(places[scores.unit_index(unit)?]));
    }
    for row in 0..expected.rows.len() {
        let unit = scores.unit_index(&expected.rows[row][0]).unwrap();
        assert_eq!(names[groups[unit].unwrap()], expected.text(row, "GDP_group"));
    }
}

pub fn screen(case: &Case) {
    let imputed = stage(case, Step::Imputed);
    let columns: Vec<&[f64]> =
        (0..imputed.columns().len()).map(|at| imputed.column(0, at)).collect();
    let rule = asem_options().screen;
    let available = screen::screen(&columns, imputed.units.len(), &rule);
    let expected = case.out("d03_screen_summary.csv");
    let columns = ["N_missing", "N_zero", "N_miss_or_zero", "Dat_Avail", "Non_Zero", "Included"];
    case.same_table(&expected, &columns, |unit, column| {
        let unit = &available[imputed.unit_index(unit)?];
        Some(match column {
            "N_missing" => unit.missing as f64,
            "N_zero" => unit.zero as f64,
            "N_miss_or_zero" => (unit.missing + unit.zero) as f64,
            "Dat_Avail" => unit.present_share(),
            "Non_Zero" => unit.non_zero_share(),
            _ => f64::from(u8::from(unit.included)),
        })
    });
    assert!(outcome(case).included[0].iter().all(|included| *included));
    assert_eq!(cell(&imputed, "AUS", "Bord"), Some(0.0));
}
