//! Whatever is altered behind the store's back is found, at the earliest entry it touches.

use crate::places::{Raw, Site, open, postgres, signer, sqlite};
use crate::world::sample;
use sha2::{Digest, Sha256};
use std::path::Path;
use tici_store::{BadKind, Checkpoint, Hash, Signer, Store, tree};

/// What is done, and what has to be found: the entry and the kind.
struct Case {
    name: &'static str,
    alter: fn(&mut Raw, &Store),
    expected: (i64, BadKind),
}

const fn case(name: &'static str, alter: fn(&mut Raw, &Store), seq: i64, what: BadKind) -> Case {
    Case { name, alter, expected: (seq, what) }
}

/// The ledger is [`sample`]'s, of seven entries.
const CASES: &[Case] = &[
    case(
        "change payload",
        |raw, _| {
            raw.run("UPDATE journal SET payload = REPLACE(payload, '1000', '9000') WHERE seq = 3")
        },
        3,
        BadKind::Payload,
    ),
    case(
        "change payload and its hash",
        |raw, store| {
            let payload = forged_payload(store, 3);
            raw.run(&format!(
                "UPDATE journal SET payload = '{payload}', payload_sha256 = '{}' WHERE seq = 3",
                Hash::of(payload.as_bytes())
            ))
        },
        3,
        BadKind::Leaf,
    ),
    case(
        "change leaf",
        |raw, _| {
            raw.run(&format!("UPDATE journal SET leaf_hash = '{}' WHERE seq = 2", "0".repeat(64)))
        },
        2,
        BadKind::Leaf,
    ),
    case(
        "change actor of an entry",
        |raw, _| raw.run("UPDATE journal SET actor = 9 WHERE seq = 4"),
        4,
        BadKind::Leaf,
    ),
    case(
        "change time of an entry",
        |raw, _| raw.run("UPDATE journal SET at = at + 1 WHERE seq = 4"),
        4,
        BadKind::Leaf,
    ),
    case(
        "change time of an entry beyond all times",
        |raw, _| raw.run("UPDATE journal SET at = 9000000000000000000 WHERE seq = 4"),
        4,
        BadKind::Leaf,
    ),
    case(
        "change source of an entry",
        |raw, _| raw.run("UPDATE journal SET source_file = '五月.xlsx' WHERE seq = 3"),
        3,
        BadKind::Leaf,
    ),
    case(
        "change subjects of an entry",
        |raw, _| raw.run("UPDATE journal SET subjects = '[\"project:7\"]' WHERE seq = 1"),
        1,
        BadKind::Leaf,
    ),
    case("rewrite leaf and payload consistently", rewrite_entry, 3, BadKind::Root),
    case(
        "rewrite leaf, payload and table consistently",
        |raw, store| {
            rewrite_entry(raw, store);
            raw.run("UPDATE figure SET value_int = 9000, raw = '9000' WHERE id = 1");
        },
        3,
        BadKind::Root,
    ),
    case(
        "rewrite, and forge every later checkpoint with another key",
        |raw, store| {
            rewrite_entry(raw, store);
            raw.run("UPDATE figure SET value_int = 9000, raw = '9000' WHERE id = 1");
            forge_checkpoints(raw, store);
        },
        3,
        BadKind::Signature,
    ),
    case(
        "delete a journal row",
        |raw, _| raw.run("DELETE FROM journal WHERE seq = 3"),
        3,
        BadKind::EntryMissing,
    ),
    case(
        "delete the first entry",
        |raw, _| raw.run("DELETE FROM journal WHERE seq = 0"),
        0,
        BadKind::EntryMissing,
    ),
    case(
        "delete the last entry",
        |raw, _| raw.run("DELETE FROM journal WHERE seq = 6"),
        6,
        BadKind::EntryMissing,
    ),
    case(
        "insert a journal row at the end",
        |raw, store| {
            append_forged(raw, store);
        },
        7,
        BadKind::Unsigned,
    ),
    case(
        "insert a journal row in the middle",
        |raw, _| {
            raw.run(
                "UPDATE journal SET seq = seq + 100 WHERE seq >= 3; \
             UPDATE journal SET seq = seq - 99 WHERE seq >= 100; \
             INSERT INTO journal SELECT 3, at, actor, op, source_file, source_sha256, \
             source_bytes, subjects, payload_sha256, leaf_hash, payload FROM journal \
             WHERE seq = 2",
            )
        },
        3,
        BadKind::Leaf,
    ),
    case(
        "swap two journal rows",
        |raw, _| {
            raw.run(
            "UPDATE journal SET seq = 99 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 5; \
             UPDATE journal SET seq = 5 WHERE seq = 99",
        )
        },
        2,
        BadKind::Leaf,
    ),
    case(
        "change a root",
        |raw, _| {
            raw.run(&format!("UPDATE checkpoint SET root = '{}' WHERE size = 5", "0".repeat(64)))
        },
        4,
        BadKind::Root,
    ),
    case(
        "change a signed note",
        |raw, _| {
            raw.run("UPDATE checkpoint SET note = REPLACE(note, 'ledger', 'folder') WHERE size = 5")
        },
        4,
        BadKind::Signature,
    ),
    case(
        "delete a checkpoint",
        |raw, _| raw.run("DELETE FROM checkpoint WHERE size = 5"),
        4,
        BadKind::Unsigned,
    ),
    case(
        "change a figure value",
        |raw, _| raw.run("UPDATE figure SET value_int = value_int + 1 WHERE id = 2"),
        3,
        BadKind::RowChanged,
    ),
    case(
        "change a superseded figure",
        |raw, _| raw.run("UPDATE figure SET value_int = 1500 WHERE id = 1"),
        3,
        BadKind::RowChanged,
    ),
    case(
        "change the cell a figure came from",
        |raw, _| raw.run("UPDATE figure SET cell = 'E99' WHERE id = 4"),
        4,
        BadKind::RowChanged,
    ),
    case(
        "change a plan",
        |raw, _| raw.run("UPDATE plan SET amount = 1 WHERE id = 1"),
        2,
        BadKind::RowChanged,
    ),
    case(
        "bring an earlier plan back",
        |raw, _| {
            raw.run(
                "UPDATE plan SET superseded_by = 2 WHERE id = 3; \
             UPDATE plan SET superseded_by = NULL WHERE id = 2",
            )
        },
        2,
        BadKind::RowChanged,
    ),
    case(
        "delete a figure row",
        |raw, _| raw.run("DELETE FROM figure WHERE id = 1"),
        3,
        BadKind::RowMissing,
    ),
    case(
        "delete the only row of a table",
        |raw, _| raw.run("DELETE FROM stage_verdict"),
        6,
        BadKind::RowMissing,
    ),
    case(
        "insert a figure row",
        |raw, _| {
            raw.run(
                "INSERT INTO figure (id, subject_kind, subject_id, measure, period, basis, \
             value_int, entry) VALUES (99, 'project', 3, 'invest_ytd', '2026-06', 'reported', \
             5, 4)",
            )
        },
        4,
        BadKind::RowExtra,
    ),
    case(
        "rename a project",
        |raw, _| raw.run("UPDATE project SET name = '另一个' WHERE id = 2"),
        6,
        BadKind::RowChanged,
    ),
    case(
        "change a setting",
        |raw, _| raw.run("UPDATE setting SET value = 'UTC' WHERE key = 'ledger-zone'"),
        0,
        BadKind::RowChanged,
    ),
    case(
        "raise an account's rights",
        |raw, _| raw.run("UPDATE actor SET role = 'administrator' WHERE id = 1"),
        0,
        BadKind::RowChanged,
    ),
    case(
        "hide which entries wrote a project",
        |raw, _| raw.run("DELETE FROM register_entry WHERE register = 'project' AND entry = 1"),
        1,
        BadKind::RowMissing,
    ),
    case(
        "change the bytes of a photograph",
        |raw, _| {
            let bytes = raw.bytes("00ff");
            raw.run(&format!("UPDATE attachment_blob SET bytes = {bytes}"))
        },
        5,
        BadKind::Blob,
    ),
    case(
        "two alterations: the earlier is named",
        |raw, _| {
            raw.run(
                "UPDATE journal SET payload = REPLACE(payload, 'verified', 'rejected') \
             WHERE seq = 6; UPDATE plan SET amount = 1 WHERE id = 1",
            )
        },
        2,
        BadKind::RowChanged,
    ),
    case(
        "an entry that cannot be replayed does not hide an earlier row",
        |raw, _| {
            raw.run(
                "UPDATE journal SET payload = '[' WHERE seq = 4; \
             UPDATE figure SET value_int = 7 WHERE id = 3",
            )
        },
        3,
        BadKind::RowChanged,
    ),
];

