use crate::shared;
use proptest::prelude::*;
use tici_domain::Severity;
use tici_domain::uscc::{Uscc, UsccError};

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The standard's weights written out, so that the product's loop is not its own judge.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

fn with_check(first: &str) -> String {
    let value = |c| ALPHABET.find(c).unwrap();
    let sum: usize = first.chars().zip(WEIGHTS).map(|(c, weight)| value(c) * weight).sum();
    let check = ALPHABET.as_bytes()[(31 - sum % 31) % 31] as char;
    format!("{first}{check}")
}

/// A fictional firm's code: a region that does not exist, an organisation code that is sound.
fn fictional(organisation: &str) -> String {
    with_check(&format!("91990000{organisation}"))
}

#[test]
fn parts_are_those_of_the_standard() {
    let code = Uscc::parse("91350100M000100Y43").unwrap();
    assert_eq!((code.department(), code.category()), ('9', '1'));
    assert_eq!((code.region(), code.organisation()), ("350100", "M000100Y4"));
    assert!(code.organisation_is_sound());
}

#[test]
fn what_people_type_is_read() {
    for text in [
        " 91350100m000100y43 ",
        "91 350100 M000100Y4 3",
        "91-350100-M000100Y4-3",
        "９１３５０１００Ｍ０００１００Ｙ４３",
    ] {
        assert_eq!(
            Uscc::parse(text).map(|code| code.to_string()).as_deref(),
            Ok("91350100M000100Y43")
        );
    }
}

#[test]
fn what_is_wrong_is_said_exactly() {
    let character = |position, found| UsccError::Character { position, found };
    for (text, error) in [
        ("", UsccError::Length(0)),
        ("91350100M000100Y4", UsccError::Length(17)),
        ("91350100M000100Y433", UsccError::Length(19)),
        ("91350100M000100Y4Z", character(18, 'Z')),
        ("9135O100M000100Y43", character(5, 'O')),
        ("91A50100M000100Y43", character(3, 'A')),
        ("9135010企M000100Y43", character(8, '企')),
        ("91350100M000100Y44", UsccError::Check { expected: '3' }),
    ] {
        assert_eq!(Uscc::parse(text), Err(error), "{text}");
    }
}

#[test]
fn the_whole_check_stops_and_the_organisation_check_only_warns() {
    let (code, problems) = Uscc::check("91350100M000100Y44");
    assert_eq!((code, problems[0].severity), (None, Severity::Error));
    let (code, problems) = Uscc::check(&fictional("MA0000009"));
    assert!(code.is_some());
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].severity, problems[0].key.as_str()),
        (Severity::Warning, "uscc-organisation")
    );
    assert_eq!(Uscc::check("91350100M000100Y43").1, []);
}

#[test]
fn organisation_checks_of_ten_and_eleven_have_their_signs() {
    let sound = |organisation: &str| Uscc::parse(&fictional(organisation)).unwrap();
    assert!(sound("000000000").organisation_is_sound());
    // 6·2 = 12, 11 − 12 mod 11 = 10, which is written X.
    assert!(sound("00000006X").organisation_is_sound());
    assert!(!sound("000000060").organisation_is_sound());
}

#[test]
fn published_codes_pass_and_broken_ones_do_not() {
    let Some(text) = shared::read("cn-uscc/uscc_numbers.csv") else { return };
    let mut counts = (0, 0);
    for line in text.lines().skip(1) {
        let (number, rest) = line.split_once(',').unwrap();
        let valid = rest.starts_with("valid");
        assert_eq!(Uscc::parse(number).is_ok(), valid, "{number}");
        let count = if valid { &mut counts.0 } else { &mut counts.1 };
        *count += 1;
    }
    assert!(counts.0 >= 50 && counts.1 >= 1, "{counts:?}");
    println!("published codes: {} valid, {} invalid, all judged alike", counts.0, counts.1);
}

fn first_17() -> impl Strategy<Value = String> {
    let class = "[0-9A-HJ-NPQRTUWXY]";
    prop::string::string_regex(&format!("{class}{{2}}[0-9]{{6}}{class}{{9}}")).unwrap()
}

proptest! {
    #[test]
    fn a_computed_check_is_right_and_every_other_is_not(first in first_17(), at in 0_usize..31) {
        let code = with_check(&first);
        prop_assert_eq!(Uscc::parse(&code).unwrap().to_string(), code.clone());
        let other = ALPHABET.as_bytes()[at] as char;
        let changed = format!("{first}{other}");
        let expected = code.chars().last().unwrap();
        if other != expected {
            prop_assert_eq!(Uscc::parse(&changed), Err(UsccError::Check { expected }));
        }
    }

    /// One wrong character anywhere, or two neighbours changed round, is always noticed.
    #[test]
    fn one_slip_is_always_noticed(first in first_17(), at in 0_usize..17, other in 0_usize..31) {
        let code: Vec<char> = with_check(&first).chars().collect();
        let mut slipped = code.clone();
        slipped[at] = ALPHABET.as_bytes()[other] as char;
        let mut swapped = code.clone();
        swapped.swap(at, at + 1);
        for wrong in [slipped, swapped] {
            if wrong != code {
                prop_assert!(Uscc::parse(&wrong.iter().collect::<String>()).is_err());
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
        let _ = Uscc::check(&text);
    }
}
