//! Snapshots do not change under their readers, and do not depend on how they were made.

use tici_domain::change::Verdict;
use tici_domain::{Change, Measure, Stage};
use tici_engine::Snapshot;
use tici_engine::snapshot::image::{Part, read_image};
use tici_testkit::{CountySpec, builders as b, county};

fn story() -> Vec<Change> {
    let mut corrected = b::figure(2, 1, Measure::INVEST_YTD, "2026-05", 20);
    corrected.replaces = Some(1);
    let mut claimed_again = b::claim(2, 1, Stage::Started, "2026-03-09");
    claimed_again.replaces = Some(1);
    vec![
        Change::Place(b::place(1, "county", None)),
        Change::Project(b::project(1, "P1")),
        Change::Project(b::project(300, "P300")),
        Change::Figure(b::figure(1, 1, Measure::INVEST_YTD, "2026-05", 10)),
        Change::StageClaim(b::claim(1, 1, Stage::Started, "2026-03-01")),
        Change::StageVerdict(b::verdict(1, 1, Verdict::Rejected)),
        Change::Milestone(b::milestone(1, 1, "roof", "2026-07-15")),
        Change::Figure(corrected),
        Change::StageClaim(claimed_again),
        Change::StageVerdict(b::verdict(2, 2, Verdict::Verified)),
        Change::Plan(b::plan(1, 300, "2026", 50)),
        Change::Setting(b::setting("ledger.name", "sample")),
    ]
}

fn apply<'a>(to: &Snapshot, from: i64, changes: impl IntoIterator<Item = &'a Change>) -> Snapshot {
    let numbered: Vec<(i64, &Change)> =
        changes.into_iter().enumerate().map(|(i, change)| (from + i as i64, change)).collect();
    let seq = from + numbered.len() as i64;
    to.advance(numbered, seq)
}

#[test]
fn in_one_go_or_step_by_step() {
    let story = story();
    let whole = apply(&Snapshot::default(), 0, &story);
    for cut in 0..=story.len() {
        let first = apply(&Snapshot::default(), 0, &story[..cut]);
        let then = apply(&first, cut as i64, &story[cut..]);
        assert!(then == whole, "cut at {cut}");
    }
}

#[test]
fn an_older_snapshot_stays_as_it_was() {
    let story = story();
    let before = apply(&Snapshot::default(), 0, &story[..7]);
    let kept = before.clone();
    let after = apply(&before, 7, &story[7..]);
    assert!(before == kept);
    assert!(before != after);
    let claim = |snapshot: &Snapshot| {
        let entry = snapshot.projects.get(1).expect("a project").clone();
        entry.claim(Stage::Started).expect("a claim").is_verified()
    };
    assert_eq!((claim(&before), claim(&after)), (false, true));
}

#[test]
fn a_verdict_on_a_replaced_claim_changes_nothing_current() {
    let story = story();
    let late = Change::StageVerdict(b::verdict(3, 1, Verdict::Verified));
    let whole = apply(&Snapshot::default(), 0, &story);
    let after = apply(&whole, 12, [&late]);
    let state = |snapshot: &Snapshot| snapshot.projects.get(1).expect("a project").claims.clone();
    assert_eq!(state(&whole), state(&after));
    assert_eq!(whole.projects.project_of_claim(1), None);
    assert_eq!(whole.projects.project_of_claim(2), Some(1));
}

#[test]
fn places_know_what_lies_in_them() {
    let mut looped = b::place(5, "looped", Some(5));
    looped.parent = Some(5);
    let changes = [
        Change::Place(b::place(1, "county", None)),
        Change::Place(b::place(2, "town", Some(1))),
        Change::Place(looped),
    ];
    let snapshot = apply(&Snapshot::default(), 0, &changes);
    let cases = [(2, 1, true), (1, 2, false), (1, 1, true), (5, 1, false), (9, 1, false)];
    for (place, root, expected) in cases {
        assert_eq!(snapshot.place_within(place, root), expected, "{place} in {root}");
    }
}

#[test]
fn the_last_month_with_money_is_known() {
    let snapshot = apply(&Snapshot::default(), 0, &story());
    let asked = |code| snapshot.last_reported_month(b::period(code)).map(|p| p.to_string());
    assert_eq!(asked("2026-04"), None);
    assert_eq!(asked("2026-05").as_deref(), Some("2026-05"));
    assert_eq!(asked("2030-12").as_deref(), Some("2026-05"));
}

/// Writes the image of a snapshot and reads it back beside its small tables.
fn through_image(snapshot: &Snapshot, spoil: impl Fn(&mut Vec<Vec<u8>>)) -> Option<Snapshot> {
    let parts = snapshot.image_parts();
    let mut bytes: Vec<Vec<u8>> = parts.iter().map(|part| snapshot.image_part(*part)).collect();
    spoil(&mut bytes);
    let (known_parts, bytes) = (&parts, &bytes);
    let open = || {
        Ok::<_, ()>(move |part: Part, into: &mut Vec<u8>| {
            let place = known_parts.iter().position(|known| *known == part).ok_or(())?;
            into.extend_from_slice(&bytes[place]);
            Ok::<(), ()>(())
        })
    };
    let image = read_image(&parts, open).expect("reading in memory does not fail")?;
    let mut again = Snapshot::default();
    again.places = snapshot.places.clone();
    again.actors = snapshot.actors.clone();
    again.settings = snapshot.settings.clone();
    again.attachments = snapshot.attachments.clone();
    again.records = snapshot.records.clone();
    again.put_image(image);
    again.finish(snapshot.seq);
    Some(again)
}

#[test]
fn an_image_gives_the_same_snapshot() {
    let county = county(&CountySpec::default());
    let mut whole = Snapshot::default();
    for (seq, operation) in (0..).zip(&county.operations) {
        operation.changes.iter().for_each(|change| whole.apply(seq, change));
    }
    whole.finish(county.operations.len() as i64);
    for snapshot in [whole, apply(&Snapshot::default(), 0, &story()), Snapshot::default()] {
        let again = through_image(&snapshot, |_| {}).expect("an image");
        assert!(again == snapshot, "read back, it differs");
        // What comes later changes both alike.
        let late = Change::StageVerdict(b::verdict(900, 2, Verdict::Reversed));
        assert!(apply(&again, snapshot.seq, [&late]) == apply(&snapshot, snapshot.seq, [&late]));
    }
}

#[test]
fn bytes_that_are_no_image_give_none() {
    let snapshot = apply(&Snapshot::default(), 0, &story());
    for part in 0..snapshot.image_parts().len() {
        if !snapshot.image_part(snapshot.image_parts()[part]).is_empty() {
            let cut = |bytes: &mut Vec<Vec<u8>>| _ = bytes[part].pop();
            assert_eq!(through_image(&snapshot, cut), None, "part {part} cut");
        }
        let longer = |bytes: &mut Vec<Vec<u8>>| bytes[part].push(0);
        assert_eq!(through_image(&snapshot, longer), None, "part {part} lengthened");
    }
}
