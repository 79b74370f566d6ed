//! Random numbers that depend on a seed and on their place, not on who asked first.

/// A number from 0 to below 1 for the place (`draw`, `item`) under `seed`.
pub fn uniform(seed: u64, draw: u64, item: u64) -> f64 {
    let mixed = mix(mix(mix(seed) ^ draw).wrapping_add(item));
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

/// One step of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_the_published_generator() {
        assert_eq!(mix(0), 0xE220_A839_7B1D_CDAF);
    }

    #[test]
    fn draws_are_even() {
        let mut bins = [0_u32; 10];
        for draw in 0..10_000 {
            bins[(uniform(7, draw, draw % 3) * 10.0) as usize] += 1;
        }
        // Each bin has 1,000 give or take five standard deviations.
        assert!(bins.iter().all(|count| (850..1150).contains(count)), "{bins:?}");
    }
}
