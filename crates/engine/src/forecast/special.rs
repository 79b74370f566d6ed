//! Special functions, to about 1e-14.

/// Derivative of the logarithm of the gamma function, for `x` > 0.
pub fn digamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < 15.0 {
        below += 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series =
        square * (1.0 / 12.0 + square * (-1.0 / 120.0 + square * (1.0 / 252.0 - square / 240.0)));
    x.ln() - 0.5 / x - series - below
}

/// P(X > x) of the chi-squared law with `freedom` degrees.
pub fn chi_squared_tail(x: f64, freedom: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let (a, x) = (freedom / 2.0, x / 2.0);
    let front = (a * x.ln() - x - libm::lgamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return 1.0 - front * sum;
    }
    let mut tail = 0.0;
    for k in (1..=300).rev() {
        let k = f64::from(k);
        tail = k * (k - a) / (x + 2.0 * k + 1.0 - a - tail);
    }
    front / (x + 1.0 - a - tail)
}
