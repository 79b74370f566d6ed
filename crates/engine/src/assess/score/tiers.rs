//! Points by band (分档计分): a band holds its lower bound and not its upper one.
//!
//! 10 and over 20 points, 5 to 10 10, 1 to 5 6, below 1 3: 10 gets 20, 9.99 gets 10.

use super::Number;

/// `[from, to)` and its points; an end that is not given is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    pub from: Option<Number>,
    pub to: Option<Number>,
    pub points: Number,
}

/// Points of the band that `x` lies in; `None` in a gap.
pub fn tier<'t>(x: &Number, tiers: &'t [Tier]) -> Option<&'t Tier> {
    tiers.iter().find(|tier| {
        tier.from.as_ref().is_none_or(|from| x >= from) && tier.to.as_ref().is_none_or(|to| x < to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let bands = [("10", "", "20"), ("5", "10", "10"), ("1", "5", "6"), ("", "1", "3")];
        let bands = bands.map(|(from, to, points)| Tier {
            from: Number::parse(from),
            to: Number::parse(to),
            points: n(points),
        });
        for (x, points) in [("10", "20"), ("9.99", "10"), ("1", "6"), ("-4", "3")] {
            assert_eq!(tier(&n(x), &bands).map(|tier| &tier.points), Some(&n(points)), "{x}");
        }
        assert_eq!(tier(&n("3"), &bands[..2]), None);
    }
}
