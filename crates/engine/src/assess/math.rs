//! Logarithms and powers that are the same on every machine.
//!
//! The system's library may give another last digit with another processor or version; a
//! score that is replayed must not. These are computed from additions and multiplications
//! alone, in a fixed order.

pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// The natural logarithm of a positive number of full precision, within two units of the last
/// digit, without a branch: many at once are several times faster than [`ln`]. Of others some
/// number.
pub fn ln_quick(x: f64) -> f64 {
    /// √½ as bits, and what lifts it to 1.
    const ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
    const LIFT: u64 = 0x3ff0_0000_0000_0000 - ROOT;
    /// 2⁵², whose last bits are whole numbers.
    const WHOLES: u64 = 0x4330_0000_0000_0000;
    /// ln 2 in two parts, the first short enough to be multiplied without rounding.
    const LN_2: [f64; 2] =
        [f64::from_bits(0x3fe6_2e42_fee0_0000), f64::from_bits(0x3dea_39ef_3579_3c76)];
    // x = 2ᵏ·m with m between √½ and √2.
    let lifted = x.to_bits().wrapping_add(LIFT);
    let k = f64::from_bits(WHOLES | (lifted >> 52)) - f64::from_bits(WHOLES | 1023);
    let m = f64::from_bits((lifted & 0x000f_ffff_ffff_ffff) + ROOT);
    // ln m = 2·artanh s = 2s(1 + z/3 + z²/5 + …), z below 0.0295.
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let mut series = 0.0;
    for odd in [21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        series = series * z + 1.0 / odd;
    }
    k * LN_2[0] + (2.0 * s + (2.0 * s * z * series + k * LN_2[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_logarithm_is_the_logarithm() {
        for at in 1..200_000_u32 {
            let x = pow(f64::from(at) / 100_000.0, 3.0);
            let (quick, exact) = (ln_quick(x), ln(x));
            assert!((quick - exact).abs() <= 4e-16 * exact.abs().max(1e-3), "{x}: {quick} {exact}");
        }
        assert_eq!(ln_quick(1.0), 0.0);
    }
}
