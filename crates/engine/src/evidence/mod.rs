//! What a claim of a stage has to show: read from a rule file, and compared with what was
//! attached. Nothing here knows a stage's papers; the file does.

mod judge;
mod read;
mod rechecks;
mod uses;

pub use judge::{Case, Paper, judge, metres_between};
pub use rechecks::recheck_days;
pub use uses::{Use, Uses};

use jiff::civil::Date;
use tici_domain::{Name, Problem, Severity, Stage};

use crate::snapshot::Snapshot;

/// The kind of rule set in the ledger.
pub const KIND: &str = "evidence";

/// Name of a preset or text of a rule file, in a ledger that has adopted none.
const SETTING: &str = "rules.evidence";

/// The preset a ledger has before it chooses.
pub const DEFAULT_PRESET: &str = "yanxi";

/// Name and text of every preset. A new one is one file and one line here.
pub const PRESETS: &[(&str, &str)] = &[
    ("yanxi", include_str!("../../../../rules/evidence/yanxi.toml")),
    ("strict", include_str!("../../../../rules/evidence/strict.toml")),
];

/// What a file may show. The word of each is the message `evidence-…`.
pub const PAPERS: &[&str] = &[
    "photo",
    "contract",
    "licence",
    "approval",
    "permit",
    "register",
    "site_report",
    "certificate",
    "invoice",
    "acceptance",
    "production",
    "output",
    "other",
];

/// The kind whose files are looked at as photographs.
pub const PHOTO: &str = "photo";

/// How much a fault weighs; `None` is not looked at.
pub type Weight = Option<Severity>;

/// What a region asks of claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRules {
    pub key: String,
    pub title: Name,
    pub source: String,
    pub photo: PhotoRule,
    pub reuse: ReuseRule,
    pub order: OrderRule,
    pub recheck: Option<RecheckRule>,
    pub stages: Vec<StageRule>,
}

/// How a photograph's own statements are compared with the claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhotoRule {
    pub no_time: Weight,
    pub no_place: Weight,
    pub off_day: Weight,
    /// Days before and after the claimed day that do not matter.
    pub days_before: i32,
    pub days_after: i32,
    pub far: Weight,
    pub far_metres: i64,
}

/// The same file as evidence of something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReuseRule {
    pub other_project: Weight,
    pub other_stage: Weight,
}

/// Days of one project's stages against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderRule {
    pub before_signing: Weight,
    pub out_of_order: Weight,
}

/// When a verified stage is looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecheckRule {
    pub stage: Stage,
    /// Days after the day of the stage, rising.
    pub days: Vec<i32>,
    /// `{days}` stands for the number.
    pub title: Name,
}

/// The papers of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRule {
    pub stage: Stage,
    pub needs: Vec<Need>,
}

/// One paper, or one of several that serve alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Kinds of [`PAPERS`], any of which will do.
    pub any: Vec<String>,
    pub files: usize,
    pub weight: Weight,
}

impl EvidenceRules {
    /// Reads a rule file; every problem has its line and column.
    pub fn parse(text: &str, file: &str) -> (Option<EvidenceRules>, Vec<Problem>) {
        let (rules, problems) = read::rules(text, file);
        let is_sound = !Problem::any_error(&problems);
        (is_sound.then_some(rules), problems)
    }

    /// The preset of a name.
    pub fn preset(name: &str) -> Option<EvidenceRules> {
        let (name, text) = PRESETS.iter().find(|(known, _)| *known == name)?;
        EvidenceRules::parse(text, name).0
    }

    /// The rules this ledger goes by on a day, else what its setting `rules.evidence` says (the
    /// name of a preset, or a rule file's text), else the preset.
    pub fn of(snapshot: &Snapshot, day: Date) -> EvidenceRules {
        let own = snapshot.records.rule_set_on(KIND, day);
        let own = own.and_then(|row| EvidenceRules::parse(&row.text, &row.name).0);
        let set = || {
            let text = snapshot.setting(SETTING)?.trim();
            EvidenceRules::preset(text).or_else(|| EvidenceRules::parse(text, "").0)
        };
        let preset = || EvidenceRules::preset(DEFAULT_PRESET).expect("the presets are sound");
        own.or_else(set).unwrap_or_else(preset)
    }

    /// What a claim of a stage has to show.
    pub fn needs(&self, stage: Stage) -> &[Need] {
        let rule = self.stages.iter().find(|rule| rule.stage == stage);
        rule.map_or(&[], |rule| rule.needs.as_slice())
    }
}
