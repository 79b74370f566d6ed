//! Reads DHIS2 data values, JSON or CSV, whichever the bytes are.

use serde::Deserialize;
use tici_domain::{Basis, Period, Problem};

use super::VALUES_MAX;
use super::mapping::Mapping;
use super::periods::from_dhis2;
use crate::limits::PROBLEMS_MAX;
use crate::schedule::Losses;
use crate::sheet::encoding::sniff;

/// One value as read, with where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub place: String,
    pub measure: String,
    pub basis: Basis,
    pub period: Period,
    /// Plain decimal, in the main unit; see [`Given::scaled`].
    pub value: String,
    /// Power of ten between its unit and the main unit of the currency.
    pub power: u8,
    pub comment: Option<String>,
    /// `dataValues[12]`, or line and column.
    pub cell: String,
}

/// Names of the fields are those of the format.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(default)]
    data_element: Option<String>,
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    org_unit: Option<String>,
    #[serde(default)]
    category_option_combo: Option<String>,
    #[serde(default)]
    attribute_option_combo: Option<String>,
    #[serde(default)]
    value: Option<serde_json::Value>,
    #[serde(default)]
    comment: Option<String>,
    #[serde(default)]
    deleted: Option<bool>,
    #[serde(skip)]
    cell: String,
}

/// A data value set: what is common may stand once, above.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Set {
    data_values: Vec<Raw>,
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    org_unit: Option<String>,
}

/// Reads a file. Values with an error are not among those given.
pub fn read(file: &str, bytes: &[u8], mapping: &Mapping) -> (Vec<Given>, Vec<Problem>) {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && byte.is_ascii());
    let raw = match first {
        Some(b'{') => json(file, bytes),
        _ => csv(file, bytes),
    };
    let raw = match raw {
        Ok(raw) if raw.len() > VALUES_MAX => {
            let problem = Problem::error("observations-too-many").arg("limit", VALUES_MAX);
            return (Vec::new(), vec![problem.at(file, "", "")]);
        }
        Ok(raw) => raw,
        Err(problem) => return (Vec::new(), vec![*problem]),
    };
    let (mut given, mut problems, mut losses) = (Vec::new(), Vec::new(), Losses::default());
    for raw in raw {
        if raw.deleted == Some(true) {
            losses.add("observations-deleted", &raw.cell);
            continue;
        }
        match value(&raw, mapping, &mut losses) {
            Ok(value) => given.extend(value),
            Err(problem) if problems.len() < PROBLEMS_MAX => {
                problems.push(problem.at(file, "", &raw.cell));
            }
            Err(_) => {}
        }
    }
    problems.extend(losses.problems(file));
    (given, problems)
}

fn json(file: &str, bytes: &[u8]) -> Result<Vec<Raw>, Box<Problem>> {
    let text = sniff(bytes).decode(bytes).unwrap_or_default();
    let set: Set = serde_json::from_str(&text).map_err(|error| {
        let cell = format!("{}:{}", error.line(), error.column());
        Box::new(Problem::error("observations-not-json").at(file, "", &cell))
    })?;
    let Set { data_values, period, org_unit } = set;
    let with = |(at, raw): (usize, Raw)| Raw {
        period: raw.period.or_else(|| period.clone()),
        org_unit: raw.org_unit.or_else(|| org_unit.clone()),
        cell: format!("dataValues[{at}]"),
        ..raw
    };
    Ok(data_values.into_iter().enumerate().map(with).collect())
}

fn csv(file: &str, bytes: &[u8]) -> Result<Vec<Raw>, Box<Problem>> {
    let text = sniff(bytes).decode(bytes).unwrap_or_default();
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(|name| name.trim().to_lowercase().replace(' ', "")).collect(),
        Err(_) => Vec::new(),
    };
    let column = |name: &str| head.iter().position(|known| known == name);
    for needed in ["dataelement", "period", "orgunit", "value"] {
        if column(needed).is_none() {
            let problem = Problem::error("observations-no-column").arg("column", needed);
            return Err(Box::new(problem.at(file, "", "")));
        }
    }
    let mut raw = Vec::new();
    // One more than allowed is enough to tell.
    for record in reader.records().take(VALUES_MAX + 1) {
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, |position| position.line());
        let cell = |name: &str| {
            let text = column(name).and_then(|at| record.get(at)).unwrap_or("").trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        raw.push(Raw {
            data_element: cell("dataelement"),
            period: cell("period"),
            org_unit: cell("orgunit"),
            category_option_combo: cell("categoryoptioncombo"),
            attribute_option_combo: cell("attributeoptioncombo"),
            value: cell("value").map(serde_json::Value::String),
            comment: cell("comment"),
            deleted: cell("deleted").map(|text| text == "true"),
            cell: format!("{line}:1"),
        });
    }
    Ok(raw)
}

/// A blank value says nothing, which is no value.
fn value(raw: &Raw, mapping: &Mapping, losses: &mut Losses) -> Result<Option<Given>, Box<Problem>> {
    let value = match &raw.value {
        None | Some(serde_json::Value::Null) => return Ok(None),
        Some(serde_json::Value::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(serde_json::Value::String(text)) => text.trim().to_owned(),
        Some(other) => other.to_string(),
    };
    let element = raw.data_element.as_deref().unwrap_or("");
    let combo = raw.category_option_combo.as_deref();
    let Some((measure, basis, power)) = mapping.measure_of(element, combo) else {
        return Err(Box::new(Problem::error("observations-element").arg("code", element)));
    };
    let is_mapped =
        mapping.element.iter().any(|known| known.id == element && known.combo.is_some());
    let lost = combo.filter(|_| !is_mapped).or(raw.attribute_option_combo.as_deref());
    if let Some(combo) = lost.filter(|combo| *combo != "default" && *combo != DEFAULT_COMBO) {
        losses.add("observations-combo", combo);
    }
    let said = raw.period.as_deref().unwrap_or("");
    let Some(period) = from_dhis2(said) else {
        return Err(Box::new(Problem::error("observations-period").arg("period", said)));
    };
    Ok(Some(Given {
        place: mapping.place_of(raw.org_unit.as_deref().unwrap_or("")),
        measure,
        basis,
        period,
        value,
        power,
        comment: raw.comment.clone(),
        cell: raw.cell.clone(),
    }))
}

/// What DHIS2 calls the combination of no categories.
const DEFAULT_COMBO: &str = "HllvX50cXC0";

impl Given {
    /// The value as an integer of 10^-`digits` of the main unit, exactly; `None` where it is
    /// no plain number, too large, or has more decimals than that.
    pub fn scaled(&self, digits: u32) -> Option<i64> {
        let (text, is_negative) = match self.value.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (self.value.as_str(), false),
        };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_plain(whole) || !is_plain(part) || part.len() > 18 {
            return None;
        }
        let shift = digits + u32::from(self.power);
        let part = part.trim_end_matches('0');
        let short = shift.checked_sub(part.len() as u32)?;
        let number: i128 = format!("{whole}{part}").parse().ok()?;
        let number = number.checked_mul(10_i128.checked_pow(short)?)?;
        i64::try_from(if is_negative { -number } else { number }).ok()
    }
}
