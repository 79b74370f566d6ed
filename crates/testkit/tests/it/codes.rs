//! Codes of the county are well formed and belong to nobody.

use std::collections::BTreeSet;

use tici_domain::industry::Industry;
use tici_domain::project_code::ProjectCode;
use tici_domain::uscc::Uscc;
use tici_domain::{Change, Role};

use crate::base;

fn changes() -> impl Iterator<Item = &'static Change> {
    base().operations.iter().flat_map(|operation| &operation.changes)
}

#[test]
fn credit_codes_pass_both_checks_and_have_no_region() {
    let mut seen = BTreeSet::new();
    for change in changes() {
        let Change::Enterprise(row) = change else { continue };
        let code = row.code.as_deref().expect("a code");
        let parsed = Uscc::parse(code).expect("a sound code");
        assert!(parsed.organisation_is_sound(), "{code}");
        assert_eq!(parsed.region(), "999999");
        assert!(seen.insert(code));
    }
    assert!((60..=75).contains(&seen.len()), "{} firms", seen.len());
}

#[test]
fn project_codes_have_the_national_shape() {
    let mut seen = BTreeSet::new();
    for change in changes() {
        let Change::Project(row) = change else { continue };
        if let Some(code) = &row.national_code {
            assert_eq!(ProjectCode::parse(code).expect("a sound code").region(), "999021");
            seen.insert(code);
        }
        if let Some(code) = &row.industry {
            assert!(Industry::parse(code).is_ok(), "{code}");
        }
    }
    assert!(seen.len() > 100);
}

#[test]
fn every_name_of_a_register_is_given_in_three_languages() {
    for change in changes() {
        let names = match change {
            Change::Actor(row) => vec![&row.title],
            Change::Place(row) => vec![&row.name, &row.short],
            Change::Enterprise(row) => vec![&row.name, &row.short],
            Change::Project(row) => vec![&row.name],
            Change::Milestone(row) => vec![&row.name],
            _ => continue,
        };
        for name in names {
            let en = name.en.as_deref().expect("English");
            assert!(name.hant.is_some() && en.is_ascii() && !en.is_empty(), "{name:?}");
        }
    }
}

#[test]
fn every_role_has_an_account_that_the_journal_knows() {
    let accounts = &base().accounts;
    let roles: BTreeSet<_> = accounts.iter().map(|account| account.role).collect();
    assert_eq!(roles.len(), Role::ALL.len());
    for account in accounts {
        let actor = changes().find_map(|change| match change {
            Change::Actor(row) if row.id == account.actor => Some(row),
            _ => None,
        });
        let actor = actor.expect("an actor of the journal");
        assert_eq!((&actor.login, actor.role), (&account.login, account.role));
    }
}
