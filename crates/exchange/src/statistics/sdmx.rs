//! SDMX-CSV: version 2.0 of the format (SDMX 3.0), and 1.0 (SDMX 2.1) for older readers.

use super::periods::to_sdmx;
use super::{Observation, ObservedUnit};

/// Which version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    One,
    Two,
}

/// Agency, identifier and version of the structure that the columns are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    pub agency: String,
    pub id: String,
    pub version: String,
}

impl Default for Structure {
    fn default() -> Structure {
        let (agency, id, version) = ("TICI".into(), "DF_PROJECTS".into(), "1.0.0".into());
        Structure { agency, id, version }
    }
}

/// Dimensions, in the order of the structure.
pub const DIMENSIONS: [&str; 5] = ["FREQ", "REF_AREA", "MEASURE", "BASIS", "TIME_PERIOD"];

/// Attributes of an observation.
pub const ATTRIBUTES: [&str; 5] =
    ["UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "PROJECTS"];

/// Writes the values; one that is not reported goes out blank, with status M.
pub fn write(values: &[Observation], structure: &Structure, version: Version) -> Vec<u8> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let whole = "a vector takes any record";
    let lead: &[&str] = match version {
        Version::One => &["DATAFLOW"],
        Version::Two => &["STRUCTURE", "STRUCTURE_ID", "ACTION"],
    };
    let names = lead.iter().chain(&DIMENSIONS).chain(&["OBS_VALUE"]).chain(&ATTRIBUTES);
    writer.write_record(names).expect(whole);
    let Structure { agency, id, version: of } = structure;
    let named = format!("{agency}:{id}({of})");
    for value in values {
        let mut record: Vec<String> = match version {
            Version::One => vec![named.clone()],
            // I: taken in beside what is there.
            Version::Two => vec!["dataflow".into(), named.clone(), "I".into()],
        };
        let (frequency, period) = to_sdmx(value.period);
        record.extend([
            frequency.to_owned(),
            value.place.clone(),
            value.measure.to_uppercase(),
            value.basis.code().to_uppercase(),
            period,
            value.decimal().unwrap_or_default(),
        ]);
        record.extend(attributes(value));
        writer.write_record(&record).expect(whole);
    }
    writer.into_inner().expect(whole)
}

fn attributes(value: &Observation) -> [String; 5] {
    let unit = match value.unit {
        ObservedUnit::Money(currency) => currency.to_string(),
        ObservedUnit::Percent => "PT".into(),
        ObservedUnit::Count => "PURE_NUMB".into(),
    };
    let decimals = value.decimal().and_then(|text| Some(text.split_once('.')?.1.len()));
    // A: as it should be. M: nothing was reported.
    let status = if value.value.is_some() { "A" } else { "M" };
    [
        unit,
        "0".into(),
        decimals.unwrap_or(0).to_string(),
        status.into(),
        value.projects.map(|projects| projects.to_string()).unwrap_or_default(),
    ]
}
