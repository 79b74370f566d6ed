//! The published standards: coordinates against published points, real examples with every
//! oddity named, hostile JSON refused by name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tici_domain::intake::{Intake, ProjectRow};
use tici_domain::{Currency, Measure, Period, Problem, SideState, Stage, Value};
use tici_exchange::standards::crs::{Crs, convert, from_ledger, to_ledger};
use tici_exchange::standards::{Incoming, read};

fn shared(path: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = root.join(path);
    if !path.exists() {
        let all = std::env::var_os("TICI_TEST_REQUIRE_ALL").is_some();
        assert!(!all, "{} is absent", path.display());
        println!("skipped: {} absent", path.display());
        return None;
    }
    Some(std::fs::read(path).expect("readable"))
}

/// Metres between two points, near enough for less than a kilometre.
fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let east = (a.0 - b.0) * 111_320.0 * a.1.to_radians().cos();
    east.hypot((a.1 - b.1) * 111_320.0)
}

/// Points published with the formulas: WGS-84 and GCJ-02, longitude before latitude.
const GCJ: [((f64, f64), (f64, f64)); 4] = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
];

/// A point published with the formulas: GCJ-02, and BD-09 there; and the same figures taken
/// for BD-09, with GCJ-02 by the published way back, which is itself an approximation.
const THERE: ((f64, f64), (f64, f64)) =
    ((116.404, 39.915), (116.41036949371029, 39.92133699351021));
const BACK: ((f64, f64), (f64, f64)) = ((116.404, 39.915), (116.39762729119315, 39.90865673957631));

#[test]
fn coordinates_agree_with_the_published_points() {
    for (wgs, gcj) in GCJ {
        let there = convert(wgs, Crs::Wgs84, Crs::Gcj02);
        assert!(metres(there, gcj) < 0.01, "{there:?} is not {gcj:?}");
        let back = convert(gcj, Crs::Gcj02, Crs::Wgs84);
        assert!(metres(back, wgs) < 0.01, "{back:?} is not {wgs:?}");
        assert!((300.0..700.0).contains(&metres(wgs, gcj)), "the shift is some hundred metres");
    }
    let (gcj, bd) = THERE;
    let there = convert(gcj, Crs::Gcj02, Crs::Bd09);
    assert!(metres(there, bd) < 0.001, "{there:?} is not {bd:?}");
    let (bd, gcj) = BACK;
    let back = convert(bd, Crs::Bd09, Crs::Gcj02);
    assert!(metres(back, gcj) < 0.1, "{back:?} is not {gcj:?}");
    let again = convert(back, Crs::Gcj02, Crs::Bd09);
    assert!(metres(again, bd) < 0.001, "{again:?} is not {bd:?}");
    let abroad = (-0.1163333, 52.2571843);
    assert_eq!(convert(abroad, Crs::Wgs84, Crs::Gcj02), abroad);
    assert_eq!(to_ledger((200.0, 10.0), Crs::Wgs84), None);
}

#[test]
fn a_point_comes_back_from_every_system() {
    for longitude in (73_000_000..135_000_000).step_by(7_654_321) {
        for latitude in (4_000_000..53_000_000).step_by(3_456_789) {
            for crs in Crs::ALL {
                let out = from_ledger((longitude, latitude), crs).map(|part| part.parse().unwrap());
                let back = to_ledger((out[0], out[1]), crs);
                assert_eq!(back, Some((longitude, latitude)), "{crs:?}");
            }
        }
    }
}

fn keys(problems: &[Problem]) -> BTreeMap<&str, usize> {
    let mut keys = BTreeMap::new();
    for problem in problems {
        *keys.entry(problem.key.as_str()).or_insert(0) += 1;
    }
    keys
}

fn figures(intake: &Intake, measure: Measure) -> Vec<(Option<Period>, Value, &str)> {
    let of = |row: &'_ ProjectRow| row.period;
    let rows = intake.rows.iter().flat_map(|row| row.figures.iter().map(move |f| (row, f)));
    let of_measure = rows.filter(|(_, (known, _))| *known == measure);
    of_measure.map(|(row, (_, at))| (of(row), at.value.clone(), at.cell.as_str())).collect()
}

fn month(code: &str) -> Option<Period> {
    Some(Period::parse(code).expect("a period"))
}

