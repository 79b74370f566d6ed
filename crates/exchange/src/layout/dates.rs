//! Days and periods as titles, lines and cells name them: `2020年1月1日`, `填表日期：91 年 06 月17日`,
//! `2010年1-3月`, `九十一年度`, `09.10-11.3`, `FY 2006-07`, `1 April 2024 to 30 Sep 2024`.

use crate::map::fold_char;
use crate::read::date;
use jiff::civil::Date;
use serde::Serialize;

/// What a text says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dated {
    pub first: Date,
    /// The same day for a day; [`Date::MAX`] for a span without an end.
    pub last: Date,
}

impl Dated {
    pub fn day(day: Date) -> Dated {
        Dated { first: day, last: day }
    }

    fn months(year: i16, from: i8, to: i8) -> Option<Dated> {
        let first = Date::new(year, from, 1).ok()?;
        let last = Date::new(year, to, 1).ok()?.last_of_month();
        (first <= last).then_some(Dated { first, last })
    }
}

/// Years of the Republic from here are more likely than years of this century.
const ROC_FROM: i16 = 60;

fn fold(text: &str) -> String {
    let folded = text.chars().map(|c| match c {
        '－' | '–' | '—' | '~' | '～' | '至' | '到' => '-',
        '〇' | '○' => '零',
        c => fold_char(c),
    });
    folded.collect::<String>().to_lowercase()
}

/// The number in front of a sign, in digits or Chinese numerals, and where it begins.
fn number_before(chars: &[char], end: usize) -> Option<(i16, usize)> {
    let mut at = end;
    while at > 0 && chars[at - 1] == ' ' {
        at -= 1;
    }
    let digits_end = at;
    while at > 0 && digits_end - at < 4 && chars[at - 1].is_ascii_digit() {
        at -= 1;
    }
    if at < digits_end {
        let text: String = chars[at..digits_end].iter().collect();
        return Some((text.parse().ok()?, at));
    }
    while at > 0 && digits_end - at < 4 && NUMERALS.contains(chars[at - 1]) {
        at -= 1;
    }
    let text: String = chars[at..digits_end].iter().collect();
    Some((chinese_number(&text)?, at))
}

const NUMERALS: &str = "零一二三四五六七八九十";

/// `十一`, `九十一`, `二零一零`.
pub fn chinese_number(text: &str) -> Option<i16> {
    let digit = |c: char| NUMERALS.chars().position(|n| n == c).filter(|at| *at < 10);
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    if let Some((tens, ones)) = text.split_once('十') {
        let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
        let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
        return Some((tens * 10 + ones) as i16);
    }
    text.chars().try_fold(0_i16, |sum, c| Some(sum * 10 + digit(c)? as i16))
}

/// The year a number before 年 means.
fn full_year(number: i16, is_roc: bool) -> Option<i16> {
    match number {
        1900..=2200 => Some(number),
        1..=199 if is_roc => Some(number + 1911),
        ROC_FROM..=199 => Some(number + 1911),
        0..ROC_FROM => Some(2000 + number),
        _ => None,
    }
}

/// The day, month, months or year that a title or a line names; the most exact one.
pub fn in_line(text: &str) -> Option<Dated> {
    let folded = fold(text);
    if folded.chars().count() > 200 {
        return None;
    }
    chinese(&folded).or_else(|| english(&folded))
}

fn chinese(folded: &str) -> Option<Dated> {
    let is_roc = folded.contains("民國") || folded.contains("民国");
    let chars: Vec<char> = folded.chars().collect();
    let mut best: Option<Dated> = None;
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == '年') {
        let Some((number, _)) = number_before(&chars, at) else { continue };
        let Some(year) = full_year(number, is_roc) else { continue };
        let rest: String = chars[at + 1..].iter().filter(|c| **c != ' ').collect();
        let found = after_year(&rest, year);
        let span = |dated: Dated| dated.first.until(dated.last).map_or(9_999, |s| s.get_days());
        if best.is_none_or(|known| found.is_some_and(|found| span(found) < span(known))) {
            best = found.or(best);
        }
    }
    best
}

