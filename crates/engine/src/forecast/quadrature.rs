//! Averages over a standard normal by Gauss–Hermite quadrature.

use std::sync::OnceLock;

/// Nodes used everywhere: enough for a shared shock over thousands of projects.
pub const NODES: usize = 120;

/// A point of the standard normal and its share of the average; the shares add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    pub at: f64,
    pub weight: f64,
}

/// The [`NODES`] nodes from the lowest to the highest, worked out once.
pub fn standard_normal() -> &'static [Node] {
    static FOUND: OnceLock<Vec<Node>> = OnceLock::new();
    FOUND.get_or_init(|| nodes(NODES))
}

/// The nodes of the rule with `count` points: the roots of the orthonormal Hermite polynomial
/// of that degree, each weighted by one over the sum of squares of the lower ones there.
pub fn nodes(count: usize) -> Vec<Node> {
    let reach = 2.0 * (count as f64).sqrt() + 1.0;
    (0..count).map(|index| node(index, count, reach)).collect()
}

fn node(index: usize, count: usize, reach: f64) -> Node {
    let (mut low, mut high) = (-reach, reach);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if roots_below(middle, count) > index {
            high = middle;
        } else {
            low = middle;
        }
    }
    let mut at = 0.5 * (low + high);
    if 2 * index + 1 == count {
        at = 0.0;
    }
    let (mut squares, mut before, mut now) = (0.0, 0.0, 1.0);
    for k in 0..count {
        squares += now * now;
        let k = k as f64;
        let next = (at * now - k.sqrt() * before) / (k + 1.0).sqrt();
        (before, now) = (now, next);
    }
    Node { at, weight: 1.0 / squares }
}

/// How many roots lie below `x`: sign changes of the Sturm sequence of the tridiagonal matrix
/// whose eigenvalues the roots are.
fn roots_below(x: f64, count: usize) -> usize {
    let mut pivot = -x;
    let mut below = usize::from(pivot < 0.0);
    for k in 1..count {
        if pivot == 0.0 {
            pivot = f64::MIN_POSITIVE;
        }
        pivot = -x - k as f64 / pivot;
        below += usize::from(pivot < 0.0);
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_normal_are_exact() {
        let average = |f: &dyn Fn(f64) -> f64| -> f64 {
            standard_normal().iter().map(|node| node.weight * f(node.at)).sum()
        };
        for (power, moment) in [(0, 1.0), (1, 0.0), (2, 1.0), (3, 0.0), (4, 3.0), (8, 105.0)] {
            let found = average(&|x: f64| x.powi(power));
            assert!((found - moment).abs() < 1e-10 * moment.max(1.0), "{power}: {found}");
        }
        let lognormal = average(&|x: f64| x.exp());
        assert!((lognormal - 0.5f64.exp()).abs() < 1e-12);
    }
}
