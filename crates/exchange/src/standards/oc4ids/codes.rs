//! Which code of the standard's lists stands for which word of the ledger.

use tici_domain::{Measure, SideState, Stage};

/// Schemes of our own, in the standard's open lists.
pub mod scheme {
    /// The office's own number of a project.
    pub const CODE: &str = "tici-code";
    /// The national code of an investment project.
    pub const NATIONAL: &str = "CN-NDRC";
    /// A name it was known by before.
    pub const ALIAS: &str = "tici-former-name";
    /// Unified social credit codes, as the register of identifier schemes lists them.
    pub const USCC: &str = "CN-SAIC";
    pub const INDUSTRY: &str = "GB/T 4754-2017";
    /// 建设性质 of the statistics bureau.
    pub const NATURE: &str = "CN-NBS-nature";
    pub const CHAIN: &str = "tici-chain";
    pub const SECTOR: &str = "tici-sector";
    /// A list of major projects: tier and year.
    pub const LIST: &str = "tici-list";
    pub const STATE: &str = "tici-state";
    /// A firm's short name, and whether it is a key firm.
    pub const SHORT: &str = "tici-short-name";
    pub const KEY_FIRM: &str = "tici-key-firm";
    pub const UNIT: &str = "UNCEFACT";
}

/// Percent in the list of units of trade.
pub const PERCENT: &str = "P1";
/// A milestone that says a stage was reached has an id of this and the stage's code.
pub const CLAIM: &str = "stage:";
/// Forecast metric that holds the days a milestone has no member for.
pub const MILESTONE_DAYS: &str = "milestone_days";
/// Metric that holds a package's share of its project.
pub const SHARE: &str = "package_share";

/// The status of the standard for a stage and side state.
pub fn status(stage: Option<Stage>, state: SideState) -> &'static str {
    if matches!(state, SideState::Terminated | SideState::Withdrawn) {
        return "cancelled";
    }
    match stage {
        None | Some(Stage::Lead) => "identification",
        Some(Stage::Signed | Stage::Landed) => "preparation",
        Some(Stage::Started | Stage::StatEntered | Stage::InProgress) => "implementation",
        Some(Stage::Completed) => "completion",
        Some(Stage::InProduction | Stage::AtCapacity) => "maintenance",
    }
}

/// The stage that a status says has been reached; nothing is read into the others.
pub fn stage_of_status(status: &str) -> Option<Stage> {
    match status {
        "identification" => Some(Stage::Lead),
        "implementation" => Some(Stage::InProgress),
        "completion" => Some(Stage::Completed),
        "maintenance" => Some(Stage::InProduction),
        _ => None,
    }
}

pub const STATUSES: [&str; 8] = [
    "identification",
    "preparation",
    "implementation",
    "completion",
    "maintenance",
    "decommissioning",
    "decommissioned",
    "cancelled",
];

/// The code of a milestone that is a stage.
pub fn milestone_code(key: &str) -> Option<&'static str> {
    match Stage::parse(key)? {
        Stage::Signed => Some("commercialClose"),
        Stage::Started => Some("commencement"),
        Stage::Completed => Some("completion"),
        Stage::InProduction => Some("commissioning"),
        other => Some(other.code()),
    }
}

/// The stage that a milestone's code stands for.
pub fn stage_of_milestone(code: &str) -> Option<Stage> {
    Stage::ALL.into_iter().find(|stage| milestone_code(stage.code()) == Some(code))
}

/// 建设性质 to the standard's project types; buying only has none.
pub fn project_type(nature: i64) -> Option<&'static str> {
    match nature {
        1 | 4 => Some("construction"),
        2 => Some("expansion"),
        3 | 6 => Some("rehabilitation"),
        5 => Some("replacement"),
        _ => None,
    }
}

/// The 建设性质 a project type means most often.
pub fn nature_of_type(project_type: &str) -> Option<i64> {
    match project_type {
        "construction" => Some(1),
        "expansion" => Some(2),
        "rehabilitation" => Some(3),
        "replacement" => Some(5),
        _ => None,
    }
}

pub const TYPES: [&str; 5] =
    ["construction", "rehabilitation", "replacement", "expansion", "decommissioning"];

