//! Amounts and shares as each language prints them.
//!
//! Yuan of 1亿 and more read in 亿元 with two decimals, smaller ones in whole 万元; in
//! English prose the same digits read as millions. Other currencies read in millions.

use super::T;
use tici_domain::{Currency, Lang, Money, Percent, money::Magnitude, money::print_scaled};

/// An amount with its unit apart, as a key figure sets them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    pub number: String,
    pub unit: String,
}

/// The unit of a whole column: stated once in its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    pub magnitude: Magnitude,
    pub decimals: u32,
    pub currency: Currency,
}

const YI_YUAN: i128 = 100_000_000;

impl Scale {
    /// 亿元 for yuan, millions for any other currency, two decimals.
    pub fn column(currency: Currency) -> Scale {
        let magnitude = if currency == Currency::CNY { Magnitude::YI } else { Magnitude::MILLION };
        Scale { magnitude, decimals: 2, currency }
    }

    /// One decimal, for charts.
    pub fn chart(currency: Currency) -> Scale {
        Scale { decimals: 1, ..Scale::column(currency) }
    }

    /// The number alone, in this unit.
    pub fn print(self, amount: i128) -> String {
        print_scaled(amount, self.power(), self.decimals)
    }

    /// The value to draw, in this unit.
    pub fn value(self, amount: i128) -> f64 {
        amount as f64 / 10_f64.powi(self.power() as i32)
    }

    fn power(self) -> u32 {
        self.magnitude.0 + self.currency.stored_digits()
    }
}

impl T {
    /// `亿元`, `¥100m`, `百万 USD`.
    pub fn unit(&self, scale: Scale) -> String {
        let key = match (scale.currency == Currency::CNY, scale.magnitude) {
            (true, Magnitude::YI) => "unit-yi",
            (true, Magnitude::WAN) => "unit-wan",
            (true, Magnitude::ONE) => "unit-yuan",
            (_, Magnitude::MILLION) => "unit-million",
            _ => "unit-main",
        };
        self.t1(key, &[("currency", &scale.currency)])
    }

    /// The unit of a page's amounts in a sentence: `亿元`, `¥100 million`.
    pub fn unit_phrase(&self, scale: Scale) -> String {
        let key = if scale.currency == Currency::CNY { "unit-yi-phrase" } else { "unit-million" };
        self.t1(key, &[("currency", &scale.currency)])
    }

    /// Number and unit, the unit chosen by size.
    pub fn amount(&self, amount: i128, currency: Currency) -> Amount {
        let scale = by_size(amount, currency);
        Amount { number: scale.print(amount), unit: self.unit(scale) }
    }

    /// The unit for an amount of this size.
    pub fn scale_for(&self, amount: i128, currency: Currency) -> Scale {
        by_size(amount, currency)
    }

    /// One phrase: `32.60 亿元`, `¥3,260m`, `36,218 万元`, `¥362.18m`.
    pub fn money(&self, money: Money) -> String {
        self.money_wide(i128::from(money.amount), money.currency)
    }

    /// The same for a sum, which may be wider than an amount.
    pub fn money_wide(&self, amount: i128, currency: Currency) -> String {
        let scale = by_size(amount, currency);
        if self.lang != Lang::En {
            return format!("{} {}", scale.print(amount), self.unit(scale));
        }
        let decimals = match (scale.magnitude, currency == Currency::CNY) {
            (Magnitude::YI, _) => 0,
            (Magnitude::ONE, false) => 0,
            _ => 2,
        };
        let millions = Scale { magnitude: Magnitude::MILLION, decimals, currency };
        match (currency == Currency::CNY, scale.magnitude) {
            (true, _) => format!("¥{}m", millions.print(amount)),
            (false, Magnitude::ONE) => format!("{currency} {}", scale.print(amount)),
            (false, _) => format!("{currency} {}m", millions.print(amount)),
        }
    }

    /// A number of things, thousands separated.
    pub fn count(&self, count: impl Into<i128>) -> String {
        print_scaled(count.into(), 0, 0)
    }

    /// `36.9%`, or a dash when there is nothing to divide by.
    pub fn percent(&self, share: Option<Percent>) -> String {
        share.map_or_else(|| "—".into(), |share| share.to_string())
    }

    /// A probability in whole percent, below one in tenths, `< 0.1%` at the floor.
    pub fn probability(&self, probability: f64) -> String {
        if probability < 0.001 {
            return "< 0.1%".into();
        }
        let percent = (probability * 100.0).clamp(0.0, 100.0);
        if percent < 1.0 { format!("{percent:.1}%") } else { format!("{percent:.0}%") }
    }
}

fn by_size(amount: i128, currency: Currency) -> Scale {
    let main = amount.abs() / i128::from(currency.stored_per_main());
    let (magnitude, decimals) = match currency == Currency::CNY {
        true if main >= YI_YUAN => (Magnitude::YI, 2),
        true => (Magnitude::WAN, 0),
        false if main >= 1_000_000 => (Magnitude::MILLION, 2),
        false => (Magnitude::ONE, 0),
    };
    Scale { magnitude, decimals, currency }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_choose_their_unit() {
        let cases = [
            (3_260_000_000, "32.60 亿元", "¥3,260m"),
            (362_180_000, "3.62 亿元", "¥362m"),
            (99_990_000, "9,999 万元", "¥99.99m"),
            (-120_000, "−12 万元", "¥−0.12m"),
            (0, "0 万元", "¥0.00m"),
        ];
        for (amount, zh, en) in cases {
            assert_eq!(T::new(Lang::ZhHans).money(Money::yuan(amount)), zh);
            assert_eq!(T::new(Lang::En).money(Money::yuan(amount)), en);
        }
        let dollars = Money { amount: 123_456_789, currency: Currency::USD };
        assert_eq!(T::new(Lang::En).money(dollars), "USD 1.23m");
    }

    #[test]
    fn probabilities_have_a_floor() {
        let t = T::new(Lang::En);
        let cases = [(0.0, "< 0.1%"), (0.46, "46%"), (0.9999, "100%"), (0.004, "0.4%")];
        for (probability, text) in cases {
            assert_eq!(t.probability(probability), text);
        }
    }
}
