//! Figures as statistics systems exchange them.

use tici_domain::{Basis, Currency, Period};
use tici_exchange::statistics::mapping::Mapping;
use tici_exchange::statistics::sdmx::{Structure, Version};
use tici_exchange::statistics::{Observation, ObservedUnit, dhis2_read, dhis2_write, sdmx};

fn values() -> Vec<Observation> {
    let value = |measure: &str, period: &str, value, power, unit| Observation {
        place: "999021101".into(),
        measure: measure.into(),
        basis: Basis::Reported,
        period: Period::parse(period).unwrap(),
        value,
        power,
        unit,
        projects: None,
        written: Some("2026-06-05T08:42:00Z".parse().unwrap()),
    };
    let yuan = ObservedUnit::Money(Currency::CNY);
    vec![
        value("invest_ytd", "2026-05", Some(123_456_789), 0, yuan),
        value("invest_ytd", "2026-Q1", Some(-500), 0, yuan),
        value("progress_percent", "2026", Some(3_690), 2, ObservedUnit::Percent),
        value("workers", "2026-05", None, 0, ObservedUnit::Count),
        value("workers", "2026-05-T2", Some(7), 0, ObservedUnit::Count),
    ]
}

const MAPPING: &str = r#"
[[element]]
id = "fbfJHSPpUQD"
measure = "invest_ytd"
power = 4

[[place]]
id = "DiszpKrYNg8"
code = "999021101"
"#;

#[test]
fn dhis2_values_go_out_and_come_back() {
    let mapping = Mapping::parse("m.toml", MAPPING).unwrap();
    let (json, left_out) = dhis2_write::json(&values(), &mapping);
    assert_eq!((left_out.unmapped, left_out.periods, left_out.blanks), (3, 0, 0));
    let text = String::from_utf8(json.clone()).unwrap();
    let first: serde_json::Value = serde_json::from_str(&text).unwrap();
    let first = &first["dataValues"][0];
    assert_eq!(first["dataElement"], "fbfJHSPpUQD");
    assert_eq!(first["orgUnit"], "DiszpKrYNg8");
    assert_eq!((&first["period"], &first["value"]), (&"202605".into(), &"12345.6789".into()));
    let (csv, _) = dhis2_write::csv(&values(), &mapping);
    for bytes in [json, csv] {
        let (given, problems) = dhis2_read::read("v", &bytes, &mapping);
        assert_eq!(problems, []);
        let told: Vec<_> = given
            .iter()
            .map(|v| (v.place.as_str(), v.measure.as_str(), v.period.to_string(), v.scaled(0)))
            .collect();
        let expected = [
            ("999021101", "invest_ytd", "2026-05".to_owned(), Some(123_456_789)),
            ("999021101", "invest_ytd", "2026-Q1".to_owned(), Some(-500)),
        ];
        assert_eq!(told, expected);
    }
}

#[test]
fn without_a_mapping_the_ledgers_codes_are_used() {
    let (csv, left_out) = dhis2_write::csv(&values(), &Mapping::default());
    assert_eq!((left_out.unmapped, left_out.periods, left_out.blanks), (0, 1, 1));
    let expected = "dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,\
        storedby,lastupdated,comment,followup\n\
        invest_ytd,202605,999021101,,,123456789,,2026-06-05T08:42:00.000+0000,reported,false\n\
        invest_ytd,2026Q1,999021101,,,-500,,2026-06-05T08:42:00.000+0000,reported,false\n\
        progress_percent,2026,999021101,,,36.9,,2026-06-05T08:42:00.000+0000,reported,false\n";
    assert_eq!(String::from_utf8(csv).unwrap(), expected);
}

#[test]
fn what_is_wrong_is_told_by_its_place() {
    let mapping = Mapping::parse("m.toml", MAPPING).unwrap();
    let csv = "dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value\n\
        nobody,202605,DiszpKrYNg8,,,1\n\
        fbfJHSPpUQD,2026W3,DiszpKrYNg8,,,1\n\
        fbfJHSPpUQD,202605,DiszpKrYNg8,Prlt0C1RF0s,,1\n\
        fbfJHSPpUQD,202605,DiszpKrYNg8,HllvX50cXC0,HllvX50cXC0,\n";
    let (given, problems) = dhis2_read::read("v.csv", csv.as_bytes(), &mapping);
    assert_eq!(given.len(), 1);
    let told: Vec<_> = problems.iter().map(|p| (p.key.as_str(), p.cell.as_str())).collect();
    let expected = [
        ("observations-element", "2:1"),
        ("observations-period", "3:1"),
        ("observations-combo", ""),
    ];
    assert_eq!(told, expected);
    for (text, key) in [
        ("{", "observations-not-json"),
        ("{\"dataValues\": 1}", "observations-not-json"),
        ("a,b\n1,2\n", "observations-no-column"),
        ("", "observations-no-column"),
    ] {
        let (given, problems) = dhis2_read::read("v", text.as_bytes(), &Mapping::default());
        assert!(given.is_empty());
        assert_eq!(problems[0].key, key, "{text}");
    }
    let deleted = "{\"period\": \"202605\", \"dataValues\": [{\"dataElement\": \"x\", \
        \"orgUnit\": \"1\", \"value\": 3.5}, {\"deleted\": true}]}";
    let (given, problems) = dhis2_read::read("v", deleted.as_bytes(), &Mapping::default());
    assert_eq!((given[0].value.as_str(), given[0].scaled(1)), ("3.5", Some(35)));
    assert_eq!(given[0].scaled(0), None, "half a yuan is not kept as none");
    assert_eq!(problems[0].key, "observations-deleted");
    assert!(Mapping::parse("m.toml", "[[element]]\nname = 1").is_err());
}

#[test]
fn sdmx_csv_in_both_versions() {
    let two = sdmx::write(&values(), &Structure::default(), Version::Two);
    let expected = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,MEASURE,BASIS,TIME_PERIOD,\
        OBS_VALUE,UNIT_MEASURE,UNIT_MULT,DECIMALS,OBS_STATUS,PROJECTS\r\n\
        dataflow,TICI:DF_PROJECTS(1.0.0),I,M,999021101,INVEST_YTD,REPORTED,2026-05,123456789,\
        CNY,0,0,A,\r\n\
        dataflow,TICI:DF_PROJECTS(1.0.0),I,Q,999021101,INVEST_YTD,REPORTED,2026-Q1,-500,CNY,0,0,\
        A,\r\n\
        dataflow,TICI:DF_PROJECTS(1.0.0),I,A,999021101,PROGRESS_PERCENT,REPORTED,2026,36.9,PT,0,1,\
        A,\r\n\
        dataflow,TICI:DF_PROJECTS(1.0.0),I,M,999021101,WORKERS,REPORTED,2026-05,,PURE_NUMB,0,0,\
        M,\r\n\
        dataflow,TICI:DF_PROJECTS(1.0.0),I,_O,999021101,WORKERS,REPORTED,2026-05-11/P10D,7,\
        PURE_NUMB,0,0,A,\r\n";
    assert_eq!(String::from_utf8(two).unwrap(), expected);
    let one = sdmx::write(&values()[..1], &Structure::default(), Version::One);
    let expected = "DATAFLOW,FREQ,REF_AREA,MEASURE,BASIS,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,\
        UNIT_MULT,DECIMALS,OBS_STATUS,PROJECTS\r\n\
        TICI:DF_PROJECTS(1.0.0),M,999021101,INVEST_YTD,REPORTED,2026-05,123456789,CNY,0,0,A,\r\n";
    assert_eq!(String::from_utf8(one).unwrap(), expected);
}
