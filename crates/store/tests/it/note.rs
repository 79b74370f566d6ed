//! Signed notes: their form, and what must not pass for one.

use crate::places::signer;
use tici_store::{Checkpoint, Hash, PublicKey, SignedNote, Signer};

fn note() -> SignedNote {
    let checkpoint =
        Checkpoint { origin: "ledger.example.org".into(), size: 42, root: Hash::of(b"root") };
    checkpoint.sign(&signer())
}

#[test]
fn a_note_has_the_published_form() {
    let text = note().to_string();
    let lines: Vec<&str> = text.split('\n').collect();
    assert_eq!(lines[0], "ledger.example.org");
    assert_eq!(lines[1], "42");
    assert_eq!(lines[2].len(), 44);
    assert_eq!(lines[3], "");
    assert!(lines[4].starts_with("— ledger.example.org "), "{}", lines[4]);
    assert_eq!((lines[5], lines.len()), ("", 6));
    let read = SignedNote::parse(&text).unwrap();
    assert_eq!(read, note());
    assert!(read.verify(&signer()));
}

/// The id and the printed form of a key, put together here from the specification's words.
#[test]
fn a_key_has_the_specified_id() {
    let key = signer().public().clone();
    let hashed = [b"ledger.example.org\n\x01".as_slice(), &key.key].concat();
    let Hash(hash) = Hash::of(&hashed);
    assert_eq!(key.id(), hash[..4]);
    let verifier = key.verifier();
    assert!(verifier.starts_with(&format!("ledger.example.org+{}+A", hex::encode(&hash[..4]))));
    assert_eq!(PublicKey::parse(&verifier), Some(key));
    assert_eq!(PublicKey::parse(&verifier.replace("ledger", "leader")), None);
}

#[test]
fn an_altered_note_does_not_verify() {
    let text = note().to_string();
    for (from, to) in [("\n42\n", "\n43\n"), ("ledger.example.org\n4", "ledger.example.net\n4")] {
        let altered = SignedNote::parse(&text.replace(from, to)).unwrap();
        assert!(!altered.verify(&signer()), "{to:?}");
    }
    let stranger = Signer::from_seed("ledger.example.org", [8; 32]).unwrap();
    assert!(!note().verify(&stranger));
    let renamed = Signer::from_seed("other.example.org", [7; 32]).unwrap();
    assert!(!note().verify(&renamed));
    assert!(note().verify(&stranger.trusting(signer().public().clone())));
}

#[test]
fn what_is_no_note_is_refused() {
    let whole = note().to_string();
    let cases = [
        "",
        "\n\n",
        "ledger.example.org\n42\n",
        &whole[..whole.len() - 1],
        &whole.replace("\n\n", "\n"),
        &whole.replace("\n42\n", "\n042\n"),
        &whole.replace("\n42\n", "\n-1\n"),
        &whole.replace("\n42\n", "\n42\nmore\nlines\n"),
        &whole.replace("— ", "- "),
    ];
    for case in cases {
        assert!(SignedNote::parse(case).is_err(), "{case:?}");
    }
}

#[test]
fn a_key_file_is_made_once_and_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signing.key");
    let made = Signer::load_or_create(&path, "ledger.example.org").unwrap();
    let read = Signer::load_or_create(&path, "another.example.org").unwrap();
    assert_eq!(made.public(), read.public());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(!format!("{made:?}").contains(&std::fs::read_to_string(&path).unwrap()[19..40]));
    std::fs::write(&path, "nonsense").unwrap();
    assert!(Signer::load_or_create(&path, "x").is_err());
    assert!(Signer::generate("two words").is_err());
    assert_ne!(
        Signer::generate("a").unwrap().public().key,
        Signer::generate("a").unwrap().public().key
    );
    let verifier = made.public().verifier();
    assert_eq!(PublicKey::parse(&verifier).as_ref(), Some(made.public()));
}
