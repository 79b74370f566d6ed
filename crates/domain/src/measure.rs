//! What a figure measures, how it accumulates and in which unit it is kept.

/// How figures of one measure relate to the figures of the periods before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Accumulation {
    /// Of the period alone: 当月完成投资.
    Periodic,
    /// From the start of the year to the period's end: 累计完成投资.
    YearToDate,
    /// From the project's start to the period's end.
    SinceStart,
    /// As it stands at the period's end: 总投资, 形象进度.
    Stock,
}

/// The unit a value is stored in. Money is in the project's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Whole yuan, or the minor unit of another currency.
    Money,
    /// Hundredths of a percent: 3690 is 36.9%.
    PercentHundredths,
    /// A plain count.
    Count,
    /// Words.
    Text,
    /// A civil date.
    Date,
}

/// One measure of the ledger.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct MeasureSpec {
    /// Stored code, such as `invest_ytd`.
    pub code: &'static str,
    pub accumulation: Accumulation,
    pub unit: Unit,
}

/// Index of a measure in [`MEASURES`]; small enough for a column of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Measure(pub u8);

/// Every measure, in stored order; new ones go to the end.
pub const MEASURES: &[MeasureSpec] = &[
    spec("total_investment", Accumulation::Stock, Unit::Money),
    spec("invest_month", Accumulation::Periodic, Unit::Money),
    spec("invest_ytd", Accumulation::YearToDate, Unit::Money),
    spec("invest_since_start", Accumulation::SinceStart, Unit::Money),
    spec("progress_percent", Accumulation::Stock, Unit::PercentHundredths),
    spec("progress_text", Accumulation::Stock, Unit::Text),
    spec("issue_text", Accumulation::Stock, Unit::Text),
    spec("workers", Accumulation::Stock, Unit::Count),
    spec("confidence_text", Accumulation::Stock, Unit::Text),
    spec("phase_text", Accumulation::Stock, Unit::Text),
    spec("year_budget", Accumulation::Periodic, Unit::Money),
    spec("year_forecast", Accumulation::Periodic, Unit::Money),
    spec("completion_forecast", Accumulation::Stock, Unit::Date),
    spec("note_text", Accumulation::Stock, Unit::Text),
    spec("invoiced_sales_ytd", Accumulation::YearToDate, Unit::Money),
    spec("invest_ytd_building", Accumulation::YearToDate, Unit::Money),
    spec("invest_ytd_installation", Accumulation::YearToDate, Unit::Money),
    spec("invest_ytd_equipment", Accumulation::YearToDate, Unit::Money),
    spec("invest_ytd_other", Accumulation::YearToDate, Unit::Money),
    spec("payable_ytd", Accumulation::YearToDate, Unit::Money),
    spec("paid_ytd", Accumulation::YearToDate, Unit::Money),
    spec("reason_text", Accumulation::Periodic, Unit::Text),
];

const fn spec(code: &'static str, accumulation: Accumulation, unit: Unit) -> MeasureSpec {
    MeasureSpec { code, accumulation, unit }
}

impl Measure {
    pub const TOTAL_INVESTMENT: Measure = Measure(0);
    pub const INVEST_MONTH: Measure = Measure(1);
    pub const INVEST_YTD: Measure = Measure(2);
    pub const INVEST_SINCE_START: Measure = Measure(3);
    pub const PROGRESS_PERCENT: Measure = Measure(4);
    pub const PROGRESS_TEXT: Measure = Measure(5);
    pub const ISSUE_TEXT: Measure = Measure(6);
    pub const WORKERS: Measure = Measure(7);
    pub const CONFIDENCE_TEXT: Measure = Measure(8);
    pub const PHASE_TEXT: Measure = Measure(9);
    pub const YEAR_BUDGET: Measure = Measure(10);
    pub const YEAR_FORECAST: Measure = Measure(11);
    pub const COMPLETION_FORECAST: Measure = Measure(12);
    pub const NOTE_TEXT: Measure = Measure(13);
    pub const INVOICED_SALES_YTD: Measure = Measure(14);
    /// 建筑工程, 安装工程, 设备工器具购置 and 其他费用: the four parts of investment.
    pub const INVEST_YTD_BUILDING: Measure = Measure(15);
    pub const INVEST_YTD_INSTALLATION: Measure = Measure(16);
    pub const INVEST_YTD_EQUIPMENT: Measure = Measure(17);
    pub const INVEST_YTD_OTHER: Measure = Measure(18);
    /// Funds due by contract, and funds that arrived.
    pub const PAYABLE_YTD: Measure = Measure(19);
    pub const PAID_YTD: Measure = Measure(20);
    /// 说明: why the month's figures are what they are, in the reporter's words.
    pub const REASON_TEXT: Measure = Measure(21);

    /// All measures, in stored order.
    pub fn all() -> impl Iterator<Item = Measure> {
        (0..MEASURES.len() as u8).map(Measure)
    }

    pub fn spec(self) -> &'static MeasureSpec {
        &MEASURES[self.0 as usize]
    }

    pub fn code(self) -> &'static str {
        self.spec().code
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<Measure> {
        MEASURES.iter().position(|spec| spec.code == code).map(|index| Measure(index as u8))
    }
}

impl serde::Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Measure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Measure::parse(&code).ok_or_else(|| serde::de::Error::custom(format!("measure {code}")))
    }
}