#[test]
fn the_worked_example_is_read_whole() {
    let Some(bytes) = shared("oc4ids/examples/example.json") else { return };
    let (intake, problems) = read(Incoming::Oc4ids, "example.json", &bytes);
    assert!(!Problem::any_error(&problems), "{problems:#?}");
    let base = &intake.rows[0];
    let text =
        |at: &Option<tici_domain::intake::At<String>>| at.as_ref().map(|at| at.value.clone());
    assert_eq!(
        text(&base.code).as_deref(),
        Some("oc4ids-bu3kcz-m75-junctions-4-to-5-smart-motorway")
    );
    assert_eq!(text(&base.enterprise).as_deref(), Some("Motorways UK"));
    assert_eq!(text(&base.enterprise_code).as_deref(), Some("GB-GOR-XX1234"));
    assert_eq!(text(&base.lead_unit).as_deref(), Some("Motorways Administrator UK"));
    assert_eq!(text(&base.sector).as_deref(), Some("transport.road"));
    assert_eq!(base.currency, Currency::parse("GBP"));
    assert_eq!(base.nature.as_ref().map(|at| at.value), Some(2), "an expansion");
    let stages: Vec<Stage> = base.stages.iter().map(|at| at.value.0).collect();
    assert_eq!(stages, [Stage::Lead, Stage::Started, Stage::Completed, Stage::InProduction]);
    let plans: Vec<_> = base.plans.iter().map(|(p, at)| (p.to_string(), at.value)).collect();
    let plan = |year: &str, millions: i64| (year.to_owned(), millions * 100_000_000);
    assert_eq!(plans, [plan("2016", 10), plan("2017", 20), plan("2018", 10)]);
    let progress = figures(&intake, Measure::PROGRESS_PERCENT);
    let at = |n: usize| format!("/projects/0/metrics/0/observations/{n}/measure");
    let (first, second, third) = (at(0), at(1), at(2));
    let seen = |period, hundredths, cell| (month(period), Value::Int(hundredths), cell);
    assert_eq!(
        progress,
        [
            seen("2018-01", 5000, first.as_str()),
            seen("2018-08", 7500, &second),
            seen("2018-12", 10000, &third)
        ]
    );
    let total = figures(&intake, Measure::TOTAL_INVESTMENT);
    assert_eq!(total[0].1, Value::Int(4_000_000_000), "pence");
    // What the ledger has no place for is counted by element, at its first place.
    let left: Vec<&str> = problems
        .iter()
        .filter(|problem| problem.key == "standard-left")
        .map(|problem| problem.args[0].1.as_str())
        .collect();
    for element in ["contractingProcesses", "documents", "assetLifetime", "purpose"] {
        assert!(left.contains(&element), "{element} is not among {left:?}");
    }
}

#[test]
fn every_other_example_is_read_with_its_oddities_named() {
    let cases = [
        ("oc4ids/fixtures/example-data.json", &[][..]),
        ("oc4ids/fixtures/example-additional-codes.json", &["standard-unknown-code"][..]),
        ("oc4ids/examples/blank.json", &["standard-bare-project", "standard-no-id"][..]),
    ];
    for (path, expected) in cases {
        let Some(bytes) = shared(path) else { return };
        let (intake, problems) = read(Incoming::Oc4ids, path, &bytes);
        let found = keys(&problems);
        for key in expected {
            assert!(found.contains_key(key), "{path}: no {key} in {found:?}");
        }
        let pointers = problems.iter().all(|p| p.cell.is_empty() || p.cell.starts_with('/'));
        assert!(pointers, "{path}: {problems:?}");
        assert_eq!(intake.rows.is_empty(), path.ends_with("blank.json"), "{path}");
    }
}

#[test]
fn oddities_are_named_at_their_pointers() {
    let text = r#"{"version": "1.1", "publishedDate": "2026-05-31T00:00:00Z", "projects": [
        {"id": "x-1", "title": 7, "status": "finished",
         "period": {"startDate": "2026-05-01", "endDate": "soon"},
         "sector": "transport",
         "budget": {"amount": {"amount": "12.5", "currency": "CNY"}},
         "locations": [{"id": "1", "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}},
                       {"id": "2", "geometry": {"type": "Point", "coordinates": [1, 200]}}],
         "title": 8},
        {"title": "nameless"}, 5,
        {"id": "oc4ids-abc123-9", "title": "九", "status": "cancelled"},
        {"id": "oc4ids-abc123-9", "title": "十", "status": "cancelled"}]}"#;
    let (intake, problems) = read(Incoming::Oc4ids, "odd.json", text.as_bytes());
    let found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.key.as_str(), problem.cell.as_str())).collect();
    let expected = [
        ("standard-version", "/version"),
        ("json-member-twice", "/projects/0"),
        ("standard-id-prefix", "/projects/0/id"),
        ("standard-not-text", "/projects/0/title"),
        ("standard-unknown-code", "/projects/0/status"),
        ("standard-date-alone", "/projects/0/period/startDate"),
        ("standard-not-date", "/projects/0/period/endDate"),
        ("standard-not-list", "/projects/0/sector"),
        ("standard-number-as-text", "/projects/0/budget/amount/amount"),
        ("standard-rounded", "/projects/0/budget/amount"),
        ("standard-not-point", "/projects/0/locations/0/geometry/type"),
        ("standard-not-coordinates", "/projects/0/locations/1/geometry"),
        ("standard-no-id", "/projects/1"),
        ("standard-not-object", "/projects/2"),
        ("standard-id-twice", "/projects/4/id"),
    ];
    for problem in expected {
        assert!(found.contains(&problem), "{problem:?} is not among {found:#?}");
    }
    let ended = intake.rows.iter().find(|row| row.cell == "/projects/3").expect("a row");
    assert_eq!(ended.state.as_ref().map(|at| at.value), Some(SideState::Terminated));
}

