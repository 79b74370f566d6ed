//! Numbers as a source prints them, and what could have stood behind them.

use serde::{Deserialize, Serialize};
use tici_domain::money::round_div;

/// How digits that are not printed are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To the nearest, a half away from zero.
    #[default]
    Half,
    /// Toward zero, whatever follows: 47.78 is printed 47.
    Cut,
}

/// What is done with zeros at the end of a fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zeros {
    /// 75.0, 618.0
    #[default]
    Keep,
    /// 75, 618
    Drop,
}

/// How one kind of number is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Digits {
    pub decimals: u32,
    pub zeros: Zeros,
    pub rounding: Rounding,
    /// Thousands parted by commas.
    pub grouped: bool,
}

impl Digits {
    /// Prints `value / by`; `by` is positive. Minus is U+2212.
    pub fn print(self, value: i128, by: i128) -> String {
        let scaled = value.saturating_mul(10_i128.pow(self.decimals));
        let scaled = match self.rounding {
            Rounding::Half => round_div(scaled, by),
            Rounding::Cut => scaled / by,
        };
        let text = tici_domain::money::print_scaled(scaled, self.decimals, self.decimals);
        let text = if self.grouped { text } else { text.replace(',', "") };
        match (self.zeros, self.decimals) {
            (Zeros::Drop, 1..) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            _ => text,
        }
    }
}

/// A number as printed, with its decimals: 62.4 has one, 618.0 as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Printed {
    /// The number without its point.
    pub digits: i128,
    pub decimals: u32,
}

/// Decimals of a printed number at most: more than any bulletin has.
const DECIMALS_MAX: usize = 8;

impl Printed {
    /// A count, which nobody rounds.
    pub fn count(count: i128) -> Printed {
        Printed { digits: count, decimals: 0 }
    }

    /// Reads `1,015`, `−0.23`, `62.4`, `62.4%`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Printed> {
        let plain = text.trim().trim_end_matches(['%', '％']).replace([',', '，'], "");
        let (sign, plain) = match plain.strip_prefix(['-', '−', '－']) {
            Some(rest) => (-1, rest),
            None => (1, plain.as_str()),
        };
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 18 || fraction.len() > DECIMALS_MAX || !all_digits {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Printed { digits: sign * digits, decimals: fraction.len() as u32 })
    }

    /// The number times `unit`, where its decimals allow it.
    pub fn times(self, unit: i128) -> i128 {
        round_div(self.digits * unit, 10_i128.pow(self.decimals))
    }

    /// The whole numbers of `1/unit` that are printed so; see [`Range`].
    pub fn range(self, unit: i128, rounding: Rounding) -> Range {
        let step = unit / 10_i128.pow(self.decimals);
        let at = self.digits * step;
        let (below, above) = match (rounding, self.digits.signum()) {
            (Rounding::Half, _) => (step / 2, step / 2),
            (Rounding::Cut, 0) => (step, step),
            (Rounding::Cut, 1) => (0, step),
            (Rounding::Cut, _) => (step, 0),
        };
        // The end that lies away from zero belongs to the next number, the other to this.
        match self.digits.signum() {
            0 => Range { low: at - below + 1, high: at + above - 1 },
            1 => Range { low: at - below, high: at + above - 1 },
            _ => Range { low: at - below + 1, high: at + above },
        }
    }

    /// Just this number, as `1/unit`.
    pub fn point(self, unit: i128) -> Range {
        let at = self.times(unit);
        Range { low: at, high: at }
    }

    /// Whether the fraction ends in a zero, which only a source that keeps them prints.
    pub fn keeps_zeros(self) -> bool {
        self.decimals > 0 && self.digits % 10 == 0
    }
}

/// As it was printed.
impl std::fmt::Display for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = tici_domain::money::print_scaled(self.digits, self.decimals, self.decimals);
        f.write_str(&text.replace(',', ""))
    }
}

impl Serialize for Printed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Whole numbers from `low` to `high`, both included; none when `low > high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    pub low: i128,
    pub high: i128,
}

impl Range {
    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    pub fn contains(self, value: i128) -> bool {
        self.low <= value && value <= self.high
    }

    /// What is in both.
    pub fn and(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    pub fn middle(self) -> i128 {
        self.low + (self.high - self.low) / 2
    }
}
