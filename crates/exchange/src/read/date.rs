//! Days as people write them. A month or a year alone is a span, and the field decides
//! which end it means.

use crate::map::{DateOrder, fold_char};
use jiff::civil::{Date, date};

/// What a text says about a day: the first and the last it can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySpan {
    pub first: Date,
    pub last: Date,
}

impl DaySpan {
    fn day(day: Date) -> DaySpan {
        DaySpan { first: day, last: day }
    }

    fn months(year: i16, from: i8, to: i8) -> Option<DaySpan> {
        let first = Date::new(year, from, 1).ok()?;
        Some(DaySpan { first, last: Date::new(year, to, 1).ok()?.last_of_month() })
    }
}

/// Years of two digits below this are in this century.
const CENTURY_PIVOT: i16 = 70;

/// Reads a day, month, part of a month, half, quarter or year. `orders` are tried in turn
/// for numbers without a four-digit year in front.
pub fn parse(text: &str, orders: &[DateOrder]) -> Option<DaySpan> {
    let text: String = text.trim().chars().map(fold_char).collect();
    let (text, years_added) = strip_roc(&text);
    let text = strip_time(text);
    if text.contains(['年', '月']) {
        return parse_chinese(text, years_added);
    }
    if text.chars().any(|c| c.is_ascii_alphabetic()) {
        return parse_english(text);
    }
    parse_numbers(text, orders, years_added)
}

/// 中華民國 counts years from 1912.
fn strip_roc(text: &str) -> (&str, i16) {
    for era in ["中華民國", "中华民国", "民國", "民国"] {
        if let Some(rest) = text.strip_prefix(era) {
            return (rest.trim(), 1911);
        }
    }
    (text, 0)
}

/// `05/01/2014 12:00:00 AM` and `2026-05-13T00:00:00` have a day in front.
fn strip_time(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((day, time)) if time.contains(':') && day.contains(|c: char| c.is_ascii_digit()) => {
            day
        }
        _ => text,
    }
}

fn parse_numbers(text: &str, orders: &[DateOrder], years_added: i16) -> Option<DaySpan> {
    let parts: Vec<&str> = text.split(['-', '/', '.', '–', '—']).map(str::trim).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    match parts[..] {
        [all] if all.len() == 8 => {
            let day = Date::new(all[..4].parse().ok()?, short(&all[4..6])?, short(&all[6..])?);
            day.ok().map(DaySpan::day)
        }
        [all] if all.len() == 6 => {
            let month = short(&all[4..])?;
            DaySpan::months(all[..4].parse().ok()?, month, month)
        }
        [year] if year.len() == 4 || years_added > 0 => {
            DaySpan::months(year.parse::<i16>().ok()?.checked_add(years_added)?, 1, 12)
        }
        [year, month] if year.len() == 4 || years_added > 0 => {
            let month = short(month)?;
            let year = year.parse::<i16>().ok()?.checked_add(years_added)?;
            DaySpan::months(year, month, month)
        }
        [month, year] if year.len() == 4 => {
            let month = short(month)?;
            DaySpan::months(year.parse().ok()?, month, month)
        }
        [a, b, c] if a.len() == 4 || years_added > 0 => {
            let year = a.parse::<i16>().ok()?.checked_add(years_added)?;
            Date::new(year, short(b)?, short(c)?).ok().map(DaySpan::day)
        }
        [a, b, c] => orders.iter().find_map(|order| in_order(*order, a, b, c)).map(DaySpan::day),
        _ => None,
    }
}

