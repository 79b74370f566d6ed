//! The image of a snapshot beside the ledger: the same as the tables, or not taken.

use std::path::Path;

use tici_domain::change::Setting;
use tici_domain::{Change, Measure};
use tici_engine::Snapshot;
use tici_ops::desk::snapshot_from_tables;
use tici_ops::snapshot_file::SnapshotFile;
use tici_ops::{Desk, write};
use tici_store::{Hash, Share};
use tici_testkit::builders as b;

use crate::desks::{county, load_county, now, on_both};

fn root(desk: &Desk) -> Hash {
    let note = desk.store.checkpoint().expect("a store").expect("a checkpoint");
    note.checkpoint.root
}

fn reopened(desk: &Desk, folder: &Path) -> Snapshot {
    let again = Desk::open_beside(desk.store.clone(), folder).expect("a desk");
    Snapshot::clone(&again.snapshot().expect("a snapshot"))
}

/// Writes a project with a figure, and a setting, which no image holds.
fn write_more(desk: &Desk) {
    let changes = vec![
        Change::Project(b::project(5_000, "late")),
        Change::Figure(b::figure(900_000, 5_000, Measure::INVEST_YTD, "2026-05", 7)),
        Change::Setting(Setting { key: "later".into(), value: "yes".into() }),
    ];
    write::write(desk, 1, "test", now(), |_, _| Ok(changes)).expect("an entry");
}

#[test]
fn a_snapshot_from_its_file_is_that_of_the_tables() {
    on_both(|desk| {
        load_county(desk);
        let folder = tempfile::tempdir().expect("a folder");
        let file = SnapshotFile::in_folder(folder.path());
        let snapshot = desk.snapshot().expect("a snapshot");
        file.write(&snapshot, &root(desk)).expect("a file");
        assert!(reopened(desk, folder.path()) == *snapshot, "at the entry of the file");
        write_more(desk);
        assert_eq!(file.open().expect("the file").seq() + 1, desk.store.head().expect("a head"));
        let from_tables = snapshot_from_tables(&desk.store).expect("a snapshot");
        assert!(reopened(desk, folder.path()) == from_tables, "an entry later");
    });
}

#[test]
fn the_file_is_what_is_read() {
    let desk = county();
    let folder = tempfile::tempdir().expect("a folder");
    let mut other = Snapshot::clone(&desk.snapshot().expect("a snapshot"));
    other = other.advance([(0, &Change::Project(b::project(7_000, "only here")))], other.seq);
    SnapshotFile::in_folder(folder.path()).write(&other, &root(&desk)).expect("a file");
    assert!(reopened(&desk, folder.path()).projects.get(7_000).is_some());
    // What proves the ledger does not look at it.
    assert_eq!(desk.store.verify(None).expect("a report").first_bad, None);
}

#[test]
fn a_file_that_is_not_of_this_ledger_is_not_taken() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let folder = tempfile::tempdir().expect("a folder");
    let file = SnapshotFile::in_folder(folder.path());
    let wrong = snapshot.advance([(0, &Change::Project(b::project(7_000, "x")))], snapshot.seq);
    let later = wrong.advance([], snapshot.seq + 1);
    let earlier = wrong.advance([], snapshot.seq - 1);
    let cases = [
        ("another root", &wrong, Hash::of(b"another ledger")),
        ("an entry that has not come", &later, root(&desk)),
        ("the root of another entry", &earlier, root(&desk)),
    ];
    for (what, snapshot_there, root) in cases {
        file.write(snapshot_there, &root).expect("a file");
        assert!(reopened(&desk, folder.path()) == *snapshot, "{what}");
    }
    file.remove().expect("the file was there");
    assert!(reopened(&desk, folder.path()) == *snapshot, "no file");
}

#[test]
fn a_spoiled_file_is_not_taken() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let folder = tempfile::tempdir().expect("a folder");
    let file = SnapshotFile::in_folder(folder.path());
    file.write(&snapshot, &root(&desk)).expect("a file");
    let path = std::fs::read_dir(folder.path()).expect("a folder").next().expect("one file");
    let path = path.expect("its entry").path();
    let whole = std::fs::read(&path).expect("its bytes");
    let length = whole.len();
    for at in [0, 5, length / 3, length / 2, length - 60, length - 40, length - 12, length - 1] {
        let mut spoiled = whole.clone();
        spoiled[at] ^= 1;
        std::fs::write(&path, spoiled).expect("written");
        let taken = file.open().is_some_and(|opened| opened.read().is_ok());
        assert!(!taken, "byte {at} of {length} changed");
        assert!(reopened(&desk, folder.path()) == *snapshot, "byte {at} of {length} changed");
    }
    for keep in [0, 7, 40, length / 2, length - 1] {
        std::fs::write(&path, &whole[..keep]).expect("written");
        assert!(file.open().is_none(), "cut to {keep} of {length}");
    }
}

#[test]
fn shares_of_a_table_are_the_table() {
    on_both(|desk| {
        load_county(desk);
        let mut moments = desk.store.read_together(2).expect("two readers");
        assert_eq!(moments.len(), 2);
        let (one, other) = moments.split_at_mut(1);
        let whole = Share { index: 0, of: 1 };
        let mut expected = Vec::new();
        one[0].figure_cells(whole, &mut |cell| expected.push(cell)).expect("figures");
        let mut plans = Vec::new();
        one[0].plan_cells(whole, &mut |cell| plans.push(cell)).expect("plans");
        expected.sort_by_key(|cell| cell.id);
        plans.sort_by_key(|cell| cell.id);
        assert!(expected.len() > 10_000 && plans.len() > 1_000);
        for of in [2, 3, 16] {
            let (mut figures, mut shared) = (Vec::new(), Vec::new());
            for share in Share::all(of) {
                other[0].figure_cells(share, &mut |cell| figures.push(cell)).expect("figures");
                other[0].plan_cells(share, &mut |cell| shared.push(cell)).expect("plans");
            }
            figures.sort_by_key(|cell| cell.id);
            shared.sort_by_key(|cell| cell.id);
            assert_eq!((figures.len(), shared.len()), (expected.len(), plans.len()));
            assert!(figures == expected, "figures in {of} shares");
            assert!(shared == plans, "plans in {of} shares");
        }
    });
}
