//! Backups: of either database, restored to either, while others write.

use crate::places::{Raw, Site, on_each, open, postgres, signer, sqlite, stories};
use crate::world::{dump, entry, figure, sample, write};
use tici_domain::{Change, Table};
use tici_store::{Location, Signer, Store, StoreError};

stories! {
    a_backup_is_one_moment_while_others_write,
}

#[test]
fn a_backup_restores_to_either_database() {
    on_each(|from| {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.sqlite");
        let store = open(from);
        sample(&store);
        store.set_meta("kept", "yes").unwrap();
        store.set_credential(1, "$argon2id$…", crate::world::at(0)).unwrap();
        store.backup(&copy).unwrap();
        let leftovers = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(leftovers, 1, "a backup is one file");
        on_each(|to| {
            write(&open(to), "something_else", Vec::new());
            let report = Store::restore(&copy, &to.location, &signer()).unwrap();
            assert_eq!(report.verified.entries, 7);
            assert_eq!(report.kept.is_some(), to.name == "sqlite");
            let restored = open(to);
            assert_eq!(dump(&restored), dump(&store), "{} to {}", from.name, to.name);
            assert_eq!(restored.checkpoint().unwrap(), store.checkpoint().unwrap());
            assert_eq!(restored.meta("kept").unwrap().as_deref(), Some("yes"));
            assert!(restored.credential(1).unwrap().is_some());
            let sha256 = store.verify(None).unwrap();
            assert_eq!(restored.verify(None).unwrap(), sha256);
            // It is a ledger like any other: writing goes on.
            write(&restored, "import_return", vec![Change::Figure(figure(60, 1, 6, 1))]);
        });
    });
}

#[test]
fn a_copy_that_does_not_verify_is_not_restored() {
    let (site, folder) = (sqlite(), tempfile::tempdir().unwrap());
    let copy = folder.path().join("copy.sqlite");
    let store = open(&site);
    sample(&store);
    store.backup(&copy).unwrap();
    Raw::connect(&Location::Sqlite(copy.clone())).run("UPDATE plan SET amount = 1");
    let mut targets = vec![sqlite()];
    targets.extend(postgres());
    for to in targets {
        let standing = open(&to);
        write(&standing, "standing", Vec::new());
        let refused = Store::restore(&copy, &to.location, &signer());
        assert!(matches!(refused, Err(StoreError::BadCopy { .. })), "{refused:?}");
        assert_eq!(open(&to).entry(0).unwrap().unwrap().meta.op, "standing");
    }
    std::fs::write(&copy, "this is no database").unwrap();
    assert!(Store::restore(&copy, &sqlite().location, &signer()).is_err());
    let absent = folder.path().join("absent.sqlite");
    assert!(matches!(
        Store::restore(&absent, &sqlite().location, &signer()),
        Err(StoreError::Io { .. })
    ));
}

#[test]
fn a_copy_signed_by_another_key_is_not_restored() {
    let (site, folder) = (sqlite(), tempfile::tempdir().unwrap());
    let copy = folder.path().join("copy.sqlite");
    let store = open(&site);
    sample(&store);
    store.backup(&copy).unwrap();
    let other = Signer::from_seed("ledger.example.org", [1; 32]).unwrap();
    assert!(Store::restore(&copy, &sqlite().location, &other).is_err());
    let heir = other.trusting(signer().public().clone());
    assert!(Store::restore(&copy, &sqlite().location, &heir).is_ok());
}

#[test]
fn a_backup_never_overwrites() {
    let (site, folder) = (sqlite(), tempfile::tempdir().unwrap());
    let copy = folder.path().join("copy.sqlite");
    let store = open(&site);
    store.backup(&copy).unwrap();
    assert!(matches!(store.backup(&copy), Err(StoreError::Exists { .. })));
    let nowhere = folder.path().join("no such folder").join("copy.sqlite");
    assert!(store.backup(&nowhere).is_err());
}

#[test]
fn a_restored_ledger_keeps_the_one_that_stood_there() {
    let (site, folder) = (sqlite(), tempfile::tempdir().unwrap());
    let copy = folder.path().join("copy.sqlite");
    let store = open(&site);
    sample(&store);
    store.backup(&copy).unwrap();
    write(&store, "after_the_copy", Vec::new());
    drop(store);
    let kept = Store::restore(&copy, &site.location, &signer()).unwrap().kept.unwrap();
    assert_eq!(open(&site).head().unwrap(), 7);
    let before = Store::open(&Location::Sqlite(kept), signer()).unwrap();
    assert_eq!(before.head().unwrap(), 8);
    assert_eq!(before.verify(None).unwrap().first_bad, None);
}

fn a_backup_is_one_moment_while_others_write(site: &Site) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(site);
    sample(&store);
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for _ in 0..40 {
                let mut tx = store.begin().unwrap();
                let mut ids = tx.ids().unwrap();
                let seq = tx.next_seq().unwrap();
                let rows = (0..50).map(|_| {
                    let id = ids.next(Table::Figure);
                    Change::Figure(figure(id, id, 5, id))
                });
                tx.commit(entry(seq, "import_return", rows.collect())).unwrap();
            }
        });
        for round in 0..5 {
            let copy = folder.path().join(format!("{round}.sqlite"));
            store.backup(&copy).unwrap();
            let copied = Store::open(&Location::Sqlite(copy), signer()).unwrap();
            let report = copied.verify(None).unwrap();
            assert_eq!(report.first_bad, None, "round {round} on {}", site.name);
            assert!(report.entries >= 7);
        }
        writing.join().unwrap();
    });
    assert_eq!(store.head().unwrap(), 47);
}
