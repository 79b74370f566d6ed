//! Between two posts that are set beforehand.

use super::{Column, Flaw};
use crate::assess::MISSING;
use crate::assess::math::ln;
use crate::assess::tree::Direction;

/// The posts as written, and what their distance is worth.
pub(super) struct Posts {
    pub lo: f64,
    pub hi: f64,
    pub scale: f64,
}

/// (x − lo)/(hi − lo), or (hi − x)/(hi − lo) where less is better. With `log` values that
/// are not positive are scored as `lo` if clipped, and out of the domain if not.
pub(super) fn scores(
    column: &Column,
    posts: &Posts,
    log: bool,
    clip: bool,
    out: &mut [f64],
) -> Option<Flaw> {
    let see = |x: f64| if log { ln(x) } else { x };
    let (lo, hi) = (see(posts.lo), see(posts.hi));
    if lo == hi {
        return column.without_range(out, 0.0, posts.scale);
    }
    if !(hi - lo).is_finite() {
        out.fill(MISSING);
        return Some(Flaw::OutOfDomain);
    }
    for (cell, x) in out.iter_mut().zip(column.values) {
        let x = if log && clip && *x <= 0.0 { lo.min(hi) } else { see(*x) };
        let share = match column.direction {
            Direction::Higher => (x - lo) / (hi - lo),
            Direction::Lower => (hi - x) / (hi - lo),
        };
        let share = if clip && !share.is_nan() { share.clamp(0.0, 1.0) } else { share };
        *cell = share * posts.scale;
    }
    None
}
