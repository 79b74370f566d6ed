//! Who may do what, and where. One table and one function; checked in this crate only.

use tici_domain::{Actor, Role};
use tici_engine::Snapshot;

use crate::OpsError;

/// Everything a person can do. A page action, an API call and a command of one kind share
/// one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    ReadLedger,
    ReadJournal,
    ExportProjects,
    ImportProjects,
    ClaimStage,
    JudgeClaim,
    KeepRegisters,
    ManageAccounts,
    VerifyLedger,
    BackUp,
    SaveView,
    /// Lists of the tiers, annual and monthly plans.
    KeepLists,
    /// Rule files of lights, league, evidence and checks.
    KeepRules,
    /// Commitments and approved excuses.
    KeepPromises,
    /// Collective ceremonies.
    KeepEvents,
    /// Opening, returning, accepting and locking returns.
    RunReturns,
    /// A place's monthly return.
    SubmitReturn,
    /// Dispatch meetings and what they decide.
    RunMeeting,
    /// Saying how a task stands.
    UpdateTask,
    /// Deciding whether two projects are one.
    JudgePair,
    /// Suspending, restarting, terminating and withdrawing.
    StopProject,
    /// Making a project a package of another.
    KeepPackages,
}

impl Action {
    pub const ALL: [Action; 22] = [
        Action::ReadLedger,
        Action::ReadJournal,
        Action::ExportProjects,
        Action::ImportProjects,
        Action::ClaimStage,
        Action::JudgeClaim,
        Action::KeepRegisters,
        Action::ManageAccounts,
        Action::VerifyLedger,
        Action::BackUp,
        Action::SaveView,
        Action::KeepLists,
        Action::KeepRules,
        Action::KeepPromises,
        Action::KeepEvents,
        Action::RunReturns,
        Action::SubmitReturn,
        Action::RunMeeting,
        Action::UpdateTask,
        Action::JudgePair,
        Action::StopProject,
        Action::KeepPackages,
    ];

    /// The code used in messages and in the table below.
    pub fn code(self) -> &'static str {
        match self {
            Action::ReadLedger => "read-ledger",
            Action::ReadJournal => "read-journal",
            Action::ExportProjects => "export-projects",
            Action::ImportProjects => "import-projects",
            Action::ClaimStage => "claim-stage",
            Action::JudgeClaim => "judge-claim",
            Action::KeepRegisters => "keep-registers",
            Action::ManageAccounts => "manage-accounts",
            Action::VerifyLedger => "verify-ledger",
            Action::BackUp => "back-up",
            Action::SaveView => "save-view",
            Action::KeepLists => "keep-lists",
            Action::KeepRules => "keep-rules",
            Action::KeepPromises => "keep-promises",
            Action::KeepEvents => "keep-events",
            Action::RunReturns => "run-returns",
            Action::SubmitReturn => "submit-return",
            Action::RunMeeting => "run-meeting",
            Action::UpdateTask => "update-task",
            Action::JudgePair => "judge-pair",
            Action::StopProject => "stop-project",
            Action::KeepPackages => "keep-packages",
        }
    }
}

/// Whether a role has an action at all; the scope of places comes on top.
///
/// The administrator keeps accounts and copies, and changes no figure: whoever can give
/// rights should not also be able to use them unseen.
pub fn role_has(role: Role, action: Action) -> bool {
    use Action as A;
    match role {
        Role::Reader => matches!(action, A::ReadLedger | A::ExportProjects | A::SaveView),
        Role::Reporter => matches!(
            action,
            A::ReadLedger
                | A::ExportProjects
                | A::ImportProjects
                | A::ClaimStage
                | A::SaveView
                | A::SubmitReturn
                | A::UpdateTask
        ),
        Role::ProjectOffice => !matches!(action, A::ManageAccounts | A::BackUp),
        Role::AssessmentOffice => matches!(
            action,
            A::ReadLedger
                | A::ReadJournal
                | A::ExportProjects
                | A::VerifyLedger
                | A::SaveView
                | A::KeepRules
        ),
        Role::Auditor => matches!(
            action,
            A::ReadLedger | A::ReadJournal | A::ExportProjects | A::VerifyLedger | A::SaveView
        ),
        Role::Administrator => matches!(
            action,
            A::ReadLedger
                | A::ReadJournal
                | A::ManageAccounts
                | A::KeepRegisters
                | A::VerifyLedger
                | A::BackUp
                | A::SaveView
        ),
    }
}

/// A signed-in account, or the command line acting for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub actor: Actor,
    /// Token that every form of this session carries.
    pub csrf: String,
}

impl Session {
    /// The account's own session on the command line, where there are no forms.
    pub fn local(actor: Actor) -> Session {
        Session { actor, csrf: String::new() }
    }

    /// Refuses what the role does not have.
    pub fn need(&self, action: Action) -> Result<(), OpsError> {
        if self.actor.active && role_has(self.actor.role, action) {
            return Ok(());
        }
        Err(OpsError::NotPermitted { action, place: None })
    }

    /// Refuses what the role does not have, or has elsewhere.
    pub fn need_at(
        &self,
        action: Action,
        snapshot: &Snapshot,
        place: Option<i64>,
    ) -> Result<(), OpsError> {
        self.need(action)?;
        if self.covers(snapshot, place) {
            return Ok(());
        }
        let name = place.and_then(|id| snapshot.places.get(&id)).map(|p| p.short.text.clone());
        Err(OpsError::NotPermitted { action, place: name })
    }

    /// Whether the account's subtree holds a place. A record without a place is only
    /// within an account that is bound to none.
    pub fn covers(&self, snapshot: &Snapshot, place: Option<i64>) -> bool {
        match (self.actor.place, place) {
            (None, _) => true,
            (Some(root), Some(place)) => snapshot.place_within(place, root),
            (Some(_), None) => false,
        }
    }
}
