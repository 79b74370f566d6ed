use proptest::prelude::*;
use tici_domain::ratio::Decimal;
use tici_domain::{Percent, Period, Points};

/// Done and planned of a published table, its month, the rate and the lead it must print.
fn check(done: i128, plan: i128, month: u8, rate: &str, lead: &str) {
    let percent = Percent::of(done, plan).unwrap();
    let elapsed = Period::month(2023, month).unwrap().time_share();
    assert_eq!(percent.to_string(), rate);
    assert_eq!(percent.minus(elapsed).to_string(), lead, "{done}/{plan}");
}

#[test]
fn rates_and_leads_are_those_published() {
    // 629.0 of 647.4 in October.
    check(6_290, 6_474, 10, "97.2%", "+13.8");
    // The source prints 15.3% and −1.3 for February: only unrounded amounts give both.
    check(1_534, 10_000, 2, "15.3%", "−1.3");
    // Province list, city list, starts of the city list at the end of April.
    check(91, 230, 4, "39.6%", "+6.2");
    check(547, 1_380, 4, "39.6%", "+6.3");
    check(41, 58, 4, "70.7%", "+37.4");
    check(26, 46, 4, "56.5%", "+23.2");
    check(22, 32, 12, "68.8%", "−31.3");
}

#[test]
fn a_share_of_nothing_is_no_number() {
    assert_eq!(Percent::of(5, 0), None);
    assert_eq!(Percent::of(5, -3), None);
    assert_eq!(Percent::of(0, 5).unwrap().to_string(), "0.0%");
    assert_eq!(Percent::of(-1, 3).unwrap().to_string(), "−33.3%");
    assert_eq!(Percent::of(i128::MAX, 1).unwrap().tenths(), i64::MAX);
}

#[test]
fn halves_of_points_go_away_from_zero_whatever_binary_fractions_say() {
    for (part, printed) in [(1385, "+13.9"), (1384, "+13.8"), (5, "+0.1"), (4, "0.0"), (0, "0.0")] {
        let zero = Percent::of(0, 10_000).unwrap();
        let share = Percent::of(part, 10_000).unwrap();
        assert_eq!(share.minus(zero).to_string(), printed);
        assert_eq!(zero.minus(share).to_string(), printed.replace('+', "−"));
    }
    assert_eq!(Points(0.3 - 0.25).to_string(), "+0.1");
}

#[test]
fn a_separator_parts_thousands_or_is_refused() {
    for (text, plain) in [
        ("1,234.50", "1234.5"),
        ("１，２３４．５", "1234.5"),
        ("12'345'678", "12345678"),
        ("1 234", "1234"),
        ("− 260", "-260"),
        ("+7", "7"),
        ("(12)", "-12"),
        ("(1.5E4)", "-15000"),
        ("1.50e-3", "0.0015"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0.0", "0"),
        ("007", "7"),
    ] {
        assert_eq!(Decimal::parse(text).map(|d| d.to_string()).as_deref(), Some(plain), "{text}");
    }
    for text in [
        "",
        "-",
        ".",
        "()",
        "(-3)",
        "--3",
        "1,5",
        "1,23,456",
        "12 34",
        "1234,567",
        ",123",
        "1,",
        "1.234,5",
        "e5",
        "1e",
        "1e99",
        "1e-2147483648",
        "0x10",
        "NaN",
        "inf",
        "三",
        "5%",
        "3-4",
    ] {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
    assert_eq!(Decimal::parse(&"9".repeat(31)), None);
    assert_eq!(Decimal::parse("3600e-2"), Decimal::parse("36.0"));
}

proptest! {
    #[test]
    fn decimals_print_and_parse(digits in any::<i64>(), exponent in -30_i32..20) {
        let decimal = Decimal::parse(&format!("{digits}e{exponent}")).unwrap();
        let printed = decimal.to_string();
        if printed.len() <= 30 {
            prop_assert_eq!(Decimal::parse(&printed), Some(decimal));
        }
        prop_assert_eq!(Decimal::whole(digits).scaled(0), Some(digits));
    }

    /// Scaling by a power of ten is exact upwards and rounds to nearest downwards.
    #[test]
    fn scaling_agrees_with_integers(value in -1_000_000_000_i64..1_000_000_000, power in 0_u32..9) {
        let factor = 10_i64.pow(power);
        let decimal = Decimal::whole(value);
        prop_assert_eq!(decimal.scaled(power as i32), Some(value * factor));
        let down = decimal.scaled(-(power as i32)).unwrap();
        prop_assert!((down * factor - value).abs() * 2 <= factor);
    }

    #[test]
    fn tenths_are_the_nearest(
        part in -1_000_000_000_000_i64..1_000_000_000_000,
        base in 1_i64..1_000_000_000_000,
    ) {
        let percent = Percent::of(part.into(), base.into()).unwrap();
        let off = i128::from(part) * 1000 - i128::from(percent.tenths()) * i128::from(base);
        prop_assert!(off.abs() * 2 <= i128::from(base));
    }

    #[test]
    fn a_lead_is_the_negative_of_a_lag(a in 0_i64..10_000, b in 0_i64..10_000) {
        let (left, right) =
            (Percent::of(a.into(), 10_000).unwrap(), Percent::of(b.into(), 10_000).unwrap());
        let (lead, lag) = (left.minus(right), right.minus(left));
        prop_assert_eq!(lead.0, -lag.0);
        let expected = tici_domain::money::round_div(i128::from(a - b), 10);
        let sign = if expected > 0 { "+" } else { "" };
        let printed = tici_domain::money::print_scaled(expected, 1, 1);
        prop_assert_eq!(lead.to_string(), format!("{sign}{printed}"));
    }
}
