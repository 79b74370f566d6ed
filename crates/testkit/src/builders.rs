//! Single rows for tests, with everything a test does not care about filled in. Change
//! the rest with struct update syntax:
//!
//! ```
//! use tici_domain::change::Project;
//! use tici_testkit::builders;
//! let project = Project { place: Some(2), ..builders::project(1, "YX26-001") };
//! assert_eq!(project.name.text, "YX26-001");
//! ```

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::{
    Attachment, Enterprise, ListMembership, Milestone, Plan, Project, Setting, StageClaim,
    StageVerdict, Verdict,
};
use tici_domain::place::PlaceKind;
use tici_domain::{
    Actor, Basis, Change, Currency, Entry, Figure, ListTier, Measure, Name, Period, Place,
    PlaceCode, Role, SideState, Stage, Subject, Value,
};

use crate::Operation;

/// A period by its code, such as `2026-05`.
///
/// # Panics
/// When it is none.
pub fn period(code: &str) -> Period {
    Period::parse(code).unwrap_or_else(|| panic!("{code} is no period"))
}

/// A day such as `2026-06-18`.
///
/// # Panics
/// When it is none.
pub fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("{text} is no day"))
}

/// A moment such as `2026-06-18T00:00:00Z`.
///
/// # Panics
/// When it is none.
pub fn moment(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| panic!("{text} is no moment"))
}

/// A town under `parent`, or a county when it has none.
pub fn place(id: i64, name: &str, parent: Option<i64>) -> Place {
    Place {
        id,
        code: PlaceCode { scheme: "sample".to_owned(), code: format!("999{id:03}") },
        kind: if parent.is_some() { PlaceKind::Town } else { PlaceKind::County },
        name: Name::new(name),
        short: Name::new(name),
        parent,
        rank: id,
        valid_from: None,
        valid_to: None,
        boundary: None,
    }
}

/// An active account for everywhere.
pub fn actor(id: i64, login: &str, role: Role) -> Actor {
    let title = Name::new(login);
    Actor { id, login: login.to_owned(), title, role, place: None, active: true }
}

pub fn enterprise(id: i64, name: &str) -> Enterprise {
    Enterprise {
        id,
        code: Some(crate::uscc::fictional(id as u32)),
        name: Name::new(name),
        short: Name::new(name),
        place: None,
        chain: None,
        industry: None,
        is_key: false,
    }
}

/// An active project in yuan, named like its code.
pub fn project(id: i64, code: &str) -> Project {
    Project {
        id,
        code: code.to_owned(),
        national_code: None,
        name: Name::new(code),
        parent: None,
        parent_share: None,
        enterprise: None,
        place: None,
        currency: Currency::CNY,
        chain: None,
        industry: None,
        sector: None,
        nature: None,
        content: None,
        build_from: None,
        build_to: None,
        lead_unit: None,
        sponsor: None,
        state: SideState::Active,
        location: None,
        aliases: Vec::new(),
    }
}

/// A reported whole number of a project, in the measure's unit.
pub fn figure(id: i64, project: i64, measure: Measure, code: &str, value: i64) -> Figure {
    Figure {
        id,
        subject: Subject::Project(project),
        measure,
        period: period(code),
        basis: Basis::Reported,
        value: Value::Int(value),
        raw: None,
        sheet: None,
        cell: None,
        replaces: None,
        reason: None,
    }
}

/// The first version of a plan, in stored units.
pub fn plan(id: i64, project: i64, code: &str, amount: i64) -> Plan {
    Plan {
        id,
        project,
        period: period(code),
        amount,
        version: 1,
        reason: None,
        approver: None,
        sheet: None,
        cell: None,
        replaces: None,
    }
}

/// A project on the first version of a year's list, from its first day.
pub fn list(id: i64, project: i64, tier: ListTier, year: i16) -> ListMembership {
    ListMembership {
        id,
        project,
        tier,
        year: year.into(),
        version: 1,
        from: jiff::civil::date(year, 1, 1),
        until: None,
        reason: None,
        replaces: None,
    }
}

/// A claim without evidence.
pub fn claim(id: i64, project: i64, stage: Stage, on: &str) -> StageClaim {
    StageClaim {
        id,
        project,
        stage,
        on: day(on),
        evidence: Vec::new(),
        note: None,
        sheet: None,
        cell: None,
        replaces: None,
    }
}

pub fn verdict(id: i64, claim: i64, verdict: Verdict) -> StageVerdict {
    StageVerdict { id, claim, verdict, reason: None }
}

/// A milestone planned for a day.
pub fn milestone(id: i64, project: i64, key: &str, planned: &str) -> Milestone {
    Milestone {
        id,
        project,
        key: key.to_owned(),
        name: Name::new(key),
        planned_from: None,
        planned: Some(day(planned)),
        actual_from: None,
        actual: None,
        expected: None,
        reason: None,
        replaces: None,
    }
}

/// The row of a text file with these bytes.
pub fn attachment(id: i64, file: &str, bytes: &[u8]) -> Attachment {
    use sha2::{Digest, Sha256};
    Attachment {
        id,
        sha256: hex::encode(Sha256::digest(bytes)),
        file: file.to_owned(),
        bytes: bytes.len() as i64,
        media_type: "text/plain".to_owned(),
        kind: "contract".to_owned(),
        taken: None,
        location: None,
    }
}

pub fn setting(key: &str, value: &str) -> Setting {
    Setting { key: key.to_owned(), value: value.to_owned() }
}

/// An operation by account 1 at noon UTC of 18 June 2026, without a file.
pub fn operation(op: &str, changes: Vec<Change>) -> Operation {
    Operation {
        at: moment("2026-06-18T12:00:00Z"),
        actor: 1,
        op: op.to_owned(),
        source: None,
        blobs: Vec::new(),
        changes,
    }
}

/// The same as entry `seq` of a journal.
pub fn entry(seq: i64, op: &str, changes: Vec<Change>) -> Entry {
    operation(op, changes).entry(seq)
}
