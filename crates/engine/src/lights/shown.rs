//! Figures of a reason, with as many decimals as keep them from contradicting the light:
//! 79.96 % is red below 80 and must not be printed as 80.0.

use tici_domain::Percent;
use tici_domain::money::round_div;

use super::judge::light_of;
use super::{LightRule, Lit};

/// A share of money in yuan is exact long before this.
const DECIMALS_MAX: u8 = 9;

impl Lit {
    /// The light of `judged` percent under the rule's thresholds; `figures`, the first of
    /// them or others, are printed with the decimals that `judged` needs.
    pub(super) fn of_percent<const N: usize>(
        rule: &LightRule,
        key: &'static str,
        judged: Percent,
        figures: [Percent; N],
    ) -> Lit {
        let light = light_of(rule, judged.part * 100, judged.base);
        let agrees =
            |decimals: &u8| light_of(rule, scaled(judged, *decimals), scale(*decimals)) == light;
        let decimals = (1..DECIMALS_MAX).find(agrees).unwrap_or(DECIMALS_MAX);
        let mut values = [0; 3];
        for (value, figure) in values.iter_mut().zip(figures) {
            let whole = scaled(figure, decimals).clamp(i64::MIN.into(), i64::MAX.into());
            *value = whole as i64;
        }
        Lit { decimals, ..Lit::new(light, key, values) }
    }
}

fn scale(decimals: u8) -> i128 {
    10_i128.pow(decimals.into())
}

/// The percentage times ten to the decimals, rounded.
fn scaled(share: Percent, decimals: u8) -> i128 {
    round_div(share.part.saturating_mul(100 * scale(decimals)), share.base)
}