#[test]
fn sqlite_tampering_is_found() {
    check_all(&sqlite());
}

#[test]
fn postgres_tampering_is_found() {
    if let Some(site) = postgres() {
        check_all(&site);
    }
}

fn check_all(site: &Site) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("whole.sqlite");
    let store = open(site);
    sample(&store);
    store.backup(&copy).unwrap();
    drop(store);
    for case in CASES {
        let store = renewed(site, &copy);
        (case.alter)(&mut Raw::connect(&site.location), &store);
        let bad = store.verify(None).unwrap().first_bad;
        let bad = bad.unwrap_or_else(|| panic!("{}: not found on {}", case.name, site.name));
        assert_eq!((bad.seq, bad.what), case.expected, "{} on {}: {bad:?}", case.name, site.name);
    }
}

/// The whole ledger again.
fn renewed(site: &Site, copy: &Path) -> Store {
    Store::restore(copy, &site.location, &signer()).unwrap();
    open(site)
}

/// A log cut back cleanly, checkpoints and rows and all, agrees with itself. Only whoever
/// kept an earlier checkpoint can tell, and that is why checkpoints are sent around.
#[test]
fn a_ledger_cut_back_is_found_by_an_earlier_checkpoint() {
    let site = sqlite();
    let store = open(&site);
    sample(&store);
    let kept = store.checkpoint().unwrap().unwrap().to_string();
    let earlier = store.checkpoint_at(4).unwrap().unwrap().to_string();
    assert_eq!(store.verify(Some(&earlier)).unwrap().continues, Some(4));
    assert_eq!(store.verify(Some(&kept)).unwrap().continues, Some(7));
    Raw::connect(&site.location)
        .run("DELETE FROM journal WHERE seq = 6; DELETE FROM checkpoint WHERE size = 7");
    store.rebuild().unwrap();
    assert_eq!(store.verify(None).unwrap().first_bad, None);
    let report = store.verify(Some(&kept)).unwrap();
    let bad = report.first_bad.unwrap();
    assert_eq!((bad.seq, bad.what, report.continues), (6, BadKind::NotContinued, None));
    assert_eq!(store.verify(Some(&earlier)).unwrap().first_bad, None);
}

