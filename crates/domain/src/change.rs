//! What an entry may change. The tables are what the changes say, and nothing else:
//! replaying every change of the journal in order rebuilds them.
//!
//! Ids are integers given by the writer, one counter per table, so that a replay gives
//! the same rows. A change holds the whole new row, never a difference.

use crate::{Actor, Currency, Figure, ListTier, Name, Period, Place, SideState, Stage};
use crate::{Commitment, Event, Excuse, Meeting, PairDecision, ReturnRound, ReturnSheet};
use crate::{PackageChange, RuleSet, SideChange, Task};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The tables that changes write. Order is the order of a rebuild.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    Actor,
    Place,
    Enterprise,
    Project,
    ListMembership,
    Plan,
    Attachment,
    StageClaim,
    StageVerdict,
    Milestone,
    Figure,
    Setting,
    RuleSet,
    ReturnRound,
    ReturnSheet,
    SideChange,
    PairDecision,
    Excuse,
    Commitment,
    Event,
    Meeting,
    Task,
    PackageChange,
}

impl Table {
    pub const ALL: [Table; 23] = [
        Table::Actor,
        Table::Place,
        Table::Enterprise,
        Table::Project,
        Table::ListMembership,
        Table::Plan,
        Table::Attachment,
        Table::StageClaim,
        Table::StageVerdict,
        Table::Milestone,
        Table::Figure,
        Table::Setting,
        Table::RuleSet,
        Table::ReturnRound,
        Table::ReturnSheet,
        Table::SideChange,
        Table::PairDecision,
        Table::Excuse,
        Table::Commitment,
        Table::Event,
        Table::Meeting,
        Table::Task,
        Table::PackageChange,
    ];

    /// Name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Table::Actor => "actor",
            Table::Place => "place",
            Table::Enterprise => "enterprise",
            Table::Project => "project",
            Table::ListMembership => "list_membership",
            Table::Plan => "plan",
            Table::Attachment => "attachment",
            Table::StageClaim => "stage_claim",
            Table::StageVerdict => "stage_verdict",
            Table::Milestone => "milestone",
            Table::Figure => "figure",
            Table::Setting => "setting",
            Table::RuleSet => "rule_set",
            Table::ReturnRound => "return_round",
            Table::ReturnSheet => "return_sheet",
            Table::SideChange => "side_change",
            Table::PairDecision => "pair_decision",
            Table::Excuse => "excuse",
            Table::Commitment => "commitment",
            Table::Event => "event",
            Table::Meeting => "meeting",
            Table::Task => "task",
            Table::PackageChange => "package_change",
        }
    }
}

/// One row written by an entry.
///
/// `Actor`, `Place`, `Enterprise`, `Project` and `Setting` are registers: a later row of
/// the same id (or key) takes its place in the table, and the journal keeps the earlier
/// one. All others are append-only: a later row names the one it `replaces`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "changes are written and dropped; a box would only complicate every match"
)]
pub enum Change {
    Actor(Actor),
    Place(Place),
    Enterprise(Enterprise),
    Project(Project),
    ListMembership(ListMembership),
    Plan(Plan),
    Attachment(Attachment),
    StageClaim(StageClaim),
    StageVerdict(StageVerdict),
    Milestone(Milestone),
    Figure(Figure),
    Setting(Setting),
    RuleSet(RuleSet),
    ReturnRound(ReturnRound),
    ReturnSheet(ReturnSheet),
    SideChange(SideChange),
    PairDecision(PairDecision),
    Excuse(Excuse),
    Commitment(Commitment),
    Event(Event),
    Meeting(Meeting),
    Task(Task),
    PackageChange(PackageChange),
}

impl Change {
    pub fn table(&self) -> Table {
        match self {
            Change::Actor(_) => Table::Actor,
            Change::Place(_) => Table::Place,
            Change::Enterprise(_) => Table::Enterprise,
            Change::Project(_) => Table::Project,
            Change::ListMembership(_) => Table::ListMembership,
            Change::Plan(_) => Table::Plan,
            Change::Attachment(_) => Table::Attachment,
            Change::StageClaim(_) => Table::StageClaim,
            Change::StageVerdict(_) => Table::StageVerdict,
            Change::Milestone(_) => Table::Milestone,
            Change::Figure(_) => Table::Figure,
            Change::Setting(_) => Table::Setting,
            Change::RuleSet(_) => Table::RuleSet,
            Change::ReturnRound(_) => Table::ReturnRound,
            Change::ReturnSheet(_) => Table::ReturnSheet,
            Change::SideChange(_) => Table::SideChange,
            Change::PairDecision(_) => Table::PairDecision,
            Change::Excuse(_) => Table::Excuse,
            Change::Commitment(_) => Table::Commitment,
            Change::Event(_) => Table::Event,
            Change::Meeting(_) => Table::Meeting,
            Change::Task(_) => Table::Task,
            Change::PackageChange(_) => Table::PackageChange,
        }
    }

