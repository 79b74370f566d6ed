use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;
use tici_domain::Period;
use tici_domain::period::Kind;

fn period_in(years: std::ops::Range<i16>) -> impl Strategy<Value = Period> {
    let month = 1_u8..=12;
    prop_oneof![
        years.clone().prop_map(Period::year),
        years.clone().prop_map(Period::jan_feb),
        (years.clone(), 1_u8..=2).prop_map(|(y, h)| Period::half(y, h).unwrap()),
        (years.clone(), 1_u8..=4).prop_map(|(y, q)| Period::quarter(y, q).unwrap()),
        (years.clone(), month.clone()).prop_map(|(y, m)| Period::month(y, m).unwrap()),
        (years, month, 1_u8..=3).prop_map(|(y, m, t)| Period::ten_days(y, m, t).unwrap()),
    ]
}

pub fn period() -> impl Strategy<Value = Period> {
    period_in(1900..2200)
}

#[test]
fn codes_are_read_and_days_are_right() {
    let check = |code: &str, first, last, kind| {
        let period = Period::parse(code).unwrap_or_else(|| panic!("{code}"));
        assert_eq!(period.to_string(), code);
        assert_eq!((period.first_day(), period.last_day()), (first, last), "{code}");
        assert_eq!(period.kind(), kind);
    };
    check("2026", date(2026, 1, 1), date(2026, 12, 31), Kind::Year);
    check("2026-H2", date(2026, 7, 1), date(2026, 12, 31), Kind::Half);
    check("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), Kind::Quarter);
    check("2024-01+02", date(2024, 1, 1), date(2024, 2, 29), Kind::JanFeb);
    check("2026-05", date(2026, 5, 1), date(2026, 5, 31), Kind::Month);
    check("2026-02-T1", date(2026, 2, 1), date(2026, 2, 10), Kind::TenDays);
    check("2026-02-T2", date(2026, 2, 11), date(2026, 2, 20), Kind::TenDays);
    check("2024-02-T3", date(2024, 2, 21), date(2024, 2, 29), Kind::TenDays);
}

#[test]
fn anything_else_is_refused() {
    for code in [
        "",
        "26",
        "2026-",
        "2026-13",
        "2026-00",
        "2026-5",
        "2026-Q0",
        "2026-Q5",
        "2026-H3",
        "2026-T1",
        "2026-05-T4",
        "2026-05-T",
        "2026-05-01",
        "2026-02+01",
        "+026",
        "2026-Q+",
        "-2026",
        "２０２６",
    ] {
        assert_eq!(Period::parse(code), None, "{code}");
    }
    assert_eq!(Period::month(2026, 0), None);
    assert_eq!(Period::ten_days(2026, 1, 4), None);
    assert_eq!(Period::ten_days(2026, 13, 1), None);
    assert_eq!(Period::from_ordinal(i32::MAX), None);
    assert_eq!(Period::from_ordinal(-1), None);
}

#[test]
fn elapsed_shares_count_months_alike() {
    for (code, printed) in [
        ("2023-01", "8.3%"),
        ("2023-01+02", "16.7%"),
        ("2023-02", "16.7%"),
        ("2023-Q1", "25.0%"),
        ("2023-H1", "50.0%"),
        ("2023-10", "83.3%"),
        ("2023", "100.0%"),
        ("2023-01-T1", "2.8%"),
        ("2023-06-T3", "50.0%"),
    ] {
        assert_eq!(Period::parse(code).unwrap().time_share().to_string(), printed, "{code}");
    }
}

#[test]
fn months_of_and_months_to_date() {
    let check = |code: &str, own: &str, to_date: usize| {
        let period = Period::parse(code).unwrap();
        let months: Vec<String> = period.months().map(|month| month.index().to_string()).collect();
        assert_eq!(months.join(" "), own, "{code}");
        assert_eq!(period.year_to_date_months().count(), to_date, "{code}");
    };
    check("2023-01+02", "1 2", 2);
    check("2023-Q3", "7 8 9", 9);
    check("2023-H2", "7 8 9 10 11 12", 12);
    check("2023-05", "5", 5);
    check("2023-05-T2", "5", 5);
    check("2023", "1 2 3 4 5 6 7 8 9 10 11 12", 12);
}

#[test]
fn of_periods_with_one_end_the_longest_comes_first() {
    let codes = ["2026", "2026-H2", "2026-Q4", "2026-12", "2026-12-T3", "2027-01"];
    let periods: Vec<Period> = codes.iter().map(|code| Period::parse(code).unwrap()).collect();
    let sorted: BTreeSet<Period> = periods.iter().rev().copied().collect();
    assert_eq!(sorted.into_iter().collect::<Vec<_>>(), periods);
}

proptest! {
    #[test]
    fn print_then_parse(period in period_in(0..9999)) {
        prop_assert_eq!(Period::parse(&period.to_string()), Some(period));
        let json = serde_json::to_string(&period).unwrap();
        prop_assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period);
    }

    #[test]
    fn ordinals_stand_for_periods(period in period_in(0..9999), any in any::<i32>()) {
        prop_assert_eq!(Period::from_ordinal(period.ordinal()), Some(period));
        if let Some(other) = Period::from_ordinal(any) {
            prop_assert_eq!(other.ordinal(), any);
        }
    }

    /// Periods of a kind follow each other without gap or overlap, except that the
    /// first two months leave the rest of the year out.
    #[test]
    fn next_is_the_day_after_and_previous_undoes_it(period in period()) {
        prop_assert_eq!(period.next().previous(), period);
        prop_assert_eq!(period.previous().next(), period);
        prop_assert!(period.previous() < period && period < period.next());
        prop_assert_eq!(period.next().kind(), period.kind());
        if period.kind() != Kind::JanFeb {
            prop_assert_eq!(period.last_day().tomorrow().unwrap(), period.next().first_day());
        }
        prop_assert_eq!(period.year_before().calendar_year() + 1, period.calendar_year());
        prop_assert_eq!(period.year_before().index(), period.index());
    }

    #[test]
    fn order_is_total_and_follows_ends(a in period(), b in period()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
        if a.last_day() < b.last_day() {
            prop_assert!(a < b);
        }
        prop_assert_eq!(a.ordinal() < b.ordinal(), a < b);
    }

    #[test]
    fn containment_agrees_with_the_months(period in period(), day in 0_i32..1096) {
        let start = date(period.calendar_year() - 1, 1, 1);
        let day = start.checked_add(jiff::Span::new().days(day)).unwrap();
        let month = Period::month_of(day);
        prop_assert!(month.contains(day) && month.includes(month));
        if period.kind() != Kind::TenDays {
            prop_assert_eq!(period.contains(day), period.months().any(|own| own == month));
            prop_assert_eq!(period.includes(month), period.contains(day));
        }
        prop_assert!(Period::year(period.calendar_year()).includes(period));
        prop_assert!(period.months().all(|own| period.year_to_date_months().any(|m| m == own)));
    }
}
