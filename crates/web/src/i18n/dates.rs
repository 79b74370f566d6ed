//! Days and periods as each language writes them.

use super::T;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tici_domain::{Lang, Period, period::Kind};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// How far an event lies from the day it was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    OnTime,
    Early(i32),
    Late(i32),
}

impl Days {
    /// `actual` against `due`.
    pub fn between(due: Date, actual: Date) -> Days {
        match days_from(due, actual) {
            0 => Days::OnTime,
            days if days > 0 => Days::Late(days),
            days => Days::Early(-days),
        }
    }
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
pub fn days_from(from: Date, to: Date) -> i32 {
    // Both ends are civil days of the supported calendar: the span always exists.
    from.until(to).map_or(0, |span| span.get_days())
}

impl T {
    /// `6月18日`, `18 June`; with its year, `2027-05-20`, when that is not today's.
    pub fn day(&self, day: Date, today: Date) -> String {
        match (self.lang, day.year() == today.year()) {
            (Lang::En, true) => format!("{} {}", day.day(), month_name(day)),
            (Lang::En, false) => format!("{} {} {}", day.day(), month_name(day), day.year()),
            (_, true) => format!("{}月{}日", day.month(), day.day()),
            (_, false) => day.to_string(),
        }
    }

    /// For columns: `6月18日`, `18 Jun`; with its year as [`T::day`] has it.
    pub fn day_short(&self, day: Date, today: Date) -> String {
        match (self.lang, day.year() == today.year()) {
            (Lang::En, true) => format!("{} {}", day.day(), &month_name(day)[..3]),
            _ => self.day(day, today),
        }
    }

    /// `6月18日 周四`, `Thu 18 June`.
    pub fn day_of_week(&self, day: Date) -> String {
        let weekday = day.weekday().to_monday_zero_offset() as usize;
        match self.lang {
            Lang::En => format!("{} {} {}", WEEKDAYS_EN[weekday], day.day(), month_name(day)),
            Lang::ZhHans => {
                format!("{}月{}日 周{}", day.month(), day.day(), WEEKDAYS_ZH[weekday])
            }
            Lang::ZhHant => {
                format!("{}月{}日 週{}", day.month(), day.day(), WEEKDAYS_ZH[weekday])
            }
        }
    }

    /// `2025年9月`, `September 2025`.
    pub fn month(&self, day: Date) -> String {
        match self.lang {
            Lang::En => format!("{} {}", month_name(day), day.year()),
            _ => format!("{}年{}月", day.year(), day.month()),
        }
    }

    /// For tight rows: `5-28`.
    pub fn day_tight(&self, day: Date) -> String {
        format!("{}-{:02}", day.month(), day.day())
    }

    /// `2026-06-05 16:42`, in the ledger's clock.
    pub fn moment(&self, at: Timestamp, zone: &TimeZone) -> String {
        zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// `2026年6月`, `2026年二季度`, `June 2026`, `Q2 2026`.
    pub fn period(&self, period: Period) -> String {
        let (year, index) = (period.calendar_year(), usize::from(period.index()));
        let month = usize::from(period.last_month());
        if self.lang == Lang::En {
            return match period.kind() {
                Kind::Year => format!("{year}"),
                Kind::Half => format!("H{index} {year}"),
                Kind::Quarter => format!("Q{index} {year}"),
                Kind::JanFeb => format!("January–February {year}"),
                Kind::Month => format!("{} {year}", MONTHS[month - 1]),
                Kind::TenDays => format!(
                    "{}–{} {} {year}",
                    period.first_day().day(),
                    period.last_day().day(),
                    MONTHS[month - 1]
                ),
            };
        }
        match period.kind() {
            Kind::Year => format!("{year}年"),
            Kind::Half => format!("{year}年{}半年", if index == 1 { "上" } else { "下" }),
            Kind::Quarter => format!("{year}年{}季度", ["一", "二", "三", "四"][index - 1]),
            Kind::JanFeb => format!("{year}年1—2月"),
            Kind::Month => format!("{year}年{index}月"),
            Kind::TenDays => {
                format!("{year}年{month}月{}旬", ["上", "中", "下"][(index - 1) % 3])
            }
        }
    }

    /// The period within its year: `5月`, `May`.
    pub fn period_short(&self, period: Period) -> String {
        match (self.lang, period.kind()) {
            (Lang::En, Kind::Month) => MONTHS[usize::from(period.last_month()) - 1].into(),
            (Lang::En, Kind::JanFeb) => "January–February".into(),
            (_, Kind::Month) => format!("{}月", period.last_month()),
            (_, Kind::JanFeb) => "1—2月".into(),
            _ => self.period(period),
        }
    }

    /// The year up to the end of `period`: `2026年1—5月`, `January–May 2026`.
    pub fn year_to(&self, period: Period) -> String {
        let (year, span) = (period.calendar_year(), self.year_to_short(period));
        match self.lang {
            Lang::En => format!("{span} {year}"),
            _ => format!("{year}年{span}"),
        }
    }

    /// The same without its year: `1—5月`, `January–May`.
    pub fn year_to_short(&self, period: Period) -> String {
        let month = usize::from(period.last_month());
        match (self.lang, month) {
            (Lang::En, 1) => MONTHS[0].into(),
            (Lang::En, _) => format!("January–{}", MONTHS[month - 1]),
            (_, 1) => "1月".into(),
            _ => format!("1—{month}月"),
        }
    }

    /// `按期`, `早 8 天`, `晚 19 天`.
    pub fn lateness(&self, days: Days) -> String {
        match days {
            Days::OnTime => self.t("days-on-time"),
            Days::Early(days) => self.t1("days-early", &[("n", &days)]),
            Days::Late(days) => self.t1("days-late", &[("n", &days)]),
        }
    }
}

fn month_name(day: Date) -> &'static str {
    MONTHS[day.month() as usize - 1]
}
