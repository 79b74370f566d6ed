//! The assessment in the ledger: schemes by version, what departments deliver, events that
//! count, runs that freeze all of it, and objections.

use crate::Period;
use crate::codes::codes;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One version of a scheme, as the office adopted it. The text is kept whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scheme {
    pub id: i64,
    /// The scheme's own short name: `yanxi`.
    pub key: String,
    /// As the office numbers it, in the file: `2026-2`.
    pub version: String,
    /// The first day of the periods it is for, until the day of a later version.
    #[schemars(with = "crate::schema::Day")]
    pub from: Date,
    /// The scheme file, TOML.
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The post that approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// A figure of a place and period that a department delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorFigure {
    pub id: i64,
    /// As schemes name it; one name, one meaning in the whole ledger.
    pub key: String,
    pub place: i64,
    pub period: Period,
    /// The exact decimal, in the unit the scheme states; none where it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// As it stood in the file: `94.4%`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// An event that adds points, takes them, or is a veto.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssessedEvent {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    pub scheme: String,
    pub period: Period,
    pub place: i64,
    /// Key of the bonus, deduction or veto in the scheme.
    pub item: String,
    pub matter: String,
    /// Not below zero; of a veto none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// Number and name of the document it rests on.
    pub document: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<i64>,
    #[serde(default)]
    pub withdrawn: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

codes! {
    /// How far a run has come.
    pub enum RunState {
        /// Reckoned, and seen by the assessment office alone.
        Draft = "draft",
        /// Checked by somebody else than who reckoned it.
        Reviewed = "reviewed",
        /// Open to all, and to objections until a day.
        Published = "published",
        /// Every objection is answered; it stands.
        Final = "final",
        /// Taken back: a newer run stands in its place, or none.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What a run is for.
    pub enum RunPurpose {
        /// The assessment itself.
        Regular = "regular",
        /// How things stand within the period; nobody is graded by it.
        Monitoring = "monitoring",
        /// What the period may come to.
        Estimate = "estimate",
    }
}

/// A run: scheme, inputs and result, frozen together. Its files are attachments of the same
/// entry; a later row of the series changes the state and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreRun {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    /// Key and version of the scheme.
    pub scheme: String,
    pub version: String,
    pub period: Period,
    pub purpose: RunPurpose,
    pub state: RunState,
    /// Attachments: the scheme's text, the inputs, the result.
    pub scheme_file: i64,
    pub inputs_file: i64,
    pub result_file: i64,
    /// How many entries of the journal the inputs were drawn from.
    pub drawn_at: i64,
    /// Series of the run that this one reckons again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Day>")]
    pub published: Option<Date>,
    /// Last day of objections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Day>")]
    pub objections_until: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

codes! {
    /// What became of an objection.
    pub enum ObjectionState {
        Open = "open",
        /// It was right; the run is reckoned again.
        Upheld = "upheld",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
    }
}

/// A place says that its score is wrong, and what it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Objection {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    /// Series of the run.
    pub run: i64,
    pub place: i64,
    /// Key of the item, branch or bonus; blank for the whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    pub claim: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<i64>,
    #[schemars(with = "crate::schema::Day")]
    pub filed: Date,
    pub state: ObjectionState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Day>")]
    pub answered: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