/// What follows a year: months and a day, a quarter, a half, nothing.
fn after_year(rest: &str, year: i16) -> Option<Dated> {
    let whole = Dated::months(year, 1, 12);
    let Some((months, behind)) = rest.split_once('月') else {
        let quarter =
            [("一", 1), ("二", 2), ("三", 3), ("四", 4), ("1", 1), ("2", 2), ("3", 3), ("4", 4)];
        let named = rest.trim_start_matches('第');
        let found = quarter.iter().find(|(name, _)| {
            named
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with("季度") || rest.starts_with('季'))
        });
        return match found {
            Some((_, index)) => Dated::months(year, index * 3 - 2, index * 3),
            None if rest.starts_with("上半年") => Dated::months(year, 1, 6),
            None if rest.starts_with("下半年") => Dated::months(year, 7, 12),
            None => whole,
        };
    };
    // 2010年全市完成情况表（1-3月）: the months stand further on.
    let told = |c: &char| c.is_ascii_digit() || *c == '-' || NUMERALS.contains(*c);
    let run: Vec<char> = months.chars().rev().take_while(told).collect();
    let run: String = run.into_iter().rev().collect();
    let Some((from, to)) = month_pair(run.trim_start_matches('-')) else { return whole };
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    let day = digits.parse().ok().filter(|_| {
        behind[digits.len()..].starts_with(['日', '号', '號']) || behind.len() == digits.len()
    });
    match day {
        Some(day) => Date::new(year, to, day).ok().map(Dated::day).or(whole),
        None => Dated::months(year, from, to).or(whole),
    }
}

/// `5`, `1-3`, `十一`.
fn month_pair(text: &str) -> Option<(i8, i8)> {
    let read = |piece: &str| {
        let number = piece.trim().parse::<i16>().ok().or_else(|| chinese_number(piece.trim()))?;
        i8::try_from(number).ok().filter(|month| (1..=12).contains(month))
    };
    match text.split_once('-') {
        Some((from, to)) => Some((read(from.trim_end_matches('月'))?, read(to)?)),
        None => read(text).map(|month| (month, month)),
    }
}

fn english(folded: &str) -> Option<Dated> {
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<Dated> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(month) = date::english_month(word) else { continue };
        let number = |index: Option<usize>| {
            let word = words.get(index?)?.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
            word.parse::<i16>().ok()
        };
        let year = |index: usize| number(Some(index)).filter(|year| (1900..2200).contains(year));
        let day = |index| number(index).filter(|day| (1..=31).contains(day));
        let dated = match (year(at + 1), day(at.checked_sub(1)), day(Some(at + 1)), year(at + 2)) {
            (Some(year), Some(day), ..) => Date::new(year, month, day as i8).ok().map(Dated::day),
            (Some(year), None, ..) => Dated::months(year, month, month),
            (None, _, Some(day), Some(year)) => {
                Date::new(year, month, day as i8).ok().map(Dated::day)
            }
            _ => None,
        };
        found.extend(dated);
    }
    let first = found.first()?;
    let last = found.last()?;
    if folded.contains(" to ") || folded.contains('-') {
        return (first.first <= last.last).then_some(Dated { first: first.first, last: last.last });
    }
    Some(*first)
}

/// Whether a short text names a part of time, as column headers do.
pub fn is_period(text: &str) -> bool {
    let folded: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    if matches!(
        folded.as_str(),
        "上旬" | "中旬" | "下旬" | "上半月" | "下半月" | "上半年" | "下半年" | "全年"
    ) {
        return true;
    }
    if let Some(months) = folded.strip_suffix('月').or_else(|| folded.strip_suffix("月份")) {
        let months = months.rsplit('年').next().unwrap_or(months);
        return month_pair(months).is_some();
    }
    if let Some(year) = folded.strip_suffix('年').or_else(|| folded.strip_suffix("年度")) {
        let read = year.parse::<i16>().ok().or_else(|| chinese_number(year));
        return read.is_some_and(|year| (60..=199).contains(&year) || (1900..2200).contains(&year));
    }
    if let Some(quarter) = folded.strip_suffix("季度") {
        return quarter.chars().count() <= 7;
    }
    let quarter = folded.strip_prefix('q').is_some_and(|rest| {
        rest.starts_with(['1', '2', '3', '4'])
            && rest.len() <= 5
            && rest.bytes().all(|b| b.is_ascii_digit())
    });
    quarter
        || is_financial_year(&folded)
        || date::english_month(folded.trim_matches(['.', '\''])).is_some()
}

/// `fy2024`, `fy2006-07`, `2024/25`, `financialyear2020/21`.
fn is_financial_year(folded: &str) -> bool {
    let rest = folded.strip_prefix("financialyear").or_else(|| folded.strip_prefix("fy"));
    let digits = rest.unwrap_or(folded);
    let (from, to) = match digits.split_once(['/', '-']) {
        Some((from, to)) => (from, Some(to)),
        None => (digits, None),
    };
    let is_year =
        from.len() == 4 && from.parse::<u16>().is_ok_and(|year| (1900..2200).contains(&year));
    let next = |to: &str| to.len() == 2 && to.parse::<u16>().is_ok();
    let short = rest.is_some() && from.len() == 2 && from.parse::<u16>().is_ok();
    match to {
        Some(to) => (is_year || short) && next(to) && follows(from, to),
        None => rest.is_some() && (is_year || short),
    }
}

