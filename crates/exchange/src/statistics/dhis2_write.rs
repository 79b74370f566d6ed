//! Data values as DHIS2 imports them: a data value set in JSON, or CSV.

use serde_json::{Map, Value, json};

use super::Observation;
use super::mapping::{Element, Mapping};
use super::periods::to_dhis2;

/// What could not be written: values of elements that are not mapped, of periods that the
/// system does not have, and blanks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub unmapped: usize,
    pub periods: usize,
    pub blanks: usize,
}

/// One value as it goes out.
struct Out {
    element: Element,
    period: String,
    unit: String,
    value: String,
    comment: String,
    written: Option<String>,
}

/// `{"dataValues": […]}`.
pub fn json(values: &[Observation], mapping: &Mapping) -> (Vec<u8>, LeftOut) {
    let (out, left_out) = mapped(values, mapping);
    let value = |out: &Out| {
        let mut value = Map::new();
        let mut put = |key: &str, text: &str| value.insert(key.into(), text.into());
        put("dataElement", &out.element.id);
        put("period", &out.period);
        put("orgUnit", &out.unit);
        if let Some(combo) = &out.element.combo {
            put("categoryOptionCombo", combo);
        }
        put("value", &out.value);
        if let Some(written) = &out.written {
            put("lastUpdated", written);
        }
        put("comment", &out.comment);
        Value::Object(value)
    };
    let values: Vec<Value> = out.iter().map(value).collect();
    let mut bytes =
        serde_json::to_vec_pretty(&json!({ "dataValues": values })).expect("texts and lists");
    bytes.push(b'\n');
    (bytes, left_out)
}

/// The columns that DHIS2 reads by their order.
pub const COLUMNS: [&str; 10] = [
    "dataelement",
    "period",
    "orgunit",
    "categoryoptioncombo",
    "attributeoptioncombo",
    "value",
    "storedby",
    "lastupdated",
    "comment",
    "followup",
];

/// The same as CSV.
pub fn csv(values: &[Observation], mapping: &Mapping) -> (Vec<u8>, LeftOut) {
    let (out, left_out) = mapped(values, mapping);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let whole = "a vector takes any record";
    writer.write_record(COLUMNS).expect(whole);
    for out in &out {
        let combo = out.element.combo.as_deref().unwrap_or("");
        let written = out.written.as_deref().unwrap_or("");
        let record = [
            &out.element.id,
            &out.period,
            &out.unit,
            combo,
            "",
            &out.value,
            "",
            written,
            &out.comment,
            "false",
        ];
        writer.write_record(record).expect(whole);
    }
    (writer.into_inner().expect(whole), left_out)
}

fn mapped(values: &[Observation], mapping: &Mapping) -> (Vec<Out>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut out = Vec::with_capacity(values.len());
    for value in values {
        let Some(element) = mapping.element_of(&value.measure, value.basis) else {
            left_out.unmapped += 1;
            continue;
        };
        let Some(period) = to_dhis2(value.period) else {
            left_out.periods += 1;
            continue;
        };
        let scaled = Observation { power: value.power + element.power, ..value.clone() };
        let Some(text) = scaled.decimal() else {
            left_out.blanks += 1;
            continue;
        };
        let basis = value.basis.code();
        let comment = match value.projects {
            Some(projects) => format!("{basis}; {projects} projects"),
            None => basis.to_owned(),
        };
        out.push(Out {
            element,
            period,
            unit: mapping.unit_of(&value.place),
            value: text,
            comment,
            written: value.written.map(|at| at.strftime("%Y-%m-%dT%H:%M:%S.000+0000").to_string()),
        });
    }
    (out, left_out)
}
