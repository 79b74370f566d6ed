//! The fields a column may fill, and their names in a map.

use serde::{Deserialize, Serialize};
use std::fmt;
use tici_domain::intake::DateRole;
use tici_domain::measure::Unit as MeasureUnit;
use tici_domain::{Measure, Stage};

/// A field of [`ProjectRow`](tici_domain::intake::ProjectRow).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Field {
    /// Read by nobody, and known to be.
    #[default]
    Ignore,
    Code,
    NationalCode,
    Name,
    NameHant,
    NameEn,
    /// The project it is a package of, by code or name.
    Parent,
    /// Its share of that project.
    ParentShare,
    Enterprise,
    EnterpriseCode,
    Place,
    PlaceCode,
    Currency,
    Chain,
    Industry,
    Sector,
    Content,
    LeadUnit,
    Sponsor,
    BuildFrom,
    BuildTo,
    /// Both ends in one cell: `2024-2027`.
    BuildSpan,
    State,
    Tier,
    /// The stage a project is at.
    Stage,
    /// The day a stage was reached, such as `stage.started`.
    StageOn(Stage),
    /// Planned investment.
    Plan,
    /// A dated step, such as `milestone.completed.planned`.
    Milestone(String, DateRole),
    /// A figure, such as `figure.invest_ytd`.
    Figure(Measure),
}

const PLAIN: [(&str, Field); 25] = [
    ("ignore", Field::Ignore),
    ("code", Field::Code),
    ("national_code", Field::NationalCode),
    ("name", Field::Name),
    ("name_hant", Field::NameHant),
    ("name_en", Field::NameEn),
    ("parent", Field::Parent),
    ("parent_share", Field::ParentShare),
    ("enterprise", Field::Enterprise),
    ("enterprise_code", Field::EnterpriseCode),
    ("place", Field::Place),
    ("place_code", Field::PlaceCode),
    ("currency", Field::Currency),
    ("chain", Field::Chain),
    ("industry", Field::Industry),
    ("sector", Field::Sector),
    ("content", Field::Content),
    ("lead_unit", Field::LeadUnit),
    ("sponsor", Field::Sponsor),
    ("build_from", Field::BuildFrom),
    ("build_to", Field::BuildTo),
    ("build_span", Field::BuildSpan),
    ("state", Field::State),
    ("tier", Field::Tier),
    ("stage", Field::Stage),
];

const ROLES: [(&str, DateRole); 3] = [
    ("planned", DateRole::Planned),
    ("actual", DateRole::Actual),
    ("expected", DateRole::Expected),
];

impl Field {
    /// Reads a name as it stands in a map; `None` for anything else.
    pub fn parse(name: &str) -> Option<Field> {
        if let Some((_, field)) = PLAIN.iter().find(|(plain, _)| *plain == name) {
            return Some(field.clone());
        }
        if name == "plan" {
            return Some(Field::Plan);
        }
        let (group, rest) = name.split_once('.')?;
        match group {
            "figure" => Measure::parse(rest).map(Field::Figure),
            "stage" => Stage::parse(rest).map(Field::StageOn),
            "milestone" => {
                let (key, role) = rest.rsplit_once('.')?;
                let (_, role) = ROLES.iter().find(|(name, _)| *name == role)?;
                (!key.is_empty()).then(|| Field::Milestone(key.into(), *role))
            }
            _ => None,
        }
    }

    /// Whether its values are amounts of money.
    pub fn is_money(&self) -> bool {
        match self {
            Field::Plan => true,
            Field::Figure(measure) => measure.spec().unit == MeasureUnit::Money,
            _ => false,
        }
    }

    /// Whether its values add up over the rows of a list.
    pub fn adds_up(&self) -> bool {
        match self {
            Field::Figure(measure) => {
                matches!(measure.spec().unit, MeasureUnit::Money | MeasureUnit::Count)
            }
            other => other.is_money(),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((name, _)) = PLAIN.iter().find(|(_, field)| field == self) {
            return f.write_str(name);
        }
        match self {
            Field::Figure(measure) => write!(f, "figure.{}", measure.code()),
            Field::StageOn(stage) => write!(f, "stage.{}", stage.code()),
            Field::Milestone(key, role) => {
                let name = ROLES.iter().find(|(_, known)| known == role).map_or("", |r| r.0);
                write!(f, "milestone.{key}.{name}")
            }
            _ => f.write_str("plan"),
        }
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Field::parse(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("unknown field `{name}`")))
    }
}
