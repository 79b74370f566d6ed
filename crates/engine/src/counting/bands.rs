//! Bands of size, by total investment: 1亿元以下, 1—5亿元, 5亿元以上 and so on. A band
//! includes its lower end and excludes its upper one, so that every project is in one.

use serde::{Deserialize, Serialize};
use tici_domain::Currency;

/// Lower ends of all bands but the lowest, rising, in stored units of a currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SizeBands {
    pub currency: Currency,
    pub from: Vec<i64>,
}

const YI: i64 = 100_000_000;

impl Default for SizeBands {
    /// 1, 5, 10 and 50亿元.
    fn default() -> Self {
        SizeBands { currency: Currency::CNY, from: vec![YI, 5 * YI, 10 * YI, 50 * YI] }
    }
}

/// One band; `None` for an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Band {
    pub from: Option<i64>,
    pub below: Option<i64>,
    pub currency: Currency,
}

impl SizeBands {
    /// Bands at these lower ends; `None` unless they are positive and rising.
    pub fn at(currency: Currency, from: Vec<i64>) -> Option<SizeBands> {
        let rising = from.is_sorted_by(|a, b| a < b);
        (rising && from.first().is_some_and(|first| *first > 0))
            .then_some(SizeBands { currency, from })
    }

    /// The band of an amount.
    pub fn band(&self, amount: i64) -> Band {
        let index = self.from.partition_point(|from| *from <= amount);
        Band {
            from: index.checked_sub(1).map(|below| self.from[below]),
            below: self.from.get(index).copied(),
            currency: self.currency,
        }
    }
}

impl Band {
    /// As data and addresses have it: `..100000000`, `100000000..500000000`, `500000000..`.
    pub fn code(self) -> String {
        let end = |end: Option<i64>| end.map(|end| end.to_string()).unwrap_or_default();
        format!("{}..{}", end(self.from), end(self.below))
    }
}
