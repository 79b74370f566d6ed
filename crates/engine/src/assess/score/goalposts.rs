//! Between fixed goalposts: `full × (x − lo)/(hi − lo)`, held at both ends.
//!
//! 61.9824 between 20 and 85, of 1: 0.645883… (419824/650000). By logarithms, 1824.190915
//! between 100 and 75000: 0.438623….

use super::Number;
use super::efficacy::{Clip, share};

/// Two fixed ends; where less is better `lo` is above `hi`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goalposts {
    pub lo: Number,
    pub hi: Number,
    pub full: Number,
    /// Of the logarithms of all three, which must be above zero.
    pub log: bool,
}

/// Points of `x`; `None` when the ends are the same, or a logarithm does not exist.
pub fn goalposts(x: &Number, rule: &Goalposts) -> Option<Number> {
    let share = if rule.log {
        share(&x.ln()?, &rule.lo.ln()?, &rule.hi.ln()?)?
    } else {
        share(x, &rule.lo, &rule.hi)?
    };
    Some(&rule.full * &Clip::Both.apply(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let life = Goalposts { lo: n("20"), hi: n("85"), full: n("1"), log: false };
        assert_eq!(goalposts(&n("61.9824"), &life), Number::fraction(419_824, 650_000));
        assert_eq!(goalposts(&n("90"), &life), Some(n("1")));
        let income = Goalposts { lo: n("100"), hi: n("75000"), full: n("1"), log: true };
        let share = goalposts(&n("1824.190915"), &income).expect("a share").to_f64();
        assert!((share - 0.438_623_797_183_371_6).abs() < 1e-15, "{share}");
        assert_eq!(goalposts(&n("0"), &income), None);
    }
}
