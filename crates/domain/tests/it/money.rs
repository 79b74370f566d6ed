use proptest::prelude::*;
use tici_domain::money::{MONEY_STORED_MAX, Magnitude, MoneyError, print_scaled, round_div};
use tici_domain::{Currency, Money};

fn check(text: &str, magnitude: Magnitude, currency: Currency, amount: i64) {
    let money = Money::parse(text, magnitude, currency);
    assert_eq!(money, Ok(Money { amount, currency }), "{text}");
}

#[test]
fn amounts_are_read_in_the_unit_of_the_form() {
    let cny = Currency::CNY;
    check("36,218", Magnitude::WAN, cny, 362_180_000);
    check("150.68", Magnitude::YI, cny, 15_068_000_000);
    check("24.2", Magnitude::YI, cny, 2_420_000_000);
    check("12.5", Magnitude::MILLION, cny, 12_500_000);
    check("0.00005", Magnitude::WAN, cny, 1);
    check("-0.00005", Magnitude::WAN, cny, -1);
    check("0.000049", Magnitude::WAN, cny, 0);
    check("（１，２００）", Magnitude::WAN, cny, -12_000_000);
    check("1,234.56", Magnitude::ONE, Currency::USD, 123_456);
    check("1.005", Magnitude::ONE, Currency::USD, 101);
    check("1,234.5", Magnitude::ONE, Currency::JPY, 1_235);
    check("1.2345", Magnitude::ONE, Currency::KWD, 1_235);
    check("3.6e4", Magnitude::ONE, cny, 36_000);
}

#[test]
fn what_is_no_amount_says_why() {
    let parse = |text| Money::parse(text, Magnitude::YI, Currency::CNY).unwrap_err();
    for text in ["", " ", "-", "约3", "6.2亿", "1.2.3", "1,5", "12 34", "—", "#REF!"] {
        assert_eq!(parse(text), MoneyError::NotANumber, "{text}");
    }
    assert_eq!(parse("10000000001"), MoneyError::TooLarge);
    assert_eq!(parse("1e40"), MoneyError::TooLarge);
    let most = Money::parse("10000000000", Magnitude::YI, Currency::CNY).unwrap();
    assert_eq!(most.amount, MONEY_STORED_MAX);
}

#[test]
fn amounts_are_printed_in_the_unit_of_the_bulletin() {
    let check = |amount, currency, magnitude, decimals, printed: &str| {
        assert_eq!(Money { amount, currency }.print(magnitude, decimals), printed);
    };
    check(326_000_000, Currency::CNY, Magnitude::YI, 2, "3.26");
    check(362_180_000, Currency::CNY, Magnitude::WAN, 0, "36,218");
    check(-362_180_000, Currency::CNY, Magnitude::WAN, 0, "−36,218");
    check(-4_000, Currency::CNY, Magnitude::WAN, 0, "0");
    check(500_000, Currency::CNY, Magnitude::YI, 2, "0.01");
    check(499_999, Currency::CNY, Magnitude::YI, 2, "0.00");
    check(123_456, Currency::USD, Magnitude::ONE, 2, "1,234.56");
    check(123_456, Currency::USD, Magnitude::ONE, 4, "1,234.5600");
    check(1_235, Currency::KWD, Magnitude::ONE, 3, "1.235");
    check(1_000, Currency::JPY, Magnitude::ONE, 0, "1,000");
}

#[test]
fn currencies_are_three_capitals() {
    assert_eq!(Currency::parse("CNY"), Some(Currency::CNY));
    for text in ["", "cny", "CN", "CNYY", "C1Y", "人"] {
        assert_eq!(Currency::parse(text), None, "{text}");
    }
    assert_eq!(Currency::USD.stored_per_main(), 100);
    assert_eq!(Currency::CNY.stored_per_main(), 1);
    assert!(serde_json::from_str::<Currency>("\"yuan\"").is_err());
}

fn currency() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec![Currency::CNY, Currency::USD, Currency::JPY, Currency::KWD])
}

fn magnitude() -> impl Strategy<Value = Magnitude> {
    prop::sample::select(vec![
        Magnitude::ONE,
        Magnitude(3),
        Magnitude::WAN,
        Magnitude::MILLION,
        Magnitude::YI,
    ])
}

proptest! {
    /// Printed with every digit it has, an amount is read back as itself.
    #[test]
    fn print_then_parse_is_the_same_amount(
        amount in -MONEY_STORED_MAX..=MONEY_STORED_MAX,
        currency in currency(),
        magnitude in magnitude(),
    ) {
        let money = Money { amount, currency };
        let printed = money.print(magnitude, magnitude.0 + currency.stored_digits());
        prop_assert_eq!(Money::parse(&printed, magnitude, currency), Ok(money));
    }

    /// Printed shorter, it is off by at most half of the last place.
    #[test]
    fn printing_is_off_by_half_a_place_at_most(
        amount in -MONEY_STORED_MAX..=MONEY_STORED_MAX,
        magnitude in magnitude(),
        decimals in 0_u32..4,
    ) {
        let printed = Money::yuan(amount).print(magnitude, decimals);
        let Ok(read) = Money::parse(&printed, magnitude, Currency::CNY) else {
            return Err(TestCaseError::reject("rounded past the largest amount"));
        };
        let place = 10_i64.pow(magnitude.0.saturating_sub(decimals));
        prop_assert!((read.amount - amount).abs() <= place / 2, "{printed}");
    }

    /// Any text at all is read or refused, never a panic.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}", magnitude in magnitude()) {
        let _ = Money::parse(&text, magnitude, Currency::USD);
    }

    #[test]
    fn digits_in_any_dress_are_the_same_number(value in 0_u64..1_000_000_000_000) {
        let plain = value.to_string();
        let dressed = print_scaled(i128::from(value), 0, 0);
        let wide: String = dressed
            .chars()
            .map(|c| char::from_u32(c as u32 - ' ' as u32 + 0xff00).unwrap())
            .collect();
        let spaced = dressed.replace(',', "\u{a0}");
        for text in [&dressed, &wide, &spaced] {
            prop_assert_eq!(
                Money::parse(text, Magnitude::ONE, Currency::CNY),
                Money::parse(&plain, Magnitude::ONE, Currency::CNY),
                "{}", text
            );
        }
    }

    /// The quotient is the nearest integer; a half goes away from zero.
    #[test]
    fn division_rounds_half_away_from_zero(value in any::<i64>(), by in 1_i64..=i64::MAX) {
        let (value, by) = (i128::from(value), i128::from(by));
        let quotient = round_div(value, by);
        let off = (value - quotient * by).abs();
        prop_assert!(2 * off <= by);
        if 2 * off == by {
            prop_assert!(quotient.abs() * by > value.abs());
        }
        prop_assert_eq!(round_div(-value, by), -quotient);
    }
}

#[test]
fn division_holds_at_the_ends_of_the_range() {
    assert_eq!(round_div(i128::MAX, 1), i128::MAX);
    assert_eq!(round_div(i128::MIN, 1), i128::MIN);
    assert_eq!(round_div(i128::MAX, i128::MAX), 1);
    for (value, by, quotient) in
        [(1, 2, 1), (-1, 2, -1), (3, 2, 2), (1, 3, 0), (2, 3, 1), (5, 10, 1)]
    {
        assert_eq!(round_div(value, by), quotient, "{value}/{by}");
    }
}
