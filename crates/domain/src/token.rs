//! Tokens that programs sign in with, and addresses that are told what happens.
//!
//! The ledger says that they are there, whose they are and what they may do. Their secrets
//! are no part of it.

use crate::codes::codes;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

codes! {
    /// What a token may be used for, within what its account may do.
    pub enum Scope {
        /// To look at what the account sees. Every token may.
        Read = "read",
        /// To hand in lists and returns.
        Import = "import",
        /// Everything else that changes the ledger.
        Write = "write",
        /// Accounts, registers, rules, webhooks.
        Admin = "admin",
    }
}

/// A token of an account. A later row of the series replaces it: it is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApiToken {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    pub actor: i64,
    /// What it is for, in its owner's words.
    pub name: String,
    pub scopes: Vec<Scope>,
    #[schemars(with = "crate::schema::Moment")]
    pub expires: Timestamp,
    #[serde(default)]
    pub revoked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}

codes! {
    /// What an address is told of.
    pub enum HookEvent {
        /// A stage is claimed, verified, rejected, reversed; a project stops or goes on.
        Stage = "stage",
        /// Figures are written.
        Figure = "figure",
        /// The light of a project changes.
        Light = "light",
        /// A list, rules, a closed meeting or a locked round is published.
        Publish = "publish",
    }
}

/// An address that is told what happens. A later row of the series replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Webhook {
    pub id: i64,
    /// Id of its first row; the same for all that replace it.
    pub series: i64,
    /// The account that keeps it: it is told what that account may see.
    pub actor: i64,
    pub name: String,
    pub url: String,
    pub events: Vec<HookEvent>,
    pub active: bool,
    /// Why it is not active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<i64>,
}
