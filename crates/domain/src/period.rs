//! The reporting period: a year, half, quarter, month, ten days, or the first two months
//! together, as the statistics bureau publishes them.

use crate::Percent;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar period of the years 1 to 9999. Ordered by its end, then longest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    kind: Kind,
    year: i16,
    /// 1-based within the year; ten-day periods count 1..=36.
    index: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Year,
    Half,
    Quarter,
    /// January and February together.
    JanFeb,
    Month,
    TenDays,
}

impl Period {
    pub fn year(year: i16) -> Period {
        Period { kind: Kind::Year, year, index: 1 }
    }

    /// `None` unless 1..=2.
    pub fn half(year: i16, half: u8) -> Option<Period> {
        (1..=2).contains(&half).then_some(Period { kind: Kind::Half, year, index: half })
    }

    /// `None` unless 1..=4.
    pub fn quarter(year: i16, quarter: u8) -> Option<Period> {
        (1..=4).contains(&quarter).then_some(Period { kind: Kind::Quarter, year, index: quarter })
    }

    /// `None` unless 1..=12.
    pub fn month(year: i16, month: u8) -> Option<Period> {
        (1..=12).contains(&month).then_some(Period { kind: Kind::Month, year, index: month })
    }

    pub fn jan_feb(year: i16) -> Period {
        Period { kind: Kind::JanFeb, year, index: 1 }
    }

    /// Ten days 1..=3 (上旬, 中旬, 下旬) of a month.
    pub fn ten_days(year: i16, month: u8, part: u8) -> Option<Period> {
        let well_formed = (1..=12).contains(&month) && (1..=3).contains(&part);
        well_formed.then(|| Period { kind: Kind::TenDays, year, index: (month - 1) * 3 + part })
    }

    /// The month a day lies in.
    pub fn month_of(day: Date) -> Period {
        Period { kind: Kind::Month, year: day.year(), index: day.month() as u8 }
    }

    pub fn kind(self) -> Kind {
        self.kind
    }

    pub fn calendar_year(self) -> i16 {
        self.year
    }

    /// Number within the year: month 5, quarter 2, ten-day period 13.
    pub fn index(self) -> u8 {
        self.index
    }

    fn first_month(self) -> u8 {
        match self.kind {
            Kind::Year | Kind::JanFeb => 1,
            Kind::Half => self.index * 6 - 5,
            Kind::Quarter => self.index * 3 - 2,
            Kind::Month => self.index,
            Kind::TenDays => (self.index - 1) / 3 + 1,
        }
    }

    /// The month the period ends in, 1..=12.
    pub fn last_month(self) -> u8 {
        match self.kind {
            Kind::Year => 12,
            Kind::JanFeb => 2,
            Kind::Half => self.index * 6,
            Kind::Quarter => self.index * 3,
            Kind::Month | Kind::TenDays => self.first_month(),
        }
    }

    pub fn first_day(self) -> Date {
        let day = match self.kind {
            Kind::TenDays => ((self.index - 1) % 3) as i8 * 10 + 1,
            _ => 1,
        };
        date(self.year, self.first_month() as i8, day)
    }

    pub fn last_day(self) -> Date {
        let month = date(self.year, self.last_month() as i8, 1);
        match (self.kind, self.index % 3) {
            (Kind::TenDays, 1) => date(self.year, month.month(), 10),
            (Kind::TenDays, 2) => date(self.year, month.month(), 20),
            _ => month.last_of_month(),
        }
    }

    /// The period of the same kind just before.
    pub fn previous(self) -> Period {
        let count = self.kind.count();
        if self.kind == Kind::JanFeb || self.index == 1 {
            Period { year: self.year - 1, index: count, ..self }
        } else {
            Period { index: self.index - 1, ..self }
        }
    }

    /// The period of the same kind just after.
    pub fn next(self) -> Period {
        let count = self.kind.count();
        if self.index == count {
            Period { year: self.year + 1, index: 1, ..self }
        } else {
            Period { index: self.index + 1, ..self }
        }
    }

    /// The same period a year earlier (上年同期).
    pub fn year_before(self) -> Period {
        Period { year: self.year - 1, ..self }
    }

    /// Whether a day lies in the period.
    pub fn contains(self, day: Date) -> bool {
        self.first_day() <= day && day <= self.last_day()
    }