/// Sectors of the standard. A sector with a point is named after the one before the point.
pub const SECTORS: [&str; 23] = [
    "education",
    "health",
    "energy",
    "energy.solar",
    "energy.wind",
    "energy.hydropower",
    "energy.biomass",
    "energy.geothermal",
    "communications",
    "waterAndWaste",
    "governance",
    "economy",
    "cultureSportsAndRecreation",
    "transport",
    "transport.air",
    "transport.water",
    "transport.rail",
    "transport.road",
    "transport.urban",
    "transport.lowCarbon",
    "socialHousing",
    "naturalResources",
    "naturalResources.floodProtection",
];

/// Industries of GB/T 4754 by the beginning of their code, the longest that fits.
const SECTOR_OF: &[(&str, &str)] = &[
    ("A", "economy"),
    ("B", "naturalResources"),
    ("C", "economy"),
    ("D44", "energy"),
    ("D4413", "energy.hydropower"),
    ("D4415", "energy.wind"),
    ("D4416", "energy.solar"),
    ("D4417", "energy.biomass"),
    ("D45", "energy"),
    ("D46", "waterAndWaste"),
    ("E481", "transport"),
    ("E4811", "transport.rail"),
    ("E4812", "transport.road"),
    ("E4813", "transport.urban"),
    ("E482", "naturalResources"),
    ("E487", "energy"),
    ("F", "economy"),
    ("G53", "transport.rail"),
    ("G54", "transport.road"),
    ("G541", "transport.urban"),
    ("G55", "transport.water"),
    ("G56", "transport.air"),
    ("G57", "energy"),
    ("G58", "transport"),
    ("G59", "economy"),
    ("G60", "communications"),
    ("H", "economy"),
    ("I", "communications"),
    ("J", "economy"),
    ("K", "economy"),
    ("L", "economy"),
    ("M", "economy"),
    ("N76", "naturalResources"),
    ("N761", "naturalResources.floodProtection"),
    ("N77", "waterAndWaste"),
    ("N78", "governance"),
    ("N782", "waterAndWaste"),
    ("P", "education"),
    ("Q", "health"),
    ("R", "cultureSportsAndRecreation"),
    ("S", "governance"),
];

/// Sectors of a project, the general one before the special: by its own word when that is
/// one of the standard's, else by its industry.
pub fn sectors(sector: Option<&str>, industry: Option<&str>) -> Vec<&'static str> {
    let own = sector.and_then(|word| SECTORS.into_iter().find(|code| *code == word));
    let by_industry = || {
        let industry = industry?;
        let fits = SECTOR_OF.iter().filter(|(start, _)| industry.starts_with(start));
        fits.max_by_key(|(start, _)| start.len()).map(|(_, sector)| *sector)
    };
    let Some(sector) = own.or_else(by_industry) else { return Vec::new() };
    let general = sector.split_once('.').map(|(general, _)| general);
    let general = general.and_then(|word| SECTORS.into_iter().find(|code| *code == word));
    general.into_iter().chain([sector]).collect()
}

/// The id of a measure's metric: the standard's own where it has one.
pub fn metric(measure: Measure) -> &'static str {
    match measure {
        Measure::PROGRESS_PERCENT => "physicalProgress",
        other => other.code(),
    }
}

pub fn measure_of_metric(id: &str) -> Option<Measure> {
    Measure::all().find(|measure| metric(*measure) == id)
}

/// Measures of what is to come stand among the forecasts.
pub fn is_forecast(measure: Measure) -> bool {
    matches!(measure, Measure::YEAR_FORECAST | Measure::COMPLETION_FORECAST)
}

/// What a piece of evidence is in the standard's list of documents.
pub fn document_type(kind: &str) -> Option<&'static str> {
    match kind {
        "contract" => Some("contractSigned"),
        "photo" => Some("physicalProgressReport"),
        "acceptance" => Some("completionCertificate"),
        "approval" | "filing" => Some("budgetApproval"),
        "invoice" | "payment" => Some("paymentCertificate"),
        "licence" => Some("incorporationCertificate"),
        _ => None,
    }
}

/// An identifier without the publisher's prefix, `oc4ids-` and six letters or digits.
pub fn without_prefix(identifier: &str) -> &str {
    let rest = identifier.strip_prefix("oc4ids-");
    let rest = rest.and_then(|rest| rest.split_once('-')).filter(|(prefix, _)| prefix.len() == 6);
    rest.map_or(identifier, |(_, code)| code)
}
