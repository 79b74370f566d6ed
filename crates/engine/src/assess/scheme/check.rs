//! What must hold across a scheme: one tree, weights that add up, names that are known,
//! formulas without a circle.

use tici_domain::Problem;

use super::method::{Against, Method};
use super::{Branch, Combine, Item, Kind, Missing, Polarity, RankOn, Scheme, Source};
use crate::assess::score::Number;
use crate::assess::weigh::Weigh;
use crate::rule_file::Reader;

/// Adds what is wrong with a scheme that could be read.
pub(super) fn check(scheme: &Scheme, reader: &mut Reader) {
    let mut checker = Checker { scheme, reader };
    checker.tree();
    if !Problem::any_error(&checker.reader.problems) {
        checker.weights();
    }
    checker.names();
    checker.circles();
    checker.rounding();
    if scheme.kind == Kind::Index {
        checker.index();
    }
}

struct Checker<'s, 'r, 't> {
    scheme: &'s Scheme,
    reader: &'r mut Reader<'t>,
}

impl Checker<'_, '_, '_> {
    fn say(&mut self, place: &str, problem: Problem) {
        let file = self.reader.file().to_owned();
        self.reader.problems.push(problem.at(&file, "", place));
    }

    fn tree(&mut self) {
        let scheme = self.scheme;
        let roots: Vec<&Branch> = scheme.branches.iter().filter(|b| b.parent.is_none()).collect();
        match roots.as_slice() {
            [_] => {}
            [] => {
                let place = scheme.branches[0].place.clone();
                self.say(&place, Problem::error("assess-no-root"));
            }
            [first, others @ ..] => {
                for other in others {
                    let problem = Problem::error("assess-two-roots").arg("key", &other.key);
                    self.say(&other.place, problem.arg("root", &first.key));
                }
            }
        }
        let branches = scheme.branches.iter().map(|b| (&b.parent, &b.key, &b.place));
        let items = scheme.items.iter().map(|item| (&item.parent, &item.key, &item.place));
        for (parent, key, place) in branches.chain(items) {
            if let Some(parent) = parent
                && scheme.branch(parent).is_none()
            {
                let problem = Problem::error("assess-unknown-parent").arg("key", key);
                self.say(place, problem.arg("parent", parent));
            }
        }
        let reached = scheme.bottom_up();
        for (at, branch) in scheme.branches.iter().enumerate() {
            let known = branch.parent.as_ref().is_some_and(|key| scheme.branch(key).is_some());
            if known && !reached.contains(&at) {
                let problem = Problem::error("assess-tree-circle").arg("key", &branch.key);
                self.say(&branch.place, problem);
            }
            if scheme.children(at).is_empty() {
                let problem = Problem::error("assess-branch-empty").arg("key", &branch.key);
                self.say(&branch.place, problem);
            }
        }
    }

    fn weights(&mut self) {
        for (at, branch) in self.scheme.branches.iter().enumerate() {
            if branch.combine.weighs() && branch.weigh == Weigh::Given {
                self.weights_add_up(at, branch);
            } else {
                self.no_weights(at, branch);
            }
            if branch.combine == Combine::Sum {
                self.points_add_up(at, branch);
            }
        }
    }

    fn weights_add_up(&mut self, at: usize, branch: &Branch) {
        let Some(wanted) = &branch.weights_sum else {
            let problem = Problem::error("rules-missing-key").arg("key", "weights_sum");
            return self.say(&branch.place, problem);
        };
        let mut sum = Number::zero();
        for (key, weight, place) in self.children(at) {
            match weight {
                Some(weight) => sum = &sum + &weight,
                None => {
                    let problem = Problem::error("assess-weight-missing").arg("key", key);
                    self.say(&place, problem.arg("parent", &branch.key));
                }
            }
        }
        let has_all = self.children(at).iter().all(|(_, weight, _)| weight.is_some());
        if has_all && sum != *wanted {
            let problem = Problem::error("assess-weights-sum").arg("branch", &branch.key);
            self.say(&branch.place, problem.arg("sum", &sum).arg("wanted", wanted));
        }
    }

    /// Weights that nobody reads would only mislead.
    fn no_weights(&mut self, at: usize, branch: &Branch) {
        for (key, weight, place) in self.children(at) {
            if weight.is_some() {
                let problem = Problem::error("assess-weight-unused").arg("key", key);
                self.say(&place, problem.arg("parent", &branch.key));
            }
        }
    }

    fn points_add_up(&mut self, at: usize, branch: &Branch) {
        let Some(wanted) = &branch.full else { return };
        let full: Option<Vec<Number>> = (self.scheme.children(at).into_iter())
            .map(|(is_item, child)| match is_item {
                true => self.scheme.items[child].method.full(),
                false => self.scheme.branches[child].full.clone(),
            })
            .collect();
        let Some(full) = full else { return };
        let sum = Number::sum(&full);
        if sum != *wanted {
            let problem = Problem::error("assess-points-sum").arg("branch", &branch.key);
            self.say(&branch.place, problem.arg("sum", &sum).arg("wanted", wanted));
        }
    }

    fn children(&self, branch: usize) -> Vec<(String, Option<Number>, String)> {
        let children = self.scheme.children(branch).into_iter();
        let child = |(is_item, at): (bool, usize)| {
            if is_item {
                let item = &self.scheme.items[at];
                (item.key.clone(), item.weight.clone(), item.place.clone())
            } else {
                let branch = &self.scheme.branches[at];
                (branch.key.clone(), branch.weight.clone(), branch.place.clone())
            }
        };
        children.map(child).collect()
    }

    fn names(&mut self) {
        for item in &self.scheme.items {
            for name in item.columns(self.scheme) {
                let is_declared = self.scheme.figures.iter().any(|figure| figure.key == name);
                if !is_declared && name != item.key && !self.is_own_figure(name) {
                    let problem = Problem::error("assess-unknown-figure").arg("name", name);
                    self.say(&item.place, problem.arg("item", &item.key));
                }
            }
            self.fits(item);
        }
    }

    /// Whether a figure is declared by an item of its own key.
    fn is_own_figure(&self, name: &str) -> bool {
        let item = self.scheme.item(name).map(|at| &self.scheme.items[at]);
        item.is_some_and(|item| matches!(&item.source, Source::Figure(key) if key == name))
    }

    /// Whether the method suits where the figure comes from and which way is better.
    fn fits(&mut self, item: &Item) {
        let is_ratio = matches!(&item.source, Source::Formula(formula) if formula.is_ratio());
        if let Method::OverAverage { against: Against::Whole, .. } = &item.method
            && !is_ratio
        {
            let problem = Problem::error("assess-whole-not-ratio").arg("item", &item.key);
            self.say(&item.place, problem);
        }
        let is_middle = item.polarity == Polarity::Middle;
        let for_middle = matches!(item.method, Method::Moderate { .. } | Method::Normalise(_));
        if is_middle && !for_middle {
            let problem = Problem::error("assess-polarity-method").arg("method", "moderate");
            self.say(&item.place, problem);
        }
    }

    /// Formulas that need each other.
    fn circles(&mut self) {
        let scheme = self.scheme;
        for (at, item) in scheme.items.iter().enumerate() {
            let mut way = vec![at];
            if let Some(circle) = circle(scheme, &mut way) {
                let names: Vec<&str> =
                    circle.iter().map(|at| scheme.items[*at].key.as_str()).collect();
                // Told once, at the first of the circle.
                if circle.iter().min() == Some(&at) {
                    let problem = Problem::error("assess-formula-circle");
                    self.say(&item.place, problem.arg("names", names.join(" → ")));
                }
            }
        }
    }

    fn rounding(&mut self) {
        let is_rounded = self.scheme.rank.on == RankOn::Rounded;
        if is_rounded && self.scheme.rounding.total.is_none() {
            self.say("1:1", Problem::error("assess-rounded-by-what"));
        }
    }

    /// A composite index knows one answer only to some questions; the file must say that one.
    fn index(&mut self) {
        let edges = &self.scheme.edges;
        let wanted = [
            ("edges.missing", "reweigh", edges.missing == Missing::Reweigh),
            ("edges.alone", "the same as edges.zero_range", edges.alone == edges.zero_range),
            ("rounding.items", "none", self.scheme.rounding.items.is_none()),
            ("rounding.branches", "none", self.scheme.rounding.branches.is_none()),
        ];
        for (key, word, holds) in wanted {
            if !holds {
                let problem = Problem::error("assess-index-word").arg("key", key);
                self.say("1:1", problem.arg("word", word));
            }
        }
    }
}

/// The circle an item's formula is in, beginning with the item.
fn circle(scheme: &Scheme, way: &mut Vec<usize>) -> Option<Vec<usize>> {
    let last = *way.last()?;
    let Source::Formula(formula) = &scheme.items[last].source else { return None };
    for name in formula.names().0 {
        let Some(next) = scheme.item_named(name) else { continue };
        if next == way[0] {
            return Some(way.clone());
        }
        if way.contains(&next) {
            continue;
        }
        way.push(next);
        if let Some(found) = circle(scheme, way) {
            return Some(found);
        }
        way.pop();
    }
    None
}
