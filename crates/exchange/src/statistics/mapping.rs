//! Which data element is which measure, and which organisation unit which place. Without a
//! file, both go by the ledger's own codes.

use serde::{Deserialize, Serialize};
use tici_domain::{Basis, Problem};

/// A mapping file (TOML).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    #[serde(default)]
    pub element: Vec<Element>,
    #[serde(default)]
    pub place: Vec<PlaceUnit>,
}

/// One data element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Its identifier with the other system.
    pub id: String,
    /// Category option combination, where one measure is one of several.
    #[serde(default)]
    pub combo: Option<String>,
    /// Code of the measure.
    pub measure: String,
    /// Only of this basis; reported when left out on reading, any on writing.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// Power of ten between their unit and the main unit of the currency: 4 for 万元.
    #[serde(default)]
    pub power: u8,
}

/// One organisation unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceUnit {
    pub id: String,
    /// Code of the place.
    pub code: String,
}

impl Mapping {
    /// Reads a mapping file; what is wrong is told by line and column.
    pub fn parse(file: &str, text: &str) -> Result<Mapping, Vec<Problem>> {
        crate::map::read_toml(file, text)
    }

    /// How others know a measure; itself where nothing says otherwise and no element is
    /// mapped at all. With elements mapped, only those go out.
    pub fn element_of(&self, measure: &str, basis: Basis) -> Option<Element> {
        if self.element.is_empty() {
            return Some(Element {
                id: measure.into(),
                combo: None,
                measure: measure.into(),
                basis: None,
                power: 0,
            });
        }
        let fits = |element: &&Element| {
            element.measure == measure && element.basis.is_none_or(|known| known == basis)
        };
        self.element.iter().find(fits).cloned()
    }

    /// The measure behind a data element, with the basis and power its values have.
    pub fn measure_of(&self, id: &str, combo: Option<&str>) -> Option<(String, Basis, u8)> {
        if self.element.is_empty() {
            return Some((id.to_owned(), Basis::Reported, 0));
        }
        let fits = |element: &&Element| {
            element.id == id && (element.combo.is_none() || element.combo.as_deref() == combo)
        };
        let element = self.element.iter().find(fits)?;
        let basis = element.basis.unwrap_or(Basis::Reported);
        Some((element.measure.clone(), basis, element.power))
    }

    pub fn unit_of(&self, code: &str) -> String {
        let known = self.place.iter().find(|unit| unit.code == code);
        known.map_or_else(|| code.to_owned(), |unit| unit.id.clone())
    }

    pub fn place_of(&self, id: &str) -> String {
        let known = self.place.iter().find(|unit| unit.id == id);
        known.map_or_else(|| id.to_owned(), |unit| unit.code.clone())
    }
}