    /// Whether `other` lies wholly in the period; a period includes itself.
    pub fn includes(self, other: Period) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }

    /// The months it covers, in order; ten days belong to their month.
    pub fn months(self) -> impl DoubleEndedIterator<Item = Period> + Clone {
        let year = self.year;
        (self.first_month()..=self.last_month()).map(move |index| Period {
            kind: Kind::Month,
            year,
            index,
        })
    }

    /// The months from January to the period's last one (1—n月).
    pub fn year_to_date_months(self) -> impl DoubleEndedIterator<Item = Period> + Clone {
        let year = self.year;
        (1..=self.last_month()).map(move |index| Period { kind: Kind::Month, year, index })
    }

    /// The elapsed share of the year at the period's end (序时进度): m/12, and 36ths for
    /// ten days. Months count alike whatever their days, as progress tables have it.
    pub fn time_share(self) -> Percent {
        let (part, base) = match self.kind {
            Kind::TenDays => (self.index, 36),
            _ => (self.last_month(), 12),
        };
        Percent { part: i128::from(part), base }
    }

    /// A number whose order is the order of periods; the stored sort key.
    pub fn ordinal(self) -> i32 {
        let last = self.last_day();
        let day =
            i32::from(last.year()) * 10_000 + i32::from(last.month()) * 100 + i32::from(last.day());
        day * 8 + self.kind as i32
    }

    /// The period an ordinal stands for; `None` for a number no period has.
    pub fn from_ordinal(ordinal: i32) -> Option<Period> {
        let (day, kind) = (ordinal / 8, ordinal % 8);
        let year = i16::try_from(day / 10_000).ok().filter(|year| (0..=9999).contains(year))?;
        let month = u8::try_from(day / 100 % 100).ok()?;
        let period = match kind {
            0 => Period::year(year),
            1 => Period::half(year, month / 6)?,
            2 => Period::quarter(year, month / 3)?,
            3 => Period::jan_feb(year),
            4 => Period::month(year, month)?,
            _ => Period::ten_days(year, month, ((day % 100 + 9) / 10).clamp(1, 3) as u8)?,
        };
        (period.ordinal() == ordinal).then_some(period)
    }

    /// Reads `2026`, `2026-H1`, `2026-Q2`, `2026-01+02`, `2026-05`, `2026-05-T2`.
    pub fn parse(code: &str) -> Option<Period> {
        let (year, rest) = match code.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (code, None),
        };
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        let Some(rest) = rest else { return Some(Period::year(year)) };
        if rest == "01+02" {
            return Some(Period::jan_feb(year));
        }
        if let Some(half) = rest.strip_prefix('H') {
            return Period::half(year, one_digit(half)?);
        }
        if let Some(quarter) = rest.strip_prefix('Q') {
            return Period::quarter(year, one_digit(quarter)?);
        }
        match rest.split_once("-T") {
            Some((month, part)) => Period::ten_days(year, two_digits(month)?, one_digit(part)?),
            None => Period::month(year, two_digits(rest)?),
        }
    }
}

impl Kind {
    fn count(self) -> u8 {
        match self {
            Kind::Year | Kind::JanFeb => 1,
            Kind::Half => 2,
            Kind::Quarter => 4,
            Kind::Month => 12,
            Kind::TenDays => 36,
        }
    }
}

fn one_digit(text: &str) -> Option<u8> {
    (text.len() == 1).then(|| text.parse().ok()).flatten()
}

fn two_digits(text: &str) -> Option<u8> {
    let well_formed = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    well_formed.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.kind {
            Kind::Year => write!(f, "{year:04}"),
            Kind::Half => write!(f, "{year:04}-H{}", self.index),
            Kind::Quarter => write!(f, "{year:04}-Q{}", self.index),
            Kind::JanFeb => write!(f, "{year:04}-01+02"),
            Kind::Month => write!(f, "{year:04}-{:02}", self.index),
            Kind::TenDays => {
                write!(f, "{year:04}-{:02}-T{}", self.first_month(), (self.index - 1) % 3 + 1)
            }
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.ordinal().cmp(&other.ordinal())
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Period::parse(&code).ok_or_else(|| serde::de::Error::custom(format!("period {code}")))
    }
}