/// Somebody who has the signing key can write another history, but not one that continues
/// what was signed before.
#[test]
fn another_history_under_the_same_key_is_found() {
    let (one, other) = (sqlite(), sqlite());
    let (first, second) = (open(&one), open(&other));
    sample(&first);
    crate::world::write(&second, "set_up_otherwise", Vec::new());
    sample(&second);
    let kept = first.checkpoint().unwrap().unwrap().to_string();
    let bad = second.verify(Some(&kept)).unwrap().first_bad.unwrap();
    assert_eq!((bad.seq, bad.what), (6, BadKind::NotContinued));
    let stranger = Signer::from_seed("ledger.example.org", [9; 32]).unwrap();
    let root = first.checkpoint().unwrap().unwrap().checkpoint.root;
    let foreign = Checkpoint { origin: "ledger.example.org".into(), size: 7, root };
    assert!(first.verify(Some(&foreign.sign(&stranger).to_string())).is_err());
    assert!(first.verify(Some("not a note")).is_err());
}

/// After something is cut off, nothing more is written onto the stump.
#[test]
fn nothing_is_appended_to_a_damaged_journal() {
    let site = sqlite();
    let store = open(&site);
    sample(&store);
    Raw::connect(&site.location).run("DELETE FROM journal WHERE seq = 6");
    let refused = store.begin().unwrap().commit(crate::world::entry(7, "plan", Vec::new()));
    assert!(matches!(refused, Err(tici_store::StoreError::Damaged { seq: Some(6), .. })));
}