#[test]
fn hostile_json_is_refused_by_name() {
    let deep = "[".repeat(100_000);
    let wide = format!("{{\"projects\": [{{\"id\": \"a\", \"x\": [{}0]}}]}}", "0,".repeat(600_000));
    let bomb = {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![b' '; 1 << 20];
        (0..400).for_each(|_| packed.write_all(&zeros).expect("packed"));
        packed.finish().expect("packed")
    };
    let cases: [(&str, &[u8], &str); 7] = [
        ("deep", deep.as_bytes(), "json-too-deep"),
        ("wide", wide.as_bytes(), "json-too-many-values"),
        ("bomb", &bomb, "file-unpacks-too-large"),
        ("cut", b"{\"projects\": [{\"id\": \"a\"", "json-broken"),
        ("behind", b"{\"projects\": []} x", "json-broken"),
        ("no list", b"{\"projects\": 5}", "json-not-a-list"),
        ("nothing", b" \n ", "file-empty"),
    ];
    for (name, bytes, key) in cases {
        for incoming in [Incoming::Oc4ids, Incoming::Ocds, Incoming::Geojson(None)] {
            let other = name == "no list" && incoming != Incoming::Oc4ids;
            let (intake, problems) = read(incoming, name, bytes);
            assert!(intake.rows.is_empty(), "{name}");
            let keys = keys(&problems);
            assert!(other || name == "wide" || keys.contains_key(key), "{name}: {keys:?}");
            assert!(Problem::any_error(&problems), "{name} {incoming:?}: {keys:?}");
        }
    }
}

#[test]
fn releases_become_a_history() {
    for path in
        ["ocds/sample/ocds-213czf-000-00001.json", "ocds/sample/record-ocds-213czf-000-00001.json"]
    {
        let Some(bytes) = shared(path) else { return };
        let (intake, problems) = read(Incoming::Ocds, path, &bytes);
        assert!(!Problem::any_error(&problems), "{path}: {problems:#?}");
        assert!(!intake.rows.is_empty(), "{path}");
    }
    let Some(bytes) = shared("ocds/sample/ocds-213czf-000-00001.json") else { return };
    let (intake, _) = read(Incoming::Ocds, "ocds.json", &bytes);
    let total = figures(&intake, Measure::TOTAL_INVESTMENT);
    let months: Vec<String> = total.iter().map(|(p, ..)| p.expect("a month").to_string()).collect();
    // Two releases of March and two of May: the later one tells of the month.
    assert_eq!(months, ["2009-03", "2010-03", "2010-05", "2011-01"], "in the order of time");
    let last = total.last().expect("a total");
    assert_eq!(last.1, Value::Int(1_100_000_000), "the contract, in pence");
    assert_eq!(last.2, "/releases/5/contracts/0/value/amount");
    let paid = figures(&intake, Measure::PAID_YTD);
    let paid: Vec<_> = paid.into_iter().map(|(p, value, _)| (p, value)).collect();
    let sum = |period, pounds: i64| (month(period), Value::Int(pounds * 100));
    assert_eq!(paid, [sum("2010-08", 50_000), sum("2010-10", 60_000)], "within the year");
    let signed = intake.rows.iter().flat_map(|row| &row.stages);
    let signed: Vec<_> = signed.filter(|at| at.value.0 == Stage::Signed).collect();
    assert_eq!(signed[0].value.1.map(|on| on.to_string()).as_deref(), Some("2010-06-10"));
    let sheets: Vec<&str> = intake.rows.iter().map(|row| row.sheet.as_str()).collect();
    assert!(sheets.contains(&"ocds-213czf-000-00001-06-implementation"), "{sheets:?}");
}

#[test]
fn sites_come_in_from_a_map_of_any_system() {
    let collection = |stated: &str, point: (f64, f64)| {
        format!(
            r#"{{"type": "FeatureCollection"{stated}, "features": [{{"type": "Feature",
            "properties": {{"code": "YX26-001", "name": "一"}},
            "geometry": {{"type": "Point", "coordinates": [{}, {}]}}}},
            {{"type": "Feature", "properties": {{}}, "geometry": null}}]}}"#,
            point.0, point.1
        )
    };
    let ((wgs, gcj), expected) = (GCJ[0], Some((121_527_211, 31_177_428)));
    let cases = [
        ("", None, wgs, "geojson-no-system"),
        ("", Some(Crs::Gcj02), gcj, "geojson-nameless"),
        (r#", "coordinateSystem": "GCJ-02""#, None, gcj, "geojson-nameless"),
        (
            r#", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}"#,
            Some(Crs::Gcj02),
            wgs,
            "geojson-other-system",
        ),
    ];
    for (stated, given, point, key) in cases {
        let text = collection(stated, point);
        let (intake, problems) = read(Incoming::Geojson(given), "map.json", text.as_bytes());
        assert!(keys(&problems).contains_key(key), "{stated}: {problems:?}");
        assert_eq!(intake.rows.len(), 1);
        assert_eq!(intake.rows[0].location.as_ref().map(|at| at.value), expected, "{stated}");
    }
}
