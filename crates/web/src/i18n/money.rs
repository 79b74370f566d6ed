//! Amounts and shares as each language prints them.
//!
//! Yuan of 1亿 and more read in 亿元 with two decimals, smaller ones in whole 万元; in
//! English they read in millions, as the columns do. Other currencies read in millions. Whoever
//! prefers it reads every amount plain: whole yuan, thousands separated.

use super::T;
use tici_domain::{Currency, Lang, Money, Percent, money::Magnitude, money::print_scaled};

/// How amounts are written; the reader's own choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MoneyStyle {
    /// In 亿元 and 万元, in English CNY m and CNY bn.
    #[default]
    Scaled,
    /// In yuan, thousands separated.
    Plain,
}

impl MoneyStyle {
    pub const ALL: [MoneyStyle; 2] = [MoneyStyle::Scaled, MoneyStyle::Plain];

    /// The value of the cookie, and of the message `account-money-CODE`.
    pub fn code(self) -> &'static str {
        match self {
            MoneyStyle::Scaled => "scaled",
            MoneyStyle::Plain => "plain",
        }
    }

    pub fn parse(code: &str) -> Option<MoneyStyle> {
        MoneyStyle::ALL.into_iter().find(|style| style.code() == code)
    }
}

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
const MILLION: i128 = 1_000_000;

impl Scale {
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

    fn plain(currency: Currency) -> Scale {
        Scale { magnitude: Magnitude::ONE, decimals: currency.stored_digits(), currency }
    }
}

impl T {
    /// The unit of a column of a table: 亿元 with two decimals for yuan, CNY m with one in
    /// English, millions for any other currency.
    pub fn column(&self, currency: Currency) -> Scale {
        let (magnitude, decimals) = match (self.money, currency == Currency::CNY, self.lang) {
            (MoneyStyle::Plain, _, _) => return Scale::plain(currency),
            (MoneyStyle::Scaled, true, Lang::En) => (Magnitude::MILLION, 1),
            (MoneyStyle::Scaled, true, _) => (Magnitude::YI, 2),
            (MoneyStyle::Scaled, false, _) => (Magnitude::MILLION, 2),
        };
        Scale { magnitude, decimals, currency }
    }

    /// The unit of a chart, one decimal less than a column's. Never plain: the numbers of
    /// an axis have no room for ten digits.
    pub fn chart(&self, currency: Currency) -> Scale {
        let column = T { money: MoneyStyle::Scaled, ..*self }.column(currency);
        Scale { decimals: column.decimals - 1, ..column }
    }

    /// The unit of the numbers beside a chart: the chart's own, or plain.
    pub fn beside_chart(&self, currency: Currency) -> Scale {
        match self.money {
            MoneyStyle::Plain => Scale::plain(currency),
            MoneyStyle::Scaled => self.chart(currency),
        }
    }

    /// `亿元`, `CNY m`, `百万 USD`.
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

    /// The unit of a page's amounts in a sentence: `亿元`, `CNY million`.
    pub fn unit_phrase(&self, scale: Scale) -> String {
        match scale.magnitude {
            Magnitude::MILLION => self.t1("unit-million-phrase", &[("currency", &scale.currency)]),
            _ => self.unit(scale),
        }
    }

    /// Number and unit, the unit chosen by size.
    pub fn amount(&self, amount: i128, currency: Currency) -> Amount {
        let scale = self.by_size(amount, currency);
        Amount { number: scale.print(amount), unit: self.unit(scale) }
    }

    /// The unit for several amounts of which this is the largest: never so large that the
    /// smaller ones would vanish.
    pub fn scale_for(&self, amount: i128, currency: Currency) -> Scale {
        self.by_size(amount, currency)
    }

    /// One phrase: `32.60 亿元`, `CNY 3,260.0m`, `36,218 万元`, `CNY 362.2m`.
    pub fn money(&self, money: Money) -> String {
        self.money_wide(i128::from(money.amount), money.currency)
    }

