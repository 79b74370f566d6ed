//! A ledger small enough to check the county without the store: the last row of every key.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::change::{ListMembership, Milestone, Plan, Project, StageClaim, Verdict};
use tici_domain::{
    Basis, Change, Figure, FigureKey, ListTier, Measure, Period, SideState, Stage, Subject, Value,
};
use tici_testkit::{County, Operation};

#[derive(Default)]
pub struct Ledger {
    pub projects: BTreeMap<i64, Project>,
    pub figures: BTreeMap<FigureKey, Figure>,
    pub plans: BTreeMap<(i64, Period), Plan>,
    pub lists: Vec<ListMembership>,
    pub claims: BTreeMap<i64, (StageClaim, Option<Verdict>)>,
    pub milestones: BTreeMap<(i64, String), Milestone>,
    pub settings: BTreeMap<String, String>,
    pub places: BTreeMap<i64, tici_domain::Place>,
}

pub fn ledger(county: &County) -> Ledger {
    let mut ledger = Ledger::default();
    for operation in &county.operations {
        ledger.apply(operation);
    }
    ledger
}

impl Ledger {
    fn apply(&mut self, operation: &Operation) {
        for change in operation.changes.clone() {
            match change {
                Change::Project(row) => {
                    self.projects.insert(row.id, row);
                }
                Change::Figure(row) => {
                    self.figures.insert(row.key(), row);
                }
                Change::Plan(row) => {
                    self.plans.insert((row.project, row.period), row);
                }
                Change::ListMembership(row) => {
                    self.lists.retain(|old| Some(old.id) != row.replaces);
                    self.lists.push(row);
                }
                Change::StageClaim(row) => {
                    self.claims.insert(row.id, (row, None));
                }
                Change::StageVerdict(row) => {
                    self.claims.get_mut(&row.claim).expect("a claim before its verdict").1 =
                        Some(row.verdict);
                }
                Change::Milestone(row) => {
                    self.milestones.insert((row.project, row.key.clone()), row);
                }
                Change::Setting(row) => {
                    self.settings.insert(row.key, row.value);
                }
                Change::Place(row) => {
                    self.places.insert(row.id, row);
                }
                // Read from the snapshot where a test needs them.
                _ => {}
            }
        }
    }

    /// Projects in the ledger, neither withdrawn nor terminated.
    pub fn live(&self) -> Vec<&Project> {
        let stays = |state| matches!(state, SideState::Active | SideState::Suspended);
        self.projects.values().filter(|project| stays(project.state)).collect()
    }

    pub fn tier(&self, project: i64) -> Option<ListTier> {
        let on = |row: &&ListMembership| {
            row.project == project && row.year == 2026 && row.until.is_none()
        };
        self.lists.iter().find(on).map(|row| row.tier)
    }

    pub fn listed(&self) -> Vec<&Project> {
        self.live().into_iter().filter(|project| self.tier(project.id).is_some()).collect()
    }

    /// Highest stage whose claim was neither rejected nor reversed, with its day. Entry
    /// into statistics is not a step.
    pub fn stage(&self, project: i64) -> Option<(Stage, Date)> {
        let stands = |verdict: &Option<Verdict>| matches!(verdict, None | Some(Verdict::Verified));
        self.claims
            .values()
            .filter(|(claim, verdict)| claim.project == project && stands(verdict))
            .filter(|(claim, _)| claim.stage != Stage::StatEntered)
            .map(|(claim, _)| (claim.stage, claim.on))
            .max()
    }

    pub fn number(&self, project: i64, measure: Measure, period: &str) -> Option<i64> {
        let key = FigureKey {
            subject: Subject::Project(project),
            measure,
            period: Period::parse(period).expect("a period"),
            basis: Basis::Reported,
        };
        self.figures.get(&key).and_then(|figure| figure.value.as_int())
    }

    pub fn total(&self, project: i64) -> i64 {
        let of = |figure: &&Figure| {
            figure.subject == Subject::Project(project)
                && figure.measure == Measure::TOTAL_INVESTMENT
        };
        let latest = self.figures.values().filter(of).max_by_key(|figure| figure.period);
        match latest.map(|figure| &figure.value) {
            Some(Value::Int(total)) => *total,
            _ => 0,
        }
    }

    pub fn plan(&self, project: i64, period: &str) -> i64 {
        let period = Period::parse(period).expect("a period");
        self.plans.get(&(project, period)).map_or(0, |plan| plan.amount)
    }

    /// Planned from January to May 2026.
    pub fn due(&self, project: i64) -> i64 {
        (1..=5).map(|month| self.plan(project, &format!("2026-{month:02}"))).sum()
    }

    pub fn by_code(&self, code: &str) -> &Project {
        self.projects.values().find(|project| project.code == code).expect("a project's code")
    }
}
