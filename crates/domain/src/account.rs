//! Who acts: an account with one role over one subtree of places.

use serde::{Deserialize, Serialize};

/// What an account may do; the table of rights is in `ops::permission`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Reader,
    Reporter,
    ProjectOffice,
    AssessmentOffice,
    Auditor,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 6] = [
        Role::Reader,
        Role::Reporter,
        Role::ProjectOffice,
        Role::AssessmentOffice,
        Role::Auditor,
        Role::Administrator,
    ];

    /// The stored and printed code, such as `project_office`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Reporter => "reporter",
            Role::ProjectOffice => "project_office",
            Role::AssessmentOffice => "assessment_office",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }

    /// Reads a code back; `None` for anything else.
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// An account as the journal knows it. Passwords live outside the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub id: i64,
    /// Sign-in name, unique.
    pub login: String,
    /// The post, never a person's name: 经开区统计岗.
    pub title: crate::Name,
    pub role: Role,
    /// Root of the subtree of places this account works in; `None` is everywhere.
    pub place: Option<i64>,
    pub active: bool,
}
