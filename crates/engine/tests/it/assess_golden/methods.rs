//! Single methods, and the Human Development Index.

use tici_engine::assess::aggregate::{Aggregate, Items, TopsisScale};
use tici_engine::assess::chain::run;
use tici_engine::assess::normalise::Normalise;
use tici_engine::assess::rank::{RankOn, RankRule, Ties, ranks, round};
use tici_engine::assess::weigh::{entropies, entropy as entropy_weights};
use tici_engine::assess::{Direction, MISSING, Node, Options, Tree};

use super::files::{Case, Table, asem_tree, cell};

pub fn entropy(case: &Case) {
    let expected = case.out("d18_entropy_weights.csv");
    let (codes, columns) = shares(case, &expected);
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    for (shift, suffix) in [(0.0, ""), (0.0001, "_shift")] {
        let (e, w) = (entropies(&columns, shift), entropy_weights(&columns, shift));
        let names = [format!("entropy{suffix}"), format!("weight{suffix}")];
        case.same_table(&expected, &[&names[0], &names[1]], |code, column| {
            let at = codes.iter().position(|known| known == code)?;
            Some(if column.starts_with("entropy") { e[at] } else { w[at] })
        });
    }
}

/// The min-max columns between 0 and 1, in the order of the rows of `weights`.
fn shares(case: &Case, weights: &Table) -> (Vec<String>, Vec<Vec<f64>>) {
    let min_max = case.out("d06_minmax.csv");
    let codes: Vec<String> = weights.rows.iter().map(|row| row[0].clone()).collect();
    let share = |code: &String| min_max.column(code).iter().map(|x| x / 100.0).collect();
    let columns = codes.iter().map(share).collect();
    (codes, columns)
}

pub fn topsis(case: &Case) {
    let entropy = case.out("d18_entropy_weights.csv");
    let weights = entropy.column("weight");
    let (codes, min_max) = shares(case, &entropy);
    let tree = asem_tree(&case.input("asem_meta.csv"), None);
    let treated = case.out("d04_treated.csv");
    let directed = |code: &String| -> Vec<f64> {
        let lower = tree.nodes()[tree.index(code).unwrap()].direction == Direction::Lower;
        treated.column(code).iter().map(|x| if lower { -x } else { *x }).collect()
    };
    let treated_columns: Vec<Vec<f64>> = codes.iter().map(directed).collect();
    let expected = case.out("d19_topsis.csv");
    let units = case.out("d06_minmax.csv");
    for (columns, scale, name) in
        [(treated_columns, TopsisScale::Vector, "vector"), (min_max, TopsisScale::MinMax, "minmax")]
    {
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut out = vec![MISSING; columns[0].len()];
        Aggregate::Topsis { scale }.combine(&Items::new(&columns, &weights), &mut out);
        let places = ranks::<&str>(&out, &[], &RankRule::default());
        let names = [format!("topsis_{name}"), format!("rank_{name}")];
        case.same_table(&expected, &[&names[0], &names[1]], |unit, column| {
            let found = if column.starts_with("rank") { &places } else { &out };
            Some(found[units.row(unit)])
        });
    }
}

/// The tree of the index: three dimensions, education of two indicators.
fn human_development_tree() -> Tree {
    let posts = |lo, hi, log| Some(Normalise::Goalposts { lo, hi, scale: 1.0, log, clip: true });
    let node = |code: &str, parent: &str, normalise| Node {
        code: code.into(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        normalise,
        ..Node::default()
    };
    let (tree, problems) = Tree::new(vec![
        node("hdi", "", None),
        node("le", "hdi", posts(20.0, 85.0, false)),
        node("education", "hdi", None),
        node("eys", "education", posts(0.0, 18.0, false)),
        node("mys", "education", posts(0.0, 15.0, false)),
        node("gnipc", "hdi", posts(100.0, 75_000.0, true)),
    ]);
    assert_eq!(problems, []);
    tree
}

pub fn human_development(case: &Case) {
    let inputs = case.input("hdi_2021_inputs.csv");
    let panel = inputs.panel("iso3", &["le", "eys", "mys", "gnipc"], &[]);
    let options = Options {
        aggregate: vec![Aggregate::Arithmetic, Aggregate::Geometric],
        rank: RankRule { ties: Ties::Min, on: RankOn::Rounded { decimals: 3 } },
        ..Options::default()
    };
    let (outcome, problems) = run(&panel, &human_development_tree(), &options);
    assert_eq!(problems, []);
    let expected = case.out("d20_hdi_2021.csv");
    let columns = ["i_le", "i_edu", "i_inc", "hdi", "official", "official_rank"];
    case.same_table(&expected, &columns, |unit, column| match column {
        "official" => Some(round(cell(&outcome.scores, unit, "hdi")?, 3)),
        "official_rank" => cell(&outcome.ranks, unit, "hdi"),
        "hdi" => cell(&outcome.scores, unit, "hdi"),
        "i_le" => cell(&outcome.scores, unit, "le"),
        "i_edu" => cell(&outcome.scores, unit, "education"),
        _ => cell(&outcome.scores, unit, "gnipc"),
    });
    assert_eq!(expected.rows.len(), 191);
}
