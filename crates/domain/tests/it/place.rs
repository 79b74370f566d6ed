use crate::shared;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use tici_domain::place::{PlaceKind, history, successor, valid_on, version_on, with_code_on};
use tici_domain::{Name, Place, PlaceCode};

fn version(id: i64, code: &str, name: &str, from: Option<i16>, to: Option<i16>) -> Place {
    let first_day = |year| date(year, 1, 1);
    Place {
        id,
        code: PlaceCode::gbt2260(code).unwrap(),
        kind: PlaceKind::County,
        name: Name::new(name),
        short: Name::new(name),
        parent: None,
        rank: 0,
        valid_from: from.map(first_day),
        valid_to: to.map(first_day),
        boundary: None,
    }
}

/// A fictional county that became a city twice, and another that got its first code.
fn fictional() -> Vec<Place> {
    vec![
        version(1, "991081", "云溪市", Some(1989), None),
        version(1, "991029", "云溪县", Some(1983), Some(1986)),
        version(1, "999002", "云溪市", Some(1986), Some(1989)),
        version(2, "991029", "松原县", Some(1995), None),
        version(3, "991101", "北岸区", None, Some(2000)),
    ]
}

#[test]
fn a_code_means_whoever_bore_it_that_day() {
    let places = fictional();
    let bearer = |code: &str, day| {
        let code = PlaceCode::gbt2260(code).unwrap();
        with_code_on(&places, &code, day).map(|place| place.name.text.as_str())
    };
    assert_eq!(bearer("991029", date(1982, 12, 31)), None);
    assert_eq!(bearer("991029", date(1983, 1, 1)), Some("云溪县"));
    assert_eq!(bearer("991029", date(1985, 12, 31)), Some("云溪县"));
    assert_eq!(bearer("991029", date(1986, 1, 1)), None);
    assert_eq!(bearer("999002", date(1986, 1, 1)), Some("云溪市"));
    assert_eq!(bearer("991029", date(2026, 6, 30)), Some("松原县"));
    assert_eq!(bearer("991101", date(1900, 1, 1)), Some("北岸区"));
    assert_eq!(bearer("991101", date(2000, 1, 1)), None);
}

#[test]
fn an_old_code_leads_to_the_place_of_today() {
    let places = fictional();
    let today = date(2026, 6, 18);
    let find = |code: &str, then| {
        let code = PlaceCode::gbt2260(code).unwrap();
        successor(&places, &code, then, today).map(|place| place.code.code.as_str())
    };
    assert_eq!(find("991029", date(1984, 5, 1)), Some("991081"));
    assert_eq!(find("999002", date(1988, 5, 1)), Some("991081"));
    assert_eq!(find("991029", date(2001, 5, 1)), Some("991029"));
    assert_eq!(find("991101", date(1999, 5, 1)), None);
    let codes: Vec<&str> =
        history(&places, 1).into_iter().map(|place| place.code.code.as_str()).collect();
    assert_eq!(codes, ["991029", "999002", "991081"]);
    assert_eq!(valid_on(&places, today).count(), 2);
    assert_eq!(version_on(&places, 1, date(1987, 1, 1)).unwrap().code.code, "999002");
}

/// Every version of one county in a history file: `1029 county="[1983-1986]名"`.
fn versions(text: &str, province: &str, stem: &str) -> Vec<Place> {
    let mut inside = false;
    let mut places = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            inside = line.starts_with(province);
        } else if inside && line.contains(stem) {
            places.extend(line_versions(province, line));
        }
    }
    places
}

fn line_versions(province: &str, line: &str) -> Option<Place> {
    let (code, rest) = line.trim().split_once(" county=\"")?;
    let (years, name) = rest.strip_prefix('[')?.trim_end_matches('"').split_once(']')?;
    let (from, to) = years.split_once('-')?;
    Some(version(1, &format!("{province}{code}"), name, from.parse().ok(), to.parse().ok()))
}

#[test]
fn a_county_is_followed_through_four_codes() {
    let Some(text) = shared::read("cn-divisions/gb2260_history_loc.dat") else { return };
    let places = versions(&text, "32", "仪征");
    let codes: Vec<&str> =
        history(&places, 1).into_iter().map(|place| place.code.code.as_str()).collect();
    assert_eq!(codes, ["322429", "321029", "329002", "321081"]);
    let day = |year: i16| date(year, 6, 30);
    for (year, code) in [(1980, "322429"), (1984, "321029"), (1987, "329002"), (2026, "321081")] {
        assert_eq!(version_on(&places, 1, day(year)).unwrap().code.code, code, "{year}");
        let code = PlaceCode::gbt2260(code).unwrap();
        let found = successor(&places, &code, day(year), day(2026)).unwrap();
        assert_eq!(found.code.code, "321081");
    }
}

#[test]
fn codes_of_todays_divisions_have_the_shape_and_a_parent() {
    let Some(text) = shared::read("cn-divisions/areas.csv") else { return };
    let mut count = 0;
    for code in text.lines().skip(1).filter_map(|line| line.split(',').next()) {
        let Some(code) = PlaceCode::gbt2260(code) else { continue };
        let parent = code.parent().unwrap();
        assert_eq!(parent.code[..2], code.code[..2]);
        count += 1;
    }
    assert!(count > 2_800, "{count}");
}

#[test]
fn digits_tell_parent_and_kind() {
    let code = |code| PlaceCode::gbt2260(code).unwrap();
    for (text, parent, kind) in [
        ("320000", None, Some(PlaceKind::Province)),
        ("321000", Some("320000"), Some(PlaceKind::City)),
        ("321081", Some("321000"), Some(PlaceKind::County)),
        ("321081105", Some("321081"), Some(PlaceKind::Town)),
        ("321081001", Some("321081"), Some(PlaceKind::Subdistrict)),
        ("321081200", Some("321081"), Some(PlaceKind::Township)),
        ("321081410", Some("321081"), Some(PlaceKind::Zone)),
        ("321081000", Some("321081"), None),
        ("321081105201", Some("321081105"), None),
    ] {
        assert_eq!(code(text).parent(), parent.map(code), "{text}");
        assert_eq!(code(text).kind(), kind, "{text}");
    }
    let other = PlaceCode::other("ons", " E07000123 ").unwrap();
    assert_eq!((other.code.as_str(), other.parent(), other.kind()), ("E07000123", None, None));
    assert_eq!(PlaceCode::other(" ", "1"), None);
    for text in ["", "3210", "32108", "3210811050", "32108A", "３２１０８１"] {
        assert_eq!(PlaceCode::gbt2260(text), None, "{text}");
    }
}

fn day() -> impl Strategy<Value = Date> {
    (1980_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #[test]
    fn parents_end_at_a_province(text in "[1-8][1-9][0-9]{4}([0-9]{3}([0-9]{3})?)?") {
        let mut code = PlaceCode::gbt2260(&text).unwrap();
        let mut steps = 0;
        while let Some(parent) = code.parent() {
            prop_assert!(steps < 5);
            (code, steps) = (parent, steps + 1);
        }
        prop_assert!(code.code.ends_with("0000"));
    }

    /// A place whose versions meet end to start is in force exactly once a day.
    #[test]
    fn one_version_a_day(on in day()) {
        let places = fictional();
        let count = valid_on(&places, on).filter(|place| place.id == 1).count();
        prop_assert_eq!(count, usize::from(on >= date(1983, 1, 1)));
    }
}

#[test]
fn kinds_print_and_parse() {
    for kind in PlaceKind::ALL {
        assert_eq!(PlaceKind::parse(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
}
