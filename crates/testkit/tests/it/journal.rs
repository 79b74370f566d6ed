//! What every journal must be: in order, counted, replayable, the same every time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use sha2::{Digest, Sha256};
use tici_domain::{Change, Table};
use tici_testkit::{CountySpec, county};

use crate::base;

#[test]
fn in_order_with_ids_from_one() {
    let mut next = BTreeMap::<Table, i64>::new();
    let mut last = None;
    for operation in &base().operations {
        assert!(last <= Some(operation.at), "{} goes back in time", operation.op);
        last = Some(operation.at);
        for change in &operation.changes {
            let Some(id) = change.id() else { continue };
            let seen = next.entry(change.table()).or_default();
            assert!(id <= *seen + 1, "{:?} {id} comes before {}", change.table(), *seen + 1);
            let register = matches!(
                change.table(),
                Table::Actor | Table::Place | Table::Enterprise | Table::Project
            );
            assert!(register || id == *seen + 1, "{:?} {id} twice", change.table());
            *seen = (*seen).max(id);
        }
    }
}

#[test]
fn an_earlier_day_is_the_same_journal_cut_short() {
    let spec = CountySpec { today: date(2025, 3, 31), ..CountySpec::default() };
    let earlier = county(&spec);
    let cut = earlier.operations.len();
    assert!(cut > 300 && cut < base().operations.len());
    assert!(earlier.operations[1..] == base().operations[1..cut]);
}

/// What makes two rows the same row at different times, and the row it names.
fn key(change: &Change) -> Option<(String, i64, Option<i64>)> {
    Some(match change {
        Change::Figure(row) => (format!("{:?}", row.key()), row.id, row.replaces),
        Change::Plan(row) => (format!("{} {}", row.project, row.period), row.id, row.replaces),
        Change::Milestone(row) => (format!("{} {}", row.project, row.key), row.id, row.replaces),
        Change::ListMembership(row) => {
            (format!("{} {}", row.project, row.year), row.id, row.replaces)
        }
        Change::StageClaim(row) => {
            (format!("{} {:?}", row.project, row.stage), row.id, row.replaces)
        }
        _ => return None,
    })
}

#[test]
fn every_replaced_row_was_there_and_current() {
    let mut current = BTreeMap::<(Table, String), i64>::new();
    let mut replaced = 0;
    for change in base().operations.iter().flat_map(|operation| &operation.changes) {
        let Some((key, id, replaces)) = key(change) else { continue };
        let before = current.insert((change.table(), key.clone()), id);
        if change.table() == Table::StageClaim && replaces.is_none() {
            continue;
        }
        assert_eq!(before, replaces, "{:?} {key}", change.table());
        replaced += usize::from(replaces.is_some());
    }
    assert!(replaced > 100, "only {replaced} rows replace another");
}

#[test]
fn verdicts_come_from_another_account() {
    let mut claimed = BTreeMap::new();
    let mut kinds = BTreeSet::new();
    for operation in &base().operations {
        for change in &operation.changes {
            match change {
                Change::StageClaim(row) => {
                    claimed.insert(row.id, operation.actor);
                }
                Change::StageVerdict(row) => {
                    assert_ne!(claimed[&row.claim], operation.actor);
                    kinds.insert(row.verdict.code());
                }
                _ => {}
            }
        }
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["rejected", "reversed", "verified"]);
}

#[test]
fn blobs_are_what_their_hashes_say() {
    for operation in &base().operations {
        for (hash, bytes) in &operation.blobs {
            assert_eq!(*hash, hex::encode(Sha256::digest(bytes)));
        }
        if let Some(source) = &operation.source {
            let found = operation.blobs.iter().find(|(hash, _)| *hash == source.sha256);
            assert_eq!(found.expect("the source's bytes").1.len() as u64, source.bytes);
        }
        for change in &operation.changes {
            if let Change::Attachment(row) = change {
                assert!(operation.blobs.iter().any(|(hash, _)| *hash == row.sha256));
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_thread() {
    let spec = CountySpec::default();
    let other = std::thread::spawn(move || county(&spec)).join().expect("no panic");
    assert!(other == *base());
    let changed = county(&CountySpec { seed: 2, ..spec });
    assert!(changed != *base());
}

#[test]
fn a_handful_of_returns_are_corrected_or_late() {
    let returns = || base().operations.iter().filter(|operation| operation.op == "import_return");
    let reasons: Vec<_> = returns()
        .filter_map(|operation| match operation.changes.first() {
            Some(Change::Figure(row)) => row.reason.clone(),
            _ => None,
        })
        .collect();
    assert!((8..=40).contains(&reasons.len()), "{} corrections", reasons.len());
    let late = returns().filter(|operation| {
        let day = operation.at.strftime("%d").to_string();
        let is_first = operation.changes.len() > 8;
        is_first && ("04".."10").contains(&day.as_str())
    });
    assert!((5..=60).contains(&late.count()));
}

#[test]
fn pictures_are_whole() {
    let blobs = || base().operations.iter().flat_map(|operation| &operation.blobs);
    let check = |begins: &[u8], ends: &[u8], least: usize| {
        let pictures: Vec<_> = blobs().filter(|(_, bytes)| bytes.starts_with(begins)).collect();
        assert!(pictures.len() > least, "{} of {begins:?}", pictures.len());
        assert!(pictures.iter().all(|(_, bytes)| bytes.ends_with(ends)));
    };
    check(b"\x89PNG", b"IEND\xae\x42\x60\x82", 20);
    check(b"\xff\xd8\xff\xe1", b"\xff\xd9", 50);
}