fn in_order(order: DateOrder, a: &str, b: &str, c: &str) -> Option<Date> {
    let (year, month, day) = match order {
        DateOrder::Ymd => (a, b, c),
        DateOrder::Dmy => (c, b, a),
        DateOrder::Mdy => (c, a, b),
    };
    Date::new(full_year(year)?, short(month)?, short(day)?).ok()
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < CENTURY_PIVOT => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// A month or day of one or two digits: `012` is a slip, not December.
fn short(text: &str) -> Option<i8> {
    (1..=2).contains(&text.len()).then(|| text.parse().ok()).flatten()
}

/// `2026年5月13日`, `2026年5月`, `2026年5月中旬`, `2026年底`, `2026年上半年`, `2026年二季度`.
fn parse_chinese(text: &str, years_added: i16) -> Option<DaySpan> {
    let (year, rest) = text.split_once('年')?;
    let year = year.trim().parse::<i16>().ok()?.checked_add(years_added)?;
    if year < 1000 {
        return None;
    }
    let rest = rest.trim();
    match rest {
        "" | "内" | "全年" => return DaySpan::months(year, 1, 12),
        "初" | "年初" => return DaySpan::months(year, 1, 1),
        "底" | "末" | "年底" => return DaySpan::months(year, 12, 12),
        "上半年" => return DaySpan::months(year, 1, 6),
        "下半年" => return DaySpan::months(year, 7, 12),
        _ => {}
    }
    if let Some(quarter) = rest.strip_suffix("季度") {
        let names = [["一", "1"], ["二", "2"], ["三", "3"], ["四", "4"]];
        let name = quarter.trim_start_matches('第');
        let index = names.iter().position(|names| names.contains(&name))? as i8;
        return DaySpan::months(year, index * 3 + 1, index * 3 + 3);
    }
    let (month, rest) = rest.split_once('月')?;
    let month = short(month.trim())?;
    let whole = DaySpan::months(year, month, month)?;
    let between = |from, to| Some(DaySpan { first: date(year, month, from), last: to });
    match rest.trim() {
        "" | "份" => Some(whole),
        "上旬" | "初" => between(1, date(year, month, 10)),
        "中旬" => between(11, date(year, month, 20)),
        "下旬" | "底" | "末" => between(21, whole.last),
        day => {
            let day = short(day.trim_end_matches(['日', '号', '號']).trim())?;
            Date::new(year, month, day).ok().map(DaySpan::day)
        }
    }
}

/// `13 May 2026`, `May 13, 2026`, `May 2026`, `13-May-26`.
fn parse_english(text: &str) -> Option<DaySpan> {
    let lower = text.to_ascii_lowercase();
    let pieces: Vec<&str> =
        lower.split([' ', '-', ',', '/', '.']).filter(|p| !p.is_empty()).collect();
    if pieces.len() > 3 {
        return None;
    }
    let is_name = |piece: &&str| piece.len() >= 3 && piece.bytes().all(|b| b.is_ascii_alphabetic());
    let name = pieces.iter().find(|piece| is_name(piece))?;
    let month = english_month(name)?;
    let numbers: Vec<&str> = pieces.iter().copied().filter(|piece| piece != name).collect();
    match numbers[..] {
        [year] if year.len() == 4 => DaySpan::months(year.parse().ok()?, month, month),
        [day, year] => {
            let day = day.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
            Date::new(full_year(year)?, month, short(day)?).ok().map(DaySpan::day)
        }
        _ => None,
    }
}

/// The month of `june`, `sept`, `jan`: three letters of its name or more, in lower case.
pub fn english_month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|month| month.starts_with(word))?;
    (word.len() >= 3).then_some(at as i8 + 1)
}

/// Both ends of `2024-2027`, `2024.3—2026.12`, `2024年3月至2026年12月`, or one year alone.
pub fn parse_span(text: &str, orders: &[DateOrder]) -> Option<(Date, Date)> {
    let text: String = text.trim().chars().map(fold_char).collect();
    if let Some(both) = parse(&text, orders) {
        return Some((both.first, both.last));
    }
    for mark in ["至", "到", "—", "–", "~", "-", "--", " to "] {
        let Some((from, to)) = text.split_once(mark) else { continue };
        let to = to.trim_start_matches(['—', '-', '–']);
        let end = |text: &str| parse(text, orders).or_else(|| short_month(text));
        if let (Some(from), Some(to)) = (end(from), end(to)) {
            return (from.first <= to.last).then_some((from.first, to.last));
        }
    }
    None
}

/// `09.10` at one end of a span is October 2009; alone it would be a number.
fn short_month(text: &str) -> Option<DaySpan> {
    let (year, month) = text.trim().split_once('.')?;
    let month = short(month)?;
    (year.len() == 2)
        .then(|| full_year(year))
        .flatten()
        .and_then(|y| DaySpan::months(y, month, month))
}

/// The day of a serial number; `None` for numbers that are no likely day (before 1954
/// or after 2119).
pub fn from_serial(serial: f64, epoch_1904: bool) -> Option<Date> {
    let days = serial.trunc() as i64 + if epoch_1904 { 1_462 } else { 0 };
    if !(20_000..80_000).contains(&days) {
        return None;
    }
    date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()
}