fn forged_payload(store: &Store, seq: i64) -> String {
    let payload = store.entry_payload(seq).unwrap().unwrap();
    let forged = payload.replace("1000", "9000");
    assert_ne!(payload, forged);
    assert!(!forged.contains('\''));
    forged
}

/// Changes an entry's payload, its hash and its leaf so that they agree. The header is put
/// together here from the documented form, not by the store's own code.
fn rewrite_entry(raw: &mut Raw, store: &Store) {
    let payload = forged_payload(store, 3);
    let sha256 = hex::encode(Sha256::digest(&payload));
    let meta = store.entry(3).unwrap().unwrap().meta;
    let source = meta.source.unwrap();
    let subjects: Vec<String> = meta.subjects.iter().map(|s| format!("\"{s}\"")).collect();
    let header = |payload_sha256: &str| {
        format!(
            "{{\"actor\":{},\"at\":\"{}\",\"op\":\"{}\",\"payload_sha256\":\"{payload_sha256}\",\
             \"seq\":3,\"source\":{{\"bytes\":{},\"file\":\"{}\",\"sha256\":\"{}\"}},\
             \"subjects\":[{}]}}",
            meta.actor,
            meta.at,
            meta.op,
            source.bytes,
            source.file,
            source.sha256,
            subjects.join(",")
        )
    };
    let record = store.entry(3).unwrap().unwrap();
    let true_leaf = tree::leaf_hash(header(&record.payload_sha256.to_string()).as_bytes());
    assert_eq!(true_leaf, record.leaf_hash, "the documented form of a header has changed");
    let leaf = tree::leaf_hash(header(&sha256).as_bytes());
    raw.run(&format!(
        "UPDATE journal SET payload = '{payload}', payload_sha256 = '{sha256}', \
         leaf_hash = '{leaf}' WHERE seq = 3"
    ));
}

/// Writes an entry that is right in itself, but that nobody signed.
fn append_forged(raw: &mut Raw, store: &Store) {
    let at = store.entry(6).unwrap().unwrap().meta.at;
    let sha256 = Hash::of(b"[]");
    let header = format!(
        "{{\"actor\":1,\"at\":\"{at}\",\"op\":\"forge\",\"payload_sha256\":\"{sha256}\",\
         \"seq\":7,\"source\":null,\"subjects\":[]}}"
    );
    raw.run(&format!(
        "INSERT INTO journal (seq, at, actor, op, subjects, payload_sha256, leaf_hash, payload) \
         VALUES (7, {}, 1, 'forge', '[]', '{sha256}', '{}', '[]')",
        at.as_microsecond(),
        tree::leaf_hash(header.as_bytes())
    ));
}

/// Recomputes the roots from entry 3 on and signs them with a key that is not the ledger's.
fn forge_checkpoints(raw: &mut Raw, store: &Store) {
    let stranger = Signer::from_seed("ledger.example.org", [9; 32]).unwrap();
    let mut frontier = tree::Frontier::default();
    for seq in 0..7 {
        frontier.push(store.entry(seq).unwrap().unwrap().leaf_hash);
        let size = frontier.size();
        if size < 4 {
            continue;
        }
        let root = frontier.root();
        let parts: Vec<String> = frontier.roots().iter().map(Hash::to_string).collect();
        let note = Checkpoint { origin: "ledger.example.org".into(), size, root }.sign(&stranger);
        raw.run(&format!(
            "UPDATE checkpoint SET root = '{root}', frontier = '{}', note = '{note}' \
             WHERE size = {size}",
            parts.join(",")
        ));
    }
}
