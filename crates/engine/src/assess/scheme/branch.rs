//! The tree's inner nodes: what is put together, and how.

use tici_domain::{Name, Problem};

use super::value;
use super::{Kind, Scheme};
use crate::assess::aggregate::{Aggregate, TopsisScale};
use crate::assess::score::Number;
use crate::assess::weigh::{AhpBy, PcaBy, Weigh};
use crate::rule_file::{Reader, Tab};

/// A node that is made of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub key: String,
    pub name: Name,
    /// `None` for the total.
    pub parent: Option<String>,
    /// Its weight where its parent weighs.
    pub weight: Option<Number>,
    pub combine: Combine,
    /// What the weights of its children add up to, where it weighs.
    pub weights_sum: Option<Number>,
    /// What the full points of its children add up to, in a sum.
    pub full: Option<Number>,
    /// Of an index: where the children's weights come from.
    pub weigh: Weigh,
    /// `line:column` in the file.
    pub place: String,
}

/// How children become a score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Combine {
    /// Points are added.
    #[default]
    Sum,
    /// Weighted mean.
    Mean,
    Geometric,
    Harmonic,
    Median,
    Min,
    Olympic,
    /// (Σwxᵖ)^(1/p), of an index.
    Power(f64),
    /// Ordered weights, of an index.
    Owa(f64),
    /// Closeness to the ideal, of an index.
    Topsis(TopsisScale),
    /// Outranking, of an index.
    Copeland,
}

/// Words of `combine`; the second part only in an index.
pub(super) const COMBINES: &[(&str, Combine)] = &[
    ("sum", Combine::Sum),
    ("mean", Combine::Mean),
    ("geometric", Combine::Geometric),
    ("harmonic", Combine::Harmonic),
    ("median", Combine::Median),
    ("min", Combine::Min),
    ("olympic", Combine::Olympic),
    ("power", Combine::Power(1.0)),
    ("owa", Combine::Owa(1.0)),
    ("topsis", Combine::Topsis(TopsisScale::None)),
    ("copeland", Combine::Copeland),
];

/// Words of `weights`.
pub(super) const WEIGHS: &[(&str, Way)] = &[
    ("given", Way::Given),
    ("equal", Way::Equal),
    ("ahp", Way::Ahp),
    ("entropy", Way::Entropy),
    ("critic", Way::Critic),
    ("standard_deviation", Way::Deviation),
    ("variation", Way::Variation),
    ("pca", Way::Pca),
    ("equal_influence", Way::Influence),
    ("benefit_of_doubt", Way::Doubt),
];

#[derive(Clone, Copy)]
pub(super) enum Way {
    Given,
    Equal,
    Ahp,
    Entropy,
    Critic,
    Deviation,
    Variation,
    Pca,
    Influence,
    Doubt,
}

impl Combine {
    /// Whether weights count.
    pub fn weighs(self) -> bool {
        !matches!(self, Combine::Sum | Combine::Median | Combine::Min | Combine::Olympic)
    }

    /// The same for a composite index.
    pub fn aggregate(self) -> Aggregate {
        match self {
            Combine::Sum => Aggregate::Sum,
            Combine::Mean => Aggregate::Arithmetic,
            Combine::Geometric => Aggregate::Geometric,
            Combine::Harmonic => Aggregate::Harmonic,
            Combine::Median => Aggregate::Median,
            Combine::Min => Aggregate::Min,
            Combine::Olympic => Aggregate::Olympic,
            Combine::Power(p) => Aggregate::Power { p },
            Combine::Owa(a) => Aggregate::Owa { a },
            Combine::Topsis(scale) => Aggregate::Topsis { scale },
            Combine::Copeland => Aggregate::Copeland,
        }
    }

    /// Whether rules in exact numbers know it.
    pub fn is_of_points(self) -> bool {
        !matches!(
            self,
            Combine::Power(_) | Combine::Owa(_) | Combine::Topsis(_) | Combine::Copeland
        )
    }
}

pub(super) fn read(reader: &mut Reader, tab: &mut Tab, kind: Kind) -> Option<Branch> {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key);
    let name = reader.name(tab, "name");
    let name = reader.needed(tab, "name", name);
    let parent = reader.text(tab, "parent");
    let weight = weight(reader, tab);
    let combine = reader.choice(tab, "combine", COMBINES);
    let combine = reader.needed(tab, "combine", combine);
    let exponent = value::number(reader, tab, "exponent").map(|number| number.to_f64());
    let scales = [
        ("vector", TopsisScale::Vector),
        ("min_max", TopsisScale::MinMax),
        ("none", TopsisScale::None),
    ];
    let scale = reader.choice(tab, "scale", &scales);
    let combine = match (combine, exponent) {
        (Some(Combine::Power(_)), Some(p)) => Some(Combine::Power(p)),
        (Some(Combine::Owa(_)), Some(a)) => Some(Combine::Owa(a)),
        (Some(Combine::Topsis(or)), _) => Some(Combine::Topsis(scale.unwrap_or(or))),
        (combine, _) => combine,
    };
    if combine.is_some_and(|combine| kind == Kind::Points && !combine.is_of_points()) {
        let problem = Problem::error("assess-only-index").arg("key", "combine");
        reader.problem_at_key(tab, "combine", problem);
    }
    let weights_sum = value::number(reader, tab, "weights_sum");
    let full = value::number(reader, tab, "full");
    let weigh = weigh(reader, tab, kind);
    reader.end(tab);
    let place = reader.place(tab.at_key("key"));
    let (key, name, combine) = (key?, name?, combine?);
    Some(Branch { key, name, parent, weight, combine, weights_sum, full, weigh, place })
}

