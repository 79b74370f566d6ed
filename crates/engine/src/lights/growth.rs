//! Growth over the year before, of a project or of a whole place.

use std::cmp::Ordering;

use tici_domain::{Light, Percent};

use super::LightRule;
use super::reason::Lit;

/// An amount now and in the same period of the year before, which is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    pub now: i128,
    pub before: i128,
}

impl Growth {
    /// Tenths of a percent of growth, rounded half away from zero: −32 is −3.2%.
    pub fn tenths(self) -> i64 {
        Percent { part: self.now - self.before, base: self.before }.tenths()
    }

    fn cmp(self, other: Growth) -> Ordering {
        (self.now * other.before).cmp(&(other.now * self.before))
    }
}

/// Green when growth reaches both the planned one and the average, where there are such;
/// red on the lit side of the rule's threshold; amber between. For a place, give its own
/// growth, its plan and the region's average.
pub fn growth_light(
    rule: &LightRule,
    growth: Growth,
    plan: Option<Growth>,
    average: Option<Growth>,
) -> Lit {
    let reaches = |other: Option<Growth>| other.is_none_or(|other| growth.cmp(other).is_ge());
    let (part, base) = ((growth.now - growth.before) * 100, growth.before);
    let is_red = rule.red.is_some_and(|bound| bound.lights(part, base));
    let light = match () {
        () if is_red => Light::Red,
        () if reaches(plan) && reaches(average) => Light::Green,
        () => Light::Amber,
    };
    let values = [Some(growth), plan, average].map(|known| known.map_or(0, Growth::tenths));
    let [own, planned, mean] = values;
    match (plan.is_some(), average.is_some()) {
        (true, true) => Lit::new(light, "light-growth", values),
        (true, false) => Lit::new(light, "light-growth-plan", [own, planned, 0]),
        (false, true) => Lit::new(light, "light-growth-average", [own, mean, 0]),
        (false, false) => Lit::new(light, "light-growth-only", [own, 0, 0]),
    }
}
