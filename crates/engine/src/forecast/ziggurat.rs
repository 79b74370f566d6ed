//! Standard normal draws by Marsaglia and Tsang's ziggurat, from a generator for each task.

use std::sync::OnceLock;

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng;

/// Layers of equal area; the lowest has the tail.
const LAYERS: usize = 256;
/// Where the tail begins, for 256 layers.
const TAIL: f64 = 3.654_152_885_361_009;

/// Edges of the layers, the highest last, and the height of the bell at each.
struct Layers {
    edge: [f64; LAYERS + 1],
    height: [f64; LAYERS + 1],
}

fn bell(x: f64) -> f64 {
    (-0.5 * x * x).exp()
}

fn layers() -> &'static Layers {
    static FOUND: OnceLock<Layers> = OnceLock::new();
    FOUND.get_or_init(|| {
        let root = (2.0 * std::f64::consts::PI).sqrt();
        let tail_area = root * super::normal::cdf(-TAIL);
        let area = TAIL * bell(TAIL) + tail_area;
        let mut edge = [0.0; LAYERS + 1];
        edge[0] = area / bell(TAIL);
        edge[1] = TAIL;
        for at in 2..LAYERS {
            edge[at] = (-2.0 * (area / edge[at - 1] + bell(edge[at - 1])).ln()).sqrt();
        }
        Layers { edge, height: edge.map(bell) }
    })
}

/// A stream of standard normal draws.
pub struct Normals {
    random: Pcg64Mcg,
    layers: &'static Layers,
}

impl Normals {
    /// The stream number `task` of `seed`: streams of one seed do not meet.
    pub fn of(seed: u64, task: u64) -> Normals {
        let (high, low) =
            (mixed(seed ^ 0x9e37_79b9_7f4a_7c15), mixed(task.wrapping_add(mixed(seed))));
        Normals {
            random: Pcg64Mcg::new(u128::from(high) << 64 | u128::from(low)),
            layers: layers(),
        }
    }

    /// The next draw.
    #[inline]
    #[expect(clippy::should_implement_trait, reason = "a stream without end is no iterator")]
    pub fn next(&mut self) -> f64 {
        loop {
            let bits = self.random.next_u64();
            let layer = (bits & 0xff) as usize;
            // 53 signed bits: −1 to 1.
            let share = ((bits as i64) >> 11) as f64 * (1.0 / (1u64 << 52) as f64);
            let x = share * self.layers.edge[layer];
            if x.abs() < self.layers.edge[layer + 1] {
                return x;
            }
            if let Some(x) = self.at_the_edge(layer, x) {
                return x;
            }
        }
    }

    #[cold]
    fn at_the_edge(&mut self, layer: usize, x: f64) -> Option<f64> {
        if layer == 0 {
            return Some(self.tail().copysign(x));
        }
        let (low, high) = (self.layers.height[layer], self.layers.height[layer + 1]);
        (low + (high - low) * self.unit() < bell(x)).then_some(x)
    }

    fn tail(&mut self) -> f64 {
        loop {
            let x = -self.unit().ln() / TAIL;
            if -2.0 * self.unit().ln() > x * x {
                return TAIL + x;
            }
        }
    }

    /// A number above 0 and up to 1.
    fn unit(&mut self) -> f64 {
        ((self.random.next_u64() >> 11) + 1) as f64 * (1.0 / (1u64 << 53) as f64)
    }
}

/// A number spread over all 64 bits, so that neighbouring seeds share no pattern.
fn mixed(number: u64) -> u64 {
    let a = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    b ^ (b >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_shares_of_the_normal() {
        let mut normals = Normals::of(11, 0);
        let drawn: Vec<f64> = (0..400_000).map(|_| normals.next()).collect();
        for x in [-3.8, -3.0, -2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 2.5, 3.7] {
            let share = drawn.iter().filter(|drawn| **drawn <= x).count() as f64 / 400_000.0;
            let expected = super::super::normal::cdf(x);
            let allowed = 4.0 * (expected * (1.0 - expected) / 400_000.0).sqrt();
            assert!((share - expected).abs() < allowed, "{x}: {share} {expected}");
        }
        assert!(drawn.iter().any(|drawn| drawn.abs() > TAIL));
    }
}