    /// The row's id; settings have none.
    pub fn id(&self) -> Option<i64> {
        match self {
            Change::Actor(row) => Some(row.id),
            Change::Place(row) => Some(row.id),
            Change::Enterprise(row) => Some(row.id),
            Change::Project(row) => Some(row.id),
            Change::ListMembership(row) => Some(row.id),
            Change::Plan(row) => Some(row.id),
            Change::Attachment(row) => Some(row.id),
            Change::StageClaim(row) => Some(row.id),
            Change::StageVerdict(row) => Some(row.id),
            Change::Milestone(row) => Some(row.id),
            Change::Figure(row) => Some(row.id),
            Change::Setting(_) => None,
            Change::RuleSet(row) => Some(row.id),
            Change::ReturnRound(row) => Some(row.id),
            Change::ReturnSheet(row) => Some(row.id),
            Change::SideChange(row) => Some(row.id),
            Change::PairDecision(row) => Some(row.id),
            Change::Excuse(row) => Some(row.id),
            Change::Commitment(row) => Some(row.id),
            Change::Event(row) => Some(row.id),
            Change::Meeting(row) => Some(row.id),
            Change::Task(row) => Some(row.id),
            Change::PackageChange(row) => Some(row.id),
        }
    }
}

/// A firm or other owner of projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enterprise {
    pub id: i64,
    /// Unified social credit code, or another register's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub name: Name,
    pub short: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<i64>,
    /// Industry chain code, such as `new_materials`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// GB/T 4754 code, such as `C2651`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// 重点企业
    #[serde(default)]
    pub is_key: bool,
}

/// A project, or one package of a project (`parent`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    pub id: i64,
    /// The office's own number, unique in the ledger: YX26-001.
    pub code: String,
    /// The national 24-character code, when one has been issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub national_code: Option<String>,
    pub name: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
    /// Share of the parent, in hundredths of a percent; packages of a parent add to 10,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_share: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<i64>,
    pub currency: Currency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Sector as the source's own vocabulary has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// 建设性质, 1..=7 of the statistics bureau's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<i64>,
    /// 建设规模及主要建设内容
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build_from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build_to: Option<Date>,
    /// 责任单位, as a unit, never a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit: Option<Name>,
    /// 包联领导, as a post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Name>,
    pub state: SideState,
    /// Longitude and latitude in CGCS2000, in millionths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<(i64, i64)>,
    /// Names it was known by before, as confirmed by a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// A project entering (or, by replacing, leaving) a list of a tier for a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListMembership {
    pub id: i64,
    pub project: i64,
    pub tier: ListTier,
    pub year: i64,
    /// Version of the list: 1 at first publication, higher in mid-year.
    pub version: i64,
    pub from: Date,
    /// Set on the row that takes a project off the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// Planned investment of a project in a period (a year or a month), versioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub id: i64,
    pub project: i64,
    pub period: Period,
    /// In stored units of the project's currency.
    pub amount: i64,
    pub version: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The post that approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// A file kept by the hash of its content. The bytes are outside the journal; their
/// hash is inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: i64,
    pub sha256: String,
    pub file: String,
    pub bytes: i64,
    pub media_type: String,
    /// What it shows: `contract`, `permit`, `photo`, `workbook`, …
    pub kind: String,
    /// When a photo says it was taken, in its camera's local time; shown, not trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// Where a photo says it was taken: longitude and latitude in millionths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<(i64, i64)>,
}

/// Somebody says that a project has reached a stage on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageClaim {
    pub id: i64,
    pub project: i64,
    pub stage: Stage,
    pub on: Date,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// An earlier claim of the same stage that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// What the project office says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Verified,
    Rejected,
    /// Verified once, found wrong later: history is kept.
    Reversed,
}

impl Verdict {
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Verified => "verified",
            Verdict::Rejected => "rejected",
            Verdict::Reversed => "reversed",
        }
    }

    pub fn parse(code: &str) -> Option<Verdict> {
        [Verdict::Verified, Verdict::Rejected, Verdict::Reversed]
            .into_iter()
            .find(|verdict| verdict.code() == code)
    }
}

/// A verdict on a claim by somebody who is not the claimant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageVerdict {
    pub id: i64,
    pub claim: i64,
    pub verdict: Verdict,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A dated step of a project: a stage (`key` is the stage's code) or a node of works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub id: i64,
    pub project: i64,
    /// Stage code, or a key of the office's own: `main_roof`.
    pub key: String,
    pub name: Name,
    /// Start of the work that leads to it, planned and actual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Date>,
    /// As the project's own people expect it now; the engine's forecast is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

/// A setting of the ledger: its name, its clock, the currency of its forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    pub key: String,
    pub value: String,
}
