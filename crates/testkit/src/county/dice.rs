//! Chance that is the same on every run: one generator per purpose, seeded by name, so
//! that the order in which things are made does not matter.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A seeded generator with the few draws the county needs.
pub(crate) struct Dice(Pcg64Mcg);

impl Dice {
    /// A generator for one `purpose` under the county's seed.
    pub(crate) fn new(seed: u64, purpose: &str) -> Dice {
        // FNV-1a: the standard hasher may differ between releases of the compiler.
        let start = 0xcbf2_9ce4_8422_2325_u64;
        let hash = purpose
            .bytes()
            .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        Dice(Pcg64Mcg::seed_from_u64(seed ^ hash))
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = (high - low).max(0) as u64 + 1;
        low + (self.0.next_u64() % width) as i64
    }

    /// One of `items`.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.between(0, items.len() as i64 - 1) as usize]
    }

    /// True `percent` times in a hundred.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }
}
