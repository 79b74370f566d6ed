//! The small closed lists: stages, lights, bases, tiers, roles, languages, measures.

use tici_domain::measure::MEASURES;
use tici_domain::{Basis, Lang, Light, ListTier, Measure, Role, SideState, Stage};

/// Each member's code is read back as itself, by hand and by JSON alike.
macro_rules! check {
    ($list:ident) => {
        for member in $list::ALL {
            assert_eq!($list::parse(member.code()), Some(member));
            let json = serde_json::to_value(member).unwrap();
            assert_eq!(json, member.code());
            assert_eq!(serde_json::from_value::<$list>(json).unwrap(), member);
        }
        assert_eq!($list::parse("nonsense"), None);
    };
}

#[test]
fn codes_print_and_parse() {
    check!(Stage);
    check!(SideState);
    check!(Light);
    check!(Basis);
    check!(ListTier);
    check!(Role);
    for lang in Lang::ALL {
        assert_eq!(Lang::parse(lang.tag()), Some(lang));
    }
    assert_eq!(Lang::parse("zh_TW"), Some(Lang::ZhHant));
    assert_eq!(Lang::parse("fr"), None);
}

#[test]
fn stages_have_numbers_in_order() {
    assert!(Stage::ALL.is_sorted_by_key(|stage| stage.number()));
    for stage in Stage::ALL {
        assert_eq!(Stage::from_number(stage.number().into()), Some(stage));
    }
    assert_eq!(Stage::from_number(41), None);
    assert_eq!(Stage::from_number(296), None);
}

#[test]
fn steps_and_starts() {
    for (stage, steps, started) in [
        (Stage::Lead, 0, false),
        (Stage::Signed, 1, false),
        (Stage::Landed, 2, false),
        (Stage::Started, 3, true),
        (Stage::StatEntered, 3, true),
        (Stage::InProgress, 4, true),
        (Stage::AtCapacity, 7, true),
    ] {
        assert_eq!((stage.steps(), stage.has_started()), (steps, started), "{stage:?}");
    }
}

#[test]
fn measures_have_codes_of_their_own() {
    for measure in Measure::all() {
        assert_eq!(Measure::parse(measure.code()), Some(measure));
    }
    assert_eq!(Measure::all().count(), MEASURES.len());
    assert_eq!(Measure::INVOICED_SALES_YTD.code(), "invoiced_sales_ytd");
    assert_eq!(Measure::TOTAL_INVESTMENT.code(), "total_investment");
    assert!(serde_json::from_str::<Measure>("\"nonsense\"").is_err());
}