/// A weight: not below zero.
pub(super) fn weight(reader: &mut Reader, tab: &mut Tab) -> Option<Number> {
    let weight = value::number(reader, tab, "weight")?;
    if weight.is_negative() {
        let problem = Problem::error("assess-not-positive").arg("key", "weight");
        reader.problem_at_key(tab, "weight", problem.arg("value", &weight));
        return None;
    }
    Some(weight)
}

fn weigh(reader: &mut Reader, tab: &mut Tab, kind: Kind) -> Weigh {
    let way = reader.choice(tab, "weights", WEIGHS).unwrap_or(Way::Given);
    let shift = value::number(reader, tab, "shift").map_or(0.0, |shift| shift.to_f64());
    let share = |number: Option<Number>, or: f64| number.map_or(or, |number| number.to_f64());
    let share_min = share(value::number(reader, tab, "share_min"), 0.0);
    let share_max = share(value::number(reader, tab, "share_max"), 1.0);
    let matrix = matrix(reader, tab);
    if kind == Kind::Points && !matches!(way, Way::Given | Way::Equal) {
        let problem = Problem::error("assess-only-index").arg("key", "weights");
        reader.problem_at_key(tab, "weights", problem);
    }
    match way {
        Way::Given => Weigh::Given,
        Way::Equal => Weigh::Equal,
        Way::Ahp => Weigh::Ahp { matrices: vec![matrix], by: AhpBy::default() },
        Way::Entropy => Weigh::Entropy { shift },
        Way::Critic => Weigh::Critic,
        Way::Deviation => Weigh::StandardDeviation,
        Way::Variation => Weigh::Variation,
        Way::Pca => Weigh::Pca { by: PcaBy::default() },
        Way::Influence => Weigh::EqualInfluence,
        Way::Doubt => Weigh::BenefitOfDoubt { share_min, share_max },
    }
}

/// `matrix = [[1, 3], ["1/3", 1]]`: rows of a pairwise comparison.
fn matrix(reader: &mut Reader, tab: &mut Tab) -> Vec<Vec<f64>> {
    let rows = reader.rows(tab, "matrix");
    let size = rows.len();
    let read = |cell: &str| match cell.split_once('/') {
        Some((over, under)) => Number::parse(over)?.over(&Number::parse(under)?),
        None => Number::parse(cell),
    };
    let mut matrix = Vec::new();
    for row in &rows {
        let cells: Vec<f64> = row.iter().filter_map(|cell| Some(read(cell)?.to_f64())).collect();
        if cells.len() != size || cells.iter().any(|cell| *cell <= 0.0) {
            let problem = Problem::error("assess-matrix").arg("size", size);
            reader.problem_at_key(tab, "matrix", problem);
            return Vec::new();
        }
        matrix.push(cells);
    }
    matrix
}

impl Scheme {
    /// Items and branches right under a branch: `(is an item, its index)`.
    pub fn children(&self, branch: usize) -> Vec<(bool, usize)> {
        let root = self.root();
        let of = |parent: &Option<String>| match parent {
            Some(key) => self.branch(key),
            None => Some(root),
        };
        let items = self.items.iter().enumerate();
        let items = items.filter(|(_, item)| of(&item.parent) == Some(branch));
        let branches = self.branches.iter().enumerate();
        let branches =
            branches.filter(|(at, node)| *at != root && of(&node.parent) == Some(branch));
        let branches = branches.map(|(at, _)| (false, at));
        branches.chain(items.map(|(at, _)| (true, at))).collect()
    }

    /// The level of each branch: items are of level 1, a branch is one above its highest child.
    pub fn levels(&self) -> Vec<usize> {
        let mut levels = vec![2; self.branches.len()];
        for at in self.bottom_up() {
            let below = self.children(at).into_iter();
            let below = below.map(|(is_item, child)| if is_item { 1 } else { levels[child] });
            levels[at] = below.max().unwrap_or(1) + 1;
        }
        levels
    }

    /// Branches, each after those under it; those on a cycle are left out.
    pub fn bottom_up(&self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut pending = vec![self.root()];
        while let Some(branch) = pending.pop() {
            if order.contains(&branch) {
                continue;
            }
            order.push(branch);
            let below = self.children(branch).into_iter().filter(|(is_item, _)| !is_item);
            pending.extend(below.map(|(_, at)| at));
        }
        order.reverse();
        order
    }
}
