//! What is kept outside the journal.

use crate::places::{Site, open, stories};
use crate::world::{PHOTO, at, sample};
use tici_store::{Location, SavedView, Session, Staged, Store};

stories! {
    sessions_end,
    views_are_kept_by_name,
    preferences_go_with_the_account,
    uploads_wait_for_a_decision,
    bytes_are_kept_once_and_can_be_erased,
    the_doctor_finds_a_sound_ledger,
}

fn sessions_end(site: &Site) {
    let store = open(site);
    let session = |name: &str, expires| Session {
        token_hash: name.into(),
        actor: 1,
        created: at(0),
        expires: at(expires),
        csrf: format!("csrf-{name}"),
    };
    for (name, expires) in [("a", 10), ("b", 20), ("c", 30)] {
        store.create_session(&session(name, expires)).unwrap();
    }
    assert!(store.create_session(&session("a", 99)).is_err());
    assert_eq!(store.session("b", at(19)).unwrap(), Some(session("b", 20)));
    assert_eq!(store.session("b", at(20)).unwrap(), None);
    assert_eq!(store.delete_expired_sessions(at(15)).unwrap(), 1);
    store.delete_session("b").unwrap();
    assert_eq!(store.session("b", at(0)).unwrap(), None);
    store.set_credential(1, "first", at(1)).unwrap();
    assert_eq!(store.session("c", at(0)).unwrap(), None, "a new password ends sessions");
    store.set_credential(1, "second", at(2)).unwrap();
    assert_eq!(store.credential(1).unwrap().as_deref(), Some("second"));
    assert_eq!(store.credential(2).unwrap(), None);
    assert_eq!(store.head().unwrap(), 0);
}

fn views_are_kept_by_name(site: &Site) {
    let store = open(site);
    let view = |name: &str, query: &str| SavedView { name: name.into(), query: query.into() };
    store.set_saved_view(1, &view("列省", "tier=province")).unwrap();
    store.set_saved_view(1, &view("late", "light=red")).unwrap();
    store.set_saved_view(2, &view("late", "light=yellow")).unwrap();
    store.set_saved_view(1, &view("late", "light=red&tier=city")).unwrap();
    let expected = [view("late", "light=red&tier=city"), view("列省", "tier=province")];
    assert_eq!(store.saved_views(1).unwrap(), expected);
    store.delete_saved_view(1, "late").unwrap();
    assert_eq!(store.saved_views(1).unwrap().len(), 1);
    assert_eq!(store.saved_views(2).unwrap().len(), 1);
}

fn preferences_go_with_the_account(site: &Site) {
    let store = open(site);
    assert!(store.preferences(1).unwrap().is_empty());
    for (actor, name, value) in
        [(1, "lang", "en"), (1, "money", "plain"), (2, "lang", "zh-Hans"), (1, "lang", "zh-Hant")]
    {
        store.set_preference(actor, name, value).unwrap();
    }
    let kept = store.preferences(1).unwrap();
    let kept: Vec<_> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(kept, [("lang", "zh-Hant"), ("money", "plain")]);
    assert_eq!(store.preferences(2).unwrap()["lang"], "zh-Hans");
}

fn uploads_wait_for_a_decision(site: &Site) {
    let store = open(site);
    let mut staged = Staged {
        id: "3f".into(),
        actor: 1,
        created: at(5),
        file: "六月.xlsx".into(),
        map: "{}".into(),
        bytes: (0..=255).collect(),
    };
    store.stage(&staged).unwrap();
    assert_eq!(store.staged("3f").unwrap().as_ref(), Some(&staged));
    staged.map = "{\"E\":\"invest_ytd\"}".into();
    store.stage(&staged).unwrap();
    assert_eq!(store.staged("3f").unwrap().unwrap().map, staged.map);
    assert_eq!(store.unstage_before(at(5)).unwrap(), 0);
    assert_eq!(store.unstage_before(at(6)).unwrap(), 1);
    store.stage(&staged).unwrap();
    store.unstage("3f").unwrap();
    assert_eq!(store.staged("3f").unwrap(), None);
    store.set_meta("a", "1").unwrap();
    store.set_meta("a", "2").unwrap();
    assert_eq!(store.meta("a").unwrap().as_deref(), Some("2"));
}

fn bytes_are_kept_once_and_can_be_erased(site: &Site) {
    let store = open(site);
    sample(&store);
    let sha256 = store.put_blob(PHOTO).unwrap();
    assert_eq!(store.blob(&sha256).unwrap().as_deref(), Some(PHOTO));
    assert!(store.erase_blob(&sha256).unwrap());
    assert!(!store.erase_blob(&sha256).unwrap());
    let report = store.verify(None).unwrap();
    assert_eq!((report.first_bad, report.blobs, report.blobs_missing), (None, 0, 1));
    let mut tx = store.begin().unwrap();
    tx.put_blob(b"never kept").unwrap();
    drop(tx);
    assert_eq!(store.verify(None).unwrap().blobs, 0);
}

fn the_doctor_finds_a_sound_ledger(site: &Site) {
    let store = open(site);
    sample(&store);
    let report = store.doctor().unwrap();
    let expected = if site.name == "sqlite" { "SQLite 3." } else { "PostgreSQL " };
    assert!(report.engine.starts_with(expected), "{}", report.engine);
    if site.name == "sqlite" {
        assert_eq!(report.durability, "journal_mode wal, synchronous full");
    }
    assert_eq!(report.complaints, Vec::<String>::new());
    assert_eq!((report.entries, report.schema_version), (7, report.known_version));
    assert!(report.bytes > 4096);
    let figures = report.rows.iter().find(|(table, _)| table == "figure").unwrap();
    assert_eq!(figures.1, 5);
    assert_eq!(report.checkpoint.unwrap().0, "ledger.example.org");
    assert!(!store.place().contains("tici@") || site.name == "sqlite");
}

#[test]
fn a_ledger_in_memory_is_one_ledger() {
    let store = Store::open(&Location::Memory, crate::places::signer()).unwrap();
    let other = store.clone();
    sample(&store);
    assert_eq!(other.head().unwrap(), 7);
    assert_eq!(other.verify(None).unwrap().first_bad, None);
}