fn follows(from: &str, to: &str) -> bool {
    let from = from[from.len() - 2..].parse::<u16>().unwrap_or(0);
    to.parse::<u16>().is_ok_and(|to| to == (from + 1) % 100)
}

/// Whether a text is a day, a month of a year, or a day of some year.
pub fn is_day(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let parted = text.contains(['-', '/', '.', '年', '－', '—']);
    let dated = digits >= 4 && parted || digits >= 6;
    dated && in_cell(text).is_some() || of_no_year(text)
}

/// `1月1日`: a day whose year stands elsewhere.
fn of_no_year(text: &str) -> bool {
    let folded = fold(text.trim());
    let Some((month, day)) = folded.split_once('月') else { return false };
    let day = day.trim_end_matches(['日', '号', '號']);
    month_pair(month).is_some() && !day.is_empty() && day.parse::<u8>().is_ok()
}

/// The day or the span a cell names, if it names a year: `2020/1/1`, `2009-2011`,
/// `09.10-11.3`, `2010-` (no end yet), `91年6月17日`.
pub fn in_cell(text: &str) -> Option<Dated> {
    let trimmed = text.trim();
    let orders = [crate::map::DateOrder::Ymd];
    if let Some(span) = date::parse(trimmed, &[]) {
        return Some(Dated { first: span.first, last: span.last });
    }
    if let Some((first, last)) = date::parse_span(trimmed, &orders) {
        return Some(Dated { first, last });
    }
    let folded = fold(trimmed);
    if let Some(open) = folded.strip_suffix('-') {
        let span = date::parse(open.trim(), &[])?;
        return Some(Dated { first: span.first, last: Date::MAX });
    }
    let of_days = |c: char| {
        c.is_ascii_digit()
            || c == ' '
            || NUMERALS.contains(c)
            || "年月日号號中華华民國国-:旬上下".contains(c)
    };
    if folded.contains('年') && folded.chars().all(of_days) { chinese(&folded) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(dated: Option<Dated>) -> String {
        match dated {
            None => "-".into(),
            Some(dated) if dated.first == dated.last => dated.first.to_string(),
            Some(dated) if dated.last == Date::MAX => format!("{}..", dated.first),
            Some(dated) => format!("{}..{}", dated.first, dated.last),
        }
    }

    #[test]
    fn lines_name_times() {
        let cases = [
            ("填表日期：91 年 06 月17日", "2002-06-17"),
            ("三區分公司九十一年度市話", "2002-01-01..2002-12-31"),
            ("中華民國115年3月", "2026-03-01..2026-03-31"),
            ("南平市2010年1-3月重点项目完成情况", "2010-01-01..2010-03-31"),
            ("古雷港经济开发区2010年项目明细表", "2010-01-01..2010-12-31"),
            ("2010年全市重点项目完成情况表（1-3月）", "2010-01-01..2010-03-31"),
            ("进度旬报（截至 2026 年 6 月 15 日）", "2026-06-15"),
            ("2026年二季度", "2026-04-01..2026-06-30"),
            ("二〇一〇年三月", "2010-03-01..2010-03-31"),
            ("1 April 2024 to 30 Sep 2024", "2024-04-01..2024-09-30"),
            ("Return for June 2024", "2024-06-01..2024-06-30"),
            ("As at May 13, 2026", "2026-05-13"),
            ("漳州市五大战役旬报表", "-"),
            ("南平市<yyyy>年1-<M>月重点项目", "-"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(in_line(text)), expected, "{text}");
        }
    }

    #[test]
    fn cells_name_days_and_spans() {
        let cases = [
            ("2020年1月1日", "2020-01-01"),
            ("2020-1-1 1:01", "2020-01-01"),
            ("2020年1月", "2020-01-01..2020-01-31"),
            ("2009-2011", "2009-01-01..2011-12-31"),
            ("2010-", "2010-01-01.."),
            ("09.10-11.3", "2009-10-01..2011-03-31"),
            ("2024.3—2026.12", "2024-03-01..2026-12-31"),
            ("91年6月17日", "2002-06-17"),
            ("民國31000年", "-"),
            ("民國31000", "-"),
            ("1-5", "-"),
            ("12.5", "-"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(in_cell(text)), expected, "{text}");
        }
    }

    #[test]
    fn headers_name_periods() {
        for text in
            ["8月", "1－5月", "十二月", "上旬", "2010年", "91年", "Q3", "FY2024", "2024/25", "Jan"]
        {
            assert!(is_period(text), "{text}");
        }
        let not = [
            "月份",
            "项目",
            "marketing",
            "2010/13",
            "A",
            "年度计划",
            "2009-2011",
            "一二三四五六月",
        ];
        for text in not {
            assert!(!is_period(text), "{text}");
        }
    }
}