    /// The same for a sum, which may be wider than an amount.
    pub fn money_wide(&self, amount: i128, currency: Currency) -> String {
        let scale = self.by_size(amount, currency);
        let number = scale.print(amount);
        match (self.lang, scale.magnitude) {
            (Lang::En, Magnitude::MILLION) => format!("{currency} {number}m"),
            (Lang::En, _) => format!("{currency} {number}"),
            _ => format!("{number} {}", self.unit(scale)),
        }
    }

    fn by_size(&self, amount: i128, currency: Currency) -> Scale {
        if self.money == MoneyStyle::Plain {
            return Scale::plain(currency);
        }
        let main = amount.abs() / i128::from(currency.stored_per_main());
        let is_chinese_yuan = currency == Currency::CNY && self.lang != Lang::En;
        let (magnitude, decimals) = match is_chinese_yuan {
            true if main >= YI_YUAN => (Magnitude::YI, 2),
            true => (Magnitude::WAN, 0),
            false if main >= MILLION => return self.column(currency),
            false => (Magnitude::ONE, 0),
        };
        Scale { magnitude, decimals, currency }
    }

    /// A number of things, thousands separated.
    pub fn count(&self, count: impl Into<i128>) -> String {
        print_scaled(count.into(), 0, 0)
    }

    /// `36.9%`, or a dash when there is nothing to divide by.
    pub fn percent(&self, share: Option<Percent>) -> String {
        share.map_or_else(|| "—".into(), |share| share.to_string())
    }

    /// Hundredths of a percent as people write them: `60%`, `33.33%`.
    pub fn share(&self, hundredths: i64) -> String {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        match (part, part % 10) {
            (0, _) => format!("{whole}%"),
            (_, 0) => format!("{whole}.{}%", part / 10),
            _ => format!("{whole}.{part:02}%"),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_choose_their_unit() {
        let cases = [
            (36_160_000_000, "361.60 亿元", "CNY 36,160.0m", "36,160,000,000"),
            (362_180_000, "3.62 亿元", "CNY 362.2m", "362,180,000"),
            (99_990_000, "9,999 万元", "CNY 100.0m", "99,990,000"),
            (-120_000, "−12 万元", "CNY −120,000", "−120,000"),
            (0, "0 万元", "CNY 0", "0"),
        ];
        let (zh, en) = (T::new(Lang::ZhHans), T::new(Lang::En));
        for (amount, in_chinese, in_english, plain) in cases {
            let money = Money::yuan(amount);
            assert_eq!(zh.money(money), in_chinese);
            assert_eq!(en.money(money), in_english);
            assert_eq!(zh.with_money(MoneyStyle::Plain).money(money), format!("{plain} 元"));
            assert_eq!(en.with_money(MoneyStyle::Plain).money(money), format!("CNY {plain}"));
        }
        let dollars = Money { amount: 123_456_789, currency: Currency::USD };
        assert_eq!(en.money(dollars), "USD 1.23m");
        assert_eq!(en.with_money(MoneyStyle::Plain).money(dollars), "USD 1,234,567.89");
    }

    #[test]
    fn a_column_has_one_unit() {
        let column = |lang, style| {
            let t = T::new(lang).with_money(style);
            let scale = t.column(Currency::CNY);
            (scale.print(3_229_180_000), t.unit(scale), t.chart(Currency::CNY).print(3_229_180_000))
        };
        let said = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        use MoneyStyle::{Plain, Scaled};
        assert_eq!(column(Lang::ZhHans, Scaled), said("32.29", "亿元", "32.3"));
        assert_eq!(column(Lang::ZhHant, Plain), said("3,229,180,000", "元", "32.3"));
        assert_eq!(column(Lang::En, Scaled), said("3,229.2", "CNY m", "3,229"));
        assert_eq!(column(Lang::En, Plain), said("3,229,180,000", "CNY", "3,229"));
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
