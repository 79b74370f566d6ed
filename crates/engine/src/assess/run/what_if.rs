//! The same run otherwise: other weights, other figures, another way from figures to points.
//! Nothing is kept.

use super::inputs::Inputs;
use crate::assess::normalise::Normalise;
use crate::assess::scheme::{Bound, Combine, Kind, Method, Scale, Scheme};
use crate::assess::score::Number;
use crate::assess::score::efficacy::{Clip, Curve};

/// Another way from figures to points, for all items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A straight line from the lowest figure to the highest, 0 to 100.
    MinMax,
    /// 60 + 40 × the same share.
    Efficacy,
    /// Against the best.
    Proportion,
}

impl Way {
    pub const ALL: [Way; 3] = [Way::MinMax, Way::Efficacy, Way::Proportion];

    pub fn code(self) -> &'static str {
        match self {
            Way::MinMax => "min-max",
            Way::Efficacy => "efficacy",
            Way::Proportion => "proportion",
        }
    }

    pub fn parse(code: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// What is tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tried {
    /// Weights by the key of their item or branch.
    pub weights: Vec<(String, Number)>,
    /// Figures by key and unit.
    pub figures: Vec<(String, String, Number)>,
    pub way: Option<Way>,
    /// The branches under the total are multiplied instead of added.
    pub geometric: bool,
}

impl Tried {
    pub fn is_nothing(&self) -> bool {
        *self == Tried::default()
    }

    /// Scheme and inputs with what is tried. What names nothing of theirs is left out.
    pub fn of(&self, scheme: &Scheme, inputs: &Inputs) -> (Scheme, Inputs) {
        let (mut scheme, mut inputs) = (scheme.clone(), inputs.clone());
        for (key, weight) in &self.weights {
            if let Some(at) = scheme.item(key) {
                scheme.items[at].weight = Some(weight.clone());
            } else if let Some(at) = scheme.branch(key) {
                scheme.branches[at].weight = Some(weight.clone());
            }
        }
        for (key, unit, value) in &self.figures {
            let at = inputs.unit(unit);
            let cell = at.and_then(|at| inputs.figures.get_mut(key)?.values.get_mut(at));
            if let Some(cell) = cell {
                *cell = Some(value.clone());
            }
        }
        if let Some(way) = self.way {
            put_way(&mut scheme, way);
        }
        if self.geometric {
            let root = scheme.root();
            scheme.branches[root].combine = Combine::Geometric;
        }
        (scheme, inputs)
    }
}

fn put_way(scheme: &mut Scheme, way: Way) {
    if scheme.kind == Kind::Index {
        let normalise = match way {
            Way::MinMax => Normalise::MinMax { lower: 0.0, upper: 100.0 },
            Way::Efficacy => Normalise::MinMax { lower: 60.0, upper: 100.0 },
            Way::Proportion => Normalise::FractionOfMax { reversed: Default::default() },
        };
        if let Some(index) = &mut scheme.index {
            index.normalise = normalise.clone();
        }
        for item in &mut scheme.items {
            item.method = Method::Normalise(None);
        }
        return;
    }
    for item in &mut scheme.items {
        let Some(full) = full_of(&item.method) else { continue };
        let scale = |base: i64| Scale {
            base: Number::whole(base),
            span: Number::whole(100 - base),
            full: Some(full.clone()),
            curve: Curve::Linear,
            clip: Clip::None,
        };
        let observed = |scale| Method::Efficacy { scale, lo: Bound::Observed, hi: Bound::Observed };
        item.method = match way {
            Way::MinMax => observed(scale(0)),
            Way::Efficacy => observed(scale(60)),
            Way::Proportion => Method::Proportion { full },
        };
    }
}

/// The most an item gives; none of a method that has no such thing, which stays as it is.
pub fn full_of(method: &Method) -> Option<Number> {
    match method {
        Method::Target { full, .. } | Method::Proportion { full } | Method::Levels { full, .. } => {
            Some(full.clone())
        }
        Method::Efficacy { scale, .. } | Method::Moderate { scale, .. } => {
            let top = &scale.base + &scale.span;
            Some(scale.full.clone().unwrap_or(top))
        }
        Method::Steps { rule, .. } => Some(rule.full.clone()),
        Method::Tiers { tiers } => tiers.iter().map(|tier| tier.points.clone()).max(),
        Method::RankPoints { table, .. } => table.iter().max().cloned(),
        Method::Survey { full, .. } | Method::Raters { full, .. } => full.clone(),
        Method::Goalposts(posts) => Some(posts.full.clone()),
        _ => None,
    }
}
