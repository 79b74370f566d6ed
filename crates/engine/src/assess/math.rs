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
